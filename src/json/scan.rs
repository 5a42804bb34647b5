//! The two inner loops of the cursor, sixteen bytes at a time: through a string, and through white space.
//! `wide` is SSE2 on x86_64, NEON on aarch64 and plain code elsewhere, behind one safe face.

use wide::u8x16;

/// Where the string body from `at` on stops being plain: at the first quote, backslash or control character, or at
/// the end of `text`.
#[inline(always)]
pub(super) fn plain_end(text: &[u8], mut at: usize) -> usize {
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

/// Where the run of spaces and line ends from `at` on ends.
#[inline]
pub(super) fn space_end(text: &[u8], mut at: usize) -> usize {
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
pub(super) fn digits_end(text: &[u8], mut at: usize) -> usize {
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
fn spaces(block: u8x16) -> u32 {
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
    fn runs_end_at_the_same_place_from_every_start() {
        let text = "   \t\r\n      \n          浙江省杭州市 plain and long enough \\ \" \u{1f}".as_bytes();
        for at in 0..=text.len() {
            let plain = text[at..].iter().position(|&b| b == b'"' || b == b'\\' || b < 0x20);
            assert_eq!(plain_end(text, at), plain.map_or(text.len(), |n| at + n));
            let space = text[at..].iter().position(|b| !b" \t\r\n".contains(b));
            assert_eq!(space_end(text, at), space.map_or(text.len(), |n| at + n));
        }
    }
}
