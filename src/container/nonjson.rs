//! Text that is not JSON but is known: what people paste, or what a tool wrote instead of the body (facts §1.2).

use crate::steps::took;

use super::form::{About, RAW_BODY};
use super::{curl, hexdump, http};

/// A text that is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NonJson {
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
    /// Raw HTTP.
    Http,
    /// `curl -v`
    CurlDump,
    /// A web page, or XML.
    Html,
    /// A table.
    Csv,
    /// YAML.
    Yaml,
    /// Bytes in hexadecimal.
    HexDump,
    /// `curl --trace-ascii`, `od -c`: bytes as characters.
    TextDump,
    /// `tcpdump -X`
    PacketDump,
}

/// What becomes of a text in such a notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// [`literal`](mod@super::literal) makes JSON of it.
    Converted,
    /// It is read as it is.
    Read,
    /// An event is in it, and not whole.
    Damaged,
    /// It is no event.
    Named,
}

/// What is known about a notation.
struct Row {
    kind: NonJson,
    fate: Fate,
    about: About,
}

const fn row(
    kind: NonJson,
    fate: Fate,
    name: &'static str,
    lost: Option<&'static str>,
    capture: Option<&'static str>,
) -> Row {
    Row { kind, fate, about: About { name, lost, capture } }
}

/// Every notation, in the order of [`NonJson`].
static NOTATIONS: [Row; 14] = [
    row(
        NonJson::PythonDict,
        Fate::Converted,
        "a Python dict",
        None,
        Some("log the request's body as it came, or at least json.dumps(data)"),
    ),
    row(NonJson::NodeInspect, Fate::Converted, "a Node.js object dump", None, NODE),
    row(
        NonJson::NodeCut,
        Fate::Damaged,
        "a shortened Node.js object dump",
        Some("what Node left out is not in it"),
        NODE,
    ),
    row(
        NonJson::Commented,
        Fate::Converted,
        "JSON with comments or stray commas",
        None,
        Some("use the example without its comments"),
    ),
    row(
        NonJson::GoStruct,
        Fate::Named,
        "a Go struct dump",
        Some("the field names are those of the SDK, and fields that it does not know are gone"),
        Some("log string(req.Body) before the SDK parses it"),
    ),
    row(
        NonJson::NginxEscaped,
        Fate::Converted,
        "a body in nginx's escaping",
        None,
        Some("add escape=json to the log_format"),
    ),
    row(NonJson::Http, Fate::Read, "an HTTP request", None, None),
    row(
        NonJson::CurlDump,
        Fate::Read,
        "a curl -v dump",
        None,
        Some("keep the body beside the dump: paste it below the head, or save the request with a proxy"),
    ),
    row(NonJson::Html, Fate::Named, "a web page", Some("it holds no event"), Some(RAW_BODY)),
    row(
        NonJson::Csv,
        Fate::Named,
        "a table",
        Some("it is the other end of a conversion, not an event"),
        Some(RAW_BODY),
    ),
    row(
        NonJson::Yaml,
        Fate::Named,
        "YAML",
        Some("which values were strings: a timestamp without quotes reads as a number"),
        Some(RAW_BODY),
    ),
    row(
        NonJson::HexDump,
        Fate::Read,
        "a dump of bytes",
        None,
        Some("keep the bytes themselves: the request, or its body, in a file"),
    ),
    row(
        NonJson::TextDump,
        Fate::Damaged,
        "a dump of bytes as characters, or not a whole one",
        Some("which bytes stood where it shows dots, or nothing"),
        Some("use `curl --trace` or `xxd`, or keep the request's body in a file"),
    ),
    row(
        NonJson::PacketDump,
        Fate::Damaged,
        "a dump of packets",
        Some("where a body begins and ends: it is cut into packets, with their heads between"),
        Some(RAW_BODY),
    ),
];

const NODE: Option<&str> = Some("log the request's body as it came, or at least JSON.stringify(data)");

