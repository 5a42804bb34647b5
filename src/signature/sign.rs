//! How requests are signed: plain hashes of plain concatenations, in hex.

use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::lang::{Label, label};

/// How a request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `hex(SHA256(timestamp + nonce + encrypt_key + body))`
    Sha256,
    /// `hex(SHA1(timestamp + nonce + verification_token + body))`, of old card callbacks.
    CardSha1,
}

impl Scheme {
    /// Its name for messages.
    pub const fn name(self) -> Label {
        match self {
            Scheme::Sha256 => label("SHA-256，使用 Encrypt Key", "SHA-256 with the Encrypt Key"),
            Scheme::CardSha1 => label(
                "SHA-1，使用 Verification Token（旧版卡片回调）",
                "SHA-1 with the Verification Token (old card callbacks)",
            ),
        }
    }
}

/// The signature of a request, in lower-case hex: for samples, and for comparing. `secret` is the Encrypt Key or the
/// Verification Token, as the scheme asks.
pub fn sign(scheme: Scheme, timestamp: &str, nonce: &str, secret: &str, body: &[u8]) -> String {
    let parts = [timestamp.as_bytes(), nonce.as_bytes(), secret.as_bytes(), body];
    match scheme {
        Scheme::Sha256 => hex(&hash::<Sha256>(&parts)),
        Scheme::CardSha1 => hex(&hash::<Sha1>(&parts)),
    }
}

pub(crate) fn hash<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().fold(D::new(), |hash, part| hash.chain_update(part)).finalize().to_vec()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Whether the header is that hash: hex in any case (the C# sample of the documentation writes upper case), and in a
/// time that does not depend on where they differ.
pub(super) fn same_hex(header: &str, hex: &str) -> bool {
    header.to_ascii_lowercase().as_bytes().ct_eq(hex.as_bytes()).into()
}
