//! Fields that are said together, and which of them come first.

use crate::catalog::{Field, Line as Shared};
use crate::lang::{Label, Lang};
use crate::record::{Column, Layout, slot};

/// Fields that are said together.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub title: Label,
    /// What stands before the title where others have the same: the object that they are part of.
    pub within: Option<Label>,
    pub join: &'static str,
    /// Their places among those that were asked about.
    pub fields: Vec<usize>,
}

impl Line {
    /// What people call it.
    pub fn title(&self, lang: Lang) -> String {
        let title = self.title.text(lang);
        match (self.within, lang) {
            (None, _) => title.to_owned(),
            (Some(within), Lang::Zh) if !title.starts_with(|c: char| c.is_ascii()) => {
                format!("{}{title}", within.text(lang))
            }
            (Some(within), _) => format!("{} {title}", within.text(lang)),
        }
    }
}

/// Neighbours of one line together, all others alone. Each has a field, its line, and what people call the object that it
/// is part of.
pub(crate) fn lines(
    fields: impl Iterator<Item = (&'static Field, Option<Shared>, Option<Label>)>,
) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut before = None;
    for (at, (field, shared, within)) in fields.enumerate() {
        let place = shared.map(|line| (line, within));
        match lines.last_mut() {
            Some(line) if before.is_some() && before == place => line.fields.push(at),
            _ => lines.push(Line {
                title: shared.map_or(field.title, |line| line.title),
                within,
                join: shared.map_or(", ", |line| line.join),
                fields: vec![at],
            }),
        }
        before = place;
    }
    let titles: Vec<Label> = lines.iter().map(|line| line.title).collect();
    for line in &mut lines {
        // One of its kind needs no more words.
        if titles.iter().filter(|title| **title == line.title).count() == 1 {
            line.within = None;
        }
    }
    lines
}

/// The lines of the fields of an event: those that its entry chooses, in that order, and those that are left. Their
/// fields are places after [`slot::EVENT_BASE`].
pub(crate) fn of_event(layout: &Layout) -> (Vec<Line>, Vec<Line>) {
    let columns = &layout.columns[slot::EVENT_BASE..];
    let mut rest = lines(columns.iter().map(|column| (column.field, column.line, column.within)));
    let mut chosen = Vec::new();
    for path in layout.event.map_or(&[][..], |event| event.columns) {
        let (named, others) =
            rest.into_iter().partition(|line: &Line| line.fields.iter().any(|&at| is_at(&columns[at], path)));
        chosen.extend::<Vec<Line>>(named);
        rest = others;
    }
    (chosen, rest)
}

/// Whether a column is the field at a path, or within the object there.
fn is_at(column: &Column, path: &str) -> bool {
    column.name.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::EVENTS;

    #[test]
    fn entries_choose_fields_of_theirs_and_few() {
        for event in EVENTS {
            let layout = Layout::of(Some(event));
            let columns = &layout.columns[slot::EVENT_BASE..];
            for path in event.columns {
                assert!(columns.iter().any(|column| is_at(column, path)), "{}: {path}", event.name);
            }
            // With the time a table has one more.
            assert!(of_event(&layout).0.len() <= 7, "{} has more columns than one reads", event.name);
        }
    }
}
