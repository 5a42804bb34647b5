//! What a change changed: the same field in the object before it and in the object that is now.

use crate::lang::{Label, label};
use crate::record::{Record, slot};
use crate::seen::canonical::content;
use crate::terminal::sanitize;

use super::lines::Line;
use super::members::Value;
use super::value::{CHANGE, Tone, ValueWriter};

/// What stands for a side of a change that has nothing.
const NONE: Label = label("（无）", "(none)");

/// A value that became another.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub before: String,
    pub now: String,
    pub tone: Tone,
}

impl Change {
    /// `张三 -> 李四`.
    pub fn said(&self) -> String {
        [&self.before, CHANGE, &self.now].concat()
    }
}

/// Whether a line says other than before. What the object before does not name has not changed: mostly it has nothing
/// but what did.
pub(crate) fn has_changed(record: &Record<'_>, line: &Line) -> bool {
    line.before.iter().zip(&line.fields).any(|(before, now)| {
        let value = |at: usize| Value::of(record, slot::EVENT_BASE + at);
        let Some(before) = before.and_then(value) else { return false };
        match (before.is_empty(), value(*now).filter(|now| !now.is_empty())) {
            (true, None) => false,
            (false, Some(now)) => content(before.raw) != content(now.raw),
            _ => true,
        }
    })
}

impl ValueWriter {
    /// Both sides of a line that has changed, in words.
    pub fn change(&mut self, record: &Record<'_>, line: &Line) -> Change {
        let columns = &record.layout.columns[slot::EVENT_BASE..];
        let mut side = |places: &mut dyn Iterator<Item = usize>| {
            let mut said = String::new();
            let part = |at: usize| (columns[at].field, Value::of(record, slot::EVENT_BASE + at));
            let tone = self.line(line.join, places.map(part), &mut said);
            if said.is_empty() {
                said.push_str(NONE.text(self.lang));
            }
            (said, tone)
        };
        let (before, was) = side(&mut line.before.iter().flatten().copied());
        let (now, is) = side(&mut line.fields.iter().copied());
        Change { before, now, tone: was.max(is) }
    }

    /// What has changed of these lines, each with its title: `name 张三 -> 李四; mobile 1 -> 2`.
    pub fn changes(&mut self, lines: &[Line], record: &Record<'_>, out: &mut String) -> Tone {
        let mut tone = Tone::Plain;
        let start = out.len();
        for line in lines.iter().filter(|line| has_changed(record, line)) {
            out.push_str(if out.len() > start { "; " } else { "" });
            if out.len() - start > self.most {
                out.push_str(sanitize::ELLIPSIS);
                break;
            }
            let change = self.change(record, line);
            tone = tone.max(change.tone);
            out.extend([&line.title(self.lang), " ", &change.said()]);
        }
        tone
    }
}
