//! 低代码平台 / aPaaS.

use super::super::entry::{Event, Word, event_type};
use super::super::words::{json, text, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&WORKSPACE_RECORD_CHANGE_V1];

/// 变更类型
const RECORD_CHANGE_TYPE: &[Word] = &[
    word("INSERT", "新增", "inserted"),
    word("UPDATE", "更新", "updated"),
    word("DELETE", "删除", "deleted"),
];

const WORKSPACE_RECORD_CHANGE_V1: Event =
    event_type("apaas.workspace.record_change_v1", "数据记录变更", "data record changed")
        .fields(&[
            text("workspace", "工作空间", "workspace"),
            text("app", "应用", "app"),
            text("table", "数据表", "table"),
            words("type", "变更类型", "change", RECORD_CHANGE_TYPE),
            text("operator", "操作人", "operator").personal(),
            json("before", "变更前的记录", "record before")
                .nullable()
                .personal()
                .note("新增时为 null", "null where a record is inserted"),
            json("after", "变更后的记录", "record now")
                .nullable()
                .personal()
                .note("删除时为 null", "null where a record is deleted"),
        ])
        .person("operator")
        .columns("operator type table before after app")
        .change("before", "after")
        .page("uAjLw4CM/ukTMukTMukTM/apaas-v1/workspace/events/record_change");
