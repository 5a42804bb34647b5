//! The report for people: what is wrong, where, the line itself with a caret, and what to do. Findings alike (same
//! rule and pointer) in one file are shown once, so ten thousand equal mistakes are still one screen. Of a pipe they are
//! shown as they come, and those like them are counted when it ends.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

use crate::finding::{Finding, Severity};
use crate::lang::{Label, Lang, amount, label, say};
use crate::report::alike::{Alike, NOTE};
use crate::report::{Detail, Excerpt, FIRST, Located, Reporter, Totals};
use crate::rules::form::UNKNOWN_EVENT_TYPE;
use crate::terminal::Look;
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::sanitize::{ELLIPSIS, clean, push_clean, push_spaces, width};
use crate::terminal::wrap::{HARD_SPACE, push_hanging, push_line, wrap};

use super::fingerprint::Fnv;
use super::snippet::{Snippet, both, columns, push_bar, push_numbered, snippet};
use super::verdict::push_verdict;

/// Findings shown of one file. What is held in memory until the file is done is bounded by it.
const SHOWN: usize = 50;
/// Words are never set narrower, however narrow the terminal is.
const NARROWEST: usize = 20;

/// Between the last line and its hint.
const APART: usize = 8;
/// What is told below a line.
const EXPECTED: Label = label("应为", "expected");
const HELP: Label = label("建议", "help");

/// Bytes of a message or a pointer that are shown.
const LONGEST: usize = 1000;

