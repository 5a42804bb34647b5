//! Findings in Chinese: every one has words in both languages that say the same, people read theirs, and what programs
//! read does not change with the language.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::chinese::{is_chinese, is_well_set};
use crate::support::example::expand;
use crate::support::program::{larkspect, root, steady};
use crate::support::read_in;
use larkspect::finding::{Finding, Words};
use larkspect::lang::{Lang, Langs};
use larkspect::report::expect::Expectations;
use larkspect::rules;
use larkspect::seen::events::{DEFAULT_WINDOW, Hasher, Window};
use larkspect::signature::Credentials;
use larkspect::stream::frame::{Limits, read_all};

/// Files at or below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

/// What is quoted in a sentence and must not depend on the language: what stands in backquotes, and numbers.
fn quoted(text: &str) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = text.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let outside: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let digits = outside.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    found.extend(digits.map(str::to_owned));
    found
}

/// The sentences of a finding, each with its name.
fn sentences(words: &Words) -> [(&'static str, Option<&str>); 5] {
    [
        ("message", Some(&words.message)),
        ("caret", words.caret.as_deref()),
        ("expected", words.expected.as_deref()),
        ("found", words.found.as_deref()),
        ("help", words.help.as_deref()),
    ]
}

/// Whether both languages of a finding say the same, as far as that can be told. A text of its own says it all.
fn says_the_same(finding: &Finding) {
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| finding.words.in_lang(lang));
    let code = finding.rule.code;
    assert!(finding.words.zh.is_some() && is_chinese(&zh.message), "{code}: {zh:?}");
    for ((name, zh), (_, en)) in sentences(zh).into_iter().zip(sentences(en)) {
        assert_eq!(zh.is_some(), en.is_some(), "{code} {name}: {zh:?} {en:?}");
        let (Some(zh), Some(en)) = (zh, en) else { continue };
        assert_eq!(quoted(zh), quoted(en), "{code} {name}\n{zh}\n{en}");
        // What is the same in both is a value.
        assert!(zh == en || is_chinese(zh), "{code} {name}: {zh}");
    }
}

#[test]
fn every_finding_says_the_same_in_both_languages() {
    let official =
        std::fs::read(root().join("fixtures/attendance.user_flow.created_v1/official.json")).unwrap();
    let official = serde_json::from_slice(&official).unwrap();
    let mut codes = BTreeSet::new();
    let mut look = |text: &[u8], limits, credentials: Credentials| {
        for finding in &read_in(Langs::Both, text, limits, credentials).findings.0 {
            says_the_same(finding);
            codes.insert(finding.rule.code);
        }
    };
    let elsewhere = |code: &str| {
        ["duplicate-event", "duplicate-record"].contains(&code)
            || code.ends_with("-expectation")
            || code.ends_with("-request")
    };
    for rule in rules::ALL.iter().filter(|rule| !elsewhere(rule.code)) {
        for example in [rule.wrong, rule.right] {
            let (text, setup) = expand(example, &official);
            look(&text, setup.limits, setup.credentials);
        }
    }
    for path in files(&root().join("fixtures")) {
        look(&std::fs::read(&path).unwrap(), Limits::default(), Credentials::default());
    }
    let all = rules::ALL.iter().map(|rule| rule.code).filter(|code| !elsewhere(code));
    let missing: Vec<_> = all.filter(|code| !codes.contains(code)).collect();
    assert!(missing.is_empty(), "no text breaks {missing:?}");
}

#[test]
fn what_is_said_of_sidecars_and_repeats_is_the_same_in_both_languages() {
    for sidecar in ["# nothing", "error no-such-rule /a", "note absent-field x3 /a", "error unknown-choice"] {
        for finding in Expectations::parse(sidecar.as_bytes()).outcome(Langs::Both) {
            says_the_same(&finding);
        }
    }
    says_the_same(&rules::expectation::no_fixture("a.json", Langs::Both));
    let event = |id: &str, record: &str, no: u32| {
        format!(
            r#"{{"schema":"2.0","header":{{"event_id":"{id}","event_type":"attendance.user_flow.created_v1"}},"event":{{"record_id":"{record}","type":{no}}}}}"#
        )
    };
    let text = [event("a", "1", 0), event("a", "1", 0), event("a", "2", 1), event("b", "1", 0)].join("\n");
    let mut collected = larkspect::report::collect::Collected::new(Hasher::default()).telling(Langs::Both);
    let mut engine = larkspect::Engine::new(larkspect::Zone::Utc);
    read_all(&mut engine, text.as_bytes(), Limits::default(), &mut collected);
    let mut repeats = 0;
    let told = collected.tell(&mut Window::new(DEFAULT_WINDOW), text.as_bytes(), None, |_, finding| {
        says_the_same(finding);
        repeats += usize::from(finding.rule.code.starts_with("duplicate-"));
        Ok::<(), ()>(())
    });
    assert_eq!((told, repeats), (Ok(()), 3));
}

