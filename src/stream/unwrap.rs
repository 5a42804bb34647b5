//! Documents inside others: what is encrypted, wrapped, quoted or merged is taken out and walked like everything else,
//! and handed on in place of what it was taken out of.
//!
//! This file and `frame` use each other: what is taken out goes to the [`Handler`] that the text around it goes to.

use std::cell::{Cell, RefCell};
use std::iter::Peekable;
use std::sync::Arc;

use crate::budget::Budget;
use crate::container::http::{Piece, What};
use crate::container::undo::{Passage, UNDOERS, Undone};
use crate::container::{Form, FormInfo, HOLDERS, Held, Part, Request, classify, holds_others, trace};
use crate::engine::{Engine, Seen};
use crate::finding::{At, Inside, Mark, Rule, Sink, Span, Taken, Words};
use crate::json::{Cursor, Path, SyntaxError, Token, TokenKind, tree, unescape};
use crate::lang::{Label, Lang, label, say};
use crate::origin::{Origin, Step};
use crate::rules::{form, syntax, wire};
use crate::signature::decrypt;
use crate::signature::{Credentials, DecryptError, verify};

use super::frame::{Handler, Input, Item, Limits, Reader, State};
use super::recover::{char_length, first_char};
use super::views::Deliveries;

/// Takes documents out of others.
pub(crate) struct Unwrapper<'o, H> {
    pub engine: &'o mut Engine,
    pub handler: &'o mut H,
    pub limits: Limits,
    pub opened: &'o Opened,
}

/// A document, line or passage of the stream that is taken apart: what is the same for all that is taken out of it.
pub(crate) struct Opened {
    /// Which item of a top-level array it is.
    pub item: Option<Item>,
    /// How many bytes more may be made out of it and be there at once.
    pub budget: Budget,
    /// How much was read in it so far, or told as unreadable.
    pub read: Cell<u64>,
    /// The deliveries that were read in the records of it.
    pub deliveries: RefCell<Deliveries>,
}

impl Opened {
    pub fn new(item: Option<Item>, budget: Budget) -> Opened {
        Opened { item, budget, read: Cell::new(0), deliveries: RefCell::default() }
    }

    pub fn count(&self) {
        self.read.set(self.read.get() + 1);
    }
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
    pub fn outer(self, span: Span) -> Span {
        self.outer.map_or(span, |Outer { span: (start, end), .. }| start..end)
    }
}

