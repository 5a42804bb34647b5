//! What is often taken for an event and is none: what goes the other way, what describes events, what other platforms
//! post, and what a log shows in place of an event. Asked about what was passed over where nothing was found, so that
//! the answer is a name and not a shrug.
//!
//! Where [`FormInfo::lost`] is said, there was an event, and the text shows next to nothing of it; otherwise there was
//! none.

use std::borrow::Cow;

use crate::json::tree;
use crate::json::{Cursor, Token, TokenKind};
use crate::lang::{Label, label};
use crate::steps::took;

use super::super::form::RAW_BODY;
use super::super::{Form, FormInfo, is_head, is_type};

const fn info(name: Label, capture: Label) -> FormInfo {
    FormInfo { name, lost: None, capture: Some(capture) }
}

const fn lost(name: Label, lost: Label, capture: Label) -> FormInfo {
    FormInfo { name, lost: Some(lost), capture: Some(capture) }
}

const RECEIVED: Label = label(
    "抓取平台推送给你的内容，而不是你发给平台的内容",
    "capture what the platform posts to you, not what you send to it",
);
const DESCRIBED: Label =
    label("提供事件本身，或一个事件示例", "give the events themselves, or an example of one");

type OfDocument = fn(&Members<'_>) -> bool;
type OfLine = fn(&[u8]) -> bool;

/// Documents, the more certain before the others.
static DOCUMENTS: &[(OfDocument, FormInfo)] = &[
    (
        is_json_schema,
        info(
            label("描述事件结构的 JSON Schema", "a JSON Schema, which says what events look like"),
            DESCRIBED,
        ),
    ),
    (is_openapi, info(label("一份 OpenAPI 描述", "an OpenAPI description"), DESCRIBED)),
    (
        is_collection,
        info(
            label(
                "请求集合，其中的请求体里没有事件",
                "a collection of requests that has no event in their bodies",
            ),
            label("保存一个带有原始请求体的请求", "save a request with its raw body"),
        ),
    ),
    (is_message, info(label("机器人发送的消息", "a message that a bot sends"), RECEIVED)),
    (is_card, info(label("应用发送的消息卡片", "a message card that an app sends"), RECEIVED)),
    (is_foreign, info(label("其他平台的回调", "a callback of another platform"), RECEIVED)),
    (
        is_cloud_event,
        info(
            label("不含平台事件的 CloudEvent", "a CloudEvent that holds no event of the platform"),
            RAW_BODY,
        ),
    ),
    (
        is_card_reply,
        info(label("处理程序对卡片回调的回复", "a handler's answer to a card callback"), RECEIVED),
    ),
    (is_answer, info(label("调用 API 得到的返回", "an API's answer"), RECEIVED)),
    (
        is_header,
        info(
            label("事件头，没有事件的内容", "the header of an event, and nothing of what happened"),
            RAW_BODY,
        ),
    ),
    (tells_of_event, TELLS_OF_EVENTS),
];

const TELLS_OF_EVENTS: FormInfo = info(
    label(
        "只记录了事件类型或 ID、没有事件内容的日志",
        "a log that tells of events by type or id, and holds none of their bodies",
    ),
    RAW_BODY,
);

/// Lines, the more certain before the others.
static LINES: &[(OfLine, FormInfo)] = &[
    (
        is_unhandled,
        info(
            label(
                "事件没有处理函数时 SDK 报告的错误（processor not found：没有为它的类型注册处理函数）",
                "an SDK's error that it has no handler for an event (processor not found: none is registered for its type)",
            ),
            label(
                "为这个类型注册处理函数；要查看事件，请在 SDK 读取之前记录请求体",
                "register a handler for the type; to see the event, log the request's body before the SDK reads it",
            ),
        ),
    ),
    (
        is_xml,
        info(
            label("以 XML 格式推送的回调，来自其他平台", "a callback in XML, as other platforms post them"),
            RECEIVED,
        ),
    ),
    (
        is_python_object,
        lost(
            label(
                "只显示了地址的 Python 对象 (<.. object at 0x..>)",
                "an object of Python, shown as its address (<.. object at 0x..>)",
            ),
            label("里面没有任何事件内容", "nothing of the event is in it"),
            label(
                "在日志里原样记录请求体，或把 SDK 的对象转成 JSON",
                "log the request's body as it came, or the SDK's object made JSON",
            ),
        ),
    ),
    (
        is_java_bytes,
        lost(
            label(
                "只显示了地址的 Java 字节数组 ([B@..)",
                "an array of bytes in Java, shown as its address ([B@..)",
            ),
            label("里面没有任何事件内容", "nothing of the event is in it"),
            label(
                "记录 new String(body, StandardCharsets.UTF_8)",
                "log new String(body, StandardCharsets.UTF_8)",
            ),
        ),
    ),
    (
        is_java_object,
        lost(
            label("只显示了地址的 Java 对象 (Name@..)", "an object of Java, shown as its address (Name@..)"),
            label("里面没有任何事件内容", "nothing of the event is in it"),
            label(
                "在日志里原样记录请求体，或把 SDK 的对象转成 JSON",
                "log the request's body as it came, or the SDK's object made JSON",
            ),
        ),
    ),
    (
        |line| has(line, b"[object Object]"),
        lost(
            label(
                "显示为 [object Object] 的 JavaScript 对象",
                "an object of JavaScript, shown as [object Object]",
            ),
            label("里面没有任何事件内容", "nothing of the event is in it"),
            label(
                "在日志里原样记录请求体，或至少记录 JSON.stringify(data)",
                "log the request's body as it came, or at least JSON.stringify(data)",
            ),
        ),
    ),
    (
        |line| has(line, b"System.Collections.Generic.") || has(line, b"System.Byte[]"),
        lost(
            label("只显示了类型的 .NET 对象", "an object of .NET, shown as its type"),
            label("里面没有任何事件内容", "nothing of the event is in it"),
            label(
                "在日志里原样记录请求体，或至少记录 JsonSerializer.Serialize(data)",
                "log the request's body as it came, or at least JsonSerializer.Serialize(data)",
            ),
        ),
    ),
    (
        is_ruby_object,
        lost(
            label(
                "只显示了地址的 Ruby 对象 (#<..:0x..>)",
                "an object of Ruby, shown as its address (#<..:0x..>)",
            ),
            label("里面几乎没有事件内容", "little of the event is in it"),
            label(
                "在日志里原样记录请求体，或至少记录 data.to_json",
                "log the request's body as it came, or at least data.to_json",
            ),
        ),
    ),
    (
        is_go_pointer,
        lost(
            label("只显示了地址的 Go 指针 (0xc000..)", "a pointer of Go, shown as its address (0xc000..)"),
            label("里面没有它所指向的内容", "what it points to is not in it"),
            label("在 SDK 解析之前记录 string(req.Body)", "log string(req.Body) before the SDK parses it"),
        ),
    ),
    (
        is_to_string,
        lost(
            label(
                "由 toString 打印的 Java 或 Kotlin 对象",
                "an object of Java or Kotlin as toString shows it",
            ),
            label(
                "里面没有引号：看不出文本在哪里结束，也分不清数字和字符串",
                "there are no quotes in it: where a text ends cannot be told, nor a number from a string",
            ),
            label(
                "在日志里原样记录请求体，或把 SDK 的对象转成 JSON",
                "log the request's body as it came, or the SDK's object made JSON",
            ),
        ),
    ),
    (names_type, TELLS_OF_EVENTS),
];

/// The name of a JSON document that is no event; of an object in it where it is not known itself.
pub fn of_document(text: &[u8]) -> Option<&'static FormInfo> {
    let top = Members::read(text, 0)?;
    let inner = || {
        top.list
            .iter()
            .filter_map(|(_, value)| Members::read(text, value.start))
            .find_map(|inner| of_members(&inner))
    };
    of_members(&top).or_else(inner)
}

