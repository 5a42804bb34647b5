//! `curl -v` dumps: `> ` before what was sent, `< ` before what came back, `* ` before curl's own words. curl does not
//! print what it sends as a body; people paste it below the head.

use std::borrow::Cow;

use crate::lang::label;

use super::http::{self, Begun, Framed, LINES, Piece, What, header, is_status_line, line, request_line};
use super::request::{Flaw, SIGNATURE, lossy};
use super::{Answer, FormInfo, Headers, Inner, Place, Request, trace};

const NO_BODY: FormInfo = FormInfo {
    name: label("用 curl -v 得到的输出", "a curl -v dump"),
    lost: Some(label(
        "curl 不会打印它发送的内容，所以里面没有请求体",
        "curl does not print what it sends, so the body is not in it",
    )),
    capture: Some(label(
        "另外保存请求体：粘贴在请求头下面，或用代理保存请求",
        "keep the body beside the dump: paste it below the head, or save the request with a proxy",
    )),
};

/// A part of such a dump.
pub(super) fn probe<'t>(place: &Place<'t>) -> Answer<'t> {
    if !is_beginning(place.line()) {
        return Answer::No;
    }
    match http::part(place, piece) {
        Answer::Open { inner: Inner::Request(request, Some(Flaw::NoBody)), end, .. } => {
            match request.headers.get(SIGNATURE).is_some() {
                true => Answer::Unanswered { request, about: &NO_BODY, end },
                // It may as well have been a call of something else.
                false => Answer::Stranger { about: &NO_BODY, end },
            }
        }
        answer => answer,
    }
}

/// Whether a line that [`is_beginning`] may begin with this byte.
pub(super) fn begins_with(byte: u8) -> bool {
    matches!(byte, b'<' | b'>')
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

/// The part of the dump that begins at `at`, and where it ends: of a response only the head, as in HTTP.
pub(super) fn piece(text: &[u8], at: usize) -> Begun<'_> {
    let (first, mut next) = line(text, at);
    let asked = first.strip_prefix(b"> ").and_then(request_line);
    let answered = first.strip_prefix(b"< ").is_some_and(is_status_line);
    if asked.is_none() && !answered {
        return Begun { what: What::Other, end: next, needed: next };
    }
    let mut headers = Headers::default();
    let mark = if answered { b"<" } else { b">" };
    for _ in 0..LINES {
        let (this, after) = line(text, next);
        let Some(inside) = this.strip_prefix(mark).filter(|_| !starts_request(text, next)) else { break };
        match header(inside) {
            Some((name, value)) => headers.push(lossy(name), lossy(value)),
            None if inside.trim_ascii().is_empty() => {
                next = after;
                break;
            }
            None => break,
        }
        next = after;
    }
    // Every line is quoted, not the head alone: that is no dump of curl's.
    if line(text, next).0.starts_with(mark) && !starts_request(text, next) {
        return Begun { what: What::Other, end: line(text, at).1, needed: line_end(text, next).1 };
    }
    // curl's own words may stand before what follows: a body that was pasted, an answer.
    let (mut body, mut rest) = (next, line_end(text, next));
    for _ in 0..LINES {
        let this = line(text, body).0;
        let blank = this.trim_ascii().is_empty() && asked.is_some();
        if body == text.len()
            || matches!(this.first(), Some(b'<' | b'>'))
            || !(blank || is_chatter(this))
            || trace::is_in(this)
        {
            break;
        }
        body = rest.0;
        rest = line_end(text, body);
    }
    let needed = rest.1;
    let Some((method, target)) = asked.filter(|_| !headers.is_empty()) else {
        return match headers.is_empty() {
            true => Begun { what: What::Other, end: next, needed },
            false => {
                let (end, more) = http::answer(text, body);
                Begun { what: What::Response, end, needed: needed.max(more) }
            }
        };
    };
    let mut request = Request {
        method: lossy(method),
        target: lossy(target),
        headers,
        body: Cow::Borrowed(&[]),
        span: body..body,
        as_sent: true,
        others: Vec::new(),
    };
    // Others that print like curl mark what they sent, too.
    let body = body + if line(text, body).0.starts_with(b"| ") { 2 } else { 0 };
    request.span = body..body;
    let pasted = line(text, body).0.trim_ascii_start();
    if matches!(pasted.first(), Some(b'{' | b'[')) && !is_chatter(pasted) {
        let Framed { known, flaw, end, needed } = http::read_body(text, body, &mut request);
        let needed = needed.max(rest.1);
        let what = if known { What::Request(request, flaw) } else { What::Head(request) };
        return Begun { what, end, needed };
    }
    let flaw = match request.headers.get("Content-Length").map(str::parse) {
        Some(Ok(0u64)) => None,
        _ => Some(Flaw::NoBody),
    };
    Begun { what: What::Request(request, flaw), end: body, needed }
}

/// Where the line at `at` ends with its line feed, and how much of the text there must be for it to be all of the line.
fn line_end(text: &[u8], at: usize) -> (usize, usize) {
    let after = line(text, at).1;
    (after, if http::is_whole(text, at, after) { after } else { text.len() + 1 })
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
    fn a_body_that_is_marked_as_data_is_the_body() {
        let text = format!("{}| {{\"a\":1}}\n\n{TAIL}", HEAD.replace("> \r\n", "\n"));
        let all = requests(&text);
        assert_eq!((all.len(), &*all[0].0.body, all[0].1), (1, &b"{\"a\":1}"[..], None));
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
    fn quoted_lines_and_remarks_with_an_event_are_left_to_others() {
        let event = r#"{"encrypt":"AA=="}"#;
        let head = "> POST /e HTTP/1.1\n> Host: x\n";
        let quoted = format!("{head}> \n> {event}\n");
        assert!(matches!(piece(quoted.as_bytes(), 0), Begun { what: What::Other, end: 19, .. }));
        let remark = format!("{head}>\n* ready\n* got {event}\n");
        assert_eq!(piece(remark.as_bytes(), 0).end, remark.find("* got").unwrap());
        let answer = format!("< HTTP/1.1 200 OK\n< A: b\n< \n{{ [2 bytes data]\n{event}\n");
        assert_eq!(piece(answer.as_bytes(), 0).end, answer.find(event).unwrap());
    }

    #[test]
    fn a_dump_without_its_body_says_so() {
        let text = format!("{HEAD}}} [7 bytes data]\n{TAIL}");
        let all = requests(&text);
        assert_eq!((all.len(), all[0].0.body.len(), all[0].1), (1, 0, Some(Flaw::NoBody)));
    }
}
