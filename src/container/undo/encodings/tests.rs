//! Events in encodings, and encodings in each other: what was put in comes out byte for byte.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::container::base64::encode;
use crate::container::trace;
use crate::container::undo::*;

const EVENT: &str = concat!(
    r#"{"schema":"2.0","header":{"event_id":"0c1d","event_type":"im.message.receive_v1"},"#,
    r#""event":{"note":"it's 100% <b>\"late\"</b> & a+b=c; 第二行\n\\ /end?x=1&y=2","n":[1,-2.5e+3,true,null]}}"#,
);

/// How an event is encoded.
type Encode = fn(&str) -> String;

fn base64(text: &str) -> String {
    encode(text.as_bytes())
}

fn in_lines(text: &str, width: usize, end: &str) -> String {
    let digits = base64(text);
    let lines = digits.as_bytes().chunks(width).map(|line| str::from_utf8(line).unwrap());
    lines.collect::<Vec<_>>().join(end)
}

fn numbers(text: &str, parted: &str, number: impl Fn(u8) -> String) -> String {
    text.bytes().map(number).collect::<Vec<_>>().join(parted)
}

/// Escapes each byte that is not a letter, a digit or in `kept`.
fn percent(text: &str, kept: &[u8]) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        b'+' if kept.contains(&b' ') => "%2B".to_owned(),
        b' ' if kept.contains(&b' ') => "+".to_owned(),
        byte if byte.is_ascii_alphanumeric() || kept.contains(&byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    escaped.collect()
}

fn entities(text: &str, quote: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', quote).replace('\'', "&#39;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

fn printable(text: &str) -> String {
    let (mut lines, mut column) = (String::new(), 0);
    for byte in text.bytes() {
        let sign = match byte {
            b'\n' => {
                (lines, column) = (lines + "\r\n", 0);
                continue;
            }
            b'=' | 0x80.. => format!("={byte:02X}"),
            byte => char::from(byte).to_string(),
        };
        if column + sign.len() > 75 {
            (lines, column) = (lines + "=\r\n", 0);
        }
        column += sign.len();
        lines += &sign;
    }
    lines
}

/// Encodings in which no word can be seen.
const HIDING: [(&str, Encode); 24] = [
    ("base64", base64),
    ("without padding", |text| base64(text).trim_end_matches('=').to_owned()),
    ("URL-safe", |text| base64(text).replace('+', "-").replace('/', "_")),
    ("of coreutils", |text| in_lines(text, 76, "\n")),
    ("of mail", |text| in_lines(text, 76, "\r\n")),
    ("of openssl", |text| in_lines(text, 64, "\n")),
    ("indented", |text| in_lines(text, 64, "\n    ")),
    ("in a JSON string", |text| in_lines(text, 76, "\\n").replace('/', "\\/")),
    ("in a form", |text| base64(text).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")),
    ("for HTML", |text| base64(text).replace('=', "\\u003d").replace('+', "\\u002b")),
    ("JSON", |text| format!("[{}]", numbers(text, ",", |byte| byte.to_string()))),
    ("a typed array", |text| {
        let bytes = text.bytes().enumerate().map(|(index, byte)| format!("\"{index}\":{byte}"));
        format!("{{{}}}", bytes.collect::<Vec<_>>().join(","))
    }),
    ("Rust", |text| format!("[{}]", numbers(text, ", ", |byte| byte.to_string()))),
    ("pretty", |text| format!("[\n  {}\n]", numbers(text, ",\n  ", |byte| byte.to_string()))),
    ("Go", |text| format!("[{}]", numbers(text, " ", |byte| byte.to_string()))),
    ("Java", |text| format!("[{}]", numbers(text, ", ", |byte| (byte as i8).to_string()))),
    ("hexadecimal", |text| numbers(text, "", |byte| format!("{byte:02x}"))),
    ("of xxd", |text| {
        let digits = numbers(text, "", |byte| format!("{byte:02x}"));
        let lines = digits.as_bytes().chunks(60).map(|line| str::from_utf8(line).unwrap());
        lines.collect::<Vec<_>>().join("\n")
    }),
    ("capitals", |text| format!("X'{}'", numbers(text, "", |byte| format!("{byte:02X}")))),
    ("of a database", |text| format!("\\x{}", numbers(text, "", |byte| format!("{byte:02x}")))),
    ("escaped", |text| numbers(text, "", |byte| format!("\\x{byte:02x}"))),
    ("Node", |text| format!("<Buffer {}>", numbers(text, " ", |byte| format!("{byte:02x}")))),
    (".NET", |text| numbers(text, "-", |byte| format!("{byte:02X}"))),
    ("C", |text| format!("{{ {} }}", numbers(text, ", ", |byte| format!("0x{byte:02x}")))),
];

/// Those in which the words stand as they are.
const SHOWING: [(&str, Encode); 9] = [
    ("encodeURIComponent", |text| percent(text, b"-_.!~*'()")),
    ("Python's quote", |text| percent(text, b"-_.~/")),
    ("a form", |text| percent(text, b"-_.* ")),
    ("encodeURI", |text| percent(text, b"-_.!~*'();/?:@&=+$,#")),
    ("names", |text| entities(text, "&quot;")),
    ("decimal", |text| entities(text, "&#34;")),
    ("hexadecimal", |text| entities(text, "&#x22;")),
    ("quoted-printable", printable),
    ("everything", |text| numbers(text, "", |byte| format!("%{byte:02X}"))),
];

/// Where something may stand in `text`, in the order in which it is looked at.
fn places(text: &[u8]) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let word = trace::find(text, from).map(|word| word.start);
        let place = word.into_iter().chain(trace::find_encoded(text, from)).min()?;
        from = place + 1;
        Some(place)
    })
}

