//! Signatures of captured requests: events and new callbacks are signed with SHA-256 and the Encrypt Key, old card
//! callbacks with SHA-1 and the Verification Token. Both are plain hashes of plain concatenations (docs/platform.md,
//! Signatures).

use std::borrow::Cow;

use crate::container::encoded::sealed;
use crate::container::{Form, classify};
use crate::container::{Headers, Request};

use crate::json::Cursor;
use crate::json::rewrite::{Escapes, Spacing};
use crate::lang::{Label, Lang, label, say};

pub use crate::container::request::{NONCE, SIGNATURE, TIMESTAMP};

use super::Credentials;
use super::mistakes::{self, Blame, Mistake};
use super::reformat::reformat;
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
    pub fn sentence(self, lang: Lang) -> String {
        match self {
            Why::Challenge => say!(lang, "地址验证请求没有签名", "a URL verification carries no signature"),
            Why::NoHeaders => say!(
                lang,
                "没有签名请求头（{TIMESTAMP}、{NONCE}、{SIGNATURE}）",
                "no signature headers ({TIMESTAMP}, {NONCE}, {SIGNATURE})"
            ),
            Why::MissingHeader(name) => say!(lang, "缺少请求头 {name}", "the header {name} is missing"),
            Why::NoKey => say!(lang, "没有提供 Encrypt Key", "no Encrypt Key is given"),
            Why::NoToken => say!(
                lang,
                "是 SHA-1 签名（旧版卡片回调），但没有提供 Verification Token",
                "a SHA-1 signature (old card callback), and no Verification Token is given"
            ),
            Why::NotAsSent => say!(lang, "请求体不是发送时的原样", "the body is not as it was sent"),
            Why::NoBody => say!(lang, "没有抓取到请求体", "the body was not captured"),
        }
    }

    /// What would make it checkable.
    pub fn help(self) -> Label {
        match self {
            Why::Challenge => label(
                "改为比较它的 token 与应用的 Verification Token",
                "compare its token with the app's Verification Token instead",
            ),
            Why::NoHeaders | Why::MissingHeader(_) => label(
                "抓取完整的请求；通过长连接接收的事件，以及没有 Encrypt Key 的应用的事件，都没有签名",
                "capture the whole request; events over the long connection, and of apps without an Encrypt Key, are \
                 not signed",
            ),
            Why::NoKey => label("提供应用的 Encrypt Key", "give the app's Encrypt Key"),
            Why::NoToken => label("提供应用的 Verification Token", "give the app's Verification Token"),
            Why::NotAsSent | Why::NoBody => {
                label("在解析之前抓取原始请求体", "capture the raw body, before anything parses it")
            }
        }
    }
}

/// Checks a captured request: right where one of the bodies that may have been sent proves it, see `candidates`.
/// `request.as_sent` is what allows [`Outcome::Bad`] without a cause that a hash shows.
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
    let outcome = verify(&request.headers, &request.body, credentials);
    let Outcome::Bad { cause } = outcome else { return outcome };
    let proven = |body: &[u8]| parts(&request.headers).ok().and_then(|parts| proof(parts, body, credentials));
    if let Some(scheme) = candidates(request).find_map(|body| proven(&body)) {
        return Outcome::Ok { scheme };
    }
    let proven = cause.is_some_and(|cause| matches!(cause.blame, Blame::Secret | Blame::Signer));
    match request.as_sent || proven {
        true => Outcome::Bad { cause },
        false => not(Why::NotAsSent),
    }
}

