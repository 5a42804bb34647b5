//! Objects in lines of something else: `event request: header:map[…],body:{…}` and its like (docs/platform.md,
//! Captures). The JSON is found by what it is, not by what a logger writes before it, so a prefix that nobody has seen
//! yet is as good as a known one.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::finding::Span;
use crate::json::{Cursor, tree, unescape};
use crate::steps::took;

use super::form::Role;
use super::notation::quoted::{self, Escapes};
use super::request::{NONCE, SIGNATURE, TIMESTAMP};
use super::signs::{begins_document, is_rest};
use super::{Form, Headers, classify};

/// A JSON object in a line of something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged<'a> {
    /// Its bytes in the line.
    pub span: Span,
    /// The object; owned where the log had put it into a string with escapes.
    pub text: Cow<'a, [u8]>,
    /// What it is: never [`Form::Other`].
    pub form: Form,
    /// The headers that matter, if the line shows them.
    pub headers: Headers<'a>,
    /// Which side of the document around it is missing. An object that is no event by itself is then a part of a cut one.
    pub missing: Option<Missing>,
}

/// Which side of a cut document is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The line closes brackets that it does not open.
    Beginning,
    /// The line ends before its brackets are closed.
    End,
}

/// Headers worth finding in a log: those of the signature, and those that support asks for.
const NAMES: [&str; 6] = [TIMESTAMP, NONCE, SIGNATURE, "X-Request-Id", "X-Tt-Logid", "X-Refresh-Token"];

/// How many bytes may be read in one line, as a multiple of its length: brackets that never close would otherwise take
/// quadratic time.
const BUDGET: usize = 8;

/// The objects in `line` that look like something, the one that looks most like an event first: a body beats what
/// wraps it, and the first beats the others. What follows it in the line comes next, in the same manner.
pub fn find(line: &[u8]) -> Finder<'_> {
    Finder::new(line, STRINGS)
}

/// How often an object that stands in a string may have a string with an object: a queue hands on what another one
/// handed on.
const STRINGS: usize = 3;

/// Finds objects in a line. Each part of it is looked at once, however many of them there are.
#[derive(Debug)]
pub struct Finder<'a> {
    line: &'a [u8],
    at: usize,
    strings: usize,
    /// How much may still be walked.
    budget: usize,
    within_broken: bool,
    /// Up to where the line is the rest of something; looked for when the first object is found.
    rest: Option<usize>,
    /// The end of the last object that is whole.
    covered: usize,
    /// An object goes on after the line.
    within_cut: bool,
    /// There is nothing more to find.
    done: bool,
    /// Nothing has been handed out yet: the headers of the line belong to the first.
    first: bool,
    /// What is no event by itself and stands after all that are, in order.
    waiting: VecDeque<(Role, Logged<'a>)>,
}

impl<'a> Finder<'a> {
    fn new(line: &'a [u8], strings: usize) -> Finder<'a> {
        Finder {
            line,
            at: 0,
            strings,
            budget: line.len().saturating_mul(BUDGET),
            within_broken: false,
            rest: None,
            covered: 0,
            within_cut: false,
            done: false,
            first: true,
            waiting: VecDeque::new(),
        }
    }

    /// What the object at `span` is a part of, if it is the best of a line and not whole.
    fn missing(&mut self, span: Span, top: bool) -> Option<Missing> {
        let start = span.start;
        let line = self.line;
        match () {
            // What is closed behind another may have been opened before that.
            () if !self.first || self.strings < STRINGS => None,
            () if top && start < *self.rest.get_or_insert_with(|| rest_end(line, span)) => {
                Some(Missing::Beginning)
            }
            () if self.within_cut => Some(Missing::End),
            () => None,
        }
    }

    /// The best of what is left, without its headers.
    fn best(&mut self) -> Option<Logged<'a>> {
        let start = self.at;
        while let Some((role, logged)) = self.object() {
            if role == Role::Wire {
                self.waiting.clear();
                self.budget += (self.at - start).saturating_mul(BUDGET);
                return Some(logged);
            }
            self.waiting.push_back((role, logged));
        }
        if !std::mem::replace(&mut self.done, true) {
            self.at = self.line.len();
            // The best of them, and then what follows the last of those.
            let best = self.waiting.iter().map(|(role, _)| *role).max()?;
            let last = self.waiting.iter().rposition(|(role, _)| *role == best)?;
            let mut place = 0..;
            self.waiting.retain(|(role, _)| place.next().is_some_and(|place| place > last || *role == best));
        }
        Some(self.waiting.pop_front()?.1)
    }

