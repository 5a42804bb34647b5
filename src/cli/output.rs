//! Where output goes.

use std::io::{self, BufWriter, Stdout, Write};

/// Standard output through a buffer. The lock of [`io::Stdout`] and its line buffer are paid once a buffer, not once
/// a line.
pub fn stdout() -> BufWriter<Stdout> {
    BufWriter::with_capacity(64 << 10, io::stdout())
}

/// Writes a line to standard error, cleaned of whatever a file name or payload put into it.
pub fn say(message: &str) {
    let mut line = String::with_capacity(message.len() + 16);
    crate::render::text::push_clean(message, &mut line);
    line.push('\n');
    // Nobody is left to tell when stderr is gone.
    let _ = io::stderr().write_all(line.as_bytes());
}
