//! Events as rows: CSV, TSV, NDJSON, JSON and Markdown, appended to memory; or a book of sheets. What the columns are is in [`Columns`]; who reads
//! events and writes files is not known here.
//!
//! Text stays as it is, control characters included: it is data for the next program. What a format needs to escape
//! is said in its file.

mod cells;
mod columns;
mod csv;
mod explode;
mod extra;
mod format;
mod formula;
mod json;
mod left_out;
mod markdown;
mod named;
mod pen;
#[cfg(test)]
mod properties;
mod style;
mod table;
mod tally;
#[cfg(test)]
mod tests;
mod tsv;
mod typed;
#[cfg(feature = "xlsx")]
mod xlsx;
#[cfg(feature = "xlsx")]
mod xlsx_table;

pub use columns::{Columns, ColumnsError, Wish};
pub use format::Format;
pub use left_out::LeftOut;
pub use style::Dialect;
pub use table::{Datum, Holds, Table, TableColumn, span};
#[cfg(feature = "xlsx")]
pub use xlsx::Book;

use std::sync::Arc;

use crate::container::Form;
use crate::engine::Seen;
use crate::json::{Token, TokenKind, tree, write_escaped};
use crate::lang::{Lang, amount, say};
use crate::query::Spot;
use crate::record::{Record, Slot, slot};
use crate::time::Zone;

use cells::{Cell, Rows, Tools, cells};
use columns::{Explode, Row, Source};
use tally::Tally;

/// Writes events as rows. Cheap to clone, one for each thread; what they write, put together in order, is what one
/// would have written.
///
/// ```
/// use larkspect::catalog::EVENTS;
/// use larkspect::engine::Engine;
/// use larkspect::finding::Findings;
/// use larkspect::export::{Columns, Dialect, Format, RowWriter, Wish};
/// use larkspect::lang::Lang;
/// use larkspect::query::Spot;
/// use larkspect::time::Zone;
///
/// let names = ["event_id", "create_time_iso", "type_label"].map(String::from).to_vec();
/// let columns = Columns::new(Some(EVENTS[0]), &Wish { columns: Some(names), ..Wish::default() }).unwrap();
/// let csv = Format::named("csv").unwrap();
/// let mut writer = RowWriter::new(columns, csv, Dialect::default(), Lang::En, Zone::Utc);
///
/// let text = br#"{"schema":"2.0","header":{"event_id":"a1","event_type":"attendance.user_flow.created_v1",
///     "create_time":"1615381917707"},"event":{"type":2}}"#;
/// let mut engine = Engine::new(Zone::Utc);
/// let seen = engine.document(text, 0, &mut Findings::default()).unwrap();
///
/// let mut out = Vec::new();
/// writer.begin(true, &mut out);
/// assert_eq!(writer.row(&seen, &Spot::default(), &mut out), Some(1));
/// writer.end(&mut out);
/// assert_eq!(out, b"event_id,create_time_iso,type_label\na1,2021-03-10T13:11:57.707+00:00,user correction\n");
/// ```
#[derive(Clone, Debug)]
pub struct RowWriter {
    plan: Arc<Plan>,
    tools: Tools,
    /// The slots of a row of an exploded list.
    slots: Vec<Slot>,
    /// More bytes are not written of one event.
    most: usize,
    /// What it could not say.
    tally: Tally,
}

#[derive(Debug)]
struct Plan {
    columns: Columns,
    format: Box<dyn Rows>,
    cells: Box<[Cell]>,
}

impl RowWriter {
    /// A writer of these columns. Labels are in `lang`, the `_iso` twins of moments in `zone`.
    pub fn new(mut columns: Columns, format: Format, dialect: Dialect, lang: Lang, zone: Zone) -> RowWriter {
        let format = (format.make)(dialect);
        if format.is_keyed() {
            columns.once();
        }
        let cells = cells(&*format, &columns, lang);
        let tally = Tally::new(columns.columns.len());
        let plan = Arc::new(Plan { columns, format, cells });
        RowWriter { plan, tools: Tools::new(zone), slots: Vec::new(), most: usize::MAX, tally }
    }

    /// Writes no more than so many bytes of one event: a list of items that are smaller than what is said of each again
    /// would make any number.
    pub fn limited(self, most: usize) -> RowWriter {
        RowWriter { most, ..self }
    }

