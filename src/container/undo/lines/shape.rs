//! What stands before an object on each of its lines, known by its shape: the same words, and numbers where the first
//! line has numbers.

use crate::steps::took;

use super::outline::blank;

/// No prefix is longer.
const MOST: usize = 256;

/// What a line is to an object whose lines have a prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// It has the prefix, which ends before this byte.
    Ours(usize),
    /// There is nothing on it.
    Empty,
    /// It has a prefix of the same shape with another name: `db-1  |` between `web-1  |`.
    Foreign,
    /// It has none.
    Other,
}

/// What the lines of an object begin with: `web-1  |`, `>`, `Jun 12 01:02:03 host app[12]:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prefix<'t> {
    /// One of them, without the blanks at its end.
    model: &'t [u8],
    /// Any number may stand where there is one: `part 1/2:`, `chunk[0]`.
    numbered: bool,
    /// What lines end with, as those in a box do: `│`.
    tail: &'t [u8],
}

impl<'t> Prefix<'t> {
    /// Lines without a prefix.
    pub const NONE: Prefix<'static> = Prefix { model: b"", numbered: false, tail: b"" };

    /// What `line`, in which an object begins or goes on at byte `at`, has in common with another of its lines.
    pub fn of(line: &'t [u8], at: usize, other: &[u8], numbered: bool) -> Option<Prefix<'t>> {
        let head = &line[..at.min(MOST)];
        let head = &head[..member(head)];
        let (mut end, after) = shared(head, other, numbered);
        // A line that was cut within the prefix does not show where that ends: `2026-01-02T03:0`.
        let next = head[end..].trim_ascii_start().first();
        let in_head = next.is_some_and(|byte| !is_word(*byte) && !b"([<".contains(byte));
        if in_head && after == other.len() && other.last().is_some_and(|byte| is_word(*byte)) {
            return None;
        }
        // Where words follow, of which the first letters are the same by chance, these are no part of it.
        let in_word = |text: &[u8], at| text.get(at).copied().is_some_and(is_word);
        if in_word(head, end) || in_word(other, after) {
            // A sign belongs to a word if one stands before it: `web-1`, but not `+x`.
            let sign = |at: usize| b"-./".contains(&head[at]);
            while end > 0
                && is_word(head[end - 1])
                && !(sign(end - 1) && (end == 1 || !is_word(head[end - 2])))
            {
                end -= 1;
            }
        }
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        // Another number in a name is another name.
        let open = is_digit(head.get(end)) && is_digit(other.get(after));
        let mut model = trim_end(&head[..end]);
        // Digits right before what is the object's may be its own.
        if line.get(model.len()).is_some_and(is_member) {
            while let [rest @ .., b'0'..=b'9'] = model {
                model = rest;
            }
            model = trim_end(model);
        }
        // What JSON has between its tokens may begin any of its lines.
        let json = model.iter().all(|byte| b",:[] \t".contains(byte));
        if json || open {
            return None;
        }
        // The quotes in which a process manager puts what a program said.
        let quoted =
            model.ends_with(b"\"") && [line, other].iter().all(|line| line.trim_ascii_end().ends_with(b"\""));
        Some(Prefix { model, numbered, tail: if quoted { b"\"" } else { tail(line, other) } })
    }

    /// Whether it is known to end where it does, though words may follow in `head`: with a sign.
    pub fn ends(&self, head: &[u8]) -> bool {
        let last = self.model.len().checked_sub(1);
        let sign = last.is_none_or(|last| !is_word(self.model[last]) || is_mark(self.model, last));
        let after = shared(self.model, head, self.numbered).1;
        // A colour ends with the letter m.
        let colour = memchr::memchr(0x1b, &self.model[self.model.len().saturating_sub(6)..]).is_some();
        sign || colour || head.get(after) == Some(&b'\t') || trim_end(head).len() == after
    }

    /// Whether a line has more in common with `head`, the beginning of another, than the prefix: more than a number, which
    /// any text may begin with.
    pub fn is_longer(&self, head: &'t [u8], line: &[u8]) -> bool {
        let known = shared(self.model, head, self.numbered).1;
        let whole = Prefix::of(head, head.len(), line, self.numbered);
        let more = whole.and_then(|whole| whole.model.get(known..)).unwrap_or_default();
        !more.iter().all(u8::is_ascii_digit)
    }

    /// How long it is.
    pub fn len(&self) -> usize {
        self.model.len()
    }

    /// Whether there is a name or a time in it: then a program wrote it, which lets no blank go where it ends a line.
    pub fn is_named(&self) -> bool {
        self.model.iter().any(u8::is_ascii_alphanumeric) && self.tail.is_empty()
    }

    /// What a line is.
    pub fn line(&self, line: &[u8]) -> Line {
        took(self.model.len());
        let (end, after) = shared(self.model, line, self.numbered);
        if end == self.model.len() {
            return Line::Ours(after);
        }
        if self.is_labelled(line) {
            return Line::Ours(self.model.len());
        }
        match () {
            () if line.iter().take(MOST).all(u8::is_ascii_whitespace) => Line::Empty,
            () if self.is_named() && is_alike(self.model, line) => Line::Foreign,
            () => Line::Other,
        }
    }

    /// Whether a line was cut within its prefix.
    pub fn is_cut(&self, line: &[u8]) -> bool {
        let (end, after) = shared(self.model, line, self.numbered);
        after == line.len() && end < self.model.trim_ascii_end().len() && line.len() > 1
    }

    /// Whether a line has a name where the prefix has blanks: `body | {`, above lines with `     |`.
    fn is_labelled(&self, line: &[u8]) -> bool {
        let blanks = self.model.iter().take_while(|byte| **byte == b' ').count();
        let Some((label, rest)) = line.split_at_checked(blanks) else { return false };
        let name = label.trim_ascii_end();
        blanks > 0
            && !name.is_empty()
            && name.iter().all(|byte| is_word(*byte))
            && rest.starts_with(&self.model[blanks..])
    }

    /// A line without the border at its end.
    pub fn without_tail<'l>(&self, line: &'l [u8]) -> &'l [u8] {
        match line.trim_ascii_end().strip_suffix(self.tail) {
            Some(line) if !self.tail.is_empty() => line.trim_ascii_end(),
            _ => line,
        }
    }
}

