//! The grammar: a cursor that steps over one token or one whole value at a time and never recurses.

use crate::lang::{Label, label};
use crate::steps::took;

use super::scan;

/// How deep objects and arrays may nest. A bit for each open bracket fits one `u128`, so no document can drive the
/// cursor into the stack or the heap.
pub const MAX_DEPTH: usize = 128;

/// What a value is, by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `{`
    Object,
    /// `[`
    Array,
    /// A string; `escaped` when there is a backslash in it.
    String {
        /// Whether the raw bytes differ from the text.
        escaped: bool,
    },
    /// A number; `integer` when it has neither fraction nor exponent.
    Number {
        /// Whether it is written without `.`, `e` and `E`.
        integer: bool,
    },
    /// `true` or `false`
    Bool(bool),
    /// `null`
    Null,
}

impl TokenKind {
    /// The name of the type in JSON's own words, with an article.
    pub const fn name(self) -> Label {
        match self {
            TokenKind::Object => label("对象", "an object"),
            TokenKind::Array => label("数组", "an array"),
            TokenKind::String { .. } => label("字符串", "a string"),
            TokenKind::Number { .. } => label("数字", "a number"),
            TokenKind::Bool(_) => label("布尔值", "a boolean"),
            TokenKind::Null => label("空值 null", "null"),
        }
    }
}

/// A value and its bytes. A string's span holds its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Why a text is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text ends within a document.
    End,
    /// Something else stands where a value should.
    Value,
    /// Something else stands where a key should.
    Key,
    /// A comma is followed by a closing bracket.
    TrailingComma,
    /// No colon after a key.
    Colon,
    /// Neither a comma nor `}`.
    CommaOrBrace,
    /// Neither a comma nor `]`.
    CommaOrBracket,
    /// A control character within a string.
    Control,
    /// An unknown escape.
    Escape,
    /// `\u` without four hexadecimal digits.
    Unicode,
    /// A number that JSON does not allow: `01`, `+1`, `.5`, `1.`, `1e`.
    Number,
    /// A word that is not `true`, `false` or `null`.
    Literal,
    /// More than [`MAX_DEPTH`] brackets are open.
    Depth,
}

/// A place at which a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The byte.
    pub at: usize,
    /// What is wrong there.
    pub fault: Fault,
}

type Result<T> = std::result::Result<T, SyntaxError>;

/// Steps through a text. The bytes need not be UTF-8: what is within a string is not looked at beyond its quotes,
/// escapes and control characters.
#[derive(Clone, Debug)]
pub struct Cursor<'t> {
    text: &'t [u8],
    /// The next byte.
    pub at: usize,
}

impl<'t> Cursor<'t> {
    /// A cursor at byte `at` of `text`.
    pub fn new(text: &'t [u8], at: usize) -> Self {
        Cursor { text, at }
    }

