//! Reads a value as the languages write them, and makes JSON of it: lines are kept where they are.

use crate::container::undo::languages::Loss;
use crate::container::undo::languages::numbers;
use crate::json::{MAX_DEPTH, write_escaped};
use crate::steps::took;

/// No word of the notations is as long.
const WORD: usize = 64;

/// Why reading ended before the value did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// More of the text must be there.
    More,
    /// The value is cut off here.
    Cut(usize),
    /// What stands here does not belong to any of the notations.
    Broken(usize),
    /// What stands here is known, and JSON has nothing for it.
    Lost(Loss),
    /// It would be more than there is room for.
    TooLarge,
}

/// By what the languages are told apart.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    /// `'..'`
    pub single: bool,
    /// Keys without quotes.
    pub bare: bool,
    /// The first key is one, with a capital.
    pub capital: bool,
    /// `True`, `None`, `b'..'`, `(1, 2)`
    pub python: bool,
    /// `true`, `null`
    pub json: bool,
    /// `undefined`, `[Symbol(..)]`, a back tick
    pub node: bool,
    /// `ObjectId("..")`
    pub mongo: bool,
    /// `String("..")`, `Object {`
    pub rust: bool,
    /// `map[string]interface {}{`
    pub go: bool,
    /// `array (`
    pub php: bool,
    /// `=>`
    pub arrow: bool,
    /// Comments or full-width punctuation: it was written for people.
    pub annotated: bool,
    /// A comma that nothing follows.
    pub comma: bool,
    /// `name = "..."`, `["key": "value"]`: a language that is not told from others.
    pub other: bool,
    /// Names of classes and types, `nil`, `NULL`.
    pub named: bool,
}

/// Whether a member goes into the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    Yes,
    No,
}