/// Whether two values of log records are the same but for numbers, and those in hexadecimal after an equals sign.
pub(super) fn is_same(this: &[u8], that: &[u8]) -> bool {
    let (mut i, mut j) = (0, 0);
    loop {
        let (m, n) = shared(&this[i..], &that[j..], false);
        (i, j) = (i + m, j + n);
        if (i, j) == (this.len(), that.len()) {
            return true;
        }
        let equals = |text: &[u8], at: usize| memchr::memrchr(b'=', &text[..at]);
        let (Some(a), Some(b)) = (equals(this, i), equals(that, j)) else { return false };
        let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        let (m, n) = (a + 1 + digits(&this[a + 1..]), b + 1 + digits(&that[b + 1..]));
        if m < i || n < j || (m, n) == (i, j) {
            return false;
        }
        (i, j) = (m, n);
    }
}

/// How far two texts have the same shape. A number is like any other, except in a name.
fn shared(model: &[u8], other: &[u8], numbered: bool) -> (usize, usize) {
    let (mut i, mut j) = (0, 0);
    while let (Some(&a), Some(&b)) = (model.get(i), other.get(j)) {
        let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let padding = |text: &[u8]| {
            let blanks = text.iter().take_while(|byte| **byte == b' ').count();
            text.get(blanks).is_some_and(u8::is_ascii_digit).then_some(blanks)
        };
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let numbers = is_digit(model[..i].last()) || is_digit(model.get(i + 1)) && is_digit(other.get(j + 1));
        let marks = is_mark(model, i) && is_mark(other, j);
        if a.is_ascii_digit() && b.is_ascii_digit() {
            let (m, n) = (digits(&model[i..]), digits(&other[j..]));
            if !numbered && is_in_name(model, i, m) && model[i..i + m] != other[j..j + n] {
                break;
            }
            (i, j) = (i + m, j + n);
        } else if a == b || marks || numbers && [a, b].iter().all(|byte| b":-".contains(byte)) {
            // A container runtime marks what goes on with P, and its end with F; `grep -n` has `12:` and `13-`.
            (i, j) = (i + 1, j + 1);
        } else if let (b' ', true, Some(blanks)) = (a, b.is_ascii_digit(), padding(&model[i..])) {
            // Numbers are padded: ` 9`, `10`.
            i += blanks;
        } else if let (true, b' ', Some(blanks)) = (a.is_ascii_digit(), b, padding(&other[j..])) {
            j += blanks;
        } else {
            break;
        }
    }
    took(i);
    // No character is cut in two.
    while other.get(j).is_some_and(|byte| byte & 0xc0 == 0x80) && i > 0 && j > 0 && other[j - 1] >= 0x80 {
        (i, j) = (i - 1, j - 1);
    }
    (i, j)
}

