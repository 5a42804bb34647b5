//! Every command and every exit code, and the capture by which the product is accepted.

use crate::support::{FIVE, five_ways};
use larkspect::signature::verify::{Scheme, sign};

use crate::support::program::{Folder, OFFICIAL, larkspect, line, official};

#[test]
fn every_command_ends_with_the_code_that_is_promised() {
    let bad = "fixtures/rules/unknown-choice.json";
    let mixed = "fixtures/captures/mixed.ndjson";
    let cases: &[(i32, &[&str])] = &[
        (0, &[OFFICIAL]),
        (0, &["show", OFFICIAL]),
        (0, &["show", bad]),
        (0, &["check", OFFICIAL]),
        (0, &["validate", OFFICIAL]),
        (0, &["check", "--warn", "unknown-choice", bad]),
        (0, &["check", "--ignore", "unknown-choice", bad]),
        (0, &["check", "--allow-empty", "-"]),
        (0, &["convert", OFFICIAL]),
        (0, &["convert", "-t", "ndjson", OFFICIAL]),
        (0, &["redact", OFFICIAL]),
        (0, &["redact", bad]),
        (0, &["explain"]),
        (0, &["explain", "timestamp-unit"]),
        (0, &["explain", "type", "5"]),
        (0, &["explain", "--format", "markdown"]),
        (0, &["schema"]),
        (0, &["schema", "attendance.user_flow.created_v1", "-f", "json-schema"]),
        (0, &["sample"]),
        (0, &["sample", "--fault", "duplicate-key"]),
        (0, &["completions", "bash"]),
        (0, &["completions", "fish"]),
        (0, &["--help"]),
        (0, &["check", "-h"]),
        (0, &["--version"]),
        (1, &["check", bad]),
        (1, &["check", "--strict", "fixtures/rules/unknown-field.json"]),
        (1, &["check", "--error", "unknown-field", "fixtures/rules/unknown-field.json"]),
        (1, &["check", "-q", bad]),
        (1, &["show", mixed]),
        (1, &["convert", mixed]),
        (1, &["redact", mixed]),
        (1, &["convert", "fixtures/rules/json-syntax.json"]),
        (1, &["fixtures/rules/json-syntax.json"]),
        (2, &["--no-such-flag"]),
        (2, &["check", "--tz", "Mars/Olympus", OFFICIAL]),
        (2, &["check", "--error", "no-such-rule", OFFICIAL]),
        (2, &["check", "--max-document", "0", OFFICIAL]),
        (2, &["check", "no/such/file.json"]),
        (2, &["check", OFFICIAL, "no/such/file.json"]),
        (2, &["check", bad, "no/such/file.json"]),
        (2, &["show", "no/such/file.json"]),
        (2, &["convert", OFFICIAL, "no/such/file.json"]),
        (2, &["check", "-"]),
        (2, &["show"]),
        (2, &["convert"]),
        (2, &["redact"]),
        (2, &["redact", "--keep", "no_such_field", OFFICIAL]),
        (2, &["convert", "--event", "attendance.user_flow.created_v1"]),
        (2, &["check", "src/json"]),
        (2, &["convert", "--columns", "no_such_column", OFFICIAL]),
        (2, &["convert", "-o", "no/such/folder/out.csv", OFFICIAL]),
        (2, &["explain", "no such topic"]),
        (2, &["schema", "no.such.type_v1"]),
        (2, &["sample", "no.such.type_v1"]),
        (2, &["sample", "--fault", "no-such-rule"]),
        (2, &["completions", "no-such-shell"]),
    ];
    for (code, args) in cases {
        let ran = larkspect(*args).run();
        assert_eq!(ran.code, *code, "{args:?}: {} {}", String::from_utf8_lossy(&ran.out), ran.err);
        match code {
            0 => assert_eq!(ran.err, "", "{args:?} says nothing on stderr when all is well"),
            1 => {}
            _ => assert!(!ran.err.is_empty(), "{args:?} says why"),
        }
    }
}

