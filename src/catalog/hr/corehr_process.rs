//! 飞书人事：异动、离职与流程 / Core HR: transfers, offboarding and processes.

use super::super::common::{EMPLOYEE, EMPLOYMENT_ID};
use super::super::entry::{Choice, Event, Field, event_type};
use super::super::words::{choice, choices, date, integer, millis, text, texts};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &APPROVAL_GROUPS_UPDATED_V2,
    &JOB_CHANGE_STATUS_UPDATED_V2,
    &JOB_CHANGE_UPDATED_V1,
    &JOB_CHANGE_UPDATED_V2,
    &OFFBOARDING_CHECKLIST_UPDATED_V2,
    &OFFBOARDING_STATUS_UPDATED_V2,
    &OFFBOARDING_UPDATED_V1,
    &OFFBOARDING_UPDATED_V2,
    &PROCESS_APPROVER_UPDATED_V2,
    &PROCESS_CC_UPDATED_V2,
    &PROCESS_NODE_UPDATED_V2,
    &PROCESS_STATUS_UPDATE_V2,
    &PROCESS_UPDATED_V2,
    &PROCESS_COMMENT_INFO_UPDATED_V2,
    &SIGNATURE_FILE_STATUS_UPDATED_V2,
];

/// 异动状态
const TRANSFER_STATUS: &[Choice] = &[
    choice(1, "审批中", "pending"),
    choice(2, "已撤销", "revoked"),
    choice(3, "已拒绝", "rejected"),
    choice(4, "审批通过", "approved"),
    choice(5, "已生效", "effective"),
    choice(6, "无需审批", "no approval needed"),
];

/// 异动方式
const TRANSFER_MODE: &[Choice] = &[choice(1, "直接异动", "direct"), choice(2, "发起异动", "by process")];

/// 离职流转状态
const CHECKLIST_STATUS: &[Choice] = &[
    choice(1, "未发起", "not started"),
    choice(2, "进行中", "in progress"),
    choice(3, "已完成", "done"),
    choice(4, "已拒绝", "rejected"),
    choice(5, "已撤销", "revoked"),
];

/// 流程状态
const PROCESS_STATUS: &[Choice] = &[
    choice(1, "发起/进行中", "in progress"),
    choice(9, "完成", "done"),
    choice(2, "拒绝", "rejected"),
    choice(4, "撤回", "withdrawn"),
    choice(8, "撤销", "revoked"),
    choice(15, "撤销中", "being revoked"),
];

/// 流程属性
const PROPERTIES: &[Choice] = &[
    choice(1, "普通流程", "ordinary"),
    choice(2, "撤销流程", "revocation"),
    choice(3, "更正流程", "correction"),
];

/// 流程状态
const APPROVAL_GROUP_STATUS: &[Choice] = &[
    choice(1, "审批中", "pending"),
    choice(2, "审批通过", "approved"),
    choice(3, "已完成", "done"),
    choice(4, "已拒绝", "rejected"),
    choice(5, "已撤销", "revoked"),
];

/// 调整状态
const DRAFT_STATUS: &[Choice] =
    &[choice(1, "审批中", "pending"), choice(2, "已完成", "done"), choice(3, "已撤销", "revoked")];

/// 流程状态, with what its predecessor cannot say
const APPROVAL_GROUP_STATUS_V2: &[Choice] = &[
    choice(1, "审批中", "pending"),
    choice(2, "审批通过", "approved"),
    choice(3, "已完成", "done"),
    choice(4, "已拒绝", "rejected"),
    choice(5, "已撤销", "revoked"),
    choice(6, "执行失败或等待中", "failed or waiting"),
];

/// 变更类型, by where a transfer was changed
const CHANGED_IN: &[Choice] = &[
    choice(1, "异动页面编辑", "transfer page"),
    choice(2, "任职记录编辑", "job record"),
    choice(3, "花名册导入编辑", "roster import"),
    choice(4, "试用期页面编辑", "probation page"),
    choice(5, "处理异常编辑", "exception handling"),
    choice(6, "异动流程编辑", "transfer process"),
    choice(7, "合同编辑", "contract"),
];

/// 离职状态, of offboarding.status_updated_v2
const OFFBOARDING_STATUS_V2: &[Choice] = &[
    choice(1, "离职发起/审批中", "pending"),
    choice(2, "审批通过", "approved"),
    choice(3, "已生效", "effective"),
    choice(4, "已拒绝", "rejected"),
    choice(5, "已撤销", "revoked"),
    choice(6, "无需审批", "no approval needed"),
];

