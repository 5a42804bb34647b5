//! The captures of `fixtures/captures` hold what their names say. What needs a decoder first (UTF-16, gzip, zstd) is
//! not looked at here: this is the library without its command line.

use std::collections::HashSet;
use std::path::Path;

use crate::support::{Collected, read};
use larkspect::container::Form;
use larkspect::stream::frame::Limits;

fn capture(name: &str) -> (Vec<u8>, Collected) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/captures").join(name);
    let text = std::fs::read(path).unwrap();
    let seen = read(&text, Limits::default());
    (text, seen)
}

#[test]
fn a_morning_has_twelve_deliveries_of_eleven_punches() {
    let (text, seen) = capture("shift.ndjson");
    assert_eq!(seen.codes(), [""; 0]);
    assert_eq!(seen.documents.len(), 12);
    let ids: HashSet<_> = seen.documents.iter().map(|document| &document.event_id).collect();
    assert_eq!(ids.len(), 11);
    assert_eq!(seen.documents[5].raw, seen.documents[8].raw);
    let text = String::from_utf8(text).unwrap();
    let count = |what: &str| text.matches(what).count();
    assert_eq!((count("\"type\":5"), count("\"is_field\":true"), count("\"risk_result\":0")), (1, 2, 9));
}

#[test]
fn every_framing_holds_its_events() {
    for (name, count) in
        [("array.json", 3), ("pretty.json", 3), ("glued.json", 3), ("crlf.ndjson", 3), ("bom.json", 1)]
    {
        let (_, seen) = capture(name);
        assert_eq!((seen.codes(), seen.documents.len()), (vec![], count), "{name}");
    }
}

#[test]
fn gbk_is_named() {
    let (_, seen) = capture("gbk.json");
    assert_eq!(seen.codes(), ["invalid-utf8"]);
    assert!(seen.findings()[0].words.caret.as_ref().is_some_and(|caret| caret.contains("GBK")));
}

#[test]
fn a_mixed_capture_has_every_form() {
    let (_, seen) = capture("mixed.ndjson");
    use Form::{Challenge, Encrypted, EventV1 as V1, EventV2 as V2};
    assert_eq!(seen.forms(), [Challenge, V2, V2, V2, V2, V1, V2, V2, Encrypted, V2]);
    let codes: HashSet<_> = seen.codes().into_iter().collect();
    assert_eq!(codes, HashSet::from(["unknown-event-type", "encrypted-without-key"]));
}

#[test]
fn hostile_texts_are_two_events() {
    let (text, seen) = capture("hostile.json");
    assert_eq!(seen.forms(), [Form::EventV2; 2]);
    assert!(seen.broken.is_empty());
    let text = String::from_utf8(text).unwrap();
    // Written as they are, beside those that are escaped.
    for raw in ["\u{9b}", "\u{85}", "\u{202e}", "\u{2066}", "\u{2029}", "\u{feff}", "\u{7f}"] {
        assert!(text.contains(raw), "{raw:?}");
    }
    assert!(text.contains("\\u001b["));
}
