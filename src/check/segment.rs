//! A piece of a stream, document by document: framing, recovery after a broken document, limits. One JSON document,
//! NDJSON, pretty-printed documents in a row, glued ones and a top-level array of events are all the same to it.

use crate::finding::{Mark, Rule, Sink, Span, Words};
use crate::json::{Cursor, Fault, Path, SyntaxError};
use crate::payload::Request;
use crate::rules::syntax;

use super::opened::{Around, Opening, is_opened};
use super::skip::{Brackets, Skip, next_brace, noise_end};
use super::{Engine, Form, Seen};

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
    /// A request begins, whose body is at `span`; what follows until [`Handler::request_end`] was in it.
    fn request(&mut self, _request: &Request<'_>, _span: Span) {}
    /// Everything in the request has been told.
    fn request_end(&mut self) {}
    /// Whether it holds so much that reading should stop before the next document, to go on with another handler.
    fn is_full(&self) -> bool {
        false
    }
}

/// Reads `text`, a piece of a stream that stands at `state`, and returns how many bytes of it were read: all of
/// them, or those before a document that may go on after the piece, or those up to which the handler became full.
/// `last` says that nothing comes after it; everything is read then. `utf8` says that the text is known to be UTF-8;
/// otherwise each document is looked at.
pub fn segment<H: Handler>(
    engine: &mut Engine,
    text: &[u8],
    state: &mut State,
    limits: Limits,
    last: bool,
    utf8: bool,
    handler: &mut H,
) -> usize {
    let plain = state.plain;
    let mut reader = Reader { engine, text, state, limits, last, utf8, handler, plain };
    let read = reader.read();
    reader.state.plain = reader.plain.saturating_sub(read);
    read
}

pub(super) struct Reader<'r, H> {
    pub engine: &'r mut Engine,
    pub text: &'r [u8],
    pub state: &'r mut State,
    pub limits: Limits,
    pub last: bool,
    pub utf8: bool,
    pub handler: &'r mut H,
    /// Up to here, the line has been looked at and is nothing foreign.
    pub plain: usize,
}

