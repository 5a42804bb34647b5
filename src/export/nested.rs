//! Lists of scalars as text.

use crate::json::rewrite::compact;
use crate::json::{pieces, tree};

/// Appends the items of a JSON array as text, a space between them; `null` and an empty string
/// are nothing.
pub(crate) fn joined(json: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    for item in tree::items(json, 0) {
        let raw = &json[item.start..item.end];
        if matches!(raw, b"null" | b"\"\"") {
            continue;
        }
        if out.len() > start {
            out.push(b' ');
        }
        match tree::is_string(item) {
            true => pieces(tree::body(json, item), |piece| out.extend_from_slice(piece)),
            false => compact(raw, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_joined() {
        for (json, text) in [
            ("[]", ""),
            (r#"["", null, "a", ""]"#, "a"),
            (r#"[ "a" , "b\u6d59\n" ]"#, "a b浙\n"),
            (r#"[null, "a", null, 1.0, true, [ 1, "x" ], {}]"#, r#"a 1.0 true [1,"x"] {}"#),
        ] {
            let mut out = b"|".to_vec();
            joined(json.as_bytes(), &mut out);
            assert_eq!(String::from_utf8(out).unwrap()[1..], *text);
        }
    }
}
