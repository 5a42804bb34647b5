//! Samples are valid and plausible, and the same for a seed.

use std::collections::HashSet;

use crate::support::program::fixture;
use crate::support::{FIVE, FRAMES, PARCEL, PARCEL_FIELDS, assert_clean, check, five_ways, lines, user_flow};
use larkspect::catalog::{self, EVENTS, Event, Kind, Wire};
use larkspect::container::Form;
use larkspect::sample::{START, Sampler};
use larkspect::time::{Millis, Seconds, Unit};
use serde_json::Value;

/// How many events of a type are looked at: many of those that are made most, some of each.
fn many(event: &Event) -> usize {
    if event.name.starts_with("attendance.") { 1000 } else { 30 }
}

/// How many different event IDs so many events have.
fn ids_of(event: &Event, count: usize) -> usize {
    if event.without.contains(&"event_id") { 1 } else { count }
}

#[test]
fn events_are_valid_and_differ() {
    for event in EVENTS {
        let count = many(event);
        for seed in 0..4 {
            let text = lines(&mut Sampler::new(seed, event, START), count);
            let seen = check(&text);
            assert_clean(&seen);
            assert_eq!(seen.documents.len(), count);
            let ids: HashSet<_> = seen.documents.iter().map(|document| &document.event_id).collect();
            assert_eq!(ids.len(), ids_of(event, count), "{}", event.name);
            let records: HashSet<_> = seen.documents.iter().map(|document| &document.record).collect();
            assert_eq!(records.len(), if event.record.is_some() { count } else { 1 }, "{}", event.name);
            assert!(seen.documents.is_sorted_by_key(|document| document.created));
            for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                let value: Value = serde_json::from_slice(line).unwrap();
                let keys = value["event"].as_object().unwrap().len();
                assert_eq!(keys, event.fields.len(), "every documented field is there");
            }
        }
    }
}

