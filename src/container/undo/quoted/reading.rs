//! A text that is read without its layer, piece by piece, until a document in it is whole or broken.

use crate::json::{Cursor, Fault};
use crate::steps::took;

/// Why reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// At what closes the text: a quote, as a rule.
    Stop,
    /// At a line feed behind which it does not go on.
    Line,
    /// At the end of what is there.
    Text,
}

/// How far a reading came.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// Where the next byte stands that was not read.
    pub at: usize,
    /// What was made of those before it.
    pub out: Vec<u8>,
    /// Whether it has ended, and why.
    pub end: Option<End>,
}

impl Made {
    /// Nothing yet; the text begins at `at`.
    pub fn from(at: usize) -> Made {
        Made { at, out: Vec::new(), end: None }
    }

    /// A line feed stands here, behind which the text goes on, or does not; `None` where that is not there yet.
    pub fn feed(&mut self, goes_on: Option<bool>) {
        self.end = match goes_on {
            Some(true) => None,
            Some(false) => Some(End::Line),
            None => Some(End::Text),
        };
    }
}

/// What reads a text without its layer.
pub(super) trait Reading: Clone {
    /// Reads a sign, or says that it has ended.
    fn step(&mut self);
    /// How far it came.
    fn made(&self) -> &Made;
    /// The same.
    fn into_made(self) -> Made;
    /// Reads on until so many bytes are made, or a few more, or it has ended.
    fn fill(&mut self, room: usize) {
        let start = self.at();
        while self.end().is_none() && self.out().len() < room {
            self.step();
        }
        took(self.at() - start);
    }
    /// What was made.
    fn out(&self) -> &[u8] {
        &self.made().out
    }
    /// What was made.
    fn take(self) -> Vec<u8> {
        self.into_made().out
    }
    /// Where the next byte stands that was not read.
    fn at(&self) -> usize {
        self.made().at
    }
    /// Whether it has ended, and why.
    fn end(&self) -> Option<End> {
        self.made().end
    }
}

/// What the document is that a reading begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Document {
    /// It is JSON. The reading stands behind its last byte.
    Whole,
    /// It ends with the text.
    Cut(End),
    /// It is no JSON.
    Broken,
    /// It would be more than there is room for.
    TooLarge,
}

/// So many bytes are made first; then twice as many, and so on.
const FIRST: usize = 256;

/// Reads the document that `reading` stands at, and no further than to where it stops being one.
pub(super) fn document<R: Reading>(reading: &mut R, most: usize) -> Document {
    let mut fresh = reading.clone();
    let mut room = FIRST;
    loop {
        reading.fill(room.min(most.saturating_add(1)));
        let value = Cursor::new(reading.out(), 0).value(0);
        match (value, reading.end()) {
            (Ok(_), _) if reading.out().len() > most => return Document::TooLarge,
            (Ok(token), _) => {
                fresh.fill(token.end);
                *reading = fresh;
                return Document::Whole;
            }
            (Err(error), _) if error.fault != Fault::End => return Document::Broken,
            (Err(_), _) if reading.out().len() > most => return Document::TooLarge,
            (Err(_), Some(end)) => return Document::Cut(end),
            (Err(_), None) => room = room.saturating_mul(2),
        }
    }
}
