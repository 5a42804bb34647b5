//! The usual course of the documents of a type, for streams in which one is like the other: the ways of a whole document in
//! a row. What depends on the document (that nothing is missing, and nothing there twice) holds for each that keeps to it,
//! so nothing is asked on the way.

use crate::json::squeeze::squeeze;
use crate::json::{LengthGuess, TokenKind};
use crate::record::{Slot, slot};
use crate::rules::accept::{Accept, Accepted};

use super::literal::Literal;
use super::way::Way;

/// A value and the bytes before it.
#[derive(Debug)]
struct Step {
    literal: Literal,
    /// The bytes before the value and its quote without white space.
    dense: Dense,
    /// How many bytes there are before the value and its quote.
    lead: u32,
    slot: u16,
    guess: LengthGuess,
    accept: Accept,
}

/// The usual course.
#[derive(Debug)]
pub(crate) struct Usual {
    steps: Vec<Step>,
    /// What follows the last value.
    tail: Literal,
    dense_tail: Dense,
    /// How many values there are before the name of the type, if that comes before `event`.
    typed: Option<usize>,
    /// `event` begins so many bytes before the value of a slot.
    begin: (usize, usize),
    /// It ends so many bytes after the value of a slot.
    end: (usize, usize),
}

/// Bytes between values without white space.
#[derive(Debug)]
struct Dense {
    /// They, and as many more as are copied with them.
    bytes: Vec<u8>,
    length: usize,
}

impl Dense {
    /// Of these bytes, which are whole tokens.
    fn of(literal: &[u8]) -> Dense {
        let mut bytes = Vec::new();
        let length = squeeze(literal, &mut bytes);
        bytes.resize(length.max(STRETCH), 0);
        Dense { bytes, length }
    }
}

/// What became of a document.
pub(crate) enum Outcome {
    /// It kept to the course: one past its last byte, and the bytes of `event`.
    Kept(usize, (usize, usize)),
    /// It left it after so many steps, the last of which ended at this byte.
    Left(usize, usize),
}

