//! 视频会议 / Video meetings.

mod room;
mod sdk;

use crate::catalog::entry::{Choice, Event, Field, TimeSpan, Wire, event_type};
use crate::catalog::words::{
    choice, choices, duration, flag, object, seconds, text, texts, url, user, users,
};

use room::{
    RESERVE_CONFIG_UPDATED_V1, ROOM_CREATED_V1, ROOM_DELETED_V1, ROOM_LEVEL_CREATED_V1,
    ROOM_LEVEL_DELETED_V1, ROOM_LEVEL_UPDATED_V1, ROOM_UPDATED_V1,
};
use sdk::{
    BOT_MEETING_ACTIVITY_V1, BOT_MEETING_ENDED_V1, BOT_MEETING_INVITED_V1, BOT_MEETING_STARTED_V1,
    MATERIAL_REVIEW_RESULT_V1, MEETING_PARTICIPANT_MEETING_ENDED_V1, MEETING_PARTICIPANT_MEETING_JOINED_V1,
    MEETING_PARTICIPANT_MEETING_STARTED_V1, MEETING_SEND_MEETING_IM_V1, MINUTES_MINUTE_GENERATED_V1,
    NOTE_GENERATED_V1, RECORDING_RECORDING_ENDED_V1, RECORDING_RECORDING_STARTED_V1,
    RECORDING_RECORDING_TRANSCRIPT_GENERATED_V1,
};

/// Every event of this area.
pub(in crate::catalog) const EVENTS: &[&Event] = &[
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
    choice(2, "Rooms 用户", "Rooms user"),
    choice(3, "文档用户", "docs user"),
    choice(4, "Neo 用户", "Neo user"),
    choice(5, "Neo 游客", "Neo guest"),
    choice(6, "电话用户", "telephone user"),
    choice(7, "SIP 用户", "SIP user"),
    choice(8, "ShareBox 用户", "ShareBox user"),
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
    choice(1, "会前投屏", "pre-meeting screen sharing"),
    choice(2, "有线共享", "cable sharing"),
    choice(3, "会前妙享", "pre-meeting document sharing"),
    choice(4, "企业办公电话", "office phone"),
    choice(5, "IP Phone", "IP phone"),
    choice(6, "网络研讨会", "webinar"),
];

/// 安全级别
const SECURITY_LEVEL: &[Choice] = &[
    choice(1, "所有人可加入", "everyone"),
    choice(2, "仅企业内用户", "company only"),
    choice(3, "仅指定联系人和群", "named people and chats"),
    choice(4, "仅主持人可参会", "host only"),
];

/// 研讨会类型
const WEBINAR_TYPE: &[Choice] =
    &[choice(1, "普通网络研讨会", "ordinary webinar"), choice(2, "直播网络研讨会", "live webinar")];

/// 离会原因
const LEAVE_REASON: &[Choice] = &[
    choice(1, "主动离会", "left by choice"),
    choice(2, "会议结束", "meeting ended"),
    choice(3, "被踢出", "removed"),
];

/// Somebody of a meeting, whose ids are said under the role.
const fn participant(zh: &'static str, en: &'static str) -> [Field; 3] {
    [
        user("id", "用户", "user").line(zh, en),
        choices("user_role", "会中角色", "role", USER_ROLE),
        choices("user_type", "用户类型", "user type", USER_TYPE),
    ]
}

const HOST: &[Field] = &participant("主持人", "host");
const OWNER: &[Field] = &participant("会议拥有者", "owner");
const OPERATOR: Field = object("operator", "操作人", "operator", &participant("操作人", "operator"));
const LEAVER: &[Field] = &participant("离会人", "leaver");

/// 安全设置
const SECURITY_SETTING: &[Field] = &[
    choices("security_level", "安全级别", "security level", SECURITY_LEVEL),
    texts("group_ids", "允许群组", "allowed chats"),
    users("user_ids", "允许用户", "allowed users"),
    texts("room_ids", "允许会议室", "allowed rooms"),
    flag("has_set_security_contacts_and_group", "仅指定人可参会", "named people only"),
];

/// 研讨会设置
const WEBINAR_SETTING: &[Field] = &[choices("webinar_type", "研讨会类型", "webinar type", WEBINAR_TYPE)];

// What all have who tell of a meeting.
const MEETING_ID: Field = text("id", "会议 ID", "meeting ID");
const TOPIC: Field = text("topic", "会议主题", "topic").personal();
const MEETING_NO: Field = text("meeting_no", "会议号", "meeting number").note("9 位数字", "9 digits");
const SOURCE: Field = choices("meeting_source", "会议来源", "meeting source", MEETING_SOURCE);
const START_TIME: Field = seconds("start_time", "会议开始", "started");
const END_TIME: Field = seconds("end_time", "会议结束", "ended");
const HOST_USER: Field = object("host_user", "主持人", "host", HOST);
const MEETING_OWNER: Field = object("owner", "会议拥有者", "owner", OWNER);
const SUB_TYPE: Field = choices("meeting_sub_type", "会议子类型", "meeting sub-type", MEETING_SUB_TYPE);
const SECURITY: Field = object("security_setting", "安全设置", "security", SECURITY_SETTING);
const WEBINAR: Field = object("webinar_setting", "研讨会设置", "webinar", WEBINAR_SETTING);

/// 会议, while it is on
const MEETING: &[Field] = &[
    MEETING_ID,
    TOPIC,
    MEETING_NO,
    SOURCE,
    START_TIME,
    END_TIME,
    HOST_USER,
    MEETING_OWNER,
    SUB_TYPE,
    SECURITY,
    WEBINAR,
];

