//! The rest of a card, so that nothing is dropped in silence: undocumented values, the header, the names of fields
//! that say nothing.

use crate::catalog::{BODY, ENVELOPE, ENVELOPE_V1, EVENT_CREATE_TIME, Field, HEAD, Kind, field};
use crate::container::Form;
use crate::engine::Seen;
use crate::lang::{Label, label};
use crate::record::{Column, slot};
use crate::terminal::paint::Ink;
use crate::terminal::sanitize::capital;
use crate::terminal::wrap::HARD_SPACE;
use crate::view::hidden::masked;
use crate::view::layout::Fact;
use crate::view::members::Value;
use crate::view::unknown::{Leaves, Worth, clean_path, push_leaf};
use crate::view::value::{ValueWriter, more};

use super::{Card, CardOptions};

/// So many undocumented values are shown.
const MOST_LEAVES: usize = 200;

/// So many lines are read of an event that nobody documented.
const MOST_LINES: usize = 60;

const HEADER: Label = label("事件头", "header");
const EMPTY: Label = label("空", "empty");
const NULL: Label = label("null", "null");
const ABSENT: Label = label("缺少", "absent");
const ALSO: Label = label("另有", "also");

impl<'s> Card<'_, 's> {
    /// Values of which nothing is documented, as paths.
    pub(crate) fn leaves(&mut self, label: &str, at: usize, path: &str) {
        let mut found = Found::new(self.options);
        Leaves::all(self.seen.record.text, at, path, &mut |path, at, value| {
            found.take(self.values, path, at, value)
        });
        self.found(label, found);
    }

    /// The body of an event of which nothing is documented: what one can read comes first.
    pub(crate) fn unknown(&mut self, label: &str, at: usize) {
        let mut found = [Worth::Text, Worth::Other, Worth::Id].map(|_| Found::new(self.options));
        Leaves::all(self.seen.record.text, at, "", &mut |path, at, value| {
            found[Worth::of(path, value) as usize].take(self.values, path, at, value)
        });
        let mut all = Found::new(self.options);
        for part in found {
            all.facts.extend(part.facts);
            all.more += part.more;
        }
        all.more += all.facts.len().saturating_sub(MOST_LINES);
        all.facts.truncate(MOST_LINES);
        self.found(label, all);
    }

    /// What a document of a known shape has besides.
    pub(crate) fn also(&mut self) {
        let mut found = Found::new(self.options);
        let Seen { form, start, body, .. } = *self.seen;
        let envelope = if form == Form::EventV1 { V1 } else { V2 };
        // It stands beside the moment already.
        let told = self.seen.record.is_created_by_approval().then(|| format!("{HEAD}.{EVENT_CREATE_TIME}"));
        let mut take = |path: &str, at, value: Value<'s>| {
            if told.as_deref() != Some(path) {
                found.take(self.values, path, at, value);
            }
        };
        let text = self.seen.record.text;
        Leaves::strange(text, start, "", envelope, &mut take);
        if let (Some(event), Some((at, _))) = (self.seen.event(), body) {
            Leaves::strange(text, at, BODY, event.fields, &mut take);
        }
        self.found(self.say(ALSO), found);
    }

    fn found(&mut self, mut label: &str, found: Found) {
        for mut fact in found.facts {
            fact.label = capital(std::mem::take(&mut label));
            self.facts.push(fact);
        }
        self.more(found.more);
    }

    pub(crate) fn more(&mut self, count: usize) {
        if count > 0 {
            let value = more(count, self.options.look.lang);
            self.facts.push(Fact { value, ink: Some(Ink::Faint), ..Fact::default() });
        }
    }

    /// The header in one line: the type and the time have been said.
    pub(crate) fn header(&mut self) {
        let v1 = self.seen.form == Form::EventV1;
        let slots: &[usize] = match v1 {
            true => &[slot::EVENT_ID, slot::TOKEN],
            false => &[slot::EVENT_ID, slot::TENANT_KEY, slot::APP_ID, slot::TOKEN, slot::SCHEMA],
        };
        let mut said = Vec::new();
        for &slot in slots {
            if slot == slot::APP_ID && self.titled {
                continue;
            }
            let text = match self.value(slot).filter(|value| !value.is_empty()) {
                Some(token) if slot == slot::TOKEN && !self.options.show_secrets => Some(masked(token)),
                _ => self.shared(slot),
            };
            let Some(text) = text else { continue };
            let name = self.seen.record.layout.key(slot, v1);
            said.push(format!("{name}{HARD_SPACE}{text}"));
        }
        self.aside(HEADER, &said);
    }

    /// The fields that say nothing, by name.
    pub(crate) fn missing(&mut self) {
        let [mut empty, mut null, mut absent] = [const { Vec::new() }; 3];
        let columns = &self.seen.record.layout.columns;
        // What was nothing before a change has been said where it is something now.
        let before = self.seen.event().and_then(|event| event.change).map(|(before, _)| before);
        let said = |column: &Column| before.is_some_and(|before| column.is_at(before));
        for (at, column) in columns.iter().enumerate().filter(|(_, column)| !said(column)) {
            let silent = !column.field.presence.is_missed() || self.seen.form == Form::EventV1;
            match self.value(at) {
                Some(value) if value.is_null() => null.push(column.name.clone()),
                Some(value) if value.is_empty() => empty.push(column.name.clone()),
                None if !silent => absent.push(column.name.clone()),
                _ => {}
            }
        }
        self.aside(EMPTY, &empty);
        self.aside(NULL, &null);
        self.aside(ABSENT, &absent);
    }

    fn aside(&mut self, label: Label, said: &[String]) {
        if !said.is_empty() {
            let (label, value) = (capital(self.say(label)), said.join(", "));
            self.facts.push(Fact { label, value, ink: Some(Ink::Faint), ..Fact::default() });
        }
    }
}

/// The top of a document, its `event` apart.
const V2: &[Field] = &[ENVELOPE[0], ENVELOPE[1], field(BODY, Kind::Text, "", "")];
const V1: &[Field] =
    &[ENVELOPE_V1[0], ENVELOPE_V1[1], ENVELOPE_V1[2], ENVELOPE_V1[3], field(BODY, Kind::Text, "", "")];

/// Undocumented values, so many of them as are shown.
struct Found {
    options: CardOptions,
    facts: Vec<Fact>,
    more: usize,
}

impl Found {
    fn new(options: CardOptions) -> Found {
        Found { options, facts: Vec::new(), more: 0 }
    }

    fn take(&mut self, values: &ValueWriter, path: &str, at: usize, value: Value<'_>) {
        if self.facts.len() == MOST_LEAVES {
            self.more += 1;
            return;
        }
        let mut fact = Fact { key: clean_path(values, path).into_owned(), ..Fact::default() };
        push_leaf(values, at, value, self.options.raw, &mut fact.value);
        self.facts.push(fact);
    }
}