/// 离职状态, of offboarding.updated_v1
const OFFBOARDING_STATUS_V1: &[Choice] = &[
    choice(1, "离职发起/审批中", "pending"),
    choice(2, "已撤销", "revoked"),
    choice(3, "已拒绝", "rejected"),
    choice(4, "审批通过", "approved"),
    choice(5, "已生效", "effective"),
];

/// 离职状态, of offboarding.updated_v2
const OFFBOARDING_STATUS: &[Choice] = &[
    choice(1, "审批中", "pending"),
    choice(2, "审批通过", "approved"),
    choice(3, "已离职", "left"),
    choice(4, "已拒绝", "rejected"),
    choice(5, "已撤销", "revoked"),
    choice(6, "无需审批", "no approval needed"),
];

/// 单据类型
const FORM_TYPE: &[Choice] = &[choice(1, "审批单", "approval form"), choice(5, "表单", "form")];

/// 单据状态
const APPROVER_STATUS: &[Choice] = &[
    choice(1, "待办", "to do"),
    choice(3, "已完成", "done"),
    choice(2, "拒绝", "rejected"),
    choice(4, "取消", "cancelled"),
    choice(18, "已干预", "intervened"),
];

/// 单据状态
const CC_STATUS: &[Choice] = &[choice(5, "抄送到达", "copy delivered")];

/// 节点类型
const NODE_TYPE: &[Choice] = &[
    choice(1, "审批节点", "approval"),
    choice(2, "抄送节点", "copy"),
    choice(5, "表单节点", "form"),
    choice(6, "电子签", "e-signature"),
];

/// 节点状态
const NODE_STATUS: &[Choice] = &[
    choice(1, "进行中", "in progress"),
    choice(2, "已拒绝", "rejected"),
    choice(3, "已通过", "approved"),
    choice(4, "已撤回", "withdrawn"),
    choice(5, "已回退", "sent back"),
    choice(6, "已跳过", "skipped"),
    choice(7, "已干预", "intervened"),
];

/// 评论变更
const COMMENT_CHANGE: &[Choice] = &[choice(1, "新增", "added")];

/// The process that a record goes through.
const PROCESS_ID: Field = text("process_id", "流程 ID", "process");

/// The process by which an offboarding is applied for.
const OFFBOARDING_PROCESS: Field = text("process_id", "离职申请流程 ID", "offboarding process");

/// The process of what a leaver has to hand over.
const CHECKLIST_PROCESS: Field = text("checklist_process_id", "离职流转流程 ID", "checklist process");

/// How far that process is.
const CHECKLIST: Field = choices("checklist_status", "离职流转状态", "checklist status", CHECKLIST_STATUS);

/// What a process is for: `renewal_record`, say.
const BUSINESS_TYPE: Field = text("biz_type", "业务类型", "business type");

/// The definition that a process follows.
const FLOW_DEFINITION: Field = text("flow_definition_id", "流程定义 ID", "flow definition");

/// 流程
const PROCESS: &[Field] = &[
    PROCESS_ID,
    choices("status", "流程状态", "process status", PROCESS_STATUS),
    BUSINESS_TYPE,
    FLOW_DEFINITION,
    choices("properties", "流程属性", "process kind", PROPERTIES),
];

/// What is told first of a process.
const PROCESS_COLUMNS: &str = "status properties biz_type flow_definition_id process_id";

// What both versions tell of a transfer.
const JOB_CHANGE_ID: Field = text("job_change_id", "异动 ID", "job change");
const MODE: Field = choices("transfer_mode", "异动方式", "transfer mode", TRANSFER_MODE);
const TYPE_ID: Field = text("transfer_type_unique_identifier", "异动类型", "transfer type");
const REASON_ID: Field = text("transfer_reason_unique_identifier", "异动原因", "transfer reason").personal();
const EFFECTIVE_DATE: Field = date("effective_date", "生效日期", "effective");
const STATUS: Field = choices("status", "异动状态", "transfer status", TRANSFER_STATUS);
const TRANSFER_KEY: Field = text("transfer_key", "异动标识", "transfer key");

/// What is told first of a transfer.
const TRANSFER_COLUMNS: &str = "target_user_id status transfer_type_unique_identifier effective_date \
    transfer_reason_unique_identifier job_change_id";

/// An offboarding.
const OFFBOARDING_ID: Field = text("offboarding_id", "离职 ID", "offboarding");

