//! The last line of a report for people: what was read, how it went, how long it took.

use std::fmt::Write as _;
use std::time::Duration;

use crate::lang::amount;
use crate::report::Totals;
use crate::terminal::paint::{Ink, Paint};

/// Appends `2 files, 1000 events: 3 with errors. 3 errors, 1 warning in 0.4 ms`.
pub(crate) fn push_verdict(totals: &Totals, took: Duration, paint: Paint, out: &mut String) {
    let counts = [(totals.errors, "error"), (totals.warnings, "warning"), (totals.notes, "note")];
    let mut counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| amount(*count, name)).collect();
    let (verdict, ink) = if totals.errors > 0 {
        (format!("{} with errors", totals.faulty), Ink::Error)
    } else if totals.events + totals.challenges + totals.expected == 0 {
        // Nothing was checked: not a success, so not green.
        ("nothing checked".to_owned(), Ink::Warning)
    } else if counts.is_empty() {
        ("no findings".to_owned(), Ink::Good)
    } else {
        ("no errors".to_owned(), Ink::Good)
    };

    if totals.expected > 0 {
        counts.push(format!("{} expected", totals.expected));
    }
    let _ = write!(out, "{}, ", amount(totals.files, "file"));
    if totals.documents != totals.events {
        let _ = write!(out, "{}, ", amount(totals.documents, "document"));
    }
    let _ = write!(out, "{}", amount(totals.events, "event"));
    if totals.challenges > 0 {
        let _ = write!(out, ", {}", amount(totals.challenges, "challenge"));
    }
    out.push_str(": ");
    paint.push(ink, &verdict, out);
    if !counts.is_empty() {
        let _ = write!(out, ". {}", counts.join(", "));
    }
    let _ = write!(out, " in {}", elapsed(took));
}

/// A duration as people say it: `0.4 ms`, `120 ms`, `3.2 s`.
fn elapsed(took: Duration) -> String {
    match took.as_secs_f64() {
        s if s < 0.01 => format!("{:.1} ms", s * 1e3),
        s if s < 1.0 => format!("{:.0} ms", s * 1e3),
        s => format!("{s:.1} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_a_verdict() {
        let one = Totals { files: 1, documents: 1, events: 1, ..Totals::default() };
        for (totals, micros, line) in [
            (one, 400, "1 file, 1 event: no findings in 0.4 ms"),
            (
                Totals { warnings: 2, notes: 1, ..one },
                12_345,
                "1 file, 1 event: no errors. 2 warnings, 1 note in 12 ms",
            ),
            (Totals { expected: 2, ..one }, 400, "1 file, 1 event: no findings. 2 expected in 0.4 ms"),
            (
                Totals { events: 0, challenges: 1, ..one },
                0,
                "1 file, 1 document, 0 events, 1 challenge: no findings in 0.0 ms",
            ),
            (
                Totals { events: 0, ..one },
                3_210_000,
                "1 file, 1 document, 0 events: nothing checked in 3.2 s",
            ),
            (
                Totals {
                    files: 2,
                    documents: 1000,
                    events: 1000,
                    challenges: 0,
                    faulty: 3,
                    errors: 3,
                    warnings: 1,
                    notes: 0,
                    expected: 0,
                },
                400,
                "2 files, 1000 events: 3 with errors. 3 errors, 1 warning in 0.4 ms",
            ),
        ] {
            let mut out = String::new();
            push_verdict(&totals, Duration::from_micros(micros), Paint::new(false), &mut out);
            assert_eq!(out, line);
        }
    }
}
