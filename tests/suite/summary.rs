//! `summary`: its numbers are those of a plain evaluation, and its pages are as they were looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::support::program::{fixture, folder, larkspect, larkspect_in, line, official, root};
use larkspect::terminal::sanitize::width;
use serde_json::Value;

/// A capture of some days, with deliveries that come again.
fn capture() -> Vec<u8> {
    let sampled = larkspect(["sample", "--days", "4", "--employees", "70", "--seed", "11"]).run().exits(0);
    let mut all = Vec::new();
    for (number, line) in sampled.text().lines().enumerate() {
        for _ in 0..if number % 17 == 3 { 2 } else { 1 } {
            all.extend_from_slice(line.as_bytes());
            all.push(b'\n');
        }
    }
    all
}

/// Events of many types, some of them faulty.
fn mix() -> Vec<u8> {
    larkspect(["sample", "--mix", "--days", "2", "--fault-rate", "0.03", "--seed", "5"]).run().exits(0).out
}

fn summary(capture: &[u8], more: &[&str]) -> Value {
    let ran =
        larkspect(["summary", "--tz", "+08:00", "--format", "json"]).args(more).stdin(capture).run().exits(0);
    serde_json::from_slice(&ran.out).unwrap()
}

/// The one that `part` of them do not come after.
fn quantile(values: &mut [i64], part: f64) -> i64 {
    values.sort_unstable();
    values[((values.len() as f64 * part).ceil() as usize).clamp(1, values.len()) - 1]
}

#[test]
fn the_numbers_are_those_of_a_plain_evaluation() {
    let capture = capture();
    let said = summary(&capture, &[]);
    let mut seen = BTreeSet::new();
    let mut events: Vec<Value> = Vec::new();
    let mut repeats = 0;
    for line in capture.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        if seen.insert(line) {
            events.push(serde_json::from_slice(line).unwrap());
        } else {
            repeats += 1;
        }
    }
    assert!(repeats > 20);
    assert_eq!(said["left_out"]["repeated_deliveries"], repeats);
    assert_eq!((&said["events"], &said["punches"]), (&events.len().into(), &events.len().into()));
    let number = |value: &Value| value.as_str().unwrap().parse::<i64>().unwrap();
    let mut delays = Vec::new();
    let mut hours: BTreeMap<i64, [u64; 24]> = BTreeMap::new();
    let mut days: HashMap<(&str, i64), Vec<i64>> = HashMap::new();
    let mut risks: BTreeMap<i64, (u64, BTreeSet<&str>)> = BTreeMap::new();
    for event in &events {
        let at = number(&event["event"]["check_time"]);
        delays.push(number(&event["header"]["create_time"]) - at * 1000);
        let (day, second) = ((at + 28_800).div_euclid(86_400), (at + 28_800).rem_euclid(86_400));
        hours.entry(day).or_default()[second as usize / 3600] += 1;
        let who = event["event"]["employee_id"].as_str().unwrap();
        days.entry((who, day)).or_default().push(second);
        let risk = risks.entry(event["event"]["risk_result"].as_i64().unwrap()).or_default();
        risk.0 += 1;
        risk.1.insert(who);
    }
    let people: BTreeSet<_> = days.keys().map(|(who, _)| who).collect();
    assert_eq!(said["employees"], people.len());
    let by_day: Vec<&Value> = said["hours_by_day"].as_object().unwrap().values().collect();
    assert_eq!(
        by_day,
        hours.values().map(|hours| serde_json::json!(hours)).collect::<Vec<_>>().iter().collect::<Vec<_>>()
    );
    let delay = &said["delay_ms"];
    for (name, part) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
        let exact = quantile(&mut delays, part);
        let off = (delay[name].as_i64().unwrap() - exact).abs() as f64;
        assert!(
            off <= exact as f64 * delay["quantile_error"].as_f64().unwrap() + 1.0,
            "{name}: {delay} {exact}"
        );
    }
    assert_eq!((&delay["min"], &delay["max"]), (&delays[0].into(), &delays[delays.len() - 1].into()));
    for count in delay["histogram"].as_array().unwrap() {
        let (from, to) =
            (count["from_ms"].as_i64().unwrap_or(i64::MIN), count["to_ms"].as_i64().unwrap_or(i64::MAX));
        assert_eq!(
            count["events"],
            delays.iter().filter(|delay| (from..to).contains(delay)).count(),
            "{count}"
        );
    }
    assert_eq!(said["employee_days"]["count"], days.len());
    assert_eq!(
        said["employee_days"]["with_a_single_punch"],
        days.values().filter(|all| all.len() == 1).count()
    );
    for (name, end) in [("first_punch", 0), ("last_punch", usize::MAX)] {
        let ends = days.values_mut().map(|all| {
            all.sort_unstable();
            all[end.min(all.len() - 1)]
        });
        let mut ends: Vec<i64> = ends.collect();
        for (key, part) in [("p10", 0.1), ("p50", 0.5), ("p90", 0.9)] {
            let exact = quantile(&mut ends, part);
            let exact = format!("{:02}:{:02}", exact / 3600, exact / 60 % 60);
            assert_eq!(said["employee_days"][name][key], exact.as_str(), "{name} {key}");
        }
    }
    let values = said["types"][0]["fields"]["risk_result"].as_array().unwrap();
    assert_eq!(values.len(), risks.len());
    for value in values {
        let (events, people) = &risks[&value["value"].as_str().unwrap().parse().unwrap()];
        assert_eq!(value["events"], *events, "{value}");
        if value["alarm"].as_bool().unwrap() {
            assert_eq!(value["people"], people.len(), "{value}");
        }
    }
    let risky: u64 = risks.iter().filter(|(risk, _)| **risk > 0).map(|(_, (events, _))| events).sum();
    assert_eq!(
        (&said["risky_punches"], said["risky"].as_array().unwrap().len() as u64),
        (&risky.into(), risky)
    );
}

