//! HTTP/1.x requests as text: from `nc -l`, tcpflow, a proxy's raw view, `.http` files. Captures are edited and cut, so a
//! request that contradicts itself is taken as well as can be, and the contradiction is told. Our own parser, because a
//! strict one (`httparse`) stops there.
//!
//! A log is full of lines that look like the first of a request or a response, and nothing of what follows them may be
//! lost. So a request is a request line with a header below it, or headers of a signature, and it ends where its body is
//! known to end, and a response ends with its head, or with an answer in which no event can be.

use std::borrow::Cow;

use crate::finding::Span;
use crate::json::Cursor;
use crate::steps::took;

use super::form::Role;
use super::request::{Flaw, NONCE, SIGNATURE, TIMESTAMP, lossy, same_name};
use super::{Answer, Headers, Inner, Place, Request, classify, headers, trace};

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
    /// The head of a request. Nothing shows where the text behind it ends that might be its body.
    Head(Request<'a>),
    /// The head of a response, with what it answered if that is JSON and shows no event.
    Response,
    /// A line that is neither.
    Other,
}

/// What begins at a place of a text.
pub(super) struct Begun<'t> {
    pub what: What<'t>,
    pub end: usize,
    /// How much of the text had to be there to tell: more than there is where more of it might say otherwise.
    pub needed: usize,
}

/// How many lines a head has at most.
pub(super) const LINES: usize = 64;

/// How many labels and blank lines may stand between the head and the body.
const LABELS: usize = 5;

/// Longer bodies are not believed to be as long as their head says, but where their JSON ends there.
const LENGTH: usize = 1 << 20;

/// A request, the head of a response, or a line that looks like the beginning of one.
pub(super) fn probe<'t>(place: &Place<'t>) -> Answer<'t> {
    if is_beginning(place.line()) { part(place, piece) } else { Answer::No }
}

/// Whether a line that [`is_beginning`] may begin with this byte.
pub(super) fn begins_with(byte: u8) -> bool {
    byte.is_ascii_uppercase() || matches!(byte, b'x' | b'#')
}

/// The part of a capture at a place, as `piece` reads it.
pub(super) fn part<'t>(place: &Place<'t>, piece: fn(&[u8], usize) -> Begun<'_>) -> Answer<'t> {
    let at = place.at;
    // However long its head says that it is, no more is looked at than a document may be large: the body may contradict.
    let text = &place.text[..place.text.len().min(at.saturating_add(place.limit + 1))];
    let Begun { what, end, needed } = piece(text, at);
    match what {
        _ if needed > text.len() && !place.last && !place.is_too_large(text.len()) => Answer::More,
        _ if place.is_too_large(end) => Answer::TooLarge,
        // Others may know what its body is.
        What::Head(request) if request.headers.get(SIGNATURE).is_some() => Answer::No,
        // A request to something else, in a text with others: its body is like any other JSON.
        What::Request(request, None) if is_foreign(&request) => Answer::Skip(request.span.start),
        // What a head says of another body is no fault of this one.
        What::Request(request, Some(_))
            if !request.body.is_empty() && !is_joined(&text[at..request.span.start], &request) =>
        {
            Answer::Skip(request.span.start)
        }
        What::Request(request, flaw) if !request.body.is_empty() || flaw == Some(Flaw::NoBody) => {
            let span = request.span.clone();
            Answer::Open { inner: Inner::Request(request, flaw), span, end }
        }
        // Without a body there is nothing to read; that it was signed is for whoever verifies.
        What::Request(request, _) if request.headers.get(SIGNATURE).is_some() => {
            Answer::Open { inner: Inner::Request(request, None), span: at..end, end }
        }
        // Whatever stands on such a line is looked for there.
        What::Other => Answer::No,
        What::Request(..) | What::Head(_) | What::Response => Answer::Skip(end),
    }
}

