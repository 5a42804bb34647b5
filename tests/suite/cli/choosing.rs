//! Which events are chosen, in which order, and what is said of those that are not.

use std::io::{BufRead, BufReader, Write};

use crate::support::program::{Folder, Program, Ran, fixture, larkspect, line};

const SHIFT: &str = "fixtures/captures/shift.ndjson";
const MIXED: &str = "fixtures/captures/mixed.ndjson";

/// The official example on one line, with other texts and numbers in it.
fn event(changes: &[(&str, &str)]) -> String {
    let mut event = line();
    for (from, to) in changes {
        assert!(event.contains(from), "{from} in {event}");
        event = event.replace(from, to);
    }
    event
}

/// A punch of a person of its own.
fn punch(number: usize) -> String {
    event(&[
        ("41fae5c12837ead344eced982fbde395", &format!("{number:032x}")),
        ("6938012269578125316", &format!("69380122695781{number:05}")),
        ("2b68933a", &format!("e{number:05}")),
    ])
}

/// The cells of the first column after the number, of a table of one column.
fn cells(ran: &Ran) -> Vec<String> {
    let cell = |line: &&str| line.split_whitespace().nth(1).unwrap_or_default().to_owned();
    ran.lines().iter().skip(1).map(cell).collect()
}

fn piped(args: &[&str], text: &str) -> Program {
    larkspect(args.iter().chain(&["-"])).stdin(text)
}

#[test]
fn sorting_does_not_wait_for_a_limit() {
    let sorted = [
        "0d9e4c71", "16c7e0b3", "2b68933a", "4e19b7c2", "5b8e7710", "5b8e7711", "7f03ab5c", "930bd6fa",
        "a8f25d94", "c41d20e9", "e2a6f418", "e2a6f418",
    ];
    let reversed: Vec<&str> = sorted.iter().rev().copied().collect();
    let text = String::from_utf8(fixture("captures/shift.ndjson")).unwrap();
    for threads in ["-j1", "-j3"] {
        for limit in [None, Some("5"), Some("12"), Some("100")] {
            let most = limit.map_or(12, |limit: &str| limit.parse().unwrap()).min(12);
            for (key, order) in [("employee_id", &sorted[..]), ("-employee_id", &reversed)] {
                let sort = format!("--sort={key}");
                let mut args = vec![threads, "--columns", "employee_id", &sort];
                args.extend(limit.map(|limit| ["-n", limit]).into_iter().flatten());
                let file = larkspect(args.iter().chain(&[SHIFT])).run().exits(0);
                assert_eq!(cells(&file), order[..most], "{args:?}");
                assert_eq!(piped(&args, &text).run().exits(0).out, file.out, "{args:?}");
            }
        }
    }
}

#[test]
fn what_is_equal_stays_in_the_order_of_the_input_and_files_are_one_sequence() {
    let folder = Folder::new();
    let a = folder.file("a.ndjson", (0..40).rev().map(punch).collect::<String>());
    let b = folder.file("b.ndjson", (20..60).map(punch).collect::<String>());
    let files = [a.to_str().unwrap(), b.to_str().unwrap()];
    let run = |args: &[&str]| cells(&larkspect(args.iter().chain(&files)).run().exits(0));
    let all = run(&["--columns", "employee_id", "--sort", "employee_id"]);
    assert!(all.len() == 80 && all.is_sorted(), "{all:?}");
    // All of them punched at the same moment, so nothing moves, either way.
    for key in ["check_time", "-check_time", "comment"] {
        let input: Vec<String> = (0..40).rev().chain(20..60).map(|number| format!("e{number:05}")).collect();
        assert_eq!(run(&["--columns", "employee_id", &format!("--sort={key}")]), input, "{key}");
    }
    let largest = run(&["--columns", "employee_id", "--sort=-employee_id", "-n", "3", "--dedupe"]);
    assert_eq!(largest, ["e00059", "e00058", "e00057"]);
}

#[test]
fn ids_are_sorted_as_texts_and_numbers_as_numbers() {
    let ids = ["5e3", "1e5", "100000", "08321852", "8321852", "1e400"];
    let text: String = ids.iter().map(|id| event(&[("2b68933a", id)])).collect();
    let sorted = piped(&["--columns", "employee_id", "--sort", "employee_id"], &text).run().exits(0);
    assert_eq!(cells(&sorted), ["08321852", "100000", "1e400", "1e5", "5e3", "8321852"]);
    let types: String =
        ["10", "9", "2"].iter().map(|n| event(&[("\"type\":0", &format!("\"type\":{n}"))])).collect();
    let sorted = piped(&["--columns", "type:raw", "--sort", "type"], &types).run().exits(0);
    assert_eq!(cells(&sorted), ["2", "9", "10"]);
}

