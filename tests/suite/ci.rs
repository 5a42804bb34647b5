//! `check` as a pipeline sees it: exit codes, flags, settings, expected failures. Runs the program itself.

use std::process::Stdio;

use crate::support::program::{bad, folder, larkspect_in, official, run_in, spoiled};

const ENCRYPTED: &[u8] = br#"{"encrypt":"P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}"#;
const CHALLENGE: &[u8] = br#"{"challenge":"a","token":"t","type":"url_verification"}"#;

#[test]
fn exit_codes() {
    let unknown = spoiled("attendance.user_flow.created_v1", "example.parcel.delivered_v1");
    let note = spoiled("    \"comment\": \"\",\n", "");
    let at = folder(&[
        ("good.json", &official()),
        ("bad.json", &bad()),
        ("note.json", &note),
        ("encrypted.json", ENCRYPTED),
        ("unknown.json", &unknown),
        ("challenge.json", CHALLENGE),
        ("empty.json", b""),
        ("blank.json", b" \n\n"),
        ("nothing/readme.txt", b""),
    ]);
    for (args, code) in [
        ("good.json", 0),
        ("bad.json", 1),
        ("good.json bad.json", 1),
        ("bad.json --warn timestamp-unit", 0),
        ("bad.json --ignore timestamp-unit", 0),
        ("bad.json --warn timestamp-unit --strict", 1),
        ("bad.json --ignore timestamp-unit --strict", 0),
        ("bad.json --quiet", 1),
        ("note.json", 0),
        ("note.json --strict", 1),
        ("note.json --error absent-field", 1),
        ("note.json --error absent-field,timestamp-unit", 1),
        ("note.json --strict --ignore absent-field", 0),
        // Only what cannot be decrypted: wrong, and nothing was checked either.
        ("encrypted.json", 1),
        ("encrypted.json --warn encrypted-without-key", 2),
        ("encrypted.json --ignore encrypted-without-key", 2),
        ("encrypted.json good.json --ignore encrypted-without-key", 0),
        // Only what the catalogue does not know: its header was checked.
        ("unknown.json", 0),
        ("unknown.json --strict", 1),
        ("challenge.json", 0),
        ("empty.json", 2),
        ("empty.json --allow-empty", 0),
        ("empty.json good.json", 0),
        ("blank.json", 2),
        ("nothing", 2),
        ("nothing --allow-empty", 0),
        ("missing.json", 2),
        ("missing.json --allow-empty", 2),
        ("missing.json bad.json", 2),
        ("good.json --error no-such-rule", 2),
        ("good.json --format xml", 2),
        ("good.json --no-such-flag", 2),
        ("good.json --report sarif", 2),
        ("good.json --report sarif=no/such/directory/a.sarif", 2),
        ("bad.json --report sarif=no/such/directory/a.sarif --quiet", 2),
        ("good.json --report sarif=nothing", 2),
        ("good.json --report json=a.txt --report line=a.txt", 2),
        ("bad.json --report json=nothing/a.txt --quiet", 1),
        ("good.json --config missing.toml", 2),
        ("good.json --config good.json", 2),
        ("good.json --config x --no-config", 2),
    ] {
        let words: Vec<&str> = std::iter::once("check").chain(args.split(' ')).collect();
        let outcome = run_in(at.path(), &words);
        assert_eq!(outcome.code, code, "{args}: {outcome:#?}");
        // Whoever is told of a failure is told why.
        assert_eq!(code == 2, !outcome.err.is_empty(), "{args}: {outcome:#?}");
    }
}

#[test]
fn standard_input_is_judged_alike() {
    let at = folder(&[]);
    for (input, code) in
        [(official(), 0), (bad(), 1), (Vec::new(), 2), (b"[]".to_vec(), 2), (b"null".to_vec(), 1)]
    {
        for args in [&["check"][..], &["check", "-"], &["validate"]] {
            assert_eq!(larkspect_in(at.path(), args).stdin(&*input).run().code, code, "{args:?}");
        }
    }
}