impl NonJson {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = NonJson> {
        NOTATIONS.iter().map(|row| row.kind)
    }

    fn row(self) -> &'static Row {
        &NOTATIONS[self as usize]
    }

    /// The words about it.
    pub fn about(self) -> &'static About {
        &self.row().about
    }

    /// Whether [`literal`](mod@super::literal) makes JSON of it.
    pub fn is_convertible(self) -> bool {
        self.row().fate == Fate::Converted
    }

    /// Whether a file in this notation is one of another kind than those that are read.
    pub(crate) fn is_other_file(self) -> bool {
        matches!(self.row().fate, Fate::Damaged | Fate::Named)
    }

    /// What is lost of the event in it; `None` where it holds none, or a whole one.
    pub(crate) fn damage(self) -> Option<&'static str> {
        let Row { fate, about, .. } = self.row();
        about.lost.filter(|_| *fate == Fate::Damaged)
    }
}

/// What `text`, which is not JSON, looks like; `None` for a JSON document that is merely broken, and for anything
/// unknown.
pub fn nonjson(text: &[u8]) -> Option<NonJson> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii();
    if http::looks_like(text) {
        return Some(if curl::looks_like(text) { NonJson::CurlDump } else { NonJson::Http });
    }
    match text.first()? {
        b'<' if text.starts_with(b"<Buffer ") => Some(NonJson::NodeCut),
        b'<' => text[1..]
            .first()
            .is_some_and(|byte| byte.is_ascii_alphabetic() || b"!?".contains(byte))
            .then_some(NonJson::Html),
        b'&' if text.starts_with(b"&{") => Some(NonJson::GoStruct),
        b'{' | b'[' => bracketed(text),
        // A comment above the document.
        b'/' if text.starts_with(b"//") || text.starts_with(b"/*") => Some(NonJson::Commented),
        _ => lines(text),
    }
}

/// Tells notations with brackets apart by what stands outside strings.
fn bracketed(text: &[u8]) -> Option<NonJson> {
    if text[1..].trim_ascii_start().starts_with(b"\\x22") {
        return Some(NonJson::NginxEscaped);
    }
    let seen = Seen::in_text(text);
    let node = seen.bare_key || seen.go_key || seen.symbol;
    match () {
        () if seen.go_key && !seen.single => Some(NonJson::GoStruct),
        () if seen.cut && (node || seen.single) => Some(NonJson::NodeCut),
        () if node => Some(NonJson::NodeInspect),
        () if seen.single || seen.python_word => Some(NonJson::PythonDict),
        () if seen.comment || seen.wide || seen.stray_comma => Some(NonJson::Commented),
        () => None,
    }
}

/// Whether a text has comments or full-width punctuation: it was written for people.
pub fn is_annotated(text: &[u8]) -> bool {
    let seen = Seen::in_text(text);
    seen.comment || seen.wide
}

/// What Node puts before an object that has no class.
const PLAIN: &[u8] = b"[Object: null prototype]";

/// What a text has outside its strings and comments.
#[derive(Debug, Default)]
struct Seen {
    single: bool,
    bare_key: bool,
    go_key: bool,
    symbol: bool,
    cut: bool,
    python_word: bool,
    comment: bool,
    wide: bool,
    stray_comma: bool,
}

