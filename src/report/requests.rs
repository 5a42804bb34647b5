//! What `verify` says of requests: a line each for people, or JSON.

use std::fmt::Write as _;
use std::io;

use serde::Serialize;

use crate::lang::{Label, Lang, label, say};
use crate::rules::wire::{
    REPLAYED_REQUEST, SIGNATURE_MISMATCH, STALE_REQUEST, TOKEN_MISMATCH, wrong_signature,
};
use crate::signature::verify::{Outcome, Why};
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::sanitize::{clean, push_clean};
use crate::terminal::wrap::push_line;
use crate::terminal::{Look, sanitize_json};
use crate::time::{Clock, lag};

use super::alike::{Alike, NOTE};
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

/// The requests of a file, told to people: those alike once with a count of the others, and the same help once.
#[derive(Debug, Default)]
pub struct Lines {
    /// Columns of the terminal, where it is one.
    columns: Option<usize>,
    /// What has been told of requests of which others may be.
    kinds: Vec<Kind>,
    helps: Vec<&'static str>,
}

/// What was told of a request, in this line, and of others.
#[derive(Debug)]
struct Kind {
    words: String,
    line: u64,
    alike: Alike,
}

impl Lines {
    /// Nothing has been told. Lines longer than `columns` are broken at words.
    pub fn new(columns: Option<usize>) -> Lines {
        Lines { columns, ..Lines::default() }
    }

    /// Appends a line about a request, and one with help; nothing where the same was told.
    pub fn push(&mut self, told: &Told<'_>, clock: &mut Clock, look: Look, out: &mut String) {
        let mut words = String::new();
        told.push_words(clock, look.lang, &mut words);
        if let Some(kind) = self.kinds.iter_mut().find(|kind| kind.words == words) {
            return kind.alike.add(told.line);
        }
        let mut line = clean(told.file).into_owned();
        let _ = write!(line, ":{}: ", told.line);
        let at = out.len() + line.len();
        line.push_str(&words);
        self.push_line(&line, out);
        // Unless its line was broken before it.
        let word = told.outcome(look.lang).0.text(look.lang);
        if look.color && out.get(at..).is_some_and(|rest| rest.starts_with(word)) {
            let mut painted = String::new();
            Paint::new(true).push(told.ink(), word, &mut painted);
            out.replace_range(at..at + word.len(), &painted);
        }
        if told.is_of_a_kind() {
            self.kinds.push(Kind { words, line: told.line, alike: Alike::default() });
        }
        if let (.., Some(help)) = told.outcome(look.lang)
            && !self.helps.contains(&help)
        {
            self.helps.push(help);
            self.push_line(&say!(look.lang, "  建议：{help}", "  help: {help}"), out);
        }
    }

    /// The file ends: says of each kind how many others there were.
    pub fn end(&mut self, file: &str, look: Look, out: &mut String) {
        self.helps.clear();
        let (file, note) = (clean(file), NOTE.text(look.lang));
        for Kind { line, alike, .. } in std::mem::take(&mut self.kinds) {
            if let Some(others) = alike.words(look.lang) {
                let words = say!(look.lang, "{note}：{others}", "{note}: {others}");
                self.push_line(&format!("{file}:{line}: {words}"), out);
            }
        }
    }

    fn push_line(&self, line: &str, out: &mut String) {
        match self.columns {
            Some(columns) => push_line(line, columns, out),
            None => out.push_str(line),
        }
        out.push('\n');
    }
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
    fn outcome(&self, lang: Lang) -> (Label, String, Option<&'static str>) {
        let (word, reason, help) = match &self.verified.outcome {
            Outcome::Ok { scheme } => (label("有效", "ok"), scheme.name().text(lang).to_owned(), None),
            Outcome::Bad { cause } => {
                let reason = wrong_signature(cause.map(|cause| cause.sentence), lang);
                (label("无效", "bad"), reason, cause.map(|cause| cause.help))
            }
            Outcome::NotCheckable { why } => {
                // Of a challenge the token is all there is to compare, and that was done.
                let done = *why == Why::Challenge && self.verified.token == Some(true);
                (label("无法验证", "not checkable"), why.sentence(lang), (!done).then(|| why.help()))
            }
        };
        (word, reason, help.map(|help| help.text(lang)))
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

    /// How the word for what came out is painted.
    fn ink(&self) -> Ink {
        match self.verified.outcome {
            Outcome::Ok { .. } => Ink::Good,
            Outcome::Bad { .. } => Ink::Error,
            Outcome::NotCheckable { .. } => Ink::Warning,
        }
    }

    /// What is told for people after the place.
    fn push_words(&self, clock: &mut Clock, lang: Lang, out: &mut String) {
        let (word, reason, _) = self.outcome(lang);
        out.push_str(word.text(lang));
        out.push_str(&say!(lang, "：{reason}", ": {reason}"));
        match self.verified.token {
            Some(true) => out.push_str(&say!(lang, "；token 一致", "; token ok")),
            Some(false) => out.push_str(&say!(lang, "；token 不一致", "; the token is another one")),
            None => {}
        }
        match self.verified.signed.and_then(|signed| clock.say_seconds(signed)) {
            Some(when) => out.push_str(&say!(lang, "；签名于 {when}", "; signed {when}")),
            None if self.stale => {
                out.push_str(&say!(lang, "；它的时间戳不是时间", "; its timestamp is no time"));
            }
            None => {}
        }
        if let Some(skew) = self.verified.skew() {
            let lag = lag(skew, lang);
            out.push_str(&say!(lang, "，{lag}", ", {lag}"));
        }
        if let Some(first) = self.replay_of {
            out.push_str(&say!(lang, "；与此请求相同：", "; the same request as "));
            push_clean(first, out);
        }
        for code in self.codes() {
            let _ = write!(out, " [{code}]");
        }
    }

    /// Whether nothing tells it from others of its kind: of what was not signed there is no more than the reason.
    fn is_of_a_kind(&self) -> bool {
        matches!(self.verified.outcome, Outcome::NotCheckable { .. })
            && self.verified.signed.is_none()
            && self.codes().is_empty()
    }

    /// Appends it as a JSON object.
    pub fn push_json(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let (Label { en: word, .. }, reason, help) = self.outcome(Lang::En);
        let ok = word == "ok";
        let verified = self.verified;
        let row = Row {
            file: self.file,
            line: self.line,
            outcome: if word == "not checkable" { "not-checkable" } else { word },
            scheme: match verified.outcome {
                Outcome::Ok { scheme } => Some(scheme.name().en),
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