#[test]
fn labels_are_sorted_as_they_read_and_equals_by_the_next_key() {
    let types: String = [0, 1, 2, 5]
        .iter()
        .flat_map(|code| [(code, "e1"), (code, "e2")])
        .map(|(code, id)| event(&[("\"type\":0", &format!("\"type\":{code}")), ("2b68933a", id)]))
        .collect();
    let english = ["attendance machine", "changed by an admin", "user correction", "user punch"];
    for (command, lang, first) in
        [("show", "en", english[0]), ("convert", "en", english[0]), ("convert", "zh", "用户自己打卡")]
    {
        let columns = ["--lang", lang, "--sort", "type_label", "--columns", "type_label", "-"];
        let ran = larkspect([command]).args(&columns).stdin(&*types).run().exits(0);
        let labels: Vec<&str> = ran.lines()[1..]
            .iter()
            .map(|line| line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' '))
            .collect();
        assert!(labels.is_sorted() && labels.contains(&first), "{command}: {labels:?}");
        if lang == "en" {
            assert_eq!(labels[0], first);
        }
    }
    for (command, threads) in [("show", "-j1"), ("show", "-j3"), ("convert", "-j2")] {
        let by =
            ["--sort", "employee_id, -type", "--columns", "employee_id,type.raw", "-n", "5", threads, "-"];
        let ran = larkspect([command]).args(&by).stdin(&*types).run().exits(0);
        let two = |line: &&str| {
            let cells: Vec<&str> = line.split([' ', ',']).filter(|cell| !cell.is_empty()).collect();
            cells[cells.len() - 2..].join(" ")
        };
        let rows: Vec<String> = ran.lines()[1..].iter().map(two).collect();
        assert_eq!(rows, ["e1 5", "e1 2", "e1 1", "e1 0", "e2 5"], "{command}");
    }
}

#[test]
fn cards_are_sorted_too() {
    let text: String = [3, 1, 2].map(punch).concat();
    let shown = piped(&["--card", "--sort", "employee_id"], &text).run().exits(0);
    let at = |id: &str| shown.text().find(id).unwrap_or_else(|| panic!("{id}: {}", shown.text()));
    assert!(at("e00001") < at("e00002") && at("e00002") < at("e00003"));
    // One event alone is still a card.
    let alone = piped(&["--sort", "employee_id"], &punch(1)).run().exits(0);
    assert_eq!(alone.out, piped(&[], &punch(1)).run().exits(0).out);
}

#[test]
fn a_record_id_finds_no_other_record() {
    let text: String =
        (300..307).map(|n| event(&[("6938012269578125316", &format!("6938012269578125{n}"))])).collect();
    for (condition, ids) in [
        ("record_id=6938012269578125303", &["6938012269578125303"][..]),
        ("record_id>6938012269578125304", &["6938012269578125305", "6938012269578125306"]),
        ("record_id<=6938012269578125300", &["6938012269578125300"]),
        ("record_id=6938012269578125299", &[]),
    ] {
        let shown = piped(&["--columns", "record_id", "--where", condition], &text).run().exits(0);
        assert_eq!(cells(&shown), ids, "{condition}");
        let converted =
            piped(&["convert", "--columns", "record_id", "--where", condition], &text).run().exits(0);
        assert_eq!(converted.lines()[1..], *ids, "{condition}");
    }
    let text: String =
        ["08321852", "007", "7.0", "1e5"].iter().map(|id| event(&[("2b68933a", id)])).collect();
    for condition in ["employee_id=8321852", "employee_id=7", "employee_id=100000"] {
        let ran = piped(&["--where", condition], &text).run().exits(0);
        assert!(ran.out.is_empty() && ran.err == "0 of 4 events selected\n", "{condition}: {}", ran.err);
    }
}

#[test]
fn unequal_does_not_find_events_without_the_field() {
    let old = event(&[(",\"risk_result\":0", "")]);
    let null = event(&[("\"risk_result\":0", "\"risk_result\":null")]);
    let task = String::from_utf8(fixture("attendance.user_task.updated_v1/documented.json")).unwrap();
    let text = [&old, &null, &task, &event(&[("\"risk_result\":0", "\"risk_result\":2")]), &punch(1)]
        .map(String::as_str)
        .concat();
    for (condition, rows) in [
        ("risk_result!=0", &["4"][..]),
        ("risk_result=", &["1", "2", "3"]),
        ("risk_result!=", &["4", "5"]),
        ("comment=", &["1", "2", "3", "4", "5"]),
    ] {
        let shown = piped(&["--columns", "event_type", "--where", condition], &text).run().exits(0);
        let lines = shown.lines();
        let numbers: Vec<&str> =
            lines.iter().skip(1).map(|line| line.split_whitespace().next().unwrap()).collect();
        assert_eq!(numbers, rows, "{condition}");
    }
    let mixed = larkspect(["--columns", "event_type", "--where", "risk_result!=0", MIXED]).run();
    assert!(mixed.lines()[1..].iter().all(|line| line.ends_with("attendance.user_flow.created_v1")));
}

