//! Rules about how a body came here: encrypted, signed, re-shaped by the tool that captured it.

use std::fmt::Display;

use crate::catalog::ENCRYPT;
use crate::finding::{Rule, Severity, Sink, Span, Words};
use crate::json::{Path, Segment};

/// An encrypted body that no key opens.
pub static DECRYPTION_FAILED: Rule = Rule {
    code: "decryption-failed",
    severity: Severity::Error,
    summary: "the body is encrypted and cannot be decrypted",
    why: "Either the string is damaged (cut, or no standard base64), or none of the Encrypt Keys given is that of \
          the app, or what comes out is no JSON. What exactly a wrong key leaves behind is not told apart: that \
          would help nobody but who forges bodies.",
    wrong: r#"{"encrypt": "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzgh"}"#,
    right: "{..}",
};

/// A signature that is not that of the body.
pub static SIGNATURE_MISMATCH: Rule = Rule {
    code: "signature-mismatch",
    severity: Severity::Error,
    summary: "the signature of the request is wrong",
    why: "X-Lark-Signature is the SHA-256, in hex, of timestamp, nonce, Encrypt Key and the body as it was sent, \
          joined with nothing between them. When it is wrong, the mistakes that are known to happen are tried, and \
          the one that explains it is named. A request whose signature is wrong must not be believed. Said only \
          when a key (for old card callbacks: a token) is given and the capture has the headers.",
    wrong: "LARKSPECT_ENCRYPT_KEY=test key\n\
            {\"headers\": {\"X-Lark-Request-Timestamp\": \"1615381918\", \"X-Lark-Request-Nonce\": \"abcd\", \
            \"X-Lark-Signature\": \"7ce39c58a6d3a2fd4bc20e5d1f8e35e1b45bc5d5d4dba2ea4ae3e7dc3a9c22e6\"}, \
            \"body\": \"{\\\"challenge\\\":\\\"c\\\",\\\"token\\\":\\\"t\\\",\\\"type\\\":\\\"url_verification\\\"}\"}",
    right: "LARKSPECT_ENCRYPT_KEY=test key\n\
            {\"headers\": {\"X-Lark-Request-Timestamp\": \"1615381918\", \"X-Lark-Request-Nonce\": \"abcd\", \
            \"X-Lark-Signature\": \"fa09a57952504e9cd20cdc0a9e890dc73ad20575ea55051d6ab594201b32e2c8\"}, \
            \"body\": \"{\\\"challenge\\\":\\\"c\\\",\\\"token\\\":\\\"t\\\",\\\"type\\\":\\\"url_verification\\\"}\"}",
};

/// A Verification Token that is not the app's.
pub static TOKEN_MISMATCH: Rule = Rule {
    code: "token-mismatch",
    severity: Severity::Error,
    summary: "the token is not the Verification Token that was given",
    why: "Every event carries the app's Verification Token, in `header.token` (v1 and challenges: `token`). Another \
          one means an event of another app, of the time before the token was reset, or a forged one. Said only \
          when a token is given.",
    wrong: "LARKSPECT_VERIFICATION_TOKEN=the token of another app\n{..}",
    right: "LARKSPECT_VERIFICATION_TOKEN=wz5vVgAqJ0cghdfdjdVuxeyTt8hvYHBg\n{..}",
};

/// The same request again.
pub static REPLAYED_REQUEST: Rule = Rule {
    code: "replayed-request",
    severity: Severity::Warning,
    summary: "the same signed request came before",
    why: "When the platform delivers an event again it signs it again, with a new timestamp. The same signed request \
          twice is a replay, or a capture that holds it twice. Receivers should remember event ids. Said by \
          `verify`, which remembers as many requests as its --window says.",
    wrong: "{\"headers\": {\"X-Lark-Request-Timestamp\": \"1615381918\", \"X-Lark-Request-Nonce\": \"abcd\", \
            \"X-Lark-Signature\": \"ea9ef2a020c0d9238414aae6d58070cde6f37a695f3398f512a836bab952f8f8\"}, \
            \"body\": \"{}\"}\n\
            {\"headers\": {\"X-Lark-Request-Timestamp\": \"1615381918\", \"X-Lark-Request-Nonce\": \"abcd\", \
            \"X-Lark-Signature\": \"ea9ef2a020c0d9238414aae6d58070cde6f37a695f3398f512a836bab952f8f8\"}, \
            \"body\": \"{}\"}",
    right: "{..}",
};

/// A request that was signed long after its event.
pub static STALE_REQUEST: Rule = Rule {
    code: "stale-request",
    severity: Severity::Warning,
    summary: "the request was signed too long after its event",
    why: "The platform signs a request when it sends it, within seconds of the event; it retries after 15 seconds, \
          5 minutes, 1 hour and 6 hours. A larger distance, or a request older than its event, is a clock that is \
          wrong or a request that was made from an old event. Said by `verify --max-skew`.",
    wrong: "--max-skew 60\n\
            {\"headers\": {\"X-Lark-Request-Timestamp\": \"1615389999\", \"X-Lark-Request-Nonce\": \"abcd\", \
            \"X-Lark-Signature\": \"00\"}, \"body\": {..}}",
    right: "{..}",
};

