//! What an entry of the catalogue is made of: event types, their fields, kinds, choices.

use crate::lang::{Label, label};

/// A documented value of an integer field.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The number on the wire.
    pub value: i64,
    /// What it means.
    pub label: Label,
    /// Whether a reader should be warned: a suspected cheat, say.
    pub alarm: bool,
}

/// A documented value of a string field.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The string on the wire.
    pub value: &'static str,
    /// What it means.
    pub label: Label,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any string.
    Text,
    /// A string that holds a MAC address: `b0:b8:67:62:18:73`.
    Mac,
    /// A string that holds an http(s) URL.
    Url,
    /// `true` or `false`.
    Flag,
    /// An integer.
    Integer,
    /// A day as the integer `yyyymmdd`.
    Day,
    /// Degrees of longitude, -180 to 180.
    Longitude,
    /// Degrees of latitude, -90 to 90.
    Latitude,
    /// A string of digits: seconds since 1970.
    Seconds,
    /// A string of digits: milliseconds since 1970.
    Millis,
    /// An integer with documented values.
    Choice(&'static [Choice]),
    /// A string with documented values.
    Word(&'static [Word]),
    /// An array whose items are all of one kind.
    List(&'static Kind),
    /// An object with documented fields.
    Object(&'static [Field]),
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Missing is an error.
    Required,
    /// Documented, but a payload lives without it: missing is a note.
    Expected,
    /// Added later, or documented as not delivered: missing is silence.
    Optional,
}

/// A line of a card, or a column of a table, that neighbouring fields share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What people call it.
    pub title: Label,
    /// What stands between the values: `, ` or ` -> `, say.
    pub join: &'static str,
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The JSON key.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What people call it.
    pub title: Label,
    /// Whether it must be there.
    pub presence: Presence,
    /// Whether `null` is seen in the wild, and so worth no more than a note.
    pub nullable: bool,
    /// Whether it is a secret, masked wherever people read.
    pub secret: bool,
    /// Whether it says something about a person.
    pub personal: bool,
    /// What the documentation adds, or where it contradicts itself.
    pub note: Option<Label>,
    /// Another kind that the documentation has in its table or example: accepted in silence.
    pub also: Option<&'static Kind>,
    /// The line that it shares with its neighbours of the same line.
    pub line: Option<Line>,
}

/// Makes a [`Field`]: expected, not null, neither secret nor personal.
pub const fn field(key: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field {
        key,
        kind,
        title: label(zh, en),
        presence: Presence::Expected,
        nullable: false,
        secret: false,
        personal: false,
        note: None,
        also: None,
        line: None,
    }
}

impl Field {
    /// The same field, required.
    pub const fn required(mut self) -> Self {
        self.presence = Presence::Required;
        self
    }
    /// The same field, optional.
    pub const fn optional(mut self) -> Self {
        self.presence = Presence::Optional;
        self
    }
    /// The same field, for which `null` is seen in the wild.
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
    /// The same field, secret.
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }
    /// The same field, personal.
    pub const fn personal(mut self) -> Self {
        self.personal = true;
        self
    }
    /// The same field with a note.
    pub const fn note(mut self, zh: &'static str, en: &'static str) -> Self {
        self.note = Some(label(zh, en));
        self
    }
    /// The same field, for which another kind is documented too.
    pub const fn also(mut self, kind: &'static Kind) -> Self {
        self.also = Some(kind);
        self
    }
    /// The same field, on a line of this title together with its neighbours.
    pub const fn line(self, zh: &'static str, en: &'static str) -> Self {
        self.joined(zh, en, ", ")
    }
    /// The same field, on a line with its neighbours, and what stands between their values.
    pub const fn joined(mut self, zh: &'static str, en: &'static str, join: &'static str) -> Self {
        self.line = Some(Line { title: label(zh, en), join });
        self
    }
}

/// An event type.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// `header.event_type`.
    pub name: &'static str,
    /// What people call it.
    pub title: Label,
    /// The fields of `event`, in the order of tables and CSV columns.
    pub fields: &'static [Field],
    /// The key of the field that says when the thing happened, where there is one.
    pub happened: Option<&'static str>,
    /// The key of the field that names the record behind the event: the same record twice is a duplicate.
    pub record: Option<&'static str>,
    /// The key of the field that says whose event it is.
    pub person: Option<&'static str>,
    /// The page of the documentation, where we know it.
    pub source: Option<&'static str>,
}

/// The key of the object that holds the fields of an event.
pub const BODY: &str = "event";

/// What stands for the items of a list among the steps to a field.
pub const ITEM: &str = "[]";

/// Visits fields, each before those within it, in the order of the catalogue and with the keys that lead to it: those
/// in `steps`, its own, and [`ITEM`] where a list is passed.
pub fn visit(
    fields: &'static [Field],
    steps: &mut Vec<&'static str>,
    take: &mut impl FnMut(&[&'static str], &'static Field),
) {
    for field in fields {
        let outer = steps.len();
        steps.push(field.key);
        take(steps, field);
        let mut kind = &field.kind;
        while let Kind::List(item) = kind {
            steps.push(ITEM);
            kind = item;
        }
        if let Kind::Object(fields) = kind {
            visit(fields, steps, take);
        }
        steps.truncate(outer);
    }
}
