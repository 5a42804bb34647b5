//! What led from one value to the next in the documents before. Most documents of a stream differ in their values alone, and
//! where their members stand in another order, or one is absent or new, they are like another document from the next value
//! on: between two values there stand the same bytes again. So those bytes are kept, each with what they mean: the objects
//! that end and begin within them, and the field whose value follows. A document that keeps to known ways needs no
//! parsing but that of its values. A way that is not known is explored, and kept, where it is first missed.
//!
//! The bytes of a way say all that the grammar asks of them, whatever stands around, so what was learnt of one document
//! holds for every other. What depends on the rest of the document (fields that are missing or there twice) is asked anew.

use crate::catalog::{EVENTS, Event};
use crate::record::{Slot, slot};
use crate::rules::accept::Accepted;

use super::literal::Sign;
use super::plan::{ObjectPlan, Plans};
use super::usual::{Outcome, Usual};
use super::way::{Goal, MOST_OBJECTS, NO_SLOT, NONE, Object, Place, State, TOP, Turn, Way, is_v1};

/// The number of the way that is not kept.
const ONCE: u32 = 0;

/// So many ways are kept from one value on: as many as a large object has members, in two layouts.
const MOST_FROM: usize = 48;

/// And so many of all types together: some megabytes.
const MOST_OF_ALL: usize = 8192;

/// After so many repetitions a course is usual.
const ENOUGH: u8 = 3;

/// And after so many where there is one: it may be the more frequent one for all that.
const MANY: u8 = 6;

/// Why a run along the ways stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stop {
    /// At a way that is known, and that needs another look: its value is not accepted, or something is missing.
    Way(u32),
    /// At the end of the document, of which nothing is missing.
    End,
    /// No way that is known begins here.
    Unknown,
    /// A field is there twice.
    Twice,
}

/// The ways of the documents of a type.
#[derive(Debug)]
pub(crate) struct Graph {
    /// The number of the type in [`EVENTS`]; one more is that of all unknown ones.
    pub kind: usize,
    pub objects: Vec<Object>,
    /// The object `event`, and its place in the top.
    pub event: (usize, usize),
    /// For each node the object around it.
    pub(super) around: Vec<usize>,
    /// How many slots the documents have.
    pub slots: usize,
    pub(super) ways: Vec<Way>,
    /// The ways that begin behind each value, each with what tells it from others.
    pub(super) from: Vec<Vec<(Sign, u32)>>,
    /// The way with which the last document began.
    pub(super) first: u32,
    /// The ways of the document that is being read.
    pub(super) course: Vec<u32>,
    /// Those of the last one that was not as usual, and how many had them in a row.
    pub(super) other_course: Vec<u32>,
    pub(super) repeated: u8,
    pub usual: Option<Usual>,
    /// The ways of the usual course.
    pub(super) usual_course: Vec<u32>,
}

impl Graph {
    /// Takes the document at `at` for as long as it keeps to the usual course.
    #[inline]
    pub fn take_usual(&mut self, text: &[u8], at: usize, slots: &mut [Slot]) -> Outcome {
        self.usual.as_mut().map_or(Outcome::Left(0, at), |usual| usual.take(0, text, at, slots))
    }

    /// Makes up for what was not asked on so many steps of the usual course, which lead from `at` to `end`.
    #[cold]
    #[inline(never)]
    pub fn leave_usual(
        &mut self,
        steps: usize,
        (at, end): (usize, usize),
        slots: &mut [Slot],
        state: &mut State,
    ) -> Place {
        // Those of the rest may be of the document before.
        if let Some(usual) = &self.usual {
            usual.empty(steps, slots);
        }
        self.course.clear();
        self.course.extend_from_slice(&self.usual_course[..steps]);
        let mut place = Place { at: end, node: 0, way: NONE };
        let mut before = NO_SLOT;
        for number in &self.course {
            let way = &self.ways[*number as usize];
            if !way.turns.is_empty() {
                let at = slots.get(usize::from(before)).map_or(at, |slot| slot.end as usize);
                for turn in &way.turns {
                    state.turn(turn, &self.objects, at, slots);
                }
            }
            state.seen[usize::from(way.object) % MOST_OBJECTS] |= way.bit;
            before = way.slot;
            (place.node, place.way) = (way.next, *number);
        }
        place
    }

    /// A document has been read to its end, and nothing was to be said of its values. When that happens some times in a
    /// row it is usual.
    pub fn learn_usual(&mut self, slots: &[Slot], event: (usize, usize)) {
        if self.course != self.other_course {
            self.repeated = 0;
            std::mem::swap(&mut self.course, &mut self.other_course);
            return;
        }
        self.repeated += 1;
        if self.repeated == if self.usual.is_some() { MANY } else { ENOUGH } {
            self.repeated = 0;
            let ways = self.course.iter().map(|way| &self.ways[*way as usize]);
            // All values have slots, by which the course can be told where it is left.
            let is_whole = |way: &Way| way.slot != NO_SLOT || way.goal == Goal::End;
            if !self.course.contains(&ONCE) && ways.clone().all(is_whole) {
                self.usual = Usual::of(ways, slots, event);
                self.usual_course.clone_from(&self.course);
            }
        }
    }

