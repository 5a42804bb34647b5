//! The words in which the tables are written: a field is named after what it holds. All fields made here are optional, as
//! the documentation says of none that it must be there.

use crate::lang::label;
use crate::time::Unit;

use super::common::USER_ID;
use super::entry::{Choice, Field, Kind, TimeSpan, Wire, Word};

/// A documented value of an integer.
pub const fn choice(value: i64, zh: &'static str, en: &'static str) -> Choice {
    Choice { value, label: label(zh, en), alarm: false }
}

/// A documented value of an integer that should warn a reader.
pub const fn alarm(value: i64, zh: &'static str, en: &'static str) -> Choice {
    Choice { value, label: label(zh, en), alarm: true }
}

/// A documented value of a string.
pub const fn word(value: &'static str, zh: &'static str, en: &'static str) -> Word {
    Word { value, label: label(zh, en) }
}

const fn field(key: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    super::entry::field(key, kind, zh, en).optional()
}

/// Any string.
pub const fn text(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Text, zh, en)
}

/// A string that holds a URL.
pub const fn url(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Url, zh, en)
}

/// A string that holds a MAC address.
pub const fn mac(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Mac, zh, en)
}

/// A string that holds JSON.
pub const fn json(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Json, zh, en)
}

/// `true` or `false`.
pub const fn flag(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Flag, zh, en)
}

/// An integer.
pub const fn integer(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Integer, zh, en)
}

/// A number, with or without a fraction.
pub const fn number(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Number, zh, en)
}

/// A moment: a string with the digits of seconds.
pub const fn seconds(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::SECONDS, zh, en)
}

/// A moment: an integer of seconds.
pub const fn seconds_int(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Time(Unit::Seconds, Wire::Integer), zh, en)
}

/// A moment: a string with the digits of milliseconds.
pub const fn millis(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::MILLIS, zh, en)
}

/// A moment: an integer of milliseconds.
pub const fn millis_int(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Time(Unit::Millis, Wire::Integer), zh, en)
}

/// A day: `2021-03-10`.
pub const fn date(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Date, zh, en)
}

/// A day and a time without a zone: `2021-03-10 21:11[:56]`.
pub const fn date_time(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::DateTime, zh, en)
}

/// A moment by RFC 3339.
pub const fn rfc3339(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Rfc3339, zh, en)
}

/// A string with the digits of seconds since midnight.
pub const fn time_of_day(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::TimeOfDay, zh, en)
}

/// A list of strings.
pub const fn texts(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::List(&Kind::Text), zh, en)
}

/// A list of URLs.
pub const fn urls(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::List(&Kind::Url), zh, en)
}

/// An object whose keys are somebody's own.
pub const fn map(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Map, zh, en)
}

/// Any JSON.
pub const fn any(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Any, zh, en)
}

/// A person by three ids, said on one line.
pub const fn user(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, Kind::Object(USER_ID), zh, en).personal().line(zh, en)
}

/// People by three ids each.
pub const fn users(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    const ITEM: Kind = Kind::Object(USER_ID);
    field(key, Kind::List(&ITEM), zh, en).personal()
}

/// How long something takes.
pub const fn duration(
    key: &'static str,
    zh: &'static str,
    en: &'static str,
    unit: TimeSpan,
    wire: Wire,
) -> Field {
    field(key, Kind::Duration(unit, wire), zh, en)
}

/// An integer with documented values.
pub const fn choices(
    key: &'static str,
    zh: &'static str,
    en: &'static str,
    values: &'static [Choice],
) -> Field {
    field(key, Kind::Choice(values), zh, en)
}

/// An integer that is the sum of documented values.
pub const fn bits(key: &'static str, zh: &'static str, en: &'static str, values: &'static [Choice]) -> Field {
    field(key, Kind::Bits(values), zh, en)
}

/// A string with documented values.
pub const fn words(key: &'static str, zh: &'static str, en: &'static str, values: &'static [Word]) -> Field {
    field(key, Kind::Word(values), zh, en)
}

/// A list of one kind.
pub const fn list(key: &'static str, zh: &'static str, en: &'static str, item: &'static Kind) -> Field {
    field(key, Kind::List(item), zh, en)
}

/// An object.
pub const fn object(
    key: &'static str,
    zh: &'static str,
    en: &'static str,
    fields: &'static [Field],
) -> Field {
    field(key, Kind::Object(fields), zh, en)
}
