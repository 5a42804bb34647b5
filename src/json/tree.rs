//! The way through JSON whose grammar has been checked: the members of an object, the items of an array, the text of a
//! string, all as spans. Whoever wants only one level takes the iterators; whoever goes down takes the visitors, which
//! see every byte once however deep a document is. Both just end where the grammar does.

use std::borrow::Cow;

use super::{Cursor, Fault, SyntaxError, Token, TokenKind, unescape};

/// The members of the object that begins at `at` (or after white space there): the key as its text, and the value. Of
/// anything else none.
pub(crate) fn members(text: &[u8], at: usize) -> impl Iterator<Item = (Cow<'_, str>, Token)> {
    spans(text, at).map(|(key, value)| (unescape(body(text, key)), value))
}

/// The same, the key as the string that it is.
pub(crate) fn spans(text: &[u8], at: usize) -> impl Iterator<Item = (Token, Token)> {
    entries(text, at, b'{', |cursor| Ok((key(cursor)?, cursor.value(1)?)))
}

/// The items of the array that begins at `at` (or after white space there). Of anything else none.
pub(crate) fn items(text: &[u8], at: usize) -> impl Iterator<Item = Token> {
    entries(text, at, b'[', |cursor| cursor.value(1))
}

fn entries<'t, T>(
    text: &'t [u8],
    at: usize,
    open: u8,
    mut read: impl FnMut(&mut Cursor<'t>) -> Result<T, SyntaxError>,
) -> impl Iterator<Item = T> {
    let mut cursor = Cursor::new(text, at);
    let mut going = enter(&mut cursor, open) == Ok(true);
    std::iter::from_fn(move || {
        let entry = if going { read(&mut cursor).ok() } else { None };
        going = entry.is_some() && more(&mut cursor, open) == Ok(true);
        entry
    })
}

/// Steps over the object at the cursor. `each` is given every key, the cursor standing at its value, and steps over that.
#[inline]
pub(crate) fn visit_members<'t>(
    cursor: &mut Cursor<'t>,
    mut each: impl FnMut(&mut Cursor<'t>, Token) -> Result<(), SyntaxError>,
) -> Result<(), SyntaxError> {
    let mut going = enter(cursor, b'{')?;
    while going {
        let key = key(cursor)?;
        each(cursor, key)?;
        going = more(cursor, b'{')?;
    }
    Ok(())
}

/// Steps over the array at the cursor. `each` steps over the item at the cursor, and is given its number.
#[inline]
pub(crate) fn visit_items<'t>(
    cursor: &mut Cursor<'t>,
    mut each: impl FnMut(&mut Cursor<'t>, usize) -> Result<(), SyntaxError>,
) -> Result<(), SyntaxError> {
    let mut going = enter(cursor, b'[')?;
    for number in 0.. {
        if !going {
            break;
        }
        each(cursor, number)?;
        going = more(cursor, b'[')?;
    }
    Ok(())
}

/// Steps over a bracket that opens, and over the one that closes if nothing stands between them: then it is false.
#[inline(always)]
fn enter(cursor: &mut Cursor<'_>, open: u8) -> Result<bool, SyntaxError> {
    cursor.expect(open, Fault::Value)?;
    let empty = cursor.space() == Some(close(open));
    cursor.at += usize::from(empty);
    Ok(!empty)
}

/// Steps over the comma after an entry, or over the bracket that closes: then it is false.
#[inline(always)]
fn more(cursor: &mut Cursor<'_>, open: u8) -> Result<bool, SyntaxError> {
    let comma = cursor.space() == Some(b',');
    cursor.expect(if comma { b',' } else { close(open) }, Fault::CommaOrBrace)?;
    Ok(comma)
}

/// ASCII keeps a bracket and its partner two apart.
const fn close(open: u8) -> u8 {
    open + 2
}

/// Steps over a key and to its value.
#[inline(always)]
fn key(cursor: &mut Cursor<'_>) -> Result<Token, SyntaxError> {
    let key = cursor.key()?;
    cursor.expect(b':', Fault::Colon)?;
    cursor.space();
    Ok(key)
}

/// The value of the first member `key` of the object at `at`.
pub(crate) fn member(text: &[u8], at: usize, key: &str) -> Option<Token> {
    members(text, at).find(|(name, _)| name == key).map(|(_, value)| value)
}

/// The bytes of a string between its quotes, as they stand.
pub(crate) fn body(text: &[u8], string: Token) -> &[u8] {
    &text[string.start + 1..string.end - 1]
}

/// The text of `token`, if it is a string.
pub(crate) fn string(text: &[u8], token: Token) -> Option<Cow<'_, str>> {
    is_string(token).then(|| unescape(body(text, token)))
}

/// Whether a text is one JSON value and nothing else.
pub(crate) fn is_json(text: &[u8]) -> bool {
    let mut cursor = Cursor::new(text, 0);
    cursor.value(0).is_ok() && cursor.space().is_none()
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
        assert_eq!(
            spans(text, 0).map(|(key, _)| body(text, key)).collect::<Vec<_>>(),
            [&b"a"[..], br"\u0062", b"e"]
        );
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

    #[test]
    fn visitors_step_over_what_they_visit() {
        let text = br#"[ {"a" : 1 , "b":[2 , [] ]} , {} ,4 ] x"#;
        let (mut cursor, mut seen) = (Cursor::new(text, 0), Vec::new());
        visit_items(&mut cursor, |cursor, number| {
            if cursor.space() != Some(b'{') {
                return cursor.value(1).map(drop);
            }
            visit_members(cursor, |cursor, key| {
                let value = cursor.value(2)?;
                seen.push((number, body(text, key), &text[value.start..value.end]));
                Ok(())
            })
        })
        .unwrap();
        assert_eq!(seen, [(0, &b"a"[..], &b"1"[..]), (0, b"b", b"[2 , [] ]")]);
        assert_eq!(cursor.at, text.len() - 2);
        for broken in ["{\"a\" 1}", "{\"a\":1]", "[1}", "{\"a\":", "1", ""] {
            let mut cursor = Cursor::new(broken.as_bytes(), 0);
            let members = visit_members(&mut cursor.clone(), |cursor, _| cursor.value(1).map(drop));
            assert!(
                members.is_err() && visit_items(&mut cursor, |cursor, _| cursor.value(1).map(drop)).is_err()
            );
        }
    }
}
