//! No line on a terminal is wider than it, in either language: the terminal would break it within a word.

use larkspect::terminal::sanitize::width;

use crate::support::program::larkspect;
use crate::support::terminal::{Terminal, run_on};

/// What is asked for: every command, all fixtures that have something to be told of, and what is refused.
const COMMANDS: &[&[&str]] = &[
    &["check", "fixtures"],
    &["check", "-v", "fixtures/captures"],
    &["check", "--ignore", "nosuch", "fixtures"],
    &["check", "fixtures/nosuch.json"],
    &["verify", "fixtures/captures"],
    &["verify", "fixtures/verify"],
    &["explain"],
    &["explain", "timestamp-unit"],
    &["explain", "attendance.user_flow.created_v1"],
    &["explain", "im.message.receive_v1"],
    &["explain", "risk_result"],
    &["explain", "type"],
    &["explain", "9"],
    &["explain", "nosuch"],
    &["schema"],
    &["schema", "attendance.user_flow.created_v1"],
    &["schema", "nosuch"],
    &["show", "fixtures/captures"],
    &["show", "fixtures/captures/shift.ndjson"],
    &["show", "fixtures/rules"],
    &["fixtures/im.message.receive_v1"],
    &["fixtures/contact.user.updated_v3"],
    &["--where", "risk_result=9", "fixtures/captures/shift.ndjson"],
    &["--where", "typ=1", "fixtures/captures/shift.ndjson"],
    &["--columns", "chek", "fixtures/captures/shift.ndjson"],
    &["--sort", "nosuch", "fixtures/captures/shift.ndjson"],
    &["--since", "x", "fixtures/captures"],
    &["--format", "json", "fixtures"],
    &["chek", "fixtures"],
    &["convert", "-o", "/dev/null", "fixtures/captures"],
    &["convert", "--columns", "nosuch", "fixtures/captures"],
    &["redact", "fixtures/nosuch"],
    &["decrypt", "fixtures/captures/shift.ndjson"],
    &["sample", "--fault", "nosuch"],
    &["--help"],
    &["check", "-h"],
    &["summary", "fixtures/captures"],
    &["summary", "--by", "employee_id", "fixtures/captures/shift.ndjson"],
];

/// What may be wider, because it is better in one piece or cannot be smaller.
fn may_be_wider(command: &[&str], columns: u16, line: &str) -> bool {
    // The plots of a summary are as wide as a day has hours and a month has days.
    (command[0] == "summary" && columns < 60)
        // An address, the name of a file and an event type: to be opened and copied.
        || ["-->", "文档", "Source", ""].into_iter().any(|name| {
            line.trim_start().strip_prefix(name).is_some_and(|rest| !rest.trim_start().contains(' '))
        })
        // An example is to be copied.
        || (command[0] == "explain" && line.starts_with("    {"))
        // Clap's own.
        || line.starts_with("Usage: ") || line.starts_with("用法")
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let mut wide = Vec::new();
    for columns in [40, 60, 80] {
        for lang in ["zh", "en"] {
            for command in COMMANDS {
                let look = ["--lang", lang, "--color", "never", "--tz", "+08:00"];
                let program = larkspect(command.iter().chain(&look)).env("TERM", "dumb");
                let shown = run_on(Terminal::new(columns, 500), program);
                assert!(!shown.out.is_empty(), "{command:?}");
                let too_wide =
                    |line: &&str| width(line) > usize::from(columns) && !may_be_wider(command, columns, line);
                wide.extend(
                    shown.text().lines().filter(too_wide).map(|line| format!("{columns} {command:?} {line}")),
                );
            }
        }
    }
    assert!(wide.is_empty(), "{} lines:\n{}", wide.len(), wide.join("\n"));
}
