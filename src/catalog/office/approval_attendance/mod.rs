//! 审批：假勤 / Approval of leave, outings, trips, overtime, shift swaps and punch corrections.

mod sdk;

use crate::catalog::common::{APP_ID, APPROVED, TENANT_KEY, TYPE};
use crate::catalog::entry::{Choice, Event, Field, Kind, TimeSpan, Wire, Word, event_type};
use crate::catalog::office::approval::{APPROVAL_CODE, INSTANCE_CODE, seconds_or_int};
use crate::catalog::words::{
    choice, choices, date_time, duration, integer, list, millis_int, object, seconds_int, text, texts, user,
    word, words,
};
use crate::time::Unit;

use sdk::{REMEDY_APPROVAL, TRIP_APPROVAL};

/// Every event of this area.
pub(in crate::catalog) const EVENTS: &[&Event] = &[
    &INSTANCE_REMEDY_GROUP_UPDATE_V4,
    &INSTANCE_TRIP_GROUP_UPDATE_V4,
    &LEAVE_APPROVAL,
    &LEAVE_APPROVAL_V2,
    &LEAVE_APPROVAL_REVERT,
    &OUT_APPROVAL,
    &OUT_APPROVAL_REVERT,
    &SHIFT_APPROVAL,
    &WORK_APPROVAL,
    &WORK_APPROVAL_REVERT,
    &REMEDY_APPROVAL,
    &TRIP_APPROVAL,
];

/// 审批状态
const STATUS: &[Word] = &[word("APPROVED", "已通过", "approved")];

/// 审批类型
const OBJECT_TYPE: &[Word] = &[word("remedy_approval_v2", "补卡审批", "punch correction")];

/// 出差类型
const TRIP_TYPE: &[Word] = &[word("单程", "单程", "one way"), word("往返", "往返", "round trip")];

/// 请假单位
const LEAVE_UNIT: &[Choice] = &[
    choice(1, "天", "day"),
    choice(2, "半天", "half day"),
    choice(3, "小时", "hour"),
    choice(4, "半小时", "half hour"),
    choice(5, "分钟", "minute"),
];

/// 亲属关系
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

/// 时段数
const ALLOW_MULTI_TIME_RANGE: &[Choice] = &[choice(1, "多时段", "several"), choice(0, "单时段", "one")];

/// 加班补偿
const RULE_ASSOCIATED: &[Choice] = &[
    choice(0, "无（未关联规则）", "none, without rule"),
    choice(1, "调休假", "time off in lieu"),
    choice(2, "加班费", "overtime pay"),
    choice(3, "无（已关联规则）", "none, with rule"),
];

/// A list of objects, where the documented table has an object.
const fn list_or_one(key: &'static str, zh: &'static str, en: &'static str, item: &'static Kind) -> Field {
    list(key, zh, en, item).also(item).note(
        "文档表格写 object，示例为对象列表",
        "an object in the documented table, a list of objects in its example",
    )
}

/// When the approval was started, in seconds.
const STARTED: Field = seconds_int("start_time", "审批发起时间", "approval started");

/// When the approval ended, in seconds.
const ENDED: Field = seconds_int("end_time", "审批结束时间", "approval ended");

/// When an approval that had passed was revoked, in seconds.
const REVOKED: Field = seconds_int("operate_time", "撤销时间", "revoked")
    .also(&Kind::Time(Unit::Seconds, Wire::Text))
    .note("文档表格写 string，示例为整数", "a string in the documented table, an integer in its example");

/// Whose approval it is, under the name of older events.
const EMPLOYEE_ID: Field =
    text("employee_id", "提交人 User ID", "submitter user ID").personal().line("提交人", "submitter");

/// Whose approval it is.
const USER_ID: Field =
    text("user_id", "提交人 User ID", "submitter user ID").personal().line("提交人", "submitter");

/// Whose approval it is, as the application knows the person.
const OPEN_ID: Field =
    text("open_id", "提交人 Open ID", "submitter open ID").personal().line("提交人", "submitter");

/// 补卡审批
const REMEDY_GROUP_UPDATE_OBJECT: &[Field] = &[
    text("employee_id", "提交人 User ID", "submitter").personal(),
    INSTANCE_CODE,
    STARTED,
    ENDED,
    millis_int("remedy_time", "补卡时间", "time corrected")
        .note("文档写作毫秒，官方示例为秒", "documented in milliseconds, in seconds in the official example"),
    text("remedy_reason", "补卡事由", "correction reason").personal(),
    words("status", "审批状态", "approval status", STATUS).open(),
    words("type", "审批类型", "approval type", OBJECT_TYPE),
];

