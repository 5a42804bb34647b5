//! Where findings are told: the report on standard output, and any number in files beside it.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use crate::finding::Finding;
use crate::render::{Format, Located, Look, Reporter, Totals};
use crate::rules;

use super::output::{Output, stdout};
use super::source::{name_of, reason};

/// `--report FORMAT=PATH`
#[derive(Clone, Debug)]
pub struct ReportFile {
    /// How to report.
    pub format: Format,
    /// The file, which appears when it is whole.
    pub path: PathBuf,
}

impl FromStr for ReportFile {
    type Err = String;

    fn from_str(text: &str) -> Result<ReportFile, String> {
        let (format, path) = text.split_once('=').ok_or("write FORMAT=PATH, as in sarif=larkspect.sarif")?;
        match path {
            "" => Err("the path is missing".to_owned()),
            "-" => Err(format!("standard output is --format {format}")),
            path => Ok(ReportFile { format: format.parse()?, path: PathBuf::from(path) }),
        }
    }
}

/// A report that is being written.
struct Report {
    reporter: Box<dyn Reporter>,
    out: BufWriter<Output>,
    /// The name of its file; none for standard output.
    file: Option<String>,
}

/// Every report of a run.
pub struct Reports {
    open: Vec<Report>,
    left: u64,
    /// Findings that no report told because there were more than wanted.
    pub untold: u64,
}

/// Files have no terminal: this wide, and never painted.
const WIDTH: usize = 100;

impl Reports {
    /// Opens the reports: one on standard output, if wanted, and the files. At most `most` findings are told in each.
    ///
    /// # Errors
    ///
    /// A file that cannot be written: better said now than after an hour.
    pub fn open(format: Option<Format>, files: &[ReportFile], look: Look, most: u64) -> io::Result<Reports> {
        let mut open = Vec::new();
        if let Some(format) = format {
            let out = BufWriter::with_capacity(0, Output::Stdout(stdout()));
            open.push(Report { reporter: format.reporter(look, rules::ALL), out, file: None });
        }
        for (at, ReportFile { format, path }) in files.iter().enumerate() {
            if files[..at].iter().any(|other| other.path == *path) {
                return Err(io::Error::other(format!("{}: two reports for one file", name_of(path))));
            }
            let reporter = format.reporter(Look { color: false, width: WIDTH, ..look }, rules::ALL);
            let out = BufWriter::with_capacity(64 << 10, Output::open(Some(path))?);
            open.push(Report { reporter, out, file: Some(name_of(path)) });
        }
        Ok(Reports { open, left: most, untold: 0 })
    }

    /// Whether the line of a finding is wanted.
    pub fn wants_excerpt(&self, finding: &Finding) -> bool {
        self.left > 0 && self.open.iter().any(|report| report.reporter.wants_excerpt(finding))
    }

    /// Tells a finding.
    pub fn finding(&mut self, found: &Located<'_>) -> io::Result<()> {
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => {
                self.untold += 1;
                return Ok(());
            }
        }
        self.each(|reporter, out| reporter.finding(found, out))
    }

    /// Hands on what is buffered for standard output.
    pub fn flush(&mut self) -> io::Result<()> {
        self.each(|_, out| out.flush())
    }

    /// A file is done.
    pub fn file(&mut self, name: &str, totals: &Totals) -> io::Result<()> {
        self.each(|reporter, out| reporter.file(name, totals, out))
    }

    /// Everything is done: closes every report and gives the files their names. One that fails does not keep the
    /// others from being written.
    pub fn finish(mut self, totals: &Totals, took: Duration) -> io::Result<()> {
        let mut outcome = self.each(|reporter, out| reporter.finish(totals, took, out));
        for Report { out, file, .. } in self.open {
            let done = out.into_inner().map_err(io::IntoInnerError::into_error).and_then(Output::finish);
            let done = match file {
                Some(file) => done.map_err(|error| broken(&file, &error)),
                None => done,
            };
            // A closed pipe is the least of what can go wrong.
            outcome = match (outcome, done) {
                (Err(first), Err(next)) if first.kind() == io::ErrorKind::BrokenPipe => Err(next),
                (outcome, done) => outcome.and(done),
            };
        }
        outcome
    }

    /// Writes to each report. Where files are written too, a closed standard output is no reason to stop; alone, it is.
    fn each(
        &mut self,
        mut write: impl FnMut(&mut dyn Reporter, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut closed = false;
        let files = self.open.iter().any(|report| report.file.is_some());
        for Report { reporter, out, file } in &mut self.open {
            match (write(&mut **reporter, out), file) {
                (Ok(()), _) => {}
                (Err(error), None) if files && error.kind() == io::ErrorKind::BrokenPipe => closed = true,
                (Err(error), None) => return Err(error),
                (Err(error), Some(file)) => return Err(broken(file, &error)),
            }
        }
        if closed {
            self.open.retain(|report| report.file.is_some());
        }
        Ok(())
    }
}

/// The error of a file, with its name. Never a broken pipe in the eyes of others, also where it is one: the report is
/// not whole.
fn broken(file: &str, error: &io::Error) -> io::Error {
    let text = reason(error);
    io::Error::other(if text.starts_with(file) { text } else { format!("{file}: {text}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_and_a_path() {
        let read = |text: &str| text.parse::<ReportFile>().map(|file| (file.format.name, file.path));
        assert_eq!(read("sarif=a=b.json"), Ok(("sarif", PathBuf::from("a=b.json"))));
        for wrong in ["sarif", "sarif=", "sarif=-", "xml=a"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
