//! Where the quoted text begins in which a trace stands, how the quotes of the event are written there, and whether
//! such a text goes on with the next line.

use crate::steps::took;

use super::between::blank;
use crate::container::undo::{Passage, Undone};

/// How the quotes of a document are written where its trace stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Where the quote beside the trace begins, with its backslashes.
    pub start: usize,
    /// So many backslashes stand before it.
    pub slashes: usize,
    /// It is written `\x22`, `\u0022` or `\042`.
    pub numbered: bool,
    /// So many `"` stand there.
    pub quotes: usize,
}

/// What may follow a backslash that stands for a `"`.
const NUMBERS: [&[u8]; 3] = [b"x22", b"u0022", b"042"];

impl Mark {
    /// What stands before the word at `at` of `text`, or behind the bracket there.
    pub fn at(text: &[u8], at: usize) -> Option<Mark> {
        match text.get(at)? {
            b'{' | b'[' => Mark::behind(text, at),
            b'\\' => Mark::behind(text, at).or_else(|| Mark::before(text, at)),
            _ => Mark::before(text, at),
        }
    }

    /// Whether it is written twice, or a number of times that twice makes.
    pub fn is_doubled(self) -> bool {
        self.quotes > 0 && self.quotes.is_multiple_of(2)
    }

    fn before(text: &[u8], at: usize) -> Option<Mark> {
        let slashes_to = |end: usize| text[..end].iter().rev().take_while(|byte| **byte == b'\\').count();
        let head = &text[..at];
        let number = NUMBERS.iter().find(|number| head.ends_with(number));
        if let Some(number) = number {
            let end = at - number.len();
            let slashes = slashes_to(end);
            took(slashes);
            return (slashes > 0).then_some(Mark {
                start: end - slashes,
                slashes,
                numbered: true,
                quotes: 0,
            });
        }
        let quote = *head.last().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let quotes = head.iter().rev().take_while(|byte| **byte == quote).count();
        let slashes = slashes_to(at - quotes);
        took(quotes + slashes);
        let quotes_told = if quote == b'"' { quotes } else { 1 };
        Some(Mark { start: at - quotes - slashes, slashes, numbered: false, quotes: quotes_told })
    }

    /// The `"` at `start` of `text`.
    fn quotes(text: &[u8], start: usize, slashes: usize) -> Mark {
        let quotes = text[start..].iter().take_while(|byte| **byte == b'"').count();
        took(quotes);
        Mark { start, slashes, numbered: false, quotes }
    }

    fn behind(text: &[u8], at: usize) -> Option<Mark> {
        let mut start = at;
        // Brackets, blanks, and blanks that are escaped themselves.
        loop {
            match text.get(start)? {
                b'{' | b'[' | b' ' | b'\t' | b'\r' | b'\n' => start += 1,
                b'\\' => {
                    let slashes = text[start..].iter().take_while(|byte| **byte == b'\\').count();
                    took(slashes);
                    match text.get(start + slashes)? {
                        b'n' | b'r' | b't' => start += slashes + 1,
                        b'"' => return Some(Mark { start, ..Mark::quotes(text, start + slashes, slashes) }),
                        b'\'' => return Some(Mark { start, slashes, numbered: false, quotes: 1 }),
                        // The bracket itself, where every sign is escaped.
                        b'u' if text[start + slashes + 1..].starts_with(b"007b") => start += slashes + 5,
                        b'u' if text[start + slashes + 1..].starts_with(b"007B") => start += slashes + 5,
                        _ => {
                            let rest = &text[start + slashes..];
                            let numbered = NUMBERS.iter().any(|number| rest.starts_with(number));
                            return numbered.then_some(Mark { start, slashes, numbered, quotes: 0 });
                        }
                    }
                }
                b'"' => return Some(Mark::quotes(text, start, 0)),
                _ => return None,
            }
            took(1);
        }
    }
}

/// A quote that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// Where it stands.
    pub at: usize,
    /// So many brackets are open around it.
    pub brackets: usize,
}

/// The quotes that are open at a place.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// `"`
    pub double: Option<Quote>,
    single: Option<Quote>,
    back: Option<Quote>,
    /// Where the last quoted text ends that is closed before it.
    pub after: usize,
}

impl Open {
    /// The quotes that are open at `at`, the text being read from `from` on as a compiler would: a quote opens a text
    /// where none is open and no word ends before it (`it's`), and is closed by the next of its kind.
    pub fn at(text: &[u8], from: usize, at: usize) -> Open {
        let mut open = Open { after: from, ..Open::default() };
        let (mut next, mut brackets) = (from, 0usize);
        while next < at {
            took(1);
            let byte = text[next];
            next += 1;
            match byte {
                b'\\' => next += 1,
                b'{' | b'[' => brackets += 1,
                b'}' | b']' => brackets = brackets.saturating_sub(1),
                b'"' | b'\'' | b'`' if opens(text, next - 1) => match close(&text[..at], next, byte) {
                    Some(end) => (next, open.after) = (end, end),
                    None => *open.of(byte) = Some(Quote { at: next - 1, brackets }),
                },
                _ => {}
            }
        }
        open
    }

