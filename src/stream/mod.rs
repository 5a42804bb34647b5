//! Bytes to documents: where each begins and ends in a stream, what it is wrapped in, and where reading goes on after one
//! that is broken.

pub mod assemble;
pub mod frame;
#[cfg(test)]
mod growth_tests;
mod recover;
mod skip;
mod sniff;
mod state;
pub mod stats;
mod unwrap;
