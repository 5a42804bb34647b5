//! Rows as JSON objects, for NDJSON and for one array.
//!
//! Every row has every key; what is absent is `null`. Strings are written in one way only, so equal texts are equal
//! bytes: escaped is what JSON demands, and beyond that DEL and the C1 controls, which a terminal would obey and
//! a parser reads as the same text. `/` and letters that came as `\uXXXX` are written plainly; half a surrogate pair
//! is U+FFFD, as most parsers refuse it.

use wide::u8x16;

use crate::json::pieces;

use super::cells::{Cell, Style};
use super::copy16::{copy, copy_unless};
use super::nested::compact;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Json {
    /// What stands before a row.
    pub open: &'static [u8],
    /// What stands after it.
    pub close: &'static [u8],
}

impl Style for Json {
    fn key(&self, name: &str, first: bool) -> Vec<u8> {
        let mut key = vec![if first { b'{' } else { b',' }];
        self.text(name.as_bytes(), &mut key);
        key.push(b':');
        key
    }

    #[inline(always)]
    fn open(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.open);
    }

    #[inline(always)]
    fn before(&self, cell: &Cell, out: &mut Vec<u8>) {
        cell.key.push(out);
    }

    #[inline(always)]
    fn after(&self, _: &mut Vec<u8>) {}

    #[inline(always)]
    fn close(&self, _: usize, out: &mut Vec<u8>) {
        out.push(b'}');
        out.extend_from_slice(self.close);
    }

    #[inline(always)]
    fn string(&self, text: &[u8], start: usize, end: usize, escaped: bool, out: &mut Vec<u8>) {
        push_string(text, start, end, escaped, out);
    }

    #[inline(always)]
    fn plain(&self, text: &[u8], start: usize, end: usize, out: &mut Vec<u8>) {
        copy(text, start, end, out);
    }

    #[inline(always)]
    fn nothing(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"null");
    }

    fn nested(&self, json: &[u8], _: &mut Vec<u8>, out: &mut Vec<u8>) {
        compact(json, out);
    }

    fn scalars(&self, json: &[u8], _: &mut Vec<u8>, out: &mut Vec<u8>) {
        compact(json, out);
    }

    #[inline(always)]
    fn moment(&self, write: impl FnOnce(&mut Vec<u8>) -> bool, out: &mut Vec<u8>) {
        out.push(b'"');
        if write(out) {
            out.push(b'"');
        } else {
            out.pop();
            self.nothing(out);
        }
    }

    fn text(&self, text: &[u8], out: &mut Vec<u8>) {
        out.push(b'"');
        escape(text, out);
        out.push(b'"');
    }
}

/// Appends the JSON string that stands in `text[start..end]` with its quotes.
#[inline(always)]
pub(crate) fn push_string(text: &[u8], start: usize, end: usize, escaped: bool, out: &mut Vec<u8>) {
    // DEL, and the byte with which a C1 control begins; so do the letters from U+00A0 to U+00BF.
    let hidden =
        |block: u8x16| (block.simd_eq(u8x16::splat(0x7f)) | block.simd_eq(u8x16::splat(0xc2))).to_bitmask();
    if escaped || !copy_unless(text, start, end, out, hidden) {
        rewritten(&text[start + 1..end - 1], out);
    }
}

#[inline(never)]
fn rewritten(body: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    pieces(body, |piece| escape(piece, out));
    out.push(b'"');
}

fn escape(text: &[u8], out: &mut Vec<u8>) {
    let mut copied = 0;
    for (at, &byte) in text.iter().enumerate() {
        let letter = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            0..0x20 | 0x7f => b'u',
            0xc2 if matches!(text.get(at + 1), Some(0x80..=0x9f)) => b'u',
            _ => continue,
        };
        out.extend_from_slice(&text[copied..at]);
        out.extend_from_slice(&[b'\\', letter]);
        copied = at + 1;
        if letter == b'u' {
            let mut unit = byte;
            if byte == 0xc2 {
                unit = text[at + 1];
                copied += 1;
            }
            let hex = |digit: u8| b"0123456789abcdef"[usize::from(digit)];
            out.extend_from_slice(&[b'0', b'0', hex(unit >> 4), hex(unit & 15)]);
        }
    }
    out.extend_from_slice(&text[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;

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
            push_string(json.as_bytes(), 0, json.len(), json.contains('\\'), &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), written);
        }
    }
}
