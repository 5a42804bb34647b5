//! 通讯录 / Contacts.

mod historic;
mod person;
mod scope;

use crate::catalog::entry::{Choice, Event, Field, Kind, Word, event_type};
use crate::catalog::words::{choice, choices, flag, integer, list, object, text, texts, users, word, words};

use historic::{
    CONTACT_SCOPE_CHANGE, DEPT_ADD, DEPT_DELETE, DEPT_UPDATE, USER_ADD, USER_LEAVE, USER_STATUS_CHANGE,
    USER_UPDATE,
};
use person::{EMPLOYEE, FORMER_EMPLOYEE, OLD_EMPLOYEE};
use scope::SCOPE;

/// Every event of this area.
pub(in crate::catalog) const EVENTS: &[&Event] = &[
    &CUSTOM_ATTR_EVENT_UPDATED_V3,
    &DEPARTMENT_CREATED_V3,
    &DEPARTMENT_DELETED_V3,
    &DEPARTMENT_UPDATED_V3,
    &EMPLOYEE_TYPE_ENUM_ACTIVED_V3,
    &EMPLOYEE_TYPE_ENUM_CREATED_V3,
    &EMPLOYEE_TYPE_ENUM_DEACTIVATED_V3,
    &EMPLOYEE_TYPE_ENUM_DELETED_V3,
    &EMPLOYEE_TYPE_ENUM_UPDATED_V3,
    &SCOPE_UPDATED_V3,
    &USER_CREATED_V3,
    &USER_DELETED_V3,
    &USER_UPDATED_V3,
    &USER_GROUP_CREATED_V3,
    &CONTACT_SCOPE_CHANGE,
    &DEPT_ADD,
    &DEPT_DELETE,
    &DEPT_UPDATE,
    &USER_ADD,
    &USER_LEAVE,
    &USER_STATUS_CHANGE,
    &USER_UPDATE,
];

/// 选项类型
const ENUM_TYPE: &[Choice] = &[choice(1, "内置类型", "built in"), choice(2, "自定义", "custom")];

/// 激活状态
const ENUM_STATUS: &[Choice] = &[choice(1, "激活", "active"), choice(2, "未激活", "inactive")];

/// 语言
const LOCALE: &[Word] =
    &[word("zh_cn", "中文", "Chinese"), word("en_us", "英文", "English"), word("ja_jp", "日文", "Japanese")];

/// 负责人类型
const LEADER_TYPE: &[Choice] =
    &[choice(1, "主负责人", "main leader"), choice(2, "副负责人", "deputy leader")];

/// 国际化内容
const I18N_CONTENT: &[Field] = &[
    words("locale", "语言", "language", LOCALE).open().joined("内容", "text", ": "),
    text("value", "内容", "text").joined("内容", "text", ": "),
];

/// 人员类型
const WORKFORCE_TYPE: &[Field] = &[
    text("enum_id", "人员类型 ID", "type ID"),
    text("enum_value", "人员类型编号", "type number"),
    text("content", "人员类型", "workforce type"),
    choices("enum_type", "选项类型", "origin", ENUM_TYPE),
    choices("enum_status", "激活状态", "status", ENUM_STATUS),
    list("i18n_content", "国际化内容", "translations", &Kind::Object(I18N_CONTENT)),
];

/// 部门状态
const DEPARTMENT_STATUS: &[Field] = &[flag("is_deleted", "已删除", "deleted")];

/// 部门负责人
const LEADER: &[Field] = &[
    choices("leaderType", "负责人类型", "leader type", LEADER_TYPE).line("负责人", "leader"),
    text("leaderID", "负责人", "leader").scoped().personal().line("负责人", "leader"),
];

