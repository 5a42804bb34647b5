//! One event as the walk leaves it: a slot for each column of its layout, pointing into the text.

use std::borrow::Cow;

use crate::catalog::{
    BODY, ENVELOPE, ENVELOPE_V1, EVENT_CREATE_TIME, Envelope, Event, Field, HEAD, HEADER, ITEM, Kind, Line,
    visit,
};
use crate::json::{Decimal, Token, TokenKind, unescape};
use crate::lang::Label;

/// Where a value stands. Documents are limited to 4 GiB, so 32 bits do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The first byte, in the text of the document.
    pub start: u32,
    /// One past the last byte; 0 when there is no value.
    pub end: u32,
    /// The JSON type.
    pub kind: TokenKind,
    /// The number that an integer, or the digits of a timestamp, write; [`Slot::NO_NUMBER`] otherwise.
    pub number: i64,
}

impl Slot {
    /// No number could be read.
    pub const NO_NUMBER: i64 = i64::MIN;
    /// No value.
    pub const ABSENT: Slot = Slot { start: 0, end: 0, kind: TokenKind::Null, number: Slot::NO_NUMBER };

    /// A slot as the walk would fill it: the number is an integer, or the digits of a timestamp.
    pub(crate) fn of(text: &[u8], value: Token) -> Slot {
        let raw = &text[value.start..value.end];
        let digits = match value.kind {
            TokenKind::Number { integer: true } => Some(raw),
            TokenKind::String { .. } => Some(&raw[1..raw.len() - 1]).filter(|text| {
                text.iter().all(u8::is_ascii_digit) && (text.len() == 1 || text.first() != Some(&b'0'))
            }),
            _ => None,
        };
        let number = digits.and_then(|digits| str::from_utf8(digits).ok()?.parse().ok());
        Slot {
            start: value.start as u32,
            end: value.end as u32,
            kind: value.kind,
            number: number.unwrap_or(Slot::NO_NUMBER),
        }
    }

    /// Whether there is a value, `null` included.
    pub fn is_present(&self) -> bool {
        self.end != 0
    }

    /// The number, if there is one.
    pub fn number(&self) -> Option<i64> {
        (self.number != Slot::NO_NUMBER).then_some(self.number)
    }
}

/// A column of a layout: a field and the way to it.
#[derive(Clone, Debug)]
pub struct Column {
    /// The name in CSV and NDJSON: the key, dotted where objects nest.
    pub name: String,
    /// The keys from the top of the document.
    pub steps: Vec<&'static str>,
    /// What the catalogue says.
    pub field: &'static Field,
    /// The line that it shares with its neighbours: its own, or that of the object that it is part of.
    pub line: Option<Line>,
    /// What people call the object that it is part of.
    pub within: Option<Label>,
    /// Whether it is part of the envelope or the header, and so the same for every event type.
    pub shared: bool,
}

impl Column {
    /// Whether it is the field at a path, or within the object there.
    pub fn is_at(&self, path: &str) -> bool {
        self.name.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The name of its decoded twin, if its kind has one: `check_time_iso`, `type_label`.
    pub fn twin(&self) -> Option<String> {
        twin_suffix(self.field.kind).map(|suffix| format!("{}_{suffix}", self.name))
    }
}

/// What values mean stands beside them in a column of its own: moments by ISO 8601, documented values by their labels.
/// Words too: `Late` is plain enough, but not to a reader of Chinese.
pub fn twin_suffix(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Time(..) => Some("iso"),
        Kind::Choice(_) | Kind::Word(_) => Some("label"),
        _ => None,
    }
}

/// The columns of an event type, in the order of its slots: the envelope, the header, the event.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The type; `None` for one that the catalogue does not know.
    pub event: Option<&'static Event>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The slot that says when the thing happened.
    pub happened: Option<usize>,
    /// The slot of the id of the record behind the event.
    pub record: Option<usize>,
    /// The slot that says whose event it is.
    pub person: Option<usize>,
    /// The slot of the content of a message: JSON in text, of a form that depends on the type of the message.
    pub message: Option<usize>,
}

/// The key of the content of a message.
const MESSAGE_CONTENT: &str = "content";

