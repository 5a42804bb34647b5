//! Did you mean: the known name that is nearest to an unknown one, and the one sentence for names that nothing has.

use std::cell::RefCell;
use std::fmt;
use std::hash::BuildHasher;

use crate::lang::{Label, Lang, Sentence, both, say};

/// A name that nothing has: ``unknown column `chek_time`; did you mean `check_time`?``
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What it was to be the name of: `column`.
    pub what: Label,
    /// What was asked for.
    pub name: String,
    /// What was probably meant.
    pub near: Option<String>,
    /// What is said where nothing is near: what there is, or who lists it.
    pub known: Sentence,
}

impl Unknown {
    /// A name that is none of `known`; `hint` says what there is.
    pub fn new<'n>(
        what: Label,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        hint: impl Into<Sentence>,
    ) -> Unknown {
        let near = nearest(name, known).map(str::to_owned);
        Unknown { what, name: name.to_owned(), near, known: hint.into() }
    }

    /// A name that is none of these, which are so few that they can be listed.
    pub fn among(what: Label, name: &str, known: &[&str]) -> Unknown {
        let hint = match known {
            [] => both!("一个也没有", "there are none"),
            _ => {
                let [zh, en] = ["、", ", "].map(|comma| known.join(comma));
                both!("有 {zh}", "there are {en}")
            }
        };
        Unknown::new(what, name, known.iter().copied(), hint)
    }

    /// The sentence in one language.
    pub fn words(&self, lang: Lang) -> String {
        let (what, mut name) = (self.what.text(lang), String::new());
        for c in self.name.chars() {
            match c {
                '"' | '\'' | '\\' => name.push(c),
                // What drives terminals.
                _ => name.extend(c.escape_debug()),
            }
        }
        let rest = match &self.near {
            Some(near) => did_you_mean(format_args!("`{near}`"), lang),
            None => self.known.text(lang).to_owned(),
        };
        say!(lang, "未知的{what} `{name}`；{rest}", "unknown {what} `{name}`; {rest}")
    }
}

