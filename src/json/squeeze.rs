//! White space out of JSON, sixty-four bytes at a time: a bit for each byte says whether it is a quote, a backslash or
//! white space, and which stretches stay comes of a few operations on those.

use wide::u8x16;

use super::rewrite::{Escapes, push_string, string_end};
use super::scan::{block, spaces};
use crate::steps::took;

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// A block, and what is copied with its last byte: stretches are short, and to copy more of them than there is takes less
/// than to copy as much as there is.
const WINDOW: usize = 2 * BLOCK;

/// Appends JSON without white space between its tokens, and strings with what must be escaped and nothing else: what
/// [`rewrite`](super::rewrite::rewrite) makes of it in [`Escapes::Least`] and [`Spacing::Compact`], in a fraction of
/// the time.
///
/// [`Spacing::Compact`]: super::rewrite::Spacing::Compact
pub(crate) fn squeeze(json: &[u8], out: &mut Vec<u8>) {
    out.reserve(json.len());
    let (mut rest, mut kept) = ([0; WINDOW], [0; WINDOW]);
    let mut at = 0;
    // All ones where a string has begun and not ended.
    let mut within = 0;
    while at < json.len() {
        took(BLOCK);
        let length = (json.len() - at).min(BLOCK);
        let window = json[at..].first_chunk().unwrap_or_else(|| {
            rest[..json.len() - at].copy_from_slice(&json[at..]);
            &rest
        });
        let Bits { quote, backslash, space } = Bits::of(window);
        // No backslash, no escaped quote: every other quote ends a string.
        let plain = (backslash.trailing_zeros() as usize).min(length);
        let quote = quote & low(plain);
        let strings = running_parity(quote) ^ within;
        let count = gather(window, !(space & !strings) & low(plain), &mut kept);
        out.extend_from_slice(&kept[..count]);
        if plain == length {
            within = if quote.count_ones() % 2 == 1 { !within } else { within };
            at += length;
            continue;
        }
        let escape = at + plain;
        if strings >> plain & 1 == 0 {
            // No JSON: a backslash between tokens.
            out.push(b'\\');
            (at, within) = (escape + 1, 0);
            continue;
        }
        // The string is written from its beginning on, all of which stands in `out` already.
        let Some(start) = memchr::memrchr(b'"', &json[..escape]) else { return };
        out.truncate(out.len() - (escape - start));
        let Some(end) = string_end(json, start + 1) else { return out.extend_from_slice(&json[start..]) };
        push_string(&json[start..end], Escapes::Least, out);
        (at, within) = (end, 0);
    }
}

/// A bit for each byte of a block, the first one lowest.
struct Bits {
    quote: u64,
    backslash: u64,
    space: u64,
}

impl Bits {
    /// What stands in the first block.
    #[inline(always)]
    fn of(window: &[u8; WINDOW]) -> Bits {
        let mut bits = Bits { quote: 0, backslash: 0, space: 0 };
        for lane in 0..BLOCK / 16 {
            let Some(block) = block(window, 16 * lane) else { continue };
            let is = |byte| u64::from(block.simd_eq(u8x16::splat(byte)).to_bitmask()) << (16 * lane);
            bits.quote |= is(b'"');
            bits.backslash |= is(b'\\');
            bits.space |= u64::from(spaces(block)) << (16 * lane);
        }
        bits
    }
}

/// The lowest bits.
#[inline(always)]
fn low(count: usize) -> u64 {
    if count < BLOCK { (1 << count) - 1 } else { !0 }
}

/// For each bit, whether the number of ones up to it is odd: set from an opening quote to before the closing one.
#[inline(always)]
fn running_parity(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// Moves the bytes of the first block whose bits are set to the beginning of `kept`, and returns how many they are.
#[inline(always)]
fn gather(window: &[u8; WINDOW], keep: u64, kept: &mut [u8; WINDOW]) -> usize {
    let mut count = 0;
    // Where a stretch begins, and where one ends.
    let mut edges = keep ^ keep << 1;
    while edges != 0 {
        let start = edges.trailing_zeros() as usize % BLOCK;
        edges &= edges - 1;
        let end = edges.trailing_zeros() as usize;
        edges &= edges.wrapping_sub(1);
        copy_half(window, start, kept, count % BLOCK);
        if end - start > BLOCK / 2 {
            copy_half(window, start + BLOCK / 2, kept, count % BLOCK + BLOCK / 2);
        }
        count += end - start;
    }
    count
}

/// Copies half a block.
#[inline(always)]
fn copy_half(window: &[u8; WINDOW], from: usize, kept: &mut [u8; WINDOW], to: usize) {
    let from = window[from..].first_chunk::<{ BLOCK / 2 }>();
    if let (Some(from), Some(to)) = (from, kept[to..].first_chunk_mut()) {
        *to = *from;
    }
}

#[cfg(test)]
mod tests {
    use super::super::rewrite::{Spacing, Style, rewrite};
    use super::*;
    use proptest::prelude::*;

    fn plainly(json: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        rewrite(json, Style::new(Spacing::Compact, Escapes::Least), &mut out);
        out
    }

    fn squeezed(json: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        squeeze(json, &mut out);
        out
    }

    #[test]
    fn white_space_goes_wherever_the_blocks_begin() {
        let text = "{ \"a b\" :\r\n\t[ 1.50 , \"x\\n \\u6d59 \\\" \\\\\" , { } , null ], \"浙  江\": \"\" }";
        for before in 0..2 * BLOCK {
            for filler in [" ", "1", "\" \"", "\"a\\/b\""] {
                let text = format!("{}{text}{}", filler.repeat(before), " \n".repeat(before));
                assert_eq!(squeezed(text.as_bytes()), plainly(text.as_bytes()), "{text}");
            }
        }
    }

    #[test]
    fn what_is_cut_stays_cut() {
        let text = "{ \"a\\u0041 b\" : [ 1, \"c  d\\\\\" ], \\ \"e\" : \"\\\"  \" , \" \\";
        for end in 0..=text.len() {
            for filler in ["", "         ", "\"        \"  "] {
                let text = format!("{}{}", filler.repeat(5), &text[..end]);
                assert_eq!(squeezed(text.as_bytes()), plainly(text.as_bytes()), "{text}");
            }
        }
    }

    #[test]
    fn escapes_cost_no_more_than_a_few_looks_each() {
        for text in ["\"\\n\" ", "\"a\\", "\\", "\\\"", "\" \\\\ \"", "\"  "] {
            let text = text.repeat(100_000 / text.len());
            let took = crate::steps::of(|| _ = squeezed(text.as_bytes()));
            assert!(took < 100 * text.len() as u64, "{took} for {} bytes", text.len());
        }
    }

    proptest! {
        #[test]
        fn noise_is_squeezed_as_it_is_rewritten(text in r#"[ "\\\na{}:,u0浙]{0,300}"#, bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(squeezed(text.as_bytes()), plainly(text.as_bytes()));
            prop_assert_eq!(squeezed(&bytes), plainly(&bytes));
        }
    }
}
