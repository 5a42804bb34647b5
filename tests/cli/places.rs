//! Where input comes from: files, directories, FIFOs, odd names, nothing at all.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::thread;

use super::program::{Folder, larkspect, line, official};

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
    // The loop and the dangling link are said, and nothing else.
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
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
    for command in ["check", "show", "convert"] {
        for path in [&empty, &blank, &dir] {
            let ran = larkspect([OsStr::new(command), path.as_os_str()]).run().exits(2);
            assert!(ran.err.lines().count() == 1 && ran.err.starts_with("larkspect: "), "{}", ran.err);
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
fn a_fifo_is_read_like_a_pipe() {
    let folder = Folder::new();
    let fifo = folder.path().join("fifo");
    if !Command::new("mkfifo").arg(&fifo).status().is_ok_and(|status| status.success()) {
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
