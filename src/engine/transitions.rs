//! What led from one value to the next in the documents before. Most documents of a stream differ in their values alone, and
//! where their members stand in another order, or one is absent or new, they are like another document from the next value
//! on: between two values there stand the same bytes again. So those bytes are kept, each with what they mean: the objects
//! that end and begin within them, and the field whose value follows. A document that keeps to known ways needs no
//! parsing but that of its values. A way that is not known is explored, and kept, where it is first missed.
//!
//! The bytes of a way say all that the grammar asks of them, whatever stands around, so what was learnt of one document
//! holds for every other. What depends on the rest of the document (fields that are missing or there twice) is asked anew.

use crate::catalog::{BODY, ENVELOPE_V1, EVENTS, Envelope, Event, Field, Kind};
use crate::json::{Cursor, Fault, LengthGuess, TokenKind};
use crate::record::{Slot, slot};
use crate::rules::accept::{Accept, Accepted};

use super::literal::{Literal, Sign};
use super::plan::{ObjectPlan, Plans, top};
use super::usual::{Outcome, Usual};
use super::walk::KeySpan;

/// The number of the top of a document among the objects of a graph.
pub(crate) const TOP: usize = 0;

/// The top of a v1 event.
static TOP_V1: [Field; 5] = {
    let [uuid, ts, token, kind] = ENVELOPE_V1 else { panic!("a v1 event has four members beside its body") };
    [*uuid, *ts, *token, *kind, top::FIELDS[top::EVENT]]
};

/// What is accepted of its members. What is not is for the walk, which says it.
const ACCEPT_V1: [Accept; 4] =
    [Accept::Text(0), Accept::Fraction, Accept::Text(0), Accept::Exactly("event_callback")];

/// More objects than the largest type has.
const MOST_OBJECTS: usize = 64;

/// An object of documented fields that a document of the type may have once.
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
    wanted: u64,
    /// For each field its slot, if its value has one, and what is accepted of it.
    members: Vec<(Option<u16>, Option<Accept>)>,
    /// For each field the number of its object, where it is one.
    inner: Vec<Option<u8>>,
}

/// Where the bytes of a way begin or end an object.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Turn {
    /// The object begins so many bytes after the way.
    Begin { object: u8, offset: u32 },
    /// The object ends so many bytes after the way.
    End { object: u8, offset: u32 },
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

const NO_SLOT: u16 = u16::MAX;

/// No way.
const NONE: u32 = u32::MAX;

/// The number of the way that is not kept.
const ONCE: u32 = 0;

/// So many ways are kept from one value on: as many as a large object has members, in two layouts.
const MOST_FROM: usize = 48;

/// After so many repetitions a course is usual.
const ENOUGH: u8 = 3;

/// And so many of all types together: some megabytes.
const MOST_OF_ALL: usize = 8192;

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
    bit: u64,
    /// What is accepted of it.
    pub accept: Accept,
    /// How long it was.
    pub guess: LengthGuess,
    /// The way that followed last.
    then: u32,
    /// Where it leads.
    next: u16,
    pub goal: Goal,
    pub turns: Box<[Turn]>,
}

impl Way {
    /// The way that is not kept, before it has served.
    fn none() -> Way {
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
    /// One past its end, if it has ended.
    pub closed: [usize; MOST_OBJECTS],
    /// The undocumented keys so far, and their objects.
    pub odd: Vec<(usize, KeySpan)>,
}

impl State {
    /// Begins or ends an object. `false` for one that is there twice.
    #[inline]
    pub fn turn(&mut self, turn: &Turn, objects: &[Object], from: usize) -> bool {
        match *turn {
            Turn::Begin { object, offset } => {
                let own = usize::from(object) % MOST_OBJECTS;
                if own != TOP {
                    let Object { parent, place, .. } = objects[own];
                    let bit = 1 << place;
                    if self.seen[parent % MOST_OBJECTS] & bit != 0 {
                        return false;
                    }
                    self.seen[parent % MOST_OBJECTS] |= bit;
                }
                self.seen[own] = 0;
                self.opened[own] = from + offset as usize;
            }
            Turn::End { object, offset } => {
                self.closed[usize::from(object) % MOST_OBJECTS] = from + offset as usize + 1;
            }
        }
        true
    }
}

impl Default for State {
    fn default() -> State {
        State {
            seen: [0; MOST_OBJECTS],
            opened: [0; MOST_OBJECTS],
            closed: [0; MOST_OBJECTS],
            odd: Vec::new(),
        }
    }
}

/// Where a document has been read to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The next byte.
    pub at: usize,
    /// The value behind which it stands.
    node: u16,
    /// The way to that value, if it is one of the graph.
    way: u32,
}

