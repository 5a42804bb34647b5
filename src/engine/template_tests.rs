//! An engine that has learnt templates says of every document what one says that has learnt nothing.

use proptest::prelude::*;

use crate::catalog::EVENTS;
use crate::engine::Engine;
use crate::finding::Findings;
use crate::json::{Cursor, TokenKind};
use crate::sample::{START, Sampler};
use crate::time::Zone;

/// Everything that an engine says of the document at the beginning of `text`.
fn said(engine: &mut Engine, text: &[u8]) -> String {
    let mut sink = Findings::default();
    let seen = engine.document(text, 0, &mut sink).map(|seen| {
        let kind = seen.event().map(|event| event.name);
        (seen.form, seen.start, seen.end, seen.body, kind, seen.record.slots.to_vec())
    });
    format!("{seen:?} {:?}", sink.0)
}

/// Values that a document may have in place of those that it has: some good, some nearly.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[ ]",
    "[\"https://a.example/b\"]",
    "[\"https://a.example\",\"http://b\"]",
    "[\"x\"]",
    "[\"https://\"]",
    "[\"https://a\", \"https://b\"]",
    "\"\"",
    "\"a\"",
    "\"2.0\"",
    "\"2.00\"",
    "\"a b c d e f g h i j\"",
    "\"\\n\"",
    "\"\\u4f60\"",
    "\"\\ud83d\"",
    "\"\\x\"",
    "\"\t\"",
    "\"浙江省杭州市\"",
    "\"1615381916\"",
    "\"1615381917707\"",
    "\"01615381916\"",
    "\"0\"",
    "\"161538191\"",
    "\"1615381916123456\"",
    "\"16153819x6\"",
    "\"1615381917707",
    "0",
    "1",
    "9",
    "10",
    "-1",
    "1.5",
    "01",
    "1e2",
    "-0",
    "30.28",
    "90",
    "90.5",
    "-89.99999",
    "179.9",
    "180",
    "180.1",
    "30.",
    ".5",
    "120.54e1",
    "\"b0:b8:67:62:18:73\"",
    "\"b0-b8-67-62-18-73\"",
    "\"b0:b8:67:62:18:7\"",
    "\"b0:b8-67:62:18:73\"",
    "\"b0:b8:67:62:18:7g\"",
    "20210310",
    "tru",
    "falsey",
    "\"attendance.user_flow.created_v1\"",
    "\"attendance.user_flow.created_v2\"",
];

/// The spans of the scalars and lists of a document.
fn values(text: &[u8]) -> Vec<(usize, usize)> {
    let mut cursor = Cursor::new(text, 0);
    let mut spans = Vec::new();
    while let Some(byte) = cursor.space() {
        match byte {
            b'{' | b'}' | b',' => cursor.at += 1,
            b'"' => {
                cursor.key().unwrap();
                cursor.at += 1;
                let start = cursor.at;
                if cursor.token().unwrap().kind != TokenKind::Object {
                    cursor.at = start;
                    let value = cursor.value(1).unwrap();
                    spans.push((value.start, value.end));
                }
            }
            _ => unreachable!("{:?}", String::from_utf8_lossy(text)),
        }
    }
    spans
}

