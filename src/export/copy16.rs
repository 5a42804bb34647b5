//! Copying sixteen bytes at a time: most cells are shorter than that, and a copy of a constant length is one
//! instruction. What is too much is cut off afterwards.

use wide::u8x16;

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
    let mark = out.len();
    let mut at = start;
    loop {
        let left = end - at;
        let block = match text.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
            Some(block) => *block,
            None => padded(&text[at..end]),
        };
        out.extend_from_slice(&block);
        let stop = stops(u8x16::new(block));
        if left <= 16 {
            // What follows the cell in its last block does not count.
            let clean = stop & ((1 << left) - 1) == 0;
            out.truncate(if clean { mark + (end - start) } else { mark });
            return clean;
        }
        if stop != 0 {
            out.truncate(mark);
            return false;
        }
        at += 16;
    }
}

/// Appends `text[start..end]`.
#[inline(always)]
pub(crate) fn copy(text: &[u8], start: usize, end: usize, out: &mut Vec<u8>) {
    copy_unless(text, start, end, out, |_| 0);
}

/// The last bytes of a text, filled up.
#[cold]
#[inline(never)]
fn padded(rest: &[u8]) -> [u8; 16] {
    let mut block = [0; 16];
    block[..rest.len()].copy_from_slice(rest);
    block
}

/// A short constant text, kept in whole blocks.
#[derive(Clone, Debug)]
pub(crate) struct Snippet {
    blocks: Box<[[u8; 16]]>,
    length: usize,
}

impl Snippet {
    pub fn new(text: &[u8]) -> Snippet {
        Snippet { blocks: text.chunks(16).map(padded).collect(), length: text.len() }
    }

    #[inline(always)]
    pub fn push(&self, out: &mut Vec<u8>) {
        let end = out.len() + self.length;
        for block in &self.blocks {
            out.extend_from_slice(block);
        }
        out.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stretch_is_copied_and_every_stop_is_seen() {
        let text: Vec<u8> = (b'0'..b'0' + 70).collect();
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
