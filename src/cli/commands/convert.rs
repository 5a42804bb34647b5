//! `convert`: events to CSV, TSV, NDJSON, JSON, Markdown and Excel.

use std::borrow::Cow;
use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use clap::{Args as ClapArgs, ValueHint, builder};

use crate::catalog::{self, Event};
use crate::cli::args::{InputArgs, SelectArgs};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::files::ending::Holding;
use crate::cli::files::output::Output;
use crate::cli::files::row_output::RowOutput;
use crate::cli::files::source::Source;
use crate::cli::pipeline::{Collector, Flow, GO_ON, run as run_pipeline};
use crate::cli::session::{Missed, Session};
use crate::engine::Seen;
use crate::export::{Columns, Dialect, Format, RowWriter, Wish};
use crate::finding::{Sink, Span};
use crate::json::{Path, Place};
use crate::lang::{Lang, amount};
use crate::query::{Chooser, Select};
use crate::report::collect::Unreadable;
use crate::rules::syntax;
use crate::secrets::Secrets;
use crate::stream::assemble::Stretch;
use crate::stream::frame::{Handler, Item};
use crate::stream::stats::PassedOver;
use crate::time::Zone;
use crate::view::summary::none_selected;

#[derive(Debug, ClapArgs)]
pub struct ConvertArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub select: SelectArgs,
    /// The format [default: by the ending of --output, else csv]
    #[arg(long, short = 't', value_name = "FORMAT", value_parser = row_format(), help_heading = "Output")]
    pub to: Option<Format>,
    /// Write to this file, compressed if it ends in .gz; it appears when it is whole and all input was read
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Which columns, in which order: names, or dotted paths
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Rows and columns")]
    pub columns: Option<Vec<String>>,
    /// A last column with the fields that are not documented, as JSON
    #[arg(long, help_heading = "Rows and columns")]
    pub extra: bool,
    /// A row for each item of this list
    #[arg(long, value_name = "FIELD", help_heading = "Rows and columns")]
    pub explode: Option<String>,
    /// Leave the line with the names of the columns out, also in Markdown
    #[arg(long, help_heading = "CSV and TSV")]
    pub no_header: bool,
    /// End lines with CR LF
    #[arg(long, help_heading = "CSV and TSV")]
    pub crlf: bool,
    /// For Excel: a byte order mark, and CR LF. It rounds ids of more than 15 digits; -o FILE.xlsx keeps them
    #[arg(long, help_heading = "CSV and TSV")]
    pub excel: bool,
    /// Leave text that begins like a formula as it is: for machines, not for spreadsheets
    #[arg(long, help_heading = "CSV and TSV")]
    pub no_guard: bool,
    /// Export tokens, keys, passwords and the like too
    #[arg(long, help_heading = "Rows and columns")]
    pub show_secrets: bool,
}

fn row_format() -> impl builder::TypedValueParser<Value = Format> {
    use builder::{PossibleValuesParser, TypedValueParser};
    let names = Format::ALL.iter().map(|format| format.name);
    PossibleValuesParser::new(names).map(|name| Format::named(&name).expect("one of the names"))
}

/// Runs the command.
pub fn run(args: &ConvertArgs, context: &Context) -> Result<Exit, Stop> {
    let plan = args.input.plan(context);
    let holding = Holding::of(args.output.as_deref(), args.to).map_err(Stop::because)?;
    let (sources, unread) = args.input.sources(context)?;
    let select = args.select.select(context)?;
    let shared = Shared {
        select: Arc::new(select),
        wish: Wish {
            columns: args.columns.clone(),
            extra: args.extra,
            secrets: args.show_secrets,
            explode: args.explode.clone(),
        },
        format: holding.format,
        dialect: Dialect { crlf: args.crlf || args.excel, bom: args.excel, guard: !args.no_guard },
        lang: context.out.lang,
        zone: context.zone,
        most: plan.limits.document,
        secrets: context.credentials.hidden(),
        chosen: OnceLock::new(),
        spare: Mutex::new(Vec::new()),
    };
    if let [types] = &args.select.event[..]
        && let Some(name) = types.one()
    {
        drop(shared.chosen.set(shared.choose(catalog::event(name), name).map_err(Stop::because)?));
    }
    if args.excel && ["csv", "tsv"].contains(&holding.format.name) {
        context.talk.say("Excel rounds ids of more than 15 digits in a CSV; -o FILE.xlsx keeps them");
    }
    let out = Output::data(args.output.as_deref(), &sources, &context.io.stdout).map_err(Stop::because)?;
    let mut writer = Writer {
        shared: &shared,
        out: RowOutput::new(out, holding, context.out.lang, context.zone, &context.talk)
            .map_err(Stop::because)?,
        begun: false,
        header: !args.no_header,
        rows: 0,
        events: 0,
        met: 0,
        first: None,
        session: Session::new(context, args.input.verbose, unread),
        failed: None,
    };
    let make = |source: &Source| Rows::new(&shared, source);
    run_pipeline(&sources, plan, make, &mut writer)?;
    writer.finish()
}

