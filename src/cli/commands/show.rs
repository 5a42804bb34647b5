//! `show`: a card for one event, a table for many.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use clap::Args as ClapArgs;

use crate::catalog::Event;
use crate::cli::args::{InputArgs, SelectArgs};
use crate::cli::choose::condition::Key;
use crate::cli::choose::select::{Select, SortKey};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::files::output::Output;
use crate::cli::files::source::Source;
use crate::cli::pipeline::{Collector, Flow, GO_ON, run as run_pipeline};
use crate::cli::session::{Missed, Session};
use crate::container::Request;
use crate::engine::Seen;
use crate::finding::Span;
use crate::report::collect::Unreadable;
use crate::secrets::Secrets;
use crate::seen::events::{Hasher, Hashes, Window};
use crate::stream::assemble::Stretch;
use crate::stream::frame::{Handler, Item};
use crate::view::card::{CardOptions, Cards};
use crate::view::summary::{Counted, Part, Summary, none_selected, stopped};
use crate::view::table::{Batch, RowMaker, Table, TableOptions, TableWriter, fits};

#[derive(Debug, ClapArgs)]
pub struct ShowArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub select: SelectArgs,
    /// At most so many
    #[arg(long, short = 'n', value_name = "N", help_heading = "Select")]
    pub limit: Option<u64>,
    /// Leave out deliveries of an event that came before
    #[arg(long, help_heading = "Select")]
    pub dedupe: bool,
    /// How many events are remembered to find the same one again; 0 turns it off
    #[arg(long, value_name = "EVENTS", default_value_t = crate::seen::events::DEFAULT_WINDOW, help_heading = "Select")]
    pub window: usize,
    /// Sort all input by this field; -FIELD for the largest first. Holds the rows in memory that are to be shown
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true, help_heading = "Select")]
    pub sort: Option<SortKey>,
    /// A card for each event
    #[arg(long, conflicts_with_all = ["table", "columns"], help_heading = "View")]
    pub card: bool,
    /// A table, also for one event
    #[arg(long, help_heading = "View")]
    pub table: bool,
    /// Which columns, in which order: wire names, `type:raw` for the raw value
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "View")]
    pub columns: Option<Vec<String>>,
    /// Do not fit the table to the terminal
    #[arg(long, help_heading = "View")]
    pub wide: bool,
    /// Values as they stand in the document
    #[arg(long, help_heading = "View")]
    pub raw: bool,
    /// Do not mask tokens, keys, passwords and the like
    #[arg(long, help_heading = "View")]
    pub show_secrets: bool,
}

/// Runs the command.
pub fn run(args: &ShowArgs, context: &Context) -> Result<Exit, Stop> {
    let select = args.select.select(context.zone)?;
    // Nobody's lines are too narrow when nobody looks: a pipe gets everything.
    let width = (context.io.stdout.terminal && !args.wide).then_some(context.out.width);
    let table = TableOptions {
        width,
        color: context.out.color,
        lang: context.out.lang,
        zone: context.zone,
        raw: args.raw,
        show_secrets: args.show_secrets,
    };
    let chosen = match &args.columns {
        Some(names) => Some(Table::chosen(names.iter().map(String::as_str), table).map_err(Stop::because)?),
        None => None,
    };
    let (sources, unread) = args.input.sources(context)?;
    let summary = Summary::new(args.dedupe);
    let most = args.limit.unwrap_or(u64::MAX);
    // What is read to its end has true totals; who asks for the first of a pipe, or of much, does not wait for the last.
    let length: Option<u64> = sources.iter().map(|source| source.length).sum();
    let stops = args.sort.is_none() && length.is_none_or(|length| length > COUNTED);
    let shared = Shared {
        view: match () {
            () if args.card => View::Cards,
            () if args.table || args.columns.is_some() => View::Table,
            () if fits(width) => View::Either,
            () => View::Cards,
        },
        card: CardOptions {
            look: context.out,
            zone: context.zone,
            raw: args.raw,
            show_secrets: args.show_secrets,
        },
        table,
        chosen: Mutex::new(chosen.map(|table| (Only::Named, table))),
        select,
        sort: args.sort.clone(),
        hasher: Hasher::default(),
        part: summary.part(),
        room: AtomicU64::new(if stops { most } else { u64::MAX }),
        secrets: context.credentials.hidden(),
    };
    let mut shower = Shower {
        shared: &shared,
        out: Output::open(None, &context.io.stdout)?,
        writer: None,
        hidden: Vec::new(),
        held: None,
        window: Window::new(args.window),
        dedupe: args.dedupe,
        number: 0,
        events: 0,
        kept: 0,
        most,
        stops,
        sorted: Sorted::default(),
        summary,
        session: Session::new(context, args.input.verbose, unread),
        carded: false,
    };
    run_pipeline(&sources, args.input.plan(context), || Views::new(&shared), &mut shower)?;
    shower.finish(context)
}