    /// The whole text.
    pub fn text(&self) -> &'t [u8] {
        self.text
    }

    /// An error here. At the end of the text, and beyond it, it is the end that is wrong.
    #[inline(always)]
    pub fn fault<T>(&self, fault: Fault) -> Result<T> {
        Err(self.error(fault))
    }

    // Not generic, so that what it returns fits registers.
    #[cold]
    #[inline(never)]
    fn error(&self, fault: Fault) -> SyntaxError {
        let end = self.text.len();
        let (at, fault) = if self.at < end { (self.at, fault) } else { (end, Fault::End) };
        SyntaxError { at, fault }
    }

    /// The next byte, if there is one.
    #[inline(always)]
    pub fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Steps over white space and returns the byte after it.
    #[inline(always)]
    pub fn space(&mut self) -> Option<u8> {
        match self.peek() {
            Some(byte) if byte > b' ' => Some(byte),
            _ => {
                self.at = scan::space_end(self.text, self.at);
                self.peek()
            }
        }
    }

    /// Steps over white space and the byte `wanted`, or faults.
    #[inline(always)]
    pub fn expect(&mut self, wanted: u8, fault: Fault) -> Result<()> {
        if self.space() == Some(wanted) {
            self.at += 1;
            return Ok(());
        }
        self.fault(fault)
    }

    /// Steps over white space and a key with its quotes.
    #[inline(always)]
    pub fn key(&mut self) -> Result<Token> {
        match self.space() {
            Some(b'"') => self.string_at_quote(),
            _ => self.fault(Fault::Key),
        }
    }

    /// Steps over a string that begins here, without white space before it.
    #[inline(always)]
    pub fn string(&mut self) -> Result<Token> {
        match self.peek() {
            Some(b'"') => self.string_at_quote(),
            _ => self.fault(Fault::Value),
        }
    }

    /// Steps over a string whose opening quote has been seen, or is thought, to stand here.
    #[inline(always)]
    pub(crate) fn string_at_quote(&mut self) -> Result<Token> {
        let start = self.at;
        let end = scan::plain_end(self.text, start + 1);
        if self.text.get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Token { kind: TokenKind::String { escaped: false }, start, end: end + 1 });
        }
        self.at = end;
        self.string_rest()?;
        Ok(Token { kind: TokenKind::String { escaped: true }, start, end: self.at })
    }

    /// The rest of a string whose plain run ended at something other than its closing quote.
    #[inline(never)]
    fn string_rest(&mut self) -> Result<()> {
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => match escape_length(&self.text[self.at..]) {
                    Ok(length) => self.at += length,
                    Err((offset, fault)) => {
                        self.at += offset;
                        return self.fault(fault);
                    }
                },
                _ => return self.fault(Fault::Control),
            }
            self.at = scan::plain_end(self.text, self.at);
        }
    }

    /// Steps over white space and a scalar, or looks at an opening bracket without stepping over it: its span is
    /// the bracket alone.
    #[inline(always)]
    pub fn token(&mut self) -> Result<Token> {
        let Some(byte) = self.space() else { return self.fault(Fault::Value) };
        let start = self.at;
        took(1);
        match byte {
            b'"' => self.string_at_quote(),
            b'0'..=b'9' | b'-' => {
                let integer = self.number()?;
                Ok(Token { kind: TokenKind::Number { integer }, start, end: self.at })
            }
            b'{' => Ok(Token { kind: TokenKind::Object, start, end: start + 1 }),
            b'[' => Ok(Token { kind: TokenKind::Array, start, end: start + 1 }),
            b't' => self.literal(b"true", TokenKind::Bool(true)),
            b'f' => self.literal(b"false", TokenKind::Bool(false)),
            b'n' => self.literal(b"null", TokenKind::Null),
            _ => self.fault(Fault::Value),
        }
    }

    #[inline(always)]
    fn literal(&mut self, word: &'static [u8], kind: TokenKind) -> Result<Token> {
        let start = self.at;
        if self.text[start..].starts_with(word) {
            self.at += word.len();
            return Ok(Token { kind, start, end: self.at });
        }
        // The first byte that differs is the place: `nul]` breaks at the bracket, `nul` at the end.
        let same = self.text[start..].iter().zip(word).take_while(|(a, b)| a == b).count();
        self.at += same;
        self.fault(Fault::Literal)
    }

    /// Steps over a number, and says whether it is an integer.
    #[inline]
    fn number(&mut self) -> Result<bool> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => return self.fault(Fault::Number),
        }
        let mut integer = true;
        match self.peek() {
            Some(b'.' | b'e' | b'E') => {
                integer = false;
                self.fraction()?;
            }
            // 01 and 0x1 are no numbers; any other byte is for whoever reads on.
            Some(b'0'..=b'9' | b'x' | b'X') => return self.fault(Fault::Number),
            _ => {}
        }
        Ok(integer)
    }

    fn fraction(&mut self) -> Result<()> {
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.some_digits()?;
        }
        Ok(())
    }

    fn some_digits(&mut self) -> Result<()> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return self.fault(Fault::Number);
        }
        // A fraction is long as a rule, what stands before it short.
        self.at = scan::digits_end(self.text, self.at);
        Ok(())
    }

    #[inline(always)]
    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
    }

    /// Steps over white space and one whole value, `depth` brackets being open around it. The span is the value's.
    /// Brackets are kept as bits (1 for an object), so memory is constant.
    pub fn value(&mut self, depth: usize) -> Result<Token> {
        let first = self.token()?;
        if !matches!(first.kind, TokenKind::Object | TokenKind::Array) {
            return Ok(first);
        }
        let room = MAX_DEPTH.saturating_sub(depth);
        let mut open: u128 = 0;
        let mut count = 0usize;
        let mut token = first;
        loop {
            // `token` has just been read; an opening bracket has not been stepped over yet.
            if let TokenKind::Object | TokenKind::Array = token.kind {
                if count == room {
                    return self.fault(Fault::Depth);
                }
                self.at += 1;
                let object = token.kind == TokenKind::Object;
                open = open << 1 | u128::from(object);
                count += 1;
                let closing = if object { b'}' } else { b']' };
                if self.space() != Some(closing) {
                    if object {
                        self.key()?;
                        self.expect(b':', Fault::Colon)?;
                    }
                    token = self.token()?;
                    continue;
                }
                // An empty container: fall through to closing it.
            }
            // After a value: close brackets until another member begins.
            loop {
                let object = open & 1 == 1;
                match (self.space(), object) {
                    (Some(b'}'), true) | (Some(b']'), false) => {
                        self.at += 1;
                        open >>= 1;
                        count -= 1;
                        if count == 0 {
                            return Ok(Token { end: self.at, ..first });
                        }
                    }
                    (Some(b','), _) => {
                        self.at += 1;
                        match (self.space(), object) {
                            (Some(b'}'), true) | (Some(b']'), false) => {
                                return self.fault(Fault::TrailingComma);
                            }
                            _ => {}
                        }
                        if object {
                            self.key()?;
                            self.expect(b':', Fault::Colon)?;
                        }
                        break;
                    }
                    (_, true) => return self.fault(Fault::CommaOrBrace),
                    (_, false) => return self.fault(Fault::CommaOrBracket),
                }
            }
            token = self.token()?;
        }
    }
}

