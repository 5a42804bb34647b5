//! Rows laid out in pages: widths are worked out from a page at a time, so memory stays flat.

use std::io::{self, Write};
use std::ops::Range;

use crate::terminal::paint::{Ink, Paint};
use crate::terminal::sanitize::{push_clip, push_clip_front, push_spaces, width};

use super::Batch;
use super::columns::{Class, Rank};
use super::fit::{GAP, Wish, fit};
use super::{Table, TableOptions};

/// Rows of a page: enough to know how wide columns are, few enough to keep.
const PAGE: usize = 1000;
/// Or so many bytes of cells.
const PAGE_TEXT: usize = 4 << 20;
/// Without a limit, longer texts stick out rather than push the other rows apart.
const WIDEST: usize = 60;

/// Numbers of so many digits are expected while rows are still to come.
const DIGITS: usize = 3;
/// A column that must grow without a limit grows by so much, so that there are few heads.
const STEP: usize = 8;

/// Lays rows out. The columns and their widths are settled with the first page: later ones keep them, but for what
/// must not be cut (numbers, moments, without a limit anything). Where more rows follow the first page, room is kept for
/// what the catalogue says may come; where that was not enough, there is a new head, so that the lines below a head
/// stay in step with it.
///
/// comfy-table, which lays out the static tables, is not used here. Measured on pages of 1000 punches in 120 columns:
/// 0.55 µs a row here, 3.1 µs with its arrangement disabled and 6.0 µs with the dynamic one; it also takes a string
/// for each cell, wraps where we clip, and knows nothing of the page before.
#[derive(Debug)]
pub struct TableWriter {
    options: TableOptions,
    paint: Paint,
    columns: Vec<Shown>,
    page: Batch,
    /// Columns of the numbers.
    digits: usize,
    begun: bool,
    /// After so many lines the head has left the screen, and comes again.
    screen: usize,
    /// Lines since the last head, and with it.
    lines: usize,
    buffer: String,
}

/// A column of the table.
#[derive(Debug)]
struct Shown {
    title: String,
    /// The title, with the offset where it is the same for all.
    head: String,
    class: Class,
    rank: Rank,
    /// What its cells take as far as the catalogue knows.
    usual: usize,
    /// `None` for one that had to go.
    width: Option<usize>,
    /// Whether some cell of it is not empty.
    filled: bool,
    /// The offset that the head has, with a space before it: cells are written without it.
    offset: Option<String>,
}

impl TableWriter {
    pub(crate) fn new(table: &Table) -> TableWriter {
        let columns = table.columns.iter().map(|column| Shown {
            title: column.title.clone(),
            head: column.title.clone(),
            class: column.class,
            rank: column.rank,
            usual: column.usual,
            width: Some(0),
            filled: false,
            offset: None,
        });
        TableWriter {
            options: table.options,
            paint: Paint::new(table.options.color),
            columns: columns.collect(),
            page: Batch::default(),
            digits: 1,
            begun: false,
            screen: usize::MAX,
            lines: 0,
            buffer: String::new(),
        }
    }

    /// The same for a screen of so many rows: when one has passed, the head comes again. A pager that turns a page, and
    /// keeps a row for itself, has it at the top of each.
    #[must_use]
    pub fn on_screen(self, rows: Option<usize>) -> TableWriter {
        // Of a lower one little would be left.
        const LEAST: usize = 8;
        let screen = rows.filter(|rows| *rows >= LEAST).map_or(usize::MAX, |rows| rows - 1);
        TableWriter { screen, ..self }
    }

    /// Takes rows, in order; writes when a page is full. How rows were batched changes nothing of what is written.
    ///
    /// # Errors
    ///
    /// What writing fails with.
    pub fn push(&mut self, batch: &Batch, out: &mut dyn Write) -> io::Result<()> {
        let mut at = 0;
        while at < batch.len() {
            let end = self.page_end(batch, at);
            let full = self.page.len() + (end - at) == PAGE || end < batch.len();
            if full && self.page.is_empty() {
                self.lay_out(batch, at..end, true, out)?;
            } else {
                self.page.append(batch, at..end);
                if full || self.page.text.len() >= PAGE_TEXT {
                    self.flush(out)?;
                }
            }
            at = end;
        }
        Ok(())
    }

    /// One past the last of the rows from `at` on that belong on this page.
    fn page_end(&self, batch: &Batch, at: usize) -> usize {
        let most = batch.len().min(at + PAGE - self.page.len());
        let start = batch.start_of(batch.cells_of(at).start);
        let text = |row: usize| batch.cells[batch.rows[row].end - 1].end - start + self.page.text.len();
        if text(most - 1) < PAGE_TEXT {
            return most;
        }
        (at..most).find(|&row| text(row) >= PAGE_TEXT).map_or(most, |row| row + 1)
    }

