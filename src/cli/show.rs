//! `show`: a card for one event, a table for many.

use std::cmp::Ordering;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::OnceLock;

use crate::catalog::Event;
use crate::check::Seen;
use crate::check::assemble::Stretch;
use crate::check::collect::{About, MANY, Unreadable};
use crate::check::repeat::{Hasher, Identity, Window};
use crate::check::segment::{Handler, Item};
use crate::finding::Span;
use crate::payload::Request;
use crate::render::card::{CardOptions, Cards};
use crate::render::table::{Batch, RowMaker, Table, TableOptions, TableWriter, fits};
use crate::render::tally::{Part, Summary};
use crate::secrets::Secrets;

use super::args::ShowArgs;
use super::env::Surroundings;
use super::exit::Exit;
use super::left_out::{LeftOut, Missed};
use super::output::{Output, say};
use super::run::{Collector, Flow, run as run_pipeline};
use super::select::{Select, SortKey};
use super::source::{Source, reason};

/// Runs the command.
pub fn run(args: &ShowArgs, around: &Surroundings) -> io::Result<Exit> {
    let select = match Select::new(
        &args.select.conditions,
        args.select.since.as_deref(),
        args.select.until.as_deref(),
        around.zone,
    ) {
        Ok(select) => select,
        Err(message) => return Ok(super::fail(&message)),
    };
    // Nobody's lines are too narrow when nobody looks: a pipe gets everything.
    let width = (around.terminal && !args.wide).then_some(around.out.width);
    let table = TableOptions {
        width,
        color: around.out.color,
        lang: around.out.lang,
        zone: around.zone,
        raw: args.raw,
        show_secrets: args.show_secrets,
    };
    let chosen = match &args.columns {
        Some(names) => match Table::chosen(names.iter().map(String::as_str), table) {
            Ok(table) => Some(table),
            Err(unknown) => return Ok(super::fail(&unknown.to_string())),
        },
        None => None,
    };
    let Some((sources, unread)) = args.input.sources() else { return Ok(Exit::Failed) };
    let summary = Summary::default();
    let shared = Shared {
        view: match () {
            () if args.card => View::Cards,
            () if args.table || args.columns.is_some() => View::Table,
            () if fits(width) => View::Either,
            () => View::Cards,
        },
        card: CardOptions {
            look: around.out,
            zone: around.zone,
            raw: args.raw,
            show_secrets: args.show_secrets,
        },
        table,
        chosen: chosen.map_or_else(OnceLock::new, |table| OnceLock::from((Only::Named, table))),
        select,
        sort: args.sort.clone(),
        hasher: Hasher::default(),
        dedupe: args.dedupe,
        part: summary.part(),
        secrets: around.credentials.hidden(),
    };
    let mut shower = Shower {
        shared: &shared,
        out: Output::open(None)?,
        writer: None,
        held: None,
        window: Window::new(if args.dedupe { args.window } else { 0 }),
        number: 0,
        shown: 0,
        most: args.limit.unwrap_or(u64::MAX),
        sorted: Sorted::default(),
        summary,
        left_out: LeftOut::new(args.input.verbose, around.credentials.hidden()),
        carded: false,
    };
    shower.left_out.unread = unread;
    run_pipeline(&sources, args.input.plan(around), || Views::new(&shared), &mut shower)?;
    shower.finish(around)
}

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
    fn is(self, other: Option<&'static Event>) -> bool {
        match (self, other) {
            (Only::Named, _) | (Only::Type(None), None) => true,
            (Only::Type(Some(ours)), Some(theirs)) => std::ptr::eq(ours, theirs),
            _ => false,
        }
    }
}

/// What all workers know.
struct Shared {
    view: View,
    card: CardOptions,
    table: TableOptions,
    chosen: OnceLock<(Only, Table)>,
    select: Select,
    sort: Option<SortKey>,
    hasher: Hasher,
    dedupe: bool,
    /// An empty part of the summary.
    part: Part,
    /// What the user gave.
    secrets: Secrets,
}

