//! From a finding's bytes to lines, columns and the line itself.

use std::fmt::Write as _;

use super::generic::is_secret_key;
use super::{Excerpt, Located};
use crate::finding::{Finding, Severity, Span};
use crate::json::Place;

/// The bytes between two places that are kept.
const STEP: usize = 4096;

/// How much of a line is looked at on either side of a finding.
const WINDOW: usize = 1024;

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
    origin: String,
}

impl<'t> Locator<'t> {
    /// For a text that begins at `place` of its file.
    pub fn new(text: &'t [u8], place: Place) -> Locator<'t> {
        let (excerpt, origin, steps) = (Vec::new(), String::new(), Vec::new());
        Locator { text, start: place, at: 0, place, steps, end: (0, place), excerpt, origin }
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

    /// Places a finding; with its line, if `excerpt` says that somebody is going to look at it.
    pub fn locate<'l>(
        &'l mut self,
        finding: &'l Finding,
        severity: Severity,
        file: &'l str,
        item: Option<u64>,
        excerpt: bool,
    ) -> Located<'l> {
        let start = finding.span.start.min(self.text.len());
        let end = finding.span.end.clamp(start, self.text.len());
        let place = self.place(start);
        if self.end.0 != end {
            self.end = (end, self.look(end));
        }
        let after = self.end.1;
        let inner = finding.inner.as_deref();
        self.origin.clear();
        if let Some(inner) = inner {
            let _ = write!(self.origin, "{}", inner.origin);
        }
        let excerpt = match inner {
            _ if !excerpt => Excerpt::default(),
            // The line of the file would be ciphertext, or escapes: the text that it holds is what can be read.
            Some(inner) => cut_out(&inner.text, inner.span.clone(), false, &mut self.excerpt),
            None => cut_out(self.text, start..end, self.start.column > 0, &mut self.excerpt),
        };
        Located {
            finding,
            severity,
            file,
            origin: inner.map(|_| &*self.origin),
            item,
            start: place.position(),
            end: after.position(),
            offset: place.offset,
            length: (end - start) as u64,
            excerpt,
        }
    }
}

/// The line of `text` around `span`, with tokens masked, in `buffer`. `within` says that the text begins in the middle
/// of a line.
fn cut_out<'b>(text: &[u8], span: Span, within: bool, buffer: &'b mut Vec<u8>) -> Excerpt<'b> {
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
    // A token may begin before the window.
    let reach = first.saturating_sub(WINDOW);
    buffer.clear();
    buffer.extend_from_slice(&text[reach..stop.max(first)]);
    mask(buffer);
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

/// Masks what follows each key of a secret, all but its first four bytes, without changing its length. The line may be
/// no JSON: `'token': '..'`, `\"token\":\"..\"` and `token=..` are keys too.
fn mask(text: &mut [u8]) {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let mut at = 0;
    while let Some(first) = text[at..].iter().position(is_word) {
        let start = at + first;
        at = start + text[start..].iter().position(|byte| !is_word(byte)).unwrap_or(text.len() - start);
        if !str::from_utf8(&text[start..at]).is_ok_and(is_secret_key) {
            continue;
        }
        let between =
            |byte: &&u8| matches!(byte, b'"' | b'\'' | b'\\' | b':' | b'=' | b' ' | b'\t' | b'[' | b'{');
        let gap = text[at..].iter().take_while(between).count();
        let key = text[at..at + gap].iter().any(|byte| matches!(byte, b':' | b'='));
        if !key {
            continue;
        }
        at += gap;
        // In a list or an object everything, to be safe, up to its end.
        let many = text[at - gap..at].iter().any(|byte| matches!(byte, b'[' | b'{'));
        let end = |byte: &u8| match many {
            true => matches!(byte, b']' | b'}'),
            false => matches!(byte, b'"' | b'\'' | b'\\' | b',' | b'}' | b'&' | b'\n'),
        };
        let length = text[at..].iter().position(end).unwrap_or(text.len() - at);
        let kept = if many { 0 } else { 4 };
        for byte in text[at..at + length].iter_mut().skip(kept) {
            if !matches!(byte, b'\n' | b'"' | b',' | b':') {
                *byte = b'.';
            }
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_masked_where_they_stand() {
        for (text, masked) in [
            (
                r#"{"token": "wz5vVgAq","x":"token","token":1,"a":"y"}"#,
                r#"{"token": "wz5v....","x":"token","token":1,"a":"y"}"#,
            ),
            (
                r#""file_token":"doxcnPg8VAn","tokens":"abcdefg""#,
                r#""file_token":"doxcnPg8VAn","tokens":"abcdefg""#,
            ),
            (r#"{"token":["wz5vVgAq",{"a":"b"}],"x":1}"#, r#"{"token":["........",.".":"."}],"x":1}"#),
            (r"{'token': 'wz5vVgAq', 'x': 1}", r"{'token': 'wz5v....', 'x': 1}"),
            (r#""body":"{\"token\":\"wz5vVgAq\"}""#, r#""body":"{\"token\":\"wz5v....\"}""#),
            ("?token=wz5vVgAq&x=1", "?token=wz5v....&x=1"),
            (r#""comment":"the token was lost""#, r#""comment":"the token was lost""#),
        ] {
            let mut bytes = text.as_bytes().to_vec();
            mask(&mut bytes);
            assert_eq!(String::from_utf8(bytes).unwrap(), masked);
        }
    }

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
    fn a_token_that_begins_before_the_window_is_masked_too() {
        let text = format!("{{\"token\":\"{}\",\"x\":1}}", "s".repeat(WINDOW));
        let at = text.find("\"x\"").unwrap();
        let mut buffer = Vec::new();
        let excerpt = cut_out(text.as_bytes(), at..at + 3, false, &mut buffer);
        assert!(excerpt.cut_before);
        assert!(!String::from_utf8_lossy(excerpt.text).contains("sssss"));
        assert_eq!(&excerpt.text[excerpt.start..excerpt.end], b"\"x\"");
    }

    #[test]
    fn windows_of_long_lines_are_cut_between_characters() {
        let text = "浙".repeat(2000);
        for start in (0..text.len()).step_by(3) {
            let mut buffer = Vec::new();
            let excerpt = cut_out(text.as_bytes(), start..start + 3, false, &mut buffer);
            assert!(std::str::from_utf8(excerpt.text).is_ok());
            assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "浙".as_bytes());
        }
    }
}