/// 部门
const DEPARTMENT: &[Field] = &[
    text("name", "部门名称", "department name").scoped(),
    text("parent_department_id", "父部门 ID", "parent department")
        .scoped()
        .note("0 为根部门", "0 is the root department"),
    text("department_id", "部门 ID", "department ID").scoped().line("部门 ID", "department IDs"),
    text("open_department_id", "部门 Open ID", "department open ID").line("部门 ID", "department IDs"),
    text("leader_user_id", "部门主管", "department head")
        .scoped()
        .personal()
        .note("主管的 Open ID", "an open ID"),
    text("chat_id", "部门群 ID", "department chat").scoped(),
    integer("order", "排序", "order").scoped(),
    object("status", "部门状态", "department status", DEPARTMENT_STATUS).scoped().line("已删除", "deleted"),
    list("leaders", "部门负责人", "department leaders", &Kind::Object(LEADER)),
    users("department_hrbps", "部门 HRBP", "department HRBPs").scoped(),
    texts("unit_ids", "单位列表", "units").sdk_only(),
];

/// 成员字段
const CUSTOM_FIELDS: &[Field] = &[
    texts("contact_field_key", "字段键值", "field keys"),
    flag("allow_open_query", "开放查询", "open query"),
];

/// 删除前的部门
const FORMER_DEPARTMENT: &[Field] = &[
    object("status", "删除前状态", "former status", DEPARTMENT_STATUS)
        .scoped()
        .line("删除前已删除", "formerly deleted"),
    text("open_department_id", "删除前部门 Open ID", "former department open ID"),
];

const CUSTOM_ATTR_EVENT_UPDATED_V3: Event =
    event_type("contact.custom_attr_event.updated_v3", "成员字段变更", "custom user fields changed")
        .fields(&[
            object("object", "变更后", "new", CUSTOM_FIELDS),
            object("old_object", "变更前", "old", CUSTOM_FIELDS),
        ])
        .columns(
            "object.contact_field_key old_object.contact_field_key object.allow_open_query \
            old_object.allow_open_query",
        )
        .change("old_object", "object")
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/custom_attr_event/events/updated");

const DEPARTMENT_CREATED_V3: Event = event_type(
    "contact.department.created_v3",
    "部门新建",
    "department created",
)
.fields(&[object("object", "部门", "department", DEPARTMENT)])
.columns(
    "object.name object.leader_user_id object.parent_department_id object.chat_id object.open_department_id",
)
.page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/events/created");

const DEPARTMENT_DELETED_V3: Event =
    event_type("contact.department.deleted_v3", "部门被删除", "department deleted")
        .fields(&[
            object("object", "部门", "department", DEPARTMENT),
            object("old_object", "删除前", "former", FORMER_DEPARTMENT),
        ])
        .columns("object.name object.leader_user_id object.parent_department_id object.open_department_id")
        .change("old_object", "object")
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/events/deleted");

const DEPARTMENT_UPDATED_V3: Event =
    event_type("contact.department.updated_v3", "部门信息变化", "department changed")
        .fields(&[
            object("object", "变更后", "new", DEPARTMENT),
            object("old_object", "变更前", "old", DEPARTMENT),
        ])
        .columns(
            "object.name old_object.name object.leader_user_id old_object.leader_user_id \
            object.parent_department_id object.open_department_id",
        )
        .change("old_object", "object")
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/events/updated");

// What a reader wants to know first of a workforce type that was enabled or disabled.
const SWITCHED_TYPE: &str = "new_enum.content old_enum.enum_status new_enum.enum_status new_enum.enum_type \
    new_enum.enum_value new_enum.enum_id";

const EMPLOYEE_TYPE_ENUM_ACTIVED_V3: Event =
    event_type("contact.employee_type_enum.actived_v3", "启用人员类型", "workforce type enabled")
        .fields(&[
            object("old_enum", "变更前", "old", WORKFORCE_TYPE),
            object("new_enum", "变更后", "new", WORKFORCE_TYPE),
        ])
        .columns(SWITCHED_TYPE)
        .change("old_enum", "new_enum")
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/employee_type_enum/events/actived");

