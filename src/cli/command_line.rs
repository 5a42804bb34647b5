//! The whole command line: every command, and how what was typed becomes one of them.

use std::ffi::OsString;
use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::lang::{Label, Lang, label, say};
use crate::report::Format;
use crate::suggest::{Unknown, nearest};
use crate::terminal::sanitize::clean_bytes;

use super::args::{GLOBAL, Global, InputArgs, KeyArgs, With, lang_named};
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
use super::help::chinese::{chinese, framed};
use super::help::errors;
use super::help::examples::{self, MORE, MORE_COMMANDS};
use super::help::foreign::meant;
use super::io::Io;
use super::settings::config::Config;
use super::settings::config_file;
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
#[command(after_help = MORE_COMMANDS.en, after_long_help = examples::of_program(Lang::En), max_term_width = 100)]
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

#[derive(Debug, Subcommand)]
// Of the others nothing needs to be built: that takes longer than reading an event.
#[command(defer = true)]
pub enum Command {
    /// A card for one event, a table for many; the default
    #[command(after_help = MORE.en, after_long_help = examples::SHOW.en)]
    Show(With<ShowArgs>),
    /// Every finding, for people and for CI
    ///
    /// Every finding of every event: what is wrong, where, what was expected, how to mend it. Exits with 1 where there is an
    /// error.
    #[command(visible_alias = "validate", after_help = MORE.en, after_long_help = examples::CHECK.en)]
    Check(With<CheckArgs>),
    /// Events to CSV, TSV, NDJSON, JSON, Markdown or Excel
    #[command(after_help = MORE.en, after_long_help = examples::CONVERT.en)]
    Convert(With<ConvertArgs>),
    /// What a capture says: hours, delays, people, risks
    ///
    /// What a capture says at a glance: hours and days, first and last punches, delays, risks, choices, findings; with --by a
    /// row for each group.
    #[command(after_help = MORE.en, after_long_help = examples::SUMMARY.en)]
    Summary(With<SummaryArgs>),
    /// Events to share, with stand-ins for what is somebody's
    ///
    /// Stand-ins for people, places, ids, secrets and texts, in which check finds the same.
    #[command(after_help = MORE.en, after_long_help = examples::REDACT.en)]
    Redact(With<RedactArgs>),
    /// What is inside encrypted bodies, as it is, a line each
    #[command(after_help = MORE.en, after_long_help = examples::DECRYPT.en)]
    Decrypt(With<DecryptArgs>),
    /// Whether captured requests are the platform's
    ///
    /// Recomputes signatures, compares tokens, and tells requests that were sent again.
    #[command(after_help = MORE.en, after_long_help = examples::VERIFY.en)]
    Verify(With<VerifyArgs>),
    /// A rule, a field, a choice or an event type
    ///
    /// Without a topic, all rules.
    #[command(after_help = MORE.en, after_long_help = examples::EXPLAIN.en)]
    Explain(With<ExplainArgs>),
    /// The catalogue: event types, fields, JSON Schema
    #[command(after_help = MORE.en, after_long_help = examples::SCHEMA.en)]
    Schema(With<SchemaArgs>),
    /// Realistic events, valid or broken in one way, by a seed
    #[command(after_help = MORE.en, after_long_help = examples::SAMPLE.en)]
    Sample(With<SampleArgs>),
    /// A script by which a shell completes what is typed
    ///
    /// For bash, zsh and fish it asks larkspect, and so knows rules, event types, columns, fields and zones.
    #[command(after_help = MORE.en, after_long_help = examples::COMPLETIONS.en)]
    Completions(CompletionsArgs),
    /// Manual pages
    #[command(after_help = MORE.en, after_long_help = examples::MAN.en)]
    Man(ManArgs),
}

/// What was typed that is no command line, and the language in which that is told.
pub struct NoCommand {
    lang: Lang,
    found: Found,
}

enum Found {
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
    let typed = command_first(args.clone(), &program);
    let found = match mistyped(&typed, &program) {
        Some(unknown) => Found::Mistyped(unknown),
        None => match try_parse(program, typed.clone(), columns(io)) {
            Ok(args) => return Ok(args),
            Err(error) => Found::Error(error, typed),
        },
    };
    Err(NoCommand { lang: lang_of(&args, io), found })
}

