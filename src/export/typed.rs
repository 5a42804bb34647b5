//! Cells with their types, as workers hand them to a `Book`: a tag, and behind it, where there is
//! something to say, the length of a text and the text.

use crate::json::pieces;

use crate::time::MomentText;

use super::pen::Pen;
use super::style::{Style, joined};

#[derive(Debug)]
pub(crate) struct Typed;

/// A cell, as it is read again.
#[cfg(feature = "xlsx")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypedCell<'r> {
    /// Absent or null.
    Nothing,
    /// A text, a label, or JSON.
    Text(&'r [u8]),
    /// The digits of a number.
    Number(&'r [u8]),
    Flag(bool),
    /// A moment by ISO 8601.
    Moment(&'r [u8]),
}

const NOTHING: u8 = b'0';
const TRUE: u8 = b't';
const FALSE: u8 = b'f';
const TEXT: u8 = b's';
const NUMBER: u8 = b'n';
const MOMENT: u8 = b'm';

/// The bytes of a length.
const LENGTH: usize = size_of::<u32>();

/// Appends a cell whose text `write` writes.
fn push(tag: u8, write: impl FnOnce(&mut Vec<u8>), out: &mut Vec<u8>) {
    out.push(tag);
    let start = out.len() + LENGTH;
    out.extend_from_slice(&[0; LENGTH]);
    write(out);
    // A document has less than 4 GiB.
    let length = (out.len() - start) as u32;
    out[start - LENGTH..start].copy_from_slice(&length.to_le_bytes());
}

impl Style for Typed {
    fn text(&self, text: &[u8], out: &mut Vec<u8>) {
        push(TEXT, |out| out.extend_from_slice(text), out);
    }

    fn after(&self, _: &mut Pen<'_>) {}

    /// The book has a head of its own.
    fn head(&self, _: &[&str], _: &mut Vec<u8>) {}

    fn close(&self, _: usize, _: &mut Pen<'_>) {}

    fn string(&self, text: &[u8], start: usize, end: usize, _: bool, pen: &mut Pen<'_>) {
        let write =
            |out: &mut Vec<u8>| pieces(&text[start + 1..end - 1], |piece| out.extend_from_slice(piece));
        pen.apart(|out| push(TEXT, write, out));
    }

    fn plain(&self, text: &[u8], start: usize, end: usize, pen: &mut Pen<'_>) {
        match text[start] {
            tag @ (TRUE | FALSE) => pen.byte(tag),
            _ => pen.apart(|out| push(NUMBER, |out| out.extend_from_slice(&text[start..end]), out)),
        }
    }

    fn nothing(&self, pen: &mut Pen<'_>) {
        pen.byte(NOTHING);
    }

    fn scalars(&self, json: &[u8], _: &mut Vec<u8>, pen: &mut Pen<'_>) {
        pen.apart(|out| push(TEXT, |out| joined(json, out), out));
    }

    fn moment(&self, write: impl FnOnce(&mut MomentText) -> usize, pen: &mut Pen<'_>) {
        let mut text: MomentText = [0; 64];
        match write(&mut text) {
            0 => self.nothing(pen),
            length => pen.apart(|out| push(MOMENT, |out| out.extend_from_slice(&text[..length]), out)),
        }
    }
}

#[cfg(feature = "xlsx")]
impl<'r> TypedCell<'r> {
    /// Takes the first cell off these; `None` where there is none.
    pub fn take(cells: &mut &'r [u8]) -> Option<TypedCell<'r>> {
        let (tag, rest) = cells.split_first()?;
        *cells = rest;
        let mut text = || {
            let (length, rest) = cells.split_first_chunk()?;
            let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            *cells = rest;
            Some(text)
        };
        Some(match *tag {
            NOTHING => TypedCell::Nothing,
            TRUE | FALSE => TypedCell::Flag(*tag == TRUE),
            TEXT => TypedCell::Text(text()?),
            NUMBER => TypedCell::Number(text()?),
            MOMENT => TypedCell::Moment(text()?),
            _ => return None,
        })
    }
}

#[cfg(all(test, feature = "xlsx"))]
mod tests {
    use super::*;
    use crate::export::pen::Room;

    #[test]
    fn cells_are_read_as_they_were_written() {
        let mut out = Vec::new();
        let mut room = Room::new();
        let mut pen = Pen::new(&mut room, &mut out);
        pen.apart(|out| Typed.text("浙\0,".as_bytes(), out));
        Typed.string(br#"["a\u6d59\n"]"#, 1, 12, true, &mut pen);
        Typed.plain(b" -1.50 ", 1, 6, &mut pen);
        Typed.plain(b"true", 0, 4, &mut pen);
        Typed.plain(b"false", 0, 5, &mut pen);
        Typed.nothing(&mut pen);
        Typed.scalars(br#"["a", null, "b"]"#, &mut Vec::new(), &mut pen);
        pen.apart(|out| Typed.nested(br#"{ "a": [1] }"#, &mut Vec::new(), out));
        let moment = b"2021-03-10T21:11:56+08:00";
        Typed.moment(
            |text| {
                text[..moment.len()].copy_from_slice(moment);
                moment.len()
            },
            &mut pen,
        );
        Typed.moment(|_| 0, &mut pen);
        pen.done();
        let mut rest = &*out;
        let cells: Vec<_> = std::iter::from_fn(|| TypedCell::take(&mut rest)).collect();
        let expected = [
            TypedCell::Text("浙\0,".as_bytes()),
            TypedCell::Text("a浙\n".as_bytes()),
            TypedCell::Number(b"-1.50"),
            TypedCell::Flag(true),
            TypedCell::Flag(false),
            TypedCell::Nothing,
            TypedCell::Text(b"a b"),
            TypedCell::Text(br#"{"a":[1]}"#),
            TypedCell::Moment(b"2021-03-10T21:11:56+08:00"),
            TypedCell::Nothing,
        ];
        assert_eq!((cells.as_slice(), rest), (&expected[..], &b""[..]));
        assert_eq!(TypedCell::take(&mut &b"s\x09\0\0\0cut"[..]), None);
    }
}
