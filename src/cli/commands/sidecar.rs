//! Sidecars on disk: which files `check` reads, what stands beside them, and how a sidecar is written.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::files::output::Output;
use crate::cli::files::small;
use crate::cli::files::source::{Others, Source, is_capture, name_of, sources};
use crate::cli::io::Io;
use crate::cli::pipeline::{Collector, Flow, GO_ON};
use crate::cli::session::Session;
use crate::cli::settings::severity::Scales;
use crate::cli::talk::{Talk, reason};
use crate::finding::Severity;
use crate::lang::{Label, say};
use crate::report::collect::Collected;
use crate::report::expect::{ENDING, Expectations, Ledger};
use crate::seen::events::Window;
use crate::stream::assemble::Stretch;

/// A sidecar as it stands on disk.
#[derive(Clone)]
pub struct Sidecar {
    /// The bytes.
    pub text: Vec<u8>,
    /// What they say.
    pub expected: Expectations,
}

/// What `check` is to read.
#[derive(Default)]
pub struct Tree {
    /// The files, or standard input.
    pub sources: Vec<Source>,
    /// The sidecars, by the paths of the files that they belong to.
    pub sidecars: HashMap<PathBuf, Sidecar>,
    /// Sidecars that belong to no file.
    pub orphans: Vec<PathBuf>,
    /// Something that was named cannot be read, which has been said.
    pub unread: u64,
    /// What directories have besides captures and sidecars.
    pub others: Others,
    /// The files whose sidecars cannot be read.
    unreadable: HashSet<PathBuf>,
}

/// The path of the sidecar of a file.
pub fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ENDING);
    PathBuf::from(name)
}

/// The path of the file that a sidecar belongs to. Other programs have files that end in `.expect` too: ours follow
/// the whole name of a capture.
fn owner(path: &Path) -> Option<PathBuf> {
    // Asked of each file of a directory: most end otherwise.
    let ends = path.as_os_str().as_encoded_bytes().ends_with(ENDING.as_bytes());
    let is_ours = ends && path.extension() == Some(OsStr::new(ENDING));
    is_ours.then(|| path.with_extension("")).filter(|owner| is_capture(owner))
}

impl Tree {
    /// Looks for files and their sidecars. A sidecar that is named stands for its file, so that whoever changed it
    /// (and the hook that was told of it) checks the two.
    /// `exclude` says what is left out of directories: with a file its sidecar.
    pub fn new(paths: &[PathBuf], exclude: &dyn Fn(&Path) -> bool, io: &Io, talk: &Talk) -> Tree {
        let mut tree = Tree::default();
        let mut named: Vec<PathBuf> = Vec::with_capacity(paths.len());
        let typed: HashSet<&Path> = paths.iter().map(PathBuf::as_path).collect();
        let mut owners = HashSet::new();
        for path in paths {
            match owner(path) {
                Some(owner) if !owner.exists() && path.exists() => tree.orphans.push(path.clone()),
                Some(owner) if typed.contains(&*owner) || !owners.insert(owner.clone()) => {}
                Some(owner) => named.push(owner),
                None => named.push(path.clone()),
            }
        }
        let mut found = Vec::new();
        let is_left_out = |path: &Path| exclude(path) || owner(path).is_some_and(|owner| exclude(&owner));
        let (sources, errors) = sources(&named, &io.stdin, &is_left_out, &mut |path| match owner(&path) {
            Some(of) => found.push((of, path)),
            None => tree.others.add(path),
        });
        for error in &errors {
            error.say(talk);
            tree.unread += 1;
        }
        // What was named stands by itself; the walk has seen what is in directories.
        let explicit = named.iter().filter(|path| path.is_file()).map(|path| (path.clone(), beside(path)));
        let explicit: Vec<_> = explicit.filter(|(_, sidecar)| sidecar.exists()).collect();
        if !found.is_empty() || !explicit.is_empty() {
            let known: HashSet<&Path> = sources.iter().filter_map(Source::path).collect();
            for (owner, path) in explicit.into_iter().chain(found) {
                match known.contains(&*owner) {
                    true => tree.load(owner, &path, talk),
                    false => tree.orphans.push(path),
                }
            }
        }
        tree.sources = sources;
        tree
    }

    fn load(&mut self, owner: PathBuf, path: &Path, talk: &Talk) {
        match small::read_found(path) {
            Ok(text) => {
                let expected = Expectations::parse(&text);
                self.sidecars.insert(owner, Sidecar { text, expected });
            }
            Err(error) => {
                talk.failed(&name_of(path), &error);
                self.unread += 1;
                self.unreadable.insert(owner);
            }
        }
    }

    /// Leaves out files whose sidecars cannot be read, and so are not to be written over either.
    pub fn leave_out_unreadable(&mut self) {
        let Tree { sources, unreadable, .. } = self;
        sources.retain(|source| !source.path().is_some_and(|path| unreadable.contains(path)));
    }

    /// Leaves out files that this run is going to write.
    pub fn leave_out<'p>(&mut self, written: impl Iterator<Item = &'p Path>) {
        for path in written {
            let Ok(path) = path.canonicalize() else { continue };
            self.sources.retain(|source| {
                let same = |other: &Path| {
                    other.file_name() == path.file_name()
                        && other.canonicalize().is_ok_and(|other| other == path)
                };
                !source.path().is_some_and(same)
            });
        }
    }
}