/// The name of what a line shows, in a document on it or in words.
pub fn of_line(line: &[u8]) -> Option<&'static FormInfo> {
    took(line.len());
    let object = memchr::memchr_iter(b'{', line).take(BRACES).find_map(|brace| {
        let object = Cursor::new(line, brace).value(0).ok()?;
        of_document(&line[object.start..object.end])
    });
    object.or_else(|| LINES.iter().find(|(is, _)| is(line)).map(|(_, info)| info))
}

/// How many braces of a line are looked at, and how many members of an object.
const BRACES: usize = 8;
const MEMBERS: usize = 64;

fn of_members(members: &Members<'_>) -> Option<&'static FormInfo> {
    let answer =
        || matches!(members.get("code")?.kind, TokenKind::Number { .. }).then(|| Form::ApiResponse.about());
    DOCUMENTS.iter().find(|(is, _)| is(members)).map(|(_, info)| info).or_else(answer)
}

/// The members of an object.
struct Members<'t> {
    text: &'t [u8],
    list: Vec<(Cow<'t, str>, Token)>,
}

impl<'t> Members<'t> {
    /// `None` where there are none.
    fn read(text: &'t [u8], at: usize) -> Option<Members<'t>> {
        let list: Vec<_> = tree::members(text, at).take(MEMBERS).collect();
        (!list.is_empty()).then_some(Members { text, list })
    }

    fn get(&self, key: &str) -> Option<Token> {
        self.list.iter().find(|(name, _)| name == key).map(|(_, value)| *value)
    }

    fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    fn string(&self, key: &str) -> Option<Cow<'t, str>> {
        tree::string(self.text, self.get(key)?)
    }

    fn object(&self, key: &str) -> Option<Members<'t>> {
        Members::read(self.text, self.get(key).filter(|token| tree::is_object(*token))?.start)
    }

    fn is_list(&self, key: &str) -> bool {
        self.get(key).is_some_and(|token| token.kind == TokenKind::Array)
    }
}

