//! Requests inside JSON: HTTP archives, the event objects of gateways and serverless runtimes, proxies and access
//! logs. What was the body on the wire is a string here, so it comes out byte for byte; where somebody parsed it
//! before writing it down, it is marked as not as sent.

use std::borrow::Cow;

use crate::json::tree;
use crate::json::{Token, TokenKind};

use super::base64;
use super::{Headers, Request};

/// Names under which a body is kept: AWS, Aliyun, Tencent and most frameworks; Azure and Express; nginx; mitmproxy
/// and webhook.site; HAR.
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
/// Names under which headers are kept; `multiValueHeaders` is AWS API Gateway's.
const HEADERS: [&str; 6] =
    ["headers", "Headers", "multiValueHeaders", "request_headers", "requestHeaders", "header"];
/// Names under which the request itself may lie, one step down.
const INSIDE: [&str; 4] = ["request", "req", "event", "httpRequest"];

/// What of an object makes it a request.
struct Parts<'t> {
    headers: Headers<'t>,
    body: Token,
    object: usize,
}

/// Whether the object at `at` is a request with a body.
pub(crate) fn is_wrapper(text: &[u8], at: usize) -> bool {
    parts(text, at, true).is_some()
}

/// The request that a gateway, a runtime or a log wrapped.
pub(super) fn wrapped(text: &[u8]) -> Option<Request<'_>> {
    parts(text, 0, true).map(|parts| request(text, parts))
}

/// The requests of an HTTP archive that have a body.
pub(super) fn archived(text: &[u8]) -> impl Iterator<Item = Request<'_>> {
    let log = tree::member(text, 0, "log").and_then(|log| tree::member(text, log.start, "entries"));
    let entries = log.into_iter().flat_map(|entries| tree::items(text, entries.start));
    entries
        .filter_map(|entry| tree::member(text, entry.start, "request"))
        .filter_map(|token| parts(text, token.start, false))
        .map(|parts| request(text, parts))
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
    match (body, inside) {
        (Some((_, body)), _) if named || telling => Some(Parts { headers, body, object: at }),
        (_, Some(inside)) if descend => parts(text, inside.start, false),
        _ => None,
    }
}

fn is_flat_header(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    ["http_", "x-lark-", "x_lark_"].iter().any(|prefix| lower.starts_with(prefix))
}

/// Headers as an object (a value may be a list) or as a list of `{"name","value"}` or of pairs.
fn read_headers<'t>(text: &'t [u8], token: Token, headers: &mut Headers<'t>) {
    for (name, value) in tree::members(text, token.start) {
        let first = tree::items(text, value.start).next().unwrap_or(value);
        if let Some(line) = scalar(text, first) {
            headers.push(name, line);
        }
    }
    for item in tree::items(text, token.start) {
        let member = |key| tree::member(text, item.start, key).and_then(|token| tree::string(text, token));
        let mut pair = tree::items(text, item.start).map(|token| tree::string(text, token));
        if let (Some(name), Some(value)) = (member("name"), member("value")) {
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
    let line = |key: &str| find(key).and_then(|token| tree::string(text, token));
    let mut encoded = find("isBase64Encoded").is_some_and(|token| {
        token.kind == TokenKind::Bool(true) || tree::string(text, token).as_deref() == Some("true")
    });
    // HAR keeps it one step down, with a word for its encoding.
    if let Some(inner) = tree::member(text, body.start, "text").filter(|token| tree::is_string(*token)) {
        encoded |= tree::member(text, body.start, "encoding")
            .is_some_and(|token| tree::string(text, token).as_deref() == Some("base64"));
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
    // nginx: "request": "POST /path HTTP/1.1"
    let first = line("request").unwrap_or_default();
    let mut words = first.split(' ');
    let (word, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let any = |keys: &[&str], other: &str| {
        keys.iter().find_map(|key| line(key)).unwrap_or_else(|| Cow::Owned(other.to_owned()))
    };
    Request {
        method: any(&["method", "httpMethod", "requestMethod", "request_method"], word),
        target: any(&["url", "path", "rawPath", "requestUrl", "request_uri", "uri"], path),
        headers,
        body: bytes,
        span,
        as_sent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requests(text: &[u8]) -> Vec<Request<'_>> {
        let wrapped = parts(text, 0, true).map(|parts| request(text, parts));
        wrapped.into_iter().chain(archived(text)).collect()
    }

    use crate::container::{Form, classify};

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
        let request = only(r#"{"headers":{},"body":"","httpMethod":"POST","path":"/e"}"#);
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
        let text = format!(
            r#"{{"log":{{"version":"1.2","creator":{{"name":"x","version":"1"}},"entries":[
              {{"request":{{"method":"POST","url":"https://example.com/e","headers":[{{"name":"X-Lark-Signature","value":"s"}}],
                 "postData":{{"mimeType":"application/json","text":{body}}}}},
                "response":{{"content":{{"text":"{{\"msg\":\"success\"}}"}},"headers":[]}}}},
              {{"request":{{"method":"GET","url":"https://example.com/","headers":[]}},"response":{{}}}},
              {{"request":{{"method":"POST","url":"/2","headers":[],"postData":{{"text":"e30=","encoding":"base64"}}}}}}
            ]}}}}"#
        );
        let all = requests(text.as_bytes());
        assert_eq!(classify(text.as_bytes()), Form::Har);
        let bodies: Vec<_> = all.iter().map(|request| (&*request.target, &*request.body)).collect();
        assert_eq!(bodies, [("https://example.com/e", BODY_TEXT.as_bytes()), ("/2", b"{}")]);
        assert_eq!(all[0].headers.get("x-lark-signature"), Some("s"));
        assert_eq!(&text.as_bytes()[all[1].span.clone()], b"\"e30=\"");
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
}
