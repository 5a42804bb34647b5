//! What every event has: the envelope and its header.

use std::sync::LazyLock;

use crate::lang::label;

use super::entry::{Event, Field, Kind, Word, field};

/// The key of the object that holds the header.
pub const HEAD: &str = ENVELOPE[1].key;

/// The header of a v2 event. `token` is a secret.
pub const HEADER: &[Field] = &[
    field("event_id", Kind::Text, "事件 ID", "event ID").required(),
    field("event_type", Kind::Text, "事件类型", "event type").required(),
    field("create_time", Kind::MILLIS, "事件创建时间", "delivered")
        .required()
        .note("单位：毫秒", "in milliseconds"),
    field("token", Kind::Text, "事件 Token", "verification token").required().secret(),
    field("tenant_key", Kind::Text, "租户 Key", "tenant key").required(),
    field("app_id", Kind::Text, "应用 ID", "app ID").required(),
];

const SCHEMA: &[Word] = &[Word { value: "2.0", label: label("2.0 版", "version 2.0") }];

/// The top level of a v2 event around its `event`, whose fields are in the catalogue entry of its type.
pub const ENVELOPE: &[Field] = &[
    field("schema", Kind::Word(SCHEMA), "事件模式", "schema").required(),
    field("header", Kind::Object(HEADER), "事件头", "header").required(),
];

/// What stands around a v1 event. Its `ts` is seconds with a fraction.
pub const ENVELOPE_V1: &[Field] = &[
    field("uuid", Kind::Text, "事件 ID", "event ID").required(),
    field("ts", Kind::Text, "事件发送时间", "delivered")
        .note("秒，带小数：1502199207.7171419", "in seconds with a fraction: 1502199207.7171419"),
    field("token", Kind::Text, "事件 Token", "verification token").required().secret(),
    field("type", Kind::Text, "类型", "kind").required(),
];

/// The key of an encrypted body. It has no other.
pub const ENCRYPT: &str = "encrypt";

/// By this key at the top of a file editors find its JSON Schema. The platform does not send it, and it says nothing of
/// the event.
pub const EDITOR_KEY: &str = "$schema";

/// What approvals have in place of `create_time`: seconds with a fraction, as `ts` of a v1 event.
pub const EVENT_CREATE_TIME: &str = "event_create_time";

/// The member of this key that some types have in their header besides those that all have.
pub fn header_extra(key: &str) -> Option<&'static Field> {
    EXTRA.iter().find(|field| field.key == key).copied()
}

/// The first field of each key that a type has in its header besides those that all have: few types have any.
static EXTRA: LazyLock<Vec<&'static Field>> = LazyLock::new(|| {
    let mut fields: Vec<&'static Field> = Vec::new();
    for field in super::EVENTS.iter().flat_map(|event| event.header) {
        if fields.iter().all(|known| known.key != field.key) {
            fields.push(field);
        }
    }
    fields
});

impl Event {
    /// The field of this key, and its place in [`Event::fields`].
    pub fn field(&self, key: &str) -> Option<(usize, &'static Field)> {
        self.fields.iter().enumerate().find(|(_, field)| field.key == key)
    }
}
