//! Values in words: what a number means, when a moment was, what a group of neighbours says together.

use std::cell::Cell;

use crate::catalog::{Choice, Field, Json, Kind, TimeSpan, Word};
use crate::container::canonical::content;
use crate::json::{TokenKind, unescape};
use crate::lang::{Label, Lang, label};
use crate::record::{Record, meant};
use crate::rules::value::find_choice;
use crate::terminal::paint::Ink;
use crate::terminal::sanitize;
use crate::time::{Clock, Millis, Unit, Zone, parse_moment};

use super::hidden::{Hidden, masked};
use super::lines::{are_ids, lines};
use super::members::Value;
use super::message::Message;

/// What a reader should make of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tone {
    /// As documented.
    #[default]
    Plain,
    /// Of another type than documented, or not among the documented values.
    Odd,
    /// A documented value that calls for attention.
    Alarm,
}

impl Tone {
    pub fn ink(self) -> Option<Ink> {
        match self {
            Tone::Plain => None,
            Tone::Odd => Some(Ink::Warning),
            Tone::Alarm => Some(Ink::Error),
        }
    }
}

const YES: Label = label("是", "yes");
const NO: Label = label("否", "no");
const MORE: Label = label("项未显示", "more");
const UNLISTED: Label = label("（未列出的值）", " (not a listed value)");

/// Says values, for a card or for a cell of a table. The two differ in room: a table has a line for each event.
#[derive(Clone, Debug)]
pub(crate) struct ValueWriter {
    pub lang: Lang,
    pub clock: Clock,
    /// Whether there is room for a day of the week, for milliseconds and for what is not so.
    pub roomy: bool,
    /// Text is read up to so many bytes; what follows is counted.
    pub most: usize,
    /// So many items of a list are said; what follows is counted.
    pub most_items: usize,
    /// What is hidden of the document at hand.
    pub hidden: Option<Hidden>,
    /// Whether what is documented as a secret is said in full.
    pub shows_secrets: bool,
    /// Whether a text was cut since this was last set.
    pub cut: Cell<bool>,
    /// What there is to know of the message whose content is to be said.
    pub message: Option<Message>,
    scratch: Vec<u8>,
}

/// The key of what something is called.
pub(crate) const NAME: &str = "name";

impl ValueWriter {
    pub fn new(lang: Lang, zone: Zone, roomy: bool, most: usize) -> ValueWriter {
        let (hidden, message, cut, scratch) = (None, None, Cell::new(false), Vec::new());
        let (clock, shows_secrets, most_items) = (Clock::new(zone), true, usize::MAX);
        ValueWriter { lang, clock, roomy, most, most_items, hidden, shows_secrets, cut, message, scratch }
    }

    /// Appends a value of a documented kind, in words.
    pub fn value(&mut self, kind: &Kind, value: Value<'_>, out: &mut String) -> Tone {
        match (kind, value.kind) {
            (_, TokenKind::Null) => out.push_str("null"),
            (Kind::Duration(unit, _), TokenKind::Number { .. } | TokenKind::String { .. }) => {
                self.duration(*unit, value, out);
            }
            (Kind::Json, TokenKind::String { .. }) => self.json_text(value, out),
            (Kind::TimeOfDay, TokenKind::String { .. }) => self.time_of_day(value, out),
            (Kind::Bits(bits), TokenKind::Number { integer: true }) => return self.bits(bits, value, out),
            (Kind::Flag, TokenKind::Bool(set)) => {
                out.push_str(if set { YES } else { NO }.text(self.lang));
            }
            (Kind::Choice(choices), TokenKind::Number { .. } | TokenKind::String { .. }) => {
                return self.choice(choices, value, out);
            }
            (Kind::Word(words), TokenKind::String { .. }) => return self.word(words, value, out),
            (Kind::Time(..), TokenKind::String { .. } | TokenKind::Number { integer: true }) => {
                return self.moment(kind, value, out);
            }
            (Kind::Rfc3339, TokenKind::String { .. }) => {
                let at = Millis::of_rfc3339(&unescape(value.string().unwrap_or_default()));
                if !at.is_some_and(|at| self.push_moment(at, true, out)) {
                    return self.odd(value, out);
                }
            }
            (Kind::Day, TokenKind::Number { .. }) => return self.day(value, out),
            (Kind::List(item), TokenKind::Array) => return self.list(item, value, out),
            (Kind::Object(fields), TokenKind::Object) => return self.object(fields, value, out),
            (Kind::Map | Kind::Any, TokenKind::Object | TokenKind::Array) => {
                self.text(&content(value.raw), false, out);
            }
            _ if is_json_type(kind, value.kind) => self.plain(value, out),
            // Of another type than documented.
            _ => return self.odd(value, out),
        }
        Tone::Plain
    }

