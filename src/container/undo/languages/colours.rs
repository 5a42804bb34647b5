//! Colours: what `console.log`, `jq -C` and loggers write for a terminal around keys and values, `ESC [ 3 2 m`.
//!
//! ```text
//! { schema: ␛[32m'2.0'␛[39m, header: { event_type: ␛[32m'x'␛[39m } }
//! ```

use crate::container::resync::HEAD;
use crate::origin::Step;
use crate::steps::took;

use crate::container::undo::{Passage, Undone};

/// The escape character, and what stands for it where a pager (`cat -v`) or the system's log has made it visible.
const ESCAPES: [&[u8]; 3] = [b"\x1b", b"^[", b"#033"];

/// How far before the trace its first line is looked for.
const BEFORE: usize = 16 << 10;

/// How far behind the trace the first colour is: each word has its own.
const AFTER: usize = 512;

/// Takes the escape sequences out of the lines around the trace that belong together.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, broken, last, most, .. } = *passage;
    let start = match broken {
        Some((start, _)) => passage.line_start(start),
        None => first_line(text, passage.line_start(at)),
    };
    let start = start.max(at.saturating_sub(BEFORE));
    let head = &text[start..text.len().min(at + AFTER)];
    took(head.len());
    if next_escape(head).is_none() {
        // They may follow what the first line has opened.
        let opened = passage.line_end(at).is_none_or(|end| {
            text[..end].trim_ascii_end().last().is_some_and(|bracket| b"{[(".contains(bracket))
        });
        return if !last && opened && text.len() < at + AFTER { Undone::More } else { Undone::No };
    }
    match is_of_prefix(passage) {
        Some(false) => {}
        Some(true) => return Undone::No,
        None => return Undone::More,
    }
    let mut plain = Vec::new();
    let mut end = start;
    let mut coloured = false;
    loop {
        let line_end = match memchr::memchr(b'\n', &text[end..]) {
            Some(length) => end + length,
            None if last => text.len(),
            None => return Undone::More,
        };
        let line = &text[end..line_end];
        took(line.len());
        coloured |= strip(line, &mut plain);
        if plain.len() > most {
            return Undone::TooLarge(start..line_end.max(at + 1));
        }
        end = line_end;
        let next = text.get(end + 1..).unwrap_or_default();
        if end == text.len() || end > at && ends(line, next) {
            break;
        }
        match goes_on(next, last) {
            None => return Undone::More,
            Some(false) if end > at => break,
            Some(_) => {}
        }
        plain.push(b'\n');
        end += 1;
    }
    if !coloured {
        return Undone::No;
    }
    Undone::Made { span: start..end, plain, step: Step::Rewritten, about: None }
}

/// Whether the line of the trace has colours only in what a line before it begins with, too: the name of a service, which is
/// taken off each line first. `None` where all of the line must be there to tell.
fn is_of_prefix(passage: &Passage<'_>) -> Option<bool> {
    let text = passage.text;
    let start = passage.line_start(passage.at);
    let line = &text[start..passage.line_end(passage.at)?];
    let mut head = 0;
    while let Some(escape) = next_escape(&line[head..]).map(|length| head + length) {
        head = escape + sequence(&line[escape..]).unwrap_or(1);
    }
    let head = &line[..head];
    let mut name = Vec::new();
    strip(head, &mut name);
    took(line.len());
    let is_name =
        name.iter().any(u8::is_ascii_alphanumeric) && !name.iter().any(|byte| b"\"'{}".contains(byte));
    let mut before = text[..start].rsplit(|byte| *byte == b'\n').skip(1).take(NEAR);
    Some(is_name && before.any(|before| before.starts_with(head)))
}

/// So many lines before are looked at for one that begins alike.
const NEAR: usize = 8;

