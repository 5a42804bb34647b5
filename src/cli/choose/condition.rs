//! Conditions on events, `--where`: read, held against the catalogue, and asked of each event by the kind of its field.
//! What people see and what they type are the same: labels, days and times are understood beside raw values.

use std::cmp::Ordering;
use std::ops::Range;
use std::str::FromStr;

use crate::catalog::{EVENTS, Field, Kind, Wire};
use crate::engine::Seen;
use crate::json::Decimal;
use crate::lang::{Label, Lang};
use crate::record::{Column, Layout};
use crate::suggest::{Unknown, nearest};
use crate::time::{Millis, Unit, Zone, parse_day, parse_moment};
use crate::view::said;

/// A condition as it was typed: `type=5`, `risk_result!=0`, `location_name~西湖`, `check_time>=2021-03-10`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    name: String,
    test: Test,
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Test {
    Equal,
    Unequal,
    Contains,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The longer signs first: `<=` begins with `<`.
const SIGNS: [(&str, Test); 7] = [
    ("!=", Test::Unequal),
    ("<=", Test::LessOrEqual),
    (">=", Test::GreaterOrEqual),
    ("=", Test::Equal),
    ("~", Test::Contains),
    ("<", Test::Less),
    (">", Test::Greater),
];

/// So many documented values are named in a message.
const NAMED: usize = 16;

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Condition, String> {
        let at = text.find(['!', '<', '>', '=', '~']);
        let (name, rest) = text.split_at(at.unwrap_or(text.len()));
        let Some((sign, test)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) else {
            return Err(
                "write a field, one of = != ~ < <= > >=, and a value: type=5, location_name~西湖".to_owned()
            );
        };
        let name = known_field(name.trim())?;
        let value = match rest[sign.len()..].trim() {
            // What other languages write for no text.
            "\"\"" | "''" => "",
            value => value,
        };
        if value.starts_with('=') && *test == Test::Equal {
            return Err(format!("equal is one sign: {name}{value}"));
        }
        if value.is_empty() && !matches!(test, Test::Equal | Test::Unequal) {
            return Err(format!("a value is missing after {name}{sign}; {name}= holds where there is none"));
        }
        Ok(Condition { name, test: *test, value: value.to_owned() })
    }
}

/// The columns of all event types.
fn columns() -> impl Iterator<Item = Column> {
    EVENTS.iter().flat_map(|event| Layout::of(Some(event)).columns)
}

/// The columns of a name: that of the header where it has one, as events are asked for that.
fn named(name: &str) -> Vec<Column> {
    let all: Vec<Column> = columns().filter(|column| column.name == name).collect();
    match all.iter().position(|column| column.shared) {
        Some(at) => vec![all[at].clone()],
        None => all,
    }
}

/// The name of a field that some event type has.
pub fn known_field(name: &str) -> Result<String, String> {
    let known: Vec<String> = columns().map(|column| column.name).collect();
    if known.iter().any(|known| known == name) {
        return Ok(name.to_owned());
    }
    let hint = "`larkspect schema TYPE` lists the fields";
    Err(Unknown::new("field", name, known.iter().map(String::as_str), hint).to_string())
}

/// A condition whose value is understood, to be asked of events.
#[derive(Clone, Debug)]
pub struct Asked {
    name: String,
    test: Test,
    value: Value,
}

/// A value as it was typed, and all that it may mean.
#[derive(Clone, Debug)]
struct Value {
    text: String,
    /// In small letters.
    folded: String,
    number: Option<Decimal>,
    /// A day, or a time as exact as it was typed.
    span: Option<Range<Millis>>,
    /// `yyyymmdd`
    day: Option<Decimal>,
}

impl Condition {
    /// Understands the value, with times in this zone.
    ///
    /// # Errors
    ///
    /// No event can ever have the value, whatever its type: what the field takes, and what was probably meant.
    pub fn ask(&self, zone: Zone) -> Result<Asked, String> {
        let value = Value::new(&self.value, zone);
        let mut complaint = None;
        let possible = self.value.is_empty()
            || named(&self.name).into_iter().any(|column| {
                let kinds = [Some(&column.field.kind), column.field.also];
                kinds.into_iter().flatten().any(|kind| match value.suits(kind, self.test, zone) {
                    Ok(()) => true,
                    Err(why) => {
                        complaint.get_or_insert(why);
                        false
                    }
                })
            });
        match complaint.filter(|_| !possible) {
            Some(why) => Err(format!("--where {}: {why}", self.name)),
            None => Ok(Asked { name: self.name.clone(), test: self.test, value }),
        }
    }
}

