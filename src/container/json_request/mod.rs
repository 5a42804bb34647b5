//! Requests in JSON: HTTP archives, the event objects of gateways and serverless runtimes, proxies, access logs,
//! collections of HTTP clients, maps of CGI. They are known by their shape: the headers of a signature stand somewhere in
//! a record, and the body somewhere beside them, as the string that it was on the wire, encoded, or parsed.
//! What was a string comes out byte for byte; where somebody parsed it before writing it down, it is marked as not as
//! sent. Items of a list are records of their own.

mod bodies;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::finding::Span;
use crate::json::{Cursor, Token, TokenKind, tree};

use super::canonical::is_same;
use super::{Headers, Part, Request, base64, headers, http, trace};
use bodies::body;
pub(crate) use bodies::is_event;
pub(super) use bodies::looks_encoded;

/// Names under which a body is kept where no signature says that the record is a request: AWS, Aliyun, Tencent and most
/// frameworks; Azure and Express; nginx; mitmproxy and webhook.site; HAR.
const BODY: [&str; 10] = [
    "body",
    "Body",
    "rawBody",
    "raw_body",
    "request_body",
    "requestBody",
    "content",
    "text",
    "postData",
    "payload",
];
/// Those that nothing else has than a request.
const TELLING: [&str; 4] = ["rawBody", "raw_body", "request_body", "requestBody"];
/// The name of what says whether a body is base64, which nothing else has either.
const ENCODED: &str = "isBase64Encoded";
/// Names under which headers are kept there; `multiValueHeaders` is AWS API Gateway's.
const HEADERS: [&str; 6] =
    ["headers", "Headers", "multiValueHeaders", "request_headers", "requestHeaders", "header"];
/// Names under which the request itself may lie there, one step down.
const INSIDE: [&str; 4] = ["request", "req", "event", "httpRequest"];

/// Names under which a record tells the first line of a request, its method and its target.
const REQUEST: [&str; 1] = ["request"];
const METHOD: [&str; 4] = ["method", "httpMethod", "requestMethod", "request_method"];
const TARGET: [&str; 6] = ["url", "path", "rawPath", "requestUrl", "request_uri", "uri"];

/// How deep in a record headers and bodies are looked for.
const DEPTH: usize = 12;

/// So many copies of a body are compared with it.
const COPIES: usize = 8;

/// Longer values are no headers.
const HEADER: usize = 4096;

/// Whether the object at `at` is, or holds, a request: one that was signed, or one with a body by the names of its members
/// alone. Archives are known for themselves.
pub(crate) fn is_wrapper(text: &[u8], at: usize) -> bool {
    let is_archive = || {
        tree::member(text, at, "log").is_some_and(|log| tree::member(text, log.start, "entries").is_some())
    };
    is_signed(text, at) && !is_archive() || parts(text, at, true).is_some()
}

/// Whether the object at `at` holds a request that was signed.
fn is_signed(text: &[u8], at: usize) -> bool {
    let whole = Cursor::new(text, at).value(0).ok();
    let whole = whole.filter(|object| headers::is_in(&text[object.start..object.end]));
    whole.and_then(|whole| walk(text, whole)).is_some_and(|found| !found.requests.is_empty())
}

/// The requests that the document `text` holds, and what else of it may hold events, in order.
pub(super) fn held(text: &[u8]) -> Vec<Part<'_>> {
    let Some(found) = Cursor::new(text, 0).value(0).ok().and_then(|whole| walk(text, whole)) else {
        return Vec::new();
    };
    let (requests, bodies) = (found.requests.into_iter(), found.bodies.into_iter());
    let unsigned = bodies.map(|body| body.request(Headers::default()));
    let requests = requests.chain(unsigned).map(|request| (request.span.start, Part::Request(request)));
    let rest = found.rest.into_iter().map(|rest| (rest.start, Part::Rest(rest)));
    let mut parts: Vec<_> = requests.chain(rest).collect();
    parts.sort_by_key(|(start, _)| *start);
    parts.into_iter().map(|(_, part)| part).collect()
}

