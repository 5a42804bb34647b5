//! The rows of a piece of the input that `convert` writes, which workers make: those of each event type by themselves.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::{self, Event};
use crate::cli::files::source::Source;
use crate::cli::session::Missed;
use crate::container::Form;
use crate::engine::Seen;
use crate::export::{Columns, ColumnsError, Dialect, Format, RowWriter, Wish};
use crate::finding::{Sink, Span};
use crate::json::{Path, Place};
use crate::lang::{Label, Lang, label};
use crate::query::{Chooser, Keys, Select, SortKey};
use crate::report::collect::Unreadable;
use crate::report::undocumented::Undocumented;
use crate::rules::syntax;
use crate::secrets::Secrets;
use crate::seen::events::{Hasher, Hashes, id_of};
use crate::stream::frame::{Handler, Item};
use crate::stream::stats::{PassedOver, Stats};
use crate::time::Zone;

/// So many bytes of rows are handed on before more are made: each thread may have some of them.
const HEAVY: usize = 2 << 20;

/// So much memory of rows is kept for more.
const SPARES: usize = 64;

/// Longer names of types are no names: they are cut, and have no rows.
const LONGEST: usize = 1024;

/// What events without a type are counted as.
pub const UNTYPED: Label = label("没有类型的事件", "event without a type");

/// What all workers know.
pub struct Shared {
    pub select: Arc<Select>,
    /// Whether event types were asked for by name, so that nobody misses the others.
    pub by_type: bool,
    pub wish: Wish,
    /// Whether types without the list that is exploded have a row for each event.
    pub lenient: bool,
    pub format: Format,
    pub dialect: Dialect,
    pub lang: Lang,
    pub zone: Zone,
    /// Bytes of rows of one event.
    pub most: usize,
    /// What is secret wherever it stands.
    pub secrets: Secrets,
    /// So many types are written, each with its own columns.
    pub types: usize,
    /// Whether rows ask on which line events stand.
    pub asks_line: bool,
    /// Whether events are remembered, to know those that come again: only to count them, or to drop them.
    pub remembers: bool,
    pub dedupe: bool,
    /// Whether it is only known in the order of the input which events are written.
    pub picks: bool,
    /// What is sorted by; nothing where the order is that of the input.
    pub sort: Vec<SortKey>,
    pub hasher: Hasher,
    /// How many more are wanted; without end where all are.
    pub room: AtomicU64,
    /// The types so far, in the order in which they began.
    pub sheets: Mutex<Arc<Vec<Arc<Sheet>>>>,
    /// Memory of rows that have been written.
    pub spare: Mutex<Vec<Filled>>,
}

/// What is written of the events of one type.
pub struct Sheet {
    event: Option<&'static Event>,
    /// The type as documents name it.
    name: String,
    /// Whether the events of any type are written so.
    any: bool,
    /// The same, as it may be said: a name is whatever the document says, its token too.
    pub title: String,
    /// To be copied by whoever writes rows.
    pub writer: RowWriter,
}

impl Sheet {
    /// Whether an event is of the type.
    #[inline]
    fn is_of(&self, seen: &Seen<'_>) -> bool {
        self.is_called(seen.event(), || seen.type_name())
    }

    /// The same of a type by its name, which is only looked at where the catalogue does not know it.
    #[inline]
    fn is_called<'n>(&self, event: Option<&'static Event>, name: impl FnOnce() -> Cow<'n, str>) -> bool {
        match (self.event, event) {
            _ if self.any => true,
            (Some(ours), Some(theirs)) => std::ptr::eq(ours, theirs),
            (None, None) => name() == self.name,
            _ => false,
        }
    }

    /// Whether it is that of the same type.
    pub fn is(&self, other: &Sheet) -> bool {
        self.name == other.name
    }
}

impl Shared {
    /// What hears of findings: who chose columns, or takes all, does not miss what is not documented.
    fn findings(&self) -> Unreadable {
        let findings = Unreadable::telling(self.lang);
        match self.wish.columns.is_none() && !self.wish.extra {
            true => findings.with_strangers(),
            false => findings,
        }
    }

