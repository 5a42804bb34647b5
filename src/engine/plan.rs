//! The catalogue made ready for walking: keys as blocks of sixteen bytes, the order of the last document as a guess, a slot
//! for each field. Built once for each engine and event type, in microseconds.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use foldhash::fast::FixedState;
use wide::u8x16;

use crate::catalog::{EVENTS, Envelope, Event, Field, HEADER, Kind, PUNCH};
use crate::json::block;
use crate::record::{Layout, slot, slots_of};
use crate::rules::accept::Accept;
use crate::time::Unit;

/// A key with its quotes and colon, `"type":`, to be found with one compare of sixteen bytes.
#[derive(Debug)]
struct Key {
    head: u8x16,
    mask: u8x16,
    literal: Box<[u8]>,
}

impl Key {
    fn new(key: &str) -> Key {
        let literal = format!("\"{key}\":").into_bytes().into_boxed_slice();
        let mut head = [0; 16];
        let mut mask = [0; 16];
        for (at, byte) in literal.iter().take(16).enumerate() {
            head[at] = *byte;
            mask[at] = 0xff;
        }
        Key { head: u8x16::new(head), mask: u8x16::new(mask), literal }
    }

    /// The length of the literal, if it stands at `at`.
    #[inline(always)]
    fn length_at(&self, text: &[u8], at: usize) -> Option<usize> {
        let length = self.literal.len();
        let fits = match block(text, at) {
            Some(block) => {
                (block & self.mask).simd_eq(self.head).all()
                    && (length <= 16 || text[at + 16..].starts_with(&self.literal[16..]))
            }
            None => text[at..].starts_with(&self.literal),
        };
        fits.then_some(length)
    }
}

/// A field made ready.
#[derive(Debug)]
pub(crate) struct Member {
    key: Key,
    pub field: &'static Field,
    /// What is accepted as its value.
    pub accept: Option<Accept>,
    /// What is accepted as an item of it, where it is a list.
    pub items: Option<Accept>,
    /// Its slot, where the object has slots (not within lists) and it is a value of its own (the fields of an object
    /// have the slots).
    pub slot: Option<u16>,
    /// The plan of an object, or of a list of objects.
    pub inner: Option<Box<ObjectPlan>>,
}

/// An object of documented fields.
#[derive(Debug)]
pub(crate) struct ObjectPlan {
    pub fields: &'static [Field],
    /// A bit for each field that is missed when it is not there.
    pub wanted: u64,
    /// The fields made ready.
    pub members: Box<[Member]>,
    /// For each field, and for the start of the object at the end, the field that followed in the last document.
    next: Vec<Cell<u8>>,
}

impl ObjectPlan {
    /// The plan of an object whose first field has the slot `base`, if it has slots.
    pub fn new(fields: &'static [Field], base: Option<usize>) -> ObjectPlan {
        ObjectPlan::with(fields, base, &[])
    }

    /// The same, in which the values of some keys have slots elsewhere.
    fn with(fields: &'static [Field], base: Option<usize>, elsewhere: &[(&str, usize)]) -> ObjectPlan {
        assert!(fields.len() <= 64, "the fields that were seen are kept as bits of a u64");
        let mut slot = base;
        let mut members = Vec::new();
        let mut wanted = 0;
        for (at, field) in fields.iter().enumerate() {
            let other = elsewhere.iter().find(|(key, _)| *key == field.key).map(|(_, slot)| *slot);
            let own = other.or(slot).map(|slot| u16::try_from(slot).expect("few slots"));
            let (slot_of_value, inner) = match (field.kind, field.also) {
                (Kind::Object(fields), _) => (None, Some(Box::new(ObjectPlan::new(fields, slot)))),
                (Kind::List(Kind::Object(fields)), _) | (_, Some(Kind::Object(fields))) => {
                    (own, Some(Box::new(ObjectPlan::new(fields, None))))
                }
                _ => (own, None),
            };
            // Without a slot a moment is judged where it stands.
            let accept_of = |kind, slotted| {
                Accept::of(kind, field.presence).filter(|_| slotted || !matches!(kind, Kind::Time(..)))
            };
            let accept = accept_of(field.kind, own.is_some());
            let items = match field.kind {
                Kind::List(item) => accept_of(*item, false),
                _ => None,
            };
            members.push(Member {
                key: Key::new(field.key),
                field,
                accept,
                items,
                slot: slot_of_value,
                inner,
            });
            if other.is_none() {
                slot = slot.map(|slot| slot + slots_of(std::slice::from_ref(field)));
            }
            if field.presence.is_missed() {
                wanted |= 1 << at;
            }
        }
        // Without a previous document the guess is the order of the catalogue.
        let count = u8::try_from(fields.len()).expect("at most 64 fields");
        let mut next: Vec<_> = (1..=count).map(Cell::new).collect();
        next.push(Cell::new(0));
        ObjectPlan { fields, wanted, members: members.into(), next }
    }

    /// The number that stands for the start of the object in [`ObjectPlan::guess`].
    #[inline(always)]
    pub fn start(&self) -> usize {
        self.fields.len()
    }

