//! What stands under the keys of credentials, in whatever notation: JSON and what is nearly JSON, dumps of Python, Node
//! and Go, headers, queries, lists of names and values. It is looked for in text that need not be whole or right, so
//! where a notation leaves it open how far a value goes, it goes rather too far.

use std::ops::Range;

use wide::u8x16;

use crate::catalog::{is_secret_key, may_end_secret_key};

use super::plain::{Plain, is_special};

/// How far from a name its value is looked for.
const FAR: usize = 2048;

/// Longer keys are none.
const LONGEST: usize = 64;

/// Under which keys a list of headers or cookies has their names, and under which their values.
const NAME: &[&str] = &["name", "key", "header", "field", "k"];
const VALUE: &[&str] = &["value", "values", "val", "v"];

/// What stands before a credential in a header and is none.
const SCHEMES: &[&str] = &["bearer", "basic", "digest", "token"];

/// So many bytes that are part of no word may stand before the quote that closes a key.
const ODD: usize = 4;

/// The values under keys of credentials.
pub(super) fn values(plain: &Plain) -> Vec<Range<usize>> {
    let words = Words::of(&plain.text);
    let mut scan = Scan { text: &plain.text, level: &plain.level, words: &words, found: Vec::new() };
    let mut at = 0;
    words.each_end(|end| {
        if end > at && may_end_secret_key(&plain.text[..end]) {
            // A value may end within a word.
            let word = scan.word_before(end, LONGEST + 1).start.max(at)..end;
            at = scan.read(&word).unwrap_or(end).max(end);
        }
    });
    scan.found
}

/// Whether a list of headers or cookies has their names under this key: `{"name": "Cookie", "value": ".."}`.
pub fn is_name_key(key: &[u8]) -> bool {
    is_one_of(key, NAME)
}

/// Whether a list of headers or cookies has their values under this key.
pub fn is_value_key(key: &[u8]) -> bool {
    is_one_of(key, VALUE)
}

/// Whether the key of a credential stands before the sign at this place in a text without escapes: a colon, also as
/// Chinese is written with, or an equals sign.
pub fn is_key_before(text: &[u8], sign: usize) -> bool {
    // A time of day.
    let time = sign > 0 && text[sign - 1].is_ascii_digit();
    if time || (text[sign] == 0xef && !text[sign..].starts_with("：".as_bytes())) {
        return false;
    }
    let between = |byte: &u8| matches!(byte, b' ' | b'"' | b'\'' | b']' | b'\\');
    let end = text[..sign].iter().rposition(|byte| !between(byte)).map_or(0, |at| at + 1);
    let length = text[..end].iter().rev().take(LONGEST).take_while(|byte| is_word(**byte)).count();
    is_secret_key(&text[end - length..end])
}

struct Scan<'p> {
    text: &'p [u8],
    level: &'p [u8],
    words: &'p Words,
    found: Vec<Range<usize>>,
}

/// A bit for each byte of a text, set for those of words: most of a text is nothing else, and is stepped over by them.
struct Words(Vec<u64>);

impl Words {
    fn of(text: &[u8]) -> Words {
        let (chunks, rest) = text.as_chunks::<64>();
        let lanes = |chunk: &[u8; 64]| {
            let lanes = chunk.as_chunks::<16>().0.iter().enumerate();
            lanes.fold(0, |all, (lane, part)| all | u64::from(word_bits(u8x16::new(*part))) << (16 * lane))
        };
        let last = rest.iter().rev().fold(0, |bits, byte| bits << 1 | u64::from(is_word(*byte)));
        let mut words = Vec::with_capacity(chunks.len() + 1);
        words.extend(chunks.iter().map(lanes));
        words.push(last);
        Words(words)
    }

    /// Hands over where each word ends, one past its last byte.
    #[inline]
    fn each_end(&self, mut take: impl FnMut(usize)) {
        for (chunk, bits) in self.0.iter().enumerate() {
            let next = self.0.get(chunk + 1).map_or(0, |bits| bits << 63);
            let mut last = bits & !(bits >> 1 | next);
            while last != 0 {
                take(chunk * 64 + last.trailing_zeros() as usize + 1);
                last &= last - 1;
            }
        }
    }

    /// Where the word ends that stands at `at`.
    fn end(&self, at: usize) -> usize {
        let mut chunk = at / 64;
        let mut others = !self.0[chunk] & (!0 << (at % 64));
        while others == 0 {
            chunk += 1;
            // The last word may end where the chunks do.
            others = self.0.get(chunk).map_or(1, |bits| !bits);
        }
        chunk * 64 + others.trailing_zeros() as usize
    }
}

