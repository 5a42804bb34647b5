//! A JSON document written again as other programs write it: same members, same order, other white space and escapes.
//! It serves the search for the reason of a wrong signature.

use crate::json::{Cursor, unescape, write_escaped};

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

impl Spacing {
    pub(crate) const ALL: [Spacing; 5] = [
        Spacing::Compact,
        Spacing::Spaced,
        Spacing::Lines("  "),
        Spacing::Lines("    "),
        Spacing::Lines("\t"),
    ];
}

/// How strings are escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escapes {
    /// As they stand.
    AsIs,
    /// What must be: `JSON.stringify`.
    Least,
    /// `<`, `>` and `&` as well: Go.
    Html,
    /// `/` and whatever is not ASCII: PHP.
    Php,
    /// Whatever is not ASCII: Python.
    Ascii,
}

impl Escapes {
    pub(crate) const ALL: [Escapes; 5] =
        [Escapes::AsIs, Escapes::Least, Escapes::Html, Escapes::Php, Escapes::Ascii];

    /// Whether these escapes may write `text` differently than it stands: most bodies have nothing to escape, and
    /// trying the same bytes again is all that a search costs.
    pub(crate) fn may_change(self, text: &[u8]) -> bool {
        let any = |set: &[u8]| text.iter().any(|byte| set.contains(byte));
        match self {
            Escapes::AsIs => true,
            Escapes::Least => any(b"\\"),
            Escapes::Html => any(b"\\<>&\xe2"),
            Escapes::Php => any(b"\\/") || !text.is_ascii(),
            Escapes::Ascii => any(b"\\") || !text.is_ascii(),
        }
    }
}

/// How large a text gets at most by being written again: lists in lists of one byte each get a line each, indented by
/// how deep they are. A body that is worth comparing does not.
fn most(length: usize) -> usize {
    4 * length + (64 << 10)
}

/// More bytes than a body that is worth comparing has.
const LARGEST: usize = 16 << 20;

/// `text` written again, or `None` if it is not JSON, or larger than anything that the platform sends.
pub(crate) fn reformat(text: &[u8], spacing: Spacing, escapes: Escapes) -> Option<Vec<u8>> {
    if text.len() > LARGEST {
        return None;
    }
    let mut whole = Cursor::new(text, 0);
    whole.value(0).ok()?;
    if whole.space().is_some() {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() * 2);
    let mut depth = 0;
    let mut cursor = Cursor::new(text, 0);
    // The grammar is known to be right, so bytes outside strings say all: brackets, commas, colons, scalars.
    while let Some(byte) = cursor.space() {
        let start = cursor.at;
        if out.len() > most(text.len()) {
            return None;
        }
        match byte {
            b'"' => {
                let token = cursor.string().ok()?;
                write_string(&text[token.start..token.end], escapes, &mut out);
                continue;
            }
            b'{' | b'[' => {
                out.push(byte);
                cursor.at += 1;
                // ASCII keeps a bracket and its partner two apart; an empty pair stays together.
                if cursor.space() == Some(byte + 2) {
                    out.push(byte + 2);
                    cursor.at += 1;
                } else {
                    depth += 1;
                    line(spacing, depth, &mut out);
                }
                continue;
            }
            b'}' | b']' => {
                depth -= 1;
                line(spacing, depth, &mut out);
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                match spacing {
                    Spacing::Spaced => out.push(b' '),
                    spacing => line(spacing, depth, &mut out),
                }
            }
            b':' => out.extend_from_slice(if spacing == Spacing::Compact { b":" } else { b": " }),
            _ => out.push(byte),
        }
        cursor.at = start + 1;
    }
    Some(out)
}

fn line(spacing: Spacing, depth: usize, out: &mut Vec<u8>) {
    if let Spacing::Lines(indent) = spacing {
        out.push(b'\n');
        (0..depth).for_each(|_| out.extend_from_slice(indent.as_bytes()));
    }
}

