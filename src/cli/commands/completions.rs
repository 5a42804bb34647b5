//! `completions`: a script by which a shell completes commands and flags.

use clap::Args as ClapArgs;

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};

#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Runs the command.
pub fn run(args: &CompletionsArgs, context: &Context) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut (context.program)(), "larkspect", &mut script);
    context.print(&script)
}
