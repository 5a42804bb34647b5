//! See README.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod catalog;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod export;
pub mod finding;
pub mod json;
pub mod payload;
pub mod record;
pub mod render;
pub mod rules;
pub mod sample;
pub mod time;
