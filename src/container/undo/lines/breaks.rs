//! The lines of an object that end within a word or a string. All that a terminal broke are full: as wide as it was. What
//! was broken between words, and lost a blank there, is not.

use unicode_width::UnicodeWidthStr;

use crate::steps::took;

use super::outline::Within;

/// Nobody breaks lines between words who writes lines as wide as this.
const WIDE: usize = 512;

/// Where lines end, and how wide they are.
#[derive(Clone, Debug)]
pub(super) struct Breaks {
    /// Whether it is looked at: it is not where a program wrote the lines with a name before each.
    asked: bool,
    /// So many end within a word, or within what is encrypted.
    pub words: usize,
    /// So many end within the text of a string.
    pub texts: usize,
    /// So many lines came after it was known that they have no one width.
    pub uneven: usize,
    /// How many of the widest lines end elsewhere.
    others: [usize; 3],
    /// The last line, in each way of counting: in columns, characters and bytes.
    last: [usize; 3],
    /// The width may be from the one to the other.
    full: [(usize, usize); 3],
    /// The widest line.
    widest: [usize; 3],
}

impl Breaks {
    pub fn new(asked: bool, line: &[u8]) -> Self {
        let last = if asked { widths(line) } else { [0; 3] };
        Breaks {
            asked,
            words: 0,
            texts: 0,
            uneven: 0,
            others: [0; 3],
            last,
            full: [(0, usize::MAX); 3],
            widest: last,
        }
    }

    /// Counts the next line, before which a line ended `within` something.
    pub fn line(&mut self, within: Within, line: &[u8]) {
        self.words += usize::from(matches!(within, Within::Word | Within::Key | Within::Sealed));
        self.texts += usize::from(within == Within::Text);
        if !self.asked {
            return;
        }
        let next = widths(line);
        // An encoder breaks what it makes, however long the line is in which that begins.
        if !matches!(within, Within::Space | Within::Sealed) {
            // A character of two columns that would not fit leaves one free.
            let wide = usize::from(line.first().is_some_and(|byte| *byte >= 0x80));
            for ((full, last), free) in self.full.iter_mut().zip(self.last).zip([wide, 0, 0]) {
                *full = (full.0.max(last), full.1.min(last + free));
            }
        }
        for (way, next) in next.into_iter().enumerate() {
            self.others[way] += usize::from(within == Within::Space && self.last[way] == self.widest[way]);
            if next > self.widest[way] {
                (self.widest[way], self.others[way]) = (next, 0);
            }
        }
        self.last = next;
    }

    /// The ways of counting in which there is a width to which the lines may have been broken.
    fn even(&self) -> impl Iterator<Item = usize> {
        (0..3).filter(|&way| {
            let (least, most) = self.full[way];
            least <= most && self.widest[way] <= most
        })
    }

    /// Whether there is such a width.
    pub fn are_even(&self) -> bool {
        self.even().next().is_some()
    }

    /// Whether they were broken to it, wherever that was: three lines are no more as wide by chance, nor two where there
    /// is no blank but in strings, and nothing else ends a line within a word.
    pub fn are_proven(&self, spaced: bool) -> bool {
        let enough = if spaced { 3 } else { 2 };
        let full = |way: usize| {
            let others = if self.widest[way] >= self.full[way].0 { self.others[way] } else { 0 };
            self.words > 0 || self.texts + others >= enough || self.full[way].0 >= WIDE
        };
        self.texts == 0 || !self.asked || self.even().any(full)
    }
}

/// How wide a line is, in columns, characters and bytes.
fn widths(line: &[u8]) -> [usize; 3] {
    took(line.len());
    if line.is_ascii() {
        return [line.len(); 3];
    }
    let text = String::from_utf8_lossy(line);
    [text.width(), text.chars().count(), line.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether lines that all end within something, but for the last, are as even and as proven.
    fn of(within: Within, lines: &[&str]) -> (bool, bool) {
        let mut breaks = Breaks::new(true, lines[0].as_bytes());
        for line in &lines[1..] {
            breaks.line(within, line.as_bytes());
        }
        (breaks.are_even(), breaks.are_proven(true))
    }

    #[test]
    fn lines_of_one_width_were_broken_by_it_and_others_between_words() {
        let wide = "x".repeat(WIDE);
        for (within, lines, want) in [
            (Within::Text, &["aaaa", "bbbb", "cccc", "d"][..], (true, true)),
            (Within::Text, &["aaaa", "bbbb", "c"], (true, false)),
            (Within::Text, &["aaaa", "bbb", "c"], (false, false)),
            (Within::Text, &["aaaa", "bbbb", "cccc", "ddddd"], (false, false)),
            (Within::Word, &["aaaa", "b"], (true, true)),
            (Within::Text, &[&wide, "b"], (true, true)),
            // Characters of two columns leave one free, or none are counted so.
            (Within::Text, &["aaaa", "\u{4e00}\u{4e00}", "aaa", "\u{4e00}\u{4e00}", "d"], (true, true)),
            (Within::Text, &["\u{4e00}a", "bb", "c\u{4e00}", "d"], (true, true)),
            (Within::Text, &["aaaa", "aaa", "\u{4e00}\u{4e00}", "aaa", "d"], (false, false)),
            (Within::Space, &["aaaa", "b", "cc"], (true, true)),
        ] {
            assert_eq!(of(within, lines), want, "{lines:?}");
        }
        let mut breaks = Breaks::new(true, b"aaaa");
        breaks.line(Within::Text, b"bbbb");
        breaks.line(Within::Text, b"c");
        assert!(breaks.are_proven(false));
        // Full lines that end between tokens count, too.
        let mut breaks = Breaks::new(true, b"aaaa");
        for (within, line) in [(Within::Space, "bbbb"), (Within::Text, "cccc"), (Within::Space, "d")] {
            assert!(!breaks.are_proven(true) || breaks.texts == 0);
            breaks.line(within, line.as_bytes());
        }
        assert!(breaks.are_proven(true));
    }
}
