//! What stands in a stream where a document should begin, and is known: lines of a log, HTTP as text, the chatter of
//! curl, notations that are not JSON, files of another kind. What is decided depends on the bytes from there on alone,
//! and only on those that must be there: however a stream is cut, it is read alike.

use crate::container::extent::{Extent, extent};
use crate::container::form_info::RAW_BODY;
use crate::container::http::{self, Flaw, What};
use crate::container::literal::NotRelaxed;
use crate::container::resync::own_line;
use crate::container::{NonJson, nonjson};
use crate::container::{base64, hexdump, literal, log, magic};
use crate::finding::Span;
use crate::json::{Cursor, Fault, SyntaxError, tree};
use crate::origin::Step;
use crate::rules::{form, wire};
use crate::signature::verify::SIGNATURE;
use crate::steps::took;

use super::frame::{CUT_LINE, Handler, Next, Reader};
use super::skip::Skip;
use super::unwrap::{Around, Opening};

/// So many bytes may stand for rows of a dump that repeat, however short it is.
const REPEATED: usize = 64 << 10;

/// How many braces of a line are looked at.
const TRIES: usize = 8;

impl<H: Handler> Reader<'_, H> {
    /// Whether the bracket at `at` may open the prefix of a log line: `[2026-01-02 03:04:05]`, `[INFO]`.
    pub fn may_be_log(&self, at: usize) -> bool {
        let rest = self.text[at + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
        rest.is_some_and(|byte| !matches!(byte, b'{' | b']' | b'[' | b'"' | b'\n' | b'\r'))
    }

    /// Whether the bracket at `at` opened the prefix of a log line of which the rest was cut: `[2026-0`, and on the next
    /// line begins something of its own. `None` when more must be there to tell.
    pub fn is_cut_prefix(&self, at: usize) -> Option<bool> {
        let rest = &self.text[at + 1..];
        if rest.trim_ascii_start().starts_with(b"{") || !self.may_be_log(at) && !self.is_end_of_line(at + 1) {
            return Some(false);
        }
        match memchr::memchr(b'\n', rest) {
            // An array, or one of which an object is the next item.
            Some(end) if rest.get(end + 1) == Some(&b'{') || tree::is_json(&self.text[at..at + 1 + end]) => {
                Some(false)
            }
            Some(end) => own_line(&rest[end + 1..], self.last).map(|(own, _)| own),
            None => self.last.then_some(false),
        }
    }

    fn is_end_of_line(&self, at: usize) -> bool {
        let rest = self.text[at..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
        rest == Some(&b'\n')
    }

    /// Whether nothing but blanks is known from `at` on.
    pub fn is_blank_from(&self, at: usize) -> bool {
        self.text[at..].iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
    }

    /// What to do about a line that begins with neither a document nor an array; `None` when nothing is known of it.
    #[cold]
    pub fn foreign(&mut self, at: usize) -> Option<Next> {
        let text = self.text;
        // Of a line with a million values the rest would be looked at a million times.
        if at < self.plain {
            return None;
        }
        if !self.state.begun {
            let head = magic::HEAD.min(self.limits.document);
            if text.len() - at < head && !self.last {
                return Some(Next::More(at));
            }
            if let Some((name, help)) = magic::binary(&text[at..text.len().min(at + head)]) {
                form::not_an_event(name, help, (at, at + 1), self.handler.sink());
                self.handler.broken(at..text.len(), None);
                return Some(self.pass_over(Skip::Rest, at));
            }
        }
        let end = match memchr::memchr(b'\n', &text[at..]) {
            Some(length) => at + length,
            None if self.last => text.len(),
            None => return Some(Next::More(at)),
        };
        took(end - at);
        if self.is_too_large(at, end) {
            return Some(self.too_large(at));
        }
        let line = without_return(&text[at..end]);
        if tree::is_json(line) {
            self.plain = end;
            return None;
        }
        if http::is_beginning(line) {
            return Some(self.http(at));
        }
        // What an address was cut down to looks like a remark, too.
        if is_remark(line) && !self.is_rest(line) {
            // Quoted, an event is still one; who made it a comment does not want it read.
            let mut found = log::find(line);
            match found.next().filter(|logged| !is_comment(line) && logged.form.is_wire()) {
                Some(first) => self.logged(first, found, at..end),
                None => self.handler.skipped(at..end),
            }
            return Some(Next::At(end));
        }
        if let Some(plain) = base64::object(line.trim_ascii()) {
            self.within(&plain, at..end, Step::Base64);
            return Some(Next::At(end));
        }
        if !self.state.begun && (hexdump::is_beginning(line) || base64::is_first_line(line.trim_ascii_end()))
        {
            return self.whole_file(at, end);
        }
        let mut found = log::find(line);
        if let Some(first) = found.next() {
            self.logged(first, found, at..end);
            return Some(Next::At(end));
        }
        if let Some((place, plain)) = base64::find(line) {
            self.within(&plain, at + place.start..at + place.end, Step::Base64);
            return Some(Next::At(end));
        }
        if log::looks_like(line) {
            // What tcpdump says of a packet; the packet may follow.
            let packet = !self.state.begun && memchr::memmem::find(line, b" > ").is_some();
            if let Some(next) = packet.then(|| self.other_file(at, end)).flatten() {
                return Some(next);
            }
            return Some(self.log_line(at, end));
        }
        // What a program prints before an object.
        match self.object_behind(at, line, true) {
            Behind::Object(brace) => {
                self.handler.skipped(at..brace);
                return Some(Next::At(brace));
            }
            Behind::Unknown => return Some(Next::More(at)),
            Behind::Nothing => {}
        }
        let other = if self.state.begun { None } else { self.other_file(at, end) };
        if other.is_none() {
            self.plain = end;
        }
        other
    }

    /// Reads the first object of the line at `span`, and the events that follow it there.
    fn logged(&mut self, first: log::Logged<'_>, more: log::Finder<'_>, span: Span) {
        let text = self.text;
        if let Some(missing) = first.missing.filter(|_| !first.form.is_reply()) {
            // Half of an event is none, though an SDK might have made one of it.
            let is_half = !first.form.is_wire();
            self.part(span.start, if is_half { span.end } else { span.start }, missing);
            if is_half {
                return;
            }
        }
        self.open(None, span.clone(), |opening| {
            match first.form.is_reply() {
                true => opening.handler.skipped(span.clone()),
                false => opening.logged(first, text, span.start, Around::PLAIN),
            }
            for logged in more.take_while(|more| more.form.is_wire()) {
                opening.logged(logged, text, span.start, Around::PLAIN);
            }
        });
    }

    /// Whether a line is the rest of a document that was begun before the capture.
    fn is_rest(&self, line: &[u8]) -> bool {
        !self.state.begun && log::is_rest(line)
    }

    /// Where in the line at `at` an object of the platform begins whose end is not on it: `got event {'schema': ..`.
    /// Its first key may be on the next line. `json`: also one in JSON.
    fn object_behind(&self, at: usize, line: &[u8], json: bool) -> Behind {
        for brace in memchr::memchr_iter(b'{', line).take(TRIES) {
            let enough = at + (brace + log::DUMP_HEAD).min(self.limits.document);
            if self.text.len() < enough && !self.last {
                return Behind::Unknown;
            }
            let head = &self.text[at + brace..self.text.len().min(enough)];
            if log::is_dump(head) || json && log::begins_document(head) {
                return Behind::Object(at + brace);
            }
        }
        Behind::Nothing
    }

    /// Reads what stands at `span` in another writing.
    fn within(&mut self, plain: &[u8], span: Span, step: Step) {
        self.open(None, span.clone(), |opening| opening.inner(plain, step, span, Around::PLAIN));
    }

    /// A file that is in another writing as a whole: a dump of bytes, or base64 in lines. Its first line ends at `end`.
    fn whole_file(&mut self, at: usize, end: usize) -> Option<Next> {
        let text = self.text;
        if !self.last {
            return Some(Next::More(at));
        }
        let (first, span) = (at..at + 1, at..text.len());
        if self.is_too_large(at, text.len()) {
            return Some(self.too_large(at));
        }
        if let Some(plain) = base64::object(text[at..].trim_ascii()) {
            self.within(&plain, span.clone(), Step::Base64);
            return Some(Next::At(span.end));
        }
        if !hexdump::is_beginning(&text[at..end]) {
            return None;
        }
        let whole = self.open(None, span.clone(), |opening| {
            // A dump shows a byte in three or more, so honest ones have room for a good many repeated rows.
            let most = opening.room.left().min(span.len() + REPEATED);
            let Some(shown) = hexdump::bytes(&text[at..], most) else { return false };
            let about = NonJson::HexDump.about();
            match shown.gaps.is_empty() {
                true => {
                    wire::reshaped(about.name, None, about.capture, first.clone(), opening.handler.sink());
                }
                false => opening.no_room(span.clone(), Around::PLAIN),
            }
            let read = |opening: &mut Opening<'_, H>, inner: Around<'_>| {
                for Span { start, end } in shown.stretches() {
                    let bytes = &shown.bytes[..end];
                    match start == 0 && http::looks_like(bytes) {
                        true => opening.requests(bytes, first.clone(), inner),
                        false => opening.body(bytes, start, inner),
                    }
                }
            };
            if !opening.taken_out(&shown.bytes, Step::Dumped, span.clone(), Around::PLAIN, read) {
                opening.handler.broken(span.clone(), None);
            }
            true
        });
        if !whole {
            self.name(NonJson::TextDump, span.clone());
        }
        Some(Next::At(span.end))
    }

    /// Says what stands at `span` and cannot be read.
    fn name(&mut self, kind: NonJson, span: Span) {
        let about = kind.about();
        let first = span.start..span.start + 1;
        match (kind, about.lost) {
            // An event that is there, and not whole.
            (NonJson::NodeCut | NonJson::TextDump | NonJson::PacketDump, Some(lost)) => {
                wire::reshaped(about.name, Some(lost), about.capture, first, self.handler.sink());
            }
            _ => form::not_an_event(about.name, about.capture, (first.start, first.end), self.handler.sink()),
        }
        self.handler.broken(span, None);
    }

    /// A line of a log that holds no whole document: one may begin in it.
    fn log_line(&mut self, at: usize, end: usize) -> Next {
        let text = self.text;
        let line = without_return(&text[at..end]);
        match self.object_behind(at, line, false) {
            Behind::Object(brace) => {
                self.handler.skipped(at..brace);
                return Next::At(brace);
            }
            Behind::Unknown => return Next::More(at),
            Behind::Nothing => {}
        }
        let mut escaped = false;
        for brace in memchr::memchr_iter(b'{', line).take(TRIES) {
            let cut = match Cursor::new(line, brace).value(0) {
                Err(SyntaxError { fault: Fault::End, .. }) => true,
                // Broken, and meant as one: to be named, not to be passed over.
                Err(_) => log::begins_document(&line[brace..]),
                Ok(_) => false,
            };
            if !cut {
                continue;
            }
            // A key must follow, if need be on the next line: braces are common in logs.
            let mut cursor = Cursor::new(text, at + brace + 1);
            let next = cursor.space();
            if self.is_too_large(at, cursor.at) {
                return self.too_large(at);
            }
            match next {
                None if !self.last => return Next::More(at),
                Some(b'"') => {
                    self.state.logged = true;
                    self.handler.skipped(at..at + brace);
                    return Next::At(at + brace);
                }
                // In a string of the line, which was cut too: the logger closes its strings.
                Some(b'\\') => escaped |= log::begins_document(&line[brace..]),
                _ => {}
            }
        }
        if escaped {
            return self.cut(at, end, "the line ends in the middle of a document");
        }
        if self.is_rest(line) {
            self.part(at, end, log::Missing::Beginning);
        } else if log::is_part(line) {
            let lost = "the event is cut into lines, or written in a notation that is not read";
            let span = at..at + 1;
            wire::reshaped(
                "a line of a log with a part of an event",
                Some(lost),
                Some(RAW_BODY),
                span,
                self.handler.sink(),
            );
            self.handler.broken(at..end, None);
        } else {
            self.handler.skipped(at..end);
        }
        Next::At(end)
    }

    /// A request, or a response, as text.
    fn http(&mut self, at: usize) -> Next {
        let (what, end, seen) = http::piece_at(self.text, at);
        if seen.is_none() && !self.last {
            return Next::More(at);
        }
        if self.is_too_large(at, seen.unwrap_or(self.text.len())) {
            return self.too_large(at);
        }
        match what {
            What::Request(_, Some(Flaw::NoBody)) => {
                let about = NonJson::CurlDump.about();
                let lost = Some("curl does not print what it sends, so the body is not in it");
                wire::reshaped(about.name, lost, about.capture, at..at + 1, self.handler.sink());
                self.handler.broken(at..end, None);
            }
            // Without a body there is nothing to read; that it was signed is for whoever verifies.
            What::Request(request, _)
                if request.body.is_empty() && request.headers.get(SIGNATURE).is_some() =>
            {
                self.handler.request(&request, at..end);
                self.handler.request_end();
                self.handler.skipped(at..end);
            }
            What::Request(request, flaw) if !request.body.is_empty() => {
                let (text, span) = (self.text, request.span.clone());
                if let Some(flaw) = flaw {
                    wire::contradicts(flaw, at..at + 1, self.handler.sink());
                }
                self.open(None, span.clone(), |opening| {
                    opening.request(&request, text, span, Around::PLAIN, Step::Http);
                });
            }
            _ => self.handler.skipped(at..end),
        }
        Next::At(end)
    }

    /// The first lines of the stream say that it is a file of another kind: it is named once, not line by line.
    fn other_file(&mut self, at: usize, end: usize) -> Option<Next> {
        let after = (end + 1).min(self.text.len());
        let second = match memchr::memchr(b'\n', &self.text[after..]) {
            Some(length) => after + length,
            None if self.last || self.is_too_large(at, self.text.len()) => self.text.len(),
            None => return Some(Next::More(at)),
        };
        // Of a second line without an end, as much as would do for a document.
        let kind = nonjson::nonjson(&self.text[at..second.min(at.saturating_add(self.limits.document))])?;
        use NonJson::{Csv, GoStruct, Html, NodeCut, PacketDump, TextDump, Yaml};
        if !matches!(kind, Html | Csv | Yaml | GoStruct | NodeCut | TextDump | PacketDump) {
            return None;
        }
        self.name(kind, at..end);
        Some(self.pass_over(Skip::Lines { start: false }, end))
    }

    /// A document that is broken at `error` because it is in another notation; `None` when it is merely broken.
    #[cold]
    pub fn dialect(&mut self, at: usize, error: &SyntaxError) -> Option<Next> {
        let first = self.text.get(error.at).copied().unwrap_or_default();
        // A word in place of a value, or a comma too many, is a slip in what is JSON otherwise.
        let slip = error.fault == Fault::TrailingComma;
        let bare_key = error.fault == Fault::Key && first.is_ascii_alphabetic();
        let sign = b"'`/\\[.\xe2\xef".contains(&first) && error.fault != Fault::Depth;
        if !slip && !bare_key && !sign {
            return None;
        }
        let (reach, seen) = extent(&self.text[at..], self.last);
        if reach == Extent::Open && !self.last {
            return Some(Next::More(at));
        }
        if self.is_too_large(at, at + seen) {
            return Some(self.too_large(at));
        }
        let end = match reach {
            Extent::Whole(length) => at + length,
            Extent::Open => self.text.len(),
            Extent::Cut(length) => {
                let known = nonjson::nonjson(&self.text[at..at + length]).is_some();
                return known.then(|| self.cut(at, at + length, CUT_LINE));
            }
        };
        let document = str::from_utf8(&self.text[at..end]).ok()?;
        if slip && !nonjson::is_annotated(document.as_bytes()) {
            return None;
        }
        let kind = nonjson::nonjson(document.as_bytes())?;
        let about = kind.about();
        let first = at..at + 1;
        let item = self.item();
        let span: Span = at..end;
        self.open(item, span.clone(), |opening| match literal::relax(document, opening.room.left()) {
            Ok(json) => {
                wire::reshaped(about.name, None, about.capture, first, opening.handler.sink());
                opening.inner(json.as_bytes(), Step::Rewritten, span, Around::PLAIN);
            }
            Err(NotRelaxed::TooLarge) => {
                opening.no_room(span.clone(), Around::PLAIN);
                opening.handler.broken(span, item);
            }
            Err(NotRelaxed::NotUnderstood) => {
                let lost = about.lost.unwrap_or("what is written in it cannot be said in JSON");
                wire::reshaped(about.name, Some(lost), about.capture, first, opening.handler.sink());
                opening.handler.broken(span, item);
            }
        });
        self.done();
        Some(Next::At(end))
    }
}

/// What stands behind the words of a line.
enum Behind {
    /// An object that begins here.
    Object(usize),
    Nothing,
    /// More must be there to tell.
    Unknown,
}

/// A line without the carriage return that may belong to its end: it means the same.
fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Whether a line is a comment of whoever edited the capture.
fn is_comment(line: &[u8]) -> bool {
    line.starts_with(b"//") || line.starts_with(b"#")
}

/// Whether a line is a comment, or what curl says of itself.
fn is_remark(line: &[u8]) -> bool {
    let marks = [&b"//"[..], b"# ", b"* ", b"> ", b"< ", b"} ["];
    marks.iter().any(|mark| line.starts_with(mark)) || matches!(line, b"#" | b"*" | b">" | b"<")
}
