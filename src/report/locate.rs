//! From a finding's bytes to lines, columns and the line itself.

use std::borrow::Cow;

use crate::finding::{Finding, First, Severity, Span, Words};
use crate::json::Place;
use crate::secrets::Secrets;
use crate::steps::took;

use super::{Detail, Excerpt, FirstPlace, Located};

/// The bytes between two places that are kept.
const STEP: usize = 4096;

/// How much of a line is looked at on either side of a finding.
const WINDOW: usize = 1024;

/// How far from a finding secrets are looked for, and how far before a window one may begin.
const AROUND: usize = 8 << 10;

/// Places the findings of one text. They mostly come in the order of their places, and the text is counted through once.
#[derive(Debug)]
pub struct Locator<'t> {
    text: &'t [u8],
    start: Place,
    /// How far has been counted, and what it came to.
    at: usize,
    place: Place,
    /// The places of every [`STEP`]th byte, as far as they were needed: the ends of findings, and those that go back, are
    /// counted from there.
    steps: Vec<Place>,
    /// The end of the last finding: of all that a body holds it is the same.
    end: (usize, Place),
    excerpt: Vec<u8>,
    /// The line of what stood first.
    first: Vec<u8>,
    secrets: Secrets,
    /// What the secrets were learnt from: bytes of the text, and of the text within it.
    learnt: (Span, Vec<u8>),
    /// The finding without the secrets that its words quote.
    hidden: Option<Finding>,
}

impl<'t> Locator<'t> {
    /// For a text that begins at `place` of its file.
    pub fn new(text: &'t [u8], place: Place) -> Locator<'t> {
        Locator {
            text,
            start: place,
            at: 0,
            place,
            steps: Vec::new(),
            end: (0, place),
            excerpt: Vec::new(),
            first: Vec::new(),
            secrets: Secrets::default(),
            learnt: (0..0, Vec::new()),
            hidden: None,
        }
    }

    /// The same, which also hides what is secret wherever it stands.
    pub fn hiding(mut self, secrets: &Secrets) -> Locator<'t> {
        self.secrets = secrets.clone();
        self
    }

    /// The place of a byte; the next ones will come after it.
    pub fn place(&mut self, at: usize) -> Place {
        self.place = self.look(at);
        self.at = at;
        self.place
    }

    /// The place of a byte.
    fn look(&mut self, at: usize) -> Place {
        if let Some(near) = at.checked_sub(self.at).filter(|near| *near <= STEP) {
            return self.place.after(&self.text[self.at..self.at + near]);
        }
        while self.steps.len() <= at / STEP {
            let next = match self.steps.last() {
                Some(last) => last.after(&self.text[(self.steps.len() - 1) * STEP..self.steps.len() * STEP]),
                None => self.start,
            };
            self.steps.push(next);
        }
        self.steps[at / STEP].after(&self.text[at / STEP * STEP..at])
    }

    /// Places a finding, and makes ready for people as much as `detail` says.
    pub fn locate<'l>(
        &'l mut self,
        finding: &'l Finding,
        severity: Severity,
        file: &'l str,
        item: Option<u64>,
        detail: Detail,
    ) -> Located<'l> {
        let start = finding.span.start.min(self.text.len());
        let end = finding.span.end.clamp(start, self.text.len());
        let place = self.place(start);
        if self.end.0 != end {
            self.end = (end, self.look(end));
        }
        let after = self.end.1;
        self.hidden = None;
        if detail >= Detail::Kind {
            self.learn(finding);
            if detail >= Detail::Words || is_kind_secret(finding, &self.secrets) {
                self.hidden = hide(finding, &self.secrets);
            }
        }
        let inner = finding.inner.as_deref();
        let first = finding.first.as_deref().filter(|_| detail >= Detail::Words);
        // As of every finding, lines and columns are those of the outer text.
        let first_place = match first {
            Some(First::Here(span)) if inner.is_none() => Some(self.look(span.start.min(start))),
            _ => None,
        };
        let excerpt = match inner {
            _ if detail < Detail::Excerpt => Excerpt::default(),
            // The line of the file would be ciphertext, or escapes: the text that it holds is what can be read.
            Some(inner) => cut_out(&inner.text, inner.span.clone(), false, &self.secrets, &mut self.excerpt),
            None => cut_out(self.text, start..end, self.start.column > 0, &self.secrets, &mut self.excerpt),
        };
        let first = first.map(|first| match first {
            First::Gone { file: other, line } => FirstPlace {
                file: other.as_deref().unwrap_or(file),
                line: *line,
                columns: None,
                within: None,
                excerpt: Excerpt::default(),
            },
            First::Here(span) => {
                let (text, own) = inner.map_or((self.text, start), |inner| (&*inner.text, inner.span.start));
                let columns = first_place.map(|from| {
                    let to = from.after(text.get(span.clone()).unwrap_or_default());
                    (from.position().column, to.position().column)
                });
                let line = first_place.unwrap_or(place).position().line;
                let within = excerpt.start.checked_sub(own.saturating_sub(span.start));
                let within = within.map(|at| (at, at + span.len()));
                let excerpt = if detail < Detail::Excerpt || within.is_some() {
                    Excerpt::default()
                } else {
                    self.secrets.learn(&text[scope(text, span)]);
                    self.learnt = (0..0, Vec::new());
                    let within = inner.is_none() && self.start.column > 0;
                    cut_out(text, span.clone(), within, &self.secrets, &mut self.first)
                };
                FirstPlace { file, line, columns, within, excerpt }
            }
        });
        Located {
            finding: self.hidden.as_ref().unwrap_or(finding),
            severity,
            file,
            origin: inner.map(|inner| inner.origin),
            item,
            start: place.position(),
            end: after.position(),
            offset: place.offset,
            length: (end - start) as u64,
            excerpt,
            first,
        }
    }

    /// Learns the secrets that stand near a finding: in its document, and in the head of its request.
    fn learn(&mut self, finding: &Finding) {
        let outer = scope(self.text, &finding.span);
        let inner =
            finding.inner.as_deref().map_or(&[][..], |inner| &inner.text[scope(&inner.text, &inner.span)]);
        if self.learnt.0 == outer && self.learnt.1 == inner {
            return;
        }
        self.secrets.forget();
        self.secrets.learn(&self.text[outer.clone()]);
        self.secrets.learn(inner);
        self.learnt = (outer, inner.to_vec());
    }
}

