//! The two languages of the platform, side by side.

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

impl Label {
    /// The text in one language.
    pub const fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
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
