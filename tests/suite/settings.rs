//! What is said of settings that are wrong, or have no effect, and what they leave out.

use crate::support::program::{Folder, Ran, bad, folder, larkspect_in, official};

/// A project of two folders with these settings.
fn project(settings: &str) -> Folder {
    folder(&[
        ("larkspect.toml", settings.as_bytes()),
        ("events/good.json", &official()),
        ("legacy/bad.json", &bad()),
        ("legacy/old/bad.json", &bad()),
        ("legacy/app.log", b"x"),
    ])
}

fn check(at: &Folder, lang: &str, args: &[&str]) -> Ran {
    larkspect_in(at.path(), ["check", "-f", "line", "--lang", lang]).args(args).run()
}

const DEAD: &str = "paths = [\"events\", \"legacy\"]\n\n[[override]]\nfiles = [\"legcay/**\"]\n\
                    severity = { timestamp-unit = \"note\" }\n";

#[test]
fn an_override_that_fits_no_file_was_silent() {
    let at = project(DEAD);
    for (lang, said) in [
        ("en", "warning: no file that was checked fits `legcay/**`"),
        ("zh", "警告：检查的文件都不符合 `legcay/**`"),
    ] {
        let told = format!(
            "larkspect: larkspect.toml:4:10: {said}\n  |\n4 | files = [\"legcay/**\"]\n  |          ^^^^^^^^^^^\n"
        );
        for (args, is_told) in [
            (&[][..], true),
            (&["."], true),
            // Not all was checked that it could fit.
            (&["legacy"], false),
            (&["legacy/bad.json"], false),
            (&["--fail-fast"], false),
            (&["-q"], false),
        ] {
            let ran = check(&at, lang, args);
            assert_eq!(ran.err.matches(&told).count(), usize::from(is_told), "{args:?}: {}", ran.err);
            assert!(is_told || !ran.err.contains("legcay"), "{args:?}: {}", ran.err);
        }
    }
    let right = project(&DEAD.replace("legcay", "legacy"));
    assert_eq!(
        check(&right, "en", &[]).err,
        "larkspect: 1 file was passed over that may be a log (.log, .txt): name it to have it read\n"
    );
}

#[test]
fn settings_that_can_have_no_effect_were_silent() {
    const LEVEL: &str = "severity = { absent-field = \"note\" }";
    for (settings, place, en, zh) in [
        (
            format!("[[override]]\nevents = [\"attendnace.*\"]\n{LEVEL}"),
            "2:11",
            "no documented event type fits `attendnace.*`; did you mean `attendance.*`?",
            "没有文档列出的事件类型符合 `attendnace.*`；是不是 `attendance.*`？",
        ),
        (
            "[[override]]\nfiles = [\"legacy\"]".to_owned(),
            "1:1",
            "this override has no `severity`, and so no effect",
            "这个 [[override]] 没有写 `severity`，不起作用",
        ),
        (
            "[[override]]\nevents = [\"im.*\"]\nseverity = { json-syntax = \"ignore\" }".to_owned(),
            "3:14",
            "`json-syntax` is never about an event, and has no effect under `events`",
            "`json-syntax` 与事件类型无关，写在 `events` 下不起作用",
        ),
        (format!("[[override]]\nfiles = []\n{LEVEL}"), "2:9", "nothing fits an empty list", "空列表不起作用"),
        (
            format!("paths = [\"legacy\"]\n[[override]]\nevents = [\"example.*\"]\n{LEVEL}"),
            "3:11",
            "no event type fits `example.*`, neither a documented one nor one that was checked",
            "文档列出的和检查到的事件类型都不符合 `example.*`",
        ),
        (
            "paths = [\"legacy\"]\nexclude = [\"nothing\"]".to_owned(),
            "2:12",
            "no file fits `nothing`",
            "没有文件符合 `nothing`",
        ),
    ] {
        let at = project(&settings);
        for (lang, warning, said) in [("en", "warning: ", en), ("zh", "警告：", zh)] {
            let ran = check(&at, lang, &[]).err + &check(&at, lang, &["."]).err;
            let line = format!("larkspect.toml:{place}: {warning}{said}");
            assert!(ran.contains(&line), "{line}: {ran}");
            // Other commands have nothing to do with it.
            assert_eq!(larkspect_in(at.path(), ["show", "events"]).run().exits(0).err, "");
        }
    }
}

#[test]
fn an_override_for_a_type_of_ones_own_is_no_mistake() {
    let at = project(
        "paths = [\"events\"]\n[[override]]\nevents = [\"example.*\"]\nseverity = { unknown-event-type = \"ignore\" }",
    );
    let own = String::from_utf8(official()).unwrap();
    at.file("events/own.json", own.replace("attendance.user_flow.created_v1", "example.parcel.delivered_v1"));
    let ran = check(&at, "en", &["--ignore", "duplicate-event"]).exits(0);
    assert_eq!((ran.text(), &*ran.err), ("", ""));
}

