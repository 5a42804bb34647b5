//! 通讯录 / Contacts.

use super::super::common::{APP_ID, TENANT_KEY, TYPE};
use super::super::entry::{Choice, Event, Field, Kind, Word, event_type};
use super::super::words::{
    choice, choices, date_time, flag, integer, list, object, seconds, seconds_int, text, texts, url, users,
    word, words,
};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[
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

/// 员工类型
const EMPLOYEE_TYPE: &[Choice] = &[
    choice(1, "正式员工", "regular"),
    choice(2, "实习生", "intern"),
    choice(3, "外包", "outsourced"),
    choice(4, "劳务", "contractor"),
    choice(5, "顾问", "consultant"),
];

/// 字段类型
const CUSTOM_ATTRS_TYPE: &[Word] = &[
    word("TEXT", "文本", "text"),
    word("HREF", "网页", "web page"),
    word("ENUMERATION", "枚举", "choice"),
    word("PICTURE_ENUM", "图片", "picture"),
    word("GENERIC_USER", "用户", "user"),
];

/// 用户类型
const GENERIC_USER_TYPE: &[Choice] = &[choice(1, "用户", "user")];

/// 性别
const GENDER: &[Choice] = &[
    choice(0, "未知", "unknown"),
    choice(1, "男", "male"),
    choice(2, "女", "female"),
    choice(3, "其他", "other"),
];

/// 部门群人员类型
const GROUP_CHAT_EMPLOYEE_TYPES: &[Choice] = &[
    choice(1, "正式员工", "regular"),
    choice(2, "实习生", "intern"),
    choice(3, "外包", "outsourced"),
    choice(4, "劳务", "contractor"),
    choice(5, "顾问", "consultant"),
    choice(6, "其他自定义类型", "other custom type"),
];

/// 性别
const USERS_GENDER: &[Choice] =
    &[choice(0, "保密", "not disclosed"), choice(1, "男", "male"), choice(2, "女", "female")];

/// 用户组类型
const USER_GROUPS_TYPE: &[Choice] =
    &[choice(1, "普通用户组", "ordinary group"), choice(2, "动态用户组", "dynamic group")];

/// 用户组状态
const USER_GROUPS_STATUS: &[Choice] = &[
    choice(0, "未知", "unknown"),
    choice(1, "计算完毕", "computed"),
    choice(2, "计算中", "computing"),
    choice(3, "计算失败", "computing failed"),
];

/// 国际化内容
const I18N_CONTENT: &[Field] =
    &[words("locale", "语言", "language", LOCALE).open(), text("value", "内容", "text")];

/// 更新前类型
const OLD_ENUM: &[Field] = &[
    text("enum_id", "选项 ID", "option ID"),
    text("enum_value", "选项编号", "option number"),
    text("content", "选项内容", "option text"),
    choices("enum_type", "选项类型", "option kind", ENUM_TYPE),
    choices("enum_status", "激活状态", "option status", ENUM_STATUS),
    list("i18n_content", "国际化内容", "translations", &Kind::Object(I18N_CONTENT)),
];

/// 部门国际化名
const I18N_NAME: &[Field] = &[
    text("zh_cn", "中文名", "Chinese name"),
    text("ja_jp", "日文名", "Japanese name"),
    text("en_us", "英文名", "English name"),
];

/// 部门状态
const STATUS: &[Field] = &[flag("is_deleted", "已删除", "deleted")];

/// 部门负责人
const LEADER: &[Field] = &[
    choices("leaderType", "负责人类型", "leader type", LEADER_TYPE),
    text("leaderID", "负责人", "leader").scoped().personal(),
];

/// 用户头像
const AVATAR: &[Field] = &[
    url("avatar_72", "头像 72 像素", "avatar 72 px").personal(),
    url("avatar_240", "头像 240 像素", "avatar 240 px").personal(),
    url("avatar_640", "头像 640 像素", "avatar 640 px").personal(),
    url("avatar_origin", "原始头像", "original avatar").personal(),
];

/// 用户状态
const USERS_STATUS: &[Field] = &[
    flag("is_frozen", "已暂停", "suspended"),
    flag("is_resigned", "已离职", "resigned"),
    flag("is_activated", "已激活", "activated"),
    flag("is_exited", "已主动退出", "left by choice"),
    flag("is_unjoin", "未加入", "not joined"),
];

/// 引用人员
const GENERIC_USER: &[Field] = &[
    text("id", "User ID", "user ID").personal(),
    choices("type", "用户类型", "user type", GENERIC_USER_TYPE),
];

/// 字段取值
const VALUE: &[Field] = &[
    text("text", "文本", "text").personal(),
    url("url", "网址", "URL").personal(),
    url("pc_url", "PC 端网址", "desktop URL").personal(),
    text("option_id", "选项 ID", "option ID"),
    text("option_value", "选项值", "option value").personal(),
    text("name", "图片名称", "picture name").personal(),
    url("picture_url", "图片链接", "picture").personal(),
    object("generic_user", "引用人员", "referenced user", GENERIC_USER),
];

/// 自定义字段
const CUSTOM_ATTR: &[Field] = &[
    words("type", "字段类型", "field type", CUSTOM_ATTRS_TYPE),
    text("id", "字段 ID", "field ID"),
    object("value", "字段取值", "field value", VALUE),
];

/// 部门
const OBJECT: &[Field] = &[
    text("name", "部门名称", "department name").scoped(),
    text("parent_department_id", "父部门 ID", "parent department")
        .scoped()
        .note("0 为根部门", "0 is the root department"),
    text("department_id", "部门 ID", "department ID").scoped(),
    text("open_department_id", "部门 Open ID", "department open ID"),
    text("leader_user_id", "部门主管", "department head").scoped().personal(),
    text("chat_id", "部门群 ID", "department chat").scoped(),
    integer("order", "排序", "order").scoped(),
    object("status", "部门状态", "department status", STATUS).scoped(),
    list("leaders", "部门负责人", "department leaders", &Kind::Object(LEADER)),
    users("department_hrbps", "部门 HRBP", "department HRBPs").scoped(),
    texts("unit_ids", "单位列表", "units").sdk_only(),
];

/// 部门名称
const DEPARTMENT_NAME: &[Field] = &[
    text("name", "部门名", "department name"),
    object("i18n_name", "部门国际化名", "translated names", I18N_NAME),
];

/// 用户排序
const ORDER: &[Field] = &[
    text("department_id", "部门 ID", "department ID"),
    integer("user_order", "部门内排序", "order in department"),
    integer("department_order", "部门间排序", "department order"),
    flag("is_primary_dept", "主部门", "primary department"),
];

/// 员工
const CREATED_OBJECT: &[Field] = &[
    text("open_id", "Open ID", "open ID").personal(),
    text("union_id", "Union ID", "union ID").personal(),
    text("user_id", "User ID", "user ID").scoped().personal(),
    text("name", "用户名", "name").scoped().personal(),
    text("en_name", "英文名", "English name").scoped().personal(),
    text("nickname", "别名", "nickname").scoped().personal(),
    text("email", "邮箱", "email").scoped().personal(),
    text("enterprise_email", "企业邮箱", "work email").scoped().personal(),
    text("job_title", "职务", "job title").personal(),
    text("mobile", "手机号", "mobile").scoped().personal(),
    choices("gender", "性别", "gender", GENDER).scoped().personal(),
    object("avatar", "用户头像", "avatar", AVATAR).scoped(),
    object("status", "用户状态", "user status", USERS_STATUS).scoped(),
    texts("department_ids", "所属部门", "departments").scoped(),
    text("leader_user_id", "直属主管", "manager").scoped().personal(),
    text("city", "城市", "city").scoped().personal(),
    text("country", "国家", "country").scoped().personal(),
    text("work_station", "工位", "desk").scoped().personal(),
    seconds_int("join_time", "入职时间", "joined").scoped().personal(),
    text("employee_no", "工号", "employee number").scoped().personal(),
    choices("employee_type", "员工类型", "employee type", EMPLOYEE_TYPE).scoped().open(),
    list("orders", "用户排序", "ordering", &Kind::Object(ORDER)).scoped(),
    list("custom_attrs", "自定义字段", "custom fields", &Kind::Object(CUSTOM_ATTR)).scoped(),
    text("job_level_id", "职级 ID", "job level").scoped().personal(),
    text("job_family_id", "序列 ID", "job family").scoped().personal(),
    texts("dotted_line_leader_user_ids", "虚线上级", "dotted-line managers").scoped().personal(),
    flag("is_tenant_manager", "租户管理员", "tenant admin").sdk_only().personal(),
    flag("mobile_visible", "手机号可见", "mobile visible").sdk_only().personal(),
    list("positions", "岗位", "positions", &Kind::Object(POSITION)).sdk_only(),
    text("time_zone", "时区", "time zone").sdk_only().personal(),
];

/// 部门
const DEPARTMENT: &[Field] =
    &[text("open_id", "Open ID", "open ID"), text("custom_id", "自定义 ID", "custom ID")];

/// 变更后
const UPDATED_OBJECT: &[Field] = &[
    texts("contact_field_key", "字段键值", "contact field keys"),
    flag("allow_open_query", "开放查询", "open query allowed"),
];

/// 部门列表
const ADDED_DEPARTMENT: &[Field] = &[
    text("name", "部门名称", "department name").scoped(),
    object("i18n_name", "部门国际化名", "department names", I18N_NAME).scoped(),
    text("parent_department_id", "父部门 ID", "parent department")
        .scoped()
        .note("0 为根部门", "0 is the root department"),
    text("department_id", "部门 ID", "department ID").scoped(),
    text("open_department_id", "部门 Open ID", "department open ID"),
    text("leader_user_id", "部门主管", "department head").scoped().personal(),
    text("chat_id", "部门群 ID", "department chat").scoped(),
    text("order", "排序", "order").scoped(),
    texts("unit_ids", "单位列表", "units").scoped(),
    integer("member_count", "成员数", "members").scoped(),
    object("status", "部门状态", "department status", STATUS).scoped(),
    list("leaders", "部门负责人", "department leaders", &Kind::Object(LEADER)),
    list(
        "group_chat_employee_types",
        "部门群人员类型",
        "department chat types",
        &Kind::Choice(GROUP_CHAT_EMPLOYEE_TYPES),
    )
    .open(),
    integer("primary_member_count", "主属成员数", "primary members").scoped(),
];

/// 席位列表
const ASSIGN_INFO: &[Field] = &[
    text("subscription_id", "席位 ID", "seat ID"),
    text("license_plan_key", "许可证", "licence plan"),
    text("product_name", "席位名称", "seat name"),
    object("i18n_name", "国际化名称", "translated names", I18N_NAME),
    seconds("start_time", "席位起始时间", "seat starts"),
    seconds("end_time", "席位结束时间", "seat ends"),
];

/// 部门路径
const DEPARTMENT_PATH_DEPARTMENT_PATH: &[Field] = &[
    texts("department_ids", "部门 ID 列表", "path department IDs"),
    object("department_path_name", "部门路径名", "department path names", DEPARTMENT_NAME),
];

/// 部门路径
const DEPARTMENT_PATH: &[Field] = &[
    text("department_id", "部门 ID", "department ID"),
    object("department_name", "部门名称", "department name", DEPARTMENT_NAME),
    object("department_path", "部门路径", "department path", DEPARTMENT_PATH_DEPARTMENT_PATH),
];

/// 用户列表
const USER: &[Field] = &[
    text("union_id", "Union ID", "union ID").personal(),
    text("user_id", "User ID", "user ID").scoped().personal(),
    text("open_id", "Open ID", "open ID").personal(),
    text("name", "用户名", "name").scoped().personal(),
    text("en_name", "英文名", "English name").scoped().personal(),
    text("nickname", "别名", "nickname").scoped().personal(),
    text("email", "邮箱", "email").scoped().personal(),
    text("mobile", "手机号", "mobile").scoped().personal(),
    choices("gender", "性别", "gender", USERS_GENDER).scoped().personal(),
    object("avatar", "用户头像", "avatar", AVATAR).scoped(),
    object("status", "用户状态", "user status", USERS_STATUS).scoped(),
    text("leader_user_id", "直属主管", "manager").scoped().personal(),
    text("city", "工作城市", "city").scoped().personal(),
    text("country", "国家或地区", "country").scoped().personal(),
    text("work_station", "工位", "desk").scoped().personal(),
    seconds_int("join_time", "入职时间", "joined").scoped().personal(),
    text("employee_no", "工号", "employee number").scoped().personal(),
    choices("employee_type", "员工类型", "employee type", EMPLOYEE_TYPE).scoped().open(),
    list("custom_attrs", "自定义字段", "custom fields", &Kind::Object(CUSTOM_ATTR)).scoped(),
    text("enterprise_email", "企业邮箱", "work email").scoped().personal(),
    text("job_title", "职务", "job title").scoped().personal(),
    flag("is_frozen", "已暂停", "suspended"),
    text("job_level_id", "职级 ID", "job level").scoped().personal(),
    text("job_family_id", "序列 ID", "job family").scoped().personal(),
    texts("subscription_ids", "席位 ID 列表", "seat IDs").scoped(),
    list("assign_info", "席位列表", "seats", &Kind::Object(ASSIGN_INFO)).scoped(),
    list("department_path", "部门路径", "department path", &Kind::Object(DEPARTMENT_PATH)).scoped(),
    text("description", "个人描述", "about the user").sdk_only().personal(),
    texts("dotted_line_leader_user_ids", "虚线上级", "dotted-line managers").sdk_only().personal(),
    text("geo", "数据驻留地", "data residency").sdk_only(),
    flag("need_send_notification", "发送邀请通知", "invitation sent").sdk_only(),
    object("notification_option", "邀请通知方式", "invitation", NOTIFICATION_OPTION).sdk_only(),
    list("positions", "岗位", "positions", &Kind::Object(POSITION)).sdk_only(),
];

/// 岗位
const POSITION: &[Field] = &[
    text("position_code", "岗位编号", "position code").personal(),
    text("position_name", "岗位名称", "position name").personal(),
    text("department_id", "部门 ID", "department ID"),
    text("leader_user_id", "直属主管", "manager").personal(),
    text("leader_position_code", "主管岗位编号", "manager position"),
    flag("is_major", "主岗位", "main position"),
];

/// 邀请通知方式
const NOTIFICATION_OPTION: &[Field] =
    &[texts("channels", "通知渠道", "channels"), text("language", "通知语言", "language")];

/// 用户组
const USER_GROUP: &[Field] = &[
    text("user_group_id", "用户组 ID", "user group ID"),
    text("name", "用户组名称", "user group name"),
    choices("type", "用户组类型", "user group type", USER_GROUPS_TYPE),
    integer("member_count", "成员数量", "members"),
    choices("status", "用户组状态", "user group status", USER_GROUPS_STATUS),
];

/// 新增对象
const ADDED: &[Field] = &[
    list("departments", "部门列表", "departments", &Kind::Object(ADDED_DEPARTMENT)),
    list("users", "用户列表", "users", &Kind::Object(USER)),
    list("user_groups", "用户组", "user groups", &Kind::Object(USER_GROUP)),
];

/// 变更前状态
const BEFORE_STATUS: &[Field] = &[
    flag("is_active", "已激活", "activated"),
    flag("is_frozen", "已暂停", "suspended"),
    flag("is_resigned", "已离职", "resigned"),
];

/// 删除前部门
const OLD_OBJECT: &[Field] = &[
    object("status", "部门状态", "department status", STATUS).scoped(),
    text("open_department_id", "部门 Open ID", "department open ID"),
];

/// 删除前
const DELETED_OLD_OBJECT: &[Field] = &[
    texts("department_ids", "所属部门", "departments").scoped(),
    text("open_id", "Open ID", "open ID").personal(),
];

/// 变更前用户
const UPDATED_OLD_OBJECT: &[Field] = &[
    text("open_id", "Open ID", "open ID").personal(),
    text("union_id", "Union ID", "union ID").personal(),
    text("user_id", "User ID", "user ID").scoped().personal(),
    text("name", "用户名", "name").scoped().personal(),
    text("en_name", "英文名", "English name").scoped().personal(),
    text("nickname", "别名", "nickname").scoped().personal(),
    text("email", "邮箱", "email").scoped().personal(),
    text("job_title", "职务", "job title").personal(),
    text("mobile", "手机号", "mobile").scoped().personal(),
    choices("gender", "性别", "gender", GENDER).scoped().personal(),
    object("avatar", "用户头像", "avatar", AVATAR).scoped(),
    object("status", "用户状态", "user status", USERS_STATUS).scoped(),
    texts("department_ids", "所属部门", "departments").scoped(),
    text("leader_user_id", "直属主管", "manager").scoped().personal(),
    text("city", "城市", "city").scoped().personal(),
    text("country", "国家", "country").scoped().personal(),
    text("work_station", "工位", "desk").scoped().personal(),
    seconds_int("join_time", "入职时间", "joined").scoped().personal(),
    text("employee_no", "工号", "employee number").scoped().personal(),
    choices("employee_type", "员工类型", "employee type", EMPLOYEE_TYPE).scoped().open(),
    list("orders", "用户排序", "ordering", &Kind::Object(ORDER)).scoped(),
    list("custom_attrs", "自定义字段", "custom fields", &Kind::Object(CUSTOM_ATTR)).scoped(),
    text("job_level_id", "职级 ID", "job level").scoped().personal(),
    text("job_family_id", "序列 ID", "job family").scoped().personal(),
    texts("dotted_line_leader_user_ids", "虚线上级", "dotted-line managers").scoped().personal(),
    text("enterprise_email", "企业邮箱", "work email").sdk_only().personal(),
    flag("is_tenant_manager", "租户管理员", "tenant admin").sdk_only().personal(),
    flag("mobile_visible", "手机号可见", "mobile visible").sdk_only().personal(),
    list("positions", "岗位", "positions", &Kind::Object(POSITION)).sdk_only(),
    text("time_zone", "时区", "time zone").sdk_only().personal(),
];

const CUSTOM_ATTR_EVENT_UPDATED_V3: Event =
    event_type("contact.custom_attr_event.updated_v3", "成员字段变更", "custom user fields changed")
        .fields(&[
            object("object", "变更后", "object now", UPDATED_OBJECT),
            object("old_object", "变更前", "object before", UPDATED_OBJECT),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/custom_attr_event/events/updated");

const DEPARTMENT_CREATED_V3: Event =
    event_type("contact.department.created_v3", "部门新建", "department created")
        .fields(&[object("object", "部门", "department", OBJECT)])
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/events/created");

const DEPARTMENT_DELETED_V3: Event =
    event_type("contact.department.deleted_v3", "部门被删除", "department deleted")
        .fields(&[
            object("object", "部门", "department", OBJECT),
            object("old_object", "删除前部门", "department before", OLD_OBJECT),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/events/deleted");

const DEPARTMENT_UPDATED_V3: Event =
    event_type("contact.department.updated_v3", "部门信息变化", "department changed")
        .fields(&[
            object("object", "更新后部门", "department now", OBJECT),
            object("old_object", "更新前部门", "department before", OBJECT),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/department/events/updated");

const EMPLOYEE_TYPE_ENUM_ACTIVED_V3: Event =
    event_type("contact.employee_type_enum.actived_v3", "启用人员类型", "workforce type enabled")
        .fields(&[
            object("old_enum", "更新前类型", "type before", OLD_ENUM),
            object("new_enum", "更新后类型", "type now", OLD_ENUM),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/employee_type_enum/events/actived");

const EMPLOYEE_TYPE_ENUM_CREATED_V3: Event =
    event_type("contact.employee_type_enum.created_v3", "新建人员类型", "workforce type added")
        .fields(&[object("new_enum", "新建类型", "new type", OLD_ENUM)])
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/employee_type_enum/events/created");

const EMPLOYEE_TYPE_ENUM_DEACTIVATED_V3: Event =
    event_type("contact.employee_type_enum.deactivated_v3", "停用人员类型", "workforce type deactivated")
        .fields(&[
            object("old_enum", "更新前类型", "type before", OLD_ENUM),
            object("new_enum", "更新后类型", "type now", OLD_ENUM),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/employee_type_enum/events/deactivated");

const EMPLOYEE_TYPE_ENUM_DELETED_V3: Event =
    event_type("contact.employee_type_enum.deleted_v3", "删除人员类型", "workforce type deleted")
        .fields(&[object("old_enum", "删除前类型", "type before", OLD_ENUM)])
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/employee_type_enum/events/deleted");

const EMPLOYEE_TYPE_ENUM_UPDATED_V3: Event =
    event_type("contact.employee_type_enum.updated_v3", "修改人员类型名称", "workforce type renamed")
        .fields(&[
            object("old_enum", "更新前类型", "type before", OLD_ENUM),
            object("new_enum", "更新后类型", "type now", OLD_ENUM),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/employee_type_enum/events/updated");

const SCOPE_UPDATED_V3: Event =
    event_type("contact.scope.updated_v3", "通讯录权限范围变更", "contact scope changed")
        .fields(&[
            object("added", "新增对象", "added", ADDED),
            object("removed", "移除对象", "removed", ADDED),
        ])
        .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/scope/events/updated");

const USER_CREATED_V3: Event = event_type("contact.user.created_v3", "员工入职", "employee joined")
    .fields(&[object("object", "员工", "employee", CREATED_OBJECT)])
    .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/events/created");

const USER_DELETED_V3: Event = event_type("contact.user.deleted_v3", "员工离职", "employee left")
    .fields(&[
        object("object", "员工", "employee", CREATED_OBJECT),
        object("old_object", "删除前", "employee before", DELETED_OLD_OBJECT),
    ])
    .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/events/deleted");

const USER_UPDATED_V3: Event = event_type("contact.user.updated_v3", "员工信息被修改", "employee changed")
    .fields(&[
        object("object", "变更后用户", "user now", CREATED_OBJECT),
        object("old_object", "变更前用户", "user before", UPDATED_OLD_OBJECT),
    ])
    .page("uAjLw4CM/ukTMukTMukTM/reference/contact-v3/user/events/updated");

const USER_GROUP_CREATED_V3: Event =
    event_type("contact.user_group.created_v3", "用户组创建", "user group created")
        .fields(&[])
        .page("ukTMukTMukTM/uUTNz4SN1MjL1UzM");

const CONTACT_SCOPE_CHANGE: Event =
    event_type("contact_scope_change", "通讯录授权范围变更 v1", "contact scope changed, v1")
        .fields(&[TYPE, APP_ID, TENANT_KEY])
        .v1()
        .historic()
        .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/scope-change");

const DEPT_ADD: Event = event_type("dept_add", "新建部门 v1", "department created, v1")
    .fields(&[
        TYPE,
        APP_ID,
        TENANT_KEY,
        text("open_department_id", "部门 Open ID", "department open ID").deprecated(),
        object("department", "部门", "department", DEPARTMENT),
    ])
    .v1()
    .historic()
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/department-update");

const DEPT_DELETE: Event = event_type("dept_delete", "删除部门 v1", "department deleted, v1")
    .fields(&[
        TYPE,
        APP_ID,
        TENANT_KEY,
        text("open_department_id", "部门 Open ID", "department open ID").deprecated(),
        object("department", "部门", "department", DEPARTMENT),
    ])
    .v1()
    .historic()
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/department-update");

const DEPT_UPDATE: Event = event_type("dept_update", "修改部门 v1", "department changed, v1")
    .fields(&[
        TYPE,
        APP_ID,
        TENANT_KEY,
        text("open_department_id", "部门 Open ID", "department open ID").deprecated(),
        object("department", "部门", "department", DEPARTMENT),
    ])
    .v1()
    .historic()
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/department-update");

const USER_ADD: Event = event_type("user_add", "员工入职 v1", "employee joined, v1")
    .fields(&[
        TYPE,
        APP_ID,
        TENANT_KEY,
        text("open_id", "Open ID", "open ID").personal(),
        text("employee_id", "用户 ID", "employee").conditional().personal(),
        text("union_id", "Union ID", "union ID").personal(),
    ])
    .v1()
    .historic()
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/employee-change");

const USER_LEAVE: Event = event_type("user_leave", "员工离职 v1", "employee left, v1")
    .fields(&[
        TYPE,
        APP_ID,
        TENANT_KEY,
        text("open_id", "Open ID", "open ID").personal(),
        text("employee_id", "用户 ID", "employee").conditional().personal(),
        text("union_id", "Union ID", "union ID").personal(),
    ])
    .v1()
    .historic()
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/employee-change");

const USER_STATUS_CHANGE: Event = event_type("user_status_change", "用户状态变更", "user status changed")
    .fields(&[
        TYPE,
        APP_ID,
        TENANT_KEY,
        text("open_id", "Open ID", "open ID").personal(),
        text("employee_id", "用户 ID", "employee").conditional().personal(),
        text("union_id", "Union ID", "union ID").personal(),
        object("before_status", "变更前状态", "status before", BEFORE_STATUS),
        date_time("change_time", "变更时间", "changed"),
        object("current_status", "变更后状态", "status now", BEFORE_STATUS),
    ])
    .v1()
    .happened("change_time")
    .historic()
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/user-status-changed");

const USER_UPDATE: Event = event_type("user_update", "员工信息变更 v1", "employee changed, v1")
    .fields(&[
        TYPE,
        APP_ID,
        TENANT_KEY,
        text("open_id", "Open ID", "open ID").personal(),
        text("employee_id", "用户 ID", "employee").conditional().personal(),
        text("union_id", "Union ID", "union ID").personal(),
    ])
    .v1()
    .historic()
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/employee-change");
