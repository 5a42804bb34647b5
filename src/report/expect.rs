//! Expected failures: the sidecar of a fixture that is wrong on purpose.
//!
//! `bad.json.expect` stands beside `bad.json` and has a line for each finding that the fixture is made for:
//!
//! ```text
//! # A punch machine that counts in milliseconds.
//! error timestamp-unit /event/check_time
//! note absent-field x3 /event/ssid
//! ```
//!
//! Severity, code, how often (once, where nothing is said), and the JSON pointer; nothing for the document itself. The
//! severity may be left out. `#` begins a comment, at the beginning of a line or behind white space. A line is met by
//! exactly so many findings of its rule and pointer, wherever they stand in the file: line numbers would be wrong after
//! the next edit.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use crate::finding::{Finding, Rule, Severity};
use crate::lang::Langs;
use crate::rules::expectation::{self, Met, Mistake};
use crate::rules::{self, unknown_rule};

/// What comes after the whole name of a fixture.
pub const ENDING: &str = "expect";

/// One line of a sidecar.
#[derive(Clone, Debug)]
struct Expected {
    severity: Option<Severity>,
    rule: &'static Rule,
    pointer: String,
    wanted: u64,
    found: u64,
    /// The severity of a finding that it would cover, were it not for that.
    other: Option<Severity>,
    span: Range<usize>,
    /// The comments and blank lines above it.
    comments: String,
    /// The comment behind it.
    remark: String,
}

/// What a fixture is expected to break, and how much of it has been found.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    lines: Vec<Expected>,
    /// The lines of a rule and a pointer: an array can have a hundred thousand.
    places: HashMap<(&'static str, String), Vec<usize>>,
    /// Lines that nothing can meet.
    stale: Vec<(Mistake, Range<usize>)>,
    length: usize,
    /// Comments below the last line.
    trailing: String,
}

impl Expectations {
    /// Reads a sidecar. A line that makes no sense is a finding of [`Expectations::outcome`].
    pub fn parse(text: &[u8]) -> Expectations {
        let mut read = Expectations { length: text.len(), ..Expectations::default() };
        // Notepad writes a mark of its encoding before the first line.
        let mut start = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        for raw in text[start..].split_inclusive(|byte| *byte == b'\n') {
            read.line(raw, start);
            start += raw.len();
        }
        read
    }

    fn line(&mut self, raw: &[u8], start: usize) {
        let text = String::from_utf8_lossy(raw);
        let line = text.trim();
        if line.is_empty() || line.starts_with('#') {
            self.trailing.push_str(line);
            self.trailing.push('\n');
            return;
        }
        // A key may hold a `#`, so one that stands in a word begins nothing.
        let behind = |at: &usize| raw[*at] == b'#' && raw[*at - 1].is_ascii_whitespace();
        let (raw, remark) = raw.split_at((1..raw.len()).find(behind).unwrap_or(raw.len()));
        let (text, remark) = (String::from_utf8_lossy(raw), String::from_utf8_lossy(remark));
        let line = text.trim();
        // Of a line that is not UTF-8 the copy is longer, but not what is trimmed: that is white space in both.
        let (before, after) = (text.len() - text.trim_start().len(), text.len() - text.trim_end().len());
        let span = start + before..start + raw.len() - after;
        let (first, rest) = word(line);
        let severity = Severity::ALL.into_iter().find(|severity| severity.word() == first);
        let (code, rest) = if severity.is_some() { word(rest) } else { (first, rest) };
        let read = || -> Result<_, Mistake> {
            let rule = rules::rule(code).ok_or_else(|| match severity {
                Some(severity) if code.is_empty() => Mistake::NoRule(severity),
                _ => Mistake::UnknownRule(code.to_owned(), unknown_rule(code).near),
            })?;
            let is_count = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
            let (first, others) = word(rest);
            let (wanted, pointer) = match first.strip_prefix('x').filter(is_count) {
                Some(count) => {
                    let count: Option<u64> = count.parse().ok().filter(|count| *count > 0);
                    (count.ok_or_else(|| Mistake::NoCount(first.to_owned()))?, others)
                }
                None if !first.starts_with('/') && others.starts_with('/') => {
                    return Err(Mistake::NoCount(first.to_owned()));
                }
                None => (1, rest),
            };
            match pointer.is_empty() || pointer.starts_with('/') {
                true => Ok((rule, wanted, pointer)),
                false => Err(Mistake::NoPointer(pointer.to_owned())),
            }
        };
        let (rule, wanted, pointer) = match read() {
            Ok(read) => read,
            Err(mistake) => return self.stale.push((mistake, span)),
        };
        let comments = std::mem::take(&mut self.trailing);
        self.places.entry((rule.code, pointer.to_owned())).or_default().push(self.lines.len());
        self.lines.push(Expected {
            severity,
            rule,
            pointer: pointer.to_owned(),
            wanted,
            found: 0,
            other: None,
            span,
            comments,
            remark: remark.trim_end().to_owned(),
        });
    }

