//! What the tests of the undoers of languages share.

use proptest::prelude::*;
use serde_json::Value;

use crate::container::undo::{Passage, Undoer, Undone};
use crate::container::{FormInfo, trace};

/// What became of a text.
pub(super) struct Told {
    pub name: &'static str,
    pub about: &'static FormInfo,
    pub plain: Option<String>,
}

/// What an undoer says of a text, which is all that there is, about the first trace in it.
pub(super) fn undone(undo: Undoer, text: &str) -> Undone {
    let at = trace::find(text.as_bytes(), 0).map_or(0, |trace| trace.start);
    let passage = Passage { text: text.as_bytes(), at, broken: None, last: true, most: 1 << 20 };
    let undone = undo(&passage);
    // The same is said where the reader has begun an object before.
    if let (Undone::Made { span, plain, .. }, Some(b'{')) =
        (&undone, text.as_bytes().get(span_start(&undone)))
    {
        let broken = Passage { at: span.start, broken: Some((span.start, span.start + 1)), ..passage };
        assert!(matches!(undo(&broken), Undone::Made { plain: again, .. } if again == *plain), "{text}");
    }
    undone
}

fn span_start(undone: &Undone) -> usize {
    match undone {
        Undone::Made { span, .. } | Undone::Lost { span, .. } => span.start,
        _ => usize::MAX,
    }
}

/// What is said of a text, and what becomes of it.
#[track_caller]
pub(super) fn told(undo: Undoer, text: &str) -> Told {
    match undone(undo, text) {
        Undone::Made { plain, about, .. } => {
            let about = about.expect("another notation is told");
            Told { name: about.name.en, about, plain: Some(String::from_utf8(plain).unwrap()) }
        }
        Undone::Lost { about, .. } => Told { name: about.name.en, about, plain: None },
        Undone::No => panic!("not known: {text}"),
        Undone::More => panic!("more wanted: {text}"),
        Undone::TooLarge(_) => panic!("too large: {text}"),
    }
}

/// The value that is made of a text.
#[track_caller]
pub(super) fn value(undo: Undoer, text: &str) -> Value {
    let told = told(undo, text);
    let plain = told.plain.unwrap_or_else(|| panic!("{text}: {:?}", told.about));
    serde_json::from_str(&plain).unwrap_or_else(|error| panic!("{error}: {text}\n{plain}"))
}

/// An event with texts of any kind.
pub(super) fn event() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[ -~]{0,12}",
        any::<String>(),
        Just("{\"text\":\"it's \\\"x\\\"\"}".to_owned()),
        Just("a\\b\nc'd\"e".to_owned()),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1000i32..1000).prop_map(|number| Value::from(f64::from(number) / 8.0)),
        text.prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,8}", inner, 1..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    prop::collection::btree_map("[a-z_]{1,8}", value, 1..5).prop_map(|members| {
        let mut event: serde_json::Map<String, Value> = members.into_iter().collect();
        event.insert("event_type".to_owned(), Value::from("im.message.receive_v1"));
        Value::Object(event)
    })
}
