//! Captures of HTTP, cut, chunked, edited.

use proptest::prelude::*;

use super::*;

fn read(text: &[u8]) -> Vec<(Request<'_>, Option<Flaw>)> {
    let requests = pieces(text, piece).filter_map(|piece| match piece.what {
        What::Request(request, flaw) => Some((request, flaw)),
        What::Head(_) | What::Response | What::Other => None,
    });
    requests.collect()
}

fn bodies(text: &str) -> Vec<(String, Option<Flaw>)> {
    let body =
        |(request, flaw): (Request<'_>, _)| (String::from_utf8_lossy(&request.body).into_owned(), flaw);
    read(text.as_bytes()).into_iter().map(body).collect()
}

fn whole(bodies: &[&str]) -> Vec<(String, Option<Flaw>)> {
    bodies.iter().map(|body| (body.to_string(), None)).collect()
}

#[test]
fn one_request_with_either_line_end() {
    for end in ["\n", "\r\n"] {
        let text = "POST /e?x=1 HTTP/1.1\nHost: example.com\nx-lark-signature:  s \nContent-Length: 9\n\n{\"a\":\"\n\"}";
        let text = text.replace('\n', end).replace("\"\r\n\"", "\"\n\"");
        let all = read(text.as_bytes());
        let (request, flaw) = &all[0];
        assert_eq!((&*request.method, &*request.target, flaw), ("POST", "/e?x=1", &None));
        assert_eq!(request.headers.get("X-Lark-Signature"), Some("s"));
        assert_eq!(&*request.body, b"{\"a\":\"\n\"}");
        assert_eq!(&text.as_bytes()[request.span.clone()], &*request.body);
        assert!(request.as_sent && all.len() == 1);
    }
}

#[test]
fn several_requests_in_a_row_with_responses_between() {
    let text = "note\nPOST /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}POST /2 HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]\r\n\r\n\
                HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"msg\":\"success\"}\r\n\
                POST /3 HTTP/1.1\nA: b\n\n{\"a\":1}\n\n### \nPOST https://example.com/4\nA: b\n\n{\"b\":2}\n";
    assert_eq!(bodies(text), whole(&["{}", "[]", "{\"a\":1}", "{\"b\":2}"]));
    let kinds: Vec<_> = pieces(text.as_bytes(), piece)
        .map(|piece| match piece.what {
            What::Request(..) => 'q',
            What::Head(_) => 'h',
            What::Response => 'r',
            What::Other => '-',
        })
        .collect();
    assert_eq!(kinds, ['-', 'q', 'q', 'r', 'q', '-', 'q']);
}

#[test]
fn chunks_are_joined() {
    let head = "POST /e HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (chunks, body) in [
        ("2\r\n{}\r\n0\r\n\r\n", "{}"),
        ("6;x=y\r\n{\"a\":\"\r\n2\r\n\r\n\r\n2\r\n\"}\r\n0\r\nTrailer: t\r\n\r\n", "{\"a\":\"\r\n\"}"),
        ("2\n{}\n0\n\n", "{}"),
        ("2\r\n{}\r\n0\r\n", "{}"),
    ] {
        assert_eq!(bodies(&format!("{head}{chunks}")), whole(&[body]), "{chunks:?}");
    }
    let two = format!("{head}2\r\n{{}}\r\n0\r\n\r\n{head}2\r\n[]\r\n0\r\n\r\n");
    assert_eq!(bodies(&two), whole(&["{}", "[]"]));
    // Joined by the proxy that saved it: nothing is lost, though it need not be what was sent.
    let text = format!("{head}{{\"a\":1}}");
    assert_eq!(bodies(&text), whole(&["{\"a\":1}"]));
    assert!(!read(text.as_bytes())[0].0.as_sent);
    // Cut; nonsense.
    for body in ["9\r\n{}", "2\r\n{}x\r\n0", "fffffffffffffffff\r\n{}"] {
        assert_eq!(bodies(&format!("{head}{body}")), [(body.to_owned(), Some(Flaw::Chunks))]);
    }
}

