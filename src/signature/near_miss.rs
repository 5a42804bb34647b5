//! Why a signature is wrong: the mistakes that people are known to make, tried one by one.

use std::borrow::Cow;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::container::base64;
use crate::json::rewrite::Escapes;

use super::mistakes::Cause;
use super::reformat::{ESCAPES, SPACINGS, may_change, reformat};
use super::verify::{Secrets, Signed, hash, hex};
use super::{DecryptError, sealed};

/// The first mistake that makes the signature right. One at a time: two mistakes together stay unexplained.
///
/// It costs some eighty hashes of the body, and is paid for wrong signatures alone.
pub(crate) fn search(signed: &Signed<'_>, secrets: &Secrets<'_>) -> Option<Cause> {
    let Some((wanted, in_base64)) = bytes_of(signed.signature) else { return Some(Cause::NotAHash) };
    let sha1 = wanted.len() == 20;
    let keys = || secrets.keys.keys().map(|key| key.text());
    let tokens = || secrets.tokens.0.iter().map(String::as_str);
    let is = |parts: &[&[u8]]| {
        let made = if sha1 { hash::<Sha1>(parts) } else { hash::<Sha256>(parts) };
        bool::from(made.ct_eq(&wanted))
    };
    let (time, nonce, body) = (signed.timestamp.as_bytes(), signed.nonce.as_bytes(), signed.body);
    let plainly = |secret: &str| is(&[time, nonce, secret.as_bytes(), body]);
    let owners: Vec<&str> = if sha1 { tokens().collect() } else { keys().collect() };
    let others: Vec<&str> = if sha1 { keys().collect() } else { tokens().collect() };

    if in_base64 && owners.iter().any(|secret| plainly(secret)) {
        return Some(Cause::Base64);
    }
    if others.iter().any(|secret| plainly(secret)) {
        // SHA-1 with the key is the scheme mistaken, or else the two secrets: the former is met more often.
        return Some(if sha1 { Cause::Sha1 } else { Cause::SecretsSwapped });
    }
    if owners.iter().any(|secret| spaced(secret).iter().any(|secret| plainly(secret))) {
        return Some(Cause::SecretWhitespace);
    }
    let mut plain = Vec::new();
    let opened = sealed(body, 0).map(|(_, text)| secrets.keys.decrypt(None, &text, &mut plain));
    if let Some(Err(DecryptError::WrongKey)) = opened {
        return Some(Cause::OtherKey);
    }
    for (cause, other) in bodies(body) {
        if owners.iter().any(|secret| is(&[time, nonce, secret.as_bytes(), &other])) {
            return Some(cause);
        }
    }
    if let Some(Ok(_)) = opened
        && owners.iter().any(|s| is(&[time, nonce, s.as_bytes(), &plain]))
    {
        return Some(Cause::Plaintext);
    }
    for secret in &owners {
        let parts = [time, nonce, secret.as_bytes(), body];
        if let Some(cause) = joined_otherwise(parts, &is) {
            return Some(cause);
        }
    }
    for key in secrets.keys.keys() {
        let hash = key.hash();
        if is(&[time, nonce, hash, body]) || is(&[time, nonce, hex(hash).as_bytes(), body]) {
            return Some(Cause::HashedKey);
        }
    }
    if is(&[time, nonce, body]) {
        return Some(Cause::NoSecret);
    }
    let mac = |secret: &str| !sha1 && is_hmac(secret.as_bytes(), [time, nonce, body], &wanted);
    keys().chain(tokens()).any(mac).then_some(Cause::Hmac)
}

/// The bytes of a SHA-256 or SHA-1 in hex or base64, and whether it was base64.
fn bytes_of(header: &str) -> Option<(Vec<u8>, bool)> {
    let is_hash = |bytes: &Vec<u8>| matches!(bytes.len(), 20 | 32);
    if matches!(header.len(), 40 | 64) && header.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let digits = header.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).ok());
        let bytes = digits.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect::<Option<_>>();
        return Some((bytes?, false)).filter(|(bytes, _)| is_hash(bytes));
    }
    let mut bytes = Vec::new();
    base64::decode(header.as_bytes(), &mut bytes).ok()?;
    Some((bytes, true)).filter(|(bytes, _)| is_hash(bytes))
}

