//! Where a JSON Schema and `check` part ways: the whole list. A test looks for others, and sees to it that each of
//! these is real.

use larkspect::finding::Rule;
use larkspect::rules::{form, shape, stream, syntax, time, value};

/// What the schema makes of a payload that `check` judges otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schemas {
    /// `check` reports an error, the schema has no objection.
    Accept,
    /// `check` reports no error, the schema objects.
    Refuse,
    /// The reader of JSON decides, before there is a value for a schema to look at.
    NeverSee,
}

/// A case in which validity by schema is not the verdict of `check`.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// What `check` reports; `None` when it reports nothing.
    pub rule: Option<&'static Rule>,
    /// What the schemas do.
    pub schemas: Schemas,
    /// When, and why that cannot be helped.
    pub why: &'static str,
}

const fn difference(rule: &'static Rule, schemas: Schemas, why: &'static str) -> Difference {
    Difference { rule: Some(rule), schemas, why }
}

/// Every difference. In all other cases a payload is valid by schema if and only if `check` finds no error in it.
pub static DIFFERENCES: &[Difference] = &[
    difference(&syntax::JSON_SYNTAX, Schemas::NeverSee, "a text that is not JSON has no value to judge"),
    difference(&syntax::TRUNCATED_DOCUMENT, Schemas::NeverSee, "the same"),
    difference(&syntax::INVALID_UTF8, Schemas::NeverSee, "the same, unless the reader replaces the bytes"),
    difference(&syntax::NESTING_TOO_DEEP, Schemas::NeverSee, "every reader has a limit of its own"),
    difference(
        &syntax::LONE_SURROGATE,
        Schemas::NeverSee,
        "a warning here; other readers refuse or replace it",
    ),
    difference(&syntax::DOCUMENT_TOO_LARGE, Schemas::Accept, "a limit of our reading, not of the value"),
    difference(&syntax::DUPLICATE_KEY, Schemas::Accept, "the reader has dropped one of the two already"),
    difference(&shape::WRONG_TYPE, Schemas::Accept, "to JSON Schema 1.0 and 1e0 are integers"),
    difference(
        &time::NOT_A_TIMESTAMP,
        Schemas::Accept,
        "digits written as \\u0031 are digits to a schema, and it has no calendar: 20211399 is as good as 20210310",
    ),
    difference(
        &form::UNKNOWN_EVENT_TYPE,
        Schemas::Accept,
        "the schema of any event lets every unknown type pass, also one that is nearly that of a known type",
    ),
    difference(
        &form::UNKNOWN_EVENT_TYPE,
        Schemas::Refuse,
        "the schema of an event type refuses other types, where an unknown one is a warning",
    ),
    difference(&value::EMPTY_VALUE, Schemas::Refuse, "the same, when `header.event_type` is empty"),
    difference(
        &stream::DUPLICATE_EVENT,
        Schemas::Accept,
        "a schema looks at one event and knows nothing of the others",
    ),
    Difference {
        rule: None,
        schemas: Schemas::Refuse,
        why: "the schemas are of events; challenges are fine with us, and so is, to the schema of one event type, an \
              event of another known type",
    },
];
