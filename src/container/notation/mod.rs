//! Text that is not JSON but is known: what people paste, or what a tool wrote instead of the body (docs/platform.md,
//! Captures).

pub(super) mod quoted;
pub(super) mod scan;

use crate::lang::{Label, label};
use crate::steps::took;

use super::form::RAW_BODY;
use super::{Answer, FormInfo, Place, Then};
use super::{curl, hexdump, signs};

use scan::{Scanned, scan};

/// A text that is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Notation {
    /// `print(data)` in Python.
    PythonDict,
    /// `console.log(data)` in Node.
    NodeInspect,
    /// The same, shortened by Node.
    NodeCut,
    /// JSON with comments, trailing or full-width commas: copied from a documentation page.
    Commented,
    /// `larkcore.Prettify(event)` or `%+v` in Go.
    GoStruct,
    /// A body in nginx's default escaping.
    NginxEscaped,
    /// A web page, or XML.
    Html,
    /// A table.
    Csv,
    /// YAML.
    Yaml,
    /// `curl --trace-ascii`, `od -c`: bytes as characters.
    TextDump,
    /// `tcpdump -X`
    PacketDump,
}

/// What is known about a notation.
struct Row {
    kind: Notation,
    about: FormInfo,
}

const fn row(kind: Notation, name: Label) -> Row {
    Row { kind, about: FormInfo { name, lost: None, capture: Some(RAW_BODY) } }
}

impl Row {
    const fn lost(mut self, lost: Label) -> Row {
        self.about.lost = Some(lost);
        self
    }

    const fn capture(mut self, capture: Label) -> Row {
        self.about.capture = Some(capture);
        self
    }
}

const NODE: Label = label(
    "在日志里原样记录请求体，或至少记录 JSON.stringify(data)",
    "log the request's body as it came, or at least JSON.stringify(data)",
);

/// Every notation, in the order of [`Notation`].
static NOTATIONS: [Row; 11] = [
    row(Notation::PythonDict, label("打印出来的 Python dict", "a Python dict")).capture(label(
        "在日志里原样记录请求体，或至少记录 json.dumps(data)",
        "log the request's body as it came, or at least json.dumps(data)",
    )),
    row(Notation::NodeInspect, label("打印出来的 Node.js 对象", "a Node.js object dump")).capture(NODE),
    row(Notation::NodeCut, label("打印出来的、缩略的 Node.js 对象", "a shortened Node.js object dump"))
        .lost(label("Node 省略的内容不在里面", "what Node left out is not in it"))
        .capture(NODE),
    row(Notation::Commented, label("带有注释或多余逗号的 JSON", "JSON with comments or stray commas"))
        .capture(label("去掉示例里的注释再使用", "use the example without its comments")),
    row(Notation::GoStruct, label("打印出来的 Go 结构体", "a Go struct dump"))
        .lost(label(
            "字段名是 SDK 的，它不认识的字段都没有了",
            "the field names are those of the SDK, and fields that it does not know are gone",
        ))
        .capture(label(
            "在 SDK 解析之前记录 string(req.Body)",
            "log string(req.Body) before the SDK parses it",
        )),
    row(Notation::NginxEscaped, label("按 nginx 方式转义的请求体", "a body in nginx's escaping"))
        .capture(label("在 log_format 里加上 escape=json", "add escape=json to the log_format")),
    row(Notation::Html, label("网页", "a web page")),
    row(Notation::Csv, label("表格", "a table")),
    row(Notation::Yaml, label("一段 YAML", "YAML")),
    Row { kind: Notation::TextDump, about: hexdump::CHARACTERS },
    row(Notation::PacketDump, label("数据包的转储", "a dump of packets")).lost(label(
        "请求体从哪里开始、到哪里结束：它被拆成多个数据包，中间夹着包头",
        "where a body begins and ends: it is cut into packets, with their heads between",
    )),
];