#[test]
fn headers_alone_above_a_body_make_a_request() {
    let text = "x-lark-signature: s\nX-Lark-Request-Nonce: n\n\n{\"a\":1}\n";
    let all = read(text.as_bytes());
    let (request, flaw) = &all[0];
    assert_eq!((&*request.method, &*request.body, flaw), ("", &b"{\"a\":1}"[..], &None));
    assert_eq!(request.headers.get("X-Lark-Signature"), Some("s"));
    assert!(read(b"X-Larkspur: s\n\n{}").is_empty());
}

#[test]
fn a_request_may_follow_the_body_of_a_response_at_once() {
    let request = "POST /e HTTP/1.1\nContent-Length: 2\n\n{}";
    for (response, found) in [
        ("HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", true),
        ("HTTP/1.1 204 No Content\nContent-Length: 0\n\n", true),
        ("HTTP/1.1 200 OK\nContent-Length: 300\n\nabc\n", true),
        ("HTTP/1.1 200 OK\nContent-Length: x\n\nabc\n", true),
        ("HTTP/1.1 200 OK\nContent-Length: 18446744073709551615\n\nabc\n", true),
        ("HTTP/1.1 200 OK\n\nabc\n", true),
        ("HTTP/1.1 200 OK\nA: b\n\n{\"msg\":\"\"}", true),
        // Nothing says where its body ends.
        ("HTTP/1.1 200 OK\nA: b\n\nabc", false),
    ] {
        let expected = if found { whole(&["{}", "{}"]) } else { whole(&["{}"]) };
        assert_eq!(bodies(&format!("{request}\n{response}{request}")), expected, "{response}");
    }
}

#[test]
fn chunks_end_where_the_next_request_begins() {
    // An editor cut the blank line after the last chunk off.
    let chunked = "POST /e HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n";
    assert_eq!(bodies(&format!("{chunked}{chunked}")), whole(&["{}", "{}"]));
    assert_eq!(bodies(&format!("{chunked}### next\n{chunked}")), whole(&["{}", "{}"]));
    assert_eq!(bodies(&format!("{chunked}A: trailer\r\n\r\n{chunked}")), whole(&["{}", "{}"]));
}

#[test]
fn lines_that_begin_something() {
    for (line, known) in [
        ("POST /e", true),
        ("POST http://localhost/e", true),
        ("POST https://localhost/e", true),
        ("POST localhost", false),
        ("POST /e HTTP/2", true),
        ("POST /e SPDY", false),
        ("POST /e HTTP/1.1 more", false),
        ("PRINT /e HTTP/1.1", false),
        ("POST", false),
    ] {
        assert_eq!(request_line(line.as_bytes()).is_some(), known, "{line}");
    }
    for (line, known) in
        [("HTTP/1.0 200", true), ("HTTP/2 200", true), ("HTTP/3 200", true), ("HTTP/9 1", false)]
    {
        assert_eq!(is_status_line(line.as_bytes()), known, "{line}");
    }
}

#[test]
fn a_length_that_is_wrong_is_told_and_the_body_is_taken_whole() {
    for (length, flaw) in [
        ("6", Flaw::Length { expected: 6, found: 7 }),
        ("900", Flaw::Length { expected: 900, found: 7 }),
        ("18446744073709551615", Flaw::Length { expected: u64::MAX, found: 7 }),
        ("x", Flaw::BadLength),
    ] {
        let text = format!(
            "POST / HTTP/1.1\nContent-Length: {length}\n\n{{\"a\":1}}\n\nPOST /2 HTTP/1.1\nA: b\n\n[]"
        );
        assert_eq!(bodies(&text), [("{\"a\":1}".to_owned(), Some(flaw)), ("[]".to_owned(), None)]);
        assert!(!read(text.as_bytes())[0].0.as_sent);
    }
}

