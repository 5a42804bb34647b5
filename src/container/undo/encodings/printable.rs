//! Quoted-printable, as mail has it: `=E4=B8=8A`, `=3D`, and a `=` at the end of a line that goes on in the next.

use crate::origin::Step;

use super::brackets::{Object, Plain, Sign, around};
use crate::container::undo::{Passage, Undone};

/// Lines of mail are no longer, with their ends.
const WIDEST: usize = 80;
/// So wide are those that go on, if nothing is wider than a sign.
const FULL: usize = 76;

/// Undoes quoted-printable in the object around the trace.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, .. } = *passage;
    let at = passage.word();
    // A string that breaks where its line goes on shows it, too.
    let broken = passage.broken.is_some_and(|(_, error)| ends_open(&text[..error]));
    if !broken && !is_printable(text, at) {
        return Undone::No;
    }
    // Text that is not in this encoding may stand before, as long as it does not look like an object.
    let mut valid = true;
    let mut encoded = false;
    let sign = |place: usize| {
        let signs = |plain, length| Some(Sign { quote: matches!(plain, Plain::Byte(b'"')), plain, length });
        match text[place..] {
            [b'=', b'\n', ..] => {
                encoded = true;
                signs(Plain::Nothing, 2)
            }
            [b'=', b'\r', b'\n', ..] => {
                encoded = true;
                signs(Plain::Nothing, 3)
            }
            [b'=', high, low, ..] => match pair(high, low) {
                Some(byte) => {
                    encoded = true;
                    signs(Plain::Byte(byte), 3)
                }
                None if place < at => signs(Plain::Byte(b'='), 1),
                None => {
                    valid = false;
                    None
                }
            },
            // What was cut.
            [b'=', ..] => None,
            [byte, ..] => signs(Plain::Byte(byte), 1),
            [] => None,
        }
    };
    let Object { span, plain, open } = around(text, 0, at, passage.most, sign);
    match () {
        () if !valid || !encoded => Undone::No,
        () if plain.len() > passage.most => Undone::TooLarge(span),
        () if (open || span.end + 3 > text.len()) && !passage.last => Undone::More,
        () => Undone::Made { span, plain, step: Step::Printable, about: None },
    }
}

/// The byte that two digits stand for; they are capital letters here.
fn pair(high: u8, low: u8) -> Option<u8> {
    let capital = |digit: u8| matches!(digit, b'0'..=b'9' | b'A'..=b'F');
    (capital(high) && capital(low)).then(|| super::base64::pair(high, low))?
}

/// Whether the last line of a text says at its end that it goes on, and is not base64 with its padding there.
fn ends_open(text: &[u8]) -> bool {
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    let near = &text[text.len().saturating_sub(WIDEST)..];
    let line = &near[memchr::memrchr(b'\n', near).map_or(0, |feed| feed + 1)..];
    let Some(content) = line.strip_suffix(b"=") else { return false };
    let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
    // Lines of mail that go on are full, whatever they have. One that ends with a sign of its own ends with `=3D=`.
    let is_padded = line.len().is_multiple_of(4) && line.len() != FULL && content.iter().all(is_digit);
    !content.ends_with(b"=") && !is_padded
}

/// Whether the line around the trace is one of quoted-printable: it goes on in the next, or the one before goes on in
/// it, or the quote before the trace is escaped.
fn is_printable(text: &[u8], at: usize) -> bool {
    if text[..at].ends_with(b"=22") {
        return true;
    }
    let before = &text[at.saturating_sub(WIDEST)..at];
    let behind = &text[at..text.len().min(at + WIDEST)];
    let begin = memchr::memrchr(b'\n', before);
    let end = memchr::memchr(b'\n', behind);
    begin.is_some_and(|begin| ends_open(&before[..begin]))
        || (begin.is_some() || at < WIDEST) && end.is_some_and(|end| ends_open(&behind[..end]))
}

#[cfg(test)]
mod tests {
    use super::super::tests::made;
    use super::*;
    use crate::container::trace;

    fn found(text: &str) -> Option<(&str, String)> {
        made(
            undo,
            text,
            trace::find(text.as_bytes(), 0).map_or_else(|| text.find('=').unwrap(), |word| word.start),
        )
    }

    #[test]
    fn lines_that_go_on_are_joined_and_the_others_are_not() {
        for (before, object, behind, plain) in [
            ("Subject: x\n\n", "{\"event_=\ntype\":\"=E7=AC=AC\"}", "\nnext {\n", "{\"event_type\":\"第\"}"),
            ("", "{=\r\n\"event_type\":\"a=3D}=\r\nb\"}", "\r\n", "{\"event_type\":\"a=}b\"}"),
            ("a=b=\n c\n", "=7B=22event_type=22:=\n1}", " d=e", "{\"event_type\":1}"),
            ("", "{\n  =22event_type=22: 1\n}", "\n=22", "{\n  \"event_type\": 1\n}"),
            ("", "{\"event_type\":\"a=\nb", "\nnext=\n}", "{\"event_type\":\"ab"),
            ("", "{\"event_type\":=\n\"\\=\n\"}\"}", "", "{\"event_type\":\"\\\"}\"}"),
        ] {
            let text = format!("{before}{object}{behind}");
            assert_eq!(found(&text).unwrap(), (object, plain.to_owned()), "{text}");
        }
    }

    #[test]
    fn text_in_which_a_sign_stands_as_it_is_is_another() {
        for text in [
            "{\"event_type\":\"a=20b",
            "{\"event_type\":\"?a=b\n=",
            "{\"event_type\":\"?a=b=\nc\"}",
            "{\"event_type\":\"==\nc\"}",
            "a=b event_type\nc",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        // Padding of one text of base64 above another.
        for (above, before) in
            [("TWFuIGlzIGRpc3Rpbmd1aXNoZWQ=", ""), ("TWFuIGlzIA==", "INFO a="), ("=====", "")]
        {
            let text = format!("body: {{\n{above}\n{before}eyJzY2hlbWEi\n{{\"event_type\":1}}}}");
            assert_eq!(made(undo, &text, text.find("ey").unwrap()), None, "{text}");
        }
    }
}
