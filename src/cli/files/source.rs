//! Where input comes from: the files, directories and `-` that the user named, in a fixed order.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use memchr::memmem;
use walkdir::{DirEntry, WalkDir};

use crate::cli::io::Input;
use crate::cli::talk::{Talk, reason};
use crate::lang::{Label, Lang, Sentence, both, label, say};

use super::small::no_file;

/// What is read.
#[derive(Clone)]
pub enum From {
    /// Standard input.
    Stdin(Input),
    /// A file.
    File(PathBuf),
}

/// A file, or standard input.
#[derive(Clone)]
pub struct Source {
    /// How reports name it: the path as the user wrote it, bytes that are not UTF-8 as `\xNN`; `-` for stdin.
    pub name: String,
    /// What is read.
    pub from: From,
    /// Its length in bytes, if it is a regular file.
    pub length: Option<u64>,
}

impl Source {
    fn stdin(stdin: &Input) -> Source {
        Source { name: "-".to_owned(), from: From::Stdin(stdin.clone()), length: None }
    }

    fn file(path: PathBuf, length: Option<u64>) -> Source {
        Source { name: name_of(&path), from: From::File(path), length }
    }

    /// The path; `None` for standard input.
    pub fn path(&self) -> Option<&Path> {
        match &self.from {
            From::Stdin(_) => None,
            From::File(path) => Some(path),
        }
    }

    /// Whether its name promises JSON throughout, so that other text in it is a fault.
    pub fn promises_json(&self) -> bool {
        let Some(path) = self.path() else { return false };
        bare_ends_in(path, &JSON)
    }

    /// Whether it may pause, as a pipe does: what is whole is shown at once.
    pub fn is_live(&self) -> bool {
        self.length.is_none()
    }
}

/// A path as text: bytes that are not UTF-8 stand as `\xNN`, so that no two names look alike.
pub fn name_of(path: &Path) -> String {
    path.as_os_str().as_encoded_bytes().utf8_chunks().fold(String::new(), |mut name, chunk| {
        name.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| name.push_str(&format!("\\x{byte:02x}")));
        name
    })
}

/// What went wrong with a file, with its name before it and without the number of the error.
pub fn said_of(path: &Path, error: &io::Error) -> Sentence {
    let name = name_of(path);
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| reason(error, lang));
    both!("{name}: {zh}", "{name}: {en}")
}

/// The error that says so.
pub fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), said_of(path, error))
}

/// Why an input cannot be read.
#[derive(Debug)]
pub struct SourceError {
    /// How the user named it.
    pub name: String,
    /// What is wrong.
    pub error: io::Error,
}

impl SourceError {
    /// Says so.
    pub fn say(&self, talk: &Talk) {
        talk.failed(&self.name, &self.error);
    }
}

/// The endings of files that promise to be JSON throughout.
const JSON: [&str; 3] = ["json", "ndjson", "jsonl"];
/// The endings of captures in a directory; each may be followed by one of [`PACKED`].
const ENDINGS: [&str; 5] = ["json", "ndjson", "jsonl", "http", "har"];
/// The endings of compressed captures.
pub const PACKED: [&str; 2] = ["gz", "zst"];

/// That nothing in a directory is read.
pub fn no_captures(lang: Lang) -> String {
    let endings = endings(lang);
    say!(
        lang,
        "这里没有抓包文件（{endings}）；其他名字的文件，写出文件名才会读取",
        "no captures here ({endings}); a file of another name is read where it is named"
    )
}

/// What is read in a directory, in words.
fn endings(lang: Lang) -> String {
    let (endings, packed) = (ENDINGS.join(" ."), PACKED.join(" ."));
    say!(lang, ".{endings}，以及 .{packed}", ".{endings}, also .{packed}")
}

/// Whether a name ends in one of these, in any case.
fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let end = path.extension().and_then(OsStr::to_str);
    end.is_some_and(|end| endings.iter().any(|ending| end.eq_ignore_ascii_case(ending)))
}

/// Whether a file is packed, as its name says.
pub fn is_packed(path: &Path) -> bool {
    ends_in(path, &PACKED)
}

/// Whether a name without the ending of what is packed ends in one of these. Asked of every file, and few are packed.
fn bare_ends_in(path: &Path, endings: &[&str]) -> bool {
    ends_in(path, endings) || is_packed(path) && ends_in(unpacked(path), endings)
}

/// A name without the ending of what is packed.
fn unpacked(path: &Path) -> &Path {
    path.file_stem().map(Path::new).filter(|_| is_packed(path)).unwrap_or(path)
}

/// Whether a file that was found in a directory, not named by the user, is read.
pub fn is_capture(path: &Path) -> bool {
    bare_ends_in(path, &ENDINGS)
}

/// Whether a name is that of a log: `app.log`, `app.log.1`, `app.log.gz`.
fn is_log(path: &Path) -> bool {
    let bare = unpacked(path);
    let is_number = |end: &OsStr| end.as_encoded_bytes().iter().all(u8::is_ascii_digit);
    let turned = bare.file_stem().map(Path::new).filter(|_| bare.extension().is_some_and(is_number));
    ends_in(turned.unwrap_or(bare), &["log"])
}

/// Whether a file is a text whose beginning has the marks of an event in it. That beside a capture of the same name is
/// about it.
fn may_hold_events(path: &Path) -> bool {
    const BEGINNING: u64 = 4096;
    let is_about_another = || ENDINGS.iter().any(|ending| path.with_extension(ending).exists());
    if !ends_in(path, &["txt"]) || is_about_another() {
        return false;
    }
    let mut text = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut text));
    read.is_ok()
        && ["event_type", "encrypt"].iter().any(|mark| memmem::find(&text, mark.as_bytes()).is_some())
}