#[test]
fn heads_that_were_edited_are_read() {
    assert_eq!(bodies("POST / HTTP/1.1\nA: b\n{\"a\":1}"), whole(&["{\"a\":1}"]));
    assert_eq!(bodies("POST / HTTP/1.1\nA: b"), whole(&[""]));
    assert_eq!(
        bodies("\r\n\r\nPOST / HTTP/1.1\r\nA: b\r\nno colon here\r\n\r\n{}"),
        whole(&["no colon here\r\n\r\n{}"])
    );
    for (text, like) in
        [("POST / HTTP/1.1", true), ("HTTP/1.1 200 OK", true), ("POST it", false), ("{}", false), ("", false)]
    {
        assert_eq!(begins(text.as_bytes()), like, "{text}");
    }
}

const EVENT: &str = r#"{"schema":"2.0","header":{"event_type":"a"},"event":{}}"#;

/// A body, and what contradicts itself.
type Asked = (String, Option<Flaw>);

/// What the probe of HTTP or of curl's dumps says of the beginning of a text: where it ends, and the body and the flaw of
/// a request.
fn probed(text: &str) -> Option<(usize, Option<Asked>)> {
    let end = line(text.as_bytes(), 0).0.len();
    let place = Place { text: text.as_bytes(), at: 0, end, first: true, last: true, limit: 1 << 20 };
    let answers = [probe(&place), crate::container::curl::probe(&place)];
    answers.into_iter().find_map(|answer| match answer {
        Answer::Skip(end) => Some((end, None)),
        Answer::Open { inner: Inner::Request(request, flaw), end, .. } => {
            Some((end, Some((String::from_utf8_lossy(&request.body).into_owned(), flaw))))
        }
        _ => None,
    })
}

#[test]
fn a_line_like_a_beginning_swallows_nothing() {
    for odd in [
        "HTTP/1.1 200 OK",
        "HTTP/2 200 ",
        "GET / HTTP/1.1",
        "GET /",
        "POST /webhook HTTP/1.1",
        "### restarted ###",
        "< HTTP/1.1 500",
        "> POST /e HTTP/1.1",
    ] {
        for follows in [
            format!("2024-06-12 09:18:01 recv {EVENT}\n"),
            format!("{EVENT}\n"),
            format!("INFO: {EVENT}\n"),
            format!("recv:{EVENT}"),
        ] {
            for blank in ["", "\n"] {
                let text = format!("{odd}\n{blank}{follows}");
                // Of curl's marks nothing is known without a head; the line is left to others.
                let end = probed(&text).map_or(odd.len() + 1, |(end, request)| {
                    assert_eq!(request, None, "{text}");
                    end
                });
                assert_eq!(end, odd.len() + 1, "{text}");
            }
        }
    }
}

