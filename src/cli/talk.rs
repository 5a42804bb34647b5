//! What the program says to whoever runs it: the only place that writes to standard error, but for what clap says of a
//! command line.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

use crate::terminal::sanitize::{push_clean, push_spaces};
use crate::terminal::wrap::push_hanging;

use super::io::{Io, Stream};

/// Says things on standard error. Where that is gone there is nobody left to tell, and the run goes on.
#[derive(Clone)]
pub struct Talk {
    out: Stream,
    /// Columns of the terminal, where it is one: longer lines are broken at words.
    columns: Option<usize>,
}

impl Talk {
    /// To whoever sits there.
    pub fn new(io: &Io) -> Talk {
        let out = io.stderr.clone();
        Talk { columns: io.columns.filter(|_| out.terminal), out }
    }

    /// Begins a line where a terminal has written into the last one, as it does at Ctrl-C.
    pub fn begin_line(&self) {
        if self.out.terminal {
            self.bytes(b"\n");
        }
    }

    /// A line, cleaned of whatever a file name or a payload put into it.
    pub fn line(&self, text: impl Display) {
        let mut line = String::new();
        push_clean(&text.to_string(), &mut line);
        line.push('\n');
        self.bytes(line.as_bytes());
    }

    /// Bytes that are clean already: findings in lines.
    pub fn bytes(&self, clean: &[u8]) {
        let text = match self.columns {
            Some(columns) => wrapped(clean, columns),
            None => clean.into(),
        };
        let _ = self.out.clone().write_all(&text);
    }

    /// A line that the program says in its own name.
    pub fn say(&self, text: impl Display) {
        self.line(format_args!("larkspect: {text}"));
    }

    /// A second line of what was just said.
    pub fn more(&self, text: impl Display) {
        self.line(format_args!("           {text}"));
    }

    /// Says why an input of this name could not be read.
    pub fn failed(&self, name: &str, error: &io::Error) {
        self.say(format_args!("{name}: {}", reason(error)));
    }
}

/// Lines that are none too wide: where one is broken, what follows stands a little further in.
fn wrapped(clean: &[u8], columns: usize) -> Cow<'_, [u8]> {
    const FURTHER: usize = 2;
    const LEAST: usize = 24;
    let fits = |line: &[u8]| line.len() <= columns;
    if clean.split(|byte| *byte == b'\n').all(fits) {
        return clean.into();
    }
    let text = String::from_utf8_lossy(clean);
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let column = line.len() - line.trim_start_matches(' ').len();
        let limit = columns.saturating_sub(column + FURTHER).max(LEAST);
        // The first line has so many more, which only a very long word would tell.
        push_spaces(column, &mut out);
        push_hanging(line.trim_start_matches(' '), column + FURTHER, columns, limit, &mut out);
        out.push_str(end);
    }
    out.into_bytes().into()
}

/// Why something failed, without the number of the error: the words say it.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_at_words() {
        for (line, wrapped_line) in [
            ("short\n", "short\n"),
            (
                "not shown for lack of room: Via, Comment\nx\n",
                "not shown for lack of room:\n  Via, Comment\nx\n",
            ),
            (
                "           larkspect check says where and why\n",
                "           larkspect check says\n             where and why\n",
            ),
            ("500 个事件（打卡流水），400 名员工\n", "500 个事件（打卡流水），400 名\n  员工\n"),
        ] {
            assert_eq!(String::from_utf8_lossy(&wrapped(line.as_bytes(), 33)), wrapped_line);
        }
    }
}
