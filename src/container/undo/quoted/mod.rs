//! JSON within a text of a program, a table or a log: with escapes, with doubled quotes, in several literals.

pub(super) mod bare;
pub(super) mod doubled;
pub(super) mod escaped;
pub(super) mod pieces;

mod between;
mod escapes;
mod quotes;
mod reading;

#[cfg(test)]
mod tests;
