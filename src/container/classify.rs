//! Which form of a payload a JSON document is, by its top-level keys (docs/platform.md, Forms and Captures).

use crate::catalog::{EVENT_CREATE_TIME, HEADER, event, is_known_v1};
use crate::json::tree;
use crate::json::{Cursor, Token, TokenKind};

use super::{Form, body, json_request, nested};

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
    editor "$schema" body "body" elements "elements" config "config"
}

impl Top {
    /// Whether it has nothing but what stands around events: what has more may be something that holds one.
    fn is_bare(&self) -> bool {
        let own = [
            self.schema,
            self.header,
            self.event,
            self.ts,
            self.uuid,
            self.token,
            self.kind,
            self.challenge,
            self.editor,
        ];
        own.iter().flatten().count() == self.count
    }
}

/// What a `header` shows.
struct Header {
    /// It has a member.
    any: bool,
    /// It has a member that headers of the platform have: others have headers, too.
    ours: bool,
    /// It names an event type.
    named: bool,
    /// It is that of a URL verification.
    verifies: bool,
    /// All that it has is empty strings.
    emptied: bool,
}

impl Header {
    fn read(text: &[u8], at: usize) -> Header {
        let mut header = Header { any: false, ours: false, named: false, verifies: false, emptied: true };
        for (key, value) in tree::members(text, at) {
            header.any = true;
            header.ours |= key == EVENT_CREATE_TIME || HEADER.iter().any(|field| field.key == key);
            header.emptied &= &text[value.start..value.end] == b"\"\"";
            if key == "event_type" {
                let name = tree::string(text, value).unwrap_or_default();
                header.named = !name.is_empty();
                header.verifies = name == VERIFICATION;
            }
        }
        header
    }
}

/// The type of a URL verification, in either shape.
const VERIFICATION: &str = "url_verification";

/// What the JSON document `text` is. It is told by its top-level keys and, where they may as well be those of something
/// that holds an event, by whether there is one in it. A broken document is judged by what is before the break.
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
    let header = object(top.header).map(|header| Header::read(text, header.start));
    let holds_event = || nested::holds_event(text, at);

    // Where a program has one type for all bodies, what a body has not is there and empty.
    let challenge = string(top.challenge).is_some_and(|challenge| !challenge.is_empty());
    let verifies = challenge || kind == VERIFICATION;
    if is_in_strings(text, &top) {
        return Form::Wrapper;
    }
    match &header {
        Some(header) if header.named && (event.is_some() || top.is_bare()) => {
            let whole = event.is_some_and(|event| tree::members(text, event.start).next().is_some());
            return of_header(header, verifies && !whole, event);
        }
        None if top.schema.is_none() && event.is_some() && kind == CALLBACK && top.uuid.is_some() => {
            return Form::EventV1;
        }
        _ => {}
    }
    let sealed = match top.encrypt {
        Some(sealed) if tree::is_string(sealed) => !(sealed.end - sealed.start == 2 && challenge),
        // A body without what it should hold.
        Some(sealed) => top.count == 1 && matches!(sealed.kind, TokenKind::Null | TokenKind::Object),
        None => false,
    };
    if sealed && header.is_none() {
        return Form::Encrypted;
    }
    if object(top.log).is_some_and(|log| tree::member(text, log.start, "entries").is_some()) {
        return Form::Har;
    }
    let version = string(top.schema).is_some_and(|schema| is_version(&schema));
    let envelope = header.as_ref().is_some_and(|header| header.named);
    if !version && !envelope && json_request::is_wrapper(text, at) {
        return Form::Wrapper;
    }
    match (&header, event) {
        (Some(header), _) if has_header(header, &top, version, event) && !holds_event() => {
            return of_header(header, verifies, event);
        }
        (None, Some(event)) if version && !holds_event() => {
            let challenge = challenge || tree::member(text, event.start, "challenge").is_some();
            return if challenge { Form::ChallengeV2 } else { Form::EventV2 };
        }
        (None, Some(event)) if !version => match bare_event(text, &top, kind, event) {
            Some(form) if !holds_event() => return form,
            _ => {}
        },
        _ => {}
    }
    let challenge = challenge || top.challenge.is_some() && (verifies || top.count == 1);
    if challenge && header.is_none() && event.is_none() && !holds_event() {
        return if top.count == 1 { Form::ChallengeEcho } else { Form::Challenge };
    }
    if object(top.action).is_some() && (top.open_message_id.is_some() || top.open_id.is_some()) {
        return Form::CardOld;
    }
    let ids = top.event_id.is_some() || top.app_id.is_some() || top.tenant_key.is_some();
    let flat = if kind == CALLBACK && (top.uuid.is_some() || top.ts.is_some()) {
        Some(Form::NodeFlatV1)
    } else if (ids || top.schema.is_some())
        && string(top.event_type).is_some_and(|name| is_flat(text, at, &name))
    {
        Some(Form::NodeFlatV2)
    } else if (ids || top.timestamp.is_some()) && is_type(kind) || top.uuid.is_some() && is_known_v1(kind) {
        Some(Form::CliCompact)
    } else {
        None
    };
    // The row of a table, say, that has the type and the id beside the event.
    if let Some(form) = flat
        && !holds_event()
    {
        return form;
    }
    // A version and nothing else is what is left of an event; a card that is sent has one too.
    let card = top.header.or(top.body).or(top.elements).or(top.config);
    let named = top.event_type.is_some();
    if version && top.event.is_none() && card.is_none() && flat.is_none() && !named && !holds_event() {
        return Form::EventV2;
    }
    if top.check_time.is_some() && (top.employee_id.is_some() || top.user_id.is_some()) {
        return Form::BareBody;
    }
    match (top.code, top.msg) {
        (Some(code), _) if matches!(code.kind, TokenKind::Number { .. }) => match holds_event() {
            true => Form::Other,
            false => Form::ApiResponse,
        },
        (None, Some(_)) if top.count == 1 => Form::SdkReply,
        _ if body::likely(text, at).is_empty() => Form::Other,
        _ => Form::BareBody,
    }
}

