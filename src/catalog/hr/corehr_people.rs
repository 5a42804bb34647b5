//! 飞书人事：人员与流程 / Core HR: people and processes.

use super::super::common::OPT_TYPE;
use super::super::entry::{Choice, Event, Field, Kind, Word, event_type};
use super::super::words::{
    choice, choices, date, integer, list, millis, object, seconds, text, texts, url, user, word, words,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &APPROVAL_GROUPS_UPDATED_V2,
    &CONTRACT_CREATED_V1,
    &CONTRACT_DELETED_V1,
    &CONTRACT_UPDATED_V1,
    &EMPLOYEE_DOMAIN_EVENT_V2,
    &EMPLOYMENT_CONVERTED_V1,
    &EMPLOYMENT_CREATED_V1,
    &EMPLOYMENT_DELETED_V1,
    &EMPLOYMENT_RESIGNED_V1,
    &EMPLOYMENT_UPDATED_V1,
    &JOB_CHANGE_STATUS_UPDATED_V2,
    &JOB_CHANGE_UPDATED_V1,
    &JOB_CHANGE_UPDATED_V2,
    &OFFBOARDING_CHECKLIST_UPDATED_V2,
    &OFFBOARDING_STATUS_UPDATED_V2,
    &OFFBOARDING_UPDATED_V1,
    &OFFBOARDING_UPDATED_V2,
    &ONBOARDING_QR_CODE_INACTIVE_V2,
    &PERSON_CREATED_V1,
    &PERSON_DELETED_V1,
    &PERSON_UPDATED_V1,
    &PRE_HIRE_ONBOARDING_TASK_CHANGED_V2,
    &PRE_HIRE_UPDATED_V1,
    &PROBATION_UPDATED_V2,
    &PROCESS_APPROVER_UPDATED_V2,
    &PROCESS_CC_UPDATED_V2,
    &PROCESS_NODE_UPDATED_V2,
    &PROCESS_STATUS_UPDATE_V2,
    &PROCESS_UPDATED_V2,
    &PROCESS_COMMENT_INFO_UPDATED_V2,
    &SIGNATURE_FILE_STATUS_UPDATED_V2,
];

/// 异动状态
const STATUS: &[Choice] = &[
    choice(1, "审批中", "pending"),
    choice(2, "已撤销", "revoked"),
    choice(3, "已拒绝", "rejected"),
    choice(4, "审批通过", "approved"),
    choice(5, "已生效", "effective"),
    choice(6, "无需审批", "no approval needed"),
];

/// 异动方式
const TRANSFER_MODE: &[Choice] = &[choice(1, "直接异动", "direct"), choice(2, "发起异动", "by process")];

/// 流转状态
const CHECKLIST_STATUS: &[Choice] = &[
    choice(1, "未发起", "not started"),
    choice(2, "进行中", "in progress"),
    choice(3, "已完成", "done"),
    choice(4, "已拒绝", "rejected"),
    choice(5, "已撤销", "revoked"),
];

