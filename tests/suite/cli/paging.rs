//! On a terminal: what is longer than it is shown with a pager, and what takes a while says how far it is.

use std::fs;
use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use larkspect::terminal::sanitize::width;

use crate::support::program::{Folder, OFFICIAL, Program, Ran, larkspect, line};
use crate::support::terminal::{Terminal, run_on};

/// A pager that can be seen.
const PAGER: &str = "sed 's/^/paged: /'";

/// So many punches in a file.
fn punches(folder: &Folder, count: usize) -> String {
    let punch = |at: usize| line().replace("41fae5c12837ead344eced982fbde395", &format!("{at:032}"));
    let path = folder.file("punches.ndjson", (0..count).map(punch).collect::<String>());
    path.to_str().unwrap().to_owned()
}

/// Runs it on a terminal of 80 columns and 10 rows.
fn on_ten_rows(program: Program) -> Ran {
    run_on(Terminal::new(80, 10), program)
}

#[track_caller]
fn assert_paged(ran: &Ran, all: bool) {
    let paged = ran.lines().iter().filter(|line| line.starts_with("paged: ")).count();
    assert_eq!(paged, if all { ran.lines().len() } else { 0 }, "{ran:?}");
    assert!(!ran.out.is_empty());
}

#[test]
fn what_is_longer_than_the_terminal_is_paged_and_nothing_else() {
    let folder = Folder::new();
    let file = punches(&folder, 20);
    let short = folder.file("short.ndjson", line().repeat(3));
    let bad = folder.file("bad.json", line().replace("\"type\":0", "\"type\":9"));
    let (short, bad) = (short.to_str().unwrap(), bad.to_str().unwrap());
    for (args, code, paged) in [
        (&["show", &file][..], 0, true),
        (&[&file], 0, true),
        (&["--card", &file], 0, true),
        (&["-n5", &file], 0, false),
        (&["show", short], 0, false),
        (&["check", "--ignore", "duplicate-record", &file], 0, false),
        // What is said of it is paged as well, and the exit code is its own.
        (&["check", bad, "missing.json"], 2, true),
        (&["check", bad], 1, true),
        (&["check", "-f", "line", bad], 1, false),
        (&["explain"], 0, true),
        (&["explain", "nothing of the kind"], 2, false),
        (&["schema"], 0, true),
        (&["convert", &file], 0, false),
        (&["--help"], 0, false),
        (&["--paging", "never", &file], 0, false),
        (&["--paging", "always", short], 0, true),
        (&["--paging", "always", "convert", &file], 0, false),
    ] {
        let ran = on_ten_rows(larkspect(args).env("PAGER", PAGER)).exits(code);
        assert_paged(&ran, paged);
    }
    // Nobody looks.
    for args in [&[&*file][..], &["--paging", "always", &file]] {
        let mut program = larkspect(args).env("PAGER", PAGER);
        let done = program.command.stdin(Stdio::null()).output().unwrap();
        assert!(!String::from_utf8(done.stdout).unwrap().contains("paged: "), "{args:?}");
    }
}

#[test]
fn the_head_of_a_table_comes_again_when_a_screen_has_passed() {
    let folder = Folder::new();
    let file = punches(&folder, 20);
    let is_head = |line: &&str| line.contains("Punched");
    let ran = on_ten_rows(larkspect(["--color", "never", "--paging", "never", &file])).exits(0);
    let heads: Vec<usize> =
        ran.lines().iter().enumerate().filter(|(_, line)| is_head(line)).map(|(at, _)| at).collect();
    assert_eq!(heads, [0, 9, 18], "{ran:?}");
    assert_eq!(ran.lines()[9], ran.lines()[0]);
    // Nowhere else, and not where hardly anything else would stand.
    let piped = larkspect([&file]).run().exits(0);
    assert_eq!(piped.lines().iter().filter(|line| is_head(line)).count(), 1);
    let low = run_on(Terminal::new(80, 5), larkspect(["--paging", "never", &file])).exits(0);
    assert_eq!(low.lines().iter().filter(|line| is_head(line)).count(), 1, "{low:?}");
}

#[test]
fn lines_are_broken_at_words_on_a_terminal_and_nowhere_else() {
    let files =
        ["rules", "captures/mixed.ndjson", "captures/shift.ndjson"].map(|name| format!("fixtures/{name}"));
    let program =
        |command: &'static str| larkspect([command, "--paging", "never", "--lang", "zh"]).args(&files);
    for columns in [60, 80] {
        for command in ["check", "show"] {
            let ran = run_on(Terminal::new(columns, 24), program(command).env("NO_COLOR", "1"));
            let is_place = |line: &&str| line.contains(" --> ");
            for line in ran.lines().iter().filter(|line| !is_place(line)) {
                assert!(width(line) <= usize::from(columns), "{command} in {columns}: {line}");
            }
        }
    }
    let on = |columns| {
        let program = larkspect(["check", "--color", "never", "fixtures/rules/unknown-choice.json"]);
        run_on(Terminal::new(columns, 50), program).exits(1)
    };
    let narrow = on(60);
    assert!(
        narrow.text().contains("\n               2 (user correction), 3 (made by the system),\n"),
        "{narrow:?}"
    );
    assert!(narrow.text().ends_with(" ms\nlarkspect explain unknown-choice\n"), "{narrow:?}");
    let piped = larkspect(["check", "fixtures/rules/unknown-choice.json"]).run().exits(1);
    assert!(
        piped.text().contains("(user punch), 1 (changed by an admin), 2 (user correction), 3 (made"),
        "{piped:?}"
    );
}

