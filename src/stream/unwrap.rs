//! Documents inside others: what is encrypted, wrapped, quoted or merged is taken out and walked like everything else,
//! and handed on in place of what it was taken out of.
//!
//! This file and `frame` use each other: what is taken out goes to the [`Handler`] that the text around it goes to.

use std::sync::Arc;

use crate::budget::Budget;
use crate::container::finder::Logged;
use crate::container::http::{Piece, What};
use crate::container::notation::literal::NotRelaxed;
use crate::container::{Form, FormInfo, HOLDERS, Held, Part, Request, holds_others};
use crate::engine::{Engine, Seen};
use crate::finding::{At, Inside, Mark, Rule, Sink, Span, Taken, Words};
use crate::json::{Cursor, Path, SyntaxError, TokenKind, unescape};
use crate::origin::{Origin, Step};
use crate::rules::{form, syntax, wire};
use crate::signature::decrypt;
use crate::signature::{DecryptError, verify};

use super::frame::{Handler, Item};
use super::recover::char_length;

/// Takes documents out of others: one for each document or line of the stream that holds some.
pub(crate) struct Unwrapper<'o, H> {
    pub engine: &'o mut Engine,
    pub handler: &'o mut H,
    /// Which item of a top-level array is being read.
    pub item: Option<Item>,
    /// How many bytes more may be made out of it and be there at once.
    pub budget: Budget,
}

/// Where a text that is read comes from: the stream itself, or something that stands in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    origin: Origin,
    /// `None` for the stream itself.
    outer: Option<Outer<'a>>,
}

/// What a text was taken out of.
#[derive(Clone, Copy, Debug)]
struct Outer<'a> {
    /// Its bytes in the piece of the stream.
    span: (usize, usize),
    /// What was taken out of them.
    text: &'a Taken<'a>,
}

impl Context<'_> {
    /// The stream itself.
    pub const PLAIN: Context<'static> = Context { origin: Origin::PLAIN, outer: None };

    /// Where in the stream `span` of the text is: there itself, or where the text was taken out.
    fn outer(self, span: Span) -> Span {
        self.outer.map_or(span, |Outer { span: (start, end), .. }| start..end)
    }
}

