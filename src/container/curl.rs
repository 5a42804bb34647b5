//! `curl -v` dumps: `> ` before what was sent, `< ` before what came back, `* ` before curl's own words. curl does not
//! print what it sends as a body; people paste it below the head.

use std::borrow::Cow;

use super::http::{self, Piece, What, is_status_line, line, push_header, request_line};
use super::request::Flaw;
use super::{Answer, FormInfo, Headers, Inner, Place, Request, Then};

const NO_BODY: FormInfo = FormInfo {
    name: "a curl -v dump",
    lost: Some("curl does not print what it sends, so the body is not in it"),
    capture: Some("keep the body beside the dump: paste it below the head, or save the request with a proxy"),
};

/// A part of such a dump.
pub(super) fn probe<'t>(place: &Place<'t>) -> Answer<'t> {
    if !is_beginning(place.line()) {
        return Answer::No;
    }
    match http::part(place, piece) {
        Answer::Open { inner: Inner::Request(_, Some(Flaw::NoBody)), end, .. } => {
            Answer::Named { about: NO_BODY, end, then: Then::Here }
        }
        answer => answer,
    }
}

/// Whether a line begins a part of such a dump: curl's marks of a request or a response.
pub(super) fn is_beginning(line: &[u8]) -> bool {
    line.strip_prefix(b"> ").is_some_and(|rest| request_line(rest).is_some())
        || line.strip_prefix(b"< ").is_some_and(is_status_line)
}

/// The parts of a text that begins like HTTP, or like such a dump; `None` of any other.
pub fn http_or_dump(text: &[u8]) -> Option<impl Iterator<Item = Piece<'_>>> {
    match http::begins(text) {
        true => Some(http::pieces(text, http::piece)),
        false => looks_like(text).then(|| http::pieces(text, piece)),
    }
}

/// Whether a line of `text` is the request line of such a dump.
fn looks_like(text: &[u8]) -> bool {
    memchr::memmem::find_iter(text, b"> ")
        .any(|at| (at == 0 || text[at - 1] == b'\n') && starts_request(text, at))
}

fn starts_request(text: &[u8], at: usize) -> bool {
    line(text, at).0.strip_prefix(b"> ").and_then(request_line).is_some()
}

/// Whether curl wrote this line itself: a mark, or what stands for data (`{ [88 bytes data]`).
fn is_chatter(line: &[u8]) -> bool {
    let marks = [&b"* "[..], b"> ", b"< ", b"{ [", b"} ["];
    marks.iter().any(|mark| line.starts_with(mark)) || matches!(line, b">" | b"<" | b"*")
}

/// The part of the dump that begins at `at`, and where it ends.
pub(super) fn piece(text: &[u8], at: usize) -> (What<'_>, usize) {
    let (first, mut next) = line(text, at);
    let Some((method, target)) = first.strip_prefix(b"> ").and_then(request_line) else {
        let what = if first.starts_with(b"<") { What::Response } else { What::Other };
        // The response's body has no mark, and curl's words may follow it without a line end.
        while next < text.len() && !starts_request(text, next) && !(what == What::Other && text[next] == b'<')
        {
            next = line(text, next).1;
        }
        return (what, next);
    };
    let mut headers = Headers::default();
    let mut body: Option<(usize, usize)> = None;
    while next < text.len() {
        let (this, after) = line(text, next);
        match this.strip_prefix(b">") {
            Some(_) if starts_request(text, next) => break,
            Some(header) => push_header(header, &mut headers),
            None if this.starts_with(b"<") => break,
            None if is_chatter(this) || (this.is_empty() && body.is_none()) => {}
            None => body = Some((body.map_or(next, |(start, _)| start), after)),
        }
        next = after;
    }
    let (start, end) = body.unwrap_or((next, next));
    let bytes = text[start..end].trim_ascii_end();
    let length = headers.get("Content-Length").map(|digits| digits.parse::<u64>());
    let found = bytes.len() as u64;
    let flaw = match length {
        Some(Ok(0)) if body.is_none() => None,
        _ if body.is_none() => Some(Flaw::NoBody),
        Some(Ok(expected)) if expected != found => Some(Flaw::Length { expected, found }),
        Some(Err(_)) => Some(Flaw::BadLength),
        _ => None,
    };
    let request = Request {
        method: String::from_utf8_lossy(method),
        target: String::from_utf8_lossy(target),
        headers,
        body: Cow::Borrowed(bytes),
        span: start..start + bytes.len(),
        as_sent: flaw.is_none(),
    };
    (What::Request(request, flaw), next)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "* Connected to example.com (127.0.0.1) port 80\n> POST /e HTTP/1.1\r\n> Host: example.com\r\n\
                        > X-Lark-Signature: s\r\n> Content-Length: 7\r\n> \r\n";
    const TAIL: &str = "* upload completely sent off: 7 bytes\n< HTTP/1.1 200 OK\r\n< Content-Length: 17\r\n< \r\n\
                        { [17 bytes data]\n{\"msg\":\"success\"}* Connection #0 to host example.com left intact\n";

    fn requests(text: &str) -> Vec<(Request<'_>, Option<Flaw>)> {
        let only = |piece| match piece {
            Piece { what: What::Request(request, flaw), .. } => Some((request, flaw)),
            _ => None,
        };
        http_or_dump(text.as_bytes()).unwrap().filter_map(only).collect()
    }

    #[test]
    fn a_pasted_body_is_found_and_the_response_is_not() {
        let text = format!("{HEAD}{{\"a\":1}}\n{TAIL}{HEAD}{{\"b\":22}}\n{TAIL}");
        let all = requests(&text);
        assert_eq!(all.len(), 2);
        assert_eq!((&*all[0].0.body, all[0].1, all[0].0.as_sent), (&b"{\"a\":1}"[..], None, true));
        assert_eq!(all[0].0.headers.get("x-lark-signature"), Some("s"));
        assert_eq!((&*all[0].0.method, &*all[0].0.target), ("POST", "/e"));
        assert_eq!(all[1].1, Some(Flaw::Length { expected: 7, found: 8 }));
        assert_eq!(&text.as_bytes()[all[1].0.span.clone()], b"{\"b\":22}");
    }

    #[test]
    fn requests_without_a_response_between_are_two() {
        let text = format!("{HEAD}{{\"a\":1}}\n> POST /e HTTP/1.1\n> Content-Length: 0\n>\n{{}}\n{TAIL}");
        let all = requests(&text);
        assert_eq!(
            all.iter().map(|(request, _)| &*request.body).collect::<Vec<_>>(),
            [&b"{\"a\":1}"[..], b"{}"]
        );
        assert_eq!(all[1].1, Some(Flaw::Length { expected: 0, found: 2 }));
    }

    #[test]
    fn a_dump_without_its_body_says_so() {
        let text = format!("{HEAD}}} [7 bytes data]\n{TAIL}");
        let all = requests(&text);
        assert_eq!((all.len(), all[0].0.body.len(), all[0].1), (1, 0, Some(Flaw::NoBody)));
    }
}