/// Whether a number belongs to a name, and is the same on each line: `web-1`, `host1`, `app[12]`, `7f`; but not in
/// `2024-06-12T01:17:01Z`.
fn is_in_name(text: &[u8], at: usize, length: usize) -> bool {
    let byte = |at: Option<usize>| at.and_then(|at| text.get(at)).copied().unwrap_or(b' ');
    let (before, after) = (byte(at.checked_sub(1)), byte(Some(at + length)));
    let earlier = byte(at.checked_sub(2));
    let next = byte(Some(at + length + 1));
    let led = match before {
        b'T' => !earlier.is_ascii_digit(),
        // The number of a line in a file: `a.log-13-  `.
        b'-' if after == b'-' && !next.is_ascii_alphanumeric() => false,
        b'-' | b'_' | b'[' | b'/' | b'.' => earlier.is_ascii_alphabetic(),
        before => before.is_ascii_alphabetic(),
    };
    let followed = match (after, next) {
        (b'T', next) => !next.is_ascii_digit(),
        (b'Z', next) => next.is_ascii_alphanumeric(),
        (after, _) => after.is_ascii_alphabetic(),
    };
    led || followed
}

/// Whether the byte is a P or F on its own.
fn is_mark(text: &[u8], at: usize) -> bool {
    matches!(text[at], b'P' | b'F')
        && at > 0
        && text[at - 1] == b' '
        && matches!(text.get(at + 1), None | Some(b' ' | b':'))
}

/// Whether a line begins like a prefix but for the names in it.
fn is_alike(model: &[u8], line: &[u8]) -> bool {
    let (mut i, mut j) = (0, 0);
    while i < model.len() {
        let run = |is: fn(u8) -> bool| {
            let count = |text: &[u8]| text.iter().take_while(|byte| is(**byte)).count();
            (count(&model[i..]), count(&line[j.min(line.len())..]))
        };
        let (words, blanks) = (run(is_word), run(|byte| byte == b' '));
        match (words, blanks) {
            ((m @ 1.., n @ 1..), _) | (_, (m @ 1.., n @ 1..)) => (i, j) = (i + m, j + n),
            _ if line.get(j) == Some(&model[i]) => (i, j) = (i + 1, j + 1),
            _ => return false,
        }
        took(1);
    }
    true
}

/// What two lines of a box end with.
fn tail<'t>(line: &'t [u8], other: &[u8]) -> &'t [u8] {
    let line = line.trim_ascii_end();
    let start = line.len() - line.iter().rev().take(4).take_while(|byte| **byte & 0xc0 == 0x80).count();
    let tail = &line[start.saturating_sub(1)..];
    let is_border = match tail {
        [byte] => b"|*#!+".contains(byte),
        // U+2500 to U+257F, lines of boxes
        [0xe2, 0x94 | 0x95, _] => true,
        _ => false,
    };
    if is_border && other.trim_ascii_end().ends_with(tail) { tail } else { b"" }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || b"-_./".contains(&byte)
}

/// Where in the beginning of a line the object's part of it begins, or the end: at a bracket or a quote, but for the labels
/// of a stream, `{app="bot"}`, and the quote behind `said into stderr: `.
fn member(head: &[u8]) -> usize {
    let is_begun = |byte: &u8| is_member(byte) || *byte == b'\'';
    let begins =
        |from: usize| head[from..].iter().position(is_begun).map_or(head.len(), |length| from + length);
    let first = begins(0);
    match labels(&head[first..]) {
        Some(length) => begins(first + length),
        None if head[first..].starts_with(b"\"") && SAID.iter().any(|said| head[..first].ends_with(said)) => {
            first + 1
        }
        None => first,
    }
}

/// What stands before what a program of php-fpm wrote.
const SAID: [&[u8]; 2] = [b" said into stderr: ", b" said into stdout: "];

/// How long the labels of a stream are that stand here: `{app="bot", pod="bot-7f"}`.
fn labels(text: &[u8]) -> Option<usize> {
    let end = memchr::memchr(b'}', text)?;
    let is_label = |label: &[u8]| {
        let (label, equals) = (label.trim_ascii(), memchr::memmem::find(label.trim_ascii(), b"=\""));
        equals.is_some_and(|equals| equals > 0 && label[..equals].iter().all(|byte| is_word(*byte)))
            && label.ends_with(b"\"")
    };
    text[..end].strip_prefix(b"{")?.split(|byte| *byte == b',').all(is_label).then_some(end + 1)
}

/// Whether an object begins with this byte, or a member of it.
fn is_member(byte: &u8) -> bool {
    b"\"{}".contains(byte)
}