impl Value {
    fn new(text: &str, zone: Zone) -> Value {
        let number = Decimal::parse(text);
        let day = parse_day(text, Zone::Utc).and_then(|_| Decimal::parse(&text.replace('-', "")));
        Value {
            text: text.to_owned(),
            folded: text.to_lowercase(),
            day: day.or_else(|| number.clone()),
            number,
            span: span(text, zone).ok(),
        }
    }

    /// The day that eight digits are meant for: no moment is written so.
    fn as_day(&self, zone: Zone) -> Option<String> {
        let (year, rest) = self.text.split_at_checked(4).filter(|_| self.text.len() == 8)?;
        let (month, day) = rest.split_at_checked(2)?;
        let text = format!("{year}-{month}-{day}");
        parse_day(&text, zone).map(|_| text)
    }

    fn is_digits(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether a field of this kind could pass the test; otherwise what it takes instead.
    fn suits(&self, kind: &Kind, test: Test, zone: Zone) -> Result<(), String> {
        let is_order = !matches!(test, Test::Equal | Test::Unequal | Test::Contains);
        let contains = test == Test::Contains;
        match kind {
            Kind::Text
            | Kind::Mac
            | Kind::Url
            | Kind::Json
            | Kind::Date
            | Kind::DateTime
            | Kind::Rfc3339
            | Kind::TimeOfDay
            | Kind::Duration(_, Wire::Text)
            | Kind::Any => Ok(()),
            // As JSON.
            Kind::List(_) | Kind::Object(_) | Kind::Map
                if contains || !is_order && self.text.starts_with(['[', '{']) =>
            {
                Ok(())
            }
            Kind::List(_) | Kind::Object(_) | Kind::Map => {
                Err(format!("it is a list; ~{} looks into it", self.text))
            }
            Kind::Time(..) if !contains && self.as_day(zone).is_some() => {
                let day = self.as_day(zone).unwrap_or_default();
                Err(format!("{:?} is not a time; the day is {day}", self.text))
            }
            // Odd digits can be searched for as they stand.
            Kind::Time(..) if self.is_digits() && !is_order => Ok(()),
            Kind::Time(..) if contains => {
                Err("times are compared with = != < <= > >=: check_time>=2021-03-10".to_owned())
            }
            Kind::Time(..) => span(&self.text, zone).map(drop),
            Kind::Choice(_) if self.number.is_some() => Ok(()),
            Kind::Choice(_) if is_order => {
                Err(format!("{:?} is not a number; labels have no order", self.text))
            }
            Kind::Choice(choices) => {
                self.named(test, choices.iter().map(|choice| (choice.value.to_string(), choice.label)))
            }
            // Texts have an order, also beside those that are documented.
            Kind::Word(_) if is_order => Ok(()),
            Kind::Word(words) => {
                self.named(test, words.iter().map(|word| (word.value.to_owned(), word.label)))
            }
            Kind::Flag if !is_order && matches!(self.folded.as_str(), "true" | "false") => Ok(()),
            Kind::Flag => Err(match self.folded.as_str() {
                _ if is_order => "it is true or false; compare with = or !=".to_owned(),
                "yes" | "y" | "1" | "on" | "是" => "it is true or false; did you mean true?".to_owned(),
                "no" | "n" | "0" | "off" | "否" => "it is true or false; did you mean false?".to_owned(),
                _ => format!("it is true or false, not {:?}", self.text),
            }),
            Kind::Day if self.day.is_some() || contains && is_part_of_number(&self.text) => Ok(()),
            Kind::Day => Err(format!("{:?} is not a day: write 2021-03-10", self.text)),
            Kind::Integer
            | Kind::Number
            | Kind::Bits(_)
            | Kind::Duration(..)
            | Kind::Longitude
            | Kind::Latitude
                if self.number.is_some() || contains && is_part_of_number(&self.text) =>
            {
                Ok(())
            }
            Kind::Integer
            | Kind::Number
            | Kind::Bits(_)
            | Kind::Duration(..)
            | Kind::Longitude
            | Kind::Latitude => Err(format!("{:?} is not a number", self.text)),
        }
    }

    /// Whether one of the documented values is called so.
    fn named(&self, test: Test, known: impl Iterator<Item = (String, Label)> + Clone) -> Result<(), String> {
        let names =
            |(value, label): &(String, Label)| [value.clone(), label.zh.to_owned(), label.en.to_owned()];
        let all: Vec<String> = known.clone().flat_map(|known| names(&known)).collect();
        let fits = |name: &String| self.fits(name, test);
        if all.iter().any(fits) {
            return Ok(());
        }
        // They are listed in the language that was typed.
        let lang = if self.text.is_ascii() { Lang::En } else { Lang::Zh };
        let mut list: Vec<String> =
            known.map(|(value, label)| format!("{value} ({})", label.text(lang))).collect();
        if list.len() > NAMED {
            list.truncate(NAMED);
            list.push("..".to_owned());
        }
        let near = nearest(&self.folded, all.iter().map(String::as_str)).map(str::to_owned);
        let known = format!("it is one of {}", list.join(", "));
        Err(Unknown { what: "value", name: self.text.clone(), near, known }.to_string())
    }

    /// Whether a name is what was typed, or holds it; letter case counts for nothing.
    fn fits(&self, name: &str, test: Test) -> bool {
        let name = name.to_lowercase();
        if test == Test::Contains { name.contains(&self.folded) } else { name == self.folded }
    }

    /// Whether a documented value is called so in one of the languages.
    fn is_label(&self, label: Label, test: Test) -> bool {
        self.fits(label.zh, test) || self.fits(label.en, test)
    }
}

fn is_part_of_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
}

