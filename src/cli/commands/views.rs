//! The views of a piece of the input that `show` shows: cards and rows, which workers make.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::catalog::Event;
use crate::cli::files::source::Source;
use crate::cli::session::Missed;
use crate::container::Request;
use crate::engine::Seen;
use crate::finding::Span;
use crate::json::Place;
use crate::query::{Chooser, Keys, Select, SortKey};
use crate::report::collect::Unreadable;
use crate::secrets::Secrets;
use crate::seen::events::{Hasher, Hashes};
use crate::stream::frame::{Handler, Item};
use crate::stream::stats::PassedOver;
use crate::view::card::{CardOptions, Cards};
use crate::view::closing::{Counted, Part};
use crate::view::table::{Batch, RowMaker, Table, TableOptions};

/// How events are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// A card for one, a table for many.
    Either,
    Cards,
    Table,
}

/// What a table is for.
#[derive(Clone, Copy, Debug)]
pub enum Only {
    /// Columns that the user named.
    Named,
    /// One type, or any mixture.
    Type(Option<&'static Event>),
}

impl Only {
    pub fn is(self, other: Only) -> bool {
        match (self, other) {
            (Only::Named, Only::Named) | (Only::Type(None), Only::Type(None)) => true,
            (Only::Type(Some(ours)), Only::Type(Some(theirs))) => std::ptr::eq(ours, theirs),
            _ => false,
        }
    }

    /// Whether events of a type, or of any where there is none, have no columns of their own in it.
    pub fn is_strange(self, event: Option<&'static Event>) -> bool {
        matches!(self, Only::Type(Some(_))) && !self.is(Only::Type(event))
    }
}

/// What all workers know.
pub struct Shared {
    pub view: View,
    pub card: CardOptions,
    pub table: TableOptions,
    /// The table that rows are made for, once it is known.
    pub chosen: Mutex<Option<(Only, Table)>>,
    pub select: Arc<Select>,
    /// Whether it matters on which lines events stand, whatever is selected.
    pub asks_line: bool,
    /// What is sorted by; nothing where the order is that of the input.
    pub sort: Vec<SortKey>,
    pub hasher: Hasher,
    /// An empty part of the summary.
    pub part: Part,
    /// What the user gave.
    pub secrets: Secrets,
    /// How many more are wanted; without end where all is counted.
    pub room: AtomicU64,
    /// Whether the input is one document, as far as anybody can tell: then it needs no row.
    pub single: AtomicBool,
    /// Whether what comes is the first that is shown: otherwise it needs no card beside its row.
    pub first: AtomicBool,
}

impl Shared {
    pub fn chosen(&self) -> MutexGuard<'_, Option<(Only, Table)>> {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn table_of(&self, event: Option<&'static Event>) -> (Only, Table) {
        (Only::Type(event), Table::of(event, self.table))
    }
}

/// What a worker makes of a piece.
pub struct Views<'s> {
    shared: &'s Shared,
    chooser: Chooser,
    /// The table whose rows are made, and for what it is.
    pub table: Option<(Only, Table, RowMaker)>,
    /// Whether that was known before; otherwise it is a guess from the first event.
    known: bool,
    /// The rows before an event that has no columns in the table that was known, and how many documents they are of.
    pub before: Option<(Only, Batch, usize)>,
    /// All events so far are of this type; what is no event has none.
    pub of: Option<Option<&'static Event>>,
    /// Makes cards where any may be shown.
    cards: Option<Cards>,
    /// What is secret wherever it stands: what the user gave, and what stands in the head of the request.
    secrets: Secrets,
    /// The cards, one after another, and where each ends.
    text: String,
    ends: Vec<usize>,
    pub batch: Batch,
    /// Of each that is shown; `None` for what is no event, or alone: neither comes again.
    pub hashes: Vec<Option<(Hashes, Counted)>>,
    pub keys: Vec<Keys>,
    /// Where reading stops.
    room: u64,
    /// Only a first document is shown, and as a card.
    single: bool,
    pub documents: u64,
    /// Events, wanted or not.
    pub events: u64,
    pub summary: Part,
    pub missed: Missed,
}

