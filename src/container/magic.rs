//! Files that are no text, known by their first bytes: what they are, and how to come by the text in them.

use crate::lang::{Label, label};

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
type Kind = (Label, Option<Label>, usize, &'static [u8]);

const NOT_TEXT: Option<Label> = Some(label(
    "以文本形式提供请求体：JSON、NDJSON、HTTP、日志",
    "give the bodies as text: JSON, lines of it, HTTP, logs",
));

const KINDS: &[Kind] = &[
    (
        label("一个 ZIP 压缩包", "a ZIP archive"),
        Some(label("先解压：unzip -p FILE | larkspect", "unpack it on the way: unzip -p FILE | larkspect")),
        0,
        b"PK\x03\x04",
    ),
    (
        label("一个 tar 归档", "a tar archive"),
        Some(label("先解包：tar -xOf FILE | larkspect", "unpack it on the way: tar -xOf FILE | larkspect")),
        257,
        b"ustar",
    ),
    (
        label("一个 7z 压缩包", "a 7z archive"),
        Some(label("先解压：7z x -so FILE | larkspect", "unpack it on the way: 7z x -so FILE | larkspect")),
        0,
        b"7z\xbc\xaf\x27\x1c",
    ),
    (
        label("用 xz 压缩的文件", "a file packed with xz"),
        Some(label("先解压：xz -dc FILE | larkspect", "unpack it on the way: xz -dc FILE | larkspect")),
        0,
        b"\xfd7zXZ\0",
    ),
    (
        label("用 bzip2 压缩的文件", "a file packed with bzip2"),
        Some(label("先解压：bzip2 -dc FILE | larkspect", "unpack it on the way: bzip2 -dc FILE | larkspect")),
        0,
        b"BZh",
    ),
    (
        label("用 lz4 压缩的文件", "a file packed with lz4"),
        Some(label("先解压：lz4 -dc FILE | larkspect", "unpack it on the way: lz4 -dc FILE | larkspect")),
        0,
        b"\x04\x22\x4d\x18",
    ),
    (label("一个抓包文件", "a packet capture"), PACKETS, 0, b"\xd4\xc3\xb2\xa1"),
    (label("一个抓包文件", "a packet capture"), PACKETS, 0, b"\xa1\xb2\xc3\xd4"),
    (label("一个抓包文件", "a packet capture"), PACKETS, 0, b"\x4d\x3c\xb2\xa1"),
    // Its first four bytes are line ends.
    (label("一个抓包文件", "a packet capture"), PACKETS, 4, b"\x4d\x3c\x2b\x1a"),
    (
        label("一个 SQLite 数据库", "an SQLite database"),
        Some(label(
            "从中查询请求体：sqlite3 FILE 'select body from ..' | larkspect",
            "ask it for the bodies: sqlite3 FILE 'select body from ..' | larkspect",
        )),
        0,
        b"SQLite format 3\0",
    ),
    (
        label("一个 Parquet 文件", "a Parquet file"),
        Some(label(
            "先把请求体那一列逐行导出，例如用 DuckDB",
            "write the column of the bodies as lines first, with DuckDB for one",
        )),
        0,
        b"PAR1",
    ),
    (label("一个 PDF 文件", "a PDF"), NOT_TEXT, 0, b"%PDF-"),
    (label("一张图片", "a picture"), NOT_TEXT, 0, b"\x89PNG\r\n"),
    (label("一张图片", "a picture"), NOT_TEXT, 0, b"\xff\xd8\xff"),
    (label("一个可执行程序", "a program"), NOT_TEXT, 0, b"\x7fELF"),
];

const PACKETS: Option<Label> = Some(label(
    "从中取出 HTTP 请求体，例如用 tshark --export-objects http,DIR（没有被 TLS 加密时）",
    "take the HTTP bodies out of it, with tshark --export-objects http,DIR for one, unless TLS hides them",
));

/// What a file is that begins with `head`, and what to do; `None` where it may be text.
fn binary(head: &[u8]) -> Option<(Label, Option<Label>)> {
    let head = &head[..head.len().min(HEAD)];
    let known = |kind: &&Kind| head.get(kind.2..).is_some_and(|bytes| bytes.starts_with(kind.3));
    match KINDS.iter().find(known) {
        Some((name, help, ..)) => Some((*name, *help)),
        // Zeros alone are what is left of a log that was cut at its front while it was written.
        None if head.first() != Some(&0) && is_binary(head) => {
            Some((label("一个二进制文件", "a binary file"), NOT_TEXT))
        }
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
            assert_eq!(binary(&head), Some((*name, *help)), "{name:?}");
            assert_eq!(binary(&head[..head.len() - 1]), None, "half of {name:?}");
        }
        assert_eq!(binary(b"GIF8\0\0").unwrap().0.en, "a binary file");
        assert_eq!(binary(b""), None);
        assert_eq!(binary("浙江".as_bytes()), None);
        assert_eq!(binary(&[&[b'a'; FIRST][..], b"\0"].concat()), None);
        assert_eq!(binary(b"\0\0\0{}"), None);
        assert_eq!(binary(b"a zero \0 in a line of words, \0 and another\n"), None);
    }
}
