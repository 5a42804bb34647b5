//! What types of several areas share.

use super::entry::{Choice, Field, Kind};
use super::words::{choice, list, text, texts, user};

/// The three ids of a person. `user_id` needs a permission.
pub const USER_ID: &[Field] = &[
    text("open_id", "Open ID", "open ID").personal(),
    text("union_id", "Union ID", "union ID").personal(),
    text("user_id", "User ID", "user ID").scoped().personal(),
];

/// The application, as events of the old form have it.
pub const APP_ID: Field = text("app_id", "应用 ID", "app ID");

/// The tenant, as events of the old form have it.
pub const TENANT_KEY: Field = text("tenant_key", "租户 Key", "tenant key");

/// The type of an event of the old form.
pub const TYPE: Field = text("type", "事件类型", "event type");

/// The header of events that are sent to the subscribers of a document.
pub const SUBSCRIPTION: &[Field] = &[
    text("resource_id", "订阅的文件", "subscribed file"),
    list("user_list", "订阅者", "subscribers", &Kind::Object(SUBSCRIBER)),
];

const SUBSCRIBER: &[Field] = &[text("union_id", "Union ID", "union ID").personal()];

/// The header of events of approvals, which have it in place of `create_time`.
pub const APPROVED: &[Field] = &[text(super::header::EVENT_CREATE_TIME, "事件创建时间", "delivered")
    .note("秒，带小数", "in seconds with a fraction")];

/// The employment of a person, by its ID in the HR suite.
pub const EMPLOYMENT_ID: Field = text("employment_id", "雇佣 ID", "employment").personal();

/// The person of an employment.
pub const EMPLOYEE: Field = user("target_user_id", "员工", "employee");

/// Which fields of a record of the HR suite are changed.
pub const FIELD_CHANGES: Field = texts("field_changes", "变更字段", "changed fields");

/// 操作类型
pub const OPT_TYPE: &[Choice] =
    &[choice(1, "新增", "added"), choice(2, "修改", "changed"), choice(3, "删除", "deleted")];
