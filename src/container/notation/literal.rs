//! JSON out of notations that say the same: Python's dicts, Node's object dumps, JSON with comments, nginx's escapes.
//! Only where nothing is lost; what cannot be said in JSON, or was left out of the dump, makes it `None`.

use crate::json::{Cursor, MAX_DEPTH, write_escaped};
use crate::steps::took;

use super::quoted::{self, Escapes, WIDE_QUOTES};

/// Why there is no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRelaxed {
    /// It is in no notation that says the same, or not all of it was understood.
    NotUnderstood,
    /// It would be more than there is room for: what JSON escapes takes up to six times as much.
    TooLarge,
}

/// Makes JSON, of at most about so many bytes, of a text; lines are kept where they are.
pub type Convert = fn(&str, usize) -> Result<String, NotRelaxed>;

/// The JSON of a text in the notation of Python, Node or JSON with comments: one document or several.
///
/// # Errors
///
/// Unless all of it was understood, and nothing of it is lost.
pub fn relax(text: &str, most: usize) -> Result<String, NotRelaxed> {
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { rest, out: Vec::with_capacity(text.len() + text.len() / 8), most };
    match reader.documents() {
        None if reader.out.len() > most => Err(NotRelaxed::TooLarge),
        understood => understood.and_then(|()| as_json(reader.out)).ok_or(NotRelaxed::NotUnderstood),
    }
}

/// The JSON of a text in nginx's default escaping: `\xNN` is a byte, and it leaves no other backslash. It gets shorter.
///
/// # Errors
///
/// Unless that is JSON.
pub fn unescape_nginx(text: &str, _most: usize) -> Result<String, NotRelaxed> {
    without_hex(text).and_then(as_json).ok_or(NotRelaxed::NotUnderstood)
}

/// The bytes, if they are JSON documents.
fn as_json(out: Vec<u8>) -> Option<String> {
    let mut cursor = Cursor::new(&out, 0);
    while cursor.space().is_some() {
        cursor.value(0).ok()?;
    }
    String::from_utf8(out).ok()
}

fn without_hex(text: &str) -> Option<Vec<u8>> {
    let mut parts = text.split("\\x").map(str::as_bytes);
    let mut out = parts.next()?.to_vec();
    for mut part in parts {
        out.push(u8::try_from(quoted::number(&mut part, 2)?).ok()?);
        out.extend_from_slice(part);
    }
    Some(out)
}

/// Whether a member goes into the output.
#[derive(PartialEq)]
enum Keep {
    Yes,
    No,
}

struct Reader<'t> {
    rest: &'t str,
    out: Vec<u8>,
    /// More than this is not made.
    most: usize,
}

