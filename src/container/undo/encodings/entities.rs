//! The references of HTML and XML: `{&quot;schema&quot;: &quot;2.0&quot;`, also by number (`&#34;`, `&#x22;`) and
//! escaped again (`&amp;quot;`).

use crate::lang::label;
use crate::origin::Step;

use super::brackets::{Object, Plain, Sign, around};
use crate::container::undo::{Passage, Undone};
use crate::container::{FormInfo, form::RAW_BODY};

/// Text that cannot be given back sign by sign.
static AMBIGUOUS: FormInfo = FormInfo {
    name: label(
        "只为 HTML 转义了一部分，或用了 HTML 特有名称的文本",
        "text that is escaped for HTML in part, or with names that HTML alone knows",
    ),
    lost: Some(label(
        "哪些 & 是转义过的，或某个名称代表什么",
        "which of its signs & were escaped, or what a name stands for",
    )),
    capture: Some(RAW_BODY),
};

/// The names that XML has. HTML has 2,000 more, for characters that need no escape.
const NAMES: [(&[u8], char); 6] =
    [(b"quot", '"'), (b"amp", '&'), (b"lt", '<'), (b"gt", '>'), (b"apos", '\''), (b"nbsp", '\u{a0}')];
/// No reference to a character is longer.
const LONGEST: usize = 12;

/// Undoes the references in the object around the trace: in a text or an attribute, or in a line.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, .. } = *passage;
    let at = passage.word();
    let Some(quote) = quote_before(&text[..at]) else { return Undone::No };
    let from = memchr::memrchr3(b'<', b'>', b'"', &text[..at]).map_or(0, |end| end + 1);
    let (mut bare, mut escaped, mut unknown) = (false, false, false);
    let sign = |place: usize| match text[place] {
        b'<' | b'"' => None,
        b'&' => Some(match reference(&text[place..]) {
            Some((Reference::Character(character), length)) => {
                escaped |= character == '&';
                let quote =
                    character == quote || character == '&' && is_quote(&text[place + length..], quote);
                Sign { plain: Plain::Character(character), length, quote }
            }
            Some((Reference::Unknown, length)) => {
                unknown = true;
                Sign { plain: Plain::Bytes(&text[place..place + length]), length, quote: false }
            }
            None => {
                bare = true;
                Sign { plain: Plain::Byte(b'&'), length: 1, quote: false }
            }
        }),
        byte => Some(Sign { plain: Plain::Byte(byte), length: 1, quote: false }),
    };
    let Object { span, plain, open } = around(text, from, at, passage.most, sign);
    match () {
        () if plain.len() > passage.most => Undone::TooLarge(span),
        () if open && !passage.last => Undone::More,
        () if unknown || bare && escaped => Undone::Lost { span, about: &AMBIGUOUS },
        () => Undone::Made { span, plain, step: Step::Entities, about: None },
    }
}

/// What a reference stands for.
pub(super) enum Reference {
    /// This.
    Character(char),
    /// A name that is not known here, or a number that means one thing to some and another to others.
    Unknown,
}

/// The reference at the beginning of `text`, and its length.
pub(super) fn reference(text: &[u8]) -> Option<(Reference, usize)> {
    let near = &text[..text.len().min(LONGEST)];
    let end = memchr::memchr(b';', near)?;
    let name = near.get(1..end).filter(|name| !name.is_empty())?;
    let referred = if let Some(number) = name.strip_prefix(b"#") {
        let (digits, base) = match number {
            [b'x' | b'X', digits @ ..] => (digits, 16),
            digits => (digits, 10),
        };
        let digits = str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
        // Browsers take these for the signs of Windows, XML does not.
        char::from_u32(u32::from_str_radix(digits, base).ok()?)
            .filter(|sign| !('\u{80}'..'\u{a0}').contains(sign))
    } else if name.iter().all(u8::is_ascii_alphanumeric) {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, character)| *character)
    } else {
        return None;
    };
    Some((referred.map_or(Reference::Unknown, Reference::Character), end + 1))
}

/// Whether a name follows an escaped `&` that makes it a quote: `quot;`, `amp;quot;`.
fn is_quote(mut rest: &[u8], quote: char) -> bool {
    while let Some(inner) = rest.strip_prefix(b"amp;") {
        rest = inner;
    }
    let near = [b"&", &rest[..rest.len().min(LONGEST)]].concat();
    matches!(reference(&near), Some((Reference::Character(character), _)) if character == quote)
}

