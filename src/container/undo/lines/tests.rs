//! Events over several lines and records, read as a reader would: the undoers are asked at each trace, and what they make
//! is taken.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::container::base64;
use crate::container::trace;
use crate::json::Cursor;
use crate::steps;

use super::*;
use crate::container::undo::*;

/// What comes of a text of which `chunk` bytes more are there each time when more is asked for.
pub(super) fn read(text: &[u8], chunk: usize, from_brace: bool) -> Vec<Vec<u8>> {
    let (mut from, mut sought, mut have, mut all) = (0, 0, 0, Vec::new());
    while let Some(found) = trace::find(text, sought) {
        have = have.max(found.end).min(text.len());
        let brace = memchr::memchr(b'{', &text[from..found.start]).filter(|_| from_brace);
        // So much is kept before it.
        from = from.max(found.start.saturating_sub(1 << 12));
        let passage = Passage {
            text: &text[from..have],
            at: brace.unwrap_or(found.start - from),
            broken: None,
            last: have == text.len(),
            most: 1 << 20,
        };
        sought = found.end;
        for undo in [records::undo, cell::undo, prefixed::undo, wrapped::undo] {
            match undo(&passage) {
                Undone::No => {}
                Undone::More => {
                    assert!(!passage.last, "more than all");
                    have += chunk;
                    sought = found.start;
                    break;
                }
                Undone::Made { span, plain, step, about } => {
                    assert!(span.start <= passage.at && span.end > passage.at && span.end <= have - from);
                    assert_eq!((step, about), (crate::origin::Step::Joined, None));
                    all.push(plain);
                    from += span.end;
                    sought = from;
                    break;
                }
                Undone::Lost { span, about } => {
                    all.push(format!("lost: {}", about.name.en).into_bytes());
                    from += span.end;
                    sought = from;
                    break;
                }
                Undone::TooLarge(span) => panic!("{span:?}"),
            }
        }
    }
    all
}

/// The first document of a text, and what follows it.
pub(super) fn document(plain: &[u8]) -> (&[u8], &[u8]) {
    let at = memchr::memchr(b'{', plain).unwrap();
    let end = Cursor::new(plain, at).value(0).unwrap().end;
    (&plain[at..end], &plain[end..])
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,40}", ".{0,20}", "[\u{4e00}-\u{4eff} a-z]{0,30}", "[{}\\[\\]\",:\\\\P|>]{0,12}"]
}

pub(super) fn event() -> impl Strategy<Value = Value> {
    (text(), text(), any::<i64>(), prop::collection::vec(text(), 0..3)).prop_map(|(a, b, number, list)| {
        json!({
            "schema": "2.0",
            "header": { "event_id": a, "event_type": "attendance.user_flow.created_v1" },
            "event": { "location_name": b, "n": number, "list": list, "users": [{ "none": null }, []] },
        })
    })
}

/// What stands before the lines of an object: the line `n` of it.
pub(super) fn prefix(shape: usize, n: usize) -> String {
    let (n60, pad) = (n % 60, n * 37 % 1000);
    match shape {
        0 => "web-1  | ".into(),
        1 => format!("Jun 12 01:{:02}:{n60:02} host1 app[12]: ", 2 + n / 60),
        2 => format!("2024-06-12T01:17:{n60:02}.{pad}Z stdout F "),
        3 => "[pod/bot-7f/bot] ".into(),
        4 => format!("2024-06-12 01:17:{n60:02},{pad:03} INFO [main] a.b.App : "),
        5 => format!("[{:>5}.{pad:06}] ", 8 + n),
        6 => format!("I0612 09:17:{n60:02}.{pad:06}   12345 main.go:12] "),
        7 => "\u{1b}[36mbot |\u{1b}[0m ".into(),
        8 => format!("time=2024-06-12T01:17:{n60:02}+08:00 msg="),
        9 => format!("{:>4}\t", 7 + n),
        10 => format!("a.log:{}:", 8 + n),
        11 => "bot-1  | bot-2 > ".into(),
        12 => "> ".into(),
        13 => "> > ".into(),
        14 => "+".into(),
        15 => "-".into(),
        16 => "// ".into(),
        17 => "# ".into(),
        18 => " * ".into(),
        19 => "\u{2502} ".into(),
        20 => "    |".into(),
        _ => "-- ".into(),
    }
}

