//! `explain`, `schema` and `completions`: what is known, without any input.

use std::io::Write;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, ValueEnum};

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::reference::explain::{explain as explained, rules_markdown, rules_table};
use crate::reference::schema::{SchemaFormat, schema_text};

#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// timestamp-unit, check_time, `type 5`, attendance.user_flow.created_v1, ..
    #[arg(value_name = "TOPIC")]
    pub topic: Vec<String>,
    /// How to write the list of all rules
    #[arg(long, value_name = "FORMAT", default_value = "table", conflicts_with = "topic")]
    pub format: ListFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Table,
    Markdown,
}

#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// The event type [default: a list of all]
    #[arg(value_name = "TYPE")]
    pub event: Option<String>,
    /// table: for people; json-schema: JSON Schema 2020-12; json: the fields as data; markdown
    #[arg(long, short = 'f', value_name = "FORMAT", default_value = "table", value_parser = schema_format())]
    pub format: SchemaFormat,
}

fn schema_format() -> impl TypedValueParser<Value = SchemaFormat> {
    PossibleValuesParser::new(["table", "json-schema", "json", "markdown"]).map(|name| match &*name {
        "json-schema" => SchemaFormat::JsonSchema,
        "json" => SchemaFormat::Json,
        "markdown" => SchemaFormat::Markdown,
        _ => SchemaFormat::Table,
    })
}

#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Runs `explain`.
pub fn explain(args: &ExplainArgs, context: &Context) -> Result<Exit, Stop> {
    let topic = args.topic.join(" ");
    let text = match args.format {
        _ if !topic.is_empty() => explained(&topic, context.out).map_err(Stop::because)?,
        ListFormat::Table => rules_table(context.out),
        ListFormat::Markdown => rules_markdown(),
    };
    print(text.as_bytes(), context)
}

/// Runs `schema`.
pub fn schema(args: &SchemaArgs, context: &Context) -> Result<Exit, Stop> {
    let text = schema_text(args.event.as_deref(), args.format, context.out);
    print(text.map_err(Stop::because)?.as_bytes(), context)
}

/// Runs `completions`.
pub fn completions(args: &CompletionsArgs, context: &Context) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut (context.program)(), "larkspect", &mut script);
    print(&script, context)
}

fn print(text: &[u8], context: &Context) -> Result<Exit, Stop> {
    let mut out = context.io.stdout.clone();
    out.write_all(text)?;
    out.flush()?;
    Ok(Exit::Fine)
}
