//! Every report of `fixtures/ci-project`, made by one command: golden, and valid in the eyes of who reads it.
//! `BLESS=1` rewrites the golden files; read the diff before you keep it.

use std::collections::BTreeMap;

use crate::support::program::{bad, folder, official, root, run_in, steady};
use larkspect::report::Format;
use serde_json::Value;

/// The reports, by format.
fn reports(project: &std::path::Path, files: &[&str]) -> BTreeMap<&'static str, String> {
    let out = folder(&[]);
    let wanted: Vec<String> = Format::ALL
        .iter()
        .map(|Format { name, .. }| format!("--report={name}={}", out.path().join(name).display()))
        .collect();
    let wanted = wanted.iter().map(String::as_str);
    let args: Vec<&str> =
        ["check", "--quiet"].into_iter().chain(wanted).chain(files.iter().copied()).collect();
    let outcome = run_in(project, &args);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    let read = |format: &Format| {
        (format.name, std::fs::read_to_string(out.path().join(format.name)).expect("a report"))
    };
    Format::ALL.iter().map(read).collect()
}

fn project() -> BTreeMap<&'static str, String> {
    reports(&root().join("fixtures/ci-project"), &[])
}

/// What changes from run to run, or with every new rule, is left out.
fn settled(format: &str, report: &str) -> String {
    let between = |text: &str, from: &str, to: &str, with: &str| -> String {
        let mut parts = text.split(from);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(to).expect(to);
            out.push_str(from);
            out.push_str(with);
            out.push_str(&part[end..]);
        }
        out
    };
    let version = env!("CARGO_PKG_VERSION");
    match format {
        "human" => steady(report, "1"),
        "json" => report.replace(&format!("\"version\":\"{version}\""), "\"version\":\"0\""),
        "sarif" => {
            let rules = between(report, "\"rules\":[", "],\"semanticVersion\":", "..");
            let rules = between(&rules, "\"ruleIndex\":", ",", "0");
            rules.replace(&format!("\"semanticVersion\":\"{version}\""), "\"semanticVersion\":\"0\"")
        }
        _ => report.to_owned(),
    }
}

#[test]
fn one_command_writes_every_report() {
    let golden = root().join("fixtures/ci-project/reports");
    for (format, report) in project() {
        let report = settled(format, &report);
        let path = golden.join(format!("{format}.txt"));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &report).expect("written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(report == expected, "{format}: run with BLESS=1 and read the diff; got:\n{report}");
    }
}

/// Names of files that mean something to a URI, to XML, to JSON or to a workflow command.
fn odd() -> BTreeMap<&'static str, String> {
    let bad = bad();
    let hostile = std::fs::read(root().join("fixtures/captures/hostile.json")).expect("it is there");
    let at = folder(&[
        ("a b%41,c:d.json", &bad),
        ("<&>\"']]>.json", &bad),
        ("\u{1b}[31m\u{202e}.json", &bad),
        ("::error::x\r\n.json", &bad),
        ("杭州.json", &bad),
        ("hostile.json", &hostile),
        ("good.json", &official()),
    ]);
    reports(at.path(), &["."])
}

fn both() -> [BTreeMap<&'static str, String>; 2] {
    [project(), odd()]
}

fn schema(name: &str) -> jsonschema::Validator {
    let text = std::fs::read_to_string(root().join("tests/schemas").join(name)).expect("a schema");
    // A slip in the official schema of SARIF: a bracket that only lenient engines take for itself.
    let text = text.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}\\\\]?$");
    jsonschema::validator_for(&serde_json::from_str(&text).expect("JSON")).expect("a schema")
}

