//! Every file of `fixtures/rules` breaks the rule it is named after, and no other, as the report beside it says; and every
//! rule has such a file. `BLESS=1` rewrites the reports; read the difference before you keep it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::program::{larkspect, root, steady};
use crate::support::{check, examples};
use larkspect::rules;

/// Rules that no file alone can break: code and reason. Keep it short.
const ELSEWHERE: &[(&str, &str)] = &[
    ("unmet-expectation", "about a sidecar beside the file: tests/suite/ci.rs"),
    ("stale-expectation", "about a sidecar beside the file: tests/suite/ci.rs"),
    ("replayed-request", "said by `verify`, of a request among others: fixtures/verify"),
    ("stale-request", "said by `verify`, when it is asked to: fixtures/verify"),
];

fn folder() -> PathBuf {
    root().join("fixtures/rules")
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

/// An override for all event types takes away what is about events, and nothing else.
#[test]
fn whether_a_rule_is_about_events_is_what_its_fixture_shows() {
    for (code, path) in fixtures() {
        let settings = tempfile::NamedTempFile::new().unwrap();
        let text = format!("[[override]]\nevents = [\"*\"]\nseverity = {{ {code} = \"ignore\" }}\n");
        std::fs::write(settings.path(), text).unwrap();
        let args = ["check", "-f", "line", "--config"].map(str::as_ref);
        let args = args.into_iter().chain([settings.path().as_os_str()]);
        let ran = larkspect(args).args(&arguments(&code)).args(&[&path]).run();
        let about_events = rules::is_about_events(rules::rule(&code).unwrap());
        assert_eq!(ran.text().contains(&format!("[{code}]")), !about_events, "{code}: {}", ran.text());
        assert_eq!(ran.err.contains("is never about an event"), !about_events, "{code}: {}", ran.err);
    }
}

#[test]
fn each_rule_has_a_fixture() {
    let found: BTreeSet<String> = fixtures().into_iter().map(|(code, _)| code).collect();
    let elsewhere = |code: &str| ELSEWHERE.iter().any(|(other, _)| *other == code);
    let wanted = rules::ALL.iter().map(|rule| rule.code).filter(|code| !elsewhere(code));
    assert_eq!(found, wanted.map(str::to_owned).collect());
}

/// What `check` must be called with for the fixture of a rule, in the folder of the crate: `CODE.args` beside it.
fn arguments(code: &str) -> Vec<String> {
    let args = std::fs::read_to_string(folder().join(format!("{code}.args"))).unwrap_or_default();
    args.split_whitespace().map(str::to_owned).collect()
}

/// The report of `check` for people, without how long it took.
fn report(code: &str, path: &Path) -> String {
    let name = path.strip_prefix(root()).unwrap();
    let ran = larkspect(["check"]).args(&arguments(code)).args(&[name]).env("LARKSPECT_TZ", "+08:00").run();
    steady(ran.text(), "1")
}

#[test]
fn each_fixture_breaks_its_rule_and_no_other() {
    for (code, path) in fixtures() {
        let report = report(&code, &path);
        let found = report.lines().filter_map(|line| {
            let (severity, rest) = line.split_once('[')?;
            ["error", "warning", "note"].contains(&severity).then(|| rest.split(']').next().unwrap())
        });
        assert_eq!(found.collect::<BTreeSet<_>>(), BTreeSet::from([&*code]), "{report}");
        let beside = path.with_extension("txt");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&beside, &report).unwrap();
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        let name = beside.display();
        assert_eq!(report, expected, "{name}; BLESS=1 cargo test --test suite rule_fixtures rewrites it");
    }
}

#[test]
fn the_examples_of_a_type_break_no_rule() {
    let mut types = 0;
    for event in larkspect::catalog::EVENTS {
        let examples = examples(event);
        types += usize::from(!examples.is_empty());
        for path in examples {
            let seen = check(&std::fs::read(&path).unwrap());
            assert!(seen.findings().is_empty(), "{}: {:?}", path.display(), seen.findings());
            let name = seen.documents[0].event_type.as_deref();
            assert_eq!(name, Some(event.name), "{}", path.display());
        }
    }
    assert!(types >= 10, "{types}: the folders are named after event types");
}
