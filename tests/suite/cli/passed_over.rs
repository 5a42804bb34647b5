//! Text around events is no fault, but where a file promises JSON: it is passed over, and counted.

use crate::support::program::{Folder, Program, Ran, larkspect, official};

/// Text that looks like JSON nowhere.
const PROSE: [&str; 4] =
    ["$ tail -f bot.log", "2026-01-02 03:04:05 INFO started", "### restarted ###", "昨天下午又收到一条："];

/// Text that has JSON in it which is no event.
const WITH_JSON: [&str; 3] = [
    "HTTP/1.1 200 OK",
    r#"{"level":"info","msg":"answered","status":200}"#,
    r#"03:04:05 answered {"code":0,"msg":"success"} in 3 ms"#,
];

/// The official example on one line, with another number of event and of record.
fn event(number: usize) -> String {
    let event = String::from_utf8(official()).unwrap();
    let event: serde_json::Value = serde_json::from_str(&event).unwrap();
    let event = event.to_string().replace("41fae5c12837ead344eced982fbde395", &format!("{number:032x}"));
    event.replace("6938012269578125316", &format!("69380122695781253{number:02}"))
}

/// Two events, with a line of `text` before each, as far as there are some, and the rest behind them.
fn capture(text: &[&str]) -> String {
    let mut lines: Vec<String> = text.iter().map(|line| line.to_string()).collect();
    for number in [0, 1] {
        lines.insert((2 * number + 1).min(lines.len()), event(number));
    }
    lines.join("\n") + "\n"
}

/// Runs a command over a capture, in a file of this name or, where there is none, on standard input.
fn run(command: &[&str], name: Option<&str>, capture: &str) -> Ran {
    let program: Program = larkspect(command);
    match name {
        None => program.stdin(capture).run(),
        Some(name) => {
            let folder = Folder::new();
            let path = folder.file(name, capture);
            program.args(&[path]).run()
        }
    }
}

/// The lines of both streams that say how much was passed over.
fn closing(ran: &Ran) -> Vec<&str> {
    ran.text().lines().chain(ran.err.lines()).filter(|line| line.contains("passed over")).collect()
}

/// Where text is no fault: the names of files, and standard input.
const FREE: [Option<&str>; 4] = [Some("x.log"), Some("x.txt"), Some("x"), None];

#[test]
fn logs_in_directories_were_passed_over_in_silence() {
    let folder = Folder::new();
    for name in
        ["in/one.json", "in/P.JSON", "in/app.log", "in/app.log.1.gz", "in/notes.txt", "in/one.txt", "in/a.md"]
    {
        folder.file(name, event(0));
    }
    folder.file("in/licence.txt", "MIT");
    let path = folder.path().join("in");
    let path = path.to_str().unwrap();
    // That beside a capture is about it.
    let said =
        "larkspect: 3 files were passed over that may be logs (.log, .txt): name them to have them read\n";
    for command in [&["show"][..], &["check", "--window", "0"], &["convert", "--window", "0"], &["redact"]] {
        let ran = larkspect(command).args(&[path]).run().exits(0);
        assert_eq!(ran.err.matches(said).count(), 1, "{command:?}: {}", ran.err);
        assert!(
            ran.out.windows(7).filter(|window| *window == b"1615381").count() != 1,
            "P.JSON: {command:?}"
        );
    }
    assert_eq!(larkspect(["check", "-q", path]).run().exits(0).err, "");
    let verbose = larkspect(["check", "-v", path]).run().exits(0).err;
    assert!(verbose.contains("6 files were passed over: what is read there ends in .json"), "{verbose}");
    // In detail it was not said what to do about them.
    assert_eq!(verbose.matches(said).count(), 1, "{verbose}");
    let chinese = larkspect(["check", "-v", "--lang", "zh", path]).run().exits(0).err;
    assert!(chinese.contains("跳过了 6 个文件") && chinese.contains("写出文件名即可读取"), "{chinese}");
    for file in ["app.log", "app.log.1.gz", "notes.txt"] {
        std::fs::remove_file(folder.path().join("in").join(file)).unwrap();
    }
    assert!(!larkspect(["show", path]).run().exits(0).err.contains("passed over"));
}

