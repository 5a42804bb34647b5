//! See README.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod catalog;
pub mod finding;
pub mod json;
pub mod render;