fn write_string(raw: &[u8], escapes: Escapes, out: &mut Vec<u8>) {
    if escapes == Escapes::AsIs {
        return out.extend_from_slice(raw);
    }
    let mut least = Vec::new();
    write_escaped(&unescape(&raw[1..raw.len() - 1]), &mut least);
    for c in String::from_utf8_lossy(&least).chars() {
        let unicode = match escapes {
            Escapes::Html => matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'),
            Escapes::Php | Escapes::Ascii => !c.is_ascii(),
            Escapes::AsIs | Escapes::Least => false,
        };
        if unicode {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
            continue;
        }
        if c == '/' && escapes == Escapes::Php {
            out.push(b'\\');
        }
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "{ \"a\" :[1 , {}, [ ]], \"b\\/<\":\"地\\u0041😀\", \"c\":-1.50e3,\n\"d\": {\"e\":null}}";

    fn written(spacing: Spacing, escapes: Escapes) -> String {
        String::from_utf8(reformat(TEXT.as_bytes(), spacing, escapes).unwrap()).unwrap()
    }

    #[test]
    fn layouts_are_those_of_other_programs() {
        assert_eq!(
            written(Spacing::Compact, Escapes::Least),
            r#"{"a":[1,{},[]],"b/<":"地A😀","c":-1.50e3,"d":{"e":null}}"#
        );
        assert_eq!(
            written(Spacing::Spaced, Escapes::Ascii),
            r#"{"a": [1, {}, []], "b/<": "\u5730A\ud83d\ude00", "c": -1.50e3, "d": {"e": null}}"#
        );
        assert_eq!(
            written(Spacing::Compact, Escapes::Php),
            r#"{"a":[1,{},[]],"b\/<":"\u5730A\ud83d\ude00","c":-1.50e3,"d":{"e":null}}"#
        );
        assert_eq!(
            written(Spacing::Compact, Escapes::Html),
            r#"{"a":[1,{},[]],"b/\u003c":"地A😀","c":-1.50e3,"d":{"e":null}}"#
        );
        assert_eq!(
            written(Spacing::Lines("  "), Escapes::AsIs),
            "{\n  \"a\": [\n    1,\n    {},\n    []\n  ],\n  \"b\\/<\": \"地\\u0041😀\",\n  \"c\": -1.50e3,\n  \"d\": \
             {\n    \"e\": null\n  }\n}"
        );
    }

    #[test]
    fn indentation_is_that_of_serde_json() {
        let text = r#"{"a":[1,{"b":[]},"x"],"c":{}}"#;
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let lines = reformat(text.as_bytes(), Spacing::Lines("  "), Escapes::AsIs).unwrap();
        assert_eq!(String::from_utf8(lines).unwrap(), serde_json::to_string_pretty(&value).unwrap());
        for text in ["", "{", "{}x", "[1 2]", "'a'"] {
            assert_eq!(reformat(text.as_bytes(), Spacing::Compact, Escapes::AsIs), None);
        }
    }

    #[test]
    fn indentation_does_not_make_a_multiple_of_a_body() {
        let deep = format!("{}{}{}", "[".repeat(120), "0,".repeat(50_000) + "0", "]".repeat(120));
        assert_eq!(reformat(deep.as_bytes(), Spacing::Lines("    "), Escapes::AsIs), None);
        assert!(reformat(deep.as_bytes(), Spacing::Spaced, Escapes::AsIs).is_some());
    }

    #[test]
    fn escapes_that_are_not_tried_would_change_nothing() {
        for text in
            [TEXT, r#"{"a":"plain"}"#, r#"["/"]"#, "[\"地\"]", "[\"<\"]", "[\"\u{2028}\"]", r#"["\n"]"#]
        {
            let same = reformat(text.as_bytes(), Spacing::Compact, Escapes::AsIs);
            for escapes in Escapes::ALL {
                let other = reformat(text.as_bytes(), Spacing::Compact, escapes);
                assert!(escapes.may_change(text.as_bytes()) || other == same, "{escapes:?} of {text}");
            }
        }
    }
}