/// Files of so many bytes together are counted to their end though only the first events are shown.
const COUNTED: u64 = 16 << 20;

/// How events are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    /// A card for one, a table for many.
    Either,
    Cards,
    Table,
}

/// What a table is for.
#[derive(Clone, Copy, Debug)]
enum Only {
    /// Columns that the user named.
    Named,
    /// One type, or any mixture.
    Type(Option<&'static Event>),
}

impl Only {
    fn is(self, other: Only) -> bool {
        match (self, other) {
            (Only::Named, Only::Named) | (Only::Type(None), Only::Type(None)) => true,
            (Only::Type(Some(ours)), Only::Type(Some(theirs))) => std::ptr::eq(ours, theirs),
            _ => false,
        }
    }

    /// Whether events of a type, or of any where there is none, have no columns of their own in it.
    fn is_strange(self, event: Option<&'static Event>) -> bool {
        matches!(self, Only::Type(Some(_))) && !self.is(Only::Type(event))
    }
}

/// What all workers know.
struct Shared {
    view: View,
    card: CardOptions,
    table: TableOptions,
    /// The table that rows are made for, once it is known.
    chosen: Mutex<Option<(Only, Table)>>,
    select: Select,
    sort: Option<SortKey>,
    hasher: Hasher,
    /// An empty part of the summary.
    part: Part,
    /// What the user gave.
    secrets: Secrets,
    /// How many more are wanted; without end where all is counted.
    room: AtomicU64,
}

impl Shared {
    fn chosen(&self) -> MutexGuard<'_, Option<(Only, Table)>> {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn table_of(&self, event: Option<&'static Event>) -> (Only, Table) {
        (Only::Type(event), Table::of(event, self.table))
    }
}

/// What a worker makes of a piece.
struct Views<'s> {
    shared: &'s Shared,
    /// The table whose rows are made, and for what it is.
    table: Option<(Only, Table, RowMaker)>,
    /// All events so far are of this type; what is no event has none.
    of: Option<Option<&'static Event>>,
    cards: Cards,
    /// What is secret wherever it stands: what the user gave, and what stands in the head of the request.
    secrets: Secrets,
    /// The cards, one after another, and where each ends.
    text: String,
    ends: Vec<usize>,
    batch: Batch,
    /// Of each that is shown; `None` for what is no event.
    hashes: Vec<Option<(Hashes, Counted)>>,
    keys: Vec<Option<Key>>,
    /// Where reading stops.
    room: u64,
    documents: u64,
    /// Events, wanted or not.
    events: u64,
    summary: Part,
    missed: Missed,
}

