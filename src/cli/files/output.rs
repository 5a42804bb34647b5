//! Where output goes.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::GzBuilder;
use flate2::write::GzEncoder;

use crate::cli::interrupt;
use crate::cli::io::Stream;
use crate::cli::talk::Talk;
use crate::lang::{Lang, both, say};
use crate::terminal::sanitize::push_clean_bytes;

use super::source::{Source, name_of, named};

/// Standard output through a buffer. Its locks are paid once a buffer, not once a line.
pub fn buffered(stdout: &Stream) -> BufWriter<Stream> {
    BufWriter::with_capacity(64 << 10, stdout.clone())
}

/// Where the data of a command goes.
pub enum Output {
    /// Standard output.
    Stdout(BufWriter<Stream>),
    /// Standard output where somebody looks at it: what could drive the terminal is shown as an escape.
    Terminal(BufWriter<Stream>),
    /// A device or a FIFO, which is written to and never replaced.
    Direct(File),
    /// A file that appears under its name when it is whole.
    Whole(WholeFile),
    /// One of these, compressed.
    Gzip(Box<GzEncoder<Output>>),
}

impl Output {
    /// Opens an output; no path is standard output, and so are `-` and `/dev/stdout`.
    ///
    /// # Errors
    ///
    /// The file cannot be made, or its path is a symbolic link: replacing that would either cut the link or change a
    /// file elsewhere, and neither is what `-o` says.
    pub fn open(path: Option<&Path>, stdout: &Stream) -> io::Result<Output> {
        // By its path standard output would be opened anew, at its start: `>> file` would lose what it had.
        let names = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
        let Some(path) = path.filter(|path| !names.iter().any(|name| path.as_os_str() == *name)) else {
            return Ok(Output::Stdout(buffered(stdout)));
        };
        Output::file(path)
    }

    /// Opens what stands at a path.
    ///
    /// # Errors
    ///
    /// Those of [`Output::open`].
    pub fn file(path: &Path) -> io::Result<Output> {
        let direct = || OpenOptions::new().write(true).open(path).map(Output::Direct);
        let whole = |old| WholeFile::create(path, old, Path::new(DESCRIPTORS)).map(Output::Whole);
        let opened = match std::fs::symlink_metadata(path) {
            // A link to a device (`/dev/fd/3` of a shell's `>(..)`) is as good as the device.
            Ok(meta) if meta.is_symlink() && std::fs::metadata(path).is_ok_and(|to| is_device(&to)) => {
                direct()
            }
            Ok(meta) if meta.is_symlink() => {
                let why = both!(
                    "是符号链接；请给出文件本身的路径",
                    "is a symbolic link; give the path of the file itself"
                );
                Err(io::Error::new(io::ErrorKind::InvalidInput, why))
            }
            Ok(meta) if meta.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(meta) if is_device(&meta) => direct(),
            Ok(meta) => whole(Some(meta.permissions())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => whole(None),
            Err(error) => Err(error),
        };
        opened.map_err(|error| named(path, &error))
    }

    /// Opens an output for data as it came: on a terminal it is cleaned of what could drive it. It is none of the
    /// `sources`: a capture is not to be lost to what was made of it.
    pub fn data(path: Option<&Path>, sources: &[Source], stdout: &Stream) -> io::Result<Output> {
        let real = path.and_then(|path| path.canonicalize().ok()).filter(|path| path.is_file());
        let read = |source: &Source| source.path().and_then(|path| path.canonicalize().ok());
        if let Some(path) = path
            && real.is_some_and(|real| sources.iter().any(|source| read(source).as_ref() == Some(&real)))
        {
            let name = name_of(path);
            let why =
                both!("{name}: 也是输入；请写到别的文件", "{name}: is also the input; write to another file");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        Ok(match Output::open(path, stdout)? {
            Output::Stdout(out) if stdout.terminal => Output::Terminal(out),
            output => output,
        })
    }

    /// The same, compressed where `packed`. The header says neither when nor where, so that equal data are equal bytes.
    pub fn gzip(self, packed: bool) -> Output {
        if !packed {
            return self;
        }
        Output::Gzip(Box::new(
            GzBuilder::new().operating_system(255).write(self, flate2::Compression::default()),
        ))
    }

    /// The directory in which a file is to appear.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Output::Whole(file) => Some(folder_of(&file.path)),
            _ => None,
        }
    }

