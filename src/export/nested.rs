//! Values within values: their members, and their JSON without white space.

use std::borrow::Cow;

use crate::catalog::is_secret_key;
use crate::json::{Cursor, Token, TokenKind, pieces, unescape};
use crate::secrets::{is_name_key, is_value_key};

use super::json::push_string;

/// Appends a JSON value without the white space between its tokens, its strings as [`push_string`] writes them: one
/// line, whatever the document looks like.
pub(crate) fn compact(json: &[u8], out: &mut Vec<u8>) {
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

/// The JSON without the members, at any depth, whose keys are those of credentials.
pub(crate) fn without_secrets(json: &[u8]) -> Cow<'_, [u8]> {
    if !names_a_secret(json) {
        return Cow::Borrowed(json);
    }
    let mut out = Vec::with_capacity(json.len());
    push_open(json, 0, json.len(), &mut out);
    Cow::Owned(out)
}

/// Whether any string of the JSON is the name of a credential: nearly always there is none.
fn names_a_secret(json: &[u8]) -> bool {
    let mut cursor = Cursor::new(json, 0);
    while let Some(quote) = memchr::memchr(b'"', &json[cursor.at..]) {
        cursor.at += quote;
        let Ok(token) = cursor.string() else { return false };
        if is_secret(json, token) {
            return true;
        }
    }
    false
}

fn is_secret(json: &[u8], string: Token) -> bool {
    is_secret_key(unescape(&json[string.start + 1..string.end - 1]).as_bytes())
}

/// Appends the value at `at`, without its secrets.
fn push_open(json: &[u8], at: usize, end: usize, out: &mut Vec<u8>) {
    match json[at] {
        b'{' => {
            let mut list = Vec::new();
            members(json, at, |key, value| list.push((key, value)));
            let key = |key: &Token| unescape(&json[key.start + 1..key.end - 1]);
            // Lists of headers and cookies have the name of what is secret as a value.
            let named = list.iter().any(|(name, value)| {
                matches!(value.kind, TokenKind::String { .. })
                    && is_name_key(key(name).as_bytes())
                    && is_secret(json, *value)
            });
            let is_hidden =
                |name: &Token| is_secret(json, *name) || (named && is_value_key(key(name).as_bytes()));
            list.retain(|(name, _)| !is_hidden(name));
            out.push(b'{');
            for (at, (key, value)) in list.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                out.extend_from_slice(&json[key.start..key.end]);
                out.push(b':');
                push_open(json, value.start, value.end, out);
            }
            out.push(b'}');
        }
        b'[' => {
            out.push(b'[');
            for (at, item) in items(json, at).enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                push_open(json, item.start, item.end, out);
            }
            out.push(b']');
        }
        _ => out.extend_from_slice(&json[at..end]),
    }
}

/// Appends the items of a JSON array as text, a space between them; `null` and an empty string
/// are nothing.
pub(crate) fn joined(json: &[u8], out: &mut Vec<u8>) {
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
pub(crate) fn members(text: &[u8], at: usize, mut each: impl FnMut(Token, Token)) {
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
pub(crate) fn items(text: &[u8], at: usize) -> impl Iterator<Item = Token> {
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
pub(crate) fn value_at(text: &[u8], start: usize, end: usize) -> Token {
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
        for (json, left) in [
            (
                r#"{"a":"token","x":[{"t\u006fken" : "c-123", "y": 1}], "token":{"z":2},"b":"\"token\":1"}"#,
                r#"{"a":"token","x":[{"y":1}],"b":"\"token\":1"}"#,
            ),
            (r#"[ {"appSecret": "s"}, {"file_token": "f"} ]"#, r#"[{},{"file_token":"f"}]"#),
            (
                r#"[{"name":"Cookie","value":"a=b"},{"name":"Host","value":"x"}]"#,
                r#"[{"name":"Cookie"},{"name":"Host","value":"x"}]"#,
            ),
            (r#"["token", {"Authorization":"Bearer x","password":1}, 2]"#, r#"["token",{},2]"#),
            (r#"{ "a" : 1 }"#, r#"{ "a" : 1 }"#),
            (r#""token""#, r#""token""#),
        ] {
            assert_eq!(String::from_utf8_lossy(&without_secrets(json.as_bytes())), left);
        }
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
