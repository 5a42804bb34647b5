//! A run that reads events: what it says of each source, what it had to leave out, and how it ends.

use std::collections::BTreeMap;
use std::io;

use crate::engine::Seen;
use crate::json::Place;
use crate::lang::amount;
use crate::report::collect::{DocumentRef, MANY, Unreadable};
use crate::report::locate::Locator;
use crate::report::{Reporter, formats::Line};
use crate::secrets::Secrets;
use crate::stream::frame::Item;
use crate::stream::stats::Stats;

use super::context::Context;
use super::exit::Exit;
use super::files::source::Source;
use super::talk::Talk;

/// Unreadable documents that are named in each file; the others are counted.
const NAMED: u64 = 20;

/// Kinds of what is left out that are told apart.
const KINDS: usize = 40;

/// The documents of a stretch that hold no event that can be read.
#[derive(Default)]
pub struct Missed {
    /// What is wrong with them.
    pub findings: Unreadable,
    /// How many parts hold no document and need not: lines of a log, responses.
    pub skipped: u64,
    /// What was read, and what it is.
    pub stats: Stats,
    about: Vec<DocumentRef>,
    settled: usize,
}

impl Missed {
    /// These findings, not settled yet.
    pub fn new(findings: Unreadable, stats: Stats) -> Missed {
        Missed { findings, skipped: 0, stats, about: Vec::new(), settled: 0 }
    }

    /// A document was read: whether it can be shown, for nothing was found since the one before it.
    pub fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) -> bool {
        self.stats.count(seen, item);
        let readable = self.findings.count() <= self.settled;
        self.settle(item);
        readable
    }

    /// Whether there is so much that it should be told before more is read.
    pub fn is_full(&self) -> bool {
        self.settled >= MANY
    }

    /// A document was read or given up: its findings so far are about `item`.
    pub fn settle(&mut self, item: Option<Item>) {
        self.about.resize(self.findings.findings().len(), DocumentRef { item, ..DocumentRef::ALONE });
        self.settled = self.findings.count();
    }
}

/// What is the same in every run that reads events: what is said of each source on standard error while the run goes
/// on, what had to be left out, and the exit code.
pub struct Session {
    /// Where it is said.
    pub talk: Talk,
    /// Whether it is also said what was recognised.
    pub verbose: bool,
    /// What is secret wherever it stands.
    pub secrets: Secrets,
    /// Some input could not be read to its end, or not at all.
    pub unread: bool,
    stats: Stats,
    reporter: Line,
    named: u64,
    unreadable: u64,
    passed_over: u64,
    kinds: BTreeMap<String, u64>,
}

impl Session {
    /// Nothing has been read yet; `unread`: something that was named cannot be, which has been said.
    pub fn new(context: &Context, verbose: bool, unread: bool) -> Session {
        Session {
            talk: context.talk.clone(),
            verbose,
            secrets: context.credentials.hidden(),
            unread,
            stats: Stats::default(),
            reporter: Line::default(),
            named: 0,
            unreadable: 0,
            passed_over: 0,
            kinds: BTreeMap::new(),
        }
    }

    /// Whether anything is left out.
    pub fn any_left_out(&self) -> bool {
        self.unreadable > 0 || !self.kinds.is_empty()
    }

    /// Whether nothing came of the input: `count` of what is looked for is none, and nothing could not be read either.
    pub fn came_to_nothing(&self, count: u64) -> bool {
        count == 0 && !self.any_left_out() && !self.unread
    }

    /// The exit code of a run of which something came.
    pub fn exit(&self, findings: bool) -> Exit {
        match () {
            () if self.unread => Exit::Failed,
            () if findings || self.any_left_out() => Exit::Findings,
            () => Exit::Fine,
        }
    }

    /// A source begins; `layers` is how it is compressed or encoded.
    pub fn begin(&mut self, source: &Source, layers: &[&'static str]) {
        if self.verbose && !layers.is_empty() {
            self.talk.line(format_args!("{}: {}", source.name, layers.join(", ")));
        }
        self.named = 0;
    }

    /// It could not be read to its end, or not at all.
    pub fn failed(&mut self, source: &Source, error: &io::Error) {
        self.unread = true;
        self.talk.failed(&source.name, error);
    }

    /// Counts parts of a source that hold no document and need not, and what its documents were recognised as.
    pub fn read(&mut self, passed_over: u64, stats: &Stats) {
        self.passed_over += passed_over;
        if self.verbose {
            self.stats.add(stats);
        }
    }

    /// Names the documents of a stretch that could not be read.
    pub fn missed(
        &mut self,
        source: &Source,
        text: &[u8],
        place: Place,
        items: u64,
        missed: &Missed,
    ) -> io::Result<()> {
        self.read(missed.skipped, &missed.stats);
        let findings = missed.findings.findings();
        if findings.is_empty() {
            return Ok(());
        }
        let mut locator = Locator::new(text, place).hiding(&self.secrets);
        let mut lines = Vec::new();
        let before = self.named;
        self.unreadable += missed.settled as u64;
        self.named += missed.settled as u64;
        for (number, (finding, about)) in (before..).zip(findings.iter().zip(&missed.about)) {
            if number < NAMED {
                let number = about.number(items);
                let located = locator.locate(finding, finding.severity, &source.name, number, false);
                self.reporter.finding(&located, &mut lines)?;
            }
        }
        self.talk.bytes(&lines);
        Ok(())
    }

    /// A source has been read, as far as it could be.
    pub fn end(&mut self, source: &Source) {
        let name = &source.name;
        for words in std::mem::take(&mut self.stats).words() {
            self.talk.line(format_args!("{name}: {words}"));
        }
        match std::mem::take(&mut self.passed_over) {
            0 => {}
            count => {
                let parts = amount(count, "part");
                self.talk.line(format_args!(
                    "{name}: {parts} passed over, no event seen in them: log lines, responses"
                ));
            }
        }
        if self.named > NAMED {
            self.talk.line(format_args!("{name}: and {} more like these", self.named - NAMED));
        }
    }

    /// Counts `count` more of a kind: an event type, say.
    pub fn kind(&mut self, name: &str, count: u64) {
        let known = self.kinds.len() < KINDS || self.kinds.contains_key(name);
        *self.kinds.entry(if known { name.to_owned() } else { "other".to_owned() }).or_default() += count;
    }

    /// What was left out, in words: `1 unreadable document, 2 im.message.receive_v1`.
    pub fn words(&self) -> String {
        let unreadable = (self.unreadable > 0).then(|| amount(self.unreadable, "unreadable document"));
        let kinds = self.kinds.iter().map(|(name, count)| format!("{count} {name}"));
        unreadable.into_iter().chain(kinds).collect::<Vec<_>>().join(", ")
    }

    /// The most frequent kind.
    pub fn largest(&self) -> Option<&str> {
        self.kinds.iter().max_by_key(|(_, count)| **count).map(|(name, _)| name.as_str())
    }
}
