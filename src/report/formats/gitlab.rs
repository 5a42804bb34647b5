//! GitLab's Code Quality: one JSON array, the subset of Code Climate's issues that merge requests show.

use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use crate::finding::Severity;
use crate::lang::Lang;
use crate::report::{Located, Reporter, Totals};
use crate::terminal::sanitize::clean;
use crate::terminal::sanitize_json;

use super::fingerprint::{Fingerprints, relative};

/// The report `gitlab`.
#[derive(Debug, Default)]
pub struct Gitlab {
    buffer: Vec<u8>,
    begun: bool,
    fingerprints: Fingerprints,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Value,
}

impl Reporter for Gitlab {
    fn finding(&mut self, found: &Located<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut description = found.finding.words.sentence(Lang::En).into_owned();
        // What merge requests show has one place for each issue.
        if let Some(first) = &found.first {
            description.push_str(&format!(" ({})", first.words(Lang::En)));
        }
        self.buffer.clear();
        self.buffer.extend_from_slice(if self.begun { b",\n" } else { b"[\n" });
        self.begun = true;
        let issue = Issue {
            description: &clean(&description),
            check_name: found.finding.rule.code,
            fingerprint: &self.fingerprints.of(found),
            severity: match found.severity {
                Severity::Note => "info",
                Severity::Warning => "minor",
                Severity::Error => "major",
            },
            location: Location {
                path: &clean(relative(found.file)),
                lines: json!({ "begin": found.start.line, "end": found.end.line }),
            },
        };
        sanitize_json::push(&issue, &mut self.buffer)?;
        out.write_all(&self.buffer)
    }

    fn file(&mut self, _: &str, _: &Totals, _: &mut dyn Write) -> io::Result<()> {
        self.fingerprints.file();
        Ok(())
    }

    fn finish(&mut self, _: &Totals, _: Duration, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}
