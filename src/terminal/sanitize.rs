//! The one door from payload text to a terminal: what could move the cursor, hide or reorder text is shown as an
//! escape, and lengths are counted in columns. Every string of a payload, and every file name, goes through here.
//!
//! A backslash of the payload itself stays as it is, so `\n` may be a line end or the two characters: this is for
//! reading. Who needs to tell them apart takes a JSON format.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
use wide::u8x16;

/// What stands for text that was left out.
pub const ELLIPSIS: &str = "..";

/// How many marks without a width may follow one another before the rest is escaped: no script needs more on one
/// letter, and a thousand of them paint over the neighbouring lines without taking a column.
const MARKS: usize = 6;

/// Whether a character is not to be shown as it is: it drives the terminal, cannot be seen, or reorders its
/// neighbours. Variation selectors are not among them; their runs are limited like those of accents.
///
/// The zero-width joiner is, so a family emoji comes apart into its members and `\u{200d}`: accepted, because two
/// keys that differ in an invisible character must not look alike.
pub const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' // C0, DEL, C1
        | '\u{ad}' | '\u{34f}' // soft hyphen, grapheme joiner
        | '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' // bidi
        | '\u{200b}'..='\u{200d}' | '\u{2028}'..='\u{2029}' // zero width; line and paragraph separator
        | '\u{2060}'..='\u{206f}' // word joiner, invisible operators, bidi isolates, deprecated formats
        | '\u{115f}'..='\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers: letters nobody sees
        | '\u{17b4}'..='\u{17b5}' | '\u{180e}' // invisible Khmer vowels, Mongolian vowel separator
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' // BOM, annotations, no characters
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' // shorthand and musical formats
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}' // tags, and what is reserved beside them
    )
}

/// Whether all is printable ASCII: the common case, and mostly short. Blocks that overlap leave no rest for a loop.
fn is_plain(bytes: &[u8]) -> bool {
    let plain = |block: [u8; 16]| {
        let above = u8x16::new(block) - u8x16::splat(b' ');
        above.min(u8x16::splat(b'~' - b' ')).simd_eq(above).all()
    };
    if let Some(last) = bytes.last_chunk::<16>() {
        return plain(*last) && bytes.as_chunks().0.iter().all(|block| plain(*block));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return plain(std::array::from_fn(|at| if at < 8 { first[at] } else { last[at - 8] }));
    }
    bytes.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
}

/// Whether a character may be shown as it is, after so many marks without a width.
pub(crate) fn passes(c: char, marks: &mut usize) -> bool {
    match c {
        // Common Han characters: most of what is not ASCII, and none of them is a mark.
        ' '..='~' | '\u{4e00}'..='\u{9fff}' => *marks = 0,
        _ if is_hidden(c) => return false,
        _ if c.width() == Some(0) => *marks += 1,
        _ => *marks = 0,
    }
    *marks <= MARKS
}

/// Text as it may be shown, borrowed when it is so already: `"a\u{1b}[2J"` becomes `a\u{1b}[2J` in letters.
pub fn clean(text: &str) -> Cow<'_, str> {
    let mut marks = 0;
    if is_plain(text.as_bytes()) || text.chars().all(|c| passes(c, &mut marks)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    push_clean(text, &mut out);
    Cow::Owned(out)
}

/// Bytes as they may be shown: as [`clean`], and what is not UTF-8 as `\xNN`.
pub fn clean_bytes(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return clean(text);
    }
    let mut out = String::with_capacity(bytes.len() + 16);
    push_clean_bytes(bytes, &mut out);
    Cow::Owned(out)
}

/// Appends text as it may be shown.
pub fn push_clean(text: &str, out: &mut String) {
    if is_plain(text.as_bytes()) {
        return out.push_str(text);
    }
    let (mut marks, mut copied) = (0, 0);
    for (at, c) in text.char_indices() {
        if !passes(c, &mut marks) {
            out.push_str(&text[copied..at]);
            push_escape(c, out);
            copied = at + c.len_utf8();
        }
    }
    out.push_str(&text[copied..]);
}

/// Appends bytes as they may be shown.
pub fn push_clean_bytes(bytes: &[u8], out: &mut String) {
    // Nearly all of it is, and to ask at once is cheaper than to go from piece to piece.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return push_clean(text, out);
    }
    for chunk in bytes.utf8_chunks() {
        push_clean(chunk.valid(), out);
        chunk.invalid().iter().for_each(|&byte| push_byte(byte, out));
    }
}