#[test]
fn the_head_of_a_response_leaves_what_follows_it() {
    for length in ["2", "0", "900", "x"] {
        for mark in ["", "< "] {
            let head =
                format!("{mark}HTTP/1.1 200 OK\n{mark}Content-Length: {length}\n{}\n", mark.trim_end());
            // An answer goes with it, unless an event may be in it.
            assert_eq!(probed(&format!("{head}{{}}\n{EVENT}\n")), Some((head.len() + 2, None)), "{head}");
            for body in
                [EVENT, r#"{"data":{"open_id":"o","a":"event_type"}}"#, "ok\n", "[2024-06-12] x\n", "{\"a\":"]
            {
                assert_eq!(
                    probed(&format!("{head}{body}\n{EVENT}\n")),
                    Some((head.len(), None)),
                    "{head}{body}"
                );
            }
        }
    }
}

#[test]
fn the_body_of_a_request_to_something_else_is_like_any_other_json() {
    let head = "POST https://example.com/hook\nContent-Type: application/json\n\n";
    let body = r#"{"msg_type":"text","content":{"text":"x"}}"#;
    assert_eq!(probed(&format!("{head}{body}\n")), Some((head.len(), None)));
    // Signed, it should have been an event.
    let signed = "X-Lark-Request-Timestamp: 1\nX-Lark-Request-Nonce: n\nX-Lark-Signature: 1\n";
    let text = format!("POST /hook HTTP/1.1\n{signed}\n{body}\n");
    assert_eq!(probed(&text), Some((text.len() - 1, Some((body.to_owned(), None)))));
}

/// A log shows them, and then its next record, or anything else.
#[test]
fn json_between_the_headers_of_a_signature_and_the_event_was_called_no_event() {
    for head in [
        "X-Lark-Request-Timestamp: 1\nX-Lark-Request-Nonce: n\nX-Lark-Signature: 1\n",
        "X-Lark-Signature: 1\n",
    ] {
        for other in
            [r#"{"code":0,"msg":"success"}"#, r#"[1, 2, {"b": ["c"]}]"#, "[1]: https://example.com/x"]
        {
            assert_eq!(probed(&format!("{head}{other}\n{EVENT}\n")), Some((head.len(), None)), "{other}");
        }
    }
}

#[test]
fn a_header_alone_takes_one_body_at_most() {
    let text = format!("X-Lark-Signature: 00aa\n{EVENT}\n{EVENT}\n");
    let body = Some((EVENT.to_owned(), None));
    assert_eq!(probed(&text), Some((text.find('}').unwrap() + 13, body)));
    // What is no JSON behind it is left to others, with the header.
    assert_eq!(probed(&format!("X-Lark-Signature: 00aa\n2024-06-12 recv {EVENT}\n")), None);
}

#[test]
fn a_body_ends_where_its_json_ends_if_its_length_is_wrong() {
    for length in [1, 30, 60, 900, 90_000_000_000] {
        let head = format!("POST / HTTP/1.1\nContent-Type: application/json\nContent-Length: {length}\n\n");
        let flaw = Some(Flaw::Length { expected: length, found: EVENT.len() as u64 });
        for after in ["\n2024-06-12 recv {}\n", "\n{\"a\":1}\n", "HTTP/1.1 200 OK\n", " x"] {
            let text = format!("{head}{EVENT}{after}");
            assert_eq!(
                probed(&text),
                Some((head.len() + EVENT.len(), Some((EVENT.to_owned(), flaw)))),
                "{text}"
            );
            // A head that does not say that JSON follows may be one of another body: then its length is no fault.
            let head = head.replace("application/json", "text/plain");
            assert_eq!(probed(&format!("{head}{EVENT}{after}")), Some((head.len(), None)), "{head}");
        }
    }
    // Several documents, and a line end, are the body if the length says so.
    for body in [format!("{EVENT}\n"), format!("{EVENT}{EVENT}\r\n")] {
        let head = format!("POST / HTTP/1.1\nContent-Length: {}\n\n", body.len());
        let whole = Some((head.len() + body.len(), Some((body.clone(), None))));
        assert_eq!(probed(&format!("{head}{body}{EVENT}\n")), whole, "{body}");
    }
}

#[test]
fn labels_fences_and_indentation_do_not_part_head_and_body() {
    for (text, headers) in [
        ("POST / HTTP/1.1\nHEADERS\ncontent-type  a/b\nx-lark-signature  s\n\nBODY\n@\n", 2),
        ("    x-lark-request-nonce:  n\n    x-lark-signature:  s\n\n    @\n", 2),
        ("  X-Lark-Signature: s\nBody:\n@\n", 2),
        ("X-Lark-Signature: s\n\nRequest Body\n@", 1),
        ("X-Lark-Signature: s\n```\n\n```json\n@\n```\n", 1),
        ("X-Lark-Signature: s\n\n**Body**：\n\n@", 1),
        ("POST /e\nX-Lark-Signature: s\nA: b\n@", 2),
    ] {
        let text = text.replace('@', EVENT);
        let all = read(text.as_bytes());
        assert_eq!(all.len(), 1, "{text}");
        let (request, flaw) = &all[0];
        assert_eq!((&*request.body, *flaw), (EVENT.as_bytes(), None), "{text}");
        assert_eq!(request.headers.get(SIGNATURE), Some("s"), "{text}");
        assert_eq!(request.headers.iter().count(), headers, "{text}");
    }
}

#[test]
fn heads_that_lead_nowhere_take_linear_time() {
    for part in [
        "X-Lark-Signature: s\n",
        "POST / HTTP/1.1\nContent-Length: 900000\n\n",
        "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\nfffff\n",
        "X-Lark-Signature: s\n\n{\"a\":\n",
        "HTTP/1.1 200 OK\nA: b\n",
        "Body:\n",
        "\n",
    ] {
        let text = part.repeat(200_000 / part.len());
        let mut at = 0;
        let looked_at = crate::steps::of(|| {
            while at < text.len() {
                let end = at + line(text.as_bytes(), at).0.len();
                let place =
                    Place { text: text.as_bytes(), at, end, first: false, last: true, limit: 1 << 30 };
                at = match probe(&place) {
                    Answer::Skip(end) | Answer::Open { end, .. } => end,
                    _ => end + 1,
                };
            }
        });
        assert!(looked_at <= 200 * text.len() as u64, "{part}: {looked_at}");
    }
}

/// Text made of what the parser looks for, so that its branches meet.
fn capture() -> impl Strategy<Value = Vec<u8>> {
    let word = prop::sample::select(vec![
        "POST / HTTP/1.1",
        "\r\n",
        "\n",
        "\n\n",
        "Content-Length: 2",
        "Transfer-Encoding: chunked",
        "2",
        "0",
        "{}",
        "HTTP/1.1 200 OK",
        "### ",
        "> POST / HTTP/1.1",
        "> A: b\n",
        "{\"a\":",
        "}",
        "Content-Length: 7\n\n",
        "Body:\n",
        "> ",
        "< HTTP/1.1 200 OK",
        "* note",
        "{ [2 bytes data]",
        "\u{5730}",
        ":",
    ]);
    let noise = prop::collection::vec(any::<u8>(), 0..8);
    let token = prop_oneof![4 => word.prop_map(|word| word.as_bytes().to_vec()), 1 => noise];
    prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn what_is_told_early_stays_true(head in prop::sample::select(vec!["POST / HTTP/1.1\n", "X-Lark-Signature: s\n", "HTTP/1.1 200 OK\n", "> POST /e HTTP/1.1\n> A: b\n"]), rest in capture()) {
        let text = [head.as_bytes(), &rest].concat();
        for read in [piece as fn(&[u8], usize) -> Begun<'_>, crate::container::curl::piece] {
            let whole = read(&text, 0);
            // The line that is asked about is there.
            for cut in head.len()..=text.len() {
                let early = read(&text[..cut], 0);
                if early.needed <= cut {
                    prop_assert_eq!((&early.what, early.end), (&whole.what, whole.end), "{}", cut);
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_split_without_a_gap(text in capture()) {
        for read in [piece as fn(&[u8], usize) -> Begun<'_>, crate::container::curl::piece] {
            let mut end = 0;
            for piece in pieces(&text, read) {
                prop_assert!(piece.span.start >= end && piece.span.end > piece.span.start);
                prop_assert!(text[end..piece.span.start].trim_ascii().is_empty());
                end = piece.span.end;
                if let What::Request(request, _) = piece.what {
                    prop_assert!(request.span.end <= text.len());
                }
            }
            prop_assert!(text[end..].trim_ascii().is_empty());
        }
    }

    #[test]
    fn what_was_written_is_read_again(bodies in prop::collection::vec(r#"[^\x00\[{]{0,20}|\{("a":\[\]|"b":"[a-z:\n]{0,9}")?\}[ \n]{0,3}"#, 1..5), gap in "(\r?\n){0,3}") {
        let text: String = bodies
            .iter()
            .map(|body| format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}{gap}", body.len()))
            .collect();
        let all = read(text.as_bytes());
        prop_assert_eq!(all.len(), bodies.len());
        for ((request, flaw), body) in all.iter().zip(&bodies) {
            prop_assert_eq!((&*request.body, flaw), (body.as_bytes(), &None));
        }
    }
}
