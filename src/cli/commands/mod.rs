//! The commands: what each does with what it reads.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod convert;
pub(crate) mod decrypt;
pub(crate) mod explain;
pub(crate) mod man;
pub(crate) mod redact;
pub(crate) mod reports;
mod rows;
pub(crate) mod sample;
pub(crate) mod schema;
pub(crate) mod show;
pub(crate) mod sidecar;
mod split;
pub mod summary;
pub(crate) mod verify;
mod views;
mod writer;
