//! From bytes to documents: what a captured payload may be wrapped in, and how to take it out. Everything here works
//! on byte slices it is given: no files, no clock, no network, and no output.

mod base64;
pub mod decrypt;
pub mod keyring;

pub use self::decrypt::{DecryptError, Key, decrypt, encrypt};
pub use self::keyring::Keyring;
