//! A piece of a stream, document by document: framing, recovery after a broken document, limits. One JSON document,
//! NDJSON, pretty-printed documents in a row, glued ones and a top-level array of events are all the same to it.

use crate::container::finder::Missing;
use crate::container::resync::CUT_LINE;
use crate::container::signs::begins_document;
use crate::container::{Form, Request, holds_others};
use crate::engine::{Engine, Seen};
use crate::finding::{Mark, Rule, Sink, Span, Words};
use crate::json::{Cursor, Fault, Path, SyntaxError, is_utf8};
use crate::room::Room;
use crate::rules::syntax;

use super::skip::{Brackets, Reached, Skip, next_brace, noise_end};
use super::unwrap::{Around, Opening};

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
    /// The documents that come are held by one thing, which is taken apart.
    fn begin_parts(&mut self) {}
    /// All of them have been told; the thing stands at `span`.
    fn end_parts(&mut self, _span: Span, _item: Option<Item>) {}
    /// A request begins, whose body is at `span`; what follows until [`Handler::request_end`] was in it.
    fn request(&mut self, _request: &Request<'_>, _span: Span) {}
    /// Everything in the request has been told.
    fn request_end(&mut self) {}
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
}

impl<'t> Input<'t> {
    /// These bytes, after which more may come.
    pub fn new(text: &'t [u8], last: bool) -> Input<'t> {
        Input { text, last, utf8: is_utf8(text) }
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
    let Input { text, last, utf8 } = input;
    let plain = state.plain;
    let mut reader = Reader { engine, text, state, limits, last, utf8, handler, plain };
    let read = reader.read();
    reader.state.plain = reader.plain.saturating_sub(read);
    read
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
    /// Up to here, the line has been looked at and is nothing foreign.
    pub plain: usize,
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

impl<H: Handler> Reader<'_, H> {
    fn read(&mut self) -> usize {
        let mut at = 0;
        if let Some(skip) = self.state.skip.take() {
            match self.pass_over(skip, 0) {
                Next::At(end) => at = end,
                Next::More(start) | Next::Wait(start) => return start,
            }
        }
        loop {
            at = self.between_space(at);
            let Some(&byte) = self.text.get(at) else { break };
            if self.handler.is_full() {
                return at;
            }
            let next = match (self.state.between, byte) {
                (_, 0xef) if !self.last && b"\xef\xbb\xbf".starts_with(&self.text[at..]) => Next::More(at),
                (Between::Documents, b'[') => self.bracket(at),
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
                        Next::At(end) if self.is_too_large(at, end) => self.too_large(at),
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
                        end if self.is_too_large(at, end) => self.too_large(at),
                        end => {
                            self.wrong(at, at + 1, Fault::Value);
                            Next::At(end)
                        }
                    }
                }
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
                    if holds_others(seen.form) {
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
                    return self.too_large(at);
                }
                self.not_utf8(at..end, end);
                Next::At(end)
            }
            Err(SyntaxError { fault: Fault::End, .. }) if !self.last => Next::More(at),
            Err(error) => self.broken(at, error),
        }
    }

    /// A bracket where a document should begin: of an array of events as a rule.
    fn bracket(&mut self, at: usize) -> Next {
        // Of a line with a million arrays the rest would be looked at a million times.
        let plain = self.plain;
        let is_known = at < plain;
        if self.may_be_log(at) {
            if let Some(next) = self.foreign(at) {
                return next;
            }
        } else if !self.last && self.is_blank_from(at + 1) {
            return Next::More(at);
        }
        match if is_known { Some(false) } else { self.is_cut_prefix(at) } {
            None => {
                self.plain = plain;
                Next::Wait(at)
            }
            Some(true) => {
                let line = memchr::memchr(b'\n', &self.text[at..]).unwrap_or(1);
                self.noise(at, SyntaxError { at: at + line, fault: Fault::Value })
            }
            Some(false) => {
                *self.state = State { between: Between::FirstItem, begun: true, ..State::default() };
                Next::At(at + 1)
            }
        }
    }