/// What may have been sent, where it was not the body as it stands: the JSON in it alone, with a line end, on one line, and
/// the same of other copies in the record. Of a body that was parsed and written again also what the platform would have
/// written.
fn candidates<'r>(request: &'r Request<'_>) -> impl Iterator<Item = Cow<'r, [u8]>> {
    let copies = request.others.iter().map(|other| (&**other, true));
    [(&*request.body, false)].into_iter().chain(copies).flat_map(|(copy, other)| {
        let bare = copy.strip_prefix("\u{feff}".as_bytes()).unwrap_or(copy);
        let start = bare.len() - bare.trim_ascii_start().len();
        let json = Cursor::new(bare, start).value(0).ok().map(|json| &bare[json.start..json.end]);
        let ended = |end: &'static [u8]| json.map(|json| Cow::Owned([json, end].concat()));
        let style =
            move |escapes| json.and_then(|json| reformat(json, Spacing::Compact, escapes)).map(Cow::Owned);
        let as_is =
            [other.then_some(Cow::Borrowed(copy)), json.map(Cow::Borrowed), ended(b"\n"), ended(b"\r\n")];
        let rewritten = [Escapes::AsIs, Escapes::Least];
        let tried = rewritten.into_iter().filter(|escapes| *escapes == Escapes::AsIs || !request.as_sent);
        as_is.into_iter().flatten().chain(tried.filter_map(style))
    })
}

/// Timestamp, nonce and signature, or which of them is missing.
fn parts<'h>(headers: &'h Headers<'_>) -> Result<[&'h str; 3], [Option<&'static str>; 3]> {
    let found = [TIMESTAMP, NONCE, SIGNATURE]
        .map(|name| headers.get(name).map(str::trim).filter(|value| !value.is_empty()).ok_or(name));
    match found {
        [Ok(timestamp), Ok(nonce), Ok(signature)] => Ok([timestamp, nonce, signature]),
        _ => Err(found.map(Result::err)),
    }
}

/// The scheme by which a body is signed with one of the secrets.
fn proof([timestamp, nonce, signature]: [&str; 3], body: &[u8], credentials: &Credentials) -> Option<Scheme> {
    let Credentials { keys, tokens } = credentials;
    let is = |scheme, secret: &str| same_hex(signature, &sign(scheme, timestamp, nonce, secret, body));
    if keys.keys().any(|key| is(Scheme::Sha256, key.text())) {
        return Some(Scheme::Sha256);
    }
    // An event signed like a card was made by somebody who mixes the two up.
    let card = tokens.0.iter().any(|token| is(Scheme::CardSha1, token))
        && !matches!(inner_form(body, credentials), Form::EventV1 | Form::EventV2);
    card.then_some(Scheme::CardSha1)
}