impl<H: Handler> Unwrapper<'_, H> {
    /// Reads the document at `at` of `text`, whatever it is, and says where it ends.
    pub fn document(&mut self, text: &[u8], at: usize, context: Context<'_>) -> Result<usize, SyntaxError> {
        let mark = self.handler.sink().mark();
        let mut sink = Within { sink: self.handler.sink(), context };
        let seen = self.engine.document(text, at, &mut sink)?;
        let (form, end) = (seen.form, seen.end);
        if !holds_others(form) {
            tell(seen, mark, context, self.opened, self.handler);
        } else if !self.open(text, at..end, form, context, mark) {
            // What should have been an event is none.
            let seen = self.engine.document(text, at, &mut Within { sink: self.handler.sink(), context })?;
            tell(seen, mark, context, self.opened, self.handler);
        }
        Ok(end)
    }

    /// Opens the document at `span` of `text`, which has been walked and proved to be of `form`. What was reported of
    /// it since `mark` is taken back where something is found in it, or it is none of ours; then the answer is false.
    pub fn open(&mut self, text: &[u8], span: Span, form: Form, context: Context<'_>, mark: Mark) -> bool {
        let document = &text[span.clone()];
        if form.is_passed() {
            self.handler.sink().rewind(mark);
            let before = self.opened.read.get();
            self.look_into(text, span, context);
            return self.opened.read.get() > before;
        }
        let held =
            HOLDERS.iter().filter(|known| known.form == form).find_map(|known| (known.probe)(document));
        // What it holds is walked for itself; what is said of an encrypted body holds whatever is in it.
        if held.as_ref().is_some_and(|held| !matches!(held, Held::Sealed(..))) {
            self.handler.sink().rewind(mark);
        }
        if !held.is_some_and(|held| self.held(held, text, span.clone(), context)) {
            self.bare(text, span, form, context, mark);
        }
        true
    }

    /// Hands on the document at `span` of `text` as it is: of its form, and with nothing known that is in it.
    pub fn bare(&mut self, text: &[u8], span: Span, form: Form, context: Context<'_>, mark: Mark) {
        let seen = self.engine.bare(form, text, span.start, span.end);
        tell(seen, mark, context, self.opened, self.handler);
    }

    /// Looks for events in the JSON at `span` of `text`, which is none itself: in its objects, in its strings, and in
    /// lists of bytes.
    fn look_into(&mut self, text: &[u8], span: Span, context: Context<'_>) {
        self.look_into_part(text, span, context, 0);
    }

    /// The same in a part, `depth` brackets deep, of what is no event itself.
    fn look_into_part(&mut self, text: &[u8], span: Span, context: Context<'_>, depth: usize) {
        let mut traces = Vec::new();
        let part = &text[..span.end];
        let mut at = span.start;
        while let Some(found) = trace::find(part, at) {
            traces.push(found.start);
            at = found.end;
        }
        at = span.start;
        while let Some(found) = trace::find_encoded(part, at) {
            traces.push(found);
            at = found + 1;
        }
        traces.sort_unstable();
        if !traces.is_empty() {
            self.look_into_value(text, span, &traces, context, depth);
        }
    }

    fn look_into_value(
        &mut self,
        text: &[u8],
        span: Span,
        traces: &[usize],
        context: Context<'_>,
        depth: usize,
    ) {
        let first = traces.partition_point(|trace| *trace < span.start);
        if traces.get(first).is_none_or(|trace| *trace >= span.end) {
            return;
        }
        match text[span.start] {
            b'{' => {
                let form = if depth > 0 { classify(&text[span.clone()]) } else { Form::Other };
                if depth > 0 && !form.is_passed() && form != Form::BareBody {
                    // It has been read as a part of JSON.
                    let _ = self.document(&text[..span.end], span.start, context);
                    return;
                }
                // Bytes by their indices: the trace is the first key itself.
                if text[traces[first]] == b'"' && text[span.start + 1..traces[first]].trim_ascii().is_empty()
                {
                    return self.undo_in(text, span, traces[first], context);
                }
                let last = traces[..traces.partition_point(|trace| *trace < span.end)].last();
                let mut several = false;
                for (_, value) in tree::members(text, span.start) {
                    let next = traces.get(traces.partition_point(|trace| *trace < value.start));
                    if next.is_none_or(|trace| *trace >= value.end) {
                        continue;
                    }
                    // Of a record with one view, none is compared.
                    match several {
                        true => self.opened.deliveries.borrow_mut().next_view(),
                        false if last.is_some_and(|last| *last >= value.end) => {
                            several = true;
                            self.opened.deliveries.borrow_mut().begin();
                        }
                        false => {}
                    }
                    self.look_into_value(text, value.start..value.end, traces, context, depth + 1);
                }
                if several {
                    self.opened.deliveries.borrow_mut().end();
                }
            }
            b'[' => {
                let bytes = text[span.start + 1..].trim_ascii_start().first().is_some_and(u8::is_ascii_digit);
                if bytes {
                    self.undo_in(text, span, traces[first], context);
                    return;
                }
                for value in tree::items(text, span.start) {
                    self.look_into_value(text, value.start..value.end, traces, context, depth + 1);
                }
            }
            b'"' => {
                let inner = unescape(&text[span.start + 1..span.end - 1]);
                self.text(inner.as_bytes(), Step::Quoted, span, context);
            }
            _ => {}
        }
    }

    /// Undoes a layer around the trace in the value at `span`, and reads what comes out.
    fn undo_in(&mut self, text: &[u8], span: Span, trace: usize, context: Context<'_>) {
        let most = self.opened.budget.left();
        let at = trace - span.start;
        let passage = Passage { text: &text[span.clone()], at, broken: None, last: true, most };
        for undoer in UNDOERS {
            match undoer(&passage) {
                Undone::Made { plain, step, .. } if self.text(&plain, step, span.clone(), context) => return,
                Undone::TooLarge(_) => return self.budget_spent(span, context),
                _ => {}
            }
        }
    }

    /// Reads `made`, a text that was taken out of what stands at `span`, with whatever stands around events in it.
    /// False where there is nothing.
    pub fn text(&mut self, made: &[u8], step: Step, span: Span, context: Context<'_>) -> bool {
        let (before, opened) = (self.opened.read.get(), self.opened);
        let whole = self.taken_out(made, step, span, context, |unwrapper, inner| {
            let limits = Limits { json: false, ..unwrapper.limits };
            let (input, mut state) = (Input::new(made, true), State::default());
            let within = Some((inner, opened));
            Reader::new(unwrapper.engine, input, &mut state, limits, unwrapper.handler, within).read();
        });
        if !whole {
            opened.count();
        }
        opened.read.get() > before
    }

    /// Reads what the document or line at `span` of `text` holds. False where nothing can be read; a finding says why.
    pub fn held(&mut self, held: Held<'_>, text: &[u8], span: Span, context: Context<'_>) -> bool {
        match held {
            Held::Rewritten(Some(json), about, step) => {
                self.reshaped(about, None, first_char(text, span.start), context);
                self.made(json.as_bytes(), step, span, context)
            }
            Held::Rewritten(None, about, _) => {
                let lost = about.lost.unwrap_or(NOT_IN_JSON);
                self.reshaped(about, Some(lost), first_char(text, span.start), context);
                false
            }
            Held::Sealed(place, sealed) => {
                let before = self.opened.read.get();
                let place = moved(&place, span.start);
                // Of a record with one view, none is compared.
                if tree::spans(text, span.start).nth(1).is_none() {
                    return self.encrypted(place, &sealed, context);
                }
                // The same event may stand beside it, opened; or what is called `encrypt` says how, and no more.
                self.opened.deliveries.borrow_mut().begin();
                self.look_into(text, span.clone(), context);
                let beside = self.opened.read.get() > before;
                let mark = self.handler.sink().mark();
                self.opened.deliveries.borrow_mut().next_view();
                let opened = self.encrypted(place, &sealed, context);
                self.opened.deliveries.borrow_mut().end();
                if beside && !opened {
                    self.handler.sink().rewind(mark);
                }
                beside || opened
            }
            Held::Parts(parts, step) => {
                let mut parts = parts.peekable();
                let one = parts.size_hint().1 == Some(1);
                let mut read = !one && self.parts(&mut parts, step, text, span.clone(), span.start, context);
                for part in parts {
                    read |= self.part(part, step, text, span.start, context);
                }
                read
            }
        }
    }

    /// Reads those of the parts of the document that begins at `start` which stand in the value at `span`, as views of
    /// the records that are in it. False where none is anything to be read.
    fn parts<'p>(
        &mut self,
        parts: &mut Peekable<impl Iterator<Item = Part<'p>>>,
        step: Step,
        text: &[u8],
        span: Span,
        start: usize,
        context: Context<'_>,
    ) -> bool {
        let mut read = false;
        let stands =
            |part: &Part<'_>, span: Span| part.place().is_some_and(|at| span.contains(&(start + at)));
        while let Some(part) = parts.next_if(|part| stands(part, span.start..span.start + 1)) {
            read |= self.part(part, step, text, start, context);
        }
        let mut inner = |unwrapper: &mut Self, value: Token| {
            let value = value.start..value.end;
            if parts.peek().is_some_and(|part| stands(part, value.clone())) {
                read |= unwrapper.parts(parts, step, text, value, start, context);
            }
        };
        match text[span.start] {
            b'{' => {
                self.opened.deliveries.borrow_mut().begin();
                for (_, value) in tree::members(text, span.start) {
                    self.opened.deliveries.borrow_mut().next_view();
                    inner(self, value);
                }
                self.opened.deliveries.borrow_mut().end();
            }
            b'[' => tree::items(text, span.start).for_each(|item| inner(self, item)),
            _ => {}
        }
        read
    }

    /// Reads a part of the document that begins at `start` of `text`. False where it is nothing to be read.
    fn part(&mut self, part: Part<'_>, step: Step, text: &[u8], start: usize, context: Context<'_>) -> bool {
        match part {
            Part::Request(mut request) => {
                request.span = moved(&request.span, start);
                self.request(&request, step, text, context);
            }
            Part::Rest(place) => {
                let before = self.opened.read.get();
                self.look_into_part(text, moved(&place, start), context, 1);
                return self.opened.read.get() > before;
            }
            Part::Nothing(about) => {
                form::not_an_event(
                    about.name.said(),
                    about.capture,
                    (start, first_char(text, start).end),
                    &mut self.sink(context),
                );
                return false;
            }
        }
        true
    }

    /// Says of what begins with the character at `first` that it is in another layout or notation.
    pub fn reshaped(&mut self, about: &FormInfo, lost: Option<Label>, first: Span, context: Context<'_>) {
        wire::reshaped(about.name.said(), lost, about.capture, first, &mut self.sink(context));
    }

    /// Opens `sealed`, which stands at `place`.
    pub fn encrypted(&mut self, place: Span, sealed: &[u8], context: Context<'_>) -> bool {
        let credentials = Arc::clone(&self.engine.credentials);
        let mut plain = self.engine.spare.pop().unwrap_or_default();
        let mut read = false;
        let reads = |plain: &str| {
            read = self.alone(plain.as_bytes(), Step::Decrypted, place.clone(), context, |_, _| true);
            read
        };
        let opened = match credentials.keys.decrypt_to(sealed, &mut plain, reads) {
            Ok(_) if read => true,
            Ok(_) => self.made(&plain, Step::Decrypted, place, context),
            Err(error) => {
                // Without a key it can still be told that no key would open it.
                let unkeyed = error == DecryptError::NoKey;
                match if unkeyed { decrypt::is_sealed(sealed) } else { Err(error) } {
                    Ok(()) => form::encrypted_without_key((place.start, place.end), &mut self.sink(context)),
                    Err(error) => {
                        let words = |lang| error.words(lang);
                        wire::decryption_failed(words, error.help(), place, &mut self.sink(context))
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
        let first = first_of(&span);
        announce(request, context, &self.engine.credentials, self.handler);
        // Of a record without a body, that it was signed is for whoever verifies.
        if request.is_packed() && !span.is_empty() {
            const PACKED: Label = label(
                "按 Content-Encoding 压缩过的请求体",
                "a body that is packed, as its Content-Encoding says",
            );
            const HELP: Label = label(
                "在解压之后抓取：在代理后面，或用 `curl --compressed`",
                "capture it where it is unpacked: behind the proxy, or with `curl --compressed`",
            );
            form::not_an_event(PACKED.said(), Some(HELP), (first.start, first.end), &mut self.sink(context));
            self.tell_broken(span, context);
        } else if !span.is_empty() {
            self.standing(&request.body, step, text, span, context);
        }
        self.handler.request_end();
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
            self.tell_broken(span, context);
        }
    }

    /// The same; false, and no more than a finding, where it cannot be read.
    fn made(&mut self, made: &[u8], step: Step, span: Span, context: Context<'_>) -> bool {
        self.taken_out(made, step, span, context, |unwrapper, inner| unwrapper.body(made, 0, inner))
    }

    /// Reads `made` like [`Unwrapper::made`] if it is one document that holds no others, and `begin` agrees, which is told
    /// whether nothing was said of it. Else it is as if it had not been looked at, and the answer is false.
    pub fn alone(
        &mut self,
        made: &[u8],
        step: Step,
        span: Span,
        context: Context<'_>,
        begin: impl FnOnce(&mut H, bool) -> bool,
    ) -> bool {
        if made.first() != Some(&b'{') {
            return false;
        }
        let mark = self.handler.sink().mark();
        let mut alone = false;
        self.taken_out(made, step, span, context, |unwrapper, inner| {
            let Unwrapper { engine, handler, opened, .. } = unwrapper;
            let seen = engine.document(made, 0, &mut Within { sink: handler.sink(), context: inner });
            let seen = seen
                .ok()
                .filter(|seen| !holds_others(seen.form) && Cursor::new(made, seen.end).space().is_none());
            let clean = handler.sink().mark() == mark;
            if let Some(seen) = seen.filter(|_| begin(handler, clean)) {
                tell(seen, mark, inner, opened, *handler);
                alone = true;
            }
        });
        if !alone {
            self.handler.sink().rewind(mark);
        }
        alone
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
            let most = Origin::MOST;
            let what =
                |lang| say!(lang, "包装超过 {most} 层的文档", "a document wrapped more than {most} times");
            form::not_an_event(what, None, (span.start, span.end), &mut self.sink(context));
            return false;
        };
        let Some(_share) = self.opened.budget.take(made.len()) else {
            self.budget_spent(span, context);
            return false;
        };
        let taken = Taken::new(made, &self.opened.budget);
        let Span { start, end } = context.outer(span);
        read(self, Context { origin, outer: Some(Outer { span: (start, end), text: &taken }) });
        true
    }

    /// Says of what stands at `span` that more would be made of it than there is room for.
    pub fn budget_spent(&mut self, span: Span, context: Context<'_>) {
        let left = self.opened.budget.left();
        self.say(context, &syntax::DOCUMENT_TOO_LARGE, span, |lang| syntax::budget_spent(left, lang));
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
                    wire::contradicts(|lang| flaw.words(lang), first.clone(), self.handler.sink());
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
                self.say(context, &syntax::INVALID_UTF8, place..place + 1, |lang| {
                    syntax::invalid_utf8(text, place, lang)
                });
                return self.tell_broken(whole, context);
            }
        };
        let mut cursor = Cursor::new(text, at);
        let mut any = false;
        while let Some(byte) = cursor.space() {
            any = true;
            let start = cursor.at;
            let end = match byte {
                b'{' => self.document(text, start, context),
                b'[' => self.list(text, start, context),
                _ => self.other(text, start, context),
            };
            match end {
                Ok(end) => cursor.at = end,
                Err(error) => {
                    let rule = syntax::rule_of(error.fault);
                    let at = error.at.min(text.len());
                    let span = at..at + char_length(&text[at..]);
                    self.say(context, rule, span, |lang| syntax::broken(text, error, lang));
                    return self.tell_broken(whole, context);
                }
            }
        }
        if !any {
            let place = at.min(text.len());
            let what = label("空的请求体", "an empty body").said();
            form::not_an_event(what, None, (place, place), &mut self.sink(context));
            self.tell_broken(whole, context);
        }
    }

    /// The documents of a list.
    fn list(&mut self, text: &[u8], at: usize, context: Context<'_>) -> Result<usize, SyntaxError> {
        let list = Cursor::new(text, at).value(0)?;
        for item in tree::items(text, at) {
            match item.kind {
                TokenKind::Object => self.document(text, item.start, context)?,
                _ => self.other(text, item.start, context)?,
            };
        }
        Ok(list.end)
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
            TokenKind::Array => label("数组里的数组", "a list within a list"),
            kind => kind.name(),
        };
        form::not_an_event(what.said(), None, (span.start, span.end), &mut self.sink(context));
        self.tell_broken(span, context);
        Ok(token.end)
    }

    /// What stands at `span` cannot be read; why has been reported.
    pub fn tell_broken(&mut self, span: Span, context: Context<'_>) {
        self.opened.count();
        self.handler.broken(context.outer(span), self.opened.item);
    }

    /// Where findings in what stands there go.
    fn sink<'s>(&'s mut self, context: Context<'s>) -> Within<'s, H::Sink> {
        Within { sink: self.handler.sink(), context }
    }

    fn say(&mut self, context: Context<'_>, rule: &'static Rule, span: Span, words: impl Fn(Lang) -> Words) {
        self.sink(context).report(rule.at(span, &Path::ROOT), words);
    }
}

