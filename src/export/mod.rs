//! Events as rows: CSV, TSV, NDJSON and JSON, appended to memory. What the columns are is in [`Columns`]; who reads
//! events and writes files is not known here.
//!
//! Text stays as it is, control characters included: it is data for the next program. What a format needs to escape
//! is said in its file.

mod cells;
mod columns;
mod copy16;
mod csv;
mod explode;
mod extra;
mod formula;
mod json;
mod nested;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod tsv;

pub use columns::{Columns, ColumnsError, Wish};

use std::sync::Arc;

use crate::container::Form;
use crate::engine::Seen;
use crate::json::{Token, TokenKind, tree, write_escaped};
use crate::lang::Lang;
use crate::record::{Record, Slot, slot};
use crate::time::{Clock, Zone};

use cells::{Cell, Row, Style, cells};
use columns::Explode;
use json::Json;

/// A format of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180.
    Csv(Csv),
    /// A row is a line and a TAB is a cell, whatever the text.
    Tsv(Tsv),
    /// An object on each line.
    Ndjson,
    /// One array of objects.
    Json,
}

/// The dialect of CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Csv {
    /// What stands between cells.
    pub delimiter: Delimiter,
    /// Whether lines end with CR LF.
    pub crlf: bool,
    /// Whether a byte order mark comes first: Excel takes the text for the local code page without it.
    pub bom: bool,
    /// Whether an apostrophe keeps text from being run as a formula.
    pub guard: bool,
}

/// What stands between the cells of CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delimiter(u8);

impl Delimiter {
    /// A comma.
    pub const COMMA: Delimiter = Delimiter(b',');
    /// A TAB: what Excel and pandas mean by TSV.
    pub const TAB: Delimiter = Delimiter(b'\t');

    /// A comma, semicolon, TAB, bar or caret, or one of the separators U+001C to U+001F. Others stand in numbers and
    /// timestamps, which are never quoted.
    pub fn new(byte: u8) -> Option<Delimiter> {
        matches!(byte, b',' | b';' | b'\t' | b'|' | b'^' | 0x1c..=0x1f).then_some(Delimiter(byte))
    }
}

/// The dialect of TSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tsv {
    /// Whether an apostrophe keeps text from being run as a formula.
    pub guard: bool,
}

impl Default for Csv {
    /// Commas, LF, no mark, guarded.
    fn default() -> Self {
        Csv { delimiter: Delimiter::COMMA, crlf: false, bom: false, guard: true }
    }
}

impl Default for Tsv {
    fn default() -> Self {
        Tsv { guard: true }
    }
}

impl Csv {
    /// What Excel opens with a double click: a byte order mark, and CR LF.
    pub fn excel() -> Csv {
        Csv { crlf: true, bom: true, ..Csv::default() }
    }
}

/// Writes events as rows. Cheap to clone, one for each thread; what they write, put together in order, is what one
/// would have written.
///
/// ```
/// use larkspect::catalog::EVENTS;
/// use larkspect::engine::Engine;
/// use larkspect::finding::Findings;
/// use larkspect::export::{Columns, Format, RowWriter, Wish};
/// use larkspect::lang::Lang;
/// use larkspect::time::Zone;
///
/// let names = ["event_id", "create_time_iso", "type_label"].map(String::from).to_vec();
/// let columns = Columns::new(Some(EVENTS[0]), &Wish { columns: Some(names), ..Wish::default() }).unwrap();
/// let mut writer = RowWriter::new(columns, Format::Csv(Default::default()), Lang::En, Zone::Utc);
///
/// let text = br#"{"schema":"2.0","header":{"event_id":"a1","event_type":"attendance.user_flow.created_v1",
///     "create_time":"1615381917707"},"event":{"type":2}}"#;
/// let mut engine = Engine::new(Zone::Utc);
/// let seen = engine.document(text, 0, &mut Findings::default()).unwrap();
///
/// let mut out = Vec::new();
/// writer.begin(true, &mut out);
/// assert_eq!(writer.row(&seen, &mut out), Some(1));
/// writer.end(&mut out);
/// assert_eq!(out, b"event_id,create_time_iso,type_label\na1,2021-03-10T13:11:57.707+00:00,user correction\n");
/// ```
#[derive(Clone, Debug)]
pub struct RowWriter {
    plan: Arc<Plan>,
    clock: Clock,
    scratch: Vec<u8>,
    /// The slots of a row of an exploded list.
    slots: Vec<Slot>,
    /// More bytes are not written of one event.
    most: usize,
}

