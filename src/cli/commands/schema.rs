//! `schema`: the catalogue, for people and as JSON Schema.

use clap::Args as ClapArgs;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::reference::schema::{SchemaFormat, schema_text};

#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// The event type, or a part of its name or title [default: all]
    #[arg(value_name = "TYPE")]
    pub event: Option<String>,
    /// How to write it: table, json-schema, json, markdown
    ///
    /// table is for people, json-schema is JSON Schema 2020-12, json has the fields as data.
    #[arg(long, short = 'f', value_name = "FORMAT", default_value = "table", value_parser = schema_format(), hide_possible_values = true, hide_default_value = true)]
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

/// Runs the command.
pub fn run(args: &SchemaArgs, context: &Context) -> Result<Exit, Stop> {
    let text = schema_text(args.event.as_deref(), args.format, context.out);
    context.print(text.map_err(|unknown| Stop::because(unknown.words(context.out.lang)))?.as_bytes())
}