/// Why a run along the ways stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stop {
    /// At a way that is known, and that needs another look: its value is not accepted, or something is missing.
    Way(u32),
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
    /// For each slot the object that has its field.
    home: Vec<usize>,
    ways: Vec<Way>,
    /// The ways that begin behind each value, each with what tells it from others.
    from: Vec<Vec<(Sign, u32)>>,
    /// The way with which the last document began.
    first: u32,
    /// The ways of the document that is being read.
    course: Vec<u32>,
    /// Those of the last one that was not as usual, and how many had them in a row.
    other_course: Vec<u32>,
    repeated: u8,
    usual: Option<Usual>,
    /// The ways of the usual course.
    usual_course: Vec<u32>,
}

/// Whether the events of a type have the old envelope.
pub(crate) fn is_v1(kind: usize) -> bool {
    EVENTS.get(kind).is_some_and(|event| event.envelope == Envelope::V1)
}

/// The node behind a value that has no slot, in this object.
const fn behind(object: usize) -> u16 {
    1 + object as u16
}

/// The node behind the value of this slot. Slots that all types have, and the objects around them, are the same nodes for
/// each type.
const fn behind_slot(slot: u16) -> u16 {
    1 + MOST_OBJECTS as u16 + slot
}

impl Graph {
    /// A graph without ways; `None` for types of a shape that it has no room for.
    fn new(kind: usize, plans: &Plans) -> Option<Graph> {
        let plan = plans.at(kind);
        let name = EVENTS.get(kind).map(|event| event.name);
        let mut objects = Vec::new();
        let place = match is_v1(kind) {
            true => add_v1(&mut objects, &plan.body),
            false => {
                add(&mut objects, &plans.envelope, (TOP, 0), &[], name.map(|_| &plan.body));
                top::EVENT
            }
        };
        // Where it is no object of the graph, its place among them is free.
        let event = (objects[TOP].inner[place].map_or(objects.len(), usize::from), place);
        let mut home = vec![TOP; plan.layout.columns.len()];
        for (number, object) in objects.iter_mut().enumerate() {
            for (slot, accept) in &mut object.members {
                let Some(slot) = slot.map(usize::from) else { continue };
                home[slot] = number;
                // Whatever else stands there, the document is of another type.
                if slot == slot::EVENT_TYPE {
                    *accept = name.map(Accept::Exactly);
                }
            }
        }
        let from = vec![Vec::new(); usize::from(behind_slot(0)) + home.len()];
        // The first is the one that serves once.
        let once = Way::none();
        (objects.len() < MOST_OBJECTS).then(|| Graph {
            kind,
            objects,
            event,
            home,
            ways: vec![once],
            from,
            first: NONE,
            course: Vec::new(),
            other_course: Vec::new(),
            repeated: 0,
            usual: None,
            usual_course: Vec::new(),
        })
    }

    /// Takes the document at `at` if it keeps to the usual course: one past its last byte, and the bytes of `event`.
    /// Otherwise the place to which it did.
    #[inline]
    pub fn take_usual(
        &mut self,
        text: &[u8],
        at: usize,
        slots: &mut [Slot],
        state: &mut State,
    ) -> Result<(usize, (usize, usize)), Place> {
        match self.usual.as_mut().map_or(Outcome::Left(0, at), |usual| usual.take(text, at, slots)) {
            Outcome::Kept(end, event) => Ok((end, event)),
            Outcome::Left(steps, end) => Err(self.leave_usual(steps, (at, end), slots, state)),
        }
    }

