//! Values within values: their members, and their JSON without white space.

use crate::json::{Cursor, Token, TokenKind, pieces, unescape};

use super::extra::is_secret;
use super::json::push_string;

/// Appends a JSON value without the white space between its tokens, its strings as [`push_string`] writes them: one
/// line, whatever the document looks like.
pub(super) fn compact(json: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        match byte {
            b'"' => {
                let mut cursor = Cursor::new(json, at);
                let Ok(Token { kind, start, end }) = cursor.string() else { return };
                push_string(json, start, end, kind == TokenKind::String { escaped: true }, out);
                at = end;
                continue;
            }
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => out.push(byte),
        }
        at += 1;
    }
}

/// The JSON with the value of each secret key, at any depth, put out of sight.
pub(super) fn without_secrets(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len());
    let mut cursor = Cursor::new(json, 0);
    let mut name = None;
    while let Some(byte) = cursor.space() {
        let start = cursor.at;
        match byte {
            b'"' => {
                let Ok(token) = cursor.string() else { break };
                name = Some(unescape(&json[token.start + 1..token.end - 1]));
            }
            b':' if name.as_deref().is_some_and(|name: &str| is_secret(name.as_bytes())) => {
                cursor.at += 1;
                if cursor.value(0).is_err() {
                    break;
                }
                out.extend_from_slice(b":\"....\"");
                continue;
            }
            _ => cursor.at += 1,
        }
        out.extend_from_slice(&json[start..cursor.at]);
    }
    out
}

/// Appends the items of a JSON array as text, a space between them; `null` and an empty string
/// are nothing.
pub(super) fn joined(json: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    for Token { kind, start: from, end } in items(json, 0) {
        let empty = matches!(kind, TokenKind::String { .. }) && end - from == 2;
        if empty || kind == TokenKind::Null {
            continue;
        }
        if out.len() > start {
            out.push(b' ');
        }
        match kind {
            TokenKind::String { .. } => {
                pieces(&json[from + 1..end - 1], |piece| out.extend_from_slice(piece))
            }
            _ => compact(&json[from..end], out),
        }
    }
}

/// Hands every member of the valid object at `at` to `each`: the key with its quotes, and the value.
pub(super) fn members(text: &[u8], at: usize, mut each: impl FnMut(Token, Token)) {
    let mut cursor = Cursor::new(text, at + 1);
    while cursor.space() == Some(b'"') {
        let Ok(key) = cursor.key() else { return };
        cursor.at += usize::from(cursor.space() == Some(b':'));
        let Ok(value) = cursor.value(1) else { return };
        each(key, value);
        cursor.at += usize::from(cursor.space() == Some(b','));
    }
}

/// The items of a valid array.
pub(super) fn items(text: &[u8], at: usize) -> impl Iterator<Item = Token> {
    let mut cursor = Cursor::new(text, at + 1);
    std::iter::from_fn(move || {
        if matches!(cursor.space(), None | Some(b']')) {
            return None;
        }
        let value = cursor.value(1).ok()?;
        cursor.at += usize::from(cursor.space() == Some(b','));
        Some(value)
    })
}

/// The value whose JSON is `text[start..end]`.
pub(super) fn value_at(text: &[u8], start: usize, end: usize) -> Token {
    let kind = match Cursor::new(&text[..end], start).token() {
        Ok(token) => token.kind,
        Err(_) => TokenKind::Null,
    };
    Token { kind, start, end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compacted(json: &str) -> String {
        let mut out = Vec::new();
        compact(json.as_bytes(), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn white_space_goes_and_strings_stay() {
        assert_eq!(
            compacted("{ \"a b\" :\r\n\t[ 1.50 , \"x\\n \\u6d59\" , { } , null ] }"),
            r#"{"a b":[1.50,"x\n 浙",{},null]}"#
        );
        assert_eq!(compacted(" -0.0 "), "-0.0");
    }

    #[test]
    fn secrets_go_and_everything_else_stays() {
        let json =
            r#"{"a":"token","x":[{"t\u006fken" : "c-123", "y": 1}], "token":{"z":2},"b":"\"token\":1"}"#;
        let shown = r#"{"a":"token","x":[{"t\u006fken":"....","y":1}],"token":"....","b":"\"token\":1"}"#;
        assert_eq!(without_secrets(json.as_bytes()), shown.as_bytes());
    }

    #[test]
    fn items_are_joined() {
        for (json, text) in [
            ("[]", ""),
            (r#"["", null, "a", ""]"#, "a"),
            (r#"[ "a" , "b\u6d59\n" ]"#, "a b浙\n"),
            (r#"[null, "a", null, 1.0, true, [ 1, "x" ], {}]"#, r#"a 1.0 true [1,"x"] {}"#),
        ] {
            let mut out = b"|".to_vec();
            joined(json.as_bytes(), &mut out);
            assert_eq!(String::from_utf8(out).unwrap()[1..], *text);
        }
    }

    #[test]
    fn members_and_items_are_found() {
        let text = br#"[ {"a" : 1, "b":[2 , 3]} , 4, [] ] x"#;
        let tokens: Vec<Token> = items(text, 0).collect();
        assert_eq!(tokens.len(), 3);
        let mut seen = Vec::new();
        members(text, tokens[0].start, |key, value| {
            seen.push((&text[key.start..key.end], &text[value.start..value.end]));
        });
        assert_eq!(seen, [(&b"\"a\""[..], &b"1"[..]), (b"\"b\"", b"[2 , 3]")]);
        assert_eq!(items(b"[ ]", 0).count(), 0);
        members(b"{ }", 0, |_, _| panic!("there is no member"));
    }
}