/// The request that begins at a place, if its head is whole and says, in a number, how long its body is, which begins as an
/// object does. What else its body is was not looked at: if that is one event, [`probe`] says the same.
pub(crate) fn announced<'t>(place: &Place<'t>) -> Option<Request<'t>> {
    let text = place.text;
    let (method, target) = request_line(place.line())?;
    let (mut length, mut encoded) = (None, false);
    let after = text.len().min(place.end + 1);
    let extent = lines_of_head(text, after, |_, name, value| {
        encoded |= same_name(name, b"Transfer-Encoding");
        if length.is_none() && same_name(name, b"Content-Length") {
            length = Some(value);
        }
    });
    let start = extent.end;
    let end = start.checked_add(str::from_utf8(length?).ok()?.parse().ok()?)?;
    let is_plain = extent.needed == start && !encoded;
    let body = text.get(start..end).filter(|body| is_plain && body.first() == Some(&b'{'))?;
    if place.is_too_large(end) {
        return None;
    }
    Some(Request {
        method: lossy(method),
        target: lossy(target),
        headers: Headers::of(str::from_utf8(&text[after..start]).ok()?),
        body: Cow::Borrowed(body),
        span: start..end,
        as_sent: true,
        others: Vec::new(),
    })
}

/// Whether nobody signed a request, and no event can be in its body. Headers of a signature by themselves are those of a
/// request as a log shows them: JSON without an event below them is the next line of that log, and the body may follow.
fn is_foreign(request: &Request<'_>) -> bool {
    let nothing = || match &*request.body {
        [b'{', ..] => shows_nothing(&request.body),
        text => !trace::shows(text),
    };
    let signed = [TIMESTAMP, NONCE, SIGNATURE].iter().all(|name| request.headers.get(name).is_some());
    let is_request = !request.method.is_empty() && signed;
    !request.body.is_empty() && !is_request && nothing()
}

/// Whether a head clearly belongs to the body behind it: it is one of a signed request or of one with JSON, and a blank
/// line parts them. Logs show heads by themselves, and events behind them.
fn is_joined(head: &[u8], request: &Request<'_>) -> bool {
    let kind = request.headers.get("Content-Type").unwrap_or_default().to_ascii_lowercase();
    // In a dump of curl's the blank line has its mark.
    let is_blank = |line: &[u8]| matches!(line.trim_ascii(), b"" | b">");
    let mut lines = head.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    lines.any(is_blank) && (kind.contains("json") || request.headers.get(SIGNATURE).is_some())
}

/// Whether no event can be in a JSON document.
fn shows_nothing(json: &[u8]) -> bool {
    !trace::is_in(json) && matches!(classify(json).role(), Role::Reply | Role::Unknown)
}

/// Whether a line may begin a part of a capture: a request, a response, or what stands between two of an `.http` file.
pub(super) fn is_beginning(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    request_line(line).is_some() || is_status_line(line) || is_signed(line) || line.starts_with(b"###")
}

/// Whether a line is a header of a signature.
fn is_signed(line: &[u8]) -> bool {
    // All of them begin so.
    matches!(line.trim_ascii_start(), [b'x' | b'X', b'-', ..])
        && header(line).is_some_and(|(name, _)| {
            [TIMESTAMP, NONCE, SIGNATURE].iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
        })
}

/// The parts of a capture, in order, as `piece` reads each. What follows the head of a request, up to the next
/// beginning, is its body here, whatever it is.
pub(super) fn pieces(text: &[u8], piece: fn(&[u8], usize) -> Begun<'_>) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at = skip_blank(text, at);
        if at == text.len() {
            return None;
        }
        let start = at;
        let Begun { mut what, end, .. } = piece(text, at);
        at = end.max(start + 1);
        match what {
            What::Head(mut request) => {
                at = next_boundary(text, at);
                let flaw = loose(text, end, at, &mut request);
                what = What::Request(request, flaw);
            }
            // Where both directions were written down as they went, a request follows without a line end.
            What::Response => at = said_end(text, start, end).unwrap_or(at),
            What::Other => at = json_end(text, start).unwrap_or(at),
            What::Request(..) => {}
        }
        Some(Piece { span: start..start + text[start..at].trim_ascii_end().len().max(1), what })
    })
}

/// Where the response at `at` ends, as its head says, if something begins there. The head ends at `end`.
fn said_end(text: &[u8], at: usize, end: usize) -> Option<usize> {
    let length = head(text, line(text, at).1).headers.get("Content-Length")?.parse().ok()?;
    let said = end.checked_add(length).filter(|&said| said < text.len())?;
    (next_boundary(&text[..said], end) == said && is_boundary(&text[said..])).then_some(said)
}

