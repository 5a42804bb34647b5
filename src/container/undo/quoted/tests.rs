//! Texts read as the reader reads them, with the undoers asked one after the other.

use proptest::prelude::*;

use super::*;
use crate::container::trace;
use crate::container::undo::*;
use crate::json::Cursor;

/// What was found in a text: events that are whole, and what the undoers said of the others.
#[derive(Debug, Default, PartialEq)]
struct Found {
    events: Vec<String>,
    lost: usize,
    /// Traces that are left.
    unread: usize,
}

/// The undoers of quoted texts, in their order.
const OWN: [Undoer; 6] =
    [pieces::undo, escaped::around, doubled::double, doubled::single, bare::undo, escaped::within];

/// Answers of the first undoer that knows the layer.
fn ask(passage: &Passage<'_>) -> Undone {
    OWN.iter().map(|undo| undo(passage)).find(|undone| !matches!(undone, Undone::No)).unwrap_or(Undone::No)
}

/// What of a broken object the undoers are told: they do with any.
#[derive(Clone, Copy)]
enum Told {
    Bracket,
    Both,
    Trace,
}

/// Reads `text` so many layers deep.
fn read(text: &[u8], told: Told, layers: usize, found: &mut Found) {
    let mut pos = 0;
    while let Some(trace) = trace::find(text, pos) {
        let value = |at: usize| Cursor::new(text, at).value(0);
        let braces: Vec<usize> =
            memchr::memchr_iter(b'{', &text[pos..trace.start]).map(|at| pos + at).collect();
        let whole = braces.iter().find_map(|at| {
            let end = value(*at).ok()?.end;
            (end > trace.start).then_some(*at..end)
        });
        // An object that is begun around one that is whole comes first.
        let broken = braces.iter().find_map(|at| {
            let stop = value(*at).err()?.at;
            let first = text[at + 1..].trim_ascii_start()[0];
            (b"\"'\\#".contains(&first) || !first.is_ascii()).then_some((*at, stop))
        });
        let broken = broken.filter(|(at, _)| whole.as_ref().is_none_or(|whole| *at < whole.start));
        let whole = whole.map(|span| (span.clone(), String::from_utf8_lossy(&text[span]).into_owned()));
        let (at, broken) = match (&whole, broken, told) {
            (Some((span, event)), None, _) if !may_be_quoted(text, span.clone()) => {
                found.events.push(event.clone());
                pos = span.end;
                continue;
            }
            (Some((span, _)), None, _) => (span.start, None),
            (None, None, _) | (_, Some(_), Told::Trace) => (trace.start, None),
            (_, Some(broken), Told::Both) => (trace.start, Some(broken)),
            (_, Some(broken), Told::Bracket) => (broken.0, Some(broken)),
        };
        let passage = Passage {
            text: &text[pos..],
            at: at - pos,
            broken: broken.map(|(at, stop)| (at - pos, stop - pos)),
            last: true,
            most: 1 << 20,
        };
        match (ask(&passage), whole) {
            (Undone::Made { span, plain, .. }, _) if layers > 0 => {
                assert!(span.start <= passage.at && span.end > passage.at, "{span:?} {passage:?}");
                read(&plain, told, layers - 1, found);
                pos += span.end;
            }
            (Undone::Lost { span, .. }, _) => {
                found.lost += 1;
                pos += span.end;
            }
            (Undone::More | Undone::TooLarge(_), _) => panic!("there is no more, and room enough"),
            (_, Some((span, event))) => {
                found.events.push(event);
                pos = span.end;
            }
            _ => {
                found.unread += 1;
                pos = trace.end;
            }
        }
    }
}

fn found(text: impl AsRef<[u8]>) -> Found {
    let [one, other, third] = [Told::Bracket, Told::Both, Told::Trace].map(|told| {
        let mut found = Found::default();
        read(text.as_ref(), told, 6, &mut found);
        found
    });
    let text = String::from_utf8_lossy(text.as_ref());
    assert_eq!(one, other, "with the trace and the bracket: {text}");
    assert_eq!(one, third, "with the trace alone: {text}");
    one
}