#[test]
fn quiet_is_silent() {
    let at = folder(&[("bad.json", &bad())]);
    let outcome = run_in(at.path(), &["check", "-q", "bad.json"]);
    assert_eq!((outcome.text(), outcome.err.as_str()), ("", ""));
}

/// The exit code says what was seen until the reader went away; a report in a file is written to its end.
#[test]
fn a_closed_pipe_is_quiet() {
    let many: Vec<u8> = [bad(), b"\n".to_vec()].concat().repeat(3000);
    let at = folder(&[("many.json", &many)]);
    for (args, code) in [
        ("-f line", 1),
        ("-f line --warn timestamp-unit,duplicate-event", 0),
        ("-f line --report json=all.txt", 1),
    ] {
        let words = ["check", "many.json"].into_iter().chain(args.split(' '));
        let mut child = larkspect_in(at.path(), words).spawn();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(code), 0), "{args}");
    }
    let report: serde_json::Value =
        serde_json::from_slice(&std::fs::read(at.path().join("all.txt")).unwrap()).unwrap();
    assert_eq!(report["totals"]["events"], 3000);
}

#[cfg(target_os = "linux")]
#[test]
fn a_failed_write_wins() {
    let at = folder(&[("bad.json", &bad()), ("good.json", &official())]);
    for file in ["bad.json", "good.json"] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = larkspect_in(at.path(), ["check", file, "--report", "line=ok.txt"]).command;
        let status = command.stdout(full).stderr(Stdio::null()).status();
        assert_eq!(status.unwrap().code(), Some(2));
        assert!(at.path().join("ok.txt").exists(), "the other report is whole");
        std::fs::remove_file(at.path().join("ok.txt")).unwrap();
        let outcome = run_in(at.path(), &["check", file, "--report", "json=/dev/full"]);
        assert_eq!(outcome.code, 2);
        assert!(outcome.err.contains("/dev/full"), "{}", outcome.err);
    }
}

#[test]
fn findings_beyond_the_wanted_count_all_the_same() {
    let many: Vec<u8> = bad().repeat(5);
    let at = folder(&[("many.json", &many)]);
    let outcome = run_in(
        at.path(),
        &["check", "many.json", "-f", "json", "--max-findings", "2", "--report", "junit=j.xml"],
    );
    let report: serde_json::Value = serde_json::from_str(outcome.text()).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), 2);
    assert_eq!((&report["totals"]["errors"], &report["totals"]["notes"]), (&5.into(), &4.into()));
    assert_eq!(outcome.err, "larkspect: 7 more findings are not told: --max-findings\n");
    let junit = std::fs::read_to_string(at.path().join("j.xml")).unwrap();
    assert!(junit.contains("(and 4 more)"), "{junit}");
    // It was "1 more findings are".
    for (lang, said) in [("en", "1 more finding is not told"), ("zh", "另有 1 个问题未列出")] {
        let ran = run_in(at.path(), &["check", "many.json", "--max-findings", "8", "--lang", lang]);
        assert_eq!(
            ran.err,
            format!("larkspect: {said}{}--max-findings\n", if lang == "en" { ": " } else { "：" })
        );
    }
    let none = run_in(at.path(), &["check", "many.json", "-f", "junit", "--max-findings", "0"]);
    assert!(
        none.text().contains("failures=\"1\""),
        "a file does not pass because nothing is told: {}",
        none.text()
    );
}

#[test]
fn fail_fast_stops_at_the_first_error() {
    let at = folder(&[("a.json", &bad().repeat(3)), ("b.json", &bad()), ("c.json", &bad())]);
    let outcome = run_in(at.path(), &["check", ".", "-f", "json", "--fail-fast"]);
    let report: serde_json::Value = serde_json::from_str(outcome.text()).unwrap();
    let totals = &report["totals"];
    assert_eq!((outcome.code, &totals["errors"], &totals["files"]), (1, &1.into(), &1.into()), "{totals}");
    let warned = run_in(at.path(), &["check", ".", "-f", "json", "--fail-fast", "--warn", "timestamp-unit"]);
    assert_eq!((warned.code, warned.text().matches("timestamp-unit").count()), (0, 5));
}