/// Asserts that these are the events of a file of `tests/sample/seed-1`.
fn is_kept(name: &str, made: Vec<u8>) {
    let path = format!("{}/tests/sample/seed-1/{name}.ndjson", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let made = String::from_utf8(made).unwrap();
    for (made, kept) in made.lines().zip(kept.lines()) {
        assert_eq!(made, kept, "{path}; BLESS=1 rewrites it");
    }
    assert_eq!(made.len(), kept.len(), "{path}; BLESS=1 rewrites it");
}

#[test]
fn a_seed_stands_for_its_events() {
    // Whoever names a corpus by its seed must find it again: change what is made and you break a promise.
    for event in EVENTS.iter().filter(|event| event.name.starts_with("attendance.")) {
        is_kept(event.name, lines(&mut Sampler::new(1, event, START), 4));
    }
    let one = |event: &&'static Event| lines(&mut Sampler::new(1, event, START), 1);
    is_kept("every-type", EVENTS.iter().flat_map(one).collect());
    // The first lines do not show everything: FNV-1a of a thousand more.
    let more = lines(&mut Sampler::new(2, user_flow(), START), 1000);
    let hash = more.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    assert_eq!(format!("{hash:016x}"), "09f26324e2845eb4");
}

#[test]
fn keys_stand_as_in_the_official_example() {
    for path in ["user_flow.created_v1/official.json", "user_task.updated_v1/documented.json"] {
        let path = format!("attendance.{path}");
        let event = catalog::event(path.split('/').next().unwrap()).unwrap();
        let example = String::from_utf8(fixture(&path)).unwrap();
        let mut made = Vec::new();
        Sampler::new(3, event, START).event(&mut made);
        let made = String::from_utf8(made).unwrap();
        let mut at = made.find("\"event\":").unwrap();
        // The header of the sibling's example was written by a generator in another order.
        let body = &example[example.find("\"event\":").unwrap()..];
        for key in body.split('"').skip(1).filter(|word| made.contains(&format!("\"{word}\":"))) {
            let next = made[at..].find(&format!("\"{key}\":"));
            at += next.unwrap_or_else(|| panic!("{key} is too early in {made}"));
        }
    }
}

#[test]
fn punches_are_plausible() {
    let text = lines(&mut Sampler::new(5, user_flow(), START), 20_000);
    let mut counts = std::collections::BTreeMap::new();
    let mut count = |name: &'static str, of: bool| *counts.entry(name).or_insert(0) += u32::from(of);
    for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let value: Value = serde_json::from_slice(line).unwrap();
        let event = &value["event"];
        let text = |key: &str| event[key].as_str().unwrap();
        let second: i64 = text("check_time").parse().unwrap();
        let created: i64 = value["header"]["create_time"].as_str().unwrap().parse().unwrap();
        let lag = Millis(created).since(Seconds(second).to_millis().unwrap()).unwrap();
        assert!((500..6000).contains(&lag.0), "{lag:?}");
        let record: i64 = text("record_id").parse().unwrap();
        assert_eq!(text("record_id").len(), 19);
        assert!((0..60).contains(&(second - (record >> 32))));
        if event["is_wifi"] == true {
            assert!(!text("ssid").is_empty() && text("bssid").len() == 17 && event["is_field"] == false);
        }
        for key in ["longitude", "latitude"] {
            let digits = event[key].to_string().bytes().filter(u8::is_ascii_digit).count();
            // serde_json drops digits that a double cannot hold.
            assert!(event[key] == 0 || (12..=17).contains(&digits), "{}", event[key]);
        }
        let photos = event["photo_urls"].as_array().unwrap();
        count("photos", !photos.is_empty());
        count("comment", !text("comment").is_empty());
        count("comma", text("comment").contains(','));
        count("quote", text("comment").contains('"'));
        count("line end", text("comment").contains('\n'));
        count("emoji", text("comment").chars().any(|c| c > '\u{ffff}'));
        count("by phone", event["type"] == 0 || event["type"] == 6);
        count("machine", event["type"] == 5);
        count("other", matches!(event["type"].as_i64(), Some(1..=4 | 7)));
        count("risky", event["risk_result"] != 0);
        count("field", event["is_field"] == true);
        count("Wi-Fi", event["is_wifi"] == true);
        count("sees Wi-Fi", event["is_wifi"] == false && !text("ssid").is_empty());
    }
    assert!(counts.values().all(|count| *count > 40), "{counts:?}");
    assert!(counts["by phone"] > 17_000 && counts["risky"] < 1_000, "{counts:?}");
}

#[test]
fn a_company_is_the_same_for_every_type() {
    let ids = |event| -> HashSet<String> {
        let text = String::from_utf8(lines(&mut Sampler::new(9, event, START), 4000)).unwrap();
        let id = |line: &str| line.split("\"employee_id\":\"").nth(1).unwrap()[..8].to_owned();
        text.lines().map(id).collect()
    };
    let [a, b] = ["attendance.user_flow.created_v1", "attendance.user_task.updated_v1"]
        .map(|name| ids(catalog::event(name).unwrap()));
    assert!(a.intersection(&b).count() > 1000);
    // But no two events are the same.
    let with_ids = EVENTS.iter().filter(|event| ids_of(event, 2) == 2);
    let (mut count, mut ids) = (0, HashSet::new());
    for event in with_ids {
        count += many(event);
        let seen = check(&lines(&mut Sampler::new(9, event, START), many(event)));
        ids.extend(seen.documents.into_iter().map(|document| document.event_id));
    }
    assert_eq!(ids.len(), count);
}

