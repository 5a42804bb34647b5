//! Rules about what kind of document this is.

use crate::catalog::{ENCRYPT, EVENTS, event, unlisted};
use crate::finding::{Rule, Severity, Sink, Words};
use crate::json::{Path, Segment};
use crate::lang::{Label, Lang, label, say};
use crate::suggest::{did_you_mean, nearest_of};

/// Valid JSON, but no event.
pub static NOT_AN_EVENT: Rule = Rule {
    code: "not-an-event",
    severity: Severity::Error,
    summary: label(
        "文档是 JSON，但不是平台的回调",
        "the document is JSON but not a callback of the platform",
    ),
    why: label(
        "v2 事件的顶层有 `schema`、`header` 和 `event`，v1 事件有 `uuid`、`token`、`type` 和 `event`。容\
         易混入的有：API 调用的返回、处理程序的回复、从事件的列表里取出的一项。夹在事件之间的其他 JSON 会\
         被跳过；只有在没有别的内容，或它就是事件内部的一部分时，才会报告。",
        "A v2 event has `schema`, `header` and `event` at its top, a v1 event has `uuid`, `token`, `type` and \
         `event`. Likely mix-ups: the answer of an API call, the reply of a handler, one item of a list taken out \
         of its event. Among events, JSON of another kind is passed over; it is told where nothing else is there, and \
         where it is the inside of an event.",
    ),
    wrong: r#"{"code": 0, "msg": "success", "data": {}}"#,
    right: "{..}",
};

/// An event type that the catalogue does not know.
pub static UNKNOWN_EVENT_TYPE: Rule = Rule {
    code: "unknown-event-type",
    severity: Severity::Warning,
    summary: label("目录中没有这个事件类型", "the catalogue does not know this event type"),
    why: label(
        "它的事件头会检查，事件体原样显示，但各字段无从判断。如果名称与已知类型只差一个笔误，则是错误：不\
         会有任何处理程序被调用。",
        "Its header is checked and its body shown as it is, but nothing can be said of its fields. When the name is \
         that of a known type but for a slip of the keyboard, it is an error: no handler would be called.",
    ),
    wrong: r#"{.., "header": {.., "event_type": "attendance.user_flow.create_v1"}}"#,
    right: r#"{.., "header": {.., "event_type": "attendance.user_flow.created_v1"}}"#,
};

/// An encrypted body and no key.
pub static ENCRYPTED_WITHOUT_KEY: Rule = Rule {
    code: "encrypted-without-key",
    severity: Severity::Error,
    summary: label("内容已加密，但没有提供密钥", "the body is encrypted and no key was given"),
    why: label(
        "配置 Encrypt Key 之后，平台发送的是 {\"encrypt\": \"..\"}。没有密钥，事件就什么都检查不了，而什\
         么都没查却显示通过是最坏的结果。",
        "With an Encrypt Key configured the platform sends {\"encrypt\": \"..\"}. Without the key nothing of the \
         event can be checked, and a green check that checked nothing is the worst outcome.",
    ),
    wrong: r#"{"encrypt": "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="}"#,
    right: "{..}",
};

/// Reports an event type that is not in the catalogue, or not in this form. `span` is that of the value.
#[cold]
pub fn unknown_event_type(name: &str, span: (usize, usize), path: &Path<'_>, sink: &mut impl Sink) {
    let (known, is_v2) = (unlisted(name), event(name).is_some());
    let near = match known.is_some() || is_v2 {
        true => None,
        false => nearest_of(name, EVENTS, |event| Some(event.name)),
    };
    // Another version, verb or prefix may be a new sibling, which is no fault of whoever received it.
    let slip = near.is_some_and(|near| is_slip(name, near));
    let severity = if slip { Severity::Error } else { UNKNOWN_EVENT_TYPE.severity };
    sink.report(UNKNOWN_EVENT_TYPE.at(span.0..span.1, path).weighing(severity), |lang| {
        let message = match is_v2 {
            false => {
                say!(lang, "目录中没有事件类型 `{name}`", "the event type `{name}` is not in the catalogue")
            }
            true => say!(
                lang,
                "目录中的事件类型 `{name}` 只有 v2 形式",
                "the catalogue has the event type `{name}` in the form of v2 alone"
            ),
        };
        let words = Words::new(message).found(name);
        match (near, known) {
            (Some(near), _) => words.expected(near).help(did_you_mean(near, lang)),
            (None, Some(known)) => words.help(known.about.text(lang)),
            (None, None) if is_v2 => words.help(say!(
                lang,
                "事件体不检查；larkspect explain {name} 说明 v2 形式",
                "its body is not checked; larkspect explain {name} says what it has in v2"
            )),
            (None, None) => words.help(say!(
                lang,
                "事件头会检查，事件体不检查；larkspect schema 列出已知的类型",
                "its header is checked, its body is not; larkspect schema lists the known types"
            )),
        }
    });
}

