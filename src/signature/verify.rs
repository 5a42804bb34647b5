//! Signatures of captured requests (facts §1.4): events and new callbacks are signed with SHA-256 and the Encrypt
//! Key, old card callbacks with SHA-1 and the Verification Token. Both are plain hashes of plain concatenations.

use std::fmt;

use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::container::{Form, classify};
use crate::container::{Headers, Request};

pub use crate::container::request::{NONCE, SIGNATURE, TIMESTAMP};

use super::Keyring;
use super::mistakes::{Blame, Cause};
use super::near_miss;
use super::sealed;

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
    pub const fn name(self) -> &'static str {
        match self {
            Scheme::Sha256 => "SHA-256 with the Encrypt Key",
            Scheme::CardSha1 => "SHA-1 with the Verification Token (old card callbacks)",
        }
    }
}

/// What a receiver knows and a stranger does not.
#[derive(Clone, Copy, Debug)]
pub struct Secrets<'a> {
    /// Encrypt Keys.
    pub keys: &'a Keyring,
    /// Verification Tokens.
    pub tokens: &'a Tokens,
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

/// What can be said about a request's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is right, under `scheme`.
    Ok {
        /// How it is signed.
        scheme: Scheme,
    },
    /// It is wrong, and why if a known mistake makes it right.
    Bad {
        /// The mistake.
        cause: Option<Cause>,
    },
    /// Nothing can be said.
    NotCheckable {
        /// Why not.
        why: Why,
    },
}

/// Why a signature cannot be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A challenge is not signed.
    Challenge,
    /// None of the three headers is there.
    NoHeaders,
    /// One of the three headers is not there.
    MissingHeader(&'static str),
    /// No Encrypt Key was given.
    NoKey,
    /// No Verification Token was given, and the signature is of the old card scheme.
    NoToken,
    /// The body is not as it was sent.
    NotAsSent,
    /// There is no body.
    NoBody,
}

impl Why {
    /// The reason, in one sentence.
    pub fn sentence(self) -> String {
        match self {
            Why::Challenge => "a URL verification carries no signature".to_owned(),
            Why::NoHeaders => format!("no signature headers ({TIMESTAMP}, {NONCE}, {SIGNATURE})"),
            Why::MissingHeader(name) => format!("the header {name} is missing"),
            Why::NoKey => "no Encrypt Key is given".to_owned(),
            Why::NoToken => {
                "a SHA-1 signature (old card callback), and no Verification Token is given".to_owned()
            }
            Why::NotAsSent => "the body is not as it was sent".to_owned(),
            Why::NoBody => "the body was not captured".to_owned(),
        }
    }

    /// What would make it checkable.
    pub fn help(self) -> &'static str {
        match self {
            Why::Challenge => "compare its token with the app's Verification Token instead",
            Why::NoHeaders | Why::MissingHeader(_) => {
                "capture the whole request; events over the long connection, and of apps without an Encrypt Key, are \
                 not signed"
            }
            Why::NoKey => "give the app's Encrypt Key",
            Why::NoToken => "give the app's Verification Token",
            Why::NotAsSent | Why::NoBody => "capture the raw body, before anything parses it",
        }
    }
}

/// The signed parts of a request.
#[derive(Clone, Copy)]
pub(crate) struct Signed<'a> {
    pub(crate) timestamp: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) signature: &'a str,
    pub(crate) body: &'a [u8],
}

