//! Records of a log in JSON that have an event in a string: those of which one look tells that, and nothing around it
//! can change how it is read. All others go the way of any document that holds others.

use std::sync::Arc;

use crate::budget::Budget;
use crate::container::json_record::{self, Record};
use crate::container::json_request::is_event;
use crate::container::{Form, Headers, Request, holds_others};
use crate::finding::{Sink, Span};
use crate::origin::Step;

use super::frame::{Handler, Next, Reader};
use super::unwrap::{Context, Opened, Unwrapper, announce};

impl<'t, H: Handler> Reader<'t, H> {
    /// Reads the record at `at`, if it is such a one.
    #[cold]
    pub fn record(&mut self, at: usize) -> Option<Next> {
        if !self.stands_alone() {
            return None;
        }
        let mut plain = self.engine.spare.pop().unwrap_or_default();
        let record = json_record::read(self.text, at, &mut plain);
        let read = record.and_then(|record| self.string_of(at, record, &plain));
        self.engine.spare.push(plain);
        read
    }

    /// Reads what the string of the record at `at` says, `plain`, if that has an object in it, and so none that goes on in
    /// the next record.
    fn string_of(&mut self, at: usize, record: Record<'t>, plain: &[u8]) -> Option<Next> {
        let Record { end, string, headers } = record;
        if self.is_too_large(at, end) || self.goes_on(at, end) || self.may_follow(end) {
            return None;
        }
        let read = match headers {
            _ if plain.starts_with(b"{") => self.alone_in(at..end, string, headers, plain),
            Some(_) => false,
            None => self.behind_words(at..end, string, plain),
        };
        read.then_some(Next::At(end))
    }

    /// The string at `string` of the record at `span` says nothing but an event: `plain`. With `headers` it is the body of
    /// a request.
    fn alone_in(&mut self, span: Span, string: Span, headers: Option<Headers<'_>>, plain: &[u8]) -> bool {
        let request = headers.map(|headers| Request {
            method: "".into(),
            target: "".into(),
            headers,
            body: plain.into(),
            span: string.clone(),
            // A lone surrogate or a byte that is not UTF-8 cannot have come through a string.
            as_sent: memchr::memmem::find(plain, "\u{fffd}".as_bytes()).is_none(),
            others: Vec::new(),
        });
        let step = if request.is_some() { Step::Wrapped } else { Step::Quoted };
        if request.is_some() && !is_event(plain) {
            return false;
        }
        let credentials = Arc::clone(&self.engine.credentials);
        let Reader { engine, handler, limits, .. } = self;
        let opened = Opened::new(None, Budget::new(span.len(), limits.document));
        let mut unwrapper: Unwrapper<'_, H> = Unwrapper { engine, handler, limits: *limits, opened: &opened };
        let read = unwrapper.alone(plain, step, string, Context::PLAIN, |handler, clean| {
            let Some(request) = &request else {
                handler.begin_parts();
                return true;
            };
            // What is said of it comes behind what is said of its signature.
            if clean {
                handler.begin_parts();
                announce(request, Context::PLAIN, &credentials, handler);
            }
            clean
        });
        if read {
            if request.is_some() {
                self.handler.request_end();
            }
            self.handler.end_parts(span, None);
            self.lookback.found();
        }
        read
    }

    /// The string at `string` of the record at `span` has an event among words: `plain`.
    fn behind_words(&mut self, span: Span, string: Span, plain: &[u8]) -> bool {
        let Some(brace) = memchr::memchr(b'{', plain) else { return false };
        let mark = self.handler.sink().mark();
        let seen = self.engine.document(plain, brace, self.handler.sink());
        let end =
            seen.ok().filter(|seen| seen.form.is_wire() && !holds_others(seen.form)).map(|seen| seen.end);
        self.handler.sink().rewind(mark);
        if end.is_none_or(|end| memchr::memchr(b'{', &plain[end..]).is_some()) {
            return false;
        }
        let read = self.open(None, span.clone(), |unwrapper, context| {
            unwrapper.text(plain, Step::Quoted, string, context)
        });
        match read {
            true => self.pass_before(span.start, span.start),
            false => {
                self.stranger_document(span.clone(), Form::Other);
                self.pass(span);
            }
        }
        true
    }
}