/// Where the JSON ends that begins at `at`, if something begins there.
fn json_end(text: &[u8], at: usize) -> Option<usize> {
    let value = Cursor::new(text, at).value(0).ok()?;
    is_boundary(&text[value.end..]).then_some(value.end)
}

/// Fills in a body of which nothing shows where it ends: it stands from `at` to `next`.
fn loose<'t>(text: &'t [u8], at: usize, next: usize, request: &mut Request<'t>) -> Option<Flaw> {
    let body = text[at..next].trim_ascii_end();
    (request.body, request.span) = (Cow::Borrowed(body), at..at + body.len());
    let flaw = match length(request) {
        _ if is_chunked(request) => Some(Flaw::Chunks),
        length => flaw(length, body.len()),
    };
    request.as_sent &= flaw.is_none();
    flaw
}

/// Whether a text begins with a request or a response.
pub(super) fn begins(text: &[u8]) -> bool {
    is_boundary(&text[skip_blank(text, 0)..])
}

/// The request, the head of a response or the line that begins at `at`, and where it ends.
pub(super) fn piece(text: &[u8], at: usize) -> Begun<'_> {
    let (first, after) = line(text, at);
    let first = first.trim_ascii_start();
    let alone = |what| Begun { what, end: after, needed: after };
    let asked = request_line(first);
    let pasted = asked.is_none() && is_signed(first);
    if asked.is_none() && !pasted && !is_status_line(first) {
        return alone(What::Other);
    }
    let Head { headers, extent: head } = head(text, if pasted { at } else { after });
    if head.count == 0 {
        return Begun { needed: head.needed, ..alone(What::Other) };
    }
    if asked.is_none() && !pasted {
        let (end, needed) = answer(text, head.end);
        return Begun { what: What::Response, end, needed: head.needed.max(needed) };
    }
    let (method, target) = asked.unwrap_or_default();
    let mut request = Request {
        method: lossy(method),
        target: lossy(target),
        headers,
        body: Cow::Borrowed(&[]),
        span: head.end..head.end,
        // Who pastes headers may have pasted another body than was sent.
        as_sent: !pasted,
        others: Vec::new(),
    };
    // What follows a request that says it has no body is none, unless the request was signed: then its length was changed.
    if length(&request) == Some(Ok(0)) && request.headers.get(SIGNATURE).is_none() {
        return Begun { what: What::Request(request, None), end: head.end, needed: head.needed };
    }
    let Framed { known, flaw, end, needed } = read_body(text, head.end, &mut request);
    let what = if known { What::Request(request, flaw) } else { What::Head(request) };
    Begun { what, end, needed: head.needed.max(needed) }
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

const METHODS: [&[u8]; 7] = [b"GET", b"POST", b"PUT", b"PATCH", b"DELETE", b"HEAD", b"OPTIONS"];

/// Whether a text is a method, or the line that begins a request.
pub(super) fn is_method(text: &[u8]) -> bool {
    METHODS.contains(&text) || request_line(text).is_some()
}

/// Method and target of `POST /webhook HTTP/1.1`; also without the version, as `.http` files have it.
pub(crate) fn request_line(line: &[u8]) -> Option<(&[u8], &[u8])> {
    // Most lines are told from it by their first byte.
    if !line.first().is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let mut words = line.split(|&byte| byte == b' ').filter(|word| !word.is_empty());
    let (method, target, version) = (words.next()?, words.next()?, words.next());
    let right = match version {
        Some(version) => version.starts_with(b"HTTP/"),
        None => target.starts_with(b"/") || target.starts_with(b"http://") || target.starts_with(b"https://"),
    };
    (METHODS.contains(&method) && right && words.next().is_none()).then_some((method, target))
}

/// Whether a line begins a response. One with an event in it is of a log, and does not.
pub(crate) fn is_status_line(line: &[u8]) -> bool {
    line.first() == Some(&b'H')
        && [&b"HTTP/1."[..], b"HTTP/2 ", b"HTTP/3 "].iter().any(|version| line.starts_with(version))
        && !holds_event(line)
}

