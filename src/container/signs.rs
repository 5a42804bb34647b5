//! Signs by which a line is known before anything in it is read: of a logger, of a document that begins, of the rest of
//! one.

use crate::steps::took;

/// The first keys of documents of the platform.
const KEYS: [&[u8]; 9] =
    [b"schema", b"header", b"event", b"uuid", b"ts", b"token", b"type", b"encrypt", b"challenge"];

/// Whether what stands at a brace was meant as a document of the platform: its first key is one of theirs.
pub fn begins_document(text: &[u8]) -> bool {
    let rest = text.strip_prefix(b"{").unwrap_or_default().trim_ascii_start();
    let rest = rest.strip_prefix(b"\\").unwrap_or(rest);
    let Some(key) = rest.strip_prefix(b"\"") else { return false };
    KEYS.iter()
        .any(|known| key.strip_prefix(*known).is_some_and(|rest| matches!(rest.first(), Some(b'"' | b'\\'))))
}

/// Whether an object of the platform begins here in the notation of Python or Node: `{'schema': `, `{ schema: `.
pub fn is_dump(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"{") else { return false };
    let rest = rest.trim_ascii_start();
    let bare = rest.strip_prefix(b"'");
    let end = if bare.is_some() { &b"':"[..] } else { b":" };
    let rest = bare.unwrap_or(rest);
    KEYS.iter().any(|known| rest.strip_prefix(*known).is_some_and(|rest| rest.starts_with(end)))
}

/// How many bytes say whether a dump begins.
pub const DUMP_HEAD: usize = 64;

/// How much of a line is looked at for the marks of a logger.
const HEAD: usize = 96;

/// Whether a line looks as if a logger had written it: a date, a time of day or a level near its beginning.
pub fn is_logged(line: &[u8]) -> bool {
    const LEVELS: [&str; 10] =
        ["trace", "debug", "info", "warn", "warning", "error", "fatal", "critical", "notice", "panic"];
    let head = &line[..line.len().min(HEAD)];
    let shape = |pattern: &[u8]| {
        let fits = |(byte, sign): (&u8, &u8)| match sign {
            b'9' => byte.is_ascii_digit(),
            b'-' => matches!(byte, b'-' | b'/' | b'.'),
            sign => byte == sign,
        };
        head.windows(pattern.len()).any(|window| window.iter().zip(pattern).all(fits))
    };
    let words = head.split(|byte| !byte.is_ascii_alphanumeric()).take(12);
    let level = |word: &[u8]| LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level.as_bytes()));
    shape(b"9999-99-99") || shape(b"99:99:99") || words.into_iter().any(level)
}

/// Whether a line is the rest of a document without any object in it: it has members, and ends with brackets that
/// close what it does not open.
pub fn is_rest(line: &[u8]) -> bool {
    took(line.len());
    let line = line.trim_ascii_end();
    let members = [&b"\":"[..], b"':"].iter().any(|mark| memchr::memmem::find(line, mark).is_some());
    if line.is_empty() || !matches!(line.last(), Some(b'}' | b']')) {
        return false;
    }
    // Backwards, because only at the end is it known that no string is open.
    let (mut closed, mut string) = (0usize, false);
    for (at, byte) in line.iter().enumerate().rev() {
        match byte {
            b'"' if !is_escaped(&line[..at]) => string = !string,
            b'}' | b']' if !string => closed += 1,
            b'{' | b'[' if !string => closed = closed.saturating_sub(1),
            _ => {}
        }
    }
    // Two of them close an event, whatever is left of it.
    closed > 1 || (closed > 0 && members)
}

/// Whether what follows `before` is escaped by a backslash.
fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dumps_begin_with_a_key_of_the_platform() {
        for (text, is) in [
            ("{'schema': '2.0'", true),
            ("{ header: {", true),
            ("{schema", false),
            ("{'schema: '", false),
            ("{ other: 1", false),
            ("schema: 1", false),
        ] {
            assert_eq!(is_dump(text.as_bytes()), is, "{text}");
        }
    }

    #[test]
    fn a_rest_closes_what_it_does_not_open() {
        for (line, rest) in [
            ("error\",\"type\":0}}", true),
            ("error', 'type': 0}}\r", true),
            ("error\",\"a\":\"\\\"{\\\\\",\"type\":0}}]", true),
            ("INFO \"a\":{\"b\":\"}\"}", false),
            ("INFO done }", false),
            ("INFO {\"a\":1}", false),
            ("\"a\":1,", false),
        ] {
            assert_eq!(is_rest(line.as_bytes()), rest, "{line}");
        }
    }

    #[test]
    fn lines_of_loggers_are_told_by_their_beginning() {
        for (line, yes) in [
            ("2026-01-02T03:04:05Z started", true),
            ("2026/01/02 03:04:05 [Debug] x", true),
            ("Jan  2 03:04:05 host app[1]: x", true),
            ("[INFO] x", true),
            ("level=warn msg=x", true),
            ("[Lark] [DEBUG] x", true),
            ("hello", false),
            ("2021 log", false),
            ("information", false),
            ("", false),
        ] {
            assert_eq!(is_logged(line.as_bytes()), yes, "{line}");
        }
    }
}
