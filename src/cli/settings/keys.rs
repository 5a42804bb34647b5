//! Keys and tokens: from the environment or from files, never from an argument, which every user of the machine can
//! read in the list of processes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::files::output::say;
use crate::cli::files::small;
use crate::cli::files::source::{name_of, reason};
use crate::signature::{Credentials, Key, Keyring, Tokens};

/// Where Encrypt Keys are looked for besides files.
const KEYS: &str = "LARKSPECT_ENCRYPT_KEY";
/// Where Verification Tokens are looked for besides files.
const TOKENS: &str = "LARKSPECT_VERIFICATION_TOKEN";

/// What files and the environment hold.
///
/// # Errors
///
/// A file that cannot be read, is not UTF-8, or holds nothing.
pub fn credentials(key_files: &[PathBuf], token_files: &[PathBuf]) -> Result<Arc<Credentials>, String> {
    let mut keys = Keyring::default();
    let mut tokens = Tokens::default();
    for text in texts(key_files, KEYS)? {
        secrets(&text).into_iter().for_each(|(_, key)| keys.add(Key::new(key)));
    }
    for text in texts(token_files, TOKENS)? {
        tokens.0.extend(secrets(&text).into_iter().map(|(_, token)| token.to_owned()));
    }
    Ok(Arc::new(Credentials { keys, tokens }))
}

/// What a file or a variable holds.
struct Text {
    place: String,
    text: String,
    /// Whether a line that begins with `#` says nothing: in a file. A variable is a secret from its first character.
    comments: bool,
}

/// The texts of files and of a variable.
fn texts(files: &[PathBuf], variable: &str) -> Result<Vec<Text>, String> {
    let mut texts = Vec::new();
    for path in files {
        let text = read(path)?;
        if secrets_in(&text, true).next().is_none() {
            return Err(format!("{}: no key in it", name_of(path)));
        }
        texts.push(Text { place: name_of(path), text, comments: true });
    }
    match std::env::var(variable) {
        Ok(text) => {
            // What ends the last line of a file was pasted into a variable, and is to be noted as blanks are.
            let text = match text.trim_matches(['\r', '\n']) {
                pasted if pasted.len() < text.len() => format!(" {pasted}"),
                _ => text,
            };
            texts.push(Text { place: variable.to_owned(), text, comments: false });
        }
        Err(std::env::VarError::NotPresent) => {}
        Err(std::env::VarError::NotUnicode(_)) => return Err(format!("{variable} is not UTF-8")),
    }
    Ok(texts)
}

fn read(path: &Path) -> Result<String, String> {
    // The text is never quoted: it is a secret.
    let bytes = small::read(path).map_err(|error| format!("{}: {}", name_of(path), reason(&error)))?;
    String::from_utf8(bytes).map_err(|_| format!("{}: not UTF-8", name_of(path)))
}

/// The secrets in a text, each with its app where that is said; says so where white space was taken off.
fn secrets(Text { place, text, comments }: &Text) -> Vec<(Option<&str>, &str)> {
    let found: Vec<_> = secrets_in(text, *comments).collect();
    if found.iter().any(|secret| secret.spaced) {
        say(&format!("larkspect: {place}: white space around a key was taken off"));
    }
    found.into_iter().map(|secret| (secret.app, secret.text)).collect()
}

/// One line of keys.
#[derive(Debug, PartialEq, Eq)]
struct Secret<'t> {
    app: Option<&'t str>,
    text: &'t str,
    /// White space stood around it that is no line end.
    spaced: bool,
}

/// One secret a line, `app_id = secret` where it is of that app; blank lines say nothing, nor do `comments`, those
/// that begin with `#`. A secret may hold any other character, also `=`: only what begins with `cli_` is taken for an app.
fn secrets_in(text: &str, comments: bool) -> impl Iterator<Item = Secret<'_>> {
    text.trim_start_matches('\u{feff}').lines().filter_map(move |line| {
        let trimmed = line.trim();
        if trimmed.is_empty() || comments && trimmed.starts_with('#') {
            return None;
        }
        let named = trimmed.split_once('=').map(|(app, text)| (app.trim_end(), text.trim_start()));
        Some(match named.filter(|(app, text)| app.starts_with("cli_") && !text.is_empty()) {
            Some((app, text)) => Secret { app: Some(app), text, spaced: false },
            None => Secret { app: None, text: trimmed, spaced: trimmed.len() != line.len() },
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_one_a_line_and_may_name_their_app() {
        let read = |text| -> Vec<(Option<String>, String, bool)> {
            secrets_in(text, true).map(|s| (s.app.map(str::to_owned), s.text.to_owned(), s.spaced)).collect()
        };
        let plain = |text: &str| (None, text.to_owned(), false);
        assert_eq!(read("one"), [plain("one")]);
        assert_eq!(read("\u{feff}one\r\n\r\n# note\ntwo=2==\n"), [plain("one"), plain("two=2==")]);
        assert_eq!(read(" one \n"), [(None, "one".to_owned(), true)]);
        assert_eq!(read("cli_a = k=v"), [(Some("cli_a".to_owned()), "k=v".to_owned(), false)]);
        assert_eq!(read("cli_a="), [plain("cli_a=")]);
        assert_eq!(read(" \n#\n"), []);
        assert_eq!(secrets_in("#key", false).map(|secret| secret.text).collect::<Vec<_>>(), ["#key"]);
    }
}
