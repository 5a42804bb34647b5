//! Bytes as numbers: `[123, 34, 115]` as JSON and Rust list them, `[123 34 115]` as Go does, Java's with a sign,
//! `<Buffer 7b 22 73>`, `7B-22-73`, `0x7b, 0x22, 0x73`, `\x7b\x22\x73`, and `7b2273` as databases print them.

use crate::lang::label;
use crate::origin::Step;
use crate::steps::took;

use super::base64::{is_printed, pair};
use crate::container::FormInfo;
use crate::container::trace::{is_in, opens};
use crate::container::undo::{Decoded, Passage, Undone};

/// A list of which a tool printed the beginning alone.
static SHORTENED: FormInfo = FormInfo {
    name: label("缩略的字节列表", "a shortened list of bytes"),
    lost: Some(label("省略的那些字节", "the bytes that were left out")),
    capture: Some(label(
        "以文本形式记录请求体，例如在 Node 里用 Buffer 的 body.toString()",
        "log the body as text, for example body.toString() of a Buffer in Node",
    )),
};

/// Undoes a list of bytes that begins at the trace.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, most, .. } = *passage;
    for notation in &NOTATIONS {
        if !opens(&notation.beginning(&text[at..]), LAYERS) {
            continue;
        }
        let list = notation.read(text, at, most);
        // Of digits without gaps what is there is read, as of any text that was cut.
        let listed = text[at..list.end].iter().take(SEVERAL).any(|byte| !byte.is_ascii_alphanumeric());
        if listed && is_shortened(&text[list.end..]) && is_ours(&list.plain) {
            return Undone::Lost { span: at..list.end, about: &SHORTENED };
        }
        match list.answer(passage, Step::Dumped) {
            Undone::No => {}
            undone => return undone,
        }
    }
    Undone::No
}

/// So many signs hold one gap at least.
const SEVERAL: usize = 8;
/// How many encodings are looked through for what one begins with.
const LAYERS: usize = 3;

/// What `text` may begin with, if it is a list of bytes of which the first two `may` be those: `65 79` is one in two
/// notations.
pub(in crate::container) fn beginnings(
    text: &[u8],
    may: impl Fn(&[u8]) -> bool,
) -> impl Iterator<Item = Vec<u8>> {
    let made = firsts(text).filter(move |(_, bytes, count)| may(&bytes[..*count]));
    made.map(|(notation, ..)| notation.beginning(text)).filter(|plain| !plain.is_empty())
}

/// Whether a text that begins with `first` may be a list of bytes of which the first two `may` be those.
pub(in crate::container) fn may_begin(first: &[u8], may: impl Fn(&[u8]) -> bool) -> bool {
    firsts(first).any(|(_, bytes, count)| may(&bytes[..count]))
}

/// The notations in which `text` may be a list, and the first two bytes of it, as many as are known.
fn firsts(text: &[u8]) -> impl Iterator<Item = (&'static Notation, [u8; 2], usize)> {
    // Most texts are none, and are told by their first sign.
    let notations = match text {
        [b'\\', ..] => &NOTATIONS[4..],
        [b'0', b'x' | b'X', ..] => &NOTATIONS[2..4],
        [b'0'] => &NOTATIONS[..4],
        [b'0'..=b'9', ..] => &NOTATIONS[..2],
        [b'-', ..] => &NOTATIONS[..1],
        [b'a'..=b'f' | b'A'..=b'F', ..] => &NOTATIONS[1..2],
        [] => &NOTATIONS,
        _ => &[],
    };
    notations.iter().filter_map(|notation| {
        let (bytes, count) = notation.first(text)?;
        Some((notation, bytes, count))
    })
}

/// How bytes are written.
struct Notation {
    /// What stands before the digits of the first of them, and of the others if they are written alike.
    mark: &'static [u8],
    /// They are two hexadecimal digits, not a decimal number.
    hexadecimal: bool,
}

const fn hexadecimal(mark: &'static [u8]) -> Notation {
    Notation { mark, hexadecimal: true }
}

