//! What stands before a document and may belong to it: signature headers, a request line, the opening of a dump that
//! runs over lines. Lines that were passed over are kept from the first of that kind on, as far as it may reach; and
//! all of them at the beginning of a stream, as long as nothing was found in it.

use std::collections::VecDeque;

use crate::container::headers;
use crate::finding::Span;

use super::state::State;

/// How far before it something may stand that belongs to a document.
pub(crate) const REACH: usize = 16 << 10;

/// Of a stream in which nothing was found this much is kept, to say what it is instead.
pub(crate) const NOTHING: usize = 64 << 10;

/// Lines that were passed over, and may yet belong to what comes.
#[derive(Debug, Default)]
pub(crate) struct Lookback {
    lines: VecDeque<Line>,
    /// The line from which on something may belong to what comes: its number in `lines`.
    opening: Option<usize>,
    /// Something was found in the stream, or too much was not.
    found: bool,
}

#[derive(Debug)]
struct Line {
    span: Span,
    /// Something begins in it that may belong to a document.
    opens: bool,
    /// How the stream stood before it.
    state: State,
}

impl Lookback {
    /// Nothing yet; `begun`: something came before.
    pub fn new(begun: bool) -> Lookback {
        Lookback { found: begun, ..Lookback::default() }
    }

    /// Whether anything is kept.
    #[inline(always)]
    pub fn holds(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Whether any of what is kept is more than the bracket of an array.
    pub fn holds_text(&self) -> bool {
        self.lines.iter().any(|line| !line.span.is_empty())
    }

    /// Something was found in the stream.
    #[inline(always)]
    pub fn found(&mut self) {
        self.found = true;
    }

    /// Where the first line that is kept begins, and how the stream stood there.
    pub fn start(&self) -> Option<(usize, State)> {
        self.lines.front().map(|line| (line.span.start, line.state))
    }

    /// Where the first line begins of what may belong to the next document.
    pub fn opening(&self) -> Option<usize> {
        self.opening.map(|number| self.lines[number].span.start)
    }

    /// Whether nothing was found since the beginning of the stream, and all of it is kept.
    pub fn is_nothing(&self) -> bool {
        !self.found
    }

    /// Passes over what stands at `span` of `text`, before which the stream stood so.
    pub fn pass(&mut self, text: &[u8], span: Span, state: State) -> Passed {
        let opens = opens(&text[span.clone()]);
        let reach = span.start.saturating_sub(REACH);
        let mut number = self.opening.unwrap_or(self.lines.len());
        while self.lines.get(number).is_some_and(|line| line.span.start < reach || !line.opens) {
            number += 1;
        }
        let kept = opens || number < self.lines.len();
        self.found |= span.end > NOTHING;
        let mut gone = Vec::new();
        if self.found {
            gone.extend(self.lines.drain(..number).map(|line| line.span));
            number = 0;
            if !kept {
                self.opening = None;
                return Passed::Gone(gone);
            }
        }
        self.lines.push_back(Line { span, opens, state });
        self.opening = kept.then_some(number);
        Passed::Kept(gone)
    }

    /// Something was read: what was kept and stood before `start` is let go.
    pub fn clear(&mut self, start: usize) -> Vec<Span> {
        (self.opening, self.found) = (None, true);
        let before = |span: &Span| span.end <= start && !span.is_empty();
        self.lines.drain(..).map(|line| line.span).filter(before).collect()
    }
}

/// What became of a line that was passed over, and which earlier ones are let go.
pub(crate) enum Passed {
    /// It is kept.
    Kept(Vec<Span>),
    /// It is let go, too.
    Gone(Vec<Span>),
}

/// Whether something begins in a line that may belong to a document on a later one. A brace that stays open may stand
/// anywhere in it: in a frame, in a record, before the first of the members.
pub(crate) fn opens(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    let braces = memchr::memchr2_iter(b'{', b'}', line);
    let open =
        braces.fold(0, |open: usize, at| if line[at] == b'{' { open + 1 } else { open.saturating_sub(1) });
    open > 0
        || matches!(line.last(), Some(b'(' | b'['))
        || line.ends_with(b"Array")
        || line.ends_with(b"Object")
        || headers::is_in(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_from_an_opening_on_as_far_as_it_reaches() {
        let mut done = Vec::new();
        let mut lookback = Lookback::new(true);
        let mut text = b"words\ngot {\nwords\n".to_vec();
        let mut pass = |lookback: &mut Lookback, text: &[u8], span: Span| {
            let (Passed::Kept(gone) | Passed::Gone(gone)) = lookback.pass(text, span, State::default());
            done.extend(gone);
        };
        for span in [0..6, 6..12, 12..18] {
            pass(&mut lookback, &text, span);
        }
        assert_eq!(lookback.opening(), Some(6));
        text.resize(6 + REACH + 1, b' ');
        pass(&mut lookback, &text, 6 + REACH + 1..6 + REACH + 1);
        assert_eq!((lookback.opening(), &*done), (None, &[6..12, 12..18][..]));
    }
}
