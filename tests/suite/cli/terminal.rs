//! What people see: colour, zone, language; and nothing of a payload that could drive their terminal.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::support::program::{Folder, OFFICIAL, fixture, larkspect, line};

const BAD: &str = "fixtures/rules/unknown-choice.json";

/// Arguments, variables, and what comes of them.
type Case<T> = (&'static [&'static str], &'static [(&'static str, &'static str)], T);

#[test]
fn colour_is_decided_in_the_promised_order() {
    // Standard output is a pipe here, so without a word there is no colour.
    let cases: &[Case<bool>] = &[
        (&[], &[], false),
        (&["--color", "always"], &[], true),
        (&["--color", "always"], &[("NO_COLOR", "1")], true),
        (&["--color", "never"], &[("CLICOLOR_FORCE", "1")], false),
        (&[], &[("CLICOLOR_FORCE", "1")], true),
        (&[], &[("FORCE_COLOR", "1")], true),
        (&[], &[("CLICOLOR_FORCE", "0")], false),
        (&[], &[("CLICOLOR_FORCE", "")], false),
        (&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], true),
    ];
    for command in ["check", "show", "explain"] {
        for (args, env, painted) in cases {
            let topic = if command == "explain" { "type" } else { BAD };
            let mut program = larkspect([command, topic].iter().chain(*args));
            for (name, value) in *env {
                program = program.env(name, value);
            }
            let ran = program.run();
            assert_eq!(ran.text().contains("\u{1b}["), *painted, "{command} {args:?} {env:?}");
        }
    }
    for format in ["line", "json", "ndjson", "github", "gitlab", "junit", "sarif"] {
        let ran = larkspect(["check", "--color", "always", "-f", format, BAD]).run().exits(1);
        assert!(!ran.text().contains('\u{1b}'), "{format} is for machines");
    }
    let csv = larkspect(["convert", "--color", "always", OFFICIAL]).run().exits(0);
    assert!(!csv.text().contains('\u{1b}'));
}

#[test]
fn the_zone_is_that_of_the_flag_then_of_the_variables() {
    let cases: &[Case<&str>] = &[
        (&[], &[("TZ", "UTC")], "2021-03-10 13:11:56 +00:00"),
        (&[], &[("TZ", "Asia/Shanghai")], "2021-03-10 21:11:56 +08:00"),
        (&[], &[("TZ", "Asia/Shanghai"), ("LARKSPECT_TZ", "utc")], "2021-03-10 13:11:56 +00:00"),
        (&["--tz", "+05:30"], &[("LARKSPECT_TZ", "utc")], "2021-03-10 18:41:56 +05:30"),
        (&["--tz", "America/New_York"], &[], "2021-03-10 08:11:56 -05:00"),
        (&["--tz", "local"], &[("TZ", "Asia/Tokyo")], "2021-03-10 22:11:56 +09:00"),
    ];
    for (args, env, time) in cases {
        let mut program = larkspect(args.iter().chain(&["show", OFFICIAL]));
        for (name, value) in *env {
            program = program.env(name, value);
        }
        let ran = program.run().exits(0);
        assert!(ran.text().contains(time), "{args:?} {env:?}: {}", ran.text());
    }
    let csv = larkspect(["convert", "--tz", "Asia/Shanghai", OFFICIAL]).run().exits(0);
    assert!(csv.text().contains("2021-03-10T21:11:56+08:00"), "{}", csv.text());
    larkspect(["show", OFFICIAL]).env("LARKSPECT_TZ", "nowhere").run().exits(2);
}

#[test]
fn the_language_is_that_of_the_flag_then_of_the_locale() {
    for (args, locale, words) in [
        (&["--lang", "zh"][..], "C.UTF-8", "用户自己打卡"),
        (&["--lang", "en"], "zh_CN.UTF-8", "user punch"),
        (&[], "zh_CN.UTF-8", "用户自己打卡"),
        (&[], "en_US.UTF-8", "user punch"),
        (&[], "", "user punch"),
    ] {
        let ran = larkspect(args.iter().chain(&["show", OFFICIAL])).env("LANG", locale).run().exits(0);
        assert!(ran.text().contains(words), "{args:?} {locale}: {}", ran.text());
    }
    let header = |lang: &str| {
        let ran = larkspect(["convert", "--lang", lang, OFFICIAL]).run().exits(0);
        ran.lines()[0].to_owned()
    };
    assert_eq!(header("zh"), header("en"), "CSV headers are never translated");
}

