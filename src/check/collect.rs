//! What a stretch of a stream came to: every finding and the document it is about, identities for the rules that
//! compare events, and counts.

use crate::finding::{Finding, Findings, Mark, Severity, Sink, Span, Words};
use crate::json::Path;
use crate::rules::is_unreadable;

use super::Seen;
use super::repeat::{Hasher, Identity};
use super::segment::{Handler, Item};

/// Counts of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents that are JSON.
    pub documents: u64,
    /// Documents that are events.
    pub events: u64,
}

/// Which document a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Its number in the stretch, broken ones counted too.
    pub document: u64,
    /// Which item of a top-level array it is.
    pub item: Option<Item>,
}

/// Collects every finding.
#[derive(Debug)]
pub struct Collected {
    /// In the order of their places within each document, document by document.
    pub findings: Findings,
    /// For each finding, its document.
    pub about: Vec<About>,
    /// Who each event is, in order.
    pub identities: Vec<Identity>,
    /// How many documents there were.
    pub counts: Counts,
    hasher: Hasher,
    document: u64,
}

impl Collected {
    /// Nothing yet. The hasher is the same for a whole run.
    pub fn new(hasher: Hasher) -> Collected {
        Collected {
            findings: Findings::default(),
            about: Vec::new(),
            identities: Vec::new(),
            counts: Counts::default(),
            hasher,
            document: 0,
        }
    }

    /// The findings of a document have been reported: puts them in the order of their places.
    fn settle(&mut self, item: Option<Item>) {
        let document = self.document;
        self.document += 1;
        let done = self.about.len();
        let new = &mut self.findings.0[done..];
        if !new.is_empty() {
            // Stable, so that findings of one place stay in the order in which the rules speak.
            new.sort_by_key(|finding| finding.span.start);
            self.about.resize(self.findings.0.len(), About { document, item });
        }
    }
}

impl Handler for Collected {
    type Sink = Findings;

    fn sink(&mut self) -> &mut Findings {
        &mut self.findings
    }

    #[inline]
    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        self.counts.documents += 1;
        if seen.is_event() {
            self.counts.events += 1;
            self.identities.push(Identity::of(seen, self.document, item, &self.hasher));
        }
        self.settle(item);
    }

    fn broken(&mut self, _: Span, item: Option<Item>) {
        self.settle(item);
    }
}

/// Keeps only findings of what could not be read as an event at all: for commands that show events and do not judge
/// them.
#[derive(Debug, Default)]
pub struct Unreadable(pub Findings);

impl Sink for Unreadable {
    fn report(
        &mut self,
        rule: &'static crate::finding::Rule,
        severity: Severity,
        span: Span,
        path: &Path<'_>,
        words: impl FnOnce() -> Words,
    ) {
        if is_unreadable(rule) {
            self.0.report(rule, severity, span, path, words);
        }
    }
    fn mark(&self) -> Mark {
        self.0.mark()
    }
    fn rewind(&mut self, mark: Mark) {
        self.0.rewind(mark);
    }
}

impl Unreadable {
    /// The findings.
    pub fn findings(&self) -> &[Finding] {
        &self.0.0
    }
}
