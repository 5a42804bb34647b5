//! Where a text without quotes ends: with the next key, or with the bracket that closes what it stands in, if what follows
//! can only be read so.

use std::collections::BTreeSet;

use crate::catalog;
use crate::steps::took;

use super::known::Members;
use super::reader::Reader;

/// An object or a list that is open.
pub(super) struct Level<'a, 't> {
    pub members: Members,
    /// The key whose value is read.
    pub key: &'t [u8],
    /// The keys that were there.
    pub seen: BTreeSet<&'t [u8]>,
    /// By how much its keys are indented, each on a line of its own, where the notation does so.
    pub indent: Option<usize>,
    /// It is a list in brackets of its own.
    pub is_list: bool,
    pub outer: Option<&'a Level<'a, 't>>,
}

/// What a key or a closing bracket in the middle of a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The end of the text.
    End,
    /// A part of the text.
    Text,
    /// Either.
    Either,
}

impl<'t> Reader<'t> {
    /// Whether a key in the middle of the value of another member is that of the next one. `free` says that the value
    /// may be any text, `blank` that it has blanks so far.
    pub(super) fn judge(&self, level: &Level<'_, 't>, key: &[u8], free: bool, blank: bool) -> Verdict {
        let known = level.members.member(key).is_some();
        let due = self.is_due(level, key);
        match () {
            () if known && due => Verdict::End,
            () if known => Verdict::Either,
            // The keys are in order, and this one is not.
            () if self.style.sorted && !due => Verdict::Text,
            () if due && !free => Verdict::End,
            () if due && !level.members.are_known() && !blank => Verdict::End,
            () => Verdict::Either,
        }
    }

    /// Whether a key may follow those that were there.
    pub(super) fn is_due(&self, level: &Level<'_, 't>, key: &[u8]) -> bool {
        if self.style.sorted { key > level.key } else { !level.seen.contains(key) }
    }

    /// Whether what stands at `at` goes on with the object or list `level`, or with what it stands in, so that the
    /// bracket before it closes what is in that. So many brackets are open in the text before it.
    pub(super) fn follows(
        &self,
        mut at: usize,
        own: &Level<'_, 't>,
        level: Option<&Level<'_, 't>>,
        brackets: usize,
    ) -> Verdict {
        let mut level = level;
        let mut event = own;
        while let Some(open) = level {
            let rest = &self.text[at..];
            let blanks = if self.style.loose { blanks(rest) } else { 0 };
            took(8);
            let closing = match open.is_list {
                true => rest.starts_with(b"]").then_some(1),
                false => (self.style.close)(&rest[blanks..]),
            };
            let white = &rest[..blanks];
            if let Some(length) = closing {
                if self.style.loose && !is_indented(white, open.indent, 4) {
                    return Verdict::Text;
                }
                at += blanks + length;
                (level, event) = (open.outer, open);
                continue;
            }
            let Some(next) = self.next_member(rest) else { return Verdict::Text };
            if self.style.loose && !is_indented(white, open.indent, 0) {
                return Verdict::Text;
            }
            let goes_on = match (self.style.key)(next) {
                _ if open.is_list => (self.style.object)(next).is_some(),
                None => false,
                Some((key, _)) => {
                    (open.members.member(key).is_some() || !open.members.are_known())
                        && self.is_due(open, key)
                }
            };
            return match goes_on {
                true if brackets > 0 => Verdict::Either,
                true => Verdict::End,
                false => Verdict::Text,
            };
        }
        // The event is closed: what follows is no part of it, unless it may be.
        let rest = &self.text[at..];
        let open = if brackets > 0 { Verdict::Either } else { Verdict::End };
        if rest.is_empty() && !self.last {
            return Verdict::Text;
        }
        if (self.style.close)(&rest[if self.style.loose { blanks(rest) } else { 0 }..]).is_some() {
            // One more bracket is that of what the event stands in, or closes one in the text.
            return match brackets {
                _ if self.is_wrapped => Verdict::End,
                0 => Verdict::Either,
                _ => Verdict::Text,
            };
        }
        let has = |key: &str| event.seen.contains(key.as_bytes());
        let whole =
            has(catalog::BODY) == has(catalog::HEAD) || has(catalog::BODY) && (has("uuid") || has("token"));
        if !whole {
            return Verdict::Either;
        }
        let next = self.next_member(rest).filter(|_| !self.style.loose);
        let Some((key, _)) = next.and_then(|next| (self.style.key)(next)) else { return open };
        match () {
            () if event.members.member(key).is_some() && self.is_due(event, key) => Verdict::Text,
            () if own.members.member(key).is_some() && self.is_due(own, key) => Verdict::Either,
            () if self.is_wrapped || own.members.are_known() => open,
            () => Verdict::Either,
        }
    }

    /// Whether a member of this object that is known, too, may stand at `at`: then the bracket before it may be a part of
    /// a text.
    pub(super) fn goes_on(&self, at: usize, level: &Level<'_, 't>) -> bool {
        let next = self.next_member(&self.text[at..]).and_then(|next| (self.style.key)(next));
        next.is_some_and(|(key, _)| level.members.member(key).is_some() && self.is_due(level, key))
            && !self.style.loose
    }

    /// What stands behind what separates members.
    pub(super) fn next_member(&self, rest: &'t [u8]) -> Option<&'t [u8]> {
        let length = if self.style.loose { blanks(rest) } else { (self.style.between)(rest)? };
        rest.get(length..)
    }
}

/// Whether a text closes a bracket that it does not open.
pub(super) fn closes_more(text: &[u8]) -> bool {
    let mut open = 0usize;
    text.iter().any(|byte| match byte {
        b'{' | b'[' => {
            open += 1;
            false
        }
        b'}' | b']' => {
            open = open.wrapping_sub(1);
            open == usize::MAX
        }
        _ => false,
    })
}

/// By how much is indented what follows this text, on a line of its own.
pub(super) fn indent(before: &[u8]) -> Option<usize> {
    let spaces = before.iter().rev().take_while(|byte| **byte == b' ').count();
    before[..before.len() - spaces].ends_with(b"\n").then_some(spaces)
}

/// Whether the white space before a key or a bracket is that of its object: the bracket is indented by `less`.
pub(super) fn is_indented(white: &[u8], keys: Option<usize>, less: usize) -> bool {
    keys.is_none() || indent(white) == keys.map(|keys| keys.saturating_sub(less))
}

/// The length of the white space here, as far as it is looked at.
pub(super) fn blanks(rest: &[u8]) -> usize {
    rest.iter().take(256).take_while(|byte| byte.is_ascii_whitespace()).count()
}
