//! Where what comes again stood first: keys of an object, deliveries of an event, events of a record.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::support::program::{Folder, Ran, larkspect, line, official, run_in, steady};

const ID: &str = "41fae5c12837ead344eced982fbde395";

/// The official example, with another id of the event.
fn event(id: usize) -> String {
    line().replace(ID, &format!("{id:032x}"))
}

/// What the finding at each line says of where it was first, in the report `ndjson`.
fn firsts(ran: &Ran) -> Vec<(u64, Value)> {
    ran.lines()
        .iter()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .filter(|found: &Value| found["code"].as_str().is_some_and(|code| code.starts_with("duplicate-")))
        .map(|found| (found["line"].as_u64().expect("a line"), found["first"].clone()))
        .collect()
}

#[test]
fn a_key_is_shown_with_its_first_place_in_both_languages() {
    let folder = Folder::new();
    let text = String::from_utf8(official()).expect("UTF-8");
    folder.file("lines.json", text.replace("\"type\": 0,", "\"t\\u0079pe\": 1,\n    \"type\": 0,"));
    for (lang, report) in [
        (
            "en",
            r#"error[duplicate-key]: the key `type` stands twice in this object
  --> lines.json:26:5  /event/type
   |
25 |     "t\u0079pe": 1,
   |     ----------- first here
26 |     "type": 0,
   |     ^^^^^^
   = expected: each key once
   = help: remove one of the two

1 file, 1 event: 1 with errors. 1 error in 1 ms        larkspect explain duplicate-key
"#,
        ),
        (
            "zh",
            r#"error[duplicate-key]: 这个对象里有重复的键 `type`
  --> lines.json:26:5  /event/type
   |
25 |     "t\u0079pe": 1,
   |     ----------- 首次出现在这里
26 |     "type": 0,
   |     ^^^^^^
   = 应为：每个键只出现一次
   = 建议：去掉其中一个

"#,
        ),
    ] {
        let ran = run_in(folder.path(), &["check", "--lang", lang, "lines.json"]).exits(1);
        let shown = steady(ran.text(), "1");
        assert!(shown.starts_with(report), "{shown}");
    }
}

#[test]
fn an_event_is_shown_with_its_first_delivery_beside_it_or_by_name() {
    let folder = Folder::new();
    folder.file("a.ndjson", [event(1), event(2)].concat());
    folder.file("b.ndjson", ["\n", &event(3), &event(2), "\n", &event(3)].concat());
    let check = |args: &[&str]| {
        let ran = run_in(folder.path(), &[&["check", "--ignore=duplicate-record"], args].concat()).exits(0);
        ran.text().to_owned()
    };
    let alone = check(&["b.ndjson"]);
    let marks = format!(" {} first here\n...\n5 | ", "-".repeat(ID.len() + 2));
    assert!(alone.contains("\n  |\n2 | ") && alone.contains(&marks), "{alone}");
    let both = check(&["a.ndjson", "b.ndjson"]);
    assert!(both.contains("was delivered before, in another file\n --> b.ndjson:3:"), "{both}");
    assert!(both.contains("^\n  = note: first at a.ndjson:2\n"), "{both}");
    let zh = check(&["--lang=zh", "a.ndjson", "b.ndjson"]);
    assert!(zh.contains("已经投递过（在另一个文件里）\n --> b.ndjson:3:"), "{zh}");
    assert!(zh.contains("^\n  = 说明：首次出现在 a.ndjson:2\n"), "{zh}");
}

#[test]
fn a_record_of_many_lines_is_shown_where_it_stands() {
    let pretty = String::from_utf8(official()).expect("UTF-8");
    let folder = Folder::new();
    folder.file("a.json", format!("[{pretty},\n{}]", pretty.replace(ID, "another")));
    let record =
        |text: &str| text.lines().position(|line| line.contains("\"record_id\"")).expect("it is there");
    let line = record(&pretty) + 1;
    for threads in ["-j1", "-j3"] {
        let ran = run_in(folder.path(), &["check", "-f", "ndjson", threads, "a.json"]).exits(0);
        let [(_, first)] = &firsts(&ran)[..] else { panic!("{ran:?}") };
        assert_eq!(*first, json!({"file": "a.json", "line": line, "column": 18}));
    }
}

