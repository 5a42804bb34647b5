//! Quoted texts of other notations than JSON, as Python, JavaScript and nginx write them: where they end, and what they
//! say.

use crate::steps::took;

/// Full-width quotes, as people type them: either of them opens a text, and either closes it.
pub(super) const WIDE_QUOTES: [&str; 2] = ["\u{201c}", "\u{201d}"];

/// Finds the ends of strings in a text that is read from its start on. A quote without its partner would be sought
/// for to the end of the line, and so would each that follows it: where that leads is kept.
#[derive(Debug, Default)]
pub(super) struct Strings {
    /// For each kind of quote: up to here there is none that ends a string.
    open: [usize; 3],
}

impl Strings {
    /// How long the string is that begins at `at` of `text`, with its quotes. `Err` says up to where no quote ends it:
    /// one that does not end on its line is no string.
    ///
    /// A backslash and what it escapes are one step for every string that is open there, whichever quote it began
    /// with; so where one of them found no end, none that begins later does.
    pub fn length(&mut self, text: &[u8], at: usize) -> Result<usize, usize> {
        let quote = text[at];
        let open = &mut self.open[match quote {
            b'"' => 0,
            b'\'' => 1,
            _ => 2,
        }];
        if at < *open {
            return Err(*open);
        }
        let mut end = at + 1;
        while let Some(&byte) = text.get(end).filter(|byte| **byte != quote && **byte != b'\n') {
            end += if byte == b'\\' { 2 } else { 1 };
        }
        took(end - at);
        if text.get(end) == Some(&quote) {
            return Ok(end + 1 - at);
        }
        *open = end.min(text.len());
        Err(*open)
    }
}

/// What may follow a backslash.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::container) enum Escapes {
    /// Of bytes, as Python prints them and nginx logs them: the first `OF_BYTES` signs, and `\xNN` for a byte. JSON
    /// has others; where they stand, they belong to JSON that is quoted as it is.
    Bytes,
    /// Those of JSON, JavaScript and Python alike; their numbers are characters.
    Characters,
}

/// The signs that may follow a backslash, and in the same order what they stand for.
const SIGNS: [&[u8; 13]; 2] = [b"nrt\\'\"/`bfva0", b"\n\r\t\\'\"/`\x08\x0c\x0b\x07\0"];

/// So many of them are known among bytes.
const OF_BYTES: usize = 6;

/// Reads a quoted text up to one of the quotes in `closing`, and appends it to `out` with its escapes undone. `rest` is
/// what follows the opening quote, and afterwards what has not been looked at. `None` if the text does not end, or if
/// there is no such escape or character.
pub(in crate::container) fn read(
    rest: &mut &[u8],
    closing: &[&str],
    escapes: Escapes,
    out: &mut Vec<u8>,
) -> Option<()> {
    loop {
        took(1);
        if let Some(after) = closing.iter().find_map(|quote| rest.strip_prefix(quote.as_bytes())) {
            *rest = after;
            return Some(());
        }
        match rest.split_off_first()? {
            b'\\' if escapes == Escapes::Bytes => out.push(u8::try_from(unit(rest, escapes)?).ok()?),
            b'\\' => {
                let character = character(rest)?;
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            byte => out.push(*byte),
        }
    }
}

/// The character that an escape stands for, `rest` being what follows its backslash: JSON writes one beyond U+FFFF in
/// two halves.
fn character(rest: &mut &[u8]) -> Option<char> {
    let high = unit(rest, Escapes::Characters)?;
    if !(0xd800..0xdc00).contains(&high) {
        return char::from_u32(high);
    }
    *rest = rest.strip_prefix(b"\\")?;
    let low = unit(rest, Escapes::Characters)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)
}

/// The byte, character or half of one that an escape stands for.
fn unit(rest: &mut &[u8], escapes: Escapes) -> Option<u32> {
    let all = escapes == Escapes::Characters;
    match rest.split_off_first()? {
        b'x' => number(rest, 2),
        b'u' if all => number(rest, 4),
        b'U' if all => number(rest, 8),
        sign => {
            let at = SIGNS[0].iter().position(|known| known == sign)?;
            (all || at < OF_BYTES).then_some(u32::from(SIGNS[1][at]))
        }
    }
}

/// Takes the hexadecimal number of so many digits, at most eight, that `rest` begins with.
pub(super) fn number(rest: &mut &[u8], digits: usize) -> Option<u32> {
    let mut digits = rest.split_off(..digits)?.iter().map(|digit| char::from(*digit).to_digit(16));
    digits.try_fold(0, |number, digit| Some(number << 4 | digit?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_end_with_their_quote_and_escapes_are_undone() {
        use Escapes::{Bytes, Characters};
        for (text, closing, escapes, want) in [
            ("it's", &["'"][..], Bytes, Some((&b"it"[..], "s"))),
            (r"\n\'\xe5\xbc\xa0' x", &["'"], Bytes, Some(("\n'\u{5f20}".as_bytes(), " x"))),
            (r"\n\'\xe5'", &["'"], Characters, Some(("\n'\u{e5}".as_bytes(), ""))),
            (r"\ud83d\ude00`", &["`"], Characters, Some(("\u{1f600}".as_bytes(), ""))),
            ("a\u{201c}b", &WIDE_QUOTES, Characters, Some((b"a", "b"))),
            (r"\u5f20'", &["'"], Bytes, None),
            (r"\ud83d'", &["'"], Characters, None),
            (r"\ud83dx'", &["'"], Characters, None),
            (r"\ude00'", &["'"], Characters, None),
            (r"\U00110000'", &["'"], Characters, None),
            ("open", &["'"], Bytes, None),
            ("open\\", &["'"], Bytes, None),
        ] {
            let (mut rest, mut out) = (text.as_bytes(), Vec::new());
            let known = read(&mut rest, closing, escapes, &mut out);
            assert_eq!(known.map(|()| (&*out, str::from_utf8(rest).unwrap())), want, "{text}");
        }
    }

    #[test]
    fn a_number_has_no_sign() {
        for (text, value) in [("fF", Some(255)), ("+f", None), ("-1", None), (" 1", None), ("1", None)] {
            assert_eq!(number(&mut text.as_bytes(), 2), value, "{text}");
        }
        assert_eq!(number(&mut &b"ffffffff"[..], 8), Some(u32::MAX));
    }
}
