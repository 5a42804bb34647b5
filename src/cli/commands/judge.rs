//! Takes what was found, in the order of the input, and judges it: weighs findings, holds them against what a file
//! is expected to break, counts, and tells the reports.

use std::collections::HashMap;
use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::cli::files::output::say;
use crate::cli::files::source::{Source, reason};
use crate::cli::pipeline::{Collector, Flow};
use crate::cli::settings::severity::Scales;
use crate::cli::skipped::{say_layers, say_recognised, say_skipped};
use crate::finding::{Finding, Severity};
use crate::json::Place;
use crate::report::Totals;
use crate::report::collect::Collected;
use crate::report::expect::ENDING;
use crate::report::locate::Locator;
use crate::secrets::Secrets;
use crate::seen::events::Window;
use crate::stream::assemble::Stretch;
use crate::stream::stats::Recognised;

use super::reports::Reports;
use super::sidecar::Sidecar;

/// What a judge is to do besides judging.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Say what was recognised.
    pub verbose: bool,
    /// Stop at the first error.
    pub fail_fast: bool,
    /// How many events are remembered.
    pub window: usize,
    /// There are several files: an event may be in another one again.
    pub several: bool,
}

/// Judges a run.
pub struct Judge<'c> {
    scales: Scales<'c>,
    /// Where findings are told.
    pub reports: Reports,
    sidecars: HashMap<PathBuf, Sidecar>,
    window: Window,
    /// The memory of a file with a sidecar, in place of the one that all others share: fixtures are copies of each
    /// other on purpose, and what each breaks must not depend on its neighbours.
    own_window: Option<Window>,
    manner: Manner,
    /// What is secret wherever it stands.
    secrets: Secrets,
    /// The file that has begun and not ended.
    open: Option<String>,
    /// Its sidecar.
    expected: Option<Sidecar>,
    file: Totals,
    /// Parts of the file that hold no document and need not.
    skipped: u64,
    /// What its documents are.
    recognised: Recognised,
    /// What was found so far.
    pub totals: Totals,
    /// Some input could not be read.
    pub unread: bool,
}

/// Why a stretch is left.
enum Left {
    Write(io::Error),
    FirstError,
}