/// How many bytes the escape at the start of `rest` has, or at which offset it breaks and why.
fn escape_length(rest: &[u8]) -> std::result::Result<usize, (usize, Fault)> {
    match rest.get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
        Some(b'u') => {
            let wrong = (2..6).find(|&i| !rest.get(i).is_some_and(u8::is_ascii_hexdigit));
            wrong.map_or(Ok(6), |at| Err((at, Fault::Unicode)))
        }
        _ => Err((1, Fault::Escape)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_begins_with_a_quote() {
        let string = |text: &'static str, at| Cursor::new(text.as_bytes(), at).string();
        let token = Token { kind: TokenKind::String { escaped: false }, start: 1, end: 4 };
        assert_eq!(string("a\"b\"", 1), Ok(token));
        // Neither the `a` nor the end of the text is taken for an opening quote.
        assert_eq!(string("a\"b\"", 0), Err(SyntaxError { at: 0, fault: Fault::Value }));
        assert_eq!(string("a\"b\"", 4), Err(SyntaxError { at: 4, fault: Fault::End }));
        assert_eq!(string("", 0), Err(SyntaxError { at: 0, fault: Fault::End }));
    }

    #[test]
    fn an_error_is_never_beyond_the_text() {
        for at in [2, 3, usize::MAX] {
            let cursor = Cursor::new(b"[]", at);
            let end = Err(SyntaxError { at: 2, fault: Fault::End });
            assert_eq!(cursor.clone().value(0), end);
            assert_eq!(cursor.clone().token(), end);
            assert_eq!(cursor.clone().key(), end);
            assert_eq!(cursor.clone().string(), end);
            assert_eq!(cursor.clone().expect(b']', Fault::CommaOrBracket), end.map(drop));
        }
    }
}
