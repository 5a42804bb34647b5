//! URL encoding: `payload=%7B%22schema%22%3A+%222.0%22..`, as forms and queries have it, once or several times.

use crate::lang::label;
use crate::origin::Step;
use crate::steps::took;

use super::base64::pair;
use super::entities::{Reference, reference};
use crate::container::trace::{self, BEGINNING, opens};
use crate::container::undo::{Decoded, Passage, Undone};
use crate::container::{FormInfo, form::RAW_BODY};

/// Text in which a plus may be one, or a blank.
static AMBIGUOUS: FormInfo = FormInfo {
    name: label("加号可能表示空格的 URL 编码", "URL encoding in which a plus may stand for a blank"),
    lost: Some(label(
        "哪些 + 原来是空格：它们旁边的内容没有按表单的方式转义",
        "which of its signs + were blanks: what stands beside them is not escaped as in a form",
    )),
    capture: Some(RAW_BODY),
};

/// Text in which an ampersand may be one, or the beginning of a reference.
static ESCAPED_AGAIN: FormInfo = FormInfo {
    name: label("可能又为 HTML 转义过的 URL 编码", "URL encoding that may have been escaped for HTML"),
    lost: Some(label(
        "其中的 &amp; 之类是一个字符还是几个字符",
        "whether &amp; and the like in it are one sign or several",
    )),
    capture: Some(RAW_BODY),
};

/// Before a word of an event stands the escape of a quote, so near at least.
const NEAR: usize = 64;

/// Undoes the URL encoding around the trace.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, most, .. } = *passage;
    let at = passage.word();
    let near = (at.saturating_sub(NEAR)..=at).rev().find(|near| is_beginning(&text[*near..]));
    // Where no word of the trace can be seen, what is encoded begins here.
    let hidden = near.is_none_or(|near| near == at);
    if hidden && !opens(&beginning(&text[at..text.len().min(at + BEGINNING)]), LAYERS) {
        return Undone::No;
    }
    let parted = is_parted(&text[at..]);
    let belongs = |byte: &u8| is_url(*byte) && !(parted && *byte == b'&');
    // Each of several places in a text may be the beginning of something hidden: only what is near is looked at then.
    let most_before = if hidden { NEAR } else { at };
    let before = text[..at].iter().rev().take(most_before).take_while(|byte| belongs(byte)).count();
    if hidden && before == NEAR {
        return Undone::No;
    }
    let length = text[at..].iter().take(most.saturating_mul(6)).take_while(|byte| belongs(byte)).count();
    let (from, until) = (at - before, at + length);
    took(until - from);
    let begins = |place: &usize| hidden && *place == at || is_beginning(&text[*place..]);
    let Some(mut start) = (from..=at).find(begins) else { return Undone::No };
    // What is encoded twice holds no blank.
    let twice = near.is_some_and(|near| text[near..].starts_with(b"%25"));
    let plus = if twice { Some(b'+') } else { plus(&text[start..until], parted) };
    loop {
        let Decoded { end, plain, .. } = decode(&text[start..until], plus.unwrap_or(b'+'), most);
        let span = start..start + end;
        // An escape that is none may stand before the trace.
        if span.end <= at {
            match (span.end + 1..=at).find(begins) {
                Some(next) => start = next,
                None => return Undone::No,
            }
            continue;
        }
        return match () {
            () if plain.len() > most => Undone::TooLarge(span),
            () if until == text.len() && !passage.last => Undone::More,
            () if !trace::shows(&plain) => Undone::No,
            () if plus.is_none() => Undone::Lost { span, about: &AMBIGUOUS },
            // Forms escape ampersands.
            () if !parted && has_reference(&text[span.clone()]) => {
                Undone::Lost { span, about: &ESCAPED_AGAIN }
            }
            () => Undone::Made { span, plain, step: Step::UrlEncoded, about: None },
        };
    }
}

/// How many encodings are looked through for what one begins with.
const LAYERS: usize = 3;

/// What `text` begins with, if something in it is escaped.
pub(in crate::container) fn beginning(text: &[u8]) -> Vec<u8> {
    // What shows an encoding begins with at most so many bytes that are not escaped: `<Buffer%207b`, `POST%20`.
    const NEAR: usize = 16;
    if memchr::memchr(b'%', &text[..text.len().min(NEAR)]).is_none() {
        return Vec::new();
    }
    let length = text.iter().take_while(|byte| is_url(**byte)).count();
    took(length);
    if !text[..length].contains(&b'%') {
        return Vec::new();
    }
    decode(&text[..length], b' ', BEGINNING).plain
}

/// Whether URL encoding may stand around this byte. What is escaped by one tool and not by another need not be told
/// apart here: it means the same.
fn is_url(byte: u8) -> bool {
    !(byte <= b' ' || byte == 0x7f || b"\"<>\\^`{|}".contains(&byte))
}

