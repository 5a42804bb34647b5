//! Keys that an object has twice, and where they stood first.

use crate::engine::Engine;
use crate::finding::{Findings, First};
use crate::rules::syntax::DUPLICATE_KEY;
use crate::steps;
use crate::time::Zone;

/// A punch with this in its `event`.
fn punch(body: &str) -> String {
    format!(
        r#"{{"schema": "2.0", "header": {{"event_type": "attendance.user_flow.created_v1"}}, "event": {{{body}}}}}"#
    )
}

/// What begins at each key that comes again, and where that stood first.
fn again(text: &str) -> Vec<(&str, &str)> {
    let mut sink = Findings::default();
    Engine::new(Zone::Utc).document(text.as_bytes(), 0, &mut sink).expect("it is JSON");
    let again = sink.0.into_iter().filter(|found| *found.rule == DUPLICATE_KEY);
    again
        .map(|found| match found.first.as_deref() {
            Some(First::Here(first)) => (&text[found.span.start..], &text[first.start..]),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_key_that_comes_again_knows_where_it_was_first() {
    let many: String = (0..40).map(|n| format!(r#""k{n}": 0, "#)).collect();
    for (body, places) in [
        (r#""type": 1, "type": 2"#, &[(r#""type": 2}"#, r#""type": 1,"#)][..]),
        (r#""type" : 1 , "x":{"type": 7},  "t\u0079pe" :2"#, &[(r#""t\u0079pe" :2"#, r#""type" : 1"#)]),
        (r#""t\u0079pe":1 ,"bssid": "", "type":22"#, &[(r#""type":22"#, r#""t\u0079pe":1 ,"#)]),
        // The first of three, in turn with others.
        (
            r#""type": 1, "ssid": "a", "type": 2, "ssid": "b", "type": 3 ,"ssid": "c""#,
            &[
                (r#""type": 2"#, r#""type": 1"#),
                (r#""ssid": "b"#, r#""ssid": "a"#),
                (r#""type": 3"#, r#""type": 1"#),
                (r#""ssid": "c"#, r#""ssid": "a"#),
            ],
        ),
        (
            r#""odd": [1], "x": {"\u0061": 1, "a": 2, "a": 3}, "odd": {}"#,
            &[
                (r#""a": 2"#, r#""\u0061": 1"#),
                (r#""a": 3"#, r#""\u0061": 1"#),
                (r#""odd": {}"#, r#""odd": [1"#),
            ],
        ),
        (
            &format!(r#""x": {{{many}"k3": 1, "k39": 1, "k\u0030": 1, "k3": 2}}"#),
            &[
                (r#""k3": 1"#, r#""k3": 0"#),
                (r#""k39": 1"#, r#""k39": 0"#),
                (r#""k\u0030": 1"#, r#""k0": 0"#),
                (r#""k3": 2"#, r#""k3": 0"#),
            ],
        ),
    ] {
        let text = punch(body);
        let found = again(&text);
        assert_eq!(found.len(), places.len(), "{body}: {found:?}");
        for (found, wanted) in found.iter().zip(places) {
            assert!(found.0.starts_with(wanted.0) && found.1.starts_with(wanted.1), "{found:?} {wanted:?}");
        }
    }
}

#[test]
fn keys_of_the_envelope_and_of_old_events_know_it_too() {
    for (text, first) in [
        (r#"{"schema": "2.0", "schema": "1", "header": {}, "event": {}}"#, r#""schema": "2.0""#),
        (r#"{"schema": "2.0", "header": {"app_id": "a", "app_id": "b"}, "event": {}}"#, r#""app_id": "a""#),
        (r#"{"uuid": "1", "uuid": "2", "event": {"type": "x"}}"#, r#""uuid": "1""#),
        (r#"{"uuid": "1", "event": {"type": "message", "type": "x"}}"#, r#""type": "message""#),
        (r#"{"a": 1, "a": 2}"#, r#""a": 1"#),
    ] {
        let found = again(text);
        assert_eq!(found.len(), 1, "{text}");
        assert!(found[0].1.starts_with(first), "{text}: {found:?}");
    }
}

#[test]
fn keys_that_come_again_a_hundred_thousand_times_are_looked_up_in_linear_time() {
    const KEYS: usize = 50_000;
    // Much before the first, and two that take turns.
    let head: String = (0..KEYS).map(|n| format!(r#""x{n}": [{n}], "#)).collect();
    let turns = r#""ssid": "", "type": 0, "#.repeat(KEYS);
    let text = punch(&format!(r#"{head}"type": 0, "ssid": "", {turns}"bssid": """#));
    let mut found = 0;
    let took = steps::of(|| found = again(&text).len());
    assert_eq!(found, 2 * KEYS);
    assert!(took <= 4 * text.len() as u64, "{took} steps for {} bytes", text.len());
}
