//! `schema`: the catalogue, for people and as JSON Schema.

use clap::Args as ClapArgs;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::context::Context;
use crate::cli::exit::{Exit, Stop};
use crate::reference::schema::{SchemaFormat, schema_text};

#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// The event type, or a part of the name or title of some [default: a list of all]
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

/// Runs the command.
pub fn run(args: &SchemaArgs, context: &Context) -> Result<Exit, Stop> {
    let text = schema_text(args.event.as_deref(), args.format, context.out);
    context.print(text.map_err(Stop::because)?.as_bytes())
}
