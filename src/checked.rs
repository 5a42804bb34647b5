//! The verdict of `larkspect check` for other people's programs and tests: bytes in, events and findings out.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::catalog::Kind;
use crate::engine::{Engine, Seen};
use crate::finding::{Finding, Findings, Severity, Span};
use crate::json::{Place, Position};
use crate::lang::Lang;
use crate::record::{Record, slot};
use crate::report::collect::Collected;
use crate::report::locate::Locator;
use crate::report::{Detail, Format, Totals};
use crate::rules;
use crate::seen::events::{DEFAULT_WINDOW, Hasher, Window};
use crate::stream::frame::{Handler, Item, Limits, read_all};
use crate::terminal::Look;
use crate::terminal::sanitize::push_clean;
use crate::time::Unit;
use crate::time::{Clock, Millis, Seconds, Zone};

/// What [`check`] found.
///
/// ```
/// let checked = larkspect::check(b"{\"code\": 0}");
/// assert_eq!((checked.events.len(), checked.codes()), (0, vec!["not-an-event"]));
/// ```
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
    /// The value of a documented field, by the name of its column in `larkspect convert`: `event_id`, `check_time`.
    /// `None` where it is absent or `null`, or no such field is documented for the type of the event.
    ///
    /// ```
    /// # let payload = include_bytes!("../fixtures/attendance.user_flow.created_v1/official.json");
    /// let checked = larkspect::check(payload);
    /// let punched = checked.events[0].get("check_time").unwrap();
    /// assert_eq!(punched.text, "1615381916");
    /// assert_eq!(punched.time.as_deref(), Some("2021-03-10T13:11:56+00:00"));
    /// let made = checked.events[0].get("type").unwrap();
    /// assert_eq!((&*made.text, made.label), ("0", Some("user punch")));
    /// assert_eq!(checked.events[0].get("no_such_field"), None);
    /// ```
    pub fn get(&self, name: &str) -> Option<Value> {
        let mut engine = Engine::new(Zone::Utc);
        let start = self.json.iter().position(|byte| *byte == b'{')?;
        let seen = engine.document(&self.json, start, &mut Findings::default()).ok()?;
        Value::of(&seen.record, seen.record.layout.slot(name)?)
    }
}

/// A value of an event, as it stands there and as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// A string without its quotes and escapes, anything else as its JSON.
    pub text: String,
    /// The moment that it names, in UTC, where it is a timestamp that can be read.
    pub time: Option<String>,
    /// What a documented number or word means, in English.
    pub label: Option<&'static str>,
}

impl Value {
    /// The value in a slot.
    fn of(record: &Record<'_>, slot: usize) -> Option<Value> {
        let text = record.text(slot)?.into_owned();
        let time = time(record.layout.columns[slot].field.kind, record.number(slot));
        Some(Value { text, time, label: record.label(slot).map(|label| label.en) })
    }
}

/// A timestamp in words; `None` for any other kind, and for what is beyond the calendar.
fn time(kind: Kind, number: Option<i64>) -> Option<String> {
    let (mut clock, mut out) = (Clock::new(Zone::Utc), Vec::new());
    let written = match kind {
        Kind::Time(Unit::Seconds, _) => clock.iso_seconds(Seconds(number?), &mut out),
        Kind::Time(unit, _) => clock.iso_millis(unit.to_millis(number?)?, &mut out),
        _ => false,
    };
    written.then(|| String::from_utf8_lossy(&out).into_owned())
}

/// A finding with its place worked out.
///
/// ```
/// let checked = larkspect::check(b"{\"code\": 0}");
/// let found = &checked.findings[0];
/// assert_eq!((found.code(), found.start.line), ("not-an-event", 1));
/// assert!(found.to_string().starts_with("1:1: error[not-an-event]"), "{found}");
/// ```
#[derive(Clone, Debug)]
pub struct Found {
    /// Rule, severity, words, and the pointer within the document.
    #[doc(hidden)]
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

    /// What is wrong, in one sentence.
    pub fn message(&self) -> &str {
        &self.finding.words.message
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

/// One line: `2:44: error[timestamp-unit] /event/check_time: ..`. Whatever the message quotes of the payload, nothing
/// in it drives a terminal.
impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = format!("{}: ", self.pointer());
        words.push_str(self.message());
        let mut clean = String::new();
        push_clean(&words, &mut clean);
        write!(f, "{}: {}[{}] {clean}", self.start, self.severity().word(), self.code())
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
/// assert!(unit.message().starts_with("`event.check_time` must be"));
/// assert!(unit.to_string().starts_with("2:44: error[timestamp-unit] /event/check_time: "));
/// ```
pub fn check(bytes: &[u8]) -> Checked<'_> {
    let mut gather = Gather { collected: Collected::new(Hasher::default()), events: Vec::new() };
    read_all(&mut Engine::new(Zone::Utc), bytes, Limits::default(), &mut gather);
    let Gather { collected, events } = gather;
    let events = events.into_iter().map(|event| event.borrow(bytes)).collect();
    let mut findings = Vec::new();
    let mut locator = Locator::new(bytes, Place::START);
    let told =
        collected.tell(&mut Window::new(DEFAULT_WINDOW), bytes, Some(Place::START), |about, finding| {
            let item = about.number(0);
            let located = locator.locate(finding, finding.severity, "", item, Detail::Place);
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
            let located = locator.locate(finding, finding.severity, name, *item, Detail::Excerpt);
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
    fn values_are_read_out_of_whatever_holds_the_event() {
        let checked = check(OFFICIAL);
        let event = &checked.events[0];
        let value = |name: &str| event.get(name).map(|value| (value.text, value.time, value.label));
        let created = ("1615381917707".to_owned(), Some("2021-03-10T13:11:57.707+00:00".to_owned()), None);
        assert_eq!(value("create_time"), Some(created));
        assert_eq!(value("is_wifi"), Some(("false".to_owned(), None, None)));
        assert_eq!(value("event"), None);
        let log = format!("INFO got {}\n", String::from_utf8_lossy(OFFICIAL).replace('\n', ""));
        assert_eq!(check(log.as_bytes()).events[0].get("check_time"), event.get("check_time"));
        let odd = String::from_utf8_lossy(OFFICIAL).replace("\"1615381916\"", "\"x\"");
        let value = check(odd.as_bytes()).events[0].get("check_time");
        assert_eq!(value, Some(Value { text: "x".to_owned(), time: None, label: None }));
    }

    #[test]
    fn a_finding_in_one_line_drives_no_terminal() {
        let text = String::from_utf8_lossy(OFFICIAL).replace("\"1615381916\"", "\"\\u001b[31m\"");
        for found in check(text.as_bytes()).findings {
            assert!(!found.to_string().contains('\u{1b}'), "{found}");
        }
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