const SHAPES: usize = 22;
/// So many of them are a program's.
const NAMED: usize = 12;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn pretty_events_under_a_prefix_come_back(
        events in prop::collection::vec(event(), 1..4), shape in 0..SHAPES, words: bool, others: bool,
        chunk in 1usize..300, crlf: bool, from_brace: bool,
    ) {
        let (mut captured, mut n) = (String::new(), 0);
        for event in &events {
            for (number, line) in serde_json::to_string_pretty(event).unwrap().lines().enumerate() {
                let words = if words && number == 0 { "recv " } else { "" };
                captured += &format!("{}{words}{line}{}", prefix(shape, n), if crlf { "\r\n" } else { "\n" });
                n += 1;
                if others && shape == 0 && n % 5 == 0 {
                    captured += "db-1   | ready\n";
                }
            }
            if others && shape < 12 {
                captured += &format!("{}done\n", prefix(shape, n));
            }
        }
        let made = read(captured.as_bytes(), chunk, from_brace);
        prop_assert_eq!(made.len(), events.len(), "{}", captured);
        for (plain, event) in made.iter().zip(&events) {
            let (document, rest) = document(plain);
            prop_assert_eq!(&serde_json::from_slice::<Value>(document).unwrap(), event);
            let pretty = serde_json::to_string_pretty(event).unwrap();
            let same: Vec<_> = pretty.lines().map(str::trim_start).collect();
            let lines = str::from_utf8(document).unwrap().lines();
            prop_assert_eq!(lines.map(str::trim_start).collect::<Vec<_>>(), same);
            prop_assert!(rest.is_empty() || rest.starts_with(b"\ndb-1   | ready"));
        }
    }

    #[test]
    fn lines_in_pieces_under_a_prefix_come_back(
        events in prop::collection::vec(event(), 1..4), shape in 0..NAMED, sizes in prop::collection::vec(60usize..400, 1..5),
        words: bool, marked: bool, chunk in 1usize..300,
    ) {
        let (mut captured, mut n) = (Vec::new(), 0);
        for event in &events {
            let event = event.to_string();
            let mut rest = event.as_bytes();
            let mut size = sizes.iter().cycle();
            while !rest.is_empty() {
                let (piece, more) = rest.split_at((*size.next().unwrap()).min(rest.len()));
                let mut prefix = prefix(if marked { 2 } else { shape }, n);
                if marked && !more.is_empty() {
                    prefix = prefix.replace(" F ", " P ");
                }
                captured.extend_from_slice(prefix.as_bytes());
                captured.extend_from_slice(if words && rest.len() == event.len() { b"got it: " } else { b"" });
                captured.extend_from_slice(piece);
                captured.push(b'\n');
                rest = more;
                n += 1;
            }
        }
        let made = read(&captured, chunk, false);
        for plain in &made {
            let (document, rest) = document(plain);
            // White space between tokens may have come in, where a piece ended.
            prop_assert!(rest.is_empty());
            let value: Value = serde_json::from_slice(document).unwrap();
            prop_assert!(events.contains(&value), "{}", String::from_utf8_lossy(&captured));
        }
        // An event on one line is read without any help, and a reader must see the trace in one piece.
        let traces = memchr::memmem::find_iter(&captured, "event_type").count();
        if sizes.iter().all(|size| *size < 150) && traces == events.len() {
            prop_assert_eq!(made.len(), events.len(), "{}", String::from_utf8_lossy(&captured));
        }
    }

    #[test]
    fn events_in_records_come_back_byte_for_byte(
        events in prop::collection::vec(event(), 1..4), sizes in prop::collection::vec(20usize..120, 1..4),
        form in 0usize..5, others: bool, chunk in 1usize..300,
    ) {
        let (mut records, mut n) = (Vec::new(), 0);
        let mut want = Vec::new();
        for event in &events {
            let line = format!("{event}\n");
            let mut rest = &*line;
            let mut size = sizes.iter().cycle();
            while !rest.is_empty() {
                let mut cut = (*size.next().unwrap()).min(rest.len());
                while !rest.is_char_boundary(cut) {
                    cut += 1;
                }
                let piece = &rest[..cut];
                rest = &rest[cut..];
                n += 1;
                let piece = match form {
                    2 | 3 => base64::encode(piece.as_bytes()),
                    _ => piece.to_owned(),
                };
                let time = format!("2024-06-12T01:17:{:02}.{n}Z", n % 60);
                records.push(match form {
                    0 => json!({ "log": piece, "stream": "stdout", "time": time }),
                    1 => json!({ "time": time, "a": { "name": "bot", "msg": piece, "partial": !rest.is_empty() } }),
                    2 => json!({ "headers": [{ "key": "seq", "value": n.to_string() }], "payload": piece }),
                    _ => json!({ "_p": if rest.is_empty() { "F" } else { "P" }, "id": format!("s=0a;i={n:x}"), "log": piece }),
                }.to_string());
                if others && n % 3 == 0 && !rest.is_empty() {
                    records.push(json!({ "log": "of another", "stream": "stderr", "time": time }).to_string());
                }
            }
            want.push(line);
        }
        let captured = match form {
            4 => format!("[\n{}\n]\n", records.join(",\n")),
            _ => records.join("\n") + "\n",
        };
        // Base64 shows no word of an event: its beginning shows.
        let made = if matches!(form, 2 | 3) { read_base64(&captured, events.len()) } else { read(captured.as_bytes(), chunk, false) };
        // A reader must see the trace in one piece.
        if !matches!(form, 2 | 3) && captured.matches("event_type").count() < events.len() {
            return Ok(());
        }
        prop_assert_eq!(made.len(), events.len(), "{}", captured);
        for (plain, want) in made.iter().zip(&want) {
            prop_assert!(plain.starts_with(want.trim_end().as_bytes()), "{}\n{}", captured, String::from_utf8_lossy(plain));
        }
    }

    #[test]
    fn wrapped_events_come_back_byte_for_byte_or_not_at_all(
        event in event(), width in 20usize..150, by_bytes: bool, blanks: bool, quoted: bool, chunk in 1usize..300,
    ) {
        let event = if blanks { serde_json::to_string_pretty(&event).unwrap().replace('\n', " ") } else { event.to_string() };
        let mut lines: Vec<Vec<u8>> = vec![Vec::new()];
        for character in event.chars() {
            if String::from_utf8_lossy(lines.last().unwrap()).chars().count() >= width {
                lines.push(Vec::new());
            }
            lines.last_mut().unwrap().extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        if by_bytes {
            lines = event.as_bytes().chunks(width).map(<[u8]>::to_vec).collect();
        }
        let quote: &[u8] = if quoted { b"> " } else { b"" };
        let captured: Vec<u8> = lines.iter().flat_map(|line| [quote, line, b"\n"].concat()).collect();
        let made = read(&captured, chunk, false);
        for plain in &made {
            if !plain.starts_with(b"lost") {
                let plain = [quote, plain].concat();
                let (got, want) = (strip(&plain[quote.len()..]), strip(event.as_bytes()));
                let words = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
                prop_assert_eq!(words(&got), words(&want), "{}", words(&captured));
            }
        }
        // Where all lines end between tokens there is nothing to undo.
        let ascii = event.is_ascii() && serde_json::from_slice::<Value>(&captured).is_err();
        if ascii && lines.len() >= 6 && !quoted && event.find("event_type").is_some_and(|at| at % width + 10 < width) {
            prop_assert!(made.len() == 1, "{}", String::from_utf8_lossy(&captured));
        }
    }

    #[test]
    fn an_event_cut_anywhere_costs_no_other(
        events in prop::collection::vec(event(), 2..4), shape in 0..NAMED, cut in 1usize..40, which in 0usize..4, chunk in 1usize..300,
    ) {
        let which = which % events.len();
        let (mut captured, mut n) = (String::new(), 0);
        for (number, event) in events.iter().enumerate() {
            let pretty = serde_json::to_string_pretty(event).unwrap();
            let count = pretty.lines().count();
            for line in pretty.lines().take(if number == which { 1 + cut % (count - 1) } else { count }) {
                captured += &format!("{}{line}\n", prefix(shape, n));
                n += 1;
            }
        }
        let made = read(captured.as_bytes(), chunk, false);
        let whole: Vec<Value> =
            made.iter().filter_map(|plain| serde_json::from_slice(plain).ok()).collect();
        let want: Vec<&Value> = events.iter().enumerate().filter(|(at, _)| *at != which).map(|(_, event)| event).collect();
        prop_assert_eq!(whole.iter().collect::<Vec<_>>(), want, "{}", captured);
    }

    #[test]
    fn noise_is_survived(
        noise in "(event_type|encrypt|[{}\\[\\]\":,\\\\ \n>|a1P=e]|web-1  \\| |\\{\"log\":\"){0,60}", at in 0usize..200, last: bool,
    ) {
        let text = noise.as_bytes();
        if let Some(at) = (!text.is_empty()).then(|| at % text.len()) {
            for undo in [records::undo, cell::undo, prefixed::undo, wrapped::undo] {
                match undo(&Passage { text, at, broken: None, last, most: 100 }) {
                    Undone::Made { span, plain, .. } => {
                        prop_assert!(span.end <= text.len() && span.start <= at && at < span.end);
                        prop_assert!(plain.len() <= 200);
                    }
                    Undone::More => prop_assert!(!last),
                    _ => {}
                }
            }
        }
    }
}

