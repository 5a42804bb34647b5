//! The summary as JSON. The keys are documented in `docs/summary.md`; counts are exact, quantiles of delays within
//! [`ERROR`], those of times of day exact to the minute.

use serde_json::{Map, Value, json};

use crate::secrets::Secrets;
use crate::terminal::sanitize_json;
use crate::time::{Clock, Millis};

use super::figures::{DELAYS, FieldFigures, Figures, TypeFigures};
use super::people::Minutes;
use super::quantiles::ERROR;
use super::words::{time_of_day, zone};

/// People of a value that are named.
const MOST_PEOPLE: usize = 10;

/// The summary, with a line end.
pub fn json(figures: &Figures, secrets: &Secrets) -> Vec<u8> {
    let delays = &figures.delays;
    let (first, last, single) = figures.first_and_last();
    let minutes = |minutes: &Minutes| {
        let at = |part| minutes.at(part).map(time_of_day);
        json!({"p10": at(0.1), "p50": at(0.5), "p90": at(0.9)})
    };
    let days: Map<String, Value> =
        figures.hours.iter().map(|(day, hours)| (super::calendar::iso(*day), json!(hours))).collect();
    let mut clock = Clock::new(figures.question.zone);
    let mut moment = |at: i64| {
        let mut text = Vec::new();
        let _ = clock.iso_millis(Millis(at), &mut text);
        String::from_utf8(text).unwrap_or_default()
    };
    let times = figures.times.map(|times| times.map(|(at, _)| moment(at)));
    let histogram: Vec<Value> = figures
        .delay_counts
        .iter()
        .enumerate()
        .map(|(at, count)| {
            let from = at.checked_sub(1).map(|at| DELAYS[at]);
            json!({"from_ms": from, "to_ms": DELAYS.get(at), "events": count})
        })
        .collect();
    let risky: Vec<Value> = figures
        .risky
        .iter()
        .map(|punch| {
            let risks: Vec<&str> = punch.risks.iter().map(|said| &*said.raw).collect();
            json!({
                "check_time": punch.at.map(|at| moment(at.0)),
                "employee_id": secrets.hide(&punch.person),
                "risk_result": risks,
                "location_name": secrets.hide(&punch.place),
                "record_id": secrets.hide(&punch.record),
                "file": punch.file,
                "line": punch.line,
            })
        })
        .collect();
    let summary = json!({
        "events": figures.events,
        "punches": figures.punches,
        "employees": figures.employees(),
        "first": times.as_ref().map(|times| &times[0]),
        "last": times.as_ref().map(|times| &times[1]),
        "zone": zone(figures),
        "left_out": {
            "repeated_deliveries": figures.repeats,
            "unreadable": figures.unreadable,
            "not_selected": figures.unwanted,
            "not_events": figures.others().map(|other| (other.what.en.to_owned(), json!(other.count))).collect::<Map<_, _>>(),
        },
        "without_time": figures.timeless,
        "hours_by_day": days,
        "employee_days": {
            "count": figures.days.len(),
            "with_a_single_punch": single,
            "first_punch": minutes(&first),
            "last_punch": minutes(&last),
        },
        "delay_ms": {
            "events": delays.count(),
            "min": delays.min(),
            "p50": delays.at(0.5),
            "p90": delays.at(0.9),
            "p99": delays.at(0.99),
            "max": delays.max(),
            "quantile_error": ERROR,
            "histogram": histogram,
        },
        "risky_punches": figures.risky_punches,
        "risky": risky,
        "types": figures.types().into_iter().map(|of| type_of(figures, of, secrets)).collect::<Vec<_>>(),
        "events_of_more_types": figures.of_more_types,
        "findings": figures.rules().iter().map(|rule| json!({
            "rule": rule.rule.code,
            "severity": rule.severity.word(),
            "count": rule.count,
        })).collect::<Vec<_>>(),
        "more_people_than_counted": figures.crowded || figures.days.full,
    });
    let mut out = Vec::new();
    // Into memory, and of values that are JSON already: nothing can fail.
    let _ = sanitize_json::push(&summary, &mut out);
    out.push(b'\n');
    out
}

fn type_of(figures: &Figures, of: &TypeFigures, secrets: &Secrets) -> Value {
    let fields: Map<String, Value> = of
        .fields
        .iter()
        .filter(|field| !field.frequent().is_empty())
        .map(|field| (field.field.name.clone(), field_of(figures, field, secrets)))
        .collect();
    json!({
        "event_type": secrets.hide(&of.name),
        "title": of.event.map(|event| event.title),
        "events": of.events,
        "fields": fields,
    })
}

fn field_of(figures: &Figures, field: &FieldFigures, secrets: &Secrets) -> Value {
    let people = &figures.people;
    let values = field.frequent().into_iter().map(|value| {
        let who: Vec<Value> = value
            .who(MOST_PEOPLE)
            .into_iter()
            .filter_map(|(person, count)| {
                Some(json!({"id": secrets.hide(people.get(person)?), "events": count}))
            })
            .collect();
        json!({
            "value": secrets.hide(&value.said.raw),
            "label": value.said.label,
            "alarm": value.said.alarm,
            "events": value.events,
            "people": value.people.len(),
            "most_often": who,
        })
    });
    Value::Array(values.collect())
}
