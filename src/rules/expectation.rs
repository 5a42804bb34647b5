//! Rules about what a fixture is expected to break: the sidecar beside it and the findings must tell the same story.
//! Their examples begin with a line of the sidecar: `bad.json.expect: CODE POINTER`.

use std::ops::Range;

use crate::finding::{Finding, Rule, Severity, Words};
use crate::lang::amount;
use crate::suggest::did_you_mean;

/// A finding that the sidecar expects is not there.
pub static UNMET_EXPECTATION: Rule = Rule {
    code: "unmet-expectation",
    severity: Severity::Error,
    summary: "a fixture does not fail in the way its sidecar says",
    why: "`bad.json.expect` beside `bad.json` says that the fixture is wrong on purpose, and how. A finding that it \
          expects was not made: the fixture was mended, or it is wrong in another way now and no longer tests what \
          it was made for. `larkspect check --update-expectations` writes the sidecar anew.",
    wrong: "bad.json.expect: error timestamp-unit /event/check_time\n{..}",
    right: "bad.json.expect: error timestamp-unit /event/check_time\n\
            {.., \"event\": {.., \"check_time\": \"1615381916000\"}}",
};

/// Nothing can ever meet what the sidecar says.
pub static STALE_EXPECTATION: Rule = Rule {
    code: "stale-expectation",
    severity: Severity::Error,
    summary: "a sidecar expects what cannot be",
    why: "A line of a sidecar names no rule, or the fixture that the sidecar belongs to is gone, or the sidecar \
          expects nothing at all. Such a file looks as if it guarded something, and guards nothing.",
    wrong: "bad.json.expect: error timestamp-units /event/check_time\n\
            {.., \"event\": {.., \"check_time\": \"1615381916000\"}}",
    right: "bad.json.expect: error timestamp-unit /event/check_time\n\
            {.., \"event\": {.., \"check_time\": \"1615381916000\"}}",
};

/// A line that was met `found` times instead of `wanted`. `span` is that of the line in the sidecar, `pointer` the
/// place in the fixture.
pub fn unmet(code: &str, pointer: &str, wanted: u64, found: u64, span: Range<usize>) -> Finding {
    let at = if pointer.is_empty() { "the document" } else { pointer };
    let message = match (wanted, found) {
        (1, _) => format!("expected {code} at {at}, which was not found"),
        (_, 0) => format!("expected {code} at {at} {wanted} times, which was not found"),
        _ => format!("expected {code} at {at} {wanted} times, but found it {found} times"),
    };
    let words = Words::new(message)
        .expected(amount(wanted, "finding"))
        .found(amount(found, "finding"))
        .help("mend the fixture, or write its sidecar anew with larkspect check --update-expectations");
    Finding {
        rule: &UNMET_EXPECTATION,
        severity: UNMET_EXPECTATION.severity,
        span,
        pointer: pointer.to_owned(),
        words,
        inner: None,
    }
}

/// A line that names no rule.
pub fn no_such_rule(code: &str, near: Option<String>, span: Range<usize>) -> Finding {
    let how = "write error CODE POINTER; larkspect explain lists the codes";
    let help = near.map_or_else(|| how.to_owned(), did_you_mean);
    stale(Words::new(format!("there is no rule `{code}`")).help(help), span)
}

/// A sidecar without a single expectation.
pub fn expects_nothing(span: Range<usize>) -> Finding {
    stale(
        Words::new("the sidecar expects nothing")
            .help("write what the fixture breaks, or remove the sidecar of a good fixture"),
        span,
    )
}

/// A sidecar whose fixture is not there.
pub fn no_fixture(fixture: &str) -> Finding {
    let words = Words::new(format!("there is no {fixture} to which this sidecar belongs"))
        .help("rename the sidecar together with its fixture, or remove it");
    stale(words, 0..0)
}

fn stale(words: Words, span: Range<usize>) -> Finding {
    let severity = STALE_EXPECTATION.severity;
    Finding { rule: &STALE_EXPECTATION, severity, span, pointer: String::new(), words, inner: None }
}
