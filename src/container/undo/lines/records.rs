//! An event in pieces, one in each of several JSON records, as what collects logs keeps long lines, or each of its lines:
//!
//! ```text
//! {"log":"recv {\"schema\":\"2.0\",\"hea","stream":"stdout","time":"2024-06-12T01:17:01.1Z"}
//! {"log":"der\":{\"event_type\":..}}\n","stream":"stdout","time":"2024-06-12T01:17:01.2Z"}
//! ```
//!
//! The strings may be base64, each or together. The records stand one after another or in an array; those of others in
//! between are kept, and stand after the joined text.

use crate::container::base64;
use crate::container::trace;
use crate::finding::Span;
use crate::json::{Cursor, Fault, MAX_DEPTH, SyntaxError, Token, has_lone_surrogate, pieces, tree};
use crate::origin::Step;
use crate::steps::took;

use super::outline::{Fed, Outline, Strict};
use super::shape::is_same;
use crate::container::undo::{Passage, Undone};

/// So many records of others may stand between two of an event.
const FOREIGN: usize = 64;

/// So many bytes before the record are looked at for the beginning of the event.
const BACK: usize = 4096;

/// Base64 that is shorter may be a word.
const SHORTEST: usize = 16;

/// Joins the pieces.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, last, most, .. } = *passage;
    let Some((start, path)) = record(passage) else { return Undone::No };
    let Ok(record) = Cursor::new(text, start).value(0) else { return Undone::No };
    let mut cursor = Cursor::new(text, first(text, record, &path));
    let mut joined: Option<Joined> = None;
    loop {
        if cursor.space() == Some(b',') {
            cursor.at += 1;
        }
        let going = joined.as_ref().is_some_and(|joined| joined.open.is_some() && joined.foreign <= FOREIGN);
        if cursor.at > at && !going || cursor.space().is_some_and(|byte| byte != b'{') {
            break;
        }
        let next = match cursor.value(0) {
            Ok(next) => next,
            Err(SyntaxError { fault: Fault::End, .. }) if !last => return Undone::More,
            Err(_) => break,
        };
        cursor.at = next.end;
        let Some(string) = next_piece(text, record, next, &path) else {
            if let Some(joined) = &mut joined {
                joined.pass(&text[next.start..next.end]);
            }
            continue;
        };
        let body = tree::body(text, string);
        if !joined.as_mut().is_some_and(|joined| joined.open.is_some() && joined.add(body, next.end)) {
            if next.start > at {
                break;
            }
            // What was open before was cut: this may begin another.
            let mut begun = Joined::new(next.start, body);
            joined = begun.add(body, next.end).then_some(begun);
        }
        if let Some(joined) = joined.as_ref().filter(|joined| joined.text.len() + joined.others.len() > most)
        {
            return Undone::TooLarge(joined.span.clone());
        }
    }
    match joined.filter(|joined| joined.count > 1 && joined.span.end > at) {
        Some(joined) => joined.made(),
        None => Undone::No,
    }
}