impl Seen {
    fn in_text(text: &[u8]) -> Seen {
        let mut seen = Seen::default();
        let mut rest = text;
        let mut before = 0;
        let mut strings = Strings::default();
        while let Some(&byte) = rest.first() {
            let mut step = 1;
            took(step);
            match byte {
                b'"' | b'\'' | b'`' => {
                    seen.single |= byte != b'"';
                    step = strings.length(text, text.len() - rest.len()).unwrap_or(1);
                }
                b'/' if rest.starts_with(b"//") => {
                    seen.comment = true;
                    step = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                }
                b'/' if rest.starts_with(b"/*") => {
                    seen.comment = true;
                    step = memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2);
                }
                b'}' | b']' => seen.stray_comma |= before == b',',
                b'.' if rest.starts_with(b"...") => {
                    seen.cut = true;
                    step = 3;
                }
                // Node's mark for an object without a class is no loss.
                b'[' if rest.starts_with(PLAIN) => step = PLAIN.len(),
                b'[' => {
                    seen.symbol |= rest.starts_with(b"[Symbol(");
                    let cut = [&b"[Object"[..], b"[Array", b"[Circular", b"[Getter", b"[Function", b"[class"];
                    seen.cut |= cut.iter().any(|word| rest.starts_with(word));
                }
                byte if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' => {
                    let word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
                    step = rest.iter().take_while(|byte| word(byte)).count();
                    seen.python_word |= matches!(&rest[..step], b"True" | b"False" | b"None");
                    if rest[step..].starts_with(b":") {
                        seen.go_key |= byte.is_ascii_uppercase();
                        seen.bare_key |= !byte.is_ascii_uppercase();
                    }
                }
                byte if byte >= 0x80 => {
                    let wide = ["\u{ff0c}", "\u{ff1a}", "\u{201c}", "\u{201d}"];
                    seen.wide |= wide.iter().any(|wide| rest.starts_with(wide.as_bytes()));
                }
                _ => {}
            }
            if !byte.is_ascii_whitespace() && !rest.starts_with(b"/") {
                before = byte;
            }
            rest = &rest[step..];
        }
        seen
    }
}

/// Finds the ends of strings in a text that is read from its start on. A quote without its partner would be sought
/// for to the end of the line, and so would each that follows it: where that leads is kept.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    /// For each kind of quote: up to here there is none that ends a string.
    open: [usize; 3],
}

impl Strings {
    /// How long the string is that begins at `at` of `text`, with its quotes. `Err` says up to where no quote ends it:
    /// one that does not end on its line is no string.
    ///
    /// A backslash and what it escapes are one step for every string that is open there, whichever quote it began
    /// with; so where one of them found no end, none that begins later does.
    pub fn length(&mut self, text: &[u8], at: usize) -> Result<usize, usize> {
        let quote = text[at];
        let open = &mut self.open[match quote {
            b'"' => 0,
            b'\'' => 1,
            _ => 2,
        }];
        if at < *open {
            return Err(*open);
        }
        let mut end = at + 1;
        while let Some(&byte) = text.get(end) {
            match byte {
                b'\\' => end += 1,
                b'\n' => break,
                byte if byte == quote => {
                    took(end - at);
                    return Ok(end + 1 - at);
                }
                _ => {}
            }
            end += 1;
        }
        took(end - at);
        *open = end.min(text.len());
        Err(*open)
    }
}

