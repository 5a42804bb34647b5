//! A table of Markdown, as GitHub and GitLab read it: for tickets and pull requests.
//!
//! A row is a line. Every character of a cell is shown as itself: what could end the cell, mark it up or be HTML is escaped;
//! what would name somebody or something, or become an emoji, is broken by a comment that nobody sees; a line end is `<br>`;
//! what cannot be seen, or reorders its neighbours, is shown as on a terminal (`\u{202e}`). Addresses of pages become links.

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

/// What breaks a text without being seen: GitHub and GitLab look for names and numbers in what a reader has made of the
/// Markdown, where a backslash is long gone.
const BREAK: &[u8] = b"<!-- -->";

/// Appends text of one line, with what means something in Markdown escaped.
fn escape(text: &[u8], out: &mut Vec<u8>) {
    let at = |place: Option<usize>| place.and_then(|place| text.get(place)).copied().unwrap_or(b' ');
    let mut place = 0;
    while let Some(&byte) = text.get(place) {
        if let Some(end) = address(text, place) {
            // A reader takes the address as it is, up to white space: what comes right behind it would be of it.
            let alone = at(place.checked_sub(1)) == b' ' && at(Some(end)) == b' ';
            let bare = alone && text[place..end].iter().all(|byte| !ODD.contains(byte));
            out.extend_from_slice(if bare { b"" } else { b"<" });
            out.extend_from_slice(&text[place..end]);
            out.extend_from_slice(if bare { b"" } else { b">" });
            place = end;
            continue;
        }
        let (before, after) = (at(place.checked_sub(1)), at(Some(place + 1)));
        let in_word = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
        place += 1;
        match byte {
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            // An ampersand that begins no entity is one. `&4` is an epic of GitLab, `%3` and `!34` are others of its own.
            b'&' if is_entity(&text[place - 1..]) => out.extend_from_slice(b"\\&"),
            b'&' | b'%' | b'!' if after.is_ascii_digit() => out.extend_from_slice(&[b'\\', byte]),
            // What GitLab shows as taken out or put in: `[-so-]`.
            b'[' | b'{' if matches!(after, b'+' | b'-') => {
                out.extend_from_slice(if byte == b'[' { b"\\[" } else { b"{" });
                out.extend_from_slice(BREAK);
            }
            b'|' | b'\\' | b'`' | b'*' | b'[' | b']' | b'~' | b'$' => out.extend_from_slice(&[b'\\', byte]),
            // Within a word it is the underline of a name: `check_time`.
            b'_' if !in_word => out.extend_from_slice(b"\\_"),
            // A scheme of which nothing was taken for an address.
            b':' if text[place..].starts_with(b"//") => out.extend_from_slice(b"\\:"),
            // `www.a.cn` is an address without a scheme, and takes what stands behind it as one with it does.
            b'.' if is_www(text, place - 1) => out.extend_from_slice(b"\\."),
            _ => {
                out.push(byte);
                let speaks = match byte {
                    b'@' => after.is_ascii_alphanumeric() && !in_word,
                    b'#' => after.is_ascii_digit(),
                    b'-' => after.is_ascii_digit() && text[..place].ends_with(b"GH-"),
                    b':' => is_emoji(&text[place..]),
                    _ => false,
                };
                out.extend_from_slice(if speaks { BREAK } else { b"" });
            }
        }
    }
}

/// What of an address could be read as something else if it stood in a text by itself.
const ODD: &[u8] = b"*~$'()!;@";

/// Where an address of a page that begins here ends.
fn address(text: &[u8], start: usize) -> Option<usize> {
    const SCHEMES: [&[u8]; 3] = [b"https://", b"http://", b"ftp://"];
    let rest = &text[start..];
    let begins =
        |scheme: &[u8]| rest.get(..scheme.len()).is_some_and(|text| text.eq_ignore_ascii_case(scheme));
    let scheme = SCHEMES.into_iter().find(|scheme| begins(scheme))?.len();
    let may_stand = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(byte);
    let mut end = scheme;
    while rest.get(end).is_some_and(may_stand) && !(rest[end] == b'&' && is_entity(&rest[end..])) {
        end += 1;
    }
    // The end of a sentence is none of the address.
    while end > scheme && b".,:;!?'()*~_".contains(&rest[end - 1]) {
        end -= 1;
    }
    (end > scheme).then_some(start + end)
}

