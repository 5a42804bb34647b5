//! The documented part of a card: a line for each field, or for fields that are said together.

use crate::catalog::{Field, Json, Kind};
use crate::container::Form;
use crate::json::TokenKind;
use crate::lang::{Label, label};
use crate::record::{Column, slot};
use crate::terminal::sanitize::capital;
use crate::time::{Millis, lag};
use crate::view::layout::Fact;
use crate::view::lines::{self, Line, lines};
use crate::view::members::Value;
use crate::view::value::{Tone, instant};

use super::Card;

/// So many items of a list of objects are shown.
const MOST_ITEMS: usize = 50;

const BODY: Label = label("内容", "event");

impl<'s> Card<'_, 's> {
    pub(crate) fn event(&mut self) {
        let columns = &self.seen.record.layout.columns;
        let event = &columns[slot::EVENT_BASE..];
        let (mut lines, rest) = lines::of_event(self.seen.record.layout);
        lines.extend(rest);
        let happened = self.seen.record.layout.happened;
        let is_happened = |line: &Line| line.fields.iter().any(|at| Some(slot::EVENT_BASE + at) == happened);
        for line in lines.iter().filter(|line| is_happened(line)) {
            self.line(line, event);
        }
        self.delivered(happened);
        for line in lines.iter().filter(|line| !is_happened(line)) {
            self.line(line, event);
        }
        if let (None, Some((at, _))) = (self.seen.event(), self.seen.body) {
            self.leaves(Some(BODY), at, "");
        }
        self.also();
        self.header();
        self.missing();
    }

    /// When the platform created the event, and how long after it happened.
    fn delivered(&mut self, happened: Option<usize>) {
        let Some(value) = self.value(slot::CREATE_TIME).filter(|value| !value.is_empty()) else { return };
        let title = self.seen.record.layout.columns[slot::CREATE_TIME].field.title;
        let mut fact = Fact { label: capital(self.say(title)), ..Fact::default() };
        let number = self.seen.record.number(slot::CREATE_TIME).map(Millis);
        let mut tone = Tone::Plain;
        if !number.is_some_and(|at| self.values.push_moment(at, true, &mut fact.value)) {
            self.values.plain(value, &mut fact.value);
            tone = Tone::Odd;
        }
        let since = happened.and_then(|slot| {
            let kind = &self.seen.record.layout.columns[slot].field.kind;
            number?.since(instant(kind, self.seen.record.number(slot))?)
        });
        if let Some(since) = since {
            fact.value.extend([", ", &lag(since, self.values.lang)]);
            // It was announced before it happened.
            tone = tone.max(if since.0 < 0 { Tone::Odd } else { Tone::Plain });
        }
        fact.ink = tone.ink();
        let name = self.seen.record.layout.key(slot::CREATE_TIME, self.seen.form == Form::EventV1);
        fact.wire.push((name.to_owned(), self.wire(&Kind::MILLIS, value)));
        self.facts.push(fact);
    }

    fn line(&mut self, line: &Line, columns: &[Column]) {
        let slots = line.fields.iter().map(|at| slot::EVENT_BASE + at);
        let parts: Vec<_> =
            line.fields.iter().zip(slots).map(|(&at, slot)| (&columns[at], self.value(slot))).collect();
        if let [(Column { field: Field { kind: Kind::List(Kind::Object(inner)), .. }, .. }, Some(list))] =
            parts[..]
            && list.kind == TokenKind::Array
        {
            return self.list(line, inner, list);
        }
        let names = parts.iter().map(|(column, value)| (column.name.as_str(), column.field, *value));
        let mut fact = self.fact(line, names.collect());
        if !fact.value.is_empty() {
            fact.label = capital(&line.title(self.values.lang));
            self.facts.push(fact);
        }
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
                fact.wire.push((name.to_owned(), self.wire(&field.kind, value)));
            }
        }
        fact
    }

    /// A list of objects: the lines of each item, under one label.
    fn list(&mut self, line: &Line, fields: &'static [Field], list: Value<'s>) {
        let title = capital(&line.title(self.values.lang));
        let groups = lines(fields.iter().map(|field| (field, field.line, None)));
        let count = list.items().count();
        for (number, item) in list.items().take(MOST_ITEMS).enumerate() {
            let mut label = if count == 1 { title.clone() } else { format!("{title} {}", number + 1) };
            if item.kind != TokenKind::Object {
                let mut fact = Fact { label, ink: Tone::Odd.ink(), ..Fact::default() };
                self.values.plain(item, &mut fact.value);
                self.facts.push(fact);
                continue;
            }
            let values = item.fields(fields);
            for group in &groups {
                let parts = group.fields.iter().map(|&at| (fields[at].key, &fields[at], values[at]));
                let mut fact = self.fact(group, parts.collect());
                if !fact.value.is_empty() {
                    fact.label = std::mem::take(&mut label);
                    fact.key = group.title(self.values.lang);
                    self.facts.push(fact);
                }
            }
        }
        self.more(count.saturating_sub(MOST_ITEMS));
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
            // Said as they stand.
            (kind, TokenKind::String { .. }) if kind.json() == Json::String => {}
            (Kind::List(_), TokenKind::Array) => {}
            _ => self.values.json(value, &mut raw),
        }
        raw
    }
}
