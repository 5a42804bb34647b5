//! 薪酬 / Compensation.

use super::super::common::EMPLOYMENT_ID;
use super::super::entry::{Event, Word, event_type};
use super::super::words::{date, text, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&ARCHIVE_CHANGED_V1];

/// 变更类型
const OPERATE_TYPE: &[Word] = &[
    word("add", "新增薪资档案", "added"),
    word("modify", "更正薪资档案", "corrected"),
    word("delete", "删除薪资档案", "deleted"),
];

const ARCHIVE_CHANGED_V1: Event =
    event_type("compensation.archive.changed_v1", "薪资档案变更", "salary record changed")
        .fields(&[
            words("operate_type", "变更类型", "change", OPERATE_TYPE),
            EMPLOYMENT_ID,
            date("effective_date", "生效日期", "effective"),
            text("before_tid", "调整前版本 TID", "version before").conditional().joined(
                "档案版本",
                "version",
                " -> ",
            ),
            text("after_tid", "调整后版本 TID", "version now").conditional().joined(
                "档案版本",
                "version",
                " -> ",
            ),
        ])
        .person("employment_id")
        .columns("employment_id operate_type effective_date before_tid")
        .change("before_tid", "after_tid")
        .page("uAjLw4CM/ukTMukTMukTM/compensation-v1/archive/events/changed");