/// A bit for each byte that [`is_word`].
#[inline(always)]
fn word_bits(block: u8x16) -> u32 {
    let within =
        |bytes: u8x16, low, high| bytes.max(u8x16::splat(low)).min(u8x16::splat(high)).simd_eq(bytes);
    let letter = within(block | u8x16::splat(0x20), b'a', b'z');
    let digit = within(block, b'0', b'9');
    let mark = within(block, b'-', b'.') | block.simd_eq(u8x16::splat(b'_'));
    (letter | digit | mark).to_bitmask()
}

/// Whether a text has no escape and surely no value under a key: that of an id, a name, a path. There is neither a sign
/// nor a quote in it, nor a scheme without a key.
pub(super) fn has_none(text: &[u8]) -> bool {
    let scheme =
        |blank: usize| text[..blank].last_chunk::<6>().is_some_and(|word| is_one_of(word, &["bearer"]));
    text.iter().all(|byte| !matches!(CLASS[usize::from(*byte)], Class::Sign))
        && !memchr::memchr2_iter(b' ', b'\t', text).any(scheme)
}

/// What a byte is to those who look for keys.
#[derive(Clone, Copy)]
enum Class {
    /// Part of a word.
    Word,
    /// It stands between a key and its value, or begins what may.
    Sign,
    Other,
}

/// The bytes by their numbers: every byte of a document is asked.
const CLASS: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        if c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-' | b'.') {
            table[byte] = Class::Word;
        } else if matches!(c, b':' | b'=' | b'"' | b'\'') || is_special(c) {
            table[byte] = Class::Sign;
        }
        byte += 1;
    }
    table
};

#[inline]
fn is_word(byte: u8) -> bool {
    matches!(CLASS[usize::from(byte)], Class::Word)
}

fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'')
}

fn is_one_of(word: &[u8], names: &[&str]) -> bool {
    names.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(word))
}

