//! Text over several lines: broken at spaces and between wide characters, cut where there is neither. A number stays with
//! what it counts: `15 errors`, `4.4 ms`, `15个错误`.

use super::sanitize::{char_width, push_spaces, width};

/// A space at which no line breaks, for words of our own; it is shown as a space. No clean text has the character, so
/// the no-break spaces of an input stay what they are.
pub(crate) const HARD_SPACE: char = '\u{fffe}';

/// The lines of clean text, none wider than `limit` columns (at least 2). A line end in the text is one here.
pub(crate) fn wrap(text: &str, limit: usize) -> Vec<&str> {
    lines(text, limit, false)
}

/// The same, where words are ids and addresses: one that fits in a line is never broken.
pub(crate) fn wrap_words(text: &str, limit: usize) -> Vec<&str> {
    lines(text, limit, true)
}

/// The lines of some clean items, broken between them, and within one only where a line is too short for it.
pub(crate) fn wrap_items(items: &[String], between: &str, limit: usize) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for (at, item) in items.iter().enumerate() {
        let is_last = at + 1 == items.len();
        let item = format!("{item}{}", if is_last { "" } else { between.trim_end() });
        if !line.is_empty() && seen(&line) + seen(&item) > limit {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        if seen(&item) > limit {
            let mut parts = wrap_words(&item, limit);
            line = parts.pop().unwrap_or_default().to_owned();
            lines.extend(parts.into_iter().map(str::to_owned));
        } else {
            line.push_str(&item);
        }
        line.push_str(&between[between.trim_end().len()..]);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// In from the line before, where a text goes on.
const FURTHER: usize = 2;

/// Appends a clean text at a column of a line that has begun, and its further lines below that. Where it would have fewer
/// than `least` columns for itself, it stands below the line instead.
pub(crate) fn push_hanging(text: &str, column: usize, limit: usize, least: usize, out: &mut String) {
    let mut room = limit.saturating_sub(column);
    let mut column = column;
    if room < least && seen(text) > room {
        (room, column) = (limit.saturating_sub(FURTHER).max(least), FURTHER);
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
        push_spaces(column, out);
    }
    for (at, line) in wrap(text, room).iter().enumerate() {
        if at > 0 {
            out.push('\n');
            push_spaces(column, out);
        }
        out.extend(line.chars().map(|c| if c == HARD_SPACE { ' ' } else { c }));
    }
}

/// Appends a clean line, broken at words where it is too wide: what follows stands a little further in than it begins.
pub(crate) fn push_line(line: &str, columns: usize, out: &mut String) {
    const LEAST: usize = 20;
    let bare = line.trim_start_matches(' ');
    let column = (line.len() - bare.len()).min(columns.saturating_sub(FURTHER + LEAST));
    push_spaces(column, out);
    // The first line has so many more, which only a very long word would tell.
    let column = column + FURTHER;
    push_hanging(bare, column, columns.max(column + LEAST), LEAST, out);
}

fn lines(text: &str, limit: usize, whole: bool) -> Vec<&str> {
    let limit = limit.max(2);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut rest = paragraph;
        while rest.len() > limit && seen(rest) > limit {
            let (end, next) = first_line(rest, limit, whole);
            lines.push(&rest[..end]);
            rest = &rest[next..];
        }
        lines.push(rest);
    }
    lines
}

/// What a code of a colour begins and ends with. In clean text there are none but ours.
const ESCAPE: char = '\u{1b}';
const END: char = 'm';

/// Columns of a text that may be painted.
pub(crate) fn seen(text: &str) -> usize {
    let mut parts = text.split(ESCAPE);
    let first = parts.next().map_or(0, width);
    first + parts.map(|part| part.split_once(END).map_or(0, |(_, rest)| width(rest))).sum::<usize>()
}

/// Where the first line of a text that is too wide ends, and where the next begins.
fn first_line(text: &str, limit: usize, whole: bool) -> (usize, usize) {
    let mut taken = 0;
    let mut soft = None;
    // Better than within a word.
    let mut joint = None;
    let mut before = ' ';
    let mut number = Number::default();
    let mut hard = 0;
    let mut code = false;
    for (at, c) in text.char_indices() {
        // A colour takes no room, and nothing breaks within its code.
        code |= c == ESCAPE;
        if code {
            code = c != END;
            continue;
        }
        let columns = char_width(c);
        // An accent stays with its letter.
        if columns > 0 && c != '\u{fe0f}' {
            hard = at;
            let end = match (before, char_width(before)) {
                _ if at == 0 || c == ' ' => None,
                (' ', _) => Some(text[..at].trim_end_matches(' ').len()),
                (open, wide) if (columns == 2 || wide == 2) && !closes(c) && !opens(open) => Some(at),
                _ => None,
            };
            if let Some(end) = end {
                *if number.ends { &mut joint } else { &mut soft } = Some((end, at));
            }
            number.add(c, columns);
            before = c;
            if c == HARD_SPACE && at > 0 {
                joint = Some((at, at + c.len_utf8()));
            }
        }
        taken += columns;
        if taken > limit {
            // A line of spaces alone would be no line; a break in the first third leaves a hole.
            let soft = soft.filter(|(end, next)| {
                let taken = seen(&text[..*end]);
                closes(c)
                    || taken > limit / 3
                    || (whole && taken > 0 && is_word_within(&text[*next..], limit))
            });
            // The space that is too much is where the line breaks.
            if c == ' ' {
                let next = at + text[at..].len() - text[at..].trim_start_matches(' ').len();
                let here = (text[..at].trim_end_matches(' ').len().max(1), next);
                return soft.filter(|_| number.ends && next < text.len()).unwrap_or(here);
            }
            return soft.or(joint).unwrap_or((hard.max(1), hard.max(1)));
        }
    }
    (text.len(), text.len())
}

/// Whether what stands before a break is a number.
#[derive(Default)]
struct Number {
    /// Within a word that has a letter.
    letters: bool,
    /// Whether a word without one ends here, with a digit.
    ends: bool,
}

impl Number {
    fn add(&mut self, c: char, columns: usize) {
        match c {
            ' ' => self.letters = false,
            '0'..='9' => self.ends = !self.letters,
            _ if columns == 2 => *self = Number::default(),
            _ => (self.letters, self.ends) = (self.letters || !"(+-.,:/".contains(c), false),
        }
    }
}

/// Whether the word that a text begins with takes so many columns at most; no more of it is read than those.
fn is_word_within(text: &str, limit: usize) -> bool {
    let mut taken = 0;
    for c in text.chars().take_while(|c| *c != ' ') {
        taken += char_width(c);
        if taken > limit {
            return false;
        }
    }
    true
}

/// Whether a line should not begin with it.
fn closes(c: char) -> bool {
    ",.;:)，。、；：）！？”》】".contains(c)
}

/// Whether a line should not end with it.
fn opens(c: char) -> bool {
    "(（“《【".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_of_a_colour_was_torn() {
        let painted = "ab \u{1b}[1;31mcd\u{1b}[0m \u{1b}[1mef\u{1b}[0m";
        assert_eq!(wrap(painted, 8), [painted]);
        assert_eq!(wrap(painted, 5), ["ab \u{1b}[1;31mcd\u{1b}[0m", "\u{1b}[1mef\u{1b}[0m"]);
        for limit in 2..9 {
            let lines = wrap(painted, limit);
            assert!(
                lines
                    .iter()
                    .all(|line| seen(line) <= limit
                        && line.matches('\u{1b}').count() == line.matches('m').count()),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn lines_break_where_a_reader_would() {
        for (text, limit, lines) in [
            ("", 10, &[""][..]),
            ("one two three", 7, &["one two", "three"]),
            ("one two three", 8, &["one two", "three"]),
            ("one two three", 13, &["one two three"]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
            ("浙江省杭州市", 5, &["浙江", "省杭", "州市"]),
            ("在杭州，上海", 6, &["在杭", "州，上", "海"]),
            ("地点 Hangzhou", 8, &["地点", "Hangzhou"]),
            ("a\nb c", 9, &["a", "b c"]),
            ("cafe\u{301}e", 4, &["cafe\u{301}", "e"]),
            ("😀😀😀", 5, &["😀😀", "😀"]),
            // Better between a name and its value than within that, or before a comma.
            ("id\u{fffe}0123456, b", 8, &["id", "0123456,", "b"]),
            ("a 0123456, b", 9, &["a", "0123456,", "b"]),
            ("id\u{a0}0123456, b", 8, &["id\u{a0}01234", "56, b"]),
            // A number and what it counts.
            ("1 file, 15 errors", 10, &["1 file,", "15 errors"]),
            ("1 file, 15 errors", 11, &["1 file,", "15 errors"]),
            ("took (1.5 ms)", 10, &["took", "(1.5 ms)"]),
            ("共有15个错误", 7, &["共有", "15个错", "误"]),
            ("共有 15 个错误", 9, &["共有", "15 个错误"]),
            ("共有 15 个错误", 8, &["共有", "15 个错", "误"]),
            ("21:11 +08:00 周三", 13, &["21:11 +08:00", "周三"]),
            ("毫秒（13 位）", 7, &["毫秒", "（13", "位）"]),
            ("on lines 3, 6, 9", 12, &["on lines 3,", "6, 9"]),
            ("a v2 signature", 6, &["a v2", "signat", "ure"]),
            ("2021-03-10 21:11:56", 12, &["2021-03-10", "21:11:56"]),
            ("counted: 15  ", 11, &["counted: 15", ""]),
            ("12345678 errors", 9, &["12345678", "errors"]),
            ("12345678个", 9, &["12345678", "个"]),
        ] {
            assert_eq!(wrap(text, limit), lines, "{text} in {limit}");
        }
    }

    #[test]
    fn an_id_that_fits_in_a_line_is_whole() {
        for (text, whole) in [
            ("a, ou_0123456789", &["a,", "ou_0123456789"][..]),
            ("a, ou_0123456789ab", &["a, ou_01234567", "89ab"]),
            ("浙江, ou_01234567", &["浙江,", "ou_01234567"]),
        ] {
            assert_eq!(wrap_words(text, 14), whole, "{text}");
        }
        assert_eq!(wrap("a, ou_0123456789", 14), ["a, ou_01234567", "89"]);
    }

    #[test]
    fn items_are_whole_where_they_fit() {
        let lines = |items: &[&str], between, limit| {
            wrap_items(&items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>(), between, limit)
        };
        assert_eq!(lines(&["one to one 22", "group 1"], ", ", 16), ["one to one 22,", "group 1"]);
        assert_eq!(lines(&["富文本 2", "文件 3"], "，", 16), ["富文本 2，文件 3"]);
        assert_eq!(lines(&["富文本 2", "文件 3"], "，", 15), ["富文本 2，", "文件 3"]);
        assert_eq!(lines(&["a b", "c"], "   ", 6), ["a b", "c"]);
        assert_eq!(lines(&["one to one 22", "b"], ", ", 8), ["one to", "one 22,", "b"]);
        assert_eq!(lines(&[], ", ", 8), [""]);
    }

    #[test]
    fn further_lines_hang_below_the_first() {
        for (text, column, hung) in [
            ("one two three", 2, "> one two\n  three"),
            ("one\u{fffe}two three", 2, "> one two\n  three"),
            ("a\u{a0}b", 2, "> a\u{a0}b"),
            ("one two", 6, "> one\n      two"),
            // No room for it beside what the line begins with.
            ("one two", 8, ">\n  one two"),
            ("on", 8, "> on"),
        ] {
            let mut out = "> ".to_owned();
            push_hanging(text, column, 10, 4, &mut out);
            assert_eq!(out, hung);
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_too_wide(text in ".{0,60}", limit in 2usize..30, whole: bool) {
            let clean = crate::terminal::sanitize::clean(&text);
            let lines = lines(&clean, limit, whole);
            prop_assert!(lines.iter().all(|line| width(line) <= limit));
            let kept: String = lines.concat().replace(' ', "");
            prop_assert_eq!(kept, clean.replace(' ', ""));
        }
    }
}
