//! What tells documents apart that their keys alone do not: what is in them, what they look like the inside of, and
//! what they are when they are no event.

pub(crate) mod body;
pub(crate) mod masked;
pub(super) mod nested;
pub mod stranger;