/// The request that a gateway, a runtime or a log wrapped without a signature, whatever its body is.
pub(super) fn wrapped(text: &[u8]) -> Option<Request<'_>> {
    parts(text, 0, true).map(|parts| request(text, parts))
}

/// What of a value belongs to a request.
#[derive(Default)]
struct Found<'t> {
    /// Headers of a signature to which no body is known.
    headers: Headers<'t>,
    /// What may be a body, without headers.
    bodies: Vec<Body<'t>>,
    /// What else may hold events.
    rest: Vec<Span>,
    requests: Vec<Request<'t>>,
    /// A method of HTTP stands beside the headers, so that they are those of a request.
    method: bool,
}

/// What may be the body of a request.
struct Body<'t> {
    span: Span,
    bytes: Cow<'t, [u8]>,
    /// The same before a byte order mark was taken off.
    marked: Option<Vec<u8>>,
    as_sent: bool,
    trust: Trust,
}

/// How much a body is trusted to be what was sent, the most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// A string that is JSON.
    Raw,
    /// A string that is JSON in base64 or in a URL.
    Encoded,
    /// JSON within a string.
    Within,
    /// It was parsed.
    Parsed,
}

impl<'t> Body<'t> {
    fn request(self, headers: Headers<'t>) -> Request<'t> {
        Request {
            method: "".into(),
            target: "".into(),
            headers,
            body: self.bytes,
            span: self.span,
            as_sent: self.as_sent,
            others: self.marked.into_iter().map(Cow::Owned).collect(),
        }
    }
}

/// Looks through the record `whole`.
fn walk(text: &[u8], whole: Token) -> Option<Found<'_>> {
    let mut found = value(text, whole, "", 0);
    found.end_record(whole.start);
    let any = !found.requests.is_empty() || !found.bodies.is_empty() || !found.rest.is_empty();
    any.then_some(found)
}

fn value<'t>(text: &'t [u8], token: Token, key: &str, depth: usize) -> Found<'t> {
    let mut found = Found::default();
    let span = token.start..token.end;
    let shows = trace::is_in(&text[span.clone()]);
    if depth > 0
        && let Some(body) = body(text, token, key, shows)
    {
        found.bodies.push(body);
        return found;
    }
    match token.kind {
        TokenKind::Object if depth < DEPTH => found.object(text, token, depth),
        TokenKind::Array if depth < DEPTH => found.array(text, token, depth),
        TokenKind::Object | TokenKind::Array | TokenKind::String { .. }
            if shows || may_encode(&text[span.clone()]) =>
        {
            found.rest.push(span);
        }
        TokenKind::String { .. } => found.headers = in_string(text, token),
        _ => {}
    }
    found
}

/// Whether an object or a list may stand in a text in base64, in hexadecimal or as numbers.
pub(super) fn may_encode(text: &[u8]) -> bool {
    const BEGINNINGS: [&str; 6] = ["eyJ", "W3si", "7b22", "7B22", "123,34", "123, 34"];
    BEGINNINGS.iter().any(|known| memchr::memmem::find(text, known.as_bytes()).is_some())
}

impl<'t> Found<'t> {
    fn object(&mut self, text: &'t [u8], token: Token, depth: usize) {
        let named = |key: &str| headers::is_in(key.as_bytes());
        let are_headers = tree::members(text, token.start).any(|(key, _)| named(&key));
        for (key, member) in tree::members(text, token.start) {
            let first = tree::items(text, member.start).next().unwrap_or(member);
            let word = tree::string(text, first).filter(|_| !key.starts_with(':'));
            self.method |= word.is_some_and(|word| http::is_method(word.as_bytes()));
            let found = value(text, member, &key, depth + 1);
            let short = first.end - first.start <= HEADER;
            let plain = short && found.bodies.is_empty() && !trace::is_in(&text[first.start..first.end]);
            if are_headers
                && plain
                && let Some(line) = scalar(text, first)
            {
                self.headers.push(key, line);
            } else {
                self.add(found);
            }
        }
        self.pair(text, token);
    }