/// The quote to which a reference stands before a trace.
fn quote_before(before: &[u8]) -> Option<char> {
    let before = before.strip_suffix(b";").map(|_| &before[before.len().saturating_sub(4 * LONGEST)..])?;
    let mut rest = &before[memchr::memrchr(b'&', before)? + 1..];
    while let Some(inner) = rest.strip_prefix(b"amp;") {
        rest = inner;
    }
    match reference(&[b"&", rest].concat())? {
        (Reference::Character(quote @ ('"' | '\'')), length) if length == rest.len() + 1 => Some(quote),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{made, passage};
    use super::*;

    fn found(text: &str) -> Option<(&str, String)> {
        made(undo, text, text.find("event_type").unwrap())
    }

    #[test]
    fn an_object_ends_with_its_brace_and_not_with_one_in_a_string() {
        for (before, object, behind, plain) in [
            (
                "<pre>",
                "{\n  &quot;event_type&quot;: &quot;}&lt;&quot;\n}",
                "</pre>\n{",
                "{\n  \"event_type\": \"}<\"\n}",
            ),
            (
                "value=\"",
                "{&#34;event_type&#34;:&#34;\\&#34;}&#34;}",
                "\" x=\"{\"",
                "{\"event_type\":\"\\\"}\"}",
            ),
            ("INFO {x} body=", "{&#x22;event_type&#X22;:[1]}", " {\nnext }", "{\"event_type\":[1]}"),
            (
                "",
                "{&amp;quot;event_type&amp;quot;:&amp;quot;}&amp;amp;&amp;quot;}",
                " &quot;",
                "{&quot;event_type&quot;:&quot;}&amp;&quot;}",
            ),
            ("", "{&#39;event_type&#39;: &#39;}&#39;}", "", "{'event_type': '}'}"),
            ("cut {&quot;a&quot;: {&quot;b\n", "{&quot;event_type&quot;:1}", "", "{\"event_type\":1}"),
            (
                "",
                "{&quot;event_type&quot;:&quot;&apos;&gt;&nbsp;&#x7b2c;&quot;}",
                "",
                "{\"event_type\":\"'>\u{a0}第\"}",
            ),
        ] {
            let text = format!("{before}{object}{behind}");
            assert_eq!(found(&text).unwrap(), (object, plain.to_owned()), "{text}");
        }
    }

    #[test]
    fn an_object_that_was_cut_ends_with_its_line() {
        for (object, behind) in [
            ("{&quot;event_type&quot;:&quot;a b", "\n12:01 next &quot;\n}"),
            ("{&quot;event_type&quot;:&quot;a b", "<br>{"),
            ("{&quot;event_type&quot;:", ""),
            ("&quot;event_type&quot;:1}", "\n{&quot;"),
        ] {
            let text = format!("{object}{behind}");
            assert_eq!(found(&text).unwrap(), (object, object.replace("&quot;", "\"")), "{text}");
        }
    }

    #[test]
    fn a_colour_before_an_object_does_not_make_it_go_on_over_the_next_lines() {
        let object = "{&quot;event_type&quot;:[1]}";
        for text in [format!("\u{1b}[32mINFO\u{1b}[0m {object}\nnext\n"), format!("[{object},\n{object}]\n")]
        {
            assert_eq!(found(&text).unwrap(), (object, "{\"event_type\":[1]}".to_owned()), "{text:?}");
        }
    }

    #[test]
    fn text_that_is_escaped_in_part_is_not_guessed() {
        for text in [
            "{&quot;event_type&quot;:&quot;?a=1&b=2&amp;c&quot;}",
            "{&quot;event_type&quot;:&quot;caf&eacute;&quot;}",
            "{&quot;event_type&quot;:&quot;a &#150; b&quot;}",
        ] {
            let answer = undo(&passage(text.as_bytes(), text.find("event_type").unwrap()));
            assert!(matches!(answer, Undone::Lost { .. }), "{text}");
        }
        let text = "{&quot;event_type&quot;:&quot;?a=1&b=2&quot;}";
        assert_eq!(found(text).unwrap().1, "{\"event_type\":\"?a=1&b=2\"}");
    }

    #[test]
    fn text_that_is_not_escaped_is_left_where_it_stands() {
        for text in ["{\"event_type\":\"&quot;\"}", "a &lt;event_type&gt;", "&event_type;", ";event_type"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
