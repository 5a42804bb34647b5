//! The walk: one pass over a document along its plan, filling slots and telling a sink what is wrong. Templates take
//! documents of which the walk would say nothing; every other one is read here.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::catalog::{Json, Kind};
use crate::finding::{Sink, Span};
use crate::json::{Cursor, Fault, MAX_DEPTH, Path, Segment, SyntaxError, Token, TokenKind, unescape};
use crate::record::Slot;
use crate::rules::accept::{Accepted, judge};
use crate::rules::{Site, shape, syntax};
use crate::steps::took;
use crate::time::Zone;

use super::plan::{Member, ObjectPlan};
use super::{listed, plain};

pub(crate) type Result<T> = std::result::Result<T, SyntaxError>;

/// A key in the text, with its quotes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeySpan {
    pub start: usize,
    pub end: usize,
    pub escaped: bool,
}

impl KeySpan {
    fn new(token: Token) -> KeySpan {
        let escaped = token.kind == TokenKind::String { escaped: true };
        KeySpan { start: token.start, end: token.end, escaped }
    }

    /// The bytes between the quotes.
    pub fn body<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        &text[self.start + 1..self.end - 1]
    }

    /// The key itself.
    pub fn text<'t>(&self, text: &'t [u8]) -> Cow<'t, str> {
        unescape(self.body(text))
    }
}

/// What a key is to its object.
pub(crate) enum Hit {
    Known(usize),
    Unknown(KeySpan),
}

/// One document on its way through the engine.
pub(crate) struct Walk<'w, 't, S> {
    pub cursor: Cursor<'t>,
    pub text: &'t [u8],
    pub sink: &'w mut S,
    pub slots: &'w mut [Slot],
    /// From here on, no slot has been filled.
    pub filled: &'w mut usize,
    /// The zone in which messages say times.
    pub zone: Zone,
    /// The unknown keys of all open objects, as a stack.
    pub keys: &'w mut Vec<KeySpan>,
    /// Whether a header had more than the documented fields.
    pub extra: bool,
}

/// Up to here, keys are compared with each other.
const FEW_KEYS: usize = 24;

