//! The last events of a stream by their hashes: which of them had the same event id, or told of the same record.
//!
//! A ring of entries and, for each of the two hashes, chains through it: `heads` holds the newest entry of each
//! chain, every entry the one before it. Numbers only grow along a stream, so a chain ends at the first entry that is
//! too old, and nothing is ever deleted.

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
}

#[derive(Debug)]
struct Entry {
    hashes: Hashes,
    /// The number of the event before it in each chain.
    before: [u32; 2],
}

/// Remembers the last `size` events.
#[derive(Debug)]
pub(crate) struct Recent {
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

impl Recent {
    pub fn new(size: usize) -> Recent {
        Recent {
            size: size.min(MOST),
            ring: Vec::new(),
            place: 0,
            number: 0,
            live: 0,
            heads: Default::default(),
        }
    }

    /// Forgets everything, but not the memory for it.
    pub fn clear(&mut self) {
        self.live = 0;
    }

    /// Remembers an event, and returns the last one with the same event id and the last one with the same record.
    #[inline]
    pub fn see(&mut self, hashes: Hashes) -> [Option<Earlier>; 2] {
        if self.size == 0 {
            return [None; 2];
        }
        if self.ring.len() * 2 >= self.heads[0].len() && self.ring.len() < self.size {
            self.widen();
        }
        let found = [self.find(0, hashes.ids[0]), self.find(1, hashes.ids[1])];
        let before = [self.link(0, hashes.ids[0]), self.link(1, hashes.ids[1])];
        let entry = Entry { hashes, before };
        match self.ring.get_mut(self.place) {
            Some(old) => *old = entry,
            None => self.ring.push(entry),
        }
        self.place = if self.place + 1 == self.size { 0 } else { self.place + 1 };
        self.number = self.number.wrapping_add(1);
        self.live = (self.live + 1).min(self.size as u32);
        found
    }

    /// The newest event of a chain that has this hash.
    #[inline]
    fn find(&self, chain: usize, hash: u64) -> Option<Earlier> {
        let mut number = self.heads[chain][self.bucket(hash)];
        let mut last = 0;
        loop {
            let ago = self.number.wrapping_sub(number);
            if ago <= last || ago > self.live || hash == 0 {
                return None;
            }
            let entry = self.entry(ago);
            if entry.hashes.ids[chain] == hash {
                return Some(Earlier { ago, content: entry.hashes.content });
            }
            (last, number) = (ago, entry.before[chain]);
        }
    }

    /// Makes the next event the newest of its chain, and returns the number of the one before.
    #[inline]
    fn link(&mut self, chain: usize, hash: u64) -> u32 {
        if hash == 0 {
            // In no chain, so nothing comes through it.
            return self.number;
        }
        let bucket = self.bucket(hash);
        std::mem::replace(&mut self.heads[chain][bucket], self.number)
    }

    #[inline]
    fn entry(&self, ago: u32) -> &Entry {
        let ago = ago as usize;
        let at = if ago <= self.place { self.place - ago } else { self.place + self.size - ago };
        &self.ring[at]
    }

    #[inline]
    fn bucket(&self, hash: u64) -> usize {
        // A power of two, so that this is a mask.
        hash as usize & (self.heads[0].len() - 1)
    }

    /// Doubles the chains, so that they stay short as the ring grows.
    #[cold]
    fn widen(&mut self) {
        let count = (self.heads[0].len() * 2).max(FEW);
        // Older than all that is live, now and later.
        let nothing = self.number.wrapping_sub(self.live + 1);
        self.heads = [vec![nothing; count], vec![nothing; count]];
        // The ring is not full, so it begins at its beginning.
        for at in self.place - self.live as usize..self.place {
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

    /// The same by comparing with each.
    fn plainly(events: &[Hashes], at: usize, size: usize, since: usize) -> [Option<Earlier>; 2] {
        [0, 1].map(|chain| {
            let wanted = events[at].ids[chain];
            let oldest = at.saturating_sub(size).max(since);
            let found =
                (oldest..at).rev().find(|&other| wanted != 0 && events[other].ids[chain] == wanted)?;
            Some(Earlier { ago: (at - found) as u32, content: events[found].content })
        })
    }

    proptest! {
        #[test]
        fn finds_what_comparing_with_each_finds(
            ids in prop::collection::vec((0..40u64, 0..40u64), 0..3000),
            size in prop_oneof![0..9usize, Just(700), Just(5000)],
            clear in 0..3000usize,
            first in prop_oneof![Just(0u32), Just(u32::MAX - 900)],
        ) {
            // Hashes that share buckets, some of them the same.
            let spread = |id: u64| id * 0x1001;
            let events: Vec<Hashes> = ids.iter().enumerate()
                .map(|(at, (event, record))| Hashes { ids: [spread(*event), spread(*record)], content: at as u64 })
                .collect();
            let mut recent = Recent::new(size);
            recent.number = first;
            let mut since = 0;
            for at in 0..events.len() {
                if at == clear {
                    recent.clear();
                    since = at;
                }
                prop_assert_eq!(recent.see(events[at]), plainly(&events, at, size, since), "event {}", at);
            }
        }
    }
}
