//! The record of a log, in JSON, that has an event in a string and nothing else of ours:
//! `{"level":"info","body":"{\"schema\":..`. Nearly every record with an event is like that, and what it is follows from its
//! keys: one look at it will do. Of any other record nothing is said here, and it is asked about all that others may be.

use crate::finding::Span;
use crate::json::{Cursor, Fault, SyntaxError, Token, TokenKind, plain_end, tree, unescape, unquote};

use super::json_request::{asks_more, is_told_by, looks_encoded, may_encode};
use super::request::SIGNATURE;
use super::{Headers, body, headers, trace};

/// A record with an event in a string.
#[derive(Debug)]
pub(crate) struct Record<'t> {
    /// Where it ends.
    pub end: usize,
    /// Where the string stands, with its quotes.
    pub string: Span,
    /// The headers of the request whose body the string is, where they are those of one that was signed.
    pub headers: Option<Headers<'t>>,
}

/// So deep brackets are gone into.
const DEPTH: usize = 4;

/// Records with more around the string are left to others.
const AROUND: usize = 4096;

/// The record that begins at `at`, where a brace stands. What its string says is put into `plain`.
pub(crate) fn read<'t>(text: &'t [u8], at: usize, plain: &mut Vec<u8>) -> Option<Record<'t>> {
    let mut look = Look::new(text, plain);
    let mut cursor = Cursor::new(text, at);
    look.object(&mut cursor, 0).ok()?;
    let end = cursor.at;
    let string = look.string.take()?;
    // With the quotes, at which what stands before them ends.
    let around = [&text[at..string.start + 1], &text[string.end - 1..end]];
    let any = |is: &dyn Fn(&[u8]) -> bool| around.iter().any(|text| is(text));
    let is_plain = |text: &[u8]| memchr::memchr2(b'\\', b'%', text).is_none() && !trace::shows(text);
    // Most keys of a body are those of its type.
    let is_body = look.keys < 2 || 4 * look.strange <= look.keys;
    if is_body || end - at - string.len() > AROUND || any(&|text| !is_plain(text)) {
        return None;
    }
    let signed = headers::is_in(&text[at..end]);
    match &look.headers {
        None if signed || look.asks => return None,
        Some(_) if look.told || look.tells_more() || any(&|text| may_encode(text)) => return None,
        _ => {}
    }
    trace::is_in(&text[string.clone()]).then_some(Record { end, string, headers: look.headers })
}

/// Whether of an object with this key more than its keys says what it is.
fn is_telling(key: &str) -> bool {
    matches!(
        key,
        "schema"
            | "header"
            | "event"
            | "uuid"
            | "type"
            | "challenge"
            | "encrypt"
            | "action"
            | "event_type"
            | "code"
            | "check_time"
            | "entries"
    )
}

/// What is seen of a record.
struct Look<'t, 'p> {
    text: &'t [u8],
    plain: &'p mut Vec<u8>,
    /// Where the one string stands that has escapes in it.
    string: Option<Span>,
    /// How many keys it has, and how many of them no body has.
    keys: usize,
    strange: usize,
    /// The other strings, and the numbers.
    scalars: Vec<(Token, Token)>,
    headers: Option<Headers<'t>>,
    /// A key may be that of a request without a signature.
    asks: bool,
    /// Beside headers there may be more of a request than a body at the top, or another body.
    told: bool,
}

type Result = std::result::Result<(), SyntaxError>;

/// A record of which nothing is said here.
const OTHER: Result = Err(SyntaxError { at: 0, fault: Fault::Value });

impl<'t, 'p> Look<'t, 'p> {
    fn new(text: &'t [u8], plain: &'p mut Vec<u8>) -> Look<'t, 'p> {
        let (string, headers, scalars) = (None, None, Vec::new());
        Look { text, plain, string, keys: 0, strange: 0, scalars, headers, asks: false, told: false }
    }

