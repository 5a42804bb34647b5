//! Runs `tests/interop/run`: larkspect against the official SDKs, where those are installed. Nothing is fetched here.

use std::io::Write;
use std::process::Command;

/// What `tests/interop/run` exits with when something is missing.
const NOT_RUN: i32 = 77;

#[test]
fn official_sdks_read_what_we_make_and_we_what_they_make() {
    let run = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/run");
    // The binary is not optimised, and this is one test of many.
    let mut program = Command::new("bash");
    program.args([run, env!("CARGO_BIN_EXE_larkspect")]).env("EVENTS", "5000");
    let output = match program.output() {
        Ok(output) => output,
        Err(error) => return say(&format!("interop was not run: bash: {error}\n")),
    };
    let said = String::from_utf8_lossy(&output.stdout);
    say(&said);
    let required = std::env::var_os("LARKSPECT_INTEROP").is_some_and(|value| value == "required");
    let passed = output.status.success() || (output.status.code() == Some(NOT_RUN) && !required);
    assert!(passed, "{}\n{said}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
}

/// Past the test harness, which shows nothing of a test that passes: that it was not run should be seen.
fn say(text: &str) {
    // Nothing is tested by whether anybody listens.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