    fn array(&mut self, text: &'t [u8], token: Token, depth: usize) {
        self.headers = in_list(text, token);
        if !self.headers.is_empty() {
            return;
        }
        let several = tree::items(text, token.start).nth(1).is_some();
        let numbers = tree::items(text, token.start).next();
        if numbers.is_some_and(|first| matches!(first.kind, TokenKind::Number { .. })) {
            // Bytes, perhaps, with something before the event.
            let span = token.start..token.end;
            return if may_encode(&text[span.clone()]) {
                self.rest.push(span)
            };
        }
        for item in tree::items(text, token.start) {
            let mut found = value(text, item, "", depth + 1);
            if several {
                found.end_record(item.start);
                // They are no bodies of headers around the list.
                for body in std::mem::take(&mut found.bodies) {
                    match body.trust {
                        Trust::Parsed | Trust::Within => found.rest.push(body.span),
                        Trust::Raw | Trust::Encoded => found.requests.push(body.request(Headers::default())),
                    }
                }
            }
            self.add(found);
        }
    }

    fn add(&mut self, found: Found<'t>) {
        self.headers.add_missing(found.headers);
        self.bodies.extend(found.bodies);
        self.rest.extend(found.rest);
        self.requests.extend(found.requests);
        self.method |= found.method;
    }

    /// Brings headers and body together where both are there.
    fn pair(&mut self, text: &'t [u8], object: Token) {
        if self.headers.is_empty() || self.bodies.is_empty() {
            return;
        }
        self.bodies.sort_by_key(|body| body.trust);
        let mut bodies = std::mem::take(&mut self.bodies).into_iter();
        let Some(best) = bodies.next() else { return };
        let mut request = best.request(std::mem::take(&mut self.headers));
        for (number, body) in bodies.enumerate() {
            match number < COPIES && is_same(&request.body, &body.bytes) {
                true => request.others.push(body.bytes),
                false => self.rest.push(body.span),
            }
        }
        let (method, target) = told(text, object.start);
        self.requests.push(Request { method, target, ..request });
        self.method = false;
    }

    /// Headers to which no body came are those of a request without one, where it is told to be a request.
    fn end_record(&mut self, at: usize) {
        let headers = std::mem::take(&mut self.headers);
        if std::mem::take(&mut self.method) && !headers.is_empty() {
            self.requests.push(Request {
                method: "".into(),
                target: "".into(),
                headers,
                body: Cow::Borrowed(&[]),
                span: at..at,
                as_sent: false,
                others: Vec::new(),
            });
        }
    }
}

/// The headers in a string that holds nothing else: `"headers": "X-Lark-Signature: v\r\n.."`.
fn in_string(text: &[u8], token: Token) -> Headers<'_> {
    let raw = tree::body(text, token);
    if raw.len() > HEADER * 4 || !headers::is_in(raw) {
        return Headers::default();
    }
    match tree::string(text, token) {
        Some(Cow::Borrowed(line)) => headers::harvest(line.as_bytes()),
        Some(Cow::Owned(line)) => headers::harvest(line.as_bytes()).into_owned(),
        None => Headers::default(),
    }
}

/// The headers in a list, if those of a signature are in it: pairs, `{"name","value"}`, or names and values in turn.
fn in_list(text: &[u8], token: Token) -> Headers<'_> {
    let mut found = Headers::default();
    read_headers(text, token, &mut found);
    if found.is_empty() {
        let mut items = tree::items(text, token.start).map_while(|item| tree::string(text, item));
        while let (Some(name), Some(value)) = (items.next(), items.next()) {
            found.push(name, value);
        }
    }
    let signed = found.iter().any(|(name, _)| headers::is_in(name.as_bytes()));
    if signed { found } else { Headers::default() }
}