    /// The next object that looks like something.
    fn object(&mut self) -> Option<(Role, Logged<'a>)> {
        while let Some(next) = memchr::memchr(b'{', &self.line[self.at..]) {
            took(next + 1);
            let at = self.at + next;
            let Object { mut text, end, walked, torn } = object(self.line, at);
            self.budget = self.budget.checked_sub(walked)?;
            self.within_broken |= text.is_none() && begins_document(&self.line[at..]);
            let top = at >= self.covered;
            match text {
                Some(_) => self.covered = self.covered.max(end),
                None => self.within_cut |= top && end == self.line.len() && has_key(&self.line[at..]),
            }
            let mut form = text.as_deref().map_or(Form::Other, classify);
            if let Some(Cow::Owned(unescaped)) = &text
                && form == Form::Other
                && self.strings > 0
            {
                // Half of what may be walked: of strings in strings in strings there may be many.
                self.budget = self.budget.saturating_sub(unescaped.len() * BUDGET / 2);
                if let Some(inner) = Finder::new(unescaped, self.strings - 1).best() {
                    (form, text) = (inner.form, Some(Cow::Owned(inner.text.into_owned())));
                }
            }
            // A part of a document that is cut, its header say, is easily taken for what an SDK makes of one.
            let role = form.role();
            let told = role == Role::Wire || role > Role::Unknown && !self.within_broken;
            if let Some(text) = text.filter(|_| told) {
                self.at = end;
                let missing = if torn { Some(Missing::Beginning) } else { self.missing(at..end, top) };
                return Some((
                    role,
                    Logged { span: at..end, text, form, headers: Headers::default(), missing },
                ));
            }
            // Nothing, or an object that may hold the event.
            self.at = at + 1;
        }
        None
    }
}

impl<'a> Iterator for Finder<'a> {
    type Item = Logged<'a>;

    fn next(&mut self) -> Option<Logged<'a>> {
        let mut logged = self.best()?;
        match std::mem::take(&mut self.first) {
            true => {
                logged.headers = headers(self.line, &logged.span);
                // What ends before it on its line was begun before that.
                let before = &self.line[..logged.span.start];
                logged.missing = logged.missing.or(is_rest(before).then_some(Missing::Beginning));
            }
            false => logged.missing = None,
        }
        Some(logged)
    }
}

/// Whether the object at the start of `text` has a key, so that its brace is none of prose.
fn has_key(text: &[u8]) -> bool {
    text[1..].trim_ascii_start().starts_with(b"\"")
}

/// Up to where a line is the rest of a document that was begun before it: the last bracket that closes what the line
/// does not open, `object` being the first object that is whole in it. 0 where there is none.
fn rest_end(line: &[u8], object: Span) -> usize {
    took(line.len());
    let kind = |byte: &u8| usize::from(matches!(byte, b'[' | b']'));
    // How many braces and how many brackets are open.
    let mut open = [0usize; 2];
    for byte in &line[..object.start] {
        match byte {
            b'{' | b'[' => open[kind(byte)] += 1,
            b'}' | b']' => open[kind(byte)] = open[kind(byte)].saturating_sub(1),
            _ => {}
        }
    }
    let (mut end, mut string, mut escape) = (0, false, false);
    for (at, byte) in line.iter().enumerate().skip(object.end) {
        match byte {
            _ if std::mem::take(&mut escape) => {}
            b'\\' => escape = true,
            b'"' => string = !string,
            b'{' | b'[' if !string => open[kind(byte)] += 1,
            b'}' | b']' if !string => match open[kind(byte)].checked_sub(1) {
                Some(less) => open[kind(byte)] = less,
                None => end = at,
            },
            _ => {}
        }
    }
    end
}