const EMPLOYEE_TYPE_ENUM_CREATED_V3: Event =
    event_type("contact.employee_type_enum.created_v3", "新建人员类型", "workforce type added")
        .fields(&[object("new_enum", "新建", "new", WORKFORCE_TYPE)])
        .columns(
            "new_enum.content new_enum.enum_status new_enum.enum_type new_enum.enum_value new_enum.enum_id",
        )
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/employee_type_enum/events/created");

const EMPLOYEE_TYPE_ENUM_DEACTIVATED_V3: Event =
    event_type("contact.employee_type_enum.deactivated_v3", "停用人员类型", "workforce type disabled")
        .fields(&[
            object("old_enum", "变更前", "old", WORKFORCE_TYPE),
            object("new_enum", "变更后", "new", WORKFORCE_TYPE),
        ])
        .columns(SWITCHED_TYPE)
        .change("old_enum", "new_enum")
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/employee_type_enum/events/deactivated");

const EMPLOYEE_TYPE_ENUM_DELETED_V3: Event =
    event_type("contact.employee_type_enum.deleted_v3", "删除人员类型", "workforce type deleted")
        .fields(&[object("old_enum", "被删除", "deleted", WORKFORCE_TYPE)])
        .columns(
            "old_enum.content old_enum.enum_status old_enum.enum_type old_enum.enum_value old_enum.enum_id",
        )
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/employee_type_enum/events/deleted");

const EMPLOYEE_TYPE_ENUM_UPDATED_V3: Event =
    event_type("contact.employee_type_enum.updated_v3", "修改人员类型名称", "workforce type renamed")
        .fields(&[
            object("old_enum", "变更前", "old", WORKFORCE_TYPE),
            object("new_enum", "变更后", "new", WORKFORCE_TYPE),
        ])
        .columns(
            "old_enum.content new_enum.content new_enum.enum_status new_enum.enum_type \
            new_enum.enum_value new_enum.enum_id",
        )
        .change("old_enum", "new_enum")
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/employee_type_enum/events/updated");

const SCOPE_UPDATED_V3: Event =
    event_type("contact.scope.updated_v3", "通讯录权限范围变更", "contact scope changed")
        .fields(&[object("added", "新增", "added", SCOPE), object("removed", "移除", "removed", SCOPE)])
        .columns("added removed")
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/scope/events/updated");

const USER_CREATED_V3: Event = event_type("contact.user.created_v3", "员工入职", "employee joined")
    .fields(&[object("object", "员工", "employee", EMPLOYEE)])
    .person("object.open_id")
    .columns(
        "object.name object.job_title object.employee_type object.department_ids object.employee_no \
        object.open_id",
    )
    .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/events/created");

const USER_DELETED_V3: Event = event_type("contact.user.deleted_v3", "员工离职", "employee left")
    .fields(&[
        object("object", "员工", "employee", EMPLOYEE),
        object("old_object", "离职前", "former", FORMER_EMPLOYEE),
    ])
    .person("object.open_id")
    .columns(
        "object.name object.job_title object.employee_type old_object.department_ids \
        object.employee_no object.open_id",
    )
    .change("old_object", "object")
    .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/events/deleted");

const USER_UPDATED_V3: Event = event_type("contact.user.updated_v3", "员工信息被修改", "employee changed")
    .fields(&[
        object("object", "变更后", "new", EMPLOYEE),
        object("old_object", "变更前", "old", OLD_EMPLOYEE),
    ])
    .person("object.open_id")
    .columns(
        "object.name old_object.name object.job_title old_object.job_title object.department_ids \
        old_object.department_ids object.open_id",
    )
    .change("old_object", "object")
    .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/events/updated");

const USER_GROUP_CREATED_V3: Event =
    event_type("contact.user_group.created_v3", "用户组创建", "user group created")
        .fields(&[])
        .page("ukTMukTMukTM/uUTNz4SN1MjL1UzM");