/// Hands on a document that was taken out of what stands there, unless its delivery was read in the same record: then
/// what was said of it since `mark` is taken back.
pub(crate) fn tell<H: Handler>(
    seen: Seen<'_>,
    mark: Mark,
    context: Context<'_>,
    opened: &Opened,
    handler: &mut H,
) {
    opened.count();
    if !opened.deliveries.borrow_mut().is_new(&seen) {
        return handler.sink().rewind(mark);
    }
    let place = context.outer.map_or(seen.place, |outer| outer.span);
    handler.document(&Seen { origin: context.origin, place, ..seen }, opened.item);
}

/// Says that a request begins whose documents follow, and whether its signature is wrong.
pub(crate) fn announce<H: Handler>(
    request: &Request<'_>,
    context: Context<'_>,
    credentials: &Credentials,
    handler: &mut H,
) {
    handler.request(request, context.outer(request.span.clone()));
    if !credentials.is_empty()
        && let verify::Outcome::Bad { cause } = verify::verify_request(request, credentials)
    {
        let words = cause.map(|cause| (cause.sentence, cause.help));
        let mut sink = Within { sink: handler.sink(), context };
        wire::signature_mismatch(words, first_of(&request.span), &mut sink);
    }
}

/// What is lost where nothing else is said.
const NOT_IN_JSON: Label =
    label("其中的内容无法用 JSON 表示", "what is written in it cannot be said in JSON");

/// The first byte of what stands at `span`.
fn first_of(span: &Span) -> Span {
    span.start..(span.start + 1).min(span.end)
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
pub(crate) struct Within<'w, S> {
    pub sink: &'w mut S,
    pub context: Context<'w>,
}

impl<S: Sink> Sink for Within<'_, S> {
    fn report(&mut self, at: At<'_>, words: impl Fn(Lang) -> Words) {
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