/// What a worker makes of a piece.
struct Views<'s> {
    shared: &'s Shared,
    /// The table whose rows are made, and for what it is.
    table: Option<(Only, Table, RowMaker)>,
    /// All events so far are of this type.
    of: Option<Option<&'static Event>>,
    cards: Cards,
    /// What is secret wherever it stands: what the user gave, and what stands in the head of the request.
    secrets: Secrets,
    /// The cards, one after another, and where each ends.
    text: String,
    ends: Vec<usize>,
    batch: Batch,
    identities: Vec<Option<Identity>>,
    keys: Vec<super::select::Key>,
    documents: u64,
    summary: Part,
    missed: Missed,
}

impl<'s> Views<'s> {
    fn new(shared: &'s Shared) -> Views<'s> {
        let mut views = Views {
            shared,
            table: shared.chosen.get().map(|(only, table)| (*only, table.clone(), table.maker())),
            of: None,
            cards: Cards::new(shared.card),
            secrets: Secrets::default(),
            text: String::new(),
            ends: Vec::new(),
            batch: Batch::default(),
            identities: Vec::new(),
            keys: Vec::new(),
            documents: 0,
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
        self.identities.len()
    }

    fn show(&mut self, seen: &Seen<'_>) {
        let shared = self.shared;
        let of = seen.event();
        // A mixture has no type.
        self.of = Some(match self.of {
            Some(Some(other)) if !of.is_some_and(|of| std::ptr::eq(of, other)) => None,
            Some(known) => known,
            None => of,
        });
        if shared.view == View::Cards || (shared.view == View::Either && self.ends.is_empty()) {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.cards.push(seen, &mut self.text);
            self.ends.push(self.text.len());
        }
        if shared.view != View::Cards {
            let (_, _, maker) = self.table.get_or_insert_with(|| {
                let table = Table::of(of, shared.table);
                let mut maker = table.maker();
                maker.hide(self.secrets.clone());
                (Only::Type(of), table, maker)
            });
            maker.row(seen, self.documents, &mut self.batch);
        }
        let identity = || Identity::of(seen, About::ALONE, &shared.hasher);
        self.identities.push((shared.dedupe && seen.is_event()).then(identity));
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
        self.missed.recognised.count(seen, item);
        let unreadable = self.missed.findings.findings().len() > self.missed.settled();
        self.missed.settle(item);
        self.documents += 1;
        if seen.is_event() {
            if self.shared.select.wants(seen) {
                self.summary.count(seen);
                self.show(seen);
            }
        } else if !unreadable && self.shared.select.is_all() {
            self.show(seen);
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
        self.missed.settled() >= MANY
    }
}

/// Shows in order.
struct Shower<'s> {
    shared: &'s Shared,
    out: Output,
    writer: Option<TableWriter>,
    /// The first document: a card if it stays alone, a row if not.
    held: Option<(String, Batch)>,
    window: Window,
    /// Documents before this stretch.
    number: u64,
    shown: u64,
    most: u64,
    sorted: Sorted,
    summary: Summary,
    left_out: LeftOut,
    /// A card has been written: the next one stands apart.
    carded: bool,
}

/// What is held back until all keys are known.
#[derive(Default)]
struct Sorted {
    keys: Vec<super::select::Key>,
    batch: Batch,
    cards: Vec<String>,
}

impl<'s> Shower<'s> {
    fn writer(&mut self) -> &mut TableWriter {
        let shared = self.shared;
        self.writer.get_or_insert_with(|| {
            let (_, table) = shared.chosen.get_or_init(|| (Only::Type(None), Table::of(None, shared.table)));
            table.writer()
        })
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
        if shared.sort.is_some() {
            for &at in wanted {
                self.sorted.keys.push(views.keys[at].clone());
                if shared.view == View::Cards {
                    self.sorted.cards.push(card(at).to_owned());
                } else {
                    self.sorted.batch.append(&views.batch, at..at + 1);
                }
            }
            return Ok(());
        }
        if shared.view == View::Cards {
            for &at in wanted {
                self.card(card(at))?;
            }
            return Ok(());
        }
        let first = self.shown == wanted.len() as u64;
        if shared.view == View::Either && first && wanted.len() == 1 && wanted[0] == 0 {
            self.held = Some((card(0).to_owned(), views.batch.clone()));
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

    fn rows(&mut self, batch: &Batch, wanted: &[usize]) -> io::Result<()> {
        self.writer();
        let (Some(writer), out) = (&mut self.writer, &mut self.out) else { return Ok(()) };
        if wanted.len() == batch.len() {
            return writer.push(batch, out);
        }
        let mut some = Batch::default();
        for &at in wanted {
            some.append(batch, at..at + 1);
        }
        writer.push(&some, out)
    }

    fn finish(mut self, around: &Surroundings) -> io::Result<Exit> {
        let sorted = std::mem::take(&mut self.sorted);
        if let Some(sort) = &self.shared.sort {
            let mut order: Vec<usize> = (0..sorted.keys.len()).collect();
            order.sort_by(|a, b| {
                let order = sorted.keys[*a].partial_cmp(&sorted.keys[*b]).unwrap_or(Ordering::Equal);
                if sort.descending { order.reverse() } else { order }
            });
            order.truncate(usize::try_from(self.most).unwrap_or(usize::MAX));
            if self.shared.view == View::Cards {
                for at in &order {
                    self.card(&sorted.cards[*at])?;
                }
            } else if !order.is_empty() {
                self.rows(&sorted.batch, &order)?;
            }
        }
        if let Some((card, _)) = self.held.take() {
            self.out.write_all(card.as_bytes())?;
        }
        let mut hidden = String::new();
        if let Some(mut writer) = self.writer.take() {
            writer.finish(&mut self.out)?;
            hidden = writer.hidden().join(", ");
        }
        // All data before any talk of it.
        self.out.finish()?;
        if !hidden.is_empty() {
            say(&format!("not shown for lack of room: {hidden} (--wide, --columns)"));
        }
        let many = self.number > 1 || self.left_out.any() || (self.number > 0 && self.shown == 0);
        if many {
            let line = self.summary.line(around.out.lang);
            say(&match self.shown.min(self.most) {
                shown if shown < self.summary.events() => format!("{line}; {shown} shown"),
                _ => line,
            });
        }
        if self.number == 0 && !self.left_out.any() && !self.left_out.unread {
            say("larkspect: there is no event in the input");
            return Ok(Exit::Failed);
        }
        Ok(match () {
            () if self.left_out.unread => Exit::Failed,
            () if self.left_out.any() => Exit::Findings,
            () => Exit::Fine,
        })
    }
}

impl<'s> Collector<Views<'s>> for Shower<'s> {
    fn begin(&mut self, source: &Source, layers: &[&'static str]) -> Flow {
        self.left_out.begin(source, layers);
        self.window.clear();
        Ok(ControlFlow::Continue(()))
    }

    /// A piece that was read ahead took the type of its own first event for that of the table: is it?
    fn accepts(&self, views: &Views<'s>) -> bool {
        let Some((made, ..)) = &views.table else { return true };
        let (ours, _) = self.shared.chosen.get_or_init(|| {
            let only = views.of.flatten();
            (Only::Type(only), Table::of(only, self.shared.table))
        });
        match made {
            Only::Named => true,
            Only::Type(made) => ours.is(*made),
        }
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Views<'s>>) -> Flow {
        let Stretch { text, place, items, handler: mut views } = stretch;
        self.left_out.missed(source, text, place, items, &views.missed)?;
        // A first stretch that was not read ahead has not been asked about.
        if let Some((only, table, _)) = views.table.take() {
            self.shared.chosen.get_or_init(|| (only, table));
        }
        views.batch.renumber(self.number);
        self.number += views.documents;
        let mut wanted = Vec::with_capacity(views.len());
        for (at, identity) in views.identities.iter().enumerate() {
            let again = identity.as_ref().is_some_and(|identity| {
                self.window.see(identity, text).is_some_and(|repeat| repeat.delivery)
            });
            if !again && (self.shared.sort.is_some() || self.shown < self.most) {
                self.shown += 1;
                wanted.push(at);
            }
        }
        self.summary.add(&views.summary);
        self.take(&views, &wanted)?;
        // From a pipe that pauses, what is whole is shown at once.
        if source.length.is_none() {
            if let Some(writer) = &mut self.writer {
                writer.flush(&mut self.out)?;
            }
            self.out.flush()?;
        }
        let enough = self.shown >= self.most && self.shared.sort.is_none();
        Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    fn failed(&mut self, source: &Source, error: &io::Error) -> Flow {
        self.left_out.unread = true;
        say(&format!("larkspect: {}: {}", source.name, reason(error)));
        Ok(ControlFlow::Continue(()))
    }

    fn end(&mut self, source: &Source) -> Flow {
        self.left_out.end(source)?;
        Ok(ControlFlow::Continue(()))
    }
}