/// The language in which is told what is wrong with a command line that could not be read: as it says, or the settings that
/// it would have used, or the locale.
fn lang_of(args: &[OsString], io: &Io) -> Lang {
    let typed = value_of("--lang", args).and_then(lang_named);
    let settings = || {
        let file = value_of("--config", args).map(Path::new);
        let talk = Talk::new(io, lang_of_locale(io));
        // What is wrong with them is no matter here.
        if args.iter().any(|word| word == "--no-config") {
            None
        } else {
            config_file::load(file, &talk).ok()?.lang
        }
    };
    typed.or_else(settings).unwrap_or_else(|| lang_of_locale(io))
}

/// The value of an option, wherever it stands.
fn value_of<'a>(option: &str, args: &'a [OsString]) -> Option<&'a str> {
    let mut words =
        args.iter().take_while(|word| *word != "--").map(|word| word.to_str().unwrap_or_default());
    while let Some(word) = words.next() {
        match word.strip_prefix(option) {
            Some("") => return words.next(),
            Some(rest) if rest.starts_with('=') => return Some(&rest[1..]),
            _ => {}
        }
    }
    None
}

/// What `Args::try_parse_from` does, without taking the description of all commands apart again: who shows one event
/// would wait for that longer than for the check. Help is broken at `columns`, where that is not 0.
fn try_parse(program: clap::Command, args: Vec<OsString>, columns: usize) -> Result<Args, clap::Error> {
    let mut program = program.term_width(columns);
    // There the commands matter; what belongs to `show` is in its own.
    if args.iter().any(|word| word == "-h") {
        program = program.mut_args(|arg| match arg.get_help_heading() {
            Some(GLOBAL) => arg,
            // Of a program that is built already these are no more clap's own.
            None if ["help", "version"].iter().any(|own| arg.get_id() == own) => arg,
            _ => arg.hide_short_help(true),
        });
    }
    let mut command = ManuallyDrop::new(program);
    let parse = |mut matches: ArgMatches| Args::from_arg_matches_mut(&mut matches);
    let parsed = command.try_get_matches_from_mut(args).and_then(parse);
    parsed.map_err(|error| error.format(&mut command))
}

/// Columns of help.
fn columns(io: &Io) -> usize {
    const MOST: usize = 100;
    width(io).clamp(1, MOST)
}

impl NoCommand {
    /// Prints what there is to say: help, or what is wrong with what was typed, which is quoted as it is. So where that
    /// could drive a terminal, clap is asked about the same words as they may be shown.
    ///
    /// # Errors
    ///
    /// It could not be written.
    pub fn say(self, io: &Io) -> Result<Exit, Stop> {
        let lang = self.lang;
        let (error, typed) = match self.found {
            Found::Error(error, typed) => (error, typed),
            Found::Mistyped(unknown) => {
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
        let text = |error: &clap::Error| {
            let shown = shown(error, lang, columns(io));
            if styled { shown.ansi().to_string() } else { shown.to_string() }
        };
        let ask = |words| match lang {
            Lang::Zh => try_parse(chinese(Args::command()), words, 0),
            Lang::En => try_parse(Args::command(), words, columns(io)),
        };
        let clean = |word: &OsString| clean_bytes(word.as_encoded_bytes()).into_owned().into();
        let words: Vec<OsString> = typed.iter().map(clean).collect();
        // Help in Chinese is made of Chinese words, which nobody needed until now.
        let is_told = words == typed && (lang == Lang::En || error.use_stderr());
        let text = match is_told {
            true => text(&advised(error, &typed, lang)),
            false => match ask(words) {
                Err(same) if same.kind() == error.kind() => text(&advised(same, &typed, lang)),
                // Nothing is wrong with the clean words, or something else.
                _ => tame(shown(&error, lang, columns(io)).to_string().as_bytes()),
            },
        };
        // Help is wrapped by clap, what is wrong is not.
        let columns = io.columns.filter(|_| out.terminal && exit == Exit::Failed);
        out.write_all(&columns.map_or(text.as_bytes().into(), |columns| wrapped(text.as_bytes(), columns)))?;
        out.flush()?;
        Ok(exit)
    }
}

/// What clap found in a language. English is what clap says, in Chinese help is what it made of Chinese words.
fn shown(error: &clap::Error, lang: Lang, columns: usize) -> StyledStr {
    match lang {
        Lang::En => error.render(),
        Lang::Zh if error.use_stderr() => errors::in_chinese(error, Args::command().get_styles()),
        Lang::Zh => framed(&error.render().ansi().to_string(), columns).into(),
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
fn advised(mut error: clap::Error, typed: &[OsString], lang: Lang) -> clap::Error {
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
        let tip = StyledStr::from(say!(lang, "这里写作 `{here}`", "that is `{here}` here"));
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
                try_parse(Args::command(), typed.collect(), 80).map_err(|error| error.to_string()).unwrap();
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