    /// A document that holds others.
    #[cold]
    fn opened(&mut self, span: Span, form: Form, mark: Mark) -> Next {
        let (item, text) = (self.item(), self.text);
        let end = span.end;
        // The header of an event looks like what the Node SDK makes of one; in the rest of an event more follows it.
        if form == Form::NodeFlatV2 && item.is_none() {
            let behind = &text[end..text.len().min(end + LOOKAHEAD)];
            let next = behind.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
            if next.is_none() && behind.len() < LOOKAHEAD && !self.last {
                self.handler.sink().rewind(mark);
                return Next::Wait(span.start);
            }
            if next.is_some_and(|byte| matches!(byte, b',' | b'}' | b']')) {
                self.handler.sink().rewind(mark);
                self.part(span.start, end, Missing::Beginning);
                self.done();
                return Next::At(end);
            }
        }
        self.open(item, span.clone(), |opening| opening.open(text, span, form, Around::PLAIN, mark));
        self.done();
        Next::At(end)
    }

    /// Takes the thing at `span` apart.
    pub fn open<T>(
        &mut self,
        item: Option<Item>,
        span: Span,
        read: impl FnOnce(&mut Opening<'_, H>) -> T,
    ) -> T {
        let room = Room::new(span.len(), self.limits.document);
        self.handler.begin_parts();
        let result = read(&mut Opening { engine: self.engine, handler: self.handler, item, room });
        self.handler.end_parts(span, item);
        result
    }

    /// A document that stops being JSON: one finding, and on to the next.
    #[cold]
    fn broken(&mut self, at: usize, mut error: SyntaxError) -> Next {
        if self.is_too_large(at, error.at) {
            return self.too_large(at);
        }
        if let Some(next) = self.dialect(at, error) {
            return next;
        }
        let mut brackets = Brackets::default();
        let reached = match self.cut_before(at, &error) {
            Cut::Unknown => return Next::Wait(at),
            Cut::At(end, what) => return self.cut(at, end, what),
            Cut::No => brackets.run(self.text, at, self.last),
        };
        // Whether the line was cut, and what stands at the error, is known only with what follows.
        let follows =
            |end: usize| self.text.get(error.at..end).is_none_or(|rest| rest.trim_ascii().is_empty());
        let blank = |end: usize| end < error.at.saturating_add(BLANKS) && follows(end);
        let end = match reached {
            Reached::Line(end) if blank(end) => return self.cut(at, end, CUT_LINE),
            Reached::Close(end) | Reached::Line(end) => end,
            Reached::Unknown(end) if blank(end) => return Next::Wait(at),
            Reached::End if blank(self.text.len()) => return Next::Wait(at),
            Reached::End | Reached::Unknown(_) if self.text.len() < error.at + LOOKAHEAD => {
                return Next::Wait(at);
            }
            // The rest is passed over as it comes.
            Reached::Unknown(end) => end,
            Reached::End => self.text.len(),
        };
        let document = &self.text[at..end];
        if !self.utf8
            && let Err(bad) = std::str::from_utf8(document)
            && at + bad.valid_up_to() <= error.at
            // The input may have been cut within a character.
            && !(self.last && end == self.text.len() && bad.error_len().is_none())
        {
            self.not_utf8(at..(error.at + 1).min(end), end);
        } else {
            // A string that ends with the last line of all was cut with it, and so was what ends within a character.
            if self.last && is_nothing(&self.text[error.at..]) {
                error = SyntaxError { at: at + document.trim_ascii_end().len(), fault: Fault::End };
            }
            let length = char_length(self.text.get(error.at..end).unwrap_or_default());
            let (rule, _) = syntax::broken(self.text, error);
            self.report(rule, error.at..error.at + length, |text| syntax::broken(text, error).1);
            self.handler.broken(at..end, self.item());
            self.done();
        }
        self.go_on(Skip::Brackets(brackets), reached)
    }

    /// Where the document at `at`, which stops being JSON at `error`, was cut before its brackets could tell.
    fn cut_before(&self, at: usize, error: &SyntaxError) -> Cut {
        let text = self.text;
        let found = &text[error.at..];
        // A logger writes each entry on its line: an entry that does not end on it was cut.
        if self.state.logged {
            if found == b"\r" && !self.last {
                return Cut::Unknown;
            }
            let written = text[at..error.at].trim_ascii_end();
            let line_end = found.starts_with(b"\n") || found.starts_with(b"\r\n");
            if (line_end || text[error.at - 1] == b'\n') && !written.contains(&b'\n') {
                return Cut::At(at + written.len(), "the line ends in the middle of a document");
            }
        }
        // What was cut out of an array on one line makes the next item a part of this one, and breaks at its first key.
        if self.state.between != Between::Documents {
            let first = error.at.saturating_sub(ITEM_HEAD).max(at);
            let comma = match error.fault {
                Fault::End => item_begins(&text[at..]).map(|comma| at + comma),
                _ => memchr::memrchr(b',', &text[first..text.len().min(error.at + 1)])
                    .map(|comma| first + comma),
            };
            if let Some(comma) = comma {
                let head = &text[comma..text.len().min(comma + ITEM_HEAD)];
                if head.len() < ITEM_HEAD && !self.last {
                    return Cut::Unknown;
                }
                if error.fault == Fault::End
                    || item_head(head).is_some_and(|length| error.at <= comma + length)
                {
                    return Cut::At(comma, "the item ends in the middle, and the next one begins");
                }
            }
        }
        Cut::No
    }

    /// A document that was cut: what follows it begins at `end`, on another line as a rule.
    pub fn cut(&mut self, at: usize, end: usize, what: &'static str) -> Next {
        let place = at + self.text[at..end].trim_ascii_end().len();
        let bad = match self.utf8 {
            true => None,
            // It may have been cut within a character.
            false => std::str::from_utf8(&self.text[at..place]).err().filter(|bad| bad.error_len().is_some()),
        };
        if bad.is_some() {
            self.not_utf8(at..place, end);
        } else {
            self.report(&syntax::TRUNCATED_DOCUMENT, place..place, |_| {
                Words::new(what)
                    .expected("the rest of the document")
                    .found("the end of what is there of it")
                    .help("it was cut when it was written: look for a size limit in the logger")
            });
            self.handler.broken(at..end, self.item());
            self.done();
        }
        if self.text[..end].ends_with(b"\n") {
            self.at_line(end);
        }
        Next::At(end)
    }

    /// A part of a document, from `at` on; what is before `end` holds nothing else.
    pub fn part(&mut self, at: usize, end: usize, missing: Missing) {
        self.report(&syntax::TRUNCATED_DOCUMENT, at..at + 1, |_| {
            let words = match missing {
                Missing::Beginning => Words::new("this is the rest of a document: its beginning is missing")
                    .help("capture it again from its beginning: what `tail -c` and rotation leave begins anywhere"),
                Missing::End => Words::new("the line ends in the middle of a document; what is whole in it was read")
                    .help("it was cut when it was written: look for a size limit in the logger"),
            };
            words.expected("a whole document").found("a part of one")
        });
        self.handler.broken(at..end.max(at + 1), self.item());
    }

    /// A line of its own follows a broken document: its comma went with what was cut, or it is in no array at all.
    fn at_line(&mut self, at: usize) {
        match (self.state.between, self.text.get(at)) {
            (Between::Documents, _) => {}
            (_, Some(b'{')) => self.state.between = Between::Item,
            _ => *self.state = State { begun: true, ..State::default() },
        }
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
            // `2026-0`, `"a": 1`: the line is none of JSON's, and that is one mistake.
            Ok(token) if self.state.between == Between::Documents && self.is_glued(token.end) => {
                self.noise(at, SyntaxError { at: token.end, fault: Fault::Value })
            }
            Ok(token) if self.is_too_large(at, token.end) => self.too_large(at),
            Ok(token) => {
                let (item, text) = (self.item(), self.text);
                // It has been read once: it is JSON.
                let _ =
                    self.open(item, token.start..token.end, |opening| opening.other(text, at, Around::PLAIN));
                self.done();
                Next::At(token.end)
            }
            Err(SyntaxError { fault: Fault::End, .. }) if !self.last => Next::More(at),
            Err(error) => self.noise(at, error),
        }
    }

