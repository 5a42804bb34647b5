//! What is promised of messy captures: whatever an event is written into and whatever stands around it, it comes out
//! once, in order and as it was; and one that is cut is told at its line, once.
//!
//! `finder/carriers.rs` has what events are written into, `finder/separators.rs` what stands between them.

pub mod carriers;
mod separators;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use base64::prelude::{BASE64_STANDARD, Engine};
use larkspect::container::Form;
use larkspect::finding::Severity;
use larkspect::signature::{Credentials, Key, encrypt};
use larkspect::stream::frame::Limits;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::program::{fixture, larkspect};
use crate::support::{check, read_with};
use carriers::{CARRIERS, Carried, Carrier, compact, escaped};
use separators::SEPARATORS;

/// What shows that an event stands in a text, or stood there.
const TRACES: [&str; 4] = ["event_type", "event_callback", "encrypt", "url_verification"];

/// An example of an event type on one line, split where its id and a text of a person stand. Without the text nothing of
/// it is written by people.
struct Template {
    parts: Vec<String>,
    /// The text is a JSON string within the JSON string.
    message: bool,
}

impl Template {
    fn new(path: &str, id: &str, text: Option<&str>) -> Template {
        let json = compact(&fixture(path));
        let (before, rest) = json.split_once(id).expect("the id is there");
        let rest = match text {
            Some(text) => {
                rest.split_once(text).map(|(middle, end)| vec![middle, end]).expect("the text, too")
            }
            None => vec![rest],
        };
        let parts = [vec![before], rest].concat().into_iter().map(str::to_owned).collect();
        Template { parts, message: path.starts_with("im.message") }
    }

    /// The event with this number and this text.
    fn fill(&self, number: usize, text: &str) -> String {
        let text = if self.message { escaped(text) } else { text.to_owned() };
        let fills = [format!("{number:032x}"), escaped(&text)];
        let mut event = self.parts[0].clone();
        for (fill, part) in fills.iter().zip(&self.parts[1..]) {
            event += fill;
            event += part;
        }
        event
    }
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let punch = ("attendance.user_flow.created_v1/official.json", "41fae5c12837ead344eced982fbde395");
    vec![
        Template::new(punch.0, punch.1, Some("浙江省杭州市余杭区五常街道木桥头西溪八方城")),
        Template::new(
            "im.message.receive_v1/example.json",
            "0c3b7f52e94d1a86f27e5d08b1c4a693",
            Some("@_user_1 昨天的 outing 谁还没报名？周五前要定车"),
        ),
        Template::new("approval_instance/example.json", "d6a81f0c3e7b45922f9c0d7e5b1a8364", None),
        Template::new(
            "card.action.trigger/example.json",
            "2d7c1b0f9e6a48537c0e8d5f4b2a9716",
            Some("发票抬头不对"),
        ),
        Template::new(
            "contact.user.updated_v3/example.json",
            "7f42a9d0c6b1e5385d0e9c2b7a4f6138",
            Some("高级测试工程师"),
        ),
        Template::new(
            "vc.meeting.meeting_started_v1/example.json",
            "e60a8d3c7f1b4952b4c9e7d0f2a51836",
            Some("三月版本复盘"),
        ),
    ]
});

/// How the platform, or what stands between it and the capture, writes JSON.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Style {
    Compact,
    /// With blanks, as Python does.
    Spaced,
    /// With `\u` for all that is not ASCII.
    Ascii,
    /// As the `encrypt` of another.
    Encrypted,
}

const STYLES: [Style; 4] = [Style::Compact, Style::Spaced, Style::Ascii, Style::Encrypted];
const KEY: &str = "test key";

/// An event as it is sent, and as it has to come out: on one line, without blanks between the values.
#[derive(Clone)]
struct Event {
    sent: String,
    wanted: String,
}

