//! The notation of the examples in rules: `..` in an object stands for the members of the official example that the
//! object does not name, `\xNN` for a byte, a first line of options for how to read.

use std::sync::Arc;

use larkspect::signature::{Credentials, Key};
use larkspect::stream::frame::Limits;
use serde_json::Value;

/// How an example is to be read.
#[derive(Default)]
pub struct Setup {
    pub limits: Limits,
    pub credentials: Arc<Credentials>,
}

/// The input that an example stands for, and how to read it.
pub fn expand(example: &str, official: &Value) -> (Vec<u8>, Setup) {
    let (option, text) = match example.split_once('\n') {
        Some((first, rest)) if first.starts_with("--") || first.starts_with("LARKSPECT_") => (first, rest),
        _ => ("", example),
    };
    let mut setup = Setup::default();
    let mut credentials = Credentials::default();
    match option.split_once([' ', '=']) {
        Some(("--max-document", size)) => setup.limits.document = size.parse().expect("a number of bytes"),
        Some(("LARKSPECT_ENCRYPT_KEY", key)) => credentials.keys.add(Key::new(key)),
        Some(("LARKSPECT_VERIFICATION_TOKEN", token)) => credentials.tokens.0.push(token.to_owned()),
        // For `verify`, which has tests of its own.
        Some(("--max-skew", _)) | None => {}
        Some(other) => panic!("an option that the test does not know: {other:?}"),
    }
    setup.credentials = Arc::new(credentials);
    let mut out = Vec::new();
    let mut reader = Reader { text: text.as_bytes(), at: 0, out: &mut out };
    while reader.at < reader.text.len() {
        let before = reader.at;
        reader.value(official);
        assert!(reader.at > before, "stuck at byte {before} of {text}");
        reader.copy_while(|byte| byte.is_ascii_whitespace());
    }
    (out, setup)
}

/// Copies a text, which need not be JSON to its end, and fills in what `..` stands for.
struct Reader<'e> {
    text: &'e [u8],
    at: usize,
    out: &'e mut Vec<u8>,
}

impl Reader<'_> {
    /// Copies a value; `official` is what the official example has in its place.
    fn value(&mut self, official: &Value) {
        match self.text.get(self.at) {
            Some(b'{') => self.object(official),
            Some(b'"') => drop(self.string()),
            Some(b'[') => self.list(),
            _ => self.copy_while(|byte| !matches!(byte, b',' | b'}' | b']')),
        }
    }

    fn list(&mut self) {
        self.copy();
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b']' => return self.copy(),
                b',' | b' ' => self.copy(),
                _ => self.value(&Value::Null),
            }
        }
    }

    fn object(&mut self, official: &Value) {
        self.copy_while(|byte| byte == b'{');
        let mut named = Vec::new();
        let mut rest = None;
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b'"' => {
                    let key = self.string();
                    self.copy_while(|byte| matches!(byte, b':' | b' '));
                    self.value(official.get(&key).unwrap_or(&Value::Null));
                    named.push(key);
                }
                b'.' => {
                    assert!(self.text[self.at..].starts_with(b".."), "`..` is two points");
                    self.at += 2;
                    rest = Some(self.out.len());
                }
                b'}' => {
                    self.copy();
                    break;
                }
                _ => self.copy(),
            }
        }
        let Some(at) = rest else { return };
        let members = official.as_object().expect("`..` stands where the official example has an object");
        let members: Vec<String> = members
            .iter()
            .filter(|(key, _)| !named.contains(key))
            .map(|(key, value)| format!("{}: {value}", Value::from(key.as_str())))
            .collect();
        assert!(!members.is_empty(), "`..` stands for nothing");
        self.out.splice(at..at, members.join(", ").into_bytes());
    }

    /// Copies a string, with `\xNN` as a byte, and returns what is between its quotes.
    fn string(&mut self) -> String {
        self.copy();
        let start = self.at;
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b'"' => break,
                b'\\' if self.text[self.at + 1] == b'x' => {
                    let hex = std::str::from_utf8(&self.text[self.at + 2..self.at + 4]).expect("hex");
                    self.out.push(u8::from_str_radix(hex, 16).expect("hex"));
                    self.at += 4;
                }
                b'\\' => {
                    self.copy();
                    self.copy();
                }
                _ => self.copy(),
            }
        }
        let body = String::from_utf8_lossy(&self.text[start..self.at]).into_owned();
        if self.at < self.text.len() {
            self.copy();
        }
        body
    }

    fn copy(&mut self) {
        self.out.push(self.text[self.at]);
        self.at += 1;
    }

    fn copy_while(&mut self, fits: impl Fn(u8) -> bool) {
        while self.text.get(self.at).copied().is_some_and(&fits) {
            self.copy();
        }
    }
}