#[test]
fn groups_have_what_their_events_have() {
    let capture = capture();
    let ran = larkspect(["summary", "--tz", "+08:00", "--by", "employee_id,day", "--format", "csv"])
        .stdin(&*capture)
        .run()
        .exits(0);
    let mut groups: BTreeMap<(String, String), (u64, String, String)> = BTreeMap::new();
    let rows = larkspect([
        "convert",
        "--tz",
        "+08:00",
        "--dedupe",
        "--columns",
        "employee_id,check_time.day,check_time_iso",
    ])
    .stdin(&*capture)
    .run()
    .exits(0);
    for row in &rows.rows() {
        let at = row[2].to_owned();
        let group =
            groups.entry((row[0].to_owned(), row[1].to_owned())).or_insert((0, at.clone(), at.clone()));
        group.0 += 1;
        group.1 = group.1.clone().min(at.clone());
        group.2 = group.2.clone().max(at);
    }
    let said: BTreeMap<_, _> = ran
        .rows()
        .iter()
        .map(|row| {
            let [key, day, events, first, last] = [0, 1, 2, 3, 4].map(|at| row[at].to_owned());
            ((key, day), (events.parse().unwrap(), first, last))
        })
        .collect();
    assert!(said.len() > 100);
    let odd = said.iter().find(|(key, group)| groups.get(*key) != Some(*group));
    assert_eq!((odd.map(|(key, group)| (key, group, groups.get(key))), said.len()), (None, groups.len()));
}

/// Punches of six years, with delays of minutes; one is wrong by fifty years.
fn years() -> String {
    let punch = |at: i64, id: i64| {
        line()
            .replace("41fae5c12837ead344eced982fbde395", &format!("{id:032x}"))
            .replace("6938012269578125316", &format!("69380122695{id:08}"))
            .replace("\"1615381916\"", &format!("\"{at}\""))
            .replace("\"1615381917707\"", &format!("\"{}\"", at * 1000 + id * 1013))
    };
    let all: Vec<String> = (0..300).map(|id| punch(1_483_200_000 + id * 650_000, id)).collect();
    all.concat() + &punch(0, 301)
}

