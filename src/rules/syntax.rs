//! Rules about the text itself: whether it is JSON at all, and JSON that every reader reads alike.

use crate::finding::{Rule, Severity, Sink, Span, Words};
use crate::json::{Fault, MAX_DEPTH, Path, SyntaxError, has_lone_surrogate, unescape};
use crate::lang::{Label, Lang, label, say};

use super::site::quoted;

/// The text is not JSON.
pub static JSON_SYNTAX: Rule = Rule {
    code: "json-syntax",
    severity: Severity::Error,
    summary: label("文档不是合法的 JSON", "the document is not JSON"),
    why: label(
        "处理程序的第一步就是解析，所以这份内容它完全读不到。常见原因：日志行被截断，Python 或 Node 打印\
         的对象（单引号、True、undefined），从文档里复制来的注释或多余的逗号。读取会从下一个文档继续，对\
         这一个不再作其他判断。",
        "Everything a handler does begins with parsing, so this payload is lost to it. Usual causes: a log line \
         that was cut, a dump from Python or Node (single quotes, True, undefined), comments or trailing commas \
         copied from documentation. Reading goes on at the next document; nothing else is said of this one.",
    ),
    wrong: r#"{.., "event": {.., "type": 0,}}"#,
    right: r#"{.., "event": {.., "type": 0}}"#,
};

/// The input ends within a document.
pub static TRUNCATED_DOCUMENT: Rule = Rule {
    code: "truncated-document",
    severity: Severity::Error,
    summary: label("文档被截断，缺少一部分", "a document was cut: a part of it is missing"),
    why: label(
        "文档没有结尾：磁盘写满、复制中断，或者日志工具限制了单行长度。也可能没有开头：日志轮转后的第一行，\
         或用 `tail -c` 截取的内容。它前后的内容都已读取。",
        "A document has no end: the capture was cut by a full disk or an interrupted copy, or the line by a size \
         limit of the logger. Or it has no beginning, as the first line of a capture that was rotated or taken \
         with `tail -c`. What stands before and after it was read.",
    ),
    wrong: r#"{.., "event": {.., "location_name": "浙江省杭"#,
    right: r#"{.., "event": {.., "location_name": "浙江省杭州市"}}"#,
};

/// Bytes that are not UTF-8.
pub static INVALID_UTF8: Rule = Rule {
    code: "invalid-utf8",
    severity: Severity::Error,
    summary: label("文档含有不是 UTF-8 的字节", "the document holds bytes that are not UTF-8"),
    why: label(
        "平台发送的是 UTF-8。其他字节来自以本机编码保存内容的工具（许多中文 Windows 系统是 GBK），或者把\
         一个字符从中间切断的工具。这里不用替换字符去解码，因为那样会悄悄丢失数据。",
        "The platform sends UTF-8. Other bytes come from a tool that stored the capture in the encoding of its \
         machine (GBK on many Chinese Windows systems), or that cut a character in half. The document is not \
         decoded with replacement characters, because that would lose data in silence.",
    ),
    wrong: r#"{.., "event": {.., "location_name": "\xD5\xE3\xBD\xAD"}}"#,
    right: r#"{.., "event": {.., "location_name": "浙江"}}"#,
};

/// Too many brackets are open.
pub static NESTING_TOO_DEEP: Rule = Rule {
    code: "nesting-too-deep",
    severity: Severity::Error,
    summary: label("对象和数组的嵌套超过 128 层", "objects and arrays nest deeper than 128 levels"),
    why: label(
        "平台的事件最多嵌套几层。嵌套这么深的文本要么已损坏，要么怀有恶意，许多解析器会拒绝它，或者耗尽栈\
         空间。",
        "No event of the platform nests deeper than a few levels. A text that does is broken or hostile, and many \
         parsers refuse it or run out of stack.",
    ),
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
    summary: label("单个文档超过了 --max-document 的限制", "one document is larger than --max-document"),
    why: label(
        "一个文档会整个放在内存里，所以大小有限制（默认 64 MiB，可用 --max-document 修改）。平台的事件只\
         有几 KB；更大的通常是另一种文件。从外层格式中取出事件所占的空间也计算在内：base64、字符串里的字\
         符串、省略了重复行的转储。读取会从下一个文档开头的那一行继续。",
        "A document is held in memory as a whole, so its size is limited (64 MiB unless --max-document says \
         otherwise). The platform's events are a few kilobytes; a larger one is usually a file of another kind. \
         What it has to be taken out of counts too: base64, strings in strings, a dump whose repeated rows are left \
         out. Reading goes on at the next line that begins a document.",
    ),
    wrong: "--max-document 256\n{..}",
    right: "--max-document 1024\n{..}",
};

