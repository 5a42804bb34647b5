//! What cannot be read: documents that are broken, cut or too large, and bytes that are no JSON. Each is reported once,
//! and this says where reading goes on after it; `skip` finds the place.

use std::str::Utf8Error;

use crate::container::classify;
use crate::container::resync::{CUT_LINE, own_line};
use crate::container::signs::{begins_document, continues};
use crate::container::trace;

use crate::finding::{Rule, Sink, Span, Words};
use crate::json::{Cursor, Fault, Path, SyntaxError};
use crate::lang::{Label, Lang, label, say};
use crate::rules::syntax;

use super::find::Tried;
use super::pass::Stranger;
use crate::steps::took;

use super::frame::{Handler, LOOKAHEAD, Next, Reader};
use super::skip::{Brackets, Reached, Skip, next_brace, noise_end};
use super::state::{Between, State};
use super::unwrap::{Context, Unwrapper};

impl<H: Handler> Reader<'_, H> {
    /// A document that stops being JSON: one finding, and on to the next.
    #[cold]
    pub fn broken(&mut self, at: usize, error: SyntaxError) -> Next {
        if self.is_too_large(at, error.at) {
            return self.too_large(at);
        }
        if self.state.in_array() && self.state.items == 0 && self.begins_line(at) {
            self.is_no_array();
        }
        if self.state.in_array() || self.limits.json {
            let shown = self.trace(at, self.line_end(error.at));
            let shown = match shown {
                None if begins_document(&self.text[at..]) => match self.farther(at, at) {
                    Ok(trace) => trace,
                    Err(next) => return next,
                },
                shown => shown,
            };
            return match shown.and_then(|trace| self.undo(at, trace, Some((at, error.at)))) {
                Some(next) => next,
                None => self.unreadable_document(at, error),
            };
        }
        match self.broken_object(at, at, error) {
            Tried::Read(next) => next,
            // The stream was cut in the middle of it.
            Tried::Passed(_) if error.fault == Fault::End && self.within.is_none() && self.has_key(at) => {
                self.unreadable_document(at, error)
            }
            Tried::Passed(from) => {
                self.stranger(at, |_| Some(Stranger::Broken(error)));
                self.scan_on(at, from)
            }
        }
    }

    /// Whether the object at `at` has a key, so that its brace is none of prose.
    fn has_key(&self, at: usize) -> bool {
        self.text[at + 1..].trim_ascii_start().starts_with(b"\"")
    }

    /// Where the line ends in which `at` stands. It is looked for once, however many places of a line are asked about.
    pub fn line_end(&self, at: usize) -> usize {
        let known = self.line.get();
        if known.0 <= at && at <= known.1 {
            return known.1;
        }
        let end = memchr::memchr(b'\n', &self.text[at..]).map_or(self.text.len(), |length| at + length);
        took(end - at);
        self.line.set((at, end));
        end
    }

    /// The first line after the one of `from`, and up to `end`, that begins something of its own.
    pub fn own_line_before(&self, from: usize, end: usize) -> Option<usize> {
        let feeds = memchr::memchr_iter(b'\n', &self.text[from..end.min(self.text.len())]);
        let mut lines = feeds.map(|feed| from + feed + 1);
        lines.find(|line| own_line(&self.text[*line..], true).is_some_and(|(own, _)| own))
    }

    /// One finding for the document at `at`, which is ours and stops being JSON at `error`, among other text; and on.
    /// `salvaged`: what is whole in it was read.
    pub fn give_up(&mut self, at: usize, error: SyntaxError, own: Option<usize>) -> Next {
        let text = self.text;
        if let Some(next) = self.glued(at, error.at) {
            return self.cut(at, next, GLUED);
        }
        // What ends with the stream is JSON up to there, whatever its lines begin with.
        let own = own.filter(|_| error.fault != Fault::End);
        if self.salvage(at, own.unwrap_or(error.at)) {
            return Next::At(own.unwrap_or_else(|| self.line_end(error.at)).max(at + 1));
        }
        // A document in one line goes on with none after it.
        let first = self.line_end(at);
        if error.at >= first && !text[at + 1..first].trim_ascii().is_empty() {
            return self.cut(at, first, LINE_ENDS);
        }
        if let Some(own) = own {
            return self.cut(at, own, CUT_LINE);
        }
        let line = memchr::memrchr(b'\n', &text[at..error.at]).map(|feed| at + feed + 1);
        let blank = |from: usize| text[from..error.at].trim_ascii().is_empty();
        match line {
            // What comes on the next line is none of it.
            Some(line) if blank(line) && !self.is_member(at, line) => {
                return self.cut(at, line, CUT_LINE);
            }
            _ => {}
        }
        let end = self.line_end(error.at);
        // The input may have been cut within a character.
        let cut_within = self.last && is_nothing(&text[error.at..]);
        if text[error.at..end].trim_ascii().is_empty() || error.fault == Fault::End || cut_within {
            let next = self.cut(at, end, LINE_ENDS);
            let pretty = line.is_some() || text[at + 1..end].trim_ascii().is_empty();
            return if pretty { self.pass_over(Skip::Members, end) } else { next };
        }
        let closed = match Brackets::default().run(&text[..end], at, true) {
            Reached::Close(close) if close < end => Some(close),
            _ => None,
        };
        let resume = closed.unwrap_or(end);
        if self.utf8_error(at..resume).is_some_and(|bad| at + bad.valid_up_to() <= error.at) {
            self.not_utf8(at..resume, resume);
        } else {
            self.report_syntax(error, resume);
            self.unreadable(at..resume);
        }
        match closed {
            Some(close) => Next::At(close),
            None => self.pass_over(Skip::Members, end),
        }
    }

    /// Whether the line that begins at `line` goes on with the object at `at`, which is printed over lines.
    fn is_member(&self, at: usize, line: usize) -> bool {
        let text = self.text;
        let indent =
            |line: usize| text[line..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let pretty = text[at + 1..self.line_end(at)].trim_ascii().is_empty();
        let begins = memchr::memrchr(b'\n', &text[..at]).map_or(0, |feed| feed + 1);
        let deeper =
            indent(line) > indent(begins) || matches!(text.get(line + indent(line)), Some(b'}' | b']'));
        pretty && deeper && continues(&text[line..self.line_end(line)])
    }

    /// Where another event begins, on its line behind the object at `brace`, which breaks there at `error`: at its brace, or
    /// at the quote before its first key, or behind it, where the object was cut in a string.
    fn glued(&self, brace: usize, error: usize) -> Option<usize> {
        let text = self.text;
        let from = error.saturating_sub(BESIDE).max(brace + 1);
        let next = from + memchr::memrchr(b'{', text.get(from..text.len().min(error + 2))?)?;
        let head = &text[next..text.len().min(next + ITEM_HEAD)];
        (begins_event(head) && !self.begins_line(next)).then_some(next)
    }

    /// Reads what is whole of ours in the object at `at`, which is cut before `end`, and says that it is cut. False where
    /// there is nothing.
    fn salvage(&mut self, at: usize, end: usize) -> bool {
        let text = self.text;
        let whole = self.whole_within(at, end);
        if whole.is_empty() {
            return false;
        }
        self.part(at, at, Missing::End);
        for span in whole {
            // It has been read as JSON.
            let read = |unwrapper: &mut Unwrapper<'_, H>, context: Context<'_>| {
                unwrapper.document(&text[..span.end], span.start, context).is_ok()
            };
            self.open(None, span.clone(), read);
        }
        true
    }

    /// What is whole of ours within an object that is not: between `brace` and `end`.
    fn whole_within(&self, brace: usize, end: usize) -> Vec<Span> {
        let text = self.text;
        let mut whole = Vec::new();
        let mut at = brace + 1;
        // What holds an event in a string begins before that.
        let quoted = memchr::memmem::rfind(&text[brace..end], QUOTED).map_or(brace, |quote| brace + quote);
        while let Some(next) = memchr::memchr(b'{', &text[at.min(end)..end]).map(|next| at + next) {
            at = next + 1;
            if !begins_document(&text[next..end]) && quoted < next {
                continue;
            }
            let mut cursor = Cursor::new(&text[..end], next);
            let Ok(token) = cursor.value(0) else { continue };
            let span = token.start..token.end;
            let object = &text[span.clone()];
            if classify(object).is_wire() || holds_quoted(object) {
                at = token.end;
                whole.push(span);
            }
        }
        whole
    }

    /// An object that is a member of a document whose beginning is missing.
    pub fn part_of(&mut self, at: usize, object: usize) {
        self.pass_before(at, at);
        self.part(at, object, Missing::Beginning);
    }

    /// A document that stops being JSON, where JSON is what should be there.
    pub fn unreadable_document(&mut self, at: usize, mut error: SyntaxError) -> Next {
        let mut brackets = Brackets::default();
        let reached = match self.cut_before(at, &error) {
            Cut::Unknown => return Next::Wait(at),
            Cut::At(end, what) => return self.cut(at, end, what),
            Cut::No if self.last && error.fault == Fault::End && self.salvage(at, error.at) => {
                self.done();
                self.state.cut = true;
                return Next::At(self.text.len());
            }
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
        if let Some(next) = self.glued(at, error.at).filter(|_| !self.state.in_array()) {
            return Cut::At(next, GLUED);
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
                    return Cut::At(comma, ITEM_ENDS);
                }
            }
        }
        Cut::No
    }

    /// A document that was cut: what follows it begins at `end`, on another line as a rule.
    pub fn cut(&mut self, at: usize, end: usize, what: Label) -> Next {
        let place = at + self.text[at..end].trim_ascii_end().len();
        // It may have been cut within a character.
        if self.utf8_error(at..place).is_some_and(|bad| bad.error_len().is_some()) {
            self.not_utf8(at..place, end);
        } else {
            self.report(&syntax::TRUNCATED_DOCUMENT, place..place, |_, lang| {
                Words::new(what.text(lang))
                    .expected(say!(lang, "文档的其余部分", "the rest of the document"))
                    .found(say!(lang, "已有部分的结尾", "the end of what is there of it"))
                    .help(LIMIT.text(lang))
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
        self.report(&syntax::TRUNCATED_DOCUMENT, first_char(self.text, at), |_, lang| {
            let (message, help) = match missing {
                Missing::Beginning => (BEGINNING_IS_MISSING, FROM_THE_BEGINNING),
                Missing::End => (END_IS_MISSING, LIMIT),
            };
            Words::new(message.text(lang))
                .expected(say!(lang, "完整的文档", "a whole document"))
                .found(say!(lang, "文档的一部分", "a part of one"))
                .help(help.text(lang))
        });
        let item = self.item();
        self.tell_broken(at..end.max(at + 1), item);
    }

    /// A line of its own follows a broken document: its comma went with what was cut, or it is in no array at all.
    fn at_line(&mut self, at: usize) {
        match (self.state.between, self.text.get(at)) {
            (Between::Documents, _) => {}
            (_, Some(b'{')) => (self.state.between, self.state.cut) = (Between::Item, true),
            _ => *self.state = State::at(Between::Documents),
        }
    }

    /// Something that begins with neither brace nor bracket.
    #[cold]
    pub fn other(&mut self, at: usize) -> Next {
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
                let _ = self.open(item, token.start..token.end, |unwrapper, context| {
                    unwrapper.other(text, at, context)
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
            Skip::Members => {
                let mut at = at;
                loop {
                    let line = match self.text[at..].strip_prefix(b"\n") {
                        Some(_) => at + 1,
                        None => at,
                    };
                    let end = self.line_end(line);
                    if end == self.text.len() && !self.last {
                        self.state.skip = Some(skip);
                        self.state.begun = true;
                        return Next::Wait(at);
                    }
                    if line >= self.text.len() || !continues(&self.text[line..end]) {
                        break Some(at);
                    }
                    at = end;
                }
            }
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

    fn report(&mut self, rule: &'static Rule, span: Span, words: impl Fn(&[u8], Lang) -> Words) {
        let text = self.text;
        self.sink().report(rule.at(span, &Path::ROOT), |lang| words(text, lang));
    }

    /// Reports what is wrong at `error`, in what ends at `end`, and says where that stands: it is one character.
    fn report_syntax(&mut self, error: SyntaxError, end: usize) -> Span {
        let span = error.at..error.at + char_length(self.text.get(error.at..end).unwrap_or_default());
        let rule = syntax::rule_of(error.fault);
        self.report(rule, span.clone(), |text, lang| syntax::broken(text, error, lang));
        span
    }

    /// What stands at `span` is no document that can be read; why has been reported.
    fn unreadable(&mut self, span: Span) {
        {
            let item = self.item();
            self.tell_broken(span, item);
        }
        self.done();
    }

    /// Where the bytes at `span` are not UTF-8. It is not looked for where the whole text is known to be.
    fn utf8_error(&self, span: Span) -> Option<Utf8Error> {
        if self.utf8 { None } else { std::str::from_utf8(&self.text[span]).err() }
    }

    /// Reports what is wrong at `at`, between documents: the first character of what ends at `end`.
    pub fn wrong(&mut self, at: usize, end: usize, fault: Fault) {
        let span = self.report_syntax(SyntaxError { at, fault }, end);
        self.tell_broken(span, None);
    }

    /// Something that follows an item of an array, and neither separates it from the next nor ends the array.
    #[cold]
    pub fn no_comma(&mut self, at: usize) -> Next {
        if self.is_no_array() {
            return Next::At(at);
        }
        match self.after_noise(at, at) {
            Ok(end) => {
                self.wrong(at, end, Fault::CommaOrBracket);
                Next::At(end)
            }
            Err(next) => next,
        }
    }

    /// Leaves an array that proves to be none: among other text, a bracket before one event begins no list.
    pub fn is_no_array(&mut self) -> bool {
        let none = !self.limits.json && self.state.items < 2 && !self.state.relative;
        if none {
            *self.state = State::at(Between::Documents);
        }
        none
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
        // Among other text, a bracket before one event is no array; and what was cut with an item has been told.
        if self.is_no_array() || self.state.cut {
            return;
        }
        self.report(&syntax::TRUNCATED_DOCUMENT, at..at, |_, lang| {
            let message = say!(
                lang,
                "输入在存放事件的数组中间结束了",
                "the input ends within the array that holds the events"
            );
            Words::new(message).expected("`]`").found(say!(lang, "输入的结尾", "the end of the input")).help(
                say!(
                    lang,
                    "之前的内容已读取；请重新抓取，或补上这个括号",
                    "what came before was read; capture it again or add the bracket"
                ),
            )
        });
        self.tell_broken(at..at, None);
    }

    /// Something that ends at `end` and is not UTF-8 within `span`.
    #[cold]
    pub fn not_utf8(&mut self, span: Span, end: usize) {
        let bad =
            std::str::from_utf8(&self.text[span.clone()]).map_or_else(|error| error.valid_up_to(), str::len);
        let place = span.start + bad;
        self.report(&syntax::INVALID_UTF8, place..(place + 1).min(span.end), |text, lang| {
            syntax::invalid_utf8(&text[span.clone()], bad, lang)
        });
        self.unreadable(span.start..end);
    }

    /// Something that is larger than the limit, whether its end is in sight or not: passed over, and where to go on.
    #[cold]
    pub fn too_large(&mut self, at: usize) -> Next {
        let limit = self.limits.document;
        self.report(&syntax::DOCUMENT_TOO_LARGE, first_char(self.text, at), |_, lang| {
            syntax::too_large(limit, lang)
        });
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

/// What is said of a document behind which another stands on its line, with the quote of whose first key it breaks.
const GLUED: Label = label(
    "文档在中间结束了，另一个文档在同一行开始",
    "the document ends in the middle, and another begins on its line",
);
const LINE_ENDS: Label = label("这一行在文档中间结束了", "the line ends in the middle of a document");
const ITEM_ENDS: Label =
    label("这一项在中间结束了，下一项已经开始", "the item ends in the middle, and the next one begins");
const BEGINNING_IS_MISSING: Label =
    label("这是文档的后半部分，缺少开头", "this is the rest of a document: its beginning is missing");
const FROM_THE_BEGINNING: Label = label(
    "请从头重新抓取：`tail -c` 和日志轮转留下的内容可能从任何地方开始",
    "capture it again from its beginning: what `tail -c` and rotation leave begins anywhere",
);
const END_IS_MISSING: Label = label(
    "这一行在文档中间结束了；其中完整的内容已读取",
    "the line ends in the middle of a document; what is whole in it was read",
);
const LIMIT: Label = label(
    "它在写入时就被截断了：检查日志工具的长度限制",
    "it was cut when it was written: look for a size limit in the logger",
);

/// So many bytes may be from a brace to behind the quote of the first key.
const BESIDE: usize = 16;

/// With this a string begins that has an object in it.
const QUOTED: &[u8] = br#""{\"#;

/// Whether an object holds an event in a string.
fn holds_quoted(object: &[u8]) -> bool {
    let mut quoted = memchr::memmem::find_iter(object, br#""{"#);
    trace::is_in(object) && quoted.any(|quote| begins_document(&object[quote + 1..]))
}

/// How many blanks between a line that was cut and the next may be.
const BLANKS: usize = 1024;

/// Which side of a cut document is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// The line closes brackets that it does not open.
    Beginning,
    /// The line ends before its brackets are closed.
    End,
}

/// Whether a document was cut.
enum Cut {
    No,
    /// Before this byte.
    At(usize, Label),
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
        let head = &text[*comma + 1..text.len().min(comma + ITEM_HEAD)];
        begins_event(head.trim_ascii_start())
    };
    memchr::memchr_iter(b',', text).find(begins)
}

/// Whether an event begins here, with a key that only events begin with.
fn begins_event(text: &[u8]) -> bool {
    let key = text.strip_prefix(b"{").and_then(|rest| rest.trim_ascii_start().strip_prefix(b"\""));
    let known = [&b"schema\""[..], b"uuid\"", b"encrypt\""];
    key.is_some_and(|key| known.iter().any(|known| key.starts_with(known)))
}

/// The character that begins at `at` of `text`.
pub(crate) fn first_char(text: &[u8], at: usize) -> Span {
    at..at + char_length(&text[at.min(text.len())..])
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