#[test]
fn on_a_narrow_terminal_nothing_is_too_wide_and_no_count_stands_alone() {
    let captures = [mix(), years().into_bytes(), capture()];
    for columns in [40, 41, 47, 59, 60, 69, 70, 80] {
        for (capture, lang) in captures.iter().flat_map(|capture| [(capture, "en"), (capture, "zh")]) {
            let ran = larkspect(["summary", "--tz", "+08:00", "--lang", lang])
                .env("COLUMNS", columns.to_string())
                .stdin(&**capture)
                .run();
            for line in ran.text().lines() {
                assert!(width(line) <= columns, "{columns} {lang}: {line}\n{}", ran.text());
                let noun = line.trim_start().starts_with(['个', '种', '次', '天', '件']);
                assert!(!noun, "{columns} {lang}: {line}\n{}", ran.text());
            }
        }
    }
}

#[test]
fn one_wrong_time_is_said_apart_from_the_range() {
    let said = |lang| {
        let asked = ["summary", "--tz", "+08:00", "--lang", lang];
        larkspect(asked).env("COLUMNS", "80").stdin(years()).run().exits(0).text().to_owned()
    };
    let [en, zh] = ["en", "zh"].map(said);
    assert!(
        en.contains(", 2017-01-01 to 2023-02-")
            && en.contains("\n  1 punch far from the others: 1970-01-01\n"),
        "{en}"
    );
    assert!(zh.contains("\n  1 次打卡远离其他日期：1970-01-01\n"), "{zh}");
    let said = summary(years().as_bytes(), &[]);
    assert_eq!(
        (said["first"].as_str(), said["events"].as_u64()),
        (Some("1970-01-01T08:00:00.000+08:00"), Some(301))
    );
}

/// What punches were made by was a sentence in the language of the reader.
#[test]
fn ways_of_a_group_are_values_in_every_language() {
    let shift = fixture("captures/shift.ndjson");
    let by_day = |more: &[&str]| {
        let asked = ["summary", "--tz", "+08:00", "--by", "day", "--format"];
        larkspect(asked).args(more).stdin(&*shift).run().exits(0)
    };
    for (lang, labels) in [("en", "user punch 8, user correction 1"), ("zh", "用户自己打卡 8，用户补卡 1")]
    {
        let ways = serde_json::json!({"0": 8, "2": 1, "5": 1, "6": 1});
        for format in ["json", "ndjson"] {
            let said: Value = serde_json::from_str(by_day(&[format, "--lang", lang]).text()).unwrap();
            let row = if format == "json" { &said[0] } else { &said };
            assert_eq!(row["ways"], ways, "{said}");
            assert!(row["ways_label"].as_str().unwrap().starts_with(labels), "{said}");
        }
        let table = by_day(&["csv", "--lang", lang]);
        let head = table.text().lines().next().unwrap().to_owned();
        assert!(head.contains(",ways,ways_label,"), "{head}");
        let row = &table.rows()[0];
        assert!(row.iter().any(|cell| cell == "0=8 2=1 5=1 6=1"), "{}", table.text());
    }
}

#[test]
fn a_field_that_is_named_twice_or_that_no_event_has_is_said() {
    let shift = fixture("captures/shift.ndjson");
    let by = |names: &str| larkspect(["summary", "--by", names]).stdin(&*shift).run();
    let twice = by("day,type, day");
    assert!(twice.code == 2 && twice.err.contains("--by names day twice"), "{}", twice.err);
    let near = by("chek_time");
    assert!(near.code == 2 && near.err.contains("did you mean `check_time`"), "{}", near.err);
    let elsewhere = by("type,user_id").exits(0);
    assert!(
        elsewhere.err.contains("no event had a field user_id; there is `operator_id.user_id`"),
        "{}",
        elsewhere.err
    );
    // The label that was asked for is not there a second time.
    let labels =
        larkspect(["summary", "--by", "type,type_label", "--format", "csv"]).stdin(&*shift).run().exits(0);
    assert!(labels.text().starts_with("type,type_label,events,"), "{}", labels.text());
}

