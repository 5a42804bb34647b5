//! A table of Markdown, as GitHub and GitLab read it: for tickets and pull requests.
//!
//! A row is a line. Every character of a cell is shown as itself: what could end the cell, mark it up, name somebody or be
//! HTML is escaped; a line end is `<br>`; what cannot be seen, or reorders its neighbours, is shown as on a terminal
//! (`\u{202e}`). Addresses of pages stay as they are, and so become links.

use crate::terminal::sanitize::push_clean_bytes;

use crate::json::unescape;

use super::pen::Pen;
use super::style::{Style, row_of_names};

#[derive(Debug)]
pub(crate) struct Markdown;

impl Style for Markdown {
    fn text(&self, text: &[u8], out: &mut Vec<u8>) {
        let mut clean = String::new();
        for (at, line) in text.split(|byte| *byte == b'\n').enumerate() {
            out.extend_from_slice(if at > 0 { b"<br>" } else { b"" });
            clean.clear();
            push_clean_bytes(line.strip_suffix(b"\r").unwrap_or(line), &mut clean);
            escape(clean.as_bytes(), out);
        }
    }

    fn after(&self, pen: &mut Pen<'_>) {
        pen.bytes(b" | ");
    }

    fn head(&self, names: &[&str], out: &mut Vec<u8>) {
        row_of_names(self, names, out);
        out.push(b'|');
        names.iter().for_each(|_| out.extend_from_slice(b" --- |"));
        out.push(b'\n');
    }

    fn open(&self, pen: &mut Pen<'_>) {
        pen.bytes(b"| ");
    }

    fn string(&self, text: &[u8], start: usize, end: usize, _: bool, pen: &mut Pen<'_>) {
        let text = unescape(&text[start + 1..end - 1]);
        pen.apart(|out| self.text(text.as_bytes(), out));
    }
}

/// Appends text of one line, with what means something in Markdown escaped.
fn escape(text: &[u8], out: &mut Vec<u8>) {
    let is_word = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    for (at, &byte) in text.iter().enumerate() {
        let (after, before) = (is_word(Some(at + 1)), is_word(at.checked_sub(1)));
        let means_something = match byte {
            // An ampersand that begins no entity is one, and stands in addresses of pages.
            b'&' => is_entity(&text[at..]),
            b'<' | b'>' => {
                out.extend_from_slice(if byte == b'<' { b"&lt;" } else { b"&gt;" });
                continue;
            }
            b'|' | b'\\' | b'`' | b'*' | b'[' | b']' | b'~' | b'$' => true,
            // Within a word it is the underline of a name: `check_time`.
            b'_' => !(before && after),
            // What a reference begins with: `@name`, `#12`, `!34`.
            b'@' | b'#' | b'!' => after && !before,
            _ => false,
        };
        if means_something {
            out.push(b'\\');
        }
        out.push(byte);
    }
}

/// Whether a text that begins with an ampersand begins with what HTML reads as one character.
fn is_entity(text: &[u8]) -> bool {
    let name = text[1..]
        .iter()
        .take(LONGEST_ENTITY)
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#');
    text.get(1 + name.count()) == Some(&b';')
}

/// The longest name of one has 31 letters.
const LONGEST_ENTITY: usize = 32;

#[cfg(test)]
mod tests {
    use comrak::nodes::{Node, NodeValue};
    use comrak::{Arena, Options, parse_document};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::terminal::sanitize::clean;

    fn cell(text: &str) -> String {
        let mut out = Vec::new();
        Markdown.text(text.as_bytes(), &mut out);
        String::from_utf8(out).unwrap()
    }

    /// What is shown of a table by a reader of Markdown as GitHub has it: its cells as text, and nothing else in it.
    fn read(table: &str) -> Vec<Vec<String>> {
        let mut options = Options::default();
        let with = &mut options.extension;
        (with.table, with.strikethrough, with.autolink, with.tasklist) = (true, true, true, true);
        (with.footnotes, with.inline_footnotes, with.math_dollars, with.math_code) = (true, true, true, true);
        options.parse.tasklist_in_table = true;
        let arena = Arena::new();
        let document = parse_document(&arena, table, &options);
        let tables: Vec<_> = document.children().collect();
        assert_eq!(tables.len(), 1, "{table}");
        assert!(matches!(tables[0].data().value, NodeValue::Table(_)), "{table}");
        let row = |row: Node<'_>| row.children().map(|cell| cell.children().map(shown).collect()).collect();
        tables[0].children().map(row).collect()
    }

