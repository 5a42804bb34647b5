//! 算薪 / Payroll.

use super::super::entry::{Choice, Event, Field, event_type};
use super::super::words::{choice, choices, text};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] =
    &[&PAYMENT_ACTIVITY_APPROVED_V1, &PAYMENT_ACTIVITY_STATUS_CHANGED_V1];

/// 变更类型
const STATUS: &[Choice] = &[
    choice(2, "封存", "sealed"),
    choice(3, "取消封存", "unsealed"),
    choice(4, "撤销审批", "approval revoked"),
    choice(5, "跳过审批", "approval skipped"),
    choice(6, "审批通过", "approved"),
];

/// A payment activity.
const ACTIVITY_ID: Field = text("activity_id", "发薪活动 ID", "payment activity");

const PAYMENT_ACTIVITY_APPROVED_V1: Event =
    event_type("payroll.payment_activity.approved_v1", "发薪活动封存", "payment activity sealed")
        .fields(&[ACTIVITY_ID])
        .record("activity_id")
        .page("uAjLw4CM/ukTMukTMukTM/payroll-v1/payment_activity/events/approved");

const PAYMENT_ACTIVITY_STATUS_CHANGED_V1: Event =
    event_type("payroll.payment_activity.status_changed_v1", "发薪活动变更", "payment activity changed")
        .fields(&[ACTIVITY_ID, choices("status", "变更类型", "change", STATUS)])
        .columns("status activity_id")
        .page("uAjLw4CM/ukTMukTMukTM/payroll-v1/payment_activity/events/status_changed");
