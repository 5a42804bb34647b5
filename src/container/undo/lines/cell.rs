//! A cell of a table that goes over several lines, broken to the width of its column or at its own line ends:
//!
//! ```text
//! │ 17 │ {"schema":"2.0","header":{"event_id":"5d1c │ 2024-06-12 │      17 | {                      +
//! │    │ 0f4be2a74c1f","event_type":"attendance.use │            │         |   "schema": "2.0",     +
//! │    │ r_flow.created_v1"},"event":{}}            │            │         |   "header": {          +
//! ```
//!
//! The cells beside it are empty on all lines but the first. What it holds is cut out, and joined like any lines.

use unicode_width::UnicodeWidthChar;

use crate::finding::Span;
use crate::json::Cursor;
use crate::origin::Step;
use crate::steps::took;

use super::{prefixed, wrapped};
use crate::container::undo::{Passage, Undone};

/// So many lines are looked at for the one on which the cell begins, and for those on which it goes on.
const ABOVE: usize = 128;
const LINES: usize = 4096;

/// Cuts the cell out.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Some((start, head)) = opening(passage) else { return Undone::No };
    let mut lost = None;
    // Programs count characters, or the columns in which they are shown.
    for of in [(|_| 1) as Width, |sign| sign.width().unwrap_or(0)] {
        let (mut plain, ends) = match cut(passage, start, head, of) {
            Cut::None => continue,
            Cut::More => return Undone::More,
            Cut::Cell(plain, ends) => (plain, ends),
            Cut::Unknown(end) => {
                lost = Some(Undone::Lost { span: start..end, about: &prefixed::WRAPPED });
                continue;
            }
        };
        // What stands on the lines behind the document is none of it.
        let span = |plain: &[u8]| {
            let lines = memchr::memchr_iter(b'\n', plain).count();
            start..ends[lines.min(ends.len() - 1)]
        };
        if ends[ends.len() - 1] <= passage.at {
            continue;
        }
        if plain.len() > passage.most {
            return Undone::TooLarge(span(&plain));
        }
        let error = match Cursor::new(&plain, 0).value(0) {
            Ok(token) => {
                plain.truncate(token.end);
                return Undone::Made { span: span(&plain), plain, step: Step::Joined, about: None };
            }
            Err(error) => error,
        };
        let broken = Some((0, error.at));
        match wrapped::undo(&Passage { text: &plain, at: 0, broken, last: true, most: passage.most }) {
            Undone::Made { span: Span { end, .. }, plain: made, step, about } => {
                return Undone::Made { span: span(&plain[..end]), plain: made, step, about };
            }
            Undone::Lost { span: Span { end, .. }, about } => {
                lost = Some(Undone::Lost { span: span(&plain[..end]), about })
            }
            _ => {}
        }
    }
    lost.unwrap_or(Undone::No)
}

/// What is drawn between cells, at the end of a line, and before it.
fn is_rule(sign: char) -> bool {
    matches!(sign, '|' | '+' | '│' | '┃' | '║')
}

fn is_frame(sign: char) -> bool {
    sign == ' ' || is_rule(sign)
}

/// The line at `start` up to `end`, where it is text.
fn line(text: &[u8], start: usize, end: usize) -> Option<&str> {
    took(end - start);
    Some(str::from_utf8(&text[start..end]).ok()?.trim_end_matches('\r'))
}

/// The bracket with which the cell begins, and what stands before it on its line: empty cells on the lines that follow.
fn opening<'t>(passage: &Passage<'t>) -> Option<(usize, &'t str)> {
    let Passage { text, at, broken, .. } = *passage;
    let place = broken.map_or(at, |(bracket, _)| bracket);
    let mut start = passage.line_start(place);
    let mut end = passage.line_end(place)?;
    if matches!(text[place], b'{' | b'[') {
        return head(line(text, start, end)?, place - start).map(|head| (place, head));
    }
    let mut lead = 0;
    for above in 0..ABOVE {
        let this = line(text, start, end)?;
        let bracket = this.find(['{', '[']).filter(|at| match above {
            0 => start + at < place,
            _ => this[..*at].chars().count() <= lead,
        });
        if let Some((bracket, head)) = bracket.and_then(|bracket| Some((bracket, head(this, bracket)?))) {
            return Some((start + bracket, head));
        }
        let empty = this.chars().take_while(|sign| is_frame(*sign)).count();
        lead = if above > 0 { lead.min(empty) } else { empty };
        end = start.checked_sub(1)?;
        start = passage.line_start(end);
    }
    None
}