    /// Appends a value of which nothing can be said.
    fn odd(&self, value: Value<'_>, out: &mut String) -> Tone {
        self.plain(value, out);
        Tone::Odd
    }

    fn choice(&mut self, choices: &'static [Choice], value: Value<'_>, out: &mut String) -> Tone {
        let number = value.number.or_else(|| meant(value.kind, value.raw));
        let typed = value.kind == TokenKind::Number { integer: true };
        match number.and_then(|number| find_choice(choices, number)) {
            Some(choice) => {
                if choice.alarm {
                    out.push_str(ALARM);
                }
                out.push_str(choice.label.text(self.lang));
                // A risk is one whatever its type.
                match () {
                    () if choice.alarm => Tone::Alarm,
                    () if typed => Tone::Plain,
                    () => Tone::Odd,
                }
            }
            None if matches!(value.kind, TokenKind::String { .. }) => self.odd(value, out),
            None => self.unlisted(value, out),
        }
    }

    fn word(&mut self, words: &[Word], value: Value<'_>, out: &mut String) -> Tone {
        let text = unescape(value.string().unwrap_or_default());
        match words.iter().find(|word| word.value == text) {
            Some(word) => {
                out.push_str(word.label.text(self.lang));
                Tone::Plain
            }
            None => self.unlisted(value, out),
        }
    }

    /// The documented values that a number is the sum of.
    fn bits(&mut self, bits: &[Choice], value: Value<'_>, out: &mut String) -> Tone {
        let number = value.number.unwrap_or(-1);
        let set = bits.iter().filter(|bit| number >= 0 && bit.value != 0 && number & bit.value == bit.value);
        let labels: Vec<&str> = set.clone().map(|bit| bit.label.text(self.lang)).collect();
        if set.fold(0, |all, bit| all | bit.value) != number {
            return self.unlisted(value, out);
        }
        match labels.is_empty() {
            true => self.plain(value, out),
            false => out.push_str(&labels.join(", ")),
        }
        Tone::Plain
    }

    /// A duration, with its unit.
    fn duration(&mut self, unit: TimeSpan, value: Value<'_>, out: &mut String) {
        self.plain(value, out);
        let unit = match unit {
            TimeSpan::Millis => label(" 毫秒", " ms"),
            TimeSpan::Seconds => label(" 秒", " s"),
            TimeSpan::Minutes => label(" 分钟", " min"),
            TimeSpan::Hours => label(" 小时", " h"),
            TimeSpan::Days => label(" 天", " days"),
        };
        out.push_str(unit.text(self.lang));
    }

