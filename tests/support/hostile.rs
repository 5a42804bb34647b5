//! Texts that cost a reader most who looks at something twice, or keeps it twice: of any size, each of one kind.

#![allow(dead_code)] // each user needs its part

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A kind of text: its name, and one of about so many bytes.
pub type Kind = (&'static str, fn(usize) -> Vec<u8>);

/// An event of which something is wrong, so that there is something to say of each.
const FAULTY: &str = r#"{"schema":"2.0","header":{"event_id":"e","event_type":"attendance.user_flow.created_v1"},"event":{"check_time":"1"}}"#;
/// What a handler of the Node SDK is given.
const FLAT: &str =
    r#"{"schema":"2.0","event_id":"e","event_type":"attendance.user_flow.created_v1","check_time":"1"}"#;
/// The inside of an event.
const BARE: &str = r#"{"check_time":"1","user_id":"a"}"#;
const REPLY: &str = r#"{"code":0,"msg":"success"}"#;
const HEAD: &str = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";

/// `unit` again and again.
fn fill(size: usize, unit: &str) -> Vec<u8> {
    unit.repeat(size / unit.len() + 1).into_bytes()
}

/// The same behind something.
fn behind(head: &str, size: usize, unit: &str) -> Vec<u8> {
    [head.as_bytes(), &fill(size, unit)].concat()
}

/// The same with something behind it, too.
fn between(head: &str, size: usize, unit: &str, tail: &str) -> Vec<u8> {
    [head.as_bytes(), &fill(size, unit), tail.as_bytes()].concat()
}

/// `make` for the numbers from 0 on.
fn numbered(size: usize, make: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&make(number));
    }
    text.into_bytes()
}

/// A list of `item`s within `head` and `tail`.
fn list(head: &str, size: usize, item: &str, tail: &str) -> Vec<u8> {
    between(head, size, &format!("{item},"), &format!("{item}{tail}"))
}

fn quoted(text: &[u8]) -> String {
    serde_json::to_string(&String::from_utf8_lossy(text)).expect("a string")
}

/// A request as a gateway keeps it.
fn wrapped(body: &[u8]) -> Vec<u8> {
    format!(r#"{{"headers":{{}},"body":{}}}"#, quoted(body)).into_bytes()
}

/// `text` as `xxd` shows it.
fn dumped(text: &[u8]) -> Vec<u8> {
    let line = |(at, row): (usize, &[u8])| {
        let pairs: Vec<String> =
            row.chunks(2).map(|pair| pair.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
        format!("{:08x}: {:<39}  .\n", at * 16, pairs.join(" "))
    };
    text.chunks(16).enumerate().map(line).collect::<String>().into_bytes()
}

fn deep(depth: usize) -> String {
    format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth))
}