    fn shown(node: Node<'_>) -> String {
        match &node.data().value {
            NodeValue::Text(text) => text.to_string(),
            NodeValue::HtmlInline(html) if html == "<br>" => "\n".to_owned(),
            // The address of a page is what it leads to.
            NodeValue::Link(_) => node.children().map(shown).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn table(cells: &[&str]) -> String {
        let mut out = Vec::new();
        Markdown.head(&vec!["a_b"; cells.len()], &mut out);
        row_of_names(&Markdown, cells, &mut out);
        String::from_utf8(out).unwrap()
    }

    /// A cell as a reader is to show it.
    fn expected(text: &str) -> String {
        let lines = text.split('\n').map(|line| clean(line.strip_suffix('\r').unwrap_or(line)).into_owned());
        lines.collect::<Vec<_>>().join("\n").trim_matches(' ').to_owned()
    }

    #[test]
    fn what_means_something_is_escaped_and_what_does_not_is_not() {
        for (text, written) in [
            ("", ""),
            ("浙江省 120.04", "浙江省 120.04"),
            ("check_time_iso", "check_time_iso"),
            ("_a_ __b", "\\_a\\_ \\_\\_b"),
            ("a|b\\|c", "a\\|b\\\\\\|c"),
            ("<b>&amp; & &;", "&lt;b&gt;\\&amp; & \\&;"),
            ("*x* ~y~ `z` [l](u) $m$", "\\*x\\* \\~y\\~ \\`z\\` \\[l\\](u) \\$m\\$"),
            ("a@b.com #1 @all !2 C# 好!", "a@b.com \\#1 \\@all \\!2 C# 好!"),
            ("一\r\n二\n", "一<br>二<br>"),
            ("\t\0\u{1b}[31m\u{202e}", "\\\\t\\\\0\\\\u{1b}\\[31m\\\\u{202e}"),
            ("https://a.cn/x_y?z=1&u=2#f", "https://a.cn/x_y?z=1&u=2#f"),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }

    #[test]
    fn a_hostile_cell_is_text_for_a_reader() {
        let texts = [
            "| --- |",
            "a\n\n# b\n\n```\nc",
            "<script>alert(1)</script>",
            "![x](http://a.cn/b.png)",
            "[x]: http://a.cn",
            "[^1] ^[note]",
            "[ ] done",
            "**b** __b__ *_i_*",
            "~~gone~~ a~b~c",
            "`code` ``c``",
            "$x$ $`y`$ $$z$$",
            "&lt;&#35;&nbsp;",
            "\\| \\\\| \\`",
            "<!-- x -->",
            "<https://a.cn>",
            "{\"a\":[1,\"x|y\"]}",
            "| a |\r\n| - |\r\n| b |",
            " a  b ",
            "- a",
            "1. a",
            "> a",
            "---",
        ];
        let rows = read(&table(&texts));
        assert_eq!(rows.len(), 2);
        assert!(rows[0].iter().all(|name| name == "a_b"));
        for (text, read) in texts.iter().zip(&rows[1]) {
            assert_eq!(*read, expected(text), "{text:?}");
        }
        let page = "https://a.cn/x_y?z=1&u=2#f_g";
        assert_eq!(read(&table(&[page]))[1], [page]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_cell_is_text_for_a_reader(cells in vec(any_text(), 1..4)) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let rows = read(&table(&cells));
            prop_assert_eq!(rows.len(), 2);
            let expected: Vec<String> = cells.iter().map(|text| expected(text)).collect();
            prop_assert_eq!(&rows[1], &expected);
        }
    }

    fn any_text() -> impl Strategy<Value = String> {
        let odd: Vec<char> = "|\\`*_[]<>&#~@!$(){}:;-+=^'\"/.%? \t\r\n\0\u{202e}浙😀a1".chars().collect();
        vec(prop_oneof![8 => select(odd), 1 => any::<char>()], 0..24)
            .prop_map(|text| text.into_iter().collect())
    }
}
