//! What the catalogue does not know: any JSON as paths and values, whole documents or only their undocumented part.

use std::borrow::Cow;

use crate::catalog::{CARD_OLD, Field, Kind};
use crate::container::Form;
use crate::json::{Cursor, SyntaxError, Token, TokenKind, tree, unescape};
use crate::lang::{Lang, label};
use crate::terminal::sanitize;

use super::hidden::masked;
use super::members::Value;
use super::value::ValueWriter;

/// A key is shown in so many columns of a path.
pub(crate) const KEY: usize = 48;

/// Goes through JSON that is known to be valid, telling paths, and values and where they begin.
pub(crate) struct Leaves<'t, 'e> {
    text: &'t [u8],
    path: String,
    each: &'e mut dyn FnMut(&str, usize, Value<'t>),
}

// An early end is no concern here: the walk has seen the document whole.
type Result = std::result::Result<(), SyntaxError>;

impl<'t, 'e> Leaves<'t, 'e> {
    /// Tells every value that is not an object or an array, and the empty ones of these, of what begins at `at`.
    pub fn all(text: &'t [u8], at: usize, path: &str, each: &'e mut dyn FnMut(&str, usize, Value<'t>)) {
        let mut leaves = Leaves { text, path: path.to_owned(), each };
        let _ = leaves.anything(&mut Cursor::new(text, at));
    }

    /// The same for those members of the object at `at` that are not among `fields`, at any depth.
    pub fn strange(
        text: &'t [u8],
        at: usize,
        path: &str,
        fields: &'static [Field],
        each: &'e mut dyn FnMut(&str, usize, Value<'t>),
    ) {
        let mut leaves = Leaves { text, path: path.to_owned(), each };
        let _ = leaves.known(&mut Cursor::new(text, at), &Kind::Object(fields));
    }

    // One frame for each open bracket: the depth of a document is limited.
    fn anything(&mut self, cursor: &mut Cursor<'t>) -> Result {
        let token = cursor.token()?;
        let mut empty = true;
        match token.kind {
            TokenKind::Object => self.members(cursor, |leaves, cursor, _| {
                empty = false;
                leaves.anything(cursor)
            })?,
            TokenKind::Array => self.items(cursor, |leaves, cursor| {
                empty = false;
                leaves.anything(cursor)
            })?,
            _ => {}
        }
        if empty {
            let value = Value::new(self.text, Token { end: cursor.at, ..token });
            (self.each)(&self.path, token.start, value);
        }
        Ok(())
    }

    fn known(&mut self, cursor: &mut Cursor<'t>, kind: &Kind) -> Result {
        match (kind, cursor.space()) {
            // An empty object has nothing strange in it.
            (Kind::Object(fields), Some(b'{')) => self.members(cursor, |leaves, cursor, key| {
                let key = unescape(key);
                match fields.iter().find(|field| field.key == key) {
                    Some(field) => leaves.known(cursor, &field.kind),
                    None => leaves.anything(cursor),
                }
            }),
            // A list stands where the card shows it, whatever its items are; a scalar too.
            (Kind::Object(_), _) => self.anything(cursor),
            (Kind::List(item), Some(b'[')) if matches!(item, Kind::Object(_)) => {
                self.items(cursor, |leaves, cursor| match cursor.space() {
                    Some(b'{') => leaves.known(cursor, item),
                    // The card shows it as an item.
                    _ => cursor.value(1).map(drop),
                })
            }
            _ => cursor.value(1).map(drop),
        }
    }