/// Whether what begins here is the escape of what JSON begins with or has around its words, encoded once or more.
fn is_beginning(text: &[u8]) -> bool {
    let Some(mut rest) = text.strip_prefix(b"%") else { return false };
    while let Some(inner) = rest.strip_prefix(b"25").filter(|inner| inner.len() >= 2) {
        rest = inner;
    }
    // `"`, `&`, `'`, `[`, `\\`, `{`
    matches!(rest, [b'2', b'2' | b'6' | b'7', ..] | [b'5' | b'7', b'B' | b'b', ..] | [b'5', b'C' | b'c', ..])
}

/// Whether a form or a query escapes all signs, so that `&` parts it: the first colon or comma behind the trace tells.
/// Where a whole URL was encoded, they stand as they are, and so does `&`.
fn is_parted(text: &[u8]) -> bool {
    let near = &text[..text.len().min(NEAR)];
    near.iter().position(|byte| b":,".contains(byte)).is_none_or(|plain| {
        let escapes: [&[u8]; 4] = [b"%3A", b"%3a", b"%2C", b"%2c"];
        escapes.iter().any(|escape| memchr::memmem::find(&near[..plain], escape).is_some())
    })
}

/// Whether a reference of HTML may stand in what is encoded.
fn has_reference(encoded: &[u8]) -> bool {
    took(encoded.len());
    memchr::memchr_iter(b'&', encoded)
        .any(|at| matches!(reference(&encoded[at..]), Some((Reference::Character(_), _))))
}

/// What a plus stands for: itself, or a blank; `None` where that cannot be told.
fn plus(encoded: &[u8], parted: bool) -> Option<u8> {
    let has = |escape: &[u8]| memchr::memmem::find(encoded, escape).is_some();
    took(encoded.len());
    if !encoded.contains(&b'+') || has(WIDE) {
        return Some(b'+');
    }
    match (has(b"%20"), has(b"%2B") || has(b"%2b")) {
        // Both are escaped, so that there should be no plus.
        (true, true) => None,
        (true, false) => Some(b'+'),
        (false, true) => Some(b' '),
        // Forms escape each other sign, too; who escapes a whole URL, none.
        (false, false) if !parted => Some(b'+'),
        (false, false) => {
            let last = memchr::memrchr(b'%', encoded).unwrap_or_default();
            encoded[..last].iter().all(|byte| in_form(*byte)).then_some(b' ')
        }
    }
}

/// Whether this byte stands in forms as they are sent.
fn in_form(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"%+=*-._~".contains(&byte)
}

/// How JavaScript's escape() begins a character beyond U+00FF. It escapes characters where others do bytes, and no plus.
const WIDE: &[u8] = b"%u";

/// Undoes the escapes of `encoded` up to one that is none, or is cut: at most a few bytes more than `most`.
fn decode(encoded: &[u8], plus: u8, most: usize) -> Decoded {
    let mut plain = Vec::new();
    let mut at = 0;
    let characters = memchr::memmem::find(encoded, WIDE).is_some();
    while plain.len() <= most
        && let Some(byte) = encoded.get(at)
    {
        let mut length = 1;
        match byte {
            b'%' => match escape(&encoded[at..]) {
                Some((Escaped::Byte(byte), signs)) if !characters => {
                    plain.push(byte);
                    length = signs;
                }
                Some((escaped, signs)) => {
                    let character = match escaped {
                        Escaped::Byte(byte) => char::from(byte),
                        Escaped::Character(character) => character,
                    };
                    plain.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    length = signs;
                }
                None => break,
            },
            b'+' => plain.push(plus),
            byte => plain.push(*byte),
        }
        at += length;
    }
    took(at);
    Decoded { end: at, plain, open: false }
}

enum Escaped {
    Byte(u8),
    Character(char),
}

/// What the escape at the beginning of `text` stands for, and its length.
fn escape(text: &[u8]) -> Option<(Escaped, usize)> {
    match *text {
        // As JavaScript's escape() has characters beyond U+00FF.
        [b'%', b'u', ..] => {
            let high = unit(text)?;
            if !(0xd800..0xdc00).contains(&high) {
                return Some((Escaped::Character(char::from_u32(high)?), 6));
            }
            let low = unit(&text[6..])?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
            let character = char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)?;
            Some((Escaped::Character(character), 12))
        }
        [b'%', high, low, ..] => Some((Escaped::Byte(pair(high, low)?), 3)),
        _ => None,
    }
}

