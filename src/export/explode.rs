//! Rows for the items of a list: the fields of an item get slots of their own, after those of the event.

use crate::catalog::{Field, Kind};
use crate::json::{Token, TokenKind, unescape};
use crate::record::{Slot, slots_of};

use super::nested::members;

/// Fills the slots of an item, which are absent so far.
pub(crate) fn fill(text: &[u8], item: Token, kind: Kind, slots: &mut [Slot]) {
    match (kind, item.kind) {
        (Kind::Object(fields), TokenKind::Object) => object(text, item, fields, slots),
        // Reported as a wrong type; there is nothing in it for these columns.
        (Kind::Object(_), _) => {}
        _ => slots[0] = slot(text, item),
    }
}

fn object(text: &[u8], object_at: Token, fields: &'static [Field], slots: &mut [Slot]) {
    members(text, object_at.start, |key, value| {
        let name = unescape(&text[key.start + 1..key.end - 1]);
        let Some(at) = fields.iter().position(|field| field.key == name) else { return };
        let base = slots_of(&fields[..at]);
        match (fields[at].kind, value.kind) {
            (Kind::Object(inner), TokenKind::Object) => object(text, value, inner, &mut slots[base..]),
            (Kind::Object(_), _) => {}
            _ => slots[base] = slot(text, value),
        }
    });
}

/// A slot as the walk would fill it: the number is an integer, or the digits of a timestamp.
pub(crate) fn slot(text: &[u8], value: Token) -> Slot {
    let raw = &text[value.start..value.end];
    let number = match value.kind {
        TokenKind::Number { integer: true } => parse(raw),
        TokenKind::String { .. } => parse(&raw[1..raw.len() - 1]).filter(|_| {
            raw[1..raw.len() - 1].iter().all(u8::is_ascii_digit) && (raw[1] != b'0' || raw.len() == 3)
        }),
        _ => None,
    };
    Slot {
        start: value.start as u32,
        end: value.end as u32,
        kind: value.kind,
        number: number.unwrap_or(Slot::NO_NUMBER),
    }
}

fn parse(digits: &[u8]) -> Option<i64> {
    str::from_utf8(digits).ok()?.parse().ok()
}