/// Without the white space between tokens.
fn strip(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    crate::json::rewrite::compact(json, &mut out);
    out
}

/// The same as `read` where the trace is a beginning in base64.
fn read_base64(text: &str, most: usize) -> Vec<Vec<u8>> {
    let (mut from, mut all) = (0, Vec::new());
    while let Some(at) = text[from..].find("\"eyJ").map(|at| from + at + 1).filter(|_| all.len() < most) {
        let text = &text.as_bytes()[from..];
        let passage = Passage { text, at: at - from, broken: None, last: true, most: 1 << 20 };
        match records::undo(&passage) {
            Undone::Made { span, plain, .. } => {
                all.push(plain);
                from += span.end;
            }
            _ => from = at + 1,
        }
    }
    all
}

/// An event on one line.
const EVENT: &str = "{\"schema\":\"2.0\",\"header\":{\"event_type\":\"x.y_v1\",\"a\":\"b c\"},\"event\":{\"text\":\"上海 d e\",\"n\":71}}";

fn texts(captured: &str) -> Vec<String> {
    let made = read(captured.as_bytes(), 50, false);
    made.into_iter().map(|plain| String::from_utf8(plain).unwrap()).collect()
}

fn record(log: &str) -> String {
    json!({ "log": log, "stream": "stdout", "time": "2024-06-12T01:17:01.12Z" }).to_string() + "\n"
}