    /// Whether what stands at `at`, behind a value, neither separates it from another nor begins one.
    fn is_glued(&self, at: usize) -> bool {
        self.text.get(at).is_some_and(|byte| !b" \t\r\n,]}[{\"\x1e\xef".contains(byte))
    }

    /// Something that is no JSON, as `error` says.
    fn noise(&mut self, at: usize, error: SyntaxError) -> Next {
        let next = self.after_noise(at);
        let Next::At(end) = next else { return next };
        if self.is_too_large(at, end.max(error.at)) {
            return self.too_large(at);
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
    pub fn pass_over(&mut self, mut skip: Skip, at: usize) -> Next {
        let end = match &mut skip {
            Skip::Brackets(brackets) => {
                let reached = brackets.run(self.text, at, self.last);
                return self.go_on(skip, reached);
            }
            Skip::Noise { array } => noise_end(&self.text[at..], *array).map(|end| at + end),
            Skip::Lines { start } => next_brace(&self.text[at..], start).map(|end| at + end),
            Skip::Rest => None,
        };
        if end.is_none() {
            self.state.skip = Some(skip);
        }
        Next::At(end.unwrap_or(self.text.len()))
    }

    /// Goes on where counting brackets came to, or counts on with what follows.
    fn go_on(&mut self, skip: Skip, reached: Reached) -> Next {
        match reached {
            Reached::Close(end) => Next::At(end),
            Reached::Line(end) => {
                self.at_line(end);
                Next::At(end)
            }
            Reached::Unknown(end) => {
                (self.state.skip, self.state.begun) = (Some(skip), true);
                Next::Wait(end)
            }
            Reached::End => {
                self.state.skip = Some(skip);
                Next::At(self.text.len())
            }
        }
    }

    fn report(&mut self, rule: &'static Rule, span: Span, words: impl FnOnce(&[u8]) -> Words) {
        let text = self.text;
        self.handler.sink().report(rule.at(span, &Path::ROOT), || words(text));
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
    pub fn too_large(&mut self, at: usize) -> Next {
        let limit = self.limits.document;
        self.report(&syntax::DOCUMENT_TOO_LARGE, at..at + 1, |_| syntax::too_large(limit));
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

/// How many blanks between a line that was cut and the next may be.
const BLANKS: usize = 1024;

/// Whether a document was cut.
enum Cut {
    No,
    /// Before this byte.
    At(usize, &'static str),
    /// More must be there to tell.
    Unknown,
}

/// So many bytes from the comma before it say whether an item begins.
const ITEM_HEAD: usize = 128;

/// How long the beginning of an item of the platform is, with the comma before it and the quote of its first key:
/// `, {"`.
fn item_head(text: &[u8]) -> Option<usize> {
    let item = text.strip_prefix(b",")?.trim_ascii_start();
    let length = text.len() - item.len();
    let key = item.strip_prefix(b"{")?.trim_ascii_start();
    begins_document(item).then(|| length + (item.len() - key.len()) + 1)
}

/// Where in an item, which has no end, another begins.
fn item_begins(text: &[u8]) -> Option<usize> {
    let begins = |comma: &usize| {
        let head = &text[*comma..text.len().min(comma + ITEM_HEAD)];
        let key = item_head(head).map(|length| &head[length..]);
        key.is_some_and(|key| {
            [&b"schema\""[..], b"uuid\"", b"encrypt\""].iter().any(|known| key.starts_with(known))
        })
    };
    memchr::memchr_iter(b',', text).find(begins)
}

/// The bytes of the first character; 0 at the end of the text.
pub(crate) fn char_length(text: &[u8]) -> usize {
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
