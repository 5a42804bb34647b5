//! The command line: the only place with clap, files, the environment, terminals and threads. One file a command.

mod arg_order;
mod args;
mod choose;
mod commands;
mod context;
mod exit;
mod files;
mod pipeline;
mod settings;
mod skipped;

pub use exit::Exit;

use std::ffi::OsString;
use std::io::{self, Write};
use std::mem::ManuallyDrop;

use clap::{ArgMatches, CommandFactory, FromArgMatches};

use crate::terminal::sanitize::{clean_bytes, push_clean};

use args::{Args, Command};
use context::Context;

/// Every command and flag, for tests that want to know of each.
#[doc(hidden)]
pub fn command() -> clap::Command {
    Args::command()
}

/// What `Args::try_parse_from` does, without taking the description of all commands apart again: who shows one event
/// would wait for that longer than for the check.
fn parsed(args: impl IntoIterator<Item = OsString>) -> Result<Args, clap::Error> {
    let mut command = ManuallyDrop::new(Args::command());
    let parse = |mut matches: ArgMatches| Args::from_arg_matches_mut(&mut matches);
    let parsed = command.try_get_matches_from_mut(args).and_then(parse);
    parsed.map_err(|error| error.format(&mut command))
}

/// Runs the program with these arguments, the name of the program first.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let typed = arg_order::command_first(args);
    let args = match parsed(typed.iter().cloned()) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no errors: clap knows which stream they belong to.
            let exit = if error.use_stderr() { Exit::Failed } else { Exit::Fine };
            return say_usage(&error, &typed).map_or_else(|error| not_written(&error), |()| exit);
        }
    };
    let mut context = match Context::new(&args.global) {
        Ok(context) => context,
        Err(problems) => {
            for problem in &problems {
                fail(problem);
            }
            return Exit::Failed;
        }
    };
    if let Some(keys) = args.keys() {
        match keys.credentials() {
            Ok(credentials) => context.credentials = credentials,
            Err(message) => return fail(&message),
        }
    }
    let outcome = match args.command {
        Some(Command::Check(args)) => commands::check::run(&args, &context),
        Some(Command::Convert(args)) => commands::convert::run(&args, &context),
        Some(Command::Explain(args)) => commands::explain::explain(&args, &context),
        Some(Command::Schema(args)) => commands::explain::schema(&args, &context),
        Some(Command::Decrypt(args)) => commands::decrypt::run(&args, &context),
        Some(Command::Verify(args)) => commands::verify::run(&args, &context),
        Some(Command::Sample(args)) => commands::sample::run(&args, &context),
        Some(Command::Completions(args)) => commands::explain::completions(&args),
        Some(Command::Show(args)) => commands::show::run(&args, &context),
        None => commands::show::run(&args.show, &context),
    };
    outcome.unwrap_or_else(|error| not_written(&error))
}

/// Prints what clap has to say: help, or what is wrong with what was typed, which it quotes as it is. So where that
/// could drive a terminal, it is asked about the same words as they may be shown.
fn say_usage(error: &clap::Error, typed: &[OsString]) -> io::Result<()> {
    let clean = |word: &OsString| clean_bytes(word.as_encoded_bytes()).into_owned().into();
    let shown: Vec<OsString> = typed.iter().map(clean).collect();
    if shown == typed {
        return error.print();
    }
    match parsed(shown) {
        Err(same) if same.kind() == error.kind() => same.print(),
        // Nothing is wrong with the clean words, or something else.
        _ => {
            let mut text = String::new();
            for line in error.render().to_string().split_inclusive('\n') {
                push_clean(line.trim_end_matches('\n'), &mut text);
                text.push_str(&line[line.trim_end_matches('\n').len()..]);
            }
            io::stderr().write_all(text.as_bytes())
        }
    }
}

/// What could not be written: the exit code.
fn not_written(error: &io::Error) -> Exit {
    match error.kind() {
        // Whoever read our output has seen enough.
        io::ErrorKind::BrokenPipe => Exit::Fine,
        _ => fail(&format!("cannot write: {}", files::source::reason(error))),
    }
}

/// Says why the job could not be done.
fn fail(message: &str) -> Exit {
    let mut line = String::from("larkspect: ");
    push_clean(message, &mut line);
    line.push('\n');
    // Where stderr is gone too there is nobody left to tell.
    let _ = io::stderr().write_all(line.as_bytes());
    Exit::Failed
}
