//! Captures that look like what people have: nothing is wrong with those that are to be right, whatever stands around
//! events changes nothing of what comes out, and neither do threads and the sizes of chunks.

use crate::support::corpora::{KEY, KINDS, Kind, is_faulty};
use crate::support::program::{Folder, Ran, larkspect};

/// A corpus of so many events in a folder of its own, and the key that all are read with.
fn laid_out(kind: Kind, events: usize) -> Folder {
    let folder = Folder::new();
    folder.file("encrypt.key", KEY);
    match kind {
        Kind::Files => kind.pieces(events).enumerate().for_each(|(number, text)| {
            folder.file(format!("{}/{number:06}.json", kind.file()), text);
        }),
        _ => drop(folder.file(kind.file(), kind.text(events))),
    }
    folder
}

fn run(folder: &Folder, kind: Kind, args: &[&str]) -> Ran {
    let path = |name| folder.path().join(name).into_os_string();
    let program =
        larkspect(args).args(&["--encrypt-key-file".into(), path("encrypt.key"), path(kind.file())]);
    program.run()
}

#[test]
fn nothing_is_wrong_with_the_corpora_but_with_one_in_a_hundred_of_the_faulty() {
    for kind in KINDS {
        // A thousand have each fault once.
        let events = if kind == Kind::Faulty { 1000 } else { 300 };
        let ran = run(&laid_out(kind, events), kind, &["check", "-f", "ndjson"]);
        let lines: Vec<serde_json::Value> =
            ran.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        let is_error = |line: &&serde_json::Value| line["severity"] == "error";
        let errors: Vec<_> =
            lines.iter().filter(is_error).map(|line| line["line"].as_u64().unwrap()).collect();
        let expected: Vec<u64> = match kind {
            Kind::Faulty => {
                (0..events).filter(|number| is_faulty(*number)).map(|number| number as u64 + 1).collect()
            }
            _ => Vec::new(),
        };
        assert_eq!(errors, expected, "{kind:?}: {:?}", lines.iter().find(is_error));
        assert_eq!(ran.code, !expected.is_empty() as i32, "{kind:?}");
    }
}

/// All but those of other events carry the same ones.
#[test]
fn what_stands_around_events_changes_nothing_of_their_rows() {
    const EVENTS: usize = 300;
    let rows = |kind| run(&laid_out(kind, EVENTS), kind, &["convert"]).exits(0).out;
    let uniform = rows(Kind::Uniform);
    assert_eq!(uniform.iter().filter(|byte| **byte == b'\n').count(), EVENTS + 1);
    for kind in KINDS {
        if ![Kind::Varied, Kind::Mixed, Kind::Unknown, Kind::Faulty].contains(&kind) {
            assert!(rows(kind) == uniform, "{kind:?}");
        }
    }
}

/// The largest document decides how large chunks are, too.
#[test]
fn threads_and_the_size_of_chunks_change_nothing_that_is_said_of_the_corpora() {
    for kind in KINDS {
        let folder = laid_out(kind, if kind == Kind::Files { 20 } else { 250 });
        for command in [&["check", "-f", "line"][..], &["convert"], &["show", "--table"]] {
            let said = |threads: &str, document: &str| {
                let ran =
                    run(&folder, kind, &[command, &["-j", threads, "--max-document", document]].concat());
                // The time it took is said, too.
                let untimed = |text: &str| {
                    text.lines().filter(|line| !line.contains(" in ")).collect::<Vec<_>>().join("\n")
                };
                (ran.code, untimed(ran.text()), untimed(&ran.err))
            };
            let alone = said("1", "64MiB");
            for (threads, document) in [("1", "8KiB"), ("2", "300KiB"), ("5", "8KiB")] {
                let also = said(threads, document);
                assert!(also == alone, "{kind:?} {command:?} -j{threads} --max-document {document}");
            }
        }
    }
}

#[test]
fn a_short_corpus_is_the_beginning_of_a_longer_one() {
    for kind in KINDS {
        assert!(kind.pieces(20).take(19).eq(kind.pieces(30).take(19)), "{kind:?}");
    }
}
