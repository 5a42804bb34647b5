//! Event types that are known to exist, and that the catalogue does not have: nobody documents their fields.

use crate::lang::{Label, label};

/// An event type of which no more is known than that it exists.
#[derive(Clone, Copy, Debug)]
pub struct Unlisted {
    /// The name that people know it by.
    pub name: &'static str,
    /// What people call it.
    pub title: Label,
    /// What there is to know.
    pub about: Label,
}

/// The callback of old cards. Its body does not say so: it is the only one that looks like this.
pub const CARD_OLD: Unlisted = Unlisted {
    name: "card.action.trigger_v1",
    title: label("旧版卡片回调", "old card callback"),
    about: label(
        "没有事件头，各字段也不检查；新版卡片发送 card.action.trigger",
        "it has no header, and its fields are not checked; newer cards send card.action.trigger",
    ),
};

const V1: Label = label(
    "已知有这个 v1 事件，但不知道它的字段：外层会检查，事件体不检查",
    "a v1 event that is known to exist, but not its fields: its envelope is checked, its body is not",
);

const fn v1(name: &'static str, zh: &'static str, en: &'static str) -> Unlisted {
    Unlisted { name, title: label(zh, en), about: V1 }
}

/// All of them.
pub static UNLISTED: &[Unlisted] = &[
    CARD_OLD,
    v1("remove_user_from_chat", "用户出群 v1", "users removed from chat, v1"),
    v1("revoke_add_user_from_chat", "撤销拉用户进群 v1", "adding users to chat revoked, v1"),
    v1(
        "third_party_meeting_room_event_deleted",
        "第三方会议室日程删除 v1",
        "room booking of a third party deleted, v1",
    ),
    v1(
        "third_party_meeting_room_event_updated",
        "第三方会议室日程变更 v1",
        "room booking of a third party changed, v1",
    ),
];

/// The one of this name.
pub fn unlisted(name: &str) -> Option<&'static Unlisted> {
    UNLISTED.iter().find(|known| known.name == name)
}

/// Whether an event of the old form has a type that is known to exist.
pub fn is_known_v1(name: &str) -> bool {
    unlisted(name).is_some() || super::event(name).is_some()
}