#[test]
fn a_condition_that_nothing_can_meet_is_a_usage_error() {
    for (condition, hint) in [
        ("check_time>09:00", "check_time.time>09:00"),
        ("check_time.time>9", "09:00"),
        ("comment=\"a,b\"x", "behind the closing quote stands x"),
        ("comment~\"", "the quote is not closed"),
        ("check_time>=garbage", "2021-03-10"),
        ("risk_result=1|2", "1 (cheat software)"),
        ("risk_result=cheet software", "did you mean `cheat software`?"),
        ("is_field=1", "did you mean true?"),
        ("latitude>abc", "not a number"),
        ("employee_id==x", "employee_id=x"),
    ] {
        for command in ["show", "check", "convert"] {
            let ran = larkspect([command, "--where", condition, SHIFT]).run().exits(2);
            assert!(ran.out.is_empty() && ran.err.contains(hint), "{condition}: {}", ran.err);
            let typed = format!("--where '{condition}'");
            assert!(ran.err.contains(&typed) && ran.err.trim_end().ends_with('^'), "{}", ran.err);
        }
    }
    // The `type` of another event, a reaction to a moment, is any text.
    for condition in ["type=9", "event_type=im.*", "check_time<=2021-03-10", "type=ATTENDANCE machine"] {
        larkspect(["--where", condition, SHIFT]).run().exits(0);
    }
}

#[test]
fn nothing_selected_is_said_with_the_number_of_events() {
    let text: String = (0..500).map(punch).collect();
    for command in ["show", "convert"] {
        let ran = piped(&[command, "--where", "type=7"], &text).run().exits(0);
        assert!(ran.err.contains("0 of 500 events selected"), "{command}: {}", ran.err);
        assert_eq!(ran.lines().len(), usize::from(command == "convert"), "the names of the columns");
    }
    let ran = piped(&["convert", "-t", "json", "--where", "type=7"], &text).run().exits(0);
    assert_eq!(serde_json::from_str::<serde_json::Value>(ran.text()).unwrap(), serde_json::json!([]));
    piped(&["convert", "--where", "type=7"], "").run().exits(2);
    let broken = piped(&["convert", "--where", "type=7"], &format!("{}{{\"schema\":\"2.0\",,}}\n", punch(1)))
        .run()
        .exits(1);
    assert!(
        broken.err.ends_with("0 of 1 event selected; left out: 1 unreadable document\n"),
        "{}",
        broken.err
    );
}

#[test]
fn the_type_that_is_converted_is_that_of_what_was_selected() {
    let text = format!(
        "{}{}",
        r#"{"schema":"2.0","header":{"event_type":"im.message.receive_v1","event_id":"x"},"event":{}}"#,
        punch(1)
    );
    let ran = piped(&["convert", "--columns", "employee_id", "--where", "type=0"], &text).run().exits(0);
    assert_eq!(ran.lines(), ["employee_id", "e00001"]);
}

#[test]
fn impossible_values_and_signs_of_another_keyboard_do_not_select_nothing_in_silence() {
    for (condition, wrong, hint) in [
        ("check_time.hour=24", "24", "there are 0 to 23"),
        ("check_time.day=10", "10", "write 2021-03-10"),
        ("risk_result=5.5", "5.5", "unknown value `5.5`; it is one of 0 (none)"),
        ("line=0", "0", "numbered from 1"),
        ("comment=\"早高峰", "\"早高峰", "is not closed"),
        ("risk_result＝1", "＝", "write = instead of ＝"),
        ("risk_result=0，1", "0，1", "between values stands , instead of ，"),
    ] {
        for command in ["show", "check", "convert", "redact"] {
            let ran = larkspect([command, "--where", condition, SHIFT]).run().exits(2);
            assert!(ran.out.is_empty() && ran.err.contains(hint), "{condition}: {}", ran.err);
            let carets = ran.err.lines().last().unwrap().trim();
            let width: usize = wrong.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            assert_eq!(carets, "^".repeat(width), "{condition}: {}", ran.err);
        }
    }
    let fields = larkspect(["--where", "is_field=是", "--columns", "employee_id", SHIFT]).run().exits(0);
    assert_eq!(cells(&fields), ["e2a6f418", "e2a6f418"]);
}

#[test]
fn a_risk_that_is_left_out_as_a_duplicate_is_not_counted() {
    let ran = larkspect(["--dedupe", "fixtures/captures/shift.ndjson", "fixtures/captures/shift.ndjson"])
        .run()
        .exits(0);
    assert_eq!(
        ran.err.lines().last(),
        Some("11 events (punch record), 11 employees; 3 risky; 13 duplicate deliveries left out")
    );
}