#[track_caller]
fn holds(text: impl AsRef<[u8]>, events: &[&str]) {
    let text = text.as_ref();
    let found = found(text);
    assert_eq!(found.events, events, "{}", String::from_utf8_lossy(text));
    assert_eq!((found.lost, found.unread), (0, 0), "{}", String::from_utf8_lossy(text));
}

const EVENT: &str = r#"{"schema":"2.0","header":{"event_type":"x","a":1},"event":{"comment":"it's a \"late\" day\n\\ 张","path":"C:\\new","e":""}}"#;
const PRETTY: &str = "{\n  \"schema\": \"2.0\",\n  \"header\": {\n    \"event_type\": \"x\",\n    \"n\": [\n      1,\n      2\n    ]\n  },\n  \"event\": {\n    \"comment\": \"it's a \\\"late\\\" day\\n\\\\ 张\"\n  }\n}";

fn escape(text: &str, quote: char) -> String {
    let text = text.replace('\\', r"\\").replace('\n', r"\n").replace('\t', r"\t").replace('\r', r"\r");
    text.replace(quote, &format!("\\{quote}"))
}

fn hex(text: &str) -> String {
    text.bytes().map(|b| if b < 0x80 { char::from(b).to_string() } else { format!("\\x{b:02x}") }).collect()
}

fn unicode(text: &str) -> String {
    let unit =
        |unit: u16| if unit < 0x80 { (unit as u8 as char).to_string() } else { format!("\\u{unit:04x}") };
    text.encode_utf16().map(unit).collect()
}

#[test]
fn events_stand_in_strings_of_all_languages() {
    for event in [EVENT, PRETTY] {
        let double = escape(event, '"');
        let single = escape(event, '\'');
        for text in [
            format!("msg=\"got {double} ok\" level=info"),
            format!("level=\"info\" msg=\"it's {double}\""),
            format!("String b = \"{double}\";\n\tnext();"),
            format!("body={double} ok"),
            format!("level=\"info\" body={double} ok=\"1\""),
            format!("5\" disk, body=\"{double}\""),
            format!("recv '{single}'"),
            format!("recv b'{}'", hex(&single)),
            format!("const b = `{}`;", escape(event, '`')),
            format!("1) \"{}\"", hex(&double)),
            format!("String b = \"{}\";", unicode(&double)),
            format!("\"LPUSH\" \"lark:events\" \"{double}\""),
            format!("body: \"{double}\"\n"),
            format!("body=\"{}\"", double.replace("\\\"", "\\x22")),
            format!("body=\"{}\"", double.replace("\\\"", "\\u0022")),
            format!("\"{}\"", escape(&format!("\"{double}\""), '"')),
            format!("'{}'", escape(&format!("\"{double}\""), '\'')),
            format!("17\t{}\tx\n", event.replace('\\', r"\\").replace('\n', r"\n")),
            format!("17\t{}\tx\n", double.replace('\\', r"\\")),
        ] {
            holds(&text, &[event]);
            holds(format!("{text}\n{text}\n"), &[event, event]);
        }
    }
}

#[test]
fn a_dump_of_mysql_escapes_both_quotes() {
    let row = |event: &str| format!("(17,'{}')", escape(event, '"').replace('\'', "\\'"));
    holds(format!("INSERT INTO `x` VALUES {},{};\n", row(EVENT), row(PRETTY)), &[EVENT, PRETTY]);
}

#[test]
fn fields_of_tables_double_their_quotes() {
    for event in [EVENT, PRETTY] {
        let csv = event.replace('"', "\"\"");
        let sql = event.replace('\'', "''");
        for text in [
            format!("17,\"{csv}\"\n"),
            format!("\"h1\",\"\",\"recv {csv}\",\"\"\n"),
            format!("17,\"one\ntwo\n\n{csv}\",x\n"),
            format!("var json = @\"{csv}\";"),
            format!("var json = @\"\n{csv}\";"),
            format!("\"h1\";\"{csv}\"\n"),
            format!("x,\"\"\"{}\"\"\"\n", escape(event, '"').replace('"', "\"\"")),
            format!("VALUES (17, '{sql}', 'x');"),
            format!("body: '{sql}'\n"),
            format!("curl -d '{}'", event.replace('\'', r"'\''")),
            format!("curl -d '{}'", event.replace('\'', "'\"'\"'")),
        ] {
            holds(&text, &[event]);
            holds(format!("{text}\n{text}\n"), &[event, event]);
        }
        let braces = csv.replace('{', "{{").replace('}', "}}");
        holds(format!("var json = $@\"{braces}\";"), &[event]);
    }
}

