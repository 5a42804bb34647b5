//! What is held back until all keys are known: of a run that keeps the first of them, no more than some times as many.

use std::cmp::Ordering;

use crate::query::{Keys, SortKey};

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
    /// Of each key whether the largest comes first.
    descending: Box<[bool]>,
    most: usize,
    keys: Vec<Keys>,
    /// What is held so far.
    pub held: H,
}

impl<H: Held> Sorted<H> {
    /// Nothing yet, of which the first `most` are to be kept.
    pub fn new(by: &[SortKey], most: u64) -> Sorted<H> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Sorted {
            descending: by.iter().map(|by| by.descending).collect(),
            most,
            keys: Vec::new(),
            held: H::default(),
        }
    }

    /// The keys of what was put behind the others.
    pub fn push(&mut self, keys: Keys) {
        self.keys.push(keys);
        if self.keys.len() > self.most.saturating_mul(2).saturating_add(SPARE) {
            self.settle();
        }
    }

    /// Brings everything in order, and keeps the first of it. What is equal stays in the order of the input.
    pub fn settle(&mut self) {
        let mut order: Vec<usize> = (0..self.keys.len()).collect();
        order.sort_by(|a, b| {
            let pairs = self.keys[*a].iter().zip(&self.keys[*b]).zip(&self.descending);
            pairs.fold(Ordering::Equal, |order, ((a, b), descending)| {
                order.then_with(|| SortKey::compare(a, b, *descending))
            })
        });
        order.truncate(self.most);
        self.keys.pick(&order);
        self.held.pick(&order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Key;

    #[test]
    fn the_first_are_kept_however_many_come_and_equals_stay_in_their_order() {
        for (by, first) in
            [("employee_id", ["0:0", "0:7", "0:14"]), ("-employee_id", ["6:6", "6:13", "6:20"])]
        {
            let mut sorted = Sorted::<Vec<String>>::new(&[by.parse().unwrap()], 3);
            for number in 0..50_000 {
                sorted.held.push(format!("{}:{number}", number % 7));
                sorted.push(Box::new([Some(Key::Text((number % 7).to_string()))]));
                assert!(sorted.held.len() <= SPARE + 7);
            }
            sorted.settle();
            assert_eq!(sorted.held, first);
        }
    }

    #[test]
    fn what_is_equal_by_the_first_key_is_sorted_by_the_next() {
        let by = ["employee_id", "-type"].map(|by| by.parse().unwrap());
        let mut sorted = Sorted::<Vec<(u32, u32)>>::new(&by, 5);
        for number in 0..50_000 {
            let keys = [number % 7, number % 3];
            sorted.held.push(keys.into());
            sorted.push(keys.iter().map(|key| Some(Key::Text(key.to_string()))).collect());
            assert!(sorted.held.len() <= SPARE + 11);
        }
        sorted.settle();
        assert_eq!(sorted.held, [(0, 2); 5]);
        let mut few = Sorted::<Vec<(u32, u32)>>::new(&by, 100);
        for keys in [[1, 0], [0, 1], [1, 2], [0, 0], [1, 1]] {
            few.held.push(keys.into());
            few.push(keys.iter().map(|key| Some(Key::Text(key.to_string()))).collect());
        }
        few.settle();
        assert_eq!(few.held, [(0, 1), (0, 0), (1, 2), (1, 1), (1, 0)]);
    }

    #[test]
    fn the_slowest_began_with_what_has_no_delay() {
        for (by, order) in [("delay", [3, 1, 4, 2, 0, 5]), ("-delay", [1, 3, 4, 2, 0, 5])] {
            let mut sorted = Sorted::<Vec<usize>>::new(&[by.parse().unwrap()], 100);
            let time = |at| Some(Key::Time(crate::time::Millis(at)));
            let text = |text: &str| Some(Key::Text(text.to_owned()));
            for (at, key) in [None, time(2), text("soon"), time(1), text("now"), None].into_iter().enumerate()
            {
                sorted.held.push(at);
                sorted.push(Box::new([key]));
            }
            sorted.settle();
            let texts = if by == "delay" { [4, 2] } else { [2, 4] };
            let order = [&order[..2], &texts, &order[4..]].concat();
            assert_eq!(sorted.held, order, "{by}");
        }
    }
}
