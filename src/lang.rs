//! The two languages of the platform, side by side.

use std::fmt;

use serde::Serialize;

/// A text in both languages of the platform; as JSON, an object of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Chinese, as the platform's documentation has it.
    pub zh: &'static str,
    /// English, short enough for a table.
    pub en: &'static str,
}

/// Makes a [`Label`].
pub const fn label(zh: &'static str, en: &'static str) -> Label {
    Label { zh, en }
}

/// The language of labels and titles. Codes, keys and CSV headers are never translated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

/// The languages in which sentences are made: both where two reports want them in different ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Langs {
    /// This one alone.
    Only(Lang),
    /// English, and Chinese beside it.
    Both,
}

impl Default for Langs {
    fn default() -> Langs {
        Langs::Only(Lang::default())
    }
}

impl Langs {
    /// The same and this one.
    pub fn and(self, lang: Lang) -> Langs {
        if self == Langs::Only(lang) { self } else { Langs::Both }
    }
}

/// A sentence in one of the languages, both side by side, so that a missing one does not compile. Values stand in it by
/// name: `say!(lang, "{name} 为空", "{name} is empty")`.
macro_rules! say {
    ($lang:expr, $zh:literal, $en:literal $(,)?) => {
        match $lang {
            $crate::lang::Lang::Zh => format!($zh),
            $crate::lang::Lang::En => format!($en),
        }
    };
}
pub(crate) use say;

/// A sentence that was made in both languages, for who does not know yet in which it will be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// In Chinese.
    pub zh: Box<str>,
    /// In English.
    pub en: Box<str>,
}

/// A [`Sentence`], both languages side by side: `both!("{name} 为空", "{name} is empty")`.
macro_rules! both {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::lang::Sentence { zh: format!($zh).into(), en: format!($en).into() }
    };
}
pub(crate) use both;

impl Sentence {
    /// The sentence in one language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

impl std::error::Error for Sentence {}

impl From<Label> for Sentence {
    fn from(label: Label) -> Sentence {
        Sentence { zh: label.zh.into(), en: label.en.into() }
    }
}

impl Label {
    /// The text in one language.
    pub const fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// The text, for who asks in which language it is told.
    pub(crate) fn said(self) -> impl Fn(Lang) -> String {
        move |lang| self.text(lang).to_owned()
    }

    /// Whether somebody means this by a text: in either language, in English in any letter case.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.zh == text || self.en.eq_ignore_ascii_case(text)
    }
}

/// A number of things in English, where the plural takes an `s`: `1 file`, `2 files`.
pub(crate) fn amount(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
#[path = "../tests/support/chinese.rs"]
pub(crate) mod chinese;

#[cfg(test)]
mod tests {
    use super::chinese::is_well_set;
    use super::*;

    #[test]
    fn a_sentence_is_made_in_the_language_that_is_asked() {
        let name = "`a`";
        let words = |lang| say!(lang, "{name} 是空的", "{name} is empty");
        assert_eq!([Lang::Zh, Lang::En].map(words), ["`a` 是空的", "`a` is empty"]);
        assert_eq!(Langs::Only(Lang::Zh).and(Lang::Zh), Langs::Only(Lang::Zh));
        assert_eq!(Langs::Only(Lang::Zh).and(Lang::En).and(Lang::Zh), Langs::Both);
    }

    #[test]
    fn badly_set_text_is_told() {
        for good in ["应为 8 位", "`a` 是空的", "写 \"x\"（秒）", "ID、类型", "一，二。"] {
            assert!(is_well_set(good), "{good}");
        }
        for bad in ["应为8位", "`a`是空的", "一,二", "一， 二", "共 8个"] {
            assert!(!is_well_set(bad), "{bad}");
        }
    }
}