fn is_json_schema(top: &Members<'_>) -> bool {
    let named = top.string("$schema").is_some_and(|schema| schema.contains("json-schema"));
    let parts = ["properties", "definitions", "$defs", "items", "allOf", "oneOf", "anyOf"];
    named || top.string("type").is_some() && parts.iter().any(|part| top.has(part))
}

fn is_openapi(top: &Members<'_>) -> bool {
    ["openapi", "swagger"].iter().any(|key| top.string(key).is_some())
        && (top.has("paths") || top.has("info"))
}

fn is_collection(top: &Members<'_>) -> bool {
    top.object("info").is_some() && top.is_list("item")
}

/// `{"msg_type": "text", "content": {"text": ".."}}`, also with the chat that it goes to.
fn is_message(top: &Members<'_>) -> bool {
    let parts = ["content", "card", "receive_id", "text", "markdown", "sign"];
    let typed = top.string("msg_type").or_else(|| top.string("msgtype"));
    typed.is_some() && !top.has("message_id") && parts.iter().any(|part| top.has(part))
}

fn is_card(top: &Members<'_>) -> bool {
    let titled = || top.object("header").is_some_and(|header| header.has("title") || header.has("template"));
    let elements = |members: &Members<'_>| members.is_list("elements") || members.has("i18n_elements");
    let template = || top.string("type").as_deref() == Some("template") && top.has("data");
    let body = top.object("body").is_some_and(|body| elements(&body));
    // Lists of elements are common.
    body || template()
        || titled()
        || elements(top) && (top.has("config") || top.has("header") || top.has("schema"))
}

/// Keys that callbacks of other chat platforms and forges have, and ours have not.
fn is_foreign(top: &Members<'_>) -> bool {
    let pairs = [
        ("team_id", "api_app_id"),
        ("repository", "sender"),
        ("conversationId", "msgtype"),
        ("tousername", "encrypt"),
        ("update_id", "message"),
    ];
    pairs.iter().any(|(one, other)| top.has(one) && top.has(other))
}

