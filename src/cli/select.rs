//! Which events are wanted: `--where`, `--since`, `--until`. Asked on the workers, event by event.

use std::cmp::Ordering;
use std::str::FromStr;

use crate::catalog::{EVENTS, Kind, nearest};
use crate::check::Seen;
use crate::record::{Layout, slot};
use crate::time::{Millis, Unit, Zone, parse_moment};

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
        let name = name.trim();
        let known: Vec<String> = EVENTS
            .iter()
            .flat_map(|event| Layout::of(Some(event)).columns)
            .map(|column| column.name)
            .collect();
        if !known.iter().any(|known| known == name) {
            let near = nearest(name, known.iter().map(String::as_str));
            let hint = near.map_or("`larkspect schema TYPE` lists the fields".to_owned(), |near| {
                format!("did you mean {near}?")
            });
            return Err(format!("no documented event has a field `{name}`; {hint}"));
        }
        let value = rest[sign.len()..].trim().to_owned();
        Ok(Condition { name: name.to_owned(), test: *test, value })
    }
}

/// Which events are wanted.
#[derive(Clone, Debug, Default)]
pub struct Select {
    conditions: Vec<Condition>,
    since: Option<Millis>,
    until: Option<Millis>,
    zone: Option<Zone>,
}

impl Select {
    /// Events that meet all of these.
    ///
    /// # Errors
    ///
    /// A moment that cannot be read.
    pub fn new(
        conditions: &[Condition],
        since: Option<&str>,
        until: Option<&str>,
        zone: Zone,
    ) -> Result<Select, String> {
        let moment = |text: &str| parse_moment(text, zone).map_err(|error| error.to_string());
        let until = match until {
            // A day that is named as the end is meant as a whole.
            Some(text) if text.len() == "2021-03-10".len() && text.contains('-') => {
                let end = moment(text)?;
                Some(Millis(end.0.saturating_add(86_400_000)))
            }
            Some(text) => Some(moment(text)?),
            None => None,
        };
        let since = since.map(moment).transpose()?;
        Ok(Select { conditions: conditions.to_vec(), since, until, zone: Some(zone) })
    }

    /// Whether an event is wanted.
    #[inline]
    pub fn wants(&self, seen: &Seen<'_>) -> bool {
        (self.since.is_none() && self.until.is_none() || self.in_time(seen))
            && self.conditions.iter().all(|condition| self.holds(condition, seen))
    }

    /// Whether everything is wanted.
    pub fn is_all(&self) -> bool {
        self.conditions.is_empty() && self.since.is_none() && self.until.is_none()
    }

    /// When it happened, or was created where nothing says so; without either it is in no span of time.
    fn in_time(&self, seen: &Seen<'_>) -> bool {
        let happened = seen.happened.and_then(|at| moment_in(seen, at));
        let Some(at) = happened.or_else(|| moment_in(seen, slot::CREATE_TIME)) else { return false };
        self.since.is_none_or(|since| at >= since) && self.until.is_none_or(|until| at < until)
    }

    fn holds(&self, condition: &Condition, seen: &Seen<'_>) -> bool {
        let Condition { name, test, value } = condition;
        let at = seen.record.layout.slot(name);
        let text = at.and_then(|at| seen.record.text(at));
        let (Some(at), Some(text)) = (at, text) else {
            // What is not there is equal to nothing, and empty.
            return match test {
                Test::Unequal => !value.is_empty(),
                Test::Equal => value.is_empty(),
                _ => false,
            };
        };
        match test {
            Test::Contains => return text.contains(value.as_str()),
            Test::Equal | Test::Unequal => {
                let equal = text == *value
                    || says(seen, at, value)
                    || self.order(seen, at, &text, value) == Some(Ordering::Equal);
                return equal == (*test == Test::Equal);
            }
            _ => {}
        }
        let Some(order) = self.order(seen, at, &text, value) else { return false };
        match test {
            Test::Less => order.is_lt(),
            Test::LessOrEqual => order.is_le(),
            Test::Greater => order.is_gt(),
            _ => order.is_ge(),
        }
    }

