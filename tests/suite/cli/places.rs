//! Where input comes from: files, directories, FIFOs, odd names, nothing at all.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::support::program::{Folder, OFFICIAL, Program, Ran, larkspect, line, official};

#[test]
fn a_directory_is_its_captures_in_the_order_of_their_names() {
    let folder = Folder::new();
    let bad = String::from_utf8(official()).unwrap().replace("\"type\": 0", "\"type\": 9");
    for name in ["b.json", "a/z.ndjson", "c.jsonl", ".hidden.json", ".git/x.json", "notes.txt", "d.json.bak"]
    {
        folder.file(name, &bad);
    }
    symlink("..", folder.path().join("a/loop")).unwrap();
    symlink("b.json", folder.path().join("link.json")).unwrap();
    symlink("gone.json", folder.path().join("dangling.json")).unwrap();
    fs::create_dir(folder.path().join("folder.json")).unwrap();
    let mut program = larkspect(["check", "-f", "line", "--ignore", "duplicate-event", "."]);
    program.command.current_dir(folder.path());
    let ran = program.run();
    let files: Vec<&str> = ran.lines().iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(files, ["a/z.ndjson", "b.json", "c.jsonl", "link.json"], "{}", ran.err);
    // The loop, the dangling link and the text with an event in it are said, and what was not read, and nothing else.
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err.lines().count(), 4, "{}", ran.err);
    assert!(ran.err.contains("1 file was passed over that may be a log"), "{}", ran.err);
    assert!(ran.err.ends_with("\nlarkspect: 2 inputs could not be read\n"), "{}", ran.err);
    assert!(ran.err.contains("dangling.json: No such file or directory\n"), "{}", ran.err);
    assert!(ran.err.contains("a/loop: a symbolic link back to ."), "{}", ran.err);
}

#[test]
fn nothing_to_read_is_no_success() {
    let folder = Folder::new();
    folder.file("notes.txt", "x");
    let empty = folder.file("empty.json", "");
    let blank = folder.file("blank.json", " \n\t\n\u{feff}\n");
    let dir = folder.path().join("empty");
    fs::create_dir(&dir).unwrap();
    for command in ["check", "show", "convert", "summary", "redact", "verify"] {
        for path in [&empty, &blank, &dir] {
            let ran = larkspect([OsStr::new(command), path.as_os_str()]).run().exits(2);
            assert!(ran.err.lines().count() == 1 && ran.err.starts_with("larkspect: "), "{}", ran.err);
            let go_on = if *path == dir { "is read where it is named" } else { "give it events as JSON" };
            assert!(ran.err.contains(go_on), "{}", ran.err);
        }
        larkspect([command, "/dev/null"]).run().exits(2);
    }
    larkspect(["check".as_ref(), "--allow-empty".as_ref(), empty.as_os_str()]).run().exits(0);
}

#[test]
fn names_that_are_not_utf8_are_read_and_shown_safely() {
    let folder = Folder::new();
    let name = OsStr::from_bytes(b"caf\xe9 \x1b[31m\n.json");
    let bad = String::from_utf8(official()).unwrap().replace("\"type\": 0", "\"type\": 9");
    folder.file(name, &bad);
    for path in [folder.path().join(name), folder.path().to_owned()] {
        for format in ["line", "human", "github", "json", "gitlab", "junit", "sarif", "ndjson"] {
            let args = ["check", "-f", format].map(OsStr::new);
            let ran = larkspect(args.into_iter().chain([path.as_os_str()])).run().exits(1);
            assert!(ran.text().contains("caf"), "{format}");
            assert!(!ran.text().contains('\u{1b}'), "{format}: {}", ran.text());
        }
        let line = larkspect(["check".as_ref(), "-f".as_ref(), "line".as_ref(), path.as_os_str()]).run();
        assert_eq!(line.lines().len(), 1, "one line a finding, whatever the file is called");
        assert!(line.text().contains("caf\\xe9 \\u{1b}[31m\\n.json"), "{}", line.text());
    }
    let gone = folder.path().join(OsStr::from_bytes(b"\xff\x1b[2J.json"));
    let ran = larkspect(["check".as_ref(), gone.as_os_str()]).run().exits(2);
    assert!(ran.err.contains("\\xff\\u{1b}[2J.json") && !ran.err.contains('\u{1b}'), "{}", ran.err);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let folder = Folder::new();
    let good = folder.file("good.json", official());
    let gone = folder.path().join("gone.json");
    // A path through a file.
    let through = good.join("x.json");
    for command in ["check", "show", "convert"] {
        let args = [command.as_ref(), gone.as_os_str(), good.as_os_str(), through.as_os_str()];
        let ran = larkspect(args).run().exits(2);
        assert!(!ran.out.is_empty(), "{command} read the good one");
        assert!(ran.err.contains("gone.json: No such file") && ran.err.contains("x.json: "), "{}", ran.err);
    }
}

