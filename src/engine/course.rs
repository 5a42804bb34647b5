//! The course of a document along the ways that are known: what follows them is in [`super::transitions`], and here is done
//! what they stop at. A value that is not accepted is walked, as is one that is not documented; objects say what they lack;
//! an unknown way is explored. Whatever is of another shape is left to the walk, from the beginning of the document on, so
//! nothing is said here that the walk would not say.

use crate::catalog::{BODY, EVENTS};
use crate::container::Form;
use crate::finding::{At, Mark, Sink, Words};
use crate::json::{Cursor, Path, Segment, Token, TokenKind};
use crate::lang::Lang;
use crate::record::{Slot, slot};
use crate::rules::shape;

use super::envelope::Top;
use super::plan::{Plans, top};
use super::times::down;
use super::transitions::{Graph, Stop, Transitions};
use super::usual::Outcome;
use super::walk::{KeySpan, Walk};
use super::way::{Goal, Object, Place, State, TOP, Turn, is_v1};

/// Counts what is reported.
pub(crate) struct Noting<'s, S> {
    sink: &'s mut S,
    pub noted: usize,
}

impl<S> Noting<'_, S> {
    pub fn new(sink: &mut S) -> Noting<'_, S> {
        Noting { sink, noted: 0 }
    }
}

impl<S: Sink> Sink for Noting<'_, S> {
    fn report(&mut self, at: At<'_>, words: impl Fn(Lang) -> Words) {
        self.noted += 1;
        self.sink.report(at, words);
    }
    fn mark(&self) -> Mark {
        self.sink.mark()
    }
    fn rewind(&mut self, mark: Mark) {
        self.sink.rewind(mark);
    }
}

/// The type of the request by which an endpoint is verified: no event.
pub(crate) const CHALLENGE: &str = "url_verification";

/// More undocumented members than these are for the walk, which hashes their names.
const FEW_ODD: usize = 16;

/// An event of a type that ends at `end`, its `event` between these bytes.
fn event_of(plans: &Plans, kind: usize, end: usize, body: (usize, usize)) -> Top<'_> {
    let form = if is_v1(kind) { Form::EventV1 } else { Form::EventV2 };
    Top { form, plan: plans.at(kind), end, body: Some(body) }
}

impl<'t, S: Sink> Walk<'_, 't, Noting<'_, S>> {
    /// Begins anew at byte `at`, as if nothing had been read or said since `mark`, nor more than so many
    /// slots filled.
    #[cold]
    pub fn afresh(&mut self, at: usize, mark: Mark, filled: usize) {
        self.sink.rewind(mark);
        self.sink.noted = 0;
        self.slots[..filled].fill(Slot::ABSENT);
        self.keys.clear();
        self.cursor.at = at;
        self.extra = false;
    }

