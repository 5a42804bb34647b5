//! Rules about which fields are there and of which type they are.

use crate::catalog::{Field, Json, Kind, Presence, Wire};
use crate::finding::{Rule, Severity, Sink, Words};
use crate::json::{Path, Segment, TokenKind};
use crate::lang::{Lang, label, say};
use crate::suggest::{did_you_mean, nearest, nearest_of};
use crate::time::Unit;

use super::site::{Site, quoted, string_text};

/// A required field is not there.
pub static MISSING_FIELD: Rule = Rule {
    code: "missing-field",
    severity: Severity::Error,
    summary: label("缺少这类事件必有的字段", "a field that every event of this type has is missing"),
    why: label(
        "没有它，就无法区分事件、确定时间或对应到人。中途丢失的字段，通常是被改写内容的工具去掉的。",
        "Without it the event cannot be told from others, placed in time or assigned to a person. A field that is \
         lost on the way was usually dropped by a tool that re-shapes payloads.",
    ),
    wrong: r#"{.., "event": {"employee_id": "2b68933a", "record_id": "6938012269578125316", "type": 0}}"#,
    right: r#"{.., "event": {"employee_id": "2b68933a", "record_id": "6938012269578125316", "type": 0, "check_time": "1615381916"}}"#,
};

/// A documented field is not there.
pub static ABSENT_FIELD: Rule = Rule {
    code: "absent-field",
    severity: Severity::Note,
    summary: label("文档中有的字段没有出现", "a documented field is absent"),
    why: label(
        "文档列出了这个字段，官方示例里也有，但没有它也能用。如果你的处理程序依赖它，就需要留意。后来才新\
         增的字段，或文档注明不返回的字段，缺少时不会提示。",
        "The documentation lists the field and the official example has it, but a payload lives without it. Worth \
         knowing when your handler counts on it. Fields that were added later, or that are documented as not \
         delivered, may be absent in silence.",
    ),
    wrong: r#"{.., "event": {"employee_id": "2b68933a", "record_id": "6938012269578125316", "type": 0, "check_time": "1615381916"}}"#,
    right: "{..}",
};

/// A field is null.
pub static NULL_VALUE: Rule = Rule {
    code: "null-value",
    severity: Severity::Warning,
    summary: label("字段的值是 null", "a field is null"),
    why: label(
        "文档没有提到 null。必有字段为 null 是错误；`photo_urls`、`longitude` 和 `latitude` 在实际数据中\
         出现过 null，只是提示，仅见于官方 SDK 的字段也是如此；其他字段是警告：在许多语言里，带类型的处理\
         程序会因此失败。",
        "The documentation says nothing of null. In a required field it is an error, in `photo_urls`, `longitude` \
         and `latitude` it has been seen in the wild and is a note, and so it is where only the official SDKs know \
         the field; elsewhere it is a warning: typed handlers of many languages fail on it.",
    ),
    wrong: r#"{.., "event": {.., "comment": null}}"#,
    right: r#"{.., "event": {.., "comment": ""}}"#,
};

/// A value is of another type than documented.
pub static WRONG_TYPE: Rule = Rule {
    code: "wrong-type",
    severity: Severity::Error,
    summary: label("值的 JSON 类型与文档不一致", "a value is of another JSON type than documented"),
    why: label(
        "ID 和时间在传输时是字符串，因为它们的位数超出双精度浮点数的精度：以数字形式出现的 ID，末尾几位很\
         可能已经丢失。`1.0` 不是整数。带引号的数字，或者用 \"true\" 代替 true，来自把一切都变成字符串的\
         工具。",
        "Ids and times are strings on the wire because their digits do not fit a double: an id that arrives as a \
         number has probably lost its last digits already. `1.0` is not an integer. A number in quotes, or \"true\" \
         for true, comes from a tool that turned everything into strings.",
    ),
    wrong: r#"{.., "event": {.., "record_id": 6938012269578125316, "type": "0"}}"#,
    right: r#"{.., "event": {.., "record_id": "6938012269578125316", "type": 0}}"#,
};

/// A field that is not documented.
pub static UNKNOWN_FIELD: Rule = Rule {
    code: "unknown-field",
    severity: Severity::Note,
    summary: label("字段不在文档中", "a field is not documented"),
    why: label(
        "平台新增字段时不会通知，所以出现未知字段很正常，只是提示。如果名称与文档中的字段非常接近，则是警\
         告：很可能是写错了。",
        "The platform adds fields without notice, so an unknown one is normal and only a note. When its name is \
         nearly that of a documented field it is a warning: somebody probably mistyped it.",
    ),
    wrong: r#"{.., "event": {.., "chek_time": "1615381916"}}"#,
    right: r#"{.., "event": {.., "check_time": "1615381916"}}"#,
};

