//! What can be typed about keys, and to the commands that need them.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args as ClapArgs, ValueEnum, ValueHint};

use crate::cli::args::InputArgs;
use crate::cli::settings::keys;
use crate::seen::events::DEFAULT_WINDOW;
use crate::signature::Credentials;

// Where secrets come from. Never an argument: every user of the machine can read those.
#[derive(Debug, ClapArgs)]
pub struct KeyArgs {
    /// Encrypt Keys, one a line, also as `app_id = key`; besides, LARKSPECT_ENCRYPT_KEY is looked at
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Keys")]
    pub encrypt_key_file: Vec<PathBuf>,
    /// Verification Tokens, one a line; besides, LARKSPECT_VERIFICATION_TOKEN is looked at
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Keys")]
    pub token_file: Vec<PathBuf>,
}

impl KeyArgs {
    /// The secrets.
    pub fn credentials(&self) -> Result<Arc<Credentials>, String> {
        keys::credentials(&self.encrypt_key_file, &self.token_file)
    }
}

#[derive(Debug, ClapArgs)]
pub struct DecryptArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Write to this file, which appears when it is whole and all input was read
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct VerifyArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// How to report
    #[arg(long, short = 'f', value_name = "FORMAT", default_value = "human", help_heading = "Report")]
    pub format: VerifyFormat,
    /// Find fault with requests signed more than so many seconds after their event, or before it
    #[arg(long, value_name = "SECONDS", help_heading = "Report")]
    pub max_skew: Option<u64>,
    /// How many signed requests are remembered to find the same one again; 0 turns it off
    #[arg(long, value_name = "REQUESTS", default_value_t = DEFAULT_WINDOW, help_heading = "Report")]
    pub window: usize,
}

/// How `verify` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VerifyFormat {
    /// A line for each request
    Human,
    /// A JSON object for each request, a line each
    Ndjson,
    /// One JSON array
    Json,
}
