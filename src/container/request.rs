//! An HTTP request as some capture kept it: what the wire, container and log readers all yield.

use std::borrow::Cow;

use crate::finding::Span;
use crate::lang::{Lang, say};
use crate::secrets::Secrets;

use super::http::header;

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
    /// Lines of a head as they stand, before the others: they are taken apart where somebody asks.
    head: &'a str,
    lines: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Headers<'a> {
    /// Those of a head that has been gone through.
    pub(super) fn of(head: &'a str) -> Headers<'a> {
        Headers { head, lines: Vec::new() }
    }

    /// Adds a line.
    pub fn push(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        self.lines.push((name.into(), value.into()));
    }

    /// Adds a line of which `name` and `value` are parts.
    pub(super) fn push_of(&mut self, line: &'a [u8], name: &'a [u8], value: &'a [u8]) {
        // That it is text is asked once.
        let text = str::from_utf8(line).ok();
        let part = |bytes: &'a [u8]| {
            text.and_then(|text| part(text, bytes)).map_or_else(|| lossy(bytes), Cow::Borrowed)
        };
        if self.lines.is_empty() {
            self.lines.reserve(USUAL);
        }
        self.lines.push((part(name), part(value)));
    }

    /// The first value of the header `name`, in whatever case, and also as CGI, WSGI and nginx spell it:
    /// `HTTP_X_LARK_SIGNATURE`.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut named = self.iter().filter(|(other, _)| same_name(other.as_bytes(), name.as_bytes()));
        named.next().map(|(_, value)| value)
    }

    /// The same, with texts of its own.
    pub fn into_owned(self) -> Headers<'static> {
        let own = |(name, value): (&str, &str)| (Cow::Owned(name.to_owned()), Cow::Owned(value.to_owned()));
        Headers { head: "", lines: self.iter().map(own).collect() }
    }

    /// Adds the lines of `others` whose names are not there.
    pub fn add_missing(&mut self, others: Headers<'a>) {
        let head = lines(others.head).map(|(name, value)| (name.into(), value.into()));
        for (name, value) in head.chain(others.lines) {
            if self.get(&name).is_none() {
                self.lines.push((name, value));
            }
        }
    }

    /// Every line.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        lines(self.head).chain(self.lines.iter().map(|(name, value)| (&**name, &**value)))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.head.is_empty() && self.lines.is_empty()
    }
}

/// The headers in the lines of a head.
fn lines(head: &str) -> impl Iterator<Item = (&str, &str)> {
    head.lines().filter_map(|line| {
        let (name, value) = header(line.as_bytes())?;
        Some((part(line, name)?, part(line, value)?))
    })
}

/// The part of a text that these bytes of it are.
fn part<'t>(text: &'t str, bytes: &[u8]) -> Option<&'t str> {
    let at = (bytes.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    text.get(at..at + bytes.len())
}

/// Whether a header is called `name`, in whatever spelling.
pub(super) fn same_name(written: &[u8], name: &[u8]) -> bool {
    let bare = match written.split_at_checked(5) {
        Some((prefix, rest)) if prefix.eq_ignore_ascii_case(b"http_") => rest,
        _ => written,
    };
    let plain = |byte: &u8| if *byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    bare.len() == name.len() && bare.iter().map(plain).eq(name.iter().map(plain))
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
    /// Chunked, but the chunks are not whole.
    Chunks,
    /// A dump that shows no body.
    NoBody,
}

impl Flaw {
    /// What contradicts what.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Flaw::Length { expected, found } => say!(
                lang,
                "Content-Length 是 {expected} 字节，请求体有 {found} 字节",
                "Content-Length says {expected} bytes, and the body has {found}"
            ),
            Flaw::BadLength => say!(lang, "Content-Length 不是数字", "Content-Length is not a number"),
            Flaw::Chunks => say!(
                lang,
                "请求体声明为分块传输 (chunked)，但分块不完整",
                "the body is said to be chunked, and its chunks are not whole"
            ),
            Flaw::NoBody => say!(lang, "输出里没有请求体", "the dump does not show the body"),
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

    #[test]
    fn lines_of_a_head_are_like_those_that_were_added() {
        let head = Headers::of("Host: a\r\nX-Empty:\nx-b : c\r\nX-B:\td \u{4e00}\n");
        let mut added = Headers::default();
        added.push("Host", "a");
        added.push("X-Empty", "");
        added.push("X-B", "d \u{4e00}");
        assert_eq!(head.iter().collect::<Vec<_>>(), added.iter().collect::<Vec<_>>());
        assert_eq!((head.get("x-b"), head.is_empty()), (Some("d \u{4e00}"), false));
        assert_eq!(head.clone().into_owned(), added);
        let mut more = Headers::default();
        more.push("HOST", "b");
        more.add_missing(head);
        assert_eq!(more.iter().map(|(_, value)| value).collect::<Vec<_>>(), ["b", "", "d \u{4e00}"]);
    }
}