    /// A value against one that was typed: as moments, as numbers, else as text.
    fn order(&self, seen: &Seen<'_>, at: usize, text: &str, value: &str) -> Option<Ordering> {
        let kind = seen.record.layout.columns[at].field.kind;
        if let (Kind::Seconds | Kind::Millis, Some(ours)) = (kind, moment_in(seen, at)) {
            return Some(ours.cmp(&parse_moment(value, self.zone?).ok()?));
        }
        match (text.parse::<f64>(), value.parse::<f64>()) {
            (Ok(ours), Ok(theirs)) => ours.partial_cmp(&theirs),
            _ => Some(text.cmp(value)),
        }
    }
}

/// What to sort by: `check_time`, or `-check_time` for the last first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    name: String,
    /// Whether the largest comes first.
    pub descending: bool,
}

impl FromStr for SortKey {
    type Err = String;

    fn from_str(text: &str) -> Result<SortKey, String> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let Condition { name, .. } = format!("{name}=").parse()?;
        Ok(SortKey { name, descending })
    }
}

/// A value to sort by: what is absent first, then numbers, then text.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub enum Key {
    /// No value.
    Absent,
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
}

impl SortKey {
    /// The key of an event.
    pub fn key(&self, seen: &Seen<'_>) -> Key {
        let text = seen.record.layout.slot(&self.name).and_then(|at| seen.record.text(at));
        match text {
            None => Key::Absent,
            Some(text) => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Key::Number(number),
                _ => Key::Text(text.into_owned()),
            },
        }
    }
}

/// Whether `value` is what the number or word in a slot is called.
fn says(seen: &Seen<'_>, at: usize, value: &str) -> bool {
    let is = |label: crate::catalog::Label| label.zh == value || label.en == value;
    match seen.record.layout.columns[at].field.kind {
        Kind::Choice(choices) => {
            let number = seen.record.number(at);
            choices.iter().any(|choice| Some(choice.value) == number && is(choice.label))
        }
        Kind::Word(words) => {
            let text = seen.record.text(at);
            words.iter().any(|word| text.as_deref() == Some(word.value) && is(word.label))
        }
        _ => false,
    }
}

/// The moment in a slot, by the unit that its magnitude tells: a wrong unit is for `check` to say.
fn moment_in(seen: &Seen<'_>, at: usize) -> Option<Millis> {
    let value = seen.record.number(at)?;
    Unit::guess(value)?.to_millis(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Engine;
    use crate::finding::Findings;

    const EVENT: &str = include_str!("../../fixtures/attendance.user_flow.created_v1/official.json");

    fn wanted(conditions: &[&str], since: Option<&str>, until: Option<&str>) -> bool {
        let conditions: Vec<Condition> = conditions.iter().map(|text| text.parse().unwrap()).collect();
        let zone = "+08:00".parse().unwrap();
        let select = Select::new(&conditions, since, until, zone).unwrap();
        let mut engine = Engine::new(zone);
        select.wants(&engine.document(EVENT.as_bytes(), 0, &mut Findings::default()).unwrap())
    }

    #[test]
    fn conditions_compare_as_people_mean_it() {
        for (condition, yes) in [
            ("type=0", true),
            ("type=用户自己打卡", true),
            ("type=user punch", true),
            ("type!=0", false),
            ("type<1", true),
            ("location_name~余杭", true),
            ("location_name~西湖", false),
            ("longitude>120.04", true),
            ("longitude>=121", false),
            ("is_wifi=false", true),
            ("employee_no=", true),
            ("employee_no!=", false),
            ("check_time=1615381916", true),
            ("check_time>=2021-03-10 21:11:56", true),
            ("check_time>2021-03-10 21:11:56", false),
            ("employee_id=2b68933a", true),
        ] {
            assert_eq!(wanted(&[condition], None, None), yes, "{condition}");
        }
    }

    #[test]
    fn spans_of_time_hold_their_last_day() {
        assert!(wanted(&[], Some("2021-03-10"), Some("2021-03-10")));
        assert!(!wanted(&[], Some("2021-03-11"), None));
        assert!(!wanted(&[], None, Some("2021-03-10 21:11:56")));
    }

    #[test]
    fn slips_are_named() {
        assert!("chek_time=1".parse::<Condition>().unwrap_err().contains("check_time"));
        assert!("type".parse::<Condition>().is_err());
    }
}
