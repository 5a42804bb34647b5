//! From bytes to documents: what a captured payload may be wrapped in, and how to take it out. Everything here works
//! on byte slices it is given: no files, no clock, no network, and no output.

pub(crate) mod about;
pub mod base64;
pub mod binary;
pub mod cause;
mod curl;
pub mod decrypt;
pub mod dump;
pub mod extent;
pub mod form;
pub mod http;
pub mod keyring;
pub mod log;
mod near_miss;
pub mod nonjson;
mod reformat;
pub mod relax;
pub mod request;
pub mod resync;
pub mod signature;
mod unmerge;
mod walk;
pub mod wrap;

pub use self::about::About;
pub use self::decrypt::{DecryptError, Key, decrypt, encrypt, is_sealed, sealed};
pub use self::form::{Form, classify};
pub use self::keyring::{Credentials, Keyring};
pub use self::nonjson::{NonJson, nonjson};
pub use self::relax::relax;
pub use self::request::{Headers, Request};
pub use self::signature::Tokens;
pub use self::unmerge::unmerge;
