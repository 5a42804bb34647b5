//! How far a document reaches that is in another notation than JSON, and by which marks the notation is known: one look
//! at each byte, whatever it holds.

use crate::container::resync::{own_line, own_line_in_comment};
use crate::steps::took;

use super::quoted::{Strings, WIDE_QUOTES};

/// Where a document in another notation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// After so many bytes.
    Whole(usize),
    /// Not within the text.
    Open,
    /// Before a line of its own, which begins after so many bytes, while this one is still open.
    Cut(usize),
}

/// What a document in another notation is known by, and how far it reaches.
pub(crate) struct Scanned {
    pub extent: Extent,
    pub marks: Marks,
}

/// What stands in a text outside its strings and comments.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub single_quote: bool,
    pub bare_key: bool,
    pub go_key: bool,
    pub symbol: bool,
    pub cut: bool,
    pub python_word: bool,
    /// Comments or full-width punctuation: it was written for people.
    pub annotated: bool,
    pub stray_comma: bool,
}

impl Marks {
    /// The length of the word or sign at the start of `rest`, which is no string, comment or bracket.
    fn word(&mut self, rest: &[u8]) -> usize {
        match rest[0] {
            b'.' if rest.starts_with(b"...") => {
                self.cut = true;
                3
            }
            first if first.is_ascii_alphabetic() || first == b'_' || first == b'$' => {
                let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
                let length = rest.iter().take_while(|byte| in_word(byte)).count();
                self.python_word |= matches!(&rest[..length], b"True" | b"False" | b"None");
                if rest[length..].starts_with(b":") {
                    self.go_key |= first.is_ascii_uppercase();
                    self.bare_key |= !first.is_ascii_uppercase();
                }
                length
            }
            0x80.. => {
                let mut wide = ["\u{ff0c}", "\u{ff1a}"].iter().chain(&WIDE_QUOTES);
                self.annotated |= wide.any(|wide| rest.starts_with(wide.as_bytes()));
                1
            }
            _ => 1,
        }
    }

    /// What Node writes in brackets that are no list.
    fn bracket(&mut self, rest: &[u8]) {
        self.symbol |= rest.starts_with(b"[Symbol(");
        let cut = [&b"[Object"[..], b"[Array", b"[Circular", b"[Getter", b"[Function", b"[class"];
        self.cut |= cut.iter().any(|word| rest.starts_with(word));
    }
}

/// Looks at the document that begins with the bracket at the start of `text`, up to the bracket that closes it,
/// leaving out what stands in strings and comments of any notation. `last` says that nothing comes after the text.
pub(crate) fn scan(text: &[u8], last: bool) -> Scanned {
    let (mut depth, mut at) = (0usize, 0);
    let mut strings = Strings::default();
    let mut marks = Marks::default();
    let (mut comment, mut comma) = (false, false);
    while let Some(&byte) = text.get(at) {
        let rest = &text[at..];
        let mut step = 1;
        took(step);
        match byte {
            b'\n' => {
                let next = &rest[1..];
                let own = if comment { own_line_in_comment(next, last) } else { own_line(next, last) };
                match own {
                    Some((true, _)) => return Scanned { extent: Extent::Cut(at + 1), marks },
                    Some((false, _)) => {}
                    None => break,
                }
            }
            _ if comment => {
                comment = !rest.starts_with(b"*/");
                step = if comment {
                    memchr::memchr2(b'*', b'\n', &rest[1..]).map_or(rest.len(), |at| at + 1)
                } else {
                    2
                };
            }
            b' ' | b'\t' | b'\r' | 0xc => {}
            b'/' if rest.starts_with(b"//") => {
                marks.annotated = true;
                step = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            }
            b'/' if rest.starts_with(b"/*") => (comment, marks.annotated, step) = (true, true, 2),
            b'"' | b'\'' | b'`' => {
                marks.single_quote |= byte != b'"';
                match strings.length(text, at) {
                    Ok(length) => step = length,
                    // No string, for there is no other quote on this line.
                    Err(line) if line < text.len() || last => {}
                    Err(_) => break,
                }
                comma = false;
            }
            b'[' if rest.starts_with(PLAIN) => (comma, step) = (false, PLAIN.len()),
            b'{' | b'[' => {
                marks.bracket(rest);
                (comma, depth) = (false, depth + 1);
            }
            b'}' | b']' => {
                marks.stray_comma |= comma;
                (comma, depth) = (false, depth - 1);
                if depth == 0 {
                    return Scanned { extent: Extent::Whole(at + 1), marks };
                }
            }
            _ => {
                step = marks.word(rest);
                comma = byte == b',';
            }
        }
        took(step - 1);
        at += step;
    }
    Scanned { extent: Extent::Open, marks }
}

/// What Node puts before an object that has no class; it is no loss.
const PLAIN: &[u8] = b"[Object: null prototype]";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_ends_with_its_bracket() {
        for (text, extent_) in [
            ("{'a': '}', \"b\": \"{\"} x", Extent::Whole(20)),
            ("{ // }\n a: 1 /* } */ }\n", Extent::Whole(22)),
            ("{'it: 1}\n", Extent::Whole(8)),
            ("{'a': 1,\n{'b': 2}", Extent::Cut(9)),
            ("{'a': 1,\n2026-01-02 INFO x", Extent::Cut(9)),
            ("{'a': /*\n{'b': 2} */", Extent::Cut(9)),
            ("{'a': /*/ } **/ 1}\n", Extent::Whole(18)),
            ("{'a': /*\n2026-01-02 added\n*/ 1}\n", Extent::Whole(31)),
            ("{'a': [1", Extent::Open),
            ("{'a': 'x", Extent::Open),
            ("{ /* ", Extent::Open),
        ] {
            assert_eq!(scan(text.as_bytes(), true).extent, extent_, "{text}");
        }
    }

    #[test]
    fn what_was_written_for_people_has_comments_or_wide_signs() {
        for (text, annotated) in [
            ("{\"a\": 1,} // x", false),
            ("{\"a\": 1,// x\n}", true),
            ("{\"a\"：1,}", true),
            ("{\"a\": \"// ：\",}", false),
        ] {
            assert_eq!(scan(text.as_bytes(), true).marks.annotated, annotated, "{text}");
        }
    }
}
