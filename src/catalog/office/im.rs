//! 消息与群组 / Messages and chats.

use super::super::common::{APP_ID, TENANT_KEY, TYPE};
use super::super::entry::{Event, Field, Kind, Word, event_type};
use super::super::words::{any, flag, json, list, millis, object, text, texts, user, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &CHAT_ACCESS_EVENT_BOT_P2P_CHAT_ENTERED_V1,
    &CHAT_DISBANDED_V1,
    &CHAT_MEMBER_BOT_ADDED_V1,
    &CHAT_MEMBER_BOT_DELETED_V1,
    &CHAT_MEMBER_USER_ADDED_V1,
    &CHAT_MEMBER_USER_DELETED_V1,
    &CHAT_MEMBER_USER_WITHDRAWN_V1,
    &CHAT_UPDATED_V1,
    &MESSAGE_MESSAGE_READ_V1,
    &MESSAGE_REACTION_CREATED_V1,
    &MESSAGE_REACTION_DELETED_V1,
    &MESSAGE_RECALLED_V1,
    &MESSAGE_RECEIVE_V1,
    &P2P_CHAT_CREATE,
    &ADD_BOT,
    &ADD_USER_TO_CHAT,
    &CHAT_DISBAND,
    &GROUP_SETTING_UPDATE,
    &MESSAGE_V1,
    &MESSAGE_READ,
    &REMOVE_BOT,
];

/// 邀请成员权限
const ADD_MEMBER_PERMISSION: &[Word] = &[
    word("all_members", "所有成员", "all members"),
    word("only_owner", "仅群主和管理员", "owner and admins"),
    word("unknown", "未设置", "not set"),
];

/// 允许截屏录屏
const SCREENSHOT_HAS_PERMISSION_SETTING: &[Word] =
    &[word("all_members", "所有成员允许", "all members"), word("not_anyone", "所有成员禁止", "nobody")];

/// 入群提示可见性
const JOIN_MESSAGE_VISIBILITY: &[Word] = &[
    word("only_owner", "仅群主和管理员可见", "owner and admins"),
    word("all_members", "所有成员可见", "all members"),
    word("not_anyone", "任何人均不可见", "nobody"),
];

/// 群分享权限
const SHARE_CARD_PERMISSION: &[Word] = &[
    word("allowed", "允许", "allowed"),
    word("not_allowed", "不允许", "not allowed"),
    word("unknown", "未设置", "not set"),
];

/// 加群审批
const MEMBERSHIP_APPROVAL: &[Word] = &[
    word("no_approval_required", "无需审批", "no approval needed"),
    word("approval_required", "需要审批", "approval needed"),
];

/// 发言权限
const MODERATION_PERMISSION: &[Word] = &[
    word("all_members", "所有成员", "all members"),
    word("only_owner", "仅群主和管理员", "owner and admins"),
];

/// 群消息形式
const GROUP_MESSAGE_TYPE: &[Word] = &[word("chat", "会话消息", "chat"), word("thread", "话题消息", "thread")];

/// 操作人类型
const OPERATOR_TYPE: &[Word] = &[word("user", "用户", "user"), word("app", "应用", "app")];

/// 发送者类型
const SENDER_TYPE: &[Word] = &[word("user", "用户", "user"), word("bot", "机器人", "bot")];

/// 撤回类型
const RECALL_TYPE: &[Word] = &[
    word("message_owner", "消息发送者撤回", "sender"),
    word("group_owner", "群主撤回", "chat owner"),
    word("group_manager", "群管理员撤回", "chat admin"),
    word("enterprise_manager", "企业管理员撤回", "company admin"),
];

/// 群组类型
const CHAT_TYPE: &[Word] = &[word("p2p", "单聊", "one to one"), word("group", "群组", "group")];

/// 消息类型
const MESSAGE_TYPE: &[Word] = &[
    word("text", "文本", "text"),
    word("post", "富文本", "rich text"),
    word("image", "图片", "image"),
    word("file", "文件", "file"),
    word("folder", "文件夹", "folder"),
    word("audio", "音频", "audio"),
    word("media", "视频", "video"),
    word("sticker", "表情包", "sticker"),
    word("interactive", "卡片", "card"),
    word("hongbao", "红包", "red packet"),
    word("share_calendar_event", "日程分享卡片", "shared event"),
    word("calendar", "日程邀请卡片", "event invitation"),
    word("general_calendar", "日程转让卡片", "event transfer"),
    word("share_chat", "群名片", "chat card"),
    word("share_user", "个人名片", "user card"),
    word("system", "系统消息", "system"),
    word("location", "位置", "location"),
    word("video_chat", "视频通话", "video call"),
    word("todo", "任务", "task"),
    word("vote", "投票", "poll"),
    word("merge_forward", "合并转发", "merged forward"),
];

