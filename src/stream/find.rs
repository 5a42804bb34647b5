//! Finds documents in whatever stands around them. A line that begins with none is looked through for three things: an
//! object in JSON, a trace of an event, and the beginning of an encoded one. An object is read where it stands; where a
//! trace shows, one layer is undone and what comes out is read in the same manner; the rest is passed over.

use std::borrow::Cow;

use crate::container::form::PART;
use crate::container::signs::{continues, is_dump, is_part, is_rest, rest_end};
use crate::container::stranger;
use crate::container::trace;
use crate::container::undo::may_be_quoted;
use crate::container::{Asked, Form, Headers, Request};
use crate::container::{headers, http};
use crate::engine::Seen;
use crate::finding::{Sink, Span};
use crate::json::{Cursor, Fault, SyntaxError};
use crate::origin::Step;
use crate::steps::took;

use super::frame::{Handler, Next, Reader};
use super::lookback::{self, REACH};
use super::pass::Stranger;
use super::skip::Skip;
use super::state::Between;
use super::views::{self};

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

/// Where the first trace stands in a stretch of the text.
#[derive(Clone, Copy)]
pub(crate) struct Traced {
    from: usize,
    trace: Option<usize>,
    to: usize,
}

impl<'t, H: Handler> Reader<'t, H> {
    /// Something that begins with no document: looks through the rest of its line for one.
    #[cold]
    pub fn surroundings(&mut self, at: usize) -> Next {
        let text = self.text;
        if at < self.told_to {
            return self.no_json(at);
        }
        if !self.state.begun
            && let Some(next) = self.ask(Asked::Head, at, at)
        {
            return next;
        }
        let end = match memchr::memchr(b'\n', &text[at..]) {
            Some(length) => at + length,
            None if self.last => text.len(),
            None => return Next::More(at),
        };
        // In JSON, a line of a request is a fault like any other text.
        if (self.begins_line(at) || self.begins_request(at)) && !self.limits.json {
            if let Some(next) = self.plain_request(at, end) {
                return next;
            }
            if !self.is_too_large(at, end)
                && let Some(next) = self.ask(Asked::Line, at, end)
            {
                return next;
            }
        }
        match self.is_too_large(at, end) {
            true => self.too_large(at),
            false => self.scan(at, at, end),
        }
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
    pub fn begins_line_but_for(&self, at: usize, nothing: &[u8]) -> bool {
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
                plain = sought(&mut self.traced, text, from..until, until, first_trace).unwrap_or(NONE);
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
        let json = self.limits.json && self.within.is_none() && end > self.told;
        let opens = || self.lookback.opening().is_some() || lookback::opens(&text[at..end]);
        if json && !opens() && !text[at..end].trim_ascii().is_empty() {
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
    pub fn next_object(&self, from: usize, end: usize) -> Option<usize> {
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
        let asked = !self.stands_alone()
            || self.limits.json
            || self.is_first()
            || end == text.len()
            || brace > at && quoted(text[brace - 1])
            || headers::is_in(&text[at..brace]);
        if asked {
            return None;
        }
        let sink = self.handler.sink();
        let mark = sink.mark();
        let seen = self.engine.document(text, brace, sink).ok();
        // Another view of it may stand behind it.
        let alone = |seen: &Seen<'_>| {
            seen.form == Form::EventV2
                && seen.end <= end
                && !views::may_follow(&text[seen.end..], self.last)
                && !headers::is_in(&text[seen.end..end])
                && !has_doubled(&text[brace..seen.end])
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
    pub fn headers_of(&self, at: usize, span: &Span) -> Option<Headers<'t>> {
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
    pub fn is_within_open(&self, end: usize) -> bool {
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
    pub fn is_first(&self) -> bool {
        self.within.is_none() && self.lookback.is_nothing() && self.lookback.opening().is_none()
    }

    /// The first line of the stream as far as `end`, if that is in it and nothing was found there before `at`.
    pub fn first_line(&self, at: usize, end: usize) -> Option<&'t [u8]> {
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
    pub fn behind(&self, at: usize, end: usize) -> Option<&'t [u8]> {
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
        sought(&mut self.traced, self.text, at..end, to, first_trace)
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
}

/// A request of which a log shows headers and body. A logger may have parsed the body and written it again, or may not:
/// only a right signature says so.
pub(super) fn logged<'t>(headers: Headers<'t>, body: Cow<'t, [u8]>, span: Span) -> Request<'t> {
    let (method, target) = ("".into(), "".into());
    Request { method, target, as_sent: false, others: Vec::new(), headers, body, span }
}

/// The first place in `span` of `text` that is found in it. Of a text that is asked about again and again, each byte is
/// looked at a few times: what was found the last time is `known`, and the search may go beyond what is asked, up to `to`.
pub(super) fn sought(
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

/// Whether two single quotes stand in a text one behind the other, as they do for one within such quotes.
fn has_doubled(text: &[u8]) -> bool {
    memchr::memchr_iter(b'\'', text).any(|at| text.get(at + 1) == Some(&b'\''))
}

/// Where the first trace begins in `text`, from `at` on.
fn first_trace(text: &[u8], at: usize) -> Option<usize> {
    trace::find(text, at).map(|trace| trace.start)
}

/// Whether what follows `before` is the value of a member.
fn is_value(before: &[u8]) -> bool {
    let key = before.trim_ascii_end().strip_suffix(b":").map(<[u8]>::trim_ascii);
    key.is_some_and(|key| key.is_empty() || key.ends_with(b"\""))
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
