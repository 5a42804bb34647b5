//! Where the object ends that stands around a trace, in a text whose signs are escaped one by one.

use crate::finding::Span;
use crate::steps::took;

/// What stands at one place of a text.
pub(super) struct Sign<'t> {
    /// What it means.
    pub(super) plain: Plain<'t>,
    /// How many bytes it takes.
    pub(super) length: usize,
    /// It is a quote, or will be one when another layer is undone.
    pub(super) quote: bool,
}

/// What a sign means.
pub(super) enum Plain<'t> {
    /// These bytes, as they stand.
    Bytes(&'t [u8]),
    /// This byte.
    Byte(u8),
    /// This character.
    Character(char),
    /// Nothing: it only parts lines.
    Nothing,
}

/// An object and what it means.
pub(super) struct Object {
    /// Where it stands.
    pub(super) span: Span,
    /// The same without escapes.
    pub(super) plain: Vec<u8>,
    /// The text ended before it did.
    pub(super) open: bool,
}

/// Reads the outermost object that begins in `text[from..]` at or before `at` and is not closed there, up to its end.
/// `sign` tells what stands at a place; `None` where the layer ends. Where no object is open at the trace, what is
/// read is its line.
///
/// A string does not go over the end of a line: an object that was cut there ends with it.
pub(super) fn around<'t>(
    text: &'t [u8],
    from: usize,
    at: usize,
    most: usize,
    mut sign: impl FnMut(usize) -> Option<Sign<'t>>,
) -> Object {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    let mut object = Object { span: from..from, plain: Vec::new(), open: false };
    let mut place = from;
    loop {
        if place >= text.len() {
            object.open = true;
            break;
        }
        if object.plain.len() > most {
            break;
        }
        let Some(Sign { plain, length, quote }) = sign(place) else { break };
        let before = object.plain.len();
        match plain {
            Plain::Bytes(bytes) => object.plain.extend_from_slice(bytes),
            Plain::Byte(byte) => object.plain.push(byte),
            Plain::Character(character) => {
                object.plain.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Plain::Nothing => {}
        }
        let begin = place;
        place += length;
        let Some(&byte) = object.plain.get(before) else { continue };
        if byte == b'\n' && (in_string || depth == 0) {
            if begin >= at {
                object.plain.truncate(before);
                place = begin;
                break;
            }
            (depth, in_string, escaped) = (0, false, false);
            object.plain.clear();
            object.span.start = place;
            continue;
        }
        match byte {
            _ if quote && !escaped => in_string = !in_string,
            b'\\' if in_string => {
                escaped = !escaped;
                continue;
            }
            b'{' if !in_string => {
                if depth == 0 && begin <= at {
                    object.plain.drain(..before);
                    object.span.start = begin;
                }
                depth += 1;
            }
            // Outside an object it may be that of a colour, which nothing closes.
            b'[' if !in_string && depth > 0 => depth += 1,
            b'}' | b']' if !in_string && depth > 0 => {
                depth -= 1;
                if depth == 0 && place > at {
                    break;
                }
            }
            _ => {}
        }
        escaped = false;
    }
    // What is too large before the trace ends behind it.
    object.span.end = place.max(at + 1);
    took(place - from);
    object
}
