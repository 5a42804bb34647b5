//! 审批 / Approval.

use crate::time::Unit;

use super::super::common::{APP_ID, APPROVED, TENANT_KEY, TYPE};
use super::super::entry::{Choice, Event, Field, Kind, TimeSpan, Wire, Word, event_type};
use super::super::words::{
    choice, choices, date_time, duration, integer, json, list, millis, millis_int, object, seconds,
    seconds_int, text, texts, user, word, words,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &APPROVAL_UPDATED_V4,
    &INSTANCE_REMEDY_GROUP_UPDATE_V4,
    &INSTANCE_TRIP_GROUP_UPDATE_V4,
    &APPROVAL_CC,
    &APPROVAL_INSTANCE,
    &APPROVAL_TASK,
    &LEAVE_APPROVAL,
    &LEAVE_APPROVAL_V2,
    &LEAVE_APPROVAL_REVERT,
    &OUT_APPROVAL,
    &OUT_APPROVAL_REVERT,
    &SHIFT_APPROVAL,
    &WORK_APPROVAL,
    &WORK_APPROVAL_REVERT,
    &INSTANCE_STATUS_CHANGED_V4,
    &TASK_STATUS_CHANGED_V4,
    &REMEDY_APPROVAL,
    &TRIP_APPROVAL,
];

/// 实例状态
const STATUS: &[Word] = &[word("APPROVED", "已通过", "approved")];

/// 控件组类型
const WIDGET_GROUP_TYPE: &[Choice] = &[choice(0, "未使用", "not used")];

/// 类型
const OBJECT_TYPE: &[Word] = &[word("remedy_approval_v2", "补卡审批", "punch correction")];

/// 出差类型
const TRIP_TYPE: &[Word] = &[word("单程", "单程", "one way"), word("往返", "往返", "round trip")];

/// 操作类型
const OPERATE: &[Word] = &[word("CREATE", "创建抄送", "copied"), word("READ", "抄送人已读", "read")];

/// 实例状态
const APPROVAL_INSTANCE_STATUS: &[Word] = &[
    word("PENDING", "审批中", "pending"),
    word("APPROVED", "已通过", "approved"),
    word("REJECTED", "已拒绝", "rejected"),
    word("CANCELED", "已撤回", "withdrawn"),
    word("DELETED", "已删除", "deleted"),
    word("REVERTED", "已撤销", "revoked"),
    word("OVERTIME_CLOSE", "超时被关闭", "closed, overdue"),
    word("OVERTIME_RECOVER", "超时实例被恢复", "recovered from overdue"),
];

/// 任务状态
const APPROVAL_TASK_STATUS: &[Word] = &[
    word("REVERTED", "已还原", "reverted"),
    word("PENDING", "进行中", "in progress"),
    word("APPROVED", "已通过", "approved"),
    word("REJECTED", "已拒绝", "rejected"),
    word("TRANSFERRED", "已转交", "transferred"),
    word("ROLLBACK", "已退回", "sent back"),
    word("DONE", "已完成", "done"),
    word("OVERTIME_CLOSE", "超时未处理被关闭", "closed, overdue"),
    word("OVERTIME_RECOVER", "超时任务被恢复", "recovered from overdue"),
];

/// 请假单位
const LEAVE_UNIT: &[Choice] = &[
    choice(1, "天", "day"),
    choice(2, "半天", "half day"),
    choice(3, "小时", "hour"),
    choice(4, "半小时", "half hour"),
    choice(5, "分钟", "minute"),
];

/// 亲属类型
const LEAVE_FAMILY_RELATION_TYPE: &[Word] = &[
    word("0", "未知", "unknown"),
    word("1", "父母", "parent"),
    word("2", "子女", "child"),
    word("3", "配偶", "spouse"),
    word("4", "兄弟姐妹", "sibling"),
    word("5", "继父母", "step-parent"),
    word("7", "配偶父母", "parent-in-law"),
    word("8", "祖父母", "paternal grandparent"),
    word("9", "外祖父母", "maternal grandparent"),
];