/// What stands at the `{` at `at`.
struct Object<'a> {
    /// The object, if it is whole.
    text: Option<Cow<'a, [u8]>>,
    end: usize,
    walked: usize,
    /// In the string in which it stands, the rest of something that was begun before it follows.
    torn: bool,
}

fn object(line: &[u8], at: usize) -> Object<'_> {
    let mut cursor = Cursor::new(line, at);
    // `"{\"schema\":…}"`: in a string of a structured log. A string is read from its quote on; the brace stands in for it.
    let mut looked = 0;
    let mut torn = false;
    let text = if line[at..].starts_with(b"{\\\"") {
        cursor.string_at_quote().ok().and_then(|token| {
            let inner = unescape(&line[at..token.end - 1]);
            let mut cursor = Cursor::new(inner.as_bytes(), 0);
            let object = cursor.value(0).ok()?;
            torn = is_rest(&inner.as_bytes()[object.end..]);
            Some(Cow::Owned(inner.as_bytes()[object.start..object.end].to_vec()))
        })
    } else {
        let mut rest = &line[at..];
        let found = literal(line, at, &mut rest);
        // What was looked at in vain counts too: a line of quotes that are escaped would take its square.
        looked = line.len() - rest.len() - at;
        if let Some(text) = found {
            return Object { text: Some(Cow::Owned(text)), end: at + looked - 1, walked: looked, torn };
        }
        cursor.value(0).ok().map(|object| Cow::Borrowed(&line[object.start..object.end]))
    };
    // Without the quote that ended the string.
    let end = cursor.at - usize::from(matches!(text, Some(Cow::Owned(_))));
    Object { text, end, walked: (cursor.at.saturating_sub(at) + looked).max(1), torn }
}

/// An object that is all of a string literal with `\xNN` escapes or doubled backslashes, `rest` being the line from it on
/// and then what has not been looked at:
/// `b'{"name":"\xe5\xbc\xa0"}'` as Python prints bytes, `'{"a":"\\n"}'` as it prints a text, `"{\x22a\x22:1}"` as nginx
/// writes what it logs.
fn literal(line: &[u8], at: usize, rest: &mut &[u8]) -> Option<Vec<u8>> {
    let quote = match line[..at].last()? {
        b'\'' => "'",
        b'"' => "\"",
        _ => return None,
    };
    let mut bytes = Vec::new();
    quoted::read(rest, &[quote], Escapes::Bytes, &mut bytes)?;
    // An escape is longer than what it stands for.
    let escaped = at + bytes.len() + quote.len() + rest.len() < line.len();
    let whole = tree::is_json(&bytes) && std::str::from_utf8(&bytes).is_ok();
    (escaped && whole).then_some(bytes)
}