const APPROVAL_GROUPS_UPDATED_V2: Event =
    event_type("corehr.approval_groups.updated_v2", "组织架构调整状态变更", "reorganisation status changed")
        .fields(&[
            text("approval_group_id", "审批组 ID", "approval group"),
            PROCESS_ID,
            choices("approval_group_status", "流程状态（旧）", "process status, old", APPROVAL_GROUP_STATUS)
                .deprecated()
                .note("已由 approval_group_status_v2 取代", "superseded by approval_group_status_v2"),
            text("topic", "调整主题", "subject"),
            text("adjust_reason", "调整原因", "adjustment reason"),
            date("effective_date", "生效日期", "effective"),
            text("created_by", "发起人", "initiator").personal(),
            text("draft_id", "调整 ID", "adjustment"),
            choices("draft_status", "调整状态", "adjustment status", DRAFT_STATUS),
            choices("approval_group_status_v2", "流程状态", "process status", APPROVAL_GROUP_STATUS_V2),
        ])
        .columns("created_by topic approval_group_status_v2 draft_status effective_date approval_group_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/approval_groups/events/updated");

const JOB_CHANGE_STATUS_UPDATED_V2: Event =
    event_type("corehr.job_change.status_updated_v2", "异动状态变更", "transfer status changed")
        .fields(&[
            EMPLOYMENT_ID,
            EMPLOYEE,
            JOB_CHANGE_ID,
            MODE,
            TYPE_ID,
            REASON_ID,
            PROCESS_ID,
            EFFECTIVE_DATE,
            STATUS,
            TRANSFER_KEY,
            integer("original_status", "原异动状态", "status before").sdk_only(),
            texts("details_of_job_status_change", "状态变更详情", "change details").sdk_only(),
        ])
        .person("employment_id")
        .columns(TRANSFER_COLUMNS)
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_change/events/status_updated");

const JOB_CHANGE_UPDATED_V1: Event =
    event_type("corehr.job_change.updated_v1", "异动状态变更 v1", "transfer status changed, v1")
        .fields(&[
            EMPLOYMENT_ID,
            EMPLOYEE,
            JOB_CHANGE_ID,
            MODE,
            TYPE_ID,
            REASON_ID,
            PROCESS_ID,
            EFFECTIVE_DATE,
            STATUS,
            TRANSFER_KEY,
        ])
        .person("employment_id")
        .columns(TRANSFER_COLUMNS)
        .historic()
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/job_change/events/updated");

const JOB_CHANGE_UPDATED_V2: Event =
    event_type("corehr.job_change.updated_v2", "异动信息变更", "transfer changed")
        .fields(&[
            EMPLOYMENT_ID,
            text("tenant_id", "租户 ID", "tenant"),
            PROCESS_ID,
            text("initiator", "发起人", "initiator").personal(),
            text("operator", "操作人", "operator").personal(),
            millis("updated_time", "更新时间", "updated"),
            JOB_CHANGE_ID,
            STATUS,
            text("operate_reason", "操作原因", "operation reason").personal(),
            choices("transfer_type", "变更类型", "changed in", CHANGED_IN),
            texts("updated_fields", "变更字段", "changed fields"),
            text("transform_type", "异动类型", "transfer type"),
            text("transform_reason", "异动原因", "transfer reason").personal(),
        ])
        .happened("updated_time")
        .person("employment_id")
        .columns("employment_id status transform_type updated_fields operator job_change_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_change/events/updated");

const OFFBOARDING_CHECKLIST_UPDATED_V2: Event = event_type(
    "corehr.offboarding.checklist_updated_v2",
    "离职流转状态变更",
    "offboarding checklist changed",
)
.fields(&[EMPLOYMENT_ID, EMPLOYEE, OFFBOARDING_ID, CHECKLIST_PROCESS, CHECKLIST])
.person("employment_id")
.columns("target_user_id checklist_status employment_id offboarding_id")
.page("uAjLw4CM/ukTMukTMukTM/corehr-v2/offboarding/events/checklist_updated");

const OFFBOARDING_STATUS_UPDATED_V2: Event =
    event_type("corehr.offboarding.status_updated_v2", "离职申请状态变更", "offboarding status changed")
        .fields(&[
            EMPLOYMENT_ID,
            EMPLOYEE,
            OFFBOARDING_ID,
            OFFBOARDING_PROCESS,
            choices("status", "离职状态", "offboarding status", OFFBOARDING_STATUS_V2),
        ])
        .person("employment_id")
        .columns("target_user_id status employment_id offboarding_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/offboarding/events/status_updated");

const OFFBOARDING_UPDATED_V1: Event =
    event_type("corehr.offboarding.updated_v1", "离职申请状态变更 v1", "offboarding status changed, v1")
        .fields(&[
            EMPLOYMENT_ID,
            EMPLOYEE,
            OFFBOARDING_ID,
            OFFBOARDING_PROCESS,
            choices("status", "离职状态", "offboarding status", OFFBOARDING_STATUS_V1),
        ])
        .person("employment_id")
        .columns("target_user_id status employment_id offboarding_id")
        .historic()
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/offboarding/events/updated");

