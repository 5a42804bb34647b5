//! Requests in JSON: HTTP archives, the event objects of gateways and serverless runtimes, proxies, access logs,
//! collections of HTTP clients, maps of CGI. They are known by their shape: the headers of a signature stand somewhere in
//! a record, and the body somewhere beside them, as the string that it was on the wire, encoded, or parsed.
//! What was a string comes out byte for byte; where somebody parsed it before writing it down, it is marked as not as
//! sent. Items of a list are records of their own.

use std::borrow::Cow;

use super::canonical::is_same;
use crate::finding::Span;
use crate::json::{Cursor, Token, TokenKind, tree};

use super::{Headers, Part, Request, base64, headers, http, trace};

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
/// Names under which headers are kept there; `multiValueHeaders` is AWS API Gateway's.
const HEADERS: [&str; 6] =
    ["headers", "Headers", "multiValueHeaders", "request_headers", "requestHeaders", "header"];
/// Names under which the request itself may lie there, one step down.
const INSIDE: [&str; 4] = ["request", "req", "event", "httpRequest"];

/// How deep in a record headers and bodies are looked for.
const DEPTH: usize = 12;

/// How many braces of a string are looked at for an event.
const TRIES: usize = 8;

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
fn may_encode(text: &[u8]) -> bool {
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

/// A value as a body, if it holds an event. `shows`: a trace of one is in it.
fn body<'t>(text: &'t [u8], token: Token, key: &str, shows: bool) -> Option<Body<'t>> {
    let span = token.start..token.end;
    let raw = &text[span.clone()];
    let made = |bytes: Cow<'t, [u8]>, trust, as_sent| {
        let marked = bytes.strip_prefix(MARK).map(<[u8]>::to_vec);
        let (bytes, marked) = match marked {
            Some(plain) => (Cow::Owned(plain), Some(bytes.into_owned())),
            None => (bytes, None),
        };
        Some(Body { span: span.clone(), bytes, marked, as_sent, trust })
    };
    match token.kind {
        TokenKind::Object if is_event(raw) => return made(Cow::Borrowed(raw), Trust::Parsed, false),
        TokenKind::Array
            if shows
                && BODY.contains(&key)
                && tree::items(text, token.start)
                    .next()
                    .is_some_and(|item| is_event(&text[item.start..item.end])) =>
        {
            return made(Cow::Borrowed(raw), Trust::Parsed, false);
        }
        TokenKind::Array if !shows => {
            let plain = from_list(text, token).filter(|plain| is_body(plain))?;
            return made(Cow::Owned(plain), Trust::Encoded, true);
        }
        TokenKind::String { .. } => {}
        _ => return None,
    }
    let string = bytes_of(tree::string(text, token)?);
    // A lone surrogate or a byte that is not UTF-8 cannot have come through a string.
    let as_sent = memchr::memmem::find(&string, "\u{fffd}".as_bytes()).is_none();
    if is_body(&string) {
        return made(string, Trust::Raw, as_sent);
    }
    if !shows {
        let mut plain = Vec::new();
        let encoded = memchr::memmem::find(&string, b";base64,").map_or(&string[..], |at| &string[at + 8..]);
        let is = looks_encoded(encoded) && base64::decode(encoded, &mut plain).is_ok();
        return if is && is_body(&plain) { made(Cow::Owned(plain), Trust::Encoded, as_sent) } else { None };
    }
    if let Some(plain) = from_url(&string).filter(|plain| is_body(plain)) {
        return made(Cow::Owned(plain), Trust::Encoded, false);
    }
    // A document that holds headers, too, is a record of its own.
    if headers::is_in(&string) {
        return None;
    }
    let mut braces = memchr::memchr_iter(b'{', &string).take(TRIES);
    let document = braces.find_map(|brace| {
        let value = Cursor::new(&string, brace).value(0).ok()?;
        is_event(&string[brace..value.end]).then_some(brace..value.end)
    });
    // What stands around it may hold another.
    let document = document.filter(|document| {
        !trace::is_in(&string[..document.start]) && !trace::is_in(&string[document.end..])
    })?;
    made(Cow::Owned(string[document].to_vec()), Trust::Within, false)
}

