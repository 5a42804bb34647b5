//! The last documents as templates for the next one. Most documents of a stream differ in their values alone: the same
//! bytes stand between them, and there is nothing to say of them. Such a document needs no walk: the bytes between are
//! compared, and each value is looked at by [`Accept`]. Any other is left to the walk, from its beginning on, so this
//! decides nothing that the walk would not.

use wide::u8x16;

use crate::catalog::EVENTS;
use crate::finding::{At, Mark, Sink, Words};
use crate::json::LengthGuess;
use crate::record::{Slot, slot};
use crate::rules::accept::{Accept, Accepted};

use super::plan::Plan;

const LONGEST: usize = 32;

const NO_SLOT: usize = u16::MAX as usize;

/// A value and the bytes before it: `,"type":`, and the quote that opens a string.
#[derive(Clone, Debug)]
struct Step {
    bytes: [[u8; 16]; 2],
    /// A bit for each of the bytes that does not matter.
    open: u32,
    length: u8,
    /// 1 if they end with the quote that opens a string, else 0.
    quote: u8,
    /// The slot of the value, or [`NO_SLOT`].
    slot: u16,
    accept: Accept,
    guess: LengthGuess,
}

impl Step {
    fn new(bytes: &[u8], slot: usize, accept: Accept) -> Step {
        let mut both = [0; LONGEST];
        both[..bytes.len()].copy_from_slice(bytes);
        let [head, tail] = both.as_chunks().0 else { unreachable!("32 bytes are two blocks") };
        Step {
            bytes: [*head, *tail],
            open: u32::MAX.checked_shl(bytes.len() as u32).unwrap_or(0),
            length: bytes.len() as u8,
            quote: u8::from(accept.is_quoted()),
            slot: slot as u16,
            accept,
            guess: LengthGuess::default(),
        }
    }

    /// Whether its bytes stand at the beginning of these.
    #[inline(always)]
    fn stands(&self, bytes: &[u8; LONGEST]) -> bool {
        let [head, tail] = bytes.as_chunks().0 else { unreachable!("32 bytes are two blocks") };
        let same = |a: &[u8; 16], b: &[u8; 16]| u8x16::new(*a).simd_eq(u8x16::new(*b)).to_bitmask();
        same(head, &self.bytes[0]) | same(tail, &self.bytes[1]) << 16 | self.open == u32::MAX
    }

    /// The same near the end of a text.
    #[cold]
    fn stands_last(&self, rest: &[u8]) -> bool {
        let mut bytes = [0; LONGEST];
        bytes[..rest.len()].copy_from_slice(rest);
        usize::from(self.length) <= rest.len() && self.stands(&bytes)
    }
}

/// A document of a known type, its values left open.
#[derive(Debug)]
struct Template {
    steps: Vec<Step>,
    /// What follows the last value.
    tail: Box<[u8]>,
    /// The number of its type in [`EVENTS`].
    kind: usize,
    /// `event` begins so many bytes before the value of a slot.
    begin: (usize, usize),
    /// It ends so many bytes after the value of a slot.
    end: (usize, usize),
}

/// A document that was taken by a template.
pub(crate) struct Taken {
    /// The number of its type in [`EVENTS`].
    pub kind: usize,
    /// One past its last byte.
    pub end: usize,
    /// The bytes of `event`.
    pub body: (usize, usize),
}

impl Template {
    /// The document between these bytes, of which the walk had nothing to say and left these slots.
    fn of(
        text: &[u8],
        (start, end): (usize, usize),
        body: (usize, usize),
        plan: &Plan,
        slots: &[Slot],
    ) -> Option<Template> {
        let kind =
            EVENTS.iter().position(|event| plan.layout.event.is_some_and(|own| own.name == event.name))?;
        let mut filled: Vec<(usize, &Slot)> =
            slots.iter().enumerate().filter(|(_, slot)| slot.is_present()).collect();
        filled.sort_by_key(|(_, slot)| slot.start);
        let mut steps = Vec::with_capacity(filled.len() + 4);
        let mut at = start;
        for &(number, value) in &filled {
            let accept = match number {
                slot::EVENT_TYPE => Accept::Exactly(EVENTS[kind].name),
                _ => Accept::of(plan.layout.columns[number].field)?,
            };
            let from = value.start as usize + usize::from(accept.is_quoted());
            let mut before = text.get(at..from)?;
            while let Some((bytes, rest)) =
                before.split_at_checked(LONGEST).filter(|(_, rest)| !rest.is_empty())
            {
                steps.push(Step::new(bytes, NO_SLOT, Accept::Nothing));
                before = rest;
            }
            steps.push(Step::new(before, number, accept));
            at = value.end as usize;
        }
        let within =
            |(_, slot): &&(usize, &Slot)| body.0 <= slot.start as usize && slot.end as usize <= body.1;
        let (first, last) = (filled.iter().find(within)?, filled.iter().rfind(within)?);
        Some(Template {
            steps,
            tail: text.get(at..end)?.into(),
            kind,
            begin: (first.0, first.1.start as usize - body.0),
            end: (last.0, body.1 - last.1.end as usize),
        })
    }

