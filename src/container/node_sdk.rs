//! What a handler of the Node SDK is given, taken apart again: `{schema, ..header, ..event}` is one flat object there,
//! and the event's fields win over those of the header (docs/platform.md, Captures).

use crate::catalog::{Field, HEADER, event};
use crate::json::tree;
use crate::json::{Token, write_escaped};
use crate::origin::Step;

use super::notation::literal::NotRelaxed;
use super::{Form, Held};

/// What the Node SDK merged, to be taken apart.
pub(super) fn merged(text: &[u8]) -> Option<Held<'_>> {
    let convert = |text: &str, _| unmerge(text.as_bytes()).ok_or(NotRelaxed::NotUnderstood);
    Some(Held::Notation(str::from_utf8(text).ok()?, Form::NodeFlatV2.about(), Some(convert), Step::Unmerged))
}

/// The event that was merged into the object `text`, as the platform sent it. `None` unless the catalogue knows its
/// type, so that it is certain which field belongs where, and none of the event's fields has the name of one of the
/// header's: of those only one is left.
fn unmerge(text: &[u8]) -> Option<String> {
    let name = tree::string(text, tree::member(text, 0, "event_type")?)?;
    if hides_header(event(&name)?.fields) {
        return None;
    }
    let mut head = Vec::new();
    let mut header = Vec::new();
    let mut body = Vec::new();
    for (key, value) in tree::members(text, 0) {
        let part = match &*key {
            "schema" => &mut head,
            key if is_header(key) => &mut header,
            _ => &mut body,
        };
        push(&key, &text[span(value)], part);
    }
    if !head.is_empty() {
        head.push(b',');
    }
    String::from_utf8([b"{", &*head, b"\"header\":{", &header, b"},\"event\":{", &body, b"}}"].concat()).ok()
}

fn is_header(key: &str) -> bool {
    HEADER.iter().any(|field| field.key == key)
}

/// Whether a field of the event took the place of one beside or in the header.
fn hides_header(fields: &[Field]) -> bool {
    fields.iter().any(|field| is_header(field.key) || field.key == "schema")
}

fn span(token: Token) -> std::ops::Range<usize> {
    token.start..token.end
}

fn push(key: &str, value: &[u8], part: &mut Vec<u8>) {
    if !part.is_empty() {
        part.push(b',');
    }
    write_escaped(key, part);
    part.push(b':');
    part.extend_from_slice(value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Kind, field};

    #[test]
    fn a_field_that_took_the_place_of_one_of_the_header_is_noticed() {
        let named = |key| [field("check_time", Kind::Text, "", ""), field(key, Kind::Text, "", "")];
        for (key, hides) in [("comment", false), ("tenant_key", true), ("schema", true)] {
            assert_eq!(hides_header(&named(key)), hides, "{key}");
        }
    }

    #[test]
    fn header_and_event_are_told_apart_by_the_catalogue() {
        let flat = r#"{"schema": "2.0", "event_id": "1", "check_time": "2", "event_type": "attendance.user_flow.created_v1", "type": 0, "x": [1, {"a": 1}]}"#;
        let apart = unmerge(flat.as_bytes()).unwrap();
        assert_eq!(
            apart,
            r#"{"schema":"2.0","header":{"event_id":"1","event_type":"attendance.user_flow.created_v1"},"event":{"check_time":"2","type":0,"x":[1, {"a": 1}]}}"#
        );
        for text in
            ["{}", r#"{"event_type": 1}"#, r#"{"event_type": "im.message.unheard_v1", "message": {}}"#]
        {
            assert_eq!(unmerge(text.as_bytes()), None, "{text}");
        }
    }
}
