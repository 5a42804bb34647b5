//! Rules about the text itself: whether it is JSON at all, and JSON that every reader reads alike.

use crate::finding::{Rule, Severity, Sink, Words};
use crate::json::{Fault, MAX_DEPTH, Path, SyntaxError, has_lone_surrogate, unescape};

use super::site::quoted;

/// The text is not JSON.
pub static JSON_SYNTAX: Rule = Rule {
    code: "json-syntax",
    severity: Severity::Error,
    summary: "the document is not JSON",
    why: "Everything a handler does begins with parsing, so this payload is lost to it. Usual causes: a log line \
          that was cut, a dump from Python or Node (single quotes, True, undefined), comments or trailing commas \
          copied from documentation. Reading goes on at the next document; nothing else is said of this one.",
    wrong: r#"{.., "event": {.., "type": 0,}}"#,
    right: r#"{.., "event": {.., "type": 0}}"#,
};

/// The input ends within a document.
pub static TRUNCATED_DOCUMENT: Rule = Rule {
    code: "truncated-document",
    severity: Severity::Error,
    summary: "a document was cut: a part of it is missing",
    why: "A document has no end: the capture was cut by a full disk or an interrupted copy, or the line by a size \
          limit of the logger. Or it has no beginning, as the first line of a capture that was rotated or taken \
          with `tail -c`. What stands before and after it was read.",
    wrong: r#"{.., "event": {.., "location_name": "浙江省杭"#,
    right: r#"{.., "event": {.., "location_name": "浙江省杭州市"}}"#,
};

/// Bytes that are not UTF-8.
pub static INVALID_UTF8: Rule = Rule {
    code: "invalid-utf8",
    severity: Severity::Error,
    summary: "the document holds bytes that are not UTF-8",
    why: "The platform sends UTF-8. Other bytes come from a tool that stored the capture in the encoding of its \
          machine (GBK on many Chinese Windows systems), or that cut a character in half. The document is not \
          decoded with replacement characters, because that would lose data in silence.",
    wrong: r#"{.., "event": {.., "location_name": "\xD5\xE3\xBD\xAD"}}"#,
    right: r#"{.., "event": {.., "location_name": "浙江"}}"#,
};

/// Too many brackets are open.
pub static NESTING_TOO_DEEP: Rule = Rule {
    code: "nesting-too-deep",
    severity: Severity::Error,
    summary: "objects and arrays nest deeper than 128 levels",
    why: "No event of the platform nests deeper than a few levels. A text that does is broken or hostile, and many \
          parsers refuse it or run out of stack.",
    // The event and its object are the first two levels.
    wrong: "{.., \"event\": {.., \"list\": \
            [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\
            [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\
            ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\
            ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\
            }}",
    right: r#"{.., "event": {.., "list": [[[]]]}}"#,
};

/// One document is larger than the limit.
pub static DOCUMENT_TOO_LARGE: Rule = Rule {
    code: "document-too-large",
    severity: Severity::Error,
    summary: "one document is larger than --max-document",
    why: "A document is held in memory as a whole, so its size is limited (64 MiB unless --max-document says \
          otherwise). The platform's events are a few kilobytes; a larger one is usually a file of another kind. \
          What it has to be taken out of counts too: base64, strings in strings, a dump whose repeated rows are left \
          out. Reading goes on at the next line that begins a document.",
    wrong: "--max-document 256\n{..}",
    right: "--max-document 1024\n{..}",
};

/// A key stands twice in one object.
pub static DUPLICATE_KEY: Rule = Rule {
    code: "duplicate-key",
    severity: Severity::Error,
    summary: "a key stands twice in one object",
    why: "Parsers disagree on which of the two counts: most keep the last, some the first, some refuse. Keys are \
          compared after unescaping, so `type` and `t\\u0079pe` are the same key. Shown and converted is the last.",
    wrong: r#"{.., "event": {.., "type": 0, "type": 1}}"#,
    right: r#"{.., "event": {.., "type": 1}}"#,
};

/// Half of a surrogate pair.
pub static LONE_SURROGATE: Rule = Rule {
    code: "lone-surrogate",
    severity: Severity::Warning,
    summary: "a string holds half of a surrogate pair",
    why: "`\\ud83d` alone is no character. RFC 8259 allows the text but not every reader does: Go and serde replace \
          or refuse it. It comes from a tool that cut a string in the middle of an emoji.",
    wrong: r#"{.., "event": {.., "comment": "\ud83d"}}"#,
    right: r#"{.., "event": {.., "comment": "\ud83d\ude00"}}"#,
};