/// 请假单位
const LEAVE_APPROVAL_V2_LEAVE_UNIT: &[Word] = &[
    word("HALF_DAY", "半天", "half day"),
    word("DAY", "天", "day"),
    word("HOUR", "小时", "hour"),
    word("HALF_HOUR", "半小时", "half hour"),
    word("MINUTE", "分钟", "minute"),
];

/// 外出单位
const OUT_UNIT: &[Word] =
    &[word("HOUR", "小时", "hour"), word("DAY", "天", "day"), word("HALR_DAY", "半天", "half day")];

/// 多时段
const ALLOW_MULTI_TIME_RANGE: &[Choice] =
    &[choice(1, "多时段", "several periods"), choice(0, "单时段", "one period")];

/// 加班补偿
const RULE_ASSOCIATED: &[Choice] = &[
    choice(0, "无（未关联规则）", "none, no rule"),
    choice(1, "调休假", "time off in lieu"),
    choice(2, "加班费", "overtime pay"),
    choice(3, "无（已关联规则）", "none, with rule"),
];

/// 事件数据
const OBJECT: &[Field] = &[
    text("approval_code", "审批定义", "approval definition"),
    text("approval_id", "审批定义 ID", "definition ID"),
    text("extra", "扩展字段", "extra"),
    text("form_definition_id", "表单定义 ID", "form definition"),
    text("process_obj", "审批流程", "process")
        .note("示例是占位符，不是 JSON", "example is a placeholder, not JSON"),
    seconds("timestamp", "更新时间", "updated").also(&Kind::Time(Unit::Seconds, Wire::Integer)),
    text("version_id", "版本号", "version"),
    choices("widget_group_type", "控件组类型", "widget group", WIDGET_GROUP_TYPE).open(),
];

/// 事件数据
const REMEDY_GROUP_UPDATE_OBJECT: &[Field] = &[
    text("employee_id", "发起人", "initiator").personal(),
    text("instance_code", "审批实例", "approval instance"),
    seconds_int("start_time", "发起时间", "started"),
    seconds_int("end_time", "结束时间", "ended"),
    millis_int("remedy_time", "补卡时间", "corrected time"),
    text("remedy_reason", "补卡原因", "correction reason").personal(),
    words("status", "实例状态", "instance status", STATUS).open(),
    words("type", "类型", "type", OBJECT_TYPE),
];

/// 出差行程
const SCHEDULE: &[Field] = &[
    text("departure", "出发地", "departure").personal(),
    text("departure_id", "出发地 ID", "departure ID").personal(),
    text("destination", "目的地", "destination").personal(),
    texts("destination_ids", "目的地 ID", "destination IDs").personal(),
    text("remark", "备注", "remark").personal(),
    text("transportation", "交通工具", "transport").personal(),
    date_time("trip_start_time", "出差开始", "trip starts"),
    date_time("trip_end_time", "出差结束", "trip ends"),
    duration("trip_interval", "出差时长", "trip length", TimeSpan::Seconds, Wire::Text),
    words("trip_type", "出差类型", "trip type", TRIP_TYPE),
];

/// 提交人
const START_USER: &[Field] = &[user("id", "提交人 ID", "submitter ID")];

/// 同行人
const TRIP_PEER: &[Field] = &[user("id", "同行人 ID", "companion ID")];

/// 事件数据
const TRIP_GROUP_UPDATE_OBJECT: &[Field] = &[
    text("instance_code", "审批实例", "approval instance"),
    seconds("start_time", "开始时间", "started").also(&Kind::Time(Unit::Seconds, Wire::Integer)),
    seconds("end_time", "结束时间", "ended").also(&Kind::Time(Unit::Seconds, Wire::Integer)),
    list("schedules", "出差行程", "itinerary", &Kind::Object(SCHEDULE)).also(&Kind::Object(SCHEDULE)),
    object("start_user", "提交人", "submitter", START_USER),
    duration("trip_interval", "出差时长", "trip length", TimeSpan::Seconds, Wire::Text),
    text("trip_reason", "出差原因", "trip reason").personal(),
    words("type", "类型", "type", STATUS),
    list("trip_peers", "同行人", "travel companions", &Kind::Object(TRIP_PEER))
        .also(&Kind::Object(TRIP_PEER)),
];

