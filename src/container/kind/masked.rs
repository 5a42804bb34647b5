//! Values that somebody hid before showing them: `***`, `xxxx`, `<redacted>`, `wz5v....`. No secret that was issued
//! looks like that, so nothing can be said of the value but that it is hidden.

/// Runs that stand for what was taken out, wherever in a value; and those that do so where they are its beginning, its
/// end, or all of it.
const RUNS: [&str; 5] = ["***", "...", "…", "•", "●"];
const ENDS: [&str; 4] = ["xxxx", "XXXX", "####", "----"];
/// What takes a value's place in words.
const WORDS: [&str; 9] = [
    "redacted",
    "masked",
    "filtered",
    "hidden",
    "removed",
    "omitted",
    "placeholder",
    "scrubbed",
    "sanitized",
];
/// Brackets around a name that stands for the value: `<token>`, `${TOKEN}`, `{{token}}`, `[token]`.
const BRACKETS: [(&str, &str); 4] = [("<", ">"), ("${", "}"), ("{{", "}}"), ("[", "]")];

/// Whether `value`, which should be a token or a text in base64, was hidden.
pub(crate) fn is_masked(value: &str) -> bool {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let all = value.len() > 1 && value.bytes().all(|byte| b"*xX.#-_?".contains(&byte));
    all || RUNS.iter().any(|run| value.contains(run))
        || ENDS.iter().any(|run| value.starts_with(run) || value.ends_with(run))
        || WORDS.iter().any(|word| lower.contains(word))
        || BRACKETS.iter().any(|(open, close)| value.starts_with(open) && value.ends_with(close))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_hidden_is_told_from_what_is_issued() {
        for value in [
            "***",
            "**",
            "*****",
            "wz5v....",
            "wz5v***vYHBg",
            "xxx",
            "xxxxxxxx",
            "XXXX",
            "wz5vxxxx",
            "<redacted>",
            "[REDACTED]",
            "(masked)",
            "[Filtered]",
            "${TOKEN}",
            "{{token}}",
            "<token>",
            "wz5v…",
            "••••",
            " *** ",
        ] {
            assert!(is_masked(value), "{value}");
        }
        for value in
            ["", "t", "x", "wz5vVgAqJ0cghdfdjdVuxeyTt8hvYHBg", "P37w+VZImNg==", "another-token", "x-1"]
        {
            assert!(!is_masked(value), "{value}");
        }
    }

    proptest! {
        #[test]
        fn an_issued_token_is_hardly_ever_taken_for_a_masked_one(token in "[0-9A-Za-wyz]{32}") {
            prop_assert!(!is_masked(&token));
        }
    }
}
