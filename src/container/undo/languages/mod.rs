//! What programs print of an event that they have parsed: literals, maps and dumps of other languages, with colours or
//! without. What is said of each language stands here: its name, what may be lost, and how to log JSON instead.

pub(super) mod colours;
pub(super) mod literal;
pub(super) mod objects;
pub(super) mod php_dump;
pub(super) mod unquoted;

mod numbers;

#[cfg(test)]
mod testing;

use crate::container::FormInfo;
use crate::container::form::RAW_BODY;
use crate::lang::{Label, label};

/// Why a dump cannot be made JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    /// `...`, `[Object]`, `<2 empty items>`.
    Shortened,
    /// `<Foo object at 0x7f>`, `datetime.datetime(..)`, `[Function: f]`.
    Objects,
    /// The text of a value may be read in more than one way.
    Ambiguous,
    /// Something else that is not understood.
    Unknown,
}

/// What is said of a language.
#[derive(Debug)]
pub(super) struct Language {
    /// A dump that is read.
    pub read: FormInfo,
    shortened: FormInfo,
    objects: FormInfo,
    ambiguous: FormInfo,
    unknown: FormInfo,
}

impl Language {
    const fn new(name: Label, lost: Option<Label>, capture: Label) -> Language {
        const fn info(name: Label, lost: Label, capture: Label) -> FormInfo {
            FormInfo { name, lost: Some(lost), capture: Some(capture) }
        }
        Language {
            read: FormInfo { name, lost, capture: Some(capture) },
            shortened: info(
                name,
                label(
                    "内容被缩略：`...` 或 `[Object]` 这类方括号里的名称处省略了一部分",
                    "it is shortened: parts were left out where `...` or a name in brackets such as `[Object]` stands",
                ),
                capture,
            ),
            objects: info(
                name,
                label(
                    "程序的对象在其中只有名称或地址，例如 `<.. object at 0x..>`，没有值",
                    "objects of the program stand in it by name or address, such as `<.. object at 0x..>`, not by value",
                ),
                capture,
            ),
            ambiguous: info(
                name,
                label(
                    "其中的文本没有引号，有一处可以有多种读法",
                    "its texts have no quotes, and one of them may be read in more than one way",
                ),
                capture,
            ),
            unknown: info(
                name,
                label("其中的内容无法用 JSON 表示", "what is written in it cannot be said in JSON"),
                capture,
            ),
        }
    }

