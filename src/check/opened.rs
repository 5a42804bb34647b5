//! Documents inside others: what is encrypted, wrapped, quoted or merged is taken out and walked like everything else,
//! and handed on in place of what it was taken out of.

use std::sync::Arc;

use crate::finding::{Inside, Mark, Rule, Severity, Sink, Span, Words};
use crate::json::{Cursor, Path, SyntaxError, TokenKind, unescape};
use crate::origin::{Origin, Step};
use crate::payload::{self, DecryptError, Form, Request, base64, classify, log, signature, unmerge, wrap};
use crate::rules::{form, syntax, wire};

use super::segment::{Handler, Item, char_length};
use super::{Engine, Seen};

/// Takes documents out of others. One for each thing that is taken apart.
pub(super) struct Opening<'o, H> {
    pub engine: &'o mut Engine,
    pub handler: &'o mut H,
    /// Which item of a top-level array is being read.
    pub item: Option<Item>,
}

/// Where a text stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    origin: Origin,
    /// The bytes of the text that is read, out of which it was taken; `None` for that text itself.
    outer: Option<(usize, usize)>,
}

impl Around {
    /// The text that is read.
    pub const PLAIN: Around = Around { origin: Origin::PLAIN, outer: None };

    /// A text that was taken out of the one that is read, there at `span`.
    pub fn of(step: Step, span: Span) -> Around {
        Around { origin: Origin::of(step), outer: Some((span.start, span.end)) }
    }

    /// A text that was taken out of the one that stands here, there at `span`.
    pub fn then(self, step: Step, span: Span) -> Option<Around> {
        let outer = self.outer.or(Some((span.start, span.end)));
        Some(Around { origin: self.origin.then(step)?, outer })
    }
}

/// Whether documents of this form hold others, which are to be read instead.
#[inline]
pub(super) fn is_opened(form: Form) -> bool {
    matches!(form, Form::Encrypted | Form::Wrapper | Form::Har | Form::NodeFlatV2 | Form::Other)
}