#[test]
fn errors_say_what_is_wrong_without_its_number() {
    for args in [
        &["show", "gone.json"][..],
        &["show", "--config", "gone.toml", OFFICIAL],
        &["check", "--config", "src", OFFICIAL],
        &["check", "--encrypt-key-file", "gone", OFFICIAL],
        &["check", "--report", "line=gone/report.txt", OFFICIAL],
        &["convert", "-o", "gone/out.csv", OFFICIAL],
        &["sample", "-o", "gone/out.json"],
        &["verify", "/proc/self/mem"],
        &["decrypt", "/proc/self/mem", "--encrypt-key-file", "fixtures/keys/encrypt.key"],
        &["check", "/proc/self/mem"],
        &["show", "/proc/self/mem"],
        &["convert", "/proc/self/mem"],
    ] {
        let ran = larkspect(args).run().exits(2);
        assert!(!ran.err.is_empty() && !ran.err.contains("os error"), "{args:?}: {}", ran.err);
    }
}

/// Makes a FIFO; false where there is no such command.
#[test]
fn a_card_of_one_of_several_files_says_where_it_stands() {
    let folder = Folder::new();
    let a = folder.file("a.ndjson", [line(), line()].concat());
    let b = folder.file("早\u{1b}[31m.json", official());
    let [a, b] = [&a, &b].map(|path| path.to_str().unwrap());
    let places = |args: &[&str]| {
        let shown = larkspect(args.iter().copied()).run().exits(0);
        assert!(!shown.text().contains('\u{1b}'));
        let places = shown.lines().into_iter().filter_map(|line| line.trim().strip_prefix("File "));
        places.map(|place| place.trim().to_owned()).collect::<Vec<_>>()
    };
    let found = places(&["--card", a, b]);
    assert_eq!(found[..2], [format!("{a}:1"), format!("{a}:2")]);
    assert!(found.len() == 3 && found[2].ends_with(".json:1") && found[2].contains('早'), "{found:?}");
    let sorted = places(&["--card", "--raw", "--sort=-line", a, b]);
    assert_eq!(sorted[0], format!("{a}:2"));
    // Of one file everybody knows.
    assert_eq!(places(&["--card", a]), [""; 0]);
    assert_eq!(places(&[b]), [""; 0]);
    let chinese = larkspect(["--lang", "zh", "--card", a, b]).run().exits(0);
    assert!(chinese.text().contains(&format!("{a}:2")) && chinese.text().contains("出处"));
}

fn make_fifo(path: &Path) -> bool {
    Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success())
}

/// Runs a program that nobody writes to; one that waits all the same is ended, and fails the test.
#[track_caller]
fn run_to_its_end(mut program: Program) -> Ran {
    let mut child = program.spawn();
    drop(child.stdin.take());
    for _ in 0..3000 {
        if child.try_wait().unwrap().is_some() {
            let output = child.wait_with_output().unwrap();
            let err = String::from_utf8(output.stderr).unwrap();
            return Ran { code: output.status.code().unwrap(), out: output.stdout, err };
        }
        thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    panic!("{:?} waits for ever", program.command);
}

/// The program, run in this folder.
fn within<'a>(folder: &Path, args: impl IntoIterator<Item = &'a str>) -> Program {
    let mut program = larkspect(args);
    program.command.current_dir(folder);
    program
}

#[test]
fn settings_that_are_no_file_are_passed_over_and_said() {
    let folder = Folder::new();
    folder.file("deep/one.json", official());
    folder.file("real.toml", "tz = \"+09:00\"\n");
    let deep = folder.path().join("deep");
    if !make_fifo(&deep.join("larkspect.toml")) {
        return;
    }
    symlink("real.toml", folder.path().join("larkspect.toml")).unwrap();
    for command in ["show", "check", "convert", "schema"] {
        let args = [command, "one.json"].into_iter().take(1 + usize::from(command != "schema"));
        let ran = run_to_its_end(within(&deep, args)).exits(0);
        assert_eq!(
            ran.err, "larkspect: larkspect.toml: passed over: it is a FIFO, not a file\n",
            "{command}"
        );
        // Those above are found, through the link.
        assert!(command == "check" || command == "schema" || ran.text().contains("+09:00"), "{}", ran.text());
    }
    fs::remove_file(deep.join("larkspect.toml")).unwrap();
    let _socket = UnixListener::bind(deep.join("larkspect.toml")).unwrap();
    let ran = run_to_its_end(within(&deep, ["show", "one.json"])).exits(0);
    assert!(ran.err.contains("it is a socket, not a file") && ran.text().contains("+09:00"), "{}", ran.err);
    // What was named is an error, and bounded.
    for (named, words) in [
        ("larkspect.toml", "No such device"),
        ("/dev/zero", "is larger than 16 MiB"),
        ("..", "Is a directory"),
    ] {
        let ran = run_to_its_end(within(&deep, ["show", "--config", named, "one.json"])).exits(2);
        assert!(ran.err.starts_with(&format!("larkspect: {named}: {words}")), "{}", ran.err);
    }
}