impl Event {
    fn new(template: usize, style: Style, number: usize, text: &str) -> Event {
        let plain = TEMPLATES[template].fill(number, text);
        let (sent, wanted) = match style {
            Style::Compact => (plain.clone(), plain),
            Style::Spaced => (spaced(&plain), plain),
            Style::Ascii => (ascii(&plain), ascii(&plain)),
            Style::Encrypted => {
                let encrypted = encrypt(&Key::new(KEY), [7; 16], plain.as_bytes());
                (format!(r#"{{"encrypt":"{encrypted}"}}"#), plain)
            }
        };
        Event { sent, wanted }
    }
}

/// JSON with a blank behind each colon and comma.
fn spaced(json: &str) -> String {
    let lines = carriers::pretty(json);
    let mut lines = lines.lines().map(str::trim_start);
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        if out.ends_with(',') {
            out.push(' ');
        }
        out += line;
    }
    out
}

fn ascii(json: &str) -> String {
    let mut out = String::new();
    for letter in json.chars() {
        match letter.is_ascii() {
            true => out.push(letter),
            false => {
                letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out += &format!("\\u{unit:04x}"))
            }
        }
    }
    out
}

/// A capture, and what has to come of it.
#[derive(Default)]
struct Capture {
    text: Vec<u8>,
    wanted: Vec<String>,
    cut: Option<Cut>,
}

/// Where an event is cut.
struct Cut {
    carrier: &'static Carrier,
    /// Where it begins, and where it is cut.
    event: Range<usize>,
    /// The lines that it takes, counted from 1.
    lines: Range<usize>,
    /// What is left of it shows that it was an event.
    traced: bool,
}

impl Capture {
    fn separate(&mut self, carrier: &Carrier, separator: &str) {
        self.text.extend(carrier.separate(separator));
    }

    /// Adds lines that stand by themselves. A brace with a string below it is the beginning of an object, of which no end
    /// comes.
    fn separate_alone(&mut self, separator: &str) {
        if !(separator.starts_with('"') && self.text.trim_ascii_end().ends_with(b"{")) {
            self.separate(&CARRIERS[0], separator);
        }
    }

    fn event(&mut self, carrier: &Carrier, event: &Event) {
        self.text.extend(carrier.carry(&event.sent).text);
        self.wanted.push(event.wanted.clone());
    }

    /// Adds an event that is cut behind its first `kept` bytes: the rest of the line is lost, but for its line feed.
    fn cut(&mut self, carrier: &'static Carrier, event: &Event, kept: usize) {
        let Carried { text, event } = carrier.carry(&event.sent);
        let start = self.text.len();
        let at = event.start + kept;
        let line = at + text[at..].iter().position(|byte| *byte == b'\n').expect("lines end");
        let lines = self.lines() + feeds(&text[..event.start])..self.lines() + feeds(&text[..event.end]) + 1;
        let bare = carrier.bare(&text[event.start..at]);
        let traced = TRACES.iter().any(|trace| String::from_utf8_lossy(&bare).contains(trace));
        self.text.extend_from_slice(&text[..at]);
        self.text.extend_from_slice(&text[line..]);
        self.cut = Some(Cut { carrier, event: start + event.start..start + at, lines, traced });
    }

    /// The number of the line that comes next.
    fn lines(&self) -> usize {
        feeds(&self.text) + 1
    }

    /// Whether what is left of the event, with what follows it, is JSON all the same: what was lost cannot be seen.
    fn is_whole_all_the_same(&self) -> bool {
        let Some(cut) = &self.cut else { return false };
        let rest = cut.carrier.bare(&self.text[cut.event.start..]);
        let joined: Vec<u8> = rest.iter().copied().filter(|byte| *byte != b'\n').collect();
        [rest, joined].iter().any(|text| {
            let mut values = serde_json::Deserializer::from_slice(text).into_iter::<serde::de::IgnoredAny>();
            matches!(values.next(), Some(Ok(_)))
        })
    }

