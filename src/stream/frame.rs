//! A piece of a stream, document by document: framing and limits. One JSON document, NDJSON, pretty-printed documents in
//! a row, glued ones and a top-level array of events are all the same to it. What cannot be read is left to `recover`.
//!
//! This file and `unwrap` use each other: a document can hold documents, which are handed to the same [`Handler`].

use std::cell::Cell;

use crate::budget::Budget;
use crate::container::{Form, Request, holds_others, trace};
use crate::engine::{Engine, Seen};
use crate::finding::{Mark, Sink, Span};
use crate::json::{Cursor, Fault, Place, SyntaxError, is_utf8};

use super::find::Traced;
use super::lookback::Lookback;
use super::pass::Stranger;
use super::sealed;
use super::stats::PassedOver;
use super::unwrap::{Context, Opened, Unwrapper, Within, tell};
use super::views;

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
    fn skipped(&mut self, _passed: PassedOver) {}
    /// The documents that follow, until [`Handler::end_parts`], are all taken out of one document or line.
    fn begin_parts(&mut self) {}
    /// All of them have been handed on; what they were taken out of stands at `span`.
    fn end_parts(&mut self, _span: Span, _item: Option<Item>) {}
    /// A request begins, whose body is at `span`; what follows until [`Handler::request_end`] was in it.
    fn request(&mut self, _request: &Request<'_>, _span: Span) {}
    /// Everything in the request has been handed on.
    fn request_end(&mut self) {}
    /// This text, which stands at a place of the stream, is about to be read: spans point into it.
    fn begin(&mut self, _text: &[u8], _place: Place) {}
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
    /// Where they stand in the stream.
    pub place: Place,
}