    /// Follows the ways from a place on for as long as they are known, and there is nothing to say of the values. Fills
    /// their slots.
    #[inline(never)]
    pub fn run(&mut self, text: &[u8], place: &mut Place, slots: &mut [Slot], state: &mut State) -> Stop {
        let Place { mut at, mut node, way: mut before } = *place;
        let mut guess = match self.ways.get(before as usize) {
            Some(way) => way.then,
            None if node == 0 => self.first,
            None => NONE,
        };
        let stop = loop {
            let way = match self.ways.get_mut(guess as usize) {
                Some(way) if way.literal.stands(text, at) => way,
                _ => match self.other(text, at, node, before) {
                    Some(other) => {
                        guess = other;
                        &mut self.ways[other as usize]
                    }
                    None => break Stop::Unknown,
                },
            };
            let start = at + way.literal.len();
            let Some(Accepted { end, kind, number }) = way.accept.body(&mut way.guess, text, start) else {
                if way.goal == Goal::End && turn(&way.turns, &self.objects, at, slots, state) {
                    (at, node, before) = (start, way.next, guess);
                    self.course.push(before);
                    break Stop::End;
                }
                break Stop::Way(guess);
            };
            if !way.turns.is_empty() && !turn(&way.turns, &self.objects, at, slots, state) {
                break Stop::Way(guess);
            }
            let seen = &mut state.seen[usize::from(way.object) % MOST_OBJECTS];
            if *seen & way.bit != 0 {
                break Stop::Twice;
            }
            *seen |= way.bit;
            if let Some(slot) = slots.get_mut(usize::from(way.slot)) {
                let start = (start - usize::from(way.quote)) as u32;
                *slot = Slot { start, end: end as u32, kind, number };
            }
            (at, node, before) = (end, way.next, guess);
            guess = way.then;
            self.course.push(before);
        };
        *place = Place { at, node, way: before };
        stop
    }

    /// The way that begins here, if it is another than last time.
    #[inline(never)]
    fn other(&mut self, text: &[u8], at: usize, node: u16, before: u32) -> Option<u32> {
        let from = self.from.get_mut(usize::from(node))?;
        let stands = |way: &u32| self.ways[*way as usize].literal.stands(text, at);
        let found = match Sign::bytes_at(text, at) {
            Some(bytes) => from.iter().position(|(sign, way)| sign.may_be(bytes) && stands(way)),
            None => from.iter().position(|(_, way)| stands(way)),
        }?;
        let (_, number) = from[found];
        // What is looked for often moves to the front.
        from.swap(found, found.saturating_sub(1));
        self.expect(node, before, number);
        Some(number)
    }

    /// Remembers that one way followed another.
    fn expect(&mut self, node: u16, before: u32, number: u32) {
        match self.ways.get_mut(before as usize) {
            Some(way) => way.then = number,
            None if node == 0 => self.first = number,
            None => {}
        }
    }

    /// The way of this number.
    pub fn way(&self, number: u32) -> &Way {
        &self.ways[number as usize]
    }

    /// The place behind the value of a field, which ends at `at`.
    pub fn behind_field(&self, object: usize, field: usize, at: usize) -> Place {
        Place { at, node: self.objects[object].node + 1 + field as u16, way: NONE }
    }

    /// The outermost list of objects that the object is part of: the object that is its item.
    pub fn list_around(&self, mut object: usize) -> Option<usize> {
        let mut found = None;
        while object != TOP {
            if self.objects[object].item {
                found = Some(object);
            }
            object = self.objects[object].parent;
        }
        found
    }

    /// Whether a way ends the list of these items, and none of them lacks anything.
    pub fn closes(&self, number: u32, item: usize, state: &State) -> bool {
        for turn in &self.ways[number as usize].turns {
            match *turn {
                Turn::Close { object, .. } if usize::from(object) == item => return true,
                Turn::End { object, .. } if self.lacks(usize::from(object), state) => return false,
                _ => {}
            }
        }
        false
    }

    /// A place of the graph of another type, in what all types have alike.
    pub fn go_on(&mut self, place: &Place) -> Place {
        self.course.clear();
        Place { way: NONE, ..*place }
    }

    /// The object around a place.
    pub fn object_at(&self, place: &Place) -> usize {
        self.around[usize::from(place.node)]
    }