pub(super) fn passage(text: &[u8], at: usize) -> Passage<'_> {
    Passage { text, at, broken: None, last: true, most: 1 << 24 }
}

/// Where what this undoer makes stands, and what it is.
pub(super) fn made(undo: Undoer, text: &str, at: usize) -> Option<(&str, String)> {
    match undo(&passage(text.as_bytes(), at)) {
        Undone::Made { span, plain, .. } => Some((&text[span], String::from_utf8_lossy(&plain).into_owned())),
        _ => None,
    }
}

/// The undoers of encodings, in their order.
const OWN: [Undoer; 6] =
    [base64::undo, bytes::undo, indexed::undo, url::undo, entities::undo, printable::undo];

/// The text with one layer undone, the first that is known.
fn undone(text: &[u8]) -> Option<Vec<u8>> {
    let answers = places(text).flat_map(|at| UNDOERS.iter().map(move |undo| undo(&passage(text, at))));
    answers.into_iter().find_map(|answer| match answer {
        Undone::Made { span, plain, .. } => Some([&text[..span.start], &plain, &text[span.end..]].concat()),
        _ => None,
    })
}

fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

#[track_caller]
fn comes_back(name: &str, text: &str, event: &str, times: usize, layers: usize) {
    let mut text = text.as_bytes().to_vec();
    let has = |text: &[u8]| memchr::memmem::find_iter(text, event.as_bytes()).count() == times;
    // Several events may stand in one text.
    for _ in 0..4 * layers {
        if has(&text) {
            return;
        }
        text = undone(&text).unwrap_or_else(|| panic!("{name}: nothing is known in {}", shown(&text)));
    }
    assert!(has(&text), "{name}: {}", shown(&text));
}

#[test]
fn each_encoding_comes_back_behind_words_and_before_others() {
    for (name, encode) in HIDING.iter().chain(&SHOWING) {
        for (events, times) in [(EVENT, 1), (&format!("{EVENT}\n{EVENT}\n"), 2), (&format!("[{EVENT}]"), 1)] {
            let encoded = encode(events);
            for text in [
                encoded.clone(),
                format!("12:00 INFO body={encoded}\n12:01 next\n"),
                format!("a \"{encoded}\" b\n"),
                format!("one two\n\n{encoded}\n\nthree\n"),
            ] {
                comes_back(name, &text, EVENT, times, 1);
            }
        }
    }
}

