//! 卡片与链接预览回调 / Callbacks of cards and link previews.

use crate::time::Unit;

use super::super::entry::{Event, Field, Word, event_type};
use super::super::words::{any, flag, map, object, text, texts, url, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&ACTION_TRIGGER, &PREVIEW_GET];

/// 卡片分发类型
const DELIVERY_TYPE: &[Word] = &[word("url_preview", "链接预览卡片", "link preview")];

/// 展示场景
const HOST: &[Word] =
    &[word("im_message", "聊天消息", "chat message"), word("im_top_notice", "群置顶", "pinned in chat")];

/// 场景上下文
const CONTEXT: &[Field] = &[
    url("url", "链接地址", "URL"),
    text("preview_token", "预览凭证", "preview token").secret(),
    text("open_message_id", "消息 ID", "message"),
    text("open_chat_id", "会话 ID", "chat"),
];

/// 操作人
const OPERATOR: &[Field] = &[
    text("open_id", "Open ID", "open ID").personal().line("操作人", "operator"),
    text("union_id", "Union ID", "union ID").personal().line("操作人", "operator"),
    text("user_id", "User ID", "user ID").scoped().personal().line("操作人", "operator"),
    text("tenant_key", "租户 Key", "tenant key"),
];

/// 交互信息
const ACTION: &[Field] = &[
    any("value", "回传数据", "callback value")
        .note("文本或对象，由开发者决定", "text or object, as the developer chose"),
    text("tag", "组件标签", "component tag"),
    text("timezone", "用户时区", "user time zone").conditional().personal(),
    text("name", "组件标识", "component name").conditional(),
    map("form_value", "表单数据", "form values").conditional().personal().line("用户输入", "input").note(
        "键为开发者的组件名，值为文本或文本列表",
        "keys are the developer's component names; values are text or lists of text",
    ),
    text("input_value", "输入框内容", "text entered").conditional().personal().line("用户输入", "input"),
    text("option", "单选选项", "option").conditional().personal().line("用户输入", "input"),
    texts("options", "多选选项", "options").conditional().personal().line("用户输入", "input"),
    flag("checked", "勾选", "checked").conditional().line("用户输入", "input"),
];

/// 操作人, of link previews: without a union ID.
const GET_OPERATOR: &[Field] = &[
    text("open_id", "Open ID", "open ID").personal().line("操作人", "operator"),
    text("user_id", "User ID", "user ID").scoped().personal().line("操作人", "operator"),
    text("tenant_key", "租户 Key", "tenant key"),
];

const ACTION_TRIGGER: Event = event_type("card.action.trigger", "卡片回传交互", "card action")
    .fields(&[
        object("operator", "操作人", "operator", OPERATOR),
        text("token", "卡片更新凭证", "card update token").secret(),
        object("action", "交互信息", "action", ACTION),
        text("host", "展示场景", "host"),
        words("delivery_type", "卡片分发类型", "card delivery", DELIVERY_TYPE).conditional(),
        object("context", "场景上下文", "context", CONTEXT),
    ])
    .person("operator.open_id")
    .columns(
        "operator.open_id action.tag action.value action.form_value context.open_chat_id \
        context.open_message_id",
    )
    .created_in(Unit::Micros)
    .page("uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication");

const PREVIEW_GET: Event = event_type("url.preview.get", "拉取链接预览数据", "link preview requested")
    .fields(&[
        object("operator", "操作人", "operator", GET_OPERATOR),
        words("host", "展示场景", "host", HOST).open(),
        object("context", "场景上下文", "context", CONTEXT),
    ])
    .person("operator.open_id")
    .columns("operator.open_id context.url host context.open_chat_id context.open_message_id")
    .without(&["event_id"])
    .created_in(Unit::Micros)
    .page("uAjLw4CM/ukTMukTMukTM/event-subscription-guide/callback-subscription/callback-overview");