    /// Whether this finding is expected; it is counted. It may be named by its own severity or by what the user made
    /// of it: a fixture does not change when a flag does.
    pub fn meet(&mut self, finding: &Finding, weighed: Option<Severity>, pointer: &str) -> bool {
        let Expectations { lines, places, .. } = self;
        let Some(places) = places.get(&(finding.rule.code, shown(pointer))) else { return false };
        let fits = |line: &Expected| {
            line.severity.is_none_or(|word| word == finding.severity || Some(word) == weighed)
        };
        let mut other = None;
        for at in places.iter().copied().filter(|at| lines[*at].found < lines[*at].wanted) {
            if fits(&lines[at]) {
                lines[at].found += 1;
                return true;
            }
            other.get_or_insert(at);
        }
        if let Some(at) = other {
            lines[at].other = Some(finding.severity);
        }
        false
    }

    /// How many findings were expected and made.
    pub fn met(&self) -> u64 {
        self.lines.iter().map(|line| line.found).sum()
    }

    /// What is wrong with the sidecar now that the fixture has been read. Spans point into the sidecar.
    pub fn outcome(&self, langs: Langs) -> Vec<Finding> {
        let stale = self.stale.iter();
        let stale = stale.map(|(mistake, span)| expectation::nothing_meets(mistake, span.clone(), langs));
        let unmet = self.lines.iter().filter(|line| line.found < line.wanted).map(|line| {
            let Expected { rule, pointer, wanted, found, severity, other, span, .. } = line;
            let met = Met { wanted: *wanted, found: *found, severities: severity.zip(*other) };
            expectation::unmet(rule.code, pointer, met, span.clone(), langs)
        });
        let mut wrong: Vec<Finding> = stale.chain(unmet).collect();
        if self.lines.is_empty() && wrong.is_empty() {
            wrong.push(expectation::expects_nothing(0..self.length, langs));
        }
        wrong.sort_by_key(|finding| finding.span.start);
        wrong
    }
}

/// The first word of a line, and what follows it.
fn word(line: &str) -> (&str, &str) {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (word, rest.trim_start())
}