#[test]
fn of_many_deliveries_the_first_is_told() {
    let text = [event(1), event(2), event(1), event(1), event(2), event(1)].concat();
    let folder = Folder::new();
    folder.file("a.ndjson", &text);
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text.as_bytes()).expect("memory");
    folder.file("a.ndjson.gz", packer.finish().expect("memory"));
    let args = ["check", "-f", "ndjson", "--ignore=duplicate-record"];
    let of = |args: &[&str]| firsts(&run_in(folder.path(), args).exits(0));
    let wanted = [(3, 1), (4, 1), (5, 2), (6, 1)];
    let id = format!("\"{:032x}\"", 1);
    let column = event(1).split(&id).next().map(|before| before.chars().count() + 1);
    for file in ["a.ndjson", "a.ndjson.gz"] {
        let wanted =
            wanted.map(|(line, first)| (line, json!({"file": file, "line": first, "column": column})));
        for threads in ["-j1", "-j3"] {
            assert_eq!(of(&[&args[..], &[threads, file]].concat()), wanted);
        }
    }
    // What went through a pipe is named by its line: how much of it is there at once is left to chance.
    let piped = firsts(&larkspect(args).stdin(text).run().exits(0));
    assert_eq!(piped, wanted.map(|(line, first)| (line, json!({"file": "-", "line": first}))));
    let pretty = String::from_utf8(official()).expect("UTF-8").replace("\"type\"", "\"type\": 0, \"type\"");
    let piped = firsts(&larkspect(args).stdin(pretty).run().exits(1));
    assert_eq!(piped, [(25, json!({"file": "-", "line": 25, "column": 5}))], "a key is in the same document");
}

#[test]
fn what_was_long_ago_is_told_by_its_line_however_it_is_read() {
    let events: Vec<String> = (1..4000).map(event).collect();
    let near = events.len() - 2;
    let text = [&events.concat(), &events[17], &events[near]].map(String::as_str).concat();
    let folder = Folder::new();
    folder.file("a.ndjson", text);
    let last = events.len() as u64;
    for threads in ["-j1", "-j3"] {
        let args = ["check", "-f", "ndjson", "--ignore=duplicate-record", threads, "a.ndjson"];
        let found = firsts(&run_in(folder.path(), &args).exits(0));
        let [(far, first), (close, second)] = &found[..] else { panic!("{found:?}") };
        assert_eq!((*far, *close), (last + 1, last + 2));
        assert_eq!(*first, json!({"file": "a.ndjson", "line": 18}), "that text has gone by");
        assert_eq!((&second["line"], second["column"].is_u64()), (&json!(near + 1), true), "{second}");
    }
}

#[test]
fn a_hundred_thousand_equal_keys_have_one_first_place() {
    let folder = Folder::new();
    let keys = "\"\\u001b[31m\": 0, \"type\": 1, ".repeat(100_000);
    let text = String::from_utf8(official()).expect("UTF-8").replace("\"type\"", &format!("{keys}\"type\""));
    folder.file("a.json", text);
    let ran = run_in(folder.path(), &["check", "a.json"]).exits(1);
    assert!(!ran.text().contains('\u{1b}') && ran.text().contains("\\u{1b}[31m"), "{}", ran.text());
    assert!(ran.text().contains(" first here\n"), "{}", ran.text());
    let ran = run_in(folder.path(), &["check", "-f", "ndjson", "a.json"]).exits(1);
    let firsts: Vec<Value> =
        firsts(&ran).into_iter().map(|(_, first)| first).filter(Value::is_object).collect();
    let mut columns: Vec<u64> = firsts.iter().filter_map(|first| first["column"].as_u64()).collect();
    columns.sort_unstable();
    columns.dedup();
    assert_eq!((firsts.len(), columns.len()), (1000, 2), "{columns:?}");
}

#[test]
fn what_was_taken_out_of_something_is_shown_as_it_is_in_there() {
    let twice = event(1).replace("\"type\"", "\"type\":0,\"type\"");
    let body = |event: &str| json!({ "body": event }).to_string() + "\n";
    let folder = Folder::new();
    folder.file("a.ndjson", [body(&twice), body(&event(2)), body(&event(2))].concat());
    let ran = run_in(folder.path(), &["check", "--ignore=duplicate-record", "a.ndjson"]).exits(1);
    assert!(
        ran.text().contains(" ------   ^^^^^^\n") && ran.text().contains(" first here\n"),
        "{}",
        ran.text()
    );
    assert!(ran.text().contains("\n  = note: first at a.ndjson:2\n"), "{}", ran.text());
    let ran = run_in(folder.path(), &["check", "-f", "ndjson", "--ignore=duplicate-record", "a.ndjson"]);
    let wanted = [(1, 1), (3, 2)].map(|(line, first)| (line, json!({"file": "a.ndjson", "line": first})));
    assert_eq!(firsts(&ran), wanted, "places are those of the text that was read");
}
