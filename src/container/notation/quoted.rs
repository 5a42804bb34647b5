//! Quoted texts of other notations than JSON, as Python and JavaScript write them: where they end.

use crate::steps::took;

/// Full-width quotes, as people type them: either of them opens a text, and either closes it.
pub(in crate::container) const WIDE_QUOTES: [&str; 2] = ["\u{201c}", "\u{201d}"];

/// Finds the ends of strings in a text that is read from its start on. A quote without its partner would be sought
/// for to the end of the line, and so would each that follows it: where that leads is kept.
#[derive(Debug, Default)]
pub(super) struct Strings {
    /// For each kind of quote: up to here there is none that ends a string.
    open: [usize; 3],
}

impl Strings {
    /// How long the string is that begins at `at` of `text`, with its quotes. `Err` says up to where no quote ends it:
    /// one that does not end on its line is no string.
    ///
    /// A backslash and what it escapes are one step for every string that is open there, whichever quote it began
    /// with; so where one of them found no end, none that begins later does.
    pub fn length(&mut self, text: &[u8], at: usize) -> Result<usize, usize> {
        let quote = text[at];
        let open = &mut self.open[match quote {
            b'"' => 0,
            b'\'' => 1,
            _ => 2,
        }];
        if at < *open {
            return Err(*open);
        }
        let mut end = at + 1;
        while let Some(&byte) = text.get(end).filter(|byte| **byte != quote && **byte != b'\n') {
            end += if byte == b'\\' { 2 } else { 1 };
        }
        took(end - at);
        if text.get(end) == Some(&quote) {
            return Ok(end + 1 - at);
        }
        *open = end.min(text.len());
        Err(*open)
    }
}
