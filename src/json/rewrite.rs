//! JSON written again: the same members in the same order, numbers digit for digit, other white space and other escapes.
//! Goes by brackets and quotes alone, so it needs no grammar, and what is broken comes out as broken as it was.

use std::io::{self, Write};

use super::scan::{plain_end, space_end};
use super::text::{escaped_char, pieces};

/// Where white space goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spacing {
    /// Nowhere: `JSON.stringify`, Go, Jackson.
    Compact,
    /// After commas and colons: Python's `json.dumps`.
    Spaced,
    /// A line for each member, indented by this.
    Lines(&'static str),
}

/// How strings are escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escapes {
    /// As they stand.
    AsIs,
    /// What must be: `JSON.stringify`.
    Least,
    /// DEL and the C1 controls as well, which a terminal would obey.
    Controls,
    /// `<`, `>` and `&` as well: Go.
    Html,
    /// `/` and whatever is not ASCII: PHP.
    Php,
    /// Whatever is not ASCII: Python.
    Ascii,
}

/// How JSON is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub spacing: Spacing,
    pub escapes: Escapes,
    /// Brackets that are open around it: lines are indented by as many more.
    pub depth: usize,
    /// Bytes after which it is given up.
    pub most: usize,
}

impl Style {
    pub const fn new(spacing: Spacing, escapes: Escapes) -> Style {
        Style { spacing, escapes, depth: 0, most: usize::MAX }
    }
}

/// Appends JSON in a style. False where it is given up: then only the beginning is there.
pub(crate) fn rewrite(json: &[u8], style: Style, out: &mut Vec<u8>) -> bool {
    let Style { spacing, escapes, mut depth, most } = style;
    let line = |depth: usize, out: &mut Vec<u8>| {
        if let Spacing::Lines(indent) = spacing {
            out.push(b'\n');
            (0..depth).for_each(|_| out.extend_from_slice(indent.as_bytes()));
        }
    };
    let start = out.len();
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        if out.len() - start > most {
            return false;
        }
        at += 1;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'"' => {
                let Some(end) = string_end(json, at) else {
                    out.extend_from_slice(&json[at - 1..]);
                    return true;
                };
                push_string(&json[at - 1..end], escapes, out);
                at = end;
            }
            b'{' | b'[' => {
                out.push(byte);
                let next = space_end(json, at);
                if let Some(&close @ (b'}' | b']')) = json.get(next) {
                    // An empty pair stays together.
                    out.push(close);
                    at = next + 1;
                } else {
                    depth += 1;
                    line(depth, out);
                }
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                line(depth, out);
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                match spacing {
                    Spacing::Spaced => out.push(b' '),
                    Spacing::Compact | Spacing::Lines(_) => line(depth, out),
                }
            }
            b':' => out.extend_from_slice(if spacing == Spacing::Compact { b":" } else { b": " }),
            _ => out.push(byte),
        }
    }
    true
}