/// 变更后状态
const UPDATE_STATUS: &[Choice] = &[
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

/// 流程状态 v2
const APPROVAL_GROUP_STATUS_V2: &[Choice] = &[
    choice(1, "审批中", "pending"),
    choice(2, "审批通过", "approved"),
    choice(3, "已完成", "done"),
    choice(4, "已拒绝", "rejected"),
    choice(5, "已撤销", "revoked"),
    choice(6, "执行失败", "failed or waiting"),
];

/// 事件类型
const EVENT_TYPE: &[Choice] = &[
    choice(1, "员工入职", "joined"),
    choice(2, "更新人员信息", "person changed"),
    choice(4, "员工兼职变动", "side job changed"),
    choice(5, "员工主任职变动", "main job changed"),
    choice(7, "员工离职", "left"),
    choice(8, "自定义组织记录变动", "custom organisation record"),
];

/// 子事件类型
const SUB_EVENT_TYPE: &[Choice] = &[
    choice(1001, "新入职", "new employee"),
    choice(2001, "更新人员信息", "person changed"),
    choice(4001, "创建兼职", "side job created"),
    choice(4002, "编辑兼职", "side job changed"),
    choice(4003, "撤销兼职", "side job revoked"),
    choice(4004, "结束兼职", "side job ended"),
    choice(4005, "删除兼职", "side job deleted"),
    choice(5001, "添加异动", "transfer added"),
    choice(5002, "编辑异动信息", "transfer changed"),
    choice(5003, "撤销异动", "transfer revoked"),
    choice(7001, "离职通过", "offboarding approved"),
    choice(7002, "撤销离职", "offboarding revoked"),
    choice(8001, "新增第一条记录", "first record added"),
    choice(8002, "新增后续组织记录", "later record added"),
    choice(8003, "编辑自定义组织记录", "record changed"),
];

/// 变更实体
const ENTITY: &[Word] = &[
    word("job_data", "任职信息", "job data"),
    word("person", "个人信息", "person"),
    word("employment", "雇佣信息", "employment"),
    word("email", "邮箱", "email"),
    word("person_name", "姓名", "person name"),
];

/// 聚合实体
const AGG_ENTITY: &[Word] = &[
    word("job_data", "任职信息", "job data"),
    word("person", "个人信息", "person"),
    word("employment", "雇佣信息", "employment"),
];

/// 变更类型
const TRANSFER_TYPE: &[Choice] = &[
    choice(1, "异动页面编辑", "transfer page"),
    choice(2, "任职记录编辑", "job record"),
    choice(3, "花名册导入编辑", "roster import"),
    choice(4, "试用期页面编辑", "probation page"),
    choice(5, "处理异常编辑", "exception handling"),
    choice(6, "异动流程编辑", "transfer process"),
    choice(7, "合同编辑", "contract"),
];

/// 离职状态
const STATUS_UPDATED_STATUS: &[Choice] = &[
    choice(1, "离职发起/审批中", "pending"),
    choice(2, "审批通过", "approved"),
    choice(3, "已生效", "effective"),
    choice(4, "已拒绝", "rejected"),
    choice(5, "已撤销", "revoked"),
    choice(6, "无需审批", "no approval needed"),
];

/// 离职状态
const UPDATED_STATUS: &[Choice] = &[
    choice(1, "离职发起/审批中", "pending"),
    choice(2, "已撤销", "revoked"),
    choice(3, "已拒绝", "rejected"),
    choice(4, "审批通过", "approved"),
    choice(5, "已生效", "effective"),
];

/// 离职状态
const OFFBOARDING_STATUS: &[Choice] = &[
    choice(1, "审批中", "pending"),
    choice(2, "审批通过", "approved"),
    choice(3, "已离职", "left"),
    choice(4, "已拒绝", "rejected"),
    choice(5, "已撤销", "revoked"),
    choice(6, "无需审批", "no approval needed"),
];

/// 变更后状态
const AFTER_STATUS: &[Word] = &[
    word("uninitialized", "未初始化", "not initialised"),
    word("not_started", "未开始", "not started"),
    word("in_progress", "进行中", "in progress"),
    word("in_review", "审核中/审批中", "in review"),
    word("rejected", "已拒绝", "rejected"),
    word("failed", "失败", "failed"),
    word("skipped", "自动跳过", "skipped"),
    word("completed", "已完成", "done"),
    word("terminated", "已终止", "terminated"),
    word("initiating", "初始化中", "initialising"),
    word("exception", "异常", "exception"),
    word("manual_skipped", "手动跳过", "skipped by hand"),
];

/// 任务标识
const TASK_CODE: &[Word] = &[
    word("1", "职位信息", "position"),
    word("2", "个人信息", "person"),
    word("3", "创建账户", "account creation"),
    word("4", "签到", "check-in"),
    word("9", "签署入职文件", "signing of documents"),
];

/// 变更后状态
const ONBOARDING_FLOW_CHANGE_AFTER_STATUS: &[Word] = &[
    word("not_started", "未开始", "not started"),
    word("in_progress", "进行中", "in progress"),
    word("completed", "已完成", "done"),
    word("withdrawn", "已撤销", "revoked"),
    word("others", "其他", "other"),
    word("expired", "已失效", "expired"),
];

/// 试用期状态
const PROBATION_STATUS: &[Word] = &[
    word("pending", "审批中", "pending"),
    word("rejected", "已拒绝", "rejected"),
    word("waiting", "待发起转正", "waiting"),
    word("approved", "审批通过", "approved"),
    word("converted", "已转正", "confirmed"),
    word("offboarded", "已离职", "left"),
];

/// 单据类型
const UPDATED_TYPE: &[Choice] = &[choice(1, "审批单", "approval form"), choice(5, "表单", "form")];

/// 单据状态
const APPROVER_STATUS: &[Choice] = &[
    choice(1, "待办", "to do"),
    choice(3, "已完成", "done"),
    choice(2, "拒绝", "rejected"),
    choice(4, "取消", "cancelled"),
    choice(18, "已干预", "intervened"),
];

/// 单据状态
const CC_STATUS: &[Choice] = &[choice(5, "抄送到达", "copy arrived")];

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

/// 评论事件类型
const PROCESS_COMMENT_INFO_TYPE: &[Choice] = &[choice(1, "新增", "added")];

/// 变更数据
const DATA: &[Field] = &[
    text("id", "变更实体 ID", "entity ID"),
    words("entity", "变更实体", "entity", ENTITY).open(),
    words("agg_entity", "聚合实体", "parent entity", AGG_ENTITY).open(),
    text("agg_entity_id", "聚合实体 ID", "parent entity ID"),
    choices("opt_type", "操作类型", "operation", OPT_TYPE),
    texts("fields", "字段标识", "fields"),
];

/// 二维码列表
const CODE_LIST: &[Field] = &[
    text("id", "二维码 ID", "QR code ID"),
    url("png", "二维码图片", "QR code image"),
    url("url", "二维码链接", "QR code link"),
];

/// 入职任务变更
const ONBOARDING_TASK_CHANGE: &[Field] = &[
    words("after_status", "变更后状态", "status now", AFTER_STATUS),
    words("task_code", "任务标识", "task code", TASK_CODE).open(),
];

/// 入职流程变更
const ONBOARDING_FLOW_CHANGE: &[Field] =
    &[words("after_status", "变更后状态", "status now", ONBOARDING_FLOW_CHANGE_AFTER_STATUS)];

/// 流程名称
const NAME: &[Field] = &[text("zh_cn", "中文", "Chinese"), text("en_us", "英文", "English")];

/// 流程信息
const FLOW_INFO: &[Field] =
    &[text("id", "流程 ID", "flow ID"), object("name", "流程名称", "flow name", NAME)];

const APPROVAL_GROUPS_UPDATED_V2: Event =
    event_type("corehr.approval_groups.updated_v2", "组织架构调整状态变更", "reorganisation status changed")
        .fields(&[
            text("approval_group_id", "审批组 ID", "approval group"),
            text("process_id", "流程 ID", "process"),
            choices("approval_group_status", "流程状态", "process status", APPROVAL_GROUP_STATUS)
                .deprecated()
                .note("已由 approval_group_status_v2 取代", "superseded by approval_group_status_v2"),
            text("topic", "调整主题", "topic"),
            text("adjust_reason", "调整原因", "reason"),
            date("effective_date", "生效日期", "effective"),
            text("created_by", "发起人", "initiator").personal(),
            text("draft_id", "调整 ID", "draft"),
            choices("draft_status", "调整状态", "draft status", DRAFT_STATUS),
            choices("approval_group_status_v2", "流程状态 v2", "process status v2", APPROVAL_GROUP_STATUS_V2),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/approval_groups/events/updated");

const CONTRACT_CREATED_V1: Event = event_type("corehr.contract.created_v1", "合同创建", "contract created")
    .fields(&[text("contract_id", "合同 ID", "contract")])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/contract/events/created");

const CONTRACT_DELETED_V1: Event = event_type("corehr.contract.deleted_v1", "合同删除", "contract deleted")
    .fields(&[text("contract_id", "合同 ID", "contract")])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/contract/events/deleted");

const CONTRACT_UPDATED_V1: Event = event_type("corehr.contract.updated_v1", "合同更新", "contract changed")
    .fields(&[text("contract_id", "合同 ID", "contract")])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/contract/events/updated");

const EMPLOYEE_DOMAIN_EVENT_V2: Event =
    event_type("corehr.employee.domain_event_v2", "人员信息变更", "HR employee changed")
        .fields(&[
            choices("event_type", "事件类型", "event kind", EVENT_TYPE),
            choices("sub_event_type", "子事件类型", "event sub-kind", SUB_EVENT_TYPE),
            text("operator_user_id", "操作人", "operator").personal(),
            text("opt_scene", "业务场景", "scene"),
            text("opt_desc", "操作描述", "operation text"),
            seconds("opt_time", "操作时间", "operated"),
            text("opt_id", "操作 ID", "operation ID"),
            text("employment_id", "雇佣 ID", "employment").personal(),
            list("data", "变更数据", "changes", &Kind::Object(DATA)),
        ])
        .happened("opt_time")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/employee/events/domain_event");

const EMPLOYMENT_CONVERTED_V1: Event =
    event_type("corehr.employment.converted_v1", "员工完成转正", "probation passed")
        .fields(&[text("employment_id", "雇佣 ID", "employment").personal()])
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/employment/events/converted");

const EMPLOYMENT_CREATED_V1: Event =
    event_type("corehr.employment.created_v1", "创建雇佣信息", "employment created")
        .fields(&[
            text("employment_id", "雇佣 ID", "employment").personal(),
            user("target_user_id", "目标用户", "user concerned"),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/employment/events/created");

const EMPLOYMENT_DELETED_V1: Event =
    event_type("corehr.employment.deleted_v1", "删除雇佣信息", "employment deleted")
        .fields(&[
            text("employment_id", "雇佣 ID", "employment").personal(),
            user("target_user_id", "目标用户", "user concerned"),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/employment/events/deleted");

const EMPLOYMENT_RESIGNED_V1: Event =
    event_type("corehr.employment.resigned_v1", "员工完成离职", "offboarding completed")
        .fields(&[text("employment_id", "雇佣 ID", "employment").personal()])
        .historic()
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/employment/events/resigned");

const EMPLOYMENT_UPDATED_V1: Event =
    event_type("corehr.employment.updated_v1", "更新雇佣信息", "employment changed")
        .fields(&[
            text("employment_id", "雇佣 ID", "employment").personal(),
            user("target_user_id", "目标用户", "user concerned"),
            texts("field_changes", "变更字段", "changed fields"),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/employment/events/updated");

const JOB_CHANGE_STATUS_UPDATED_V2: Event =
    event_type("corehr.job_change.status_updated_v2", "异动状态变更", "transfer status changed")
        .fields(&[
            text("employment_id", "雇员 ID", "employment").personal(),
            user("target_user_id", "目标用户", "user concerned"),
            text("job_change_id", "异动记录 ID", "job change"),
            choices("transfer_mode", "异动方式", "transfer mode", TRANSFER_MODE),
            text("transfer_type_unique_identifier", "异动类型", "transfer type"),
            text("transfer_reason_unique_identifier", "异动原因", "transfer reason").personal(),
            text("process_id", "流程 ID", "process"),
            date("effective_date", "生效日期", "effective"),
            choices("status", "异动状态", "transfer status", STATUS),
            text("transfer_key", "异动标识", "transfer key"),
            integer("original_status", "原异动状态", "status before").sdk_only(),
            texts("details_of_job_status_change", "状态变更详情", "change details").sdk_only(),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_change/events/status_updated");

const JOB_CHANGE_UPDATED_V1: Event =
    event_type("corehr.job_change.updated_v1", "异动状态变更 v1", "transfer status changed, v1")
        .fields(&[
            text("employment_id", "雇员 ID", "employment").personal(),
            user("target_user_id", "目标用户", "user concerned"),
            text("job_change_id", "异动记录 ID", "job change"),
            choices("transfer_mode", "异动方式", "transfer mode", TRANSFER_MODE),
            text("transfer_type_unique_identifier", "异动类型", "transfer type"),
            text("transfer_reason_unique_identifier", "异动原因", "transfer reason").personal(),
            text("process_id", "流程 ID", "process"),
            date("effective_date", "生效日期", "effective"),
            choices("status", "异动状态", "transfer status", STATUS),
            text("transfer_key", "异动标识", "transfer key"),
        ])
        .historic()
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/job_change/events/updated");

const JOB_CHANGE_UPDATED_V2: Event =
    event_type("corehr.job_change.updated_v2", "异动信息变更", "transfer changed")
        .fields(&[
            text("employment_id", "雇员 ID", "employment").personal(),
            text("tenant_id", "租户 ID", "tenant ID"),
            text("process_id", "流程 ID", "process"),
            text("initiator", "发起人", "initiator").personal(),
            text("operator", "操作人", "operator").personal(),
            millis("updated_time", "更新时间", "updated"),
            text("job_change_id", "异动记录 ID", "job change"),
            choices("status", "异动状态", "transfer status", STATUS),
            text("operate_reason", "操作原因", "operation reason").personal(),
            choices("transfer_type", "变更类型", "change", TRANSFER_TYPE),
            texts("updated_fields", "变更字段", "changed fields"),
            text("transform_type", "异动类型", "transfer type"),
            text("transform_reason", "异动原因", "transfer reason").personal(),
        ])
        .happened("updated_time")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_change/events/updated");

const OFFBOARDING_CHECKLIST_UPDATED_V2: Event = event_type(
    "corehr.offboarding.checklist_updated_v2",
    "离职流转状态变更",
    "offboarding checklist changed",
)
.fields(&[
    text("employment_id", "雇佣 ID", "employment").personal(),
    user("target_user_id", "离职员工", "leaver"),
    text("offboarding_id", "离职记录 ID", "offboarding"),
    text("checklist_process_id", "离职流转流程", "checklist process"),
    choices("checklist_status", "流转状态", "checklist status", CHECKLIST_STATUS),
])
.page("uAjLw4CM/ukTMukTMukTM/corehr-v2/offboarding/events/checklist_updated");

const OFFBOARDING_STATUS_UPDATED_V2: Event =
    event_type("corehr.offboarding.status_updated_v2", "离职申请状态变更", "offboarding status changed")
        .fields(&[
            text("employment_id", "雇佣 ID", "employment").personal(),
            user("target_user_id", "离职员工", "leaver"),
            text("offboarding_id", "离职记录 ID", "offboarding"),
            text("process_id", "离职申请流程", "process"),
            choices("status", "离职状态", "offboarding status", STATUS_UPDATED_STATUS),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/offboarding/events/status_updated");

const OFFBOARDING_UPDATED_V1: Event =
    event_type("corehr.offboarding.updated_v1", "离职申请状态变更 v1", "offboarding status changed, v1")
        .fields(&[
            text("employment_id", "雇佣 ID", "employment").personal(),
            user("target_user_id", "离职员工", "leaver"),
            text("offboarding_id", "离职记录 ID", "offboarding"),
            text("process_id", "离职申请流程", "process"),
            choices("status", "离职状态", "offboarding status", UPDATED_STATUS),
        ])
        .historic()
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/offboarding/events/updated");

const OFFBOARDING_UPDATED_V2: Event =
    event_type("corehr.offboarding.updated_v2", "离职信息变更", "offboarding changed")
        .fields(&[
            text("tenant_id", "租户 ID", "tenant ID"),
            text("offboarding_info_id", "离职记录 ID", "offboarding"),
            text("process_id", "离职申请流程", "process"),
            text("checklist_process_id", "离职流转流程", "checklist process"),
            text("employment_id", "雇佣 ID", "employment").personal(),
            text("operator", "操作人", "operator").personal(),
            choices("status", "离职状态", "offboarding status", OFFBOARDING_STATUS),
            choices("checklist_status", "手续办理状态", "checklist status", CHECKLIST_STATUS),
            millis("updated_time", "更新时间", "updated"),
            texts("updated_fields", "变更字段", "changed fields"),
            user("target_user_id", "离职员工", "leaver"),
        ])
        .happened("updated_time")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/offboarding/events/updated");

const ONBOARDING_QR_CODE_INACTIVE_V2: Event = event_type(
    "corehr.onboarding_qr_code.inactive_v2",
    "入职二维码失效",
    "onboarding QR code expired",
)
.fields(&[list("code_lists", "二维码列表", "QR codes", &Kind::Object(CODE_LIST))])
.page(
    "uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/pre_hire/onboarding-qr-code/event/onboarding-qr-code-inactive",
);

const PERSON_CREATED_V1: Event = event_type("corehr.person.created_v1", "创建个人信息", "person created")
    .fields(&[text("person_id", "人员 ID", "person").personal()])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/person/events/created");

const PERSON_DELETED_V1: Event = event_type("corehr.person.deleted_v1", "删除个人信息", "person deleted")
    .fields(&[text("person_id", "人员 ID", "person").personal()])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/person/events/deleted");

const PERSON_UPDATED_V1: Event = event_type("corehr.person.updated_v1", "更新个人信息", "person changed")
    .fields(&[
        text("person_id", "人员 ID", "person").personal(),
        texts("field_changes", "变更字段", "changed fields"),
    ])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/person/events/updated");

const PRE_HIRE_ONBOARDING_TASK_CHANGED_V2: Event =
    event_type("corehr.pre_hire.onboarding_task_changed_v2", "入职流程状态变更", "onboarding status changed")
        .fields(&[
            text("tenant_id", "租户 ID", "tenant ID"),
            text("pre_hire_id", "待入职 ID", "pre-hire").personal(),
            list(
                "onboarding_task_changes",
                "入职任务变更",
                "task changes",
                &Kind::Object(ONBOARDING_TASK_CHANGE),
            ),
            object("onboarding_flow_change", "入职流程变更", "flow change", ONBOARDING_FLOW_CHANGE)
                .conditional(),
            text("onboarding_flow_id", "入职流程 ID", "onboarding flow"),
            object("flow_info", "流程信息", "flow", FLOW_INFO),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/pre_hire/events/onboarding_task_changed");

const PRE_HIRE_UPDATED_V1: Event =
    event_type("corehr.pre_hire.updated_v1", "入职信息变更", "pre-hire changed")
        .fields(&[
            text("pre_hire_id", "待入职 ID", "pre-hire").personal(),
            texts("field_changes", "变更字段", "changed fields"),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/pre_hire/events/updated");

const PROBATION_UPDATED_V2: Event =
    event_type("corehr.probation.updated_v2", "试用期状态变更", "probation status changed")
        .fields(&[
            text("employment_id", "雇佣 ID", "employment").personal(),
            words("probation_status", "试用期状态", "probation status", PROBATION_STATUS),
            date("actual_probation_end_date", "试用期结束日期", "probation ended").personal(),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/probation/events/updated");

const PROCESS_APPROVER_UPDATED_V2: Event =
    event_type("corehr.process.approver.updated_v2", "人事审批任务变更", "HR approval task changed")
        .fields(&[
            text("process_id", "流程实例 ID", "process"),
            text("approver_id", "单据 ID", "approval form"),
            choices("type", "单据类型", "form type", UPDATED_TYPE),
            choices("status", "单据状态", "form status", APPROVER_STATUS),
            text("biz_type", "业务类型", "business type"),
            text("flow_definition_id", "流程定义 ID", "flow definition"),
            text("node_definition_id", "节点定义 ID", "node definition"),
            text("node_id", "节点 ID", "node")
                .deprecated()
                .note("已由 node_id_str 取代", "superseded by node_id_str"),
            text("node_id_str", "节点 ID 文本", "node as text"),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process-approver/events/updated");

const PROCESS_CC_UPDATED_V2: Event =
    event_type("corehr.process.cc.updated_v2", "抄送单据状态变更", "HR copied form changed")
        .fields(&[
            text("process_id", "流程实例 ID", "process"),
            text("approver_id", "抄送单据 ID", "copied form"),
            choices("status", "单据状态", "form status", CC_STATUS),
            text("biz_type", "业务类型", "business type"),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process-cc/events/updated");

const PROCESS_NODE_UPDATED_V2: Event =
    event_type("corehr.process.node.updated_v2", "流程节点状态变更", "HR process node changed")
        .fields(&[
            text("flow_definition_id", "流程定义 ID", "flow definition"),
            text("node_definition_id", "节点定义 ID", "node definition"),
            text("process_id", "流程实例 ID", "process"),
            text("process_node_id", "节点实例 ID", "node instance"),
            choices("node_type", "节点类型", "node type", NODE_TYPE),
            choices("node_status", "节点状态", "node status", NODE_STATUS),
            text("biz_type", "业务类型", "business type"),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process-node/events/updated");

const PROCESS_STATUS_UPDATE_V2: Event =
    event_type("corehr.process.status.update_v2", "流程实例状态变更", "HR process status changed")
        .fields(&[
            text("process_id", "流程实例 ID", "process"),
            choices("status", "变更后状态", "status now", UPDATE_STATUS),
            text("biz_type", "业务类型", "business type"),
            text("flow_definition_id", "流程定义 ID", "flow definition"),
            choices("properties", "流程属性", "process kind", PROPERTIES),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process-status/events/update");

const PROCESS_UPDATED_V2: Event =
    event_type("corehr.process.updated_v2", "流程实例信息变更", "HR process changed")
        .fields(&[
            text("process_id", "流程实例 ID", "process"),
            choices("status", "变更后状态", "status now", UPDATE_STATUS),
            text("biz_type", "业务类型", "business type"),
            text("flow_definition_id", "流程定义 ID", "flow definition"),
            choices("properties", "流程属性", "process kind", PROPERTIES),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process/events/updated");

const PROCESS_COMMENT_INFO_UPDATED_V2: Event =
    event_type("corehr.process_comment_info.updated_v2", "流程评论变更", "HR process comment changed")
        .fields(&[
            text("process_id", "流程实例 ID", "process"),
            text("comment_id", "评论 ID", "comment"),
            choices("type", "评论事件类型", "comment event", PROCESS_COMMENT_INFO_TYPE),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/process_comment_info/events/updated");

const SIGNATURE_FILE_STATUS_UPDATED_V2: Event = event_type(
    "corehr.signature_file.status_updated_v2",
    "电子签文件状态变更",
    "signature file status changed",
)
.fields(&[
    text("signature_file_id", "电子签文件 ID", "signature file"),
    text("before_status", "变更前状态", "status before"),
    text("after_status", "变更后状态", "status now"),
    text("biz_process_id", "业务 ID", "business process"),
])
.page("uAjLw4CM/ukTMukTMukTM/corehr-v2/signature_file/events/status_updated");