/// Whether a full stop is the one behind `www`.
fn is_www(text: &[u8], place: usize) -> bool {
    place.checked_sub(3).is_some_and(|start| text[start..place].eq_ignore_ascii_case(b"www"))
}

/// Whether a text that stands behind a colon goes on as the name of an emoji does: `smile:`. Times and the parts of
/// hardware addresses are none.
fn is_emoji(text: &[u8]) -> bool {
    const LONGEST: usize = 48;
    let is_letter = |byte: &&u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(byte);
    let name = &text[..text.iter().take(LONGEST).take_while(is_letter).count()];
    let has_digits = name.iter().any(u8::is_ascii_digit);
    let is_part = match name {
        b"100" | b"1234" | b"+1" | b"-1" => false,
        [_, _] => has_digits,
        // A time of day and its zone, `:09+08:`, is none.
        name => name.iter().all(|byte| byte.is_ascii_digit() || b"+-".contains(byte)),
    };
    !is_part && text.get(name.len()) == Some(&b':')
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
            NodeValue::HtmlInline(html) if html.as_bytes() == BREAK => String::new(),
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
            ("a@b.com @all !2 &3 50%4 C# 好!", "a@b.com @<!-- -->all \\!2 \\&3 50\\%4 C# 好!"),
            ("#1 o/r#2 GH-3 #a x-3", "#<!-- -->1 o/r#<!-- -->2 GH-<!-- -->3 #a x-3"),
            ("{+a+} [-b-]", "{<!-- -->+a+} \\[<!-- -->-b-\\]"),
            (":+1: :smile: a:b:c :100:", ":<!-- -->+1: :<!-- -->smile: a:<!-- -->b:c :<!-- -->100:"),
            ("12:30:45 b0:b8:67:62:18:73 a: b", "12:30:45 b0:b8:67:62:18:73 a: b"),
            ("一\r\n二\n", "一<br>二<br>"),
            ("\t\0\u{1b}[31m\u{202e}", "\\\\t\\\\0\\\\u{1b}\\[31m\\\\u{202e}"),
            ("https://a.cn/x_y?z=1&u=2#f", "https://a.cn/x_y?z=1&u=2#f"),
            ("看https://a.cn/x。[好]", "看<https://a.cn/x>。\\[好\\]"),
            ("[\"HTTP://a.cn/*b*\"]", "\\[\"<HTTP://a.cn/*b>\\*\"\\]"),
            ("irc://a http://", "irc\\://a http\\://"),
            ("www.a.cn]", "www\\.a.cn\\]"),
            ("http:// https://a.cn/?b&lt;c", "http\\:// <https://a.cn/?b>\\&lt;c"),
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
            ":smile: @name #123 org/repo#4 !5 %6 &7 GH-8",
            // What stood behind an address was taken for a part of it, escapes and all.
            r#"[[{"href":"https://a.cn/b","text":"c"}],[{"tag":"d"}]]"#,
            "https://a.cn/*b*_c_ (http://d.e/f) ftp://g/[h] www.i.k_*l*",
            "https://a.cn/&copy;b http://xn--a.b/$c$ https://a.cn/b!",
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
        let words = ["https://", "HTTP://a.cn", "ftp://", "www.", ":a:", "@a", "#1", "GH-", "mailto:"];
        let odd: Vec<char> = "|\\`*_[]<>&#~@!$(){}:;-+=^'\"/.%? \t\r\n\0\u{202e}浙😀a1".chars().collect();
        let char = prop_oneof![8 => select(odd), 1 => any::<char>()].prop_map(String::from);
        vec(prop_oneof![12 => char, 1 => select(words.to_vec()).prop_map(str::to_owned)], 0..24)
            .prop_map(|text: Vec<String>| text.concat())
    }
}