/// 时段
const TIME_RANGE: &[Field] = &[
    date_time("work_start_time", "加班开始", "overtime starts"),
    date_time("work_end_time", "加班结束", "overtime ends"),
];

/// 加班明细
const WORK_DETAIL: &[Field] = &[
    date_time("start", "加班开始", "starts"),
    date_time("end", "加班结束", "ends"),
    choices("rule_associated", "加班补偿", "compensation", RULE_ASSOCIATED),
    duration("interval", "每日时长", "daily length", TimeSpan::Seconds, Wire::Integer),
];

const APPROVAL_UPDATED_V4: Event =
    event_type("approval.approval.updated_v4", "审批定义更新", "approval definition changed")
        .fields(&[object("object", "事件数据", "object", OBJECT)])
        .happened("object.timestamp")
        .header(APPROVED)
        .without(&["create_time"])
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/custom-approval-event");

const INSTANCE_REMEDY_GROUP_UPDATE_V4: Event =
    event_type("approval.instance.remedy_group_update_v4", "补卡审批", "punch correction approved")
        .fields(&[object("object", "事件数据", "object", REMEDY_GROUP_UPDATE_OBJECT)])
        .happened("object.end_time")
        .header(APPROVED)
        .without(&["create_time"])
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/attendance-record-correction");

const INSTANCE_TRIP_GROUP_UPDATE_V4: Event =
    event_type("approval.instance.trip_group_update_v4", "出差审批", "business trip approved")
        .fields(&[object("object", "事件数据", "object", TRIP_GROUP_UPDATE_OBJECT)])
        .happened("object.end_time")
        .header(APPROVED)
        .without(&["create_time"])
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/business-trip");

const APPROVAL_CC: Event = event_type("approval_cc", "审批抄送状态变更", "approval copy changed")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("approval_code", "审批定义", "approval definition").required(),
        text("instance_code", "审批实例", "approval instance"),
        text("id", "抄送 ID", "copy ID"),
        text("user_id", "被抄送人", "copied to").personal(),
        millis_int("create_time", "抄送时间", "copied"),
        words("operate", "操作类型", "operation", OPERATE),
        text("from", "抄送人", "copied by").nullable().personal(),
    ])
    .v1()
    .happened("create_time")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/common-event/approval-cc-event");

const APPROVAL_INSTANCE: Event =
    event_type("approval_instance", "审批实例状态变更", "approval instance changed")
        .fields(&[
            APP_ID,
            TENANT_KEY,
            TYPE,
            text("approval_code", "审批定义", "approval definition").required(),
            text("instance_code", "审批实例", "approval instance"),
            words("status", "实例状态", "instance status", APPROVAL_INSTANCE_STATUS),
            millis("operate_time", "发生时间", "happened").also(&Kind::Time(Unit::Millis, Wire::Integer)),
            millis("instance_operate_time", "实例操作时间", "instance operated"),
            text("uuid", "自定义 UUID", "caller's UUID"),
        ])
        .v1()
        .happened("operate_time")
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/common-event/approval-instance-event");

const APPROVAL_TASK: Event = event_type("approval_task", "审批任务状态变更", "approval task changed")
    .fields(&[
        APP_ID,
        text("open_id", "操作人 Open ID", "operator open ID").personal(),
        TENANT_KEY,
        TYPE,
        text("approval_code", "审批定义", "approval definition").required(),
        text("instance_code", "审批实例", "approval instance"),
        text("task_id", "审批任务 ID", "approval task"),
        text("user_id", "操作人", "operator").personal(),
        words("status", "任务状态", "task status", APPROVAL_TASK_STATUS),
        millis("operate_time", "发生时间", "happened"),
        text("custom_key", "自定义节点 ID", "custom node ID").conditional(),
        text("def_key", "节点 ID", "node ID"),
        json("extra", "扩展数据", "extra").conditional(),
    ])
    .v1()
    .happened("operate_time")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/common-event/approval-task-event");

