//! Values as they are compared: by the kind that the catalogue gives them, not by how they look.

use std::cmp::Ordering;

use crate::catalog::{Choice, Kind, Wire, Word};
use crate::json::{Decimal, TokenKind};
use crate::lang::{Label, Lang};
use crate::record::meant;
use crate::time::{Clock, Millis, Unit, Zone, parse_moment};

use super::condition::Test;
use super::name::{Got, Part, item, text_of};

/// As what the values of a field are compared.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Class {
    /// Texts, letter for letter. Ids are texts: none is taken for the number 1e5.
    Text,
    /// Numbers, digit for digit.
    Number(Numbers),
    /// Moments.
    Moment,
    /// Days.
    Day,
    /// Times of day.
    TimeOfDay,
    /// Numbers with documented meanings.
    Choice(&'static [Choice]),
    /// Texts with documented meanings.
    Word(&'static [Word]),
    /// True or false.
    Flag,
    /// JSON, to be searched in.
    Json,
    /// What the JSON says it is.
    Any,
    /// Lengths of time.
    Length,
}

/// Which numbers there are of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// Any.
    All,
    /// Whole ones.
    Whole,
    /// The lines of a file: 1, 2, 3.
    Lines,
    /// The hours of a day: 0 to 23.
    Hours,
}

impl Numbers {
    /// What they are called, with the first and the last, as far as there is one.
    fn about(self) -> (Label, Option<&'static str>, Option<&'static str>) {
        match self {
            Numbers::All => (Label { zh: "数", en: "number" }, None, None),
            Numbers::Whole => (Label { zh: "整数", en: "whole number" }, None, None),
            Numbers::Lines => {
                (Label { zh: "行号：行号从 1 开始", en: "line: they are numbered from 1" }, Some("1"), None)
            }
            Numbers::Hours => {
                (Label { zh: "小时：小时从 0 到 23", en: "hour: there are 0 to 23" }, Some("0"), Some("23"))
            }
        }
    }

    /// What they are called.
    pub fn what(self) -> Label {
        self.about().0
    }

    /// Whether one of them could pass a test; unequal to what is none of them all would be.
    pub fn pass(self, test: Test, typed: &Decimal) -> bool {
        let (_, first, last) = self.about();
        let stands = |end: Option<&str>| Some(Decimal::parse(end?)?.cmp(typed));
        let (first, last) = (stands(first), stands(last));
        let (below, above) = (first != Some(Ordering::Greater), last != Some(Ordering::Less));
        match test {
            Test::Less => first.is_none_or(Ordering::is_lt),
            Test::LessOrEqual => below,
            Test::Greater => last.is_none_or(Ordering::is_gt),
            Test::GreaterOrEqual => above,
            Test::Contains | Test::Lacks => true,
            Test::Equal | Test::Unequal => (self == Numbers::All || typed.is_whole()) && below && above,
        }
    }
}

impl Class {
    /// As what a part of a value of this kind is compared; of a list, each item.
    pub fn of(kind: &Kind, part: Part) -> Class {
        match part {
            Part::Day => return Class::Day,
            Part::Time => return Class::TimeOfDay,
            Part::Hour => return Class::Number(Numbers::Hours),
            Part::Whole | Part::Raw | Part::Iso | Part::Label => {}
        }
        let raw = part == Part::Raw;
        match item(kind) {
            Kind::Time(..) | Kind::Choice(_) | Kind::Day | Kind::TimeOfDay | Kind::Integer if raw => {
                Class::Number(Numbers::All)
            }
            Kind::Date | Kind::DateTime | Kind::Rfc3339 | Kind::Word(_) if raw => Class::Text,
            Kind::Text | Kind::Mac | Kind::Url | Kind::Json => Class::Text,
            Kind::Flag => Class::Flag,
            Kind::Integer => Class::Number(Numbers::Whole),
            Kind::Number
            | Kind::Longitude
            | Kind::Latitude
            | Kind::Bits(_)
            | Kind::Duration(_, Wire::Text | Wire::Integer | Wire::Number) => Class::Number(Numbers::All),
            Kind::Time(..) | Kind::DateTime | Kind::Rfc3339 => Class::Moment,
            Kind::Day | Kind::Date => Class::Day,
            Kind::TimeOfDay => Class::TimeOfDay,
            Kind::Choice(choices) => Class::Choice(choices),
            Kind::Word(words) => Class::Word(words),
            Kind::Object(_) | Kind::Map => Class::Json,
            Kind::Any | Kind::List(_) => Class::Any,
        }
    }
}