/// In the order in which they are tried; [`firsts`] knows where each stands.
static NOTATIONS: [Notation; 6] = [
    Notation { mark: b"", hexadecimal: false },
    hexadecimal(b""),
    hexadecimal(b"0x"),
    hexadecimal(b"0X"),
    hexadecimal(b"\\x"),
    hexadecimal(b"\\\\x"),
];

/// What stands between the numbers of a list.
#[derive(Clone, Copy, Default, PartialEq)]
struct Gap {
    /// A comma, a colon or a hyphen; zero for none.
    sign: u8,
    length: usize,
    /// A line ends in it.
    line: bool,
}

/// The gap that begins at `at`, with one of `signs` in it at most.
fn gap(text: &[u8], at: usize, signs: &[u8]) -> Gap {
    let mut gap = Gap::default();
    for byte in &text[at..] {
        match byte {
            sign if gap.sign == 0 && signs.contains(sign) => gap.sign = *byte,
            b' ' | b'\t' | b'\r' => {}
            b'\n' => gap.line = true,
            _ => break,
        }
        gap.length += 1;
    }
    took(gap.length);
    gap
}

impl Notation {
    /// The first two bytes of the list that begins with `text`, as many as are known of it, or `None` where it is none.
    fn first(&self, text: &[u8]) -> Option<([u8; 2], usize)> {
        /// No number takes more, with what stands before it.
        const LONG: usize = 6;
        let mut bytes = [0; 2];
        if !text.starts_with(self.mark) {
            return self.mark.starts_with(text).then_some((bytes, 0));
        }
        let number = |at, mark: &[u8]| {
            let (number, end) = self.number(text, at, mark)?;
            // Java's have a sign, and are part of a character then.
            let byte = number as u8;
            (is_printed(byte) || byte >= 0x80).then_some((byte, end))
        };
        let Some((first, end)) = number(0, self.mark).filter(|(first, _)| is_printed(*first)) else {
            let may_go_on = match text[self.mark.len()..] {
                [] | [_] => true,
                // `23` of `239`
                [tens @ b'1'..=b'2', ones @ b'0'..=b'9'] if !self.hexadecimal => {
                    let number = 100 * u16::from(tens - b'0') + 10 * u16::from(ones - b'0');
                    (number..number + 10).any(|number| u8::try_from(number).is_ok_and(is_printed))
                }
                [b'-', b'0'..=b'9', ref rest @ ..] => rest.len() < 2,
                _ => false,
            };
            return may_go_on.then_some((bytes, 0));
        };
        bytes[0] = first;
        let gap = gap(text, end, if self.hexadecimal { b",:-" } else { b"," });
        let next = end + gap.length;
        if text.len() < next + self.mark.len() + LONG {
            // The number may go on.
            return Some((bytes, usize::from(self.hexadecimal || next > end)));
        }
        if !self.hexadecimal && gap.length == 0 {
            return None;
        }
        let mark = if text[next..].starts_with(self.mark) { self.mark } else { b"" };
        let (second, _) = number(next, mark)?;
        bytes[1] = second;
        Some((bytes, 2))
    }

