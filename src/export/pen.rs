//! Copying blocks of a constant length: most cells are shorter than two of sixteen bytes, and such a copy is a few
//! instructions without a branch. What is too much is cut off afterwards.

use wide::u8x16;

/// Few cells are longer.
const MOST: usize = 32;

/// Appends `text[start..end]`, unless `stops` marks one of its bytes (a bit for each byte of the block): then nothing
/// is appended and the answer is false.
#[inline(always)]
pub(crate) fn copy_unless(
    text: &[u8],
    start: usize,
    end: usize,
    out: &mut Vec<u8>,
    stops: impl Fn(u8x16) -> u32,
) -> bool {
    let length = end - start;
    let Some(both) = text.get(start..).and_then(|rest| rest.first_chunk::<MOST>()).filter(|_| length <= MOST)
    else {
        return copy_long(text, start, end, out, stops);
    };
    let mark = out.len();
    out.extend_from_slice(both);
    let stop = stops_in(both, stops);
    // What follows the cell does not count.
    let clean = stop & ((1 << length) - 1) == 0;
    out.truncate(if clean { mark + length } else { mark });
    clean
}

/// A bit for each byte that is marked.
#[inline(always)]
fn stops_in(both: &[u8; MOST], stops: impl Fn(u8x16) -> u32) -> u64 {
    let [first, second] = [0, 16].map(|at| *both[at..].first_chunk().expect("two blocks"));
    u64::from(stops(u8x16::new(first))) | u64::from(stops(u8x16::new(second))) << 16
}

/// A long cell, or one at the end of the text.
#[inline(never)]
fn copy_long(text: &[u8], start: usize, end: usize, out: &mut Vec<u8>, stops: impl Fn(u8x16) -> u32) -> bool {
    let body = &text[start..end];
    let clean = body.chunks(MOST).all(|piece| {
        let both = padded(piece);
        stops_in(&both, &stops) & ((1 << piece.len()) - 1) == 0
    });
    if clean {
        out.extend_from_slice(body);
    }
    clean
}

/// Appends `text[start..end]`.
#[inline(always)]
pub(crate) fn copy(text: &[u8], start: usize, end: usize, out: &mut Vec<u8>) {
    copy_unless(text, start, end, out, |_| 0);
}

/// At most so many bytes, filled up.
#[inline(always)]
fn padded(text: &[u8]) -> [u8; MOST] {
    let mut both = [0; MOST];
    both[..text.len()].copy_from_slice(text);
    both
}

/// A short constant text.
#[derive(Clone, Debug)]
pub(crate) struct Snippet {
    head: [u8; MOST],
    /// What does not fit there.
    rest: Box<[u8]>,
    length: usize,
}

impl Snippet {
    pub fn new(text: &[u8]) -> Snippet {
        let (head, rest) = text.split_at(text.len().min(MOST));
        Snippet { head: padded(head), rest: rest.into(), length: head.len() }
    }

    #[inline(always)]
    pub fn push(&self, out: &mut Vec<u8>) {
        let end = out.len() + self.length;
        out.extend_from_slice(&self.head);
        out.truncate(end);
        if !self.rest.is_empty() {
            out.extend_from_slice(&self.rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stretch_is_copied_and_every_stop_is_seen() {
        let text: Vec<u8> = (b'0'..b'0' + 80).collect();
        for start in 0..text.len() {
            for end in start..=text.len() {
                let mut out = b"|".to_vec();
                copy(&text, start, end, &mut out);
                assert_eq!(out[1..], text[start..end]);
                Snippet::new(&text[start..end]).push(&mut out);
                assert_eq!(out[1..], [&text[start..end]; 2].concat());
                for stop in [0, start.saturating_sub(1), start, end.saturating_sub(1), end] {
                    let byte = b'0' + stop as u8;
                    let mut out = b"|".to_vec();
                    let clean = copy_unless(&text, start, end, &mut out, |block| {
                        block.simd_eq(u8x16::splat(byte)).to_bitmask()
                    });
                    assert_eq!(clean, !(start..end).contains(&stop), "{start}..{end}, {stop}");
                    assert_eq!(out.len(), 1 + if clean { end - start } else { 0 });
                }
            }
        }
    }
}