impl<'c> Judge<'c> {
    /// A judge who has seen nothing.
    pub fn new(
        scales: Scales<'c>,
        reports: Reports,
        sidecars: HashMap<PathBuf, Sidecar>,
        manner: Manner,
        secrets: Secrets,
    ) -> Judge<'c> {
        Judge {
            scales,
            reports,
            sidecars,
            window: Window::new(manner.window),
            own_window: None,
            manner,
            secrets,
            open: None,
            expected: None,
            file: Totals::default(),
            skipped: 0,
            recognised: Recognised::default(),
            totals: Totals::default(),
            unread: false,
        }
    }

    /// Closes the file in which the run was left.
    pub fn leave(&mut self) -> io::Result<()> {
        match self.open.take() {
            Some(name) => self.close(&name),
            None => Ok(()),
        }
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.open = None;
        self.reports.file(name, &self.file)?;
        self.totals.add(&std::mem::take(&mut self.file));
        Ok(())
    }

    /// Tells what is wrong with a sidecar itself.
    pub fn sidecar(&mut self, name: &str, text: &[u8], wrong: &[Finding]) -> io::Result<()> {
        let mut locator = Locator::new(text, Place::START);
        for finding in wrong {
            let Some(severity) = self.scales.weigh(finding, None) else { continue };
            self.file.count_many(severity, 1);
            if severity == Severity::Error {
                self.file.faulty = self.file.faulty.max(1);
            }
            let excerpt = self.reports.wants_excerpt(finding);
            let located = locator.locate(finding, severity, name, None, excerpt);
            self.reports.finding(&located)?;
        }
        Ok(())
    }

    /// A sidecar without its fixture: a file of its own, in which no event was looked for.
    pub fn orphan(&mut self, name: &str, text: &[u8], wrong: &Finding) -> io::Result<()> {
        self.scales.begin(None);
        self.file = Totals::default();
        self.sidecar(name, text, std::slice::from_ref(wrong))?;
        self.close(name)
    }

    /// Errors so far, those of the open file too.
    pub fn errors(&self) -> u64 {
        self.totals.errors + self.file.errors
    }

    /// Whether the first error has been found and no more are wanted.
    pub fn is_done(&self) -> bool {
        self.manner.fail_fast && self.errors() > 0
    }

    fn flow(&self) -> Flow {
        Ok(if self.is_done() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

impl Collector<Collected> for Judge<'_> {
    fn begin(&mut self, source: &Source, layers: &[&'static str]) -> Flow {
        if self.manner.verbose {
            say_layers(source, layers);
        }
        self.file = Totals { files: 1, ..Totals::default() };
        self.open = Some(source.name.clone());
        self.window.begin(&source.name);
        self.scales.begin(source.path.as_deref());
        if !self.sidecars.is_empty() {
            self.expected = source.path.as_ref().and_then(|path| self.sidecars.get(path)).cloned();
        }
        self.own_window = self.expected.as_ref().map(|_| Window::new(self.manner.window));
        Ok(ControlFlow::Continue(()))
    }

    fn stretch(&mut self, source: &Source, stretch: Stretch<'_, Collected>) -> Flow {
        let Stretch { text, place, items, handler } = stretch;
        self.file.documents += handler.counts.documents;
        self.file.events += handler.counts.events;
        self.file.challenges += handler.counts.challenges;
        self.skipped += handler.counts.skipped;
        if self.manner.verbose {
            self.recognised.add(&handler.recognised);
        }
        let Judge { scales, reports, window, own_window, expected, file, manner, secrets, .. } = self;
        let window = own_window.as_mut().unwrap_or(window);
        let line = manner.several.then_some(place.lines + 1);
        let mut locator = Locator::new(text, place).hiding(secrets);
        let mut faulty = None;
        let told = handler.tell(window, text, line, |about, finding| {
            let weighed = scales.weigh(finding, handler.type_name(about.kind));
            if let Some(sidecar) = expected
                && sidecar.expected.meet(finding, weighed, &about.pointer(finding, items))
            {
                file.expected += 1;
                return Ok(());
            }
            let Some(severity) = weighed else { return Ok(()) };
            file.count_many(severity, about.count);
            if severity == Severity::Error {
                file.faulty += match about.count {
                    1 => u64::from(faulty.replace(about.document) != Some(about.document)),
                    _ => about.unlisted,
                };
            }
            let excerpt = reports.wants_excerpt(finding);
            let located = locator.locate(finding, severity, &source.name, about.number(items), excerpt);
            reports.finding(&located).map_err(Left::Write)?;
            match manner.fail_fast && severity == Severity::Error {
                true => Err(Left::FirstError),
                false => Ok(()),
            }
        });
        if let Err(Left::Write(error)) = told {
            return Err(error);
        }
        // From a pipe that pauses, what is known is said at once.
        if source.length.is_none() {
            self.reports.flush()?;
        }
        self.flow()
    }

    fn failed(&mut self, source: &Source, error: &io::Error) -> Flow {
        self.unread = true;
        // Half a file cannot meet what is expected of the whole.
        self.expected = None;
        say(&format!("larkspect: {}: {}", source.name, reason(error)));
        Ok(ControlFlow::Continue(()))
    }

    fn end(&mut self, source: &Source) -> Flow {
        say_recognised(source, &std::mem::take(&mut self.recognised));
        say_skipped(source, std::mem::take(&mut self.skipped));
        if let Some(Sidecar { text, expected }) = self.expected.take() {
            let name = format!("{}.{ENDING}", source.name);
            self.sidecar(&name, &text, &expected.outcome())?;
            if self.manner.verbose {
                let (met, s) = (expected.met(), if expected.met() == 1 { "" } else { "s" });
                say(&format!("{}: {met} finding{s} as {name} expects", source.name));
            }
        }
        self.close(&source.name)?;
        self.flow()
    }
}