#[derive(Clone, Debug)]
enum Change {
    None,
    Value(prop::sample::Index, &'static str),
    Byte(prop::sample::Index, u8),
    Without(prop::sample::Index),
    Twice(prop::sample::Index),
    Cut(prop::sample::Index),
    Padded(prop::sample::Index),
}

fn changed(text: &[u8], change: &Change) -> Vec<u8> {
    let spans = values(text);
    let mut out = text.to_vec();
    // A member with its key and the comma behind it, if it is not the last.
    let member = |at: &prop::sample::Index| {
        let (start, end) = *at.get(&spans);
        let key = text[..start].iter().rposition(|byte| matches!(byte, b'{' | b',')).unwrap() + 1;
        (text.get(end) == Some(&b',')).then_some(key..end + 1)
    };
    match change {
        Change::None => {}
        Change::Value(at, value) => {
            let (start, end) = *at.get(&spans);
            out.splice(start..end, value.bytes());
        }
        Change::Byte(at, byte) => *at.get_mut(&mut out[1..]) = *byte,
        Change::Without(at) => drop(member(at).map(|span| out.drain(span))),
        Change::Twice(at) => drop(member(at).map(|span| out.splice(span.end..span.end, text[span].to_vec()))),
        // An engine is only asked where a brace stands.
        Change::Cut(at) => out.truncate(1 + at.index(text.len() - 1)),
        Change::Padded(at) => drop(out.splice(at.get(&spans).0..at.get(&spans).0, *b" ")),
    }
    out
}

fn change() -> impl Strategy<Value = Change> {
    let place = any::<prop::sample::Index>;
    let byte = prop_oneof![any::<u8>(), prop::sample::select(&b"\"\\{}[]:,0129.-eE \n\x1ftfn"[..])];
    prop_oneof![
        2 => Just(Change::None),
        4 => (place(), prop::sample::select(VALUES)).prop_map(|(at, value)| Change::Value(at, value)),
        2 => (place(), byte).prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => place().prop_map(Change::Without),
        1 => place().prop_map(Change::Twice),
        1 => place().prop_map(Change::Cut),
        1 => place().prop_map(Change::Padded),
    ]
}

proptest! {
    #[test]
    fn learnt_and_not_learnt_say_the_same(
        seed in any::<u64>(),
        kinds in prop::collection::vec(0..EVENTS.len(), 1..3),
        changes in prop::collection::vec((change(), change()), 1..60),
        behind in prop::sample::select(&["", "\n", "}", "                                        "][..]),
    ) {
        let mut samplers: Vec<_> =
            kinds.iter().map(|kind| Sampler::new(seed, EVENTS[*kind], START)).collect();
        let mut learnt = Engine::new(Zone::Utc);
        for (number, (one, other)) in changes.iter().enumerate() {
            let mut text = Vec::new();
            let sampler = number % samplers.len();
            samplers[sampler].event(&mut text);
            text.truncate(text.trim_ascii_end().len());
            // Two changes meet only where the first leaves JSON.
            let mut changed_text = changed(&text, one);
            if serde_json::from_slice::<serde_json::Map<_, _>>(&changed_text).is_ok() && !values(&changed_text).is_empty() {
                changed_text = changed(&changed_text, other);
            }
            changed_text.extend(behind.bytes());
            let plain = said(&mut Engine::new(Zone::Utc), &changed_text);
            prop_assert_eq!(
                said(&mut learnt, &changed_text), plain, "{}", String::from_utf8_lossy(&changed_text)
            );
        }
    }
}

/// An event of some types, one of them nested, twice as long as its template and again.
fn samples() -> impl Iterator<Item = (Engine, Vec<u8>)> {
    let nested = crate::catalog::event("im.message.recalled_v1");
    EVENTS.iter().copied().take(2).chain(nested).map(|event| {
        let mut engine = Engine::new(Zone::Utc);
        let mut text = Vec::new();
        Sampler::new(7, event, START).event(&mut text);
        text.extend([b' '; 32]);
        // Often enough for every habit.
        for _ in 0..10 {
            said(&mut engine, &text);
        }
        (engine, text)
    })
}

#[test]
fn whatever_value_stands_in_whatever_place() {
    for (mut learnt, text) in samples() {
        for (start, end) in values(&text[..text.trim_ascii_end().len()]) {
            for value in VALUES {
                let mut other = text.clone();
                other.splice(start..end, value.bytes());
                let plain = said(&mut Engine::new(Zone::Utc), &other);
                assert_eq!(said(&mut learnt, &other), plain, "{}", String::from_utf8_lossy(&other));
                said(&mut learnt, &text);
            }
        }
    }
}

#[test]
fn whatever_byte_stands_in_whatever_place() {
    for (mut learnt, text) in samples() {
        for at in 1..text.len() - 32 {
            for byte in *b"\"\\{}[]:,019.-e tf\n\x1f" {
                let mut other = text.clone();
                other[at] = byte;
                let plain = said(&mut Engine::new(Zone::Utc), &other);
                assert_eq!(said(&mut learnt, &other), plain, "{}", String::from_utf8_lossy(&other));
                said(&mut learnt, &text);
            }
        }
    }
}

#[test]
fn a_stream_is_taken_by_templates() {
    let mut sampler = Sampler::new(1, EVENTS[0], START);
    let mut engine = Engine::new(Zone::Utc);
    let mut walked = 0;
    for _ in 0..1000 {
        let mut text = Vec::new();
        sampler.event(&mut text);
        text.truncate(text.trim_ascii_end().len());
        said(&mut engine, &text);
        walked += engine.templates.misses.min(1);
    }
    assert!(walked < 10, "{walked} documents had to be walked");
}

#[test]
fn kinds_of_documents_take_turns() {
    let mut engine = Engine::new(Zone::Utc);
    let text = |event: &str, id: usize| {
        format!(
            r#"{{"schema":"2.0","header":{{"event_id":"{id}","event_type":"attendance.user_flow.created_v1","create_time":"1615381917707","token":"t","app_id":"a","tenant_key":"k"}},"event":{event}}}{}"#,
            " ".repeat(32)
        )
    };
    let mut both = ["1", "2"].map(|record| {
        let rest = r#""bssid":"","check_time":"1615381916","comment":"","employee_id":"e","employee_no":"","is_field":true,"is_wifi":false,"latitude":30.3,"location_name":"l","longitude":120.5,"photo_urls":[],"ssid":"s","type":0"#;
        if record == "1" { format!(r#"{{"record_id":"{record}",{rest},"risk_result":0}}"#) } else { format!(r#"{{{rest},"record_id":"{record}","risk_result":0}}"#) }
    }).into_iter().cycle();
    for id in 0..20 {
        said(&mut engine, text(&both.next().unwrap(), id).as_bytes());
    }
    assert_eq!(engine.templates.misses, 0);
    assert_eq!(engine.templates.known.len(), 2);
}
