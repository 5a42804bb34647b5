//! Of what is redacted `check` finds the same rules at the same places.

use larkspect::catalog::{EVENTS, Event, Kind};
use larkspect::finding::{Finding, Severity};
use larkspect::rules;
use larkspect::sample::{START, Sampler};
use larkspect::stream::frame::Limits;
use proptest::prelude::*;
use serde_json::Value;

use super::{redacted, redactor};
use crate::support::program::{larkspect, root};
use crate::support::{check, read};

/// Rules about what stands around events, which does not come out.
const AROUND: [&str; 4] = ["signature-mismatch", "token-mismatch", "replayed-request", "stale-request"];

/// Whether a pointer is the same, replaced keys apart.
fn is_same_place(before: &str, after: &str) -> bool {
    let (before, after) = (before.split('/'), after.split('/'));
    before.clone().count() == after.clone().count()
        && before.zip(after).all(|(before, after)| before == after || after.starts_with("key_"))
}

fn assert_same(before: &[(&str, Severity, String)], after: &[(&str, Severity, String)], what: &str) {
    let same = before.len() == after.len()
        && before.iter().zip(after).all(|(a, b)| (a.0, a.1) == (b.0, b.1) && is_same_place(&a.2, &b.2));
    assert!(same, "{before:#?}\n{after:#?}\n{what}");
}

fn told(findings: &[Finding]) -> Vec<(&str, Severity, String)> {
    findings.iter().map(|found| (found.rule.code, found.severity, found.pointer.clone())).collect()
}

/// Asserts that the same is found in a text of one document, moved by so many days; whether there was one.
fn is_same(text: &[u8], days: i64) -> bool {
    let before = check(text);
    let unreadable = before.findings().iter().any(|found| rules::is_unreadable(found.rule));
    if before.documents.is_empty() || unreadable {
        return false;
    }
    let out = redacted(text, &redactor(days));
    let after = check(&out);
    let shown = format!("{}\n{}", String::from_utf8_lossy(text), String::from_utf8_lossy(&out));
    assert_eq!(before.forms(), after.forms(), "{shown}");
    assert_same(&told(before.findings()), &told(after.findings()), &shown);
    true
}

#[test]
fn the_same_is_found_in_every_type_broken_in_every_way() {
    let mut found = 0;
    for (number, event) in EVENTS.iter().enumerate() {
        for (which, rule) in rules::ALL.iter().enumerate() {
            let seed = (number + which) as u64;
            let mut text = Vec::new();
            let mut sampler = Sampler::new(seed, event, START).limit(4 << 10);
            if sampler.faulty(rule, &mut text).is_ok() {
                found += u32::from(is_same(&text, if seed.is_multiple_of(2) { 0 } else { 37 }));
            }
        }
    }
    assert!(found > 2000, "{found}");
}