    fn object(&mut self, cursor: &mut Cursor<'t>, depth: usize) -> Result {
        let text = self.text;
        let first = self.scalars.len();
        let (mut named, mut plain) = (false, true);
        tree::visit_members(cursor, |cursor, key| {
            let name = match key.kind {
                TokenKind::String { escaped: false } => {
                    str::from_utf8(tree::body(text, key)).unwrap_or_default()
                }
                _ => return OTHER,
            };
            if is_telling(name) {
                return OTHER;
            }
            self.asks |= asks_more(name);
            named |= name.len() >= SIGNATURE.len() && headers::is_in(name.as_bytes());
            if depth == 0 {
                self.keys += 1;
                self.strange += usize::from(!body::may_have(name));
                self.told |= is_told_by(name);
            }
            match text.get(cursor.at) {
                Some(b'"') => self.string(cursor, key, depth),
                Some(b'{') if depth < DEPTH => {
                    plain = false;
                    self.object(cursor, depth + 1)
                }
                Some(b'{') => OTHER,
                other => {
                    (plain, self.told) = (plain && other != Some(&b'['), self.told || other == Some(&b'['));
                    let value = cursor.value(depth + 1)?;
                    if matches!(value.kind, TokenKind::Number { .. }) {
                        self.scalars.push((key, value));
                    }
                    Ok(())
                }
            }
        })?;
        if named {
            // Those that stand beside the body are told from other members by more than that.
            if depth == 0 || !plain || self.headers.is_some() {
                return OTHER;
            }
            self.headers = Some(self.read_headers(first));
        }
        Ok(())
    }

    fn string(&mut self, cursor: &mut Cursor<'t>, key: Token, depth: usize) -> Result {
        let (text, start) = (self.text, cursor.at);
        let end = plain_end(text, start + 1);
        if text.get(end) == Some(&b'"') {
            cursor.at = end + 1;
            let value = Token { kind: TokenKind::String { escaped: false }, start, end: end + 1 };
            self.scalars.push((key, value));
            return Ok(());
        }
        match unquote(text, start, self.plain) {
            Some(end) if self.string.is_none() => {
                (self.string, cursor.at) = (Some(start..end), end);
                self.told |= depth > 0;
                Ok(())
            }
            _ => OTHER,
        }
    }

    /// Whether a string may be a body, or hold headers.
    fn tells_more(&self) -> bool {
        let strings = self.scalars.iter().filter(|(_, value)| tree::is_string(*value));
        strings.map(|(_, value)| tree::body(self.text, *value)).any(|value| {
            looks_encoded(value)
                || headers::is_in(value)
                || memchr::memmem::find(value, b";base64,").is_some()
        })
    }

    /// The headers of which the scalars from `first` on are all, each name once.
    fn read_headers(&self, first: usize) -> Headers<'t> {
        let mut all = Headers::default();
        for (key, value) in &self.scalars[first..] {
            let value = tree::string(self.text, *value)
                .unwrap_or_else(|| String::from_utf8_lossy(&self.text[value.start..value.end]));
            all.push(unescape(tree::body(self.text, *key)), value);
        }
        let mut headers = Headers::default();
        headers.add_missing(all);
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str =
        r#"{\"schema\":\"2.0\",\"header\":{\"event_type\":\"a.b_v1\"},\"event\":{\"a\":\"\\\"\"}}"#;

    /// What of a record is read, with its headers.
    fn seen(record: &str) -> Option<(String, String)> {
        let text = record.replace('@', EVENT);
        let mut plain = Vec::new();
        let Record { end, string, headers } = read(text.as_bytes(), 0, &mut plain)?;
        assert_eq!((end, &text[string.clone()][..1]), (text.len(), "\""));
        let token = Cursor::new(text.as_bytes(), string.start).string().unwrap();
        assert_eq!(
            (token.end, &*plain),
            (string.end, tree::string(text.as_bytes(), token).unwrap().as_bytes())
        );
        let headers = headers.map(|headers| format!("{:?}", headers.iter().collect::<Vec<_>>()));
        Some((String::from_utf8(plain).unwrap(), headers.unwrap_or_default()))
    }

