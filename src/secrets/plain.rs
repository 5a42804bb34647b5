//! A text with its escapes undone, to look for things in: `\"to\u006ben\"`, `%22token%22` and `“token”` read alike.

use wide::u8x16;

use crate::json::block;

/// The text, and where each of its bytes stands in the one that it was made of.
#[derive(Debug)]
pub(super) struct Plain {
    pub text: Vec<u8>,
    /// For each byte the place of what it was written as, and at the end the length of the whole. There is nothing where
    /// no byte has moved.
    at: Vec<usize>,
    /// How many backslashes stood before it: a quote within a string has more of them than those around it.
    pub level: Vec<u8>,
}

impl Plain {
    pub fn new(raw: &[u8]) -> Plain {
        let mut plain = Plain {
            text: Vec::with_capacity(raw.len()),
            at: Vec::new(),
            level: Vec::with_capacity(raw.len()),
        };
        let mut at = 0;
        while at < raw.len() {
            let end = special(raw, at);
            plain.text.extend_from_slice(&raw[at..end]);
            plain.level.resize(plain.text.len(), 0);
            let Some(&byte) = raw.get(end) else {
                if !plain.at.is_empty() {
                    plain.at.extend(at..end);
                }
                break;
            };
            if plain.at.is_empty() {
                plain.at.reserve(raw.len() + 1);
            }
            plain.at.extend(at..end);
            at = end
                + match byte {
                    b'\\' => plain.escape(raw, end),
                    b'%' => plain.percent(raw, end),
                    _ => plain.mark(raw, end),
                };
        }
        if !plain.at.is_empty() {
            plain.at.push(raw.len());
        }
        plain
    }

    /// What was written as the bytes from `start` to `end`.
    pub fn raw(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        match self.at[..] {
            [] => start..end,
            _ => self.at[start]..self.at[end],
        }
    }

    fn push(&mut self, byte: u8, at: usize, level: usize) {
        self.text.push(byte);
        self.at.push(at);
        self.level.push(level.min(usize::from(u8::MAX)) as u8);
    }

    /// Any number of backslashes, and what they escape: JSON in a string in a string has `\\\"`. Returns the length.
    fn escape(&mut self, raw: &[u8], at: usize) -> usize {
        let level = raw[at..].iter().take_while(|byte| **byte == b'\\').count();
        let next = at + level;
        let Some(&byte) = raw.get(next) else { return level };
        let code = |digits: usize| hex(raw.get(next + 1..next + 1 + digits)?);
        match byte {
            b'n' | b'r' => self.push(b'\n', at, level),
            b't' => self.push(b'\t', at, level),
            b'u' => {
                if let Some(code) = code(4) {
                    // Half a pair of surrogates is nothing that is looked for.
                    let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                        self.push(byte, at, level);
                    }
                    return level + 5;
                }
                self.push(byte, at, level);
            }
            b'x' => {
                if let Some(code) = code(2) {
                    self.push(code as u8, at, level);
                    return level + 3;
                }
                self.push(byte, at, level);
            }
            _ => self.push(byte, at, level),
        }
        level + 1
    }

    fn percent(&mut self, raw: &[u8], at: usize) -> usize {
        let code = raw.get(at + 1..at + 3).and_then(hex);
        self.push(code.map_or(b'%', |code| code as u8), at, 0);
        if code.is_some() { 3 } else { 1 }
    }

    /// The marks that an input method or a word processor writes for those of ASCII, and the entities of HTML; any other
    /// byte as it is. Returns the length.
    fn mark(&mut self, raw: &[u8], at: usize) -> usize {
        const MARKS: [(&str, u8); 13] = [
            ("：", b':'),
            ("＝", b'='),
            ("，", b','),
            ("“", b'"'),
            ("”", b'"'),
            ("＂", b'"'),
            ("‘", b'\''),
            ("’", b'\''),
            ("&quot;", b'"'),
            ("&#34;", b'"'),
            ("&#39;", b'\''),
            ("&apos;", b'\''),
            ("&amp;", b'&'),
        ];
        let found = MARKS.iter().find(|(mark, _)| raw[at..].starts_with(mark.as_bytes()));
        let (byte, length) = found.map_or((raw[at], 1), |(mark, byte)| (*byte, mark.len()));
        self.push(byte, at, 0);
        length
    }
}

/// Where the next byte stands that begins what may be an escape; the end where there is none.
fn special(raw: &[u8], mut at: usize) -> usize {
    while let Some(block) = block(raw, at) {
        let is = |byte| block.simd_eq(u8x16::splat(byte));
        let found = (is(b'\\') | is(b'%') | is(b'&') | is(0xe2) | is(0xef)).to_bitmask();
        if found != 0 {
            return at + found.trailing_zeros() as usize;
        }
        at += 16;
    }
    at + raw[at..].iter().take_while(|byte| !is_special(**byte)).count()
}

/// Whether a byte begins what may be an escape.
pub(super) const fn is_special(byte: u8) -> bool {
    matches!(byte, b'\\' | b'%' | b'&' | 0xe2 | 0xef)
}

fn hex(digits: &[u8]) -> Option<u32> {
    let digits = digits.iter().all(u8::is_ascii_hexdigit).then_some(digits)?;
    u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_and_places_kept() {
        for (raw, text, level) in [
            ("abc", "abc", "000"),
            (r#"\"a\\\"b"#, "\"a\"b", "1030"),
            (r"to\u006ben", "token", "00100"),
            (r"\u6d59", "浙", "111"),
            (r"\x22\n\t\/\q\ud83d", "\"\n\t/q\u{fffd}", "11111111"),
            ("%22a%3a%2", "\"a:%2", "00000"),
            ("&quot;&amp;&x", "\"&&x", "0000"),
            ("“a”：b，中", "\"a\":b,中", "000000000"),
            (r"a\", "a", "0"),
            (r"\u12\xz", "u12xz", "10010"),
        ] {
            let plain = Plain::new(raw.as_bytes());
            assert_eq!(plain.text, text.as_bytes(), "{raw}");
            let levels: String = plain.level.iter().map(u8::to_string).collect();
            assert_eq!(levels, level, "{raw}");
            assert_eq!(plain.raw(0, plain.text.len()), 0..raw.len(), "{raw}");
        }
    }
}
