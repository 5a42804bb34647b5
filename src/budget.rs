//! How much may be made out of what is read: the one limit on decoded layers, repeated rows of dumps and copies for
//! findings. Without it, 68 bytes of a dump ask for gigabytes.

use std::cell::Cell;
use std::rc::Rc;

/// Honest texts shrink when they are taken out of what they are wrapped in, or grow by a fraction. Several layers may
/// be there at once, and a copy for findings.
const TIMES: usize = 4;

/// What may be made of any text, however short.
const LEAST: usize = 64 << 10;

/// The bytes that may still be made out of one document and be there at once. Clones share it.
#[derive(Clone, Debug)]
pub struct Budget(Rc<Cell<usize>>);

impl Budget {
    /// The budget for what is made out of `length` bytes, of which `limit` (`--max-document`) is the most.
    pub fn new(length: usize, limit: usize) -> Budget {
        Budget(Rc::new(Cell::new(limit.min(LEAST.saturating_add(length.saturating_mul(TIMES))))))
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.0.get()
    }

    /// Takes so many bytes until the share is dropped; `None` where fewer are left.
    pub fn take(&self, bytes: usize) -> Option<Share> {
        self.0.set(self.0.get().checked_sub(bytes)?);
        Some(Share { budget: self.clone(), bytes })
    }
}

/// A part of a budget that is taken, and given back when this is dropped.
#[derive(Debug)]
pub struct Share {
    budget: Budget,
    bytes: usize,
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.0.set(self.budget.0.get() + self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_given_back_and_never_more_than_the_limit() {
        let budget = Budget::new(10, 100);
        let first = budget.take(60).unwrap();
        assert!(budget.take(41).is_none());
        assert_eq!(budget.left(), 40);
        drop(first);
        assert_eq!(budget.left(), 100);
        assert_eq!(Budget::new(1 << 20, usize::MAX).left(), LEAST + (TIMES << 20));
    }
}
