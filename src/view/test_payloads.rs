//! Payloads to be shown in tests, many of them hostile. What is expected stands in `tests/golden/`; `BLESS=1 cargo test`
//! rewrites it.

use proptest::prelude::*;

use crate::engine::{Engine, Seen};
use crate::finding::Findings;
use crate::terminal::sanitize;
use crate::time::Zone;

pub const OFFICIAL: &[u8] = include_bytes!("../../fixtures/attendance.user_flow.created_v1/official.json");
pub const TASK: &[u8] = include_bytes!("../../fixtures/attendance.user_task.updated_v1/documented.json");
/// One of each kind, with text that drives terminals, values of the wrong type and fields nobody documented.
pub const MIXED: &[u8] = include_bytes!("../../tests/golden/show-mixed.ndjson");
/// Events of many areas: changes, messages, long lists, maps, and a type that nobody documented.
pub const EVENTS: &[u8] = include_bytes!("../../tests/golden/show-events.ndjson");
/// Punches alone.
pub const PUNCHES: &[u8] = include_bytes!("../../tests/golden/show-punches.ndjson");

/// Beijing, where the examples are from.
pub fn zone() -> Zone {
    Zone::fixed(8 * 3600).expect("an offset")
}

/// Hands each document of a text to `each`.
pub fn each(text: &[u8], mut each: impl FnMut(&Seen<'_>)) {
    let mut engine = Engine::new(zone());
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'{', &text[at..]) {
        let seen = engine.document(text, at + next, &mut Findings::default()).expect("JSON");
        at = seen.end;
        each(&seen);
    }
}

/// Compares with a file in `tests/golden/`.
pub fn golden(name: &str, got: &str) {
    let path = format!("{}/tests/golden/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, got).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(got == expected, "{name}: run with BLESS=1 and read the diff; got:\n{got}");
}

/// What a terminal may show: nothing hidden, no line too wide, no spaces that nobody sees.
pub fn assert_tame(shown: &str, width: usize) {
    for line in shown.split('\n') {
        assert!(sanitize::width(line) <= width, "{} columns of {width}: {line:?}", sanitize::width(line));
        assert!(!line.chars().any(sanitize::is_hidden), "{line:?}");
        assert!(!line.ends_with(' '), "{line:?}");
    }
}

/// A punch whose texts, type, keys and values are anything.
pub fn any_punch() -> impl Strategy<Value = String> {
    let text = || {
        prop_oneof![
            "[ -~]{0,12}",
            ".{0,30}",
            "[\u{4e00}-\u{9fff}]{0,60}",
            "[\u{0}-\u{1f}\u{200b}-\u{202e}]{0,6}"
        ]
    };
    let scalar = || {
        prop_oneof![
            text().prop_map(serde_json::Value::from),
            any::<i64>().prop_map(serde_json::Value::from),
            any::<bool>().prop_map(serde_json::Value::from),
            Just(serde_json::Value::Null),
            prop::collection::vec(text(), 0..3).prop_map(serde_json::Value::from),
        ]
    };
    let kind = prop_oneof![
        4 => Just("attendance.user_flow.created_v1".to_owned()),
        2 => Just("attendance.user_task.updated_v1".to_owned()),
        1 => text(),
    ];
    let documented = prop::sample::subsequence(
        vec![
            "employee_id",
            "employee_no",
            "check_time",
            "type",
            "risk_result",
            "is_field",
            "is_wifi",
            "location_name",
            "longitude",
            "latitude",
            "ssid",
            "bssid",
            "comment",
            "photo_urls",
            "record_id",
            "date",
            "status_changes",
        ],
        0..17,
    );
    let values = prop::collection::vec(scalar(), 17);
    let others = prop::collection::vec((text(), scalar()), 0..3);
    (kind, documented, values, others, text(), any::<bool>()).prop_map(|(kind, keys, values, others, id, old)| {
        let mut event = serde_json::Map::new();
        event.extend(keys.iter().map(|key| (*key).to_owned()).zip(values));
        event.extend(others);
        match old {
            false => serde_json::json!({"schema": "2.0", "event": event, "header": {"event_type": kind, "event_id": id, "create_time": "1615381917707", "token": id}}),
            true => serde_json::json!({"uuid": id, "ts": "1502199207.7", "type": "event_callback", "event": event}),
        }
        .to_string()
    })
}

/// A message of any type and content, a change of anything, or a record in text: all of them hostile.
pub fn any_event() -> impl Strategy<Value = String> {
    let text = || {
        prop_oneof!["[ -~]{0,20}", ".{0,20}", "[\u{0}-\u{1f}\u{202e}\n]{0,6}", "(@_user_1|@_all|[{}a]){0,9}"]
    };
    let leaf = prop_oneof![
        text().prop_map(serde_json::Value::from),
        any::<i32>().prop_map(serde_json::Value::from),
        Just(serde_json::Value::Null),
    ];
    let key = move || {
        prop_oneof![
            prop::sample::select(vec![
                "text",
                "title",
                "content",
                "elements",
                "tag",
                "template",
                "a",
                "summary",
                "name",
                "mobile",
                "status",
                "orders",
                "duration",
                "due_time",
                "start_time",
                "header",
                "key",
                "image_key",
                "user_name",
            ])
            .prop_map(str::to_owned),
            text(),
        ]
    };
    let json = leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            prop::collection::btree_map(key(), inner, 0..5)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    });
    let kinds =
        vec!["text", "post", "system", "interactive", "todo", "vote", "calendar", "location", "audio", "x"];
    (0..3, prop::sample::select(kinds), json.clone(), json, text()).prop_map(|(which, kind, a, b, name)| {
        let (event_type, event) = match which {
            0 => ("im.message.receive_v1", serde_json::json!({"message": {
                "message_type": kind, "content": a.to_string(), "mentions": [{"key": "@_user_1", "name": name}, b],
            }})),
            1 => ("contact.user.updated_v3", serde_json::json!({"object": a, "old_object": b})),
            _ => ("apaas.workspace.record_change_v1", serde_json::json!({
                "before": a.to_string(), "after": b.to_string(), "table": name,
            })),
        };
        serde_json::json!({"schema": "2.0", "event": event, "header": {"event_type": event_type}}).to_string()
    })
}