/// The number in `%u4e00`.
fn unit(text: &[u8]) -> Option<u32> {
    let [b'%', b'u', a, b, c, d, ..] = *text else { return None };
    Some(u32::from(pair(a, b)?) << 8 | u32::from(pair(c, d)?))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{made, passage};
    use super::*;

    fn at(text: &str) -> usize {
        text.find("event_type").unwrap()
    }

    #[test]
    fn a_plus_is_a_blank_in_forms_alone() {
        for (text, plain) in [
            // A form, with blanks in and between strings.
            ("%7B%22event_type%22%3A+%22a+b%22%7D", r#"{"event_type": "a b"}"#),
            ("%7B%22event_type%22%3A+%22%2B8%22%7D", r#"{"event_type": "+8"}"#),
            // The whole URL, in which a plus stands as it is.
            ("%7B%22event_type%22:%22a+b%22%7D", r#"{"event_type":"a+b"}"#),
            ("%7B%22event_type%22:%20%22a+b%22%7D", r#"{"event_type": "a+b"}"#),
            ("%7B%22event_type%22%3A%20%22a%2Bb%22%7D", r#"{"event_type": "a+b"}"#),
            // Twice: the form is inside, and its blanks are no matter yet.
            ("%257B%2522event_type%2522%253A+%25221%2522%257D", "%7B%22event_type%22%3A+%221%22%7D"),
        ] {
            assert_eq!(made(undo, text, at(text)).unwrap(), (text, plain.to_owned()), "{text}");
        }
        for text in [
            "%7B%22event_type%22%3A%20%22a+b%2Bc%22%7D",
            // Some leave a plus as it is, and escape colons, but not commas.
            "%7B%22event_type%22%3A%22a+b%22,%22c%22%3A1%7D",
        ] {
            assert!(matches!(undo(&passage(text.as_bytes(), at(text))), Undone::Lost { .. }), "{text}");
        }
    }

    #[test]
    fn what_may_be_escaped_for_html_as_well_is_not_guessed() {
        let text = "%7B%22event_type%22:%22a&amp;b%22%7D";
        assert!(matches!(undo(&passage(text.as_bytes(), at(text))), Undone::Lost { .. }));
        let text = "%7B%22event_type%22:%22?a=1&b=2%22%7D";
        assert_eq!(made(undo, text, at(text)).unwrap().1, r#"{"event_type":"?a=1&b=2"}"#);
    }

    #[test]
    fn other_parts_of_a_form_are_left_out_with_their_signs() {
        let text = "GET /cb?a=%22x&payload=%7B%22event_type%22%3A%20%22a%2Bb%22%7D&at=09:17+08:00 HTTP/1.1";
        let found = made(undo, text, at(text)).unwrap();
        assert_eq!(found, ("%7B%22event_type%22%3A%20%22a%2Bb%22%7D", r#"{"event_type": "a+b"}"#.to_owned()));
        let text = "curl 'https://x.test/cb,1?payload=%7B%22event_type%22%3A+%22a+b%22%7D', next";
        assert_eq!(made(undo, text, at(text)).unwrap().1, r#"{"event_type": "a b"}',"#);
    }

    #[test]
    fn an_escape_that_is_cut_or_none_ends_what_is_read() {
        for (text, found) in [
            (
                "body=%7B%22event_type%22%3A%22%E7%AC%A",
                ("%7B%22event_type%22%3A%22%E7%AC", "{\"event_type\":\"\u{fffd}"),
            ),
            ("%22%zz%7B%22event_type%22%3A%", ("%7B%22event_type%22%3A", "{\"event_type\":")),
            ("body=%7B%22event_type%22%3A%22\nnext%20", ("%7B%22event_type%22%3A%22", "{\"event_type\":\"")),
        ] {
            let Undone::Made { span, plain, .. } = undo(&passage(text.as_bytes(), at(text))) else {
                panic!("{text}")
            };
            assert_eq!((&text[span], &*String::from_utf8_lossy(&plain)), found, "{text}");
        }
    }

    #[test]
    fn characters_that_javascript_escaped_are_not_taken_for_bytes() {
        let text = "%7B%22event_type%22%3A%22caf%E9+%u7B2C%uD83D%uDE00%22%7D";
        assert_eq!(made(undo, text, at(text)).unwrap().1, "{\"event_type\":\"café+第😀\"}");
    }

    #[test]
    fn a_query_without_json_is_left_where_it_stands() {
        for text in ["/?event_type=a%20b", "100% of event_type", "event_type", "a%3Devent_type"] {
            assert!(matches!(undo(&passage(text.as_bytes(), at(text))), Undone::No), "{text}");
        }
        let text = "%7B%22event_type%22%3A1%7D";
        let part = Passage { last: false, ..passage(text.as_bytes(), at(text)) };
        assert!(matches!(undo(&part), Undone::More));
        assert!(matches!(undo(&Passage { most: 9, ..part }), Undone::TooLarge(_)));
    }
}
