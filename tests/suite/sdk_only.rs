//! Types and fields that the official SDKs have and the documentation does not: known, marked, and never a complaint.

use std::collections::BTreeMap;

use larkspect::catalog::{EVENTS, Event, Presence, event};
use larkspect::reference::{Row, fields};
use serde_json::json;

use crate::support::check;
use crate::support::program::larkspect;

/// The types that the Node SDK has and no page describes.
const TYPES: [&str; 26] = [
    "add_bot",
    "add_user_to_chat",
    "approval.instance.status_changed_v4",
    "approval.task.status_changed_v4",
    "chat_disband",
    "group_setting_update",
    "message",
    "message_read",
    "minutes.minute.generated_v1",
    "remedy_approval",
    "remove_bot",
    "task.task.update_user_access_v2",
    "trip_approval",
    "vc.bot.meeting_activity_v1",
    "vc.bot.meeting_ended_v1",
    "vc.bot.meeting_invited_v1",
    "vc.bot.meeting_started_v1",
    "vc.material.review_result_v1",
    "vc.meeting.participant_meeting_ended_v1",
    "vc.meeting.participant_meeting_joined_v1",
    "vc.meeting.participant_meeting_started_v1",
    "vc.meeting.send_meeting_im_v1",
    "vc.note.generated_v1",
    "vc.recording.recording_ended_v1",
    "vc.recording.recording_started_v1",
    "vc.recording.recording_transcript_generated_v1",
];

/// How many fields the Node SDK has in a documented type beyond its page, those within objects and lists counted.
const FIELDS: [(&str, usize); 26] = [
    ("application.application.app_version.publish_apply_v6", 34),
    ("application.application.visibility.added_v6", 1),
    ("contact.department.created_v3", 1),
    ("contact.department.deleted_v3", 1),
    ("contact.department.updated_v3", 2),
    ("contact.scope.updated_v3", 28),
    ("contact.user.created_v3", 10),
    ("contact.user.deleted_v3", 10),
    ("contact.user.updated_v3", 21),
    ("corehr.job_change.status_updated_v2", 2),
    ("drive.file.deleted_v1", 4),
    ("drive.file.edit_v1", 1),
    ("drive.file.permission_member_added_v1", 5),
    ("drive.file.permission_member_removed_v1", 5),
    ("drive.file.read_v1", 4),
    ("drive.file.title_updated_v1", 4),
    ("drive.file.trashed_v1", 4),
    ("hire.eco_exam.created_v1", 2),
    ("hire.offer.status_changed_v1", 1),
    ("hire.referral_account.assets_update_v1", 13),
    ("hire.talent.tag_subscription_v1", 2),
    ("im.chat.updated_v1", 2),
    ("im.message.receive_v1", 2),
    ("security_and_compliance.device_apply_record.device_apply_event_v2", 7),
    ("security_and_compliance.device_record.device_change_event_v2", 4),
    ("vc.reserve_config.updated_v1", 2),
];

fn event_of(name: &str) -> &'static Event {
    event(name).expect("the catalogue has it")
}

#[test]
fn types_and_fields_of_the_sdks_are_marked() {
    let mut types: Vec<_> = EVENTS.iter().filter(|event| event.sdk_only).map(|event| event.name).collect();
    types.sort_unstable();
    assert_eq!(types, TYPES);
    assert_eq!(EVENTS.len() - types.len(), 221, "the documented types count apart");

    let mut marked = BTreeMap::new();
    for event in EVENTS {
        let count = fields(event).iter().filter(|row| row.presence == Presence::SdkOnly).count();
        if count > 0 {
            marked.insert(event.name, count);
        }
    }
    assert_eq!(marked, BTreeMap::from(FIELDS));
    assert_eq!(marked.values().sum::<usize>(), 172);
}

#[test]
fn types_of_the_sdks_promise_nothing() {
    for name in TYPES {
        let event = event_of(name);
        assert_eq!(event.page, None, "{name}");
        assert!(!event.columns.is_empty(), "{name}");
        // By its type an event of the old form is known.
        let is_promise = |row: &&Row| !row.shared && row.path != "event.type";
        for row in fields(event).iter().filter(is_promise) {
            let missed = row.field.presence.is_missed() || row.presence == Presence::SdkOnly;
            assert!(!missed, "{name}: {}", row.path);
        }
    }
}

#[test]
fn an_event_of_a_type_of_the_sdks_is_checked_and_shown() {
    let message = json!({
        "uuid": "d4d4d9f5e1a0f7b7c8a9", "ts": "1615381917.7077", "token": "v", "type": "event_callback",
        "event": {"type": "message", "app_id": "cli_9c8609450f78d102", "tenant_key": "736588c9260f175d",
            "open_id": "ou_2d65d3f674660ac656a09d4de76d4aa6", "msg_type": "text", "chat_type": "private",
            "text": "on my way", "open_message_id": "om_36686ee62209da697d8775375d0c8e88"},
    });
    let ran = larkspect(["check", "--strict", "-"]).stdin(message.to_string()).run();
    assert_eq!((ran.code, &*ran.err), (0, ""), "{}", ran.text());
    assert!(ran.text().starts_with("1 file, 1 event: no findings"), "{}", ran.text());
    let ran = larkspect(["show", "--lang", "en", "-"]).stdin(message.to_string()).run();
    assert!(ran.text().starts_with("message  接收消息 v1 message received, v1"), "{}", ran.text());
    assert!(ran.text().contains("on my way"), "{}", ran.text());

    // What the SDKs say of it is checked all the same.
    let mut wrong = message;
    wrong["event"]["is_mention"] = json!("yes");
    let judged = check(wrong.to_string().as_bytes());
    assert_eq!(judged.codes(), ["wrong-type"]);
    assert_eq!(judged.findings()[0].pointer, "/event/is_mention");
}

