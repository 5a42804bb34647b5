//! Every file of `fixtures/rules` breaks the rule it is named after, and no other; and every rule has such a file.

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use common::read;
use larkspect::check::segment::Limits;
use larkspect::rules::{self, stream};

/// Rules that no file alone can break: code and reason. Keep it short.
const ELSEWHERE: &[(&str, &str)] = &[
    ("unmet-expectation", "about a sidecar beside the file: tests/ci.rs"),
    ("stale-expectation", "about a sidecar beside the file: tests/ci.rs"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules")
}

/// The fixtures and their codes: the file name up to its first dot.
fn fixtures() -> Vec<(String, PathBuf)> {
    let paths = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let payload = |path: &PathBuf| path.extension().is_some_and(|end| end == "json" || end == "ndjson");
    let named = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        (name.split('.').next().unwrap().to_owned(), path)
    };
    paths.filter(payload).map(named).collect()
}

/// `CODE.args` beside a fixture holds what `check` must be called with.
fn limits(code: &str) -> Limits {
    let Ok(args) = std::fs::read_to_string(folder().join(format!("{code}.args"))) else {
        return Limits::default();
    };
    let words: Vec<&str> = args.split_whitespace().collect();
    let ["--max-document", size] = words[..] else { panic!("unknown arguments {args}") };
    let kib: usize = size.strip_suffix("KiB").unwrap().parse().unwrap();
    Limits { document: kib << 10 }
}

#[test]
fn each_rule_has_a_fixture() {
    let found: BTreeSet<String> = fixtures().into_iter().map(|(code, _)| code).collect();
    let elsewhere = |code: &str| ELSEWHERE.iter().any(|(other, _)| *other == code);
    let wanted = rules::ALL.iter().map(|rule| rule.code).filter(|code| !elsewhere(code));
    assert_eq!(found, wanted.map(str::to_owned).collect());
}

#[test]
fn each_fixture_breaks_its_rule_and_no_other() {
    for (code, path) in fixtures() {
        let text = std::fs::read(&path).unwrap();
        let seen = read(&text, limits(&code));
        let [one, two] = match &seen.documents[..] {
            [one, two] => [one, two],
            _ => {
                let codes: BTreeSet<_> = seen.codes().into_iter().collect();
                assert_eq!(codes, BTreeSet::from([&*code]), "{:#?}", seen.findings());
                continue;
            }
        };
        // Duplicates are judged beyond single documents, so here by their shape alone.
        assert_eq!(seen.codes(), [""; 0], "{code}");
        assert_eq!(one.record, two.record);
        match rules::rule(&code) {
            Some(rule) if *rule == stream::DUPLICATE_EVENT => assert_eq!(one.raw, two.raw),
            Some(rule) if *rule == stream::DUPLICATE_RECORD => assert_ne!(one.event_id, two.event_id),
            _ => panic!("{code} has two events"),
        }
    }
}

#[test]
fn the_official_examples_break_no_rule() {
    for event in larkspect::catalog::EVENTS {
        let folder = format!("{}/fixtures/{}", env!("CARGO_MANIFEST_DIR"), event.name);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "json") {
                let seen = read(&std::fs::read(&path).unwrap(), Limits::default());
                assert!(seen.findings().is_empty(), "{}: {:?}", path.display(), seen.findings());
            }
        }
    }
}
