//! 视频会议 / Video meetings.

use super::super::entry::{Choice, Event, Field, Kind, TimeSpan, Wire, event_type};
use super::super::words::{
    choice, choices, duration, flag, integer, list, object, seconds, text, texts, time_of_day, url, user,
    users,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &MEETING_ALL_MEETING_ENDED_V1,
    &MEETING_ALL_MEETING_STARTED_V1,
    &MEETING_JOIN_MEETING_V1,
    &MEETING_LEAVE_MEETING_V1,
    &MEETING_MEETING_ENDED_V1,
    &MEETING_MEETING_STARTED_V1,
    &MEETING_RECORDING_ENDED_V1,
    &MEETING_RECORDING_READY_V1,
    &MEETING_RECORDING_STARTED_V1,
    &MEETING_SHARE_ENDED_V1,
    &MEETING_SHARE_STARTED_V1,
    &RESERVE_CONFIG_UPDATED_V1,
    &ROOM_CREATED_V1,
    &ROOM_DELETED_V1,
    &ROOM_UPDATED_V1,
    &ROOM_LEVEL_CREATED_V1,
    &ROOM_LEVEL_DELETED_V1,
    &ROOM_LEVEL_UPDATED_V1,
    &BOT_MEETING_ACTIVITY_V1,
    &BOT_MEETING_ENDED_V1,
    &BOT_MEETING_INVITED_V1,
    &BOT_MEETING_STARTED_V1,
    &MATERIAL_REVIEW_RESULT_V1,
    &MEETING_PARTICIPANT_MEETING_ENDED_V1,
    &MEETING_PARTICIPANT_MEETING_JOINED_V1,
    &MEETING_PARTICIPANT_MEETING_STARTED_V1,
    &MEETING_SEND_MEETING_IM_V1,
    &NOTE_GENERATED_V1,
    &RECORDING_RECORDING_ENDED_V1,
    &RECORDING_RECORDING_STARTED_V1,
    &RECORDING_RECORDING_TRANSCRIPT_GENERATED_V1,
    &MINUTES_MINUTE_GENERATED_V1,
];

/// 会中角色
const USER_ROLE: &[Choice] = &[
    choice(1, "普通参会人", "participant"),
    choice(2, "主持人", "host"),
    choice(3, "联席主持人", "co-host"),
];

/// 用户类型
const USER_TYPE: &[Choice] = &[
    choice(1, "飞书用户", "Feishu user"),
    choice(2, "Rooms 用户", "Rooms"),
    choice(3, "文档用户", "docs user"),
    choice(4, "Neo 用户", "Neo user"),
    choice(5, "Neo 游客", "Neo guest"),
    choice(6, "电话用户", "telephone user"),
    choice(7, "SIP 用户", "SIP user"),
    choice(8, "ShareBox 用户", "ShareBox"),
    choice(9, "开放平台应用", "open platform app"),
];

/// 会议来源
const MEETING_SOURCE: &[Choice] = &[
    choice(1, "日程会议", "calendar meeting"),
    choice(2, "即时会议", "instant meeting"),
    choice(3, "面试会议", "interview"),
    choice(4, "开放平台会议", "open platform"),
    choice(100, "其他会议类型", "other"),
];

/// 会议子类型
const MEETING_SUB_TYPE: &[Choice] = &[
    choice(1, "会前投屏", "screen sharing"),
    choice(2, "有线共享", "cable sharing"),
    choice(3, "会前妙享", "document sharing"),
    choice(4, "企业办公电话", "office phone"),
    choice(5, "IP Phone", "IP phone"),
    choice(6, "网络研讨会", "webinar"),
];

/// 安全级别
const SECURITY_LEVEL: &[Choice] = &[
    choice(1, "所有人可加入", "everyone"),
    choice(2, "仅企业内用户", "company only"),
    choice(3, "仅指定联系人和群", "named people and chats"),
    choice(4, "仅主持人可参会", "host only, locked"),
];

/// 研讨会类型
const WEBINAR_TYPE: &[Choice] =
    &[choice(1, "普通网络研讨会", "ordinary webinar"), choice(2, "直播网络研讨会", "live webinar")];

/// 离会原因
const LEAVE_REASON: &[Choice] =
    &[choice(1, "主动离会", "left"), choice(2, "会议结束", "meeting ended"), choice(3, "被踢出", "removed")];

/// 范围类型
const SCOPE_TYPE: &[Choice] = &[choice(1, "层级", "level"), choice(2, "会议室", "room")];

