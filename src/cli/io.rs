//! What a run has from outside, as values: streams, environment, terminal. A test hands in its own and needs no
//! process. Paths are the exception: they are those of the process, and so is its working directory.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use terminal_size::terminal_size_of;

use crate::lang::{Sentence, both};

use super::interrupt::Live;
use super::screen::{Screen, Which};

/// A stream of the run, with several hands on it.
pub struct Handle<T: ?Sized> {
    stream: Arc<Mutex<T>>,
    /// Whether somebody sits at its other end.
    pub terminal: bool,
}

/// Standard input.
pub type Input = Handle<dyn Read + Send>;
/// Standard output, or standard error.
pub type Stream = Handle<dyn Write + Send>;

impl Stream {
    /// The first hand on a stream.
    fn of(stream: impl Write + Send + 'static, terminal: bool) -> Stream {
        Handle { stream: Arc::new(Mutex::new(stream)), terminal }
    }
}

impl<T: ?Sized> Handle<T> {
    fn lock(&self) -> MutexGuard<'_, T> {
        // Bytes that stand in a stream are there, whatever became of the thread that wrote them.
        self.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: ?Sized> Clone for Handle<T> {
    fn clone(&self) -> Handle<T> {
        Handle { stream: Arc::clone(&self.stream), terminal: self.terminal }
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.lock().read(buffer)
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.lock().flush()
    }
}

/// What a variable holds, by its name.
type Environment = dyn Fn(&str) -> Option<OsString>;

/// What a run has from outside.
pub struct Io {
    /// Standard input.
    pub stdin: Input,
    /// Standard output: data, cards, reports.
    pub stdout: Stream,
    /// Standard error: what is said about them.
    pub stderr: Stream,
    /// Columns of the terminal, where there is one.
    pub columns: Option<usize>,
    /// Its lines.
    pub rows: Option<usize>,
    /// What stands between the streams and the terminal; none where neither is one.
    pub(super) screen: Option<Screen>,
    environment: Box<Environment>,
}

impl Io {
    /// Streams that are no terminals, and an environment.
    pub fn new(
        stdin: impl Read + Send + 'static,
        stdout: impl Write + Send + 'static,
        stderr: impl Write + Send + 'static,
        environment: impl Fn(&str) -> Option<OsString> + 'static,
    ) -> Io {
        Io {
            stdin: Handle { stream: Arc::new(Mutex::new(stdin)), terminal: false },
            stdout: Stream::of(stdout, false),
            stderr: Stream::of(stderr, false),
            columns: None,
            rows: None,
            screen: None,
            environment: Box::new(environment),
        }
    }

    /// What the process has.
    pub fn of_process() -> Io {
        let mut io =
            Io::new(Live::new(io::stdin()), io::stdout(), io::stderr(), |name| std::env::var_os(name));
        io.stdin.terminal = io::stdin().is_terminal();
        io.stdout.terminal = io::stdout().is_terminal();
        io.stderr.terminal = io::stderr().is_terminal();
        let out = io.stdout.terminal.then(|| terminal_size_of(io::stdout())).flatten();
        let err = || io.stderr.terminal.then(|| terminal_size_of(io::stderr())).flatten();
        let size = out.or_else(err);
        io.columns = size.map(|(width, _)| usize::from(width.0));
        io.rows = size.map(|(_, height)| usize::from(height.0));
        io
    }

    /// Puts a screen between the streams and the terminal, if one of them is one.
    pub(super) fn with_screen(mut self) -> Io {
        if self.stdout.terminal || self.stderr.terminal {
            let screen = Screen::new(self.stdout.clone(), self.stderr.clone());
            for (stream, which) in [(&mut self.stdout, Which::Out), (&mut self.stderr, Which::Err)] {
                if stream.terminal {
                    *stream = Stream::of(screen.side(which), true);
                }
            }
            self.screen = Some(screen);
        }
        self
    }

    /// A variable of the environment as it is.
    pub fn raw_variable(&self, name: &str) -> Option<OsString> {
        (self.environment)(name)
    }

    /// A variable of the environment; one that is empty says nothing.
    ///
    /// # Errors
    ///
    /// It is not UTF-8: the sentence that says so.
    pub fn variable(&self, name: &str) -> Result<Option<String>, Sentence> {
        let Some(value) = (self.environment)(name) else { return Ok(None) };
        let text = value.into_string().map_err(|_| both!("{name} 不是 UTF-8", "{name} is not UTF-8"))?;
        Ok((!text.is_empty()).then_some(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_is_empty_says_nothing() {
        let io = Io::new(io::empty(), io::sink(), io::sink(), |name| (name == "A").then(OsString::new));
        assert_eq!((io.variable("A"), io.variable("B")), (Ok(None), Ok(None)));
    }
}
