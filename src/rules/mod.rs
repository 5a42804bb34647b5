//! What can be wrong. One file per family; a rule's words, severity and condition stand side by side, and [`ALL`] is
//! the one ordered list of them.

pub(crate) mod accept;
pub mod expectation;
pub mod form;
pub mod garbled;
pub mod shape;
mod site;
pub mod stream;
pub mod syntax;
pub mod time;
pub mod value;
pub mod wire;

use crate::finding::Rule;
use crate::lang::label;
use crate::suggest::Unknown;

pub use site::Site;
pub(crate) use site::quoted;

/// Every rule, in the order in which they are listed and explained.
pub static ALL: &[&Rule] = &[
    &syntax::JSON_SYNTAX,
    &syntax::TRUNCATED_DOCUMENT,
    &syntax::INVALID_UTF8,
    &syntax::NESTING_TOO_DEEP,
    &syntax::DOCUMENT_TOO_LARGE,
    &syntax::DUPLICATE_KEY,
    &syntax::LONE_SURROGATE,
    &form::NOT_AN_EVENT,
    &form::UNKNOWN_EVENT_TYPE,
    &form::ENCRYPTED_WITHOUT_KEY,
    &wire::DECRYPTION_FAILED,
    &wire::RESHAPED_CAPTURE,
    &wire::UNDOCUMENTED_CHALLENGE,
    &wire::SIGNATURE_MISMATCH,
    &wire::TOKEN_MISMATCH,
    &wire::REPLAYED_REQUEST,
    &wire::STALE_REQUEST,
    &shape::MISSING_FIELD,
    &shape::ABSENT_FIELD,
    &value::EMPTY_VALUE,
    &shape::NULL_VALUE,
    &shape::WRONG_TYPE,
    &shape::UNKNOWN_FIELD,
    &value::UNKNOWN_CHOICE,
    &value::MALFORMED_MAC,
    &value::MALFORMED_URL,
    &value::MALFORMED_JSON,
    &garbled::GARBLED_TEXT,
    &value::COORDINATES_OUT_OF_RANGE,
    &time::NOT_A_TIMESTAMP,
    &time::TIMESTAMP_UNIT,
    &time::IMPLAUSIBLE_TIME,
    &time::PUNCH_AFTER_EVENT,
    &stream::DUPLICATE_EVENT,
    &stream::DUPLICATE_RECORD,
    &expectation::UNMET_EXPECTATION,
    &expectation::STALE_EXPECTATION,
];

/// The rule of this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}

/// Whether an error by this rule means that the document could not be read as an event at all.
pub fn is_unreadable(rule: &Rule) -> bool {
    const UNREADABLE: [&Rule; 9] = [
        &syntax::JSON_SYNTAX,
        &syntax::TRUNCATED_DOCUMENT,
        &syntax::INVALID_UTF8,
        &syntax::NESTING_TOO_DEEP,
        &syntax::DOCUMENT_TOO_LARGE,
        &form::NOT_AN_EVENT,
        &form::ENCRYPTED_WITHOUT_KEY,
        &wire::DECRYPTION_FAILED,
        &wire::RESHAPED_CAPTURE,
    ];
    UNREADABLE.contains(&rule)
}

/// Whether findings of a rule can be about events of a type: not what is said of documents that are none, of whole
/// requests, or of what stands beside them.
pub fn is_about_events(rule: &Rule) -> bool {
    const OTHERS: [&Rule; 5] = [
        &wire::UNDOCUMENTED_CHALLENGE,
        &wire::REPLAYED_REQUEST,
        &wire::STALE_REQUEST,
        &expectation::UNMET_EXPECTATION,
        &expectation::STALE_EXPECTATION,
    ];
    !is_unreadable(rule) && !OTHERS.contains(&rule)
}

/// What is said of a code that no rule has.
pub fn unknown_rule(code: &str) -> Unknown {
    let hint = label("`larkspect explain` 列出所有规则", "`larkspect explain` lists them");
    Unknown::new(label("规则", "rule"), code, ALL.iter().map(|rule| rule.code), hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::chinese::{is_chinese, is_well_set};

    #[test]
    fn codes_are_words_and_every_rule_is_explained() {
        for (at, rule) in ALL.iter().enumerate() {
            let words = rule.code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            assert!(words, "{}", rule.code);
            let Rule { code, summary, why, .. } = rule;
            assert!(!summary.en.ends_with('.') && !summary.en.is_empty(), "{code}");
            assert!(why.en.ends_with('.'), "{code}");
            for zh in [summary.zh, why.zh] {
                assert!(is_chinese(zh), "{code}: {zh}");
                assert!(is_well_set(zh), "{code}: {zh}");
            }
            assert!(!summary.zh.ends_with('。') && why.zh.ends_with('。'), "{code}");
            assert!(!ALL[..at].iter().any(|other| other.code == rule.code), "{} twice", rule.code);
        }
    }
}
