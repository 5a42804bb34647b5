//! Captures are cut: by a logger that has a limit, by rotation, by `tail -c`. Wherever that is, what was cut is said
//! once, at its line, and nothing else is lost.

use crate::support::{Collected, Document, check, read};
use larkspect::container::Form;
use larkspect::finding::Severity;
use larkspect::stream::frame::Limits;

fn event(number: usize) -> String {
    format!(
        r#"{{"schema":"2.0","header":{{"event_id":"e{number}","token":"t\"{{","create_time":"1615381917707","event_type":"attendance.user_flow.created_v1","tenant_key":"k","app_id":"a"}},"event":{{"employee_id":"浙江","employee_no":"","check_time":"1615381916","type":0,"is_field":false,"is_wifi":true,"location_name":"\\\u6d59","ssid":"","bssid":"b0:b8:67:62:18:73","comment":"","latitude":30.29245030908851,"photo_urls":["https://x/1","https://x/2"],"record_id":"{number}"}}}}"#
    )
}

fn python(json: &str) -> String {
    json.replace(r#"t\"{"#, "t{")
        .replace(r"\\\u6d59", "x")
        .replace('"', "'")
        .replace("true", "True")
        .replace("false", "False")
        .replace("null", "None")
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// The line of a place, counted from 1.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
}

fn ids(seen: &Collected) -> Vec<&str> {
    seen.documents.iter().filter_map(|document| document.event_id.as_deref()).collect()
}

/// Cuts the first of four lines at every byte: the other three are read, and the cut is one error at the first line
/// where `trace`, from which on the line has a trace of an event, stands before it.
fn cut_everywhere(name: &str, line: impl Fn(usize) -> String, trace: &str, wrong: &mut Vec<String>) {
    let rest = [1, 2, 3].map(&line);
    let first = line(0);
    let trace = first.find(trace).unwrap() + trace.len();
    // From here on the event is whole.
    let whole = (0..=first.len())
        .find(|end| first.is_char_boundary(*end) && ids(&check(&first.as_bytes()[..*end])) == ["e0"]);
    let whole = whole
        .unwrap_or_else(|| panic!("{name}: no event in {first}: {:?}", check(first.as_bytes()).findings()));
    for end in ["\n", "\r\n"] {
        for cut in (0..first.len()).step_by(if end == "\n" { 1 } else { 5 }) {
            let mut text = first.as_bytes()[..cut].to_vec();
            for line in &rest {
                text.extend_from_slice(format!("{end}{line}").as_bytes());
            }
            text.extend_from_slice(end.as_bytes());
            let seen = check(&text);
            let shown = String::from_utf8_lossy(&text[..text.len().min(cut + 80)]).into_owned();
            let text = String::from_utf8_lossy(&text).into_owned();
            let found: Vec<_> = seen
                .findings()
                .iter()
                .filter(|found| {
                    found.rule.code != "reshaped-capture" || !found.words.message.contains("nothing is lost")
                })
                .map(|found| (found.rule.code, line_of(&text, found.span.start.min(text.len()))))
                .collect();
            let events: &[_] = if cut >= whole { &["e0", "e1", "e2", "e3"] } else { &["e1", "e2", "e3"] };
            let told = found.len() == 1 && found[0].1 == 1;
            let fits = match cut {
                // What is whole in something that is not is read, and what was cut is said.
                cut if cut >= whole => found.is_empty() || told && name.starts_with("wrapped"),
                cut if cut >= trace => told,
                _ => told || found.is_empty(),
            };
            if ids(&seen) != events || !fits {
                wrong.push(format!("{name}, {end:?}, cut at {cut}: {:?} {found:?}\n{shown}", ids(&seen)));
            }
        }
    }
}

#[track_caller]
fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n"));
}

