//! A text, a number or a word without quotes: how far it reaches, and which of them it is.

use crate::catalog::{Json, Kind};
use crate::container::resync::own_line;
use crate::container::undo::languages::Loss;
use crate::container::undo::languages::numbers;
use crate::json::{Cursor, write_escaped};
use crate::steps::took;

use super::ends::{Level, Verdict, is_indented};
use super::known::is_free;
use super::reader::{Reader, Stop};

impl<'t> Reader<'t> {
    /// A text, number or word.
    pub(super) fn scalar(&mut self, kind: Option<&'static Kind>, level: &Level<'_, 't>) -> Result<(), Stop> {
        let start = self.at;
        let free = is_free(kind);
        let mut feed = None;
        let mut brackets = 0usize;
        if self.style.has_quoted_twin && self.rest().first().is_some_and(|first| b"\"'`".contains(first)) {
            return Err(Stop::No);
        }
        // JSON in a text ends where it does.
        if free && is_json(self.rest()) {
            let mut cursor = Cursor::new(self.text, start);
            let read = cursor.value(0).is_ok();
            took(cursor.at - start);
            // A blank at its end is a part of the text, and so is a line.
            let next = self.text[cursor.at..].strip_prefix(b"\n");
            let is_member = |next: &[u8]| {
                let blanks = next.iter().take_while(|byte| **byte == b' ').count();
                next.get(blanks).is_some_and(|byte| !byte.is_ascii_whitespace())
            };
            let ends = !self.style.loose || level.indent.is_none() || next.is_some_and(is_member);
            if read && ends && self.follows(cursor.at, level, Some(level), 0) != Verdict::Text {
                self.at = cursor.at;
                return self.write(kind, &self.text[start..self.at]);
            }
        }
        let mut blank = false;
        loop {
            let rest = self.rest();
            took(1);
            let Some(&byte) = rest.first() else {
                return self.cut(kind, start, feed.unwrap_or(self.at), self.ended());
            };
            // Nothing is left of an empty value where white space was folded.
            self.is_text_last = free;
            let folded = self.style.loose && level.indent.is_none() && self.at == start;
            let between = (self.style.between)(rest).or(folded.then_some(0));
            if let Some(length) = between
                && let Some((key, _)) = (self.style.key)(&rest[length..])
                && (!self.style.loose || is_indented(&rest[..length], level.indent, 0))
            {
                match self.judge(level, key, free, blank) {
                    Verdict::End => break,
                    Verdict::Text => {}
                    Verdict::Either => return Err(Stop::Lost(Loss::Ambiguous)),
                }
            }
            let before = if self.style.loose { between } else { Some(0) };
            if let Some(length) =
                before.and_then(|before| Some(before + (self.style.close)(&rest[before..])?))
            {
                let inner = between.unwrap_or_default();
                match self.follows(self.at + length, level, level.outer, brackets) {
                    _ if self.style.loose && !is_indented(&rest[..inner], level.indent, 4) => {}
                    Verdict::End if !free || !self.goes_on(self.at + length, level) => break,
                    Verdict::Text => {}
                    Verdict::End | Verdict::Either if free => return Err(Stop::Lost(Loss::Ambiguous)),
                    Verdict::End | Verdict::Either => break,
                }
            }
            match byte {
                b'\n' => {
                    feed = feed.or(Some(self.at));
                    match own_line(&rest[1..], self.last) {
                        None => return Err(Stop::More),
                        Some((true, _)) => {
                            return self.cut(kind, start, feed.unwrap_or(self.at), Stop::Cut(self.at));
                        }
                        Some(_) if !free && !self.style.loose => {
                            return self.cut(kind, start, self.at, Stop::Cut(self.at));
                        }
                        Some(_) => {}
                    }
                }
                b'[' | b'{' => brackets += 1,
                b']' | b'}' => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            blank |= byte.is_ascii_whitespace();
            self.at += 1;
        }
        let text = &self.text[start..self.at];
        // Lines may end with both signs.
        let text = if self.style.loose { text.strip_suffix(b"\r").unwrap_or(text) } else { text };
        self.write(kind, text)
    }

    /// What is there of a value that is cut off.
    pub(super) fn cut(
        &mut self,
        kind: Option<&'static Kind>,
        start: usize,
        end: usize,
        stop: Stop,
    ) -> Result<(), Stop> {
        let Stop::Cut(_) = stop else { return Err(stop) };
        let end = start + self.text[start..end].trim_ascii_end().len();
        if is_free(kind) {
            write_escaped(&String::from_utf8_lossy(&self.text[start..end]), &mut self.out);
            // What is cut off stays open.
            self.out.pop();
        }
        Err(Stop::Cut(end))
    }

    /// Writes a value of a kind, or of what it looks like.
    pub(super) fn write(&mut self, kind: Option<&Kind>, value: &'t [u8]) -> Result<(), Stop> {
        let Ok(text) = str::from_utf8(value) else { return Err(Stop::Lost(Loss::Unknown)) };
        let json = kind.map_or(Json::Any, Kind::json);
        let number = numbers::is_number(value);
        let fraction = value.iter().any(|byte| b".eE".contains(byte));
        let null = self.style.null == Some(value);
        // The address of what a pointer points to.
        if kind.is_none() && value.starts_with(b"0xc0") && value[4..].iter().all(u8::is_ascii_hexdigit) {
            return Err(Stop::Lost(Loss::Objects));
        }
        match json {
            _ if null => self.out.extend_from_slice(b"null"),
            Json::Boolean | Json::Any if matches!(value, b"true" | b"false") => {
                self.out.extend_from_slice(value)
            }
            // PHP prints true like this, and false as nothing.
            Json::Boolean if self.style.loose && value == b"1" => self.out.extend_from_slice(b"true"),
            Json::Boolean if self.style.loose && value.is_empty() => self.out.extend_from_slice(b"false"),
            Json::Integer | Json::Number if self.style.loose && value.is_empty() => {
                self.out.extend_from_slice(b"null")
            }
            // Java prints a whole float like this.
            Json::Integer if number && value.ends_with(b".0") => {
                self.out.extend_from_slice(&value[..value.len() - 2]);
            }
            Json::Integer | Json::Number if number => numbers::write(value, &mut self.out),
            Json::Any if number && self.is_printed_number(value, fraction) => {
                numbers::write(value, &mut self.out)
            }
            _ => write_escaped(text, &mut self.out),
        }
        Ok(())
    }

    /// Whether a number looks like one that was printed, and not like the digits of a text.
    pub(super) fn is_printed_number(&self, value: &[u8], fraction: bool) -> bool {
        let digits = value.strip_prefix(b"-").unwrap_or(value);
        if fraction {
            // Go and PHP print no zeros at the end: `2.0` is a text.
            self.style.zeros || !digits.ends_with(b"0") || digits.contains(&b'e') || digits.contains(&b'E')
        } else {
            digits.len() <= self.style.digits
        }
    }
}

/// Whether JSON begins here that is no list of the notation.
pub(super) fn is_json(rest: &[u8]) -> bool {
    [&b"{\""[..], b"[\"", b"[{\""].iter().any(|start| rest.starts_with(start))
}
