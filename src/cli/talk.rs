//! What the program says to whoever runs it: the only place that writes to standard error, but for what clap says of a
//! command line.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use crate::lang::{Lang, Sentence};
use crate::terminal::sanitize::push_clean;
use crate::terminal::wrap::push_line;

use super::exit::Why;
use super::io::{Io, Stream};

/// Says things on standard error. Where that is gone there is nobody left to tell, and the run goes on.
#[derive(Clone)]
pub struct Talk {
    /// The language in which they are said.
    pub lang: Lang,
    out: Stream,
    /// Columns of the terminal, where it is one: longer lines are broken at words.
    columns: Option<usize>,
}

impl Talk {
    /// To whoever sits there.
    pub fn new(io: &Io, lang: Lang) -> Talk {
        let out = io.stderr.clone();
        Talk { lang, columns: io.columns.filter(|_| out.terminal), out }
    }

    /// Columns of what is laid out for it.
    pub fn width(&self) -> usize {
        self.columns.unwrap_or(100)
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
        self.say(format_args!("{name}: {}", reason(error, self.lang)));
    }
}

/// Lines that are none too wide: where one is broken, what follows stands a little further in.
pub fn wrapped(clean: &[u8], columns: usize) -> Cow<'_, [u8]> {
    let fits = |line: &[u8]| line.len() <= columns;
    if clean.split(|byte| *byte == b'\n').all(fits) {
        return clean.into();
    }
    let text = String::from_utf8_lossy(clean);
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        push_line(line, columns, &mut out);
        out.push_str(end);
    }
    out.into_bytes().into()
}

/// What usually goes wrong with files, as systems say it in Chinese; ours speaks English only.
const USUAL: [(ErrorKind, &str); 9] = [
    (ErrorKind::NotFound, "没有那个文件或目录"),
    (ErrorKind::PermissionDenied, "权限不够"),
    (ErrorKind::IsADirectory, "是一个目录"),
    (ErrorKind::NotADirectory, "不是目录"),
    (ErrorKind::AlreadyExists, "文件已存在"),
    (ErrorKind::StorageFull, "设备上没有空间"),
    (ErrorKind::ReadOnlyFilesystem, "只读文件系统"),
    (ErrorKind::BrokenPipe, "断开的管道"),
    (ErrorKind::UnexpectedEof, "文件提前结束"),
];

/// Why something failed, without the number of the error: the words say it. An error of our own is a [`Sentence`].
pub fn reason(error: &io::Error, lang: Lang) -> String {
    let inner = error.get_ref();
    if let Some(ours) = inner.and_then(|inner| inner.downcast_ref::<Sentence>()) {
        return ours.text(lang).to_owned();
    }
    let text = error.to_string();
    let end = text.find(" (os error ");
    // Those of the system, also with a path around them. What others put into words says more than its kind.
    let usual =
        USUAL.iter().find(|(kind, _)| *kind == error.kind()).filter(|_| inner.is_none() || end.is_some());
    match (lang, usual, end) {
        (Lang::Zh, Some((_, words)), _) => (*words).to_owned(),
        (_, _, Some(end)) => text[..end].to_owned(),
        _ => text,
    }
}

impl Why for io::Error {
    fn words(&self, lang: Lang) -> String {
        reason(self, lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::both;

    #[test]
    fn usual_failures_and_our_own_are_told_in_both_languages() {
        let ours = io::Error::other(both!("是一个命名管道", "is a FIFO"));
        let told = |error: &io::Error| [Lang::Zh, Lang::En].map(|lang| reason(error, lang));
        assert_eq!(told(&ours), ["是一个命名管道", "is a FIFO"]);
        assert_eq!(
            told(&ErrorKind::IsADirectory.into()),
            ["是一个目录", &ErrorKind::IsADirectory.to_string()]
        );
        // What somebody else put into words says more than its kind.
        assert_eq!(told(&io::Error::new(ErrorKind::NotFound, "no such thing")), ["no such thing"; 2]);
    }

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
