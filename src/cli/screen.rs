//! What stands between the program and a terminal: a pager where there is more than the screen holds, and the line that
//! says how far reading is. Both streams go through it where they are terminals, so that what is written to them stays
//! in order, and nothing is written beside what a pager shows: what is said meanwhile goes into it, as git does.

use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::terminal::sanitize::char_width;

use super::interrupt;

/// A program that shows a text page by page.
#[derive(Debug)]
pub struct Pager {
    /// It, and its arguments.
    pub words: Vec<String>,
    /// Variables that it gets besides ours.
    pub variables: Vec<(&'static str, &'static str)>,
    /// Fewer lines than these need none.
    pub rows: usize,
    /// The columns of one.
    pub columns: usize,
}

impl Pager {
    /// Starts it; `None` where there is no such program.
    fn start(&self) -> Option<(Child, ChildStdin)> {
        let (program, arguments) = self.words.split_first()?;
        let mut command = Command::new(program);
        command.args(arguments).envs(self.variables.iter().copied()).stdin(Stdio::piped());
        let mut child = command.spawn().ok()?;
        // What Ctrl-C means is for it to say: without us nobody would wait for it.
        interrupt::leave_to_others();
        child.stdin.take().map(|stdin| (child, stdin))
    }
}

/// The words of a command as a shell would read them that has quotes and backslashes, and nothing else.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\\', quote) if quote != Some('\'') => word.get_or_insert_default().extend(chars.next()),
            (c, Some(_)) => word.get_or_insert_default().push(c),
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, None) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// A line can be as long as the input.
const MOST_HELD: usize = 1 << 20;

/// Which of the two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

enum State {
    /// As it comes.
    Plain,
    /// As long as it may fit on the screen it waits.
    Held(Pager, Vec<(Which, Vec<u8>)>, Extent),
    /// What follows goes to the pager.
    Paged(Child, ChildStdin),
}

struct Inner {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    state: State,
    /// Whether the line that says how far reading is stands on the screen.
    drawn: bool,
}

/// The screen of a run.
#[derive(Clone)]
pub struct Screen(Arc<Mutex<Inner>>);

impl Screen {
    /// A screen of these streams.
    pub fn new(out: impl Write + Send + 'static, err: impl Write + Send + 'static) -> Screen {
        let (out, err) = (Box::new(out), Box::new(err));
        Screen(Arc::new(Mutex::new(Inner { out, err, state: State::Plain, drawn: false })))
    }

    /// What is to be written to in place of a stream.
    pub fn side(&self, which: Which) -> Side {
        Side(self.clone(), which)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows what follows with a pager, if it is more than fits.
    pub fn page(&self, pager: Pager) {
        self.lock().state = State::Held(pager, Vec::new(), Extent::default());
    }

    /// Draws a line in place of the one before it, unless a pager has the screen.
    pub fn draw(&self, line: &str) {
        let mut inner = self.lock();
        if !matches!(inner.state, State::Paged(..)) {
            inner.drawn = true;
            let _ = inner.err.write_all(format!("\r{line}\u{1b}[K").as_bytes());
            let _ = inner.err.flush();
        }
    }

    /// Takes that line away.
    pub fn erase(&self) {
        self.lock().erase();
    }

    /// Writes what waits, and waits for the pager.
    ///
    /// # Errors
    ///
    /// What writing fails with.
    pub fn end(&self) -> io::Result<()> {
        let mut inner = self.lock();
        inner.erase();
        match std::mem::replace(&mut inner.state, State::Plain) {
            State::Plain => Ok(()),
            State::Held(_, held, _) => inner.release(held),
            State::Paged(mut child, stdin) => {
                drop(stdin);
                child.wait().map(drop)
            }
        }
    }
}

impl Inner {
    fn erase(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = self.err.write_all(b"\r\x1b[K");
        }
    }

