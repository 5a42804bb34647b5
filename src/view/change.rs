//! What a change changed: the same field in the object before it and in the object that is now.

use serde_json::{Map, Value as Json};

use crate::catalog::{Kind, is_secret_key};
use crate::container::canonical::content;
use crate::json::unescape;
use crate::lang::{Label, label};
use crate::record::{Record, slot};
use crate::secrets::mask;
use crate::terminal::sanitize;

use super::lines::Line;
use super::members::Value;
use super::unknown::{KEY, clean_path};
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

/// A member of JSON in text, of which the catalogue knows nothing.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub key: String,
    /// What was and what is; nothing was before where it is the same.
    pub before: Option<String>,
    pub now: String,
}

impl Member {
    /// `张三 -> 李四`, or what it still is.
    pub fn said(&self) -> String {
        match &self.before {
            Some(before) => [before, CHANGE, &self.now].concat(),
            None => self.now.clone(),
        }
    }
}

/// So many members of JSON in text are told.
const MOST_MEMBERS: usize = 200;

/// The members of JSON in text; where there is no text there are none.
fn members(value: Option<Value<'_>>) -> Option<Map<String, Json>> {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return Some(Map::new()) };
    match serde_json::from_str(&unescape(value.string()?)) {
        Ok(Json::Object(members)) => Some(members),
        _ => None,
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

    /// The members of records that stand as JSON in text on both sides, those that changed first.
    pub fn members(&self, record: &Record<'_>, line: &Line) -> Option<Vec<Member>> {
        let ([Some(before)], [now]) = (&line.before[..], &line.fields[..]) else { return None };
        let column = &record.layout.columns[slot::EVENT_BASE + now];
        let side = |at: usize| members(Value::of(record, slot::EVENT_BASE + at));
        if !matches!(column.field.kind, Kind::Json) {
            return None;
        }
        let (before, now) = (side(*before)?, side(*now)?);
        let keys = before.keys().chain(now.keys().filter(|key| !before.contains_key(*key)));
        let said = |key: &str, value: Option<&Json>| match value {
            Some(value) if is_secret_key(key.as_bytes()) && !self.shows_secrets => mask(&plain(value)),
            // Nothing is not the same as no member.
            Some(Json::String(text)) if text.trim().is_empty() => format!("\"{}\"", self.clean(text)),
            Some(value) => self.clean(&plain(value)),
            None => NONE.text(self.lang).to_owned(),
        };
        let mut members: Vec<Member> = keys
            .take(MOST_MEMBERS)
            .map(|key| Member {
                key: sanitize::clip(&sanitize::clean(&clean_path(self, key)), KEY).into_owned(),
                before: (before.get(key) != now.get(key)).then(|| said(key, before.get(key))),
                now: said(key, now.get(key)),
            })
            .collect();
        members.sort_by_key(|member| member.before.is_none());
        Some(members)
    }

    /// A text safe to show.
    fn clean(&self, text: &str) -> String {
        let mut out = String::new();
        self.paragraphs(text, &mut out);
        out
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
            if let Some(members) = self.members(record, line) {
                let changed = members.iter().filter(|member| member.before.is_some());
                let said = changed.map(|member| format!("{} {}", member.key, member.said()));
                out.push_str(&said.collect::<Vec<_>>().join("; "));
                continue;
            }
            let change = self.change(record, line);
            tone = tone.max(change.tone);
            out.extend([&line.title(self.lang), " ", &change.said()]);
        }
        tone
    }
}

/// Text as it is, anything else as JSON.
pub(crate) fn plain(json: &Json) -> String {
    json.as_str().map_or_else(|| json.to_string(), str::to_owned)
}
