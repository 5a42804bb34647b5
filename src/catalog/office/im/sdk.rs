//! What only the official SDKs know of messages and chats: the old form of events.

use crate::catalog::common::{APP_ID, TENANT_KEY, TYPE};
use crate::catalog::entry::{Event, Field, Kind, event_type};
use crate::catalog::words::{any, flag, list, object, text, texts};

/// 国际化名称
const CHAT_I18N_NAMES: &[Field] =
    &[text("zh_cn", "中文名", "Chinese name"), text("en_us", "英文名", "English name")];

/// 群设置
const GROUP_SETTING: &[Field] = &[
    text("owner_open_id", "群主 Open ID", "owner open ID").personal(),
    text("owner_user_id", "群主 User ID", "owner user ID").personal(),
    text("add_member_permission", "邀请成员权限", "invite permission"),
    flag("message_notification", "消息提醒", "notifications"),
];

/// 操作人
const OPERATOR: &[Field] =
    &[text("open_id", "Open ID", "open ID").personal(), text("user_id", "User ID", "user ID").personal()];

/// 用户
const USER: &[Field] = &[
    text("name", "用户名", "user name").personal(),
    text("open_id", "Open ID", "open ID").personal(),
    text("user_id", "User ID", "user ID").personal(),
];

pub(super) const ADD_BOT: Event = event_type("add_bot", "机器人进群 v1", "bot added to chat, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("open_chat_id", "群组 ID", "chat"),
        text("chat_name", "群名称", "chat name"),
        object("chat_i18n_names", "群国际化名称", "translated names", CHAT_I18N_NAMES)
            .line("群国际化名称", "translated names"),
        text("chat_owner_open_id", "群主 Open ID", "owner open ID").personal(),
        text("chat_owner_employee_id", "群主 User ID", "owner user ID").personal(),
        text("chat_owner_name", "群主", "owner").personal(),
        flag("owner_is_bot", "群主是机器人", "bot owns chat"),
        text("operator_open_id", "操作人 Open ID", "operator open ID").personal(),
        text("operator_employee_id", "操作人 User ID", "operator user ID").personal(),
        text("operator_name", "操作人", "operator").personal(),
    ])
    .v1()
    .person("operator_open_id")
    .columns("operator_name chat_name chat_owner_name open_chat_id")
    .sdk_only();

pub(super) const ADD_USER_TO_CHAT: Event =
    event_type("add_user_to_chat", "用户进群 v1", "users joined chat, v1")
        .fields(&[
            APP_ID,
            TENANT_KEY,
            TYPE,
            text("chat_id", "群组 ID", "chat"),
            object("operator", "操作人", "operator", OPERATOR).line("操作人", "operator"),
            list("users", "被添加用户", "added users", &Kind::Object(USER)),
        ])
        .v1()
        .person("operator.open_id")
        .columns("operator users chat_id")
        .sdk_only();

pub(super) const CHAT_DISBAND: Event = event_type("chat_disband", "群解散 v1", "chat disbanded, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("chat_id", "群组 ID", "chat"),
        object("operator", "操作人", "operator", OPERATOR).line("操作人", "operator"),
    ])
    .v1()
    .person("operator.open_id")
    .columns("operator chat_id")
    .sdk_only();

pub(super) const GROUP_SETTING_UPDATE: Event =
    event_type("group_setting_update", "群配置修改 v1", "chat settings changed, v1")
        .fields(&[
            APP_ID,
            TENANT_KEY,
            TYPE,
            text("chat_id", "群组 ID", "chat"),
            object("operator", "操作人", "operator", OPERATOR).line("操作人", "operator"),
            object("after_change", "变更后", "new", GROUP_SETTING),
            any("before_change", "变更前", "old").personal(),
        ])
        .v1()
        .person("operator.open_id")
        .columns(
            "operator after_change.owner_open_id after_change.add_member_permission \
            after_change.message_notification chat_id",
        )
        .sdk_only();

pub(super) const MESSAGE_V1: Event = event_type("message", "接收消息 v1", "message received, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("open_id", "发送者 Open ID", "sender open ID").personal(),
        text("employee_id", "发送者 User ID", "sender user ID").personal(),
        text("union_id", "发送者 Union ID", "sender union ID").personal(),
        text("msg_type", "消息类型", "message type"),
        text("text", "消息文本", "text").personal(),
        text("text_without_at_bot", "去除 @机器人的文本", "text without @bot").personal(),
        flag("is_mention", "提及机器人", "bot mentioned"),
        text("chat_type", "群组类型", "chat type"),
        text("open_chat_id", "群组 ID", "chat"),
        text("open_message_id", "消息 ID", "message"),
        text("root_id", "根消息 ID", "root message"),
        text("parent_id", "父消息 ID", "parent message"),
    ])
    .v1()
    .person("open_id")
    .columns("open_id msg_type text chat_type open_chat_id open_message_id")
    .sdk_only();

pub(super) const MESSAGE_READ: Event = event_type("message_read", "消息已读 v1", "message read, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("open_id", "阅读者 Open ID", "reader open ID").personal(),
        text("open_chat_id", "群组 ID", "chat"),
        texts("open_message_ids", "消息 ID 列表", "messages"),
    ])
    .v1()
    .person("open_id")
    .columns("open_id open_message_ids open_chat_id")
    .sdk_only();

pub(super) const REMOVE_BOT: Event =
    event_type("remove_bot", "机器人被移出群 v1", "bot removed from chat, v1")
        .fields(&[
            APP_ID,
            TENANT_KEY,
            TYPE,
            text("open_chat_id", "群组 ID", "chat"),
            text("chat_name", "群名称", "chat name"),
            object("chat_i18n_names", "群国际化名称", "translated names", CHAT_I18N_NAMES)
                .line("群国际化名称", "translated names"),
            text("chat_owner_open_id", "群主 Open ID", "owner open ID").personal(),
            text("chat_owner_employee_id", "群主 User ID", "owner user ID").personal(),
            text("chat_owner_name", "群主", "owner").personal(),
            flag("owner_is_bot", "群主是机器人", "bot owns chat"),
            text("operator_open_id", "操作人 Open ID", "operator open ID").personal(),
            text("operator_employee_id", "操作人 User ID", "operator user ID").personal(),
            text("operator_name", "操作人", "operator").personal(),
        ])
        .v1()
        .person("operator_open_id")
        .columns("operator_name chat_name chat_owner_name open_chat_id")
        .sdk_only();
