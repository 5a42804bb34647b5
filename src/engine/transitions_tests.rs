//! An engine that has learnt ways says of every document what one says that walks it.

use proptest::prelude::*;

use crate::catalog::{EVENTS, Kind};
use crate::engine::Engine;
use crate::finding::Findings;
use crate::json::squeeze::squeeze;
use crate::json::{Cursor, TokenKind};
use crate::sample::{START, Sampler};
use crate::time::Zone;

use super::{MOST_OF_ALL, Transitions};

/// Everything that an engine says of the document at the beginning of `text`.
fn said(engine: &mut Engine, text: &[u8]) -> String {
    let mut sink = Findings::default();
    let seen = engine.document(text, 0, &mut sink).map(|seen| {
        let kind = seen.event().map(|event| event.name);
        (seen.form, seen.start, seen.end, seen.body, kind, seen.record.slots.to_vec())
    });
    format!("{seen:?} {:?}", sink.0)
}

/// An engine that walks every document.
fn walking() -> Engine {
    let mut engine = Engine::new(Zone::Utc);
    engine.transitions = Transitions::none();
    engine
}

/// Values that a document may have in place of those that it has: some good, some nearly.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[ ]",
    "[{}]",
    "[ { } , {} ]",
    "[[{}]]",
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

/// Members that few objects have.
const ODD: &[&str] = &[
    "\"odd\":1,",
    "\"odd\":\"\\ud83d\",",
    "\"odd\":{\"a\":[1,{\"b\":null,\"b\":2}]},",
    "\"o\\u0064d\":2,",
    "\"od\":tru,",
    "\"event_create_time\":\"1615381917.5\",",
    "\"resource_id\":\"r\",",
    "\"event\":{},",
    "\"header\":{},",
    "\"event_type\":\"im.chat.disbanded_v1\",",
    "\"id\":{},",
    "\"sender\": {  } ,",
];

/// The spans of the scalars and lists of a document.
fn values(text: &[u8]) -> Vec<(usize, usize)> {
    let mut cursor = Cursor::new(text, 0);
    let mut spans = Vec::new();
    while let Some(byte) = cursor.space() {
        match byte {
            b'{' | b'}' | b',' | b']' => cursor.at += 1,
            // A list of objects.
            b'[' => cursor.at += 1,
            b'"' => {
                cursor.key().unwrap();
                cursor.at += 1;
                let start = cursor.at;
                if cursor.token().unwrap().kind != TokenKind::Object {
                    cursor.at = start;
                    let value = cursor.value(1).unwrap();
                    spans.push((value.start, value.end));
                    if text[value.start..value.end].starts_with(b"[{") {
                        cursor.at = value.start;
                    }
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
    /// A member that is not documented, before another.
    Odd(prop::sample::Index, &'static str),
    /// A member in the place of another, and that in its place.
    Swapped(prop::sample::Index, prop::sample::Index),
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
        Change::Odd(at, odd) => drop(member(at).map(|span| out.splice(span.start..span.start, odd.bytes()))),
        Change::Swapped(one, other) => {
            if let (Some(one), Some(other)) = (member(one), member(other))
                && one.end <= other.start
            {
                let parts = [&text[other.clone()], &text[one.end..other.start], &text[one.clone()]];
                out.splice(one.start..other.end, parts.concat());
            }
        }
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
        2 => (place(), prop::sample::select(ODD)).prop_map(|(at, odd)| Change::Odd(at, odd)),
        3 => (place(), place()).prop_map(|(one, other)| Change::Swapped(one, other)),
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
            let plain = said(&mut walking(), &changed_text);
            prop_assert_eq!(
                said(&mut learnt, &changed_text), plain, "{}", String::from_utf8_lossy(&changed_text)
            );
        }
    }
}

/// An event of some types, with objects and lists in them, in an engine that knows it well.
fn samples() -> impl Iterator<Item = (Engine, Vec<u8>)> {
    let nested = ["im.message.recalled_v1", "im.chat.member.user.added_v1", "approval_instance"];
    let nested = nested.into_iter().map(|name| crate::catalog::event(name).expect("a type"));
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
                let plain = said(&mut walking(), &other);
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
                let plain = said(&mut walking(), &other);
                assert_eq!(said(&mut learnt, &other), plain, "{}", String::from_utf8_lossy(&other));
                said(&mut learnt, &text);
            }
        }
    }
}

fn event(sampler: &mut Sampler) -> String {
    let mut text = Vec::new();
    sampler.event(&mut text);
    text.truncate(text.trim_ascii_end().len());
    String::from_utf8(text).expect("JSON")
}

