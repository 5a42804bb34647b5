//! Texts of the input by small numbers: of people, and of groups.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// Bytes of a text that is kept whole.
const LONGEST: usize = 1000;

/// Texts by small numbers, in the order in which they came. They stand in one text, so that a million are few pieces of
/// memory.
#[derive(Clone, Debug)]
pub struct Names {
    /// Numbers by hashes. Where two texts have the same one, the second has the next that is free.
    numbers: HashMap<u64, u32, foldhash::fast::RandomState>,
    text: String,
    ends: Vec<u32>,
    most: usize,
    room: usize,
}

impl Names {
    /// None yet; there will be no more than these, and of no more bytes together.
    pub fn bounded(most: usize, bytes: u32) -> Names {
        Names {
            numbers: HashMap::default(),
            text: String::new(),
            ends: Vec::new(),
            most,
            room: bytes as usize,
        }
    }

    /// The number of a text by its hash, which is the same for equal texts; `None` where there is no room for another.
    pub fn number(&mut self, mut hash: u64, name: &str) -> Option<u32> {
        while let Some(number) = self.numbers.get(&hash) {
            if self.get(*number) == Some(name) {
                return Some(*number);
            }
            hash = hash.wrapping_add(1);
        }
        let end = self.text.len() + name.len();
        if self.ends.len() >= self.most || end > self.room {
            return None;
        }
        let number = u32::try_from(self.ends.len()).ok()?;
        self.ends.push(u32::try_from(end).ok()?);
        self.numbers.insert(hash, number);
        self.text.push_str(name);
        Some(number)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number.
    pub fn get(&self, number: u32) -> Option<&str> {
        let at = number as usize;
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start as usize..end as usize)
    }
}

/// A text as it is kept: of a long one the beginning, and a hash of all of it, so that no two become one.
pub(super) fn kept(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut kept = format!("{}...", &text[..text.floor_char_boundary(LONGEST)]);
    for byte in &Sha256::digest(text.as_bytes())[..8] {
        let _ = write!(kept, "{byte:02x}");
    }
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_number_and_there_is_an_end() {
        let mut names = Names::bounded(3, 100);
        // Two have the same hash, and a third the next one.
        let numbers = [(7, "a"), (7, "b"), (7, "a"), (8, ""), (7, "b"), (8, "")]
            .map(|(hash, name)| names.number(hash, name));
        assert_eq!(numbers, [0, 1, 0, 2, 1, 2].map(Some));
        assert_eq!((names.number(1, "c"), names.get(3), names.len()), (None, None, 3));
        assert_eq!([0, 1, 2].map(|number| names.get(number)), ["a", "b", ""].map(Some));
    }

    #[test]
    fn names_have_so_many_bytes_together() {
        let mut names = Names::bounded(100, 5);
        assert_eq!(
            [(1, "abc"), (2, "def"), (3, "gh")].map(|(hash, name)| names.number(hash, name)),
            [Some(0), None, Some(1)]
        );
        assert_eq!((names.number(1, "abc"), names.number(4, "i")), (Some(0), None));
    }

    #[test]
    fn long_texts_that_begin_alike_stay_two() {
        let long = "杭".repeat(LONGEST);
        let [a, b] = ["a", "b"].map(|end| kept(&format!("{long}{end}")).into_owned());
        assert!(a.starts_with("杭杭") && a.len() < LONGEST + 20 && a != b, "{a} {b}");
        assert_eq!(kept(&format!("{long}a")), a);
        assert_eq!(kept("short"), "short");
    }
}