/// The byte order mark.
const MARK: &[u8] = "\u{feff}".as_bytes();

fn bytes_of(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// Whether an object is an event as the platform sends it, by its keys, and no record around one: of that it is asked in
/// each object of a record, so nothing but its own keys and those of its header is looked at.
fn is_event(document: &[u8]) -> bool {
    let (mut event, mut envelope, mut challenge, mut action, mut opened) =
        (false, false, false, false, false);
    for (key, value) in tree::members(document, 0) {
        let (is_object, is_string) = (tree::is_object(value), tree::is_string(value));
        match &*key {
            "encrypt" if is_string => return true,
            "header" if is_object => {
                let mut keys = tree::members(document, value.start).map(|(key, _)| key);
                return keys.any(|key| matches!(&*key, "event_type" | "event_id"));
            }
            "event" => event = is_object,
            "challenge" => challenge = is_string,
            "action" => action = is_object,
            "open_id" | "open_message_id" => opened = true,
            "schema" | "ts" | "uuid" | "token" | "type" => envelope = true,
            _ => {}
        }
    }
    envelope && (event || challenge) || action && opened
}

/// Whether a text is a body: an event in JSON, or several.
fn is_body(text: &[u8]) -> bool {
    let text = text.strip_prefix(MARK).unwrap_or(text).trim_ascii();
    let begins = matches!(text.first(), Some(b'{' | b'['));
    let mut cursor = Cursor::new(text, 0);
    let mut is_json = || {
        while cursor.space().is_some() {
            if cursor.value(0).is_err() {
                return false;
            }
        }
        true
    };
    let ours = begins && if text[0] == b'[' { trace::is_in(text) } else { is_event(text) };
    ours && is_json()
}

/// What a list of bytes stands for: `[123,34,..]`.
fn from_list(text: &[u8], token: Token) -> Option<Vec<u8>> {
    let byte = |item: Token| str::from_utf8(&text[item.start..item.end]).ok()?.parse().ok();
    matches!(byte(tree::items(text, token.start).next()?)?, b'{' | b'[' | 0xef)
        .then(|| tree::items(text, token.start).map(byte).collect::<Option<_>>())?
}

/// Whether a text may be an object, a list or a byte order mark in base64.
fn looks_encoded(text: &[u8]) -> bool {
    text.len() >= 16
        && matches!(text, [b'e', b'w'..=b'z' | b'0'..=b'9' | b'+' | b'/', ..] | [b'W', b'w'..=b'z' | b'0'..=b'9' | b'+' | b'/', ..] | [b'7', b'7', ..])
}

/// The text of a URL or of a form, from its first brace or bracket that is encoded.
fn from_url(text: &[u8]) -> Option<Vec<u8>> {
    let start = ["%7B", "%7b", "%5B", "%5b"]
        .iter()
        .filter_map(|brace| memchr::memmem::find(text, brace.as_bytes()))
        .min()?;
    let end = memchr::memchr(b'&', &text[start..]).map_or(text.len(), |length| start + length);
    let mut rest = &text[start..end];
    let mut plain = Vec::with_capacity(rest.len());
    while let [byte, after @ ..] = rest {
        let (byte, after) = match (byte, after) {
            (b'+', after) => (b' ', after),
            (b'%', [high, low, after @ ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                (u8::try_from(digit(high)? << 4 | digit(low)?).ok()?, after)
            }
            (b'%', _) => return None,
            (byte, after) => (*byte, after),
        };
        plain.push(byte);
        rest = after;
    }
    Some(plain)
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
            telling |= full && matches!(&*key, "rawBody" | "raw_body" | "request_body" | "requestBody");
        } else if HEADERS.contains(&&*key) && holds {
            named = true;
            read_headers(text, value, &mut headers);
        } else if key == "isBase64Encoded" {
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
    let lower = key.to_ascii_lowercase();
    ["http_", "x-lark-", "x_lark_"].iter().any(|prefix| lower.starts_with(prefix))
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
    let mut encoded = find("isBase64Encoded").is_some_and(|token| {
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
    let line = |key: &str| tree::member(text, at, key).and_then(|token| tree::string(text, token));
    // nginx: "request": "POST /path HTTP/1.1"
    let first = line("request").unwrap_or_default();
    let mut words = first.split(' ');
    let (word, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let any = |keys: &[&str], other: &str| {
        keys.iter().find_map(|key| line(key)).unwrap_or_else(|| Cow::Owned(other.to_owned()))
    };
    (
        any(&["method", "httpMethod", "requestMethod", "request_method"], word),
        any(&["url", "path", "rawPath", "requestUrl", "request_uri", "uri"], path),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn requests(text: &[u8]) -> Vec<Request<'_>> {
        let held = match classify(text) {
            Form::Har => super::super::gateway::archive(text),
            _ => super::super::gateway::wrapper(text),
        };
        let Some(Held::Parts(parts, _)) = held else { return Vec::new() };
        parts
            .filter_map(|part| if let Part::Request(request) = part { Some(request) } else { None })
            .collect()
    }

    use crate::container::{Form, Held, classify};

    const BODY_TEXT: &str = r#"{"encrypt":"AA\/A"}"#;

    fn quoted(text: &str) -> String {
        serde_json::to_string(text).unwrap()
    }

    #[track_caller]
    fn only(text: &str) -> Request<'_> {
        serde_json::from_str::<serde_json::Value>(text).unwrap();
        let mut all = requests(text.as_bytes());
        assert_eq!(all.len(), 1, "{text}");
        all.remove(0)
    }

    #[test]
    fn wrappers_of_every_kind_give_the_body_as_it_was_sent() {
        let body = quoted(BODY_TEXT);
        let base64 = quoted(&base64::encode(BODY_TEXT.as_bytes()));
        for text in [
            // AWS API Gateway v1 and v2, Lambda URLs, Tencent SCF, Aliyun FC.
            format!(
                r#"{{"httpMethod":"POST","path":"/e","headers":{{"x-lark-signature":"s"}},"multiValueHeaders":{{"x-lark-signature":["s"]}},"body":{body},"isBase64Encoded":false}}"#
            ),
            format!(
                r#"{{"version":"2.0","rawPath":"/e","headers":{{"X-Lark-Signature":"s"}},"requestContext":{{"http":{{"method":"POST"}}}},"body":{base64},"isBase64Encoded":true}}"#
            ),
            format!(r#"{{"multiValueHeaders":{{"X-Lark-Signature":["s","t"]}},"body":{body}}}"#),
            // Express and Azure keep the raw body beside the parsed one.
            format!(r#"{{"headers":{{"x-lark-signature":"s"}},"body":{BODY_TEXT},"rawBody":{body}}}"#),
            // nginx, WSGI.
            format!(
                r#"{{"time":"t","request":"POST /e HTTP/1.1","http_x_lark_signature":"s","request_body":{body}}}"#
            ),
            // mitmproxy, webhook.site, lists of pairs.
            format!(
                r#"{{"request":{{"method":"POST","path":"/e","headers":[["X-Lark-Signature","s"]],"content":{body}}}}}"#
            ),
            format!(
                r#"{{"uuid":"u","type":"web","content":{body},"headers":{{"x-lark-signature":["s"]}},"url":"/e"}}"#
            ),
            format!(r#"{{"event":{{"headers":{{"X-Lark-Signature":"s"}},"body":{body}}}}}"#),
            // An item of a collection of requests.
            format!(
                r#"{{"name":"punch","request":{{"method":"POST","header":[{{"key":"X-Lark-Signature","value":"s"}}],"body":{{"mode":"raw","raw":{body}}},"url":{{"raw":"https://example.com/e"}}}},"response":[]}}"#
            ),
        ] {
            let request = only(&text);
            assert_eq!(request.body, BODY_TEXT.as_bytes(), "{text}");
            assert!(request.as_sent);
            assert_eq!(request.headers.get("X-Lark-Signature"), Some("s"), "{text}");
            assert_eq!(classify(text.as_bytes()), Form::Wrapper, "{text}");
        }
    }

    #[test]
    fn what_holds_no_body_is_no_request() {
        for text in [
            r#"{"headers":{},"body":5}"#,
            r#"{"headers":{},"body":null}"#,
            r#"{"rawBody":true}"#,
            r#"{"request":{"request":{"headers":{},"body":"{}"}}}"#,
        ] {
            assert!(requests(text.as_bytes()).is_empty(), "{text}");
        }
        // The raw body counts, wherever it stands.
        let request = only(r#"{"headers":{},"rawBody":"[1]","body":"[2]"}"#);
        assert_eq!(&*request.body, b"[1]");
    }

    #[test]
    fn method_and_target_are_kept_where_they_are_told() {
        let request = only(r#"{"request":"POST /e?x=1 HTTP/1.1","request_body":"{}"}"#);
        assert_eq!((&*request.method, &*request.target), ("POST", "/e?x=1"));
        let request =
            only(r#"{"headers":{"X-Lark-Signature":"s"},"body":"","httpMethod":"POST","path":"/e"}"#);
        assert_eq!((&*request.method, &*request.target, request.body.len()), ("POST", "/e", 0));
    }

    #[test]
    fn a_parsed_body_is_not_as_sent() {
        let request = only(r#"{"headers":{"X-Lark-Request-Timestamp":1615381918},"body":{"a": 1}}"#);
        assert_eq!((&*request.body, request.as_sent), (&br#"{"a": 1}"#[..], false));
        assert_eq!(request.headers.get("x-lark-request-timestamp"), Some("1615381918"));
        assert!(!only(r#"{"isBase64Encoded":true,"body":"***"}"#).as_sent);
    }

    #[test]
    fn an_http_archive_gives_its_requests_and_leaves_responses() {
        let body = quoted(BODY_TEXT);
        let base64 = quoted(&base64::encode(BODY_TEXT.as_bytes()));
        let text = format!(
            r#"{{"log":{{"version":"1.2","creator":{{"name":"x","version":"1"}},"entries":[
              {{"request":{{"method":"POST","url":"https://example.com/e","headers":[{{"name":"X-Lark-Signature","value":"s"}}],
                 "postData":{{"mimeType":"application/json","text":{body}}}}},
                "response":{{"content":{{"text":"{{\"msg\":\"success\"}}"}},"headers":[]}}}},
              {{"request":{{"method":"GET","url":"https://example.com/","headers":[]}},"response":{{}}}},
              {{"request":{{"method":"POST","url":"/2","headers":[{{"name":"X-Lark-Signature","value":"t"}}],"postData":{{"text":{base64}}}}}}},
              {{"request":{{"method":"POST","url":"/3","headers":[],"postData":{{"params":[{{"name":"payload","value":{body}}}]}}}}}}
            ]}}}}"#
        );
        let all = requests(text.as_bytes());
        assert_eq!(classify(text.as_bytes()), Form::Har);
        let bodies: Vec<_> = all.iter().map(|request| (&*request.target, &*request.body)).collect();
        let sent = BODY_TEXT.as_bytes();
        assert_eq!(bodies, [("https://example.com/e", sent), ("/2", sent), ("", sent)]);
        assert_eq!(all[0].headers.get("x-lark-signature"), Some("s"));
        assert_eq!(&text.as_bytes()[all[1].span.clone()], base64.as_bytes());
        assert_eq!(rest(&text), [""; 0]);
    }

    /// What else of a document may hold events.
    fn rest(text: &str) -> Vec<String> {
        let rest = |part| if let Part::Rest(span) = part { Some(text[span].to_owned()) } else { None };
        held(text.as_bytes()).into_iter().filter_map(rest).collect()
    }

    const HEAD: &str = r#""X-Lark-Request-Timestamp":"1","X-Lark-Request-Nonce":"n","X-Lark-Signature":"s""#;

    /// Records with `@raw`, `@parsed`, `@base64` and `@url` for a body, `@head` for the members of the headers and
    /// `@pairs`, `@named` for lists of them.
    const RECORDS: [&str; 26] = [
        r#"{"headers":{@head},"body":@raw}"#,
        r#"{"level":30,"req":{"method":"POST","headers":{@head},"body":@parsed},"res":{"headers":{"a":"b"}},"msg":"done"}"#,
        r#"{"type":"request","headers":{@head},"body":@parsed}"#,
        r#"{"request":{"method":"POST","headers":{@head},"body":{"data":@raw,"mimetype":"a/b"}},"response":{"status":200}}"#,
        r#"{"httpRequest":{"headers":{@head},"body":{"type":"JSON","json":@parsed,"rawBytes":@base64}}}"#,
        r#"{"args":{},"data":@raw,"headers":{@head},"json":@parsed,"url":"u"}"#,
        r#"{"server":{"REQUEST_METHOD":"POST","HTTP_X_LARK_REQUEST_TIMESTAMP":"1","HTTP_X_LARK_REQUEST_NONCE":"n","HTTP_X_LARK_SIGNATURE":"s"},"input":@raw}"#,
        r#"{"method":"POST","status":200,"body":@raw,@head}"#,
        r#"{"name":"x","request":{"header":@named,"body":{"mode":"raw","raw":@raw,"options":{"raw":{"language":"json"}}},"url":{"raw":"u"}}}"#,
        r#"{"resources":[{"body":{"mimeType":"a/b","text":@raw},"headers":@named},{"_id":"w"}]}"#,
        r#"{"headers":@pairs,"body":@base64}"#,
        r#"{"rawHeaders":["X-Lark-Request-Timestamp","1","X-Lark-Request-Nonce","n","X-Lark-Signature","s"],"b":@raw}"#,
        r#"{"headers":"X-Lark-Request-Timestamp: 1\r\nX-Lark-Request-Nonce: n\r\nX-Lark-Signature: s\r\n","body":@raw}"#,
        r#"{"multiValueHeaders":{"X-Lark-Request-Timestamp":["1"],"X-Lark-Request-Nonce":["n"],"X-Lark-Signature":["s"]},"body":@base64,"isBase64Encoded":true}"#,
        r#"{"a":{"b":{"c":{"head":{@head}}},"d":{"e":{"f":@raw}}}}"#,
        r#"{"meta":{@head},"payload":@url}"#,
        r#"{"meta":{@head},"content":["@"]}"#,
        r#"{"event":{"headers":{@head},"body":@raw},"context":{}}"#,
        r#"{"collection":{"info":{"schema":"u"},"item":[{"request":{"header":@named,"body":{"mode":"raw","raw":@raw}}}]}}"#,
        r#"{"header":{@head},"body":@raw}"#,
        r#"{"headers":{@head},"message":@within}"#,
        r#"{"data":{"headers":{@head},"body":@bom}}"#,
        r#"{"headers":{@head},"body":@datauri}"#,
        r#"{"headers":{@head},"body":{"type":"Buffer","data":@bytes}}"#,
        r#"{"req":{"header":{@head},"event":@parsed}}"#,
        r#"[{"headers":{@head},"params":{},"body":@parsed}]"#,
    ];

    fn record(shape: &str, event: &str) -> String {
        let pairs = HEAD.replace(',', "],[").replace("\":\"", "\",\"");
        let named =
            HEAD.replace(',', "},{").replace("\":\"", "\",\"value\":\"").replace("\"X-", "\"key\":\"X-");
        let base64 = base64::encode(event.as_bytes());
        let url: String = event
            .bytes()
            .map(|byte| match byte {
                byte if byte.is_ascii_alphanumeric() || byte == b'_' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect();
        shape
            .replace("\"@\"", "@raw")
            .replace("@head", HEAD)
            .replace("@pairs", &format!("[[{pairs}]]"))
            .replace("@named", &format!("[{{{named}}}]"))
            .replace("@raw", &quoted(event))
            .replace(
                "@parsed",
                &serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(event).unwrap())
                    .unwrap(),
            )
            .replace("@base64", &quoted(&base64))
            .replace("@datauri", &quoted(&format!("data:application/octet-stream;base64,{base64}")))
            .replace("@bytes", &format!("{:?}", event.as_bytes()))
            .replace("@url", &quoted(&format!("payload={url}&x=1")))
            .replace("@within", &quoted(&format!("received {event} from here")))
            .replace("@bom", &quoted(&format!("\u{feff}{event}")))
    }

    #[test]
    fn signature_and_body_are_brought_together_in_records_of_every_shape() {
        let event =
            r#"{"schema":"2.0","header":{"event_id":"1","event_type":"a.b_v1"},"event":{"t":"x \" 浙"}}"#;
        for shape in RECORDS {
            for event in [event, r#"{"encrypt":"AA/A+A=="}"#] {
                let text = record(shape, event);
                serde_json::from_str::<serde_json::Value>(&text).unwrap();
                // Items of a list that is all of a text are documents of their own.
                let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(&text);
                assert_eq!(classify(text.as_bytes()), Form::Wrapper, "{text}");
                let all = requests(text.as_bytes());
                assert_eq!(all.len(), 1, "{text}");
                let request = &all[0];
                let values =
                    ["Timestamp", "Nonce"].map(|name| request.headers.get(&format!("X-Lark-Request-{name}")));
                assert_eq!(
                    (values, request.headers.get("X-Lark-Signature")),
                    ([Some("1"), Some("n")], Some("s")),
                    "{text}"
                );
                let value: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
                assert_eq!(value, serde_json::from_str::<serde_json::Value>(event).unwrap(), "{text}");
                let raw = ["@raw", "@base64", "\"@\"", "@datauri", "@bom", "@bytes"]
                    .iter()
                    .any(|name| shape.contains(name));
                assert_eq!(request.as_sent, raw, "{text}");
                if raw {
                    assert_eq!(request.body, event.as_bytes(), "{text}");
                }
                assert_eq!(rest(text), [""; 0], "{text}");
            }
        }
    }

    #[test]
    fn one_event_raw_and_parsed_is_one_request_and_another_event_is_left_to_be_read() {
        let event = |id: &str| {
            format!(r#"{{"schema":"2.0","header":{{"event_id":"{id}","event_type":"a"}},"event":{{}}}}"#)
        };
        let (one, two) = (event("1"), event("2"));
        let text = format!(
            r#"{{"json":{one},"data":{},"headers":{{{HEAD}}},"more":[{two},{two}],"last":{two}}}"#,
            quoted(&one)
        );
        let all = requests(text.as_bytes());
        assert_eq!(all.len(), 1);
        assert_eq!((&*all[0].body, all[0].as_sent), (one.as_bytes(), true));
        assert_eq!(all[0].others, [Cow::Borrowed(one.as_bytes())]);
        assert_eq!(rest(&text), [&*two, &two, &two]);
        // Without a signature as well.
        let text = format!(r#"{{"headers":{{"a":"b"}},"body":{},"more":[{two},{one}]}}"#, quoted(&one));
        assert_eq!(requests(text.as_bytes()).len(), 1);
        assert_eq!(rest(&text), [&*two, &one]);
    }

    #[test]
    fn a_signed_request_without_a_body_is_one_and_headers_alone_are_none() {
        let text = format!(
            r#"{{"level":"info","request":{{"method":"POST","uri":"/e","headers":{{{HEAD}}}}},"status":200}}"#
        );
        assert_eq!(classify(text.as_bytes()), Form::Wrapper);
        let request = only(&text);
        assert_eq!((request.body.len(), request.as_sent), (0, false));
        assert_eq!(request.headers.get("x-lark-signature"), Some("s"));
        let nginx = format!(r#"{{"request":"POST /e HTTP/1.1","request_body":"-",{HEAD}}}"#);
        assert!(only(&nginx).body.len() <= 1);
        // The body may be on the next line.
        for text in [format!("{{{HEAD}}}"), format!(r#"{{"headers":{{":method":"POST",{HEAD}}}}}"#)] {
            assert_eq!(classify(text.as_bytes()), Form::Other, "{text}");
        }
    }

    #[test]
    fn an_old_card_callback_is_the_body_of_its_record_though_nothing_in_it_names_an_event() {
        let card = r#"{"open_id":"o","open_message_id":"m","action":{"tag":"button"}}"#;
        for shape in RECORDS.iter().filter(|shape| !shape.contains("@url") && !shape.contains("@within")) {
            let text = record(shape, card);
            let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(&text);
            let all = requests(text.as_bytes());
            assert_eq!(all.len(), 1, "{text}");
            assert_eq!(all[0].headers.get("X-Lark-Signature"), Some("s"), "{text}");
            assert!(memchr::memmem::find(&all[0].body, b"open_message_id").is_some(), "{text}");
        }
        // What is under the name of a body is the body, also where it is no event.
        let masked = format!(r#"{{"method":"POST","headers":{{{HEAD}}},"body":"***"}}"#);
        assert_eq!(only(&masked).body, &b"***"[..]);
    }

    #[test]
    fn several_events_in_one_body_are_one_body() {
        for body in [format!("{BODY_TEXT}\n{BODY_TEXT}\n"), format!("[{BODY_TEXT},{BODY_TEXT}]")] {
            let text = format!(r#"{{"headers":{{{HEAD}}},"body":{}}}"#, quoted(&body));
            assert_eq!(only(&text).body, body.as_bytes());
        }
    }

    #[test]
    fn records_that_lead_nowhere_take_linear_time() {
        let event = r#"{"encrypt":"A"}"#;
        let nest = |open: &str, middle: &str, close: &str| {
            format!("{}{middle}{}", open.repeat(100), close.repeat(100))
        };
        for (text, most) in [
            (nest(r#"{"a":"#, &format!(r#"{{{HEAD}}}"#), "}"), 4_000),
            (nest(&format!(r#"{{"b":{event},"a":"#), &format!(r#"{{{HEAD}}}"#), "}"), 4_000),
            (nest(&format!(r#"{{"h":{{{HEAD}}},"header":{{"a":"#), &quoted(event), "}}"), 4_000),
            (format!(r#"{{"h":{{{HEAD}}},"a":{event}{}}}"#, format!(r#","b":{event}"#).repeat(5_000)), 400),
            (format!(r#"{{"h":{{{HEAD}}},"a":[{}0]}}"#, format!("{event},").repeat(5_000)), 400),
            (format!(r#"{{"h":{{{HEAD}}},"a":"{}"}}"#, r#"{\"encrypt\":"#.repeat(5_000)), 400),
            (format!(r#"{{"h":[{}0],"a":{event}}}"#, format!("{{{HEAD}}},").repeat(1_000)), 400),
        ] {
            let looked_at = crate::steps::of(|| {
                let _ = (classify(text.as_bytes()), held(text.as_bytes()).len());
            });
            assert!(looked_at <= most * text.len() as u64, "{}: {looked_at} of {}", &text[..80], text.len());
        }
    }

    #[test]
    fn what_is_encoded_beside_a_request_is_left_to_be_read() {
        let encoded = quoted(&format!("body={} ok", base64::encode(BODY_TEXT.as_bytes())));
        let numbers = format!("[1,2,{}", &format!("{:?}", BODY_TEXT.as_bytes())[1..]);
        let text = format!(
            r#"{{"headers":{{{HEAD},"authorization":"Bearer eyJhbGciOiJIUzI1NiJ9"}},"body":{},"msg":{encoded},"raw":{numbers},"n":[1,2]}}"#,
            quoted(BODY_TEXT)
        );
        let all = requests(text.as_bytes());
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].headers.get("authorization"), Some("Bearer eyJhbGciOiJIUzI1NiJ9"));
        assert_eq!(rest(&text), [encoded, numbers]);
    }

    #[test]
    fn a_record_in_a_string_of_another_record_is_left_to_be_read() {
        let inner = record(RECORDS[0], BODY_TEXT);
        let text = format!(
            r#"{{"log":{{"entries":[{{"request":{{"method":"GET","headers":[]}},"response":{{"content":{{"text":{}}}}}}}]}}}}"#,
            quoted(&inner)
        );
        assert!(held(text.as_bytes()).iter().all(|part| matches!(part, Part::Rest(_))));
        assert_eq!(rest(&text), [quoted(&inner)]);
    }

    #[test]
    fn requests_and_answers_of_other_services_are_no_wrappers() {
        for text in [
            r#"{"type":"response","status":200,"headers":{},"body":{}}"#,
            r#"{"status":200,"headers":{"a":"b"},"body":"{\"code\":0}"}"#,
            r#"{"http_status":200,"text":"started"}"#,
            r#"{"req":{"headers":{"host":"x"},"body":{"name":"y"}}}"#,
        ] {
            assert_eq!(
                (classify(text.as_bytes()), requests(text.as_bytes()).len()),
                (Form::Other, 0),
                "{text}"
            );
        }
        // A body in base64 shows what it is.
        let body = quoted(&base64::encode(BODY_TEXT.as_bytes()));
        assert_eq!(only(&format!(r#"{{"headers":{{}},"body":{body}}}"#)).body, BODY_TEXT.as_bytes());
    }

    #[test]
    fn events_are_not_wrappers() {
        for text in [
            r#"{"schema":"2.0","header":{"token":"t"},"event":{"body":"x"}}"#,
            r#"{"event":{"content":"x","header":"y"},"type":"event_callback"}"#,
            r#"{"body":"x"}"#,
            r#"{"text":"x","content":"y"}"#,
            "[1]",
        ] {
            assert!(requests(text.as_bytes()).is_empty(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        #[test]
        fn a_raw_body_comes_back_byte_for_byte(shape in prop::sample::select(&RECORDS[..]), text in any::<String>(), number: i64) {
            prop_assume!(!text.contains('\u{fffd}'));
            let event = serde_json::json!({"schema": "2.0", "header": {"event_type": "a"}, "event": {"text": text, "n": number}});
            let event = event.to_string();
            let record = record(shape, &event);
            let record = record.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(&record);
            let all = requests(record.as_bytes());
            prop_assert_eq!(all.len(), 1, "{}", record);
            match all[0].as_sent || shape.contains("@url") || shape.contains("@within") {
                true => prop_assert_eq!(&*all[0].body, event.as_bytes()),
                false => prop_assert_eq!(
                    serde_json::from_slice::<serde_json::Value>(&all[0].body).unwrap(),
                    serde_json::from_str::<serde_json::Value>(&event).unwrap()
                ),
            }
        }

        #[test]
        fn any_record_is_answered(pieces in prop::collection::vec(
            prop::sample::select(vec!["{", "}", "[", "]", ",", ":", "\"X-Lark-Signature\"", "\"s\"", "\"headers\"", "\"body\"", "\"{\\\"encrypt\\\":\\\"A\\\"}\"", "{\"encrypt\":\"A\"}", "\"eyJlbmNyeXB0IjoiQSJ9\"", "\"%7B%22encrypt%22\"", "\"POST\""]),
            0..40,
        )) {
            let text = pieces.concat();
            let _ = (requests(text.as_bytes()), held(text.as_bytes()).len());
        }
    }
}