#[test]
fn data_goes_to_stdout_and_talk_to_stderr() {
    let usage = larkspect(["--no-such-flag"]).run().exits(2);
    assert!(usage.out.is_empty());
    let missing = larkspect(["check", "-f", "line", "no/such/file.json", OFFICIAL]).run().exits(2);
    assert!(missing.out.is_empty() && missing.err.starts_with("larkspect: no/such/file.json: "));
    let broken =
        larkspect(["convert", "-"]).stdin(format!("{}{{\"schema\":\"2.0\",,}}\n", line())).run().exits(1);
    assert_eq!(broken.lines().len(), 2, "header and row");
    assert!(broken.err.contains("-:2:17: error[json-syntax]"), "{}", broken.err);
    let quiet = larkspect(["check", "-q", "fixtures/rules/unknown-choice.json"]).run().exits(1);
    assert!(quiet.out.is_empty() && quiet.err.is_empty());
}

#[test]
fn without_a_command_it_shows() {
    let shown = larkspect(["show", OFFICIAL]).run().exits(0);
    for ran in [
        larkspect([OFFICIAL]).run(),
        larkspect([""; 0]).stdin(official()).run(),
        larkspect(["-"]).stdin(official()).run(),
        larkspect(["show", "-"]).stdin(official()).run(),
    ] {
        assert_eq!(ran.exits(0).text(), shown.text());
    }
    assert!(shown.text().contains("2021-03-10 13:11:56 +00:00"), "{}", shown.text());
    assert!(shown.text().contains("打卡流水"));
}

