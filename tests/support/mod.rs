//! What several tests need: a whole input read as the engine reads it, and the capture that is broken in five ways.

pub mod chinese;
pub mod corpora;
pub mod documents;
pub mod example;
pub mod program;
pub mod terminal;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use larkspect::finding::{Finding, Findings, Severity, Span};
use larkspect::lang::Langs;
use larkspect::record::slot;
use larkspect::sample::{self, Frame, Sampler};
use larkspect::signature::Credentials;
use larkspect::stream::frame::{Handler, Item, Limits, read_all};
use larkspect::time::{Unit, Zone};
use larkspect::{
    catalog::{self, Choice, Event, Field, Kind, TimeSpan, Wire, Word, event_type, field},
    lang::label,
};
use larkspect::{
    container::{Form, Request},
    engine::{Engine, Seen},
};

/// A document as it was seen.
#[derive(Debug)]
pub struct Document {
    pub form: Form,
    pub event_id: Option<String>,
    pub event_type: Option<String>,
    pub created: Option<i64>,
    /// The number behind the record, by which the same record is known again.
    pub record: Option<String>,
    pub raw: Vec<u8>,
    /// Its bytes in the text, if it stands there as it is.
    pub place: Option<Span>,
    /// It was in a request.
    pub within: bool,
}

/// All that an input holds.
#[derive(Debug, Default)]
pub struct Collected {
    pub findings: Findings,
    pub documents: Vec<Document>,
    pub broken: Vec<Span>,
    /// There were headers without a body.
    pub unanswered: bool,
    within: bool,
}

impl Collected {
    pub fn findings(&self) -> &[Finding] {
        &self.findings.0
    }
    /// The findings of error level.
    pub fn errors(&self) -> Vec<&Finding> {
        self.findings().iter().filter(|finding| finding.severity == Severity::Error).collect()
    }
    /// The codes of the findings, in their order.
    pub fn codes(&self) -> Vec<&'static str> {
        self.findings.0.iter().map(|finding| finding.rule.code).collect()
    }
    pub fn forms(&self) -> Vec<Form> {
        self.documents.iter().map(|document| document.form).collect()
    }
}

impl Handler for Collected {
    type Sink = Findings;
    fn sink(&mut self) -> &mut Findings {
        &mut self.findings
    }
    fn document(&mut self, seen: &Seen<'_>, _: Option<Item>) {
        let record = &seen.record;
        let text = |slot| record.text(slot).map(|text| text.into_owned());
        let name = seen.event().and_then(|event| event.record);
        self.documents.push(Document {
            form: seen.form,
            event_id: text(slot::EVENT_ID),
            event_type: text(slot::EVENT_TYPE),
            created: record.number(slot::CREATE_TIME),
            record: name.and_then(|name| record.layout.slot(name)).and_then(text),
            raw: seen.raw().to_vec(),
            place: seen.origin.is_plain().then_some(seen.start..seen.end),
            within: self.within,
        });
    }
    fn broken(&mut self, span: Span, _: Option<Item>) {
        self.broken.push(span);
    }
    fn request(&mut self, request: &Request<'_>, _: Span) {
        self.unanswered |= request.body.is_empty();
        self.within = true;
    }
    fn request_end(&mut self) {
        self.within = false;
    }
}

/// Reads a whole input.
pub fn read(text: &[u8], limits: Limits) -> Collected {
    read_with(text, limits, Credentials::default())
}

/// Reads a whole input, knowing keys and tokens.
pub fn read_with(text: &[u8], limits: Limits, credentials: Credentials) -> Collected {
    read_in(Langs::default(), text, limits, credentials)
}

/// The same, with findings in these languages.
pub fn read_in(langs: Langs, text: &[u8], limits: Limits, credentials: Credentials) -> Collected {
    let mut collected = Collected::default();
    collected.findings.1 = langs;
    let mut engine = Engine::with(Zone::Utc, Arc::new(credentials));
    let end = read_all(&mut engine, text, limits, &mut collected);
    assert_eq!(end, text.len(), "everything is read");
    collected
}

/// The examples of an event type: every JSON file of its folder in the fixtures. Most types have none.
pub fn examples(event: &Event) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(event.name);
    let entries = std::fs::read_dir(&folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
    paths.sort();
    paths
}

pub fn user_flow() -> &'static Event {
    catalog::event("attendance.user_flow.created_v1").unwrap()
}

