//! Events by what they have in common: `--by employee_id,day`.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::json::Decimal;

use super::choices::Said;
use super::gather::{BETWEEN, LABELLED};
use super::people::Names;

/// So many groups are told apart.
const MOST: usize = 1 << 20;

/// So many people of a group are.
const MOST_PEOPLE: usize = 1 << 16;

/// A moment in milliseconds, and by how many seconds clocks were after UTC then.
pub type LocalMillis = (i64, i32);

/// The events of a group.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// How many.
    pub events: u64,
    /// When the first of them happened, and the last.
    pub times: Option<[LocalMillis; 2]>,
    /// How many are punches.
    pub punches: u64,
    /// How those were made, each way with its count.
    pub ways: Vec<(Said, u64)>,
    /// Punches of which a reader should be warned.
    pub risky: u64,
    /// Punches in the field.
    pub field: u64,
    people: HashSet<u32, foldhash::quality::RandomState>,
}

impl Group {
    /// Counts an event of a person at a time.
    pub(super) fn add(&mut self, person: Option<u32>, at: Option<LocalMillis>) {
        self.events += 1;
        if let Some(at) = at {
            let [first, last] = self.times.unwrap_or([at, at]);
            self.times = Some([first.min(at), last.max(at)]);
        }
        if let Some(person) = person.filter(|_| self.people.len() < MOST_PEOPLE) {
            self.people.insert(person);
        }
    }

    /// Whose events they are: so many people, or more where that is 65,536.
    pub fn people(&self) -> usize {
        self.people.len()
    }
}

/// All groups.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    keys: Names,
    groups: Vec<Group>,
    /// Events that are in none, for there were too many.
    pub left_out: u64,
}

impl Groups {
    /// The number of the group of this name, by its hash.
    pub(super) fn number(&mut self, hash: u64, key: &str) -> Option<u32> {
        self.keys.number(hash, key, MOST)
    }

    /// The group of a number.
    pub(super) fn group(&mut self, number: u32) -> &mut Group {
        let number = number as usize;
        if self.groups.len() <= number {
            self.groups.resize_with(number + 1, Group::default);
        }
        &mut self.groups[number]
    }

    /// Every group with events, in the order of what they have in common.
    pub fn all(&self) -> Vec<(Vec<&str>, &Group)> {
        let keys = self.keys.all().map(|key| key.split(BETWEEN).collect::<Vec<_>>());
        let mut all: Vec<_> = keys.zip(&self.groups).filter(|(_, group)| group.events > 0).collect();
        all.sort_by(|(a, _), (b, _)| {
            let parts = a.iter().zip(b).map(|(a, b)| by_number(a, b));
            parts.fold(Ordering::Equal, Ordering::then)
        });
        all
    }
}

/// Nothing first, then numbers by their size, then texts by their letters.
fn by_number(a: &str, b: &str) -> Ordering {
    let key = |text: &str| {
        let number = Decimal::parse(text.split(LABELLED).next().unwrap_or(text));
        (!text.is_empty(), number.is_none(), number)
    };
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_ten_comes_after_the_hour_nine() {
        let mut keys = ["10", "9", "a10", "a9", "", "9.5"];
        keys.sort_by(|a, b| by_number(a, b));
        assert_eq!(keys, ["", "9", "9.5", "10", "a10", "a9"]);
    }
}
