//! Events whose header and body were merged into one object, taken apart again: `{schema, ..header, ..event}` is what a
//! handler of the Node SDK is given, where the event's fields win over those of the header; other tools write the event
//! type as `type`, and the time as `timestamp` (docs/platform.md, Captures).

use crate::catalog::{Envelope, Event, HEADER, event};
use crate::json::tree;
use crate::json::{Token, write_escaped};
use crate::lang::label;
use crate::origin::Step;

use super::form::HANDLER;
use super::{Form, FormInfo, Held};

const FLAT: FormInfo =
    FormInfo { name: label("展平的事件", "a flattened event"), lost: None, capture: Some(HANDLER) };

/// What the Node SDK merged, to be taken apart; `None` where it is not certain what belongs where.
pub(super) fn merged(text: &[u8]) -> Option<Held<'_>> {
    held(text, Form::NodeFlatV2.about(), of_event_type)
}

/// The same of what other tools merged.
pub(super) fn flattened(text: &[u8]) -> Option<Held<'_>> {
    held(text, &FLAT, of_type)
}

fn held<'t>(
    text: &'t [u8],
    about: &'static FormInfo,
    event: fn(&[u8]) -> Option<&'static Event>,
) -> Option<Held<'t>> {
    event(text)?;
    str::from_utf8(text).ok()?;
    Some(Held::Rewritten(unmerge(text), about, Step::Unmerged))
}

/// The type of an event that was merged whole, by its `event_type`: the catalogue knows it, so that it is certain which
/// field belongs where, and none of the event's fields has the name of one of the header's: of those only one is left.
fn of_event_type(text: &[u8]) -> Option<&'static Event> {
    let event = event(&string(text, "event_type")?)?;
    (!hides_header(event)).then_some(event)
}

/// The same by its `type`. The tools that write it so differ: all that says which event it is must be there still, and
/// nothing that is neither of the header nor documented.
fn of_type(text: &[u8]) -> Option<&'static Event> {
    let event = event(&string(text, "type")?)?;
    let (mut ids, mut all) = (0, true);
    for (key, _) in tree::members(text, 0) {
        let known = event.field(&key).is_some();
        match event.envelope {
            Envelope::V1 => {
                ids += if key == "uuid" { 3 } else { 0 };
                all &= known || matches!(&*key, "uuid" | "ts" | "token");
            }
            Envelope::V2 => {
                ids += usize::from(matches!(&*key, "event_id" | "tenant_key" | "app_id"));
                all &= known || is_header(event, &key) || matches!(&*key, "schema" | "type" | "timestamp");
            }
        }
    }
    let hidden = match event.envelope {
        Envelope::V1 => event.fields.iter().any(|field| matches!(field.key, "uuid" | "ts" | "token")),
        // What became of the event's own, none can say.
        Envelope::V2 => {
            hides_header(event) || event.fields.iter().any(|field| matches!(field.key, "type" | "timestamp"))
        }
    };
    (ids >= 3 && all && !hidden).then_some(event)
}

/// The event that was merged into the object `text`, as the platform sent it.
fn unmerge(text: &[u8]) -> Option<String> {
    let by_type = of_event_type(text).is_none();
    let event = if by_type { of_type(text)? } else { of_event_type(text)? };
    let created = by_type && tree::member(text, 0, "create_time").is_none();
    let mut head = Vec::new();
    let mut header = Vec::new();
    let mut body = Vec::new();
    for (key, value) in tree::members(text, 0) {
        let v1 = event.envelope == Envelope::V1;
        let (key, part) = match &*key {
            key @ ("uuid" | "ts" | "token") if v1 => (key, &mut head),
            key if v1 => (key, &mut body),
            "schema" => ("schema", &mut head),
            "type" if by_type => ("event_type", &mut header),
            "timestamp" if by_type => match created {
                true => ("create_time", &mut header),
                // It says the same once more, in a name of the tool's own.
                false => continue,
            },
            key if is_header(event, key) => (key, &mut header),
            key => (key, &mut body),
        };
        push(key, &text[span(value)], part);
    }
    if event.envelope == Envelope::V1 {
        push("type", b"\"event_callback\"", &mut head);
    } else {
        push("header", &[b"{", &*header, b"}"].concat(), &mut head);
    }
    push("event", &[b"{", &*body, b"}"].concat(), &mut head);
    String::from_utf8([b"{", &*head, b"}"].concat()).ok()
}

fn string(text: &[u8], key: &str) -> Option<String> {
    tree::string(text, tree::member(text, 0, key)?).map(|name| name.into_owned())
}

/// Whether headers have a field of this key: all of them, or those of the type.
fn is_header(event: &Event, key: &str) -> bool {
    HEADER.iter().chain(event.header).any(|field| field.key == key)
}

/// Whether a field of the event took the place of one beside or in the header.
fn hides_header(event: &Event) -> bool {
    event.fields.iter().any(|field| is_header(event, field.key) || field.key == "schema")
}

