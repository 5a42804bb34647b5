//! Did you mean: the known name that is nearest to an unknown one, and the one sentence for names that nothing has.

use std::fmt::{self, Write};

/// A name that nothing has: ``unknown column `chek_time`; did you mean `check_time`?``
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What it was to be the name of: `column`.
    pub what: &'static str,
    /// What was asked for.
    pub name: String,
    /// What was probably meant.
    pub near: Option<String>,
    /// What is said where nothing is near: what there is, or who lists it.
    pub known: String,
}

impl Unknown {
    /// A name that is none of `known`; `hint` says what there is.
    pub fn new<'n>(
        what: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        hint: impl Into<String>,
    ) -> Unknown {
        let near = nearest(name, known).map(str::to_owned);
        Unknown { what, name: name.to_owned(), near, known: hint.into() }
    }

    /// A name that is none of these, which are so few that they can be listed.
    pub fn among(what: &'static str, name: &str, known: &[&str]) -> Unknown {
        let list = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Unknown::new(what, name, known.iter().copied(), format!("there are {list}"))
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown {} `", self.what)?;
        for c in self.name.chars() {
            match c {
                '"' | '\'' | '\\' => f.write_char(c)?,
                // What drives terminals.
                _ => write!(f, "{}", c.escape_debug())?,
            }
        }
        f.write_str("`; ")?;
        match &self.near {
            Some(near) => f.write_str(&did_you_mean(format_args!("`{near}`"))),
            None => f.write_str(&self.known),
        }
    }
}

impl std::error::Error for Unknown {}

/// The question that offers a known name: ``did you mean `check_time`?`` Quotes, and words before it, come with `near`.
pub fn did_you_mean(near: impl fmt::Display) -> String {
    format!("did you mean {near}?")
}

/// The known name that `name` is probably a slip of: at most a third of its letters differ (a swap of two
/// neighbours counts once), letter case and `-` for `_` count for nothing.
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // The distance is quadratic in the length, and a hostile key can be megabytes long.
    if name.len() > 128 {
        return None;
    }
    let folded = fold(name);
    let limit = (folded.chars().count() / 3).clamp(1, 4);
    let letters_of_name = letters(name);
    known
        .into_iter()
        // Each letter that only one of the two has takes an edit of its own: most candidates need no closer look.
        .filter(|candidate| {
            let theirs = letters(candidate);
            let odd = |a: u64, b: u64| (a & !b).count_ones() as usize;
            odd(letters_of_name, theirs).max(odd(theirs, letters_of_name)) <= limit
        })
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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

    #[test]
    fn one_sentence_for_names_that_nothing_has() {
        for (name, known, sentence) in [
            ("pahts", &["paths", "lang"][..], "unknown key `pahts`; did you mean `paths`?"),
            ("x\u{1b}", &["paths", "lang"], r"unknown key `x\u{1b}`; there are paths, lang"),
            ("l'x", &[], "unknown key `l'x`; there are none"),
        ] {
            assert_eq!(Unknown::among("key", name, known).to_string(), sentence);
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
