//! `explain`, `schema` and `completions`: what is known, without any input.

use std::io::{self, Write};

use clap::CommandFactory;

use crate::cli::Exit;
use crate::cli::args::{Args, CompletionsArgs, ExplainArgs, ListFormat, SchemaArgs, SchemaFormat};
use crate::cli::context::Context;
use crate::cli::files::output::stdout;
use crate::reference::explain::{explain as explained, rules_markdown, rules_table};
use crate::reference::schema::{SchemaFormat as Format, schema_text};

/// Runs `explain`.
pub fn explain(args: &ExplainArgs, context: &Context) -> io::Result<Exit> {
    let topic = args.topic.join(" ");
    let text = match args.format {
        _ if !topic.is_empty() => explained(&topic, context.out).map_err(|unknown| unknown.to_string()),
        ListFormat::Table => Ok(rules_table(context.out)),
        ListFormat::Markdown => Ok(rules_markdown()),
    };
    print(text)
}

/// Runs `schema`.
pub fn schema(args: &SchemaArgs, context: &Context) -> io::Result<Exit> {
    let format = match args.format {
        SchemaFormat::Table => Format::Table,
        SchemaFormat::JsonSchema => Format::JsonSchema,
        SchemaFormat::Json => Format::Json,
        SchemaFormat::Markdown => Format::Markdown,
    };
    print(schema_text(args.event.as_deref(), format, context.out).map_err(|unknown| unknown.to_string()))
}

/// Runs `completions`.
pub fn completions(args: &CompletionsArgs) -> io::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "larkspect", &mut script);
    let mut out = stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Fine)
}

fn print(text: Result<String, String>) -> io::Result<Exit> {
    match text {
        Ok(text) => {
            let mut out = stdout();
            out.write_all(text.as_bytes())?;
            out.flush()?;
            Ok(Exit::Fine)
        }
        Err(message) => Ok(crate::cli::fail(&message)),
    }
}
