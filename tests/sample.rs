//! Samples are valid, the same for a seed, and broken in exactly the way they were asked for.

mod common;

use std::collections::HashSet;

use common::{Collected, FIVE, five_ways, read, user_flow};
use larkspect::catalog::{EVENTS, Event};
use larkspect::check::Form;
use larkspect::check::segment::Limits;
use larkspect::finding::Rule;
use larkspect::rules::{self, stream, syntax};
use larkspect::sample::{Frame, NoFault, START, Sampler, faults};
use larkspect::time::{Millis, Seconds};
use serde_json::Value;

/// Rules that no single body of an event can break: code and reason. Keep it short.
const ELSEWHERE: &[(&str, &str)] = &[];

const FRAMES: [Frame; 4] = [
    Frame { pretty: false, array: false },
    Frame { pretty: false, array: true },
    Frame { pretty: true, array: false },
    Frame { pretty: true, array: true },
];

fn lines(sampler: &mut Sampler, count: usize) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..count {
        sampler.event(&mut text);
        text.push(b'\n');
    }
    text
}

fn check(text: &[u8]) -> Collected {
    read(text, Limits::default())
}

#[track_caller]
fn assert_clean(collected: &Collected) {
    let first = collected.findings().first();
    assert!(first.is_none(), "{first:?}");
}

#[test]
fn events_are_valid_and_differ() {
    for event in EVENTS {
        for seed in 0..4 {
            let text = lines(&mut Sampler::new(seed, event, START), 1000);
            let seen = check(&text);
            assert_clean(&seen);
            assert_eq!(seen.documents.len(), 1000);
            let ids: HashSet<_> = seen.documents.iter().map(|document| &document.event_id).collect();
            assert_eq!(ids.len(), 1000);
            let records: HashSet<_> = seen.documents.iter().map(|document| &document.record).collect();
            assert_eq!(records.len(), if event.record.is_some() { 1000 } else { 1 });
            assert!(seen.documents.is_sorted_by_key(|document| document.created));
            for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
                let value: Value = serde_json::from_slice(line).unwrap();
                let keys = value["event"].as_object().unwrap().len();
                assert_eq!(keys, event.fields.len(), "every documented field is there");
            }
        }
    }
}

#[test]
fn a_seed_stands_for_its_events() {
    // Whoever names a corpus by its seed must find it again: change what is made and you break a promise.
    let made: Vec<u8> =
        EVENTS.iter().flat_map(|event| lines(&mut Sampler::new(1, event, START), 4)).collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sample/seed-1.ndjson");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert_eq!(String::from_utf8(made).unwrap(), kept);
    // The first lines do not show everything: FNV-1a of a thousand more.
    let more = lines(&mut Sampler::new(2, user_flow(), START), 1000);
    let hash = more.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    assert_eq!(format!("{hash:016x}"), "ef4e8fd03cc8f6d1");
}