/// Where the first record may be that has a piece of what `record` has one of: the first of those before it, on lines or in
/// an array.
fn first(text: &[u8], record: Token, path: &[&[u8]]) -> usize {
    let mut top = record.start;
    let mut foreign = 0;
    let before = |at: usize| {
        let before = text[..at].trim_ascii_end();
        let before = before.strip_suffix(b",").unwrap_or(before).trim_ascii_end();
        let line = memchr::memrchr(b'\n', before).map_or(0, |feed| feed + 1);
        let mut start = line + before[line..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        // Printed over lines, it begins where it ends.
        if &before[start..] == b"}" {
            let begins = [b"\n", &before[line..start], b"{"].concat();
            let near = line.saturating_sub(BACK);
            took(BACK.min(line));
            start = near + memchr::memmem::rfind(&before[near..line], &begins)? + begins.len() - 1;
        }
        let whole = Cursor::new(before, start).value(0).ok();
        whole.filter(|value| tree::is_object(*value) && value.end == before.len())
    };
    let mut at = top;
    let mut begins = next_piece(text, record, record, path).is_some_and(|string| begins(text, string));
    while let Some(earlier) = before(at).filter(|_| foreign <= FOREIGN && record.start - at <= BACK) {
        at = earlier.start;
        let Some(string) = next_piece(text, record, earlier, path) else {
            foreign += 1;
            continue;
        };
        // An object of its own begins after it.
        let body = tree::body(text, string);
        let body = body.strip_suffix(b"\\n").unwrap_or(body).trim_ascii_end();
        if begins && !body.last().is_some_and(|byte| b":,[".contains(byte)) {
            break;
        }
        (top, foreign) = (at, 0);
        begins = self::begins(text, string);
    }
    top
}

/// Whether an object begins with a string.
fn begins(text: &[u8], string: Token) -> bool {
    match tree::body(text, string) {
        [b'{', b'\\', b'"', letter, ..] => letter.is_ascii_alphanumeric(),
        [b'{'] | [b'{', b'\\', b'n', ..] => true,
        _ => false,
    }
}

/// Where the record begins that holds the trace, and the keys that lead to its string: the item of an array, where there
/// is one around it.
fn record<'t>(passage: &Passage<'t>) -> Option<(usize, Vec<&'t [u8]>)> {
    let Passage { text, at, .. } = *passage;
    let sought = if text[at] == b'{' { trace::find(text, at)?.start } else { at };
    let line = passage.line_start(sought);
    let bracket = |from: usize| Some(from + memchr::memchr2(b'{', b'[', &text[from..=sought])?);
    let found = bracket(line).and_then(|start| locate(text, start, sought));
    // Records in an array may go over several lines.
    if found.is_some() || line == 0 { found } else { locate(text, bracket(0)?, sought) }
}

/// The same for the document that begins at `start`.
fn locate(text: &[u8], start: usize, at: usize) -> Option<(usize, Vec<&[u8]>)> {
    /// A bracket that is open, and the key at which it goes on.
    struct Open<'t> {
        start: usize,
        key: Option<&'t [u8]>,
    }
    let mut cursor = Cursor::new(text, start);
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut string = None;
    loop {
        match cursor.space()? {
            b'{' | b'[' => {
                if open.len() == MAX_DEPTH {
                    return None;
                }
                open.push(Open { start: cursor.at, key: None });
                cursor.at += 1;
            }
            b'}' | b']' => {
                open.pop();
                cursor.at += 1;
            }
            b',' => cursor.at += 1,
            b':' => {
                open.last_mut()?.key = string.map(|string| tree::body(text, string));
                cursor.at += 1;
            }
            _ => {
                let token = cursor.token().ok()?;
                if tree::is_string(token) && token.start < at && at < token.end {
                    break;
                }
                string = tree::is_string(token).then_some(token);
            }
        }
        if open.is_empty() || cursor.at > at {
            return None;
        }
    }
    let record = open.iter().rposition(|open| text[open.start] == b'[').map_or(0, |array| array + 1);
    let path: Option<Vec<_>> = open[record..].iter().map(|open| open.key).collect();
    path.filter(|path| !path.is_empty()).map(|path| (open[record].start, path))
}

/// The string of `record` that goes on where that of `first` ends: of two records with the same members, and in these the
/// same but for numbers, times and what says whether more comes.
fn next_piece(text: &[u8], mut first: Token, mut record: Token, path: &[&[u8]]) -> Option<Token> {
    for key in path {
        let (mut these, mut those) = (tree::spans(text, first.start), tree::spans(text, record.start));
        let mut on = None;
        loop {
            let (this, that) = match (these.next(), those.next()) {
                (Some(this), Some(that)) => (this, that),
                (None, None) => break,
                _ => return None,
            };
            let name = tree::body(text, this.0);
            if name != tree::body(text, that.0) {
                return None;
            }
            if name == *key && on.is_none() {
                on = Some((this.1, that.1));
            } else if !is_alike(&text[this.1.start..this.1.end], &text[that.1.start..that.1.end]) {
                return None;
            }
        }
        (first, record) = on?;
    }
    tree::is_string(record).then_some(record)
}

