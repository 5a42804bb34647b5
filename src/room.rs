//! How much may be made out of what is read: the one limit on decoded layers, repeated rows of dumps and copies for
//! findings. Without it, 68 bytes of a dump ask for gigabytes.

use std::cell::Cell;
use std::rc::Rc;

/// Honest texts shrink when they are taken out of what they are wrapped in, or grow by a fraction. Several layers may
/// be there at once, and a copy for findings.
const TIMES: usize = 4;

/// What may be made of any text, however short.
const LEAST: usize = 64 << 10;

/// The bytes that may be there at once, made out of one document. Clones share it.
#[derive(Clone, Debug)]
pub struct Room(Rc<Cell<usize>>);

impl Room {
    /// Room for what is made out of `length` bytes, of which `limit` (`--max-document`) is the most.
    pub fn new(length: usize, limit: usize) -> Room {
        Room(Rc::new(Cell::new(limit.min(LEAST.saturating_add(length.saturating_mul(TIMES))))))
    }

    /// How many bytes there is room for.
    pub fn left(&self) -> usize {
        self.0.get()
    }

    /// Takes room for so many bytes until the share is dropped; `None` where there is not enough.
    pub fn take(&self, bytes: usize) -> Option<Share> {
        self.0.set(self.0.get().checked_sub(bytes)?);
        Some(Share { room: self.clone(), bytes })
    }
}

/// Room that is taken.
#[derive(Debug)]
pub struct Share {
    room: Room,
    bytes: usize,
}

impl Drop for Share {
    fn drop(&mut self) {
        self.room.0.set(self.room.0.get() + self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_given_back_and_never_more_than_the_limit() {
        let room = Room::new(10, 100);
        let first = room.take(60).unwrap();
        assert!(room.take(41).is_none());
        assert_eq!(room.left(), 40);
        drop(first);
        assert_eq!(room.left(), 100);
        assert_eq!(Room::new(1 << 20, usize::MAX).left(), LEAST + (TIMES << 20));
    }
}
