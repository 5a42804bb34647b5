//! 门禁 / Access control.

use super::super::entry::{Event, event_type};
use super::super::words::{flag, integer, seconds, text, user};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&ACCESS_RECORD_CREATED_V1, &USER_UPDATED_V1];

const ACCESS_RECORD_CREATED_V1: Event =
    event_type("acs.access_record.created_v1", "门禁访问记录", "access record added")
        .fields(&[
            text("access_record_id", "门禁记录 ID", "access record"),
            user("user_id", "用户", "user"),
            text("device_id", "设备 ID", "device"),
            flag("is_clock_in", "打卡", "clocked in"),
            flag("is_door_open", "开门", "door opened"),
            seconds("access_time", "识别时间", "recognised"),
        ])
        .happened("access_time")
        .page("uAjLw4CM/ukTMukTMukTM/acs-v1/access_record/events/created");

const USER_UPDATED_V1: Event = event_type("acs.user.updated_v1", "门禁用户变更", "access user changed")
    .fields(&[
        user("user_id", "用户", "user"),
        integer("card", "卡号", "card number").personal(),
        flag("face_uploaded", "已上传人脸", "face uploaded").personal(),
    ])
    .page("uAjLw4CM/ukTMukTMukTM/acs-v1/user/events/updated");
