//! Undoes layers around a trace, one after another, and reads what comes out.

use crate::container::signs::{begins_document, is_cut_beginning, is_dump};
use crate::container::trace;
use crate::container::undo::{JOINERS, Passage, UNDOERS, Undoer, Undone};
use crate::container::{FormInfo, classify};
use crate::finding::{Sink, Span};
use crate::json::{SyntaxError, tree};
use crate::origin::Step;

use super::find::{logged, sought};
use super::frame::{Handler, Next, Reader};
use super::lookback::REACH;
use super::recover::first_char;

/// So much behind a trace is looked at first, if its line is longer; more where that does not tell.
const WINDOW: usize = 4 << 10;

/// So many bytes may be looked at around traces in vain, and so many times each byte before them: a text in which
/// nothing that shows can be read is given up. The first window is counted once, for most undoers give up at its first
/// bytes. Where one wants more, all that it and those behind it look at is counted, and when that was too much, no more
/// than the line is looked at.
const SPENT: usize = 32 << 10;
const RATE: usize = 4;
const FAR_SPENT: usize = 256 << 10;
const FAR_RATE: usize = 8;

impl<'t, H: Handler> Reader<'t, H> {
    /// Joins records of which the one at `span`, a document in JSON, has a piece of an event; and reads it.
    pub fn join(&mut self, span: Span) -> Option<Next> {
        let text = &self.text[..span.end];
        let trace = trace::find(text, span.start).map(|trace| trace.start);
        let trace = trace.or_else(|| trace::find_encoded(text, span.start))?;
        self.undo_by(JOINERS, span.start, trace, None)
    }

    /// Undoes one layer around the trace at `trace`, and reads what comes out. `None` where nothing does.
    pub fn undo(&mut self, at: usize, trace: usize, broken: Option<(usize, usize)>) -> Option<Next> {
        self.undo_by(UNDOERS, at, trace, broken)
    }

    pub fn undo_by(
        &mut self,
        undoers: &[Undoer],
        at: usize,
        trace: usize,
        broken: Option<(usize, usize)>,
    ) -> Option<Next> {
        let text = self.text;
        let mut start = self.with_indent(self.lookback.opening().unwrap_or(at).min(at));
        let line = text.len().min(self.line_end(trace) + 1);
        let mut window = (line - trace).min(WINDOW);
        // However much of the stream is there, no more is looked at than a document may be large, so that the answer
        // is the same.
        let reach = text.len().min(at.saturating_add(self.limits.document + 1));
        if trace >= reach {
            return None;
        }
        let spent = (self.spent, self.far_spent);
        let mut undoers = undoers.iter();
        let mut undoer = undoers.next()?;
        let mut large = false;
        let near = reach.min(trace + window);
        let most = SPENT + RATE * trace;
        // What stands before its line may be much for each of many.
        if self.spent + near - start > most {
            start = self.with_indent(at);
        }
        self.spent += near - start;
        if self.spent > most {
            self.spent = spent.0;
            return None;
        }
        let mut far = true;
        loop {
            let mut to = reach.min(trace + window);
            if to > near {
                far &= self.far_spent + to - start <= FAR_SPENT + FAR_RATE * trace;
                match far {
                    true => self.far_spent += to - start,
                    false if line - trace > WINDOW => return None,
                    false => to = near,
                }
            }
            let passage = Passage {
                text: &text[start..to],
                at: trace - start,
                broken: broken
                    .map(|(brace, error)| (brace - start, error - start))
                    .filter(|(_, error)| *error < to - start),
                last: self.last && to == text.len(),
                most: self.limits.document,
            };
            match undoer(&passage) {
                Undone::More if to < reach && far => {
                    window *= 2;
                    continue;
                }
                Undone::More if to < reach => {}
                // Another may do with less.
                Undone::More if self.is_too_large(at, reach) => large = true,
                Undone::More if !self.last => return Some(Next::More(at)),
                Undone::No | Undone::More => {}
                Undone::TooLarge(_) => return Some(self.too_large(at)),
                Undone::Lost { span, about } => {
                    let span = start + span.start..start + span.end;
                    self.pass_before(at, span.start);
                    self.name(about, span.clone());
                    return Some(Next::At(span.end));
                }
                Undone::Made { span, plain, step, about } => {
                    let span = start + span.start..start + span.end;
                    // What is behind an object that broke is none of it.
                    let behind = broken.is_some_and(|(brace, _)| span.start > brace);
                    // Its headers may stand there.
                    if !behind && self.behind(at, span.end).is_none() {
                        return Some(Next::More(at));
                    }
                    if !behind && self.made(at, span.clone(), &plain, step, about) {
                        (self.spent, self.far_spent) = spent;
                        return Some(Next::At(span.end.max(at + 1)));
                    }
                }
            }
            undoer = match undoers.next() {
                Some(undoer) => undoer,
                // An object that broke says itself how it ends.
                None => return (large && broken.is_none()).then(|| self.too_large(at)),
            };
        }
    }