impl<H: Handler> Unwrapper<'_, H> {
    /// Reads the document at `at` of `text`, whatever it is, and says where it ends.
    fn document(&mut self, text: &[u8], at: usize, context: Context<'_>) -> Result<usize, SyntaxError> {
        let mark = self.handler.sink().mark();
        let mut sink = Within { sink: self.handler.sink(), context };
        let seen = self.engine.document(text, at, &mut sink)?;
        let (form, end) = (seen.form, seen.end);
        match holds_others(form) {
            true => self.open(text, at..end, form, context, mark),
            false => tell(seen, context, self.item, self.handler),
        }
        Ok(end)
    }

    /// Opens the document at `span` of `text`, which has been walked and proved to be of `form`. What was reported of
    /// it since `mark` is taken back where something is found in it.
    pub fn open(&mut self, text: &[u8], span: Span, form: Form, context: Context<'_>, mark: Mark) {
        let document = &text[span.clone()];
        let held =
            HOLDERS.iter().filter(|known| known.form == form).find_map(|known| (known.probe)(document));
        // What it holds is walked for itself; what is said of an encrypted body holds whatever is in it.
        if held.as_ref().is_some_and(|held| !matches!(held, Held::Sealed(..))) {
            self.handler.sink().rewind(mark);
        }
        if !held.is_some_and(|held| self.held(held, text, span.clone(), context)) {
            let seen = self.engine.bare(form, text, span.start, span.end);
            tell(seen, context, self.item, self.handler);
        }
    }

    /// Reads what the document or line at `span` of `text` holds. False where nothing can be read; a finding says why.
    pub fn held(&mut self, held: Held<'_>, text: &[u8], span: Span, context: Context<'_>) -> bool {
        match held {
            Held::Made(plain, step) => self.made(&plain, step, span, context),
            Held::Notation(document, about, convert, step) => {
                let json = convert.ok_or(NotRelaxed::NotUnderstood);
                match json.and_then(|convert| convert(document, self.budget.left())) {
                    Ok(json) => {
                        self.reshaped(about, None, span.start, context);
                        self.made(json.as_bytes(), step, span, context)
                    }
                    Err(NotRelaxed::TooLarge) => {
                        self.budget_spent(span, context);
                        false
                    }
                    Err(NotRelaxed::NotUnderstood) => {
                        let lost = about.lost.unwrap_or("what is written in it cannot be said in JSON");
                        self.reshaped(about, Some(lost), span.start, context);
                        false
                    }
                }
            }
            Held::Sealed(place, sealed) => self.encrypted(moved(&place, span.start), &sealed, context),
            Held::Parts(parts, step) => {
                let read = parts.map(|part| self.part(part, step, text, span.start, context));
                read.filter(|read| *read).count() > 0
            }
        }
    }

    /// Reads a part of the document that begins at `start` of `text`. False where it is nothing to be read.
    fn part(&mut self, part: Part<'_>, step: Step, text: &[u8], start: usize, context: Context<'_>) -> bool {
        match part {
            Part::Request(mut request) => {
                request.span = moved(&request.span, start);
                self.request(&request, step, text, context);
            }
            Part::Object(logged) => self.logged(logged, text, start, context),
            Part::Made(plain, place) => self.inner(&plain, step, moved(&place, start), context),
            Part::Skip(place) => {
                self.handler.skipped(context.outer(moved(&place, start)));
                return false;
            }
            Part::Nothing(about) => {
                form::not_an_event(about.name, about.capture, (start, start + 1), &mut self.sink(context));
                return false;
            }
        }
        true
    }

    /// Says of what begins at `start` that it is in another layout or notation.
    pub fn reshaped(&mut self, about: &FormInfo, lost: Option<&str>, start: usize, context: Context<'_>) {
        wire::reshaped(about.name, lost, about.capture, start..start + 1, &mut self.sink(context));
    }

    /// Opens `sealed`, which stands at `place`.
    fn encrypted(&mut self, place: Span, sealed: &[u8], context: Context<'_>) -> bool {
        let credentials = Arc::clone(&self.engine.credentials);
        let mut plain = self.engine.spare.pop().unwrap_or_default();
        let opened = match credentials.keys.decrypt(sealed, &mut plain) {
            Ok(_) => self.made(&plain, Step::Decrypted, place, context),
            Err(error) => {
                // Without a key it can still be told that no key would open it.
                let unkeyed = error == DecryptError::NoKey;
                match if unkeyed { decrypt::is_sealed(sealed) } else { Err(error) } {
                    Ok(()) => form::encrypted_without_key((place.start, place.end), &mut self.sink(context)),
                    Err(error) => {
                        wire::decryption_failed(error, error.help(), place, &mut self.sink(context))
                    }
                }
                false
            }
        };
        self.engine.spare.push(plain);
        opened
    }

    /// Reads a request of `text`; its span is where its body stands there, or what it was made from.
    pub fn request(&mut self, request: &Request<'_>, step: Step, text: &[u8], context: Context<'_>) {
        let span = request.span.clone();
        let first = span.start..(span.start + 1).min(span.end);
        self.handler.request(request, context.outer(span.clone()));
        let credentials = Arc::clone(&self.engine.credentials);
        if !credentials.is_empty()
            && let verify::Outcome::Bad { cause } = verify::verify_request(request, &credentials)
        {
            let words = cause.map(|cause| (cause.sentence, cause.help));
            wire::signature_mismatch(words, first.clone(), &mut self.sink(context));
        }
        if request.is_packed() {
            let what = "a body that is packed, as its Content-Encoding says";
            let help = "capture it where it is unpacked: behind the proxy, or with `curl --compressed`";
            form::not_an_event(what, Some(help), (first.start, first.end), &mut self.sink(context));
            self.handler.broken(context.outer(span), self.item);
        } else {
            self.standing(&request.body, step, text, span, context);
        }
        self.handler.request_end();
    }

    /// Reads what was found in a line that begins at `start` of `text`.
    pub fn logged(&mut self, logged: Logged<'_>, text: &[u8], start: usize, context: Context<'_>) {
        let span = moved(&logged.span, start);
        if logged.headers.is_empty() {
            return self.standing(&logged.text, Step::Log, text, span, context);
        }
        let request = Request {
            method: "".into(),
            target: "".into(),
            // A logger may have parsed it and written it again, or may not: only a right signature says so.
            as_sent: false,
            headers: logged.headers,
            body: logged.text,
            span,
        };
        self.request(&request, Step::Log, text, context);
    }

    /// Reads a body that stands in `text` as it is, and keeps its place, or was made of what stands at `span` there.
    fn standing(&mut self, body: &[u8], step: Step, text: &[u8], span: Span, context: Context<'_>) {
        match offset(text, body) {
            Some(at) => self.body(&text[..at + body.len()], at, context),
            None => self.inner(body, step, span, context),
        }
    }

    /// Reads `made`, which was taken out of what stands at `span`, like [`Unwrapper::body`]; what cannot be read is broken.
    fn inner(&mut self, made: &[u8], step: Step, span: Span, context: Context<'_>) {
        if !self.made(made, step, span.clone(), context) {
            self.handler.broken(context.outer(span), self.item);
        }
    }

    /// The same; false, and no more than a finding, where it cannot be read.
    fn made(&mut self, made: &[u8], step: Step, span: Span, context: Context<'_>) -> bool {
        self.taken_out(made, step, span, context, |unwrapper, inner| unwrapper.body(made, 0, inner))
    }

    /// Has `read` look at `made`, which was taken out of what stands at `span`. All that is made passes here, and is
    /// charged here. False, and a finding, where there is no room for it or it was wrapped too often.
    pub fn taken_out(
        &mut self,
        made: &[u8],
        step: Step,
        span: Span,
        context: Context<'_>,
        read: impl FnOnce(&mut Self, Context<'_>),
    ) -> bool {
        let Some(origin) = context.origin.then(step) else {
            let what = format!("a document wrapped more than {} times", Origin::MOST);
            form::not_an_event(&what, None, (span.start, span.end), &mut self.sink(context));
            return false;
        };
        let Some(_share) = self.budget.take(made.len()) else {
            self.budget_spent(span, context);
            return false;
        };
        let taken = Taken::new(made, &self.budget);
        let Span { start, end } = context.outer(span);
        read(self, Context { origin, outer: Some(Outer { span: (start, end), text: &taken }) });
        true
    }

    /// Says of what stands at `span` that more would be made of it than there is room for.
    pub fn budget_spent(&mut self, span: Span, context: Context<'_>) {
        let left = self.budget.left();
        self.say(context, &syntax::DOCUMENT_TOO_LARGE, span, || syntax::budget_spent(left));
    }

    /// Reads the requests in a text of HTTP; `first` is where what is wrong with them is said.
    pub fn requests<'t>(
        &mut self,
        text: &'t [u8],
        pieces: impl Iterator<Item = Piece<'t>>,
        first: Span,
        context: Context<'_>,
    ) {
        for piece in pieces {
            if let What::Request(request, flaw) = piece.what {
                if let Some(flaw) = flaw {
                    wire::contradicts(flaw, first.clone(), self.handler.sink());
                }
                self.request(&request, Step::Http, text, context);
            }
        }
    }

    /// Reads a text that should be one document, from `at` to its end; several in a row will do.
    pub fn body(&mut self, text: &[u8], at: usize, context: Context<'_>) {
        let whole = at..text.len();
        let text = match simdutf8::compat::from_utf8(&text[at..]) {
            Ok(_) => text,
            // Cut within a character: what is left is said to be cut.
            Err(bad) if bad.error_len().is_none() => &text[..at + bad.valid_up_to()],
            Err(bad) => {
                let place = at + bad.valid_up_to();
                self.say(context, &syntax::INVALID_UTF8, place..place + 1, || {
                    syntax::invalid_utf8(text, place)
                });
                return self.handler.broken(context.outer(whole), self.item);
            }
        };
        let mut cursor = Cursor::new(text, at);
        let mut any = false;
        while let Some(byte) = cursor.space() {
            any = true;
            let start = cursor.at;
            let end = match byte {
                b'{' => self.document(text, start, context),
                _ => self.other(text, start, context),
            };
            match end {
                Ok(end) => cursor.at = end,
                Err(error) => {
                    let (rule, _) = syntax::broken(text, error);
                    let at = error.at.min(text.len());
                    let span = at..at + char_length(&text[at..]);
                    self.say(context, rule, span, || syntax::broken(text, error).1);
                    return self.handler.broken(context.outer(whole), self.item);
                }
            }
        }
        if !any {
            let place = at.min(text.len());
            form::not_an_event("an empty body", None, (place, place), &mut self.sink(context));
            self.handler.broken(context.outer(whole), self.item);
        }
    }

    /// A value that is no object. A string may be a document that was put into JSON once more.
    pub fn other(&mut self, text: &[u8], at: usize, context: Context<'_>) -> Result<usize, SyntaxError> {
        let mut cursor = Cursor::new(text, at);
        let token = cursor.value(0)?;
        let span = token.start..token.end;
        if matches!(token.kind, TokenKind::String { .. }) {
            let inner = unescape(&text[span.start + 1..span.end - 1]);
            let begins = inner.trim_ascii_start().starts_with('{');
            if begins && context.origin.then(Step::Quoted).is_some() {
                self.inner(inner.as_bytes(), Step::Quoted, span, context);
                return Ok(token.end);
            }
        }
        let what = match token.kind {
            TokenKind::String { .. } => "a string",
            TokenKind::Array => "a list within a list",
            kind => kind.name(),
        };
        form::not_an_event(what, None, (span.start, span.end), &mut self.sink(context));
        self.handler.broken(context.outer(span), self.item);
        Ok(token.end)
    }

    /// Where findings in what stands there go.
    fn sink<'s>(&'s mut self, context: Context<'s>) -> Within<'s, H::Sink> {
        Within { sink: self.handler.sink(), context }
    }

    fn say(&mut self, context: Context<'_>, rule: &'static Rule, span: Span, words: impl FnOnce() -> Words) {
        self.sink(context).report(rule.at(span, &Path::ROOT), words);
    }
}

