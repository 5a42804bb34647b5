//! How far reading is, in a line on a terminal, for runs that take a while.

use std::time::{Duration, Instant};

use crate::lang::{Lang, label};
use crate::terminal::sanitize::{clean, push_clip};

use super::context::is_dumb;
use super::files::source::{Source, is_packed};
use super::io::Io;
use super::screen::Screen;

/// Most runs are over by then.
const PATIENCE: Duration = Duration::from_millis(500);
/// And this long a line stays as it is.
const STAYS: Duration = Duration::from_millis(200);

/// What becomes of sources.
#[derive(Clone, Copy)]
pub enum Step<'s> {
    /// These are going to be read.
    Begin(&'s [Source]),
    /// So many bytes of one have been read.
    Piece(&'s Source, usize),
    /// One has been read.
    Source(&'s Source),
    /// All have been read, or enough of them.
    End,
}

/// How far reading is; nothing is drawn before it has begun.
pub struct Progress {
    screen: Option<Screen>,
    /// Columns of the terminal.
    columns: usize,
    lang: Lang,
    /// Whether what is read is data for somebody else: then a pipe may be counted too.
    beside: bool,
    began: Option<Instant>,
    drawn: Option<Instant>,
    /// Bytes of all sources, where they are known.
    total: Option<u64>,
    several: bool,
    /// Of the sources that have been read.
    before: u64,
    /// Of the open one.
    within: u64,
}

impl Progress {
    /// For a terminal, or for nobody.
    pub fn new(io: &Io, lang: Lang) -> Progress {
        let screen = io.screen.clone().filter(|_| io.stderr.terminal && !is_dumb(io));
        Progress {
            screen,
            columns: io.columns.unwrap_or(80),
            lang,
            beside: !io.stdout.terminal,
            began: None,
            drawn: None,
            total: None,
            several: false,
            before: 0,
            within: 0,
        }
    }

    /// Takes note of a step.
    pub fn step(&mut self, step: Step<'_>) {
        match step {
            Step::Begin(sources) => self.begin(sources),
            Step::Piece(source, bytes) => self.piece(source, bytes),
            Step::Source(source) => {
                self.before += source.length.unwrap_or(self.within);
                self.within = 0;
            }
            Step::End => self.end(),
        }
    }

    fn begin(&mut self, sources: &[Source]) {
        if self.screen.is_none() {
            return;
        }
        self.total = sources.iter().map(|source| source.length).sum();
        self.several = sources.len() > 1;
        self.began = (self.total.is_some() || self.beside).then(Instant::now);
    }

    /// Of what is packed nobody knows how much of the file a piece was.
    fn piece(&mut self, source: &Source, bytes: usize) {
        let Some(began) = self.began else { return };
        if self.total.is_none() || !source.path().is_some_and(is_packed) {
            self.within += bytes as u64;
        }
        if began.elapsed() >= PATIENCE && self.drawn.is_none_or(|drawn| drawn.elapsed() >= STAYS) {
            self.drawn = Some(Instant::now());
            let name = self.several.then_some(&*source.name);
            let mut line = String::new();
            push_clip(&self.line(began.elapsed(), name), self.columns.saturating_sub(1), &mut line);
            self.screen.iter().for_each(|screen| screen.draw(&line));
        }
    }

    fn end(&mut self) {
        self.began = None;
        if self.drawn.is_some() {
            self.screen.iter().for_each(Screen::erase);
        }
    }

    /// ` 42%  1.2 GB of 2.9 GB  310 MB/s  6 s left  day.ndjson`
    fn line(&self, took: Duration, name: Option<&str>) -> String {
        let done = self.before + self.within;
        let seconds = took.as_secs_f64().max(0.001);
        let rate = done as f64 / seconds;
        let mut line = match self.total {
            Some(total) => {
                // A file may have grown since.
                let done = done.min(total);
                let percent = (done * 100).checked_div(total).unwrap_or(100);
                let of = label("/", "of").text(self.lang);
                format!("{percent:>3}%  {} {of} {}", size(done as f64), size(total as f64))
            }
            None => label("已读 {}", "{} read").text(self.lang).replace("{}", &size(done as f64)),
        };
        line.push_str(&format!("  {}/s", size(rate)));
        if let Some(total) = self.total
            && done > 0
        {
            let left = (total.saturating_sub(done) as f64 / rate).ceil();
            line.push_str("  ");
            line.push_str(&label("还需 {} 秒", "{} s left").text(self.lang).replace("{}", &left.to_string()));
        }
        if let Some(name) = name {
            line.push_str("  ");
            line.push_str(&clean(name));
        }
        line
    }
}

/// `310 MB`, `1.2 GB`: as people say sizes.
fn size(bytes: f64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"];
    let mut value = bytes;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < units.len() {
        value /= 1000.0;
        unit += 1;
    }
    let decimals = usize::from(unit > 0 && value < 9.95);
    format!("{value:.decimals$} {}", units[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_it_is_in_words() {
        let io = Io::new(std::io::empty(), std::io::sink(), std::io::sink(), |_| None);
        let mut progress = Progress::new(&io, Lang::En);
        (progress.total, progress.before, progress.within) =
            (Some(2_900_000_000), 1_000_000_000, 200_000_000);
        let took = Duration::from_secs(4);
        assert_eq!(
            progress.line(took, Some("a\u{1b}b")),
            " 41%  1.2 GB of 2.9 GB  300 MB/s  6 s left  a\\u{1b}b"
        );
        progress.lang = Lang::Zh;
        assert_eq!(progress.line(took, None), " 41%  1.2 GB / 2.9 GB  300 MB/s  还需 6 秒");
        progress.total = None;
        assert_eq!(progress.line(took, None), "已读 1.2 GB  300 MB/s");
        // A file that grew, and one that is empty.
        (progress.total, progress.lang) = (Some(0), Lang::En);
        assert_eq!(progress.line(took, None), "100%  0 B of 0 B  300 MB/s  0 s left");
    }

    #[test]
    fn sizes_are_short() {
        for (bytes, text) in [
            (0.0, "0 B"),
            (999.0, "999 B"),
            (1_500.0, "1.5 kB"),
            (999_600.0, "1.0 MB"),
            (31e7, "310 MB"),
            (5e15, "5000 TB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }
}