/// The report `human`.
#[derive(Debug)]
pub struct Human {
    paint: Paint,
    width: usize,
    /// Whether words that are wider than that are broken.
    wraps: bool,
    /// Whether findings of this file are shown as they come.
    live: bool,
    lang: Lang,
    groups: Vec<Group>,
    /// Findings beyond [`SHOWN`], by rule: there are few rules, but a payload may invent any number of pointers.
    unshown: Vec<(&'static str, u64)>,
    /// The first of the heaviest findings: what to have explained.
    worst: Option<(Severity, &'static str)>,
}

/// Findings alike: the first as it will be shown, and the others counted.
#[derive(Debug)]
struct Group {
    /// A hash of rule and pointer: a pointer can be as long as a payload, and this is only about how it looks.
    kind: u64,
    /// How it is shown; where that has been done, how it is called now.
    text: String,
    gutter: usize,
    alike: Alike,
}

impl Human {
    /// A report for such a terminal.
    pub fn new(look: Look) -> Human {
        Human {
            paint: Paint::new(look.color),
            width: look.width,
            wraps: false,
            live: false,
            lang: look.lang,
            groups: Vec::new(),
            unshown: Vec::new(),
            worst: None,
        }
    }

    /// The finding as people see it, and the width of its gutter.
    fn show(&self, found: &Located<'_>) -> (String, usize) {
        let (paint, finding) = (self.paint, found.finding);
        let words = finding.words.in_lang(self.lang);
        let mut out = String::new();
        let number = found.start.line.to_string();
        let gutter = number.len();
        let ink = Ink::from(found.severity);

        let (open, close) = paint.codes(ink);
        let _ = write!(out, "{open}{}[{}]{close}", found.severity.word(), finding.rule.code);
        let (open, close) = paint.codes(Ink::Strong);
        let _ = write!(out, "{open}: ");
        let column = found.severity.word().len() + finding.rule.code.len() + "[]: ".len();
        self.push_words(&words.message, column, &mut out);
        let _ = writeln!(out, "{close}");

        push_spaces(gutter, &mut out);
        paint.push(Ink::Frame, "-->", &mut out);
        out.push(' ');
        self.push_place(found, gutter + "--> ".len(), &mut out);

        self.show_excerpt(found, &number, &mut out);
        if let Some(first) = found.first.filter(|first| first.is_gone()) {
            self.push_note(gutter, NOTE, &first.words(self.lang), &mut out);
        }
        // What was found is in the message and under the caret; what the message says already is not said again.
        let expected = words.expected.as_ref().filter(|text| !words.message.contains(text.as_str()));
        for (name, text) in [(EXPECTED, expected.map(String::as_str)), (HELP, words.help.as_deref())] {
            if let Some(text) = text {
                self.push_note(gutter, name, text, &mut out);
            }
        }
        (out, gutter)
    }

    /// A finding that has been shown, in a line.
    fn recall(&self, found: &Located<'_>) -> String {
        let mut out = String::new();
        let ink = Ink::from(found.severity);
        let title = format!("{}[{}]", found.severity.word(), found.finding.rule.code);
        self.paint.push(ink, &title, &mut out);
        out.push(' ');
        self.push_place(found, title.len() + 1, &mut out);
        out
    }

    /// The line, and the caret below it. What stood first is marked on the same line, or on its own before it.
    fn show_excerpt(&self, found: &Located<'_>, number: &str, out: &mut String) {
        let gutter = number.len();
        let columns = columns(gutter, self.width);
        push_numbered("", "", gutter, self.paint, out);
        let within = found.first.and_then(|first| first.within);
        if let Some((snippet, first)) = within.and_then(|first| both(&found.excerpt, first, columns)) {
            push_numbered(number, &snippet.line, gutter, self.paint, out);
            self.push_marks(&snippet, Some(first), found, columns, gutter, out);
            self.push_first_label(first.0, columns, gutter, out);
            return;
        }
        if let Some(first) = found.first.filter(|first| !first.is_gone()) {
            let excerpt = match first.within {
                Some((start, end)) => Excerpt { start, end, ..found.excerpt },
                None => first.excerpt,
            };
            let Snippet { line, caret, length } = snippet(&excerpt, columns);
            push_numbered(&first.line.to_string(), &line, gutter, self.paint, out);
            push_bar("", gutter, self.paint, out);
            push_spaces(1 + caret, out);
            let mut marks = "-".repeat(length);
            let label = FIRST.text(self.lang);
            let fits = caret + length + 1 + width(label) <= columns;
            if fits {
                marks.push(' ');
                marks.push_str(label);
            }
            self.paint.push(Ink::Frame, &marks, out);
            out.push('\n');
            if !fits {
                self.push_first_label(caret, columns, gutter, out);
            }
            if first.line + 1 != found.start.line {
                out.push_str("...\n");
            }
        }
        let snippet = snippet(&found.excerpt, columns);
        push_numbered(number, &snippet.line, gutter, self.paint, out);
        self.push_marks(&snippet, None, found, columns, gutter, out);
    }

    /// Appends what is said of the marks at a column, below them.
    fn push_first_label(&self, column: usize, columns: usize, gutter: usize, out: &mut String) {
        let label = FIRST.text(self.lang);
        push_bar("", gutter, self.paint, out);
        push_spaces(1 + column.min(columns.saturating_sub(width(label))), out);
        self.paint.push(Ink::Frame, label, out);
        out.push('\n');
    }

    /// Appends the carets and what they say; before them the marks of what stood `first`, on the same line.
    fn push_marks(
        &self,
        snippet: &Snippet,
        first: Option<(usize, usize)>,
        found: &Located<'_>,
        columns: usize,
        gutter: usize,
        out: &mut String,
    ) {
        let (paint, ink) = (self.paint, Ink::from(found.severity));
        push_bar("", gutter, self.paint, out);
        let mut column = 0;
        if let Some((at, length)) = first {
            push_spaces(1 + at, out);
            paint.push(Ink::Frame, &"-".repeat(length), out);
            column = 1 + at + length;
        }
        push_spaces((1 + snippet.caret).saturating_sub(column), out);
        let mut marks = "^".repeat(snippet.length);
        let words = &found.finding.words.in_lang(self.lang).caret;
        let mut caret = String::new();
        push_short(words.as_deref().unwrap_or_default(), &mut caret);
        // Beside the carets when there is room, else below them, as far left as is needed.
        let fits = snippet.caret + snippet.length + 1 + width(&caret) <= columns;
        if fits && !caret.is_empty() {
            marks.push(' ');
            marks.push_str(&caret);
        }
        paint.push(ink, &marks, out);
        out.push('\n');
        if !fits && !caret.is_empty() {
            let indent = 1 + snippet.caret.min(columns.saturating_sub(width(&caret)));
            for line in wrap(&caret, if self.wraps { columns } else { usize::MAX }) {
                push_bar("", gutter, self.paint, out);
                push_spaces(indent, out);
                paint.push(ink, line, out);
                out.push('\n');
            }
        }
    }

    /// Appends where a finding stands, at this column, and a line end. The name of the file is in one piece however long it
    /// is, so that it can be opened.
    fn push_place(&self, found: &Located<'_>, column: usize, out: &mut String) {
        let start = out.len();
        push_clean(found.file, out);
        let _ = write!(out, ":{}", found.start);
        let mut at = column + width(&out[start..]);
        let origin =
            found.origin.map(|origin| clean(&format!(" ({})", origin.words(self.lang))).into_owned());
        let pointer = found.has_pointer().then(|| {
            let item = found.item.map(|item| format!("/{item}")).unwrap_or_default();
            let mut pointer = format!("  {item}");
            push_short(&found.finding.pointer, &mut pointer);
            pointer
        });
        for piece in [origin, pointer].into_iter().flatten() {
            at += width(&piece);
            if self.wraps && at > self.width {
                out.push('\n');
                push_spaces(column, out);
                let start = out.len();
                push_hanging(piece.trim_start(), column, self.width, NARROWEST, out);
                at = column + width(out[start..].rsplit('\n').next().unwrap_or_default().trim_start());
            } else {
                out.push_str(&piece);
            }
        }
        out.push('\n');
    }

    /// Appends words at this column.
    fn push_words(&self, words: &str, column: usize, out: &mut String) {
        let mut short = String::new();
        push_short(words, &mut short);
        match self.wraps {
            // A list of values and what they mean is broken between them.
            true if short.contains("), ") => {
                let hard = HARD_SPACE.to_string();
                let whole = short.replace(' ', &hard).replace(&format!(",{hard}"), ", ");
                push_hanging(&whole, column, self.width, NARROWEST, out);
            }
            true => push_hanging(&short, column, self.width, NARROWEST, out),
            false => out.push_str(&short),
        }
    }

    fn push_note(&self, gutter: usize, name: Label, text: &str, out: &mut String) {
        push_spaces(gutter + 1, out);
        self.paint.push(Ink::Frame, "=", out);
        out.push(' ');
        let (name, colon) = (name.text(self.lang), label("：", ": ").text(self.lang));
        self.paint.push(Ink::Strong, name, out);
        out.push_str(colon);
        self.push_words(text, gutter + " = ".len() + width(name) + width(colon), out);
        out.push('\n');
    }
}

impl Reporter for Human {
    fn wants(&self, finding: &Finding) -> Detail {
        let kind = kind(finding);
        match self.groups.iter().any(|group| group.kind == kind) {
            // Unless it proves to be another one without its secrets.
            true => Detail::Kind,
            false if self.groups.len() < SHOWN => Detail::Excerpt,
            false => Detail::Words,
        }
    }

    fn on_terminal(&mut self) {
        self.wraps = true;
    }

    fn live(&mut self) {
        self.live = true;
    }

    fn finding(&mut self, found: &Located<'_>, out: &mut dyn Write) -> io::Result<()> {
        let code = found.finding.rule.code;
        if self.worst.is_none_or(|(severity, _)| severity < found.severity) {
            self.worst = Some((found.severity, code));
        }
        let kind = kind(found.finding);
        if let Some(group) = self.groups.iter_mut().find(|group| group.kind == kind) {
            group.alike.add(found.start.line);
        } else if self.groups.len() < SHOWN {
            let (mut text, gutter) = self.show(found);
            if self.live {
                writeln!(out, "{text}")?;
                text = self.recall(found);
            }
            self.groups.push(Group { kind, text, gutter, alike: Alike::default() });
        } else if let Some((_, count)) = self.unshown.iter_mut().find(|(known, _)| *known == code) {
            *count += 1;
        } else {
            self.unshown.push((code, 1));
        }
        Ok(())
    }

    fn file(&mut self, _: &str, _: &Totals, out: &mut dyn Write) -> io::Result<()> {
        let live = std::mem::take(&mut self.live);
        for Group { mut text, gutter, alike, .. } in std::mem::take(&mut self.groups) {
            let others = alike.words(self.lang);
            if live && others.is_none() {
                continue;
            }
            if let Some(others) = others {
                self.push_note(gutter, NOTE, &others, &mut text);
            }
            text.push('\n');
            out.write_all(text.as_bytes())?;
        }
        if !self.unshown.is_empty() {
            let kinds: Vec<String> =
                self.unshown.iter().map(|(code, count)| format!("{count} {code}")).collect();
            let count = self.unshown.iter().map(|(_, count)| count).sum();
            let (findings, kinds) = (amount(count, "more finding"), kinds.join(", "));
            let line = say!(
                self.lang,
                ".. 另有 {count} 个问题未显示（{kinds}）；--format line 会列出全部",
                ".. and {findings} not shown ({kinds}); --format line lists all"
            );
            let mut lines = String::new();
            push_line(&line, if self.wraps { self.width } else { usize::MAX }, &mut lines);
            writeln!(out, "{lines}\n")?;
            self.unshown.clear();
        }
        Ok(())
    }

    fn finish(&mut self, totals: &Totals, took: Duration, out: &mut dyn Write) -> io::Result<()> {
        let mut line = String::new();
        push_verdict(totals, took, self.paint, self.lang, &mut line);
        let mut plain = String::new();
        push_verdict(totals, took, Paint::new(false), self.lang, &mut plain);
        if self.wraps && width(&plain) > self.width {
            push_hanging(&std::mem::take(&mut line), 0, self.width, NARROWEST, &mut line);
        }
        if let Some((_, code)) = self.worst.take() {
            let hint = format!("larkspect explain {code}");
            match self.wraps && width(&plain) + APART + hint.len() > self.width {
                true => line.push('\n'),
                false => push_spaces(APART, &mut line),
            }
            self.paint.push(Ink::Faint, &hint, &mut line);
        }
        writeln!(out, "{line}")
    }
}

/// Findings of one kind are alike. Each type that the catalogue does not know is one of its own: all stand in one place.
fn kind(finding: &Finding) -> u64 {
    let kind = Fnv::new().text(finding.rule.code).text(&finding.pointer);
    match &finding.words.found {
        Some(name) if std::ptr::eq(finding.rule, &UNKNOWN_EVENT_TYPE) => kind.text(name).value(),
        _ => kind.value(),
    }
}

/// Appends a text as it may be shown, cut where nobody reads on: words may quote a whole payload.
fn push_short(text: &str, out: &mut String) {
    let end = text.floor_char_boundary(LONGEST);
    push_clean(&text[..end], out);
    if end < text.len() {
        out.push_str(ELLIPSIS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Position;
    use crate::report::test_findings::{LOOK, files, report};

    #[test]
    fn ten_thousand_kinds_of_findings_are_fifty_and_a_count() {
        let mut file = files().swap_remove(1);
        let pattern = file.findings.swap_remove(0);
        file.findings = (0..10_000)
            .map(|n| {
                let mut case = pattern.clone();
                case.finding.pointer = format!("/event/{n}{}", "x".repeat(2000));
                case.finding.words.help = Some("y".repeat(5000).into());
                case
            })
            .collect();
        let out = report(&mut Human::new(LOOK), &[file]);
        assert!(out.len() < SHOWN * 3000, "{}", out.len());
        assert_eq!(out.matches("error[unknown-choice]").count(), SHOWN);
        assert!(out.contains(
            "\n.. and 9950 more findings not shown (9950 unknown-choice); --format line lists all\n"
        ));
        assert!(out.contains(": 1 with errors. 10000 errors in 0.4 ms"));
    }

    #[test]
    fn of_findings_alike_only_the_first_is_worked_out() {
        let mut human = Human::new(LOOK);
        let mut finding = files().swap_remove(1).findings.swap_remove(0).finding;
        for number in 0..=SHOWN {
            finding.pointer = number.to_string();
            assert_eq!(human.wants(&finding), if number < SHOWN { Detail::Excerpt } else { Detail::Words });
            let located = Located {
                finding: &finding,
                severity: finding.severity,
                file: "x",
                origin: None,
                item: None,
                start: Position { line: 1, column: 1 },
                end: Position { line: 1, column: 1 },
                offset: 0,
                length: 0,
                excerpt: Excerpt::default(),
                first: None,
            };
            human.finding(&located, &mut Vec::new()).unwrap();
        }
        finding.pointer = "0".to_owned();
        assert_eq!(human.wants(&finding), Detail::Kind);
    }

    #[test]
    fn colours_come_and_go_with_the_look() {
        let out = report(&mut Human::new(Look { color: true, ..LOOK }), &files());
        let plain = report(&mut Human::new(LOOK), &files());
        if cfg!(feature = "cli") {
            assert!(
                out.starts_with(
                    "\u{1b}[1;31merror[timestamp-unit]\u{1b}[0m\u{1b}[1m: `event.check_time` must"
                )
            );
            let mut bare = out.clone();
            while let Some(start) = bare.find("\u{1b}[") {
                let end = start + bare[start..].find('m').unwrap() + 1;
                bare.replace_range(start..end, "");
            }
            assert_eq!(bare, plain, "colours change nothing else");
        } else {
            assert_eq!(out, plain);
        }
    }
}
