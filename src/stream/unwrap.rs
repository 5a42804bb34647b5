//! Documents inside others: what is encrypted, wrapped, quoted or merged is taken out and walked like everything else,
//! and handed on in place of what it was taken out of.

use std::sync::Arc;

use crate::container::finder::{self, Logged};
use crate::container::http::{Piece, What};
use crate::container::{Form, Request, classify, encoded, json_request, node_sdk};
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
            let mut sink = Within::new(self.handler.sink(), around);
            let seen = self.engine.document(text, at, &mut sink)?;
            if !seen.form.holds_others() {
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
        // What it holds is walked for itself.
        if matches!(form, Form::Wrapper | Form::Har | Form::NodeFlatV2) {
            self.handler.sink().rewind(mark);
        }
        let opened = match form {
            Form::Encrypted => decrypt::sealed(text, span.start)
                .is_some_and(|(place, sealed)| self.encrypted(place, &sealed, around)),
            Form::Wrapper => self.wrapped(text, span.clone(), around),
            Form::Har => self.archive(text, span.clone(), around),
            Form::NodeFlatV2 => self.merged(text, span.clone(), around),
            _ => self.within(text, span.clone(), around, mark),
        };
        if !opened {
            let seen = self.engine.bare(form, text, span.start, span.end);
            tell(seen, around, self.item, self.handler);
        }
    }

    /// Opens `sealed`, which stands at `place`.
    fn encrypted(&mut self, place: Span, sealed: &[u8], around: Around<'_>) -> bool {
        let credentials = Arc::clone(&self.engine.credentials);
        let mut plain = self.engine.spare.pop().unwrap_or_default();
        let opened = match credentials.keys.decrypt(sealed, &mut plain) {
            Ok(_) => self.taken_out(&plain, Step::Decrypted, place, around, |opening, inner| {
                opening.body(&plain, 0, inner);
            }),
            Err(error) => {
                // Without a key it can still be told that no key would open it.
                let error = match error {
                    DecryptError::NoKey => decrypt::is_sealed(sealed).err().unwrap_or(error),
                    error => error,
                };
                let mut sink = Within::new(self.handler.sink(), around);
                match error {
                    DecryptError::NoKey => {
                        form::encrypted_without_key((place.start, place.end), &mut sink);
                    }
                    error => wire::decryption_failed(error, error.help(), place, &mut sink),
                }
                false
            }
        };
        self.engine.spare.push(plain);
        opened
    }

    fn wrapped(&mut self, text: &[u8], span: Span, around: Around<'_>) -> bool {
        let requests = json_request::requests(&text[span.clone()]);
        for request in &requests {
            let body = moved(&request.span, span.start);
            self.request(request, text, body, around, Step::Wrapped);
        }
        !requests.is_empty()
    }

    /// Of the requests in an archive only those are read that hold something of the platform: a browser saves
    /// everything.
    fn archive(&mut self, text: &[u8], span: Span, around: Around<'_>) -> bool {
        let requests = json_request::requests(&text[span.clone()]);
        let mut any = false;
        for request in &requests {
            let form = classify(&request.body);
            let body = moved(&request.span, span.start);
            if form.is_wire() || form.is_reshaped() {
                any = true;
                self.request(request, text, body, around, Step::Archive);
            } else {
                self.handler.skipped(around.outer(body));
            }
        }
        if !any {
            let mut sink = Within::new(self.handler.sink(), around);
            let first = (span.start, span.start + 1);
            let help =
                "look for a POST to your own endpoint in it; bodies are kept only if the tool is told to";
            form::not_an_event("an HTTP archive without an event in it", Some(help), first, &mut sink);
        }
        any
    }

    /// Reads a request whose body stands at `span` of `text`, or was made from what stands there.
    pub fn request(
        &mut self,
        request: &Request<'_>,
        text: &[u8],
        span: Span,
        around: Around<'_>,
        step: Step,
    ) {
        self.handler.request(request, around.outer(span.clone()));
        let credentials = Arc::clone(&self.engine.credentials);
        if !credentials.is_empty() {
            let outcome = verify::verify_request(request, &credentials);
            if let verify::Outcome::Bad { cause } = outcome {
                let mut sink = Within::new(self.handler.sink(), around);
                let words = cause.map(|cause| (cause.sentence, cause.help));
                wire::signature_mismatch(words, span.start..(span.start + 1).min(span.end), &mut sink);
            }
        }
        // A body that stands in the text as it is keeps its place.
        match offset(text, &request.body) {
            _ if request.is_packed() => self.packed(span, around),
            Some(at) => self.body(&text[..at + request.body.len()], at, around),
            None => self.inner(&request.body, step, span, around),
        }
        self.handler.request_end();
    }

    /// Names a body that a proxy packed on its way.
    fn packed(&mut self, span: Span, around: Around<'_>) {
        let mut sink = Within::new(self.handler.sink(), around);
        let help = "capture it where it is unpacked: behind the proxy, or with `curl --compressed`";
        let first = (span.start, (span.start + 1).min(span.end));
        form::not_an_event(
            "a body that is packed, as its Content-Encoding says",
            Some(help),
            first,
            &mut sink,
        );
        self.handler.broken(around.outer(span), self.item);
    }

    /// What the Node SDK merged is taken apart where the catalogue says which field belongs where.
    fn merged(&mut self, text: &[u8], span: Span, around: Around<'_>) -> bool {
        let about = Form::NodeFlatV2.about();
        let apart = node_sdk::unmerge(&text[span.clone()]);
        let first = span.start..span.start + 1;
        let mut sink = Within::new(self.handler.sink(), around);
        let Some(apart) = apart else {
            wire::reshaped(about.name, about.lost, about.capture, first, &mut sink);
            return false;
        };
        wire::reshaped(about.name, None, about.capture, first, &mut sink);
        self.taken_out(&apart, Step::Unmerged, span, around, |opening, inner| opening.body(&apart, 0, inner))
    }

    /// A document of an unknown kind may hold events somewhere: a structured log, a page of records. All of them count.
    fn within(&mut self, text: &[u8], span: Span, around: Around<'_>, mark: Mark) -> bool {
        let mut any = false;
        for logged in finder::find(&text[span.clone()]).take_while(|logged| !logged.form.is_reply()) {
            if !std::mem::replace(&mut any, true) {
                self.handler.sink().rewind(mark);
            }
            self.logged(logged, text, span.start, around);
        }
        any || self.within_base64(text, span, around, mark)
    }

    /// The same for events in strings of base64, as queues keep them.
    fn within_base64(&mut self, text: &[u8], span: Span, around: Around<'_>, mark: Mark) -> bool {
        let mut any = false;
        for (string, plain) in encoded::strings(&text[span.clone()]) {
            if !std::mem::replace(&mut any, true) {
                self.handler.sink().rewind(mark);
            }
            self.inner(&plain, Step::Base64, moved(&string, span.start), around);
        }
        any
    }

    /// Reads what was found in a line that begins at `start` of `text`.
    pub fn logged(&mut self, logged: Logged<'_>, text: &[u8], start: usize, around: Around<'_>) {
        let span = moved(&logged.span, start);
        let request = Request {
            method: "".into(),
            target: "".into(),
            // A logger may have parsed it and written it again, or may not: only a right signature says so.
            as_sent: false,
            headers: logged.headers,
            body: logged.text,
            span: span.clone(),
        };
        if request.headers.is_empty() {
            return match offset(text, &request.body) {
                Some(at) => self.body(&text[..at + request.body.len()], at, around),
                None => self.inner(&request.body, Step::Log, span, around),
            };
        }
        self.request(&request, text, span, around, Step::Log);
    }

    /// Reads `made`, which was taken out of what stands at `span`, like [`Opening::body`].
    pub fn inner(&mut self, made: &[u8], step: Step, span: Span, around: Around<'_>) {
        if !self.taken_out(made, step, span.clone(), around, |opening, inner| opening.body(made, 0, inner)) {
            self.handler.broken(around.outer(span), self.item);
        }
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
            let mut sink = Within::new(self.handler.sink(), around);
            form::not_an_event(&what, None, (span.start, span.end), &mut sink);
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
                let body = request.span.clone();
                self.request(&request, text, body, around, Step::Http);
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
            let mut sink = Within::new(self.handler.sink(), around);
            form::not_an_event("an empty body", None, (place, place), &mut sink);
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
        let mut sink = Within::new(self.handler.sink(), around);
        form::not_an_event(what, None, (span.start, span.end), &mut sink);
        let end = span.end;
        self.handler.broken(around.outer(span), self.item);
        Ok(end)
    }

    fn say(&mut self, around: Around<'_>, rule: &'static Rule, span: Span, words: impl FnOnce() -> Words) {
        let mut sink = Within::new(self.handler.sink(), around);
        sink.report(rule.at(span, &Path::ROOT), words);
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

impl<'w, S: Sink> Within<'w, S> {
    fn new(sink: &'w mut S, around: Around<'w>) -> Within<'w, S> {
        Within { sink, around }
    }
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
