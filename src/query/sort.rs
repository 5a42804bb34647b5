//! What events are sorted by.

use std::str::FromStr;

use crate::engine::Seen;
use crate::time::Zone;

use super::name::Name;
use super::spot::Spot;
use super::value::Key;

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
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        Ok(SortKey { name: Name::parse(name)?, descending })
    }
}

impl SortKey {
    /// The key of an event: without a value none, which comes first; what is not of the kind of its field comes last. Of
    /// a list the first item counts.
    pub fn key(&self, seen: &Seen<'_>, spot: &Spot, zone: Zone) -> Option<Key> {
        let mut key = None;
        self.name.any(seen, spot, |got, part| {
            key = Some(got.key(part, zone).unwrap_or_else(|| Key::Text(got.text().into_owned())));
            true
        });
        key
    }
}
