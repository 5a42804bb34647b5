//! Findings out: what is kept of a run, where each finding stands, and how it looks in each format. A format chooses
//! words, colours and escapes; it never decides what is right or wrong. It writes to a `&mut dyn Write` and gets colour
//! and width as values, so its tests need no terminal.

mod alike;
mod cap;
pub mod collect;
pub mod expect;
pub(crate) mod formats;
pub mod locate;
pub mod policy;
pub mod requests;
#[cfg(test)]
mod test_findings;
pub mod undocumented;
pub mod verifier;

pub use formats::Format;

use std::fmt;
use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;

use crate::finding::{Finding, Severity};
use crate::json::Position;
use crate::lang::{Label, Lang, label, say};
use crate::origin::Origin;

/// A finding with its place worked out, ready to be printed.
#[derive(Clone, Copy, Debug)]
pub struct Located<'a> {
    /// What was found.
    pub finding: &'a Finding,
    /// How much it weighs here: the rule's own severity, or what the user made of it.
    pub severity: Severity,
    /// The file as the user named it, `-` for standard input; bytes that are not UTF-8 stand as `\xNN`.
    pub file: &'a str,
    /// What was done to the document before it was checked: `decrypted`, say. Lines and columns are then those of
    /// the outer document.
    pub origin: Option<Origin>,
    /// Which item of a top-level array the document is, from 0.
    pub item: Option<u64>,
    /// The first character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
    /// The first byte, from the start of the file (after decompression and transcoding).
    pub offset: u64,
    /// Bytes from the first to one past the last.
    pub length: u64,
    /// The line on which it starts, or a window of it.
    pub excerpt: Excerpt<'a>,
    /// Where the same stood first, of what came again.
    pub first: Option<FirstPlace<'a>>,
}

/// What is written beside it.
pub(crate) const FIRST: Label = label("首次出现在这里", "first here");

/// Where that stood first which a finding is about.
#[derive(Clone, Copy, Debug)]
pub struct FirstPlace<'a> {
    /// The file, named like that of the finding.
    pub file: &'a str,
    /// The line, from 1.
    pub line: u64,
    /// The column of the first character and one past that of the last, where the text is still at hand.
    pub columns: Option<(u64, u64)>,
    /// Where in the excerpt of the finding it stands, if it does.
    pub within: Option<(usize, usize)>,
    /// If it does not, its own line; empty where the text is gone.
    pub excerpt: Excerpt<'a>,
}

impl FirstPlace<'_> {
    /// Whether it cannot be shown.
    pub(crate) fn is_gone(&self) -> bool {
        self.within.is_none() && self.excerpt.text.is_empty()
    }

    /// Where it is, in words.
    pub(crate) fn words(&self, lang: Lang) -> String {
        say!(lang, "首次出现在 {self}", "first at {self}")
    }
}

impl fmt::Display for FirstPlace<'_> {
    /// `captures/a.ndjson:3:118`, to be cleaned before it is shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        self.columns.map_or(Ok(()), |(column, _)| write!(f, ":{column}"))
    }
}

impl Located<'_> {
    /// The JSON pointer from the top of the file's JSON: that of the finding, within the item of the array.
    pub fn pointer(&self) -> String {
        match self.item {
            Some(item) => format!("/{item}{}", self.finding.pointer),
            None => self.finding.pointer.clone(),
        }
    }

    /// Whether the pointer says more than "the document".
    pub(crate) fn has_pointer(&self) -> bool {
        self.item.is_some() || !self.finding.pointer.is_empty()
    }
}

/// A line of the input, or so much of a long one as is worth showing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Excerpt<'a> {
    /// The bytes of the line, without its end; not always UTF-8.
    pub text: &'a [u8],
    /// Where in `text` the finding begins.
    pub start: usize,
    /// Where in `text` it ends: at the end of the line where it goes on.
    pub end: usize,
    /// Whether the line begins before `text`.
    pub cut_before: bool,
    /// Whether the line goes on after `text`.
    pub cut_after: bool,
}

/// What was read and found, of one file or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Files read.
    pub files: u64,
    /// Documents that are JSON.
    pub documents: u64,
    /// Documents that are events.
    pub events: u64,
    /// Documents that are questions of the platform, which are checked like events.
    pub challenges: u64,
    /// Documents with at least one error.
    pub faulty: u64,
    /// Findings by severity.
    pub errors: u64,
    /// Findings by severity.
    pub warnings: u64,
    /// Findings by severity.
    pub notes: u64,
    /// Findings that a sidecar expects; they are in no other count.
    pub expected: u64,
}

impl Totals {
    /// Counts findings.
    pub fn count_many(&mut self, severity: Severity, count: u64) {
        *match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Note => &mut self.notes,
        } += count;
    }

    /// Adds the totals of another part.
    pub fn add(&mut self, other: &Totals) {
        self.files += other.files;
        self.documents += other.documents;
        self.events += other.events;
        self.challenges += other.challenges;
        self.faulty += other.faulty;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.expected += other.expected;
    }
}

/// How much of a finding is asked for: each costs more than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Rule, severity and place. What is quoted of the payload may hold secrets still.
    Place,
    /// What it is told from others by: its pointer, and what was found. Where these hold a secret everything is hidden.
    Kind,
    /// The words as well, without secrets.
    Words,
    /// And the line on which it stands.
    Excerpt,
}

/// A report format. Calls come in input order: for each file its findings, then [`Reporter::file`]; at the end
/// [`Reporter::finish`].
pub trait Reporter: Send {
    /// How much is wanted of this finding, which comes next.
    fn wants(&self, _finding: &Finding) -> Detail {
        Detail::Words
    }
    /// It is read on a terminal, where lines that are too long are broken at words.
    fn on_terminal(&mut self) {}
    /// The next file may pause, as a pipe does: what is found in it is told at once.
    fn live(&mut self) {}
    /// One finding.
    fn finding(&mut self, found: &Located<'_>, out: &mut dyn Write) -> io::Result<()>;
    /// A file is done, with or without findings. As a rule nothing is written then.
    fn file(&mut self, _name: &str, _totals: &Totals, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
    /// Everything is done. A report that is one JSON or XML document is closed here; one of lines has nothing to add.
    fn finish(&mut self, _totals: &Totals, _took: Duration, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