    /// Seconds since midnight as the time of a clock.
    fn time_of_day(&mut self, value: Value<'_>, out: &mut String) {
        let seconds = value.number.or_else(|| meant(value.kind, value.raw));
        match seconds.filter(|seconds| (0..=86_400).contains(seconds)) {
            Some(seconds) => out.push_str(&format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)),
            None => self.plain(value, out),
        }
    }

    fn unlisted(&mut self, value: Value<'_>, out: &mut String) -> Tone {
        self.plain(value, out);
        out.push_str(UNLISTED.text(self.lang));
        Tone::Odd
    }

    fn moment(&mut self, kind: &Kind, value: Value<'_>, out: &mut String) -> Tone {
        if let Some(tone) = self.doubtful(kind, value.number, out) {
            return tone;
        }
        let millis = instant(kind, value.number);
        let exact = !matches!(kind, Kind::Time(Unit::Seconds, _));
        if millis.is_some_and(|millis| self.push_moment(millis, exact, out)) {
            return Tone::Plain;
        }
        self.odd(value, out)
    }

    /// Appends the moment that a number of another unit than the documented one is meant for, marked as doubtful.
    pub fn doubtful(&mut self, kind: &Kind, number: Option<i64>, out: &mut String) -> Option<Tone> {
        let Kind::Time(unit, _) = kind else { return None };
        // Nearly all are as documented.
        let meant = number.filter(|number| !unit.values().contains(number)).and_then(Unit::guess)?;
        self.scratch.clear();
        if !self.clock.human_seconds(meant.to_millis(number?)?.seconds(), &mut self.scratch) {
            return None;
        }
        let name = meant.label().text(self.lang);
        out.extend(["? ", std::str::from_utf8(&self.scratch).ok()?]);
        out.push_str(&match self.lang {
            Lang::En => format!(" (as {name})"),
            Lang::Zh => format!("（按{name}）"),
        });
        Some(Tone::Odd)
    }

    /// Appends a moment and its offset, to the millisecond where that is wanted and there is room.
    pub fn push_moment(&mut self, at: Millis, exact: bool, out: &mut String) -> bool {
        self.scratch.clear();
        let written = match exact && self.roomy {
            true => self.clock.human_millis(at, &mut self.scratch),
            false => self.clock.human_seconds(at.seconds(), &mut self.scratch),
        };
        out.push_str(std::str::from_utf8(&self.scratch).unwrap_or_default());
        if let Some(day) = self.clock.weekday(at.seconds(), self.lang).filter(|_| self.roomy && !exact) {
            self.push_weekday(day, out);
        }
        written
    }

    /// Appends a moment for a table and says how many bytes at its end are the offset, which the head of the table
    /// may have instead.
    pub fn push_time(&mut self, at: Millis, out: &mut String) -> Option<usize> {
        self.scratch.clear();
        if !self.clock.time_of_table(at.seconds(), &mut self.scratch) {
            return None;
        }
        out.push_str(std::str::from_utf8(&self.scratch).unwrap_or_default());
        let offset = self.clock.offset_text(at.seconds()).unwrap_or_default();
        out.push(' ');
        out.push_str(offset);
        Some(1 + offset.len())
    }

    fn push_weekday(&self, day: &str, out: &mut String) {
        match self.lang {
            Lang::En => out.extend([" (", day, ")"]),
            Lang::Zh => out.extend([" ", day]),
        }
    }

    fn day(&mut self, value: Value<'_>, out: &mut String) -> Tone {
        let Some(number) = value.number.filter(|number| (10_000_101..=99_991_231).contains(number)) else {
            return self.odd(value, out);
        };
        let date = format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100);
        // A day has no zone of its own, so neither has its day of the week.
        let Ok(at) = parse_moment(&date, Zone::Utc) else {
            return self.odd(value, out);
        };
        out.push_str(&date);
        if let Some(day) = Clock::new(Zone::Utc).weekday(at.seconds(), self.lang).filter(|_| self.roomy) {
            self.push_weekday(day, out);
        }
        Tone::Plain
    }

    fn list(&mut self, kind: &'static Kind, value: Value<'_>, out: &mut String) -> Tone {
        let mut tone = Tone::Plain;
        // A card has a line for each item.
        let between = if self.roomy { "\n" } else { "; " };
        let start = out.len();
        for (number, item) in value.items().enumerate() {
            if out.len() > start {
                out.push_str(between);
            }
            if number == self.most_items {
                out.push_str(&more(value.items().skip(number).count(), self.lang));
                break;
            }
            if out.len() - start > self.most {
                out.push_str(sanitize::ELLIPSIS);
                break;
            }
            tone = tone.max(match (kind, item.kind) {
                (Kind::Object(fields), TokenKind::Object) => match self.name(fields, item) {
                    Some(name) => {
                        self.plain(name, out);
                        Tone::Plain
                    }
                    None => self.object(fields, item, out),
                },
                // An item that is nothing is still one of them.
                (_, TokenKind::String { .. }) if item.is_empty() => {
                    self.json(item, out);
                    Tone::Plain
                }
                _ => self.value(kind, item, out),
            });
        }
        tone
    }

    /// What an item is called: in a cell that is enough.
    fn name<'v>(&self, fields: &[Field], item: Value<'v>) -> Option<Value<'v>> {
        let at = fields.iter().position(|field| field.key == NAME).filter(|_| !self.roomy)?;
        item.fields(&fields[at..=at])[0].filter(|name| name.string().is_some() && !name.is_empty())
    }

    /// An object of documented fields in one line: `normal -> late, on duty #1`.
    fn object(&mut self, fields: &'static [Field], object: Value<'_>, out: &mut String) -> Tone {
        let values = object.fields(fields);
        let mut tone = Tone::Plain;
        let start = out.len();
        // One id is enough to know whose it is.
        let one = !self.roomy && are_ids(fields);
        for line in lines(fields) {
            if one && out.len() > start {
                break;
            }
            let mut said = String::new();
            let parts = line.fields.iter().map(|&at| (&fields[at], values[at]));
            tone = tone.max(self.line(line.join, parts, &mut said));
            if !said.is_empty() {
                out.push_str(if out.len() > start { ", " } else { "" });
                out.push_str(&said);
            }
        }
        tone
    }

    /// Appends what neighbours say together; nothing when all of them are empty or absent.
    pub fn line<'v>(
        &mut self,
        join: &str,
        parts: impl Iterator<Item = (&'v Field, Option<Value<'v>>)>,
        out: &mut String,
    ) -> Tone {
        let mut tone = Tone::Plain;
        let start = out.len();
        let mut last = start..start;
        for (field, value) in parts {
            let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
            let before = out.len();
            if before > start {
                out.push_str(join);
            }
            let from = out.len();
            if field.secret && !self.shows_secrets {
                out.push_str(&masked(value));
                last = from..out.len();
                continue;
            }
            tone = tone.max(match (field.line, &field.kind, value.kind) {
                (Some(_), Kind::Flag, TokenKind::Bool(set)) => self.flag(field, set, out),
                // Of another type it says nothing without its name.
                (Some(_), Kind::Flag, _) => {
                    out.push_str(field.key);
                    out.push(' ');
                    self.value(&field.kind, value, out)
                }
                (Some(_), Kind::Longitude | Kind::Latitude, TokenKind::Number { .. }) => {
                    self.degrees(&field.kind, value, out)
                }
                _ => self.value(&field.kind, value, out),
            });
            let same = join == CHANGE && before > start && out[from..] == out[last.clone()];
            // Nothing said (a flag that is not set), or nothing new: what was `none` is still `none`.
            if out.len() == from || same {
                out.truncate(before);
            } else {
                last = from..out.len();
            }
            if same && !self.roomy {
                out.truncate(start);
            }
        }
        tone
    }

    /// A flag among others is said by its name: `field work`, `not field work`. In a table silence is no.
    fn flag(&self, field: &Field, set: bool, out: &mut String) -> Tone {
        let title = field.title.text(self.lang);
        match (set, self.lang) {
            (false, _) if !self.roomy => return Tone::Plain,
            (true, _) => {}
            (false, Lang::En) => out.push_str("not "),
            // Chinese sets Latin words apart by a space.
            (false, Lang::Zh) if title.starts_with(|c: char| c.is_ascii()) => out.push_str("非 "),
            (false, Lang::Zh) => out.push('非'),
        }
        out.push_str(title);
        Tone::Plain
    }

    /// `30.29245 N`: five places are a metre. All digits stand beside it.
    fn degrees(&self, kind: &Kind, value: Value<'_>, out: &mut String) -> Tone {
        let read = std::str::from_utf8(value.raw).ok().and_then(|raw| raw.parse::<f64>().ok());
        let Some(degrees) = read.filter(|degrees| degrees.abs() <= 180.0) else {
            return self.odd(value, out);
        };
        let side = match (kind, degrees < 0.0) {
            (Kind::Longitude, false) => 'E',
            (Kind::Longitude, true) => 'W',
            (_, false) => 'N',
            (_, true) => 'S',
        };
        // A machine is nowhere, and that to five places would look like somewhere.
        let places = if degrees == 0.0 { 0 } else { 5 };
        out.push_str(&format!("{:.places$} {side}", degrees.abs()));
        Tone::Plain
    }
}

