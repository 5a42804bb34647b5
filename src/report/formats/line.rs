//! One line a finding, for grep, editors and problem matchers: `path:line:col: severity[code] pointer: message`.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::lang::Lang;
use crate::report::{Located, Reporter};
use crate::terminal::sanitize::push_clean;

/// The report `line`. Strictly one line a finding, whatever the payload holds; nothing else is written.
#[derive(Debug)]
pub struct Line {
    lang: Lang,
    line: String,
}

impl Line {
    /// The report in this language.
    pub fn new(lang: Lang) -> Line {
        Line { lang, line: String::new() }
    }
}

impl Reporter for Line {
    fn finding(&mut self, found: &Located<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.line.clear();
        push_line(found, self.lang, &mut self.line);
        self.line.push('\n');
        out.write_all(self.line.as_bytes())
    }
}

/// Appends a finding as one line, without its end.
pub(crate) fn push_line(found: &Located<'_>, lang: Lang, out: &mut String) {
    let finding = found.finding;
    push_clean(found.file, out);
    // Writing to a string cannot fail.
    let _ = write!(out, ":{}: {}[{}]", found.start, found.severity.word(), finding.rule.code);
    if found.has_pointer() {
        out.push(' ');
        push_pointer(found, out);
    }
    out.push_str(": ");
    push_clean(&finding.words.sentence(lang), out);
    if let Some(first) = &found.first {
        push_clean(&format!(" ({})", first.words(lang)), out);
    }
    if let Some(origin) = found.origin {
        out.push_str(" (");
        push_clean(&origin.words(lang), out);
        out.push(')');
    }
}

/// Appends [`Located::pointer`], clean and without making it first.
pub(crate) fn push_pointer(found: &Located<'_>, out: &mut String) {
    if let Some(item) = found.item {
        let _ = write!(out, "/{item}");
    }
    push_clean(&found.finding.pointer, out);
}