/// Appends the escape of a character: `\n`, `\t`, `\r`, `\0` or `\u{202e}`.
pub(crate) fn push_escape(c: char, out: &mut String) {
    match c {
        '\0' => out.push_str("\\0"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        c => out.extend(c.escape_unicode()),
    }
}

/// Appends the escape of a byte that is not UTF-8: `\xff`.
pub(crate) fn push_byte(byte: u8, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push_str("\\x");
    out.push(char::from(HEX[usize::from(byte >> 4)]));
    out.push(char::from(HEX[usize::from(byte & 15)]));
}

/// Columns of a text that is clean: two for a Chinese character.
pub fn width(text: &str) -> usize {
    if is_plain(text.as_bytes()) {
        return text.len();
    }
    // Nothing around these changes how wide they are.
    let columns = text.chars().try_fold(0, |columns, c| match c {
        ' '..='~' => Some(columns + 1),
        '\u{4e00}'..='\u{9fff}' => Some(columns + 2),
        _ => None,
    });
    columns.unwrap_or_else(|| text.width())
}

/// Columns of one character, rather too many than too few: a variation selector can widen the emoji before it.
pub(crate) fn char_width(c: char) -> usize {
    if c == '\u{fe0f}' { 1 } else { c.width().unwrap_or(0) }
}

/// Clean text cut to so many columns: `上海市徐汇区..`.
pub fn clip(text: &str, limit: usize) -> Cow<'_, str> {
    match cut(text, limit) {
        None => Cow::Borrowed(text),
        Some(at) => Cow::Owned(format!("{}{}", &text[..at], dots(limit))),
    }
}

/// Appends clean text cut to so many columns; returns how many it takes.
pub fn push_clip(text: &str, limit: usize, out: &mut String) -> usize {
    let at = cut(text, limit);
    let (kept, dots) = (&text[..at.unwrap_or(text.len())], at.map_or("", |_| dots(limit)));
    out.push_str(kept);
    out.push_str(dots);
    width(kept) + dots.len()
}

/// Appends the end of clean text, cut to so many columns (`..125316`); returns how many it takes.
pub fn push_clip_front(text: &str, limit: usize, out: &mut String) -> usize {
    let at = cut_front(text, limit);
    let (kept, dots) = (&text[at.unwrap_or(0)..], at.map_or("", |_| dots(limit)));
    out.push_str(dots);
    out.push_str(kept);
    width(kept) + dots.len()
}

/// Clean text in exactly so many columns: cut or filled up with spaces on the right.
pub fn pad(text: &str, columns: usize) -> String {
    let mut out = String::with_capacity(columns);
    let taken = push_clip(text, columns, &mut out);
    push_spaces(columns.saturating_sub(taken), &mut out);
    out
}

/// Appends spaces.
#[inline]
pub fn push_spaces(count: usize, out: &mut String) {
    // Tables pad millions of cells: a copy of a constant length is two instructions. What is too much is cut off.
    const SPACES: &str = "                                ";
    let end = out.len() + count;
    while out.len() < end {
        out.push_str(SPACES);
    }
    out.truncate(end);
}

