//! `show`: a card for one event, a table for many.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use clap::Args as ClapArgs;

use crate::cli::args::{InputArgs, SelectArgs, SortArgs, TakeArgs, listed};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::files::output::Output;
use crate::cli::files::source::Source;
use crate::cli::pipeline::{Collector, Flow, GO_ON, run as run_pipeline};
use crate::cli::session::Session;
use crate::cli::sorted::{Held, Sorted};
use crate::lang::{Label, label, say};
use crate::seen::events::{Hasher, Window};
use crate::stream::assemble::Stretch;
use crate::view::card::CardOptions;
use crate::view::closing::{Summary, also, none_selected, stopped};
use crate::view::table::{Batch, Table, TableOptions, TableWriter, fits};

use super::views::{Only, Shared, View, Views};

#[derive(Debug, ClapArgs)]
pub struct ShowArgs {
    /// A card for each event
    #[arg(long, conflicts_with_all = ["table", "columns"])]
    pub card: bool,
    /// A table, also for one event
    #[arg(long)]
    pub table: bool,
    /// Which columns, in which order, separated by commas
    ///
    /// Names, titles or dotted paths: check_time,Employee,message.chat_type. type.raw is the raw value; file, line, delay and
    /// day are of the event; of a moment there are check_time.day, .time and .hour.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub columns: Option<Vec<String>>,
    /// Do not fit the table to the terminal
    #[arg(long)]
    pub wide: bool,
    /// Values as they stand in the document
    #[arg(long, hide_short_help = true)]
    pub raw: bool,
    /// Do not mask tokens, keys, passwords and the like
    #[arg(long, hide_short_help = true)]
    pub show_secrets: bool,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub take: TakeArgs,
    #[command(flatten)]
    pub sort: SortArgs,
    #[command(flatten)]
    pub input: InputArgs,
}

impl ShowArgs {
    /// Nothing else was typed.
    pub fn of(input: InputArgs) -> ShowArgs {
        ShowArgs {
            input,
            select: SelectArgs::default(),
            take: TakeArgs::default(),
            sort: SortArgs::default(),
            card: false,
            table: false,
            columns: None,
            wide: false,
            raw: false,
            show_secrets: false,
        }
    }
}

/// Runs the command.
pub fn run(args: &ShowArgs, context: &Context) -> Result<Exit, Stop> {
    let select = args.select.select(context)?;
    // Nobody's lines are too narrow when nobody looks: a pipe gets everything.
    let width = (context.io.stdout.terminal && !args.wide).then_some(context.out.width);
    let table = TableOptions {
        width,
        color: context.out.color,
        lang: context.out.lang,
        zone: context.zone,
        raw: args.raw,
        show_secrets: args.show_secrets,
        places: false,
    };
    let chosen = match &args.columns {
        Some(names) => {
            Some(Table::chosen(listed(names).iter().map(String::as_str), table).map_err(Stop::because)?)
        }
        None => None,
    };
    let (sources, unread) = args.input.sources(context)?;
    let table = TableOptions { places: sources.len() > 1, ..table };
    let summary = Summary::new(args.take.dedupe);
    let most = args.take.limit.unwrap_or(u64::MAX);
    // What is read to its end has true totals; who asks for the first of a pipe, or of much, does not wait for the last.
    let length: Option<u64> = sources.iter().map(|source| source.length).sum();
    let sort = &args.sort.sort;
    let stops = sort.is_empty() && length.is_none_or(|length| length > COUNTED);
    let view = match () {
        () if args.card => View::Cards,
        () if args.table || args.columns.is_some() => View::Table,
        () if fits(width) => View::Either,
        () => View::Cards,
    };
    let single = sources.len() == 1 && length.is_some_and(|length| length <= SINGLE);
    let shared = Shared {
        view,
        card: CardOptions {
            look: context.out,
            zone: context.zone,
            raw: args.raw,
            show_secrets: args.show_secrets,
        },
        table,
        chosen: Mutex::new(chosen.map(|table| (Only::Named, table))),
        asks_line: table.places || args.columns.is_some() || sort.iter().any(|sort| sort.name.is_line()),
        select: Arc::new(select),
        sort: sort.clone(),
        hasher: Hasher::default(),
        part: summary.part(),
        room: AtomicU64::new(if stops { most } else { u64::MAX }),
        single: AtomicBool::new(single && view == View::Either && sort.is_empty()),
        first: AtomicBool::new(true),
        secrets: context.credentials.hidden(),
    };
    let mut shower = Shower {
        shared: &shared,
        out: Output::open(None, &context.io.stdout)?,
        rows: context.io.rows.filter(|_| context.io.stdout.terminal),
        writer: None,
        hidden: Vec::new(),
        held: None,
        window: Window::new(args.take.window),
        dedupe: args.take.dedupe,
        number: 0,
        events: 0,
        kept: 0,
        most,
        stops,
        sorted: (!sort.is_empty()).then(|| Sorted::new(sort, most)),
        summary,
        session: Session::new(context, args.input.verbose, unread),
        carded: false,
    };
    run_pipeline(&sources, args.input.plan(context), |source| Views::new(&shared, source), &mut shower)?;
    shower.finish(context)
}