/// What of an object makes it a request.
struct Parts<'t> {
    headers: Headers<'t>,
    body: Token,
    object: usize,
}

/// Reads the object at `at` as a request. `descend`: or one that lies within it.
fn parts(text: &[u8], at: usize, descend: bool) -> Option<Parts<'_>> {
    let mut headers = Headers::default();
    let mut named = false;
    let mut body: Option<(usize, Token)> = None;
    let mut inside = None;
    let mut telling = false;
    for (key, value) in tree::members(text, at) {
        let holds = matches!(value.kind, TokenKind::Object | TokenKind::Array);
        if let Some(rank) = BODY.iter().position(|name| *name == key) {
            // The raw body beats the parsed one: Azure and Express give both.
            let rank = if key.starts_with("raw") { 0 } else { rank + 1 };
            let full = holds || tree::is_string(value);
            if full && body.is_none_or(|(best, _)| rank < best) {
                body = Some((rank, value));
            }
            telling |= full && TELLING.contains(&&*key);
        } else if HEADERS.contains(&&*key) && holds {
            named = true;
            read_headers(text, value, &mut headers);
        } else if key == ENCODED {
            telling = true;
        } else if is_flat_header(&key) {
            // An access log: each header is a member of its own.
            named = true;
            if let Some(line) = tree::string(text, value) {
                headers.push(key, line);
            }
        } else if INSIDE.contains(&&*key) && tree::is_object(value) {
            inside = Some(value);
        }
    }
    // Any service logs its requests and its answers: without a signature, the body must look like one of the platform's.
    let signed = || headers.iter().any(|(name, _)| headers::is_in(name.as_bytes()));
    let ours = |token: Token| {
        let shows = trace::is_in(&text[token.start..token.end]);
        shows || self::body(text, token, "", shows).is_some()
    };
    match (body, inside) {
        (Some((_, body)), _) if telling || named && (signed() || ours(body)) => {
            Some(Parts { headers, body, object: at })
        }
        (_, Some(inside)) if descend => parts(text, inside.start, false),
        _ => None,
    }
}

fn is_flat_header(key: &str) -> bool {
    let begins = |prefix: &str| {
        key.as_bytes().get(..prefix.len()).is_some_and(|key| key.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    ["http_", "x-lark-", "x_lark_"].iter().any(|prefix| begins(prefix))
}

/// Whether a record with this key may be a request without a signature.
pub(super) fn asks_more(key: &str) -> bool {
    HEADERS.contains(&key) || TELLING.contains(&key) || key == ENCODED || is_flat_header(key)
}

/// Whether a member of this name may tell method or target of the request whose headers and body stand beside it.
pub(super) fn is_told_by(key: &str) -> bool {
    [&REQUEST[..], &METHOD, &TARGET].into_iter().flatten().any(|name| *name == key)
}

/// Headers as an object (a value may be a list) or as a list of `{"name","value"}`, of `{"key","value"}` or of pairs.
fn read_headers<'t>(text: &'t [u8], token: Token, headers: &mut Headers<'t>) {
    for (name, value) in tree::members(text, token.start) {
        let first = tree::items(text, value.start).next().unwrap_or(value);
        if let Some(line) = scalar(text, first) {
            headers.push(name, line);
        }
    }
    for item in tree::items(text, token.start) {
        let member = |key: &str| {
            let member = tree::member(text, item.start, key)?;
            scalar(text, tree::items(text, member.start).next().unwrap_or(member))
        };
        let mut pair = tree::items(text, item.start).map(|token| tree::string(text, token));
        let any = |keys: [&str; 4]| keys.into_iter().find_map(member);
        let (name, value) = (any(["name", "key", "Name", "Key"]), any(["value", "values", "Value", "v"]));
        if let (Some(name), Some(value)) = (name, value) {
            headers.push(name, value);
        } else if let (Some(Some(name)), Some(Some(value)), None) = (pair.next(), pair.next(), pair.next()) {
            headers.push(name, value);
        }
    }
}

/// A string, or a number as it is written: a timestamp may have lost its quotes on the way.
fn scalar(text: &[u8], token: Token) -> Option<Cow<'_, str>> {
    let number = matches!(token.kind, TokenKind::Number { .. });
    tree::string(text, token)
        .or_else(|| number.then(|| String::from_utf8_lossy(&text[token.start..token.end])))
}