#[test]
fn a_sample_of_a_type_of_the_sdks_is_valid() {
    for name in TYPES {
        let sample = larkspect(["sample", name, "--seed", "5"]).run();
        assert_eq!(sample.code, 0, "{name}: {}", sample.err);
        assert!(sample.text().contains(&format!("\"{name}\"")), "{}", sample.text());
        let ran = larkspect(["check", "--strict", "-"]).stdin(sample.out.clone()).run();
        assert!(ran.text().starts_with("1 file, 1 event: no findings"), "{name}: {}", ran.text());
    }
}

#[test]
fn a_field_that_only_the_sdks_know_is_no_finding() {
    let event = |object| {
        let header = json!({"event_id": "41fae5c12837ead344eced982fbde395", "create_time": "1615381917707",
            "event_type": "contact.user.created_v3", "token": "v", "tenant_key": "736588c9260f175d",
            "app_id": "cli_9c8609450f78d102"});
        json!({"schema": "2.0", "header": header, "event": {"object": object}}).to_string()
    };
    let known = event(json!({"name": "张三", "mobile_visible": true, "time_zone": "Asia/Shanghai",
        "positions": [{"position_name": "engineer", "is_major": true}]}));
    let ran = larkspect(["check", "--strict", "-"]).stdin(&*known).run();
    assert!(ran.text().starts_with("1 file, 1 event: no findings"), "{}", ran.text());

    // A name that is near such a field is no slip of what is documented.
    for (field, severity) in [("timezone", "note"), ("nikname", "warning")] {
        let ran = larkspect(["check", "-"]).stdin(event(json!({field: "x"}))).run();
        assert!(ran.text().contains(&format!("{severity}[unknown-field]")), "{field}: {}", ran.text());
    }

    // In CSV it is a column, after those of the object that are documented.
    let csv = larkspect(["convert", "-"]).stdin(&*known).run();
    let header: Vec<&str> = csv.text().lines().next().expect("a header").split(',').collect();
    let at = |name| header.iter().position(|column| *column == name).expect(name);
    assert!(at("object.dotted_line_leader_user_ids") < at("object.time_zone"), "{header:?}");
    assert!(csv.text().contains("Asia/Shanghai"), "{}", csv.text());

    // `null` is a warning where the documentation has the field, a note where it has not.
    for (field, severity) in [("time_zone", "note"), ("name", "warning")] {
        let ran = larkspect(["check", "-"]).stdin(event(json!({field: null}))).run();
        assert!(ran.text().contains(&format!("{severity}[null-value]")), "{field}: {}", ran.text());
    }
}

#[test]
fn explain_and_schema_say_that_only_the_sdks_know_it() {
    let said = |args: &[&str]| larkspect(args).run().text().to_owned();
    const SDK_ONLY: &str = "known from the official SDKs only, not documented";
    assert!(said(&["explain", "vc.note.generated_v1"]).contains(&format!("  Source    {SDK_ONLY}\n")));
    assert!(!said(&["explain", "vc.room.created_v1"]).contains(SDK_ONLY));
    let within = "event.online_version.ability.bot.bot_menus[].event_key";
    for field in ["bot_menus", within] {
        let told = said(&["explain", field]);
        assert!(told.contains(&format!("  Presence  {SDK_ONLY}\n")), "{told}");
    }
    // Documented in one type, known from the SDKs in another: both are told.
    let told = said(&["explain", "subscriber_id_list[].open_id"]);
    assert!(told.contains("optional: missing is fine") && told.contains(SDK_ONLY), "{told}");

    let list = larkspect(["schema", "--lang", "en"]).env("COLUMNS", "200").run();
    assert_eq!(list.text().matches(" (SDKs only) ").count(), TYPES.len(), "{}", list.text());
    assert!(said(&["schema", "--lang", "zh", "message_read"]).contains("仅见于官方 SDK，文档未列"));
    assert!(said(&["schema", "add_bot"]).contains(SDK_ONLY));
    assert!(said(&["schema", "add_bot", "-f", "markdown"]).contains("\nKnown from the official SDKs only"));
    assert!(said(&["schema", "add_bot", "-f", "json"]).contains("\"sdk_only\": true"));
    assert!(said(&["schema", "add_bot", "-f", "json-schema"]).contains(SDK_ONLY));
    let json = said(&["schema", "hire.offer.status_changed_v1", "-f", "json"]);
    assert!(json.contains("\"sdk_only\": false") && json.contains("\"presence\": \"SDKs only\""), "{json}");
}

#[test]
fn a_type_that_is_called_like_a_field_does_not_hide_it() {
    let told = larkspect(["explain", "message", "--lang", "en"]).run().text().to_owned();
    assert!(told.starts_with("message  接收消息 v1  message received, v1\n"), "{told}");
    assert!(told.contains("\nevent.message  消息  message\n"), "{told}");
}
