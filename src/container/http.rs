//! HTTP/1.x requests as text: from `nc -l`, tcpflow, a proxy's raw view, `.http` files. Captures are edited and cut, so a request that contradicts itself is taken as well as can
//! be, and the contradiction is told. Our own parser, because a strict one (`httparse`) stops there.

use std::borrow::Cow;

use crate::finding::Span;
use crate::steps::took;

use super::request::{Flaw, NONCE, SIGNATURE, TIMESTAMP};
use super::{Answer, Headers, Inner, Place, Request};

/// A part of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Its bytes, without blank lines around it. Pieces come in order and leave out nothing else.
    pub span: Span,
    /// What it is.
    pub what: What<'a>,
}

/// What a part of a capture is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What<'a> {
    /// A request, and what contradicts itself in it.
    Request(Request<'a>, Option<Flaw>),
    /// A response: not wanted.
    Response,
    /// Neither.
    Other,
}

/// A request or a response.
pub(super) fn probe<'t>(place: &Place<'t>) -> Answer<'t> {
    if is_beginning(place.line()) { part(place, piece) } else { Answer::No }
}

/// The part of a capture at a place, as `piece` reads it.
pub(super) fn part<'t>(place: &Place<'t>, piece: fn(&[u8], usize) -> (What<'_>, usize)) -> Answer<'t> {
    let (text, at) = (place.text, place.at);
    let (what, end) = piece(text, at);
    // The next part must have begun, with a whole line. What a head says of lengths is believed up to there at most.
    let begins = skip_blank(text, end);
    let (_, next) = line(text, begins);
    let ended = begins < text.len() && text[next - 1] == b'\n';
    match what {
        _ if !ended && !place.last => Answer::More,
        _ if place.is_too_large(if ended { next } else { text.len() }) => Answer::TooLarge,
        What::Request(request, flaw) if !request.body.is_empty() || flaw == Some(Flaw::NoBody) => {
            let span = request.span.clone();
            Answer::Open { inner: Inner::Request(request, flaw), span, end }
        }
        // Without a body there is nothing to read; that it was signed is for whoever verifies.
        What::Request(request, _) if request.headers.get(SIGNATURE).is_some() => {
            Answer::Open { inner: Inner::Request(request, None), span: at..end, end }
        }
        _ => Answer::Skip(end),
    }
}

/// Whether a line begins a part of a capture: a request, or a response.
pub fn is_beginning(line: &[u8]) -> bool {
    is_boundary(line) || is_header(line)
}

/// Whether a line is a header of the platform's: people paste those above a body, without what stood above them.
fn is_header(line: &[u8]) -> bool {
    [TIMESTAMP, NONCE, SIGNATURE].iter().any(|name| {
        let (start, rest) = line.split_at(line.len().min(name.len()));
        start.eq_ignore_ascii_case(name.as_bytes()) && rest.starts_with(b":")
    })
}

/// The parts of a capture, in order, as `piece` reads each.
pub fn pieces(text: &[u8], piece: fn(&[u8], usize) -> (What<'_>, usize)) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at = skip_blank(text, at);
        if at == text.len() {
            return None;
        }
        let start = at;
        let (what, end) = piece(text, at);
        at = end.max(start + 1);
        Some(Piece { span: start..start + text[start..at].trim_ascii_end().len().max(1), what })
    })
}

/// Whether a text begins with a request or a response.
pub(super) fn begins(text: &[u8]) -> bool {
    is_boundary(&text[skip_blank(text, 0)..])
}

/// The request, response or other text that begins at `at`, and where it ends.
pub(super) fn piece(text: &[u8], at: usize) -> (What<'_>, usize) {
    let (line, after) = line(text, at);
    let pasted = is_header(line).then_some((&b""[..], &b""[..]));
    if let Some((method, target)) = request_line(line).or(pasted) {
        let (headers, body) = head(text, if pasted.is_some() { at } else { after });
        let mut request = Request {
            method: String::from_utf8_lossy(method),
            target: String::from_utf8_lossy(target),
            headers,
            body: Cow::Borrowed(&[]),
            span: body..body,
            // Who pastes headers may have pasted another body than was sent.
            as_sent: pasted.is_none(),
        };
        let (flaw, end) = read_body(text, body, &mut request);
        return (What::Request(request, flaw), end);
    }
    if !is_status_line(line) {
        return (What::Other, next_boundary(text, after));
    }
    // Where both directions were written down as they went, a request follows the body without a line end. Else the
    // length is not believed: only the next boundary ends a response.
    let next = next_boundary(text, after);
    let end = said_end(text, at).filter(|&end| end < next && is_boundary(&text[end..]));
    (What::Response, end.unwrap_or(next))
}

/// Where the response at `at` ends, as its head says.
fn said_end(text: &[u8], at: usize) -> Option<usize> {
    let (headers, body) = head(text, line(text, at).1);
    body.checked_add(headers.get("Content-Length")?.parse().ok()?)
}

/// The line at `at` without its end, and where the next one begins.
pub(crate) fn line(text: &[u8], at: usize) -> (&[u8], usize) {
    let end = memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length);
    took(end + 1 - at);
    let line = text[at..end].strip_suffix(b"\r").unwrap_or(&text[at..end]);
    (line, text.len().min(end + 1))
}

fn skip_blank(text: &[u8], at: usize) -> usize {
    let next = text.len() - text[at..].trim_ascii_start().len();
    took(next - at);
    next
}