    #[test]
    fn the_string_of_a_record_is_found_wherever_it_stands() {
        let event = r#"{"schema":"2.0","header":{"event_type":"a.b_v1"},"event":{"a":"\""}}"#;
        for record in [
            r#"{"lvl":"info","ts":1.5,"logger":"x.go:1","thread":"a","body":"@"}"#,
            r#"{"lvl": 30, "logger": null, "log": {"name": "a", "inner": {"msg": "@"}}, "thread": 1, "tags": ["a", 1]}"#,
        ] {
            assert_eq!(seen(record), Some((event.to_owned(), String::new())), "{record}");
        }
        let words = r#"{"lvl":"info","logger":"x","msg":"got @ from\n\tthere"}"#;
        assert_eq!(seen(words).unwrap().0, format!("got {event} from\n\tthere"));
    }

    #[test]
    fn headers_of_a_signature_are_those_of_the_body() {
        let record = r#"{"lvl":30,"req":{"verb":"POST","headers":{"host":"h","X-Lark-Signature":"s","HOST":"i","n":1,"x":null}},"payload":"@","logger":"c","thread":true}"#;
        let headers = r#"[("host", "h"), ("X-Lark-Signature", "s"), ("n", "1")]"#;
        assert_eq!(seen(record).unwrap().1, headers);
    }

    #[test]
    fn of_what_may_be_more_nothing_is_said() {
        for record in [
            "@",
            r#"{"logger":"x","lvl":"y"}"#,
            r#"{"logger":"x","body":"@""#,
            // Another string with escapes, a key with one, one by number.
            r#"{"logger":"x","lvl":"y","body":"@","a":"\n"}"#,
            r#"{"c\taller":"x","lvl":"y","body":"@"}"#,
            r#"{"logger":"\u0061","lvl":"y","body":"@"}"#,
            // What may be something of the platform, or a request.
            r#"{"logger":"x","lvl":"y","body":"@","schema":"1"}"#,
            r#"{"logger":"x","lvl":"y","a":{"body":"@","event":1}}"#,
            r#"{"logger":"x","lvl":"y","body":"@","headers":{}}"#,
            r#"{"logger":"x","lvl":"y","rawBody":"@"}"#,
            r#"{"logger":"x","lvl":"y","body":"@","http_host":"a"}"#,
            // A trace, or something encoded, beside the string.
            r#"{"logger":"event_callback","lvl":"y","body":"@"}"#,
            r#"{"logger":"eyJzY2hlbWEiOiIyLjAi","lvl":"y","body":"@"}"#,
            r#"{"logger":"a%7Bb","lvl":"y","body":"@"}"#,
            // Headers of a signature somewhere else, twice, or with more of a request.
            r#"{"x-lark-signature":"s","lvl":"y","body":"@","logger":"x"}"#,
            r#"{"a":{"x-lark-signature":"s"},"b":{"x-lark-signature":"s"},"lvl":"y","body":"@","logger":"x"}"#,
            r#"{"a":{"x-lark-signature":["s"]},"lvl":"y","body":"@","logger":"x"}"#,
            r#"{"a":{"x-lark-signature":"s"},"url":"/","lvl":"y","body":"@","logger":"x"}"#,
            r#"{"a":{"x-lark-signature":"s"},"lvl":"y","b":{"body":"@"},"logger":"x"}"#,
            r#"{"a":{"x-lark-signature":"s"},"lvl":"x-lark-signature: t","body":"@","logger":"x"}"#,
            r#"{"lvl":"x-lark-signature: t","body":"@","logger":"x"}"#,
            // Most of its keys are those of a body.
            r#"{"employee_id":"x","bssid":"y","ssid":"@","latitude":1}"#,
        ] {
            assert_eq!(seen(record), None, "{record}");
        }
        let deep = format!(
            r#"{{"logger":1,"lvl":2,"a":{}"@"{}}}"#,
            r#"{"a":"#.repeat(DEPTH + 1),
            "}".repeat(DEPTH + 1)
        );
        assert_eq!(seen(&deep), None);
        let long = format!(r#"{{"logger":"{}","lvl":2,"body":"@"}}"#, "x ".repeat(AROUND / 2));
        assert_eq!(seen(&long), None);
    }
}