/// A value may be as long as its event, and there may be a million.
#[test]
fn long_values_that_begin_alike_are_two_groups() {
    let place = "杭".repeat(5000);
    let punches = ["a", "b", "a"]
        .map(|end| line().replace("\"location_name\":\"", &format!("\"location_name\":\"{place}{end}")));
    let ran = larkspect(["summary", "--window", "0", "--by", "location_name", "--format", "csv"])
        .stdin(punches.join(""))
        .run()
        .exits(0);
    let rows = ran.rows();
    let counts: BTreeSet<&str> = rows.iter().map(|row| &row[1]).collect();
    assert_eq!((rows.len(), counts), (2, BTreeSet::from(["1", "2"])), "{}", ran.text());
    assert!(rows.iter().all(|row| row[0].len() < 1020 && row[0].contains("杭...")), "{}", ran.text());
}

#[test]
fn one_long_key_was_as_wide_as_the_table() {
    let long = format!("ou_{}", "x".repeat(200));
    let two = line() + &line().replace("2b68933a", &long).replace("41fae5c12837ead344eced982fbde395", "2");
    let ran = larkspect(["summary", "--by", "employee_id"]).stdin(two).run().exits(0);
    let lines = ran.lines();
    assert!(lines.len() == 3 && lines[2].starts_with(&long), "{}", ran.text());
    assert!(lines[..2].iter().all(|line| width(line) < 160), "{}", ran.text());
}

/// An event with a thousand values in each of eight lists was as many groups as all combinations.
#[test]
fn an_event_is_in_a_thousand_groups_at_most() {
    let list: Vec<String> = (0..1500).map(|at| at.to_string()).collect();
    let fields: Vec<String> = (0..8).map(|field| format!("\"x{field}\":[{}]", list.join(","))).collect();
    let event = line().replace("\"event\":{", &format!("\"event\":{{{},", fields.join(",")));
    let names: Vec<String> = (0..8).map(|field| format!("event.x{field}")).collect();
    let ran = larkspect(["summary", "--by", &names.join(","), "--format", "csv"]).stdin(event).run().exits(0);
    let rows = ran.rows();
    assert_eq!(rows.len(), 1000);
    assert_eq!(rows[999].iter().take(8).collect::<Vec<_>>(), ["0", "0", "0", "0", "0", "0", "0", "999"]);
}

#[test]
fn what_is_written_to_a_book_is_what_is_written_to_a_table() {
    use calamine::{DataType, Reader, Xlsx, open_workbook};
    let capture = capture();
    let at = folder(&[("c.ndjson", &capture)]);
    let (book, table) = (at.path().join("p.xlsx"), at.path().join("p.csv"));
    for path in [&book, &table] {
        let path = path.to_str().unwrap();
        let from = at.path().join("c.ndjson");
        larkspect(["summary", "--tz", "utc", "--by", "employee_id", "-o", path])
            .args(&[from.to_str().unwrap()])
            .run()
            .exits(0);
    }
    let mut book: Xlsx<_> = open_workbook(book).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let rows = csv::Reader::from_path(table).unwrap().into_records().map(Result::unwrap).collect::<Vec<_>>();
    assert_eq!(sheet.height(), rows.len() + 1);
    for (cells, row) in sheet.rows().skip(1).zip(&rows) {
        assert_eq!((cells[0].to_string(), cells[1].to_string()), (row[0].to_owned(), row[1].to_owned()));
        assert!(cells[2].is_float() || cells[2].is_datetime(), "{:?}", cells[2]);
    }
}

#[test]
fn secrets_and_controls_of_names_are_not_shown() {
    let odd = line().replace("2b68933a", "x\\u001b[31m").replace("\"type\":0", "\"type\":77");
    let ran =
        larkspect(["summary", "--tz", "utc", "--by", "token,employee_id"]).stdin(odd.as_str()).run().exits(0);
    assert!(ran.text().contains("wz5v....") && !ran.text().contains("wz5vcYkCSY"), "{}", ran.text());
    for form in [&["summary"][..], &["summary", "--by", "employee_id"], &["summary", "--format", "json"]] {
        let ran = larkspect(form.iter().copied()).stdin(odd.as_str()).run();
        assert!(!ran.text().contains('\u{1b}'), "{}", ran.text());
    }
}