#[test]
fn lines_of_others_between_pieces_are_kept_and_not_taken_for_pieces() {
    let (a, b) = EVENT.split_at(50);
    for (before, between, after) in [
        ("12:00:01.1Z stdout P recv ", "12:00:01.2Z stderr F oops", "12:00:01.3Z stdout F "),
        ("web-1 | got ", "web-2 | oops", "web-1 | "),
        ("[pod/bot-7f/bot] ", "[pod/db-9a/db] oops", "[pod/bot-7f/bot] "),
        (
            "Jun 12 09:17:01 host1 bot[12]: ",
            "Jun 12 09:17:01 host1 sshd[7]: x",
            "Jun 12 09:17:02 host1 bot[12]: ",
        ),
    ] {
        let captured = format!("{before}{a}\n{between}\n{after}{b}\n");
        assert_eq!(texts(&captured), [format!("{EVENT}\n{between}")], "{captured}");
    }
}

#[test]
fn objects_of_two_programs_line_by_line_are_both_there() {
    let value: Value = serde_json::from_str(EVENT).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    let captured: String = pretty.lines().map(|line| format!("a  | {line}\nb  | {line}\n")).collect();
    let both = texts(&captured);
    assert_eq!(both.len(), 1);
    let (first, rest) = document(both[0].as_bytes());
    assert_eq!(serde_json::from_slice::<Value>(first).unwrap(), value);
    let others = texts(str::from_utf8(rest).unwrap());
    assert_eq!(
        others.iter().map(|text| serde_json::from_str(text).unwrap()).collect::<Vec<Value>>(),
        [value]
    );
}

