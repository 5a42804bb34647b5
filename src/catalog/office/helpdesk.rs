//! 服务台 / Help desk.

use super::super::entry::{Choice, Event, Field, Kind, TimeSpan, Wire, Word, event_type};
use super::super::words::{
    choice, choices, duration, flag, integer, list, millis_int, object, text, texts, url, user, word, words,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] =
    &[&NOTIFICATION_APPROVE_V1, &TICKET_CREATED_V1, &TICKET_UPDATED_V1, &TICKET_MESSAGE_CREATED_V1];

/// 工单阶段
const STAGE: &[Choice] = &[choice(1, "机器人", "bot"), choice(2, "人工", "agent")];

/// 工单状态
const STATUS: &[Choice] = &[
    choice(1, "已创建", "created"),
    choice(2, "处理中", "in progress"),
    choice(3, "排队中", "queueing"),
    choice(4, "待定", "pending"),
    choice(5, "待用户响应", "waiting for user"),
    choice(50, "被机器人关闭", "closed by bot"),
    choice(51, "被客服关闭", "closed by agent"),
    choice(52, "用户自己关闭", "closed by user"),
];

/// 工单评分
const SCORE: &[Choice] =
    &[choice(1, "不满意", "dissatisfied"), choice(2, "一般", "neutral"), choice(3, "满意", "satisfied")];

/// 工单渠道
const CHANNEL: &[Choice] = &[
    choice(2, "二维码", "QR code"),
    choice(9, "Open API", "open API"),
    choice(13, "搜索", "search"),
    choice(14, "分享", "shared"),
];

/// 是否解决
const SOLVE: &[Choice] = &[choice(1, "未解决", "not solved"), choice(2, "已解决", "solved")];

/// 审核状态
const APPROVE_STATUS: &[Word] = &[
    word("REJECTED", "审核不通过", "rejected"),
    word("APPROVED", "审核通过", "approved"),
    word("CANCELED", "取消审核", "cancelled"),
    word("DELETED", "删除审核", "deleted"),
];

/// 消息类型
const MSG_TYPE: &[Word] = &[word("text", "文本", "text")];

/// 发送者类型
const SENDER_TYPE: &[Choice] =
    &[choice(1, "机器人", "bot"), choice(2, "用户", "guest"), choice(3, "客服", "agent")];

/// 内容类型
const CONTENT_TYPE: &[Word] =
    &[word("text", "纯文本", "text"), word("post", "富文本", "rich text"), word("image", "图片", "image")];

/// 自定义字段
const CUSTOMIZED_FIELD: &[Field] = &[
    text("id", "字段 ID", "field ID"),
    text("value", "字段值", "field value").personal(),
    text("key_name", "键名", "key"),
    text("display_name", "展示名称", "display name"),
    integer("position", "展示位置", "position"),
    flag("required", "必填", "required"),
    flag("editable", "可修改", "editable"),
];

/// 提问用户
const GUEST: &[Field] = &[
    user("id", "用户", "user").line("提问用户", "guest"),
    text("name", "提问用户名", "guest name").personal(),
];

/// 工单
const TICKET: &[Field] = &[
    text("ticket_id", "工单 ID", "ticket").required(),
    text("helpdesk_id", "服务台 ID", "help desk"),
    object("guest", "提问用户", "guest", GUEST),
    choices("stage", "工单阶段", "ticket stage", STAGE),
    choices("status", "工单状态", "ticket status", STATUS),
    choices("score", "工单评分", "score", SCORE),
    millis_int("created_at", "创建时间", "created"),
    millis_int("updated_at", "更新时间", "updated").note("-1 表示没有", "-1 stands for none"),
    millis_int("closed_at", "关单时间", "closed"),
    choices("channel", "工单渠道", "channel", CHANNEL).open(),
    choices("solve", "是否解决", "solved", SOLVE),
    list("customized_fields", "自定义字段", "custom fields", &Kind::Object(CUSTOMIZED_FIELD)).undelivered(),
    text("chat_id", "会话 ID", "chat"),
];

/// 变更前的工单: the documentation lists no values here, those of the ticket are meant
const OLD_TICKET: &[Field] = &[
    choices("stage", "工单阶段", "ticket stage", STAGE).open(),
    choices("status", "工单状态", "ticket status", STATUS).open(),
    millis_int("updated_at", "上次更新时间", "updated before").note("-1 表示没有", "-1 stands for none"),
];

/// 备注
const COMMENTS: &[Field] = &[
    text("content", "备注内容", "comment").personal(),
    millis_int("created_at", "备注时间", "commented"),
    integer("id", "备注 ID", "comment ID"),
    url("user_avatar_url", "备注人头像", "commenter avatar").personal(),
    text("user_name", "备注人姓名", "commenter name").personal(),
    integer("user_id", "备注人", "commenter").personal(),
];

/// 不满意原因
const DISSATISFACTION_REASON: &[Field] = &[
    text("zh_cn", "中文描述", "Chinese"),
    text("en_us", "英文描述", "English"),
    text("ja_jp", "日文描述", "Japanese"),
];

