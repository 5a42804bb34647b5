//! Paragraphs of our own words in a terminal: lines broken at spaces, and between Chinese characters.

use super::text::{char_width, push_spaces, width};

/// No line is made shorter than this, however narrow the terminal is.
const NARROWEST: usize = 24;

/// Appends a paragraph within so many columns, each line after so many spaces; the text is to be clean. A word that is
/// longer than a line, a URL say, stays whole.
pub(super) fn push_wrapped(text: &str, columns: usize, indent: usize, out: &mut String) {
    let room = columns.saturating_sub(indent).max(NARROWEST);
    let mut taken = 0;
    for word in text.split_whitespace() {
        for (at, piece) in pieces(word).enumerate() {
            let space = usize::from(at == 0 && taken > 0);
            let length = width(piece);
            if taken > 0 && taken + space + length > room {
                out.push('\n');
                taken = 0;
            } else if space == 1 {
                out.push(' ');
                taken += 1;
            }
            if taken == 0 {
                push_spaces(indent, out);
            }
            out.push_str(piece);
            taken += length;
        }
    }
    out.push('\n');
}

/// A word in the pieces between which a line may end: before each Chinese character, but never before punctuation.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let breaks = |(_, c): &(usize, char)| char_width(*c) == 2 && !"，。、：；！？）》」”".contains(*c);
        let end = rest.char_indices().skip(1).find(breaks).map_or(rest.len(), |(at, _)| at);
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_spaces_and_between_chinese_characters() {
        for (text, columns, indent, expected) in [
            ("", 30, 0, "\n"),
            ("one two three four five six", 24, 0, "one two three four five\nsix\n"),
            ("one two three four five six", 26, 2, "  one two three four five\n  six\n"),
            ("飞书管理后台成员详情中的用户，不是别的", 24, 0, "飞书管理后台成员详情中的\n用户，不是别的\n"),
            ("飞书管理后台成员详情中的，不是别的", 24, 0, "飞书管理后台成员详情中\n的，不是别的\n"),
            (
                "see https://open.feishu.cn/document/server-docs now",
                24,
                0,
                "see\nhttps://open.feishu.cn/document/server-docs\nnow\n",
            ),
        ] {
            let mut out = String::new();
            push_wrapped(text, columns, indent, &mut out);
            assert_eq!(out, expected);
        }
    }
}
