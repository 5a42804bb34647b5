//! Keys and tokens: from the environment or from files, never from an argument, which every user of the machine can
//! read in the list of processes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::files::small;
use crate::cli::files::source::{name_of, said_of};
use crate::cli::io::Io;
use crate::cli::talk::Talk;
use crate::lang::{Sentence, both, say};
use crate::signature::{Credentials, Key, Keyring, Tokens};

/// Where Encrypt Keys are looked for besides files.
const KEYS: &str = "LARKSPECT_ENCRYPT_KEY";
/// Where Verification Tokens are looked for besides files.
const TOKENS: &str = "LARKSPECT_VERIFICATION_TOKEN";

/// The words of the names that Encrypt Keys have in a file of settings, and those of Verification Tokens.
const KEY: What = &["encrypt", "key"];
const TOKEN: What = &["verification", "token"];

type What = &'static [&'static str];

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
) -> Result<Arc<Credentials>, Sentence> {
    let mut keys = Keyring::default();
    let mut tokens = Tokens::default();
    for text in texts(key_files, KEYS, KEY, io)? {
        secrets(&text, KEY, talk).into_iter().for_each(|key| keys.add(Key::new(key)));
    }
    for text in texts(token_files, TOKENS, TOKEN, io)? {
        tokens.0.extend(secrets(&text, TOKEN, talk).into_iter().map(str::to_owned));
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
fn texts(files: &[PathBuf], variable: &str, what: What, io: &Io) -> Result<Vec<Text>, Sentence> {
    let mut texts = Vec::new();
    for path in files {
        let text = read(path)?;
        if secrets_in(&text, true, what).is_empty() {
            let name = name_of(path);
            return Err(both!("{name}: 里面没有密钥", "{name}: no key in it"));
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

fn read(path: &Path) -> Result<String, Sentence> {
    // The text is never quoted: it is a secret.
    let bytes = small::read(path).map_err(|error| said_of(path, &error))?;
    let name = name_of(path);
    String::from_utf8(bytes).map_err(|_| both!("{name}: 不是 UTF-8", "{name}: not UTF-8"))
}

/// The secrets in a text; says so where white space was taken off.
fn secrets<'t>(Text { place, text, comments }: &'t Text, what: What, talk: &Talk) -> Vec<&'t str> {
    let found = secrets_in(text, *comments, what);
    if found.iter().any(|(_, spaced)| *spaced) {
        talk.say(say!(
            talk.lang,
            "{place}: 去掉了密钥前后的空白",
            "{place}: white space around a key was taken off"
        ));
    }
    found.into_iter().map(|(secret, _)| secret).collect()
}

/// One secret a line, and whether white space stood around it; also as `app_id = secret`, where the app is a note for
/// people: no body says its app before it is decrypted. Blank lines say nothing, nor do `comments`, those that begin
/// with `#`. A secret may hold any other character, also `=`: only what begins with `cli_` is taken for an app.
///
/// A file of settings, `NAME=value` on each of its lines, gives the values of those that are named for `what`.
fn secrets_in(text: &str, comments: bool, what: What) -> Vec<(&str, bool)> {
    let lines = || {
        let lines = text.trim_start_matches('\u{feff}').lines().map(|line| (line.trim(), line));
        lines.filter(|(trimmed, _)| !(trimmed.is_empty() || comments && trimmed.starts_with('#')))
    };
    if comments && lines().all(|(line, _)| setting(line).is_some()) {
        let named = lines().filter_map(|(line, _)| setting(line)).filter(|(name, _)| is_called(name, what));
        let found: Vec<_> =
            named.map(|(_, value)| (value, false)).filter(|(value, _)| !value.is_empty()).collect();
        if !found.is_empty() {
            return found;
        }
    }
    lines()
        .map(|(trimmed, line)| {
            let named = trimmed.split_once('=').map(|(app, text)| (app.trim_end(), text.trim_start()));
            match named.filter(|(app, text)| app.starts_with("cli_") && !text.is_empty()) {
                Some((_, secret)) => (secret, false),
                None => (trimmed, trimmed.len() != line.len()),
            }
        })
        .collect()
}

/// The name and the value of a line of a file of settings: `export NAME="value"  # why`.
fn setting(line: &str) -> Option<(&str, &str)> {
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
    if !letters || !name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        return None;
    }
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some((inner, after)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            let after = after.trim_start();
            return (after.is_empty() || after.starts_with('#')).then_some((name, inner));
        }
    }
    // A comment stands behind white space; a `#` that does not is one of the secret.
    let comment = value.find(" #").or_else(|| value.find("\t#"));
    Some((name, value[..comment.unwrap_or(value.len())].trim_end()))
}

/// Whether a setting is one for `what`: all its words stand in its name, in this order.
fn is_called(name: &str, what: What) -> bool {
    let name = name.to_ascii_lowercase();
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    what.iter().all(|word| words.any(|other| other == *word))
        // ENCRYPTKEY, encryptKey
        || name.ends_with(&what.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_one_a_line_and_may_name_their_app() {
        let read = |text| -> Vec<(String, bool)> {
            let found = secrets_in(text, true, KEY).into_iter();
            found.map(|(secret, spaced)| (secret.to_owned(), spaced)).collect()
        };
        let plain = |text: &str| (text.to_owned(), false);
        assert_eq!(read("one"), [plain("one")]);
        assert_eq!(read("\u{feff}one\r\n\r\n# note\ntwo=2==\n"), [plain("one"), plain("two=2==")]);
        assert_eq!(read(" one \n"), [("one".to_owned(), true)]);
        assert_eq!(read("cli_a = k=v"), [plain("k=v")]);
        assert_eq!(read("cli_a="), [plain("cli_a=")]);
        assert_eq!(read(" \n#\n"), []);
        assert_eq!(secrets_in("#key", false, KEY), [("#key", false)]);
    }

    #[test]
    fn keys_and_tokens_are_taken_from_a_file_of_settings() {
        let file = "# of the app\nAPP_ID=cli_a\nexport FEISHU_ENCRYPT_KEY=\"key 1\"  # the key\n\
                    LARK_VERIFICATION_TOKEN = 't=1'\nencryptKey=a#b # why\r\n";
        let read = |text, what| {
            Vec::from_iter(secrets_in(text, true, what).into_iter().map(|(secret, _)| secret.to_owned()))
        };
        assert_eq!(read(file, KEY), ["key 1", "a#b"]);
        assert_eq!(read(file, TOKEN), ["t=1"]);
        // A key may have an equals sign in it, or all of it may look like a setting.
        assert_eq!(read("two=2==\n", KEY), ["two=2=="]);
        assert_eq!(read("one\nENCRYPT_KEY=k\n", KEY), ["one", "ENCRYPT_KEY=k"]);
        assert_eq!(read("cli_a=k\ncli_b=encrypt\n", KEY), ["k", "encrypt"]);
        assert_eq!(read("ENCRYPT_KEY=\nAPP_ENCRYPT_KEY=k", KEY), ["k"]);
        assert_eq!(read("ENCRYPT_KEY='k\n", KEY), ["'k"]);
        for name in ["ENCRYPT_KEY", "feishu.encrypt-key", "LARK_ENCRYPT_KEY_1", "larkEncryptKey"] {
            assert!(is_called(name, KEY), "{name}");
        }
        for name in ["KEY", "ENCRYPT", "API_KEY", "TOKEN", "ENCRYPTED_KEYRING"] {
            assert!(!is_called(name, KEY), "{name}");
        }
    }
}
