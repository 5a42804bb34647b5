//! A text out of the JSON string that holds it, in one pass: for documents that stand within others, whose every quote
//! is escaped.

use super::plain_end;

/// Stretches between escapes are mostly shorter, and copied at once.
const BLOCK: usize = 16;

/// Puts what the string says whose opening quote stands at `at` into `out`, in place of what is there, and says where the
/// string ends. `None` where it does not end, has a control character in it or an escape by number: what is in `out`
/// then means nothing.
pub(crate) fn unquote(text: &[u8], at: usize, out: &mut Vec<u8>) -> Option<usize> {
    let (mut from, mut to) = (at + 1, 0);
    loop {
        let stop = plain_end(text, from);
        let length = stop - from;
        if to + length + BLOCK > out.len() {
            out.resize(2 * (to + length + BLOCK), 0);
        }
        match text.get(from..from + BLOCK) {
            Some(block) if length <= BLOCK => out[to..to + BLOCK].copy_from_slice(block),
            _ => out[to..to + length].copy_from_slice(&text[from..stop]),
        }
        to += length;
        out[to] = match text.get(stop)? {
            b'"' => {
                out.truncate(to);
                return Some(stop + 1);
            }
            b'\\' => match text.get(stop + 1)? {
                sign @ (b'"' | b'\\' | b'/') => *sign,
                b'n' => b'\n',
                b't' => b'\t',
                b'r' => b'\r',
                b'b' => 8,
                b'f' => 12,
                _ => return None,
            },
            _ => return None,
        };
        (from, to) = (stop + 2, to + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Cursor, tree};
    use proptest::prelude::*;

    #[test]
    fn a_string_says_the_same_as_when_it_is_unescaped() {
        for body in [
            "",
            "plain",
            "longer than a block of sixteen bytes, and then some",
            r#"{\"a\":\"b\\\"c\\/\",\"d\":[]}\n"#,
            r"\\\b\f\n\r\t\/",
        ] {
            let text = format!("x\"{body}\"y");
            let mut out = b"left over".to_vec();
            assert_eq!(unquote(text.as_bytes(), 1, &mut out), Some(text.len() - 1), "{body}");
            let token = Cursor::new(text.as_bytes(), 1).string().unwrap();
            assert_eq!(out, tree::string(text.as_bytes(), token).unwrap().as_bytes(), "{body}");
        }
    }

    #[test]
    fn what_is_no_such_string_is_refused() {
        for text in [r#""\u0061""#, r#""a"#, r#""a\"#, r#""\x""#, "\"a\nb\"", "\""] {
            assert_eq!(unquote(text.as_bytes(), 0, &mut Vec::new()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_out_is_what_the_string_says(body in "[a-z\\\\\"/nrtu浙 ]{0,60}", behind in "[\" a]{0,20}") {
            let text = format!("\"{body}\"{behind}");
            let mut out = Vec::new();
            if let Some(end) = unquote(text.as_bytes(), 0, &mut out) {
                let token = Cursor::new(text.as_bytes(), 0).string().unwrap();
                prop_assert_eq!(token.end, end);
                let said = tree::string(text.as_bytes(), token).unwrap();
                prop_assert_eq!(said.as_bytes(), out);
            }
        }
    }
}