#[test]
fn text_is_a_fault_in_a_file_that_promises_json() {
    let mut wrong = Vec::new();
    for name in ["x.json", "x.ndjson", "x.jsonl"] {
        for (at, text) in PROSE.iter().enumerate() {
            let text = format!("{}\n{text}\n{}\n", event(0), event(1));
            let checked = run(&["check", "-f", "line"], Some(name), &text);
            let said = checked.lines();
            let told = said.len() == 1
                && said[0].contains(&format!("/{name}:2:"))
                && said[0].contains("[json-syntax]");
            if !told || checked.code != 1 {
                wrong.push(format!("{name}, text {at}: {checked:?}"));
            }
            let rows = run(&["convert", "-t", "ndjson"], Some(name), &text);
            if rows.lines().len() != 2 || rows.code != 1 {
                wrong.push(format!("{name}, text {at}, converted: {rows:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn text_is_no_fault_elsewhere() {
    let mut wrong = Vec::new();
    for name in FREE {
        for text in PROSE.iter().chain(&WITH_JSON) {
            let text = format!("{text}\n{}\n{text}\n{}\n{text}\n", event(0), event(1));
            let checked = run(&["check", "-f", "line"], name, &text);
            if !checked.out.is_empty() || checked.code != 0 {
                wrong.push(format!("{name:?}: {checked:?}\n{text:.60}"));
            }
            let rows = run(&["convert", "-t", "ndjson"], name, &text);
            if rows.lines().len() != 2 || rows.code != 0 || rows.err.contains("json-syntax") {
                wrong.push(format!("{name:?}, converted: {rows:?}\n{text:.60}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_was_passed_over_is_counted_when_it_is_asked() {
    let all = [&PROSE[..], &WITH_JSON[..]].concat();
    for name in FREE {
        for command in ["check", "show"] {
            for text in [&PROSE[..], &all[..], &PROSE[..1]] {
                let ran = run(&[command, "-v"], name, &capture(text)).exits(0);
                let lines = if text.len() == 1 { "line" } else { "lines" };
                let count = format!("{} other {lines} passed over", text.len());
                assert!(
                    closing(&ran).iter().any(|line| line.contains(&count)),
                    "{command} {name:?}: {count}\n{ran:?}"
                );
                assert!(ran.err.contains("2 × a v2 event"), "{command} {name:?}: {ran:?}");
            }
            let ran = run(&[command, "-v"], name, &capture(&[])).exits(0);
            assert!(closing(&ran).is_empty(), "{command} {name:?}: {ran:?}");
        }
    }
}

#[test]
fn one_closing_line_says_what_was_passed_over_where_it_looked_like_json() {
    let all = [&PROSE[..], &WITH_JSON[..]].concat();
    let mut wrong = Vec::new();
    for name in FREE {
        for command in ["check", "show"] {
            for (text, said) in [
                (&all[..], Some("2 events; 7 other lines passed over")),
                (&WITH_JSON[1..], Some("2 events; 2 other lines passed over")),
                (&WITH_JSON[2..], Some("2 events; 1 other line passed over")),
                (&PROSE[..], None),
                (&[], None),
            ] {
                let ran = run(&[command], name, &capture(text));
                let fits = match (said, &closing(&ran)[..]) {
                    (Some(said), [line]) => line.contains(said),
                    (None, []) => true,
                    _ => false,
                };
                if !fits || ran.code != 0 {
                    wrong.push(format!("{command} {name:?}: wanted {said:?}: {ran:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_closing_line_is_no_part_of_what_a_machine_reads() {
    let text = capture(&WITH_JSON);
    for format in ["json", "ndjson", "line", "github"] {
        let ran = run(&["check", "-f", format], Some("x.log"), &text).exits(0);
        assert!(!ran.text().contains("passed over"), "{format}: {ran:?}");
        if format == "json" {
            serde_json::from_slice::<serde_json::Value>(&ran.out).unwrap();
        }
    }
    let quiet = run(&["check", "-q"], Some("x.log"), &text).exits(0);
    assert!(quiet.out.is_empty() && quiet.err.is_empty(), "{quiet:?}");
}

#[test]
fn lines_are_counted_and_not_their_parts() {
    let answer = r#"{"code":0,"msg":"success"}"#;
    let pretty = "{\n  \"level\": \"info\",\n\n  \"status\": 200\n}";
    for (text, said) in [
        (format!("{answer}{answer}\n{}\n", event(0)), Some("1 event; 1 other line passed over")),
        (format!("{pretty}\n{}\n", event(0)), Some("1 event; 4 other lines passed over")),
        (format!("[\n{answer},\n{},\n{answer}\n]\n", event(0)), Some("1 event; 2 other lines passed over")),
        (format!("got {} in 3 ms, and answered {answer}\n", event(0)), None),
        (format!("{{\"level\":\"info\",,}}\n\n{}\n", event(0)), Some("1 event; 1 other line passed over")),
    ] {
        for name in [Some("x.log"), None] {
            let ran = run(&["check"], name, &text).exits(0);
            assert_eq!(closing(&ran), Vec::from_iter(said), "{text}");
        }
    }
}

/// Of what is short this is a finding.
#[test]
fn what_is_too_long_to_be_kept_and_holds_no_event_is_named() {
    for (line, what) in [
        ("2026-01-02 03:04:05 INFO started", "this is text without an event"),
        (r#"{"code":0,"msg":"success"}"#, "this is an API response"),
    ] {
        let text = format!("{line}\n").repeat(4000);
        for command in ["check", "show"] {
            let ran = run(&[command], Some("x.log"), &text).exits(2);
            assert!(
                ran.err.contains(what) && ran.err.contains("x.log: not an event: "),
                "{command}: {ran:?}"
            );
            let ran = run(&[command], Some("x.log"), &(text.clone() + &event(0))).exits(0);
            assert!(!ran.err.contains("not an event"), "{command}: {ran:?}");
        }
    }
}