/// Whether that holds a secret by which a finding is told from others.
fn is_kind_secret(finding: &Finding, secrets: &Secrets) -> bool {
    let mut texts = [Some(&finding.pointer), finding.words.found.as_ref()].into_iter().flatten();
    texts.any(|text| matches!(secrets.hide(text), Cow::Owned(_)))
}

/// The finding without the secrets that it quotes; `None` where it quotes none.
fn hide(finding: &Finding, secrets: &Secrets) -> Option<Finding> {
    let is_clean = |text: &str| matches!(secrets.hide(text), Cow::Borrowed(_));
    let are_clean = |words: &Words| {
        let Words { message, caret, expected, found, help, zh: _ } = words;
        let texts = [Some(message), caret.as_ref(), expected.as_ref(), found.as_ref()];
        texts.into_iter().flatten().all(|text| is_clean(text)) && help.as_deref().is_none_or(is_clean)
    };
    let Finding { pointer, words, .. } = finding;
    if is_clean(pointer) && are_clean(words) && words.zh.as_deref().is_none_or(are_clean) {
        return None;
    }
    let hide = |text: &mut String| *text = secrets.hide(text).into_owned();
    let hide_in = |words: &mut Words| {
        let Words { message, caret, expected, found, help, zh: _ } = words;
        hide(message);
        [caret, expected, found].into_iter().flatten().for_each(hide);
        help.iter_mut().for_each(|help| *help = secrets.hide(help).into());
    };
    let mut hidden = finding.clone();
    hide(&mut hidden.pointer);
    hide_in(&mut hidden.words);
    hidden.words.zh.as_deref_mut().into_iter().for_each(hide_in);
    Some(hidden)
}

/// The line of a text around a span, without what is secret by its key, in `buffer`.
pub fn excerpt<'b>(text: &[u8], span: Span, buffer: &'b mut Vec<u8>) -> Excerpt<'b> {
    cut_out(text, span, false, &Secrets::default(), buffer)
}

/// The line of `text` around `span`, without its secrets, in `buffer`. `within` says that the text begins in the middle
/// of a line.
fn cut_out<'b>(
    text: &[u8],
    span: Span,
    within: bool,
    secrets: &Secrets,
    buffer: &'b mut Vec<u8>,
) -> Excerpt<'b> {
    let start = span.start.min(text.len());
    let end = span.end.clamp(start, text.len());
    let low = start.saturating_sub(WINDOW);
    let from = memchr::memrchr(b'\n', &text[low..start]).map(|at| low + at + 1);
    let high = text.len().min(start + WINDOW);
    let to = memchr::memchr(b'\n', &text[start..high]).map(|at| start + at);
    // A window is cut between characters.
    let first = from.unwrap_or_else(|| (low..start).find(|at| text[*at] & 0xc0 != 0x80).unwrap_or(start));
    let stop = to.unwrap_or_else(|| (start..=high).rev().find(|at| at_boundary(text, *at)).unwrap_or(high));
    let stop = if stop > first && text[stop - 1] == b'\r' { stop - 1 } else { stop };
    // A secret may begin before the window, and its key on a line before.
    let reach = first.saturating_sub(AROUND);
    buffer.clear();
    buffer.extend_from_slice(&text[reach..stop.max(first)]);
    secrets.blot(buffer);
    let shown = &buffer[first - reach..];
    let clip = |at: usize| at.saturating_sub(first).min(shown.len());
    Excerpt {
        text: shown,
        start: clip(start),
        end: clip(end),
        cut_before: from.is_none() && (first > 0 || within),
        cut_after: to.is_none() && stop < text.len(),
    }
}

