//! What a document has beyond the catalogue, as JSON in the shape of the document:
//! `{"header":{"region":"cn"},"event":{"device_id":"x"}}`.

use std::borrow::Cow;

use crate::catalog::{BODY, EDITOR_KEY, ENVELOPE, ENVELOPE_V1, Field, HEAD, HEADER, Kind, is_secret_key};
use crate::container::Form;
use crate::json::rewrite::{Escapes, compact, push_string};
use crate::json::{Cursor, SyntaxError, TokenKind, tree, unescape};

use super::columns::Row;

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
    // The walk has found it to be JSON.
    row.members(&mut Cursor::new(row.seen.record.text, row.seen.start), &known, steps, out)
        .unwrap_or_default()
}

impl Row<'_> {
    /// The unknown members of the object at the cursor. `steps` lead from there to the exploded list, if they do.
    fn members(
        &self,
        cursor: &mut Cursor<'_>,
        known: &dyn Fn(&[u8]) -> Known,
        steps: &[&str],
        out: &mut Vec<u8>,
    ) -> Result<bool, SyntaxError> {
        let text = cursor.text();
        let mark = out.len();
        tree::visit_members(cursor, |cursor, key| {
            let name = match key.kind {
                TokenKind::String { escaped: true } => {
                    Cow::Owned(unescape(tree::body(text, key)).into_owned().into_bytes())
                }
                _ => Cow::Borrowed(tree::body(text, key)),
            };
            let steps = match steps.split_first() {
                Some((step, rest)) if step.as_bytes() == &*name => Some(rest),
                _ => None,
            };
            let before = out.len();
            let mut begin = || {
                out.push(if before == mark { b'{' } else { b',' });
                push_string(&text[key.start..key.end], Escapes::Controls, out);
                out.push(b':');
            };
            let something = match (known(&name), steps, &self.columns.explode) {
                (Known::Within(fields), steps, _) if cursor.peek() == Some(b'{') => {
                    begin();
                    self.members(cursor, &within(fields), steps.unwrap_or_default(), out)?
                }
                (Known::Within(_) | Known::Yes, Some([]), Some(explode)) => {
                    cursor.value(1)?;
                    begin();
                    self.item(text, explode.item, out)?
                }
                (Known::No, ..) if self.columns.secrets || !is_secret_key(&name) => {
                    let value = cursor.value(1)?;
                    begin();
                    compact(&self.shown(&text[value.start..value.end]), out);
                    true
                }
                (known, ..) => {
                    cursor.value(1)?;
                    self.tally.withhold(usize::from(matches!(known, Known::No)));
                    false
                }
            };
            if !something {
                out.truncate(before);
            }
            Ok(())
        })?;
        let any = out.len() > mark;
        if any {
            out.push(b'}');
        }
        Ok(any)
    }

    fn item(&self, text: &[u8], kind: Kind, out: &mut Vec<u8>) -> Result<bool, SyntaxError> {
        match (kind, self.item) {
            (Kind::Object(fields), Some((_, item))) if item.kind == TokenKind::Object => {
                self.members(&mut Cursor::new(text, item.start as usize), &within(fields), &[], out)
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
