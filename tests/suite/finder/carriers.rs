//! What an event is written into on its way to a person: nothing, a string, a record of a gateway, a column of prefixes.

use std::ops::Range;

use base64::prelude::{BASE64_STANDARD, Engine};

/// One way to write an event down.
pub struct Carrier {
    pub name: &'static str,
    /// What stands before each line of the capture.
    pub prefix: &'static str,
    /// The event is printed over several lines.
    pub pretty: bool,
    /// The event stands there as base64.
    pub base64: bool,
    /// What stands before the event, the event as it is written there, and what stands behind it.
    write: fn(&str) -> [String; 3],
}

/// An event that was written down: whole lines, and where in them the event is.
pub struct Carried {
    pub text: Vec<u8>,
    pub event: Range<usize>,
}

const PLAIN: Carrier =
    Carrier { name: "", prefix: "", pretty: false, base64: false, write: |event| within("", event, "") };

pub const CARRIERS: &[Carrier] = &[
    Carrier { name: "plain", ..PLAIN },
    Carrier { name: "pretty", pretty: true, ..PLAIN },
    Carrier {
        name: "behind the prefix of a log",
        write: |event| within("2026-01-02 03:04:05,678 INFO [main] received: ", event, " took=3ms"),
        ..PLAIN
    },
    Carrier {
        name: "pretty behind the prefix of a log",
        pretty: true,
        write: |event| within("2026-01-02T03:04:05.678Z  INFO bot: received ", event, ""),
        ..PLAIN
    },
    Carrier {
        name: "in a string of a text log",
        write: |event| within("time=2026-01-02T03:04:05Z level=info body=\"", &escaped(event), "\" id=7"),
        ..PLAIN
    },
    Carrier {
        name: "in the message of a structured log",
        write: |event| {
            within(
                r#"{"level":"info","ts":1767323045.1,"msg":"received "#,
                &escaped(event),
                r#"","caller":"main.go:17"}"#,
            )
        },
        ..PLAIN
    },
    Carrier { name: "fenced", pretty: true, write: |event| within("```json\n", event, "\n```"), ..PLAIN },
    Carrier { name: "in the record of a gateway", write: |event| gateway(event), ..PLAIN },
    Carrier {
        name: "in the record of a gateway in the message of a structured log",
        write: |event| {
            let [before, event, after] = gateway(event).map(|part| escaped(&part));
            within(
                &format!(r#"{{"severity":"INFO","message":"{before}"#),
                &event,
                &format!(r#"{after}","pid":17}}"#),
            )
        },
        ..PLAIN
    },
    Carrier {
        name: "base64 on a line",
        base64: true,
        write: |event| within("", &BASE64_STANDARD.encode(event), ""),
        ..PLAIN
    },
    Carrier {
        name: "base64 behind a name",
        base64: true,
        write: |event| within("03:04:05 INFO body=", &BASE64_STANDARD.encode(event), " status=200"),
        ..PLAIN
    },
    Carrier {
        name: "pretty behind the prefix of a service",
        pretty: true,
        prefix: "web-1  | ",
        write: |event| lines_behind("web-1  | ", event),
        ..PLAIN
    },
    Carrier {
        name: "pretty behind the prefix of a runtime",
        pretty: true,
        prefix: "2026-01-02T03:04:05.123456789Z stdout F ",
        write: |event| lines_behind("2026-01-02T03:04:05.123456789Z stdout F ", event),
        ..PLAIN
    },
    Carrier {
        name: "pretty in a quoted mail",
        pretty: true,
        prefix: "> ",
        write: |event| lines_behind("> ", event),
        ..PLAIN
    },
    Carrier {
        name: "in a field of a table",
        write: |event| within("17,2026-01-02 03:04:05,\"", &event.replace('"', "\"\""), "\",ok"),
        ..PLAIN
    },
];

impl Carrier {
    /// Writes an event down, given on one line.
    pub fn carry(&self, event: &str) -> Carried {
        let [before, event, after] = match self.pretty {
            true => (self.write)(&pretty(event)),
            false => (self.write)(event),
        };
        let start = before.len();
        let range = start..start + event.len();
        Carried { text: format!("{before}{event}{after}\n").into_bytes(), event: range }
    }

    /// Writes down lines that stand between events.
    pub fn separate(&self, separator: &str) -> Vec<u8> {
        separator.split('\n').map(|line| format!("{}{line}\n", self.prefix)).collect::<String>().into_bytes()
    }

    /// The event in `text`, which begins with it, or with a part of it: without what this carrier adds, escapes apart.
    pub fn bare(&self, text: &[u8]) -> Vec<u8> {
        match self.base64 {
            true => decoded(text),
            false => text
                .split_inclusive(|byte| *byte == b'\n')
                .flat_map(|line| self.behind_prefix(line))
                .collect(),
        }
    }

    /// A line without the prefix, of which the blanks at the end may be missing.
    fn behind_prefix<'l>(&self, line: &'l [u8]) -> impl Iterator<Item = u8> + use<'l> {
        let prefix = self.prefix.as_bytes();
        let empty = !prefix.is_empty() && line.trim_ascii_end() == prefix.trim_ascii_end();
        let rest = if empty { b"" } else { line.strip_prefix(prefix).unwrap_or(line) };
        rest.iter().copied()
    }
}

