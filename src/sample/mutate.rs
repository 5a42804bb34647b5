//! A valid event that is about to be broken: where its documented values stand, and the ways to change them.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::mem::discriminant;
use std::ops::Range;

use crate::catalog::{EVENTS, Event, Field, HEADER, Kind};
use crate::json::{Token, tree};
use crate::time::Millis;

use super::random::Random;

/// A member of the event or of its header.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub field: &'static Field,
    /// The objects around it: 1 for those of `header` and `event` themselves.
    pub depth: usize,
    pub in_header: bool,
    /// The key with its quotes.
    pub key: Range<usize>,
    pub value: Range<usize>,
}

/// An event at the end of `out`.
pub(super) struct Draft<'d> {
    pub out: &'d mut Vec<u8>,
    pub start: usize,
    pub event: &'static Event,
    pub created: Millis,
    pub limit: usize,
    pub random: &'d mut Random,
    spots: Vec<Spot>,
}

impl<'d> Draft<'d> {
    pub fn new(
        out: &'d mut Vec<u8>,
        start: usize,
        event: &'static Event,
        created: Millis,
        limit: usize,
        random: &'d mut Random,
    ) -> Draft<'d> {
        let mut spots = Vec::new();
        for (key, fields) in [("header", HEADER), ("event", event.fields)] {
            if let Some(inner) = tree::member(out, start, key) {
                find(out, inner.start, fields, key == "header", 1, &mut spots);
            }
        }
        Draft { out, start, event, created, limit, random, spots }
    }

    /// A random member among those that are wanted; `None` if there is none.
    pub fn pick(&mut self, wanted: impl Fn(&Spot) -> bool) -> Option<Spot> {
        let found: Vec<&Spot> = self.spots.iter().filter(|spot| wanted(spot)).collect();
        (!found.is_empty()).then(|| (*self.random.pick(&found)).clone())
    }

    /// A random field of the event itself.
    pub fn pick_field(&mut self, wanted: impl Fn(&Field) -> bool) -> Option<Spot> {
        self.pick(|spot| !spot.in_header && spot.depth == 1 && wanted(spot.field))
    }

    /// The member of the header with this key.
    pub fn header(&mut self, key: &str) -> Option<Spot> {
        self.pick(|spot| spot.in_header && spot.field.key == key)
    }

    /// The JSON of a member's value.
    pub fn value(&self, spot: &Spot) -> &[u8] {
        &self.out[spot.value.clone()]
    }

    /// Puts JSON in place of a value. Other spots are then out of date, so this is the last step.
    pub fn set(&mut self, spot: &Spot, json: impl AsRef<[u8]>) -> Option<()> {
        self.out.splice(spot.value.clone(), json.as_ref().iter().copied());
        Some(())
    }

    /// Sets what an example of a rule sets, in the members that it names, or else in others of the same kind.
    pub fn follow(&mut self, example: &str) -> Option<()> {
        let example = example.replace(OVERLAY, "{").into_bytes();
        let mut edits = Vec::new();
        for (in_header, key, value) in named(&example) {
            let fields = if in_header { HEADER } else { EVENTS[0].fields };
            let kind = fields.iter().find(|field| field.key == key)?.kind;
            let spot =
                self.pick(|spot| spot.in_header == in_header && spot.field.key == key).or_else(|| {
                    self.pick(|spot| spot.in_header == in_header && is_like(spot.field.kind, kind))
                })?;
            edits.push((spot, value));
        }
        // From the last on, so that the places of the others stay as they are.
        edits.sort_by_key(|(spot, _)| Reverse(spot.value.start));
        edits.iter().try_for_each(|(spot, value)| self.set(spot, &example[value.clone()]))
    }

    /// Takes a member out, with one of the commas beside it.
    pub fn remove(&mut self, spot: &Spot) -> Option<()> {
        let mut range = spot.key.start..spot.value.end;
        if self.out[range.start - 1] == b',' {
            range.start -= 1;
        } else if self.out.get(range.end) == Some(&b',') {
            range.end += 1;
        }
        self.out.drain(range);
        Some(())
    }

    /// Appends to the members of the event. They begin with a comma, which is one too many where there are no others.
    pub fn add(&mut self, members: impl AsRef<[u8]>) -> Option<()> {
        let end = self.out.len().checked_sub(2).filter(|end| self.out[*end..] == *b"}}")?;
        let members = members.as_ref();
        let comma = usize::from(self.out[..end].ends_with(b"{") && members.len() > 1);
        self.out.splice(end..end, members[comma..].iter().copied());
        Some(())
    }

    /// Puts another body in place of the event.
    pub fn replace(&mut self, body: impl AsRef<[u8]>) -> Option<()> {
        self.out.truncate(self.start);
        self.out.extend_from_slice(body.as_ref());
        Some(())
    }
}

/// How an object of an example begins that has the members of an event but for those that follow.
pub(super) const OVERLAY: &str = "{.., ";

/// The members of `header` and `event` of an example: whether it is the header, the key, the place of the value.
fn named(example: &[u8]) -> Vec<(bool, String, Range<usize>)> {
    let inner = |(outer, object): (Cow<'_, str>, Token)| {
        let in_header = outer == "header";
        tree::members(example, object.start)
            .map(move |(key, value)| (in_header, key.into_owned(), value.start..value.end))
    };
    tree::members(example, 0).flat_map(inner).collect()
}

/// Whether values of one kind may stand in place of those of the other.
fn is_like(one: Kind, other: Kind) -> bool {
    match (one, other) {
        (Kind::List(one), Kind::List(other)) => is_like(*one, *other),
        _ => discriminant(&one) == discriminant(&other),
    }
}

/// The documented members of the object at `at`, and of objects within.
fn find(
    text: &[u8],
    at: usize,
    fields: &'static [Field],
    in_header: bool,
    depth: usize,
    spots: &mut Vec<Spot>,
) {
    for (key, value) in tree::spans(text, at) {
        let name = tree::string(text, key).unwrap_or_default();
        let Some(field) = fields.iter().find(|field| field.key == name) else { continue };
        // Ours is compact, and its keys have no escapes.
        let key = value.start - name.len() - 3..value.start - 1;
        match field.kind {
            Kind::Object(inner) => find(text, value.start, inner, in_header, depth + 1, spots),
            // The first item stands for all.
            Kind::List(Kind::Object(inner)) => {
                if let Some(first) = tree::items(text, value.start).next() {
                    find(text, first.start, inner, in_header, depth + 1, spots);
                }
            }
            _ => {}
        }
        let (key, value) = (key.start..key.end, value.start..value.end);
        spots.push(Spot { field, depth, in_header, key, value });
    }
}