#[test]
fn standard_input_is_not_waited_for() {
    for (args, paged) in
        [(&[][..], false), (&["-"], false), (&["check"], false), (&["--paging", "always"], true)]
    {
        let terminal = Terminal::new(80, 10);
        let mut program = larkspect(args).env("PAGER", PAGER);
        let command = program.command.env_remove("COLUMNS").stdin(Stdio::piped());
        let mut child = command.stdout(terminal.stdio()).stderr(terminal.stdio()).spawn().unwrap();
        drop(program);
        child.stdin.take().unwrap().write_all(line().repeat(30).as_bytes()).unwrap();
        let drawn = terminal.drawn();
        assert_eq!(drawn.contains("paged: "), paged, "{args:?}: {drawn}");
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn the_pager_is_the_one_that_was_chosen() {
    let folder = Folder::new();
    let file = punches(&folder, 20);
    let run = |variables: &[(&str, &str)]| {
        let program =
            variables.iter().fold(larkspect([&file]), |program, (name, value)| program.env(name, value));
        on_ten_rows(program).exits(0)
    };
    assert!(run(&[("PAGER", PAGER), ("LARKSPECT_PAGER", "sed s/^/ours:/")]).text().starts_with("ours:"));
    // As in git and bat an empty one is none, and that of others is not asked for then.
    assert_paged(&run(&[("PAGER", PAGER), ("LARKSPECT_PAGER", "")]), false);
    assert_paged(&run(&[("PAGER", "")]), false);
    assert_paged(&run(&[("PAGER", ""), ("LARKSPECT_PAGER", PAGER)]), true);
    for plain in ["cat", "/no/such/pager --at all", " "] {
        assert_paged(&run(&[("PAGER", PAGER), ("LARKSPECT_PAGER", plain)]), false);
    }
    assert_paged(&run(&[("PAGER", PAGER), ("TERM", "dumb")]), false);
    let shows = "sh -c 'cat >/dev/null; echo $LESS $LESSCHARSET'";
    assert_eq!(run(&[("PAGER", shows)]).text(), "FRX utf-8\n");
    assert_eq!(run(&[("PAGER", shows), ("LESS", "R")]).text(), "R utf-8\n");
}

/// With `LESS=-i` the codes of colours were letters on the screen.
#[cfg(unix)]
#[test]
fn less_shows_colours_whatever_its_own_variable_says() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let file = punches(&folder, 20);
    let less = folder.path().join("less");
    std::fs::write(&less, "#!/bin/sh\ncat >/dev/null; echo \"$@ $LESS\"\n").unwrap();
    std::fs::set_permissions(&less, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let ran = on_ten_rows(larkspect([&file]).env("PATH", path.as_str()).env("LESS", "-i")).exits(0);
    assert_eq!(ran.text(), "-R -i\n");
}

#[test]
fn a_pager_that_is_quit_has_seen_enough() {
    let folder = Folder::new();
    let file = punches(&folder, 20_000);
    let ran = on_ten_rows(larkspect([&file]).env("PAGER", "head -n 3")).exits(0);
    assert_eq!(ran.lines().len(), 3, "{ran:?}");
    // What is wrong is known by then, or not.
    let bad = fs::read_to_string(&file).unwrap().replace("\"comment\":\"\"", "\"comment\":7");
    let bad = folder.file("bad.ndjson", bad);
    let bad = bad.to_str().unwrap();
    let ran = on_ten_rows(larkspect(["check", bad]).env("PAGER", "head -n 3")).exits(1);
    assert_eq!(ran.lines().len(), 3, "{ran:?}");
}

#[test]
fn what_takes_a_while_says_how_far_it_is_and_takes_that_back() {
    // The data go elsewhere, and so a pipe is counted.
    let terminal = Terminal::new(80, 10);
    let folder = Folder::new();
    let out = folder.path().join("out.csv");
    let mut program = larkspect(["convert", "-o", out.to_str().unwrap()]);
    let command = program.command.env_remove("COLUMNS").stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::null()).stderr(terminal.stdio()).spawn().unwrap();
    drop(program);
    let mut pipe = child.stdin.take().unwrap();
    for _ in 0..3 {
        pipe.write_all(line().as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(400));
    }
    pipe.write_all(b"{\"schema\":\"2.0\",\"header\"").unwrap();
    drop(pipe);
    let drawn = terminal.drawn();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let (progress, said) = drawn.rsplit_once("\r\u{1b}[K").unwrap();
    let first = progress.split("\u{1b}[K").next().unwrap();
    assert!(first.starts_with('\r') && first.contains(" read  ") && first.ends_with("/s"), "{drawn:?}");
    assert!(said.contains("left out: 1 unreadable document"), "{drawn:?}");
    assert!(!fs::read_to_string(out).unwrap().contains('\u{1b}'));
    // Nobody has to wait for one event.
    let quick = run_on(Terminal::new(80, 10), larkspect(["convert", "-o", "/dev/null", OFFICIAL])).exits(0);
    assert_eq!(quick.text(), "");
}
