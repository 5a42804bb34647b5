//! One finding a line, as a JSON object; and nothing else.

use std::io::{self, Write};

use serde::Serialize;

use crate::finding::Severity;
use crate::lang::Lang;
use crate::report::{Located, Reporter};
use crate::terminal::sanitize_json;

/// The report `ndjson`.
#[derive(Debug, Default)]
pub struct Ndjson {
    line: Vec<u8>,
}

impl Reporter for Ndjson {
    fn finding(&mut self, found: &Located<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.line.clear();
        sanitize_json::push(&Record::from(found), &mut self.line)?;
        self.line.push(b'\n');
        out.write_all(&self.line)
    }
}

/// A finding for programs, in `ndjson` and `json`. The excerpt is left out: the file is at hand, and a line of a
/// payload holds more than the finding is about, its token for one.
#[derive(Debug, Serialize)]
pub(crate) struct Record<'a> {
    file: &'a str,
    line: u64,
    column: u64,
    end_line: u64,
    end_column: u64,
    offset: u64,
    length: u64,
    pointer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    severity: Severity,
    code: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<First<'a>>,
}

/// Where what came again stood first.
#[derive(Debug, Serialize)]
struct First<'a> {
    file: &'a str,
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
}

impl<'a> From<&Located<'a>> for Record<'a> {
    fn from(found: &Located<'a>) -> Self {
        let words = &found.finding.words;
        Record {
            file: found.file,
            line: found.start.line,
            column: found.start.column,
            end_line: found.end.line,
            end_column: found.end.column,
            offset: found.offset,
            length: found.length,
            pointer: found.pointer(),
            origin: found.origin.map(|origin| origin.words(Lang::En)),
            severity: found.severity,
            code: found.finding.rule.code,
            message: &words.message,
            expected: words.expected.as_deref(),
            found: words.found.as_deref(),
            help: words.help.as_deref(),
            first: found.first.map(|first| First {
                file: first.file,
                line: first.line,
                column: first.columns.map(|(start, _)| start),
            }),
        }
    }
}