    /// What `text` begins with in this notation, if there are two bytes at least.
    fn beginning(&self, text: &[u8]) -> Vec<u8> {
        match self.number(text, 0, self.mark) {
            Some((byte, _)) if u8::try_from(byte).is_ok_and(is_printed) => {
                let plain = self.read(&text[..text.len().min(256)], 0, 256).plain;
                if plain.len() > 1 { plain } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }

    /// The number of a byte that stands at `at` behind `mark`, and where it ends.
    fn number(&self, text: &[u8], at: usize, mark: &[u8]) -> Option<(i16, usize)> {
        let rest = text[at..].strip_prefix(mark)?;
        let (byte, digits) = if self.hexadecimal {
            (i16::from(pair(*rest.first()?, *rest.get(1)?)?), 2)
        } else {
            let sign = usize::from(rest.first() == Some(&b'-'));
            let digits = rest[sign..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 || digits > 1 && rest[sign] == b'0' {
                return None;
            }
            // Java's bytes have a sign.
            let number = rest[sign..sign + digits]
                .iter()
                .fold(0, |number, digit| 10 * number + i16::from(digit - b'0'));
            let number = if sign == 1 { -number } else { number };
            ((-128..256).contains(&number).then_some(number)?, sign + digits)
        };
        Some((byte, at + mark.len() + digits))
    }

    /// Reads the list that begins at `from`: at most one byte more than `most`.
    fn read(&self, text: &[u8], from: usize, most: usize) -> Decoded {
        let mut list = Decoded { end: from, plain: Vec::new(), open: false };
        let Some((first, mut end)) = self.number(text, from, self.mark) else { return list };
        // A hyphen is a sign of Java's numbers.
        let signs: &[u8] = if self.hexadecimal { b",:-" } else { b"," };
        let between = gap(text, end, signs);
        // A database writes its mark once.
        let mark = if text[end + between.length..].starts_with(self.mark) { self.mark } else { b"" };
        if !self.hexadecimal && between.length == 0 {
            return list;
        }
        // Within brackets a list without commas is on one line.
        let bracketed = text[..from].trim_ascii_end().ends_with(b"[");
        let (mut negative, mut large) = (false, false);
        let mut width = None;
        let mut byte = first;
        loop {
            negative |= byte < 0;
            large |= byte > 127;
            // No language writes both.
            if negative && large {
                break;
            }
            list.plain.push(byte as u8);
            took(end - list.end);
            list.end = end;
            let after = gap(text, end, signs);
            let alike = after.sign == between.sign && (after.length > 0) == (between.length > 0);
            // The digits of a dump without gaps go on in the next line, as wide as they are.
            let wrapped = between.length == 0 && after.line && after.sign == 0 && {
                *width.get_or_insert(list.plain.len()) <= WIDEST
                    && list.plain.len().is_multiple_of(width.unwrap_or(1))
                    && is_row(&text[end + after.length..])
            };
            let parted = bracketed && after.line && after.sign == 0;
            if !(alike && !parted || wrapped) || list.plain.len() > most {
                break;
            }
            let Some((next, next_end)) = self.number(text, end + after.length, mark) else { break };
            // A longer number is something else.
            if after.length > 0 && !wrapped && text.get(next_end).is_some_and(u8::is_ascii_alphanumeric) {
                break;
            }
            (byte, end) = (next, next_end);
        }
        let rest = text[list.end..].trim_ascii_start();
        // What more there is of it is at most a mark and a digit, or what says that it is shortened.
        list.open = rest.len() < 8;
        // The last number may have lost a digit.
        if bracketed && !self.hexadecimal && !rest.starts_with(b"]") && !is_shortened(rest) {
            list.plain.pop();
        }
        list
    }
}

/// Lines that show no more bytes may be those of one dump.
const WIDEST: usize = 40;

/// Whether a line is nothing but the digits of bytes, as far as it is there.
fn is_row(text: &[u8]) -> bool {
    let digits = text.iter().take(2 * WIDEST + 1).take_while(|byte| byte.is_ascii_hexdigit()).count();
    took(digits);
    digits > 0
        && match text.get(digits) {
            None => true,
            Some(next) => digits.is_multiple_of(2) && b"\r\n\"'`)]}>,;\\".contains(next),
        }
}

/// Whether what follows a list says that more was left out: `... 629 more bytes>`.
fn is_shortened(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
    rest.starts_with(b"...") || rest.starts_with("\u{2026}".as_bytes())
}

/// Whether an event begins so: what tools show of a list rarely reaches to a trace.
fn is_ours(plain: &[u8]) -> bool {
    const KEYS: [&[u8]; 9] =
        [b"schema", b"header", b"event", b"encrypt", b"uuid", b"ts", b"token", b"type", b"challenge"];
    let key = plain.trim_ascii_start().strip_prefix(b"{").map(|inside| inside.trim_ascii_start());
    let key = key
        .and_then(|inside| inside.strip_prefix(b"\""))
        .and_then(|name| name.split(|&byte| byte == b'"').next());
    is_in(plain) || key.is_some_and(|key| KEYS.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{made, passage};
    use super::*;

    const EVENT: &str = "{\"header\":{\"event_type\":\"a.b_v1\",\"note\":\"第\"}}";

    fn listed(parted: &str, number: impl Fn(u8) -> String) -> String {
        EVENT.bytes().map(number).collect::<Vec<_>>().join(parted)
    }

    #[test]
    fn a_shortened_list_is_named_and_not_taken_for_an_event_that_was_cut() {
        for text in [
            "<Buffer 7b 22 73 63 68 65 6d 61 22 3a 22 32 2e 30 22 2c ... 629 more bytes>",
            "Uint8Array(679) [\n  123, 34, 115, 99, 104, 101, 109, 97, 34, 58,\n  ... 669 more items\n]",
            "[123 34 115 99 104 101 109 97 34 58 \u{2026}]",
        ] {
            let at = text.find("7b").or(text.find("123")).unwrap();
            let Undone::Lost { span, about } = undo(&passage(text.as_bytes(), at)) else { panic!("{text}") };
            assert!(span.start == at && about.lost.is_some() && about.capture.is_some(), "{text}");
        }
        // What is something else is none of ours.
        for text in ["<Buffer 7b 22 69 64 22 3a 31 ... 9 more bytes>", "[123, 34, 1 ... ]"] {
            let at = text.find("7b").or(text.find("123")).unwrap();
            assert!(matches!(undo(&passage(text.as_bytes(), at)), Undone::No), "{text}");
        }
    }

    #[test]
    fn a_number_that_may_have_lost_a_digit_is_not_taken_for_a_byte() {
        for parted in [",", ", ", " "] {
            let list = format!("[{}]", listed(parted, |byte| byte.to_string()));
            for length in 110..list.len() - 1 {
                for behind in ["", "\n2024-06-12 next 7\n"] {
                    let text = format!("body={}{behind}", &list[..length]);
                    let (span, plain) = made(undo, &text, 6).unwrap();
                    assert!(span.len() < length && !span.contains("2024"), "{text}");
                    assert!(
                        EVENT.as_bytes().starts_with(plain.as_bytes()) || plain.contains('\u{fffd}'),
                        "{text}"
                    );
                }
            }
        }
    }

    #[test]
    fn bytes_with_a_sign_are_those_of_java_alone() {
        let signed = listed(", ", |byte| (byte as i8).to_string());
        assert_eq!(made(undo, &signed, 0).unwrap().1, EVENT);
        let mixed = format!("{signed}, 200, 123, 34");
        assert_eq!(made(undo, &mixed, 0).unwrap(), (&*signed, EVENT.to_owned()));
    }

    #[test]
    fn numbers_of_a_log_are_left_where_they_stand() {
        for text in
            ["123 34 users, 12 of them new", "123, 34, 256, 115", "7b 22 seconds", "7b2273", "123", ""]
        {
            if !text.is_empty() {
                assert!(matches!(undo(&passage(text.as_bytes(), 0)), Undone::No), "{text}");
            }
        }
    }

    #[test]
    fn more_is_asked_for_where_the_list_may_go_on() {
        let list = listed(", ", |byte| byte.to_string());
        for (text, more) in [
            (&list[..50], true),
            (&list, true),
            (&format!("{list}, 2"), true),
            (&format!("{list}] and more"), false),
        ] {
            let answer = undo(&Passage { last: false, ..passage(text.as_bytes(), 0) });
            assert_eq!(matches!(answer, Undone::More), more, "{text}");
        }
        assert!(matches!(undo(&Passage { most: 9, ..passage(list.as_bytes(), 0) }), Undone::TooLarge(_)));
    }
}