/// Method and target of `POST /webhook HTTP/1.1`; also without the version, as `.http` files have it.
pub(crate) fn request_line(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut words = line.split(|&byte| byte == b' ').filter(|word| !word.is_empty());
    // A blank before it is the end of a body that has no line end.
    let (method, target, version) = (words.next().filter(|_| line[0] != b' ')?, words.next()?, words.next());
    let known = [&b"GET"[..], b"POST", b"PUT", b"PATCH", b"DELETE", b"HEAD", b"OPTIONS"].contains(&method);
    let right = match version {
        Some(version) => version.starts_with(b"HTTP/"),
        None => target.starts_with(b"/") || target.starts_with(b"http://") || target.starts_with(b"https://"),
    };
    (known && right && words.next().is_none()).then_some((method, target))
}

pub(crate) fn is_status_line(line: &[u8]) -> bool {
    line.starts_with(b"HTTP/1.") || line.starts_with(b"HTTP/2 ") || line.starts_with(b"HTTP/3 ")
}

/// Whether a request, a response or the `###` between two of an `.http` file begins `text`.
fn is_boundary(text: &[u8]) -> bool {
    let first = line(text, 0).0;
    request_line(first).is_some() || is_status_line(first) || first.starts_with(b"###")
}

/// Where the next request or response begins, looking at line starts from `at` on.
fn next_boundary(text: &[u8], mut at: usize) -> usize {
    while at < text.len() && !is_boundary(&text[at..]) {
        at = line(text, at).1;
    }
    at
}

/// Header lines from `at` on, and where the body begins.
fn head(text: &[u8], mut at: usize) -> (Headers<'_>, usize) {
    let mut headers = Headers::default();
    while at < text.len() {
        let (line, after) = line(text, at);
        if line.is_empty() {
            return (headers, after);
        }
        // No blank line was kept before the body, or before what follows.
        if matches!(line[0], b'{' | b'[') || is_boundary(&text[at..]) {
            break;
        }
        push_header(line, &mut headers);
        at = after;
    }
    (headers, at)
}

/// Adds `Name: value`. A line that is none is passed over: a note of the capture, most likely.
pub(crate) fn push_header<'a>(line: &'a [u8], headers: &mut Headers<'a>) {
    if let Some(colon) = memchr::memchr(b':', line) {
        let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
        if !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic()) {
            headers.push(String::from_utf8_lossy(name), String::from_utf8_lossy(value));
        }
    }
}

/// Fills in the body that begins at `at`; tells the flaw and where the request ends.
fn read_body<'a>(text: &'a [u8], at: usize, request: &mut Request<'a>) -> (Option<Flaw>, usize) {
    let chunked = request
        .headers
        .get("Transfer-Encoding")
        .is_some_and(|how| how.to_ascii_lowercase().contains("chunked"));
    // No length is believed that leads into the next request: each of many could lead to the end of the text.
    let next = next_boundary(text, at);
    if chunked && let Some((body, end)) = chunks(&text[..next], at) {
        (request.body, request.span) = (body, at..end);
        return (None, end);
    }
    let length = request.headers.get("Content-Length").map(|digits| digits.parse::<u64>());
    if let Some(Ok(length)) = length {
        let end = usize::try_from(length).ok().and_then(|length| at.checked_add(length));
        if let Some(end) = end.filter(|&end| end <= next) {
            // What follows must be a beginning, or nothing: else the body was changed, and its length was not.
            let after = skip_blank(text, end);
            if after == text.len() || is_boundary(&text[after..]) {
                (request.body, request.span) = (Cow::Borrowed(&text[at..end]), at..end);
                return (None, end);
            }
        }
    }
    // To the next request. Line ends before it, or at the end of the file, are the capture's.
    let body = text[at..next].trim_ascii_end();
    (request.body, request.span) = (Cow::Borrowed(body), at..at + body.len());
    let flaw = match length {
        _ if chunked => Some(Flaw::Chunks),
        Some(Ok(expected)) => Some(Flaw::Length { expected, found: body.len() as u64 }),
        Some(Err(_)) => Some(Flaw::BadLength),
        None => None,
    };
    request.as_sent &= flaw.is_none();
    (flaw, next)
}

/// The chunks from `at` on, joined, and where they end; `None` if they are not whole.
fn chunks(text: &[u8], mut at: usize) -> Option<(Cow<'_, [u8]>, usize)> {
    let mut body = Cow::Borrowed(&[][..]);
    loop {
        let (size, after) = line(text, at);
        let size = size.split(|&byte| byte == b';').next()?.trim_ascii();
        let size =
            usize::from_str_radix(str::from_utf8(size).ok().filter(|size| !size.starts_with('+'))?, 16)
                .ok()?;
        at = after;
        if size == 0 {
            break;
        }
        let chunk = text.get(at..at.checked_add(size)?)?;
        if body.is_empty() {
            body = Cow::Borrowed(chunk);
        } else {
            body.to_mut().extend_from_slice(chunk);
        }
        let (rest, after) = line(text, at + size);
        if !rest.is_empty() {
            return None;
        }
        at = after;
    }
    // Trailers, and the blank line after them; an editor may have cut that one off.
    while at < text.len() && !is_boundary(&text[at..]) {
        let (trailer, after) = line(text, at);
        at = after;
        if trailer.is_empty() {
            break;
        }
    }
    Some((body, at))
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
