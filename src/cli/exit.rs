//! Exit codes, written once.

use std::process::ExitCode;

/// How a command ended. Ordered: the worse wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All is well.
    Fine = 0,
    /// The job was done and there are findings: in `check` an error, elsewhere input that could not be shown.
    Findings = 1,
    /// The job could not be done: usage, unreadable input, a failed write, nothing to read.
    Failed = 2,
}

impl Exit {
    /// Every code with its meaning, for `--help` and the README.
    pub const ALL: [(Exit, &'static str); 3] = [
        (Exit::Fine, "fine"),
        (Exit::Findings, "findings: in check an error; elsewhere some input could not be shown or converted"),
        (Exit::Failed, "the job could not be done: usage, unreadable input, a failed write, nothing to read"),
    ];
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
