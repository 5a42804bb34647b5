//! 招聘 / Hire.

use super::super::entry::{Choice, Event, Field, Kind, event_type};
use super::super::words::{
    choice, choices, integer, list, millis, millis_int, number, object, text, texts, user,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &APPLICATION_DELETED_V1,
    &APPLICATION_STAGE_CHANGED_V1,
    &ECO_ACCOUNT_CREATED_V1,
    &ECO_BACKGROUND_CHECK_CANCELED_V1,
    &ECO_BACKGROUND_CHECK_CREATED_V1,
    &ECO_EXAM_CREATED_V1,
    &EHR_IMPORT_TASK_IMPORTED_V1,
    &EHR_IMPORT_TASK_FOR_INTERNSHIP_OFFER_IMPORTED_V1,
    &OFFER_STATUS_CHANGED_V1,
    &REFERRAL_ACCOUNT_ASSETS_UPDATE_V1,
    &TALENT_DELETED_V1,
    &TALENT_TAG_SUBSCRIPTION_V1,
];

/// 账号类型
const ACCOUNT_TYPE: &[Choice] = &[choice(1, "背调账号", "background check"), choice(2, "笔试账号", "exam")];

/// 适用范围
const USAGE_LIST: &[Choice] = &[choice(1, "社招", "experienced hires"), choice(2, "校招", "campus hires")];

/// 变更类型
const TAG_SUBSCRIPTION_TYPE: &[Choice] =
    &[choice(1, "阶段变更", "stage changed"), choice(2, "锁定", "locked"), choice(3, "解锁", "unlocked")];

/// 锁定状态
const LOCK_STATUS: &[Choice] = &[
    choice(1, "未锁定", "unlocked"),
    choice(2, "锁定在其他职位", "locked by another job"),
    choice(3, "锁定在当前职位", "locked by this job"),
];

/// 阶段类型
const APPLICATION_STAGE_TYPE: &[Choice] = &[
    choice(1, "筛选型", "screening"),
    choice(2, "评估型", "evaluation"),
    choice(3, "笔试型", "exam"),
    choice(4, "面试型", "interview"),
    choice(5, "Offer 型", "offer"),
    choice(6, "待入职", "to be onboarded"),
    choice(7, "已入职", "onboarded"),
    choice(8, "其它类型", "other"),
    choice(255, "系统默认", "system default"),
];

/// 手机号
const MOBILE: &[Field] =
    &[text("code", "国家区号", "country code"), text("number", "手机号码", "mobile number").personal()];

/// The phone of a person, said as one number.
const PHONE: Field = object("mobile", "手机号", "mobile", MOBILE).personal().joined("手机号", "mobile", " ");

/// 导入部门
const EHR_DEPARTMENT: &[Field] = &[
    text("department_id", "部门 ID", "department ID"),
    text("open_department_id", "部门 Open ID", "department open ID"),
];

/// A text in two languages, said together
const TEXT: &[Field] = &[text("zh_cn", "中文", "Chinese"), text("en_us", "英文", "English")];

/// 自定义字段, of an account
const ACCOUNT_FIELD: &[Field] =
    &[text("key", "字段标识", "field key"), text("value", "字段值", "field value")];

/// 候选人, of a background check
const CHECK_CANDIDATE: &[Field] = &[
    text("name", "候选人姓名", "candidate name").personal(),
    PHONE,
    text("email", "邮箱", "email").personal(),
    text("first_name", "名字", "first name").personal(),
    text("last_name", "姓氏", "last name").personal(),
];

/// 联系人
const CONTACT: &[Field] = &[
    text("name", "联系人姓名", "contact name").personal(),
    PHONE,
    text("email", "邮箱", "email").personal(),
];

/// 自定义字段, of a background check
const CHECK_FIELD: &[Field] =
    &[text("key", "字段标识", "field key"), text("value", "字段值", "field value").personal()];

/// 候选人, of an exam
const EXAM_CANDIDATE: &[Field] = &[
    text("name", "候选人姓名", "candidate name").personal(),
    PHONE,
    text("email", "邮箱", "email").personal(),
];

/// 现金奖励
const CASH: &[Field] = &[
    text("currency_type", "币种", "currency").joined("金额", "amount", " "),
    number("amount", "数额", "amount").personal().joined("金额", "amount", " "),
];