/// 出差行程
const SCHEDULE: &[Field] = &[
    text("departure", "出发地", "departure").personal(),
    text("departure_id", "出发地 ID", "departure ID").personal(),
    text("destination", "目的地", "destination").personal(),
    texts("destination_ids", "目的地 ID", "destination IDs").personal(),
    text("remark", "备注", "remark").personal(),
    text("transportation", "交通工具", "transport").personal(),
    date_time("trip_start_time", "出差开始时间", "trip starts").joined("出差时间", "time", " - "),
    date_time("trip_end_time", "出差结束时间", "trip ends").joined("出差时间", "time", " - "),
    duration("trip_interval", "出差时长", "trip length", TimeSpan::Seconds, Wire::Text),
    words("trip_type", "出差类型", "trip type", TRIP_TYPE),
];

/// 提交人
const START_USER: &[Field] = &[user("id", "提交人", "submitter")];

/// 同行人
const TRIP_PEER: &[Field] = &[user("id", "同行人", "companion")];

/// 出差审批
const TRIP_GROUP_UPDATE_OBJECT: &[Field] = &[
    INSTANCE_CODE,
    seconds_or_int("start_time", "审批发起时间", "approval started"),
    seconds_or_int("end_time", "审批结束时间", "approval ended"),
    list_or_one("schedules", "出差行程", "itinerary", &Kind::Object(SCHEDULE)),
    object("start_user", "提交人", "submitter", START_USER),
    duration("trip_interval", "出差时长", "trip length", TimeSpan::Seconds, Wire::Text),
    text("trip_reason", "出差事由", "trip reason").personal(),
    words("type", "审批状态", "approval status", STATUS),
    list_or_one("trip_peers", "同行人", "travel companions", &Kind::Object(TRIP_PEER)),
];

/// 加班时段
const TIME_RANGE: &[Field] = &[
    date_time("work_start_time", "加班开始时间", "overtime starts").joined("时间", "time", " - "),
    date_time("work_end_time", "加班结束时间", "overtime ends").joined("时间", "time", " - "),
];

/// 加班明细
const WORK_DETAIL: &[Field] = &[
    date_time("start", "开始时间", "starts").joined("时间", "time", " - "),
    date_time("end", "结束时间", "ends").joined("时间", "time", " - "),
    choices("rule_associated", "加班补偿", "compensation", RULE_ASSOCIATED),
    duration("interval", "当日加班时长", "overtime of the day", TimeSpan::Seconds, Wire::Integer),
];

const INSTANCE_REMEDY_GROUP_UPDATE_V4: Event =
    event_type("approval.instance.remedy_group_update_v4", "补卡审批", "punch correction approved")
        .fields(&[object("object", "补卡审批", "punch correction", REMEDY_GROUP_UPDATE_OBJECT)])
        .happened("object.end_time")
        .person("object.employee_id")
        .columns(
            "object.employee_id object.remedy_time object.remedy_reason object.status object.instance_code",
        )
        .header(APPROVED)
        .without(&["create_time"])
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/attendance-record-correction");

const INSTANCE_TRIP_GROUP_UPDATE_V4: Event =
    event_type("approval.instance.trip_group_update_v4", "出差审批", "business trip approved")
        .fields(&[object("object", "出差审批", "business trip", TRIP_GROUP_UPDATE_OBJECT)])
        .happened("object.end_time")
        .person("object.start_user.id.user_id")
        .columns(
            "object.start_user object.trip_reason object.trip_interval object.schedules object.type \
            object.instance_code",
        )
        .header(APPROVED)
        .without(&["create_time"])
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/business-trip");

