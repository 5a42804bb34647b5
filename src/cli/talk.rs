//! What the program says to whoever runs it: the only place that writes to standard error, but for what clap says of a
//! command line.

use std::fmt::Display;
use std::io::{self, Write};

use crate::terminal::sanitize::push_clean;

use super::io::Stream;

/// Says things on standard error. Where that is gone there is nobody left to tell, and the run goes on.
#[derive(Clone)]
pub struct Talk(pub Stream);

impl Talk {
    /// A line, cleaned of whatever a file name or a payload put into it.
    pub fn line(&self, text: impl Display) {
        let mut line = String::new();
        push_clean(&text.to_string(), &mut line);
        line.push('\n');
        self.bytes(line.as_bytes());
    }

    /// Bytes that are clean already: findings in lines.
    pub fn bytes(&self, clean: &[u8]) {
        let _ = self.0.clone().write_all(clean);
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

/// Why something failed, without the number of the error: the words say it.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
