//! However a stream is cut and however many workers read it, the outcome is the same, byte for byte.

use std::io::Write as _;

use proptest::prelude::*;

use crate::cli::files::source::From;
use crate::report::Detail;
use crate::report::collect::Collected;
use crate::report::locate::Locator;
use crate::seen::events::Hasher;
use crate::signature::{Key, encrypt};

use super::*;

/// Everything that a run says of a source, as text.
#[derive(Default)]
struct Transcript {
    text: String,
    counts: [u64; 2],
}

impl Collector<Collected> for Transcript {
    fn session(&mut self) -> &mut Session {
        unreachable!("a transcript has words of its own for everything")
    }
    fn step(&mut self, _: Step<'_>) {}
    fn begin(&mut self, source: &Source, layers: &[Label]) -> Flow {
        let layers: Vec<_> = layers.iter().map(|layer| layer.en).collect();
        self.text.push_str(&format!("begin {} {layers:?}\n", source.name));
        Ok(ControlFlow::Continue(()))
    }
    fn stretch(&mut self, _: &Source, stretch: Stretch<'_, Collected>) -> Flow {
        let Collected { findings, about, identities, counts, .. } = &stretch.handler;
        let mut locator = Locator::new(stretch.text, stretch.place);
        for (finding, about) in findings.0.iter().zip(about) {
            let item = about.number(stretch.items);
            let found = locator.locate(finding, finding.severity, "x", item, Detail::Words);
            self.text.push_str(&format!(
                "{} {} {} +{} {} {} {:?}\n",
                found.start,
                found.end,
                found.offset,
                found.length,
                finding.rule.code,
                found.pointer(),
                finding.words
            ));
        }
        for (about, _) in identities {
            self.text.push_str(&format!("event {:?}\n", about.number(stretch.items)));
        }
        self.counts[0] += counts.documents;
        self.counts[1] += counts.events;
        Ok(ControlFlow::Continue(()))
    }
    fn failed(&mut self, _: &Source, error: &io::Error) {
        self.text.push_str(&format!("failed {error}\n"));
    }
    fn end(&mut self, source: &Source) -> Flow {
        self.text.push_str(&format!("end {} {:?}\n", source.name, self.counts));
        Ok(ControlFlow::Continue(()))
    }
}

/// The transcript, with what is said of events and of findings each in its own order: in which stretch they come
/// together is no part of the outcome.
fn transcript(sources: &[Source], threads: usize, chunk: usize, document: usize) -> [String; 2] {
    let plan = Plan {
        threads: Some(threads),
        limits: Limits { document, ..Limits::default() },
        zone: Zone::Utc,
        chunk,
        credentials: credentials(),
    };
    let mut transcript = Transcript::default();
    let hasher = Hasher::default();
    run(sources, plan, |_| Collected::new(hasher.clone()), &mut transcript).unwrap();
    let part = |events: bool| -> String {
        transcript
            .text
            .lines()
            .filter(|line| line.starts_with("event") == events)
            .map(|line| format!("{line}\n"))
            .collect()
    };
    [part(false), part(true)]
}

fn credentials() -> Arc<Credentials> {
    let mut credentials = Credentials::default();
    credentials.keys.add(Key::new("test key"));
    Arc::new(credentials)
}

/// The first line that differs.
fn first_difference(left: &[String; 2], right: &[String; 2]) -> String {
    let (left, right) = (left.concat(), right.concat());
    let lines = left.lines().chain([""]).zip(right.lines().chain([""]));
    lines
        .filter(|(left, right)| left != right)
        .map(|(left, right)| format!("{left}\n{right}"))
        .take(1)
        .collect()
}

const EVENT: &str = r#"{"schema":"2.0","header":{"event_id":"e","token":"t","create_time":"1615381917707","event_type":"attendance.user_flow.created_v1","tenant_key":"k","app_id":"a"},"event":{"employee_id":"浙","check_time":"1615381916","record_id":"1","type":0}}"#;

fn encrypted(text: &str) -> String {
    format!(r#"{{"encrypt":"{}"}}"#, encrypt(&Key::new("test key"), [7; 16], text.as_bytes()))
}

fn python(text: &str) -> String {
    text.replace('"', "'").replace("0}", "True}")
}

fn wrapped(body: &str) -> String {
    let body = serde_json::to_string(body).unwrap();
    format!(
        r#"{{"headers":{{"X-Lark-Request-Timestamp":"1","X-Lark-Request-Nonce":"2","X-Lark-Signature":"3"}},"body":{body}}}"#
    )
}

/// Pieces of which streams are made: good ones, bad ones, and what stands between them.
fn fragment() -> impl Strategy<Value = Vec<u8>> {
    let pretty =
        || serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(EVENT).unwrap()).unwrap();
    prop_oneof![
        6 => Just(EVENT.as_bytes().to_vec()),
        3 => Just(encrypted(EVENT).into_bytes()),
        1 => Just(encrypted(&encrypted(EVENT).replace("enc", "\\u0065nc")).into_bytes()),
        1 => Just(encrypted("{\"schema\":\"2.0\",}").replace("==", "=").into_bytes()),
        2 => Just(wrapped(EVENT).into_bytes()),
        2 => Just(wrapped(&encrypted(EVENT)).into_bytes()),
        1 => Just(serde_json::to_string(EVENT).unwrap().into_bytes()),
        1 => Just(format!("{{\"level\":\"info\",\"msg\":{}}}\n", serde_json::to_string(EVENT).unwrap()).into_bytes()),
        2 => Just(pretty().into_bytes()),
        4 => Just(b"\n".to_vec()),
        1 => Just(b"\r\n".to_vec()),
        2 => Just(b",".to_vec()),
        1 => Just(b"[".to_vec()),
        1 => Just(b"]".to_vec()),
        1 => Just(b"\n[\n".to_vec()),
        1 => Just(" \n\t\u{feff}\u{1e}".as_bytes().to_vec()),
        1 => Just(br#"{"schema":"2.0","header":{"schema":"2.0"},"event":"#.to_vec()),
        1 => Just(b"{\"a\":{\n{\n{\"b\":\"\n".to_vec()),
        1 => Just(br#"{"a":"\ud83d","a":[[1,2,{"x":1}}"#.to_vec()),
        1 => Just(br#"nul 12 "str" tru"#.to_vec()),
        1 => Just(b"2021 log \xd5\xe3 {\"a\":1}\n".to_vec()),
        1 => Just(b"{\"a\":\"\xd5\xe3\"}".to_vec()),
        1 => Just(b"{\"event\":{\"type\":9},\"header\":{\"event_type\":\"attendance.user_flow.created_v1\"}}\n".to_vec()),
        2 => Just(format!("\n[Lark] [2026-01-02 03:04:05] [DEBUG] payload: {EVENT} [conn_id=7]\n").into_bytes()),
        1 => Just(format!("\n2026-01-02 INFO headers: {{'X-Lark-Signature': 'a'}}, body: {}\n", encrypted(EVENT)).into_bytes()),
        1 => Just(format!("\n03:04:05 got {}\n", pretty()).into_bytes()),
        1 => Just(b"\n[info] started {\n".to_vec()),
        1 => Just(b"\n[2026-01-02] reply {\"msg\":\"success\"}\n".to_vec()),
        1 => Just(b"\n<html>\n<p>a\n".to_vec()),
        1 => Just(b"\na,b,c\n1,2,3\n".to_vec()),
        2 => Just(format!("\nPOST /e HTTP/1.1\nContent-Length: {}\n\n{EVENT}\n", EVENT.len()).into_bytes()),
        1 => Just(format!("\nPOST /e HTTP/1.1\r\nContent-Length: 999\r\n\r\n{EVENT}\r\n").into_bytes()),
        1 => Just(format!("\nPOST /e HTTP/1.1\nTransfer-Encoding: chunked\n\n{:x}\n{EVENT}\n0\n\n", EVENT.len()).into_bytes()),
        1 => Just(b"\nPOST /e HTTP/1.1\nTransfer-Encoding: chunked\n\n5\nab".to_vec()),
        1 => Just(b"\nHTTP/1.1 200 OK\n\n{\"msg\":\"success\"}\n".to_vec()),
        1 => Just(format!("\n* Trying\n> POST /e HTTP/1.1\n> A: b\n>\n{EVENT}\n< HTTP/1.1 200 OK\n<\n{{}}\n").into_bytes()),
        1 => Just(format!("\n12:00 INFO a={EVENT} b={EVENT}\n> {EVENT}\n").into_bytes()),
        1 => Just(format!("\ngot {}\n", EVENT.replacen('{', "{\n", 1)).into_bytes()),
        1 => Just(b"\ngot { \n schema: '2.0', header: {}, event: {} }\n".to_vec()),
        1 => Just(b"\n12:00 INFO \"event_type\": \"x\",\n".to_vec()),
        1 => Just(b"\neyJzY2hlbWEiOiIyLjAiLCJldmVudCI6e319\nb=eyJzY2hlbWEiOiIyLjAiLCJldmVudCI6e319\n".to_vec()),
        1 => Just(format!("\nX-Lark-Signature: a\n\n{EVENT}\nHTTP/1.1 200 OK\nContent-Length: 2\n\n{{}}POST /e HTTP/1.1\n\n{EVENT}\n").into_bytes()),
        1 => Just(b"\n00000000: 7b22 6122 3a31 7d                        {\"a\":1}\n".to_vec()),
        2 => Just(python(EVENT).into_bytes()),
        1 => Just(python(EVENT).replace(",", ",\n ").into_bytes()),
        1 => Just(b"{ schema: '2.0', event: { users: [Array] } }".to_vec()),
        1 => Just(b"{'a': 1, \n{'b': [1".to_vec()),
        1 => (0..EVENT.len()).prop_map(|at| EVENT.as_bytes()[..at].to_vec()),
        1 => (0..EVENT.len()).prop_map(|at| EVENT.as_bytes()[at..].to_vec()),
        2 => (0..EVENT.len()).prop_map(|at| [b"\n12:00:00 INFO got ", &EVENT.as_bytes()[..at], b"\n"].concat()),
        1 => (0..EVENT.len()).prop_map(|at| [b"\ngot ", &python(EVENT).as_bytes()[..at], b"\r\n"].concat()),
        1 => Just(b"\n[2026-01\n[2026-01-02] x\n[\n12 INFO\n".to_vec()),
        1 => Just(b"{\"a\":1, /* oops\n12:00 x\n*/".to_vec()),
        1 => Just(b"{\"event_id\":\"1\",\"event_type\":\"x\",\"app_id\":\"a\"} ".to_vec()),
        1 => Just(b",{\"schema\":\"2.0\",".to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn cuts_and_threads_change_nothing(
        fragments in proptest::collection::vec(fragment(), 0..24),
        array in any::<bool>(),
        document in prop_oneof![Just(1 << 20), Just(300), 20..400usize],
        cuts in proptest::collection::vec((1..=8usize, prop_oneof![1..8usize, 1..2000usize]), 6),
    ) {
        let mut stream = if array { b"[".to_vec() } else { Vec::new() };
        fragments.iter().for_each(|fragment| stream.extend_from_slice(fragment));
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&stream).unwrap();
        let source = |length| [Source { name: "x".to_owned(), from: From::File(file.path().to_owned()), length }];
        // Without a length it is read like a pipe, with a large one in chunks, with a small one at once.
        let whole = transcript(&source(Some(1)), 1, 1 << 20, document);
        for (threads, chunk) in [(1, 1), (8, 1), (7, 1 << 20)].into_iter().chain(cuts) {
            let cut = transcript(&source(Some(u64::MAX)), threads, chunk, document);
            prop_assert!(
                whole == cut,
                "{threads} threads, chunks of {chunk}: {:?}\n{}",
                String::from_utf8_lossy(&stream),
                first_difference(&whole, &cut)
            );
        }
        let pipe = transcript(&source(None), 2, 1, document);
        prop_assert!(whole == pipe, "as a pipe: {}", first_difference(&whole, &pipe));
    }
}