#[test]
fn the_same_is_found_in_all_fixtures() {
    let folder = root().join("fixtures");
    let mut folders = vec![folder.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let mut same = 0;
    for file in files.iter().filter(|file| !file.to_str().unwrap().ends_with(".expect")) {
        // From a pipe, so that no sidecar is looked for.
        let (name, text) = (file.to_str().unwrap(), std::fs::read(file).unwrap());
        let key = |args: &[&str], stdin: &[u8]| {
            larkspect(args.iter().copied()).env("LARKSPECT_ENCRYPT_KEY", "test key").stdin(stdin).run()
        };
        let redacted = key(&["redact"], &text);
        let findings = |args: &[&str], stdin: &[u8]| {
            let ran =
                key(&[&["check", "--no-config", "-f", "ndjson", "--allow-empty"], args].concat(), stdin);
            let rows = String::from_utf8(ran.out).unwrap();
            let rows = rows.lines().map(|row| serde_json::from_str::<Value>(row).unwrap());
            rows.filter(|row| row["code"].is_string()).collect::<Vec<_>>()
        };
        let of = |row: &Value| {
            let severity = match row["severity"].as_str() {
                Some("error") => Severity::Error,
                Some("warning") => Severity::Warning,
                _ => Severity::Note,
            };
            let code = row["code"].as_str().unwrap();
            let rule = rules::rule(code).unwrap();
            let is_told = !rules::is_unreadable(rule) && !AROUND.contains(&code);
            is_told.then(|| (rule.code, severity, row["pointer"].as_str().unwrap_or("").to_owned()))
        };
        let before: Vec<_> = findings(&["-"], &text).iter().filter_map(of).collect();
        let after: Vec<_> = findings(&["-"], &redacted.out).iter().filter_map(of).collect();
        assert_same(&before, &after, name);
        same += usize::from(!redacted.out.is_empty());
    }
    assert!(same > 100, "{same}");
}

#[test]
fn repeats_are_the_same_repeats() {
    for args in [["--seed", "5"], ["--seed", "6"]] {
        let args = [&["sample", "--mix", "--count", "3000", "--fault-rate", "0.3"][..], &args].concat();
        let capture = larkspect(args).run();
        let redacted = larkspect(["redact"]).stdin(capture.out.clone()).run();
        let codes = |capture: &[u8]| {
            let ran = larkspect(["check", "-f", "line"]).stdin(capture).run();
            let lines = String::from_utf8(ran.out).unwrap();
            let part = |line: &str| {
                let (severity, rest) = line.split_once(": ")?.1.split_once('[')?;
                let (code, rest) = rest.split_once("] ")?;
                let readable = rules::rule(code).is_some_and(|rule| !rules::is_unreadable(rule));
                readable.then(|| {
                    // In line 3 and 3 events ago may be fewer where others are left out.
                    let pointer = rest.split(": ").next().unwrap_or_default();
                    let pointer: Vec<_> = pointer
                        .split('/')
                        .map(|key| if key.starts_with("key_") { "key" } else { key })
                        .collect();
                    (severity.to_owned(), code.to_owned(), pointer.join("/"))
                })
            };
            lines.lines().filter_map(part).collect::<Vec<_>>()
        };
        let (before, after) = (codes(&capture.out), codes(&redacted.out));
        assert!(before.iter().filter(|(_, code, _)| code.starts_with("duplicate-")).count() > 20);
        let keys = |pointer: &str| pointer.split('/').count();
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            assert_eq!((&before.0, &before.1, keys(&before.2)), (&after.0, &after.1, keys(&after.2)));
        }
    }
}

/// JSON that may stand anywhere.
const ODD: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "7",
    "9",
    "99",
    "1.5",
    "1e400",
    "-1.5E-7",
    "120.04004357074373",
    "200",
    "20210310",
    "20211310",
    "1615381916",
    "1615381916000",
    "1615381916000000",
    "9223372036854775808",
    "\"\"",
    "\" \"",
    "\"0\"",
    "\"007\"",
    "\"9\"",
    "\"-5\"",
    "\"+5\"",
    "\"1.5\"",
    "\"1615381916\"",
    "\"1615381916000\"",
    "\"1502199207.7171419\"",
    "\"99999999999999999999.1\"",
    "\"2021-03-10\"",
    "\"2021-03-10 \"",
    "\"2021-02-31\"",
    "\"2021-03-10 21:11\"",
    "\"2021-03-10 21:11:56\"",
    "\"2021-03-10T21:11:56+08:00\"",
    "\"9999-12-31\"",
    "\"2.0\"",
    "\"2.1\"",
    "\"true\"",
    "\"Normal\"",
    "\"b0:b8:67:62:18:73\"",
    "\"B0-B8-67-62-18-73\"",
    "\"b0:b8:67:62:18\"",
    "\"b0b867621873\"",
    "\"https://a.example/b\"",
    "\"HTTPS://例子.测试\"",
    "\"https://\"",
    "\"photo.jpg\"",
    "\"ftp://a/b\"",
    "\"王小明\"",
    "\"涓婃捣甯傞潤瀹夊尯\"",
    "\"ä¸Šæµ·å¸‚\"",
    "\"\u{fffd}\u{fffd}x\"",
    "\"????????\"",
    "\"caf\u{e9} ä¸Šæµ·\"",
    "\"\\ud83d\"",
    "\"a \\ud83d b\"",
    "\"\\u00c3\\u00a9\"",
    "\"\\ud83d\u{fffd}\"",
    "\"https://a/\\ud83d\"",
    "\"{}\"",
    "\"[]\"",
    "\"{\\\"a\\\":[\\\"b\\\",1,{}]}\"",
    "\"{\\\"text\\\":\"",
    "\"{\\\"a\\\":\\\"ä¸Šæµ·\\\"}\"",
    "\"{\\\"a\\\":\\\"\\ud83d\\\"}\"",
    "\"{\\\"a\\\":\\\"北京\\\",\\\"b\\\":\\\"ä¸Šæµ·\\\"}\"",
    "\"[\\\"ä¸Šæµ·\\\",\\\"\\ud83d\\\"]\"",
    "\"123\"",
    "\"nul\"",
    "\"null\"",
    "\" {\\\"a\\\":1} \"",
    "\"event_callback\"",
    "\"url_verification\"",
    "\"out_approval\"",
    "\"attendance.user_flow.create_v1\"",
    "\"attendance.user_flow.created_v3\"",
    "\"example.parcel.delivered_v1\"",
    "\"Acme Parcel\"",
    "[]",
    "{}",
    "[null]",
    "[1,\"a\"]",
    "[[\"a\"]]",
    "[{\"a\":1}]",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"\\u0061\":2}",
    "{\"open_id\":5,\"user_idd\":\"x\"}",
    "{\"\":\"\\udead\"}",
];

