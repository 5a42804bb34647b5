//! One level of escapes taken off a text, as nearly all languages write them: `\"` `\\` `\n` `\xe5\xbc\xa0` `\345`
//! `\u5f20` `\ud83d\ude00` `\U0001f600` `\u{1f600}`. A backslash before anything else stays: what it says depends on
//! the language, and JSON does not allow it either, so that it is found there.

use crate::container::resync::own_line;
use crate::json::{Cursor, Fault};
use crate::steps::took;

use super::quotes::{Depth, begins_behind, goes_on, goes_on_quoted};
use super::reading::{End, Made, Reading};

/// Which escapes there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// All; the numbers `\xNN` are bytes.
    Bytes,
    /// All; the numbers `\xNN` are characters.
    Characters,
    /// Between `"` of a shell only `\"`, `\\`, `\$`, a grave accent and the end of the line are escaped.
    Shell,
}

/// Takes off one level.
#[derive(Clone, Debug)]
pub(super) struct Unescape<'t> {
    text: &'t [u8],
    made: Made,
    dialect: Dialect,
    /// Each of these ends the text where it is not escaped.
    stops: &'static [u8],
    last: bool,
    depth: Depth,
    /// There was a number of a byte or character beyond ASCII.
    high: bool,
    /// One of those was none that Python writes for a character.
    bytes: bool,
    /// There was a `\u`.
    unicode: bool,
}

impl<'t> Unescape<'t> {
    /// Reads `text` from `at` on; nothing comes after the text if it is `last`.
    pub fn new(text: &'t [u8], at: usize, stops: &'static [u8], last: bool) -> Unescape<'t> {
        Unescape {
            text,
            made: Made::from(at),
            dialect: Dialect::Bytes,
            stops,
            last,
            depth: Depth::default(),
            high: false,
            bytes: false,
            unicode: false,
        }
    }

    /// The same from the beginning, in another dialect.
    fn again(&self, at: usize, dialect: Dialect) -> Unescape<'t> {
        Unescape { dialect, ..Unescape::new(self.text, at, self.stops, self.last) }
    }

    /// Reads to the end in the dialect that fits, or until more than `most` bytes are made. What Python calls bytes
    /// (`sure`) is nothing else.
    pub fn whole(mut self, most: usize, sure: bool) -> Unescape<'t> {
        let start = self.made.at;
        self.fill(most.saturating_add(1));
        if !sure && self.high && (self.unicode || !self.bytes) && !is_text(&self.made.out) {
            self = self.again(start, Dialect::Characters);
            self.fill(most.saturating_add(1));
        }
        if value(&self.made.out).is_err_and(|fault| fault == Fault::Control) {
            let mut shell = self.again(start, Dialect::Shell);
            shell.fill(most.saturating_add(1));
            if value(shell.out()).is_ok() {
                return shell;
            }
        }
        self
    }

    fn push(&mut self, byte: u8) {
        self.depth.push(byte);
        self.made.out.push(byte);
    }

    fn escape(&mut self) {
        let rest = &self.text[self.made.at..];
        let known = match (self.dialect, rest.get(1)) {
            (Dialect::Shell, Some(byte)) if !b"\\\"$`\r\n".contains(byte) => None,
            _ => escape(rest),
        };
        let Some((said, length)) = known else {
            self.push(b'\\');
            self.made.at += 1;
            return;
        };
        if matches!(said, Said::Nothing) {
            // The line goes on, unless it was cut behind a backslash.
            let next = &self.text[self.made.at + length..];
            match own_line(next, self.last) {
                Some((false, _)) if self.depth.is_between_strings() && !may_go_on(next) => {
                    self.made.end = Some(End::Line);
                }
                Some((false, _)) => self.made.at += length,
                Some((true, _)) => self.made.end = Some(End::Line),
                None => self.made.end = Some(End::Text),
            }
            return;
        }
        self.made.at += length;
        match said {
            Said::Nothing => {}
            Said::Sign(byte) => self.push(byte),
            Said::Number(byte) => {
                self.high |= byte >= 0x80;
                self.bytes |= byte > 0xa0 && byte != 0xad;
                match self.dialect {
                    Dialect::Characters => self.character(char::from(byte)),
                    _ => self.push(byte),
                }
            }
            Said::Character(character) => {
                self.unicode = true;
                self.character(character);
            }
        }
    }

    fn character(&mut self, character: char) {
        self.made.out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

impl Reading for Unescape<'_> {
    fn step(&mut self) {
        match self.text.get(self.made.at) {
            None => self.made.end = Some(End::Text),
            Some(b'\\') => self.escape(),
            // SQL and YAML write a quote twice within quotes of the same kind.
            Some(b'\'') if self.stops.contains(&b'\'') && self.text[self.made.at..].starts_with(b"''") => {
                self.made.out.push(b'\'');
                self.made.at += 2;
            }
            Some(byte) if self.stops.contains(byte) => self.made.end = Some(End::Stop),
            Some(b'\n') => match self.line_feed() {
                Some(true) => {
                    self.made.out.push(b'\n');
                    self.made.at += 1;
                }
                Some(false) => self.made.end = Some(End::Line),
                None => self.made.end = Some(End::Text),
            },
            Some(byte) => {
                self.push(*byte);
                self.made.at += 1;
            }
        }
    }

    fn made(&self) -> &Made {
        &self.made
    }

    fn into_made(self) -> Made {
        self.made
    }
}