/// The day that a text names as a whole; otherwise the second, as exact as people see times, or the millisecond where
/// it is typed.
fn span(text: &str, zone: Zone) -> Result<Range<Millis>, String> {
    if let Some(day) = parse_day(text, zone) {
        return Ok(day);
    }
    let start = parse_moment(text, zone).map_err(|error| error.to_string())?;
    let exact =
        text.contains(['.', ',']) || text.len() > 11 && text.bytes().all(|byte| byte.is_ascii_digit());
    Ok(start..Millis(start.0.saturating_add(if exact { 1 } else { 1000 })))
}

impl Asked {
    /// Whether an event meets the condition. What is absent is neither equal nor unequal to anything.
    pub fn holds(&self, seen: &Seen<'_>) -> bool {
        let record = &seen.record;
        let at = record.layout.slot(&self.name);
        if self.value.text.is_empty() {
            return at.is_none_or(|at| record.is_empty(at)) == (self.test == Test::Equal);
        }
        let Some((at, text)) = at.and_then(|at| Some((at, record.text(at)?))) else { return false };
        let field = record.layout.columns[at].field;
        match self.test {
            Test::Contains => self.contains(seen, at, field, &text),
            Test::Equal => self.equals(seen, at, field, &text),
            Test::Unequal => !self.equals(seen, at, field, &text),
            Test::Less => self.order(seen, at, field, &text).is_some_and(Ordering::is_lt),
            Test::LessOrEqual => self.order(seen, at, field, &text).is_some_and(Ordering::is_le),
            Test::Greater => self.order(seen, at, field, &text).is_some_and(Ordering::is_gt),
            Test::GreaterOrEqual => self.order(seen, at, field, &text).is_some_and(Ordering::is_ge),
        }
    }

    fn equals(&self, seen: &Seen<'_>, at: usize, field: &Field, text: &str) -> bool {
        if text == self.value.text {
            return true;
        }
        match field.kind {
            Kind::Flag => text.to_lowercase() == self.value.folded,
            Kind::Word(_) => self.is_called(seen, at) || self.value.fits(text, Test::Equal),
            Kind::Choice(_) if self.is_called(seen, at) => true,
            Kind::Time(..)
            | Kind::Choice(_)
            | Kind::Bits(_)
            | Kind::Integer
            | Kind::Number
            | Kind::Duration(..)
            | Kind::Day
            | Kind::Longitude
            | Kind::Latitude => self.order(seen, at, field, text).is_some_and(Ordering::is_eq),
            _ => false,
        }
    }

