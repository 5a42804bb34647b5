//! Requests in records of any shape.

use super::*;
use proptest::prelude::*;

fn requests(text: &[u8]) -> Vec<Request<'_>> {
    let held = match classify(text) {
        Form::Har => super::super::gateway::archive(text),
        _ => super::super::gateway::wrapper(text),
    };
    let Some(Held::Parts(parts, _)) = held else { return Vec::new() };
    parts.filter_map(|part| if let Part::Request(request) = part { Some(request) } else { None }).collect()
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
    let request = only(r#"{"headers":{"X-Lark-Signature":"s"},"body":"","httpMethod":"POST","path":"/e"}"#);
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
    let named = HEAD.replace(',', "},{").replace("\":\"", "\",\"value\":\"").replace("\"X-", "\"key\":\"X-");
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
    let event = r#"{"schema":"2.0","header":{"event_id":"1","event_type":"a.b_v1"},"event":{"t":"x \" 浙"}}"#;
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
    let nest =
        |open: &str, middle: &str, close: &str| format!("{}{middle}{}", open.repeat(100), close.repeat(100));
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
        assert_eq!((classify(text.as_bytes()), requests(text.as_bytes()).len()), (Form::Other, 0), "{text}");
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
