//! Rows as they are made, cell by cell.

use std::sync::Arc;

use crate::catalog::{Event, Kind, is_secret_key};
use crate::engine::Seen;
use crate::json::Cursor;
use crate::query::{Got, Led, Name, Part, Spot, Way};
use crate::record::Record;
use crate::secrets::Secrets;
use crate::terminal::sanitize::push_clean;
use crate::time::lag;
use crate::view::hidden::{Guard, masked};
use crate::view::members::Value;
use crate::view::message::Message;
use crate::view::value::{Tone, ValueWriter, instant};

use super::Table;
use super::batch::{Batch, Row};
use super::columns::{Class, Column, Source};
use super::content::Said;

/// Makes rows of events. One for each thread.
#[derive(Debug)]
pub struct RowMaker {
    columns: Arc<[Column]>,
    only: Option<&'static Event>,
    pub(super) values: ValueWriter,
    /// Who keeps secrets from being said; `None` where they are wanted.
    pub(super) guard: Option<Guard>,
    /// What events are summed up by, for each type that has been seen.
    pub(super) said: Vec<(&'static str, Said)>,
    pub(super) loud: String,
    pub(super) quiet: String,
}

impl RowMaker {
    pub(crate) fn new(table: &Table) -> RowMaker {
        let options = table.options;
        // A character has four bytes at most, and more columns than the terminal has are not shown.
        let most = options.width.map_or(usize::MAX, |width| 4 * width.max(16));
        let mut values = ValueWriter::new(options.lang, options.zone, false, most);
        values.shows_secrets = options.show_secrets;
        RowMaker {
            columns: table.columns.clone(),
            only: table.only,
            values,
            guard: (!options.show_secrets).then(|| Guard::new(Secrets::default())),
            said: Vec::new(),
            loud: String::new(),
            quiet: String::new(),
        }
    }

    /// From here on hides this too, wherever it stands.
    pub fn hide(&mut self, secrets: Secrets) {
        self.guard = self.guard.is_some().then(|| Guard::new(secrets));
    }