/// 审批开关
const APPROVAL_SWITCH: &[Choice] = &[choice(0, "关闭", "off"), choice(1, "打开", "on")];

/// 审批条件
const APPROVAL_CONDITION: &[Choice] =
    &[choice(0, "全部需审批", "all bookings"), choice(1, "满足条件时", "on condition")];

/// 时间开关
const TIME_SWITCH: &[Choice] = &[choice(0, "关闭", "off"), choice(1, "开启", "on")];

/// 成员范围
const ALLOW_ALL_USERS: &[Choice] =
    &[choice(0, "部分成员", "some members"), choice(1, "全部成员", "all members")];

/// 主持人
const HOST_USER: &[Field] = &[
    user("id", "用户 ID", "user ID"),
    choices("user_role", "会中角色", "role", USER_ROLE),
    choices("user_type", "用户类型", "user type", USER_TYPE),
];

/// 安全设置
const SECURITY_SETTING: &[Field] = &[
    choices("security_level", "安全级别", "security level", SECURITY_LEVEL),
    texts("group_ids", "允许群组", "allowed chats"),
    users("user_ids", "允许用户", "allowed users"),
    texts("room_ids", "允许会议室", "allowed rooms"),
    flag("has_set_security_contacts_and_group", "仅指定人可参会", "restricted to named"),
];

/// 研讨会设置
const WEBINAR_SETTING: &[Field] = &[choices("webinar_type", "研讨会类型", "webinar type", WEBINAR_TYPE)];

/// 会议
const MEETING: &[Field] = &[
    text("id", "会议 ID", "meeting ID"),
    text("topic", "会议主题", "topic").personal(),
    text("meeting_no", "会议号", "meeting number").note("9 位数字", "9 digits"),
    choices("meeting_source", "会议来源", "meeting source", MEETING_SOURCE),
    seconds("start_time", "会议开始", "started"),
    seconds("end_time", "会议结束", "ended"),
    object("host_user", "主持人", "host", HOST_USER),
    object("owner", "会议拥有者", "owner", HOST_USER),
    choices("meeting_sub_type", "会议子类型", "meeting sub-type", MEETING_SUB_TYPE),
    object("security_setting", "安全设置", "security", SECURITY_SETTING),
    object("webinar_setting", "研讨会设置", "webinar", WEBINAR_SETTING),
];

/// 会议
const ALL_MEETING_ENDED_MEETING: &[Field] = &[
    text("id", "会议 ID", "meeting ID"),
    text("topic", "会议主题", "topic").personal(),
    text("meeting_no", "会议号", "meeting number").note("9 位数字", "9 digits"),
    choices("meeting_source", "会议来源", "meeting source", MEETING_SOURCE),
    seconds("start_time", "会议开始", "started"),
    seconds("end_time", "会议结束", "ended"),
    object("host_user", "主持人", "host", HOST_USER),
    object("owner", "会议拥有者", "owner", HOST_USER),
    text("calendar_event_id", "日程 ID", "calendar event"),
    choices("meeting_sub_type", "会议子类型", "meeting sub-type", MEETING_SUB_TYPE),
    object("security_setting", "安全设置", "security", SECURITY_SETTING),
    object("webinar_setting", "研讨会设置", "webinar", WEBINAR_SETTING),
];

/// 审批人
const APPROVER: &[Field] = &[user("user_id", "用户", "user")];

/// 会议室状态
const ROOM_STATUS: &[Field] = &[
    flag("status", "已启用", "enabled"),
    flag("schedule_status", "未来状态", "future status"),
    seconds("disable_start_time", "禁用开始时间", "disabled from"),
    seconds("disable_end_time", "禁用结束时间", "disabled until").note("0 表示永久", "0 stands for ever"),
    text("disable_reason", "禁用原因", "reason"),
    users("contact_ids", "联系人", "contacts"),
    flag("disable_notice", "禁用时通知", "notice when disabled"),
    flag("resume_notice", "恢复时通知", "notice when enabled"),
];

/// 设施
const DEVICE: &[Field] = &[text("name", "设施名称", "facility name")];

