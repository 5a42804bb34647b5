//! Captures to share: events as they came, with stand-ins for whatever says who, where or what. What the catalogue
//! documents as a fact of the platform stays (keys, types, documented values, flags, usual counts, times); everything else is
//! replaced by something of the same form, so that `check` finds the same in it.
//!
//! Nothing is remembered: a stand-in is made out of the value and a key. So the same value has the same stand-in
//! everywhere, and memory does not grow.

mod digits;
mod keep;
mod keyed;
mod names;
mod secret;
mod text;
mod times;
mod value;
mod walk;

pub use keep::{Keep, KeepError};

use crate::container::Form;
use crate::engine::Seen;
use crate::secrets::Secrets;
use crate::signature::Credentials;

use keyed::Keyed;

/// By so many days times can be moved at most: a century.
pub const MOST_DAYS: i64 = 36_525;

/// How events are redacted, the same for all of a run.
#[derive(Clone, Debug)]
pub struct Redactor {
    keyed: Keyed,
    keep: Keep,
    /// By how many days times are moved.
    days: i64,
    /// What the user gave: it never stays.
    secrets: Secrets,
}

impl Redactor {
    /// Stand-ins made with a key. `days` is at most [`MOST_DAYS`], before or after; what is `given` is never kept.
    pub fn new(key: &[u8], keep: Keep, days: i64, given: &Credentials) -> Redactor {
        let days = days.clamp(-MOST_DAYS, MOST_DAYS);
        Redactor { keyed: Keyed::new(key), keep, days, secrets: given.hidden() }
    }

    /// Appends a document on one line, without the end of the line. `false` where it is nothing that the platform sends:
    /// then nothing is appended.
    pub fn document(&self, seen: &Seen<'_>, out: &mut Vec<u8>) -> bool {
        let is_wire = seen.form.is_wire() && seen.form != Form::Encrypted;
        is_wire && walk::document(self, seen, out)
    }
}
