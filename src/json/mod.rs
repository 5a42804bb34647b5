//! JSON as RFC 8259 has it, read in place: spans instead of values. This module knows nothing of Feishu.
//!
//! Why our own: byte spans of keys and values, duplicate keys, numbers digit for digit, recovery after a broken
//! document and more than a gigabyte a second are needed at once, and no library gives the five. `serde_json` is the
//! oracle in the tests.

mod cursor;
mod decimal;
mod dotted;
mod embedded;
mod pointer;
mod position;
pub(crate) mod rewrite;
mod scan;
pub(crate) mod squeeze;
mod text;
pub(crate) mod tree;
mod unquote;

pub use cursor::{Cursor, Fault, MAX_DEPTH, SyntaxError, Token, TokenKind};
pub use decimal::Decimal;
pub(crate) use dotted::{DottedPath, Values};
pub(crate) use embedded::embedded_end;
pub use pointer::{Path, Segment};
pub use position::{Place, Position};
pub use rewrite::write_escaped;
pub(crate) use scan::{
    LengthGuess, beyond_ascii, block, digit_count, digits_end, find, is_utf8, number, plain_end,
};
pub use text::{Unescaped, has_lone_surrogate, unescape};
pub(crate) use text::{characters_end, pieces};
pub(crate) use unquote::unquote;
