//! Mixed captures and whole working days: `sample --mix`, `--start`, `--days`, `--employees`.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::support::program::larkspect;
use larkspect::catalog::EVENTS;
use larkspect::time::{Millis, Zone};
use serde_json::Value;

/// 2024-05-31, a Friday, at midnight by the clocks of +08:00.
const FRIDAY: i64 = 1_717_084_800_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// What `sample` makes with these arguments, which stand in one line.
fn sample(line: &str) -> Vec<u8> {
    larkspect(["sample"].into_iter().chain(line.split_whitespace())).run().exits(0).out
}

fn events(line: &str) -> Vec<Value> {
    let text = sample(line);
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
}

fn name(event: &Value) -> &str {
    let name = event["header"]["event_type"].as_str();
    name.or_else(|| event["event"]["type"].as_str()).unwrap()
}

/// When the platform told of it, in milliseconds.
fn created(event: &Value) -> i64 {
    let header = &event["header"];
    let digits = |value: &Value| value.as_str().map(str::to_owned);
    match digits(&header["create_time"]) {
        Some(text) if text.len() == 16 => text.parse::<i64>().unwrap() / 1000,
        Some(text) => text.parse().unwrap(),
        None => {
            let text = digits(&header["event_create_time"]).or_else(|| digits(&event["ts"])).unwrap();
            text.replace('.', "").parse().unwrap()
        }
    }
}

fn day(event: &Value) -> i64 {
    (created(event) - FRIDAY).div_euclid(DAY)
}

fn hour(event: &Value) -> i64 {
    (created(event) - FRIDAY).rem_euclid(DAY) / HOUR
}

/// How many of these fulfil a condition, of a hundred.
fn percent(events: &[Value], holds: impl Fn(&Value) -> bool) -> usize {
    100 * events.iter().filter(|event| holds(event)).count() / events.len()
}

#[track_caller]
fn passes_check(capture: Vec<u8>) {
    let checked = larkspect(["check", "--strict", "-"]).stdin(capture).run().exits(0);
    assert!(checked.text().contains("no findings"), "{}", checked.text());
}

#[test]
fn a_mixed_capture_has_many_types_and_passes_check() {
    for seed in 1..4 {
        let line = format!("--mix -n 500 --seed {seed}");
        passes_check(sample(&line));
        let events = events(&line);
        assert_eq!(events.len(), 500);
        let types: BTreeSet<_> = events.iter().map(name).collect();
        assert!(types.len() >= 20, "{types:?}");
        assert!(percent(&events, |event| name(event) == "im.message.receive_v1") > 20);
        assert!(types.contains("attendance.user_flow.created_v1"));
        assert!(events.is_sorted_by_key(created));
        let header = |key: &str, old: &str| -> HashSet<String> {
            let value = |event: &Value| event["header"][key].as_str().map(str::to_owned);
            let old = |event: &Value| event[old].as_str().map(str::to_owned);
            events.iter().filter_map(|event| value(event).or_else(|| old(event))).collect()
        };
        // One company, and no two events with the same id; a few types have none.
        assert_eq!(header("app_id", "-").len(), 1);
        assert_eq!(header("tenant_key", "-").len(), 1);
        let have_id = |event: &&Value| event["header"]["event_id"].is_string() || event["uuid"].is_string();
        assert_eq!(header("event_id", "uuid").len(), events.iter().filter(have_id).count());
    }
}

#[test]
fn a_long_mixed_capture_has_every_type() {
    passes_check(sample("--mix -n 60000"));
    let names: HashSet<_> = events("--mix -n 60000").iter().map(|event| name(event).to_owned()).collect();
    for event in EVENTS {
        assert!(names.contains(event.name), "{}", event.name);
    }
}

#[test]
fn people_and_messages_of_a_mixed_capture_come_again() {
    let events = events("--mix -n 2000");
    let mut sent = HashSet::new();
    let mut people: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let (mut reads, mut known) = (0, 0);
    for event in &events {
        let body = &event["event"];
        match name(event) {
            "im.message.receive_v1" => {
                assert!(sent.insert(body["message"]["message_id"].as_str().unwrap()), "an id came twice");
                people
                    .entry("sent")
                    .or_default()
                    .insert(body["sender"]["sender_id"]["user_id"].as_str().unwrap());
            }
            "im.message.message_read_v1" => {
                let list = body["message_id_list"].as_array().unwrap();
                reads += list.len();
                known += list.iter().filter(|id| sent.contains(id.as_str().unwrap())).count();
            }
            "attendance.user_flow.created_v1" => {
                people.entry("punched").or_default().insert(body["employee_id"].as_str().unwrap());
            }
            _ => {}
        }
    }
    // Those that were sent before the first of the capture are read in its beginning.
    assert!(reads > 300 && known >= reads - 40, "{known} of {reads}");
    assert_eq!(people["punched"].len(), 50);
    assert_eq!(people["sent"], people["punched"]);
}

