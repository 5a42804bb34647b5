//! Each rule can be broken by a sample, which is then broken in no other way.

use std::collections::HashSet;

use crate::support::program::larkspect;
use crate::support::{Document, FRAMES, PARCEL, assert_clean, check, lines, read, user_flow};
use larkspect::catalog::{EVENTS, Event};
use larkspect::container::Form;
use larkspect::finding::Rule;
use larkspect::rules::{self, stream, syntax, time};
use larkspect::sample::{Frame, NoFault, START, Sampler, mixed_faults};
use larkspect::stream::frame::Limits;

/// Rules that no single body of an event can break: code and reason. Keep it short.
const ELSEWHERE: &[(&str, &str)] = &[
    ("unmet-expectation", "about a sidecar beside the file: tests/suite/ci.rs"),
    ("stale-expectation", "about a sidecar beside the file: tests/suite/ci.rs"),
    ("signature-mismatch", "a request, and needs a key"),
    ("token-mismatch", "needs a token"),
    ("replayed-request", "a request among others"),
    ("stale-request", "a request, and needs a limit"),
];

/// The rules that [`Sampler::faulty`] can break.
fn faults() -> impl Iterator<Item = &'static Rule> {
    let broken = |rule| Sampler::new(1, user_flow(), START).limit(4 << 10).faulty(rule, &mut Vec::new());
    rules::ALL.iter().copied().filter(move |rule| !matches!(broken(rule), Err(NoFault::Unknown(_))))
}

fn is_about_streams(rule: &Rule) -> bool {
    [&stream::DUPLICATE_EVENT, &stream::DUPLICATE_RECORD].contains(&rule)
}

#[test]
fn every_rule_can_be_broken() {
    for rule in rules::ALL {
        let elsewhere = ELSEWHERE.iter().any(|(code, _)| *code == rule.code);
        let fault = faults().any(|fault| fault == *rule);
        assert!(
            fault != elsewhere,
            "src/sample/faults.rs needs a way to break {}, or its example must set a field",
            rule.code
        );
        assert!(!fault || shows(rule).is_some(), "no type can show {}", rule.code);
    }
    assert_eq!(faults().count() + ELSEWHERE.len(), rules::ALL.len());
}

