//! What is taken of the events that are wanted: so many, each once. Asked in the order of the input.

use crate::seen::events::{Hashes, Window};

use super::args::TakeArgs;

/// What is taken of a run.
#[derive(Debug)]
pub struct Taking {
    /// Of those that are told from repeats, if any are.
    window: Option<Window>,
    left: u64,
}

impl Taking {
    /// Nothing has been taken yet.
    pub fn new(args: &TakeArgs) -> Taking {
        Taking { window: args.dedupe.then(|| Window::new(args.window)), left: args.limit.unwrap_or(u64::MAX) }
    }

    /// Whether the next one is taken; `delivery` is needed only where repeats are left out.
    pub fn takes(&mut self, delivery: Option<Hashes>) -> bool {
        if self.left == 0 {
            return false;
        }
        let repeat = match (&mut self.window, delivery) {
            (Some(window), Some(hashes)) => window.is_repeat(hashes),
            _ => false,
        };
        self.left -= u64::from(!repeat);
        !repeat
    }

    /// Whether none is taken any more.
    pub fn is_done(&self) -> bool {
        self.left == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_do_not_count() {
        let hashes = |id, content| Some(Hashes { ids: [id, 0], content });
        let args = |dedupe| TakeArgs { limit: Some(2), dedupe, ..TakeArgs::default() };
        for (dedupe, taken) in [(true, [true, false, true, false]), (false, [true, true, false, false])] {
            let mut taking = Taking::new(&args(dedupe));
            let events = [hashes(1, 1), hashes(1, 1), hashes(1, 2), hashes(2, 3)];
            assert_eq!(events.map(|event| taking.takes(event)), taken);
            assert!(taking.is_done());
        }
        let mut all = Taking::new(&TakeArgs::default());
        assert!(all.takes(None) && !all.is_done());
        assert!(Taking::new(&TakeArgs { limit: Some(0), ..TakeArgs::default() }).is_done());
    }
}