/// The bytes of which all digits are there.
fn decoded(text: &[u8]) -> Vec<u8> {
    let is_digit = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
    let mut digits: Vec<u8> = text.iter().take_while(is_digit).copied().collect();
    let whole = digits.len() * 6 / 8;
    digits.resize(digits.len().next_multiple_of(4), b'A');
    let mut bytes = BASE64_STANDARD.decode(digits).expect("whole groups of digits");
    bytes.truncate(whole);
    bytes
}

fn within(before: &str, event: &str, after: &str) -> [String; 3] {
    [before, event, after].map(str::to_owned)
}

fn gateway(event: &str) -> [String; 3] {
    within(
        r#"{"requestId":"r-17","headers":{"content-type":"application/json"},"body":""#,
        &escaped(event),
        r#"","isBase64Encoded":false}"#,
    )
}

fn lines_behind(prefix: &str, event: &str) -> [String; 3] {
    within(prefix, &event.replace('\n', &format!("\n{prefix}")), "")
}

/// A text as it stands within the quotes of a JSON string.
pub fn escaped(text: &str) -> String {
    let quoted = serde_json::to_string(text).expect("a string");
    quoted[1..quoted.len() - 1].to_owned()
}

/// The bytes of JSON, each with whether it is in a string.
fn bytes(json: &[u8]) -> impl Iterator<Item = (u8, bool)> {
    let (mut within, mut escaped) = (false, false);
    json.iter().map(move |byte| {
        let was = within;
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = within,
            b'"' => within = !within,
            _ => {}
        }
        (*byte, was || within)
    })
}

/// JSON on one line, without blanks: its values are what they were, byte for byte.
pub fn compact(json: &[u8]) -> String {
    let kept = bytes(json).filter(|(byte, within)| *within || !byte.is_ascii_whitespace());
    String::from_utf8(kept.map(|(byte, _)| byte).collect()).expect("JSON is UTF-8")
}

/// JSON over several lines: its values are what they were, byte for byte.
pub fn pretty(json: &str) -> String {
    let (mut out, mut depth, mut last) = (Vec::new(), 0, b' ');
    let feed = |out: &mut Vec<u8>, depth: usize| {
        out.push(b'\n');
        out.resize(out.len() + 2 * depth, b' ');
    };
    for (byte, within) in bytes(compact(json.as_bytes()).as_bytes()) {
        let closes = !within && matches!(byte, b'}' | b']');
        match last {
            b'{' | b'[' if !closes => {
                depth += 1;
                feed(&mut out, depth);
            }
            b',' => feed(&mut out, depth),
            b':' => out.push(b' '),
            b'{' | b'[' => {}
            _ if closes => {
                depth -= 1;
                feed(&mut out, depth);
            }
            _ => {}
        }
        out.push(byte);
        last = if within { b'"' } else { byte };
    }
    String::from_utf8(out).expect("cut between characters")
}

#[test]
fn what_is_printed_over_lines_has_the_same_values() {
    let json = r#"{"a":[],"b":{},"c":[1,{"d":"{,: \\\" 浙"}],"e":30.29245030908851}"#;
    assert_eq!(compact(pretty(json).as_bytes()), json);
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(pretty(json), serde_json::to_string_pretty(&value).unwrap());
}

#[test]
fn what_a_carrier_adds_is_taken_away() {
    let event = r#"{"a":"浙 \"\\","b":{"c":1}}"#;
    for carrier in CARRIERS {
        let Carried { text, event: range } = carrier.carry(event);
        let bare = carrier.bare(&text[range]);
        // Escapes stay where they are.
        if carrier.pretty || carrier.base64 {
            assert_eq!(compact(&bare), event, "{}", carrier.name);
        }
    }
    assert_eq!(decoded(b"eyJhIjo="), br#"{"a":"#);
    assert_eq!(decoded(b"eyJhIj"), br#"{"a""#);
}
