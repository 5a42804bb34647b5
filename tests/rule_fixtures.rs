//! Every file of `fixtures/rules` breaks the rule it is named after, and no other; and every rule has such a file.

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use common::{read, read_with};
use larkspect::rules::{self, stream};
use larkspect::signature::{Credentials, Key};
use larkspect::stream::frame::Limits;

/// Rules that no file alone can break: code and reason. Keep it short.
const ELSEWHERE: &[(&str, &str)] = &[
    ("unmet-expectation", "about a sidecar beside the file: tests/ci.rs"),
    ("stale-expectation", "about a sidecar beside the file: tests/ci.rs"),
    ("replayed-request", "said by `verify`, of a request among others: fixtures/verify"),
    ("stale-request", "said by `verify`, when it is asked to: fixtures/verify"),
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

/// `CODE.args` beside a fixture holds what `check` must be called with, in the folder of the crate.
fn setup(code: &str) -> (Limits, Credentials) {
    let mut limits = Limits::default();
    let mut credentials = Credentials::default();
    let args = std::fs::read_to_string(folder().join(format!("{code}.args"))).unwrap_or_default();
    let secret = |path: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        std::fs::read_to_string(path).unwrap().trim().to_owned()
    };
    match args.split_whitespace().collect::<Vec<_>>()[..] {
        [] => {}
        ["--max-document", size] => {
            let kib: usize = size.strip_suffix("KiB").unwrap().parse().unwrap();
            limits.document = kib << 10;
        }
        ["--encrypt-key-file", path] => credentials.keys.add(Key::new(&secret(path))),
        ["--token-file", path] => credentials.tokens.0.push(secret(path)),
        _ => panic!("unknown arguments {args}"),
    }
    (limits, credentials)
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
        let (limits, credentials) = setup(&code);
        let seen = read_with(&text, limits, credentials);
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