    /// What does not hold, in words.
    fn wrong(&self) -> Option<String> {
        let mut credentials = Credentials::default();
        credentials.keys.add(Key::new(KEY));
        let seen = read_with(&self.text, Limits::default(), credentials);
        let events = seen.documents.iter().filter(|document| is_event(document.form));
        let events: Vec<String> = events.map(|document| compact(&document.raw)).collect();
        let told: Vec<String> = seen
            .findings()
            .iter()
            .filter(|found| found.severity > Severity::Note)
            .map(|found| {
                let line = 1 + feeds(&self.text[..found.span.start.min(self.text.len())]);
                let place = match &self.cut {
                    Some(cut) if cut.lines.contains(&line) => "its line".to_owned(),
                    _ => format!("line {line}"),
                };
                format!("{} at {place}: {}", found.rule.code, found.words.message)
            })
            .collect();
        let at_its_line = told.iter().all(|told| told.contains(" at its line: "));
        let fits = match &self.cut {
            None => told.is_empty(),
            // Of a text in which nothing shows that is said once, wherever it is cut: of headers without a body to whoever
            // verifies.
            Some(cut) if self.wanted.is_empty() && !cut.traced => {
                told.len() == 1 || told.is_empty() && seen.unanswered
            }
            Some(cut) => at_its_line && told.len() <= 1 && (told.len() == 1 || !cut.traced),
        };
        let differs = events.iter().zip(&self.wanted).position(|(event, wanted)| event != wanted);
        let count = (events.len() != self.wanted.len())
            .then(|| format!("{} events of {}", events.len(), self.wanted.len()));
        let other = differs.map(|at| format!("event {} is another: {:.80}", at + 1, events[at]));
        let found = (!fits).then(|| match told.is_empty() {
            true => "nothing is said of the cut".to_owned(),
            false => format!("said: {}", told.join("; ")),
        });
        let wrong: Vec<String> = [count, other, found].into_iter().flatten().collect();
        (!wrong.is_empty()).then(|| wrong.join("; "))
    }
}

fn feeds(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

fn is_event(form: Form) -> bool {
    use Form::{CardOld, CliCompact, CliLostHeader, EventV1, EventV2, NodeFlatV1, NodeFlatV2};
    matches!(form, CardOld | CliCompact | CliLostHeader | EventV1 | EventV2 | NodeFlatV1 | NodeFlatV2)
}

/// What does not hold of carriers and separators.
#[derive(Default)]
struct Wrong {
    found: Vec<(&'static str, &'static str, String)>,
    of: usize,
}

impl Wrong {
    fn look(&mut self, carrier: &Carrier, separator: &'static str, capture: &Capture, what: &str) {
        self.of += 1;
        if let Some(wrong) = capture.wrong() {
            self.found.push((carrier.name, separator, format!("{what}{wrong:.300}")));
        }
    }

    /// Fails with all of it, a line each; first how often each carrier and each separator is in it.
    #[track_caller]
    fn assert_none(&self) {
        let counted = |names: Vec<&'static str>| {
            let mut counts = BTreeMap::<_, usize>::new();
            names.into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
            let mut counts: Vec<_> = counts.into_iter().map(|(name, count)| (count, name)).collect();
            counts.sort_by(|left, right| right.cmp(left));
            counts.iter().map(|(count, name)| format!("{count:6} {name:?}\n")).collect::<String>()
        };
        let carriers = counted(self.found.iter().map(|found| found.0).collect());
        let separators = counted(self.found.iter().map(|found| found.1).collect());
        let lines = self.found.iter().map(|(carrier, separator, wrong)| {
            format!("{carrier} | {:?}: {wrong}\n", separator.chars().take(48).collect::<String>())
        });
        let lines: String = lines.collect();
        let (count, of) = (self.found.len(), self.of);
        assert!(count == 0, "{count} of {of} do not hold:\n{carriers}\n{separators}\n{lines}");
    }
}

#[test]
fn separators_are_many_and_none_shows_a_trace() {
    assert!(SEPARATORS.len() >= 74);
    for (at, separator) in SEPARATORS.iter().enumerate() {
        assert!(!TRACES.iter().any(|trace| separator.contains(trace)), "{separator}");
        assert!(!SEPARATORS[..at].contains(separator), "{separator} is there twice");
    }
}