/// What a value is compared by, of the kind that the catalogue says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A number, digit for digit; a day is the number `yyyymmdd`, a time of day the milliseconds since midnight.
    Number(Decimal),
    /// A moment, or a length of time.
    Time(Millis),
    /// Text.
    Text(String),
}

impl Got<'_> {
    /// As what it is compared.
    pub(crate) fn class(&self, part: Part) -> Class {
        match self {
            Got::Json { kind, .. } => Class::of(kind, part),
            Got::File(_) | Got::Type(..) => Class::Text,
            Got::Number(_) => Class::Number(Numbers::Lines),
            Got::Length(_) => Class::Length,
            Got::DayOf(_) => Class::Day,
        }
    }

    /// The value as a text: a string unescaped, anything else as its JSON.
    pub(crate) fn text(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Got::Json { token, raw, .. } => text_of(*token, raw),
            Got::File(text) => std::borrow::Cow::Borrowed(*text),
            Got::Type(name, _) => std::borrow::Cow::Borrowed(name),
            Got::Number(number) => number.to_string().into(),
            Got::Length(millis) | Got::DayOf(millis) => millis.0.to_string().into(),
        }
    }

    /// Whether it says nothing: `""`, `{}`.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Got::Json { token, raw, .. } => crate::record::is_empty(*token, raw),
            Got::File(text) => text.is_empty(),
            Got::Type(name, _) => name.is_empty(),
            Got::Number(_) | Got::Length(_) | Got::DayOf(_) => false,
        }
    }

    /// What a value is compared by; `None` where it is not of the kind of its field.
    pub(crate) fn key(&self, part: Part, zone: Zone) -> Option<Key> {
        let number = |text: &str| Decimal::parse(text).map(Key::Number);
        let whole = |number: i64| self::whole(number).map(Key::Number);
        match (self.class(part), part) {
            (Class::Moment, _) => self.moment(zone).map(Key::Time),
            (_, Part::Hour) => whole(self.millis_of_day(zone)? / 3_600_000),
            (Class::TimeOfDay, _) => whole(self.millis_of_day(zone)?),
            (Class::Day, _) => self.day(zone).map(Key::Number),
            (Class::Length, _) => {
                if let Got::Length(length) = self {
                    Some(Key::Time(*length))
                } else {
                    None
                }
            }
            (Class::Number(_) | Class::Choice(_), _) => number(&self.text()),
            (Class::Any, _) if matches!(self, Got::Json { token: TokenKind::Number { .. }, .. }) => {
                number(&self.text())
            }
            _ => Some(Key::Text(self.text().into_owned())),
        }
    }

    /// A part of it, or what is ours, as programs read it; `None` where it has none, or means nothing. Lengths of time are
    /// in seconds.
    pub(crate) fn said(&self, part: Part, lang: Lang, clock: &mut Clock) -> Option<String> {
        match (self, part) {
            // A number that is rather of another unit would be far away: it is not said.
            (Got::Json { kind: Kind::Time(unit, _), token, raw, number }, Part::Iso)
                if !number.or_else(|| meant(*token, raw)).is_some_and(|number| unit.suits(number)) =>
            {
                None
            }
            (Got::Json { kind, .. }, Part::Iso) => {
                let (at, mut out) = (self.moment(clock.zone())?, Vec::new());
                let done = match item(kind) {
                    Kind::Time(Unit::Seconds, _) => clock.iso_seconds(at.seconds(), &mut out),
                    _ => clock.iso_millis(at, &mut out),
                };
                String::from_utf8(out).ok().filter(|_| done)
            }
            (Got::Json { kind, token, raw, .. }, Part::Label) => {
                Some(label(item(kind), *token, raw)?.text(lang).to_owned())
            }
            (Got::Json { .. }, Part::Day) | (Got::DayOf(_), _) => {
                let (year, month, day) = clock.zone().local(self.moment(clock.zone())?)?.date()?;
                Some(format!("{year:04}-{month:02}-{day:02}"))
            }
            (Got::Json { kind, .. }, Part::Time) => {
                let millis = self.millis_of_day(clock.zone())?;
                let (seconds, rest) = (millis / 1000, millis % 1000);
                let time = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
                Some(if matches!(item(kind), Kind::Time(Unit::Seconds, _)) {
                    time
                } else {
                    format!("{time}.{rest:03}")
                })
            }
            (Got::Json { .. }, Part::Hour) => {
                Some((self.millis_of_day(clock.zone())? / 3_600_000).to_string())
            }
            (Got::Length(Millis(millis)), _) => {
                let sign = if *millis < 0 { "-" } else { "" };
                let millis = millis.unsigned_abs();
                Some(format!("{sign}{}.{:03}", millis / 1000, millis % 1000))
            }
            _ => Some(self.text().into_owned()),
        }
    }

    /// The integer by which it is compared, where that is one: a number of 64 bits, milliseconds since midnight, an hour.
    pub(crate) fn integer(&self, part: Part, zone: Zone) -> Option<i64> {
        match (self, part) {
            (Got::Json { .. }, Part::Time) => self.millis_of_day(zone),
            (Got::Json { .. }, Part::Hour) => Some(self.millis_of_day(zone)? / 3_600_000),
            (Got::Json { kind, .. }, Part::Whole) if matches!(item(kind), Kind::TimeOfDay) => {
                self.millis_of_day(zone)
            }
            (Got::Json { token: TokenKind::Number { integer: true }, number, .. }, Part::Whole) => *number,
            (Got::Number(number), _) => i64::try_from(*number).ok(),
            _ => None,
        }
    }

    /// A JSON number, as near as 64 bits come to it.
    pub(crate) fn float(&self) -> Option<f64> {
        match self {
            Got::Json { token: TokenKind::Number { .. }, raw, .. } => str::from_utf8(raw).ok()?.parse().ok(),
            _ => None,
        }
    }

    /// The moment on whose day it is; `None` where it says a day and no moment.
    pub(crate) fn moment_of_day(&self, zone: Zone) -> Option<Millis> {
        match self {
            Got::Json { kind, .. } if matches!(item(kind), Kind::Day | Kind::Date) => None,
            _ => self.moment(zone),
        }
    }

    /// The moment that it says, by the unit that its magnitude tells: a wrong unit, or a wrong type, is for `check` to
    /// say.
    pub(crate) fn moment(&self, zone: Zone) -> Option<Millis> {
        let (kind, token, raw, number) = match self {
            Got::Json { kind, token, raw, number } => (kind, *token, *raw, *number),
            Got::DayOf(at) => return Some(*at),
            _ => return None,
        };
        match item(kind) {
            Kind::Rfc3339 | Kind::DateTime => parse_moment(&text_of(token, raw), zone).ok(),
            kind => match number.or_else(|| meant(token, raw)) {
                Some(value) => {
                    // Far from our days the magnitude tells nothing: then it is of the unit that is documented.
                    let documented = if let Kind::Time(unit, _) = kind { Some(*unit) } else { None };
                    Unit::guess(value).or(documented)?.to_millis(value)
                }
                None if matches!(kind, Kind::Any) => parse_moment(&text_of(token, raw), zone).ok(),
                None => None,
            },
        }
    }

    /// Milliseconds since midnight by the clocks of the zone.
    fn millis_of_day(&self, zone: Zone) -> Option<i64> {
        if let Got::Json { kind, token, raw, .. } = self
            && matches!(item(kind), Kind::TimeOfDay)
        {
            return meant(*token, raw)
                .filter(|seconds| (0..86_400).contains(seconds))
                .map(|seconds| seconds * 1000);
        }
        Some(zone.local(self.moment(zone)?)?.0.rem_euclid(86_400_000))
    }

    /// The day as the number `yyyymmdd`.
    fn day(&self, zone: Zone) -> Option<Decimal> {
        if let Got::Json { kind, token, raw, .. } = self {
            match item(kind) {
                Kind::Day => return Decimal::parse(&text_of(*token, raw)),
                Kind::Date => return day_number(&text_of(*token, raw)),
                _ => {}
            }
        }
        let (year, month, day) = zone.local(self.moment(zone)?)?.date()?;
        whole(i64::from(year) * 10_000 + i64::from(month) * 100 + i64::from(day))
    }
}

/// The number `yyyymmdd` of `yyyy-mm-dd`.
pub(super) fn day_number(text: &str) -> Option<Decimal> {
    crate::time::parse_day(text, Zone::Utc)?;
    Decimal::parse(&text.trim().replace('-', ""))
}

/// Whether a text means that a flag is set: as JSON has it, or as people see it.
pub(super) fn flag(text: &str) -> Option<bool> {
    match &*text.to_lowercase() {
        "true" | "yes" | "是" => Some(true),
        "false" | "no" | "否" => Some(false),
        _ => None,
    }
}

fn whole(number: i64) -> Option<Decimal> {
    Decimal::parse(&number.to_string())
}

/// What the catalogue calls a number or word.
pub(super) fn label(kind: &Kind, token: TokenKind, raw: &[u8]) -> Option<Label> {
    match kind {
        Kind::Choice(choices) => {
            let number = meant(token, raw)?;
            choices.iter().find(|choice| choice.value == number).map(|choice| choice.label)
        }
        Kind::Word(words) => {
            let text = text_of(token, raw);
            words.iter().find(|word| word.value == text).map(|word| word.label)
        }
        _ => None,
    }
}
