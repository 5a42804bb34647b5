//! What can be typed to more than one command: global options, what to read, which events, keys.

use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Command, ValueHint};

use crate::finding::Rule;
use crate::lang::Lang;
use crate::rules;
use crate::signature::Credentials;
use crate::stream::frame::Limits;
use crate::suggest::{Unknown, did_you_mean, nearest};
use crate::time::Zone;

use super::choose::condition::Condition;
use super::choose::select::Select;
use super::context::{Context, When};
use super::exit::Stop;
use super::files::source::{Others, Source, no_captures, sources};
use super::io::Io;
use super::pipeline::Plan;
use super::settings::keys;
use super::talk::Talk;

// What means the same everywhere. No doc comment: clap would take it for what the command is about.
#[derive(Debug, Default, ClapArgs)]
pub struct Global {
    /// Time zone of everything shown: local, utc, +08:00 or an IANA name [env: LARKSPECT_TZ]
    #[arg(long, global = true, value_name = "ZONE", allow_hyphen_values = true, value_parser = zone)]
    pub tz: Option<ZoneOrMachine>,
    /// Language of labels and titles [default: from the locale]
    #[arg(long, global = true, value_name = "LANG", value_parser = lang())]
    pub lang: Option<Lang>,
    /// When to paint
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Take the settings of this file, not of the nearest larkspect.toml upwards
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Look for no settings
    #[arg(long, global = true, conflicts_with = "config")]
    pub no_config: bool,
}

/// A zone; `None` is that of the machine.
pub type ZoneOrMachine = Option<Zone>;

/// A zone; nothing at all is that of the machine.
fn zone(text: &str) -> Result<ZoneOrMachine, Unknown> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

fn lang() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(["zh", "en"]).map(|name| if name == "zh" { Lang::Zh } else { Lang::En })
}

// What to read, and how.
#[derive(Debug, ClapArgs)]
pub struct InputArgs {
    /// Files or directories; `-` is standard input, and so is nothing at all
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Worker threads [default: one for each processor]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), help_heading = "Input")]
    pub threads: Option<u16>,
    /// The largest document that is read
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = size, help_heading = "Input")]
    pub max_document: usize,
    /// Say what was recognised
    #[arg(short, long, help_heading = "Input")]
    pub verbose: bool,
    #[command(flatten)]
    pub keys: KeyArgs,
}

impl InputArgs {
    /// These paths, and nothing else was typed.
    pub fn of(paths: Vec<PathBuf>) -> InputArgs {
        let keys = KeyArgs::default();
        InputArgs { paths, threads: None, max_document: 64 << 20, verbose: false, keys }
    }

    /// What is to be read; whether something that was named cannot be, which has been said.
    ///
    /// # Errors
    ///
    /// There is nothing at all.
    pub fn sources(&self, context: &Context) -> Result<(Vec<Source>, bool), Stop> {
        let Context { io, talk, .. } = context;
        if self.paths.is_empty() && io.stdin.terminal {
            talk.say("nothing to read: name files, or pipe a payload in: cat payload.json | larkspect");
            talk.more("larkspect --help says more, larkspect - reads what you type");
            return Err(Stop::Said);
        }
        let mut others = Others::default();
        let (sources, errors) = sources(&self.paths(), &io.stdin, &mut |path| others.add(path));
        if self.verbose {
            others.say_by_name(talk);
        }
        others.say_no_files(talk);
        let program = (!errors.is_empty()).then(context.program);
        let commands = || program.iter().flat_map(Command::get_subcommands).map(Command::get_name);
        for error in &errors {
            talk.say(error);
            // The first word may have been meant as a command.
            if let Some(near) = nearest(&error.name, commands()) {
                talk.more(did_you_mean(format_args!("the command `{near}`")));
            }
        }
        match (sources.is_empty(), errors.is_empty()) {
            (true, true) => Err(Stop::because(no_captures())),
            (true, false) => Err(Stop::Said),
            (false, fine) => Ok((sources, !fine)),
        }
    }

    /// How to read it.
    pub fn plan(&self, context: &Context) -> Plan {
        let limits = Limits { document: self.max_document, ..Limits::default() };
        let credentials = Arc::clone(&context.credentials);
        Plan::new(self.threads.map(usize::from), limits, context.zone, credentials)
    }

    /// The paths, or standard input where there are none.
    pub fn paths(&self) -> Vec<PathBuf> {
        if self.paths.is_empty() { vec![PathBuf::from("-")] } else { self.paths.clone() }
    }
}

// Which events are wanted.
#[derive(Debug, Default, ClapArgs)]
#[command(next_help_heading = "Select")]
pub struct SelectArgs {
    /// Only events that meet this: type=5, `risk_result!=0`, location_name~西湖, `check_time>=2021-03-10`; comment= where
    /// there is none, comment!= where there is one; again: and
    #[arg(long = "where", value_name = "CONDITION")]
    pub conditions: Vec<Condition>,
    /// Only what happened at this time or later: 2021-03-10, `2021-03-10 09:00`, 1615381916
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Only what happened before this time; a day is meant as a whole
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
}

impl SelectArgs {
    /// What asks each event whether it is wanted.
    ///
    /// # Errors
    ///
    /// Those of [`Select::new`].
    pub fn select(&self, zone: Zone) -> Result<Select, Stop> {
        Select::new(&self.conditions, self.since.as_deref(), self.until.as_deref(), zone)
            .map_err(Stop::because)
    }
}

// Where secrets come from. Never an argument: every user of the machine can read those.
#[derive(Debug, Default, ClapArgs)]
pub struct KeyArgs {
    /// Encrypt Keys, one a line, also as `app_id = key`; besides, LARKSPECT_ENCRYPT_KEY is looked at
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Keys")]
    pub encrypt_key_file: Vec<PathBuf>,
    /// Verification Tokens, one a line; besides, LARKSPECT_VERIFICATION_TOKEN is looked at
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Keys")]
    pub token_file: Vec<PathBuf>,
}

impl KeyArgs {
    /// The secrets.
    pub fn credentials(&self, io: &Io, talk: &Talk) -> Result<Arc<Credentials>, String> {
        keys::credentials(&self.encrypt_key_file, &self.token_file, io, talk)
    }
}

/// A rule by its code.
pub fn rule(code: &str) -> Result<&'static Rule, Unknown> {
    rules::rule(code).ok_or_else(|| rules::unknown_rule(code))
}

/// A number of bytes: `4096`, `64KiB`, `64MiB`, `1GiB` (`k`, `m`, `g` do too).
pub fn size(text: &str) -> Result<usize, String> {
    // Slots hold 32-bit offsets.
    const MOST: usize = u32::MAX as usize;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let shift = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err("write a number of bytes, such as 64MiB".to_owned()),
    };
    let number: usize = number.parse().map_err(|_| "write a number of bytes, such as 64MiB".to_owned())?;
    match number.checked_mul(1 << shift) {
        Some(0) => Err("a document has at least one byte".to_owned()),
        Some(bytes) if bytes <= MOST => Ok(bytes),
        _ => Err("at most 4GiB less a byte".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, bytes) in [
            ("1", Ok(1)),
            ("64MiB", Ok(64 << 20)),
            ("2k", Ok(2048)),
            ("0", Err(())),
            ("4GiB", Err(())),
            ("x", Err(())),
        ] {
            assert_eq!(size(text).map_err(drop), bytes, "{text}");
        }
    }
}
