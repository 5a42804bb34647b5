//! Strings of the languages: where they end, and what they say.

use crate::container::notation::quoted::WIDE_QUOTES;
use crate::json::{Cursor, write_escaped};
use crate::steps::took;

use super::reader::{Reader, Stop};

/// What a backslash means in a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Escapes {
    /// Nothing: `r'..'`.
    None,
    /// Only a quote and itself: `'..'` of PHP, Perl and Ruby.
    Quote,
    /// What JSON, JavaScript, Python, Ruby, Go and Rust have in common, and no two of them read in different ways.
    /// `\xNN` is a character, but in Ruby and Go, and where it says so in Python (`b'..'`), a byte.
    Common {
        /// `\xNN` is a byte.
        bytes: bool,
    },
}

impl Reader<'_> {
    /// Whether a string begins here.
    pub(super) fn at_string(&self) -> bool {
        matches!(self.peek(), Some(b'"' | b'\'' | b'`'))
            || WIDE_QUOTES.iter().any(|quote| self.rest().starts_with(quote.as_bytes()))
    }

    /// A string, or several that are joined: Node breaks a long one at its line ends and puts `+` between, and Python's
    /// pprint puts nothing.
    pub(super) fn strings(&mut self, prefix: &[u8]) -> Result<(), Stop> {
        // JSON's own are left as they are.
        if prefix.is_empty() && self.peek() == Some(b'"') && !self.marks.arrow {
            let mut cursor = Cursor::new(self.text, self.at);
            if !self.rest().starts_with(b"\"\"\"")
                && cursor.string().is_ok()
                && self.joined(cursor.at).is_none()
            {
                took(cursor.at - self.at);
                self.out.extend_from_slice(&self.text[self.at..cursor.at]);
                self.at = cursor.at;
                return self.within_budget();
            }
        }
        let mut text = Vec::new();
        let start = self.at;
        let mut prefix = prefix;
        let read = loop {
            if let Err(stop) = self.string(prefix, &mut text) {
                break Err(stop);
            }
            let Some(quote) = self.joined(self.at) else { break Ok(()) };
            prefix = if self.text[..quote].ends_with(b"b") { b"b" } else { b"" };
            self.at = quote;
        };
        let complete = read.is_ok();
        match str::from_utf8(&text) {
            Ok(text) => write_escaped(text, &mut self.out),
            // A character that was cut in two goes with what was cut off.
            Err(error) if !complete && error.error_len().is_none() => {
                let whole = str::from_utf8(&text[..error.valid_up_to()]).unwrap_or_default();
                write_escaped(whole, &mut self.out);
            }
            Err(_) => return Err(Stop::Broken(start)),
        }
        if !complete {
            // What is cut off stays open.
            self.out.pop();
        }
        self.keep_lines(start);
        self.within_budget()?;
        read
    }

    /// Where the quote of the next string stands that is joined with what ends at `end`: behind `+`; or, in Python, behind
    /// nothing, within parentheses or on the next line, where pprint breaks a long one.
    fn joined(&self, end: usize) -> Option<usize> {
        let rest = &self.text[end..];
        let blanks = rest.len() - rest.trim_ascii_start().len();
        let plus = rest[blanks..].strip_prefix(b"+").map(<[u8]>::trim_ascii_start);
        let broken =
            self.marks.single && !self.marks.arrow && memchr::memchr(b'\n', &rest[..blanks]).is_some();
        let next = plus.or((self.in_parentheses || broken).then_some(&rest[blanks..]));
        took(rest.len() - next.unwrap_or(&rest[blanks..]).len());
        let next = next?;
        let bytes = usize::from(next.first() == Some(&b'b'));
        let quote = self.text.len() - next.len() + bytes;
        matches!(self.text.get(quote), Some(b'\'' | b'"' | b'`')).then_some(quote)
    }

    fn string(&mut self, prefix: &[u8], text: &mut Vec<u8>) -> Result<(), Stop> {
        let wide = WIDE_QUOTES.iter().find(|quote| self.rest().starts_with(quote.as_bytes()));
        let quote = self.text[self.at];
        let triple = [quote; 3];
        let one = [quote];
        let (closing, open): (&[&[u8]], usize) = match wide {
            Some(quote) => (&[WIDE_QUOTES[0].as_bytes(), WIDE_QUOTES[1].as_bytes()], quote.len()),
            None if quote != b'`' && self.rest().starts_with(&triple) => (&[&triple], 3),
            None => (&[&one], 1),
        };
        self.marks.single |= quote == b'\'';
        self.marks.node |= quote == b'`';
        self.marks.annotated |= wide.is_some();
        let is = |sign: u8| prefix.iter().any(|byte| byte.eq_ignore_ascii_case(&sign));
        let escapes = match quote {
            _ if is(b'r') => Escapes::None,
            b'\'' if self.marks.arrow => Escapes::Quote,
            _ => Escapes::Common { bytes: is(b'b') || self.marks.arrow || self.marks.go },
        };
        // A line end within any other string is a quote that was forgotten, or a line that was cut.
        let lines = quote == b'`' || open == 3 || escapes == Escapes::Quote;
        self.at += open;
        loop {
            let rest = self.rest();
            took(1);
            if let Some(quote) = closing.iter().find(|quote| rest.starts_with(quote)) {
                self.at += quote.len();
                return Ok(());
            }
            match rest.first() {
                None => return Err(self.ended()),
                Some(b'\r') if !lines && rest.starts_with(b"\r\n") => return Err(Stop::Cut(self.at)),
                Some(b'\n') if !lines => return Err(Stop::Cut(self.at)),
                Some(b'\n') => {
                    self.line_feed()?;
                    text.push(b'\n');
                }
                // Code, not a text.
                Some(b'$') if quote == b'`' && rest.starts_with(b"${") => return Err(Stop::Broken(self.at)),
                Some(b'\\') => {
                    self.at += 1;
                    self.escape(quote, escapes, text)?;
                }
                Some(&byte) => {
                    text.push(byte);
                    self.at += 1;
                }
            }
            if text.len() > self.most {
                return Err(Stop::TooLarge);
            }
        }
    }

    /// What follows a backslash.
    fn escape(&mut self, quote: u8, escapes: Escapes, text: &mut Vec<u8>) -> Result<(), Stop> {
        let broken = Stop::Broken(self.at);
        let Some(sign) = self.peek() else { return Err(self.ended()) };
        let bytes = match escapes {
            Escapes::None | Escapes::Quote => {
                let known = escapes == Escapes::Quote && (sign == quote || sign == b'\\');
                if !known {
                    text.push(b'\\');
                }
                // A line feed is seen to where lines are; a raw string keeps the backslash and the quote.
                if sign != b'\n' {
                    text.push(sign);
                    self.at += 1;
                }
                return Ok(());
            }
            Escapes::Common { bytes } => bytes,
        };
        self.at += 1;
        let plain = match sign {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 0xc,
            b'v' => 0xb,
            b'a' => 7,
            b'e' if self.marks.arrow => 0x1b,
            // An octal number is not read.
            b'0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => 0,
            b'\\' | b'\'' | b'"' | b'/' | b'`' => sign,
            b'#' | b'$' | b'@' if self.marks.arrow => sign,
            b'x' => {
                let number = self.hex(2)?;
                match u8::try_from(number) {
                    Ok(byte) if bytes => byte,
                    _ => return self.character(number, text, broken),
                }
            }
            b'u' if self.peek() == Some(b'{') => {
                self.at += 1;
                let digits = self.rest().iter().take(7).take_while(|byte| byte.is_ascii_hexdigit()).count();
                let number = self.hex(digits)?;
                if !self.eat(b"}") {
                    return Err(if self.at == self.text.len() { self.ended() } else { broken });
                }
                return self.character(number, text, broken);
            }
            b'u' => {
                let mut number = self.hex(4)?;
                // JSON writes a character beyond U+FFFF in two halves.
                if (0xd800..0xdc00).contains(&number) {
                    if !self.eat(b"\\u") {
                        return Err(if self.rest().len() < 2 { self.ended() } else { broken });
                    }
                    let low = self.hex(4)?;
                    if !(0xdc00..0xe000).contains(&low) {
                        return Err(broken);
                    }
                    number = 0x10000 + ((number - 0xd800) << 10) + (low - 0xdc00);
                }
                return self.character(number, text, broken);
            }
            b'U' => {
                let number = self.hex(8)?;
                return self.character(number, text, broken);
            }
            _ => return Err(broken),
        };
        text.push(plain);
        Ok(())
    }

    fn character(&mut self, number: u32, text: &mut Vec<u8>, broken: Stop) -> Result<(), Stop> {
        let character = char::from_u32(number).ok_or(broken)?;
        text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }

    fn hex(&mut self, digits: usize) -> Result<u32, Stop> {
        let Some(written) = self.rest().get(..digits) else { return Err(self.ended()) };
        let mut digits_of = written.iter().map(|digit| char::from(*digit).to_digit(16));
        let number = digits_of.try_fold(0u32, |number, digit| Some(number << 4 | digit?));
        match number.filter(|_| digits > 0) {
            Some(number) => {
                self.at += digits;
                Ok(number)
            }
            None => Err(Stop::Broken(self.at)),
        }
    }
}
