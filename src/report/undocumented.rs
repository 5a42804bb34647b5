//! How many values are of fields that are not documented: what an export leaves out unless it is asked for.

use std::collections::HashSet;
use std::hash::BuildHasher;

use crate::catalog::{BODY, is_secret_key};
use crate::json::Path;

/// Fields of one document that are told apart.
const TOLD: usize = 4096;

/// Fields that are told apart.
const FIELDS: usize = 10_000;

/// Hashes names; who makes two that collide has one field less counted.
const HASHER: foldhash::fast::FixedState = foldhash::fast::FixedState::with_seed(0);

/// An undocumented field.
#[derive(Clone, Copy, Debug)]
struct Field {
    /// The hash of its name, that of a list without the numbers of items.
    name: u64,
    /// Whether its key is that of a credential.
    secret: bool,
    /// The hash of the name of the list in whose items it stands; in items of items it is of none that has rows.
    list: Option<u64>,
}

/// The undocumented fields of one document.
#[derive(Clone, Debug, Default)]
pub struct Strangers {
    fields: Vec<Field>,
    /// Those beyond.
    more: usize,
}

impl Strangers {
    /// Adds the field at a path.
    #[cold]
    pub(crate) fn add(&mut self, path: &Path<'_>) {
        let dotted = path.dotted();
        let secret = is_secret_key(dotted.rsplit('.').next().unwrap_or_default().as_bytes());
        if self.fields.len() == TOLD {
            self.more += 1;
            return;
        }
        let (name, list) = match dotted.split_once('[') {
            None => (HASHER.hash_one(&dotted), None),
            Some((list, rest)) => {
                let rest = rest.split_once(']').map_or("", |(_, rest)| rest);
                let items = if rest.contains('[') { "" } else { list };
                (HASHER.hash_one((list, rest)), Some(HASHER.hash_one(items)))
            }
        };
        self.fields.push(Field { name, secret, list });
    }

    /// Whether there is none.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.fields.len() + self.more
    }

    /// Forgets all but the first.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.fields.truncate(len);
        self.more = self.more.min(len.saturating_sub(TOLD));
    }
}

/// Values of undocumented fields, counted.
#[derive(Clone, Debug, Default)]
pub struct Undocumented {
    /// How many; but for those whose keys are those of credentials.
    pub values: u64,
    /// How many those are.
    pub secrets: u64,
    /// The hashes of the names of their fields.
    fields: HashSet<u64, foldhash::fast::FixedState>,
}

impl Undocumented {
    /// Counts those of a document. What stands in the items of a list is part of the list, but where each item of this
    /// one has a row.
    pub fn count(&mut self, document: &Strangers, exploded: Option<&str>) {
        let list = exploded.map(|name| match name.starts_with(BODY) && name[BODY.len()..].starts_with('.') {
            true => HASHER.hash_one(name),
            false => HASHER.hash_one(format!("{BODY}.{name}").as_str()),
        });
        for field in document.fields.iter().filter(|field| field.list.is_none() || field.list == list) {
            if field.secret {
                self.secrets += 1;
                continue;
            }
            self.values += 1;
            if self.fields.len() < FIELDS {
                self.fields.insert(field.name);
            }
        }
        self.values += document.more as u64;
    }

    /// Counts what another one did.
    pub fn join(&mut self, other: &Undocumented) {
        self.values += other.values;
        self.secrets += other.secrets;
        let room = FIELDS.saturating_sub(self.fields.len());
        self.fields.extend(other.fields.iter().take(room));
    }

    /// How many fields they are of.
    pub fn fields(&self) -> u64 {
        self.fields.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Segment;

    /// Each step leans on the one before.
    fn walk(parent: &Path<'_>, steps: &[Segment<'_>], strangers: &mut Strangers) {
        match steps {
            [] => strangers.add(parent),
            [first, rest @ ..] => walk(&parent.child(*first), rest, strangers),
        }
    }

    fn told(paths: &[&[Segment<'_>]]) -> Strangers {
        let mut strangers = Strangers::default();
        paths.iter().for_each(|steps| walk(&Path::ROOT, steps, &mut strangers));
        strangers
    }

    #[test]
    fn what_stands_in_a_list_is_lost_where_the_list_has_rows() {
        use Segment::{Index, Key};
        let document = told(&[
            &[Key("event"), Key("device_id")],
            &[Key("event"), Key("changes"), Index(0), Key("x")],
            &[Key("event"), Key("changes"), Index(1), Key("x")],
            &[Key("event"), Key("changes"), Index(1), Key("of"), Index(0), Key("y")],
            &[Key("event"), Key("access_token")],
        ]);
        for (exploded, values, fields) in
            [(None, 1, 1), (Some("changes"), 3, 2), (Some("event.changes"), 3, 2), (Some("of"), 1, 1)]
        {
            let mut counted = Undocumented::default();
            counted.count(&document, exploded);
            assert_eq!((counted.values, counted.fields()), (values, fields), "{exploded:?}");
            assert_eq!(counted.secrets, 1);
        }
    }

    #[test]
    fn a_document_full_of_them_takes_no_more_memory() {
        let mut document = Strangers::default();
        for number in 0..3 * TOLD {
            document.add(&Path::ROOT.child(Segment::Index(number)));
        }
        assert_eq!((document.len(), document.fields.len()), (3 * TOLD, TOLD));
        document.truncate(TOLD + 5);
        assert_eq!(document.len(), TOLD + 5);
        document.truncate(3);
        assert_eq!(document.len(), 3);
    }
}