/// A key stands twice in one object.
pub static DUPLICATE_KEY: Rule = Rule {
    code: "duplicate-key",
    severity: Severity::Error,
    summary: label("同一个对象里有重复的键", "a key stands twice in one object"),
    why: label(
        "以哪一个为准，各解析器并不一致：多数取最后一个，有的取第一个，有的直接拒绝。比较的是还原转义之后\
         的键，所以 `type` 和 `t\\u0079pe` 是同一个键。显示和转换时取最后一个。",
        "Parsers disagree on which of the two counts: most keep the last, some the first, some refuse. Keys are \
         compared after unescaping, so `type` and `t\\u0079pe` are the same key. Shown and converted is the last.",
    ),
    wrong: r#"{.., "event": {.., "type": 0, "type": 1}}"#,
    right: r#"{.., "event": {.., "type": 1}}"#,
};

/// Half of a surrogate pair.
pub static LONE_SURROGATE: Rule = Rule {
    code: "lone-surrogate",
    severity: Severity::Warning,
    summary: label("字符串里有半个代理对", "a string holds half of a surrogate pair"),
    why: label(
        "`\\ud83d` 单独出现时不是字符。RFC 8259 允许这样的文本，但并非所有程序都能读取：Go 和 serde 会替\
         换它或拒绝它。它来自把字符串从表情符号中间切断的工具。",
        "`\\ud83d` alone is no character. RFC 8259 allows the text but not every reader does: Go and serde replace \
         or refuse it. It comes from a tool that cut a string in the middle of an emoji.",
    ),
    wrong: r#"{.., "event": {.., "comment": "\ud83d"}}"#,
    right: r#"{.., "event": {.., "comment": "\ud83d\ude00"}}"#,
};

/// Which rule a text breaks that stops being JSON so.
pub fn rule_of(fault: Fault) -> &'static Rule {
    match fault {
        Fault::End => &TRUNCATED_DOCUMENT,
        Fault::Depth => &NESTING_TOO_DEEP,
        _ => &JSON_SYNTAX,
    }
}

