//! What the catalogue does not know: any JSON as paths and values, whole documents or only their undocumented part.

use crate::catalog::{Field, Kind};
use crate::container::Form;
use crate::json::{Cursor, Token, TokenKind, unescape};
use crate::lang::{Lang, label};
use crate::terminal::sanitize;

use super::members::Value;
use super::value::Speaker;

/// A key is shown in so many columns of a path.
const KEY: usize = 48;

/// Walks JSON that is known to be valid, telling paths, and values and where they begin.
pub(crate) struct Leaves<'t, 'e> {
    text: &'t [u8],
    cursor: Cursor<'t>,
    path: String,
    each: &'e mut dyn FnMut(&str, usize, Value<'t>),
}

impl<'t, 'e> Leaves<'t, 'e> {
    /// Tells every value that is not an object or an array, and the empty ones of these, of what begins at `at`.
    pub fn all(text: &'t [u8], at: usize, path: &str, each: &'e mut dyn FnMut(&str, usize, Value<'t>)) {
        // An early end is no concern here: the walk has seen the document whole.
        let _ = Leaves { text, cursor: Cursor::new(text, at), path: path.to_owned(), each }.anything();
    }

    /// The same for those members of the object at `at` that are not among `fields`, at any depth.
    pub fn strange(
        text: &'t [u8],
        at: usize,
        path: &str,
        fields: &'static [Field],
        each: &'e mut dyn FnMut(&str, usize, Value<'t>),
    ) {
        let mut leaves = Leaves { text, cursor: Cursor::new(text, at), path: path.to_owned(), each };
        let _ = leaves.known(&Kind::Object(fields));
    }

    // One frame for each open bracket: the depth of a document is limited.
    fn anything(&mut self) -> Option<()> {
        let token = self.cursor.token().ok()?;
        match token.kind {
            TokenKind::Object => self.object(token, |leaves, _| leaves.anything()),
            TokenKind::Array => self.array(token, Leaves::anything),
            _ => {
                self.tell(token);
                Some(())
            }
        }
    }

    fn known(&mut self, kind: &Kind) -> Option<()> {
        let token = self.cursor.token().ok()?;
        match (kind, token.kind) {
            (Kind::Object(fields), TokenKind::Object) => {
                let inner = |leaves: &mut Self, key: &[u8]| {
                    let key = unescape(key);
                    match fields.iter().find(|field| field.key == key) {
                        Some(field) => leaves.known(&field.kind),
                        None => leaves.anything(),
                    }
                };
                // An empty object has nothing strange in it.
                self.members(inner)
            }
            (Kind::List(item), TokenKind::Array) if matches!(item, Kind::Object(_)) => {
                self.items(|leaves| match leaves.cursor.space()? {
                    b'{' => leaves.known(item),
                    // The card shows it as an item.
                    _ => leaves.cursor.value(0).ok().map(drop),
                })
            }
            // A list stands where the card shows it, whatever its items are; a scalar too.
            (Kind::Object(_), _) => {
                self.cursor.at = token.start;
                self.anything()
            }
            _ => {
                self.cursor.at = token.start;
                self.cursor.value(0).ok().map(drop)
            }
        }
    }

    fn object(&mut self, token: Token, inner: impl FnMut(&mut Self, &[u8]) -> Option<()>) -> Option<()> {
        let before = self.cursor.clone();
        self.cursor.at += 1;
        if self.cursor.space()? == b'}' {
            self.cursor.at += 1;
            self.tell(Token { end: self.cursor.at, ..token });
            return Some(());
        }
        self.cursor = before;
        self.members(inner)
    }

    fn members(&mut self, mut inner: impl FnMut(&mut Self, &[u8]) -> Option<()>) -> Option<()> {
        let length = self.path.len();
        self.cursor.at += 1;
        while self.cursor.space()? != b'}' {
            self.cursor.at += usize::from(self.cursor.peek()? == b',');
            let key = self.cursor.key().ok()?;
            self.cursor.at += usize::from(self.cursor.space()? == b':');
            let key = &self.text[key.start + 1..key.end - 1];
            if length > 0 {
                self.path.push('.');
            }
            sanitize::push_clip(
                &sanitize::clean(&unescape(&key[..key.len().min(4 * KEY)])),
                KEY,
                &mut self.path,
            );
            inner(self, key)?;
            self.path.truncate(length);
        }
        self.cursor.at += 1;
        Some(())
    }

    fn array(&mut self, token: Token, inner: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        let before = self.cursor.clone();
        self.cursor.at += 1;
        if self.cursor.space()? == b']' {
            self.cursor.at += 1;
            self.tell(Token { end: self.cursor.at, ..token });
            return Some(());
        }
        self.cursor = before;
        self.items(inner)
    }

    fn items(&mut self, mut inner: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        let length = self.path.len();
        self.cursor.at += 1;
        for index in 0.. {
            match self.cursor.space()? {
                b']' => break,
                b',' => self.cursor.at += 1,
                _ => {}
            }
            self.path.push_str(&format!("[{index}]"));
            inner(self)?;
            self.path.truncate(length);
        }
        self.cursor.at += 1;
        Some(())
    }

    fn tell(&mut self, token: Token) {
        let raw = &self.text[token.start..token.end];
        (self.each)(&self.path, token.start, Value { kind: token.kind, raw, number: None });
    }
}

/// Appends a value of which nothing is documented. Text stands without quotes, unless it would then be taken for
/// something else: `"12"`, `"true"`, `""`.
pub(crate) fn push_leaf(speaker: &Speaker, value: Value<'_>, out: &mut String) {
    let bare = value.string().is_none_or(|text| {
        !text.is_empty()
            && !matches!(text, b"true" | b"false" | b"null" | b"[]" | b"{}")
            && !matches!(text[0], b'0'..=b'9' | b'-' | b'"' if text.iter().all(|b| b.is_ascii_digit() || b"+-.eE\"".contains(b)))
    });
    if bare { speaker.plain(value, out) } else { speaker.json(value, out) }
}

/// What people call a document that is no event.
pub(crate) fn form_name(form: Form, lang: Lang) -> &'static str {
    let name = match form {
        Form::EventV2 | Form::EventV1 => label("事件", "event"),
        Form::Challenge | Form::ChallengeV2 => label("地址验证请求", "challenge"),
        Form::CardOld => label("旧版卡片回调", "old card callback"),
        form if form.is_reshaped() => label("被工具改写的事件", "re-shaped event"),
        Form::Encrypted => label("加密的请求体", "encrypted body"),
        _ => label("不是事件", "not an event"),
    };
    name.text(lang)
}
