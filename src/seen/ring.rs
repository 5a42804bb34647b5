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
    /// Where it stood.
    pub place: FileLine,
}

/// Where an event stood: the number of its file, and the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FileLine {
    pub file: u32,
    pub line: u32,
}

#[derive(Debug)]
struct Entry {
    hashes: Hashes,
    place: FileLine,
    /// The number of the event before it in each chain.
    before: [u32; 2],
}

/// Remembers the last `size` events.
#[derive(Debug)]
pub(crate) struct Ring {
    size: usize,
    ring: Vec<Entry>,
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
            place: 0,
            number: 1,
            live: 0,
            heads: Default::default(),
        }
    }

    /// Remembers an event, and returns the last one with the same event id and the last one with the same record.
    #[inline]
    pub fn see(&mut self, hashes: Hashes, place: FileLine) -> [Option<Earlier>; 2] {
        if self.size == 0 {
            return [None; 2];
        }
        if self.ring.len() * 2 >= self.heads[0].len() && self.ring.len() < self.size {
            self.widen();
        }
        let [(event, before_event), (record, before_record)] =
            [self.follow(0, hashes.ids[0]), self.follow(1, hashes.ids[1])];
        let before = [before_event, before_record];
        self.put(Entry { hashes, place, before });
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
        self.put(Entry { hashes, place: FileLine::default(), before: [before, self.number] });
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
            let entry = &self.ring[self.index(ago)];
            if entry.hashes.ids[chain] == hash {
                return Some(Earlier { ago, content: entry.hashes.content, place: entry.place });
            }
            (last, number) = (ago, entry.before[chain]);
        }
    }

    /// Gives the newest event another place.
    pub fn set_place(&mut self, place: FileLine) {
        let newest = self.index(1);
        self.ring[newest].place = place;
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

    fn line(at: usize) -> FileLine {
        FileLine { file: 1, line: at as u32 }
    }

    /// The same by comparing with each.
    fn plainly(events: &[Hashes], at: usize, size: usize) -> [Option<Earlier>; 2] {
        [0, 1].map(|chain| {
            let wanted = events[at].ids[chain];
            let oldest = at.saturating_sub(size);
            let found =
                (oldest..at).rev().find(|&other| wanted != 0 && events[other].ids[chain] == wanted)?;
            Some(Earlier { ago: (at - found) as u32, content: events[found].content, place: line(found) })
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
            let events: Vec<Hashes> = ids.iter().enumerate()
                .map(|(at, (event, record))| Hashes { ids: [spread(*event), spread(*record)], content: at as u64 })
                .collect();
            let mut ring = Ring::new(size);
            ring.number = first;
            let mut alone = Ring::new(size);
            alone.number = first;
            for at in 0..events.len() {
                prop_assert_eq!(ring.see(events[at], line(at)), plainly(&events, at, size), "event {}", at);
                prop_assert_eq!(alone.see_id(events[at].ids[0]), plainly(&events, at, size)[0].is_some());
            }
        }
    }
}