const LEAVE_APPROVAL: Event = event_type("leave_approval", "请假审批", "leave approved")
    .fields(&[
        APP_ID,
        text("approval_code", "审批定义", "approval definition").required(),
        text("instance_code", "审批实例", "approval instance"),
        text("employee_id", "提交人", "submitter").personal(),
        text("open_id", "提交人 Open ID", "submitter open ID").personal(),
        seconds_int("start_time", "开始时间", "started"),
        seconds_int("end_time", "结束时间", "ended"),
        text("leave_type", "请假类型", "leave type").personal(),
        date_time("leave_start_time", "请假开始", "leave starts"),
        date_time("leave_end_time", "请假结束", "leave ends"),
        duration("leave_interval", "请假时长", "leave length", TimeSpan::Seconds, Wire::Integer),
        choices("leave_unit", "请假单位", "leave unit", LEAVE_UNIT)
            .note("这里是整数，leave_approvalV2 中是文本", "integer here, text in leave_approvalV2"),
        text("leave_reason", "请假事由", "leave reason").personal(),
        TENANT_KEY,
        TYPE,
    ])
    .v1()
    .happened("end_time")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/leave");

const LEAVE_APPROVAL_V2: Event = event_type("leave_approvalV2", "请假审批 V2", "leave approved, V2")
    .fields(&[
        APP_ID,
        text("approval_code", "审批定义", "approval definition").required(),
        text("instance_code", "审批实例", "approval instance"),
        text("i18n_resources", "请假类型文案", "leave type texts")
            .also(&Kind::List(&Kind::Any))
            .note("列表打印成文本，不是 JSON", "a list printed as text, not JSON"),
        text("leave_name", "请假类型", "leave type").personal(),
        seconds_int("start_time", "开始时间", "started"),
        seconds_int("end_time", "结束时间", "ended"),
        texts("leave_certification", "证明材料", "certificates").personal(),
        text("leave_detail", "请假详情", "leave detail")
            .also(&Kind::List(&Kind::Any))
            .note("列表的列表，打印成文本，不是 JSON", "a list of lists printed as text, not JSON"),
        text("leave_difficult_labour", "难产", "difficult labour").personal(),
        words("leave_family_relation_type", "亲属类型", "family relation", LEAVE_FAMILY_RELATION_TYPE)
            .personal(),
        integer("leave_feeding_arrive_late", "晚到时间", "late arrival").personal(),
        integer("leave_feeding_leave_early", "早走时间", "early leave").personal(),
        integer("leave_feeding_rest_daily", "每日休息时间", "daily rest").personal(),
        text("leave_infant_num", "胎儿数量", "infants").personal(),
        duration("leave_interval", "请假时长", "leave length", TimeSpan::Seconds, Wire::Integer),
        text("leave_pregnancy_age", "怀孕月数", "months of pregnancy").personal(),
        text("leave_pregnancy_check_up", "孕前检查", "pregnancy check-up").personal(),
        text("leave_premarital_check_up", "婚前检查", "premarital check-up").personal(),
        text("leave_range", "请假时间段", "leave periods")
            .also(&Kind::List(&Kind::Any))
            .note("列表的列表，打印成文本，不是 JSON", "a list of lists printed as text, not JSON"),
        text("leave_reason", "请假事由", "leave reason").personal(),
        date_time("leave_start_time", "请假开始", "leave starts"),
        date_time("leave_end_time", "请假结束", "leave ends"),
        words("leave_unit", "请假单位", "leave unit", LEAVE_APPROVAL_V2_LEAVE_UNIT)
            .note("这里是文本，leave_approval 中是整数", "text here, integer in leave_approval"),
        text("user_id", "提交人", "submitter").personal(),
        text("open_id", "提交人 Open ID", "submitter open ID").personal(),
        text("origin_instance_code", "原审批实例", "original instance"),
        TENANT_KEY,
        TYPE,
    ])
    .v1()
    .happened("end_time")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/leave");

const LEAVE_APPROVAL_REVERT: Event =
    event_type("leave_approval_revert", "请假审批撤销", "leave approval reverted")
        .fields(&[
            APP_ID,
            text("instance_code", "审批实例", "approval instance").required(),
            text("approval_code", "审批定义", "approval definition"),
            seconds_int("operate_time", "撤销时间", "revoked").also(&Kind::Time(Unit::Seconds, Wire::Text)),
            TENANT_KEY,
            TYPE,
        ])
        .v1()
        .happened("operate_time")
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/leave");

