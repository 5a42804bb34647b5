//! Ctrl-C and SIGTERM while a pipe is read: what is known is told, nothing is left half done, and the exit code says it.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::program::{Folder, Program, larkspect, line};

/// A run that has read what it was given, waits for more, and handles signals.
struct Waiting {
    child: Child,
    /// Open: there is no end of input but the signal.
    stdin: ChildStdin,
}

impl Waiting {
    fn new(mut program: Program, input: &str) -> Waiting {
        let mut child = program.spawn();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        let mut waiting = Waiting { child, stdin };
        waiting.settle();
        waiting
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Waits until the handler of SIGINT is there, as the kernel says: it comes when the pipe pauses.
    fn settle(&mut self) {
        let path = format!("/proc/{}/status", self.child.id());
        let caught = || {
            let status = std::fs::read_to_string(&path).unwrap();
            let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
            u64::from_str_radix(mask.trim(), 16).unwrap() & (1 << 1) != 0
        };
        let patience = Instant::now() + Duration::from_secs(60);
        while !caught() {
            assert!(Instant::now() < patience, "no handler");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The code, standard output, standard error.
    fn end(mut self, signal: Signal) -> (i32, String, String) {
        kill_process(self.pid(), signal).unwrap();
        let (mut out, mut err) = (String::new(), String::new());
        self.child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let code = self.child.wait().unwrap().code().expect("it ends by itself");
        drop(self.stdin);
        (code, out, err)
    }
}

/// Punches of so many people, one of them with a choice that is none.
fn events() -> String {
    let other = line().replace("2b68933a", "0d9e4c71").replace("\"type\":0", "\"type\":9");
    // Another delivery, too.
    let other = other.replace("41fae5c12837ead344eced982fbde395", "5");
    format!("{}{other}", line())
}

#[test]
fn what_is_known_is_told() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let (ended, out, err) = Waiting::new(larkspect([""; 0]), &events()).end(signal);
        assert_eq!(ended, code, "{err}");
        assert!(out.contains("2b68933a") && out.contains("0d9e4c71"), "{out}");
        assert!(err.starts_with("2 events (punch record), 2 employees"), "{err}");

        let (ended, out, err) = Waiting::new(larkspect(["check"]), &events()).end(signal);
        assert_eq!(ended, code, "{err}");
        assert!(out.contains("\n1 file, 2 events: 1 with errors. 1 error"), "{out}");
        assert_eq!(err, "");
    }
}

#[test]
fn the_only_event_is_a_card_and_what_is_sorted_comes_sorted() {
    let (code, out, err) = Waiting::new(larkspect([""; 0]), &line()).end(Signal::INT);
    assert_eq!((code, &*err), (130, ""));
    assert!(out.contains("Punched") && out.contains("check_time"), "{out}");
    let sorted = larkspect(["--sort", "employee_id", "--columns", "employee_id"]);
    let (code, out, _) = Waiting::new(sorted, &events()).end(Signal::INT);
    assert_eq!(code, 130);
    assert!(out.find("0d9e4c71").unwrap() < out.find("2b68933a").unwrap(), "{out}");
}

#[test]
fn files_stay_what_they_were_and_no_litter_is_left() {
    for args in [
        &["convert", "-o", "out.csv"][..],
        &["convert", "-o", "out.xlsx"],
        &["redact", "-o", "out.json"],
        &["check", "--report", "sarif=out.sarif"],
    ] {
        let name = args.last().unwrap().split('=').next_back().unwrap();
        for old in [Some("old"), None] {
            let folder = Folder::new();
            old.inspect(|old| drop(folder.file(name, old)));
            let mut program = larkspect(args);
            program.command.current_dir(folder.path());
            let (code, _, err) = Waiting::new(program, &events()).end(Signal::INT);
            assert_eq!(code, 130, "{args:?}: {err}");
            assert_eq!(
                folder.names(),
                old.map(|_| name.to_owned()).into_iter().collect::<Vec<_>>(),
                "{args:?}"
            );
            if old.is_some() {
                assert_eq!(std::fs::read_to_string(folder.path().join(name)).unwrap(), "old", "{args:?}");
            }
            assert!(args[0] == "check" || err.contains("interrupted"), "{args:?}: {err}");
        }
    }
}

#[test]
fn a_second_one_ends_at_once() {
    let Waiting { mut child, mut stdin } = Waiting::new(larkspect(["convert", "--to", "ndjson"]), &events());
    // Nobody reads what it says, so it cannot come to its end.
    let many = events().repeat(5000);
    let writer = std::thread::spawn(move || stdin.write_all(many.as_bytes()));
    let pid = Pid::from_child(&child);
    for ends in [false, true] {
        std::thread::sleep(Duration::from_millis(300));
        assert_eq!(child.try_wait().unwrap(), None, "{ends}");
        kill_process(pid, Signal::INT).unwrap();
    }
    assert_eq!(child.wait().unwrap().code(), Some(130));
    writer.join().unwrap().unwrap_err();
}

#[test]
fn half_a_document_is_nothing_to_be_told_of() {
    let half = line();
    let input = format!("{}{}", line(), &half[..half.len() / 2]);
    let (code, out, err) = Waiting::new(larkspect(["check"]), &input).end(Signal::INT);
    assert_eq!(code, 130, "{err}");
    assert!(out.contains("1 event: no findings"), "{out}");
}

#[test]
fn findings_of_a_pipe_come_with_it_and_those_alike_are_counted_at_its_end() {
    let bad = events().lines().nth(1).unwrap().to_owned() + "\n";
    let mut child = larkspect(["check", "--ignore", "duplicate-event"]).spawn();
    let mut pipe = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    // Up to a line that is empty.
    let mut next =
        || out.by_ref().map(Result::unwrap).take_while(|line| !line.is_empty()).collect::<Vec<_>>();
    pipe.write_all(bad.as_bytes()).unwrap();
    let first = next();
    assert!(first[0].starts_with("error[unknown-choice]: "), "{first:#?}");
    pipe.write_all(bad.as_bytes()).unwrap();
    // Another one of another kind stands after it.
    pipe.write_all(bad.replace("\"type\":9", "\"type\":\"a\"").as_bytes()).unwrap();
    let second = next();
    assert!(second[0].starts_with("error[wrong-type]: "), "{second:#?}");
    drop(pipe);
    let alike = [
        &*first[1].replace(" --> ", "error[unknown-choice] "),
        "  = note: 1 more like this in this file, on line 2",
    ];
    assert_eq!(next(), alike);
    let last = next();
    assert!(last[0].starts_with("1 file, 3 events: 3 with errors. 3 errors"), "{last:#?}");
    child.wait().unwrap();
}
