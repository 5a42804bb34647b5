//! What can be typed.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args as ClapArgs, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint, builder};

use crate::export::Format;
use crate::finding::Rule;
use crate::lang::Lang;
use crate::rules;
use crate::stream::frame::Limits;
use crate::suggest::{Unknown, nearest};
use crate::time::Zone;

use super::Exit;
use super::choose::condition::Condition;
use super::choose::select::SortKey;
use super::commands::check_args::CheckArgs;
use super::commands::wire_args::{DecryptArgs, KeyArgs, VerifyArgs};
use super::context::Surroundings;
use super::files::output::say;
use super::files::source::{self, Others, Source};
use super::pipeline::Plan;

/// Event inspector for Feishu / Lark webhook callbacks.
///
/// Reads captured payloads (JSON, NDJSON, arrays, gzip, zstd; files, directories or standard input), shows them as
/// cards and tables, checks them against the documentation, and converts them.
#[derive(Debug, Parser)]
#[command(
    name = "larkspect",
    bin_name = "larkspect",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_precedence_over_arg = true
)]
#[command(after_help = after_help(), max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub global: Global,
    #[command(flatten)]
    pub show: ShowArgs,
}

impl Args {
    /// Where the command looks for secrets, if it needs any.
    pub fn keys(&self) -> Option<&KeyArgs> {
        Some(match self.command.as_ref() {
            None => &self.show.input.keys,
            Some(Command::Show(args)) => &args.input.keys,
            Some(Command::Check(args)) => &args.input.keys,
            Some(Command::Convert(args)) => &args.input.keys,
            Some(Command::Decrypt(args)) => &args.input.keys,
            Some(Command::Verify(args)) => &args.input.keys,
            Some(Command::Sample(args)) => &args.keys,
            Some(Command::Explain(_) | Command::Schema(_) | Command::Completions(_)) => return None,
        })
    }
}

fn after_help() -> String {
    let codes: Vec<String> =
        Exit::ALL.iter().map(|(exit, meaning)| format!("  {}  {meaning}", *exit as u8)).collect();
    format!(
        "Without a command, larkspect shows: `cat payload.json | larkspect` is `larkspect show -`.\n\nExit codes:\n{}",
        codes.join("\n")
    )
}

#[derive(Debug, Subcommand)]
// Of the others nothing needs to be built: that takes longer than reading an event.
#[command(defer = true)]
pub enum Command {
    /// A card for one event, a table for many (what happens without a command)
    Show(ShowArgs),
    /// Every finding of every event, for people and for CI
    #[command(visible_alias = "validate")]
    Check(CheckArgs),
    /// Events to CSV, TSV, NDJSON or JSON
    Convert(ConvertArgs),
    /// What is inside encrypted bodies, as it is, a line each
    Decrypt(DecryptArgs),
    /// Whether captured requests are the platform's: signature, token, replays
    Verify(VerifyArgs),
    /// A rule, a field, a choice or an event type; without a topic, all rules
    Explain(ExplainArgs),
    /// The catalogue: event types, fields, JSON Schema
    Schema(SchemaArgs),
    /// Realistic events, valid or broken in one way, always the same for a seed
    Sample(SampleArgs),
    /// A completion script for a shell
    Completions(CompletionsArgs),
}