    fn of(&mut self, quote: u8) -> &mut Option<Quote> {
        match quote {
            b'"' => &mut self.double,
            b'\'' => &mut self.single,
            _ => &mut self.back,
        }
    }

    /// The nearest quote of another kind than `"`.
    pub fn other(&self) -> Option<Quote> {
        self.single.into_iter().chain(self.back).max_by_key(|quote| quote.at)
    }
}

/// Where the quoted text ends whose inside begins at `at`, behind its quote.
pub(super) fn close(text: &[u8], mut at: usize, quote: u8) -> Option<usize> {
    let start = at;
    let end = loop {
        match text.get(at) {
            None => break None,
            Some(b'\\') => at += 2,
            Some(byte) if *byte == quote => break Some(at + 1),
            Some(_) => at += 1,
        }
    };
    took(at - start);
    end
}

/// What stands before a quote without being part of a word: Python's bytes, C's wide text, SQL's escapes.
const PREFIXES: [&[u8]; 11] = [b"b", b"r", b"u", b"f", b"e", b"n", b"l", b"q", b"rb", b"br", b"u8"];

/// The letters directly before the quote at `at`.
pub(super) fn prefix(text: &[u8], at: usize) -> &[u8] {
    let word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
    let length = text[..at].iter().rev().take(3).take_while(word).count();
    &text[at - length..at]
}

/// Where the text begins that the quote at `at` opens: at the letters before it, if they belong to it.
pub(super) fn prefix_start(text: &[u8], at: usize) -> usize {
    if opens(text, at) { at - prefix(text, at).len() } else { at }
}

/// Whether the quote at `at` may open a text.
pub(super) fn opens(text: &[u8], at: usize) -> bool {
    let prefix = prefix(text, at);
    prefix.is_empty() || PREFIXES.iter().any(|known| prefix.eq_ignore_ascii_case(known))
}

/// How many brackets of a document are open, those in its strings apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Depth {
    open: usize,
    string: bool,
    escape: bool,
}

impl Depth {
    /// The next byte of the document, or of what stands around it.
    pub fn push(&mut self, byte: u8) {
        match byte {
            _ if std::mem::take(&mut self.escape) => {}
            b'\\' => self.escape = true,
            // What stands before the document may have a quote without its partner.
            b'"' if self.open > 0 => self.string = !self.string,
            b'{' | b'[' if !self.string => self.open += 1,
            b'}' | b']' if !self.string => self.open = self.open.saturating_sub(1),
            _ => {}
        }
    }

    /// Whether a document is open, and none of its strings.
    pub fn is_between_strings(&self) -> bool {
        self.open > 0 && !self.string
    }

    /// Whether a document is open.
    pub fn is_open(&self) -> bool {
        self.open > 0
    }
}

/// Whether a document goes on behind the line feed at `feed`, by what stands on either side of it: a bracket or a comma
/// before it and a value or a key behind it, or a bracket that closes. `None` where that is not there yet.
pub(super) fn goes_on(text: &[u8], feed: usize, last: bool) -> Option<bool> {
    let line = &text[memchr::memrchr(b'\n', &text[..feed]).map_or(0, |before| before + 1)..feed];
    let rest = &text[feed + 1..];
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | 0xc2 | 0xa0)).count();
    took(line.len() + blanks);
    let rest = &rest[blanks..];
    let (Some(before), Some(first)) = (line.trim_ascii_end().last(), rest.first()) else {
        return if rest.is_empty() && !last { None } else { Some(false) };
    };
    Some(match first {
        b'}' | b']' => true,
        _ if !b"{[,".contains(before) => false,
        b'"' | b'\\' | b'\'' | b'{' | b'[' => true,
        // A number or a word is one if nothing else stands on the line.
        _ => {
            let end = memchr::memchr(b'\n', &rest[..rest.len().min(64)]).unwrap_or(rest.len().min(64));
            let scalar = rest[..end].trim_ascii_end();
            let scalar = scalar.strip_suffix(b",").unwrap_or(scalar);
            scalar.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
        }
    })
}

/// The same where the quotes of the document are escaped or doubled: one that is not begins something else.
pub(super) fn goes_on_quoted(text: &[u8], feed: usize, last: bool) -> Option<bool> {
    let goes_on = goes_on(text, feed, last)?;
    let rest = &text[feed + 1..];
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    took(blanks);
    let rest = &rest[blanks..];
    let rest = match rest {
        // The first of its members may stand on a line below it.
        [b'{' | b'[', behind @ ..] => {
            let member = behind.trim_ascii_start();
            took(behind.len() - member.len());
            member
        }
        _ => rest,
    };
    match rest {
        // Another may follow.
        b"" | b"\"" if !last => None,
        [b'"', b'"', ..] => Some(goes_on),
        [b'"', ..] => Some(false),
        _ => Some(goes_on),
    }
}