/// What stands before the bracket in a line, if a cell of a table may begin with that.
fn head(line: &str, bracket: usize) -> Option<&str> {
    let head = &line[..bracket];
    let before = head.trim_end_matches(' ');
    let begins = before.is_empty() || before.ends_with(is_rule) || head.ends_with("  ");
    let is_behind = !head.trim_matches(is_frame).is_empty();
    (begins && (is_behind || line.trim_end().ends_with(is_rule))).then_some(head)
}

/// What cutting a cell out came to.
enum Cut {
    None,
    More,
    /// What it holds, and where its lines end.
    Cell(Vec<u8>, Vec<usize>),
    /// Whether a blank at the end of a line is the cell's is not known. Its last line ends here.
    Unknown(usize),
}

/// How signs are counted.
type Width = fn(char) -> usize;

fn width(text: &str, of: Width) -> usize {
    text.chars().map(of).sum()
}

/// What stands in a line before a column, and from it on. `None` where no sign begins there.
fn split(line: &str, column: usize, of: Width) -> Option<(&str, &str)> {
    let mut before = 0;
    for (at, sign) in line.char_indices() {
        if before >= column {
            return (before == column).then(|| line.split_at(at));
        }
        before += of(sign);
    }
    Some((line, ""))
}

/// Cuts out the cell that begins at `start` behind `head`.
fn cut(passage: &Passage<'_>, start: usize, head: &str, of: Width) -> Cut {
    let Passage { text, last, .. } = *passage;
    // Blanks may be gone at the beginning of the text, but none behind the rule before the cell.
    let (rules, left) =
        (head.matches(is_rule).count(), width(head.rsplit(is_rule).next().unwrap_or(head), of));
    let mut end = start - head.len();
    let mut ruled = None;
    let mut lines: Vec<&str> = Vec::new();
    let mut ends = Vec::new();
    while lines.len() < LINES {
        let next = if lines.is_empty() { end } else { end + 1 };
        if next >= text.len() && last {
            break;
        }
        let Some(stop) = passage.line_end(next.min(text.len())) else { return Cut::More };
        let Some(whole) = line(text, next, stop) else { break };
        let cells = whole.match_indices(is_rule).map(|(at, rule)| at + rule.len()).take(rules).last();
        let Some((_, rest)) = split(&whole[cells.unwrap_or(0)..], left, of) else { break };
        if !lines.is_empty() {
            let is_empty = whole[..whole.len() - rest.len()].chars().all(is_frame);
            if !is_empty || rest.chars().all(is_frame) {
                break;
            }
            // The right border is straight.
            if whole.ends_with(is_rule) && *ruled.get_or_insert(width(whole, of)) != width(whole, of) {
                return Cut::None;
            }
        }
        lines.push(rest);
        ends.push(stop);
        end = stop;
    }
    // The widest line shows where the column ends. On the first one, other cells may follow there.
    let Some((first, rest)) = lines.split_first() else { return Cut::None };
    let right = rest.iter().map(|line| width(line.trim_end_matches(is_frame), of)).max().unwrap_or(0);
    if !split(first, right, of).is_some_and(|(_, other)| other.is_empty() || other.starts_with(is_frame)) {
        return Cut::None;
    }
    let mut plain = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let own = split(line, right, of).map_or(*line, |(own, _)| own);
        let full = own.trim_end_matches(' ');
        // A blank at the end of a full line is the cell's, unless it stands where a sign of two columns did not fit.
        let is_blank = own.len() == full.len() + 1 && width(own, of) == right;
        let next = lines.get(number + 1).is_some_and(|next| !next.starts_with(|sign: char| sign.is_ascii()));
        if is_blank && next && ruled.is_none() {
            return Cut::Unknown(end);
        }
        plain.extend_from_slice(if is_blank { own } else { full }.as_bytes());
        plain.push(b'\n');
    }
    Cut::Cell(plain, ends)
}
