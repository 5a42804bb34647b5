//! A document within a text with escapes, one level of which is taken off:
//!
//! ```text
//! msg="got {\"schema\":\"2.0\",\"header\":{..}} ok"        Go, Java, C, JavaScript, logfmt, YAML, redis-cli
//! VALUES (17,'{\"schema\":..,\"comment\":\"it\'s\"}')      MySQL, PHP
//! request_body="{\x22schema\x22:..}"                      nginx
//! '"{\\"schema\\":..}"'                                    escaped twice; or in a column of COPY
//! body={\"schema\":\"2.0\",..}                             without the quotes, or without the line's beginning
//! ```

use crate::origin::Step;
use crate::steps::took;

use super::escapes::Unescape;
use super::quotes::{Mark, Open, Quote, first_line, more, prefix};
use super::reading::{End, Reading};
use crate::container::undo::{Passage, Undone};

/// A text that stands in no other notation than that of its escapes.
pub fn around(passage: &Passage<'_>) -> Undone {
    undo(passage, Standing::Free)
}

/// A text that stands between brackets of another notation, which may be read as a whole: to be asked after those.
pub fn within(passage: &Passage<'_>) -> Undone {
    undo(passage, Standing::Enclosed)
}

/// Where the text stands.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Free,
    Enclosed,
}

/// The text to undo.
struct Escaped {
    /// Where its inside begins.
    start: usize,
    /// The quote before it.
    quote: Option<Quote>,
    /// What ends it.
    stops: &'static [u8],
}

fn undo(passage: &Passage<'_>, standing: Standing) -> Undone {
    let Passage { text, at, most, last, .. } = *passage;
    if is_dump(&text[at..]) {
        return Undone::No;
    }
    let Some(Escaped { mut start, mut quote, stops }) = find(passage, standing) else { return Undone::No };
    let mut read = Unescape::new(text, start, stops, last).whole(most, is_bytes(text, quote));
    if read.at() <= at && read.end().is_some() {
        // What was begun before the line does not come to the trace.
        (start, quote) = (passage.line_start(at).max(start), None);
        read = Unescape::new(text, start, stops, last).whole(most, false);
    }
    let open = quote.map_or(start, |quote| quote.at);
    match read.end() {
        _ if read.out().len() > most => Undone::TooLarge(open..read.at().max(at + 1)),
        _ if read.at() <= at => Undone::No,
        Some(End::Text) if !last => more(passage, open),
        end => {
            let closed =
                end == Some(End::Stop) && quote.is_some_and(|quote| text[quote.at] == text[read.at()]);
            let span = open..read.at() + usize::from(closed);
            let plain = read.take();
            // Nothing in it was escaped.
            if plain == text[span.clone()] {
                return Undone::No;
            }
            Undone::Made { span, plain, step: Step::Quoted, about: None }
        }
    }
}

/// Whether bytes stand here as a database prints them: `\x7b2273..`. Its mark is no escape of the first: behind the escape
/// of a sign no such row of digits stands.
fn is_dump(text: &[u8]) -> bool {
    let digits = text.strip_prefix(br"\x").unwrap_or_default();
    digits.iter().take(ROW).take_while(|byte| byte.is_ascii_hexdigit()).count() == ROW
}

/// So many digits make a row.
const ROW: usize = 12;

/// Whether the text at `quote` is what Python prints of bytes.
pub(super) fn is_bytes(text: &[u8], quote: Option<Quote>) -> bool {
    quote.is_some_and(|quote| prefix(text, quote.at).eq_ignore_ascii_case(b"b"))
}

/// Whether another text begins, with its quote escaped, between the quote at `at` and the document at `start`.
pub(super) fn nests(text: &[u8], at: usize, start: usize) -> bool {
    let between = &text[at + 1..start];
    took(between.len());
    memchr::memmem::find(between, &[b'\\', text[at]]).is_some()
}