/// Words for a text that stops being JSON at `error.at`. `text` may hold more than the document.
pub fn broken(text: &[u8], error: SyntaxError) -> (&'static Rule, Words) {
    let found = text.get(error.at..).map(found_here).unwrap_or_default();
    let expected = match error.fault {
        Fault::End => {
            let words = Words::new("the input ends in the middle of a document")
                .expected("the rest of the document")
                .found("the end of the input")
                .help("capture it again; everything before this document was read");
            return (&TRUNCATED_DOCUMENT, words);
        }
        Fault::Depth => {
            let words = Words::new(format!("more than {MAX_DEPTH} brackets are open here"))
                .expected(format!("at most {MAX_DEPTH} levels of objects and arrays"))
                .help("no event nests deeper than a few levels: look at where this comes from");
            return (&NESTING_TOO_DEEP, words);
        }
        Fault::Value => "a value",
        Fault::Key => "a key in double quotes",
        Fault::TrailingComma => "another member after the comma",
        Fault::Colon => "`:` after the key",
        Fault::CommaOrBrace => "`,` or `}`",
        Fault::CommaOrBracket => "`,` or `]`",
        Fault::Control => "the character escaped, or the end of the string",
        Fault::Escape => r#"one of \" \\ \/ \b \f \n \r \t \u"#,
        Fault::Unicode => r"four hexadecimal digits after \u",
        Fault::Number => "a number as JSON writes it",
        Fault::Literal => "`true`, `false`, `null` or a quoted string",
    };
    let mut words =
        Words::new(format!("not JSON: expected {expected}, found {found}")).expected(expected).found(found);
    if let Some(help) = mend(text, error) {
        words = words.help(help);
    }
    (&JSON_SYNTAX, words)
}

fn found_here(rest: &[u8]) -> String {
    let Some(&first) = rest.first() else { return "the end of the input".to_owned() };
    match first {
        b'\n' | b'\r' => "the end of the line".to_owned(),
        0..0x20 | 0x7f => format!("the control character U+{first:04X}"),
        0x20..0x7f => format!("`{}`", first as char),
        _ => match std::str::from_utf8(&rest[..rest.len().min(4)]) {
            Ok(text) => text.chars().next(),
            Err(error) => std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or("").chars().next(),
        }
        .map_or_else(
            || format!("byte 0x{first:02X}, which is not UTF-8"),
            |c| format!("`{c}` (U+{:04X})", u32::from(c)),
        ),
    }
}

/// The usual cause of what stands at `error.at`, and how to mend it.
fn mend(text: &[u8], error: SyntaxError) -> Option<&'static str> {
    let rest = text.get(error.at..)?;
    let help = match error.fault {
        Fault::TrailingComma => "remove the comma",
        Fault::Control if rest.first() == Some(&b'\n') || rest.first() == Some(&b'\r') => {
            "the string does not end on this line: a quote is missing, or a line break must be written \\n"
        }
        Fault::Control => "write it as \\u followed by four hexadecimal digits",
        Fault::Escape => "write \\\\ for a backslash",
        Fault::Number if rest.first() == Some(&b'+') => "remove the plus sign",
        Fault::Number => "no leading zero, a digit on each side of the point, no hexadecimal",
        _ if rest.starts_with("，".as_bytes()) || rest.starts_with("：".as_bytes()) => {
            "this is a full-width character: write the ASCII one"
        }
        _ if rest.starts_with("\u{feff}".as_bytes()) => "remove the byte order mark",
        _ if rest.starts_with("“".as_bytes()) || rest.starts_with("”".as_bytes()) => {
            "write straight quotes"
        }
        _ if rest.starts_with(b"//") || rest.starts_with(b"/*") => "JSON has no comments: remove it",
        _ if rest.starts_with(b"'") => "write double quotes; a Python dict or a Node dump is not JSON",
        Fault::Literal | Fault::Value if rest.starts_with(b"True") || rest.starts_with(b"False") => {
            "write true and false; use json.dumps instead of print"
        }
        Fault::Value if rest.starts_with(b"None") => "write null; use json.dumps instead of print",
        Fault::Value if rest.starts_with(b"undefined") || rest.starts_with(b"NaN") => {
            "JSON has no such value; use JSON.stringify instead of console.log"
        }
        Fault::CommaOrBrace if rest.first() == Some(&b'"') => "a comma is missing before it",
        Fault::CommaOrBracket if matches!(rest.first(), Some(b'{' | b'"')) => "a comma is missing before it",
        _ => return None,
    };
    Some(help)
}

