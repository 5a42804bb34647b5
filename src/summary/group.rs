//! Events by what they have in common: `--by employee_id,day`.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::json::Decimal;

use super::key::{BETWEEN, By, LABELLED};
use super::names::Names;

/// So many groups are told apart, by names of so many bytes together.
const MOST: usize = 1 << 20;
const NAME_BYTES: u32 = 1 << 27;

/// So many people are counted in groups beyond the first one of each, and so many ways.
const MOST_PEOPLE: usize = 1 << 22;
const MOST_WAYS: usize = 1 << 22;

/// No person, or no way.
const NONE: u32 = u32::MAX;

/// The events of a group. There may be a million groups: what few of them need stands in [`Groups`].
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// How many.
    pub events: u64,
    /// Punches of which a reader should be warned.
    pub risky: u64,
    /// Punches in the field.
    pub field: u64,
    /// When the first of them happened, and the last; the other way round where none says so.
    first: i64,
    last: i64,
    /// The first person.
    person: u32,
    people: u32,
    /// The first of its ways.
    ways: u32,
}

impl Group {
    const EMPTY: Group = Group {
        events: 0,
        risky: 0,
        field: 0,
        first: i64::MAX,
        last: i64::MIN,
        person: NONE,
        people: 0,
        ways: NONE,
    };

    /// When the first of them happened, and the last, in milliseconds.
    pub fn times(&self) -> Option<[i64; 2]> {
        (self.first <= self.last).then_some([self.first, self.last])
    }

    /// How many people's they are.
    pub fn people(&self) -> u32 {
        self.people
    }
}

/// A way in which punches of a group were made.
#[derive(Clone, Copy, Debug)]
struct Way {
    count: u64,
    /// Its place among the values of the field.
    value: u8,
    /// The next one of the group.
    next: u32,
}

/// All groups.
#[derive(Clone, Debug)]
pub struct Groups {
    keys: Names,
    groups: Vec<Group>,
    /// People of a group, but for its first one.
    people: HashSet<(u32, u32), foldhash::fast::RandomState>,
    ways: Vec<Way>,
    /// Events that are in none, for there were too many.
    pub left_out: u64,
    /// Whether a group has more people or ways than are counted.
    pub crowded: bool,
}

impl Default for Groups {
    fn default() -> Groups {
        Groups {
            keys: Names::bounded(MOST, NAME_BYTES),
            groups: Vec::new(),
            people: HashSet::default(),
            ways: Vec::new(),
            left_out: 0,
            crowded: false,
        }
    }
}

impl Groups {
    /// The number of the group of this name, by its hash; `None` where there are too many.
    pub(super) fn number(&mut self, hash: u64, key: &str) -> Option<u32> {
        let number = self.keys.number(hash, key)?;
        if self.groups.len() < self.keys.len() {
            self.groups.push(Group::EMPTY);
        }
        Some(number)
    }

    /// Counts an event of a person at a time, in milliseconds.
    pub(super) fn add(&mut self, number: u32, person: Option<u32>, at: Option<i64>) -> &mut Group {
        let group = &mut self.groups[number as usize];
        group.events += 1;
        if let Some(at) = at {
            (group.first, group.last) = (group.first.min(at), group.last.max(at));
        }
        match person {
            Some(person) if group.people == 0 => (group.person, group.people) = (person, 1),
            Some(person) if group.person != person => {
                if self.people.len() < MOST_PEOPLE {
                    group.people += u32::from(self.people.insert((number, person)));
                } else {
                    self.crowded |= !self.people.contains(&(number, person));
                }
            }
            _ => {}
        }
        group
    }

    /// Counts a way in which a punch of a group was made, by the place of the value.
    pub(super) fn add_way(&mut self, number: u32, value: u8) {
        let group = &mut self.groups[number as usize];
        let (mut at, mut last) = (group.ways, NONE);
        while let Some(way) = self.ways.get_mut(at as usize) {
            if way.value == value {
                way.count += 1;
                return;
            }
            (last, at) = (at, way.next);
        }
        if self.ways.len() >= MOST_WAYS {
            self.crowded = true;
            return;
        }
        let new = self.ways.len() as u32;
        self.ways.push(Way { count: 1, value, next: NONE });
        match self.ways.get_mut(last as usize) {
            Some(last) => last.next = new,
            None => group.ways = new,
        }
    }

    /// How punches of a group were made: the place of each value, and how often.
    pub(super) fn ways(&self, group: &Group) -> impl Iterator<Item = (u8, u64)> {
        let way = |at: u32| self.ways.get(at as usize);
        std::iter::successors(way(group.ways), move |last| way(last.next)).map(|way| (way.value, way.count))
    }

    /// What the events of a group have in common, and the group.
    pub(super) fn get(&self, number: u32) -> (impl Iterator<Item = &str>, &Group) {
        (self.keys.get(number).unwrap_or_default().split(BETWEEN), &self.groups[number as usize])
    }

    /// Which of so many fields no event of any group has.
    pub(super) fn nowhere(&self, fields: usize) -> Vec<usize> {
        let mut nowhere: Vec<usize> = (0..if self.groups.is_empty() { 0 } else { fields }).collect();
        for number in 0..self.groups.len() as u32 {
            if nowhere.is_empty() {
                break;
            }
            let keys: Vec<&str> = self.get(number).0.collect();
            nowhere.retain(|at| keys.get(*at).is_some_and(|key| key.is_empty()));
        }
        nowhere
    }

