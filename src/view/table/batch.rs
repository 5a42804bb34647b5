//! Rows that have been made: the cells of many in one buffer, so that a row costs no allocation.

use std::ops::Range;

use crate::terminal::sanitize::width;
use crate::view::value::Tone;

/// A cell in the text of its batch; it begins where the one before it ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub end: usize,
    pub width: usize,
    /// Bytes at its end that are the offset of a moment.
    pub offset: u8,
    pub tone: Tone,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub number: u64,
    /// One past its last cell.
    pub end: usize,
    /// Whether it has one cell for the whole line.
    pub whole: bool,
}

/// Rows, made on any thread, to be laid out by a [`TableWriter`](super::TableWriter).
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub(crate) text: String,
    pub(crate) cells: Vec<Cell>,
    pub(crate) rows: Vec<Row>,
}

impl Batch {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Forgets all rows, and keeps the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.cells.clear();
        self.rows.clear();
    }

    /// The places of a row's cells.
    pub(crate) fn cells_of(&self, row: usize) -> Range<usize> {
        let start = row.checked_sub(1).map_or(0, |before| self.rows[before].end);
        start..self.rows[row].end
    }

    /// The text of a cell.
    pub(crate) fn text_of(&self, cell: usize) -> &str {
        &self.text[self.start_of(cell)..self.cells[cell].end]
    }

    /// Where the text of a cell begins.
    pub(crate) fn start_of(&self, cell: usize) -> usize {
        cell.checked_sub(1).map_or(0, |before| self.cells[before].end)
    }

    /// Counts its rows on from `base`, which is added to their numbers.
    pub fn renumber(&mut self, base: u64) {
        self.rows.iter_mut().for_each(|row| row.number += base);
    }

    /// Appends some rows of another batch.
    pub fn append(&mut self, other: &Batch, rows: Range<usize>) {
        if rows.is_empty() {
            return;
        }
        let cells = other.cells_of(rows.start).start..other.rows[rows.end - 1].end;
        let start = other.start_of(cells.start);
        let end = cells.end.checked_sub(1).map_or(0, |last| other.cells[last].end);
        let (text_base, cell_base) = (self.text.len(), self.cells.len());
        self.text.push_str(&other.text[start..end]);
        let moved = |cell: &Cell| Cell { end: cell.end - start + text_base, ..*cell };
        self.cells.extend(other.cells[cells.clone()].iter().map(moved));
        let moved = |row: &Row| Row { end: row.end - cells.start + cell_base, ..*row };
        self.rows.extend(other.rows[rows].iter().map(moved));
    }

    /// These rows of it, in this order.
    pub fn pick(&self, rows: &[usize]) -> Batch {
        let mut picked = Batch::default();
        for &at in rows {
            picked.append(self, at..at + 1);
        }
        picked
    }

    /// What was appended to the text since the last cell becomes a cell.
    pub(super) fn cell(&mut self, tone: Tone, offset: usize) {
        let start = self.cells.last().map_or(0, |cell| cell.end);
        let width = width(&self.text[start..]);
        self.cells.push(Cell { end: self.text.len(), width, offset: offset as u8, tone });
    }
}
