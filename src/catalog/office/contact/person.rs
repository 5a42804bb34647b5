//! 员工: what contact events say of a person.

use crate::catalog::entry::{Choice, Field, Kind, Word};
use crate::catalog::words::{
    choice, choices, flag, integer, list, object, seconds_int, text, texts, url, word, words,
};

/// 员工类型
pub(super) const EMPLOYEE_TYPE: &[Choice] = &[
    choice(1, "正式员工", "regular"),
    choice(2, "实习生", "intern"),
    choice(3, "外包", "outsourced"),
    choice(4, "劳务", "contractor"),
    choice(5, "顾问", "consultant"),
];

/// 字段类型
const CUSTOM_ATTR_TYPE: &[Word] = &[
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

/// 用户头像
pub(super) const AVATAR: &[Field] = &[
    url("avatar_72", "头像 72 像素", "avatar 72 px").personal(),
    url("avatar_240", "头像 240 像素", "avatar 240 px").personal(),
    url("avatar_640", "头像 640 像素", "avatar 640 px").personal(),
    url("avatar_origin", "原始头像", "original avatar").personal(),
];

/// 用户状态, on a line of this title.
const fn user_status(zh: &'static str, en: &'static str) -> [Field; 5] {
    [
        flag("is_frozen", "暂停", "suspended").line(zh, en),
        flag("is_resigned", "离职", "resigned").line(zh, en),
        flag("is_activated", "激活", "activated").line(zh, en),
        flag("is_exited", "主动退出", "exited").line(zh, en),
        flag("is_unjoin", "待加入", "pending").line(zh, en),
    ]
}

pub(super) const USER_STATUS: &[Field] = &user_status("用户状态", "user status");
const OLD_USER_STATUS: &[Field] = &user_status("变更前用户状态", "old user status");

/// 引用人员
const GENERIC_USER: &[Field] = &[
    text("id", "User ID", "user ID").personal(),
    choices("type", "用户类型", "user type", GENERIC_USER_TYPE),
];

/// 字段值
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
pub(super) const CUSTOM_ATTR: &[Field] = &[
    words("type", "字段类型", "field type", CUSTOM_ATTR_TYPE).line("字段", "field"),
    text("id", "字段 ID", "field ID").line("字段", "field"),
    object("value", "字段值", "field value", VALUE),
];

/// 用户排序
const ORDER: &[Field] = &[
    text("department_id", "部门 ID", "department ID"),
    integer("user_order", "部门内排序", "order within department"),
    integer("department_order", "部门间排序", "order among departments"),
    flag("is_primary_dept", "主部门", "primary department"),
];

// A person's three ids, said on one line.
pub(super) const OPEN_ID: Field =
    text("open_id", "Open ID", "open ID").personal().line("用户 ID", "user IDs");
pub(super) const UNION_ID: Field =
    text("union_id", "Union ID", "union ID").personal().line("用户 ID", "user IDs");
pub(super) const USER_ID: Field =
    text("user_id", "User ID", "user ID").scoped().personal().line("用户 ID", "user IDs");

/// 岗位
const POSITION: &[Field] = &[
    text("position_code", "岗位编号", "position code").personal(),
    text("position_name", "岗位名称", "position name").personal(),
    text("department_id", "部门 ID", "department ID"),
    text("leader_user_id", "直属主管", "manager").personal(),
    text("leader_position_code", "主管岗位编号", "manager position"),
    flag("is_major", "主岗位", "main position"),
];

// What only the SDKs have of a person.
const IS_TENANT_MANAGER: Field =
    flag("is_tenant_manager", "租户管理员", "tenant admin").sdk_only().personal();
const MOBILE_VISIBLE: Field = flag("mobile_visible", "手机号可见", "mobile visible").sdk_only().personal();
const TIME_ZONE: Field = text("time_zone", "时区", "time zone").sdk_only().personal();
pub(super) const POSITIONS: Field =
    list("positions", "岗位", "positions", &Kind::Object(POSITION)).sdk_only();

/// 员工
pub(super) const EMPLOYEE: &[Field] = &[
    OPEN_ID,
    UNION_ID,
    USER_ID,
    text("name", "姓名", "name").scoped().personal().line("姓名", "name"),
    text("en_name", "英文名", "English name").scoped().personal().line("姓名", "name"),
    text("nickname", "别名", "nickname").scoped().personal().line("姓名", "name"),
    text("email", "邮箱", "email").scoped().personal(),
    text("enterprise_email", "企业邮箱", "work email").scoped().personal(),
    text("job_title", "职务", "job title").personal(),
    text("mobile", "手机号", "mobile").scoped().personal(),
    choices("gender", "性别", "gender", GENDER).scoped().personal(),
    object("avatar", "用户头像", "avatar", AVATAR).scoped().line("用户头像", "avatar"),
    object("status", "用户状态", "user status", USER_STATUS).scoped(),
    texts("department_ids", "所属部门", "departments").scoped(),
    text("leader_user_id", "直属主管", "manager").scoped().personal().note("主管的 Open ID", "an open ID"),
    text("city", "城市", "city").scoped().personal().line("所在地", "location"),
    text("country", "国家或地区", "country").scoped().personal().line("所在地", "location"),
    text("work_station", "工位", "desk").scoped().personal(),
    seconds_int("join_time", "入职时间", "joining date").scoped().personal(),
    text("employee_no", "工号", "employee number").scoped().personal(),
    choices("employee_type", "员工类型", "employee type", EMPLOYEE_TYPE).scoped().open(),
    list("orders", "部门排序", "department ordering", &Kind::Object(ORDER)).scoped(),
    list("custom_attrs", "自定义字段", "custom fields", &Kind::Object(CUSTOM_ATTR)).scoped(),
    text("job_level_id", "职级 ID", "job level").scoped().personal(),
    text("job_family_id", "序列 ID", "job family").scoped().personal(),
    texts("dotted_line_leader_user_ids", "虚线上级", "dotted-line managers").scoped().personal().note(
        "文档写用户 ID，官方示例为部门 ID",
        "user IDs by the documentation, a department ID in its example",
    ),
    IS_TENANT_MANAGER,
    MOBILE_VISIBLE,
    POSITIONS,
    TIME_ZONE,
];

/// 离职前的员工
pub(super) const FORMER_EMPLOYEE: &[Field] =
    &[texts("department_ids", "所属部门", "departments").scoped(), OPEN_ID];

/// 变更前的员工: no work email, by the documentation
pub(super) const OLD_EMPLOYEE: &[Field] = &[
    OPEN_ID,
    UNION_ID,
    USER_ID,
    text("name", "姓名", "name").scoped().personal().line("姓名", "name"),
    text("en_name", "英文名", "English name").scoped().personal().line("姓名", "name"),
    text("nickname", "别名", "nickname").scoped().personal().line("姓名", "name"),
    text("email", "邮箱", "email").scoped().personal(),
    text("job_title", "职务", "job title").personal(),
    text("mobile", "手机号", "mobile").scoped().personal(),
    choices("gender", "性别", "gender", GENDER).scoped().personal(),
    object("avatar", "用户头像", "avatar", AVATAR).scoped().line("用户头像", "avatar"),
    object("status", "用户状态", "user status", OLD_USER_STATUS).scoped(),
    texts("department_ids", "所属部门", "departments").scoped(),
    text("leader_user_id", "直属主管", "manager").scoped().personal().note("主管的 Open ID", "an open ID"),
    text("city", "城市", "city").scoped().personal().line("所在地", "location"),
    text("country", "国家或地区", "country").scoped().personal().line("所在地", "location"),
    text("work_station", "工位", "desk").scoped().personal(),
    seconds_int("join_time", "入职时间", "joining date").scoped().personal(),
    text("employee_no", "工号", "employee number").scoped().personal(),
    choices("employee_type", "员工类型", "employee type", EMPLOYEE_TYPE).scoped().open(),
    list("orders", "部门排序", "department ordering", &Kind::Object(ORDER)).scoped(),
    list("custom_attrs", "自定义字段", "custom fields", &Kind::Object(CUSTOM_ATTR)).scoped(),
    text("job_level_id", "职级 ID", "job level").scoped().personal(),
    text("job_family_id", "序列 ID", "job family").scoped().personal(),
    texts("dotted_line_leader_user_ids", "虚线上级", "dotted-line managers").scoped().personal().note(
        "文档写用户 ID，官方示例为部门 ID",
        "user IDs by the documentation, a department ID in its example",
    ),
    text("enterprise_email", "企业邮箱", "work email").sdk_only().personal(),
    IS_TENANT_MANAGER,
    MOBILE_VISIBLE,
    POSITIONS,
    TIME_ZONE,
];
