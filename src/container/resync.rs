//! Where reading goes on after a document that is broken or was cut: with a line that begins something of its own.

use crate::lang::{Label, label};
use crate::steps::took;

use super::{base64, curl, http, signs};

/// What is said of a line that was cut where another follows.
pub const CUT_LINE: Label = label(
    "这一行在文档中间结束了，下一行开始了另一个文档",
    "the line ends in the middle of a document, and the next one begins another",
);

/// So many bytes of a line say whether it begins something of its own.
pub const HEAD: usize = 1024;

/// How many braces of a line are looked at.
const TRIES: usize = 8;

/// Whether the line at the start of `text` begins something of its own, so that it is no part of a document that was
/// begun on an earlier line; and how many bytes must be there to say so. `None` where they are not, and may come:
/// `last` says that nothing comes after the text.
pub fn own_line(text: &[u8], last: bool) -> Option<(bool, usize)> {
    match text.first() {
        None => last.then_some((false, 0)),
        // A document; a record separator of RFC 7464.
        Some(b'{' | 0x1e) => Some((true, 1)),
        // What lines within a document begin with: they are indented, or without indentation have a string first.
        Some(b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'`' | b'}' | b']' | b',' | b':' | b'/') => {
            Some((false, 1))
        }
        Some(_) => {
            let head = &text[..text.len().min(HEAD)];
            let end = memchr::memchr(b'\n', head);
            took(end.unwrap_or(head.len()));
            match end {
                Some(end) => Some((is_own(&head[..end]), end + 1)),
                None if last || head.len() == HEAD => Some((is_own(head), head.len())),
                None => None,
            }
        }
    }
}

fn is_own(line: &[u8]) -> bool {
    if let [b'[', rest @ ..] = line {
        match rest.trim_ascii_start().first() {
            // An array of documents.
            Some(b'{') => return true,
            // A list of strings, dates perhaps.
            Some(b'"' | b'\'') => return false,
            _ => {}
        }
    }
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    signs::is_logged(line)
        || http::is_beginning(line)
        || curl::is_beginning(line)
        || base64::is_first_line(line.trim_ascii_end())
        || begins_document(line)
}

/// Whether an object of the platform begins in a line, behind whatever words.
fn begins_document(line: &[u8]) -> bool {
    let mut braces = memchr::memchr_iter(b'{', line).take(TRIES).map(|brace| &line[brace..]);
    braces.any(|text| signs::begins_document(text) || signs::is_dump(text))
}

/// The same for a line within a comment, where people may write dates: only one with a brace ends that, or base64 of an
/// object.
pub fn own_line_in_comment(text: &[u8], last: bool) -> Option<(bool, usize)> {
    let (own, needed) = own_line(text, last)?;
    let line = text[..needed].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let holds = memchr::memchr(b'{', line).is_some() || base64::is_first_line(line.trim_ascii_end());
    Some((own && holds, needed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_loggers_and_lines_with_documents_are_their_own() {
        for (line, own) in [
            ("{", true),
            ("\u{1e}{}", true),
            ("\u{feff}{\"schema\":1}", true),
            ("2026-01-02 03:04:05 INFO started", true),
            ("[2026-01-02] x", true),
            ("[INFO] x", true),
            ("<14>Jan  2 03:04:05 host app: x", true),
            ("got event {\"schema\":\"2.0\"}", true),
            ("body=\"{\\\"schema\\\":\\\"2.0\\\"}\"", true),
            ("dict {'schema': '2.0'}", true),
            ("[{\"a\":1}]", true),
            ("[ {", true),
            ("POST /webhook HTTP/1.1", true),
            ("  \"time\": \"2026-01-02 03:04:05\",", false),
            ("\"time\": \"2026-01-02 03:04:05\",", false),
            ("'level': 'info',", false),
            ("}, {\"schema\":", false),
            ("[\"2026-01-02\",", false),
            ("[[1, 2],", false),
            ("schema: '2.0',", false),
            ("header: {", false),
            ("true,", false),
            ("12,", false),
            ("words {\"a\":1}", false),
            ("", false),
        ] {
            assert_eq!(own_line(line.as_bytes(), true).map(|(own, _)| own), Some(own), "{line}");
        }
        let base64 = "eyJzY2hlbWEiOiIyLjAiLCJldmVudCI6e319".repeat(3);
        assert!(own_line(base64.as_bytes(), true).is_some_and(|(own, _)| own));
    }

    /// What is decided of a part of a line is what is decided of all of it.
    #[test]
    fn what_is_decided_stays_decided() {
        let long = "a".repeat(2 * HEAD);
        for text in ["2026-01-02 INFO {\nx", "[\n{", "words\n", "{\"a\"", "x: {\n \"schema\"", &*long] {
            let (own, needed) = own_line(text.as_bytes(), true).unwrap();
            for end in 0..text.len() {
                let part = own_line(&text.as_bytes()[..end], false);
                assert_eq!(part, (end >= needed.max(1)).then_some((own, needed)), "{:?}", &text[..end]);
            }
        }
    }

    #[test]
    fn a_date_in_a_comment_is_a_comment() {
        let own = |line: &str| own_line_in_comment(line.as_bytes(), true).is_some_and(|(own, _)| own);
        assert!(!own("2026-01-02 added\n{"));
        assert!(own("2026-01-02 INFO {\"schema\":\"2.0\"}"));
        assert!(own("{"));
        assert!(own(&crate::container::base64::encode(&[&b"{\"schema\":\"2.0\""[..], &[b' '; 47]].concat())));
    }
}
