//! What of an event is compared with the same event elsewhere: its values, not how they are written.

use std::borrow::Cow;

use crate::json::rewrite::{Escapes, Spacing, Style, rewrite};

/// A document as it is compared: without white space between its tokens, and with characters in place of their escapes.
/// What tools write without white space is taken as it stands: that is what the platform sends, and the common case.
///
/// The order of members counts, and how a number is written: no tool that passes an event on changes them.
#[inline]
pub(crate) fn content(document: &[u8]) -> Cow<'_, [u8]> {
    if is_dense(document) { Cow::Borrowed(document) } else { Cow::Owned(dense(document)) }
}

/// Whether no white space stands after the first brace and the first colon: whoever writes it writes it there.
fn is_dense(document: &[u8]) -> bool {
    let colon = memchr::memchr(b':', document).unwrap_or_default();
    let after = |at: usize| document.get(at + 1).is_none_or(|byte| *byte > b' ');
    after(0) && after(colon)
}

#[cold]
fn dense(document: &[u8]) -> Vec<u8> {
    let mut dense = Vec::with_capacity(document.len());
    rewrite(document, Style::new(Spacing::Compact, Escapes::Least), &mut dense);
    dense
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

    proptest! {
        #[test]
        fn indentation_makes_no_other_content(text in r#"[ "\\a-c浙\n]{0,12}"#, number: i32) {
            let value: Value = serde_json::json!({"key": text, "list": [number, {text: null}]});
            let (sent, pretty) = (value.to_string(), serde_json::to_string_pretty(&value).unwrap());
            prop_assert_eq!(content(sent.as_bytes()), content(pretty.as_bytes()));
        }
    }
}
