//! Documents in base64: as a line, as all of a file, somewhere in a line, in strings of JSON, as queues keep them, and
//! encrypted in one.

use std::borrow::Cow;

use crate::catalog::ENCRYPT;
use crate::finding::Span;
use crate::json::{TokenKind, tree, unescape};
use crate::origin::Step;
use crate::steps::took;

use super::base64::{is_first_line, object};
use super::{Answer, Form, Held, Inner, Part, Place, classify};

/// A line that is an object in base64.
pub(super) fn line<'t>(place: &Place<'t>) -> Answer<'t> {
    open(place, object(place.line().trim_ascii()).map(|plain| (place.at..place.end, plain)))
}

/// A file that is an object in base64, in lines.
pub(super) fn lines<'t>(place: &Place<'t>) -> Answer<'t> {
    let end = place.text.len();
    match () {
        () if !is_first_line(place.line().trim_ascii_end()) => Answer::No,
        () if !place.last => Answer::More,
        () if place.is_too_large(end) => Answer::TooLarge,
        () => match object(place.text[place.at..].trim_ascii()) {
            Some(plain) => place.whole(made(plain)),
            None => Answer::No,
        },
    }
}

/// A line with an object of the platform in base64.
pub(super) fn within<'t>(place: &Place<'t>) -> Answer<'t> {
    open(place, find(place.line()).map(|(span, plain)| (place.at + span.start..place.at + span.end, plain)))
}

fn open<'t>(place: &Place<'t>, found: Option<(Span, Vec<u8>)>) -> Answer<'t> {
    match found {
        Some((span, plain)) => Answer::Open { inner: made(plain), span, end: place.end },
        None => Answer::No,
    }
}

fn made<'t>(plain: Vec<u8>) -> Inner<'t> {
    Inner::Held(Held::Made(plain, Step::Base64))
}

/// The `encrypt` string of an encrypted body.
pub(super) fn encrypted(text: &[u8]) -> Option<Held<'_>> {
    sealed(text).map(|(place, sealed)| Held::Sealed(place, sealed))
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

/// A document of an unknown kind may hold events in strings of base64, as queues keep them.
pub(super) fn within_strings(text: &[u8]) -> Option<Held<'_>> {
    Held::parts(strings(text).map(|(string, plain)| Part::Made(plain, string)), Step::Base64)
}

/// The objects of the platform that stand in the strings of a JSON document in base64, and where.
fn strings(text: &[u8]) -> impl Iterator<Item = (Span, Vec<u8>)> {
    memchr::memmem::find_iter(text, b"\"e").filter_map(|quote| {
        let start = quote + 1;
        let length = memchr::memchr(b'"', &text[start..]);
        let string = start..length.map_or(text.len(), |length| start + length);
        // PHP escapes slashes.
        let plain = object(unescape(&text[string.clone()]).as_bytes())?;
        let form = classify(&plain);
        (form != Form::Other && !form.is_reply()).then_some((string, plain))
    })
}

/// The first object of the platform that stands in `line` in base64, and where: `body=eyJzY2hlbWEi..`.
fn find(line: &[u8]) -> Option<(Span, Vec<u8>)> {
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let mut at = 0;
    took(line.len());
    while let Some(start) = line[at..].iter().position(is_digit).map(|skipped| at + skipped) {
        at =
            line[start..].iter().position(|byte| !is_digit(byte)).map_or(line.len(), |length| start + length);
        // `body=` is made of digits, too.
        let named = memchr::memmem::find(&line[start..at], b"=e").map_or(0, |equals| equals + 1);
        let found = |start: usize| Some((start..at, object(&line[start..at])?));
        let found = found(start).or_else(|| found(start + named));
        if let Some(found) = found.filter(|(_, plain)| !matches!(classify(plain), Form::Other)) {
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::base64::encode;
    use super::*;

    #[test]
    fn an_event_is_found_within_a_line() {
        let event = encode(br#"{"schema":"2.0","header":{},"event":{}}"#);
        for (line, found) in [
            (format!("12:00 INFO body={event} ok"), true),
            (format!("12:00 INFO body: \"{event}\""), true),
            (event.clone(), true),
            (format!("12:00 INFO token={} ok", encode(br#"{"alg":"HS256"}"#)), false),
            (format!("12:00 INFO body=x{event}"), false),
            ("12:00 INFO body=eyJ".to_owned(), false),
            (String::new(), false),
        ] {
            let at = find(line.as_bytes()).map(|(span, _)| &line[span]);
            assert_eq!(at, found.then_some(&*event), "{line}");
        }
    }
}
