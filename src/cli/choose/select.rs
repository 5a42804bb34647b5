//! Which events are wanted, and in which order: `--where`, `--since`, `--until`, `--sort`. Asked on the workers, event by
//! event.

use std::str::FromStr;

use crate::engine::Seen;
use crate::record::slot;
use crate::time::{Millis, Zone, parse_day, parse_moment};

use super::condition::{Asked, Condition, Key, key_in, known_field, moment_in};

/// Which events are wanted.
#[derive(Clone, Debug, Default)]
pub struct Select {
    conditions: Vec<Asked>,
    since: Option<Millis>,
    until: Option<Millis>,
}

impl Select {
    /// Events that meet all of these.
    ///
    /// # Errors
    ///
    /// A moment that cannot be read, or a condition that nothing can ever meet.
    pub fn new(
        conditions: &[Condition],
        since: Option<&str>,
        until: Option<&str>,
        zone: Zone,
    ) -> Result<Select, String> {
        let moment = |text: &str| parse_moment(text, zone).map_err(|error| error.to_string());
        // A day that is named as the end is meant as a whole.
        let end = |text: &str| parse_day(text, zone).map_or_else(|| moment(text), |day| Ok(day.end));
        Ok(Select {
            conditions: conditions.iter().map(|condition| condition.ask(zone)).collect::<Result<_, _>>()?,
            since: since.map(moment).transpose()?,
            until: until.map(end).transpose()?,
        })
    }

    /// Whether an event is wanted.
    #[inline]
    pub fn wants(&self, seen: &Seen<'_>) -> bool {
        (self.since.is_none() && self.until.is_none() || self.in_time(seen))
            && self.conditions.iter().all(|condition| condition.holds(seen))
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
        Ok(SortKey { name: known_field(name)?, descending })
    }
}

impl SortKey {
    /// The key of an event: without a value none, which comes first; what is not of the kind of its field comes last.
    pub fn key(&self, seen: &Seen<'_>) -> Option<Key> {
        let at = seen.record.layout.slot(&self.name)?;
        let text = seen.record.text(at)?;
        Some(key_in(seen, at, &text).unwrap_or_else(|| Key::Text(text.into_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::finding::Findings;

    const EVENT: &str = include_str!("../../../fixtures/attendance.user_flow.created_v1/official.json");

    fn key(field: &str, event: &str) -> Option<Key> {
        let key: SortKey = field.parse().unwrap();
        let mut engine = Engine::new(Zone::Utc);
        key.key(&engine.document(event.as_bytes(), 0, &mut Findings::default()).unwrap())
    }

    #[test]
    fn spans_of_time_hold_their_last_day() {
        let wanted = |since, until| {
            let zone = "+08:00".parse().unwrap();
            let select = Select::new(&[], since, until, zone).unwrap();
            let mut engine = Engine::new(zone);
            select.wants(&engine.document(EVENT.as_bytes(), 0, &mut Findings::default()).unwrap())
        };
        assert!(wanted(Some("2021-03-10"), Some("2021-03-10")));
        assert!(!wanted(Some("2021-03-11"), None));
        assert!(!wanted(None, Some("2021-03-10 21:11:56")));
    }

    #[test]
    fn keys_are_of_the_kind_of_their_field() {
        // Each list in its order; `None` takes the field away.
        let lists: [(&str, &str, &[Option<&str>]); 5] = [
            (
                "employee_id",
                "\"2b68933a\"",
                &[
                    None,
                    Some("\"08321852\""),
                    Some("\"100000\""),
                    Some("\"1e5\""),
                    Some("\"8321852\""),
                    Some("\"b\""),
                ],
            ),
            (
                "record_id",
                "\"6938012269578125316\"",
                &[None, Some("\"6938012269578125316\""), Some("\"6938012269578125317\"")],
            ),
            (
                "type",
                "0",
                &[
                    None,
                    Some("-1"),
                    Some("2"),
                    Some("\"9\""),
                    Some("10"),
                    Some("9007199254740992"),
                    Some("9007199254740993"),
                    Some("\"x\""),
                ],
            ),
            (
                "longitude",
                "120.04004357074373",
                &[
                    None,
                    Some("-120.5"),
                    Some("9.5"),
                    Some("1e1"),
                    Some("120.04004357074372"),
                    Some("120.04004357074373"),
                ],
            ),
            (
                "check_time",
                "\"1615381916\"",
                &[None, Some("\"1615381915\""), Some("1615381916"), Some("\"1615381916001\"")],
            ),
        ];
        for (field, is, values) in lists {
            let member = format!("\"{field}\": {is}");
            assert!(EVENT.contains(&member), "{field}");
            let keys: Vec<Option<Key>> = values
                .iter()
                .map(|value| {
                    let other = value.map_or("\"x\": 1".to_owned(), |value| format!("\"{field}\": {value}"));
                    key(field, &EVENT.replace(&member, &other))
                })
                .collect();
            assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
        }
    }
}
