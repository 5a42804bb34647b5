//! The snippets of the documents that people copy into their pipelines: settings are read, GitLab's script is run as it
//! stands, and what the others name exists.

use std::process::Command;

use crate::support::documents::documents;
use crate::support::program::{bad, finish, folder, larkspect, official, root, run_in, search_path};

/// The blocks of this language in all documents.
fn blocks(language: &str) -> Vec<String> {
    let fence = format!("\n```{language}\n");
    let block = |part: &str| part.split("\n```").next().unwrap_or_default().to_owned() + "\n";
    let blocks = |text: &str| text.split(&fence).skip(1).map(block).collect::<Vec<_>>();
    documents().iter().flat_map(|(_, text)| blocks(text)).collect()
}

/// The block of YAML that is for this file.
fn yaml(file: &str) -> String {
    let first = format!("# {file}");
    blocks("yaml").into_iter().find(|block| block.lines().next() == Some(&first)).expect(file)
}

#[test]
fn settings_are_read() {
    let settings: Vec<String> =
        blocks("toml").into_iter().filter(|block| block.contains("[severity]")).collect();
    assert!(!settings.is_empty(), "no document shows settings");
    for block in settings {
        let at = folder(&[("larkspect.toml", block.as_bytes()), ("fixtures/good.json", &official())]);
        let outcome = run_in(at.path(), &["check"]);
        assert_eq!(outcome.code, 0, "{outcome:?}");
    }
}

/// The first questions of the READMEs, in both languages, over a folder of captures.
#[cfg(feature = "xlsx")]
#[test]
fn the_first_questions_are_answered() {
    let questions: Vec<String> =
        blocks("sh").into_iter().filter(|block| block.contains("-o late.xlsx")).collect();
    assert_eq!(questions.len(), 2, "{questions:?}");
    let sample = |args: &str| larkspect(["sample"].into_iter().chain(args.split(' '))).run().exits(0).out;
    let punches = sample("--days 2 --employees 20");
    let results = sample("attendance.user_task.updated_v1 --days 2 --employees 20");
    for block in questions {
        let at = folder(&[("captures/a.ndjson", &punches), ("captures/b.ndjson", &results)]);
        for line in block.lines() {
            let mut shell = Command::new("sh");
            shell.args(["-c", line]).current_dir(at.path()).env_clear().env("PATH", search_path());
            let ran = finish(shell.env("TZ", "Asia/Shanghai"), Vec::new()).exits(0);
            // Either there are rows, or they are in a file.
            assert_ne!(line.contains(" -o "), ran.lines().len() > 10, "{line}: {ran:?}");
        }
        assert_eq!(at.names(), ["captures", "late.xlsx", "people.xlsx"]);
    }
}

#[test]
fn the_script_for_gitlab_runs() {
    let block = yaml(".gitlab-ci.yml");
    let (_, script) = block.split_once("  script:\n").expect("a script");
    let lines: Vec<&str> = script.lines().map_while(|line| line.strip_prefix("    - ")).collect();
    assert!(lines.len() >= 2, "{script}");
    for (fixture, code) in [(official(), 0), (bad(), 1)] {
        let at = folder(&[("fixtures/event.json", &fixture)]);
        let mut shell = Command::new("sh");
        shell.args(["-ec", &lines.join("\n")]).current_dir(at.path()).env_clear();
        let outcome = finish(shell.env("PATH", search_path()), Vec::new());
        assert_eq!(outcome.code, code, "{outcome:?}");
        for artifact in ["codequality: ", "junit: "] {
            let name =
                block.lines().find_map(|line| line.trim().strip_prefix(artifact)).expect("an artifact");
            assert!(at.path().join(name).exists(), "{name} is what the script writes");
        }
    }
}

#[test]
fn the_workflow_names_inputs_of_the_action() {
    let block = yaml(".github/workflows/fixtures.yml");
    let action = std::fs::read_to_string(root().join("action.yml")).expect("it is there");
    let (_, with) = block.split_once("larkspect@").expect("it uses the action");
    let (_, with) = with.split_once("with:\n").expect("inputs");
    for line in with.lines().take_while(|line| line.starts_with("          ")) {
        let (input, _) = line.trim().split_once(':').expect("an input");
        assert!(action.contains(&format!("\n  {input}:\n")), "{input} is an input of action.yml");
    }
}

#[test]
fn the_hook_is_one_of_ours() {
    let block = yaml(".pre-commit-config.yaml");
    let hooks = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).expect("it is there");
    let id = block.lines().find_map(|line| line.trim().strip_prefix("- id: ")).expect("a hook");
    assert!(hooks.contains(&format!("- id: {id}\n")), "{id}");
}