fn is_cloud_event(top: &Members<'_>) -> bool {
    top.has("specversion") && top.has("source") && top.has("type")
}

fn is_card_reply(top: &Members<'_>) -> bool {
    top.object("toast").is_some_and(|toast| toast.has("content") || toast.has("type"))
}

/// `{"StatusCode": 0, "StatusMessage": "success"}`, `{"errcode": 0, "errmsg": "ok"}`
fn is_answer(top: &Members<'_>) -> bool {
    top.has("StatusCode") && top.has("StatusMessage") || top.has("errcode") && top.has("errmsg")
}

fn is_header(top: &Members<'_>) -> bool {
    let named = top.string("event_type").is_some() && top.has("event_id");
    named && top.list.iter().all(|(key, _)| is_head(key))
}

fn tells_of_event(top: &Members<'_>) -> bool {
    let names = ["event_type", "type", "event"];
    names.iter().filter_map(|key| top.string(key)).any(|name| is_type(&name))
}

fn has(line: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(line, words).is_some()
}

/// Whether one of these stands in the line, and `follows` holds of what comes after it.
fn followed(line: &[u8], words: &[u8], follows: impl Fn(&[u8]) -> bool) -> bool {
    memchr::memmem::find_iter(line, words).any(|at| follows(&line[at + words.len()..]))
}

/// Whether at least so many hexadecimal digits stand at the beginning.
fn is_hex(text: &[u8], least: usize) -> bool {
    text.iter().take(least).filter(|byte| byte.is_ascii_hexdigit()).count() == least
}

fn is_unhandled(line: &[u8]) -> bool {
    let line = line.to_ascii_lowercase();
    let words = [
        &b"processor not found"[..],
        b"no processor",
        b"handler not found",
        b"not found handler",
        b"no handler",
        b"no event handler",
        b"not registered",
        b"not register ",
    ];
    (has(&line, b"event") || has(&line, b"type")) && words.iter().any(|words| has(&line, words))
}

fn is_xml(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    line.starts_with(b"<xml>")
        || line.starts_with(b"<?xml")
        || has(line, b"<ToUserName>")
        || has(line, b"<Encrypt>")
}

fn is_python_object(line: &[u8]) -> bool {
    has(line, b"<") && followed(line, b" object at 0x", |rest| is_hex(rest, 1))
}

fn is_java_bytes(line: &[u8]) -> bool {
    followed(line, b"[B@", |rest| is_hex(rest, 1))
}

/// `com.example.P2MessageReceiveV1@1a2b3c4d`: the name of a class, and a hash.
fn is_java_object(line: &[u8]) -> bool {
    memchr::memchr_iter(b'@', line).any(|at| {
        let name = line[..at]
            .iter()
            .rev()
            .take(256)
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"._$".contains(byte));
        let name: Vec<u8> = name.copied().collect();
        // It was read backwards.
        let class = name.rsplit(|byte| *byte == b'.').next_back().and_then(|class| class.last());
        class.is_some_and(u8::is_ascii_uppercase) && name.len() > 3 && is_hash(&line[at + 1..])
    })
}

/// Five to eight hexadecimal digits, and no address of mail after them.
fn is_hash(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let end = text.get(digits).is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b".-".contains(byte));
    (5..=8).contains(&digits) && end
}

fn is_ruby_object(line: &[u8]) -> bool {
    has(line, b"#<") && followed(line, b":0x0", |rest| is_hex(rest, 7))
}

fn is_go_pointer(line: &[u8]) -> bool {
    followed(line, b"0xc0", |rest| is_hex(rest, 6))
}

/// `EventHeader(eventId=5d1c, token=t)`, `Event{schema='2.0', header=Header{..}}`
fn is_to_string(line: &[u8]) -> bool {
    let letters =
        |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    let member = |text: &[u8]| {
        let name = letters(text);
        name > 0 && text.get(name) == Some(&b'=')
    };
    let named = |at: usize| {
        let name = line[..at].iter().rev().take(64).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        name > 1 && line[at - name].is_ascii_uppercase()
    };
    let opens = memchr::memchr2_iter(b'(', b'{', line).any(|at| named(at) && member(&line[at + 1..]));
    opens && followed(line, b", ", member)
}