/// Else what is found around them would be about them.
#[test]
fn the_events_are_fine_by_themselves() {
    let all = PIECES.concat();
    let mut number = 0;
    for (template, style) in (0..TEMPLATES.len()).flat_map(|at| STYLES.map(|style| (at, style))) {
        for text in PIECES.iter().copied().chain([&*all]) {
            number += 1;
            let event = Event::new(template, style, number, text);
            let parsed: serde_json::Value = serde_json::from_str(&event.wanted).unwrap();
            assert_eq!(compact(event.wanted.as_bytes()), event.wanted);
            assert!(parsed["schema"] == "2.0" || parsed["type"] == "event_callback");
            let mut capture = Capture::default();
            capture.event(&CARRIERS[0], &event);
            assert_eq!(capture.wrong(), None, "{}", event.sent);
        }
    }
    assert_eq!(spaced(r#"{"a":1,"b":[1,2,{}]}"#), r#"{"a": 1, "b": [1, 2, {}]}"#);
    assert_eq!(ascii("a浙😀"), r"a\u6d59\ud83d\ude00");
}

#[test]
fn two_events_around_each_separator_both_come_out() {
    let mut wrong = Wrong::default();
    for (number, carrier) in CARRIERS.iter().enumerate() {
        for (at, separator) in SEPARATORS.iter().enumerate() {
            let template = (number + at) % TEMPLATES.len();
            let text = PIECES[at % PIECES.len()];
            let mut capture = Capture::default();
            capture.event(carrier, &Event::new(0, Style::Compact, 1, text));
            capture.separate(carrier, separator);
            capture.event(carrier, &Event::new(template, STYLES[at % 4], 2, text));
            wrong.look(carrier, separator, &capture, "");
        }
    }
    wrong.assert_none();
}

#[test]
fn an_event_that_is_cut_between_others_is_told_once_beside_each_separator() {
    let mut wrong = Wrong::default();
    for (number, carrier) in CARRIERS.iter().enumerate() {
        for (at, separator) in SEPARATORS.iter().enumerate() {
            let event = |number| Event::new(0, Style::Compact, number, "迟到了 \"{\\");
            let cut = Event::new((number + at) % TEMPLATES.len(), STYLES[at % 4], 2, "a");
            let length = carrier.carry(&cut.sent).event.len();
            // At the beginning, where no trace stands before it, and somewhere.
            for kept in [1 + at % 24, 1 + (at * 997 + number * 61) % (length - 1)] {
                let mut capture = Capture::default();
                capture.event(carrier, &event(1));
                capture.separate(carrier, separator);
                capture.cut(carrier, &cut, kept);
                capture.separate(carrier, separator);
                capture.event(carrier, &event(3));
                if !capture.is_whole_all_the_same() {
                    wrong.look(carrier, separator, &capture, &format!("cut at {kept} of {length}: "));
                }
            }
        }
    }
    assert!(wrong.of > CARRIERS.len() * SEPARATORS.len());
    wrong.assert_none();
}

/// The same with the command, on standard input: the rows are those of the events by themselves.
#[test]
fn the_command_converts_every_event_in_every_carrier() {
    let events: Vec<Event> =
        SEPARATORS.iter().enumerate().map(|(at, text)| Event::new(0, Style::Compact, at, text)).collect();
    let capture = |carrier: &Carrier, separated: bool| {
        let mut capture = Capture::default();
        for (event, separator) in events.iter().zip(SEPARATORS) {
            if separated {
                capture.separate(carrier, separator);
            }
            capture.event(carrier, event);
        }
        capture.text
    };
    let convert =
        |text: Vec<u8>| larkspect(["convert", "--to", "ndjson", "--show-secrets"]).stdin(text).run();
    let plain = convert(capture(&CARRIERS[0], false)).exits(0);
    assert_eq!(plain.lines().len(), events.len());
    let mut wrong = Vec::new();
    for carrier in CARRIERS {
        let text = capture(carrier, true);
        let (rows, checked) = (convert(text.clone()), larkspect(["check", "-f", "line"]).stdin(text).run());
        if rows.out != plain.out || rows.code != 0 || checked.code != 0 {
            let same =
                rows.lines().iter().zip(plain.lines()).take_while(|(row, plain)| **row == *plain).count();
            wrong.push(format!(
                "{}: {} rows of {}, the first {same} are right; convert exits with {}, check with {}: {}",
                carrier.name,
                rows.lines().len(),
                events.len(),
                rows.code,
                checked.code,
                checked.lines().iter().find(|line| !line.contains(": note[")).unwrap_or(&"nothing is said")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} carriers do not hold:\n{}", wrong.len(), wrong.join("\n"));
}

/// What the texts of people are made of.
const PIECES: &[&str] = &[
    "a",
    " ",
    "\"",
    "\\",
    "'",
    "`",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "{}",
    "}}",
    "\"}",
    "{\"a\":1}",
    "\n",
    "\r\n",
    "\t",
    "浙江",
    "迟到了，抱歉",
    "“”",
    "😀",
    "é",
    "%22",
    "%7B",
    "&quot;",
    "&amp;",
    "\\x22",
    "\\u0041",
    "\\n",
    "\\\"",
    "\"\"",
    "''",
    "//",
    "/* ",
    "*/",
    "# ",
    "-- ",
    "=>",
    "=",
    ": ",
    ", ",
    ";",
    "|",
    "+",
    "> ",
    "null",
    "True",
    "1e5",
    "```\n",
    "<b>",
    "$1",
    "\nPOST / HTTP/1.1\n",
    "X-Lark-Signature: 00aa",
    "eyJhIjoxfQ==",
    "12:00:00 INFO ",
    "map[a:1]",
];

#[derive(Clone, Debug)]
struct Drawn {
    template: Index,
    style: Index,
    carrier: Index,
    text: Vec<&'static str>,
    /// What stands before it.
    before: Vec<&'static str>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let text = prop::collection::vec(prop::sample::select(PIECES), 0..8);
    let before = prop::collection::vec(prop::sample::select(SEPARATORS), 0..4);
    (any::<Index>(), any::<Index>(), any::<Index>(), text, before)
        .prop_map(|(template, style, carrier, text, before)| Drawn { template, style, carrier, text, before })
}

/// A capture of these events, of which one may be cut: which, and where.
fn capture(drawn: &[Drawn], after: &[&str], cut: Option<(Index, Index)>) -> Capture {
    let mut capture = Capture::default();
    let cut = cut.map(|(which, at)| (which.index(drawn.len()), at));
    for (number, drawn) in drawn.iter().enumerate() {
        let style = *drawn.style.get(&STYLES);
        let event = Event::new(drawn.template.index(TEMPLATES.len()), style, number, &drawn.text.concat());
        let carrier = drawn.carrier.get(CARRIERS);
        // What closes before anything was there is the rest of a document, of which the beginning is missing; of an event
        // that was cut before it showed itself, nothing was there.
        let closes = |text: &str| text.bytes().all(|byte| b"\"}],".contains(&byte));
        let shown = !capture.wanted.is_empty() || capture.cut.as_ref().is_some_and(|cut| cut.traced);
        let before = drawn.before.iter().filter(|before| shown || before.is_empty() || !closes(before));
        before.for_each(|before| capture.separate_alone(before));
        match cut {
            Some((which, at)) if which == number => {
                let length = carrier.carry(&event.sent).event.len();
                capture.cut(carrier, &event, 1 + at.index(length - 1));
            }
            _ => capture.event(carrier, &event),
        }
    }
    after.iter().for_each(|after| capture.separate_alone(after));
    capture
}

/// `@` stands for an event, `$` for it in a string and `%` for it in base64.
#[test]
fn a_delivery_that_a_record_shows_in_several_views_is_one_and_in_two_records_it_is_two() {
    let event = TEMPLATES[0].fill(1, "x \" 浙");
    let value: serde_json::Value = serde_json::from_str(&event).unwrap();
    let quoted = serde_json::to_string(&event).unwrap();
    let base64 = BASE64_STANDARD.encode(&event);
    let inner = serde_json::json!({"raw": &*event, "parsed": &value}).to_string();
    let inner = format!(r#"{{"body":{}}}"#, serde_json::to_string(&inner).unwrap());
    for (capture, deliveries) in [
        (r#"{"level":30,"raw":$,"body":@}"#, 1),
        (r#"{"a":$,"b":@,"c":"%"}"#, 1),
        (r#"{"raw":[@,@],"body":[@,@]}"#, 2),
        (r#"{"records":[{"raw":$,"body":@},{"raw":$,"body":@}]}"#, 2),
        (r#"[{"raw":$,"body":@},{"raw":$,"body":@}]"#, 2),
        ("{\"raw\":$,\"body\":@}\n{\"raw\":$,\"body\":@}", 2),
        (r#"{"headers":{"X-Lark-Signature":"s"},"body":$,"json":@}"#, 1),
        (r#"{"encrypt":"AAAA","decrypted":@}"#, 1),
        (r#"{"encrypt":"none","data":@}"#, 1),
        (&*inner, 1),
        ("09:17:01 INFO raw=$ parsed=@", 1),
        ("09:17:01 INFO raw='@' parsed=@", 1),
        ("09:17:01 INFO body=@\n09:17:02 INFO body=@", 2),
        ("09:17:01 INFO @ @", 2),
    ] {
        let text = capture.replace('@', &event).replace('$', &quoted).replace('%', &base64);
        let seen = check(text.as_bytes());
        let ids = seen.documents.iter().filter(|document| document.event_id.is_some()).count();
        assert_eq!(ids, deliveries, "{capture}: {:?}", seen.codes());
    }
}

#[test]
fn events_beside_one_that_is_cut_were_lost() {
    let event = |number| TEMPLATES[0].fill(number, "");
    let pretty = carriers::pretty(&event(1));
    let base64 = BASE64_STANDARD.encode(event(1));
    let escaped = escaped(&event(1));
    let quotes = format!("INFO {}\n", TEMPLATES[0].fill(3, "it''s")).repeat(40);
    let words = "INFO handles event_type x\n".repeat(9000);
    for (before, first, told) in [
        // The padding of one text of base64 is no sign of mail that its line goes on.
        ("body: {\nTWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24=", &*base64, 0),
        // A string that was cut does not go on with an event.
        (r#"{"level":"info","msg":"received {\""#, &*format!("{base64}\n\"}}"), 0),
        // A comment in which an event stands is none.
        ("{\"schema\":\"2.0\",\"event_type\"\n/*", &*base64, 1),
        // Escaped and doubled quotes do not go on with such as are neither.
        (r#"body="{\"schema\":\"2.0\",\"event_type\":{"#, &*pretty, 1),
        (r#"17,"{""schema"":""2.0"",""event_type"":1,"#, &*pretty, 1),
        (
            r#"body="{\"schema\":\"2.0\",\"event_type\":\"a\"},\"#,
            &*pretty.replace('\n', "\n> ").replacen('{', "> {", 1),
            1,
        ),
        // Nor is it the value of a key that was cut on the line above its own.
        (
            r#"body="{\"schema\":\"2.0\",\"header\":"#,
            &*pretty.replace('\n', "\nweb-1  | ").replacen('{', "web-1  | {", 1),
            0,
        ),
        // However often a trace stands in words, or an event may be quoted otherwise and is not, it is looked for.
        (&*words, &*format!("body=\"{escaped}\""), 0),
        (&*quotes, &*format!("body=\"{escaped}\""), 0),
    ] {
        let seen = check(format!("{before}\n{first}\n{}\n", event(2)).as_bytes());
        let ids: Vec<_> = seen.documents.iter().filter_map(|document| document.event_id.clone()).collect();
        let wanted = [1, 2].map(|number| format!("{number:032x}"));
        assert!(ids.ends_with(&wanted), "{before:.400}: {ids:?}");
        assert_eq!(seen.errors().len(), told, "{before:.400}: {:?}", seen.codes());
    }
}

/// Without the escape it would be whole, and say what nobody wrote.
#[test]
fn an_event_that_was_cut_behind_an_escaped_quote_was_made_whole() {
    let event = TEMPLATES[5].fill(1, "\"}}}");
    let cut = &event[..event.find("}}}").unwrap() + 3];
    let seen = check(cut.as_bytes());
    assert_eq!((seen.documents.len(), seen.codes()), (0, vec!["truncated-document"]), "{cut}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500, max_shrink_iters: 2000, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn every_event_that_goes_in_comes_out(
        drawn in prop::collection::vec(drawn(), 1..6),
        after in prop::collection::vec(prop::sample::select(SEPARATORS), 0..3),
    ) {
        let capture = capture(&drawn, &after, None);
        let wrong = capture.wrong();
        prop_assert!(wrong.is_none(), "{}\n{}", wrong.unwrap(), String::from_utf8_lossy(&capture.text));
    }

    #[test]
    fn one_that_is_cut_anywhere_is_told_once_and_the_others_come_out(
        drawn in prop::collection::vec(drawn(), 1..6),
        after in prop::collection::vec(prop::sample::select(SEPARATORS), 0..3),
        cut: (Index, Index),
    ) {
        let capture = capture(&drawn, &after, Some(cut));
        prop_assume!(!capture.is_whole_all_the_same());
        let wrong = capture.wrong();
        prop_assert!(wrong.is_none(), "{}\n{}", wrong.unwrap(), String::from_utf8_lossy(&capture.text));
    }
}