#[test]
fn a_mixed_capture_is_made_in_every_form() {
    let key = "test key";
    let run = |args: &[&str], stdin: Vec<u8>| {
        larkspect(args).env("LARKSPECT_ENCRYPT_KEY", key).stdin(stdin).run().exits(0)
    };
    let plain = sample("--mix -n 40");
    let sealed = run(&["sample", "--mix", "-n", "40", "--encrypt"], Vec::new()).out;
    assert_eq!(run(&["decrypt"], sealed).out, plain);
    let posted = run(&["sample", "--mix", "-n", "40", "--encrypt", "--http"], Vec::new()).out;
    let verified = run(&["verify", "-"], posted);
    assert!(
        verified.err.contains("40 ok, 0 bad") || verified.text().contains("40 ok, 0 bad"),
        "{verified:?}"
    );
    passes_check(sample("--mix -n 40 --pretty --array"));
}

#[test]
fn every_fault_of_a_mixed_capture_is_in_a_type_that_can_show_it() {
    for rule in
        ["coordinates-out-of-range", "absent-field", "duplicate-record", "duplicate-event", "malformed-mac"]
    {
        let capture = sample(&format!("--mix -n 20 --fault {rule}"));
        let found = larkspect(["check", "-f", "line", "-"]).stdin(capture).run();
        let count = found.lines().iter().filter(|line| line.contains(&format!("[{rule}]"))).count();
        assert!(count >= 1, "{rule}: {}", found.text());
        assert!(found.lines().iter().all(|line| line.contains(&format!("[{rule}]"))), "{}", found.text());
    }
}

#[test]
fn start_moves_the_first_event_and_nothing_else() {
    assert_eq!(sample("-n 20 --start 2021-03-10"), sample("-n 20"));
    let (usual, moved) = (events("-n 20"), events("-n 20 --start 2024-05-31"));
    for (usual, moved) in usual.iter().zip(&moved) {
        // Friday instead of Wednesday; both begin at eight.
        assert_eq!(created(moved) - created(usual), FRIDAY + 8 * HOUR - 1_615_334_400_000);
        assert_eq!(moved["event"]["location_name"], usual["event"]["location_name"]);
    }
}

#[test]
fn days_of_punches_are_those_of_an_office() {
    let line = "--start 2024-05-31 --days 11 --employees 40";
    passes_check(sample(line));
    let events = events(line);
    // From Friday to the Monday after the next weekend.
    assert_eq!(events.iter().map(day).min(), Some(0));
    assert_eq!(events.iter().map(day).max(), Some(10));
    assert!(events.is_sorted_by_key(created), "in the order of delivery");
    let employee = |event: &Value| event["event"]["employee_id"].as_str().unwrap().to_owned();
    let employees: BTreeSet<_> = events.iter().map(employee).collect();
    assert_eq!(employees.len(), 40);
    assert!(percent(&events, |event| [1, 2, 8, 9].contains(&day(event))) < 5, "weekends are quiet");
    let mut days: BTreeMap<(i64, String), Vec<i64>> = BTreeMap::new();
    for event in events.iter().filter(|event| ![1, 2, 8, 9].contains(&day(event))) {
        days.entry((day(event), employee(event))).or_default().push(hour(event));
        let second: i64 = event["event"]["check_time"].as_str().unwrap().parse().unwrap();
        assert!((500..6000).contains(&(created(event) - 1000 * second)));
    }
    // Seven working days of forty people, of whom some are absent.
    assert!((240..280).contains(&days.len()), "{}", days.len());
    let share =
        |holds: fn(&Vec<i64>) -> bool| 100 * days.values().filter(|day| holds(day)).count() / days.len();
    assert!(share(|day| day.len() >= 2) > 90, "nearly all come and go");
    assert!(share(|day| matches!(day[0], 8 | 9)) > 90, "they come about nine");
    assert!(share(|day| matches!(day[day.len() - 1], 17..=22)) > 85, "they go in the evening");
    assert!(share(|day| day.len() > 2) > 8, "some go out for lunch");
}

#[test]
fn few_work_at_night_in_the_field_or_are_suspected() {
    let events = events("--days 5 --employees 400");
    let per_mille =
        |holds: fn(&Value) -> bool| 1000 * events.iter().filter(|event| holds(event)).count() / events.len();
    // The end of a night shift; nobody else comes as early.
    assert!((2..40).contains(&per_mille(|event| matches!(hour(event), 5 | 6))));
    assert!((20..150).contains(&per_mille(|event| event["event"]["is_field"] == true)));
    assert!((2..50).contains(&per_mille(|event| event["event"]["risk_result"] != 0)));
}

