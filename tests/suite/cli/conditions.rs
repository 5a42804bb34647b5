//! Conditions that select nothing, what is looked for in a text, moments, and the place of what is absent.

use crate::support::program::{Folder, Program, larkspect};

const SHIFT: &str = "fixtures/captures/shift.ndjson";

/// Events of many types, of which some say nothing of when things happened.
fn mixture() -> String {
    larkspect(["sample", "--mix", "--count", "60", "--seed", "3"]).run().exits(0).text().to_owned()
}

fn piped(args: &[&str], text: &str) -> Program {
    larkspect(args.iter().chain(&["-"])).stdin(text)
}

#[test]
fn the_slowest_deliveries_began_with_events_that_have_none() {
    let text = mixture();
    for sort in ["--sort=delay", "--sort=-delay"] {
        let ran = piped(&["--columns", "event_type,delay", sort], &text).run().exits(0);
        let delays: Vec<bool> =
            ran.lines()[1..].iter().map(|line| line.split_whitespace().count() > 2).collect();
        assert!(delays.len() == 60 && delays.contains(&false), "{ran:?}");
        assert!(delays.is_sorted_by_key(|has| !has), "{sort}: {ran:?}");
        let first = piped(&["--columns", "delay", "-n3", sort], &text).run().exits(0);
        assert!(first.lines()[1..].iter().all(|line| line.split_whitespace().count() > 1), "{first:?}");
        let comments =
            larkspect(["convert", "--columns", "comment", &sort.replace("delay", "comment"), SHIFT]);
        let comments = comments.run().exits(0);
        let is_empty: Vec<bool> = comments.rows().iter().map(|row| row[0].is_empty()).collect();
        assert!(is_empty.contains(&true) && !is_empty[0] && is_empty.is_sorted(), "{sort}: {is_empty:?}");
    }
}

#[test]
fn no_text_could_be_kept_out_and_another_sign_for_unequal_was_a_value() {
    let rows = |condition: &str| {
        // The second has no such fields.
        const TASK: &str = "fixtures/attendance.user_task.updated_v1";
        let args = ["--columns", "event_type", "--where", condition, SHIFT, TASK];
        larkspect(args).run().exits(0).lines().len().saturating_sub(1)
    };
    assert!((1..12).contains(&rows("location_name~上海")));
    assert_eq!(rows("location_name!~上海"), 12 - rows("location_name~上海"), "absent is neither");
    assert_eq!(rows("type!~PUNCH"), 12 - rows("type~punch"));
    for (lang, said) in [("en", "unequal is written !=: type!=0"), ("zh", "不等于写作 !=：type!=0")] {
        let ran = larkspect(["--lang", lang, "--where", "type<>0", SHIFT]).run().exits(2);
        assert!(ran.err.contains(said) && ran.err.contains("^^"), "{}", ran.err);
    }
}

#[test]
fn a_type_was_not_found_by_part_of_what_the_table_calls_it() {
    let text = mixture();
    let rows = |condition: &str| {
        let ran = piped(&["--columns", "event_type", "--where", condition], &text).run().exits(0);
        ran.lines().len().saturating_sub(1)
    };
    let punches = rows("event_type=punch record");
    assert!(punches > 0);
    for condition in ["event_type~punch record", "event_type~打卡流水", "Event~Punch", "event_type~user_flow"]
    {
        assert_eq!(rows(condition), punches, "{condition}");
    }
    assert_eq!(rows("event_type!~punch record"), 60 - punches);
}

#[cfg(feature = "tz")]
#[test]
fn a_time_that_clocks_showed_twice_found_only_the_first() {
    let punch = |at: &str| crate::support::program::line().replace("1615381916", at);
    // 01:00 in New York on the day on which summer ends: before and after the clocks went back.
    let text = [punch("1730610000"), punch("1730613600"), punch("1730613659"), punch("1730613660")].concat();
    for (condition, lines) in [
        ("check_time=2024-11-03 01:00", &["1", "2", "3"][..]),
        ("check_time!=2024-11-03 01:00", &["4"]),
        ("check_time=2024-11-03 01:00:00", &["1", "2"]),
        ("check_time=2024-11-03T01:00-05:00", &["2", "3"]),
        ("check_time=1730610000", &["1"]),
        ("check_time>2024-11-03 01:00", &["2", "3", "4"]),
        ("check_time=2024-11-03", &["1", "2", "3", "4"]),
    ] {
        let args = ["convert", "--tz", "America/New_York", "--columns", "line", "--where", condition];
        assert_eq!(piped(&args, &text).run().exits(0).lines()[1..], *lines, "{condition}");
    }
}

