//! Documents inside others: what is encrypted, wrapped, quoted or merged is taken out and walked like everything else,
//! and handed on in place of what it was taken out of.

use std::sync::Arc;

use crate::container::finder::Logged;
use crate::container::http::{Piece, What};
use crate::container::notation::literal::NotRelaxed;
use crate::container::{Form, FormInfo, HOLDERS, Held, Part, Request, holds_others};
use crate::engine::{Engine, Seen};
use crate::finding::{At, Inside, Mark, Rule, Sink, Span, Taken, Words};
use crate::json::{Cursor, Path, SyntaxError, TokenKind, unescape};
use crate::origin::{Origin, Step};
use crate::room::Room;
use crate::rules::{form, syntax, wire};
use crate::signature::decrypt;
use crate::signature::{DecryptError, verify};

use super::frame::{Handler, Item, char_length};

/// Takes documents out of others. One for each thing that is taken apart.
pub(crate) struct Opening<'o, H> {
    pub engine: &'o mut Engine,
    pub handler: &'o mut H,
    /// Which item of a top-level array is being read.
    pub item: Option<Item>,
    /// What may be made out of the thing, all that is there at once.
    pub room: Room,
}

/// Where a text stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around<'a> {
    origin: Origin,
    /// `None` for the text that is read itself.
    outer: Option<Outer<'a>>,
}

/// What a text was taken out of.
#[derive(Clone, Copy, Debug)]
struct Outer<'a> {
    /// Its bytes in the text that is read.
    span: (usize, usize),
    /// What was taken out of them.
    text: &'a Taken<'a>,
}

impl Around<'_> {
    /// The text that is read.
    pub const PLAIN: Around<'static> = Around { origin: Origin::PLAIN, outer: None };

    /// What stands at `span` of the text that is read: that itself, or what the text here was taken out of.
    fn outer(self, span: Span) -> Span {
        self.outer.map_or(span, |Outer { span: (start, end), .. }| start..end)
    }
}

