//! What is said of the command line itself: examples, manual pages, what completes words, and what was meant by a word
//! of another tool.

pub(crate) mod candidates;
pub(crate) mod examples;
pub(crate) mod foreign;
pub(crate) mod pages;
