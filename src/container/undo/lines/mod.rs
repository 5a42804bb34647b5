//! One object over several lines or records: with a prefix on each, broken at a width, or in pieces.

pub(super) mod cell;
pub(super) mod prefixed;
pub(super) mod records;
pub(super) mod wrapped;

mod breaks;
mod gather;
mod outline;
mod shape;

#[cfg(test)]
mod tests;
