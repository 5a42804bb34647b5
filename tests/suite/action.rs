//! The steps of `action.yml` and the commands of `.pre-commit-hooks.yaml`, run as they stand.

use std::path::Path;
use std::process::Command;

use crate::support::program::{Ran, bad, finish, folder, official, root, search_path};

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).expect("it is there")
}

/// The scripts of the steps, in order. This is YAML as far as `run: |` goes.
fn scripts() -> Vec<String> {
    let text = read("action.yml");
    let mut scripts = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim() != "run: |" {
            continue;
        }
        let inside = line.len() - line.trim_start().len() + 2;
        let mut script = String::new();
        while let Some(line) =
            lines.next_if(|line| line.trim().is_empty() || line.starts_with(&" ".repeat(inside)))
        {
            script.push_str(line.get(inside..).unwrap_or_default());
            script.push('\n');
        }
        scripts.push(script);
    }
    assert_eq!(scripts.len(), 2);
    scripts
}

/// Runs the steps in a checkout as the runner does (`bash --noprofile --norc -eo pipefail`), with our program in the
/// `PATH` as if it had been built.
fn act(at: &Path, paths: &str, args: &str, sarif: &str) -> Ran {
    let mut last = None;
    for script in scripts() {
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script]);
        bash.current_dir(at)
            .env_clear()
            .env("PATH", search_path())
            .env("RUNNER_TEMP", at)
            .env("GITHUB_PATH", "/dev/null");
        bash.env("PATHS", paths).env("ARGS", args).env("SARIF", sarif).env("SOURCE", "/nowhere");
        last = Some(finish(&mut bash, Vec::new()));
    }
    last.expect("two steps")
}

#[test]
fn the_action_annotates_and_its_exit_code_is_that_of_check() {
    let at = folder(&[("a b/good.json", &official()), ("events/bad.json", &bad())]);
    let outcome = act(at.path(), "", "", "");
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.text().starts_with("::error file=events/bad.json,line=13,col=19,"), "{}", outcome.text());
    assert_eq!(act(at.path(), "events", "--warn timestamp-unit", "").code, 0);
    assert_eq!(act(at.path(), "missing.json", "", "").code, 2);
    let sarif = act(at.path(), "events", "", "out file.sarif");
    assert_eq!(sarif.code, 1);
    assert!(at.path().join("out file.sarif").exists());
}

#[test]
fn the_action_heeds_settings_and_runs_nothing_of_its_inputs() {
    let at = folder(&[
        ("larkspect.toml", b"paths = [\"good\"]"),
        ("good/good.json", &official()),
        ("events/bad.json", &bad()),
    ]);
    assert_eq!(act(at.path(), "", "", "").code, 0);
    let outcome = act(at.path(), "$(touch pwned) `touch pwned` * ; touch pwned", "", "");
    assert_eq!(outcome.code, 2);
    assert!(!at.path().join("pwned").exists());
    assert_eq!(act(at.path(), "--version", "", "").code, 2, "what begins with - is a path too");
}

#[test]
fn the_hook_runs_what_exists_on_what_is_ours() {
    let hooks = read(".pre-commit-hooks.yaml");
    assert!(hooks.contains("\n  entry: larkspect check\n"));
    let pattern = hooks.lines().find_map(|line| line.strip_prefix("  files: ")).expect("a pattern");
    assert_eq!(
        pattern, r"\.(json|ndjson|jsonl|http|har)(\.(gz|zst))?(\.expect)?$",
        "as in src/cli/source.rs"
    );
}
