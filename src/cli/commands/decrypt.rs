//! `decrypt`: what is inside encrypted bodies, as it is, a line each.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

use crate::cli::args::InputArgs;
use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::files::ending::{BODIES, is_packed};
use crate::cli::files::output::Output;
use crate::cli::files::source::Source;
use crate::cli::pipeline::{Collector, Flow, GO_ON, run as run_pipeline};
use crate::cli::session::{Missed, Session};
use crate::container::Form;
use crate::engine::Seen;
use crate::finding::Span;
use crate::lang::{Lang, amount, label, say};
use crate::report::collect::Unreadable;
use crate::stream::assemble::Stretch;
use crate::stream::frame::{Handler, Item};
use crate::stream::stats::PassedOver;

#[derive(Debug, ClapArgs)]
pub struct DecryptArgs {
    /// Write to this file, compressed if it ends in .gz
    ///
    /// It appears when it is whole and all input was read.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub input: InputArgs,
}

/// Runs the command.
pub fn run(args: &DecryptArgs, context: &Context) -> Result<Exit, Stop> {
    let (plan, lang) = (args.input.plan(context), context.out.lang);
    if plan.credentials.keys.is_empty() {
        return Err(Stop::because(say!(
            lang,
            "没有密钥：请把应用的 Encrypt Key 设为 LARKSPECT_ENCRYPT_KEY，或者用 --encrypt-key-file 给出",
            "no key: set LARKSPECT_ENCRYPT_KEY to the app's Encrypt Key, or give --encrypt-key-file",
        )));
    }
    let packed = is_packed(args.output.as_deref(), BODIES, lang).map_err(Stop::because)?;
    let (sources, unread) = args.input.sources(context)?;
    let out = Output::data(args.output.as_deref(), &sources, &context.io.stdout);
    let out = out.map_err(Stop::because)?.gzip(packed);
    let mut writer =
        Writer { out, documents: 0, lang, session: Session::new(context, args.input.verbose, unread) };
    let make = |_: &Source| Lines { out: Vec::new(), documents: 0, missed: Missed::telling(lang) };
    run_pipeline(&sources, plan, make, &mut writer)?;
    writer.finish()
}

/// What a worker makes of a piece.
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
        let readable = self.missed.document(seen, item);
        if !readable || matches!(seen.form, Form::Encrypted | Form::Wrapper | Form::Har) {
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

    fn skipped(&mut self, passed: PassedOver) {
        self.missed.stats.passed_over.add(&passed);
    }
}

/// Writes documents in order.
struct Writer {
    out: Output,
    documents: u64,
    lang: Lang,
    session: Session,
}

impl Writer {
    fn finish(self) -> Result<Exit, Stop> {
        let Writer { out, documents, lang, session } = self;
        let talk = &session.talk;
        if session.came_to_nothing(documents) {
            return Err(Session::nothing(label("没有可解密的内容", "there was nothing to decrypt")));
        }
        out.end(documents > 0, session.unread, talk, lang)?;
        if session.any_left_out() {
            let (written, left_out) = (amount(documents, "document"), session.words());
            talk.say(say!(
                lang,
                "已写入 {documents} 个文档；未写入：{left_out}",
                "{written} written; left out: {left_out}"
            ));
        }
        Ok(session.exit(false))
    }
}

impl Collector<Lines> for Writer {
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Lines>) -> Flow {
        let Stretch { text, place, items, handler } = stretch;
        self.out.write_all(&handler.out)?;
        self.documents += handler.documents;
        self.session.missed(source, text, place, items, &handler.missed)?;
        // From a pipe that pauses, what is whole is shown at once.
        if source.is_live() {
            self.out.flush()?;
        }
        Ok(GO_ON)
    }
}