/// C0 but for the line end, DEL, C1, and what reorders or hides text.
fn drives_a_terminal(c: char) -> bool {
    c != '\n' && c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

#[test]
fn no_byte_of_a_payload_or_a_name_drives_the_terminal() {
    let folder = Folder::new();
    let hostile = fixture("captures/hostile.json");
    let file =
        folder.file(OsStr::from_bytes("evil\u{1b}]0;x\u{7}\u{9b}\u{202e}\r\n.json".as_bytes()), &hostile);
    // The same with something to say of each value: unknown fields, wrong types, a broken document.
    let text = String::from_utf8(hostile).unwrap();
    let wrong = text
        .replace("\"check_time\"", "\"chek_time\"")
        .replace("\"type\":", "\"type\":\"\\u001b[31m\u{9b}\",\"type\":");
    let worse = format!("{wrong}\n{{\"\u{9b}31m\\u001b\": \u{202e}nope\u{1b}}}\n\u{1b}]0;title\u{7}\n");
    let faulty = folder.file("faulty\u{2066}.json", worse);
    let mut commands: Vec<Vec<&str>> =
        ["human", "line", "github", "json", "ndjson", "gitlab", "junit", "sarif"]
            .map(|format| vec!["check", "--strict", "-f", format])
            .to_vec();
    commands.extend([
        vec!["show"],
        vec!["show", "--card"],
        vec!["show", "--table"],
        vec!["show", "--raw", "--wide"],
        vec!["show", "--lang", "zh", "--show-secrets"],
        vec!["show", "-v"],
        vec!["check", "-v"],
        vec!["convert", "--event", "no\u{1b}[2Jtype"],
        vec!["convert", "-o", "/dev/null"],
        vec!["convert", "-o", "/dev/null", "--columns", "\u{1b}[2J"],
        vec!["check", "--error", "\u{1b}[2J"],
        vec!["check", "--tz", "\u{1b}[2J"],
        vec!["explain", "\u{1b}[2J\u{202e}"],
        vec!["schema", "\u{1b}[2J\u{202e}"],
        vec!["sample", "\u{1b}[2J\u{202e}"],
        vec!["--\u{1b}[2J"],
    ]);
    for command in &commands {
        let takes_files = !["explain", "schema", "sample"].contains(&command[0]);
        let files = [file.as_os_str(), faulty.as_os_str()];
        let files = if takes_files { &files[..] } else { &[] };
        let ran = larkspect(command.iter().map(OsStr::new).chain(files.iter().copied())).run();
        for (stream, text) in [("stdout", ran.text()), ("stderr", &ran.err)] {
            if let Some(at) = text.find(drives_a_terminal) {
                let from = text.floor_char_boundary(at.saturating_sub(80));
                let c = text[at..].chars().next().unwrap();
                panic!("{command:?}: {c:?} on {stream} after {:?}", &text[from..at]);
            }
        }
    }
}

#[test]
fn a_token_is_shown_only_to_those_who_ask() {
    let secret = "wz5vVgAqmp6AmpSq9CR98exn8wgPHhgz";
    let sound = line();
    assert!(sound.contains("\"token\":\""));
    let token = sound.split("\"token\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let event = sound.replace(&token, secret);
    let hidden = &secret[4..];
    // Everything that can be wrong around a token, so that every way of quoting it is tried.
    let inputs = [
        event.clone(),
        event.replace("\"type\":0", "\"type\":9"),
        event.replace("\"token\":", "\"token\":\"x\",\"token\":"),
        event.replace("\"token\":", "\"tokn\":1,\"token\":"),
        event.replace("\"schema\"", "\"schema\" "),
        event.replace(&format!("\"{secret}\""), &format!("[\"{secret}\"]")),
        event.replace("\"event\":", "\"event\" "),
        format!("[{}", event.trim_end()),
        format!(
            "{{\"uuid\":\"1\",\"token\":\"{secret}\",\"type\":\"event_callback\",\"ts\":\"1.5\",\"event\":{{\"type\":\"x\"}}}}\n"
        ),
        format!("{{\"challenge\":\"c\",\"token\":\"{secret}\",\"type\":\"url_verification\"}}\n"),
        format!("{}{}", event, event.replace("\"type\":0", "\"type\":1")),
    ];
    let formats = ["human", "line", "json", "ndjson", "github", "gitlab", "junit", "sarif"];
    for input in &inputs {
        let mut programs: Vec<Vec<&str>> = formats.map(|format| vec!["check", "-f", format]).to_vec();
        programs.extend([
            vec!["show"],
            vec!["show", "--card"],
            vec!["show", "--table"],
            vec!["show", "--raw"],
            vec!["convert"],
            vec!["convert", "-t", "ndjson"],
            vec!["convert", "-t", "json"],
            vec!["convert", "--extra"],
        ]);
        for args in programs {
            let ran = larkspect(&args).stdin(input.clone()).run();
            assert!(!ran.text().contains(hidden), "{args:?}\n{input}\n{}", ran.text());
            assert!(!ran.err.contains(hidden), "{args:?}\n{input}\n{}", ran.err);
        }
    }
    for args in [["show", "--card", "--show-secrets"], ["convert", "--columns=token", "--show-secrets"]] {
        let ran = larkspect(args).stdin(event.clone()).run().exits(0);
        assert!(ran.text().contains(secret), "{args:?}: {}", ran.text());
    }
}