/// As a shell's `--config <(..)` is one.
#[test]
fn settings_and_keys_may_come_through_a_fifo_that_is_named() {
    let folder = Folder::new();
    folder.file(
        "legacy/bad.json",
        String::from_utf8(official()).unwrap().replace("\"type\": 0", "\"type\": 9"),
    );
    let pipes = Folder::new();
    let fifo = pipes.path().join("63");
    if !make_fifo(&fifo) {
        return;
    }
    let path = fifo.to_str().unwrap();
    let write = |text: &'static str| {
        let fifo = fifo.clone();
        thread::spawn(move || fs::write(fifo, text).unwrap())
    };
    let settings = "paths = [\"legacy\"]\n[[override]]\nfiles = [\"legacy/**\"]\nseverity = { unknown-choice = \"note\" }\n";
    let writer = write(settings);
    let ran = within(folder.path(), ["check", "--config", path]).run().exits(0);
    writer.join().unwrap();
    assert!(ran.text().contains("note[unknown-choice]"), "{}", ran.text());
    let writer = write("test key\n");
    larkspect(["check", "fixtures/captures/forms/encrypted.json", "--encrypt-key-file", path]).run().exits(0);
    writer.join().unwrap();
    let ran = larkspect(["check", "--token-file", "/dev/zero", OFFICIAL]).run().exits(2);
    assert_eq!(ran.err, "larkspect: /dev/zero: is larger than 16 MiB\n");
}

#[test]
fn what_is_called_like_a_capture_and_is_no_file_is_said() {
    let folder = Folder::new();
    folder.file("tree/one.json", official());
    if !make_fifo(&folder.path().join("tree/pipe.json")) {
        return;
    }
    make_fifo(&folder.path().join("tree/pipe.txt"));
    let _socket = UnixListener::bind(folder.path().join("tree/socket.ndjson")).unwrap();
    symlink("/dev/null", folder.path().join("tree/null.json.gz")).unwrap();
    for command in ["show", "check", "convert"] {
        let ran = run_to_its_end(within(folder.path(), [command, "tree"])).exits(0);
        let said = [("null.json.gz", "a device"), ("pipe.json", "a FIFO"), ("socket.ndjson", "a socket")]
            .map(|(name, what)| format!("larkspect: tree/{name}: passed over: it is {what}, not a file\n"));
        assert_eq!(ran.err, said.concat(), "{command}");
    }
    let quiet = run_to_its_end(within(folder.path(), ["check", "-q", "tree"])).exits(0);
    assert_eq!(quiet.err, "");
    let verbose = run_to_its_end(within(folder.path(), ["check", "-v", "tree"])).exits(0);
    assert!(verbose.err.contains("1 file was passed over"), "{}", verbose.err);
}

#[test]
fn a_sidecar_that_is_no_file_is_an_error_and_not_waited_for() {
    let folder = Folder::new();
    folder.file("bad.json", String::from_utf8(official()).unwrap().replace("\"type\": 0", "\"type\": 9"));
    if !make_fifo(&folder.path().join("bad.json.expect")) {
        return;
    }
    make_fifo(&folder.path().join("gone.json.expect"));
    for args in [&["bad.json"][..], &["."], &["bad.json.expect"], &["--update-expectations", "bad.json"]] {
        let ran = run_to_its_end(within(folder.path(), ["check"].iter().chain(args).copied())).exits(2);
        assert!(ran.err.contains("bad.json.expect: is a FIFO, not a file\n"), "{args:?}: {}", ran.err);
        assert_eq!(ran.text().contains("unknown-choice"), args.len() == 1, "{args:?}: {}", ran.text());
    }
    let lost = run_to_its_end(within(folder.path(), ["check", "gone.json.expect"])).exits(1);
    assert!(lost.text().contains("stale-expectation"), "{}", lost.text());
}

#[test]
fn a_fifo_is_read_like_a_pipe() {
    let folder = Folder::new();
    let fifo = folder.path().join("fifo");
    if !make_fifo(&fifo) {
        return;
    }
    for command in ["check", "show", "convert"] {
        let to = fifo.clone();
        let writer = thread::spawn(move || {
            let mut pipe = OpenOptions::new().write(true).open(to).unwrap();
            for _ in 0..3 {
                pipe.write_all(line().as_bytes()).unwrap();
            }
        });
        let ran = larkspect([command.as_ref(), fifo.as_os_str()]).run().exits(0);
        writer.join().unwrap();
        assert!(ran.lines().len() >= 3, "{}", ran.text());
    }
}

#[test]
fn standard_input_can_stand_among_files() {
    let folder = Folder::new();
    let file = folder.file("one.json", official());
    let args = ["convert".as_ref(), file.as_os_str(), "-".as_ref(), file.as_os_str()];
    let ran = larkspect(args).stdin(line()).run().exits(0);
    assert_eq!(ran.lines().len(), 4);
}