/// 群国际化名
const I18N_NAMES: &[Field] = &[
    text("zh_cn", "中文名", "Chinese name"),
    text("en_us", "英文名", "English name"),
    text("ja_jp", "日文名", "Japanese name"),
];

/// 被添加用户
const USER: &[Field] = &[
    text("name", "用户名", "user name").personal(),
    text("tenant_key", "租户 Key", "tenant key"),
    user("user_id", "用户", "user"),
];

/// 防泄密模式
const RESTRICTED_MODE_SETTING: &[Field] = &[
    flag("status", "已开启", "on"),
    words(
        "screenshot_has_permission_setting",
        "允许截屏录屏",
        "screenshots",
        SCREENSHOT_HAS_PERMISSION_SETTING,
    ),
    words("download_has_permission_setting", "允许下载", "downloads", SCREENSHOT_HAS_PERMISSION_SETTING),
    words(
        "message_has_permission_setting",
        "允许复制转发",
        "copy and forward",
        SCREENSHOT_HAS_PERMISSION_SETTING,
    ),
];

/// 更新后
const AFTER_CHANGE: &[Field] = &[
    text("avatar", "群头像", "chat avatar"),
    text("name", "群名称", "chat name"),
    text("description", "群描述", "chat description"),
    object("i18n_names", "群国际化名", "chat names", I18N_NAMES),
    words("add_member_permission", "邀请成员权限", "who may invite", ADD_MEMBER_PERMISSION),
    words("share_card_permission", "群分享权限", "sharing", SHARE_CARD_PERMISSION),
    words("at_all_permission", "@所有人权限", "who may @all", ADD_MEMBER_PERMISSION),
    words("edit_permission", "编辑群权限", "who may edit", ADD_MEMBER_PERMISSION),
    words("membership_approval", "加群审批", "join approval", MEMBERSHIP_APPROVAL),
    words("join_message_visibility", "入群提示可见性", "join notice", JOIN_MESSAGE_VISIBILITY),
    words("leave_message_visibility", "出群提示可见性", "leave notice", JOIN_MESSAGE_VISIBILITY),
    words("moderation_permission", "发言权限", "who may post", MODERATION_PERMISSION),
    user("owner_id", "群主", "owner"),
    object("restricted_mode_setting", "防泄密模式", "restricted mode", RESTRICTED_MODE_SETTING),
    words("group_message_type", "群消息形式", "message style", GROUP_MESSAGE_TYPE),
    texts("labels", "群标签", "chat labels").sdk_only(),
];

/// 新增可发言者
const ADDED_MEMBER: &[Field] =
    &[text("tenant_key", "租户 Key", "tenant key"), user("user_id", "用户", "user")];

/// 表情资源
const REACTION_TYPE: &[Field] = &[text("emoji_type", "表情类型", "emoji")];

/// 可发言名单变更
const MODERATOR_LIST: &[Field] = &[
    list("added_member_list", "新增可发言者", "posters added", &Kind::Object(ADDED_MEMBER)),
    list("removed_member_list", "移除可发言者", "posters removed", &Kind::Object(ADDED_MEMBER)),
];

/// 阅读者
const READER: &[Field] = &[
    user("reader_id", "阅读者", "reader"),
    millis("read_time", "已读时间", "read"),
    text("tenant_key", "租户 Key", "tenant key"),
];

/// 发送者
const SENDER: &[Field] = &[
    user("sender_id", "发送者", "sender"),
    words("sender_type", "发送者类型", "sender type", SENDER_TYPE),
    text("tenant_key", "租户 Key", "tenant key"),
];

/// 被提及用户
const MENTION: &[Field] = &[
    text("key", "提及序号", "mention key"),
    user("id", "被提及用户", "mentioned"),
    words("mentioned_type", "被提及者身份", "mentioned type", SENDER_TYPE),
    text("name", "被提及者姓名", "mentioned name").personal(),
    text("tenant_key", "租户 Key", "tenant key"),
];

