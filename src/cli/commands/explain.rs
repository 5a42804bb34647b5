//! `explain`: what is known of a rule, a field, a choice or an event type.

use clap::{Args as ClapArgs, ValueEnum};

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::lang::both;
use crate::reference::explain::{explain, rules_markdown, rules_table};
use crate::suggest::Unknown;

#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// timestamp-unit, check_time, type 5, im.message.receive_v1, ..
    #[arg(value_name = "TOPIC")]
    pub topic: Vec<String>,
    /// How to write the list of all rules: table, markdown
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "table",
        conflicts_with = "topic",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: ListFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Table,
    Markdown,
}

/// The same, with who explains it where it is a flag or a command.
fn or_flag(unknown: Unknown, program: &clap::Command) -> Unknown {
    let name = unknown.name.trim_start_matches('-');
    let has_flag = |command: &&clap::Command| command.get_arguments().any(|arg| arg.get_long() == Some(name));
    let commands = || program.get_subcommands();
    let called = commands().find(|command| command.get_name() == name);
    let Some(command) = called.or_else(|| commands().find(has_flag)).filter(|_| unknown.near.is_none())
    else {
        return unknown;
    };
    let command = command.get_name();
    let known = match called {
        Some(_) => both!(
            "它是一个命令：`larkspect {command} --help`",
            "it is a command: `larkspect {command} --help`"
        ),
        None => both!(
            "--{name} 是一个选项：`larkspect {command} --help`",
            "--{name} is a flag: `larkspect {command} --help`"
        ),
    };
    Unknown { known, ..unknown }
}

/// Runs the command.
pub fn run(args: &ExplainArgs, context: &Context) -> Result<Exit, Stop> {
    let topic = args.topic.join(" ");
    let text = match args.format {
        _ if !topic.is_empty() => explain(&topic, context.out).map_err(|unknown| {
            let mut program = (context.program)();
            program.build();
            let unknown = or_flag(unknown, &program);
            Stop::because(unknown.words(context.out.lang))
        })?,
        ListFormat::Table => rules_table(context.out),
        ListFormat::Markdown => rules_markdown(),
    };
    context.print(text.as_bytes())
}
