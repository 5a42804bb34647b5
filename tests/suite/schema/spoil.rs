//! Events spoilt in small ways: what is dropped, replaced, added, escaped or said twice.

use larkspect::catalog::EVENTS;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// Values that are wrong somewhere, and right elsewhere.
pub fn pool() -> Vec<Value> {
    let texts =
        ["", "0", "00", "1", "-1", "x", "2.0", "1.0", "None", "Late", "on", "url_verification", "\u{1f600}"];
    let types = ["attendance.user_flow.create_v1", "im.message.receive_v1", "card.action.trigger"];
    let names = EVENTS.iter().take(2).map(|event| event.name).chain(types);
    // On both sides of every border between units, and beyond 63 bits.
    let borders = [631_152i128, 1_000_000].map(|border| (0..16).map(move |zeros| border * 10i128.pow(zeros)));
    let ends = [i128::from(i64::MAX), i128::from(u64::MAX)];
    let digits =
        borders.into_iter().flatten().chain(ends).flat_map(|border| [border - 1, border, border + 1]);
    let whole = [
        -1i64,
        0,
        1,
        3,
        4,
        7,
        8,
        89,
        90,
        91,
        180,
        181,
        -91,
        -180,
        -181,
        20_210_310,
        20_211_332,
        19_691_231,
        19_700_101,
        99_991_231,
        100_000_101,
        1_615_381_916,
        i64::MAX,
    ];
    let broken = [0.0, -0.0, 1.0, 1.5, 30.29, 90.00000000000001, 90.5, -180.0, 180.00000000000003, 1e300];
    let nested = [json!([]), json!({}), json!([null]), json!([{}]), json!({"index": "1"}), json!(["a", 1])];
    [Value::Null, json!(true)]
        .into_iter()
        .chain(texts.into_iter().chain(names).map(Value::from))
        .chain(digits.map(|digits| json!(digits.to_string())))
        .chain(whole.map(Value::from))
        .chain(broken.map(Value::from))
        .chain(nested)
        .collect()
}

fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![9 => select(pool()), 1 => "[0-9]{1,21}".prop_map(Value::from)]
}

/// One thing to do to a document.
#[derive(Clone, Debug)]
pub enum Spoil {
    Drop,
    Put(Value),
    Add(&'static str, Value),
    /// Writes the first character of a string as an escape.
    Escape,
    /// Repeats a key.
    Repeat,
}

/// Any of them.
pub fn spoil() -> impl Strategy<Value = Spoil> {
    let keys = vec![
        "chek_time",
        "device_id",
        "challenge",
        "type",
        "encrypt",
        "uuid",
        "token",
        "event",
        "header",
        "schema",
        "check_time",
        "longitude",
        "index",
    ];
    prop_oneof![
        2 => Just(Spoil::Drop),
        6 => anything().prop_map(Spoil::Put),
        2 => (select(keys), anything()).prop_map(|(key, value)| Spoil::Add(key, value)),
        1 => Just(Spoil::Escape),
        1 => Just(Spoil::Repeat),
    ]
}

/// The pointers of every value in a document.
pub fn pointers(value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    collect(value, "", &mut all);
    all
}

fn collect(value: &Value, here: &str, all: &mut Vec<String>) {
    let mut down = |key: &str, value: &Value| {
        let pointer = format!("{here}/{key}");
        collect(value, &pointer, all);
        all.push(pointer);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| down(key, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(at, value)| down(&at.to_string(), value)),
        _ => {}
    }
}

/// Spoils a document at one place. Escapes and repeated keys are no values, so they are marked in the strings and
/// made when the text is written.
pub fn apply(value: &mut Value, at: &Index, spoil: Spoil) {
    let all = pointers(value);
    if all.is_empty() {
        return;
    }
    let pointer = &all[at.index(all.len())];
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
    match spoil {
        Spoil::Put(new) => *value.pointer_mut(pointer).expect("it is there") = new,
        Spoil::Escape => {
            if let Some(Value::String(text)) = value.pointer_mut(pointer)
                && text.starts_with(|first: char| first.is_ascii_alphanumeric())
            {
                text.insert(0, '\u{1}');
            }
        }
        Spoil::Drop | Spoil::Add(..) | Spoil::Repeat => match (value.pointer_mut(parent), spoil) {
            (Some(Value::Object(members)), Spoil::Drop) => drop(members.remove(key)),
            (Some(Value::Object(members)), Spoil::Add(key, new)) => drop(members.insert(key.to_owned(), new)),
            (Some(Value::Object(members)), Spoil::Repeat) => {
                // Written as the same key, and after it, so that the reader keeps the same value.
                let same = members[key].clone();
                members.insert(format!("{key}\u{2}"), same);
            }
            (Some(Value::Array(items)), Spoil::Add(_, new)) => items.push(new),
            (Some(Value::Array(items)), Spoil::Drop) => drop(items.pop()),
            _ => {}
        },
    }
}

/// The document as text.
pub fn written(value: &Value) -> Vec<u8> {
    let mut text = value.to_string().replace(r"\u0002", "");
    while let Some(at) = text.find(r"\u0001") {
        let escape = format!("\\u{:04x}", text.as_bytes()[at + 6]);
        text.replace_range(at..at + 7, &escape);
    }
    text.into_bytes()
}
