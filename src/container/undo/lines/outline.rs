//! Where an object ends that is read piece by piece, with other text between the pieces. Nothing is read twice, and what
//! is open is kept in a few words, so an object over a million lines costs what it holds.

use crate::json::{MAX_DEPTH, plain_end};
use crate::steps::took;

/// What reading a piece came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fed {
    /// All of it was read, and the object goes on.
    Open,
    /// The object ends before this byte of the piece.
    Closed(usize),
    /// This byte of the piece cannot belong to it.
    Wrong(usize),
}

/// What a line end would stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// Between tokens, where it is white space.
    Space,
    /// In a number, in `true` or in an escape: nothing can have stood there.
    Word,
    /// In a key, where no blank can have stood.
    Key,
    /// In the text of a string.
    Text,
    /// In what is encrypted, which is base64 and has no blanks.
    Sealed,
}

/// The way through an object, a piece at a time.
pub(super) trait Outline: Default {
    /// Whether the notation is any but JSON.
    const LOOSE: bool;

    /// Whether `byte` begins an object.
    fn begins(byte: u8) -> bool;

    /// Reads a piece and appends to `out` what belongs to the object.
    fn feed(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Fed;

    /// What a line end would stand in here, if `next` came after it.
    fn within(&self, next: Option<u8>) -> Within;

    /// Whether blanks stand between tokens.
    fn is_spaced(&self) -> bool;
}

/// What may come next in JSON.
#[derive(Clone, Copy, Debug, Default)]
enum Next {
    #[default]
    Value,
    /// The first item of an array, or its end.
    Item,
    /// The first key of an object, or its end.
    Member,
    Key,
    Colon,
    /// A comma or the bracket that closes.
    More,
    Text,
    Escape,
    /// So many digits of `\u`.
    Unicode(u8),
    Number,
    /// The rest of `true`, `false` or `null`.
    Literal(&'static [u8]),
}

/// An object in JSON. Blanks that JSON does not know (U+00A0 and the like, as web pages and chats put them into what is
/// copied) are made spaces where they stand between tokens.
#[derive(Debug, Default)]
pub(super) struct Strict {
    next: Next,
    /// The string that is open is a key.
    key: bool,
    /// The brackets that are open: 1 for an object.
    open: u128,
    depth: usize,
    spaced: bool,
}

impl Strict {
    fn push(&mut self, object: bool) -> Option<bool> {
        self.open = self.open << 1 | u128::from(object);
        self.depth += 1;
        self.next = if object { Next::Member } else { Next::Item };
        (self.depth <= MAX_DEPTH).then_some(false)
    }

    fn pop(&mut self, object: bool) -> Option<bool> {
        let same = (self.open & 1 == 1) == object;
        self.open >>= 1;
        self.depth = self.depth.checked_sub(1)?;
        self.next = Next::More;
        same.then_some(self.depth == 0)
    }

    fn string(&mut self, key: bool) -> Option<bool> {
        self.key = key;
        self.next = Next::Text;
        Some(false)
    }

    fn go(&mut self, next: Next) -> Option<bool> {
        self.next = next;
        Some(false)
    }