/// Whether a JSON type is that of a kind.
fn is_json_type(kind: &Kind, token: TokenKind) -> bool {
    match kind.json() {
        Json::String => matches!(token, TokenKind::String { .. }),
        Json::Boolean => matches!(token, TokenKind::Bool(_)),
        Json::Integer | Json::Number => matches!(token, TokenKind::Number { .. }),
        Json::Array => token == TokenKind::Array,
        Json::Object => token == TokenKind::Object,
        Json::Any => true,
    }
}

/// What a slot says in words, to be searched in: as a card has it, times in UTC.
pub fn said(record: &Record<'_>, slot: usize, lang: Lang) -> String {
    let mut out = String::new();
    if let Some(value) = Value::of(record, slot) {
        let kind = &record.layout.columns[slot].field.kind;
        ValueWriter::new(lang, Zone::Utc, true, usize::MAX).value(kind, value, &mut out);
    }
    out
}

/// The moment that a number names in the unit of its kind.
pub(crate) fn instant(kind: &Kind, number: Option<i64>) -> Option<Millis> {
    match kind {
        Kind::Time(unit, _) => unit.to_millis(number?),
        _ => number.map(Millis),
    }
}

/// What stands for so many that are not shown.
pub(crate) fn more(count: usize, lang: Lang) -> String {
    format!("{} {count} {}", sanitize::ELLIPSIS, MORE.text(lang))
}