    /// The numbers of all groups, in the order of what they have in common, field by field.
    pub(super) fn in_order(&self, by: &[By]) -> Vec<u32> {
        let letters: Vec<bool> = by.iter().map(|by| by.by_letters).collect();
        self.sorted(&letters)
    }

    /// The numbers of all groups by the parts of their names: some in order by their letters, others as numbers.
    fn sorted(&self, letters: &[bool]) -> Vec<u32> {
        let key = |number: u32| self.keys.get(number).unwrap_or_default();
        let parts = |number| key(number).split(BETWEEN);
        // The class, the start and the number of each. To compare the names themselves is to look for them all over the memory.
        let mut all: Vec<u128> = (0..self.groups.len() as u32)
            .map(|number| {
                let part = parts(number).next().unwrap_or_default();
                let (class, start) = start(part, letters.first() == Some(&true));
                u128::from(class) << 96 | u128::from(start) << 32 | u128::from(number)
            })
            .collect();
        all.sort_unstable_by(|a, b| {
            let closer = || {
                let parts = parts(*a as u32).zip(parts(*b as u32)).zip(letters);
                let compared =
                    parts.map(|((a, b), letters)| if *letters { a.cmp(b) } else { by_number(a, b) });
                compared.fold(Ordering::Equal, Ordering::then)
            };
            (a >> 32).cmp(&(b >> 32)).then_with(closer)
        });
        all.into_iter().map(|packed| packed as u32).collect()
    }
}

/// Nothing first, then numbers by their size, then texts by their letters.
fn by_number(a: &str, b: &str) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    let key = |text: &str| {
        let number = Decimal::parse(text.split(LABELLED).next().unwrap_or(text));
        (!text.is_empty(), number.is_none(), number)
    };
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

/// A text as its letters or [`by_number`] have it, but roughly: where that says that one is before another, it is not
/// after it here.
fn start(text: &str, by_letters: bool) -> (u8, u64) {
    let first_letters = || {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from);
        (2, u64::from_be_bytes(bytes))
    };
    if by_letters && !text.is_empty() {
        return first_letters();
    }
    let value = text.split(LABELLED).next().unwrap_or(text);
    let is_plain = value.len() < 20 && value.bytes().all(|byte| byte.is_ascii_digit());
    match value.parse::<u64>() {
        _ if text.is_empty() => (0, 0),
        Ok(number) if is_plain => (1, number),
        _ => match Decimal::parse(value) {
            Some(number) => (1, number.floor()),
            None => first_letters(),
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_hour_ten_comes_after_the_hour_nine() {
        let mut keys = ["10", "9", "a10", "a9", "", "9.5"];
        keys.sort_by(|a, b| by_number(a, b));
        assert_eq!(keys, ["", "9", "9.5", "10", "a10", "a9"]);
    }

    #[test]
    fn people_and_ways_of_a_group_are_counted_once() {
        let mut groups = Groups::default();
        for (key, person, way) in
            [(1, 7, 0), (2, 7, 5), (1, 8, 5), (1, 7, 0), (1, 8, 1), (2, 7, 5), (1, 9, 0)]
        {
            let number = groups.number(key, &key.to_string()).unwrap();
            groups.add(number, Some(person), Some(i64::from(person)));
            groups.add_way(number, way);
        }
        let of = |number| {
            let (_, group) = groups.get(number);
            (group.events, group.people(), group.times(), groups.ways(group).collect::<Vec<_>>())
        };
        assert_eq!(of(0), (5, 3, Some([7, 9]), vec![(0, 3), (5, 1), (1, 1)]));
        assert_eq!(of(1), (2, 1, Some([7, 7]), vec![(5, 2)]));
        assert!(!groups.crowded);
    }

    #[test]
    fn a_group_was_a_kilobyte_and_a_half() {
        let all = size_of::<Group>() + size_of::<Way>();
        assert!(all <= 72, "{all} bytes");
    }

    proptest! {
        #[test]
        fn groups_are_in_order(
            texts in proptest::collection::vec("|-?[0-9]{1,3}|[0-9]{18,22}|0?[0-9]\\.[0-9]|[0-9]e[0-9]{1,2}|[a-c]{1,9}|[0-9]\u{1e}[ab]", 2..20),
        ) {
            let mut groups = Groups::default();
            for (hash, text) in (0..).map(|hash| hash * 100).zip(&texts) {
                groups.number(hash, text);
            }
            let named = |order: &[u32]| order.iter().map(|at| texts[*at as usize].clone()).collect::<Vec<_>>();
            let mut plain: Vec<u32> = (0..texts.len() as u32).collect();
            plain.sort_by(|a, b| by_number(&texts[*a as usize], &texts[*b as usize]));
            prop_assert_eq!(named(&groups.sorted(&[false])), named(&plain));
            plain.sort_by_key(|at| &texts[*at as usize]);
            prop_assert_eq!(named(&groups.sorted(&[true])), named(&plain));
        }
    }
}
