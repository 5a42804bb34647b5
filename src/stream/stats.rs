//! What documents were recognised as, counted: their forms, what they had to be taken out of, how they stand.

use crate::container::Form;
use crate::engine::Seen;
use crate::origin::Origin;

use super::frame::Item;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    form: Form,
    origin: Origin,
    item: bool,
}

/// How many documents there were of each kind, the kind that was seen last first.
#[derive(Clone, Debug, Default)]
pub struct Stats(Vec<(Kind, u64)>);

impl Stats {
    /// Counts a document.
    #[inline]
    pub fn count(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        let kind = Kind { form: seen.form, origin: seen.origin, item: item.is_some() };
        match self.0.first_mut() {
            Some((last, count)) if *last == kind => *count += 1,
            _ => self.count_other(kind, 1),
        }
    }

    #[cold]
    fn count_other(&mut self, kind: Kind, more: u64) {
        match self.0.iter().position(|(known, _)| *known == kind) {
            Some(at) => {
                self.0[at].1 += more;
                self.0.swap(0, at);
            }
            None => self.0.insert(0, (kind, more)),
        }
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: &Stats) {
        for (kind, count) in &other.0 {
            self.count_other(*kind, *count);
        }
    }

    /// In words, the most frequent kind first: `12 × a v2 event (decrypted)`.
    pub fn words(&self) -> impl Iterator<Item = String> {
        let mut kinds = self.0.clone();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        kinds.into_iter().map(|(Kind { form, origin, item }, count)| {
            let name = form.about().name;
            let array = item.then_some("in an array".to_owned());
            let taken = (!origin.is_plain()).then(|| origin.to_string());
            let how: Vec<String> = array.into_iter().chain(taken).collect();
            match how.is_empty() {
                true => format!("{count} × {name}"),
                false => format!("{count} × {name} ({})", how.join(", ")),
            }
        })
    }
}