    fn stream(&mut self, which: Which) -> &mut dyn Write {
        match which {
            Which::Out => &mut self.out,
            Which::Err => &mut self.err,
        }
    }

    /// Writes pieces to where they belong.
    fn release(&mut self, held: Vec<(Which, Vec<u8>)>) -> io::Result<()> {
        for (which, bytes) in held {
            self.stream(which).write_all(&bytes)?;
        }
        self.out.flush()
    }

    fn write(&mut self, which: Which, bytes: &[u8]) -> io::Result<()> {
        let full = match &mut self.state {
            State::Plain => {
                self.erase();
                return self.stream(which).write_all(bytes);
            }
            State::Paged(_, stdin) => return stdin.write_all(bytes),
            State::Held(pager, held, extent) => {
                held.push((which, bytes.to_owned()));
                extent.add(bytes, pager);
                let bytes: usize = held.iter().map(|(_, bytes)| bytes.len()).sum();
                extent.rows >= pager.rows || bytes > MOST_HELD
            }
        };
        if full && let State::Held(pager, held, _) = std::mem::replace(&mut self.state, State::Plain) {
            self.erase();
            // Without the program it is shown as it comes.
            let Some((child, mut stdin)) = pager.start() else { return self.release(held) };
            let written = held.iter().try_for_each(|(_, bytes)| stdin.write_all(bytes));
            self.state = State::Paged(child, stdin);
            return written;
        }
        Ok(())
    }
}

/// How much of a screen a text takes.
#[derive(Debug, Default)]
struct Extent {
    rows: usize,
    /// Columns of the row that has not ended.
    column: usize,
    /// Within the codes of a colour.
    coded: bool,
}

impl Extent {
    /// Adds a text, as far as is needed to know that it is too long.
    fn add(&mut self, bytes: &[u8], pager: &Pager) {
        for c in String::from_utf8_lossy(bytes).chars() {
            if self.rows >= pager.rows {
                return;
            }
            match c {
                '\u{1b}' => self.coded = true,
                _ if self.coded => self.coded = !c.is_ascii_alphabetic(),
                '\n' => (self.rows, self.column) = (self.rows + 1, 0),
                _ => {
                    let wide = char_width(c);
                    if self.column + wide > pager.columns {
                        (self.rows, self.column) = (self.rows + 1, 0);
                    }
                    self.column += wide;
                }
            }
        }
    }
}

/// One of the streams.
pub struct Side(Screen, Which);

impl Write for Side {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Side(screen, which) = self;
        screen.lock().write(*which, bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let Side(screen, which) = self;
        let mut inner = screen.lock();
        match inner.state {
            State::Plain => inner.stream(*which).flush(),
            State::Held(..) | State::Paged(..) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_those_of_the_terminal() {
        let pager = Pager { words: Vec::new(), variables: Vec::new(), rows: 9, columns: 4 };
        for (text, rows) in [
            ("", 0),
            ("abcd\n", 1),
            ("abcde\n", 2),
            ("\u{1b}[1;31mabcd\u{1b}[0m\n", 1),
            ("浙江\n", 1),
            ("a浙江\n", 2),
            ("a\nb\nc", 2),
            (&"a\n".repeat(90), 9),
        ] {
            let mut extent = Extent::default();
            extent.add(text.as_bytes(), &pager);
            assert_eq!(extent.rows, rows, "{text}");
        }
    }

    #[test]
    fn a_command_is_read_as_a_shell_would() {
        for (text, read) in [
            ("less -FRX", &["less", "-FRX"][..]),
            ("  bat --style='a b'  -p ", &["bat", "--style=a b", "-p"]),
            (r#"a\ b "c \" d" 'e\f' """#, &["a b", "c \" d", "e\\f", ""]),
            ("a 'b c", &["a", "b c"]),
            ("a\\", &["a"]),
            ("", &[]),
        ] {
            assert_eq!(words(text), read, "{text}");
        }
    }
}