impl<'t, S: Sink> Walk<'_, 't, S> {
    /// Steps over the next key and its colon.
    #[inline(always)]
    pub fn key(&mut self, plan: &ObjectPlan, previous: usize) -> Result<Hit> {
        self.cursor.space();
        match plan.guess(previous, self.text, self.cursor.at) {
            Some((field, end)) => {
                self.cursor.at = end;
                Ok(Hit::Known(field))
            }
            None => self.other_key(plan, previous),
        }
    }

    #[inline(never)]
    fn other_key(&mut self, plan: &ObjectPlan, previous: usize) -> Result<Hit> {
        let key = KeySpan::new(self.cursor.key()?);
        self.cursor.expect(b':', Fault::Colon)?;
        Ok(match plan.find(previous, &key.text(self.text)) {
            Some(field) => Hit::Known(field),
            None => Hit::Unknown(key),
        })
    }

    /// After an opening brace: whether there are members. If not, steps over the closing brace.
    #[inline(always)]
    fn any(&mut self) -> Result<bool> {
        let empty = self.cursor.space() == Some(b'}');
        self.cursor.at += usize::from(empty);
        Ok(!empty)
    }

    /// After a member: steps over the comma (true) or the closing brace (false).
    #[inline(always)]
    pub fn more(&mut self) -> Result<bool> {
        match self.cursor.space() {
            Some(b',') => {
                self.cursor.at += 1;
                if self.cursor.space() == Some(b'}') {
                    return self.cursor.fault(Fault::TrailingComma);
                }
                Ok(true)
            }
            Some(b'}') => {
                self.cursor.at += 1;
                Ok(false)
            }
            _ => self.cursor.fault(Fault::CommaOrBrace),
        }
    }

    /// Walks an object of documented fields; the cursor is at its brace.
    pub fn object(&mut self, plan: &ObjectPlan, path: &Path<'_>, depth: usize) -> Result<()> {
        let open = self.cursor.at;
        let seen = self.documented(
            plan,
            path,
            depth,
            |walk, at| walk.field(plan, at, path, depth),
            |walk, key| {
                let here = path.child(Segment::Raw(key.body(walk.text)));
                let token = walk.cursor.token()?;
                walk.anything_from(token, &here, depth + 1)?;
                let value = Token { end: walk.cursor.at, ..token };
                walk.undocumented(key, value, plan, &here);
                Ok(())
            },
        )?;
        if plan.wanted & !seen != 0 {
            let seen = seen | self.excused(plan);
            shape::missing(plan.fields, seen, open, path, self.sink);
        }
        Ok(())
    }

    /// Steps over an object of which some keys are documented, handing those to `known` and the others to `unknown`,
    /// which step over the value. Returns a bit for each documented one that was seen.
    #[inline(always)]
    pub fn documented(
        &mut self,
        plan: &ObjectPlan,
        path: &Path<'_>,
        depth: usize,
        mut known: impl FnMut(&mut Self, usize) -> Result<()>,
        mut unknown: impl FnMut(&mut Self, KeySpan) -> Result<()>,
    ) -> Result<u64> {
        self.enter(depth)?;
        let mut names = self.names();
        let mut seen = 0u64;
        let mut previous = plan.start();
        let mut more = self.any()?;
        while more {
            let before = self.cursor.at;
            match self.key(plan, previous)? {
                Hit::Known(at) => {
                    if seen >> at & 1 == 1 {
                        let first = names.first(plan, at, self.text, before);
                        self.twice(before, first, path, Segment::Key(plan.fields[at].key));
                    }
                    seen |= 1 << at;
                    previous = at;
                    known(self, at)?;
                }
                Hit::Unknown(key) => {
                    self.remember(key, &mut names, path);
                    unknown(self, key)?;
                }
            }
            more = self.more()?;
        }
        self.keys.truncate(names.base);
        Ok(seen)
    }

    /// Steps over an opening bracket, `depth` being open around it.
    #[inline(always)]
    pub fn enter(&mut self, depth: usize) -> Result<()> {
        if depth >= MAX_DEPTH {
            return self.cursor.fault(Fault::Depth);
        }
        self.cursor.at += 1;
        Ok(())
    }

    /// Reports a key that its object has already had. `before` is where the search for it began.
    #[cold]
    #[inline(never)]
    fn twice(&mut self, before: usize, first: Option<Span>, parent: &Path<'_>, segment: Segment<'_>) {
        let mut again = Cursor::new(self.text, before);
        if let Ok(key) = again.key() {
            syntax::duplicate_key(self.text, key.start..key.end, first, &parent.child(segment), self.sink);
        }
    }

    /// Walks the value of a known field. Of most values there is nothing to say: they are accepted as they stand.
    #[inline(always)]
    pub fn field(&mut self, plan: &ObjectPlan, at: usize, path: &Path<'_>, depth: usize) -> Result<()> {
        let member = &plan.members[at];
        self.cursor.space();
        let start = self.cursor.at;
        let (kind, number) = match member.accept.and_then(|accept| accept.value(self.text, start)) {
            Some(Accepted { end, kind, number }) => {
                self.cursor.at = end;
                (kind, number)
            }
            None => {
                let token = self.cursor.token()?;
                let number = self.value(member, &member.field.kind, token, path, None, depth + 1)?;
                (token.kind, number.unwrap_or(Slot::NO_NUMBER))
            }
        };
        if let Some(slot) = member.slot {
            let end = self.cursor.at as u32;
            self.slots[usize::from(slot)] = Slot { start: start as u32, end, kind, number };
        }
        Ok(())
    }

    /// Judges a value against a kind and steps over it: `token` has been read, but an object or array only looked
    /// at. Returns the number that was read, for the slot. `index` is its place in a list; `depth` brackets are open
    /// around it.
    pub fn value(
        &mut self,
        member: &Member,
        kind: &'static Kind,
        token: Token,
        parent: &Path<'_>,
        index: Option<usize>,
        depth: usize,
    ) -> Result<Option<i64>> {
        let field = member.field;
        let (text, segment) = (self.text, index.map_or(Segment::Key(field.key), Segment::Index));
        // What is documented in two ways is read as what it is.
        let also = || field.also.filter(|also| index.is_none() && fits(also, token.kind));
        let wanted = kind;
        let kind = if fits(wanted, token.kind) { Some(wanted) } else { also() };
        match (kind, token.kind) {
            (Some(Kind::List(item)), TokenKind::Array) => {
                self.list(member, item, &parent.child(segment), depth)?;
                return Ok(None);
            }
            (Some(Kind::Object(_)), TokenKind::Object) => {
                match &member.inner {
                    Some(plan) => self.object(plan, &parent.child(segment), depth)?,
                    None => self.anything_from(token, &parent.child(segment), depth)?,
                }
                return Ok(None);
            }
            (Some(Kind::Map | Kind::Any), _) => {
                self.anything_from(token, &parent.child(segment), depth)?;
                return Ok(None);
            }
            _ => {}
        }
        let slotted = index.is_none() && member.slot.is_some();
        let (start, end, kind, fits, zone) =
            (token.start, token.end, *kind.unwrap_or(wanted), kind.is_some(), self.zone);
        let site = Site { text, start, end, parent, segment, kind, field, slotted, zone };
        match fits {
            true => Ok(judge(&site, token.kind, self.sink)),
            false => {
                self.misfit(&site, token, depth)?;
                Ok(None)
            }
        }
    }

    /// Walks a list; the cursor is at its bracket.
    fn list(&mut self, member: &Member, item: &'static Kind, path: &Path<'_>, depth: usize) -> Result<()> {
        self.items(depth, |walk, index| {
            walk.cursor.space();
            let start = walk.cursor.at;
            if let Some(end) = listed::end_of(member, item, walk.text, start, depth + 1, walk.zone) {
                walk.cursor.at = end;
                return Ok(());
            }
            let token = walk.cursor.token()?;
            walk.value(member, item, token, path, Some(index), depth + 1).map(drop)
        })
    }

    /// Steps over a list, handing each item to `each`, which steps over it.
    #[inline]
    fn items(&mut self, depth: usize, mut each: impl FnMut(&mut Self, usize) -> Result<()>) -> Result<()> {
        self.enter(depth)?;
        if self.cursor.space() == Some(b']') {
            self.cursor.at += 1;
            return Ok(());
        }
        for index in 0.. {
            each(self, index)?;
            match self.cursor.space() {
                Some(b',') => {
                    self.cursor.at += 1;
                    if self.cursor.space() == Some(b']') {
                        return self.cursor.fault(Fault::TrailingComma);
                    }
                }
                Some(b']') => {
                    self.cursor.at += 1;
                    break;
                }
                _ => return self.cursor.fault(Fault::CommaOrBracket),
            }
        }
        Ok(())
    }

    /// A value whose JSON type does not fit its kind.
    #[cold]
    #[inline(never)]
    fn misfit(&mut self, site: &Site<'_>, token: Token, depth: usize) -> Result<()> {
        if matches!(token.kind, TokenKind::Object | TokenKind::Array) {
            self.anything_from(token, &site.parent.child(site.segment), depth)?;
        }
        let site = Site { end: self.cursor.at, ..*site };
        shape::wrong_type(&site, token.kind, self.sink);
        Ok(())
    }

    /// Walks a value of which nothing is documented: duplicate keys and lone surrogates are all that can be said.
    pub fn anything(&mut self, path: &Path<'_>, depth: usize) -> Result<()> {
        let token = self.cursor.token()?;
        self.anything_from(token, path, depth + 1)
    }

    /// The same of a value of which `token` has been read; an object or array has only been looked at.
    #[inline]
    pub fn anything_from(&mut self, token: Token, path: &Path<'_>, depth: usize) -> Result<()> {
        if let TokenKind::Object | TokenKind::Array = token.kind
            && let Some(end) = plain::end_of(self.text, token.start, depth)
        {
            self.cursor.at = end;
            return Ok(());
        }
        self.something_in(token, path, depth)
    }

    /// The same of a value of which there may be something to say. What is within it is not taken for plain anew: each
    /// byte is read twice at most.
    // Each frame is an open bracket, and those are limited to MAX_DEPTH.
    pub fn something_in(&mut self, token: Token, path: &Path<'_>, depth: usize) -> Result<()> {
        match token.kind {
            TokenKind::String { escaped: true } => {
                syntax::lone_surrogate(self.text, (token.start, token.end), path, self.sink);
                Ok(())
            }
            TokenKind::Array => self.items(depth, |walk, index| {
                let token = walk.cursor.token()?;
                walk.something_in(token, &path.child(Segment::Index(index)), depth + 1)
            }),
            TokenKind::Object => self.members(depth, path, |walk, key| {
                let token = walk.cursor.token()?;
                let here = path.child(Segment::Raw(key.body(walk.text)));
                walk.something_in(token, &here, depth + 1)
            }),
            _ => Ok(()),
        }
    }

    /// Steps over an object of which nothing is documented, handing each key to `each`, which steps over the value.
    pub fn members(
        &mut self,
        depth: usize,
        path: &Path<'_>,
        mut each: impl FnMut(&mut Self, KeySpan) -> Result<()>,
    ) -> Result<()> {
        self.enter(depth)?;
        if self.cursor.space() == Some(b'}') {
            self.cursor.at += 1;
            return Ok(());
        }
        let mut names = self.names();
        loop {
            let key = KeySpan::new(self.cursor.key()?);
            self.cursor.expect(b':', Fault::Colon)?;
            self.remember(key, &mut names, path);
            each(self, key)?;
            if !self.more()? {
                break;
            }
        }
        self.keys.truncate(names.base);
        Ok(())
    }

    /// The names of an object that has just been entered. Its owner cuts `keys` back to `base` in the end.
    #[inline(always)]
    pub fn names(&self) -> Names<'t> {
        Names { base: self.keys.len(), many: None, known: Vec::new(), looked_at: self.cursor.at }
    }

    /// Remembers an unknown key of an object, and reports it if it was there before.
    pub fn remember(&mut self, key: KeySpan, names: &mut Names<'t>, path: &Path<'_>) {
        let text = self.text;
        let first = match &mut names.many {
            Some(many) => match many.entry(key.text(text)) {
                Entry::Occupied(first) => Some(*first.get()),
                Entry::Vacant(new) => {
                    new.insert(self.keys.len());
                    None
                }
            },
            None => {
                let same = |other: &KeySpan| match other.escaped || key.escaped {
                    false => other.body(text) == key.body(text),
                    true => other.text(text) == key.text(text),
                };
                self.keys[names.base..].iter().position(same).map(|at| names.base + at)
            }
        };
        if let Some(first) = first {
            let KeySpan { start, end, .. } = self.keys[first];
            return self.twice(key.start, Some(start..end), path, Segment::Raw(key.body(text)));
        }
        self.keys.push(key);
        if names.many.is_none() && self.keys.len() - names.base >= FEW_KEYS {
            // Hashed with a random seed, so that nobody can choose keys that make this slow.
            let keys = self.keys.iter().enumerate().skip(names.base);
            names.many = Some(keys.map(|(at, key)| (key.text(text), at)).collect());
        }
    }
}