    fn contains(&self, seen: &Seen<'_>, at: usize, field: &Field, text: &str) -> bool {
        if text.contains(&self.value.text) {
            return true;
        }
        match field.kind {
            Kind::Choice(_) | Kind::Word(_) => self.is_called(seen, at),
            Kind::Flag => self.value.fits(text, Test::Contains),
            // As they are shown.
            Kind::Day | Kind::List(_) => [Lang::En, Lang::Zh]
                .into_iter()
                .any(|lang| self.value.fits(&said(&seen.record, at, lang), Test::Contains)),
            _ => false,
        }
    }

    /// Whether the value is what the number or word in a slot is called, or part of that.
    fn is_called(&self, seen: &Seen<'_>, at: usize) -> bool {
        seen.record.label(at).is_some_and(|label| self.value.is_label(label, self.test))
    }

    /// How the value of an event stands to the one that was typed: before, within, after it.
    fn order(&self, seen: &Seen<'_>, at: usize, field: &Field, text: &str) -> Option<Ordering> {
        let Value { number, span, day, text: typed, .. } = &self.value;
        match (key_in(seen, at, text)?, field.kind) {
            (Key::Time(at), _) => {
                let span = span.as_ref()?;
                Some(match () {
                    () if at < span.start => Ordering::Less,
                    () if at < span.end => Ordering::Equal,
                    () => Ordering::Greater,
                })
            }
            (Key::Number(value), Kind::Day) => Some(value.cmp(day.as_ref()?)),
            (Key::Number(value), _) => Some(value.cmp(number.as_ref()?)),
            (Key::Text(_), Kind::Flag) => None,
            (Key::Text(value), _) => Some(value.cmp(typed)),
        }
    }
}

/// What a value is compared by, of the kind that the catalogue says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A number, digit for digit.
    Number(Decimal),
    /// A moment.
    Time(Millis),
    /// Text.
    Text(String),
}

/// What the text in a slot is compared by; `None` where it is not of the kind of its field.
pub fn key_in(seen: &Seen<'_>, at: usize, text: &str) -> Option<Key> {
    match seen.record.layout.columns[at].field.kind {
        Kind::Time(..) => moment_in(seen, at).map(Key::Time),
        Kind::Choice(_)
        | Kind::Bits(_)
        | Kind::Integer
        | Kind::Number
        | Kind::Duration(_, Wire::Integer | Wire::Number)
        | Kind::Day
        | Kind::Longitude
        | Kind::Latitude => Decimal::parse(text).map(Key::Number),
        // Ids are texts: digits of one length are in order, and none is taken for the number 1e5.
        _ => Some(Key::Text(text.to_owned())),
    }
}

