//! Which events are wanted.

pub(crate) mod condition;
pub(crate) mod select;