/// Every kind.
pub const KINDS: &[Kind] = &[
    // Quotes and backslashes without their partners.
    ("double-quotes", |n| fill(n, "\"")),
    ("single-quotes", |n| fill(n, "'")),
    ("backticks", |n| fill(n, "`")),
    ("brace-quote", |n| fill(n, "{\"")),
    ("brace-quote-brace", |n| fill(n, "{\"}")),
    // Each asks where its line ends.
    ("objects-on-a-line-that-close-twice", |n| fill(n, "{\"a\":1}}")),
    ("words-and-open-objects", |n| fill(n, "encrypt{\"a\":")),
    ("members-of-a-log-line", |n| fill(n, "a={\"event_type\":1} b=")),
    ("brace-single-quote", |n| fill(n, "{'")),
    ("node-escaped-quotes", |n| behind("{a:", n, "\\\"")),
    ("node-escaped-single-quotes", |n| behind("{a:", n, "\\'")),
    ("node-escaped-backticks", |n| behind("{a:`", n, "\\`")),
    ("node-template-open", |n| behind("{a:`", n, "x\n")),
    ("python-mixed-quotes", |n| behind("{'a':", n, "\"'`")),
    ("python-quotes-in-lines", |n| behind("{'a':\n", n, "'\"\n")),
    ("node-escaped-line-ends", |n| behind("{a:", n, "'\\\n")),
    ("backslashes", |n| fill(n, "\\")),
    ("string-of-backslashes", |n| behind("{\"a\":\"", n, "\\\\")),
    ("escaped-braces", |n| fill(n, "{\\\"")),
    ("log-escaped-braces", |n| behind("12:00:00 INFO \"", n, "{\\\"a\\\":")),
    ("log-escaped-quotes", |n| behind("12:00:00 INFO {", n, "\\\"")),
    ("wide-quotes", |n| behind("{“a”:", n, "“")),
    // Brackets.
    ("braces", |n| fill(n, "{")),
    ("brackets", |n| fill(n, "[")),
    ("closing-braces", |n| fill(n, "}")),
    ("open-objects", |n| fill(n, "{\"a\":")),
    ("open-lists-of-objects", |n| fill(n, "[{")),
    ("empty-objects", |n| fill(n, "{}")),
    ("deep-objects", |n| fill(n, &deep(120))),
    ("deep-lines", |n| fill(n, &(deep(120) + "\n"))),
    ("deep-lists", |n| fill(n, &format!("{}0{}", "[".repeat(120), "]".repeat(120)))),
    ("too-deep", |n| fill(n, &deep(200))),
    ("log-open-objects", |n| behind("12:00:00 INFO ", n, "{\"a\":")),
    ("log-braces", |n| behind("12:00:00 INFO ", n, "{")),
    ("log-braces-in-lines", |n| fill(n, "12:00:00 INFO {\n")),
    ("log-deep-objects", |n| behind("12:00:00 INFO ", n, &(deep(100) + " "))),
    ("log-cut-events", |n| fill(n, "12:00:00 INFO {\"schema\":\"2.0\",\n")),
    ("log-keys-of-events", |n| behind("12:00:00 INFO ", n, "{\"schema\":")),
    ("log-cut-pretty", |n| fill(n, "12:00:00 INFO {\n  \"schema\": \"2.0\",\n")),
    ("cut-lines", |n| fill(n, "{\"schema\":\"2.0\",\n")),
    ("cut-strings", |n| fill(n, "{\"schema\":\"2.0\n")),
    ("cut-python", |n| fill(n, "{'schema': '2.0',\n")),
    ("cut-items", |n| behind("[", n, "{\"schema\":\"2.0\",")),
    ("go-maps", |n| fill(n, "map[a:{")),
    // Comments.
    ("open-comments", |n| fill(n, "/*")),
    ("object-open-comments", |n| fill(n, "{/*\n")),
    ("member-open-comments", |n| behind("{a:1", n, "/* ")),
    ("closed-comments", |n| behind("{a:1", n, "/* x */ ")),
    ("line-comments", |n| fill(n, "// x\n")),
    ("object-line-comments", |n| behind("{\n", n, "// {\n")),
    ("slashes", |n| behind("{", n, "/")),
    // What looks like base64.
    ("one-digit", |n| fill(n, "A")),
    ("base64-words", |n| fill(n, "eyJ ")),
    ("base64-line", |n| fill(n, "eyJz")),
    ("base64-lines", |n| fill(n, &("eyJz".repeat(16) + "\n"))),
    ("base64-named", |n| behind("12:00:00 INFO ", n, "body=eyJ=e ")),
    ("base64-strings", |n| list("{\"items\":[", n, "\"eyJzIjoxfQ==\"", "]}")),
    ("base64-open-strings", |n| fill(n, "{\"e")),
    ("base64-of-events", |n| STANDARD.encode(fill(n * 3 / 4, &format!("{FAULTY}\n"))).into_bytes()),
    ("base64-events-in-strings", |n| {
        list("{\"items\":[", n, &format!("\"{}\"", STANDARD.encode(FAULTY)), "]}")
    }),
    ("encrypted", |n| fill(n, &format!("{{\"encrypt\":\"{}\"}}\n", STANDARD.encode([7; 64])))),
    // What looks like HTTP.
    ("signatures", |n| fill(n, "X-Lark-Signature: 00aa\n")),
    ("requests", |n| fill(n, "POST / HTTP/1.1\n")),
    ("responses", |n| fill(n, "HTTP/1.1 200 OK\n\n")),
    ("rules", |n| fill(n, "###\n")),
    ("headers", |n| behind("POST / HTTP/1.1\n", n, "A: b\n")),
    ("requests-of-events", |n| {
        fill(n, &format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n{FAULTY}\r\n", FAULTY.len()))
    }),
    ("requests-that-lie", |n| fill(n, &format!("POST / HTTP/1.1\nContent-Length: 9\n\n{FAULTY}\n"))),
    ("chunks-that-lead-to-chunks", |n| fill(n, &format!("{HEAD}{:x}\r\n", HEAD.len() - 2))),
    ("chunks-cut", |n| fill(n, &format!("{HEAD}ffff\r\n{{}}\r\n"))),
    ("lengths-into-blanks", |n| {
        let unit = |length: usize| format!("POST / HTTP/1.1\nContent-Length: {length:07}\n\n");
        let heads = n / 2 / unit(0).len();
        let head = |number: usize| unit((heads - number - 1) * unit(0).len());
        [(0..heads).map(head).collect::<String>().as_bytes(), &fill(n / 2, " "), b"x"].concat()
    }),
    ("lengths-into-a-line", |n| {
        let unit = |length: usize| format!("HTTP/1.1 200 OK\nContent-Length: {length:07}\n\n");
        let heads = n / 2 / unit(0).len();
        let head = |number: usize| unit((heads - number - 1) * unit(0).len());
        [(0..heads).map(head).collect::<String>().as_bytes(), b"GET ", &fill(n / 2, "x")].concat()
    }),
    ("curl-requests", |n| fill(n, "> POST / HTTP/1.1\n")),
    ("curl-responses", |n| fill(n, "< HTTP/1.1 200 OK\n")),
    ("curl-words", |n| behind("> POST / HTTP/1.1\n", n, "* x\n")),
    // What looks like a dump.
    ("dump-of-events", |n| dumped(&fill(n / 4, &format!("{FAULTY}\n")))),
    ("dump-of-objects", |n| dumped(&fill(n / 4, "{\"a\":1}\n"))),
    ("dump-of-requests", |n| dumped(&fill(n / 4, &format!("POST / HTTP/1.1\n\n{FAULTY}\n")))),
    ("dump-again-and-again", |n| fill(n, "00000000: 7b22 7363 6865 6d61\n")),
    ("dump-of-repeated-rows", |n| {
        between("00000000  7b 22 61 22 3a 31 7d 0a  7b 22 61 22 3a 31 7d 0a\n", n / 2, "*\n", "00fffff0\n")
    }),
    ("dump-that-claims-much", |n| {
        let rest = n.saturating_sub(100);
        between("00000000  7b 22 61 22 3a 31 7d 0a  7b 22 61 22 3a 31 7d 0a\n*\n000ea600\n", rest, "\n", "")
    }),
    ("plain-digits", |n| fill(n, "7b2261223a317d0a7b2261223a317d0a\n")),
    ("curl-trace", |n| fill(n, "=> Send data, 2 bytes (0x2)\n0000: 7b 7d\n")),
    ("packets", |n| behind("12:00:00 IP a > b: x\n", n, "\t0x0000:  4500 0034\n")),
    // Documents in strings.
    ("wrapper-of-events", |n| wrapped(&fill(n * 3 / 4, FAULTY))),
    ("wrapper-of-lines", |n| wrapped(&fill(n * 3 / 4, &format!("{FAULTY}\n")))),
    ("wrappers", |n| fill(n, &String::from_utf8_lossy(&wrapped(FAULTY.as_bytes())))),
    ("wrapper-in-wrapper-in-wrapper", |n| wrapped(&wrapped(&wrapped(&fill(n / 4, FAULTY))))),
    ("string-of-events", |n| quoted(&fill(n * 3 / 4, FAULTY)).into_bytes()),
    ("strings-of-events", |n| fill(n, &(quoted(FAULTY.as_bytes()) + "\n"))),
    ("queue-of-events", |n| list("{\"items\":[", n, &quoted(FAULTY.as_bytes()), "]}")),
    ("queue-in-strings", |n| {
        let once = format!("{{\"m\":{}}}", quoted(FAULTY.as_bytes()));
        list("{\"items\":[", n, &format!("{{\"m\":{}}}", quoted(once.as_bytes())), "]}")
    }),
    ("structured-log", |n| fill(n, &format!("{{\"msg\":{}}}\n", quoted(FAULTY.as_bytes())))),
    ("archive", |n| {
        let post = format!("{{\"text\":{}}}", quoted(FAULTY.as_bytes()));
        let entry = format!("{{\"request\":{{\"method\":\"POST\",\"headers\":[],\"postData\":{post}}}}}");
        list("{\"log\":{\"entries\":[", n, &entry, "]}}")
    }),
    ("archive-of-lists", |n| {
        let body = quoted(&list("[", n * 3 / 4, FAULTY, "]"));
        let post = format!("{{\"text\":{body}}}");
        format!("{{\"log\":{{\"entries\":[{{\"request\":{{\"headers\":[],\"postData\":{post}}}}}]}}}}")
            .into_bytes()
    }),
    ("log-of-events", |n| fill(n, &format!("12:00:00 INFO {FAULTY}\n"))),
    ("log-line-of-events", |n| behind("12:00:00 INFO ", n, &format!("{FAULTY} "))),
    ("log-line-of-strings", |n| behind("12:00:00 INFO ", n, &(quoted(FAULTY.as_bytes()) + " "))),
    ("nginx-escapes", |n| fill(n, "{\\x22a\\x22:1}\n")),
    ("python-bytes", |n| fill(n, "b'{\"a\":\"\\xe5\\xbc\\xa0\"}' ")),
    // Lists of what is nearly an event.
    ("list-of-bodies", |n| list("{\"items\":[", n, BARE, "]}")),
    ("list-of-flat-events", |n| list("{\"items\":[", n, FLAT, "]}")),
    ("list-of-replies", |n| list("{\"items\":[", n, REPLY, "]}")),
    ("list-of-events", |n| list("{\"items\":[", n, FAULTY, "]}")),
    ("array-of-events", |n| list("[", n, FAULTY, "]")),
    ("log-line-of-bodies", |n| behind("12:00:00 INFO ", n, &format!("{BARE} "))),
    ("node-dump-of-events", |n| {
        list("{ items: [", n, "{ schema: '2.0', event_id: 'e', event_type: 'x.y', check_time: '1' }", "] }")
    }),
    ("python-list-of-events", |n| list("{'items': [", n, &FAULTY.replace('"', "'"), "]}")),
    ("events-again", |n| fill(n, &format!("{FAULTY}\n"))),
    ("events-glued", |n| fill(n, FAULTY)),
    ("tiny-events", |n| fill(n, "{\"event\":{}}")),
    ("tiny-schemas", |n| fill(n, "{\"schema\":1}\n")),
    // One event with a great deal in it.
    ("unknown-fields", |n| {
        let members = numbered(n, |number| format!(",\"zz{number}\":1"));
        FAULTY
            .replace("\"check_time\":\"1\"", &("\"x\":1".to_owned() + &String::from_utf8_lossy(&members)))
            .into_bytes()
    }),
    ("near-fields", |n| {
        let members = numbered(n, |number| format!(",\"check_tim{}\":1", number % 10));
        FAULTY
            .replace("\"check_time\":\"1\"", &("\"x\":1".to_owned() + &String::from_utf8_lossy(&members)))
            .into_bytes()
    }),
    ("one-key-again", |n| {
        FAULTY
            .replace("\"check_time\":\"1\"", &String::from_utf8_lossy(&list("", n, "\"type\":9", "")))
            .into_bytes()
    }),
    ("status-changes", |n| {
        let change = r#"{"index":9,"before_status":"x","current_status":"y"}"#;
        let head = r#"{"schema":"2.0","header":{"event_id":"e","event_type":"attendance.user_task.updated_v1"},"event":{"status_changes":["#;
        list(head, n, change, "]}}")
    }),
    ("empty-changes", |n| {
        let head = r#"{"schema":"2.0","header":{"event_id":"e","event_type":"attendance.user_task.updated_v1"},"event":{"employee_id":""#;
        let long = "x".repeat(n / 2);
        list(&format!("{head}{long}\",\"status_changes\":["), n / 2, "{}", "]}}")
    }),
    ("unknown-type", |n| {
        let head = r#"{"schema":"2.0","header":{"event_id":"e","event_type":"x.y"},"event":{"items":["#;
        list(head, n, "{\"a\":[1,{\"b\":\"c\"}]}", "]}}")
    }),
    ("wrong-types", |n| {
        let value = String::from_utf8_lossy(&list("[", n, "{\"a\":1}", "]")).into_owned();
        FAULTY.replace("\"1\"", &value).into_bytes()
    }),
    ("long-key", |n| FAULTY.replace("\"check_time\"", &format!("\"{}\"", "k".repeat(n))).into_bytes()),
    ("long-id", |n| FAULTY.replace("\"e\"", &format!("\"{}\"", "i".repeat(n))).into_bytes()),
    ("long-type", |n| FAULTY.replace("created_v1", &"t".repeat(n)).into_bytes()),
    ("control-characters", |n| {
        FAULTY.replace("\"1\"", &format!("\"{}\"", "\\u001b\u{7f}\u{202e}".repeat(n / 10))).into_bytes()
    }),
    // Other noise.
    ("blanks", |n| fill(n, " ")),
    ("lines", |n| fill(n, "\n")),
    ("returns", |n| fill(n, "\r")),
    ("marks", |n| fill(n, "\u{feff}")),
    ("separators", |n| fill(n, "\u{1e}")),
    ("commas", |n| fill(n, ",")),
    ("numbers", |n| fill(n, "1 ")),
    ("strings", |n| fill(n, "\"a\"")),
    ("words", |n| fill(n, "nul ")),
    ("zeros", |n| vec![0; n]),
    ("no-utf8", |n| vec![0xff; n]),
    ("half-characters", |n| b"\xe6\xb5{\"a\":\"\xe6\"}\n".repeat(n / 13 + 1)),
    ("wide-characters", |n| fill(n, "浙")),
    ("table", |n| behind("a,b,c\n", n, "1,{\"a\":1},x\n")),
    ("yaml", |n| behind("schema: 1\n", n, "event:\n  a: {\n")),
    ("web-page", |n| behind("<html>", n, "<p>{\"a\":1}</p>\n")),
    ("go-struct", |n| fill(n, "&{Schema:2.0 Header:0xc000 {A:{\n")),
    ("node-cut", |n| behind("{ a: ", n, "[Object], ")),
    // Traces of events that come to nothing, and the layers that they might lie under.
    ("traces", |n| fill(n, "event_type ")),
    ("traces-in-lines", |n| fill(n, "event_type\n")),
    ("traces-in-a-string", |n| between("{\"a\":\"", n, "encrypt ", "\"}")),
    ("traces-open", |n| fill(n, "{\"event_type\":")),
    ("traces-open-in-lines", |n| fill(n, "{\"event_type\":\n")),
    ("traces-open-in-a-log", |n| fill(n, "12:00:00 INFO {\"event_type\":\n")),
    ("traces-broken", |n| fill(n, "{\"event_type\":\"a\",} ")),
    ("traces-broken-in-lines", |n| fill(n, "{\"header\":{\"event_type\":\"a\"},x}\n")),
    ("traces-pretty-and-cut", |n| fill(n, "{\n  \"event_type\": \"a\",\n")),
    ("traces-behind-quotes", |n| [fill(n / 2, "\""), fill(n / 2, "event_type")].concat()),
    ("traces-behind-braces", |n| [fill(n / 2, "{"), fill(n / 2, "event_type ")].concat()),
    ("traces-behind-backslashes", |n| [fill(n / 2, "\\"), fill(n / 2, "encrypt\"")].concat()),
    ("traces-behind-percents", |n| [fill(n / 2, "%7B"), fill(n / 2, "event_type%22")].concat()),
    ("traces-behind-a-word", |n| [fill(n / 2, "a"), fill(n / 2, "event_type")].concat()),
    ("traces-between-quotes", |n| fill(n, "\"event_type\" ")),
    ("traces-between-single-quotes", |n| fill(n, "'event_type': ")),
    ("traces-between-backticks", |n| fill(n, "`{\"event_type\"")),
    ("traces-escaped", |n| fill(n, "\\\"event_type\\\":")),
    ("traces-escaped-twice", |n| fill(n, "\\\\\\\"event_type\\\\\\\":")),
    ("traces-escaped-ever-more", |n| {
        let line = |depth: usize| format!("{0}\"event_type{0}\":\n", "\\".repeat((1 << (depth % 10)) - 1));
        numbered(n, line)
    }),
    ("traces-as-hexadecimal", |n| fill(n, "{\\x22event_type\\x22:")),
    ("traces-as-unicode", |n| fill(n, "{\\u0022event_type\\u0022:")),
    ("traces-as-octal", |n| fill(n, "{#012  \"event_type\": \"a\",#012")),
    ("traces-in-doubled-quotes", |n| fill(n, "\"{\"\"event_type\"\":")),
    ("traces-in-doubled-quotes-in-lines", |n| fill(n, "7,\"{\"\"event_type\"\":\n")),
    ("traces-in-percents", |n| fill(n, "%7B%22event_type%22%3A")),
    ("traces-in-entities", |n| fill(n, "{&quot;event_type&quot;:")),
    ("traces-in-colours", |n| fill(n, "{\u{1b}[32m\"event_type\"\u{1b}[39m:")),
    ("traces-in-base64", |n| fill(n, "eyJldmVudF90eXBlIjoi")),
    ("traces-in-lines-of-base64", |n| fill(n, "eyJldmVudF90eXBlIjoiYSIsImEiOlt7\n")),
    ("traces-in-words-of-base64", |n| fill(n, "body=eyJldmVudF90eXBlIjoi ")),
    ("traces-in-bytes", |n| fill(n, "123, 34, 101, 118, 101, 110, 116, 95, 116, 121, 112, 101, 34, 58, ")),
    ("traces-in-lists-of-bytes", |n| fill(n, "[123 34 101 118 101 110 116 95 116 121 112 101 34 58\n")),
    // Signs of those layers alone.
    ("doubled-quotes", |n| fill(n, "\"\"")),
    ("doubled-single-quotes", |n| fill(n, "''")),
    ("percents", |n| fill(n, "%")),
    ("percent-quotes", |n| fill(n, "%22")),
    ("percents-of-percents", |n| fill(n, "%25")),
    ("entities", |n| fill(n, "&quot;")),
    ("ampersands", |n| fill(n, "&")),
    ("bytes-of-braces", |n| fill(n, "123, 34, ")),
    ("lists-of-bytes", |n| fill(n, "[123, 34")),
    ("octal-feeds", |n| fill(n, "#012")),
    ("colours", |n| fill(n, "\u{1b}[32m")),
    ("colours-cut", |n| fill(n, "\u{1b}[")),
    ("every-sign-in-turn", |n| fill(n, "{\"%22&quot;\\\"''\"\"map[array(123, 34 eyJ#012")),
    ("every-sign-in-turn-with-traces", |n| {
        fill(n, "{\"event_type%22&quot;\\\"''encrypt\"\"map[event_typearray(123, 34 eyJ#012\n")
    }),
    // The notations of other languages.
    ("map-words", |n| fill(n, "map[")),
    ("map-traces", |n| fill(n, "map[event_type:a ")),
    ("array-words", |n| fill(n, "array(")),
    ("array-traces", |n| fill(n, "array(1) {\n  [\"event_type\"]=>\n")),
    ("exported-traces", |n| fill(n, "array (\n  'event_type' => \n")),
    ("rocket-traces", |n| fill(n, "{\"event_type\"=>")),
    ("debug-traces", |n| fill(n, "Object {\"event_type\": String(\"")),
    ("equals-traces", |n| fill(n, "{event_type=a, ")),
    ("node-traces", |n| fill(n, "{ event_type: 'a',\n")),
    ("symbol-traces", |n| fill(n, "[Symbol(event_type)]: ")),
    ("call-traces", |n| fill(n, "{ \"_id\" : ObjectId(\"a\"), \"event_type\" : ")),
    ("verbatim-traces", |n| fill(n, "@\"{ \"\"event_type\"\": ")),
    ("joined-literals", |n| fill(n, "\"{\\\"event_type\\\":\"\n  + ")),
    // Records and prefixes that each carry a piece.
    ("prefixed-braces", |n| fill(n, "web-1  | {\n")),
    ("prefixed-traces", |n| fill(n, "web-1  |   \"event_type\": \"a\",\n")),
    ("prefixed-cut", |n| fill(n, "web-1  | {\nweb-1  |   \"event_type\": \"a\",\n")),
    ("prefixes-in-turn", |n| numbered(n, |number| format!("web-{}  |   \"event_type\": [\n", number % 7))),
    ("quoted-deep", |n| fill(n, "> ")),
    ("quoted-traces", |n| fill(n, "> > {\"event_type\":\n")),
    ("added-traces", |n| behind("@@ -0,0 +1,9 @@\n", n, "+{\"event_type\":\n")),
    ("partial-records", |n| fill(n, "2026-01-02T03:04:05.123456789Z stdout P {\"event_type\":\n")),
    ("records-of-pieces", |n| fill(n, "{\"log\":\"  \\\"event_type\\\": {\\n\",\"stream\":\"stdout\"}\n")),
    ("wrapped-lines", |n| behind("{\"event_type\":\"", n, &("a".repeat(80) + "\n"))),
    ("wrapped-lines-of-quotes", |n| behind("{\"event_type\":\"", n, &("\\\"".repeat(40) + "\n"))),
    ("rows-of-cells", |n| fill(n, "     |   \"event_type\": {      +\n")),
    ("inserted-traces", |n| behind("INSERT INTO a VALUES ", n, "('{\\\"event_type\\\":', ")),
    ("copied-traces", |n| behind("COPY a FROM stdin;\n", n, "7\t{\"event_type\":\"\\\\\"\n")),
    ("fences", |n| fill(n, "```json\n{\n")),
    // What looks like headers, without a request.
    ("header-like-lines", |n| fill(n, "Name: value\n")),
    ("signed-lines", |n| {
        fill(n, "X-Lark-Request-Timestamp: 1\nX-Lark-Request-Nonce: 2\nX-Lark-Signature: 00aa\n")
    }),
    ("signed-lines-of-events", |n| {
        let head = "X-Lark-Request-Timestamp: 1\nX-Lark-Request-Nonce: 2\nX-Lark-Signature: 00aa\n";
        fill(n, &format!("{head}{FAULTY}\n"))
    }),
    ("signed-variables", |n| fill(n, "{'HTTP_X_LARK_SIGNATURE': '00aa', ")),
    ("curl-headers", |n| fill(n, "-H 'X-Lark-Signature: 00aa' ")),
    ("signed-lines-and-traces", |n| fill(n, "X-Lark-Signature: 00aa\n{\"encrypt\":\n")),
];