/// What all workers know.
struct Shared {
    select: Arc<Select>,
    wish: Wish,
    format: Format,
    dialect: Dialect,
    lang: Lang,
    zone: Zone,
    /// Bytes of rows of one event.
    most: usize,
    /// What is secret wherever it stands.
    secrets: Secrets,
    /// The type that is converted: the one asked for, or that of the first event that is selected.
    chosen: OnceLock<Chosen>,
    /// Memory of rows that have been written.
    spare: Mutex<Vec<Vec<u8>>>,
}

#[derive(Clone)]
struct Chosen {
    event: Option<&'static Event>,
    name: String,
    writer: RowWriter,
}

impl Shared {
    fn choose(&self, event: Option<&'static Event>, name: &str) -> Result<Chosen, String> {
        let columns = Columns::new(event, &self.wish).map_err(|error| error.to_string())?;
        let writer = RowWriter::new(columns, self.format, self.dialect, self.lang, self.zone);
        Ok(Chosen { event, name: name.to_owned(), writer: writer.limited(self.most) })
    }
}

impl Chosen {
    #[inline]
    fn is(&self, seen: &Seen<'_>) -> bool {
        match (self.event, seen.event()) {
            (Some(ours), Some(theirs)) => std::ptr::eq(ours, theirs),
            (None, None) => seen.type_name() == self.name,
            _ => false,
        }
    }
}

/// What a worker makes of a piece.
struct Rows<'s> {
    shared: &'s Shared,
    chooser: Chooser,
    chosen: Option<Chosen>,
    /// Why the columns asked for do not fit the first event.
    refused: Option<String>,
    out: Vec<u8>,
    rows: u64,
    /// Events that are selected.
    events: u64,
    /// All events.
    met: u64,
    /// The type of the first of them, where nothing was selected by then.
    first: Option<(Option<&'static Event>, String)>,
    other: Vec<(String, u64)>,
    missed: Missed,
}