pub(super) struct Reader<'t> {
    pub text: &'t [u8],
    pub at: usize,
    pub out: Vec<u8>,
    /// More than this is not made.
    pub most: usize,
    pub marks: Marks,
    /// Nothing comes after the text.
    pub last: bool,
    /// Strings that stand side by side are one.
    pub in_parentheses: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t [u8], at: usize, most: usize, last: bool) -> Reader<'t> {
        let marks = Marks { go: text[..at].ends_with(b"interface {}"), ..Marks::default() };
        Reader { text, at, out: Vec::new(), most, marks, last, in_parentheses: false }
    }

    /// Reads the value that begins here.
    pub(super) fn document(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let read = self.value(0);
        match read {
            // What is broken here may be the first half of something that is not.
            Err(Stop::Broken(at)) if !self.last && self.text.len() - at < WORD => Err(Stop::More),
            // A word or number that is cut in two ends where the text or its line does.
            Err(Stop::Broken(at)) => {
                let touched = &self.text[at..];
                let word = touched.iter().take(WORD).take_while(|byte| !byte.is_ascii_whitespace()).count();
                let is_word = word > 0 && is_word(&touched[..word]);
                match touched.get(word) {
                    None if is_word => Err(self.ended()),
                    Some(b'\n' | b'\r') if is_word => Err(Stop::Cut(at + word)),
                    // A line that begins with what cannot be there is none of it.
                    _ => match memchr::memrchr(b'\n', &self.text[start..at]).map(|feed| start + feed + 1) {
                        Some(line) if self.text[line..at].trim_ascii().is_empty() => Err(Stop::Cut(line)),
                        _ => read.map(|_| ()),
                    },
                }
            }
            read => read.map(|_| ()),
        }
    }

    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    pub(super) fn eat(&mut self, token: &[u8]) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    pub(super) fn eat_any(&mut self, tokens: &[&str]) -> bool {
        tokens.iter().any(|token| self.eat(token.as_bytes()))
    }

    /// The text has ended.
    pub(super) fn ended(&self) -> Stop {
        if self.last { Stop::Cut(self.text.len()) } else { Stop::More }
    }

    pub(super) fn broken<T>(&self) -> Result<T, Stop> {
        if self.at >= self.text.len() { Err(self.ended()) } else { Err(Stop::Broken(self.at)) }
    }

    pub(super) fn within_budget(&self) -> Result<(), Stop> {
        if self.out.len() > self.most { Err(Stop::TooLarge) } else { Ok(()) }
    }

    pub(super) fn value(&mut self, depth: usize) -> Result<Keep, Stop> {
        let rest = self.rest();
        took(1);
        if depth > MAX_DEPTH {
            return self.broken();
        }
        match rest.first() {
            _ if self.at_string() => self.strings(b"")?,
            Some(b'[') if rest.starts_with(b"[Object: null prototype]") => {
                self.at += b"[Object: null prototype]".len();
                self.space()?;
                return self.value(depth + 1);
            }
            Some(b'[') if is_name_in_brackets(rest) => return Err(Stop::Lost(Loss::Shortened)),
            Some(b'[') if rest.starts_with(b"[]") && self.type_before_brace(2) => {
                return self.typed(2, depth);
            }
            Some(b'{' | b'[') => self.container(depth, false)?,
            Some(b'(') if rest.starts_with(b"(object)") => {
                self.at += b"(object)".len();
                self.marks.php = true;
                self.space()?;
                return self.value(depth + 1);
            }
            Some(b'(') => match self.skip_type() {
                Some(list) => return self.value_of_type(list, depth),
                None => self.container(depth, false)?,
            },
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b'%') if rest.starts_with(b"%{") => {
                self.marks.other = true;
                self.at += 1;
                self.container(depth, false)?;
            }
            Some(b'&') if rest.starts_with(b"&map[") || rest.starts_with(b"&[]") => {
                self.at += 1;
                return self.value(depth + 1);
            }
            Some(b':') if self.marks.arrow => {
                self.at += 1;
                if self.at_string() { self.strings(b"")? } else { self.bare_text()? }
            }
            Some(b'<') if rest.starts_with(b"<ref *") => {
                self.marks.node = true;
                self.skip_behind(b'>')?;
                self.space()?;
                return self.value(depth + 1);
            }
            Some(b'<' | b'#') => {
                self.marks.node |= rest.starts_with(b"<Buffer ");
                let object = rest.windows(11).take(300).any(|window| window == b" object at ");
                self.marks.python |= object;
                let known = object
                    || rest.starts_with(b"#<")
                    || rest.starts_with(b"<Buffer ")
                    || rest.starts_with(b"<class");
                return if known { Err(Stop::Lost(Loss::Objects)) } else { self.shortened() };
            }
            Some(b'.' | 0xe2) => return self.shortened(),
            Some(first) if first.is_ascii_alphabetic() || b"_$\\".contains(first) => {
                return self.word_value(depth);
            }
            _ => return self.broken(),
        }
        self.within_budget()?;
        Ok(Keep::Yes)
    }

    /// What stands where parts were left out: `...`, `… 3 more`, `<2 empty items>`.
    pub(super) fn shortened<T>(&mut self) -> Result<T, Stop> {
        let rest = self.rest();
        let items = rest.starts_with(b"<") && rest[1..].first().is_some_and(u8::is_ascii_digit);
        let dots = rest.starts_with(b"...") || rest.starts_with("\u{2026}".as_bytes());
        if items || dots { Err(Stop::Lost(Loss::Shortened)) } else { self.broken() }
    }

    pub(super) fn skip_behind(&mut self, end: u8) -> Result<(), Stop> {
        let rest = self.rest();
        let line = memchr::memchr2(end, b'\n', rest);
        took(line.unwrap_or(rest.len()));
        match line {
            Some(length) if rest[length] == end => {
                self.at += length + 1;
                Ok(())
            }
            Some(_) => self.broken(),
            None => Err(self.ended()),
        }
    }

    pub(super) fn number(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let written = self.take(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte));
        if !numbers::is_number(written) {
            self.at = start;
            return self.broken();
        }
        if self.marks.go {
            numbers::write(written, &mut self.out)
        } else {
            self.out.extend_from_slice(written)
        }
        Ok(())
    }

    /// Takes what stands there of such bytes.
    pub(super) fn take(&mut self, belongs: impl Fn(u8) -> bool) -> &'t [u8] {
        let rest = self.rest();
        let length = rest.iter().take_while(|byte| belongs(**byte)).count();
        took(length);
        self.at += length;
        &rest[..length]
    }

    /// A name with its parts: `datetime.datetime`, `lark::Header`.
    pub(super) fn name(&mut self) -> &'t [u8] {
        let start = self.at;
        loop {
            self.take(|byte| byte.is_ascii_alphanumeric() || b"_$.\\".contains(&byte));
            if !self.rest().starts_with(b"::") {
                return &self.text[start..self.at];
            }
            self.at += 2;
        }
    }

    pub(super) fn bare_text(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let word = self.take(|byte| byte.is_ascii_alphanumeric() || b"_$-?!".contains(&byte) || byte >= 0x80);
        match str::from_utf8(word) {
            Ok(word) if !word.is_empty() => write_escaped(word, &mut self.out),
            _ => {
                self.at = start;
                return self.broken();
            }
        }
        Ok(())
    }

    pub(super) fn word_value(&mut self, depth: usize) -> Result<Keep, Stop> {
        let start = self.at;
        if depth > MAX_DEPTH {
            return self.broken();
        }
        if self.rest().starts_with(b"map[") && self.type_before_brace(0) {
            return self.typed(0, depth);
        }
        if self.rest().starts_with(b"interface {}(nil)") {
            return self.typed(b"interface".len(), depth);
        }
        let word = self.name();
        if self.at == self.text.len() {
            return Err(self.ended());
        }
        if self.at_string() && word.len() <= 2 && word.iter().all(|sign| b"bBrRuU".contains(sign)) {
            self.marks.python = true;
            self.strings(word)?;
            return Ok(Keep::Yes);
        }
        let json = match word {
            b"true" | b"false" | b"null" => word,
            b"True" => b"true",
            b"False" => b"false",
            b"None" | b"nil" | b"NULL" | b"Null" => b"null",
            // JSON has no such value, and leaves its member out.
            b"undefined" => {
                self.marks.node = true;
                return Ok(Keep::No);
            }
            b"new" => {
                self.space()?;
                return self.word_value(depth + 1);
            }
            _ => return self.behind_name(word, start, depth),
        };
        self.marks.python |= matches!(word, b"True" | b"False" | b"None");
        self.marks.json |= matches!(word, b"true" | b"false" | b"null");
        self.marks.named |= matches!(word, b"nil" | b"NULL" | b"Null");
        self.out.extend_from_slice(json);
        Ok(Keep::Yes)
    }
}

/// What a word or a number is made of.
fn is_word(text: &[u8]) -> bool {
    text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"_$.+-:".contains(byte))
}

/// `[Object]`, `[Circular *1]`, `[Getter/Setter]`: what Node writes in brackets that are no list.
fn is_name_in_brackets(rest: &[u8]) -> bool {
    let name = &rest[1..];
    let length =
        name.iter().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"_$".contains(*byte)).count();
    let word = &name[..length];
    let values: [&[u8]; 8] = [b"True", b"False", b"None", b"true", b"false", b"null", b"nil", b"NULL"];
    let letter = word.first().is_some_and(u8::is_ascii_alphabetic);
    if !letter || values.contains(&word) {
        return rest.starts_with(b"[...]");
    }
    let rest = &name[length..];
    let single: [&[u8]; 3] = [b": ", b" *", b"/"];
    let known: [&[u8]; 4] = [b"Function", b"AsyncFunction", b"class", b"GeneratorFunction"];
    rest.starts_with(b"]") || single.iter().any(|sign| rest.starts_with(sign)) || known.contains(&word)
}
