//! Values as they stand in a document, and the way through those that hold others.

use crate::catalog::Field;
use crate::json::{Token, TokenKind, tree};
use crate::record::{Record, Slot, is_empty};

/// A value as it stands in a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value<'t> {
    pub kind: TokenKind,
    /// The JSON, a string with its quotes.
    pub raw: &'t [u8],
    /// What an integer, or the digits of a timestamp, write.
    pub number: Option<i64>,
}

impl<'t> Value<'t> {
    /// The value in a slot, `null` included.
    pub fn of(record: &Record<'t>, slot: usize) -> Option<Value<'t>> {
        let place = &record.slots[slot];
        record.raw(slot).map(|raw| Value { kind: place.kind, raw, number: place.number() })
    }

    /// The value of a token.
    pub fn new(text: &'t [u8], token: Token) -> Value<'t> {
        let number = Slot::of(text, token).number();
        Value { kind: token.kind, raw: &text[token.start..token.end], number }
    }

    /// The items of an array.
    pub fn items(self) -> impl Iterator<Item = Value<'t>> {
        tree::items(self.raw, 0).map(move |item| Value::new(self.raw, item))
    }

    /// The members of an object that have these keys: of several the last, as parsers do.
    pub fn fields(self, fields: &[Field]) -> Vec<Option<Value<'t>>> {
        let mut values = vec![None; fields.len()];
        for (key, value) in tree::members(self.raw, 0) {
            if let Some(at) = fields.iter().position(|field| field.key == key) {
                values[at] = Some(Value::new(self.raw, value));
            }
        }
        values
    }

    /// The bytes between the quotes of a string.
    pub fn string(&self) -> Option<&'t [u8]> {
        matches!(self.kind, TokenKind::String { .. }).then(|| &self.raw[1..self.raw.len() - 1])
    }

    pub fn is_null(&self) -> bool {
        self.kind == TokenKind::Null
    }

    /// Whether it says nothing: `null`, `""`, `[]`, `{}`.
    pub fn is_empty(&self) -> bool {
        is_empty(self.kind, self.raw)
    }
}

/// Where to cut bytes of JSON so that no character and no escape is halved.
pub(crate) fn cut(bytes: &[u8], most: usize) -> usize {
    if bytes.len() <= most {
        return bytes.len();
    }
    let mut end = most;
    while end > 0 && bytes[end] & 0xc0 == 0x80 {
        end -= 1;
    }
    // The longest escape, a pair of surrogates, has twelve bytes.
    let near = end.saturating_sub(12);
    if let Some(at) = bytes[near..end].iter().position(|&byte| byte == b'\\') {
        end = near + at;
        while end > 0 && bytes[end - 1] == b'\\' {
            end -= 1;
        }
    }
    end
}
