//! 门禁 / Access control.

use super::super::entry::{Event, event_type};
use super::super::words::{flag, integer, seconds, text, user};

/// Every event of this area.
pub(in super::super) const EVENTS: &[&Event] = &[&ACCESS_RECORD_CREATED_V1, &USER_UPDATED_V1];

const ACCESS_RECORD_CREATED_V1: Event =
    event_type("acs.access_record.created_v1", "门禁访问记录", "access record")
        .fields(&[
            text("access_record_id", "门禁记录 ID", "access record"),
            user("user_id", "用户", "user"),
            text("device_id", "门禁设备 ID", "access device"),
            flag("is_clock_in", "已打卡", "clocked in"),
            flag("is_door_open", "已开门", "door opened"),
            seconds("access_time", "识别时间", "recognised"),
        ])
        .happened("access_time")
        .record("access_record_id")
        .person("user_id.open_id")
        .columns("user_id is_door_open is_clock_in device_id access_record_id")
        .page("uAjLw4CM/ukTMukTMukTM/acs-v1/access_record/events/created");

const USER_UPDATED_V1: Event =
    event_type("acs.user.updated_v1", "门禁用户变更", "access control user changed")
        .fields(&[
            user("user_id", "用户", "user"),
            integer("card", "门禁卡号", "card number").personal(),
            flag("face_uploaded", "已上传人脸", "face uploaded").personal(),
        ])
        .person("user_id.open_id")
        .columns("user_id card face_uploaded")
        .page("uAjLw4CM/ukTMukTMukTM/acs-v1/user/events/updated");