/// Writes sidecars anew: one beside each file that has errors or has a sidecar already.
pub struct Update<'c> {
    tree: HashMap<PathBuf, Sidecar>,
    scales: Scales<'c>,
    /// How many events of a file are remembered: what has a sidecar is judged by itself.
    window: usize,
    seen: Window,
    ledger: Ledger,
    errors: bool,
    quiet: bool,
    /// What is said of the files.
    pub session: Session,
    /// Files that were read.
    pub files: u64,
    written: u64,
}

impl<'c> Update<'c> {
    /// Nothing is written yet.
    pub fn new(
        tree: HashMap<PathBuf, Sidecar>,
        scales: Scales<'c>,
        window: usize,
        quiet: bool,
        session: Session,
    ) -> Update<'c> {
        Update {
            tree,
            scales,
            window,
            seen: Window::new(window),
            ledger: Ledger::default(),
            errors: false,
            quiet,
            session,
            files: 0,
            written: 0,
        }
    }

    /// Says what came of it.
    pub fn finish(&self) {
        let Update { files, written, .. } = self;
        self.say(&say!(
            self.session.talk.lang,
            "读取文件：{files} 个，写入 sidecar：{written} 个",
            "files read: {files}, sidecars written: {written}"
        ));
    }

    fn say(&self, message: &str) {
        if !self.quiet {
            self.session.talk.say(message);
        }
    }

    /// Writes the sidecar of `fixture`, which people know as `name`.
    fn write(&mut self, fixture: &Path, name: &str) -> io::Result<()> {
        let (path, lang) = (beside(fixture), self.session.talk.lang);
        let old = self.tree.get(fixture);
        if self.ledger.is_empty() {
            if old.is_some() {
                std::fs::remove_file(&path)?;
                self.say(&say!(
                    lang,
                    "已删除 {name}.{ENDING}：{name} 没有违反任何规则",
                    "removed {name}.{ENDING}: {name} breaks nothing"
                ));
            }
            return Ok(());
        }
        let none = Expectations::default();
        let text = self.ledger.sidecar(old.map_or(&none, |old| &old.expected));
        if old.is_some_and(|old| old.text == text.as_bytes()) {
            return Ok(());
        }
        let mut out = Output::file(&path)?;
        out.write_all(text.as_bytes())?;
        out.finish()?;
        self.written += 1;
        self.say(&say!(lang, "已写入 {name}.{ENDING}", "wrote {name}.{ENDING}"));
        Ok(())
    }
}

impl Collector<Collected> for Update<'_> {
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    fn begin(&mut self, source: &Source, _: &[Label]) -> Flow {
        self.ledger = Ledger::default();
        self.errors = false;
        self.files += 1;
        self.seen = Window::new(self.window);
        self.scales.begin(source.path());
        Ok(GO_ON)
    }

    fn stretch(&mut self, _: &Source, stretch: Stretch<'_, Collected>) -> Flow {
        let Stretch { text, items, handler, .. } = stretch;
        let Update { scales, seen, ledger, errors, .. } = self;
        handler.tell(seen, text, None, |about, finding| {
            if let Some(severity) = scales.weigh(finding, handler.type_name(about.kind)) {
                *errors |= severity == Severity::Error;
                ledger.note(finding, &about.pointer(finding, items));
            }
            io::Result::Ok(())
        })?;
        Ok(GO_ON)
    }

    fn failed(&mut self, source: &Source, error: &io::Error) {
        self.session.unread = true;
        // What was found of half a file is not what the file breaks.
        self.errors = false;
        self.tree.remove(source.path().unwrap_or(Path::new("-")));
        let name = &source.name;
        let talk = &self.session.talk;
        let why = reason(error, talk.lang);
        talk.say(say!(
            talk.lang,
            "{name}: {why}；不写入 {name}.{ENDING}",
            "{name}: {why}; {name}.{ENDING} is not written"
        ));
    }

    fn end(&mut self, source: &Source) -> Flow {
        if let Some(path) = source.path()
            && (self.errors || self.tree.contains_key(path))
        {
            self.write(path, &source.name)?;
        }
        Ok(GO_ON)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn sidecars_follow_the_whole_name() {
        assert_eq!(beside(Path::new("a/bad.json")), Path::new("a/bad.json.expect"));
        assert_eq!(owner(Path::new("a/bad.json.expect")), Some(PathBuf::from("a/bad.json")));
        for other in ["login.expect", "bad.json", "bad.expect.json"] {
            assert_eq!(owner(Path::new(other)), None, "{other}");
        }
    }

    #[test]
    fn a_file_is_read_once_however_often_its_sidecar_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["a.json", "a.json.expect", "b.json", "b.json.expect"] {
            std::fs::write(path(name), "").unwrap();
        }
        for (named, read) in [
            (&["a.json.expect", "b.json.expect", "a.json.expect"][..], &["a.json", "b.json"][..]),
            (&["a.json.expect", "b.json.expect", "a.json"], &["b.json", "a.json"]),
            (&["a.json", "a.json"], &["a.json", "a.json"]),
        ] {
            let named: Vec<PathBuf> = named.iter().map(|name| path(name)).collect();
            let io = Io::new(io::empty(), io::sink(), io::sink(), |_| None);
            let tree = Tree::new(&named, &|_| false, &io, &Talk::new(&io, Lang::En));
            let sources: Vec<&Path> = tree.sources.iter().filter_map(Source::path).collect();
            assert_eq!(sources, read.iter().map(|name| path(name)).collect::<Vec<_>>(), "{named:?}");
        }
    }
}
