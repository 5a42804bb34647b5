//! 飞书人事：组织与岗位 / Core HR: organization and jobs.

use super::super::common::{EMPLOYEE, EMPLOYMENT_ID, FIELD_CHANGES, OPT_TYPE};
use super::super::entry::{Choice, Event, Field, Kind, Word, event_type};
use super::super::words::{choice, choices, list, text, texts, user, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
    &COMMON_DATA_ID_USER_MAPPING_CHANGED_V1,
    &COMMON_DATA_META_DATA_UPDATED_V1,
    &COMPANY_CREATED_V2,
    &COMPANY_DELETED_V2,
    &COMPANY_UPDATED_V2,
    &COST_CENTER_CREATED_V2,
    &COST_CENTER_DELETED_V2,
    &COST_CENTER_UPDATED_V2,
    &CUSTOM_ORG_CREATED_V2,
    &CUSTOM_ORG_DELETED_V2,
    &CUSTOM_ORG_UPDATED_V2,
    &DEPARTMENT_CREATED_V1,
    &DEPARTMENT_CREATED_V2,
    &DEPARTMENT_DELETED_V1,
    &DEPARTMENT_UPDATED_V1,
    &DEPARTMENT_UPDATED_V2,
    &JOB_CREATED_V1,
    &JOB_DELETED_V1,
    &JOB_UPDATED_V1,
    &JOB_DATA_CHANGED_V1,
    &JOB_DATA_CREATED_V1,
    &JOB_DATA_DELETED_V1,
    &JOB_DATA_EMPLOYED_V1,
    &JOB_DATA_UPDATED_V1,
    &JOB_FAMILY_CREATED_V2,
    &JOB_FAMILY_DELETED_V2,
    &JOB_FAMILY_UPDATED_V2,
    &JOB_GRADE_CREATED_V2,
    &JOB_GRADE_DELETED_V2,
    &JOB_GRADE_UPDATED_V2,
    &JOB_LEVEL_CREATED_V2,
    &JOB_LEVEL_DELETED_V2,
    &JOB_LEVEL_UPDATED_V2,
    &LOCATION_CREATED_V2,
    &LOCATION_DELETED_V2,
    &LOCATION_UPDATED_V2,
    &ORG_ROLE_AUTHORIZATION_UPDATED_V1,
    &PATHWAY_CREATED_V2,
    &PATHWAY_DELETED_V2,
    &PATHWAY_UPDATED_V2,
    &POSITION_CREATED_V2,
    &POSITION_DELETED_V2,
    &POSITION_UPDATED_V2,
];

/// 变更类型
const CHANGE_TYPE: &[Word] = &[word("insert", "创建映射", "created"), word("delete", "删除映射", "deleted")];

/// ID 映射类型
const ID_TRANSFORM_TYPE: &[Choice] = &[
    choice(1, "飞书人事与飞书", "HR and Feishu"),
    choice(2, "飞书人事与 People", "HR and People"),
    choice(3, "People 与飞书", "People and Feishu"),
];

/// 管理维度
const MANAGEMENT_DIMENSION: &[Word] = &[
    word("department", "部门", "department"),
    word("work_location", "工作地点", "work location"),
    word("company", "公司", "company"),
    word("social_security_location", "社保城市", "social insurance city"),
];

/// 变更字段, of a position
const POSITION_FIELDS: &[Word] = &[
    word("name", "名称", "name"),
    word("code", "编码", "code"),
    word("active", "状态", "status"),
    word("department", "所属部门", "department"),
    word("cost_center", "默认成本中心", "cost centre"),
    word("job", "职务", "job"),
    word("job_family", "序列", "job family"),
    word("job_level", "职级", "job level"),
    word("job_grade", "职等", "job grade"),
    word("work_location", "工作地点", "work location"),
    word("employee_type", "人员类型", "workforce type"),
    word("working_hours_type", "工时制度", "working hours"),
    word("direct_leader", "直属上级", "direct manager"),
    word("dotted_line_leader", "虚线上级", "dotted-line manager"),
    word("is_key_position", "关键岗位", "key position"),
    word("description", "描述", "description"),
    word("effective_time", "版本生效日期", "version effective"),
    word("expiration_time", "版本失效日期", "version expires"),
];

/// A company.
const COMPANY_ID: Field = text("company_id", "公司 ID", "company");

/// A cost centre.
const COST_CENTER_ID: Field = text("cost_center_id", "成本中心 ID", "cost centre");

/// A custom organisation.
const ORG_ID: Field = text("org_id", "自定义组织 ID", "custom organisation");

