//! Reads a value whose texts have no quotes. A text ends where the next member or a closing bracket follows, and what is
//! known of the members says whether it does: where both could be meant, nothing is read.

use std::collections::BTreeSet;

use crate::catalog::{Event, Json, Kind};
use crate::container::undo::languages::Loss;
use crate::json::write_escaped;
use crate::steps::took;

use super::ends::{Level, closes_more, indent};
use super::known::{Known, Members, is_free};
use super::scalar::is_json;
use super::style::Style;

/// Events are not nested deeper.
const MAX_DEPTH: usize = 24;

/// Why reading ended before the value did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// More of the text must be there.
    More,
    /// The value is cut off here.
    Cut(usize),
    /// It is not of this notation.
    No,
    /// It cannot be read.
    Lost(Loss),
    /// It would be more than there is room for.
    TooLarge,
}

pub(super) struct Reader<'t> {
    pub text: &'t [u8],
    pub at: usize,
    pub out: Vec<u8>,
    most: usize,
    pub last: bool,
    pub style: &'static Style,
    /// Brackets are open before it on its line.
    pub is_wrapped: bool,
    /// The last value was a text, and a bracket its end.
    pub is_text_last: bool,
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t [u8], at: usize, most: usize, last: bool, style: &'static Style) -> Reader<'t> {
        let line = memchr::memrchr(b'\n', &text[..at]).map_or(0, |feed| feed + 1);
        let open = text[line..at].iter().fold(0usize, |open, byte| match byte {
            b'{' | b'[' | b'(' => open + 1,
            b'}' | b']' | b')' => open.saturating_sub(1),
            _ => open,
        });
        Reader { text, at, out: Vec::new(), most, last, style, is_wrapped: open > 0, is_text_last: false }
    }

    /// Reads the event that begins here.
    pub fn event(&mut self, event: Option<&'static Event>) -> Result<(), Stop> {
        self.object(Known { kind: None, members: Members::Event(event) }, None, 0)?;
        // A bracket too many later on the line may be the one that closes the event.
        let line = memchr::memchr(b'\n', self.rest()).map_or(self.rest(), |length| &self.rest()[..length]);
        took(line.len());
        if self.is_text_last && !self.is_wrapped && !self.style.loose && closes_more(line) {
            return Err(Stop::Lost(Loss::Ambiguous));
        }
        Ok(())
    }

    pub fn rest(&self) -> &'t [u8] {
        &self.text[self.at..]
    }

    pub fn ended(&self) -> Stop {
        if self.last { Stop::Cut(self.text.len()) } else { Stop::More }
    }

    /// What stands here is none of it: it ends here, where the line or the text does.
    fn broken<T>(&self) -> Result<T, Stop> {
        match self.rest().first() {
            None => Err(self.ended()),
            Some(b'\n' | b'\r') => Err(Stop::Cut(self.at)),
            Some(_) => Err(Stop::Lost(Loss::Unknown)),
        }
    }

    /// Steps over white space between members, where it is of no account. It leaves its line feeds.
    fn space(&mut self) {
        while self.style.loose && self.rest().first().is_some_and(u8::is_ascii_whitespace) {
            took(1);
            if self.text[self.at] == b'\n' {
                self.out.push(b'\n');
            }
            self.at += 1;
        }
    }

    fn object(&mut self, known: Known, outer: Option<&Level<'_, 't>>, depth: usize) -> Result<(), Stop> {
        let Some(length) = (self.style.object)(self.rest()).filter(|_| depth < MAX_DEPTH) else {
            return self.broken();
        };
        let start = self.at;
        self.at += length;
        let lines = memchr::memchr_iter(b'\n', &self.text[start..self.at]).count();
        self.out.resize(self.out.len() + lines, b'\n');
        let opened = self.out.len();
        let seen = BTreeSet::new();
        let mut level = Level { members: known.members, key: b"", seen, indent: None, is_list: false, outer };
        let mut is_list = false;
        let mut number = 0usize;
        self.out.push(b'{');
        loop {
            self.space();
            if let Some(length) = (self.style.close)(self.rest()) {
                self.at += length;
                break;
            }
            if number > 0 && !self.style.loose {
                match (self.style.between)(self.rest()) {
                    Some(length) => self.at += length,
                    None => return self.broken(),
                }
            }
            let Some((key, length)) = (self.style.key)(self.rest()) else { return self.broken() };
            if number == 0 && self.style.loose {
                level.indent = indent(&self.text[start..self.at]);
            }
            // PHP writes a list with the numbers of its items.
            if number == 0 && self.style.list.is_none() && key == b"0" {
                is_list = true;
                self.out[opened] = b'[';
                if !matches!(level.members, Members::Items(_)) {
                    level.members = Members::Items(None);
                }
            }
            if is_list && key != number.to_string().as_bytes() {
                return Err(Stop::Lost(Loss::Unknown));
            }
            if self.style.sorted && number > 0 && key <= level.key || !level.seen.insert(key) {
                return Err(Stop::Lost(Loss::Ambiguous));
            }
            took(length);
            self.at += length;
            level.key = key;
            if number > 0 {
                self.out.push(b',');
            }
            number += 1;
            if !is_list {
                write_escaped(str::from_utf8(key).unwrap_or_default(), &mut self.out);
                self.out.push(b':');
            }
            let member = level.members.member(key).unwrap_or(Known { kind: None, members: Members::Unknown });
            self.value(member, &level, depth)?;
            if self.out.len() > self.most {
                return Err(Stop::TooLarge);
            }
        }
        let empty_list = number == 0
            && self.style.list.is_none()
            && !matches!(known.kind, Some(Kind::Object(_) | Kind::Map));
        if empty_list {
            self.out[opened] = b'[';
        }
        self.out.push(if is_list || empty_list { b']' } else { b'}' });
        Ok(())
    }

    fn value(&mut self, known: Known, level: &Level<'_, 't>, depth: usize) -> Result<(), Stop> {
        let json = known.kind.map(Kind::json);
        let rest = self.rest();
        let object = (self.style.object)(rest).is_some();
        let empty = rest.starts_with(b"{}");
        if object && !empty && matches!(json, Some(Json::String)) {
            // The catalogue has a text there, which may begin like an object.
            return Err(Stop::Lost(Loss::Ambiguous));
        }
        if object && !(empty && matches!(json, Some(Json::String))) {
            return self.object(known, Some(level), depth + 1);
        }
        let list = self.style.list.is_some_and(|list| rest.first() == Some(&list));
        if list && json != Some(Json::String) && !is_json(rest) {
            return self.list(known, level, depth + 1);
        }
        self.scalar(known.kind, level)
    }

    /// A list in brackets. Its items are objects, or have neither blanks nor brackets in them: otherwise nobody knows
    /// where one ends.
    fn list(&mut self, known: Known, outer: &Level<'_, 't>, depth: usize) -> Result<(), Stop> {
        if depth >= MAX_DEPTH {
            return self.broken();
        }
        let item = match known.kind {
            Some(Kind::List(kind)) => Known { kind: Some(*kind), members: Members::of(kind) },
            _ => Known { kind: None, members: Members::Unknown },
        };
        let seen = BTreeSet::new();
        let level = Level {
            members: Members::Items(item.kind),
            key: b"",
            seen,
            indent: None,
            is_list: true,
            outer: Some(outer),
        };
        let between: &[u8] = if self.style.sorted { b" " } else { b", " };
        self.at += 1;
        self.out.push(b'[');
        let mut items = 0usize;
        while !self.rest().starts_with(b"]") {
            if items > 0 {
                if !self.rest().starts_with(between) {
                    return self.broken();
                }
                self.at += between.len();
                self.out.push(b',');
            }
            items += 1;
            if (self.style.object)(self.rest()).is_some() {
                self.object(item, Some(&level), depth)?;
                continue;
            }
            let rest = self.rest();
            let length = rest.iter().take_while(|byte| !b" ,[]{}\n\r".contains(byte)).count();
            took(length);
            if length == rest.len() {
                return Err(self.ended());
            }
            // A word may be a text of its own, as `[smile]` is; what has digits or signs in it is an id or an address.
            let is_plain = rest[..length].iter().all(u8::is_ascii_alphabetic) || !rest[..length].is_ascii();
            if is_plain && item.kind.is_none() || length == 0 {
                return if b"\n\r".contains(&rest[length]) {
                    self.broken()
                } else {
                    Err(Stop::Lost(Loss::Ambiguous))
                };
            }
            self.at += length;
            let next = &rest[length..];
            if !next.starts_with(b"]") && !next.starts_with(between) {
                return if b"\n\r".contains(&next[0]) {
                    self.broken()
                } else {
                    Err(Stop::Lost(Loss::Ambiguous))
                };
            }
            // Texts of people have blanks, which nothing tells from those between items.
            let words = is_free(item.kind) && next.starts_with(between) && is_plain;
            if words {
                return Err(Stop::Lost(Loss::Ambiguous));
            }
            self.write(item.kind, &rest[..length])?;
            if self.out.len() > self.most {
                return Err(Stop::TooLarge);
            }
        }
        self.at += 1;
        self.out.push(b']');
        Ok(())
    }
}
