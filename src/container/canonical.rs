//! What of an event is compared with the same event elsewhere: its values, not how they are written.

use std::borrow::Cow;
use std::hash::BuildHasher;

use crate::json::squeeze::squeeze;
use crate::json::tree;
use crate::json::{Cursor, MAX_DEPTH, SyntaxError, TokenKind, find};

/// A document as it is compared: without white space between its tokens, and with characters in place of their escapes.
/// What tools write without white space is taken as it stands: that is what the platform sends, and the common case.
///
/// The order of members counts, and how a number is written: no tool that passes an event on changes them.
#[inline]
pub(crate) fn content(document: &[u8]) -> Cow<'_, [u8]> {
    if is_dense(document) {
        return Cow::Borrowed(document);
    }
    let mut dense = Vec::new();
    let length = squeeze(document, &mut dense);
    dense.truncate(length);
    Cow::Owned(dense)
}

/// The same for those who look at one document after another: `memory` is overwritten where it is needed. `squeezed`
/// writes over it what [`squeeze`] would, and returns how long that is, if it knows a shorter way.
#[inline]
pub(crate) fn content_in<'d>(
    document: &'d [u8],
    memory: &'d mut Vec<u8>,
    squeezed: impl FnOnce(&mut Vec<u8>) -> Option<usize>,
) -> &'d [u8] {
    if is_dense(document) {
        return document;
    }
    let length = squeezed(memory).unwrap_or_else(|| squeeze(document, memory));
    &memory[..length]
}

/// The hash of what a document says, in whatever order its members stand and however its numbers and its characters are
/// written: languages differ in that when they print what they parsed.
pub(crate) fn fingerprint(document: &[u8], hasher: &impl BuildHasher) -> u64 {
    value(document, &mut Cursor::new(document, 0), hasher, 0).unwrap_or_default()
}

fn value(
    text: &[u8],
    cursor: &mut Cursor<'_>,
    hasher: &impl BuildHasher,
    depth: usize,
) -> Result<u64, SyntaxError> {
    let mut sum = 0u64;
    match cursor.space() {
        Some(b'{') if depth < MAX_DEPTH => tree::visit_members(cursor, |cursor, key| {
            let value = value(text, cursor, hasher, depth + 1)?;
            sum = sum.wrapping_add(hasher.hash_one((tree::string(text, key), value)));
            Ok(())
        })?,
        Some(b'[') if depth < MAX_DEPTH => tree::visit_items(cursor, |cursor, _| {
            sum = hasher.hash_one((sum, value(text, cursor, hasher, depth + 1)?));
            Ok(())
        })?,
        _ => {
            let token = cursor.value(depth)?;
            let raw = &text[token.start..token.end];
            let number = || str::from_utf8(raw).ok()?.parse::<f64>().ok();
            sum = match token.kind {
                TokenKind::String { .. } => hasher.hash_one(tree::string(text, token)),
                TokenKind::Number { .. } => hasher.hash_one(number().map(f64::to_bits)),
                _ => hasher.hash_one(raw),
            };
        }
    }
    Ok(sum)
}

/// Whether two documents of one record are the same event, one of them parsed and written again perhaps: their contents
/// are equal, or they have the same id.
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    content(one) == content(other) || id(one).is_some_and(|one| id(other).is_some_and(|other| one == other))
}

/// What a document has to itself: the id of its event, or what is encrypted in it.
fn id(document: &[u8]) -> Option<Cow<'_, str>> {
    let string = |at: usize, key: &str| {
        let found = tree::member(document, at, key).and_then(|token| tree::string(document, token));
        found.filter(|text| !text.is_empty())
    };
    let header = tree::member(document, 0, "header").and_then(|header| string(header.start, "event_id"));
    header.or_else(|| string(0, "uuid")).or_else(|| string(0, "encrypt")).or_else(|| string(0, "event_id"))
}

/// Whether no white space stands after the first brace and the first colon: whoever writes it writes it there.
fn is_dense(document: &[u8]) -> bool {
    let colon = find(document, b':').unwrap_or_default();
    let after = |at: usize| document.get(at + 1).is_none_or(|byte| *byte > b' ');
    after(0) && after(colon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    #[test]
    fn what_was_written_otherwise_is_the_same() {
        let sent = r#"{"a":"浙 \" x","b":[1.50,{"c":null}],"d":{}}"#;
        let spaced = "{ \"a\" :\"\\u6d59 \\u0022 x\",\r\n\t\"b\": [ 1.50, {\"c\" : null } ] ,\"d\":{ } }";
        let python = r#"{"a": "\u6d59 \" x", "b": [1.50, {"c": null}], "d": {}}"#;
        assert!(matches!(content(sent.as_bytes()), Cow::Borrowed(_)));
        for other in [spaced, python] {
            assert_eq!(content(other.as_bytes()), sent.as_bytes(), "{other}");
        }
        for other in [r#"{"a": "1 2"}"#, r#"{"a": "12"}"#, r#"{"a": 12}"#] {
            assert_eq!(String::from_utf8_lossy(&content(other.as_bytes())), other.replacen(": ", ":", 1));
        }
        assert_eq!(&*content(b"{}"), b"{}");
        assert_eq!(&*content(b""), b"");
    }

    #[test]
    fn what_another_language_printed_has_the_same_fingerprint() {
        let hasher = foldhash::fast::RandomState::default();
        let print = |text: &str| fingerprint(text.as_bytes(), &hasher);
        let sent = r#"{"a":"浙 \" x","b":[1.50,{"c":null,"d":true}],"e":7379612345678901234}"#;
        let printed = r#"{"b": [1.5, {"d": true, "c": null}], "e": 7379612345678901000, "a": "\u6d59 \" x"}"#;
        assert_eq!(print(sent), print(printed));
        for other in
            [("1.50", "1.6"), ("1.50,", ""), ("true", "false"), ("\"d\"", "\"f\""), ("null", "\"null\"")]
        {
            assert_ne!(print(sent), print(&sent.replace(other.0, other.1)), "{other:?}");
        }
    }

    #[test]
    fn one_event_in_two_layouts_is_one_and_two_events_are_two() {
        let sent = r#"{"schema":"2.0","header":{"event_id":"1"},"event":{"n":1.50}}"#;
        let parsed = r#"{"event": {"n": 1.5}, "schema": "2.0", "header": {"event_id": "1"}}"#;
        let other = sent.replace("\"1\"", "\"2\"");
        for (one, another, same) in [
            (sent, parsed, true),
            (sent, &*sent.replace(",", " , "), true),
            (sent, &*other, false),
            (r#"{"encrypt":"a\/b"}"#, r#"{"encrypt": "a/b", "x": 1}"#, true),
            (r#"{"uuid":"a","event":{}}"#, r#"{"uuid":"b","event":{}}"#, false),
            (r#"{"uuid":"","event":{}}"#, r#"{"uuid":"","event":1}"#, false),
            ("{}", "{ }", true),
            ("", "{}", false),
        ] {
            assert_eq!(is_same(one.as_bytes(), another.as_bytes()), same, "{one} {another}");
        }
    }

    proptest! {
        #[test]
        fn indentation_makes_no_other_content(text in r#"[ "\\a-c浙\n]{0,12}"#, number: i32) {
            let value: Value = serde_json::json!({"key": text, "list": [number, {text: null}]});
            let (sent, pretty) = (value.to_string(), serde_json::to_string_pretty(&value).unwrap());
            prop_assert_eq!(content(sent.as_bytes()), content(pretty.as_bytes()));
        }
    }
}
