//! The engine: walks documents along the catalogue, filling records and telling a [`Sink`] what is wrong.

pub mod assemble;
pub mod collect;
mod envelope;
pub mod expect;
mod plan;
pub mod policy;
pub mod repeat;
pub mod segment;
mod times;
mod walk;

use crate::catalog::Event;
use crate::finding::Sink;
use crate::json::{Cursor, SyntaxError};
use crate::record::{Record, Slot, slot};
use crate::time::{Unit, Zone};

use envelope::Top;
use plan::Plans;
use walk::{KeySpan, Walk};

/// What kind of document was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `schema`, `header`, `event`.
    EventV2,
    /// `uuid`, `ts`, `token`, `type: event_callback`, `event`.
    EventV1,
    /// The platform asks whether the address is yours.
    Challenge,
    /// `{"encrypt": ".."}`
    Encrypted,
    /// Something else; there is a finding that says what.
    Other,
}

impl Form {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Form::EventV2 => "v2 event",
            Form::EventV1 => "v1 event",
            Form::Challenge => "challenge",
            Form::Encrypted => "encrypted body",
            Form::Other => "other JSON",
        }
    }
}

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
}

impl<'s> Seen<'s> {
    /// Whether this is an event, of a known or unknown type.
    pub fn is_event(&self) -> bool {
        matches!(self.form, Form::EventV1 | Form::EventV2)
    }

    /// The type, if the catalogue knows it.
    pub fn event(&self) -> Option<&'static Event> {
        self.record.layout.event
    }

    /// The whole document as it stands in the text.
    pub fn raw(&self) -> &'s [u8] {
        &self.record.text[self.start..self.end]
    }
}

/// Walks documents. Keeps what it learnt of the last ones (the order of keys, the event type), so use one for a
/// whole stream; one for each thread.
#[derive(Debug)]
pub struct Engine {
    plans: Plans,
    slots: Vec<Slot>,
    keys: Vec<KeySpan>,
    zone: Zone,
}

impl Engine {
    /// A new engine, cheap to make. Messages say times in `zone`.
    pub fn new(zone: Zone) -> Engine {
        Engine { plans: Plans::new(), slots: vec![Slot::ABSENT; Plans::most_slots()], keys: Vec::new(), zone }
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
        let Engine { plans, slots, keys, zone } = self;
        let mark = sink.mark();
        slots.fill(Slot::ABSENT);
        keys.clear();
        let mut walk =
            Walk { cursor: Cursor::new(text, at), text, sink: &mut *sink, slots, keys, zone: *zone };
        let top = match walk.document(plans, mark) {
            Ok(top) => top,
            Err(error) => {
                sink.rewind(mark);
                return Err(error);
            }
        };
        let Top { form, plan, end, body } = top;
        let columns = plan.layout.columns.len();
        if form == Form::EventV2 {
            let record = Record { text, slots: &slots[..columns], layout: &plan.layout };
            // What a slot holds as a number is in the unit of its kind, whatever stands in the text.
            if times::judge(&record, plan, *zone, sink) == Unit::Micros {
                slots[slot::CREATE_TIME].number /= 1000;
            }
        }
        let record = Record { text, slots: &slots[..columns], layout: &plan.layout };
        Ok(Seen { form, start: at, end, record, body, record_of: plan.record, happened: plan.happened })
    }
}