/// A department.
const DEPARTMENT_ID: Field = text("department_id", "部门 ID", "department");

/// A job.
const JOB_ID: Field = text("job_id", "职务 ID", "job");

/// A job family.
const JOB_FAMILY_ID: Field = text("job_family_id", "序列 ID", "job family");

/// A job grade.
const JOB_GRADE_ID: Field = text("job_grade_id", "职等 ID", "job grade");

/// A job level.
const JOB_LEVEL_ID: Field = text("job_level_id", "职级 ID", "job level");

/// A location.
const LOCATION_ID: Field = text("location_id", "地点 ID", "location");

/// A pathway.
const PATHWAY_ID: Field = text("pathway_id", "通道 ID", "pathway");

/// A position.
const POSITION_ID: Field = text("position_id", "岗位 ID", "position");

/// Where somebody works as what, and since when.
const JOB_DATA_ID: Field = text("job_data_id", "任职信息 ID", "job data");

/// The kind of a custom organisation.
const ORGANIZATION_TYPE: Field = text("object_api_name", "组织类型编码", "organisation type");

/// 子变更事件
const SUB_EVENT: &[Field] = &[
    text("id", "变更实体 ID", "entity ID"),
    text("entity", "变更实体", "entity"),
    text("agg_entity", "聚合实体", "parent entity"),
    text("agg_entity_id", "聚合实体 ID", "parent entity ID"),
    text("agg_entity_field", "聚合实体字段", "parent entity field"),
    choices("opt_type", "操作类型", "operation", OPT_TYPE),
    FIELD_CHANGES,
];

/// 管理范围
const MANAGEMENT_SCOPE: &[Field] = &[
    words("management_dimension", "管理维度", "dimension", MANAGEMENT_DIMENSION),
    text("obj_id", "被授权对象 ID", "managed object"),
];

const COMMON_DATA_ID_USER_MAPPING_CHANGED_V1: Event = event_type(
    "corehr.common_data.id.user_mapping_changed_v1",
    "用户 ID 映射变更",
    "user ID mapping changed",
)
.fields(&[
    words("change_type", "变更类型", "change", CHANGE_TYPE),
    choices("id_transform_type", "ID 映射类型", "mapping", ID_TRANSFORM_TYPE),
    text("corehr_id", "飞书人事 ID", "HR ID").conditional().personal(),
    text("people_admin_id", "People ID", "People ID").conditional().personal(),
    user("feishu_id", "飞书用户", "Feishu user").conditional(),
])
.person("feishu_id.open_id")
.columns("feishu_id change_type id_transform_type corehr_id people_admin_id")
.page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/common_data-id/events/user_mapping_changed");

const COMMON_DATA_META_DATA_UPDATED_V1: Event =
    event_type("corehr.common_data.meta_data.updated_v1", "元数据变更", "metadata changed")
        .fields(&[
            text("api_name", "对象 API 名称", "object"),
            FIELD_CHANGES,
            text("metadata_type", "元数据类型", "metadata type"),
            texts("enum_value_changes", "变更的枚举值", "changed values"),
        ])
        .columns("api_name metadata_type field_changes enum_value_changes")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/common_data-meta_data/events/updated");

const COMPANY_CREATED_V2: Event = event_type("corehr.company.created_v2", "创建公司", "company created")
    .fields(&[COMPANY_ID])
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/company/events/created");

const COMPANY_DELETED_V2: Event = event_type("corehr.company.deleted_v2", "删除公司", "company deleted")
    .fields(&[COMPANY_ID])
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/company/events/deleted");

const COMPANY_UPDATED_V2: Event = event_type("corehr.company.updated_v2", "更新公司", "company changed")
    .fields(&[
        COMPANY_ID,
        FIELD_CHANGES,
        list("sub_events", "子变更事件", "sub-events", &Kind::Object(SUB_EVENT)),
    ])
    .columns("field_changes company_id")
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/company/events/updated");

const COST_CENTER_CREATED_V2: Event =
    event_type("corehr.cost_center.created_v2", "创建成本中心", "cost centre created")
        .fields(&[COST_CENTER_ID])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/cost_center/events/created");

const COST_CENTER_DELETED_V2: Event =
    event_type("corehr.cost_center.deleted_v2", "删除成本中心", "cost centre deleted")
        .fields(&[COST_CENTER_ID])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/cost_center/events/deleted");

const COST_CENTER_UPDATED_V2: Event =
    event_type("corehr.cost_center.updated_v2", "更新成本中心", "cost centre changed")
        .fields(&[COST_CENTER_ID, FIELD_CHANGES])
        .columns("field_changes cost_center_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/cost_center/events/updated");

