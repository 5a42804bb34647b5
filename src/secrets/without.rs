//! JSON without its credentials: for exports, which other programs read.

use std::borrow::Cow;
use std::ops::Range;

use crate::catalog::is_secret_key;
use crate::json::{Cursor, Token, tree};

use super::{is_name_key, is_value_key};

/// The JSON without the members, at any depth, whose keys are those of credentials, and how many those are.
pub(crate) fn without_secrets(json: &[u8]) -> (Cow<'_, [u8]>, usize) {
    if !names_a_secret(json) {
        return (Cow::Borrowed(json), 0);
    }
    let mut out = Vec::with_capacity(json.len());
    let gone = push_open(json, 0..json.len(), &mut out);
    (Cow::Owned(out), gone)
}

/// Whether any string of the JSON is the name of a credential: nearly always there is none.
fn names_a_secret(json: &[u8]) -> bool {
    let mut cursor = Cursor::new(json, 0);
    while let Some(quote) = memchr::memchr(b'"', &json[cursor.at..]) {
        cursor.at += quote;
        let Ok(token) = cursor.string() else { return false };
        if is(json, token, is_secret_key) {
            return true;
        }
    }
    false
}

/// Whether a token is a string of which this is true.
fn is(json: &[u8], token: Token, what: impl Fn(&[u8]) -> bool) -> bool {
    tree::string(json, token).is_some_and(|text| what(text.as_bytes()))
}

/// Appends the value that stands there, without its secrets, and says how many those are.
fn push_open(json: &[u8], value: Range<usize>, out: &mut Vec<u8>) -> usize {
    let mut gone = 0;
    match json[value.start] {
        b'{' => {
            let mut members: Vec<(Token, Token)> = tree::spans(json, value.start).collect();
            // Lists of headers and cookies have the name of what is secret as a value.
            let named = members
                .iter()
                .any(|(key, value)| is(json, *key, is_name_key) && is(json, *value, is_secret_key));
            let all = members.len();
            members
                .retain(|(key, _)| !is(json, *key, |key| is_secret_key(key) || named && is_value_key(key)));
            gone += all - members.len();
            out.push(b'{');
            for (at, (key, value)) in members.iter().enumerate() {
                out.extend_from_slice(if at > 0 { b"," } else { b"" });
                out.extend_from_slice(&json[key.start..key.end]);
                out.push(b':');
                gone += push_open(json, value.start..value.end, out);
            }
            out.push(b'}');
        }
        b'[' => {
            out.push(b'[');
            for (at, item) in tree::items(json, value.start).enumerate() {
                out.extend_from_slice(if at > 0 { b"," } else { b"" });
                gone += push_open(json, item.start..item.end, out);
            }
            out.push(b']');
        }
        _ => out.extend_from_slice(&json[value]),
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(String::from_utf8_lossy(&without_secrets(json.as_bytes()).0), left);
        }
    }
}
