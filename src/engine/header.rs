//! What headers have beyond the six fields that are documented for all, and without what some types do.

use crate::catalog::{EVENT_CREATE_TIME, Field, HEAD, event, header_extra};
use crate::finding::Sink;
use crate::json::{Path, Segment, Token, TokenKind, unescape};
use crate::record::{Slot, slot};
use crate::rules::shape;
use crate::rules::time::{fraction, millis_of_fraction};

use super::plan::ObjectPlan;
use super::walk::{KeySpan, Walk};

impl<S: Sink> Walk<'_, '_, S> {
    /// A member that is not documented for this object.
    #[cold]
    pub fn undocumented(&mut self, key: KeySpan, value: Token, plan: &ObjectPlan, here: &Path<'_>) {
        self.extra = true;
        let name = key.text(self.text);
        let Some(field) = plan.is_header().then(|| header_extra(&name)).flatten() else {
            return shape::unknown(&name, (key.start, key.end), plan.fields, here, self.sink);
        };
        if name == EVENT_CREATE_TIME && !self.slots[slot::CREATE_TIME].is_present() {
            self.created(field, value);
        }
    }

    /// What stands in the place of `create_time`. Its unit and year are judged with those of all moments.
    fn created(&mut self, field: &'static Field, value: Token) {
        let parent = Path::ROOT.child(Segment::Key(HEAD));
        let site = self.site((value.start, value.end), &parent, Segment::Key(field.key), field);
        if !matches!(value.kind, TokenKind::String { .. }) {
            return shape::wrong_type(&site, value.kind, self.sink);
        }
        let text = unescape(site.body());
        let number = millis_of_fraction(&text);
        if number.is_none() {
            fraction(&text, &site, self.sink);
        }
        let (start, end, number) = (value.start as u32, value.end as u32, number.unwrap_or(Slot::NO_NUMBER));
        self.slots[slot::CREATE_TIME] = Slot { start, end, kind: value.kind, number };
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