/// The keys of an open object. Unknown ones are remembered: few are compared with each other, many are hashed.
pub(crate) struct Names<'t> {
    pub base: usize,
    /// Their places in `keys`.
    many: Option<HashMap<Cow<'t, str>, usize>>,
    /// Where the documented ones stood first, as far as that had to be looked for; an empty span for none.
    known: Vec<Span>,
    /// How far it has been.
    looked_at: usize,
}

impl Names<'_> {
    /// Where a documented key stood first that the object has again, after byte `before`. Of a documented key only that
    /// it was there is known, so this reads up to there again: each byte once, however many keys come again.
    #[cold]
    #[inline(never)]
    fn first(&mut self, plan: &ObjectPlan, field: usize, text: &[u8], before: usize) -> Option<Span> {
        self.known.resize(plan.fields.len(), 0..0);
        let mut cursor = Cursor::new(text, self.looked_at);
        while cursor.at < before {
            let key = KeySpan::new(cursor.key().ok()?);
            let name = key.text(text);
            if let Some(at) = plan.fields.iter().position(|field| field.key == name)
                && self.known[at].is_empty()
            {
                self.known[at] = key.start..key.end;
            }
            cursor.expect(b':', Fault::Colon).ok()?;
            cursor.value(0).ok()?;
            cursor.expect(b',', Fault::CommaOrBrace).ok()?;
            cursor.space();
        }
        took(cursor.at - self.looked_at);
        self.looked_at = cursor.at;
        Some(self.known[field].clone()).filter(|first| !first.is_empty())
    }
}

/// Whether a JSON type is that of a kind.
pub(crate) fn fits(kind: &Kind, token: TokenKind) -> bool {
    match kind.json() {
        Json::String => matches!(token, TokenKind::String { .. }),
        Json::Boolean => matches!(token, TokenKind::Bool(_)),
        Json::Integer => token == TokenKind::Number { integer: true },
        Json::Number => matches!(token, TokenKind::Number { .. }),
        Json::Array => token == TokenKind::Array,
        Json::Object => token == TokenKind::Object,
        Json::Any => true,
    }
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
