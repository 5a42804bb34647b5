//! What is read by a short way is read as by the long one: of a text that is not known to be UTF-8 none is taken.

use crate::json::Place;
use std::sync::Arc;

use proptest::prelude::*;

use crate::container::Request;
use crate::engine::{Engine, Seen};
use crate::finding::{Findings, Span};
use crate::sample::{START, Sampler};
use crate::signature::{Credentials, Key, encrypt};
use crate::time::Zone;

use super::frame::{Handler, Input, Item, Limits, State, segment};
use super::stats::PassedOver;

/// Everything that a handler is told, in words.
#[derive(Default)]
struct Told {
    findings: Findings,
    words: Vec<String>,
    /// Is counted, whenever it is told.
    skipped: Vec<String>,
}

impl Handler for Told {
    type Sink = Findings;

    fn sink(&mut self) -> &mut Findings {
        &mut self.findings
    }
    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        let Seen { form, origin, place, .. } = seen;
        let raw = String::from_utf8_lossy(seen.raw());
        let found = self.findings.0.len();
        self.words.push(format!("{form:?} {origin:?} {place:?} {item:?} {found} {raw}"));
    }
    fn broken(&mut self, span: Span, item: Option<Item>) {
        self.words.push(format!("broken {span:?} {item:?}"));
    }
    fn skipped(&mut self, passed: PassedOver) {
        self.skipped.push(format!("{passed:?}"));
    }
    fn begin_parts(&mut self) {
        self.words.push("parts".to_owned());
    }
    fn end_parts(&mut self, span: Span, item: Option<Item>) {
        self.words.push(format!("end {span:?} {item:?}"));
    }
    fn request(&mut self, request: &Request<'_>, span: Span) {
        let Request { method, target, headers, body, span: inside, as_sent, others } = request;
        let headers: Vec<_> = headers.iter().collect();
        let told = (method, target, headers, body, inside, as_sent, others, span);
        self.words.push(format!("{told:?}"));
    }
    fn request_end(&mut self) {
        self.words.push("request ends".to_owned());
    }
}

const KEY: &str = "key";

/// What is told of a text, with what is found.
fn told(text: &str, utf8: bool) -> (Vec<String>, Vec<String>, String) {
    let mut credentials = Credentials::default();
    credentials.keys.add(Key::new(KEY));
    let mut engine = Engine::with(Zone::Utc, Arc::new(credentials));
    let input = Input { text: text.as_bytes(), last: true, utf8, place: Place::START };
    let mut told = Told::default();
    segment(&mut engine, input, &mut State::default(), Limits::default(), &mut told);
    (told.words, told.skipped, format!("{:?}", told.findings.0))
}

/// An event as `way` carries it, of so many.
fn carried(way: usize, event: &str) -> String {
    let quoted = serde_json::to_string(event).unwrap();
    let inside = &quoted[1..quoted.len() - 1];
    let length = event.len();
    match way {
        0 => format!("2026-01-02T03:04:05.123Z INFO [worker-1] c.e.Callback - got {event}\n"),
        1 => format!("[2026-01-02 03:04:05] DEBUG body={event} cost=3ms\n"),
        2 => format!(
            "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\nX-Lark-Signature: s\r\n\r\n{event}\n"
        ),
        3 => format!("POST /x HTTP/1.1\r\nHost: h\r\ncontent-length: {length}\r\n\r\n{event}"),
        4 => format!("{{\"encrypt\":\"{}\"}}\n", encrypt(&Key::new(KEY), [7; 16], event.as_bytes())),
        5 => format!("{{\"level\":\"info\",\"logger\":\"x\",\"thread\":1,\"body\":{quoted}}}\n"),
        6 => format!(
            "{{\"level\":30,\"thread\":1,\"req\":{{\"headers\":{{\"host\":\"h\",\"x-lark-signature\":\"s\",\"x-lark-request-nonce\":\"n\",\"x-lark-request-timestamp\":1}}}},\"body\":{quoted},\"logger\":\"x\"}}\n"
        ),
        7 => format!(
            "{{\"level\":\"info\",\"logger\":\"x\",\"fields\":{{\"msg\":\"received {inside}\"}},\"thread\":[]}}\n"
        ),
        8 => format!("{{\"level\":\"info\",\"logger\":\"x\",\"thread\":\"event_type\",\"msg\":{quoted}}}\n"),
        _ => format!("{event}\n"),
    }
}
const WAYS: usize = 10;

fn events() -> Vec<String> {
    let known = crate::catalog::event("attendance.user_flow.created_v1").unwrap();
    let mut line = Vec::new();
    let mut sampler = Sampler::new(1, known, START);
    let sampled = (0..3).map(|_| {
        line.clear();
        sampler.event(&mut line);
        String::from_utf8(line.clone()).unwrap().trim().to_owned()
    });
    let others = [
        r#"{"schema":"2.0","header":{"event_type":"a.b_v1","token":"x"},"event":{"a":"it''s","b":"{"}}"#,
        r#"{"uuid":"u","token":"t","ts":"1.2","type":"event_callback","event":{"type":"leave_approval"}}"#,
        r#"{"encrypt":"AAAA"}"#,
        r#"{"schema":"2.0","header":{"event_type":"a.b_v1"},"event":{}"#,
        r#"{"a":1}"#,
    ];
    sampled.chain(others.map(str::to_owned)).collect()
}

fn holds(text: &str) {
    assert_eq!(told(text, true), told(text, false), "{text}");
}

#[test]
fn each_way_alone_says_what_the_long_one_says() {
    for event in events() {
        for way in 0..WAYS {
            // Behind the first of a stream, which may say what the stream is.
            holds(&format!("{}{1}{1}", carried(WAYS, &event), carried(way, &event)));
            holds(&carried(way, &event).repeat(3));
        }
    }
}

#[test]
fn most_of_each_go_a_short_way() {
    let event = &events()[0];
    for way in [5, 6, 7] {
        let text = carried(way, event).repeat(20);
        let effort = |utf8| crate::steps::of(|| drop(told(&text, utf8)));
        let (short, long) = (effort(true), effort(false));
        assert!(3 * short < 2 * long, "{way}: {short} of {long}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn streams_of_all_that_are_changed_in_places_say_the_same(
        parts in prop::collection::vec((0..WAYS, 0usize..8), 1..6),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[{}\"\\\\,:a'%\n ]|event_type|x-lark-signature|\"url\":1,"), 0..3),
    ) {
        let events = events();
        let mut text: String = parts.iter().map(|(way, event)| carried(*way, &events[*event])).collect();
        for (place, change) in changes {
            let mut at = place.index(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, &change);
        }
        holds(&text);
    }
}
