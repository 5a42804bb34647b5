//! What only the official SDKs know of meetings: what bots and participants are told.

use crate::catalog::entry::{Event, Field, Kind, event_type};
use crate::catalog::words::{choices, flag, integer, list, object, text, texts, user, users};

use super::{
    AT_END, AT_START, DURING, LEAVE_REASON, MEETING_BOUNDS, MEETING_ID, MEETING_NO, OPERATOR, SECURITY,
    SOURCE, SUB_TYPE, TOPIC, USER_ROLE, USER_TYPE, WEBINAR,
};

/// Who subscribed to such events.
const SUBSCRIBERS: Field = users("subscriber_ids", "订阅者", "subscribers");

/// 参会人
const ATTENDEE: &[Field] = &[
    text("id", "用户 ID", "user ID").personal(),
    text("user_name", "用户名", "user name").personal(),
    choices("user_role", "会中角色", "role", USER_ROLE).open(),
    choices("user_type", "用户类型", "user type", USER_TYPE).open(),
];

/// 会议. The unit of its times is not known, nor is it in the other items of an activity.
const BOT_MEETING: &[Field] = &[
    MEETING_ID,
    TOPIC,
    MEETING_NO,
    text("start_time", "会议开始", "started").also(&Kind::Integer),
    text("end_time", "会议结束", "ended").also(&Kind::Integer),
    object("host_user", "主持人", "host", ATTENDEE),
];

/// 入会
const PARTICIPANT_JOINED: &[Field] = &[
    object("participant", "参会人", "participant", ATTENDEE),
    text("join_time", "入会时间", "joined").also(&Kind::Integer),
];

/// 离会
const PARTICIPANT_LEFT: &[Field] = &[
    object("participant", "参会人", "participant", ATTENDEE),
    text("leave_time", "离会时间", "left").also(&Kind::Integer),
    choices("leave_reason", "离会原因", "leave reason", LEAVE_REASON).open(),
];

/// 会中消息
const CHAT_RECEIVED: &[Field] = &[
    object("operator", "发送者", "sender", ATTENDEE),
    text("message_id", "消息 ID", "message"),
    integer("message_type", "消息类型", "message type"),
    text("content", "消息内容", "content").personal(),
    text("send_time", "发送时间", "sent").also(&Kind::Integer),
];

/// 转写. From when its times count is not known.
const TRANSCRIPT: &[Field] = &[
    object("speaker", "发言人", "speaker", ATTENDEE),
    text("text", "发言内容", "text").personal(),
    text("language", "语言", "language"),
    text("sentence_id", "句子 ID", "sentence"),
    text("start_time_ms", "开始毫秒", "starts in ms").also(&Kind::Integer),
    text("end_time_ms", "结束毫秒", "ends in ms").also(&Kind::Integer),
];

/// 共享文档
const SHARE_DOC: &[Field] =
    &[text("title", "文档标题", "document title").personal(), text("url", "文档链接", "document")];

/// 妙享开始
const MAGIC_SHARE_STARTED: &[Field] = &[
    object("operator", "操作人", "operator", ATTENDEE),
    text("share_id", "共享 ID", "share"),
    object("share_doc", "共享文档", "shared document", SHARE_DOC),
    text("time", "时间", "time").also(&Kind::Integer),
];

/// 妙享结束
const MAGIC_SHARE_ENDED: &[Field] = &[
    object("operator", "操作人", "operator", ATTENDEE),
    text("share_id", "共享 ID", "share"),
    text("time", "时间", "time").also(&Kind::Integer),
];

/// 评论焦点
const COMMENT_FOCUS: &[Field] =
    &[text("comment_id", "评论 ID", "comment"), flag("focused", "聚焦", "focused")];

/// 元素预览
const ELEMENT_PREVIEW: &[Field] = &[
    text("action", "操作", "action"),
    text("block_id", "块 ID", "block"),
    text("element_token", "元素标识", "element token"),
    text("element_type", "元素类型", "element type"),
];

/// 章节位置
const SECTION_LOCATION: &[Field] = &[
    text("title", "章节标题", "section title").personal(),
    integer("level", "章节层级", "section level"),
    texts("parent_titles", "上级标题", "parent titles").personal(),
];

