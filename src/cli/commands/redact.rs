//! `redact`: captures to share, an event a line, with stand-ins for whatever says who, where or what.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args as ClapArgs, ValueHint};

use crate::cli::args::{InputArgs, SelectArgs, TakeArgs, number};
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::files::ending::{BODIES, is_packed};
use crate::cli::files::output::Output;
use crate::cli::files::small;
use crate::cli::files::source::{Source, name_of, named};
use crate::cli::pipeline::{Collector, Flow, GO_ON, run as run_pipeline};
use crate::cli::session::{Missed, Session};
use crate::cli::taking::Taking;
use crate::engine::Seen;
use crate::finding::Span;
use crate::json::Place;
use crate::lang::{Lang, amount, label, say};
use crate::query::{Chooser, Select};
use crate::redact::{Keep, MOST_DAYS, Redactor};
use crate::report::collect::Unreadable;
use crate::seen::events::{Hasher, Hashes};
use crate::stream::assemble::Stretch;
use crate::stream::frame::{Handler, Item};
use crate::stream::stats::PassedOver;
use crate::view::closing::none_selected;

#[derive(Debug, ClapArgs)]
pub struct RedactArgs {
    /// Fields that stay as they are, separated by commas
    ///
    /// Names, titles or dotted paths. Secrets never do.
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub keep: Vec<String>,
    /// Move all times by so many whole days
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = number::<i64>(-MOST_DAYS, MOST_DAYS), hide_default_value = true)]
    pub shift_days: i64,
    /// What stand-ins are made with: other runs make the same
    ///
    /// A file of at least 16 bytes, to be kept secret [default: chosen anew for each run].
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub salt_file: Option<PathBuf>,
    /// Write to this file, compressed if it ends in .gz
    ///
    /// It appears when it is whole and all input was read.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub take: TakeArgs,
    #[command(flatten)]
    pub input: InputArgs,
}

/// Shorter salts can be tried out.
const SHORTEST: usize = 16;

/// Runs the command.
pub fn run(args: &RedactArgs, context: &Context) -> Result<Exit, Stop> {
    let lang = context.out.lang;
    let packed = is_packed(args.output.as_deref(), BODIES, lang).map_err(Stop::because)?;
    let select = Arc::new(args.select.select(context)?);
    let keep = Keep::new(args.keep.iter().map(String::as_str));
    let keep = keep.map_err(|error| Stop::because(error.words(lang)))?;
    let salt = salt(args.salt_file.as_deref(), lang)?;
    let redactor = Redactor::new(&salt, keep, args.shift_days, &context.credentials);
    let (sources, unread) = args.input.sources(context)?;
    let out = Output::data(args.output.as_deref(), &sources, &context.io.stdout);
    let out = out.map_err(Stop::because)?.gzip(packed);
    let hasher = args.take.dedupe.then(Hasher::default);
    let shared = Shared { redactor, select: Arc::clone(&select), hasher, lang };
    let mut session = Session::new(context, args.input.verbose, unread);
    // A finding quotes what it is about, and a file may have the name of a person: both are said only on demand.
    session.quiet = !args.input.verbose;
    let taking = Taking::new(&args.take);
    let mut writer = Writer { select, out, taking, lang, read: 0, events: 0, wanted: 0, written: 0, session };
    run_pipeline(&sources, args.input.plan(context), |source| Lines::new(&shared, source), &mut writer)?;
    writer.finish()
}

/// What stand-ins are made with: what is in a file, or what nobody can know.
fn salt(path: Option<&Path>, lang: Lang) -> Result<Vec<u8>, Stop> {
    let Some(path) = path else {
        let mut salt = vec![0; 32];
        return match getrandom::fill(&mut salt) {
            Ok(()) => Ok(salt),
            Err(error) => Err(Stop::because(say!(
                lang,
                "系统没有随机数（{error}）；请给出 --salt-file",
                "this system has no random numbers ({error}); give a --salt-file"
            ))),
        };
    };
    let salt = small::read(path).map_err(|error| Stop::because(named(path, &error)))?;
    match salt.trim_ascii() {
        salt if salt.len() >= SHORTEST => Ok(salt.to_vec()),
        salt => {
            let (name, length) = (name_of(path), salt.len());
            let bytes = amount(length as u64, "byte");
            Err(Stop::because(say!(
                lang,
                "{name}: {length} 个字节太少，不足以保密，至少要 {SHORTEST} 个：head -c 32 /dev/urandom | base64 > FILE",
                "{name}: {bytes} are too few to be a secret, {SHORTEST} are needed: head -c 32 /dev/urandom | base64 > FILE"
            )))
        }
    }
}

