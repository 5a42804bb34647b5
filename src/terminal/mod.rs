//! Text for terminals: nothing of the input drives them, lines fit their width, colours mean something.

pub mod paint;
#[cfg(feature = "cli")]
pub(crate) mod paragraph;
pub mod sanitize;
pub mod sanitize_json;
pub(crate) mod wrap;

use crate::lang::Lang;

/// What text for people needs to know of the terminal that it is for.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether to paint.
    pub color: bool,
    /// Columns to stay within.
    pub width: usize,
    /// The language of labels.
    pub lang: Lang,
}