/// Where the first of the lines begins on which the document stands that goes on to the line of `at`.
pub(super) fn first_line(passage: &Passage<'_>, at: usize) -> usize {
    let mut start = passage.line_start(at);
    while let Some(feed) = start.checked_sub(1) {
        if goes_on(passage.text, feed, true) != Some(true) {
            break;
        }
        start = passage.line_start(feed);
    }
    start
}

/// Whether a document begins behind the line feed at `feed` and the blanks there. `None` where that is not there yet.
pub(super) fn begins_behind(text: &[u8], feed: usize, last: bool) -> Option<bool> {
    let rest = &text[feed..];
    let near = &rest[..rest.len().min(256)];
    took(near.len());
    match near.trim_ascii_start().first() {
        Some(first) => Some(matches!(first, b'{' | b'[')),
        None => (last || near.len() < rest.len()).then_some(false),
    }
}

/// The `{` or `[` at which the document begins that shows the trace: where it is not known, the first on its lines
/// behind which a key may stand, or a blank that is none of JSON.
pub(super) fn bracket(passage: &Passage<'_>) -> Option<usize> {
    let Passage { text, at, broken, .. } = *passage;
    match broken {
        Some((bracket, _)) => return Some(bracket),
        None if matches!(text.get(at)?, b'{' | b'[') => return Some(at),
        None => {}
    }
    let start = first_line(passage, at);
    let lines = &text[start..at];
    took(lines.len());
    let begins = |at: &usize| {
        let behind = lines[at + 1..].trim_ascii_start();
        behind.starts_with(b"\"") || blank(behind).is_some()
    };
    memchr::memchr2_iter(b'{', b'[', lines).find(begins).map(|bracket| start + bracket)
}

/// What to answer where a layer is open at the end of the text, and more of it may come.
pub(super) fn more(passage: &Passage<'_>, start: usize) -> Undone {
    let end = passage.text.len();
    if end - start > passage.most { Undone::TooLarge(start..end) } else { Undone::More }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_how_quotes_are_written() {
        for (text, want) in [
            ("event_type", None),
            ("x_event_type", None),
            (r#"{"event_type"#, Some((1, 0, false, 1))),
            (r#"{\"event_type"#, Some((1, 1, false, 1))),
            (r#"{\\\"event_type"#, Some((1, 3, false, 1))),
            (r#"{""event_type"#, Some((1, 0, false, 2))),
            (r"{\x22event_type", Some((1, 1, true, 0))),
            (r"{\\u0022event_type", Some((1, 2, true, 0))),
            (r"{x22event_type", None),
            (r"{\'event_type", Some((1, 1, false, 1))),
        ] {
            let want =
                want.map(|(start, slashes, numbered, quotes)| Mark { start, slashes, numbered, quotes });
            let at = text.find("event_type").unwrap();
            assert_eq!(Mark::at(text.as_bytes(), at), want, "{text}");
            if text.starts_with('{') {
                assert_eq!(Mark::at(text.as_bytes(), 0), want, "{text}");
            }
        }
        assert_eq!(Mark::at(br#"[{\n \"a"#, 0).unwrap().start, 5);
        assert_eq!(Mark::at(b"{a", 0), None);
    }

    #[test]
    fn an_apostrophe_opens_no_text() {
        for (text, double, other) in [
            (r#"it's {"#, None, None),
            (r#"msg="it's {"#, Some(4), None),
            (r#"say 'hi' "a" b'{"#, None, Some(14)),
            (r#"INSERT VALUES (17,'{"#, None, Some(18)),
            (r#"a="x\"y" b={"#, None, None),
            (r#"5" disk {"#, None, None),
        ] {
            let open = Open::at(text.as_bytes(), 0, text.len() - 1);
            assert_eq!(open.double.map(|quote| quote.at), double, "{text}");
            assert_eq!(open.other().map(|quote| quote.at), other, "{text}");
        }
    }

    #[test]
    fn a_document_goes_on_where_its_grammar_does() {
        for (text, want) in [
            ("{\n \"a", Some(true)),
            ("{\n\\\"a", Some(true)),
            ("\"a\",\n{", Some(true)),
            ("1\n}", Some(true)),
            ("1\n\"a", Some(false)),
            ("[\n 12,\n", Some(true)),
            ("[\n2024-01-01 12:00 x\n", Some(false)),
            ("{\n", None),
            ("\n}", Some(false)),
        ] {
            let feed = text.find('\n').unwrap();
            assert_eq!(goes_on(text.as_bytes(), feed, false), want, "{text}");
        }
        assert_eq!(goes_on(b"{\n", 1, true), Some(false));
    }
}