#[test]
fn a_delivery_that_comes_again_in_another_file_is_left_out() {
    let folder = Folder::new();
    let a = folder.file("a.ndjson", [punch(1), punch(2)].concat());
    let b = folder.file("b.ndjson", [punch(2), punch(3)].concat());
    let [a, b] = [&a, &b].map(|path| path.to_str().unwrap());
    let ran = larkspect(["--dedupe", "--columns", "employee_id", a, b]).run().exits(0);
    assert_eq!(cells(&ran), ["e00001", "e00002", "e00003"]);
    assert!(ran.err.ends_with("; 1 duplicate delivery left out\n"), "{}", ran.err);
    assert!(ran.err.starts_with("3 events "), "what is left out is not counted twice: {}", ran.err);
    let ran = larkspect(["--columns", "employee_id", a, b]).run().exits(0);
    assert!(cells(&ran).len() == 4 && ran.err.ends_with("; 1 duplicate delivery\n"), "{}", ran.err);
}

/// The findings of `check -f line` about events that came before.
fn repeats(args: &[&str]) -> Vec<String> {
    let ran = larkspect(["check", "-f", "line"].iter().chain(args)).run();
    ran.lines().iter().filter(|line| line.contains("[duplicate-")).map(|line| (*line).to_owned()).collect()
}

#[test]
fn a_redelivery_in_another_file_is_found_by_check_as_show_finds_it() {
    let folder = Folder::new();
    let a = folder.file("a.ndjson", ["\n", &punch(1), "\n", &punch(2)].concat());
    let b = folder.file("b.ndjson", [punch(3), punch(2)].concat());
    let [a, b] = [&a, &b].map(|path| path.to_str().unwrap());
    for threads in ["-j1", "-j2", "-j5"] {
        let found = repeats(&[threads, a, b]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(&format!("{b}:2:")), "{found:?}");
        assert!(found[0].contains("was delivered before, in another file; "), "{found:?}");
        assert!(found[0].ends_with(&format!(" (first at {a}:4)")), "{found:?}");
    }
    let ran = larkspect([a, b]).run().exits(0);
    assert!(ran.err.ends_with("; 1 duplicate delivery\n"), "{}", ran.err);
}

#[test]
fn the_line_of_an_event_in_another_file_is_the_same_wherever_that_file_is_cut() {
    let folder = Folder::new();
    let events = larkspect(["sample", "-n", "9000"]).run().out;
    let lines: Vec<&[u8]> = events.split_inclusive(|byte| *byte == b'\n').collect();
    let a = folder.file("a.ndjson", &events);
    let b = folder.file("b.ndjson", [lines[8999], lines[17], lines[5000]].concat());
    let [a, b] = [&a, &b].map(|path| path.to_str().unwrap());
    for threads in ["-j1", "-j3"] {
        let found = repeats(&[threads, a, b]);
        let places: Vec<&str> = found.iter().map(|line| line.rsplit(a).next().unwrap()).collect();
        assert_eq!(places, [":9000)", ":18)", ":5001)"]);
    }
}

#[test]
fn a_redelivery_beyond_the_window_is_no_duplicate_for_any_command() {
    let folder = Folder::new();
    let a = folder.file("a.ndjson", [punch(1), punch(2)].concat());
    let b = folder.file("b.ndjson", [punch(3), punch(4), punch(1)].concat());
    let [a, b] = [&a, &b].map(|path| path.to_str().unwrap());
    for (window, found) in [("3", 0), ("4", 1), ("0", 0)] {
        let of = ["--window", window, a, b];
        assert_eq!(repeats(&of).len(), found, "check --window {window}");
        let said = larkspect(of).run().exits(0).err;
        assert_eq!(said.contains("1 duplicate delivery\n"), found == 1, "show --window {window}: {said}");
        let rows =
            cells(&larkspect(["--dedupe", "--columns", "type"].iter().chain(&of)).run().exits(0)).len();
        assert_eq!(rows, 5 - found, "show --dedupe --window {window}");
    }
    let request = "fixtures/verify/replayed-request.http";
    for (window, code) in [("1", 1), ("0", 0)] {
        let ran = larkspect(["verify", "--window", window, request]).env("LARKSPECT_ENCRYPT_KEY", "test key");
        assert_eq!(ran.run().code, code, "verify --window {window}");
    }
}

#[test]
fn an_edited_copy_in_another_file_is_no_second_delivery() {
    let folder = Folder::new();
    let other = punch(1).replace("\"comment\":\"\"", "\"comment\":\"x\"");
    let under_another_id = punch(1).replace(&format!("{:032x}", 1), &format!("{:032x}", 7));
    for (name, text) in [("a.json", punch(1)), ("b.json", other.clone()), ("c.json", under_another_id)] {
        folder.file(name, text);
    }
    assert_eq!(repeats(&[folder.path().to_str().unwrap()]), [""; 0]);
    // In one file both are.
    folder.file("a.json", [punch(1), other].concat());
    assert_eq!(repeats(&[folder.path().join("a.json").to_str().unwrap()]).len(), 1);
}

