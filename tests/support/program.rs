//! Runs the program itself.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run came to.
#[derive(Debug)]
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program, in a directory, with nothing around it that could change what it says.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_larkspect"));
    command.current_dir(folder).env_clear().env("LARKSPECT_TZ", "+08:00");
    command
}

/// Runs it with these arguments and this standard input.
pub fn run_with(folder: &Path, args: &[&str], input: &[u8]) -> Outcome {
    finish(program(folder).args(args), input)
}

/// Runs it with these arguments and nothing to read.
pub fn run(folder: &Path, args: &[&str]) -> Outcome {
    run_with(folder, args, b"")
}

/// Runs a command to its end.
pub fn finish(command: &mut Command, input: &[u8]) -> Outcome {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    // Who does not read closes the pipe.
    let _ = child.stdin.take().expect("piped").write_all(input);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what it says is UTF-8");
    Outcome {
        code: output.status.code().expect("an exit code, no signal"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A path in the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// An event of which nothing can be said.
pub fn good() -> Vec<u8> {
    std::fs::read(repository("fixtures/attendance.user_flow.created_v1/official.json")).expect("it is there")
}

/// The same with a check_time in milliseconds.
pub fn bad() -> Vec<u8> {
    spoiled("\"1615381916\"", "\"1615381916000\"")
}

/// The good event with a piece of its text replaced.
pub fn spoiled(from: &str, to: &str) -> Vec<u8> {
    let good = String::from_utf8(good()).expect("UTF-8");
    assert!(good.contains(from));
    good.replace(from, to).into_bytes()
}

/// A directory with these files in it.
pub fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a directory");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a directory")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder
}