impl<H: Handler> Opening<'_, H> {
    /// Reads the document at `at` of `text`, whatever it is, and says where it ends.
    fn document(&mut self, text: &[u8], at: usize, around: Around<'_>) -> Result<usize, SyntaxError> {
        let mark = self.handler.sink().mark();
        let (form, end) = {
            let mut sink = Within { sink: self.handler.sink(), around };
            let seen = self.engine.document(text, at, &mut sink)?;
            if !holds_others(seen.form) {
                let end = seen.end;
                tell(seen, around, self.item, self.handler);
                return Ok(end);
            }
            (seen.form, seen.end)
        };
        self.open(text, at..end, form, around, mark);
        Ok(end)
    }

    /// Opens the document at `span` of `text`, which has been walked and proved to be of `form`. What was reported of
    /// it since `mark` is taken back where something is found in it.
    pub fn open(&mut self, text: &[u8], span: Span, form: Form, around: Around<'_>, mark: Mark) {
        let document = &text[span.clone()];
        let held =
            HOLDERS.iter().filter(|known| known.form == form).find_map(|known| (known.probe)(document));
        // What it holds is walked for itself; what is said of an encrypted body holds whatever is in it.
        if held.as_ref().is_some_and(|held| !matches!(held, Held::Sealed(..))) {
            self.handler.sink().rewind(mark);
        }
        if !held.is_some_and(|held| self.held(held, text, span.clone(), around)) {
            let seen = self.engine.bare(form, text, span.start, span.end);
            tell(seen, around, self.item, self.handler);
        }
    }

    /// Reads what is held by the thing at `span` of `text`. False where nothing can be read; a finding says why.
    pub fn held(&mut self, held: Held<'_>, text: &[u8], span: Span, around: Around<'_>) -> bool {
        match held {
            Held::Made(plain, step) => self.made(&plain, step, span, around),
            Held::Notation(document, about, convert, step) => {
                let json = convert.ok_or(NotRelaxed::NotUnderstood);
                match json.and_then(|convert| convert(document, self.room.left())) {
                    Ok(json) => {
                        self.reshaped(about, None, span.start, around);
                        self.made(json.as_bytes(), step, span, around)
                    }
                    Err(NotRelaxed::TooLarge) => {
                        self.no_room(span, around);
                        false
                    }
                    Err(NotRelaxed::NotUnderstood) => {
                        let lost = about.lost.unwrap_or("what is written in it cannot be said in JSON");
                        self.reshaped(about, Some(lost), span.start, around);
                        false
                    }
                }
            }
            Held::Sealed(place, sealed) => self.encrypted(moved(&place, span.start), &sealed, around),
            Held::Parts(parts, step) => {
                let read = parts.map(|part| self.part(part, step, text, span.start, around));
                read.filter(|read| *read).count() > 0
            }
        }
    }

    /// Reads a part of the document that begins at `start` of `text`. False where it is nothing to be read.
    fn part(&mut self, part: Part<'_>, step: Step, text: &[u8], start: usize, around: Around<'_>) -> bool {
        match part {
            Part::Request(mut request) => {
                request.span = moved(&request.span, start);
                self.request(&request, step, text, around);
            }
            Part::Object(logged) => self.logged(logged, text, start, around),
            Part::Made(plain, place) => self.inner(&plain, step, moved(&place, start), around),
            Part::Skip(place) => {
                self.handler.skipped(around.outer(moved(&place, start)));
                return false;
            }
            Part::Nothing(about) => {
                form::not_an_event(about.name, about.capture, (start, start + 1), &mut self.sink(around));
                return false;
            }
        }
        true
    }

    /// Says of what begins at `start` that it is in another layout or notation.
    pub fn reshaped(&mut self, about: &FormInfo, lost: Option<&str>, start: usize, around: Around<'_>) {
        wire::reshaped(about.name, lost, about.capture, start..start + 1, &mut self.sink(around));
    }

    /// Opens `sealed`, which stands at `place`.
    fn encrypted(&mut self, place: Span, sealed: &[u8], around: Around<'_>) -> bool {
        let credentials = Arc::clone(&self.engine.credentials);
        let mut plain = self.engine.spare.pop().unwrap_or_default();
        let opened = match credentials.keys.decrypt(sealed, &mut plain) {
            Ok(_) => self.made(&plain, Step::Decrypted, place, around),
            Err(error) => {
                // Without a key it can still be told that no key would open it.
                let unkeyed = error == DecryptError::NoKey;
                match if unkeyed { decrypt::is_sealed(sealed) } else { Err(error) } {
                    Ok(()) => form::encrypted_without_key((place.start, place.end), &mut self.sink(around)),
                    Err(error) => wire::decryption_failed(error, error.help(), place, &mut self.sink(around)),
                }
                false
            }
        };
        self.engine.spare.push(plain);
        opened
    }

    /// Reads a request of `text`; its span is where its body stands there, or what it was made from.
    pub fn request(&mut self, request: &Request<'_>, step: Step, text: &[u8], around: Around<'_>) {
        let span = request.span.clone();
        let first = span.start..(span.start + 1).min(span.end);
        self.handler.request(request, around.outer(span.clone()));
        let credentials = Arc::clone(&self.engine.credentials);
        if !credentials.is_empty()
            && let verify::Outcome::Bad { cause } = verify::verify_request(request, &credentials)
        {
            let words = cause.map(|cause| (cause.sentence, cause.help));
            wire::signature_mismatch(words, first.clone(), &mut self.sink(around));
        }
        if request.is_packed() {
            let what = "a body that is packed, as its Content-Encoding says";
            let help = "capture it where it is unpacked: behind the proxy, or with `curl --compressed`";
            form::not_an_event(what, Some(help), (first.start, first.end), &mut self.sink(around));
            self.handler.broken(around.outer(span), self.item);
        } else {
            self.standing(&request.body, step, text, span, around);
        }
        self.handler.request_end();
    }

    /// Reads what was found in a line that begins at `start` of `text`.
    pub fn logged(&mut self, logged: Logged<'_>, text: &[u8], start: usize, around: Around<'_>) {
        let span = moved(&logged.span, start);
        if logged.headers.is_empty() {
            return self.standing(&logged.text, Step::Log, text, span, around);
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
        self.request(&request, Step::Log, text, around);
    }

    /// Reads a body that stands in `text` as it is, and keeps its place, or was made of what stands at `span` there.
    fn standing(&mut self, body: &[u8], step: Step, text: &[u8], span: Span, around: Around<'_>) {
        match offset(text, body) {
            Some(at) => self.body(&text[..at + body.len()], at, around),
            None => self.inner(body, step, span, around),
        }
    }

    /// Reads `made`, which was taken out of what stands at `span`, like [`Opening::body`]; what cannot be read is broken.
    fn inner(&mut self, made: &[u8], step: Step, span: Span, around: Around<'_>) {
        if !self.made(made, step, span.clone(), around) {
            self.handler.broken(around.outer(span), self.item);
        }
    }

    /// The same; false, and no more than a finding, where it cannot be read.
    fn made(&mut self, made: &[u8], step: Step, span: Span, around: Around<'_>) -> bool {
        self.taken_out(made, step, span, around, |opening, inner| opening.body(made, 0, inner))
    }

    /// Has `read` look at `made`, which was taken out of what stands at `span`. All that is made passes here, and is
    /// charged here. False, and a finding, where there is no room for it or it was wrapped too often.
    pub fn taken_out(
        &mut self,
        made: &[u8],
        step: Step,
        span: Span,
        around: Around<'_>,
        read: impl FnOnce(&mut Self, Around<'_>),
    ) -> bool {
        let Some(origin) = around.origin.then(step) else {
            let what = format!("a document wrapped more than {} times", Origin::MOST);
            form::not_an_event(&what, None, (span.start, span.end), &mut self.sink(around));
            return false;
        };
        let Some(_share) = self.room.take(made.len()) else {
            self.no_room(span, around);
            return false;
        };
        let taken = Taken::new(made, &self.room);
        let Span { start, end } = around.outer(span);
        read(self, Around { origin, outer: Some(Outer { span: (start, end), text: &taken }) });
        true
    }

    /// Says of what stands at `span` that more would be made of it than there is room for.
    pub fn no_room(&mut self, span: Span, around: Around<'_>) {
        let left = self.room.left();
        self.say(around, &syntax::DOCUMENT_TOO_LARGE, span, || syntax::no_room(left));
    }

    /// Reads the requests in a text of HTTP; `first` is where what is wrong with them is said.
    pub fn requests<'t>(
        &mut self,
        text: &'t [u8],
        pieces: impl Iterator<Item = Piece<'t>>,
        first: Span,
        around: Around<'_>,
    ) {
        for piece in pieces {
            if let What::Request(request, flaw) = piece.what {
                if let Some(flaw) = flaw {
                    wire::contradicts(flaw, first.clone(), self.handler.sink());
                }
                self.request(&request, Step::Http, text, around);
            }
        }
    }

    /// Reads a text that should be one document, from `at` to its end; several in a row will do.
    pub fn body(&mut self, text: &[u8], at: usize, around: Around<'_>) {
        let whole = at..text.len();
        let text = match simdutf8::compat::from_utf8(&text[at..]) {
            Ok(_) => text,
            // Cut within a character: what is left is said to be cut.
            Err(bad) if bad.error_len().is_none() => &text[..at + bad.valid_up_to()],
            Err(bad) => {
                let place = at + bad.valid_up_to();
                self.say(around, &syntax::INVALID_UTF8, place..place + 1, || {
                    syntax::invalid_utf8(text, place)
                });
                return self.handler.broken(around.outer(whole), self.item);
            }
        };
        let mut cursor = Cursor::new(text, at);
        let mut any = false;
        while let Some(byte) = cursor.space() {
            any = true;
            let start = cursor.at;
            let end = match byte {
                b'{' => self.document(text, start, around),
                _ => self.other(text, start, around),
            };
            match end {
                Ok(end) => cursor.at = end,
                Err(error) => {
                    let (rule, _) = syntax::broken(text, error);
                    let at = error.at.min(text.len());
                    let span = at..at + char_length(&text[at..]);
                    self.say(around, rule, span, || syntax::broken(text, error).1);
                    return self.handler.broken(around.outer(whole), self.item);
                }
            }
        }
        if !any {
            let place = at.min(text.len());
            form::not_an_event("an empty body", None, (place, place), &mut self.sink(around));
            self.handler.broken(around.outer(whole), self.item);
        }
    }

    /// A value that is no object. A string may be a document that was put into JSON once more.
    pub fn other(&mut self, text: &[u8], at: usize, around: Around<'_>) -> Result<usize, SyntaxError> {
        let mut cursor = Cursor::new(text, at);
        let token = cursor.value(0)?;
        let span = token.start..token.end;
        if matches!(token.kind, TokenKind::String { .. }) {
            let inner = unescape(&text[span.start + 1..span.end - 1]);
            let begins = inner.trim_ascii_start().starts_with('{');
            if begins && around.origin.then(Step::Quoted).is_some() {
                let end = span.end;
                self.inner(inner.as_bytes(), Step::Quoted, span, around);
                return Ok(end);
            }
        }
        let what = match token.kind {
            TokenKind::String { .. } => "a string",
            TokenKind::Array => "a list within a list",
            kind => kind.name(),
        };
        form::not_an_event(what, None, (span.start, span.end), &mut self.sink(around));
        let end = span.end;
        self.handler.broken(around.outer(span), self.item);
        Ok(end)
    }

    /// Where findings in what stands there go.
    fn sink<'s>(&'s mut self, around: Around<'s>) -> Within<'s, H::Sink> {
        Within { sink: self.handler.sink(), around }
    }

    fn say(&mut self, around: Around<'_>, rule: &'static Rule, span: Span, words: impl FnOnce() -> Words) {
        self.sink(around).report(rule.at(span, &Path::ROOT), words);
    }
}

fn tell<H: Handler>(seen: Seen<'_>, around: Around<'_>, item: Option<Item>, handler: &mut H) {
    let place = around.outer.map_or(seen.place, |outer| outer.span);
    handler.document(&Seen { origin: around.origin, place, ..seen }, item);
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
    around: Around<'w>,
}

impl<S: Sink> Sink for Within<'_, S> {
    fn report(&mut self, at: At<'_>, words: impl FnOnce() -> Words) {
        let Around { origin, outer } = self.around;
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
