//! Objects and lists, in whatever brackets.

use crate::json::{MAX_DEPTH, write_escaped};

use super::reader::{Keep, Reader, Stop};

/// What a container has turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Nothing yet.
    Open,
    Object,
    List,
    /// A list whose items have their numbers before them.
    Numbered,
}

impl Reader<'_> {
    /// What stands between brackets. `list` says that braces are those of a list, as in Go.
    pub(super) fn container(&mut self, depth: usize, list: bool) -> Result<(), Stop> {
        if depth >= MAX_DEPTH {
            return self.broken();
        }
        let bracket = self.text[self.at];
        let parentheses = bracket == b'(';
        let close = [b"}", b"]", b")"][usize::from(bracket == b'[') + 2 * usize::from(parentheses)];
        let opened = self.out.len();
        let mut shape = if bracket == b'{' && !list { Shape::Object } else { Shape::Open };
        self.out.push(if shape == Shape::Object { b'{' } else { b'[' });
        self.at += 1;
        let outer = std::mem::replace(&mut self.in_parentheses, parentheses && !self.marks.arrow);
        let (mut items, mut written, mut comma) = (0usize, 0usize, true);
        loop {
            self.space()?;
            if self.eat(close) {
                break;
            }
            if !comma {
                return self.shortened();
            }
            let start = self.out.len();
            if written > 0 {
                self.out.push(b',');
            }
            let keep = if shape == Shape::Object && bracket == b'{' {
                self.member(depth + 1, items == 0 && depth == 0)
            } else {
                self.item(depth + 1, &mut shape, items)
            };
            // It may be cut off before it is closed.
            if shape == Shape::Object {
                self.out[opened] = b'{';
            }
            let keep = keep?;
            if keep == Keep::No {
                // An item of a list cannot be left out: the others would move.
                if shape != Shape::Object {
                    return self.broken();
                }
                let lines = memchr::memchr_iter(b'\n', &self.out[start..]).count();
                self.out.truncate(start);
                self.out.resize(start + lines, b'\n');
            } else {
                written += 1;
            }
            items += 1;
            self.space()?;
            self.marks.annotated |= self.rest().starts_with("，".as_bytes());
            comma = self.eat_any(&[",", "，"]);
        }
        self.in_parentheses = outer;
        self.marks.comma |= comma && items > 0;
        match shape {
            Shape::Object => self.out.push(b'}'),
            // Parentheses around one value alone are no list.
            _ if parentheses && !self.marks.php && items == 1 && !comma => self.out[opened] = b' ',
            _ => {
                self.marks.python |= parentheses && !self.marks.php;
                self.out.push(b']');
            }
        }
        Ok(())
    }

    /// An item of a list, or a member of what has turned out to be an object in the brackets of a list: `['a' => 1]`.
    fn item(&mut self, depth: usize, shape: &mut Shape, number: usize) -> Result<Keep, Stop> {
        let start = self.out.len();
        let is_text = self.at_string();
        let keep = self.value(depth)?;
        let end = self.out.len();
        if self.in_parentheses && is_text {
            // What follows is looked at by the caller.
            *shape = Shape::List;
            return Ok(keep);
        }
        self.space()?;
        let separated = match *shape {
            Shape::List => false,
            _ if self.eat(b"=>") => {
                self.marks.arrow = true;
                true
            }
            _ => {
                is_text && self.eat(b":") && {
                    self.marks.other = true;
                    true
                }
            }
        };
        let key = &self.out[start..end];
        let key = key.strip_prefix(b",").unwrap_or(key);
        let counts = !is_text && key == number.to_string().as_bytes();
        let found = match separated {
            false => Shape::List,
            true if is_text => Shape::Object,
            true if counts => Shape::Numbered,
            true => return self.broken(),
        };
        if *shape != Shape::Open && *shape != found {
            return self.broken();
        }
        *shape = found;
        match found {
            Shape::Object => self.out.push(b':'),
            Shape::Numbered => {
                // Its number is left out; a comma before it stays.
                let from = end - key.len();
                self.out.drain(from..end);
            }
            Shape::List | Shape::Open => return Ok(keep),
        }
        self.space()?;
        self.value(depth)
    }

    fn member(&mut self, depth: usize, first: bool) -> Result<Keep, Stop> {
        let mut keep = Keep::Yes;
        if self.peek() == Some(b'(') && self.skip_type().is_none() {
            return self.broken();
        }
        let (key, rest, written) = (self.at, self.rest(), self.out.len());
        let (mut symbol, mut bare) = (false, false);
        match rest.first() {
            _ if self.at_string() => self.strings(b"")?,
            // What a program hung onto the event for itself.
            Some(b'[') if rest.starts_with(b"[Symbol(") => {
                let start = self.at;
                let Some(length) = memchr::memmem::find(&rest[..rest.len().min(256)], b")]") else {
                    return self.broken();
                };
                self.at += length + 2;
                self.keep_lines(start);
                self.marks.node = true;
                keep = Keep::No;
            }
            Some(b'[') if rest.starts_with(b"[\"") => {
                self.at += 1;
                self.marks.other = true;
                self.strings(b"")?;
                if !self.eat(b"]") {
                    return self.broken();
                }
            }
            Some(b':') => {
                self.at += 1;
                symbol = true;
                if self.at_string() { self.strings(b"")? } else { self.bare_text()? }
            }
            Some(b'.' | b'<' | 0xe2) => return self.shortened(),
            Some(byte) => {
                self.marks.capital |= first && byte.is_ascii_uppercase();
                let start = self.at;
                let word =
                    self.take(|byte| byte.is_ascii_alphanumeric() || b"_$".contains(&byte) || byte >= 0x80);
                // A full-width colon is no part of a name.
                let wide = memchr::memmem::find(word, "：".as_bytes()).unwrap_or(word.len());
                self.at = start + wide;
                match str::from_utf8(&word[..wide]) {
                    Ok(word) if !word.is_empty() => write_escaped(word, &mut self.out),
                    _ => {
                        self.at = start;
                        return self.broken();
                    }
                }
                bare = !word.first().is_some_and(u8::is_ascii_digit);
            }
            None => return self.broken(),
        }
        // A key without a value is no key: it is where the value stops being one.
        if let Err(stop) = self.separator(symbol) {
            if matches!(stop, Stop::Broken(_)) {
                self.out.truncate(written);
                return Err(Stop::Broken(key));
            }
            return Err(stop);
        }
        self.marks.bare |= bare;
        self.out.push(b':');
        self.space()?;
        let value = self.value(depth)?;
        Ok(if keep == Keep::Yes { value } else { keep })
    }

    /// What stands between a key and its value.
    fn separator(&mut self, symbol: bool) -> Result<(), Stop> {
        let before = self.at;
        self.space()?;
        if self.eat(b"=>") {
            self.marks.arrow = true;
            return Ok(());
        }
        if symbol {
            return self.broken();
        }
        self.marks.annotated |= self.rest().starts_with("：".as_bytes());
        // With blanks around it, as in Lua; without, texts have no quotes.
        let blanks = self.at > before && self.rest().starts_with(b"= ");
        if blanks {
            self.at += 1;
            self.marks.other = true;
            return Ok(());
        }
        if !self.rest().starts_with(b":=") && self.eat_any(&[":", "："]) { Ok(()) } else { self.broken() }
    }
}
