//! UTF-16 in a file of another encoding, as PowerShell appends it to one: `{<0>"<0>s<0>`. Its low bytes come first.

use crate::container::FormInfo;
use crate::container::form::RAW_BODY;
use crate::container::trace;
use crate::container::undo::{Passage, Undone};
use crate::json::{Cursor, Fault};
use crate::lang::label;
use crate::origin::Step;
use crate::steps::took;

/// What objects begin with.
pub(in crate::container) const FIRST: &[u8] = b"{\0\"\0";

static WIDE: FormInfo = FormInfo {
    name: label("混在其他编码文件里的 UTF-16", "UTF-16 in a file of another encoding"),
    lost: None,
    capture: Some(RAW_BODY),
};

/// Undoes the encoding of the object that begins at the trace.
pub fn undo(passage: &Passage<'_>) -> Undone {
    let Passage { text, at, most, last, .. } = *passage;
    if !text[at..].starts_with(FIRST) {
        return Undone::No;
    }
    let units = text[at..].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
    let mut plain = String::new();
    for sign in char::decode_utf16(units) {
        match sign {
            Ok(sign) if plain.len() <= most && sign != '\0' => plain.push(sign),
            _ => break,
        }
    }
    let behind = |plain: &str| at + 2 * plain.encode_utf16().count();
    let end = behind(&plain);
    took(end - at);
    let length = match Cursor::new(plain.as_bytes(), 0).value(0) {
        Ok(object) => object.end,
        Err(_) if plain.len() > most => return Undone::TooLarge(at..end),
        Err(error) if error.fault == Fault::End && text.len() - end < 4 && !last => return Undone::More,
        // One that was cut ends with its line.
        Err(_) => plain.find(['\r', '\n']).unwrap_or(plain.len()),
    };
    plain.truncate(length);
    match trace::shows(plain.as_bytes()) {
        true => {
            let span = at..behind(&plain);
            Undone::Made { span, plain: plain.into_bytes(), step: Step::Rewritten, about: Some(&WIDE) }
        }
        false => Undone::No,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::passage;
    use super::*;

    const EVENT: &str = "{\"header\":{\"event_type\":\"a.b_v1\"},\n\"event\":{\"note\":\"第 😀\"}}";

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    /// What is made of the first object in `text`, and what is left behind it.
    fn made(text: &[u8]) -> Option<(String, &[u8])> {
        let at = trace::find_encoded(text, 0)?;
        match undo(&passage(text, at)) {
            Undone::Made { span, plain, .. } => Some((String::from_utf8(plain).unwrap(), &text[span.end..])),
            _ => None,
        }
    }

    #[test]
    fn objects_are_read_between_words_in_either_encoding() {
        for before in [&b"narrow\n"[..], b"", b"odd\n\xff\xfe", &wide("wide ")] {
            for behind in [&wide("\r\n")[..], b"", b"\nnarrow {}\n", &wide(" and {\r\n")] {
                let text = [before, &wide(EVENT), behind].concat();
                assert_eq!(made(&text), Some((EVENT.to_owned(), behind)), "{}", text.escape_ascii());
            }
        }
    }

    #[test]
    fn what_is_cut_ends_with_its_line_and_what_shows_no_event_is_left() {
        let cut = "{\"header\":{\"event_type\":\"a.b";
        let behind = wide("\r\nnext\r\n");
        assert_eq!(made(&[wide(cut), behind.clone()].concat()), Some((cut.to_owned(), &behind[..])));
        assert_eq!(made(&wide("{\"id\":1}")), None);
        let text = wide(EVENT);
        for length in 4..text.len() - 1 {
            let part = Passage { last: false, ..passage(&text[..length], 0) };
            assert!(matches!(undo(&part), Undone::More), "{length}");
        }
        assert!(matches!(undo(&Passage { most: 9, ..passage(&text, 0) }), Undone::TooLarge(_)));
    }
}