impl From<&Unknown> for Sentence {
    fn from(unknown: &Unknown) -> Sentence {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| unknown.words(lang).into());
        Sentence { zh, en }
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl std::error::Error for Unknown {}

/// The question that offers a known name: ``did you mean `check_time`?`` Quotes, and words before it, come with `near`.
pub fn did_you_mean(near: impl fmt::Display, lang: Lang) -> String {
    say!(lang, "是不是 {near}？", "did you mean {near}?")
}

/// Longer names are like none: the distance is quadratic in the length, and a hostile key can be megabytes long.
const LONGEST: usize = 128;

/// The known name that `name` is probably a slip of: at most a third of its letters differ (a swap of two
/// neighbours counts once), letter case and `-` for `_` count for nothing.
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if name.len() > LONGEST {
        return None;
    }
    let folded = fold(name);
    let length = folded.chars().count();
    let limit = (length / 3).clamp(1, 4);
    let letters_of_name = letters(name);
    known
        .into_iter()
        // Each letter that only one of the two has takes an edit of its own: most candidates need no closer look.
        .filter(|candidate| {
            let theirs = letters(candidate);
            let odd = |a: u64, b: u64| (a & !b).count_ones() as usize;
            odd(letters_of_name, theirs).max(odd(theirs, letters_of_name)) <= limit
        })
        .map(|candidate| (fold(candidate), candidate))
        .filter(|(theirs, _)| theirs.chars().count().abs_diff(length) <= limit)
        .map(|(theirs, candidate)| (strsim::osa_distance(&folded, &theirs), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// [`nearest`] among the names of a list that does not change, for the names in payloads: what nothing has comes again
/// with every event, and to look for it takes as long as a hundred events. A list has one `name_of`.
pub fn nearest_of<T>(
    name: &str,
    list: &'static [T],
    name_of: impl Fn(&'static T) -> Option<&'static str>,
) -> Option<&'static str> {
    REMEMBERED.with_borrow_mut(|remembered| {
        let which = (list.as_ptr().addr(), list.len());
        remembered.near(name, which, || nearest(name, list.iter().filter_map(name_of)))
    })
}

thread_local! {
    static REMEMBERED: RefCell<Remembered> = RefCell::default();
}

/// What the last names are near to: a place for each hash, in which the newest stands.
#[derive(Default)]
struct Remembered {
    hasher: foldhash::fast::RandomState,
    asked: Vec<Option<Asked>>,
}

struct Asked {
    name: Box<str>,
    /// Which list was looked through: its place in memory, and its length.
    list: (usize, usize),
    near: Option<&'static str>,
}

impl Remembered {
    /// So many names are remembered; none is longer than [`LONGEST`].
    const MOST: usize = 256;

    fn near(
        &mut self,
        name: &str,
        list: (usize, usize),
        look: impl FnOnce() -> Option<&'static str>,
    ) -> Option<&'static str> {
        if name.len() > LONGEST {
            return look();
        }
        self.asked.resize_with(Remembered::MOST, || None);
        let place = &mut self.asked[self.hasher.hash_one((name, list)) as usize % Remembered::MOST];
        match place {
            Some(asked) if *asked.name == *name && asked.list == list => asked.near,
            _ => {
                let near = look();
                *place = Some(Asked { name: name.into(), list, near });
                near
            }
        }
    }
}

/// A bit for each letter that [`fold`] leaves of a name; unusual ones share bits. `_` is none: folding puts it in.
fn letters(name: &str) -> u64 {
    let bit = |c: char| match c {
        '_' | '-' => 0,
        c => 1 << (u32::from(c.to_ascii_lowercase()) & 63),
    };
    name.chars().fold(0, |letters, c| letters | bit(c))
}

fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len() + 4);
    let mut lower = false;
    for c in name.chars() {
        // checkTime is check_time in another dialect.
        if c.is_ascii_uppercase() && lower {
            folded.push('_');
        }
        lower = c.is_ascii_lowercase();
        folded.push(if c == '-' { '_' } else { c.to_ascii_lowercase() });
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::label;

    #[test]
    fn one_sentence_for_names_that_nothing_has() {
        for (name, known, en, zh) in [
            (
                "pahts",
                &["paths", "lang"][..],
                "unknown key `pahts`; did you mean `paths`?",
                "未知的键 `pahts`；是不是 `paths`？",
            ),
            (
                "x\u{1b}",
                &["paths", "lang"],
                r"unknown key `x\u{1b}`; there are paths, lang",
                r"未知的键 `x\u{1b}`；有 paths、lang",
            ),
            ("l'x", &[], "unknown key `l'x`; there are none", "未知的键 `l'x`；一个也没有"),
        ] {
            let unknown = Unknown::among(label("键", "key"), name, known);
            assert_eq!((unknown.to_string(), unknown.words(Lang::Zh)), (en.to_owned(), zh.to_owned()));
        }
    }

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["check_time", "employee_id", "employee_no", "is_wifi", "ssid", "type"];
        for (name, expected) in [
            ("chek_time", Some("check_time")),
            ("checkTime", Some("check_time")),
            ("CHECK-TIME", Some("check_time")),
            ("employe_id", Some("employee_id")),
            ("isWifi", Some("is_wifi")),
            ("sisd", Some("ssid")),
            ("tpye", Some("type")),
            ("device_id", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
    }

    #[test]
    fn what_was_asked_before_is_answered_the_same_and_only_of_its_list() {
        static TIMES: [&str; 2] = ["check_time", "create_time"];
        static IDS: [&str; 2] = ["employee_id", "check_tim"];
        let known = |name: &'static &'static str| Some(*name);
        let many = (0..2 * Remembered::MOST).map(|at| format!("chek_time{at}"));
        for name in
            ["chek_time", "x", "", &"x".repeat(LONGEST + 1)].map(str::to_owned).into_iter().chain(many)
        {
            for _ in 0..2 {
                assert_eq!(nearest_of(&name, &TIMES, known), nearest(&name, TIMES), "{name}");
                assert_eq!(nearest_of(&name, &IDS, known), nearest(&name, IDS), "{name}");
            }
        }
        let mut remembered = Remembered::default();
        let mut looked = 0;
        for name in ["a", "a", "b", "a"] {
            remembered.near(name, (0, 0), || {
                looked += 1;
                None
            });
        }
        assert!(looked <= 3, "{looked} times for two names, which may share a place");
    }

    #[test]
    fn what_has_other_letters_is_farther_away() {
        let names = [
            "check_time",
            "employee_id",
            "ssid",
            "地点",
            "type",
            "CHECK-TIME",
            "tpye",
            "x",
            "is_wifi",
            "isWifi",
        ];
        for a in names {
            for b in names {
                let odd = (letters(a) & !letters(b)).count_ones() as usize;
                assert!(odd <= strsim::osa_distance(&fold(a), &fold(b)), "{a} {b}");
            }
        }
    }
}
