//! Rows as JSON objects, for NDJSON and for one array.
//!
//! Every row has every key; what is absent is `null`. Strings are written in one way only, so equal texts are equal
//! bytes: escaped is what JSON demands, and beyond that DEL and the C1 controls, which a terminal would obey and
//! a parser reads as the same text. `/` and letters that came as `\uXXXX` are written plainly; half a surrogate pair
//! is U+FFFD, as most parsers refuse it.

use wide::u8x16;

use crate::json::rewrite::{C1, Escapes, compact, push_string, push_text};
use crate::time::MomentText;

use super::pen::{Pen, Snippet};
use super::style::Style;

#[derive(Debug)]
pub(crate) struct Json {
    /// Whether the rows are one array: each then begins with the comma that divides it from the row before, so that
    /// rows may be written in parts. Otherwise each is a line.
    pub array: bool,
}

impl Style for Json {
    fn text(&self, text: &[u8], out: &mut Vec<u8>) {
        push_text(text, Escapes::Controls, out);
    }

    #[inline(always)]
    fn after(&self, _: &mut Pen<'_>) {}

    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.array { b"[" } else { b"" });
    }

    /// Every row has them.
    fn head(&self, _: &[&str], _: &mut Vec<u8>) {}

    fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.array { b"\n]\n" } else { b"" });
    }

    fn lead(&self) -> usize {
        usize::from(self.array)
    }

    fn is_keyed(&self) -> bool {
        true
    }

    fn key(&self, name: &str, first: bool) -> Vec<u8> {
        let mut key = vec![if first { b'{' } else { b',' }];
        self.text(name.as_bytes(), &mut key);
        key.push(b':');
        key
    }

    #[inline(always)]
    fn open(&self, pen: &mut Pen<'_>) {
        if self.array {
            pen.bytes(b",\n");
        }
    }

    #[inline(always)]
    fn before(&self, key: &Snippet, pen: &mut Pen<'_>) {
        key.push(pen);
    }

    #[inline(always)]
    fn close(&self, _: usize, pen: &mut Pen<'_>) {
        pen.byte(b'}');
        if !self.array {
            pen.byte(b'\n');
        }
    }

    #[inline(always)]
    fn string(&self, text: &[u8], start: usize, end: usize, escaped: bool, pen: &mut Pen<'_>) {
        let odd =
            |block: u8x16| (block.simd_eq(u8x16::splat(0x7f)) | block.simd_eq(u8x16::splat(C1))).to_bitmask();
        if escaped || !pen.copy_unless(text, start, end, odd) {
            pen.apart(|out| push_string(&text[start..end], Escapes::Controls, out));
        }
    }

    #[inline(always)]
    fn nothing(&self, pen: &mut Pen<'_>) {
        pen.bytes(b"null");
    }

    fn nested(&self, json: &[u8], _: &mut Vec<u8>, out: &mut Vec<u8>) {
        compact(json, out);
    }

    fn scalars(&self, json: &[u8], _: &mut Vec<u8>, pen: &mut Pen<'_>) {
        pen.apart(|out| compact(json, out));
    }

    #[inline(always)]
    fn moment(&self, write: impl FnOnce(&mut MomentText) -> usize, pen: &mut Pen<'_>) {
        pen.byte(b'"');
        if pen.fill(write) > 0 {
            pen.byte(b'"');
        } else {
            pen.back();
            self.nothing(pen);
        }
    }
}