#[derive(Debug)]
struct Plan {
    columns: Columns,
    format: Format,
    cells: Box<[Cell]>,
}

const NDJSON: Json = Json { open: b"", close: b"\n" };
const JSON: Json = Json { open: b",\n", close: b"" };

impl RowWriter {
    /// A writer of these columns. Labels are in `lang`, the `_iso` twins of moments in `zone`.
    pub fn new(columns: Columns, format: Format, lang: Lang, zone: Zone) -> RowWriter {
        let cells = match format {
            Format::Csv(csv) => cells(&csv, &columns, lang),
            Format::Tsv(tsv) => cells(&tsv, &columns, lang),
            Format::Ndjson => cells(&NDJSON, &columns, lang),
            Format::Json => cells(&JSON, &columns, lang),
        };
        let plan = Arc::new(Plan { columns, format, cells });
        RowWriter { plan, clock: Clock::new(zone), scratch: Vec::new(), slots: Vec::new(), most: usize::MAX }
    }

    /// Writes no more than so many bytes of one event: a list of items that are smaller than what is said of each again
    /// would make any number.
    pub fn limited(self, most: usize) -> RowWriter {
        RowWriter { most, ..self }
    }

    /// What it writes.
    pub fn columns(&self) -> &Columns {
        &self.plan.columns
    }

    /// Appends what comes before the first row: a byte order mark where one is wanted, the names of the columns if
    /// `names`, the bracket of a JSON array.
    pub fn begin(&self, names: bool, out: &mut Vec<u8>) {
        let (delimiter, end): (u8, &[u8]) = match self.plan.format {
            Format::Csv(csv) => {
                if csv.bom {
                    out.extend_from_slice("\u{feff}".as_bytes());
                }
                (csv.delimiter.0, if csv.crlf { b"\r\n" } else { b"\n" })
            }
            Format::Tsv(_) => (b'\t', b"\n"),
            Format::Ndjson => return,
            Format::Json => return out.push(b'['),
        };
        if names {
            for cell in &self.plan.cells {
                cell.key.push(out);
                out.push(delimiter);
            }
            out.pop();
            out.extend_from_slice(end);
        }
    }

    /// How many bytes of the first row of all are to be dropped: a row of a JSON array begins with the comma that
    /// divides it from the row before, so that rows may be written in parts.
    pub fn lead(&self) -> usize {
        usize::from(self.plan.format == Format::Json)
    }

    /// Appends what comes after the last row.
    pub fn end(&self, out: &mut Vec<u8>) {
        if self.plan.format == Format::Json {
            out.extend_from_slice(b"\n]\n");
        }
    }

    /// Appends the row of an event, or the rows of the items of its list, and says how many. None when this is no
    /// event, or not of the type of the columns; columns without a type take any event. `None`, and nothing is appended,
    /// where the rows would be too many: see [`RowWriter::limited`].
    #[inline]
    pub fn row(&mut self, seen: &Seen<'_>, out: &mut Vec<u8>) -> Option<usize> {
        if !seen.is_event() || !self.fits(seen) {
            return Some(0);
        }
        if seen.form == Form::CardOld {
            return self.named(seen, out);
        }
        self.formatted(seen, out)
    }