fn tell<H: Handler>(seen: Seen<'_>, context: Context<'_>, item: Option<Item>, handler: &mut H) {
    let place = context.outer.map_or(seen.place, |outer| outer.span);
    handler.document(&Seen { origin: context.origin, place, ..seen }, item);
}

fn moved(span: &Span, by: usize) -> Span {
    span.start + by..span.end + by
}

/// Where `part` stands in `text`, if it is a part of it and no copy.
fn offset(text: &[u8], part: &[u8]) -> Option<usize> {
    let at = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (at + part.len() <= text.len()).then_some(at)
}

/// A sink that says of findings in a text where that was taken out of.
struct Within<'w, S> {
    sink: &'w mut S,
    context: Context<'w>,
}

impl<S: Sink> Sink for Within<'_, S> {
    fn report(&mut self, at: At<'_>, words: impl FnOnce() -> Words) {
        let Context { origin, outer } = self.context;
        let at = match outer {
            None => at,
            Some(Outer { span: (start, end), text }) => {
                At { inside: Some(Inside { origin, text, span: at.span }), span: start..end, ..at }
            }
        };
        self.sink.report(at, words);
    }
    fn mark(&self) -> Mark {
        self.sink.mark()
    }
    fn rewind(&mut self, mark: Mark) {
        self.sink.rewind(mark);
    }
}