/// Words for bytes that are not UTF-8, which begin at `at`.
pub fn invalid_utf8(text: &[u8], at: usize) -> Words {
    let bytes: Vec<String> = text[at..].iter().take(4).map(|byte| format!("{byte:02X}")).collect();
    let words = Words::new(format!("not UTF-8: bytes {}", bytes.join(" ")))
        .expected("UTF-8")
        .found(format!("bytes {}", bytes.join(" ")));
    if looks_like_gbk(&text[at.saturating_sub(64)..text.len().min(at + 4096)]) {
        return words.caret("looks like GBK (GB 18030)").help("convert it first: iconv -f GB18030 -t UTF-8");
    }
    words.help("convert the capture to UTF-8, or make it again with a tool that keeps the bytes")
}

/// Whether all bytes beyond ASCII pair up as GBK does.
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let mut at = bytes.iter().position(|byte| *byte >= 0x80).unwrap_or(0);
    let mut pairs = 0;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (0..=0x7f, _) => at += 1,
            (0x81..=0xfe, Some(0x40..=0x7e | 0x80..=0xfe)) => {
                pairs += 1;
                at += 2;
            }
            // The window may end within a pair.
            (0x81..=0xfe, None) => break,
            _ => return false,
        }
    }
    pairs > 1
}

/// The words about a document that is larger than `limit` bytes.
pub fn too_large(limit: usize) -> Words {
    Words::new(format!("this document is larger than {}", size(limit)))
        .expected(format!("at most {}", size(limit)))
        .help("it was passed over; raise the limit with --max-document if it is meant to be that large")
}

/// The words about a document of which more than `budget` bytes would have to be made to read it.
pub fn budget_spent(budget: usize) -> Words {
    Words::new("what this holds, taken out of its wrapping, is too large")
        .expected(format!("at most {}", size(budget)))
        .help("no event is that much larger than what it is wrapped in; if this one is, take it out by hand")
}

/// The words about an event whose list would make too many rows.
pub fn too_many_rows() -> Words {
    Words::new("a row for each item of the list would take many times the room of the event")
        .help("leave out --columns that are long and the same in each row, or take the list as one cell: no --explode")
}

/// Bytes in words: `64 MiB`.
fn size(bytes: usize) -> String {
    match bytes {
        _ if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        _ if bytes >= 1 << 10 && bytes.is_multiple_of(1 << 10) => format!("{} KiB", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

/// Reports a key that its object has already had.
#[cold]
#[inline(never)]
pub fn duplicate_key(text: &[u8], key: (usize, usize), path: &Path<'_>, sink: &mut impl Sink) {
    sink.report(DUPLICATE_KEY.at(key.0..key.1, path), || {
        let name = unescape(&text[key.0 + 1..key.1 - 1]);
        Words::new(format!("the key {} stands twice in this object", quoted(format!("`{name}`").as_bytes())))
            .expected("each key once")
            .found("the same key again; the last one counts here, in other readers perhaps the first")
            .help("remove one of the two")
    });
}

/// Reports half of a surrogate pair in a string with escapes.
#[cold]
#[inline(never)]
pub fn lone_surrogate(text: &[u8], string: (usize, usize), path: &Path<'_>, sink: &mut impl Sink) {
    let body = &text[string.0 + 1..string.1 - 1];
    let Some(at) = has_lone_surrogate(body) else { return };
    let start = string.0 + 1 + at;
    sink.report(LONE_SURROGATE.at(start..start + 6, path), || {
        let escape = String::from_utf8_lossy(&body[at..at + 6]).into_owned();
        Words::new(format!("{escape} is half of a surrogate pair and no character"))
            .expected("a pair: \\ud83d\\ude00")
            .found(escape)
            .help("the text was cut in the middle of a character: capture it again")
    });
}

#[cfg(test)]
mod tests {
    use super::looks_like_gbk;

    #[test]
    fn gbk_is_told_from_noise() {
        assert!(looks_like_gbk(b"\"\xd5\xe3\xbd\xad\xca\xa1\""));
        assert!(!looks_like_gbk(b"\"\xff\xfe\x00\""));
        assert!(!looks_like_gbk(b"plain"));
    }
}
