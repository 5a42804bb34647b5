//! A look into a JSON document whose grammar has been checked: the members of an object, the items of an array, the
//! text of a string. At a syntax error a walk just ends.

use std::borrow::Cow;

use super::{Cursor, Fault, Token, TokenKind, unescape};

/// The members of the object that begins at `at` (or after white space there): key and value. Of anything else none.
pub(crate) fn members(text: &[u8], at: usize) -> impl Iterator<Item = (Cow<'_, str>, Token)> {
    entries(text, at, b'{', |cursor| {
        let key = cursor.key().ok()?;
        cursor.expect(b':', Fault::Colon).ok()?;
        let value = cursor.value(1).ok()?;
        Some((unescape(&text[key.start + 1..key.end - 1]), value))
    })
}

/// The items of the array that begins at `at` (or after white space there). Of anything else none.
pub(crate) fn items(text: &[u8], at: usize) -> impl Iterator<Item = Token> {
    entries(text, at, b'[', |cursor| cursor.value(1).ok())
}

fn entries<'t, T>(
    text: &'t [u8],
    at: usize,
    open: u8,
    mut read: impl FnMut(&mut Cursor<'t>) -> Option<T>,
) -> impl Iterator<Item = T> {
    let mut cursor = Cursor::new(text, at);
    let mut going = cursor.space() == Some(open);
    cursor.at += 1;
    // ASCII keeps a bracket and its partner two apart.
    going &= cursor.space() != Some(open + 2);
    std::iter::from_fn(move || {
        let entry = if going { read(&mut cursor) } else { None };
        going = entry.is_some() && cursor.expect(b',', Fault::CommaOrBrace).is_ok();
        entry
    })
}

/// The value of the first member `key` of the object at `at`.
pub(crate) fn member(text: &[u8], at: usize, key: &str) -> Option<Token> {
    members(text, at).find(|(name, _)| name == key).map(|(_, value)| value)
}

/// The text of `token`, if it is a string.
pub(crate) fn string(text: &[u8], token: Token) -> Option<Cow<'_, str>> {
    matches!(token.kind, TokenKind::String { .. }).then(|| unescape(&text[token.start + 1..token.end - 1]))
}

/// Whether `token` is an object.
pub(crate) fn is_object(token: Token) -> bool {
    token.kind == TokenKind::Object
}

/// Whether `token` is a string.
pub(crate) fn is_string(token: Token) -> bool {
    matches!(token.kind, TokenKind::String { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_items_come_in_order() {
        let text = br#" {"a": [1, [2], {}], "\u0062": "c\/d", "e": {}} "#;
        let seen: Vec<_> =
            members(text, 0).map(|(key, value)| (key, &text[value.start..value.end])).collect();
        let want: [(Cow<str>, &[u8]); 3] =
            [("a".into(), b"[1, [2], {}]"), ("b".into(), br#""c\/d""#), ("e".into(), b"{}")];
        assert_eq!(seen, want);
        let a = member(text, 0, "a").unwrap();
        assert_eq!(items(text, a.start).map(|item| item.end - item.start).collect::<Vec<_>>(), [1, 3, 2]);
        assert_eq!(string(text, member(text, 0, "b").unwrap()).as_deref(), Some("c/d"));
    }

    #[test]
    fn what_is_something_else_or_broken_just_ends() {
        for (text, count) in
            [("", 0), ("[1]", 0), ("{}", 0), ("{ }", 0), ("{\"a\":1", 1), ("{\"a\":1,]", 1), ("{a", 0)]
        {
            assert_eq!(members(text.as_bytes(), 0).count(), count, "{text}");
        }
        for (text, count) in [("", 0), ("{}", 0), ("[]", 0), ("[1,]", 1), ("[1 2]", 1), ("[", 0)] {
            assert_eq!(items(text.as_bytes(), 0).count(), count, "{text}");
        }
    }
}