/// The secret with the white space that files and shells add or take.
fn spaced(secret: &str) -> Vec<String> {
    let trimmed = secret.trim();
    ["", "\n", "\r\n", " "]
        .iter()
        .map(|end| format!("{trimmed}{end}"))
        .chain([format!(" {trimmed}")])
        .filter(|other| other != secret)
        .collect()
}

/// The body as it may have been sent.
fn bodies(body: &[u8]) -> impl Iterator<Item = (Cause, Cow<'_, [u8]>)> {
    let bare = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let less = [bare, bare.strip_suffix(b"\n").unwrap_or(bare), bare.trim_ascii_end(), bare.trim_ascii()]
        .into_iter()
        .map(|less| (Cause::LineEndAdded, Cow::Borrowed(less)));
    let more = [&b"\n"[..], b"\r\n"]
        .into_iter()
        .map(move |end| (Cause::LineEndRemoved, [body, end].concat().into()));
    let unix = move || without_returns(body);
    let ends = [false, true].into_iter().map(move |dos| {
        let unix = unix();
        let dos =
            if dos { unix.split(|&byte| byte == b'\n').collect::<Vec<_>>().join(&b"\r\n"[..]) } else { unix };
        (Cause::LineEndsChanged, Cow::Owned(dos))
    });
    let layouts = ESCAPES.into_iter().filter(|escapes| may_change(*escapes, body)).flat_map(move |escapes| {
        let cause = if escapes == Escapes::AsIs { Cause::Reformatted } else { Cause::Reescaped };
        let other = move |spacing| reformat(body, spacing, escapes).map(|other| (cause, Cow::Owned(other)));
        SPACINGS.into_iter().filter_map(other)
    });
    less.chain(more).chain(ends).chain(layouts).filter(move |(_, other)| **other != *body)
}

fn without_returns(body: &[u8]) -> Vec<u8> {
    let before_feed = |at: usize| body[at] == b'\r' && body.get(at + 1) == Some(&b'\n');
    (0..body.len()).filter(|&at| !before_feed(at)).map(|at| body[at]).collect()
}

/// The four parts in another order, or with something between them.
fn joined_otherwise(parts: [&[u8]; 4], is: &impl Fn(&[&[u8]]) -> bool) -> Option<Cause> {
    let [time, nonce, secret, body] = parts;
    if is(&[nonce, time, secret, body]) {
        return Some(Cause::Swapped);
    }
    for sign in ["\n", ":", "|", ".", "&", ",", ";", "-", "_", " ", "+", "\r\n"] {
        let sign = sign.as_bytes();
        if is(&[time, sign, nonce, sign, secret, sign, body]) {
            return Some(Cause::Separators);
        }
    }
    let all = 0..256usize;
    let mut orders = all.map(|code| [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6]);
    let whole = |order: &[usize; 4]| order.iter().fold(0, |seen, &part| seen | 1 << part) == 15;
    orders.any(|order| whole(&order) && is(&order.map(|part| parts[part]))).then_some(Cause::Reordered)
}

