//! What is held back until all keys are known: of a run that keeps the first of them, no more than some times as many.

use crate::query::{Key, SortKey};

/// Rows, or whatever else is sorted, in one place.
pub trait Held: Default {
    /// Keeps those at these places, in this order. None is named twice.
    fn pick(&mut self, order: &[usize]);
}

impl<T: Default> Held for Vec<T> {
    fn pick(&mut self, order: &[usize]) {
        *self = order.iter().map(|at| std::mem::take(&mut self[*at])).collect();
    }
}

/// So many beyond those that will be kept are held before they are sorted out.
const SPARE: usize = 4096;

/// What is sorted.
#[derive(Debug)]
pub struct Sorted<H> {
    descending: bool,
    most: usize,
    keys: Vec<Option<Key>>,
    /// What is held so far.
    pub held: H,
}

impl<H: Held> Sorted<H> {
    /// Nothing yet, of which the first `most` are to be kept.
    pub fn new(by: &SortKey, most: u64) -> Sorted<H> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Sorted { descending: by.descending, most, keys: Vec::new(), held: H::default() }
    }

    /// The key of what was put behind the others.
    pub fn push(&mut self, key: Option<Key>) {
        self.keys.push(key);
        if self.keys.len() > self.most.saturating_mul(2).saturating_add(SPARE) {
            self.settle();
        }
    }

    /// Brings everything in order, and keeps the first of it. What is equal stays in the order of the input.
    pub fn settle(&mut self) {
        let mut order: Vec<usize> = (0..self.keys.len()).collect();
        order.sort_by(|a, b| {
            let order = self.keys[*a].cmp(&self.keys[*b]);
            if self.descending { order.reverse() } else { order }
        });
        order.truncate(self.most);
        self.keys.pick(&order);
        self.held.pick(&order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_kept_however_many_come_and_equals_stay_in_their_order() {
        for (by, first) in
            [("employee_id", ["0:0", "0:7", "0:14"]), ("-employee_id", ["6:6", "6:13", "6:20"])]
        {
            let mut sorted = Sorted::<Vec<String>>::new(&by.parse().unwrap(), 3);
            for number in 0..50_000 {
                sorted.held.push(format!("{}:{number}", number % 7));
                sorted.push(Some(Key::Text((number % 7).to_string())));
                assert!(sorted.held.len() <= SPARE + 7);
            }
            sorted.settle();
            assert_eq!(sorted.held, first);
        }
    }
}