const PREFIXES: &[(&str, &str)] = &[
    ("2026-01-02 03:04:05 INFO ", ""),
    ("[2026-01-02 03:04:05,123] [INFO] lark: ", " [conn_id=7]"),
    (
        "2026/01/02 03:04:05 [Debug] [event request: header:map[Content-Type:[application/json] X-Lark-Signature:[abc]],body:",
        "]",
    ),
    ("12:00:00.000 [main] INFO com.lark - event req,header:{X-Lark-Signature=[abc]},body:", ""),
    (
        "[Lark] [2026-01-02 03:04:05] [DEBUG] event access, uri: /e, headers: {'X-Lark-Signature': 'abc'}, body: ",
        "",
    ),
    ("<14>Jan  2 03:04:05 host app[17]: ", ""),
    ("I0102 03:04:05.123456       1 handler.go:42] ", ""),
    ("app_1  | 2026-01-02T03:04:05Z ", ""),
    ("INFO:root:", ""),
    ("127.0.0.1 - - [02/Jan/2026:03:04:05 +0000] \"POST /e HTTP/1.1\" 200 ", " \"-\""),
    ("level=info msg=\"got it\" body=", ""),
    ("got event ", ""),
    ("data: ", ""),
    ("", ""),
];

#[test]
fn a_cut_log_line_does_not_take_the_lines_after_it() {
    let mut wrong = Vec::new();
    for (prefix, suffix) in PREFIXES {
        let line = |number| format!("{prefix}{}{suffix}", event(number));
        cut_everywhere(prefix, line, &format!("{prefix}{{\"s"), &mut wrong);
    }
    assert_none(&wrong);
}