/// 已确认奖励
const CONFIRMED_BONUS: &[Field] = &[
    integer("point_bonus", "积分奖励", "bonus points").personal(),
    list("cash_bonus", "现金奖励", "cash bonus", &Kind::Object(CASH)),
    integer("bonus_type", "奖励类型", "bonus type").sdk_only(),
    object("cash", "现金合计", "cash in total", CASH).sdk_only(),
];

/// 账户余额
const ASSETS: &[Field] = &[
    object("confirmed_bonus", "已确认奖励", "confirmed bonus", CONFIRMED_BONUS),
    object("paid_bonus", "已发放奖励", "paid bonus", CONFIRMED_BONUS).sdk_only(),
];

/// 人才标签
const TAG: &[Field] = &[
    text("id", "标签 ID", "tag ID"),
    object("name", "标签名称", "tag", TEXT).line("标签名称", "tag"),
    object("description", "标签描述", "tag description", TEXT).line("标签描述", "tag description"),
    integer("type", "标签类型", "tag type").sdk_only(),
    integer("active_status", "启用状态", "tag status").sdk_only(),
];

/// 投递阶段
const APPLICATION_STAGE: &[Field] = &[
    text("id", "阶段 ID", "stage ID"),
    text("zh_name", "阶段中文名称", "Chinese stage name").line("投递阶段", "stage"),
    text("en_name", "阶段英文名称", "English stage name").line("投递阶段", "stage"),
    choices("type", "阶段类型", "stage type", APPLICATION_STAGE_TYPE),
];

/// A background check.
const BACKGROUND_CHECK_ID: Field = text("background_check_id", "背调 ID", "background check");

/// A talent.
const TALENT_ID: Field = text("talent_id", "人才 ID", "talent").personal();

/// The application of a talent for a job.
const APPLICATION_ID: Field = text("application_id", "投递 ID", "application");

/// An import task.
const TASK_ID: Field = text("task_id", "导入任务 ID", "import task");

/// An offer.
const OFFER_ID: Field = text("offer_id", "Offer ID", "offer");

const APPLICATION_DELETED_V1: Event =
    event_type("hire.application.deleted_v1", "删除投递", "application deleted")
        .fields(&[texts("application_ids", "投递 ID", "applications")])
        .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/application/events/deleted");

const APPLICATION_STAGE_CHANGED_V1: Event =
    event_type("hire.application.stage_changed_v1", "投递阶段变更", "application stage changed")
        .fields(&[
            APPLICATION_ID,
            text("origin_stage_id", "原阶段 ID", "stage before"),
            text("target_stage_id", "目标阶段 ID", "stage now"),
            millis_int("update_time", "变更时间", "changed"),
        ])
        .happened("update_time")
        .columns("origin_stage_id target_stage_id application_id")
        .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/application/events/stage_changed");

const ECO_ACCOUNT_CREATED_V1: Event =
    event_type("hire.eco_account.created_v1", "生态账号绑定", "partner account linked")
        .fields(&[
            choices("scope", "账号类型", "account type", ACCOUNT_TYPE),
            text("account_id", "账号 ID", "account"),
            text("account_name", "账号名称", "account name"),
            list("usage_list", "适用范围", "used for", &Kind::Choice(USAGE_LIST)),
            list("custom_field_list", "自定义字段", "custom fields", &Kind::Object(ACCOUNT_FIELD)),
        ])
        .columns("account_name scope usage_list account_id")
        .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/eco_account/events/created");

const ECO_BACKGROUND_CHECK_CANCELED_V1: Event =
    event_type("hire.eco_background_check.canceled_v1", "终止背调", "background check cancelled")
        .fields(&[
            BACKGROUND_CHECK_ID,
            text("termination_reason", "终止原因", "cancellation reason").personal(),
        ])
        .columns("termination_reason background_check_id")
        .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/eco_background_check/events/canceled");

const ECO_BACKGROUND_CHECK_CREATED_V1: Event =
    event_type("hire.eco_background_check.created_v1", "创建背调", "background check created")
        .fields(&[
            BACKGROUND_CHECK_ID,
            text("account_id", "账号 ID", "account"),
            text("package_id", "背调套餐 ID", "check package"),
            texts("additional_item_id_list", "附加调查项 ID", "additional checks"),
            text("comment", "备注", "comment").personal(),
            object("candidate_info", "候选人", "candidate", CHECK_CANDIDATE),
            object("client_contact_info", "联系人", "contact", CONTACT),
            list("custom_field_list", "自定义字段", "custom fields", &Kind::Object(CHECK_FIELD)),
        ])
        .record("background_check_id")
        .columns("candidate_info.name comment client_contact_info.name package_id background_check_id")
        .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/eco_background_check/events/created");

