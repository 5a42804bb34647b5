//! The catalogue made ready for writing: the order of the keys on the wire, and the part that each value plays.

use crate::catalog::{Choice, Event, Field, Kind, Word};

use super::words::{RISKS, SOURCES};

/// A member of an object.
#[derive(Debug)]
pub(super) struct Member {
    /// `,"key":`, without the comma for the first member.
    pub key: Box<[u8]>,
    pub role: Role,
}

/// What a value is about. Values that belong together have a role of their own; what the catalogue may hold besides
/// is made by its kind.
#[derive(Debug)]
pub(super) enum Role {
    EmployeeId,
    EmployeeNo,
    Place,
    Ssid,
    Bssid,
    IsField,
    IsWifi,
    Comment,
    Source,
    Risk,
    Group,
    Shift,
    TimeZone,
    /// Status and supplement, before and now: the index in an item of [`super::words::CHANGES`].
    Change(usize),
    WorkType,
    Index,
    /// An id whose upper half is the second in which it was given.
    Id,
    Mac,
    Url,
    Urls,
    Flag,
    Integer,
    Day,
    Longitude,
    Latitude,
    Seconds,
    Millis,
    Choice(&'static [Choice]),
    Word(&'static [Word]),
    List(Box<Role>),
    Object(Vec<Member>),
}

impl Role {
    fn of(field: &Field) -> Role {
        match (field.key, field.kind) {
            ("employee_id", Kind::Text) => Role::EmployeeId,
            ("employee_no", Kind::Text) => Role::EmployeeNo,
            ("location_name", Kind::Text) => Role::Place,
            ("ssid", Kind::Text) => Role::Ssid,
            ("bssid", Kind::Mac) => Role::Bssid,
            ("is_field", Kind::Flag) => Role::IsField,
            ("is_wifi", Kind::Flag) => Role::IsWifi,
            ("type", Kind::Choice(list)) if covers(list, SOURCES) => Role::Source,
            ("risk_result", Kind::Choice(list)) if covers(list, RISKS) => Role::Risk,
            ("group_id", Kind::Text) => Role::Group,
            ("shift_id", Kind::Text) => Role::Shift,
            ("time_zone", Kind::Text) => Role::TimeZone,
            ("before_status", Kind::Word(_)) => Role::Change(0),
            ("before_supplement", Kind::Word(_)) => Role::Change(1),
            ("current_status", Kind::Word(_)) => Role::Change(2),
            ("current_supplement", Kind::Word(_)) => Role::Change(3),
            ("work_type", Kind::Word(_)) => Role::WorkType,
            ("index", Kind::Integer) => Role::Index,
            (key, Kind::Text) if key.ends_with("_id") => Role::Id,
            (_, kind) => Role::of_kind(kind),
        }
    }

    fn of_kind(kind: Kind) -> Role {
        match kind {
            Kind::Text => Role::Comment,
            Kind::Mac => Role::Mac,
            Kind::Url => Role::Url,
            Kind::Flag => Role::Flag,
            Kind::Integer => Role::Integer,
            Kind::Day => Role::Day,
            Kind::Longitude => Role::Longitude,
            Kind::Latitude => Role::Latitude,
            Kind::Seconds => Role::Seconds,
            Kind::Millis => Role::Millis,
            Kind::Choice(choices) => Role::Choice(choices),
            Kind::Word(words) => Role::Word(words),
            Kind::List(Kind::Url) => Role::Urls,
            Kind::List(item) => Role::List(Box::new(Role::of_kind(*item))),
            Kind::Object(fields) => Role::Object(members(fields)),
        }
    }
}

/// Whether a list of documented values has all that we would write.
fn covers(list: &[Choice], values: &[(i64, u32)]) -> bool {
    values.iter().all(|(value, _)| list.iter().any(|choice| choice.value == *value))
}

/// The keys that follow the alphabetical ones.
const LATE: &[&str] = &["type", "risk_result"];

/// The fields of an object in the order of the wire.
fn members(fields: &[Field]) -> Vec<Member> {
    let mut fields: Vec<&Field> = fields.iter().collect();
    // The official example is alphabetical, but for the two at its end: risk_result was added later.
    let late = |key: &str| LATE.iter().position(|late| *late == key).map_or(0, |at| at + 1);
    fields.sort_by_key(|field| (late(field.key), field.key));
    let after = std::iter::once("").chain(std::iter::repeat(","));
    fields
        .into_iter()
        .zip(after)
        .map(|(field, comma)| Member {
            key: format!("{comma}\"{}\":", field.key).into_bytes().into_boxed_slice(),
            role: Role::of(field),
        })
        .collect()
}

/// The members of `event`.
pub(super) fn of_event(event: &Event) -> Vec<Member> {
    members(event.fields)
}
