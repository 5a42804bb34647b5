//! What people did on each day. This grows with the capture, and it has a bound.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

type Hashes = foldhash::fast::RandomState;

/// So many days of people are.
pub const MOST_DAYS: usize = 1 << 22;

/// What somebody did on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonDay {
    /// Of the first punch, in seconds since midnight.
    pub first: u32,
    /// Of the last one.
    pub last: u32,
    /// How many there were.
    pub punches: u32,
}

/// Days of people.
#[derive(Clone, Debug, Default)]
pub struct PersonDays {
    /// What each did, day by day: captures are about in the order of time, and the people of a day stay in the cache.
    days: Vec<(i32, HashMap<u32, PersonDay, Hashes>)>,
    /// Where each day is.
    places: HashMap<i32, usize, Hashes>,
    /// That of the last punch.
    last: usize,
    count: usize,
    /// Whether there were more than are kept.
    pub full: bool,
}

impl PersonDays {
    /// Counts a punch of a person on a day (since 1970), so many seconds after midnight.
    pub fn add(&mut self, person: u32, day: i32, second: u32) {
        let full = self.count >= MOST_DAYS;
        if self.days.get(self.last).is_none_or(|(last, _)| *last != day) {
            if full && !self.places.contains_key(&day) {
                self.full = true;
                return;
            }
            let next = self.days.len();
            self.last = *self.places.entry(day).or_insert(next);
            if self.last == next {
                self.days.push((day, HashMap::default()));
            }
        }
        let people = &mut self.days[self.last].1;
        match people.entry(person) {
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.first = known.first.min(second);
                known.last = known.last.max(second);
                known.punches = known.punches.saturating_add(1);
            }
            Entry::Vacant(_) if full => self.full = true,
            Entry::Vacant(new) => {
                new.insert(PersonDay { first: second, last: second, punches: 1 });
                self.count += 1;
            }
        }
    }

    /// Every one, in no order: the person, the day, what was done.
    pub fn all(&self) -> impl Iterator<Item = (u32, i32, PersonDay)> {
        self.days.iter().flat_map(|(day, people)| people.iter().map(|(person, did)| (*person, *day, *did)))
    }

    /// How many people there are on each day.
    pub fn people(&self) -> impl Iterator<Item = (i32, u64)> {
        self.days.iter().map(|(day, people)| (*day, people.len() as u64))
    }

    /// What somebody did on one of them.
    pub fn get(&self, person: u32, day: i32) -> Option<PersonDay> {
        self.days[*self.places.get(&day)?].1.get(&person).copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count
    }
}

/// So many of each minute of the day, of which quantiles are exact to the minute.
#[derive(Clone, Debug)]
pub struct Minutes {
    counts: Box<[u64; 1440]>,
    count: u64,
}

impl Default for Minutes {
    fn default() -> Minutes {
        Minutes { counts: Box::new([0; 1440]), count: 0 }
    }
}

impl Minutes {
    /// Counts a second of the day.
    pub fn add(&mut self, second: u32) {
        self.counts[(second as usize / 60).min(1439)] += 1;
        self.count += 1;
    }

    /// How many of each quarter of an hour.
    pub fn quarters(&self) -> Vec<u64> {
        self.counts.chunks(15).map(|quarter| quarter.iter().sum()).collect()
    }

    /// The minute that `part` of all are not after, by nearest rank.
    pub fn at(&self, part: f64) -> Option<u32> {
        if self.count == 0 {
            return None;
        }
        let mut left = super::quantiles::rank(self.count, part);
        for (minute, count) in (0..).zip(self.counts.iter()) {
            if *count >= left {
                return Some(minute);
            }
            left -= count;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_knows_its_ends() {
        let mut days = PersonDays::default();
        [(1, 5, 40), (1, 5, 7), (1, 6, 9), (1, 5, 50)]
            .into_iter()
            .for_each(|(who, day, at)| days.add(who, day, at));
        let mut all: Vec<_> = days.all().collect();
        all.sort_by_key(|(who, day, _)| (*who, *day));
        assert_eq!(all[0], (1, 5, PersonDay { first: 7, last: 50, punches: 3 }));
        assert_eq!(all[1], (1, 6, PersonDay { first: 9, last: 9, punches: 1 }));
    }

    #[test]
    fn quantiles_of_minutes_are_by_nearest_rank() {
        let mut minutes = Minutes::default();
        assert_eq!(minutes.at(0.5), None);
        (0..10).for_each(|minute| minutes.add(minute * 60 + 59));
        assert_eq!([0.0, 0.1, 0.5, 0.51, 1.0].map(|part| minutes.at(part)), [0, 0, 4, 5, 9].map(Some));
    }
}
