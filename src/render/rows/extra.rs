//! What a document has beyond the catalogue, as JSON in the shape of the document:
//! `{"header":{"region":"cn"},"event":{"device_id":"x"}}`.

use crate::catalog::{ENVELOPE, ENVELOPE_V1, Field, HEADER, Kind};
use crate::check::Form;
use crate::json::{TokenKind, unescape};

use super::cells::Row;
use super::json::push_string;
use super::nested::{compact, members};

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
/// exploded list they are those of the row's item. Members named like a secret are left out unless asked for.
pub(super) fn unknown(row: &Row<'_>, out: &mut Vec<u8>) -> bool {
    let steps = row.columns.explode.as_ref().map_or(&[][..], |explode| &explode.steps);
    let extra = Extra { row, text: row.seen.record.text };
    let v1 = row.seen.form == Form::EventV1;
    let known = |key: &str| match key {
        // Without a type the whole body has a column.
        "event" => row.columns.event.map_or(Known::Yes, |event| Known::Within(event.fields)),
        "header" if !v1 => Known::Within(HEADER),
        _ => {
            let fields = if v1 { ENVELOPE_V1 } else { ENVELOPE };
            if fields.iter().any(|field| field.key == key) { Known::Yes } else { Known::No }
        }
    };
    extra.object(row.seen.start, &known, steps, out)
}

struct Extra<'r> {
    row: &'r Row<'r>,
    text: &'r [u8],
}

impl Extra<'_> {
    /// The unknown members of the object at `at`. `steps` lead from there to the exploded list, if they do.
    fn object(&self, at: usize, known: &dyn Fn(&str) -> Known, steps: &[&str], out: &mut Vec<u8>) -> bool {
        let mark = out.len();
        members(self.text, at, |key, value| {
            let name = unescape(&self.text[key.start + 1..key.end - 1]);
            let before = out.len();
            out.push(if before == mark { b'{' } else { b',' });
            push_string(self.text, key.start, key.end, true, out);
            out.push(b':');
            let steps = match steps.split_first() {
                Some((step, rest)) if *step == name => Some(rest),
                _ => None,
            };
            let something = match (known(&name), value.kind) {
                (Known::Within(fields), TokenKind::Object) => {
                    self.fields(value.start, fields, steps.unwrap_or_default(), out)
                }
                (Known::Within(_) | Known::Yes, _) => match (steps, self.row.columns.explode.as_ref()) {
                    (Some([]), Some(explode)) => self.item(explode.item, out),
                    _ => false,
                },
                (Known::No, _) if !self.row.columns.secrets && is_secret(&name) => false,
                (Known::No, _) => {
                    compact(&self.text[value.start..value.end], out);
                    true
                }
            };
            if !something {
                out.truncate(before);
            }
        });
        let any = out.len() > mark;
        if any {
            out.push(b'}');
        }
        any
    }

    fn fields(&self, at: usize, fields: &'static [Field], steps: &[&str], out: &mut Vec<u8>) -> bool {
        let known = |key: &str| match fields.iter().find(|field| field.key == key) {
            Some(Field { kind: Kind::Object(inner), .. }) => Known::Within(inner),
            Some(_) => Known::Yes,
            None => Known::No,
        };
        self.object(at, &known, steps, out)
    }

    fn item(&self, kind: Kind, out: &mut Vec<u8>) -> bool {
        match (kind, self.row.item) {
            (Kind::Object(fields), Some((_, item))) if item.kind == TokenKind::Object => {
                self.fields(item.start as usize, fields, &[], out)
            }
            _ => false,
        }
    }
}

fn is_secret(name: &str) -> bool {
    HEADER.iter().chain(ENVELOPE_V1).any(|field| field.secret && field.key == name)
}
