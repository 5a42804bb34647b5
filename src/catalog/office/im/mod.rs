//! 消息与群组 / Messages and chats.

mod sdk;

use crate::catalog::common::{APP_ID, TENANT_KEY, TYPE};
use crate::catalog::entry::{Event, Field, Kind, Word, event_type};
use crate::catalog::words::{flag, json, list, millis, object, text, texts, user, word, words};

use sdk::{
    ADD_BOT, ADD_USER_TO_CHAT, CHAT_DISBAND, GROUP_SETTING_UPDATE, MESSAGE_READ, MESSAGE_V1, REMOVE_BOT,
};

/// Every event of this area.
pub(in crate::catalog) const EVENTS: &[&Event] = &[
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

/// 邀请成员、@所有人、编辑群的权限
const CHAT_PERMISSION: &[Word] = &[
    word("all_members", "所有成员", "all members"),
    word("only_owner", "仅群主和管理员", "owner and admins"),
    word("unknown", "未设置", "not set"),
];

// The three sets of the restricted mode are said on one line, so that each value names what it is about.

/// 允许截屏录屏
const SCREENSHOTS: &[Word] = &[
    word("all_members", "允许截屏录屏", "screenshots allowed"),
    word("not_anyone", "禁止截屏录屏", "screenshots forbidden"),
];

/// 允许下载
const DOWNLOADS: &[Word] = &[
    word("all_members", "允许下载", "downloads allowed"),
    word("not_anyone", "禁止下载", "downloads forbidden"),
];

/// 允许复制转发
const COPYING: &[Word] = &[
    word("all_members", "允许复制转发", "copying allowed"),
    word("not_anyone", "禁止复制转发", "copying forbidden"),
];

/// 入群、出群提示可见性
const NOTICE_VISIBILITY: &[Word] = &[
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

/// 国际化名称
const I18N_NAMES: &[Field] = &[
    text("zh_cn", "中文名", "Chinese name"),
    text("en_us", "英文名", "English name"),
    text("ja_jp", "日文名", "Japanese name"),
];

/// 进群、出群的用户
const MEMBER: &[Field] = &[
    text("name", "用户名", "user name").personal(),
    text("tenant_key", "租户 Key", "tenant key"),
    user("user_id", "用户", "user"),
];

/// 防泄密模式
const RESTRICTED_MODE: &[Field] = &[
    flag("status", "已开启", "on"),
    words("screenshot_has_permission_setting", "允许截屏录屏", "screenshots", SCREENSHOTS),
    words("download_has_permission_setting", "允许下载", "downloads", DOWNLOADS),
    words("message_has_permission_setting", "允许复制转发", "copying", COPYING),
];

// What most events of a chat have.
const CHAT_ID: Field = text("chat_id", "群组 ID", "chat").required();
const OPERATOR: Field = user("operator_id", "操作人", "operator");
const EXTERNAL: Field = flag("external", "外部群", "external");
const OPERATOR_TENANT: Field = text("operator_tenant_key", "操作人租户", "operator tenant");
const NAME: Field = text("name", "群名称", "chat name");
const NAMES: Field = object("i18n_names", "群国际化名称", "translated names", I18N_NAMES)
    .line("群国际化名称", "translated names");

/// 群配置
const SETTINGS: &[Field] = &[
    text("avatar", "群头像", "chat avatar"),
    NAME,
    text("description", "群描述", "chat description"),
    NAMES,
    words("add_member_permission", "邀请成员权限", "invite permission", CHAT_PERMISSION),
    words("share_card_permission", "群分享权限", "share permission", SHARE_CARD_PERMISSION),
    words("at_all_permission", "@所有人权限", "@all permission", CHAT_PERMISSION),
    words("edit_permission", "编辑群权限", "edit permission", CHAT_PERMISSION),
    words("membership_approval", "加群审批", "join approval", MEMBERSHIP_APPROVAL),
    words("join_message_visibility", "入群提示可见性", "join notice", NOTICE_VISIBILITY),
    words("leave_message_visibility", "出群提示可见性", "leave notice", NOTICE_VISIBILITY),
    words("moderation_permission", "发言权限", "post permission", MODERATION_PERMISSION),
    user("owner_id", "群主", "owner"),
    object("restricted_mode_setting", "防泄密模式", "restricted mode", RESTRICTED_MODE)
        .line("防泄密模式", "restricted mode"),
    words("group_message_type", "群消息形式", "message style", GROUP_MESSAGE_TYPE),
    texts("labels", "群标签", "chat labels").sdk_only(),
];

/// 可发言者
const MODERATOR: &[Field] = &[text("tenant_key", "租户 Key", "tenant key"), user("user_id", "用户", "user")];

/// 表情资源
const REACTION_TYPE: &[Field] = &[text("emoji_type", "表情类型", "emoji")];

/// 可发言名单变更
const MODERATOR_LIST: &[Field] = &[
    list("added_member_list", "新增可发言者", "may post", &Kind::Object(MODERATOR)),
    list("removed_member_list", "移除可发言者", "may no longer post", &Kind::Object(MODERATOR)),
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
    text("key", "占位符", "placeholder")
        .note("消息内容中的 @_user_1 等", "what stands for them in the content: @_user_1"),
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

/// 会话的发起人
const P2P_CHAT_OPERATOR: &[Field] = &[
    text("open_id", "Open ID", "open ID").personal(),
    text("user_id", "User ID", "user ID").conditional().personal(),
];

/// 会话的用户
const P2P_CHAT_USER: &[Field] = &[
    text("name", "用户名", "user name").personal(),
    text("open_id", "Open ID", "open ID").personal(),
    text("user_id", "User ID", "user ID").conditional().personal(),
];

const CHAT_ACCESS_EVENT_BOT_P2P_CHAT_ENTERED_V1: Event =
    event_type("im.chat.access_event.bot_p2p_chat_entered_v1", "用户进入与机器人的会话", "bot chat entered")
        .fields(&[
            text("chat_id", "会话 ID", "chat").required(),
            OPERATOR,
            text("last_message_id", "最新消息 ID", "last message"),
            millis("last_message_create_time", "最新消息时间", "last message sent"),
        ])
        .person("operator_id.open_id")
        .columns("operator_id last_message_id chat_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-access_event/events/bot_p2p_chat_entered");

const CHAT_DISBANDED_V1: Event = event_type("im.chat.disbanded_v1", "群解散", "chat disbanded")
    .fields(&[CHAT_ID, OPERATOR, EXTERNAL, OPERATOR_TENANT, NAME, NAMES])
    .person("operator_id.open_id")
    .columns("operator_id name chat_id")
    .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/events/disbanded");

const CHAT_MEMBER_BOT_ADDED_V1: Event =
    event_type("im.chat.member.bot.added_v1", "机器人进群", "bot added to chat")
        .fields(&[CHAT_ID, OPERATOR, EXTERNAL, OPERATOR_TENANT, NAME, NAMES])
        .person("operator_id.open_id")
        .columns("operator_id name chat_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-bot/events/added");

const CHAT_MEMBER_BOT_DELETED_V1: Event =
    event_type("im.chat.member.bot.deleted_v1", "机器人被移出群", "bot removed from chat")
        .fields(&[CHAT_ID, OPERATOR, EXTERNAL, OPERATOR_TENANT, NAME, NAMES])
        .person("operator_id.open_id")
        .columns("operator_id name chat_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-bot/events/deleted");

const CHAT_MEMBER_USER_ADDED_V1: Event =
    event_type("im.chat.member.user.added_v1", "用户进群", "users joined chat")
        .fields(&[
            CHAT_ID,
            OPERATOR,
            EXTERNAL,
            OPERATOR_TENANT,
            list("users", "进群用户", "users who joined", &Kind::Object(MEMBER)),
            NAME,
            NAMES,
        ])
        .person("operator_id.open_id")
        .columns("users operator_id name chat_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-user/events/added");

const CHAT_MEMBER_USER_DELETED_V1: Event =
    event_type("im.chat.member.user.deleted_v1", "用户出群", "users left chat")
        .fields(&[
            CHAT_ID,
            OPERATOR,
            EXTERNAL,
            OPERATOR_TENANT,
            list("users", "出群用户", "users who left", &Kind::Object(MEMBER)),
            NAME,
            NAMES,
        ])
        .person("operator_id.open_id")
        .columns("users operator_id name chat_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-user/events/deleted");

const CHAT_MEMBER_USER_WITHDRAWN_V1: Event =
    event_type("im.chat.member.user.withdrawn_v1", "撤销拉用户进群", "chat invitation revoked")
        .fields(&[
            CHAT_ID,
            OPERATOR,
            EXTERNAL,
            OPERATOR_TENANT,
            list("users", "被撤销用户", "uninvited users", &Kind::Object(MEMBER)),
            NAME,
            NAMES,
        ])
        .person("operator_id.open_id")
        .columns("users operator_id name chat_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat-member-user/events/withdrawn");

const CHAT_UPDATED_V1: Event = event_type("im.chat.updated_v1", "群配置修改", "chat settings changed")
    .fields(&[
        CHAT_ID,
        OPERATOR,
        EXTERNAL,
        OPERATOR_TENANT,
        object("after_change", "变更后", "new", SETTINGS),
        object("before_change", "变更前", "old", SETTINGS),
        object("moderator_list", "可发言名单变更", "posting changes", MODERATOR_LIST),
    ])
    .person("operator_id.open_id")
    .columns("operator_id before_change.name after_change.name after_change.owner_id moderator_list chat_id")
    .change("before_change", "after_change")
    .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/chat/events/updated");

const MESSAGE_MESSAGE_READ_V1: Event = event_type("im.message.message_read_v1", "消息已读", "message read")
    .fields(&[
        object("reader", "阅读者", "reader", READER),
        texts("message_id_list", "消息 ID 列表", "messages"),
    ])
    .happened("reader.read_time")
    .person("reader.reader_id.open_id")
    .columns("reader.reader_id message_id_list")
    .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/message_read");

const MESSAGE_REACTION_CREATED_V1: Event =
    event_type("im.message.reaction.created_v1", "新增消息表情回复", "reaction added")
        .fields(&[
            text("message_id", "消息 ID", "message").required(),
            object("reaction_type", "表情资源", "reaction", REACTION_TYPE),
            words("operator_type", "操作人类型", "operator type", OPERATOR_TYPE).conditional(),
            user("user_id", "用户", "user"),
            text("app_id", "操作应用", "reacting app"),
            millis("action_time", "添加时间", "added"),
        ])
        .happened("action_time")
        .person("user_id.open_id")
        .columns("user_id reaction_type.emoji_type operator_type app_id message_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/events/created");

const MESSAGE_REACTION_DELETED_V1: Event =
    event_type("im.message.reaction.deleted_v1", "删除消息表情回复", "reaction removed")
        .fields(&[
            text("message_id", "消息 ID", "message").required(),
            object("reaction_type", "表情资源", "reaction", REACTION_TYPE),
            words("operator_type", "操作人类型", "operator type", OPERATOR_TYPE).conditional(),
            user("user_id", "用户", "user"),
            text("app_id", "操作应用", "reacting app"),
            millis("action_time", "删除时间", "removed"),
        ])
        .happened("action_time")
        .person("user_id.open_id")
        .columns("user_id reaction_type.emoji_type operator_type app_id message_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-reaction/events/deleted");

const MESSAGE_RECALLED_V1: Event = event_type("im.message.recalled_v1", "撤回消息", "message recalled")
    .fields(&[
        text("message_id", "消息 ID", "message").required(),
        text("chat_id", "群组 ID", "chat"),
        millis("recall_time", "撤回时间", "recalled"),
        words("recall_type", "撤回类型", "recalled by", RECALL_TYPE),
    ])
    .happened("recall_time")
    .columns("recall_type chat_id message_id")
    .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/recalled");

const MESSAGE_RECEIVE_V1: Event = event_type("im.message.receive_v1", "接收消息", "message received")
    .fields(&[object("sender", "发送者", "sender", SENDER), object("message", "消息", "message", MESSAGE)])
    .happened("message.create_time")
    .record("message.message_id")
    .person("sender.sender_id.open_id")
    .columns(
        "sender.sender_id message.message_type message.content message.chat_type message.chat_id \
        message.message_id",
    )
    .page("uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive");

const P2P_CHAT_CREATE: Event = event_type("p2p_chat_create", "机器人会话首次创建", "bot chat first created")
    .fields(&[
        APP_ID,
        text("chat_id", "会话 ID", "chat"),
        object("operator", "操作人", "operator", P2P_CHAT_OPERATOR).personal().line("操作人", "operator"),
        TENANT_KEY,
        TYPE,
        object("user", "用户", "user", P2P_CHAT_USER).line("用户", "user"),
    ])
    .v1()
    .person("user.open_id")
    .columns("user operator chat_id")
    .page("ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/bot-events");
