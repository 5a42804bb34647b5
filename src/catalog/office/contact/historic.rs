//! The events of the old form.

use crate::catalog::common::{APP_ID, TENANT_KEY, TYPE};
use crate::catalog::entry::{Event, Field, event_type};
use crate::catalog::words::{date_time, flag, object, text};

/// 部门, as events of the old form have it
const DEPARTMENT_V1: &[Field] =
    &[text("open_id", "Open ID", "open ID"), text("custom_id", "自定义 ID", "custom ID")];

/// What events of the old form say of a department.
const DEPARTMENT_CHANGE_V1: &[Field] = &[
    TYPE,
    APP_ID,
    TENANT_KEY,
    text("open_department_id", "部门 Open ID", "department open ID").deprecated().note(
        "官方示例中是自定义 ID 的形式，请用 department.open_id",
        "has the form of a custom ID in the example: use department.open_id",
    ),
    object("department", "部门", "department", DEPARTMENT_V1).line("部门", "department"),
];

// The three ids of an employee, as events of the old form have them.
const OPEN_ID_V1: Field = text("open_id", "Open ID", "open ID").personal().line("员工", "employee");
const EMPLOYEE_ID_V1: Field =
    text("employee_id", "用户 ID", "user ID").conditional().personal().line("员工", "employee");
const UNION_ID_V1: Field = text("union_id", "Union ID", "union ID").personal().line("员工", "employee");

/// What events of the old form say of an employee.
const EMPLOYEE_CHANGE_V1: &[Field] = &[TYPE, APP_ID, TENANT_KEY, OPEN_ID_V1, EMPLOYEE_ID_V1, UNION_ID_V1];

/// 账号状态
const ACCOUNT_STATUS: &[Field] = &[
    flag("is_active", "激活", "activated").line("账号状态", "account status"),
    flag("is_frozen", "冻结", "suspended").line("账号状态", "account status"),
    flag("is_resigned", "离职", "resigned").line("账号状态", "account status"),
];

pub(super) const CONTACT_SCOPE_CHANGE: Event =
    event_type("contact_scope_change", "通讯录授权范围变更 v1", "contact scope changed, v1")
        .fields(&[TYPE, APP_ID, TENANT_KEY])
        .v1()
        .historic()
        .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/scope-change");

pub(super) const DEPT_ADD: Event = event_type("dept_add", "新建部门 v1", "department created, v1")
    .fields(DEPARTMENT_CHANGE_V1)
    .v1()
    .historic()
    .columns("department open_department_id")
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/department-update");

pub(super) const DEPT_DELETE: Event = event_type("dept_delete", "删除部门 v1", "department deleted, v1")
    .fields(DEPARTMENT_CHANGE_V1)
    .v1()
    .historic()
    .columns("department open_department_id")
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/department-update");

pub(super) const DEPT_UPDATE: Event = event_type("dept_update", "修改部门 v1", "department changed, v1")
    .fields(DEPARTMENT_CHANGE_V1)
    .v1()
    .historic()
    .columns("department open_department_id")
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/department-update");

pub(super) const USER_ADD: Event = event_type("user_add", "员工入职 v1", "employee joined, v1")
    .fields(EMPLOYEE_CHANGE_V1)
    .v1()
    .historic()
    .person("open_id")
    .columns("open_id")
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/employee-change");

pub(super) const USER_LEAVE: Event = event_type("user_leave", "员工离职 v1", "employee left, v1")
    .fields(EMPLOYEE_CHANGE_V1)
    .v1()
    .historic()
    .person("open_id")
    .columns("open_id")
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/employee-change");

pub(super) const USER_STATUS_CHANGE: Event =
    event_type("user_status_change", "用户状态变更", "user status changed")
        .fields(&[
            TYPE,
            APP_ID,
            TENANT_KEY,
            OPEN_ID_V1,
            EMPLOYEE_ID_V1,
            UNION_ID_V1,
            object("before_status", "变更前", "old", ACCOUNT_STATUS),
            date_time("change_time", "变更时间", "changed"),
            object("current_status", "变更后", "new", ACCOUNT_STATUS),
        ])
        .v1()
        .happened("change_time")
        .historic()
        .person("open_id")
        .columns("open_id before_status current_status")
        .change("before_status", "current_status")
        .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/user-status-changed");

pub(super) const USER_UPDATE: Event = event_type("user_update", "员工信息变更 v1", "employee changed, v1")
    .fields(EMPLOYEE_CHANGE_V1)
    .v1()
    .historic()
    .person("open_id")
    .columns("open_id")
    .page("ukTMukTMukTM/uETNz4SM1MjLxUzM//event/employee-change");
