//! What lies between the JSON of an event and the text in which it stands: escapes, doubled quotes, base64, a prefix on
//! each line, the notation of another language. Each file undoes one such layer, once; what it makes is read like any
//! other text, so layers may lie on one another.

pub(super) mod encodings;
mod languages;
mod lines;
mod quoted;

use crate::finding::Span;
use crate::origin::Step;

use super::{FormInfo, trace};
use encodings::{base64, bytes, entities, indexed, printable, url, wide};
use languages::{colours, literal, objects, php_dump, unquoted};
use lines::{cell, prefixed, records, wrapped};
use quoted::{bare, doubled, escaped, pieces};

/// A stretch of text that shows a trace of an event where no JSON document has it.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'t> {
    /// The text: what stands before the trace since the last thing that was read (at most some 16 KiB of it, from the
    /// beginning of a line or from behind what was read), and after it all that is there of the stream.
    pub text: &'t [u8],
    /// Where the trace stands in it, or a JSON object begins that is cut or broken and shows one.
    pub at: usize,
    /// The `{` at which a JSON object was begun that shows the trace and could not be read, and where it stops being
    /// JSON.
    pub broken: Option<(usize, usize)>,
    /// Nothing comes after the text. Where more may come and is needed to tell, the answer is [`Undone::More`].
    pub last: bool,
    /// No more bytes than these may be made.
    pub most: usize,
}

impl<'t> Passage<'t> {
    /// Where the line begins in which `at` stands.
    pub fn line_start(&self, at: usize) -> usize {
        memchr::memrchr(b'\n', &self.text[..at]).map_or(0, |feed| feed + 1)
    }

    /// Where the line ends in which `at` stands, before its line feed; `None` if its end is not there yet.
    pub fn line_end(&self, at: usize) -> Option<usize> {
        match memchr::memchr(b'\n', &self.text[at..]) {
            Some(length) => Some(at + length),
            None => self.last.then_some(self.text.len()),
        }
    }

    /// Where the word of the trace stands: behind `at`, if a broken object begins there.
    fn word(&self) -> usize {
        match self.text.get(self.at) {
            Some(b'{' | b'[') => trace::find(self.text, self.at).map_or(self.at, |word| word.start),
            _ => self.at,
        }
    }
}

/// What undoing a layer came to.
pub enum Undone {
    /// The layer is not there.
    No,
    /// More of the stream must be there to tell.
    More,
    /// The layer is undone.
    Made {
        /// What stands there with the layer: from its first byte to its last.
        span: Span,
        /// The same without it.
        plain: Vec<u8>,
        /// What it is called for `-v`.
        step: Step,
        /// What notation it was, where that is not JSON: it is told as a note.
        about: Option<&'static FormInfo>,
    },
    /// The layer is known, and what is in it cannot be made JSON: this says why.
    Lost {
        /// What stands there.
        span: Span,
        /// What it is, what is lost, and how to capture the event instead.
        about: &'static FormInfo,
    },
    /// It would be more than there is room for.
    TooLarge(Span),
}

/// Undoes one layer around the trace, or says that it is not there. It looks at each byte a bounded number of times,
/// and gives up at the first byte that cannot belong to the layer.
pub type Undoer = fn(&Passage<'_>) -> Undone;

/// All of them, in the order in which they are asked: the first that knows its layer is taken. What joins lines and
/// records comes first, and mail says best itself how its lines are joined; then quoted texts, literals in pieces before each of the pieces, and encodings; then other
/// notations, and behind them the texts that stand in those.
pub static UNDOERS: &[Undoer] = &[
    colours::undo,
    records::undo,
    cell::undo,
    prefixed::undo,
    printable::undo,
    wrapped::undo,
    php_dump::undo,
    pieces::undo,
    escaped::around,
    doubled::double,
    doubled::single,
    bare::undo,
    base64::undo,
    bytes::undo,
    indexed::undo,
    wide::undo,
    url::undo,
    entities::undo,
    literal::undo,
    unquoted::go,
    unquoted::java,
    unquoted::php,
    unquoted::dart,
    objects::java,
    objects::python,
    escaped::within,
];

/// What joins documents of which each has a piece: asked about those that are JSON as they stand.
pub static JOINERS: &[Undoer] = &[records::undo];

/// Whether a document that is JSON as it stands in `text` may say something else than what was written into its quotes,
/// or its column of a table: `'{"comment":"it''s"}'`. Then the undoers are to be asked at its bracket, and what they make of it is read instead.
pub fn may_be_quoted(text: &[u8], document: Span) -> bool {
    let before = match document.start.checked_sub(1) {
        Some(before) => text[before],
        None => return false,
    };
    let inside = &text[document];
    match before {
        b'\n' => false,
        _ if memchr::memmem::find(inside, b"''").is_some() => true,
        b'\t' => bare::is_doubled(inside),
        b'\'' => memchr::memchr(b'\\', inside).is_some() || memchr::memmem::find(inside, b"' '").is_some(),
        _ => false,
    }
}

/// What an encoding came to that is made of digits from its first sign to its last.
struct Decoded {
    /// Where it ends.
    end: usize,
    /// What was made of it.
    plain: Vec<u8>,
    /// The text ends there, and what may follow it belongs to it or tells whether all of this does.
    open: bool,
}

impl Decoded {
    /// Takes it for a layer if there may be an event in it.
    fn answer(self, passage: &Passage<'_>, step: Step) -> Undone {
        let span = passage.at..self.end;
        match () {
            // One byte too many is made to tell.
            () if self.plain.len() > passage.most => Undone::TooLarge(span),
            () if self.open && !passage.last => Undone::More,
            () if trace::shows(&self.plain) => Undone::Made { span, plain: self.plain, step, about: None },
            () => Undone::No,
        }
    }
}
