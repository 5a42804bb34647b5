//! Which form of a payload a JSON document is, by its top-level keys (docs/platform.md, Forms and Captures).

use crate::json::tree;
use crate::json::{Cursor, Token, TokenKind};

use super::{Form, json_request};

/// The top-level keys that tell the forms apart.
macro_rules! top {
    ($($field:ident $key:literal)*) => {
        #[derive(Default)]
        struct Top { $($field: Option<Token>,)* count: usize }

        impl Top {
            fn read(text: &[u8], at: usize) -> Top {
                let mut top = Top::default();
                for (key, value) in tree::members(text, at) {
                    top.count += 1;
                    match &*key {
                        $($key => _ = top.$field.get_or_insert(value),)*
                        _ => {}
                    }
                }
                top
            }
        }
    };
}

top! {
    schema "schema" header "header" event "event" ts "ts" uuid "uuid" token "token" kind "type"
    challenge "challenge" encrypt "encrypt" open_id "open_id" open_message_id "open_message_id" action "action"
    event_type "event_type" event_id "event_id" timestamp "timestamp" app_id "app_id" tenant_key "tenant_key"
    log "log" code "code" msg "msg" check_time "check_time" employee_id "employee_id" user_id "user_id"
}

/// What the JSON document `text` is. One walk over it, which looks at top-level keys only; a broken document is
/// judged by the keys before the break.
pub fn classify(text: &[u8]) -> Form {
    let mut cursor = Cursor::new(text, 0);
    match cursor.space() {
        Some(b'{') => of_object(text, cursor.at),
        Some(b'"') => match cursor.string().ok().and_then(|token| tree::string(text, token)) {
            Some(inner) if inner.trim_start().starts_with('{') => Form::Quoted,
            _ => Form::Other,
        },
        _ => Form::Other,
    }
}

fn of_object(text: &[u8], at: usize) -> Form {
    let top = Top::read(text, at);
    let object = |token: Option<Token>| token.filter(|token| tree::is_object(*token));
    let string = |token: Option<Token>| token.and_then(|token| tree::string(text, token));
    let kind = string(top.kind);
    let kind = kind.as_deref().unwrap_or_default();
    let event = object(top.event);

    if string(top.encrypt).is_some() && object(top.header).is_none() {
        return Form::Encrypted;
    }
    if top.schema.is_none() && json_request::is_wrapper(text, at) {
        return Form::Wrapper;
    }
    if let Some(header) = object(top.header) {
        return of_header(text, header, top.challenge.is_some() || kind == "url_verification", event);
    }
    if let (Some(_), Some(event)) = (top.schema, event) {
        let challenge = top.challenge.is_some() || tree::member(text, event.start, "challenge").is_some();
        return if challenge { Form::ChallengeV2 } else { Form::EventV2 };
    }
    if top.challenge.is_some() && event.is_none() {
        return if top.count == 1 { Form::ChallengeEcho } else { Form::Challenge };
    }
    if let Some(event) = event {
        // An event body has a `type` of its own in v1, a string; in v2 it may have one that is an integer.
        let v1 = top.uuid.is_some()
            || top.ts.is_some()
            || kind == "event_callback"
            || tree::member(text, event.start, "type").is_some_and(tree::is_string);
        return if v1 { Form::EventV1 } else { Form::EventV2 };
    }
    if object(top.log).is_some_and(|log| tree::member(text, log.start, "entries").is_some()) {
        return Form::Har;
    }
    if object(top.action).is_some() && (top.open_message_id.is_some() || top.open_id.is_some()) {
        return Form::CardOld;
    }
    if kind == "event_callback" && (top.uuid.is_some() || top.ts.is_some()) {
        return Form::NodeFlatV1;
    }
    let ids = top.event_id.is_some() || top.app_id.is_some() || top.tenant_key.is_some();
    if string(top.event_type).is_some() && (ids || top.schema.is_some()) {
        return Form::NodeFlatV2;
    }
    if kind.contains('.') && (top.event_id.is_some() || top.timestamp.is_some()) {
        return Form::CliCompact;
    }
    if top.schema.is_some() {
        return Form::EventV2;
    }
    if top.check_time.is_some() && (top.employee_id.is_some() || top.user_id.is_some()) {
        return Form::BareBody;
    }
    match (top.code, top.msg) {
        (Some(code), _) if matches!(code.kind, TokenKind::Number { .. }) => Form::ApiResponse,
        (None, Some(_)) if top.count == 1 => Form::SdkReply,
        _ => Form::Other,
    }
}

