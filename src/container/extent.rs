//! How far a document reaches that is in another notation than JSON.

use crate::steps::took;

use super::literal::Strings;
use super::resync::{own_line, own_line_in_comment};

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

/// How far the document reaches that begins with the bracket at the start of `text`: to the bracket that closes it,
/// leaving out what stands in strings and comments of any notation; and how many bytes must be there to say so. `last`
/// says that nothing comes after the text.
pub fn extent(text: &[u8], last: bool) -> (Extent, usize) {
    let mut depth = 0usize;
    let mut at = 0;
    let mut seen = 0;
    let mut strings = Strings::default();
    let mut comment = false;
    while let Some(&byte) = text.get(at) {
        let rest = &text[at..];
        let mut step = 1;
        took(step);
        match byte {
            b'\n' => {
                let next = &rest[1..];
                let own = if comment { own_line_in_comment(next, last) } else { own_line(next, last) };
                let Some((own, needed)) = own else { break };
                seen = seen.max(at + 1 + needed);
                if own {
                    return (Extent::Cut(at + 1), seen);
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
            b'"' | b'\'' | b'`' => {
                match strings.length(text, at) {
                    Ok(length) => step = length,
                    // No string, for there is no other quote on this line.
                    Err(line) if line < text.len() || last => seen = seen.max(line),
                    Err(_) => break,
                }
            }
            b'/' if rest.starts_with(b"//") => step = memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
            b'/' if rest.starts_with(b"/*") => (comment, step) = (true, 2),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return (Extent::Whole(at + 1), seen.max(at + 1));
                }
            }
            _ => {}
        }
        took(step - 1);
        at += step;
    }
    (Extent::Open, text.len())
}

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
            assert_eq!(extent(text.as_bytes(), true).0, extent_, "{text}");
        }
    }
}