impl<'t> Input<'t> {
    /// These bytes, after which more may come.
    pub fn new(text: &'t [u8], last: bool) -> Input<'t> {
        Input { text, last, utf8: is_utf8(text), place: Place::START }
    }

    /// The same, at this place of the stream.
    pub fn at(self, place: Place) -> Input<'t> {
        Input { place, ..self }
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
    handler.begin(input.text, input.place);
    Reader::new(engine, input, state, limits, handler, None).read()
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
    /// What the text was taken out of; `None` for the stream itself.
    pub within: Option<(Context<'r>, &'r Opened)>,
    /// What stands before the next document and may belong to it.
    pub lookback: Lookback,
    /// What was passed over first that is worth a word where nothing is found.
    pub stranger: Option<(usize, Stranger)>,
    /// Where the next trace is, as far as it was looked for.
    pub traced: Option<Traced>,
    /// The same of the beginnings of encoded events.
    pub encoded: Option<Traced>,
    /// The trace for which a broken document was last looked into in vain, and from where on nothing was found before it.
    pub in_vain: Option<(usize, usize)>,
    /// Up to here, the end of a line, it was last said that what stands there is a part of something.
    pub told: usize,
    /// How many bytes were looked at around traces in vain: near them, and farther where an undoer wanted more.
    pub spent: usize,
    pub far_spent: usize,
    /// Up to here all that stands on its line was passed over, if anything was that does not end the line.
    pub passed_to: Option<usize>,
    /// Where that ends which showed [`State::shown`].
    pub shown_to: usize,
    /// Where a line was looked into whose end was looked for last, and that end.
    pub line: Cell<(usize, usize)>,
    /// A document held others: more records of a log may follow.
    pub records: bool,
    /// Up to here, the end of a line, no event is found, and JSON was promised: it is not looked through again.
    pub told_to: usize,
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

impl<'r, H: Handler> Reader<'r, H> {
    /// Reads a text that stands at `state`; `within`: what it was taken out of.
    pub fn new(
        engine: &'r mut Engine,
        input: Input<'r>,
        state: &'r mut State,
        limits: Limits,
        handler: &'r mut H,
        within: Option<(Context<'r>, &'r Opened)>,
    ) -> Reader<'r, H> {
        let Input { text, last, utf8, .. } = input;
        let lookback = Lookback::new(state.begun || within.is_some());
        let (stranger, traced, encoded, in_vain, told, spent, far_spent, passed_to) =
            (None, None, None, None, 0, 0, 0, None);
        Reader {
            engine,
            text,
            state,
            limits,
            last,
            utf8,
            handler,
            within,
            lookback,
            stranger,
            traced,
            encoded,
            in_vain,
            told,
            spent,
            far_spent,
            passed_to,
            shown_to: 0,
            line: Cell::new((1, 0)),
            records: false,
            told_to: 0,
        }
    }

    /// Reads the text, and says how much of it.
    pub fn read(&mut self) -> usize {
        if self.state.told {
            self.told = self.line_end(0);
        }
        let read = match self.read_on() {
            read if self.last => read,
            read => self.with_indent(read),
        };
        match self.last && read == self.text.len() {
            true => {
                self.ended();
                read
            }
            // What may belong to the next document is read again with it.
            false => match self.lookback.start() {
                Some((start, state)) if start < read => {
                    let start = self.with_indent(start);
                    *self.state = state;
                    start
                }
                _ => {
                    // Whether a line feed parts the bracket of an array from its first item says what it is.
                    let tells = !self.state.in_array() || self.state.between == Between::FirstItem;
                    self.state.in_line = tells && !self.begins_line(read);
                    self.state.told = self.state.in_line && self.told == self.line_end(read);
                    read
                }
            },
        }
    }

    fn read_on(&mut self) -> usize {
        let mut at = 0;
        if let Some(skip) = self.state.skip.take() {
            match self.pass_over(skip, 0) {
                Next::At(end) => at = end,
                Next::More(start) | Next::Wait(start) => return start,
            }
        }
        loop {
            let behind = at;
            at = self.between_space(at);
            // A view of what was read stands on its line, or behind a comma.
            if self.state.shown != 0 && memchr::memchr(b'\n', &self.text[behind..at]).is_some() {
                self.ends_views(self.shown_to..behind);
            }
            let Some(&byte) = self.text.get(at) else { break };
            if self.within.is_none() && self.handler.is_full() {
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
                (Between::AfterItem, b'{') if self.is_no_array() => Next::At(at),
                (Between::AfterItem, b'{') => {
                    self.wrong(at, at + 1, Fault::CommaOrBracket);
                    self.state.between = Between::Item;
                    Next::At(at)
                }
                (Between::AfterItem, _) => self.no_comma(at),
                (Between::Documents, _) => self.surroundings(at),
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
        // A document a line, which is the most common.
        if let Some(b"\n{") = self.text.get(at..at + 2) {
            return at + 1;
        }
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
        if self.state.in_array() {
            self.state.between = Between::AfterItem;
            self.state.items += 1;
        }
    }

    /// A document that begins with a brace.
    #[inline(always)]
    fn document(&mut self, at: usize) -> Next {
        if self.lookback.holds() && !self.state.in_array() {
            return self.behind_lines(at);
        }
        if self.text[at..].first_chunk() == Some(sealed::OPENING)
            && let Some(next) = self.sealed(at)
        {
            return next;
        }
        if self.records
            && let Some(next) = self.record(at)
        {
            return next;
        }
        self.known(at)
    }

    /// A document that begins with a brace, and before which nothing stands that may belong to it.
    #[inline(always)]
    pub fn known(&mut self, at: usize) -> Next {
        let mark = self.handler.sink().mark();
        let context = self.context();
        let read = self.engine.document(self.text, at, &mut Within { sink: self.handler.sink(), context });
        // Left where it is: to move it takes longer than to look at it.
        match &read {
            Ok(seen) => {
                let end = seen.end;
                let (utf8, large) = (self.utf8, end - at > self.limits.document);
                if !large && (utf8 || std::str::from_utf8(seen.raw()).is_ok()) {
                    if holds_others(seen.form) {
                        let form = seen.form;
                        return self.opened(at..end, form, mark);
                    }
                    match self.within {
                        None => self.handler.document(seen, self.state.item()),
                        Some((context, opened)) => tell(*seen, mark, context, opened, self.handler),
                    }
                    self.lookback_ends(at);
                    self.state.shown = 0;
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
            Err(error) => self.broken(at, *error),
        }
    }

    /// A bracket where a document should begin: an array of events, or something else.
    fn bracket(&mut self, at: usize) -> Next {
        let rest = self.text[at + 1..].trim_ascii_start();
        let after = |brace: &[u8]| brace[1..].trim_ascii_start().first().copied();
        match (rest.first(), rest.first().and_then(|_| after(rest))) {
            (None, _) | (Some(b'{'), None) if !self.last => Next::More(at),
            (None | Some(b']'), _) | (Some(b'{'), None | Some(b'"' | b'}')) => {
                if self.lookback.is_nothing() {
                    self.pass(at..at);
                }
                *self.state = State::at(Between::FirstItem);
                Next::At(at + 1)
            }
            _ => self.surroundings(at),
        }
    }

    /// A document that holds others.
    #[cold]
    pub fn opened(&mut self, span: Span, form: Form, mark: Mark) -> Next {
        let (text, end) = (self.text, span.end);
        // A header, with what makes it one of an event cut off.
        let may_be_part = matches!(form, Form::NodeFlatV2 | Form::Other) && self.goes_on(span.start, end);
        if may_be_part && trace::is_in(&text[span.clone()]) {
            self.handler.sink().rewind(mark);
            return self.member(span.start, span);
        }
        let holder = form.is_passed() || form == Form::Wrapper;
        if holder && !self.state.in_array() && self.within.is_none() {
            self.handler.sink().rewind(mark);
            if let Some(next) = self.join(span.clone()) {
                return next;
            }
        }
        let item = self.state.item();
        let known = self.open(item, span.clone(), |unwrapper, context| {
            unwrapper.open(text, span.clone(), form, context, mark)
        });
        self.records |= known && holder;
        match known {
            true => self.pass_before(span.start, span.start),
            false => {
                self.stranger_document(span.clone(), form);
                self.pass(span);
            }
        }
        self.done();
        Next::At(end)
    }

    /// Has `read` take documents out of what stands at `span`, within one budget.
    pub fn open<T>(
        &mut self,
        item: Option<Item>,
        span: Span,
        read: impl FnOnce(&mut Unwrapper<'_, H>, Context<'_>) -> T,
    ) -> T {
        let (beside, follows) = (self.beside(span.start), self.may_follow(span.end));
        let Reader { engine, handler, limits, .. } = self;
        let limits = *limits;
        let own;
        let (context, opened) = match self.within {
            Some(within) => within,
            None => {
                own = Opened::new(item, Budget::new(span.len(), limits.document));
                handler.begin_parts();
                (Context::PLAIN, &own)
            }
        };
        opened.deliveries.borrow_mut().keeps_last = follows;
        if let Some(delivery) = beside {
            opened.deliveries.borrow_mut().begin_beside(delivery);
        }
        let result = read(&mut Unwrapper { engine, handler, limits, opened }, context);
        let mut deliveries = opened.deliveries.borrow_mut();
        if beside.is_some() {
            deliveries.end();
        }
        (self.state.shown, self.shown_to) = (std::mem::take(&mut deliveries.last), span.end);
        if self.within.is_none() {
            self.handler.end_parts(span, item);
        }
        result
    }

    /// The delivery of which what begins at `start` may be another view: it was read last, as a member of the same
    /// record.
    pub fn beside(&self, start: usize) -> Option<u64> {
        let between = self.text.get(self.shown_to..start)?;
        (self.state.shown != 0 && views::names_member(between)).then_some(self.state.shown)
    }

    /// No other view follows on what was read last, if a line ends behind what stands at `span`, which is more or less
    /// than a comma.
    pub fn ends_views(&mut self, span: Span) {
        let behind = self.text.get(span).unwrap_or_default().trim_ascii_end();
        if !behind.ends_with(b",") || behind.iter().any(u8::is_ascii_alphanumeric) {
            self.state.shown = 0;
        }
    }

    /// Whether another view of what ends at `end` may follow.
    pub fn may_follow(&self, end: usize) -> bool {
        !self.state.in_array() && views::may_follow(&self.text[end..], self.last)
    }

    /// Where the text was taken out.
    pub fn context(&self) -> Context<'r> {
        self.within.map_or(Context::PLAIN, |(context, _)| context)
    }

    /// Where findings go.
    pub fn sink(&mut self) -> Within<'_, H::Sink> {
        let context = self.context();
        Within { sink: self.handler.sink(), context }
    }

    /// Which item of a top-level array is being read.
    pub fn item(&self) -> Option<Item> {
        self.within.map_or_else(|| self.state.item(), |(_, opened)| opened.item)
    }

    /// What stands at `span` holds no document that can be read; why has been reported.
    pub fn tell_broken(&mut self, span: Span, item: Option<Item>) {
        self.lookback_ends(span.start);
        let span = self.context().outer(span);
        if let Some((_, opened)) = self.within {
            opened.count();
        }
        self.handler.broken(span, item);
    }

    /// Whether a document from `start` to `end` is too large to be read. What was undone of lines around a place may end
    /// before it, and is nothing there.
    pub fn is_too_large(&self, start: usize, end: usize) -> bool {
        end.saturating_sub(start) > self.limits.document
    }
}

/// How many bytes from an error on decide what is said of it.
pub(crate) const LOOKAHEAD: usize = 16;
