//! 会议室: meeting rooms, their levels, and who may book them.

use crate::catalog::entry::{Choice, Event, Field, Kind, TimeSpan, Wire, event_type};
use crate::catalog::words::{
    choice, choices, duration, flag, integer, list, object, seconds, text, texts, time_of_day, user, users,
};

/// 范围类型
const SCOPE_TYPE: &[Choice] = &[choice(1, "层级", "level"), choice(2, "会议室", "room")];

/// 开关
const SWITCH: &[Choice] = &[choice(0, "关闭", "off"), choice(1, "打开", "on")];

/// 审批条件
const APPROVAL_CONDITION: &[Choice] =
    &[choice(0, "全部需审批", "all bookings"), choice(1, "满足条件时", "on condition")];

/// 成员范围
const ALLOW_ALL_USERS: &[Choice] =
    &[choice(0, "部分成员", "some members"), choice(1, "全部成员", "all members")];

/// 审批人、可预定成员
const PERSON: &[Field] = &[user("user_id", "用户", "user")];

/// 会议室状态
const ROOM_STATUS: &[Field] = &[
    flag("status", "已启用", "enabled"),
    flag("schedule_status", "未来启用", "enabled later"),
    seconds("disable_start_time", "禁用开始时间", "disabled from"),
    seconds("disable_end_time", "禁用结束时间", "disabled until").note("0 表示永久", "0 stands for ever"),
    text("disable_reason", "禁用原因", "reason disabled"),
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
    text("description", "会议室描述", "room description"),
    text("display_id", "展示 ID", "display ID"),
    text("custom_room_id", "自定义会议室 ID", "custom room ID"),
    text("room_level_id", "层级 ID", "room level"),
    texts("path", "层级路径", "level path"),
    object("room_status", "会议室状态", "room status", ROOM_STATUS),
    list("device", "设施", "facilities", &Kind::Object(DEVICE)),
];

/// 层级
const ROOM_LEVEL: &[Field] = &[
    text("room_level_id", "层级 ID", "level ID"),
    text("name", "层级名称", "level name"),
    text("parent_id", "父层级 ID", "parent level"),
    texts("path", "层级路径", "level path"),
    flag("has_child", "有子层级", "has sub-levels"),
    text("custom_group_id", "自定义层级 ID", "custom level ID"),
];

/// 审批设置
const APPROVE_CONFIG: &[Field] = &[
    choices("approval_switch", "审批开关", "approval", SWITCH),
    choices("approval_condition", "审批条件", "approval condition", APPROVAL_CONDITION),
    duration("meeting_duration", "审批时长阈值", "approval threshold", TimeSpan::Hours, Wire::Number),
    list("approvers", "审批人", "approvers", &Kind::Object(PERSON)),
];

/// 时间设置
const TIME_CONFIG: &[Field] = &[
    choices("time_switch", "时间开关", "time limits", SWITCH),
    duration("days_in_advance", "可提前天数", "days in advance", TimeSpan::Days, Wire::Integer),
    time_of_day("opening_hour", "开放时刻", "opens at"),
    time_of_day("start_time", "每日开始时刻", "day starts").joined("每日可预定时段", "daily hours", " - "),
    time_of_day("end_time", "每日结束时刻", "day ends").joined("每日可预定时段", "daily hours", " - "),
    duration("max_duration", "时长上限", "longest booking", TimeSpan::Hours, Wire::Integer),
    flag("if_cover_child_scope", "覆盖子层级", "sub-levels too").sdk_only(),
];

/// 可预定部门
const ALLOW_DEPT: &[Field] = &[
    text("department_id", "部门 ID", "department ID"),
    text("department_name", "部门名称", "department name").sdk_only(),
];

/// 预定范围设置
const RESERVE_SCOPE_CONFIG: &[Field] = &[
    choices("allow_all_users", "成员范围", "open to", ALLOW_ALL_USERS),
    list("allow_users", "可预定成员", "allowed users", &Kind::Object(PERSON)),
    list("allow_depts", "可预定部门", "allowed departments", &Kind::Object(ALLOW_DEPT)),
];

/// 被删除的会议室
const DELETED_ROOM: &[Field] = &[text("room_id", "会议室 ID", "room ID")];

pub(super) const RESERVE_CONFIG_UPDATED_V1: Event =
    event_type("vc.reserve_config.updated_v1", "更新会议室预定限制", "room booking limits changed")
        .fields(&[
            text("scope_id", "会议室或层级 ID", "room or level"),
            choices("scope_type", "范围类型", "scope type", SCOPE_TYPE),
            object("approve_config", "审批设置", "approval settings", APPROVE_CONFIG),
            object("time_config", "时间设置", "time settings", TIME_CONFIG),
            object("reserve_scope_config", "预定范围设置", "who may book", RESERVE_SCOPE_CONFIG),
        ])
        .columns(
            "scope_type approve_config.approval_switch time_config.time_switch \
            reserve_scope_config.allow_all_users scope_id",
        )
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config/events/updated");

pub(super) const ROOM_CREATED_V1: Event = event_type("vc.room.created_v1", "创建会议室", "room created")
    .fields(&[object("room", "会议室", "room", ROOM)])
    .columns(
        "room.name room.capacity room.room_status.status room.room_status.disable_reason \
        room.room_level_id room.room_id",
    )
    .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/events/created");

pub(super) const ROOM_DELETED_V1: Event = event_type("vc.room.deleted_v1", "删除会议室", "room deleted")
    .fields(&[object("room", "会议室", "room", DELETED_ROOM)])
    .columns("room.room_id")
    .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/events/deleted");

pub(super) const ROOM_UPDATED_V1: Event = event_type("vc.room.updated_v1", "更新会议室", "room changed")
    .fields(&[object("room", "会议室", "room", ROOM)])
    .columns(
        "room.name room.capacity room.room_status.status room.room_status.disable_reason \
        room.room_level_id room.room_id",
    )
    .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/events/updated");

pub(super) const ROOM_LEVEL_CREATED_V1: Event =
    event_type("vc.room_level.created_v1", "创建会议室层级", "room level created")
        .fields(&[object("room_level", "层级", "room level", ROOM_LEVEL)])
        .columns("room_level.name room_level.parent_id room_level.room_level_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/events/created");

pub(super) const ROOM_LEVEL_DELETED_V1: Event =
    event_type("vc.room_level.deleted_v1", "删除会议室层级", "room level deleted")
        .fields(&[
            text("room_level_id", "层级 ID", "room level"),
            flag("delete_child", "删除子层级", "sub-levels deleted"),
        ])
        .columns("delete_child room_level_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/events/deleted");

pub(super) const ROOM_LEVEL_UPDATED_V1: Event =
    event_type("vc.room_level.updated_v1", "更新会议室层级", "room level changed")
        .fields(&[object("room_level", "层级", "room level", ROOM_LEVEL)])
        .columns("room_level.name room_level.parent_id room_level.room_level_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/events/updated");