const fn place(fields: &[Field], key: &str) -> usize {
    let mut at = 0;
    while at < fields.len() {
        if same(fields[at].key.as_bytes(), key.as_bytes()) {
            return at;
        }
        at += 1;
    }
    panic!("no such field in the catalogue")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The slots that every layout has.
pub mod slot {
    use super::{ENVELOPE_V1, HEADER, place};
    /// `schema`
    pub const SCHEMA: usize = 0;
    /// The first field of the header.
    pub const HEADER_BASE: usize = 1;
    /// `header.event_id`
    pub const EVENT_ID: usize = HEADER_BASE + place(HEADER, "event_id");
    /// `header.event_type`
    pub const EVENT_TYPE: usize = HEADER_BASE + place(HEADER, "event_type");
    /// `header.create_time`
    pub const CREATE_TIME: usize = HEADER_BASE + place(HEADER, "create_time");
    /// `header.token`
    pub const TOKEN: usize = HEADER_BASE + place(HEADER, "token");
    /// `header.tenant_key`
    pub const TENANT_KEY: usize = HEADER_BASE + place(HEADER, "tenant_key");
    /// `header.app_id`
    pub const APP_ID: usize = HEADER_BASE + place(HEADER, "app_id");
    /// The first field of the event.
    pub const EVENT_BASE: usize = HEADER_BASE + HEADER.len();
    /// The members of [`ENVELOPE_V1`] that stand for members of the header, by their places there, and their slots.
    pub const V1: [(usize, usize); 3] = [
        (place(ENVELOPE_V1, "uuid"), EVENT_ID),
        (place(ENVELOPE_V1, "ts"), CREATE_TIME),
        (place(ENVELOPE_V1, "token"), TOKEN),
    ];
    /// The members of the body of a v1 event that stand for members of the header.
    pub const V1_BODY: [(&str, usize); 3] =
        [("type", EVENT_TYPE), ("app_id", APP_ID), ("tenant_key", TENANT_KEY)];

    /// The key at the top of a v1 event whose value is in a slot: `uuid` for [`EVENT_ID`].
    pub fn v1_key(slot: usize) -> Option<&'static str> {
        V1.iter().find(|(_, known)| *known == slot).map(|(at, _)| ENVELOPE_V1[*at].key)
    }

    /// The key in the header whose value is in a slot.
    pub const fn key(slot: usize) -> &'static str {
        HEADER[slot - HEADER_BASE].key
    }
}

impl Layout {
    /// The layout of a type, or that of an unknown one: the shared columns alone.
    pub fn of(event: Option<&'static Event>) -> Layout {
        let mut columns = flatten(&ENVELOPE[..1], &[], true);
        columns.extend(flatten(HEADER, &[HEAD], true));
        let is_v1 = event.is_some_and(|event| event.envelope == Envelope::V1);
        let elsewhere = |column: &Column| is_v1 && slot::V1_BODY.iter().any(|(key, _)| column.name == *key);
        let body = flatten(event.map_or(&[], |event| event.fields), &[BODY], false);
        columns.extend(body.into_iter().filter(|column| !elsewhere(column)));
        // The header may have one of the same name.
        let body = || columns.iter().enumerate().skip(slot::EVENT_BASE);
        let slot =
            |path: Option<&str>| body().find(|(_, column)| Some(&*column.name) == path).map(|(at, _)| at);
        let [happened, record, person] =
            event.map_or([None; 3], |event| [event.happened, event.record, event.person].map(slot));
        let is_message =
            |column: &Column| matches!(column.field.kind, Kind::Json) && column.field.key == MESSAGE_CONTENT;
        let message = columns.iter().position(is_message);
        Layout { event, columns, happened, record, person, message }
    }

    /// The slot of a column of this name.
    pub fn slot(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The key under which a slot's value stands: `event_id`. `v1` says that the event is of the old form, whose
    /// envelope has other keys: `uuid`.
    pub fn key(&self, slot: usize, v1: bool) -> &'static str {
        slot::v1_key(slot).filter(|_| v1).unwrap_or(self.columns[slot].field.key)
    }
}

/// How many slots a list of fields takes: one each, objects as many as their fields.
pub const fn slots_of(fields: &[Field]) -> usize {
    match fields {
        [] => 0,
        [Field { kind: Kind::Object(inner), .. }, rest @ ..] => slots_of(inner) + slots_of(rest),
        [_, rest @ ..] => 1 + slots_of(rest),
    }
}

