//! The piece of a line around a finding, laid out in columns so that the caret stands under what it points at.

use std::fmt::Write as _;

use crate::report::Excerpt;
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::sanitize::{ELLIPSIS, char_width, is_hidden, passes, push_byte, push_escape, width};

/// A tab, in spaces: the caret's line has no tabs that would move with the one above.
const TAB: &str = "    ";

/// A line as it may be shown, and the columns under which carets go.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Snippet {
    pub line: String,
    pub caret: usize,
    pub length: usize,
}

/// An excerpt is never narrower, however narrow the terminal is.
const NARROWEST: usize = 20;

/// The columns of what stands behind the bar, where numbers of lines take `gutter` of so many.
pub(crate) fn columns(gutter: usize, width: usize) -> usize {
    width.saturating_sub(gutter + " | ".len()).max(NARROWEST)
}

/// Appends the number of a line, or room for it, and the bar.
pub(crate) fn push_bar(number: &str, gutter: usize, paint: Paint, out: &mut String) {
    let (open, close) = paint.codes(Ink::Frame);
    // Writing to a string cannot fail.
    let _ = write!(out, "{open}{number:>gutter$} |{close}");
}

/// Appends a line of an excerpt.
pub(crate) fn push_numbered(number: &str, line: &str, gutter: usize, paint: Paint, out: &mut String) {
    push_bar(number, gutter, paint, out);
    if !line.is_empty() {
        out.push(' ');
    }
    out.push_str(line);
    out.push('\n');
}

/// One character of the line: where its picture begins, in bytes and in columns.
struct Cell {
    byte: usize,
    column: usize,
}

/// Lays out an excerpt in at most `columns`, with `..` where it was cut.
pub(crate) fn snippet(excerpt: &Excerpt<'_>, columns: usize) -> Snippet {
    let (text, from, to, cut_before, cut_after) = near(excerpt, columns);
    let (line, cells, from, to) = lay_out(text, from, to);
    let total = cells.last().map_or(0, |cell| cell.column);

    let dots = |cut: bool| if cut { ELLIPSIS.len() } else { 0 };
    let (left, right) = if total + dots(cut_before) + dots(cut_after) <= columns {
        (0, cells.len() - 1)
    } else {
        window(&cells, from, to, columns.saturating_sub(2 * ELLIPSIS.len()).max(1))
    };
    let before = if cut_before || left > 0 { ELLIPSIS } else { "" };
    let after = if cut_after || right + 1 < cells.len() { ELLIPSIS } else { "" };
    let piece = |a: usize, b: usize| &line[cells[a].byte..cells[b].byte];

    let caret = before.len() + width(piece(left, from.clamp(left, right)));
    let length = width(piece(from.clamp(left, right), to.clamp(left, right))).max(1);
    Snippet { line: format!("{before}{}{after}", piece(left, right)), caret, length }
}

/// The same with something before the finding, which is marked too: its column and length. `None` where the two are too
/// far apart to be shown at once.
pub(crate) fn both(
    excerpt: &Excerpt<'_>,
    first: (usize, usize),
    columns: usize,
) -> Option<(Snippet, (usize, usize))> {
    let columns_of = |text: &[u8]| {
        let (_, cells, ..) = lay_out(text, 0, 0);
        cells.last().map_or(0, |cell| cell.column)
    };
    let (start, end) = first;
    // Four bytes a column is the most that is looked at.
    if excerpt.end.saturating_sub(start) > 4 * columns {
        return None;
    }
    let whole = columns_of(excerpt.text.get(start..excerpt.end)?);
    let Snippet { line, caret, length } = snippet(&Excerpt { start, ..*excerpt }, columns);
    let before = columns_of(excerpt.text.get(start..excerpt.start)?);
    let marked = columns_of(excerpt.text.get(start..end)?).max(1);
    let second = Snippet { line, caret: caret + before, length: length.checked_sub(before)?.max(1) };
    (length == whole && marked <= before).then_some((second, (caret, marked)))
}

/// The part of the excerpt that can possibly be shown: a line may be as long as the whole input.
fn near<'a>(excerpt: &Excerpt<'a>, columns: usize) -> (&'a [u8], usize, usize, bool, bool) {
    let text = excerpt.text;
    let start = excerpt.start.min(text.len());
    let end = excerpt.end.clamp(start, text.len());
    // Four bytes a column is the most that UTF-8 takes, marks aside.
    let mut low = start.saturating_sub(4 * columns);
    let mut high = text.len().min(start + 4 * columns);
    let inside = |at: usize| text.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
    (0..3).for_each(|_| low += usize::from(low > 0 && low < start && inside(low)));
    (0..3).for_each(|_| high -= usize::from(high > start && inside(high)));
    let cut_before = excerpt.cut_before || low > 0;
    let cut_after = excerpt.cut_after || high < text.len();
    (&text[low..high], start - low, end.min(high) - low, cut_before, cut_after)
}

