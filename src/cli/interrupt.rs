//! Ctrl-C and SIGTERM while a pipe is waited for: that is where the input ends, and what is known by then is told. A
//! second one ends the program at once, and so does the first where files are read: nothing is lost that they do not
//! have still.

use std::io::{self, Read};
#[cfg(unix)]
use std::os::fd::AsFd;
#[cfg(unix)]
use std::time::{Duration, Instant};

use super::exit::Exit;

/// How the run ends that was interrupted.
pub fn caught() -> Option<Exit> {
    #[cfg(unix)]
    let caught = unix::caught();
    #[cfg(not(unix))]
    let caught = None;
    caught
}

/// From here on Ctrl-C does nothing to this program: it is for another one, which has the terminal.
pub fn leave_to_others() {
    #[cfg(unix)]
    unix::leave_to_others();
}

/// A first read is done when nothing more has come for so long, or after so long.
#[cfg(unix)]
const PAUSE: Duration = Duration::from_millis(200);
#[cfg(unix)]
const GATHERING: Duration = Duration::from_secs(1);

/// A source that may pause: a pipe, a terminal.
pub struct Live<R> {
    inner: R,
    /// How often it was read.
    #[cfg(unix)]
    reads: u32,
}

impl<R> Live<R> {
    /// Nothing has been read of it.
    pub fn new(inner: R) -> Live<R> {
        Live {
            inner,
            #[cfg(unix)]
            reads: 0,
        }
    }
}

#[cfg(unix)]
impl<R: Read + AsFd> Read for Live<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reads = self.reads.saturating_add(1);
        unix::wait(self.inner.as_fd(), self.reads)?;
        let mut end = self.inner.read(buffer)?;
        if self.reads > 1 {
            return Ok(end);
        }
        // What a first read gets decides the view: so it takes whatever comes soon, however the writer divides it. Stdin
        // has a small buffer of its own, which nothing must be left in: it is passed by for long reads alone.
        const LONG: usize = 16 << 10;
        let begun = Instant::now();
        while end > 0
            && buffer.len() - end >= LONG
            && begun.elapsed() < GATHERING
            && unix::comes_soon(self.inner.as_fd(), PAUSE)
        {
            match self.inner.read(&mut buffer[end..]) {
                Ok(0) => break,
                Ok(count) => end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // It comes again, when its turn has come.
                Err(_) => break,
            }
        }
        Ok(end)
    }
}

#[cfg(not(unix))]
impl<R: Read> Read for Live<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

#[cfg(unix)]
mod unix {
    use std::io::{self, ErrorKind};
    use std::os::fd::BorrowedFd;
    use std::os::unix::net::UnixStream;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::{flag, low_level};

    use super::Exit;

    /// Signals are the process's, and so is this: which one came.
    static CAUGHT: AtomicUsize = AtomicUsize::new(0);
    /// Whether one came.
    static ANY: AtomicBool = AtomicBool::new(false);
    /// Has something to read when one has come.
    static BELL: OnceLock<Option<UnixStream>> = OnceLock::new();

    /// The signals that end input, and how the run ends then.
    const SIGNALS: [(i32, Exit); 2] = [(SIGINT, Exit::Interrupted), (SIGTERM, Exit::Terminated)];

    /// Most pipes have all they will ever have by then, and for those nothing needs to be handled.
    const AT_ONCE: Duration = Duration::from_millis(50);
    /// Or it is read so often without a pause.
    const BUSY: u32 = 8;

    pub fn caught() -> Option<Exit> {
        let number = CAUGHT.load(Ordering::SeqCst);
        SIGNALS.iter().find(|(signal, _)| usize::try_from(*signal) == Ok(number)).map(|(_, exit)| *exit)
    }

    pub fn leave_to_others() {
        static NOBODY: AtomicBool = AtomicBool::new(false);
        // Where it cannot be registered, Ctrl-C ends us, as it ever did.
        let _ = flag::register(SIGINT, &NOBODY);
    }

    /// Handles the signals from here on; what is handed out can be waited for.
    fn handle() -> io::Result<UnixStream> {
        let (ours, theirs) = UnixStream::pair()?;
        for (signal, exit) in SIGNALS {
            // In this order: the first one finds that none has come.
            flag::register_conditional_shutdown(signal, exit as i32, &ANY)?;
            flag::register(signal, &ANY)?;
            flag::register_usize(signal, &CAUGHT, signal.unsigned_abs() as usize)?;
            low_level::pipe::register(signal, theirs.try_clone()?)?;
        }
        Ok(ours)
    }

    /// Whether there is something to read, or nothing more will come, before so long has passed.
    pub fn comes_soon(source: BorrowedFd<'_>, pause: Duration) -> bool {
        let pause = Timespec { tv_sec: 0, tv_nsec: pause.subsec_nanos().into() };
        matches!(poll(&mut [PollFd::from_borrowed_fd(source, PollFlags::IN)], Some(&pause)), Ok(1..))
    }

    /// Returns when there is something to read, or nothing more will come; an error when a signal says that it is enough.
    pub fn wait(source: BorrowedFd<'_>, reads: u32) -> io::Result<()> {
        let readable = |fd| PollFd::from_borrowed_fd(fd, PollFlags::IN);
        if BELL.get().is_none() && reads < BUSY {
            let soon = Timespec { tv_sec: 0, tv_nsec: AT_ONCE.subsec_nanos().into() };
            if !matches!(poll(&mut [readable(source)], Some(&soon)), Ok(0)) {
                return Ok(());
            }
        }
        // Where nothing can be handled, the signals do what they always did.
        let Some(bell) = BELL.get_or_init(|| handle().ok()) else { return Ok(()) };
        let mut both = [readable(source), readable(std::os::fd::AsFd::as_fd(bell))];
        while let Err(error) = poll(&mut both, None) {
            if error.kind() != ErrorKind::Interrupted {
                break;
            }
        }
        match caught() {
            Some(_) => Err(io::Error::other("interrupted")),
            None => Ok(()),
        }
    }
}