#[test]
fn numbers_in_the_names_of_pieces_may_differ_and_those_of_programs_may_not() {
    let (a, b) = EVENT.split_at(50);
    for captured in [
        format!("part 1/2: {a}\npart 2/2: {b}\n"),
        format!("chunk[0] {a}\nchunk[1] {b}\n"),
        format!("piece-1: {a}\npiece-2: {b}\n"),
    ] {
        assert_eq!(texts(&captured), [EVENT], "{captured}");
    }
    assert_eq!(texts(&format!("web-1 | {a}\nweb-2 | {b}\n")), [""; 0]);
}

#[test]
fn where_a_prefix_ends_is_not_guessed_within_a_string() {
    // `b c` may be all of the text, or a time and two words stand before the second piece.
    assert_eq!(texts("12:00:01 recv {\"event_type\":\"a\n12:00:02 b c\"}\n"), [""; 0]);
    assert_eq!(texts("12:00:01 {\"event_type\":\"a\n12:00:02 b c\"}\n"), ["{\"event_type\":\"ab c\"}"]);
}

#[test]
fn dumps_of_other_notations_lose_their_prefix() {
    for dump in [
        "got {\n  schema: '2.0',\n  header: {\n    event_type: 'x.y_v1'\n  }\n}",
        "Array\n(\n    [schema] => 2.0\n    [header] => Array\n        (\n            [event_type] => x.y_v1\n        )\n)",
        "{'schema': '2.0',\n 'header': {'event_type': 'x'},\n 'event': {}}",
        "{\n  \"schema\": \"2.0\", // it's\n  \"event_type\": \"x\"\n}",
        "Event{\n  schema='2.0',\n  event_type='x'\n}",
    ] {
        let captured: String = dump.lines().map(|line| format!("12:00:01 app: {line}\n")).collect();
        assert_eq!(
            texts(&format!("12:00:00 app: start\n{captured}12:00:02 app: done\n")).len(),
            1,
            "{captured}"
        );
        let made = texts(&captured).concat();
        let lines = |text: &str| text.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>();
        assert_eq!(lines(&made), lines(dump), "{captured}");
    }
}

#[test]
fn what_tools_put_around_each_line_is_taken_off() {
    let value: Value = serde_json::from_str(EVENT).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    for (before, after) in [
        ("2024-06-12T09:17:01+08:00 {app=\"bot\", pod=\"bot-7f\"} ", ""),
        ("[12-Jun-2024 09:17:01] WARNING: [pool www] child 12 said into stderr: \"", "\""),
        ("\u{1b}[36mbot_1    |\u{1b}[0m ", ""),
        ("a.log-13-", ""),
    ] {
        let captured: String = pretty.lines().map(|line| format!("{before}{line}{after}\n")).collect();
        assert_eq!(texts(&captured), [&*pretty], "{captured}");
    }
    let lines: Vec<Value> = pretty.lines().map(|line| json!({ "timestamp": 1, "message": line })).collect();
    let records = serde_json::to_string_pretty(&json!({ "events": lines })).unwrap();
    assert_eq!(texts(&records).concat().replace(['\n', ' '], ""), pretty.replace(['\n', ' '], ""));
}

