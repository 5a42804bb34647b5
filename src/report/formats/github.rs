//! Workflow commands of GitHub Actions: `::error file=..,line=..::message` becomes an annotation beside the line.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

use crate::finding::Severity;
use crate::lang::Lang;
use crate::report::{Located, Reporter, Totals};
use crate::terminal::sanitize::push_clean;

use super::fingerprint::relative;
use super::line::push_pointer;

/// The platform shows so many annotations of a kind for one step, and drops the others in silence.
const SHOWN: u64 = 10;

/// The report `github`.
#[derive(Debug, Default)]
pub struct Github {
    kinds: [Kind; 3],
    line: String,
    scratch: String,
}

#[derive(Debug, Default)]
struct Kind {
    count: u64,
    /// The last that would be shown. It waits for the end: when there are more, their number takes its place.
    last: String,
}

impl Github {
    fn push_command(&mut self, found: &Located<'_>) {
        let Github { line, scratch, .. } = self;
        let finding = found.finding;
        line.clear();
        let _ = write!(line, "::{} ", command(found.severity));
        // Standard input is no file of the repository.
        if found.file != "-" {
            scratch.clear();
            push_clean(relative(found.file), scratch);
            line.push_str("file=");
            push_escaped(scratch, true, line);
            let _ = write!(line, ",line={}", found.start.line);
            // The runner takes columns within one line only.
            if found.start.line == found.end.line {
                let _ = write!(line, ",col={},endColumn={}", found.start.column, found.end.column);
            } else {
                let _ = write!(line, ",endLine={}", found.end.line);
            }
            line.push(',');
        }
        let _ = write!(line, "title={}::", finding.rule.code);

        scratch.clear();
        push_clean(&finding.words.message, scratch);
        if found.has_pointer() {
            scratch.push_str("\nat ");
            push_pointer(found, scratch);
        }
        if let Some(first) = &found.first {
            scratch.push('\n');
            push_clean(&first.words(Lang::En), scratch);
        }
        if let Some(help) = &finding.words.help {
            scratch.push_str("\nhelp: ");
            push_clean(help, scratch);
        }
        push_escaped(scratch, false, line);
        line.push('\n');
    }
}

impl Reporter for Github {
    fn finding(&mut self, found: &Located<'_>, out: &mut dyn Write) -> io::Result<()> {
        let kind = found.severity as usize;
        self.kinds[kind].count += 1;
        if self.kinds[kind].count > SHOWN {
            return Ok(());
        }
        self.push_command(found);
        if self.kinds[kind].count == SHOWN {
            self.kinds[kind].last.clone_from(&self.line);
            return Ok(());
        }
        out.write_all(self.line.as_bytes())
    }

    fn finish(&mut self, _: &Totals, _: Duration, out: &mut dyn Write) -> io::Result<()> {
        for severity in Severity::ALL {
            let Kind { count, last } = std::mem::take(&mut self.kinds[severity as usize]);
            if count > SHOWN {
                let (command, word, more) = (command(severity), severity.word(), count - SHOWN + 1);
                writeln!(
                    out,
                    "::{command} title=larkspect::{more} more {word}s; --format line lists them all"
                )?;
            } else {
                out.write_all(last.as_bytes())?;
            }
        }
        Ok(())
    }
}

/// GitHub's word for a severity.
fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// Appends text as the runner reads it back: `%` and line ends; in a property also what ends one.
fn push_escaped(text: &str, property: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if property => out.push_str("%3A"),
            ',' if property => out.push_str("%2C"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::test_findings::{File, files, report_in};

    /// The first `count` of nine findings alike, `times` over.
    fn many(count: usize, times: usize) -> Vec<File> {
        (0..times)
            .map(|_| {
                let mut file = files().swap_remove(1);
                file.findings.truncate(count);
                file
            })
            .collect()
    }

    #[test]
    fn what_is_not_shown_is_counted() {
        let ten = report_in("github", &many(5, 2));
        assert_eq!((ten.lines().count(), ten.matches("title=unknown-choice").count()), (10, 10));
        let eleven = report_in("github", &many(1, 11));
        assert_eq!((eleven.lines().count(), eleven.matches("title=unknown-choice").count()), (10, 9));
        assert!(eleven.ends_with("::error title=larkspect::2 more errors; --format line lists them all\n"));
    }
}
