//! The whole command line: every command, and how what was typed becomes one of them.

use std::ffi::OsString;
use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::lang::{Label, label, say};
use crate::report::Format;
use crate::suggest::{Unknown, nearest};
use crate::terminal::sanitize::clean_bytes;

use super::args::{GLOBAL, Global, InputArgs, KeyArgs, With};
use super::commands::check::CheckArgs;
use super::commands::completions::CompletionsArgs;
use super::commands::convert::ConvertArgs;
use super::commands::decrypt::DecryptArgs;
use super::commands::explain::ExplainArgs;
use super::commands::man::ManArgs;
use super::commands::redact::RedactArgs;
use super::commands::sample::SampleArgs;
use super::commands::schema::SchemaArgs;
use super::commands::show::ShowArgs;
use super::commands::summary::SummaryArgs;
use super::commands::verify::VerifyArgs;
use super::context::{When, color, lang_of_locale, width};
use super::exit::{Exit, Stop};
use super::files::output::tame;
use super::help::examples::{self, MORE, MORE_COMMANDS};
use super::help::foreign::meant;
use super::io::Io;
use super::settings::config::Config;
use super::talk::{Talk, wrapped};

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
#[command(after_help = MORE_COMMANDS, after_long_help = after_long_help(), max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub show: ShowArgs,
    // Last, as in the help.
    #[command(flatten)]
    global: Global,
}

impl Args {
    /// What means the same everywhere.
    pub fn global(&self) -> &Global {
        match self.command.as_ref() {
            Some(Command::Show(args)) => &args.global,
            Some(Command::Check(args)) => &args.global,
            Some(Command::Convert(args)) => &args.global,
            Some(Command::Decrypt(args)) => &args.global,
            Some(Command::Redact(args)) => &args.global,
            Some(Command::Summary(args)) => &args.global,
            Some(Command::Verify(args)) => &args.global,
            Some(Command::Explain(args)) => &args.global,
            Some(Command::Schema(args)) => &args.global,
            Some(Command::Sample(args)) => &args.global,
            None | Some(Command::Completions(_) | Command::Man(_)) => &self.global,
        }
    }

    /// Where the command looks for secrets, if it needs any.
    pub fn keys(&self) -> Option<&KeyArgs> {
        Some(match self.command.as_ref() {
            None => &self.show.input.keys,
            Some(Command::Show(args)) => &args.input.keys,
            Some(Command::Check(args)) => &args.input.keys,
            Some(Command::Convert(args)) => &args.input.keys,
            Some(Command::Decrypt(args)) => &args.input.keys,
            Some(Command::Redact(args)) => &args.input.keys,
            Some(Command::Summary(args)) => &args.input.keys,
            Some(Command::Verify(args)) => &args.input.keys,
            Some(Command::Sample(args)) => &args.keys,
            Some(Command::Explain(_) | Command::Schema(_) | Command::Completions(_) | Command::Man(_)) => {
                return None;
            }
        })
    }
}

impl Args {
    /// Whether its output may be shown with a pager: it is for people, and nothing that may pause is waited for.
    pub fn is_paged(&self, io: &Io, config: &Config) -> bool {
        let always = self.global().paging == When::Always;
        let are_files = |input: &InputArgs| always || input.are_files();
        io.stdout.terminal
            && match self.command.as_ref() {
                None => are_files(&self.show.input),
                Some(Command::Show(args)) => are_files(&args.input),
                Some(Command::Summary(args)) => are_files(&args.input),
                Some(Command::Check(args)) => {
                    let by_settings = args.input.paths.is_empty() && !config.paths.is_empty();
                    args.format == Format::ALL[0] && (by_settings || are_files(&args.input))
                }
                Some(Command::Explain(_) | Command::Schema(_)) => true,
                Some(_) => false,
            }
    }
}

/// What a word was to be the name of.
const COMMAND: Label = label("命令", "command");

fn after_long_help() -> String {
    let codes: Vec<String> =
        Exit::ALL.iter().map(|(exit, meaning)| format!("{:>5}  {}", *exit as u8, meaning.en)).collect();
    format!(
        "{}\n\nWithout a command, larkspect shows: `cat payload.json | larkspect` is `larkspect show -`.\n\nExit codes:\n{}",
        examples::ROOT,
        codes.join("\n")
    )
}