    /// Makes up for what was not asked on so many steps of the usual course.
    #[cold]
    #[inline(never)]
    fn leave_usual(
        &mut self,
        steps: usize,
        (mut at, end): (usize, usize),
        slots: &[Slot],
        state: &mut State,
    ) -> Place {
        self.course.clear();
        self.course.extend_from_slice(&self.usual_course[..steps]);
        let mut place = Place { at, node: 0, way: NONE };
        for number in &self.course {
            let way = &self.ways[*number as usize];
            for turn in &way.turns {
                state.turn(turn, &self.objects, at);
            }
            state.seen[usize::from(way.object) % MOST_OBJECTS] |= way.bit;
            at = slots[usize::from(way.slot)].end as usize;
            place = Place { at: end, node: way.next, way: *number };
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
        if self.repeated == ENOUGH && !self.course.contains(&ONCE) {
            self.repeated = 0;
            self.usual = Usual::of(self.course.iter().map(|way| &self.ways[*way as usize]), slots, event);
            self.usual_course.clone_from(&self.course);
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
            if !self.ways.get(guess as usize).is_some_and(|way| way.literal.stands(text, at)) {
                match self.other(text, at, node, before) {
                    Some(other) => guess = other,
                    None => break Stop::Unknown,
                }
            }
            let way = &mut self.ways[guess as usize];
            let start = at + way.literal.len();
            let Some(Accepted { end, kind, number }) = way.accept.body(&mut way.guess, text, start) else {
                break Stop::Way(guess);
            };
            if !way.turns.is_empty() && !turn(&way.turns, &self.objects, at, state) {
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
        let bytes = Sign::bytes_at(text, at);
        let found = from.iter().position(|(sign, way)| {
            bytes.is_none_or(|bytes| sign.may_be(bytes)) && self.ways[*way as usize].literal.stands(text, at)
        })?;
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

    /// How many slots the documents have.
    pub fn slots(&self) -> usize {
        self.home.len()
    }

    /// The way of this number.
    pub fn way(&self, number: u32) -> &Way {
        &self.ways[number as usize]
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

    /// The way that begins at a place, parsed. `None` where the text is no JSON, or nothing that there are ways for.
    fn explore(&self, text: &[u8], place: &Place) -> Option<Way> {
        let mut cursor = Cursor::new(text, place.at);
        let mut turns = Vec::new();
        let offset = |cursor: &Cursor<'_>| (cursor.at - place.at) as u32;
        let mut object = self.around(place.node);
        // Whether a key is next.
        let mut key = false;
        if place.node == 0 {
            cursor.expect(b'{', Fault::Value).ok()?;
            turns.push(Turn::Begin { object: TOP as u8, offset: 0 });
            object = TOP;
            key = true;
        }
        loop {
            if !key {
                match cursor.space()? {
                    b',' => {
                        cursor.at += 1;
                        key = true;
                        // One comma, one key: a brace behind it is for others to complain of.
                        if cursor.space()? != b'"' {
                            return None;
                        }
                    }
                    b'}' => {
                        turns.push(Turn::End { object: object as u8, offset: offset(&cursor) });
                        cursor.at += 1;
                        if object == TOP {
                            return Some(self.make(text, place, cursor.at, &turns, (object, Goal::End)));
                        }
                        object = self.objects[object].parent;
                    }
                    _ => return None,
                }
                continue;
            }
            if cursor.space()? == b'}' {
                // Only an object that has just begun may end here.
                if !matches!(turns.last(), Some(Turn::Begin { .. })) {
                    return None;
                }
                key = false;
                continue;
            }
            let name = cursor.key().ok()?;
            cursor.expect(b':', Fault::Colon).ok()?;
            let byte = cursor.space()?;
            if name.kind != (TokenKind::String { escaped: false }) {
                return None;
            }
            let fields = self.objects[object].fields;
            let body = &text[name.start + 1..name.end - 1];
            let Some(field) = fields.iter().position(|field| field.key.as_bytes() == body) else {
                // What else there is at the top decides what kind of document it is.
                if object == TOP {
                    return None;
                }
                let span = [name.start, name.end].map(|at| (at - place.at) as u32);
                return Some(self.make(
                    text,
                    place,
                    cursor.at,
                    &turns,
                    (object, Goal::Undocumented(span[0], span[1])),
                ));
            };
            match self.objects[object].inner[field] {
                Some(inner) if byte == b'{' => {
                    turns.push(Turn::Begin { object: inner, offset: offset(&cursor) });
                    cursor.at += 1;
                    object = usize::from(inner);
                }
                // A header, or an event, that is no object.
                Some(_) if object == TOP => return None,
                _ => {
                    return Some(self.make(
                        text,
                        place,
                        cursor.at,
                        &turns,
                        (object, Goal::Field(field as u8)),
                    ));
                }
            }
        }
    }

    /// The object around the value of a node.
    fn around(&self, node: u16) -> usize {
        let slot = usize::from(node).checked_sub(usize::from(behind_slot(0)));
        match slot {
            Some(slot) => self.home[slot],
            None => usize::from(node).saturating_sub(usize::from(behind(0))),
        }
    }

    /// The way from a place to byte `end`, where its goal begins.
    fn make(
        &self,
        text: &[u8],
        place: &Place,
        end: usize,
        turns: &[Turn],
        (object, goal): (usize, Goal),
    ) -> Way {
        let (mut slot, mut accept, mut bit) = (None, None, 0);
        if let Goal::Field(field) = goal {
            (slot, accept) = self.objects[object].members[usize::from(field)];
            bit = 1 << field;
        }
        // An object that begins and ends on the way may lack what it must have.
        let begins = |turns: &[Turn]| turns.iter().any(|turn| matches!(turn, Turn::Begin { .. }));
        let ends = turns.iter().rposition(|turn| matches!(turn, Turn::End { .. }));
        if ends.is_some_and(|last| begins(&turns[..last])) {
            accept = None;
        }
        let quoted = accept.is_some_and(Accept::is_quoted);
        if quoted && text.get(end) != Some(&b'"') {
            accept = None;
        }
        let quote = accept.is_some_and(Accept::is_quoted);
        let bytes = &text[place.at..end + usize::from(quote)];
        Way {
            literal: Literal::new(bytes),
            quote: u8::from(quote),
            object: object as u8,
            slot: slot.unwrap_or(NO_SLOT),
            bit,
            accept: accept.unwrap_or(Accept::Nothing),
            guess: LengthGuess::default(),
            then: NONE,
            next: slot.map_or(behind(object), behind_slot),
            goal,
            turns: turns.into(),
        }
    }
}

/// Adds the object of a plan and those within it. Without a `body`, `event` is a value like others.
fn add(
    objects: &mut Vec<Object>,
    plan: &ObjectPlan,
    (parent, place): (usize, usize),
    path: &[&'static str],
    body: Option<&ObjectPlan>,
) {
    let own = objects.len();
    let members = plan.members.iter().map(|member| (member.slot, member.accept)).collect();
    let inner = vec![None; plan.fields.len()];
    let (fields, wanted) = (plan.fields, plan.wanted);
    objects.push(Object { path: path.to_vec(), parent, place, fields, wanted, members, inner });
    for (at, member) in plan.members.iter().enumerate() {
        let inner = match (member.field.kind, &member.inner) {
            (Kind::Object(_), _) if own == TOP && at == top::EVENT => body,
            (Kind::Object(_), Some(inner)) => Some(&**inner),
            _ => None,
        };
        if let Some(inner) = inner {
            objects[own].inner[at] = u8::try_from(objects.len()).ok();
            add(objects, inner, (own, at), &[path, &[member.field.key]].concat(), body);
        }
    }
}

/// Adds the top of a v1 event and the objects of its body. Returns the place of that in the top.
fn add_v1(objects: &mut Vec<Object>, body: &ObjectPlan) -> usize {
    let slot =
        |place: usize| slot::V1.iter().find(|(known, _)| *known == place).map(|(_, slot)| *slot as u16);
    let mut members: Vec<_> =
        ACCEPT_V1.iter().enumerate().map(|(place, accept)| (slot(place), Some(*accept))).collect();
    members.push((None, None));
    let mut inner = vec![None; TOP_V1.len()];
    let event = TOP_V1.len() - 1;
    inner[event] = Some(1);
    // Of one that lacks anything the walk says so.
    let wanted = (1 << TOP_V1.len()) - 1;
    objects.push(Object { path: Vec::new(), parent: TOP, place: 0, fields: &TOP_V1, wanted, members, inner });
    add(objects, body, (TOP, event), &[BODY], None);
    event
}

/// Ends and begins objects. `false`, and nothing is done, if an object lacks what it must have or is there twice.
#[inline]
fn turn(turns: &[Turn], objects: &[Object], from: usize, state: &mut State) -> bool {
    for turn in turns {
        if let Turn::End { object, .. } = turn {
            let object = usize::from(*object) % MOST_OBJECTS;
            if objects[object].wanted & !state.seen[object] != 0 {
                return false;
            }
        }
    }
    turns.iter().all(|turn| state.turn(turn, objects, from))
}

/// The ways of all types of a stream.
#[derive(Debug)]
pub(crate) struct Transitions {
    graphs: Vec<Option<Box<Graph>>>,
    /// The type of the last document: the next one is thought to be of the same.
    pub last: usize,
    /// The type of the last document that had the other envelope.
    pub other: Option<usize>,
    /// How many ways are kept.
    pub kept: usize,
    pub state: State,
}

impl Default for Transitions {
    fn default() -> Transitions {
        let graphs = (0..=EVENTS.len()).map(|_| None).collect();
        Transitions { graphs, last: 0, other: None, kept: 0, state: State::default() }
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

    /// Explores the way that begins at a place, and keeps it if there is room. `None` where there is none.
    #[cold]
    #[inline(never)]
    pub fn explore(&mut self, kind: usize, text: &[u8], place: &Place) -> Option<u32> {
        let graph = self.graphs.get_mut(kind)?.as_mut()?;
        let way = graph.explore(text, place)?;
        let number = graph.keep(place, way, self.kept < MOST_OF_ALL);
        self.kept += usize::from(number != ONCE);
        Some(number)
    }
}

#[cfg(test)]
#[path = "transitions_tests.rs"]
mod tests;