/// 主责客服
const AGENT_OWNER: &[Field] = &[
    text("id", "客服 ID", "agent ID").personal(),
    url("avatar_url", "客服头像", "agent avatar").personal(),
    text("name", "客服姓名", "agent name").personal(),
    text("email", "客服邮箱", "agent email").personal(),
    text("department", "客服部门", "agent department"),
    text("city", "城市", "city").personal().line("客服所在地", "agent location"),
    text("country", "国家或地区", "country").personal().line("客服所在地", "agent location"),
];

/// 工单, as its messages have it
const TICKET_OF_MESSAGE: &[Field] = &[
    text("ticket_id", "工单 ID", "ticket"),
    object("comments", "备注", "comments", COMMENTS),
    choices("ticket_type", "工单阶段", "ticket stage", STAGE),
    choices("status", "工单状态", "ticket status", STATUS),
    object("dissatisfaction_reason", "不满意原因", "dissatisfaction", DISSATISFACTION_REASON)
        .line("不满意原因", "dissatisfaction"),
    list("customized_fields", "自定义字段", "custom fields", &Kind::Object(CUSTOMIZED_FIELD)).conditional(),
    duration("agent_service_duration", "客服服务时长", "agent service time", TimeSpan::Minutes, Wire::Number),
    duration(
        "agent_first_response_duration",
        "首次回复间隔",
        "time to first response",
        TimeSpan::Seconds,
        Wire::Integer,
    ),
    duration("bot_service_duration", "机器人服务时长", "bot service time", TimeSpan::Seconds, Wire::Integer),
    duration(
        "agent_resolution_time",
        "客服解决时长",
        "agent resolution time",
        TimeSpan::Seconds,
        Wire::Integer,
    ),
    duration("actual_processing_time", "实际处理时长", "processing time", TimeSpan::Seconds, Wire::Integer),
    millis_int("agent_entry_time", "客服进入时间", "agent entered"),
    millis_int("agent_first_response_time", "首次回复时间", "agent first replied"),
    millis_int("agent_last_response_time", "最后回复时间", "agent last replied"),
    object("agent_owner", "主责客服", "agent in charge", AGENT_OWNER),
];

/// 消息内容
const CONTENT: &[Field] = &[
    text("content", "消息正文", "body").personal(),
    words("msg_type", "正文类型", "body type", CONTENT_TYPE),
    texts("image_keys", "图片 ID 列表", "image keys").personal(),
    text("image_key", "图片 ID", "image key").personal(),
];

const NOTIFICATION_APPROVE_V1: Event =
    event_type("helpdesk.notification.approve_v1", "推送审核通知", "notification reviewed")
        .fields(&[
            text("notification_id", "推送任务 ID", "notification"),
            text("helpdesk_id", "服务台 ID", "help desk"),
            words("approve_status", "审核状态", "approval status", APPROVE_STATUS),
        ])
        .columns("approve_status helpdesk_id notification_id")
        .page("uAjLw4CM/ukTMukTMukTM/helpdesk-v1/notification/events/approve");

const TICKET_CREATED_V1: Event = event_type("helpdesk.ticket.created_v1", "创建工单", "ticket created")
    .fields(TICKET)
    .happened("created_at")
    .record("ticket_id")
    .person("guest.id.open_id")
    .columns("guest.name guest.id channel stage status ticket_id")
    .page("uAjLw4CM/ukTMukTMukTM/helpdesk-v1/ticket/events/created");

const TICKET_UPDATED_V1: Event =
    event_type("helpdesk.ticket.updated_v1", "工单状态变更", "ticket status changed")
        .fields(&[
            object("object", "变更后", "new", TICKET),
            object("old_object", "变更前", "old", OLD_TICKET),
        ])
        .happened("object.updated_at")
        .person("object.guest.id.open_id")
        .columns(
            "object.guest.name old_object.status object.status object.stage object.score object.ticket_id",
        )
        .change("old_object", "object")
        .page("uAjLw4CM/ukTMukTMukTM/helpdesk-v1/ticket/events/updated");

const TICKET_MESSAGE_CREATED_V1: Event =
    event_type("helpdesk.ticket_message.created_v1", "工单消息", "ticket message")
        .fields(&[
            text("ticket_message_id", "工单消息 ID", "ticket message"),
            text("message_id", "消息 ID", "message").required(),
            words("msg_type", "消息类型", "message type", MSG_TYPE),
            text("position", "消息位置", "position"),
            user("sender_id", "发送者", "sender"),
            choices("sender_type", "发送者类型", "sender type", SENDER_TYPE),
            text("text", "消息文本", "text").personal(),
            object("ticket", "工单", "ticket", TICKET_OF_MESSAGE),
            text("event_id", "事件 ID", "event ID"),
            text("chat_id", "会话 ID", "chat"),
            object("content", "消息内容", "content", CONTENT),
        ])
        .record("ticket_message_id")
        .person("sender_id.open_id")
        .columns("sender_id sender_type text ticket.status ticket.ticket_id ticket_message_id")
        .page("uAjLw4CM/ukTMukTMukTM/helpdesk-v1/ticket_message/events/created");