    /// Takes the document at `at` and fills its slots, if all of its values are accepted.
    #[inline]
    fn take(&mut self, text: &[u8], mut at: usize, slots: &mut [Slot]) -> Option<Taken> {
        for step in &mut self.steps {
            let stands = match text[at..].first_chunk() {
                Some(bytes) => step.stands(bytes),
                None => step.stands_last(&text[at..]),
            };
            if !stands {
                return None;
            }
            let start = at + usize::from(step.length);
            let Accepted { end, kind, number } = step.accept.body(&mut step.guess, text, start)?;
            at = end;
            // Bytes alone have no slot.
            if let Some(slot) = slots.get_mut(usize::from(step.slot)) {
                *slot =
                    Slot { start: (start - usize::from(step.quote)) as u32, end: end as u32, kind, number };
            }
        }
        if !text[at..].starts_with(&self.tail) {
            return None;
        }
        let begin = slots[self.begin.0].start as usize - self.begin.1;
        let end = slots[self.end.0].end as usize + self.end.1;
        Some(Taken { kind: self.kind, end: at + self.tail.len(), body: (begin, end) })
    }
}

/// The templates of a stream, the one that was used last before the others.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    known: Vec<Template>,
    /// Documents since the last one that was taken.
    misses: u32,
}

/// So many kinds of documents may take turns.
const MOST: usize = 4;

/// After so many misses in a row, a stream is taken for one in which no document is like another.
const PATIENCE: u32 = 8;

impl Templates {
    /// Takes the document at `at` and fills its slots, if all of its values are accepted. Otherwise slots may be filled at
    /// random.
    #[inline]
    pub fn take(&mut self, text: &[u8], at: usize, slots: &mut [Slot]) -> Option<Taken> {
        let taken = self.known.first_mut()?.take(text, at, slots);
        if taken.is_some() {
            self.misses = 0;
            return taken;
        }
        self.take_other(text, at, slots)
    }

    #[cold]
    #[inline(never)]
    fn take_other(&mut self, text: &[u8], at: usize, slots: &mut [Slot]) -> Option<Taken> {
        self.misses = self.misses.saturating_add(1);
        if self.misses > PATIENCE {
            return None;
        }
        for other in 1..self.known.len() {
            slots.fill(Slot::ABSENT);
            if let Some(taken) = self.known[other].take(text, at, slots) {
                self.known[..=other].rotate_right(1);
                self.misses = 0;
                return Some(taken);
            }
        }
        None
    }

    /// Learns a document of which the walk had nothing to say.
    pub fn learn(
        &mut self,
        text: &[u8],
        span: (usize, usize),
        body: Option<(usize, usize)>,
        plan: &Plan,
        slots: &[Slot],
    ) {
        if self.misses > PATIENCE && !self.misses.is_power_of_two() {
            return;
        }
        let columns = plan.layout.columns.len();
        if let Some(body) = body
            && let Some(template) = Template::of(text, span, body, plan, &slots[..columns])
        {
            self.known.truncate(MOST - 1);
            self.known.insert(0, template);
        }
    }
}

/// Remembers whether anything was reported.
pub(crate) struct Noting<'s, S> {
    sink: &'s mut S,
    pub noted: bool,
}

impl<S> Noting<'_, S> {
    pub fn new(sink: &mut S) -> Noting<'_, S> {
        Noting { sink, noted: false }
    }
}

impl<S: Sink> Sink for Noting<'_, S> {
    fn report(&mut self, at: At<'_>, words: impl FnOnce() -> Words) {
        self.noted = true;
        self.sink.report(at, words);
    }
    fn mark(&self) -> Mark {
        self.sink.mark()
    }
    fn rewind(&mut self, mark: Mark) {
        self.sink.rewind(mark);
    }
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;