#[track_caller]
fn assert_valid(schema: &jsonschema::Validator, value: &Value) {
    let wrong: Vec<String> =
        schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sarif_is_valid() {
    let schema = schema("sarif-2.1.0.json");
    for reports in both() {
        let sarif: Value = serde_json::from_str(&reports["sarif"]).expect("JSON");
        assert_valid(&schema, &sarif);
        let results = sarif["runs"][0]["results"].as_array().expect("results");
        assert_eq!(results.len(), reports["line"].lines().count());
        for result in results {
            let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
            assert!(uri.as_str().is_some_and(|uri| uri.chars().all(plain) && !uri.starts_with('/')), "{uri}");
        }
    }
    assert!(!schema.is_valid(&serde_json::json!({"version": "2.1.0"})), "the schema has teeth");
}

#[test]
fn gitlab_is_valid() {
    let schema = schema("gitlab-code-quality.json");
    for reports in both() {
        let issues: Value = serde_json::from_str(&reports["gitlab"]).expect("JSON");
        assert_valid(&schema, &issues);
        let names: std::collections::HashSet<String> =
            issues.as_array().expect("a list").iter().map(|issue| issue["fingerprint"].to_string()).collect();
        assert_eq!(names.len(), reports["line"].lines().count(), "each has a fingerprint of its own");
    }
}

#[test]
fn junit_is_well_formed_and_counts_its_failures() {
    for reports in both() {
        let text = &reports["junit"];
        let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let suites = document.root_element();
        assert_eq!(suites.tag_name().name(), "testsuites");
        let mut failed = 0;
        for suite in suites.children().filter(roxmltree::Node::is_element) {
            let cases: Vec<_> = suite.children().filter(|node| node.has_tag_name("testcase")).collect();
            let failures = cases
                .iter()
                .flat_map(|case| case.children())
                .filter(|node| node.has_tag_name("failure"))
                .count();
            assert_eq!(suite.attribute("tests"), Some(&*cases.len().to_string()));
            assert_eq!(suite.attribute("failures"), Some(&*failures.to_string()));
            failed += failures;
        }
        let files: std::collections::HashSet<&str> = reports["line"]
            .lines()
            .filter(|line| line.contains(": error["))
            .map(|line| line.split(".json").next().expect("a name"))
            .collect();
        assert_eq!(failed, files.len());
    }
}

/// A workflow command as the runner of GitHub Actions takes it apart (`ActionCommand.cs`).
fn command(line: &str) -> (String, BTreeMap<String, String>, String) {
    let rest = line.strip_prefix("::").expect("a command");
    let (head, message) = rest.split_once("::").expect("a message");
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let read = |text: &str, escapes: &[(&str, &str)]| {
        escapes.iter().fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
    };
    let data = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];
    let property = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
    let properties = properties
        .split(',')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (key.to_owned(), read(value, &property)))
        .collect();
    (name.to_owned(), properties, read(message, &data))
}

#[test]
fn github_reads_what_was_meant() {
    for reports in both() {
        let told: Vec<Value> =
            reports["ndjson"].lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let commands: Vec<_> = reports["github"].lines().map(command).collect();
        assert_eq!(told.len(), commands.len(), "few enough to be shown");
        for (name, properties, message) in &commands {
            assert!(["error", "warning", "notice"].contains(&&**name), "{name}");
            let known = ["file", "line", "endLine", "col", "endColumn", "title"];
            assert!(properties.keys().all(|key| known.contains(&&**key)), "{properties:?}");
            let same = |told: &&Value| {
                // Control and invisible characters are escaped for people, so names that have them differ.
                let file = told["file"].as_str().expect("a name");
                (file == properties["file"] || file.chars().any(|c| c.is_control() || c == '\u{202e}'))
                    && told["line"].as_u64() == properties["line"].parse().ok()
                    && told["code"].as_str() == Some(&properties["title"])
            };
            assert!(told.iter().any(|told| same(&told)), "{properties:?} {message}");
        }
    }
}

#[test]
fn fingerprints_outlive_an_edit() {
    let names = |text: &[u8]| -> Vec<(String, String)> {
        let at = folder(&[("bad.json", text)]);
        let reports = reports(at.path(), &["."]);
        let sarif: Value = serde_json::from_str(&reports["sarif"]).expect("JSON");
        let gitlab: Value = serde_json::from_str(&reports["gitlab"]).expect("JSON");
        let results = sarif["runs"][0]["results"].as_array().expect("results").iter();
        let issues = gitlab.as_array().expect("issues").iter();
        results
            .zip(issues)
            .map(|(result, issue)| {
                (result["partialFingerprints"].to_string(), issue["fingerprint"].to_string())
            })
            .collect()
    };
    let bad = bad();
    let moved = [b"\n\n".to_vec(), official(), b"\n".to_vec(), bad.clone()].concat();
    let (before, after) = (names(&bad), names(&moved));
    assert!(!before.is_empty() && before.iter().all(|name| after.contains(name)), "{before:?} {after:?}");
}