#[test]
fn an_override_did_not_reach_old_card_callbacks() {
    let at = project(
        "[[override]]\nevents = [\"card.action.*_v1\"]\nseverity = { unknown-event-type = \"ignore\" }",
    );
    at.file("card.json", r#"{"open_id":"o","open_message_id":"m","token":"t","action":{"tag":"button"}}"#);
    assert_eq!(check(&at, "en", &["card.json"]).exits(0).text(), "");
}

#[test]
fn what_other_tools_call_a_severity_is_answered_with_ours() {
    for (word, ours) in [("warn", "warning"), ("off", "ignore"), ("info", "note"), ("ERR", "error")] {
        let at = project(&format!("[severity]\nabsent-field = \"{word}\""));
        for (lang, said) in [
            ("en", format!("unknown severity `{word}`; did you mean `{ours}`?")),
            ("zh", format!("未知的级别 `{word}`；是不是 `{ours}`？")),
        ] {
            let ran = check(&at, lang, &["."]).exits(2);
            let carets = "^".repeat(word.len() + 2);
            assert_eq!(
                ran.err,
                format!(
                    "larkspect: larkspect.toml:2:16: {said}\n  |\n2 | absent-field = \"{word}\"\n  |                {carets}\n"
                )
            );
        }
    }
}

#[test]
fn a_path_of_the_settings_that_is_not_there_was_told_without_its_place() {
    let at = project("paths = [\"events\", \"nosuch\"]");
    at.file("deep/.keep", "");
    for (lang, said) in [("en", "No such file or directory"), ("zh", "没有那个文件或目录")] {
        let ran = check(&at, lang, &[]).exits(2);
        let line = format!("larkspect: larkspect.toml:1:20: nosuch: {said}\n  |\n1 | paths");
        assert_eq!(ran.err.matches(&line).count(), 1, "{}", ran.err);
        assert_eq!(ran.err.matches(said).count(), 1, "{}", ran.err);
        let deep = larkspect_in(&at.path().join("deep"), ["check", "--lang", lang]).run().exits(2);
        assert!(deep.err.contains(&format!("../larkspect.toml:1:20: ../nosuch: {said}")), "{}", deep.err);
        let missing = check(&at, lang, &["--config", "x"]).exits(2);
        assert_eq!(missing.err, format!("larkspect: x: {said}\n"));
    }
}

#[test]
fn what_is_excluded_is_not_read() {
    let names = |ran: &Ran| -> Vec<String> {
        ran.text().lines().map(|line| line.split(':').next().unwrap().to_owned()).collect()
    };
    let both = ["legacy/bad.json", "legacy/old/bad.json"];
    for (glob, left) in [
        ("legacy/**", &[][..]),
        ("legacy", &[]),
        ("./legacy/", &[]),
        ("old", &both[..1]),
        ("legacy/*.json", &both[1..]),
        ("bad.json", &[]),
        ("events", &both),
    ] {
        for settings in [true, false] {
            let at = project(&if settings { format!("exclude = [\"{glob}\"]") } else { String::new() });
            at.file("legacy/old/bad.json.expect", "note json-syntax");
            let args = if settings { vec!["."] } else { vec!["--exclude", glob, "."] };
            let args = [&["--ignore", "duplicate-event,unmet-expectation"], &*args].concat();
            let ran = check(&at, "en", &args);
            assert_eq!(names(&ran), left, "{glob}: {}", ran.text());
            assert!(!ran.err.contains("fits"), "{glob}: {}", ran.err);
            assert_eq!(ran.err.contains("may be a log"), !glob.contains("legacy") || glob.ends_with(".json"));
            // Whoever names a file means it.
            let named = check(&at, "en", &[&args[..args.len() - 1], &["legacy/bad.json"]].concat()).exits(1);
            assert_eq!(names(&named), ["legacy/bad.json"]);
        }
    }
    let at = project("exclude = [\"old\"]");
    let ran = check(&at, "en", &["--exclude", "legacy/bad.json", "--exclude", "nosuch", "."]).exits(0);
    assert!(ran.err.contains("larkspect: --exclude: no file fits `nosuch`\n"), "{}", ran.err);
    let wrong = check(&at, "zh", &["--exclude", "a[", "."]).exits(2);
    assert!(wrong.err.starts_with("larkspect: --exclude：`a[` 不是有效的通配模式："), "{}", wrong.err);
}

/// `--exclude "$UNSET"` left out every file.
#[test]
fn an_empty_pattern_fits_nothing_and_is_refused() {
    let at = folder(&[("a.json", &official())]);
    let ran = larkspect_in(at.path(), ["check", "--exclude", "", "."]).run().exits(2);
    assert!(ran.err.contains("--exclude: the pattern is empty; for all write *"), "{}", ran.err);
}
