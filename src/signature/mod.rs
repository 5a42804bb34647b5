//! What makes a callback trustworthy: keys and tokens, signatures, decryption, and the mistakes behind a wrong one.

pub mod credentials;
pub mod decrypt;
pub mod mistakes;
mod reformat;
mod sign;
pub mod verify;

pub use credentials::{Credentials, Keyring, Tokens};
pub use decrypt::{DecryptError, Key, encrypt};
