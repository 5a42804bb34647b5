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
use super::reading::{Document, End, Made, Reading, document};
use crate::container::undo::{Passage, Undone};

/// A field in which each `"` is doubled.
pub fn double(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, most, last, .. } = *passage;
    let Some(mark) = Mark::at(text, at).filter(|mark| mark.is_doubled()) else { return Undone::No };
    let Some(open) = opening(&text[..mark.start]) else { return Undone::No };
    // `$@"{{""a"": {value}}}"`
    let head = &text[..open];
    let braces = head.ends_with(b"$@") || head.ends_with(b"@$");
    let mut field = Field { text, made: Made::from(open + 1), last, braces, at_least: at };
    field.fill(most.saturating_add(1));
    let end = field.at();
    match field.end() {
        _ if field.out().len() > most => Undone::TooLarge(open..end),
        _ if end <= at => Undone::No,
        Some(End::Text) if !last => more(passage, open),
        _ => Undone::Made { span: open..end, plain: field.take(), step: Step::Quoted, about: None },
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
#[derive(Clone)]
struct Field<'t> {
    text: &'t [u8],
    made: Made,
    last: bool,
    braces: bool,
    /// Up to here no quote ends it.
    at_least: usize,
}

impl Reading for Field<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.made.at..];
        let Some(&byte) = rest.first() else {
            self.made.end = Some(End::Text);
            return;
        };
        let twice = rest.get(1) == Some(&byte);
        match byte {
            b'"' if !twice => {
                // At the end of what is there, another one may follow.
                let end = if rest.len() == 1 && !self.last { End::Text } else { End::Stop };
                self.made.end = Some(end);
                self.made.at += 1;
                return;
            }
            b'"' => self.made.at += 1,
            b'{' | b'}' if self.braces && twice => self.made.at += 1,
            b'\n' => self.made.feed(self.goes_on()),
            _ => {}
        }
        if self.made.end.is_none() {
            self.made.out.push(byte);
            self.made.at += 1;
        }
    }

    fn made(&self) -> &Made {
        &self.made
    }

    fn into_made(self) -> Made {
        self.made
    }
}

impl Field<'_> {
    fn goes_on(&self) -> Option<bool> {
        if self.made.at < self.at_least {
            return Some(true);
        }
        goes_on_quoted(self.text, self.made.at, self.last)
    }
}

/// A text in `'` in which a `'` is doubled, or taken out as a shell does: `'\''`.
pub fn single(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, most, last, .. } = *passage;
    let Some(start) = bracket(passage) else { return Undone::No };
    let open = Open::at(text, first_line(passage, start), start);
    let Some(quote) = open.other().filter(|quote| text[quote.at] == b'\'') else { return Undone::No };
    let mut single = Single { text, made: Made::from(start), last, halved: false };
    let kind = document(&mut single, most);
    let span = start..single.at();
    match kind {
        Document::TooLarge => Undone::TooLarge(span),
        Document::Cut(End::Text) if !last => more(passage, quote.at),
        Document::Whole | Document::Cut(_) if single.halved && span.end > at => {
            Undone::Made { span, plain: single.take(), step: Step::Quoted, about: None }
        }
        _ => Undone::No,
    }
}

/// A document in `'`.
#[derive(Clone)]
struct Single<'t> {
    text: &'t [u8],
    made: Made,
    last: bool,
    /// There was a `'` in it.
    halved: bool,
}

/// How a `'` is written within `'`: in SQL and YAML, and in shells.
const APOSTROPHES: [&[u8]; 3] = [b"''", b"'\\''", b"'\"'\"'"];

impl Reading for Single<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.made.at..];
        let Some(&byte) = rest.first() else {
            self.made.end = Some(End::Text);
            return;
        };
        let mut length = 1;
        match byte {
            b'\'' => match APOSTROPHES.iter().find(|apostrophe| rest.starts_with(apostrophe)) {
                Some(apostrophe) => (length, self.halved) = (apostrophe.len(), true),
                None => self.made.end = Some(End::Stop),
            },
            b'\n' => self.made.feed(goes_on(self.text, self.made.at, self.last)),
            _ => {}
        }
        if self.made.end.is_none() {
            self.made.out.push(byte);
            self.made.at += length;
        }
    }

    fn made(&self) -> &Made {
        &self.made
    }

    fn into_made(self) -> Made {
        self.made
    }
}
