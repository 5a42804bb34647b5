//! Finds documents in whatever stands around them. A line that begins with none is looked through for three things: an
//! object in JSON, a trace of an event, and the beginning of an encoded one. An object is read where it stands; where a
//! trace shows, one layer is undone and what comes out is read in the same manner; the rest is passed over.

use crate::container::form::{PART, RAW_BODY};
use std::borrow::Cow;

use crate::container::notation::notation;
use crate::container::request::Flaw;
use crate::container::signs::{
    begins_document, continues, is_cut_beginning, is_dump, is_part, is_rest, rest_end,
};
use crate::container::stranger;
use crate::container::trace;
use crate::container::undo::{JOINERS, Passage, UNDOERS, Undoer, Undone, may_be_quoted};
use crate::container::{
    Answer, Asked, CONTAINERS, Form, FormInfo, Headers, Inner, Place, Request, Then, classify,
};
use crate::container::{curl, hexdump};
use crate::container::{headers, http};
use crate::engine::Seen;
use crate::finding::{Sink, Span};
use crate::json::{Cursor, Fault, SyntaxError, tree};
use crate::origin::Step;
use crate::rules::{form, wire};
use crate::steps::took;

use super::frame::{Handler, Next, Reader};
use super::lookback::{self, Passed, REACH};
use super::recover::first_char;
use super::skip::Skip;
use super::state::Between;
use super::stats::PassedOver;
use super::unwrap::{Context, Unwrapper};
use super::views::{self, BETWEEN};

/// So many bytes may stand for rows of a dump that repeat, however short it is.
const REPEATED: usize = 64 << 10;

/// So much behind a trace is looked at first, if its line is longer; more where that does not tell.
const WINDOW: usize = 4 << 10;

/// So many bytes may be looked at around traces in vain, and so many times each byte before them: a text in which
/// nothing that shows can be read is given up.
const SPENT: usize = 256 << 10;
const RATE: usize = 8;

/// So many blanks may stand before what each line of a text begins with.
const INDENT: usize = 128;

/// So many traces of a line are looked into that turn out to be nothing.
const TRIES: usize = 16;

/// What an object in a line proved to be.
pub(crate) enum Tried {
    /// Something that is read: where to go on.
    Read(Next),
    /// Nothing of ours: the search goes on from here.
    Passed(usize),
}

/// Something that was passed over, and is known for what it is.
pub(crate) enum Stranger {
    /// Something that has a name of its own.
    Known(&'static FormInfo),
    /// A document of a form that is no event.
    Form(Form),
    /// A document that stops being JSON.
    Broken(SyntaxError),
}

/// Where the first trace stands in a stretch of the text.
#[derive(Clone, Copy)]
pub(crate) struct Traced {
    from: usize,
    trace: Option<usize>,
    to: usize,
}

/// What is said of a text in which nothing is known.
const NO_EVENT: FormInfo = FormInfo { name: "text without an event", lost: None, capture: Some(RAW_BODY) };

/// What is said of a text in which only JSON that is broken is known.
const BROKEN: FormInfo = FormInfo { name: "JSON that is broken", lost: None, capture: Some(RAW_BODY) };

impl<'t, H: Handler> Reader<'t, H> {
    /// Something that begins with no document: looks through the rest of its line for one.
    #[cold]
    pub fn surroundings(&mut self, at: usize) -> Next {
        let text = self.text;
        if at < self.told_to {
            return self.no_json(at);
        }
        if let Some(next) = self.ask(Asked::Head, at, at) {
            return next;
        }
        // In JSON, a line of a request is a fault like any other text.
        if (self.begins_line(at) || self.begins_request(at)) && !self.limits.json {
            let end = match memchr::memchr(b'\n', &text[at..]) {
                Some(length) => at + length,
                None if self.last => text.len(),
                None => return Next::More(at),
            };
            if !self.is_too_large(at, end)
                && let Some(next) = self.ask(Asked::Line, at, end)
            {
                return next;
            }
        }
        self.scan_on(at, at)
    }

    /// Whether a request begins behind what was read, whose body had no line end.
    fn begins_request(&self, at: usize) -> bool {
        self.text[at].is_ascii_uppercase() && http::request_line(http::line(self.text, at).0).is_some()
    }

    /// Whether nothing but blanks stands before `at` on its line.
    pub fn begins_line(&self, at: usize) -> bool {
        self.begins_line_but_for(at, b" \t\r")
    }

    /// Where the line begins in which `at` stands, if that is behind nothing but a few blanks: what each line of a text
    /// begins with may begin with these.
    pub fn with_indent(&self, at: usize) -> usize {
        let blanks = self.text[..at].iter().rev().take(INDENT + 1);
        let blanks = blanks.take_while(|byte| b" \t".contains(byte)).count();
        if blanks <= INDENT && self.begins_line(at) { at - blanks } else { at }
    }

    /// Whether nothing but these bytes stands before `at` on its line.
    fn begins_line_but_for(&self, at: usize, nothing: &[u8]) -> bool {
        let blanks = self.text[..at].iter().rev().take_while(|byte| nothing.contains(byte)).count();
        if blanks == at { !self.state.in_line } else { self.text[at - blanks - 1] == b'\n' }
    }

