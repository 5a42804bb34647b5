//! What a document has beyond the catalogue, as JSON in the shape of the document:
//! `{"header":{"region":"cn"},"event":{"device_id":"x"}}`.

use std::borrow::Cow;

use crate::catalog::{BODY, EDITOR_KEY, ENVELOPE, ENVELOPE_V1, Field, HEAD, HEADER, Kind, is_secret_key};
use crate::container::Form;
use crate::json::{Cursor, Fault, SyntaxError, TokenKind, unescape};

use super::cells::Row;
use super::json::push_string;
use super::nested::compact;

/// What is known of a member.
enum Known {
    /// Nothing.
    No,
    /// It has a column, or is not to be shown.
    Yes,
    /// Its members are known or not.
    Within(&'static [Field]),
}

/// Appends the unknown members of the row's document; false, and nothing is appended, when there are none. Of an
/// exploded list they are those of the row's item. Members under the keys of credentials are left out unless asked for.
pub(crate) fn unknown(row: &Row<'_>, out: &mut Vec<u8>) -> bool {
    let steps = row.columns.explode.as_ref().map_or(&[][..], |explode| &explode.steps);
    let v1 = row.seen.form == Form::EventV1;
    let known = |key: &[u8]| match str::from_utf8(key) {
        // Without a type the whole body has a column.
        Ok(BODY) => row.columns.event.map_or(Known::Yes, |event| Known::Within(event.fields)),
        Ok(HEAD) if !v1 => Known::Within(HEADER),
        _ if find(if v1 { ENVELOPE_V1 } else { ENVELOPE }, key).is_some() => Known::Yes,
        Ok(EDITOR_KEY) => Known::Yes,
        _ => Known::No,
    };
    let mut extra = Extra { row, cursor: Cursor::new(row.seen.record.text, row.seen.start) };
    // The walk has found it to be JSON.
    extra.object(&known, steps, out).unwrap_or_default()
}

struct Extra<'r> {
    row: &'r Row<'r>,
    cursor: Cursor<'r>,
}

impl Extra<'_> {
    /// The unknown members of the object at the cursor. `steps` lead from there to the exploded list, if they do.
    fn object(
        &mut self,
        known: &dyn Fn(&[u8]) -> Known,
        steps: &[&str],
        out: &mut Vec<u8>,
    ) -> Result<bool, SyntaxError> {
        let text = self.cursor.text();
        let mark = out.len();
        self.cursor.at += 1;
        while self.cursor.space() == Some(b'"') {
            let key = self.cursor.key()?;
            self.cursor.expect(b':', Fault::Colon)?;
            let body = &text[key.start + 1..key.end - 1];
            let escaped = key.kind == TokenKind::String { escaped: true };
            let name =
                if escaped { Cow::Owned(unescape(body).into_owned().into_bytes()) } else { body.into() };
            let brace = self.cursor.space() == Some(b'{');
            let steps = match steps.split_first() {
                Some((step, rest)) if step.as_bytes() == &*name => Some(rest),
                _ => None,
            };

            let before = out.len();
            let mut begin = || {
                out.push(if before == mark { b'{' } else { b',' });
                push_string(text, key.start, key.end, escaped, out);
                out.push(b':');
            };
            let something = match (known(&name), steps, &self.row.columns.explode) {
                (Known::Within(fields), steps, _) if brace => {
                    begin();
                    self.object(&within(fields), steps.unwrap_or_default(), out)?
                }
                (Known::Within(_) | Known::Yes, Some([]), Some(explode)) => {
                    self.cursor.value(1)?;
                    begin();
                    self.item(explode.item, out)?
                }
                (Known::No, ..) if self.row.columns.secrets || !is_secret_key(&name) => {
                    let value = self.cursor.value(1)?;
                    begin();
                    compact(&self.row.columns.shown(&text[value.start..value.end]), out);
                    true
                }
                _ => {
                    self.cursor.value(1)?;
                    false
                }
            };
            if !something {
                out.truncate(before);
            }
            if self.cursor.space() == Some(b',') {
                self.cursor.at += 1;
            }
        }
        self.cursor.expect(b'}', Fault::CommaOrBrace)?;
        let any = out.len() > mark;
        if any {
            out.push(b'}');
        }
        Ok(any)
    }

    fn item(&mut self, kind: Kind, out: &mut Vec<u8>) -> Result<bool, SyntaxError> {
        match (kind, self.row.item) {
            (Kind::Object(fields), Some((_, item))) if item.kind == TokenKind::Object => {
                let cursor = Cursor::new(self.cursor.text(), item.start as usize);
                Extra { row: self.row, cursor }.object(&within(fields), &[], out)
            }
            _ => Ok(false),
        }
    }
}

fn within(fields: &'static [Field]) -> impl Fn(&[u8]) -> Known {
    move |key| match find(fields, key) {
        Some(Field { kind: Kind::Object(inner), .. }) => Known::Within(inner),
        Some(_) => Known::Yes,
        None => Known::No,
    }
}

fn find(fields: &'static [Field], key: &[u8]) -> Option<&'static Field> {
    fields.iter().find(|field| field.key.as_bytes() == key)
}
