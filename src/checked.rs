//! The verdict of `larkspect check` for other people's programs and tests: bytes in, events and findings out.

use std::borrow::Cow;
use std::ops::Range;

use crate::catalog;
use crate::engine::Engine;
use crate::engine::Seen;
use crate::finding::{Finding, Severity, Span};
use crate::json::{Place, Position, is_utf8};
use crate::lang::Lang;
use crate::record::slot;
use crate::report::collect::Collected;
use crate::report::locate::Locator;
use crate::report::{Format, Totals};
use crate::rules;
use crate::seen::events::{DEFAULT_WINDOW, Hasher, Window};
use crate::stream::frame::{Handler, Item, Limits, State, segment};
use crate::terminal::Look;
use crate::time::{Millis, Zone};

/// What [`check`] found.
#[derive(Debug)]
pub struct Checked<'t> {
    /// Every event, in order, of known and of unknown types.
    pub events: Vec<CheckedEvent<'t>>,
    /// Every finding, in order.
    pub findings: Vec<Found>,
    text: &'t [u8],
}

/// An event among the bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedEvent<'t> {
    /// `header.event_type`, as far as it can be read.
    pub event_type: Option<String>,
    /// `header.event_id`; `uuid` in v1.
    pub event_id: Option<String>,
    /// When it was created, where that is said in milliseconds.
    pub created: Option<Millis>,
    /// The document; where it had to be taken out of something (a request, a log line), what was in there.
    pub json: Cow<'t, [u8]>,
    /// Where it stands among the bytes, or what it was taken out of.
    pub span: Range<usize>,
}

impl CheckedEvent<'_> {
    /// What the catalogue says of its type.
    pub fn known(&self) -> Option<&'static catalog::Event> {
        self.event_type.as_deref().and_then(catalog::event)
    }
}

/// A finding with its place worked out.
#[derive(Clone, Debug)]
pub struct Found {
    /// Rule, severity, words, and the pointer within the document.
    pub finding: Finding,
    /// The first character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
    /// Which item of a top-level array the document is, from 0.
    pub item: Option<u64>,
}

impl Found {
    /// The code of the rule: `timestamp-unit`.
    pub fn code(&self) -> &'static str {
        self.finding.rule.code
    }

    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        self.finding.severity
    }

    /// The JSON pointer from the top of the file's JSON.
    pub fn pointer(&self) -> String {
        let item = self.item.map(|item| format!("/{item}")).unwrap_or_default();
        format!("{item}{}", self.finding.pointer)
    }
}

/// Checks a payload or a whole capture (JSON, NDJSON, an array of events; not compressed) as `larkspect check` does.
///
/// ```
/// let payload = br#"{"schema": "2.0", "header": {"event_type": "attendance.user_flow.created_v1"},
///                    "event": {"check_time": "1615381916000"}}"#;
/// let checked = larkspect::check(payload);
/// assert_eq!(checked.events[0].event_type.as_deref(), Some("attendance.user_flow.created_v1"));
/// assert!(!checked.is_valid());
/// let unit = checked.findings.iter().find(|found| found.code() == "timestamp-unit").unwrap();
/// assert_eq!(unit.pointer(), "/event/check_time");
/// assert_eq!(unit.start.to_string(), "2:44");
/// ```
pub fn check(bytes: &[u8]) -> Checked<'_> {
    let mut gather = Gather { collected: Collected::new(Hasher::default()), events: Vec::new() };
    let utf8 = is_utf8(bytes);
    let (mut engine, mut state) = (Engine::new(Zone::Utc), State::default());
    segment(&mut engine, bytes, &mut state, Limits::default(), true, utf8, &mut gather);
    let Gather { collected, events } = gather;
    let events = events.into_iter().map(|event| event.borrow(bytes)).collect();
    let mut findings = Vec::new();
    let mut locator = Locator::new(bytes, Place::START);
    let told = collected.tell(&mut Window::new(DEFAULT_WINDOW), bytes, None, |about, finding| {
        let item = about.number(0);
        let located = locator.locate(finding, finding.severity, "", item, false);
        findings.push(Found { finding: finding.clone(), start: located.start, end: located.end, item });
        Ok::<(), std::convert::Infallible>(())
    });
    let Ok(()) = told;
    Checked { events, findings, text: bytes }
}

impl Checked<'_> {
    /// Whether there is an event, and no finding of error level.
    pub fn is_valid(&self) -> bool {
        !self.events.is_empty() && self.errors().next().is_none()
    }

    /// The findings of error level.
    pub fn errors(&self) -> impl Iterator<Item = &Found> {
        self.findings.iter().filter(|found| found.severity() == Severity::Error)
    }

    /// The codes of all findings, in order.
    pub fn codes(&self) -> Vec<&'static str> {
        self.findings.iter().map(Found::code).collect()
    }

    /// The findings as `larkspect check` shows them to people, of a payload that goes by this name.
    pub fn report(&self, name: &str) -> String {
        let look = Look { color: false, width: 100, lang: Lang::En };
        let mut reporter = Format::ALL[0].reporter(look, rules::ALL);
        let mut locator = Locator::new(self.text, Place::START);
        let mut out = Vec::new();
        for Found { finding, item, .. } in &self.findings {
            let located = locator.locate(finding, finding.severity, name, *item, true);
            // Writing into memory cannot fail.
            let _ = reporter.finding(&located, &mut out);
        }
        let _ = reporter.file(name, &Totals::default(), &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }
}