/// 消息
const MESSAGE: &[Field] = &[
    text("message_id", "消息 ID", "message"),
    text("root_id", "根消息 ID", "root message").conditional(),
    text("parent_id", "父消息 ID", "parent message").conditional(),
    millis("create_time", "发送时间", "sent"),
    millis("update_time", "更新时间", "updated"),
    text("chat_id", "群组 ID", "chat"),
    text("thread_id", "话题 ID", "thread").conditional(),
    words("chat_type", "群组类型", "chat type", CHAT_TYPE),
    words("message_type", "消息类型", "message type", MESSAGE_TYPE).open(),
    json("content", "消息内容", "content").personal(),
    list("mentions", "被提及用户", "mentions", &Kind::Object(MENTION)),
    text("user_agent", "用户代理", "user agent").scoped().personal(),
    object("lark_agent_context", "智能体上下文", "agent context", AGENT_CONTEXT).sdk_only(),
];

/// 智能体上下文
const AGENT_CONTEXT: &[Field] = &[text("active_chat_id", "当前群组 ID", "active chat")];

/// 操作人
const OPERATOR: &[Field] = &[
    text("open_id", "Open ID", "open ID").personal(),
    text("user_id", "User ID", "user ID").conditional().personal(),
];

/// 用户
const P2P_CHAT_CREATE_USER: &[Field] = &[
    text("name", "用户名", "user name").personal(),
    text("open_id", "Open ID", "open ID").personal(),
    text("user_id", "User ID", "user ID").conditional().personal(),
];