    /// Steps over a byte: whether it closes the object, or `None` where it cannot stand.
    fn step(&mut self, byte: u8) -> Option<bool> {
        match (self.next, byte) {
            (Next::Text, b'"') if self.key => self.go(Next::Colon),
            (Next::Text, b'"') => self.go(Next::More),
            (Next::Text, b'\\') => self.go(Next::Escape),
            (Next::Text, byte) => (byte >= b' ').then_some(false),
            (Next::Escape, b'u') => self.go(Next::Unicode(4)),
            (Next::Escape, byte) => {
                self.next = Next::Text;
                b"\"\\/bfnrt".contains(&byte).then_some(false)
            }
            (Next::Unicode(left), byte) => {
                self.next = if left > 1 { Next::Unicode(left - 1) } else { Next::Text };
                byte.is_ascii_hexdigit().then_some(false)
            }
            (Next::Number, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-') => Some(false),
            (Next::Number, byte) => {
                self.next = Next::More;
                self.step(byte)
            }
            (Next::Literal([], ..), byte) => {
                self.next = Next::More;
                self.step(byte)
            }
            (Next::Literal([first, rest @ ..]), byte) => {
                self.next = Next::Literal(rest);
                (*first == byte).then_some(false)
            }
            (_, b'\t' | b'\r' | b'\n') => Some(false),
            (_, b' ') => {
                self.spaced = true;
                Some(false)
            }
            (Next::Member | Next::Key, b'"') => self.string(true),
            (Next::Colon, b':') => self.go(Next::Value),
            (Next::More, b',') if self.open & 1 == 1 => self.go(Next::Key),
            (Next::More, b',') => self.go(Next::Value),
            (Next::More | Next::Member, b'}') => self.pop(true),
            (Next::More | Next::Item, b']') => self.pop(false),
            (Next::Value | Next::Item, byte) => match byte {
                b'{' => self.push(true),
                b'[' => self.push(false),
                b'"' => self.string(false),
                b'0'..=b'9' | b'-' => self.go(Next::Number),
                b't' => self.go(Next::Literal(b"rue")),
                b'f' => self.go(Next::Literal(b"alse")),
                b'n' => self.go(Next::Literal(b"ull")),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Outline for Strict {
    const LOOSE: bool = false;

    fn begins(byte: u8) -> bool {
        byte == b'{'
    }

    fn feed(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Fed {
        let (mut at, mut kept) = (0, 0);
        let fed = loop {
            if let Next::Text = self.next {
                at = plain_end(piece, at);
            }
            let Some(&byte) = piece.get(at) else { break Fed::Open };
            let in_string = matches!(self.next, Next::Text | Next::Escape | Next::Unicode(_));
            let (byte, length) = match blank(&piece[at..]) {
                Some(length) if !in_string => {
                    out.extend_from_slice(&piece[kept..at]);
                    out.push(b' ');
                    kept = at + length;
                    (b' ', length)
                }
                _ => (byte, 1),
            };
            let Some(closed) = self.step(byte) else { break Fed::Wrong(at) };
            at += length;
            if closed {
                break Fed::Closed(at);
            }
        };
        out.extend_from_slice(&piece[kept..at.max(kept)]);
        took(at);
        fed
    }

    fn within(&self, next: Option<u8>) -> Within {
        let goes_on = |known: fn(&u8) -> bool| next.as_ref().is_some_and(known);
        match self.next {
            Next::Text if !self.key => Within::Text,
            Next::Text => Within::Key,
            Next::Escape | Next::Unicode(_) => Within::Word,
            Next::Literal([_, ..]) => Within::Word,
            Next::Number if goes_on(|byte| byte.is_ascii_digit() || b".eE+-".contains(byte)) => Within::Word,
            _ => Within::Space,
        }
    }

    fn is_spaced(&self) -> bool {
        self.spaced
    }
}

/// How many bytes a blank has that stands at the start of `text` and is none to JSON.
pub(super) fn blank(text: &[u8]) -> Option<usize> {
    match text {
        [0xc2, 0xa0, ..] => Some(2),
        // U+2000 to U+200B, U+202F, U+3000, U+FEFF
        [0xe2, 0x80, 0x80..=0x8b | 0xaf, ..] | [0xe3, 0x80, 0x80, ..] | [0xef, 0xbb, 0xbf, ..] => Some(3),
        _ => None,
    }
}

/// An object in some other notation: brackets outside quotes. Quotes end with their line.
#[derive(Debug, Default)]
pub(super) struct Loose {
    depth: usize,
}

impl Loose {
    /// Whether a bracket is open.
    pub fn is_open(&self) -> bool {
        self.depth > 0
    }
}

impl Outline for Loose {
    const LOOSE: bool = true;

    fn begins(byte: u8) -> bool {
        b"{[(".contains(&byte)
    }

    fn feed(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Fed {
        let (mut at, mut quote) = (0, None);
        let fed = loop {
            let Some(&byte) = piece.get(at) else { break Fed::Open };
            at += 1;
            match byte {
                b'\\' if quote.is_some() => at = piece.len().min(at + 1),
                b'"' | b'\'' | b'`' if quote.is_none() => quote = Some(byte),
                _ if quote == Some(byte) => quote = None,
                b'{' | b'[' | b'(' if quote.is_none() => self.depth += 1,
                b'}' | b']' | b')' if quote.is_none() => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        break Fed::Closed(at);
                    }
                }
                _ => {}
            }
        };
        out.extend_from_slice(&piece[..at]);
        took(at);
        fed
    }

    fn within(&self, _: Option<u8>) -> Within {
        Within::Space
    }

    fn is_spaced(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fed(outline: &mut impl Outline, piece: &str) -> (Fed, String) {
        let mut out = Vec::new();
        let fed = outline.feed(piece.as_bytes(), &mut out);
        (fed, String::from_utf8(out).unwrap())
    }

    #[test]
    fn an_object_ends_with_its_bracket_and_not_within_a_string() {
        for (text, want) in [
            (r#"{"a":"}\"}","b":[{},[],-1.5e3,true,null]} x"#, Fed::Closed(41)),
            ("{}}", Fed::Closed(2)),
            (r#"{"a":tru}"#, Fed::Wrong(8)),
            (r#"{"a" "b"}"#, Fed::Wrong(5)),
            (r#"{"a":1,}"#, Fed::Wrong(7)),
            (r#"{"a":[1}"#, Fed::Wrong(7)),
            (r#"{"a":"\x"}"#, Fed::Wrong(7)),
            (r#"{"a":"\u00g0"}"#, Fed::Wrong(10)),
            ("{\"a\":\"\n\"}", Fed::Wrong(6)),
            ("{schema: 1}", Fed::Wrong(1)),
            (r#"{"a":{"#, Fed::Open),
        ] {
            assert_eq!(fed(&mut Strict::default(), text).0, want, "{text}");
        }
        assert_eq!(fed(&mut Strict::default(), &"[".repeat(MAX_DEPTH)).0, Fed::Open);
        assert_eq!(fed(&mut Strict::default(), &"[".repeat(MAX_DEPTH + 1)).0, Fed::Wrong(MAX_DEPTH));
    }

    #[test]
    fn blanks_that_json_does_not_know_become_spaces_only_between_tokens() {
        let text = "{\u{a0}\"a\u{a0}b\":\u{3000}\"\u{2003}\",\u{feff}\"c\":\u{a0}1\u{202f}}";
        let (fed, out) = fed(&mut Strict::default(), text);
        assert_eq!((fed, &*out), (Fed::Closed(text.len()), "{ \"a\u{a0}b\": \"\u{2003}\", \"c\": 1 }"));
    }

    #[test]
    fn what_a_line_end_stands_in_is_known() {
        for (text, next, want) in [
            (r#"{"a"#, b'b', Within::Key),
            (r#"{"a":"b"#, b'c', Within::Text),
            (r#"{"a":"b\"#, b'n', Within::Word),
            (r#"{"a":"b\u12"#, b'0', Within::Word),
            (r#"{"a":1"#, b'2', Within::Word),
            (r#"{"a":1"#, b',', Within::Space),
            (r#"{"a":tr"#, b'u', Within::Word),
            (r#"{"a":true"#, b'}', Within::Space),
            (r#"{"a":"#, b'"', Within::Space),
        ] {
            let mut outline = Strict::default();
            assert_eq!(fed(&mut outline, text).0, Fed::Open);
            assert_eq!(outline.within(Some(next)), want, "{text}");
        }
    }

    #[test]
    fn brackets_of_other_notations_count_outside_quotes() {
        let mut outline = Loose::default();
        for (line, want) in [
            ("{ schema: '2.0}',", Fed::Open),
            ("  text: 'it\\'s }',  // it's", Fed::Open),
            ("  list: [ (1) ],", Fed::Open),
            ("} rest", Fed::Closed(1)),
        ] {
            assert_eq!(fed(&mut outline, line).0, want, "{line}");
        }
    }

    proptest! {
        #[test]
        fn pieces_read_like_the_whole(text in "[{}\\[\\]\",:a1\\\\ \u{a0}tn.-]{0,40}", cut in 0usize..40) {
            let cut = (0..=cut.min(text.len())).rev().find(|cut| text.is_char_boundary(*cut)).unwrap_or(0);
            let mut outline = Strict::default();
            let whole = fed(&mut Strict::default(), &text);
            let (first, mut out) = fed(&mut outline, &text[..cut]);
            let both = match first {
                Fed::Open => {
                    let (second, rest) = fed(&mut outline, &text[cut..]);
                    out.push_str(&rest);
                    match second {
                        Fed::Open => Fed::Open,
                        Fed::Closed(at) => Fed::Closed(cut + at),
                        Fed::Wrong(at) => Fed::Wrong(cut + at),
                    }
                }
                other => other,
            };
            prop_assert_eq!((both, out), whole);
        }

        #[test]
        fn a_value_that_serde_reads_is_whole(text in "\\{[{}\\[\\]\",:a1\\\\ tn]{0,30}") {
            if serde_json::from_str::<serde_json::Value>(&text).is_ok() {
                let end = Fed::Closed(text.trim_end().len());
                prop_assert_eq!(fed(&mut Strict::default(), &text).0, end);
            }
        }
    }
}
