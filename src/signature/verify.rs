//! Signatures of captured requests: events and new callbacks are signed with SHA-256 and the Encrypt Key, old card
//! callbacks with SHA-1 and the Verification Token. Both are plain hashes of plain concatenations (docs/platform.md,
//! Signatures).

use crate::container::encoded::sealed;
use crate::container::{Form, classify};
use crate::container::{Headers, Request};

pub use crate::container::request::{NONCE, SIGNATURE, TIMESTAMP};

use super::Credentials;
use super::mistakes::{self, Blame, Mistake};
use super::sign::same_hex;

pub use super::sign::{Scheme, sign};

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
        cause: Option<&'static Mistake>,
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

/// Checks a captured request. `request.as_sent` is what allows [`Outcome::Bad`] without a cause.
pub fn verify_request(request: &Request<'_>, credentials: &Credentials) -> Outcome {
    let not = |why| Outcome::NotCheckable { why };
    let signed = request.headers.get(SIGNATURE).is_some();
    // What proxies write where there is none.
    if signed && matches!(request.body.trim_ascii(), b"" | b"-" | b"null") {
        return not(Why::NoBody);
    }
    if signed && request.is_packed() {
        return not(Why::NotAsSent);
    }
    match verify(&request.headers, &request.body, credentials) {
        Outcome::Bad { cause }
            if !request.as_sent && cause.is_none_or(|cause| cause.blame == Blame::Capture) =>
        {
            not(Why::NotAsSent)
        }
        outcome => outcome,
    }
}

/// Checks the signature in `headers` of `body`, the bytes as they were sent.
pub fn verify(headers: &Headers<'_>, body: &[u8], credentials: &Credentials) -> Outcome {
    let not = |why| Outcome::NotCheckable { why };
    let [timestamp, nonce, signature] = [TIMESTAMP, NONCE, SIGNATURE]
        .map(|name| headers.get(name).map(str::trim).filter(|value| !value.is_empty()).ok_or(name));
    let (timestamp, nonce, signature) = match (timestamp, nonce, signature) {
        (Ok(timestamp), Ok(nonce), Ok(signature)) => (timestamp, nonce, signature),
        _ if matches!(inner_form(body, credentials), Form::Challenge | Form::ChallengeV2) => {
            return not(Why::Challenge);
        }
        (Err(_), Err(_), Err(_)) => return not(Why::NoHeaders),
        (Err(name), _, _) | (_, Err(name), _) | (_, _, Err(name)) => return not(Why::MissingHeader(name)),
    };
    let Credentials { keys, tokens } = credentials;
    let is = |scheme, secret: &str| same_hex(signature, &sign(scheme, timestamp, nonce, secret, body));
    if keys.keys().any(|key| is(Scheme::Sha256, key.text())) {
        return Outcome::Ok { scheme: Scheme::Sha256 };
    }
    // An event signed like a card was made by somebody who mixes the two up.
    if tokens.0.iter().any(|token| is(Scheme::CardSha1, token))
        && !matches!(inner_form(body, credentials), Form::EventV1 | Form::EventV2)
    {
        return Outcome::Ok { scheme: Scheme::CardSha1 };
    }
    let card = signature.len() == 40 && signature.bytes().all(|byte| byte.is_ascii_hexdigit());
    match mistakes::search([timestamp, nonce, signature], body, credentials) {
        Some(cause) => Outcome::Bad { cause: Some(cause) },
        None if card && tokens.is_empty() => not(Why::NoToken),
        None if !card && keys.is_empty() => not(Why::NoKey),
        None => Outcome::Bad { cause: None },
    }
}

/// What the body is, inside its encryption if a key opens it.
fn inner_form(body: &[u8], credentials: &Credentials) -> Form {
    let form = classify(body);
    let mut plain = Vec::new();
    match form {
        Form::Encrypted if open(body, credentials, &mut plain) => classify(&plain),
        form => form,
    }
}

/// Decrypts an encrypted body.
fn open(body: &[u8], credentials: &Credentials, plain: &mut Vec<u8>) -> bool {
    sealed(body).is_some_and(|(_, text)| credentials.keys.decrypt(&text, plain).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::sign::{hash, hex};
    use crate::signature::{Key, Keyring, Tokens, encrypt};
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
        ring.add(Key::new("some other key"));
        ring.add(Key::new(key));
        ring
    }

    fn check(headers: &Headers<'_>, body: &str, key: Option<&str>, token: Option<&str>) -> Outcome {
        let keys = key.map(ring).unwrap_or_default();
        let tokens = Tokens(token.into_iter().map(str::to_owned).collect());
        verify(headers, body.as_bytes(), &Credentials { keys, tokens })
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
        let by_hand = hex(&hash::<sha2::Sha256>(&[b"timestampnonce1212121212{}"]));
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
        let credentials = Credentials { keys: ring("key"), tokens: Tokens::default() };
        assert_eq!(verify_request(&request(true), &credentials), Outcome::Bad { cause: None });
        assert_eq!(verify_request(&request(false), &credentials), not(Why::NotAsSent));
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
            let Outcome::Bad { cause } = outcome else { panic!("{outcome:?}") };
            let words = cause.map_or("", |cause| cause.sentence);
            prop_assert!(words.is_empty() || words.contains("the header is neither") || words.contains("no key that"), "{}", words);
        }

        #[test]
        fn any_request_is_answered(t: String, n: String, s: String, body: String) {
            let _ = check(&headers(&t, &n, &s), &body, Some("test key"), Some("token"));
        }
    }
}
