//! Cells as RFC 4180 has them.

use wide::u8x16;

use crate::json::pieces;

use super::formula::{is_formula, may_be_formula};
use super::pen::{Pen, is_clean, short};
use super::style::{Dialect, Style};

#[derive(Debug)]
pub(crate) struct Csv {
    dialect: Dialect,
    /// The bytes that a cell cannot begin with as it is.
    odd: &'static [bool; 256],
}

impl Csv {
    pub fn new(dialect: Dialect) -> Csv {
        static UNGUARDED: [bool; 256] = odd(false);
        static GUARDED: [bool; 256] = odd(true);
        Csv { dialect, odd: if dialect.guard { &GUARDED } else { &UNGUARDED } }
    }
}

const fn odd(guard: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = byte == b' ' as usize || guard && may_be_formula(byte as u8);
        byte += 1;
    }
    table
}

impl Style for Csv {
    fn text(&self, text: &[u8], out: &mut Vec<u8>) {
        self.careful(text, false, out);
    }

    #[inline(always)]
    fn after(&self, pen: &mut Pen<'_>) {
        pen.byte(b',');
    }

    #[inline(always)]
    fn guard(&self) -> bool {
        self.dialect.guard
    }

    fn begin(&self, out: &mut Vec<u8>) {
        if self.dialect.bom {
            out.extend_from_slice("\u{feff}".as_bytes());
        }
    }

    #[inline(always)]
    fn close(&self, start: usize, pen: &mut Pen<'_>) {
        pen.back();
        // A row of one empty cell would be an empty line, which readers pass over.
        if pen.length() == start {
            pen.bytes(b"\"\"");
        }
        if self.dialect.crlf {
            pen.byte(b'\r');
        }
        pen.byte(b'\n');
    }

    #[inline(always)]
    fn string(&self, text: &[u8], start: usize, end: usize, escaped: bool, pen: &mut Pen<'_>) {
        let (start, end) = (start + 1, end - 1);
        if start == end {
            return;
        }
        // Where nothing is escaped there are neither quotes nor line ends.
        let comma = |block: u8x16| block.simd_eq(u8x16::splat(b',')).to_bitmask();
        let plain = !escaped
            && match short(text, start, end) {
                Some((block, length)) => {
                    self.is_plain(block[0], block[length - 1]) && pen.block_unless(block, length, comma)
                }
                None => {
                    let cell = &text[start..end];
                    self.is_plain(cell[0], cell[cell.len() - 1]) && pen.long_unless(cell, comma)
                }
            };
        if !plain {
            pen.apart(|out| self.careful(&text[start..end], escaped, out));
        }
    }
}

impl Csv {
    /// Whether a cell may begin and end with these bytes.
    #[inline(always)]
    fn is_plain(&self, first: u8, last: u8) -> bool {
        !self.odd[usize::from(first)] && last != b' '
    }

    /// A cell in which anything may stand.
    #[inline(never)]
    fn careful(&self, body: &[u8], escaped: bool, out: &mut Vec<u8>) {
        let mark = out.len();
        out.push(b'"');
        match escaped {
            true => pieces(body, |piece| out.extend_from_slice(piece)),
            false => out.extend_from_slice(body),
        }
        let cell = &out[mark + 1..];
        let special = |block: u8x16| {
            let is = |byte| block.simd_eq(u8x16::splat(byte));
            (is(b',') | is(b'"') | is(b'\n') | is(b'\r')).to_bitmask()
        };
        // Some readers cut white space off at the ends.
        let quotes = cell.first() == Some(&b' ') || cell.last() == Some(&b' ') || !is_clean(cell, special);
        if self.dialect.guard && is_formula(cell) {
            out.insert(mark + 1, b'\'');
        }
        if quotes {
            double_quotes(mark + 1, out);
            out.push(b'"');
        } else {
            out.remove(mark);
        }
    }
}

/// Doubles the quotes from a place on.
fn double_quotes(start: usize, out: &mut Vec<u8>) {
    let Some(first) = memchr::memchr(b'"', &out[start..]) else { return };
    for byte in out.split_off(start + first) {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
}