/// The headers that stand beside `span`: `map[X-Lark-Signature:[abc]]`, `{X-Lark-Signature=[abc]}`,
/// `{'X-Lark-Signature': 'abc'}`.
fn headers<'a>(line: &'a [u8], span: &Span) -> Headers<'a> {
    let mut headers = Headers::default();
    for beside in [&line[..span.start], &line[span.end..]] {
        let lower = beside.to_ascii_lowercase();
        for name in NAMES {
            took(beside.len());
            let Some(start) = memchr::memmem::find(&lower, name.to_ascii_lowercase().as_bytes()) else {
                continue;
            };
            let rest = &beside[start + name.len()..];
            let skip = rest.iter().take_while(|byte| b" :=\"'[\\".contains(byte)).count();
            let value = &rest[skip..];
            let length = value
                .iter()
                .take_while(|byte| byte.is_ascii_graphic() && !b"\"',;]})\\".contains(byte))
                .count();
            if skip > 0 && length > 0 {
                headers.push(name, String::from_utf8_lossy(&value[..length]));
            }
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EVENT: &str = r#"{"schema":"2.0","header":{"event_id":"1"},"event":{"type":0,"comment":"} {"}}"#;
    const SEALED: &str = r#"{"encrypt":"AA/A+A=="}"#;

    #[track_caller]
    fn found(line: &str) -> (String, Form, Vec<(String, String)>) {
        let logged = find(line.as_bytes()).next().unwrap_or_else(|| panic!("nothing in {line}"));
        let headers =
            logged.headers.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        (String::from_utf8(logged.text.into_owned()).unwrap(), logged.form, headers)
    }

    #[test]
    fn sdk_logs_give_the_body_and_the_headers_beside_it() {
        let go = "2026/01/02 03:04:05 [Debug] [event request: header:map[Content-Type:[application/json] \
                  X-Lark-Request-Nonce:[n] X-Lark-Request-Timestamp:[1] X-Lark-Signature:[abc]],body:";
        let java = "12:00:00.000 [main] INFO com.lark - event req,header:{X-Lark-Request-Nonce=[n], \
                    X-Lark-Request-Timestamp=[1], X-Lark-Signature=[abc]},body:";
        let python = "[Lark] [2026-01-02] [DEBUG] event access, uri: /e, headers: {'X-Lark-Request-Nonce': 'n', \
                      'x-lark-request-timestamp': '1', 'X-Lark-Signature': 'abc'}, body: ";
        for (prefix, suffix) in [(go, "]"), (java, ""), (python, " [conn_id=7123]")] {
            let (text, form, mut headers) = found(&format!("{prefix}{SEALED}{suffix}\n"));
            headers.sort();
            assert_eq!((&*text, form), (SEALED, Form::Encrypted), "{prefix}");
            let values: Vec<_> = headers.iter().map(|(_, value)| &**value).collect();
            assert_eq!(values, ["n", "1", "abc"], "{prefix}");
        }
        for prefix in [
            "DEBUG plain Event: ",
            "receive message, message_type: event, message_id: 1, trace_id: 2, payload: ",
            "[lark] event body=",
            "[lark] event decrypted, body=",
            "[{\"a\":1}] {\"code\":0} {x} {'y': {}} ",
            "{\"level\":\"info\",\"ctx\":{\"deep\":",
            "cut {\\\"a\\\": ",
        ] {
            let (text, form, headers) = found(&format!("{prefix}{EVENT} [conn_id=1]"));
            assert_eq!((&*text, form, headers.len()), (EVENT, Form::EventV2, 0), "{prefix}");
        }
    }

    #[test]
    fn strings_in_strings_are_opened() {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let mut line = EVENT.to_owned();
        for strings in 0..6 {
            line = format!(r#"{{"MessageId":"1","Message":{}}}"#, quoted(&line));
            let found = find(format!("queue: {line}").as_bytes()).next().map(|logged| logged.form);
            assert_eq!(found, (strings <= STRINGS).then_some(Form::EventV2), "{strings}");
        }
    }

    #[test]
    fn the_first_of_what_looks_alike_is_taken() {
        let (first, second) = (r#"{"check_time":"1","user_id":"a"}"#, r#"{"check_time":"2","user_id":"b"}"#);
        assert_eq!(found(&format!("{first} {second} {{\"msg\":\"success\"}}")).0, first);
    }

    #[test]
    fn what_follows_comes_in_the_order_of_the_line() {
        let bare = r#"{"check_time":"1","user_id":"a"}"#;
        let reply = r#"{"msg":"success"}"#;
        let forms = |line: &str| find(line.as_bytes()).map(|logged| logged.form).collect::<Vec<_>>();
        assert_eq!(
            forms(&format!("{bare} {EVENT} {reply} {bare} {EVENT} {reply} {bare} {bare} {reply}")),
            [Form::EventV2, Form::EventV2, Form::BareBody, Form::BareBody, Form::SdkReply]
        );
        assert_eq!(forms(&format!("{reply} {reply}")), [Form::SdkReply, Form::SdkReply]);
    }

    #[test]
    fn a_header_without_a_value_is_none() {
        for beside in ["X-Lark-Signatures of old", "X-Lark-Signature: []", "X-Lark-Signature"] {
            assert_eq!(found(&format!("{beside} {EVENT}")).2, [], "{beside}");
        }
    }

    #[test]
    fn a_body_in_a_string_of_a_structured_log_is_unescaped() {
        let quoted = serde_json::to_string(EVENT).unwrap();
        for line in [
            format!("time=1 level=INFO msg=recv body={quoted} id=2"),
            format!(
                r#"{{"level":"info","msg":{}}}"#,
                serde_json::to_string(&format!("body: {EVENT} end")).unwrap()
            ),
        ] {
            let (text, form, _) = found(&line);
            assert_eq!((&*text, form), (EVENT, Form::EventV2), "{line}");
        }
    }

    #[test]
    fn what_is_missing_around_an_object_is_known() {
        let flat = r#"{"event_id":"1","event_type":"im.x_v1","app_id":"a"}"#;
        for (line, missing) in [
            (EVENT.to_owned(), None),
            (format!("[req: map[a:[b]],body:{EVENT}] [conn_id=1]"), None),
            (format!("events: [{EVENT},{EVENT}]"), None),
            (format!(r#"{{"level":"info","ctx":{{"deep":{EVENT}}}}}"#), None),
            (format!(r#"{{"list":[{flat},{flat}]}}"#), None),
            (format!("body={{{EVENT}}}"), None),
            (format!("{{x {EVENT}"), None),
            (format!("got {EVENT} \"oops }}"), None),
            (format!(r#"ma":"2.0","header":{flat},"event":{{"comment":"]"}}}}"#), Some(Missing::Beginning)),
            (format!(r#""header":{flat}}}"#), Some(Missing::Beginning)),
            (format!(r#"rs":{{}},"body":{EVENT}}}"#), Some(Missing::Beginning)),
            (format!("\"x\"}},{EVENT},{EVENT}]"), Some(Missing::Beginning)),
            (format!(r#"INFO {{"level":"info","ctx":{EVENT},"#), Some(Missing::End)),
        ] {
            assert_eq!(find(line.as_bytes()).next().map(|found| found.missing), Some(missing), "{line}");
        }
    }

    #[test]
    fn an_event_beats_a_reply_and_nothing_is_nothing() {
        let (text, ..) = found(&format!(r#"answer {{"msg":"success"}} to {EVENT}"#));
        assert_eq!(text, EVENT);
        assert_eq!(found(r#"answer {"msg":"success"}"#).1, Form::SdkReply);
        for line in ["", "no json", "{", "{}", "{\"a\":1}", "{\\\"", "{\\\"a", "map[{ {\"schema\":"] {
            assert_eq!(find(line.as_bytes()).next(), None, "{line}");
        }
    }

    #[test]
    fn brackets_that_never_close_are_given_up() {
        for line in ["{\"a\":".repeat(50_000), "{".repeat(300_000), "{\\\"".repeat(100_000)] {
            assert_eq!(find(line.as_bytes()).next(), None);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        #[test]
        fn an_event_is_found_behind_any_prefix(prefix in "[^{]{0,30}", suffix: String) {
            let line = format!("{prefix}{EVENT}{suffix}");
            let logged = find(line.as_bytes()).next().unwrap();
            prop_assert_eq!((&*logged.text, logged.span.start), (EVENT.as_bytes(), prefix.len()));
        }

        #[test]
        fn any_line_is_answered(line: Vec<u8>, tokens in prop::collection::vec("[{}\"\\\\:a,]", 0..60)) {
            let _ = find(&line).count();
            let _ = find(tokens.concat().as_bytes()).count();
        }
    }
}
