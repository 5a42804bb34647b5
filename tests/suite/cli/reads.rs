//! What is shown of a pipe does not depend on how it is written into it.

use std::io::Write;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use crate::support::program::{Ran, larkspect};

/// Results of a day, and its punches: first the ones, then the others.
fn two_types(count: &str) -> Vec<u8> {
    let sample = |kind: &str| {
        let count = ["--count", count, "--seed", "1"];
        larkspect(["sample", kind]).args(&count).run().exits(0).out
    };
    [sample("attendance.user_task.updated_v1"), sample("attendance.user_flow.created_v1")].concat()
}

/// What is shown where so many bytes are written at once, with a pause after them.
fn shown(args: &[&str], input: &[u8], at_once: usize, pause: Duration) -> String {
    let mut program = larkspect(args);
    let command = program.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        for part in input.chunks(at_once) {
            // Whoever asked for a few rows reads no further.
            if stdin.write_all(part).is_err() {
                return;
            }
            sleep(pause);
        }
    });
    let out = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let ran = Ran { code: out.status.code().unwrap(), out: out.stdout, err: String::new() };
    ran.exits(0).text().to_owned()
}

#[test]
fn a_capture_is_one_table_however_slowly_it_comes() {
    let input = two_types("6");
    let whole = shown(&[], &input, usize::MAX, Duration::ZERO);
    let heads = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
    assert_eq!(heads(&whole), 1, "{whole}");
    // In two parts, as `cat a b` writes them, and in many, in the middle of lines.
    for (parts, pause) in [(2, 40), (30, 4)] {
        let at_once = input.len().div_ceil(parts);
        assert_eq!(shown(&[], &input, at_once, Duration::from_millis(pause)), whole, "{parts} parts");
    }
}

#[test]
fn another_table_begins_at_the_event_that_needs_it() {
    let input = two_types("300");
    for args in [&[][..], &["-n", "400"], &["--table", "--dedupe"]] {
        let whole = shown(args, &input, usize::MAX, Duration::ZERO);
        let rows: Vec<&str> = whole.lines().collect();
        assert!(rows[0].contains("Employee") && rows[301].contains("Event"), "{} {}", rows[0], rows[301]);
        assert!(rows[302].trim_start().starts_with("301 "), "{}", rows[302]);
        for at_once in [777, 10_000, 60_000] {
            assert_eq!(shown(args, &input, at_once, Duration::from_micros(200)), whole, "{at_once}");
        }
    }
}