    /// Writes the rows that are there, though the page is not full: the input pauses.
    ///
    /// # Errors
    ///
    /// What writing fails with.
    pub fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.write_page(true, out)
    }

    fn write_page(&mut self, more: bool, out: &mut dyn Write) -> io::Result<()> {
        if self.page.is_empty() {
            return Ok(());
        }
        let mut page = std::mem::take(&mut self.page);
        let result = self.lay_out(&page, 0..page.len(), more, out);
        page.clear();
        self.page = page;
        result
    }

    /// Writes what is left. Without any rows nothing is written.
    ///
    /// # Errors
    ///
    /// What writing fails with.
    pub fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.write_page(false, out)
    }

    /// The titles of the columns that say something and had no room, once rows have been written; `--columns` and
    /// `--wide` show them.
    pub fn hidden(&self) -> Vec<&str> {
        let missed = |column: &&Shown| column.width.is_none() && column.filled && column.rank != Rank::Place;
        let hidden = self.columns.iter().filter(missed);
        hidden.map(|column| column.title.as_str()).collect()
    }

    /// Writes a page; `more` says that rows may follow it.
    fn lay_out(
        &mut self,
        batch: &Batch,
        rows: Range<usize>,
        more: bool,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let before = self.shape();
        self.measure(batch, rows.clone(), more && !self.begun);
        self.buffer.clear();
        let begins = !std::mem::replace(&mut self.begun, true);
        // Where it becomes wider it does so at the row that needs it: how many rows come at once changes nothing.
        let widens = !begins && self.shape() != before;
        if widens {
            self.digits = before.0;
            self.columns.iter_mut().zip(before.1).for_each(|(column, width)| column.width = width);
        }
        if begins {
            self.head();
        }
        for row in rows {
            if widens {
                let before = self.shape();
                self.measure(batch, row..row + 1, false);
                if self.shape() != before {
                    self.head();
                }
            }
            if self.lines >= self.screen {
                self.head();
            }
            self.lines += 1;
            self.row(batch, row);
        }
        out.write_all(self.buffer.as_bytes())
    }

    /// What a head shows the place of.
    fn shape(&self) -> (usize, Vec<Option<usize>>) {
        (self.digits, self.columns.iter().map(|column| column.width).collect())
    }

    /// Works out widths: of all columns at first, later of those that must not be cut. `open`: this is the first page, and
    /// others may follow.
    fn measure(&mut self, batch: &Batch, rows: Range<usize>, open: bool) {
        let most = rows.clone().map(|row| batch.rows[row].number).max().unwrap_or(0);
        let expected = if open { DIGITS } else { 1 };
        self.digits = self.digits.max(most.checked_ilog10().unwrap_or(0) as usize + 1).max(expected);
        let full = |row: &usize| !batch.rows[*row].whole;
        if !self.begun {
            let times = self.columns.iter_mut().enumerate().filter(|(_, column)| column.class == Class::Time);
            for (at, column) in times {
                let cells = rows.clone().filter(full).map(|row| batch.cells_of(row).start + at);
                let mut offsets = cells.filter_map(|cell| offset(batch, cell));
                if let Some(first) = offsets.next()
                    && offsets.all(|other| other == first)
                {
                    column.head.push_str(&format!(" ({})", first.trim_start()));
                    column.offset = Some(first.to_owned());
                }
            }
        }
        let least = |column: &Shown| width(&column.head).max(if open { column.usual } else { 0 });
        let mut naturals: Vec<usize> = self.columns.iter().map(least).collect();
        for row in rows.filter(full) {
            let cells = batch.cells_of(row);
            for ((natural, cell), column) in naturals.iter_mut().zip(cells).zip(&mut self.columns) {
                let mut wide = batch.cells[cell].width;
                column.filled |= wide > 0;
                if column.class == Class::Time {
                    match offset(batch, cell) {
                        Some(offset) if Some(offset) == column.offset.as_deref() => wide -= offset.len(),
                        Some(_) => {}
                        // Not a moment at all: it may be cut.
                        None => continue,
                    }
                }
                *natural = (*natural).max(wide);
            }
        }
        match self.options.width {
            None => {
                for (column, natural) in self.columns.iter_mut().zip(naturals) {
                    let is = column.width.unwrap_or(0);
                    let natural = match natural.min(WIDEST) {
                        wider if self.begun && wider > is => wider.max(is + STEP).min(WIDEST),
                        natural => natural,
                    };
                    column.width = Some(natural.max(is));
                }
            }
            Some(limit) => self.fit(&naturals, limit, open),
        }
    }

    fn fit(&mut self, naturals: &[usize], limit: usize, open: bool) {
        let begun = self.begun;
        // What is rarely filled has no column where it is not.
        let last = !begun && !open;
        for column in self.columns.iter_mut().filter(|column| last && column.rank == Rank::Extra) {
            column.width = column.width.filter(|_| column.filled);
        }
        let wishes = self.columns.iter().zip(naturals).filter(|(column, _)| column.width.is_some());
        let wishes: Vec<Wish> = wishes
            .map(|(column, natural)| Wish {
                class: column.class,
                title: width(&column.title),
                // Which columns there are is settled with the first page, and how wide texts are too.
                rank: if begun { Rank::Core } else { column.rank },
                natural: match column.class {
                    Class::Time => (*natural).max(column.width.unwrap_or(0)),
                    _ if begun => column.width.unwrap_or(0),
                    _ => *natural,
                },
            })
            .collect();
        let widths = fit(&wishes, limit.saturating_sub(self.digits));
        let shown = self.columns.iter_mut().filter(|column| column.width.is_some());
        for (column, width) in shown.zip(widths) {
            column.width = width;
        }
    }

    fn head(&mut self) {
        self.lines = 1;
        let (open, close) = self.paint.codes(Ink::Strong);
        let out = &mut self.buffer;
        let limit = self.options.width.unwrap_or(usize::MAX).max(1);
        out.push_str(open);
        push_spaces(self.digits.min(limit) - 1, out);
        out.push('#');
        let mut spaces = GAP;
        for column in &self.columns {
            let Some(columns) = column.width else { continue };
            let mut title = String::new();
            let taken = push_clip(&column.head, columns, &mut title);
            if taken > 0 {
                push_spaces(std::mem::take(&mut spaces), out);
                out.push_str(&title);
            }
            spaces += columns - taken + GAP;
        }
        out.push_str(close);
        out.push('\n');
    }

    fn row(&mut self, batch: &Batch, row: usize) {
        let TableWriter { options, paint, columns, digits, buffer: out, .. } = self;
        let cells = batch.cells_of(row);
        let limit = options.width.unwrap_or(usize::MAX).max(1);
        push_number(batch.rows[row].number, (*digits).min(limit), *paint, out);
        if batch.rows[row].whole {
            let room = limit.saturating_sub(*digits + GAP);
            if room > 0 {
                let (open, close) = paint.codes(Ink::Faint);
                push_spaces(GAP, out);
                out.push_str(open);
                push_clip(batch.text_of(cells.start), room, out);
                out.push_str(close);
            }
            out.push('\n');
            return;
        }
        let mut spaces = GAP;
        for (cell, column) in cells.zip(columns) {
            let Some(columns) = column.width else { continue };
            let mut text = batch.text_of(cell);
            let mut wide = batch.cells[cell].width;
            if let Some(known) = &column.offset
                && let Some(offset) = offset(batch, cell)
                && offset == known
            {
                text = &text[..text.len() - offset.len()];
                wide -= offset.len();
            }
            if wide == 0 {
                spaces += columns + GAP;
                continue;
            }
            push_spaces(spaces, out);
            let (open, close) = batch.cells[cell].tone.ink().map_or(("", ""), |ink| paint.codes(ink));
            out.push_str(open);
            if wide <= columns || options.width.is_none() {
                out.push_str(text);
            } else if column.class == Class::Id {
                wide = push_clip_front(text, columns, out);
            } else {
                wide = push_clip(text, columns, out);
            }
            out.push_str(close);
            spaces = columns.saturating_sub(wide) + GAP;
        }
        out.push('\n');
    }
}

/// The offset at the end of a moment, with the space before it.
#[inline]
fn offset(batch: &Batch, cell: usize) -> Option<&str> {
    let length = usize::from(batch.cells[cell].offset);
    (length > 0).then(|| {
        let text = batch.text_of(cell);
        &text[text.len() - length..]
    })
}

/// Appends a number, pushed to the right.
fn push_number(number: u64, columns: usize, paint: Paint, out: &mut String) {
    let mut digits = [b' '; 20];
    let mut rest = number;
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let taken = digits.len() - at;
    push_spaces(columns.saturating_sub(taken), out);
    let (open, close) = paint.codes(Ink::Faint);
    out.push_str(open);
    let shown = std::str::from_utf8(&digits[at..]).unwrap_or_default();
    push_clip(shown, columns, out);
    out.push_str(close);
}