/// Whether the name of an event type stands in the line.
fn names_type(line: &[u8]) -> bool {
    let words = line.split(|byte| !byte.is_ascii_alphanumeric() && !b"._".contains(byte));
    words.filter_map(|word| str::from_utf8(word).ok()).any(|word| is_type(word.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What each is to be called by, and texts that show it.
    const DOCUMENTS_SHOWN: &[(&str, &[&str])] = &[
        (
            "JSON Schema",
            &[
                r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{}}"#,
                r#"{"type":"object","properties":{"event":{"type":"object"}}}"#,
            ],
        ),
        (
            "OpenAPI",
            &[r#"{"openapi":"3.0.0","paths":{}}"#, r#"{"swagger":"2.0","info":{"title":"x"},"paths":{}}"#],
        ),
        (
            "collection",
            &[r#"{"info":{"name":"x","schema":"https://example.com/v2.1.0/collection.json"},"item":[]}"#],
        ),
        (
            "a bot sends",
            &[
                r#"{"msg_type":"text","content":{"text":"hi"}}"#,
                r#"{"timestamp":"1","sign":"a=","msg_type":"interactive","card":{"elements":[]}}"#,
                r#"{"receive_id":"oc_1","msg_type":"text","content":"{\"text\":\"hi\"}"}"#,
                r#"{"msgtype":"markdown","markdown":{"text":"hi"}}"#,
                r#"{"level":"info","json":{"msg_type":"post","content":{"post":{}}}}"#,
            ],
        ),
        (
            "card",
            &[
                r#"{"schema":"2.0","header":{"title":{"tag":"plain_text","content":"x"}},"body":{"elements":[]}}"#,
                r#"{"config":{"wide_screen_mode":true},"elements":[{"tag":"div"}]}"#,
                r#"{"type":"template","data":{"template_id":"AAq"}}"#,
            ],
        ),
        (
            "another platform",
            &[
                r#"{"token":"t","team_id":"T1","api_app_id":"A1","event":{"type":"message"},"type":"event_callback"}"#,
                r#"{"action":"opened","repository":{"id":1},"sender":{"login":"x"}}"#,
            ],
        ),
        ("CloudEvent", &[r#"{"specversion":"1.0","id":"1","source":"/x","type":"com.example","data":{}}"#]),
        ("answer to a card", &[r#"{"toast":{"type":"info","content":"ok"}}"#]),
        ("answer", &[r#"{"StatusCode":0,"StatusMessage":"success"}"#, r#"{"errcode":0,"errmsg":"ok"}"#]),
        ("the header of an event", &[r#"{"event_id":"1","event_type":"im.message.receive_v1","token":"t"}"#]),
        (
            "bodies",
            &[
                r#"{"level":"info","event_type":"im.message.receive_v1","event_id":"5d1c","msg":"received"}"#,
                r#"{"level":"info","msg":"done","type":"im.message.receive_v1"}"#,
            ],
        ),
        ("API response", &[r#"{"code":19002,"data":{},"msg":"params error, msg_type need"}"#]),
    ];

    const LINES_SHOWN: &[(&str, &[&str])] = &[
        (
            "processor not found",
            &[
                "ERROR handle message failed, message_type: event, err: processor not found, type: im.message.receive_v1",
                "[warn]: no contact.user.created_v3 handler: no handler for this event type",
                "event handler not found, eventType: p2p_chat_create",
                "[handle event,path:/webhook, event type: contact.user.updated_v3, not found handler]",
            ],
        ),
        ("XML", &["<xml><ToUserName><![CDATA[ww1]]></ToUserName><Encrypt><![CDATA[abc]]></Encrypt></xml>"]),
        (
            "Python",
            &[
                "INFO event <sdk.api.im.v1.P2ImMessageReceiveV1 object at 0x7f0c1c0d5e50>",
                "INFO {'event': <sdk.Data object at 0x7f0c>, 'schema': '2.0'}",
            ],
        ),
        ("bytes in Java", &["body: [B@1a2b3c4d", "2024-06-12 INFO body=[B@4dc63996, len=3"]),
        ("object of Java", &["event: com.example.im.P2MessageReceiveV1@6d06d69c", "got Event@1b6d3586"]),
        ("JavaScript", &["event [object Object]"]),
        (".NET", &["got System.Collections.Generic.Dictionary`2[System.String,System.Object]"]),
        ("Ruby", &["event #<Lark::Event:0x000078e1f5a2b3c8>"]),
        ("Go", &["event &{0xc000114060 0xc00011a0c0}"]),
        (
            "toString",
            &[
                "Event(schema=2.0, header=Header(eventId=5d1c, token=t))",
                "got P2Event{schema='2.0', header=Header{eventId='5d1c'}}",
            ],
        ),
        ("bodies", &["2024-06-12 02:51:10 Event received: type=im.message.receive_v1 id=a1b2c3d4e5f60718"]),
        ("a bot sends", &[r#"posting, json：{"content":{"post":{}},"msg_type":"post"}"#]),
        ("API response", &[r#"ERROR reply failed: {"code":230001,"msg":"invalid","error":{}}"#]),
    ];

    #[test]
    fn strangers_are_called_by_their_names() {
        for (name, texts) in DOCUMENTS_SHOWN {
            for text in *texts {
                let info = of_document(text.as_bytes()).unwrap_or_else(|| panic!("nothing of {text}"));
                assert!(info.name.en.contains(name), "{} of {text}", info.name.en);
            }
        }
        for (name, texts) in LINES_SHOWN {
            for text in *texts {
                let info = of_line(text.as_bytes()).unwrap_or_else(|| panic!("nothing of {text}"));
                assert!(info.name.en.contains(name), "{} of {text}", info.name.en);
            }
        }
        let shown = |name: Label| {
            let shown = DOCUMENTS_SHOWN.iter().chain(LINES_SHOWN).flat_map(|(_, texts)| *texts);
            shown.filter_map(|text| of_line(text.as_bytes())).any(|info| info.name == name)
        };
        for name in DOCUMENTS.iter().map(|(_, info)| info.name).chain(LINES.iter().map(|(_, info)| info.name))
        {
            assert!(shown(name), "{name:?} has no example");
        }
    }

    #[test]
    fn what_is_unknown_is_not_given_a_name() {
        for text in [
            "",
            "hello",
            "2024-06-12 09:17:01 INFO started on port 8080 (pid=12)",
            "No handlers could be found for logger \"x\"",
            "mail to Someone@example.com, Bob@abcdef.org",
            "release v1.2.3_v4 of app",
            "a {b} c",
            r#"{"level":"info","msg":"request done","event":{"id":3,"name":"cron"}}"#,
            r#"{"elements":[1,2]}"#,
            r#"{"message_id":"om","msg_type":"text","content":"{}"}"#,
            "[1,2]",
            "{}",
        ] {
            assert_eq!(of_line(text.as_bytes()).map(|info| info.name), None, "{text}");
        }
    }

    #[test]
    fn long_lines_are_looked_at_a_bounded_number_of_times() {
        let size = 100_000;
        for sign in ["{", "{\"a\":", "@", "A@", "A(a=", "0xc0", "#<", "[B@", ".v_v1 ", "<", "\"", "\\"] {
            let line = sign.repeat(size / sign.len());
            let took = crate::steps::of(|| _ = of_line(line.as_bytes()));
            assert!(took < 40 * size as u64, "{took} for {sign}");
        }
    }

    proptest! {
        #[test]
        fn noise_is_looked_at_without_harm(line in "(?s).{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = (of_line(line.as_bytes()), of_document(line.as_bytes()));
            let _ = (of_line(&bytes), of_document(&bytes));
        }
    }
}
