//! What is said of the command line itself: examples, help in Chinese, what is wrong with what was typed, manual pages, what
//! completes words, and what was meant by a word of another tool.

pub(crate) mod candidates;
pub(crate) mod chinese;
pub(crate) mod errors;
pub(crate) mod examples;
pub(crate) mod foreign;
pub(crate) mod pages;
