//! Documents of which parts are encrypted, or are JSON within a string.

use std::borrow::Cow;

use crate::catalog::{BODY, ENCRYPT, HEAD};
use crate::finding::Span;
use crate::json::{Token, TokenKind, tree, unescape};
use crate::lang::label;
use crate::origin::Step;

use super::form::RAW_BODY;
use super::{FormInfo, Held};

/// The `encrypt` string of an encrypted body. Something else in its place holds nothing that could be opened.
pub(super) fn encrypted(text: &[u8]) -> Option<Held<'_>> {
    let empty =
        || tree::member(text, 0, ENCRYPT).map(|token| (token.start..token.end, Cow::Borrowed(&[][..])));
    sealed(text).or_else(empty).map(|(place, sealed)| Held::Sealed(place, sealed))
}

const IN_STRINGS: FormInfo = FormInfo {
    name: label("各部分是字符串里的 JSON 的事件", "an event whose parts are JSON within strings"),
    lost: None,
    capture: Some(RAW_BODY),
};

/// An event of which somebody made header or event a string, with these as the objects that they were.
pub(super) fn in_strings(text: &[u8]) -> Option<Held<'_>> {
    let mut whole = String::new();
    let mut any = false;
    for (key, value) in tree::spans(text, 0) {
        let raw = |token: Token| str::from_utf8(&text[token.start..token.end]).ok();
        let part = [HEAD, BODY].iter().any(|part| part.as_bytes() == tree::body(text, key));
        let inner = if part { tree::string(text, value) } else { None };
        let inner = inner.filter(|inner| inner.starts_with('{') && tree::is_json(inner.as_bytes()));
        any |= inner.is_some();
        let value = if let Some(inner) = &inner { inner } else { raw(value)? };
        whole += &format!("{}{}:{value}", if whole.is_empty() { '{' } else { ',' }, raw(key)?);
    }
    whole.push('}');
    any.then_some(Held::Rewritten(Some(whole), &IN_STRINGS, Step::Quoted))
}

/// The `encrypt` string of the object `text`, with its escapes undone, and where it stands with its quotes.
pub fn sealed(text: &[u8]) -> Option<(Span, Cow<'_, [u8]>)> {
    let token = tree::member(text, 0, ENCRYPT)?;
    let inside = token.start + 1..token.end - 1;
    let sealed = match token.kind {
        // Base64 has nothing to escape, and whether it is UTF-8 is not worth a look at each byte.
        TokenKind::String { escaped: false } => Cow::Borrowed(&text[inside]),
        TokenKind::String { escaped: true } => Cow::Owned(unescape(&text[inside]).into_owned().into_bytes()),
        _ => return None,
    };
    Some((token.start..token.end, sealed))
}