    /// Looks through a line from `from` on. It ends at `end`; since `at` nothing was found in it.
    pub fn scan(&mut self, at: usize, mut from: usize, end: usize) -> Next {
        let text = self.text;
        const NONE: usize = usize::MAX;
        let mut untold = false;
        let mut tries = 0;
        // Each is looked for again only when the search has gone beyond it.
        let (mut object, mut plain, mut encoded) = (0, 0, 0);
        loop {
            if object < from || object == 0 {
                object = self.next_object(from, end).unwrap_or(NONE);
            }
            // What stands in the object or behind it is sought for when that was none of ours.
            let until = object.min(end);
            if plain < from || plain == 0 || plain == NONE {
                plain = self.trace(from, until).unwrap_or(NONE);
            }
            if encoded < from || encoded == 0 || encoded == NONE {
                encoded =
                    sought(&mut self.encoded, text, from..until, until, trace::find_encoded).unwrap_or(NONE);
            }
            let next = object.min(plain).min(encoded);
            if next == NONE {
                break;
            }
            if next < object {
                if tries < TRIES
                    && let Some(next) = self.undo(at, next, None)
                {
                    return next;
                }
                tries += 1;
                untold |= next == plain;
                from = next + 1;
                continue;
            }
            if let Some(next) = self.alone(at, next, end) {
                return next;
            }
            match self.object(at, next) {
                Tried::Read(next) => return next,
                Tried::Passed(passed) => from = passed.max(next + 1),
            }
            if from >= end {
                break;
            }
        }
        // What was begun before the stream ends in it.
        let line = text[at..end].trim_ascii();
        let closes = !line.is_empty() && line.iter().all(|byte| b"}], ".contains(byte));
        let whole = self.first_line(at, end);
        let first = self.within.is_none() && self.lookback.is_nothing();
        if closes && first && !self.is_within_open(at) || whole.is_some_and(is_rest) {
            self.part_of(at, end);
            return Next::At(end);
        }
        let is_part = untold && end != self.told && is_part(&text[at..end]);
        // A member with nothing before it: the lines after it are of the same document.
        if is_part && self.within.is_none() && self.begins_line(at) && continues(&text[at..end]) {
            self.part_of(at, end);
            return self.pass_over(Skip::Members, end);
        }
        if is_part {
            self.name(&PART, at..end);
            return Next::At(end);
        }
        let opens = self.lookback.opening().is_some() || lookback::opens(&text[at..end]);
        let json = self.limits.json && self.within.is_none() && end > self.told;
        if json && !opens && !text[at..end].trim_ascii().is_empty() {
            self.told_to = end;
            return self.no_json(at);
        }
        let end = end.max(from.min(text.len()));
        self.stranger(at, |reader| stranger::of_line(&reader.text[at..end]).map(Stranger::Known));
        self.pass(at..end);
        Next::At(end)
    }

    /// What begins at `at` is no document, where JSON is promised: each value on its line is told.
    fn no_json(&mut self, at: usize) -> Next {
        match self.text[at] {
            b',' | b']' | b'}' => self.stray(at),
            _ => self.other(at),
        }
    }

    /// Where the next object in JSON may begin in a line: a brace, and a key or the other brace behind it.
    fn next_object(&self, from: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let mut braces = memchr::memchr_iter(b'{', text.get(from..end)?).map(|brace| from + brace);
        braces.find(|brace| {
            let rest = &text[brace + 1..];
            let blanks = rest.iter().take(REACH).take_while(|byte| byte.is_ascii_whitespace()).count();
            took(blanks);
            match rest.get(blanks) {
                Some(b'"') => true,
                Some(_) => is_dump(&text[*brace..end]),
                None => !self.last,
            }
        })
    }

    /// The event at `brace`, if it stands whole in the line from `at` to `end`, and nothing around it can change how it
    /// is read: most lines of logs are like that, and need not be asked about all that others may be.
    fn alone(&mut self, at: usize, brace: usize, end: usize) -> Option<Next> {
        let text = self.text;
        let quoted = |before: u8| matches!(before, b'\'' | b'\t');
        let asked = self.within.is_some()
            || self.limits.json
            || self.state.between != Between::Documents
            || self.state.shown != 0
            || self.lookback.holds()
            || self.is_first()
            || end == text.len()
            || !self.utf8
            || brace > at && quoted(text[brace - 1])
            || headers::is_in(&text[at..end])
            || memchr::memmem::find(&text[brace..end], b"''").is_some();
        if asked {
            return None;
        }
        let sink = self.handler.sink();
        let mark = sink.mark();
        let seen = self.engine.document(text, brace, sink).ok();
        // Another view of it may stand behind it.
        let alone = |seen: &Seen<'_>| {
            seen.form == Form::EventV2 && seen.end <= end && !views::may_follow(&text[seen.end..], self.last)
        };
        let Some(seen) = seen.filter(alone) else {
            self.handler.sink().rewind(mark);
            return None;
        };
        let end = seen.end;
        self.handler.document(&seen, None);
        self.pass_before(at, brace);
        Some(Next::At(end))
    }

