//! What every event has: the envelope and its header.

use super::{Event, Field, Kind, field};

/// The header of a v2 event. `token` is a secret.
pub const HEADER: &[Field] = &[
    field("event_id", Kind::Text, "事件 ID", "event ID").required(),
    field("event_type", Kind::Text, "事件类型", "event type").required(),
    field("create_time", Kind::Millis, "事件创建时间", "delivered")
        .required()
        .note("单位：毫秒", "in milliseconds"),
    field("token", Kind::Text, "事件 Token", "verification token").required().secret(),
    field("tenant_key", Kind::Text, "租户 Key", "tenant key").required(),
    field("app_id", Kind::Text, "应用 ID", "app ID").required(),
];

/// The top level of a v2 event around its `event`, whose fields are in the catalogue entry of its type.
pub const ENVELOPE: &[Field] = &[
    field("schema", Kind::Text, "事件模式", "schema").required(),
    field("header", Kind::Object(HEADER), "事件头", "header").required(),
];

impl Event {
    /// The field of this key, and its place in [`Event::fields`].
    pub fn field(&self, key: &str) -> Option<(usize, &'static Field)> {
        self.fields.iter().enumerate().find(|(_, field)| field.key == key)
    }
}
