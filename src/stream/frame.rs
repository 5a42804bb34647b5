//! A piece of a stream, document by document: framing and limits. One JSON document, NDJSON, pretty-printed documents in
//! a row, glued ones and a top-level array of events are all the same to it. What cannot be read is left to `recover`.
//!
//! This file and `unwrap` use each other: a document can hold documents, which are handed to the same [`Handler`].

use crate::budget::Budget;
use crate::container::finder::Missing;
use crate::container::{Form, Request, holds_others};
use crate::engine::{Engine, Seen};
use crate::finding::{Mark, Sink, Span};
use crate::json::{Cursor, Fault, SyntaxError, is_utf8};

use super::sniff::first_but;
use super::unwrap::{Context, Unwrapper};

pub use super::state::{Between, Item, Limits, State};

/// Takes what a stream holds.
pub trait Handler {
    /// Where findings go.
    type Sink: Sink;
    /// Where findings go.
    fn sink(&mut self) -> &mut Self::Sink;
    /// A document that is JSON; its findings have been reported. `item` is its place in a top-level array.
    fn document(&mut self, seen: &Seen<'_>, item: Option<Item>);
    /// Bytes that hold no readable document; the finding that says why has been reported.
    fn broken(&mut self, span: Span, item: Option<Item>);
    /// Something that is no document and need not be one: a line of a log without an event, a response.
    fn skipped(&mut self, _span: Span) {}
    /// The documents that follow, until [`Handler::end_parts`], are all taken out of one document or line.
    fn begin_parts(&mut self) {}
    /// All of them have been handed on; what they were taken out of stands at `span`.
    fn end_parts(&mut self, _span: Span, _item: Option<Item>) {}
    /// A request begins, whose body is at `span`; what follows until [`Handler::request_end`] was in it.
    fn request(&mut self, _request: &Request<'_>, _span: Span) {}
    /// Everything in the request has been handed on.
    fn request_end(&mut self) {}
    /// Whether it holds so much that reading should stop before the next document, to go on with another handler.
    fn is_full(&self) -> bool {
        false
    }
}

/// A piece of a stream, to be read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'t> {
    /// Its bytes.
    pub text: &'t [u8],
    /// Whether the stream ends with them.
    pub last: bool,
    /// Whether they are known to be UTF-8; otherwise each document is looked at.
    pub utf8: bool,
}

impl<'t> Input<'t> {
    /// These bytes, after which more may come.
    pub fn new(text: &'t [u8], last: bool) -> Input<'t> {
        Input { text, last, utf8: is_utf8(text) }
    }
}

/// Reads a piece of a stream that stands at `state`, and returns how many bytes of it were read: all of them, or those
/// before a document that may go on after the piece, or those up to which the handler became full. Of the last piece
/// everything is read.
pub fn segment<H: Handler>(
    engine: &mut Engine,
    input: Input<'_>,
    state: &mut State,
    limits: Limits,
    handler: &mut H,
) -> usize {
    let Input { text, last, utf8 } = input;
    let plain = state.plain;
    let mut reader = Reader { engine, text, state, limits, last, utf8, handler, plain };
    let read = reader.read();
    reader.state.plain = reader.plain.saturating_sub(read);
    read
}

/// Reads a whole stream that is there at once. Returns how many bytes were read: fewer than all if the handler became
/// full.
pub fn read_all<H: Handler>(engine: &mut Engine, text: &[u8], limits: Limits, handler: &mut H) -> usize {
    segment(engine, Input::new(text, true), &mut State::default(), limits, handler)
}

pub(crate) struct Reader<'r, H> {
    pub engine: &'r mut Engine,
    pub text: &'r [u8],
    pub state: &'r mut State,
    pub limits: Limits,
    pub last: bool,
    pub utf8: bool,
    pub handler: &'r mut H,
    /// Up to here no container begins: they have been asked.
    pub plain: usize,
}

/// What to do after a step.
pub(crate) enum Next {
    /// Go on at this byte.
    At(usize),
    /// What begins at this byte goes on after the text, unless it is too large already.
    More(usize),
    /// What begins at this byte is known to be broken, and a few bytes more will tell how.
    Wait(usize),
}

impl<H: Handler> Reader<'_, H> {
    fn read(&mut self) -> usize {
        let mut at = 0;
        if let Some(skip) = self.state.skip.take() {
            match self.pass_over(skip, 0) {
                Next::At(end) => at = end,
                Next::More(start) | Next::Wait(start) => return start,
            }
        }
        loop {
            at = self.between_space(at);
            let Some(&byte) = self.text.get(at) else { break };
            if self.handler.is_full() {
                return at;
            }
            let next = match (self.state.between, byte) {
                (_, 0xef) if !self.last && b"\xef\xbb\xbf".starts_with(&self.text[at..]) => Next::More(at),
                (Between::Documents, b'[') => self.bracket(at),
                (Between::Documents | Between::FirstItem | Between::Item, b'{') => self.document(at),
                (Between::FirstItem | Between::AfterItem | Between::Item, b']') => {
                    if self.state.between == Between::Item {
                        self.wrong(at, at + 1, Fault::TrailingComma);
                    }
                    *self.state = State::at(Between::Documents);
                    Next::At(at + 1)
                }
                (Between::AfterItem, b',') => {
                    self.state.between = Between::Item;
                    Next::At(at + 1)
                }
                (Between::AfterItem, b'{') => {
                    self.wrong(at, at + 1, Fault::CommaOrBracket);
                    self.state.between = Between::Item;
                    Next::At(at)
                }
                (Between::AfterItem, _) => self.no_comma(at),
                (Between::Documents, b',' | b']' | b'}') => self.stray(at),
                _ => self.other(at),
            };
            let next = match next {
                Next::More(start) if self.is_too_large(start, self.text.len()) => self.too_large(start),
                next => next,
            };
            match next {
                Next::At(next) => at = next,
                Next::More(start) | Next::Wait(start) => return start,
            }
            self.state.begun = true;
        }
        if self.last && self.state.in_array() {
            self.unclosed(at);
        }
        at
    }