/// Whether the text that the quote at `at` opens is sure to have escapes: Python's bytes, PostgreSQL's `E'..'`, a shell's
/// `$'..'`.
pub(super) fn has_escapes(text: &[u8], at: usize) -> bool {
    let prefix = prefix(text, at);
    prefix.eq_ignore_ascii_case(b"b") || prefix.eq_ignore_ascii_case(b"e") || text[..at].ends_with(b"$")
}

/// The text in which the trace stands with escapes.
fn find(passage: &Passage<'_>, standing: Standing) -> Option<Escaped> {
    let Passage { text, at, .. } = *passage;
    let mark = Mark::at(text, at);
    let anchor = mark.map_or(at, |mark| mark.start);
    let from = first_line(passage, anchor.min(at));
    let open = Open::at(text, from, anchor);
    let slashes = mark.map_or(0, |mark| mark.slashes);
    let sure = |quote: &Quote| {
        let outside = open.double.is_none_or(|double| quote.at < double.at);
        outside && (has_escapes(text, quote.at) || nests(text, quote.at, anchor))
    };
    let (quote, stops): (_, &[u8]) = match (slashes, open.double, open.other()) {
        (_, _, Some(other)) if mark.is_some_and(Mark::is_doubled) && sure(&other) => {
            (Some(other), stops(text[other.at], false))
        }
        _ if mark.is_some_and(Mark::is_doubled) => return None,
        (0, Some(double), _)
            if !is_encoded(text, passage.word())
                && is_escaped(&text[double.at + 1..], anchor - double.at - 1) =>
        {
            (Some(double), b"\"")
        }
        (0, ..) => return None,
        // Within `"` there is no `"` with an even number of backslashes, and within others mostly such.
        (odd, Some(double), _) if odd % 2 == 1 => (Some(double), b"\""),
        (odd, None, Some(other)) if odd % 2 == 1 => (Some(other), stops(text[other.at], true)),
        (_, _, Some(other)) => (Some(other), stops(text[other.at], false)),
        (odd, ..) if odd % 2 == 1 => (None, b"\""),
        _ => (None, b"\t"),
    };
    let enclosed = quote.is_some_and(|quote| {
        quote.brackets > 0 || passage.broken.is_some_and(|(bracket, _)| bracket < quote.at)
    });
    let tab = || memchr::memrchr(b'\t', &text[from..anchor]).map_or(from, |tab| from + tab + 1);
    let start = match quote {
        Some(quote) => quote.at + 1,
        None if stops == b"\t" => tab(),
        None => open.after,
    };
    (enclosed == (standing == Standing::Enclosed)).then_some(Escaped { start, quote, stops })
}

/// Whether the quote before the word at `word` is written in an encoding, as in `&quot;event_type`: that is undone first,
/// and a backslash within belongs to what is encoded.
fn is_encoded(text: &[u8], word: usize) -> bool {
    text[..word].last().is_some_and(|before| *before == b';' || before.is_ascii_alphanumeric())
}

/// What ends a text that `quote` opens, in which a `"` is escaped or not.
fn stops(quote: u8, escaped: bool) -> &'static [u8] {
    match (quote, escaped) {
        (b'\'', true) => b"'\"",
        (b'\'', false) => b"'",
        (_, true) => b"`\"",
        (_, false) => b"`",
    }
}

/// So far behind a trace is looked for an escape.
const NEAR: usize = 1024;

/// Whether a text that begins here, and shows the trace at `at`, has a bracket before it and an escape nearby: another
/// notation in a text, `"{'event_type': 'x', 'text': \"it's\"}"`.
fn is_escaped(text: &[u8], at: usize) -> bool {
    let near = &text[..text.len().min(at + NEAR)];
    let end = memchr::memchr(b'"', &near[at..]).map_or(near.len(), |end| at + end);
    took(end);
    memchr::memchr2(b'{', b'[', &text[..at]).is_some() && memchr::memchr(b'\\', &near[..end]).is_some()
}
