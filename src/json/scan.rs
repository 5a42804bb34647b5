//! The two inner loops of the cursor, sixteen bytes at a time: through a string, and through white space.
//! `wide` is SSE2 on x86_64, NEON on aarch64 and plain code elsewhere, behind one safe face.

use wide::u8x16;

use crate::steps::took;

/// Where the string body from `at` on stops being plain: at the first quote, backslash or control character, or at
/// the end of `text`.
#[inline(always)]
pub(crate) fn plain_end(text: &[u8], start: usize) -> usize {
    let end = plain_end_of(text, start);
    took(end.saturating_sub(start) + 1);
    end
}

#[inline(always)]
fn plain_end_of(text: &[u8], mut at: usize) -> usize {
    while let Some(block) = block(text, at) {
        let stop = stops(block);
        if stop != 0 {
            return at + stop.trailing_zeros() as usize;
        }
        at += 16;
    }
    while let Some(&byte) = text.get(at) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            break;
        }
        at += 1;
    }
    at
}

/// Whether the string body from `at` on is plain for `length` bytes and then closed by a quote. Says the same as
/// [`plain_end`], but what is read on beyond does not have to wait for the answer.
#[inline(always)]
fn closes_after(text: &[u8], mut at: usize, mut length: usize) -> bool {
    while let Some(block) = block(text, at) {
        let stop = stops(block);
        if length < 16 {
            return stop & ((2 << length) - 1) == 1 << length && text.get(at + length) == Some(&b'"');
        }
        if stop != 0 {
            return false;
        }
        at += 16;
        length -= 16;
    }
    false
}

/// How long a string was, and how many times in a row: most are as long as the last one. What follows can then be
/// looked at before the string has been searched for its end.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LengthGuess {
    length: u8,
    times: u8,
}

impl LengthGuess {
    /// So many times in a row make a guess.
    const ENOUGH: u8 = 4;

    /// Where a string without escapes that begins at `at` is closed, if it is as long as the last ones.
    #[inline(always)]
    pub fn end(self, text: &[u8], at: usize) -> Option<usize> {
        let length = usize::from(self.length);
        (self.times >= LengthGuess::ENOUGH && closes_after(text, at, length)).then_some(at + length)
    }

    /// Takes note of another length.
    #[inline(always)]
    pub fn learn(&mut self, length: usize) {
        let same = usize::from(self.length) == length;
        self.times = if same { self.times.saturating_add(1) } else { 0 };
        self.length = length as u8;
    }
}

/// Where the run of spaces and line ends from `at` on ends.
#[inline]
pub(super) fn space_end(text: &[u8], start: usize) -> usize {
    let end = space_end_of(text, start);
    took(end.saturating_sub(start) + 1);
    end
}

#[inline]
fn space_end_of(text: &[u8], mut at: usize) -> usize {
    while let Some(block) = block(text, at) {
        let stop = !spaces(block) & 0xffff;
        if stop != 0 {
            return at + stop.trailing_zeros() as usize;
        }
        at += 16;
    }
    while let Some(&(b' ' | b'\n' | b'\r' | b'\t')) = text.get(at) {
        at += 1;
    }
    at
}

/// Where the run of digits from `at` on ends.
#[inline(always)]
pub(crate) fn digits_end(text: &[u8], mut at: usize) -> usize {
    while let Some(block) = block(text, at) {
        let stop = !digits(block) & 0xffff;
        if stop != 0 {
            return at + stop.trailing_zeros() as usize;
        }
        at += 16;
    }
    while let Some(b'0'..=b'9') = text.get(at) {
        at += 1;
    }
    at
}

/// How many digits the block begins with.
#[inline(always)]
pub(crate) fn digit_count(block: u8x16) -> usize {
    (!digits(block)).trailing_zeros() as usize
}

/// The number that the first `count` bytes of the block write, all of them digits.
#[inline(always)]
pub(crate) fn number(block: u8x16, count: usize) -> u64 {
    // Moved to the end of the sixteen bytes, with zeros before it.
    let nibbles = u128::from_le_bytes(block.to_array()) & (u128::MAX / 0xff * 0x0f);
    let moved = nibbles.checked_shl(128 - 8 * count as u32).unwrap_or(0);
    eight_digits(moved as u64) * 100_000_000 + eight_digits((moved >> 64) as u64)
}

/// The number that eight digits write, the first of them in the lowest byte: pairs, fours, then all at once.
#[inline(always)]
fn eight_digits(nibbles: u64) -> u64 {
    let pairs = nibbles.wrapping_mul(10 << 8 | 1) >> 8 & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100 << 16 | 1) >> 16 & 0x0000_ffff_0000_ffff;
    fours.wrapping_mul(10_000 << 32 | 1) >> 32
}

/// Where `byte` first stands in a text that is short as a rule: less effort to begin with than `memchr` has.
#[inline]
pub(crate) fn find(text: &[u8], byte: u8) -> Option<usize> {
    let found = find_in(text, byte);
    took(found.unwrap_or(text.len()));
    found
}

