//! Keys and tokens: from the environment or from files, never from an argument, which every user of the machine can
//! read in the list of processes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::files::small;
use crate::cli::files::source::{name_of, named};
use crate::cli::io::Io;
use crate::cli::talk::Talk;
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
pub fn credentials(
    key_files: &[PathBuf],
    token_files: &[PathBuf],
    io: &Io,
    talk: &Talk,
) -> Result<Arc<Credentials>, String> {
    let mut keys = Keyring::default();
    let mut tokens = Tokens::default();
    for text in texts(key_files, KEYS, io)? {
        secrets(&text, talk).into_iter().for_each(|key| keys.add(Key::new(key)));
    }
    for text in texts(token_files, TOKENS, io)? {
        tokens.0.extend(secrets(&text, talk).into_iter().map(str::to_owned));
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
fn texts(files: &[PathBuf], variable: &str, io: &Io) -> Result<Vec<Text>, String> {
    let mut texts = Vec::new();
    for path in files {
        let text = read(path)?;
        if secrets_in(&text, true).next().is_none() {
            return Err(format!("{}: no key in it", name_of(path)));
        }
        texts.push(Text { place: name_of(path), text, comments: true });
    }
    if let Some(text) = io.variable(variable)? {
        // What ends the last line of a file was pasted into a variable, and is to be noted as blanks are.
        let text = match text.trim_matches(['\r', '\n']) {
            pasted if pasted.len() < text.len() => format!(" {pasted}"),
            _ => text,
        };
        texts.push(Text { place: variable.to_owned(), text, comments: false });
    }
    Ok(texts)
}

fn read(path: &Path) -> Result<String, String> {
    // The text is never quoted: it is a secret.
    let bytes = small::read(path).map_err(|error| named(path, &error).to_string())?;
    String::from_utf8(bytes).map_err(|_| format!("{}: not UTF-8", name_of(path)))
}

/// The secrets in a text; says so where white space was taken off.
fn secrets<'t>(Text { place, text, comments }: &'t Text, talk: &Talk) -> Vec<&'t str> {
    let found: Vec<_> = secrets_in(text, *comments).collect();
    if found.iter().any(|(_, spaced)| *spaced) {
        talk.say(format_args!("{place}: white space around a key was taken off"));
    }
    found.into_iter().map(|(secret, _)| secret).collect()
}

/// One secret a line, and whether white space stood around it; also as `app_id = secret`, where the app is a note for
/// people: no body says its app before it is decrypted. Blank lines say nothing, nor do `comments`, those that begin
/// with `#`. A secret may hold any other character, also `=`: only what begins with `cli_` is taken for an app.
fn secrets_in(text: &str, comments: bool) -> impl Iterator<Item = (&str, bool)> {
    text.trim_start_matches('\u{feff}').lines().filter_map(move |line| {
        let trimmed = line.trim();
        if trimmed.is_empty() || comments && trimmed.starts_with('#') {
            return None;
        }
        let named = trimmed.split_once('=').map(|(app, text)| (app.trim_end(), text.trim_start()));
        Some(match named.filter(|(app, text)| app.starts_with("cli_") && !text.is_empty()) {
            Some((_, secret)) => (secret, false),
            None => (trimmed, trimmed.len() != line.len()),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_one_a_line_and_may_name_their_app() {
        let read = |text| -> Vec<(String, bool)> {
            secrets_in(text, true).map(|(secret, spaced)| (secret.to_owned(), spaced)).collect()
        };
        let plain = |text: &str| (text.to_owned(), false);
        assert_eq!(read("one"), [plain("one")]);
        assert_eq!(read("\u{feff}one\r\n\r\n# note\ntwo=2==\n"), [plain("one"), plain("two=2==")]);
        assert_eq!(read(" one \n"), [("one".to_owned(), true)]);
        assert_eq!(read("cli_a = k=v"), [plain("k=v")]);
        assert_eq!(read("cli_a="), [plain("cli_a=")]);
        assert_eq!(read(" \n#\n"), []);
        assert_eq!(secrets_in("#key", false).collect::<Vec<_>>(), [("#key", false)]);
    }
}
