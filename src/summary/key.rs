//! The names of groups: what events have in common, a text for each group.

use std::borrow::Cow;
use std::hash::BuildHasher;

use crate::catalog::is_secret_key;
use crate::engine::Seen;
use crate::query::{Got, Name, Part, Spot};
use crate::secrets::mask;
use crate::time::Clock;

use super::gather::Question;
use super::names::kept;

/// So many groups an event may be in, by lists in it.
const MOST: usize = 1000;

/// What stands between the parts of the name of a group; no value that people see has it.
pub(super) const BETWEEN: char = '\u{1f}';
/// What stands before the label of one.
pub(super) const LABELLED: char = '\u{1e}';

/// A field that the events of a group have in common.
#[derive(Clone, Debug)]
pub struct By {
    /// The field.
    pub name: Name,
    /// Whether its values are in order by their letters, whatever numbers they look like.
    pub(super) by_letters: bool,
    /// Whether it leads to what nobody is to see.
    is_secret: bool,
}

impl By {
    pub(super) fn new(name: Name) -> By {
        let is_secret = name.base.rsplit(['.', '[', ']']).any(|key| is_secret_key(key.as_bytes()));
        By { by_letters: name.is_of_texts(), name, is_secret }
    }
}

/// The names of the groups of events, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Keys {
    text: String,
    /// The hash of each, and where it ends.
    ends: Vec<(u64, u32)>,
    /// The values of an event: field by field, and of each where its values end among those of all, and which is used.
    values: Vec<String>,
    fields: Vec<(usize, usize)>,
}

impl Keys {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Of how many bytes they are together.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The name of this number, with its hash.
    pub fn get(&self, number: usize) -> (u64, &str) {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before].1);
        let (hash, end) = self.ends[number];
        (hash, &self.text[start as usize..end as usize])
    }

    /// Adds the names of the groups of an event.
    pub fn add(&mut self, seen: &Seen<'_>, question: &Question, spot: &Spot, clock: &mut Clock) {
        if question.by.is_empty() {
            return;
        }
        self.values.clear();
        self.fields.clear();
        let mut groups = 1usize;
        for by in &question.by {
            let start = self.values.len();
            by.name.any(seen, spot, |got, part| {
                // A title may name two fields, of which an event has one: `""` says no more than nothing does.
                if let Some(value) = value(&got, part, by, question, clock)
                    && !value.is_empty()
                    && !self.values[start..].contains(&value)
                {
                    self.values.push(value);
                }
                self.values.len() - start >= MOST
            });
            if self.values.len() == start {
                self.values.push(String::new());
            }
            groups = groups.saturating_mul(self.values.len() - start);
            self.fields.push((self.values.len(), start));
        }
        for group in 0..groups.min(MOST) {
            self.choose(group);
            let start = self.text.len();
            for (at, (_, value)) in self.fields.iter().enumerate() {
                if at > 0 {
                    self.text.push(BETWEEN);
                }
                self.text.push_str(&self.values[*value]);
            }
            self.ends.push((question.hasher.hash_one(&self.text[start..]), self.text.len() as u32));
        }
    }

    /// Takes one of all combinations of values, among which the last field changes first.
    fn choose(&mut self, group: usize) {
        let mut rest = group;
        for at in (0..self.fields.len()).rev() {
            let start = at.checked_sub(1).map_or(0, |before| self.fields[before].0);
            let (end, value) = &mut self.fields[at];
            let count = *end - start;
            *value = start + rest % count;
            rest /= count;
        }
    }
}

/// What a group is called by a value, with its label if it has one.
fn value(got: &Got<'_>, part: Part, by: &By, question: &Question, clock: &mut Clock) -> Option<String> {
    let said = got.said(part, question.lang, clock)?;
    if by.is_secret {
        return Some(mask(&said));
    }
    let mut said = match kept(&said) {
        Cow::Borrowed(_) => said,
        Cow::Owned(kept) => kept,
    };
    if part == Part::Whole
        && matches!(got, Got::Json { .. })
        && let Some(label) = got.said(Part::Label, question.lang, clock)
    {
        said.push(LABELLED);
        said.push_str(&label);
    }
    Some(said)
}
