//! Lines of logs, remarks and other words around documents.

use crate::json::{Cursor, Fault, SyntaxError};
use crate::origin::Step;

use super::finder::{self, find};
use super::form::RAW_BODY;
use super::signs::{self, DUMP_HEAD, begins_document, is_dump, is_logged};
use super::{Answer, FormInfo, Held, Inner, Part, Place, Then};

/// How many braces of a line are looked at.
const TRIES: usize = 8;

/// A document of an unknown kind may hold events somewhere: a structured log, a page of records. All of them count.
pub(super) fn within(text: &[u8]) -> Option<Held<'_>> {
    Held::parts(find(text).take_while(|logged| !logged.form.is_reply()).map(Part::Object), Step::Log)
}

/// A comment, or what curl says of itself.
pub(super) fn remark<'t>(place: &Place<'t>) -> Answer<'t> {
    let line = place.line();
    let marks = [&b"//"[..], b"# ", b"* ", b"> ", b"< ", b"} ["];
    let remark = marks.iter().any(|mark| line.starts_with(mark)) || matches!(line, b"#" | b"*" | b">" | b"<");
    // What an address was cut down to looks like a remark, too.
    if !remark || is_rest(place) {
        return Answer::No;
    }
    // Quoted, an event is still one; who made it a comment does not want it read.
    let comment = line.starts_with(b"//") || line.starts_with(b"#");
    let mut found = find(line);
    match found.next().filter(|first| !comment && first.form.is_wire()) {
        Some(first) => logged(place, first, found),
        None => Answer::Skip(place.end),
    }
}

/// A line with objects in it that look like something.
pub(super) fn objects<'t>(place: &Place<'t>) -> Answer<'t> {
    let mut found = find(place.line());
    match found.next() {
        Some(first) => logged(place, first, found),
        None => Answer::No,
    }
}

fn logged<'t>(place: &Place<'t>, first: finder::Logged<'t>, more: finder::Finder<'t>) -> Answer<'t> {
    Answer::Open { inner: Inner::Logged(first, more), span: place.at..place.end, end: place.end }
}

/// A line of a logger that holds no whole document: one may begin in it.
pub(super) fn line<'t>(place: &Place<'t>) -> Answer<'t> {
    let Place { text, at, end, .. } = *place;
    let line = place.line();
    if !is_logged(line) {
        return Answer::No;
    }
    match behind(place, false) {
        Answer::No => {}
        answer => return answer,
    }
    let mut escaped = false;
    for brace in memchr::memchr_iter(b'{', line).take(TRIES) {
        let cut = match Cursor::new(line, brace).value(0) {
            Err(SyntaxError { fault: Fault::End, .. }) => true,
            // Broken, and meant as one: to be named, not to be passed over.
            Err(_) => begins_document(&line[brace..]),
            Ok(_) => false,
        };
        if !cut {
            continue;
        }
        // A key must follow, if need be on the next line: braces are common in logs.
        let mut cursor = Cursor::new(text, at + brace + 1);
        let next = cursor.space();
        if place.is_too_large(cursor.at) {
            return Answer::TooLarge;
        }
        match next {
            None if !place.last => return Answer::More,
            Some(b'"') => return Answer::Document { at: at + brace, logged: true },
            // In a string of the line, which was cut too: the logger closes its strings.
            Some(b'\\') => escaped |= begins_document(&line[brace..]),
            _ => {}
        }
    }
    if escaped {
        return Answer::Cut { end, what: "the line ends in the middle of a document" };
    }
    if is_rest(place) {
        return Answer::Rest(end);
    }
    match is_part(line) {
        true => Answer::Named { about: PART, end, then: Then::Here },
        false => Answer::Skip(end),
    }
}

const PART: FormInfo = FormInfo {
    name: "a line of a log with a part of an event",
    lost: Some("the event is cut into lines, or written in a notation that is not read"),
    capture: Some(RAW_BODY),
};

/// What a program prints before an object whose end is not on the line.
pub(super) fn words<'t>(place: &Place<'t>) -> Answer<'t> {
    behind(place, true)
}

/// Where in the line an object of the platform begins whose end is not on it: `got event {'schema': ..`. Its first key
/// may be on the next line. `json`: also one in JSON.
fn behind<'t>(place: &Place<'t>, json: bool) -> Answer<'t> {
    for brace in memchr::memchr_iter(b'{', place.line()).take(TRIES) {
        let at = place.at + brace;
        let enough = at + DUMP_HEAD.min(place.limit.saturating_sub(brace));
        if place.text.len() < enough && !place.last {
            return Answer::More;
        }
        let head = &place.text[at..place.text.len().min(enough)];
        if is_dump(head) || json && begins_document(head) {
            return Answer::Document { at, logged: false };
        }
    }
    Answer::No
}

/// Whether the line is the rest of a document that was begun before the capture.
fn is_rest(place: &Place<'_>) -> bool {
    place.first && signs::is_rest(place.line())
}

/// Whether a line that holds no object has a member of one: a log of pretty JSON has each on a line of its own, and a
/// map of Java prints as `{schema=2.0, header={event_id=..`.
fn is_part(line: &[u8]) -> bool {
    [&b"\"event_type\":"[..], b"\"event_type\" :", b"header={", b"\"encrypt\":"]
        .iter()
        .any(|mark| memchr::memmem::find(line, mark).is_some())
}
