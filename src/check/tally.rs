//! How many findings of one document are listed: as many as anybody reads. A document can hold a million, and words
//! take a hundred times the room of what they are about; so the others are counted, each rule for itself, and no rule
//! is lost among the findings of another.

use crate::finding::{Finding, Rule, Severity, Span, Words};

/// Findings of a rule that are listed of one document.
const LISTED: usize = 1000;

/// Bytes of pointers and words that are listed of one document: a key can be as long as the document.
const HEAVY: usize = 4 << 20;

/// What is listed of a document, and what is only counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    kinds: Vec<Kind>,
    weight: usize,
}

#[derive(Debug)]
struct Kind {
    rule: &'static Rule,
    severity: Severity,
    listed: usize,
    unlisted: u64,
}

impl Tally {
    /// Whether one more of these is listed. If not, it is counted.
    pub fn admits(&mut self, rule: &'static Rule, severity: Severity) -> bool {
        let room = self.weight < HEAVY;
        let kind = self.kind(rule, severity);
        let admitted = room && kind.listed < LISTED;
        match admitted {
            true => kind.listed += 1,
            false => kind.unlisted += 1,
        }
        admitted
    }

    /// A finding has been listed: so many bytes.
    pub fn weigh(&mut self, finding: &Finding) -> usize {
        let Words { message, caret, expected, found, help } = &finding.words;
        let words: usize = [caret, expected, found, help].into_iter().flatten().map(String::len).sum();
        let weight = finding.pointer.len() + message.len() + words;
        self.weight += weight;
        weight
    }

    /// Goes back to what is listed still.
    pub fn rewind(&mut self, listed: &[Finding]) {
        *self = Tally::default();
        for finding in listed {
            self.kind(finding.rule, finding.severity).listed += 1;
            self.weigh(finding);
        }
    }

    /// The document ends at `end`: a finding for all of a kind that are not listed, and how many those are.
    pub fn close(&mut self, end: Span) -> impl Iterator<Item = (Finding, u64)> {
        self.weight = 0;
        std::mem::take(&mut self.kinds).into_iter().filter(|kind| kind.unlisted > 0).map(move |kind| {
            let Kind { rule, severity, unlisted, .. } = kind;
            let message =
                format!("{unlisted} more of this in the document, which are counted and not listed");
            let (span, pointer, words) = (end.clone(), String::new(), Words::new(message));
            (Finding { rule, severity, span, pointer, words, inner: None }, unlisted)
        })
    }

    fn kind(&mut self, rule: &'static Rule, severity: Severity) -> &mut Kind {
        let same = |kind: &Kind| std::ptr::eq(kind.rule, rule) && kind.severity == severity;
        let at = self.kinds.iter().position(same).unwrap_or_else(|| {
            self.kinds.push(Kind { rule, severity, listed: 0, unlisted: 0 });
            self.kinds.len() - 1
        });
        &mut self.kinds[at]
    }
}
