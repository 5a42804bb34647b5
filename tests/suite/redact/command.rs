//! The command: what stays, what is chosen, where it goes, and what is said.

use serde_json::Value;

use crate::support::program::{Folder, OFFICIAL, larkspect, official};

const SHIFT: &str = "fixtures/captures/shift.ndjson";
const MIXED: &str = "fixtures/captures/mixed.ndjson";

/// What comes of a run that goes well, document by document.
#[track_caller]
fn events(args: &[&str]) -> Vec<Value> {
    let ran = larkspect([&["redact"], args].concat()).run();
    assert_eq!((ran.code, &*ran.err), (0, ""), "{args:?}");
    ran.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Which members differ from those of the official example, by their pointers.
fn changed(event: &Value) -> Vec<&'static str> {
    let was: Value = serde_json::from_slice(&official()).unwrap();
    const ALL: [&str; 21] = [
        "/schema",
        "/header/event_id",
        "/header/token",
        "/header/create_time",
        "/header/event_type",
        "/header/tenant_key",
        "/header/app_id",
        "/event/bssid",
        "/event/check_time",
        "/event/comment",
        "/event/employee_id",
        "/event/employee_no",
        "/event/is_field",
        "/event/is_wifi",
        "/event/latitude",
        "/event/location_name",
        "/event/longitude",
        "/event/photo_urls",
        "/event/record_id",
        "/event/ssid",
        "/event/type",
    ];
    assert!(ALL.iter().all(|at| was.pointer(at).is_some() && event.pointer(at).is_some()));
    ALL.into_iter().filter(|at| was.pointer(at) != event.pointer(at)).collect()
}

#[test]
fn what_says_who_where_or_what_is_replaced_and_nothing_else() {
    let event = &events(&[OFFICIAL])[0];
    let who = [
        "/header/event_id",
        "/header/token",
        "/header/tenant_key",
        "/header/app_id",
        "/event/bssid",
        "/event/employee_id",
        "/event/latitude",
        "/event/location_name",
        "/event/longitude",
        "/event/record_id",
        "/event/ssid",
    ];
    assert_eq!(changed(event), who);
    assert!(event["header"]["app_id"].as_str().unwrap().starts_with("cli_"));
    let kept = &events(&["--keep", "location_name,event.ssid", "--keep", "header.app_id", OFFICIAL])[0];
    let still: Vec<_> = who
        .into_iter()
        .filter(|at| !at.ends_with("name") && !at.ends_with("ssid") && !at.ends_with("app_id"))
        .collect();
    assert_eq!(changed(kept), [&still[..3], &["/event/bssid"], &still[3..]].concat());
}

#[test]
fn a_field_that_cannot_be_kept_is_refused() {
    for (name, why) in [
        ("employe_id", "larkspect: unknown field `employe_id`; did you mean `employee_id`?\n"),
        ("employee_id,token", "larkspect: `token` is a secret, which is never kept\n"),
    ] {
        let ran = larkspect(["redact", "--keep", name, OFFICIAL]).run().exits(2);
        assert_eq!((&*ran.err, ran.out.len()), (why, 0));
    }
}

