//! What every container is asked, and what it may answer.

use std::borrow::Cow;

use crate::finding::Span;
use crate::origin::Step;

use super::request::Flaw;
use super::{Form, FormInfo, Request};

/// A kind of thing that may stand around documents, or where one should begin.
pub struct Container {
    /// When it is asked.
    pub asked: Asked,
    /// Whether a line may begin with this byte, behind blanks, if it is not the first of the stream: most lines of a
    /// log are told by it, and need not be asked about.
    pub begins: fn(u8) -> bool,
    /// Recognises what begins at a place. The answer may depend only on the bytes from there on, and only on bytes that
    /// it has asked for ([`Answer::More`]), so that it is the same however the stream is cut into pieces.
    pub probe: for<'t> fn(&Place<'t>) -> Answer<'t>,
}

/// When a container is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// At the beginning of the stream, before its first line is known.
    Head,
    /// About the first line of the stream.
    FirstLine,
    /// About a line that is no JSON.
    Line,
}

/// A place in a stream.
#[derive(Clone, Copy, Debug)]
pub struct Place<'t> {
    /// What is there of the stream.
    pub text: &'t [u8],
    /// The place in it.
    pub at: usize,
    /// Where the line ends, before its line feed; the place itself where no line is asked about.
    pub end: usize,
    /// Nothing comes before it in the stream.
    pub first: bool,
    /// Nothing comes after the text.
    pub last: bool,
    /// The largest document, in bytes.
    pub limit: usize,
}

impl<'t> Place<'t> {
    /// The line, without the carriage return that may belong to its end: it means the same.
    pub fn line(&self) -> &'t [u8] {
        let line = &self.text[self.at..self.end];
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    /// Whether what ends there is larger than a document may be.
    pub fn is_too_large(&self, end: usize) -> bool {
        end - self.at > self.limit
    }

    /// Everything from the place on: what is one thing to the end of the stream.
    pub(super) fn whole(&self, inner: Inner<'t>) -> Answer<'t> {
        let end = self.text.len();
        Answer::Open { inner, span: self.at..end, end }
    }
}

/// What a container says of a place.
pub enum Answer<'t> {
    /// It is something else.
    No,
    /// More of the stream must be there to tell.
    More,
    /// It is larger than a document may be.
    TooLarge,
    /// It holds no document and is told as skipped; it ends here.
    Skip(usize),
    /// It holds no document, and is worth its name where nothing else is in the stream.
    Stranger {
        /// What it is.
        about: &'static FormInfo,
        /// Where it ends.
        end: usize,
    },
    /// A request that was signed, and whose body is not there.
    Unanswered {
        /// The request.
        request: Request<'t>,
        /// What it is; `lost` is told.
        about: &'static FormInfo,
        /// Where it ends.
        end: usize,
    },
    /// It holds documents.
    Open {
        /// The documents, or the bytes from which they are made.
        inner: Inner<'t>,
        /// Where it stands.
        span: Span,
        /// Where reading goes on.
        end: usize,
    },
    /// It is known, and holds nothing that can be read.
    Named {
        /// What it is; `lost` is told where an event is in it.
        about: FormInfo,
        /// Where it ends.
        end: usize,
        /// Where reading goes on.
        then: Then,
    },
}

/// Where reading goes on after what was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// At its end.
    Here,
    /// At the next line that begins with a brace.
    NextBrace,
    /// Nowhere: all of the stream is that.
    Nowhere,
}

/// What a container holds.
pub enum Inner<'t> {
    /// A request, and what contradicts itself in it.
    Request(Request<'t>, Option<Flaw>),
    /// Bytes that are shown as digits, to be made where there is room for them.
    Dump,
}

/// A form of JSON documents that hold others.
pub struct Holder {
    /// What the document is.
    pub form: Form,
    /// What a document of that form holds; places are those in it. `None` where nothing is found.
    pub probe: for<'t> fn(&'t [u8]) -> Option<Held<'t>>,
}

/// What is to be read in place of a document.
pub enum Held<'t> {
    /// A document of another layout, written as the event that it holds; `None` where that cannot be told.
    Rewritten(Option<String>, &'static FormInfo, Step),
    /// A string to be decrypted, with its escapes undone, and where it stands with its quotes.
    Sealed(Span, Cow<'t, [u8]>),
    /// Several things, one after another: each is made when its turn comes. There is at least one.
    Parts(Box<dyn Iterator<Item = Part<'t>> + 't>, Step),
}

impl<'t> Held<'t> {
    /// These parts, if there are any.
    pub(super) fn parts(parts: impl Iterator<Item = Part<'t>> + 't, step: Step) -> Option<Held<'t>> {
        let mut parts = parts.peekable();
        parts.peek()?;
        Some(Held::Parts(Box::new(parts), step))
    }
}

/// One of the things that a document holds.
pub enum Part<'t> {
    /// A request with its body.
    Request(Request<'t>),
    /// A value beside requests that may hold more events, to be looked into like a document that holds nothing else.
    Rest(Span),
    /// The document holds nothing to read; this says what it is.
    Nothing(FormInfo),
}

impl Part<'_> {
    /// Where it begins in the document that holds it.
    pub(crate) fn place(&self) -> Option<usize> {
        match self {
            Part::Request(request) => Some(request.span.start),
            Part::Rest(place) => Some(place.start),
            Part::Nothing(_) => None,
        }
    }
}