const OFFBOARDING_UPDATED_V2: Event =
    event_type("corehr.offboarding.updated_v2", "离职信息变更", "offboarding changed")
        .fields(&[
            text("tenant_id", "租户 ID", "tenant"),
            text("offboarding_info_id", "离职 ID", "offboarding"),
            OFFBOARDING_PROCESS,
            CHECKLIST_PROCESS,
            EMPLOYMENT_ID,
            text("operator", "操作人", "operator").personal(),
            choices("status", "离职状态", "offboarding status", OFFBOARDING_STATUS),
            CHECKLIST,
            millis("updated_time", "更新时间", "updated"),
            texts("updated_fields", "变更字段", "changed fields"),
            EMPLOYEE,
        ])
        .happened("updated_time")
        .person("employment_id")
        .columns("target_user_id status checklist_status updated_fields operator offboarding_info_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/offboarding/events/updated");

const PROCESS_APPROVER_UPDATED_V2: Event =
    event_type("corehr.process.approver.updated_v2", "人事审批任务变更", "HR approval task changed")
        .fields(&[
            PROCESS_ID,
            text("approver_id", "单据 ID", "form"),
            choices("type", "单据类型", "form type", FORM_TYPE),
            choices("status", "单据状态", "form status", APPROVER_STATUS),
            BUSINESS_TYPE,
            FLOW_DEFINITION,
            text("node_definition_id", "节点定义 ID", "node definition"),
            text("node_id", "节点 ID（旧）", "node, old")
                .deprecated()
                .note("已由 node_id_str 取代", "superseded by node_id_str"),
            text("node_id_str", "节点 ID", "node"),
        ])
        .columns("status type biz_type process_id node_id_str approver_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process-approver/events/updated");

const PROCESS_CC_UPDATED_V2: Event =
    event_type("corehr.process.cc.updated_v2", "抄送单据状态变更", "HR copied form changed")
        .fields(&[
            PROCESS_ID,
            text("approver_id", "抄送单据 ID", "copied form"),
            choices("status", "单据状态", "form status", CC_STATUS),
            BUSINESS_TYPE,
        ])
        .columns("status biz_type process_id approver_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process-cc/events/updated");

const PROCESS_NODE_UPDATED_V2: Event =
    event_type("corehr.process.node.updated_v2", "流程节点状态变更", "HR process node changed")
        .fields(&[
            FLOW_DEFINITION,
            text("node_definition_id", "节点定义 ID", "node definition"),
            PROCESS_ID,
            text("process_node_id", "节点 ID", "node"),
            choices("node_type", "节点类型", "node type", NODE_TYPE),
            choices("node_status", "节点状态", "node status", NODE_STATUS),
            BUSINESS_TYPE,
        ])
        .columns("node_status node_type biz_type process_id process_node_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process-node/events/updated");

const PROCESS_STATUS_UPDATE_V2: Event =
    event_type("corehr.process.status.update_v2", "流程实例状态变更", "HR process status changed")
        .fields(PROCESS)
        .columns(PROCESS_COLUMNS)
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process-status/events/update");

const PROCESS_UPDATED_V2: Event =
    event_type("corehr.process.updated_v2", "流程实例信息变更", "HR process changed")
        .fields(PROCESS)
        .columns(PROCESS_COLUMNS)
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process/events/updated");

const PROCESS_COMMENT_INFO_UPDATED_V2: Event =
    event_type("corehr.process_comment_info.updated_v2", "流程评论变更", "HR process comment changed")
        .fields(&[
            PROCESS_ID,
            text("comment_id", "评论 ID", "comment"),
            choices("type", "评论变更", "comment change", COMMENT_CHANGE),
        ])
        .columns("type process_id comment_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process_comment_info/events/updated");

const SIGNATURE_FILE_STATUS_UPDATED_V2: Event = event_type(
    "corehr.signature_file.status_updated_v2",
    "电子签文件状态变更",
    "signature file status changed",
)
.fields(&[
    text("signature_file_id", "电子签文件 ID", "signature file"),
    text("before_status", "变更前的状态", "status before").joined("电子签状态", "status", " -> "),
    text("after_status", "变更后的状态", "status now").joined("电子签状态", "status", " -> "),
    text("biz_process_id", "业务流程 ID", "business process"),
])
.columns("before_status biz_process_id signature_file_id")
.page("uAjLw4CM/ukTMukTMukTM/corehr-v2/signature_file/events/status_updated");
