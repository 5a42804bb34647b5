//! Conditions on every field of every event type agree with a plain evaluation on parsed JSON, which knows nothing of
//! spans, slots and literals.

use std::cmp::Ordering;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

use crate::catalog::{EVENTS, Event, Field, Kind};
use crate::engine::Engine;
use crate::finding::Findings;
use crate::lang::Label;
use crate::sample::{START, Sampler};
use crate::time::{Millis, Unit, Zone};

use super::*;

/// The values of a field with its path, those of all items where lists are on the way.
struct Leaf {
    path: String,
    kind: Kind,
    values: Vec<Value>,
}

fn leaves(fields: &'static [Field], value: &Value, path: &str, out: &mut Vec<Leaf>) {
    for field in fields {
        let Some(value) = value.get(field.key) else { continue };
        let path = format!("{path}.{}", field.key);
        leaf(&field.kind, value, path, out);
    }
}

fn leaf(kind: &Kind, value: &Value, path: String, out: &mut Vec<Leaf>) {
    match (kind, value) {
        (Kind::Object(fields), value @ Value::Object(_)) => leaves(fields, value, &path, out),
        (Kind::List(item), Value::Array(items)) => {
            let mut inner = Vec::new();
            items.iter().for_each(|value| leaf(item, value, path.clone(), &mut inner));
            for leaf in inner {
                match out.iter_mut().find(|known| known.path == leaf.path) {
                    Some(known) => known.values.extend(leaf.values),
                    None => out.push(leaf),
                }
            }
        }
        (Kind::Object(_) | Kind::List(_) | Kind::Map | Kind::Any, _) => {}
        _ => match out.iter_mut().find(|known| known.path == path) {
            Some(known) => known.values.push(value.clone()),
            None => out.push(Leaf { path, kind: *kind, values: vec![value.clone()] }),
        },
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Days since 1970, by Howard Hinnant's algorithm.
fn day_of(seconds: i64) -> String {
    let days = seconds.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) =
        (year_of_era + era * 400 + i64::from(month >= 10), if month < 10 { month + 3 } else { month - 9 });
    format!("{year:04}-{month:02}-{day:02}")
}

/// How a value stands to what was typed; `None` where they cannot be compared.
fn order(kind: &Kind, value: &Value, typed: &str) -> Option<Ordering> {
    let found = text(value);
    match kind {
        Kind::Time(unit, _) => {
            let seconds = found.parse::<i64>().ok()?.div_euclid(unit.per_second());
            if typed.contains('-') {
                return Some(day_of(seconds).as_str().cmp(typed));
            }
            let typed = typed.parse::<i64>().ok()?;
            let guessed = Unit::guess(typed)?;
            match guessed {
                Unit::Seconds => Some(seconds.cmp(&typed)),
                _ => {
                    let millis = |number: i64, unit: Unit| number.div_euclid(unit.per_second() / 1000);
                    let found = match unit {
                        Unit::Seconds => found.parse::<i64>().ok()? * 1000,
                        unit => millis(found.parse().ok()?, *unit),
                    };
                    Some(found.cmp(&millis(typed, guessed)))
                }
            }
        }
        Kind::TimeOfDay => {
            let seconds = found.parse::<i64>().ok()?;
            let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
            Some(clock.as_str().cmp(typed))
        }
        Kind::Choice(_)
        | Kind::Bits(_)
        | Kind::Integer
        | Kind::Number
        | Kind::Longitude
        | Kind::Latitude
        | Kind::Day
        | Kind::Duration(..) => found.parse::<f64>().ok()?.partial_cmp(&typed.parse::<f64>().ok()?),
        Kind::Flag => None,
        _ => Some(found.as_str().cmp(typed)),
    }
}

fn label(kind: &Kind, value: &Value) -> Option<Label> {
    match kind {
        Kind::Choice(choices) => {
            choices.iter().find(|choice| Some(choice.value) == value.as_i64()).map(|choice| choice.label)
        }
        Kind::Word(words) => {
            words.iter().find(|word| Some(word.value) == value.as_str()).map(|word| word.label)
        }
        _ => None,
    }
}

fn equals(kind: &Kind, value: &Value, typed: &str) -> bool {
    let is = |text: &str| text.to_lowercase() == typed.to_lowercase();
    let named = matches!(kind, Kind::Word(_) | Kind::Flag) && is(&text(value));
    let called = label(kind, value).is_some_and(|label| is(label.zh) || is(label.en));
    let compares =
        !matches!(kind, Kind::Text | Kind::Mac | Kind::Url | Kind::Json | Kind::Flag | Kind::Word(_));
    text(value) == typed || named || called || compares && order(kind, value, typed) == Some(Ordering::Equal)
}

/// Whether a value has this in it: in its text, or in what it is called.
fn contains(kind: &Kind, value: &Value, typed: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(&typed.to_lowercase());
    let found = text(value);
    let day = match kind {
        Kind::Day if found.len() == 8 => format!("{}-{}-{}", &found[..4], &found[4..6], &found[6..]),
        _ => String::new(),
    };
    has(&found) || has(&day) || label(kind, value).is_some_and(|label| has(label.zh) || has(label.en))
}

/// Whether one of the values meets a condition; with several values typed, any of these.
fn holds(leaf: &Leaf, sign: &str, typed: &[String]) -> bool {
    leaf.values.iter().filter(|value| !value.is_null()).any(|value| {
        let order = || order(&leaf.kind, value, &typed[0]);
        match sign {
            "=" => typed.iter().any(|typed| equals(&leaf.kind, value, typed)),
            "!=" => !typed.iter().any(|typed| equals(&leaf.kind, value, typed)),
            "~" => typed.iter().any(|typed| contains(&leaf.kind, value, typed)),
            "!~" => !typed.iter().any(|typed| contains(&leaf.kind, value, typed)),
            "<" => order() == Some(Ordering::Less),
            "<=" => order().is_some_and(Ordering::is_le),
            ">" => order() == Some(Ordering::Greater),
            _ => order().is_some_and(Ordering::is_ge),
        }
    })
}

/// The parts of moments as fields of their own.
fn part(leaf: &Leaf, ending: &str) -> Option<Leaf> {
    let Kind::Time(unit, _) = leaf.kind else { return None };
    let part = |value: &Value| {
        let seconds = text(value).parse::<i64>().ok()?.div_euclid(unit.per_second());
        let of_day = seconds.rem_euclid(86_400);
        Some(match ending {
            ".day" => day_of(seconds).into(),
            ".hour" => (of_day / 3600).into(),
            _ => of_day.into(),
        })
    };
    let kind = match ending {
        ".day" => Kind::Date,
        ".hour" => Kind::Integer,
        _ => Kind::TimeOfDay,
    };
    let values = leaf.values.iter().filter_map(part).collect();
    Some(Leaf { path: format!("{}{ending}", leaf.path), kind, values })
}

/// What might be typed for a field: its own value, one beside it, what it is called, its day.
fn typed(kind: &Kind, value: &Value, which: usize) -> Option<String> {
    let own = text(value);
    let near = |step: i64| own.parse::<i64>().ok().map(|number| (number + step).to_string());
    let typed = match (kind, which) {
        (Kind::Time(unit, _), 0..3) => {
            let seconds = own.parse::<i64>().ok()?.div_euclid(unit.per_second());
            day_of(seconds + [0, 86_400, -86_400][which])
        }
        (Kind::TimeOfDay, _) => {
            let seconds = own.parse::<i64>().ok()?.saturating_add([0, 60, -1, 1][which % 4]).clamp(0, 86_399);
            format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        }
        (_, 0) => own,
        (_, 1) => label(kind, value).map_or(own, |label| label.zh.to_owned()),
        (_, 2) => label(kind, value).map_or(own, |label| label.en.to_uppercase()),
        (_, 3) => near(1).unwrap_or(own),
        _ => near(-1).unwrap_or(own),
    };
    let plain =
        !typed.is_empty() && typed.trim() == typed && !typed.contains(['"', '*']) && !typed.starts_with('=');
    plain.then_some(typed)
}

/// From the middle of a text, what may be searched for.
fn middle(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let middle: String = letters[letters.len() / 3..].iter().take(4).collect();
    middle.trim().to_owned()
}

fn events() -> impl Strategy<Value = &'static Event> {
    select(EVENTS)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn conditions_agree_with_a_plain_evaluation(
        event in events(), seed in any::<u64>(), which in any::<Index>(), of in any::<Index>(),
        variants in prop::collection::vec(0..5_usize, 1..4),
        sign in select(&["=", "!=", "<", "<=", ">", ">=", "~", "!~"][..]),
        ending in select(&["", "", ".day", ".time", ".hour"][..]),
        asks_presence in prop::bool::weighted(0.1),
    ) {
        let (mut one, mut other) = (Vec::new(), Vec::new());
        let mut sampler = Sampler::new(seed, event, START);
        sampler.event(&mut one);
        sampler.event(&mut other);
        let parsed: Value = serde_json::from_slice(&one).unwrap();
        let asked: Value = serde_json::from_slice(&other).unwrap();
        let mut found = [Vec::new(), Vec::new()];
        for (leaves_of, document) in found.iter_mut().zip([&parsed, &asked]) {
            leaves(event.fields, &document["event"], "event", leaves_of);
            if !ending.is_empty() {
                *leaves_of = leaves_of.iter().filter_map(|leaf| part(leaf, ending)).collect();
            }
        }
        // The value of one event is asked of both.
        let Some(leaf) = (!found[1].is_empty()).then(|| which.get(&found[1])) else { return Ok(()) };
        let typed = variants.iter().map(|variant| {
            let typed = typed(&leaf.kind, of.get(&leaf.values), *variant)?;
            Some(if sign.ends_with('~') { middle(&typed) } else { typed }).filter(|typed| !typed.is_empty())
        });
        let Some(typed) = typed.collect::<Option<Vec<String>>>() else { return Ok(()) };
        let value = if asks_presence { String::new() } else { format!("\"{}\"", typed.join("\",\"")) };
        let text = format!("{}{sign}{value}", leaf.path);
        let times = Times { zone: Zone::Utc, now: Millis(START.0) };
        let Ok(condition) = Condition::parse(&text, &[], times) else { return Ok(()) };
        let mut engine = Engine::new(Zone::Utc);
        for (document, leaves) in [&one, &other].into_iter().zip(&found) {
            let same = leaves.iter().find(|known| known.path == leaf.path);
            let expected = if asks_presence {
                let said = |value: &Value| !value.is_null() && value.as_str() != Some("");
                same.is_some_and(|leaf| leaf.values.iter().any(said)) == (sign == "!=")
            } else {
                same.is_some_and(|leaf| holds(leaf, sign, &typed))
            };
            let seen = engine.document(document, 0, &mut Findings::default()).unwrap();
            let values = same.map(|leaf| &leaf.values);
            prop_assert_eq!(condition.holds(&seen, &Spot::default()), expected, "{} {} {:?}", event.name, text, values);
        }
    }
}