    /// The place behind the value of a way, which ends at `at`.
    pub fn behind(&mut self, number: u32, at: usize) -> Place {
        self.course.push(number);
        Place { at, node: self.ways[number as usize].next, way: number }
    }

    /// Whether the value of a way is the name of the type.
    pub fn names_type(&self, number: u32) -> bool {
        usize::from(self.ways[number as usize].slot) == slot::EVENT_TYPE
    }

    /// What an object must have and has not.
    pub fn lacks(&self, object: usize, state: &State) -> bool {
        self.objects[object].wanted & !state.seen[object] != 0
    }

    /// The plan of an object.
    pub fn plan<'p>(&self, object: usize, plans: &'p Plans) -> &'p ObjectPlan {
        match object {
            TOP => &plans.envelope,
            _ if object == self.event.0 => &plans.at(self.kind).body,
            _ => {
                let Object { parent, place, .. } = self.objects[object];
                self.plan(parent, plans).members[place].inner.as_ref().expect("an object has a plan")
            }
        }
    }

    /// Keeps a way that begins at a place, and returns its number. Where there is no room it serves this once.
    fn keep(&mut self, place: &Place, way: Way, room: bool) -> u32 {
        let from = &mut self.from[usize::from(place.node)];
        if !room || from.len() >= MOST_FROM {
            self.ways[ONCE as usize] = way;
            return ONCE;
        }
        let number = self.ways.len() as u32;
        from.push((way.literal.sign(), number));
        self.ways.push(way);
        self.expect(place.node, place.way, number);
        number
    }
}

/// Ends and begins objects. `false`, and nothing is done, if an object lacks what it must have or is there twice.
#[inline]
fn turn(turns: &[Turn], objects: &[Object], from: usize, slots: &mut [Slot], state: &mut State) -> bool {
    for turn in turns {
        if let Turn::End { object, .. } = turn {
            let object = usize::from(*object) % MOST_OBJECTS;
            if objects[object].wanted & !state.seen[object] != 0 {
                return false;
            }
        }
    }
    turns.iter().all(|turn| state.turn(turn, objects, from, slots))
}

/// The ways of all types of a stream.
#[derive(Debug)]
pub(crate) struct Transitions {
    graphs: Vec<Option<Box<Graph>>>,
    /// The type of the last document: the next one is thought to be of the same.
    pub last: usize,
    /// The type of the last document that had the other envelope.
    pub other: Option<usize>,
    /// Whether the last document kept to the usual course of its type, so that no slots are filled but those that the next
    /// one on it fills.
    pub refills: bool,
    /// How many ways are kept.
    pub kept: usize,
    pub state: State,
}

impl Default for Transitions {
    fn default() -> Transitions {
        let graphs = (0..=EVENTS.len()).map(|_| None).collect();
        Transitions { graphs, last: 0, other: None, refills: false, kept: 0, state: State::default() }
    }
}

impl Transitions {
    /// Ways of no type: every document is walked.
    #[cfg(test)]
    pub fn none() -> Transitions {
        Transitions { graphs: Vec::new(), ..Transitions::default() }
    }

    /// The graph of a type, and what is known of the document.
    #[inline]
    pub fn graph(&mut self, kind: usize, plans: &Plans) -> Option<(&mut Graph, &mut State)> {
        let graph = self.graphs.get_mut(kind)?;
        if graph.is_none() {
            *graph = Some(Box::new(Graph::new(kind, plans)?));
        }
        Some((graph.as_mut()?, &mut self.state))
    }

    /// The usual course to which the last document kept.
    #[inline]
    pub fn kept_to(&self) -> Option<&Usual> {
        self.graphs.get(self.last).filter(|_| self.refills)?.as_ref()?.usual.as_ref()
    }

    /// Remembers the type of a document.
    pub fn remember(&mut self, kind: usize) {
        if is_v1(kind) != is_v1(self.last) {
            self.other = Some(self.last);
        }
        self.last = kind;
    }

    /// Remembers the type of a document that was walked.
    pub fn remember_event(&mut self, event: Option<&Event>) {
        let number = EVENTS.iter().position(|known| event.is_some_and(|event| event.name == known.name));
        if let Some(kind) = number {
            self.remember(kind);
        }
    }

    /// Explores the way that begins at a place: its number, if there is no room to keep it. `None` where there is none.
    #[cold]
    #[inline(never)]
    pub fn explore(&mut self, kind: usize, text: &[u8], place: &Place) -> Option<Option<u32>> {
        let graph = self.graphs.get_mut(kind)?.as_mut()?;
        let way = graph.explore(text, place)?;
        let number = graph.keep(place, way, self.kept < MOST_OF_ALL);
        self.kept += usize::from(number != ONCE);
        Some((number == ONCE).then_some(number))
    }
}

#[cfg(test)]
#[path = "transitions_tests.rs"]
mod tests;