    /// Appends the row of a document, which stands in a `spot`: its cells, or one cell for all where it is no event of the table's type.
    pub fn row(&mut self, seen: &Seen<'_>, spot: &Spot, number: u64, batch: &mut Batch) {
        let (text, cells, rows) = (batch.text.len(), batch.cells.len(), batch.rows.len());
        let mut hides = !seen.usual;
        self.values.cut.set(false);
        self.values.message = Message::of(&seen.record);
        loop {
            if hides {
                self.values.hidden = self.guard.as_ref().map(|guard| guard.hidden(seen));
            }
            self.make(seen, spot, number, batch);
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

    fn make(&mut self, seen: &Seen<'_>, spot: &Spot, number: u64, batch: &mut Batch) {
        let is_only = |only: &Event| seen.event().is_some_and(|event| std::ptr::eq(only.name, event.name));
        let whole = !(seen.is_event() && self.only.is_none_or(is_only));
        if !whole {
            let columns = self.columns.clone();
            for column in columns.iter() {
                self.cell(column, seen, spot, batch);
            }
        } else {
            self.other(seen, &mut batch.text);
            batch.cell(Tone::Plain, 0);
        }
        batch.rows.push(Row { number, end: batch.cells.len(), whole });
    }

    fn cell(&mut self, column: &Column, seen: &Seen<'_>, spot: &Spot, batch: &mut Batch) {
        let record = &seen.record;
        match &column.source {
            Source::Slots { slots, join } => {
                self.slots(column, slots.iter().map(|(slot, _)| *slot), join, record, batch);
            }
            Source::Named(name) => self.named(column, name, seen, spot, batch),
            Source::Place => {
                push_clean(&spot.place(seen), &mut batch.text);
                batch.cell(Tone::Plain, 0);
            }
            Source::Changes(lines) => {
                let tone = self.values.changes(lines, record, &mut batch.text);
                batch.cell(tone, 0);
            }
            Source::Type => {
                match seen.event().filter(|_| !column.raw) {
                    Some(event) => batch.text.push_str(event.title.text(self.values.lang)),
                    None => self.kind(seen, &mut batch.text),
                }
                batch.cell(Tone::Plain, 0);
            }
            Source::Content => {
                let tone = self.content(seen, &mut batch.text);
                self.values.most_items = usize::MAX;
                batch.cell(tone, 0);
            }
        }
    }

    /// The cell of slots that are said together.
    fn slots(
        &mut self,
        column: &Column,
        slots: impl Iterator<Item = usize> + Clone,
        join: &str,
        record: &Record<'_>,
        batch: &mut Batch,
    ) {
        let is_one = slots.clone().nth(1).is_none();
        if is_one || column.class == Class::Id {
            // One ID is enough to know whose it is.
            let filled = |slot: &usize| Value::of(record, *slot).is_some_and(|value| !value.is_empty());
            let first = slots.clone().find(filled).or_else(|| slots.clone().next());
            return first.map_or((), |slot| self.slot(column, slot, record, batch));
        }
        if !column.raw {
            let parts = slots.map(|slot| (record.layout.columns[slot].field, Value::of(record, slot)));
            let tone = self.values.line(join, parts, &mut batch.text);
            return batch.cell(tone, 0);
        }
        let start = batch.text.len();
        for value in slots.filter_map(|slot| Value::of(record, slot)).filter(|value| !value.is_empty()) {
            batch.text.push_str(if batch.text.len() > start { join } else { "" });
            self.values.plain(value, &mut batch.text);
        }
        batch.cell(Tone::Plain, 0);
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
            if let Some(tone) = self.values.doubtful(&field.kind, value.number, text) {
                return batch.cell(tone, 0);
            }
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

    /// The cell of what a name leads to.
    fn named(&mut self, column: &Column, name: &Name, seen: &Seen<'_>, spot: &Spot, batch: &mut Batch) {
        match (name.part, name.way(seen.event())) {
            (Part::Whole | Part::Raw, Way::Slot(at)) => return self.slot(column, *at, &seen.record, batch),
            (Part::Whole | Part::Raw, Way::Slots(slots)) => {
                return self.slots(column, slots.iter().copied(), ", ", &seen.record, batch);
            }
            _ => {}
        }
        if let Some(led) = name.json(seen).filter(|led| matches!(led.part, Part::Whole | Part::Raw)) {
            return self.path(column, name, led, batch);
        }
        let lang = self.values.lang;
        let clock = &mut self.values.clock;
        let start = batch.text.len();
        // The zone of what is said of a moment.
        let mut moment = None;
        name.any(seen, spot, |got, part| {
            if matches!(part, Part::Day | Part::Time | Part::Hour) || matches!(got, Got::DayOf(_)) {
                moment = got.moment(clock.zone());
            }
            let said = match &got {
                Got::Length(length) if !column.raw => Some(lag(*length, lang)),
                _ => got.said(part, lang, clock),
            };
            batch.text.push_str(if batch.text.len() > start { "; " } else { "" });
            push_clean(&said.unwrap_or_default(), &mut batch.text);
            false
        });
        let offset =
            moment.and_then(|at| clock.offset_text(at.seconds())).filter(|_| batch.text.len() > start);
        let length = offset.map_or(0, |offset| {
            batch.text.extend([" ", offset]);
            1 + offset.len()
        });
        batch.cell(Tone::Plain, length);
    }

    /// The cell of what a path leads to, decoded where the catalogue knows the field there.
    fn path(&mut self, column: &Column, name: &Name, led: Led<'_>, batch: &mut Batch) {
        let Led { json, kind, many, .. } = &led;
        let secret = name.base.split(['.', '[']).any(|key| is_secret_key(key.as_bytes()));
        let whole = Cursor::new(json, 0).value(0).ok().map(|token| Value::new(json, token));
        let mut values: Vec<Value<'_>> = whole.into_iter().collect();
        if *many {
            values = values.into_iter().flat_map(Value::items).collect();
        }
        let mut tone = Tone::Plain;
        for (at, value) in values.into_iter().enumerate() {
            batch.text.push_str(if at > 0 { "; " } else { "" });
            match kind {
                _ if secret && self.guard.is_some() => batch.text.push_str(&masked(value)),
                Kind::Any => self.values.plain(value, &mut batch.text),
                _ if column.raw => self.values.plain(value, &mut batch.text),
                kind => tone = tone.max(self.values.value(kind, value, &mut batch.text)),
            }
        }
        batch.cell(tone, 0);
    }
}