#[derive(Debug, Subcommand)]
// Of the others nothing needs to be built: that takes longer than reading an event.
#[command(defer = true)]
pub enum Command {
    /// A card for one event, a table for many; the default
    #[command(after_help = MORE, after_long_help = examples::SHOW)]
    Show(With<ShowArgs>),
    /// Every finding, for people and for CI
    ///
    /// Every finding of every event: what is wrong, where, what was expected, how to mend it. Exits with 1 where there is an
    /// error.
    #[command(visible_alias = "validate", after_help = MORE, after_long_help = examples::CHECK)]
    Check(With<CheckArgs>),
    /// Events to CSV, TSV, NDJSON, JSON, Markdown or Excel
    #[command(after_help = MORE, after_long_help = examples::CONVERT)]
    Convert(With<ConvertArgs>),
    /// What a capture says: hours, delays, people, risks
    ///
    /// What a capture says at a glance: hours and days, first and last punches, delays, risks, choices, findings; with --by a
    /// row for each group.
    #[command(after_help = MORE, after_long_help = examples::SUMMARY)]
    Summary(With<SummaryArgs>),
    /// Events to share, with stand-ins for what is somebody's
    ///
    /// Stand-ins for people, places, ids, secrets and texts, in which check finds the same.
    #[command(after_help = MORE, after_long_help = examples::REDACT)]
    Redact(With<RedactArgs>),
    /// What is inside encrypted bodies, as it is, a line each
    #[command(after_help = MORE, after_long_help = examples::DECRYPT)]
    Decrypt(With<DecryptArgs>),
    /// Whether captured requests are the platform's
    ///
    /// Recomputes signatures, compares tokens, and tells requests that were sent again.
    #[command(after_help = MORE, after_long_help = examples::VERIFY)]
    Verify(With<VerifyArgs>),
    /// A rule, a field, a choice or an event type
    ///
    /// Without a topic, all rules.
    #[command(after_help = MORE, after_long_help = examples::EXPLAIN)]
    Explain(With<ExplainArgs>),
    /// The catalogue: event types, fields, JSON Schema
    #[command(after_help = MORE, after_long_help = examples::SCHEMA)]
    Schema(With<SchemaArgs>),
    /// Realistic events, valid or broken in one way, by a seed
    #[command(after_help = MORE, after_long_help = examples::SAMPLE)]
    Sample(With<SampleArgs>),
    /// A script by which a shell completes what is typed
    ///
    /// For bash, zsh and fish it asks larkspect, and so knows rules, event types, columns, fields and zones.
    #[command(after_help = MORE, after_long_help = examples::COMPLETIONS)]
    Completions(CompletionsArgs),
    /// Manual pages
    #[command(after_help = MORE, after_long_help = examples::MAN)]
    Man(ManArgs),
}

/// What was typed that is no command line.
pub enum NoCommand {
    /// Help that was asked for, or a mistake, and the words it came of.
    Error(clap::Error, Vec<OsString>),
    /// A first word that is neither a file nor a command, but was meant as one.
    Mistyped(Unknown),
}

/// Reads the arguments, the name of the program first. Global options may stand before the command.
pub fn parse(args: impl IntoIterator<Item = OsString>, io: &Io) -> Result<Args, NoCommand> {
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(args) = plain(args.get(1..).unwrap_or_default()) {
        return Ok(args);
    }
    let program = Args::command();
    let typed = command_first(args, &program);
    if let Some(unknown) = mistyped(&typed, &program) {
        return Err(NoCommand::Mistyped(unknown));
    }
    try_parse(program, typed.clone(), io).map_err(|error| NoCommand::Error(error, typed))
}