/// Words for a text that stops being JSON at `error.at`. `text` may hold more than the document.
pub fn broken(text: &[u8], error: SyntaxError, lang: Lang) -> Words {
    let expected = match error.fault {
        Fault::End => {
            return Words::new(say!(
                lang,
                "输入在文档中间结束了",
                "the input ends in the middle of a document"
            ))
            .expected(say!(lang, "文档的其余部分", "the rest of the document"))
            .found(END.text(lang))
            .help(say!(
                lang,
                "请重新抓取；这个文档之前的内容都已读取",
                "capture it again; everything before this document was read"
            ));
        }
        Fault::Depth => {
            return Words::new(say!(
                lang,
                "这里打开的括号超过了 {MAX_DEPTH} 个",
                "more than {MAX_DEPTH} brackets are open here"
            ))
            .expected(say!(
                lang,
                "对象和数组最多 {MAX_DEPTH} 层",
                "at most {MAX_DEPTH} levels of objects and arrays"
            ))
            .help(say!(
                lang,
                "没有事件会嵌套这么多层：查一查它的来源",
                "no event nests deeper than a few levels: look at where this comes from"
            ));
        }
        Fault::Value => label("值", "a value"),
        Fault::Key => label("双引号括起来的键", "a key in double quotes"),
        Fault::TrailingComma => label("逗号之后的另一个成员", "another member after the comma"),
        Fault::Colon => label("键后面的 `:`", "`:` after the key"),
        Fault::CommaOrBrace => label("`,` 或 `}`", "`,` or `}`"),
        Fault::CommaOrBracket => label("`,` 或 `]`", "`,` or `]`"),
        Fault::Control => {
            label("转义后的字符，或字符串的结尾", "the character escaped, or the end of the string")
        }
        Fault::Escape => label(r#"\" \\ \/ \b \f \n \r \t \u 之一"#, r#"one of \" \\ \/ \b \f \n \r \t \u"#),
        Fault::Unicode => label(r"\u 之后的四位十六进制数字", r"four hexadecimal digits after \u"),
        Fault::Number => label("JSON 写法的数字", "a number as JSON writes it"),
        Fault::Literal => {
            label("`true`、`false`、`null` 或带引号的字符串", "`true`, `false`, `null` or a quoted string")
        }
    }
    .text(lang);
    let found = text.get(error.at..).map(|rest| found_here(rest, lang)).unwrap_or_default();
    let message = say!(
        lang,
        "不是 JSON。应为：{expected}；实际：{found}",
        "not JSON: expected {expected}, found {found}"
    );
    Words::new(message)
        .expected(expected)
        .found(found)
        .maybe_help(mend(text, error).map(|help| help.text(lang)))
}

/// Where nothing follows.
const END: Label = label("输入的结尾", "the end of the input");

fn found_here(rest: &[u8], lang: Lang) -> String {
    let Some(&first) = rest.first() else { return END.text(lang).to_owned() };
    match first {
        b'\n' | b'\r' => say!(lang, "行尾", "the end of the line"),
        0..0x20 | 0x7f => say!(lang, "控制字符 U+{first:04X}", "the control character U+{first:04X}"),
        0x20..0x7f => format!("`{}`", first as char),
        _ => match std::str::from_utf8(&rest[..rest.len().min(4)]) {
            Ok(text) => text.chars().next(),
            Err(error) => std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or("").chars().next(),
        }
        .map_or_else(
            || say!(lang, "字节 0x{first:02X}，它不是 UTF-8", "byte 0x{first:02X}, which is not UTF-8"),
            |c| format!("`{c}` (U+{:04X})", u32::from(c)),
        ),
    }
}

/// The usual cause of what stands at `error.at`, and how to mend it.
fn mend(text: &[u8], error: SyntaxError) -> Option<Label> {
    let rest = text.get(error.at..)?;
    let help = match error.fault {
        Fault::TrailingComma => label("去掉这个逗号", "remove the comma"),
        Fault::Control if rest.first() == Some(&b'\n') || rest.first() == Some(&b'\r') => label(
            "字符串没有在这一行结束：缺少引号，或换行应写成 \\n",
            "the string does not end on this line: a quote is missing, or a line break must be written \\n",
        ),
        Fault::Control => {
            label("写成 \\u 加四位十六进制数字", "write it as \\u followed by four hexadecimal digits")
        }
        Fault::Escape => label("反斜杠应写成 \\\\", "write \\\\ for a backslash"),
        Fault::Number if rest.first() == Some(&b'+') => label("去掉加号", "remove the plus sign"),
        Fault::Number => label(
            "不要前导零，小数点两边都要有数字，不用十六进制",
            "no leading zero, a digit on each side of the point, no hexadecimal",
        ),
        _ if rest.starts_with("，".as_bytes()) || rest.starts_with("：".as_bytes()) => {
            label("这是全角字符：改用 ASCII 字符", "this is a full-width character: write the ASCII one")
        }
        _ if rest.starts_with("\u{feff}".as_bytes()) => {
            label("去掉字节顺序标记 (BOM)", "remove the byte order mark")
        }
        _ if rest.starts_with("“".as_bytes()) || rest.starts_with("”".as_bytes()) => {
            label("改用直引号", "write straight quotes")
        }
        _ if rest.starts_with(b"//") || rest.starts_with(b"/*") => {
            label("JSON 没有注释：去掉它", "JSON has no comments: remove it")
        }
        _ if rest.starts_with(b"'") => label(
            "改用双引号；Python 的 dict 和 Node 打印的对象不是 JSON",
            "write double quotes; a Python dict or a Node dump is not JSON",
        ),
        Fault::Literal | Fault::Value if rest.starts_with(b"True") || rest.starts_with(b"False") => label(
            "写 true 和 false；用 json.dumps 代替 print",
            "write true and false; use json.dumps instead of print",
        ),
        Fault::Value if rest.starts_with(b"None") => {
            label("写 null；用 json.dumps 代替 print", "write null; use json.dumps instead of print")
        }
        Fault::Value if rest.starts_with(b"undefined") || rest.starts_with(b"NaN") => label(
            "JSON 没有这个值；用 JSON.stringify 代替 console.log",
            "JSON has no such value; use JSON.stringify instead of console.log",
        ),
        Fault::CommaOrBrace if rest.first() == Some(&b'"') => NO_COMMA,
        Fault::CommaOrBracket if matches!(rest.first(), Some(b'{' | b'"')) => NO_COMMA,
        _ => return None,
    };
    Some(help)
}

const NO_COMMA: Label = label("它前面缺少逗号", "a comma is missing before it");

/// Words for bytes that are not UTF-8, which begin at `at`.
pub fn invalid_utf8(text: &[u8], at: usize, lang: Lang) -> Words {
    let bytes: Vec<String> = text[at..].iter().take(4).map(|byte| format!("{byte:02X}")).collect();
    let bytes = bytes.join(" ");
    let words = Words::new(say!(lang, "不是 UTF-8：字节 {bytes}", "not UTF-8: bytes {bytes}"))
        .expected("UTF-8")
        .found(say!(lang, "字节 {bytes}", "bytes {bytes}"));
    if looks_like_gbk(&text[at.saturating_sub(64)..text.len().min(at + 4096)]) {
        return words.caret(say!(lang, "看起来是 GBK (GB 18030)", "looks like GBK (GB 18030)")).help(say!(
            lang,
            "先转换编码：iconv -f GB18030 -t UTF-8",
            "convert it first: iconv -f GB18030 -t UTF-8"
        ));
    }
    words.help(say!(
        lang,
        "把内容转换为 UTF-8，或用保留原始字节的工具重新抓取",
        "convert the capture to UTF-8, or make it again with a tool that keeps the bytes"
    ))
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
pub fn too_large(limit: usize, lang: Lang) -> Words {
    let most = size(limit, lang);
    Words::new(say!(lang, "这个文档超过 {most}", "this document is larger than {most}"))
        .expected(say!(lang, "最多 {most}", "at most {most}"))
        .help(say!(
            lang,
            "已跳过；如果它本来就这么大，用 --max-document 提高上限",
            "it was passed over; raise the limit with --max-document if it is meant to be that large"
        ))
}

/// The words about a document of which more than `budget` bytes would have to be made to read it.
pub fn budget_spent(budget: usize, lang: Lang) -> Words {
    let most = size(budget, lang);
    Words::new(say!(
        lang,
        "从外层格式中取出的内容太大",
        "what this holds, taken out of its wrapping, is too large"
    ))
    .expected(say!(lang, "最多 {most}", "at most {most}"))
    .help(say!(
        lang,
        "没有事件会比它的外层格式大这么多；如果确实如此，请手工取出",
        "no event is that much larger than what it is wrapped in; if this one is, take it out by hand"
    ))
}

/// The words about an event whose list would make too many rows.
pub fn too_many_rows(lang: Lang) -> Words {
    Words::new(say!(
        lang,
        "数组每一项一行，所占空间会是事件的许多倍",
        "a row for each item of the list would take many times the room of the event"
    ))
    .help(say!(
        lang,
        "去掉 --columns 中又长、各行又相同的列，或不用 --explode，把数组放进一个单元格",
        "leave out --columns that are long and the same in each row, or take the list as one cell: no --explode"
    ))
}

/// Bytes in words: `64 MiB`.
fn size(bytes: usize, lang: Lang) -> String {
    match bytes {
        _ if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) => format!("{} MiB", bytes >> 20),
        _ if bytes >= 1 << 10 && bytes.is_multiple_of(1 << 10) => format!("{} KiB", bytes >> 10),
        _ => say!(lang, "{bytes} 字节", "{bytes} bytes"),
    }
}

/// Reports a key that its object has already had, at `first`.
#[cold]
#[inline(never)]
pub fn duplicate_key(text: &[u8], key: Span, first: Option<Span>, path: &Path<'_>, sink: &mut impl Sink) {
    sink.report(DUPLICATE_KEY.at(key.clone(), path).again(first), |lang| {
        let name = unescape(&text[key.start + 1..key.end - 1]);
        let name = quoted(format!("`{name}`").as_bytes());
        Words::new(say!(lang, "这个对象里有重复的键 {name}", "the key {name} stands twice in this object"))
            .expected(say!(lang, "每个键只出现一次", "each key once"))
            .found(say!(
                lang,
                "又是同一个键；这里以最后一个为准，其他程序可能以第一个为准",
                "the same key again; the last one counts here, in other readers perhaps the first"
            ))
            .help(say!(lang, "去掉其中一个", "remove one of the two"))
    });
}

/// Reports half of a surrogate pair in a string with escapes.
#[cold]
#[inline(never)]
pub fn lone_surrogate(text: &[u8], string: (usize, usize), path: &Path<'_>, sink: &mut impl Sink) {
    let body = &text[string.0 + 1..string.1 - 1];
    let Some(at) = has_lone_surrogate(body) else { return };
    let start = string.0 + 1 + at;
    sink.report(LONE_SURROGATE.at(start..start + 6, path), |lang| {
        let escape = String::from_utf8_lossy(&body[at..at + 6]).into_owned();
        let message = say!(
            lang,
            "{escape} 是半个代理对，不是字符",
            "{escape} is half of a surrogate pair and no character"
        );
        Words::new(message)
            .expected(say!(lang, "完整的一对：\\ud83d\\ude00", "a pair: \\ud83d\\ude00"))
            .found(escape)
            .help(say!(
                lang,
                "文本在一个字符中间被切断：请重新抓取",
                "the text was cut in the middle of a character: capture it again"
            ))
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