    /// Reads the object at `brace`, if it is one of ours, in a line in which nothing was found since `at`.
    pub fn object(&mut self, at: usize, brace: usize) -> Tried {
        let text = self.text;
        let mark = self.handler.sink().mark();
        let context = self.context();
        let seen = {
            let mut sink = super::unwrap::Within { sink: self.handler.sink(), context };
            self.engine.document(text, brace, &mut sink).map(|seen| (seen.form, seen.end))
        };
        let (form, end) = match seen {
            Ok(seen) => seen,
            Err(SyntaxError { fault: Fault::End, .. }) if !self.last => return Tried::Read(Next::More(at)),
            Err(error) => return self.broken_object(at, brace, error),
        };
        self.handler.sink().rewind(mark);
        // With the words before it: so much has to be there at once.
        if self.is_too_large(at, end) {
            return Tried::Read(self.too_large(at));
        }
        let span = brace..end;
        let part = !form.is_wire() && (is_value(&text[at..brace]) || self.goes_on(at, end));
        let shows = trace::is_in(&text[span.clone()]);
        // The object around it may be in another notation, in which this one is a value.
        if !form.is_wire()
            && shows
            && text[at..brace].trim_ascii_end().ends_with(b":")
            && let Some(trace) = self.trace(brace, end)
            && let Some(next) = self.undo(at, trace, None)
        {
            return Tried::Read(next);
        }
        if part && (shows || form != Form::Other) {
            let line = self.line_end(end);
            // What it is a part of was told, or has begun before it and may show itself yet.
            if line == self.told || self.is_within_open(brace) {
                return Tried::Passed(end);
            }
            return Tried::Read(self.member(at, span));
        }
        if !self.utf8 && std::str::from_utf8(&text[span.clone()]).is_err() {
            if form.is_passed() && !shows {
                return Tried::Passed(end);
            }
            self.pass_before(at, brace);
            self.not_utf8(span, end);
            return Tried::Read(Next::At(end));
        }
        if brace > at
            && may_be_quoted(text, span.clone())
            && let Some(next) = self.undo(at, brace, Some((brace, end)))
        {
            return Tried::Read(next);
        }
        // What stands before it may belong to a later one, if this is none of ours.
        if form.is_passed() && brace == at {
            return Tried::Read(self.opened(span, form, mark));
        }
        if form.is_passed()
            && self.state.between == Between::Documents
            && let Some(next) = self.join(span.clone())
        {
            return Tried::Read(next);
        }
        if form.is_passed() {
            let read = self.open(None, span.clone(), |unwrapper, context| {
                unwrapper.open(text, span.clone(), form, context, mark)
            });
            return match read {
                true => {
                    self.pass_before(at, brace);
                    Tried::Read(Next::At(end))
                }
                // That it is there is no reason to let go of what stands before it.
                false => {
                    self.stranger_document(brace..end, form);
                    if brace > at {
                        return Tried::Passed(end);
                    }
                    self.pass(brace..end);
                    Tried::Read(Next::At(end))
                }
            };
        }
        if form.is_wire() {
            if self.behind(at, end).is_none() {
                return Tried::Read(Next::More(at));
            }
            self.rest_of(at, &span);
            if let Some(headers) = self.headers_of(at, &span) {
                self.pass_before(at, brace);
                let request = logged(headers, (&text[span.clone()]).into(), span.clone());
                self.open(None, span, |unwrapper, context| {
                    unwrapper.request(&request, Step::Log, text, context)
                });
                return Tried::Read(Next::At(end));
            }
        }
        self.pass_before(at, brace);
        if form.is_wire() && (self.beside(brace).is_some() || brace > at && self.may_follow(end)) {
            // It has been read as JSON.
            let _ = self.open(None, span, |unwrapper, context| unwrapper.document(text, brace, context));
            return Tried::Read(Next::At(end));
        }
        Tried::Read(self.known(brace))
    }

    /// The object at `span`, which is a member of a document whose beginning is missing, in a line in which nothing was
    /// found since `at`.
    pub fn member(&mut self, at: usize, span: Span) -> Next {
        let line = self.line_end(span.end);
        // All of its line says whether it closes, and is told once.
        if self.is_too_large(at, line) {
            return self.too_large(at);
        }
        if line == self.text.len() && !self.last {
            return Next::More(at);
        }
        if line != self.told {
            self.part_of(at, span.start);
        }
        // Other events may follow on its line, and then other members of this one.
        self.told = line;
        let closes = self.text[span.end..line].iter().all(|byte| b"}], \t\r".contains(byte));
        if closes { self.pass_over(Skip::Members, line) } else { Next::At(span.end) }
    }

