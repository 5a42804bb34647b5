//! README, CONTRIBUTING and `docs/` say what the program does: their console blocks are run, their generated parts are
//! generated again. `BLESS=1 cargo test --test suite readme` rewrites them; read the difference before you keep it.

use std::process::Command;

use crate::support::documents::documents;
use crate::support::program::{finish, root, search_path, steady};

/// What a shell prints for a command in the repository, standard output before standard error, without blanks at the
/// ends of lines.
fn output_of(command: &str) -> String {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &command.replace("cargo run --release --", "larkspect")])
        .current_dir(root())
        .env_clear();
    shell.env("PATH", search_path()).env("TZ", "UTC").env("LANG", "C.UTF-8").env("COLUMNS", "100");
    let ran = finish(&mut shell, Vec::new());
    let said = steady(&(ran.text().to_owned() + &ran.err), "0.4 ms");
    said.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The event types that are documented, or those that only the SDKs know.
fn types(sdk_only: bool) -> String {
    let events = larkspect::catalog::EVENTS.iter().filter(|event| event.sdk_only == sdk_only);
    let rows =
        events.map(|event| format!("| `{}` | {} | {} |\n", event.name, event.title.zh, event.title.en));
    format!("| event type | 名称 | title |\n|---|---|---|\n{}", rows.collect::<String>())
}

/// The text that belongs between the markers of a generated part.
fn generated(name: &str) -> String {
    let fields = |event: &str| output_of(&format!("larkspect schema {event} --format markdown"));
    match name {
        "rules" => output_of("larkspect explain --format markdown"),
        "fields" => {
            let events = larkspect::catalog::EVENTS;
            let punches = events.iter().filter(|event| event.name.starts_with("attendance."));
            punches.map(|event| fields(event.name)).collect::<Vec<_>>().join("\n")
        }
        "types" => types(false),
        "sdk-types" => types(true),
        "help" => {
            let help = output_of("larkspect --help");
            let start = help.find("Commands:").expect("a list of commands");
            let end = help.find("\nArguments:").expect("the end of that list");
            format!("```text\n{}```\n", &help[start..end])
        }
        "exit-codes" => {
            let help = output_of("larkspect --help");
            let start = help.find("Exit codes:").expect("the exit codes");
            let rows = help[start..].lines().skip(1).filter_map(|line| line.trim().split_once("  "));
            let rows: String = rows.map(|(code, meaning)| format!("| {code} | {meaning} |\n")).collect();
            format!("| code | meaning |\n|---|---|\n{rows}")
        }
        other => panic!("nothing generates {other}"),
    }
}

/// The document as it should be.
fn renewed(document: &str) -> String {
    let mut out = String::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if line == "```console" {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            for command in block.iter().filter(|line| line.starts_with("$ ")) {
                out.push_str(&format!("{command}\n{}", output_of(&command[2..])));
            }
            out.push_str("```\n");
        } else if let Some(name) =
            line.strip_prefix("<!-- generated: ").and_then(|rest| rest.strip_suffix(" -->"))
        {
            lines.by_ref().find(|line| *line == "<!-- end -->").expect("a generated part ends");
            out.push_str(&format!("\n{}\n<!-- end -->\n", generated(name).trim_end()));
        }
    }
    out
}

#[test]
fn the_documents_are_true() {
    for (path, document) in documents() {
        let (path, renewed) = (path.display(), renewed(&document));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(format!("{}/{path}", env!("CARGO_MANIFEST_DIR")), renewed).unwrap();
            continue;
        }
        for (at, (is, should)) in document.lines().zip(renewed.lines()).enumerate() {
            assert_eq!(is, should, "{path}:{}; BLESS=1 cargo test --test suite readme rewrites it", at + 1);
        }
        assert_eq!(document.lines().count(), renewed.lines().count(), "the end of {path}");
    }
}
