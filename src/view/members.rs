//! Values as they stand in a document, and the way through those that hold others.

use crate::json::{Cursor, TokenKind};
use crate::record::{Record, is_empty};

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

    /// The value that begins at `at`, and where it ends.
    pub fn at(text: &'t [u8], at: usize) -> Option<(Value<'t>, usize)> {
        // It has been walked before, so it is JSON, and not too deep.
        let token = Cursor::new(text, at).value(0).ok()?;
        let raw = &text[token.start..token.end];
        let digits = match token.kind {
            TokenKind::String { .. } => &raw[1..raw.len() - 1],
            _ => raw,
        };
        let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
        Some((Value { kind: token.kind, raw, number }, token.end))
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

/// The items of an array.
pub(crate) fn items(array: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let mut cursor = Cursor::new(array.raw, 1);
    std::iter::from_fn(move || {
        match cursor.space()? {
            b',' => cursor.at += 1,
            b']' => return None,
            _ => {}
        }
        cursor.space()?;
        let (value, end) = Value::at(array.raw, cursor.at)?;
        cursor.at = end;
        Some(value)
    })
}

/// The members of an object; keys are still escaped.
pub(crate) fn members(object: Value<'_>) -> impl Iterator<Item = (&[u8], Value<'_>)> {
    let mut cursor = Cursor::new(object.raw, 1);
    std::iter::from_fn(move || {
        if cursor.space()? == b',' {
            cursor.at += 1;
        }
        let key = cursor.key().ok()?;
        cursor.at += usize::from(cursor.space()? == b':');
        cursor.space()?;
        let (value, end) = Value::at(object.raw, cursor.at)?;
        cursor.at = end;
        Some((&object.raw[key.start + 1..key.end - 1], value))
    })
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
