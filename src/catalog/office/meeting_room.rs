//! 会议室 / Meeting rooms.

use super::super::common::{APP_ID, TENANT_KEY, TYPE};
use super::super::entry::{Event, Field, Kind, event_type};
use super::super::words::{integer, list, millis, object, text, user};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &MEETING_ROOM_CREATED_V1,
    &MEETING_ROOM_DELETED_V1,
    &MEETING_ROOM_STATUS_CHANGED_V1,
    &MEETING_ROOM_UPDATED_V1,
    &THIRD_PARTY_MEETING_ROOM_EVENT_CREATED,
];

/// 日程开始
const START: &[Field] = &[millis("time_stamp", "开始时间", "start")];

/// 日程结束
const END: &[Field] = &[millis("time_stamp", "结束时间", "end")];

/// 日程的会议室
const BOOKED_ROOM: &[Field] = &[text("open_id", "会议室 ID", "room ID")];

/// 会议室
const ROOM: &[Field] =
    &[text("room_name", "会议室名称", "room name"), text("room_id", "会议室 ID", "room ID").required()];

const MEETING_ROOM_CREATED_V1: Event =
    event_type("meeting_room.meeting_room.created_v1", "会议室创建", "meeting room created")
        .fields(ROOM)
        .historic()
        .columns("room_name room_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/meeting_room-v1/meeting_room/events/created");

const MEETING_ROOM_DELETED_V1: Event =
    event_type("meeting_room.meeting_room.deleted_v1", "会议室删除", "meeting room deleted")
        .fields(ROOM)
        .historic()
        .columns("room_name room_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/meeting_room-v1/meeting_room/events/deleted");

const MEETING_ROOM_STATUS_CHANGED_V1: Event = event_type(
    "meeting_room.meeting_room.status_changed_v1",
    "会议室状态信息变更",
    "meeting room status changed",
)
.fields(ROOM)
.columns("room_name room_id")
.page("uAjLw4CM/ukTMukTMukTM/reference/meeting_room-v1/meeting_room/events/status_changed");

const MEETING_ROOM_UPDATED_V1: Event =
    event_type("meeting_room.meeting_room.updated_v1", "会议室属性变更", "meeting room changed")
        .fields(ROOM)
        .historic()
        .columns("room_name room_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/meeting_room-v1/meeting_room/events/updated");

const THIRD_PARTY_MEETING_ROOM_EVENT_CREATED: Event = event_type(
    "third_party_meeting_room_event_created",
    "第三方会议室日程变动",
    "third-party room event changed",
)
.fields(&[
    APP_ID,
    TENANT_KEY,
    TYPE,
    millis("event_time", "发生时间", "happened"),
    text("uid", "日程 UID", "calendar event UID"),
    integer("original_time", "例外日程时间", "original time").note(
        "仅重复日程的例外不为 0，未说明单位",
        "0 unless an exception of a recurring event; unit not documented",
    ),
    text("event_id", "日程 ID", "calendar event"),
    object("start", "日程开始", "starts", START).joined("日程时间", "booked", " - "),
    object("end", "日程结束", "ends", END).joined("日程时间", "booked", " - "),
    list("meeting_rooms", "会议室", "meeting rooms", &Kind::Object(BOOKED_ROOM)),
    user("organizer", "组织者", "organiser"),
])
.v1()
.happened("event_time")
.person("organizer.open_id")
.columns("organizer start meeting_rooms event_id")
.page("uAjLw4CM/ukTMukTMukTM/reference/meeting_room-v1/event/third-room-event-changes");