#[test]
fn somebody_punches_at_the_same_place_nearly_always() {
    let mut places: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for event in events("--days 20 --employees 20") {
        let text = |key: &str| event["event"][key].as_str().unwrap().to_owned();
        *places.entry(text("employee_id")).or_default().entry(text("location_name")).or_default() += 1;
    }
    for (who, places) in places {
        let (most, all) = (places.values().max().unwrap(), places.values().sum::<usize>());
        assert!(10 * most > 7 * all, "{who}: {places:?}");
    }
}

#[test]
fn days_of_other_types_are_full_at_work_and_quiet_at_night() {
    for line in ["im.message.receive_v1", "drive.file.edit_v1", "approval_instance", "--mix"] {
        let line = format!("{line} --start 2024-05-31 --days 7 --employees 30");
        passes_check(sample(&line));
        let events = events(&line);
        assert_eq!(events.iter().map(day).collect::<BTreeSet<_>>().len(), 7 - weekends_without(&events));
        assert!(events.len() > 200, "{line}: {}", events.len());
        assert!(events.is_sorted_by_key(created));
        assert!(percent(&events, |event| matches!(hour(event), 9..=19)) > 85, "{line}");
        assert!(percent(&events, |event| matches!(day(event), 1 | 2)) < 8, "{line}");
    }
}

/// How many of the two days of the weekend are without any event.
fn weekends_without(events: &[Value]) -> usize {
    [1, 2].iter().filter(|at| events.iter().all(|event| day(event) != **at)).count()
}

#[test]
fn the_count_limits_days() {
    let all = sample("--days 2 --employees 9");
    let few = sample("--days 2 --employees 9 -n 5");
    assert_eq!(few.iter().filter(|byte| **byte == b'\n').count(), 5);
    assert!(all.starts_with(&few));
    assert_eq!(sample("--days 2 --employees 9 -n 100000"), all);
}

#[test]
fn a_seed_stands_for_its_days_and_its_mix() {
    for line in ["--days 3 --employees 9", "--mix -n 50", "--mix --days 2 --employees 4"] {
        assert_eq!(sample(line), sample(line));
        assert_ne!(sample(line), sample(&format!("{line} --seed 2")), "{line}");
    }
}

#[test]
fn employees_say_how_many_people_there_are() {
    let people = |line: &str| -> usize {
        let id = |event: &Value| event["event"]["employee_id"].as_str().unwrap().to_owned();
        events(line).iter().map(id).collect::<HashSet<_>>().len()
    };
    assert_eq!(people("-n 300 --employees 7"), 7);
    assert_eq!(people("--days 5"), 50);
    assert!(people("-n 300") > 200);
}

#[test]
fn faults_take_no_event_out_of_the_days() {
    let whole = events("--days 3 --employees 9").len();
    let faulty = sample("--days 3 --employees 9 --fault malformed-mac");
    assert_eq!(faulty.iter().filter(|byte| **byte == b'\n').count(), whole);
}

#[test]
fn days_in_which_everything_is_told_twice_end() {
    for rule in ["duplicate-event", "duplicate-record"] {
        let whole = sample("--days 2 --employees 9");
        let ids = |text: &[u8]| -> Vec<String> {
            let values = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
            values
                .map(|line| serde_json::from_slice::<Value>(line).unwrap()["event"]["record_id"].to_string())
                .collect()
        };
        let once = ids(&whole);
        let twice = ids(&sample(&format!("--days 2 --employees 9 --fault {rule}")));
        // Of the last there is no repetition: the days are over with it.
        assert_eq!(twice.len(), 2 * once.len() - 1, "{rule}");
        assert!(twice.chunks_exact(2).all(|pair| pair[0] == pair[1]), "{rule}");
    }
}

#[test]
fn the_last_request_of_the_days_hangs_up() {
    for line in ["--days 1 --employees 4 --http", "--days 1 --employees 4 -n 3 --http"] {
        let text = String::from_utf8(sample(line)).unwrap();
        let requests: Vec<&str> = text.split("POST ").skip(1).collect();
        assert!(requests.len() >= 3);
        let hang_up: Vec<bool> = requests.iter().map(|one| one.contains("Connection: close")).collect();
        assert_eq!(hang_up.iter().position(|hangs| *hangs), Some(requests.len() - 1), "{line}");
    }
}

/// Every object of a document.
fn objects<'v>(value: &'v Value, take: &mut impl FnMut(&'v serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            take(object);
            object.values().for_each(|value| objects(value, take));
        }
        Value::Array(list) => list.iter().for_each(|value| objects(value, take)),
        _ => {}
    }
}

