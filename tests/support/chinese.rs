//! How Chinese is set: the tests of the crate and those of the program hold its words to it.

/// Whether a text has Chinese writing in it.
pub fn is_chinese(text: &str) -> bool {
    text.chars().any(is_han)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Whether a Chinese text is set as people set it: a blank between Chinese and Latin letters or digits, full-width marks
/// in sentences, none of them beside a blank.
pub fn is_well_set(text: &str) -> bool {
    const MARKS: &str = "，。；：、？！（）“”";
    let chars: Vec<char> = text.chars().collect();
    let is_latin = |c: char| c.is_ascii_alphanumeric() || c == '`';
    chars.windows(2).all(|pair| match *pair {
        [a, b] if is_han(a) && is_latin(b) || is_latin(a) && is_han(b) => false,
        [a, ',' | ';' | '?' | ':'] if is_han(a) => false,
        [' ', b] if MARKS.contains(b) => false,
        [a, ' '] if MARKS.contains(a) => false,
        _ => true,
    })
}
