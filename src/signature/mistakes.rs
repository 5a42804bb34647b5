//! The mistakes that make a signature wrong, in words (docs/platform.md, Signatures).

/// A mistake that makes a signature wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// White space or a byte order mark stands around the body that was not sent.
    LineEndAdded,
    /// The body ended in a line end when it was sent.
    LineEndRemoved,
    /// LF became CRLF, or the other way.
    LineEndsChanged,
    /// The body was sent in another layout.
    Reformatted,
    /// The body's strings were sent with other escapes.
    Reescaped,
    /// The secret differs by the white space around it.
    SecretWhitespace,
    /// Encrypt Key and Verification Token are swapped.
    SecretsSwapped,
    /// The body is encrypted with none of the keys that are known.
    OtherKey,
    /// An event is signed as old card callbacks are.
    CardScheme,
    /// SHA-1, with the Encrypt Key.
    Sha1,
    /// The hash of the Encrypt Key, which decrypts, was used to sign.
    HashedKey,
    /// The secret was left out.
    NoSecret,
    /// An HMAC.
    Hmac,
    /// The decrypted event was signed instead of the body.
    Plaintext,
    /// Timestamp and nonce are swapped.
    Swapped,
    /// The four parts are in another order.
    Reordered,
    /// Something stands between the parts.
    Separators,
    /// The right hash, in base64.
    Base64,
    /// The header is no hash at all.
    NotAHash,
}

/// Where a mistake was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// In the capture: the request itself was genuine.
    Capture,
    /// In the secret given here, or in the sender's.
    Secret,
    /// In what signed the request: not the platform.
    Signer,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Cause; 19] = [
        Cause::LineEndAdded,
        Cause::LineEndRemoved,
        Cause::LineEndsChanged,
        Cause::Reformatted,
        Cause::Reescaped,
        Cause::SecretWhitespace,
        Cause::SecretsSwapped,
        Cause::OtherKey,
        Cause::CardScheme,
        Cause::Sha1,
        Cause::HashedKey,
        Cause::NoSecret,
        Cause::Hmac,
        Cause::Plaintext,
        Cause::Swapped,
        Cause::Reordered,
        Cause::Separators,
        Cause::Base64,
        Cause::NotAHash,
    ];

    /// Blame, what is wrong, and what to do.
    const fn words(self) -> (Blame, &'static str, &'static str) {
        use Blame::*;
        match self {
            Cause::LineEndAdded => (
                Capture,
                "it is right for this body without the white space or byte order mark around it",
                "save the body without adding a line end: `printf %s`, or an editor told not to",
            ),
            Cause::LineEndRemoved => (
                Capture,
                "it is right for this body with a line end after it",
                "save the body without trimming it: `$(..)` in a shell cuts the last line end off",
            ),
            Cause::LineEndsChanged => (
                Capture,
                "it is right for this body with other line ends (LF for CRLF, or the other way)",
                "transfer the capture as binary; in git, mark it `-text`",
            ),
            Cause::Reformatted => (
                Capture,
                "it is right for this body in another layout: it was parsed and written again",
                "hash the raw body, before anything parses it",
            ),
            Cause::Reescaped => (
                Capture,
                "it is right for this body with its strings escaped otherwise: it was parsed and written again",
                "hash the raw body, before anything parses it",
            ),
            Cause::SecretWhitespace => (
                Secret,
                "it is right with other white space around the secret",
                "copy the secret without the line end; `printf %s` instead of `echo`",
            ),
            Cause::SecretsSwapped => (
                Secret,
                "it is right with the Encrypt Key and the Verification Token swapped",
                "swap them: the Encrypt Key is the one that you can set yourself",
            ),
            Cause::OtherKey => (
                Secret,
                "no key that was given opens the body either: it is another app's, or the body was changed",
                "give the Encrypt Key of the app that the request was meant for",
            ),
            Cause::CardScheme => (
                Signer,
                "an event is signed as old card callbacks are (SHA-1 and the Verification Token)",
                "events are signed with SHA-256 and the Encrypt Key; a card handler is not an event handler",
            ),
            Cause::Sha1 => (
                Signer,
                "it is SHA-1 with the Encrypt Key",
                "use SHA-256; SHA-1 belongs to old card callbacks and the Verification Token",
            ),
            Cause::HashedKey => (
                Signer,
                "the AES key (the hash of the Encrypt Key) was used to sign",
                "sign with the Encrypt Key itself; its hash is for decryption only",
            ),
            Cause::NoSecret => (
                Signer,
                "it was made without any secret",
                "the signer's Encrypt Key is empty: look at the variable that it is read from",
            ),
            Cause::Hmac => (
                Signer,
                "it is an HMAC",
                "no HMAC here: hash timestamp, nonce, Encrypt Key and body, joined as they are; HMAC belongs to custom \
                 bots",
            ),
            Cause::Plaintext => (
                Signer,
                "the decrypted event was signed instead of the body",
                "sign the body as it is sent, {\"encrypt\":\"..\"}: verify first, then decrypt",
            ),
            Cause::Swapped => (
                Signer,
                "timestamp and nonce are swapped",
                "the order is timestamp, nonce, Encrypt Key, body",
            ),
            Cause::Reordered => (
                Signer,
                "the four parts are joined in another order",
                "the order is timestamp, nonce, Encrypt Key, body",
            ),
            Cause::Separators => (
                Signer,
                "the parts are joined with something between them",
                "join timestamp, nonce, Encrypt Key and body with nothing between them",
            ),
            Cause::Base64 => (Signer, "it is the right hash in base64", "write it in hexadecimal"),
            Cause::NotAHash => (
                Signer,
                "the header is neither 64 nor 40 hexadecimal digits",
                "copy the whole header; the signature of an event has 64 hexadecimal digits",
            ),
        }
    }

    /// Where the mistake was made.
    pub const fn blame(self) -> Blame {
        self.words().0
    }
    /// What is wrong: the second half of "the signature is wrong: ".
    pub const fn sentence(self) -> &'static str {
        self.words().1
    }
    /// What to do about it.
    pub const fn help(self) -> &'static str {
        self.words().2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_words_of_its_own() {
        let mut all: Vec<_> = Cause::ALL.iter().flat_map(|cause| [cause.sentence(), cause.help()]).collect();
        assert!(all.iter().all(|words| !words.is_empty() && !words.ends_with('.')));
        // Layout and escapes share the advice, and so do the two orders of the parts.
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 2 * Cause::ALL.len() - 2);
    }
}