    /// Reads what was made of what stands at `span`, in a line in which nothing was found since `at`. False where
    /// nothing is in it.
    pub fn made(
        &mut self,
        at: usize,
        span: Span,
        plain: &[u8],
        step: Step,
        about: Option<&'static FormInfo>,
    ) -> bool {
        let text = self.text;
        let mark = self.handler.sink().mark();
        // Headers stand before a body that was printed like them, too.
        let headers = if classify(plain).is_wire() { self.headers_of(at, &span) } else { None };
        let read = self.open(None, span.clone(), |unwrapper, context| {
            // Of what was cut, it would be said that nothing is lost.
            if let Some(about) = about.filter(|_| tree::is_json(plain)) {
                unwrapper.reshaped(about, None, first_char(text, span.start), context);
            }
            let Some(headers) = headers else {
                return unwrapper.text(plain, step, span.clone(), context);
            };
            unwrapper.request(&logged(headers, plain.into(), span.clone()), step, text, context);
            true
        });
        match read {
            true => {
                self.pass_before(at, span.start);
                self.done();
            }
            false => self.handler.sink().rewind(mark),
        }
        read
    }

    /// An object that stops being JSON, in a line in which nothing was found since `at`. `None` where it is none of
    /// ours.
    pub fn torn(&mut self, at: usize, brace: usize, error: SyntaxError) -> Option<Next> {
        let text = self.text;
        let broken = Some((brace, error.at));
        let shown = self.trace(brace, error.at.max(self.line_end(brace)));
        let dump = is_dump(&text[brace..]);
        let begins = dump || begins_document(&text[brace..]) && !is_word(&text[brace..], error.at - brace);
        let reach = text.len().min(at + REACH.min(self.limits.document)).max(brace);
        let mut own = self.own_line_before(brace, error.at + 1);
        let trace = match shown {
            Some(trace) => Some(trace),
            None if begins => {
                own = self.own_line_before(brace, reach);
                let trace = self.trace(brace, reach);
                if trace.is_none() && own.is_none() && reach == text.len() && !self.last {
                    return Some(Next::More(at));
                }
                trace.filter(|trace| own.is_none_or(|own| *trace < own))
            }
            None => None,
        };
        // A dump shows itself by its first key; an encoding where no word of it does.
        let trace = trace.or(dump.then_some(brace)).or_else(|| {
            let end = if begins { reach } else { self.line_end(brace) };
            let to = text.len().min(end + (end - brace));
            let encoded = sought(&mut self.encoded, text, brace..end, to, trace::find_encoded);
            encoded.filter(|trace| own.is_none_or(|own| *trace < own))
        });
        // An event whose words are cut shows itself by its first members.
        let trace = trace.or(begins.then_some(brace));
        if let Some(trace) = trace.filter(|trace| self.in_vain != Some((at, *trace))) {
            if let Some(next) = self.undo(at, trace, broken) {
                return Some(next);
            }
            self.in_vain = Some((at, trace));
        }
        let end = own.filter(|own| dump || *own <= error.at).unwrap_or(error.at);
        let shown = shown.is_some_and(|trace| trace < end);
        let begins = begins || is_cut_beginning(&text[brace..self.line_end(error.at)]);
        // Of a dump, what comes before the next line of its own may show it yet.
        let ended = self.last && reach == text.len();
        if !begins && !shown || dump && !shown && (trace != Some(brace) || own.is_none() && !ended) {
            return None;
        }
        // All of the line says how it ends.
        match self.line_end(error.at) {
            end if end == text.len() && !self.last => return Some(Next::More(at)),
            end if self.is_too_large(at, end) => return Some(self.too_large(at)),
            _ => {}
        }
        self.pass_before(at, brace);
        Some(self.give_up(brace, error, own.filter(|own| dump || *own <= error.at)))
    }
}

/// Whether an object that breaks at `error` is a word in quotes and brackets: `{"event"}`.
fn is_word(object: &[u8], error: usize) -> bool {
    object[error..].starts_with(b"}")
        && object[..error].iter().filter(|byte| **byte == b'"').count() == 2
        && !object[..error].contains(&b':')
}