impl Scan<'_> {
    fn byte(&self, at: usize) -> u8 {
        // No notation gives a zero a meaning.
        self.text.get(at).copied().unwrap_or(0)
    }

    /// The word that ends at `end`, or so many bytes of it.
    fn word_before(&self, end: usize, most: usize) -> Range<usize> {
        let length = self.text[..end].iter().rev().take(most).take_while(|byte| is_word(**byte)).count();
        end - length..end
    }

    fn spaces(&self, at: usize) -> usize {
        at + self.text[at.min(self.text.len())..].iter().take_while(|b| b.is_ascii_whitespace()).count()
    }

    fn blanks(&self, at: usize) -> usize {
        at + self.text[at.min(self.text.len())..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
    }

    /// One past the last byte before `at` that is no white space.
    fn before(&self, at: usize) -> usize {
        at - self.text[..at].iter().rev().take_while(|b| b.is_ascii_whitespace()).count()
    }

    /// Takes the value of a word that is the key of a credential; says where it ends.
    fn read(&mut self, word: &Range<usize>) -> Option<usize> {
        if word.len() > LONGEST {
            return None;
        }
        if word.len() == 6
            && is_one_of(&self.text[word.clone()], &["bearer"])
            && let Some(end) = self.bearer(word.end)
        {
            return Some(end);
        }
        if !self.is_key(word) {
            return None;
        }
        let opened = word.start > 0 && is_quote(self.text[word.start - 1]);
        // What may stand between a word and the quote that closes it: `"token "`.
        let odd = |at: usize| self.text.get(at).is_some_and(|byte| !is_word(*byte) && !is_quote(*byte));
        let tail = (word.end..).take(if opened { ODD } else { 0 }).take_while(|at| odd(*at)).count();
        let closing = if is_quote(self.byte(word.end + tail)) { word.end + tail } else { word.end };
        let closed = is_quote(self.byte(closing));
        // What stands before the key, without the letter of `b'token'`.
        let mut first = word.start - usize::from(opened);
        if opened && first > 0 && is_prefix(self.text[first - 1]) {
            first -= 1;
        }
        let before = self.before(first);
        let end = closing + usize::from(closed);
        let is_sign = |byte| matches!(byte, b':' | b'=');
        let is_value = before > 0 && is_sign(self.text[before - 1]);
        if is_value
            && !is_sign(self.byte(self.blanks(end)))
            && let Some(end) = self.beside(before - 1, first, end)
        {
            return Some(end);
        }
        if is_value && opened && closed {
            return None;
        }
        self.after(word, end, closed, before)
    }

    /// Whether a word, or it and the one before, is the name of a credential: `Encrypt Key: ..`.
    fn is_key(&self, word: &Range<usize>) -> bool {
        let name = &self.text[word.clone()];
        let points = name.iter().rev().take_while(|byte| **byte == b'.').count();
        is_secret_key(&name[..name.len() - points])
            || (word.start > 1
                && self.text[word.start - 1] == b' '
                && is_word(self.text[word.start - 2])
                && is_secret_key(&self.text[self.word_before(word.start - 1, LONGEST).start..word.end]))
    }

    /// The value that follows a key: after a colon or an equals sign, or after whatever stands in their place.
    fn after(&mut self, word: &Range<usize>, end: usize, closed: bool, before: usize) -> Option<usize> {
        let mut at = end;
        // `headers['Cookie'] = ..`
        while matches!(self.byte(at), b']' | b')') {
            at += 1;
        }
        at = if closed { self.spaces(at) } else { self.blanks(at) };
        let sign = self.byte(at);
        if matches!(sign, b':' | b'=') {
            while matches!(self.byte(at), b':' | b'=' | b'>') {
                at += 1;
            }
            let next = self.spaces(at);
            // The value of a header is on its line, and so is any that is not quoted.
            let far = matches!(self.byte(next), b'"' | b'\'' | b'[' | b'{' | b'0'..=b'9' | b'-');
            let at = if far { next } else { self.blanks(at) };
            return self.value(at, word);
        }
        if !closed {
            return None;
        }
        if sign == b',' {
            // `["Authorization", "Bearer .."]`, and all headers in one list.
            let listed = before > 0 && matches!(self.text[before - 1], b'[' | b'(' | b',');
            let at = self.prefix(self.spaces(at + 1));
            if !listed || !is_quote(self.byte(at)) {
                return None;
            }
            let close = self.string(at);
            return (self.byte(self.spaces(close + 1)) != b':').then(|| self.take_string(at));
        }
        // No colon, or another sign for it.
        let gap = self.text[at.min(self.text.len())..]
            .iter()
            .take(4)
            .take_while(|byte| {
                !byte.is_ascii_alphanumeric()
                    && !matches!(byte, b',' | b'}' | b']' | b')' | b'"' | b'\'' | b'\n')
            })
            .count();
        let at = self.spaces(at + gap);
        is_quote(self.byte(at)).then(|| self.take_string(at))
    }

    /// The value beside a name that is that of a credential: `{"name": "Authorization", "value": ".."}`. The colon
    /// stands at `colon`, the name from `first` to `end`.
    fn beside(&mut self, colon: usize, first: usize, end: usize) -> Option<usize> {
        let mut key = self.before(colon);
        key -= usize::from(key > 0 && is_quote(self.text[key - 1]));
        if !is_name_key(&self.text[self.word_before(key, LONGEST)]) {
            return None;
        }
        if let Some(end) = self.named_value(end, end.saturating_add(FAR)) {
            return Some(end);
        }
        // Or before it.
        let mut depth = 0;
        for at in (first.saturating_sub(FAR)..first).rev() {
            match self.text[at] {
                b'}' => depth += 1,
                b'{' if depth == 0 => {
                    self.named_value(at + 1, first);
                    break;
                }
                b'{' => depth -= 1,
                _ => {}
            }
        }
        Some(end)
    }

    /// The value of the next key `value` before `most` in the object in which `at` is.
    fn named_value(&mut self, mut at: usize, most: usize) -> Option<usize> {
        let mut depth = 0;
        while at < most.min(self.text.len()) {
            match self.text[at] {
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return None,
                b'}' | b']' => depth -= 1,
                byte if is_word(byte) => {
                    let word = at..self.words.end(at);
                    let closed = usize::from(is_quote(self.byte(word.end)));
                    let next = self.spaces(word.end + closed);
                    let is_key = depth == 0 && matches!(self.byte(next), b':' | b'=');
                    if is_key && is_value_key(&self.text[word.clone()]) {
                        let at = self.spaces(next + 1);
                        return self.value(at, &word);
                    }
                    at = word.end;
                    continue;
                }
                quote if is_quote(quote) && !is_word(self.byte(at + 1)) => {
                    at = self.string(at);
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// Takes the value at `at`, of the key `word`.
    fn value(&mut self, at: usize, word: &Range<usize>) -> Option<usize> {
        let at = self.prefix(at);
        match self.byte(at) {
            quote if is_quote(quote) => Some(self.take_string(at)),
            b'[' | b'{' | b'(' => Some(self.many(at)),
            _ => self.bare(at, word),
        }
    }

    /// Past the letter of `b'..'` and `u".."`.
    fn prefix(&self, at: usize) -> usize {
        at + usize::from(is_prefix(self.byte(at)) && is_quote(self.byte(at + 1)))
    }

    /// The closing quote of the string at `at`, or where its line ends.
    fn string(&self, at: usize) -> usize {
        let (quote, level) = (self.text[at], self.level[at]);
        let ends = |byte: u8, of: u8| of <= level && (byte == quote || byte == b'\n');
        let rest = self.text[at + 1..].iter().zip(&self.level[at + 1..]);
        at + 1 + rest.take_while(|(byte, of)| !ends(**byte, **of)).count()
    }

    fn take_string(&mut self, at: usize) -> usize {
        let end = self.string(at);
        self.take(at + 1, end);
        (end + 1).min(self.text.len())
    }

    /// Takes all values of an object or a list.
    fn many(&mut self, start: usize) -> usize {
        let (mut at, mut depth) = (start, 0);
        while at < self.text.len() {
            match self.text[at] {
                b'[' | b'{' | b'(' => depth += 1,
                b']' | b'}' | b')' => depth -= 1,
                quote if is_quote(quote) => {
                    let end = self.string(at);
                    // Keys say nothing.
                    if self.byte(self.spaces(end + 1)) != b':' {
                        self.take(at + 1, end);
                    }
                    at = end;
                }
                b',' | b':' => {}
                byte if byte.is_ascii_whitespace() => {}
                _ => {
                    let bare = |byte: &&u8| {
                        !byte.is_ascii_whitespace() && !is_quote(**byte) && !b"[]{}(),:".contains(byte)
                    };
                    let end = at + self.text[at..].iter().take_while(bare).count();
                    self.take(at, end);
                    at = end - 1;
                }
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        at
    }

    /// Takes a value without quotes.
    fn bare(&mut self, at: usize, word: &Range<usize>) -> Option<usize> {
        let rest = &self.text[at.min(self.text.len())..];
        if is_header(&self.text[word.clone()]) {
            let end = at + self.header(at, word.start);
            self.take(at, end);
            return Some(end);
        }
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b",;&}])>\"'`|".contains(byte);
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let mut end = at + length;
        if is_one_of(&rest[..length], SCHEMES) {
            let next = self.blanks(end);
            end = next + self.text[next..].iter().position(ends).unwrap_or(self.text.len() - next);
        }
        self.take(at, end);
        Some(end)
    }

    /// How long the value of a header is that begins at `at`, its name at `name`: to the end of what it stands in.
    fn header(&self, at: usize, name: usize) -> usize {
        let rest = self.text[at..].iter().zip(&self.level[at..]);
        let before = name
            - self.text[..name].iter().rev().take_while(|b| matches!(b, b' ' | b'\t' | b'>' | b'<')).count();
        let opens = before.checked_sub(1).map(|at| (self.text[at], self.level[at]));
        let ends: &dyn Fn(u8, u8) -> bool = match opens {
            Some((quote, level)) if is_quote(quote) => {
                &move |byte, of| of <= level && (byte == quote || byte == b'\n')
            }
            None | Some((b'\n', 0)) => &|byte, of| byte == b'\n' && of == 0,
            // A line of a string.
            Some((b'\n', level)) => &move |byte, of| byte == b'\n' || (is_quote(byte) && of < level),
            _ => &|byte, _| byte == b'\n' || is_quote(byte),
        };
        rest.take_while(|(byte, of)| !ends(**byte, **of)).count()
    }

    /// The credential after a scheme that has no key before it: `Bearer t-g1044ghJ..`.
    fn bearer(&mut self, at: usize) -> Option<usize> {
        let start = self.blanks(at);
        let rest = self.text.get(start..)?;
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-._~+/=".contains(b)).count();
        let is_random = rest[..length].iter().any(|byte| !byte.is_ascii_lowercase());
        if start == at || length < 8 || !is_random {
            return None;
        }
        self.take(start, start + length);
        Some(start + length)
    }

    /// Notes a value, unless it says nothing: a literal, or what masks leave.
    fn take(&mut self, start: usize, end: usize) {
        let value = self.text[start..end].trim_ascii_end();
        let end = start + value.len();
        let literal = is_one_of(value, &["null", "true", "false", "none", "nil", "undefined"]);
        if !literal && !value.iter().all(|byte| *byte == b'.') {
            self.found.push(start..end);
        }
    }
}

fn is_prefix(byte: u8) -> bool {
    matches!(byte, b'b' | b'B' | b'u' | b'U' | b'r' | b'R')
}

/// Whether the values of a header have blanks and signs in them.
fn is_header(name: &[u8]) -> bool {
    ["authorization", "cookie", "cookies"].iter().any(|known| {
        let from = name.len().saturating_sub(known.len());
        name[from..].eq_ignore_ascii_case(known.as_bytes())
    })
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
