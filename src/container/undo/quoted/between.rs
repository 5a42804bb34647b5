//! What stands between the tokens of a document and is no blank of JSON, made one; and the two escapes within its
//! strings that JSON does not have and that can be read in one way only.

use super::quotes::goes_on;
use super::reading::{End, Made, Reading};

/// Reads a document without them.
#[derive(Clone, Debug)]
pub(super) struct Between<'t> {
    text: &'t [u8],
    made: Made,
    last: bool,
    string: bool,
    /// It stands in `'`, and one of its own is written twice, as in SQL.
    halves: bool,
}

impl<'t> Between<'t> {
    /// Reads `text` from `at` on, where an apostrophe is doubled if it `halves` them; nothing comes after the text if it
    /// is `last`.
    pub fn new(text: &'t [u8], at: usize, last: bool, halves: bool) -> Between<'t> {
        Between { text, made: Made::from(at), last, string: false, halves }
    }
}

/// What an escape within a string stands for that JSON does not have: a byte beyond ASCII, or an apostrophe.
fn within(rest: &[u8]) -> Option<(u8, usize)> {
    match rest.get(1)? {
        b'\'' => Some((b'\'', 2)),
        b'x' => {
            let digits = rest.get(2..4).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
            let byte = u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
            (byte >= 0x80).then_some((byte, 4))
        }
        _ => None,
    }
}

/// Blanks of other languages, as they are typed, copied from pages, or escaped by a logger; and those of JSON for which
/// they stand.
const BLANKS: [(&[u8], u8); 23] = [
    (b"\\n", b'\n'),
    (b"\\r", b'\r'),
    (b"\\t", b'\t'),
    (b"#012", b'\n'),
    (b"#015", b'\r'),
    (b"#011", b'\t'),
    (b"\\012", b'\n'),
    (b"\\015", b'\r'),
    (b"\\011", b'\t'),
    (b"\\x0a", b'\n'),
    (b"\\x0A", b'\n'),
    (b"\\x0d", b'\r'),
    (b"\\x0D", b'\r'),
    (b"\\x09", b'\t'),
    (b"\\u000a", b'\n'),
    (b"\\u000d", b'\r'),
    (b"\\u0009", b'\t'),
    ("\u{a0}".as_bytes(), b' '),
    ("\u{202f}".as_bytes(), b' '),
    ("\u{205f}".as_bytes(), b' '),
    ("\u{3000}".as_bytes(), b' '),
    ("\u{2028}".as_bytes(), b' '),
    ("\u{feff}".as_bytes(), b' '),
];

/// The blank of JSON that stands for what `rest` begins with, and how long that is.
pub(super) fn blank(rest: &[u8]) -> Option<(u8, usize)> {
    match rest {
        [0x0b | 0x0c, ..] => return Some((b' ', 1)),
        // U+2000 to U+200D: spaces of all widths, down to none.
        [0xe2, 0x80, 0x80..=0x8d, ..] => return Some((b' ', 3)),
        _ => {}
    }
    let (blank, byte) = BLANKS.iter().find(|(blank, _)| rest.starts_with(blank))?;
    Some((*byte, blank.len()))
}

impl Reading for Between<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.made.at..];
        let Some(&first) = rest.first() else {
            self.made.end = Some(End::Text);
            return;
        };
        let (byte, length) = match first {
            // A string of JSON does not go on with the next line.
            b'\n' if self.string => return self.made.end = Some(End::Line),
            b'\n' => match goes_on(self.text, self.made.at, self.last) {
                Some(true) => (first, 1),
                Some(false) => return self.made.end = Some(End::Line),
                None => return self.made.end = Some(End::Text),
            },
            b'"' => {
                self.string = !self.string;
                (first, 1)
            }
            b'\\' if self.string => match within(rest) {
                Some(made) => made,
                None => {
                    let escape = &rest[..rest.len().min(2)];
                    self.made.out.extend_from_slice(escape);
                    self.made.at += escape.len();
                    return;
                }
            },
            b'\'' if self.halves && rest.starts_with(b"''") => (first, 2),
            _ if self.string => (first, 1),
            _ => blank(rest).unwrap_or((first, 1)),
        };
        self.made.out.push(byte);
        self.made.at += length;
    }

    fn made(&self) -> &Made {
        &self.made
    }

    fn into_made(self) -> Made {
        self.made
    }
}