/// 会议, at its start and end
const MEETING_BOUNDS: &[Field] = &[
    MEETING_ID,
    TOPIC,
    MEETING_NO,
    SOURCE,
    START_TIME,
    END_TIME,
    HOST_USER,
    MEETING_OWNER,
    text("calendar_event_id", "日程 ID", "calendar event"),
    SUB_TYPE,
    SECURITY,
    WEBINAR,
];

/// 会议, once its recording is ready
const RECORDED_MEETING: &[Field] = &[
    MEETING_ID,
    TOPIC,
    MEETING_NO,
    SOURCE,
    object("owner", "会议拥有者", "owner", &[user("id", "用户", "user").line("会议拥有者", "owner")]),
    SUB_TYPE,
    SECURITY,
    WEBINAR,
];

// What a reader wants to know first of a meeting: at its start, at its end, and of what somebody did while it is on.
const AT_START: &str =
    "meeting.host_user.id meeting.topic meeting.meeting_source meeting.meeting_no meeting.id";
const AT_END: &str = "meeting.host_user.id meeting.topic meeting.start_time meeting.meeting_source \
    meeting.meeting_no meeting.id";
const DURING: &str = "operator.id meeting.topic meeting.host_user.id meeting.meeting_no meeting.id";

const MEETING_ALL_MEETING_ENDED_V1: Event =
    event_type("vc.meeting.all_meeting_ended_v1", "企业会议结束", "company meeting ended")
        .fields(&[object("meeting", "会议", "meeting", MEETING_BOUNDS), OPERATOR])
        .happened("meeting.end_time")
        .person("meeting.host_user.id.open_id")
        .columns(AT_END)
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/all_meeting_ended");

const MEETING_ALL_MEETING_STARTED_V1: Event =
    event_type("vc.meeting.all_meeting_started_v1", "企业会议开始", "company meeting started")
        .fields(&[object("meeting", "会议", "meeting", MEETING_BOUNDS), OPERATOR])
        .happened("meeting.start_time")
        .person("meeting.host_user.id.open_id")
        .columns(AT_START)
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/all_meeting_started");

const MEETING_JOIN_MEETING_V1: Event = event_type("vc.meeting.join_meeting_v1", "加入会议", "meeting joined")
    .fields(&[object("meeting", "会议", "meeting", MEETING), OPERATOR])
    .person("operator.id.open_id")
    .columns(DURING)
    .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/join_meeting");

const MEETING_LEAVE_MEETING_V1: Event = event_type("vc.meeting.leave_meeting_v1", "离开会议", "meeting left")
    .fields(&[
        object("meeting", "会议", "meeting", MEETING),
        OPERATOR,
        choices("leave_reason", "离会原因", "leave reason", LEAVE_REASON),
        object("leave_user", "离会人", "leaver", LEAVER),
    ])
    .person("leave_user.id.open_id")
    .columns("leave_user.id meeting.topic leave_reason meeting.host_user.id meeting.meeting_no meeting.id")
    .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/leave_meeting");

const MEETING_MEETING_ENDED_V1: Event =
    event_type("vc.meeting.meeting_ended_v1", "会议结束", "meeting ended")
        .fields(&[object("meeting", "会议", "meeting", MEETING_BOUNDS), OPERATOR])
        .happened("meeting.end_time")
        .person("meeting.host_user.id.open_id")
        .columns(AT_END)
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/meeting_ended");

const MEETING_MEETING_STARTED_V1: Event =
    event_type("vc.meeting.meeting_started_v1", "会议开始", "meeting started")
        .fields(&[object("meeting", "会议", "meeting", MEETING_BOUNDS), OPERATOR])
        .happened("meeting.start_time")
        .person("meeting.host_user.id.open_id")
        .columns(AT_START)
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/meeting_started");

const MEETING_RECORDING_ENDED_V1: Event =
    event_type("vc.meeting.recording_ended_v1", "停止录制", "recording stopped")
        .fields(&[object("meeting", "会议", "meeting", MEETING), OPERATOR])
        .person("operator.id.open_id")
        .columns(DURING)
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/recording_ended");

const MEETING_RECORDING_READY_V1: Event =
    event_type("vc.meeting.recording_ready_v1", "录制完成", "recording ready")
        .fields(&[
            object("meeting", "会议", "meeting", RECORDED_MEETING),
            url("url", "录制链接", "recording link"),
            duration("duration", "录制时长", "duration", TimeSpan::Millis, Wire::Text),
        ])
        .person("meeting.owner.id.open_id")
        .columns("meeting.owner.id meeting.topic duration url meeting.meeting_no meeting.id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/recording_ready");

const MEETING_RECORDING_STARTED_V1: Event =
    event_type("vc.meeting.recording_started_v1", "开始录制", "recording started")
        .fields(&[object("meeting", "会议", "meeting", MEETING), OPERATOR])
        .person("operator.id.open_id")
        .columns(DURING)
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/recording_started");

const MEETING_SHARE_ENDED_V1: Event =
    event_type("vc.meeting.share_ended_v1", "结束屏幕共享", "screen sharing ended")
        .fields(&[object("meeting", "会议", "meeting", MEETING), OPERATOR])
        .person("operator.id.open_id")
        .columns(DURING)
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/share_ended");

const MEETING_SHARE_STARTED_V1: Event =
    event_type("vc.meeting.share_started_v1", "开始屏幕共享", "screen sharing started")
        .fields(&[object("meeting", "会议", "meeting", MEETING), OPERATOR])
        .person("operator.id.open_id")
        .columns(DURING)
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/share_started");
