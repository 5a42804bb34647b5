//! The engine: walks documents along the catalogue, filling records and telling a [`Sink`] what is wrong.

mod course;
mod envelope;
mod explore;
mod header;
mod listed;
mod literal;
mod plain;
mod plan;
mod times;
mod transitions;
mod usual;
mod walk;
mod way;

use std::borrow::Cow;
use std::sync::Arc;

use crate::catalog::{CARD_OLD, Envelope, Event};
use crate::container::Form;
use crate::container::canonical::content_in;
use crate::finding::Sink;
use crate::json::{Cursor, SyntaxError};
use crate::origin::Origin;
use crate::record::{Record, Slot, slot};
use crate::signature::Credentials;
use crate::time::{Unit, Zone};

pub(crate) use course::CHALLENGE;
pub(crate) use plan::top::FIELDS as TOP;
pub(crate) use walk::fits;

use course::Noting;
use envelope::Top;
use plan::Plans;
use transitions::Transitions;
use usual::Usual;
use walk::{KeySpan, Walk};

/// A document that is JSON, as the walk left it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'s> {
    /// What it is.
    pub form: Form,
    /// Its first byte in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What was read of its header and of the documented fields of its event.
    pub record: Record<'s>,
    /// The bytes of `event`, where there is one.
    pub body: Option<(usize, usize)>,
    /// The slot of the id of the record behind the event.
    pub record_of: Option<usize>,
    /// The slot of the moment at which the thing happened.
    pub happened: Option<usize>,
    /// Whether it is a v2 event that has nothing but what is documented.
    pub usual: bool,
    /// The usual course of its type, if it kept to that.
    pub(crate) course: Option<&'s Usual>,
    /// What it had to be taken out of. The bytes of all of the above are then not those that were read.
    pub origin: Origin,
    /// The bytes that were read, out of which it was taken; its own where nothing was taken off.
    pub place: (usize, usize),
}

impl<'s> Seen<'s> {
    /// Whether this is an event, of a known or unknown type.
    #[inline]
    pub fn is_event(&self) -> bool {
        matches!(self.form, Form::EventV1 | Form::EventV2 | Form::CardOld)
    }

    /// The event type as the document names it; empty where it does not.
    pub fn type_name(&self) -> Cow<'s, str> {
        match self.form {
            // Its body does not say so: it is the only callback that looks like this.
            Form::CardOld => Cow::Borrowed(CARD_OLD.name),
            _ => self.record.text(slot::EVENT_TYPE).unwrap_or_default(),
        }
    }

    /// The type, if the catalogue knows it.
    pub fn event(&self) -> Option<&'static Event> {
        self.record.layout.event
    }

    /// The document as it is compared with others ([`content_in`]). `memory` is overwritten where it is needed.
    #[inline]
    pub(crate) fn content_in<'d>(&self, memory: &'d mut Vec<u8>) -> &'d [u8]
    where
        's: 'd,
    {
        let Record { text, slots, .. } = self.record;
        content_in(self.raw(), memory, |memory| {
            self.course?.squeeze(text, self.end - self.start, slots, memory)
        })
    }

    /// The whole document as it stands in the text.
    pub fn raw(&self) -> &'s [u8] {
        &self.record.text[self.start..self.end]
    }
}

/// Walks documents. Keeps what it learnt of the last ones (the order of keys, the event type), so use one for a
/// whole stream; one for each thread.
///
/// ```
/// use larkspect::{Engine, Findings, Zone};
///
/// let mut findings = Findings::default();
/// let payload = br#"{"schema": "2.0", "header": {"event_type": "attendance.user_flow.created_v1"}, "event": {}}"#;
/// let seen = Engine::new(Zone::Utc).document(payload, 0, &mut findings).expect("this is JSON").is_event();
/// assert!(seen && findings.0.iter().any(|finding| finding.pointer == "/event/employee_id"));
/// ```
#[derive(Debug)]
pub struct Engine {
    plans: Plans,
    transitions: Transitions,
    slots: Vec<Slot>,
    /// How many of the slots the last document may have filled.
    filled: usize,
    keys: Vec<KeySpan>,
    zone: Zone,
    pub(crate) credentials: Arc<Credentials>,
    /// Memory for texts that are taken out of others.
    pub(crate) spare: Vec<Vec<u8>>,
}