#[test]
fn a_file_with_a_sidecar_is_judged_without_its_neighbours() {
    let folder = Folder::new();
    let bad = punch(1).replace("\"type\":0", "\"type\":9");
    for name in ["a.json", "b.json", "d.json"] {
        folder.file(name, &bad);
    }
    folder.file("b.json.expect", "error unknown-choice /event/type\n");
    folder.file("c.json", [&*bad, &bad].concat());
    folder.file(
        "c.json.expect",
        "error unknown-choice x2 /event/type\nnote duplicate-event /header/event_id\n",
    );
    let at = folder.path().to_str().unwrap();
    let found = repeats(&[at]);
    // And its events are nobody else's: the last was delivered before in the first.
    assert!(found.len() == 1 && found[0].ends_with(&format!("(first at {at}/a.json:1)")), "{found:?}");
    larkspect(["check", "--update-expectations", "-q", at]).run().exits(0);
    larkspect(["check", "-q", at]).run().exits(0);
}

#[test]
fn what_is_counted_as_a_duplicate_is_what_would_be_left_out() {
    // The last comes again further back than the window reaches; one has other content under the same id.
    let other = punch(2).replace("\"comment\":\"\"", "\"comment\":\"x\"");
    let text = [punch(1), punch(2), other, punch(2), punch(3), punch(4), punch(5), punch(1)].concat();
    for (window, count) in [("2", 0), ("3", 0), ("100", 1), ("0", 0)] {
        let said = |args: &[&str]| {
            let args = [args, &["--columns", "employee_id", "--window", window]].concat();
            let ran = piped(&args, &text).run().exits(0);
            (cells(&ran).len(), ran.err)
        };
        let (rows, counted) = said(&[]);
        let (without, left_out) = said(&["--dedupe"]);
        assert_eq!((rows, without), (8, 8 - count), "{window}");
        assert_eq!(counted.contains("1 duplicate delivery\n"), count == 1, "{window}: {counted}");
        assert_eq!(left_out.contains("1 duplicate delivery left out\n"), count == 1, "{window}: {left_out}");
    }
}

#[test]
fn the_first_of_a_pipe_have_no_totals() {
    let text: String = (0..300).map(punch).collect();
    // What stands behind them is not read, wherever the pipe was cut: not even what is broken.
    let text = text.replacen("e00004", "e0\u{1}004", 1);
    let ran = piped(&["-n", "3"], &text).run().exits(0);
    assert_eq!(ran.lines().len(), 4);
    assert_eq!(ran.err, "first 3 shown; the rest was not read\n");
    let ran = piped(&["-n", "1000"], &text).run().exits(1);
    assert!(ran.err.contains("299 events (punch record), 299 employees"), "{}", ran.err);
    // Of files that are read to their end, the totals are true.
    let ran = larkspect(["-n", "3", SHIFT]).run().exits(0);
    assert_eq!(ran.err, "12 events (punch record), 11 employees; 3 risky; 1 duplicate delivery; 3 shown\n");
    larkspect(["-n", "0", "-"]).stdin(line()).run().exits(0);
}

#[test]
fn the_last_line_speaks_one_language() {
    let ran = larkspect(["--lang", "zh", "--dedupe", "-n", "3", SHIFT]).run().exits(0);
    assert!(ran.err.ends_with("；1 次重复投递未列出；显示 3 个\n"), "{}", ran.err);
}

#[test]
fn a_risk_of_the_wrong_type_is_still_a_risk() {
    for value in ["\"2\"", "2.0", "2"] {
        let text = event(&[("\"risk_result\":0", &format!("\"risk_result\":{value}"))]);
        let two = [text.as_str(), &punch(1)].concat();
        for (view, text) in [("--card", &text), ("--table", &text), ("--wide", &two)] {
            let ran = piped(&[view], text).run().exits(0);
            assert!(ran.text().contains("! someone else's device"), "{value}: {}", ran.text());
            assert!(ran.err.contains("1 risky") || view != "--wide", "{value}: {}", ran.err);
        }
        let ran = piped(&["convert", "--columns", "risk_result_label"], &text).run().exits(0);
        assert_eq!(ran.lines()[1], "someone else's device", "{value}");
    }
}

