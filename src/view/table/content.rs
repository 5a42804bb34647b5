//! What an event says in short, for a cell of a table that is not for its type alone.

use crate::container::Form;
use crate::engine::Seen;
use crate::record::{Layout, slot};
use crate::terminal::sanitize::{self, push_clip_front};
use crate::time::Millis;
use crate::view::change::has_changed;
use crate::view::lines::{self, Line};
use crate::view::members::Value;
use crate::view::unknown::{Leaves, Worth, clean_path, form_name, push_leaf};
use crate::view::value::Tone;

use super::columns::{Class, Rank, alarms, by_kind, class, is_telling};
use super::rows::RowMaker;

/// What an event is summed up by.
#[derive(Debug)]
pub(super) struct Said {
    /// What says in short what it is about.
    telling: Vec<Line>,
    /// What may have changed.
    changing: Vec<Line>,
    /// What is told where an event has nothing of that.
    others: Vec<Line>,
    /// Whether the catalogue does not say which fields it usually has.
    sparse: bool,
}

impl Said {
    fn of(layout: &Layout) -> Said {
        let (mut others, rest) = lines::of_event(layout);
        others.extend(rest);
        let changing = others.iter().filter(|line| line.is_changing()).cloned().collect();
        let sparse = lines::is_sparse(layout.event);
        if !sparse {
            others.clear();
        }
        Said { telling: telling(layout), changing, others, sparse }
    }
}

/// What an event says in short is said in so many bytes.
const CONTENT: usize = 400;

impl RowMaker {
    /// The type of an event as it stands.
    pub(super) fn kind(&self, seen: &Seen<'_>, out: &mut String) {
        match Value::of(&seen.record, slot::EVENT_TYPE).filter(|value| !value.is_empty()) {
            Some(value) => self.values.plain(value, out),
            // Only an old card callback has a name that it does not say.
            None => match &*seen.type_name() {
                "" => out.push('?'),
                name => out.push_str(name),
            },
        }
    }

    /// What an event says in short; what calls for attention first.
    pub(super) fn content(&mut self, seen: &Seen<'_>, out: &mut String) -> Tone {
        let Some(event) = seen.event() else {
            self.leaves(seen, out);
            return Tone::Plain;
        };
        let known = self.said.iter().position(|(known, _)| std::ptr::eq(*known, event.name));
        let known = known.unwrap_or_else(|| {
            self.said.push((event.name, Said::of(seen.record.layout)));
            self.said.len() - 1
        });
        let RowMaker { values, guard, said, loud, quiet, .. } = self;
        let short = values.most < usize::MAX;
        loud.clear();
        quiet.clear();
        let columns = &seen.record.layout.columns[slot::EVENT_BASE..];
        let Said { telling, changing, others, sparse } = &said[known].1;
        values.most_items = if *sparse { MOST_ITEMS } else { usize::MAX };
        let start = out.len();
        let mut tone = values.changes(changing, &seen.record, out);
        let changes = out.len() > start;
        for line in telling.iter().filter(|line| !has_changed(&seen.record, line)) {
            let filled =
                |at: usize| Value::of(&seen.record, slot::EVENT_BASE + at).filter(|value| !value.is_empty());
            let parts = line.fields.iter().map(|&at| (columns[at].field, filled(at)));
            // One ID is enough to know whose it is.
            let most = match class(columns[line.fields[0]].field, false) {
                Class::Id if *sparse => 1,
                _ => usize::MAX,
            };
            let parts = parts.filter(|(_, value)| value.is_some()).take(most);
            let said_before = out.len();
            let says = values.line(line.join, parts, out);
            if most == 1 && short {
                // Its end tells an id from others.
                let id = out.split_off(said_before);
                // Half a secret is not known again.
                if guard.as_ref().is_some_and(|guard| guard.is_worried(seen, [&*id])) {
                    values.cut.set(true);
                }
                push_clip_front(&id, SHORT_ID, out);
            }
            let said = &out[said_before..];
            // What could have been alarming and is not goes without saying.
            let first = columns[line.fields[0]].field;
            let calm = says == Tone::Plain && alarms(first);
            if !said.is_empty() && !calm && quiet.len() < CONTENT {
                let part = if says == Tone::Plain { &mut *quiet } else { &mut *loud };
                part.push_str(if part.is_empty() { "" } else { ", " });
                part.push_str(said);
            }
            out.truncate(said_before);
            tone = tone.max(says);
        }
        if !changes && loud.is_empty() && quiet.is_empty() {
            let place = |line: &Line| slot::EVENT_BASE + line.fields[0];
            let is_news = |line: &&Line| {
                Some(place(line)) != seen.record.layout.happened && !seen.record.is_empty(place(line))
            };
            let filled = others.iter().filter(is_news).take(MOST_SAID);
            for (number, line) in filled.enumerate() {
                out.push_str(if number > 0 { ", " } else { "" });
                let parts = [(columns[line.fields[0]].field, Value::of(&seen.record, place(line)))];
                tone = tone.max(values.line(line.join, parts.into_iter(), out));
            }
            return tone;
        }
        let both = |before: bool, after: bool| if before && after { ", " } else { "" };
        out.push_str(both(changes, !loud.is_empty() || !quiet.is_empty()));
        out.push_str(loud);
        out.push_str(both(!loud.is_empty(), !quiet.is_empty()));
        out.push_str(quiet);
        tone
    }