const LEAVE_APPROVAL: Event = event_type("leave_approval", "请假审批", "leave approved")
    .fields(&[
        APP_ID,
        APPROVAL_CODE.required(),
        INSTANCE_CODE,
        EMPLOYEE_ID,
        OPEN_ID,
        STARTED,
        ENDED,
        text("leave_type", "请假类型", "leave type").personal(),
        date_time("leave_start_time", "请假开始时间", "leave starts").joined("请假时间", "leave", " - "),
        date_time("leave_end_time", "请假结束时间", "leave ends").joined("请假时间", "leave", " - "),
        duration("leave_interval", "请假时长", "leave length", TimeSpan::Seconds, Wire::Integer),
        choices("leave_unit", "请假单位", "leave unit", LEAVE_UNIT)
            .note("这里是整数，leave_approvalV2 中是字符串", "an integer here, a string in leave_approvalV2"),
        text("leave_reason", "请假事由", "leave reason").personal(),
        TENANT_KEY,
        TYPE,
    ])
    .v1()
    .happened("end_time")
    .person("employee_id")
    .columns("employee_id leave_type leave_start_time leave_interval leave_reason instance_code")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/leave");

const LEAVE_APPROVAL_V2: Event = event_type("leave_approvalV2", "请假审批 V2", "leave approved, V2")
    .fields(&[
        APP_ID,
        APPROVAL_CODE.required(),
        INSTANCE_CODE,
        text("i18n_resources", "多语言文案", "translations")
            .also(&Kind::List(&Kind::Any))
            .note("列表打印成文本，不是 JSON", "a list printed as text, not JSON"),
        text("leave_name", "请假类型", "leave type")
            .personal()
            .note("可能是 i18n_resources 中的键", "may be a key of i18n_resources"),
        STARTED,
        ENDED,
        texts("leave_certification", "证明材料", "certificates").personal(),
        text("leave_detail", "请假明细", "daily leave")
            .also(&Kind::List(&Kind::Any))
            .note("列表的列表，打印成文本，不是 JSON", "a list of lists printed as text, not JSON"),
        text("leave_difficult_labour", "是否难产", "difficult birth").personal(),
        words("leave_family_relation_type", "亲属关系", "family relation", LEAVE_FAMILY_RELATION_TYPE)
            .personal(),
        integer("leave_feeding_arrive_late", "哺乳假晚到时长", "nursing, late arrival")
            .personal()
            .note("文档未说明单位", "in a unit that is not documented"),
        integer("leave_feeding_leave_early", "哺乳假早走时长", "nursing, early leave")
            .personal()
            .note("文档未说明单位", "in a unit that is not documented"),
        integer("leave_feeding_rest_daily", "哺乳假每日休息时长", "nursing, daily rest")
            .personal()
            .note("文档未说明单位", "in a unit that is not documented"),
        text("leave_infant_num", "胎儿数量", "number of infants").personal(),
        duration("leave_interval", "请假时长", "leave length", TimeSpan::Seconds, Wire::Integer),
        text("leave_pregnancy_age", "怀孕月数", "months of pregnancy").personal(),
        text("leave_pregnancy_check_up", "产前检查", "prenatal check-up").personal(),
        text("leave_premarital_check_up", "婚前检查", "premarital check-up").personal(),
        text("leave_range", "请假时间段", "leave periods")
            .also(&Kind::List(&Kind::Any))
            .note("列表的列表，打印成文本，不是 JSON", "a list of lists printed as text, not JSON"),
        text("leave_reason", "请假事由", "leave reason").personal(),
        date_time("leave_start_time", "请假开始时间", "leave starts").joined("请假时间", "leave", " - "),
        date_time("leave_end_time", "请假结束时间", "leave ends").joined("请假时间", "leave", " - "),
        words("leave_unit", "请假单位", "leave unit", LEAVE_APPROVAL_V2_LEAVE_UNIT)
            .note("这里是字符串，leave_approval 中是整数", "a string here, an integer in leave_approval"),
        USER_ID,
        OPEN_ID,
        text("origin_instance_code", "原审批实例 Code", "original instance"),
        TENANT_KEY,
        TYPE,
    ])
    .v1()
    .happened("end_time")
    .person("user_id")
    .columns("user_id leave_name leave_start_time leave_interval leave_reason instance_code")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/leave");

const LEAVE_APPROVAL_REVERT: Event =
    event_type("leave_approval_revert", "请假审批撤销", "leave approval revoked")
        .fields(&[APP_ID, INSTANCE_CODE.required(), APPROVAL_CODE, REVOKED, TENANT_KEY, TYPE])
        .v1()
        .happened("operate_time")
        .columns("instance_code approval_code")
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/leave");

