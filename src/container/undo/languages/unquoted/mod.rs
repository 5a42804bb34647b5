//! Dumps whose texts have no quotes: a map of Go, a Map of Java, print_r of PHP. Where a text ends is known by what may
//! follow it, and where that leaves a choice the dump is told and not read.

mod ends;
mod known;
mod reader;
mod scalar;
mod style;
#[cfg(test)]
mod tests;

use crate::container::resync::own_line;
use crate::origin::Step;
use crate::steps::took;

use crate::container::undo::{Passage, Undone};
use known::Members;
use reader::{Reader, Stop};
use style::{DART, GO, JAVA, PHP, Style};

/// So many places are tried at which the event may begin.
const TRIES: usize = 8;

/// So many lines belong to a dump at most, when its event type is looked for.
const LINES: usize = 1000;

/// `map[event:map[type:0] header:map[event_type:x] schema:2.0]`
pub fn go(passage: &Passage<'_>) -> Undone {
    undo(passage, &GO)
}

/// `{schema=2.0, header={event_type=x}, event={type=0}}`
pub fn java(passage: &Passage<'_>) -> Undone {
    undo(passage, &JAVA)
}

/// `{schema: 2.0, header: {event_type: x}, event: {type: 0}}`
pub fn dart(passage: &Passage<'_>) -> Undone {
    undo(passage, &DART)
}

/// `Array ( [schema] => 2.0 [header] => Array ( [event_type] => x ) )`
pub fn php(passage: &Passage<'_>) -> Undone {
    undo(passage, &PHP)
}

fn undo(passage: &Passage<'_>, style: &'static Style) -> Undone {
    let Passage { text, at, .. } = *passage;
    let mut from = 0;
    for _ in 0..TRIES {
        let mut places = from..text.len().min(at + 1);
        took(places.len());
        let Some(start) = places.find(|start| begins(text, *start, style)) else { break };
        from = start + 1;
        if let Some(undone) = read(passage, start, style, &mut from) {
            return undone;
        }
    }
    Undone::No
}

/// Whether an event begins here: an object whose first key is one of an event's.
fn begins(text: &[u8], start: usize, style: &Style) -> bool {
    let rest = &text[start..];
    // What follows a name is the dump of an object, not of a map.
    let name = start > 0 && (text[start - 1].is_ascii_alphanumeric() || text[start - 1] == b'_');
    if name || !matches!(rest[0], b'm' | b'{' | b'A' | b's') {
        return false;
    }
    let Some(length) = (style.object)(rest) else { return false };
    let inside = &rest[length..];
    let blanks = if style.loose {
        inside.iter().take(256).take_while(|byte| byte.is_ascii_whitespace()).count()
    } else {
        0
    };
    (style.key)(&inside[blanks..]).is_some_and(|(key, _)| Members::Event(None).member(key).is_some())
}

/// Reads the event that begins at `start`. `None` where it is none, or does not reach the trace: `from` is where the
/// next may begin.
fn read(passage: &Passage<'_>, start: usize, style: &'static Style, from: &mut usize) -> Option<Undone> {
    let Passage { text, at, last, most, .. } = *passage;
    let block = end_of_block(text, start, last);
    let found = known::event_type(&text[start..block]);
    let mut reader = Reader::new(text, start, most, last, style);
    let mut read = reader.event(found.map(|(event, _)| event));
    // The type must be that of this event, not of one that follows.
    if let Some((_, place)) = found
        && matches!(read, Ok(()) | Err(Stop::Lost(_)))
        && start + place >= reader.at
    {
        let mut again = Reader::new(text, start, most, last, style);
        let unknown = again.event(None);
        if read.is_ok() || unknown.is_ok() && start + place >= again.at {
            (reader, read) = (again, unknown);
        }
    }
    let end = match read {
        Ok(()) => reader.at,
        Err(Stop::Cut(end)) => end,
        Err(Stop::No) => return None,
        Err(Stop::More) => return Some(Undone::More),
        Err(Stop::TooLarge) => return Some(Undone::TooLarge(start..reader.at.max(at + 1))),
        Err(Stop::Lost(loss)) => {
            if block == text.len() && !last {
                return Some(Undone::More);
            }
            // On one line it ends with it, whatever follows.
            let line = passage.line_end(start).unwrap_or(block);
            let end = if style.loose || line <= at { block } else { line };
            let about = style.language.lost(loss);
            return (end > at).then_some(Undone::Lost { span: start..end, about });
        }
    };
    if end <= at {
        *from = end.max(start + 1);
        return None;
    }
    Some(Undone::Made {
        span: start..end,
        plain: reader.out,
        step: Step::Rewritten,
        about: Some(&style.language.read),
    })
}

/// Where the lines end that may belong to what begins at `start`: before one of its own.
fn end_of_block(text: &[u8], start: usize, last: bool) -> usize {
    let mut end = start;
    for _ in 0..LINES {
        let Some(length) = memchr::memchr(b'\n', &text[end..]) else { return text.len() };
        end += length;
        match own_line(&text[end + 1..], last) {
            Some((false, _)) => end += 1,
            Some((true, _)) => return end,
            None => return text.len(),
        }
    }
    end
}
