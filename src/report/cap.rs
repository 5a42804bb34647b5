//! How many findings of one document are listed: as many as anybody reads. A document can hold a million, and words
//! take a hundred times the room of what they are about; so the others are counted, each rule for itself, and no rule
//! is lost among the findings of another.

use crate::finding::{Finding, First, Inner, Rule, Severity, Span, Words};
use crate::lang::{Langs, say};

/// Findings of a rule that are listed of one document.
const LISTED: usize = 1000;

/// Bytes that findings may take of one document, or of all documents that one holds: a key can be as long as the
/// document, and a body can hold a million of them.
const HEAVY: usize = 4 << 20;

/// What is listed of a document, and what is only counted.
#[derive(Debug, Default)]
pub(crate) struct Cap {
    kinds: Vec<Kind>,
    weight: usize,
    /// What it was before the last document.
    settled: usize,
    /// Whether anything was only counted.
    counts: bool,
}

#[derive(Debug)]
struct Kind {
    rule: &'static Rule,
    severity: Severity,
    /// Of the last document.
    listed: usize,
    /// The same, not listed.
    unlisted: u64,
    /// Of the documents before it.
    before: u64,
    /// Documents of which nothing as heavy is listed.
    documents: u64,
}

/// A finding for all of a kind that are not listed.
pub(crate) struct Unlisted {
    pub finding: Finding,
    /// How many those are.
    pub count: u64,
    /// How many documents have them, and nothing that is listed and as heavy.
    pub documents: u64,
}

impl Cap {
    /// Whether one more of these is listed. If not, it is counted.
    pub fn admits(&mut self, rule: &'static Rule, severity: Severity) -> bool {
        let room = self.weight < HEAVY;
        let kind = self.kind(rule, severity);
        let admitted = room && kind.listed < LISTED;
        match admitted {
            true => kind.listed += 1,
            false => kind.unlisted += 1,
        }
        self.counts |= !admitted;
        admitted
    }

    /// A finding has been listed: so many bytes.
    pub fn weigh(&mut self, finding: &Finding) -> usize {
        let weight = weight(finding);
        self.weight += weight;
        weight
    }

    /// Goes back to what is listed of the last document still, the first of its findings. Returns how many bytes those
    /// had that are not.
    pub fn rewind(&mut self, listed: &[Finding]) -> usize {
        let before = std::mem::replace(&mut self.weight, self.settled);
        for kind in &mut self.kinds {
            (kind.listed, kind.unlisted) = (0, 0);
        }
        for finding in listed {
            self.kind(finding.rule, finding.severity).listed += 1;
            self.weigh(finding);
        }
        before - self.weight
    }

    /// The document ends, and others follow that are held by the same one.
    pub fn next(&mut self) {
        let listed = self.kinds.iter().filter(|kind| kind.listed > 0).map(|kind| kind.severity).max();
        let unlisted = self.kinds.iter_mut().filter(|kind| kind.unlisted > 0);
        if let Some(kind) =
            unlisted.max_by_key(|kind| kind.severity).filter(|kind| Some(kind.severity) > listed)
        {
            kind.documents += 1;
        }
        for kind in &mut self.kinds {
            kind.before += std::mem::take(&mut kind.unlisted);
            kind.listed = 0;
        }
        self.settled = self.weight;
    }

    /// The last document ends at `end`: what is not listed, kind by kind.
    pub fn close(&mut self, end: Span, langs: Langs) -> impl Iterator<Item = Unlisted> {
        match std::mem::take(&mut self.counts) {
            true => self.next(),
            false => self.kinds.clear(),
        }
        (self.weight, self.settled) = (0, 0);
        self.kinds.drain(..).filter(|kind| kind.before > 0).map(move |kind| {
            let Kind { rule, severity, before: count, documents, .. } = kind;
            let words = Words::made(langs, |lang| {
                Words::new(say!(
                    lang,
                    "这个文档里还有 {count} 个同类问题，只计数，不逐一列出",
                    "{count} more of this in the document, which are counted and not listed"
                ))
            });
            let (span, pointer) = (end.clone(), String::new());
            let finding = Finding { rule, severity, span, pointer, words, inner: None, first: None };
            Unlisted { finding, count, documents }
        })
    }

    fn kind(&mut self, rule: &'static Rule, severity: Severity) -> &mut Kind {
        let same = |kind: &Kind| std::ptr::eq(kind.rule, rule) && kind.severity == severity;
        let at = self.kinds.iter().position(same).unwrap_or_else(|| {
            self.kinds.push(Kind { rule, severity, listed: 0, unlisted: 0, before: 0, documents: 0 });
            self.kinds.len() - 1
        });
        &mut self.kinds[at]
    }
}

/// Bytes of memory that a finding takes.
fn weight(finding: &Finding) -> usize {
    let inner = finding.inner.as_ref().map_or(0, |_| size_of::<Inner>());
    let first = finding.first.as_ref().map_or(0, |_| size_of::<First>());
    size_of::<Finding>() + finding.pointer.len() + weight_of(&finding.words) + inner + first
}

/// Bytes of the words, in both languages where they are in both.
fn weight_of(words: &Words) -> usize {
    let Words { message, caret, expected, found, help, zh } = words;
    let texts: usize = [caret, expected, found].into_iter().flatten().map(String::len).sum();
    let help = help.as_ref().map_or(0, |help| help.len());
    message.len() + texts + help + zh.as_ref().map_or(0, |zh| size_of::<Words>() + weight_of(zh))
}