const ECO_EXAM_CREATED_V1: Event = event_type("hire.eco_exam.created_v1", "创建笔试", "exam created")
    .fields(&[
        text("exam_id", "笔试 ID", "exam"),
        text("account_id", "账号 ID", "account"),
        text("paper_id", "试卷 ID", "exam paper"),
        object("candidate_info", "候选人", "candidate", EXAM_CANDIDATE),
        APPLICATION_ID.sdk_only(),
        TALENT_ID.sdk_only(),
    ])
    .record("exam_id")
    .columns("candidate_info.name candidate_info.email paper_id exam_id")
    .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/eco_exam/events/created");

const EHR_IMPORT_TASK_IMPORTED_V1: Event =
    event_type("hire.ehr_import_task.imported_v1", "导入 e-HR", "e-HR import")
        .fields(&[
            TASK_ID.required(),
            APPLICATION_ID,
            text("ehr_department_id", "导入部门 ID", "department ID").deprecated(),
            text("ehr_requirement_id", "招聘需求 ID", "hiring requirement"),
            text("operator_id", "操作人 ID", "operator ID").deprecated().personal(),
            user("operator_user_id", "操作人", "operator"),
            object("ehr_department", "导入部门", "department", EHR_DEPARTMENT).line("导入部门", "department"),
        ])
        .record("task_id")
        .person("operator_user_id.open_id")
        .columns("operator_user_id ehr_department ehr_requirement_id application_id task_id")
        .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/ehr_import_task/events/imported");

const EHR_IMPORT_TASK_FOR_INTERNSHIP_OFFER_IMPORTED_V1: Event = event_type(
    "hire.ehr_import_task_for_internship_offer.imported_v1",
    "导入 e-HR（实习）",
    "e-HR import, internship",
)
.fields(&[
    TASK_ID.required(),
    APPLICATION_ID,
    OFFER_ID,
    text("pre_onboard_id", "入职 ID", "onboarding"),
    text("ehr_department_id", "导入部门 ID", "department ID"),
    text("operator_id", "操作人 ID", "operator ID").personal(),
    user("operator_user_id", "操作人", "operator"),
    object("ehr_department", "导入部门", "department", EHR_DEPARTMENT).line("导入部门", "department"),
])
.record("task_id")
.person("operator_user_id.open_id")
.columns("operator_user_id ehr_department offer_id pre_onboard_id application_id task_id")
.page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/ehr_import_task_for_internship_offer/events/imported");

const OFFER_STATUS_CHANGED_V1: Event =
    event_type("hire.offer.status_changed_v1", "Offer 状态变更", "offer status changed")
        .fields(&[OFFER_ID, integer("offer_status", "Offer 状态", "offer status").sdk_only()])
        .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/offer/events/status_changed");

const REFERRAL_ACCOUNT_ASSETS_UPDATE_V1: Event =
    event_type("hire.referral_account.assets_update_v1", "内推账户余额变更", "referral balance changed")
        .fields(&[
            text("account_id", "账户 ID", "account"),
            object("assets", "账户余额", "balance", ASSETS),
            millis("modify_time", "变更时间", "changed"),
        ])
        .happened("modify_time")
        .columns("assets.confirmed_bonus.point_bonus assets.confirmed_bonus.cash_bonus account_id")
        .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/referral_account/events/assets_update");

const TALENT_DELETED_V1: Event = event_type("hire.talent.deleted_v1", "删除人才", "talent deleted")
    .fields(&[TALENT_ID])
    .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/talent/events/deleted");

const TALENT_TAG_SUBSCRIPTION_V1: Event =
    event_type("hire.talent.tag_subscription_v1", "人才进展变更", "talent progress changed")
        .fields(&[
            TALENT_ID,
            APPLICATION_ID,
            choices("type", "变更类型", "change", TAG_SUBSCRIPTION_TYPE),
            object("tag", "人才标签", "talent tag", TAG),
            choices("lock_status", "锁定状态", "lock status", LOCK_STATUS),
            object("application_stage", "投递阶段", "stage", APPLICATION_STAGE),
        ])
        .columns("type tag.name lock_status application_stage.zh_name application_id talent_id")
        .page("ukTMukTMukTM/uMzM1YjLzMTN24yMzUjN/hire-v1/talent/events/tag_subscription");
