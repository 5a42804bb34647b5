//! Sidecars as people write them by hand: what is said of each mistake, in both languages.

use crate::support::program::{Ran, bad, folder, larkspect_in};

/// Checks the milliseconds of `bad.json` beside this sidecar.
fn check(sidecar: &str, lang: &str) -> Ran {
    let at = folder(&[("bad.json", &bad()), ("bad.json.expect", sidecar.as_bytes())]);
    larkspect_in(at.path(), ["check", "-f", "line", "--lang", lang, "."]).run()
}

/// What is said of a sidecar, in English and in Chinese.
#[track_caller]
fn says(sidecar: &str, place: &str, en: &str, zh: &str) {
    for (lang, said) in [("en", en), ("zh", zh)] {
        let ran = check(sidecar, lang).exits(1);
        let at = format!("bad.json.expect:{place}: ");
        let line = ran.text().lines().find(|line| line.starts_with(&at));
        assert!(line.is_some_and(|line| line.contains(said)), "{sidecar:?}: {}", ran.text());
    }
}

#[test]
fn a_comment_behind_a_line_was_read_as_a_part_of_its_pointer() {
    for comment in [" # why", "\t# why # so", "  #"] {
        let line = format!("error timestamp-unit /event/check_time{comment}\r\n");
        check(&line, "en").exits(0);
        // The place of what is wrong is that of the line without it.
        says(
            &format!("timestamp-units{comment}"),
            "1:1",
            "no rule `timestamp-units`",
            "没有规则 `timestamp-units`",
        );
    }
    let at =
        folder(&[("bad.json", &bad()), ("bad.json.expect", b"timestamp-unit /event/check_time   # why")]);
    larkspect_in(at.path(), ["check", "--update-expectations", "."]).run().exits(0);
    let written = std::fs::read_to_string(at.path().join("bad.json.expect")).unwrap();
    assert_eq!(written, "error timestamp-unit /event/check_time # why\n");
}

#[test]
fn a_key_with_a_hash_behind_a_blank_is_no_comment() {
    let text = String::from_utf8(bad()).unwrap();
    let text =
        text.replace("\"check_time\": \"1615381916000\"", "\"check_time\": \"1615381916\", \"a #1\": 1");
    assert!(text.contains("a #1"));
    let at = folder(&[("bad.json", text.as_bytes())]);
    let run = |args: &[&str]| larkspect_in(at.path(), ["check", "."]).args(args).run();
    run(&["--error", "unknown-field", "--update-expectations"]).exits(0);
    let green = run(&["--error", "unknown-field"]).exits(0);
    assert!(green.text().contains("no findings. 1 expected"), "{}", green.text());
}

#[test]
fn a_path_with_dots_was_a_place_that_is_not_found() {
    for (path, pointer) in [
        ("event.check_time", "/event/check_time"),
        ("$.event.photo_urls[0]", "/event/photo_urls/0"),
        ("a b", "/a b"),
    ] {
        says(
            &format!("timestamp-unit {path}"),
            "1:1",
            &format!("`{path}` is no JSON pointer; write {pointer}"),
            &format!("`{path}` 不是 JSON 指针；写成 {pointer}"),
        );
    }
}

#[test]
fn another_severity_was_a_finding_that_is_not_there() {
    says(
        "\nwarning timestamp-unit /event/check_time",
        "2:1",
        "expected timestamp-unit at /event/check_time as warning, found as error; write error, or leave",
        "预期 /event/check_time 处的 timestamp-unit 是 warning，实际是 error；改写成 error，或者不写级别",
    );
    // What the user makes of it is as good.
    let at =
        folder(&[("bad.json", &bad()), ("bad.json.expect", b"warning timestamp-unit /event/check_time")]);
    larkspect_in(at.path(), ["check", "--warn", "timestamp-unit", "."]).run().exits(0);
}

#[test]
fn it_was_found_1_times() {
    for (count, often, zh) in [("x2", "twice", "2 次"), ("x3", "3 times", "3 次")] {
        says(
            &format!("timestamp-unit {count} /event/check_time"),
            "1:1",
            &format!("expected timestamp-unit at /event/check_time {often}, but found it once"),
            &format!("有 {zh} timestamp-unit，实际有 1 次"),
        );
        says(
            &format!("timestamp-unit {count} /event/no"),
            "1:1",
            &format!("at /event/no {often}, which was not found"),
            &format!("预期 /event/no 处有 {zh} timestamp-unit，但没有出现"),
        );
    }
}

#[test]
fn a_count_of_none_was_a_part_of_the_pointer() {
    for count in ["x0", "x99999999999999999999999", "3", "x"] {
        says(
            &format!("timestamp-unit {count} /event/check_time"),
            "1:1",
            &format!("`{count}` is no count; write x2"),
            &format!("`{count}` 不是次数；写 x2"),
        );
    }
}

#[test]
fn a_severity_alone_was_the_name_of_no_rule() {
    for (line, severity) in [("error", "error"), ("note  # which?", "note")] {
        says(
            line,
            "1:1",
            &format!("a rule is missing behind `{severity}`; write error CODE POINTER"),
            &format!("`{severity}` 后面缺少规则；写成 error CODE POINTER"),
        );
    }
}

/// Notepad writes it, and the first line named no rule.
#[test]
fn a_mark_of_the_encoding_was_part_of_the_first_rule() {
    check("\u{feff}timestamp-unit /event/check_time\n", "en").exits(0);
}
