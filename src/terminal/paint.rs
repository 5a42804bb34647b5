//! Colours, decided by the caller: `colored` knows the codes, our own resolver knows whether to use them.

use std::sync::LazyLock;

use crate::finding::Severity;

/// What a piece of text is, for the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The word `error`, an alarm.
    Error,
    /// The word `warning`.
    Warning,
    /// The word `note`.
    Note,
    /// All is well.
    Good,
    /// A headline.
    Strong,
    /// What is there for completeness.
    Faint,
    /// Lines and arrows around an excerpt, names of fields.
    Frame,
}

impl From<Severity> for Ink {
    fn from(severity: Severity) -> Ink {
        match severity {
            Severity::Error => Ink::Error,
            Severity::Warning => Ink::Warning,
            Severity::Note => Ink::Note,
        }
    }
}

/// Paints text, or leaves it as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// A brush, wet or dry. Without the feature `cli` it is always dry: the library has no terminal.
    pub const fn new(on: bool) -> Paint {
        Paint { on }
    }

    /// Whether it paints at all.
    pub const fn is_on(self) -> bool {
        self.on
    }

    /// Appends text on a background, from none (0) to the darkest there is ([`SHADES`] less 1).
    pub fn shade(self, shade: usize, text: &str, out: &mut String) {
        let (open, close) = if self.on { &BACKGROUNDS[shade.min(SHADES - 1)] } else { &NO_CODES };
        out.push_str(open);
        out.push_str(text);
        out.push_str(close);
    }

    /// Appends text in a colour. The text is to be clean: see [`text`](super::sanitize).
    pub fn push(self, ink: Ink, text: &str, out: &mut String) {
        let (open, close) = self.codes(ink);
        out.push_str(open);
        out.push_str(text);
        out.push_str(close);
    }

    /// What to write before and after text in a colour; both empty for a dry brush.
    pub fn codes(self, ink: Ink) -> (&'static str, &'static str) {
        if !self.on {
            return ("", "");
        }
        let (open, close) = &CODES[ink as usize];
        (open, close)
    }
}

/// The codes of every [`Ink`], asked once: `colored` allocates for each text it paints, and tables paint millions.
static CODES: LazyLock<[(String, String); 7]> = LazyLock::new(|| {
    start();
    [Ink::Error, Ink::Warning, Ink::Note, Ink::Good, Ink::Strong, Ink::Faint, Ink::Frame].map(codes)
});

/// How many backgrounds there are for a plot.
pub const SHADES: usize = 10;

static NO_CODES: (String, String) = (String::new(), String::new());

/// The codes of every background: from one colour to another through the 256 of most terminals, to be told apart on black
/// and on white.
static BACKGROUNDS: LazyLock<[(String, String); SHADES]> = LazyLock::new(|| {
    start();
    std::array::from_fn(background)
});

/// `colored` looks at stdout only and misreads empty variables, so it is forced, here and nowhere else: who holds a
/// wet brush has decided already.
#[cfg(feature = "cli")]
fn start() {
    colored::control::set_override(true);
    #[cfg(windows)]
    let _ = colored::control::set_virtual_terminal(true);
}

#[cfg(feature = "cli")]
fn codes(ink: Ink) -> (String, String) {
    use colored::Colorize;
    let painted = match ink {
        Ink::Error => "|".red().bold(),
        Ink::Warning => "|".yellow().bold(),
        Ink::Note => "|".cyan().bold(),
        Ink::Good => "|".green().bold(),
        Ink::Strong => "|".bold(),
        Ink::Faint => "|".dimmed(),
        Ink::Frame => "|".blue(),
    }
    .to_string();
    let (open, close) = painted.split_once('|').unwrap_or_default();
    (open.to_owned(), close.to_owned())
}

#[cfg(feature = "cli")]
fn background(shade: usize) -> (String, String) {
    use colored::{Color, Colorize};
    const COLOURS: [u8; SHADES] = [0, 153, 117, 81, 45, 39, 33, 27, 21, 20];
    if shade == 0 {
        return NO_CODES.clone();
    }
    let painted = "|".on_color(Color::AnsiColor(COLOURS[shade])).to_string();
    let (open, close) = painted.split_once('|').unwrap_or_default();
    (open.to_owned(), close.to_owned())
}

#[cfg(not(feature = "cli"))]
fn background(_: usize) -> (String, String) {
    NO_CODES.clone()
}

#[cfg(not(feature = "cli"))]
fn start() {}

#[cfg(not(feature = "cli"))]
fn codes(_: Ink) -> (String, String) {
    (String::new(), String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dry_brush_changes_nothing() {
        let mut out = String::new();
        Paint::new(false).push(Ink::Error, "error", &mut out);
        assert_eq!(out, "error");
    }

    #[cfg(feature = "cli")]
    #[test]
    fn a_wet_brush_paints_whatever_the_environment_says() {
        for (ink, painted) in [
            (Ink::Error, "\x1b[1;31mx\x1b[0m"),
            (Ink::Warning, "\x1b[1;33mx\x1b[0m"),
            (Ink::Note, "\x1b[1;36mx\x1b[0m"),
            (Ink::Good, "\x1b[1;32mx\x1b[0m"),
            (Ink::Strong, "\x1b[1mx\x1b[0m"),
            (Ink::Faint, "\x1b[2mx\x1b[0m"),
            (Ink::Frame, "\x1b[34mx\x1b[0m"),
        ] {
            let mut out = String::new();
            Paint::new(true).push(ink, "x", &mut out);
            assert_eq!(out, painted);
        }
    }
}
