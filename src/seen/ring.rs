//! The last events of a stream by their hashes: which of them had the same event id, or told of the same record.
//!
//! A ring of entries and, for each of the two hashes, chains through it: `heads` holds the newest entry of each
//! chain, every entry the one before it. Numbers only grow along a stream, so a chain ends at the first entry that is
//! too old, and nothing is ever deleted. They begin with 1, so that 0 is older than all: memory comes filled with it.

/// An event, as far as comparing goes. A hash of 0 is that of nothing.
#[derive(Clone, Copy, Debug)]
pub struct Hashes {
    /// Of `event_id`, and of the id of the record behind the event.
    pub(crate) ids: [u64; 2],
    /// Of the whole document.
    pub(crate) content: u64,
}

/// An event that came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Earlier {
    /// How many events ago it came; 1 for the one just before.
    pub ago: u32,
    /// The hash of its content.
    pub content: u64,
    /// Where the first of them stood, as far back as was remembered.
    pub first: Spot,
}

/// Where an id stood: the number of its file, the line, and the last 32 bits of how many bytes of the file are before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    pub file: u32,
    pub line: u32,
    pub offset: u32,
}

#[derive(Debug)]
struct Entry {
    hashes: Hashes,
    /// The number of the event before it in each chain.
    before: [u32; 2],
}

/// Remembers the last `size` events.
#[derive(Debug)]
pub(crate) struct Ring {
    size: usize,
    ring: Vec<Entry>,
    /// Where each id of these events stood first; empty where nobody is told.
    firsts: Vec<[Spot; 2]>,
    /// Where the next event goes.
    place: usize,
    /// Its number. It may wrap: a number that is meant to be 2^32 older leads to an event of another chain, whose hash
    /// is another.
    number: u32,
    /// Events that may still be found.
    live: u32,
    heads: [Vec<u32>; 2],
}

/// The first size of `heads`.
const FEW: usize = 1 << 10;

/// More events than fit any memory, and few enough for 32 bits.
const MOST: usize = 1 << 31;

impl Ring {
    pub fn new(size: usize) -> Ring {
        Ring {
            size: size.min(MOST),
            ring: Vec::new(),
            firsts: Vec::new(),
            place: 0,
            number: 1,
            live: 0,
            heads: Default::default(),
        }
    }

    /// Remembers an event, and returns the last one with the same event id and the last one with the same record. Its
    /// ids stand at these places, which are given for all events or for none.
    #[inline]
    pub fn see(&mut self, hashes: Hashes, spots: Option<[Spot; 2]>) -> [Option<Earlier>; 2] {
        if self.size == 0 {
            return [None; 2];
        }
        if self.ring.len() * 2 >= self.heads[0].len() && self.ring.len() < self.size {
            self.widen();
        }
        let [(event, before_event), (record, before_record)] =
            [self.follow(0, hashes.ids[0]), self.follow(1, hashes.ids[1])];
        let before = [before_event, before_record];
        if let Some([event_spot, record_spot]) = spots {
            // An event with other content is another one; and files are compared by their events alone.
            let event_first = event.filter(|earlier| earlier.content == hashes.content);
            let record_first = record.filter(|earlier| earlier.first.file == record_spot.file);
            let firsts = [
                event_first.map_or(event_spot, |earlier| earlier.first),
                record_first.map_or(record_spot, |earlier| earlier.first),
            ];
            match self.firsts.get_mut(self.place) {
                Some(old) => *old = firsts,
                None => self.firsts.push(firsts),
            }
        }
        self.put(Entry { hashes, before });
        [event, record]
    }

    /// Remembers an event by its id alone, and says whether one with the same id is remembered.
    #[inline]
    pub fn see_id(&mut self, id: u64) -> bool {
        if self.size == 0 {
            return false;
        }
        if self.ring.len() * 2 >= self.heads[0].len() && self.ring.len() < self.size {
            self.widen();
        }
        let (earlier, before) = self.follow(0, id);
        let hashes = Hashes { ids: [id, 0], content: 0 };
        self.put(Entry { hashes, before: [before, self.number] });
        earlier.is_some()
    }

    /// Puts the newest event in the place of the oldest.
    #[inline]
    fn put(&mut self, entry: Entry) {
        match self.ring.get_mut(self.place) {
            Some(old) => *old = entry,
            None => self.ring.push(entry),
        }
        self.place = if self.place + 1 == self.size { 0 } else { self.place + 1 };
        self.number = self.number.wrapping_add(1);
        self.live = (self.live + 1).min(self.size as u32);
    }

