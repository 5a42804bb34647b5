//! `completions`: a script by which a shell completes what is typed.

use clap::Args as ClapArgs;
use clap_complete::Shell;

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};

#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// The shell: bash, zsh, fish, powershell, elvish
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: Shell,
}

/// Runs the command.
pub fn run(args: &CompletionsArgs, context: &Context) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    match args.shell {
        Shell::Bash => script.extend(include_bytes!("../help/scripts/larkspect.bash")),
        Shell::Zsh => script.extend(include_bytes!("../help/scripts/larkspect.zsh")),
        Shell::Fish => script.extend(include_bytes!("../help/scripts/larkspect.fish")),
        // These know commands and flags.
        other => clap_complete::generate(other, &mut (context.program)(), "larkspect", &mut script),
    }
    context.print(&script)
}