#[test]
fn blanks_of_web_pages_become_spaces() {
    let made = "{\n  \"event_type\": \"a\u{a0}b\"\n}";
    let copied = "{\n\u{a0}\u{a0}\"event_type\":\u{a0}\"a\u{a0}b\"\n}";
    assert_eq!(texts(copied), [made]);
    assert_eq!(texts(&copied.lines().map(|line| format!("> {line}\n")).collect::<String>()), [made]);
}

#[test]
fn text_broken_between_words_is_not_joined() {
    let wrapped = "{\"event_type\": \"x.y_v1\", \"a\": \"hello\nworld and more\"}\n";
    let lost = format!("lost: {}", prefixed::WRAPPED.name.en);
    assert_eq!(texts(wrapped), [&*lost]);
    assert_eq!(texts(&wrapped.lines().map(|line| format!("> {line}\n")).collect::<String>()), [&*lost]);
    // A record of its own, as wide as the others, is no piece.
    let columns: Vec<String> =
        EVENT.chars().collect::<Vec<_>>().chunks(20).map(|line| line.iter().collect()).collect();
    assert_eq!(texts(&columns.join("\n")), [EVENT]);
    assert_eq!(texts(&columns.join("\n12:00:01 INFO tick..\n")), [""; 0]);
    // Lines without a quote or a bracket are pieces of a long string; a member alone is no event.
    let long = format!("{{\"a\":\"{}\",\"header\":{{\"event_type\":\"x\"}}}}", "b".repeat(50));
    let lines: Vec<&str> = long.as_bytes().chunks(20).map(|line| str::from_utf8(line).unwrap()).collect();
    // A line end between tokens may stay.
    assert_eq!(texts(&lines.join("\n")).concat().replace('\n', ""), long);
    assert_eq!(texts("> x\"header\"\n> :{\"event_type\":\n> \"x\"}\n"), [""; 0]);
    assert_eq!(texts("x\"header\"\n:{\"event_type\":\"x\n\"}\n"), [""; 0]);
}

#[test]
fn literals_of_one_width_are_not_joined_with_their_quotes() {
    let pieces: Vec<String> =
        EVENT.chars().collect::<Vec<_>>().chunks(30).map(|piece| piece.iter().collect()).collect();
    for (open, joint) in [
        ("b = (\n    '", "'\n    '"),
        ("f('", "' +\n  '"),
        ("'", "')\n|| TO_CLOB('"),
        ("+  b'", "'  # x\n+  b'"),
    ] {
        assert_eq!(texts(&format!("{open}{}')\n", pieces.join(joint))), [""; 0], "{joint}");
    }
}

/// Rows of a table, as wide in the middle as the widest line of the cell, by characters.
fn table(lines: &[&str], [before, between, after]: [&str; 3]) -> String {
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap();
    let row = |(number, line): (usize, &&str)| {
        let (id, at) = if number == 0 { ("17", "09:17:02") } else { ("", "") };
        let pad = " ".repeat(width - line.chars().count());
        format!("{before}{id:2}{between}{line}{pad}{between}{at:8}{after}\n")
    };
    lines.iter().enumerate().map(row).collect()
}