impl<'s> Rows<'s> {
    fn new(shared: &'s Shared, source: &Source) -> Rows<'s> {
        let out = shared.spare.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        Rows {
            shared,
            chooser: Chooser::new(&shared.select, &source.name, false),
            chosen: shared.chosen.get().cloned(),
            refused: None,
            out,
            rows: 0,
            events: 0,
            met: 0,
            first: None,
            other: Vec::new(),
            missed: Missed::default(),
        }
    }

    #[cold]
    fn choose(&mut self, seen: &Seen<'_>) {
        let name = seen.type_name();
        match self.shared.choose(seen.event(), &name) {
            Ok(chosen) => self.chosen = Some(chosen),
            Err(message) => self.refused = Some(message),
        }
    }

    #[cold]
    fn too_many_rows(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        let (rule, start) = (&syntax::DOCUMENT_TOO_LARGE, seen.place.0);
        let sink = &mut self.missed.findings;
        sink.report(rule.at(start..start + 1, &Path::ROOT), syntax::too_many_rows);
        self.missed.settle(item);
    }

    #[cold]
    fn leave_out(&mut self, name: &str, seen: &Seen<'_>) {
        if let Some((_, count)) = self.other.iter_mut().find(|(other, _)| other == name) {
            *count += 1;
            return;
        }
        // A name is whatever the document says, its token too.
        let mut secrets = self.shared.secrets.clone();
        secrets.learn(seen.raw());
        match secrets.hide(name) {
            Cow::Owned(hidden) if self.other.iter().any(|(other, _)| *other == hidden) => {
                self.leave_out(&hidden, seen);
            }
            name => self.other.push((name.into_owned(), 1)),
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
        if !seen.is_event() {
            if self.missed.document(seen, item) {
                self.leave_out(seen.form.about().name, seen);
            }
            return;
        }
        self.missed.stats.count(seen, item);
        self.met += 1;
        if !self.chooser.wants(seen) {
            if self.met == 1 && self.chosen.is_none() {
                self.first = Some((seen.event(), seen.type_name().into_owned()));
            }
            return;
        }
        if self.chosen.is_none() && self.refused.is_none() {
            self.choose(seen);
        }
        self.events += 1;
        match &mut self.chosen {
            Some(chosen) if chosen.is(seen) => match chosen.writer.row(seen, &mut self.out) {
                Some(rows) => self.rows += rows as u64,
                None => self.too_many_rows(seen, item),
            },
            _ => {
                let name = seen.type_name().into_owned();
                self.leave_out(if name.is_empty() { "event without a type" } else { &name }, seen);
            }
        }
    }

    fn broken(&mut self, _: Span, item: Option<Item>) {
        self.missed.settle(item);
    }

    fn skipped(&mut self, passed: PassedOver) {
        self.missed.stats.passed_over.add(&passed);
    }

    fn is_full(&self) -> bool {
        self.missed.is_full() || self.out.len() >= HEAVY
    }
}

/// So many bytes of rows are handed on before more are made: each thread may have some of them.
const HEAVY: usize = 2 << 20;

/// Writes rows in order.
struct Writer<'s> {
    shared: &'s Shared,
    out: RowOutput,
    /// The header has been written.
    begun: bool,
    header: bool,
    rows: u64,
    /// Events that are selected.
    events: u64,
    /// All events.
    met: u64,
    /// The type of the first of them, where nothing was selected by then.
    first: Option<(Option<&'static Event>, String)>,
    session: Session,
    /// Why nothing more can be written.
    failed: Option<String>,
}

impl Writer<'_> {
    fn begin_output(&mut self, chosen: &Chosen) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            self.out.begin(&chosen.name, &chosen.writer, self.header)?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Exit, Stop> {
        if let Some(message) = self.failed {
            return Err(Stop::because(message));
        }
        if self.session.came_to_nothing(self.met) {
            return Err(Stop::because("there was no event to convert"));
        }
        if self.met > 0 {
            self.session.unmet(&self.shared.select);
        }
        // Nothing selected is a table without rows.
        if let (0, None, Some((event, name))) = (self.events, self.shared.chosen.get(), self.first.take()) {
            drop(self.shared.chosen.set(self.shared.choose(event, &name).map_err(Stop::because)?));
        }
        if let Some(chosen) = self.shared.chosen.get() {
            self.begin_output(&chosen.clone())?;
        }
        // Without a single event there are no columns, and no file is better than an empty one.
        let session = &self.session;
        let writer = self.shared.chosen.get().filter(|_| self.begun).map(|chosen| &chosen.writer);
        let cut = self.out.cut();
        self.out.end(writer, session.left_out(), session.unread, &session.talk)?;
        let none = self.met > 0 && self.events == 0;
        let mut said = match none {
            true => none_selected(self.met, self.shared.lang),
            false => format!("{} of {} converted", self.rows, amount(self.events, "event")),
        };
        if session.any_left_out() {
            said.push_str(&format!("; left out: {}", session.words()));
            if let Some(name) = session.largest().filter(|name| name.contains('.')) {
                said.push_str(&format!("; --event {name} converts that type"));
            }
        }
        if none || session.any_left_out() {
            session.talk.say(said);
        }
        if cut > 0 {
            let texts = amount(cut, "text");
            session
                .talk
                .say(format_args!("{texts} cut: a cell has at most 32,767 characters; CSV has them whole"));
        }
        Ok(session.exit(cut > 0))
    }
}

impl<'s> Collector<Rows<'s>> for Writer<'s> {
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    /// A piece that was read ahead took the type of its own first event for that of the stream: is it?
    fn accepts(&self, rows: &Rows<'s>) -> bool {
        match (self.shared.chosen.get(), &rows.chosen) {
            (Some(ours), Some(theirs)) => ours.name == theirs.name,
            (Some(_), None) => rows.events == 0,
            (None, _) => true,
        }
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Rows<'s>>) -> Flow {
        let Stretch { text, place, items, handler: mut rows } = stretch;
        if let Some(message) = rows.refused {
            self.failed = Some(message);
            return Ok(ControlFlow::Break(()));
        }
        if let Some(chosen) = &rows.chosen {
            let chosen = self.shared.chosen.get_or_init(|| chosen.clone());
            let first = !self.begun;
            self.begin_output(chosen)?;
            let lead = if first || self.rows == 0 { chosen.writer.lead() } else { 0 };
            self.out.rows(&rows.out[lead.min(rows.out.len())..])?;
        }
        self.rows += rows.rows;
        self.events += rows.events;
        self.met += rows.met;
        self.first = self.first.take().or(rows.first);
        for (name, count) in &rows.other {
            self.session.kind(name, *count);
        }
        self.session.missed(source, text, place, items, &rows.missed)?;
        rows.out.clear();
        // One odd giant is not kept for ever.
        if rows.out.capacity() <= 2 * HEAVY {
            self.shared.spare.lock().unwrap_or_else(PoisonError::into_inner).push(rows.out);
        }
        // From a pipe that pauses, what is whole is shown at once.
        if source.is_live() {
            self.out.flush()?;
        }
        Ok(GO_ON)
    }
}
