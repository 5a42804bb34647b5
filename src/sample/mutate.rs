//! A valid event that is about to be broken: where its documented values stand, and the ways to change them.

use std::ops::Range;

use crate::catalog::{Event, Field, HEADER, Kind};
use crate::json::tree;
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
        for (key, inner) in tree::members(out, start) {
            match &*key {
                "header" => find(out, inner.start, HEADER, true, 1, &mut spots),
                "event" => find(out, inner.start, event.fields, false, 1, &mut spots),
                _ => {}
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

    /// Appends to the members of the event.
    pub fn add(&mut self, members: impl AsRef<[u8]>) -> Option<()> {
        let end = self.out.len().checked_sub(2).filter(|end| self.out[*end..] == *b"}}")?;
        self.out.splice(end..end, members.as_ref().iter().copied());
        Some(())
    }

    /// Puts another body in place of the event.
    pub fn replace(&mut self, body: impl AsRef<[u8]>) -> Option<()> {
        self.out.truncate(self.start);
        self.out.extend_from_slice(body.as_ref());
        Some(())
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
