//! `verify`: whether captured requests are the platform's.

use std::io::{BufWriter, Write};

use clap::{Args as ClapArgs, ValueEnum};

use crate::cli::args::InputArgs;
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::files::output::buffered;
use crate::cli::files::source::Source;
use crate::cli::io::Stream;
use crate::cli::pipeline::{Collector, Flow, GO_ON, run as run_pipeline};
use crate::cli::session::{Missed, Session};
use crate::lang::{Label, label, say};
use crate::report::locate::Locator;
use crate::report::requests::{Lines, Told};
use crate::report::verifier::Verifier;
use crate::seen::events::{DEFAULT_WINDOW, Hasher, Window};
use crate::signature::verify::{Outcome, Why};
use crate::stream::assemble::Stretch;
use crate::terminal::Look;
use crate::time::Clock;

#[derive(Debug, ClapArgs)]
pub struct VerifyArgs {
    /// How to report: human, ndjson, json
    ///
    /// human is a line for each request, ndjson a JSON object for each, json one array.
    #[arg(
        long,
        short = 'f',
        value_name = "FORMAT",
        default_value = "human",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: VerifyFormat,
    /// Most seconds between an event and its signature
    ///
    /// Finds fault with requests signed longer after their event, or before it.
    #[arg(long, value_name = "SECONDS")]
    pub max_skew: Option<u64>,
    /// How many signed requests are remembered to find the same one again; 0 turns it off
    #[arg(long, value_name = "REQUESTS", default_value_t = DEFAULT_WINDOW, hide_short_help = true)]
    pub window: usize,
    #[command(flatten)]
    pub input: InputArgs,
}

/// How `verify` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VerifyFormat {
    Human,
    Ndjson,
    Json,
}

/// Runs the command.
pub fn run(args: &VerifyArgs, context: &Context) -> Result<Exit, Stop> {
    let (sources, unread) = args.input.sources(context)?;
    let hasher = Hasher::default();
    let mut writer = Writer {
        out: buffered(&context.io.stdout),
        format: args.format,
        look: context.out,
        clock: Clock::new(context.zone),
        lines: Lines::new(context.io.columns.filter(|_| context.io.stdout.terminal)),
        most: args.max_skew,
        window: Window::new(args.window),
        counts: Counts::default(),
        session: Session::new(context, args.input.verbose, unread),
    };
    let credentials = &context.credentials;
    let lang = context.out.lang;
    let make = |_: &Source| Verifier::new(credentials, &hasher, lang);
    run_pipeline(&sources, args.input.plan(context), make, &mut writer)?;
    writer.finish(credentials.is_empty())
}

#[derive(Default)]
struct Counts {
    all: u64,
    ok: u64,
    bad: u64,
    /// Challenges, which are not signed, with the right token.
    known: u64,
    /// Requests of which a rule speaks.
    faulty: u64,
}

struct Writer {
    out: BufWriter<Stream>,
    format: VerifyFormat,
    look: Look,
    clock: Clock,
    /// What has been told of the open file.
    lines: Lines,
    /// How many seconds after its event a request may be signed, or before.
    most: Option<u64>,
    window: Window,
    counts: Counts,
    session: Session,
}

impl Writer {
    fn finish(mut self, without_keys: bool) -> Result<Exit, Stop> {
        if self.format == VerifyFormat::Json {
            self.out.write_all(if self.counts.all == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()?;
        let Counts { all, ok, bad, known, faulty } = self.counts;
        let (session, lang) = (&self.session, self.look.lang);
        if session.came_to_nothing(all) {
            return Err(Session::nothing(label("没有可验证的请求", "there was no request to verify")));
        }
        let unreadable = match session.any_left_out() {
            true => {
                let words = session.words();
                say!(lang, "；未处理：{words}", "; left out: {words}")
            }
            false => String::new(),
        };
        let hint = match without_keys {
            true => say!(
                lang,
                "；没有密钥就无法验证：设置 LARKSPECT_ENCRYPT_KEY，或者给出 --encrypt-key-file",
                "; without a key nothing is verified: set LARKSPECT_ENCRYPT_KEY, or give --encrypt-key-file"
            ),
            false => String::new(),
        };
        let other = all - ok - bad;
        let spoken = match faulty - bad {
            0 => String::new(),
            found => say!(lang, "；{found} 个有其他问题", "; {found} with other findings"),
        };
        session.talk.say(say!(
            lang,
            "{ok} 个有效，{bad} 个无效，{other} 个无法验证{spoken}{unreadable}{hint}",
            "{ok} ok, {bad} bad, {other} not checkable{spoken}{unreadable}{hint}"
        ));
        Ok(session.exit(faulty > 0 || ok + known == 0))
    }
}

impl Collector<Verifier<'_>> for Writer {
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    fn begin(&mut self, source: &Source, layers: &[Label]) -> Flow {
        self.session.begin(source, layers);
        self.window.begin(&source.name, source.is_live());
        Ok(GO_ON)
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Verifier<'_>>) -> Flow {
        let Stretch { text, place, items, handler } = stretch;
        let mut locator = Locator::new(text, place);
        let mut lines = String::new();
        let mut json = Vec::new();
        for verified in &handler.verified {
            let line = locator.place(verified.span.start.min(text.len())).position().line;
            let replay = self.window.replay_of(verified.seal, line);
            // A moment that cannot be read is no good one.
            let unreadable = matches!(verified.outcome, Outcome::Ok { .. }) && verified.signed.is_none();
            let beyond = |most: u64| {
                verified.skew().map_or(unreadable, |skew| skew.0.unsigned_abs() > most.saturating_mul(1000))
            };
            let told = Told {
                file: &source.name,
                line,
                verified,
                replay_of: replay.as_deref(),
                stale: self.most.is_some_and(beyond),
            };
            self.counts.faulty += u64::from(!told.codes().is_empty());
            match verified.outcome {
                Outcome::Ok { .. } => self.counts.ok += 1,
                Outcome::Bad { .. } => self.counts.bad += 1,
                Outcome::NotCheckable { why: Why::Challenge } => {
                    self.counts.known += u64::from(verified.token == Some(true));
                }
                Outcome::NotCheckable { .. } => {}
            }
            match self.format {
                VerifyFormat::Human => self.lines.push(&told, &mut self.clock, self.look, &mut lines),
                VerifyFormat::Ndjson => {
                    told.push_json(&mut json)?;
                    json.push(b'\n');
                }
                VerifyFormat::Json => {
                    json.extend_from_slice(if self.counts.all == 0 { b"[\n" } else { b",\n" });
                    told.push_json(&mut json)?;
                }
            }
            self.counts.all += 1;
            self.out.write_all(lines.as_bytes())?;
            self.out.write_all(&json)?;
            lines.clear();
            json.clear();
        }
        if handler.unlisted > 0 {
            self.counts.all += handler.unlisted;
            let (name, more) = (&source.name, handler.unlisted);
            self.session.talk.line(say!(
                self.look.lang,
                "{name}: 同一个请求体里另有 {more} 个没有请求头的文档未列出",
                "{name}: {more} more documents without headers in one body are not listed"
            ));
        }
        let mut missed = Missed::new(handler.unreadable, handler.stats);
        missed.settle(None);
        self.session.missed(source, text, place, items, &missed)?;
        if source.is_live() {
            self.out.flush()?;
        }
        Ok(GO_ON)
    }

    fn end(&mut self, source: &Source) -> Flow {
        let mut lines = String::new();
        self.lines.end(&source.name, self.look, &mut lines);
        self.out.write_all(lines.as_bytes())?;
        self.session.end(source);
        Ok(GO_ON)
    }
}
