//! What an entry of the catalogue is made of: event types, their fields, kinds, choices.

use crate::lang::{Label, label};
use crate::time::Unit;

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

/// How the number of a moment or of a duration is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// A string of digits.
    Text,
    /// An integer.
    Integer,
    /// An integer or a number with a fraction.
    Number,
}

/// The unit of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeSpan {
    /// Thousandths of a second.
    Millis,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
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
    /// A string that holds JSON.
    Json,
    /// `true` or `false`.
    Flag,
    /// An integer.
    Integer,
    /// An integer or a number with a fraction.
    Number,
    /// Degrees of longitude, -180 to 180.
    Longitude,
    /// Degrees of latitude, -90 to 90.
    Latitude,
    /// A moment, counted from 1970 in a unit.
    Time(Unit, Wire),
    /// A day as the integer `yyyymmdd`.
    Day,
    /// A string that holds a day: `2021-03-10`.
    Date,
    /// A string that holds a day and a time without a zone: `2021-03-10 21:11[:56]`.
    DateTime,
    /// A string that holds a moment by RFC 3339: `2021-03-10T21:11:56+08:00`.
    Rfc3339,
    /// How long something takes.
    Duration(TimeSpan, Wire),
    /// A string of digits: seconds since midnight.
    TimeOfDay,
    /// An integer with documented values.
    Choice(&'static [Choice]),
    /// An integer that is the sum of documented values.
    Bits(&'static [Choice]),
    /// A string with documented values.
    Word(&'static [Word]),
    /// An array whose items are all of one kind.
    List(&'static Kind),
    /// An object with documented fields.
    Object(&'static [Field]),
    /// An object whose keys are somebody's own.
    Map,
    /// Any JSON.
    Any,
}

impl Kind {
    /// A string of digits: seconds since 1970.
    pub const SECONDS: Kind = Kind::Time(Unit::Seconds, Wire::Text);
    /// A string of digits: milliseconds since 1970.
    pub const MILLIS: Kind = Kind::Time(Unit::Millis, Wire::Text);

    /// The JSON type of its values.
    pub const fn json(&self) -> Json {
        match self {
            Kind::Text
            | Kind::Mac
            | Kind::Url
            | Kind::Json
            | Kind::Date
            | Kind::DateTime
            | Kind::Rfc3339
            | Kind::TimeOfDay
            | Kind::Word(_)
            | Kind::Time(_, Wire::Text)
            | Kind::Duration(_, Wire::Text) => Json::String,
            Kind::Flag => Json::Boolean,
            Kind::Integer
            | Kind::Day
            | Kind::Choice(_)
            | Kind::Bits(_)
            | Kind::Time(_, Wire::Integer)
            | Kind::Duration(_, Wire::Integer) => Json::Integer,
            Kind::Number
            | Kind::Longitude
            | Kind::Latitude
            | Kind::Time(_, Wire::Number)
            | Kind::Duration(_, Wire::Number) => Json::Number,
            Kind::List(_) => Json::Array,
            Kind::Object(_) | Kind::Map => Json::Object,
            Kind::Any => Json::Any,
        }
    }
}

/// A JSON type, as JSON Schema counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Json {
    /// A string.
    String,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// An array.
    Array,
    /// An object.
    Object,
    /// Any of them.
    Any,
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Missing is an error.
    Required,
    /// Documented, but a payload lives without it: missing is a note.
    Expected,
    /// May be missing, in silence.
    Optional,
    /// Delivered only to applications with the permission for it: missing is silence.
    Scoped,
    /// Delivered in some cases only: missing is silence.
    Conditional,
    /// Documented as not to be relied on: missing is silence.
    Deprecated,
    /// Documented as not delivered, or as meaning nothing: missing is silence.
    Undelivered,
    /// Not documented, but in the official SDKs: missing is silence, and so is being there.
    SdkOnly,
}

impl Presence {
    /// Whether something is said when the field is not there.
    pub const fn is_missed(self) -> bool {
        matches!(self, Presence::Required | Presence::Expected)
    }
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
    /// Whether its documented values are known not to be all: another one is a note.
    pub open: bool,
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
        open: false,
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
    /// The same field, delivered only with a permission.
    pub const fn scoped(mut self) -> Self {
        self.presence = Presence::Scoped;
        self
    }
    /// The same field, delivered in some cases only.
    pub const fn conditional(mut self) -> Self {
        self.presence = Presence::Conditional;
        self
    }
    /// The same field, not to be relied on.
    pub const fn deprecated(mut self) -> Self {
        self.presence = Presence::Deprecated;
        self
    }
    /// The same field, documented as not delivered or without meaning.
    pub const fn undelivered(mut self) -> Self {
        self.presence = Presence::Undelivered;
        self
    }
    /// The same field, which the official SDKs have and the documentation does not.
    pub const fn sdk_only(mut self) -> Self {
        self.presence = Presence::SdkOnly;
        self
    }
    /// The same field, whose documented values are not all.
    pub const fn open(mut self) -> Self {
        self.open = true;
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

/// What stands around the body of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envelope {
    /// `schema`, `header`, `event`.
    V2,
    /// `uuid`, `ts`, `token`, `type` beside `event`, in which the type of the event stands.
    V1,
}

/// An event type.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// `header.event_type`, or `event.type` of the old form.
    pub name: &'static str,
    /// What people call it.
    pub title: Label,
    /// What stands around it.
    pub envelope: Envelope,
    /// The members of its header beyond those that all have.
    pub header: &'static [Field],
    /// The members of the header that it is documented without.
    pub without: &'static [&'static str],
    /// The unit of `header.create_time`.
    pub created_in: Unit,
    /// The fields of `event`, in the order of tables and CSV columns.
    pub fields: &'static [Field],
    /// The dotted path of the field that says when the thing happened, where there is one.
    pub happened: Option<&'static str>,
    /// The dotted path of the field that names the record behind the event: the same record twice is a duplicate.
    pub record: Option<&'static str>,
    /// The dotted path of the field that says whose event it is.
    pub person: Option<&'static str>,
    /// The dotted paths of what a reader wants to know first, an object standing for all its fields: the columns of its
    /// table after the time, the first lines of its card, what it is summed up by. With blanks between them;
    /// empty where the view is to choose.
    pub columns: &'static str,
    /// The dotted paths of what was before a change and of what is now: two objects of nearly the same fields, or two
    /// fields.
    pub change: Option<(&'static str, &'static str)>,
    /// Whether the documentation keeps it for old applications only.
    pub historic: bool,
    /// Whether it is known from the official SDKs only: no page describes it, and its titles are ours.
    pub sdk_only: bool,
    /// The page of the documentation, where we know it: what follows [`DOCUMENTATION`].
    pub page: Option<&'static str>,
}

/// Where the pages of the platform's documentation are.
pub const DOCUMENTATION: &str = "https://open.feishu.cn/document/";

/// Makes an [`Event`] of the usual form, with the usual header.
pub const fn event_type(name: &'static str, zh: &'static str, en: &'static str) -> Event {
    Event {
        name,
        title: label(zh, en),
        envelope: Envelope::V2,
        header: &[],
        without: &[],
        created_in: Unit::Millis,
        fields: &[],
        happened: None,
        record: None,
        person: None,
        columns: "",
        change: None,
        historic: false,
        sdk_only: false,
        page: None,
    }
}

impl Event {
    /// The same event with these fields.
    pub const fn fields(mut self, fields: &'static [Field]) -> Self {
        self.fields = fields;
        self
    }
    /// The same event, in the envelope of the old form.
    pub const fn v1(mut self) -> Self {
        self.envelope = Envelope::V1;
        self
    }
    /// The same event, whose header has these members besides.
    pub const fn header(mut self, fields: &'static [Field]) -> Self {
        self.header = fields;
        self
    }
    /// The same event, whose header has no such members.
    pub const fn without(mut self, keys: &'static [&'static str]) -> Self {
        self.without = keys;
        self
    }
    /// The same event, whose `create_time` is in another unit.
    pub const fn created_in(mut self, unit: Unit) -> Self {
        self.created_in = unit;
        self
    }
    /// The same event; when the thing happened stands at this path.
    pub const fn happened(mut self, path: &'static str) -> Self {
        self.happened = Some(path);
        self
    }
    /// The same event; the record behind it is named at this path.
    pub const fn record(mut self, path: &'static str) -> Self {
        self.record = Some(path);
        self
    }
    /// The same event; whose it is stands at this path.
    pub const fn person(mut self, path: &'static str) -> Self {
        self.person = Some(path);
        self
    }
    /// The same event; these are what a reader wants to know first.
    pub const fn columns(mut self, paths: &'static str) -> Self {
        self.columns = paths;
        self
    }
    /// The same event; at these paths stand what was before a change and what is now.
    pub const fn change(mut self, before: &'static str, now: &'static str) -> Self {
        self.change = Some((before, now));
        self
    }
    /// The same event, kept for old applications only.
    pub const fn historic(mut self) -> Self {
        self.historic = true;
        self
    }
    /// The same event, known from the official SDKs only.
    pub const fn sdk_only(mut self) -> Self {
        self.sdk_only = true;
        self
    }
    /// The same event, documented on this page.
    pub const fn page(mut self, path: &'static str) -> Self {
        self.page = Some(path);
        self
    }
    /// The address of its page.
    pub fn source(&self) -> Option<String> {
        self.page.map(|path| format!("{DOCUMENTATION}{path}"))
    }
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
