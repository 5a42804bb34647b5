//! A document whose own quotes stand as they are, where something else was changed: it stands in a text with escapes,
//! or what a logger escapes stands between its tokens.
//!
//! ```text
//! '{"schema":"2.0",..,"comment":"it\'s a \\"late\\" day\\n"}'     Python, JavaScript, PHP
//! b'{"name":"\xe5\xbc\xa0"}'                                      Python
//! 17<tab>{"comment":"it's a \\"late\\" day\\n"}                   mysql --batch, COPY
//! recv {#012  "schema": "2.0",#012  "header": {#012               rsyslog
//! recv {\n  "schema": "2.0",\n  "header": {\n                     others
//! replace('{\n  "schema":..,"comment":"it''s"}','\n',char(10))     .dump of sqlite3
//! {<U+00A0>"schema": "2.0"}                                       copied from a page
//! ```
//!
//! Which of the two it is, is told by which makes JSON.

use crate::container::FormInfo;
use crate::container::form::RAW_BODY;
use crate::json::Cursor;
use crate::lang::label;
use crate::origin::Step;
use crate::steps::took;

use super::between::Between;
use super::escaped::{has_escapes, is_bytes, nests};
use super::escapes::Unescape;
use super::quotes::{Open, Quote, bracket, first_line, more};
use super::reading::{Document, End, Reading, document};
use crate::container::undo::{Passage, Undone};

static AMBIGUOUS: FormInfo = FormInfo {
    name: label(
        "反斜杠有两种读法（照原样，或少一层）的 JSON",
        "JSON whose backslashes can be read in two ways, as they stand or one level less",
    ),
    lost: Some(label("哪些反斜杠是写出它的程序加倍的", "which of them were doubled by what wrote it")),
    capture: Some(RAW_BODY),
};

static HALVED: FormInfo = FormInfo {
    name: label(
        "单引号括起来、反斜杠全部加倍的 JSON",
        "JSON in single quotes, all of whose backslashes are doubled",
    ),
    lost: Some(label(
        "反斜杠是不是写出它的程序加倍的：这里按 Python 和 JavaScript 的写法，少读一层",
        "whether what wrote it doubled them: they are read as Python and JavaScript write them, one level less",
    )),
    capture: Some(RAW_BODY),
};

static ADJACENT: FormInfo = FormInfo {
    name: label(
        "单引号括起来的 JSON，空格两边又各有一个单引号",
        "JSON in single quotes, with two more of them around a blank",
    ),
    lost: Some(label(
        "它们是结束一段文本再开始另一段（由程序拼接），还是事件里本来就有",
        "whether these end one text and begin another, which a program joins, or stand in the event",
    )),
    capture: Some(RAW_BODY),
};

/// Undoes what was done to the document at the bracket.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, last, most, .. } = *passage;
    let Some(start) = bracket(passage) else { return Undone::No };
    let quote = Open::at(text, first_line(passage, start), start).other();
    let stops: &[u8] = match quote.map(|quote| text[quote.at]) {
        Some(b'\'') => b"'",
        Some(_) => b"`",
        None => b"",
    };
    // All that the quote opens, if it is closed behind `end`.
    let literal = |quote: Quote, end: usize, about| {
        let sure = is_bytes(text, Some(quote));
        let literal = Unescape::new(text, quote.at + 1, stops, last).whole(most, sure);
        match literal.end() {
            _ if literal.out().len() > most => Some(Undone::TooLarge(quote.at..literal.at().max(at + 1))),
            Some(End::Stop) if literal.at() >= end => {
                let span = quote.at..literal.at() + 1;
                Some(Undone::Made { span, plain: literal.take(), step: Step::Quoted, about })
            }
            _ => None,
        }
    };
    // The document stands in a text with escapes within this one.
    if let Some(quote) = quote.filter(|quote| nests(text, quote.at, start))
        && let Some(undone) = literal(quote, at + 1, None)
    {
        return undone;
    }
    // What is JSON as it stands is left, unless it is all of a text in quotes, or of a column.
    let mut doubled = false;
    let about = match Cursor::new(text, start).value(0) {
        Err(_) => None,
        Ok(token) => {
            doubled = is_doubled(&text[start..token.end]);
            match quote.map(|quote| quote.at) {
                Some(quote) if has_escapes(text, quote) => None,
                Some(quote) if quote + 1 == start && text[quote..].get(token.end - quote) == Some(&b'\'') => {
                    if memchr::memmem::find(&text[start..token.end], b"' '").is_some() {
                        return Undone::Lost { span: quote..token.end + 1, about: &ADJACENT };
                    }
                    (!doubled).then_some(&HALVED)
                }
                None if doubled && text[..start].ends_with(b"\t") => None,
                _ => return Undone::No,
            }
        }
    };
    let mut escaped = Unescape::new(text, start, stops, last);
    let mut between = Between::new(text, start, last, stops == b"'");
    let kinds = (document(&mut escaped, most), document(&mut between, most));
    let as_it_is = between.out() == &text[start..between.at()];
    let read = escaped.at().max(between.at());
    let escapes = match kinds {
        (Document::TooLarge, _) | (_, Document::TooLarge) => {
            return Undone::TooLarge(start..read.max(at + 1));
        }
        (Document::Whole, Document::Whole) if escaped.out() == between.out() => false,
        (Document::Whole, Document::Whole) if quote.is_some() || doubled => true,
        (Document::Whole, Document::Whole) if as_it_is => return Undone::No,
        (Document::Whole, Document::Whole) => return Undone::Lost { span: start..read, about: &AMBIGUOUS },
        // A quote that is escaped beside others that are not is one of JSON's strings, in which the document was cut.
        (Document::Whole, _) if quote.is_none() && escapes_quote(&text[start..escaped.at()]) => {
            return Undone::No;
        }
        (Document::Whole, _) => true,
        (_, Document::Whole) => false,
        (Document::Cut(End::Text), _) | (_, Document::Cut(End::Text)) if !last => {
            return more(passage, start);
        }
        (Document::Cut(_), Document::Cut(_)) => quote.is_some(),
        (Document::Cut(_), _) => true,
        (_, Document::Cut(_)) => false,
        (Document::Broken, Document::Broken) => return Undone::No,
    };
    if let (true, Some(quote), Document::Whole) = (escapes, quote, kinds.0)
        && let Some(undone) = literal(quote, escaped.at(), about)
    {
        return undone;
    }
    let (end, plain) = if escapes { (escaped.at(), escaped.take()) } else { (between.at(), between.take()) };
    if plain == text[start..end] || end <= at {
        return Undone::No;
    }
    Undone::Made { span: start..end, plain, step: Step::Quoted, about }
}

/// Whether a `"` stands behind an odd number of backslashes in a document.
fn escapes_quote(document: &[u8]) -> bool {
    took(document.len());
    let mut slashes = memchr::memchr_iter(b'"', document)
        .map(|quote| document[..quote].iter().rev().take_while(|byte| **byte == b'\\').count());
    slashes.any(|slashes| slashes % 2 == 1)
}

/// Whether all backslashes of a document are doubled, and with them the escape of a character: no text says that.
pub fn is_doubled(document: &[u8]) -> bool {
    let (mut at, mut shows) = (0, false);
    while let Some(length) = memchr::memchr(b'\\', &document[at..]) {
        at += length;
        let slashes = document[at..].iter().take_while(|byte| **byte == b'\\').count();
        if slashes % 2 == 1 {
            return false;
        }
        at += slashes;
        let digits = document[at..].strip_prefix(b"u").and_then(|digits| digits.get(..4));
        shows |= slashes == 2 && digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    }
    took(document.len());
    shows
}