    /// Makes the next event the newest of its chain, and returns the last one with the same hash, and the number of the
    /// one before in the chain.
    #[inline]
    fn follow(&mut self, chain: usize, hash: u64) -> (Option<Earlier>, u32) {
        if hash == 0 {
            // In no chain, so nothing comes through it.
            return (None, self.number);
        }
        let bucket = self.bucket(hash);
        let before = std::mem::replace(&mut self.heads[chain][bucket], self.number);
        (self.find(chain, hash, before), before)
    }

    /// The newest event that has this hash, along the chain from this number on.
    #[inline]
    fn find(&self, chain: usize, hash: u64, mut number: u32) -> Option<Earlier> {
        let mut last = 0;
        loop {
            let ago = self.number.wrapping_sub(number);
            if ago <= last || ago > self.live {
                return None;
            }
            let index = self.index(ago);
            let entry = &self.ring[index];
            if entry.hashes.ids[chain] == hash {
                let first = self.firsts.get(index).map_or_else(Spot::default, |firsts| firsts[chain]);
                return Some(Earlier { ago, content: entry.hashes.content, first });
            }
            (last, number) = (ago, entry.before[chain]);
        }
    }

    /// The number of the next event.
    pub fn number(&self) -> u32 {
        self.number
    }

    #[inline]
    fn index(&self, ago: u32) -> usize {
        let ago = ago as usize;
        if ago <= self.place { self.place - ago } else { self.place + self.size - ago }
    }

    #[inline]
    fn bucket(&self, hash: u64) -> usize {
        // A power of two, so that this is a mask.
        hash as usize & (self.heads[0].len() - 1)
    }

    /// Makes more chains, so that they stay short as the ring grows.
    #[cold]
    fn widen(&mut self) {
        let most = self.size.next_power_of_two().saturating_mul(2);
        let count = (self.heads[0].len() * 4).min(most).max(FEW);
        self.heads = [vec![0; count], vec![0; count]];
        // The ring is not full, so it begins at its beginning.
        for at in 0..self.place {
            let number = self.number.wrapping_sub((self.place - at) as u32);
            for chain in 0..2 {
                let hash = self.ring[at].hashes.ids[chain];
                if hash != 0 {
                    let bucket = self.bucket(hash);
                    self.ring[at].before[chain] = std::mem::replace(&mut self.heads[chain][bucket], number);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(at: usize) -> u32 {
        at as u32 / 500
    }

    fn spots(at: usize) -> [Spot; 2] {
        [1, 2].map(|offset| Spot { file: file(at), line: at as u32, offset })
    }

    /// The same by comparing with each.
    fn plainly(events: &[Hashes], at: usize, size: usize) -> [Option<Earlier>; 2] {
        [0, 1].map(|chain| {
            let wanted = events[at].ids[chain];
            let oldest = at.saturating_sub(size);
            let same = |other: &usize| wanted != 0 && events[*other].ids[chain] == wanted;
            let found = (oldest..at).rev().find(same)?;
            // One that comes again is remembered with where it came first, though that is forgotten.
            let is_first_of = |other: usize, last: usize| match chain {
                0 => events[other].content == events[last].content,
                _ => file(other) == file(last),
            };
            let mut first = found;
            while let Some(other) = (first.saturating_sub(size)..first).rev().find(same)
                && is_first_of(other, first)
            {
                first = other;
            }
            let first = spots(first)[chain];
            Some(Earlier { ago: (at - found) as u32, content: events[found].content, first })
        })
    }

    proptest! {
        #[test]
        fn finds_what_comparing_with_each_finds(
            ids in prop::collection::vec((0..40u64, 0..40u64), 0..3000),
            size in prop_oneof![0..9usize, Just(700), Just(5000)],
            first in prop_oneof![Just(0u32), Just(u32::MAX - 900)],
        ) {
            // Hashes that share buckets, some of them the same.
            let spread = |id: u64| id * 0x1001;
            let events: Vec<Hashes> = ids.iter()
                .map(|(event, record)| Hashes { ids: [spread(*event), spread(*record)], content: record % 2 })
                .collect();
            let mut ring = Ring::new(size);
            ring.number = first;
            let mut alone = Ring::new(size);
            alone.number = first;
            for at in 0..events.len() {
                prop_assert_eq!(ring.see(events[at], Some(spots(at))), plainly(&events, at, size), "event {}", at);
                prop_assert_eq!(alone.see_id(events[at].ids[0]), plainly(&events, at, size)[0].is_some());
            }
        }
    }
}