impl Unescape<'_> {
    /// Whether the text goes on behind the line feed here.
    fn line_feed(&self) -> Option<bool> {
        // A document may begin on the line after the quote.
        if self.made.out.iter().all(u8::is_ascii_whitespace) {
            return begins_behind(self.text, self.made.at, self.last);
        }
        match self.depth.is_open() {
            true if self.stops.contains(&b'"') => goes_on_quoted(self.text, self.made.at, self.last),
            true => goes_on(self.text, self.made.at, self.last),
            false => Some(false),
        }
    }
}

/// Whether a document may go on with a line, outside its strings.
fn may_go_on(line: &[u8]) -> bool {
    let first = line.trim_ascii_start().first();
    took(line.len() - line.trim_ascii_start().len());
    first.is_none_or(|first| b"\"'\\{}[],:-0123456789tfn".contains(first))
}

/// Whether it is UTF-8; its last character may be cut.
fn is_text(bytes: &[u8]) -> bool {
    took(bytes.len());
    str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// Whether the first object in it is JSON.
fn value(bytes: &[u8]) -> Result<(), Fault> {
    let Some(start) = memchr::memchr(b'{', bytes) else { return Ok(()) };
    took(start);
    Cursor::new(bytes, start).value(0).map(drop).map_err(|error| error.fault)
}

/// What an escape stands for.
enum Said {
    Nothing,
    Sign(u8),
    Number(u8),
    Character(char),
}

/// What the escape at the start of `rest` stands for, and how long it is; `None` for an unknown one.
fn escape(rest: &[u8]) -> Option<(Said, usize)> {
    let sign = |byte| Some((Said::Sign(byte), 2));
    match *rest.get(1)? {
        byte @ (b'\\' | b'"' | b'\'' | b'/' | b'`' | b'$') => sign(byte),
        b'n' => sign(b'\n'),
        b'r' => sign(b'\r'),
        b't' => sign(b'\t'),
        b'b' => sign(0x08),
        b'f' => sign(0x0c),
        b'v' => sign(0x0b),
        b'a' => sign(0x07),
        // The line goes on.
        b'\n' => Some((Said::Nothing, 2)),
        b'\r' if rest.get(2) == Some(&b'\n') => Some((Said::Nothing, 3)),
        b'x' => Some((Said::Number(u8::try_from(digits(rest.get(2..4)?, 16)?).ok()?), 4)),
        b'0'..=b'3' => Some((Said::Number(u8::try_from(digits(rest.get(1..4)?, 8)?).ok()?), 4)),
        b'u' if rest.get(2) == Some(&b'{') => {
            let length = rest[3..].iter().take(7).position(|byte| *byte == b'}')?;
            let character = char::from_u32(digits(&rest[3..3 + length], 16)?)?;
            Some((Said::Character(character), length + 4))
        }
        b'u' => {
            let high = digits(rest.get(2..6)?, 16)?;
            if let Some(character) = char::from_u32(high) {
                return Some((Said::Character(character), 6));
            }
            // JSON, Java and JavaScript write a character beyond U+FFFF in two halves.
            let low = rest.get(6..).filter(|low| low.starts_with(b"\\u")).and_then(|low| low.get(2..6))?;
            let text = char::decode_utf16([high as u16, digits(low, 16)? as u16]).next()?.ok()?;
            Some((Said::Character(text), 12))
        }
        b'U' => Some((Said::Character(char::from_u32(digits(rest.get(2..10)?, 16)?)?), 10)),
        _ => None,
    }
}

fn digits(digits: &[u8], radix: u32) -> Option<u32> {
    let values = digits.iter().map(|digit| char::from(*digit).to_digit(radix));
    let number =
        values.clone().try_fold(0u32, |number, digit| number.checked_mul(radix)?.checked_add(digit?));
    number.filter(|_| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(text: &str) -> Vec<u8> {
        Unescape::new(text.as_bytes(), 0, b"", true).whole(1 << 20, false).take()
    }

    #[test]
    fn one_level_is_taken_off() {
        for (text, want) in [
            (r#"{\"a\":\"\\\"b\\\\\"}"#, r#"{"a":"\"b\\"}"#),
            (r"\xe5\xbc\xa0\345\274\240\u5f20\U00005f20\u{5f20}", "张张张张张"),
            (r"\xe5\xbc\xa0", "张"),
            (r"\345\274\240", "张"),
            (r"\u5f20\ud83d\ude00\u{1f600}\U0001f600", "张😀😀😀"),
            (r"a\'b\/c\`d\$", "a'b/c`d$"),
            (r"\d\%\e\q{\", r"\d\%\e\q{\"),
            (r"\ud83dx", r"\ud83dx"),
            (r"\u12\x1", r"\u12\x1"),
            (r"\u{}\u{110000}\x+1", r"\u{}\u{110000}\x+1"),
        ] {
            assert_eq!(String::from_utf8_lossy(&undone(text)), want, "{text}");
        }
    }

    #[test]
    fn numbers_are_bytes_unless_only_characters_make_a_text() {
        assert_eq!(undone(r"a\xa0b"), "a\u{a0}b".as_bytes());
        assert_eq!(undone(r"caf\xe9"), b"caf\xe9");
        assert_eq!(undone(r"caf\xe9 \u5f20"), "café 张".as_bytes());
        let sure = Unescape::new(br"a\xa0b", 0, b"", true).whole(100, true);
        assert_eq!(sure.out(), b"a\xa0b");
    }

    #[test]
    fn a_shell_leaves_the_escapes_of_json() {
        assert_eq!(undone(r#"{\"a\":\"b\nc\\nd\"}"#), br#"{"a":"b\nc\nd"}"#);
        assert_eq!(undone("{\\n\\\"a\\\": 1\\n}"), b"{\n\"a\": 1\n}");
    }
}
