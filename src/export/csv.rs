//! Cells as RFC 4180 has them.

use wide::u8x16;

use crate::json::pieces;
use crate::json::rewrite::compact;

use super::Csv;
use super::cells::{Cell, Style};
use super::copy16::{copy, copy_unless};
use super::formula::{is_formula, may_be_formula};
use super::nested::joined;

impl Style for Csv {
    fn key(&self, name: &str, _: bool) -> Vec<u8> {
        let mut key = Vec::new();
        self.text(name.as_bytes(), &mut key);
        key
    }

    #[inline(always)]
    fn open(&self, _: &mut Vec<u8>) {}

    #[inline(always)]
    fn before(&self, _: &Cell, _: &mut Vec<u8>) {}

    #[inline(always)]
    fn after(&self, out: &mut Vec<u8>) {
        out.push(self.delimiter.0);
    }

    #[inline(always)]
    fn close(&self, start: usize, out: &mut Vec<u8>) {
        out.pop();
        // A row of one empty cell would be an empty line, which readers pass over.
        if out.len() == start {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(if self.crlf { b"\r\n" } else { b"\n" });
    }

    #[inline(always)]
    fn string(&self, text: &[u8], start: usize, end: usize, escaped: bool, out: &mut Vec<u8>) {
        let (start, end) = (start + 1, end - 1);
        if start == end {
            return;
        }
        // Where nothing is escaped there are neither quotes nor line ends.
        let delimiter = |block: u8x16| block.simd_eq(u8x16::splat(self.delimiter.0)).to_bitmask();
        let (first, last) = (text[start], text[end - 1]);
        let odd = escaped || first == b' ' || last == b' ' || self.guard && may_be_formula(first);
        if odd || !copy_unless(text, start, end, out, delimiter) {
            self.careful(&text[start..end], escaped, out);
        }
    }

    #[inline(always)]
    fn plain(&self, text: &[u8], start: usize, end: usize, out: &mut Vec<u8>) {
        copy(text, start, end, out);
    }

    #[inline(always)]
    fn nothing(&self, _: &mut Vec<u8>) {}

    fn nested(&self, json: &[u8], scratch: &mut Vec<u8>, out: &mut Vec<u8>) {
        scratch.clear();
        compact(json, scratch);
        self.text(scratch, out);
    }

    fn scalars(&self, json: &[u8], scratch: &mut Vec<u8>, out: &mut Vec<u8>) {
        scratch.clear();
        joined(json, scratch);
        self.text(scratch, out);
    }

    #[inline(always)]
    fn moment(&self, write: impl FnOnce(&mut Vec<u8>) -> bool, out: &mut Vec<u8>) {
        let mark = out.len();
        // Years beyond 9999, and those before 0, have a sign.
        if write(out) && self.guard && is_formula(&out[mark..]) {
            out.insert(mark, b'\'');
        }
    }

    fn text(&self, text: &[u8], out: &mut Vec<u8>) {
        self.careful(text, false, out);
    }
}

impl Csv {
    /// A cell in which anything may stand.
    #[inline(never)]
    fn careful(&self, body: &[u8], escaped: bool, out: &mut Vec<u8>) {
        let mark = out.len();
        let mut quotes = false;
        out.push(b'"');
        let mut push = |mut piece: &[u8]| {
            quotes |= memchr::memchr3(self.delimiter.0, b'\n', b'\r', piece).is_some();
            while let Some(at) = memchr::memchr(b'"', piece) {
                quotes = true;
                out.extend_from_slice(&piece[..=at]);
                out.push(b'"');
                piece = &piece[at + 1..];
            }
            out.extend_from_slice(piece);
        };
        if escaped {
            pieces(body, push)
        } else {
            push(body)
        }
        let cell = &out[mark + 1..];
        // Some readers cut white space off at the ends.
        quotes |= cell.first() == Some(&b' ') || cell.last() == Some(&b' ');
        if self.guard && is_formula(cell) {
            out.insert(mark + 1, b'\'');
        }
        if quotes {
            out.push(b'"');
        } else {
            out.remove(mark);
        }
    }
}