/// How many ways documents need that are asked of an engine that has seen others like them.
fn new_ways(engine: &mut Engine, texts: &[String]) -> usize {
    let known = engine.transitions.kept;
    for text in texts {
        said(engine, text.as_bytes());
    }
    engine.transitions.kept - known
}

#[test]
fn documents_that_differ_in_values_need_no_new_ways() {
    let mut sampler = Sampler::new(1, EVENTS[0], START);
    let texts: Vec<_> = (0..200).map(|_| event(&mut sampler)).collect();
    let mut engine = Engine::new(Zone::Utc);
    assert!(new_ways(&mut engine, &texts[..20]) > 20);
    assert_eq!(new_ways(&mut engine, &texts[20..]), 0);
}

#[test]
fn a_member_that_is_new_or_absent_needs_the_ways_around_it_alone() {
    let mut sampler = Sampler::new(1, EVENTS[0], START);
    let text = event(&mut sampler);
    let mut engine = Engine::new(Zone::Utc);
    new_ways(&mut engine, std::slice::from_ref(&text));
    let added = text.replacen("\"type\":", "\"odd\":{\"a\":1},\"type\":", 1);
    assert_eq!(new_ways(&mut engine, &[added.clone(), added]), 2);
    let at = text.find("\"is_wifi\":").unwrap();
    let absent = format!("{}{}", &text[..at], &text[at + text[at..].find(',').unwrap() + 1..]);
    assert_eq!(new_ways(&mut engine, &[absent.clone(), absent]), 1);
}

#[test]
fn lists_of_objects_are_ways_too() {
    let event_type = crate::catalog::event("im.chat.member.user.added_v1").expect("a type");
    let text = event(&mut Sampler::new(3, event_type, START));
    let start = text.find("\"users\":[").expect("a list") + "\"users\":[".len();
    let end = start + text[start..].find(']').expect("its end");
    let item = &text[start..start + text[start..end].find("}}").map_or(end - start, |at| at + 2)];
    let with = |items: &[&str]| [&text[..start], &items.join(","), &text[end..]].concat();
    let mut engine = Engine::new(Zone::Utc);
    new_ways(&mut engine, &[with(&[item, item]), with(&[item, item])]);
    assert_eq!(new_ways(&mut engine, &[with(&[item]), with(&[item, item, item])]), 0);
    let odd = item.replacen('{', "{\"odd\":1,", 1);
    let twice = item.replacen('{', &format!("{{{},", &item[1..item.find(',').expect("a member")]), 1);
    for items in [
        &[][..],
        &[&*odd],
        &[item, &*odd, item],
        &[item, "{}"],
        &["{}", item],
        &[item, "1"],
        &["null", item],
        &[&*twice],
    ] {
        let text = with(items);
        assert_eq!(said(&mut engine, text.as_bytes()), said(&mut walking(), text.as_bytes()), "{text}");
    }
}

#[test]
fn a_list_with_an_empty_item_at_the_end_of_a_document_is_not_its_end() {
    let mut engine = Engine::new(Zone::Utc);
    for list in ["[{}]", "[{ }]", "[{},{}]", "[{\"id\":\"1\"},{}]", "[]"] {
        let head = r#"{"schema":"2.0","header":{"event_type":"vc.reserve_config.updated_v1"},"event":{"#;
        let text = format!("{head}\"reserve_scope_config\":{{\"allow_depts\":{list}}}}}}}");
        for _ in 0..2 {
            assert_eq!(said(&mut engine, text.as_bytes()), said(&mut walking(), text.as_bytes()), "{text}");
        }
    }
}

#[test]
fn a_list_of_each_type_may_end_a_document() {
    let mut lists = 0;
    for event_type in EVENTS {
        for field in
            event_type.fields.iter().filter(|field| matches!(field.kind, Kind::List(Kind::Object(_))))
        {
            for list in ["[{}]", "[{},{}]", "[ ]", "[{\"odd\":{}}]"] {
                let (name, key) = (event_type.name, field.key);
                let text = format!(
                    r#"{{"schema":"2.0","header":{{"event_type":"{name}"}},"event":{{"{key}":{list}}}}}"#
                );
                let mut engine = Engine::new(Zone::Utc);
                for _ in 0..2 {
                    assert_eq!(
                        said(&mut engine, text.as_bytes()),
                        said(&mut walking(), text.as_bytes()),
                        "{text}"
                    );
                }
                lists += 1;
            }
        }
    }
    assert!(lists > 100, "only {lists}");
}

