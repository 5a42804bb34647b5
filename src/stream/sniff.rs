//! What stands in a stream where a document should begin: the containers are asked one after another, what they answer
//! is opened, and reported.

use crate::container::finder::{Finder, Logged, Missing};
use crate::container::resync::own_line;
use crate::container::{Answer, Asked, CONTAINERS, FormInfo, Inner, Place, Then};
use crate::container::{curl, hexdump};
use crate::finding::Span;
use crate::json::{SyntaxError, tree};
use crate::origin::Step;
use crate::rules::{form, wire};
use crate::steps::took;

use super::frame::{Handler, Item, Next, Reader};
use super::skip::Skip;
use super::unwrap::{Context, Unwrapper};

/// So many bytes may stand for rows of a dump that repeat, however short it is.
const REPEATED: usize = 64 << 10;

/// The first byte of `text` that is none of `blanks`.
pub(crate) fn first_but(blanks: &[u8], text: &[u8]) -> Option<u8> {
    text.iter().copied().find(|byte| !blanks.contains(byte))
}

impl<H: Handler> Reader<'_, H> {
    /// Whether the bracket at `at` may open the prefix of a log line: `[2026-01-02 03:04:05]`, `[INFO]`.
    pub fn may_be_log(&self, at: usize) -> bool {
        first_but(b" \t", &self.text[at + 1..]).is_some_and(|byte| !b"{][\"\n\r".contains(&byte))
    }

    /// Whether the bracket at `at` opened the prefix of a log line of which the rest was cut: `[2026-0`, and on the next
    /// line begins something of its own. `None` when more must be there to tell.
    pub fn is_cut_prefix(&self, at: usize) -> Option<bool> {
        let rest = &self.text[at + 1..];
        if rest.trim_ascii_start().starts_with(b"{")
            || !self.may_be_log(at) && first_but(b" \t\r", rest) != Some(b'\n')
        {
            return Some(false);
        }
        match memchr::memchr(b'\n', rest) {
            // An array, or one of which an object is the next item.
            Some(end) if rest.get(end + 1) == Some(&b'{') || tree::is_json(&self.text[at..at + 1 + end]) => {
                Some(false)
            }
            Some(end) => own_line(&rest[end + 1..], self.last).map(|(own, _)| own),
            None => self.last.then_some(false),
        }
    }

    /// What to do about a line that begins with neither a document nor an array; `None` when nothing is known of it.
    #[cold]
    pub fn foreign(&mut self, at: usize) -> Option<Next> {
        // Of a line with a million values the rest would be looked at a million times.
        if at < self.plain {
            return None;
        }
        let text = self.text;
        if let Some(next) = self.ask(Asked::Head, at, at, None) {
            return Some(next);
        }
        let end = match memchr::memchr(b'\n', &text[at..]) {
            Some(length) => at + length,
            None if self.last => text.len(),
            None => return Some(Next::More(at)),
        };
        took(end - at);
        if self.is_too_large(at, end) {
            return Some(self.too_large(at));
        }
        let next = if tree::is_json(&text[at..end]) { None } else { self.ask(Asked::Line, at, end, None) };
        if next.is_none() {
            self.plain = end;
        }
        next
    }

    /// A document that is broken at `error` because it is in another notation; `None` when it is merely broken.
    #[cold]
    pub fn dialect(&mut self, at: usize, error: SyntaxError) -> Option<Next> {
        self.ask(Asked::Broken, at, at, Some(error))
    }

    /// Asks the containers what stands at `at`, and does what the first one says that knows it.
    fn ask(&mut self, asked: Asked, at: usize, end: usize, broken: Option<SyntaxError>) -> Option<Next> {
        let first = !self.state.begun;
        let place =
            Place { text: self.text, at, end, first, last: self.last, limit: self.limits.document, broken };
        let is_asked = |of: Asked| match of {
            Asked::Head => asked == of && first,
            Asked::FirstLine => asked == Asked::Line && first,
            Asked::Line | Asked::Broken => asked == of,
        };
        let mut answers =
            CONTAINERS.iter().filter(|known| is_asked(known.asked)).map(|known| (known.probe)(&place));
        Some(match answers.find(|answer| !matches!(answer, Answer::No))? {
            Answer::No => return None,
            Answer::More => Next::More(at),
            Answer::TooLarge => self.too_large(at),
            Answer::Skip(end) => {
                self.handler.skipped(at..end);
                Next::At(end)
            }
            Answer::Document { at: begins, logged } => {
                self.state.logged |= logged;
                self.handler.skipped(at..begins);
                Next::At(begins)
            }
            Answer::Cut { end, what } => self.cut(at, end, what),
            Answer::Rest(end) => {
                self.part(at, end, Missing::Beginning);
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
                // A line is none of the items around it.
                let item = self.state.item().filter(|_| asked == Asked::Broken);
                self.inner(inner, item, at, span);
                self.done();
                Next::At(end)
            }
        })
    }

    /// Says what stands at `span` and cannot be read; what is lost is said of an event that is there, and not whole.
    fn name(&mut self, about: &FormInfo, span: Span) {
        let first = span.start..span.start + 1;
        let sink = self.handler.sink();
        match about.lost {
            Some(_) => wire::reshaped(about.name, about.lost, about.capture, first, sink),
            None => form::not_an_event(about.name, about.capture, (first.start, first.end), sink),
        }
        self.handler.broken(span, None);
    }

    /// Reads what the container that begins at `at` holds at `span`.
    fn inner(&mut self, inner: Inner<'_>, item: Option<Item>, at: usize, span: Span) {
        let text = self.text;
        match inner {
            Inner::Held(held) => {
                self.open(item, span.clone(), |unwrapper| {
                    if !unwrapper.held(held, text, span.clone(), Context::PLAIN) {
                        unwrapper.handler.broken(span, item);
                    }
                });
            }
            Inner::Request(request, _) if request.body.is_empty() => {
                self.handler.request(&request, span.clone());
                self.handler.request_end();
                self.handler.skipped(span);
            }
            Inner::Request(request, flaw) => {
                if let Some(flaw) = flaw {
                    wire::contradicts(flaw, at..at + 1, self.handler.sink());
                }
                self.open(None, span, |unwrapper| {
                    unwrapper.request(&request, Step::Http, text, Context::PLAIN)
                });
            }
            Inner::Logged(first, more) => self.logged(first, more, span),
            Inner::Dump => self.dump(span),
        }
    }

    /// Reads the first object of the line at `span`, and the events that follow it there.
    fn logged(&mut self, first: Logged<'_>, more: Finder<'_>, span: Span) {
        let text = self.text;
        if let Some(missing) = first.missing.filter(|_| !first.form.is_reply()) {
            // Half of an event is none, though an SDK might have made one of it.
            let is_half = !first.form.is_wire();
            self.part(span.start, if is_half { span.end } else { span.start }, missing);
            if is_half {
                return;
            }
        }
        self.open(None, span.clone(), |unwrapper| {
            match first.form.is_reply() {
                true => unwrapper.handler.skipped(span.clone()),
                false => unwrapper.logged(first, text, span.start, Context::PLAIN),
            }
            for logged in more.take_while(|more| more.form.is_wire()) {
                unwrapper.logged(logged, text, span.start, Context::PLAIN);
            }
        });
    }

    /// Reads the dump of bytes at `span`.
    fn dump(&mut self, span: Span) {
        let text = &self.text[span.clone()];
        let first = span.start..span.start + 1;
        let whole = self.open(None, span.clone(), |unwrapper| {
            // A dump shows a byte in three or more, so honest ones have room for a good many repeated rows.
            let most = unwrapper.budget.left().min(span.len() + REPEATED);
            let Some(shown) = hexdump::bytes(text, most) else { return false };
            let about = hexdump::BYTES;
            match shown.gaps.is_empty() {
                true => unwrapper.reshaped(&about, None, span.start, Context::PLAIN),
                false => unwrapper.budget_spent(span.clone(), Context::PLAIN),
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
            if !unwrapper.taken_out(&shown.bytes, Step::Dumped, span.clone(), Context::PLAIN, read) {
                unwrapper.handler.broken(span.clone(), None);
            }
            true
        });
        if !whole {
            self.name(&hexdump::CHARACTERS, span);
        }
    }
}
