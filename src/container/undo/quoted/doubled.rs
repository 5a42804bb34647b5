//! A text within quotes that are written twice where they belong to it:
//!
//! ```text
//! 17,"{""schema"":""2.0"",""comment"":""it's a \""late\"" day""}"     CSV, over lines too
//! var json = @"{ ""schema"": ""2.0"" }";                              C#; with $@ braces are doubled as well
//! VALUES (17, '{"schema":"2.0","comment":"it''s"}')                   SQL, YAML
//! -d '{"schema":"2.0","comment":"it'\''s"}'                           a shell
//! ```

use crate::origin::Step;
use crate::steps::took;

use super::quotes::{Mark, Open, bracket, first_line, goes_on, goes_on_quoted, more};
use super::reading::{Document, End, Reading, document};
use crate::container::undo::{Passage, Undone};

/// A field in which each `"` is doubled.
pub fn double(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, most, last, .. } = *passage;
    let Some(mark) = Mark::at(text, at).filter(|mark| mark.is_doubled()) else { return Undone::No };
    let Some(open) = opening(&text[..mark.start]) else { return Undone::No };
    // `$@"{{""a"": {value}}}"`
    let head = &text[..open];
    let braces = head.ends_with(b"$@") || head.ends_with(b"@$");
    let mut field = Field { text, at: open + 1, out: Vec::new(), end: None, last, braces, at_least: at };
    field.fill(most.saturating_add(1));
    let end = field.at;
    match field.end {
        _ if field.out.len() > most => Undone::TooLarge(open..end),
        _ if end <= at => Undone::No,
        Some(End::Text) if !last => more(passage, open),
        _ => Undone::Made { span: open..end, plain: field.out, step: Step::Quoted, about: None },
    }
}

/// Where the quote stands that opens the field whose beginning `text` shows: the last run of an odd number of them
/// begins with it.
fn opening(text: &[u8]) -> Option<usize> {
    let mut end = text.len();
    let found = loop {
        let Some(quote) = memchr::memrchr(b'"', &text[..end]) else { break None };
        let quotes = text[..=quote].iter().rev().take_while(|byte| **byte == b'"').count();
        end = quote + 1 - quotes;
        if quotes % 2 == 1 {
            break Some(end);
        }
    };
    took(text.len() - end);
    found
}

/// The inside of a field.
struct Field<'t> {
    text: &'t [u8],
    at: usize,
    out: Vec<u8>,
    end: Option<End>,
    last: bool,
    braces: bool,
    /// Up to here no quote ends it.
    at_least: usize,
}

impl Field<'_> {
    fn fill(&mut self, room: usize) {
        let start = self.at;
        while self.end.is_none() && self.out.len() < room {
            let rest = &self.text[self.at..];
            let Some(&byte) = rest.first() else {
                self.end = Some(End::Text);
                break;
            };
            let twice = rest.get(1) == Some(&byte);
            match byte {
                b'"' if !twice => {
                    // At the end of what is there, another one may follow.
                    let end = if rest.len() == 1 && !self.last { End::Text } else { End::Stop };
                    self.end = Some(end);
                    self.at += 1;
                    continue;
                }
                b'"' => self.at += 1,
                b'{' | b'}' if self.braces && twice => self.at += 1,
                b'\n' => match self.goes_on() {
                    Some(true) => {}
                    Some(false) => self.end = Some(End::Line),
                    None => self.end = Some(End::Text),
                },
                _ => {}
            }
            if self.end.is_none() {
                self.out.push(byte);
                self.at += 1;
            }
        }
        took(self.at - start);
    }

    fn goes_on(&self) -> Option<bool> {
        if self.at < self.at_least {
            return Some(true);
        }
        goes_on_quoted(self.text, self.at, self.last)
    }
}

/// A text in `'` in which a `'` is doubled, or taken out as a shell does: `'\''`.
pub fn single(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, most, last, .. } = *passage;
    let Some(start) = bracket(passage) else { return Undone::No };
    let open = Open::at(text, first_line(passage, start), start);
    let Some(quote) = open.other().filter(|quote| text[quote.at] == b'\'') else { return Undone::No };
    let mut single = Single { text, at: start, out: Vec::new(), end: None, last, halved: false };
    let kind = document(&mut single, most);
    let span = start..single.at;
    match kind {
        Document::TooLarge => Undone::TooLarge(span),
        Document::Cut(End::Text) if !last => more(passage, quote.at),
        Document::Whole | Document::Cut(_) if single.halved && span.end > at => {
            Undone::Made { span, plain: single.out, step: Step::Quoted, about: None }
        }
        _ => Undone::No,
    }
}

/// A document in `'`.
#[derive(Clone)]
struct Single<'t> {
    text: &'t [u8],
    at: usize,
    out: Vec<u8>,
    end: Option<End>,
    last: bool,
    /// There was a `'` in it.
    halved: bool,
}

/// How a `'` is written within `'`: in SQL and YAML, and in shells.
const APOSTROPHES: [&[u8]; 3] = [b"''", b"'\\''", b"'\"'\"'"];

impl Reading for Single<'_> {
    fn fill(&mut self, room: usize) {
        let start = self.at;
        while self.end.is_none() && self.out.len() < room {
            let rest = &self.text[self.at..];
            let Some(&byte) = rest.first() else {
                self.end = Some(End::Text);
                break;
            };
            let mut length = 1;
            match byte {
                b'\'' => match APOSTROPHES.iter().find(|apostrophe| rest.starts_with(apostrophe)) {
                    Some(apostrophe) => (length, self.halved) = (apostrophe.len(), true),
                    None => self.end = Some(End::Stop),
                },
                b'\n' => match goes_on(self.text, self.at, self.last) {
                    Some(true) => {}
                    Some(false) => self.end = Some(End::Line),
                    None => self.end = Some(End::Text),
                },
                _ => {}
            }
            if self.end.is_none() {
                self.out.push(byte);
                self.at += length;
            }
        }
        took(self.at - start);
    }

    fn out(&self) -> &[u8] {
        &self.out
    }

    fn take(self) -> Vec<u8> {
        self.out
    }

    fn at(&self) -> usize {
        self.at
    }

    fn end(&self) -> Option<End> {
        self.end
    }
}
