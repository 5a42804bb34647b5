//! What only the official SDKs know of approvals of punch corrections and trips.

use crate::catalog::common::{APP_ID, TENANT_KEY, TYPE};
use crate::catalog::entry::{Event, Field, Kind, TimeSpan, Wire, event_type};
use crate::catalog::office::approval::INSTANCE_CODE;
use crate::catalog::words::{date_time, duration, list, text, texts};

use super::{EMPLOYEE_ID, ENDED, OPEN_ID, STARTED};

/// 出差行程
const SCHEDULE: &[Field] = &[
    text("departure", "出发地", "departure").personal(),
    text("destination", "目的地", "destination").personal(),
    text("remark", "备注", "remark").personal(),
    text("transportation", "交通工具", "transport").personal(),
    date_time("trip_start_time", "出差开始时间", "trip starts").joined("出差时间", "time", " - "),
    date_time("trip_end_time", "出差结束时间", "trip ends").joined("出差时间", "time", " - "),
    duration("trip_interval", "出差时长", "trip length", TimeSpan::Seconds, Wire::Integer),
    text("trip_type", "出差类型", "trip type"),
];

pub(super) const REMEDY_APPROVAL: Event =
    event_type("remedy_approval", "补卡审批 v1", "punch correction approved, v1")
        .fields(&[
            APP_ID,
            TENANT_KEY,
            TYPE,
            INSTANCE_CODE,
            EMPLOYEE_ID,
            OPEN_ID,
            STARTED,
            ENDED,
            // The SDK has the fields of shift_approval here, so what they hold is not sure.
            text("shift_time", "换班时间", "shift swapped"),
            text("return_time", "还班时间", "shift returned"),
            text("shift_reason", "换班事由", "swap reason").personal(),
        ])
        .v1()
        .happened("end_time")
        .person("employee_id")
        .columns("employee_id shift_time return_time shift_reason instance_code")
        .sdk_only();

pub(super) const TRIP_APPROVAL: Event =
    event_type("trip_approval", "出差审批 v1", "business trip approved, v1")
        .fields(&[
            APP_ID,
            TENANT_KEY,
            TYPE,
            INSTANCE_CODE,
            EMPLOYEE_ID,
            OPEN_ID,
            STARTED,
            ENDED,
            list("schedules", "出差行程", "itinerary", &Kind::Object(SCHEDULE)),
            duration("trip_interval", "出差时长", "trip length", TimeSpan::Seconds, Wire::Integer),
            text("trip_reason", "出差事由", "trip reason").personal(),
            texts("trip_peers", "同行人", "travel companions").personal(),
        ])
        .v1()
        .happened("end_time")
        .person("employee_id")
        .columns("employee_id schedules trip_interval trip_reason instance_code")
        .sdk_only();