/// Whether a request or a response begins `text`, or the `###` between two of an `.http` file.
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

/// Where an answer ends that begins at `at`, behind the head of a response, and how much of the text had to be there to
/// tell. What may be an event is none.
pub(super) fn answer(text: &[u8], at: usize) -> (usize, usize) {
    match json_body(text, at) {
        (Body::Json { span, labels: false }, needed) => {
            (if shows_nothing(&text[span.clone()]) { span.end } else { at }, needed)
        }
        (_, needed) => (at, needed),
    }
}

/// The lines of a head.
struct Head<'t> {
    headers: Headers<'t>,
    extent: Extent,
}

/// How far the lines of a head go.
struct Extent {
    /// How many headers there are.
    count: usize,
    /// Where what follows begins.
    end: usize,
    needed: usize,
}

/// The head from `at` on.
fn head(text: &[u8], at: usize) -> Head<'_> {
    let mut headers = Headers::default();
    let extent = lines_of_head(text, at, |line, name, value| headers.push_of(line, name, value));
    Head { headers, extent }
}

/// Goes through the header lines from `at` on, indented or not: `each` is given line, name and value. A line that is none
/// ends them, but for a label above the first: `Headers:`.
fn lines_of_head<'t>(
    text: &'t [u8],
    at: usize,
    mut each: impl FnMut(&'t [u8], &'t [u8], &'t [u8]),
) -> Extent {
    let mut head = Extent { count: 0, end: at, needed: text.len() + 1 };
    for number in 0..LINES {
        let (whole, after) = line(text, head.end);
        let is_whole = is_whole(text, head.end, after);
        match header(whole) {
            Some((name, value)) => {
                each(whole, name, value);
                head.count += 1;
            }
            None if whole.trim_ascii().is_empty() && is_whole && head.count > 0 => {
                head.needed = after;
                head.end = after;
                return head;
            }
            None if number == 0 && is_label(whole) => {}
            None => {
                head.needed = if is_whole { after } else { head.needed };
                return head;
            }
        }
        head.end = after;
        if !is_whole {
            return head;
        }
    }
    head.needed = head.end;
    head
}

/// Name and value of a header line: `Name: value`, or as a table has them, `x-name   value`. A line with an event in it
/// is none, whatever stands before that.
pub(super) fn header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.trim_ascii();
    let pseudo = usize::from(line.starts_with(b":"));
    let names = &line[pseudo..line.len().min(pseudo + NAME)];
    let length = names.iter().position(|byte| !OF_NAME[usize::from(*byte)]).unwrap_or(names.len());
    let length = pseudo + length;
    let (name, rest) = line.split_at(length);
    let value = match rest {
        [b':', value @ ..] => value,
        [b' ', b' ', value @ ..] | [b'\t', value @ ..]
            if name.contains(&b'-') && !value.is_empty() && !is_printed(value) =>
        {
            value
        }
        _ => return None,
    };
    let named = name.get(pseudo).is_some_and(u8::is_ascii_alphabetic);
    let event = holds_event(value);
    let value = value.trim_ascii();
    // None of the values of a signature is quoted, but where a console shows them so.
    let quoted = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\""));
    let value = quoted.filter(|_| headers::is_in(name)).unwrap_or(value);
    (named && !event).then_some((name, value))
}

/// The bytes that names of headers are made of.
static OF_NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let sign = byte as u8;
        table[byte] = sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_' | b'.');
        byte += 1;
    }
    table
};

/// Whether an event stands on a line, behind other words.
fn holds_event(line: &[u8]) -> bool {
    memchr::memchr(b'{', line).is_some_and(|brace| trace::is_in(&line[brace..]))
}

/// Whether what follows a name is a line of JSON behind the prefix of a service: `web-1  |   "schema": "2.0",`.
fn is_printed(value: &[u8]) -> bool {
    let line = value.trim_ascii_start().strip_prefix(b"|").map(<[u8]>::trim_ascii_start);
    line.and_then(<[u8]>::first).is_some_and(|byte| b"{}[]\"".contains(byte))
}

/// The longest name of a header.
const NAME: usize = 64;

