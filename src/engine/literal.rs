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

    /// The bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let first = self.first.as_flattened();
        [&first[..self.len().min(BLOCK)], &self.rest].concat()
    }

    /// The bytes by which a literal is most easily told from others of its like: those behind a comma and a quote.
    pub fn sign(&self) -> Sign {
        let bytes = self.first.as_flattened();
        let known = self.len().saturating_sub(Sign::FROM).min(8);
        let sign = u64::from_le_bytes(std::array::from_fn(|at| bytes[Sign::FROM + at]));
        let mask = u64::MAX.checked_shr(64 - 8 * known as u32).unwrap_or(0);
        Sign { bytes: sign & mask, mask }
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

/// Eight bytes of a literal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sign {
    bytes: u64,
    mask: u64,
}

impl Sign {
    const FROM: usize = 2;

    /// The bytes of a text that are compared, if a literal is looked for at `at`.
    #[inline(always)]
    pub fn bytes_at(text: &[u8], at: usize) -> Option<u64> {
        text.get(at + Sign::FROM..)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
    }

    /// Whether the literal may stand where these bytes are.
    #[inline(always)]
    pub fn may_be(self, bytes: u64) -> bool {
        bytes & self.mask == self.bytes
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
                    if let (true, Some(bytes)) = (wanted, Sign::bytes_at(&text, at)) {
                        assert!(literal.sign().may_be(bytes));
                    }
                    assert_eq!(literal.stands(&text, at), wanted || length == 0, "{at} {length}");
                    // Nothing stands beyond the end.
                    let cut = &text[..(at + length).saturating_sub(1)];
                    assert_eq!(literal.stands(cut, at), length == 0);
                }
            }
        }
    }
}