/// The line as it may be shown, its cells with one more for the end, and the cells between which the finding lies.
fn lay_out(text: &[u8], start: usize, end: usize) -> (String, Vec<Cell>, usize, usize) {
    let mut line = String::with_capacity(text.len() + 16);
    let mut cells = Vec::with_capacity(text.len() + 1);
    let (mut at, mut column, mut marks) = (0, 0, 0);
    let (mut from, mut to) = (None, None);
    for chunk in text.utf8_chunks() {
        let valid = chunk.valid().chars().map(|c| (Ok(c), c.len_utf8()));
        let invalid = chunk.invalid().iter().map(|&byte| (Err(byte), 1));
        for (picture, bytes) in valid.chain(invalid) {
            // A place within a character belongs to that character.
            if at + bytes > start {
                from.get_or_insert(cells.len());
            }
            if at >= end {
                to.get_or_insert(cells.len());
            }
            let byte = line.len();
            cells.push(Cell { byte, column });
            match picture {
                Ok('\t') => line.push_str(TAB),
                Ok(c) if passes(c, &mut marks) => line.push(c),
                Ok(c) => push_escape(c, &mut line),
                Err(byte) => push_byte(byte, &mut line),
            }
            column += match picture {
                Ok(c) if !is_hidden(c) && line.len() == byte + c.len_utf8() => char_width(c),
                // Escapes and spaces: ASCII.
                _ => line.len() - byte,
            };
            at += bytes;
        }
    }
    let last = cells.len();
    cells.push(Cell { byte: line.len(), column });
    (line, cells, from.unwrap_or(last), to.unwrap_or(last))
}

/// Which cells to show: the finding, or its beginning, with about as much on either side.
fn window(cells: &[Cell], from: usize, to: usize, room: usize) -> (usize, usize) {
    let total = cells[cells.len() - 1].column;
    let caret = cells[from].column;
    let length = (cells[to.max(from)].column - caret).clamp(1, room);
    let left = caret.saturating_sub((room - length) / 2).min(total.saturating_sub(room));
    // The first cell that begins at `left` or after it, but never after the caret; the last that ends in the room.
    let first = cells.partition_point(|cell| cell.column < left).min(from);
    let last = cells.partition_point(|cell| cell.column <= cells[first].column + room) - 1;
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line, and below it the carets.
    fn show(text: &[u8], start: usize, end: usize, columns: usize) -> String {
        let excerpt = Excerpt { text, start, end, cut_before: false, cut_after: false };
        let Snippet { line, caret, length } = snippet(&excerpt, columns);
        assert!(width(&line) <= columns, "{line:?} has {} columns", width(&line));
        assert!(caret + length <= columns + 1, "{caret} {length}");
        format!("{line}\n{}{}", " ".repeat(caret), "^".repeat(length))
    }

    #[test]
    fn carets_stand_under_what_they_point_at() {
        let chinese = r#""地点": "杭州", "x": 9"#.as_bytes();
        let nine = chinese.len() - 1;
        assert_eq!(show(chinese, nine, nine + 1, 80), "\"地点\": \"杭州\", \"x\": 9\n                     ^");
        assert_eq!(show(chinese, 10, 18, 80), "\"地点\": \"杭州\", \"x\": 9\n        ^^^^^^");
        assert_eq!(show(b"\t\"a\": 1", 6, 7, 80), "    \"a\": 1\n         ^");
        assert_eq!(show(b"\x1b[1m\xff: 9", 7, 8, 80), "\\u{1b}[1m\\xff: 9\n               ^");
        assert_eq!(show("e\u{301}: 9".as_bytes(), 5, 6, 80), "e\u{301}: 9\n   ^");
    }

    #[test]
    fn an_empty_span_and_the_end_of_a_line_have_one_caret() {
        assert_eq!(show(b"{\"a\"", 4, 4, 80), "{\"a\"\n    ^");
        assert_eq!(show(b"", 0, 0, 80), "\n^");
        assert_eq!(show(b"abc", 1, 1, 80), "abc\n ^");
        assert_eq!(show(b"abc", 7, 3, 80), "abc\n   ^", "places beyond the line are its end");
    }

    #[test]
    fn long_lines_are_windowed_around_the_finding() {
        let long: Vec<u8> = (0..10_000).map(|n| b'0' + (n % 10) as u8).collect();
        assert_eq!(show(&long, 5003, 5005, 20), "..6789012345678901..\n         ^^");
        assert_eq!(show(&long, 0, 2, 20), "0123456789012345..\n^^");
        assert_eq!(show(&long, 9_999, 10_000, 20), "..4567890123456789\n                 ^");
        assert_eq!(show(&long, 10_000, 10_000, 20), "..4567890123456789\n                  ^");
        assert_eq!(show(&long, 100, 9_000, 20), "..0123456789012345..\n  ^^^^^^^^^^^^^^^^");
        let chinese = "杭州".repeat(3000);
        assert_eq!(show(chinese.as_bytes(), 9000, 9003, 21), "..州杭州杭州杭州杭..\n        ^^");
    }

    #[test]
    fn every_window_of_mixed_text_holds() {
        let text =
            "\t{\"地点\": \"a\u{301}\u{202e}😀❤\u{fe0f}\u{1b}\", \"b\": [1, 2]}".repeat(4).into_bytes();
        for columns in [8, 20, 33] {
            for start in 0..=text.len() {
                show(&text, start, (start + 5).min(text.len()), columns);
            }
        }
        let broken: Vec<u8> = (0..600).map(|n| (n * 7) as u8).collect();
        (0..=broken.len()).for_each(|start| drop(show(&broken, start, start + 1, 30)));
    }
}