/// 文档上下文变更
const DOCUMENT_CONTEXT_CHANGED: &[Field] = &[
    object("operator", "操作人", "operator", ATTENDEE),
    text("share_id", "共享 ID", "share"),
    object("share_doc", "共享文档", "shared document", SHARE_DOC),
    object("section_location", "章节位置", "section", SECTION_LOCATION),
    object("comment_focus", "评论焦点", "comment focus", COMMENT_FOCUS),
    object("element_preview", "元素预览", "element preview", ELEMENT_PREVIEW),
    text("time", "时间", "time").also(&Kind::Integer),
];

/// 会议动态
const MEETING_ACTIVITY: &[Field] = &[
    text("activity_event_type", "动态类型", "activity"),
    object("meeting", "会议", "meeting", BOT_MEETING),
    list("participant_joined_items", "入会", "joined", &Kind::Object(PARTICIPANT_JOINED)),
    list("participant_left_items", "离会", "left", &Kind::Object(PARTICIPANT_LEFT)),
    list("chat_received_items", "会中消息", "messages", &Kind::Object(CHAT_RECEIVED)),
    list("transcript_received_items", "转写", "transcript", &Kind::Object(TRANSCRIPT)),
    list("magic_share_started_items", "妙享开始", "sharing started", &Kind::Object(MAGIC_SHARE_STARTED)),
    list("magic_share_ended_items", "妙享结束", "sharing ended", &Kind::Object(MAGIC_SHARE_ENDED)),
    list(
        "document_context_changed_items",
        "文档上下文变更",
        "document context",
        &Kind::Object(DOCUMENT_CONTEXT_CHANGED),
    ),
];

/// 审核结果
const REVIEW_RESULT: &[Field] =
    &[text("file_token", "文件 Token", "file token"), integer("result", "审核结果", "review result")];

/// 会议
const MEETING_IM_MEETING: &[Field] = &[MEETING_ID, SOURCE, SUB_TYPE, SECURITY, WEBINAR];

/// 发送者
const MEETING_IM_SENDER: &[Field] = &[
    user("id", "用户", "user").line("发送者", "sender"),
    choices("user_type", "用户类型", "user type", USER_TYPE),
];

/// 妙记来源
const MINUTE_SOURCE: &[Field] =
    &[text("source_type", "来源类型", "source type"), text("source_entity_id", "来源 ID", "source ID")];

pub(super) const BOT_MEETING_ACTIVITY_V1: Event =
    event_type("vc.bot.meeting_activity_v1", "机器人会议动态", "bot meeting activity")
        .fields(&[list("meeting_activity_items", "会议动态", "activities", &Kind::Object(MEETING_ACTIVITY))])
        .columns("meeting_activity_items")
        .sdk_only();

pub(super) const BOT_MEETING_ENDED_V1: Event =
    event_type("vc.bot.meeting_ended_v1", "机器人会议结束", "bot meeting ended")
        .fields(&[object("meeting", "会议", "meeting", BOT_MEETING)])
        .columns("meeting.host_user.user_name meeting.topic meeting.meeting_no meeting.id")
        .sdk_only();

pub(super) const BOT_MEETING_INVITED_V1: Event =
    event_type("vc.bot.meeting_invited_v1", "机器人被邀请入会", "bot invited to meeting")
        .fields(&[
            object("meeting", "会议", "meeting", BOT_MEETING),
            object("inviter", "邀请人", "inviter", ATTENDEE),
            object("bot", "机器人", "bot", ATTENDEE),
            text("invite_time", "邀请时间", "invited").also(&Kind::Integer),
            text("call_id", "呼叫 ID", "call"),
        ])
        .columns("inviter.user_name bot.user_name meeting.topic meeting.meeting_no call_id")
        .sdk_only();

pub(super) const BOT_MEETING_STARTED_V1: Event =
    event_type("vc.bot.meeting_started_v1", "机器人会议开始", "bot meeting started")
        .fields(&[object("meeting", "会议", "meeting", BOT_MEETING)])
        .columns("meeting.host_user.user_name meeting.topic meeting.meeting_no meeting.id")
        .sdk_only();