const OUT_APPROVAL: Event = event_type("out_approval", "外出审批", "outing approved")
    .fields(&[
        APP_ID,
        seconds_int("start_time", "开始时间", "started"),
        seconds_int("end_time", "结束时间", "ended"),
        list("i18n_resources", "外出类型文案", "outing type texts", &Kind::Json)
            .note("每一项是 JSON 文本", "each item is JSON in text"),
        text("instance_code", "审批实例", "approval instance").required(),
        text("approval_code", "审批定义", "approval definition"),
        text("open_id", "发起人 Open ID", "initiator open ID").personal(),
        date_time("out_start_time", "外出开始", "outing starts"),
        date_time("out_end_time", "外出结束", "outing ends"),
        text("out_image", "外出照片", "photo").personal(),
        duration("out_interval", "外出时长", "outing length", TimeSpan::Seconds, Wire::Integer),
        text("out_name", "外出类型", "outing type").personal(),
        text("out_reason", "外出事由", "outing reason").personal(),
        words("out_unit", "外出单位", "outing unit", OUT_UNIT)
            .note("文档写作 HALR_DAY", "HALR_DAY is the documented spelling"),
        TENANT_KEY,
        TYPE,
        text("user_id", "发起人", "initiator").personal(),
    ])
    .v1()
    .happened("end_time")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/out-of-office");

const OUT_APPROVAL_REVERT: Event =
    event_type("out_approval_revert", "外出审批撤销", "outing approval reverted")
        .fields(&[
            APP_ID,
            text("instance_code", "审批实例", "approval instance").required(),
            text("approval_code", "审批定义", "approval definition"),
            seconds_int("operate_time", "撤销时间", "revoked").also(&Kind::Time(Unit::Seconds, Wire::Text)),
            TENANT_KEY,
            TYPE,
        ])
        .v1()
        .happened("operate_time")
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/out-of-office");

const SHIFT_APPROVAL: Event = event_type("shift_approval", "换班审批", "shift swap approved")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("instance_code", "审批实例", "approval instance").required(),
        text("approval_code", "审批定义", "approval definition"),
        text("employee_id", "提交人", "submitter").personal(),
        text("open_id", "提交人 Open ID", "submitter open ID").personal(),
        seconds_int("start_time", "发起时间", "started"),
        seconds_int("end_time", "结束时间", "ended"),
        date_time("shift_time", "换班时间", "shift swapped"),
        date_time("return_time", "还班时间", "shift returned"),
        text("shift_reason", "换班事由", "swap reason").personal(),
    ])
    .v1()
    .happened("end_time")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/shift-change");

const WORK_APPROVAL: Event = event_type("work_approval", "加班审批", "overtime approved")
    .fields(&[
        choices("allow_multi_time_range", "多时段", "several periods", ALLOW_MULTI_TIME_RANGE),
        APP_ID,
        text("approval_code", "审批定义", "approval definition").required(),
        text("instance_code", "审批实例", "approval instance"),
        text("employee_id", "提交人", "submitter").personal(),
        text("open_id", "提交人 Open ID", "submitter open ID").personal(),
        seconds_int("start_time", "开始时间", "started"),
        seconds_int("end_time", "结束时间", "ended"),
        TENANT_KEY,
        TYPE,
        list("time_range", "时段", "periods", &Kind::Object(TIME_RANGE))
            .conditional()
            .also(&Kind::Object(TIME_RANGE)),
        list("work_detail", "加班明细", "daily detail", &Kind::Object(WORK_DETAIL))
            .also(&Kind::Object(WORK_DETAIL)),
        date_time("work_start_time", "加班开始", "overtime starts"),
        date_time("work_end_time", "加班结束", "overtime ends"),
        duration("work_interval", "加班时长", "overtime length", TimeSpan::Seconds, Wire::Integer),
        list("work_multi_imitate_users", "代提交用户", "submitted for", &Kind::Any)
            .nullable()
            .personal()
            .note("示例为 null，未说明元素", "null in the example; items undocumented"),
        text("work_reason", "加班事由", "overtime reason").personal(),
        text("work_type", "加班类型", "overtime type"),
    ])
    .v1()
    .happened("end_time")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/overtime");