/// Files of so many bytes together are counted to their end though only the first events are shown.
const COUNTED: u64 = 16 << 20;

/// A file of so many bytes is probably one document, and is read at once. If it is more, that is soon seen.
const SINGLE: u64 = 16 << 10;

/// Shows in order.
struct Shower<'s> {
    shared: &'s Shared,
    out: Output,
    /// Of the terminal, where there is one.
    rows: Option<usize>,
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
    sorted: Option<Sorted<Waiting>>,
    summary: Summary,
    session: Session,
    /// A card has been written: the next one stands apart.
    carded: bool,
}

/// Rows or cards that are sorted.
#[derive(Default)]
struct Waiting {
    batch: Batch,
    cards: Vec<String>,
}

impl Held for Waiting {
    fn pick(&mut self, order: &[usize]) {
        if self.cards.is_empty() {
            self.batch = self.batch.pick(order);
        } else {
            self.cards.pick(order);
        }
    }
}

impl<'s> Shower<'s> {
    /// The writer for the table that rows are made for.
    fn writer(&mut self) -> &mut TableWriter {
        let (shared, rows) = (self.shared, self.rows);
        let (_, writer) = self.writer.get_or_insert_with(|| {
            let mut chosen = shared.chosen();
            let (only, table) = chosen.get_or_insert_with(|| shared.table_of(None));
            (*only, table.writer().on_screen(rows))
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

    /// What is said of columns, and of what is sorted by, that no event had.
    fn led_nowhere(&self) -> Vec<String> {
        if self.summary.events() == 0 {
            return Vec::new();
        }
        let chosen = self.shared.chosen();
        let columns = chosen.iter().flat_map(|(_, table)| table.names());
        let names = columns.chain(self.shared.sort.iter().map(|sort| &sort.name));
        names.filter(|name| name.led_nowhere()).map(|name| name.nowhere(self.shared.table.lang)).collect()
    }

    /// What to say where the table shows another moment of events than that by which they were selected.
    fn other_clock(&self) -> Option<Label> {
        let select = &self.shared.select;
        match self.writer.as_ref()? {
            // A type that says nothing of when things happened has one clock.
            (Only::Type(of), _) => {
                select.unlike(of.is_some_and(|event| event.happened.is_some()), of.is_none())
            }
            (Only::Named, _) => {
                let chosen = self.shared.chosen();
                select.other_clock(&chosen.iter().flat_map(|(_, table)| table.names()).collect::<Vec<_>>())
            }
        }
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
        if let Some(sorted) = &mut self.sorted {
            for &at in wanted {
                match shared.view {
                    View::Cards => sorted.held.cards.push(views.card(at).to_owned()),
                    View::Either | View::Table => sorted.held.batch.append(&views.batch, at..at + 1),
                }
                sorted.push(views.keys[at].clone());
            }
            // Alone it is a card.
            let alone = shared.view == View::Either && self.kept == 1;
            self.held = alone.then(|| (views.card(wanted[0]).to_owned(), Batch::default()));
            return Ok(());
        }
        if shared.view == View::Cards {
            for &at in wanted {
                self.card(views.card(at))?;
            }
            return Ok(());
        }
        let first = self.kept.min(self.most) == wanted.len() as u64;
        if shared.view == View::Either && first && wanted.len() == 1 && wanted[0] == 0 {
            self.held = Some((views.card(0).to_owned(), views.batch.clone()));
            if !views.batch.is_empty() {
                // Should it become a row, it is one of this table.
                self.writer();
            }
            return Ok(());
        }
        self.take_rows(&views.batch, wanted)
    }

    /// Takes rows after whatever was held.
    fn take_rows(&mut self, batch: &Batch, wanted: &[usize]) -> io::Result<()> {
        if wanted.is_empty() {
            return Ok(());
        }
        if let Some((_, held)) = self.held.take() {
            self.rows(&held, &[0])?;
        }
        self.rows(batch, wanted)
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
        if let Some(mut sorted) = self.sorted.take() {
            sorted.settle();
            for card in &sorted.held.cards {
                self.card(card)?;
            }
            if self.held.is_none() && !sorted.held.batch.is_empty() {
                let all: Vec<usize> = (0..sorted.held.batch.len()).collect();
                self.rows(&sorted.held.batch, &all)?;
            }
        }
        if let Some((card, _)) = self.held.take() {
            self.out.write_all(card.as_bytes())?;
        }
        let (clock, nowhere) = (self.other_clock(), self.led_nowhere());
        self.end_table()?;
        let lang = context.out.lang;
        let (session, talk) = (&self.session, &self.session.talk);
        // All data before any talk of it.
        self.out.finish()?;
        if !self.hidden.is_empty() {
            let [zh, en] = ["、", ", "].map(|comma| self.hidden.join(comma));
            talk.line(say!(
                lang,
                "宽度不够，未显示：{zh}（--wide、--columns）",
                "not shown for lack of room: {en} (--wide, --columns)"
            ));
        }
        if let Some(clock) = clock {
            talk.line(clock.text(context.out.lang));
        }
        if self.events > 0 {
            session.asked(&self.shared.select, self.summary.events() == 0);
            nowhere.iter().for_each(|words| talk.line(words));
        }
        let unread = session.unread_words(lang);
        let many = self.number > 1 || session.any_left_out() || (self.number > 0 && self.kept == 0);
        let enough = self.stops && self.kept >= self.most;
        if enough {
            talk.line(also(stopped(self.most, lang), unread, lang));
        } else if self.events > 0 && self.summary.events() == 0 {
            talk.line(also(none_selected(self.events, lang), unread, lang));
        } else if many {
            let line = self.summary.line((self.kept > self.most).then_some(self.most), lang);
            talk.line(also(line, unread, lang));
        } else if let Some(unread) = unread {
            talk.line(unread);
        }
        if !enough {
            session.passed_over(self.events, lang);
        }
        if !enough && session.came_to_nothing(self.number) {
            return Err(Session::nothing(label("没有可显示的事件", "there was no event to show")));
        }
        let none = self.events > 0 && self.summary.events() == 0;
        Ok(session.exit_of(&self.shared.select, none, false))
    }
}

impl<'s> Collector<Views<'s>> for Shower<'s> {
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    fn begin(&mut self, source: &Source, layers: &[Label]) -> Flow {
        // What is read in its turn is read once.
        self.shared.single.store(false, Ordering::Relaxed);
        self.session.begin(source, layers);
        Ok(GO_ON)
    }

    fn is_mistaken(views: &Views<'s>) -> bool {
        views.is_more()
    }

    /// A piece that was read ahead took the type of its own first event for that of the table: is it, and are all of its
    /// events, up to where it says that they are not? And did it stop where it should?
    fn accepts(&self, views: &Views<'s>) -> bool {
        // It was read ahead before it was known how many are still wanted.
        if views.len() as u64 > self.shared.room.load(Ordering::Relaxed) {
            return false;
        }
        let Some((made, theirs, _)) = &views.table else { return true };
        let made = views.before.as_ref().map_or(made, |(only, ..)| only);
        let of = Only::Type(views.of.flatten());
        let mut chosen = self.shared.chosen();
        let (only, _) = chosen.get_or_insert_with(|| match of.is(*made) {
            true => (*made, theirs.clone()),
            false => self.shared.table_of(views.of.flatten()),
        });
        // Read again, it turns where other types come. What is sorted is one table.
        let turns = self.shared.sort.is_empty() && views.of.is_some_and(|of| only.is_strange(of));
        only.is(*made) && turns == views.before.is_some()
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Views<'s>>) -> Flow {
        let Stretch { text, place, items, handler: mut views } = stretch;
        self.session.missed(source, text, place, items, &views.missed)?;
        // A first stretch that was not read ahead has not been asked about.
        let before = views.before.take();
        let table = views.table.take().map(|(only, table, _)| (only, table));
        if let (None, Some(table)) = (&before, &table) {
            self.shared.chosen().get_or_insert_with(|| table.clone());
        }
        self.turn()?;
        let number = self.number;
        views.batch.renumber(number);
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
            if self.kept < self.most || !self.shared.sort.is_empty() {
                wanted.push(at);
            }
            self.kept += 1;
        }
        if let Some((_, mut batch, count)) = before {
            batch.renumber(number);
            let late = wanted.partition_point(|at| *at < count);
            self.take_rows(&batch, &wanted[..late])?;
            *self.shared.chosen() = table;
            self.turn()?;
            let late: Vec<usize> = wanted[late..].iter().map(|at| at - count).collect();
            self.take_rows(&views.batch, &late)?;
        } else {
            self.take(&views, &wanted)?;
        }
        if self.kept > 0 {
            self.shared.first.store(false, Ordering::Relaxed);
        }
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