/// Whether a line stands between the parts of a request and belongs to none: the fence of a code block, a rule, a label
/// such as `Request Body`, `**Body:**`, `请求体：`.
fn is_label(line: &[u8]) -> bool {
    const WORDS: [&str; 6] = ["header", "body", "payload", "content", "data", "request"];
    let line = line.trim_ascii();
    if line.len() > 40 || line.iter().any(|byte| b"{}[]\"'=\\<".contains(byte) || byte.is_ascii_digit()) {
        return false;
    }
    let lower = line.to_ascii_lowercase();
    let named = || WORDS.iter().any(|word| memchr::memmem::find(&lower, word.as_bytes()).is_some());
    let ends = |end: &str| line.ends_with(end.as_bytes()) || line.ends_with(format!("{end}**").as_bytes());
    line.starts_with(b"```")
        || line.iter().all(u8::is_ascii_punctuation)
        || ends(":")
        || ends("：")
        || line.split(|byte| *byte == b' ').count() <= 3 && named()
}

fn length(request: &Request<'_>) -> Option<Result<u64, ()>> {
    request.headers.get("Content-Length").map(|digits| digits.parse().map_err(drop))
}

fn is_chunked(request: &Request<'_>) -> bool {
    let how = request.headers.get("Transfer-Encoding");
    how.is_some_and(|how| how.to_ascii_lowercase().contains("chunked"))
}

/// What is wrong with the length of a body that has `found` bytes.
fn flaw(length: Option<Result<u64, ()>>, found: usize) -> Option<Flaw> {
    let found = found as u64;
    match length? {
        Ok(expected) if expected == found => None,
        Ok(expected) => Some(Flaw::Length { expected, found }),
        Err(()) => Some(Flaw::BadLength),
    }
}

/// How a request ends.
#[derive(Default)]
pub(super) struct Framed {
    /// Whether that is known.
    pub known: bool,
    pub flaw: Option<Flaw>,
    pub end: usize,
    /// As in [`Begun`].
    pub needed: usize,
}

/// Fills in the body that begins at `at`, behind the head: as long as the head says if that is consistent, else the JSON
/// value that stands there.
pub(super) fn read_body<'t>(text: &'t [u8], at: usize, request: &mut Request<'t>) -> Framed {
    let chunked = is_chunked(request);
    let (parts, looked_at) = if chunked { chunked_body(text, at) } else { (None, at) };
    if let Some((body, end)) = parts {
        (request.body, request.span) = (body, at..end);
        return Framed { known: true, flaw: None, end, needed: looked_at };
    }
    let length = length(request);
    let said = length.and_then(Result::ok).and_then(|length| usize::try_from(length).ok());
    let said = said.and_then(|length| at.checked_add(length));
    let (body, needed) = json_body(text, at);
    let mut framed = Framed { known: true, end: at, needed: needed.max(looked_at), flaw: None };
    let whole = match (&body, said) {
        (Body::Json { span, labels: false }, Some(said)) => are_documents(text, span.end, said),
        // A label is no body, however long it happens to be.
        (Body::Json { span, .. }, Some(said)) if said < span.end => (false, needed),
        (_, Some(said)) => is_block(text, at, said),
        _ => (false, needed),
    };
    framed.needed = framed.needed.max(whole.1);
    let span = match (body, said) {
        (_, Some(said)) if whole.0 => at..said,
        (Body::Json { span, labels }, _) => {
            // What saves a request joins its chunks, and leaves the header that says they are there.
            framed.flaw = if chunked { None } else { flaw(length, span.len()) };
            // The platform sends one line: a tool has laid it out, or has put a label above it.
            let moved = chunked || labels || memchr::memchr(b'\n', &text[span.clone()]).is_some();
            request.as_sent &= framed.flaw.is_none() && !moved;
            span
        }
        (Body::None, _) => {
            framed.flaw = flaw(length, 0);
            request.as_sent &= framed.flaw.is_none();
            return framed;
        }
        (Body::Other, _) => return Framed { known: false, ..framed },
    };
    framed.end = span.end;
    request.body = Cow::Borrowed(&text[span.clone()]);
    request.span = span;
    framed
}

