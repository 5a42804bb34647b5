//! 任务 / Tasks.

use super::super::entry::{Choice, Event, Field, Word, event_type};
use super::super::words::{choice, choices, object, text, texts, users, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] =
    &[&TASK_COMMENT_UPDATED_V1, &TASK_UPDATE_TENANT_V1, &TASK_UPDATED_V1, &TASK_UPDATE_USER_ACCESS_V2];

/// 通知类型
const COMMENT_CHANGE: &[Choice] = &[
    choice(1, "创建评论", "comment created"),
    choice(2, "回复评论", "reply created"),
    choice(3, "更新评论", "comment changed"),
    choice(4, "删除评论", "comment deleted"),
];

/// 变更数据
const CHANGED_DATA: &[Word] = &[
    word("task", "任务", "task"),
    word("collaborator", "协作者", "collaborator"),
    word("follower", "关注者", "follower"),
];

/// 变更类型
const CHANGE: &[Word] = &[
    word("create", "创建", "created"),
    word("delete", "删除", "deleted"),
    word("update", "更新", "changed"),
];

/// 通知类型
const TASK_CHANGE: &[Choice] = &[
    choice(1, "任务详情变化", "details changed"),
    choice(2, "任务协作者变化", "collaborators changed"),
    choice(3, "任务关注者变化", "followers changed"),
    choice(4, "任务提醒变化", "reminder changed"),
    choice(5, "任务完成", "completed"),
    choice(6, "任务取消完成", "reopened"),
    choice(7, "任务删除", "deleted"),
];

/// 用户列表
const USERS: &[Field] = &[users("user_id_list", "用户", "users")];

const TASK_COMMENT_UPDATED_V1: Event =
    event_type("task.task.comment.updated_v1", "任务评论信息变更", "task comment changed")
        .fields(&[
            text("task_id", "任务 ID", "task").required(),
            text("comment_id", "任务评论 ID", "comment"),
            text("parent_id", "父评论 ID", "parent comment"),
            choices("obj_type", "通知类型", "change", COMMENT_CHANGE),
        ])
        .historic()
        .columns("obj_type task_id comment_id parent_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/task-v1/task-comment/events/updated");

const TASK_UPDATE_TENANT_V1: Event =
    event_type("task.task.update_tenant_v1", "任务信息变更（租户）", "task changed, tenant")
        .fields(&[
            object("user_id_list", "用户列表", "user list", USERS),
            text("task_id", "任务 ID", "task").required(),
            words("object_type", "变更数据", "changed data", CHANGED_DATA),
            words("event_type", "变更类型", "change", CHANGE),
        ])
        .historic()
        .columns("user_id_list object_type event_type task_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/task-v1/task/events/update_tenant");

const TASK_UPDATED_V1: Event =
    event_type("task.task.updated_v1", "任务信息变更（应用）", "task changed, app")
        .fields(&[
            text("task_id", "任务 ID", "task").required(),
            choices("obj_type", "通知类型", "change", TASK_CHANGE),
        ])
        .historic()
        .columns("obj_type task_id")
        .page("uAjLw4CM/ukTMukTMukTM/reference/task-v1/task/events/updated");

const TASK_UPDATE_USER_ACCESS_V2: Event =
    event_type("task.task.update_user_access_v2", "任务信息变更（用户）", "task changed, user")
        .fields(&[texts("event_types", "变更类型", "changes"), text("task_guid", "任务 GUID", "task")])
        .columns("event_types task_guid")
        .sdk_only();
