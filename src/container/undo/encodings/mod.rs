//! Encodings, in which no quote or bracket of JSON shows: base64, bytes as numbers, what forms, pages and mails escape.

pub(in crate::container) mod base64;
pub(in crate::container) mod bytes;
pub(in crate::container) mod indexed;
pub(in crate::container) mod url;
pub(in crate::container) mod wide;

pub(super) mod entities;
pub(super) mod printable;

mod brackets;

#[cfg(test)]
mod tests;