/// What is wrong with [`five_ways`]: lines, counted from 1, and codes.
pub const FIVE: [(usize, &str); 5] = [
    (6, "json-syntax"),
    (9, "timestamp-unit"),
    (12, "duplicate-key"),
    (15, "unknown-choice"),
    (20, "unknown-event-type"),
];

/// The capture by which the product is accepted: a thousand events, a line each, of which five are wrong. Line 6 is
/// broken, the check_time of line 9 is in milliseconds, a key stands twice at line 12, `type` is 9 at line 15, and
/// line 20 has an unknown event type.
pub fn five_ways(seed: u64) -> Vec<u8> {
    let mut sampler = Sampler::new(seed, user_flow(), sample::START);
    let mut capture = Vec::new();
    for number in 1..=1000 {
        let mut line = Vec::new();
        sampler.event(&mut line);
        let line = String::from_utf8(line).unwrap();
        capture.extend_from_slice(spoiled(number, &line).as_bytes());
        capture.push(b'\n');
    }
    capture
}

fn spoiled(number: usize, line: &str) -> String {
    let after = |key: &str| line.find(key).unwrap() + key.len();
    match number {
        6 => line.replacen("\"is_field\":", "\"is_field\" ", 1),
        9 => {
            let end = after("\"check_time\":\"") + 10;
            format!("{}000{}", &line[..end], &line[end..])
        }
        12 => line.replacen("\"is_wifi\":", "\"is_wifi\":true,\"is_wifi\":", 1),
        15 => {
            let at = after("\"type\":");
            format!("{}9{}", &line[..at], &line[at + 1..])
        }
        20 => line.replacen("attendance.user_flow.created_v1", "example.parcel.delivered_v1", 1),
        _ => line.to_owned(),
    }
}

pub const FRAMES: [Frame; 4] = [
    Frame { pretty: false, array: false },
    Frame { pretty: false, array: true },
    Frame { pretty: true, array: false },
    Frame { pretty: true, array: true },
];

pub fn lines(sampler: &mut Sampler, count: usize) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..count {
        sampler.event(&mut text);
        text.push(b'\n');
    }
    text
}

pub fn check(text: &[u8]) -> Collected {
    read(text, Limits::default())
}

#[track_caller]
pub fn assert_clean(collected: &Collected) {
    let first = collected.findings().first();
    assert!(first.is_none(), "{first:?}");
}

/// An event of a product that has something of every kind, as the catalogue may have one day.
pub static PARCEL: Event = event_type("example.parcel.delivered_v1", "包裹", "parcel").fields(PARCEL_FIELDS);

pub const PARCEL_FIELDS: &[Field] = &[
    field("text", Kind::Text, "", ""),
    field("parcel_id", Kind::Text, "", "").required(),
    field("type", Kind::Choice(&[Choice { value: 40, label: label("", ""), alarm: false }]), "", ""),
    field("mac", Kind::Mac, "", ""),
    field("url", Kind::Url, "", ""),
    field("flag", Kind::Flag, "", ""),
    field("integer", Kind::Integer, "", ""),
    field("day", Kind::Day, "", ""),
    field("longitude", Kind::Longitude, "", ""),
    field("latitude", Kind::Latitude, "", ""),
    field("number", Kind::Number, "", ""),
    field("seconds", Kind::SECONDS, "", ""),
    field("millis", Kind::MILLIS, "", ""),
    field("seconds_int", Kind::Time(Unit::Seconds, Wire::Integer), "", ""),
    field("millis_int", Kind::Time(Unit::Millis, Wire::Integer), "", ""),
    field("date", Kind::Date, "", ""),
    field("date_time", Kind::DateTime, "", ""),
    field("rfc3339", Kind::Rfc3339, "", ""),
    field("time_of_day", Kind::TimeOfDay, "", ""),
    field("duration", Kind::Duration(TimeSpan::Seconds, Wire::Integer), "", ""),
    field("duration_text", Kind::Duration(TimeSpan::Millis, Wire::Text), "", ""),
    field("json", Kind::Json, "", ""),
    field("bits", Kind::Bits(&[Choice { value: 2, label: label("", ""), alarm: false }]), "", ""),
    field("map", Kind::Map, "", ""),
    field("any", Kind::Any, "", ""),
    field("word", Kind::Word(&[Word { value: "sent", label: label("", "") }]), "", ""),
    field("words", Kind::List(&Kind::Text), "", ""),
    field("nested", Kind::Object(&[field("inner", Kind::List(&Kind::Url), "", "")]), "", ""),
    field("items", Kind::List(&Kind::Object(&[field("count", Kind::Integer, "", "")])), "", ""),
];
