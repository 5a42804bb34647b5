//! Asks the containers about a line, and reads what they know: requests and dumps of bytes.

use std::sync::Arc;

use crate::container::request::Flaw;
use crate::container::{Answer, Asked, CONTAINERS, Container, Form, FormInfo, Inner, Place, Request, Then};
use crate::container::{curl, hexdump, http};
use crate::finding::{Sink, Span};
use crate::json::{Cursor, Fault};
use crate::origin::Step;
use crate::rules::{form, wire};

use super::frame::{Handler, Next, Reader};
use super::pass::Stranger;
use super::recover::first_char;
use super::skip::Skip;
use super::state::Between;
use super::unwrap::{Context, Unwrapper, announce};

/// So many bytes may stand for rows of a dump that repeat, however short it is.
const REPEATED: usize = 64 << 10;

impl<'t, H: Handler> Reader<'t, H> {
    /// Asks the containers what stands at `at`, and does what the first one says that knows it.
    pub fn ask(&mut self, asked: Asked, at: usize, end: usize) -> Option<Next> {
        let place = self.place(at, end);
        let first = place.first;
        let begins = place.line().trim_ascii_start().first();
        let is_asked = |known: &&Container| match known.asked {
            Asked::Head => asked == Asked::Head && first && self.within.is_none(),
            Asked::FirstLine => asked == Asked::Line && first,
            Asked::Line => {
                asked == Asked::Line && (first || begins.is_some_and(|byte| (known.begins)(*byte)))
            }
        };
        let mut answers = CONTAINERS.iter().filter(is_asked).map(|known| (known.probe)(&place));
        Some(match answers.find(|answer| !matches!(answer, Answer::No))? {
            Answer::No => return None,
            Answer::More => Next::More(at),
            Answer::TooLarge => self.too_large(at),
            Answer::Skip(end) => {
                self.pass(at..end);
                Next::At(end)
            }
            Answer::Stranger { about, end } => {
                self.stranger(at, |_| Some(Stranger::Known(about)));
                self.pass(at..end);
                Next::At(end)
            }
            Answer::Unanswered { request, about, end } => {
                self.pass_before(at, at);
                self.handler.request(&request, at..end);
                self.name(about, at..end);
                self.handler.request_end();
                Next::At(end)
            }
            Answer::Named { about, end, then } => {
                self.name(&about, at..end);
                match then {
                    Then::Here => Next::At(end),
                    Then::NextBrace => self.pass_over(Skip::Lines { start: false }, end),
                    Then::Nowhere => self.pass_over(Skip::Rest, at),
                }
            }
            Answer::Open { inner, span, end } => {
                match inner {
                    Inner::Request(request, flaw) => self.request(request, flaw, at, span),
                    Inner::Dump => self.dump(at, span),
                }
                Next::At(end)
            }
        })
    }