const CHAT_ACCESS_EVENT_BOT_P2P_CHAT_ENTERED_V1: Event =
    event_type("im.chat.access_event.bot_p2p_chat_entered_v1", "用户进入与机器人的会话", "bot chat entered")
        .fields(&[
            text("chat_id", "会话 ID", "chat").required(),
            user("operator_id", "操作人", "operator"),
            text("last_message_id", "最新消息 ID", "last message"),
            millis("last_message_create_time", "最新消息时间", "last message sent"),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-access_event/events/bot_p2p_chat_entered");

const CHAT_DISBANDED_V1: Event = event_type("im.chat.disbanded_v1", "群解散", "chat disbanded")
    .fields(&[
        text("chat_id", "群组 ID", "chat").required(),
        user("operator_id", "解散者", "operator"),
        flag("external", "外部群", "external"),
        text("operator_tenant_key", "操作人租户", "operator tenant"),
        text("name", "群名称", "chat name"),
        object("i18n_names", "群国际化名", "chat names", I18N_NAMES),
    ])
    .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/events/disbanded");

const CHAT_MEMBER_BOT_ADDED_V1: Event =
    event_type("im.chat.member.bot.added_v1", "机器人进群", "bot added to chat")
        .fields(&[
            text("chat_id", "群组 ID", "chat").required(),
            user("operator_id", "操作人", "operator"),
            flag("external", "外部群", "external"),
            text("operator_tenant_key", "操作人租户", "operator tenant"),
            text("name", "群名称", "chat name"),
            object("i18n_names", "群国际化名", "chat names", I18N_NAMES),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-bot/events/added");

const CHAT_MEMBER_BOT_DELETED_V1: Event =
    event_type("im.chat.member.bot.deleted_v1", "机器人被移出群", "bot removed from chat")
        .fields(&[
            text("chat_id", "群组 ID", "chat").required(),
            user("operator_id", "操作人", "operator"),
            flag("external", "外部群", "external"),
            text("operator_tenant_key", "操作人租户", "operator tenant"),
            text("name", "群名称", "chat name"),
            object("i18n_names", "群国际化名", "chat names", I18N_NAMES),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-bot/events/deleted");

const CHAT_MEMBER_USER_ADDED_V1: Event =
    event_type("im.chat.member.user.added_v1", "用户进群", "users joined chat")
        .fields(&[
            text("chat_id", "群组 ID", "chat").required(),
            user("operator_id", "操作人", "operator"),
            flag("external", "外部群", "external"),
            text("operator_tenant_key", "操作人租户", "operator tenant"),
            list("users", "被添加用户", "added users", &Kind::Object(USER)),
            text("name", "群名称", "chat name"),
            object("i18n_names", "群国际化名", "chat names", I18N_NAMES),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-user/events/added");

const CHAT_MEMBER_USER_DELETED_V1: Event =
    event_type("im.chat.member.user.deleted_v1", "用户出群", "users left chat")
        .fields(&[
            text("chat_id", "群组 ID", "chat").required(),
            user("operator_id", "操作人", "operator"),
            flag("external", "外部群", "external"),
            text("operator_tenant_key", "操作人租户", "operator tenant"),
            list("users", "被移除用户", "removed users", &Kind::Object(USER)),
            text("name", "群名称", "chat name"),
            object("i18n_names", "群国际化名", "chat names", I18N_NAMES),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-user/events/deleted");

const CHAT_MEMBER_USER_WITHDRAWN_V1: Event =
    event_type("im.chat.member.user.withdrawn_v1", "撤销拉用户进群", "chat invitation revoked")
        .fields(&[
            text("chat_id", "群组 ID", "chat").required(),
            user("operator_id", "操作人", "operator"),
            flag("external", "外部群", "external"),
            text("operator_tenant_key", "操作人租户", "operator tenant"),
            list("users", "被撤销用户", "withdrawn users", &Kind::Object(USER)),
            text("name", "群名称", "chat name"),
            object("i18n_names", "群国际化名", "chat names", I18N_NAMES),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-user/events/withdrawn");

const CHAT_UPDATED_V1: Event = event_type("im.chat.updated_v1", "群配置修改", "chat settings changed")
    .fields(&[
        text("chat_id", "群组 ID", "chat").required(),
        user("operator_id", "操作人", "operator"),
        flag("external", "外部群", "external"),
        text("operator_tenant_key", "操作人租户", "operator tenant"),
        object("after_change", "更新后", "chat now", AFTER_CHANGE),
        object("before_change", "更新前", "chat before", AFTER_CHANGE),
        object("moderator_list", "可发言名单变更", "posters changed", MODERATOR_LIST),
    ])
    .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/events/updated");

const MESSAGE_MESSAGE_READ_V1: Event = event_type("im.message.message_read_v1", "消息已读", "message read")
    .fields(&[
        object("reader", "阅读者", "reader", READER),
        texts("message_id_list", "消息 ID 列表", "messages"),
    ])
    .happened("reader.read_time")
    .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/message_read");

const MESSAGE_REACTION_CREATED_V1: Event =
    event_type("im.message.reaction.created_v1", "新增消息表情回复", "reaction added")
        .fields(&[
            text("message_id", "消息 ID", "message").required(),
            object("reaction_type", "表情资源", "reaction", REACTION_TYPE),
            words("operator_type", "操作人类型", "operator type", OPERATOR_TYPE).conditional(),
            user("user_id", "用户", "user"),
            text("app_id", "应用 ID", "app ID"),
            millis("action_time", "添加时间", "added"),
        ])
        .happened("action_time")
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/events/created");

const MESSAGE_REACTION_DELETED_V1: Event =
    event_type("im.message.reaction.deleted_v1", "删除消息表情回复", "reaction removed")
        .fields(&[
            text("message_id", "消息 ID", "message").required(),
            object("reaction_type", "表情资源", "reaction", REACTION_TYPE),
            words("operator_type", "操作人类型", "operator type", OPERATOR_TYPE).conditional(),
            user("user_id", "用户", "user"),
            text("app_id", "应用 ID", "app ID"),
            millis("action_time", "删除时间", "removed"),
        ])
        .happened("action_time")
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/events/deleted");

const MESSAGE_RECALLED_V1: Event = event_type("im.message.recalled_v1", "撤回消息", "message recalled")
    .fields(&[
        text("message_id", "消息 ID", "message").required(),
        text("chat_id", "群组 ID", "chat"),
        millis("recall_time", "撤回时间", "recalled"),
        words("recall_type", "撤回类型", "recalled by", RECALL_TYPE),
    ])
    .happened("recall_time")
    .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/recalled");

const MESSAGE_RECEIVE_V1: Event = event_type("im.message.receive_v1", "接收消息", "message received")
    .fields(&[object("sender", "发送者", "sender", SENDER), object("message", "消息", "message", MESSAGE)])
    .happened("message.create_time")
    .record("message.message_id")
    .columns(&[
        "sender.sender_id",
        "message.message_type",
        "message.content",
        "message.chat_type",
        "message.chat_id",
        "message.message_id",
    ])
    .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive");

const P2P_CHAT_CREATE: Event = event_type("p2p_chat_create", "机器人会话首次创建", "bot chat first created")
    .fields(&[
        APP_ID,
        text("chat_id", "会话 ID", "chat"),
        object("operator", "操作人", "operator", OPERATOR).personal(),
        TENANT_KEY,
        TYPE,
        object("user", "用户", "user", P2P_CHAT_CREATE_USER),
    ])
    .v1()
    .page("ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/bot-events");

/// 群国际化名
const CHAT_I18N_NAMES: &[Field] =
    &[text("zh_cn", "中文名", "Chinese name"), text("en_us", "英文名", "English name")];

/// 群设置
const GROUP_SETTING: &[Field] = &[
    text("owner_open_id", "群主 Open ID", "owner open ID").personal(),
    text("owner_user_id", "群主 User ID", "owner user ID").personal(),
    text("add_member_permission", "邀请成员权限", "who may invite"),
    flag("message_notification", "消息提醒", "notifications"),
];

/// 操作人
const OPERATOR_V1: &[Field] =
    &[text("open_id", "Open ID", "open ID").personal(), text("user_id", "User ID", "user ID").personal()];

/// 用户
const USER_V1: &[Field] = &[
    text("name", "用户名", "user name").personal(),
    text("open_id", "Open ID", "open ID").personal(),
    text("user_id", "User ID", "user ID").personal(),
];

const ADD_BOT: Event = event_type("add_bot", "机器人进群 v1", "bot added to chat, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("open_chat_id", "群组 ID", "chat"),
        text("chat_name", "群名称", "chat name"),
        object("chat_i18n_names", "群国际化名", "chat names", CHAT_I18N_NAMES),
        text("chat_owner_open_id", "群主 Open ID", "owner open ID").personal(),
        text("chat_owner_employee_id", "群主 User ID", "owner user ID").personal(),
        text("chat_owner_name", "群主", "owner").personal(),
        flag("owner_is_bot", "群主是机器人", "bot owns chat"),
        text("operator_open_id", "操作人 Open ID", "operator open ID").personal(),
        text("operator_employee_id", "操作人 User ID", "operator user ID").personal(),
        text("operator_name", "操作人", "operator").personal(),
    ])
    .v1()
    .columns(&["operator_name", "chat_name", "chat_owner_name", "open_chat_id"])
    .sdk_only();

const ADD_USER_TO_CHAT: Event = event_type("add_user_to_chat", "用户进群 v1", "users joined chat, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("chat_id", "群组 ID", "chat"),
        object("operator", "操作人", "operator", OPERATOR_V1),
        list("users", "被添加用户", "added users", &Kind::Object(USER_V1)),
    ])
    .v1()
    .columns(&["operator.open_id", "users", "chat_id"])
    .sdk_only();

const CHAT_DISBAND: Event = event_type("chat_disband", "群解散 v1", "chat disbanded, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("chat_id", "群组 ID", "chat"),
        object("operator", "解散者", "operator", OPERATOR_V1),
    ])
    .v1()
    .columns(&["operator.open_id", "chat_id"])
    .sdk_only();

const GROUP_SETTING_UPDATE: Event =
    event_type("group_setting_update", "群配置修改 v1", "chat settings changed, v1")
        .fields(&[
            APP_ID,
            TENANT_KEY,
            TYPE,
            text("chat_id", "群组 ID", "chat"),
            object("operator", "操作人", "operator", OPERATOR_V1),
            object("after_change", "更新后", "chat now", GROUP_SETTING),
            any("before_change", "更新前", "chat before").personal(),
        ])
        .v1()
        .columns(&[
            "operator.open_id",
            "after_change.owner_open_id",
            "after_change.add_member_permission",
            "after_change.message_notification",
            "chat_id",
        ])
        .sdk_only();

const MESSAGE_V1: Event = event_type("message", "接收消息 v1", "message received, v1")
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
    .columns(&["open_id", "msg_type", "text", "chat_type", "open_chat_id", "open_message_id"])
    .sdk_only();

const MESSAGE_READ: Event = event_type("message_read", "消息已读 v1", "message read, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("open_id", "阅读者 Open ID", "reader open ID").personal(),
        text("open_chat_id", "群组 ID", "chat"),
        texts("open_message_ids", "消息 ID 列表", "messages"),
    ])
    .v1()
    .columns(&["open_id", "open_message_ids", "open_chat_id"])
    .sdk_only();

const REMOVE_BOT: Event = event_type("remove_bot", "机器人被移出群 v1", "bot removed from chat, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("open_chat_id", "群组 ID", "chat"),
        text("chat_name", "群名称", "chat name"),
        object("chat_i18n_names", "群国际化名", "chat names", CHAT_I18N_NAMES),
        text("chat_owner_open_id", "群主 Open ID", "owner open ID").personal(),
        text("chat_owner_employee_id", "群主 User ID", "owner user ID").personal(),
        text("chat_owner_name", "群主", "owner").personal(),
        flag("owner_is_bot", "群主是机器人", "bot owns chat"),
        text("operator_open_id", "操作人 Open ID", "operator open ID").personal(),
        text("operator_employee_id", "操作人 User ID", "operator user ID").personal(),
        text("operator_name", "操作人", "operator").personal(),
    ])
    .v1()
    .columns(&["operator_name", "chat_name", "chat_owner_name", "open_chat_id"])
    .sdk_only();
