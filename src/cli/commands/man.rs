//! `man`: manual pages, one on standard output or all in a directory.

use std::fs;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::cli::help::pages::{Page, pages};
use crate::cli::talk::reason;
use crate::lang::label;
use crate::suggest::Unknown;

#[derive(Debug, ClapArgs)]
pub struct ManArgs {
    /// The command [default: larkspect as a whole]
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
    /// Write the pages of all commands into this directory
    #[arg(long, short = 'o', value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "command")]
    pub dir: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &ManArgs, context: &Context) -> Result<Exit, Stop> {
    let pages = pages((context.program)());
    let Some(dir) = &args.dir else {
        let command = args.command.as_deref().unwrap_or_default();
        let is = |page: &&Page| page.command == command || page.aliases.iter().any(|alias| alias == command);
        let Some(page) = pages.iter().find(is) else {
            let names: Vec<&str> = pages[1..].iter().map(|page| page.command.as_str()).collect();
            return Err(Stop::because(Unknown::among(label("命令", "command"), command, &names)));
        };
        return context.print(page.roff.as_bytes());
    };
    let write = || {
        fs::create_dir_all(dir)?;
        pages.iter().try_for_each(|page| fs::write(dir.join(page.file_name()), &page.roff))
    };
    match write() {
        Ok(()) => Ok(Exit::Fine),
        Err(error) => {
            let why = reason(&error, context.out.lang);
            Err(Stop::because(format_args!("{}: {why}", dir.display())))
        }
    }
}