/// A text as people write them, as JSON.
#[test]
fn a_string_comes_back_of_which_every_sign_is_escaped() {
    let signs: String = EVENT.encode_utf16().map(|sign| format!("\\u{sign:04x}")).collect();
    comes_back("every sign", &format!("12:00 INFO got \"{signs}\" ok\n12:01 next\n"), EVENT, 1, 1);
    comes_back("every sign", &format!("body={}\n", signs.replace("\\u007b", "\\u007B")), EVENT, 1, 1);
}

fn json_string() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "\\PC{0,12}",
        select(vec![
            "",
            "a+b c&d=e",
            "100%",
            "</p>&amp;",
            "}{][",
            "\"}",
            "\n\\",
            "第一 行",
            "=3D",
            "event_type"
        ])
        .prop_map(str::to_owned),
    ]
    .prop_map(|text| serde_json::to_string(&text).unwrap())
}

fn event() -> impl Strategy<Value = String> {
    (proptest::collection::vec((json_string(), json_string()), 0..6), any::<bool>()).prop_map(
        |(notes, pretty)| {
            let notes: Vec<_> = notes.iter().map(|(key, note)| format!("{key}:{note}")).collect();
            let event = format!(
                r#"{{"schema":"2.0","header":{{"event_id":"0c1d2e","event_type":"a.b_v1"}},"event":{{{}}}}}"#,
                notes.join(","),
            );
            if pretty {
                let value: serde_json::Value = serde_json::from_str(&event).unwrap();
                return serde_json::to_string_pretty(&value).unwrap();
            }
            event
        },
    )
}

