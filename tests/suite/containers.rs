//! Containers at their edges: empty, contradictory, nested too deep, half a capture. Each is read or named, and none
//! makes anything panic.

use std::path::Path;

use crate::support::{Collected, read, read_with};
use larkspect::container::Form;
use larkspect::signature::{Credentials, Key, encrypt};
use larkspect::stream::frame::Limits;
use proptest::prelude::*;

const EVENT: &str = r#"{"schema":"2.0","header":{"event_id":"e1","token":"t","create_time":"1615381917707","event_type":"im.x_v1","tenant_key":"k","app_id":"a"},"event":{}}"#;

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn said(text: &str) -> String {
    let Collected { findings, documents, .. } = &read(text.as_bytes(), Limits::default());
    let mut said: Vec<String> = documents.iter().map(|document| format!("{:?}", document.form)).collect();
    said.extend(findings.0.iter().map(|found| format!("{}: {}", found.rule.code, found.words.message)));
    said.join("; ")
}

fn base64(text: &str) -> String {
    use base64::prelude::{BASE64_STANDARD, Engine};
    BASE64_STANDARD.encode(text)
}

fn xxd(text: &str) -> String {
    let line = |(at, row): (usize, &[u8])| {
        let pairs: String = row.iter().map(|byte| format!("{byte:02x} ")).collect();
        format!("{:08x}: {pairs} {}\n", 16 * at, "x".repeat(row.len()))
    };
    text.as_bytes().chunks(16).enumerate().map(line).collect()
}

