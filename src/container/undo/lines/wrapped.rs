//! JSON that a terminal, a mail or a page broke into lines of one width, within its strings too:
//!
//! ```text
//! {"schema":"2.0","header":{"event_id":"5d1c0f4be2a74c1f","event_ty
//! pe":"attendance.user_flow.created_v1","tenant_key":"1aa2bb"},"eve
//! nt":{"record_id":"7379612345678901234"}}
//! ```
//!
//! It is joined where the whole is JSON and no blank can be gone: a line that was broken between words is shorter by
//! chance. Blanks between tokens that JSON does not know become spaces, as pages and chats have them.

use crate::finding::Span;
use crate::json::tree;

use super::gather::{Gathered, Object, gather};
use super::outline::Strict;
use super::prefixed::{made, top};
use super::shape::{Line, Prefix};
use crate::container::undo::{Passage, Undone};

/// So many bytes before the line are looked at for the beginning of the object.
const BACK: usize = 2048;

/// Joins the lines.
pub fn undo(passage: &Passage<'_>) -> Undone {
    // Where the reader knows that beginning, it is asked no farther.
    let start = passage.line_start(passage.broken.map_or(passage.at, |(brace, _)| brace.min(passage.at)));
    let top = top(passage.text, &Prefix::NONE, start, BACK);
    match gather::<Strict>(passage, &Prefix::NONE, top) {
        Gathered::Found(object) if object.whole && is_changed(passage, &object) => made(object),
        Gathered::Nothing | Gathered::Found(_) => Undone::No,
        Gathered::More => Undone::More,
        Gathered::TooLarge(span) => Undone::TooLarge(span),
    }
}

/// Whether joining changed anything, and did not leave in it what stands before each line.
fn is_changed(passage: &Passage<'_>, object: &Object) -> bool {
    let text = passage.text;
    let Span { start, end } = object.span;
    let line = passage.line_start(start);
    let mut lines = text[line..end].split(|byte| *byte == b'\n');
    // What is JSON as it stands was not broken: it is indented, and may be a part of something larger.
    if object.plain == text[start..end] || tree::is_json(&text[start..end]) {
        return false;
    }
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return true };
    let prefix = Prefix::of(first, start - line, second, false);
    let is_prefixed = |prefix: Prefix<'_>| lines.all(|line| matches!(prefix.line(line), Line::Ours(_)));
    !prefix.is_some_and(is_prefixed)
}
