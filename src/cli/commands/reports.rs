//! Where findings are told: the report on standard output, and any number in files beside it.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use crate::cli::context::Context;
use crate::cli::files::ending::is_packed_report;
use crate::cli::files::output::{Output, buffered};
use crate::cli::files::source::name_of;
use crate::cli::interrupt;
use crate::cli::talk::reason;
use crate::finding::Finding;
use crate::lang::{Lang, Langs, Sentence, both};
use crate::report::{Detail, FirstPlace, Format, Located, Reporter, Totals};
use crate::rules;
use crate::suggest::Unknown;
use crate::terminal::Look;

/// `--report FORMAT=PATH`
#[derive(Clone, Debug)]
pub struct ReportFile {
    /// How to report.
    pub format: Format,
    /// The file, which appears when it is whole.
    pub path: PathBuf,
}

impl FromStr for ReportFile {
    type Err = Sentence;

    fn from_str(text: &str) -> Result<ReportFile, Sentence> {
        let (format, path) = text.split_once('=').ok_or_else(|| {
            both!(
                "请写 FORMAT=PATH，例如 sarif=larkspect.sarif",
                "write FORMAT=PATH, as in sarif=larkspect.sarif"
            )
        })?;
        match path {
            "" => Err(both!("缺少路径", "the path is missing")),
            "-" => Err(both!("写到标准输出要用 --format {format}", "standard output is --format {format}")),
            path => {
                let format = format.parse().map_err(|unknown: Unknown| Sentence::from(&unknown))?;
                Ok(ReportFile { format, path: PathBuf::from(path) })
            }
        }
    }
}

/// A report that is being written.
struct Report {
    reporter: Box<dyn Reporter>,
    out: BufWriter<Output>,
    /// The name of its file; none for standard output.
    file: Option<String>,
    format: Format,
}

/// Every report of a run.
pub struct Reports {
    open: Vec<Report>,
    /// The working directory.
    here: PathBuf,
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
    pub fn open(
        format: Option<Format>,
        files: &[ReportFile],
        context: &Context,
        most: u64,
    ) -> io::Result<Reports> {
        let (look, stdout) = (context.out, &context.io.stdout);
        let mut open = Vec::new();
        if let Some(format) = format {
            let out = BufWriter::with_capacity(0, Output::Stdout(buffered(stdout)));
            let mut reporter = format.reporter(look, rules::ALL);
            if stdout.terminal {
                reporter.on_terminal();
            }
            open.push(Report { reporter, out, file: None, format });
        }
        for (at, ReportFile { format, path }) in files.iter().enumerate() {
            if files[..at].iter().any(|other| other.path == *path) {
                let name = name_of(path);
                let words = both!("{name}: 两份报告写到同一个文件", "{name}: two reports for one file");
                return Err(io::Error::other(words));
            }
            let reporter = format.reporter(Look { color: false, width: WIDTH, ..look }, rules::ALL);
            let packed = is_packed_report(path, look.lang).map_err(io::Error::other)?;
            let out = Output::open(Some(path), stdout)?.gzip(packed);
            let out = BufWriter::with_capacity(64 << 10, out);
            open.push(Report { reporter, out, file: Some(name_of(path)), format: *format });
        }
        let here = std::env::current_dir().map(|here| PathBuf::from(name_of(&here))).unwrap_or_default();
        Ok(Reports { open, here, left: most, untold: 0 })
    }

    /// In which languages findings are told, where people read `lang`.
    pub fn langs(&self, lang: Lang) -> Langs {
        let mut told = self.open.iter().map(|report| report.format.lang(lang));
        let first = Langs::Only(told.next().unwrap_or_default());
        told.fold(first, Langs::and)
    }

    /// Whether anything is told at all.
    pub fn tell(&self) -> bool {
        !self.open.is_empty()
    }

    /// How much is wanted of this finding, which comes next; `None` where it is not told.
    pub fn wants(&mut self, finding: &Finding) -> Option<Detail> {
        if self.left == 0 {
            self.untold += 1;
            return None;
        }
        self.open.iter().map(|report| report.reporter.wants(finding)).max()
    }

    /// Tells a finding, which is wanted.
    pub fn finding(&mut self, found: &Located<'_>) -> io::Result<()> {
        self.left = self.left.saturating_sub(1);
        self.each(|reporter, out, name| {
            let first = found.first.map(|first| FirstPlace { file: name(first.file), ..first });
            reporter.finding(&Located { file: name(found.file), first, ..*found }, out)
        })
    }

    /// The next file may pause.
    pub fn live(&mut self) {
        self.open.iter_mut().for_each(|report| report.reporter.live());
    }

    /// Hands on what is buffered for standard output.
    pub fn flush(&mut self) -> io::Result<()> {
        self.each(|_, out, _| out.flush())
    }

    /// A file is done.
    pub fn file(&mut self, name: &str, totals: &Totals) -> io::Result<()> {
        self.each(|reporter, out, seen| reporter.file(seen(name), totals, out))
    }

    /// Everything is done: closes every report and gives the files their names. One that fails does not keep the
    /// others from being written.
    pub fn finish(mut self, totals: &Totals, took: Duration) -> io::Result<()> {
        let mut outcome = self.each(|reporter, out, _| reporter.finish(totals, took, out));
        for Report { out, file, .. } in self.open {
            // Half a report does not take the place of a whole one; what it lacks, it does not say.
            if file.is_some() && interrupt::caught().is_some() {
                continue;
            }
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

    /// Writes to each report, which gets its way of naming files. Where files are written too, a closed standard output is no reason to stop; alone, it is.
    fn each(
        &mut self,
        mut write: impl FnMut(&mut dyn Reporter, &mut dyn Write, &Naming<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut closed = false;
        let files = self.open.iter().any(|report| report.file.is_some());
        let here = &*self.here;
        for Report { reporter, out, file, format } in &mut self.open {
            let naming: &Naming<'_> = if format.as_given { &|name| name } else { &|name| from(here, name) };
            match (write(&mut **reporter, out, naming), file) {
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

/// How a report calls a file that was given under this name.
type Naming<'r> = dyn for<'n> Fn(&'n str) -> &'n str + 'r;

/// The name of a file as seen from a directory above it; without `./`.
fn from<'n>(here: &Path, name: &'n str) -> &'n str {
    let path = Path::new(name);
    let path = path.strip_prefix(here).unwrap_or(path);
    path.strip_prefix(".").unwrap_or(path).to_str().unwrap_or(name)
}

/// The error of a file, with its name. Never a broken pipe in the eyes of others, also where it is one: the report is
/// not whole.
fn broken(file: &str, error: &io::Error) -> io::Error {
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| {
        let text = reason(error, lang);
        if text.starts_with(file) { text } else { format!("{file}: {text}") }
    });
    io::Error::other(Sentence { zh: zh.into(), en: en.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_seen_from_here() {
        for (name, seen) in
            [("/w/a/b.json", "a/b.json"), ("./b.json", "b.json"), ("../b", "../b"), ("/x", "/x"), ("-", "-")]
        {
            assert_eq!(from(Path::new("/w"), name), seen);
        }
    }

    #[test]
    fn a_format_and_a_path() {
        let read = |text: &str| text.parse::<ReportFile>().map(|file| (file.format.name, file.path));
        assert_eq!(read("sarif=a=b.json"), Ok(("sarif", PathBuf::from("a=b.json"))));
        for wrong in ["sarif", "sarif=", "sarif=-", "xml=a"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
