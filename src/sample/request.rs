//! Bodies as the platform posts them: encrypted, and in a signed HTTP request. The same for a seed.

use crate::container::{Form, classify};
use crate::signature::Keyring;
use crate::signature::verify::{NONCE, SIGNATURE, TIMESTAMP};
use crate::time::Millis;

use super::random::Random;
use super::text;

/// Encrypts bodies and puts them into requests.
#[derive(Debug)]
pub struct Poster<'k> {
    keys: &'k Keyring,
    random: Random,
}

impl<'k> Poster<'k> {
    /// Encrypts and signs with the first of these keys.
    pub fn new(seed: u64, keys: &'k Keyring) -> Poster<'k> {
        // A stream of its own: the events are the same whether they are encrypted or not.
        Poster { keys, random: Random::new(text::fold(seed, "post")) }
    }

    /// Appends `{"encrypt":".."}` around `body`; nothing without a key.
    pub fn encrypt(&mut self, body: &[u8], out: &mut Vec<u8>) {
        let halves = [self.random.next(), self.random.next()];
        let mut iv = [0; 16];
        iv[..8].copy_from_slice(&halves[0].to_le_bytes());
        iv[8..].copy_from_slice(&halves[1].to_le_bytes());
        if let Some(sealed) = self.keys.encrypt(iv, body) {
            out.extend_from_slice(b"{\"encrypt\":\"");
            out.extend_from_slice(sealed.as_bytes());
            out.extend_from_slice(b"\"}");
        }
    }

    /// Appends a request to `url` with this body, for an event of the time `created`: signed when there is a key and
    /// it is no challenge, which the platform does not sign. `plain` is the body before it was encrypted; `last` asks
    /// the server to hang up.
    pub fn request(
        &mut self,
        url: &Url<'_>,
        body: &[u8],
        plain: &[u8],
        created: Millis,
        last: bool,
        out: &mut Vec<u8>,
    ) {
        let Url { host, path } = url;
        let mut head = format!("POST {path} HTTP/1.1\r\nHost: {host}\r\n");
        head += "Content-Type: application/json;charset=utf-8\r\n";
        head += &format!("Content-Length: {}\r\n", body.len());
        // Within three seconds of the event.
        let timestamp = (created.seconds().0 + 1 + i64::from(self.random.below(2))).to_string();
        let nonce = format!("{:016x}", self.random.next());
        let signed = !matches!(classify(plain), Form::Challenge);
        if let Some(signature) = self.keys.sign(&timestamp, &nonce, body).filter(|_| signed) {
            head += &format!("{TIMESTAMP}: {timestamp}\r\n{NONCE}: {nonce}\r\n{SIGNATURE}: {signature}\r\n");
        }
        if last {
            head += "Connection: close\r\n";
        }
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(b"\r\n");
        out.extend_from_slice(body);
    }
}

/// Where requests go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'u> {
    /// With its port, if it has one.
    pub host: &'u str,
    /// From the first slash on.
    pub path: &'u str,
}

impl<'u> Url<'u> {
    /// `http://localhost:8080/webhook`, also without its scheme or its path. `None` for what cannot stand in a request.
    pub fn parse(url: &'u str) -> Option<Url<'u>> {
        let rest = ["http://", "https://"].iter().find_map(|scheme| url.strip_prefix(scheme)).unwrap_or(url);
        let slash = rest.find('/').unwrap_or(rest.len());
        let (host, path) = rest.split_at(slash);
        let path = if path.is_empty() { "/" } else { path };
        let fits = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        (!host.is_empty() && fits(host) && fits(path)).then_some(Url { host, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_taken_apart() {
        for (text, parts) in [
            ("http://localhost:8080/a/b?c", Some(("localhost:8080", "/a/b?c"))),
            ("https://example.com", Some(("example.com", "/"))),
            ("localhost/x", Some(("localhost", "/x"))),
            ("/x", None),
            ("a b/x", None),
            ("a/x\r\nHost: b", None),
        ] {
            assert_eq!(Url::parse(text), parts.map(|(host, path)| Url { host, path }), "{text}");
        }
    }
}