#[test]
fn a_part_that_no_moment_has_was_an_absent_field() {
    for (lang, said) in [
        ("en", "`check_time` is a moment, behind which stands one of _iso, .day, .time, .hour"),
        ("zh", "`check_time` 是时刻，后面可以加 _iso、.day、.time、.hour"),
    ] {
        for args in [
            &["--where", "check_time.date=2021-03-10"][..],
            &["--columns", "check_time.date"],
            &["--sort", "check_time.date"],
            &["convert", "--columns", "check_time.date"],
            &["summary", "--by", "check_time.date"],
        ] {
            let ran = larkspect(args).args(&["--lang", lang, SHIFT]).run().exits(2);
            // What is read with the arguments is told before the language is known.
            let said = [said, if ["--sort", "summary"].contains(&args[0]) { "is a moment" } else { said }];
            let is_said = said.iter().any(|said| ran.err.contains(said));
            assert!(ran.out.is_empty() && is_said, "{args:?}: {}", ran.err);
        }
    }
    let own = crate::support::program::line().replace("\"1615381916\"", "{\"date\":\"today\"}");
    let ran = piped(&["--columns", "event.check_time.date"], &own).run().exits(0);
    assert!(ran.text().ends_with("today\n"), "{ran:?}");
}

#[test]
fn the_zone_of_the_machine_was_called_local() {
    let ran =
        larkspect(["--tz", "local", "--where", "check_time.hour=3", SHIFT]).env("TZ", "CST-8").run().exits(0);
    assert!(ran.err.contains("times were asked in the zone +08:00 (--tz)"), "{}", ran.err);
}

#[test]
fn a_question_that_names_what_there_is_not_was_answered_with_an_empty_file() {
    let folder = Folder::new();
    let [rows, lines] = ["rows.csv", "lines.ndjson"].map(|name| folder.file(name, "of yesterday"));
    let [rows, lines] = [&rows, &lines].map(|path| path.to_str().unwrap());
    for (lang, asked, said) in [
        ("en", ["--where", "type=abc"], "unknown value `abc`; it is one of 0 (user punch)"),
        (
            "en",
            ["--where", "event_type=attendance.user_flow.created_v2"],
            "did you mean `attendance.user_flow.created_v1`?",
        ),
        (
            "en",
            ["--where", "event_type=nonsense"],
            "no event was of type nonsense; there are attendance.user_flow.created_v1\n",
        ),
        (
            "zh",
            ["--where", "event_type=nonsense"],
            "没有类型为 nonsense 的事件；有 attendance.user_flow.created_v1\n",
        ),
        ("en", ["--where", "event.nosuch=1"], "no event had a field event.nosuch"),
        (
            "en",
            ["--event", "nonsense"],
            "no event was of type nonsense; there are attendance.user_flow.created_v1",
        ),
    ] {
        for command in [
            &["show"][..],
            &["check"],
            &["redact"],
            &["summary"],
            &["redact", "-o", lines],
            &["convert"],
            &["convert", "-t", "json"],
            &["convert", "-o", rows],
        ] {
            let ran = larkspect(command).args(&asked).args(&["--lang", lang, SHIFT]).run().exits(2);
            assert!(ran.out.is_empty() || command == ["check"], "{asked:?} {ran:?}");
            assert!(ran.err.contains(said), "{command:?} {asked:?}: {}", ran.err);
            for path in [rows, lines] {
                assert_eq!(std::fs::read(path).unwrap(), b"of yesterday", "{command:?}");
            }
        }
        let empty = larkspect(["convert", "--allow-empty"]).args(&asked).args(&[SHIFT]).run().exits(0);
        assert_eq!(empty.rows().len(), 0);
    }
    larkspect(["summary", "-o", folder.path().join("s.txt").to_str().unwrap(), "--where", "type=abc", SHIFT])
        .run()
        .exits(2);
    assert!(!folder.path().join("s.txt").exists());
}

#[test]
fn what_is_only_not_there_today_is_no_failure() {
    for asked in [
        &["--where", "type=7"][..],
        &["--where", "event_type=im.message.receive_v1"],
        &["--event", "im.message.receive_v1"],
        &["--where", "message.chat_id=x"],
        &["--where", "event_type=nonsense,attendance.*", "--where", "type=7"],
        // Not all events are asked, so that nobody knows whether one is of the type.
        &["--since", "2021-03-11", "--where", "event_type=nonsense"],
    ] {
        for command in ["show", "convert", "redact", "summary"] {
            let ran = larkspect([command]).args(asked).args(&[SHIFT]).run().exits(0);
            assert!(ran.err.contains("0 of 12 events selected"), "{command} {asked:?}: {}", ran.err);
        }
    }
}