#[test]
fn a_cut_line_of_another_notation_does_not_take_the_lines_after_it() {
    let mut wrong = Vec::new();
    for (prefix, _) in PREFIXES {
        let line = |number| format!("{prefix}{}", python(&event(number)));
        cut_everywhere(&format!("Python behind {prefix}"), line, "{'schema':", &mut wrong);
    }
    let line =
        |number| format!(r#"time=2026-01-02T03:04:05Z level=INFO body={} id=2"#, quoted(&event(number)));
    cut_everywhere("logfmt", line, "event_type", &mut wrong);
    let line = |number| format!(r#"{{"level":"info","msg":{}}}"#, quoted(&event(number)));
    cut_everywhere("structured", line, "event_type", &mut wrong);
    let line = |number| format!(r#"{{"level":"info","ts":1.5,"ctx":{{"body":{}}}}}"#, event(number));
    cut_everywhere("wrapped", line, "event_type", &mut wrong);
    let line = |number| format!(r#"2026-01-02 INFO {{"n":1,"ctx":{{"body":{}}}}}"#, event(number));
    cut_everywhere("wrapped in a log", line, "event_type", &mut wrong);
    assert_none(&wrong);
}

#[test]
fn cuts_between_tokens_end_with_their_line() {
    let log = |text: &str| format!("2026-01-02 03:04:05 INFO {text}");
    for cut in [
        r#"{"schema":"2.0","#,
        r#"{"a":"#,
        r#"[{"#,
        r#"[{"a":["#,
        r#"{"a":[1,"#,
        "{'schema': '2.0',",
        "{/*",
        r#"{"a":1, /* oops"#,
        r#"{"a":1 // oops"#,
        r#"{"a":1, */ /*"#,
    ] {
        for logged in [false, true] {
            let line = |text: &str| if logged { log(text) } else { text.to_owned() };
            let mut text = format!("{}\n", line(cut));
            (1..4).for_each(|number| text += &format!("{}\n", line(&event(number))));
            let seen = check(text.as_bytes());
            let places: Vec<_> =
                seen.findings().iter().map(|found| line_of(&text, found.span.start)).collect();
            assert_eq!(ids(&seen), ["e1", "e2", "e3"], "{text}");
            let bracket = cut.starts_with('[') && !logged;
            assert!(
                bracket || places.len() <= 1 && places.iter().all(|line| *line == 1),
                "{places:?} {text}"
            );
        }
    }
}

#[test]
fn what_is_pretty_printed_within_a_log_is_read_whole() {
    let value: serde_json::Value = serde_json::from_str(&event(1)).unwrap();
    let pretty = serde_json::to_string_pretty(&value)
        .unwrap()
        .replace("\"location_name\": \"", "\"location_name\": \"2026-01-02 03:04:05 INFO {\\\"schema\\\" ");
    for text in [
        format!("2026-01-02 03:04:05 INFO got {pretty}\n2026-01-02 03:04:06 INFO {}\n", event(2)),
        // Without indentation.
        format!(
            "2026-01-02 03:04:05 INFO got {}\n{}\n",
            pretty.replace("\n ", "\n").replace("\n ", "\n"),
            event(2)
        ),
        format!("{{ // 2026-01-02 INFO\n/*\n2026-01-02 INFO added\n*/\n{}\n{}\n", &pretty[1..], event(2)),
    ] {
        let seen = check(text.as_bytes());
        assert_eq!(ids(&seen), ["e1", "e2"], "{text}\n{:?}", seen.findings());
    }
}

#[test]
fn a_cut_item_of_an_array_on_one_line_does_not_take_the_items_after_it() {
    let mut wrong = Vec::new();
    let item = event(0);
    // Within a list of an item what follows is an item of that list, and JSON.
    let list = item.find("\"https").unwrap()..item.find("],").unwrap();
    for separator in [",", ", ", ",\n", ",\n  "] {
        for cut in 1..item.len() {
            let head = format!("[{}{separator}", event(9));
            let tail = [1, 2, 3].map(event).map(|item| format!("{separator}{item}")).concat();
            let text = [head.as_bytes(), &item.as_bytes()[..cut], tail.as_bytes(), b"]\n"].concat();
            let seen = check(&text);
            let found: Vec<_> = seen.findings().iter().map(|found| found.rule.code).collect();
            let one = found.len() == 1 || list.contains(&cut);
            if ids(&seen) != ["e9", "e1", "e2", "e3"] || !one || found.is_empty() {
                let shown = String::from_utf8_lossy(&text[head.len()..head.len() + cut + 20]).into_owned();
                wrong.push(format!("{separator:?} cut at {cut}: {:?} {found:?}\n{shown}", ids(&seen)));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn half_an_event_is_no_event() {
    let mut wrong = Vec::new();
    let value: serde_json::Value = serde_json::from_str(&event(0)).unwrap();
    let spaced = event(0).replace("\":", "\": ").replace(",\"", ", \"");
    // The members the other way round.
    let object = |name: &str| value[name].to_string();
    let turned = format!(r#"{{"event":{},"header":{},"schema":"2.0"}}"#, object("event"), object("header"));
    let token_first =
        event(0).replacen(r#""event_id":"e0","token":"t\"{""#, r#""token":"t","event_id":"e0""#, 1);
    let looks_logged = event(0).replace("b0:b8", "info 12:00:00 b0:b8");
    for (name, first) in [
        ("NDJSON", event(0)),
        ("spaced", spaced),
        ("turned", turned),
        ("token first", token_first.clone()),
        ("words of a logger", looks_logged),
        ("pretty", serde_json::to_string_pretty(&value).unwrap()),
        (
            "pretty, token first",
            serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&token_first).unwrap())
                .unwrap(),
        ),
        ("array", format!("[{},{}]", event(0), event(0))),
    ] {
        for end in ["\n", "\r\n"] {
            for cut in 1..first.len() {
                let text =
                    [&first.as_bytes()[cut..], end.as_bytes(), event(1).as_bytes(), end.as_bytes()].concat();
                let seen = check(&text);
                // Whole are the one that follows and, of the array, the second.
                let whole =
                    |document: &&Document| document.form != Form::EventV2 || document.record.is_some();
                let halves: Vec<_> = seen.documents.iter().filter(|document| !whole(document)).collect();
                let errors = seen
                    .findings()
                    .iter()
                    .filter(|found| found.rule.severity == larkspect::finding::Severity::Error);
                let last = seen.documents.last().and_then(|document| document.event_id.as_deref());
                // Where no more than brackets around events is missing, all that a person sees is read.
                let lost = !first.as_bytes()[cut..].starts_with(event(0).as_bytes());
                if !halves.is_empty() || (lost && errors.count() == 0) || last != Some("e1") {
                    let shown = String::from_utf8_lossy(&text[..text.len().min(200)]).into_owned();
                    wrong.push(format!(
                        "{name} from {cut}: {halves:?} {:?} {:?}\n{shown}",
                        seen.codes(),
                        ids(&seen)
                    ));
                }
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn an_event_within_a_wrapper_without_its_beginning_is_read_and_the_cut_is_said() {
    let wrapper = format!(r#"{{"headers":{{"a":"b"}},"path":"/w","body":{},"n":1}}"#, event(0));
    for line in [wrapper.clone(), format!("2026-01-02 INFO {wrapper}")] {
        for cut in line.find('{').unwrap() + 1..line.find("{\"schema").unwrap() {
            let text = format!("{}\n{}\n", &line[cut..], event(1));
            let seen = check(text.as_bytes());
            assert_eq!(ids(&seen), ["e0", "e1"], "{text}");
            assert!(
                seen.codes().iter().any(|code| ["truncated-document", "json-syntax"].contains(code)),
                "{text}"
            );
        }
    }
}

/// Every fixture that is text, and broken ones.
fn texts() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut texts = Vec::new();
    for folder in ["captures", "captures/forms", "rules"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let is_report = folder == "rules" && path.extension().is_some_and(|end| end == "txt");
            let text = (path.is_file() && !is_report)
                .then(|| std::fs::read(&path).unwrap())
                .and_then(|text| String::from_utf8(text).ok());
            // In what has both, they mean something.
            texts.extend(
                text.filter(|text| !text.contains('\r')).map(|text| (path.display().to_string(), text)),
            );
        }
    }
    assert!(texts.len() > 80, "{}", texts.len());
    texts
}

#[test]
fn the_ends_of_lines_change_no_rule_and_no_line() {
    let told = |text: &str| {
        let seen = check(text.as_bytes());
        let told: Vec<_> = seen
            .findings()
            .iter()
            .map(|found| (found.rule.code, line_of(text, found.span.start.min(text.len()))))
            .collect();
        (ids(&seen).join(" "), told)
    };
    let mut wrong = Vec::new();
    let mut compare = |name: &str, text: &str| {
        let (lf, crlf) = (told(text), told(&text.replace('\n', "\r\n")));
        if lf != crlf {
            wrong.push(format!("{name}\n  {lf:?}\n  {crlf:?}"));
        }
    };
    for (name, text) in texts() {
        compare(&name, &text);
        // And cut at the ends of some lines, within some, and at the end.
        let lines: Vec<&str> = text.lines().collect();
        for at in (0..lines.len()).step_by(lines.len().div_ceil(8)) {
            let middle =
                (0..=lines[at].len() / 2).rev().find(|at_| lines[at].is_char_boundary(*at_)).unwrap();
            for line in [&lines[at][..middle], "", "{\"a\":1,", "  {'a': 'b", "\"x"] {
                let text = [&lines[..at], &[line], &lines[at + 1..]].concat().join("\n");
                compare(&format!("{name}, line {} cut to {line:?}", at + 1), &text);
            }
        }
    }
    assert_none(&wrong);
}

/// Glued events, one of which has lost its beginning: nothing but the rest of it says so.
#[test]
fn the_rest_of_an_event_before_others_on_its_line_is_said() {
    let first = event(0);
    let more = [event(1), event(2)].concat();
    let mut wrong = Vec::new();
    for cut in (1..first.len() - 1).filter(|cut| first.is_char_boundary(*cut)) {
        for end in ["", "\n"] {
            let text = format!("{}{end}{more}\n", &first[cut..]);
            let seen = check(text.as_bytes());
            // A brace in a string that is cut may open anything.
            let least = if text.starts_with('{') { 1 } else { 2 };
            let read = ids(&seen).iter().filter(|id| matches!(**id, "e1" | "e2")).count();
            let errors = seen.findings().iter().filter(|found| found.severity == Severity::Error).count();
            if read < least || errors == 0 {
                wrong.push(format!(
                    "{cut}{end:?}: {read} read, {errors} errors: {}",
                    text.chars().take(40).collect::<String>().escape_debug()
                ));
            }
        }
    }
    assert_none(&wrong);
}

/// The same within a string of a structured log, of which the beginning is missing.
#[test]
fn half_an_event_in_a_string_is_no_event() {
    let mut wrong = Vec::new();
    for carrier in [r#"{"level":"info","message":"#, "level=info body="] {
        let line = format!("{carrier}{}", quoted(&event(0).replace(r#"t\"{"#, "t")));
        let line = if carrier.starts_with('{') { line + "}" } else { line };
        for cut in (carrier.len()..line.len() - 40).filter(|cut| line.is_char_boundary(*cut)) {
            let text = format!("{}\n{}\n", &line[cut..], event(1));
            let seen = check(text.as_bytes());
            let errors = seen.findings().iter().filter(|found| found.severity == Severity::Error).count();
            let whole = line[cut..].contains(r#"{\"schema\""#);
            if ids(&seen).iter().filter(|id| **id == "e1").count() != 1
                || (!whole && ids(&seen).len() != 1)
                || (!whole && errors == 0 && line[cut..].contains(r#"{\"event_id\""#))
            {
                wrong.push(format!(
                    "{cut}: {:?}, {errors} errors: {}",
                    ids(&seen),
                    text.chars().take(50).collect::<String>().escape_debug()
                ));
            }
        }
    }
    assert_none(&wrong);
}

/// In a file of JSON, other text is a fault; the rest of an event is one fault, and not each member behind its header.
#[test]
fn the_members_behind_the_rest_of_an_event_are_no_faults_of_their_own() {
    let rest = &event(0)[5..];
    for (text, events) in [
        (format!("{rest}\n{}\n{}\n", event(1), event(2)), &["e1", "e2"][..]),
        (format!("{rest}{}\n{}\n", event(1), event(2)), &["e1", "e2"]),
        (format!("{}\n{}\n{}\n", &event(0)[24..], event(1), event(2)), &["e1", "e2"]),
    ] {
        let seen = read(text.as_bytes(), Limits { json: true, ..Limits::default() });
        assert_eq!((ids(&seen), seen.codes()), (events.to_vec(), vec!["truncated-document"]), "{text}");
    }
    // What is wrong on other lines is told.
    let text = format!("{rest}\nwords\n{}\n", event(1));
    let seen = read(text.as_bytes(), Limits { json: true, ..Limits::default() });
    assert_eq!(seen.codes(), ["truncated-document", "json-syntax"], "{text}");
}

#[test]
fn of_a_dump_that_is_cut_it_is_not_said_that_it_was_read() {
    for text in [
        "INFO {'schema': '2.0',\n",
        "INFO {schema: '2.0'\n",
        "INFO {'schema': '2.0', 'header': {'event_type': 'x'\n",
        "got\n00000000: 7b22 6576 656e 745f 7479 7065 223a 2278  {\"event_type\":\"x\n",
    ] {
        assert_eq!(check(text.as_bytes()).codes(), ["truncated-document"], "{text}");
    }
}

#[test]
fn a_piece_of_a_literal_that_is_cut_is_not_joined_with_the_next() {
    for end in ["\n", "\r\n"] {
        let whole = quoted(&event(0).replace(r#"t\"{"#, "t"));
        let (one, two) = whole.split_once("is_wifi").unwrap();
        let text = format!("String body = {one}is_w{end}    + \"ifi{two};{end}");
        let seen = check(text.as_bytes());
        assert_eq!((ids(&seen), seen.codes()), (vec![], vec!["truncated-document"]), "{text}");
    }
}

#[test]
fn an_event_in_mail_is_read_also_where_a_line_ends_within_its_words() {
    let event = event(0);
    // No line has a word whole that shows an event, and none of the object's does.
    let split = event.replace("event_", "event_=\n").replace("浙江", "=E6=B5=99=E6=B1=9F");
    let pretty = event.replace(",\"", ",\n  \"").replace("photo_", "photo=\n_");
    for text in [split, pretty] {
        for text in [format!("{text}\n"), format!("From: a\n\n{text}\n\n{event}\n")] {
            let seen = check(text.as_bytes());
            assert_eq!((ids(&seen).first(), seen.codes().first()), (Some(&"e0"), None), "{text}");
            assert_eq!(seen.documents.len(), 1 + text.matches(&event).count(), "{text}");
        }
    }
}

#[test]
fn what_a_shell_appends_in_another_encoding_is_read() {
    let wide = format!("started\r\n{}\r\ngot {}\r\n", event(1), event(2));
    let wide: Vec<u8> = wide.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for end in ["\n", "\r\n", "\nodd\n"] {
        let text = [format!("{}{end}", event(0)).as_bytes(), &wide].concat();
        let seen = check(&text);
        let codes = ["reshaped-capture", "reshaped-capture"];
        assert_eq!((ids(&seen), seen.codes()), (vec!["e0", "e1", "e2"], codes.to_vec()), "{end:?}");
    }
}

#[test]
fn dumps_of_bytes_are_read_in_a_row_and_between_other_lines() {
    let digits = |row: &[u8]| row.iter().map(|byte| format!("{byte:02x} ")).collect::<String>();
    let signs = |row: &[u8]| row.escape_ascii().to_string().replace('\\', ".");
    let dump = |number: usize, last: bool| {
        let event = event(number);
        let rows = event.as_bytes().chunks(16).enumerate();
        let rows = rows.map(|(at, row)| format!("{:08x}  {:<48} |{}|\n", 16 * at, digits(row), signs(row)));
        let end = if last { format!("{:08x}\n", event.len()) } else { String::new() };
        rows.collect::<String>() + &end
    };
    for last in [false, true] {
        let text = [
            dump(0, last),
            dump(1, last),
            "12:00 INFO got\n".into(),
            dump(2, last),
            event(3),
            "\nbye\n".into(),
        ];
        for from in 0..3 {
            let text = text[from..].concat();
            let seen = check(text.as_bytes());
            let errors = seen.codes().iter().filter(|code| **code != "reshaped-capture").count();
            assert_eq!((ids(&seen), errors), (["e0", "e1", "e2", "e3"][from..].to_vec(), 0), "{text}");
        }
    }
}

/// What is lost of a line, a batch or an array that is cut is one event, and not those that are whole beside it.
#[test]
fn what_is_cut_beside_whole_events_is_told_once_and_costs_none_of_them() {
    let [a, b, c] = [0, 1, 2].map(event);
    let quoted = |json: &str| quoted(&json.replace(r#"t\"{"#, "t"));
    let (cut, records) = (&a[..120], format!(r#"{{"records":[{{"body":{}}}"#, quoted(&a)));
    let found = |text: &str, json: bool| {
        let seen = read(text.as_bytes(), Limits { json, ..Limits::default() });
        (ids(&seen).join(" "), seen.codes().join(" "), text.to_owned())
    };
    for (text, events, json) in [
        (format!("{cut}{b}\n{c}\n"), "e1 e2", false),
        (format!("{cut}{b}\n{c}\n"), "e1 e2", true),
        (format!("INFO {cut} {b}\nINFO {c}\n"), "e1 e2", false),
        (format!("INFO {}INFO {b}\nINFO {c}\n", &a[..a.find("is_wifi").unwrap()]), "e1 e2", false),
        (format!("INFO {}{{ \"schema\"{}\n", &a[..a.len() - 30], &b[9..]), "e1", false),
        (format!("{records},{{\"body\":{}\n{c}\n", &quoted(&b)[..100]), "e0 e2", false),
        (format!("{{\"records\":[{a},\n{b},\n{}\n", &c[..100]), "e0 e1", false),
        (format!("{{\"records\":[{a},\n{b},\n{}\n", &c[..100]), "e0 e1", true),
        (format!("[{a},{}\n{c}\n", &b[..100]), "e0 e2", false),
        (format!("[{a},{}\n{c}\n", &b[..100]), "e0 e2", true),
        (format!("{}{c}\n", &super::finder::carriers::pretty(&a)[60..]), "e2", false),
    ] {
        let want = (events.to_owned(), "truncated-document".to_owned(), text.clone());
        assert_eq!(found(&text, json), want);
    }
    for line in ["HTTP/1.1 200 OK", "HTTP/2 200", "###"] {
        assert_eq!(ids(&check(format!("{line} {a}\n{b}\n").as_bytes())), ["e0", "e1"], "{line}");
    }
}

#[test]
fn words_of_a_log_are_no_event_that_cannot_be_read() {
    for line in [
        r#"<html>{"event"}</html>"#,
        "$ jq -c '{t: .header.event_type, e: .event}' body.json",
        r#"I0612 main.go:10] "Starting" flags={"a":1}"#,
    ] {
        let seen = check(format!("{line}\n{}\n", event(0)).as_bytes());
        assert_eq!((ids(&seen), seen.codes()), (vec!["e0"], vec![]), "{line}");
    }
}