    /// Whether this is the object `header` of a v2 event.
    pub fn is_header(&self) -> bool {
        self.fields.iter().map(|field| field.key).eq(HEADER.iter().map(|field| field.key))
    }

    /// The field that followed `previous` last time, if its key stands at `at` again, and one past its colon.
    #[inline(always)]
    pub fn guess(&self, previous: usize, text: &[u8], at: usize) -> Option<(usize, usize)> {
        let guess = usize::from(self.next[previous].get());
        let length = self.members.get(guess)?.key.length_at(text, at)?;
        Some((guess, at + length))
    }

    /// The field of this key, learnt as what follows `previous`.
    pub fn find(&self, previous: usize, key: &str) -> Option<usize> {
        let at = self.fields.iter().position(|field| field.key == key)?;
        self.next[previous].set(u8::try_from(at).expect("at most 64 fields"));
        Some(at)
    }
}

/// An event type made ready.
#[derive(Debug)]
pub(crate) struct Plan {
    pub layout: Layout,
    pub body: ObjectPlan,
    /// The slots that hold moments, and their units.
    pub times: Vec<(u16, Unit)>,
    /// Whether it is the punch, whose moments are held against each other.
    pub is_punch: bool,
}

impl Plan {
    /// The plan of a known type, or of all unknown ones.
    pub fn new(event: Option<&'static Event>) -> Plan {
        let layout = Layout::of(event);
        let fields = event.map_or(&[][..], |event| event.fields);
        let times = (layout.columns.iter().enumerate())
            .filter_map(|(at, column)| {
                let Kind::Time(unit, _) = column.field.kind else { return None };
                Some((u16::try_from(at).expect("few slots"), unit))
            })
            .collect();
        let elsewhere = match event.map(|event| event.envelope) {
            Some(Envelope::V1) => &slot::V1_BODY[..],
            _ => &[],
        };
        let is_punch = event.is_some_and(|event| event.name == PUNCH);
        Plan { body: ObjectPlan::with(fields, Some(slot::EVENT_BASE), elsewhere), times, is_punch, layout }
    }
}

/// The keys at the top of a v2 event. The fields of `event` depend on its type.
pub(crate) mod top {
    use crate::catalog::{BODY, ENVELOPE, Field, Kind, field};
    pub const EVENT: usize = 2;
    pub static FIELDS: [Field; 3] =
        [ENVELOPE[0], ENVELOPE[1], field(BODY, Kind::Object(&[]), "事件体", "event").required()];
}

/// Every plan of an engine.
#[derive(Debug)]
pub(crate) struct Plans {
    /// The top of a v2 event, its header within it.
    pub envelope: ObjectPlan,
    /// In the order of [`EVENTS`], then the one for unknown types. Made when first needed.
    bodies: Vec<OnceCell<Box<Plan>>>,
    /// Which type the last event had: usually the next one has it too.
    last: Cell<usize>,
    /// The numbers of the types by their names. Made when types first change.
    by_name: OnceCell<HashMap<&'static [u8], usize, FixedState>>,
}

/// The slots that the largest body needs.
const fn most(events: &[&Event]) -> usize {
    let (mut most, mut at) = (0, 0);
    while at < events.len() {
        let own = slots_of(events[at].fields);
        if own > most {
            most = own;
        }
        at += 1;
    }
    most
}

impl Plans {
    pub fn new() -> Plans {
        Plans {
            envelope: ObjectPlan::new(&top::FIELDS, Some(slot::SCHEMA)),
            bodies: (0..=EVENTS.len()).map(|_| OnceCell::new()).collect(),
            last: Cell::new(0),
            by_name: OnceCell::new(),
        }
    }

    /// The slots that the largest event needs.
    pub const MOST_SLOTS: usize = slot::EVENT_BASE + most(EVENTS);

    /// The plan of the type whose name is the bytes `name`; that for unknown types if there is none.
    #[inline]
    pub fn of(&self, name: &[u8]) -> &Plan {
        self.number_of(name).map_or(self.unknown(), |number| self.at(number))
    }

    /// The number in [`EVENTS`] of the type whose name is the bytes `name`.
    #[inline]
    pub fn number_of(&self, name: &[u8]) -> Option<usize> {
        let last = self.last.get();
        if EVENTS[last].name.as_bytes() == name {
            return Some(last);
        }
        let by_name = self.by_name.get_or_init(|| {
            EVENTS.iter().enumerate().map(|(number, event)| (event.name.as_bytes(), number)).collect()
        });
        let number = *by_name.get(name)?;
        self.last.set(number);
        Some(number)
    }

    /// The plan for types that the catalogue does not know.
    pub fn unknown(&self) -> &Plan {
        self.at(EVENTS.len())
    }

    /// The plan of the type of this number in [`EVENTS`].
    #[inline]
    pub fn at(&self, at: usize) -> &Plan {
        self.bodies[at].get_or_init(|| Box::new(Plan::new(EVENTS.get(at).copied())))
    }
}
