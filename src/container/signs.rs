//! Signs by which a line is known before anything in it is read: of a logger, of a document that begins, of a part of one.

use crate::finding::Span;
use crate::json::Cursor;
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
            // What the line ends with closes what it opens: another bracket before that is one of a log's.
            b'{' | b'[' if !string && closed == 1 => return false,
            b'{' | b'[' if !string => closed -= 1,
            _ => {}
        }
    }
    // Two of them close an event, whatever is left of it.
    closed > 1 || (closed > 0 && (members || line.contains(&b'"')))
}

/// Whether what follows `before` is escaped by a backslash.
fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Up to where a line is the rest of a document that was begun before it: the last bracket that closes what the line
/// does not open, `object` being the first object that is whole in it. 0 where there is none.
pub fn rest_end(line: &[u8], object: Span) -> usize {
    took(line.len());
    let kind = |byte: &u8| usize::from(matches!(byte, b'[' | b']'));
    // How many braces and how many brackets are open.
    let mut open = [0usize; 2];
    for byte in &line[..object.start] {
        match byte {
            b'{' | b'[' => open[kind(byte)] += 1,
            b'}' | b']' => open[kind(byte)] = open[kind(byte)].saturating_sub(1),
            _ => {}
        }
    }
    let (mut end, mut string, mut escape) = (0, false, false);
    for (at, byte) in line.iter().enumerate().skip(object.end) {
        match byte {
            _ if std::mem::take(&mut escape) => {}
            b'\\' => escape = true,
            b'"' => string = !string,
            b'{' | b'[' if !string => open[kind(byte)] += 1,
            b'}' | b']' if !string => match open[kind(byte)].checked_sub(1) {
                Some(less) => open[kind(byte)] = less,
                None => end = at,
            },
            _ => {}
        }
    }
    end
}

/// Whether a line ends within the first key of a document of the platform, or with it: `{"sch`. `text` is what stands
/// there from the brace on.
pub fn is_cut_beginning(text: &[u8]) -> bool {
    let key = text.strip_prefix(b"{").and_then(|rest| rest.trim_ascii_start().strip_prefix(b"\""));
    let key = key.map(<[u8]>::trim_ascii_end);
    key.is_some_and(|key| !key.is_empty() && KEYS.iter().any(|known| known.starts_with(key)))
}

/// Whether a line that holds no object has a member of one: a log of pretty JSON has each on a line of its own, and a
/// map of Java prints as `{schema=2.0, header={event_id=..`.
pub fn is_part(line: &[u8]) -> bool {
    const MARKS: [&[u8]; 7] = [
        b"\"event_type\":",
        b"\"event_type\" :",
        b"header={",
        b"\"encrypt\":",
        b"\\\"event_type\\\":",
        b"\"type\":\"event_callback\"",
        b"\"type\": \"event_callback\"",
    ];
    MARKS.iter().any(|mark| memchr::memmem::find(line, mark).is_some())
}

/// Whether a line is, by itself, a part of a document that runs over lines: a member, an item, closing brackets.
pub fn continues(line: &[u8]) -> bool {
    took(line.len());
    let trimmed = line.trim_ascii();
    let indented = line.first().is_some_and(u8::is_ascii_whitespace);
    let ends = |rest: &[u8]| matches!(rest.trim_ascii(), b"" | b",");
    let mut cursor = Cursor::new(trimmed, 0);
    match trimmed.first() {
        None => true,
        Some(b'}' | b']') => trimmed.iter().all(|byte| b"}], \t".contains(byte)),
        Some(b'{' | b'[') => indented && !begins_document(trimmed),
        Some(b'"') => match cursor.string() {
            Ok(token) => {
                let rest = &trimmed[token.end..];
                rest.trim_ascii_start().starts_with(b":") || ends(rest)
            }
            Err(_) => indented,
        },
        Some(_) => cursor.value(0).is_ok_and(|token| ends(&trimmed[token.end..])),
    }
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
    fn the_rest_of_a_document_ends_with_brackets_that_it_does_not_open() {
        for (line, is) in [
            (r#""app_id":"a"},"event":{"a":[1]}}"#, true),
            (r#"x"}}"#, true),
            (r#"I0612 main.go:10] "Starting" flags={"a":1}"#, false),
            (r#"main.go:10] {"a":{"b":1}}"#, false),
        ] {
            assert_eq!(is_rest(line.as_bytes()), is, "{line}");
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