/// Encodings from the inside out. Those that show words are put on what shows them.
fn tower() -> impl Strategy<Value = Vec<(&'static str, Encode)>> {
    let hiding = || proptest::collection::vec(select(HIDING.to_vec()), 0..3);
    let showing = proptest::collection::vec(select(SHOWING[..7].to_vec()), 0..3);
    (showing, hiding())
        .prop_filter("at least one and at most three", |(inner, outer)| {
            // URLs hold ampersands and apostrophes as they are: which of them are escaped for HTML cannot be told then.
            let has = |kind: &[(&str, Encode)]| {
                inner.iter().any(|(name, _)| kind.iter().any(|(known, _)| known == name))
            };
            let mixed = has(&SHOWING[..4]) && has(&SHOWING[4..7]);
            (1..=3).contains(&(inner.len() + outer.len())) && !mixed
        })
        .prop_map(|(inner, outer)| [inner, outer].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn events_come_back_from_towers_of_encodings(
        event in event(),
        tower in tower(),
        around in select(vec![("", ""), ("12:00 INFO body=", "\n12:01 x\n"), ("\n# a\n\n", "\n\nrest"), ("(\"", "\")")]),
    ) {
        // That cannot be told from text that was escaped for HTML.
        prop_assume!(!(event.contains("&amp;") && tower.iter().any(|(name, _)| *name == "encodeURI")));
        let encoded = tower.iter().fold(event.clone(), |text, (_, encode)| encode(&text));
        let names: Vec<_> = tower.iter().map(|(name, _)| *name).collect();
        comes_back(&names.join(", "), &format!("{}{encoded}{}", around.0, around.1), &event, 1, tower.len());
    }

    #[test]
    fn nothing_that_is_no_encoding_panics_or_is_left_where_it_stands(
        pieces in proptest::collection::vec(prop_oneof![
            select(vec![
                "eyJ", "eyJzY2hlbWEi", "=", "==", "\n", "\r\n", "\\n", "%7B%22", "%", "%25", "%u", "+", "&", "&quot;",
                "&amp;", ";", "&#x22;", "{", "}", "\"", "\\", "\\x7b\\x22", "0x7b, ", "7b22", "123, 34, ", "123 34 ", "-28 ",
                "\"0\":123,\"1\":34,", "[", "]", "...", "event_type", "encrypt", "event_=\ntype", "=22", "=E4", " ", "第",
            ]).prop_map(|piece| piece.as_bytes().to_vec()),
            proptest::collection::vec(any::<u8>(), 0..8),
        ], 0..40),
        most in 0..200usize,
        last in any::<bool>(),
    ) {
        let text = pieces.concat();
        let contains = |span: &Span, at| {
            // The trace may stand behind the beginning of an object.
            let begins = span.start <= at || b"{[".contains(&text[at]);
            begins && at < span.end && span.start < span.end && span.end <= text.len()
        };
        for at in places(&text).chain(0..text.len()) {
            for (number, undo) in UNDOERS.iter().enumerate() {
                match undo(&Passage { most, last, ..passage(&text, at) }) {
                    Undone::Made { span, plain, .. } => {
                        prop_assert!(contains(&span, at), "{number} at {at}: {span:?}");
                        prop_assert!(plain.len() <= most);
                    }
                    Undone::Lost { span, .. } | Undone::TooLarge(span) => {
                        prop_assert!(contains(&span, at), "{number} at {at}: {span:?}");
                    }
                    Undone::No => {}
                    Undone::More => prop_assert!(!last),
                }
            }
        }
    }
}

/// Looks at a text as a reader does: place by place, with what was read left behind, and at most so much before it.
fn read(text: &[u8]) {
    const BEFORE: usize = 16 << 10;
    let (mut from, mut read) = (0, 0);
    // Each is sought for again only when it has been passed.
    let (mut word, mut encoded) = (Some(0), Some(0));
    loop {
        if word.is_some_and(|word| word <= from) {
            word = trace::find(text, from).map(|word| word.start);
        }
        if encoded.is_some_and(|encoded| encoded <= from) {
            encoded = trace::find_encoded(text, from);
        }
        let Some(at) = word.into_iter().chain(encoded).min() else { return };
        let start = read.max(at.saturating_sub(BEFORE));
        let passage = passage(&text[start..], at - start);
        let answer = OWN.iter().map(|undo| undo(&passage)).find(|answer| !matches!(answer, Undone::No));
        from = at + 1;
        if let Some(Undone::Made { span, .. } | Undone::Lost { span, .. } | Undone::TooLarge(span)) = answer {
            read = start + span.end;
            from = read;
        }
    }
}

#[test]
fn time_grows_with_the_text_and_not_faster() {
    const PIECES: [&str; 29] = [
        "eyJ",
        "/eyJzY2hlbWEiOjF9",
        "eyJzY2hlbWEiOiJhYWFhYWFhYWFhYWFhYWFh\n",
        "eyJzY2hlbWEiOiJhYWFhYWFhYWFhYWFhYWFh\\n    ",
        concat!(
            "eyJzY2hlbWEiOiJhYWFhYWFhYWFhYWFhYWFh\n                                             ",
            "                                                                    "
        ),
        "eyJzY2hlbWEiOjF9,",
        "=",
        "%7B%22",
        "%7B%22abcdefghijk:",
        "%25",
        "%41event_type",
        "%22event_type&",
        "%22event_type ",
        "&quot;event_type",
        "&amp;",
        "{&quot;event_type",
        "&",
        "\n=22event_type",
        "event_type=\n",
        "event_=\ntype",
        "{",
        "123, 34, ",
        "\"0\":123,\"1\":34,",
        "123 34 115 x",
        "7b22",
        "7b-",
        "7B 22 ",
        "\\",
        "aaaaaaaaaaaaaaa ",
    ];
    for piece in PIECES {
        let steps = |length: usize| crate::steps::of(|| read(piece.repeat(length / piece.len()).as_bytes()));
        let (short, long) = (steps(4_000), steps(16_000));
        assert!(long < 5 * short + 1000, "{piece:?}: {short} and {long} steps");
    }
}