fn of_header(text: &[u8], header: Token, challenge: bool, event: Option<Token>) -> Form {
    let mut values = tree::members(text, header.start).peekable();
    let any = values.peek().is_some();
    let mut empty = any && event.is_some();
    let mut verification = challenge;
    for (key, value) in values {
        empty &= &text[value.start..value.end] == b"\"\"";
        verification |=
            key == "event_type" && tree::string(text, value).as_deref() == Some("url_verification");
    }
    match (verification, empty) {
        (true, _) => Form::ChallengeV2,
        (false, true) => Form::CliLostHeader,
        (false, false) => Form::EventV2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One example of each form at least; more where people meet more than one.
    const EXAMPLES: &[(Form, &str)] = &[
        (Form::EventV2, r#"{"schema":"2.0","header":{"event_id":"1","token":""},"event":{"type":0}}"#),
        (Form::EventV2, r#" {"event":{"type":0},"header":{"event_id":"1"}}"#),
        (Form::EventV2, r#"{"schema":"2.0","event":{}}"#),
        (Form::EventV2, r#"{"schema":"2.0","header":{}}"#),
        (Form::EventV2, r#"{"schema":"2.0"}"#),
        (Form::EventV2, r#"{"event":{"employee_id":"1","type":0}}"#),
        (
            Form::EventV1,
            r#"{"ts":"1.2","uuid":"u","token":"t","type":"event_callback","event":{"type":"leave"}}"#,
        ),
        (Form::EventV1, r#"{"event":{"type":"leave_approval","app_id":"cli_1"}}"#),
        (Form::EventV1, r#"{"ts":"1.2","event":{}}"#),
        (Form::EventV1, r#"{"type":"event_callback","event":{}}"#),
        (Form::EventV2, r#"{"challenge":"c","event":{}}"#),
        (Form::EventV2, r#"{"encrypt":"AAAA","header":{"event_id":"1"},"event":{}}"#),
        (Form::Challenge, r#"{"challenge":"c","token":"t","type":"url_verification"}"#),
        (Form::Challenge, r#"{"challenge":"c","type":"url_verification"}"#),
        (
            Form::ChallengeV2,
            r#"{"schema":"2.0","header":{"event_type":"url_verification"},"event":{"challenge":"c"}}"#,
        ),
        (Form::ChallengeV2, r#"{"header":{"event_type":"x"},"challenge":"c"}"#),
        (Form::ChallengeV2, r#"{"schema":"2.0","challenge":"c","event":{}}"#),
        (
            Form::ChallengeV2,
            r#"{"schema":"2.0","header":{"event_type":"contact.user.created_v3"},"event":{},"challenge":"1","type":"url_verification"}"#,
        ),
        (Form::Encrypted, r#"{"encrypt":"AAAA"}"#),
        (Form::Encrypted, r#"{"encr\u0079pt":"AAAA"}"#),
        (Form::CardOld, r#"{"open_id":"o","open_message_id":"m","token":"t","action":{"tag":"button"}}"#),
        (Form::CardOld, r#"{"open_id":"o","action":{"tag":"button"}}"#),
        (Form::CliCompact, r#"{"timestamp":"1","type":"im.message.receive_v1"}"#),
        (
            Form::CliCompact,
            r#"{"employee_id":"1","event_id":"e","timestamp":"1","type":"attendance.user_flow.created_v1"}"#,
        ),
        (
            Form::CliLostHeader,
            r#"{"schema":"","header":{"event_id":"","event_type":"","token":""},"event":{"type":"leave"}}"#,
        ),
        (
            Form::NodeFlatV2,
            r#"{"schema":"2.0","event_id":"e","event_type":"attendance.user_flow.created_v1","type":0}"#,
        ),
        (Form::NodeFlatV2, r#"{"schema":"2.0","event_type":"im.message.receive_v1"}"#),
        (Form::NodeFlatV1, r#"{"ts":"1.2","type":"event_callback"}"#),
        (Form::NodeFlatV1, r#"{"app_id":"cli","uuid":"u","ts":"1.2","token":"t","type":"event_callback"}"#),
        (Form::Wrapper, r#"{"headers":{"X-Lark-Signature":"s"},"body":"{}"}"#),
        (Form::Har, r#"{"log":{"version":"1.2","entries":[]}}"#),
        (Form::ApiResponse, r#"{"code":0,"msg":"success","data":{"user_flow_results":[]}}"#),
        (Form::SdkReply, r#"{"msg":"success"}"#),
        (Form::ChallengeEcho, r#"{"challenge":"c"}"#),
        (Form::BareBody, r#"{"employee_id":"1","check_time":"1615381916","type":0}"#),
        (Form::Quoted, r#""{\"schema\":\"2.0\"}""#),
        (Form::Other, r#"{}"#),
        (Form::Other, r#"[]"#),
        (Form::Other, r#""text""#),
        (Form::Other, r#"{"a":1,"msg":"x"}"#),
        (Form::Other, ""),
        (Form::Other, r#"{"encrypt":1}"#),
        (Form::Other, r#"{"action":{"tag":"button"}}"#),
        (Form::Other, r#"{"type":"event_callback"}"#),
        (Form::Other, r#"{"event_type":"im.message.receive_v1"}"#),
        (Form::Other, r#"{"type":"im.message.receive_v1"}"#),
        (Form::Other, r#"{"code":"0"}"#),
        (Form::Other, r#"{"log":{"level":"info"}}"#),
    ];

    #[test]
    fn each_form_is_told_by_its_keys() {
        for (form, text) in EXAMPLES {
            assert_eq!(classify(text.as_bytes()), *form, "{text}");
        }
        for form in super::super::form::FORMS.iter().map(|row| row.form) {
            assert!(EXAMPLES.iter().any(|(other, _)| *other == form), "{form:?} has no example");
        }
    }

    #[test]
    fn a_document_that_breaks_off_is_judged_by_what_is_there() {
        for (form, text) in EXAMPLES {
            for end in 0..text.len() {
                let _ = (form, classify(&text.as_bytes()[..end]));
            }
        }
        assert_eq!(classify(br#"{"schema":"2.0","header":{"event_id":"1"},"event":{"a":"#), Form::EventV2);
    }
}
