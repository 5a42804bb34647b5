//! Hands what the process has to [`larkspect::cli::run`] and exits with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    larkspect::cli::run(std::env::args_os(), larkspect::cli::Io::of_process()).into()
}
