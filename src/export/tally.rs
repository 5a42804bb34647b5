//! What cells could not say: counted, so that nothing is lost in silence.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A count for each column: of a twin the values that it could not say, of a name the values that it found; and one of the
/// values that were left out as secrets. Only the
/// writer that it belongs to counts; a copy of the writer begins anew.
#[derive(Debug)]
pub(crate) struct Tally {
    counts: Box<[AtomicU64]>,
    withheld: AtomicU64,
    any: AtomicBool,
}

impl Tally {
    pub fn new(columns: usize) -> Tally {
        Tally {
            counts: (0..columns).map(|_| AtomicU64::new(0)).collect(),
            withheld: AtomicU64::new(0),
            any: AtomicBool::new(false),
        }
    }

    pub fn add(&self, column: usize) {
        let count = &self.counts[column];
        self.any.store(true, Ordering::Relaxed);
        count.store(count.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
    }

    /// Counts values that were left out as secrets.
    pub fn withhold(&self, values: usize) {
        if values > 0 {
            self.withheld.store(self.withheld() + values as u64, Ordering::Relaxed);
        }
    }

    /// How many those are.
    pub fn withheld(&self) -> u64 {
        self.withheld.load(Ordering::Relaxed)
    }

    pub fn forget(&mut self) {
        *self.withheld.get_mut() = 0;
        if std::mem::take(self.any.get_mut()) {
            self.counts.iter_mut().for_each(|count| *count.get_mut() = 0);
        }
    }

    /// The counts; none where all are 0.
    pub fn counts(&self) -> impl Iterator<Item = u64> {
        let any = self.any.load(Ordering::Relaxed);
        self.counts.iter().filter(move |_| any).map(|count| count.load(Ordering::Relaxed))
    }
}

impl Clone for Tally {
    fn clone(&self) -> Tally {
        Tally::new(self.counts.len())
    }
}
