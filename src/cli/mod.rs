//! The command line: the only place with clap, files, the environment, terminals and threads. A command is one file with
//! its arguments and its run; [`Io`] is what it has from outside. Each part uses only those before it: `exit`,
//! `interrupt`, `screen`, `io`, `talk`, `hint`; `files`, `settings`; `context`, `progress`, `session`, `pipeline`, `sorted`;
//! `args`, `taking`; `help`; `commands`; `command_line`.

mod args;
mod command_line;
mod commands;
mod context;
mod exit;
mod files;
mod help;
mod hint;
mod interrupt;
mod io;
mod pipeline;
mod progress;
mod screen;
mod session;
mod settings;
mod sorted;
mod taking;
mod talk;

pub use exit::Exit;
pub use io::Io;

use std::ffi::OsString;
use std::io::ErrorKind;
use std::sync::Arc;

use clap::CommandFactory;

use crate::lang::say;
use crate::terminal::Look;

use command_line::{Args, Command};
use context::Context;
use exit::Stop;
use help::candidates;
use settings::config::Config;
use settings::config_file;
use talk::{Talk, reason};

/// Every command and flag, for tests that want to know of each.
#[doc(hidden)]
pub fn command() -> clap::Command {
    Args::command()
}

/// Runs the program with these arguments, the name of the program first.
pub fn run(args: impl IntoIterator<Item = OsString>, io: Io) -> Exit {
    let io = io.with_screen();
    let screen = io.screen.clone();
    let exit = run_to_its_end(args, io);
    let exit = match screen.map_or(Ok(()), |screen| screen.end()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => exit.max(Exit::Failed),
        _ => exit,
    };
    interrupt::caught().map_or(exit, |interrupted| exit.max(interrupted))
}

fn run_to_its_end(args: impl IntoIterator<Item = OsString>, io: Io) -> Exit {
    let mut talk = Talk::new(&io, context::lang_of_locale(&io));
    let args: Vec<OsString> = args.into_iter().collect();
    let outcome = match candidates::asked(&args) {
        Some(words) => candidates::answer(command(), words, &io),
        None => match command_line::parse(args, &io) {
            Ok(args) => context(&args, io, &mut talk).and_then(|context| run_command(&args, &context)),
            Err(none) => none.say(&io),
        },
    };
    match outcome {
        Ok(exit) => return exit,
        // Whoever read our output has seen enough.
        Err(Stop::Write(error)) if error.kind() == ErrorKind::BrokenPipe => return Exit::Fine,
        Err(Stop::Write(error)) => {
            let why = reason(&error, talk.lang);
            talk.say(say!(talk.lang, "无法写入：{why}", "cannot write: {why}"));
        }
        Err(Stop::Because(why)) => talk.say(why.text(talk.lang)),
        Err(Stop::Said) => {}
    }
    Exit::Failed
}

/// The context of a command; from here on `talk` speaks its language.
///
/// # Errors
///
/// What is wrong with the settings, the environment or the keys.
fn context(args: &Args, io: Io, talk: &mut Talk) -> Result<Context, Stop> {
    let global = args.global();
    // Until the settings have been read they have no say.
    talk.lang = global.lang.unwrap_or(talk.lang);
    let config = match global.no_config {
        true => Config::default(),
        false => config_file::load(global.config.as_deref(), talk)?,
    };
    let lang = global.lang.or(config.lang).unwrap_or(talk.lang);
    talk.lang = lang;
    let zone = context::zone(global.tz, &io, &config).map_err(Stop::because)?;
    if let Some(screen) = &io.screen
        && args.is_paged(&io, &config)
        && let Some(pager) = context::pager(global.paging, &io)
    {
        screen.page(pager);
    }
    let color = context::color(global.color(), &io, io.stdout.terminal);
    let out = Look { color, width: context::width(&io), lang };
    let credentials = match args.keys() {
        Some(keys) => keys.credentials(&io, talk).map_err(Stop::because)?,
        None => Arc::default(),
    };
    Ok(Context { io, talk: talk.clone(), zone, out, config, credentials, program: command })
}

fn run_command(args: &Args, context: &Context) -> Result<Exit, Stop> {
    match &args.command {
        Some(Command::Check(args)) => commands::check::run(args, context),
        Some(Command::Convert(args)) => commands::convert::run(args, context),
        Some(Command::Explain(args)) => commands::explain::run(args, context),
        Some(Command::Schema(args)) => commands::schema::run(args, context),
        Some(Command::Decrypt(args)) => commands::decrypt::run(args, context),
        Some(Command::Redact(args)) => commands::redact::run(args, context),
        Some(Command::Verify(args)) => commands::verify::run(args, context),
        Some(Command::Sample(args)) => commands::sample::run(args, context),
        Some(Command::Completions(args)) => commands::completions::run(args, context),
        Some(Command::Man(args)) => commands::man::run(args, context),
        Some(Command::Summary(args)) => commands::summary::run(args, context),
        Some(Command::Show(args)) => commands::show::run(args, context),
        None => commands::show::run(&args.show, context),
    }
}
