//! What is passed over: it is kept while it may belong to the next document, counted when it is let go, and told for what
//! it is where nothing is found in a stream.

use crate::container::form::RAW_BODY;
use crate::container::headers;
use crate::container::notation::notation;
use crate::container::stranger;
use crate::container::{Form, FormInfo};
use crate::finding::Span;
use crate::json::{Fault, SyntaxError, tree};
use crate::lang::label;
use crate::steps::took;

use super::find::logged;
use super::frame::{Handler, Reader};
use super::lookback::Passed;
use super::stats::PassedOver;
use super::views::BETWEEN;

/// Something that was passed over, and is known for what it is.
pub(crate) enum Stranger {
    /// Something that has a name of its own.
    Known(&'static FormInfo),
    /// A document of a form that is no event.
    Form(Form),
    /// A document that stops being JSON.
    Broken(SyntaxError),
}

/// What is said of a text in which nothing is known.
const NO_EVENT: FormInfo =
    FormInfo {
        name: label("没有事件的文本", "text without an event"), lost: None, capture: Some(RAW_BODY)
    };

/// What is said of a text in which only JSON that is broken is known.
const BROKEN: FormInfo =
    FormInfo { name: label("损坏的 JSON", "JSON that is broken"), lost: None, capture: Some(RAW_BODY) };

impl<'t, H: Handler> Reader<'t, H> {
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
    pub fn let_go(&mut self, span: Span) {
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
    pub fn passed_over(&mut self, span: Span) -> PassedOver {
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
    pub fn nothing(&mut self) {
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
    pub fn what_it_is(&mut self, end: usize) -> (usize, &'static FormInfo) {
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
    pub fn unanswered(&mut self) {
        let Some(start) = self.lookback.opening() else { return };
        let text = &self.text[start..];
        if headers::is_in(text) {
            let request = logged(headers::harvest(text), (&[][..]).into(), start..self.text.len());
            self.handler.request(&request, start..self.text.len());
            self.handler.request_end();
        }
    }
}