fn request<'t>(text: &'t [u8], Parts { headers, mut body, object }: Parts<'t>) -> Request<'t> {
    let find = |key: &str| tree::member(text, object, key);
    let mut encoded = find(ENCODED).is_some_and(|token| {
        token.kind == TokenKind::Bool(true) || tree::string(text, token).as_deref() == Some("true")
    });
    // HAR keeps it one step down, with a word for its encoding.
    if let Some(inner) = tree::member(text, body.start, "text").filter(|token| tree::is_string(*token)) {
        encoded |= tree::member(text, body.start, "encoding")
            .is_some_and(|token| tree::string(text, token).as_deref() == Some("base64"));
        body = inner;
    }
    // A collection of requests: `"body": {"mode": "raw", "raw": ".."}`.
    let mode = tree::member(text, body.start, "mode").and_then(|mode| tree::string(text, mode));
    if let Some(mode) = mode
        && let Some(inner) = tree::member(text, body.start, &mode).filter(|token| tree::is_string(*token))
    {
        body = inner;
    }
    let span = body.start..body.end;
    let (bytes, as_sent) = match tree::string(text, body) {
        Some(Cow::Borrowed(text)) => (Cow::Borrowed(text.as_bytes()), true),
        Some(Cow::Owned(text)) => {
            // A lone surrogate or a byte that is not UTF-8 cannot have come through a string.
            let as_sent = !text.contains(char::REPLACEMENT_CHARACTER);
            (Cow::Owned(text.into_bytes()), as_sent)
        }
        None => (Cow::Borrowed(&text[span.clone()]), false),
    };
    let mut plain = Vec::new();
    let (bytes, as_sent) = match encoded.then(|| base64::decode(&bytes, &mut plain)) {
        None => (bytes, as_sent),
        Some(Ok(())) => (Cow::Owned(plain), as_sent),
        Some(Err(_)) => (bytes, false),
    };
    let (method, target) = told(text, object);
    Request { method, target, headers, body: bytes, span, as_sent, others: Vec::new() }
}

/// Method and target, where the object at `at` tells them.
fn told(text: &[u8], at: usize) -> (Cow<'_, str>, Cow<'_, str>) {
    // Each is what the first member says that has one of the names; of the names, the first that is there counts.
    let mut values = [None; REQUEST.len() + METHOD.len() + TARGET.len()];
    let names = || [&REQUEST[..], &METHOD, &TARGET].into_iter().flatten();
    for (key, value) in tree::members(text, at) {
        if let Some(number) = names().position(|name| *name == key) {
            values[number].get_or_insert(value);
        }
    }
    let line = |value: &Option<Token>| value.and_then(|token| tree::string(text, token));
    let ([first], rest) = values.split_first_chunk().expect("there are more names");
    let (method, target) = rest.split_at(METHOD.len());
    // nginx: "request": "POST /path HTTP/1.1"
    let first = line(first).unwrap_or_default();
    let mut words = first.split(' ');
    let (word, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let any = |values: &[Option<Token>], other: &str| {
        values.iter().find_map(line).unwrap_or_else(|| Cow::Owned(other.to_owned()))
    };
    (any(method, word), any(target, path))
}