/// What to do after a step.
pub(super) enum Next {
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
            at = self.pass_over(skip, 0);
        }
        loop {
            at = self.between_space(at);
            let Some(&byte) = self.text.get(at) else { break };
            if self.handler.is_full() {
                return at;
            }
            let next = match (self.state.between, byte) {
                (_, 0xef) if !self.last && b"\xef\xbb\xbf".starts_with(&self.text[at..]) => Next::More(at),
                (Between::Documents, b'[') if self.may_be_log(at) => match self.foreign(at) {
                    Some(next) => next,
                    None => {
                        *self.state = State { between: Between::FirstItem, begun: true, ..State::default() };
                        Next::At(at + 1)
                    }
                },
                (Between::Documents, b'[') if !self.last && self.is_blank_from(at + 1) => Next::More(at),
                (Between::Documents, b'[') => {
                    *self.state = State { between: Between::FirstItem, begun: true, ..State::default() };
                    Next::At(at + 1)
                }
                (Between::Documents | Between::FirstItem | Between::Item, b'{') => self.document(at),
                (Between::FirstItem | Between::AfterItem, b']') => {
                    *self.state = State { begun: true, ..State::default() };
                    Next::At(at + 1)
                }
                (Between::AfterItem, b',') => {
                    self.state.between = Between::Item;
                    Next::At(at + 1)
                }
                (Between::Item, b']') => {
                    self.wrong(at, at + 1, Fault::TrailingComma);
                    *self.state = State { begun: true, ..State::default() };
                    Next::At(at + 1)
                }
                (Between::AfterItem, b'{') => {
                    self.wrong(at, at + 1, Fault::CommaOrBracket);
                    self.state.between = Between::Item;
                    Next::At(at)
                }
                (Between::AfterItem, _) => {
                    let next = self.after_noise(at);
                    match next {
                        Next::At(end) if self.is_too_large(at, end) => Next::At(self.too_large(at)),
                        Next::At(end) => {
                            let length = char_length(&self.text[at..end]);
                            self.wrong(at, at + length, Fault::CommaOrBracket);
                            next
                        }
                        next => next,
                    }
                }
                (Between::Documents, b',' | b']' | b'}') => {
                    // A run of them is one mistake.
                    let run =
                        self.text[at..].iter().take_while(|byte| matches!(byte, b',' | b']' | b'}')).count();
                    match at + run {
                        end if end == self.text.len() && !self.last => Next::More(at),
                        end if self.is_too_large(at, end) => Next::At(self.too_large(at)),
                        end => {
                            self.wrong(at, at + 1, Fault::Value);
                            Next::At(end)
                        }
                    }
                }
                _ => self.other(at),
            };
            match next {
                Next::At(next) => at = next,
                Next::More(start) if self.is_too_large(start, self.text.len()) => at = self.too_large(start),
                Next::More(start) | Next::Wait(start) => return start,
            }
            self.state.begun = true;
        }
        if self.last && self.state.between != Between::Documents {
            self.report(&syntax::TRUNCATED_DOCUMENT, at..at, |_| {
                Words::new("the input ends within the array that holds the events")
                    .expected("`]`")
                    .found("the end of the input")
                    .help("what came before was read; capture it again or add the bracket")
            });
            self.handler.broken(at..at, None);
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

    pub fn item(&self) -> Option<Item> {
        let State { between, items: number, relative, .. } = *self.state;
        (between != Between::Documents).then_some(Item { number, relative })
    }

    /// An item or document has been read, well or not.
    pub fn done(&mut self) {
        self.state.logged = false;
        if self.state.between != Between::Documents {
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
                    if is_opened(seen.form) {
                        let form = seen.form;
                        return self.opened(at..end, form, mark);
                    }
                    let State { between, items: number, relative, .. } = *self.state;
                    let item = (between != Between::Documents).then_some(Item { number, relative });
                    self.handler.document(&seen, item);
                    self.done();
                    return Next::At(end);
                }
                self.handler.sink().rewind(mark);
                if large {
                    return Next::At(self.too_large(at));
                }
                self.not_utf8(at..end, end);
                Next::At(end)
            }
            Err(SyntaxError { fault: Fault::End, .. }) if !self.last => Next::More(at),
            Err(error) => self.broken(at, error),
        }
    }

    /// A document that holds others.
    #[cold]
    fn opened(&mut self, span: Span, form: Form, mark: Mark) -> Next {
        let (item, text) = (self.item(), self.text);
        let end = span.end;
        self.opening(item).open(text, span, form, Around::PLAIN, mark);
        self.done();
        Next::At(end)
    }

    pub fn opening(&mut self, item: Option<Item>) -> Opening<'_, H> {
        Opening { engine: self.engine, handler: self.handler, item }
    }

    /// A document that stops being JSON: one finding, and on to the next.
    #[cold]
    fn broken(&mut self, at: usize, mut error: SyntaxError) -> Next {
        if self.is_too_large(at, error.at) {
            return Next::At(self.too_large(at));
        }
        if let Some(next) = self.dialect(at, &error) {
            return next;
        }
        let mut brackets = Brackets::default();
        // A logger writes each entry on its line: a string that does not end on it was cut.
        let cut_in_log = self.state.logged
            && self.text.get(error.at) == Some(&b'\n')
            && !self.text[at..error.at].contains(&b'\n');
        let end = match if cut_in_log { Some(error.at) } else { brackets.run(self.text, at, self.last) } {
            Some(end) => end,
            // What stands at the error, and whether its line was cut, is known only with what follows.
            None if self.text.len() < error.at + LOOKAHEAD => return Next::Wait(at),
            // The rest is passed over as it comes.
            None => {
                self.state.skip = Some(Skip::Brackets(brackets));
                self.text.len()
            }
        };
        let document = &self.text[at..end];
        if !self.utf8
            && let Err(bad) = std::str::from_utf8(document)
            && at + bad.valid_up_to() <= error.at
            // The input may have been cut within a character.
            && !(self.last && end == self.text.len() && bad.error_len().is_none())
        {
            self.not_utf8(at..(error.at + 1).min(end), end);
            return Next::At(end);
        }
        // A string that ends with the last line of all was cut with it, and so was what ends within a character.
        if self.last && is_nothing(&self.text[error.at..]) {
            error = SyntaxError { at: at + document.trim_ascii_end().len(), fault: Fault::End };
        }
        // The next line begins another document although this one is not closed: it was cut at the end of its line.
        let cut = cut_in_log || brackets.next_line && error.at >= end - 1;
        if cut {
            let line = document.trim_ascii_end();
            error.at = at + line.len();
            self.report(&syntax::TRUNCATED_DOCUMENT, error.at..error.at, |_| {
                let what = match cut_in_log {
                    true => "the line ends in the middle of a document",
                    false => "the line ends in the middle of a document, and the next one begins another",
                };
                Words::new(what)
                    .expected("the rest of the document")
                    .found("the end of the line")
                    .help("the line was cut when it was written: look for a size limit in the logger")
            });
        } else {
            let length = char_length(self.text.get(error.at..end).unwrap_or_default());
            let (rule, _) = syntax::broken(self.text, error);
            self.report(rule, error.at..error.at + length, |text| syntax::broken(text, error).1);
        }
        self.handler.broken(at..end, self.item());
        self.done();
        Next::At(end)
    }

    /// Something that begins with neither brace nor bracket.
    #[cold]
    fn other(&mut self, at: usize) -> Next {
        if self.state.between == Between::Documents
            && let Some(next) = self.foreign(at)
        {
            return next;
        }
        let mut cursor = Cursor::new(self.text, at);
        let depth = usize::from(self.state.between != Between::Documents);
        match cursor.value(depth) {
            // A number at the end may have more digits.
            Ok(_) if cursor.at == self.text.len() && !self.last => Next::More(at),
            Ok(token) if self.is_too_large(at, token.end) => Next::At(self.too_large(at)),
            Ok(token) => {
                let (item, text) = (self.item(), self.text);
                // It has been read once: it is JSON.
                let _ = self.opening(item).other(text, at, Around::PLAIN);
                self.done();
                Next::At(token.end)
            }
            Err(SyntaxError { fault: Fault::End, .. }) if !self.last => Next::More(at),
            Err(error) => {
                let next = self.after_noise(at);
                let Next::At(end) = next else { return next };
                if self.is_too_large(at, end.max(error.at)) {
                    return Next::At(self.too_large(at));
                }
                // Only the line counts: what the grammar made of the next one depends on this one.
                let mut error = SyntaxError { at: error.at.min(end), ..error };
                if self.last && end == self.text.len() && is_nothing(&self.text[at..]) {
                    error = SyntaxError { at: end, fault: Fault::End };
                } else if !self.utf8 && std::str::from_utf8(&self.text[at..end]).is_err() {
                    self.not_utf8(at..end, end);
                    return next;
                }
                let length = char_length(&self.text[error.at..end]);
                let (rule, _) = syntax::broken(self.text, error);
                self.report(rule, error.at..error.at + length, |text| syntax::broken(text, error).1);
                self.handler.broken(at..end, self.item());
                self.done();
                next
            }
        }
    }

    /// Where to go on after something that is no JSON: at the next line, or within an array at the next sign of it.
    fn after_noise(&mut self, at: usize) -> Next {
        let array = self.state.between != Between::Documents;
        match noise_end(&self.text[at + 1..], array) {
            Some(end) => Next::At(at + 1 + end),
            None if self.last => Next::At(self.text.len()),
            None => Next::More(at),
        }
    }

    /// Passes over bytes from `at` on, and says where to go on; if it is not over in this text, then at its end.
    pub fn pass_over(&mut self, mut skip: Skip, at: usize) -> usize {
        let end = match &mut skip {
            Skip::Brackets(brackets) => brackets.run(self.text, at, self.last),
            Skip::Noise { array } => noise_end(&self.text[at..], *array).map(|end| at + end),
            Skip::Lines { start } => next_brace(&self.text[at..], start).map(|end| at + end),
            Skip::Rest => None,
        };
        if end.is_none() {
            self.state.skip = Some(skip);
        }
        end.unwrap_or(self.text.len())
    }

    fn report(&mut self, rule: &'static Rule, span: Span, words: impl FnOnce(&[u8]) -> Words) {
        let text = self.text;
        self.handler.sink().report(rule, rule.severity, span, &Path::ROOT, || words(text));
    }

    fn wrong(&mut self, at: usize, end: usize, fault: Fault) {
        let error = SyntaxError { at, fault };
        self.report(&syntax::JSON_SYNTAX, at..end, |text| syntax::broken(text, error).1);
        self.handler.broken(at..end, None);
    }

    /// Something that ends at `end` and is not UTF-8 within `span`.
    #[cold]
    fn not_utf8(&mut self, span: Span, end: usize) {
        let bad =
            std::str::from_utf8(&self.text[span.clone()]).map_or_else(|error| error.valid_up_to(), str::len);
        let place = span.start + bad;
        self.report(&syntax::INVALID_UTF8, place..(place + 1).min(span.end), |text| {
            syntax::invalid_utf8(&text[span.clone()], bad)
        });
        self.handler.broken(span.start..end, self.item());
        self.done();
    }

    pub fn is_too_large(&self, start: usize, end: usize) -> bool {
        end - start > self.limits.document
    }

    /// Something that is larger than the limit, whether its end is in sight or not: passed over, and where to go on.
    #[cold]
    pub fn too_large(&mut self, at: usize) -> usize {
        let limit = self.limits.document;
        self.report(&syntax::DOCUMENT_TOO_LARGE, at..at + 1, |_| {
            Words::new(format!("this document is larger than {}", size(limit)))
                .expected(format!("at most {}", size(limit)))
                .help(
                    "it was passed over; raise the limit with --max-document if it is meant to be that large",
                )
        });
        self.handler.broken(at..self.text.len(), self.item());
        let array = self.state.between != Between::Documents;
        self.done();
        match self.text[at] {
            b'{' => self.pass_over(Skip::Brackets(Brackets::default()), at),
            _ => self.pass_over(Skip::Noise { array }, at + 1),
        }
    }
}

/// Whether what stands at the end of the input is white space, or a character of which the rest is missing.
fn is_nothing(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii();
    let half = |bad: std::str::Utf8Error| bad.valid_up_to() == 0 && bad.error_len().is_none();
    rest.is_empty() || rest.len() < 4 && std::str::from_utf8(rest).is_err_and(half)
}

/// How many bytes from an error on decide what is said of it.
const LOOKAHEAD: usize = 16;

/// Bytes in words: `64 MiB`.
fn size(bytes: usize) -> String {
    match bytes {
        _ if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        _ if bytes >= 1 << 10 && bytes.is_multiple_of(1 << 10) => format!("{} KiB", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

/// The bytes of the first character; 0 at the end of the text.
pub(super) fn char_length(text: &[u8]) -> usize {
    let length = match text.first() {
        None => 0,
        // ASCII, or a byte that begins no character.
        Some(0..=0xbf) => 1,
        Some(0..=0xdf) => 2,
        Some(0..=0xef) => 3,
        Some(_) => 4,
    };
    length.min(text.len())
}
