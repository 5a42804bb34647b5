//! Hands arguments to [`larkspect::cli::run`] and exits with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    larkspect::cli::run(std::env::args_os()).into()
}
