//! One line for each row and one TAB between cells, whatever the text: for `cut`, `sort`, `awk`, `mlr --tsv` and
//! PostgreSQL's `COPY`.
//!
//! There are no quotes. `\t`, `\n`, `\r` and `\\` stand for TAB, LF, CR and a backslash. A quote with which a cell
//! begins is written `\"`: a reader that expects quotes would take the rows up to the next one for a single cell.

use crate::json::pieces;

use super::formula::{is_formula, may_be_formula};
use super::pen::Pen;
use super::style::{Dialect, Style};

#[derive(Debug)]
pub(crate) struct Tsv(pub Dialect);

impl Style for Tsv {
    fn text(&self, text: &[u8], out: &mut Vec<u8>) {
        self.careful(text, false, out);
    }

    #[inline(always)]
    fn after(&self, pen: &mut Pen<'_>) {
        pen.byte(b'\t');
    }

    #[inline(always)]
    fn guard(&self) -> bool {
        self.0.guard
    }

    #[inline(always)]
    fn string(&self, text: &[u8], start: usize, end: usize, escaped: bool, pen: &mut Pen<'_>) {
        let (start, end) = (start + 1, end - 1);
        // Where nothing is escaped there are neither quotes nor backslashes nor controls.
        if escaped || self.0.guard && may_be_formula(text[start]) {
            return pen.apart(|out| self.careful(&text[start..end], escaped, out));
        }
        pen.copy(text, start, end);
    }
}

impl Tsv {
    /// A cell in which anything may stand.
    #[inline(never)]
    fn careful(&self, body: &[u8], escaped: bool, out: &mut Vec<u8>) {
        let mark = out.len();
        let mut push = |piece: &[u8]| {
            for &byte in piece {
                let letter = match byte {
                    b'\t' => b't',
                    b'\n' => b'n',
                    b'\r' => b'r',
                    b'\\' => b'\\',
                    _ => {
                        out.push(byte);
                        continue;
                    }
                };
                out.extend_from_slice(&[b'\\', letter]);
            }
        };
        if escaped {
            pieces(body, push)
        } else {
            push(body)
        }
        let cell = &out[mark..];
        let control = matches!(cell, [b'\\', b't' | b'n' | b'r', ..]);
        if self.0.guard && (control || is_formula(cell)) {
            out.insert(mark, b'\'');
        } else if cell.first() == Some(&b'"') {
            out.insert(mark, b'\\');
        }
    }
}
