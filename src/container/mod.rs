//! From bytes to documents: what a captured payload may be wrapped in, and how to take it out. Everything here works
//! on byte slices it is given: no files, no clock, no network, and no output.

pub mod base64;
mod classify;
mod curl;
pub mod extent;
pub mod form;
pub mod hexdump;
pub mod http;
pub mod json_request;
pub mod literal;
pub mod log;
pub mod magic;
pub(crate) mod node_sdk;
pub mod nonjson;
pub mod request;
pub mod resync;

pub use classify::classify;
pub use form::{About, Form};
pub use literal::relax;
pub use node_sdk::unmerge;
pub use nonjson::{NonJson, nonjson};
pub use request::{Headers, Request};
