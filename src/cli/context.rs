//! The context of a run: zone, language, colours, the width of the terminal. Decided once, handed down as
//! values.

use std::io::IsTerminal;
use std::sync::Arc;

use terminal_size::terminal_size_of;

use crate::lang::Lang;
use crate::signature::Credentials;
use crate::terminal::Look;
use crate::time::Zone;

use super::args::{Global, When};
use super::settings::config::Config;

/// The context of a run.
#[derive(Debug)]
pub struct Context {
    /// The zone of everything shown.
    pub zone: Zone,
    /// For standard output.
    pub out: Look,
    /// Whether standard output is a terminal.
    pub terminal: bool,
    /// The settings of the project.
    pub config: Config,
    /// The keys and tokens that the command may use.
    pub credentials: Arc<Credentials>,
}

impl Context {
    /// Decides it from what was typed, the settings and the environment.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the settings.
    pub fn new(global: &Global) -> Result<Context, Vec<String>> {
        let config =
            if global.no_config { Config::default() } else { Config::load(global.config.as_deref())? };
        let zone = match global.tz {
            None => zone_of_variable().map_err(|problem| vec![problem])?,
            zone => zone,
        };
        let lang = global.lang.map(Lang::from).or(config.lang).unwrap_or_else(lang_of_locale);
        let terminal = std::io::stdout().is_terminal();
        Ok(Context {
            zone: zone.or(config.tz).unwrap_or_else(system_zone),
            out: Look { color: color(global.color, terminal), width: width(), lang },
            terminal,
            config,
            credentials: Arc::default(),
        })
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The zone that the environment asks for. Not read by clap: what is wrong with it is no matter of the flag's.
fn zone_of_variable() -> Result<Option<Zone>, String> {
    const NAME: &str = "LARKSPECT_TZ";
    match std::env::var(NAME) {
        Ok(text) if !text.is_empty() => text.parse().map(Some).map_err(|error| format!("{NAME}: {error}")),
        Err(std::env::VarError::NotUnicode(_)) => Err(format!("{NAME} is not UTF-8")),
        _ => Ok(None),
    }
}

/// `--color` > `NO_COLOR` > `CLICOLOR_FORCE`, `FORCE_COLOR` > the terminal.
fn color(when: When, terminal: bool) -> bool {
    let forced = |name| variable(name).is_some_and(|value| value != "0");
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if variable("NO_COLOR").is_some() => false,
        When::Auto if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") => true,
        When::Auto => terminal && variable("TERM").as_deref() != Some("dumb"),
    }
}

/// Chinese where the locale of messages is Chinese.
fn lang_of_locale() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// The machine's zone. A name in `TZ` is looked up in our own tables first: a slim container has none of the system's,
/// and would silently be taken for UTC.
pub fn system_zone() -> Zone {
    #[cfg(feature = "tz")]
    if let Some(name) = variable("TZ")
        && let Ok(zone @ Zone::Named(_)) = name.trim_start_matches(':').parse()
    {
        return zone;
    }
    Zone::Local
}

/// Columns of the terminal; 100 where there is none.
fn width() -> usize {
    let said = variable("COLUMNS").and_then(|columns| columns.parse().ok());
    // Not that of standard input: looking at it makes a buffer for it.
    let size = || terminal_size_of(std::io::stdout()).or_else(|| terminal_size_of(std::io::stderr()));
    said.or_else(|| size().map(|(width, _)| usize::from(width.0))).unwrap_or(100)
}
