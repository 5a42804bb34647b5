//! Which bytes of a text are digits of encodings, sixteen at a time: words of logs are mostly told from encodings by how
//! short they are, and need not be gone through byte by byte.

use wide::u8x16;

/// How many bytes are looked at at once.
pub(super) const WIDTH: usize = 64;

/// Some bytes of a text, a bit for each, the lowest for the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    /// Those of base64, and of bytes as pairs of digits with marks between them: `eyJz`, `7b22`, `\x7b`, `%7B`.
    pub digits: u64,
    /// Those among them that are no signs but letters and decimal digits.
    pub letters: u64,
    /// Backslashes.
    pub slashes: u64,
    /// The signs of the encoding of URLs.
    pub percents: u64,
}

/// Whether a byte is one of [`Window::digits`].
pub(super) fn is_digit(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'%' | b'\\')
}

impl Window {
    /// The bytes from `at` on. Behind the end of the text none is anything.
    #[inline]
    pub fn at(text: &[u8], at: usize) -> Window {
        let rest = &text[at..];
        match rest.first_chunk() {
            Some(bytes) => Window::of(bytes),
            None => {
                let mut bytes = [0; WIDTH];
                bytes[..rest.len()].copy_from_slice(rest);
                Window::of(&bytes)
            }
        }
    }

    #[inline]
    fn of(bytes: &[u8; WIDTH]) -> Window {
        let mut window = Window::default();
        for (number, block) in bytes.as_chunks::<16>().0.iter().enumerate() {
            let block = u8x16::new(*block);
            let is = |block: u8x16, byte| block.simd_eq(u8x16::splat(byte));
            let within =
                |block: u8x16, low, high| block.max(u8x16::splat(low)).min(u8x16::splat(high)).simd_eq(block);
            let letters = within(block, b'0', b'9') | within(block | u8x16::splat(0x20), b'a', b'z');
            let (slashes, percents) = (is(block, b'\\'), is(block, b'%'));
            // Two signs that are apart by one bit are looked for at once: `+` and `/`.
            let signs =
                is(block | u8x16::splat(4), b'/') | is(block, b'-') | percents | is(block, b'_') | slashes;
            let bits = |mask: u8x16| u64::from(mask.to_bitmask()) << (16 * number);
            window.digits |= bits(letters | signs);
            window.letters |= bits(letters);
            window.slashes |= bits(slashes);
            window.percents |= bits(percents);
        }
        window
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_told_for_what_it_is_wherever_it_stands() {
        let text: Vec<u8> = (0..=255).collect();
        for at in 0..text.len() {
            let window = Window::at(&text, at);
            for (bit, byte) in text[at..].iter().take(WIDTH).enumerate() {
                let letter = byte.is_ascii_alphanumeric();
                assert_eq!(window.letters >> bit & 1 == 1, letter, "{byte:#x}");
                assert_eq!(window.percents >> bit & 1 == 1, *byte == b'%', "{byte:#x}");
                assert_eq!(window.slashes >> bit & 1 == 1, *byte == b'\\', "{byte:#x}");
                assert_eq!(window.digits >> bit & 1 == 1, is_digit(byte), "{byte:#x}");
            }
            let beyond = WIDTH.saturating_sub(text.len() - at) as u32;
            assert!(window.digits.leading_zeros() >= beyond);
        }
    }
}