#[test]
fn a_secret_does_not_stay_in_what_is_kept() {
    let event = String::from_utf8(official()).unwrap();
    let token = "wz5vVgAqJ0cghdfdjdVuxeyTt8hvYHBg";
    assert!(event.contains(token));
    for (comment, stays) in [
        ("late, sorry", true),
        ("my token is wz5vVgAqJ0cghdfdjdVuxeyTt8hvYHBg", false),
        ("password: hunter2!", false),
        (r#"{\"app_secret\":\"x\"}"#, false),
    ] {
        let event = event.replace("\"comment\": \"\"", &format!("\"comment\": \"{comment}\""));
        let ran = larkspect(["redact", "--keep", "comment"]).stdin(event).run().exits(0);
        assert_eq!(ran.text().contains(comment), stays, "{comment}");
        assert!(!ran.text().contains(token));
    }
}

#[test]
fn stand_ins_are_the_same_with_the_same_salt_and_others_without() {
    let run = |args: &[&str]| larkspect([&["redact", SHIFT], args].concat()).run().exits(0).out;
    let folder = Folder::new();
    let salt = folder.file("salt", "sixteen bytes...\n");
    let salt = salt.to_str().unwrap();
    assert_eq!(run(&["--salt-file", salt]), run(&["--salt-file", salt, "-j", "1"]));
    assert_ne!(run(&["--salt-file", salt]), run(&[]));
    assert_ne!(run(&[]), run(&[]));
    let short = folder.file("short", "fifteen bytes..\n");
    let ran = larkspect(["redact", SHIFT, "--salt-file", short.to_str().unwrap()]).run().exits(2);
    assert!(ran.err.contains("15 bytes are too few to be a secret, 16 are needed"), "{}", ran.err);
    let ran = larkspect(["redact", SHIFT, "--salt-file", "no/such"]).run().exits(2);
    assert!(ran.err.contains("no/such"), "{}", ran.err);
}

#[test]
fn the_same_value_has_the_same_stand_in_wherever_it_stands() {
    let event = String::from_utf8(official()).unwrap();
    let event = event.replace(
        "\"comment\": \"\"",
        r#""comment": "2b68933a", "x": [{"y": "2b68933a", "z": 6938012269578125316}]"#,
    );
    let ran = larkspect(["redact"]).stdin(event).run().exits(0);
    let event: Value = serde_json::from_slice(&ran.out).unwrap();
    let body = &event["event"];
    let strange = body.as_object().unwrap().iter().find(|(key, _)| key.starts_with("key_")).unwrap().1;
    let inner: Vec<&Value> = strange[0].as_object().unwrap().values().collect();
    assert!(inner.contains(&&body["employee_id"]) && body["comment"] == body["employee_id"], "{event}");
    let record: u64 = body["record_id"].as_str().unwrap().parse().unwrap();
    assert!(inner.iter().any(|value| value.as_u64() == Some(record)), "{event}");
}

#[test]
fn all_times_are_moved_by_whole_days() {
    let event = &events(&["--shift-days", "-2", OFFICIAL])[0];
    assert_eq!(event["header"]["create_time"], "1615209117707");
    assert_eq!(event["event"]["check_time"], "1615209116");
    let task = &events(&["--shift-days", "1", "fixtures/attendance.user_task.updated_v1/documented.json"])[0];
    let was: Value = serde_json::from_slice(
        &std::fs::read("fixtures/attendance.user_task.updated_v1/documented.json").unwrap(),
    )
    .unwrap();
    assert_eq!(task["event"]["date"].as_i64().unwrap(), was["event"]["date"].as_i64().unwrap() + 1);
    let ran = larkspect(["redact", "--shift-days", "40000", OFFICIAL]).run().exits(2);
    assert!(ran.err.contains("-36525..=36525"), "{}", ran.err);
}

#[test]
fn events_are_chosen_as_elsewhere() {
    assert_eq!(events(&[SHIFT]).len(), events(&["--window", "0", "--dedupe", SHIFT]).len());
    assert_eq!(events(&["--where", "risk_result!=0", SHIFT]).len(), 3);
    assert_eq!(events(&["-n", "2", SHIFT]).len(), 2);
    let twice = [SHIFT, SHIFT];
    assert_eq!(events(&twice).len(), 2 * events(&[SHIFT]).len());
    let once = events(&["--dedupe", SHIFT]).len();
    assert_eq!(events(&[&["--dedupe"], &twice[..]].concat()).len(), once);
    assert_eq!(events(&[&["--dedupe", "-n", "2"], &twice[..]].concat()).len(), 2);
    assert!(events(&["--since", "2021-03-11 09:00", "--tz", "+08:00", SHIFT]).len() < once);
}

#[test]
fn what_is_left_out_is_counted_and_not_named() {
    let ran = larkspect(["redact", MIXED]).run().exits(1);
    assert!(ran.err.starts_with("larkspect: ") && ran.err.contains(" written; left out: "), "{}", ran.err);
    assert!(!ran.err.contains("mixed.ndjson"), "{}", ran.err);
    let named = larkspect(["redact", "-v", MIXED]).run().exits(1);
    assert!(named.err.contains("mixed.ndjson:"), "{}", named.err);
    let nothing = larkspect(["redact"]).stdin("").run().exits(2);
    assert!(nothing.err.contains("there was no event to redact"), "{}", nothing.err);
}

#[test]
fn nothing_was_said_where_nothing_was_selected() {
    let folder = Folder::new();
    let out = folder.file("old.ndjson", "old");
    let to = out.to_str().unwrap();
    for args in [&[][..], &["-v"], &["-o", to]] {
        let ran = larkspect([&["redact", "--where", "type=9", SHIFT], args].concat()).run().exits(0);
        let shown = larkspect(["show", "--where", "type=9", SHIFT]).run();
        let said = shown.err.lines().find(|line| line.ends_with("selected")).unwrap();
        assert!(said.starts_with("0 of ") && ran.err.lines().any(|line| line == said), "{}", ran.err);
        assert!(ran.out.is_empty());
    }
    assert_eq!(std::fs::read_to_string(out).unwrap(), "old");
    let ran = larkspect(["redact", "--lang", "zh", "--since", "2030-01-01", SHIFT]).run().exits(0);
    assert!(!ran.err.is_empty() && !ran.err.contains("selected"), "{}", ran.err);
    let ran =
        larkspect(["redact", "--where", "type=9", "fixtures/captures/forms/challenge.json"]).run().exits(0);
    assert_eq!(ran.err, "0 of 0 events selected\n");
    // Somebody who wants none is not surprised.
    assert_eq!(larkspect(["redact", "-n", "0", SHIFT]).run().exits(0).err, "");
}

#[test]
fn amounts_of_money_stayed() {
    let capture = larkspect(["sample", "hire.referral_account.assets_update_v1"]).run().exits(0).out;
    let ran = larkspect(["redact"]).stdin(capture.clone()).run().exits(0);
    let [was, is] = [&capture, &ran.out]
        .map(|event| serde_json::from_slice::<Value>(event).unwrap()["event"]["assets"].clone());
    let mut amounts = 0;
    for bonus in ["confirmed_bonus", "paid_bonus"].map(|key| format!("/{key}")) {
        for at in ["point_bonus", "cash/amount", "cash_bonus/0/amount"].map(|key| format!("{bonus}/{key}")) {
            if let Some(amount) = was.pointer(&at) {
                amounts += 1;
                assert_ne!(is.pointer(&at), Some(amount), "{at}");
                assert!(is.pointer(&at).is_some_and(Value::is_number), "{at}");
            }
        }
    }
    assert!(amounts >= 2, "{was}");
}

#[test]
fn any_number_in_the_field_of_a_count_and_prices_and_codes_stayed() {
    let capture = |seats: u64| {
        format!(
            r#"{{"uuid":"a","type":"event_callback","event":{{"type":"order_paid","seats":{seats},"buy_count":1,"order_pay_price":{seats}}}}}"#
        )
    };
    for (seats, stays) in [(20, true), (13812345678, false)] {
        let out = larkspect(["redact"]).stdin(capture(seats)).run().out;
        let event = &serde_json::from_slice::<Value>(&out).unwrap()["event"];
        assert_eq!(event["seats"] == seats, stays, "{event}");
        assert_eq!(event["seats"].to_string().len(), seats.to_string().len());
        assert_eq!(event["buy_count"], 1);
        assert_ne!(event["order_pay_price"], seats);
    }
    let code = r#"{"schema":"2.0","header":{"event_id":"a","event_type":"hire.offer.status_changed_v1"},"event":{"offer_status":7}}"#;
    let out = larkspect(["redact"]).stdin(code.as_bytes().to_vec()).run().out;
    let event = &serde_json::from_slice::<Value>(&out).unwrap()["event"];
    assert!(event["offer_status"].is_u64() && event["offer_status"] != 7, "{event}");
}

#[test]
fn blanks_after_the_commas_of_what_is_kept_were_part_of_a_name() {
    let event = &events(&["--keep", "employee_id, ssid", OFFICIAL])[0];
    assert!(!changed(event).contains(&"/event/employee_id") && !changed(event).contains(&"/event/ssid"));
}

#[test]
fn titles_were_no_names_for_what_is_kept() {
    for (title, at) in [
        ("Employee", "/event/employee_id"),
        ("员工", "/event/employee_id"),
        ("place", "/event/location_name"),
    ] {
        let event = &events(&["--keep", title, OFFICIAL])[0];
        assert!(!changed(event).contains(&at) && changed(event).contains(&"/event/record_id"), "{title}");
    }
}

#[test]
fn output_goes_to_a_file_when_it_is_whole() {
    let folder = Folder::new();
    let out = folder.path().join("out.ndjson");
    let ran = larkspect(["redact", "-o", out.to_str().unwrap(), OFFICIAL]).run().exits(0);
    assert!(ran.out.is_empty());
    assert!(std::fs::read(&out).unwrap().ends_with(b"}\n"));
}