fn span(token: Token) -> std::ops::Range<usize> {
    token.start..token.end
}

fn push(key: &str, value: &[u8], part: &mut Vec<u8>) {
    if !part.is_empty() {
        part.push(b',');
    }
    write_escaped(key, part);
    part.push(b':');
    part.extend_from_slice(value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{EVENTS, Kind, field};
    use crate::sample::{START, Sampler};
    use proptest::prelude::*;

    #[test]
    fn a_field_that_took_the_place_of_one_of_the_header_is_noticed() {
        let named = |key| [field("check_time", Kind::Text, "", ""), field(key, Kind::Text, "", "")];
        for (key, hides) in [("comment", false), ("tenant_key", true), ("schema", true)] {
            let fields = Vec::leak(named(key).to_vec());
            assert_eq!(hides_header(&Event { fields, ..*EVENTS[0] }), hides, "{key}");
        }
    }

    #[test]
    fn header_and_event_are_told_apart_by_the_catalogue() {
        let flat = r#"{"schema": "2.0", "event_id": "1", "check_time": "2", "event_type": "attendance.user_flow.created_v1", "type": 0, "x": [1, {"a": 1}]}"#;
        let apart = unmerge(flat.as_bytes()).unwrap();
        assert_eq!(
            apart,
            r#"{"schema":"2.0","header":{"event_id":"1","event_type":"attendance.user_flow.created_v1"},"event":{"check_time":"2","type":0,"x":[1, {"a": 1}]}}"#
        );
        for text in [
            "{}",
            r#"{"event_type": 1}"#,
            r#"{"event_type": "im.message.unheard_v1", "message": {}}"#,
            // Its own `type` may have been overwritten, or these are names of the tool's own.
            r#"{"type": "attendance.user_flow.created_v1", "app_id": "a", "check_time": "1"}"#,
            r#"{"type": "im.message.receive_v1", "app_id": "a", "chat_id": "oc", "content": "hi"}"#,
            r#"{"type": "im.message.receive_v1", "timestamp": "1", "message": {}}"#,
        ] {
            assert_eq!(unmerge(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_type_by_another_name_is_taken_apart_where_all_else_is_documented() {
        let flat = r#"{"type": "im.message.receive_v1", "timestamp": "1", "event_id": "e", "app_id": "a", "tenant_key": "k", "message": {"content": "{\"a\":1}"}, "sender": {}}"#;
        assert_eq!(
            unmerge(flat.as_bytes()).unwrap(),
            r#"{"header":{"event_type":"im.message.receive_v1","create_time":"1","event_id":"e","app_id":"a","tenant_key":"k"},"event":{"message":{"content": "{\"a\":1}"},"sender":{}}}"#
        );
        let both = flat.replace(r#""app_id""#, r#""create_time": "2", "app_id""#);
        let apart = unmerge(both.as_bytes()).unwrap();
        assert!(apart.contains(r#""create_time":"2""#) && !apart.contains(r#""1""#), "{apart}");
        let old = r#"{"uuid": "u", "ts": "1.2", "token": "t", "type": "leave_approval", "app_id": "a", "tenant_key": "k"}"#;
        assert_eq!(
            unmerge(old.as_bytes()).unwrap(),
            r#"{"uuid":"u","ts":"1.2","token":"t","type":"event_callback","event":{"type":"leave_approval","app_id":"a","tenant_key":"k"}}"#
        );
    }

    /// Merges an event as the Node SDK does.
    fn merge(event: &[u8]) -> Vec<u8> {
        let mut flat = Vec::new();
        for (key, value) in tree::members(event, 0) {
            match tree::is_object(value) {
                true => tree::members(event, value.start)
                    .for_each(|(key, value)| push(&key, &event[span(value)], &mut flat)),
                false => push(&key, &event[span(value)], &mut flat),
            }
        }
        [b"{", &*flat, b"}"].concat()
    }

    #[test]
    fn every_type_that_was_merged_is_refused_or_comes_back_as_it_was() {
        let mut apart = 0;
        for event in EVENTS.iter().copied().filter(|event| event.envelope == Envelope::V2) {
            let mut line = Vec::new();
            Sampler::new(1, event, START).event(&mut line);
            let value = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).unwrap();
            let flat = merge(&line);
            let Some(back) = merged(&flat).and_then(|_| unmerge(&flat)) else { continue };
            assert_eq!(value(back.as_bytes()), value(line.trim_ascii_end()), "{}", event.name);
            apart += 1;
        }
        assert!(3 * apart > 2 * EVENTS.len(), "{apart}");
    }

    proptest! {
        #[test]
        fn noise_is_no_event(text in "[\\{\\}\",:a-z_]{0,80}") {
            prop_assert!(merged(text.as_bytes()).is_none() && flattened(text.as_bytes()).is_none());
        }
    }
}