/// Whether two records that have these values may be of the same stream.
fn is_alike(this: &[u8], that: &[u8]) -> bool {
    let is_flag = |value: &[u8]| {
        let value = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value);
        matches!(value, b"true" | b"false" | b"P" | b"F")
    };
    this == that || is_flag(this) && is_flag(that) || is_same(this, that)
}

/// The pieces of a text.
struct Joined {
    /// From the first record to the last.
    span: Span,
    count: usize,
    /// As they stand in JSON strings; what is in base64, decoded.
    text: Vec<u8>,
    /// The pieces are base64; and the digits at the end of the last that are too few for a byte.
    base64: Option<Vec<u8>>,
    /// The object that is open at the end of the last.
    open: Option<Strict>,
    /// Records of others, how much of them stands before a piece, and how many do not.
    others: Vec<u8>,
    passed: usize,
    foreign: usize,
}

impl Joined {
    /// None yet: `first` will be the first, in a record at `start`.
    fn new(start: usize, first: &[u8]) -> Joined {
        let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=\\".contains(byte);
        let base64 = first.len() >= SHORTEST && first.starts_with(b"e") && first.iter().all(is_digit);
        took(first.len());
        let base64 = base64.then(Vec::new);
        let (span, text, others) = (start..start, Vec::new(), Vec::new());
        Joined { span, count: 0, text, base64, open: None, others, passed: 0, foreign: 0 }
    }

    /// Passes over a record of others.
    fn pass(&mut self, record: &[u8]) {
        self.foreign += 1;
        self.others.push(b'\n');
        self.others.extend_from_slice(record);
    }

    /// Adds the body of a string, whose record ends at `end`. False where it is none of the text: then nothing is added.
    fn add(&mut self, body: &[u8], end: usize) -> bool {
        let mut plain = Vec::with_capacity(body.len());
        unescape(body, &mut plain);
        if let Some(rest) = &self.base64 {
            let mut digits = [rest, &*plain].concat();
            let rest = digits.split_off(digits.len() / 4 * 4);
            if base64::decode(&digits, &mut plain).is_err() || !self.read(&plain) {
                return false;
            }
            self.base64 = Some(rest);
            self.text.append(&mut plain);
        } else if self.read(&plain) {
            self.text.extend_from_slice(body);
        } else {
            return false;
        }
        (self.span.end, self.count) = (end, self.count + 1);
        (self.passed, self.foreign) = (self.others.len(), 0);
        true
    }

    /// Reads on in the object that is open, and in those that follow.
    fn read(&mut self, text: &[u8]) -> bool {
        let mut at = 0;
        let mut scratch = Vec::new();
        took(text.len());
        loop {
            let goes_on = self.open.is_some();
            if !goes_on {
                let Some(brace) = memchr::memchr(b'{', &text[at..]) else { return true };
                at += brace;
            }
            scratch.clear();
            let mut outline = self.open.take().unwrap_or_default();
            match outline.feed(&text[at..], &mut scratch) {
                Fed::Open => {
                    self.open = Some(outline);
                    return true;
                }
                Fed::Closed(length) => at += length,
                Fed::Wrong(_) if goes_on => return false,
                Fed::Wrong(length) => at += length.max(1),
            }
        }
    }

    /// The whole, and after it the records of others.
    fn made(mut self) -> Undone {
        let mut plain = Vec::with_capacity(self.text.len());
        match self.base64 {
            Some(_) => plain = self.text,
            None => unescape(&self.text, &mut plain),
        }
        self.others.truncate(self.passed);
        plain.append(&mut self.others);
        Undone::Made { span: self.span, plain, step: Step::Joined, about: None }
    }
}

/// Appends what the body of a string says. A half of a surrogate pair, which no text can have, stays the escape that it is.
fn unescape(mut body: &[u8], out: &mut Vec<u8>) {
    while let Some(half) = has_lone_surrogate(body) {
        pieces(&body[..half], |piece| out.extend_from_slice(piece));
        out.extend_from_slice(&body[half..half + 6]);
        body = &body[half + 6..];
    }
    pieces(body, |piece| out.extend_from_slice(piece));
}