/// Reports what `seen` (a bit for each of `fields`) lacks. `open` is the place of the object's opening brace.
#[cold]
#[inline(never)]
pub fn missing(fields: &'static [Field], seen: u64, open: usize, path: &Path<'_>, sink: &mut impl Sink) {
    for (at, field) in fields.iter().enumerate() {
        if seen >> at & 1 == 1 {
            continue;
        }
        let rule = match field.presence {
            Presence::Required => &MISSING_FIELD,
            Presence::Expected => &ABSENT_FIELD,
            _ => continue,
        };
        let here = path.child(Segment::Key(field.key));
        sink.report(rule.at(open..open + 1, &here), |lang| {
            let (name, key, example) = (here.dotted(), field.key, example(field.kind));
            let required = field.presence == Presence::Required;
            let message = match required {
                true => say!(lang, "缺少 `{name}`", "`{name}` is missing"),
                false => say!(lang, "文档中有的 `{name}` 没有出现", "`{name}` is absent, though documented"),
            };
            let words = Words::new(message).expected(kind_words(field.kind, lang)).caret(say!(
                lang,
                "`{key}` 应在这个对象里",
                "`{key}` belongs in this object"
            ));
            let help = || say!(lang, "加上 \"{key}\": {example}", "add \"{key}\": {example}");
            words.maybe_help(required.then(help))
        });
    }
}

/// Judges a value whose JSON type does not fit `site.field`, `null` among them.
#[cold]
#[inline(never)]
pub fn wrong_type(site: &Site<'_>, found: TokenKind, sink: &mut impl Sink) {
    // A null item of a list is no missing field but an item of the wrong type.
    if found == TokenKind::Null && !matches!(site.segment, Segment::Index(_)) {
        let severity = match site.field.presence {
            _ if site.field.nullable => Severity::Note,
            Presence::SdkOnly => Severity::Note,
            Presence::Required => Severity::Error,
            _ => Severity::Warning,
        };
        return site.report_as(&NULL_VALUE, severity, sink, |lang| {
            let (name, expected, example) = (site.name(), kind_words(site.kind, lang), example(site.kind));
            let help = match (site.field.presence, site.kind) {
                (Presence::Required, _) => say!(lang, "应为{expected}", "it must be {expected}"),
                // A zero would be a place off the coast of Africa.
                (_, Kind::Longitude | Kind::Latitude) => say!(lang, "去掉这个字段", "leave the field out"),
                _ => say!(lang, "去掉这个字段，或写 {example}", "leave the field out, or send {example}"),
            };
            let message = say!(lang, "{name} 是 null", "{name} is null");
            Words::new(message).expected(expected).found("null").help(help)
        });
    }
    site.report(&WRONG_TYPE, sink, |lang| {
        let (name, what, expected) = (site.name(), site.described(found, lang), kind_words(site.kind, lang));
        Words::new(say!(lang, "{name} 应为{expected}，实际是{what}", "{name} must be {expected}, not {what}"))
            .expected(expected)
            .found(what)
            .maybe_help(help(site, found, lang))
    });
}

/// How to mend a value of the wrong type.
fn help(site: &Site<'_>, found: TokenKind, lang: Lang) -> Option<String> {
    let raw = site.raw();
    let digits = raw.iter().filter(|byte| byte.is_ascii_digit()).count();
    match (site.kind, found) {
        (Kind::Text | Kind::Time(_, Wire::Text), TokenKind::Number { integer: true }) if digits > 15 => {
            Some(say!(
                lang,
                "在源头就加上引号：作为数字，它的末尾几位可能已经丢失",
                "put it in quotes at the source: as a number its last digits may be lost already"
            ))
        }
        (kind, TokenKind::Number { integer: true }) if kind.json() == Json::String => {
            let value = quoted(raw);
            Some(match site.field.secret {
                true => say!(lang, "加上引号", "put it in quotes"),
                false => say!(lang, "改为 \"{value}\"", "write \"{value}\""),
            })
        }
        (Kind::Choice(choices), TokenKind::String { .. }) => {
            let text = string_text(raw);
            let trimmed = text.trim();
            if let Some(choice) = choices.iter().find(|choice| choice.value.to_string() == trimmed) {
                let (value, label) = (choice.value, choice.label.text(lang));
                return Some(say!(
                    lang,
                    "去掉引号，写 {value}（{label}）",
                    "write {value} without quotes ({label})"
                ));
            }
            let labels = choices
                .iter()
                .flat_map(|choice| [choice.label.zh, choice.label.en].map(|label| (label, choice.value)));
            let near = nearest(trimmed, labels.clone().map(|(label, _)| label))?;
            let (_, value) = labels.into_iter().find(|(label, _)| *label == near)?;
            Some(say!(lang, "写 {value}，即“{near}”", "write {value}, which means `{near}`"))
        }
        (kind, TokenKind::String { .. }) if matches!(kind.json(), Json::Integer | Json::Number) => {
            let text = string_text(raw);
            let number = !text.is_empty() && serde_json::from_str::<serde_json::Number>(&text).is_ok();
            let value = quoted(text.as_bytes());
            number.then(|| say!(lang, "去掉引号，写 {value}", "write {value} without quotes"))
        }
        (Kind::Flag, TokenKind::String { .. }) => match string_text(raw).to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" => Some(say!(lang, "不加引号，写 true", "write true without quotes")),
            "false" | "0" | "no" | "" => Some(say!(lang, "不加引号，写 false", "write false without quotes")),
            _ => None,
        },
        (Kind::Flag, TokenKind::Number { .. }) => match raw {
            b"0" => Some(say!(lang, "写 false", "write false")),
            b"1" => Some(say!(lang, "写 true", "write true")),
            _ => None,
        },
        (kind, TokenKind::Number { integer: false }) if kind.json() == Json::Integer => {
            let text = String::from_utf8_lossy(raw);
            let whole = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0'));
            whole.map(|(whole, _)| {
                say!(
                    lang,
                    "写 {whole}；途中经过 float64 就会变成这样",
                    "write {whole}; a float64 on the way does this"
                )
            })
        }
        (Kind::List(_), _) if found != TokenKind::Object => {
            Some(say!(lang, "写成数组，没有内容时写 []", "write a list, [] when there is none"))
        }
        _ => None,
    }
}

