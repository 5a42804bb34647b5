//! What events are sorted by.

use std::cmp::Ordering;
use std::mem::discriminant;
use std::str::FromStr;

use crate::engine::Seen;
use crate::lang::Lang;
use crate::time::Zone;

use super::name::{Got, Name, Part, item};
use super::spot::Spot;
use super::value::{Key, label};

/// What to sort by: `check_time`, or `-check_time` for the last first.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// What is asked of each event.
    pub name: Name,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl FromStr for SortKey {
    type Err = crate::suggest::Unknown;

    fn from_str(text: &str) -> Result<SortKey, Self::Err> {
        let text = text.trim();
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        Ok(SortKey { name: Name::parse(name)?, descending })
    }
}

/// What one event has for each of several sort keys.
pub type Keys = Box<[Option<Key>]>;

impl SortKey {
    /// What an event has for each of several, the first of which counts most. Labels are those of the language.
    pub fn keys(by: &[SortKey], seen: &Seen<'_>, spot: &Spot, lang: Lang, zone: Zone) -> Keys {
        by.iter().map(|by| by.key(seen, spot, lang, zone)).collect()
    }

    /// Which of two comes first: in both directions what is not of the kind of its field stands behind what is, and what
    /// is absent or empty last.
    pub fn compare(a: &Option<Key>, b: &Option<Key>, descending: bool) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) if descending && discriminant(a) == discriminant(b) => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            _ => a.is_none().cmp(&b.is_none()),
        }
    }

    /// The key of an event: without a value none; what is not of the kind of its field is a text. Of a list the first item
    /// that says something counts.
    fn key(&self, seen: &Seen<'_>, spot: &Spot, lang: Lang, zone: Zone) -> Option<Key> {
        let mut key = None;
        self.name.any(seen, spot, |got, part| {
            if got.is_empty() {
                return false;
            }
            let text = |got: &Got<'_>| Key::Text(got.text().into_owned());
            key = Some(match (part, &got) {
                (Part::Label, Got::Json { kind, token, raw, .. }) => match label(item(kind), *token, raw) {
                    Some(label) => Key::Text(label.text(lang).to_owned()),
                    None => text(&got),
                },
                _ => got.key(part, zone).unwrap_or_else(|| text(&got)),
            });
            true
        });
        key
    }
}