/// The columns of fields to which `outer` leads: one each, in place of an object those of its fields. What is within
/// a list has none.
pub fn flatten(fields: &'static [Field], outer: &[&'static str], shared: bool) -> Vec<Column> {
    let mut columns = Vec::with_capacity(fields.len());
    // The objects around, each with how many steps lead to it.
    let mut around: Vec<(usize, &'static Field)> = Vec::new();
    visit(fields, &mut outer.to_vec(), &mut |steps, field| {
        let inner = &steps[outer.len()..];
        if inner.contains(&ITEM) {
            return;
        }
        while around.last().is_some_and(|(depth, _)| *depth >= steps.len()) {
            around.pop();
        }
        if matches!(field.kind, Kind::Object(_)) {
            return around.push((steps.len(), field));
        }
        // An object that is said on one line is named by that.
        let object = around.last().filter(|(_, object)| field.line.is_none() && object.line.is_some());
        let line = field.line.or(object.and_then(|(_, object)| object.line));
        let outside = around.len() - usize::from(object.is_some());
        let within = around[..outside].last().map(|(_, object)| object.title);
        columns.push(Column { name: inner.join("."), steps: steps.to_vec(), field, line, within, shared });
    });
    columns
}

/// A filled layout: the values of one event, borrowed from its text.
#[derive(Clone, Copy, Debug)]
pub struct Record<'r> {
    /// The text that the slots point into.
    pub text: &'r [u8],
    /// One for each column of the layout.
    pub slots: &'r [Slot],
    /// What the slots are.
    pub layout: &'r Layout,
}

impl<'r> Record<'r> {
    /// The JSON of a value as it stands in the text.
    #[inline]
    pub fn raw(&self, slot: usize) -> Option<&'r [u8]> {
        let place = &self.slots[slot];
        place.is_present().then(|| &self.text[place.start as usize..place.end as usize])
    }

    /// A value as text: a string unescaped, anything else as its JSON. Absent and null are `None`.
    pub fn text(&self, slot: usize) -> Option<Cow<'r, str>> {
        let raw = self.raw(slot)?;
        match self.slots[slot].kind {
            TokenKind::Null => None,
            TokenKind::String { .. } => Some(unescape(&raw[1..raw.len() - 1])),
            _ => Some(String::from_utf8_lossy(raw)),
        }
    }

    /// Whether the moment of creation has the key that headers of approvals have for it, [`EVENT_CREATE_TIME`].
    pub(crate) fn is_created_by_approval(&self) -> bool {
        let before = self.text[..self.slots[slot::CREATE_TIME].start as usize].trim_ascii_end();
        let key = before.strip_suffix(b":").unwrap_or(before).trim_ascii_end();
        key.strip_suffix(b"\"").is_some_and(|key| key.ends_with(EVENT_CREATE_TIME.as_bytes()))
    }

    /// The number in a slot: an integer, or the digits of a timestamp.
    pub fn number(&self, slot: usize) -> Option<i64> {
        self.slots[slot].number()
    }

    /// The integer that a slot means, also where it is of the wrong type: `"2"`, `2.0`, or a timestamp without quotes.
    pub fn meant(&self, slot: usize) -> Option<i64> {
        self.number(slot).or_else(|| meant(self.slots[slot].kind, self.raw(slot)?))
    }

    /// What the catalogue calls the number or word in a slot.
    pub fn label(&self, slot: usize) -> Option<Label> {
        match self.layout.columns[slot].field.kind {
            Kind::Choice(choices) => {
                let number = self.meant(slot)?;
                choices.iter().find(|choice| choice.value == number).map(|choice| choice.label)
            }
            Kind::Word(words) => {
                let text = self.text(slot)?;
                words.iter().find(|word| word.value == text).map(|word| word.label)
            }
            _ => None,
        }
    }

    /// Whether a slot says nothing: absent, `null`, `""`, `[]`, `{}`.
    pub fn is_empty(&self, slot: usize) -> bool {
        self.raw(slot).is_none_or(|raw| is_empty(self.slots[slot].kind, raw))
    }
}

/// The integer that a JSON string or number means, whatever its type.
#[cold]
pub fn meant(kind: TokenKind, raw: &[u8]) -> Option<i64> {
    let text = match kind {
        TokenKind::String { .. } => unescape(&raw[1..raw.len() - 1]),
        // Most are integers of 64 bits, which need no memory.
        TokenKind::Number { .. } => {
            let text = str::from_utf8(raw).ok()?;
            match text.parse() {
                Ok(number) => return Some(number),
                Err(_) => text.into(),
            }
        }
        _ => return None,
    };
    Decimal::parse(text.trim())?.integer()
}

/// Whether JSON says nothing: `null`, `""`, `[]`, `{}`.
pub fn is_empty(kind: TokenKind, raw: &[u8]) -> bool {
    match kind {
        TokenKind::Null => true,
        TokenKind::String { .. } => raw.len() == 2,
        TokenKind::Array | TokenKind::Object => raw[1..raw.len() - 1].iter().all(u8::is_ascii_whitespace),
        _ => false,
    }
}