fn fits(kind: Kind, value: &Value) -> bool {
    let text = |test: &dyn Fn(&str) -> bool| value.as_str().is_some_and(test);
    let digits = |count| move |text: &str| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    match kind {
        Kind::Text => value.is_string(),
        Kind::Mac => text(&|text| text.len() == 17),
        Kind::Url => text(&|text| text.starts_with("https://example.com/")),
        Kind::Flag => value.is_boolean(),
        Kind::Integer | Kind::Bits(_) | Kind::Number => value.is_number(),
        Kind::Json => text(&|text| serde_json::from_str::<Value>(text).is_ok()),
        Kind::Date | Kind::DateTime | Kind::Rfc3339 => text(&|text| text.starts_with("20")),
        Kind::TimeOfDay | Kind::Duration(_, Wire::Text) => text(&|text| text.parse::<u32>().is_ok()),
        Kind::Duration(..) => value.is_number(),
        Kind::Time(Unit::Seconds, Wire::Integer | Wire::Number) => {
            value.as_i64().is_some_and(|at| at > 1_420_070_400)
        }
        Kind::Time(_, Wire::Integer | Wire::Number) => {
            value.as_i64().is_some_and(|at| at > 1_420_070_400_000)
        }
        Kind::Map => value.is_object(),
        Kind::Any => true,
        Kind::Day => value.as_i64().is_some_and(|day| (20_150_101..21_000_101).contains(&day)),
        Kind::Longitude | Kind::Latitude => value.is_number(),
        Kind::Time(Unit::Seconds, _) => text(&digits(10)),
        Kind::Time(..) => text(&digits(13)),
        Kind::Choice(choices) => choices.iter().any(|choice| *value == choice.value),
        Kind::Word(words) => words.iter().any(|word| *value == word.value),
        Kind::List(item) => value.as_array().is_some_and(|list| list.iter().all(|value| fits(*item, value))),
        Kind::Object(fields) => {
            value.as_object().is_some_and(|object| object.len() == fields.len())
                && fields.iter().all(|field| fits(field.kind, &value[field.key]))
        }
    }
}

#[test]
fn events_that_come_later_are_made_by_their_kinds() {
    let mut sampler = Sampler::new(1, &PARCEL, START);
    for _ in 0..500 {
        let mut body = Vec::new();
        sampler.event(&mut body);
        let value: Value = serde_json::from_slice(&body).unwrap();
        assert!(fits(Kind::Object(PARCEL_FIELDS), &value["event"]), "{value}");
    }
}

#[test]
fn starts_are_kept_where_times_are_plausible() {
    for (start, year) in [(i64::MIN, 2015), (0, 2015), (START.0, 2021), (i64::MAX, 2100)] {
        let mut sampler = Sampler::new(1, user_flow(), Millis(start));
        let seen = check(&lines(&mut sampler, 10));
        assert_clean(&seen);
        let created = seen.documents[0].created.unwrap();
        assert_eq!(1970 + created / 31_556_952_000, year);
    }
}

#[test]
fn other_forms_are_what_they_say() {
    let mut sampler = Sampler::new(4, user_flow(), START);
    for _ in 0..100 {
        let (mut old, mut question) = (Vec::new(), Vec::new());
        sampler.v1(&mut old);
        sampler.challenge(&mut question);
        let seen = check(&old);
        assert_clean(&seen);
        assert_eq!(seen.forms(), [Form::EventV1]);
        assert!(seen.documents[0].created.is_some_and(|created| created > START.0));
        let seen = check(&question);
        assert_clean(&seen);
        assert_eq!(seen.forms(), [Form::Challenge]);
    }
}

#[test]
fn frames_are_read_again() {
    for frame in FRAMES {
        let mut sampler = Sampler::new(6, user_flow(), START);
        let (mut body, mut text) = (Vec::new(), Vec::new());
        for number in 0..50 {
            body.clear();
            sampler.event(&mut body);
            frame.body(number, &body, &mut text);
        }
        frame.end(50, &mut text);
        let seen = check(&text);
        assert_clean(&seen);
        assert_eq!(seen.documents.len(), 50, "{frame:?}");
    }
}

#[test]
fn the_capture_of_the_acceptance_test_is_wrong_in_five_lines() {
    for seed in 0..5 {
        let text = five_ways(seed);
        let seen = check(&text);
        let line = |at: usize| 1 + text[..at].iter().filter(|byte| **byte == b'\n').count();
        let found: Vec<_> =
            seen.findings().iter().map(|finding| (line(finding.span.start), finding.rule.code)).collect();
        assert_eq!(found, FIVE);
        assert_eq!(seen.documents.len(), 999);
    }
}