impl<'t> Reader<'t> {
    fn documents(&mut self) -> Option<()> {
        self.space()?;
        while !self.rest.is_empty() {
            self.value(0)?;
            self.space()?;
        }
        Some(())
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest.strip_prefix(token);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    /// Steps over white space, of which JSON's is kept, and comments, of which the line feeds are. `None` for a comment
    /// without an end.
    fn space(&mut self) -> Option<()> {
        loop {
            let after = self.rest.trim_start();
            took(self.rest.len() - after.len());
            let space = &self.rest.as_bytes()[..self.rest.len() - after.len()];
            self.out.extend(space.iter().filter(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')));
            self.rest = after;
            if self.rest.starts_with("//") {
                self.rest = &self.rest[self.rest.find('\n').unwrap_or(self.rest.len())..];
            } else if self.eat("/*") {
                self.leave_out("*/")?;
            } else {
                return Some(());
            }
        }
    }

    /// Steps behind `end`. `None` where it is missing.
    fn leave_out(&mut self, end: &str) -> Option<()> {
        let (text, rest) = self.rest.split_once(end)?;
        self.keep_lines(text);
        self.rest = rest;
        Some(())
    }

    /// What is left out of `text` leaves its line feeds, so that what follows stands on its line.
    fn keep_lines(&mut self, text: &str) {
        self.out.extend(text.bytes().filter(|&byte| byte == b'\n'));
    }

    fn value(&mut self, depth: usize) -> Option<Keep> {
        if self.eat("[Object: null prototype]") {
            self.space()?;
        }
        match self.rest.chars().next()? {
            '{' if depth < MAX_DEPTH => self.container('}', depth)?,
            '[' if depth < MAX_DEPTH => self.container(']', depth)?,
            '"' | '\'' | '`' | '“' | '”' => self.strings()?,
            '-' | '0'..='9' => {
                let number = self.take(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
                self.out.extend_from_slice(number.as_bytes());
            }
            _ => {
                let word = match self.word() {
                    "True" | "true" => "true",
                    "False" | "false" => "false",
                    "None" | "null" => "null",
                    // JSON has no such value, and leaves its member out.
                    "undefined" => return Some(Keep::No),
                    _ => return None,
                };
                self.out.extend_from_slice(word.as_bytes());
            }
        }
        Some(Keep::Yes)
    }

    fn word(&mut self) -> &'t str {
        self.take(|c| c.is_alphanumeric() || c == '_' || c == '$')
    }

    /// Takes what stands there of such characters.
    fn take(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        let after = self.rest.trim_start_matches(belongs);
        let (taken, rest) = self.rest.split_at(self.rest.len() - after.len());
        self.rest = rest;
        taken
    }

    fn container(&mut self, close: char, depth: usize) -> Option<()> {
        self.out.push(self.rest.as_bytes()[0]);
        self.rest = &self.rest[1..];
        // Where the last comma was written: it goes again if nothing follows it.
        let mut comma = None;
        loop {
            self.space()?;
            if self.rest.starts_with(close) {
                self.rest = &self.rest[1..];
                if let Some(comma) = comma {
                    self.out.remove(comma);
                }
                self.out.push(close as u8);
                return Some(());
            }
            let start = self.out.len();
            let keep = if close == '}' { self.member(depth + 1)? } else { self.value(depth + 1)? };
            if keep == Keep::No {
                // An item of a list cannot be left out: the others would move.
                if close == ']' {
                    return None;
                }
                let lines = memchr::memchr_iter(b'\n', &self.out[start..]).count();
                self.out.truncate(start);
                self.out.resize(start + lines, b'\n');
            }
            self.space()?;
            let more = self.eat(",") || self.eat("，");
            if !more && !self.rest.starts_with(close) {
                return None;
            }
            if keep == Keep::Yes {
                comma = more.then_some(self.out.len());
                self.out.extend_from_slice(if more { b"," } else { b"" });
            }
        }
    }

    fn member(&mut self, depth: usize) -> Option<Keep> {
        let mut keep = Keep::Yes;
        match self.rest.chars().next()? {
            '"' | '\'' | '`' | '“' | '”' => self.strings()?,
            // What a program hung onto the event for itself.
            '[' if self.eat("[Symbol(") => {
                self.leave_out(")]")?;
                keep = Keep::No;
            }
            _ => {
                let word = self.word();
                if word.is_empty() {
                    return None;
                }
                write_escaped(word, &mut self.out);
            }
        }
        self.space()?;
        if !self.eat(":") && !self.eat("：") {
            return None;
        }
        self.out.push(b':');
        self.space()?;
        let value = self.value(depth)?;
        Some(if keep == Keep::Yes { value } else { keep })
    }

    /// A string, or several: Node breaks a long one at its line ends and puts `+` between, Python nothing.
    fn strings(&mut self) -> Option<()> {
        let written = self.rest;
        let mut text = Vec::new();
        loop {
            self.string(&mut text)?;
            let after = self.rest.trim_start();
            match after.strip_prefix('+').map(str::trim_start) {
                Some(next) if next.starts_with(['\'', '"', '`']) => self.rest = next,
                _ => break,
            }
        }
        write_escaped(str::from_utf8(&text).ok()?, &mut self.out);
        self.keep_lines(&written[..written.len() - self.rest.len()]);
        (self.out.len() <= self.most).then_some(())
    }

    fn string(&mut self, text: &mut Vec<u8>) -> Option<()> {
        let (open, inside) = self.rest.split_at(self.rest.chars().next()?.len_utf8());
        let closing = if WIDE_QUOTES.contains(&open) { &WIDE_QUOTES[..] } else { &[open] };
        let mut rest = inside.as_bytes();
        quoted::read(&mut rest, closing, Escapes::Characters, text)?;
        let (written, rest) = inside.split_at(inside.len() - rest.len());
        self.rest = rest;
        // A line end within a string is none of these notations, but a quote that was forgotten.
        (open == "`" || !written.contains(['\n', '\r'])).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// What becomes of `text` if it is known for a notation that loses nothing.
    fn relax(text: &str) -> Option<String> {
        crate::container::notation::notation(text.as_bytes())?.convert()?(text, usize::MAX).ok()
    }

    #[test]
    fn no_more_is_made_than_there_is_room_for() {
        let text = format!("{{'a': '{}'}}", "\u{1}".repeat(100));
        assert_eq!(super::relax(&text, 500), Err(NotRelaxed::TooLarge));
        assert_eq!(super::relax(&text, 700).map(|json| json.len()), Ok(609));
        assert_eq!(super::relax("{'a': b}", 700), Err(NotRelaxed::NotUnderstood));
    }

    #[track_caller]
    fn value(text: &str) -> Value {
        let json = relax(text).unwrap_or_else(|| panic!("not understood: {text}"));
        assert_eq!(json.lines().count(), text.lines().count(), "lines moved: {json}");
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn python_dicts() {
        for (text, want) in [
            (
                "{'a': True, 'b': None, 'c': [False, 1.50, -2], 'd': {}}",
                json!({"a":true,"b":null,"c":[false,1.5,-2],"d":{}}),
            ),
            (
                "{'a': \"it's\", 'b': 'say \"hi\"', 'c': 'both \\' \"'}",
                json!({"a":"it's","b":"say \"hi\"","c":"both ' \""}),
            ),
            (
                r"{'a': '\n\t\\ \x1b \u3000 \U0001f600', 'b': '浙江'}",
                json!({"a":"\n\t\\ \u{1b} \u{3000} 😀","b":"浙江"}),
            ),
            (r"{'a': '\r\b\f\v\a\0\/\'\`'}", json!({"a":"\r\u{8}\u{c}\u{b}\u{7}\0/'`"})),
            ("{'a':\u{3000}1}", json!({"a":1})),
            (r#"{'encrypt': 'AA/A+=='}"#, json!({"encrypt":"AA/A+=="})),
        ] {
            assert_eq!(value(text), want, "{text}");
        }
    }

    #[test]
    fn node_dumps() {
        for (text, want) in [
            (
                "{\n  schema: '2.0',\n  event: { is_wifi: true, 'a-b': [ 1, 2 ] }\n}",
                json!({"schema":"2.0","event":{"is_wifi":true,"a-b":[1,2]}}),
            ),
            ("{ encrypt: '20Hz', [Symbol(unparsedBody)]: '{}' }", json!({"encrypt":"20Hz"})),
            ("{ [Symbol(x)]: 1, a: undefined, b: null, c: undefined }", json!({"b":null})),
            ("{ a: `it's \"x\"`, b: [] }", json!({"a":"it's \"x\"","b":[]})),
            ("[Object: null prototype] { a: 1 }", json!({"a":1})),
        ] {
            // A prefix of that kind is not what a document begins with; within one it is.
            let text = if text.starts_with("[O") { format!("{{ a: {text} }}") } else { text.to_owned() };
            let want = if text.contains("null prototype") { json!({"a": want}) } else { want };
            assert_eq!(value(&text), want, "{text}");
        }
        let lines = relax("{ a: `one\ntwo` }").unwrap();
        assert_eq!(serde_json::from_str::<Value>(&lines).unwrap(), json!({"a":"one\ntwo"}));
        let joined = relax("{ a: 'one\\n' +\n    'two' }").unwrap();
        assert_eq!(serde_json::from_str::<Value>(&joined).unwrap(), json!({"a":"one\ntwo"}));
    }

    #[test]
    fn blanks_that_are_not_ascii_do_not_take_the_line_feeds_after_them() {
        for blank in ["\u{b}", "\u{c}", "\u{85}", "\u{a0}", "\u{2028}", "\u{3000}"] {
            let text = format!("//\n{blank}\n{{'a':\n{blank}\n1,{blank}\n\n'b': 2}}{blank}\n");
            assert_eq!(value(&text), json!({"a":1,"b":2}), "{text:?}");
        }
    }

    #[test]
    fn what_is_left_out_or_joined_leaves_its_line_feeds() {
        for (text, want) in [
            ("{ a: `one\ntwo`,\n b: 1 }", json!({"a":"one\ntwo","b":1})),
            ("{ a: 'one' +\n    'two',\n b: 1 }", json!({"a":"onetwo","b":1})),
            ("{ a:\n  undefined, [Symbol(x\n)]: {\n c: 1 },\n b: 1 }", json!({"b":1})),
        ] {
            assert_eq!(value(text), want, "{text}");
        }
    }

    #[test]
    fn documentation_examples() {
        for (text, want) in [
            (
                "{\n  \"schema\": \"2.0\", // 事件格式, \"版本\"\n  \"n\": 10000// 单位\n}",
                json!({"schema":"2.0","n":10000}),
            ),
            ("{\"a\": [1, 2,], /* x\n */ \"url\": \"http://x//y\",}", json!({"a":[1,2],"url":"http://x//y"})),
            ("{\"a\": 1，“b”：“2，”}", json!({"a":1,"b":"2，"})),
            ("// above\n{\"a\": \"\\ud83d\\ude00\\/\"}", json!({"a":"😀/"})),
        ] {
            assert_eq!(value(text), want, "{text}");
        }
    }

    #[test]
    fn nginx_bodies_come_back_byte_for_byte() {
        let text = r"{\x22a\x22:\x22\xE6\xB5\x99 \x5Cn\x22}";
        assert_eq!(relax(text).unwrap(), r#"{"a":"浙 \n"}"#);
        assert_eq!(relax(r"{\x22a\x22:\xZZ}"), None);
    }

    #[test]
    fn a_plus_sign_is_no_digit_of_an_escaped_byte() {
        assert_eq!(relax(r"{\x22a\x22:\x+a1}"), None);
        assert_eq!(relax(r"{\x22a\x22:\x201}").unwrap(), r#"{"a": 1}"#);
    }

    #[test]
    fn several_documents_stay_several() {
        let json = relax("{'a': 1}\n{'a': True}\n").unwrap();
        assert_eq!(json, "{\"a\": 1}\n{\"a\": true}\n");
    }

    #[test]
    fn what_would_lose_something_is_left_alone() {
        for text in [
            "{ a: 'x' + 1 }",
            "{ a: [Object] }",
            "{ a: [ 1, ... 3 more items ] }",
            "{ a: 'x'... 10 more characters }",
            "{ a: [ undefined ] }",
            "{'a': b'bytes'}",
            "{'a': (1, 2)}",
            "{'a': datetime.datetime(2021, 3, 10)}",
            "{ a: 10n }",
            "{ a: NaN }",
            "{ a: 012 }",
            "{'a': 1",
            "{'a': 'x\ny'}",
            "{'a': '\\ud83d'}",
            "{\"a\": 1",
            "{\"a\": 1}",
            "/* never ends {\"a\": 1}",
            "// c\n{\"a\": 1 /* never ends",
            "{'a' /* never ends",
            "{'a': /* never ends",
            "{'a': 1 /* never ends",
            "{'a': [Object: null prototype] /* never ends",
            "{ [Symbol(x: 1 }",
            "{'a': '\\ud83dx'}",
            "{'a': '\\udc00'}",
            "{'a': '\\ud83d\\u0041'}",
            "{'a': '\\U00110000'}",
            "{'a': '\\u12",
            "{'a': '\\xZZ'}",
            "{'a': '\\",
            "{'a': '\\q'}",
            r"{\x22a\x22:1\x2",
            "schema: '2.0'\n",
        ] {
            assert_eq!(relax(text), None, "{text}");
        }
        assert_eq!(relax(&("{'a': ".repeat(500) + "1" + &"}".repeat(500))), None);
        assert_eq!(relax(&format!("{{'a': {}1{}}}", "[".repeat(500), "]".repeat(500))), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

        #[test]
        fn any_text_is_answered_and_what_comes_out_is_json(tokens in prop::collection::vec(
            prop::sample::select(vec!["{", "}", "[", "]", "'a'", "\"b\"", ":", ",", "，", "True", "x", "//", "/*", "*/", "\n", " ", "1", "\\", "[Symbol(x)]", "undefined", "+", "“", "`", "\u{b}", "\u{3000}"]), 0..40),
            noise: String,
        ) {
            let _ = relax(&noise);
            let text = tokens.concat();
            if let Some(json) = relax(&text) {
                let lines = |text: &str| text.matches('\n').count();
                prop_assert_eq!(lines(&json), lines(&text), "{:?} {:?}", text, json);
                for value in serde_json::Deserializer::from_str(&json).into_iter::<Value>() {
                    prop_assert!(value.is_ok(), "{}", json);
                }
            }
        }
    }
}