/// A capture in a shape that no endpoint was sent.
pub static RESHAPED_CAPTURE: Rule = Rule {
    code: "reshaped-capture",
    severity: Severity::Error,
    summary: "a tool wrote the event in a shape of its own",
    why: "Command-line clients and SDKs hand events on in shapes of their own, and people paste what their language \
          prints. Where nothing is lost the event is read and this is a note. Where something is lost it is an \
          error, because what was lost cannot be checked, and guessing it would be worse: the finding says what it \
          is, and how to capture the event whole.",
    wrong: r#"{"check_time": "1615381916", "employee_id": "2b68933a", "event_id": "41fae5c1", "timestamp": "1615381917707", "type": "attendance.user_flow.created_v1"}"#,
    right: "{..}",
};

/// A challenge in a shape that is not documented.
pub static UNDOCUMENTED_CHALLENGE: Rule = Rule {
    code: "undocumented-challenge",
    severity: Severity::Note,
    summary: "a URL verification in the shape of an event",
    why: "The documentation knows one form of it: `challenge`, `token` and `type`, and nothing else. Tests of SDKs \
          and code in the wild have it inside the envelope of an event as well, so a handler does well to accept \
          both; but a platform that sends this has not been seen.",
    wrong: r#"{"schema": "2.0", "header": {"event_type": "url_verification"}, "event": {"challenge": "ajls384kdjx98XX"}}"#,
    right: r#"{"challenge": "ajls384kdjx98XX", "token": "wz5vVgAqJ0cghdfdjdVuxeyTt8hvYHBg", "type": "url_verification"}"#,
};

/// Reports an `encrypt` string that does not open: `error` says what it does instead.
#[cold]
pub fn decryption_failed(error: impl Display, help: &str, span: Span, sink: &mut impl Sink) {
    let path = Path::ROOT.child(Segment::Key(ENCRYPT));
    sink.report(DECRYPTION_FAILED.at(span, &path), || Words::new(format!("`{ENCRYPT}` {error}")).help(help));
}

/// Reports a wrong signature, and why it is wrong where that is known.
#[cold]
pub fn signature_mismatch(cause: Option<(&str, &str)>, span: Span, sink: &mut impl Sink) {
    sink.report(SIGNATURE_MISMATCH.at(span, &Path::ROOT), || match cause {
        Some((sentence, help)) => Words::new(format!("the signature is wrong: {sentence}")).help(help),
        None => Words::new("the signature is wrong, and no known mistake explains it").help(
            "is this the Encrypt Key of the app that received it? Was the body changed after it was received?",
        ),
    });
}

/// Reports a token that is not one of those given. Neither is quoted.
#[cold]
pub fn token_mismatch(span: Span, path: &Path<'_>, sink: &mut impl Sink) {
    sink.report(TOKEN_MISMATCH.at(span, path), || {
        Words::new(format!("`{}` is not the Verification Token that was given", path.dotted()))
            .help("is it the token of this app, and has it been reset since?")
    });
}

/// Reports a capture that a tool re-shaped: `what` it is, what is `lost` and how to `capture` it instead.
#[cold]
pub fn reshaped(what: &str, lost: Option<&str>, capture: Option<&str>, span: Span, sink: &mut impl Sink) {
    let severity = if lost.is_some() { RESHAPED_CAPTURE.severity } else { Severity::Note };
    sink.report(RESHAPED_CAPTURE.at(span, &Path::ROOT).weighing(severity), || {
        let words = match lost {
            Some(lost) => Words::new(format!("this is {what}: {lost}")),
            None => Words::new(format!("this is {what}; nothing is lost, and it was read")),
        };
        let words = words.found(what);
        match capture {
            Some(capture) => words.help(capture),
            None => words,
        }
    });
}

/// Reports a request whose head and body contradict each other: it was edited, or cut.
#[cold]
pub fn contradicts(flaw: impl Display, span: Span, sink: &mut impl Sink) {
    sink.report(RESHAPED_CAPTURE.at(span, &Path::ROOT).weighing(Severity::Warning), || {
        Words::new(format!("this request was changed after it was captured: {flaw}"))
            .help("its body was read as it stands; its signature may not fit it any more")
    });
}

/// Reports a challenge in an envelope.
#[cold]
pub fn undocumented_challenge(span: Span, sink: &mut impl Sink) {
    sink.report(UNDOCUMENTED_CHALLENGE.at(span, &Path::ROOT), || {
        Words::new("a URL verification in the shape of an event is not documented")
            .expected("`challenge`, `token` and `type`")
            .help("the answer is the same: the challenge, within a second")
    });
}