// What means the same everywhere. No doc comment: clap would take it for what the command is about.
#[derive(Debug, ClapArgs)]
pub struct Global {
    /// Time zone of everything shown: local, utc, +08:00 or an IANA name [env: LARKSPECT_TZ]
    #[arg(long, global = true, value_name = "ZONE", allow_hyphen_values = true, value_parser = zone)]
    pub tz: Option<Zone>,
    /// Language of labels and titles [default: from the locale]
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Language>,
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

/// A zone; nothing at all is that of the machine.
fn zone(text: &str) -> Result<Zone, Unknown> {
    if text.is_empty() { Ok(super::context::system_zone()) } else { text.parse() }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Language {
    Zh,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Lang {
        match language {
            Language::Zh => Lang::Zh,
            Language::En => Lang::En,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    #[default]
    Auto,
    Always,
    Never,
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
    /// What is to be read; whether something that was named cannot be, which has been said. `None`: nothing at all.
    pub fn sources(&self) -> Option<(Vec<Source>, bool)> {
        if self.paths.is_empty() && std::io::stdin().is_terminal() {
            say("larkspect: nothing to read: name files, or pipe a payload in: cat payload.json | larkspect");
            say("           larkspect --help says more, larkspect - reads what you type");
            return None;
        }
        let mut others = Others::default();
        let (sources, errors) = source::sources(&self.paths(), &mut |path| others.add(path));
        if self.verbose {
            others.say_by_name();
        }
        others.say_no_files();
        let commands = (!errors.is_empty()).then(Args::command);
        let commands =
            || commands.iter().flat_map(clap::Command::get_subcommands).map(clap::Command::get_name);
        for error in &errors {
            say(&format!("larkspect: {error}"));
            // The first word may have been meant as a command.
            if let Some(near) = nearest(&error.name, commands()) {
                say(&format!("           did you mean the command `{near}`?"));
            }
        }
        if sources.is_empty() && errors.is_empty() {
            say(&format!("larkspect: no captures here ({})", source::endings()));
        }
        (!sources.is_empty()).then_some((sources, !errors.is_empty()))
    }

    /// How to read it.
    pub fn plan(&self, around: &Surroundings) -> Plan {
        let limits = Limits { document: self.max_document };
        let credentials = Arc::clone(&around.credentials);
        Plan::new(self.threads.map(usize::from), limits, around.zone, credentials)
    }

    /// The paths, or standard input where there are none.
    pub fn paths(&self) -> Vec<PathBuf> {
        if self.paths.is_empty() { vec![PathBuf::from("-")] } else { self.paths.clone() }
    }
}

// Which events are wanted.
#[derive(Debug, ClapArgs)]
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

#[derive(Debug, ClapArgs)]
pub struct ShowArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub select: SelectArgs,
    /// At most so many
    #[arg(long, short = 'n', value_name = "N", help_heading = "Select")]
    pub limit: Option<u64>,
    /// Leave out deliveries of an event that came before
    #[arg(long, help_heading = "Select")]
    pub dedupe: bool,
    /// How many events are remembered to find the same one again; 0 turns it off
    #[arg(long, value_name = "EVENTS", default_value_t = crate::seen::events::DEFAULT_WINDOW, help_heading = "Select")]
    pub window: usize,
    /// Sort all input by this field; -FIELD for the largest first. Holds the rows in memory that are to be shown
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true, help_heading = "Select")]
    pub sort: Option<SortKey>,
    /// A card for each event
    #[arg(long, conflicts_with_all = ["table", "columns"], help_heading = "View")]
    pub card: bool,
    /// A table, also for one event
    #[arg(long, help_heading = "View")]
    pub table: bool,
    /// Which columns, in which order: wire names, `type:raw` for the raw value
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "View")]
    pub columns: Option<Vec<String>>,
    /// Do not fit the table to the terminal
    #[arg(long, help_heading = "View")]
    pub wide: bool,
    /// Values as they stand in the document
    #[arg(long, help_heading = "View")]
    pub raw: bool,
    /// Do not mask tokens, keys, passwords and the like
    #[arg(long, help_heading = "View")]
    pub show_secrets: bool,
}

#[derive(Debug, ClapArgs)]
pub struct ConvertArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub select: SelectArgs,
    /// The format [default: by the ending of --output, else csv]
    #[arg(long, short = 't', value_name = "FORMAT", value_parser = row_format(), help_heading = "Output")]
    pub to: Option<Format>,
    /// Write to this file, which appears when it is whole and all input was read
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// The event type to convert [default: that of the first event]
    #[arg(long, value_name = "TYPE", help_heading = "Rows and columns")]
    pub event: Option<String>,
    /// Which columns, in which order
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Rows and columns")]
    pub columns: Option<Vec<String>>,
    /// A last column with the fields that are not documented, as JSON
    #[arg(long, help_heading = "Rows and columns")]
    pub extra: bool,
    /// A row for each item of this list
    #[arg(long, value_name = "FIELD", help_heading = "Rows and columns")]
    pub explode: Option<String>,
    /// Leave the line with the names of the columns out
    #[arg(long, help_heading = "CSV and TSV")]
    pub no_header: bool,
    /// End lines with CR LF
    #[arg(long, help_heading = "CSV and TSV")]
    pub crlf: bool,
    /// For Excel: a byte order mark, and CR LF
    #[arg(long, help_heading = "CSV and TSV")]
    pub excel: bool,
    /// Leave text that begins like a formula as it is: for machines, not for spreadsheets
    #[arg(long, help_heading = "CSV and TSV")]
    pub no_guard: bool,
    /// Export tokens, keys, passwords and the like too
    #[arg(long, help_heading = "Rows and columns")]
    pub show_secrets: bool,
}

