//! Where events stand: what the fields `file` and `line` say, and choosing among them.

use std::sync::Arc;

use crate::engine::Seen;
use crate::json::Place;

use super::select::Select;

/// A stretch of a stream, in which events stand on lines.
#[derive(Clone, Debug, Default)]
pub struct Spot {
    /// The file, as it was named.
    pub file: String,
    /// Line ends before the stretch.
    lines: u64,
    /// Where lines end in it.
    ends: Vec<usize>,
}

impl Spot {
    /// The beginning of a file.
    fn of(file: &str) -> Spot {
        Spot { file: file.to_owned(), lines: 0, ends: Vec::new() }
    }

    /// Goes on at a stretch of the file, whose lines are to be told.
    fn stretch(&mut self, text: &[u8], place: Place) {
        self.lines = place.lines;
        self.ends.clear();
        self.ends.extend(memchr::memchr_iter(b'\n', text));
    }

    /// The file and the line: `punches.ndjson:3`.
    pub(crate) fn place(&self, seen: &Seen<'_>) -> String {
        format!("{}:{}", self.file, self.line(seen))
    }

    /// The line on which an event begins, or what it was taken out of.
    pub fn line(&self, seen: &Seen<'_>) -> u64 {
        self.lines + self.ends.partition_point(|end| *end < seen.place.0) as u64 + 1
    }
}

/// Chooses among the events of a file, stretch by stretch.
#[derive(Clone, Debug)]
pub struct Chooser {
    select: Arc<Select>,
    asks_line: bool,
    /// Where the stretch at hand stands.
    pub spot: Spot,
}

impl Chooser {
    /// Chooses what `select` wants of a file; `asks_line`: lines are asked for besides.
    pub fn new(select: &Arc<Select>, file: &str, asks_line: bool) -> Chooser {
        let asks_line = asks_line || select.asks_line();
        Chooser { select: Arc::clone(select), asks_line, spot: Spot::of(file) }
    }

    /// Goes on at a stretch of the file.
    pub fn begin(&mut self, text: &[u8], place: Place) {
        if self.asks_line {
            self.spot.stretch(text, place);
        }
    }

    /// Whether an event of the stretch is wanted.
    #[inline]
    pub fn wants(&self, seen: &Seen<'_>) -> bool {
        self.select.wants(seen, &self.spot)
    }
}
