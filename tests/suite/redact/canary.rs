//! A mark is put into every field of every type, and into keys, names of files, headers and surroundings: no piece of it
//! comes out.

use larkspect::catalog::{EVENTS, Envelope, Event, Field, Kind};
use larkspect::sample::{START, Sampler};
use larkspect::signature::{Key, encrypt};
use serde_json::{Value, json};

use super::{redacted, redactor};
use crate::support::program::{Folder, Ran, larkspect};

/// What nothing else has a piece of, as a text, and as a number.
const MARKS: [&str; 9] = [
    "QzXwVkJyBp",
    "QzXwVkJyBp and more",
    "秘密标记甲乙丙丁",
    "ou_QzXwVkJyBpQzXwVkJyBp",
    "https://QzXwVkJyBp.example/QzXwVkJyBp?QzXwVkJyBp#QzXwVkJyBp",
    "QzXwVkJyBp@QzXwVkJyBp.com",
    "+8613748159263",
    "{\"QzXwVkJyBp\":[\"QzXwVkJyBp\",13748159263]}",
    "13748159263",
];
const NUMBER: &str = "13748159263";

/// The pieces of the marks, none of which may come out: of six characters; of eight digits, as six come up by chance in the
/// digits of as many stand-ins.
fn pieces() -> Vec<String> {
    let words = [("QzXwVkJyBp", 6), ("秘密标记甲乙丙丁", 6), (NUMBER, 8)];
    let of = |(mark, length): (&str, usize)| {
        let mark: Vec<char> = mark.chars().collect();
        mark.windows(length).map(String::from_iter).collect::<Vec<_>>()
    };
    words.into_iter().flat_map(of).collect()
}

#[track_caller]
fn assert_silent(out: &[u8], what: &str) {
    let text = String::from_utf8_lossy(out);
    for piece in pieces() {
        let at = text.find(&piece);
        assert!(at.is_none(), "{piece} of {what} came out: {text}");
    }
}

#[track_caller]
fn assert_ran_silently(ran: &Ran, what: &str) {
    assert_silent(&ran.out, what);
    assert_silent(ran.err.as_bytes(), what);
}

/// A value with a mark in it.
fn marked(kind: Kind, mark: &str, number: Option<&Value>) -> Value {
    match kind {
        Kind::Object(fields) => {
            let mut members = serde_json::Map::new();
            for inner in fields {
                members.insert(inner.key.to_owned(), marked(inner.kind, mark, number));
            }
            members.insert("QzXwVkJyBp".to_owned(), number.cloned().unwrap_or_default());
            members.insert(mark.to_owned(), mark.into());
            members.into()
        }
        Kind::List(item) => json!([marked(*item, mark, number)]),
        Kind::Map | Kind::Any => json!({mark: [mark, {mark: NUMBER.parse::<i64>().unwrap()}]}),
        Kind::Flag => json!(true),
        _ => number.cloned().unwrap_or_else(|| mark.into()),
    }
}

/// Events of a type that have the mark wherever something can stand.
fn events(event: &'static Event) -> Vec<Vec<u8>> {
    let mut sample = Vec::new();
    Sampler::new(1, event, START).event(&mut sample);
    let sample: Value = serde_json::from_slice(&sample).unwrap();
    let mut events = Vec::new();
    let numbers: [Value; 4] =
        [json!(13748159263_i64), json!(-13748159263_i64), json!(13748159263.5), json!(137481592637_i64)];
    let marks = MARKS.iter().map(|mark| (*mark, None));
    for (mark, number) in marks.chain(numbers.iter().map(|number| (MARKS[0], Some(number)))) {
        let mut all = sample.clone();
        let members = all.as_object_mut().unwrap();
        let body = members["event"].as_object_mut().unwrap();
        for field in event.fields {
            if !is_type(field, event) {
                body.insert(field.key.to_owned(), marked(field.kind, mark, number));
            }
        }
        body.insert(mark.to_owned(), mark.into());
        if let Some(header) = all.get_mut("header").and_then(Value::as_object_mut) {
            for (key, value) in header
                .iter_mut()
                .filter(|(key, _)| !["event_type", "create_time", "event_create_time"].contains(&&***key))
            {
                *value = number.cloned().unwrap_or_else(|| mark.into());
                assert!(!key.is_empty());
            }
            header.insert(mark.to_owned(), json!({mark: mark}));
        } else {
            all["uuid"] = mark.into();
            all["token"] = mark.into();
        }
        all[mark] = json!([mark]);
        events.push(all.to_string().into_bytes());
    }
    events
}

/// Whether a field has the type of the event, without which it is none of this type.
fn is_type(field: &Field, event: &Event) -> bool {
    field.key == "type" && event.envelope == Envelope::V1
}

#[test]
fn no_mark_in_any_field_of_any_type_comes_out() {
    let mut types = 0;
    for event in EVENTS {
        for text in events(event) {
            let out = redacted(&text, &redactor(0));
            assert!(!out.is_empty(), "{}", String::from_utf8_lossy(&text));
            assert!(String::from_utf8_lossy(&out).contains(event.name));
            assert_silent(&out, &String::from_utf8_lossy(&text));
        }
        types += 1;
    }
    assert_eq!(types, EVENTS.len());
}