/// The HMACs that are confused with the scheme: over the same parts, as other receivers do it, and of custom bots.
fn is_hmac(secret: &[u8], [time, nonce, body]: [&[u8]; 3], wanted: &[u8]) -> bool {
    let line = &b"\n"[..];
    let bot_key = [time, line, secret].concat();
    let cases: [(&[u8], &[&[u8]]); 7] = [
        (secret, &[time, nonce, body]),
        (secret, &[time, line, nonce, line, body]),
        (secret, &[time, nonce, secret, body]),
        (secret, &[time, body]),
        (secret, &[body]),
        (secret, &[time, line, secret]),
        (&bot_key, &[]),
    ];
    cases.iter().any(|(key, parts)| {
        let mac = Hmac::<Sha256>::new_from_slice(key).expect("an HMAC takes a key of any length");
        let mac = parts.iter().fold(mac, |mac, part| mac.chain_update(part));
        mac.finalize().into_bytes().ct_eq(wanted).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::Headers;
    use crate::signature::Keyring;
    use crate::signature::{Key, encrypt};
    use crate::signature::{
        Tokens,
        verify::{NONCE, Outcome, SIGNATURE, Scheme, TIMESTAMP, sign, verify},
    };

    const TIME: &str = "1615381918";
    const TOKEN: &str = "v_token";
    const EVENT: &str =
        r#"{"schema":"2.0","header":{"token":"t"},"event":{"url":"https://x/<y>","place":"浙江"}}"#;

    /// What `verify` says of `body` with this signature, knowing "the key" and the token.
    fn cause(signature: &str, body: &str) -> Option<Cause> {
        let mut keys = Keyring::default();
        keys.add(None, Key::new("the key"));
        let tokens = Tokens(vec![TOKEN.to_owned()]);
        let mut headers = Headers::default();
        headers.push(TIMESTAMP, TIME);
        headers.push(NONCE, "abcd");
        headers.push(SIGNATURE, signature);
        match verify(&headers, body.as_bytes(), &Secrets { keys: &keys, tokens: &tokens }) {
            Outcome::Bad { cause } => cause,
            outcome => panic!("{outcome:?}"),
        }
    }

    fn good(body: &str) -> String {
        sign(Scheme::Sha256, TIME, "abcd", "the key", body.as_bytes())
    }

    fn of(parts: &[&str]) -> String {
        hex(&hash::<Sha256>(&parts.iter().map(|part| part.as_bytes()).collect::<Vec<_>>()))
    }

    fn mac(key: &str, text: &str) -> Vec<u8> {
        let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.chain_update(text).finalize().into_bytes().to_vec()
    }

    #[test]
    fn a_line_end_added() {
        for body in
            [format!("{EVENT}\n"), format!("{EVENT}\r\n"), format!("{EVENT}\n\n"), format!("\u{feff}{EVENT}")]
        {
            assert_eq!(cause(&good(EVENT), &body), Some(Cause::LineEndAdded), "{body:?}");
        }
    }

    #[test]
    fn a_line_end_removed() {
        for sent in [format!("{EVENT}\n"), format!("{EVENT}\r\n")] {
            assert_eq!(cause(&good(&sent), EVENT), Some(Cause::LineEndRemoved));
        }
    }

    #[test]
    fn line_ends_changed() {
        assert_eq!(cause(&good("{\r\n\"a\":\r\n 1}"), "{\n\"a\":\n 1}"), Some(Cause::LineEndsChanged));
        assert_eq!(cause(&good("{\n\"a\":\n 1}"), "{\r\n\"a\":\r\n 1}"), Some(Cause::LineEndsChanged));
    }

    #[test]
    fn another_layout() {
        let pretty = "{\n  \"encrypt\": \"AA/A\",\n  \"b\": [\n    1\n  ]\n}";
        let spaced = r#"{"encrypt": "AA/A", "b": [1]}"#;
        let compact = r#"{"encrypt":"AA/A","b":[1]}"#;
        for (sent, captured) in [(compact, pretty), (pretty, compact), (spaced, compact), (pretty, spaced)] {
            assert_eq!(cause(&good(sent), captured), Some(Cause::Reformatted), "{sent} {captured}");
        }
    }

    #[test]
    fn other_escapes() {
        for sent in [
            EVENT.replace('/', "\\/").replace("浙江", "\\u6d59\\u6c5f"),
            EVENT.replace("浙江", "\\u6d59\\u6c5f"),
            EVENT.replace('<', "\\u003c").replace('>', "\\u003e"),
        ] {
            assert_eq!(cause(&good(&sent), EVENT), Some(Cause::Reescaped), "{sent}");
            assert_eq!(cause(&good(EVENT), &sent), Some(Cause::Reescaped), "{sent}");
        }
    }

    #[test]
    fn white_space_around_the_secret() {
        for secret in ["the key\n", "the key\r\n", " the key", "the key "] {
            let made = sign(Scheme::Sha256, TIME, "abcd", secret, EVENT.as_bytes());
            assert_eq!(cause(&made, EVENT), Some(Cause::SecretWhitespace));
        }
    }

    #[test]
    fn secrets_swapped() {
        let made = sign(Scheme::Sha256, TIME, "abcd", TOKEN, EVENT.as_bytes());
        assert_eq!(cause(&made, EVENT), Some(Cause::SecretsSwapped));
    }

    #[test]
    fn an_event_signed_like_a_card() {
        let made = sign(Scheme::CardSha1, TIME, "abcd", TOKEN, EVENT.as_bytes());
        assert_eq!(cause(&made, EVENT), Some(Cause::CardScheme));
        let made = sign(Scheme::CardSha1, TIME, "abcd", "the key", EVENT.as_bytes());
        assert_eq!(cause(&made, EVENT), Some(Cause::Sha1));
    }

    #[test]
    fn the_aes_key_or_none_to_sign_with() {
        let key: Vec<u8> = hash::<Sha256>(&[b"the key"]);
        let raw = hash::<Sha256>(&[TIME.as_bytes(), b"abcd", &key, EVENT.as_bytes()]);
        assert_eq!(cause(&hex(&raw), EVENT), Some(Cause::HashedKey));
        assert_eq!(cause(&of(&[TIME, "abcd", &hex(&key), EVENT]), EVENT), Some(Cause::HashedKey));
        assert_eq!(cause(&of(&[TIME, "abcd", EVENT]), EVENT), Some(Cause::NoSecret));
    }

    #[test]
    fn hmacs() {
        let lines = format!("{TIME}\nabcd\n{EVENT}");
        for made in [mac("the key", &lines), mac(TOKEN, &lines), mac(&format!("{TIME}\nthe key"), "")] {
            assert_eq!(cause(&hex(&made), EVENT), Some(Cause::Hmac));
            assert_eq!(cause(&base64::encode(&made), EVENT), Some(Cause::Hmac));
        }
        assert_eq!(cause(&hex(&mac("the key", &format!("{TIME}abcd{EVENT}"))), EVENT), Some(Cause::Hmac));
    }

    #[test]
    fn the_plaintext_signed() {
        let sealed = encrypt(&Key::new("the key"), [5; 16], EVENT.as_bytes());
        let body = format!(r#"{{"encrypt":"{sealed}"}}"#);
        assert_eq!(cause(&good(EVENT), &body), Some(Cause::Plaintext));
    }

    #[test]
    fn the_key_of_another_app() {
        let sealed = encrypt(&Key::new("of another app"), [5; 16], EVENT.as_bytes());
        let body = format!(r#"{{"encrypt":"{sealed}"}}"#);
        let made = sign(Scheme::Sha256, TIME, "abcd", "of another app", body.as_bytes());
        assert_eq!(cause(&made, &body), Some(Cause::OtherKey));
        // With the right key it is something else.
        let sealed = encrypt(&Key::new("the key"), [5; 16], EVENT.as_bytes());
        assert_eq!(cause(&made, &format!(r#"{{"encrypt":"{sealed}"}}"#)), None);
    }

    #[test]
    fn parts_in_another_order_or_apart() {
        assert_eq!(cause(&of(&["abcd", TIME, "the key", EVENT]), EVENT), Some(Cause::Swapped));
        assert_eq!(cause(&of(&["the key", TIME, "abcd", EVENT]), EVENT), Some(Cause::Reordered));
        assert_eq!(cause(&of(&[TIME, "abcd", EVENT, "the key"]), EVENT), Some(Cause::Reordered));
        for sign in ["\n", ":", "|", "."] {
            let made = of(&[&[TIME, "abcd", "the key", EVENT].join(sign)]);
            assert_eq!(cause(&made, EVENT), Some(Cause::Separators));
        }
    }

    #[test]
    fn base64_and_no_hash() {
        let made = hash::<Sha256>(&[TIME.as_bytes(), b"abcd", b"the key", EVENT.as_bytes()]);
        assert_eq!(cause(&base64::encode(&made), EVENT), Some(Cause::Base64));
        for signature in ["x", "sha256=12", &good(EVENT)[1..], &base64::encode(b"short")] {
            assert_eq!(cause(signature, EVENT), Some(Cause::NotAHash));
        }
    }

    #[test]
    fn a_body_that_is_something_else_stays_unexplained() {
        for body in ["", "{}", "not json", "{\"a\":", "\u{feff}\r\n"] {
            assert_eq!(cause(&good(EVENT), body), None, "{body}");
        }
    }
}
