//! The whole command line: every command, and how what was typed becomes one of them.

use std::ffi::OsString;
use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::terminal::sanitize::clean_bytes;

use super::args::{Global, InputArgs, KeyArgs};
use super::commands::check::CheckArgs;
use super::commands::completions::CompletionsArgs;
use super::commands::convert::ConvertArgs;
use super::commands::decrypt::DecryptArgs;
use super::commands::explain::ExplainArgs;
use super::commands::redact::RedactArgs;
use super::commands::sample::SampleArgs;
use super::commands::schema::SchemaArgs;
use super::commands::show::ShowArgs;
use super::commands::verify::VerifyArgs;
use super::context::{When, color, width};
use super::exit::{Exit, Stop};
use super::files::output::tame;
use super::io::Io;

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
            Some(Command::Redact(args)) => &args.input.keys,
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

// Stand here: what is flattened into the program would say them for all of it.
const SHOW_EXAMPLES: &str = "\
Examples:
  larkspect payload.json                                               one event: a card
  larkspect --where check_time.day=today --where 'check_time.time>09:00' captures/
  larkspect --where 'risk_result!=0' --where is_field=true captures/   risky, and in the field
  larkspect --event 'im.*' --sort=-create_time -n 20 app.log           the last of some types
  larkspect --where 'delay>5s' --columns file,line,employee_id,delay captures/";

const CHECK_EXAMPLES: &str = "\
Examples:
  larkspect check fixtures/                                  all that is wrong, with its place
  larkspect check --format github fixtures/                  annotations in a pull request
  larkspect check --since -2h --event 'im.*' app.log         of some events only";

const CONVERT_EXAMPLES: &str = "\
Examples:
  larkspect convert --dedupe --sort check_time -o punches.xlsx captures/
  larkspect convert --columns employee_id,check_time.day,check_time.time,type_label captures/
  larkspect convert --event 'im.*,approval_instance' --split types/ app.log
  larkspect convert --to md --where 'risk_result!=0' captures/           a table for a ticket";