impl Usual {
    /// The course of a document of which nothing was to be said: its ways, its slots and the
    /// bytes of its `event`. `None` where that has no values.
    pub fn of<'w>(
        ways: impl Iterator<Item = &'w Way>,
        slots: &[Slot],
        event: (usize, usize),
    ) -> Option<Usual> {
        let step = |way: &Way| {
            let Way { literal, slot, guess, accept, .. } = way.clone();
            let lead = way.value(0);
            let dense = Dense::of(&literal.bytes()[..lead]);
            Step { lead: lead as u32, dense, literal, slot, guess, accept }
        };
        let mut steps: Vec<Step> = ways.map(step).collect();
        // The last way leads to the end of the document.
        let Step { literal: tail, dense: dense_tail, .. } = steps.pop()?;
        let place = |slot: u16| slots.get(usize::from(slot)).filter(|slot| slot.is_present());
        // What comes before the name of the type, but for the event, is the same for all types.
        let before_event = |slot: &Slot| (slot.start as usize) < event.0;
        let is_name = |step: &Step| usize::from(step.slot) == slot::EVENT_TYPE;
        let typed = steps.iter().position(|step| is_name(step) && place(step.slot).is_some_and(before_event));
        let within = |step: &&Step| {
            place(step.slot)
                .is_some_and(|slot| event.0 <= slot.start as usize && slot.end as usize <= event.1)
        };
        let (first, last) = (steps.iter().find(within)?.slot, steps.iter().rfind(within)?.slot);
        let begin = (usize::from(first), place(first)?.start as usize - event.0);
        let after = (usize::from(last), event.1 - place(last)?.end as usize);
        Some(Usual { steps, tail, dense_tail, typed, begin, end: after })
    }

    /// Takes the document that has kept to so many steps, which end at `at`, and fills its slots, for as long as it
    /// keeps to the course.
    #[inline]
    pub fn take(&mut self, steps: usize, text: &[u8], mut at: usize, slots: &mut [Slot]) -> Outcome {
        for (number, step) in self.steps[steps..].iter_mut().enumerate() {
            if !step.literal.stands(text, at) {
                return Outcome::Left(steps + number, at);
            }
            let start = at + step.literal.len();
            let Some(Accepted { end, kind, number: value }) = step.accept.body(&mut step.guess, text, start)
            else {
                return Outcome::Left(steps + number, at);
            };
            if let Some(slot) = slots.get_mut(usize::from(step.slot)) {
                *slot = Slot { start: at as u32 + step.lead, end: end as u32, kind, number: value };
            }
            at = end;
        }
        if !self.tail.stands(text, at) {
            return Outcome::Left(self.steps.len(), at);
        }
        let begin = slots[self.begin.0].start as usize - self.begin.1;
        let end = slots[self.end.0].end as usize + self.end.1;
        Outcome::Kept(at + self.tail.len(), (begin, end))
    }

    /// Where the name of the type stands in a document that left the course after so many steps, if the name is another.
    pub fn other_type(&self, steps: usize, text: &[u8], at: usize) -> Option<usize> {
        let step = self
            .steps
            .get(steps)
            .filter(|step| self.typed == Some(steps) && step.literal.stands(text, at))?;
        Some(at + step.lead as usize)
    }

    /// Takes on with a document of another type at the name of its type, if all before is as on this course. It begins at
    /// `at`, and its slots are filled so far.
    pub fn take_on(&mut self, text: &[u8], mut at: usize, slots: &mut [Slot]) -> Option<Outcome> {
        let typed = self.typed?;
        for step in &self.steps[..typed] {
            if !step.literal.stands(text, at) {
                return None;
            }
            at = slots.get(usize::from(step.slot))?.end as usize;
        }
        Some(self.take(typed, text, at, slots))
    }

    /// Empties the slots of the steps from one on.
    pub fn empty(&self, from: usize, slots: &mut [Slot]) {
        for step in &self.steps[from..] {
            if let Some(slot) = slots.get_mut(usize::from(step.slot)) {
                *slot = Slot::ABSENT;
            }
        }
    }

    /// Writes the document that has just been taken as it is compared, without white space, over what `out` holds: how
    /// many bytes it has, of the `length` that it has now. `None` where a value may be written in more than one way.
    pub fn squeeze(&self, text: &[u8], length: usize, slots: &[Slot], out: &mut Vec<u8>) -> Option<usize> {
        if out.len() < length + STRETCH {
            out.resize(length + STRETCH, 0);
        }
        let mut kept = 0;
        for step in &self.steps {
            let Slot { start, end, kind, .. } = slots.get(usize::from(step.slot))?;
            match kind {
                TokenKind::String { escaped: false } | TokenKind::Number { .. } | TokenKind::Bool(_) => {}
                // An empty list.
                TokenKind::Array if end - start == 2 => {}
                _ => return None,
            }
            put(&step.dense.bytes, 0, step.dense.length, out, &mut kept)?;
            put(text, *start as usize, *end as usize, out, &mut kept)?;
        }
        put(&self.dense_tail.bytes, 0, self.dense_tail.length, out, &mut kept)?;
        Some(kept)
    }
}

/// So many bytes are copied together: to copy more than there are takes less than to copy as many.
const STRETCH: usize = 32;

/// Writes the bytes between two places behind those that are kept.
#[inline(always)]
fn put(bytes: &[u8], start: usize, end: usize, out: &mut [u8], kept: &mut usize) -> Option<()> {
    let (length, to) = (end - start, out.get_mut(*kept..)?);
    *kept += length;
    match (bytes.get(start..)?.first_chunk::<STRETCH>(), to.first_chunk_mut::<STRETCH>()) {
        (Some(from), Some(to)) if length <= STRETCH => *to = *from,
        _ => to.get_mut(..length)?.copy_from_slice(bytes.get(start..end)?),
    }
    Some(())
}