/// A pointer as a line can hold it: a key may hold anything, line ends and what looks like a comment too.
fn shown(pointer: &str) -> String {
    let mut shown = String::with_capacity(pointer.len());
    for c in pointer.chars() {
        match c {
            '#' if shown.ends_with(|before: char| before.is_ascii_whitespace()) => {
                shown.extend(c.escape_unicode());
            }
            c if c.is_control() => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    shown.truncate(shown.trim_end().len());
    shown
}

/// Gathers the findings of a file, to write its sidecar.
#[derive(Debug, Default)]
pub struct Ledger {
    lines: Vec<(Severity, &'static Rule, String, u64)>,
    places: HashMap<(Severity, &'static str, String), usize>,
}

impl Ledger {
    /// Takes a finding.
    pub fn note(&mut self, finding: &Finding, pointer: &str) {
        let pointer = shown(pointer);
        let key = (finding.severity, finding.rule.code, pointer.clone());
        let at = *self.places.entry(key).or_insert(self.lines.len());
        match self.lines.get_mut(at) {
            Some((.., count)) => *count += 1,
            None => self.lines.push((finding.severity, finding.rule, pointer, 1)),
        }
    }

    /// Whether there is nothing to expect.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The sidecar: a line for each kind of finding in the order in which they come, and the comments of the old one
    /// above the lines that they were written for. What stands above the first line stays at the top.
    pub fn sidecar(&self, old: &Expectations) -> String {
        let mut out = String::new();
        let top = old.lines.first().map_or(&old.trailing, |line| &line.comments);
        out.push_str(top);
        for (severity, rule, pointer, count) in &self.lines {
            let same = |line: &&Expected| *line.rule == **rule && line.pointer == *pointer;
            if let Some(line) = old.lines.iter().skip(1).find(same) {
                out.push_str(&line.comments);
            }
            // Writing to a string cannot fail.
            let _ = write!(out, "{severity} {}", rule.code);
            if *count > 1 {
                let _ = write!(out, " x{count}");
            }
            let space = if pointer.is_empty() { "" } else { " " };
            let _ = write!(out, "{space}{pointer}");
            if let Some(line) = old.lines.iter().find(same).filter(|line| !line.remark.is_empty()) {
                let _ = write!(out, " {}", line.remark);
            }
            out.push('\n');
        }
        if !old.lines.is_empty() {
            out.push_str(&old.trailing);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Words;
    use crate::rules::shape::ABSENT_FIELD;
    use crate::rules::syntax::TRUNCATED_DOCUMENT;
    use crate::rules::time::TIMESTAMP_UNIT;

    fn finding(rule: &'static Rule, pointer: &str) -> Finding {
        Finding {
            rule,
            severity: rule.severity,
            span: 0..0,
            pointer: pointer.to_owned(),
            words: Words::default(),
            inner: None,
            first: None,
        }
    }

    const SIDECAR: &str = "\
# Milliseconds.

error timestamp-unit /event/check_time
# Three lines have none.
absent-field x3 /event/a b
truncated-document\t# cut
# The end.
";

    fn meet(expected: &mut Expectations, rule: &'static Rule, pointer: &str) -> bool {
        expected.meet(&finding(rule, pointer), Some(rule.severity), pointer)
    }

    #[test]
    fn lines_are_met_as_often_as_they_say() {
        let mut expected = Expectations::parse(SIDECAR.as_bytes());
        assert!(meet(&mut expected, &TIMESTAMP_UNIT, "/event/check_time"));
        assert!(!meet(&mut expected, &TIMESTAMP_UNIT, "/event/check_time"), "once is expected");
        assert!(!meet(&mut expected, &TIMESTAMP_UNIT, "/event/other"));
        assert!(meet(&mut expected, &TRUNCATED_DOCUMENT, ""));
        assert!(meet(&mut expected, &ABSENT_FIELD, "/event/a b"));
        assert_eq!(expected.met(), 3);
        let wrong = expected.outcome(Langs::default());
        assert_eq!(wrong.len(), 1);
        assert_eq!(wrong[0].words.message, "expected absent-field at /event/a b 3 times, but found it once");
        assert_eq!(&SIDECAR[wrong[0].span.clone()], "absent-field x3 /event/a b");
    }

    #[test]
    fn a_severity_is_that_of_the_rule_or_of_the_user() {
        let line = |severity: &str| Expectations::parse(format!("{severity} absent-field /a").as_bytes());
        let found = finding(&ABSENT_FIELD, "/a");
        assert!(line("note").meet(&found, Some(Severity::Error), "/a"));
        assert!(line("error").meet(&found, Some(Severity::Error), "/a"));
        assert!(
            line("note").meet(&found, None, "/a"),
            "an ignored finding is still what the fixture is made for"
        );
        assert!(!line("warning").meet(&found, Some(Severity::Error), "/a"));
    }

    #[test]
    fn what_makes_no_sense_is_stale() {
        for (sidecar, messages) in [
            ("# only talk\n", vec!["the sidecar expects nothing"]),
            ("", vec!["the sidecar expects nothing"]),
            (
                "error timestamp-units /a\r\n\u{1f600}",
                vec!["there is no rule `timestamp-units`", "there is no rule `\u{1f600}`"],
            ),
        ] {
            let wrong = Expectations::parse(sidecar.as_bytes()).outcome(Langs::default());
            let found: Vec<&str> = wrong.iter().map(|finding| &*finding.words.message).collect();
            assert_eq!(found, messages, "{sidecar:?}");
        }
    }

    #[test]
    fn places_in_a_sidecar_that_is_not_utf8_are_those_of_its_bytes() {
        let sidecar = b" e\xed\xff..\xe6 \r\n\xb5 x\n  timestamp-unit /\xd5\xe3\t\n";
        let wrong = Expectations::parse(sidecar).outcome(Langs::default());
        let places: Vec<_> = wrong.iter().map(|finding| &sidecar[finding.span.clone()]).collect();
        assert_eq!(places, [&b"e\xed\xff..\xe6"[..], b"\xb5 x", b"timestamp-unit /\xd5\xe3"]);
    }

    #[test]
    fn what_is_written_is_read_again_and_keeps_its_comments() {
        let mut ledger = Ledger::default();
        ledger.note(&finding(&TRUNCATED_DOCUMENT, ""), "");
        ledger.note(&finding(&TIMESTAMP_UNIT, "/k\n #1#"), "/k\n #1#");
        (0..3).for_each(|_| ledger.note(&finding(&ABSENT_FIELD, "/event/a b"), "/event/a b"));
        let written = ledger.sidecar(&Expectations::parse(SIDECAR.as_bytes()));
        assert_eq!(
            written,
            "# Milliseconds.\n\nerror truncated-document # cut\nerror timestamp-unit /k\\n \\u{23}1#\n\
             # Three lines have none.\nnote absent-field x3 /event/a b\n# The end.\n"
        );
        let mut again = Expectations::parse(written.as_bytes());
        assert!(meet(&mut again, &TIMESTAMP_UNIT, "/k\n #1#"));
        assert_eq!(ledger.sidecar(&again), written, "stable");
        assert_eq!(Ledger::default().sidecar(&Expectations::parse(b"# a\n")), "# a\n");
    }
}
