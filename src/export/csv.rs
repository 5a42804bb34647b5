//! Cells as RFC 4180 has them.

use wide::u8x16;

use crate::json::pieces;

use super::copy16::copy_unless;
use super::formula::{is_formula, may_be_formula};
use super::style::{Dialect, Style};

#[derive(Debug)]
pub(crate) struct Csv(pub Dialect);

impl Style for Csv {
    fn text(&self, text: &[u8], out: &mut Vec<u8>) {
        self.careful(text, false, out);
    }

    #[inline(always)]
    fn after(&self, out: &mut Vec<u8>) {
        out.push(b',');
    }

    #[inline(always)]
    fn guard(&self) -> bool {
        self.0.guard
    }

    fn begin(&self, out: &mut Vec<u8>) {
        if self.0.bom {
            out.extend_from_slice("\u{feff}".as_bytes());
        }
    }

    #[inline(always)]
    fn close(&self, start: usize, out: &mut Vec<u8>) {
        out.pop();
        // A row of one empty cell would be an empty line, which readers pass over.
        if out.len() == start {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(if self.0.crlf { b"\r\n" } else { b"\n" });
    }

    #[inline(always)]
    fn string(&self, text: &[u8], start: usize, end: usize, escaped: bool, out: &mut Vec<u8>) {
        let (start, end) = (start + 1, end - 1);
        let body = &text[start..end];
        let (Some(&first), Some(&last)) = (body.first(), body.last()) else { return };
        // Where nothing is escaped there are neither quotes nor line ends.
        let comma = |block: u8x16| block.simd_eq(u8x16::splat(b',')).to_bitmask();
        let odd = escaped || first == b' ' || last == b' ' || self.0.guard && may_be_formula(first);
        if odd || !copy_unless(text, start, end, out, comma) {
            self.careful(body, escaped, out);
        }
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
            quotes |= memchr::memchr3(b',', b'\n', b'\r', piece).is_some();
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
        if self.0.guard && is_formula(cell) {
            out.insert(mark + 1, b'\'');
        }
        if quotes {
            out.push(b'"');
        } else {
            out.remove(mark);
        }
    }
}
