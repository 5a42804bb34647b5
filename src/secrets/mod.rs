//! Credentials in text that people read: found by their keys, whatever the notation, and by their values, wherever
//! these stand again. `wz5v....` is what is left of one.

mod keys;
mod plain;
#[cfg(test)]
mod tests;
mod without;

pub use keys::{is_key_before, is_name_key, is_value_key};
pub(crate) use without::without_secrets;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem::Finder;

use plain::Plain;

/// Shorter values are only hidden where their key says what they are: `1` and `true` stand everywhere.
pub const SHORTEST: usize = 8;

/// The same for numbers: shorter ones are days, lengths and counts.
const SHORTEST_NUMBER: usize = 12;

/// So many values are learnt: each is looked for in everything that is shown.
const MOST: usize = 64;

/// Long texts are looked through in pieces, which begin so far before the end of the one before: undoing escapes takes
/// some times the room of a text.
const PIECE: usize = 256 << 10;
const OVERLAP: usize = 16 << 10;

/// Words that stand for a credential in examples, and everywhere else for themselves.
const WORDS: &[&str] = &["password", "undefined", "redacted", "disabled", "required", "(secret)"];

/// Values that are known to be secret.
#[derive(Clone, Default)]
pub struct Secrets {
    /// What the user gave.
    given: Arc<[Finder<'static>]>,
    /// What was found.
    learnt: Vec<Finder<'static>>,
    /// What was found before that: the next event often has the same token, and a finder takes its time to make.
    forgotten: Vec<Finder<'static>>,
}

/// Says how many there are: whoever prints it must not print them.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({})", self.given.len() + self.learnt.len())
    }
}

impl Secrets {
    /// Values that are secret wherever they stand.
    pub fn new<'v>(values: impl IntoIterator<Item = &'v str>) -> Secrets {
        let values = values.into_iter().map(|value| Plain::new(value.as_bytes()).text);
        let given = values.filter(|value| is_telling(value));
        let given = given.map(|value| Finder::new(&value).into_owned()).collect();
        Secrets { given, ..Secrets::default() }
    }

    /// Learns what stands under the keys of credentials in a text, and says where that is.
    pub fn learn(&mut self, text: &[u8]) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        for (from, piece) in pieces(text) {
            let plain = Plain::new(piece);
            for value in keys::values(&plain) {
                self.learn_value(&plain.text[value.clone()]);
                let raw = plain.raw(value.start, value.end);
                places.push(raw.start + from..raw.end + from);
            }
        }
        places.sort_by_key(|place| place.start);
        places
    }

    /// Whether one of the values stands in a text without escapes: for those who ask before they look for it.
    #[inline]
    pub fn are_in(&self, text: &[u8]) -> bool {
        self.given.iter().chain(&self.learnt).any(|value| value.find(text).is_some())
    }

    /// Forgets what was learnt.
    pub fn forget(&mut self) {
        std::mem::swap(&mut self.learnt, &mut self.forgotten);
        self.learnt.clear();
    }

    fn learn_value(&mut self, value: &[u8]) {
        // `Bearer t-..` and `sid=..; lang=zh` may stand elsewhere in part.
        let parts = value.split(|byte| matches!(byte, b' ' | b';')).map(|part| {
            let name = part.iter().position(|byte| *byte == b'=').filter(|at| *at + 1 < part.len());
            &part[name.map_or(0, |at| at + 1)..]
        });
        for value in std::iter::once(value).chain(parts).map(<[u8]>::trim_ascii) {
            let room = self.learnt.len() < MOST;
            if room && is_telling(value) && !self.learnt.iter().any(|known| known.needle() == value) {
                let again = self.forgotten.iter().position(|known| known.needle() == value);
                let finder = again.map(|at| self.forgotten.swap_remove(at));
                self.learnt.push(finder.unwrap_or_else(|| Finder::new(value).into_owned()));
            }
        }
    }

    /// Where the values stand in a text without escapes.
    fn find_values(&self, text: &[u8], found: &mut Vec<Range<usize>>) {
        for value in self.given.iter().chain(&self.learnt) {
            let length = value.needle().len();
            if length <= text.len() {
                found.extend(value.find_iter(text).map(|at| at..at + length));
            }
        }
    }

    /// Where secrets stand, each byte once, and what is left of each.
    fn find(&self, text: &[u8]) -> Vec<(Range<usize>, String)> {
        let mut found = Vec::new();
        if keys::has_none(text) {
            let mut values = Vec::new();
            self.find_values(text, &mut values);
            found.extend(values.into_iter().map(|value| (value.clone(), mask_bytes(&text[value]))));
        } else {
            for (from, piece) in pieces(text) {
                let plain = Plain::new(piece);
                let mut values = keys::values(&plain);
                self.find_values(&plain.text, &mut values);
                found.extend(values.into_iter().map(|value| {
                    let raw = plain.raw(value.start, value.end);
                    (raw.start + from..raw.end + from, mask_bytes(&plain.text[value]))
                }));
            }
        }
        found.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
        let mut end = 0;
        found.retain_mut(|(place, _)| {
            place.start = place.start.max(end);
            end = end.max(place.end);
            place.start < place.end
        });
        found
    }

    /// The text without its secrets.
    pub fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.hide_bytes(text.as_bytes()) {
            Cow::Borrowed(_) => Cow::Borrowed(text),
            Cow::Owned(hidden) => Cow::Owned(String::from_utf8_lossy(&hidden).into_owned()),
        }
    }

    /// The bytes without their secrets.
    pub fn hide_bytes<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        let found = self.find(text);
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = Vec::with_capacity(text.len());
        let mut at = 0;
        for (place, mask) in found {
            out.extend_from_slice(&text[at..place.start]);
            out.extend_from_slice(mask.as_bytes());
            at = place.end;
        }
        out.extend_from_slice(&text[at..]);
        Cow::Owned(out)
    }

    /// Puts points over the secrets of a text. It stays as long as it is, with its lines: what points into it still
    /// points at the same.
    pub fn blot(&self, text: &mut [u8]) {
        for (place, mask) in self.find(text) {
            let kept = mask.trim_end_matches('.').as_bytes();
            // Not where the value is written with escapes.
            let kept = if text[place.clone()].starts_with(kept) { kept.len() } else { 0 };
            for byte in text[place].iter_mut().skip(kept) {
                if !matches!(byte, b'\n' | b'\r') {
                    *byte = b'.';
                }
            }
        }
    }
}

/// The text in pieces, and where each begins.
fn pieces(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    (0..text.len()).step_by(PIECE).map(|at| {
        let from = at.saturating_sub(OVERLAP);
        (from, &text[from..text.len().min(at + PIECE)])
    })
}

/// Whether a value can be told from text that only happens to be the same.
fn is_telling(value: &[u8]) -> bool {
    let least = if value.iter().all(u8::is_ascii_digit) { SHORTEST_NUMBER } else { SHORTEST };
    value.len() >= least
        && value.iter().any(|byte| *byte != value[0])
        && !WORDS.iter().any(|word| word.as_bytes().eq_ignore_ascii_case(value))
}

/// A secret as people see it: enough of it to tell two apart, too little to use it.
pub fn mask(secret: &str) -> String {
    mask_bytes(secret.as_bytes())
}

fn mask_bytes(secret: &[u8]) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let shown = match secret {
        // A short one would be given away by its beginning.
        [a, b, c, d, rest @ ..] if rest.len() >= 8 && [a, b, c, d].into_iter().all(plain) => &secret[..4],
        _ => b"",
    };
    String::from_utf8_lossy(shown).into_owned() + "...."
}
