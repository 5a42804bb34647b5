//! Bytes by their indices, as `JSON.stringify` writes a typed array: `{"0":123,"1":34,"2":115}`.

use crate::origin::Step;
use crate::steps::took;

use crate::container::trace::{BEGINNING, opens};
use crate::container::undo::{Decoded, Passage, Undone};

/// How many encodings are looked through for what one begins with.
const LAYERS: usize = 3;
/// What all of them begin with.
pub(in crate::container) const FIRST: &[u8] = b"\"0\"";

/// Undoes the list of bytes that begins at the trace with the index zero.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, most, .. } = *passage;
    if !opens(&beginning(&text[at..]), LAYERS) {
        return Undone::No;
    }
    read(text, at, most).answer(passage, Step::Dumped)
}

/// What `text` begins with, if it is a list of bytes by their indices.
pub(in crate::container) fn beginning(text: &[u8]) -> Vec<u8> {
    if !text.starts_with(FIRST) {
        return Vec::new();
    }
    read(&text[..text.len().min(4 * BEGINNING)], 0, BEGINNING).plain
}

/// Reads the list that begins at `from`: at most one byte more than `most`.
fn read(text: &[u8], from: usize, most: usize) -> Decoded {
    let mut list = Decoded { end: from, plain: Vec::new(), open: false };
    let mut at = from;
    while list.plain.len() <= most
        && let Some((byte, end)) = pair(text, at, list.plain.len())
    {
        list.plain.push(byte);
        list.end = end;
        at = space(text, end);
        if text.get(at) != Some(&b',') {
            break;
        }
        at = space(text, at + 1);
    }
    took(at - from);
    // Where a list is cut, its last number may have lost a digit.
    match text.get(at) {
        Some(b'}') => {}
        Some(b'"') => list.open = text.len() - at < 32,
        next => {
            list.open = next.is_none();
            list.plain.pop();
        }
    }
    list
}

/// The byte with this index that stands at `at`, and where it ends.
fn pair(text: &[u8], at: usize, index: usize) -> Option<(u8, usize)> {
    let rest = text.get(at..)?.strip_prefix(b"\"")?.strip_prefix(index.to_string().as_bytes())?;
    let rest = rest.strip_prefix(b"\"")?;
    let rest = rest[space(rest, 0)..].strip_prefix(b":")?;
    let rest = &rest[space(rest, 0)..];
    let digits = rest.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let byte = str::from_utf8(&rest[..digits]).ok()?.parse().ok()?;
    Some((byte, text.len() - rest.len() + digits))
}

/// Where the white space ends that begins at `at`.
fn space(text: &[u8], at: usize) -> usize {
    let length = text[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    took(length);
    at + length
}

#[cfg(test)]
mod tests {
    use super::super::tests::{made, passage};
    use super::*;
    use crate::container::trace;

    const EVENT: &str = r#"{"header":{"event_type":"a.b_v1"},"event":{"note":"late"}}"#;

    fn list(colon: &str, comma: &str) -> String {
        let bytes = EVENT.bytes().enumerate().map(|(index, byte)| format!("\"{index}\"{colon}{byte}"));
        bytes.collect::<Vec<_>>().join(comma)
    }

    #[test]
    fn bytes_with_indices_are_found_and_read() {
        for (colon, comma) in [(":", ","), (": ", ",\n  "), (" : ", " , ")] {
            let list = list(colon, comma);
            let text = format!("{{\"body\": {{{list}}}, \"n\": {{\"0\": 1}}}}");
            let at = trace::find_encoded(text.as_bytes(), 0).unwrap();
            assert_eq!(made(undo, &text, at).unwrap(), (&*list, EVENT.to_owned()));
            assert_eq!(trace::find_encoded(text.as_bytes(), at + 1), None);
        }
    }

    #[test]
    fn a_list_that_is_cut_ends_with_its_last_whole_number() {
        let list = list(":", ",");
        for length in 300..list.len() {
            let cut = &list[..length];
            let Undone::Made { plain, .. } = undo(&passage(cut.as_bytes(), 0)) else { panic!("{cut}") };
            let whole = cut.matches(',').count();
            assert!(plain.len() <= whole && plain.len() + 1 >= whole, "{cut}");
            assert!(EVENT.as_bytes().starts_with(&plain), "{cut}");
            assert!(
                matches!(undo(&Passage { last: false, ..passage(cut.as_bytes(), 0) }), Undone::More),
                "{cut}"
            );
        }
        assert!(matches!(undo(&Passage { most: 9, ..passage(list.as_bytes(), 0) }), Undone::TooLarge(_)));
    }

    #[test]
    fn other_objects_with_numbers_for_keys_are_left_where_they_stand() {
        for text in [
            "\"0\":123,\"1\":34}",
            "\"0\":1,\"1\":2}",
            "\"0\":123,\"2\":34}",
            "\"0\":{}",
            "\"0\"",
            "\"0\":123456}",
        ] {
            assert!(matches!(undo(&passage(text.as_bytes(), 0)), Undone::No), "{text}");
        }
    }
}
