//! Rules about which fields are there and of which type they are.

use crate::catalog::{Field, Json, Kind, Presence, Wire};
use crate::finding::{Rule, Severity, Sink, Words};
use crate::json::{Path, Segment, TokenKind};
use crate::suggest::{did_you_mean, nearest, nearest_of};
use crate::time::Unit;

use super::site::{Site, quoted, string_text};

/// A required field is not there.
pub static MISSING_FIELD: Rule = Rule {
    code: "missing-field",
    severity: Severity::Error,
    summary: "a field that every event of this type has is missing",
    why: "Without it the event cannot be told from others, placed in time or assigned to a person. A field that is \
          lost on the way was usually dropped by a tool that re-shapes payloads.",
    wrong: r#"{.., "event": {"employee_id": "2b68933a", "record_id": "6938012269578125316", "type": 0}}"#,
    right: r#"{.., "event": {"employee_id": "2b68933a", "record_id": "6938012269578125316", "type": 0, "check_time": "1615381916"}}"#,
};

/// A documented field is not there.
pub static ABSENT_FIELD: Rule = Rule {
    code: "absent-field",
    severity: Severity::Note,
    summary: "a documented field is absent",
    why: "The documentation lists the field and the official example has it, but a payload lives without it. Worth \
          knowing when your handler counts on it. Fields that were added later, or that are documented as not \
          delivered, may be absent in silence.",
    wrong: r#"{.., "event": {"employee_id": "2b68933a", "record_id": "6938012269578125316", "type": 0, "check_time": "1615381916"}}"#,
    right: "{..}",
};

/// A field is null.
pub static NULL_VALUE: Rule = Rule {
    code: "null-value",
    severity: Severity::Warning,
    summary: "a field is null",
    why: "The documentation says nothing of null. In a required field it is an error, in `photo_urls`, `longitude` \
          and `latitude` it has been seen in the wild and is a note, and so it is where only the official SDKs know \
          the field; elsewhere it is a warning: typed handlers of many languages fail on it.",
    wrong: r#"{.., "event": {.., "comment": null}}"#,
    right: r#"{.., "event": {.., "comment": ""}}"#,
};

/// A value is of another type than documented.
pub static WRONG_TYPE: Rule = Rule {
    code: "wrong-type",
    severity: Severity::Error,
    summary: "a value is of another JSON type than documented",
    why: "Ids and times are strings on the wire because their digits do not fit a double: an id that arrives as a \
          number has probably lost its last digits already. `1.0` is not an integer. A number in quotes, or \"true\" \
          for true, comes from a tool that turned everything into strings.",
    wrong: r#"{.., "event": {.., "record_id": 6938012269578125316, "type": "0"}}"#,
    right: r#"{.., "event": {.., "record_id": "6938012269578125316", "type": 0}}"#,
};

/// A field that is not documented.
pub static UNKNOWN_FIELD: Rule = Rule {
    code: "unknown-field",
    severity: Severity::Note,
    summary: "a field is not documented",
    why: "The platform adds fields without notice, so an unknown one is normal and only a note. When its name is \
          nearly that of a documented field it is a warning: somebody probably mistyped it.",
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
        sink.report(rule.at(open..open + 1, &here), || {
            let words = Words::new(format!(
                "`{}` is {}",
                here.dotted(),
                match field.presence {
                    Presence::Required => "missing",
                    _ => "absent, though documented",
                }
            ))
            .expected(kind_words(field.kind))
            .caret(format!("`{}` belongs in this object", field.key));
            match field.presence {
                Presence::Required => words.help(format!("add \"{}\": {}", field.key, example(field.kind))),
                _ => words,
            }
        });
    }
}

/// Judges a value whose JSON type does not fit `site.field`, `null` among them.
#[cold]
#[inline(never)]
pub fn wrong_type(site: &Site<'_>, found: TokenKind, sink: &mut impl Sink) {
    let expected = || kind_words(site.kind);
    // A null item of a list is no missing field but an item of the wrong type.
    if found == TokenKind::Null && !matches!(site.segment, Segment::Index(_)) {
        let severity = match site.field.presence {
            _ if site.field.nullable => Severity::Note,
            Presence::SdkOnly => Severity::Note,
            Presence::Required => Severity::Error,
            _ => Severity::Warning,
        };
        return site.report_as(&NULL_VALUE, severity, sink, || {
            Words::new(format!("{} is null", site.name())).expected(expected()).found("null").help(
                match (site.field.presence, site.kind) {
                    (Presence::Required, _) => format!("it must be {}", kind_words(site.kind)),
                    // A zero would be a place off the coast of Africa.
                    (_, Kind::Longitude | Kind::Latitude) => "leave the field out".to_owned(),
                    _ => format!("leave the field out, or send {}", example(site.kind)),
                },
            )
        });
    }
    site.report(&WRONG_TYPE, sink, || {
        let what = site.described(found);
        let expected = expected();
        Words::new(format!("{} must be {expected}, not {what}", site.name()))
            .expected(expected)
            .found(what)
            .maybe_help(help(site, found))
    });
}

