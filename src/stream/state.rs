//! How far a stream has come, and between which documents it stands.

use super::skip::Skip;

/// Which item of a top-level array a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// From 0.
    pub number: u64,
    /// Whether the array began before the piece that was read, so that its earlier items are to be added.
    pub relative: bool,
}

/// Between which documents a stream stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Between {
    /// At the top: any document may follow.
    #[default]
    Documents,
    /// After the opening bracket of a top-level array: an item or the closing bracket.
    FirstItem,
    /// After a comma in a top-level array.
    Item,
    /// After an item: a comma or the closing bracket.
    AfterItem,
}

/// How far a stream has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What may follow.
    pub between: Between,
    /// Items of the open top-level array so far.
    pub items: u64,
    /// Whether `items` counts from the start of a piece that was read ahead, not from that of the array.
    pub relative: bool,
    /// Anything has been read at all.
    pub begun: bool,
    /// Bytes of a document that is too large are being passed over.
    pub(crate) skip: Option<Skip>,
    /// It stands between documents, and behind something else than blanks on its line.
    pub(crate) in_line: bool,
    /// Of that line it was said that it is a part of something.
    pub(crate) told: bool,
    /// An item of the open array was cut, and its line with it: the end of the array, too, if that stood there.
    pub(crate) cut: bool,
    /// The delivery that was read last, of which another view may follow; 0 for none.
    pub(crate) shown: u64,
}

impl State {
    /// How a stream stands between two documents, where it has begun.
    pub(crate) fn at(between: Between) -> State {
        State { between, begun: true, ..State::default() }
    }

    /// A guess at how a stream stands before a piece that is read ahead.
    pub fn guess(between: Between) -> State {
        State { relative: between != Between::Documents, ..State::at(between) }
    }

    /// Whether a top-level array is open.
    #[inline(always)]
    pub(crate) fn in_array(&self) -> bool {
        self.between != Between::Documents
    }

    /// Which item of the open array comes next; `None` outside of one.
    #[inline(always)]
    pub(crate) fn item(&self) -> Option<Item> {
        self.in_array().then_some(Item { number: self.items, relative: self.relative })
    }

    /// Whether the stream stands where only who has read what came before can go on.
    pub fn is_within(&self) -> bool {
        self.skip.is_some()
    }
}

/// Limits on what is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest document, in bytes.
    pub document: usize,
    /// The text promises to be JSON throughout: other text in it is a fault.
    pub json: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { document: 64 << 20, json: false }
    }
}