#[test]
fn sqlite_dumps_line_feeds_as_escapes_that_it_replaces_and_doubles_apostrophes() {
    let sql = PRETTY.replace('\'', "''");
    for text in [
        format!("VALUES(17,replace('{}','\\012',char(10)));\n", sql.replace('\n', r"\012")),
        format!("VALUES(17,replace('{}','\\n',char(10)));\n", sql.replace('\n', r"\n")),
        format!("VALUES(17,replace(replace('{}','\\r','..')));\n", sql.replace('\n', r"\r\012")),
        format!("VALUES(17,unistr('{}'));\n", sql.replace('\\', r"\\").replace('\n', r"\u000a")),
    ] {
        let found = found(&text);
        let event: Vec<String> = found.events.iter().map(|event| event.replace('\r', "")).collect();
        assert_eq!((&*event, found.lost, found.unread), (&[PRETTY.to_owned()][..], 0, 0), "{text}");
    }
}

#[test]
fn blanks_that_are_none_of_json_stand_between_tokens() {
    for blank in ["#012", "\\n", "\\012", "\\x0a", "\u{a0}", "\u{3000}", "\u{feff}", "\u{2009}", "\u{b}"] {
        let text = format!("Jun 12 09:17:01 h1: recv {}\n", PRETTY.replace('\n', blank));
        let found = found(&text).events;
        let compact = |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap() };
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(compact(&found[0]), compact(PRETTY), "{text}");
    }
    let indented = PRETTY.replace("  ", "\u{a0} ");
    assert_eq!(found(&indented).events.len(), 1);
    // Within a string they belong to it.
    let event = "{\u{a0}\"event_type\":\"a\u{a0}b#012c\"}";
    holds(event, &[&event.replacen('\u{a0}', " ", 1)]);
}

/// `text` in pieces of so many characters.
fn cut(text: &str, length: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(length).map(|piece| piece.iter().collect()).collect()
}

#[test]
fn literals_in_pieces_are_joined() {
    for event in [EVENT, PRETTY] {
        for length in [25, 60, 100] {
            assert!(cut(event, length).iter().any(|piece| piece.contains("event_type")), "{length}");
            let double: Vec<String> = cut(event, length).iter().map(|piece| escape(piece, '"')).collect();
            let single: Vec<String> = cut(event, length).iter().map(|piece| escape(piece, '\'')).collect();
            for text in [
                format!("    String b = \"{}\";\n    next();\n", double.join("\"\n        + \"")),
                format!("b = \"{}\"\n", double.join("\" +\r\n    \"")),
                format!("b = '{}'\n", single.join("' + '")),
                format!("$b = '{}';\n", single.join("'\n    . '")),
                format!("b = ('{}')\n", single.join("'\n     '")),
                format!(
                    "(b'{}')\n",
                    single.iter().map(|piece| hex(piece)).collect::<Vec<_>>().join("'\n b'")
                ),
                format!("char *b =\n  \"{}\";\n", double.join("\"\n  \"")),
                format!("b = '{}'\n", single.join("' \\\n  '")),
            ] {
                holds(&text, &[event]);
                holds(format!("{text}{text}"), &[event, event]);
            }
        }
    }
    // On one line, they may be joined, or stand in the text.
    let text = "b = '{\"event_type\":\"or' 'der\"}'";
    assert!(may_be_quoted(text.as_bytes(), 5..text.len() - 1));
    assert!(matches!(asked(text, true, 1000), Undone::Lost { .. }));
    // One for each line, and each of them whole.
    let line = format!("\"{}\"\n", escape(EVENT, '"'));
    holds(line.repeat(3), &[EVENT; 3]);
}

