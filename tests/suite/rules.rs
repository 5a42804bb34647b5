//! The examples that `explain` prints do what it says: `wrong` triggers the rule and nothing as heavy besides,
//! `right` is without errors and warnings.

use crate::support::example::expand;
use crate::support::read_with;
use larkspect::finding::{Rule, Severity};
use larkspect::lang::Langs;
use larkspect::report::expect::Expectations;
use larkspect::rules::{self, wire};
use serde_json::{Value, json};

fn official() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/attendance.user_flow.created_v1/official.json");
    serde_json::from_slice(&std::fs::read(path).expect("the official example is there")).expect("JSON")
}

/// Rules about events among other events, which the command that reads the stream reports.
fn is_of_streams(rule: &Rule) -> bool {
    rule.code.starts_with("duplicate-") && rule.code != "duplicate-key"
}

/// Rules about the sidecar of a file, which stands in the first line of their examples.
fn is_of_sidecars(rule: &Rule) -> bool {
    rule.code.ends_with("-expectation")
}

/// Rules about requests, of which `verify` speaks; its tests have them.
fn is_of_requests(rule: &Rule) -> bool {
    [&wire::REPLAYED_REQUEST, &wire::STALE_REQUEST].contains(&rule)
}

/// Rules that a body alone can break.
fn is_of_bodies(rule: &Rule) -> bool {
    !is_of_streams(rule) && !is_of_sidecars(rule) && !is_of_requests(rule)
}

#[test]
fn wrong_examples_trigger_their_rule() {
    let official = official();
    for rule in rules::ALL.iter().filter(|rule| is_of_bodies(rule)) {
        let (text, setup) = expand(rule.wrong, &official);
        let judged = read_with(&text, setup.limits, setup.credentials);
        let shown = String::from_utf8_lossy(&text);
        let worst = judged.findings().iter().map(|found| found.severity).max();
        let its: Vec<_> = judged.findings().iter().filter(|found| found.rule == *rule).collect();
        assert!(!its.is_empty(), "{}: {shown} {:#?}", rule.code, judged.findings());
        for found in judged.findings() {
            let lighter = Some(found.severity) < worst;
            assert!(found.rule == *rule || lighter, "{}: {shown} {found:#?}", rule.code);
        }
    }
}

#[test]
fn right_examples_are_right() {
    let official = official();
    for rule in rules::ALL.iter().filter(|rule| !is_of_sidecars(rule)) {
        let (text, setup) = expand(rule.right, &official);
        let judged = read_with(&text, setup.limits, setup.credentials);
        for found in judged.findings() {
            let fine = found.rule != *rule && found.severity == Severity::Note;
            assert!(fine, "{}: {} {found:#?}", rule.code, String::from_utf8_lossy(&text));
        }
        assert!(!judged.documents.is_empty(), "{}", rule.code);
    }
}

#[test]
fn examples_of_streams_repeat_what_they_say() {
    let official = official();
    let of = |example: &str, pointer: &str| -> Vec<String> {
        let (text, _) = expand(example, &official);
        let lines = std::str::from_utf8(&text).expect("UTF-8").lines();
        lines
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
            .map(|event| event.pointer(pointer).expect(pointer).to_string())
            .collect()
    };
    for rule in rules::ALL.iter().filter(|rule| is_of_streams(rule)) {
        let key = if rule.code == "duplicate-event" { "/header/event_id" } else { "/event/record_id" };
        let [first, second] = &of(rule.wrong, key)[..] else { panic!("{}: two lines", rule.code) };
        assert_eq!(first, second, "{}", rule.code);
        let [first, second] = &of(rule.right, key)[..] else { panic!("{}: two lines", rule.code) };
        assert_ne!(first, second, "{}", rule.code);
    }
}

#[test]
fn examples_of_sidecars_fail_as_they_say() {
    let official = official();
    let outcome = |example: &str| -> Vec<&str> {
        let (first, rest) = example.split_once('\n').expect("a sidecar and a fixture");
        let line = first.strip_prefix("bad.json.expect: ").expect("a line of the sidecar");
        let mut expected = Expectations::parse(line.as_bytes());
        let (text, setup) = expand(rest, &official);
        for found in read_with(&text, setup.limits, setup.credentials).findings.0 {
            expected.meet(&found, Some(found.severity), &found.pointer);
        }
        expected.outcome(Langs::default()).iter().map(|finding| finding.rule.code).collect()
    };
    for rule in rules::ALL.iter().filter(|rule| is_of_sidecars(rule)) {
        assert_eq!(outcome(rule.wrong), [rule.code]);
        assert_eq!(outcome(rule.right), [""; 0], "{}", rule.code);
    }
}

#[test]
fn the_notation_is_filled_in() {
    let official = json!({"a": 1, "b": {"c": "x", "d": [1]}});
    for (example, expected) in [
        ("{..}", r#"{"a": 1, "b": {"c":"x","d":[1]}}"#),
        (r#"{.., "a": 2}"#, r#"{"b": {"c":"x","d":[1]}, "a": 2}"#),
        (r#"{.., "b": {.., "c": "..", "c": null}}"#, r#"{"a": 1, "b": {"d": [1], "c": "..", "c": null}}"#),
        (r#"{"b": {.., "c": "y"#, r#"{"b": {"d": [1], "c": "y"#),
        (r#"{.., "b": ["..", [{}]]}"#, r#"{"a": 1, "b": ["..", [{}]]}"#),
        (r#"{"a": "\"\x41}"}"#, r#"{"a": "\"A}"}"#),
        ("{..}\n{}", "{\"a\": 1, \"b\": {\"c\":\"x\",\"d\":[1]}}\n{}"),
    ] {
        let (text, _) = expand(example, &official);
        assert_eq!(String::from_utf8_lossy(&text), expected, "{example}");
    }
    assert_eq!(expand("--max-document 7\n{}", &official).1.limits.document, 7);
}

/// Every finding of `text` as `code pointer`.
fn found(text: &str) -> Vec<String> {
    let checked = larkspect::check(text.as_bytes());
    checked.findings.iter().map(|found| format!("{} {}", found.code(), found.pointer())).collect()
}

#[test]
fn a_repeated_v1_event_points_at_its_uuid() {
    let event = r#"{"uuid":"u1","ts":"1615381917.5","token":"t","type":"event_callback","event":{"type":"leave_approval","app_id":"a","tenant_key":"k"}}"#;
    let found = found(&format!("{event}\n{event}\n"));
    assert!(found.contains(&"duplicate-event /uuid".to_owned()), "{found:?}");
}

#[test]
fn a_time_of_creation_under_another_key_is_pointed_at_there() {
    let event = r#"{"schema":"2.0","header":{"event_id":"e1","token":"t","event_create_time":"602199207.7","event_type":"approval.approval.updated_v4","tenant_key":"k","app_id":"a"},"event":{"object":{}}}"#;
    let found = found(event);
    assert!(found.contains(&"implausible-time /header/event_create_time".to_owned()), "{found:?}");
}