impl<H: Handler> Opening<'_, H> {
    /// Reads the document at `at` of `text`, whatever it is, and says where it ends.
    fn document(&mut self, text: &[u8], at: usize, around: Around) -> Result<usize, SyntaxError> {
        let mark = self.handler.sink().mark();
        let (form, end) = {
            let mut sink = Within::new(self.handler.sink(), text, around);
            let seen = self.engine.document(text, at, &mut sink)?;
            if !is_opened(seen.form) {
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
    pub fn open(&mut self, text: &[u8], span: Span, form: Form, around: Around, mark: Mark) {
        // What it holds is walked for itself.
        if matches!(form, Form::Wrapper | Form::Har | Form::NodeFlatV2) {
            self.handler.sink().rewind(mark);
        }
        let opened = match form {
            Form::Encrypted => payload::sealed(text, span.start)
                .is_some_and(|(place, sealed)| self.encrypted(text, place, &sealed, around)),
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
    fn encrypted(&mut self, text: &[u8], place: Span, sealed: &[u8], around: Around) -> bool {
        let credentials = Arc::clone(&self.engine.credentials);
        let mut plain = self.engine.spare.pop().unwrap_or_default();
        let result = credentials.keys.decrypt(None, sealed, &mut plain);
        let inner = around.then(Step::Decrypted, place.clone());
        let opened = match (result, inner) {
            (Ok(_), Some(inner)) => {
                self.body(&plain, 0, inner);
                true
            }
            (Ok(_), None) => self.too_wrapped(text, place, around),
            (Err(error), _) => {
                // Without a key it can still be told that no key would open it.
                let error = match error {
                    DecryptError::NoKey => payload::is_sealed(sealed).err().unwrap_or(error),
                    error => error,
                };
                let mut sink = Within::new(self.handler.sink(), text, around);
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

    fn wrapped(&mut self, text: &[u8], span: Span, around: Around) -> bool {
        let requests = wrap::requests(&text[span.clone()]);
        for request in &requests {
            let body = moved(&request.span, span.start);
            self.request(request, text, body, around, Step::Wrapped);
        }
        !requests.is_empty()
    }

    /// Of the requests in an archive only those are read that hold something of the platform: a browser saves
    /// everything.
    fn archive(&mut self, text: &[u8], span: Span, around: Around) -> bool {
        let requests = wrap::requests(&text[span.clone()]);
        let mut any = false;
        for request in &requests {
            let form = classify(&request.body);
            let body = moved(&request.span, span.start);
            if form.is_wire() || form.is_reshaped() {
                any = true;
                self.request(request, text, body, around, Step::Archive);
            } else {
                self.handler.skipped(around.outer.map_or(body, |(start, end)| start..end));
            }
        }
        if !any {
            let mut sink = Within::new(self.handler.sink(), text, around);
            let first = (span.start, span.start + 1);
            let help =
                "look for a POST to your own endpoint in it; bodies are kept only if the tool is told to";
            form::not_an_event("an HTTP archive without an event in it", Some(help), first, &mut sink);
        }
        any
    }

    /// Reads a request whose body stands at `span` of `text`, or was made from what stands there.
    pub fn request(&mut self, request: &Request<'_>, text: &[u8], span: Span, around: Around, step: Step) {
        let place = around.outer.map_or(span.clone(), |(start, end)| start..end);
        self.handler.request(request, place.clone());
        let credentials = Arc::clone(&self.engine.credentials);
        if !credentials.is_empty() {
            let outcome = signature::verify_request(request, &credentials.secrets());
            if let signature::Outcome::Bad { cause } = outcome {
                let mut sink = Within::new(self.handler.sink(), text, around);
                let words = cause.map(|cause| (cause.sentence(), cause.help()));
                wire::signature_mismatch(words, span.start..(span.start + 1).min(span.end), &mut sink);
            }
        }
        // A body that stands in the text as it is keeps its place.
        match offset(text, &request.body) {
            _ if request.is_packed() => self.packed(text, span, around),
            Some(at) => self.body(&text[..at + request.body.len()], at, around),
            None => match around.then(step, span.clone()) {
                Some(inner) => self.body(&request.body, 0, inner),
                None => drop(self.too_wrapped(text, span, around)),
            },
        }
        self.handler.request_end();
    }

    /// Names a body that a proxy packed on its way.
    fn packed(&mut self, text: &[u8], span: Span, around: Around) {
        let mut sink = Within::new(self.handler.sink(), text, around);
        let help = "capture it where it is unpacked: behind the proxy, or with `curl --compressed`";
        let first = (span.start, (span.start + 1).min(span.end));
        form::not_an_event(
            "a body that is packed, as its Content-Encoding says",
            Some(help),
            first,
            &mut sink,
        );
        self.handler.broken(around.outer.map_or(span, |(start, end)| start..end), self.item);
    }

    /// What the Node SDK merged is taken apart where the catalogue says which field belongs where.
    fn merged(&mut self, text: &[u8], span: Span, around: Around) -> bool {
        let about = Form::NodeFlatV2.about();
        let apart = unmerge(&text[span.clone()]);
        let inner = around.then(Step::Unmerged, span.clone());
        let first = span.start..span.start + 1;
        let mut sink = Within::new(self.handler.sink(), text, around);
        let (Some(apart), Some(inner)) = (apart, inner) else {
            wire::reshaped(about.name, about.lost, about.capture, first, &mut sink);
            return false;
        };
        wire::reshaped(about.name, None, about.capture, first, &mut sink);
        self.body(&apart, 0, inner);
        true
    }

    /// A document of an unknown kind may hold events somewhere: a structured log, a page of records. All of them count.
    fn within(&mut self, text: &[u8], span: Span, around: Around, mark: Mark) -> bool {
        let mut from = span.start;
        let mut next = log::find(&text[span.clone()]);
        while let Some(logged) = next.filter(|logged| !logged.form.is_reply()) {
            if from == span.start {
                self.handler.sink().rewind(mark);
            }
            let end = from + logged.span.end;
            self.logged(logged, text, from, around);
            from = end;
            next = log::find_more(&text[from..span.end]);
        }
        from > span.start || self.within_base64(text, span, around, mark)
    }

    /// The same for events in strings of base64, as queues keep them.
    fn within_base64(&mut self, text: &[u8], span: Span, around: Around, mark: Mark) -> bool {
        let mut any = false;
        for quote in memchr::memmem::find_iter(&text[span.clone()], b"\"e") {
            let start = span.start + quote + 1;
            let length = memchr::memchr(b'"', &text[start..span.end]);
            let string = start..length.map_or(span.end, |length| start + length);
            // PHP escapes slashes.
            let Some(plain) = base64::object(unescape(&text[string.clone()]).as_bytes()) else { continue };
            let form = classify(&plain);
            if form == Form::Other || form.is_reply() {
                continue;
            }
            if !std::mem::replace(&mut any, true) {
                self.handler.sink().rewind(mark);
            }
            match around.then(Step::Base64, string.clone()) {
                Some(inner) => self.body(&plain, 0, inner),
                None => drop(self.too_wrapped(text, string, around)),
            }
        }
        any
    }

    /// Reads what was found in a line that begins at `start` of `text`.
    pub fn logged(&mut self, logged: log::Logged<'_>, text: &[u8], start: usize, around: Around) {
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
                None => match around.then(Step::Log, span.clone()) {
                    Some(inner) => self.body(&request.body, 0, inner),
                    None => drop(self.too_wrapped(text, span, around)),
                },
            };
        }
        self.request(&request, text, span, around, Step::Log);
    }

    /// Reads a text that should be one document, from `at` to its end; several in a row will do.
    pub fn body(&mut self, text: &[u8], at: usize, around: Around) {
        let broken = |around: Around| around.outer.map_or(at..text.len(), |(start, end)| start..end);
        let text = match simdutf8::compat::from_utf8(&text[at..]) {
            Ok(_) => text,
            // Cut within a character: what is left is said to be cut.
            Err(bad) if bad.error_len().is_none() => &text[..at + bad.valid_up_to()],
            Err(bad) => {
                let place = at + bad.valid_up_to();
                self.say(text, around, &syntax::INVALID_UTF8, place..place + 1, |text| {
                    syntax::invalid_utf8(text, place)
                });
                return self.handler.broken(broken(around), self.item);
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
                    self.say(text, around, rule, span, |text| syntax::broken(text, error).1);
                    return self.handler.broken(broken(around), self.item);
                }
            }
        }
        if !any {
            let place = at.min(text.len());
            let mut sink = Within::new(self.handler.sink(), text, around);
            form::not_an_event("an empty body", None, (place, place), &mut sink);
            self.handler.broken(broken(around), self.item);
        }
    }

    /// A value that is no object. A string may be a document that was put into JSON once more.
    pub fn other(&mut self, text: &[u8], at: usize, around: Around) -> Result<usize, SyntaxError> {
        let mut cursor = Cursor::new(text, at);
        let token = cursor.value(0)?;
        let span = token.start..token.end;
        if matches!(token.kind, TokenKind::String { .. }) {
            let inner = unescape(&text[span.start + 1..span.end - 1]);
            let begins = inner.trim_ascii_start().starts_with('{');
            if let Some(around) = around.then(Step::Quoted, span.clone()).filter(|_| begins) {
                self.body(inner.as_bytes(), 0, around);
                return Ok(span.end);
            }
        }
        let what = match token.kind {
            TokenKind::String { .. } => "a string",
            TokenKind::Array => "a list within a list",
            kind => kind.name(),
        };
        let mut sink = Within::new(self.handler.sink(), text, around);
        form::not_an_event(what, None, (span.start, span.end), &mut sink);
        self.handler.broken(around.outer.map_or(span.clone(), |(start, end)| start..end), self.item);
        Ok(span.end)
    }

    fn too_wrapped(&mut self, text: &[u8], span: Span, around: Around) -> bool {
        let mut sink = Within::new(self.handler.sink(), text, around);
        let what = format!("a document wrapped more than {} times", Origin::MOST);
        form::not_an_event(&what, None, (span.start, span.end), &mut sink);
        false
    }

    fn say(
        &mut self,
        text: &[u8],
        around: Around,
        rule: &'static Rule,
        span: Span,
        words: impl FnOnce(&[u8]) -> Words,
    ) {
        let mut sink = Within::new(self.handler.sink(), text, around);
        sink.report(rule, rule.severity, span, &Path::ROOT, || words(text));
    }
}

fn tell<H: Handler>(seen: Seen<'_>, around: Around, item: Option<Item>, handler: &mut H) {
    let place = around.outer.unwrap_or(seen.place);
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
    text: &'w [u8],
    around: Around,
    shared: Option<Arc<[u8]>>,
}

impl<'w, S: Sink> Within<'w, S> {
    fn new(sink: &'w mut S, text: &'w [u8], around: Around) -> Within<'w, S> {
        Within { sink, text, around, shared: None }
    }
}

impl<S: Sink> Sink for Within<'_, S> {
    fn report(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        span: Span,
        path: &Path<'_>,
        words: impl FnOnce() -> Words,
    ) {
        let Around { origin, outer } = self.around;
        let Some((start, end)) = outer else { return self.sink.report(rule, severity, span, path, words) };
        let (text, outer, shared) = (self.text, start..end, &mut self.shared);
        self.sink.report_inside(Inside { origin, text, span, outer, shared }, rule, severity, path, words);
    }
    fn mark(&self) -> Mark {
        self.sink.mark()
    }
    fn rewind(&mut self, mark: Mark) {
        self.sink.rewind(mark);
    }
}