/// The moment in a slot, by the unit that its magnitude tells: a wrong unit, or a wrong type, is for `check` to say.
pub fn moment_in(seen: &Seen<'_>, at: usize) -> Option<Millis> {
    let value = seen.record.meant(at)?;
    Unit::guess(value)?.to_millis(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::finding::Findings;

    const PUNCH: &str = include_str!("../../../fixtures/attendance.user_flow.created_v1/official.json");
    const TASK: &str = include_str!("../../../fixtures/attendance.user_task.updated_v1/documented.json");
    const UNKNOWN: &str =
        r#"{"schema": "2.0", "header": {"event_type": "im.message.receive_v1"}, "event": {}}"#;

    fn asked(condition: &str) -> Result<Asked, String> {
        condition.parse::<Condition>()?.ask("+08:00".parse().unwrap())
    }

    #[track_caller]
    fn holds(condition: &str, event: &str) -> bool {
        let mut engine = Engine::new(Zone::Utc);
        let seen = engine.document(event.as_bytes(), 0, &mut Findings::default()).unwrap();
        asked(condition).unwrap_or_else(|why| panic!("{condition}: {why}")).holds(&seen)
    }

    /// The official example with another value, or without the field.
    fn with(field: &str, value: &str) -> String {
        let at = PUNCH.find(&format!("\"{field}\":")).unwrap_or_else(|| panic!("{field}"));
        let end = at + PUNCH[at..].find(['\n']).unwrap();
        let comma = if PUNCH[at..end].ends_with(',') { "," } else { "" };
        let key = if value.is_empty() { "x_".to_owned() } else { field.to_owned() };
        let value = if value.is_empty() { "1" } else { value };
        format!("{}\"{key}\": {value}{comma}{}", &PUNCH[..at], &PUNCH[end..])
    }

    #[test]
    fn conditions_compare_as_people_mean_it() {
        for (condition, yes) in [
            ("type=0", true),
            ("type=用户自己打卡", true),
            ("type=user punch", true),
            ("type=User Punch", true),
            ("type!=0", false),
            ("type!=user punch", false),
            ("type!=9", true),
            ("type=9", false),
            ("type<1", true),
            ("type<=-1", false),
            ("type>99999999999999999999", false),
            ("type~punch", true),
            ("type~自己", true),
            ("type~machine", false),
            ("location_name~余杭", true),
            ("location_name~西湖", false),
            ("longitude>120.04", true),
            ("longitude>=121", false),
            ("longitude=120.04004357074373", true),
            ("longitude=120.04004357074374", false),
            ("longitude<120.04004357074374", true),
            ("longitude=12004004357074373e-14", true),
            ("is_wifi=false", true),
            ("is_wifi=FALSE", true),
            ("is_wifi!=true", true),
            ("employee_no=", true),
            ("employee_no!=", false),
            ("employee_no=\"\"", true),
            ("employee_id=", false),
            ("employee_id!=", true),
            ("photo_urls=", true),
            ("check_time=1615381916", true),
            ("check_time=1615381916000", true),
            ("check_time=2021-03-10", true),
            ("check_time=2021-03-09", false),
            ("check_time<=2021-03-10", true),
            ("check_time<2021-03-10", false),
            ("check_time>2021-03-10", false),
            ("check_time>2021-03-09", true),
            ("check_time>=2021-03-10", true),
            ("check_time!=2021-03-10", false),
            ("check_time>=2021-03-10 21:11:56", true),
            ("check_time>2021-03-10 21:11:56", false),
            ("check_time>2021-03-10 21:11", true),
            ("create_time=2021-03-10 21:11:57", true),
            ("create_time=2021-03-10 21:11:57.707", true),
            ("create_time=2021-03-10 21:11:57.7", false),
            ("create_time>2021-03-10 21:11:57", false),
            ("create_time>=2021-03-10 21:11:57", true),
            ("employee_id=2b68933a", true),
            ("event_type=im.message.recieve_v1", false),
            ("event_type!=im.message.receive_v1", true),
            ("event_type~user_flow", true),
            ("schema=2.0", true),
        ] {
            assert_eq!(holds(condition, PUNCH), yes, "{condition}");
        }
        for (condition, yes) in [
            ("date=20210310", true),
            ("date=2021-03-10", true),
            ("date>2021-03-09", true),
            ("date<=2021-03-09", false),
            ("date~2021-03", true),
            ("status_changes~Late", true),
            ("status_changes~late in", true),
            ("status_changes~LATE IN", true),
            ("status_changes~迟到", true),
            ("status_changes~on duty", true),
            ("status_changes~seriously", false),
        ] {
            assert_eq!(holds(condition, TASK), yes, "{condition}");
        }
    }

    #[test]
    fn an_id_is_itself_digit_for_digit() {
        for (field, value, condition, yes) in [
            ("record_id", "\"6938012269578125317\"", "record_id=6938012269578125317", true),
            ("record_id", "\"6938012269578125316\"", "record_id=6938012269578125317", false),
            ("record_id", "\"6938012269578125317\"", "record_id>6938012269578125316", true),
            ("record_id", "\"6938012269578125316\"", "record_id<6938012269578125317", true),
            ("record_id", "6938012269578125317", "record_id=6938012269578125316", false),
            ("employee_id", "\"08321852\"", "employee_id=8321852", false),
            ("employee_id", "\"007\"", "employee_id=7", false),
            ("employee_id", "\"7.0\"", "employee_id=7", false),
            ("employee_id", "\"1e5\"", "employee_id=100000", false),
            ("employee_id", "\"1e5\"", "employee_id!=100000", true),
        ] {
            assert_eq!(holds(condition, &with(field, value)), yes, "{value} {condition}");
        }
    }

    #[test]
    fn what_is_absent_is_neither_equal_nor_unequal() {
        for value in ["", "null"] {
            for condition in
                ["risk_result!=0", "risk_result=0", "risk_result<5", "risk_result>=0", "risk_result~0"]
            {
                assert!(!holds(condition, &with("risk_result", value)), "{value} {condition}");
            }
            assert!(holds("risk_result=", &with("risk_result", value)));
            assert!(!holds("risk_result!=", &with("risk_result", value)));
        }
        assert!(!holds("risk_result!=0", UNKNOWN) && !holds("risk_result!=0", TASK));
        assert!(holds("risk_result=", UNKNOWN) && !holds("risk_result!=", UNKNOWN));
        for (value, empty) in
            [("\"\"", true), ("[ ]", true), ("\"x\"", false), ("[\"\"]", false), ("0", false)]
        {
            assert_eq!(holds("photo_urls=", &with("photo_urls", value)), empty, "{value}");
            assert_eq!(holds("photo_urls!=", &with("photo_urls", value)), !empty, "{value}");
        }
    }

    #[test]
    fn a_value_of_the_wrong_type_is_still_a_value() {
        for (field, value, condition, yes) in [
            ("risk_result", "\"2\"", "risk_result=2", true),
            ("risk_result", "\"2\"", "risk_result!=0", true),
            ("risk_result", "\"2\"", "risk_result>1", true),
            ("risk_result", "2.0", "risk_result=someone else's device", true),
            ("risk_result", "true", "risk_result!=0", true),
            ("is_wifi", "\"true\"", "is_wifi=true", true),
            ("check_time", "1615381916", "check_time=2021-03-10", true),
            ("check_time", "1615381916", "check_time>2021-03-09", true),
            ("longitude", "\"120.5\"", "longitude>120.04", true),
            ("check_time", "\"soon\"", "check_time!=2021-03-10", true),
            ("check_time", "\"soon\"", "check_time>2021-03-10", false),
        ] {
            assert_eq!(holds(condition, &with(field, value)), yes, "{value} {condition}");
        }
    }

    #[test]
    fn what_nothing_can_be_is_refused_with_a_hint() {
        for (condition, hints) in [
            ("chek_time=1", &["did you mean `check_time`?"][..]),
            ("type", &["type=5"]),
            ("employee_id==x", &["equal is one sign: employee_id=x"]),
            ("type>", &["a value is missing"]),
            ("check_time>09:00", &["\"09:00\" is not a time", "2021-03-10"]),
            ("check_time>=garbage", &["\"garbage\" is not a time", "2021-03-10"]),
            ("check_time!=yesterday", &["\"yesterday\" is not a time"]),
            ("create_time<20210310", &["is not a time", "2021-03-10"]),
            ("check_time=20210310", &["is not a time; the day is 2021-03-10"]),
            ("check_time~2021-03", &["check_time>=2021-03-10"]),
            ("risk_result=abc", &["unknown value `abc`", "0 (none)", "1 (cheat software)"]),
            ("risk_result!=abc", &["unknown value `abc`"]),
            ("risk_result=5,6", &["unknown value `5,6`"]),
            ("risk_result=1|2", &["unknown value `1|2`", "1 (cheat software)"]),
            ("risk_result=1 or risk_result=2", &["unknown value"]),
            ("risk_result=cheet software", &["did you mean `cheat software`?"]),
            ("risk_result=使用作弊软件", &["疑似使用作弊软件"]),
            ("risk_result~xyz", &["unknown value `xyz`"]),
            ("risk_result>none", &["not a number"]),
            ("schema=3.0", &["2.0"]),
            ("is_field=yes", &["true or false", "did you mean true?"]),
            ("is_field=0", &["did you mean false?"]),
            ("is_field=maybe", &["true or false"]),
            ("is_field>true", &["= or !="]),
            ("latitude>abc", &["\"abc\" is not a number"]),
            ("longitude=120,5", &["is not a number"]),
            ("status_changes=Late", &["it is a list; ~Late looks into it"]),
            ("photo_urls!=https://example.com/a.jpg", &["it is a list"]),
            ("date=2021/03/10", &["is not a day", "2021-03-10"]),
            ("date=yesterday", &["is not a day"]),
        ] {
            let why = asked(condition).expect_err(condition);
            for hint in hints {
                assert!(why.contains(hint), "{condition}: {why}");
            }
        }
        // What the platform may send some day can be looked for.
        for condition in [
            "type=9",
            "risk_result!=77",
            "type~9",
            "event_type=im.*",
            "event_type=x",
            "check_time=0",
            "photo_urls!=[]",
            "comment=1,2",
        ] {
            assert!(asked(condition).is_ok(), "{condition}");
        }
    }
}
