//! Paragraphs of our own words.

use super::sanitize::push_spaces;
use super::wrap::wrap;

/// No line of a paragraph is made shorter than this, however narrow the terminal is.
const NARROWEST: usize = 24;

/// Appends a paragraph of our own words within so many columns, each line after so many spaces.
pub(crate) fn push_wrapped(text: &str, columns: usize, indent: usize, out: &mut String) {
    for line in wrap(text, columns.saturating_sub(indent).max(NARROWEST)) {
        push_spaces(indent, out);
        out.push_str(line);
        out.push('\n');
    }
}