/// A title as it begins a line: `user ID` becomes `User ID`.
pub fn capital(title: &str) -> String {
    let mut letters = title.chars();
    match letters.next() {
        // Names such as iOS are written as they are.
        Some(first) if !letters.clone().next().is_some_and(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

fn dots(limit: usize) -> &'static str {
    &ELLIPSIS[..limit.min(ELLIPSIS.len())]
}

/// Where to cut so that the beginning and the dots fit; `None` when all fits. Looks no further than it must.
fn cut(text: &str, limit: usize) -> Option<usize> {
    // No character has more columns than bytes.
    if text.len() <= limit {
        return None;
    }
    let room = limit.saturating_sub(ELLIPSIS.len());
    let (mut taken, mut at) = (0, 0);
    for (start, c) in text.char_indices() {
        taken += char_width(c);
        if taken <= room {
            at = start + c.len_utf8();
        } else if taken > limit {
            return Some(at);
        }
    }
    None
}

/// Where to cut so that the dots and the end fit; `None` when all fits.
fn cut_front(text: &str, limit: usize) -> Option<usize> {
    if text.len() <= limit {
        return None;
    }
    let room = limit.saturating_sub(ELLIPSIS.len());
    let (mut taken, mut at) = (0, text.len());
    for (start, c) in text.char_indices().rev() {
        let columns = char_width(c);
        taken += columns;
        // Only before a character with a width: an accent does not follow the dots.
        if taken <= room && columns > 0 && c != '\u{fe0f}' {
            at = start;
        } else if taken > limit {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_tables_whatever_is_plain() {
        let mut text = String::new();
        for at in 0..40 {
            for c in [
                ' ', '~', '\u{1f}', '\x7f', '\u{80}', '一', '\u{9fff}', '\u{4dff}', '\u{a000}', 'é', '👍',
                '\u{fe0f}',
            ] {
                let odd = [&text[..], &c.to_string(), &text].concat();
                assert_eq!(width(&odd), odd.width(), "{odd:?}");
                let plain = odd.bytes().all(|byte| matches!(byte, b' '..=b'~'));
                assert_eq!(is_plain(odd.as_bytes()), plain, "{odd:?}");
            }
            text.push(char::from(b'0' + at));
        }
        let all = ('\0'..=char::MAX).filter(|c| matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fff}'));
        let all: String = all.collect();
        assert_eq!(width(&all), all.width());
    }

    #[test]
    fn ordinary_text_is_borrowed_and_kept() {
        for text in [
            "",
            "plain ~!",
            "浙江省杭州市余杭区",
            "café e\u{301}",
            "😀👍🏽 ❤\u{fe0f}",
            "Ünïcödé",
            "한국어 ไทย",
            "a\\n",
        ] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text:?}");
            assert!(matches!(clean_bytes(text.as_bytes()), Cow::Borrowed(same) if same == text), "{text:?}");
            let mut out = String::new();
            push_clean(text, &mut out);
            assert_eq!(out, text);
        }
    }

    #[test]
    fn hostile_text_is_shown_as_escapes() {
        for (text, shown) in [
            ("a\u{1b}[2Jb", r"a\u{1b}[2Jb"),
            ("\0\t\r\n\x07\x7f", r"\0\t\r\n\u{7}\u{7f}"),
            ("\u{80}\u{85}\u{9b}31m\u{9f}", r"\u{80}\u{85}\u{9b}31m\u{9f}"),
            ("user\u{202e}txt.exe", r"user\u{202e}txt.exe"),
            ("\u{61c}\u{200e}\u{200f}\u{2066}\u{2069}", r"\u{61c}\u{200e}\u{200f}\u{2066}\u{2069}"),
            ("杭\u{200b}州\u{feff}\u{ad}\u{2060}", r"杭\u{200b}州\u{feff}\u{ad}\u{2060}"),
            ("\u{2028}\u{2029}\u{fff9}\u{e0041}\u{3164}", r"\u{2028}\u{2029}\u{fff9}\u{e0041}\u{3164}"),
            ("👩\u{200d}👧", r"👩\u{200d}👧"),
        ] {
            assert_eq!(clean(text), shown);
            assert_eq!(clean_bytes(text.as_bytes()), shown);
            assert_eq!(clean(shown), shown, "cleaning twice changes nothing");
        }
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_shown_as_hex() {
        assert_eq!(clean_bytes(b"ok \xff\xc3( \xe6\xb5 \x9b1m"), r"ok \xff\xc3( \xe6\xb5 \x9b1m");
        assert_eq!(clean_bytes("杭\u{1b}".as_bytes()), r"杭\u{1b}");
    }

    #[test]
    fn no_character_that_passes_is_a_control_and_marks_do_not_pile_up() {
        let controls = ('\0'..=char::MAX).filter(|c| c.is_control() && !is_hidden(*c));
        assert_eq!(controls.count(), 0);
        let shown = clean(&format!("a{}", "\u{301}".repeat(100))).into_owned();
        assert_eq!(shown.matches('\u{301}').count(), MARKS);
        assert_eq!(shown.matches(r"\u{301}").count(), 100 - MARKS);
    }

    #[test]
    fn text_is_cut_by_columns() {
        for (text, limit, front, back) in [
            ("abc", 3, "abc", "abc"),
            ("abcd", 3, "a..", "..d"),
            ("abcd", 2, "..", ".."),
            ("abcd", 1, ".", "."),
            ("abcd", 0, "", ""),
            ("", 0, "", ""),
            ("上海市徐汇区", 12, "上海市徐汇区", "上海市徐汇区"),
            ("上海市徐汇区", 11, "上海市徐..", "..市徐汇区"),
            ("上海市徐汇区", 9, "上海市..", "..徐汇区"),
            ("cafe\u{301}s e\u{301}t", 5, "caf..", ".. e\u{301}t"),
            ("e\u{301}e\u{301}e\u{301}", 3, "e\u{301}e\u{301}e\u{301}", "e\u{301}e\u{301}e\u{301}"),
        ] {
            assert_eq!(clip(text, limit), front);
            let (mut a, mut b) = (String::new(), String::new());
            assert_eq!(push_clip(text, limit, &mut a), width(front));
            assert_eq!(push_clip_front(text, limit, &mut b), width(back));
            assert_eq!((a.as_str(), b.as_str()), (front, back));
            assert_eq!(width(&pad(text, limit)), limit.max(width(front)));
        }
    }

    #[test]
    fn a_title_begins_with_a_capital_but_for_names_that_do_not() {
        for (title, line) in [
            ("user ID", "User ID"),
            ("iOS version", "iOS version"),
            ("Wi-Fi", "Wi-Fi"),
            ("", ""),
            ("员工", "员工"),
        ] {
            assert_eq!(capital(title), line);
        }
    }

    #[test]
    fn padding_counts_columns() {
        assert_eq!(pad("杭州", 6), "杭州  ");
        assert_eq!(pad("上海市徐汇区", 7), "上海.. ");
    }
}