#[test]
fn settings_are_found_upwards() {
    let at = folder(&[
        ("larkspect.toml", b"paths = [\"events\"]\nstrict = true\n[severity]\nabsent-field = \"ignore\"\n"),
        ("events/note.json", &spoiled("    \"comment\": \"\",\n", "")),
        ("events/warn.json", &spoiled("b0:b8:67:62:18:73", "b0")),
        ("deep/er/.keep", b""),
        ("other.toml", b"[[override]]\nfiles = [\"warn.json\"]\nseverity = { malformed-mac = \"error\" }\n"),
    ]);
    let top = run_in(at.path(), &["check", "-v", "-f", "line"]);
    assert_eq!(top.code, 1, "{top:?}");
    assert!(top.text().starts_with("events/warn.json:12:14: error[malformed-mac]"), "{}", top.text());
    assert!(top.err.starts_with("larkspect: settings of larkspect.toml\n"), "{}", top.err);
    let deep = run_in(&at.path().join("deep/er"), &["check", "-v", "-f", "line"]);
    assert!(deep.text().starts_with("../../events/warn.json:12:14: error"), "{}", deep.text());
    assert!(deep.err.starts_with("larkspect: settings of ../../larkspect.toml\n"), "{}", deep.err);
    // What is typed wins.
    for (args, code) in [
        (&["check", "--warn", "malformed-mac"][..], 1),
        (&["check", "--ignore", "malformed-mac"], 0),
        (&["check", "--error", "absent-field", "events/note.json"], 1),
        (&["check", "--no-config", "events"], 0),
        (&["check", "--no-config"], 2),
        (&["check", "--config", "other.toml", "events"], 1),
        (&["check", "--config", "other.toml", "events/note.json"], 0),
    ] {
        let outcome = run_in(at.path(), args);
        assert_eq!(outcome.code, code, "{args:?} {outcome:?}");
    }
    let piped = larkspect_in(at.path(), ["check", "-"]).stdin(official()).run();
    assert!(
        piped.text().starts_with("1 file, 1 event: no findings"),
        "- is standard input: {}",
        piped.text()
    );
}

#[test]
fn mistakes_in_settings_have_a_place() {
    let at = folder(&[
        ("larkspect.toml", b"strct = true\n\n[severity]\nabsent-feild = \"note\"\n"),
        ("good.json", &official()),
    ]);
    let outcome = run_in(at.path(), &["check", "good.json"]);
    assert_eq!(outcome.code, 2);
    assert_eq!(
        outcome.err,
        "larkspect: larkspect.toml:1:1: unknown key `strct`; did you mean `strict`?\n  \
         |\n1 | strct = true\n  | ^^^^^\n\
         larkspect: larkspect.toml:4:1: unknown rule `absent-feild`; did you mean `absent-field`?\n  \
         |\n4 | absent-feild = \"note\"\n  | ^^^^^^^^^^^^\n"
    );
    assert_eq!(run_in(at.path(), &["check", "good.json", "--no-config"]).code, 0);
}

#[test]
fn the_zone_of_the_settings_is_for_all_and_gives_way_to_what_is_nearer() {
    let at = folder(&[("larkspect.toml", b"tz = \"-03:00\"\n"), ("bad.json", &bad())]);
    let help = |args: &[&str], variable: Option<&str>| {
        let check = larkspect_in(at.path(), ["check", "bad.json", "-f", "line"]).args(args);
        // Empty is as not set.
        let ran = check.env("LARKSPECT_TZ", variable.unwrap_or_default()).run();
        ran.text().to_owned()
    };
    assert!(help(&[], None).contains("10:11:56 -03:00"));
    assert!(help(&[], Some("+09:00")).contains("22:11:56 +09:00"));
    assert!(help(&["--tz", "utc"], Some("+09:00")).contains("13:11:56 +00:00"));
}