    /// The object at `brace`, which stops being JSON, in a line in which nothing was found since `at`.
    pub fn broken_object(&mut self, at: usize, brace: usize, error: SyntaxError) -> Tried {
        match self.torn(at, brace, error) {
            Some(next) => Tried::Read(next),
            // Each of the lines that it covers may begin something else.
            None => {
                let line = self.line_end(brace);
                Tried::Passed(after_error(self.text, brace, error.at).min(line))
            }
        }
    }

    /// The signature headers that stand before the document at `span`, in what was passed over and on its line, or
    /// behind it there.
    fn headers_of(&self, at: usize, span: &Span) -> Option<Headers<'t>> {
        let before = &self.text[self.lookback.opening().unwrap_or(at).min(span.start)..span.start];
        let beside = [Some(before), self.behind(at, span.end)].into_iter().flatten();
        beside.into_iter().find(|text| headers::is_in(text)).map(headers::harvest)
    }

    /// Whether an object that ends at `end` is a member of one whose beginning is not there: more members follow it, or
    /// the brace that closes them.
    pub fn goes_on(&self, at: usize, end: usize) -> bool {
        let rest = self.text[end..].trim_ascii_start();
        let member = |rest: &[u8]| rest.trim_ascii_start().starts_with(b"\"");
        let has_feed = |span: Span| memchr::memchr(b'\n', &self.text[span]).is_some();
        // A record on a line of its own is closed by no brace on the next.
        let closed = || {
            self.line_end(at) < end || !self.begins_line(at) || !has_feed(end..self.text.len() - rest.len())
        };
        !self.state.in_array()
            && (rest.starts_with(b"}") && closed() || rest.strip_prefix(b",").is_some_and(member))
    }

    /// Whether a bracket that was passed over is still open at `end`: none in a string that ends on its line.
    fn is_within_open(&self, end: usize) -> bool {
        let Some(opening) = self.lookback.opening() else { return false };
        took(end - opening);
        let text = &self.text[..end];
        let (mut at, mut depth, mut no_string) = (opening, 0usize, opening);
        while let Some(byte) = text.get(at) {
            match byte {
                b'"' if at >= no_string => match Cursor::new(text, at).string() {
                    Ok(string) => at = string.end - 1,
                    Err(error) => no_string = error.at,
                },
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
        depth > 0
    }

    /// Whether nothing was found so far, and nothing begun that may be ours.
    fn is_first(&self) -> bool {
        self.within.is_none() && self.lookback.is_nothing() && self.lookback.opening().is_none()
    }

    /// The first line of the stream as far as `end`, if that is in it and nothing was found there before `at`.
    fn first_line(&self, at: usize, end: usize) -> Option<&'t [u8]> {
        let start = self.lookback.start().map_or(at, |(start, _)| start);
        let line = &self.text[start..end];
        (self.is_first() && memchr::memchr(b'\n', line.trim_ascii()).is_none()).then_some(line)
    }

    /// Says of the first line of a stream, in which an event stands at `span`, that it is the rest of a document.
    fn rest_of(&mut self, at: usize, span: &Span) {
        let end = self.line_end(span.end);
        let Some(line) = self.first_line(at, end) else { return };
        let start = end - line.len();
        let object = span.start - start..span.end - start;
        if is_rest(&line[..object.start]) || rest_end(line, object.clone()) > object.start {
            self.part_of(at, at);
        }
    }

    /// What stands on its line behind a document that ends at `end`, up to the next; `None` where more must be there.
    fn behind(&self, at: usize, end: usize) -> Option<&'t [u8]> {
        let rest = &self.text[end..];
        let near = &rest[..rest.len().min(REACH + 1)];
        let behind = memchr::memchr2(b'\n', b'{', near);
        took(behind.unwrap_or(near.len()));
        match behind {
            Some(length) if length <= REACH && !self.is_too_large(at, end + length) => Some(&rest[..length]),
            None if self.last && rest.len() <= REACH => Some(rest),
            None if rest.len() <= REACH && !self.is_too_large(at, self.text.len()) => None,
            _ => Some(&[]),
        }
    }

    /// Joins records of which the one at `span`, a document in JSON, has a piece of an event; and reads it.
    pub fn join(&mut self, span: Span) -> Option<Next> {
        let text = &self.text[..span.end];
        let trace = trace::find(text, span.start).map(|trace| trace.start);
        let trace = trace.or_else(|| trace::find_encoded(text, span.start))?;
        self.undo_by(JOINERS, span.start, trace, None)
    }

    /// Undoes one layer around the trace at `trace`, and reads what comes out. `None` where nothing does.
    pub fn undo(&mut self, at: usize, trace: usize, broken: Option<(usize, usize)>) -> Option<Next> {
        self.undo_by(UNDOERS, at, trace, broken)
    }

    fn undo_by(
        &mut self,
        undoers: &[Undoer],
        at: usize,
        trace: usize,
        broken: Option<(usize, usize)>,
    ) -> Option<Next> {
        let text = self.text;
        let start = self.with_indent(self.lookback.opening().unwrap_or(at).min(at));
        let line = text.len().min(self.line_end(trace) + 1);
        let mut window = (line - trace).min(WINDOW);
        // However much of the stream is there, no more is looked at than a document may be large, so that the answer
        // is the same.
        let reach = text.len().min(at.saturating_add(self.limits.document + 1));
        if trace >= reach {
            return None;
        }
        let spent = self.spent;
        let mut undoers = undoers.iter();
        let mut undoer = undoers.next()?;
        let mut large = false;
        loop {
            let to = reach.min(trace + window);
            let passage = Passage {
                text: &text[start..to],
                at: trace - start,
                broken: broken
                    .map(|(brace, error)| (brace - start, error - start))
                    .filter(|(_, error)| *error < to - start),
                last: self.last && to == text.len(),
                most: self.limits.document,
            };
            self.spent += to - start;
            if self.spent > SPENT + RATE * trace {
                return None;
            }
            match undoer(&passage) {
                Undone::More if to < reach => {
                    window *= 2;
                    continue;
                }
                // Another may do with less.
                Undone::More if self.is_too_large(at, reach) => large = true,
                Undone::More if !self.last => return Some(Next::More(at)),
                Undone::No | Undone::More => {}
                Undone::TooLarge(_) => return Some(self.too_large(at)),
                Undone::Lost { span, about } => {
                    let span = start + span.start..start + span.end;
                    self.pass_before(at, span.start);
                    self.name(about, span.clone());
                    return Some(Next::At(span.end));
                }
                Undone::Made { span, plain, step, about } => {
                    let span = start + span.start..start + span.end;
                    // What is behind an object that broke is none of it.
                    let behind = broken.is_some_and(|(brace, _)| span.start > brace);
                    // Its headers may stand there.
                    if !behind && self.behind(at, span.end).is_none() {
                        return Some(Next::More(at));
                    }
                    if !behind && self.made(at, span.clone(), &plain, step, about) {
                        self.spent = spent;
                        return Some(Next::At(span.end.max(at + 1)));
                    }
                }
            }
            undoer = match undoers.next() {
                Some(undoer) => undoer,
                // An object that broke says itself how it ends.
                None => return (large && broken.is_none()).then(|| self.too_large(at)),
            };
        }
    }

    /// Reads what was made of what stands at `span`, in a line in which nothing was found since `at`. False where
    /// nothing is in it.
    fn made(
        &mut self,
        at: usize,
        span: Span,
        plain: &[u8],
        step: Step,
        about: Option<&'static FormInfo>,
    ) -> bool {
        let text = self.text;
        let mark = self.handler.sink().mark();
        // Headers stand before a body that was printed like them, too.
        let headers = if classify(plain).is_wire() { self.headers_of(at, &span) } else { None };
        let read = self.open(None, span.clone(), |unwrapper, context| {
            // Of what was cut, it would be said that nothing is lost.
            if let Some(about) = about.filter(|_| tree::is_json(plain)) {
                unwrapper.reshaped(about, None, first_char(text, span.start), context);
            }
            let Some(headers) = headers else {
                return unwrapper.text(plain, step, span.clone(), context);
            };
            unwrapper.request(&logged(headers, plain.into(), span.clone()), step, text, context);
            true
        });
        match read {
            true => {
                self.pass_before(at, span.start);
                self.done();
            }
            false => self.handler.sink().rewind(mark),
        }
        read
    }

    /// An object that stops being JSON, in a line in which nothing was found since `at`. `None` where it is none of
    /// ours.
    pub fn torn(&mut self, at: usize, brace: usize, error: SyntaxError) -> Option<Next> {
        let text = self.text;
        let broken = Some((brace, error.at));
        let shown = self.trace(brace, error.at.max(self.line_end(brace)));
        let dump = is_dump(&text[brace..]);
        let begins = dump || begins_document(&text[brace..]) && !is_word(&text[brace..], error.at - brace);
        let reach = text.len().min(at + REACH.min(self.limits.document)).max(brace);
        let mut own = self.own_line_before(brace, error.at + 1);
        let trace = match shown {
            Some(trace) => Some(trace),
            None if begins => {
                own = self.own_line_before(brace, reach);
                let trace = self.trace(brace, reach);
                if trace.is_none() && own.is_none() && reach == text.len() && !self.last {
                    return Some(Next::More(at));
                }
                trace.filter(|trace| own.is_none_or(|own| *trace < own))
            }
            None => None,
        };
        // A dump shows itself by its first key; an encoding where no word of it does.
        let trace = trace.or(dump.then_some(brace)).or_else(|| {
            let end = if begins { reach } else { self.line_end(brace) };
            let to = text.len().min(end + (end - brace));
            let encoded = sought(&mut self.encoded, text, brace..end, to, trace::find_encoded);
            encoded.filter(|trace| own.is_none_or(|own| *trace < own))
        });
        // An event whose words are cut shows itself by its first members.
        let trace = trace.or(begins.then_some(brace));
        if let Some(trace) = trace.filter(|trace| self.in_vain != Some((at, *trace))) {
            if let Some(next) = self.undo(at, trace, broken) {
                return Some(next);
            }
            self.in_vain = Some((at, trace));
        }
        let end = own.filter(|own| dump || *own <= error.at).unwrap_or(error.at);
        let shown = shown.is_some_and(|trace| trace < end);
        let begins = begins || is_cut_beginning(&text[brace..self.line_end(error.at)]);
        // Of a dump, what comes before the next line of its own may show it yet.
        let ended = self.last && reach == text.len();
        if !begins && !shown || dump && !shown && (trace != Some(brace) || own.is_none() && !ended) {
            return None;
        }
        // All of the line says how it ends.
        match self.line_end(error.at) {
            end if end == text.len() && !self.last => return Some(Next::More(at)),
            end if self.is_too_large(at, end) => return Some(self.too_large(at)),
            _ => {}
        }
        self.pass_before(at, brace);
        Some(self.give_up(brace, error, own.filter(|own| dump || *own <= error.at)))
    }

    /// The trace that is shown on a later line by an object that begins at `brace` like one of ours, before a line of
    /// something else.
    pub fn farther(&mut self, at: usize, brace: usize) -> Result<Option<usize>, Next> {
        let text = self.text;
        let reach = text.len().min(at + REACH.min(self.limits.document)).max(brace);
        let trace = self.trace(brace, reach);
        let open = trace.is_none() && reach == text.len() && !self.last;
        if open && self.own_line_before(brace, reach).is_none() {
            return Err(Next::More(at));
        }
        Ok(trace.filter(|trace| self.own_line_before(brace, *trace).is_none()))
    }

    /// The first trace from `at` on and before `end`.
    pub fn trace(&mut self, at: usize, end: usize) -> Option<usize> {
        let to = self.text.len().min(end + end.saturating_sub(at));
        let find = |text: &[u8], at: usize| trace::find(text, at).map(|trace| trace.start);
        sought(&mut self.traced, self.text, at..end, to, find)
    }

    /// Passes over what stands from `at` on, before something that is read.
    pub fn pass_before(&mut self, at: usize, start: usize) {
        self.lookback_ends(start);
        if at < start && !self.text[at..start].trim_ascii().is_empty() {
            self.let_go(at..start);
        }
    }

    /// Something was read or told that begins at `start`: what is kept from before it is let go.
    #[inline]
    pub fn lookback_ends(&mut self, start: usize) {
        match self.lookback.holds() {
            true => self.lookback.clear(start).into_iter().for_each(|span| self.let_go(span)),
            false => self.lookback.found(),
        }
    }

    /// Passes over what stands at `span`: it holds nothing that is ours, though it may belong to what comes.
    pub fn pass(&mut self, span: Span) {
        if self.state.shown != 0 {
            self.ends_views(span.clone());
        }
        let (state, nothing, end) = (*self.state, self.lookback.is_nothing(), span.end);
        let passed = self.lookback.pass(self.text, span.clone(), state);
        if nothing && !self.lookback.is_nothing() {
            // It is too long to be kept, so that what it is has to be said of its beginning.
            let (_, about) = self.what_it_is(end);
            self.handler.skipped(PassedOver { about: Some(about), ..PassedOver::default() });
        }
        match passed {
            Passed::Kept(gone) => gone.into_iter().for_each(|span| self.let_go(span)),
            Passed::Gone(gone) => {
                if span.end.saturating_sub(self.shown_to) > BETWEEN {
                    self.state.shown = 0;
                }
                gone.into_iter().for_each(|span| self.let_go(span));
                self.let_go(span);
            }
        }
    }

    /// What stands at `span` is none of ours: it is counted, or in JSON a fault.
    fn let_go(&mut self, span: Span) {
        // The bracket of an array, of which only the place was kept.
        if span.is_empty() {
            return;
        }
        // What follows a part on its line was told with it.
        let json = self.limits.json && self.within.is_none() && span.end > self.told;
        match json && !tree::is_json(self.text[span.clone()].trim_ascii()) {
            true => self.wrong(span.start, span.end, Fault::Value),
            // Lines of what stands within something are none of the stream's.
            false if self.within.is_some() => {}
            false => {
                let passed = self.passed_over(span);
                self.handler.skipped(passed);
            }
        }
    }

    /// Counts the lines that are passed over with what stands at `span`. Those on which something is read are not
    /// among them, nor are blank ones.
    fn passed_over(&mut self, span: Span) -> PassedOver {
        /// So may items of an array stand on a line.
        const AROUND: &[u8] = b" \t\r,[]";
        let text = self.text;
        let is_around = |text: &[u8]| text.iter().all(|byte| AROUND.contains(byte));
        let between = self.passed_to.and_then(|end| text.get(end..span.start));
        let mut own = between.is_some_and(is_around) || self.begins_line_but_for(span.start, AROUND);
        let mut lines = 0;
        let mut last = &text[span.clone()];
        while let Some(feed) = memchr::memchr(b'\n', last) {
            lines += u64::from(own && !last[..feed].trim_ascii().is_empty());
            (own, last) = (true, &last[feed + 1..]);
        }
        let behind = text[span.end..].iter().position(|byte| !AROUND.contains(byte));
        took(behind.unwrap_or_default());
        let ends = behind.is_none_or(|length| text[span.end + length] == b'\n');
        lines += u64::from(own && ends && !last.trim_ascii().is_empty());
        self.passed_to = (own && !ends).then_some(span.end);
        let json = lines > 0 && self.next_object(span.start, span.end).is_some();
        PassedOver { lines, json, about: None }
    }

    /// Something was passed over that is worth a word where nothing is found; a name the most.
    pub fn stranger(&mut self, at: usize, stranger: impl FnOnce(&Self) -> Option<Stranger>) {
        let named = matches!(self.stranger, Some((_, Stranger::Known(_))));
        if self.within.is_none() && self.lookback.is_nothing() && !named {
            match stranger(self) {
                Some(known @ Stranger::Known(_)) => self.stranger = Some((at, known)),
                Some(other) => _ = self.stranger.get_or_insert((at, other)),
                None => {}
            }
        }
    }

    /// The same of a document.
    pub fn stranger_document(&mut self, span: Span, form: Form) {
        self.stranger(span.start, |reader| {
            let known = stranger::of_document(&reader.text[span]);
            Some(known.map_or(Stranger::Form(form), Stranger::Known))
        });
    }

    /// A document that begins a line, behind lines that may belong to it.
    #[cold]
    pub fn behind_lines(&mut self, at: usize) -> Next {
        match self.object(at, at) {
            Tried::Read(next) => next,
            Tried::Passed(from) => self.scan_on(at, from),
        }
    }

    /// Looks through the rest of a line, from `from` on.
    pub fn scan_on(&mut self, at: usize, from: usize) -> Next {
        let end = match memchr::memchr(b'\n', &self.text[from..]) {
            Some(length) => from + length,
            None if self.last => self.text.len(),
            None => return Next::More(at),
        };
        match self.is_too_large(at, end) {
            true => self.too_large(at),
            false => self.scan(at, from, end),
        }
    }

    /// The stream ends.
    pub fn ended(&mut self) {
        if self.within.is_none() {
            self.unanswered();
            if self.lookback.is_nothing() && self.lookback.holds_text() {
                self.nothing();
            }
        }
        self.lookback_ends(self.text.len());
    }

    /// Nothing was found in the stream, and all of it is there: says what it is instead.
    fn nothing(&mut self) {
        if let Some((at, Stranger::Broken(error))) = self.stranger {
            self.lookback_ends(at);
            self.unreadable_document(at, error);
            return;
        }
        let end = self.text.len();
        let (at, about) = self.what_it_is(end);
        self.name(about, at..end);
    }

    /// What a stream is in which nothing was found up to `end`, and where it is that.
    fn what_it_is(&mut self, end: usize) -> (usize, &'static FormInfo) {
        let text = &self.text[..end];
        let start = text.len() - text.trim_ascii_start().len();
        match self.stranger.take() {
            Some((at, Stranger::Known(about))) => (at, about),
            Some((at, Stranger::Form(form))) => (at, form.about()),
            Some((at, Stranger::Broken(_))) => (at, &BROKEN),
            None => (start, notation(text).map_or(&NO_EVENT, |notation| notation.about())),
        }
    }

    /// Signature headers to which no body came are told to whoever verifies.
    fn unanswered(&mut self) {
        let Some(start) = self.lookback.opening() else { return };
        let text = &self.text[start..];
        if headers::is_in(text) {
            let request = logged(headers::harvest(text), (&[][..]).into(), start..self.text.len());
            self.handler.request(&request, start..self.text.len());
            self.handler.request_end();
        }
    }

    /// Asks the containers what stands at `at`, and does what the first one says that knows it.
    fn ask(&mut self, asked: Asked, at: usize, end: usize) -> Option<Next> {
        let first = !self.state.begun;
        let place = Place { text: self.text, at, end, first, last: self.last, limit: self.limits.document };
        let is_asked = |of: Asked| match of {
            Asked::Head => asked == of && first && self.within.is_none(),
            Asked::FirstLine => asked == Asked::Line && first,
            Asked::Line => asked == of,
        };
        let mut answers =
            CONTAINERS.iter().filter(|known| is_asked(known.asked)).map(|known| (known.probe)(&place));
        Some(match answers.find(|answer| !matches!(answer, Answer::No))? {
            Answer::No => return None,
            Answer::More => Next::More(at),
            Answer::TooLarge => self.too_large(at),
            Answer::Skip(end) => {
                self.pass(at..end);
                Next::At(end)
            }
            Answer::Stranger { about, end } => {
                self.stranger(at, |_| Some(Stranger::Known(about)));
                self.pass(at..end);
                Next::At(end)
            }
            Answer::Unanswered { request, about, end } => {
                self.pass_before(at, at);
                self.handler.request(&request, at..end);
                self.name(about, at..end);
                self.handler.request_end();
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
                match inner {
                    Inner::Request(request, flaw) => self.request(request, flaw, at, span),
                    Inner::Dump => self.dump(at, span),
                }
                Next::At(end)
            }
        })
    }

    /// Says what stands at `span` and cannot be read; what is lost is said of an event that is there, and not whole.
    fn name(&mut self, about: &FormInfo, span: Span) {
        let first = first_char(self.text, span.start);
        match about.lost {
            Some(_) => wire::reshaped(about.name, about.lost, about.capture, first, &mut self.sink()),
            None => form::not_an_event(about.name, about.capture, (first.start, first.end), &mut self.sink()),
        }
        self.tell_broken(span, None);
    }

    /// Reads the request that begins at `at`; it stands at `span`.
    fn request(&mut self, request: Request<'t>, flaw: Option<Flaw>, at: usize, span: Span) {
        let text = self.text;
        self.pass_before(at, at);
        if request.body.is_empty() {
            self.handler.request(&request, span.clone());
            self.handler.request_end();
            self.let_go(span);
        } else {
            if let Some(flaw) = flaw {
                wire::contradicts(flaw, first_char(text, at), &mut self.sink());
            }
            self.open(None, span, |unwrapper, context| {
                unwrapper.request(&request, Step::Http, text, context)
            });
        }
        self.done();
    }

    /// Reads the dump of bytes at `span`, which begins a line at `at`. One in which nothing can be read is passed over.
    fn dump(&mut self, at: usize, span: Span) {
        let text = &self.text[span.clone()];
        let first = first_char(self.text, span.start);
        let mark = self.handler.sink().mark();
        let read = self.open(None, span.clone(), |unwrapper, context| {
            // A dump shows a byte in three or more, so honest ones have room for a good many repeated rows.
            let most = unwrapper.opened.budget.left().min(span.len() + REPEATED);
            let shown = hexdump::bytes(text, most)?;
            let before = unwrapper.opened.read.get();
            let value = Cursor::new(&shown.bytes, 0).value(0);
            let cut = value.is_err_and(|error| error.fault == Fault::End);
            match shown.gaps.is_empty() {
                // Of what was cut, it would be said that nothing is lost.
                true if cut => {}
                true => unwrapper.reshaped(&hexdump::BYTES, None, first.clone(), context),
                false => unwrapper.budget_spent(span.clone(), context),
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
            let whole = unwrapper.taken_out(&shown.bytes, Step::Dumped, span.clone(), context, read);
            if !whole {
                unwrapper.tell_broken(span.clone(), context);
            }
            Some(unwrapper.opened.read.get() > before)
        });
        match read {
            Some(true) => {
                self.pass_before(at, at);
                self.done();
            }
            Some(false) => {
                self.handler.sink().rewind(mark);
                self.stranger(span.start, |_| Some(Stranger::Known(&hexdump::BYTES)));
                self.pass(at..span.end);
            }
            None => self.name(&hexdump::CHARACTERS, span),
        }
    }
}