/// Where the lines begin that belong together with the one at `line`.
fn first_line(text: &[u8], mut line: usize) -> usize {
    while line > 0 {
        let (bare, _) = bare_head(&text[line..]);
        let indented = bare.first().is_some_and(|first| b" \t\"'}])".contains(first));
        if !indented {
            return line;
        }
        line = memchr::memrchr(b'\n', &text[..line - 1]).map_or(0, |feed| feed + 1);
        took(64);
    }
    line
}

/// Whether a line is the last of those that belong together: it closes what an earlier one has opened.
fn ends(line: &[u8], next: &[u8]) -> bool {
    let (bare, _) = bare_head(line);
    let closing = bare.first().is_some_and(|first| b"}])".contains(first));
    closing && !bare_head(next).0.first().is_some_and(|first| b"}]),".contains(first))
}

/// Whether the next line belongs to those before it: it is indented, or begins with what stands within a document.
/// `None` where it is not all there.
fn goes_on(next: &[u8], last: bool) -> Option<bool> {
    let (bare, whole) = bare_head(next);
    let indented = bare.first().is_some_and(|first| b" \t\"'}]),".contains(first));
    if !whole && !last {
        return None;
    }
    Some(indented && !bare.trim_ascii().is_empty())
}

/// The beginning of a line without colours, and whether that is all that is looked at of it.
fn bare_head(text: &[u8]) -> (Vec<u8>, bool) {
    let head = &text[..text.len().min(2 * HEAD)];
    let line = memchr::memchr(b'\n', head);
    let mut bare = Vec::new();
    strip(&head[..line.map_or(head.len(), |line| line + 1)], &mut bare);
    (bare, line.is_some() || head.len() < text.len())
}

/// Appends a line without its escape sequences, and says whether there were any.
fn strip(line: &[u8], plain: &mut Vec<u8>) -> bool {
    let mut rest = line;
    let mut found = false;
    while let Some(at) = next_escape(rest) {
        plain.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        match sequence(rest) {
            Some(length) => {
                found = true;
                rest = &rest[length..];
            }
            None => {
                plain.push(rest[0]);
                rest = &rest[1..];
            }
        }
    }
    plain.extend_from_slice(rest);
    found
}

/// Where the next escape character may be.
fn next_escape(text: &[u8]) -> Option<usize> {
    memchr::memchr3(ESCAPES[0][0], ESCAPES[1][0], ESCAPES[2][0], text)
}