/// A capture in which the mark stands everywhere but in what makes it a capture.
fn event(name: &str) -> String {
    let mut text = Vec::new();
    Sampler::new(1, EVENTS[0], START).event(&mut text);
    let mut value: Value = serde_json::from_slice(&text).unwrap();
    value["header"]["event_type"] = name.into();
    value["event"]["comment"] = "QzXwVkJyBp".into();
    value.to_string()
}

#[test]
fn no_mark_in_the_name_of_a_type_comes_out() {
    for name in [
        "QzXwVkJyBp",
        "QzXwVkJyBp.user_flow.created_v1",
        "attendance.QzXwVkJyBp_flow.created_v1",
        "attendance.user_flow.created_v1QzXwVkJyBp",
        "秘密标记甲乙丙丁",
        NUMBER,
    ] {
        let out = redacted(event(name).as_bytes(), &redactor(0));
        assert!(!out.is_empty());
        assert_silent(&out, name);
    }
}

#[test]
fn no_mark_in_what_is_no_event_comes_out() {
    for (mark, at) in MARKS.iter().flat_map(|mark| (0..2).map(move |at| (*mark, at))) {
        let inner = json!({mark: [mark]});
        for (text, stays) in [
            (json!({"challenge": mark, "token": mark, "type": "url_verification"}), "url_verification"),
            (
                json!({"schema": "2.0", "header": {"event_type": "url_verification", "token": mark, mark: inner},
                    "event": {"challenge": mark, mark: inner}}),
                "url_verification",
            ),
            (
                json!({"open_id": mark, "user_id": mark, "open_message_id": mark, "tenant_key": mark, "token": mark,
                    "action": {"value": inner, "tag": mark, mark: mark}}),
                "open_message_id",
            ),
        ] {
            // With a member more, or without.
            let text = text.to_string().replacen('{', ["{", "{\"$schema\":\"QzXwVkJyBp\","][at], 1);
            let out = redacted(text.as_bytes(), &redactor(0));
            assert!(String::from_utf8_lossy(&out).contains(stays), "{text}");
            assert_silent(&out, &text);
        }
    }
}

#[test]
fn no_mark_around_events_comes_out() {
    let plain = event("attendance.user_flow.created_v1");
    let quoted = serde_json::to_string(&plain).unwrap();
    let sealed = json!({"encrypt": encrypt(&Key::new("QzXwVkJyBp"), [7; 16], plain.as_bytes())}).to_string();
    let request = |body: &str| {
        format!(
            "POST /QzXwVkJyBp?QzXwVkJyBp={NUMBER} HTTP/1.1\r\nHost: QzXwVkJyBp.example\r\nAuthorization: Bearer QzXwVkJyBp\r\n\
             X-Lark-Signature: QzXwVkJyBp{NUMBER}\r\nX-QzXwVkJyBp: 秘密标记甲乙丙丁\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let captures = [
        plain.clone(),
        sealed.clone(),
        request(&plain),
        request(&sealed),
        format!("2021-03-10 QzXwVkJyBp INFO 秘密标记甲乙丙丁 got {plain} from {NUMBER}\nQzXwVkJyBp\n"),
        format!("{{\"QzXwVkJyBp\":\"{NUMBER}\",\"message\":{quoted}}}\n"),
        format!(
            "{{\"log\":{{\"entries\":[{{\"request\":{{\"url\":\"https://QzXwVkJyBp\",\"postData\":{{\"text\":{quoted}}}}}}}]}}}}"
        ),
        // What is left out.
        r#"{"schema":"2.0","header":{"event_type":"QzXwVkJyBp"},"event":{"QzXwVkJyBp":QzXwVkJyBp}}"#
            .to_owned(),
        format!("{}\n{{\"QzXwVkJyBp\":{{\"header\":{{\"event_type\":\"QzXwVkJyBp\"", plain),
        format!("{{\"code\":0,\"msg\":\"QzXwVkJyBp\",\"data\":{{\"QzXwVkJyBp\":{NUMBER}}}}}"),
        format!(
            "{{\"event_type\":\"QzXwVkJyBp.user_flow.created_v1\",\"event_id\":\"QzXwVkJyBp\",\"token\":\"QzXwVkJyBp\",\"a\":{NUMBER}}}"
        ),
        "QzXwVkJyBp, 秘密标记甲乙丙丁\n".to_owned(),
    ];
    let folder = Folder::new();
    let mut written = 0;
    for (number, capture) in captures.iter().enumerate() {
        for end in ["json", "log"] {
            let file = folder.file(format!("{number}-QzXwVkJyBp-秘密标记甲乙丙丁.{end}"), capture);
            for key in ["QzXwVkJyBp", "another"] {
                let ran =
                    larkspect(["redact", file.to_str().unwrap()]).env("LARKSPECT_ENCRYPT_KEY", key).run();
                assert_ran_silently(&ran, capture);
                written += usize::from(!ran.out.is_empty());
            }
            // A secret does not stay in what is kept.
            let args = ["redact", "--keep", "comment", file.to_str().unwrap()];
            assert_ran_silently(&larkspect(args).env("LARKSPECT_ENCRYPT_KEY", "QzXwVkJyBp").run(), capture);
        }
    }
    assert!(written >= 24, "{written}");
}