#[test]
fn nothing_to_sum_up_is_said() {
    let none = larkspect(["summary"]).stdin("").run();
    assert_eq!(none.code, 2);
    let other = larkspect(["summary", "--where", "employee_id=x"]).stdin(official()).run().exits(0);
    assert_eq!((other.text(), other.err.contains("0 of 1 event selected")), ("", true));
    let rows = larkspect(["summary", "--format", "csv"]).stdin(official()).run();
    assert!(rows.code == 2 && rows.err.contains("--by FIELD"), "{}", rows.err);
    let broken = larkspect(["summary"]).stdin([&official()[..], b"\n{\"event\": "].concat()).run();
    assert!(broken.code == 1 && broken.text().contains("1 unreadable document"), "{}", broken.text());
}

/// Rows hold no count of what is in none of them.
#[test]
fn groups_left_unreadable_documents_out_in_silence() {
    let broken = [&official()[..], b"\n{\"event\": "].concat();
    for form in [&["--by", "type"][..], &["--by", "type", "--format", "csv"], &["--format", "json"]] {
        let ran = larkspect(["summary"]).args(form).stdin(&*broken).run().exits(1);
        assert!(
            ran.err.contains("left out: 1 unreadable document\nlarkspect check says"),
            "{form:?}: {}",
            ran.err
        );
    }
    let none = larkspect(["summary", "--by", "type"]).stdin("{\"event\": ").run().exits(1);
    assert_eq!((none.text(), none.err.contains("1 unreadable document")), ("", true), "{}", none.err);
}

/// Five hundred risky punches were kept with all that stands in them.
#[test]
fn of_a_long_place_a_risky_punch_keeps_the_beginning() {
    let place = "杭".repeat(5000);
    let long = line()
        .replace("\"risk_result\":0", "\"risk_result\":2")
        .replace("\"location_name\":\"", &format!("\"location_name\":\"{place}"));
    let said = summary(long.as_bytes(), &[]);
    let kept = said["risky"][0]["location_name"].as_str().unwrap();
    assert!(kept.starts_with("杭杭") && kept.ends_with("...") && kept.len() < 1010, "{}", kept.len());
}

/// `jq` and pandas had no document to read.
#[test]
fn programs_got_nothing_where_nothing_was_selected() {
    let none = |form: &[&str]| {
        let asked = ["summary", "--tz", "+08:00", "--where", "type=3"];
        larkspect(asked).args(form).stdin(official()).run().exits(0).text().to_owned()
    };
    let json: Value = serde_json::from_str(&none(&["--format", "json"])).unwrap();
    assert_eq!(
        (&json["events"], &json["employees"], &json["zone"]),
        (&0.into(), &0.into(), &"+08:00".into())
    );
    assert!(none(&["--format", "csv", "--by", "day"]).starts_with("day,events,first,"));
    assert_eq!(none(&["--format", "ndjson", "--by", "day"]), "");
    assert!(none(&["--format", "html"]).ends_with("</html>\n"));
    assert_eq!(none(&[]), "");
}

/// The first event and the last of a year had the same offset, and it was said of all.
#[test]
fn the_offset_of_winter_was_said_of_summer_too() {
    let at = |time: &str| line().replace("1615381916", time);
    let zone = |times: &[&str]| {
        let lines: String = times.iter().map(|time| at(time)).collect();
        let asked = ["summary", "--tz", "America/New_York", "--format", "json"];
        let said: Value = serde_json::from_slice(&larkspect(asked).stdin(lines).run().exits(0).out).unwrap();
        said["zone"].as_str().unwrap().to_owned()
    };
    assert_eq!(zone(&["1610000000", "1625000000", "1640000000"]), "America/New_York");
    assert_eq!(
        (zone(&["1610000000", "1640000000"]), zone(&["1625000000"])),
        ("-05:00".into(), "-04:00".into())
    );
}

