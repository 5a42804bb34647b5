//! What a receiver knows. Several Encrypt Keys: a capture of more than one app, or of the time before and after a reset.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use subtle::ConstantTimeEq;

use super::decrypt::{DecryptError, Key, encrypt, unseal};
use super::sign::{Scheme, sign};

/// What a receiver knows and a stranger does not: Encrypt Keys and Verification Tokens.
#[derive(Debug, Default)]
pub struct Credentials {
    /// Encrypt Keys.
    pub keys: Keyring,
    /// Verification Tokens.
    pub tokens: Tokens,
}

impl Credentials {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.tokens.is_empty()
    }

    /// The same, to be hidden wherever people read.
    pub fn hidden(&self) -> crate::secrets::Secrets {
        let keys = self.keys.keys().map(Key::text);
        crate::secrets::Secrets::new(keys.chain(self.tokens.0.iter().map(String::as_str)))
    }
}

/// Verification Tokens. `Debug` does not show them.
#[derive(Clone, Default)]
pub struct Tokens(pub Vec<String>);

impl Tokens {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `token` is one of them, in a time that does not depend on where they differ.
    pub fn contains(&self, token: &str) -> bool {
        self.0.iter().fold(false, |found, own| found | bool::from(own.as_bytes().ct_eq(token.as_bytes())))
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({})", self.0.len())
    }
}

/// Keys to try, in the order in which they were given. Which app a key belongs to is of no use: an encrypted body does
/// not say its app.
#[derive(Debug, Default)]
pub struct Keyring {
    keys: Vec<Key>,
    // The next event is mostly of the same app. Shared by the threads that read one input: a lost update costs one
    // try.
    last: AtomicUsize,
}

impl Keyring {
    /// Adds a key.
    pub fn add(&mut self, key: Key) {
        self.keys.push(key);
    }

    /// Whether there is nothing to try.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Every key, in the order in which they were given.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter()
    }

    /// Encrypts with the first key, as [`encrypt`] does.
    pub fn encrypt(&self, iv: [u8; 16], plain: &[u8]) -> Option<String> {
        self.keys().next().map(|key| encrypt(key, iv, plain))
    }

    /// The signature of a body under the first key.
    pub fn sign(&self, timestamp: &str, nonce: &str, body: &[u8]) -> Option<String> {
        self.keys().next().map(|key| sign(Scheme::Sha256, timestamp, nonce, key.text(), body))
    }

    /// Puts the plaintext of `base64`, the text of an `encrypt` string with its JSON escapes undone, into `out`, whose
    /// memory is used again, and says which key it was: the first that fits, the one that fitted last being tried
    /// first. After an error `out` is empty, but for [`DecryptError::NotJson`]: then it is that text.
    ///
    /// CBC does not authenticate: who can change the ciphertext can change the text, and a changed IV changes the first
    /// sixteen bytes at will. Only the signature ([`super::verify`]) says that a body is the platform's.
    pub fn decrypt(&self, base64: &[u8], out: &mut Vec<u8>) -> Result<usize, DecryptError> {
        self.decrypt_to(base64, out, |_| false)
    }

    /// The same for who reads the plaintext at once: `reads` says that a text that came out is one JSON value, which
    /// then need not be gone through to know it. Of another text it says nothing.
    pub(crate) fn decrypt_to(
        &self,
        base64: &[u8],
        out: &mut Vec<u8>,
        mut reads: impl FnMut(&str) -> bool,
    ) -> Result<usize, DecryptError> {
        out.clear();
        if self.keys.is_empty() {
            return Err(DecryptError::NoKey);
        }
        let last = self.last.load(Ordering::Relaxed);
        let order = std::iter::once(last).chain((0..self.keys.len()).filter(|&index| index != last));
        let mut not_json = None;
        let mut sealed = false;
        for index in order {
            // A key that is refused for its padding leaves the ciphertext as it was, and that is nearly every one.
            if !sealed {
                unseal(base64, out).inspect_err(|_| out.clear())?;
            }
            match self.keys[index].open(out, &mut reads) {
                Ok(()) => {
                    self.last.store(index, Ordering::Relaxed);
                    return Ok(index);
                }
                Err(error @ DecryptError::NotJson { .. }) => {
                    not_json.get_or_insert((error, std::mem::take(out)));
                    sealed = false;
                }
                Err(_) => sealed = !out.is_empty(),
            }
        }
        out.clear();
        let (error, text) = not_json.unwrap_or((DecryptError::WrongKey, Vec::new()));
        out.extend_from_slice(&text);
        Err(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_finds_its_key_in_whatever_order() {
        let mut ring = Keyring::default();
        assert_eq!(ring.decrypt(b"AAAA", &mut Vec::new()), Err(DecryptError::NoKey));
        for n in 0..5 {
            ring.add(Key::new(&format!("key {n}")));
        }
        let mut out = Vec::new();
        // Six hundred ciphertexts: some pass the padding of a wrong key, and must not be lost by it.
        for round in 0..600u32 {
            let n = (round % 5) as usize;
            let plain = format!("{{\"round\":{round}}}");
            let mut iv = [0; 16];
            iv[..4].copy_from_slice(&round.to_le_bytes());
            let sealed = encrypt(&Key::new(&format!("key {n}")), iv, plain.as_bytes());
            assert_eq!(ring.decrypt(sealed.as_bytes(), &mut out), Ok(n));
            assert_eq!(out, plain.as_bytes());
        }
    }

    #[test]
    fn what_no_key_opens_is_one_error() {
        let mut ring = Keyring::default();
        ring.add(Key::new("one"));
        ring.add(Key::new("test key"));
        ring.add(Key::new("three"));
        let mut out = Vec::new();
        let sealed = encrypt(&Key::new("another"), [0; 16], b"{}");
        assert_eq!(ring.decrypt(sealed.as_bytes(), &mut out), Err(DecryptError::WrongKey));
        assert!(out.is_empty());
        let hello = b"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=";
        assert_eq!(ring.decrypt(hello, &mut out), Err(DecryptError::NotJson { at: 0 }));
        assert_eq!(out, b"hello world");
        assert_eq!(ring.decrypt(b"AAA", &mut out), Err(DecryptError::Base64 { at: 3 }));
    }
}
