//! 飞书人事：人员 / Core HR: people.

use super::super::common::{EMPLOYEE, EMPLOYMENT_ID, FIELD_CHANGES, OPT_TYPE};
use super::super::entry::{Choice, Event, Field, Kind, Word, event_type};
use super::super::words::{choice, choices, date, list, object, seconds, text, texts, url, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &CONTRACT_CREATED_V1,
    &CONTRACT_DELETED_V1,
    &CONTRACT_UPDATED_V1,
    &EMPLOYEE_DOMAIN_EVENT_V2,
    &EMPLOYMENT_CONVERTED_V1,
    &EMPLOYMENT_CREATED_V1,
    &EMPLOYMENT_DELETED_V1,
    &EMPLOYMENT_RESIGNED_V1,
    &EMPLOYMENT_UPDATED_V1,
    &ONBOARDING_QR_CODE_INACTIVE_V2,
    &PERSON_CREATED_V1,
    &PERSON_DELETED_V1,
    &PERSON_UPDATED_V1,
    &PRE_HIRE_ONBOARDING_TASK_CHANGED_V2,
    &PRE_HIRE_UPDATED_V1,
    &PROBATION_UPDATED_V2,
];

/// 变更事件
const EVENT_TYPE: &[Choice] = &[
    choice(1, "员工入职", "joined"),
    choice(2, "更新人员信息", "person changed"),
    choice(4, "员工兼职变动", "side job changed"),
    choice(5, "员工主任职变动", "main job changed"),
    choice(7, "员工离职", "left"),
    choice(8, "自定义组织记录变动", "custom organisation changed"),
];

/// 变更子事件
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