    /// Writes out what is buffered and gives the file its name. Without this, a file never appears.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Output::Stdout(mut out) | Output::Terminal(mut out) => out.flush(),
            Output::Direct(mut file) => file.flush(),
            Output::Whole(file) => file.finish(),
            Output::Gzip(packed) => packed.finish()?.finish(),
        }
    }

    /// Ends the output of a run, where `any` was written: with nothing to write, what was there before stays. Where a
    /// part is missing because some input is `unread`, a file does not appear, and one that was there stays; what
    /// stands on standard output or in a pipe has been read by now.
    pub fn end(self, any: bool, unread: bool, talk: &Talk, lang: Lang) -> io::Result<()> {
        if !unread {
            return if any { self.finish() } else { Ok(()) };
        }
        match self {
            Output::Whole(WholeFile { path, .. }) => {
                let name = name_of(&path);
                talk.say(match interrupt::caught() {
                    Some(_) => say!(
                        lang,
                        "{name}: 没有写入，因为运行被中断",
                        "{name}: not written, because the run was interrupted"
                    ),
                    None => say!(
                        lang,
                        "{name}: 没有写入，因为有输入无法读取",
                        "{name}: not written, because some input could not be read"
                    ),
                });
                Ok(())
            }
            Output::Gzip(packed) => packed.finish()?.end(any, unread, talk, lang),
            _ => self.finish(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::Terminal(out) => out.write_all(tame(bytes).as_bytes()).map(|()| bytes.len()),
            Output::Direct(file) => file.write(bytes),
            Output::Whole(file) => file.temporary.as_file_mut().write(bytes),
            Output::Gzip(packed) => packed.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) | Output::Terminal(out) => out.flush(),
            Output::Direct(file) => file.flush(),
            Output::Whole(file) => file.temporary.as_file_mut().flush(),
            Output::Gzip(packed) => packed.flush(),
        }
    }
}

/// Neither a file nor a directory: a terminal, a pipe, `/dev/full`.
fn is_device(meta: &std::fs::Metadata) -> bool {
    !meta.is_file() && !meta.is_dir()
}

/// Data as a terminal may get it: line ends and tabs stay, everything else that could drive it is escaped.
pub fn tame(data: &[u8]) -> String {
    let mut out = String::with_capacity(data.len() + 16);
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        let body = body.strip_suffix(b"\r").unwrap_or(body);
        for (at, cell) in body.split(|byte| *byte == b'\t').enumerate() {
            out.push_str(if at > 0 { "\t" } else { "" });
            push_clean_bytes(cell, &mut out);
        }
        out.extend(line[body.len()..].iter().map(|byte| char::from(*byte)));
    }
    out
}

/// A file that is written beside its place, without a name where the system can (so that even a killed run leaves no
/// litter), and moved there when it is whole.
pub struct WholeFile {
    path: PathBuf,
    temporary: Temporary,
}

enum Temporary {
    /// With the path by which it can be given a name.
    #[cfg(target_os = "linux")]
    Nameless(File, PathBuf),
    Named(tempfile::NamedTempFile),
}

impl Temporary {
    fn as_file_mut(&mut self) -> &mut File {
        match self {
            #[cfg(target_os = "linux")]
            Temporary::Nameless(file, _) => file,
            Temporary::Named(file) => file.as_file_mut(),
        }
    }
}

/// Where open files have paths: the only way to give a file a name that has none.
const DESCRIPTORS: &str = "/proc/self/fd";

/// What a new file may be, before the umask.
#[cfg(unix)]
const NEW: u32 = 0o666;

/// The directory of a file.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl WholeFile {
    /// A file that is to be `path`, with the permissions of the old one. `descriptors` is where open files have paths.
    fn create(path: &Path, old: Option<Permissions>, descriptors: &Path) -> io::Result<WholeFile> {
        let mut temporary = Temporary::create(folder_of(path), descriptors)?;
        if let Some(permissions) = old {
            temporary.as_file_mut().set_permissions(permissions)?;
        }
        Ok(WholeFile { path: path.to_owned(), temporary })
    }

    fn finish(self) -> io::Result<()> {
        let WholeFile { path, temporary } = self;
        match temporary {
            #[cfg(target_os = "linux")]
            Temporary::Nameless(_file, from) => give_name(&from, &path),
            Temporary::Named(file) => file.persist(&path).map(drop).map_err(|error| error.error),
        }
        .map_err(|error| named(&path, &error))
    }
}

