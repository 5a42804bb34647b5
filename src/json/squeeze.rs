//! White space out of JSON, sixty-four bytes at a time: a bit for each byte says whether it is a quote, a backslash or
//! white space, and which stretches stay comes of a few operations on those.

use wide::u8x16;

use super::rewrite::push_least;
use super::scan::{block, find, plain_end};
use crate::steps::took;

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Bytes that are copied together: stretches are short, and to copy more of them than there is takes less than to copy
/// as much as there is.
const STRETCH: usize = 32;

/// A block, and what may be copied with its last byte.
const WINDOW: usize = BLOCK + 2 * STRETCH;

/// JSON without white space between its tokens, and strings with what must be escaped and nothing else: what
/// [`rewrite`](super::rewrite::rewrite) makes of it in [`Escapes::Least`] and [`Spacing::Compact`], in a fraction of
/// the time. Controls between tokens, where there is no JSON with any, are taken for white space.
///
/// It is written over what `out` holds, which only grows, and is so many bytes long.
///
/// [`Escapes::Least`]: super::rewrite::Escapes::Least
/// [`Spacing::Compact`]: super::rewrite::Spacing::Compact
pub(crate) fn squeeze(json: &[u8], out: &mut Vec<u8>) -> usize {
    // What stands behind the end goes, but for that behind a string that is cut.
    let mut rest = [b' '; WINDOW];
    let mut string = Vec::new();
    // So much of `out` is written; behind it there is room for all that is to come.
    let mut kept = 0;
    make_room(json.len(), out);
    let mut at = 0;
    // All ones where a string has begun and not ended.
    let mut within = 0;
    while at < json.len() {
        took(BLOCK);
        let window = json[at..].first_chunk().unwrap_or_else(|| {
            rest[..json.len() - at].copy_from_slice(&json[at..]);
            rest[json.len() - at..].fill(b' ');
            &rest
        });
        let Bits { quote, space, escapes } = Bits::of(window);
        // No backslash, no escaped quote: every other quote ends a string.
        let plain = if escapes { before_escape(window) } else { !0 };
        let strings = running_parity(quote & plain) ^ within;
        let Some(room) = out[kept..].first_chunk_mut() else { break };
        kept += gather(window, (!space | strings) & plain, room);
        if !escapes {
            // The last of the bits says how the block ends.
            within = (strings as i64 >> 63) as u64;
            at += BLOCK;
            continue;
        }
        let plain = plain.trailing_ones() as usize;
        let escape = at + plain;
        if strings >> plain & 1 == 0 {
            // No JSON: a backslash between tokens.
            out[kept] = b'\\';
            (kept, at, within) = (kept + 1, escape + 1, 0);
            continue;
        }
        // The string is written from its beginning on, all of which stands in `out` already.
        let Some(start) = memchr::memrchr(b'"', &json[..escape]) else { break };
        if let Some(end) = least_end(json, start + 1) {
            out[kept..][..end - escape].copy_from_slice(&json[escape..end]);
            (kept, at, within) = (kept + end - escape, end, 0);
            continue;
        }
        kept -= escape - start;
        string.clear();
        string.push(b'"');
        let end = push_least(json, start + 1, &mut string).unwrap_or_else(|| {
            // Cut within the string.
            string.clear();
            string.extend_from_slice(&json[start..]);
            json.len()
        });
        // Controls in it become longer.
        make_room(kept + string.len() + json.len() - end, out);
        out[kept..][..string.len()].copy_from_slice(&string);
        (kept, at, within) = (kept + string.len(), end, 0);
    }
    let behind = if within == 0 { 0 } else { at.saturating_sub(json.len()) };
    kept - behind
}

/// One past the quote that closes the string whose text begins at `at`, if nothing is escaped in it but by a letter, and
/// nothing lacks it.
fn least_end(json: &[u8], at: usize) -> Option<usize> {
    let mut at = plain_end(json, at);
    loop {
        at = match json.get(at..)? {
            [b'"', ..] => return Some(at + 1),
            [b'\\', b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't', ..] => plain_end(json, at + 2),
            _ => return None,
        };
    }
}

/// Makes `out` long enough for so many bytes, and what is copied with the last of them.
#[inline(always)]
fn make_room(length: usize, out: &mut Vec<u8>) {
    if out.len() < length + WINDOW {
        out.resize(length + WINDOW, 0);
    }
}

/// What stands in a block: a bit for each byte, the first one lowest.
struct Bits {
    quote: u64,
    space: u64,
    /// There is a backslash.
    escapes: bool,
}

impl Bits {
    /// What stands in the first block.
    #[inline(always)]
    fn of(window: &[u8; WINDOW]) -> Bits {
        let (mut quote, mut space, mut backslashes) = (0, 0, u8x16::splat(0));
        for lane in 0..BLOCK / 16 {
            let Some(block) = block(window, 16 * lane) else { continue };
            quote |= u64::from(block.simd_eq(u8x16::splat(b'"')).to_bitmask()) << (16 * lane);
            let blank = block.max(u8x16::splat(b' ')).simd_eq(u8x16::splat(b' '));
            space |= u64::from(blank.to_bitmask()) << (16 * lane);
            backslashes |= block.simd_eq(u8x16::splat(b'\\'));
        }
        Bits { quote, space, escapes: backslashes.to_bitmask() != 0 }
    }
}

/// The bits of the bytes before the first backslash, of which there is one.
#[cold]
fn before_escape(window: &[u8; WINDOW]) -> u64 {
    let escape = find(window, b'\\').unwrap_or_default();
    (1 << (escape % BLOCK)) - 1
}

/// For each bit, whether the number of ones up to it is odd: set from an opening quote to before the closing one.
#[inline(always)]
fn running_parity(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

/// Copies the bytes of the first block whose bits are set to the beginning of `room`, and returns how many they are.
#[inline(always)]
fn gather(window: &[u8; WINDOW], keep: u64, room: &mut [u8; WINDOW]) -> usize {
    let mut count = 0;
    // Where a stretch begins, and where one ends.
    let mut edges = keep ^ keep << 1;
    while edges != 0 {
        let start = edges.trailing_zeros() as usize;
        edges &= edges - 1;
        let end = edges.trailing_zeros() as usize;
        edges &= edges.wrapping_sub(1);
        // Less than a block before the last stretch, which is plain to see for who compiles it.
        let to = count % BLOCK;
        copy(window, start, room, to);
        if end - start > STRETCH {
            copy(window, start + STRETCH, room, to + STRETCH);
        }
        count += end - start;
    }
    count
}

/// Copies a stretch and what stands behind it.
#[inline(always)]
fn copy(window: &[u8; WINDOW], from: usize, room: &mut [u8; WINDOW], to: usize) {
    if let (Some(from), Some(to)) = (window[from..].first_chunk::<STRETCH>(), room[to..].first_chunk_mut()) {
        *to = *from;
    }
}

#[cfg(test)]
mod tests {
    use super::super::rewrite::{Escapes, Spacing, Style, rewrite};
    use super::*;
    use proptest::prelude::*;

    fn plainly(json: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        rewrite(json, Style::new(Spacing::Compact, Escapes::Least), &mut out);
        out
    }

    fn squeezed(json: &[u8]) -> Vec<u8> {
        let mut out = b"what was here before".to_vec();
        let length = squeeze(json, &mut out);
        out.truncate(length);
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
            let mut bytes = bytes;
            bytes.retain(|byte| *byte >= b' ' || b"\n\r\t".contains(byte));
            prop_assert_eq!(squeezed(&bytes), plainly(&bytes));
        }
    }
}
