//! Every field of every event type is checked where it stands, within lists and objects too.

use larkspect::catalog::{BODY, EVENTS, Event, Field, Json, Kind, Wire, event};
use larkspect::sample::{START, Sampler};
use larkspect::time::Unit;
use serde_json::{Value, json};

use crate::support::check;

/// A value of a field, by its pointer.
struct Place {
    pointer: String,
    field: &'static Field,
    kind: &'static Kind,
}

/// The values of documented fields in an object, one of each list.
fn places(fields: &'static [Field], object: &Value, pointer: &str, out: &mut Vec<Place>) {
    for field in fields {
        let Some(value) = object.get(field.key) else { continue };
        let mut place = Place { pointer: format!("{pointer}/{}", field.key), field, kind: &field.kind };
        let mut value = value;
        while let (Kind::List(item), Some(first)) = (place.kind, value.get(0)) {
            out.push(Place { pointer: place.pointer.clone(), ..place });
            place = Place { pointer: format!("{}/0", place.pointer), kind: item, ..place };
            value = first;
        }
        if let Kind::Object(inner) = place.kind {
            places(inner, value, &place.pointer, out);
        }
        out.push(place);
    }
}

fn sample(event: &'static Event) -> Value {
    let mut text = Vec::new();
    Sampler::new(11, event, START).event(&mut text);
    serde_json::from_slice(&text).expect("samples are JSON")
}

/// Runs `spoil` on the value of every place and expects this finding there, where it gives another value.
fn expect(code: &str, spoil: impl Fn(&Place, &Value) -> Option<Value>) {
    let mut spoilt_values = 0;
    for event in EVENTS {
        let valid = sample(event);
        let mut all = Vec::new();
        places(event.fields, &valid[BODY], &format!("/{BODY}"), &mut all);
        for place in all {
            let mut value = valid.clone();
            let at = value.pointer_mut(&place.pointer).expect("it is there");
            let Some(other) = spoil(&place, at) else { continue };
            *at = other;
            spoilt_values += 1;
            let judged = check(value.to_string().as_bytes());
            let found = judged
                .findings()
                .iter()
                .any(|found| found.rule.code == code && found.pointer == place.pointer);
            assert!(found, "{} {}: {:#?}", event.name, place.pointer, judged.findings());
        }
    }
    assert!(spoilt_values > 50, "{code}: {spoilt_values}");
}

#[test]
fn a_value_of_another_type_is_found_where_it_stands() {
    expect("wrong-type", |place, _| {
        // The type of a v1 event says what it is.
        let is_type = place.pointer == "/event/type";
        (place.kind.json() != Json::Any && !is_type).then(|| match place.kind.json() {
            Json::Boolean => json!("x"),
            _ => json!(true),
        })
    });
}

#[test]
fn an_unlisted_value_is_found_where_it_stands() {
    expect("unknown-choice", |place, _| match place.kind {
        Kind::Choice(choices) => Some(json!(choices.iter().map(|choice| choice.value).max()? + 100)),
        Kind::Word(_) => Some(json!("unheard of")),
        Kind::Bits(_) => Some(json!(1i64 << 60)),
        _ => None,
    });
}

#[test]
fn a_time_in_another_unit_is_found_where_it_stands() {
    expect("timestamp-unit", |place, value| {
        let Kind::Time(unit, wire) = place.kind else { return None };
        let number: i64 = value.as_str().map_or_else(|| value.as_i64(), |text| text.parse().ok())?;
        let other = if *unit == Unit::Seconds { number * 1000 } else { number / 1000 };
        Some(if *wire == Wire::Text { json!(other.to_string()) } else { json!(other) })
    });
}

#[test]
fn a_key_that_comes_again_is_found_where_it_stands() {
    for event in EVENTS {
        let valid = sample(event);
        let mut all = Vec::new();
        places(event.fields, &valid[BODY], &format!("/{BODY}"), &mut all);
        let text = valid.to_string();
        for place in all.iter().filter(|place| !place.pointer.ends_with("/0")) {
            // The object with a mark in place of the value, so that the pair can be written twice.
            let mut marked = valid.clone();
            *marked.pointer_mut(&place.pointer).expect("it is there") = json!("@mark@");
            let value = valid.pointer(&place.pointer).expect("it is there").to_string();
            let pair = format!("\"{}\":\"@mark@\"", place.field.key);
            let twice = format!("\"{0}\":{value},\"{0}\":{value}", place.field.key);
            let marked = marked.to_string();
            assert!(marked.contains(&pair), "{text}");
            let judged = check(marked.replacen(&pair, &twice, 1).as_bytes());
            let found = judged.findings().iter();
            let mut found = found.filter(|found| found.rule.code == "duplicate-key");
            assert!(found.any(|found| found.pointer == place.pointer), "{} {}", event.name, place.pointer);
        }
    }
}

/// The codes of what is found in a sample of a type in which one value is another, or is gone.
fn codes_with(name: &str, pointer: &str, other: Option<Value>) -> Vec<&'static str> {
    let mut value = sample(event(name).expect("a known type"));
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
    let object = value.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    assert!(object.remove(key).is_some(), "{pointer}");
    object.extend(other.map(|other| (key.to_owned(), other)));
    check(value.to_string().as_bytes()).codes()
}

#[test]
fn an_event_of_the_old_form_without_its_type_is_not_passed_in_silence() {
    assert_eq!(codes_with("app_ticket", "/event/type", None), ["missing-field"]);
    assert_eq!(codes_with("app_ticket", "/event/type", Some(json!(7))), ["wrong-type"]);
}

#[test]
fn what_stands_for_the_time_of_an_approval_is_judged() {
    let codes = |other| codes_with("approval.approval.updated_v4", "/header/event_create_time", Some(other));
    assert_eq!(codes(json!("soon")), ["not-a-timestamp"]);
    assert_eq!(codes(json!("1615381916000")), ["timestamp-unit"]);
    assert_eq!(codes(json!(null))[0], "null-value");
}

#[test]
fn not_a_number_is_no_amount() {
    for text in ["nan", "inf", "1e5", "."] {
        let codes = codes_with("vc.meeting.recording_ready_v1", "/event/duration", Some(json!(text)));
        assert_eq!(codes, ["not-a-timestamp"], "{text}");
    }
}