fn at_boundary(text: &[u8], at: usize) -> bool {
    text.get(at).is_none_or(|byte| byte & 0xc0 != 0x80)
}

/// The lines around a span that are looked through for secrets. Most documents are a line among such lines; otherwise
/// (a document of many lines, the head of a request before it) it is what stands near, in steps, so that findings
/// beside each other look at the same.
fn scope(text: &[u8], span: &Span) -> Span {
    let start = span.start.min(text.len());
    let end = span.end.clamp(start, text.len());
    let (low, high) = (start.saturating_sub(AROUND), text.len().min(end.saturating_add(AROUND)));
    let from = memchr::memrchr(b'\n', &text[low..start]).map(|at| low + at + 1).or((low == 0).then_some(0));
    let to =
        memchr::memchr(b'\n', &text[end..high]).map(|at| end + at).or((high == text.len()).then_some(high));
    if let (Some(from), Some(to)) = (from, to)
        && text[from..to].starts_with(b"{")
        && to - from <= 8 * AROUND
    {
        // No further back: of many findings each would look through the same blanks.
        let back = from.saturating_sub(AROUND);
        let ends = |text: &[u8]| {
            let text = &text[text.len().saturating_sub(AROUND)..];
            let last = text.trim_ascii_end();
            took(text.len() - last.len());
            matches!(last, [.., b'}' | b'[' | b','] | [])
        };
        if to - from >= 2 && ends(&text[from..to]) && ends(&text[back..from]) {
            return from..to;
        }
    }
    let near = end.min(start + AROUND);
    let step = |at: usize| at / AROUND * AROUND;
    step(low)..text.len().min(step(near + 2 * AROUND))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_same_in_any_order() {
        let text = "浙江\nab\n\n".repeat(3 * STEP / 8);
        let start = Place { offset: 7, lines: 3, column: 5 };
        let mut locator = Locator::new(text.as_bytes(), start);
        for at in [3, 2 * STEP, 9, STEP - 1, STEP, STEP + 1, text.len(), 0, 5000, 5001, 1] {
            assert_eq!(locator.place(at), start.after(&text.as_bytes()[..at]), "{at}");
        }
    }

    #[test]
    fn what_a_finding_is_told_by_is_hidden_where_it_is_secret() {
        use crate::rules::shape::UNKNOWN_FIELD;
        let text = br#"{"token":"check_time2","check_time2":1,"other":2}"#;
        for (pointer, kind, word) in [("/check_time2", "/....", "...."), ("/other", "/other", "check_time2")]
        {
            let finding = Finding {
                rule: &UNKNOWN_FIELD,
                severity: Severity::Note,
                span: 1..2,
                pointer: pointer.to_owned(),
                words: Words::new("check_time2"),
                inner: None,
                first: None,
            };
            let mut locator = Locator::new(text, Place::START);
            let mut told = |detail| {
                let located = locator.locate(&finding, Severity::Note, "x", None, detail);
                (located.finding.pointer.clone(), located.finding.words.message.clone())
            };
            assert_eq!(told(Detail::Words), (kind.to_owned(), "....".to_owned()));
            assert_eq!(told(Detail::Kind), (kind.to_owned(), word.to_owned()));
            assert_eq!(told(Detail::Place), (pointer.to_owned(), "check_time2".to_owned()));
        }
    }

    #[test]
    fn a_token_that_begins_before_the_window_is_masked_too() {
        let text = format!("{{\"token\":\"{}\",\"x\":1}}", "s".repeat(WINDOW));
        let at = text.find("\"x\"").unwrap();
        let mut buffer = Vec::new();
        let excerpt = cut_out(text.as_bytes(), at..at + 3, false, &Secrets::default(), &mut buffer);
        assert!(excerpt.cut_before);
        assert!(!String::from_utf8_lossy(excerpt.text).contains("sssss"));
        assert_eq!(&excerpt.text[excerpt.start..excerpt.end], b"\"x\"");
    }

    #[test]
    fn windows_of_long_lines_are_cut_between_characters() {
        let text = "浙".repeat(2000);
        for start in (0..text.len()).step_by(3) {
            let mut buffer = Vec::new();
            let excerpt = cut_out(text.as_bytes(), start..start + 3, false, &Secrets::default(), &mut buffer);
            assert!(std::str::from_utf8(excerpt.text).is_ok());
            assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "浙".as_bytes());
        }
    }
}
