//! What headers have beyond the six fields that are documented for all, and without what some types do.

use crate::catalog::{EVENT_CREATE_TIME, event, header_extra};
use crate::finding::Sink;
use crate::json::{Path, Token};
use crate::record::{Slot, slot};
use crate::rules::shape;
use crate::rules::time::millis_of_fraction;

use super::plan::ObjectPlan;
use super::walk::{KeySpan, Walk};

impl<S: Sink> Walk<'_, '_, S> {
    /// A member that is not documented for this object.
    #[cold]
    pub fn undocumented(&mut self, key: KeySpan, value: Token, plan: &ObjectPlan, here: &Path<'_>) {
        self.extra = true;
        let name = key.text(self.text);
        if !plan.is_header() || header_extra(&name).is_none() {
            return shape::unknown(&name, (key.start, key.end), plan.fields, here, self.sink);
        }
        if name == EVENT_CREATE_TIME && !self.slots[slot::CREATE_TIME].is_present() {
            let text = self.text.get(value.start + 1..value.end - 1).unwrap_or_default();
            let number = str::from_utf8(text).ok().and_then(millis_of_fraction).unwrap_or(Slot::NO_NUMBER);
            let (start, end) = (value.start as u32, value.end as u32);
            self.slots[slot::CREATE_TIME] = Slot { start, end, kind: value.kind, number };
        }
    }

    /// The fields of a header that its type is documented to live without.
    #[cold]
    pub fn excused(&self, plan: &ObjectPlan) -> u64 {
        if !plan.is_header() {
            return 0;
        }
        let Slot { start, end, .. } = self.slots[slot::EVENT_TYPE];
        let name = self.text.get(start as usize + 1..(end as usize).saturating_sub(1)).unwrap_or_default();
        let without = str::from_utf8(name).ok().and_then(event).map_or(&[][..], |event| event.without);
        // Filled by what stands in its place.
        let timed = self.slots[slot::CREATE_TIME].is_present();
        let bit = |at: usize, excused: bool| u64::from(excused) << (at - slot::HEADER_BASE);
        bit(slot::EVENT_ID, without.contains(&slot::key(slot::EVENT_ID))) | bit(slot::CREATE_TIME, timed)
    }
}