/// The documented key that one which is not documented is probably a slip of.
pub(crate) fn near(key: &str, fields: &'static [Field]) -> Option<&'static str> {
    let documented = |field: &'static Field| (field.presence != Presence::SdkOnly).then_some(field.key);
    nearest_of(key, fields, documented)
}

/// Reports a key that is not among `fields`.
#[cold]
#[inline(never)]
pub fn unknown(
    key: &str,
    span: (usize, usize),
    fields: &'static [Field],
    path: &Path<'_>,
    sink: &mut impl Sink,
) {
    let near = near(key, fields);
    let severity = if near.is_some() { Severity::Warning } else { UNKNOWN_FIELD.severity };
    sink.report(UNKNOWN_FIELD.at(span.0..span.1, path).weighing(severity), |lang| {
        let name = path.dotted();
        Words::new(say!(lang, "`{name}` 不是文档中的字段", "`{name}` is not a documented field"))
            .found(quoted(key.as_bytes()))
            .maybe_help(near.map(|near| did_you_mean(format_args!("`{near}`"), lang)))
    });
}

/// A kind in words, with an article: what a finding expects.
pub fn kind_words(kind: Kind, lang: Lang) -> String {
    let words = match kind {
        Kind::Mac => label("内容为 MAC 地址的字符串", "a string with a MAC address"),
        Kind::Url => label("内容为 URL 的字符串", "a string with a URL"),
        Kind::Json => label("内容为 JSON 的字符串", "a string that holds JSON"),
        Kind::Day => label("形如 yyyymmdd 的整数", "an integer yyyymmdd"),
        Kind::Date => label("形如 yyyy-mm-dd 的字符串", "a string yyyy-mm-dd"),
        Kind::DateTime => label("形如 yyyy-mm-dd hh:mm 的字符串", "a string yyyy-mm-dd hh:mm"),
        Kind::Rfc3339 => {
            label("形如 2021-03-10T21:11:56+08:00 的字符串", "a string such as 2021-03-10T21:11:56+08:00")
        }
        Kind::TimeOfDay => {
            label("由数字组成的字符串，自零点起的秒数", "a string with the digits of seconds since midnight")
        }
        Kind::Time(unit, wire) => {
            let unit = unit.label().text(lang);
            return match wire {
                Wire::Text => say!(
                    lang,
                    "由数字组成的字符串，自 1970 年起的{unit}数",
                    "a string with the digits of {unit} since 1970"
                ),
                _ => say!(lang, "自 1970 年起的{unit}数，整数", "an integer of {unit} since 1970"),
            };
        }
        kind => match kind.json() {
            Json::String => label("字符串", "a string"),
            Json::Boolean => label("布尔值（true 或 false）", "true or false"),
            Json::Integer => label("整数", "an integer"),
            Json::Number => label("数字", "a number"),
            Json::Array => label("数组", "a list"),
            Json::Object => label("对象", "an object"),
            Json::Any => label("任意 JSON", "any JSON"),
        },
    };
    words.text(lang).to_owned()
}

/// A value of a kind, as JSON, for help texts.
fn example(kind: Kind) -> String {
    let example = match kind {
        Kind::Word(words) => return format!("\"{}\"", words.first().map_or("..", |word| word.value)),
        Kind::Json => "\"{}\"",
        Kind::Day => "20210310",
        Kind::Date => "\"2021-03-10\"",
        Kind::DateTime => "\"2021-03-10 21:11:56\"",
        Kind::Rfc3339 => "\"2021-03-10T21:11:56+08:00\"",
        Kind::Time(unit, wire) => {
            // The times of the official example.
            let digits = if unit == Unit::Seconds {
                1_615_381_916
            } else {
                1_615_381_917_707 * unit.per_second() / 1000
            };
            return if wire == Wire::Text { format!("\"{digits}\"") } else { digits.to_string() };
        }
        kind => match kind.json() {
            Json::String => "\"..\"",
            Json::Boolean => "false",
            Json::Integer => "0",
            Json::Number => "0.0",
            Json::Array => "[]",
            Json::Object => "{..}",
            Json::Any => "\"..\"",
        },
    };
    example.to_owned()
}