impl Notation {
    fn row(self) -> &'static Row {
        let row = &NOTATIONS[self as usize];
        debug_assert_eq!(row.kind, self);
        row
    }

    /// The words about it.
    pub fn about(self) -> &'static FormInfo {
        &self.row().about
    }
}

/// A file in which bytes are shown as characters, by its first two lines: it is named once, not line by line.
pub(crate) fn file<'t>(place: &Place<'t>) -> Answer<'t> {
    let Place { text, at, end, .. } = *place;
    let after = (end + 1).min(text.len());
    let second = match memchr::memchr(b'\n', &text[after..]) {
        Some(length) => after + length,
        None if place.last || place.is_too_large(text.len()) => text.len(),
        None => return Answer::More,
    };
    if curl::is_beginning(&text[after..second]) {
        return Answer::No;
    }
    // Of a second line without an end, as much as would do for a document.
    match notation(&text[at..second.min(at.saturating_add(place.limit))]) {
        Some(kind @ (Notation::TextDump | Notation::PacketDump)) => {
            Answer::Named { about: *kind.about(), end, then: Then::NextBrace }
        }
        _ => Answer::No,
    }
}

/// The same for what tcpdump says of a packet, which looks like a line of a log; the packet may follow.
pub(crate) fn packets<'t>(place: &Place<'t>) -> Answer<'t> {
    let line = place.line();
    let packet = memchr::memmem::find(line, b" > ").is_some() && signs::is_logged(line);
    if packet { file(place) } else { Answer::No }
}

/// What `text`, which is not JSON, looks like; `None` for a JSON document that is merely broken, and for anything
/// unknown.
pub fn notation(text: &[u8]) -> Option<Notation> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii();
    match text.first()? {
        b'<' if text.starts_with(b"<Buffer ") => Some(Notation::NodeCut),
        b'<' => text[1..]
            .first()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || b"!?".contains(byte))
            .then_some(Notation::Html),
        b'&' if text.starts_with(b"&{") => Some(Notation::GoStruct),
        b'{' | b'[' => bracketed(text, &scan(text, true)),
        // A comment above the document.
        b'/' if text.starts_with(b"//") || text.starts_with(b"/*") => Some(Notation::Commented),
        _ => lines(text),
    }
}

/// Tells notations with brackets apart by what stands outside strings.
fn bracketed(text: &[u8], scanned: &Scanned) -> Option<Notation> {
    let nginx = text[1..].trim_ascii_start().starts_with(b"\\x22");
    let marks = &scanned.marks;
    let node = marks.bare_key || marks.go_key || marks.symbol;
    match () {
        () if nginx => Some(Notation::NginxEscaped),
        () if marks.go_key && !marks.single_quote => Some(Notation::GoStruct),
        () if marks.cut && (node || marks.single_quote) => Some(Notation::NodeCut),
        () if node => Some(Notation::NodeInspect),
        () if marks.single_quote || marks.python_word => Some(Notation::PythonDict),
        () if marks.annotated || marks.stray_comma => Some(Notation::Commented),
        () => None,
    }
}