/// The first type that can show a rule: a punch, for nearly all.
fn shows(rule: &'static Rule) -> Option<&'static Event> {
    EVENTS.iter().copied().find(|event| breaks(rule, event))
}

#[test]
fn a_punch_can_show_every_rule_but_those_of_other_kinds() {
    let not: Vec<_> = faults().filter(|rule| !breaks(rule, user_flow())).map(|rule| rule.code).collect();
    assert_eq!(not, ["malformed-json"]);
}

#[test]
fn a_type_that_cannot_show_a_rule_names_one_that_can() {
    let ran = larkspect(["sample", "--fault", "malformed-json"]).run().exits(2);
    assert!(ran.err.contains("attendance.user_flow.created_v1 has no field that could show malformed-json"));
    assert!(ran.err.contains("; im.message.receive_v1 has"), "{}", ran.err);
    let ran = larkspect(["sample", "--fault", "malformed-json", "im.message.receive_v1"]).run().exits(0);
    assert_eq!(check(&ran.out).codes(), ["malformed-json"]);
}

fn breaks(rule: &'static Rule, event: &'static Event) -> bool {
    let mut sampler = Sampler::new(1, event, START).limit(4 << 10);
    lines(&mut sampler, 1);
    sampler.faulty(rule, &mut Vec::new()).is_ok()
}

/// Each fault among valid events: that rule speaks, no other does, and the rest stays as it is. All frames and many
/// seeds for a punch and a task, one for each of the others.
#[test]
fn a_fault_is_found_by_its_rule_and_by_no_other() {
    let mut found = 0;
    for (at, event) in EVENTS.iter().enumerate() {
        let many = event.name.starts_with("attendance.");
        for (number, rule) in faults().filter(|rule| !is_about_streams(rule)).enumerate() {
            let frames: Vec<_> = FRAMES.into_iter().filter(|frame| frame.holds(rule)).collect();
            if many {
                let shown = breaks(rule, event);
                for (frame, seed) in frames.iter().flat_map(|frame| (0..16).map(move |seed| (*frame, seed))) {
                    assert_eq!(is_found(event, rule, frame, seed), shown, "{} {}", event.name, rule.code);
                }
            } else {
                // Every frame and every seed comes up somewhere.
                let frame = frames[(at + number) % frames.len()];
                found += u32::from(is_found(event, rule, frame, (at + number) as u64 % 16));
            }
        }
    }
    assert!(found > 3000, "{found}");
}

/// Asserts that a fault is found, and nothing else; `false` where the event has no place for it.
fn is_found(event: &'static Event, rule: &'static Rule, frame: Frame, seed: u64) -> bool {
    // Room for 129 brackets, pretty-printed, and for any sample.
    let limits = Limits { document: 64 << 10, ..Limits::default() };
    let mut sampler = Sampler::new(seed, event, START).limit(limits.document);
    let mut text = Vec::new();
    for number in 0..3 {
        let mut body = Vec::new();
        match number {
            1 if sampler.faulty(rule, &mut body).is_err() => return false,
            1 => {}
            _ => sampler.event(&mut body),
        }
        frame.body(number, &body, &mut text);
    }
    frame.end(3, &mut text);
    let seen = read(&text, limits);
    let codes: HashSet<_> = seen.codes().into_iter().collect();
    let shown = String::from_utf8_lossy(&text);
    assert_eq!(codes, HashSet::from([rule.code]), "{frame:?} {:?}\n{shown}", seen.findings());
    let is_event = |seen: &&Document| matches!(seen.form, Form::EventV2 | Form::EventV1);
    let others = seen.documents.iter().filter(is_event).count();
    assert!(others >= 2, "{} swallowed another event in {shown}", rule.code);
    true
}

#[test]
fn a_fault_at_the_end_of_the_input_is_the_same_fault() {
    for rule in faults().filter(|rule| !is_about_streams(rule)) {
        for seed in 0..60 {
            let mut text = Vec::new();
            let event = shows(rule).unwrap();
            Sampler::new(seed, event, START).limit(4096).faulty(rule, &mut text).unwrap();
            let codes = read(&text, Limits { document: 4096, ..Limits::default() }).codes();
            assert!(!codes.is_empty() && codes.iter().all(|code| *code == rule.code), "{codes:?}");
        }
    }
}

#[test]
fn a_large_document_is_larger_than_the_limit() {
    let mut text = Vec::new();
    let limit = 1 << 20;
    let mut sampler = Sampler::new(1, user_flow(), START).limit(limit);
    sampler.faulty(&syntax::DOCUMENT_TOO_LARGE, &mut text).unwrap();
    assert!((limit..limit + 1000).contains(&text.len()));
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
        "attendance.user_task.updated_v1 has no field that could show duplicate-record; \
         attendance.user_flow.created_v1 has"
    );
}

fn replaced(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    out.extend_from_slice(rest);
    out
}

/// Whoever stores a seed instead of a corpus relies on it.
#[test]
fn a_new_rule_does_not_change_the_faults_of_a_seed() {
    let mut sampler = Sampler::new(1, user_flow(), START);
    let mut text = Vec::new();
    for number in 0..500 {
        let mut body = Vec::new();
        sampler.mixed(1.0, Frame::default(), &mut body);
        Frame::default().body(number, &body, &mut text);
    }
    Frame::default().end(500, &mut text);
    // What stood for an unknown type is known by now: all else is as it was.
    let text = replaced(&text, b"example.parcel.delivered_v1", b"im.chat.disbanded_v1");
    let sum = text.iter().fold(0u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
    assert_eq!((text.len(), sum), (302_388, 4_098_683_732_292_593_429));
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
        assert_eq!(found.len(), mixed_faults().count() - 3 - usize::from(frame.array));
    }
    let mut sampler = Sampler::new(11, user_flow(), START);
    assert!((0..1000).all(|_| sampler.mixed(0.0, Frame::default(), &mut Vec::new()).is_none()));
    assert!((0..1000).all(|_| sampler.mixed(1.0, Frame::default(), &mut Vec::new()).is_some()));
}

#[test]
fn faults_of_events_that_come_later_are_found_by_kind() {
    let mut sampler = Sampler::new(1, &PARCEL, START);
    sampler.event(&mut Vec::new());
    for rule in faults().filter(|rule| *rule != &syntax::DOCUMENT_TOO_LARGE) {
        for _ in 0..100 {
            let possible = sampler.faulty(rule, &mut Vec::new());
            let no_place = [&time::PUNCH_AFTER_EVENT, &stream::DUPLICATE_RECORD].contains(&rule);
            assert_eq!(possible.is_err(), no_place, "{}", rule.code);
        }
    }
}