/// What stands behind a head.
enum Body {
    /// A JSON value, below labels perhaps.
    Json { span: Span, labels: bool },
    /// Nothing: the text ends, or something else begins.
    None,
    /// Anything else.
    Other,
}

/// What stands behind a head that ends at `at`, and how much of the text had to be there to tell.
fn json_body(text: &[u8], mut at: usize) -> (Body, usize) {
    let (mut labels, mut needed) = (false, at);
    for _ in 0..LABELS {
        let (whole, after) = line(text, at);
        let rest = whole.trim_ascii_start();
        needed = if is_whole(text, at, after) { after } else { text.len() + 1 };
        match rest.first() {
            None if needed > text.len() => return (Body::None, needed),
            None => {}
            Some(b'{' | b'[') => {
                let start = at + whole.len() - rest.len();
                return match Cursor::new(text, start).value(0) {
                    Ok(value) => (Body::Json { span: start..value.end, labels }, value.end),
                    Err(error) => (Body::Other, error.at + 1),
                };
            }
            Some(_) if is_boundary(whole) => return (Body::None, needed),
            Some(_) if is_label(whole) => labels = true,
            Some(_) => return (Body::Other, needed),
        }
        at = after;
    }
    (if labels { Body::Other } else { Body::None }, needed)
}

/// Whether nothing but documents stands from `at`, where one ends, to `said`.
fn are_documents(text: &[u8], mut at: usize, said: usize) -> (bool, usize) {
    if said < at || said - at > LENGTH {
        return (false, at);
    }
    loop {
        at = skip_blank(&text[..text.len().min(said)], at);
        match text.get(at) {
            _ if at == said => return (true, at),
            None => return (false, text.len() + 1),
            Some(b'{' | b'[') => match Cursor::new(text, at).value(0) {
                Ok(value) if value.end <= said => at = value.end,
                Ok(value) => return (false, value.end),
                Err(error) => return (false, error.at + 1),
            },
            Some(_) => return (false, at + 1),
        }
    }
}

/// Whether a body that is no JSON may end at `said`: there the text ends, a line, or something else begins, and nothing
/// begins before that.
fn is_block(text: &[u8], at: usize, said: usize) -> (bool, usize) {
    if said <= at || said - at > LENGTH {
        return (false, at);
    }
    let next = next_boundary(&text[..text.len().min(said)], at);
    if next < said {
        return (false, if next == text.len() { next + 1 } else { line(text, next).1 });
    }
    let (rest, after) = line(text, said);
    let ends = rest.is_empty() || is_boundary(rest);
    (ends, if is_whole(text, said, after) { after } else { text.len() + 1 })
}

/// Whether the line from `at` to `after` has its end.
pub(super) fn is_whole(text: &[u8], at: usize, after: usize) -> bool {
    after > at && text[after - 1] == b'\n'
}

/// A body of chunks, and where it ends.
type Chunks<'t> = (Cow<'t, [u8]>, usize);

/// The chunks from `at` on, joined, and where they end; `None` if they are not whole, or do not end before the next
/// request: each of many could lead to the end of the text.
fn chunked_body(text: &[u8], at: usize) -> (Option<Chunks<'_>>, usize) {
    let (first, after) = line(text, at);
    if chunk_size(first).is_none() {
        return (None, after);
    }
    let window = &text[..text.len().min(at.saturating_add(LENGTH))];
    let next = next_boundary(window, at);
    let found = chunks(&text[..next], at);
    let end = found.as_ref().map_or(next, |(_, end)| *end);
    (found, if end == text.len() { end + 1 } else { end })
}

fn chunk_size(line: &[u8]) -> Option<usize> {
    let size = line.split(|&byte| byte == b';').next()?.trim_ascii();
    let digits = str::from_utf8(size).ok().filter(|size| !size.starts_with('+'))?;
    usize::from_str_radix(digits, 16).ok()
}

/// The chunks from `at` on, joined, and where they end; `None` if they are not whole.
fn chunks(text: &[u8], mut at: usize) -> Option<(Cow<'_, [u8]>, usize)> {
    let mut body = Cow::Borrowed(&[][..]);
    loop {
        let (size, after) = line(text, at);
        let size = chunk_size(size)?;
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