#[test]
fn five_ways_to_be_wrong_are_found_where_they_are() {
    let capture = five_ways(1);
    let text = String::from_utf8(capture.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let column = |number: usize, before: &str, nth: usize| {
        let line = lines[number - 1];
        let (at, _) = line.match_indices(before).nth(nth).unwrap();
        line[..at].chars().count() + 1
    };
    let columns = [
        column(6, "\"is_field\" ", 0) + "\"is_field\" ".len(),
        column(9, "\"check_time\":", 0) + "\"check_time\":".len(),
        column(12, "\"is_wifi\":", 1),
        column(15, "\"type\":9", 0) + "\"type\":".len(),
        column(20, "\"example.parcel.delivered_v1\"", 0),
    ];
    let ran = larkspect(["check", "-f", "line", "-"]).stdin(capture.clone()).run().exits(1);
    let mut expected: Vec<String> = FIVE
        .iter()
        .zip(columns)
        .map(|((line, code), column)| {
            let severity = if *code == "unknown-event-type" { "warning" } else { "error" };
            format!("-:{line}:{column}: {severity}[{code}]")
        })
        .collect();
    let found: Vec<String> =
        ran.lines().iter().map(|line| line.split_inclusive(']').next().unwrap().to_owned()).collect();
    expected.sort();
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(sorted, expected, "all five, and nothing else");

    let folder = Folder::new();
    let file = folder.file("five.ndjson", &capture);
    let human = larkspect(["check".as_ref(), file.as_os_str()]).run().exits(1);
    assert!(human.text().contains("999 events: 4 with errors. 4 errors, 1 warning in "), "{}", human.text());
}

#[test]
fn what_cannot_be_shown_or_converted_is_said_and_the_rest_is_delivered() {
    let capture = five_ways(1);
    let text = String::from_utf8(capture.clone()).unwrap();
    let id = |line: &str| line.split("\"event_id\":\"").nth(1).unwrap()[..32].to_owned();
    let ids: Vec<String> = text.lines().map(id).collect();

    let ran = larkspect(["convert"]).stdin(capture.clone()).run().exits(1);
    let rows: Vec<String> = ran.rows().iter().map(|row| row[0].to_owned()).collect();
    let wanted: Vec<&String> =
        ids.iter().enumerate().filter(|(at, _)| ![5, 19].contains(at)).map(|(_, id)| id).collect();
    assert_eq!(rows.iter().collect::<Vec<_>>(), wanted, "998 in their order");
    assert!(ran.err.contains("-:6:"), "{}", ran.err);
    assert!(ran.err.contains("998 of 999 events converted"), "{}", ran.err);
    assert!(ran.err.contains("1  --event example.parcel.delivered_v1"), "{}", ran.err);

    let ran = larkspect(["show"]).stdin(capture).run().exits(1);
    let numbered = ran.text().lines().filter(|line| {
        line.split_whitespace().next().is_some_and(|first| first.bytes().all(|byte| byte.is_ascii_digit()))
    });
    assert_eq!(numbered.count(), 999);
    assert!(ran.err.contains("-:6:") && ran.err.contains("999 events"), "{}", ran.err);
}

#[test]
fn the_help_of_each_command_begins_with_what_it_is_about() {
    let all = larkspect(["--help"]).run().exits(0);
    for command in ["show", "check", "convert", "redact", "decrypt", "verify", "sample", "explain", "schema"]
    {
        let help = larkspect([command, "--help"]).run().exits(0);
        let first = help.lines()[0].to_owned();
        let listed = all
            .lines()
            .into_iter()
            .find(|line| line.starts_with(&format!("  {command} ")))
            .unwrap()
            .to_owned();
        assert!(listed.contains(first.split(':').next().unwrap()), "{first}\n{listed}");
    }
}

#[test]
fn verbose_says_what_was_recognised() {
    for (file, words) in [
        ("archive.har", "1 × a v2 event (body in an HTTP archive, decrypted)"),
        ("challenge.json", "1 × a URL verification"),
        ("python-dict.txt", "1 × a v2 event (made JSON)"),
    ] {
        for command in ["show", "check", "verify"] {
            let path = format!("fixtures/captures/forms/{file}");
            let said = larkspect([command, "-v", &path]).env("LARKSPECT_ENCRYPT_KEY", "test key").run();
            assert!(said.err.contains(&format!("{path}: {words}")), "{command}: {}", said.err);
        }
    }
    let said = larkspect(["check", "-v", "fixtures/captures"]).run();
    assert!(said.err.contains("files were passed over"), "{}", said.err);
}

#[test]
fn decrypting_nothing_keeps_what_was_there() {
    let folder = Folder::new();
    let out = folder.file("out.ndjson", "kept");
    let path = "fixtures/captures/forms/encrypted.json";
    larkspect(["decrypt", path, "-o", out.to_str().unwrap()])
        .env("LARKSPECT_ENCRYPT_KEY", "wrong")
        .run()
        .exits(1);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "kept");
}