    fn place(&self, at: usize, end: usize) -> Place<'t> {
        let (first, last, limit) = (!self.state.begun, self.last, self.limits.document);
        Place { text: self.text, at, end, first, last, limit }
    }

    /// Whether nothing that came before, or is around, can change how what stands here is read.
    pub fn stands_alone(&self) -> bool {
        self.within.is_none()
            && self.state.between == Between::Documents
            && self.state.shown == 0
            && !self.lookback.holds()
            && self.utf8
    }

    /// The request whose line begins at `at` and ends at `end`, if its body is one event of which there is nothing to say,
    /// and nothing around it can change how it is read: most requests of a capture are like that, and their bodies
    /// need not be gone through to know where they end.
    pub fn plain_request(&mut self, at: usize, end: usize) -> Option<Next> {
        if !self.stands_alone() {
            return None;
        }
        let text = self.text;
        let request = http::announced(&self.place(at, end))?;
        let span = request.span.clone();
        if self.may_follow(span.end) {
            return None;
        }
        let credentials = Arc::clone(&self.engine.credentials);
        let mark = self.handler.sink().mark();
        let seen = self.engine.document(&text[..span.end], span.start, self.handler.sink()).ok();
        let seen = seen.filter(|seen| seen.form == Form::EventV2 && seen.end == span.end);
        // What is said of it comes behind what is said of its signature.
        let Some(seen) = seen.filter(|_| self.handler.sink().mark() == mark) else {
            self.handler.sink().rewind(mark);
            return None;
        };
        self.handler.begin_parts();
        announce(&request, Context::PLAIN, &credentials, self.handler);
        self.handler.document(&seen, None);
        self.handler.request_end();
        self.handler.end_parts(span.clone(), None);
        self.lookback.found();
        Some(Next::At(span.end))
    }

    /// Says what stands at `span` and cannot be read; what is lost is said of an event that is there, and not whole.
    pub fn name(&mut self, about: &FormInfo, span: Span) {
        let first = first_char(self.text, span.start);
        match about.lost {
            Some(_) => wire::reshaped(about.name.said(), about.lost, about.capture, first, &mut self.sink()),
            None => form::not_an_event(
                about.name.said(),
                about.capture,
                (first.start, first.end),
                &mut self.sink(),
            ),
        }
        self.tell_broken(span, None);
    }

    /// Reads the request that begins at `at`; it stands at `span`.
    pub fn request(&mut self, request: Request<'t>, flaw: Option<Flaw>, at: usize, span: Span) {
        let text = self.text;
        self.pass_before(at, at);
        if request.body.is_empty() {
            self.handler.request(&request, span.clone());
            self.handler.request_end();
            self.let_go(span);
        } else {
            if let Some(flaw) = flaw {
                wire::contradicts(|lang| flaw.words(lang), first_char(text, at), &mut self.sink());
            }
            self.open(None, span, |unwrapper, context| {
                unwrapper.request(&request, Step::Http, text, context)
            });
        }
        self.done();
    }

    /// Reads the dump of bytes at `span`, which begins a line at `at`. One in which nothing can be read is passed over.
    pub fn dump(&mut self, at: usize, span: Span) {
        let text = &self.text[span.clone()];
        let first = first_char(self.text, span.start);
        let mark = self.handler.sink().mark();
        let read = self.open(None, span.clone(), |unwrapper, context| {
            // A dump shows a byte in three or more, so honest ones have room for a good many repeated rows.
            let most = unwrapper.opened.budget.left().min(span.len() + REPEATED);
            let shown = hexdump::bytes(text, most)?;
            let before = unwrapper.opened.read.get();
            let value = Cursor::new(&shown.bytes, 0).value(0);
            let cut = value.is_err_and(|error| error.fault == Fault::End);
            match shown.gaps.is_empty() {
                // Of what was cut, it would be said that nothing is lost.
                true if cut => {}
                true => unwrapper.reshaped(&hexdump::BYTES, None, first.clone(), context),
                false => unwrapper.budget_spent(span.clone(), context),
            }
            let read = |unwrapper: &mut Unwrapper<'_, H>, inner: Context<'_>| {
                for Span { start, end } in shown.stretches() {
                    let bytes = &shown.bytes[..end];
                    match curl::http_or_dump(bytes).filter(|_| start == 0) {
                        Some(pieces) => unwrapper.requests(bytes, pieces, first.clone(), inner),
                        None => unwrapper.body(bytes, start, inner),
                    }
                }
            };
            let whole = unwrapper.taken_out(&shown.bytes, Step::Dumped, span.clone(), context, read);
            if !whole {
                unwrapper.tell_broken(span.clone(), context);
            }
            Some(unwrapper.opened.read.get() > before)
        });
        match read {
            Some(true) => {
                self.pass_before(at, at);
                self.done();
            }
            Some(false) => {
                self.handler.sink().rewind(mark);
                self.stranger(span.start, |_| Some(Stranger::Known(&hexdump::BYTES)));
                self.pass(at..span.end);
            }
            None => self.name(&hexdump::CHARACTERS, span),
        }
    }
}