#[test]
fn other_types_that_come_late_have_a_head_of_their_own() {
    let task = String::from_utf8(fixture("attendance.user_task.updated_v1/documented.json")).unwrap();
    let mut child = larkspect([""; 0]).spawn();
    let mut pipe = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut heads = |pause: &str, rows: usize| {
        pipe.write_all(pause.as_bytes()).unwrap();
        pipe.flush().unwrap();
        let lines: Vec<String> = out.by_ref().take(rows).map(Result::unwrap).collect();
        let head = lines.iter().find(|line| line.trim_start().starts_with('#')).cloned();
        (head.unwrap_or_default(), lines.last().unwrap().clone())
    };
    // What is read between two pauses has been shown when the next is written.
    let (head, last) = heads(&[punch(1), punch(2)].concat(), 3);
    assert!(head.contains("Employee") && last.contains("e00002"), "{head}");
    let (head, last) = heads(&format!("{}\n", task.trim_end()), 2);
    assert!(head.contains("Event") && last.contains("attendance result changed"), "{head}");
    let (head, last) = heads(&[punch(3), punch(4)].concat(), 2);
    assert!(head.is_empty() && last.contains("e00004"), "one head is enough: {head}");
    drop(pipe);
    child.wait().unwrap();
    // From a file that is read in several pieces, too.
    let many: String = (0..1500).map(punch).collect();
    let folder = Folder::new();
    let file = folder.file("many.ndjson", [&many, &task, &punch(0)].map(String::as_str).concat());
    let run = |threads: &str| larkspect(["-n", "2000", threads, file.to_str().unwrap()]).run().exits(0);
    let ran = run("-j1");
    assert_eq!(ran.text().lines().filter(|line| line.trim_start().starts_with('#')).count(), 2);
    assert_eq!(run("-j4").out, ran.out);
}

