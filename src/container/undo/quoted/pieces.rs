//! A text in several literals that a program joins, each of them with escapes:
//!
//! ```text
//! String payload = "{\"schema\":\"2.0\",\"header\":{\"cre"      Java, C#, JavaScript; PHP and others have `.`, `||`, `&`
//!         + "ate_time\":\"1718155021456\",..}}";
//! body = ('{"schema":"2.0",'                                   Python, C: nothing between them but the end of a line
//!         '"header":{..}}')
//! ```

use crate::finding::Span;
use crate::origin::Step;
use crate::steps::took;

use super::escaped::is_bytes;
use super::escapes::Unescape;
use super::quotes::{Depth, Quote, close, more, opens, prefix_start};
use super::reading::Reading;
use crate::container::undo::{Passage, Undone};

/// No piece is longer than this; nor is what stands before the first.
const LONG: usize = 16 << 10;

/// What may stand between two pieces, blanks apart. Nothing, or a backslash, where a line ends between them.
const JOINTS: [&[u8]; 12] = [b"", b"+", b".", b"..", b"||", b"&", b"\\", b"+\\", b".\\", b"&_", b"~", b"<<"];

/// Joins the pieces.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, last, most, .. } = *passage;
    let Some(first) = piece_around(passage) else { return Undone::No };
    let mut pieces = before(text, first.clone());
    let mut end = first.end;
    let (mut plain, mut depth) = (Vec::new(), Depth::default());
    // Pieces that say something whole, and stand in lines of their own, are not joined with the next.
    let mut kept = 0;
    for number in 0..pieces.len() {
        if !depth.is_open() && number > 0 && is_bare(text, &pieces[number - 1], &pieces[number]) {
            (kept, plain, depth) = (number, Vec::new(), Depth::default());
        }
        let said = inside(text, &pieces[number], most);
        said.iter().for_each(|byte| depth.push(*byte));
        plain.extend(said);
    }
    pieces.drain(..kept);
    // Joined with the next, a piece that is cut would say what nobody wrote.
    let mut cut = false;
    loop {
        if plain.len() > most {
            return Undone::TooLarge(pieces[0].start..end);
        }
        if cut {
            break;
        }
        let Some(next) = next_opening(text, end) else {
            // Blanks and a joint, and nothing behind them yet.
            if !last && text.len() - end < LONG && text[end..].iter().all(|byte| is_joint(*byte)) {
                return more(passage, pieces[0].start);
            }
            break;
        };
        let closed = literal_end(text, next);
        let piece = match closed {
            Some(end) => next..end,
            None if !last && line_end(text, next) == text.len() => return more(passage, pieces[0].start),
            // It is cut.
            None => next..cut_end(text, next),
        };
        if is_bare(text, &pieces[pieces.len() - 1], &piece) && !depth.is_open() {
            break;
        }
        let said = inside(text, &piece, most);
        said.iter().for_each(|byte| depth.push(*byte));
        plain.extend(said);
        end = piece.end;
        pieces.push(piece);
        cut = closed.is_none();
    }
    if pieces.len() < 2 || end <= at {
        return Undone::No;
    }
    Undone::Made { span: pieces[0].start..end, plain, step: Step::Quoted, about: None }
}

fn is_joint(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b"+.|&\\_~<".contains(&byte)
}

/// The literal in which the trace stands.
fn piece_around(passage: &Passage<'_>) -> Option<Span> {
    let Passage { text, at, .. } = *passage;
    literals(text, near_start(text, at), at).pop().filter(|piece| piece.end > at)
}

/// Where the line of `at` begins, or what of it is looked at.
fn near_start(text: &[u8], at: usize) -> usize {
    let near = at.saturating_sub(LONG);
    took(at - near);
    memchr::memrchr(b'\n', &text[near..at]).map_or(near, |feed| near + feed + 1)
}

/// The literals in a line, from `start` on, the last of them being the one that ends behind `at`.
fn literals(text: &[u8], start: usize, at: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut next = start;
    while next < at {
        took(1);
        match text[next] {
            b'\\' => next += 2,
            b'"' | b'\'' if opens(text, next) => match literal_end(text, next) {
                Some(end) => {
                    found.push(next..end);
                    next = end;
                }
                None => next += 1,
            },
            _ => next += 1,
        }
    }
    found
}

fn line_end(text: &[u8], at: usize) -> usize {
    let near = &text[at..text.len().min(at + LONG)];
    memchr::memchr(b'\n', near).map_or(at + near.len(), |length| at + length)
}

/// Where the line ends in which a literal is cut that begins at `at`: a carriage return is none of the literal.
fn cut_end(text: &[u8], at: usize) -> usize {
    let end = line_end(text, at);
    end - usize::from(text[at..end].ends_with(b"\r"))
}

/// Where the literal at `at` ends, on its line.
fn literal_end(text: &[u8], at: usize) -> Option<usize> {
    close(&text[..line_end(text, at)], at + 1, text[at])
}

/// The pieces that are joined up to `last`, with it.
fn before(text: &[u8], last: Span) -> Vec<Span> {
    // The literals of the line that is looked at, up to the next one.
    let mut line = literals(text, near_start(text, last.start), last.start);
    let mut pieces = vec![last];
    loop {
        let start = pieces[pieces.len() - 1].start;
        if line.is_empty() {
            let open = prefix_start(text, start);
            let joint = text[..open].iter().rev().take_while(|byte| is_joint(**byte)).count();
            took(joint);
            let end = open - joint;
            line = literals(text, near_start(text, end), end);
        }
        match line.pop() {
            Some(piece) if is_join(text, &(piece.end..start)) => pieces.push(piece),
            _ => break,
        }
    }
    pieces.reverse();
    pieces
}

/// Where the quote stands that opens the next piece behind `end`.
fn next_opening(text: &[u8], end: usize) -> Option<usize> {
    let near = &text[end..text.len().min(end + LONG)];
    let joint = near.iter().take_while(|byte| is_joint(**byte)).count();
    took(joint);
    let prefix = near[joint..].iter().take(2).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let open = end + joint + prefix;
    let opens = matches!(text.get(open)?, b'"' | b'\'') && is_join(text, &(end..open));
    opens.then_some(open)
}

/// Whether what stands between two pieces joins them.
fn is_join(text: &[u8], between: &Span) -> bool {
    let between = &text[between.start..prefix_start(text, between.end).max(between.start)];
    let signs: Vec<u8> = between.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(4).collect();
    took(between.len());
    JOINTS.contains(&&*signs) && (!matches!(&*signs, b"" | b"\\") || between.contains(&b'\n'))
}

/// Whether two pieces stand on lines of their own, without a sign between them.
fn is_bare(text: &[u8], one: &Span, other: &Span) -> bool {
    text[one.end..prefix_start(text, other.start).max(one.end)].iter().all(u8::is_ascii_whitespace)
}

/// What a literal says.
fn inside(text: &[u8], piece: &Span, most: usize) -> Vec<u8> {
    let stops: &[u8] = if text[piece.start] == b'"' { b"\"" } else { b"'" };
    let quote = Quote { at: piece.start, brackets: 0 };
    let read = Unescape::new(&text[..piece.end], piece.start + 1, stops, true);
    read.whole(most, is_bytes(text, Some(quote))).take()
}
