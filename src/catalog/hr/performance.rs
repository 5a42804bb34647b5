//! 绩效 / Performance.

use super::super::entry::{Event, Field, Kind, Word, event_type};
use super::super::words::{list, millis, text, user, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&REVIEW_DATA_CHANGED_V2, &STAGE_TASK_OPEN_RESULT_V2];

/// 环节类型
const STAGE_TYPE: &[Word] = &[
    word("summarize_key_outputs", "工作总结", "work summary"),
    word("review", "评估", "evaluation"),
    word("communication_and_open_result", "结果沟通", "result discussion"),
    word("view_result", "结果查看", "result viewing"),
    word("reconsideration", "结果复议", "reconsideration"),
    word("leader_review", "终评", "final review"),
];

/// 执行人角色
const REVIEW_STAGE_ROLE: &[Word] = &[
    word("reviewee", "被评估人", "reviewee"),
    word("invited_reviewer", "360°评估人", "invited reviewer"),
    word("solid_line_leader", "实线上级", "direct manager"),
    word("dotted_line_leader", "虚线上级", "dotted-line manager"),
    word("secondary_solid_line_leader", "第二实线上级", "second manager"),
    word("direct_project_leader", "项目直属上级", "project manager"),
    word("custom_review_role", "自定义评估角色", "custom role"),
];

/// 更新的环节
const STAGE_CHANGE: &[Field] = &[
    text("stage_id", "环节 ID", "stage"),
    words("stage_type", "环节类型", "stage type", STAGE_TYPE),
    words("review_stage_role", "执行人角色", "reviewer role", REVIEW_STAGE_ROLE),
];

/// 评估数据
const ITEM: &[Field] = &[
    user("user_id", "员工", "employee"),
    text("semester_id", "评估周期 ID", "review cycle"),
    text("activity_id", "评估项目 ID", "review activity"),
    list("stage_changes", "更新的环节", "changed stages", &Kind::Object(STAGE_CHANGE)),
];

/// 被评估人
const OPEN_RESULT_ITEM: &[Field] = &[
    user("user_id", "员工", "employee"),
    text("semester_id", "评估周期 ID", "review cycle"),
    text("activity_id", "评估项目 ID", "review activity"),
    millis("open_time", "开通时间", "results opened"),
];

const REVIEW_DATA_CHANGED_V2: Event =
    event_type("performance.review_data.changed_v2", "绩效详情变更", "review data changed")
        .fields(&[list("items", "评估数据", "review data", &Kind::Object(ITEM))])
        .columns("items")
        .page("uAjLw4CM/ukTMukTMukTM/performance-v2/review_data/events/changed");

const STAGE_TASK_OPEN_RESULT_V2: Event =
    event_type("performance.stage_task.open_result_v2", "绩效结果开通", "review results opened")
        .fields(&[list("items", "被评估人", "reviewees", &Kind::Object(OPEN_RESULT_ITEM))])
        .columns("items")
        .page("uAjLw4CM/ukTMukTMukTM/performance-v2/stage_task/events/open_result");
