//! The documented part of a card: a line for each field, or for fields that are said together.

use std::borrow::Cow;

use crate::catalog::{EVENT_CREATE_TIME, Field, Json, Kind};
use crate::container::Form;
use crate::json::TokenKind;
use crate::lang::{Label, label};
use crate::query::name::delay;
use crate::record::{Column, slot};
use crate::terminal::sanitize::{capital, clip};
use crate::time::{Millis, lag};
use crate::view::change::has_changed;
use crate::view::layout::Fact;
use crate::view::lines::{self, Line, lines};
use crate::view::members::Value;
use crate::view::value::Tone;

use super::Card;

/// So many items of a list of objects are shown.
const MOST_ITEMS: usize = 50;
/// The same of lists of which nobody needs all: the readers of a message, the people of a meeting.
pub(super) const SOME_ITEMS: usize = 10;

/// So much is seen of JSON in text beside what it says.
const RAW_JSON: usize = 32;

const BEFORE: Label = label("变更前", "before");
const NOW: Label = label("变更后", "now");
const BODY: Label = label("内容", "event");

impl<'s> Card<'_, 's> {
    pub(crate) fn event(&mut self) {
        let columns = &self.seen.record.layout.columns;
        let event = &columns[slot::EVENT_BASE..];
        let is_sparse = lines::is_sparse(self.seen.event());
        let (mut lines, rest) = lines::of_event(self.seen.record.layout);
        lines.extend(rest);
        let happened = self.seen.record.layout.happened;
        let is_happened = |line: &Line| line.fields.iter().any(|at| Some(slot::EVENT_BASE + at) == happened);
        let (first, lines): (Vec<_>, Vec<_>) = lines.into_iter().partition(is_happened);
        for line in &first {
            self.line(line, event);
        }
        self.delivered();
        // Of a change, what has changed is what one wants to know.
        let record = &self.seen.record;
        let (changed, lines): (Vec<_>, Vec<_>) =
            lines.into_iter().partition(|line| has_changed(record, line));
        let is_noise = |line: &Line| is_sparse && lines::is_noise(event[line.fields[0]].field);
        let (noise, lines): (Vec<_>, Vec<_>) = lines.into_iter().partition(is_noise);
        for line in changed.iter().chain(&lines).chain(&noise) {
            self.line(line, event);
        }
        if let (None, Some((at, _))) = (self.seen.event(), self.seen.body) {
            self.unknown(self.say(BODY), at);
        }
        self.also();
        self.header();
        self.missing();
    }

    /// When the platform created the event, and how long after it happened.
    fn delivered(&mut self) {
        let Some(value) = self.value(slot::CREATE_TIME).filter(|value| !value.is_empty()) else { return };
        let title = self.seen.record.layout.columns[slot::CREATE_TIME].field.title;
        let mut fact = Fact { label: capital(self.say(title)), ..Fact::default() };
        let number = self.seen.record.number(slot::CREATE_TIME).map(Millis);
        let mut tone = Tone::Plain;
        if !number.is_some_and(|at| self.values.push_moment(at, true, &mut fact.value)) {
            self.values.plain(value, &mut fact.value);
            tone = Tone::Odd;
        }
        let since = delay(self.seen);
        if let Some(since) = since {
            fact.value.extend([", ", &lag(since, self.values.lang)]);
            // It was announced before it happened.
            tone = tone.max(if since.0 < 0 { Tone::Odd } else { Tone::Plain });
        }
        fact.ink = tone.ink();
        let name = match self.seen.record.is_created_by_approval() {
            true => EVENT_CREATE_TIME,
            false => self.seen.record.layout.key(slot::CREATE_TIME, self.seen.form == Form::EventV1),
        };
        fact.wire.push((name.to_owned(), self.wire(&Kind::MILLIS, value)));
        self.facts.push(fact);
    }

    fn line(&mut self, line: &Line, columns: &[Column]) {
        if has_changed(&self.seen.record, line) {
            return self.change(line, columns);
        }
        let slots = line.fields.iter().map(|at| slot::EVENT_BASE + at);
        let parts: Vec<_> =
            line.fields.iter().zip(slots).map(|(&at, slot)| (&columns[at], self.value(slot))).collect();
        if let [(Column { field: Field { kind: Kind::List(Kind::Object(inner)), .. }, .. }, Some(list))] =
            parts[..]
            && list.kind == TokenKind::Array
        {
            return self.list(line, inner, list);
        }
        // What is somebody's own has names of its own.
        if let [(Column { field: Field { kind: Kind::Map | Kind::Any, .. }, .. }, Some(value))] = parts[..]
            && matches!(value.kind, TokenKind::Object | TokenKind::Array)
            && !value.is_empty()
        {
            let at = self.seen.record.slots[slot::EVENT_BASE + line.fields[0]].start as usize;
            return self.leaves(&line.title(self.values.lang), at, "");
        }
        let names = parts.iter().map(|(column, value)| (column.name.as_str(), column.field, *value));
        let mut fact = self.fact(line, names.collect());
        if !fact.value.is_empty() {
            fact.label = capital(&line.title(self.values.lang));
            self.facts.push(fact);
        }
    }

    /// What was, and what is: in one line, or in some for each where one of them has more.
    fn change(&mut self, line: &Line, columns: &[Column]) {
        if let Some(members) = self.values.members(&self.seen.record, line) {
            let mut label = capital(&line.title(self.values.lang));
            for member in members {
                let (label, value) = (std::mem::take(&mut label), member.said());
                self.facts.push(Fact { label, value, key: member.key, ..Fact::default() });
            }
            return;
        }
        let change = self.values.change(&self.seen.record, line);
        let label = capital(&line.title(self.values.lang));
        let ink = change.tone.ink();
        let wires = |places: &mut dyn Iterator<Item = usize>| {
            let named = |at: usize| {
                let value = self.value(slot::EVENT_BASE + at).filter(|value| !value.is_empty())?;
                Some((columns[at].name.clone(), self.wire(&columns[at].field.kind, value)))
            };
            places.filter_map(named).collect::<Vec<_>>()
        };
        let before = wires(&mut line.before.iter().flatten().copied());
        let now = wires(&mut line.fields.iter().copied());
        if !change.before.contains('\n') && !change.now.contains('\n') {
            let (key, value, wire) = (String::new(), change.said(), [before, now].concat());
            return self.facts.push(Fact { label, key, value, ink, wire, ..Fact::default() });
        }
        let key = self.say(BEFORE).to_owned();
        self.facts.push(Fact { label, key, value: change.before, ink, wire: before, ..Fact::default() });
        let (label, key) = (String::new(), self.say(NOW).to_owned());
        self.facts.push(Fact { label, key, value: change.now, ink, wire: now, ..Fact::default() });
    }

    /// What fields say together, and their wire names.
    fn fact(&mut self, line: &Line, parts: Vec<(&str, &Field, Option<Value<'s>>)>) -> Fact {
        let mut fact = Fact::default();
        let tone = self.values.line(
            line.join,
            parts.iter().map(|(_, field, value)| (*field, *value)),
            &mut fact.value,
        );
        fact.ink = tone.ink();
        for (name, field, value) in parts {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                let mut raw = self.wire(&field.kind, value);
                if matches!(field.kind, Kind::Json) && raw == fact.value {
                    raw.clear();
                }
                // The content of a message has been said; without a limit it is for grep.
                if matches!(field.kind, Kind::Json)
                    && self.options.look.width < usize::MAX
                    && let Cow::Owned(clipped) = clip(&raw, RAW_JSON)
                {
                    raw = clipped;
                    // Half a secret is not known again.
                    self.values.cut.set(true);
                }
                fact.wire.push((name.to_owned(), raw));
            }
        }
        fact
    }

    /// A list of objects: the lines of each item, under one label.
    fn list(&mut self, line: &Line, fields: &'static [Field], list: Value<'s>) {
        let title = capital(&line.title(self.values.lang));
        let is_sparse = lines::is_sparse(self.seen.event());
        let mut groups = lines(fields);
        if is_sparse {
            groups.sort_by_key(|group| lines::is_noise(&fields[group.fields[0]]));
        }
        let path = &self.seen.record.layout.columns[slot::EVENT_BASE + line.fields[0]].name;
        let most = if is_sparse { SOME_ITEMS } else { MOST_ITEMS };
        let count = list.items().count();
        for (number, item) in list.items().take(most).enumerate() {
            let mut label = if count == 1 { title.clone() } else { format!("{title} {}", number + 1) };
            if item.kind != TokenKind::Object {
                let mut fact = Fact { label, ink: Tone::Odd.ink(), ..Fact::default() };
                self.values.plain(item, &mut fact.value);
                self.facts.push(fact);
                continue;
            }
            let name = |key: &str| match is_sparse {
                true => format!("{path}[{number}].{key}"),
                false => key.to_owned(),
            };
            if lines::are_ids(fields) {
                let mut fact = Fact {
                    label,
                    wire: vec![(format!("{path}[{number}]"), String::new())],
                    ..Fact::default()
                };
                fact.ink = self.values.value(&Kind::Object(fields), item, &mut fact.value).ink();
                self.facts.push(fact);
                continue;
            }
            let values = item.fields(fields);
            for group in &groups {
                let names: Vec<String> = group.fields.iter().map(|&at| name(fields[at].key)).collect();
                let parts = group.fields.iter().zip(&names);
                let parts = parts.map(|(&at, name)| (name.as_str(), &fields[at], values[at]));
                let mut fact = self.fact(group, parts.collect());
                if !fact.value.is_empty() {
                    fact.label = std::mem::take(&mut label);
                    fact.key = group.title(self.values.lang);
                    self.facts.push(fact);
                }
            }
        }
        self.more(count.saturating_sub(most));
    }

    /// A value as it stands on the wire, where that is not what was said already.
    fn wire(&self, kind: &Kind, value: Value<'s>) -> String {
        let mut raw = String::new();
        match (kind, value.kind) {
            (
                Kind::Time(..) | Kind::Word(_) | Kind::TimeOfDay | Kind::Rfc3339 | Kind::Duration(..),
                TokenKind::String { .. },
            ) => {
                self.values.plain(value, &mut raw);
            }
            (Kind::Json, TokenKind::String { .. }) if self.values.message.is_some() => {
                self.values.plain(value, &mut raw);
            }
            // Said as they stand.
            (kind, TokenKind::String { .. }) if kind.json() == Json::String => {}
            (Kind::List(_), TokenKind::Array) | (Kind::Object(_), TokenKind::Object) => {}
            (Kind::Map | Kind::Any, _) => {}
            _ => self.values.json(value, &mut raw),
        }
        raw
    }
}