#[test]
fn expected_failures() {
    let at = folder(&[("good.json", &official()), ("bad.json", &bad())]);
    let check = |args: &[&str]| run_in(at.path(), &[&["check"], args].concat());
    let sidecar = at.path().join("bad.json.expect");
    assert_eq!(check(&["."]).code, 1);
    let written = check(&["--update-expectations", "."]);
    assert_eq!((written.code, written.text()), (0, ""), "{written:?}");
    assert_eq!(std::fs::read_to_string(&sidecar).unwrap(), "error timestamp-unit /event/check_time\n");
    assert!(!at.path().join("good.json.expect").exists());
    let green = check(&[".", "-v"]);
    assert_eq!(green.code, 0);
    assert!(green.text().starts_with("2 files, 2 events: no findings. 1 expected in "), "{}", green.text());
    assert!(green.err.contains("bad.json: 1 finding as bad.json.expect expects\n"), "{}", green.err);
    // However the file is named, and whatever the flags say.
    let whole = at.path().join("bad.json");
    for args in [
        &["bad.json"][..],
        &["bad.json.expect"],
        &["bad.json.expect", "bad.json"],
        &["./bad.json", "--strict"],
        &["bad.json", "--warn", "timestamp-unit"],
        &["bad.json", "--ignore", "timestamp-unit"],
        &[whole.to_str().unwrap()],
    ] {
        assert_eq!(check(args).code, 0, "{args:?}");
    }
    // Another mistake is not covered.
    std::fs::write(at.path().join("bad.json"), [bad(), bad()].concat()).unwrap();
    let other = check(&["bad.json", "-f", "line", "--ignore", "duplicate-event"]);
    assert_eq!((other.code, other.text().lines().count()), (1, 1), "{}", other.text());
    // Mended: the sidecar no longer tells the truth, and goes.
    std::fs::write(at.path().join("bad.json"), official()).unwrap();
    let mended = check(&[".", "-f", "line"]);
    assert_eq!(mended.code, 1);
    assert!(
        mended.text().starts_with("bad.json.expect:1:1: error[unmet-expectation] /event/check_time: "),
        "{}",
        mended.text()
    );
    assert_eq!(check(&[".", "--update-expectations"]).code, 0);
    assert!(!sidecar.exists());
    assert_eq!(check(&["."]).code, 0);
}

#[test]
fn sidecars_that_guard_nothing_are_findings() {
    let at = folder(&[
        ("good.json", &official()),
        ("good.json.expect", b"# why?\n"),
        ("gone.json.expect", b"error json-syntax\n"),
        ("script.expect", b"spawn ssh"),
    ]);
    let outcome = run_in(at.path(), &["check", ".", "-f", "line"]);
    let codes: Vec<&str> = outcome.text().lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(
        (outcome.code, codes),
        (1, vec!["good.json.expect:1:1", "gone.json.expect:1:1"]),
        "{}",
        outcome.text()
    );
    assert_eq!(run_in(at.path(), &["check", ".", "--ignore", "stale-expectation"]).code, 0);
    assert_eq!(run_in(at.path(), &["check", "gone.json.expect"]).code, 1);
}

/// As a newcomer would: green, break a fixture, see where, ask why, mend it, green.
#[test]
fn a_broken_fixture_leads_to_its_repair() {
    let at = folder(&[("events/punch.json", &official())]);
    let check = || run_in(at.path(), &["check", "events", "--format", "github"]);
    assert_eq!(check().code, 0);
    std::fs::write(at.path().join("events/punch.json"), bad()).unwrap();
    let broken = check();
    assert_eq!(broken.code, 1);
    let annotation = broken.text().lines().next().unwrap();
    assert!(annotation.starts_with("::error file=events/punch.json,line=13,col=19,"), "{annotation}");
    let code = annotation.split("title=").nth(1).unwrap().split("::").next().unwrap();
    let why = run_in(at.path(), &["explain", code]);
    assert!(why.code == 0 && why.text().contains("in seconds (10 digits today)"), "{}", why.text());
    let mend = annotation.split("write \"").nth(1).unwrap().split('"').next().unwrap();
    std::fs::write(at.path().join("events/punch.json"), spoiled("1615381916\"", &format!("{mend}\"")))
        .unwrap();
    assert_eq!(check().code, 0);
}

