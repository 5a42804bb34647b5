//! The field list of an event: one row for each field, with the way to it. Tables, Markdown and JSON are made of it.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::catalog::{
    BODY, ENVELOPE, ENVELOPE_V1, Envelope, Event, Field, HEAD, ITEM, Kind, Presence, TimeSpan, visit,
};
use crate::lang::{Label, label};
use crate::time::Unit;

use super::json_schema::json_type;

/// What is said of a type or a field that only the SDKs know.
pub(crate) const SDK_ONLY: Label =
    label("仅见于官方 SDK，文档未列", "known from the official SDKs only, not documented");

/// A field and the way to it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The way from the top, as people write it: `event.status_changes[].index`.
    pub path: String,
    /// How many objects are around the top one: 0 for `schema`, 1 for the fields of `header` and `event`.
    pub depth: usize,
    /// What the catalogue says.
    pub field: &'static Field,
    /// Whether it must be there. What is within an object that only the SDKs know, only they know.
    pub presence: Presence,
    /// Whether it is part of the envelope or the header, and so the same for every event type.
    pub shared: bool,
}

/// A documented value and its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The value as JSON writes it, a string without its quotes.
    pub value: String,
    /// What it means.
    pub label: Label,
}

/// The fields of a whole payload of this type, in the order of the catalogue: the envelope, the header, the event.
pub fn fields(event: &Event) -> Vec<Row> {
    let list = |fields, outer: &[&'static str], shared| {
        let mut rows = Vec::new();
        // How many steps lead to the object that only the SDKs know.
        let mut sdk_only = usize::MAX;
        visit(fields, &mut outer.to_vec(), &mut |steps, field| {
            let depth = steps.iter().filter(|step| **step != ITEM).count() - 1;
            let inherits = steps.len() > sdk_only;
            if !inherits {
                sdk_only = if field.presence == Presence::SdkOnly { steps.len() } else { usize::MAX };
            }
            let presence = if inherits { Presence::SdkOnly } else { field.presence };
            rows.push(Row { path: steps.join(".").replace(".[]", "[]"), depth, field, presence, shared });
        });
        rows
    };
    let mut rows = list(if event.envelope == Envelope::V1 { ENVELOPE_V1 } else { ENVELOPE }, &[], true);
    let lacks = |row: &Row| event.without.iter().any(|key| row.path == format!("{HEAD}.{key}"));
    rows.retain(|row| !lacks(row));
    let body = rows.iter().position(|row| row.path == BODY).unwrap_or(rows.len());
    rows.splice(body..body, list(event.header, &[HEAD], false));
    rows.extend(list(event.fields, &[BODY], false));
    rows
}

/// The type of a field in words that are the same in every language: `string, seconds`, `string[], URL`.
pub fn type_name(field: &Field) -> String {
    let mut name = base_name(&field.kind);
    if let Some(also) = field.also {
        name = format!("{name} or {}", json_type(also));
    }
    match detail(&field.kind) {
        "" => name,
        detail => format!("{name}, {detail}"),
    }
}

/// The JSON type, `[]` after that of the items of a list, as the platform's documentation writes it.
fn base_name(kind: &Kind) -> String {
    match kind {
        Kind::List(item) => format!("{}[]", base_name(item)),
        kind => json_type(kind).to_owned(),
    }
}

/// What a value says beyond its JSON type.
fn detail(kind: &Kind) -> &'static str {
    match kind {
        Kind::Mac => "MAC",
        Kind::Url => "URL",
        Kind::Json => "JSON",
        Kind::Time(Unit::Seconds, _) => "seconds",
        Kind::Time(Unit::Millis, _) => "ms",
        Kind::Time(unit, _) => unit.name(),
        Kind::Day | Kind::Date => "day",
        Kind::DateTime => "date and time",
        Kind::Rfc3339 => "RFC 3339",
        Kind::TimeOfDay => "seconds of a day",
        Kind::Duration(TimeSpan::Millis, _) => "duration in ms",
        Kind::Duration(TimeSpan::Seconds, _) => "duration in seconds",
        Kind::Duration(TimeSpan::Minutes, _) => "duration in minutes",
        Kind::Duration(TimeSpan::Hours, _) => "duration in hours",
        Kind::Duration(TimeSpan::Days, _) => "duration in days",
        Kind::Bits(_) => "bits",
        Kind::Longitude | Kind::Latitude => "degrees",
        Kind::List(item) => detail(item),
        _ => "",
    }
}

impl Row {
    /// The JSON pointer, `*` standing for any item of a list: `/event/status_changes/*/index`.
    pub fn pointer(&self) -> String {
        format!("/{}", self.path.replace("[]", "/*").replace('.', "/"))
    }

    /// The documented values, if the field (or the items of the list) has a closed list of them.
    pub fn values(&self) -> Vec<Value> {
        values(&self.field.kind)
    }
}

fn values(kind: &Kind) -> Vec<Value> {
    match kind {
        Kind::Choice(choices) | Kind::Bits(choices) => choices
            .iter()
            .map(|choice| Value { value: choice.value.to_string(), label: choice.label })
            .collect(),
        Kind::Word(words) => {
            words.iter().map(|word| Value { value: word.value.to_owned(), label: word.label }).collect()
        }
        Kind::List(item) => values(item),
        _ => Vec::new(),
    }
}

impl Presence {
    /// The word people read, the English one also machines: `required`, `expected`, `optional`.
    pub const fn label(self) -> Label {
        match self {
            Presence::Required => label("必有", "required"),
            Presence::Expected => label("应有", "expected"),
            Presence::Optional => label("可无", "optional"),
            Presence::Scoped => label("需权限", "with permission"),
            Presence::Conditional => label("视情况", "in some cases"),
            Presence::Deprecated => label("已弃用", "deprecated"),
            Presence::Undelivered => label("不返回", "not delivered"),
            Presence::SdkOnly => label("仅 SDK", "SDKs only"),
        }
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let field = self.field;
        let mut row = to.serialize_struct("Row", 9)?;
        row.serialize_field("path", &self.path)?;
        row.serialize_field("type", &type_name(field))?;
        row.serialize_field("presence", self.presence.label().en)?;
        row.serialize_field("nullable", &field.nullable)?;
        row.serialize_field("secret", &field.secret)?;
        row.serialize_field("personal", &field.personal)?;
        row.serialize_field("title", &field.title)?;
        row.serialize_field("note", &field.note)?;
        row.serialize_field("values", &self.values())?;
        row.end()
    }
}