/// The title is that of the id and of the number of an employee, which most have not.
#[test]
fn an_event_was_counted_for_nobody_too_where_a_title_names_two_fields() {
    let asked = ["summary", "--by", "员工", "--format", "csv"];
    let rows = larkspect(asked).stdin(official()).run().exits(0).rows();
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!((&rows[0][0], &rows[0][1]), ("2b68933a", "1"));
}

/// An id was in order by the number 246e4 that it looks like.
#[test]
fn ids_are_in_order_by_their_letters_and_hours_by_their_size() {
    let ids = ["9", "10", "a1", "246e4", "00019971"];
    let lines: String = ids.iter().map(|id| line().replace("2b68933a", id)).collect();
    let by = |names: &str, capture: &str| {
        let asked = ["summary", "--tz", "+08:00", "--format", "csv", "--by", names];
        let ran = larkspect(asked).stdin(capture).run().exits(0);
        ran.rows().iter().map(|row| format!("{}/{}", &row[0], &row[1])).collect::<Vec<_>>()
    };
    let sorted = ["00019971/21", "10/21", "246e4/21", "9/21", "a1/21"];
    assert_eq!(by("employee_id,check_time.hour", &lines), sorted);
    let hours: String =
        ["1615334400", "1615338000", "1615381916"].map(|at| line().replace("1615381916", at)).concat();
    assert_eq!(by("check_time.hour,employee_id", &hours), ["8/2b68933a", "9/2b68933a", "21/2b68933a"]);
}

/// A long value was dots alone.
#[test]
fn values_too_long_to_count_have_a_name() {
    let long = line().replace("\"type\":0", &format!("\"type\":\"{}\"", "x".repeat(100)));
    for (lang, name) in [("en", "other values"), ("zh", "其他值")] {
        let ran = larkspect(["summary", "--lang", lang]).stdin(&*long).run();
        assert!(ran.text().contains(&format!("  {name} ")), "{}", ran.text());
    }
}

/// It could have been taken for what was asked for now.
#[test]
fn a_page_of_yesterday_stayed_where_nothing_was_selected() {
    let folder = folder(&[("a.json", &official()), ("p.html", b"yesterday"), ("p.csv", b"yesterday")]);
    for (name, by) in [("p.html", &[][..]), ("p.csv", &["--by", "type"])] {
        let args = ["summary", "--where", "type=3", "-o", name, "a.json"];
        let ran = larkspect_in(folder.path(), args).args(by).run().exits(0);
        assert!(ran.err.contains("0 of 1 event selected"), "{}", ran.err);
        let page = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(page != "yesterday" && !page.is_empty(), "{name}: {page}");
    }
}

/// An event without the field was in a row without a name.
#[test]
fn a_group_of_events_without_the_field_has_a_name() {
    let two = [&official()[..], b"\n", &fixture("attendance.user_task.updated_v1/documented.json")].concat();
    let ran = larkspect(["summary", "--lang", "en", "--by", "type"]).stdin(two).run().exits(0);
    assert!(ran.text().contains("\n(none) ") && ran.text().contains("\nuser punch"), "{}", ran.text());
}

#[test]
fn every_key_is_documented() {
    fn keys(value: &Value, all: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    // Days, event fields and what is no event are named by the capture.
                    if key.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                        all.insert(key.clone());
                    }
                    if !["hours_by_day", "not_events", "fields", "title", "label"].contains(&&**key) {
                        keys(value, all);
                    }
                    if key == "fields" {
                        value.as_object().unwrap().values().for_each(|value| keys(value, all));
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| keys(item, all)),
            _ => {}
        }
    }
    let document = std::fs::read_to_string(root().join("docs/summary.md")).unwrap();
    let start = document.find("<!-- keys -->").unwrap();
    let end = start + document[start..].find("<!-- end -->").unwrap();
    let mut all = BTreeSet::new();
    keys(&summary(&capture(), &[]), &mut all);
    assert!(all.len() > 40, "{all:?}");
    for key in all {
        let documented = document[start..end].contains(&format!("`{key}"))
            || document[start..end].contains(&format!(".{key}`"));
        assert!(documented, "{key}");
    }
}