/// What `Args::try_parse_from` does, without taking the description of all commands apart again: who shows one event
/// would wait for that longer than for the check.
fn try_parse(program: clap::Command, args: Vec<OsString>, io: &Io) -> Result<Args, clap::Error> {
    let mut program = program.term_width(width(io).clamp(1, MAX_WIDTH));
    // There the commands matter; what belongs to `show` is in its own.
    if args.iter().any(|word| word == "-h") {
        program = program.mut_args(|arg| match arg.get_help_heading() {
            Some(GLOBAL) => arg,
            _ => arg.hide_short_help(true),
        });
    }
    let mut command = ManuallyDrop::new(program);
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
    pub fn say(self, io: &Io) -> Result<Exit, Stop> {
        let (error, typed) = match self {
            NoCommand::Error(error, typed) => (error, typed),
            NoCommand::Mistyped(unknown) => {
                let lang = lang_of_locale(io);
                let talk = Talk::new(io, lang);
                talk.say(unknown.words(lang));
                talk.more(say!(
                    lang,
                    "也没有这个名字的文件；没有读取任何内容",
                    "no file has this name either; nothing was read"
                ));
                return Ok(Exit::Failed);
            }
        };
        // Help and version are no errors: clap knows which stream they belong to.
        let (mut out, exit) = match error.use_stderr() {
            true => (io.stderr.clone(), Exit::Failed),
            false => (io.stdout.clone(), Exit::Fine),
        };
        let styled = color(When::Auto, io, out.terminal);
        let text = |error: clap::Error| {
            let shown = advised(error, &typed).render();
            if styled { shown.ansi().to_string() } else { shown.to_string() }
        };
        let clean = |word: &OsString| clean_bytes(word.as_encoded_bytes()).into_owned().into();
        let shown: Vec<OsString> = typed.iter().map(clean).collect();
        let text = match shown == typed {
            true => text(error),
            false => match try_parse(Args::command(), shown, io) {
                Err(same) if same.kind() == error.kind() => text(same),
                // Nothing is wrong with the clean words, or something else.
                _ => tame(error.render().to_string().as_bytes()),
            },
        };
        // Help is wrapped by clap, what is wrong is not.
        let columns = io.columns.filter(|_| out.terminal && exit == Exit::Failed);
        out.write_all(&columns.map_or(text.as_bytes().into(), |columns| wrapped(text.as_bytes(), columns)))?;
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
        Some("check") => (Some(Command::Check(With::of(CheckArgs::of(input)))), none),
        Some(_) => (Some(Command::Show(With::of(ShowArgs::of(input)))), none),
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
fn command_first(mut args: Vec<OsString>, program: &clap::Command) -> Vec<OsString> {
    let at = first_word(&args);
    match args.get(at) {
        // These take none: nothing of theirs has a zone, a language or a colour.
        Some(word) if at > 1 && ["help", "completions", "man"].iter().any(|bare| word == bare) => {
            args.drain(1..at);
        }
        Some(word) if at > 1 && program.find_subcommand(word).is_some() => args[1..=at].rotate_right(1),
        _ => {}
    }
    args
}

/// Where the first word stands after the name of the program and global options.
fn first_word(args: &[OsString]) -> usize {
    let mut at = 1;
    if args.get(at).is_some_and(|word| word.as_encoded_bytes().starts_with(b"--")) {
        let globals = Global::augment_args(clap::Command::new(""));
        while let Some(length) = args.get(at).and_then(|word| global(&globals, word)) {
            at += length;
        }
    }
    at
}

/// How many words a global option takes that begins with `word`; `None` when it is none.
fn global(globals: &clap::Command, word: &OsString) -> Option<usize> {
    let word = word.to_str()?.strip_prefix("--")?;
    let (name, value) = word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    let is = |option: &&clap::Arg| {
        let aliases = option.get_all_aliases().unwrap_or_default();
        option.get_long() == Some(name) || aliases.contains(&name)
    };
    let option = globals.get_arguments().find(is)?;
    let more = option.get_action().takes_values() && value.is_none();
    Some(1 + usize::from(more))
}

/// The first word, if it is neither a command nor a file, but was probably meant as a command: to go on would show all
/// that is named after it, and what was wrong would be long gone on the screen.
fn mistyped(args: &[OsString], program: &clap::Command) -> Option<Unknown> {
    let word = args.get(first_word(args))?;
    let name = word.to_str().filter(|name| !name.is_empty() && !name.starts_with('-') && !is_path(word))?;
    if name == "help" || program.find_subcommand(name).is_some() || Path::new(name).symlink_metadata().is_ok()
    {
        return None;
    }
    let commands = program
        .get_subcommands()
        .flat_map(|command| std::iter::once(command.get_name()).chain(command.get_all_aliases()));
    let near = nearest(name, commands).map(|command| format!("larkspect {command}")).or_else(|| {
        let here = meant(name, "", None)?;
        Some(if here.starts_with('-') { format!("larkspect {here}") } else { here })
    })?;
    let known = label("", "").into();
    Some(Unknown { what: COMMAND, name: name.to_owned(), near: Some(near), known })
}

/// What clap found, with what to type instead where the flag or format is one of another tool or command.
fn advised(mut error: clap::Error, typed: &[OsString]) -> clap::Error {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    let command = typed.get(1).and_then(|word| word.to_str()).unwrap_or_default();
    let program = Args::command();
    let command = program.find_subcommand(command).map_or("", |command| command.get_name());
    let here = match error.kind() {
        ErrorKind::UnknownArgument => text(ContextKind::InvalidArg).and_then(|flag| {
            let flag = flag.split('=').next().unwrap_or_default();
            let at = typed
                .iter()
                .position(|word| word.to_str().is_some_and(|word| word.split('=').next() == Some(flag)));
            let word = |at: usize| typed.get(at).and_then(|word| word.to_str());
            let value =
                at.and_then(|at| word(at)?.split_once('=').map(|(_, value)| value).or_else(|| word(at + 1)));
            meant(flag, command, value)
        }),
        ErrorKind::InvalidValue => {
            let of_format = |flag: &String| flag.starts_with("--format") || flag.starts_with("--to ");
            let flag = text(ContextKind::InvalidArg).filter(of_format);
            flag.and(text(ContextKind::InvalidValue)).and_then(|value| meant(&value, command, None))
        }
        _ => None,
    };
    if let Some(here) = here {
        for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::Usage] {
            error.remove(kind);
        }
        let tip = StyledStr::from(format!("that is `{here}` here"));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
    error
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
            let asked =
                try_parse(Args::command(), typed.collect(), &io).map_err(|error| error.to_string()).unwrap();
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
            ("--no-color --colour=never check x", "check --no-color --colour=never x"),
            ("--lang zh help check", "help check"),
            ("--tz +08:00 man", "man"),
            ("--lang", "--lang"),
            ("-- show", "-- show"),
        ] {
            let words = |text: &str| {
                let words = text.split_whitespace().map(OsString::from);
                std::iter::once(OsString::from("larkspect")).chain(words).collect::<Vec<_>>()
            };
            assert_eq!(command_first(words(typed), &Args::command()), words(ordered), "{typed}");
        }
    }
}
