//! Names of event types: those of the platform stay, and what may be somebody's own does not.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::catalog::{EVENTS, UNLISTED, is_known_v1};
use crate::engine::CHALLENGE;
use crate::rules::form::is_slip_of_known;

use super::keyed::Keyed;

/// So often another stand-in is looked for, until one is no slip of a known name.
const TURNS: u8 = 8;

impl Keyed {
    /// A name that is known, or a slip of one, as it is; of any other the words that known names have as well, so that a
    /// new sibling can be told, and stand-ins for the others. `None` for what looks like no name.
    pub fn type_name(&self, name: &str) -> Option<String> {
        if is_known_v1(name) || name == CHALLENGE || is_slip_of_known(name) {
            return Some(name.to_owned());
        }
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)) {
            return None;
        }
        let named = |turn| {
            let word = |word: &str| match is_known(word) {
                true => word.to_owned(),
                false => self.word(turn, word).unwrap_or_default(),
            };
            let words = name.split_inclusive(['.', '_', '-']).map(|part| {
                let (text, sign) = part.split_at(part.trim_end_matches(['.', '_', '-']).len());
                word(text) + sign
            });
            words.collect::<String>()
        };
        let fits = |other: &String| !is_known_v1(other) && !is_slip_of_known(other);
        (0..TURNS).map(named).find(fits)
    }
}

/// Whether a word stands in the name of a known type, or is a version.
fn is_known(word: &str) -> bool {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let names = EVENTS.iter().map(|event| event.name).chain(UNLISTED.iter().map(|known| known.name));
        names.flat_map(|name| name.split(['.', '_', '-'])).collect()
    });
    let is_version =
        |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    words.contains(word) || word.strip_prefix('v').is_some_and(is_version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_platforms_in_a_name_stays() {
        let keyed = Keyed::new(b"a key");
        for name in [
            "attendance.user_flow.created_v1",
            "attendance.user_flow.create_v1",
            "attendance.user_flow.created_v2",
            "im.message.deleted_v1",
            "url_verification",
            "out_approval",
            "",
        ] {
            assert_eq!(keyed.type_name(name).as_deref(), Some(name));
        }
        for (name, start, end) in [
            ("example.parcel.delivered_v1", "", "_v1"),
            ("attendance.acme_flow.created_v1", "attendance.", "_flow.created_v1"),
        ] {
            let other = keyed.type_name(name).unwrap();
            assert!(other.starts_with(start) && other.ends_with(end) && other != name, "{other}");
            assert_eq!(other.matches('.').count(), name.matches('.').count());
        }
        assert_eq!(keyed.type_name("Acme Parcels"), None);
    }
}