#[test]
fn a_signed_request_without_a_time_is_stale() {
    let body = r#"{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}"#;
    for (timestamp, words) in
        [("abc", "; its timestamp is no time [stale-request]"), ("1615381918", "; signed 2021")]
    {
        let signature = sign(Scheme::Sha256, timestamp, "abcd", "test key", body.as_bytes());
        let request = format!(
            "POST /w HTTP/1.1\r\nX-Lark-Request-Timestamp: {timestamp}\r\nX-Lark-Request-Nonce: abcd\r\n\
             X-Lark-Signature: {signature}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let ran =
            larkspect(["verify", "--max-skew", "60"]).env("LARKSPECT_ENCRYPT_KEY", "test key").stdin(request);
        let ran = ran.run().exits(1);
        assert!(ran.text().contains(words), "{}", ran.text());
    }
}

#[test]
fn what_was_pasted_around_a_key_is_taken_off_and_told() {
    let note = "LARKSPECT_ENCRYPT_KEY: white space around a key was taken off";
    let path = "fixtures/captures/forms/encrypted.json";
    for (key, told) in [
        ("test key", false),
        ("another\ntest key", false),
        (" test key", true),
        ("test key\n", true),
        ("test key\t\r\n", true),
    ] {
        let ran = larkspect(["check", path]).env("LARKSPECT_ENCRYPT_KEY", key).run().exits(0);
        assert_eq!(ran.err.contains(note), told, "{key:?}: {}", ran.err);
    }
    // A variable has no comments.
    let sealed = larkspect(["sample", "--encrypt"]).env("LARKSPECT_ENCRYPT_KEY", "#key").run().exits(0);
    larkspect(["check"]).env("LARKSPECT_ENCRYPT_KEY", "#key").stdin(sealed.out).run().exits(0);
    let folder = Folder::new();
    for (text, told) in [("test key\n", false), ("test key \n", true), ("\u{feff}test key\r\n", false)] {
        let file = folder.file("keys", text);
        let ran = larkspect(["check", path, "--encrypt-key-file", file.to_str().unwrap()]).run().exits(0);
        assert_eq!(ran.err.contains("white space around a key"), told, "{text:?}: {}", ran.err);
    }
}

#[test]
fn a_key_in_a_file_may_name_its_app() {
    let folder = Folder::new();
    for (text, code) in [("cli_a = another\ncli_b = test key\n", 0), ("cli_b = another\n", 1)] {
        let file = folder.file("keys", text);
        let path = "fixtures/captures/forms/encrypted.json";
        let ran =
            larkspect(["decrypt", path, "--encrypt-key-file", file.to_str().unwrap()]).run().exits(code);
        assert_eq!(ran.out.is_empty(), code > 0, "{text:?}: {}", ran.err);
    }
}

#[test]
fn no_capture_is_lost_to_what_is_made_of_it() {
    let folder = Folder::new();
    let file = folder.file("event.json", crate::support::program::official());
    let path = file.to_str().unwrap();
    let dotted = folder.path().join("./event.json");
    for out in [path, dotted.to_str().unwrap()] {
        let ran = larkspect(["convert", path, "-o", out]).run().exits(2);
        assert!(ran.err.contains("is also the input; write to another file"), "{}", ran.err);
    }
    assert_eq!(std::fs::read(&file).unwrap(), crate::support::program::official());
}

#[test]
fn an_old_card_callback_is_converted_under_its_name() {
    let done =
        larkspect(["convert", "--columns", "event_type,tenant_key", "fixtures/captures/forms/card-old.json"]);
    let done = done.run().exits(0);
    assert_eq!(done.lines(), ["event_type,tenant_key", "card.action.trigger_v1,2fce678eb60d1651"]);
    // It has no body of its own, so it is one.
    let all = larkspect(["convert", "fixtures/captures/forms/card-old.json"]).run().exits(0);
    assert!(all.rows()[0][6].contains("\"action\":{\"value\":{\"key\":\"confirm\"}"), "{}", all.text());
    assert!(!all.text().contains("c-295ee57216a5dc9d"), "{}", all.text());
    // Also behind another one, where it begins at another byte.
    let card =
        std::fs::read(crate::support::program::root().join("fixtures/captures/forms/card-old.json")).unwrap();
    let twice = [&card[..], b"\n", &card].concat();
    let card = ["--no-header", "--event", "card.action.trigger_v1"];
    let done = larkspect(["convert", "--columns", "event_type", "-"]).args(&card).stdin(twice).run().exits(0);
    assert_eq!(done.lines(), ["card.action.trigger_v1"; 2]);
}

#[test]
fn what_verify_says_has_fixtures() {
    for (file, ok) in [("replayed-request", 2), ("stale-request", 1)] {
        let path = format!("fixtures/verify/{file}.http");
        let ran = larkspect(["verify", "--max-skew", "60", &path]).env("LARKSPECT_ENCRYPT_KEY", "test key");
        let ran = ran.run().exits(1);
        assert!(ran.text().contains(&format!("[{file}]")), "{}", ran.text());
        assert!(
            ran.err.contains(&format!("{ok} ok, 0 bad, 0 not checkable; 1 with other findings")),
            "{}",
            ran.err
        );
    }
}

#[test]
fn samples_carry_the_token_that_is_known() {
    for form in [&[][..], &["--v1"], &["--challenge"]] {
        let args = [&["sample"], form].concat();
        let done = larkspect(args).env("LARKSPECT_VERIFICATION_TOKEN", "my token").run().exits(0);
        let out = String::from_utf8(done.out).unwrap();
        assert!(out.contains(r#""token":"my token""#), "{out}");
    }
}

#[test]
fn samples_are_the_same_for_a_seed_and_pass_the_check() {
    let one = larkspect(["sample", "-n", "20", "--seed", "7"]).run().exits(0);
    let two = larkspect(["sample", "-n", "20", "--seed", "7"]).run().exits(0);
    assert_eq!(one.out, two.out);
    assert_eq!(one.lines().len(), 20);
    let checked = larkspect(["check", "-"]).stdin(one.out).run().exits(0);
    assert!(checked.text().contains("20 events: no findings"), "{}", checked.text());
    for fault in ["missing-field", "timestamp-unit", "json-syntax", "invalid-utf8"] {
        let faulty = larkspect(["sample", "--fault", fault]).run().exits(0);
        let found = larkspect(["check", "-f", "line"]).stdin(faulty.out).run().exits(1);
        assert!(found.lines().iter().all(|line| line.contains(&format!("[{fault}]"))), "{}", found.text());
    }
}

#[test]
fn verify_tells_requests_alike_once_and_lists_them_for_programs() {
    let told = |format: &str| {
        larkspect(["verify", "--lang", "en", "--format", format, "fixtures/captures/shift.ndjson"]).run()
    };
    let people = told("human");
    let lines: Vec<&str> = people.text().lines().collect();
    let [first, help, others] = lines[..] else { panic!("{lines:#?}") };
    assert!(
        first.starts_with("fixtures/captures/shift.ndjson:1: not checkable: no signature headers"),
        "{first}"
    );
    assert!(help.starts_with("  help: capture the whole request"), "{help}");
    let note =
        "fixtures/captures/shift.ndjson:1: note: 11 more like this in this file, on lines 2, 3, 4, 5, 6, ..";
    assert_eq!(others, note);
    assert!(people.err.contains("0 ok, 0 bad, 12 not checkable"), "{}", people.err);
    assert_eq!(told("ndjson").text().lines().count(), 12);
    // What was signed is told each time, its help once.
    let signed = larkspect(["verify", "--lang", "en", "fixtures/verify/replayed-request.http"]).run();
    assert_eq!(
        (signed.text().matches(": not checkable").count(), signed.text().matches("help:").count()),
        (2, 1)
    );
}

#[test]
fn what_is_no_topic_is_answered_with_what_it_is_or_is_near_to() {
    for (args, lang, said) in [
        (
            &["explain", "where"][..],
            "en",
            "unknown topic `where`; --where is a flag: `larkspect show --help`",
        ),
        (&["explain", "where"], "zh", "未知的主题 `where`；--where 是一个选项：`larkspect show --help`"),
        (
            &["explain", "decrypt"],
            "en",
            "unknown topic `decrypt`; it is a command: `larkspect decrypt --help`",
        ),
        (&["explain", "im.mesage"], "en", "unknown topic `im.mesage`; did you mean `im.message`?"),
        (
            &["schema", "check_time"],
            "en",
            "unknown event type `check_time`; it is a field: `larkspect explain check_time`",
        ),
        (
            &["explain", "type", "9"],
            "en",
            "unknown value `9`; `larkspect explain type` lists the documented ones",
        ),
        (&["explain", "type", "9"], "zh", "未知的值 `9`；`larkspect explain type` 列出文档中的取值"),
    ] {
        let ran = larkspect(args).args(&["--lang", lang]).run().exits(2);
        assert_eq!((ran.text(), &*ran.err), ("", &*format!("larkspect: {said}\n")), "{args:?}");
    }
    let punch = larkspect(["--lang", "zh", "explain", "打卡流水"]).run().exits(0);
    assert!(punch.text().starts_with("attendance.user_flow.created_v1  打卡流水  punch record\n"));
}
