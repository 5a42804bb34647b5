//! An object with something before it on each of its lines, as what collects logs puts it there, a mail, a diff, a comment
//! or a box:
//!
//! ```text
//! web-1  | recv {                        > {                +{              // {            │  {             │
//! web-1  |   "schema": "2.0",            >   "schema":      +  "schema":    //   "schema":  │    "schema":   │
//! ```
//!
//! Times and numbers may differ from line to line. Where a line ends within a string, its pieces are joined: container
//! runtimes break long lines so, and mark those that go on with P.

use crate::container::FormInfo;
use crate::container::form::RAW_BODY;
use crate::lang::label;
use crate::origin::Step;

use super::gather::{Gathered, Object, gather};
use super::outline::{Loose, Strict};
use super::shape::{Line, Prefix};
use crate::container::undo::{Passage, Undone};

/// Text of which a blank may be gone where its lines were broken.
pub(super) static WRAPPED: FormInfo = FormInfo {
    name: label("在字符串中间折行的 JSON", "JSON broken into lines within its strings"),
    lost: Some(label(
        "字符串里换行的地方原来有没有空格",
        "whether a blank stood in a string where a line ends",
    )),
    capture: Some(RAW_BODY),
};

/// So many lines are looked at for one that shares a prefix.
const NEAR: usize = 8;

/// So many bytes before the line are looked at for the beginning of the object.
const BACK: usize = 8192;

/// So many prefixes are tried.
const TRIES: usize = 4;

/// In the names of pieces, where another number is no other name.
const PIECES: [&[u8]; 6] = [b"part", b"chunk", b"piece", b"frag", b"seg", b"seq"];

/// A line that is shorter, and has neither a bracket nor a quote, is no part of an object.
const PROSE: usize = 128;

/// Takes off the prefix.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let text = passage.text;
    let start = passage.line_start(passage.at);
    let Some(end) = passage.line_end(passage.at) else { return Undone::More };
    if !is_member(&text[start..end], passage.at - start) {
        return Undone::No;
    }
    let (prefixes, all) = prefixes(passage, start, end);
    let mut cut: Option<Object> = None;
    for strict in [true, false] {
        // What was joined is JSON, and cut.
        if cut.as_ref().is_some_and(|cut| cut.joined) {
            break;
        }
        for prefix in &prefixes {
            let top = top(text, prefix, start, BACK);
            let gathered = match strict {
                true => gather::<Strict>(passage, prefix, top),
                false => gather::<Loose>(passage, prefix, top),
            };
            match gathered {
                Gathered::Nothing => {}
                Gathered::More => return Undone::More,
                Gathered::TooLarge(span) => return Undone::TooLarge(span),
                Gathered::Found(object) if object.lines < 2 => {}
                Gathered::Found(object) if !object.whole => {
                    if strict && cut.as_ref().is_none_or(|cut| cut.lines < object.lines) {
                        cut = Some(object);
                    }
                }
                Gathered::Found(object) => return made(object),
            }
        }
    }
    match cut {
        Some(cut) => made(cut),
        // Its next line may be one that is not there yet.
        None if all => Undone::No,
        None => Undone::More,
    }
}

/// What an object comes to.
pub(super) fn made(object: Object) -> Undone {
    let Object { span, plain, whole, proven, .. } = object;
    if whole && !proven {
        return Undone::Lost { span, about: &WRAPPED };
    }
    Undone::Made { span, plain, step: Step::Joined, about: None }
}

/// Whether the trace stands as in an object, and not in the words of a log: an object begins there, or it is in quotes, or
/// the line is indented as those of a dump are.
fn is_member(line: &[u8], at: usize) -> bool {
    let before = &line[..at];
    let word =
        line[at..].iter().take(32).take_while(|byte| byte.is_ascii_lowercase() || **byte == b'_').count();
    line.get(at + word) == Some(&b'"')
        || line.get(at) == Some(&b'{')
        || before.last().is_some_and(|byte| b"\"'[:".contains(byte))
        || before.windows(2).any(|blanks| blanks == b"  ")
        || memchr::memchr2(b'\t', b'{', before).is_some()
        || !before.is_ascii()
}

/// The prefixes that the line from `start` to `end` may have: what it shares with lines near it; and whether
/// all of these are there.
fn prefixes<'t>(passage: &Passage<'t>, start: usize, end: usize) -> (Vec<Prefix<'t>>, bool) {
    let text = passage.text;
    let line = &text[start..end];
    let mut found: Vec<Prefix<'t>> = Vec::new();
    let mut add = |other: &[u8]| {
        let prefix = Prefix::of(line, passage.at - start, other, false);
        if let Some(prefix) = prefix.filter(|prefix| found.len() < TRIES && !found.contains(prefix)) {
            found.push(prefix);
        }
    };
    let (mut after, mut all) = (end + 1, true);
    for _ in 0..NEAR {
        let Some(next) = (after < text.len()).then(|| passage.line_end(after)).flatten() else {
            all = passage.last;
            break;
        };
        add(&text[after..next]);
        after = next + 1;
    }
    if let Some(before) = start.checked_sub(1) {
        add(&text[passage.line_start(before)..before]);
    }
    let next = &text[text.len().min(end + 1)..];
    let next = &next[..memchr::memchr(b'\n', next).unwrap_or(next.len())];
    let head = line[..passage.at - start].to_ascii_lowercase();
    let is_piece =
        PIECES.iter().any(|word| memchr::memmem::find(&head[..head.len().min(64)], word).is_some());
    if found.is_empty() && is_piece {
        found.extend(Prefix::of(line, passage.at - start, next, true));
    }
    // A shorter one may leave a part of it in what is joined.
    found.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
    (found, all)
}

/// Where the lines with the prefix begin among which the one at `start` is, at most `most` bytes before it: not before one
/// on which an object of its own begins.
pub(super) fn top(text: &[u8], prefix: &Prefix<'_>, start: usize, most: usize) -> usize {
    let line = |start: usize| {
        let line = &text[start..];
        &line[..memchr::memchr(b'\n', &line[..line.len().min(PROSE)]).unwrap_or(line.len().min(PROSE))]
    };
    let mut top = start;
    while let Some(feed) = top.checked_sub(1).filter(|_| start - top <= most) {
        let before = memchr::memrchr(b'\n', &text[..feed]).map_or(0, |feed| feed + 1);
        let is_member = text[..feed].trim_ascii_end().last().is_some_and(|byte| b":,[".contains(byte));
        let this = line(top);
        match prefix.line(this) {
            Line::Ours(from) if from > 0 && this.len() < PROSE && !is_member && begins(&this[from..]) => {
                break;
            }
            _ => {}
        }
        match prefix.line(&text[before..feed]) {
            Line::Other => break,
            // A word alone may name what is in the brackets on the next line.
            Line::Ours(from) if from > 0 && !is_part(&text[before + from..feed]) => return before,
            _ => top = before,
        }
    }
    top
}

/// Whether an object begins with a line, and not within another.
fn begins(content: &[u8]) -> bool {
    let content = content.strip_prefix(b" ").unwrap_or(content);
    match content {
        [b'{'] | [b'{', b' ', ..] => true,
        [b'{', b'"', letter, ..] => letter.is_ascii_alphanumeric(),
        [first, .., b' ', b'{'] => *first != b' ' && !content.contains(&b'"'),
        _ => false,
    }
}

/// Whether a line may be part of an object.
fn is_part(content: &[u8]) -> bool {
    content.len() >= PROSE || content.iter().any(|byte| b"\"'{}[]()".contains(byte))
}