#[test]
fn odd_containers() {
    let wrapped = |headers: &str, body: &str| format!(r#"{{"headers":{headers},"body":{body}}}"#);
    let event = quoted(EVENT);
    let signed = r#"{"X-Lark-Signature":"a"}"#;
    let mut wrong = Vec::new();
    let wrap =
        |times, text: &str| (0..times).fold(text.to_owned(), |deep, _| wrapped(signed, &quoted(&deep)));
    let deep = wrap(5, EVENT);
    let mut strings = EVENT.to_owned();
    for _ in 0..5 {
        strings = quoted(&strings);
    }
    let post = |head: &str, body: &str| format!("POST /w HTTP/1.1\r\nHost: a\r\n{head}\r\n{body}");
    let post_json = |head: &str| post(&format!("Content-Type: application/json\r\n{head}"), EVENT);
    let length = EVENT.len();
    let unknown = "unknown-event-type: the event type `im.x_v1` is not in the catalogue";
    let found = format!("EventV2; {unknown}");
    let twice = format!("EventV2; EventV2; {unknown}; {unknown}");
    for (text, wanted) in [
        // HTTP archives.
        (r#"{"log":{"version":"1.2","entries":[]}}"#.to_owned(), "an HTTP archive without an event in it"),
        (
            r#"{"log":{"version":"1.2","entries":[{"request":{"method":"GET","url":"/","headers":[]}}]}}"#
                .to_owned(),
            "without an event in it",
        ),
        (
            format!(
                r#"{{"log":{{"version":"1.2","entries":[{{"request":{{"method":"POST","url":"/","headers":[],"postData":{{"text":{}}}}}}}]}}}}"#,
                quoted(
                    r#"{"schema":"2.0","event_id":"e","event_type":"attendance.user_flow.created_v1","type":0}"#
                )
            ),
            "this is an event as the Node SDK hands it to a handler; nothing is lost",
        ),
        // Pages of records.
        (format!(r#"{{"page":1,"records":[{EVENT},{EVENT}]}}"#), &*twice),
        (format!(r#"{{"page":1,"records":[{{"raw":{0}}},{{"raw":{0}}}]}}"#, quoted(EVENT)), &*twice),
        // Base64, in lines and in strings.
        (format!("{0}\n{0}\n", base64(EVENT)), &*twice),
        (format!("12:00 INFO received\n{}\n", base64(EVENT)), &*found),
        (format!("{}\n", base64("{\"a\":1}")), "text without an event"),
        (format!(r#"{{"page":1,"records":[{{"data":"{0}"}},{{"data":"{0}"}}]}}"#, base64(EVENT)), &*twice),
        (format!(r#"{{"data":"{}"}}"#, base64("{\"a\":1}")), "JSON of another kind"),
        (format!(r#"{{"data":"{}"}}"#, base64("{\"code\":0,\"msg\":\"ok\"}")), "JSON of another kind"),
        (wrap(4, &format!(r#"{{"data":"{}"}}"#, base64(EVENT))), "wrapped more than 4 times"),
        // Dumps of bytes.
        (
            xxd(&post(&format!("Content-Length: {length}\r\n"), EVENT)),
            "EventV2; reshaped-capture: this is a dump",
        ),
        (
            xxd(&format!(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{{}}{}",
                post(&format!("Content-Length: {}\r\n", length + 1), EVENT)
            )),
            "this request was changed after it was captured",
        ),
        (xxd(EVENT), "EventV2; reshaped-capture: this is a dump of bytes; nothing is lost"),
        (xxd(EVENT).replace("\n00000010", "\n00000011"), "a dump of bytes as characters"),
        (format!("12:00 INFO body={} ok\n", base64(EVENT)), &*found),
        (format!("got {}\n", EVENT.replace('"', "'")), "this is a Python dict; nothing is lost"),
        (
            "got {\n  schema: '2.0', header: { event_type: 'im.x_v1' }, event: {} }\n".to_owned(),
            "Node.js object dump",
        ),
        ("12:00 INFO \"event_type\": \"im.x_v1\",\n".to_owned(), "the event is cut into lines"),
        ("12:00 INFO e {schema=2.0, header={event_id=1}}\n".to_owned(), "text without an event"),
        (format!("X-Lark-Signature: a\n\n{EVENT}\n"), &*found),
        ("<Buffer 7b 22 ... 629 more bytes>\n".to_owned(), "what Node left out is not in it"),
        // Cut within a character.
        ("{\"a\":\"浙".to_owned(), "truncated-document"),
        // Several on a line.
        (format!("12:00 INFO events: [{EVENT},{EVENT}]\n"), &*twice),
        (
            format!("12:00 INFO a={EVENT} b={} {{\"msg\":\"success\"}}\n", EVENT.replace("\"e1\"", "\"e2\"")),
            &*twice,
        ),
        // One delivery, under two names.
        (format!("12:00 INFO a={EVENT} b={EVENT}\n"), &*found),
        (format!("> {EVENT}\n"), &*found),
        (format!("* {EVENT} {EVENT}\n"), &*twice),
        (format!("# {EVENT}\n// {EVENT}\n"), &*twice),
        // Words before an object of several lines.
        (format!("received {}\n", EVENT.replacen('{', "{\n  ", 1)), &*found),
        (format!("12:00 INFO received {}\n", EVENT.replacen('{', "{\n  ", 1)), &*found),
        // Without its type, nothing tells it from another object.
        (
            "12:00 INFO got {\n  schema: '2.0', header: {}, event: {} }\n".to_owned(),
            "text without an event",
        ),
        // A comma too many, and a comment.
        (
            "{\"schema\":\"2.0\",\"header\":{\"event_type\":\"im.x_v1\"},\"event\":{\"l\":[1,],\"n\":2 // two\n}}"
                .to_owned(),
            "nothing is lost, and it was read",
        ),
        ("{\"schema\":\"2.0\",\"event\":{\"l\":[1,],\"n\":2 // two\n}}".to_owned(), "`header` is missing"),
        // Bodies that hold nothing.
        (wrapped(signed, r#""""#), "an empty body"),
        (wrapped(signed, r#"" ""#), "an empty body"),
        (wrapped(signed, r#""[[1]]""#), "a list within a list"),
        (wrapped(signed, r#""17""#), "a number"),
        (wrapped(signed, r#""\"no\"""#), "a string"),
        (wrapped(signed, r#""{""#), "truncated-document"),
        // Headers in every spelling.
        (wrapped(r#"[{"name":"X-Lark-Signature","value":"a"},{"name":1}]"#, &event), &*found),
        (wrapped(r#"[["X-Lark-Signature","a"],["one"],["a","b","c"]]"#, &event), &*found),
        (wrapped(r#"{"X-Lark-Request-Timestamp":[1615381918,2],"X":{},"Y":[]}"#, &event), &*found),
        (format!(r#"{{"x-lark-signature":1,"x-lark-request-nonce":"n","body":{event}}}"#), &*found),
        (format!(r#"{{"rawBody":{event},"body":{{}},"headers":{{}}}}"#), &*found),
        (format!(r#"{{"body":{{}},"rawBody":{event}}}"#), &*found),
        (format!(r#"{{"request":{}}}"#, wrapped(signed, &event)), &*found),
        // Flags of encodings.
        (r#"{"isBase64Encoded":true,"body":"****"}"#.to_owned(), "json-syntax"),
        (r#"{"isBase64Encoded":"true","body":"e30="}"#.to_owned(), "not-an-event"),
        (r#"{"isBase64Encoded":true,"body":"/w=="}"#.to_owned(), "invalid-utf8"),
        // Deeper than anybody wraps.
        (deep, "wrapped more than 4 times"),
        (wrap(4, &format!(r#"{{"raw":{event}}}"#)), "wrapped more than 4 times"),
        (wrap(4, &format!(r#"{{"record":{EVENT}}}"#)), &*found),
        (wrap(3, &format!(r#"{{"raw":{event}}}"#)), &*found),
        (strings, "wrapped more than 4 times"),
        (
            r#"{"isBase64Encoded":true,"headers":{"Content-Encoding":"gzip"},"body":"H4sIAAAAAAAA/w=="}"#
                .to_owned(),
            "a body that is packed",
        ),
        (wrapped(r#"{"content-encoding":"gzip"}"#, &event), &*found),
        // Requests.
        (post(&format!("Content-Length: {length}\r\n"), EVENT), &*found),
        (post_json("Content-Length: many\r\n"), "Content-Length is not a number"),
        (post_json(&format!("Content-Length: {}\r\n", length + 9)), "Content-Length"),
        // A head of which nothing shows that it belongs to what follows.
        (post(&format!("Content-Length: {}\r\n", length + 9), EVENT), &*found),
        // What saves a request may have joined its chunks.
        (post_json("Transfer-Encoding: chunked\r\n"), "EventV2"),
        (
            post(
                "Transfer-Encoding: chunked\r\n",
                &format!("{length:x};a=b\r\n{EVENT}\r\n0\r\nA: b\r\n\r\n"),
            ),
            &*found,
        ),
        (post("", ""), "text without an event"),
        (format!("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{{}}\r\n{}", post("", EVENT)), &*found),
        (format!("POST https://a/w HTTP/2\r\n\r\n{EVENT}"), &*found),
        (format!("POST http://a/w HTTP/3 \r\n\r\n{EVENT}"), "EventV2"),
        // The chatter of curl.
        (
            "* Trying\n> POST /w HTTP/1.1\n> Content-Length: 2\n>\n* done\n< HTTP/1.1 200 OK\n<\n".to_owned(),
            "curl does not print what it sends",
        ),
        (
            format!(
                "> POST /w HTTP/1.1\n> Content-Type: text/json\n> Content-Length: x\n>\n{EVENT}\n< HTTP/1.1 200 OK\n<\n"
            ),
            "Content-Length is not a number",
        ),
        (
            "> POST /w HTTP/1.1\n> Content-Length: 0\n>\n< HTTP/1.1 200 OK\n<\n".to_owned(),
            "text without an event",
        ),
        (
            format!("> POST /w HTTP/1.1\n> Content-Type: text/json\n> Content-Length: 7\n>\n{EVENT}\n"),
            "Content-Length",
        ),
        // Lines of logs.
        (format!("INFO {{a}} {{b}} {EVENT} {{c}}\n"), &*found),
        ("INFO {\"schema\":\"2.0\",\"header\":{\"event_type\":\"x\"\n".to_owned(), "truncated-document"),
        ("INFO {\"schema\":oops}\n".to_owned(), "json-syntax"),
        (
            format!(
                "INFO b'{}'\n",
                EVENT.replace("e1", r"\xe5\xbc\xa0\'\\n").replace("{\"schema", r#"{\n\t\r"schema"#)
            ),
            "EventV2",
        ),
        (format!("INFO b'{}'\n", EVENT.replace("e1", "\\xe5")), "invalid-utf8: not UTF-8: bytes E5 22"),
        (format!("INFO '{}'\n", EVENT.replace("e1", "\\q")), "json-syntax"),
        ("INFO {schema: '2.0'\n".to_owned(), "truncated-document"),
        ("INFO nothing {here} at all\n".to_owned(), "text without an event"),
        ("INFO nothing after {".to_owned(), "text without an event"),
        (format!("12:00:00 {{\"a\":1}}{}\n", "{".repeat(20)), "JSON of another kind"),
    ] {
        let said = said(&text);
        let fits = if wanted.is_empty() { said.is_empty() } else { said.contains(wanted) };
        if !fits {
            wrong.push(format!("{text}\n  said {said:?}\n  wanted {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_dump_without_offsets_is_read_with_either_line_end() {
    let digits: String = EVENT.bytes().map(|byte| format!("{byte:02x}")).collect();
    for end in ["\n", "\r\n"] {
        let lines = digits.as_bytes().chunks(60).map(|line| str::from_utf8(line).unwrap());
        let text: String = lines.flat_map(|line| [line, end]).collect();
        assert!(said(&text).contains("EventV2; reshaped-capture: this is a dump"), "{end:?}");
    }
}

#[test]
fn words_behind_a_bracket_are_no_struct_of_go() {
    assert!(!said("[main] Started: ok\nmore\n").contains("Go"));
    assert!(said("[ Schema: 2.0 ]\nmore\n").contains("a Go struct dump"));
}

#[test]
fn a_request_in_a_comment_makes_no_dump_of_curl() {
    let text = format!("{{ // a request\n/*\n> POST /x HTTP/1.1\n*/ {}\n", &EVENT[1..]);
    assert!(said(&text).contains("EventV2; reshaped-capture: this is JSON with comments"), "{}", said(&text));
}

#[test]
fn what_is_cut_within_a_character_is_cut() {
    for text in [EVENT.replace("e1", "浙"), wrapped_in_http(&EVENT.replace("e1", "浙"))] {
        let middle = text.find('浙').unwrap();
        for cut in [middle + 1, middle + 2] {
            let codes = read(&text.as_bytes()[..cut], Limits::default()).codes();
            assert!(codes.contains(&"truncated-document"), "{codes:?}");
            assert!(!codes.contains(&"invalid-utf8"), "{codes:?}");
        }
        let mut broken = text.clone().into_bytes();
        broken[middle + 1] = b'x';
        assert!(read(&broken, Limits::default()).codes().contains(&"invalid-utf8"));
    }
}

fn wrapped_in_http(body: &str) -> String {
    format!("POST /w HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// What is too long is said to be, whatever it would have been.
#[test]
fn nothing_longer_than_a_document_may_be_is_read() {
    let limits = Limits { document: 400, ..Limits::default() };
    let blanks = " ".repeat(500);
    for text in [
        format!("INFO {{{blanks}\"schema\":1}}\n"),
        format!("POST /w HTTP/1.1\r\n\r\n{}", "a=1&".repeat(200)),
        format!("{{'schema': '2.0',{blanks}'event': {{}}}}\n"),
        format!("{{\"schema\":\"2.0\",{blanks}\"event\":{{}}}}\n"),
    ] {
        let collected = read(text.as_bytes(), limits);
        // Of a request, its head is passed over, and then its body.
        let mut codes = collected.codes();
        codes.dedup();
        assert_eq!(codes, ["document-too-large"], "{text}");
    }
    let dump = read(xxd(EVENT).as_bytes(), limits);
    assert_eq!(dump.codes()[0], "document-too-large");
    let table = format!("event_id,event_type,create_time\n{}\n", "1,".repeat(300));
    assert_eq!(read(table.as_bytes(), limits).codes(), ["document-too-large"]);
    // Blanks behind a brace are no document.
    assert_eq!(read(format!("INFO {{\n{blanks}\n").as_bytes(), limits).codes(), ["not-an-event"]);
}

#[test]
fn what_is_encrypted_deep_within_is_opened_or_named() {
    let key = || Key::new("kudryavka");
    let sealed = |text: &str| format!(r#"{{"encrypt":"{}"}}"#, encrypt(&key(), [7; 16], text.as_bytes()));
    let wrapped = |text: &str| format!(r#"{{"headers":{{}},"body":{}}}"#, quoted(text));
    for (wrapping, opened) in [(0, true), (1, true), (3, true), (4, false)] {
        let text = (0..wrapping).fold(sealed(EVENT), |text, _| wrapped(&text));
        let mut credentials = Credentials::default();
        credentials.keys.add(key());
        let collected = read_with(text.as_bytes(), Limits::default(), credentials);
        let codes = if opened { ["unknown-event-type"] } else { ["not-an-event"] };
        assert_eq!(collected.codes(), codes, "{wrapping}");
        assert_eq!(collected.forms(), [if opened { Form::EventV2 } else { Form::Encrypted }]);
    }
    // Of two members of that name the first is the one that is read.
    for (text, codes) in [
        (r#"{"encrypt":1,"encrypt":"AAAA"}"#, &["not-an-event"][..]),
        (r#"{"encrypt":"AAAA","encrypt":1}"#, &["duplicate-key", "decryption-failed"]),
    ] {
        assert_eq!(read(text.as_bytes(), Limits::default()).codes(), codes, "{text}");
    }
}

fn captures() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/captures/forms");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// What opens literals and never closes them is looked at a few times, not once for each: these two megabytes would
/// take minutes.
#[test]
fn a_line_of_escaped_quotes_does_not_take_its_square() {
    let line = format!("INFO {}\n", r#"\"{x"#.repeat(500_000));
    assert_eq!(said(&line), "");
}

/// The part of a dump before a bracket that is none of it was undone from a place behind that part.
#[test]
fn a_dump_with_a_bracket_in_it_is_read_to_its_end() {
    let dump = String::from_utf8(crate::support::program::fixture("captures/forms/php-dump.txt")).unwrap();
    let text = dump.replacen("\n    [\"token\"]", "\n]   [\"token\"]", 1);
    assert_ne!(text, dump);
    let collected = read(text.as_bytes(), Limits::default());
    assert!(collected.findings().iter().all(|finding| finding.span.end <= text.len()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    /// Bytes changed, stretches taken from one capture into another, ends cut off: everything is read to its end, and
    /// everything that is said stands in the text.
    #[test]
    fn mangled_captures_are_read_to_their_end(
        which: prop::sample::Index,
        other: prop::sample::Index,
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(&b"\"\\{}[]:,'0\n\r =xb%"[..])), 0..4),
        splice in prop::option::of((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>())),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let captures = captures();
        let mut text = which.get(&captures).clone();
        for (at, byte) in changes {
            *at.get_mut(&mut text) = byte;
        }
        if let Some((at, from, to)) = splice {
            let other = other.get(&captures);
            let (from, to) = (from.index(other.len()), to.index(other.len()));
            let at = at.index(text.len());
            text.splice(at..at, other[from.min(to)..from.max(to)].iter().copied());
        }
        if let Some(cut) = cut {
            text.truncate(cut.index(text.len()));
        }
        let collected = read(&text, Limits::default());
        for finding in collected.findings() {
            prop_assert!(finding.span.end <= text.len() && finding.span.start <= finding.span.end);
        }
        for broken in &collected.broken {
            prop_assert!(broken.end <= text.len());
        }
    }
}