/// The length of the sequence that sets colours or clears the line: `ESC [`, numbers, and `m` or `K`.
fn sequence(rest: &[u8]) -> Option<usize> {
    let escape = ESCAPES.iter().find(|escape| rest.starts_with(escape))?;
    let inside = rest[escape.len()..].strip_prefix(b"[")?;
    let length =
        inside.iter().take(32).take_while(|byte| byte.is_ascii_digit() || b";:".contains(byte)).count();
    matches!(inside.get(length), Some(b'm' | b'K')).then_some(escape.len() + length + 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::testing;
    use super::*;

    fn plain(text: &str) -> (String, String) {
        let Undone::Made { span, plain, .. } = testing::undone(undo, text) else { panic!("{text:?}") };
        (String::from_utf8(plain).unwrap(), text[span.end..].to_owned())
    }

    #[test]
    fn colours_go_and_all_else_stays() {
        for (text, want, rest) in [
            (
                "x\n{ a: \x1b[32m'2.0'\x1b[39m, b: { event_type: \x1b[1;38;5;2m'\u{e9}'\x1b[0m } }\nnext",
                "{ a: '2.0', b: { event_type: '\u{e9}' } }",
                "\nnext",
            ),
            (
                "\x1b[1;39m{\n  \x1b[0m\x1b[34;1m\"event_type\"\x1b[0m\x1b[1;39m: \x1b[0m1\n\x1b[1;39m}\x1b[0m\nnext",
                "{\n  \"event_type\": 1\n}",
                "\nnext",
            ),
            (
                "got {\n  header: {\n    event_type: \x1b[32m'x'\x1b[39m\n  },\n  n: 1\n}\nmore \x1b[1mwords\x1b[m",
                "got {\n  header: {\n    event_type: 'x'\n  },\n  n: 1\n}",
                "\nmore \x1b[1mwords\x1b[m",
            ),
            (
                "2026-01-02 \x1b[32mINFO\x1b[0m {\"event_type\":1\n2026-01-02 \x1b[32mINFO\x1b[0m x",
                "2026-01-02 INFO {\"event_type\":1",
                "\n2026-01-02 \x1b[32mINFO\x1b[0m x",
            ),
            ("\x1b[31mevent_type \x1b]\x1b[", "event_type \x1b]\x1b[", ""),
            (
                "{ event_type: ^[[32m'a^[b'^[[39m, #033[1mb: '#1'#033[0m }",
                "{ event_type: 'a^[b', b: '#1' }",
                "",
            ),
            ("{\"event_type\": \x1b[32m1\x1b[0m,\n\n", "{\"event_type\": 1,", "\n\n"),
            (
                "\x1b[3mbot\x1b[0m { a: \x1b[3m1\x1b[0m,\n\x1b[3mbot\x1b[0m event_type: \x1b[3m1\x1b[0m",
                "bot event_type: 1",
                "",
            ),
        ] {
            assert_eq!(plain(text), (want.to_owned(), rest.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn a_text_without_colours_is_left_alone() {
        for text in [
            "event_type",
            "{\n  \"event_type\": 1\n}\n",
            "{\"event_type\":1}\n\x1b[31mred\x1b[0m",
            "\x1b[2J event_type",
            "\x1b[36mbot  |\x1b[0m {\n\x1b[33mdb   |\x1b[0m tick\n\x1b[36mbot  |\x1b[0m   \"event_type\": 1\n",
        ] {
            assert!(matches!(testing::undone(undo, text), Undone::No), "{text:?}");
        }
    }

    #[test]
    fn the_time_is_linear_whatever_the_text_holds() {
        for unit in
            ["\x1b[31m", "^", "#033", "\x1b", "\x1b[", "\n", " \n", "}\n", "\x1b[1m \n", "x\x1b[0m,\n "]
        {
            let text = format!("\x1b[1m{{ event_type: {}", unit.repeat(40_000 / unit.len()));
            let looked_at = crate::steps::of(|| drop(testing::undone(undo, &text)));
            assert!(looked_at < 40 * text.len() as u64, "{unit:?}: {looked_at}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn events_come_back(event in testing::event(), indent: bool, sequence in "\x1b\\[[0-9;]{0,6}m") {
            let written = if indent { serde_json::to_string_pretty(&event) } else { serde_json::to_string(&event) }.unwrap();
            // Around keys, values and signs, never within a text: there it is escaped.
            let mut text = String::new();
            let (mut quoted, mut escaped) = (false, false);
            for sign in written.chars() {
                let quote = sign == '"' && !escaped;
                if !quoted && (quote || "{}[]:,".contains(sign)) {
                    text.push_str(&sequence);
                }
                text.push(sign);
                escaped = quoted && sign == '\\' && !escaped;
                quoted ^= quote;
                if quote && !quoted {
                    text.push_str("\x1b[0m");
                }
            }
            text.push_str("\nnext");
            let (plain, rest) = plain(&text);
            prop_assert_eq!(&plain, &written);
            prop_assert_eq!(rest, "\nnext");
            prop_assert_eq!(serde_json::from_str::<Value>(&plain).unwrap(), event);
        }

        #[test]
        fn any_text_is_answered(noise: Vec<u8>, tokens in prop::collection::vec(prop::sample::select(vec![
            "\x1b[31m", "\x1b", "[", "\n", " ", "{", "}", "\"", "x", "2026-01-02", "\r", "é",
        ]), 0..30), last: bool) {
            let text = tokens.concat();
            for text in [&noise[..], text.as_bytes()] {
                let _ = undo(&Passage { text, at: text.len() / 2, broken: None, last, most: 100 });
            }
        }
    }
}
