//! What var_dump of PHP prints: each text with its length in bytes, so that nothing has to be guessed.
//!
//! ```text
//! array(2) {
//!   ["schema"]=>
//!   string(3) "2.0"
//!   ["event"]=>
//!   object(stdClass)#1 (1) {
//!     ["type"]=>
//!     int(0)
//!   }
//! }
//! ```

use crate::container::resync::own_line;
use crate::json::{MAX_DEPTH, write_escaped};
use crate::origin::Step;
use crate::steps::took;

use super::numbers;
use super::{Loss, PHP};
use crate::container::undo::{Passage, Undone};

/// So many places are tried at which the dump may begin.
const TRIES: usize = 8;

/// Makes JSON of the dump around the trace.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, last, most, .. } = *passage;
    let mut from = 0;
    for _ in 0..TRIES {
        let mut places = from..text.len().min(at + 1);
        took(places.len());
        let Some(start) = places.find(|start| begins(&text[*start..])) else { break };
        let mut reader = Reader { text, at: start, out: Vec::new(), most, last };
        let end = match reader.value(0) {
            Ok(()) => reader.at,
            Err(Stop::Cut(end)) => start + text[start..end].trim_ascii_end().len(),
            Err(Stop::More) => return Undone::More,
            Err(Stop::TooLarge) => return Undone::TooLarge(start..reader.at.max(at + 1)),
            Err(Stop::Broken) if reader.at > at => {
                return Undone::Lost { span: start..reader.at, about: PHP.lost(Loss::Unknown) };
            }
            Err(Stop::Broken) => start,
        };
        if end > at {
            return Undone::Made {
                span: start..end,
                plain: reader.out,
                step: Step::Rewritten,
                about: Some(&PHP.read),
            };
        }
        from = end.max(start + 1);
    }
    Undone::No
}

/// Whether an array or an object begins here, with its first member or none.
fn begins(rest: &[u8]) -> bool {
    if !matches!(rest[0], b'a' | b'o') {
        return false;
    }
    let head = &rest[..rest.len().min(256)];
    let mut reader = Reader { text: head, at: 0, out: Vec::new(), most: 0, last: true };
    matches!(reader.opening(), Ok(Some(_)))
}

