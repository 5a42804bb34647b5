//! Base64: `body=eyJzY2hlbWEiOiIyLjAi..`, in either alphabet, with padding or without, on one line or on many, as it
//! stands or with the escapes of a JSON string or a form. What gzip packed before is unpacked with it, as log services
//! hand on their records: `H4sI..`.

#[cfg(feature = "cli")]
use flate2::bufread::MultiGzDecoder;
#[cfg(feature = "cli")]
use std::io::Read;

use crate::json::Cursor;
use crate::origin::Step;
use crate::steps::took;

use crate::container::trace::opens;
use crate::container::undo::{Decoded, Passage, Undone};

/// Undoes base64 that begins at the trace.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, most, .. } = *passage;
    if is_packed(&text[at..]) {
        let packed = read(text, at, most);
        return Decoded { plain: unpacked(&packed.plain, most), ..packed }.answer(passage, Step::Base64);
    }
    if !opens(&beginning(&text[at..]), LAYERS) {
        return Undone::No;
    }
    read(text, at, most).answer(passage, Step::Base64)
}

/// Whether `text` is base64 of what gzip packed, by its first bytes.
pub(in crate::container) fn is_packed(text: &[u8]) -> bool {
    cfg!(feature = "cli") && text.starts_with(b"H4sI")
}

/// What gzip packed, as far as it goes: of a text that was cut what is there of it. At most one byte more than `most`.
#[cfg(feature = "cli")]
fn unpacked(packed: &[u8], most: usize) -> Vec<u8> {
    let mut plain = Vec::new();
    // One that breaks is cut where it does.
    let _ = MultiGzDecoder::new(packed).take(most as u64 + 1).read_to_end(&mut plain);
    took(plain.len());
    plain
}

/// There is no decompressor in the library alone.
#[cfg(not(feature = "cli"))]
fn unpacked(_: &[u8], _: usize) -> Vec<u8> {
    Vec::new()
}

/// Lines that are no wider may be those of one text.
const WIDEST: usize = 80;
/// Lines that are narrower are not: words are.
const NARROWEST: usize = 32;
/// How many encodings are looked through for what one begins with.
const LAYERS: usize = 3;

/// What `text` begins with, if it is base64; nothing if it cannot be text.
pub(in crate::container) fn beginning(text: &[u8]) -> Vec<u8> {
    let mut made = Maker::default();
    let mut at = 0;
    while made.plain.len() < 192
        && let Some((Sign::Digit(value), length)) = sign(text, at)
    {
        made.push(value);
        at += length;
        if made.plain.first().is_some_and(|byte| !is_printed(*byte)) {
            return Vec::new();
        }
    }
    made.plain
}

/// Whether `text` may be base64 of something of which the first bytes, three at most, `may` be those.
pub(in crate::container) fn may_begin(text: &[u8], may: impl Fn(&[u8]) -> bool) -> bool {
    let (mut bits, mut digits) = (0u32, 0);
    for &byte in text.iter().take(4) {
        match digit(byte) {
            Some(value) => bits = bits << 6 | u32::from(value),
            // A digit may stand there in an escape.
            None => return matches!(byte, b'\\' | b'%'),
        }
        digits += 1;
    }
    let bytes = (bits << (32 - 6 * digits)).to_be_bytes();
    may(&bytes[..6 * digits / 8])
}

/// Whether a text may begin with this byte.
pub(in crate::container) fn is_printed(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte.is_ascii_whitespace() || byte == 0xef
}

/// A sign of base64.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Digit(u8),
    Padding,
}

/// The sign that stands at `at`, also behind an escape, and how many bytes it takes.
fn sign(text: &[u8], at: usize) -> Option<(Sign, usize)> {
    let (byte, length) = match *text.get(at)? {
        b'\\' => match text[at + 1..] {
            [b'/', ..] => (b'/', 2),
            [b'u', b'0', b'0', high, low, ..] => (pair(high, low)?, 6),
            _ => return None,
        },
        b'%' => (pair(*text.get(at + 1)?, *text.get(at + 2)?)?, 3),
        byte => (byte, 1),
    };
    match digit(byte) {
        Some(value) => Some((Sign::Digit(value), length)),
        None => (byte == b'=').then_some((Sign::Padding, length)),
    }
}