/// A request of which a log shows headers and body. A logger may have parsed the body and written it again, or may not:
/// only a right signature says so.
fn logged<'t>(headers: Headers<'t>, body: Cow<'t, [u8]>, span: Span) -> Request<'t> {
    let (method, target) = ("".into(), "".into());
    Request { method, target, as_sent: false, others: Vec::new(), headers, body, span }
}

/// The first place in `span` of `text` that is found in it. Of a text that is asked about again and again, each byte is
/// looked at a few times: what was found the last time is `known`, and the search may go beyond what is asked, up to `to`.
fn sought(
    known: &mut Option<Traced>,
    text: &[u8],
    Span { start, end }: Span,
    to: usize,
    find: impl FnOnce(&[u8], usize) -> Option<usize>,
) -> Option<usize> {
    let holds =
        |known: &Traced| known.from <= start && known.trace.map_or(end <= known.to, |trace| start <= trace);
    let known = match *known {
        Some(known) if holds(&known) => known,
        _ => *known.insert(Traced { from: start, trace: find(&text[..to], start), to }),
    };
    known.trace.filter(|trace| *trace < end)
}

/// Whether what follows `before` is the value of a member.
fn is_value(before: &[u8]) -> bool {
    let key = before.trim_ascii_end().strip_suffix(b":").map(<[u8]>::trim_ascii);
    key.is_some_and(|key| key.is_empty() || key.ends_with(b"\""))
}

/// Whether an object that breaks at `error` is a word in quotes and brackets: `{"event"}`.
fn is_word(object: &[u8], error: usize) -> bool {
    object[error..].starts_with(b"}")
        && object[..error].iter().filter(|byte| **byte == b'"').count() == 2
        && !object[..error].contains(&b':')
}

/// Where to look on for objects after one that began at `brace` and broke at `error`. An object that was cut in a
/// string and has another glued to it took the brace of that for the end of its string.
fn after_error(text: &[u8], brace: usize, error: usize) -> usize {
    let read = text[..error].trim_ascii_end();
    match read.strip_suffix(b"\"").map(<[u8]>::trim_ascii_end) {
        Some(string) if string.len() > brace + 1 && string.ends_with(b"{") => string.len() - 1,
        _ => error,
    }
}
