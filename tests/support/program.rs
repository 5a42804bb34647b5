//! Runs the program in surroundings that are the same on every machine: within the test where that is the same, else as
//! a process.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

use larkspect::cli::{self, Io};
use larkspect::time::{Clock, Seconds, Zone};

/// The program, about to be run.
pub struct Program {
    pub command: Command,
    stdin: Vec<u8>,
}

/// What a run came to.
pub struct Ran {
    pub code: i32,
    pub out: Vec<u8>,
    pub err: String,
}

/// The program with these arguments, in the root of the repository, with nothing of the environment of the tests.
pub fn larkspect<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Program {
    let mut command = Command::new(env!("CARGO_BIN_EXE_larkspect"));
    command.args(args).env_clear().current_dir(root());
    command.env("TZ", "UTC").env("LANG", "C.UTF-8").env("COLUMNS", "100");
    Program { command, stdin: Vec::new() }
}

/// Whether a zone is UTC, in winter and in summer.
fn is_utc(zone: Zone) -> bool {
    let mut clock = Clock::new(zone);
    [1_610_000_000, 1_625_000_000].iter().all(|at| clock.offset_text(Seconds(*at)) == Some("+00:00"))
}

/// The program in another folder, with a zone that shows.
pub fn larkspect_in<A: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = A>) -> Program {
    let mut program = larkspect(args).env("LARKSPECT_TZ", "+08:00");
    program.command.current_dir(folder);
    program
}

/// Runs the program in another folder, with nothing to read.
pub fn run_in(folder: &Path, args: &[&str]) -> Ran {
    larkspect_in(folder, args).run()
}

/// A `PATH` on which the program stands first.
pub fn search_path() -> OsString {
    let folder = Path::new(env!("CARGO_BIN_EXE_larkspect")).parent().expect("a program is in a folder");
    let others = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&others));
    std::env::join_paths(folders).expect("no colon is in it")
}

impl Program {
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Program {
        self.command.env(name, value);
        self
    }

    /// With more arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, args: &[A]) -> Program {
        self.command.args(args);
        self
    }

    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Program {
        self.stdin = bytes.into();
        self
    }

    /// Starts it with pipes, for those who talk to it.
    pub fn spawn(&mut self) -> Child {
        spawn(&mut self.command)
    }

    /// Runs it to its end. Paths and the local zone are those of the process, so where others are wanted it takes one; a
    /// panic within fails the test either way.
    pub fn run(self) -> Ran {
        let variables = self.variables();
        let here = self.command.get_current_dir() == Some(root());
        let utc = variables.get(OsStr::new("TZ")).is_some_and(|zone| zone == "UTC");
        match here && utc && is_utc(Zone::Local) {
            true => self.run_here(variables),
            false => finish(&mut { self.command }, self.stdin),
        }
    }

    fn variables(&self) -> HashMap<OsString, OsString> {
        let set = self.command.get_envs();
        set.filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect()
    }

    /// Runs it without a process.
    fn run_here(self, variables: HashMap<OsString, OsString>) -> Ran {
        let (out, err) = (Kept::default(), Kept::default());
        let io = Io::new(Cursor::new(self.stdin), out.clone(), err.clone(), move |name| {
            variables.get(OsStr::new(name)).cloned()
        });
        let program = [OsString::from("larkspect")].into_iter();
        let code = cli::run(program.chain(self.command.get_args().map(OsStr::to_owned)), io) as i32;
        let err = String::from_utf8(err.bytes()).expect("talk is UTF-8");
        Ran { code, out: out.bytes(), err }
    }
}

fn spawn(command: &mut Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Runs a command to its end: the program, or a shell that calls it.
pub fn finish(command: &mut Command, stdin: Vec<u8>) -> Ran {
    let mut child = spawn(command);
    let mut pipe = child.stdin.take().unwrap();
    // It may stop reading before the end.
    let writer = thread::spawn(move || drop(pipe.write_all(&stdin)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let err = String::from_utf8(output.stderr).expect("talk is UTF-8");
    Ran { code: output.status.code().expect("no signal ended it"), out: output.stdout, err }
}

/// Keeps what is written to a stream.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn bytes(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let out = String::from_utf8_lossy(&self.out[..self.out.len().min(4000)]);
        write!(f, "exit code {}\n{out}\n{}", self.code, self.err)
    }
}

impl Ran {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.out).expect("UTF-8")
    }

    pub fn lines(&self) -> Vec<&str> {
        self.text().lines().collect()
    }

    /// The rows of CSV, without the names of the columns.
    pub fn rows(&self) -> Vec<csv::StringRecord> {
        csv::Reader::from_reader(&*self.out).records().map(Result::unwrap).collect()
    }

    /// Asserts the exit code; a failure shows both streams.
    #[track_caller]
    pub fn exits(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "{self:?}");
        self
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(root().join("fixtures").join(path)).unwrap()
}

pub const OFFICIAL: &str = "fixtures/attendance.user_flow.created_v1/official.json";

pub fn official() -> Vec<u8> {
    std::fs::read(root().join(OFFICIAL)).unwrap()
}

/// The official example on one line.
pub fn line() -> String {
    let event: serde_json::Value = serde_json::from_slice(&official()).unwrap();
    format!("{event}\n")
}

/// The same with a check_time in milliseconds, which is an error.
pub fn bad() -> Vec<u8> {
    spoiled("\"1615381916\"", "\"1615381916000\"")
}

/// The official example with a piece of its text replaced.
pub fn spoiled(from: &str, to: &str) -> Vec<u8> {
    let official = String::from_utf8(official()).unwrap();
    assert!(official.contains(from), "{from} is gone");
    official.replace(from, to).into_bytes()
}

/// A text without what differs from run to run: `1 file in 12.5 ms` took so many milliseconds (`0.4`), as every other did.
pub fn steady(text: &str, millis: &str) -> String {
    let line = |line: &str| {
        [(" in ", " ms"), ("用时 ", " 毫秒")].iter().find_map(|(took, unit)| {
            let (before, rest) = line.split_once(took)?;
            let (number, after) = rest.split_once(unit)?;
            number.parse::<f64>().ok().map(|_| format!("{before}{took}{millis}{unit}{after}"))
        })
    };
    text.split_inclusive('\n').map(|text| line(text).unwrap_or_else(|| text.to_owned())).collect()
}

#[test]
fn times_are_steadied_and_nothing_else() {
    for (text, steadied) in [
        ("1 file in 12.5 ms   x\nin 3 days", "1 file in 0.4 ms   x\nin 3 days"),
        ("1 个文件，用时 12 毫秒   x", "1 个文件，用时 0.4 毫秒   x"),
        ("string, duration in ms", "string, duration in ms"),
        ("a note in 3 of them, 5 ms", "a note in 3 of them, 5 ms"),
    ] {
        assert_eq!(steady(text, "0.4"), steadied);
    }
}

/// A folder with these files in it.
pub fn folder(files: &[(&str, &[u8])]) -> Folder {
    let folder = Folder::new();
    for (name, bytes) in files {
        folder.file(name, bytes);
    }
    folder
}

/// A folder of its own for a test, and a file in it.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }
    pub fn path(&self) -> &Path {
        self.0.path()
    }
    pub fn file(&self, name: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
    /// The names in it, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}