#[derive(Debug, ClapArgs)]
pub struct SampleArgs {
    /// The event type [default: attendance.user_flow.created_v1]
    #[arg(value_name = "TYPE")]
    pub event: Option<String>,
    /// How many
    #[arg(long, short = 'n', value_name = "N", default_value_t = 1)]
    pub count: u64,
    /// The same seed gives the same events
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Break this rule, and no other, in each event
    #[arg(long, value_name = "RULE", value_parser = rule, conflicts_with_all = ["v1", "challenge", "fault_rate"])]
    pub fault: Option<&'static Rule>,
    /// Break some rule in this part of the events: 0.01 is one in a hundred
    #[arg(long, value_name = "PART", default_value_t = 0.0, value_parser = part, conflicts_with_all = ["v1", "challenge"])]
    pub fault_rate: f64,
    /// Pretty-printed instead of a line each
    #[arg(long)]
    pub pretty: bool,
    /// All in one array
    #[arg(long)]
    pub array: bool,
    /// v1 events
    #[arg(long, conflicts_with_all = ["challenge", "event"])]
    pub v1: bool,
    /// The question that the platform asks before it delivers to an address
    #[arg(long, conflicts_with = "event")]
    pub challenge: bool,
    /// As the platform posts it to an app with an Encrypt Key; the first key is used
    #[arg(long)]
    pub encrypt: bool,
    /// Whole requests, signed when there is a key: `larkspect sample --http=http://localhost:8080/webhook | nc localhost 8080`
    #[arg(long, value_name = "URL", num_args = 0..=1, require_equals = true, default_missing_value = "http://localhost/webhook/event", conflicts_with_all = ["pretty", "array"])]
    pub http: Option<String>,
    #[command(flatten)]
    pub keys: KeyArgs,
    /// How large a document is too large, for --fault document-too-large
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = size)]
    pub max_document: usize,
    /// Write to this file, which appears when it is whole
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// timestamp-unit, check_time, `type 5`, attendance.user_flow.created_v1, ..
    #[arg(value_name = "TOPIC")]
    pub topic: Vec<String>,
    /// How to write the list of all rules
    #[arg(long, value_name = "FORMAT", default_value = "table", conflicts_with = "topic")]
    pub format: ListFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Table,
    Markdown,
}

#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// The event type [default: a list of all]
    #[arg(value_name = "TYPE")]
    pub event: Option<String>,
    /// table: for people; json-schema: JSON Schema 2020-12; json: the fields as data; markdown
    #[arg(long, short = 'f', value_name = "FORMAT", default_value = "table")]
    pub format: SchemaFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaFormat {
    Table,
    JsonSchema,
    Json,
    Markdown,
}

#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// A part of a whole, 0 to 1.
fn part(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|part| (0.0..=1.0).contains(part))
        .ok_or_else(|| "write a number from 0 to 1".to_owned())
}

fn row_format() -> impl builder::TypedValueParser<Value = Format> {
    use builder::{PossibleValuesParser, TypedValueParser};
    let names = Format::ALL.iter().map(|format| format.name);
    PossibleValuesParser::new(names).map(|name| Format::named(&name).expect("one of the names"))
}

impl ConvertArgs {
    /// The format: as asked for, or by the ending of the output.
    pub fn to(&self) -> Format {
        let ending = self.output.as_deref().and_then(|path| path.extension()).and_then(|end| end.to_str());
        self.to.or_else(|| Format::of_ending(ending?)).unwrap_or(Format::ALL[0])
    }

    /// The ending of an output that says it is something else than what would be written.
    pub fn not_written(&self) -> Option<&str> {
        let ending = self.output.as_ref()?.extension()?.to_str()?;
        let other = ["xlsx", "xls", "ods", "parquet", "avro", "db", "gz", "zst", "zip"];
        (self.to.is_none() && other.iter().any(|other| ending.eq_ignore_ascii_case(other))).then_some(ending)
    }
}

/// A rule by its code.
pub fn rule(code: &str) -> Result<&'static Rule, Unknown> {
    rules::rule(code).ok_or_else(|| rules::unknown_rule(code))
}

/// A number of bytes: `4096`, `64KiB`, `64MiB`, `1GiB` (`k`, `m`, `g` do too).
fn size(text: &str) -> Result<usize, String> {
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
    fn the_definition_holds_together() {
        Args::command().debug_assert();
    }

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
