//! 权限范围: what came into or left the contacts that an app may see.

use crate::catalog::entry::{Choice, Field, Kind};
use crate::catalog::words::{
    alarm, choice, choices, flag, integer, list, object, seconds, seconds_int, text, texts,
};

use super::person::{AVATAR, CUSTOM_ATTR, EMPLOYEE_TYPE, OPEN_ID, POSITIONS, UNION_ID, USER_ID, USER_STATUS};
use super::{DEPARTMENT_STATUS, LEADER};

/// 部门群人员类型
const DEPARTMENT_CHAT_TYPE: &[Choice] = &[
    choice(1, "正式员工", "regular"),
    choice(2, "实习生", "intern"),
    choice(3, "外包", "outsourced"),
    choice(4, "劳务", "contractor"),
    choice(5, "顾问", "consultant"),
    choice(6, "其他自定义类型", "other custom type"),
];

/// 性别, as changes of the contact scope have it
const GENDER_IN_SCOPE: &[Choice] =
    &[choice(0, "保密", "not disclosed"), choice(1, "男", "male"), choice(2, "女", "female")];

/// 用户组类型
const USER_GROUP_TYPE: &[Choice] =
    &[choice(1, "普通用户组", "ordinary group"), choice(2, "动态用户组", "dynamic group")];

/// 用户组状态
const USER_GROUP_STATUS: &[Choice] = &[
    choice(0, "未知", "unknown"),
    choice(1, "计算完毕", "computed"),
    choice(2, "计算中", "computing"),
    alarm(3, "计算失败", "computing failed"),
];

/// 国际化名称
const I18N_NAMES: &[Field] = &[
    text("zh_cn", "中文名", "Chinese name"),
    text("ja_jp", "日文名", "Japanese name"),
    text("en_us", "英文名", "English name"),
];

/// 部门名称
const DEPARTMENT_NAME: &[Field] = &[
    text("name", "部门名称", "department name"),
    object("i18n_name", "国际化名称", "translated names", I18N_NAMES).line("国际化名称", "translated names"),
];

/// 权限范围内的部门
const DEPARTMENT_IN_SCOPE: &[Field] = &[
    text("name", "部门名称", "department name").scoped(),
    object("i18n_name", "国际化名称", "translated names", I18N_NAMES).scoped(),
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
    text("order", "排序", "order").scoped(),
    texts("unit_ids", "单位列表", "units").scoped(),
    integer("member_count", "成员数", "members").scoped(),
    object("status", "部门状态", "department status", DEPARTMENT_STATUS).scoped().line("已删除", "deleted"),
    list("leaders", "部门负责人", "department leaders", &Kind::Object(LEADER)),
    list(
        "group_chat_employee_types",
        "部门群人员类型",
        "types in department chat",
        &Kind::Choice(DEPARTMENT_CHAT_TYPE),
    )
    .open(),
    integer("primary_member_count", "主属成员数", "primary members").scoped(),
];

/// 席位列表
const ASSIGN_INFO: &[Field] = &[
    text("subscription_id", "席位 ID", "seat ID"),
    text("license_plan_key", "许可证", "licence plan"),
    text("product_name", "席位名称", "seat name"),
    object("i18n_name", "国际化名称", "translated names", I18N_NAMES),
    seconds("start_time", "席位起始时间", "seat starts").joined("席位有效期", "seat valid", " - "),
    seconds("end_time", "席位结束时间", "seat ends").joined("席位有效期", "seat valid", " - "),
];

/// 部门路径
const PATH: &[Field] = &[
    texts("department_ids", "路径部门 ID", "path department IDs"),
    object("department_path_name", "路径部门名称", "path department names", DEPARTMENT_NAME),
];

/// 部门路径
const DEPARTMENT_PATH: &[Field] = &[
    text("department_id", "部门 ID", "department ID"),
    object("department_name", "部门名称", "department name", DEPARTMENT_NAME),
    object("department_path", "部门路径", "department path", PATH),
];

/// 邀请通知方式
const NOTIFICATION_OPTION: &[Field] =
    &[texts("channels", "通知渠道", "channels"), text("language", "通知语言", "language")];

/// 权限范围内的用户
const USER_IN_SCOPE: &[Field] = &[
    UNION_ID,
    USER_ID,
    OPEN_ID,
    text("name", "姓名", "name").scoped().personal().line("姓名", "name"),
    text("en_name", "英文名", "English name").scoped().personal().line("姓名", "name"),
    text("nickname", "别名", "nickname").scoped().personal().line("姓名", "name"),
    text("email", "邮箱", "email").scoped().personal(),
    text("mobile", "手机号", "mobile").scoped().personal(),
    choices("gender", "性别", "gender", GENDER_IN_SCOPE).scoped().personal(),
    object("avatar", "用户头像", "avatar", AVATAR).scoped().line("用户头像", "avatar"),
    object("status", "用户状态", "user status", USER_STATUS).scoped(),
    text("leader_user_id", "直属主管", "manager").scoped().personal().note("主管的 Open ID", "an open ID"),
    text("city", "城市", "city").scoped().personal().line("所在地", "location"),
    text("country", "国家或地区", "country").scoped().personal().line("所在地", "location"),
    text("work_station", "工位", "desk").scoped().personal(),
    seconds_int("join_time", "入职时间", "joining date").scoped().personal(),
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
    POSITIONS,
];

/// 用户组
const USER_GROUP: &[Field] = &[
    text("user_group_id", "用户组 ID", "user group ID"),
    text("name", "用户组名称", "user group name"),
    choices("type", "用户组类型", "user group type", USER_GROUP_TYPE),
    integer("member_count", "成员数", "members"),
    choices("status", "用户组状态", "user group status", USER_GROUP_STATUS),
];

/// 权限范围的增减
pub(super) const SCOPE: &[Field] = &[
    list("departments", "部门", "departments", &Kind::Object(DEPARTMENT_IN_SCOPE)),
    list("users", "用户", "users", &Kind::Object(USER_IN_SCOPE)),
    list("user_groups", "用户组", "user groups", &Kind::Object(USER_GROUP)),
];
