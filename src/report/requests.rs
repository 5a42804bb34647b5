//! What `verify` says of requests: a line each for people, or JSON.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use crate::rules::wire::{REPLAYED_REQUEST, SIGNATURE_MISMATCH, STALE_REQUEST, TOKEN_MISMATCH};
use crate::signature::verify::{Outcome, Why};
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::sanitize::push_clean;
use crate::terminal::{Look, sanitize_json};
use crate::time::{Clock, lag};

use super::verifier::Verified;

/// A request with its place, ready to be told.
#[derive(Debug)]
pub struct Told<'t> {
    /// The file.
    pub file: &'t str,
    /// The line of its body.
    pub line: u64,
    /// What was found.
    pub verified: &'t Verified,
    /// Where the same request was seen before.
    pub replay_of: Option<&'t str>,
    /// Whether it was signed too long after its event.
    pub stale: bool,
}

#[derive(Serialize)]
struct Row<'t> {
    file: &'t str,
    line: u64,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'static str>,
    token: Option<bool>,
    event_type: Option<&'t str>,
    event_id: Option<&'t str>,
    signed: Option<i64>,
    skew_seconds: Option<f64>,
    replay_of: Option<&'t str>,
    codes: Vec<&'static str>,
}

impl Told<'_> {
    /// The word for what came out, what it rests on, and what to do.
    fn outcome(&self) -> (&'static str, String, Option<&'static str>) {
        match &self.verified.outcome {
            Outcome::Ok { scheme } => ("ok", scheme.name().to_owned(), None),
            Outcome::Bad { cause: Some(cause) } => {
                ("bad", format!("the signature is wrong: {}", cause.sentence), Some(cause.help))
            }
            Outcome::Bad { cause: None } => {
                ("bad", "the signature is wrong, and no known mistake explains it".to_owned(), None)
            }
            // Of a challenge the token is all there is to compare, and that was done.
            Outcome::NotCheckable { why: why @ Why::Challenge } if self.verified.token == Some(true) => {
                ("not checkable", why.sentence(), None)
            }
            Outcome::NotCheckable { why } => ("not checkable", why.sentence(), Some(why.help())),
        }
    }

    /// The codes of the rules that are broken.
    pub fn codes(&self) -> Vec<&'static str> {
        let bad = matches!(self.verified.outcome, Outcome::Bad { .. });
        let rules = [
            (bad, &SIGNATURE_MISMATCH),
            (self.verified.token == Some(false), &TOKEN_MISMATCH),
            (self.replay_of.is_some(), &REPLAYED_REQUEST),
            (self.stale, &STALE_REQUEST),
        ];
        rules.into_iter().filter(|(broken, _)| *broken).map(|(_, rule)| rule.code).collect()
    }

    /// Appends it as a line for people.
    pub fn push_line(&self, clock: &mut Clock, look: Look, out: &mut String) {
        let (word, reason, help) = self.outcome();
        let paint = Paint::new(look.color);
        push_clean(self.file, out);
        let _ = write!(out, ":{}: ", self.line);
        let ink = match self.verified.outcome {
            Outcome::Ok { .. } => Ink::Good,
            Outcome::Bad { .. } => Ink::Error,
            Outcome::NotCheckable { .. } => Ink::Warning,
        };
        paint.push(ink, word, out);
        let _ = write!(out, ": {reason}");
        match self.verified.token {
            Some(true) => out.push_str("; token ok"),
            Some(false) => out.push_str("; the token is another one"),
            None => {}
        }
        match self.verified.signed.and_then(|signed| clock.say_seconds(signed)) {
            Some(when) => drop(write!(out, "; signed {when}")),
            None if self.stale => out.push_str("; its timestamp is no time"),
            None => {}
        }
        if let Some(skew) = self.verified.skew() {
            let _ = write!(out, ", {}", lag(skew, look.lang));
        }
        if let Some(first) = self.replay_of {
            out.push_str("; the same request as ");
            push_clean(first, out);
        }
        for code in self.codes() {
            let _ = write!(out, " [{code}]");
        }
        out.push('\n');
        if let Some(help) = help {
            let _ = writeln!(out, "  help: {help}");
        }
    }

    /// Appends it as a JSON object.
    pub fn push_json(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let (word, reason, help) = self.outcome();
        let ok = word == "ok";
        let verified = self.verified;
        let row = Row {
            file: self.file,
            line: self.line,
            outcome: if word == "not checkable" { "not-checkable" } else { word },
            scheme: match verified.outcome {
                Outcome::Ok { scheme } => Some(scheme.name()),
                _ => None,
            },
            reason: (!ok).then_some(reason),
            help,
            token: verified.token,
            event_type: Some(&*verified.event_type).filter(|name| !name.is_empty()),
            event_id: Some(&*verified.event_id).filter(|id| !id.is_empty()),
            signed: verified.signed.map(|signed| signed.0),
            skew_seconds: verified.skew().map(|skew| skew.0 as f64 / 1000.0),
            replay_of: self.replay_of,
            codes: self.codes(),
        };
        sanitize_json::push(&row, out)
    }
}