/// What stands before a label that calls for attention.
pub(crate) const ALARM: &str = "! ";

/// What stands between what was and what is.
pub(crate) const CHANGE: &str = " -> ";

#[cfg(test)]
mod tests {
    use super::*;

    const RISK: Kind = Kind::Choice(&[
        Choice { value: 0, label: label("无", "none"), alarm: false },
        Choice { value: 2, label: label("借", "borrowed"), alarm: true },
    ]);

    fn said(kind: &Kind, json: &str, roomy: bool) -> (String, Tone) {
        let zone = Zone::fixed(8 * 3600).expect("an offset");
        let mut values = ValueWriter::new(Lang::En, zone, roomy, 20);
        let token = crate::json::Cursor::new(json.as_bytes(), 0).value(0).expect("JSON");
        let value = Value::new(json.as_bytes(), token);
        let mut out = String::new();
        let tone = values.value(kind, value, &mut out);
        (out, tone)
    }

    #[test]
    fn values_in_words() {
        for (kind, json, words, tone) in [
            (&Kind::Text, r#""a\u001bb""#, r"a\u{1b}b", Tone::Plain),
            (&Kind::Text, r#"" padded""#, r#"" padded""#, Tone::Plain),
            (&Kind::Text, "5", "5", Tone::Odd),
            (&Kind::Text, r#""0123456789\ud83d\ude00bcdef""#, "0123456789.. (27 bytes)", Tone::Plain),
            (&Kind::Flag, "true", "yes", Tone::Plain),
            (&RISK, "2", "! borrowed", Tone::Alarm),
            (&RISK, "\"2\"", "! borrowed", Tone::Alarm),
            (&RISK, "2.0", "! borrowed", Tone::Alarm),
            (&RISK, "\"0\"", "none", Tone::Odd),
            (&RISK, "\"x\"", "x", Tone::Odd),
            (&RISK, "7", "7 (not a listed value)", Tone::Odd),
            (&RISK, "2.5", "2.5 (not a listed value)", Tone::Odd),
            (&Kind::Day, "20210310", "2021-03-10 (Wed)", Tone::Plain),
            (&Kind::Day, "20211341", "20211341", Tone::Odd),
            (&Kind::SECONDS, "\"1615381916\"", "2021-03-10 21:11:56 +08:00 (Wed)", Tone::Plain),
            (
                &Kind::SECONDS,
                "\"9223372036854775807\"",
                "? 2262-04-12 07:47:16 +08:00 (as nanoseconds)",
                Tone::Odd,
            ),
            (&Kind::SECONDS, "\"soon\"", "soon", Tone::Odd),
            (&Kind::TimeOfDay, "\"27900\"", "07:45", Tone::Plain),
            (&Kind::Rfc3339, "\"2021-03-10T13:11:56.5Z\"", "2021-03-10 21:11:56.500 +08:00", Tone::Plain),
            (&Kind::Rfc3339, "\"2021-03-10\"", "2021-03-10", Tone::Odd),
            (&Kind::List(&Kind::Text), r#"["a", "", 1]"#, "a\n\"\"\n1", Tone::Odd),
        ] {
            assert_eq!(said(kind, json, true), (words.to_owned(), tone), "{json}");
        }
        assert_eq!(said(&Kind::List(&Kind::Text), r#"["a", "b"]"#, false).0, "a; b");
    }
}
