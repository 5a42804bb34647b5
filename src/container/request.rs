//! An HTTP request as some capture kept it: what the wire, container and log readers all yield.

use std::borrow::Cow;
use std::fmt;

use crate::finding::Span;
use crate::secrets::Secrets;

/// The header with the time at which a request was signed.
pub const TIMESTAMP: &str = "X-Lark-Request-Timestamp";
/// The header with the nonce.
pub const NONCE: &str = "X-Lark-Request-Nonce";
/// The header with the signature.
pub const SIGNATURE: &str = "X-Lark-Signature";

/// So many headers most requests have at most.
const USUAL: usize = 16;

/// Header lines, in the order in which they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers<'a> {
    lines: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Headers<'a> {
    /// Adds a line.
    pub fn push(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        self.lines.push((name.into(), value.into()));
    }

    /// Adds a line of which `name` and `value` are parts.
    pub(super) fn push_of(&mut self, line: &'a [u8], name: &'a [u8], value: &'a [u8]) {
        // That it is text is asked once.
        let text = str::from_utf8(line).ok();
        let part = |part: &'a [u8]| {
            let at = (part.as_ptr() as usize).wrapping_sub(line.as_ptr() as usize);
            text.and_then(|text| text.get(at..at.checked_add(part.len())?))
                .map_or_else(|| lossy(part), Cow::Borrowed)
        };
        if self.lines.is_empty() {
            self.lines.reserve(USUAL);
        }
        self.lines.push((part(name), part(value)));
    }

    /// The first value of the header `name`, in whatever case, and also as CGI, WSGI and nginx spell it:
    /// `HTTP_X_LARK_SIGNATURE`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(other, _)| same_name(other, name)).map(|(_, value)| value)
    }

    /// The same, with texts of its own.
    pub fn into_owned(self) -> Headers<'static> {
        let own = |(name, value): (Cow<'a, str>, Cow<'a, str>)| {
            (Cow::Owned(name.into_owned()), Cow::Owned(value.into_owned()))
        };
        Headers { lines: self.lines.into_iter().map(own).collect() }
    }

    /// Adds the lines of `others` whose names are not there.
    pub fn add_missing(&mut self, others: Headers<'a>) {
        for (name, value) in others.lines {
            if self.get(&name).is_none() {
                self.lines.push((name, value));
            }
        }
    }

    /// Every line.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

fn same_name(written: &str, name: &str) -> bool {
    let written = written.as_bytes();
    let bare = match written.split_at_checked(5) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(b"http_") => rest,
        _ => written,
    };
    let plain = |byte: &u8| if *byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    bare.len() == name.len() && bare.iter().map(plain).eq(name.as_bytes().iter().map(plain))
}

/// The text of bytes of a head, which nearly always are one as they stand.
pub(super) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// A request. What a capture did not keep is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// `POST`
    pub method: Cow<'a, str>,
    /// `/webhook/event`, or a whole URL.
    pub target: Cow<'a, str>,
    /// The header lines.
    pub headers: Headers<'a>,
    /// The body, without its transfer encoding or the JSON string around it.
    pub body: Cow<'a, [u8]>,
    /// Where the body (or what it was taken from: chunks, a JSON string with its quotes) stands in the input.
    pub span: Span,
    /// Whether the body is, to all appearance, byte for byte what was sent. A signature can be called wrong only
    /// then.
    pub as_sent: bool,
    /// What else in the same record may be the body as it was sent: the same event, written otherwise.
    pub others: Vec<Cow<'a, [u8]>>,
}

impl Request<'_> {
    /// Teaches the secrets of its head: what is in the body may repeat them.
    pub fn teach(&self, secrets: &mut Secrets) {
        secrets.learn(self.target.as_bytes());
        for (name, value) in self.headers.iter() {
            secrets.learn(format!("{name}: {value}").as_bytes());
        }
    }

    /// Whether the body is to be unpacked first: a proxy packed it, so it is neither what was sent nor what was signed.
    /// Archives keep bodies unpacked, with the header that says they were not.
    pub fn is_packed(&self) -> bool {
        self.headers.get("Content-Encoding").is_some() && str::from_utf8(&self.body).is_err()
    }
}

/// What is wrong with the framing of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The body has not the length that Content-Length says.
    Length {
        /// What Content-Length says.
        expected: u64,
        /// How long it is.
        found: u64,
    },
    /// Content-Length is not a number.
    BadLength,
    /// Chunked, but the chunks are not there: taken apart by the capture, or cut.
    Chunks,
    /// A dump that shows no body.
    NoBody,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::Length { expected, found } => {
                write!(f, "Content-Length says {expected} bytes, and the body has {found}")
            }
            Flaw::BadLength => f.write_str("Content-Length is not a number"),
            Flaw::Chunks => f.write_str("the body is said to be chunked, and its chunks are not whole"),
            Flaw::NoBody => f.write_str("the dump does not show the body"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_every_spelling() {
        for written in
            ["X-Lark-Signature", "x-lark-signature", "HTTP_X_LARK_SIGNATURE", "http_x_lark_signature"]
        {
            let mut headers = Headers::default();
            headers.push("Host", "example.com");
            headers.push(written, "1");
            headers.push("x-lark-signature", "2");
            assert_eq!(headers.get("x-lark-signature"), Some("1"), "{written}");
            assert_eq!(headers.get("lark-signature"), None);
        }
    }
}
