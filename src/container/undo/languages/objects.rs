//! Objects of a program in the words of their own classes, which have no event in them that could be read: they are told.

use crate::steps::took;

use super::{JAVA_OBJECT, PYTHON_OBJECT};
use crate::container::undo::{Passage, Undone};

/// How far before the trace the name of a class is looked for.
const BEFORE: usize = 4096;

/// `LarkEvent(schema=2.0, header=LarkEvent.Header(eventId=..))`, `Event[schema=2.0]`, `Event{schema='2.0'}`: what
/// toString of a class of Java or Kotlin prints, by hand, of a record or by Lombok.
pub fn java(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, .. } = *passage;
    let line = passage.line_start(at).max(at.saturating_sub(BEFORE));
    let head = &text[line..(at + 64).min(text.len())];
    took(head.len());
    let mut brackets = memchr::memchr3_iter(b'(', b'[', b'{', head).filter(|bracket| line + bracket <= at);
    let Some(bracket) =
        brackets.find(|bracket| is_class(&head[..*bracket]) && is_member(&head[bracket + 1..]))
    else {
        return Undone::No;
    };
    let name = head[..bracket].iter().rev().take_while(|byte| is_in_class(**byte)).count();
    told(passage, line + bracket - name, &JAVA_OBJECT)
}

/// `<lark_oapi.api.im.v1.model.P2ImMessageReceiveV1 object at 0x7f0c1c0d5e50>`
pub fn python(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, .. } = *passage;
    let line = passage.line_start(at).max(at.saturating_sub(BEFORE));
    took(at - line);
    let Some(start) = memchr::memrchr(b'<', &text[line..at]).map(|start| line + start) else {
        return Undone::No;
    };
    let name = text[start + 1..]
        .iter()
        .take(BEFORE)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"._".contains(byte));
    let end = start + 1 + name.count();
    if end <= at || !text[end..].starts_with(b" object at 0x") {
        return Undone::No;
    }
    told(passage, start, &PYTHON_OBJECT)
}

/// The object reaches to the end of its line.
fn told(passage: &Passage<'_>, start: usize, about: &'static crate::container::FormInfo) -> Undone {
    match passage.line_end(passage.at) {
        Some(end) => Undone::Lost { span: start..end, about },
        None => Undone::More,
    }
}

fn is_in_class(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.$".contains(&byte)
}

/// Whether a text ends with the name of a class, which has a capital.
fn is_class(before: &[u8]) -> bool {
    let name = before.iter().rev().take(200).take_while(|byte| is_in_class(**byte)).count();
    let name = &before[before.len() - name..];
    let last = name.rsplit(|byte| b".$".contains(byte)).next().unwrap_or_default();
    last.first().is_some_and(u8::is_ascii_uppercase)
}

/// Whether `name=` stands here.
fn is_member(rest: &[u8]) -> bool {
    let name = rest.iter().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let lower = rest.first().is_some_and(u8::is_ascii_lowercase);
    lower && rest[name..].starts_with(b"=") && !rest[name..].starts_with(b"==")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing;
    use super::*;

    #[test]
    fn objects_are_told_to_the_end_of_their_line() {
        for text in [
            "INFO c.e.C - LarkEvent(schema=2.0, header=LarkEvent.Header(eventId=5d1c, event_type=x))\nnext",
            "got Encrypted[encrypt=AAAA]",
            "got com.example.Body{encrypt='AAAA'}\nnext",
        ] {
            let Undone::Lost { span, about } = testing::undone(java, text) else { panic!("{text}") };
            assert_eq!(span.end, text.find('\n').unwrap_or(text.len()), "{text}");
            assert!(text.as_bytes()[span.start].is_ascii_alphabetic(), "{text}");
            assert!(about.name.en.contains("toString of a Java object") && about.name.en.contains("Lombok"));
        }
        let text = "event <sdk.model.event_type.Created object at 0x7f0c1c0d5e50> ok\nnext";
        let Undone::Lost { span, about } = testing::undone(python, text) else { panic!() };
        assert_eq!(&text[span], "<sdk.model.event_type.Created object at 0x7f0c1c0d5e50> ok");
        assert!(about.lost.is_some_and(|lost| lost.en.contains("object at")));
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in [
            "event_type",
            "call(event_type=x)",
            "{schema=2.0, event_type=x}",
            "Call(a == event_type)",
            "Map{\"event_type\":1}",
            "<a href=\"event_type\">",
            "<event_type>",
            "List(event_type)",
            "if (a=b) { event_type }",
        ] {
            assert!(matches!(testing::undone(java, text), Undone::No), "{text}");
            assert!(matches!(testing::undone(python, text), Undone::No), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn any_text_is_answered(noise: Vec<u8>, last: bool) {
            let passage = Passage { text: &noise, at: noise.len() / 2, broken: None, last, most: 1000 };
            let _ = (java(&passage), python(&passage));
        }
    }
}
