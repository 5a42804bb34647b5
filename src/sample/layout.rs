//! How bodies stand together in a file: a line each or pretty-printed, in a row or in an array.

use crate::finding::Rule;
use crate::json::rewrite::{Escapes, Spacing, Style, rewrite};
use crate::rules::syntax;

/// A layout of bodies. The default is NDJSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Pretty-printed, with two spaces, instead of a line each.
    pub pretty: bool,
    /// In one array.
    pub array: bool,
}

impl Frame {
    /// Appends body number `number` (from 0) and what stands before it.
    pub fn body(self, number: u64, body: &[u8], out: &mut Vec<u8>) {
        if self.array {
            out.extend_from_slice(if number == 0 { b"[\n" } else { b",\n" });
        }
        match (self.pretty, self.array) {
            (false, _) => out.extend_from_slice(body),
            (true, false) => indent(body, 0, out),
            (true, true) => {
                out.extend_from_slice(b"  ");
                indent(body, 1, out);
            }
        }
        if !self.array {
            out.push(b'\n');
        }
    }

    /// Appends what stands after `count` bodies.
    pub fn end(self, count: u64, out: &mut Vec<u8>) {
        if self.array {
            out.extend_from_slice(if count == 0 { b"[]\n" } else { b"\n]\n" });
        }
    }

    /// Whether an event that breaks `rule` leaves the others as they are.
    pub fn holds(self, rule: &Rule) -> bool {
        // Nothing says where an item that was cut ends, so it takes the next one with it.
        !(self.array && *rule == syntax::TRUNCATED_DOCUMENT)
    }
}

/// Appends JSON with line ends and two spaces for each open bracket, `depth` of which are open around it.
fn indent(body: &[u8], depth: usize, out: &mut Vec<u8>) {
    let style = Style::new(Spacing::Lines("  "), Escapes::AsIs);
    rewrite(body, Style { depth, ..style }, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indented_as_the_official_example() {
        let text = include_str!("../../fixtures/attendance.user_flow.created_v1/official.json");
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        // serde_json sorts keys, which leaves the event as it is but for the two at its end.
        let pretty = |body: &str| {
            let mut out = Vec::new();
            indent(body.as_bytes(), 0, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(pretty(&value.to_string()), serde_json::to_string_pretty(&value).unwrap());
        let compact: String = text.lines().map(str::trim_start).collect();
        assert_eq!(pretty(&compact.replace("\": ", "\":")), text.trim_end());
    }

    #[test]
    fn frames() {
        for (pretty, array, text) in [
            (false, false, "{\"a\":1}\n{\"a\":1}\n"),
            (false, true, "[\n{\"a\":1},\n{\"a\":1}\n]\n"),
            (true, false, "{\n  \"a\": 1\n}\n{\n  \"a\": 1\n}\n"),
            (true, true, "[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 1\n  }\n]\n"),
        ] {
            let frame = Frame { pretty, array };
            let mut out = Vec::new();
            for number in 0..2 {
                frame.body(number, b"{\"a\":1}", &mut out);
            }
            frame.end(2, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), text);
        }
    }
}