impl Engine {
    /// A new engine, cheap to make. Messages say times in `zone`.
    pub fn new(zone: Zone) -> Engine {
        Engine::with(zone, Arc::default())
    }

    /// A new engine that knows keys and tokens.
    pub fn with(zone: Zone, credentials: Arc<Credentials>) -> Engine {
        let slots = vec![Slot::ABSENT; Plans::MOST_SLOTS];
        Engine {
            plans: Plans::new(),
            transitions: Transitions::default(),
            slots,
            filled: 0,
            keys: Vec::new(),
            zone,
            credentials,
            spare: Vec::new(),
        }
    }

    /// Walks the document that begins at byte `at` of `text`, where a `{` stands. The bytes should be UTF-8; that is
    /// for the caller to check.
    ///
    /// # Errors
    ///
    /// The place at which the text stops being JSON; [`crate::json::Fault::End`] when it ends within the document.
    /// What was reported of the document is then taken back.
    pub fn document<'s, S: Sink>(
        &'s mut self,
        text: &'s [u8],
        at: usize,
        sink: &mut S,
    ) -> Result<Seen<'s>, SyntaxError> {
        let Engine { plans, transitions, slots, filled, keys, zone, credentials, .. } = self;
        keys.clear();
        let mark = sink.mark();
        let mut noting = Noting::new(sink);
        let cursor = Cursor::new(text, at);
        let mut walk =
            Walk { cursor, text, sink: &mut noting, slots, filled, keys, zone: *zone, extra: false };
        let top = match walk.course(plans, transitions, mark) {
            Some(top) => top,
            None => {
                walk.afresh(at, mark, Plans::MOST_SLOTS);
                match walk.document(plans, mark) {
                    Ok(top) => {
                        if top.form == Form::EventV1 {
                            transitions.remember_event(top.plan.layout.event);
                        }
                        top
                    }
                    Err(error) => {
                        sink.rewind(mark);
                        return Err(error);
                    }
                }
            }
        };
        let usual = !walk.extra && walk.sink.noted == 0;
        *filled = top.plan.layout.columns.len().max(*filled);
        let Top { form, plan, end, body } = top;
        let columns = plan.layout.columns.len();
        if form == Form::EventV2 || plan.layout.event.is_some_and(|event| event.envelope == Envelope::V1) {
            let record = Record { text, slots: &slots[..columns], layout: &plan.layout };
            // What a slot holds as a number is in the unit of its kind, whatever stands in the text.
            if times::judge(&record, plan, *zone, sink) == Unit::Micros {
                slots[slot::CREATE_TIME].number /= 1000;
            }
        }
        let record = Record { text, slots: &slots[..columns], layout: &plan.layout };
        if !credentials.tokens.is_empty() {
            envelope::token(&record, form, &credentials.tokens, sink);
        }
        Ok(Seen {
            form,
            start: at,
            end,
            record,
            body,
            record_of: plan.layout.record,
            happened: plan.layout.happened,
            usual: usual && form == Form::EventV2,
            course: transitions.kept_to(),
            origin: Origin::PLAIN,
            place: (at, end),
        })
    }
    /// A document of which nothing is said but what it is.
    pub(crate) fn bare<'s>(&'s mut self, form: Form, text: &'s [u8], start: usize, end: usize) -> Seen<'s> {
        self.slots.fill(Slot::ABSENT);
        let layout = &self.plans.unknown().layout;
        let record = Record { text, slots: &self.slots[..layout.columns.len()], layout };
        let (origin, place) = (Origin::PLAIN, (start, end));
        let (body, record_of, happened, usual, course) = (None, None, None, false, None);
        Seen { form, start, end, record, body, record_of, happened, usual, course, origin, place }
    }
}