#[test]
fn types_take_turns() {
    let mut samplers: Vec<_> = [0, 1, 2].map(|kind| Sampler::new(1, EVENTS[kind], START)).into();
    let mut texts = Vec::new();
    for round in 0..60 {
        texts.push(event(&mut samplers[round % 3]));
    }
    let mut engine = Engine::new(Zone::Utc);
    new_ways(&mut engine, &texts[..40]);
    assert_eq!(new_ways(&mut engine, &texts[40..]), 0);
}

#[test]
fn a_type_that_takes_over_is_read_as_one_that_stands_alone() {
    let texts = [EVENTS[0].name, "im.message.reaction.created_v1"].map(|name| {
        let event_type = crate::catalog::event(name).expect("a type");
        event(&mut Sampler::new(2, event_type, START)) + &" ".repeat(32)
    });
    let mut engine = Engine::new(Zone::Utc);
    for text in &texts {
        for _ in 0..10 {
            said(&mut engine, text.as_bytes());
        }
    }
    for (first, second) in [(0, 1), (1, 0)] {
        let second = texts[second].as_bytes();
        for (start, end) in values(second.trim_ascii_end()) {
            for value in VALUES.iter().chain([&"\"a\",\"odd\":1"]) {
                let mut other = second.to_vec();
                other.splice(start..end, value.bytes());
                said(&mut engine, texts[first].as_bytes());
                let plain = said(&mut walking(), &other);
                assert_eq!(said(&mut engine, &other), plain, "{}", String::from_utf8_lossy(&other));
            }
        }
        said(&mut engine, texts[first].as_bytes());
        assert_eq!(said(&mut engine, second), said(&mut walking(), second));
        assert!(engine.transitions.refills, "it kept to the course of its type");
    }
}

#[test]
fn what_is_said_of_an_event_before_its_header_is_what_the_walk_says() {
    let text = event(&mut Sampler::new(1, EVENTS[0], START));
    let (header, event) =
        (text.find("\"header\"").expect("a header"), text.find("\"event\":").expect("an event"));
    let (header, event) =
        (&text[header..event - 1], text[event..].trim_end().strip_suffix('}').expect("an end"));
    let odd = |object: &str| object.replacen('{', "{\"odd\":1,", 1);
    let mut engine = Engine::new(Zone::Utc);
    for (event, header) in
        [(event, header), (&*odd(event), header), (event, &*odd(header)), (&*odd(event), &*odd(header))]
    {
        for text in [format!("{{{event},{header},\"schema\":\"2.0\"}}"), format!("{{{event},{header}}}")] {
            for _ in 0..2 {
                assert_eq!(
                    said(&mut engine, text.as_bytes()),
                    said(&mut walking(), text.as_bytes()),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn a_hostile_stream_cannot_fill_memory_with_ways() {
    let mut engine = Engine::new(Zone::Utc);
    let mut samplers: Vec<_> = EVENTS.iter().map(|event| Sampler::new(1, event, START)).collect();
    let texts: Vec<_> = samplers.iter_mut().map(event).collect();
    for blanks in 0..60 {
        for text in &texts {
            let text = text.replace(',', &format!("{},", " ".repeat(blanks)));
            said(&mut engine, text.as_bytes());
        }
    }
    assert_eq!(engine.transitions.kept, MOST_OF_ALL);
    let odd = texts[0].replace(',', "\n,");
    assert_eq!(said(&mut engine, odd.as_bytes()), said(&mut walking(), odd.as_bytes()));
}

#[test]
fn a_document_of_the_usual_course_is_squeezed_by_it() {
    let mut kept = 0;
    for event_type in EVENTS {
        let mut sampler = Sampler::new(5, event_type, START);
        let mut engine = Engine::new(Zone::Utc);
        for spread in [false, true] {
            for _ in 0..12 {
                let text = event(&mut sampler);
                let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                let pretty = if spread { format!("{value:#}") } else { text.replacen("{\"", "{\n\t\"", 3) };
                let text = format!("{pretty}{}", " ".repeat(32));
                let mut squeezed = Vec::new();
                let length = squeeze(pretty.as_bytes(), &mut squeezed);
                let mut sink = Findings::default();
                let seen = engine.document(text.as_bytes(), 0, &mut sink).expect("JSON");
                kept += usize::from(seen.course.is_some());
                let mut memory = Vec::new();
                assert_eq!(
                    String::from_utf8_lossy(seen.content_in(&mut memory)),
                    String::from_utf8_lossy(&squeezed[..length])
                );
            }
        }
    }
    assert!(kept > 400, "only {kept} kept to a usual course");
}
