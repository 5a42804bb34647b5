//! The row that is being written. Most cells are shorter than two blocks of sixteen bytes: such a block is copied whole, in
//! a few instructions without a branch, and what is too much of it is overwritten by what comes next.

use wide::u8x16;

/// Few cells are longer.
const MOST: usize = 32;

/// Room for most rows.
const ROOM: usize = 2048;

/// Where a row has room before it is appended to the output.
#[derive(Clone, Debug)]
pub(crate) struct Room(Box<[u8; ROOM]>);

impl Room {
    pub fn new() -> Room {
        Room(Box::new([0; ROOM]))
    }
}

/// Appends to an output by way of a room, which a row fills from its start: of a place in there the bounds are known. What
/// was written is in the output after [`Pen::done`].
pub(crate) struct Pen<'o> {
    room: &'o mut [u8; ROOM],
    /// How much of the room is filled.
    at: usize,
    out: &'o mut Vec<u8>,
}

impl<'o> Pen<'o> {
    #[inline(always)]
    pub fn new(room: &'o mut Room, out: &'o mut Vec<u8>) -> Pen<'o> {
        Pen { room: &mut room.0, at: 0, out }
    }

    /// Appends what is in the room.
    #[inline(always)]
    pub fn done(self) {
        self.out.extend_from_slice(&self.room[..self.at]);
    }

    /// How long the output is.
    #[inline(always)]
    pub fn length(&self) -> usize {
        self.out.len() + self.at
    }

    /// Writes what does not go by blocks. The output is all that `write` sees, so that the place in the room need not be in
    /// memory.
    #[inline(always)]
    pub fn apart<T>(&mut self, write: impl FnOnce(&mut Vec<u8>) -> T) -> T {
        empty(self.room, self.at, self.out);
        self.at = 0;
        write(self.out)
    }

    #[inline(always)]
    pub fn byte(&mut self, byte: u8) {
        self.block(&[byte], 1);
    }

    #[inline(always)]
    pub fn bytes<const N: usize>(&mut self, bytes: &[u8; N]) {
        self.block(bytes, N);
    }

    /// The first of these bytes.
    #[inline(always)]
    fn block<const N: usize>(&mut self, bytes: &[u8; N], length: usize) {
        self.fill(|room| {
            *room = *bytes;
            length
        });
    }

    /// So much of a block as `write` says, which it fills.
    #[inline(always)]
    pub fn fill<const N: usize>(&mut self, write: impl FnOnce(&mut [u8; N]) -> usize) -> usize {
        if self.at > ROOM - N {
            empty(self.room, self.at, self.out);
            self.at = 0;
        }
        let room = self.room[self.at..].first_chunk_mut().expect("there is room");
        let length = write(room).min(N);
        self.at += length;
        length
    }

    /// Takes the last byte back.
    #[inline(always)]
    pub fn back(&mut self) {
        match self.at.checked_sub(1) {
            Some(at) => self.at = at,
            None => drop(self.out.pop()),
        }
    }

    /// Appends `text[start..end]`.
    #[inline(always)]
    pub fn copy(&mut self, text: &[u8], start: usize, end: usize) {
        self.copy_unless(text, start, end, |_| 0);
    }

    /// Appends `text[start..end]`, unless `stops` marks one of its bytes (a bit for each byte of the block): then nothing
    /// is appended and the answer is false.
    #[inline(always)]
    pub fn copy_unless(
        &mut self,
        text: &[u8],
        start: usize,
        end: usize,
        stops: impl Fn(u8x16) -> u32,
    ) -> bool {
        match short(text, start, end) {
            Some((block, length)) => self.block_unless(block, length, stops),
            None => self.long_unless(&text[start..end], stops),
        }
    }

    /// The same for the first bytes of a block.
    #[inline(always)]
    pub fn block_unless(&mut self, block: &[u8; MOST], length: usize, stops: impl Fn(u8x16) -> u32) -> bool {
        // What follows the cell does not count.
        let clean = stops_in(block, stops) & ((1 << length) - 1) == 0;
        if clean {
            self.block(block, length);
        }
        clean
    }

    /// The same for a cell that is long, or at the end of the text.
    #[inline(always)]
    pub fn long_unless(&mut self, cell: &[u8], stops: impl Fn(u8x16) -> u32) -> bool {
        let clean = copy_long(cell, self.room, self.at, self.out, stops);
        if clean {
            self.at = 0;
        }
        clean
    }
}

