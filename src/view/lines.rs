//! Fields that are said together, and which of them come first.

use crate::catalog::{Event, Field, Kind, Line as Shared, Presence};
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
    /// The places of the same fields of the object before a change, for those fields that have one there.
    pub before: Vec<Option<usize>>,
}

impl Line {
    /// Whether the catalogue knows where its values before a change stand.
    pub fn is_changing(&self) -> bool {
        self.before.iter().any(Option::is_some)
    }

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

/// Neighbours of one line together, all others alone.
pub(crate) fn lines(fields: &'static [Field]) -> Vec<Line> {
    grouped(fields.iter().map(|field| (field, field.line, None)))
}

/// The same of fields that have their own lines and, each, what people call the object that it is part of.
fn grouped(fields: impl Iterator<Item = (&'static Field, Option<Shared>, Option<Label>)>) -> Vec<Line> {
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
                before: Vec::new(),
            }),
        }
        before = place;
    }
    lines
}

/// One of its kind needs no more words than its title.
fn shorten(lines: &mut [Line]) {
    let titles: Vec<Label> = lines.iter().map(|line| line.title).collect();
    for line in lines {
        if titles.iter().filter(|title| **title == line.title).count() == 1 {
            line.within = None;
        }
    }
}

/// Puts the fields of the object before a change to those of the same name in the object that is now. What only the
/// object before has keeps a line of its own, named by that object.
fn pair(lines: &mut Vec<Line>, columns: &[Column], (before, now): (&str, &str)) -> Vec<Line> {
    let is_old = |line: &Line| columns[line.fields[0]].is_at(before);
    let (mut old, rest): (Vec<Line>, Vec<Line>) = std::mem::take(lines).into_iter().partition(is_old);
    *lines = rest;
    for line in lines.iter_mut().filter(|line| columns[line.fields[0]].is_at(now)) {
        for &at in &line.fields {
            let name = &columns[at].name[now.len()..];
            let take = |old: &mut Line| {
                let twin = old.fields.iter().position(|at| columns[*at].name[before.len()..] == *name)?;
                Some(old.fields.remove(twin))
            };
            line.before.push(old.iter_mut().find_map(take));
        }
    }
    old.retain(|line| !line.fields.is_empty());
    old
}

/// The lines of the fields of an event: those that its entry chooses, in that order, and those that are left. Their
/// fields are places after [`slot::EVENT_BASE`].
pub(crate) fn of_event(layout: &Layout) -> (Vec<Line>, Vec<Line>) {
    let columns = &layout.columns[slot::EVENT_BASE..];
    let mut rest = grouped(columns.iter().map(|column| (column.field, column.line, column.within)));
    let change = layout.event.and_then(|event| event.change);
    let gone = change.map_or_else(Vec::new, |change| pair(&mut rest, columns, change));
    shorten(&mut rest);
    rest.extend(gone);
    let mut chosen = Vec::new();
    for path in layout.event.map_or("", |event| event.columns).split_whitespace() {
        let (named, others) =
            rest.into_iter().partition(|line: &Line| line.fields.iter().any(|&at| columns[at].is_at(path)));
        chosen.extend::<Vec<Line>>(named);
        rest = others;
    }
    (chosen, rest)
}

/// Whether the catalogue does not say which fields an event usually has.
pub(crate) fn is_sparse(event: Option<&Event>) -> bool {
    event.is_some_and(|event| !event.fields.iter().any(|field| field.presence == Presence::Expected))
}

/// Whether nobody reads it first: the tenant that is always the same, pictures, what program somebody uses.
pub(crate) fn is_noise(field: &Field) -> bool {
    let key = field.key;
    key.ends_with("tenant_key") || key.starts_with("avatar") || key.ends_with("user_agent")
}

/// Whether an object is a person or a thing by its ids alone: said in one line.
pub(crate) fn are_ids(fields: &[Field]) -> bool {
    fields.iter().all(|field| matches!(field.kind, Kind::Text) && field.key.ends_with("_id"))
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
            let changing = event.change.map_or([None; 2], |(before, now)| [Some(before), Some(now)]);
            for path in changing.into_iter().flatten() {
                assert!(columns.iter().any(|column| column.is_at(path)), "{}: {path}", event.name);
            }
            for path in event.columns.split_whitespace() {
                assert!(columns.iter().any(|column| column.is_at(path)), "{}: {path}", event.name);
            }
            // With the time a table has one more.
            assert!(of_event(&layout).0.len() <= 7, "{} has more columns than one reads", event.name);
        }
    }
}