const OUT_APPROVAL: Event = event_type("out_approval", "外出审批", "outing approved")
    .fields(&[
        APP_ID,
        STARTED,
        ENDED,
        list("i18n_resources", "多语言文案", "translations", &Kind::Json)
            .note("每一项是 JSON 文本", "each item is JSON in text"),
        INSTANCE_CODE.required(),
        APPROVAL_CODE,
        USER_ID,
        OPEN_ID,
        date_time("out_start_time", "外出开始时间", "outing starts").joined("外出时间", "outing", " - "),
        date_time("out_end_time", "外出结束时间", "outing ends").joined("外出时间", "outing", " - "),
        text("out_image", "外出照片", "photo").personal(),
        duration("out_interval", "外出时长", "outing length", TimeSpan::Seconds, Wire::Integer),
        text("out_name", "外出类型", "outing type")
            .personal()
            .note("可能是 i18n_resources 中的键", "may be a key of i18n_resources"),
        text("out_reason", "外出事由", "outing reason").personal(),
        words("out_unit", "外出单位", "outing unit", OUT_UNIT)
            .note("半天在文档中写作 HALR_DAY", "half a day is documented as HALR_DAY"),
        TENANT_KEY,
        TYPE,
    ])
    .v1()
    .happened("end_time")
    .person("user_id")
    .columns("user_id out_name out_start_time out_interval out_reason instance_code")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/out-of-office");

const OUT_APPROVAL_REVERT: Event =
    event_type("out_approval_revert", "外出审批撤销", "outing approval revoked")
        .fields(&[APP_ID, INSTANCE_CODE.required(), APPROVAL_CODE, REVOKED, TENANT_KEY, TYPE])
        .v1()
        .happened("operate_time")
        .columns("instance_code approval_code")
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/out-of-office");

const SHIFT_APPROVAL: Event = event_type("shift_approval", "换班审批", "shift swap approved")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        INSTANCE_CODE.required(),
        APPROVAL_CODE,
        EMPLOYEE_ID,
        OPEN_ID,
        STARTED,
        ENDED,
        date_time("shift_time", "换班时间", "shift swapped"),
        date_time("return_time", "还班时间", "shift returned"),
        text("shift_reason", "换班事由", "swap reason").personal(),
    ])
    .v1()
    .happened("end_time")
    .person("employee_id")
    .columns("employee_id shift_time return_time shift_reason instance_code")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/shift-change");

const WORK_APPROVAL: Event = event_type("work_approval", "加班审批", "overtime approved")
    .fields(&[
        choices("allow_multi_time_range", "时段数", "periods allowed", ALLOW_MULTI_TIME_RANGE),
        APP_ID,
        APPROVAL_CODE.required(),
        INSTANCE_CODE,
        EMPLOYEE_ID,
        OPEN_ID,
        STARTED,
        ENDED,
        TENANT_KEY,
        TYPE,
        list_or_one("time_range", "加班时段", "overtime periods", &Kind::Object(TIME_RANGE)).conditional(),
        list_or_one("work_detail", "加班明细", "daily overtime", &Kind::Object(WORK_DETAIL)),
        date_time("work_start_time", "加班开始时间", "overtime starts").joined("加班时间", "overtime", " - "),
        date_time("work_end_time", "加班结束时间", "overtime ends").joined("加班时间", "overtime", " - "),
        duration("work_interval", "加班时长", "overtime length", TimeSpan::Seconds, Wire::Integer),
        list("work_multi_imitate_users", "代提交用户", "submitted for", &Kind::Any)
            .nullable()
            .personal()
            .note(
                "官方示例为 null，文档未说明各项",
                "null in the official example; its items are not documented",
            ),
        text("work_reason", "加班事由", "overtime reason").personal(),
        text("work_type", "加班类型", "overtime type"),
    ])
    .v1()
    .happened("end_time")
    .person("employee_id")
    .columns("employee_id work_type work_start_time work_interval work_reason instance_code")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/overtime");

const WORK_APPROVAL_REVERT: Event =
    event_type("work_approval_revert", "加班审批撤销", "overtime approval revoked")
        .fields(&[APP_ID, INSTANCE_CODE.required(), APPROVAL_CODE, REVOKED, TENANT_KEY, TYPE])
        .v1()
        .happened("operate_time")
        .columns("instance_code approval_code")
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/overtime");