/// The block at the beginning of `text[start..end]`, and how many of its bytes that is: of a short cell, in few questions.
#[inline(always)]
pub(crate) fn short(text: &[u8], start: usize, end: usize) -> Option<(&[u8; MOST], usize)> {
    let block = text.get(start..start.wrapping_add(MOST))?.first_chunk()?;
    let length = end.wrapping_sub(start);
    (1..=MOST).contains(&length).then_some((block, length))
}

/// Empties the room into the output.
#[inline(never)]
fn empty(room: &[u8; ROOM], at: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&room[..at]);
}

/// Copies a cell behind what is in the room, unless a byte is marked.
#[inline(never)]
fn copy_long(
    cell: &[u8],
    room: &[u8; ROOM],
    at: usize,
    out: &mut Vec<u8>,
    stops: impl Fn(u8x16) -> u32,
) -> bool {
    let clean = is_clean(cell, stops);
    if clean {
        out.extend_from_slice(&room[..at]);
        out.extend_from_slice(cell);
    }
    clean
}

/// A bit for each byte that is marked.
#[inline(always)]
fn stops_in(both: &[u8; MOST], stops: impl Fn(u8x16) -> u32) -> u64 {
    let [first, second] = [0, 16].map(|at| *both[at..].first_chunk().expect("two blocks"));
    u64::from(stops(u8x16::new(first))) | u64::from(stops(u8x16::new(second))) << 16
}

/// Whether no byte of a text is marked.
#[inline(always)]
pub(crate) fn is_clean(text: &[u8], stops: impl Fn(u8x16) -> u32) -> bool {
    let (blocks, rest) = text.as_chunks::<MOST>();
    blocks.iter().all(|both| stops_in(both, &stops) == 0)
        && match text.last_chunk::<MOST>() {
            // The last bytes, some of them once more.
            Some(last) => rest.is_empty() || stops_in(last, &stops) == 0,
            None => stops_in(&padded(rest), &stops) & ((1 << rest.len()) - 1) == 0,
        }
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
    pub fn push(&self, pen: &mut Pen<'_>) {
        pen.block(&self.head, self.length);
        if !self.rest.is_empty() {
            pen.apart(|out| out.extend_from_slice(&self.rest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Pen<'_>)) -> Vec<u8> {
        let (mut room, mut out) = (Room::new(), b"|".to_vec());
        let mut pen = Pen::new(&mut room, &mut out);
        write(&mut pen);
        let length = pen.length();
        pen.done();
        assert_eq!(length, out.len());
        out.split_off(1)
    }

    #[test]
    fn every_stretch_is_copied_and_every_stop_is_seen() {
        let text: Vec<u8> = (b'0'..b'0' + 80).collect();
        for start in 0..text.len() {
            for end in start..=text.len() {
                let twice = written(|pen| {
                    pen.copy(&text, start, end);
                    Snippet::new(&text[start..end]).push(pen);
                });
                assert_eq!(twice, [&text[start..end]; 2].concat());
                for stop in [0, start.saturating_sub(1), start, end.saturating_sub(1), end] {
                    let byte = b'0' + stop as u8;
                    let mut clean = false;
                    let out = written(|pen| {
                        clean = pen.copy_unless(&text, start, end, |block| {
                            block.simd_eq(u8x16::splat(byte)).to_bitmask()
                        });
                    });
                    assert_eq!(clean, !(start..end).contains(&stop), "{start}..{end}, {stop}");
                    assert_eq!(out.len(), if clean { end - start } else { 0 });
                }
            }
        }
    }

    #[test]
    fn a_row_of_any_length_is_whole() {
        let text: Vec<u8> = (0..=255).cycle().take(3 * ROOM).collect();
        for step in [1, 7, MOST, MOST + 1, 100] {
            let out = written(|pen| {
                for start in (0..text.len()).step_by(step) {
                    pen.copy(&text, start, (start + step).min(text.len()));
                    pen.byte(b'?');
                    pen.back();
                }
            });
            assert_eq!(out, text, "by {step}");
        }
    }

    #[test]
    fn what_is_taken_back_may_have_left_the_room() {
        let out = written(|pen| {
            pen.bytes(b"ab");
            pen.apart(|out| out.push(b'c'));
            pen.back();
            pen.byte(b'd');
        });
        assert_eq!(out, b"abd");
    }
}