/// How to mend a value of the wrong type.
fn help(site: &Site<'_>, found: TokenKind) -> Option<String> {
    let raw = site.raw();
    let digits = raw.iter().filter(|byte| byte.is_ascii_digit()).count();
    match (site.kind, found) {
        (Kind::Text | Kind::Time(_, Wire::Text), TokenKind::Number { integer: true }) if digits > 15 => {
            Some("put it in quotes at the source: as a number its last digits may be lost already".to_owned())
        }
        (kind, TokenKind::Number { integer: true }) if kind.json() == Json::String => {
            Some(match site.field.secret {
                true => "put it in quotes".to_owned(),
                false => format!("write \"{}\"", quoted(raw)),
            })
        }
        (Kind::Choice(choices), TokenKind::String { .. }) => {
            let text = string_text(raw);
            let trimmed = text.trim();
            if let Some(choice) = choices.iter().find(|choice| choice.value.to_string() == trimmed) {
                return Some(format!("write {} without quotes ({})", choice.value, choice.label.en));
            }
            let labels = choices
                .iter()
                .flat_map(|choice| [choice.label.zh, choice.label.en].map(|label| (label, choice.value)));
            let near = nearest(trimmed, labels.clone().map(|(label, _)| label))?;
            let (_, value) = labels.into_iter().find(|(label, _)| *label == near)?;
            Some(format!("write {value}, which means `{near}`"))
        }
        (kind, TokenKind::String { .. }) if matches!(kind.json(), Json::Integer | Json::Number) => {
            let text = string_text(raw);
            let number = !text.is_empty() && serde_json::from_str::<serde_json::Number>(&text).is_ok();
            number.then(|| format!("write {} without quotes", quoted(text.as_bytes())))
        }
        (Kind::Flag, TokenKind::String { .. }) => match string_text(raw).to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" => Some("write true without quotes".to_owned()),
            "false" | "0" | "no" | "" => Some("write false without quotes".to_owned()),
            _ => None,
        },
        (Kind::Flag, TokenKind::Number { .. }) => match raw {
            b"0" => Some("write false".to_owned()),
            b"1" => Some("write true".to_owned()),
            _ => None,
        },
        (kind, TokenKind::Number { integer: false }) if kind.json() == Json::Integer => {
            let text = String::from_utf8_lossy(raw);
            let whole = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0'));
            whole.map(|(whole, _)| format!("write {whole}; a float64 on the way does this"))
        }
        (Kind::List(_), _) if found != TokenKind::Object => {
            Some("write a list, [] when there is none".to_owned())
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
    sink.report(UNKNOWN_FIELD.at(span.0..span.1, path).weighing(severity), || {
        Words::new(format!("`{}` is not a documented field", path.dotted()))
            .found(quoted(key.as_bytes()))
            .maybe_help(near.map(|near| did_you_mean(format_args!("`{near}`"))))
    });
}

/// A kind in words, with an article: what a finding expects.
pub fn kind_words(kind: Kind) -> String {
    let words = match kind {
        Kind::Mac => "a string with a MAC address",
        Kind::Url => "a string with a URL",
        Kind::Json => "a string that holds JSON",
        Kind::Day => "an integer yyyymmdd",
        Kind::Date => "a string yyyy-mm-dd",
        Kind::DateTime => "a string yyyy-mm-dd hh:mm",
        Kind::Rfc3339 => "a string such as 2021-03-10T21:11:56+08:00",
        Kind::TimeOfDay => "a string with the digits of seconds since midnight",
        Kind::Time(unit, Wire::Text) => {
            return format!("a string with the digits of {} since 1970", unit.name());
        }
        Kind::Time(unit, _) => return format!("an integer of {} since 1970", unit.name()),
        kind => match kind.json() {
            Json::String => "a string",
            Json::Boolean => "true or false",
            Json::Integer => "an integer",
            Json::Number => "a number",
            Json::Array => "a list",
            Json::Object => "an object",
            Json::Any => "any JSON",
        },
    };
    words.to_owned()
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