/// The `type` of a v1 event.
pub(crate) const CALLBACK: &str = "event_callback";

/// Whether the value of a `schema` may be that of an event: others have a name, an address or a whole schema there.
fn is_version(schema: &str) -> bool {
    schema.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Whether a name is one of event types: `im.message.receive_v1`, `card.action.trigger`.
pub(super) fn is_type(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let version = name.rsplit_once("_v").map(|(_, version)| version);
    let versioned = version
        .is_some_and(|version| !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()));
    name.contains('.') && name.split('.').all(part) && (versioned || event(name).is_some())
}

/// Whether an object with an event type holds something of the event: one with its header alone, or a logger's word that
/// it came, does not.
fn is_flat(text: &[u8], at: usize, name: &str) -> bool {
    let known = event(name).filter(|event| !event.fields.is_empty());
    tree::members(text, at).any(|(key, _)| match known {
        Some(event) => event.field(&key).is_some(),
        None => !is_head(&key),
    })
}

/// Whether a member belongs to the header of an event, or to what stands before it.
pub(super) fn is_head(key: &str) -> bool {
    key == "schema" || HEADER.iter().any(|field| field.key == key)
}

/// Whether header and event are there, and one of them at least as JSON within a string.
fn is_in_strings(text: &[u8], top: &Top) -> bool {
    let is_string = |part: Token| {
        tree::string(text, part)
            .is_some_and(|inner| inner.starts_with('{') && tree::is_json(inner.as_bytes()))
    };
    let (Some(header), Some(event)) = (top.header, top.event) else { return false };
    let parts = [header, event];
    let any = parts.iter().any(|part| tree::is_string(*part));
    any && top.schema.is_some()
        && top.is_bare()
        && parts.iter().all(|part| tree::is_object(*part) || is_string(*part))
}