/// Tells notations without brackets apart by their first lines.
fn lines(text: &[u8]) -> Option<Notation> {
    let mut lines = text.split(|&byte| byte == b'\n').map(|line| line.trim_ascii_end());
    let first = lines.next()?;
    took(first.len());
    if hexdump::is_beginning(first) || first.starts_with(b"0000000  ") {
        return hexdump::bytes(text, text.len()).is_none().then_some(Notation::TextDump);
    }
    if lines.clone().next().is_some_and(hexdump::is_of_packet) {
        return Some(Notation::PacketDump);
    }
    let commas = |line: &[u8]| memchr::memchr_iter(b',', line).count();
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' ' | b'"');
    if commas(first) >= 2
        && first.split(|&byte| byte == b',').all(|cell| !cell.is_empty() && cell.iter().all(name))
    {
        return Some(Notation::Csv);
    }
    let keyed = |line: &[u8]| {
        let line = line.trim_ascii_start();
        let end = line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        end > 0 && (line[end..].starts_with(b": ") || &line[end..] == b":")
    };
    let header = [&b"schema"[..], b"header", b"event", b"encrypt", b"challenge", b"uuid", b"---"];
    (header.iter().any(|key| first.starts_with(key))
        && (keyed(first) || first == b"---")
        && text.len() > first.len())
    .then_some(Notation::Yaml)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLES: &[(Notation, &str)] = &[
        (Notation::PythonDict, "{'schema': '2.0', 'event': {'is_wifi': True, 'risk_result': None}}"),
        (Notation::PythonDict, r#"{"comment": "it's", "is_wifi": False}"#),
        (Notation::NodeInspect, "{\n  schema: '2.0',\n  event: { is_wifi: true, type: 0 }\n}"),
        (Notation::NodeInspect, "{ encrypt: '20Hz', [Symbol(unparsedBody)]: '{}' }"),
        (Notation::NodeCut, "{ schema: '2.0', event: { users: [Array], x: [Object] } }"),
        (Notation::NodeCut, "{ 'a-b': [Object], 'c-d': [Array] }"),
        (Notation::NodeCut, "<Buffer 7b 22 73 63 68 65 6d 61 ... 629 more bytes>"),
        (Notation::NodeCut, "{ list: [ 1, 2, ... 98 more items ] }"),
        (Notation::Commented, "{\n  \"schema\": \"2.0\", // 事件格式\n  \"header\": {}\n}"),
        (Notation::Commented, "{\"a\": 1,}"),
        (Notation::Commented, "{\"a\": 1，\"b\": 2}"),
        (Notation::Commented, "{“a”: 1}"),
        (Notation::Commented, "// the event\n{\"a\": 1}"),
        (Notation::GoStruct, "{\n  EventV2Base: {\n    Schema: \"2.0\"\n  },\n  Event: {}\n}"),
        (Notation::GoStruct, "&{EventV2Base:0xc000010000 Event:0xc000010010}"),
        (Notation::NginxEscaped, r"{\x22schema\x22:\x222.0\x22}"),
        (Notation::Html, "<!DOCTYPE html><html>"),
        (Notation::Html, "<?xml version=\"1.0\"?>"),
        (Notation::Csv, "event_id,event_type,create_time\n1,2,3\n"),
        (Notation::Yaml, "schema: \"2.0\"\nheader:\n  event_id: x\n"),
        (Notation::TextDump, "=> Send data, 2 bytes (0x2)\n0000: {}\n"),
        (Notation::TextDump, "0000000   {   }  \\n\n0000003\n"),
        (
            Notation::PacketDump,
            "12:00:00.1 IP a.1 > b.80: Flags [P.], length 20\n\t0x0000:  4500 0048  E..H\n",
        ),
        (Notation::Yaml, "---\nschema: \"2.0\"\n"),
    ];

    #[test]
    fn each_kind_is_told_by_its_marks() {
        for (kind, text) in EXAMPLES {
            assert_eq!(notation(text.as_bytes()), Some(*kind), "{text}");
            assert_eq!(notation(format!("\u{feff}\r\n {text}\n").as_bytes()), Some(*kind), "{text}");
        }
        for kind in NOTATIONS.iter().map(|row| row.kind) {
            assert_eq!(kind.row().kind, kind);
            assert!(EXAMPLES.iter().any(|(other, _)| *other == kind), "{kind:?} has no example");
        }
    }

    #[test]
    fn broken_json_and_plain_words_are_not_taken_for_something_else() {
        for text in [
            "",
            "{\"a\": 1",
            "{\"a\": tru}",
            "{\"a\" 1}",
            "hello",
            "a: b",
            "[1 2]",
            "{\"a\": \"it's // ，\"",
            "{\"url\": \"http://x\" ",
            "{\"a\": [Object]}",
        ] {
            assert_eq!(notation(text.as_bytes()), None, "{text}");
        }
    }
}