/// Without the blanks at the end, those of web pages included.
fn trim_end(mut text: &[u8]) -> &[u8] {
    loop {
        text = text.trim_ascii_end();
        let Some(start) = [2, 3].into_iter().find_map(|length| {
            let start = text.len().checked_sub(length)?;
            (blank(&text[start..]) == Some(length)).then_some(start)
        }) else {
            return text;
        };
        text = &text[..start];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_prefix_is_what_the_next_line_shares_by_its_shape() {
        for (line, other, want) in [
            ("web-1  | recv {", "web-1  |   \"a\": 1,", "web-1  |"),
            ("web-1  | recv {", "web-1  | record\": 1,", "web-1  |"),
            ("web-1  | recv {", "web-1  | r \", 1", "web-1  |"),
            (
                "Jun  9 09:59:59 host app[12]: recv {",
                "Jun 10 10:00:00 host app[12]:   \"a\"",
                "Jun  9 09:59:59 host app[12]:",
            ),
            ("> {", ">   \"a\"", ">"),
            ("> > {", "> >   \"a\"", "> >"),
            ("+{", "+  \"a\"", "+"),
            ("// {", "//   \"a\"", "//"),
            (" * {", " *   \"a\"", " *"),
            ("   9\t{", "  10\t  \"a\"", "   9"),
            ("a.log:9:{", "a.log-10-  \"a\"", "a.log:9:"),
            (
                "2024-06-12T01:17:01.45Z stdout P {",
                "2024-06-12T01:17:02.456Z stdout F k\"",
                "2024-06-12T01:17:01.45Z stdout P",
            ),
            ("bot | 收到 {", "bot | 数\"", "bot |"),
            ("12:recv {", "13:record\"", "12:"),
            ("a.log-9-  \"a\": {", "a.log-10-  \"b\"", "a.log-9-"),
        ] {
            let at = line.find('{').unwrap();
            let found = Prefix::of(line.as_bytes(), at, other.as_bytes(), false);
            let found = found.map(|prefix| str::from_utf8(prefix.model).unwrap());
            assert_eq!(found, Some(want), "{line}");
        }
        for (line, other) in [
            ("web-1 | {", "web-2 | \"a\""),
            ("{", "  \"a\""),
            ("  {", "    \"a\""),
            ("12{", "13 \"a\""),
            ("recv {", "[1] x"),
            ("2026-01-02T03:04:05Z stdout F {", "2026-01-02T03:0"),
            ("web-1  | {", "web-1"),
            (",{", ",\"a\""),
        ] {
            assert_eq!(Prefix::of(line.as_bytes(), line.len() - 1, other.as_bytes(), false), None, "{line}");
        }
    }

    #[test]
    fn lines_of_others_are_told_from_lines_without_a_prefix() {
        let line = b"web-1  | {";
        let prefix = Prefix::of(line, 9, b"web-1  |   \"a\"", false).unwrap();
        for (line, want) in [
            ("web-1  |", Line::Ours(8)),
            ("web-1  |   \"a\"", Line::Ours(8)),
            ("web-2  | x", Line::Foreign),
            ("db-1   | x", Line::Foreign),
            ("", Line::Empty),
            ("  \"a\": 1", Line::Other),
            ("Exception in thread", Line::Other),
        ] {
            assert_eq!(prefix.line(line.as_bytes()), want, "{line}");
        }
        let numbered = Prefix::of(b"chunk[0] {", 9, b"chunk[1] x", true).unwrap();
        assert_eq!(numbered.line(b"chunk[2] y"), Line::Ours(8));
    }

    #[test]
    fn a_box_has_a_border_at_the_end_too() {
        let line = "\u{2502}  {     \u{2502}".as_bytes();
        let prefix = Prefix::of(line, 5, "\u{2502}  \"a\" \u{2502}".as_bytes(), false).unwrap();
        assert_eq!(prefix.without_tail(line), "\u{2502}  {".as_bytes());
        assert!(!prefix.is_named());
        assert_eq!(Prefix::of(b"> {", 2, b">  }", false).unwrap().without_tail(b"a  "), b"a  ");
    }

    proptest! {
        #[test]
        fn noise_has_a_shape_or_none(line in ".{0,40}", other in ".{0,40}", at in 0usize..60, numbered: bool) {
            let at = at.min(line.len());
            if let Some(prefix) = Prefix::of(line.as_bytes(), at, other.as_bytes(), numbered) {
                prop_assert!(line.as_bytes().starts_with(prefix.model));
                prop_assert!(matches!(prefix.line(line.as_bytes()), Line::Ours(end) if end == prefix.model.len()));
            }
        }
    }
}