/// Tells notations without brackets apart by their first lines.
fn lines(text: &[u8]) -> Option<NonJson> {
    let mut lines = text.split(|&byte| byte == b'\n').map(|line| line.trim_ascii_end());
    let first = lines.next()?;
    took(first.len());
    if hexdump::is_beginning(first) || first.starts_with(b"0000000  ") {
        return Some(match hexdump::bytes(text, text.len()) {
            Some(_) => NonJson::HexDump,
            None => NonJson::TextDump,
        });
    }
    if lines.clone().next().is_some_and(hexdump::is_of_packet) {
        return Some(NonJson::PacketDump);
    }
    let commas = |line: &[u8]| memchr::memchr_iter(b',', line).count();
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' ' | b'"');
    if commas(first) >= 2
        && first.split(|&byte| byte == b',').all(|cell| !cell.is_empty() && cell.iter().all(name))
    {
        return Some(NonJson::Csv);
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
    .then_some(NonJson::Yaml)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLES: &[(NonJson, &str)] = &[
        (NonJson::PythonDict, "{'schema': '2.0', 'event': {'is_wifi': True, 'risk_result': None}}"),
        (NonJson::PythonDict, r#"{"comment": "it's", "is_wifi": False}"#),
        (NonJson::NodeInspect, "{\n  schema: '2.0',\n  event: { is_wifi: true, type: 0 }\n}"),
        (NonJson::NodeInspect, "{ encrypt: '20Hz', [Symbol(unparsedBody)]: '{}' }"),
        (NonJson::NodeCut, "{ schema: '2.0', event: { users: [Array], x: [Object] } }"),
        (NonJson::NodeCut, "{ 'a-b': [Object], 'c-d': [Array] }"),
        (NonJson::NodeCut, "<Buffer 7b 22 73 63 68 65 6d 61 ... 629 more bytes>"),
        (NonJson::NodeCut, "{ list: [ 1, 2, ... 98 more items ] }"),
        (NonJson::Commented, "{\n  \"schema\": \"2.0\", // 事件格式\n  \"header\": {}\n}"),
        (NonJson::Commented, "{\"a\": 1,}"),
        (NonJson::Commented, "{\"a\": 1，\"b\": 2}"),
        (NonJson::Commented, "{“a”: 1}"),
        (NonJson::Commented, "// the event\n{\"a\": 1}"),
        (NonJson::GoStruct, "{\n  EventV2Base: {\n    Schema: \"2.0\"\n  },\n  Event: {}\n}"),
        (NonJson::GoStruct, "&{EventV2Base:0xc000010000 Event:0xc000010010}"),
        (NonJson::NginxEscaped, r"{\x22schema\x22:\x222.0\x22}"),
        (NonJson::Http, "POST /e HTTP/1.1\r\nHost: x\r\n\r\n{}"),
        (NonJson::CurlDump, "* Trying 127.0.0.1:80\n> POST /e HTTP/1.1\n> \n"),
        (NonJson::Html, "<!DOCTYPE html><html>"),
        (NonJson::Html, "<?xml version=\"1.0\"?>"),
        (NonJson::Csv, "event_id,event_type,create_time\n1,2,3\n"),
        (NonJson::Yaml, "schema: \"2.0\"\nheader:\n  event_id: x\n"),
        (NonJson::HexDump, "00000000: 7b22 6122 3a31 7d0a                      {\"a\":1}.\n"),
        (
            NonJson::HexDump,
            "=> Send data, 2 bytes (0x2)\n0000: 7b 7d                                           {}\n",
        ),
        (NonJson::TextDump, "=> Send data, 2 bytes (0x2)\n0000: {}\n"),
        (NonJson::TextDump, "0000000   {   }  \\n\n0000003\n"),
        (
            NonJson::PacketDump,
            "12:00:00.1 IP a.1 > b.80: Flags [P.], length 20\n\t0x0000:  4500 0048  E..H\n",
        ),
        (NonJson::Yaml, "---\nschema: \"2.0\"\n"),
    ];

    #[test]
    fn each_kind_is_told_by_its_marks() {
        for (kind, text) in EXAMPLES {
            assert_eq!(nonjson(text.as_bytes()), Some(*kind), "{text}");
            assert_eq!(nonjson(format!("\u{feff}\r\n {text}\n").as_bytes()), Some(*kind), "{text}");
        }
        for (place, kind) in NonJson::all().enumerate() {
            assert_eq!(kind as usize, place, "{kind:?}");
            assert!(EXAMPLES.iter().any(|(other, _)| *other == kind), "{kind:?} has no example");
        }
    }

    #[test]
    fn what_was_written_for_people_has_comments_or_wide_signs() {
        for (text, annotated) in
            [("{\"a\": 1,} // x", true), ("{\"a\"：1,}", true), ("{\"a\": \"// ：\",}", false)]
        {
            assert_eq!(is_annotated(text.as_bytes()), annotated, "{text}");
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
            assert_eq!(nonjson(text.as_bytes()), None, "{text}");
        }
    }
}