impl<'s> Views<'s> {
    fn new(shared: &'s Shared) -> Views<'s> {
        let mut views = Views {
            shared,
            table: shared.chosen().as_ref().map(|(only, table)| (*only, table.clone(), table.maker())),
            of: None,
            cards: Cards::new(shared.card),
            secrets: Secrets::default(),
            text: String::new(),
            ends: Vec::new(),
            batch: Batch::default(),
            hashes: Vec::new(),
            keys: Vec::new(),
            room: shared.room.load(Ordering::Relaxed),
            documents: 0,
            events: 0,
            summary: shared.part.clone(),
            missed: Missed::default(),
        };
        views.hide(shared.secrets.clone());
        views
    }

    fn hide(&mut self, secrets: Secrets) {
        self.cards.hide(secrets.clone());
        if let Some((_, _, maker)) = &mut self.table {
            maker.hide(secrets.clone());
        }
        self.secrets = secrets;
    }

    /// Documents that are shown.
    fn len(&self) -> usize {
        self.hashes.len()
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
        if shared.view == View::Cards || (shared.view == View::Either && self.ends.is_empty()) {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.cards.push(seen, &mut self.text);
            self.ends.push(self.text.len());
        }
        if shared.view != View::Cards {
            let (_, _, maker) = self.table.get_or_insert_with(|| {
                let (only, table) = shared.table_of(of);
                let mut maker = table.maker();
                maker.hide(self.secrets.clone());
                (only, table, maker)
            });
            maker.row(seen, self.documents, &mut self.batch);
        }
        self.hashes.push(counted.map(|counted| (Hashes::of_delivery(seen, &shared.hasher), counted)));
        if let Some(sort) = &shared.sort {
            self.keys.push(sort.key(seen));
        }
    }
}

impl Handler for Views<'_> {
    type Sink = Unreadable;

    fn sink(&mut self) -> &mut Unreadable {
        &mut self.missed.findings
    }

    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        let readable = self.missed.document(seen, item);
        self.documents += 1;
        if seen.is_event() {
            self.events += 1;
            if self.shared.select.wants(seen) {
                let counted = self.summary.count(seen);
                self.show(seen, Some(counted));
            }
        } else if readable && self.shared.select.is_all() {
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

    fn skipped(&mut self, _: Span) {
        self.missed.skipped += 1;
    }

    fn is_full(&self) -> bool {
        self.len() as u64 >= self.room || self.missed.is_full()
    }
}

/// Shows in order.
struct Shower<'s> {
    shared: &'s Shared,
    out: Output,
    /// Of the table that is written.
    writer: Option<(Only, TableWriter)>,
    /// Columns that had no room in it, or in one before it.
    hidden: Vec<String>,
    /// The first document: a card if it stays alone, a row if not.
    held: Option<(String, Batch)>,
    window: Window,
    dedupe: bool,
    /// Documents before this stretch.
    number: u64,
    /// Events so far, wanted or not.
    events: u64,
    /// What is to be shown, as far as there is room.
    kept: u64,
    most: u64,
    /// Whether reading stops at the last that is shown.
    stops: bool,
    sorted: Sorted,
    summary: Summary,
    session: Session,
    /// A card has been written: the next one stands apart.
    carded: bool,
}

/// What is held back until all keys are known.
#[derive(Default)]
struct Sorted {
    keys: Vec<Option<Key>>,
    batch: Batch,
    cards: Vec<String>,
}

/// So many rows beyond those that will be shown are held before they are sorted out.
const SPARE: usize = 4096;

impl Sorted {
    /// Brings everything in order, and keeps the first of it. What is equal stays in the order of the input.
    fn settle(&mut self, descending: bool, most: usize) {
        let mut order: Vec<usize> = (0..self.keys.len()).collect();
        order.sort_by(|a, b| {
            let order = self.keys[*a].cmp(&self.keys[*b]);
            if descending { order.reverse() } else { order }
        });
        order.truncate(most);
        self.keys = order.iter().map(|at| self.keys[*at].take()).collect();
        if self.cards.is_empty() {
            self.batch = self.batch.pick(&order);
        } else {
            self.cards = order.iter().map(|at| std::mem::take(&mut self.cards[*at])).collect();
        }
    }
}