    /// An old card callback does not say what it is: its name is written behind it, where a slot can point to. It has
    /// no header to be told from its body, so all of it is the body.
    #[cold]
    fn named(&mut self, seen: &Seen<'_>, out: &mut Vec<u8>) -> Option<usize> {
        let mut text = seen.raw().to_vec();
        let (end, by) = (text.len(), seen.start as u32);
        write_escaped(&seen.type_name(), &mut text);
        let moved = |slot: &Slot| match slot.is_present() {
            true => Slot { start: slot.start - by, end: slot.end - by, ..*slot },
            false => *slot,
        };
        let mut slots: Vec<Slot> = seen.record.slots.iter().map(moved).collect();
        let kind = TokenKind::String { escaped: false };
        slots[slot::EVENT_TYPE] =
            Slot { start: end as u32, end: text.len() as u32, kind, number: Slot::NO_NUMBER };
        let record = Record { text: &text, slots: &slots, layout: seen.record.layout };
        self.formatted(&Seen { record, start: 0, end, body: Some((0, end)), ..*seen }, out)
    }

    fn formatted(&mut self, seen: &Seen<'_>, out: &mut Vec<u8>) -> Option<usize> {
        match self.plan.format {
            Format::Csv(csv) => self.rows(&csv, seen, out),
            Format::Tsv(tsv) => self.rows(&tsv, seen, out),
            Format::Ndjson => self.rows(&NDJSON, seen, out),
            Format::Json => self.rows(&JSON, seen, out),
        }
    }

    #[inline(always)]
    fn fits(&self, seen: &Seen<'_>) -> bool {
        match (self.plan.columns.event, seen.event()) {
            (Some(ours), Some(theirs)) => std::ptr::eq(ours, theirs) || ours.name == theirs.name,
            (Some(_), None) => false,
            // The slots of the header are the same for all.
            (None, _) => true,
        }
    }

    fn rows<S: Style>(&mut self, style: &S, seen: &Seen<'_>, out: &mut Vec<u8>) -> Option<usize> {
        let RowWriter { plan, clock, scratch, slots, most } = self;
        let Plan { columns, cells, .. } = &**plan;
        let Some(explode) = &columns.explode else {
            let row = Row { seen, slots: seen.record.slots, columns, item: None };
            cells::write(style, cells, &row, clock, scratch, out);
            return Some(1);
        };
        slots.clear();
        slots.extend_from_slice(seen.record.slots);
        let mut count = 0;
        let start = out.len();
        let most = EXPLODED.saturating_add((seen.end - seen.start).saturating_mul(TIMES)).min(*most);
        for (number, item) in exploded(seen, explode).enumerate() {
            if out.len() - start > most {
                out.truncate(start);
                return None;
            }
            slots.truncate(explode.base);
            slots.resize(columns.slots, Slot::ABSENT);
            explode::fill(seen.record.text, item, explode.item, &mut slots[explode.base..]);
            let item = Some((number, Slot::of(seen.record.text, item)));
            cells::write(style, cells, &Row { seen, slots, columns, item }, clock, scratch, out);
            count += 1;
        }
        if count == 0 {
            slots.resize(columns.slots, Slot::ABSENT);
            cells::write(style, cells, &Row { seen, slots, columns, item: None }, clock, scratch, out);
            count = 1;
        }
        Some(count)
    }
}

/// The rows of an exploded list may be so many bytes, and so many times their event: what is said of each again is no
/// more than ten times the items of any that the platform sends.
const EXPLODED: usize = 1 << 20;
const TIMES: usize = 16;

/// The items of the list, none if it is no list.
fn exploded<'s>(seen: &Seen<'s>, explode: &Explode) -> impl Iterator<Item = Token> + use<'s> {
    let slot = seen.record.slots[explode.slot];
    let text = seen.record.text;
    let list = (slot.kind == TokenKind::Array).then(|| tree::items(text, slot.start as usize));
    list.into_iter().flatten()
}