#[test]
fn keys_stand_as_in_the_official_example() {
    for event in EVENTS {
        let folder = format!("{}/fixtures/{}", env!("CARGO_MANIFEST_DIR"), event.name);
        let example = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
        let example = std::fs::read_to_string(example).unwrap();
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
    let [a, b] = [ids(EVENTS[0]), ids(EVENTS[1])];
    assert!(a.intersection(&b).count() > 1000);
    // But no two events are the same.
    let events: HashSet<_> = EVENTS
        .iter()
        .flat_map(|event| check(&lines(&mut Sampler::new(9, event, START), 500)).documents)
        .map(|document| document.event_id)
        .collect();
    assert_eq!(events.len(), 1000);
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
        assert_eq!(seen.forms(), [Form::EventV1]);
        // Old events are not in the catalogue, and nothing else is to be said of this one.
        assert!(matches!(seen.codes()[..], [] | ["unknown-event-type"]), "{:?}", seen.findings());
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

fn is_about_streams(rule: &Rule) -> bool {
    [&stream::DUPLICATE_EVENT, &stream::DUPLICATE_RECORD].contains(&rule)
}

#[test]
fn every_rule_can_be_broken() {
    for rule in rules::ALL {
        let elsewhere = ELSEWHERE.iter().any(|(code, _)| *code == rule.code);
        let fault = faults().any(|fault| fault == *rule);
        assert!(fault != elsewhere, "src/sample/fault.rs needs a way to break {}", rule.code);
        assert!(!fault || breaks(rule, user_flow()), "a punch cannot show {}", rule.code);
    }
    assert_eq!(faults().count() + ELSEWHERE.len(), rules::ALL.len());
}

fn breaks(rule: &'static Rule, event: &'static Event) -> bool {
    let mut sampler = Sampler::new(1, event, START);
    lines(&mut sampler, 1);
    sampler.faulty(rule, &mut Vec::new()).is_ok()
}

/// Each fault among valid events, in every frame: that rule speaks, no other does, and the rest stays as it is.
#[test]
fn a_fault_is_found_by_its_rule_and_by_no_other() {
    let limits = Limits { document: 4096 };
    for event in EVENTS {
        for rule in faults().filter(|rule| !is_about_streams(rule) && breaks(rule, event)) {
            for frame in FRAMES.into_iter().filter(|frame| frame.holds(rule)) {
                for seed in 0..16 {
                    let mut sampler = Sampler::new(seed, event, START).limit(limits.document);
                    let mut text = Vec::new();
                    for number in 0..3 {
                        let mut body = Vec::new();
                        match number {
                            1 => sampler.faulty(rule, &mut body).unwrap(),
                            _ => sampler.event(&mut body),
                        }
                        frame.body(number, &body, &mut text);
                    }
                    frame.end(3, &mut text);
                    let seen = read(&text, limits);
                    let codes: HashSet<_> = seen.codes().into_iter().collect();
                    let shown = String::from_utf8_lossy(&text);
                    assert_eq!(codes, HashSet::from([rule.code]), "{frame:?} {:?}\n{shown}", seen.findings());
                    let others = seen.documents.iter().filter(|seen| seen.form == Form::EventV2).count();
                    assert!(others >= 2, "{} swallowed another event in {shown}", rule.code);
                }
            }
        }
    }
}

#[test]
fn a_fault_at_the_end_of_the_input_is_the_same_fault() {
    for rule in faults().filter(|rule| !is_about_streams(rule)) {
        for seed in 0..60 {
            let mut text = Vec::new();
            Sampler::new(seed, user_flow(), START).limit(4096).faulty(rule, &mut text).unwrap();
            let codes = read(&text, Limits { document: 4096 }).codes();
            assert!(!codes.is_empty() && codes.iter().all(|code| *code == rule.code), "{codes:?}");
        }
    }
}

#[test]
fn a_large_document_is_larger_than_the_limit() {
    let mut text = Vec::new();
    Sampler::new(1, user_flow(), START).faulty(&syntax::DOCUMENT_TOO_LARGE, &mut text).unwrap();
    assert!(text.len() > Limits::default().document);
}

/// These two are judged beyond single documents, so here by their shape alone.
#[test]
fn duplicates_are_those_of_the_event_before() {
    let mut sampler = Sampler::new(8, user_flow(), START);
    let mut text = Vec::new();
    let first = sampler.faulty(&stream::DUPLICATE_EVENT, &mut text);
    assert!(matches!(first, Err(NoFault::First(_))) && text.is_empty());
    sampler.event(&mut text);
    for rule in [&stream::DUPLICATE_EVENT, &stream::DUPLICATE_RECORD] {
        text.push(b'\n');
        sampler.faulty(rule, &mut text).unwrap();
    }
    let seen = check(&text);
    assert_clean(&seen);
    let [one, again, other] = &seen.documents[..] else { panic!() };
    assert_eq!(one.raw, again.raw);
    assert_eq!(one.record, other.record);
    assert_ne!(one.event_id, other.event_id);
    assert!(one.created < other.created);
    let mut tasks = Sampler::new(8, EVENTS[1], START);
    lines(&mut tasks, 1);
    let none = tasks.faulty(&stream::DUPLICATE_RECORD, &mut Vec::new());
    assert_eq!(
        none.unwrap_err().to_string(),
        "attendance.user_task.updated_v1 has no field that could show duplicate-record"
    );
}

#[test]
fn faults_are_mixed_in_at_their_rate() {
    for frame in FRAMES {
        let mut sampler = Sampler::new(11, user_flow(), START);
        let mut text = Vec::new();
        let mut told = HashSet::new();
        let mut faulty = 0;
        for number in 0..5_000 {
            let mut body = Vec::new();
            if let Some(rule) = sampler.mixed(0.1, frame, &mut body) {
                faulty += 1;
                told.insert(rule.code);
            }
            frame.body(number, &body, &mut text);
        }
        frame.end(5_000, &mut text);
        assert!((400..600).contains(&faulty), "{faulty}");
        let found: HashSet<_> = check(&text).codes().into_iter().collect();
        told.retain(|code| rules::rule(code).is_some_and(|rule| !is_about_streams(rule)));
        assert_eq!(told, found);
        assert_eq!(found.len(), faults().count() - 3 - usize::from(frame.array));
    }
    let mut sampler = Sampler::new(11, user_flow(), START);
    assert!((0..1000).all(|_| sampler.mixed(0.0, Frame::default(), &mut Vec::new()).is_none()));
    assert!((0..1000).all(|_| sampler.mixed(1.0, Frame::default(), &mut Vec::new()).is_some()));
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