/// Fails a test, with the report for people, unless the bytes hold at least one event and no error.
///
/// ```
/// # let payload = include_bytes!("../fixtures/attendance.user_flow.created_v1/official.json");
/// larkspect::assert_valid(payload);
/// ```
///
/// ```should_panic
/// larkspect::assert_valid(br#"{"schema": "2.0", "header": {}, "event": {}}"#);
/// ```
///
/// # Panics
///
/// That is what it is for.
#[track_caller]
pub fn assert_valid(bytes: &[u8]) {
    let checked = check(bytes);
    let errors = checked.errors().count();
    assert!(
        checked.is_valid(),
        "{}",
        match errors {
            0 => "there is no event in the payload".to_owned(),
            1 => format!("the payload has an error\n\n{}", checked.report("payload")),
            _ => format!("the payload has {errors} errors\n\n{}", checked.report("payload")),
        }
    );
}

/// Collects findings and what is said of events.
struct Gather {
    collected: Collected,
    events: Vec<CheckedEvent<'static>>,
}

impl CheckedEvent<'static> {
    /// The same, with its JSON where that stands among the bytes.
    fn borrow(self, text: &[u8]) -> CheckedEvent<'_> {
        let CheckedEvent { event_type, event_id, created, json, span } = self;
        let json = if json.is_empty() { Cow::Borrowed(&text[span.clone()]) } else { json };
        CheckedEvent { event_type, event_id, created, json, span }
    }
}

impl Handler for Gather {
    type Sink = Collected;

    fn sink(&mut self) -> &mut Collected {
        self.collected.sink()
    }

    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        if seen.is_event() {
            let text = |at| seen.record.text(at).map(|text| text.into_owned());
            self.events.push(CheckedEvent {
                event_type: text(slot::EVENT_TYPE),
                event_id: text(slot::EVENT_ID),
                created: seen.record.number(slot::CREATE_TIME).map(Millis),
                json: Cow::Owned(if seen.origin.is_plain() { Vec::new() } else { seen.raw().to_vec() }),
                span: seen.place.0..seen.place.1,
            });
        }
        self.collected.document(seen, item);
    }

    fn broken(&mut self, span: Span, item: Option<Item>) {
        self.collected.broken(span, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICIAL: &[u8] = include_bytes!("../fixtures/attendance.user_flow.created_v1/official.json");

    #[test]
    fn events_and_findings_are_those_of_the_command() {
        let capture = [b"[".as_slice(), OFFICIAL, b",", OFFICIAL, b"]\n{\"a\":"].concat();
        let checked = check(&capture);
        assert_eq!(checked.codes(), ["duplicate-event", "truncated-document"]);
        assert_eq!(checked.findings[0].pointer(), "/1/header/event_id");
        let [first, second] = &checked.events[..] else { panic!("{:?}", checked.events) };
        assert_eq!((&first.json, &first.event_id), (&second.json, &second.event_id));
        assert_eq!(first.created, Some(Millis(1_615_381_917_707)));
        assert_eq!(first.known().map(|event| event.name), first.event_type.as_deref());
        assert!(checked.report("x").contains("error[truncated-document]"));
        assert!(check(OFFICIAL).is_valid());
        assert!(!check(b"").is_valid());
    }

    #[test]
    fn an_event_within_something_is_handed_out_as_it_was_in_there() {
        let body = serde_json::Value::from(String::from_utf8_lossy(OFFICIAL));
        let request = format!(r#"{{"headers": {{"Content-Type": "application/json"}}, "body": {body}}}"#);
        let checked = check(request.as_bytes());
        let [event] = &checked.events[..] else { panic!("{checked:?}") };
        assert_eq!(event.json.trim_ascii(), OFFICIAL.trim_ascii());
        assert!(event.span.end <= request.len() && checked.is_valid(), "{checked:?}");
    }

    #[test]
    #[should_panic(
        expected = "the payload has an error\n\nerror[timestamp-unit]: `event.check_time` must be"
    )]
    fn a_failed_test_shows_the_report() {
        let text = String::from_utf8_lossy(OFFICIAL).replace("\"1615381916\"", "\"1615381916000\"");
        assert_valid(text.as_bytes());
    }

    #[test]
    #[should_panic(expected = "there is no event in the payload")]
    fn a_payload_without_events_is_not_valid() {
        assert_valid(b" \n");
    }
}