/// 任务状态
const TASK_STATUS: &[Word] = &[
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

/// 入职任务
const TASK_CODE: &[Word] = &[
    word("1", "职位信息", "position"),
    word("2", "个人信息", "person"),
    word("3", "创建账户", "account creation"),
    word("4", "签到", "check-in"),
    word("9", "签署入职文件", "signing of documents"),
];

/// 入职流程状态
const ONBOARDING_STATUS: &[Word] = &[
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
    word("waiting", "待发起转正", "to be initiated"),
    word("approved", "审批通过", "approved"),
    word("converted", "已转正", "passed"),
    word("offboarded", "已离职", "left"),
];

/// 变更数据
const DATA: &[Field] = &[
    text("id", "变更实体 ID", "entity ID"),
    words("entity", "变更实体", "entity", ENTITY).open(),
    words("agg_entity", "聚合实体", "parent entity", AGG_ENTITY).open(),
    text("agg_entity_id", "聚合实体 ID", "parent entity ID"),
    choices("opt_type", "操作类型", "operation", OPT_TYPE),
    texts("fields", "变更字段", "changed fields"),
];

/// 二维码
const QR_CODE: &[Field] = &[
    text("id", "二维码 ID", "QR code ID"),
    url("png", "二维码图片", "QR code image"),
    url("url", "二维码链接", "QR code link"),
];

/// 入职任务变更
const ONBOARDING_TASK_CHANGE: &[Field] = &[
    words("after_status", "任务状态", "task status", TASK_STATUS),
    words("task_code", "入职任务", "task", TASK_CODE).open(),
];

/// 入职流程变更
const ONBOARDING_FLOW_CHANGE: &[Field] =
    &[words("after_status", "入职流程状态", "onboarding status", ONBOARDING_STATUS)];

/// 流程名称
const NAME: &[Field] =
    &[text("zh_cn", "中文名称", "Chinese name"), text("en_us", "英文名称", "English name")];

/// 流程信息
const FLOW_INFO: &[Field] = &[
    text("id", "流程 ID", "flow"),
    object("name", "流程名称", "flow name", NAME).line("流程名称", "flow name"),
];

/// A contract.
const CONTRACT_ID: Field = text("contract_id", "合同 ID", "contract");

/// A person.
const PERSON_ID: Field = text("person_id", "人员 ID", "person").personal();

/// Somebody who is about to join.
const PRE_HIRE_ID: Field = text("pre_hire_id", "待入职人员 ID", "pre-hire").personal();

const CONTRACT_CREATED_V1: Event = event_type("corehr.contract.created_v1", "合同创建", "contract created")
    .fields(&[CONTRACT_ID])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/contract/events/created");

const CONTRACT_DELETED_V1: Event = event_type("corehr.contract.deleted_v1", "合同删除", "contract deleted")
    .fields(&[CONTRACT_ID])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/contract/events/deleted");

const CONTRACT_UPDATED_V1: Event = event_type("corehr.contract.updated_v1", "合同更新", "contract changed")
    .fields(&[CONTRACT_ID])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/contract/events/updated");

const EMPLOYEE_DOMAIN_EVENT_V2: Event =
    event_type("corehr.employee.domain_event_v2", "人员信息变更", "HR employee changed")
        .fields(&[
            choices("event_type", "变更事件", "change", EVENT_TYPE),
            choices("sub_event_type", "变更子事件", "change in detail", SUB_EVENT_TYPE),
            text("operator_user_id", "操作人", "operator").personal(),
            text("opt_scene", "业务场景", "scenario"),
            text("opt_desc", "操作描述", "operation"),
            seconds("opt_time", "操作时间", "operated"),
            text("opt_id", "操作 ID", "operation ID"),
            EMPLOYMENT_ID,
            list("data", "变更数据", "changed data", &Kind::Object(DATA)),
        ])
        .happened("opt_time")
        .person("employment_id")
        .columns("employment_id event_type sub_event_type opt_desc operator_user_id opt_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/employee/events/domain_event");

const EMPLOYMENT_CONVERTED_V1: Event =
    event_type("corehr.employment.converted_v1", "员工完成转正", "probation passed")
        .fields(&[EMPLOYMENT_ID])
        .person("employment_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/employment/events/converted");

const EMPLOYMENT_CREATED_V1: Event =
    event_type("corehr.employment.created_v1", "创建雇佣信息", "employment created")
        .fields(&[EMPLOYMENT_ID, EMPLOYEE])
        .person("employment_id")
        .columns("target_user_id employment_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/employment/events/created");

const EMPLOYMENT_DELETED_V1: Event =
    event_type("corehr.employment.deleted_v1", "删除雇佣信息", "employment deleted")
        .fields(&[EMPLOYMENT_ID, EMPLOYEE])
        .person("employment_id")
        .columns("target_user_id employment_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/employment/events/deleted");

const EMPLOYMENT_RESIGNED_V1: Event =
    event_type("corehr.employment.resigned_v1", "员工完成离职", "offboarding completed")
        .fields(&[EMPLOYMENT_ID])
        .person("employment_id")
        .historic()
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/employment/events/resigned");

const EMPLOYMENT_UPDATED_V1: Event =
    event_type("corehr.employment.updated_v1", "更新雇佣信息", "employment changed")
        .fields(&[EMPLOYMENT_ID, EMPLOYEE, FIELD_CHANGES])
        .person("employment_id")
        .columns("target_user_id field_changes employment_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/employment/events/updated");

const ONBOARDING_QR_CODE_INACTIVE_V2: Event = event_type(
    "corehr.onboarding_qr_code.inactive_v2",
    "入职二维码失效",
    "onboarding QR code expired",
)
.fields(&[list("code_lists", "二维码", "QR codes", &Kind::Object(QR_CODE))])
.columns("code_lists")
.page(
    "uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/pre_hire/onboarding-qr-code/event/onboarding-qr-code-inactive",
);

const PERSON_CREATED_V1: Event = event_type("corehr.person.created_v1", "创建个人信息", "person created")
    .fields(&[PERSON_ID])
    .person("person_id")
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/person/events/created");

const PERSON_DELETED_V1: Event = event_type("corehr.person.deleted_v1", "删除个人信息", "person deleted")
    .fields(&[PERSON_ID])
    .person("person_id")
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/person/events/deleted");

const PERSON_UPDATED_V1: Event = event_type("corehr.person.updated_v1", "更新个人信息", "person changed")
    .fields(&[PERSON_ID, FIELD_CHANGES])
    .person("person_id")
    .columns("person_id field_changes")
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/person/events/updated");

const PRE_HIRE_ONBOARDING_TASK_CHANGED_V2: Event =
    event_type("corehr.pre_hire.onboarding_task_changed_v2", "入职流程状态变更", "onboarding status changed")
        .fields(&[
            text("tenant_id", "租户 ID", "tenant"),
            PRE_HIRE_ID,
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
        .columns(
            "pre_hire_id onboarding_flow_change.after_status onboarding_task_changes flow_info.name \
            onboarding_flow_id",
        )
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/pre_hire/events/onboarding_task_changed");

const PRE_HIRE_UPDATED_V1: Event =
    event_type("corehr.pre_hire.updated_v1", "入职信息变更", "pre-hire changed")
        .fields(&[PRE_HIRE_ID, FIELD_CHANGES])
        .columns("pre_hire_id field_changes")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/pre_hire/events/updated");

const PROBATION_UPDATED_V2: Event =
    event_type("corehr.probation.updated_v2", "试用期状态变更", "probation status changed")
        .fields(&[
            EMPLOYMENT_ID,
            words("probation_status", "试用期状态", "probation status", PROBATION_STATUS),
            date("actual_probation_end_date", "实际试用期结束日期", "actual probation end").personal(),
        ])
        .person("employment_id")
        .columns("employment_id probation_status actual_probation_end_date")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/probation/events/updated");
