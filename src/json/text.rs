//! The text of a JSON string: unescaping it and finding lone surrogates.

use std::borrow::Cow;

use super::scan::find;

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
fn escaped_char(rest: &[u8]) -> (Option<char>, usize) {
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

fn hex4(escape: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(escape.get(2..6)?).ok()?;
    u32::from_str_radix(digits, 16).ok()
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
    use super::*;

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
            let mut text = Vec::new();
            pieces(body.as_bytes(), |piece| text.extend_from_slice(piece));
            assert_eq!(text, unescape(body.as_bytes()).as_bytes(), "{body}");
        }
    }
}
