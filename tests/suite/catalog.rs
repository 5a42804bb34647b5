//! Every field of every event type is checked where it stands, within lists and objects too.

use larkspect::catalog::{BODY, EVENTS, Event, Field, Json, Kind, Wire, event};
use larkspect::sample::{START, Sampler};
use larkspect::time::Unit;
use serde_json::{Value, json};

use crate::support::check;
use crate::support::program::larkspect;

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

#[test]
fn what_the_header_of_a_type_has_besides_is_documented_and_converted() {
    let kind = "drive.file.title_updated_v1";
    let sample = larkspect(["sample", kind]).run().exits(0);
    let mut event: Value = serde_json::from_str(sample.text()).expect("JSON");
    event["header"]["resource_id"] = json!("doxcnK0");
    event["header"]["user_list"] = json!([{"union_id": "on_8ed6aa67826108097d9ee143816345"}]);
    let input = event.to_string();
    let csv = larkspect(["convert"]).stdin(input.clone()).run().exits(0);
    assert!(csv.lines()[0].contains(",app_id,resource_id,user_list,file_type,"), "{}", csv.lines()[0]);
    let json = larkspect(["convert", "-t", "ndjson"]).stdin(input.clone()).run().exits(0);
    let row: Value = serde_json::from_str(json.lines()[0]).expect("JSON");
    assert_eq!(
        (&row["resource_id"], &row["user_list"]),
        (&event["header"]["resource_id"], &event["header"]["user_list"])
    );
    let schema = larkspect(["schema", kind, "--format", "json"]).run().exits(0);
    let paths: Value = serde_json::from_str(schema.text()).expect("JSON");
    let text = paths.to_string();
    assert!(
        text.contains("\"header.resource_id\"") && text.contains("\"header.user_list[].union_id\""),
        "{text}"
    );
}

#[test]
fn each_unknown_type_is_told_once_of_a_file() {
    let event = |kind: &str| {
        format!(
            r#"{{"schema":"2.0","header":{{"event_id":"{kind}","event_type":"{kind}","create_time":"1615381917707","token":"t","tenant_key":"k","app_id":"cli_1"}},"event":{{}}}}"#
        )
    };
    let kinds = ["example.parcel.sent_v1", "example.robot.charged_v1"];
    let events: Vec<String> = (0..6).map(|at| event(kinds[at % 2])).collect();
    let input = events.join("\n");
    let human = larkspect(["check", "-"]).stdin(input.clone()).run();
    for kind in kinds {
        let told = format!("warning[unknown-event-type]: the event type `{kind}` is not in the catalogue");
        assert_eq!(human.text().matches(&told).count(), 1, "{}", human.text());
    }
    assert_eq!(human.text().matches("2 more like this in this file").count(), 2, "{}", human.text());
    assert!(human.text().contains("6 warnings"), "the totals count each: {}", human.text());
    let lines = larkspect(["check", "-f", "line", "-"]).stdin(input).run();
    assert_eq!(lines.lines().iter().filter(|line| line.contains("unknown-event-type")).count(), 6);
}

#[test]
fn a_message_and_its_recall_are_about_one_record_and_no_duplicates() {
    let event = |kind: &str, id: &str, body: Value| {
        let header = json!({"event_id": id, "event_type": kind, "create_time": "1615381917707", "token": "t", "tenant_key": "k", "app_id": "cli_1"});
        json!({"schema": "2.0", "header": header, "event": body}).to_string()
    };
    let received = |id| event("im.message.receive_v1", id, json!({"message": {"message_id": "om_1"}}));
    let recalled = event("im.message.recalled_v1", "2", json!({"message_id": "om_1"}));
    let codes = |input: String| {
        let ran = larkspect(["check", "-f", "line", "-"]).stdin(input).run();
        ran.lines().iter().filter(|line| line.contains("duplicate-record")).count()
    };
    assert_eq!(codes(format!("{}\n{recalled}", received("1"))), 0);
    assert_eq!(codes(format!("{}\n{}", received("1"), received("3"))), 1);
}

#[test]
fn when_a_thing_happened_is_read_from_its_body_though_the_header_has_a_field_of_that_name() {
    let kind = "moments.post.created_v1";
    let header = json!({"event_id": "1", "event_type": kind, "create_time": "1615381917707", "token": "t", "tenant_key": "k", "app_id": "cli_1"});
    let input = json!({"schema": "2.0", "header": header, "event": {"id": "1", "create_time": "2021-03-10T21:11:50+08:00"}});
    let card = larkspect(["--tz", "+08:00"]).stdin(input.to_string()).run().exits(0);
    assert!(card.text().contains("2021-03-10 21:11:57.707 +08:00, 7.7 s later"), "{}", card.text());
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

#[test]
fn when_an_approval_was_delivered_is_told_once_and_by_its_key() {
    let sample = larkspect(["sample", "approval.approval.updated_v4"]).run().exits(0);
    let card = larkspect(["--card"]).stdin(sample.text().to_owned()).run().exits(0);
    let told: Vec<&str> = card.text().lines().filter(|line| line.contains("event_create_time")).collect();
    assert_eq!(told.len(), 1, "{}", card.text());
    assert!(told[0].trim_start().starts_with("Delivered "), "{}", card.text());
}

/// `show` counted these as not in the catalogue, and `check` passed them without a word.
#[test]
fn check_was_silent_about_types_that_show_did_not_know() {
    let v1 = |name: &str| {
        let head = r#""uuid":"u","token":"t","ts":"1615381917.7","type":"event_callback""#;
        format!(r#"{{{head},"event":{{"type":"{name}","app_id":"cli_a"}}}}"#)
    };
    let card = r#"{"open_id":"o","open_message_id":"m","token":"t","action":{"tag":"button","value":{}}}"#;
    let v2 = "im.message.receive_v1";
    for (name, event, zh, en) in [
        ("card.action.trigger_v1", card.to_owned(), "新版卡片发送", "newer cards send"),
        ("remove_user_from_chat", v1("remove_user_from_chat"), "外层会检查", "its envelope is checked"),
        (v2, v1(v2), "只有 v2 形式", "in the form of v2 alone"),
        ("foo_thing", v1("foo_thing"), "目录中没有", "is not in the catalogue"),
    ] {
        for (lang, said, unknown) in [("zh", zh, "目录中没有的类型"), ("en", en, "not in the catalogue")]
        {
            let run = |args: &[&str]| larkspect(["--lang", lang]).args(args).stdin(event.clone()).run();
            let checked = run(&["check", "-f", "line", "-"]).exits(0);
            let [line] = checked.lines()[..] else { panic!("{name}: {}", checked.text()) };
            assert!(line.contains("warning[unknown-event-type]") && line.contains(name), "{line}");
            assert!(line.contains(said), "{line}");
            let shown =
                run(&["show", "-", "fixtures/attendance.user_flow.created_v1/official.json"]).exits(0);
            assert!(shown.err.contains(unknown), "{name}: {}", shown.err);
            assert!(name == "foo_thing" || run(&["explain", name]).exits(0).text().starts_with(name));
        }
    }
    let called = larkspect(["explain", "Old Card Callback"]).run().exits(0);
    assert!(called.text().starts_with("card.action.trigger_v1  旧版卡片回调  old card callback\n"));
    let chosen = larkspect(["--event", "card.action.trigger_v1", "-"]).stdin(card).run().exits(0);
    assert!(!chosen.err.contains("did you mean"), "{}", chosen.err);
}