/// One past the quote that closes the string whose text begins at `at`; `None` where the string is cut.
fn string_end(json: &[u8], mut at: usize) -> Option<usize> {
    while let Some(found) = memchr::memchr2(b'"', b'\\', json.get(at..).unwrap_or_default()) {
        at += found;
        if json[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
    None
}

/// Appends JSON on one line, whatever it looked like, with nothing in it that drives a terminal by bytes below U+00A0.
pub(crate) fn compact(json: &[u8], out: &mut Vec<u8>) {
    rewrite(json, Style::new(Spacing::Compact, Escapes::Controls), out);
}

/// Appends a JSON string, given with its quotes.
pub(crate) fn push_string(raw: &[u8], escapes: Escapes, out: &mut Vec<u8>) {
    let as_it_stands = match escapes {
        Escapes::AsIs => true,
        Escapes::Least => memchr::memchr(b'\\', raw).is_none(),
        Escapes::Controls => memchr::memchr3(b'\\', 0x7f, C1, raw).is_none(),
        Escapes::Html | Escapes::Php | Escapes::Ascii => false,
    };
    if as_it_stands {
        return out.extend_from_slice(raw);
    }
    out.push(b'"');
    match escapes {
        Escapes::Least => _ = push_least(raw, 1, out),
        _ => {
            pieces(&raw[1..raw.len() - 1], |piece| escape(piece, escapes, out));
            out.push(b'"');
        }
    }
}

/// Appends the rest of a JSON string in [`Escapes::Least`], from byte `at` of its text on: one past the quote that closes
/// it. `None` where the string is cut.
pub(super) fn push_least(json: &[u8], mut at: usize, out: &mut Vec<u8>) -> Option<usize> {
    loop {
        let plain = plain_end(json, at);
        out.extend_from_slice(json.get(at..plain)?);
        at = plain;
        // One escape is followed by others as a rule.
        while json.get(at)? == &b'\\' {
            let (c, length) = escaped_char(&json[at..]);
            let mut bytes = [0; 4];
            match c.unwrap_or(char::REPLACEMENT_CHARACTER) {
                c @ ('\0'..' ' | '"' | '\\') => {
                    escape(c.encode_utf8(&mut bytes).as_bytes(), Escapes::Least, out);
                }
                c => out.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes()),
            }
            at += length;
        }
        match json[at] {
            b'"' => {
                out.push(b'"');
                return Some(at + 1);
            }
            control @ 0..0x20 => {
                escape(&[control], Escapes::Least, out);
                at += 1;
            }
            _ => {}
        }
    }
}

/// Appends text as a JSON string with quotes.
pub(crate) fn push_text(text: &[u8], escapes: Escapes, out: &mut Vec<u8>) {
    out.push(b'"');
    escape(text, escapes, out);
    out.push(b'"');
}

/// Appends `text` to `out` as a JSON string with quotes, escaping only what JSON demands.
pub fn write_escaped(text: &str, out: &mut Vec<u8>) {
    push_text(text.as_bytes(), Escapes::Least, out);
}

/// Appends text as it stands between quotes. Bytes that are not UTF-8 stay what they are.
fn escape(text: &[u8], escapes: Escapes, out: &mut Vec<u8>) {
    let mut copied = 0;
    for (at, &byte) in text.iter().enumerate() {
        let letter = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            0..0x20 => b'u',
            b'/' if escapes == Escapes::Php => byte,
            _ if escapes.more(&text[at..]) => b'u',
            _ => continue,
        };
        out.extend_from_slice(&text[copied..at]);
        copied = at + 1;
        if letter != b'u' {
            out.extend_from_slice(&[b'\\', letter]);
        } else if let Some(c) = first_char(&text[at..]) {
            copied = at + c.len_utf8();
            write_code_units(c, out).expect("memory can be written");
        } else {
            copied = at;
        }
    }
    out.extend_from_slice(&text[copied..]);
}

/// The byte with which a C1 control begins; so do the letters from U+00A0 to U+00BF.
pub(crate) const C1: u8 = 0xc2;

impl Escapes {
    /// Whether the character with which `rest` begins is escaped although JSON does not demand it.
    #[inline(always)]
    fn more(self, rest: &[u8]) -> bool {
        match self {
            Escapes::AsIs | Escapes::Least => false,
            Escapes::Controls => matches!(rest, [0x7f, ..] | [C1, 0x80..=0x9f, ..]),
            Escapes::Html => matches!(rest, [b'<' | b'>' | b'&', ..] | [0xe2, 0x80, 0xa8 | 0xa9, ..]),
            Escapes::Php | Escapes::Ascii => rest[0] >= C1,
        }
    }
}

fn first_char(rest: &[u8]) -> Option<char> {
    rest[..rest.len().min(4)].utf8_chunks().next()?.valid().chars().next()
}