impl Signed<'_> {
    fn with(&self, scheme: Scheme, secret: &str) -> bool {
        same_hex(self.signature, &sign(scheme, self.timestamp, self.nonce, secret, self.body))
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
fn same_hex(header: &str, hex: &str) -> bool {
    header.to_ascii_lowercase().as_bytes().ct_eq(hex.as_bytes()).into()
}

/// Checks a captured request. `request.as_sent` is what allows [`Outcome::Bad`] without a cause.
pub fn verify_request(request: &Request<'_>, secrets: &Secrets<'_>) -> Outcome {
    let not = |why| Outcome::NotCheckable { why };
    let signed = request.headers.get(SIGNATURE).is_some();
    // What proxies write where there is none.
    if signed && matches!(request.body.trim_ascii(), b"" | b"-" | b"null") {
        return not(Why::NoBody);
    }
    if signed && request.is_packed() {
        return not(Why::NotAsSent);
    }
    match verify(&request.headers, &request.body, secrets) {
        Outcome::Bad { cause }
            if !request.as_sent && cause.is_none_or(|cause| cause.blame() == Blame::Capture) =>
        {
            not(Why::NotAsSent)
        }
        outcome => outcome,
    }
}

/// Checks the signature in `headers` of `body`, the bytes as they were sent.
pub fn verify(headers: &Headers<'_>, body: &[u8], secrets: &Secrets<'_>) -> Outcome {
    let not = |why| Outcome::NotCheckable { why };
    let [timestamp, nonce, signature] = [TIMESTAMP, NONCE, SIGNATURE]
        .map(|name| headers.get(name).map(str::trim).filter(|value| !value.is_empty()).ok_or(name));
    let signed = match (timestamp, nonce, signature) {
        (Ok(timestamp), Ok(nonce), Ok(signature)) => Signed { timestamp, nonce, signature, body },
        _ if matches!(inner_form(body, secrets), Form::Challenge | Form::ChallengeV2) => {
            return not(Why::Challenge);
        }
        (Err(_), Err(_), Err(_)) => return not(Why::NoHeaders),
        (Err(name), _, _) | (_, Err(name), _) | (_, _, Err(name)) => return not(Why::MissingHeader(name)),
    };
    if secrets.keys.keys().any(|key| signed.with(Scheme::Sha256, key.text())) {
        return Outcome::Ok { scheme: Scheme::Sha256 };
    }
    if secrets.tokens.0.iter().any(|token| signed.with(Scheme::CardSha1, token)) {
        // An event signed like a card was made by somebody who mixes the two up.
        return match inner_form(body, secrets) {
            Form::EventV1 | Form::EventV2 => Outcome::Bad { cause: Some(Cause::CardScheme) },
            _ => Outcome::Ok { scheme: Scheme::CardSha1 },
        };
    }
    let card = signed.signature.len() == 40 && signed.signature.bytes().all(|byte| byte.is_ascii_hexdigit());
    match near_miss::search(&signed, secrets) {
        Some(cause) => Outcome::Bad { cause: Some(cause) },
        None if card && secrets.tokens.0.is_empty() => not(Why::NoToken),
        None if !card && secrets.keys.is_empty() => not(Why::NoKey),
        None => Outcome::Bad { cause: None },
    }
}

/// What the body is, inside its encryption if a key opens it.
fn inner_form(body: &[u8], secrets: &Secrets<'_>) -> Form {
    let form = classify(body);
    let mut plain = Vec::new();
    match form {
        Form::Encrypted if open(body, secrets, &mut plain) => classify(&plain),
        form => form,
    }
}

/// Decrypts an encrypted body.
pub(crate) fn open(body: &[u8], secrets: &Secrets<'_>, plain: &mut Vec<u8>) -> bool {
    sealed(body, 0).is_some_and(|(_, text)| secrets.keys.decrypt(None, &text, plain).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::{Key, encrypt};
    use proptest::prelude::*;

    const HELLO: &str = r#"{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}"#;
    const HELLO_SIGNATURE: &str = "9c0de91924ad3b34ba49c7d80862d40d8a21b50d7e82bbc0327c66bda6b1eede";

    fn headers<'a>(timestamp: &'a str, nonce: &'a str, signature: &'a str) -> Headers<'a> {
        let mut headers = Headers::default();
        headers.push("x-lark-request-timestamp", timestamp);
        headers.push("X-LARK-REQUEST-NONCE", nonce);
        headers.push(SIGNATURE, signature);
        headers
    }

    fn ring(key: &str) -> Keyring {
        let mut ring = Keyring::default();
        ring.add(None, Key::new("some other key"));
        ring.add(None, Key::new(key));
        ring
    }

    fn check(headers: &Headers<'_>, body: &str, key: Option<&str>, token: Option<&str>) -> Outcome {
        let keys = key.map(ring).unwrap_or_default();
        let tokens = Tokens(token.into_iter().map(str::to_owned).collect());
        verify(headers, body.as_bytes(), &Secrets { keys: &keys, tokens: &tokens })
    }

    #[test]
    fn the_computed_vector_is_right_in_any_case() {
        let made = sign(Scheme::Sha256, "1615381918", "abcd", "test key", HELLO.as_bytes());
        assert_eq!(made, HELLO_SIGNATURE);
        for signature in [HELLO_SIGNATURE.to_owned(), HELLO_SIGNATURE.to_uppercase()] {
            let outcome = check(&headers("1615381918", "abcd", &signature), HELLO, Some("test key"), None);
            assert_eq!(outcome, Outcome::Ok { scheme: Scheme::Sha256 });
        }
    }

    #[test]
    fn the_second_vector_of_the_sdk_test_shape_is_plain_concatenation() {
        // The inputs are literally `timestamp` and `nonce`, as in the Java test.
        let by_hand = hex(&hash::<Sha256>(&[b"timestampnonce1212121212{}"]));
        assert_eq!(sign(Scheme::Sha256, "timestamp", "nonce", "1212121212", b"{}"), by_hand);
    }

    #[test]
    fn old_cards_are_signed_with_the_token() {
        let card = r#"{"open_id":"o","open_message_id":"m","action":{}}"#;
        let made = sign(Scheme::CardSha1, "1", "n", "token", card.as_bytes());
        let headers = headers("1", "n", &made);
        let ok = Outcome::Ok { scheme: Scheme::CardSha1 };
        assert_eq!(check(&headers, card, None, Some("token")), ok);
        assert_eq!(check(&headers, card, Some("key"), Some("token")), ok);
        assert_eq!(check(&headers, card, Some("key"), None), Outcome::NotCheckable { why: Why::NoToken });
        assert_eq!(check(&headers, card, None, Some("other")), Outcome::Bad { cause: None });
    }

    #[test]
    fn what_cannot_be_checked_says_why() {
        let signed = headers("1615381918", "abcd", HELLO_SIGNATURE);
        let not = |why| Outcome::NotCheckable { why };
        let none = Headers::default();
        let sealed = encrypt(&Key::new("key"), [3; 16], br#"{"challenge":"c","type":"url_verification"}"#);
        let sealed = format!("{{\"encrypt\":\"{sealed}\"}}");
        assert_eq!(check(&signed, HELLO, None, None), not(Why::NoKey));
        assert_eq!(check(&none, HELLO, Some("test key"), None), not(Why::NoHeaders));
        assert_eq!(check(&headers("1", "", "x"), HELLO, Some("k"), None), not(Why::MissingHeader(NONCE)));
        assert_eq!(
            check(&none, r#"{"challenge":"c","type":"url_verification"}"#, None, None),
            not(Why::Challenge)
        );
        assert_eq!(check(&none, &sealed, Some("key"), None), not(Why::Challenge));
        assert_eq!(check(&none, &sealed, Some("wrong"), None), not(Why::NoHeaders));
        let request = |as_sent| Request {
            method: "POST".into(),
            target: "/".into(),
            headers: signed.clone(),
            body: br#"{"schema":"2.0"}"#[..].into(),
            span: 0..16,
            as_sent,
        };
        let (keys, tokens) = (ring("key"), Tokens::default());
        let secrets = Secrets { keys: &keys, tokens: &tokens };
        assert_eq!(verify_request(&request(true), &secrets), Outcome::Bad { cause: None });
        assert_eq!(verify_request(&request(false), &secrets), not(Why::NotAsSent));
        assert_eq!(format!("{:?}", Tokens(vec!["secret".into()])), "Tokens(1)");
    }

    #[test]
    fn every_reason_says_what_to_do() {
        let all = [
            Why::Challenge,
            Why::NoHeaders,
            Why::MissingHeader(NONCE),
            Why::NoKey,
            Why::NoToken,
            Why::NotAsSent,
            Why::NoBody,
        ];
        assert!(all.iter().all(|why| !why.sentence().is_empty() && !why.help().is_empty()));
        assert!(Why::MissingHeader(NONCE).sentence().contains(NONCE));
        assert_ne!(Scheme::Sha256.name(), Scheme::CardSha1.name());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

        #[test]
        fn a_changed_request_never_verifies(part in 0usize..4, at: prop::sample::Index, byte in b'!'..b'~') {
            let mut parts = ["1615381918", "abcd", HELLO_SIGNATURE, HELLO].map(|part| part.as_bytes().to_vec());
            let at = at.index(parts[part].len());
            prop_assume!(!parts[part][at].eq_ignore_ascii_case(&byte));
            parts[part][at] = byte;
            let [timestamp, nonce, signature, body] = parts.map(|part| String::from_utf8(part).unwrap());
            let outcome = check(&headers(&timestamp, &nonce, &signature), &body, Some("test key"), Some("token"));
            let bad = matches!(outcome, Outcome::Bad { cause: None | Some(Cause::NotAHash | Cause::OtherKey) });
            prop_assert!(bad, "{:?}", outcome);
        }

        #[test]
        fn any_request_is_answered(t: String, n: String, s: String, body: String) {
            let _ = check(&headers(&t, &n, &s), &body, Some("test key"), Some("token"));
        }
    }
}
