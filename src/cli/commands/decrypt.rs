//! `decrypt`: what is inside encrypted bodies, as it is, a line each.

use std::io::{self, Write};
use std::ops::ControlFlow;

use crate::cli::Exit;
use crate::cli::context::Context;
use crate::cli::files::output::{Output, say};
use crate::cli::files::source::{Source, reason};
use crate::cli::pipeline::{Collector, Flow, run as run_pipeline};
use crate::cli::skipped::{Missed, Skipped};
use crate::container::Form;
use crate::engine::Seen;
use crate::finding::Span;
use crate::report::collect::Unreadable;
use crate::stream::assemble::Stretch;
use crate::stream::frame::{Handler, Item};

use super::wire_args::DecryptArgs;

/// Runs the command.
pub fn run(args: &DecryptArgs, context: &Context) -> io::Result<Exit> {
    let plan = args.input.plan(context);
    if plan.credentials.keys.is_empty() {
        let text = "no key: set LARKSPECT_ENCRYPT_KEY to the app's Encrypt Key, or give --encrypt-key-file";
        return Ok(crate::cli::fail(text));
    }
    let Some((sources, unread)) = args.input.sources() else { return Ok(Exit::Failed) };
    let out = match Output::data(args.output.as_deref(), &sources) {
        Ok(out) => out,
        Err(error) => return Ok(crate::cli::fail(&error.to_string())),
    };
    let mut writer =
        Writer { out, documents: 0, skipped: Skipped::new(args.input.verbose, context.credentials.hidden()) };
    writer.skipped.unread = unread;
    run_pipeline(&sources, plan, Lines::default, &mut writer)?;
    writer.finish()
}

/// What a worker makes of a piece.
#[derive(Default)]
struct Lines {
    out: Vec<u8>,
    documents: u64,
    missed: Missed,
}

impl Handler for Lines {
    type Sink = Unreadable;

    fn sink(&mut self) -> &mut Unreadable {
        &mut self.missed.findings
    }

    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        self.missed.recognised.count(seen, item);
        let unread = self.missed.is_unreadable();
        self.missed.settle(item);
        if unread || matches!(seen.form, Form::Encrypted | Form::Wrapper | Form::Har) {
            return;
        }
        self.documents += 1;
        // A document may stand on many lines; between strings, line ends are white space and mean nothing.
        let start = self.out.len();
        self.out.extend_from_slice(seen.raw());
        for byte in &mut self.out[start..] {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
        self.out.push(b'\n');
    }

    fn broken(&mut self, _: Span, item: Option<Item>) {
        self.missed.settle(item);
    }

    fn skipped(&mut self, _: Span) {
        self.missed.skipped += 1;
    }
}

/// Writes documents in order.
struct Writer {
    out: Output,
    documents: u64,
    skipped: Skipped,
}

impl Writer {
    fn finish(self) -> io::Result<Exit> {
        if self.documents == 0 && !self.skipped.any() && !self.skipped.unread {
            say("larkspect: there was nothing to decrypt");
            return Ok(Exit::Failed);
        }
        // With nothing to write, what was there before stays.
        match self.skipped.unread {
            true => self.out.abandon()?,
            false if self.documents > 0 => self.out.finish()?,
            false => {}
        }
        if self.skipped.any() {
            let documents = if self.documents == 1 { "document" } else { "documents" };
            say(&format!(
                "larkspect: {} {documents} written; left out: {}",
                self.documents,
                self.skipped.words()
            ));
        }
        Ok(if self.skipped.unread {
            Exit::Failed
        } else if self.skipped.any() {
            Exit::Findings
        } else {
            Exit::Fine
        })
    }
}

impl Collector<Lines> for Writer {
    fn begin(&mut self, source: &Source, layers: &[&'static str]) -> Flow {
        self.skipped.begin(source, layers);
        Ok(ControlFlow::Continue(()))
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Lines>) -> Flow {
        let Stretch { text, place, items, handler } = stretch;
        self.out.write_all(&handler.out)?;
        self.documents += handler.documents;
        self.skipped.missed(source, text, place, items, &handler.missed)?;
        // From a pipe that pauses, what is whole is shown at once.
        if source.length.is_none() {
            self.out.flush()?;
        }
        Ok(ControlFlow::Continue(()))
    }

    fn failed(&mut self, source: &Source, error: &io::Error) -> Flow {
        self.skipped.unread = true;
        say(&format!("larkspect: {}: {}", source.name, reason(error)));
        Ok(ControlFlow::Continue(()))
    }

    fn end(&mut self, source: &Source) -> Flow {
        self.skipped.end(source)?;
        Ok(ControlFlow::Continue(()))
    }
}