/// Writes a character as `\uXXXX`, beyond U+FFFF as two of them.
pub(crate) fn write_code_units(c: char, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "{ \"a\" :[1 , {}, [ ]], \"b\\/<\":\"地\\u0041😀\", \"c\":-1.50e3,\n\"d\": {\"e\":null}}";

    fn written(text: &str, spacing: Spacing, escapes: Escapes) -> String {
        let mut out = Vec::new();
        assert!(rewrite(text.as_bytes(), Style::new(spacing, escapes), &mut out));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn layouts_are_those_of_other_programs() {
        assert_eq!(
            written(TEXT, Spacing::Compact, Escapes::Least),
            r#"{"a":[1,{},[]],"b/<":"地A😀","c":-1.50e3,"d":{"e":null}}"#
        );
        assert_eq!(
            written(TEXT, Spacing::Spaced, Escapes::Ascii),
            r#"{"a": [1, {}, []], "b/<": "\u5730A\ud83d\ude00", "c": -1.50e3, "d": {"e": null}}"#
        );
        assert_eq!(
            written(TEXT, Spacing::Compact, Escapes::Php),
            r#"{"a":[1,{},[]],"b\/<":"\u5730A\ud83d\ude00","c":-1.50e3,"d":{"e":null}}"#
        );
        assert_eq!(
            written(TEXT, Spacing::Compact, Escapes::Html),
            r#"{"a":[1,{},[]],"b/\u003c":"地A😀","c":-1.50e3,"d":{"e":null}}"#
        );
        assert_eq!(
            written(TEXT, Spacing::Lines("  "), Escapes::AsIs),
            "{\n  \"a\": [\n    1,\n    {},\n    []\n  ],\n  \"b\\/<\": \"地\\u0041😀\",\n  \"c\": -1.50e3,\n  \"d\": \
             {\n    \"e\": null\n  }\n}"
        );
    }

    #[test]
    fn indentation_is_that_of_serde_json() {
        let text = r#"{"a":[1,{"b":[]},"x"],"c":{}}"#;
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let lines = written(text, Spacing::Lines("  "), Escapes::AsIs);
        assert_eq!(lines, serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn white_space_goes_and_strings_stay() {
        let compacted = |json: &str| written(json, Spacing::Compact, Escapes::Controls);
        assert_eq!(
            compacted("{ \"a b\" :\r\n\t[ 1.50 , \"x\\n \\u6d59\" , { } , null ] }"),
            r#"{"a b":[1.50,"x\n 浙",{},null]}"#
        );
        assert_eq!(compacted(" -0.0 "), "-0.0");
    }

    #[test]
    fn strings_have_one_way_to_be_written() {
        for (json, written) in [
            (r#""""#, r#""""#),
            (r#""浙江 a/b""#, r#""浙江 a/b""#),
            (r#""\u6d59\u6c5f \/ \ud83d\ude00""#, r#""浙江 / 😀""#),
            (r#""\u0022\u005c\u000a\u0009\u0007\b\f\r""#, r#""\"\\\n\t\u0007\b\f\r""#),
            ("\"\u{7f}\u{9b}31m\u{b7}\u{a0}\"", "\"\\u007f\\u009b31m\u{b7}\u{a0}\""),
            (r#""\u007f\u009b\u0000""#, r#""\u007f\u009b\u0000""#),
            (r#""a\ud83d""#, "\"a\u{fffd}\""),
            ("\"\u{2028}\u{202e}\"", "\"\u{2028}\u{202e}\""),
        ] {
            let mut out = Vec::new();
            push_string(json.as_bytes(), Escapes::Controls, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), written);
        }
    }

    #[test]
    fn text_is_escaped_as_serde_json_does() {
        let text: String = (0..0x300).chain([0x2028, 0xfffd, 0x1f600]).filter_map(char::from_u32).collect();
        let mut out = Vec::new();
        write_escaped(&text, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(&text).unwrap());
    }

    #[test]
    fn what_is_cut_stays_cut_and_what_is_not_utf8_stays_so() {
        for escapes in
            [Escapes::AsIs, Escapes::Least, Escapes::Controls, Escapes::Html, Escapes::Php, Escapes::Ascii]
        {
            for text in [
                &br#"{"a":"b"#[..],
                br#"{"a":"b\"#,
                b"{",
                b"}}]",
                br#"{"a\"#,
                b"",
                b"\"\xc2\xff\xe4\xb8\"",
                b"\"",
            ] {
                let mut out = Vec::new();
                rewrite(text, Style::new(Spacing::Lines("\t"), escapes), &mut out);
                out.retain(|byte| !byte.is_ascii_whitespace());
                assert_eq!(out, text, "{escapes:?}");
            }
        }
    }
}
