//! One line for each row and one TAB between cells, whatever the text: for `cut`, `sort`, `awk`, `mlr --tsv` and
//! PostgreSQL's `COPY`.
//!
//! There are no quotes. `\t`, `\n`, `\r` and `\\` stand for TAB, LF, CR and a backslash. A quote with which a cell
//! begins is written `\"`: a reader that expects quotes would take the rows up to the next one for a single cell.
//! Whoever wants quotes takes CSV with TAB as its delimiter.

use crate::json::pieces;
use crate::json::rewrite::compact;

use super::Tsv;
use super::cells::{Cell, Style};
use super::copy16::copy;
use super::formula::{is_formula, may_be_formula};
use super::nested::joined;

impl Style for Tsv {
    fn key(&self, name: &str, _: bool) -> Vec<u8> {
        name.as_bytes().to_vec()
    }

    #[inline(always)]
    fn open(&self, _: &mut Vec<u8>) {}

    #[inline(always)]
    fn before(&self, _: &Cell, _: &mut Vec<u8>) {}

    #[inline(always)]
    fn after(&self, out: &mut Vec<u8>) {
        out.push(b'\t');
    }

    #[inline(always)]
    fn close(&self, _: usize, out: &mut Vec<u8>) {
        out.pop();
        out.push(b'\n');
    }

    #[inline(always)]
    fn string(&self, text: &[u8], start: usize, end: usize, escaped: bool, out: &mut Vec<u8>) {
        let (start, end) = (start + 1, end - 1);
        // Where nothing is escaped there are neither quotes nor backslashes nor controls.
        if escaped || self.guard && may_be_formula(text[start]) {
            return self.careful(&text[start..end], escaped, out);
        }
        copy(text, start, end, out);
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
        if write(out) && self.guard && is_formula(&out[mark..]) {
            out.insert(mark, b'\'');
        }
    }

    fn text(&self, text: &[u8], out: &mut Vec<u8>) {
        self.careful(text, false, out);
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
        if self.guard && (control || is_formula(cell)) {
            out.insert(mark, b'\'');
        } else if cell.first() == Some(&b'"') {
            out.insert(mark, b'\\');
        }
    }
}