/// 会议室
const ROOM: &[Field] = &[
    text("room_id", "会议室 ID", "room ID"),
    text("name", "会议室名称", "room name"),
    integer("capacity", "容纳人数", "capacity"),
    text("description", "会议室描述", "description"),
    text("display_id", "展示 ID", "display ID"),
    text("custom_room_id", "自定义会议室 ID", "custom room ID"),
    text("room_level_id", "层级 ID", "room level"),
    texts("path", "层级路径", "level path"),
    object("room_status", "会议室状态", "room status", ROOM_STATUS),
    list("device", "设施", "facilities", &Kind::Object(DEVICE)),
];

/// 层级
const ROOM_LEVEL: &[Field] = &[
    text("room_level_id", "层级 ID", "room level"),
    text("name", "层级名称", "level name"),
    text("parent_id", "父层级 ID", "parent level"),
    texts("path", "层级路径", "level path"),
    flag("has_child", "有子层级", "has children"),
    text("custom_group_id", "自定义层级 ID", "custom level ID"),
];

/// 会议拥有者
const OWNER: &[Field] = &[user("id", "用户 ID", "user ID")];

/// 会议
const RECORDING_READY_MEETING: &[Field] = &[
    text("id", "会议 ID", "meeting ID"),
    text("topic", "会议主题", "topic").personal(),
    text("meeting_no", "会议号", "meeting number").note("9 位数字", "9 digits"),
    choices("meeting_source", "会议来源", "meeting source", MEETING_SOURCE),
    object("owner", "会议拥有者", "owner", OWNER),
    choices("meeting_sub_type", "会议子类型", "meeting sub-type", MEETING_SUB_TYPE),
    object("security_setting", "安全设置", "security", SECURITY_SETTING),
    object("webinar_setting", "研讨会设置", "webinar", WEBINAR_SETTING),
];

/// 审批设置
const APPROVE_CONFIG: &[Field] = &[
    choices("approval_switch", "审批开关", "approval", APPROVAL_SWITCH),
    choices("approval_condition", "审批条件", "approval condition", APPROVAL_CONDITION),
    duration("meeting_duration", "审批时长阈值", "approval threshold", TimeSpan::Hours, Wire::Number),
    list("approvers", "审批人", "approvers", &Kind::Object(APPROVER)),
];

/// 时间设置
const TIME_CONFIG: &[Field] = &[
    choices("time_switch", "时间开关", "time limits", TIME_SWITCH),
    duration("days_in_advance", "可提前天数", "days in advance", TimeSpan::Days, Wire::Integer),
    time_of_day("opening_hour", "开放时刻", "opens at"),
    time_of_day("start_time", "每日开始时刻", "day starts"),
    time_of_day("end_time", "每日结束时刻", "day ends"),
    duration("max_duration", "时长上限", "longest booking", TimeSpan::Hours, Wire::Integer),
    flag("if_cover_child_scope", "覆盖子层级", "child levels too").sdk_only(),
];

/// 可预定部门
const ALLOW_DEPT: &[Field] = &[
    text("department_id", "部门 ID", "department ID"),
    text("department_name", "部门名称", "department name").sdk_only(),
];

/// 预定范围设置
const RESERVE_SCOPE_CONFIG: &[Field] = &[
    choices("allow_all_users", "成员范围", "everyone", ALLOW_ALL_USERS),
    list("allow_users", "可预定成员", "allowed users", &Kind::Object(APPROVER)),
    list("allow_depts", "可预定部门", "allowed departments", &Kind::Object(ALLOW_DEPT)),
];

/// 会议室
const DELETED_ROOM: &[Field] = &[text("room_id", "会议室 ID", "room ID")];

const MEETING_ALL_MEETING_ENDED_V1: Event =
    event_type("vc.meeting.all_meeting_ended_v1", "企业会议结束", "company meeting ended")
        .fields(&[
            object("meeting", "会议", "meeting", ALL_MEETING_ENDED_MEETING),
            object("operator", "操作人", "operator", HOST_USER),
        ])
        .happened("meeting.end_time")
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/all_meeting_ended");

const MEETING_ALL_MEETING_STARTED_V1: Event =
    event_type("vc.meeting.all_meeting_started_v1", "企业会议开始", "company meeting started")
        .fields(&[
            object("meeting", "会议", "meeting", ALL_MEETING_ENDED_MEETING),
            object("operator", "操作人", "operator", HOST_USER),
        ])
        .happened("meeting.start_time")
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/all_meeting_started");

const MEETING_JOIN_MEETING_V1: Event = event_type("vc.meeting.join_meeting_v1", "加入会议", "meeting joined")
    .fields(&[
        object("meeting", "会议", "meeting", MEETING),
        object("operator", "操作人", "operator", HOST_USER),
    ])
    .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/join_meeting");