/// Checks the signature in `headers` of `body`, the bytes as they were sent.
pub fn verify(headers: &Headers<'_>, body: &[u8], credentials: &Credentials) -> Outcome {
    let not = |why| Outcome::NotCheckable { why };
    let parts = match parts(headers) {
        Ok(parts) => parts,
        Err(_) if matches!(inner_form(body, credentials), Form::Challenge | Form::ChallengeV2) => {
            return not(Why::Challenge);
        }
        Err(missing) => {
            let first = missing.into_iter().flatten().next();
            let any = missing.iter().any(Option::is_none);
            return not(first.filter(|_| any).map_or(Why::NoHeaders, Why::MissingHeader));
        }
    };
    if let Some(scheme) = proof(parts, body, credentials) {
        return Outcome::Ok { scheme };
    }
    let Credentials { keys, tokens } = credentials;
    let [.., signature] = parts;
    let card = signature.len() == 40 && signature.bytes().all(|byte| byte.is_ascii_hexdigit());
    match mistakes::search(parts, body, credentials) {
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
            others: Vec::new(),
        };
        let credentials = Credentials { keys: ring("key"), tokens: Tokens::default() };
        assert_eq!(verify_request(&request(true), &credentials), Outcome::Bad { cause: None });
        assert_eq!(verify_request(&request(false), &credentials), not(Why::NotAsSent));
        assert_eq!(format!("{:?}", Tokens(vec!["secret".into()])), "Tokens(1)");
    }

    /// Checks `body` in a capture whose request had the signature of `sent`.
    fn captured(sent: &str, body: &str, others: &[&str], as_sent: bool) -> Outcome {
        let made = sign(Scheme::Sha256, "1", "n", "key", sent.as_bytes());
        let request = Request {
            method: "POST".into(),
            target: "/".into(),
            headers: headers("1", "n", &made),
            body: body.as_bytes().into(),
            span: 0..body.len(),
            as_sent,
            others: others.iter().map(|other| other.as_bytes().into()).collect(),
        };
        verify_request(&request, &Credentials { keys: ring("key"), tokens: Tokens::default() })
    }

    #[test]
    fn what_was_sent_is_found_among_the_candidates() {
        let sent = r#"{"schema":"2.0","header":{"a":"浙\/<\u0041"},"event":{"n":1.50}}"#;
        let ok = Outcome::Ok { scheme: Scheme::Sha256 };
        let spaced = r#"{"schema": "2.0", "header": {"a": "浙\/<\u0041"}, "event": {"n": 1.50}}"#;
        let pretty = spaced.replace(", ", ",\n  ");
        let around = format!("\u{feff} {sent}\r\n```");
        for body in [sent, spaced, &pretty, &around, &format!("{sent}\n")] {
            for as_sent in [true, false] {
                assert_eq!(captured(sent, body, &[], as_sent), ok, "{body}");
            }
        }
        for end in ["\n", "\r\n"] {
            assert_eq!(captured(&format!("{sent}{end}"), &pretty.replace('\n', " "), &[sent], true), ok);
            assert_eq!(captured(&format!("{sent}{end}"), sent, &[], true), ok);
        }
        // A copy beside it proves what the body does not.
        let parsed = spaced.replace("1.50", "1.5");
        assert_eq!(captured(sent, &parsed, &["not JSON", sent], false), ok);
        let not = Outcome::NotCheckable { why: Why::NotAsSent };
        assert_eq!(captured(sent, &parsed, &["not JSON"], false), not);
        assert_eq!(captured(sent, "{}", &[], true), Outcome::Bad { cause: None });
    }

    #[test]
    fn what_was_parsed_may_have_been_escaped_otherwise() {
        let sent = r#"{"a":"浙<"}"#;
        let python = r#"{"a": "\u6d59<"}"#;
        assert_eq!(captured(sent, python, &[], false), Outcome::Ok { scheme: Scheme::Sha256 });
        // Who has what was sent is told what happened to it.
        assert!(matches!(captured(sent, python, &[], true), Outcome::Bad { cause: Some(_) }));
    }

    #[test]
    fn a_header_that_is_no_hash_is_wrong_only_beside_a_body_as_it_was_sent() {
        let request = |as_sent| Request {
            method: "".into(),
            target: "".into(),
            headers: headers("1", "n", "00aa"),
            body: b"{}"[..].into(),
            span: 0..2,
            as_sent,
            others: Vec::new(),
        };
        let credentials = Credentials { keys: ring("key"), tokens: Tokens::default() };
        assert!(matches!(verify_request(&request(true), &credentials), Outcome::Bad { cause: Some(_) }));
        let not = Outcome::NotCheckable { why: Why::NotAsSent };
        assert_eq!(verify_request(&request(false), &credentials), not);
    }

    #[test]
    fn a_request_without_a_body_says_that_it_was_not_captured() {
        for body in ["", "-", " \n", "null"] {
            assert_eq!(
                captured("{}", body, &[], false),
                Outcome::NotCheckable { why: Why::NoBody },
                "{body}"
            );
        }
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
        for lang in [Lang::Zh, Lang::En] {
            assert!(
                all.iter().all(|why| !why.sentence(lang).is_empty() && !why.help().text(lang).is_empty())
            );
            assert!(Why::MissingHeader(NONCE).sentence(lang).contains(NONCE));
        }
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
            let words = cause.map_or("", |cause| cause.sentence.en);
            prop_assert!(words.is_empty() || words.contains("the header is neither") || words.contains("no key that"), "{}", words);
        }

        #[test]
        fn a_body_in_another_layout_proves_its_signature(text: String, number: i64, as_sent: bool) {
            let value = serde_json::json!({"text": text, "list": [number, {}]});
            let pretty = serde_json::to_string_pretty(&value).unwrap();
            let ok = Outcome::Ok { scheme: Scheme::Sha256 };
            prop_assert_eq!(captured(&value.to_string(), &pretty, &[], as_sent), ok);
        }

        #[test]
        fn any_request_is_answered(t: String, n: String, s: String, body: String) {
            let _ = check(&headers(&t, &n, &s), &body, Some("test key"), Some("token"));
        }
    }
}