/// The folders whose files break rules, and what else is read in every way.
const READ: &[&str] = &["fixtures/rules", "fixtures/captures", "fixtures/verify"];

#[test]
fn what_programs_read_is_english_in_every_language() {
    let run = |args: &[&str], lang: &str| {
        let args = args.iter().copied().chain(["--lang", lang]).chain(READ.iter().copied());
        larkspect(args.filter(|arg| !arg.starts_with("fixtures/") || root().join(arg).exists())).run()
    };
    for format in ["json", "ndjson", "github", "gitlab", "junit", "sarif"] {
        let [zh, en] = ["zh", "en"].map(|lang| run(&["check", "--format", format], lang));
        // Of JUnit the time that it took is told.
        let without_time = |text: &str| -> String {
            text.split(" time=").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect()
        };
        assert_eq!(without_time(zh.text()), without_time(en.text()), "{format}");
        assert!(!en.text().is_empty(), "{format}");
    }
    for format in ["json", "ndjson"] {
        let [zh, en] = ["zh", "en"].map(|lang| run(&["verify", "--format", format], lang));
        assert_eq!(zh.text(), en.text(), "verify {format}");
    }
}

#[test]
fn people_read_chinese_beside_a_report_for_programs_in_english() {
    let folder = tempfile::tempdir().unwrap();
    let report = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let run = |lang: &str, name: &str| {
        let both = format!("json={}", report(name));
        larkspect(["check", "--lang", lang, "--report", &both, "fixtures/rules"]).run();
        std::fs::read(report(name)).unwrap()
    };
    assert_eq!(run("zh", "zh.json"), run("en", "en.json"));
    let (both, lines) = (format!("json={}", report("a.json")), format!("line={}", report("a.txt")));
    let read = |args: &[&str]| {
        let args = ["check", "--tz", "+08:00", "--lang", "zh"].iter().chain(args).copied();
        steady(larkspect(args.chain(["fixtures/rules"])).run().text(), "1")
    };
    let alone = read(&[]);
    assert!(alone.contains("= 应为：自 1970 年起的秒数\n"), "{alone}");
    assert_eq!(read(&["--report", &both, "--report", &lines]), alone);
    let lines = std::fs::read_to_string(report("a.txt")).unwrap();
    assert!(lines.contains("/event/check_time: `event.check_time` 应以秒为单位；"), "{lines}");
}

#[test]
fn the_report_in_chinese_is_set_well_and_finds_the_same() {
    let read = |lang: &str, path: &str| {
        let args = ["check", "--tz", "+08:00", "--lang", lang, path];
        steady(larkspect(args).run().text(), "1")
    };
    for path in files(&root().join("fixtures/rules")) {
        let path = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        if !path.ends_with(".json") {
            continue;
        }
        let [zh, en] = ["zh", "en"].map(|lang| read(lang, &path));
        let heads = |text: &str| -> Vec<String> {
            let head = |line: &str| line.split_once("]: ").map(|(head, _)| head.to_owned());
            text.lines().filter(|line| !line.contains(" | ")).filter_map(head).collect()
        };
        let places = |text: &str| text.lines().filter(|line| line.contains("-->")).count();
        assert_eq!((heads(&zh), places(&zh)), (heads(&en), places(&en)), "{zh}");
        for line in zh.lines().filter(|line| line.contains("]: ") || line.contains(" = ")) {
            assert!(is_chinese(line) && is_well_set(line), "{path}: {line}");
        }
    }
}