    /// What the rows hold.
    pub fn columns(&self) -> &Columns {
        &self.plan.columns
    }

    /// Appends what comes before the first row: a byte order mark where one is wanted, the names of the columns if
    /// `names`, the bracket of a JSON array.
    pub fn begin(&self, names: bool, out: &mut Vec<u8>) {
        let Plan { columns, format, .. } = &*self.plan;
        format.begin(out);
        if names {
            format.head(&columns.names().collect::<Vec<_>>(), out);
        }
    }

    /// How many bytes of the first row of all are to be dropped: a row of a JSON array begins with the comma that
    /// divides it from the row before, so that rows may be written in parts.
    pub fn lead(&self) -> usize {
        self.plan.format.lead()
    }

    /// Appends what comes after the last row.
    pub fn end(&self, out: &mut Vec<u8>) {
        self.plan.format.end(out);
    }

    /// Appends the row of an event that stands in a `spot`, or the rows of the items of its list, and says how many. None when this is no
    /// event, or not of the type of the columns; columns without a type take any event. `None`, and nothing is appended,
    /// where the rows would be too many: see [`RowWriter::limited`].
    #[inline]
    pub fn row(&mut self, seen: &Seen<'_>, spot: &Spot, out: &mut Vec<u8>) -> Option<usize> {
        if !seen.is_event() || !self.fits(seen) {
            return Some(0);
        }
        if seen.form == Form::CardOld {
            return self.named(seen, spot, out);
        }
        self.rows(seen, spot, out)
    }

    /// An old card callback does not say what it is: its name is written behind it, where a slot can point to. It has
    /// no header to be told from its body, so all of it is the body.
    #[cold]
    fn named(&mut self, seen: &Seen<'_>, spot: &Spot, out: &mut Vec<u8>) -> Option<usize> {
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
        self.rows(&Seen { record, start: 0, end, body: Some((0, end)), course: None, ..*seen }, spot, out)
    }

    /// Counts anew.
    pub fn forget(&mut self) {
        self.tally.forget();
    }

    /// How many values each column could not say, or found; nothing where that is none.
    pub fn counts(&self) -> impl Iterator<Item = u64> {
        self.tally.counts()
    }

    /// How many values were left out of the rows because their keys are those of credentials.
    pub fn withheld(&self) -> u64 {
        self.tally.withheld()
    }

    /// What there is to say of `counts`, which are those of all that was written: of twins that are empty though there is
    /// a value, and of names that no event had.
    pub fn words(&self, counts: &[u64], lang: Lang) -> Vec<String> {
        let words = |(column, count): (&columns::Column, &u64)| {
            let name = &column.name;
            match (column.source, count) {
                (Source::Named(number), 0) if self.plan.columns.chosen => {
                    Some(self.plan.columns.named[number].nowhere(lang))
                }
                (Source::Moment(..), 1..) => {
                    let are = are(*count);
                    Some(say!(lang, "{name}：{count} 个值不是这样的时刻", "{name}: {are} no such moment"))
                }
                (Source::Label(..), 1..) => {
                    let are = are(*count);
                    Some(say!(lang, "{name}：{count} 个值文档没有说明", "{name}: {are} not documented"))
                }
                _ => None,
            }
        };
        self.plan.columns.columns.iter().zip(counts).filter_map(words).collect()
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

    fn rows(&mut self, seen: &Seen<'_>, spot: &Spot, out: &mut Vec<u8>) -> Option<usize> {
        let RowWriter { plan, tools, slots, most, tally } = self;
        let Plan { columns, format, cells } = &**plan;
        let Some(explode) = &columns.explode else {
            let row = Row { seen, spot, slots: seen.record.slots, columns, item: None, tally };
            format.row(cells, &row, tools, out);
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
            format.row(cells, &Row { seen, spot, slots, columns, item, tally }, tools, out);
            count += 1;
        }
        if count == 0 {
            slots.resize(columns.slots, Slot::ABSENT);
            format.row(cells, &Row { seen, spot, slots, columns, item: None, tally }, tools, out);
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

/// `1 value is`, `3 values are`
fn are(count: u64) -> String {
    format!("{} {}", amount(count, "value"), if count == 1 { "is" } else { "are" })
}