const MEETING_LEAVE_MEETING_V1: Event = event_type("vc.meeting.leave_meeting_v1", "离开会议", "meeting left")
    .fields(&[
        object("meeting", "会议", "meeting", MEETING),
        object("operator", "操作人", "operator", HOST_USER),
        choices("leave_reason", "离会原因", "leave reason", LEAVE_REASON),
        object("leave_user", "离会人", "who left", HOST_USER),
    ])
    .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/leave_meeting");

const MEETING_MEETING_ENDED_V1: Event =
    event_type("vc.meeting.meeting_ended_v1", "会议结束", "meeting ended")
        .fields(&[
            object("meeting", "会议", "meeting", ALL_MEETING_ENDED_MEETING),
            object("operator", "操作人", "operator", HOST_USER),
        ])
        .happened("meeting.end_time")
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/meeting_ended");

const MEETING_MEETING_STARTED_V1: Event =
    event_type("vc.meeting.meeting_started_v1", "会议开始", "meeting started")
        .fields(&[
            object("meeting", "会议", "meeting", ALL_MEETING_ENDED_MEETING),
            object("operator", "操作人", "operator", HOST_USER),
        ])
        .happened("meeting.start_time")
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/meeting_started");

const MEETING_RECORDING_ENDED_V1: Event =
    event_type("vc.meeting.recording_ended_v1", "停止录制", "recording stopped")
        .fields(&[
            object("meeting", "会议", "meeting", MEETING),
            object("operator", "操作人", "operator", HOST_USER),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/recording_ended");

const MEETING_RECORDING_READY_V1: Event =
    event_type("vc.meeting.recording_ready_v1", "录制完成", "recording ready")
        .fields(&[
            object("meeting", "会议", "meeting", RECORDING_READY_MEETING),
            url("url", "录制链接", "recording"),
            duration("duration", "录制时长", "length", TimeSpan::Millis, Wire::Text),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/recording_ready");

const MEETING_RECORDING_STARTED_V1: Event =
    event_type("vc.meeting.recording_started_v1", "开始录制", "recording started")
        .fields(&[
            object("meeting", "会议", "meeting", MEETING),
            object("operator", "操作人", "operator", HOST_USER),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/recording_started");

const MEETING_SHARE_ENDED_V1: Event =
    event_type("vc.meeting.share_ended_v1", "结束屏幕共享", "screen sharing ended")
        .fields(&[
            object("meeting", "会议", "meeting", MEETING),
            object("operator", "操作人", "operator", HOST_USER),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/share_ended");

const MEETING_SHARE_STARTED_V1: Event =
    event_type("vc.meeting.share_started_v1", "开始屏幕共享", "screen sharing started")
        .fields(&[
            object("meeting", "会议", "meeting", MEETING),
            object("operator", "操作人", "operator", HOST_USER),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/share_started");

const RESERVE_CONFIG_UPDATED_V1: Event =
    event_type("vc.reserve_config.updated_v1", "更新会议室预定限制", "room booking limits changed")
        .fields(&[
            text("scope_id", "会议室或层级 ID", "scope"),
            choices("scope_type", "范围类型", "scope type", SCOPE_TYPE),
            object("approve_config", "审批设置", "approval settings", APPROVE_CONFIG),
            object("time_config", "时间设置", "time settings", TIME_CONFIG),
            object("reserve_scope_config", "预定范围设置", "who may book", RESERVE_SCOPE_CONFIG),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config/events/updated");

const ROOM_CREATED_V1: Event = event_type("vc.room.created_v1", "创建会议室", "room created")
    .fields(&[object("room", "会议室", "room", ROOM)])
    .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/events/created");

const ROOM_DELETED_V1: Event = event_type("vc.room.deleted_v1", "删除会议室", "room deleted")
    .fields(&[object("room", "会议室", "room", DELETED_ROOM)])
    .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/events/deleted");

const ROOM_UPDATED_V1: Event = event_type("vc.room.updated_v1", "更新会议室", "room changed")
    .fields(&[object("room", "会议室", "room", ROOM)])
    .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/events/updated");

const ROOM_LEVEL_CREATED_V1: Event =
    event_type("vc.room_level.created_v1", "创建会议室层级", "room level created")
        .fields(&[object("room_level", "层级", "room level", ROOM_LEVEL)])
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/events/created");

const ROOM_LEVEL_DELETED_V1: Event =
    event_type("vc.room_level.deleted_v1", "删除会议室层级", "room level deleted")
        .fields(&[
            text("room_level_id", "层级 ID", "room level"),
            flag("delete_child", "删除子层级", "children deleted"),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/events/deleted");

const ROOM_LEVEL_UPDATED_V1: Event =
    event_type("vc.room_level.updated_v1", "更新会议室层级", "room level changed")
        .fields(&[object("room_level", "层级", "room level", ROOM_LEVEL)])
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/events/updated");

/// 参会人
const ATTENDEE: &[Field] = &[
    text("id", "用户 ID", "user ID").personal(),
    text("user_name", "用户名", "user name").personal(),
    choices("user_role", "会中角色", "role", USER_ROLE).open(),
    choices("user_type", "用户类型", "user type", USER_TYPE).open(),
];

/// 会议. The unit of its times is not known, nor is it in the other items of an activity.
const BOT_MEETING: &[Field] = &[
    text("id", "会议 ID", "meeting ID"),
    text("topic", "会议主题", "topic").personal(),
    text("meeting_no", "会议号", "meeting number"),
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
const MEETING_IM_MEETING: &[Field] = &[
    text("id", "会议 ID", "meeting ID"),
    choices("meeting_source", "会议来源", "meeting source", MEETING_SOURCE),
    choices("meeting_sub_type", "会议子类型", "meeting sub-type", MEETING_SUB_TYPE),
    object("security_setting", "安全设置", "security", SECURITY_SETTING),
    object("webinar_setting", "研讨会设置", "webinar", WEBINAR_SETTING),
];

/// 发送者
const MEETING_IM_SENDER: &[Field] =
    &[user("id", "用户 ID", "user ID"), choices("user_type", "用户类型", "user type", USER_TYPE)];

/// 妙记来源
const MINUTE_SOURCE: &[Field] =
    &[text("source_type", "来源类型", "source type"), text("source_entity_id", "来源 ID", "source ID")];

const BOT_MEETING_ACTIVITY_V1: Event =
    event_type("vc.bot.meeting_activity_v1", "机器人会议动态", "bot meeting activity")
        .fields(&[list("meeting_activity_items", "会议动态", "activities", &Kind::Object(MEETING_ACTIVITY))])
        .columns(&["meeting_activity_items"])
        .sdk_only();

const BOT_MEETING_ENDED_V1: Event =
    event_type("vc.bot.meeting_ended_v1", "机器人会议结束", "bot meeting ended")
        .fields(&[object("meeting", "会议", "meeting", BOT_MEETING)])
        .columns(&["meeting.host_user.user_name", "meeting.topic", "meeting.meeting_no", "meeting.id"])
        .sdk_only();

const BOT_MEETING_INVITED_V1: Event =
    event_type("vc.bot.meeting_invited_v1", "机器人被邀请入会", "bot invited to meeting")
        .fields(&[
            object("meeting", "会议", "meeting", BOT_MEETING),
            object("inviter", "邀请人", "inviter", ATTENDEE),
            object("bot", "机器人", "bot", ATTENDEE),
            text("invite_time", "邀请时间", "invited").also(&Kind::Integer),
            text("call_id", "呼叫 ID", "call"),
        ])
        .columns(&["inviter.user_name", "bot.user_name", "meeting.topic", "meeting.meeting_no", "call_id"])
        .sdk_only();

const BOT_MEETING_STARTED_V1: Event =
    event_type("vc.bot.meeting_started_v1", "机器人会议开始", "bot meeting started")
        .fields(&[object("meeting", "会议", "meeting", BOT_MEETING)])
        .columns(&["meeting.host_user.user_name", "meeting.topic", "meeting.meeting_no", "meeting.id"])
        .sdk_only();

const MATERIAL_REVIEW_RESULT_V1: Event =
    event_type("vc.material.review_result_v1", "会议素材审核结果", "meeting material reviewed")
        .fields(&[
            user("user_id", "用户", "user"),
            list("results", "审核结果", "review results", &Kind::Object(REVIEW_RESULT)),
        ])
        .columns(&["user_id", "results"])
        .sdk_only();

const MEETING_PARTICIPANT_MEETING_ENDED_V1: Event =
    event_type("vc.meeting.participant_meeting_ended_v1", "参会的会议结束", "attended meeting ended")
        .fields(&[
            object("meeting", "会议", "meeting", ALL_MEETING_ENDED_MEETING),
            object("operator", "操作人", "operator", HOST_USER),
            users("subscriber_ids", "订阅者", "subscribers"),
        ])
        .happened("meeting.end_time")
        .columns(&[
            "operator.id",
            "meeting.topic",
            "meeting.meeting_source",
            "meeting.meeting_no",
            "meeting.id",
        ])
        .sdk_only();

const MEETING_PARTICIPANT_MEETING_JOINED_V1: Event =
    event_type("vc.meeting.participant_meeting_joined_v1", "参会人加入会议", "participant joined meeting")
        .fields(&[
            object("meeting", "会议", "meeting", ALL_MEETING_ENDED_MEETING),
            object("operator", "操作人", "operator", HOST_USER),
            users("subscriber_ids", "订阅者", "subscribers"),
        ])
        .columns(&[
            "operator.id",
            "meeting.topic",
            "meeting.meeting_source",
            "meeting.meeting_no",
            "meeting.id",
        ])
        .sdk_only();

const MEETING_PARTICIPANT_MEETING_STARTED_V1: Event =
    event_type("vc.meeting.participant_meeting_started_v1", "参会的会议开始", "attended meeting started")
        .fields(&[
            object("meeting", "会议", "meeting", ALL_MEETING_ENDED_MEETING),
            object("operator", "操作人", "operator", HOST_USER),
            users("subscriber_ids", "订阅者", "subscribers"),
        ])
        .happened("meeting.start_time")
        .columns(&[
            "operator.id",
            "meeting.topic",
            "meeting.meeting_source",
            "meeting.meeting_no",
            "meeting.id",
        ])
        .sdk_only();

const MEETING_SEND_MEETING_IM_V1: Event =
    event_type("vc.meeting.send_meeting_im_v1", "发送会中消息", "message sent in meeting")
        .fields(&[
            object("meeting", "会议", "meeting", MEETING_IM_MEETING),
            object("operator", "发送者", "sender", MEETING_IM_SENDER),
            text("content", "消息内容", "content").personal(),
        ])
        .columns(&["operator.id", "content", "meeting.meeting_source", "meeting.id"])
        .sdk_only();

const NOTE_GENERATED_V1: Event = event_type("vc.note.generated_v1", "会议纪要生成", "meeting note generated")
    .fields(&[text("note_id", "纪要 ID", "note"), users("subscriber_ids", "订阅者", "subscribers")])
    .columns(&["note_id", "subscriber_ids"])
    .sdk_only();

const RECORDING_RECORDING_ENDED_V1: Event =
    event_type("vc.recording.recording_ended_v1", "录制结束（用户）", "recording ended, user")
        .fields(&[
            text("source", "录制来源", "recording source"),
            text("unique_key", "录制标识", "recording"),
            users("subscriber_ids", "订阅者", "subscribers"),
        ])
        .columns(&["source", "unique_key", "subscriber_ids"])
        .sdk_only();

const RECORDING_RECORDING_STARTED_V1: Event =
    event_type("vc.recording.recording_started_v1", "录制开始（用户）", "recording started, user")
        .fields(&[
            text("source", "录制来源", "recording source"),
            text("unique_key", "录制标识", "recording"),
            users("subscriber_ids", "订阅者", "subscribers"),
        ])
        .columns(&["source", "unique_key", "subscriber_ids"])
        .sdk_only();

const RECORDING_RECORDING_TRANSCRIPT_GENERATED_V1: Event =
    event_type("vc.recording.recording_transcript_generated_v1", "录制转写生成", "transcript generated")
        .fields(&[
            text("source", "录制来源", "recording source"),
            text("unique_key", "录制标识", "recording"),
            list("transcript_items", "转写", "transcript", &Kind::Object(TRANSCRIPT)),
            users("subscriber_ids", "订阅者", "subscribers"),
        ])
        .columns(&["source", "transcript_items", "unique_key"])
        .sdk_only();

const MINUTES_MINUTE_GENERATED_V1: Event =
    event_type("minutes.minute.generated_v1", "妙记生成", "minutes generated")
        .fields(&[
            text("minute_token", "妙记 Token", "minutes token"),
            object("minute_source", "妙记来源", "minutes source", MINUTE_SOURCE),
            users("subscriber_ids", "订阅者", "subscribers"),
        ])
        .columns(&["minute_source.source_type", "minute_source.source_entity_id", "minute_token"])
        .sdk_only();
