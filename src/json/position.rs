//! Lines and columns, counted only when somebody is going to read them.

use std::fmt;

use serde::Serialize;

use crate::steps::took;

/// A line and a column, both from 1. Columns count characters (Unicode scalar values), as rustc, SARIF's
/// `unicodeCodePoints` and most editors do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// The line, from 1.
    pub line: u64,
    /// The column, from 1, in characters.
    pub column: u64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// How far a stream has been read: what is needed to place a byte of the next piece of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Bytes before here.
    pub offset: u64,
    /// Line ends before here.
    pub lines: u64,
    /// Characters between the last line end and here.
    pub column: u64,
}

impl Place {
    /// The start of a stream.
    pub const START: Place = Place { offset: 0, lines: 0, column: 0 };

    /// The place after `bytes`, which stand here.
    pub fn after(mut self, bytes: &[u8]) -> Place {
        took(bytes.len());
        self.offset += bytes.len() as u64;
        match bytecount::count(bytes, b'\n') {
            0 => self.column += bytecount::num_chars(bytes) as u64,
            lines => {
                let last = memchr::memrchr(b'\n', bytes).map_or(0, |last| last + 1);
                self.lines += lines as u64;
                self.column = bytecount::num_chars(&bytes[last..]) as u64;
            }
        }
        self
    }

    /// The position of this place.
    pub fn position(self) -> Position {
        Position { line: self.lines + 1, column: self.column + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_line_ends() {
        let text = "{\n  \"地点\": 1,\r\n\n😀x".as_bytes();
        for (find, line, column) in [("{", 1, 1), ("地", 2, 4), ("1", 2, 9), ("😀", 4, 1), ("x", 4, 2)] {
            let at = memchr::memmem::find(text, find.as_bytes()).unwrap();
            assert_eq!(Place::START.after(&text[..at]).position(), Position { line, column }, "{find}");
        }
    }

    #[test]
    fn a_place_is_the_same_however_the_stream_was_cut() {
        let text = "ab\n浙江\n\ncd".as_bytes();
        for cut in 0..=text.len() {
            let (a, b) = text.split_at(cut);
            assert_eq!(Place::START.after(a).after(b), Place::START.after(text));
        }
    }
}