/// Whether a header, by itself and by what stands beside it, is that of an event.
fn has_header(header: &Header, top: &Top, version: bool, event: Option<Token>) -> bool {
    match (header.ours, event.is_some()) {
        (true, true) => true,
        (true, false) => header.named || version || top.is_bare(),
        (false, true) => version || !header.any && top.is_bare(),
        (false, false) => version && !header.any,
    }
}

/// What an object is that has an `event`, and neither a version nor a header: much that logs and queues write is like
/// that.
fn bare_event(text: &[u8], top: &Top, kind: &str, event: Token) -> Option<Form> {
    let member = |key| tree::member(text, event.start, key);
    let name = member("type").and_then(|name| tree::string(text, name));
    // A body has a `type` of its own in v1, a string, and says of which app it is; in v2 it may have one that is an
    // integer. Another platform has an `event_callback` as well.
    let ours = member("app_id").is_some() || member("tenant_key").is_some();
    let named = name.as_deref().is_some_and(|name| ours || top.is_bare() && is_known_v1(name));
    // Loggers have a `ts` as well, and some an `uuid`.
    let ts = top.ts.and_then(|ts| tree::string(text, ts));
    let ts = ts.is_some_and(|ts| !ts.is_empty() && is_version(&ts));
    let v1 = kind == CALLBACK && (top.is_bare() || top.uuid.is_some() || top.ts.is_some() || ours)
        || top.uuid.is_some() && (ts || top.token.is_some())
        || top.is_bare() && (top.uuid.is_some() || ts || name.is_some() && top.token.is_some());
    if v1 || named {
        return Some(Form::EventV1);
    }
    let body = top.challenge.is_some() || body::may_be(text, event.start);
    (top.schema.is_none() && top.is_bare() && body).then_some(Form::EventV2)
}

