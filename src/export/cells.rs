//! The row loop: columns made ready for writing, and the one match over them that every format shares.

use std::io::Write;

use crate::catalog::Kind;
use crate::json::{Cursor, TokenKind, tree, unescape};
use crate::lang::Lang;
use crate::record::{self, Slot, meant};
use crate::time::{Clock, Millis, MomentText, Seconds, Unit, Zone};

use super::columns::{Columns, Row, Source};
use super::extra;
use super::named;
use super::pen::{Pen, Room, Snippet};
use super::style::Style;

/// A column made ready.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    key: Snippet,
    job: Job,
    /// Its place in the tally.
    at: usize,
    /// Whether its field may have values that are not documented.
    open: bool,
}

#[derive(Clone, Debug)]
enum Job {
    Value(usize),
    Scalars(usize),
    Seconds(usize),
    Millis(usize),
    /// The labels by number; where the numbers begin at 0 and have no gap, a number is its own place.
    Choice(usize, Box<[(i64, Snippet)]>),
    Word(usize, Box<[(&'static str, Snippet)]>),
    Item,
    Named(usize, Lang),
    Body,
    Extra,
}

/// Makes columns ready for a format.
pub(crate) fn cells(style: &dyn Rows, columns: &Columns, lang: Lang) -> Box<[Cell]> {
    let label = |text: &str| {
        let mut cell = Vec::new();
        style.text(text.as_bytes(), &mut cell);
        Snippet::new(&cell)
    };
    let job = |source| match source {
        Source::Value(slot) => Job::Value(slot),
        Source::Scalars(slot) => Job::Scalars(slot),
        Source::Moment(slot, Unit::Seconds) => Job::Seconds(slot),
        Source::Moment(slot, _) => Job::Millis(slot),
        Source::Label(slot, Kind::Choice(choices)) => Job::Choice(
            slot,
            choices.iter().map(|choice| (choice.value, label(choice.label.text(lang)))).collect(),
        ),
        Source::Label(slot, Kind::Word(words)) => {
            Job::Word(slot, words.iter().map(|word| (word.value, label(word.label.text(lang)))).collect())
        }
        // No other kind has labels.
        Source::Label(slot, _) => Job::Choice(slot, Box::default()),
        Source::Item => Job::Item,
        Source::Named(number) => Job::Named(number, lang),
        Source::Body => Job::Body,
        Source::Extra => Job::Extra,
    };
    let ready = |(at, column): (usize, &super::columns::Column)| Cell {
        key: Snippet::new(&style.key(&column.name, at == 0)),
        job: job(column.source),
        at,
        open: column.open,
    };
    columns.columns.iter().enumerate().map(ready).collect()
}

/// What rows are made with.
#[derive(Clone, Debug)]
pub(crate) struct Tools {
    clock: Clock,
    /// Memory for a cell.
    scratch: Vec<u8>,
    room: Room,
}

impl Tools {
    /// Moments are said in `zone`.
    pub fn new(zone: Zone) -> Tools {
        Tools { clock: Clock::new(zone), scratch: Vec::new(), room: Room::new() }
    }
}

/// A format, whatever its type: each has a loop of its own.
pub(crate) trait Rows: Style {
    /// Writes one row.
    fn row(&self, cells: &[Cell], row: &Row<'_>, tools: &mut Tools, out: &mut Vec<u8>);
}

impl<S: Style> Rows for S {
    fn row(&self, cells: &[Cell], row: &Row<'_>, tools: &mut Tools, out: &mut Vec<u8>) {
        let text = row.seen.record.text;
        let Tools { clock, scratch, room } = tools;
        let mut pen = Pen::new(room, out);
        self.open(&mut pen);
        let start = pen.length();
        for cell in cells {
            self.before(&cell.key, &mut pen);
            match &cell.job {
                Job::Value(slot) => value(self, text, &row.slots[*slot], row, scratch, &mut pen),
                Job::Scalars(slot) => {
                    let slot = &row.slots[*slot];
                    if slot.kind == TokenKind::Array {
                        let json = &text[slot.start as usize..slot.end as usize];
                        self.scalars(&row.shown(json), scratch, &mut pen);
                    } else {
                        value(self, text, slot, row, scratch, &mut pen);
                    }
                }
                Job::Seconds(slot) => match row.slots[*slot].number {
                    at if Unit::Seconds.values().contains(&at) => {
                        self.moment(|room| clock.iso_seconds_in(Seconds(at), room), &mut pen);
                    }
                    _ => {
                        self.moment(|room| odd_moment(row, cell, *slot, Unit::Seconds, clock, room), &mut pen)
                    }
                },
                Job::Millis(slot) => match row.slots[*slot].number {
                    at if Unit::Millis.values().contains(&at) => {
                        self.moment(|room| clock.iso_millis_in(Millis(at), room), &mut pen);
                    }
                    _ => {
                        self.moment(|room| odd_moment(row, cell, *slot, Unit::Millis, clock, room), &mut pen)
                    }
                },
                Job::Choice(slot, labels) => match label(row.slots[*slot].number, labels) {
                    Some(label) => label.push(&mut pen),
                    None => match misfit(row, cell, *slot, labels) {
                        Some(label) => label.push(&mut pen),
                        None => self.nothing(&mut pen),
                    },
                },
                Job::Word(slot, labels) => match word(text, &row.slots[*slot], labels) {
                    Some(label) => label.push(&mut pen),
                    None => {
                        unsaid(row, cell, *slot);
                        self.nothing(&mut pen);
                    }
                },
                Job::Item => match row.item {
                    Some((number, _)) => counted(self, number, scratch, &mut pen),
                    None => self.nothing(&mut pen),
                },
                Job::Named(number, lang) => {
                    match named::json(&row.columns.named[*number], row.seen, row.spot, *lang, clock) {
                        Some((json, apart)) => {
                            row.tally.add(cell.at);
                            let whole = slot_of(&json, 0, json.len());
                            match whole.kind {
                                TokenKind::Array if apart && are_scalars(&json) => {
                                    self.scalars(&row.shown(&json), scratch, &mut pen);
                                }
                                _ => value(self, &json, &whole, row, scratch, &mut pen),
                            }
                        }
                        None => self.nothing(&mut pen),
                    }
                }
                Job::Body => match row.seen.body {
                    Some((start, end)) => {
                        value(self, text, &slot_of(text, start, end), row, scratch, &mut pen);
                    }
                    None => self.nothing(&mut pen),
                },
                Job::Extra => {
                    let mut json = Vec::new();
                    if extra::unknown(row, &mut json) {
                        pen.apart(|out| self.nested(&json, scratch, out));
                    } else {
                        self.nothing(&mut pen);
                    }
                }
            }
            self.after(&mut pen);
        }
        self.close(start, &mut pen);
        pen.done();
    }
}

#[inline(always)]
fn value<S: Style>(
    style: &S,
    text: &[u8],
    slot: &Slot,
    row: &Row<'_>,
    scratch: &mut Vec<u8>,
    pen: &mut Pen<'_>,
) {
    let (start, end) = (slot.start as usize, slot.end as usize);
    // Most values are such, and a branch of their own is less than the table of a match.
    if slot.kind == (TokenKind::String { escaped: false }) {
        return style.string(text, start, end, false, pen);
    }
    match slot.kind {
        TokenKind::String { escaped } => style.string(text, start, end, escaped, pen),
        TokenKind::Number { .. } | TokenKind::Bool(_) => style.plain(text, start, end, pen),
        // Absent is null too.
        TokenKind::Null => style.nothing(pen),
        TokenKind::Object | TokenKind::Array => {
            pen.apart(|out| style.nested(&row.shown(&text[start..end]), scratch, out));
        }
    }
}

/// Which item of its list a row is.
#[cold]
#[inline(never)]
fn counted<S: Style>(style: &S, number: usize, scratch: &mut Vec<u8>, pen: &mut Pen<'_>) {
    scratch.clear();
    write!(scratch, "{number}").expect("memory can be written");
    style.plain(scratch, 0, scratch.len(), pen);
}

/// Whether an array has no items that are arrays or objects.
fn are_scalars(array: &[u8]) -> bool {
    tree::items(array, 0).all(|item| !matches!(item.kind, TokenKind::Array | TokenKind::Object))
}

fn slot_of(text: &[u8], start: usize, end: usize) -> Slot {
    let kind = Cursor::new(text, start).token().map_or(TokenKind::Null, |token| token.kind);
    Slot { start: start as u32, end: end as u32, kind, number: Slot::NO_NUMBER }
}

#[inline(always)]
fn label(number: i64, labels: &[(i64, Snippet)]) -> Option<&Snippet> {
    match labels.get(number as usize) {
        Some((value, label)) if *value == number => Some(label),
        _ => labels.iter().find(|(value, _)| *value == number).map(|(_, label)| label),
    }
}

/// The label of a number that is written as a string, or with a fraction of zeros.
#[cold]
#[inline(never)]
fn misfit<'l>(row: &Row<'_>, cell: &Cell, slot: usize, labels: &'l [(i64, Snippet)]) -> Option<&'l Snippet> {
    let place = &row.slots[slot];
    let raw = &row.seen.record.text[place.start as usize..place.end as usize];
    let is_odd = place.is_present() && place.number().is_none();
    let number = if is_odd { meant(place.kind, raw) } else { None };
    let label = number.and_then(|number| label(number, labels));
    if label.is_none() {
        unsaid(row, cell, slot);
    }
    label
}

/// Writes a moment that is absent, of the wrong type, or not of our days, and says how long it is. One that is rather of
/// another unit would be far away: it is not said.
#[cold]
#[inline(never)]
fn odd_moment(
    row: &Row<'_>,
    cell: &Cell,
    slot: usize,
    unit: Unit,
    clock: &mut Clock,
    text: &mut MomentText,
) -> usize {
    let place = &row.slots[slot];
    let raw = &row.seen.record.text[place.start as usize..place.end as usize];
    let number = place.number().or_else(|| meant(place.kind, raw)).filter(|number| unit.suits(*number));
    let length = match (number, unit) {
        (None, _) => 0,
        (Some(at), Unit::Seconds) => clock.iso_seconds_in(Seconds(at), text),
        (Some(at), _) => clock.iso_millis_in(Millis(at), text),
    };
    if length == 0 {
        unsaid(row, cell, slot);
    }
    length
}

/// Counts a value that has no twin, unless it says nothing, or need not be documented.
#[cold]
#[inline(never)]
fn unsaid(row: &Row<'_>, cell: &Cell, slot: usize) {
    let place = &row.slots[slot];
    let raw = &row.seen.record.text[place.start as usize..place.end as usize];
    let open = cell.open && !matches!(cell.job, Job::Seconds(_) | Job::Millis(_));
    if place.is_present() && !open && !record::is_empty(place.kind, raw) {
        row.tally.add(cell.at);
    }
}

fn word<'l>(text: &[u8], slot: &Slot, labels: &'l [(&'static str, Snippet)]) -> Option<&'l Snippet> {
    let TokenKind::String { escaped } = slot.kind else { return None };
    let body = &text[slot.start as usize + 1..slot.end as usize - 1];
    let is = |value: &str| {
        if escaped { unescape(body) == value } else { body == value.as_bytes() }
    };
    labels.iter().find(|(value, _)| is(value)).map(|(_, label)| label)
}