#[test]
fn comments_outlive_an_update() {
    let sidecar = "# Why this is wrong.\n\nerror json-syntax\n\n# The end.\n";
    let at = folder(&[("bad.json", &bad()), ("bad.json.expect", sidecar.as_bytes())]);
    let update = || run_in(at.path(), &["check", "--update-expectations", "bad.json"]);
    assert_eq!(update().code, 0);
    let written = std::fs::read_to_string(at.path().join("bad.json.expect")).unwrap();
    assert_eq!(written, sidecar.replace("json-syntax", "timestamp-unit /event/check_time"));
    assert_eq!(update().err, "larkspect: files read: 1, sidecars written: 0\n");
}

#[test]
fn a_report_in_the_tree_is_not_read_by_the_next_run() {
    let at = folder(&[("bad.json", &bad())]);
    for _ in 0..2 {
        let outcome = run_in(at.path(), &["check", ".", "--report", "json=report.json"]);
        assert!(outcome.text().contains("1 file, 1 event: "), "{}", outcome.text());
    }
    let left: Vec<_> =
        std::fs::read_dir(at.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

/// Who typed a name finds it again; a report that is read elsewhere finds the file from the top of the checkout.
#[test]
fn findings_name_files_as_they_were_given_and_reports_as_seen_from_here() {
    let at = folder(&[
        ("in/a.json", &bad()),
        ("in/deep/b.json", &bad()),
        ("c.json", &bad()),
        ("in/gone.json.expect", b"error json-syntax\n"),
    ]);
    let here = at.path().canonicalize().unwrap().join("in");
    let whole = |path: &str| here.join(path).to_str().unwrap().to_owned();
    let far = at.path().canonicalize().unwrap().join("c.json").to_str().unwrap().to_owned();
    for (typed, given, seen) in [
        ("a.json", "a.json", "a.json"),
        ("./a.json", "./a.json", "a.json"),
        (&whole("a.json"), &whole("a.json"), "a.json"),
        ("./deep", "./deep/b.json", "deep/b.json"),
        ("deep/", "deep/b.json", "deep/b.json"),
        ("./", "./a.json", "a.json"),
        (&whole("deep"), &whole("deep/b.json"), "deep/b.json"),
        ("../c.json", "../c.json", "../c.json"),
        (&far, &far, &far),
        ("./gone.json.expect", "./gone.json.expect", "gone.json.expect"),
    ] {
        for format in ["human", "line", "github", "gitlab", "junit", "sarif", "json", "ndjson"] {
            let report = format!("{format}=../report");
            let outcome = run_in(&here, &["check", typed, "-f", format, "--report", &report]);
            let written = std::fs::read_to_string(at.path().join("report")).unwrap();
            for text in [outcome.text(), &*written] {
                let name = match format {
                    "human" => text.split("--> ").nth(1).and_then(|rest| rest.split(':').next()),
                    "line" => text.split(':').next(),
                    "github" => text.split("file=").nth(1).and_then(|rest| rest.split(',').next()),
                    "junit" => {
                        text.split("<testsuite name=\"").nth(1).and_then(|rest| rest.split('"').next())
                    }
                    "gitlab" => text.split("\"path\":").nth(1).and_then(|rest| rest.split('"').nth(1)),
                    "sarif" => text.split("\"uri\":").nth(1).and_then(|rest| rest.split('"').nth(1)),
                    _ => text.split("\"file\":").nth(1).and_then(|rest| rest.split('"').nth(1)),
                };
                let expected = if ["human", "line"].contains(&format) { given } else { seen };
                let name = name.map(|name| name.trim_start_matches("file://"));
                assert_eq!(name, Some(expected), "{typed} {format}: {text}");
            }
        }
    }
    let all = run_in(&here, &["check", ".", "-f", "line", "--ignore", "stale-expectation,duplicate-event"]);
    let names: Vec<_> = all.text().lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(names, ["a.json", "deep/b.json"], "what is in `.` needs no `./`");
}