/// Whether the name of an event type is that of a known one but for a slip.
pub(crate) fn is_slip_of_known(name: &str) -> bool {
    nearest_of(name, EVENTS, |event| Some(event.name)).is_some_and(|near| is_slip(name, near))
}

/// Whether a name differs from another as one does that was mistyped: by letter case, by separators, or by one or two
/// letters of a word.
fn is_slip(name: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
    };
    let (name, other) = (words(name), words(other));
    if name.concat() == other.concat() {
        return true;
    }
    let mut odd = name.iter().zip(&other).filter(|(a, b)| a != b);
    match (name.len() == other.len(), odd.next(), odd.next()) {
        (true, Some((a, b)), None) => {
            let digits = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
            let letters = a.chars().count().min(b.chars().count());
            let distance = strsim::osa_distance(a, b);
            !digits(a) && !digits(b) && distance <= 2 && 2 * distance < letters
        }
        _ => false,
    }
}

/// Reports a document that is no event: `what` it looks like, and `help`.
#[cold]
pub fn not_an_event(
    what: impl Fn(Lang) -> String,
    help: Option<Label>,
    span: (usize, usize),
    sink: &mut impl Sink,
) {
    sink.report(NOT_AN_EVENT.at(span.0..span.1, &Path::ROOT), |lang| {
        let what = what(lang);
        let expected = say!(
            lang,
            "带有 `schema`、`header` 和 `event` 的对象",
            "an object with `schema`, `header` and `event`"
        );
        Words::new(is_no_event(&what, lang))
            .expected(expected)
            .found(what)
            .maybe_help(help.map(|help| help.text(lang)))
    });
}

/// The sentence about what is no event, but `what`.
pub fn is_no_event(what: &str, lang: Lang) -> String {
    say!(lang, "不是事件，而是{what}", "not an event: this is {what}")
}

/// Reports an encrypted body. `span` is that of the value of `encrypt`.
#[cold]
pub fn encrypted_without_key(span: (usize, usize), sink: &mut impl Sink) {
    let path = Path::ROOT.child(Segment::Key(ENCRYPT));
    sink.report(ENCRYPTED_WITHOUT_KEY.at(span.0..span.1, &path), |lang| {
        let help = say!(
            lang,
            "把 LARKSPECT_ENCRYPT_KEY 设为应用的 Encrypt Key，或使用 --encrypt-key-file",
            "set LARKSPECT_ENCRYPT_KEY to the app's Encrypt Key, or give --encrypt-key-file"
        );
        Words::new(ENCRYPTED_WITHOUT_KEY.summary.text(lang))
            .expected(say!(lang, "明文事件，或它的 Encrypt Key", "a plaintext event, or its Encrypt Key"))
            .found(say!(lang, "加密的请求体", "an encrypted body"))
            .help(help)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sibling_is_no_slip() {
        let known = "attendance.user_flow.created_v1";
        for (name, slip) in [
            ("attendance.user_flow.create_v1", true),
            ("Attendance.User_Flow.Created_V1", true),
            ("attendance.userflow.created_v1", true),
            ("attendance.user-flow.created_v1", true),
            ("attendance.user_folw.created_v1", true),
            ("attendance.user_flow.created_v2", false),
            ("attendance.user_flow.deleted_v1", false),
            ("attendance.user.flow.created.v1", true),
            ("approval.user_flow.created_v1", false),
            ("attendance.user_flow_created", false),
        ] {
            assert_eq!(is_slip(name, known), slip, "{name}");
        }
    }
}
