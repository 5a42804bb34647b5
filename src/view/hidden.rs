//! What of a document nobody may read: looked for before anything of it is shown, or while it is.

use std::ops::Range;

use wide::u8x16;

use crate::engine::Seen;
use crate::json::{TokenKind, unescape};
use crate::record::slot;
use crate::secrets::{SHORTEST, Secrets, is_key_before, mask};

use super::members::Value;

/// Keeps secrets from being said. An event that has nothing but what is documented is said at once, and again without
/// its secrets if any were said: nearly never. Any other document is looked through first.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    /// What is secret wherever it stands.
    known: Secrets,
}

/// What is hidden of a document.
#[derive(Clone, Debug)]
pub(crate) struct Hidden {
    /// By their values.
    pub secrets: Secrets,
    /// Where they stand under their keys.
    places: Vec<Range<usize>>,
}

impl Guard {
    /// A guard who knows these values.
    pub fn new(known: Secrets) -> Guard {
        Guard { known }
    }

    /// What is hidden of a document.
    pub fn hidden(&self, seen: &Seen<'_>) -> Hidden {
        Hidden::of(seen, &self.known)
    }

    /// Whether what was said of an event may hold a secret: its token, a known value, or what stands after the key of a
    /// credential.
    #[inline]
    pub fn is_worried<'t>(&self, seen: &Seen<'_>, said: impl IntoIterator<Item = &'t str>) -> bool {
        let token = seen.record.raw(slot::TOKEN).unwrap_or_default();
        let token = token.get(1..token.len().saturating_sub(1)).unwrap_or_default();
        // One that is written with escapes stands otherwise elsewhere.
        let escaped = seen.record.slots[slot::TOKEN].kind == TokenKind::String { escaped: true };
        let found = |said: &str| stands_in(said.as_bytes(), token) || self.known.are_in(said.as_bytes());
        escaped || said.into_iter().any(found)
    }
}

/// Whether the token, or the key of a credential and a sign, stand in a text. This is asked of every row: sixteen places
/// at once, and in one go for both.
fn stands_in(text: &[u8], token: &[u8]) -> bool {
    let (first, second) = match token {
        [first, second, ..] if token.len() >= SHORTEST => (*first, *second),
        // No text has these.
        _ => (0xff, 0xff),
    };
    // The last place has nothing after it.
    let Some(last) = text.len().checked_sub(17) else {
        return (0..text.len()).any(|at| stands_at(text, at, token));
    };
    let (first, second) = (u8x16::splat(first), u8x16::splat(second));
    let mut at = 0;
    loop {
        let (Some(these), Some(next)) = (text[at..].first_chunk(), text[at + 1..].first_chunk()) else {
            return false;
        };
        let (these, next) = (u8x16::new(*these), u8x16::new(*next));
        let sign = these.simd_eq(u8x16::splat(b':')) | these.simd_eq(u8x16::splat(b'='));
        // As Chinese is written with.
        let colon = these.simd_eq(u8x16::splat(0xef)) & next.simd_eq(u8x16::splat(0xbc));
        let found = sign | colon | (these.simd_eq(first) & next.simd_eq(second));
        let mut found = found.to_bitmask();
        while found != 0 {
            if stands_at(text, at + found.trailing_zeros() as usize, token) {
                return true;
            }
            found &= found - 1;
        }
        if at == last {
            return false;
        }
        at = last.min(at + 16);
    }
}

#[cold]
fn stands_at(text: &[u8], at: usize, token: &[u8]) -> bool {
    match text[at] {
        b':' | b'=' | 0xef if is_key_before(text, at) => true,
        _ => token.len() >= SHORTEST && text[at..].starts_with(token),
    }
}

impl Hidden {
    /// What a document hides, besides what is `known`.
    fn of(seen: &Seen<'_>, known: &Secrets) -> Hidden {
        let mut secrets = known.clone();
        let mut places = secrets.learn(seen.raw());
        places.iter_mut().for_each(|place| *place = place.start + seen.start..place.end + seen.start);
        Hidden { secrets, places }
    }

    /// Whether the value that begins at byte `at` is a secret, or of one. In a string that only holds one somewhere,
    /// whoever says it hides it.
    pub fn is_secret(&self, at: usize, value: Value<'_>) -> bool {
        let after = self.places.partition_point(|place| place.end <= at);
        let inner = at + usize::from(value.string().is_some());
        !value.is_empty() && self.places.get(after).is_some_and(|place| place.start <= inner)
    }
}

/// A secret value as people see it.
pub(crate) fn masked(value: Value<'_>) -> String {
    match value.string() {
        Some(text) => mask(&unescape(text)),
        None => mask(&String::from_utf8_lossy(value.raw)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_or_a_key_is_seen_at_every_place() {
        let token = b"abcdefgh01";
        for length in 0..60 {
            let before = "浙".repeat(length / 3) + &"x".repeat(length % 3);
            for after in ["", "y", "，和一些别的字"] {
                for (what, found) in [
                    ("abcdefgh01", true),
                    (" token: a", true),
                    (" 'app_secret'=a", true),
                    (" password：a", true),
                    ("abcdefgh0", after.starts_with('1')),
                    (" 18:00，a", false),
                    (" file_token: a", false),
                ] {
                    let text = format!("{before}{what}{after}");
                    assert_eq!(stands_in(text.as_bytes(), token), found, "{text}");
                    assert!(!stands_in(before.as_bytes(), token) && !stands_in(before.as_bytes(), b"x"));
                }
            }
        }
    }
}