const CUSTOM_ORG_CREATED_V2: Event =
    event_type("corehr.custom_org.created_v2", "创建自定义组织", "custom organisation created")
        .fields(&[ORG_ID, ORGANIZATION_TYPE])
        .columns("object_api_name org_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/custom_org/events/created");

const CUSTOM_ORG_DELETED_V2: Event =
    event_type("corehr.custom_org.deleted_v2", "删除自定义组织", "custom organisation deleted")
        .fields(&[ORG_ID, ORGANIZATION_TYPE])
        .columns("object_api_name org_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/custom_org/events/deleted");

const CUSTOM_ORG_UPDATED_V2: Event =
    event_type("corehr.custom_org.updated_v2", "更新自定义组织", "custom organisation changed")
        .fields(&[ORG_ID, FIELD_CHANGES, ORGANIZATION_TYPE])
        .columns("object_api_name field_changes org_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/custom_org/events/updated");

const DEPARTMENT_CREATED_V1: Event =
    event_type("corehr.department.created_v1", "创建部门 v1", "HR department created, v1")
        .fields(&[DEPARTMENT_ID])
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/department/events/created");

const DEPARTMENT_CREATED_V2: Event =
    event_type("corehr.department.created_v2", "创建部门 v2", "HR department created")
        .fields(&[DEPARTMENT_ID])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/department/events/created");

const DEPARTMENT_DELETED_V1: Event =
    event_type("corehr.department.deleted_v1", "删除部门", "HR department deleted")
        .fields(&[DEPARTMENT_ID, text("code", "部门编码", "department code")])
        .columns("code department_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/department/events/deleted");

const DEPARTMENT_UPDATED_V1: Event =
    event_type("corehr.department.updated_v1", "更新部门 v1", "HR department changed, v1")
        .fields(&[DEPARTMENT_ID, FIELD_CHANGES])
        .columns("field_changes department_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/department/events/updated");

const DEPARTMENT_UPDATED_V2: Event =
    event_type("corehr.department.updated_v2", "更新部门 v2", "HR department changed")
        .fields(&[DEPARTMENT_ID, FIELD_CHANGES])
        .columns("field_changes department_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/department/events/updated");

const JOB_CREATED_V1: Event = event_type("corehr.job.created_v1", "创建职务", "job created")
    .fields(&[JOB_ID])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/job/events/created");

const JOB_DELETED_V1: Event = event_type("corehr.job.deleted_v1", "删除职务", "job deleted")
    .fields(&[JOB_ID])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/job/events/deleted");

const JOB_UPDATED_V1: Event = event_type("corehr.job.updated_v1", "更新职务", "job changed")
    .fields(&[JOB_ID])
    .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/job/events/updated");

const JOB_DATA_CHANGED_V1: Event =
    event_type("corehr.job_data.changed_v1", "员工完成异动", "transfer completed")
        .fields(&[JOB_DATA_ID, EMPLOYMENT_ID, EMPLOYEE, text("job_change_id", "异动 ID", "job change")])
        .person("employment_id")
        .columns("target_user_id employment_id job_change_id job_data_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/job_data/events/changed");

const JOB_DATA_CREATED_V1: Event =
    event_type("corehr.job_data.created_v1", "任职信息创建", "job data created")
        .fields(&[JOB_DATA_ID])
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/job_data/events/created");

const JOB_DATA_DELETED_V1: Event =
    event_type("corehr.job_data.deleted_v1", "任职信息删除", "job data deleted")
        .fields(&[JOB_DATA_ID])
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/job_data/events/deleted");

const JOB_DATA_EMPLOYED_V1: Event =
    event_type("corehr.job_data.employed_v1", "员工完成入职", "onboarding completed")
        .fields(&[JOB_DATA_ID, EMPLOYMENT_ID, EMPLOYEE])
        .person("employment_id")
        .columns("target_user_id employment_id job_data_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/job_data/events/employed");

const JOB_DATA_UPDATED_V1: Event =
    event_type("corehr.job_data.updated_v1", "任职信息更新", "job data changed")
        .fields(&[JOB_DATA_ID])
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/job_data/events/updated");

const JOB_FAMILY_CREATED_V2: Event =
    event_type("corehr.job_family.created_v2", "创建序列", "job family created")
        .fields(&[JOB_FAMILY_ID])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_family/events/created");

const JOB_FAMILY_DELETED_V2: Event =
    event_type("corehr.job_family.deleted_v2", "删除序列", "job family deleted")
        .fields(&[JOB_FAMILY_ID])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_family/events/deleted");

