//! What documents were recognised as, counted: their forms, what they had to be taken out of, how they stand; and what
//! was passed over around them.

use crate::container::{Form, FormInfo};
use crate::engine::Seen;
use crate::lang::{Lang, say};
use crate::origin::Origin;

use super::frame::Item;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    form: Form,
    origin: Origin,
    item: bool,
}

/// What was passed over: text around documents, and documents that are none of ours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PassedOver {
    /// Lines that hold nothing else; blank ones are not counted.
    pub lines: u64,
    /// Whether any of them looks like JSON: it has an object in it, whole or broken.
    pub json: bool,
    /// What the stream is, as far as was seen before it was too long to be kept and with nothing found in it.
    pub about: Option<&'static FormInfo>,
}

impl PassedOver {
    /// Adds what was passed over elsewhere, later.
    pub fn add(&mut self, other: &PassedOver) {
        self.lines += other.lines;
        self.json |= other.json;
        self.about = self.about.or(other.about);
    }
}

/// How many documents there were of each kind, and what was passed over.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    /// The kind that was seen last first.
    kinds: Vec<(Kind, u64)>,
    /// What is none of them.
    pub passed_over: PassedOver,
}

impl Stats {
    /// Whether there was no document.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Counts a document.
    #[inline]
    pub fn count(&mut self, seen: &Seen<'_>, item: Option<Item>) {
        let kind = Kind { form: seen.form, origin: seen.origin, item: item.is_some() };
        match self.kinds.first_mut() {
            Some((last, count)) if *last == kind => *count += 1,
            _ => self.count_other(kind, 1),
        }
    }

    #[cold]
    fn count_other(&mut self, kind: Kind, more: u64) {
        match self.kinds.iter().position(|(known, _)| *known == kind) {
            Some(at) => {
                self.kinds[at].1 += more;
                self.kinds.swap(0, at);
            }
            None => self.kinds.insert(0, (kind, more)),
        }
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: &Stats) {
        for (kind, count) in &other.kinds {
            self.count_other(*kind, *count);
        }
        self.passed_over.add(&other.passed_over);
    }

    /// In words, the most frequent kind first: `12 × a v2 event (decrypted)`.
    pub fn words(&self, lang: Lang) -> impl Iterator<Item = String> {
        let mut kinds = self.kinds.clone();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        kinds.into_iter().map(move |(Kind { form, origin, item }, count)| {
            let name = form.about().name.text(lang);
            // A number takes the place of Chinese `一个`.
            let name = name.strip_prefix("一个").map_or(name, str::trim_start);
            let array = item.then(|| say!(lang, "数组里", "in an array"));
            let taken = (!origin.is_plain()).then(|| origin.words(lang));
            let how: Vec<String> = array.into_iter().chain(taken).collect();
            match how.is_empty() {
                true => format!("{count} × {name}"),
                false => {
                    let [zh, en] = ["，", ", "].map(|comma| how.join(comma));
                    say!(lang, "{count} × {name}（{zh}）", "{count} × {name} ({en})")
                }
            }
        })
    }
}
