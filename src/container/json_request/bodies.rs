//! What in a record may be the body of a request: text, base64, a list of bytes, a form, or the JSON itself.

use std::borrow::Cow;

use crate::container::{base64, headers, trace};
use crate::json::{Cursor, Token, TokenKind, tree};

use super::{BODY, Body, Trust};

/// How many braces of a string are looked at for an event.
const TRIES: usize = 8;

/// A value as a body, if it holds an event. `shows`: a trace of one is in it.
pub(super) fn body<'t>(text: &'t [u8], token: Token, key: &str, shows: bool) -> Option<Body<'t>> {
    let span = token.start..token.end;
    let raw = &text[span.clone()];
    let made = |bytes: Cow<'t, [u8]>, trust, as_sent| {
        let marked = bytes.strip_prefix(MARK).map(<[u8]>::to_vec);
        let (bytes, marked) = match marked {
            Some(plain) => (Cow::Owned(plain), Some(bytes.into_owned())),
            None => (bytes, None),
        };
        Some(Body { span: span.clone(), bytes, marked, as_sent, trust })
    };
    match token.kind {
        TokenKind::Object if is_event(raw) => return made(Cow::Borrowed(raw), Trust::Parsed, false),
        TokenKind::Array
            if shows
                && BODY.contains(&key)
                && tree::items(text, token.start)
                    .next()
                    .is_some_and(|item| is_event(&text[item.start..item.end])) =>
        {
            return made(Cow::Borrowed(raw), Trust::Parsed, false);
        }
        TokenKind::Array if !shows => {
            let plain = from_list(text, token).filter(|plain| is_body(plain))?;
            return made(Cow::Owned(plain), Trust::Encoded, true);
        }
        TokenKind::String { .. } => {}
        _ => return None,
    }
    let string = bytes_of(tree::string(text, token)?);
    // A lone surrogate or a byte that is not UTF-8 cannot have come through a string.
    let as_sent = memchr::memmem::find(&string, "\u{fffd}".as_bytes()).is_none();
    if is_body(&string) {
        return made(string, Trust::Raw, as_sent);
    }
    if !shows {
        let mut plain = Vec::new();
        let encoded = memchr::memmem::find(&string, b";base64,").map_or(&string[..], |at| &string[at + 8..]);
        let is = looks_encoded(encoded) && base64::decode(encoded, &mut plain).is_ok();
        return if is && is_body(&plain) { made(Cow::Owned(plain), Trust::Encoded, as_sent) } else { None };
    }
    if let Some(plain) = from_url(&string).filter(|plain| is_body(plain)) {
        return made(Cow::Owned(plain), Trust::Encoded, false);
    }
    // A document that holds headers, too, is a record of its own.
    if headers::is_in(&string) {
        return None;
    }
    let mut braces = memchr::memchr_iter(b'{', &string).take(TRIES);
    let document = braces.find_map(|brace| {
        let value = Cursor::new(&string, brace).value(0).ok()?;
        is_event(&string[brace..value.end]).then_some(brace..value.end)
    });
    // What stands around it may hold another.
    let document = document.filter(|document| {
        !trace::is_in(&string[..document.start]) && !trace::is_in(&string[document.end..])
    })?;
    made(Cow::Owned(string[document].to_vec()), Trust::Within, false)
}

/// The byte order mark.
const MARK: &[u8] = "\u{feff}".as_bytes();

pub(super) fn bytes_of(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// Whether an object is an event as the platform sends it, by its keys, and no record around one: of that it is asked in
/// each object of a record, so nothing but its own keys and those of its header is looked at.
pub(crate) fn is_event(document: &[u8]) -> bool {
    let (mut event, mut envelope, mut challenge, mut action, mut opened) =
        (false, false, false, false, false);
    for (key, value) in tree::members(document, 0) {
        let (is_object, is_string) = (tree::is_object(value), tree::is_string(value));
        match &*key {
            "encrypt" if is_string => return true,
            "header" if is_object => {
                let mut keys = tree::members(document, value.start).map(|(key, _)| key);
                return keys.any(|key| matches!(&*key, "event_type" | "event_id"));
            }
            "event" => event = is_object,
            "challenge" => challenge = is_string,
            "action" => action = is_object,
            "open_id" | "open_message_id" => opened = true,
            "schema" | "ts" | "uuid" | "token" | "type" => envelope = true,
            _ => {}
        }
    }
    envelope && (event || challenge) || action && opened
}

/// Whether a text is a body: an event in JSON, or several.
pub(super) fn is_body(text: &[u8]) -> bool {
    let text = text.strip_prefix(MARK).unwrap_or(text).trim_ascii();
    let begins = matches!(text.first(), Some(b'{' | b'['));
    let mut cursor = Cursor::new(text, 0);
    let mut is_json = || {
        while cursor.space().is_some() {
            if cursor.value(0).is_err() {
                return false;
            }
        }
        true
    };
    let ours = begins && if text[0] == b'[' { trace::is_in(text) } else { is_event(text) };
    ours && is_json()
}

/// What a list of bytes stands for: `[123,34,..]`.
pub(super) fn from_list(text: &[u8], token: Token) -> Option<Vec<u8>> {
    let byte = |item: Token| str::from_utf8(&text[item.start..item.end]).ok()?.parse().ok();
    matches!(byte(tree::items(text, token.start).next()?)?, b'{' | b'[' | 0xef)
        .then(|| tree::items(text, token.start).map(byte).collect::<Option<_>>())?
}

/// Whether a text may be an object, a list or a byte order mark in base64.
pub(in crate::container) fn looks_encoded(text: &[u8]) -> bool {
    text.len() >= 16
        && matches!(text, [b'e', b'w'..=b'z' | b'0'..=b'9' | b'+' | b'/', ..] | [b'W', b'w'..=b'z' | b'0'..=b'9' | b'+' | b'/', ..] | [b'7', b'7', ..])
}

/// The text of a URL or of a form, from its first brace or bracket that is encoded.
pub(super) fn from_url(text: &[u8]) -> Option<Vec<u8>> {
    let start = ["%7B", "%7b", "%5B", "%5b"]
        .iter()
        .filter_map(|brace| memchr::memmem::find(text, brace.as_bytes()))
        .min()?;
    let end = memchr::memchr(b'&', &text[start..]).map_or(text.len(), |length| start + length);
    let mut rest = &text[start..end];
    let mut plain = Vec::with_capacity(rest.len());
    while let [byte, after @ ..] = rest {
        let (byte, after) = match (byte, after) {
            (b'+', after) => (b' ', after),
            (b'%', [high, low, after @ ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                (u8::try_from(digit(high)? << 4 | digit(low)?).ok()?, after)
            }
            (b'%', _) => return None,
            (byte, after) => (*byte, after),
        };
        plain.push(byte);
        rest = after;
    }
    Some(plain)
}
