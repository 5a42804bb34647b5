//! A way from one value to the next: the bytes between them and what they mean, and what is known of a document on its way.

use crate::catalog::{EVENTS, Envelope, Field};
use crate::json::{LengthGuess, TokenKind};
use crate::record::Slot;
use crate::rules::accept::Accept;

use super::literal::Literal;
use super::walk::KeySpan;

/// The number of the top of a document among the objects of a graph.
pub(crate) const TOP: usize = 0;

/// More objects than the largest type has.
pub(crate) const MOST_OBJECTS: usize = 64;

/// An object of documented fields that a document of the type may have: once, or as an item of a list.
#[derive(Debug)]
pub(crate) struct Object {
    /// The keys that lead to it.
    pub path: Vec<&'static str>,
    /// The object that it is a field of.
    pub parent: usize,
    /// Its place there.
    pub place: usize,
    pub fields: &'static [Field],
    /// A bit for each field that is missed when it is not there.
    pub wanted: u64,
    /// For each field its slot, if its value has one, and what is accepted of it.
    pub members: Vec<(Option<u16>, Option<Accept>)>,
    /// Whether it is an item of the list that is the field.
    pub item: bool,
    /// The number of the node behind values of it that are not documented; those behind its fields follow.
    pub node: u16,
    /// For each field the number of its object, or of that of the items of a list.
    pub inner: Vec<Option<u8>>,
}

/// Where the bytes of a way begin or end an object or a list.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Turn {
    /// The object begins so many bytes after the way.
    Begin { object: u8, offset: u32 },
    /// The object ends so many bytes after the way.
    End { object: u8, offset: u32 },
    /// A list of these objects begins so many bytes after the way.
    Open { object: u8, offset: u32 },
    /// It ends so many bytes after the way.
    Close { object: u8, offset: u32 },
}

/// What a way leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// The value of the field in this place of its object.
    Field(u8),
    /// A value that is not documented. Its key, with its quotes, stands between these bytes of the way.
    Undocumented(u32, u32),
    /// The end of the document.
    End,
}

/// No slot.
pub(crate) const NO_SLOT: u16 = u16::MAX;

/// No way.
pub(crate) const NONE: u32 = u32::MAX;

/// A way from one value to the next: `,"type":`, and the quote that opens a string.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub literal: Literal,
    /// 1 if they end with the quote that opens a string, else 0.
    pub quote: u8,
    /// The object that the goal is part of.
    pub object: u8,
    /// The slot of the value, or [`NO_SLOT`].
    pub slot: u16,
    /// The bit of the field in its object; 0 where there is none.
    pub bit: u64,
    /// What is accepted of it.
    pub accept: Accept,
    /// How long it was.
    pub guess: LengthGuess,
    /// The way that followed last.
    pub then: u32,
    /// Where it leads.
    pub next: u16,
    pub goal: Goal,
    pub turns: Box<[Turn]>,
}

impl Way {
    /// The way that is not kept, before it has served.
    pub fn none() -> Way {
        Way {
            literal: Literal::new(&[]),
            quote: 0,
            object: 0,
            slot: NO_SLOT,
            bit: 0,
            accept: Accept::Nothing,
            guess: LengthGuess::default(),
            then: NONE,
            next: 0,
            goal: Goal::End,
            turns: Box::default(),
        }
    }

    /// Where the value begins, if the way begins at `at`.
    pub fn value(&self, at: usize) -> usize {
        at + self.literal.len() - usize::from(self.quote)
    }
}

/// What is known of the document that is being read.
#[derive(Debug)]
pub(crate) struct State {
    /// For each object that has begun, a bit for each of its fields that was seen.
    pub seen: [u64; MOST_OBJECTS],
    /// Where it began.
    pub opened: [usize; MOST_OBJECTS],
    /// Where the list began of which it is an item.
    pub listed: [usize; MOST_OBJECTS],
    /// One past its end, if it has ended.
    pub closed: [usize; MOST_OBJECTS],
    /// The undocumented keys so far, and their objects.
    pub odd: Vec<(usize, KeySpan)>,
    /// How much was said of what is around `event`.
    pub noted_around: usize,
}

impl State {
    /// Forgets what is known of a document but where its objects are, which each says anew.
    pub fn forget(&mut self) {
        self.odd.clear();
        self.noted_around = 0;
    }

    /// Begins or ends an object or a list. `false` for one that is there twice.
    #[inline]
    pub fn turn(&mut self, turn: &Turn, objects: &[Object], from: usize, slots: &mut [Slot]) -> bool {
        match *turn {
            Turn::Begin { object, offset } => {
                let own = usize::from(object) % MOST_OBJECTS;
                self.seen[own] = 0;
                self.opened[own] = from + offset as usize;
                own == TOP || objects[own].item || self.field(&objects[own])
            }
            Turn::End { object, offset } => {
                self.closed[usize::from(object) % MOST_OBJECTS] = from + offset as usize + 1;
                true
            }
            Turn::Open { object, offset } => {
                let own = usize::from(object) % MOST_OBJECTS;
                self.listed[own] = from + offset as usize;
                self.field(&objects[own])
            }
            Turn::Close { object, offset } => {
                let own = usize::from(object) % MOST_OBJECTS;
                let Object { parent, place, .. } = objects[own];
                if let (Some(slot), _) = objects[parent].members[place] {
                    let (start, end) = (self.listed[own] as u32, (from + offset as usize + 1) as u32);
                    slots[usize::from(slot)] =
                        Slot { start, end, kind: TokenKind::Array, number: Slot::NO_NUMBER };
                }
                true
            }
        }
    }

    /// Takes note of the field that an object, or a list of it, is. `false` if it was there.
    #[inline]
    fn field(&mut self, object: &Object) -> bool {
        let (seen, bit) = (&mut self.seen[object.parent % MOST_OBJECTS], 1 << object.place);
        let new = *seen & bit == 0;
        *seen |= bit;
        new
    }
}

impl Default for State {
    fn default() -> State {
        State {
            seen: [0; MOST_OBJECTS],
            opened: [0; MOST_OBJECTS],
            listed: [0; MOST_OBJECTS],
            closed: [0; MOST_OBJECTS],
            odd: Vec::new(),
            noted_around: 0,
        }
    }
}

/// Where a document has been read to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The next byte.
    pub at: usize,
    /// The value behind which it stands.
    pub node: u16,
    /// The way to that value, if it is one of the graph.
    pub way: u32,
}

/// Whether the events of a type have the old envelope.
pub(crate) fn is_v1(kind: usize) -> bool {
    EVENTS.get(kind).is_some_and(|event| event.envelope == Envelope::V1)
}
