//! What is shown once where it comes again and again in a file: the others are counted, and the first few are named.

use crate::lang::{Label, Lang, label, say};

/// What people read before a line about others.
pub(crate) const NOTE: Label = label("说明", "note");

/// Lines that are named.
const NAMED: usize = 5;

/// What is like something that was shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alike {
    others: u64,
    lines: Vec<u64>,
}

impl Alike {
    /// One more, in this line.
    pub fn add(&mut self, line: u64) {
        self.others += 1;
        if self.lines.len() < NAMED && self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
    }

    /// `12 more like this in this file, on lines 3, 9, 12, 20, 21, ..`; `None` where there is none.
    pub fn words(&self, lang: Lang) -> Option<String> {
        let Alike { others, lines } = self;
        let mut places: Vec<String> = lines.iter().map(u64::to_string).collect();
        if *others > lines.len() as u64 && lines.len() == NAMED {
            places.push("..".to_owned());
        }
        let word = if lines.len() == 1 { "line" } else { "lines" };
        let places = places.join(label("、", ", ").text(lang));
        (*others > 0).then(|| {
            say!(
                lang,
                "此文件中还有 {others} 个同类问题，位于第 {places} 行",
                "{others} more like this in this file, on {word} {places}"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_others_are_counted_and_the_first_are_named() {
        for (lines, en) in [
            (&[][..], None),
            (&[3], Some("1 more like this in this file, on line 3")),
            (&[3, 3], Some("2 more like this in this file, on line 3")),
            (&[1, 2, 3, 4, 5], Some("5 more like this in this file, on lines 1, 2, 3, 4, 5")),
            (&[1, 2, 3, 4, 5, 5], Some("6 more like this in this file, on lines 1, 2, 3, 4, 5, ..")),
        ] {
            let mut alike = Alike::default();
            lines.iter().for_each(|line| alike.add(*line));
            assert_eq!(alike.words(Lang::En).as_deref(), en, "{lines:?}");
        }
        let mut alike = Alike::default();
        [1, 2].iter().for_each(|line| alike.add(*line));
        let zh = "此文件中还有 2 个同类问题，位于第 1、2 行";
        assert_eq!(alike.words(Lang::Zh).as_deref(), Some(zh));
    }
}
