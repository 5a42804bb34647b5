//! Rows for the items of a list: the fields of an item get slots of their own, after those of the event.

use crate::catalog::{Field, Kind};
use crate::json::{Token, TokenKind, tree};
use crate::record::{Slot, slots_of};

/// Fills the slots of an item, which are absent so far.
pub(crate) fn fill(text: &[u8], item: Token, kind: Kind, slots: &mut [Slot]) {
    match (kind, item.kind) {
        (Kind::Object(fields), TokenKind::Object) => object(text, item, fields, slots),
        // Reported as a wrong type; there is nothing in it for these columns.
        (Kind::Object(_), _) => {}
        _ => slots[0] = Slot::of(text, item),
    }
}

fn object(text: &[u8], object_at: Token, fields: &'static [Field], slots: &mut [Slot]) {
    for (key, value) in tree::members(text, object_at.start) {
        let Some(at) = fields.iter().position(|field| field.key == key) else { continue };
        let base = slots_of(&fields[..at]);
        match (fields[at].kind, value.kind) {
            (Kind::Object(inner), TokenKind::Object) => object(text, value, inner, &mut slots[base..]),
            (Kind::Object(_), _) => {}
            _ => slots[base] = Slot::of(text, value),
        }
    }
}
