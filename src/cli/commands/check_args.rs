//! What can be typed after `check`.

use clap::{Args as ClapArgs, builder};

use crate::cli::args::{InputArgs, rule};
use crate::finding::Rule;
use crate::report::Format;
use crate::seen::events::DEFAULT_WINDOW;

use super::reports::ReportFile;

#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// How to report on standard output
    #[arg(long, short = 'f', value_name = "FORMAT", default_value = "human", value_parser = format_parser(), help_heading = "Report")]
    pub format: Format,
    /// Report into a file too, in any of these formats; as often as is wanted
    #[arg(long, value_name = "FORMAT=PATH", help_heading = "Report")]
    pub report: Vec<ReportFile>,
    /// Tell the first N findings only; totals and the exit code are still of all
    #[arg(long, value_name = "N", help_heading = "Report")]
    pub max_findings: Option<u64>,
    /// Stop at the first error
    #[arg(long, help_heading = "Report")]
    pub fail_fast: bool,
    /// Print nothing but what stops the job; the exit code says the rest
    #[arg(short, long, help_heading = "Report")]
    pub quiet: bool,
    /// Count findings of these rules as errors
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = rule, help_heading = "Severity")]
    pub error: Vec<&'static Rule>,
    /// Count findings of these rules as warnings
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = rule, help_heading = "Severity")]
    pub warn: Vec<&'static Rule>,
    /// Say nothing of these rules
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = rule, help_heading = "Severity")]
    pub ignore: Vec<&'static Rule>,
    /// Count warnings and notes as errors
    #[arg(long, help_heading = "Severity")]
    pub strict: bool,
    /// Succeed also when there was no event to check
    #[arg(long, help_heading = "Severity")]
    pub allow_empty: bool,
    /// How many events are remembered to find the same one again; 0 turns it off
    #[arg(long, value_name = "EVENTS", default_value_t = DEFAULT_WINDOW, help_heading = "Severity")]
    pub window: usize,
    /// Write what each wrong file breaks into a sidecar beside it (FILE.expect), to be expected from now on
    #[arg(long, conflicts_with_all = ["format", "report", "max_findings", "fail_fast"], help_heading = "Expected failures")]
    pub update_expectations: bool,
}

fn format_parser() -> impl builder::TypedValueParser<Value = Format> {
    use builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
    PossibleValuesParser::new(
        Format::ALL.iter().map(|format| PossibleValue::new(format.name).help(format.about)),
    )
    .try_map(|name| name.parse::<Format>())
}