    /// Undocumented values as `name value, name value`; of an event, what one can read comes first.
    fn leaves(&self, seen: &Seen<'_>, out: &mut String) {
        let mut leaves = Vec::new();
        let mut more = false;
        let at = seen.body.map_or(seen.start, |(at, _)| at);
        Leaves::all(seen.record.text, at, "", &mut |path, at, value| {
            if value.is_empty() {
                return;
            }
            if leaves.len() == MOST_LEAVES {
                more = true;
                return;
            }
            let worth = if seen.is_event() { Worth::of(path, value) } else { Worth::Text };
            leaves.push((worth, path.to_owned(), at, value));
        });
        leaves.sort_by_key(|(worth, ..)| *worth);
        let start = out.len();
        for (_, path, at, value) in &leaves {
            let path = clean_path(&self.values, path);
            out.push_str(if out.len() > start { ", " } else { "" });
            if out.len() - start >= CONTENT {
                more = true;
                break;
            }
            out.extend([&*path, if path.is_empty() { "" } else { " " }]);
            push_leaf(&self.values, *at, *value, false, out);
        }
        if more {
            out.push_str(sanitize::ELLIPSIS);
        }
    }

    /// A document that the columns are not for, in one cell.
    pub(super) fn other(&mut self, seen: &Seen<'_>, out: &mut String) {
        let start = out.len();
        if seen.is_event() {
            self.kind(seen, out);
            out.push_str("  ");
            if let Some(at) = seen.record.number(slot::CREATE_TIME).map(Millis)
                && self.values.push_time(at, out).is_some()
            {
                out.push_str("  ");
            }
            self.content(seen, out);
        } else {
            out.push_str(form_name(seen.form, self.values.lang));
            // Of a challenge and of ciphertext there is nothing more to say.
            if !matches!(seen.form, Form::Challenge | Form::ChallengeV2 | Form::Encrypted) {
                out.push_str("  ");
                self.leaves(seen, out);
            }
        }
        let end = start + out[start..].trim_end_matches(' ').len();
        out.truncate(end);
    }
}

/// So many items of a list are told in it.
const MOST_ITEMS: usize = 3;

/// An id among other words.
const SHORT_ID: usize = 10;

/// So many undocumented values are looked at for a cell.
const MOST_LEAVES: usize = 64;

/// So much is said of an event in one cell.
const MOST_SAID: usize = 4;

/// What sums up an event: what a table of its type alone would have, without the record.
fn telling(layout: &Layout) -> Vec<Line> {
    let columns = &layout.columns[slot::EVENT_BASE..];
    let (mut chosen, mut lines) = lines::of_event(layout);
    if lines::is_sparse(layout.event) {
        // The time has a column of its own.
        let is_news = |line: &Line| {
            let at = line.fields[0];
            Some(slot::EVENT_BASE + at) != layout.happened && !columns[at].field.secret
        };
        chosen.retain(is_news);
        lines.retain(is_news);
    }
    let is_id = |line: &Line| class(columns[line.fields[0]].field, false) == Class::Id;
    if !chosen.is_empty() {
        // Texts and labels say what happened, ids to whom.
        let (ids, mut said): (Vec<_>, Vec<_>) = chosen.into_iter().partition(is_id);
        said.extend(ids);
        said.truncate(MOST_SAID);
        return said;
    }
    let mut first = true;
    if lines::is_sparse(layout.event) {
        // Texts and labels say what happened; ids, flags and times are for the card.
        let rank = |line: &Line| by_kind(columns[line.fields[0]].field, line.fields.len(), 0);
        let says = |line: &Line| matches!(rank(line), Rank::Good | Rank::Handy);
        lines.retain(|line| !lines::is_noise(columns[line.fields[0]].field));
        if lines.iter().any(says) {
            lines.retain(says);
        }
        lines.truncate(MOST_SAID);
        return lines;
    }
    lines.retain(|line| {
        let whose = std::mem::take(&mut first);
        line.fields.iter().all(|&at| {
            let (field, at) = (columns[at].field, Some(slot::EVENT_BASE + at));
            let told = whose || class(field, false) != Class::Id;
            told && is_telling(field) && at != layout.happened && at != layout.record
        })
    });
    lines
}
