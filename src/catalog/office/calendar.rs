//! 日历 / Calendar.

use super::super::entry::{Event, Field, Kind, Word, event_type};
use super::super::words::{list, object, text, user, users, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] =
    &[&CALENDAR_ACL_CREATED_V4, &CALENDAR_ACL_DELETED_V4, &CALENDAR_CHANGED_V4, &CALENDAR_EVENT_CHANGED_V4];

/// 访问权限
const ROLE: &[Word] = &[
    word("unknown", "未知权限", "unknown"),
    word("free_busy_reader", "游客", "free/busy only"),
    word("reader", "订阅者", "reader"),
    word("writer", "编辑者", "writer"),
    word("owner", "管理员", "admin"),
];

/// 范围类型
const SCOPE_TYPE: &[Word] = &[word("user", "用户", "user")];

/// 变更类型
const CHANGE_TYPE: &[Word] = &[
    word("create", "创建", "created"),
    word("update", "变更", "changed"),
    word("delete", "删除", "deleted"),
    word("rsvp", "回复", "RSVP"),
];

/// RSVP 状态
const RSVP_STATUS: &[Word] = &[
    word("accept", "接受", "accepted"),
    word("decline", "拒绝", "declined"),
    word("tentative", "待定", "tentative"),
];

/// 权限生效范围
const SCOPE: &[Field] =
    &[words("type", "范围类型", "scope type", SCOPE_TYPE), user("user_id", "用户", "user")];

/// RSVP 变更
const RSVP_INFO: &[Field] = &[
    user("from_user_id", "参与人", "attendee").joined("回复", "reply", ": "),
    words("rsvp_status", "RSVP 状态", "RSVP status", RSVP_STATUS).joined("回复", "reply", ": "),
];

/// 访问控制
const ACL: &[Field] = &[
    text("acl_id", "访问控制 ID", "access rule"),
    words("role", "访问权限", "access role", ROLE),
    object("scope", "权限生效范围", "scope", SCOPE),
    users("user_id_list", "推送用户", "notified users"),
];

const CALENDAR_ACL_CREATED_V4: Event =
    event_type("calendar.calendar.acl.created_v4", "日历权限创建", "calendar access granted")
        .fields(ACL)
        .person("scope.user_id.open_id")
        .columns("scope.user_id role user_id_list acl_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/calendar-v4/calendar-acl/events/created");

const CALENDAR_ACL_DELETED_V4: Event =
    event_type("calendar.calendar.acl.deleted_v4", "日历权限删除", "calendar access removed")
        .fields(ACL)
        .person("scope.user_id.open_id")
        .columns("scope.user_id role user_id_list acl_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/calendar-v4/calendar-acl/events/deleted");

const CALENDAR_CHANGED_V4: Event = event_type("calendar.calendar.changed_v4", "日历变更", "calendar changed")
    .fields(&[users("user_id_list", "推送用户", "notified users")])
    .columns("user_id_list")
    .page("uAjLw4CM/ukTMukTMukTM/reference/calendar-v4/calendar/events/changed");

const CALENDAR_EVENT_CHANGED_V4: Event =
    event_type("calendar.calendar.event.changed_v4", "日程变更", "calendar event changed")
        .fields(&[
            text("calendar_id", "日历 ID", "calendar"),
            users("user_id_list", "推送用户", "notified users"),
            text("calendar_event_id", "日程 ID", "calendar event"),
            words("change_type", "变更类型", "change", CHANGE_TYPE),
            list("rsvp_infos", "RSVP 变更", "RSVP changes", &Kind::Object(RSVP_INFO)),
        ])
        .columns("change_type rsvp_infos user_id_list calendar_id calendar_event_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/calendar-v4/calendar-event/events/changed");
