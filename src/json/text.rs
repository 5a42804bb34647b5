//! The text of a JSON string: unescaping it and finding lone surrogates.

use std::borrow::Cow;

use super::scan::{find, plain_end};

/// The text of a string, borrowed where nothing was escaped.
pub type Unescaped<'t> = Cow<'t, str>;

/// The text between the quotes of a valid JSON string. Bytes that are not UTF-8 and lone surrogates become U+FFFD:
/// both have findings of their own.
pub fn unescape(body: &[u8]) -> Unescaped<'_> {
    if find(body, b'\\').is_none() {
        // Several times as fast, and nearly always enough.
        return match str::from_utf8(body) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(body),
        };
    }
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = find(rest, b'\\') {
        text.push_str(&String::from_utf8_lossy(&rest[..at]));
        rest = &rest[at..];
        let (c, length) = escaped_char(rest);
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = &rest[length.min(rest.len())..];
    }
    text.push_str(&String::from_utf8_lossy(rest));
    Cow::Owned(text)
}

/// Hands the text between the quotes of a valid JSON string to `each`, piece by piece and without making a string of
/// it: stretches without an escape as they stand, escaped characters one by one. Never cuts a character in two.
pub(crate) fn pieces(body: &[u8], mut each: impl FnMut(&[u8])) {
    let mut rest = body;
    while let Some(at) = find(rest, b'\\') {
        each(&rest[..at]);
        let (c, length) = escaped_char(&rest[at..]);
        each(c.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]).as_bytes());
        rest = &rest[(at + length).min(rest.len())..];
    }
    each(rest);
}

/// The character of the escape at the start of `rest` (`None` for a lone surrogate) and the length of the escape.
pub(super) fn escaped_char(rest: &[u8]) -> (Option<char>, usize) {
    let simple = |c| (Some(c), 2);
    match rest.get(1) {
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'n') => simple('\n'),
        Some(b'r') => simple('\r'),
        Some(b't') => simple('\t'),
        Some(b'u') => {
            let Some(high) = hex4(rest) else { return (None, 2) };
            if !(0xd800..0xdc00).contains(&high) {
                return (char::from_u32(high), 6);
            }
            match rest.get(6..).filter(|next| next.starts_with(b"\\u")).and_then(hex4) {
                Some(low) if (0xdc00..0xe000).contains(&low) => {
                    (char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)), 12)
                }
                _ => (None, 6),
            }
        }
        Some(&byte) => simple(byte as char),
        None => (None, 1),
    }
}

/// The number that the four digits of an escape write.
#[inline]
fn hex4(escape: &[u8]) -> Option<u32> {
    let digit = |byte: u8| u32::from(HEX[usize::from(byte)]);
    let [a, b, c, d] = *escape.get(2..)?.first_chunk()?;
    let (a, b, c, d) = (digit(a), digit(b), digit(c), digit(d));
    ((a | b | c | d) < 16).then_some(a << 12 | b << 8 | c << 4 | d)
}

/// What each byte is as a hexadecimal digit; 16 for those that are none.
static HEX: [u8; 256] = {
    let mut values = [16; 256];
    let mut digit = 0;
    while digit < 16 {
        values[b"0123456789abcdef"[digit] as usize] = digit as u8;
        values[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
};

/// One past the quote that closes the string within which `at` stands, if it is valid from there on and all its escapes
/// are characters: none is half of a surrogate pair.
pub(crate) fn characters_end(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = plain_end(text, at);
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => {}
            _ => return None,
        }
        // One escape is followed by others as a rule.
        while text.get(at) == Some(&b'\\') {
            at += match text.get(at + 1)? {
                b'u' => match hex4(&text[at..])? {
                    0xd800..0xdc00 => match text.get(at + 6..)? {
                        low @ [b'\\', b'u', ..] if (0xdc00..0xe000).contains(&hex4(low)?) => 12,
                        _ => return None,
                    },
                    0xdc00..0xe000 => return None,
                    _ => 6,
                },
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
                _ => return None,
            };
        }
    }
}

/// Where in the text between the quotes of a valid JSON string the first half of a surrogate pair without the other
/// stands, if there is one.
pub fn has_lone_surrogate(body: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = find(&body[at..], b'\\') {
        at += next;
        let (c, length) = escaped_char(&body[at..]);
        if c.is_none() {
            return Some(at);
        }
        at += length;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json::Cursor;

    #[test]
    fn escapes_are_read_as_serde_json_reads_them() {
        for body in [
            "",
            "plain",
            r"\n\t\r\b\f\/\\\u0022",
            r"\u4f60\u597d",
            r"a\ud83d\ude00b",
            "浙江\\u7701",
            r"\u0000",
        ] {
            let oracle: String = serde_json::from_str(&format!("\"{body}\"")).unwrap();
            assert_eq!(unescape(body.as_bytes()), oracle, "{body}");
            let mut text = Vec::new();
            pieces(body.as_bytes(), |piece| text.extend_from_slice(piece));
            assert_eq!(text, oracle.as_bytes(), "{body}");
            assert_eq!(has_lone_surrogate(body.as_bytes()), None, "{body}");
            for behind in ["", "}", " \\"] {
                let text = format!("{body}\"{behind}");
                assert_eq!(characters_end(text.as_bytes(), 0), Some(body.len() + 1), "{text}");
            }
        }
    }

    #[test]
    fn lone_surrogates_are_found_where_they_stand() {
        for (body, at) in [
            (r"\ud83d", 0),
            (r"ab\ude00", 2),
            (r"\ud83d\n", 0),
            (r"\ud83dA", 0),
            (r"\ud83d\ud83d\ude00", 0),
            (r"\ud83d\ude00\udead", 12),
        ] {
            assert_eq!(has_lone_surrogate(body.as_bytes()), Some(at), "{body}");
            assert!(unescape(body.as_bytes()).contains('\u{fffd}'));
            assert_eq!(characters_end(format!("{body}\"").as_bytes(), 0), None, "{body}");
            let mut text = Vec::new();
            pieces(body.as_bytes(), |piece| text.extend_from_slice(piece));
            assert_eq!(text, unescape(body.as_bytes()).as_bytes(), "{body}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_closed_is_a_string_of_characters(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "a", "浙", "\\", "\\\\", "\\n", "\\u", "\\u4f60", "\\ud83d", "\\uDE00", "\\ud83d\\ude00", "00e4", "+123", "\"", "\t",
                "a plain stretch", "\\x",
            ]), 0..8),
        ) {
            let text = pieces.concat() + "\"";
            let string = Cursor::new(format!("\"{text}").as_bytes(), 0).string().ok().map(|token| token.end - 1);
            let good = string.filter(|end| has_lone_surrogate(&text.as_bytes()[..end - 1]).is_none());
            prop_assert_eq!(characters_end(text.as_bytes(), 0), good);
        }
    }
}