const WORK_APPROVAL_REVERT: Event =
    event_type("work_approval_revert", "加班审批撤销", "overtime approval reverted")
        .fields(&[
            APP_ID,
            text("instance_code", "审批实例", "approval instance").required(),
            text("approval_code", "审批定义", "approval definition"),
            seconds_int("operate_time", "撤销时间", "revoked").also(&Kind::Time(Unit::Seconds, Wire::Text)),
            TENANT_KEY,
            TYPE,
        ])
        .v1()
        .happened("operate_time")
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/overtime");

/// 出差行程
const TRIP_APPROVAL_SCHEDULE: &[Field] = &[
    text("departure", "出发地", "departure").personal(),
    text("destination", "目的地", "destination").personal(),
    text("remark", "备注", "remark").personal(),
    text("transportation", "交通工具", "transport").personal(),
    date_time("trip_start_time", "出差开始", "trip starts"),
    date_time("trip_end_time", "出差结束", "trip ends"),
    duration("trip_interval", "出差时长", "trip length", TimeSpan::Seconds, Wire::Integer),
    text("trip_type", "出差类型", "trip type"),
];

const INSTANCE_STATUS_CHANGED_V4: Event =
    event_type("approval.instance.status_changed_v4", "审批实例状态变更 v4", "approval instance changed, v4")
        .fields(&[
            text("approval_code", "审批定义", "approval definition"),
            text("instance_code", "审批实例", "approval instance"),
            text("external_id", "外部实例 ID", "external instance"),
            user("start_user", "发起人", "initiator"),
            text("status", "实例状态", "instance status"),
            text("operate_time", "操作时间", "operated").also(&Kind::Integer),
        ])
        .columns(&["start_user", "status", "approval_code", "instance_code"])
        .sdk_only();

const TASK_STATUS_CHANGED_V4: Event =
    event_type("approval.task.status_changed_v4", "审批任务状态变更 v4", "approval task changed, v4")
        .fields(&[
            text("approval_code", "审批定义", "approval definition"),
            text("instance_code", "审批实例", "approval instance"),
            text("task_id", "审批任务 ID", "approval task"),
            text("task_external_id", "外部任务 ID", "external task"),
            user("assigned_user", "审批人", "approver"),
            text("status", "任务状态", "task status"),
            text("operate_time", "操作时间", "operated").also(&Kind::Integer),
        ])
        .columns(&["assigned_user", "status", "approval_code", "instance_code", "task_id"])
        .sdk_only();

const REMEDY_APPROVAL: Event = event_type("remedy_approval", "补卡审批 v1", "punch correction approved, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("instance_code", "审批实例", "approval instance"),
        text("employee_id", "提交人", "submitter").personal(),
        text("open_id", "提交人 Open ID", "submitter open ID").personal(),
        seconds_int("start_time", "发起时间", "started"),
        seconds_int("end_time", "结束时间", "ended"),
        // The SDK has the fields of shift_approval here, so what they hold is not sure.
        text("shift_time", "换班时间", "shift swapped"),
        text("return_time", "还班时间", "shift returned"),
        text("shift_reason", "换班事由", "swap reason").personal(),
    ])
    .v1()
    .happened("end_time")
    .columns(&["employee_id", "shift_time", "return_time", "shift_reason", "instance_code"])
    .sdk_only();

const TRIP_APPROVAL: Event = event_type("trip_approval", "出差审批 v1", "business trip approved, v1")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        text("instance_code", "审批实例", "approval instance"),
        text("employee_id", "提交人", "submitter").personal(),
        text("open_id", "提交人 Open ID", "submitter open ID").personal(),
        seconds_int("start_time", "发起时间", "started"),
        seconds_int("end_time", "结束时间", "ended"),
        list("schedules", "出差行程", "itinerary", &Kind::Object(TRIP_APPROVAL_SCHEDULE)),
        duration("trip_interval", "出差时长", "trip length", TimeSpan::Seconds, Wire::Integer),
        text("trip_reason", "出差原因", "trip reason").personal(),
        texts("trip_peers", "同行人", "travel companions").personal(),
    ])
    .v1()
    .happened("end_time")
    .columns(&["employee_id", "schedules", "trip_interval", "trip_reason", "instance_code"])
    .sdk_only();
