//! JUnit's XML as Jenkins and most others read it: a suite with one test case for every file. Errors make it fail;
//! warnings and notes are its output.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

use crate::finding::Severity;
use crate::lang::Lang;
use crate::report::{Located, Reporter, Totals};
use crate::terminal::sanitize::clean;

use super::line::push_line;

/// Lines kept of a file, for errors and for the others. A suite's counts stand before its cases, so a file's lines
/// wait in memory until it is done; beyond this many they are only counted.
const KEPT: u64 = 1000;

/// The report `junit`.
#[derive(Debug, Default)]
pub struct Junit {
    begun: bool,
    /// The code and the message, escaped, of the first error of a file.
    first: (&'static str, String),
    errors: Lines,
    others: Lines,
    line: String,
}

#[derive(Debug, Default)]
struct Lines {
    count: u64,
    text: String,
}

impl Lines {
    fn push(&mut self, line: &str) {
        self.count += 1;
        if self.count <= KEPT {
            push_escaped(line, &mut self.text);
            self.text.push('\n');
        }
    }

    /// The lines, and how many there are; none are left.
    fn take(&mut self) -> (String, u64) {
        let Lines { count, mut text } = std::mem::take(self);
        if count > KEPT {
            let _ = writeln!(text, ".. and {} more", count - KEPT);
        }
        (text, count)
    }
}

impl Junit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"larkspect\">\n")
    }
}

impl Reporter for Junit {
    fn finding(&mut self, found: &Located<'_>, _: &mut dyn Write) -> io::Result<()> {
        self.line.clear();
        push_line(found, Lang::En, &mut self.line);
        if found.severity == Severity::Error {
            if self.errors.count == 0 {
                let mut message = String::new();
                push_escaped(&clean(&found.finding.words.message), &mut message);
                self.first = (found.finding.rule.code, message);
            }
            self.errors.push(&self.line);
        } else {
            self.others.push(&self.line);
        }
        Ok(())
    }

    fn file(&mut self, name: &str, totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        let mut escaped = String::new();
        push_escaped(&clean(name), &mut escaped);
        let (errors, told) = self.errors.take();
        let (others, other_count) = self.others.take();
        // A file whose errors were not told to us has failed all the same.
        let count = totals.errors;
        let failures = u64::from(count > 0);
        writeln!(out, "<testsuite name=\"{escaped}\" tests=\"1\" failures=\"{failures}\" errors=\"0\">")?;
        writeln!(out, "<testcase classname=\"larkspect\" name=\"{escaped}\">")?;
        if count > 0 {
            let (code, message) = match told {
                0 => ("errors", "not told: more findings than were wanted"),
                _ => (self.first.0, &*self.first.1),
            };
            let more = if count > 1 { format!(" (and {} more)", count - 1) } else { String::new() };
            writeln!(out, "<failure type=\"{code}\" message=\"{message}{more}\">{errors}</failure>")?;
        }
        if other_count > 0 {
            writeln!(out, "<system-out>{others}</system-out>")?;
        }
        out.write_all(b"</testcase>\n</testsuite>\n")
    }

    fn finish(&mut self, _: &Totals, _: Duration, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        out.write_all(b"</testsuites>\n")
    }
}

/// Appends clean text as XML: what XML cannot hold at all (C0, U+FFFE, U+FFFF) is not in it any more. `>` is escaped
/// too, so there is no `]]>`.
fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_very_many_findings_is_bounded() {
        let mut lines = Lines::default();
        (0..KEPT + 7).for_each(|_| lines.push("a < b"));
        let (text, count) = lines.take();
        assert_eq!(count, KEPT + 7);
        assert_eq!(text.lines().count() as u64, KEPT + 1);
        assert!(text.ends_with(".. and 7 more\n"));
    }
}