/// The values of an object and all within it, by their pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inner {
        let at = format!("{at}/{key}");
        places(value, &at, found);
        found.push(at);
    }
}

/// An event of a type in which what stands at one of its places is something else; and something is added there.
fn spoiled(event: &'static Event, seed: u64, odd: &[(prop::sample::Index, &str)], key: &str) -> Vec<u8> {
    let mut text = Vec::new();
    Sampler::new(seed, event, START).event(&mut text);
    let mut value: Value = serde_json::from_slice(&text).unwrap();
    let mut found = Vec::new();
    places(&value, "", &mut found);
    for (number, (at, _)) in odd.iter().enumerate() {
        if let Some(place) = value.pointer_mut(at.get::<String>(&found)) {
            *place = format!("@{number}@").into();
        }
    }
    let objects: Vec<&String> =
        found.iter().filter(|at| value.pointer(at).is_some_and(Value::is_object)).collect();
    let (at, text) = odd[0];
    let into = if objects.is_empty() { String::new() } else { at.get(&objects).to_string() };
    if let Some(Value::Object(members)) = value.pointer_mut(&into) {
        members.insert(key.to_owned(), "@0@".into());
    }
    let mut out = value.to_string().replace("\"@0@\"", text);
    for (number, (_, text)) in odd.iter().enumerate() {
        out = out.replace(&format!("\"@{number}@\""), text);
    }
    out.into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn the_same_is_found_whatever_stands_anywhere(
        event in prop::sample::select(EVENTS),
        seed in 0..4u64,
        odd in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(ODD)), 1..4),
        key in prop::sample::select(vec!["x", "", "open_idd", "chek_time", "event_tpye", "a/b~c", "资料", "$schema", "encrypt", "challenge", "schema"]),
    ) {
        is_same(&spoiled(event, seed, &odd, key), if seed.is_multiple_of(2) { 0 } else { -400 });
    }
}

#[test]
fn the_same_is_found_in_every_field_of_every_type_whatever_stands_there() {
    let mut checked = 0;
    for (turn, event) in EVENTS.iter().enumerate() {
        let mut text = Vec::new();
        Sampler::new(1, event, START).event(&mut text);
        let value: Value = serde_json::from_slice(&text).unwrap();
        let mut found = Vec::new();
        places(&value, "", &mut found);
        for (number, at) in found.iter().enumerate().filter(|(number, _)| (number + turn).is_multiple_of(3)) {
            // Half of what is odd comes up in a third of the fields of the punch, and one of it in as many of the others.
            let step = if event.name.starts_with("attendance") { 2 } else { ODD.len() };
            for odd in ODD.iter().skip((number + 7 * turn) % step).step_by(step) {
                let mut value = value.clone();
                *value.pointer_mut(at).unwrap() = "@".into();
                checked += u32::from(is_same(value.to_string().replace("\"@\"", odd).as_bytes(), 37));
            }
        }
    }
    assert!(checked > 1_500, "{checked}");
}

#[test]
fn an_event_that_is_redacted_twice_is_as_good() {
    for event in EVENTS {
        let mut text = Vec::new();
        Sampler::new(1, event, START).event(&mut text);
        let twice = redacted(&redacted(&text, &redactor(0)), &redactor(0));
        assert!(read(&twice, Limits::default()).findings().is_empty(), "{}", String::from_utf8_lossy(&twice));
        assert_eq!(redacted(&text, &redactor(0)), redacted(&text, &redactor(0)));
        assert_ne!(twice, text);
    }
    assert!(EVENTS.iter().any(|event| event.fields.iter().any(|field| matches!(field.kind, Kind::Json))));
}