/// The same for all workers.
struct Shared {
    redactor: Redactor,
    select: Arc<Select>,
    /// Where repeats are left out.
    hasher: Option<Hasher>,
    /// The language of findings.
    lang: Lang,
}

/// What a worker makes of a piece.
struct Lines<'s> {
    shared: &'s Shared,
    chooser: Chooser,
    out: Vec<u8>,
    /// Of each line its end, and by what a repeat of the event would be known.
    lines: Vec<(usize, Option<Hashes>)>,
    /// Documents, wanted or not, and the events among them.
    read: u64,
    events: u64,
    /// Documents that are wanted.
    wanted: u64,
    /// What is none of what the platform sends.
    strange: Vec<&'static str>,
    missed: Missed,
}

impl<'s> Lines<'s> {
    fn new(shared: &'s Shared, source: &Source) -> Lines<'s> {
        Lines {
            shared,
            chooser: Chooser::new(&shared.select, &source.name, false),
            out: Vec::new(),
            lines: Vec::new(),
            read: 0,
            events: 0,
            wanted: 0,
            strange: Vec::new(),
            missed: Missed::telling(shared.lang),
        }
    }
}

impl Handler for Lines<'_> {
    type Sink = Unreadable;

    fn sink(&mut self) -> &mut Unreadable {
        &mut self.missed.findings
    }

    fn begin(&mut self, text: &[u8], place: Place) {
        self.chooser.begin(text, place);
    }

    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        if !self.missed.document(seen, item) {
            return;
        }
        self.read += 1;
        self.events += u64::from(seen.is_event());
        let Shared { redactor, select, hasher, .. } = self.shared;
        if !(if seen.is_event() { self.chooser.wants(seen) } else { select.is_all() }) {
            return;
        }
        self.wanted += 1;
        if !redactor.document(seen, &mut self.out) {
            return self.strange.push(seen.form.about().name.text(self.shared.lang));
        }
        self.out.push(b'\n');
        let hashes =
            hasher.as_ref().filter(|_| seen.is_event()).map(|hasher| Hashes::of_delivery(seen, hasher));
        self.lines.push((self.out.len(), hashes));
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

/// So many bytes are handed on before more are made: each thread may have some of them.
const HEAVY: usize = 2 << 20;

/// Writes events in order.
struct Writer {
    select: Arc<Select>,
    out: Output,
    taking: Taking,
    lang: Lang,
    read: u64,
    events: u64,
    wanted: u64,
    written: u64,
    session: Session,
}

impl Writer {
    fn finish(self) -> Result<Exit, Stop> {
        let Writer { out, lang, read, events, wanted, written, session, select, .. } = self;
        let talk = &session.talk;
        if session.came_to_nothing(read) {
            return Err(Session::nothing(label("没有可脱敏的事件", "there was no event to redact")));
        }
        if read > 0 {
            session.asked(&select, written == 0);
        }
        // It quotes nothing, and without it nobody would know why nothing came.
        if read > 0 && wanted == 0 {
            talk.line(none_selected(events, lang));
        }
        out.end(written > 0, session.unread, talk, lang)?;
        if session.any_left_out() {
            let (events, left_out) = (amount(written, "event"), session.words());
            talk.say(say!(
                lang,
                "已写入 {written} 个事件；未写入：{left_out}",
                "{events} written; left out: {left_out}"
            ));
            talk.more(say!(lang, "larkspect check 会说明位置和原因", "larkspect check says where and why"));
        }
        Ok(session.exit_of(&select, wanted == 0, false))
    }
}

impl<'s> Collector<Lines<'s>> for Writer {
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Lines<'s>>) -> Flow {
        let Stretch { text, place, items, handler } = stretch;
        let mut start = 0;
        for (end, hashes) in handler.lines {
            if self.taking.takes(hashes) {
                self.out.write_all(&handler.out[start..end])?;
                self.written += 1;
            }
            start = end;
        }
        self.read += handler.read;
        self.events += handler.events;
        self.wanted += handler.wanted;
        handler.strange.iter().for_each(|name| self.session.kind(name, 1));
        self.session.missed(source, text, place, items, &handler.missed)?;
        // From a pipe that pauses, what is whole is shown at once.
        if source.is_live() {
            self.out.flush()?;
        }
        Ok(if self.taking.is_done() { ControlFlow::Break(()) } else { GO_ON })
    }
}