#[derive(Debug, Subcommand)]
// Of the others nothing needs to be built: that takes longer than reading an event.
#[command(defer = true)]
pub enum Command {
    /// A card for one event, a table for many (what happens without a command)
    #[command(after_help = SHOW_EXAMPLES)]
    Show(ShowArgs),
    /// Every finding of every event, for people and for CI
    #[command(visible_alias = "validate", after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Events to CSV, TSV, NDJSON, JSON, Markdown or Excel
    #[command(after_help = CONVERT_EXAMPLES)]
    Convert(ConvertArgs),
    /// Events to share: stand-ins for people, places, ids and texts; check finds the same
    Redact(RedactArgs),
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

/// What was typed that is no command line: help that was asked for, or a mistake.
pub struct NoCommand {
    error: clap::Error,
    typed: Vec<OsString>,
}

/// Reads the arguments, the name of the program first. Global options may stand before the command.
pub fn parse(args: impl IntoIterator<Item = OsString>, io: &Io) -> Result<Args, NoCommand> {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(args) = plain(args.get(1..).unwrap_or_default()) {
        return Ok(args);
    }
    let typed = command_first(args);
    try_parse(typed.iter().cloned(), io).map_err(|error| NoCommand { error, typed })
}

/// What `Args::try_parse_from` does, without taking the description of all commands apart again: who shows one event
/// would wait for that longer than for the check.
fn try_parse(args: impl IntoIterator<Item = OsString>, io: &Io) -> Result<Args, clap::Error> {
    let mut command = ManuallyDrop::new(Args::command().term_width(width(io).clamp(1, MAX_WIDTH)));
    let parse = |mut matches: ArgMatches| Args::from_arg_matches_mut(&mut matches);
    let parsed = command.try_get_matches_from_mut(args).and_then(parse);
    parsed.map_err(|error| error.format(&mut command))
}

/// Help is no wider than this.
const MAX_WIDTH: usize = 100;

impl NoCommand {
    /// Prints what clap has to say: help, or what is wrong with what was typed, which it quotes as it is. So where that
    /// could drive a terminal, it is asked about the same words as they may be shown.
    ///
    /// # Errors
    ///
    /// It could not be written.
    pub fn say(&self, io: &Io) -> Result<Exit, Stop> {
        let NoCommand { error, typed } = self;
        // Help and version are no errors: clap knows which stream they belong to.
        let (mut out, exit) = match error.use_stderr() {
            true => (io.stderr.clone(), Exit::Failed),
            false => (io.stdout.clone(), Exit::Fine),
        };
        let styled = color(When::Auto, io, out.terminal);
        let text = |error: &clap::Error| match styled {
            true => error.render().ansi().to_string(),
            false => error.render().to_string(),
        };
        let clean = |word: &OsString| clean_bytes(word.as_encoded_bytes()).into_owned().into();
        let shown: Vec<OsString> = typed.iter().map(clean).collect();
        let text = match &shown == typed {
            true => text(error),
            false => match try_parse(shown, io) {
                Err(same) if same.kind() == error.kind() => text(&same),
                // Nothing is wrong with the clean words, or something else.
                _ => tame(error.render().to_string().as_bytes()),
            },
        };
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(exit)
    }
}

/// What clap would make of words that are nothing but paths, after `show`, `check` or no command. To describe all that can
/// be typed, so that clap can tell, takes longer than to show an event.
fn plain(words: &[OsString]) -> Option<Args> {
    let (command, paths) = match words.split_first() {
        Some((first, rest)) if first == "show" || first == "check" => (first.to_str(), rest),
        _ => (None, words),
    };
    if !paths.iter().all(is_path) {
        return None;
    }
    let (input, none) = (InputArgs::of(paths.iter().map(PathBuf::from).collect()), InputArgs::of(Vec::new()));
    let (command, show) = match command {
        Some("check") => (Some(Command::Check(CheckArgs::of(input))), none),
        Some(_) => (Some(Command::Show(ShowArgs::of(input))), none),
        None => (None, input),
    };
    Some(Args { command, global: Global::default(), show: ShowArgs::of(show) })
}

/// Whether a word can be nothing but a path: no option, and no name of a command.
fn is_path(word: &OsString) -> bool {
    let word = word.as_encoded_bytes();
    word == b"-" || (word.first() != Some(&b'-') && word.iter().any(|byte| matches!(byte, b'.' | b'/')))
}

/// `larkspect --lang zh show FILE`: the arguments with the command, if there is one, before the global options that
/// stood before it. To clap the options of the default command and a command exclude each other.
fn command_first(mut args: Vec<OsString>) -> Vec<OsString> {
    if !args.get(1).is_some_and(|word| word.as_encoded_bytes().starts_with(b"--")) {
        return args;
    }
    let program = Args::command();
    let mut at = 1;
    while let Some(length) = args.get(at).and_then(|word| global(&program, word)) {
        at += length;
    }
    let is_command = args.get(at).is_some_and(|word| program.find_subcommand(word).is_some());
    if is_command {
        args[1..=at].rotate_right(1);
    }
    args
}

/// How many words a global option takes that begins with `word`; `None` when it is none.
fn global(program: &clap::Command, word: &OsString) -> Option<usize> {
    let word = word.to_str()?.strip_prefix("--")?;
    let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    let option = program.get_arguments().find(|option| option.get_long() == Some(name))?;
    let more = option.get_action().takes_values() && value.is_none();
    option.is_global_set().then_some(1 + usize::from(more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_plain_line_is_read_as_clap_reads_it() {
        // What may be a path, a command, an option, or looks like one of them.
        const WORDS: [&str; 18] = [
            "show", "check", "validate", "help", "-", "--", "-j1", "--tz", "", "a", "a.json", "/a/b", ".",
            "check.", "./show", "-.", "--card", "浙.json",
        ];
        let io = Io::new(std::io::empty(), std::io::sink(), std::io::sink(), |_| None);
        let mut lines = vec![Vec::new()];
        let mut plains = 0;
        while let Some(words) = lines.pop() {
            if words.len() < 3 {
                lines.extend(WORDS.map(|word| [&words[..], &[OsString::from(word)]].concat()));
            }
            let Some(plain) = plain(&words) else { continue };
            plains += 1;
            let typed = std::iter::once(OsString::from("larkspect")).chain(words);
            let asked = try_parse(typed, &io).map_err(|error| error.to_string()).unwrap();
            assert_eq!(format!("{plain:?}"), format!("{asked:?}"));
        }
        assert!(plains > 500, "{plains}");
    }

    #[test]
    fn global_options_may_come_first() {
        for (typed, ordered) in [
            ("", ""),
            ("show x", "show x"),
            ("--lang zh show x", "show --lang zh x"),
            ("--tz=utc --color never check -f line x", "check --tz=utc --color never -f line x"),
            ("--lang zh x", "--lang zh x"),
            ("--lang zh x show", "--lang zh x show"),
            ("--card show", "--card show"),
            ("--lang", "--lang"),
            ("-- show", "-- show"),
        ] {
            let words = |text: &str| {
                let words = text.split_whitespace().map(OsString::from);
                std::iter::once(OsString::from("larkspect")).chain(words).collect::<Vec<_>>()
            };
            assert_eq!(command_first(words(typed)), words(ordered), "{typed}");
        }
    }
}
