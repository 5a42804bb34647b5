//! Bytes to documents: where each begins and ends in a stream, what it is wrapped in, and where reading goes on after one
//! that is broken.

mod ask;
pub mod assemble;
mod find;
pub mod frame;
#[cfg(test)]
mod growth_tests;
mod lookback;
mod pass;
mod record;
mod recover;
mod sealed;
#[cfg(test)]
mod short_tests;
mod skip;
mod state;
pub mod stats;
mod undo;
mod unwrap;
mod views;