    fn members(
        &mut self,
        cursor: &mut Cursor<'t>,
        mut inner: impl FnMut(&mut Self, &mut Cursor<'t>, &[u8]) -> Result,
    ) -> Result {
        let length = self.path.len();
        tree::visit_members(cursor, |cursor, key| {
            let key = tree::body(self.text, key);
            if length > 0 {
                self.path.push('.');
            }
            push_key(key, &mut self.path);
            inner(self, cursor, key)?;
            self.path.truncate(length);
            Ok(())
        })
    }

    fn items(
        &mut self,
        cursor: &mut Cursor<'t>,
        mut inner: impl FnMut(&mut Self, &mut Cursor<'t>) -> Result,
    ) -> Result {
        let length = self.path.len();
        tree::visit_items(cursor, |cursor, number| {
            self.path.push_str(&format!("[{number}]"));
            inner(self, cursor)?;
            self.path.truncate(length);
            Ok(())
        })
    }
}

/// Appends a key, given as it stands between its quotes.
fn push_key(key: &[u8], path: &mut String) {
    // Nearly every key is a short word.
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    if key.len() <= KEY
        && key.iter().all(plain)
        && let Ok(key) = str::from_utf8(key)
    {
        return path.push_str(key);
    }
    let shown = unescape(&key[..key.len().min(4 * KEY)]);
    sanitize::push_clip(&sanitize::clean(&shown), KEY, path);
}

/// What an undocumented value is to a reader: texts come first, what nobody reads last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Worth {
    Text,
    Other,
    Id,
}

impl Worth {
    /// By the last key of its path and by its form.
    pub fn of(path: &str, value: Value<'_>) -> Worth {
        let Some(text) = value.string().filter(|text| !text.is_empty()) else { return Worth::Other };
        let path = path.trim_end_matches(|c: char| matches!(c, '[' | ']') || c.is_ascii_digit());
        let key = path.rsplit('.').next().unwrap_or(path);
        let id_key = ["id", "ids", "key", "code", "token", "uuid"].iter().any(|end| {
            let before = key.len().checked_sub(end.len()).and_then(|at| key.get(..at).zip(key.get(at..)));
            before.is_some_and(|(before, last)| {
                last.eq_ignore_ascii_case(end)
                    && (before.is_empty() || before.ends_with('_') || last.starts_with(char::is_uppercase))
            })
        });
        let digits = text.iter().filter(|byte| byte.is_ascii_digit()).count();
        let is_word = text.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let is_url = text.starts_with(b"https://") || text.starts_with(b"http://");
        match () {
            () if id_key || is_url || (is_word && text.len() >= 16 && digits > 2) => Worth::Id,
            () if digits == text.len() => Worth::Other,
            () => Worth::Text,
        }
    }
}

/// A path without the secrets that its keys may be.
pub(crate) fn clean_path<'p>(values: &ValueWriter, path: &'p str) -> Cow<'p, str> {
    values.hidden.as_ref().map_or(path.into(), |hidden| hidden.secrets.hide(path))
}

/// Appends the value at byte `at`, of which nothing is documented, masked where it is a secret. Text stands without quotes, unless it would then be taken for
/// something else (`"12"`, `"true"`, `""`), or `raw` is wanted.
pub(crate) fn push_leaf(values: &ValueWriter, at: usize, value: Value<'_>, raw: bool, out: &mut String) {
    if values.hidden.as_ref().is_some_and(|hidden| hidden.is_secret(at, value)) {
        return out.push_str(&masked(value));
    }
    let bare = value.string().is_none_or(|text| {
        !text.is_empty()
            && !matches!(text, b"true" | b"false" | b"null" | b"[]" | b"{}")
            && !matches!(text[0], b'0'..=b'9' | b'-' | b'"' if text.iter().all(|b| b.is_ascii_digit() || b"+-.eE\"".contains(b)))
    });
    if bare && !raw { values.plain(value, out) } else { values.json(value, out) }
}

/// What people call a document that is no event.
pub(crate) fn form_name(form: Form, lang: Lang) -> &'static str {
    let name = match form {
        Form::EventV2 | Form::EventV1 => label("事件", "event"),
        Form::Challenge | Form::ChallengeV2 => label("地址验证请求", "challenge"),
        Form::CardOld => CARD_OLD.title,
        form if form.is_reshaped() => label("被工具改写的事件", "re-shaped event"),
        Form::Encrypted => label("加密的请求体", "encrypted body"),
        _ => label("不是事件", "not an event"),
    };
    name.text(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_ids() {
        for (path, json, worth) in [
            ("name", r#""lunch""#, Worth::Text),
            ("a.paid", r#""yes""#, Worth::Text),
            ("notes[0]", r#""浙江省""#, Worth::Text),
            ("a.user_id", r#""u1""#, Worth::Id),
            ("userId", r#""u1""#, Worth::Id),
            ("chat_ids[12]", r#""x""#, Worth::Id),
            ("who", r#""ou_84aad35d084aa403a838cf73ee18467""#, Worth::Id),
            ("link", r#""https://example.com""#, Worth::Id),
            ("time", r#""1615381916""#, Worth::Other),
            ("n", "12", Worth::Other),
            ("id", r#""""#, Worth::Other),
            ("é", r#""x""#, Worth::Text),
        ] {
            let token = Cursor::new(json.as_bytes(), 0).value(0).expect("JSON");
            assert_eq!(Worth::of(path, Value::new(json.as_bytes(), token)), worth, "{path} {json}");
        }
    }
}
