//! How a format writes what stands in a row. The defaults are those of a line of text for each row: such a format says
//! how it writes text and what ends a cell, and the others what they do otherwise.

use std::fmt::Debug;

use crate::json::rewrite::compact;
use crate::json::{pieces, tree};
use crate::time::MomentText;

use super::formula::is_formula;
use super::pen::{Pen, Room, Snippet};

/// What users choose of a format; each takes what it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Whether lines end with CR LF.
    pub crlf: bool,
    /// Whether a byte order mark comes first: Excel takes the text for the local code page without it.
    pub bom: bool,
    /// Whether an apostrophe keeps text from being run as a formula.
    pub guard: bool,
}

impl Default for Dialect {
    /// LF, no mark, guarded.
    fn default() -> Self {
        Dialect { crlf: false, bom: false, guard: true }
    }
}

/// A way to write rows.
pub(crate) trait Style: Debug + Send + Sync {
    /// Text as it is.
    fn text(&self, text: &[u8], out: &mut Vec<u8>);
    /// Ends a cell; the last byte of that [`Style::close`] takes back from the last cell.
    fn after(&self, pen: &mut Pen<'_>);

    /// Whether an apostrophe keeps text from being run as a formula.
    fn guard(&self) -> bool {
        false
    }

    /// What comes before all.
    fn begin(&self, _out: &mut Vec<u8>) {}

    /// The names of the columns.
    fn head(&self, names: &[&str], out: &mut Vec<u8>) {
        row_of_names(self, names, out);
    }

    /// What comes after the last row.
    fn end(&self, _out: &mut Vec<u8>) {}

    /// How many bytes of the first row of all are to be dropped.
    fn lead(&self) -> usize {
        0
    }

    /// Whether a row is an object with the names of the columns as keys.
    fn is_keyed(&self) -> bool {
        false
    }

    /// The name of a column as [`Style::before`] needs it.
    fn key(&self, _name: &str, _first: bool) -> Vec<u8> {
        Vec::new()
    }

    /// Begins a row.
    #[inline(always)]
    fn open(&self, _pen: &mut Pen<'_>) {}

    /// Begins a cell.
    #[inline(always)]
    fn before(&self, _key: &Snippet, _pen: &mut Pen<'_>) {}

    /// Ends the row whose first cell began at `start`.
    #[inline(always)]
    fn close(&self, _start: usize, pen: &mut Pen<'_>) {
        pen.back();
        pen.byte(b'\n');
    }

    /// The JSON string `text[start..end]`, its quotes included.
    fn string(&self, text: &[u8], start: usize, end: usize, escaped: bool, pen: &mut Pen<'_>);

    /// The number or boolean `text[start..end]`.
    #[inline(always)]
    fn plain(&self, text: &[u8], start: usize, end: usize, pen: &mut Pen<'_>) {
        pen.copy(text, start, end);
    }

    /// Absent or null.
    #[inline(always)]
    fn nothing(&self, _pen: &mut Pen<'_>) {}

    /// An object, or an array of them. `scratch` is there to be used.
    fn nested(&self, json: &[u8], scratch: &mut Vec<u8>, out: &mut Vec<u8>) {
        scratch.clear();
        compact(json, scratch);
        self.text(scratch, out);
    }

    /// An array of scalars.
    #[inline(always)]
    fn scalars(&self, json: &[u8], scratch: &mut Vec<u8>, pen: &mut Pen<'_>) {
        if json == b"[]" {
            return;
        }
        scratch.clear();
        joined(json, scratch);
        pen.apart(|out| self.text(scratch, out));
    }

    /// A moment that `write` writes, unless it says that it is 0 bytes.
    #[inline(always)]
    fn moment(&self, write: impl FnOnce(&mut MomentText) -> usize, pen: &mut Pen<'_>)
    where
        Self: Sized,
    {
        pen.fill(|room: &mut MomentText| {
            let length = write(room);
            // Years beyond 9999, and those before 0, have a sign.
            if length > 0 && self.guard() && is_formula(&room[..length]) {
                room.copy_within(..length, 1);
                room[0] = b'\'';
                return length + 1;
            }
            length
        });
    }
}

/// The names of the columns as a row of text.
pub(crate) fn row_of_names<S: Style + ?Sized>(style: &S, names: &[&str], out: &mut Vec<u8>) {
    let mut room = Room::new();
    let mut pen = Pen::new(&mut room, out);
    style.open(&mut pen);
    let start = pen.length();
    for name in names {
        pen.apart(|out| style.text(name.as_bytes(), out));
        style.after(&mut pen);
    }
    style.close(start, &mut pen);
    pen.done();
}

/// Appends the items of a JSON array as text, a space between them; `null` and an empty string
/// are nothing.
pub(crate) fn joined(json: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    for item in tree::items(json, 0) {
        let raw = &json[item.start..item.end];
        if matches!(raw, b"null" | b"\"\"") {
            continue;
        }
        if out.len() > start {
            out.push(b' ');
        }
        match tree::is_string(item) {
            true => pieces(tree::body(json, item), |piece| out.extend_from_slice(piece)),
            false => compact(raw, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_joined() {
        for (json, text) in [
            ("[]", ""),
            (r#"["", null, "a", ""]"#, "a"),
            (r#"[ "a" , "b\u6d59\n" ]"#, "a b浙\n"),
            (r#"[null, "a", null, 1.0, true, [ 1, "x" ], {}]"#, r#"a 1.0 true [1,"x"] {}"#),
        ] {
            let mut out = b"|".to_vec();
            joined(json.as_bytes(), &mut out);
            assert_eq!(String::from_utf8(out).unwrap()[1..], *text);
        }
    }
}