    /// What the rows of a type are put into, with memory of rows that have been written.
    fn fill(&self, sheet: Arc<Sheet>) -> Filled {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let place = spare.iter().rposition(|spare| Arc::ptr_eq(&spare.sheet, &sheet));
        place.map(|place| spare.swap_remove(place)).unwrap_or_else(|| Filled {
            writer: sheet.writer.clone(),
            sheet,
            out: Vec::new(),
            rows: 0,
        })
    }

    /// Takes memory back. One odd giant is not kept for ever.
    pub fn recycle(&self, mut filled: Filled) {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if filled.out.capacity() <= 2 * HEAVY && spare.len() < SPARES {
            filled.out.clear();
            filled.rows = 0;
            filled.writer.forget();
            spare.push(filled);
        }
    }

    /// The types so far.
    pub fn sheets(&self) -> Arc<Vec<Arc<Sheet>>> {
        Arc::clone(&self.sheets.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// From here on this type is known. If it is already, what is known of it.
    pub fn begin(&self, sheet: Arc<Sheet>) -> Arc<Sheet> {
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = sheets.iter().find(|known| known.is(&sheet)) {
            return Arc::clone(known);
        }
        Arc::make_mut(&mut sheets).push(Arc::clone(&sheet));
        sheet
    }

    /// What is written of a type that somebody named.
    pub fn named(&self, name: &str) -> Result<Sheet, String> {
        self.sheet(catalog::event(name), name.to_owned(), name.to_owned())
    }

    /// What is written of all events, where that is the same for each.
    pub fn any(&self) -> Result<Sheet, String> {
        self.sheet(None, String::new(), String::new()).map(|sheet| Sheet { any: true, ..sheet })
    }

    /// What is written of events like this one.
    pub fn like(&self, seen: &Seen<'_>) -> Result<Sheet, String> {
        let name = seen.type_name();
        self.sheet(seen.event(), name.clone().into_owned(), self.title(&name, seen))
    }

    fn sheet(&self, event: Option<&'static Event>, name: String, title: String) -> Result<Sheet, String> {
        let columns = match Columns::new(event, &self.wish) {
            Err(ColumnsError::Unknown(unknown)) if self.lenient && unknown.what.en == "list" => {
                Columns::new(event, &Wish { explode: None, ..self.wish.clone() })
            }
            columns => columns,
        };
        let columns = columns.map_err(|error| error.words(self.lang))?;
        let writer = RowWriter::new(columns, self.format, self.dialect, self.lang, self.zone);
        Ok(Sheet { event, name, any: false, title, writer: writer.limited(self.most) })
    }

    /// The name of an event's type as it may be said.
    fn title(&self, name: &str, seen: &Seen<'_>) -> String {
        if name.is_empty() {
            return UNTYPED.en.to_owned();
        }
        let mut secrets = self.secrets.clone();
        secrets.learn(seen.raw());
        secrets.hide(name).chars().take(LONGEST).collect()
    }
}

/// The rows of one type in a piece.
pub struct Filled {
    pub sheet: Arc<Sheet>,
    pub writer: RowWriter,
    pub out: Vec<u8>,
    pub rows: u64,
}

/// The rows of one event, where it is yet to be known whether they are written.
pub struct Made {
    /// Which of the types it is of.
    pub at: usize,
    /// Where its rows end among those of the type.
    pub end: usize,
    pub rows: u64,
    pub hashes: Hashes,
    pub keys: Keys,
}

/// What a worker makes of a piece.
pub struct Rows<'s> {
    shared: &'s Shared,
    chooser: Chooser,
    /// The types that were known when it began.
    known: Arc<Vec<Arc<Sheet>>>,
    /// Those of its events, in the order in which they began here.
    pub filled: Vec<Filled>,
    /// How many of them were not known.
    begun: usize,
    /// The type of the last event.
    at: usize,
    /// Bytes of rows.
    bytes: usize,
    /// Whether there was a type for which there was no room.
    full: bool,
    /// Why the columns asked for do not fit a type.
    pub refused: Option<String>,
    /// The events one by one, where it is yet to be known which are written.
    pub made: Vec<Made>,
    /// Otherwise what is remembered of them.
    pub ids: Vec<u64>,
    /// Where reading stops.
    room: u64,
    /// Events that are selected.
    pub events: u64,
    /// All events.
    pub met: u64,
    /// The first of them, where nothing was selected by then.
    pub first: Option<Result<Sheet, String>>,
    /// What has no rows: event types, and what is no event.
    pub others: Vec<(String, u64)>,
    pub strangers: Vec<(&'static str, u64)>,
    /// The places of the types by their names.
    names: HashMap<String, usize, foldhash::fast::RandomState>,
    /// Where the first event stands that is of another type.
    pub turn: Option<usize>,
    pub undocumented: Undocumented,
    pub missed: Missed,
}

impl<'s> Rows<'s> {
    pub fn new(shared: &'s Shared, source: &Source) -> Rows<'s> {
        Rows {
            shared,
            chooser: Chooser::new(&shared.select, &source.name, shared.asks_line),
            known: shared.sheets(),
            filled: Vec::new(),
            begun: 0,
            at: 0,
            bytes: 0,
            full: false,
            refused: None,
            made: Vec::new(),
            ids: Vec::new(),
            room: shared.room.load(Ordering::Relaxed),
            events: 0,
            met: 0,
            first: None,
            others: Vec::new(),
            strangers: Vec::new(),
            names: HashMap::default(),
            turn: None,
            undocumented: Undocumented::default(),
            missed: Missed::new(shared.findings(), Stats::default()),
        }
    }

    /// Whether what was made ahead is what would be made now that these types are known: it gave the others a place as
    /// far as there was room, too.
    pub fn fits(&self, sheets: &[Arc<Sheet>]) -> bool {
        let new =
            self.filled.iter().filter(|filled| !sheets.iter().any(|sheet| sheet.is(&filled.sheet))).count();
        let knew = |sheet: &Arc<Sheet>| {
            self.known
                .iter()
                .chain(self.filled.iter().map(|filled| &filled.sheet))
                .any(|known| known.is(sheet))
        };
        self.refused.is_none()
            && self.made.len() as u64 <= self.shared.room.load(Ordering::Relaxed)
            && sheets.len() + new <= self.shared.types
            && (!self.full || sheets.iter().all(knew))
    }

    /// The place of the type of an event among those that are written.
    #[inline]
    fn place(&mut self, seen: &Seen<'_>) -> Option<usize> {
        match self.filled.get(self.at) {
            Some(filled) if filled.sheet.is_of(seen) => Some(self.at),
            _ => self.look_up(seen),
        }
    }

    #[inline(never)]
    fn look_up(&mut self, seen: &Seen<'_>) -> Option<usize> {
        let event = seen.event();
        let name = if event.is_none() { seen.type_name() } else { Cow::Borrowed("") };
        let is_called = |sheet: &Sheet| sheet.is_called(event, || Cow::Borrowed(&name));
        let at = match self.filled.iter().position(|filled| is_called(&filled.sheet)) {
            Some(at) => at,
            None => {
                let known = self.known.iter().find(|sheet| is_called(sheet)).map(Arc::clone);
                let sheet = known.or_else(|| self.sheet(seen))?;
                self.filled.push(self.shared.fill(sheet));
                self.filled.len() - 1
            }
        };
        self.at = at;
        Some(at)
    }

    /// The sheet for an event of a type that was not known, if there is room.
    fn sheet(&mut self, seen: &Seen<'_>) -> Option<Arc<Sheet>> {
        if self.known.len() + self.begun == self.shared.types {
            self.full = true;
            return None;
        }
        if self.refused.is_some() || seen.type_name().len() > LONGEST {
            return None;
        }
        match self.shared.like(seen) {
            Ok(sheet) => {
                self.begun += 1;
                Some(Arc::new(sheet))
            }
            Err(why) => {
                self.refused = Some(why);
                None
            }
        }
    }

    /// Keeps what is to be known of an event whose rows were made.
    #[inline]
    fn remember(&mut self, seen: &Seen<'_>, at: usize, rows: u64) {
        let shared = self.shared;
        if shared.picks {
            let hashes = match shared.dedupe {
                true => Hashes::of_delivery(seen, &shared.hasher),
                false => Hashes::of_id(id_of(seen, &shared.hasher)),
            };
            let keys = SortKey::keys(&shared.sort, seen, &self.chooser.spot, shared.lang, shared.zone);
            self.made.push(Made { at, end: self.filled[at].out.len(), rows, hashes, keys });
        } else {
            self.ids.push(id_of(seen, &shared.hasher));
        }
    }

    #[cold]
    fn too_many_rows(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        let (rule, start) = (&syntax::DOCUMENT_TOO_LARGE, seen.place.0);
        let sink = &mut self.missed.findings;
        sink.report(rule.at(start..start + 1, &Path::ROOT), syntax::too_many_rows);
        self.missed.settle(item);
    }

    /// An event of a type that is not written.
    #[cold]
    #[inline(never)]
    fn other_type(&mut self, seen: &Seen<'_>) {
        self.turn.get_or_insert(seen.place.0);
        let name = seen.type_name();
        match self.names.get(&*name) {
            Some(at) => self.others[*at].1 += 1,
            None => {
                self.names.insert(name.clone().into_owned(), self.others.len());
                self.others.push((self.shared.title(&name, seen), 1));
            }
        }
    }

    /// A document that is no event.
    #[cold]
    fn no_event(&mut self, seen: &Seen<'_>) {
        // Nobody asked for it.
        if self.shared.by_type && matches!(seen.form, Form::Challenge | Form::ChallengeV2) {
            return;
        }
        let name = seen.form.about().name.text(self.shared.lang);
        match self.strangers.iter_mut().find(|(stranger, _)| *stranger == name) {
            Some((_, count)) => *count += 1,
            None => self.strangers.push((name, 1)),
        }
    }
}

impl Handler for Rows<'_> {
    type Sink = Unreadable;

    fn sink(&mut self) -> &mut Unreadable {
        &mut self.missed.findings
    }

    fn begin(&mut self, text: &[u8], place: Place) {
        self.chooser.begin(text, place);
    }

    #[inline]
    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        let strangers = self.missed.findings.strangers();
        if !seen.is_event() {
            if self.missed.document(seen, item) {
                self.no_event(seen);
            }
            return;
        }
        self.missed.stats.count(seen, item);
        self.met += 1;
        if !self.chooser.wants(seen) {
            if self.met == 1 && !self.shared.by_type && self.known.is_empty() {
                self.first = Some(self.shared.like(seen));
            }
            return;
        }
        self.events += 1;
        let Some(at) = self.place(seen) else { return self.other_type(seen) };
        let filled = &mut self.filled[at];
        let before = filled.out.len();
        let Some(rows) = filled.writer.row(seen, &self.chooser.spot, &mut filled.out) else {
            return self.too_many_rows(seen, item);
        };
        if let Some(strangers) = strangers {
            self.undocumented.count(&strangers, self.shared.wish.explode.as_deref());
        }
        filled.rows += rows as u64;
        self.bytes += filled.out.len() - before;
        if self.shared.remembers {
            self.remember(seen, at, rows as u64);
        }
    }

    fn broken(&mut self, _: Span, item: Option<Item>) {
        self.missed.settle(item);
    }

    fn skipped(&mut self, passed: PassedOver) {
        self.missed.stats.passed_over.add(&passed);
    }

    fn is_full(&self) -> bool {
        self.bytes >= HEAVY || self.made.len() as u64 >= self.room || self.missed.is_full()
    }
}