impl Temporary {
    #[cfg_attr(not(target_os = "linux"), allow(unused_variables))] // only there a file can be without a name
    fn create(folder: &Path, descriptors: &Path) -> io::Result<Temporary> {
        #[cfg(target_os = "linux")]
        {
            use std::os::fd::AsRawFd;
            use std::os::unix::fs::OpenOptionsExt;
            let flags = rustix::fs::OFlags::TMPFILE.bits().cast_signed();
            let nameless = OpenOptions::new().write(true).mode(NEW).custom_flags(flags).open(folder);
            // Some file systems cannot, and without `/proc` it would stay nameless: then a name is given at once.
            if let Ok(file) = nameless {
                let from = descriptors.join(file.as_raw_fd().to_string());
                if from.exists() {
                    return Ok(Temporary::Nameless(file, from));
                }
            }
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".larkspect-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(Permissions::from_mode(NEW));
        }
        builder.tempfile_in(folder).map(Temporary::Named)
    }
}

/// Links the nameless file `from` beside `path` and moves it there: a link alone could not replace an old file.
#[cfg(target_os = "linux")]
fn give_name(from: &Path, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};

    let link = |to: &Path| linkat(CWD, from, CWD, to, AtFlags::SYMLINK_FOLLOW).map_err(io::Error::from);
    match link(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        done => return done,
    }
    let process = std::process::id();
    for attempt in 0..100 {
        let beside = path.with_file_name(format!(".larkspect-{process}-{attempt}"));
        match link(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            done => done?,
        }
        let moved = std::fs::rename(&beside, path);
        if moved.is_err() {
            let _ = std::fs::remove_file(&beside);
        }
        return moved;
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_no_control_character_but_line_ends_and_tabs() {
        let data = "a\tb\u{1b}[31m,\rc\u{9b}\u{202e}\r\n浙\n";
        assert_eq!(tame(data.as_bytes()), "a\tb\\u{1b}[31m,\\rc\\u{9b}\\u{202e}\r\n浙\n");
    }

    #[test]
    fn a_file_appears_when_it_is_whole_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        for (round, text) in ["one", "two"].into_iter().enumerate() {
            let mut out = Output::file(&path).unwrap();
            out.write_all(text.as_bytes()).unwrap();
            assert_eq!(std::fs::read_to_string(&path).ok().as_deref(), (round > 0).then_some("one"));
            out.finish().unwrap();
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
            assert_eq!(files(), 1);
        }
        let mut out = Output::file(&path).unwrap();
        out.write_all(b"three").unwrap();
        drop(out);
        assert_eq!((std::fs::read_to_string(&path).unwrap().as_str(), files()), ("two", 1));
    }

    #[test]
    fn a_file_is_written_whole_also_where_open_files_have_no_paths() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        let begin = |text: &str| {
            let file = WholeFile::create(&path, None, Path::new("/no/proc")).unwrap();
            let mut out = Output::Whole(file);
            out.write_all(text.as_bytes()).unwrap();
            out
        };
        begin("one").finish().unwrap();
        begin("two").finish().unwrap();
        drop(begin("three"));
        assert_eq!((std::fs::read_to_string(&path).unwrap().as_str(), files()), ("two", 1));
        // What cannot be moved to its place is no litter either.
        let out = begin("four");
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir_all(path.join("in the way")).unwrap();
        assert!(out.finish().is_err());
        assert_eq!(files(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_refused_and_devices_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(folder.path().join("elsewhere"), &link).unwrap();
        assert!(Output::file(&link).err().unwrap().to_string().contains("symbolic link"));
        assert!(matches!(Output::file(Path::new("/dev/null")), Ok(Output::Direct(_))));
        assert!(Output::file(folder.path()).is_err());
    }
}
