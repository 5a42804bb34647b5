//! What of a document nobody may read: looked for before anything of it is shown, or while it is.

use std::ops::Range;

use memchr::memmem;

use super::value::Value;
use crate::check::Seen;
use crate::json::{TokenKind, unescape};
use crate::record::slot;
use crate::secrets::{Secrets, mask};

/// Keeps secrets from being said. An event that has nothing but what is documented is said at once, and again without
/// its secrets if any were said: nearly never. Any other document is looked through first.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    /// What is secret wherever it stands.
    known: Secrets,
    /// The token of the event at hand, which is nearly always that of the one before: as it stands, and to look for.
    token: Vec<u8>,
    finder: memmem::Finder<'static>,
}

/// What is hidden of a document.
#[derive(Clone, Debug)]
pub(super) struct Hidden {
    /// By their values.
    pub secrets: Secrets,
    /// Where they stand under their keys.
    places: Vec<Range<usize>>,
}

impl Guard {
    /// A guard who knows these values.
    pub fn new(known: Secrets) -> Guard {
        Guard { known, token: Vec::new(), finder: memmem::Finder::new(b"").into_owned() }
    }

    /// What is to be hidden of a document before anything of it is said.
    pub fn before(&self, seen: &Seen<'_>) -> Option<Hidden> {
        if seen.usual { None } else { Some(self.hidden(seen)) }
    }

    /// What is hidden of a document.
    pub fn hidden(&self, seen: &Seen<'_>) -> Hidden {
        Hidden::of(seen, &self.known)
    }

    /// Whether what was said of an event may hold a secret.
    #[inline]
    pub fn is_worried<'t>(&mut self, seen: &Seen<'_>, said: impl IntoIterator<Item = &'t str>) -> bool {
        let token = seen.record.raw(slot::TOKEN).unwrap_or_default();
        if token != self.token {
            self.learn_token(token);
        }
        // One that is written with escapes stands otherwise elsewhere.
        let escaped = seen.record.slots[slot::TOKEN].kind == TokenKind::String { escaped: true };
        let is_short = self.finder.needle().len() < 8;
        escaped
            || said.into_iter().any(|said| {
                (!is_short && self.finder.find(said.as_bytes()).is_some())
                    || self.known.may_be_in(said.as_bytes())
            })
    }

    #[cold]
    fn learn_token(&mut self, token: &[u8]) {
        self.token = token.to_vec();
        let text = token.get(1..token.len().saturating_sub(1)).unwrap_or_default();
        self.finder = memmem::Finder::new(text).into_owned();
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
pub(super) fn masked(value: Value<'_>) -> String {
    match value.string() {
        Some(text) => mask(&unescape(text)),
        None => mask(&String::from_utf8_lossy(value.raw)),
    }
}
