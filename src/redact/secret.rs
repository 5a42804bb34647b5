//! What is secret in a document, and does not stay where a field is kept.

use crate::engine::Seen;
use crate::json::Token;
use crate::json::unescape;
use crate::secrets::Secrets;

use super::Redactor;
use super::walk::Walk;

/// The secrets of a document.
pub(super) struct Hidden {
    /// Their values, wherever they stand again.
    secrets: Secrets,
    /// Where they stand, in order, each with the furthest end so far.
    places: Vec<(usize, usize)>,
}

impl Hidden {
    pub fn in_document(redactor: &Redactor, seen: &Seen<'_>) -> Hidden {
        let mut secrets = redactor.secrets.clone();
        let mut end = 0;
        let places = secrets.learn(seen.raw()).into_iter().map(|place| {
            end = end.max(place.end + seen.start);
            (place.start + seen.start, end)
        });
        Hidden { places: places.collect(), secrets }
    }

    /// Whether a secret stands at a token, or within it.
    fn is_at(&self, token: Token) -> bool {
        let before = self.places.partition_point(|(start, _)| *start < token.end);
        before > 0 && self.places[before - 1].1 > token.start
    }
}

impl Walk<'_, '_> {
    /// Whether a value that is kept may be.
    pub fn may_stay(&self, token: Token) -> bool {
        let raw = &self.text[token.start..token.end];
        self.hidden.is_some_and(|hidden| {
            !hidden.is_at(token)
                && !hidden.secrets.are_in(raw)
                && !hidden.secrets.are_in(unescape(raw).as_bytes())
        })
    }
}