/// Pieces of which a string of JSON is made, as they stand in it.
fn string() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "it's",
        " ",
        "张",
        "😀",
        "é",
        "\u{a0}",
        r#"\""#,
        r"\\",
        r"\n",
        r"\/",
        r"\u5f20",
        r"\ud83d\ude00",
        "{",
        "}",
        "[",
        "''",
        ",",
        ":",
        "#012",
        "$",
        "`",
        "%",
        "x22",
        "&quot;",
        ";",
        "\u{3000}",
        r"\t",
        "+",
        ".",
        r#"{\"text\":\"ping\"}"#,
        r"C:\\new",
        r"\\\\",
        "=",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..6).prop_map(|pieces| pieces.concat())
}

fn event() -> impl Strategy<Value = String> {
    (string(), string(), string(), any::<bool>()).prop_map(|(one, other, third, pretty)| {
        let between = if pretty { "\n  " } else { "" };
        format!(
            "{{{between}\"schema\":\"2.0\",{between}\"header\":{{\"event_type\":\"x\",\"a\":\"{one}\"}},\
             {between}\"event\":{{\"b\":\"{other}\",\"c\":[\"{third}\",1.50,true]}}{between}}}"
        )
    })
}

type Layer = (&'static str, fn(&str) -> String);

/// What texts are put into.
const LAYERS: &[Layer] = &[
    ("go", |text| format!("time=1 msg=\"got {} ok\" level=info", escape(text, '"'))),
    ("java", |text| format!("String b = \"{}\";", unicode(&escape(text, '"')))),
    ("redis", |text| format!("1) \"{}\"", hex(&escape(text, '"')))),
    ("bytes", |text| format!("recv b'{}'", hex(&escape(text, '\'')))),
    ("node", |text| format!("const b = '{}';", escape(text, '\''))),
    ("mysql", |text| format!("VALUES (17,'{}');", escape(text, '"').replace('\'', r"\'"))),
    ("bare", |text| format!("body={}", escape(text, '"'))),
    ("csv", |text| format!("17,\"{}\",x", text.replace('"', "\"\""))),
    ("pieces", |text| {
        // A trace that is cut in two is none.
        let mut cuts = (60..90).map(|length| cut(text, length));
        let shown = |pieces: &Vec<String>| pieces.iter().any(|piece| piece.contains("event_type"));
        let pieces: Vec<String> = cuts.find(shown).unwrap().iter().map(|piece| escape(piece, '"')).collect();
        format!("b = \"{}\";", pieces.join("\"\n  + \""))
    }),
];

/// Layers that nothing tells apart: whether a field of a table stands in a literal with escapes or between apostrophes,
/// and whether it is the apostrophes around a text that have escapes or what stands around those.
/// And where a field over lines holds other lines than those of a document, it may be cut there.
const UNTOLD: [(&str, &str); 5] =
    [("csv", "node"), ("bytes", "bare"), ("node", "bare"), ("mysql", "bare"), ("pieces", "csv")];

proptest! {
    #[test]
    fn events_come_out_of_towers_of_layers(
        event in event(),
        layers in prop::collection::vec(prop::sample::select(LAYERS.to_vec()), 1..4),
    ) {
        let untold = |at: usize| layers[..at].iter().any(|inner| UNTOLD.contains(&(inner.0, layers[at].0)));
        prop_assume!(!(0..layers.len()).any(untold));
        comes_out(&event, &layers);
    }
}

/// An event comes out of the layers, of which the first is the innermost.
#[track_caller]
fn comes_out(event: &str, layers: &[Layer]) {
    let text = layers.iter().fold(event.to_owned(), |text, (_, layer)| layer(&text));
    let names: Vec<&str> = layers.iter().map(|(name, _)| *name).collect();
    assert_eq!(found(format!("first\n{text}\nlast\n")).events, [event], "{names:?}: {text}");
}

#[test]
fn towers_that_once_kept_their_event_give_it_back() {
    let event = |a: &str, b: &str, c: &str| {
        format!(
            "{{\"schema\":\"2.0\",\"header\":{{\"event_type\":\"x\",\"a\":\"{a}\"}},\"event\":{{\"b\":\"{b}\",\"c\":[\"{c}\",1.50,true]}}}}"
        )
    };
    let pretty = |event: String| event.replace(",\"", ",\n  \"");
    for (event, names) in [
        (event("", "", "\\t"), &["node"][..]),
        (event("", "\\\"", ""), &["bytes", "bytes"]),
        (event("", "", "\\\\"), &["bytes", "node"]),
        (pretty(event("", "", "")), &["bytes"]),
        (pretty(event("", "", "")), &["mysql", "pieces"]),
        (pretty(event("", "", "}")), &["csv"]),
        (event("\u{3000}", "", ""), &["bytes", "bytes"]),
        (pretty(event("}", "", "")), &["csv", "csv"]),
    ] {
        let layers = names.iter().map(|name| *LAYERS.iter().find(|(known, _)| known == name).unwrap());
        comes_out(&event, &layers.collect::<Vec<_>>());
    }
}

/// What is left of an event that is cut, and the line after it.
#[test]
fn a_cut_text_does_not_take_the_lines_behind_it() {
    // Where the quotes of the document stand as they are, it is the reader who sees that it is cut.
    let layers = LAYERS.iter().filter(|(name, _)| !["pieces", "bytes", "node"].contains(name));
    for (name, layer) in layers {
        for event in [EVENT, PRETTY] {
            let text = layer(event);
            let shown = text.find("event_type").unwrap() + "event_type".len();
            for end in (shown..text.len()).filter(|end| text.is_char_boundary(*end)) {
                for next in [EVENT.to_owned(), layer(EVENT), format!("12:00:01 INFO {EVENT}")] {
                    let cut = &text[..end];
                    let found = found(format!("{cut}\n{next}\n"));
                    let last = found.events.last().map(String::as_str);
                    assert_eq!(last, Some(EVENT), "{name}: {cut}\n{next}");
                }
            }
        }
    }
}

/// What hostile and broken texts are made of.
const NOISE: &[&str] = &[
    "\"",
    "'",
    "`",
    "\\",
    "\\\"",
    "\\'",
    "\\\\",
    "\"\"",
    "''",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\n",
    " ",
    "event_type",
    "encrypt",
    "{\"event_type\":",
    "{\\\"event_type\\\":",
    "{\"\"event_type\"\":",
    "\\x22",
    "\\u0022",
    "\\ud83d",
    "\\xe5",
    "\\u",
    "\\x",
    "b'",
    "$'",
    "E'",
    "\" + \"",
    "' . '",
    "#012",
    "\\012",
    "\u{a0}",
    "张",
    "\t",
    "1",
    "a",
    "\r\n",
    "\\\n",
    "@\"",
    "$@\"",
];

proptest! {
    #[test]
    fn noise_is_answered_within_bounds(
        pieces in prop::collection::vec(prop::sample::select(NOISE.to_vec()), 0..60),
        last in any::<bool>(),
        most in prop::sample::select(vec![0usize, 1, 20, 1 << 20]),
    ) {
        is_answered_within_bounds(pieces.concat().as_bytes(), last, most);
    }
}

#[test]
fn noise_that_once_broke_a_bound_is_answered_within_them() {
    for (text, last, most) in [
        ("{\\\"event_type\\\":{\"event_type\":", true, 0),
        ("\"{\" + \"'event_type'\\x22'", true, 1),
        ("{\"\"event_type\"\":\\x22\r\n}''{\"event_type\":", false, 20),
    ] {
        is_answered_within_bounds(text.as_bytes(), last, most);
    }
}

#[track_caller]
fn is_answered_within_bounds(text: &[u8], last: bool, most: usize) {
    for at in 0..text.len() {
        if !trace::is_in(&text[at..text.len().min(at + 10)]) && text[at] != b'{' {
            continue;
        }
        let stop = Cursor::new(text, at).value(0).err().map(|error| (at, error.at));
        for broken in [None, stop.filter(|_| text[at] == b'{')] {
            let passage = Passage { text, at, broken, last, most };
            for (number, undo) in UNDOERS.iter().enumerate() {
                match undo(&passage) {
                    Undone::Made { span, plain, .. } => {
                        assert!(span.start <= at && at < span.end && span.end <= text.len(), "{number}");
                        assert!(plain.len() <= most, "{number}");
                        assert!(plain != text[span], "{number}");
                    }
                    Undone::Lost { span, .. } | Undone::TooLarge(span) => {
                        assert!(span.start <= at && span.start < span.end && span.end <= text.len());
                    }
                    Undone::More => assert!(!last),
                    Undone::No => {}
                }
            }
        }
    }
}

/// Asks about every trace as a reader does, and counts the bytes that were looked at.
fn looked_at(text: &[u8]) -> u64 {
    crate::steps::of(|| {
        let mut pos = 0;
        while let Some(trace) =
            trace::WORDS.iter().filter_map(|word| memchr::memmem::find(&text[pos..], word.as_bytes())).min()
        {
            let trace = pos + trace;
            let start = pos.max(trace.saturating_sub(512));
            let passage =
                Passage { text: &text[start..], at: trace - start, broken: None, last: true, most: 1 << 24 };
            pos = match ask(&passage) {
                Undone::Made { span, .. } | Undone::Lost { span, .. } | Undone::TooLarge(span) => {
                    start + span.end
                }
                Undone::No | Undone::More => trace + 1,
            };
        }
    })
}

#[test]
fn time_is_linear_whatever_is_repeated() {
    for one in NOISE {
        for other in ["event_type", "\"event_type", "\\\"event_type\\\""] {
            let unit = format!("{one}{other}");
            let long = |length: usize| unit.repeat(length / unit.len());
            let (short, long) = (looked_at(long(3_000).as_bytes()), looked_at(long(6_000).as_bytes()));
            assert!(long <= short * 5 / 2 + 10_000, "{unit:?}: {short} and {long}");
        }
    }
}

/// Asks at the first bracket of `text`.
fn asked(text: &str, last: bool, most: usize) -> Undone {
    let at = text.find('{').unwrap();
    let broken = Cursor::new(text.as_bytes(), at).value(0).err().map(|error| (at, error.at));
    ask(&Passage { text: text.as_bytes(), at, broken, last, most })
}

#[test]
fn backslashes_that_can_be_read_in_two_ways_are_told() {
    // A table would double them, and a logger that escapes line feeds leaves them.
    let Undone::Lost { span, about } = asked(r#"x {\n"event_type":"C:\\new"\n}"#, true, 1000) else {
        panic!("it is a guess");
    };
    assert_eq!((span, about.lost.is_some()), (2..30, true));
    // Python would double them, and a shell leaves them.
    let text = r#"x '{"event_type":"a\\nb"}'"#;
    assert!(may_be_quoted(text.as_bytes(), 3..text.len() - 1));
    let Undone::Made { plain, about, .. } = asked(text, true, 1000) else { panic!("it is left") };
    assert_eq!((&*plain, about.is_some()), (&br#"{"event_type":"a\nb"}"#[..], true));
    let Undone::Made { about, .. } = asked(&text.replace("x '", "x b'"), true, 1000) else {
        panic!("it is left");
    };
    assert_eq!(about, None);
    // One level less would be no JSON.
    assert!(matches!(asked(r#"x '{"event_type":"C:\\Users \"a\""}'"#, true, 1000), Undone::No));
    assert!(!may_be_quoted(EVENT.as_bytes(), 0..EVENT.len()));
}

#[test]
fn what_is_not_all_there_is_asked_for_and_what_is_too_large_is_not_made() {
    let texts = LAYERS.iter().filter(|(name, _)| *name != "bare" && *name != "pieces");
    for (name, layer) in texts {
        let text = layer(EVENT);
        for end in text.find("event\"").or(text.find("event\\")).unwrap()..text.rfind('}').unwrap() {
            let Some(cut) = text.get(..end) else { continue };
            let wanted = matches!(asked(cut, false, 1000), Undone::More);
            // As it stands it may be JSON up to there.
            let open = asked(cut, true, 1000);
            assert!(wanted || matches!(open, Undone::No), "{name}: {cut}");
        }
        assert!(matches!(asked(&text, true, 50), Undone::TooLarge(_) | Undone::No), "{name}");
    }
}

#[test]
fn a_text_between_brackets_of_another_notation_is_left_to_it_first() {
    let text = r#"Request { path: "/", body: "{\"event_type\":\"x\"}" }"#;
    let at = text.find("event_type").unwrap();
    let passage = Passage { text: text.as_bytes(), at, broken: None, last: true, most: 1000 };
    let known: Vec<usize> =
        (0..OWN.len()).filter(|number| !matches!(OWN[*number](&passage), Undone::No)).collect();
    assert_eq!(known, [OWN.len() - 1]);
}
