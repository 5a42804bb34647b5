//! What cannot be read: documents that are broken, cut or too large, and bytes that are no JSON. Each is reported once,
//! and this says where reading goes on after it; `skip` finds the place.

use std::str::Utf8Error;

use crate::container::finder::Missing;
use crate::container::resync::CUT_LINE;
use crate::container::signs::begins_document;
use crate::finding::{Rule, Sink, Span, Words};
use crate::json::{Cursor, Fault, Path, SyntaxError};
use crate::rules::syntax;

use super::frame::{Handler, LOOKAHEAD, Next, Reader};
use super::skip::{Brackets, Reached, Skip, next_brace, noise_end};
use super::state::{Between, State};
use super::unwrap::Context;

impl<H: Handler> Reader<'_, H> {
    /// A document that stops being JSON: one finding, and on to the next.
    #[cold]
    pub fn broken(&mut self, at: usize, mut error: SyntaxError) -> Next {
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
        if let Some(bad) = self.utf8_error(at..end)
            && at + bad.valid_up_to() <= error.at
            // The input may have been cut within a character.
            && !(self.last && end == self.text.len() && bad.error_len().is_none())
        {
            self.not_utf8(at..(error.at + 1).min(end), end);
        } else {
            // A string that ends with the last line of all was cut with it, and so was what ends within a character.
            if self.last && is_nothing(&self.text[error.at..]) {
                let whole = self.text[at..end].trim_ascii_end().len();
                error = SyntaxError { at: at + whole, fault: Fault::End };
            }
            self.report_syntax(error, end);
            self.unreadable(at..end);
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
        if self.state.in_array() {
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
        // It may have been cut within a character.
        if self.utf8_error(at..place).is_some_and(|bad| bad.error_len().is_some()) {
            self.not_utf8(at..place, end);
        } else {
            self.report(&syntax::TRUNCATED_DOCUMENT, place..place, |_| {
                Words::new(what)
                    .expected("the rest of the document")
                    .found("the end of what is there of it")
                    .help("it was cut when it was written: look for a size limit in the logger")
            });
            self.unreadable(at..end);
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
        self.handler.broken(at..end.max(at + 1), self.state.item());
    }

    /// A line of its own follows a broken document: its comma went with what was cut, or it is in no array at all.
    fn at_line(&mut self, at: usize) {
        match (self.state.between, self.text.get(at)) {
            (Between::Documents, _) => {}
            (_, Some(b'{')) => self.state.between = Between::Item,
            _ => *self.state = State::at(Between::Documents),
        }
    }

    /// Something that begins with neither brace nor bracket.
    #[cold]
    pub fn other(&mut self, at: usize) -> Next {
        if !self.state.in_array()
            && let Some(next) = self.foreign(at)
        {
            return next;
        }
        let mut cursor = Cursor::new(self.text, at);
        match cursor.value(usize::from(self.state.in_array())) {
            // A number at the end may have more digits.
            Ok(_) if cursor.at == self.text.len() && !self.last => Next::More(at),
            // `2026-0`, `"a": 1`: the line is none of JSON's, and that is one mistake.
            Ok(token) if !self.state.in_array() && self.is_glued(token.end) => {
                self.noise(at, SyntaxError { at: token.end, fault: Fault::Value })
            }
            Ok(token) if self.is_too_large(at, token.end) => self.too_large(at),
            Ok(token) => {
                let (item, text) = (self.state.item(), self.text);
                // It has been read once: it is JSON.
                let _ = self.open(item, token.start..token.end, |unwrapper| {
                    unwrapper.other(text, at, Context::PLAIN)
                });
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
    pub fn noise(&mut self, at: usize, error: SyntaxError) -> Next {
        let end = match self.after_noise(at, error.at) {
            Ok(end) => end,
            Err(next) => return next,
        };
        // Only the line counts: what the grammar made of the next one depends on this one.
        let mut error = SyntaxError { at: error.at.min(end), ..error };
        if self.last && end == self.text.len() && is_nothing(&self.text[at..]) {
            error = SyntaxError { at: end, fault: Fault::End };
        } else if self.utf8_error(at..end).is_some() {
            self.not_utf8(at..end, end);
            return Next::At(end);
        }
        self.report_syntax(error, end);
        self.unreadable(at..end);
        Next::At(end)
    }

    /// Where to go on after something that is no JSON: at the next line, or within an array at the next sign of it. If
    /// that is not in sight, or behind more than the limit, what to do instead. It has been `read` up to there.
    fn after_noise(&mut self, at: usize, read: usize) -> Result<usize, Next> {
        let end = noise_end(&self.text[at + 1..], self.state.in_array()).map(|end| at + 1 + end);
        match end.or(self.last.then_some(self.text.len())) {
            Some(end) if self.is_too_large(at, end.max(read)) => Err(self.too_large(at)),
            Some(end) => Ok(end),
            None => Err(Next::More(at)),
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

    /// Reports what is wrong at `error`, in what ends at `end`, and says where that stands: it is one character.
    fn report_syntax(&mut self, error: SyntaxError, end: usize) -> Span {
        let span = error.at..error.at + char_length(self.text.get(error.at..end).unwrap_or_default());
        let (rule, _) = syntax::broken(self.text, error);
        self.report(rule, span.clone(), |text| syntax::broken(text, error).1);
        span
    }

    /// What stands at `span` is no document that can be read; why has been reported.
    fn unreadable(&mut self, span: Span) {
        self.handler.broken(span, self.state.item());
        self.done();
    }

    /// Where the bytes at `span` are not UTF-8. It is not looked for where the whole text is known to be.
    fn utf8_error(&self, span: Span) -> Option<Utf8Error> {
        if self.utf8 { None } else { std::str::from_utf8(&self.text[span]).err() }
    }

    /// Reports what is wrong at `at`, between documents: the first character of what ends at `end`.
    pub fn wrong(&mut self, at: usize, end: usize, fault: Fault) {
        let span = self.report_syntax(SyntaxError { at, fault }, end);
        self.handler.broken(span, None);
    }

    /// Something that follows an item of an array, and neither separates it from the next nor ends the array.
    #[cold]
    pub fn no_comma(&mut self, at: usize) -> Next {
        match self.after_noise(at, at) {
            Ok(end) => {
                self.wrong(at, end, Fault::CommaOrBracket);
                Next::At(end)
            }
            Err(next) => next,
        }
    }

    /// Commas and closing brackets between documents. A run of them is one mistake.
    #[cold]
    pub fn stray(&mut self, at: usize) -> Next {
        let run = self.text[at..].iter().take_while(|byte| matches!(byte, b',' | b']' | b'}')).count();
        match at + run {
            end if end == self.text.len() && !self.last => Next::More(at),
            end if self.is_too_large(at, end) => self.too_large(at),
            end => {
                self.wrong(at, at + 1, Fault::Value);
                Next::At(end)
            }
        }
    }

    /// The input ends at `at`, within a top-level array.
    #[cold]
    pub fn unclosed(&mut self, at: usize) {
        self.report(&syntax::TRUNCATED_DOCUMENT, at..at, |_| {
            Words::new("the input ends within the array that holds the events")
                .expected("`]`")
                .found("the end of the input")
                .help("what came before was read; capture it again or add the bracket")
        });
        self.handler.broken(at..at, None);
    }

    /// Something that ends at `end` and is not UTF-8 within `span`.
    #[cold]
    pub fn not_utf8(&mut self, span: Span, end: usize) {
        let bad =
            std::str::from_utf8(&self.text[span.clone()]).map_or_else(|error| error.valid_up_to(), str::len);
        let place = span.start + bad;
        self.report(&syntax::INVALID_UTF8, place..(place + 1).min(span.end), |text| {
            syntax::invalid_utf8(&text[span.clone()], bad)
        });
        self.unreadable(span.start..end);
    }

    /// Something that is larger than the limit, whether its end is in sight or not: passed over, and where to go on.
    #[cold]
    pub fn too_large(&mut self, at: usize) -> Next {
        let limit = self.limits.document;
        self.report(&syntax::DOCUMENT_TOO_LARGE, at..at + 1, |_| syntax::too_large(limit));
        self.unreadable(at..self.text.len());
        let array = self.state.in_array();
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
        let known = [&b"schema\""[..], b"uuid\"", b"encrypt\""];
        item_head(head).is_some_and(|length| known.iter().any(|key| head[length..].starts_with(key)))
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