#[inline]
fn find_in(text: &[u8], byte: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(block) = block(text, at) {
        let found = block.simd_eq(u8x16::splat(byte)).to_bitmask();
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize);
        }
        at += 16;
    }
    text[at..].iter().position(|other| *other == byte).map(|rest| at + rest)
}

/// Where the first byte stands that is not ASCII.
#[inline]
pub(crate) fn beyond_ascii(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(block) = block(text, at) {
        let found = block.to_bitmask();
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize);
        }
        at += 16;
    }
    text[at..].iter().position(|byte| !byte.is_ascii()).map(|rest| at + rest)
}

/// Whether the text is UTF-8. Which instructions the machine has is asked for large texts only: on a virtual machine
/// that alone takes longer than reading an event.
pub(crate) fn is_utf8(text: &[u8]) -> bool {
    took(text.len());
    match text.len() {
        0..=0x3fff => std::str::from_utf8(text).is_ok(),
        _ => simdutf8::basic::from_utf8(text).is_ok(),
    }
}

#[inline(always)]
pub(crate) fn block(text: &[u8], at: usize) -> Option<u8x16> {
    text.get(at..at.wrapping_add(16))?.first_chunk::<16>().map(|bytes| u8x16::new(*bytes))
}

/// A bit for each byte that ends a plain run: `"`, `\\` or less than a space.
#[inline(always)]
fn stops(block: u8x16) -> u32 {
    let quote = block.simd_eq(u8x16::splat(b'"'));
    let backslash = block.simd_eq(u8x16::splat(b'\\'));
    let control = block.min(u8x16::splat(0x1f)).simd_eq(block);
    (quote | backslash | control).to_bitmask()
}

/// A bit for each byte that is a digit.
#[inline(always)]
fn digits(block: u8x16) -> u32 {
    let within = block.max(u8x16::splat(b'0')).min(u8x16::splat(b'9'));
    within.simd_eq(block).to_bitmask()
}

/// A bit for each byte that is JSON white space.
#[inline(always)]
pub(super) fn spaces(block: u8x16) -> u32 {
    let is = |byte| block.simd_eq(u8x16::splat(byte));
    (is(b' ') | is(b'\n') | is(b'\r') | is(b'\t')).to_bitmask()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_in_every_lane_is_told_apart() {
        for byte in 0..=255u8 {
            for lane in 0..16 {
                for filler in [b'a', b' ', 0xe4] {
                    let mut block = [filler; 16];
                    block[lane] = byte;
                    let mask =
                        |is: fn(u8) -> bool| (0..16).fold(0, |mask, i| mask | u32::from(is(block[i])) << i);
                    let wide = u8x16::new(block);
                    assert_eq!(
                        stops(wide),
                        mask(|b| b == b'"' || b == b'\\' || b < 0x20),
                        "{byte} in lane {lane}"
                    );
                    assert_eq!(spaces(wide), mask(|b| b" \n\r\t".contains(&b)), "{byte} in lane {lane}");
                    assert_eq!(digits(wide), mask(|b| b.is_ascii_digit()), "{byte} in lane {lane}");
                }
            }
        }
    }

    #[test]
    fn a_run_of_digits_is_the_number_it_writes() {
        for count in 0..=16 {
            for after in ['"', '/', ':', '\0', '\u{b0}'] {
                let digits = &"9081726354019283"[..count];
                let text = format!("{digits}{after}{}", "7".repeat(16));
                let block = block(text.as_bytes(), 0).unwrap();
                assert_eq!(digit_count(block), count, "{text}");
                assert_eq!(number(block, count), digits.parse().unwrap_or(0), "{text}");
            }
        }
    }

    #[test]
    fn runs_end_at_the_same_place_from_every_start() {
        let text = "   \t\r\n      \n          浙江省杭州市 plain and long enough \\ \" \u{1f}".as_bytes();
        for at in 0..=text.len() {
            let plain = text[at..].iter().position(|&b| b == b'"' || b == b'\\' || b < 0x20);
            assert_eq!(plain_end(text, at), plain.map_or(text.len(), |n| at + n));
            for byte in [b' ', b'"', 0x1f, 0xb7] {
                assert_eq!(find(&text[at..], byte), text[at..].iter().position(|b| *b == byte));
            }
            assert_eq!(beyond_ascii(&text[at..]), text[at..].iter().position(|b| *b >= 0x80));
            let closed = (0..text.len() - at).find(|&length| closes_after(text, at, length));
            let quoted = plain.filter(|&n| text[at + n] == b'"' && at + n / 16 * 16 + 16 <= text.len());
            assert_eq!(closed, quoted);
            let space = text[at..].iter().position(|b| !b" \t\r\n".contains(b));
            assert_eq!(space_end(text, at), space.map_or(text.len(), |n| at + n));
        }
    }
}
