//! What did not become a row.

/// A line of what was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is: an event type, say.
    pub what: String,
    /// How many, if that is known.
    pub count: Option<u64>,
    /// How to get it; may be empty.
    pub hint: String,
}
