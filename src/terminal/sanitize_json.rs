//! JSON that may be shown: what a terminal or a log would obey is written as `\uXXXX`. It is the same JSON for a
//! parser, so nothing is lost, unlike with the escapes of [`text`](super::sanitize).

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::json::rewrite::write_code_units;

use super::sanitize::is_hidden;

/// Appends a value as compact JSON in which every control and every invisible character is escaped.
pub fn push(value: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Safe)).map_err(io::Error::from)
}

/// Compact, as by default, but for fragments of strings. `serde_json` has escaped quotes, backslashes and C0 by then.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut copied = 0;
        // DEL is the only one in ASCII that is left.
        if !fragment.is_ascii() || fragment.contains('\x7f') {
            for (at, c) in fragment.char_indices().filter(|&(_, c)| is_hidden(c)) {
                out.write_all(&fragment.as_bytes()[copied..at])?;
                write_code_units(c, out)?;
                copied = at + c.len_utf8();
            }
        }
        out.write_all(&fragment.as_bytes()[copied..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_nothing_is_lost() {
        let text = "a\"\\\x1b\x7f\u{9b}\u{202e}\u{200b}\u{e0041}杭州 😀 e\u{301}\n";
        let mut out = Vec::new();
        push(&text, &mut out).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(
            json,
            r#""a\"\\\u001b\u007f\u009b\u202e\u200b\udb40\udc41杭州 😀 é\n""#.replace('é', "e\u{301}")
        );
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        assert!(!json.chars().any(is_hidden));
    }

    #[test]
    fn keys_are_strings_too() {
        let mut out = Vec::new();
        push(&std::collections::BTreeMap::from([("\u{202e}", [1, 2])]), &mut out).unwrap();
        assert_eq!(out, br#"{"\u202e":[1,2]}"#);
    }
}