/// The number of a digit of base64, of either alphabet.
fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// The byte that two hexadecimal digits stand for.
pub(super) fn pair(high: u8, low: u8) -> Option<u8> {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

/// Makes bytes of digits.
#[derive(Default)]
struct Maker {
    plain: Vec<u8>,
    bits: u32,
    count: u32,
}

impl Maker {
    /// A last digit that is not the last of a group gives as many whole bytes as there are: of a text that was cut no
    /// less, and of one without padding all.
    fn push(&mut self, value: u8) {
        self.bits = self.bits << 6 | u32::from(value);
        self.count += 6;
        if self.count >= 8 {
            self.count -= 8;
            self.plain.push((self.bits >> self.count) as u8);
            self.bits &= (1 << self.count) - 1;
        }
    }
}

/// Decodes the base64 that begins at `from`, with the lines that belong to it: at most one byte more than `most`.
fn read(text: &[u8], from: usize, most: usize) -> Decoded {
    let mut made = Maker::default();
    let first = line(text, from, &mut made, most);
    let (mut end, mut width, mut padded) = (first.end, first.digits, first.padded);
    let mut open = end == text.len();
    // Without the last line, if it is a short one: it may be a word that only looks like it.
    let mut whole_lines = None;
    // What is whole needs no other line.
    while width == first.digits
        && !padded
        && made.plain.len() <= most
        && (whole_lines.is_some() || !is_continuation(text, from, width) && !is_whole(&made.plain))
    {
        let Some(next) = next_line(text, end) else { break };
        open = text[next..].iter().all(|byte| sign(&[*byte], 0).is_some());
        if !continues(text, next, &first, whole_lines.is_some()) {
            break;
        }
        whole_lines = Some((made.plain.len(), end));
        let read = line(text, next, &mut made, most);
        (end, width, padded) = (read.end, read.digits, read.padded);
    }
    if let Some((length, before)) = whole_lines.filter(|_| width < first.digits)
        && is_whole(&made.plain[..length])
    {
        made.plain.truncate(length);
        end = before;
    }
    took(end - from);
    Decoded { end, plain: made.plain, open }
}

/// A line of base64.
struct Line {
    end: usize,
    digits: usize,
    padded: bool,
}

/// Decodes the digits that stand at `at`, up to the first byte that is none, and steps over padding behind them.
fn line(text: &[u8], at: usize, made: &mut Maker, most: usize) -> Line {
    let mut line = Line { end: at, digits: 0, padded: false };
    // There is one alphabet in one text: `-` after `/` is no digit.
    let mut standard = None;
    while made.plain.len() <= most
        && let Some((Sign::Digit(value), length)) = sign(text, line.end)
    {
        let in_standard = !matches!(text[line.end], b'-' | b'_');
        if value >= 62 && *standard.get_or_insert(in_standard) != in_standard {
            return line;
        }
        made.push(value);
        line.end += length;
        line.digits += 1;
    }
    for _ in 0..2 {
        if let Some((Sign::Padding, length)) = sign(text, line.end) {
            line.end += length;
            line.padded = true;
        }
    }
    line
}

/// How lines end; in a JSON string that is escaped.
const LINE_ENDS: [&[u8]; 4] = [b"\r\n", b"\n", b"\\r\\n", b"\\n"];

/// Where the text of the next line begins, `at` being where the digits of one end.
fn next_line(text: &[u8], at: usize) -> Option<usize> {
    let rest = &text[at..];
    let rest = LINE_ENDS.iter().find_map(|end| rest.strip_prefix(*end))?;
    let blanks = rest.iter().take(WIDEST).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    took(blanks);
    Some(text.len() - rest.len() + blanks)
}

/// Whether a line of as many digits stands above that at `at`: then this one was read with it, and it is not read again
/// with those that follow.
fn is_continuation(text: &[u8], at: usize, width: usize) -> bool {
    let indent = text[..at].iter().rev().take(WIDEST).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let above = LINE_ENDS.iter().find_map(|end| text[..at - indent].strip_suffix(*end));
    let Some(above) = above.filter(|above| above.len() >= width && width <= WIDEST) else { return false };
    let begin = above.len() - width;
    let digit = |at: usize| matches!(sign(above, at), Some((Sign::Digit(_), 1)));
    (begin..above.len()).all(digit) && !begin.checked_sub(1).is_some_and(digit)
}

/// Whether the digits at `next` are a line of the text whose first line is `first`: as wide, or the last, and not
/// another text. `later`: it is not the second.
fn continues(text: &[u8], next: usize, first: &Line, later: bool) -> bool {
    let mut alone = Maker::default();
    let Line { end, digits, padded } = line(text, next, &mut alone, first.digits);
    took(end - next);
    let blanks = text[end..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let nothing_behind = match text.get(end + blanks) {
        None | Some(b'\r' | b'\n' | b'"' | b'\'' | b'`' | b'<' | b'>' | b')' | b']' | b'}' | b',' | b';') => {
            true
        }
        Some(b'\\') => next_line(text, end + blanks).is_some(),
        _ => padded,
    };
    // A wide line is followed by a shorter one more often because that is something else.
    let fits = digits == first.digits || digits < first.digits && (first.digits <= WIDEST || later);
    if digits == 0 || first.digits < NARROWEST || !nothing_behind || !fits {
        return false;
    }
    // A line may begin as an object does by chance, or be another text.
    let another = first.digits > WIDEST || is_whole(&alone.plain);
    !(another && opens(&beginning(&text[next..end]), LAYERS))
}

/// Whether this is an object or a list from one end to the other, or several.
fn is_whole(plain: &[u8]) -> bool {
    let mut cursor = Cursor::new(plain, 0);
    while let Some(first) = cursor.space() {
        if !b"{[".contains(&first) || cursor.value(0).is_err() {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::tests::{made, passage};
    use super::*;
    use crate::container::base64::encode;

    const EVENT: &str = r#"{"header":{"event_type":"a.b_v1"},"event":{"note":"late again"}}"#;

    /// Where what is made of `text` stands, and what it is.
    fn found(text: &str) -> Option<(&str, String)> {
        made(undo, text, text.find("ey").unwrap())
    }

    #[test]
    fn what_is_cut_is_decoded_as_far_as_it_goes() {
        let whole = encode(EVENT.as_bytes());
        for digits in 44..whole.len() {
            for behind in ["", "\n12:01 INFO next=1\n", "...", " (truncated)"] {
                let (span, plain) = (&whole[..digits], EVENT.as_bytes());
                let text = format!("12:00 body={span}{behind}");
                let found = found(&text).unwrap();
                assert_eq!(found.0.trim_end_matches('='), span.trim_end_matches('='), "{text}");
                assert_eq!(found.1.as_bytes(), &plain[..(digits * 6 / 8).min(plain.len())], "{text}");
            }
        }
    }

    #[test]
    fn lines_that_follow_an_event_are_not_taken_for_more_of_it() {
        let whole = encode(EVENT.as_bytes());
        let bare = whole.trim_end_matches('=');
        let wide = encode(EVENT.replace("late", &"late ".repeat(12)).as_bytes());
        let cut = &wide[..wide.len() - 9];
        for (text, first) in [
            (format!("{bare}\n{bare}\n"), bare),
            (format!("{bare}\nrestarted\n"), bare),
            (format!("{bare}\n{}\n", "0".repeat(bare.len())), bare),
            (format!("{cut}\n{wide}\n"), cut),
            (format!("{cut}\nrestarted\n"), cut),
            (format!("{cut}\n{cut}\n"), cut),
        ] {
            assert_eq!(found(&text).unwrap().0, first, "{text}");
        }
        // Nor is a word behind lines of a text whose last one is whole.
        let padded = EVENT.replace("late", &"late ".repeat(10));
        let event = format!("{padded}{}", " ".repeat(57 * 3 - padded.len()));
        let digits = encode(event.as_bytes());
        let lines = digits.as_bytes().chunks(76).map(String::from_utf8_lossy).collect::<Vec<_>>();
        let text = format!("{}\nrestarted\n", lines.join("\n"));
        assert_eq!(found(&text).unwrap(), (&text[..text.len() - 11], event));
    }

    #[cfg(feature = "cli")]
    #[test]
    fn what_gzip_packed_is_unpacked_if_an_event_is_in_it() {
        let packed = |text: &str| {
            let mut bytes = Vec::new();
            let level = flate2::Compression::default();
            flate2::read::GzEncoder::new(text.as_bytes(), level).read_to_end(&mut bytes).unwrap();
            encode(&bytes)
        };
        let digits = packed(EVENT);
        let text = format!("body={digits} ok");
        assert_eq!(crate::container::trace::find_encoded(text.as_bytes(), 0), Some(5));
        assert_eq!(made(undo, &text, 5).unwrap(), (&*digits, EVENT.to_owned()));
        // One that is cut is unpacked as far as it goes.
        let (_, cut) = made(undo, &digits[..digits.len() - 16], 0).unwrap();
        assert!(EVENT.starts_with(&cut) && cut.len() > 40, "{cut}");
        assert_eq!(made(undo, &packed("no more than words"), 0), None);
        let much = packed(&EVENT.repeat(1000));
        assert!(matches!(undo(&Passage { most: 5000, ..passage(much.as_bytes(), 0) }), Undone::TooLarge(_)));
    }

    #[test]
    fn what_shows_no_event_is_left_where_it_stands() {
        let token = encode(br#"{"alg":"HS256","typ":"JWT"}"#);
        let claims = encode(br#"{"sub":"1234567890","name":"event","iat":1516239022}"#);
        assert_eq!(found(&format!("Bearer {token}.{claims}.c2lnbmF0dXJlc2lnbmF0dXJl")), None);
        assert_eq!(found(&format!("{claims}.sig")), None);
        assert_eq!(found("keyboard, eyJ, eye"), None);
        assert_eq!(found(&encode(EVENT.as_bytes())[..12]), None);
    }

    #[test]
    fn more_is_asked_for_where_the_text_may_go_on() {
        let whole = encode(EVENT.as_bytes());
        let bare = whole.trim_end_matches('=');
        let lines = format!("{}\n{}", &bare[..64], &bare[64..]);
        for (text, more) in [
            (&bare[..40], true),
            (bare, true),
            (&lines[..64], true),
            (&lines[..65], true),
            (&lines, true),
            (&format!("{lines}\n"), false),
            (&format!("{bare}\n"), false),
            (&format!("{bare}\""), false),
        ] {
            let answer = undo(&Passage { last: false, ..passage(text.as_bytes(), 0) });
            assert_eq!(matches!(answer, Undone::More), more, "{text}");
        }
        let answer = undo(&Passage { most: EVENT.len() - 1, last: false, ..passage(whole.as_bytes(), 0) });
        assert!(matches!(answer, Undone::TooLarge(_)));
    }
}