#[test]
fn columns_take_any_dotted_path_of_any_event() {
    let unknown = r#"{"schema":"2.0","header":{"event_type":"example.parcel.delivered_v1","token":"a secret token"},
        "event":{"employee_id":"e9","parcel":{"id":"19","stops":[{"city":"杭州"},{"city":"上海"}],"password":"p4ssw0rd"}}}"#
        .replace('\n', "");
    let task = String::from_utf8(fixture("attendance.user_task.updated_v1/documented.json")).unwrap();
    let input = [&*unknown, &task].join("\n");
    let names = "employee_id,parcel.id,parcel.stops[].city,parcel.stops[1].city,status_changes[].current_status,\
                 event.parcel.password,header.token";
    let run = |args: &[&str]| larkspect(args.iter().copied()).stdin(input.clone()).run().exits(0);
    let shown = run(&["--columns", names]);
    let row = |at: usize| {
        let row = shown.text().lines().nth(at).unwrap().to_owned();
        row.split("  ").filter(|cell| !cell.is_empty()).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    };
    // A name of the catalogue is found in types that the catalogue does not know, too.
    assert_eq!(row(1)[..5], ["1", "e9", "19", "杭州; 上海", "上海"]);
    assert_eq!(
        (&*row(2)[1], &*row(2)[2]),
        ("2b68933a", "late in"),
        "a value in a list is decoded: {}",
        shown.text()
    );
    let raw = run(&["--columns", "status_changes[].current_status:raw"]);
    assert!(raw.text().lines().any(|line| line.ends_with("Late")), "{}", raw.text());
    assert!(
        !shown.text().contains("p4ssw0rd") && !shown.text().contains("a secret token"),
        "{}",
        shown.text()
    );

    let convert = |args: &[&str]| larkspect(["convert"].iter().chain(args)).stdin(unknown.clone()).run();
    let csv = convert(&["--columns", "event_type,parcel.id,parcel.stops[].city,parcel.stops,nothing.there"])
        .exits(0);
    let stops = r#""[{""city"":""杭州""},{""city"":""上海""}]""#;
    let lines = csv.lines();
    assert_eq!(lines[0], "event_type,parcel.id,parcel.stops[].city,parcel.stops,nothing.there");
    assert_eq!(lines[1], format!("example.parcel.delivered_v1,19,杭州 上海,{stops},"));
    let json = convert(&["-t", "ndjson", "--columns", "parcel.stops[].city,event.employee_id"]).exits(0);
    assert_eq!(json.lines(), [r#"{"parcel.stops[].city":["杭州","上海"],"event.employee_id":"e9"}"#]);
    let secret = convert(&["--columns", "parcel.password"]).exits(2);
    assert!(secret.err.contains("`parcel.password` is a secret"), "{}", secret.err);
    assert!(
        convert(&["--columns", "parcel.password", "--show-secrets"]).exits(0).text().contains("p4ssw0rd")
    );
    // A bare name that no type has is a slip.
    let slip = larkspect(["--columns", "chek_time"]).stdin(unknown.clone()).run().exits(2);
    assert!(slip.err.contains("did you mean `check_time`?"), "{}", slip.err);
}

#[test]
fn a_title_means_the_column_of_that_title_in_each_type() {
    let message = "fixtures/im.message.receive_v1/example.json";
    let shown = larkspect(["--table", "--columns", "Sender,Chat,Message type", message]).run().exits(0);
    let row = shown.lines()[1].split_whitespace().count();
    assert!(row >= 4, "{}", shown.text());
    for (condition, sent) in
        [("Message type=text", true), ("消息类型=text", true), ("Message type=image", false)]
    {
        let ran = larkspect(["--table", "--where", condition, message]).run().exits(0);
        assert_eq!(!ran.out.is_empty(), sent, "{condition}: {}", ran.err);
    }
    let sorted = larkspect(["--sort", "Employee", "--columns", "Employee", SHIFT]).run().exits(0);
    assert!(cells(&sorted).is_sorted() && cells(&sorted).len() == 12);
    let times =
        larkspect(["--tz", "+08:00", "--columns", "打卡时间.time,Punched.day", "-n1", SHIFT]).run().exits(0);
    assert!(times.text().contains("08:31:12") || times.text().contains("2021-03-11"), "{}", times.text());
}

#[test]
fn a_field_that_was_not_asked_for_is_not_said_to_be_absent() {
    let ran = larkspect(["--where", "type=99", "--where", "comment~x", SHIFT]).run().exits(0);
    assert!(!ran.err.contains("no event had"), "{}", ran.err);
    let ran = larkspect(["--where", "event.nosuch=1", SHIFT]).run().exits(2);
    assert!(ran.err.contains("no event had a field event.nosuch"), "{}", ran.err);
}

#[test]
fn values_that_cannot_be_read_are_counted_and_times_far_away_are_times() {
    let text = [
        event(&[("\"1615381916\"", "\"2021-03-11 10:02:21\"")]),
        event(&[("\"1615381916\"", "\"161533439\"")]),
        event(&[]),
    ]
    .concat();
    let ran =
        piped(&["--tz", "+08:00", "--where", "check_time.time>20:00", "--columns", "check_time"], &text)
            .run()
            .exits(0);
    assert_eq!(ran.lines().len(), 3, "{}", ran.text());
    assert!(ran.err.contains("1 value of it could not be read"), "{}", ran.err);
    let old = piped(&["--where", "check_time<2000-01-01", "--columns", "check_time"], &text).run().exits(0);
    assert_eq!(old.lines().len(), 2, "{}", old.text());
}

#[test]
fn a_part_of_a_moment_is_searched_as_it_is_said() {
    for (condition, rows) in
        [("check_time.hour~2", 1), ("check_time.hour~8", 0), ("check_time.day~2021-03", 1), ("day~2021", 1)]
    {
        let ran = piped(&["--tz", "+08:00", "--where", condition, "--columns", "check_time"], &event(&[]))
            .run()
            .exits(0);
        assert_eq!(ran.lines().len(), if rows > 0 { 2 } else { 0 }, "{condition}");
    }
}

#[test]
fn what_is_said_of_a_value_is_of_the_types_that_came() {
    let ran = larkspect(["--where", "type=0,zzz", SHIFT]).run().exits(0);
    assert!(!ran.err.contains("unknown value"), "{}", ran.err);
    let ran = larkspect(["--where", "type=zzz", SHIFT]).run().exits(2);
    assert!(ran.err.contains("0 (user punch)"), "{}", ran.err);
    let types = ["--event", "attendance.user_flow.created_v1"];
    let ran = larkspect(types).args(&["--where", "type=zzz", SHIFT]).run().exits(2);
    assert!(ran.err.contains("0 (user punch)"), "{}", ran.err);
    for (args, hint, code) in [
        (["--event", "message"], "there are types such as", 0),
        (["--where", "event_type=im.message.recieve_v1"], "did you mean `im.message.receive_v1`?", 2),
    ] {
        let ran = larkspect(args).args(&[SHIFT]).run().exits(code);
        assert!(ran.err.contains(hint), "{}", ran.err);
    }
}

#[test]
fn the_zone_of_times_is_named_where_it_decides() {
    let columns = ["--tz", "-05:00", "--columns", "check_time.time,check_time.day", SHIFT];
    assert_eq!(larkspect(columns).run().exits(0).text().matches("(-05:00)").count(), 2);
    let ran = larkspect(["--tz", "UTC", "--where", "check_time.time>09:30", SHIFT]).run().exits(0);
    assert!(ran.err.contains("times were asked in the zone UTC (--tz)"), "{}", ran.err);
}

#[test]
fn a_time_without_seconds_met_only_the_first_second_of_its_minute() {
    let punch = event(&[("1615381916", "1615336294")]); // 08:31:34 +08:00
    for (condition, holds) in [
        ("check_time.time=08:31", true),
        ("check_time=2021-03-10 08:31", true),
        ("check_time=2021-03-10T08:31+08:00", true),
        ("check_time.time<=08:31", false),
        ("check_time.time>=08:31", true),
        ("check_time.time>08:31", true),
        ("check_time.time>08:30", true),
        ("check_time.time<08:32", true),
        ("check_time.time!=08:31", false),
        ("check_time.time=08:31:00", false),
        ("check_time.time=08:31:34", true),
        ("check_time>2021-03-10 08:31", true),
    ] {
        let ran = piped(&["--tz", "+08:00", "--columns", "record_id", "--where", condition], &punch).run();
        assert_eq!(cells(&ran).len(), usize::from(holds), "{condition}: {}", ran.err);
    }
}

#[test]
fn a_time_in_another_unit_was_shown_as_another_moment_than_it_was_asked_as() {
    let punch = event(&[("\"1615381916\"", "\"1615334408000\"")]);
    let table = piped(&["--tz", "+08:00", "--columns", "check_time,delay"], &punch).run().exits(0);
    assert!(table.text().contains("? 2021-03-10 08:00:08 +08:00 (as milliseconds)"), "{}", table.text());
    let card = piped(&["--tz", "+08:00", "--card"], &punch).run().exits(0);
    assert!(card.text().contains("? 2021-03-10 08:00:08 +08:00 (as milliseconds)"), "{}", card.text());
    assert!(
        card.text().contains(", 13 h 11 min later") && !card.text().contains("earlier"),
        "{}",
        card.text()
    );
}

#[test]
fn what_is_written_with_a_point_instead_of_a_line_found_nothing() {
    for (name, meant, code) in [("type.label", "`type_label`", 0), ("check_time.iso", "`check_time_iso`", 2)]
    {
        let ran = larkspect(["--columns", name, SHIFT]).run().exits(code);
        assert!(ran.err.contains(&format!("did you mean {meant}?")), "{}", ran.err);
    }
}

#[test]
fn the_name_of_a_file_is_enough_and_whatever_stands_in_an_event_is_its_own() {
    let ran = larkspect(["--where", "file=shift.ndjson", "--columns", "file", SHIFT]).run().exits(0);
    assert_eq!(ran.lines().len(), 13);
    let strange = event(&[("\"type\":0", "\"type\":0,\"day\":\"Monday\"")]);
    let ran = piped(&["--where", "event.day=Monday", "--columns", "event.day"], &strange).run().exits(0);
    assert_eq!(cells(&ran), ["Monday"], "{}", ran.err);
}

#[test]
fn an_end_before_the_beginning_does_not_select_nothing_in_silence() {
    for (since, until, code) in
        [("2021-03-12", "2021-03-11", 2), ("09:00", "09:00", 2), ("2021-03-11", "2021-03-11", 0)]
    {
        for command in ["show", "check", "convert", "redact"] {
            let ran = larkspect([command, "--tz", "+08:00", "--since", since, "--until", until, SHIFT]).run();
            assert_eq!(
                (ran.code == 2, ran.err.contains("no time lies between --since")),
                (code == 2, code == 2)
            );
        }
    }
}

#[test]
fn another_clock_than_that_of_the_chosen_columns_is_said() {
    const MESSAGE: &str = "fixtures/im.message.receive_v1/example.json";
    for command in ["show", "convert"] {
        for (columns, clock, input, said) in [
            ("create_time", "happened", SHIFT, Some("--clock delivered")),
            ("create_time,day", "happened", SHIFT, None),
            ("create_time,打卡时间", "happened", SHIFT, None),
            ("create_time", "delivered", SHIFT, None),
            ("check_time.time", "delivered", SHIFT, Some("--clock happened")),
            ("check_time.time,create_time", "delivered", SHIFT, None),
            ("employee_id", "delivered", SHIFT, None),
            ("message.create_time", "delivered", MESSAGE, Some("--clock happened")),
        ] {
            let args = [command, "--since", "2001-01-01", "--clock", clock, "--columns", columns, input];
            let err = larkspect(args).run().exits(0).err;
            let found = err.lines().find(|line| line.starts_with("--since and --until go by"));
            assert_eq!(found.is_some(), said.is_some(), "{args:?}: {err}");
            assert!(said.is_none_or(|said| err.contains(said)), "{args:?}: {err}");
            let all = larkspect([command, "--columns", columns, input]).run().exits(0);
            assert!(!all.err.contains("--clock"), "{}", all.err);
        }
    }
    let one =
        ["--table", "--event", "drive.file.edit_v1", "--since", "2001-01-01", "fixtures/drive.file.edit_v1"];
    let Ran { out, err, .. } = larkspect(one).run();
    assert!(!out.is_empty() && !err.contains("go by when"), "such a type has one clock: {err}");
}

#[test]
fn what_is_expected_of_events_that_are_not_selected_is_not_missed() {
    let folder = Folder::new();
    let bad = folder.file("bad.json", crate::support::program::bad());
    let path = bad.to_str().unwrap();
    larkspect(["check", "--update-expectations", path]).run();
    larkspect(["check", path]).run().exits(0);
    larkspect(["check", "--where", "employee_id=nobody", "--allow-empty", path]).run().exits(0);
    larkspect(["check", "--update-expectations", "--where", "type=0", path]).run().exits(2);
}

#[test]
fn a_column_that_no_event_had_is_named() {
    for args in [&["--columns", "employee_id,event.nosuch"][..], &["--sort", "event.nosuch"]] {
        let ran = larkspect(args.iter().chain(&[SHIFT])).run().exits(0);
        assert!(ran.err.contains("no event had a field event.nosuch"), "{args:?}: {}", ran.err);
    }
    let ran = larkspect(["--columns", "employee_id,event.type", SHIFT]).run().exits(0);
    assert!(!ran.err.contains("no event had"), "{}", ran.err);
}