/// The sources that `paths` stand for: directories become the captures below them, sorted by name; hidden files and
/// directories are passed over, as is what is to be left out; symbolic links are followed, loops reported. `-` is `stdin`.
/// `other` is told what else is in the directories: other files, and what is no file though it is called like a capture.
pub fn sources(
    paths: &[PathBuf],
    stdin: &Input,
    is_left_out: &dyn Fn(&Path) -> bool,
    other: &mut dyn FnMut(PathBuf),
) -> (Vec<Source>, Vec<SourceError>) {
    let mut sources = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            sources.push(Source::stdin(stdin));
            continue;
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => directory(path, is_left_out, &mut sources, &mut errors, other),
            Ok(meta) => sources.push(Source::file(path.clone(), meta.is_file().then_some(meta.len()))),
            Err(error) => errors.push(SourceError { name: name_of(path), error }),
        }
    }
    (sources, errors)
}

/// What directories have besides captures.
#[derive(Debug, Default)]
pub struct Others {
    /// How many files are no captures by their names.
    by_name: u64,
    /// How many of them may be logs.
    logs: u64,
    /// FIFOs, sockets and devices that are called like captures.
    no_files: Vec<PathBuf>,
}

impl Others {
    /// Takes note of one.
    pub fn add(&mut self, path: PathBuf) {
        match is_capture(&path) {
            true => self.no_files.push(path),
            false => {
                self.by_name += 1;
                self.logs += u64::from(path.is_file() && (is_log(&path) || may_hold_events(&path)));
            }
        }
    }

    /// Says how many files are no captures by their names: in detail all of them, and always those that may be logs.
    pub fn say_by_name(&self, talk: &Talk, verbose: bool) {
        let lang = talk.lang;
        if let all @ 1.. = self.by_name
            && verbose
        {
            let (were, endings) = (if all == 1 { "file was" } else { "files were" }, endings(lang));
            talk.say(say!(
                lang,
                "跳过了 {all} 个文件：目录里只读取以 {endings} 结尾的文件",
                "{all} {were} passed over: what is read there ends in {endings}"
            ));
        }
        if let logs @ 1.. = self.logs {
            let [were, a_log, them] = match logs {
                1 => ["file was", "a log", "it"],
                _ => ["files were", "logs", "them"],
            };
            talk.say(say!(
                lang,
                "跳过了 {logs} 个可能是日志的文件（.log、.txt）：写出文件名即可读取",
                "{logs} {were} passed over that may be {a_log} (.log, .txt): name {them} to have {them} read"
            ));
        }
    }

    /// Says what is called like a capture and is passed over all the same.
    pub fn say_no_files(&self, talk: &Talk) {
        for path in &self.no_files {
            let what = std::fs::metadata(path).ok().and_then(|meta| no_file(&meta));
            say_no_file(path, what.unwrap_or(label("别的东西", "something else")), talk);
        }
    }
}

/// Says that what stands at a path is `what`, and so is not read.
pub fn say_no_file(path: &Path, what: Label, talk: &Talk) {
    let (name, Label { zh, en }) = (name_of(path), what);
    talk.say(say!(
        talk.lang,
        "{name}: 跳过：这是{zh}，不是文件",
        "{name}: passed over: it is {en}, not a file"
    ));
}

fn directory(
    path: &Path,
    is_left_out: &dyn Fn(&Path) -> bool,
    sources: &mut Vec<Source>,
    errors: &mut Vec<SourceError>,
    other: &mut dyn FnMut(PathBuf),
) {
    let hidden = |name: &OsStr| name.as_encoded_bytes().first() == Some(&b'.');
    let entries =
        WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter().filter_entry(|entry| {
            entry.depth() == 0 || !hidden(entry.file_name()) && !is_left_out(entry.path())
        });
    // What is in `.` is called as it is called there.
    let path_of = |entry: DirEntry| match entry.path().strip_prefix(".") {
        Ok(bare) if path.as_os_str() == "." => bare.to_owned(),
        _ => entry.into_path(),
    };
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_capture(entry.path()) => {
                let length = entry.metadata().ok().map(|meta| meta.len());
                sources.push(Source::file(path_of(entry), length));
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => other(path_of(entry)),
            Err(error) => {
                let name = error.path().map_or_else(|| name_of(path), name_of);
                let error = match error.loop_ancestor() {
                    Some(above) => {
                        let above = name_of(above);
                        io::Error::other(both!("符号链接指回了 {above}", "a symbolic link back to {above}"))
                    }
                    None => error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()),
                };
                errors.push(SourceError { name, error });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_of_captures() {
        for (name, yes) in [
            ("a.json", true),
            ("a.ndjson", true),
            ("a.jsonl.gz", true),
            ("a.json.zst", true),
            ("a.http", true),
            ("a.har.gz", true),
            ("P.JSON", true),
            ("p.Ndjson.GZ", true),
            ("a.log", false),
            ("a.gz", false),
            ("a.txt", false),
            ("json", false),
            ("a.tar.gz", false),
        ] {
            assert_eq!(is_capture(Path::new(name)), yes, "{name}");
        }
    }

    #[test]
    fn names_of_logs() {
        for (name, yes) in [
            ("a.log", true),
            ("a.LOG.gz", true),
            ("a.log.1", true),
            ("a.log.2.zst", true),
            ("a.txt", false),
            ("log", false),
            ("a.1", false),
        ] {
            assert_eq!(is_log(Path::new(name)), yes, "{name}");
        }
    }
}