const JOB_FAMILY_UPDATED_V2: Event =
    event_type("corehr.job_family.updated_v2", "更新序列", "job family changed")
        .fields(&[JOB_FAMILY_ID, FIELD_CHANGES])
        .columns("field_changes job_family_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_family/events/updated");

const JOB_GRADE_CREATED_V2: Event =
    event_type("corehr.job_grade.created_v2", "创建职等", "job grade created")
        .fields(&[JOB_GRADE_ID])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_grade/events/created");

const JOB_GRADE_DELETED_V2: Event =
    event_type("corehr.job_grade.deleted_v2", "删除职等", "job grade deleted")
        .fields(&[JOB_GRADE_ID])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_grade/events/deleted");

const JOB_GRADE_UPDATED_V2: Event =
    event_type("corehr.job_grade.updated_v2", "更新职等", "job grade changed")
        .fields(&[JOB_GRADE_ID, FIELD_CHANGES])
        .columns("field_changes job_grade_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_grade/events/updated");

const JOB_LEVEL_CREATED_V2: Event =
    event_type("corehr.job_level.created_v2", "创建职级", "job level created")
        .fields(&[JOB_LEVEL_ID])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_level/events/created");

const JOB_LEVEL_DELETED_V2: Event =
    event_type("corehr.job_level.deleted_v2", "删除职级", "job level deleted")
        .fields(&[JOB_LEVEL_ID])
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_level/events/deleted");

const JOB_LEVEL_UPDATED_V2: Event =
    event_type("corehr.job_level.updated_v2", "更新职级", "job level changed")
        .fields(&[JOB_LEVEL_ID, FIELD_CHANGES])
        .columns("field_changes job_level_id")
        .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/job_level/events/updated");

const LOCATION_CREATED_V2: Event = event_type("corehr.location.created_v2", "创建地点", "location created")
    .fields(&[LOCATION_ID])
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/location/events/created");

const LOCATION_DELETED_V2: Event = event_type("corehr.location.deleted_v2", "删除地点", "location deleted")
    .fields(&[LOCATION_ID])
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/location/events/deleted");

const LOCATION_UPDATED_V2: Event = event_type("corehr.location.updated_v2", "更新地点", "location changed")
    .fields(&[
        LOCATION_ID,
        FIELD_CHANGES,
        list("sub_events", "子变更事件", "sub-events", &Kind::Object(SUB_EVENT)),
    ])
    .columns("field_changes location_id")
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/location/events/updated");

const ORG_ROLE_AUTHORIZATION_UPDATED_V1: Event =
    event_type("corehr.org_role_authorization.updated_v1", "组织角色授权变更", "role authorisation changed")
        .fields(&[
            text("role_id", "角色 ID", "role"),
            list("management_scope_list", "管理范围", "management scopes", &Kind::Object(MANAGEMENT_SCOPE)),
            texts("employment_id_list", "雇佣 ID", "employments").personal().note(
                "官方示例在一项中以逗号分隔多个 ID",
                "one item with several IDs and commas in the official example",
            ),
        ])
        .columns("employment_id_list management_scope_list role_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/corehr-v1/org_role_authorization/events/updated");

const PATHWAY_CREATED_V2: Event = event_type("corehr.pathway.created_v2", "通道创建", "pathway created")
    .fields(&[PATHWAY_ID])
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/pathway/events/created");

const PATHWAY_DELETED_V2: Event = event_type("corehr.pathway.deleted_v2", "通道删除", "pathway deleted")
    .fields(&[PATHWAY_ID])
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/pathway/events/deleted");

const PATHWAY_UPDATED_V2: Event = event_type("corehr.pathway.updated_v2", "通道更新", "pathway changed")
    .fields(&[PATHWAY_ID, FIELD_CHANGES])
    .columns("field_changes pathway_id")
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/pathway/events/updated");

const POSITION_CREATED_V2: Event = event_type("corehr.position.created_v2", "创建岗位", "position created")
    .fields(&[POSITION_ID])
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/position/events/created");

const POSITION_DELETED_V2: Event = event_type("corehr.position.deleted_v2", "删除岗位", "position deleted")
    .fields(&[POSITION_ID])
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/position/events/deleted");

const POSITION_UPDATED_V2: Event = event_type("corehr.position.updated_v2", "更新岗位", "position changed")
    .fields(&[
        POSITION_ID,
        list("field_changes", "变更字段", "changed fields", &Kind::Word(POSITION_FIELDS)).open(),
    ])
    .columns("field_changes position_id")
    .page("uAjLw4CM/ukTMukTMukTM/corehr-v2/position/events/updated");