pub(super) const MATERIAL_REVIEW_RESULT_V1: Event =
    event_type("vc.material.review_result_v1", "会议素材审核结果", "meeting material reviewed")
        .fields(&[
            user("user_id", "用户", "user"),
            list("results", "审核结果", "review results", &Kind::Object(REVIEW_RESULT)),
        ])
        .person("user_id.open_id")
        .columns("user_id results")
        .sdk_only();

pub(super) const MEETING_PARTICIPANT_MEETING_ENDED_V1: Event =
    event_type("vc.meeting.participant_meeting_ended_v1", "参会的会议结束", "attended meeting ended")
        .fields(&[object("meeting", "会议", "meeting", MEETING_BOUNDS), OPERATOR, SUBSCRIBERS])
        .happened("meeting.end_time")
        .person("meeting.host_user.id.open_id")
        .columns(AT_END)
        .sdk_only();

pub(super) const MEETING_PARTICIPANT_MEETING_JOINED_V1: Event =
    event_type("vc.meeting.participant_meeting_joined_v1", "参会人加入会议", "participant joined meeting")
        .fields(&[object("meeting", "会议", "meeting", MEETING_BOUNDS), OPERATOR, SUBSCRIBERS])
        .person("operator.id.open_id")
        .columns(DURING)
        .sdk_only();

pub(super) const MEETING_PARTICIPANT_MEETING_STARTED_V1: Event =
    event_type("vc.meeting.participant_meeting_started_v1", "参会的会议开始", "attended meeting started")
        .fields(&[object("meeting", "会议", "meeting", MEETING_BOUNDS), OPERATOR, SUBSCRIBERS])
        .happened("meeting.start_time")
        .person("meeting.host_user.id.open_id")
        .columns(AT_START)
        .sdk_only();

pub(super) const MEETING_SEND_MEETING_IM_V1: Event =
    event_type("vc.meeting.send_meeting_im_v1", "发送会中消息", "message sent in meeting")
        .fields(&[
            object("meeting", "会议", "meeting", MEETING_IM_MEETING),
            object("operator", "发送者", "sender", MEETING_IM_SENDER),
            text("content", "消息内容", "content").personal(),
        ])
        .person("operator.id.open_id")
        .columns("operator.id content meeting.meeting_source meeting.id")
        .sdk_only();

pub(super) const NOTE_GENERATED_V1: Event =
    event_type("vc.note.generated_v1", "会议纪要生成", "meeting note generated")
        .fields(&[text("note_id", "纪要 ID", "note"), SUBSCRIBERS])
        .columns("note_id subscriber_ids")
        .sdk_only();

pub(super) const RECORDING_RECORDING_ENDED_V1: Event =
    event_type("vc.recording.recording_ended_v1", "录制结束（用户）", "recording ended, user")
        .fields(&[
            text("source", "录制来源", "recording source"),
            text("unique_key", "录制标识", "recording"),
            SUBSCRIBERS,
        ])
        .columns("source unique_key subscriber_ids")
        .sdk_only();

pub(super) const RECORDING_RECORDING_STARTED_V1: Event =
    event_type("vc.recording.recording_started_v1", "录制开始（用户）", "recording started, user")
        .fields(&[
            text("source", "录制来源", "recording source"),
            text("unique_key", "录制标识", "recording"),
            SUBSCRIBERS,
        ])
        .columns("source unique_key subscriber_ids")
        .sdk_only();

pub(super) const RECORDING_RECORDING_TRANSCRIPT_GENERATED_V1: Event =
    event_type("vc.recording.recording_transcript_generated_v1", "录制转写生成", "transcript generated")
        .fields(&[
            text("source", "录制来源", "recording source"),
            text("unique_key", "录制标识", "recording"),
            list("transcript_items", "转写", "transcript", &Kind::Object(TRANSCRIPT)),
            SUBSCRIBERS,
        ])
        .columns("source transcript_items unique_key")
        .sdk_only();

pub(super) const MINUTES_MINUTE_GENERATED_V1: Event =
    event_type("minutes.minute.generated_v1", "妙记生成", "minutes generated")
        .fields(&[
            text("minute_token", "妙记 Token", "minutes token"),
            object("minute_source", "妙记来源", "minutes source", MINUTE_SOURCE),
            SUBSCRIBERS,
        ])
        .columns("minute_source.source_type minute_source.source_entity_id minute_token")
        .sdk_only();
