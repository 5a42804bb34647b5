//! `explain`: what is known of a rule, a field, a choice or an event type.

use clap::{Args as ClapArgs, ValueEnum};

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::reference::explain::{explain, rules_markdown, rules_table};

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

/// Runs the command.
pub fn run(args: &ExplainArgs, context: &Context) -> Result<Exit, Stop> {
    let topic = args.topic.join(" ");
    let text = match args.format {
        _ if !topic.is_empty() => explain(&topic, context.out).map_err(Stop::because)?,
        ListFormat::Table => rules_table(context.out),
        ListFormat::Markdown => rules_markdown(),
    };
    context.print(text.as_bytes())
}
