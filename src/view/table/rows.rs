//! Rows as they are made: the cells of many in one buffer, so that a row costs no allocation.

use std::ops::Range;
use std::sync::Arc;

use crate::catalog::{Event, Field, Kind, is_secret_key};
use crate::container::Form;
use crate::engine::Seen;
use crate::json::{Cursor, DottedPath, Step};
use crate::record::{Layout, Record, slot};
use crate::secrets::Secrets;
use crate::terminal::sanitize::width;
use crate::time::Millis;
use crate::view::hidden::{Guard, masked};
use crate::view::lines::{self, Line};
use crate::view::members::Value;
use crate::view::unknown::{Leaves, clean_path, form_name, push_leaf};
use crate::view::value::{Tone, ValueWriter, instant};

use super::Table;
use super::columns::{Class, Column, Rank, Source, alarms, by_kind, class, is_sparse, is_telling};

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
    fn cell(&mut self, tone: Tone, offset: usize) {
        let start = self.cells.last().map_or(0, |cell| cell.end);
        let width = width(&self.text[start..]);
        self.cells.push(Cell { end: self.text.len(), width, offset: offset as u8, tone });
    }
}

/// Makes rows of events. One for each thread.
#[derive(Debug)]
pub struct RowMaker {
    columns: Arc<[Column]>,
    only: Option<&'static Event>,
    values: ValueWriter,
    /// Who keeps secrets from being said; `None` where they are wanted.
    guard: Option<Guard>,
    /// The slots of named columns, for each type that has been seen.
    resolved: Vec<(Option<&'static str>, Vec<Option<usize>>)>,
    /// What events are summed up by, for each type that has been seen.
    said: Vec<(&'static str, Vec<Line>)>,
    loud: String,
    quiet: String,
}

/// What an event says in short is said in so many bytes.
const CONTENT: usize = 400;

impl RowMaker {
    pub(crate) fn new(table: &Table) -> RowMaker {
        let options = table.options;
        // A character has four bytes at most, and more columns than the terminal has are not shown.
        let most = options.width.map_or(usize::MAX, |width| 4 * width.max(16));
        RowMaker {
            columns: table.columns.clone(),
            only: table.only,
            values: ValueWriter::new(options.lang, options.zone, false, most),
            guard: (!options.show_secrets).then(|| Guard::new(Secrets::default())),
            resolved: Vec::new(),
            said: Vec::new(),
            loud: String::new(),
            quiet: String::new(),
        }
    }

    /// From here on hides this too, wherever it stands.
    pub fn hide(&mut self, secrets: Secrets) {
        self.guard = self.guard.is_some().then(|| Guard::new(secrets));
    }

    /// Appends the row of a document: its cells, or one cell for all where it is no event of the table's type.
    pub fn row(&mut self, seen: &Seen<'_>, number: u64, batch: &mut Batch) {
        let (text, cells, rows) = (batch.text.len(), batch.cells.len(), batch.rows.len());
        let mut hides = !seen.usual;
        self.values.cut.set(false);
        loop {
            if hides {
                self.values.hidden = self.guard.as_ref().map(|guard| guard.hidden(seen));
            }
            self.make(seen, number, batch);
            if hides {
                self.values.hidden = None;
                return;
            }
            let Some(guard) = &self.guard else { return };
            // Nothing is hidden in a moment, which is mostly the first.
            let first = batch.cells.get(cells).filter(|cell| cell.offset > 0).map_or(text, |cell| cell.end);
            // Half a secret, where a text was cut, is not known again.
            if !self.values.cut.get() && !guard.is_worried(seen, [&batch.text[first..]]) {
                return;
            }
            batch.text.truncate(text);
            batch.cells.truncate(cells);
            batch.rows.truncate(rows);
            hides = true;
        }
    }

    fn make(&mut self, seen: &Seen<'_>, number: u64, batch: &mut Batch) {
        let is_only = |only: &Event| seen.event().is_some_and(|event| std::ptr::eq(only.name, event.name));
        let whole = !(seen.is_event() && self.only.is_none_or(is_only));
        if !whole {
            let columns = self.columns.clone();
            for (at, column) in columns.iter().enumerate() {
                self.cell(at, column, seen, batch);
            }
        } else {
            self.other(seen, &mut batch.text);
            batch.cell(Tone::Plain, 0);
        }
        batch.rows.push(Row { number, end: batch.cells.len(), whole });
    }

    fn cell(&mut self, at: usize, column: &Column, seen: &Seen<'_>, batch: &mut Batch) {
        let record = &seen.record;
        match &column.source {
            Source::Slots { slots, .. } if slots.len() == 1 => self.slot(column, slots[0].0, record, batch),
            // One ID is enough to know whose it is.
            Source::Slots { slots, .. } if column.class == Class::Id => {
                let filled = |slot: &usize| Value::of(record, *slot).is_some_and(|value| !value.is_empty());
                let first = slots.iter().map(|(slot, _)| *slot).find(filled);
                self.slot(column, first.unwrap_or(slots[0].0), record, batch);
            }
            Source::Slots { slots, join } if !column.raw => {
                let parts = slots.iter().map(|&(slot, field)| (field, Value::of(record, slot)));
                let tone = self.values.line(join, parts, &mut batch.text);
                batch.cell(tone, 0);
            }
            Source::Slots { slots, join } => {
                let start = batch.text.len();
                let values = slots.iter().filter_map(|(slot, _)| Value::of(record, *slot));
                for value in values.filter(|value| !value.is_empty()) {
                    batch.text.push_str(if batch.text.len() > start { join } else { "" });
                    self.values.plain(value, &mut batch.text);
                }
                batch.cell(Tone::Plain, 0);
            }
            Source::Named(_, path) => match (self.resolve(at, record), path) {
                (Some(slot), _) => self.slot(column, slot, record, batch),
                (None, Some(path)) => self.path(column, path, seen, batch),
                (None, None) => batch.cell(Tone::Plain, 0),
            },
            Source::Type => {
                match seen.event().filter(|_| !column.raw) {
                    Some(event) => batch.text.push_str(event.title.text(self.values.lang)),
                    None => self.kind(seen, &mut batch.text),
                }
                batch.cell(Tone::Plain, 0);
            }
            Source::Content => {
                let tone = self.content(seen, &mut batch.text);
                batch.cell(tone, 0);
            }
        }
    }

    /// The cell of one slot.
    fn slot(&mut self, column: &Column, slot: usize, record: &Record<'_>, batch: &mut Batch) {
        let field = record.layout.columns[slot].field;
        let Some(value) = Value::of(record, slot).filter(|value| !value.is_empty()) else {
            return batch.cell(Tone::Plain, 0);
        };
        let text = &mut batch.text;
        if field.secret && self.guard.is_some() {
            text.push_str(&masked(value));
        } else if column.raw {
            self.values.plain(value, text);
        } else if matches!(field.kind, Kind::Time(..) | Kind::Rfc3339) {
            let moment = instant(&field.kind, value.number);
            if let Some(offset) = moment.and_then(|at| self.values.push_time(at, text)) {
                return batch.cell(Tone::Plain, offset);
            }
            self.values.plain(value, text);
            return batch.cell(Tone::Odd, 0);
        } else {
            let tone = self.values.value(&field.kind, value, text);
            return batch.cell(tone, 0);
        }
        batch.cell(Tone::Plain, 0);
    }

    /// The cell of what a path leads to, decoded where the catalogue knows the field there.
    fn path(&mut self, column: &Column, path: &DottedPath, seen: &Seen<'_>, batch: &mut Batch) {
        let Some(json) = seen.at(path) else { return batch.cell(Tone::Plain, 0) };
        let kind = seen.event().and_then(|event| kind_at(event.fields, path)).filter(|_| !column.raw);
        let secret = path.keys().any(|key| is_secret_key(key.as_bytes()));
        let whole = Cursor::new(&json, 0).value(0).ok().map(|token| Value::new(&json, token));
        let mut values: Vec<Value<'_>> = whole.into_iter().collect();
        if path.is_many() {
            values = values.into_iter().flat_map(Value::items).collect();
        }
        let mut tone = Tone::Plain;
        for (at, value) in values.into_iter().enumerate() {
            batch.text.push_str(if at > 0 { "; " } else { "" });
            match kind {
                _ if secret && self.guard.is_some() => batch.text.push_str(&masked(value)),
                Some(kind) => tone = tone.max(self.values.value(kind, value, &mut batch.text)),
                None => self.values.plain(value, &mut batch.text),
            }
        }
        batch.cell(tone, 0);
    }

    /// The slot of a named column in the layout of this record.
    fn resolve(&mut self, column: usize, record: &Record<'_>) -> Option<usize> {
        let event = record.layout.event.map(|event| event.name);
        let known = self.resolved.iter().position(|(known, _)| *known == event);
        let known = known.unwrap_or_else(|| {
            let slots = self.columns.iter().map(|column| match &column.source {
                Source::Named(name, _) => record.layout.slot(name),
                _ => None,
            });
            self.resolved.push((event, slots.collect()));
            self.resolved.len() - 1
        });
        self.resolved[known].1[column]
    }

    /// The type of an event as it stands.
    fn kind(&self, seen: &Seen<'_>, out: &mut String) {
        match Value::of(&seen.record, slot::EVENT_TYPE).filter(|value| !value.is_empty()) {
            Some(value) => self.values.plain(value, out),
            // Only an old card callback has a name that it does not say.
            None => match &*seen.type_name() {
                "" => out.push('?'),
                name => out.push_str(name),
            },
        }
    }

    /// What an event says in short; what calls for attention first.
    fn content(&mut self, seen: &Seen<'_>, out: &mut String) -> Tone {
        let Some(event) = seen.event() else {
            self.leaves(seen, out);
            return Tone::Plain;
        };
        let known = self.said.iter().position(|(known, _)| std::ptr::eq(*known, event.name));
        let known = known.unwrap_or_else(|| {
            self.said.push((event.name, telling(seen.record.layout)));
            self.said.len() - 1
        });
        let RowMaker { values, said, loud, quiet, .. } = self;
        loud.clear();
        quiet.clear();
        let columns = &seen.record.layout.columns[slot::EVENT_BASE..];
        let mut tone = Tone::Plain;
        for line in &said[known].1 {
            let filled =
                |at: usize| Value::of(&seen.record, slot::EVENT_BASE + at).filter(|value| !value.is_empty());
            let parts = line.fields.iter().map(|&at| (columns[at].field, filled(at)));
            // One ID is enough to know whose it is.
            let most = match class(columns[line.fields[0]].field, false) {
                Class::Id => 1,
                _ => usize::MAX,
            };
            let parts = parts.filter(|(_, value)| value.is_some()).take(most);
            let said_before = out.len();
            let says = values.line(line.join, parts, out);
            let said = &out[said_before..];
            // What could have been alarming and is not goes without saying.
            let first = columns[line.fields[0]].field;
            let calm = says == Tone::Plain && alarms(first);
            if !said.is_empty() && !calm && quiet.len() < CONTENT {
                let part = if says == Tone::Plain { &mut *quiet } else { &mut *loud };
                part.push_str(if part.is_empty() { "" } else { ", " });
                part.push_str(said);
            }
            out.truncate(said_before);
            tone = tone.max(says);
        }
        out.push_str(loud);
        out.push_str(if loud.is_empty() || quiet.is_empty() { "" } else { ", " });
        out.push_str(quiet);
        tone
    }

    /// Undocumented values as `name value, name value`.
    fn leaves(&self, seen: &Seen<'_>, out: &mut String) {
        let start = out.len();
        let at = seen.body.map_or(seen.start, |(at, _)| at);
        Leaves::all(seen.record.text, at, "", &mut |path, at, value| {
            if out.len() - start < CONTENT && !value.is_empty() {
                out.push_str(if out.len() > start { ", " } else { "" });
                let path = clean_path(&self.values, path);
                out.extend([&*path, if path.is_empty() { "" } else { " " }]);
                push_leaf(&self.values, at, value, false, out);
            }
        });
    }

    /// A document that the columns are not for, in one cell.
    fn other(&mut self, seen: &Seen<'_>, out: &mut String) {
        let start = out.len();
        if seen.is_event() {
            self.kind(seen, out);
            out.push_str("  ");
            if let Some(at) = seen.record.number(slot::CREATE_TIME).map(Millis)
                && self.values.push_time(at, out).is_some()
            {
                out.push_str("  ");
            }
            self.content(seen, out);
        } else {
            out.push_str(form_name(seen.form, self.values.lang));
            // Of a challenge and of ciphertext there is nothing more to say.
            if !matches!(seen.form, Form::Challenge | Form::ChallengeV2 | Form::Encrypted) {
                out.push_str("  ");
                self.leaves(seen, out);
            }
        }
        let end = start + out[start..].trim_end_matches(' ').len();
        out.truncate(end);
    }
}

/// What the catalogue says of the values that a path leads to.
fn kind_at(fields: &'static [Field], path: &DottedPath) -> Option<&'static Kind> {
    let named = |fields: &'static [Field], key: &str| fields.iter().find(|field| field.key == key);
    let mut kind: Option<&'static Kind> = None;
    for step in path.steps() {
        kind = Some(match (step, kind) {
            (Step::Key(key), None) => &named(fields, key)?.kind,
            (Step::Key(key), Some(Kind::Object(fields))) => &named(fields, key)?.kind,
            (Step::Items | Step::Item(_), Some(Kind::List(item))) => item,
            _ => return None,
        });
    }
    kind
}

/// So much is said of an event in one cell.
const MOST_SAID: usize = 4;

/// What sums up an event: what a table of its type alone would have, without the record.
fn telling(layout: &Layout) -> Vec<Line> {
    let columns = &layout.columns[slot::EVENT_BASE..];
    let (chosen, mut lines) = lines::of_event(layout);
    let is_id = |line: &Line| class(columns[line.fields[0]].field, false) == Class::Id;
    if !chosen.is_empty() {
        // Texts and labels say what happened, ids to whom.
        let (ids, mut said): (Vec<_>, Vec<_>) = chosen.into_iter().partition(is_id);
        said.extend(ids);
        said.truncate(MOST_SAID);
        return said;
    }
    let mut first = true;
    if is_sparse(layout.event) {
        // Texts and labels say what happened; ids, flags and times are for the card.
        let rank = |line: &Line| by_kind(columns[line.fields[0]].field, line.fields.len(), 0);
        let says = |line: &Line| matches!(rank(line), Rank::Good | Rank::Handy);
        if lines.iter().any(says) {
            lines.retain(says);
        }
        lines.truncate(MOST_SAID);
        return lines;
    }
    lines.retain(|line| {
        let whose = std::mem::take(&mut first);
        line.fields.iter().all(|&at| {
            let (field, at) = (columns[at].field, Some(slot::EVENT_BASE + at));
            let told = whose || class(field, false) != Class::Id;
            told && is_telling(field) && at != layout.happened && at != layout.record
        })
    });
    lines
}