enum Stop {
    /// More of the text must be there.
    More,
    /// The dump is cut off here.
    Cut(usize),
    /// What stands here is no part of a dump.
    Broken,
    /// It would be more than there is room for.
    TooLarge,
}

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    out: Vec<u8>,
    most: usize,
    last: bool,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t [u8] {
        &self.text[self.at..]
    }

    fn eat(&mut self, token: &[u8]) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn ended(&self) -> Stop {
        if self.last { Stop::Cut(self.text.len()) } else { Stop::More }
    }

    /// What stands here is none of it. Where its line or the text ends with it, it is cut off.
    fn broken<T>(&self) -> Result<T, Stop> {
        let word = self.rest().iter().take(64).take_while(|byte| !byte.is_ascii_whitespace()).count();
        match self.rest().get(word) {
            None if word < 64 => Err(self.ended()),
            Some(b'\n' | b'\r') => Err(Stop::Cut(self.at)),
            _ => Err(Stop::Broken),
        }
    }

    fn expect(&mut self, token: &[u8]) -> Result<(), Stop> {
        if self.eat(token) { Ok(()) } else { self.broken() }
    }

    /// Steps over white space, of which the line feeds are kept. A line of its own ends what is open.
    fn space(&mut self) -> Result<(), Stop> {
        loop {
            took(1);
            match self.rest().first() {
                None => return Err(self.ended()),
                Some(b'\n') => {
                    match own_line(&self.rest()[1..], self.last) {
                        None => return Err(Stop::More),
                        Some((true, _)) => return Err(Stop::Cut(self.at)),
                        Some(_) => self.out.push(b'\n'),
                    }
                    self.at += 1;
                }
                Some(byte) if byte.is_ascii_whitespace() => self.at += 1,
                Some(_) => return Ok(()),
            }
        }
    }

    fn number(&mut self) -> Option<usize> {
        let length = self.rest().iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
        let number = str::from_utf8(&self.rest()[..length]).ok()?.parse().ok()?;
        self.at += length;
        Some(number)
    }

    /// Steps over what opens an array or an object, and says how many members it has.
    fn opening(&mut self) -> Result<Option<(usize, bool)>, Stop> {
        let start = self.at;
        let is_object = self.eat(b"object(");
        if is_object {
            let name = self.rest().iter().take(200).take_while(|byte| !b")\n".contains(byte)).count();
            self.at += name;
            if !self.eat(b")#") || self.number().is_none() || !self.eat(b" (") {
                self.at = start;
                return Ok(None);
            }
        } else if !self.eat(b"array(") {
            return Ok(None);
        }
        let count = self.number();
        match count.filter(|_| self.eat(b") {")) {
            Some(count) => Ok(Some((count, is_object))),
            None => {
                self.at = start;
                Ok(None)
            }
        }
    }

    fn value(&mut self, depth: usize) -> Result<(), Stop> {
        took(1);
        if depth >= MAX_DEPTH {
            return Err(Stop::Broken);
        }
        if let Some((count, is_object)) = self.opening()? {
            return self.members(count, is_object, depth);
        }
        if self.eat(b"string(") {
            let Some(length) = self.number() else { return self.broken() };
            self.expect(b") ")?;
            return self.string(length);
        }
        let words: [(&[u8], &[u8]); 3] =
            [(b"bool(true)", b"true"), (b"bool(false)", b"false"), (b"NULL", b"null")];
        if let Some((_, json)) = words.iter().find(|(word, _)| self.eat(word)) {
            self.out.extend_from_slice(json);
            return Ok(());
        }
        if !self.eat(b"int(") && !self.eat(b"float(") {
            return self.broken();
        }
        let length = self.rest().iter().take(400).take_while(|byte| !b")\n".contains(byte)).count();
        let digits = &self.rest()[..length];
        if !numbers::is_number(digits) {
            return self.broken();
        }
        self.at += length;
        numbers::write(digits, &mut self.out);
        self.expect(b")")
    }

    /// A text of so many bytes, whatever they are, in quotes.
    fn string(&mut self, length: usize) -> Result<(), Stop> {
        self.expect(b"\"")?;
        let Some(text) = self.rest().get(..length) else {
            return if self.last { self.cut_text(self.text.len()) } else { Err(Stop::More) };
        };
        if text.len() > self.most {
            return Err(Stop::TooLarge);
        }
        took(length);
        match self.rest().get(length) {
            Some(b'"') => {}
            None if !self.last => return Err(Stop::More),
            // It is not as long as it should be: it was cut off, and something else follows.
            _ => {
                let line = memchr::memchr(b'\n', text).map_or(length, |feed| feed);
                return self.cut_text(self.at + line);
            }
        }
        let Ok(text) = str::from_utf8(text) else { return Err(Stop::Broken) };
        write_escaped(text, &mut self.out);
        self.at += length + 1;
        if self.out.len() > self.most { Err(Stop::TooLarge) } else { Ok(()) }
    }

    fn cut_text(&mut self, end: usize) -> Result<(), Stop> {
        write_escaped(&String::from_utf8_lossy(&self.text[self.at..end]), &mut self.out);
        // What is cut off stays open.
        self.out.pop();
        Err(Stop::Cut(end))
    }

    fn members(&mut self, count: usize, is_object: bool, depth: usize) -> Result<(), Stop> {
        let opened = self.out.len();
        self.out.push(if is_object { b'{' } else { b'[' });
        let mut is_list = !is_object;
        let mut number = 0usize;
        loop {
            self.space()?;
            if self.eat(b"}") {
                break;
            }
            self.expect(b"[")?;
            if number > 0 {
                self.out.push(b',');
            }
            if self.rest().first() == Some(&b'"') {
                if number > 0 && is_list {
                    return Err(Stop::Broken);
                }
                is_list = false;
                self.out[opened] = b'{';
                self.key()?;
                self.out.push(b':');
            } else {
                // A list has its numbers in order.
                if self.number() != Some(number) || !is_list {
                    return self.broken();
                }
                self.expect(b"]=>")?;
            }
            number += 1;
            self.space()?;
            self.value(depth + 1)?;
            if self.out.len() > self.most {
                return Err(Stop::TooLarge);
            }
        }
        if number != count {
            return Err(Stop::Broken);
        }
        self.out.push(if is_list { b']' } else { b'}' });
        Ok(())
    }

    /// `"key"]=>`, `"key":protected]=>`, `"key":"Class":private]=>`
    fn key(&mut self) -> Result<(), Stop> {
        self.at += 1;
        let rest = self.rest();
        let line = memchr::memchr(b'\n', &rest[..rest.len().min(1024)]).unwrap_or(rest.len().min(1024));
        took(line);
        let Some(end) = memchr::memmem::find(&rest[..line], b"]=>") else {
            return if line == rest.len() { Err(self.ended()) } else { self.broken() };
        };
        let mut key = &rest[..end];
        if let Some(private) = key.strip_suffix(b":private") {
            let class =
                private.strip_suffix(b"\"").and_then(|private| memchr::memmem::rfind(private, b"\":\""));
            key = class.map_or(private, |class| &private[..class + 1]);
        }
        let key = key.strip_suffix(b":protected").unwrap_or(key);
        let Some(Ok(key)) = key.strip_suffix(b"\"").map(str::from_utf8) else { return self.broken() };
        write_escaped(key, &mut self.out);
        self.at += end + 3;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::testing;
    use super::*;

    /// A value as var_dump writes it.
    fn var_dump(value: &Value, indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        let member = |key: &str, value: &Value, out: &mut String| {
            out.push_str(&format!("{pad}  [{key}]=>\n{pad}  "));
            var_dump(value, indent + 2, out);
            out.push('\n');
        };
        match value {
            Value::Null => out.push_str("NULL"),
            Value::Bool(yes) => out.push_str(&format!("bool({yes})")),
            Value::Number(number) if number.is_f64() => out.push_str(&format!("float({number})")),
            Value::Number(number) => out.push_str(&format!("int({number})")),
            Value::String(text) => out.push_str(&format!("string({}) \"{text}\"", text.len())),
            Value::Array(items) => {
                out.push_str(&format!("array({}) {{\n", items.len()));
                items.iter().enumerate().for_each(|(at, item)| member(&at.to_string(), item, out));
                out.push_str(&format!("{pad}}}"));
            }
            Value::Object(members) => {
                out.push_str(&format!("array({}) {{\n", members.len()));
                members.iter().for_each(|(key, item)| member(&format!("\"{key}\""), item, out));
                out.push_str(&format!("{pad}}}"));
            }
        }
    }

    #[test]
    fn arrays_objects_and_all_kinds_of_values() {
        let text = "got array(3) {\n  [\"event_type\"]=>\n  string(9) \"a\"b\n \\}\u{e9}\"\n  [\"event\"]=>\n  object(stdClass)#12 (3) {\n    \
                    [\"n\"]=>\n    float(1.718155021456E+12)\n    [\"is\":protected]=>\n    bool(true)\n    [\"p\":\"Foo\":private]=>\n    NULL\n  }\n  \
                    [\"l\"]=>\n  array(2) {\n    [0]=>\n    int(-1)\n    [1]=>\n    array(0) {\n    }\n  }\n}\nrest";
        let want = json!({"event_type":"a\"b\n \\}\u{e9}","event":{"n":1_718_155_021_456_u64,"is":true,"p":null},"l":[-1,[]]});
        assert_eq!(testing::value(undo, text), want);
        let Undone::Made { span, .. } = testing::undone(undo, text) else { panic!() };
        assert_eq!(&text[span.end..], "\nrest");
    }

    #[test]
    fn what_is_cut_off_is_made_as_far_as_it_goes() {
        for (text, plain, rest) in [
            ("array(1) {\n  [\"event_type\"]=>\n  string(20) \"im.mess", "{\n\"event_type\":\n\"im.mess", ""),
            (
                "array(1) {\n  [\"event_type\"]=>\n  string(20) \"im.mess\nnext\nline and more",
                "{\n\"event_type\":\n\"im.mess",
                "\nnext\nline and more",
            ),
            (
                "array(2) {\n  [\"event_type\"]=>\n  int(1)\n2026-01-02 INFO x",
                "{\n\"event_type\":\n1",
                "\n2026-01-02 INFO x",
            ),
            ("array(2) {\n  [\"event_type\"]=>\n  int(1)\n  [\"ev", "{\n\"event_type\":\n1\n,", ""),
        ] {
            let Undone::Made { span, plain: made, .. } = testing::undone(undo, text) else {
                panic!("{text}")
            };
            assert_eq!(String::from_utf8(made).unwrap(), plain, "{text}");
            assert_eq!(&text[span.end..], rest, "{text}");
        }
    }

    #[test]
    fn a_dump_that_does_not_have_what_it_counts_is_not_read() {
        for text in [
            "array(2) {\n  [\"event_type\"]=>\n  int(1)\n}\n",
            "array(1) {\n  [\"event_type\"]=>\n  string(3) \"ab\" x\n}\n",
            "array(2) {\n  [\"event_type\"]=>\n  int(1)\n  [\"x\"]=>\n  resource(5) of type (stream)\n}\n",
            "array(2) {\n  [\"event_type\"]=>\n  int(1)\n  [5]=>\n  int(x)\n}\n",
        ] {
            match testing::undone(undo, text) {
                Undone::Lost { .. } => {}
                Undone::Made { plain, .. } => {
                    assert!(serde_json::from_slice::<Value>(&plain).is_err(), "{text}")
                }
                _ => panic!("{text}"),
            }
        }
        for text in ["event_type", "array(event_type)", "array (\n 'event_type' => 1)", "{\"event_type\":1}"]
        {
            assert!(matches!(testing::undone(undo, text), Undone::No), "{text}");
        }
    }

    #[test]
    fn the_time_is_linear_whatever_the_text_holds() {
        for unit in [
            "array(1) {",
            "[\"a\"]=>",
            "\n",
            " ",
            "string(5) \"",
            "int(1)",
            "}",
            "array(1) {\n[\"a\"]=>\n",
            "object(a)#1 (1) {",
        ] {
            let text = format!("array(1) {{\n[\"event_type\"]=>\n{}", unit.repeat(20_000 / unit.len()));
            let looked_at = crate::steps::of(|| drop(testing::undone(undo, &text)));
            assert!(looked_at < 40 * text.len() as u64, "{unit}: {looked_at}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn values_come_back(event in testing::event()) {
            let mut text = "2026-01-02 INFO ".to_owned();
            var_dump(&event, 0, &mut text);
            prop_assert_eq!(testing::value(undo, &text), event, "{}", text);
        }

        #[test]
        fn any_text_is_answered(noise: Vec<u8>, tokens in prop::collection::vec(prop::sample::select(vec![
            "array(1) {", "[\"a\"]=>", "[0]=>", "\n", " ", "string(3) \"", "abc\"", "int(1)", "float(", ")", "}", "NULL", "object(a)#1 (1) {", ":private]=>", "é",
        ]), 0..30), last: bool) {
            let text = format!("array(1) {{[\"event_type\"]=>{}", tokens.concat());
            for text in [&noise[..], text.as_bytes()] {
                let _ = undo(&Passage { text, at: text.len() / 2, broken: None, last, most: 1000 });
            }
        }
    }
}
