//! `check`: every finding of every event.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::time::Instant;

use crate::check::assemble::Stretch;
use crate::check::collect::{About, Collected};
use crate::check::policy::{Level, Policy};
use crate::check::repeat::{Hasher, Window};
use crate::finding::{Finding, Severity};
use crate::render::locate::Locator;
use crate::render::{Reporter, Totals};
use crate::rules;

use super::args::CheckArgs;
use super::env::Surroundings;
use super::exit::Exit;
use super::output::{say, stdout};
use super::run::{Collector, Flow, run as run_pipeline};
use super::source::{Source, reason};

/// Runs the command.
pub fn run(args: &CheckArgs, around: &Surroundings) -> io::Result<Exit> {
    let started = Instant::now();
    let Some((sources, unread)) = args.input.sources() else { return Ok(Exit::Failed) };
    let out: Box<dyn Write + Send> = if args.quiet { Box::new(io::sink()) } else { Box::new(stdout()) };
    let mut judge = Judge {
        policy: policy(args),
        reporter: args.format.reporter(around.out, rules::ALL),
        out,
        window: Window::new(args.window),
        file: Totals::default(),
        totals: Totals::default(),
        unread,
        verbose: args.input.verbose,
    };
    let hasher = Hasher::default();
    run_pipeline(&sources, args.input.plan(around.zone), || Collected::new(hasher.clone()), &mut judge)?;
    let totals = judge.totals;
    judge.reporter.finish(&totals, started.elapsed(), &mut judge.out)?;
    judge.out.flush()?;
    Ok(if judge.unread {
        Exit::Failed
    } else if totals.errors > 0 {
        Exit::Findings
    } else if totals.documents == 0 && !args.allow_empty {
        say("larkspect: there was no event to check; --allow-empty makes that a success");
        Exit::Failed
    } else {
        Exit::Fine
    })
}

fn policy(args: &CheckArgs) -> Policy {
    let mut policy = Policy::default();
    let levels = [
        (&args.error, Level::As(Severity::Error)),
        (&args.warn, Level::As(Severity::Warning)),
        (&args.ignore, Level::Ignore),
    ];
    for (rules, level) in levels {
        for rule in rules {
            policy.set(rule, level);
        }
    }
    policy.strict(args.strict);
    policy
}

struct Judge {
    policy: Policy,
    reporter: Box<dyn Reporter>,
    out: Box<dyn Write + Send>,
    window: Window,
    file: Totals,
    totals: Totals,
    /// Some input could not be read.
    unread: bool,
    verbose: bool,
}

impl Collector<Collected> for Judge {
    fn begin(&mut self, source: &Source, layers: &[&'static str]) -> Flow {
        if self.verbose && !layers.is_empty() {
            say(&format!("{}: {}", source.name, layers.join(", ")));
        }
        self.file = Totals { files: 1, ..Totals::default() };
        self.window.clear();
        Ok(ControlFlow::Continue(()))
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Collected>) -> Flow {
        let Stretch { text, place, items, handler } = stretch;
        self.file.documents += handler.counts.documents;
        self.file.events += handler.counts.events;
        let Collected { findings, about, identities, .. } = handler;
        let mut repeats = identities
            .iter()
            .filter_map(|identity| {
                let repeat = self.window.see(identity, text)?;
                Some((About { document: identity.document, item: identity.item }, repeat.finding))
            })
            .peekable();
        let mut locator = Locator::new(text, place);
        let excerpts = self.reporter.wants_excerpts();
        let mut faulty = None;
        let mut say = |about: About, finding: &Finding| -> io::Result<()> {
            let Some(severity) = self.policy.weigh(finding) else { return Ok(()) };
            self.file.count(severity);
            if severity == Severity::Error && faulty != Some(about.document) {
                faulty = Some(about.document);
                self.file.faulty += 1;
            }
            let item = about.item.map(|item| if item.relative { item.number + items } else { item.number });
            let located = locator.locate(finding, severity, &source.name, item, excerpts);
            self.reporter.finding(&located, &mut self.out)
        };
        // What is said of an event among others stands where its id stands, among what is said of it alone.
        for (finding, about) in findings.0.iter().zip(&about) {
            while let Some((of, repeat)) = repeats.next_if(|(of, repeat)| {
                (of.document, repeat.span.start) < (about.document, finding.span.start)
            }) {
                say(of, &repeat)?;
            }
            say(*about, finding)?;
        }
        for (of, repeat) in repeats {
            say(of, &repeat)?;
        }
        Ok(ControlFlow::Continue(()))
    }

    fn failed(&mut self, source: &Source, error: &io::Error) -> Flow {
        self.unread = true;
        say(&format!("larkspect: {}: {}", source.name, reason(error)));
        Ok(ControlFlow::Continue(()))
    }

    fn end(&mut self, source: &Source) -> Flow {
        self.reporter.file(&source.name, &self.file, &mut self.out)?;
        self.totals.add(&self.file);
        Ok(ControlFlow::Continue(()))
    }
}
