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
    const fn new(name: &'static str, lost: Option<&'static str>, capture: &'static str) -> Language {
        const fn info(name: &'static str, lost: &'static str, capture: &'static str) -> FormInfo {
            FormInfo { name, lost: Some(lost), capture: Some(capture) }
        }
        Language {
            read: FormInfo { name, lost, capture: Some(capture) },
            shortened: info(
                name,
                "it is shortened: parts were left out where `...` or a name in brackets such as `[Object]` stands",
                capture,
            ),
            objects: info(
                name,
                "objects of the program stand in it by name or address, such as `<.. object at 0x..>`, not by value",
                capture,
            ),
            ambiguous: info(
                name,
                "its texts have no quotes, and one of them may be read in more than one way",
                capture,
            ),
            unknown: info(name, "what is written in it cannot be said in JSON", capture),
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

const JSON_DUMPS: &str = "log the request's body as it came, or at least json.dumps(data)";
const STRINGIFY: &str = "log the request's body as it came, or at least JSON.stringify(data)";
const JSON_ENCODE: &str = "log file_get_contents('php://input'), or at least json_encode($data)";
const GO_BODY: &str = "log string(body) before it is parsed, or at least the bytes of json.Marshal(data)";
const JAVA_BODY: &str =
    "log the request's body as it came, or at least objectMapper.writeValueAsString(data)";

pub(super) static PYTHON: Language = Language::new("a Python dict", None, JSON_DUMPS);
pub(super) static NODE: Language = Language::new("a Node.js object dump", None, STRINGIFY);
pub(super) static COMMENTED: Language =
    Language::new("JSON with comments or stray commas", None, "use the example without its comments");
pub(super) static ABRIDGED: Language = Language::new("JSON that somebody shortened", None, RAW_BODY);
pub(super) static MONGO: Language = Language::new(
    "a document of the mongo shell",
    None,
    "export it with mongoexport, or print it with EJSON.stringify(document)",
);
pub(super) static PHP: Language =
    Language::new("a PHP array", Some("an empty object is written like an empty list"), JSON_ENCODE);
pub(super) static PERL: Language = Language::new("a Perl hash", None, "print encode_json($data)");
pub(super) static RUBY: Language =
    Language::new("a Ruby hash", None, "log request.raw_post, or at least data.to_json");
pub(super) static RUST: Language = Language::new(
    "a Debug dump of Rust",
    None,
    "log the request's body as it came, or at least serde_json::to_string(&data)",
);
pub(super) static GO: Language = Language::new(
    "a dump of a Go value",
    Some("Go keeps numbers as floats: integers beyond 2^53 may have lost digits"),
    GO_BODY,
);
pub(super) static GO_MAP: Language = Language::new(
    "a Go map",
    Some(
        "texts have no quotes: where the catalogue does not know a field, digits may have been a text or a number; a text \
         `<nil>` is like no value, and integers beyond 2^53 may have lost digits",
    ),
    GO_BODY,
);
pub(super) static JAVA_MAP: Language = Language::new(
    "what toString of a Java Map prints",
    Some(
        "texts have no quotes: where the catalogue does not know a field, digits may have been a text or a number; a text \
         `null` is like no value",
    ),
    JAVA_BODY,
);
pub(super) static DART_MAP: Language = Language::new(
    "a map without quotes, as Dart prints it",
    Some(
        "texts have no quotes: where the catalogue does not know a field, digits may have been a text or a number; a text \
         `null` is like no value",
    ),
    "log the request's body as it came, or at least jsonEncode(data)",
);
pub(super) static PRINT_R: Language = Language::new(
    "what print_r of PHP prints",
    Some(
        "texts have no quotes: where the catalogue does not know a field, digits may have been a text or a number; true \
         is 1, false and null are nothing, and an empty object is an empty list",
    ),
    JSON_ENCODE,
);
pub(super) static OTHER: Language = Language::new("a dump of a program's values", None, RAW_BODY);

/// The structs of a program, which have the names of its fields in place of the keys of the event.
pub(super) static GO_STRUCT: FormInfo = FormInfo {
    name: "a Go struct dump",
    lost: Some("the field names are those of the SDK, and fields that it does not know are gone"),
    capture: Some("log string(req.Body) before the SDK parses it"),
};

/// `LarkEvent(schema=2.0, header=LarkEvent.Header(eventId=..))`
pub(super) static JAVA_OBJECT: FormInfo = FormInfo {
    name: "what toString of a Java object prints (a record, or Lombok's @ToString)",
    lost: Some(
        "the names are those of the class, texts have no quotes, and fields that the class lacks are gone",
    ),
    capture: Some(JAVA_BODY),
};

/// `<lark_oapi.api.im.v1.P2ImMessageReceiveV1 object at 0x7f0c>`
pub(super) static PYTHON_OBJECT: FormInfo = FormInfo {
    name: "the repr of a Python object",
    lost: Some("an object of the SDK prints its class and its address (`object at 0x..`), not what it holds"),
    capture: Some("log req.body, or at least lark.JSON.marshal(data)"),
};
