//! `convert`: events to CSV, TSV, NDJSON and JSON.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::catalog::{self, Event};
use crate::cli::Exit;
use crate::cli::args::ConvertArgs;
use crate::cli::choose::select::Select;
use crate::cli::context::Surroundings;
use crate::cli::files::output::{Output, say};
use crate::cli::files::source::{Source, reason};
use crate::cli::pipeline::{Collector, Flow, run as run_pipeline};
use crate::cli::skipped::{LeftOut, Missed};
use crate::engine::Seen;
use crate::export::{Columns, Dialect, Format, RowWriter, Wish};
use crate::finding::{Sink, Span};
use crate::json::Path;
use crate::lang::Lang;
use crate::report::collect::Unreadable;
use crate::rules::syntax;
use crate::secrets::Secrets;
use crate::stream::assemble::Stretch;
use crate::stream::frame::{Handler, Item};
use crate::time::Zone;
use crate::view::summary::none_selected;

/// Runs the command.
pub fn run(args: &ConvertArgs, around: &Surroundings) -> io::Result<Exit> {
    let plan = args.input.plan(around);
    if let Some(ending) = args.not_written() {
        return Ok(crate::cli::fail(&format!(
            "{ending} files are not written: name it {}, or give --to",
            endings()
        )));
    }
    let Some((sources, unread)) = args.input.sources() else { return Ok(Exit::Failed) };
    let select = &args.select;
    let select =
        Select::new(&select.conditions, select.since.as_deref(), select.until.as_deref(), around.zone);
    let select = match select {
        Ok(select) => select,
        Err(message) => return Ok(crate::cli::fail(&message)),
    };
    let shared = Shared {
        select,
        wish: Wish {
            columns: args.columns.clone(),
            extra: args.extra,
            secrets: args.show_secrets,
            explode: args.explode.clone(),
        },
        format: args.to(),
        dialect: Dialect { crlf: args.crlf || args.excel, bom: args.excel, guard: !args.no_guard },
        lang: around.out.lang,
        zone: around.zone,
        most: plan.limits.document,
        secrets: around.credentials.hidden(),
        chosen: OnceLock::new(),
        spare: Mutex::new(Vec::new()),
    };
    if let Some(name) = &args.event {
        let known = catalog::event(name);
        let unknown = catalog::unknown_event(name);
        if known.is_none() && unknown.near.is_some() {
            say(&format!("larkspect: {unknown}"));
        }
        match shared.choose(known, name) {
            Ok(chosen) => drop(shared.chosen.set(chosen)),
            Err(message) => return Ok(crate::cli::fail(&message)),
        }
    }
    let out = match Output::data(args.output.as_deref(), &sources) {
        Ok(out) => out,
        Err(error) => return Ok(crate::cli::fail(&error.to_string())),
    };
    let mut writer = Writer {
        shared: &shared,
        out,
        begun: false,
        header: !args.no_header,
        rows: 0,
        events: 0,
        met: 0,
        first: None,
        left_out: LeftOut::new(args.input.verbose, around.credentials.hidden()),
        failed: None,
    };
    writer.left_out.unread = unread;
    let make = || Rows::new(&shared);
    run_pipeline(&sources, plan, make, &mut writer)?;
    writer.finish()
}

/// `.csv, .tsv, .ndjson or .json`
fn endings() -> String {
    let [first @ .., last] = Format::ALL else { return String::new() };
    let first: Vec<_> = first.iter().map(|format| format!(".{}", format.endings[0])).collect();
    format!("{} or .{}", first.join(", "), last.endings[0])
}

/// What all workers know.
struct Shared {
    select: Select,
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
    fn new(shared: &'s Shared) -> Rows<'s> {
        let out = shared.spare.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        Rows {
            shared,
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
        sink.report(rule, rule.severity, start..start + 1, &Path::ROOT, syntax::too_many_rows);
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

    #[inline]
    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        self.missed.recognised.count(seen, item);
        if !seen.is_event() {
            if !self.missed.is_unreadable() {
                self.leave_out(seen.form.about().name, seen);
            }
            return self.missed.settle(item);
        }
        self.met += 1;
        if !self.shared.select.wants(seen) {
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

    fn skipped(&mut self, _: Span) {
        self.missed.skipped += 1;
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
    out: Output,
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
    left_out: LeftOut,
    /// Why nothing more can be written.
    failed: Option<String>,
}

impl Writer<'_> {
    fn begin_output(&mut self, chosen: &Chosen) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            let mut head = Vec::new();
            chosen.writer.begin(self.header, &mut head);
            self.out.write_all(&head)?;
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<Exit> {
        if let Some(message) = self.failed {
            return Ok(crate::cli::fail(&message));
        }
        if self.met == 0 && !self.left_out.any() && !self.left_out.unread {
            say("larkspect: there was no event to convert");
            return Ok(Exit::Failed);
        }
        // Nothing selected is a table without rows.
        if let (0, None, Some((event, name))) = (self.events, self.shared.chosen.get(), self.first.take()) {
            match self.shared.choose(event, &name) {
                Ok(chosen) => drop(self.shared.chosen.set(chosen)),
                Err(message) => return Ok(crate::cli::fail(&message)),
            }
        }
        if let Some(chosen) = self.shared.chosen.get() {
            self.begin_output(&chosen.clone())?;
            let mut tail = Vec::new();
            chosen.writer.end(&mut tail);
            self.out.write_all(&tail)?;
        }
        // Without a single event there are no columns, and no file is better than an empty one.
        match self.left_out.unread {
            true => self.out.abandon()?,
            false if self.begun => self.out.finish()?,
            false => {}
        }
        let none = self.met > 0 && self.events == 0;
        let events = if self.events == 1 { "event" } else { "events" };
        let mut said = match none {
            true => none_selected(self.met, self.shared.lang),
            false => format!("{} of {} {events} converted", self.rows, self.events),
        };
        if self.left_out.any() {
            said.push_str(&format!("; left out: {}", self.left_out.words()));
            if let Some(name) = self.left_out.largest().filter(|name| name.contains('.')) {
                said.push_str(&format!("; --event {name} converts that type"));
            }
        }
        if none || self.left_out.any() {
            say(&format!("larkspect: {said}"));
        }
        Ok(if self.left_out.unread {
            Exit::Failed
        } else if self.left_out.any() {
            Exit::Findings
        } else {
            Exit::Fine
        })
    }
}

impl<'s> Collector<Rows<'s>> for Writer<'s> {
    fn begin(&mut self, source: &Source, layers: &[&'static str]) -> Flow {
        self.left_out.begin(source, layers);
        Ok(ControlFlow::Continue(()))
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
            self.out.write_all(&rows.out[lead.min(rows.out.len())..])?;
        }
        self.rows += rows.rows;
        self.events += rows.events;
        self.met += rows.met;
        self.first = self.first.take().or(rows.first);
        for (name, count) in &rows.other {
            self.left_out.kind(name, *count);
        }
        self.left_out.missed(source, text, place, items, &rows.missed)?;
        rows.out.clear();
        // One odd giant is not kept for ever.
        if rows.out.capacity() <= 2 * HEAVY {
            self.shared.spare.lock().unwrap_or_else(PoisonError::into_inner).push(rows.out);
        }
        // From a pipe that pauses, what is whole is shown at once.
        if source.length.is_none() {
            self.out.flush()?;
        }
        Ok(ControlFlow::Continue(()))
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