impl<'s> Views<'s> {
    pub fn new(shared: &'s Shared, source: &Source) -> Views<'s> {
        let are_cards = match shared.view {
            View::Either => shared.first.load(Ordering::Relaxed),
            view => view == View::Cards,
        };
        let mut views = Views {
            shared,
            chooser: Chooser::new(&shared.select, &source.name, shared.asks_line),
            table: shared.chosen().as_ref().map(|(only, table)| (*only, table.clone(), table.maker())),
            known: false,
            before: None,
            of: None,
            cards: are_cards.then(|| Cards::new(shared.card)),
            secrets: Secrets::default(),
            text: String::new(),
            ends: Vec::new(),
            batch: Batch::default(),
            hashes: Vec::new(),
            keys: Vec::new(),
            room: shared.room.load(Ordering::Relaxed),
            single: shared.single.load(Ordering::Relaxed),
            documents: 0,
            events: 0,
            summary: shared.part.clone(),
            missed: Missed::telling(shared.table.lang),
        };
        views.known = views.table.is_some();
        views.hide(shared.secrets.clone());
        views
    }

    fn hide(&mut self, secrets: Secrets) {
        if let Some(cards) = &mut self.cards {
            cards.hide(secrets.clone());
        }
        if let Some((_, _, maker)) = &mut self.table {
            maker.hide(secrets.clone());
        }
        self.secrets = secrets;
    }

    /// Documents that are shown.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether this was taken for one document, and is more.
    pub fn is_more(&self) -> bool {
        self.single && self.len() > 1
    }

    /// The card at a place.
    pub fn card(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] + 1);
        &self.text[start..self.ends[at]]
    }

    /// Ends the table that was known where an event of this type has no columns in it: from here on it is for any. So where
    /// that is depends on what is read, and not on how much at once. What is sorted is one table.
    fn turn(&mut self, of: Option<&'static Event>) {
        let Some((only, ..)) = &self.table else { return };
        if !self.known || !self.shared.sort.is_empty() || !only.is_strange(of) {
            return;
        }
        self.before = Some((*only, std::mem::take(&mut self.batch), self.len()));
        let (only, table) = self.shared.table_of(None);
        let mut maker = table.maker();
        maker.hide(self.secrets.clone());
        self.table = Some((only, table, maker));
    }

    /// Makes the view of a document; of an event, `counted` says as what it was counted.
    fn show(&mut self, seen: &Seen<'_>, counted: Option<Counted>) {
        let shared = self.shared;
        let of = seen.event();
        if seen.is_event() {
            // A mixture has no type.
            self.of = Some(match self.of {
                Some(Some(other)) if !of.is_some_and(|of| std::ptr::eq(of, other)) => None,
                Some(known) => known,
                None => of,
            });
        }
        if let Some(cards) = &mut self.cards
            && (shared.view == View::Cards || self.ends.is_empty())
        {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            let spot = shared.table.places.then_some(&self.chooser.spot);
            cards.push(seen, spot, &mut self.text);
            self.ends.push(self.text.len());
        }
        if shared.view != View::Cards && !self.single {
            if seen.is_event() {
                self.turn(of);
            }
            let (_, _, maker) = self.table.get_or_insert_with(|| {
                let only = Only::Type(of);
                let table = Table::of_layout(seen.record.layout, shared.table);
                let mut maker = table.maker();
                maker.hide(self.secrets.clone());
                (only, table, maker)
            });
            maker.row(seen, &self.chooser.spot, self.documents, &mut self.batch);
        }
        let counted = counted.filter(|_| !self.single);
        self.hashes.push(counted.map(|counted| (Hashes::of_delivery(seen, &shared.hasher), counted)));
        if self.is_more() {
            shared.single.store(false, Ordering::Relaxed);
        }
        if !shared.sort.is_empty() {
            let TableOptions { lang, zone, .. } = shared.table;
            self.keys.push(SortKey::keys(&shared.sort, seen, &self.chooser.spot, lang, zone));
        }
    }
}

impl Handler for Views<'_> {
    type Sink = Unreadable;

    fn sink(&mut self) -> &mut Unreadable {
        &mut self.missed.findings
    }

    fn begin(&mut self, text: &[u8], place: Place) {
        self.chooser.begin(text, place);
    }

    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        let readable = self.missed.document(seen, item);
        self.documents += 1;
        if seen.is_event() {
            self.events += 1;
            if self.chooser.wants(seen) {
                let counted = self.summary.count(seen);
                self.show(seen, Some(counted));
            }
        } else if readable && self.shared.select.is_all() {
            self.summary.count(seen);
            self.show(seen, None);
        }
    }

    fn request(&mut self, request: &Request<'_>, _: Span) {
        let mut secrets = self.shared.secrets.clone();
        request.teach(&mut secrets);
        self.hide(secrets);
    }

    fn request_end(&mut self) {
        self.hide(self.shared.secrets.clone());
    }

    fn broken(&mut self, _: Span, item: Option<Item>) {
        self.missed.settle(item);
    }

    fn skipped(&mut self, passed: PassedOver) {
        self.missed.stats.passed_over.add(&passed);
    }

    fn is_full(&self) -> bool {
        self.len() as u64 >= self.room || self.is_more() || self.missed.is_full()
    }
}
