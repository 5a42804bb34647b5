//! What a command that shows or converts events had to leave out, said on stderr while it goes on.

use std::collections::BTreeMap;
use std::io;

use crate::json::Place;
use crate::report::collect::{About, MANY, Unreadable};
use crate::report::locate::Locator;
use crate::report::{Reporter, Totals};
use crate::secrets::Secrets;
use crate::stream::frame::Item;
use crate::stream::stats::Recognised;

use super::files::output::say;
use super::files::source::Source;

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
    pub recognised: Recognised,
    about: Vec<About>,
    settled: usize,
}

impl Missed {
    /// These findings, not settled yet.
    pub fn new(findings: Unreadable, recognised: Recognised) -> Missed {
        Missed { findings, skipped: 0, recognised, about: Vec::new(), settled: 0 }
    }

    /// Whether something was found since the last document.
    pub fn is_unreadable(&self) -> bool {
        self.findings.count() > self.settled
    }

    /// Whether there is so much that it should be told before more is read.
    pub fn is_full(&self) -> bool {
        self.settled >= MANY
    }

    /// A document was read or given up: its findings so far are about `item`.
    pub fn settle(&mut self, item: Option<Item>) {
        self.about.resize(self.findings.findings().len(), About { item, ..About::ALONE });
        self.settled = self.findings.count();
    }
}

/// Says how much of a source was passed over because it is no document and need not be one.
pub fn say_skipped(source: &Source, count: u64) {
    if count > 0 {
        let parts = if count == 1 { "part" } else { "parts" };
        say(&format!(
            "{}: {count} {parts} passed over, no event seen in them: log lines, responses",
            source.name
        ));
    }
}

/// Says what was recognised around a source: how it is compressed or encoded.
pub fn say_layers(source: &Source, layers: &[&'static str]) {
    if !layers.is_empty() {
        say(&format!("{}: {}", source.name, layers.join(", ")));
    }
}

/// Says what the documents of a source were recognised as.
pub fn say_recognised(source: &Source, recognised: &Recognised) {
    for words in recognised.words() {
        say(&format!("{}: {words}", source.name));
    }
}

/// Counts and names what is left out; with `-v` also says what was recognised.
pub struct Skipped {
    verbose: bool,
    /// What is secret wherever it stands.
    secrets: Secrets,
    recognised: Recognised,
    reporter: Box<dyn Reporter>,
    named: u64,
    unreadable: u64,
    skipped: u64,
    kinds: BTreeMap<String, u64>,
    /// Some input could not be read at all.
    pub unread: bool,
}

impl Skipped {
    /// Nothing is left out yet.
    pub fn new(verbose: bool, secrets: Secrets) -> Skipped {
        Skipped {
            verbose,
            secrets,
            recognised: Recognised::default(),
            reporter: Box::<crate::report::Line>::default(),
            named: 0,
            unreadable: 0,
            skipped: 0,
            kinds: BTreeMap::new(),
            unread: false,
        }
    }

    /// Whether anything is left out.
    pub fn any(&self) -> bool {
        self.unreadable > 0 || !self.kinds.is_empty()
    }

    /// A file begins.
    pub fn begin(&mut self, source: &Source, layers: &[&'static str]) {
        if self.verbose {
            say_layers(source, layers);
        }
        self.named = 0;
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
        self.skipped += missed.skipped;
        if self.verbose {
            self.recognised.add(&missed.recognised);
        }
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
                let item =
                    about.item.map(|item| if item.relative { item.number + items } else { item.number });
                let located = locator.locate(finding, finding.severity, &source.name, item, false);
                self.reporter.finding(&located, &mut lines)?;
            }
        }
        // Where stderr is gone there is nobody left to tell.
        let _ = io::Write::write_all(&mut io::stderr(), &lines);
        Ok(())
    }

    /// A file ends.
    pub fn end(&mut self, source: &Source) -> io::Result<()> {
        say_recognised(source, &std::mem::take(&mut self.recognised));
        say_skipped(source, std::mem::take(&mut self.skipped));
        if self.named > NAMED {
            say(&format!("{}: and {} more like these", source.name, self.named - NAMED));
        }
        self.reporter.file(&source.name, &Totals::default(), &mut io::sink())
    }

    /// Counts `count` more of a kind: an event type, say.
    pub fn kind(&mut self, name: &str, count: u64) {
        let known = self.kinds.len() < KINDS || self.kinds.contains_key(name);
        *self.kinds.entry(if known { name.to_owned() } else { "other".to_owned() }).or_default() += count;
    }

    /// What was left out, in words: `1 unreadable document, 2 im.message.receive_v1`.
    pub fn words(&self) -> String {
        let unreadable = (self.unreadable > 0).then(|| {
            format!("{} unreadable document{}", self.unreadable, if self.unreadable == 1 { "" } else { "s" })
        });
        let kinds = self.kinds.iter().map(|(name, count)| format!("{count} {name}"));
        unreadable.into_iter().chain(kinds).collect::<Vec<_>>().join(", ")
    }

    /// The most frequent kind.
    pub fn largest(&self) -> Option<&str> {
        self.kinds.iter().max_by_key(|(_, count)| **count).map(|(name, _)| name.as_str())
    }
}
