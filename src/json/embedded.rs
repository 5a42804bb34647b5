//! JSON that stands in a string: read in place, its escapes as they are, where they are the plain ones that writers of
//! JSON use.

use super::{Cursor, MAX_DEPTH, TokenKind, plain_end};

/// One past the quote that closes the string whose body begins at `at`, if the body is an object or an array of JSON.
/// `None` where it is not, or is written in an unusual way: with white space other than spaces, or escapes that it does
/// not need.
pub(crate) fn embedded_end(text: &[u8], at: usize) -> Option<usize> {
    let (at, byte) = space(text, at)?;
    if !matches!(byte, b'{' | b'[') {
        return None;
    }
    let (at, byte) = space(text, container(text, at, 0)?)?;
    (byte == b'"').then_some(at + 1)
}

/// Where the object or array at `at` ends.
// Each frame is an open bracket, and those are limited to MAX_DEPTH.
fn container(text: &[u8], at: usize, depth: usize) -> Option<usize> {
    if depth >= MAX_DEPTH {
        return None;
    }
    let object = text[at] == b'{';
    let closing = if object { b'}' } else { b']' };
    let (mut at, mut byte) = space(text, at + 1)?;
    if byte == closing {
        return Some(at + 1);
    }
    loop {
        if object {
            (at, byte) = space(text, string(text, at)?)?;
            if byte != b':' {
                return None;
            }
            (at, byte) = space(text, at + 1)?;
        }
        let end = match byte {
            b'\\' => string(text, at)?,
            b'{' | b'[' => container(text, at, depth + 1)?,
            _ => scalar(text, at)?,
        };
        (at, byte) = space(text, end)?;
        if byte != b',' {
            return (byte == closing).then_some(at + 1);
        }
        (at, byte) = space(text, at + 1)?;
    }
}

/// Where the string ends whose opening quote, with the backslash before it, stands at `at`.
#[inline]
fn string(text: &[u8], mut at: usize) -> Option<usize> {
    if !text.get(at..)?.starts_with(b"\\\"") {
        return None;
    }
    at += 2;
    loop {
        at = plain_end(text, at);
        at += match text.get(at..)? {
            [b'\\', b'"', ..] => return Some(at + 2),
            [b'\\', b'/', ..] => 2,
            [b'\\', b'\\', b'b' | b'f' | b'n' | b'r' | b't' | b'/', ..] => 3,
            [b'\\', b'\\', b'\\', b'"' | b'\\' | b'/', ..] => 4,
            [b'\\', b'\\', b'u', digits @ ..] if digits.iter().take(4).all(u8::is_ascii_hexdigit) => 7,
            _ => return None,
        };
    }
}

fn scalar(text: &[u8], at: usize) -> Option<usize> {
    let token = Cursor::new(text, at).token().ok()?;
    (!matches!(token.kind, TokenKind::String { .. })).then_some(token.end)
}

/// The byte after spaces, and where it stands.
#[inline(always)]
fn space(text: &[u8], mut at: usize) -> Option<(usize, u8)> {
    loop {
        match text.get(at)? {
            b' ' => at += 1,
            byte => return Some((at, *byte)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json::unescape;

    /// Whether the string at the beginning of `text` holds JSON.
    fn holds_json(text: &[u8]) -> Option<usize> {
        let end = Cursor::new(text, 0).string().ok()?.end;
        let body = unescape(&text[1..end - 1]);
        let body = body.trim();
        let mut cursor = Cursor::new(body.as_bytes(), 0);
        (cursor.value(0).is_ok() && cursor.at == body.len()).then_some(end)
    }

    #[test]
    fn what_writers_of_json_put_in_a_string_is_read_in_place() {
        for inner in [
            "{}",
            "[ ]",
            r#"{"text":"@_user_1 hello"}"#,
            r#" {"title": "", "content": [[{"tag": "a", "n": -1.5e3}, {"b": null, "c": [true, false]}], []]} "#,
            r#"{"a":"\" \\ \/ \b\f\n\r\t \u4f60"}"#,
            "{\"text\":\"浙江省杭州市余杭区五常街道\"}",
        ] {
            let written = serde_json::to_string(inner).unwrap();
            for outer in [written.clone(), written.replace('/', "\\/")] {
                for behind in ["", "}", ",\"a\":1"] {
                    let text = format!("{outer}{behind}");
                    assert_eq!(embedded_end(text.as_bytes(), 1), Some(outer.len()), "{text}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for inner in [
            "",
            " ",
            "{",
            "{\"a\"}",
            "{\"a\":1,}",
            "[1 2]",
            "[\"a\nb\"]",
            "[\"\\x\"]",
            "[\"\\u12g4\"]",
            "{}{}",
            "[01]",
        ] {
            let text = serde_json::to_string(inner).unwrap();
            assert_eq!(embedded_end(text.as_bytes(), 1), None, "{text}");
        }
        for (brackets, end) in [(MAX_DEPTH, Some(258)), (MAX_DEPTH + 1, None)] {
            let text = format!("\"{}{}\"", "[".repeat(brackets), "]".repeat(brackets));
            assert_eq!(embedded_end(text.as_bytes(), 1), end, "{brackets}");
        }
        // Not closed, or with a quote that ends the string early.
        for text in [r#""{}"#, r#""{"a":1}""#, r#""[1]x""#, r#""[\"a]""#, r#""[\"\\\u0022]""#] {
            assert_eq!(embedded_end(text.as_bytes(), 1), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_read_in_place_holds_json(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "{", "}", "[", "]", ",", ":", "\\\"", "\\\"a\\\"", "\\\"a\\\":", "1", "-0", "true", " ", "\\n", "\\\\", "\\\\\\\"",
                "\\\\n", "\\\\u4f6", "0", "\\u0022", "\\\\x", "/", "浙", "\\/", "\"",
            ]), 0..12),
            wrap in any::<bool>(),
        ) {
            let inner = pieces.concat();
            let text = if wrap { format!("\"[{inner}]\"") } else { format!("\"{inner}\"") };
            if let Some(end) = embedded_end(text.as_bytes(), 1) {
                prop_assert_eq!(holds_json(text.as_bytes()), Some(end));
            }
        }
    }
}