    /// Steps over what may stand between documents: white space, byte order marks (of files that were joined) and
    /// the record separators of RFC 7464.
    fn between_space(&self, mut at: usize) -> usize {
        loop {
            let mut cursor = Cursor::new(self.text, at);
            match cursor.space() {
                Some(0x1e) => at = cursor.at + 1,
                Some(0xef) if self.text[cursor.at..].starts_with("\u{feff}".as_bytes()) => at = cursor.at + 3,
                _ => return cursor.at,
            }
        }
    }

    /// An item or document has been read, well or not.
    pub fn done(&mut self) {
        self.state.logged = false;
        if self.state.in_array() {
            self.state.between = Between::AfterItem;
            self.state.items += 1;
        }
    }

    /// A document that begins with a brace.
    #[inline(always)]
    fn document(&mut self, at: usize) -> Next {
        let mark = self.handler.sink().mark();
        match self.engine.document(self.text, at, self.handler.sink()) {
            Ok(seen) => {
                let end = seen.end;
                let (utf8, large) = (self.utf8, end - at > self.limits.document);
                if !large && (utf8 || std::str::from_utf8(seen.raw()).is_ok()) {
                    if holds_others(seen.form) {
                        let form = seen.form;
                        return self.opened(at..end, form, mark);
                    }
                    self.handler.document(&seen, self.state.item());
                    self.done();
                    return Next::At(end);
                }
                self.handler.sink().rewind(mark);
                if large {
                    return self.too_large(at);
                }
                self.not_utf8(at..end, end);
                Next::At(end)
            }
            Err(SyntaxError { fault: Fault::End, .. }) if !self.last => Next::More(at),
            Err(error) => self.broken(at, error),
        }
    }

    /// A bracket where a document should begin: an array of events, or the prefix of a log line.
    fn bracket(&mut self, at: usize) -> Next {
        // Asked again at each of a million arrays in a line, they would look at its rest a million times.
        let plain = self.plain;
        let is_known = at < plain;
        if self.may_be_log(at) {
            if let Some(next) = self.foreign(at) {
                return next;
            }
        } else if !self.last && first_but(b" \t\r", &self.text[at + 1..]).is_none() {
            return Next::More(at);
        }
        match if is_known { Some(false) } else { self.is_cut_prefix(at) } {
            None => {
                self.plain = plain;
                Next::Wait(at)
            }
            Some(true) => {
                let line = memchr::memchr(b'\n', &self.text[at..]).unwrap_or(1);
                self.noise(at, SyntaxError { at: at + line, fault: Fault::Value })
            }
            Some(false) => {
                *self.state = State::at(Between::FirstItem);
                Next::At(at + 1)
            }
        }
    }

    /// A document that holds others.
    #[cold]
    fn opened(&mut self, span: Span, form: Form, mark: Mark) -> Next {
        let (item, text, end) = (self.state.item(), self.text, span.end);
        // The header of an event looks like what the Node SDK makes of one; in the rest of an event more follows it.
        if form == Form::NodeFlatV2 && item.is_none() {
            let behind = &text[end..text.len().min(end + LOOKAHEAD)];
            let next = first_but(b" \t", behind);
            if next.is_none() && behind.len() < LOOKAHEAD && !self.last {
                self.handler.sink().rewind(mark);
                return Next::Wait(span.start);
            }
            if next.is_some_and(|byte| matches!(byte, b',' | b'}' | b']')) {
                self.handler.sink().rewind(mark);
                self.part(span.start, end, Missing::Beginning);
                self.done();
                return Next::At(end);
            }
        }
        self.open(item, span.clone(), |unwrapper| unwrapper.open(text, span, form, Context::PLAIN, mark));
        self.done();
        Next::At(end)
    }

    /// Has `read` take documents out of what stands at `span`, within a budget of its own.
    pub fn open<T>(
        &mut self,
        item: Option<Item>,
        span: Span,
        read: impl FnOnce(&mut Unwrapper<'_, H>) -> T,
    ) -> T {
        let budget = Budget::new(span.len(), self.limits.document);
        self.handler.begin_parts();
        let result = read(&mut Unwrapper { engine: self.engine, handler: self.handler, item, budget });
        self.handler.end_parts(span, item);
        result
    }

    pub fn is_too_large(&self, start: usize, end: usize) -> bool {
        end - start > self.limits.document
    }
}

/// How many bytes from an error on decide what is said of it.
pub(crate) const LOOKAHEAD: usize = 16;
