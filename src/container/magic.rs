//! Files that are no text, known by their first bytes: what they are, and how to come by the text in them.

use super::{Answer, FormInfo, Place, Then};

/// A file that is no text.
pub(super) fn probe<'t>(place: &Place<'t>) -> Answer<'t> {
    let head = &place.text[place.at..];
    let enough = HEAD.min(place.limit);
    if head.len() < enough && !place.last {
        return Answer::More;
    }
    match binary(&head[..head.len().min(enough)]) {
        Some((name, capture)) => {
            let about = FormInfo { name, lost: None, capture };
            Answer::Named { about, end: place.text.len(), then: Then::Nowhere }
        }
        None => Answer::No,
    }
}

/// How many bytes say what a file is.
const HEAD: usize = 512;

/// Zeros among so many first bytes stand in no text.
const FIRST: usize = 64;

/// Whether a file begins as none does that is text. One or two zeros may have got into one.
fn is_binary(head: &[u8]) -> bool {
    let head = &head[..head.len().min(FIRST)];
    let signs = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31));
    head.contains(&0) && 16 * signs.count() > head.len()
}

/// Name, advice, and where which bytes stand.
type Kind = (&'static str, Option<&'static str>, usize, &'static [u8]);

const NOT_TEXT: Option<&str> = Some("give the bodies as text: JSON, lines of it, HTTP, logs");

const KINDS: &[Kind] = &[
    ("a ZIP archive", Some("unpack it on the way: unzip -p FILE | larkspect"), 0, b"PK\x03\x04"),
    ("a tar archive", Some("unpack it on the way: tar -xOf FILE | larkspect"), 257, b"ustar"),
    ("a 7z archive", Some("unpack it on the way: 7z x -so FILE | larkspect"), 0, b"7z\xbc\xaf\x27\x1c"),
    ("a file packed with xz", Some("unpack it on the way: xz -dc FILE | larkspect"), 0, b"\xfd7zXZ\0"),
    ("a file packed with bzip2", Some("unpack it on the way: bzip2 -dc FILE | larkspect"), 0, b"BZh"),
    (
        "a file packed with lz4",
        Some("unpack it on the way: lz4 -dc FILE | larkspect"),
        0,
        b"\x04\x22\x4d\x18",
    ),
    ("a packet capture", PACKETS, 0, b"\xd4\xc3\xb2\xa1"),
    ("a packet capture", PACKETS, 0, b"\xa1\xb2\xc3\xd4"),
    ("a packet capture", PACKETS, 0, b"\x4d\x3c\xb2\xa1"),
    // Its first four bytes are line ends.
    ("a packet capture", PACKETS, 4, b"\x4d\x3c\x2b\x1a"),
    (
        "an SQLite database",
        Some("ask it for the bodies: sqlite3 FILE 'select body from ..' | larkspect"),
        0,
        b"SQLite format 3\0",
    ),
    (
        "a Parquet file",
        Some("write the column of the bodies as lines first, with DuckDB for one"),
        0,
        b"PAR1",
    ),
    ("a PDF", NOT_TEXT, 0, b"%PDF-"),
    ("a picture", NOT_TEXT, 0, b"\x89PNG\r\n"),
    ("a picture", NOT_TEXT, 0, b"\xff\xd8\xff"),
    ("a program", NOT_TEXT, 0, b"\x7fELF"),
];

const PACKETS: Option<&str> = Some(
    "take the HTTP bodies out of it, with tshark --export-objects http,DIR for one, unless TLS hides them",
);

/// What a file is that begins with `head`, and what to do; `None` where it may be text.
fn binary(head: &[u8]) -> Option<(&'static str, Option<&'static str>)> {
    let head = &head[..head.len().min(HEAD)];
    let known = |kind: &&Kind| head.get(kind.2..).is_some_and(|bytes| bytes.starts_with(kind.3));
    match KINDS.iter().find(known) {
        Some((name, help, ..)) => Some((name, *help)),
        // Zeros alone are what is left of a log that was cut at its front while it was written.
        None if head.first() != Some(&0) && is_binary(head) => Some(("a binary file", NOT_TEXT)),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_known_where_its_bytes_stand() {
        for (name, help, at, bytes) in KINDS {
            let mut head = vec![b'a'; *at];
            head.extend_from_slice(bytes);
            assert_eq!(binary(&head), Some((*name, *help)), "{name}");
            assert_eq!(binary(&head[..head.len() - 1]), None, "half of {name}");
        }
        assert_eq!(binary(b"GIF8\0\0").unwrap().0, "a binary file");
        assert_eq!(binary(b""), None);
        assert_eq!(binary("浙江".as_bytes()), None);
        assert_eq!(binary(&[&[b'a'; FIRST][..], b"\0"].concat()), None);
        assert_eq!(binary(b"\0\0\0{}"), None);
        assert_eq!(binary(b"a zero \0 in a line of words, \0 and another\n"), None);
    }
}