    /// Takes the document at the cursor along the ways that are known. `None` where it has another shape: slots are then
    /// filled, and things said, at random.
    #[inline]
    pub fn course<'p>(
        &mut self,
        plans: &'p Plans,
        transitions: &mut Transitions,
        mark: Mark,
    ) -> Option<Top<'p>> {
        let start = self.cursor.at;
        let kind = transitions.last;
        // What a document of the usual course has filled the next one fills again.
        if !std::mem::take(&mut transitions.refills) {
            self.slots[..*self.filled].fill(Slot::ABSENT);
        }
        *self.filled = slot::EVENT_BASE;
        let (graph, _) = transitions.graph(kind, plans)?;
        match graph.take_usual(self.text, start, self.slots) {
            Outcome::Kept(end, body) => {
                transitions.refills = true;
                Some(event_of(plans, kind, end, body))
            }
            Outcome::Left(steps, end) => self.unusual(plans, transitions, (steps, end), mark),
        }
    }

    /// The usual course of another type, if that is why a document left the one of the last type after so many steps, which
    /// end at `at`: the type, and what became of the document.
    fn another_usual(
        &mut self,
        plans: &Plans,
        transitions: &mut Transitions,
        (steps, at): (usize, usize),
    ) -> Option<(usize, Outcome)> {
        let last = transitions.last;
        let usual = transitions.graph(last, plans)?.0.usual.as_ref()?;
        let kind = self.kind(plans, usual.other_type(steps, self.text, at)?)?;
        usual.empty(steps, self.slots);
        let other = transitions.graph(kind, plans)?.0.usual.as_mut()?;
        Some((kind, other.take_on(self.text, self.cursor.at, self.slots)?))
    }

    /// The same where a document has left the usual course after so many steps, which end at a byte.
    #[inline(never)]
    fn unusual<'p>(
        &mut self,
        plans: &'p Plans,
        transitions: &mut Transitions,
        (mut steps, mut end): (usize, usize),
        mark: Mark,
    ) -> Option<Top<'p>> {
        let start = self.cursor.at;
        let mut kind = transitions.last;
        // The other envelope, then the type that it names: of a second name the walk has something to say.
        let mut types = [transitions.other, None];
        match self.another_usual(plans, transitions, (steps, end)) {
            Some((other, Outcome::Kept(end, body))) => {
                transitions.remember(other);
                transitions.refills = true;
                return Some(event_of(plans, other, end, body));
            }
            Some((other, Outcome::Left(more, at))) => {
                types[1] = Some(kind);
                (kind, steps, end) = (other, more, at);
            }
            None => {}
        }
        let (graph, state) = transitions.graph(kind, plans)?;
        let mut place = graph.leave_usual(steps, (start, end), self.slots, state);
        // Whether all values so far were accepted.
        let mut accepted = true;
        transitions.state.forget();
        loop {
            let (graph, state) = transitions.graph(kind, plans)?;
            let way = match graph.run(self.text, &mut place, self.slots, state) {
                Stop::End => {
                    transitions.remember(kind);
                    return self.whole(plans, transitions, place.at, accepted && self.sink.noted == 0);
                }
                Stop::Way(way) => Some(way),
                Stop::Twice => return None,
                Stop::Unknown => match transitions.explore(kind, self.text, &place) {
                    // Now it is known.
                    Some(None) => continue,
                    Some(once) => once,
                    None => None,
                },
            };
            let (graph, state) = transitions.graph(kind, plans)?;
            let other = match way {
                None if place.at == start => types[0].take()?,
                None => return None,
                Some(way) if graph.names_type(way) => {
                    let named = self.kind(plans, graph.way(way).value(place.at))?;
                    if is_v1(named) != is_v1(kind) {
                        return None;
                    }
                    named
                }
                Some(_) => kind,
            };
            if other != kind {
                if way.is_some() && types[1].replace(kind).is_some() {
                    return None;
                }
                // The top and the header are alike: the same nodes in all graphs.
                let alike = way.is_some() && !is_v1(kind) && state.seen[TOP] >> top::EVENT & 1 == 0;
                let filled = graph.slots;
                kind = other;
                let (graph, state) = transitions.graph(kind, plans)?;
                let known = match &mut graph.usual {
                    None if alike => {
                        place = graph.go_on(&place);
                        accepted = false;
                        continue;
                    }
                    Some(usual) if alike && accepted => usual.take_on(self.text, start, self.slots),
                    _ => None,
                };
                let outcome = known.unwrap_or_else(|| {
                    self.afresh(start, mark, filled);
                    graph.take_usual(self.text, start, self.slots)
                });
                place = match outcome {
                    Outcome::Kept(end, body) => {
                        transitions.remember(kind);
                        transitions.refills = true;
                        return Some(event_of(plans, kind, end, body));
                    }
                    Outcome::Left(steps, end) => graph.leave_usual(steps, (start, end), self.slots, state),
                };
                transitions.state.forget();
                accepted = true;
                continue;
            }
            let way = way?;
            place = self.take(graph, way, place, state, plans)?;
            // A list that was walked as a whole may end before the way does.
            let ended = place.way == way && graph.way(way).goal == Goal::End;
            accepted &= ended;
            if ended {
                transitions.remember(kind);
                return self.whole(plans, transitions, place.at, accepted && self.sink.noted == 0);
            }
        }
    }

    /// The document, if it is an event that was read in order.
    fn whole<'p>(
        &self,
        plans: &'p Plans,
        transitions: &mut Transitions,
        end: usize,
        accepted: bool,
    ) -> Option<Top<'p>> {
        let kind = transitions.last;
        let (graph, state) = transitions.graph(kind, plans)?;
        let (event, place) = graph.event;
        let (typed, body) = (self.slots[slot::EVENT_TYPE], (state.opened[event], state.closed[event]));
        // Without its type or without `event` it is somewhat less than an event.
        if !typed.is_present() || state.seen[TOP] >> place & 1 == 0 {
            return None;
        }
        let whole = match is_v1(kind) {
            // What is missing there is looked for.
            true => slot::V1_BODY.iter().all(|(_, slot)| self.slots[*slot].is_present()),
            // The walk speaks of the event when it knows its type, which is after all else where it begins with it.
            false => state.noted_around == 0 || body.0 > typed.start as usize,
        };
        if whole && accepted {
            graph.learn_usual(self.slots, body);
        }
        whole.then(|| event_of(plans, kind, end, body))
    }

    /// The number of the type that stands at a byte. `None` where it is none, or its documents have another shape.
    #[cold]
    fn kind(&self, plans: &Plans, at: usize) -> Option<usize> {
        let token = Cursor::new(self.text, at).string().ok()?;
        let name = &self.text[at + 1..token.end - 1];
        if token.kind != (TokenKind::String { escaped: false })
            || name.is_empty()
            || name == CHALLENGE.as_bytes()
        {
            return None;
        }
        Some(plans.number_of(name).unwrap_or(EVENTS.len()))
    }

    /// Does what a way stops at, and returns the place behind its value. `None` where it is not for a course to do.
    fn take(
        &mut self,
        graph: &mut Graph,
        number: u32,
        place: Place,
        state: &mut State,
        plans: &Plans,
    ) -> Option<Place> {
        if let Some(item) = graph.list_around(graph.object_at(&place))
            && !graph.closes(number, item, state)
        {
            return self.listed(graph, item, state, plans);
        }
        let at = place.at;
        for turn in 0..graph.way(number).turns.len() {
            let turn = graph.way(number).turns[turn];
            if let Turn::End { object, .. } = turn
                && graph.lacks(usize::from(object), state)
            {
                if usize::from(object) == TOP && is_v1(graph.kind) {
                    return None;
                }
                self.lacks(graph, usize::from(object), state, plans);
            }
            if !state.turn(&turn, &graph.objects, at, self.slots) {
                return None;
            }
            if let Turn::Open { object, .. } = turn {
                return self.listed(graph, usize::from(object), state, plans);
            }
        }
        self.goal(graph, number, at, state, plans)?;
        Some(graph.behind(number, self.cursor.at))
    }

    /// Walks a list of objects as a whole, in which there is something to say.
    fn listed(&mut self, graph: &Graph, item: usize, state: &State, plans: &Plans) -> Option<Place> {
        let Object { parent, place, .. } = graph.objects[item];
        self.cursor.at = state.listed[item];
        self.documented_field(graph, (parent, place), plans)?;
        Some(graph.behind_field(parent, place, self.cursor.at))
    }

    /// Walks the value of a field, at which the cursor is.
    fn documented_field(
        &mut self,
        graph: &Graph,
        (object, field): (usize, usize),
        plans: &Plans,
    ) -> Option<()> {
        let (plan, path) = (graph.plan(object, plans), &graph.objects[object].path);
        let mut done = Ok(());
        down(&Path::ROOT, path, |here| done = self.field(plan, field, here, path.len()));
        done.ok()
    }

    /// Walks the value that a way leads to.
    fn goal(
        &mut self,
        graph: &Graph,
        number: u32,
        at: usize,
        state: &mut State,
        plans: &Plans,
    ) -> Option<()> {
        let way = graph.way(number);
        let object = usize::from(way.object);
        let path = &graph.objects[object].path;
        let before = self.sink.noted;
        self.cursor.at = way.value(at);
        match way.goal {
            Goal::End => {}
            Goal::Field(field) => {
                let (seen, bit) = (&mut state.seen[object], 1 << field);
                if *seen & bit != 0 {
                    return None;
                }
                *seen |= bit;
                if object == TOP && is_v1(graph.kind) {
                    return None;
                }
                if object == TOP && usize::from(field) == top::EVENT {
                    return self.unknown_event(graph, state, plans);
                }
                self.documented_field(graph, (object, field.into()), plans)?;
            }
            Goal::Undocumented(start, end) => {
                let key = KeySpan { start: at + start as usize, end: at + end as usize, escaped: false };
                let same = |(other, name): &(usize, KeySpan)| {
                    *other == object && name.body(self.text) == key.body(self.text)
                };
                if state.odd.len() == FEW_ODD || state.odd.iter().any(same) {
                    return None;
                }
                state.odd.push((object, key));
                let plan = graph.plan(object, plans);
                let value = self.cursor.token().ok()?;
                let mut done = Ok(());
                down(&Path::ROOT, path, |here| {
                    let here = here.child(Segment::Raw(key.body(self.text)));
                    done = self.anything_from(value, &here, path.len() + 1);
                    if done.is_ok() {
                        let value = Token { end: self.cursor.at, ..value };
                        self.undocumented(key, value, plan, &here);
                    }
                });
                done.ok()?;
            }
        }
        self.note(graph, object, before, state);
        Some(())
    }

    /// Says what an object lacks that ends.
    #[cold]
    fn lacks(&mut self, graph: &Graph, object: usize, state: &mut State, plans: &Plans) {
        let before = self.sink.noted;
        let plan = graph.plan(object, plans);
        let seen = state.seen[object] | self.excused(plan);
        let open = state.opened[object];
        down(&Path::ROOT, &graph.objects[object].path, |here| {
            shape::missing(plan.fields, seen, open, here, self.sink);
        });
        self.note(graph, object, before, state);
    }

    /// Takes note of what was said of an object since `before`, if it is around the event.
    fn note(&self, graph: &Graph, object: usize, before: usize, state: &mut State) {
        if graph.objects[object].path.first() != Some(&BODY) {
            state.noted_around += self.sink.noted - before;
        }
    }

    /// Walks the value of `event` of an unknown type.
    fn unknown_event(&mut self, graph: &Graph, state: &mut State, plans: &Plans) -> Option<()> {
        let value = self.cursor.token().ok()?;
        // The walk would wait for its type; and what is in a string is another form.
        if !self.slots[slot::EVENT_TYPE].is_present() || matches!(value.kind, TokenKind::String { .. }) {
            return None;
        }
        self.event(plans, value).ok()?;
        let (event, _) = graph.event;
        (state.opened[event], state.closed[event]) = (value.start, self.cursor.at);
        Some(())
    }
}
