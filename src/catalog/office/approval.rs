//! 审批 / Approval.

use crate::time::Unit;

use super::super::common::{APP_ID, APPROVED, TENANT_KEY, TYPE};
use super::super::entry::{Choice, Event, Field, Kind, Wire, Word, event_type};
use super::super::words::{
    choice, choices, json, millis, millis_int, object, seconds, text, user, word, words,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &APPROVAL_UPDATED_V4,
    &APPROVAL_CC,
    &APPROVAL_INSTANCE,
    &APPROVAL_TASK,
    &INSTANCE_STATUS_CHANGED_V4,
    &TASK_STATUS_CHANGED_V4,
];

/// 控件组类型
const WIDGET_GROUP_TYPE: &[Choice] = &[choice(0, "未使用", "not used")];

/// 操作类型
const OPERATE: &[Word] = &[word("CREATE", "已抄送", "copied"), word("READ", "被抄送人已读", "read")];

/// 审批状态
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

/// A moment in seconds: text, where the documented table has an integer.
pub(super) const fn seconds_or_int(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    seconds(key, zh, en)
        .also(&Kind::Time(Unit::Seconds, Wire::Integer))
        .note("文档表格写 int，示例为字符串", "an integer in the documented table, a string in its example")
}

/// The definition that an approval follows.
pub(super) const APPROVAL_CODE: Field = text("approval_code", "审批定义 Code", "approval definition");

/// The approval that was started by that definition.
pub(super) const INSTANCE_CODE: Field = text("instance_code", "审批实例 Code", "approval instance");

/// 审批定义
const OBJECT: &[Field] = &[
    APPROVAL_CODE,
    text("approval_id", "审批定义 ID", "definition ID"),
    text("extra", "扩展数据", "extra data"),
    text("form_definition_id", "表单定义 ID", "form definition"),
    text("process_obj", "审批流程", "process")
        .note("官方示例为占位符，不是 JSON", "a placeholder in the official example, not JSON"),
    seconds_or_int("timestamp", "更新时间", "updated"),
    text("version_id", "版本号", "version"),
    choices("widget_group_type", "控件组类型", "widget group", WIDGET_GROUP_TYPE).open(),
];

const APPROVAL_UPDATED_V4: Event =
    event_type("approval.approval.updated_v4", "审批定义更新", "approval definition changed")
        .fields(&[object("object", "审批定义", "approval definition", OBJECT)])
        .happened("object.timestamp")
        .columns("object.approval_code object.version_id object.approval_id")
        .header(APPROVED)
        .without(&["create_time"])
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/custom-approval-event");

const APPROVAL_CC: Event = event_type("approval_cc", "审批抄送状态变更", "approval copy changed")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        APPROVAL_CODE.required(),
        INSTANCE_CODE,
        text("id", "抄送 ID", "copy"),
        text("user_id", "被抄送人", "copied to").personal(),
        millis_int("create_time", "抄送时间", "copied"),
        words("operate", "操作类型", "operation", OPERATE),
        text("from", "抄送人", "copied by").nullable().personal(),
    ])
    .v1()
    .happened("create_time")
    .person("user_id")
    .columns("user_id operate from instance_code id")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/common-event/approval-cc-event");

const APPROVAL_INSTANCE: Event =
    event_type("approval_instance", "审批实例状态变更", "approval instance changed")
        .fields(&[
            APP_ID,
            TENANT_KEY,
            TYPE,
            APPROVAL_CODE.required(),
            INSTANCE_CODE,
            words("status", "审批状态", "approval status", APPROVAL_INSTANCE_STATUS),
            millis("operate_time", "发生时间", "happened")
                .also(&Kind::Time(Unit::Millis, Wire::Integer))
                .note("状态为 REVERTED 时是整数", "an integer when the status is REVERTED"),
            millis("instance_operate_time", "实例操作时间", "instance operated"),
            text("uuid", "自定义 UUID", "custom UUID")
                .note("创建实例时由调用方给出", "given by the caller who created the instance"),
        ])
        .v1()
        .happened("operate_time")
        .columns("status approval_code instance_code uuid")
        .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/common-event/approval-instance-event");

const APPROVAL_TASK: Event = event_type("approval_task", "审批任务状态变更", "approval task changed")
    .fields(&[
        APP_ID,
        TENANT_KEY,
        TYPE,
        APPROVAL_CODE.required(),
        INSTANCE_CODE,
        text("task_id", "审批任务 ID", "approval task"),
        text("user_id", "操作人 User ID", "operator user ID").personal().line("操作人", "operator"),
        text("open_id", "操作人 Open ID", "operator open ID").personal().line("操作人", "operator"),
        words("status", "任务状态", "task status", APPROVAL_TASK_STATUS),
        millis("operate_time", "发生时间", "happened"),
        text("custom_key", "自定义节点 ID", "custom node").conditional(),
        text("def_key", "节点 ID", "node"),
        json("extra", "扩展数据", "extra data").conditional(),
    ])
    .v1()
    .happened("operate_time")
    .person("user_id")
    .columns("user_id status def_key custom_key task_id instance_code")
    .page("ukTMukTMukTM/uIDO24iM4YjLygjN/event/common-event/approval-task-event");

const INSTANCE_STATUS_CHANGED_V4: Event =
    event_type("approval.instance.status_changed_v4", "审批实例状态变更 v4", "approval instance changed, v4")
        .fields(&[
            APPROVAL_CODE,
            INSTANCE_CODE,
            text("external_id", "外部实例 ID", "external instance"),
            user("start_user", "发起人", "initiator"),
            text("status", "审批状态", "approval status"),
            text("operate_time", "发生时间", "happened").also(&Kind::Integer),
        ])
        .person("start_user.open_id")
        .columns("start_user status approval_code instance_code")
        .sdk_only();

const TASK_STATUS_CHANGED_V4: Event =
    event_type("approval.task.status_changed_v4", "审批任务状态变更 v4", "approval task changed, v4")
        .fields(&[
            APPROVAL_CODE,
            INSTANCE_CODE,
            text("task_id", "审批任务 ID", "approval task"),
            text("task_external_id", "外部任务 ID", "external task"),
            user("assigned_user", "审批人", "approver"),
            text("status", "任务状态", "task status"),
            text("operate_time", "发生时间", "happened").also(&Kind::Integer),
        ])
        .person("assigned_user.open_id")
        .columns("assigned_user status approval_code instance_code task_id")
        .sdk_only();
