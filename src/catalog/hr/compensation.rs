//! 薪酬 / Compensation.

use super::super::entry::{Event, Word, event_type};
use super::super::words::{date, text, word, words};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&ARCHIVE_CHANGED_V1];

/// 变更类型
const OPERATE_TYPE: &[Word] = &[
    word("add", "新增薪酬档案", "added"),
    word("modify", "更正薪酬档案", "corrected"),
    word("delete", "删除薪酬档案", "deleted"),
];

const ARCHIVE_CHANGED_V1: Event =
    event_type("compensation.archive.changed_v1", "薪资档案变更", "salary archive changed")
        .fields(&[
            words("operate_type", "变更类型", "change", OPERATE_TYPE),
            text("employment_id", "员工 ID", "employment").personal(),
            date("effective_date", "生效时间", "effective"),
            text("before_tid", "调前版本 Tid", "version before").conditional(),
            text("after_tid", "调后版本 Tid", "version after").conditional(),
        ])
        .change("before_tid", "after_tid")
        .page("uAjLw4CM/ukTMukTMukTM/compensation-v1/archive/events/changed");
