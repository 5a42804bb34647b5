//! What makes a callback trustworthy: keys and tokens, signatures, decryption, and the mistakes behind a wrong one.

pub mod credentials;
pub mod decrypt;
pub mod mistakes;
mod near_miss;
mod reformat;
pub mod verify;

pub use credentials::{Credentials, Keyring};
pub use decrypt::{DecryptError, Key, decrypt, encrypt, is_sealed, sealed};
pub use verify::Tokens;
