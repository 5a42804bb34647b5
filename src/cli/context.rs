//! The context of a run: zone, language, colours, the width of the terminal. Decided once, handed down as
//! values.

use std::io::Write;
use std::sync::Arc;

use clap::ValueEnum;

use crate::lang::{Lang, Sentence, both};
use crate::signature::Credentials;
use crate::suggest::Unknown;
use crate::terminal::Look;
use crate::time::Zone;

use super::exit::{Exit, Stop};
use super::io::Io;
use super::screen::{Pager, words};
use super::settings::config::Config;
use super::talk::Talk;

/// The context of a run.
pub struct Context {
    /// Streams and environment.
    pub io: Io,
    /// Standard error.
    pub talk: Talk,
    /// The zone of everything shown.
    pub zone: Zone,
    /// For standard output.
    pub out: Look,
    /// The settings of the project.
    pub config: Config,
    /// The keys and tokens that the command may use.
    pub credentials: Arc<Credentials>,
    /// Describes all that can be typed: for completions and manual pages.
    pub program: fn() -> clap::Command,
}

impl Context {
    /// Writes all that a command without input has to say.
    ///
    /// # Errors
    ///
    /// It could not be written.
    pub fn print(&self, text: &[u8]) -> Result<Exit, Stop> {
        let mut out = self.io.stdout.clone();
        out.write_all(text)?;
        out.flush()?;
        Ok(Exit::Fine)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    #[default]
    Auto,
    #[value(aliases = ["yes", "on", "true", "force"])]
    Always,
    #[value(aliases = ["no", "off", "false", "none"])]
    Never,
}

/// The zone of everything shown: as typed, where `Some(None)` is the machine's, else as the environment, else as the
/// settings say; else the machine's.
///
/// # Errors
///
/// What the environment says is none. Not read by clap: what is wrong with it is no matter of the flag's.
pub fn zone(typed: Option<Option<Zone>>, io: &Io, config: &Config) -> Result<Zone, Sentence> {
    const NAME: &str = "LARKSPECT_TZ";
    let parse = |text: String| {
        text.parse().map_err(|unknown: Unknown| {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| unknown.words(lang));
            both!("{NAME}：{zh}", "{NAME}: {en}")
        })
    };
    let zone = match typed {
        Some(zone) => zone,
        None => io.variable(NAME)?.map(parse).transpose()?.or(config.tz),
    };
    Ok(zone.unwrap_or_else(|| machine_zone(io)))
}

/// What a variable says that need not say anything.
fn variable(io: &Io, name: &str) -> Option<String> {
    io.variable(name).ok().flatten()
}

/// Whether the terminal can do nothing but print.
pub fn is_dumb(io: &Io) -> bool {
    variable(io, "TERM").as_deref() == Some("dumb")
}

/// `--color` > `NO_COLOR` > `CLICOLOR_FORCE`, `FORCE_COLOR` > the terminal.
pub fn color(when: When, io: &Io, terminal: bool) -> bool {
    let forced = |name| variable(io, name).is_some_and(|value| value != "0");
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if variable(io, "NO_COLOR").is_some() => false,
        When::Auto if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") => true,
        When::Auto => terminal && !is_dumb(io),
    }
}

/// The pager for output of files: `LARKSPECT_PAGER` > `PAGER` > less. `cat` is none, and neither is an empty one, as in git
/// and bat: other empty variables count as not set.
pub fn pager(when: When, io: &Io) -> Option<Pager> {
    let rows = match when {
        When::Always => 0,
        When::Never => return None,
        When::Auto if is_dumb(io) => return None,
        When::Auto => io.rows?,
    };
    let chosen = ["LARKSPECT_PAGER", "PAGER"].into_iter().find_map(|name| io.raw_variable(name));
    let mut words = chosen.map_or_else(|| vec!["less".to_owned()], |chosen| words(&chosen.to_string_lossy()));
    if words.is_empty() || words == ["cat"] {
        return None;
    }
    // A LESS that somebody set for other ends would show the codes of colours.
    if words == ["less"] {
        words.push("-R".to_owned());
    }
    // As git does: quit where all fits after all, show colours, leave the text on the screen. What we write is UTF-8.
    let mut variables = vec![("LESS", "FRX"), ("LESSCHARSET", "utf-8")];
    variables.retain(|(name, _)| variable(io, name).is_none());
    Some(Pager { words, variables, rows, columns: io.columns.unwrap_or(usize::MAX) })
}

/// Chinese where the locale of messages is Chinese.
pub fn lang_of_locale(io: &Io) -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| variable(io, name));
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// The machine's zone. A name in `TZ` is looked up in our own tables first: a slim container has none of the system's,
/// and would silently be taken for UTC.
#[cfg_attr(not(feature = "tz"), allow(unused_variables))] // the system alone is asked there
fn machine_zone(io: &Io) -> Zone {
    #[cfg(feature = "tz")]
    if let Some(name) = variable(io, "TZ")
        && let Ok(zone @ Zone::Named(_)) = name.trim_start_matches(':').parse()
    {
        return zone;
    }
    Zone::Local
}

/// Columns of the terminal; 100 where there is none.
pub fn width(io: &Io) -> usize {
    variable(io, "COLUMNS").and_then(|columns| columns.parse().ok()).or(io.columns).unwrap_or(100)
}