fn of_header(header: &Header, verifies: bool, event: Option<Token>) -> Form {
    match () {
        () if verifies || header.verifies => Form::ChallengeV2,
        () if header.any && header.emptied && event.is_some() => Form::CliLostHeader,
        () => Form::EventV2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Zone;
    use crate::{Engine, Findings};
    use proptest::prelude::*;

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
        // A type for all bodies, written with what each has not.
        (Form::EventV2, r#"{"challenge":null,"header":{"event_type":"x"},"event":{"a":1}}"#),
        (
            Form::EventV2,
            r#"{"encrypt":"","challenge":"","token":"","type":"","schema":"2.0","header":{"event_type":"x"},"event":{}}"#,
        ),
        (Form::EventV2, r#"{"schema":"2.0","challenge":"c","header":{"event_type":"x"},"event":{"a":1}}"#),
        (
            Form::EventV1,
            r#"{"encrypt":"","challenge":"","ts":"1.2","uuid":"u","token":"t","type":"event_callback","event":{"type":"leave"}}"#,
        ),
        (Form::Challenge, r#"{"encrypt":"","challenge":"c","token":"t","type":"url_verification"}"#),
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
        (Form::Encrypted, r#"{"encrypt":null}"#),
        (Form::Encrypted, r#"{"encrypt":{}}"#),
        (Form::Other, r#"{"encrypt":true}"#),
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
        (Form::NodeFlatV2, r#"{"schema":"2.0","event_type":"im.message.receive_v1","message":{}}"#),
        (Form::NodeFlatV2, r#"{"event_id":"e","event_type":"unknown.type_v1","x":{}}"#),
        (Form::NodeFlatV1, r#"{"ts":"1.2","type":"event_callback"}"#),
        (Form::NodeFlatV1, r#"{"app_id":"cli","uuid":"u","ts":"1.2","token":"t","type":"event_callback"}"#),
        (Form::Wrapper, r#"{"headers":{"X-Lark-Signature":"s"},"body":"{}"}"#),
        (Form::Wrapper, r#"{"schema":"2.0","header":"{\"event_type\":\"x\"}","event":"{}"}"#),
        (Form::Wrapper, r#"{"schema":"2.0","header":{"event_type":"x"},"event":"{}"}"#),
        (Form::EventV2, r#"{"schema":"2.0","header":{"event_type":"x"},"event":"{"}"#),
        (Form::Har, r#"{"log":{"version":"1.2","entries":[]}}"#),
        (Form::ApiResponse, r#"{"code":0,"msg":"success","data":{"user_flow_results":[]}}"#),
        (Form::SdkReply, r#"{"msg":"success"}"#),
        (Form::ChallengeEcho, r#"{"challenge":"c"}"#),
        (Form::BareBody, r#"{"employee_id":"1","check_time":"1615381916","type":0}"#),
        (
            Form::BareBody,
            r#"{"message":{"message_id":"om","chat_id":"oc","content":"{}"},"sender":{"sender_type":"user"},"tenant_key":"k"}"#,
        ),
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
        (Form::Other, r#"{"schema":"2.0","event_type":"im.message.receive_v1"}"#),
        (Form::Other, r#"{"event_id":"e","token":"t","event_type":"unknown.type_v1","app_id":"a"}"#),
        (
            Form::Other,
            r#"{"level":"info","event_type":"im.message.receive_v1","event_id":"5d1c","msg":"received"}"#,
        ),
        (Form::Other, r#"{"type":"im.message.receive_v1"}"#),
        (Form::Other, r#"{"code":"0"}"#),
        (Form::Other, r#"{"log":{"level":"info"}}"#),
        // What others call a schema, a header and an event.
        (Form::Other, r#"{"name":"x","schema":"https://schema.example.com/collection.json"}"#),
        (Form::Other, r#"{"schema":{"type":"object"},"payload":{"a":1}}"#),
        (Form::Other, r#"{"schema":{"type":"object"},"header":{"type":"object"},"event":{"type":"object"}}"#),
        (Form::Other, r#"{"schema":"2.0","config":{},"header":{"title":{"tag":"plain_text"}},"body":{}}"#),
        (Form::Other, r#"{"schema":"2.0","body":{"elements":[]}}"#),
        (Form::Other, r#"{"header":{"title":{"tag":"plain_text","content":"hi"}},"elements":[]}"#),
        (Form::Other, r#"{"header":{"request_id":"1","ts":1},"data":{}}"#),
        (Form::Other, r#"{"header":{"token":"1"},"data":{}}"#),
        (Form::Other, r#"{"level":"info","ts":1615381917.7,"msg":"m","event":{"id":3,"name":"cron"}}"#),
        (Form::Other, r#"{"ts":"2021-03-10T21:11:58Z","msg":"m","event":{"type":"click"}}"#),
        (
            Form::Other,
            r#"{"token":"t","team_id":"T","api_app_id":"A","type":"event_callback","event":{"type":"message"}}"#,
        ),
        (Form::Other, r#"{"event":"punch","data":{"a":1}}"#),
        (Form::Other, r#"{"event":{"id":3,"name":"cron"}}"#),
        (
            Form::Other,
            r#"{"specversion":"1.0","type":"lark.punch","source":"/","id":"1","time":"t","schema":"x"}"#,
        ),
    ];

    /// A whole event, and the forms that it may be found in.
    const EVENT: &str =
        r#"{"schema":"2.0","header":{"event_id":"1","event_type":"im.message.receive_v1"},"event":{"a":1}}"#;

    #[test]
    fn what_holds_a_whole_event_is_not_taken_for_one() {
        let quoted = serde_json::to_string(EVENT).unwrap();
        for wrapper in [
            r#"{"event":@}"#,
            r#"{"event":{"id":"1","name":"lark.callback","payload":@}}"#,
            r#"{"schema":"2.0","event":{"type":"message","data":@}}"#,
            r#"{"header":{"token":"t","app_id":"a"},"event":@}"#,
            r#"{"header":{"event_id":"1","event_type":"x"},"data":@}"#,
            r#"{"schema":"2.0","data":@}"#,
            r#"{"event_type":"im.message.receive_v1","event_id":"1","data":@}"#,
            r#"{"type":"im.message.receive_v1","timestamp":"1","data":[@]}"#,
            r#"{"type":"event_callback","ts":"1.2","raw":@}"#,
            r#"{"uuid":"u","token":"t","event":@}"#,
            r#"{"code":0,"msg":"success","data":{"items":[{"event_id":"1","log":@}]}}"#,
            r#"{"challenge":"c","data":@}"#,
            r#"{"challenge":null,"type":"x","data":@}"#,
        ] {
            for event in [EVENT, &quoted] {
                let text = wrapper.replace('@', event);
                assert_eq!(classify(text.as_bytes()), Form::Other, "{text}");
            }
        }
    }

    #[test]
    fn an_event_that_quotes_another_is_still_one() {
        let quoted = serde_json::to_string(&format!(r#"{{"text":{EVENT}}}"#)).unwrap();
        let text = EVENT.replace("1}}", &format!("{quoted}}}}}"));
        assert_eq!(classify(text.as_bytes()), Form::EventV2, "{text}");
        let v1 =
            format!(r#"{{"uuid":"u","type":"event_callback","event":{{"type":"message","text":{quoted}}}}}"#);
        assert_eq!(classify(v1.as_bytes()), Form::EventV1, "{v1}");
    }

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

    /// The form that the walk through a document finds.
    fn walked(text: &str) -> Option<Form> {
        let mut engine = Engine::new(Zone::Utc);
        engine.document(text.as_bytes(), 0, &mut Findings::default()).ok().map(|seen| seen.form)
    }

    #[test]
    fn the_walk_finds_the_same_form() {
        for (form, text) in EXAMPLES.iter().filter(|(_, text)| text.starts_with('{')) {
            assert_eq!(walked(text), Some(*form), "{text}");
        }
    }

    /// Members of documents, and of what wraps or describes them.
    const MEMBERS: &[&str] = &[
        r#""schema":"2.0""#,
        r#""schema":"x""#,
        r#""schema":{"type":"object"}"#,
        r#""schema":2"#,
        r#""header":{}"#,
        r#""header":{"event_id":"1","token":"t"}"#,
        r#""header":{"event_id":"","event_type":""}"#,
        r#""header":{"event_type":"im.message.receive_v1"}"#,
        r#""header":{"event_type":"url_verification"}"#,
        r#""header":{"title":{"content":"x"}}"#,
        r#""header":null"#,
        r#""event":{}"#,
        r#""event":"x""#,
        r#""event":{"type":"leave_approval","app_id":"a"}"#,
        r#""event":{"type":"click"}"#,
        r#""event":{"headers":{},"body":"{}"}"#,
        r#""event":{"name":"x","data":{"header":{"event_type":"a.b_v1"},"event":{}}}"#,
        r#""event":{"encrypt":"AAAA"}"#,
        r#""encrypt":"AAAA""#,
        r#""uuid":"u""#,
        r#""ts":"1.2""#,
        r#""ts":"2021-03-10T21:11:58Z""#,
        r#""token":"t""#,
        r#""type":"event_callback""#,
        r#""type":"url_verification""#,
        r#""type":"im.message.receive_v1""#,
        r#""challenge":"c""#,
        r#""$schema":"x""#,
        r#""event_type":"im.message.receive_v1""#,
        r#""event_id":"1""#,
        r#""headers":{"a":"b"}"#,
        r#""body":"{}""#,
        r#""data":{"header":{"event_type":"a.b_v1"},"event":{}}"#,
        r#""code":0"#,
        r#""msg":"success""#,
    ];

    proptest! {
        #[test]
        fn the_walk_finds_the_same_form_whatever_a_document_has(members in prop::collection::vec(0..MEMBERS.len(), 0..6)) {
            // The same key twice is no document that anybody sends.
            let mut keys = Vec::new();
            let mut text = Vec::new();
            for member in members {
                let key = MEMBERS[member].split(':').next();
                if !keys.contains(&key) {
                    keys.push(key);
                    text.push(MEMBERS[member]);
                }
            }
            let text = format!("{{{}}}", text.join(","));
            prop_assert_eq!(walked(&text), Some(classify(text.as_bytes())), "{}", text);
        }
    }
}
