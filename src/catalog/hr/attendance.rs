//! 考勤打卡 / Attendance.

use super::super::entry::{Choice, Event, Field, Kind, event_type, field};
use super::super::words::{alarm, choice, word};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&USER_FLOW_CREATED, &USER_TASK_UPDATED];

/// 记录生成方式: who or what made the record.
const SOURCE: &[Choice] = &[
    choice(0, "用户自己打卡", "user punch"),
    choice(1, "管理员修改", "changed by an admin"),
    choice(2, "用户补卡", "user correction"),
    choice(3, "系统自动生成", "made by the system"),
    choice(4, "下班免打卡", "clock-out not required"),
    choice(5, "考勤机打卡", "attendance machine"),
    choice(6, "极速打卡", "express punch"),
    choice(7, "考勤开放平台导入", "imported by open platform"),
];

/// 疑似作弊打卡行为. The group settings know more checks than the four values, so more may come.
const RISK: &[Choice] = &[
    choice(0, "无疑似作弊", "none"),
    alarm(1, "疑似使用作弊软件", "cheat software"),
    alarm(2, "疑似使用他人的设备打卡", "someone else's device"),
    alarm(3, "疑似多人使用同一设备打卡", "device shared by several"),
];

const EMPLOYEE_ID: Field = field("employee_id", Kind::Text, "用户 ID", "employee")
    .required()
    .personal()
    .line("员工", "employee")
    .note(
        "飞书管理后台成员详情中的用户 ID，不是 open_id",
        "the user ID of the admin console; not an open_id",
    );

const EMPLOYEE_NO: Field = field("employee_no", Kind::Text, "工号", "employee number")
    .personal()
    .line("员工", "employee")
    .note("官方示例中为空", "empty in the official examples");

/// 打卡流水: the event this project began with.
const USER_FLOW_CREATED: Event = event_type("attendance.user_flow.created_v1", "打卡流水", "punch record")
    .happened("check_time")
    .record("record_id")
    .person(EMPLOYEE_ID.key)
    .page("server-docs/attendance-v1/event/user-attendance-records-event")
    .fields(&[
        EMPLOYEE_ID,
        EMPLOYEE_NO,
        field("check_time", Kind::SECONDS, "打卡时间", "punched")
            .required()
            .note("精确到秒的时间戳", "in seconds, unlike create_time"),
        field("type", Kind::Choice(SOURCE), "记录生成方式", "how").required(),
        field("risk_result", Kind::Choice(RISK), "疑似作弊打卡行为", "risk")
            .optional()
            .note("后来新增，旧数据没有", "added later: absent in older captures"),
        field("is_field", Kind::Flag, "外勤打卡", "field work").line("方式", "via"),
        field("is_wifi", Kind::Flag, "Wi-Fi 打卡", "Wi-Fi").line("方式", "via").note(
            "官方示例为 false 但 ssid 有值",
            "may be false although ssid is filled: so it is in the official example",
        ),
        field("location_name", Kind::Text, "打卡位置名称", "place").personal(),
        field("longitude", Kind::Longitude, "打卡经度", "longitude")
            .optional()
            .line("坐标", "position")
            .nullable()
            .personal()
            .note("目前暂不支持返回经纬度", "documented as not delivered at present"),
        field("latitude", Kind::Latitude, "打卡纬度", "latitude")
            .optional()
            .line("坐标", "position")
            .nullable()
            .personal()
            .note("目前暂不支持返回经纬度", "documented as not delivered at present"),
        field("ssid", Kind::Text, "打卡 Wi-Fi 的 SSID", "Wi-Fi name").personal().line("Wi-Fi", "Wi-Fi"),
        field("bssid", Kind::Mac, "打卡 Wi-Fi 的 MAC 地址", "Wi-Fi MAC address")
            .personal()
            .line("Wi-Fi", "Wi-Fi"),
        field("comment", Kind::Text, "打卡备注", "comment").personal(),
        field("photo_urls", Kind::List(&Kind::Url), "打卡照片", "photos").nullable().personal(),
        field("record_id", Kind::Text, "打卡记录 ID", "record").required().note(
            "19 位数字，超出 2^53，必须保持字符串",
            "19 digits, more than a double can hold: must stay a string",
        ),
    ]);

const STATUS: Kind = Kind::Word(&[
    word("NoNeedCheck", "无需打卡", "no need to punch"),
    word("SystemCheck", "系统打卡", "punched by the system"),
    word("Normal", "正常", "normal"),
    word("Early", "早退", "early out"),
    word("Late", "迟到", "late in"),
    word("SeriousLate", "严重迟到", "seriously late"),
    word("Lack", "缺卡", "no record"),
    word("Invalid", "无效", "invalid"),
    word("None", "无", "none"),
    word("Todo", "未打卡", "to do"),
]);

const SUPPLEMENT: Kind = Kind::Word(&[
    word("None", "无", "none"),
    word("ManagerModification", "管理员修改", "changed by an admin"),
    word("CardReplacement", "补卡通过", "correction passed"),
    word("ShiftChange", "换班", "shift swap"),
    word("Travel", "出差", "business trip"),
    word("Leave", "请假", "leave"),
    word("GoOut", "外出", "out of office"),
    word("CardReplacementApplication", "补卡申请中", "correction requested"),
    word("FieldPunch", "外勤打卡", "off-site punch"),
]);

const WORK_TYPE: Kind = Kind::Word(&[word("on", "上班", "on duty"), word("off", "下班", "off duty")]);

const STATUS_CHANGE: &[Field] = &[
    field("before_status", STATUS, "变更前的打卡结果", "status before").joined("打卡结果", "status", " -> "),
    field("current_status", STATUS, "变更后的打卡结果", "status now").joined("打卡结果", "status", " -> "),
    field("before_supplement", SUPPLEMENT, "变更前的补充结果", "supplement before").joined(
        "补充结果",
        "supplement",
        " -> ",
    ),
    field("current_supplement", SUPPLEMENT, "变更后的补充结果", "supplement now").joined(
        "补充结果",
        "supplement",
        " -> ",
    ),
    field("work_type", WORK_TYPE, "上下班", "on or off duty").joined("班次", "shift", " #"),
    field("index", Kind::Integer, "班次序号", "shift index")
        .joined("班次", "shift", " #")
        .also(&Kind::Text)
        .note("文档表格写 string，示例为整数", "a string in the documented table, an integer in its example"),
];

/// 用户任务状态变更: the attendance result of a person and day changed.
const USER_TASK_UPDATED: Event =
    event_type("attendance.user_task.updated_v1", "用户任务状态变更", "attendance result changed")
        .person(EMPLOYEE_ID.key)
        .fields(&[
            EMPLOYEE_ID,
            EMPLOYEE_NO,
            field("date", Kind::Day, "日期", "date")
                .required()
                .note("yyyyMMdd，不是时间戳", "yyyymmdd, not a timestamp"),
            field("group_id", Kind::Text, "考勤组 ID", "attendance group"),
            field("shift_id", Kind::Text, "班次 ID", "shift"),
            field("task_id", Kind::Text, "任务 ID", "task")
                .optional()
                .note("示例有，文档表格没有", "in the documented example, not in its table"),
            field("time_zone", Kind::Text, "时区", "time zone").optional().note(
                "示例有，文档表格没有；是 date 的时区",
                "in the documented example, not in its table; the zone of date",
            ),
            field("status_changes", Kind::List(&Kind::Object(STATUS_CHANGE)), "状态变更", "changes")
                .required(),
        ]);