impl<'s> Shower<'s> {
    /// The writer for the table that rows are made for.
    fn writer(&mut self) -> &mut TableWriter {
        let shared = self.shared;
        let (_, writer) = self.writer.get_or_insert_with(|| {
            let mut chosen = shared.chosen();
            let (only, table) = chosen.get_or_insert_with(|| shared.table_of(None));
            (*only, table.writer())
        });
        writer
    }

    /// Ends the table that is written where rows are no longer made for it: another one begins, with its own head.
    fn turn(&mut self) -> io::Result<()> {
        let chosen = self.shared.chosen().as_ref().map(|(only, _)| *only);
        if self.writer.as_ref().is_none_or(|(written, _)| chosen.is_none_or(|chosen| chosen.is(*written))) {
            return Ok(());
        }
        if let Some((_, batch)) = self.held.take() {
            self.rows(&batch, &[0])?;
        }
        self.end_table()
    }

    fn end_table(&mut self) -> io::Result<()> {
        if let Some((_, mut writer)) = self.writer.take() {
            writer.finish(&mut self.out)?;
            for title in writer.hidden() {
                if !self.hidden.iter().any(|known| known == title) {
                    self.hidden.push(title.to_owned());
                }
            }
        }
        Ok(())
    }

    /// Takes the documents of a stretch at these places.
    fn take(&mut self, views: &Views<'s>, wanted: &[usize]) -> io::Result<()> {
        if wanted.is_empty() {
            return Ok(());
        }
        let shared = self.shared;
        let card = |at: usize| {
            let start = at.checked_sub(1).map_or(0, |before| views.ends[before] + 1);
            &views.text[start..views.ends[at]]
        };
        if let Some(sort) = &shared.sort {
            let most = usize::try_from(self.most).unwrap_or(usize::MAX);
            let sorted = &mut self.sorted;
            for &at in wanted {
                sorted.keys.push(views.keys[at].clone());
                match shared.view {
                    View::Cards => sorted.cards.push(card(at).to_owned()),
                    View::Either | View::Table => sorted.batch.append(&views.batch, at..at + 1),
                }
            }
            if sorted.keys.len() > most.saturating_mul(2).saturating_add(SPARE) {
                sorted.settle(sort.descending, most);
            }
            // Alone it is a card.
            let alone = shared.view == View::Either && self.kept == 1;
            self.held = alone.then(|| (card(wanted[0]).to_owned(), Batch::default()));
            return Ok(());
        }
        if shared.view == View::Cards {
            for &at in wanted {
                self.card(card(at))?;
            }
            return Ok(());
        }
        let first = self.kept.min(self.most) == wanted.len() as u64;
        if shared.view == View::Either && first && wanted.len() == 1 && wanted[0] == 0 {
            self.held = Some((card(0).to_owned(), views.batch.clone()));
            // Should it become a row, it is one of this table.
            self.writer();
            return Ok(());
        }
        if let Some((_, batch)) = self.held.take() {
            self.rows(&batch, &[0])?;
        }
        self.rows(&views.batch, wanted)
    }

    fn card(&mut self, card: &str) -> io::Result<()> {
        if std::mem::replace(&mut self.carded, true) {
            self.out.write_all(b"\n")?;
        }
        self.out.write_all(card.as_bytes())
    }

    /// Lays out the rows at these places, which ascend.
    fn rows(&mut self, batch: &Batch, wanted: &[usize]) -> io::Result<()> {
        self.writer();
        let (Some((_, writer)), out) = (&mut self.writer, &mut self.out) else { return Ok(()) };
        if wanted.len() == batch.len() {
            return writer.push(batch, out);
        }
        writer.push(&batch.pick(wanted), out)
    }