#[test]
fn the_ids_and_names_of_a_person_belong_together() {
    let mut known: BTreeMap<String, BTreeMap<&str, String>> = BTreeMap::new();
    let mut compared = 0;
    for event in events("--mix -n 3000") {
        objects(&event["event"], &mut |object| {
            let Some(open_id) = object.get("open_id").and_then(Value::as_str) else { return };
            // Departments have one too.
            if !open_id.starts_with("ou_") {
                return;
            }
            let known = known.entry(open_id.to_owned()).or_default();
            for key in ["union_id", "user_id", "en_name", "email", "mobile"] {
                if let Some(text) = object.get(key).and_then(Value::as_str) {
                    let before = known.entry(key).or_insert_with(|| text.to_owned());
                    assert_eq!(before, text, "{key} of {open_id}");
                    compared += 1;
                }
            }
        });
    }
    assert_eq!(known.len(), 50);
    assert!(compared > 3000, "{compared}");
    let users: HashSet<_> = known.values().map(|ids| &ids["user_id"]).collect();
    assert_eq!(users.len(), 50);
}

#[test]
fn what_ends_began_before() {
    let second = |value: &Value| value.as_str().map_or_else(|| value.as_i64(), |text| text.parse().ok());
    let mut meetings = 0;
    for name in
        ["vc.meeting.meeting_ended_v1", "vc.meeting.leave_meeting_v1", "vc.meeting.meeting_started_v1"]
    {
        for event in events(&format!("{name} -n 50")) {
            let meeting = &event["event"]["meeting"];
            let (start, end) = (second(&meeting["start_time"]), second(&meeting["end_time"]));
            assert!(start.unwrap() < end.unwrap(), "{meeting}");
            let is_over = end.unwrap() <= created(&event) / 1000;
            assert_eq!(is_over, !name.contains("started"), "{meeting}");
            meetings += 1;
        }
    }
    assert_eq!(meetings, 150);
    for event in events("work_approval -n 50") {
        let text = |key: &str| event["event"][key].as_str().unwrap().to_owned();
        assert!(text("work_start_time") < text("work_end_time"));
    }
}

#[test]
fn what_does_not_go_together_is_a_usage_error() {
    for line in [
        "--mix attendance.user_flow.created_v1",
        "--mix --v1",
        "--mix --challenge",
        "--days 2 --v1",
        "--days 2 --challenge",
        "--employees 2 --challenge",
        "--days 0",
        "--employees 0",
        "--start 2014-12-31",
        "--start 2100-01-01",
        "--start 2099-12-31 --days 2",
        "--start yesterday",
        "--start 1717084800",
    ] {
        let done = larkspect(["sample"].into_iter().chain(line.split_whitespace())).run().exits(2);
        assert!(done.out.is_empty(), "{line}");
    }
    for (start, days) in [("2015-01-02", "1"), ("2099-12-31", "1")] {
        passes_check(sample(&format!("--start {start} --days {days} --employees 5")));
    }
}

#[test]
fn people_came_at_the_hours_of_china_whatever_zone_was_asked() {
    let china = events("--days 14 --employees 20 --start 2024-03-01");
    let zone: Zone = "America/New_York".parse().unwrap();
    let there = events("--days 14 --employees 20 --start 2024-03-01 --tz America/New_York");
    // Across the change of the clocks on 2024-03-10 everybody comes when the clocks there show what they show in China.
    let shown = |zone: Zone, event: &Value| zone.local(Millis(created(event))).unwrap();
    let of_china = |event| shown(Zone::fixed(8 * 3600).unwrap(), event);
    assert!(!there.is_empty());
    assert_eq!(
        there.iter().map(|event| shown(zone, event)).collect::<Vec<_>>(),
        china.iter().map(of_china).collect::<Vec<_>>()
    );
    let first = &events("-n 1 --tz America/New_York")[0];
    assert!(shown(zone, first).0.rem_euclid(DAY) / HOUR == 8, "{first}");
    // The zone of the machine makes no other events of a seed; --tz local asks for it.
    let run =
        |args: &[&str]| larkspect(["sample", "--days", "1"]).args(args).env("TZ", "America/New_York").run();
    let plain = larkspect(["sample", "--days", "1"]).env("LARKSPECT_TZ", "America/New_York").run();
    assert_eq!(run(&[]).out, plain.out);
    assert_eq!(run(&["--tz", "local"]).out, run(&["--tz", "America/New_York"]).out);
    assert_ne!(run(&["--tz", "local"]).out, plain.out);
    let mixed = sample("--mix -n 3000 --tz America/New_York");
    assert!(String::from_utf8_lossy(&mixed).contains("-05:00\""));
    passes_check(mixed);
}
