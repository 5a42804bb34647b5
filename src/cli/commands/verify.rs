//! `verify`: whether captured requests are the platform's.

use std::io::{self, Write};
use std::ops::ControlFlow;

use crate::cli::Exit;
use crate::cli::context::Surroundings;
use crate::cli::files::output::{say, stdout};
use crate::cli::files::source::{Source, reason};
use crate::cli::pipeline::{Collector, Flow, run as run_pipeline};
use crate::cli::skipped::{LeftOut, Missed};
use crate::report::locate::Locator;
use crate::report::requests::Told;
use crate::report::verified::Verifier;
use crate::seen::events::{Hasher, Window};
use crate::signature::verify::{Outcome, Why};
use crate::stream::assemble::Stretch;
use crate::terminal::Look;
use crate::time::Clock;

use super::wire_args::{VerifyArgs, VerifyFormat};

/// Runs the command.
pub fn run(args: &VerifyArgs, around: &Surroundings) -> io::Result<Exit> {
    let Some((sources, unread)) = args.input.sources() else { return Ok(Exit::Failed) };
    let hasher = Hasher::default();
    let mut writer = Writer {
        out: Box::new(stdout()),
        format: args.format,
        look: around.out,
        clock: Clock::new(around.zone),
        most: args.max_skew,
        window: Window::new(args.window),
        counts: Counts::default(),
        left_out: LeftOut::new(args.input.verbose, around.credentials.hidden()),
    };
    writer.left_out.unread = unread;
    let make = || Verifier::new(&around.credentials, &hasher);
    run_pipeline(&sources, args.input.plan(around), make, &mut writer)?;
    writer.finish(around.credentials.is_empty())
}

/// So many bytes are written at once.
const HEAVY: usize = 64 << 10;

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
    out: Box<dyn Write + Send>,
    format: VerifyFormat,
    look: Look,
    clock: Clock,
    /// How many seconds after its event a request may be signed, or before.
    most: Option<u64>,
    window: Window,
    counts: Counts,
    left_out: LeftOut,
}

impl Writer {
    fn finish(mut self, without_keys: bool) -> io::Result<Exit> {
        if self.format == VerifyFormat::Json {
            self.out.write_all(if self.counts.all == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()?;
        let Counts { all, ok, bad, known, faulty } = self.counts;
        if all == 0 && !self.left_out.any() && !self.left_out.unread {
            say("larkspect: there was no request to verify");
            return Ok(Exit::Failed);
        }
        let unreadable = match self.left_out.any() {
            true => format!("; left out: {}", self.left_out.words()),
            false => String::new(),
        };
        let hint = match without_keys {
            true => {
                "; without a key nothing is verified: set LARKSPECT_ENCRYPT_KEY, or give --encrypt-key-file"
            }
            false => "",
        };
        let other = all - ok - bad;
        let spoken = match faulty - bad {
            0 => String::new(),
            found => format!("; {found} with other findings"),
        };
        say(&format!("larkspect: {ok} ok, {bad} bad, {other} not checkable{spoken}{unreadable}{hint}"));
        Ok(if self.left_out.unread {
            Exit::Failed
        } else if faulty > 0 || ok + known == 0 || self.left_out.any() {
            Exit::Findings
        } else {
            Exit::Fine
        })
    }
}

impl Collector<Verifier<'_>> for Writer {
    fn begin(&mut self, source: &Source, layers: &[&'static str]) -> Flow {
        self.left_out.begin(source, layers);
        self.window.begin(&source.name);
        Ok(ControlFlow::Continue(()))
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
                VerifyFormat::Human => told.push_line(&mut self.clock, self.look, &mut lines),
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
            if lines.len() + json.len() >= HEAVY {
                self.out.write_all(lines.as_bytes())?;
                self.out.write_all(&json)?;
                lines.clear();
                json.clear();
            }
        }
        if handler.unlisted > 0 {
            self.counts.all += handler.unlisted;
            say(&format!(
                "{}: {} more documents without headers in one body are not listed",
                source.name, handler.unlisted
            ));
        }
        self.out.write_all(lines.as_bytes())?;
        self.out.write_all(&json)?;
        let mut missed = Missed::new(handler.unreadable, handler.recognised);
        missed.settle(None);
        self.left_out.missed(source, text, place, items, &missed)?;
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
