//! A JSON document written again as other programs write it, in search of the reason of a wrong signature.

use crate::json::rewrite::{Escapes, Spacing, Style, rewrite};
use crate::json::tree;

/// The layouts that are tried.
pub(crate) const SPACINGS: [Spacing; 5] =
    [Spacing::Compact, Spacing::Spaced, Spacing::Lines("  "), Spacing::Lines("    "), Spacing::Lines("\t")];

/// The escapes that are tried.
pub(crate) const ESCAPES: [Escapes; 5] =
    [Escapes::AsIs, Escapes::Least, Escapes::Html, Escapes::Php, Escapes::Ascii];

/// Whether these escapes may write `text` differently than it stands: most bodies have nothing to escape, and trying
/// the same bytes again is all that a search costs.
pub(crate) fn may_change(escapes: Escapes, text: &[u8]) -> bool {
    let any = |set: &[u8]| text.iter().any(|byte| set.contains(byte));
    match escapes {
        Escapes::AsIs => true,
        Escapes::Least => any(b"\\"),
        Escapes::Controls => any(b"\\\x7f\xc2"),
        Escapes::Html => any(b"\\<>&\xe2"),
        Escapes::Php => any(b"\\/") || !text.is_ascii(),
        Escapes::Ascii => any(b"\\") || !text.is_ascii(),
    }
}

/// How large a text gets at most by being written again: lists in lists of one byte each get a line each, indented by
/// how deep they are. A body that is worth comparing does not.
fn most(length: usize) -> usize {
    4 * length + (64 << 10)
}

/// More bytes than a body that is worth comparing has.
const LARGEST: usize = 16 << 20;

/// `text` written again, or `None` if it is not JSON, or larger than anything that the platform sends.
pub(crate) fn reformat(text: &[u8], spacing: Spacing, escapes: Escapes) -> Option<Vec<u8>> {
    if text.len() > LARGEST || !tree::is_json(text) {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() * 2);
    let style = Style { most: most(text.len()), ..Style::new(spacing, escapes) };
    rewrite(text, style, &mut out).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_json_is_not_written() {
        for text in ["", "{", "{}x", "[1 2]", "'a'"] {
            assert_eq!(reformat(text.as_bytes(), Spacing::Compact, Escapes::AsIs), None);
        }
    }

    #[test]
    fn indentation_does_not_make_a_multiple_of_a_body() {
        let deep = format!("{}{}{}", "[".repeat(120), "0,".repeat(50_000) + "0", "]".repeat(120));
        assert_eq!(reformat(deep.as_bytes(), Spacing::Lines("    "), Escapes::AsIs), None);
        assert!(reformat(deep.as_bytes(), Spacing::Spaced, Escapes::AsIs).is_some());
    }

    #[test]
    fn escapes_that_are_not_tried_would_change_nothing() {
        for text in [
            r#"{"a\/":"\u0041"}"#,
            r#"{"a":"plain"}"#,
            r#"["/"]"#,
            "[\"地\"]",
            "[\"<\"]",
            "[\"\u{2028}\"]",
            r#"["\n"]"#,
        ] {
            let same = reformat(text.as_bytes(), Spacing::Compact, Escapes::AsIs);
            for escapes in ESCAPES {
                let other = reformat(text.as_bytes(), Spacing::Compact, escapes);
                assert!(may_change(escapes, text.as_bytes()) || other == same, "{escapes:?} of {text}");
            }
        }
    }
}