#[test]
fn cells_of_tables_that_go_over_lines_are_read() {
    let event = r#"{"schema":"2.0","header":{"event_type":"x.y_v1"},"event":{"a":"it | is \"late\"张三 day","b":"second + third line"}}"#;
    let chars: Vec<char> = event.chars().collect();
    let pretty = ["{", "  \"event_type\": \"x.y_v1\",", "  \"a\": \"b\"", "}"];
    for frame in [["│ ", " │ ", " │"], ["| ", " | ", " |"], ["", "  ", ""]] {
        for width in [20, 39, 45] {
            let lines: Vec<String> = chars.chunks(width).map(|line| line.iter().collect()).collect();
            let lines: Vec<&str> = lines.iter().map(|line| &**line).collect();
            let row = table(&lines, frame);
            // A line end between tokens may stay.
            let read =
                |text: &str| texts(text).into_iter().map(|event| event.replace('\n', "")).collect::<Vec<_>>();
            assert_eq!(read(&row), [event], "{row}");
            assert_eq!(read(&row.repeat(2)), [event; 2], "{row}");
        }
        assert_eq!(texts(&table(&pretty, frame))[0].replace('\n', ""), pretty.concat());
    }
    let psql = " 17 | {                           +\n    |   \"event_type\": \"x.y_v1\",+\n    |   \"a\": \"张三\"            +\n    | }\n 18 | x\n";
    assert_eq!(texts(psql), ["{\n  \"event_type\": \"x.y_v1\",\n  \"a\": \"张三\"\n}"]);
    // Between words, a blank may be gone where a line ends.
    let words = ["{\"event_type\":\"x.y_v1\",", "\"a\":\"hello, hello, and", "world\"}"];
    let row = table(&words, ["| ", " | ", " |"]);
    assert!(texts(&row).iter().all(|text| text.starts_with("lost: ")), "{row}");
}

#[test]
fn words_of_a_log_with_a_trace_are_no_object() {
    for line in
        ["handled event_type=x", "handled \"event_type\" x", "{} event_type", "{ event_type", "(event_type"]
    {
        assert_eq!(texts(&format!("12:00:01 INFO {line}\n").repeat(5)), [""; 0], "{line}");
    }
}

#[test]
fn each_line_of_an_object_may_be_a_record_and_a_cut_one_stays_cut() {
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Value>(EVENT).unwrap()).unwrap() + "\n";
    let lines: String = pretty.split_inclusive('\n').map(record).collect();
    assert_eq!(texts(&(record("start\n") + &lines + &record("done\n"))), [&*pretty]);
    // A half of a character is what it is.
    let halves = record("{\"event_type\":\"a\\").replace("\\\\\"", "\\ud83d\"");
    let halves = halves + &record("\"}").replace("\"\\\"", "\"\\ude00\\\"");
    assert_eq!(texts(&halves), ["{\"event_type\":\"a\u{1f600}\"}"]);
    let half = record("{\"event_type\":\"a\\").replace("\\\\\"", "\\ud83d\"") + &record("\"}");
    assert_eq!(texts(&half), ["{\"event_type\":\"a\\ud83d\"}"]);
    let cut = record(&EVENT[..50]) + &record(&EVENT[50..60]) + &record("start\n");
    assert_eq!(texts(&cut), [&EVENT[..60]]);
    // One is no pieces, and another stream is no rest.
    assert_eq!(texts(&(record(&EVENT[..50]) + &record("start\n"))), [""; 0]);
    let other = record(&EVENT[50..]).replace("stdout", "stderr");
    assert_eq!(texts(&(record(&EVENT[..50]) + &other)), [""; 0]);
}

#[test]
fn time_is_linear_whatever_the_lines_hold() {
    for line in [
        "{\"event_type\":\n",
        "web-1 | {\"event_type\n",
        "web-1 | { event_type\n",
        "> {\"a\":\"event_type\n",
        "\"event_type\\\n",
        "{\"log\":\"{\\\"event_type\\\":\\\"\"}\n",
        "{\"log\":\"eyJldmVudF90eXBlIjoi\",\"a\":\"event_type\"}\n",
        "{{{{event_type{{{\n",
        "web-1 |   event_type: (\n",
        "12:00:01 \"event_type\" x\n",
        "event_type",
        "{\"event_type",
        "[\"event_type\",",
        "> > ((event_type\n",
        "{\"encrypt\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
        "\u{a0}{\"event_type\u{a0}\n",
        "\n\n{\"encrypt\n",
    ] {
        let taken = |size: usize| {
            let text = line.repeat(size / line.len());
            steps::of(|| drop(read(text.as_bytes(), 1 << 12, false)))
        };
        let (once, twice) = (taken(1 << 13), taken(1 << 14));
        assert!(twice < 3 * once, "{line:?}: {once} bytes looked at, then {twice}");
    }
}