    fn finish(mut self, context: &Context) -> Result<Exit, Stop> {
        let mut sorted = std::mem::take(&mut self.sorted);
        if let Some(sort) = &self.shared.sort {
            sorted.settle(sort.descending, usize::try_from(self.most).unwrap_or(usize::MAX));
            for card in &sorted.cards {
                self.card(card)?;
            }
            if self.held.is_none() && !sorted.batch.is_empty() {
                let all: Vec<usize> = (0..sorted.batch.len()).collect();
                self.rows(&sorted.batch, &all)?;
            }
        }
        if let Some((card, _)) = self.held.take() {
            self.out.write_all(card.as_bytes())?;
        }
        self.end_table()?;
        let hidden = self.hidden.join(", ");
        let (session, talk) = (&self.session, &self.session.talk);
        // All data before any talk of it.
        self.out.finish()?;
        if !hidden.is_empty() {
            talk.line(format_args!("not shown for lack of room: {hidden} (--wide, --columns)"));
        }
        let lang = context.out.lang;
        let many = self.number > 1 || session.any_left_out() || (self.number > 0 && self.kept == 0);
        let enough = self.stops && self.kept >= self.most;
        if enough {
            talk.line(stopped(self.most, lang));
        } else if self.events > 0 && self.summary.events() == 0 {
            talk.line(none_selected(self.events, lang));
        } else if many {
            talk.line(self.summary.line((self.kept > self.most).then_some(self.most), lang));
        }
        if !enough && session.came_to_nothing(self.number) {
            return Err(Stop::because("there is no event in the input"));
        }
        Ok(session.exit(false))
    }
}

impl<'s> Collector<Views<'s>> for Shower<'s> {
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    /// A piece that was read ahead took the type of its own first event for that of the table: is it, and are all of its
    /// events? And did it stop where it should?
    fn accepts(&self, views: &Views<'s>) -> bool {
        // It was read ahead before it was known how many are still wanted.
        if views.len() as u64 > self.shared.room.load(Ordering::Relaxed) {
            return false;
        }
        let Some((made, ..)) = views.table else { return true };
        let mut chosen = self.shared.chosen();
        let (only, table) = chosen.get_or_insert_with(|| self.shared.table_of(views.of.flatten()));
        // Other types come: from here on the table is for any. What is sorted is one table.
        if self.shared.sort.is_none() && views.of.is_some_and(|of| only.is_strange(of)) {
            (*only, *table) = self.shared.table_of(None);
        }
        only.is(made)
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Views<'s>>) -> Flow {
        let Stretch { text, place, items, handler: mut views } = stretch;
        self.session.missed(source, text, place, items, &views.missed)?;
        // A first stretch that was not read ahead has not been asked about.
        if let Some((only, table, _)) = views.table.take() {
            self.shared.chosen().get_or_insert((only, table));
        }
        self.turn()?;
        views.batch.renumber(self.number);
        self.number += views.documents;
        self.events += views.events;
        let mut wanted = Vec::with_capacity(views.len());
        self.summary.add(&views.summary);
        for (at, delivery) in views.hashes.iter().enumerate() {
            if let Some((hashes, counted)) = *delivery
                && self.window.is_repeat(hashes)
            {
                self.summary.duplicate(counted);
                if self.dedupe {
                    continue;
                }
            }
            if self.kept < self.most || self.shared.sort.is_some() {
                wanted.push(at);
            }
            self.kept += 1;
        }
        self.take(&views, &wanted)?;
        // From a pipe that pauses, what is whole is shown at once.
        if source.is_live() {
            if let Some((_, writer)) = &mut self.writer {
                writer.flush(&mut self.out)?;
            }
            self.out.flush()?;
        }
        if self.stops {
            self.shared.room.store(self.most.saturating_sub(self.kept), Ordering::Relaxed);
        }
        let enough = self.stops && self.kept >= self.most;
        Ok(if enough { ControlFlow::Break(()) } else { GO_ON })
    }
}