    /// What is said where something is lost.
    pub fn lost(&'static self, loss: Loss) -> &'static FormInfo {
        match loss {
            Loss::Shortened => &self.shortened,
            Loss::Objects => &self.objects,
            Loss::Ambiguous => &self.ambiguous,
            Loss::Unknown => &self.unknown,
        }
    }
}

const JSON_DUMPS: Label = label(
    "在日志里原样记录请求体，或至少记录 json.dumps(data)",
    "log the request's body as it came, or at least json.dumps(data)",
);
const STRINGIFY: Label = label(
    "在日志里原样记录请求体，或至少记录 JSON.stringify(data)",
    "log the request's body as it came, or at least JSON.stringify(data)",
);
const JSON_ENCODE: Label = label(
    "记录 file_get_contents('php://input')，或至少记录 json_encode($data)",
    "log file_get_contents('php://input'), or at least json_encode($data)",
);
const GO_BODY: Label = label(
    "在解析之前记录 string(body)，或至少记录 json.Marshal(data) 的字节",
    "log string(body) before it is parsed, or at least the bytes of json.Marshal(data)",
);
const JAVA_BODY: Label = label(
    "在日志里原样记录请求体，或至少记录 objectMapper.writeValueAsString(data)",
    "log the request's body as it came, or at least objectMapper.writeValueAsString(data)",
);

pub(super) static PYTHON: Language =
    Language::new(label("打印出来的 Python dict", "a Python dict"), None, JSON_DUMPS);
pub(super) static NODE: Language =
    Language::new(label("打印出来的 Node.js 对象", "a Node.js object dump"), None, STRINGIFY);
pub(super) static COMMENTED: Language = Language::new(
    label("带有注释或多余逗号的 JSON", "JSON with comments or stray commas"),
    None,
    label("去掉示例里的注释再使用", "use the example without its comments"),
);
pub(super) static ABRIDGED: Language =
    Language::new(label("被人为缩略的 JSON", "JSON that somebody shortened"), None, RAW_BODY);
pub(super) static MONGO: Language = Language::new(
    label("由 mongo shell 输出的文档", "a document of the mongo shell"),
    None,
    label(
        "用 mongoexport 导出，或用 EJSON.stringify(document) 打印",
        "export it with mongoexport, or print it with EJSON.stringify(document)",
    ),
);
pub(super) static PHP: Language = Language::new(
    label("打印出来的 PHP 数组", "a PHP array"),
    Some(label("空对象与空数组的写法相同", "an empty object is written like an empty list")),
    JSON_ENCODE,
);
pub(super) static PERL: Language = Language::new(
    label("打印出来的 Perl 散列", "a Perl hash"),
    None,
    label("打印 encode_json($data)", "print encode_json($data)"),
);
pub(super) static RUBY: Language = Language::new(
    label("打印出来的 Ruby Hash", "a Ruby hash"),
    None,
    label("记录 request.raw_post，或至少记录 data.to_json", "log request.raw_post, or at least data.to_json"),
);
pub(super) static RUST: Language = Language::new(
    label("以 Debug 格式打印的 Rust 值", "a Debug dump of Rust"),
    None,
    label(
        "在日志里原样记录请求体，或至少记录 serde_json::to_string(&data)",
        "log the request's body as it came, or at least serde_json::to_string(&data)",
    ),
);
pub(super) static GO: Language = Language::new(
    label("打印出来的 Go 值", "a dump of a Go value"),
    Some(label(
        "Go 以浮点数保存数字：超过 2^53 的整数可能丢失了末尾几位",
        "Go keeps numbers as floats: integers beyond 2^53 may have lost digits",
    )),
    GO_BODY,
);
pub(super) static GO_MAP: Language = Language::new(
    label("打印出来的 Go map", "a Go map"),
    Some(label(
        "文本没有引号：目录中没有的字段，数字原本可能是文本，也可能是数字；文本 `<nil>` 与没有值分\
         不清，超过 2^53 的整数可能丢失了末尾几位",
        "texts have no quotes: where the catalogue does not know a field, digits may have been a text or a number; a text \
         `<nil>` is like no value, and integers beyond 2^53 may have lost digits",
    )),
    GO_BODY,
);
pub(super) static JAVA_MAP: Language = Language::new(
    label("由 toString 打印的 Java Map", "what toString of a Java Map prints"),
    Some(label(
        "文本没有引号：目录中没有的字段，数字原本可能是文本，也可能是数字；文本 `null` 与没有值分不清",
        "texts have no quotes: where the catalogue does not know a field, digits may have been a text or a number; a text \
         `null` is like no value",
    )),
    JAVA_BODY,
);
pub(super) static DART_MAP: Language = Language::new(
    label("由 Dart 打印的不带引号的 map", "a map without quotes, as Dart prints it"),
    Some(label(
        "文本没有引号：目录中没有的字段，数字原本可能是文本，也可能是数字；文本 `null` 与没有值分不清",
        "texts have no quotes: where the catalogue does not know a field, digits may have been a text or a number; a text \
         `null` is like no value",
    )),
    label(
        "在日志里原样记录请求体，或至少记录 jsonEncode(data)",
        "log the request's body as it came, or at least jsonEncode(data)",
    ),
);
pub(super) static PRINT_R: Language = Language::new(
    label("由 PHP 的 print_r 打印的内容", "what print_r of PHP prints"),
    Some(label(
        "文本没有引号：目录中没有的字段，数字原本可能是文本，也可能是数字；true 变成 1，false 和 \
         null 变成空，空对象变成空数组",
        "texts have no quotes: where the catalogue does not know a field, digits may have been a text or a number; true \
         is 1, false and null are nothing, and an empty object is an empty list",
    )),
    JSON_ENCODE,
);
pub(super) static OTHER: Language =
    Language::new(label("程序打印出来的值", "a dump of a program's values"), None, RAW_BODY);

/// The structs of a program, which have the names of its fields in place of the keys of the event.
pub(super) static GO_STRUCT: FormInfo = FormInfo {
    name: label("打印出来的 Go 结构体", "a Go struct dump"),
    lost: Some(label(
        "字段名是 SDK 的，它不认识的字段都没有了",
        "the field names are those of the SDK, and fields that it does not know are gone",
    )),
    capture: Some(label(
        "在 SDK 解析之前记录 string(req.Body)",
        "log string(req.Body) before the SDK parses it",
    )),
};

/// `LarkEvent(schema=2.0, header=LarkEvent.Header(eventId=..))`
pub(super) static JAVA_OBJECT: FormInfo = FormInfo {
    name: label(
        "由 toString 打印的 Java 对象（record，或 Lombok 的 @ToString）",
        "what toString of a Java object prints (a record, or Lombok's @ToString)",
    ),
    lost: Some(label(
        "字段名是类的，文本没有引号，类里没有的字段都没有了",
        "the names are those of the class, texts have no quotes, and fields that the class lacks are gone",
    )),
    capture: Some(JAVA_BODY),
};

/// `<lark_oapi.api.im.v1.P2ImMessageReceiveV1 object at 0x7f0c>`
pub(super) static PYTHON_OBJECT: FormInfo = FormInfo {
    name: label("一个 Python 对象的 repr", "the repr of a Python object"),
    lost: Some(label(
        "SDK 的对象打印的是类名和地址 (`object at 0x..`)，不是它的内容",
        "an object of the SDK prints its class and its address (`object at 0x..`), not what it holds",
    )),
    capture: Some(label(
        "记录 req.body，或至少记录 lark.JSON.marshal(data)",
        "log req.body, or at least lark.JSON.marshal(data)",
    )),
};
