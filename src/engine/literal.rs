//! Bytes that are expected somewhere, most of them compared at once.

use wide::u8x16;

/// So many bytes are compared at once.
const BLOCK: usize = 32;

/// Bytes that may stand in a text.
#[derive(Clone, Debug)]
pub(crate) struct Literal {
    first: [[u8; 16]; 2],
    /// A bit for each of the first bytes that does not matter.
    open: u32,
    /// How many bytes there are in all.
    length: u32,
    /// Those beyond the first.
    rest: Box<[u8]>,
}

impl Literal {
    /// These bytes.
    pub fn new(bytes: &[u8]) -> Literal {
        let (first, rest) = bytes.split_at(bytes.len().min(BLOCK));
        let mut both = [0; BLOCK];
        both[..first.len()].copy_from_slice(first);
        let [head, tail] = both.as_chunks().0 else { unreachable!("32 bytes are two blocks") };
        let open = u32::MAX.checked_shl(first.len() as u32).unwrap_or(0);
        Literal { first: [*head, *tail], open, length: bytes.len() as u32, rest: rest.into() }
    }

    /// How many bytes there are.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.length as usize
    }

    /// Whether they stand at byte `at` of a text.
    #[inline(always)]
    pub fn stands(&self, text: &[u8], at: usize) -> bool {
        match text.get(at..).and_then(|text| text.first_chunk::<BLOCK>()) {
            Some(bytes) => {
                let [head, tail] = bytes.as_chunks().0 else { unreachable!("32 bytes are two blocks") };
                let same = |a: &[u8; 16], b: &[u8; 16]| u8x16::new(*a).simd_eq(u8x16::new(*b)).to_bitmask();
                same(head, &self.first[0]) | same(tail, &self.first[1]) << 16 | self.open == u32::MAX
                    && (self.len() <= BLOCK || text[at + BLOCK..].starts_with(&self.rest))
            }
            None => self.stands_last(text.get(at..).unwrap_or_default()),
        }
    }

    /// The same near the end of a text.
    #[cold]
    fn stands_last(&self, rest: &[u8]) -> bool {
        let bytes = self.first.as_flattened();
        self.len() <= BLOCK && rest.starts_with(&bytes[..self.len().min(BLOCK)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_stand_where_they_are() {
        let text: Vec<u8> = (0..=255).collect();
        for at in 0..text.len() {
            for length in 0..100 {
                for (wanted, from) in [(true, at), (false, at + 1)] {
                    let Some(bytes) = text.get(from..from + length) else { continue };
                    let literal = Literal::new(bytes);
                    assert_eq!(literal.len(), length);
                    assert_eq!(literal.stands(&text, at), wanted || length == 0, "{at} {length}");
                    // Nothing stands beyond the end.
                    let cut = &text[..(at + length).saturating_sub(1)];
                    assert_eq!(literal.stands(cut, at), length == 0);
                }
            }
        }
    }
}
