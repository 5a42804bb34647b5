//! Rows that people can read, of events that are easy and of events that are not.

use crate::catalog::EVENTS;
use crate::engine::Engine;
use crate::finding::Findings;

use super::*;

/// The line that is promised: see the CSV contract.
const CONTRACT: &str = "event_id,event_type,create_time,create_time_iso,tenant_key,app_id,employee_id,\
employee_no,check_time,check_time_iso,type,type_label,risk_result,risk_result_label,is_field,is_wifi,\
location_name,longitude,latitude,ssid,bssid,comment,photo_urls,record_id\n";

const OFFICIAL: &str = include_str!("../../fixtures/attendance.user_flow.created_v1/official.json");
const TASK: &str = include_str!("../../fixtures/attendance.user_task.updated_v1/documented.json");

const GUARDED: Dialect = Dialect { crlf: false, bom: false, guard: true };
const CSV: (&str, Dialect) = ("csv", GUARDED);
const TSV: (&str, Dialect) = ("tsv", GUARDED);
const NDJSON: (&str, Dialect) = ("ndjson", GUARDED);
const JSON: (&str, Dialect) = ("json", GUARDED);

/// A wish for these columns.
fn only(columns: &str) -> Wish {
    Wish { columns: Some(columns.split(',').map(str::to_owned).collect()), ..Wish::default() }
}

/// The whole output for events in a row, of the type of the first or of any.
fn written(text: &str, typed: bool, wish: &Wish, (format, dialect): (&str, Dialect)) -> String {
    let zone = Zone::fixed(8 * 3600).unwrap();
    let mut engine = Engine::new(zone);
    let mut at = 0;
    let mut writer: Option<RowWriter> = None;
    let mut out = Vec::new();
    while let Some(space) = text[at..].find('{') {
        let seen = engine.document(text.as_bytes(), at + space, &mut Findings::default()).unwrap();
        at = seen.end;
        let first = writer.is_none();
        let writer = writer.get_or_insert_with(|| {
            let columns = Columns::new(seen.event().filter(|_| typed), wish).unwrap();
            RowWriter::new(columns, Format::named(format).unwrap(), dialect, Lang::En, zone)
        });
        if first {
            writer.begin(true, &mut out);
        }
        let start = out.len();
        assert!(writer.row(&seen, &Spot::default(), &mut out).is_some_and(|rows| rows > 0));
        if first {
            out.drain(start..start + writer.lead());
        }
    }
    writer.expect("an event").end(&mut out);
    String::from_utf8(out).unwrap()
}

/// A punch with these members in its `event`.
fn punch(event: &str) -> String {
    format!(
        r#"{{"schema":"2.0","header":{{"event_id":"e1","token":"secret","create_time":"1615381917707",
        "event_type":"attendance.user_flow.created_v1","tenant_key":"t","app_id":"a"}},"event":{{{event}}}}}"#
    )
}

#[test]
fn the_official_example_is_the_row_of_the_contract() {
    let row = "41fae5c12837ead344eced982fbde395,attendance.user_flow.created_v1,1615381917707,\
        2021-03-10T21:11:57.707+08:00,2fce678eb60d1651,cli_a0c203e66cf8100c,2b68933a,,1615381916,\
        2021-03-10T21:11:56+08:00,0,user punch,0,none,false,false,浙江省杭州市余杭区五常街道木桥头西溪八方城,\
        120.04004357074373,30.29245030908851,ByteDance Inc,b0:b8:67:62:18:73,,,6938012269578125316\n";
    assert_eq!(written(OFFICIAL, true, &Wish::default(), CSV), format!("{CONTRACT}{row}"));
    let tabs = format!("{CONTRACT}{row}").replace(',', "\t");
    assert_eq!(written(OFFICIAL, true, &Wish::default(), TSV), tabs);

    let excel =
        written(OFFICIAL, true, &Wish::default(), ("csv", Dialect { crlf: true, bom: true, guard: true }));
    assert_eq!(excel, format!("\u{feff}{CONTRACT}{row}").replace('\n', "\r\n"));
}

#[test]
fn objects_have_the_keys_of_the_columns() {
    let wish =
        only("event_id,create_time_iso,type,type_label,is_wifi,longitude,comment,photo_urls,record_id");
    let first = r#"{"event_id":"41fae5c12837ead344eced982fbde395","create_time_iso":"2021-03-10T21:11:57.707+08:00","type":0,"type_label":"user punch","is_wifi":false,"longitude":120.04004357074373,"comment":"","photo_urls":[],"record_id":"6938012269578125316"}"#;
    let second = r#"{"event_id":"e1","create_time_iso":"2021-03-10T21:11:57.707+08:00","type":99,"type_label":null,"is_wifi":null,"longitude":-0.50e1,"comment":"a\n\"浙\"","photo_urls":["x","y z"],"record_id":null}"#;
    let event = "\"type\":99,\"longitude\":-0.50e1,\"is_wifi\":null,\"photo_urls\":[ \"x\",\n\"y z\" ],\
        \"comment\":\"a\\n\\\"\\u6d59\\\"\"";
    let text = format!("{OFFICIAL}{}", punch(event));
    assert_eq!(written(&text, true, &wish, NDJSON), format!("{first}\n{second}\n"));
    assert_eq!(written(&text, true, &wish, JSON), format!("[\n{first},\n{second}\n]\n"));
}

#[test]
fn odd_cells() {
    let cell = |json: &str, format| {
        let out = written(&punch(&format!("\"comment\":{json}")), true, &only("comment,ssid"), format);
        let out =
            out.strip_prefix("comment,ssid\n").or(out.strip_prefix("comment\tssid\n")).unwrap().to_owned();
        out[..out.len() - 2].to_owned()
    };
    for (json, csv, tsv) in [
        (r#""""#, "", ""),
        ("null", "", ""),
        (r#""a,b""#, "\"a,b\"", "a,b"),
        (r#""a\tb""#, "a\tb", "a\\tb"),
        (r#""a\nb""#, "\"a\nb\"", "a\\nb"),
        (r#""a\rb""#, "\"a\rb\"", "a\\rb"),
        (r#""say \"hi\"""#, "\"say \"\"hi\"\"\"", "say \"hi\""),
        (r#""\"hi\"""#, "\"\"\"hi\"\"\"", "\\\"hi\""),
        (r#""a\\b\/c""#, "a\\b/c", "a\\\\b/c"),
        (r#"" a""#, "\" a\"", " a"),
        (r#""a ""#, "\"a \"", "a "),
        (r#""\u0000\u001b""#, "\0\u{1b}", "\0\u{1b}"),
        (r#""\ud83d\ude00 \ud83d""#, "😀 \u{fffd}", "😀 \u{fffd}"),
        // Formulas, and numbers that only look like them.
        (r#""=1+1""#, "'=1+1", "'=1+1"),
        (r#""=A1,\"x\"""#, "\"'=A1,\"\"x\"\"\"", "'=A1,\"x\""),
        (r#""\u003d1""#, "'=1", "'=1"),
        (r#""+86 1""#, "'+86 1", "'+86 1"),
        (r#""+8613812345678""#, "+8613812345678", "+8613812345678"),
        (r#""＝1""#, "'＝1", "'＝1"),
        (r#""\t=1""#, "'\t=1", "'\\t=1"),
        (r#""\n""#, "\"'\n\"", "'\\n"),
        (r#""-12.5""#, "-12.5", "-12.5"),
        ("-12.5", "-12.5", "-12.5"),
        ("-0.0e+1", "-0.0e+1", "-0.0e+1"),
        (r#""--""#, "'--", "'--"),
        ("true", "true", "true"),
        (r#"{ "a": [1, "x"] }"#, "\"{\"\"a\"\":[1,\"\"x\"\"]}\"", "{\"a\":[1,\"x\"]}"),
    ] {
        assert_eq!(cell(json, CSV), csv, "{json}");
        assert_eq!(cell(json, TSV), tsv, "{json}");
    }
    let raw = ("csv", Dialect { guard: false, ..GUARDED });
    assert_eq!(cell(r#""=1+1""#, raw), "=1+1");
    assert_eq!(cell(r#""\t=1""#, ("tsv", Dialect { guard: false, ..GUARDED })), "\\t=1");
}

#[test]
fn a_row_of_one_empty_cell_is_no_empty_line() {
    let out = |format| written(&punch(r#""comment":"""#), true, &only("comment"), format);
    assert_eq!(out(CSV), "comment\n\"\"\n");
    assert_eq!(out(TSV), "comment\n\n");
}

#[test]
fn photos_are_joined() {
    let text = punch(r#""photo_urls":["https://a/1", null, "https://a/2,3"]"#);
    assert_eq!(written(&text, true, &only("photo_urls"), CSV), "photo_urls\n\"https://a/1 https://a/2,3\"\n");
    let json = "{\"photo_urls\":[\"https://a/1\",null,\"https://a/2,3\"]}\n";
    assert_eq!(written(&text, true, &only("photo_urls"), NDJSON), json);
}

#[test]
fn times_that_are_none_and_times_far_away() {
    for (time, csv) in [
        (r#""x""#, "x,"),
        ("1615381916", "1615381916,2021-03-10T21:11:56+08:00"),
        (r#""99999999999999999""#, "99999999999999999,"),
        // Milliseconds for seconds would be far away.
        (r#""1615381916000""#, "1615381916000,"),
        (r#""0""#, "0,1970-01-01T08:00:00+08:00"),
    ] {
        let out =
            written(&punch(&format!("\"check_time\":{time}")), true, &only("check_time,check_time_iso"), CSV);
        assert_eq!(out.lines().nth(1).unwrap(), csv);
    }
}

#[test]
fn a_list_of_objects_is_one_cell_or_many_rows() {
    let names = "employee_id,date,status_changes,time_zone";
    assert_eq!(
        written(TASK, true, &only(names), CSV),
        format!(
            "{names}\n2b68933a,20210310,\"[{{\"\"before_status\"\":\"\"Normal\"\",\"\"before_supplement\"\":\
            \"\"None\"\",\"\"current_status\"\":\"\"Late\"\",\"\"current_supplement\"\":\"\"None\"\",\
            \"\"index\"\":1,\"\"work_type\"\":\"\"on\"\"}}]\",Asia/Shanghai\n"
        )
    );

    let explode = Wish { explode: Some("status_changes".to_owned()), ..Wish::default() };
    let head = written(TASK, true, &explode, CSV).lines().next().unwrap().to_owned();
    assert_eq!(
        head,
        "event_id,event_type,create_time,create_time_iso,tenant_key,app_id,employee_id,employee_no,date,group_id,\
        shift_id,task_id,time_zone,status_changes_item,status_changes.before_status,\
        status_changes.before_status_label,status_changes.current_status,status_changes.current_status_label,\
        status_changes.before_supplement,status_changes.before_supplement_label,\
        status_changes.current_supplement,status_changes.current_supplement_label,status_changes.work_type,\
        status_changes.work_type_label,status_changes.index"
    );

    let columns = "employee_id,status_changes_item,status_changes.current_status,\
        status_changes.current_status_label,status_changes.index,extra";
    let explode = Wish { explode: explode.explode, ..only(columns) };
    let with = |changes: &str| {
        let (start, end) = (TASK.find('[').unwrap(), TASK.find(']').unwrap());
        format!("{}{changes}{}", &TASK[..start], &TASK[end + 1..])
    };
    let rows = |changes: &str| {
        let out = written(&with(changes), true, &explode, CSV);
        out.strip_prefix(columns).unwrap().trim_start().to_owned()
    };
    let two =
        r#"[{"current_status": "Late", "index": 1, "x": [1]}, {"index": 2, "current_status": "\u0045arly"}]"#;
    assert_eq!(
        rows(two),
        "2b68933a,0,Late,late in,1,\"{\"\"event\"\":{\"\"status_changes\"\":{\"\"x\"\":[1]}}}\"\n\
        2b68933a,1,Early,early out,2,\n"
    );
    assert_eq!(rows("[]"), "2b68933a,,,,,\n");
    assert_eq!(rows("null"), "2b68933a,,,,,\n");
    assert_eq!(rows("[7]"), "2b68933a,0,,,,\n");
    assert_eq!(
        written(&with(two), true, &explode, JSON),
        r#"[
{"employee_id":"2b68933a","status_changes_item":0,"status_changes.current_status":"Late","status_changes.current_status_label":"late in","status_changes.index":1,"extra":{"event":{"status_changes":{"x":[1]}}}},
{"employee_id":"2b68933a","status_changes_item":1,"status_changes.current_status":"Early","status_changes.current_status_label":"early out","status_changes.index":2,"extra":null}
]
"#
    );
}

#[test]
fn a_list_of_strings_can_have_rows_too() {
    let wish = Wish { explode: Some("photo_urls".to_owned()), ..only("event_id,photo_urls_item,photo_urls") };
    let text = punch(r#""photo_urls":["u1", "u2"]"#);
    let head = "event_id,photo_urls_item,photo_urls\n";
    assert_eq!(written(&text, true, &wish, CSV), format!("{head}e1,0,u1\ne1,1,u2\n"));
}

#[test]
fn what_the_catalogue_does_not_know_is_extra() {
    let text = punch(r#""device_id":"x y","type":0, "more":{"a":[1, 2]}"#)
        .replace(
            "\"schema\":\"2.0\",",
            "\"$schema\":\"x.json\",\"schema\":\"2.0\", \"trace\":1.50, \"token\":\"t\",",
        )
        .replace("\"token\":\"secret\"", "\"token\":\"secret\",\"regi\\u006fn\":\"c/n\"");
    let json = r#"{"extra":{"trace":1.50,"header":{"region":"c/n"},"event":{"device_id":"x y","more":{"a":[1,2]}}}}"#;
    assert_eq!(written(&text, true, &only("extra"), NDJSON), format!("{json}\n"));
    let wish = Wish { secrets: true, ..only("extra") };
    let json = json.replace("1.50,", "1.50,\"token\":\"t\",");
    assert_eq!(written(&text, true, &wish, NDJSON), format!("{json}\n"));

    let wish = Wish { extra: true, ..only("event_id") };
    let cell = "\"{\"\"event\"\":{\"\"x\"\":null}}\"";
    assert_eq!(written(&punch("\"x\":null"), true, &wish, CSV), format!("event_id,extra\ne1,{cell}\n"));
    assert_eq!(written(OFFICIAL, true, &wish, CSV), "event_id,extra\n41fae5c12837ead344eced982fbde395,\n");
}

#[test]
fn secrets_are_asked_for() {
    for format in [CSV, TSV, NDJSON, JSON] {
        assert!(
            !written(&punch(""), true, &Wish { extra: true, ..Wish::default() }, format).contains("secret")
        );
    }
    let wish = Wish { secrets: true, extra: true, ..Wish::default() };
    let out = written(&punch(""), true, &wish, CSV);
    assert_eq!(out.lines().next().unwrap(), format!("{},token,extra", CONTRACT.trim_end()));
    assert!(out.ends_with(",secret,\n"));
    assert_eq!(written(&punch(""), true, &Wish { secrets: true, ..only("token") }, CSV), "token\nsecret\n");
}

#[test]
fn any_event_has_its_header_and_its_body() {
    let v1 = r#"{"uuid":"u1","ts":"1502199207.7171419","token":"secret","type":"event_callback","event":
        {"type":"app_ticket","app_id":"cli_1","tenant_key":"t1","text": "=1"}, "odd":true}"#;
    let other = punch("\"a\": 1").replace("attendance.user_flow.created_v1", "im.message.receive_v1");
    let known = punch("\"type\" :2");
    let text = [v1, &other, &known].join("\n");
    let wish = Wish { extra: true, ..Wish::default() };
    assert_eq!(
        written(&text, false, &wish, CSV),
        "event_id,event_type,create_time,create_time_iso,tenant_key,app_id,event,extra\n\
        u1,app_ticket,1502199207.7171419,2017-08-08T21:33:27.717+08:00,t1,cli_1,\"{\"\"type\"\":\"\"app_ticket\"\",\
        \"\"app_id\"\":\"\"cli_1\"\",\"\"tenant_key\"\":\"\"t1\"\",\"\"text\"\":\"\"=1\"\"}\",\"{\"\"odd\"\":true}\"\n\
        e1,im.message.receive_v1,1615381917707,2021-03-10T21:11:57.707+08:00,t,a,\"{\"\"a\"\":1}\",\n\
        e1,attendance.user_flow.created_v1,1615381917707,2021-03-10T21:11:57.707+08:00,t,a,\"{\"\"type\"\":2}\",\n"
    );
    assert_eq!(written(&other, false, &only("event"), NDJSON), "{\"event\":{\"a\":1}}\n");
}

#[test]
fn what_is_not_of_the_type_has_no_row() {
    let columns = Columns::new(Some(EVENTS[0]), &Wish::default()).unwrap();
    let mut writer = RowWriter::new(columns, Format::ALL[0], GUARDED, Lang::En, Zone::Utc);
    let mut any = RowWriter::new(
        Columns::new(None, &Wish::default()).unwrap(),
        Format::ALL[0],
        GUARDED,
        Lang::En,
        Zone::Utc,
    );
    for (text, rows) in [
        (TASK, [0, 1]),
        (r#"{"uuid":"u","ts":"1","token":"t","type":"event_callback","event":{}}"#, [0, 1]),
        (r#"{"challenge":"c","token":"t","type":"url_verification"}"#, [0, 0]),
        (r#"{"encrypt":"x"}"#, [0, 0]),
        ("{}", [0, 0]),
        (&punch("").replace("\"event\":{}", "\"event\":7"), [1, 1]),
        // Without an `event` the walk does not look for its type.
        (&punch("").replace(",\"event\":{}", ""), [0, 1]),
    ] {
        let mut engine = Engine::new(Zone::Utc);
        let seen = engine.document(text.as_bytes(), 0, &mut Findings::default()).unwrap();
        for (writer, rows) in [&mut writer, &mut any].into_iter().zip(rows) {
            let mut out = Vec::new();
            assert_eq!(writer.row(&seen, &Spot::default(), &mut out), Some(rows), "{text}");
            assert_eq!(out.is_empty(), rows == 0);
        }
    }
}

#[test]
fn every_thread_can_have_a_writer() {
    fn sent_and_cloned<T: Send + Sync + Clone + 'static>() {}
    sent_and_cloned::<RowWriter>();
}

#[test]
fn no_event_type_has_a_column_twice() {
    for event in EVENTS.iter().copied().map(Some).chain([None]) {
        let fields = event.map_or(&[][..], |event| event.fields);
        let lists = fields.iter().filter(|field| matches!(field.kind, crate::catalog::Kind::List(_)));
        let header = event.map_or(&[][..], |event| event.header);
        let name = |key: &str| match header.iter().any(|field| field.key == key) {
            true => format!("event.{key}"),
            false => key.to_owned(),
        };
        let explode = lists.map(|field| Some(name(field.key))).chain([None]);
        for explode in explode {
            let wish = Wish { explode, extra: true, secrets: true, ..Wish::default() };
            let columns = Columns::new(event, &wish).unwrap();
            let mut names: Vec<&str> = columns.names().collect();
            assert!(
                names.iter().all(|name| !formula::is_formula(name.as_bytes()) && !name.contains([',', '"']))
            );
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), columns.names().count(), "{:?}", event.map(|event| event.name));
            // What is offered can be chosen.
            let all = Some(columns.names().map(str::to_owned).collect());
            assert!(Columns::new(event, &Wish { columns: all, ..wish }).unwrap().names().eq(columns.names()));
        }
    }
}

#[test]
fn a_field_gives_way_to_the_header_and_a_twin_to_a_field() {
    use crate::catalog::{Event, Kind, event_type, field};
    static ODD: Event = event_type("odd", "", "").fields(&[
        field("app_id", Kind::Text, "", ""),
        field("create_time_iso", Kind::Text, "", ""),
        field("extra", Kind::Object(&[field("at", Kind::SECONDS, "", "")]), "", ""),
        field("event", Kind::Flag, "", ""),
        field("at", Kind::MILLIS, "", ""),
        field("at_iso", Kind::Text, "", ""),
    ]);
    let columns = Columns::new(Some(&ODD), &Wish { extra: true, ..Wish::default() }).unwrap();
    let names: Vec<&str> = columns.names().skip(6).collect();
    let wanted =
        "event.app_id,event.create_time_iso,extra.at,extra.at_iso,event.event,at,at.iso,at_iso,extra";
    assert_eq!(names.join(","), wanted);
}

#[test]
fn a_column_asked_for_twice_is_there_twice_but_for_a_key_once() {
    let names = |wish: &str, format: &str| {
        let columns = Columns::new(Some(EVENTS[1]), &only(wish)).unwrap();
        let format = Format::named(format).unwrap();
        let writer = RowWriter::new(columns, format, Dialect::default(), Lang::En, Zone::Utc);
        writer.columns().names().collect::<Vec<_>>().join(",")
    };
    for (wish, csv, json) in [
        ("date,date", "date,date", "date"),
        ("date,Date", "date,Date", "date,Date"),
        ("Date,date", "date,date", "date"),
        ("date,Date,日期,date.raw", "date,Date,日期,date.raw", "date,Date,日期,date.raw"),
    ] {
        assert_eq!(names(wish, "csv"), csv);
        assert_eq!(names(wish, "ndjson"), json);
    }
}

#[test]
fn wishes_that_cannot_be_fulfilled() {
    let error = |wish: Wish| Columns::new(Some(EVENTS[1]), &wish).unwrap_err().to_string();
    let explode = |name: &str| Wish { explode: Some(name.to_owned()), ..Wish::default() };
    assert_eq!(error(only("employeeId")), "unknown field `employeeId`; did you mean `employee_id`?");
    let unknown = error(only("x"));
    assert!(unknown.starts_with("unknown field `x`; no event type has it; "), "{unknown}");
    assert_eq!(
        error(only("status_changes_item")),
        "`status_changes_item` counts the items of `status_changes`: add --explode status_changes"
    );
    let wish = Wish { explode: Some("status_changes".to_owned()), ..only("status_changes.indx") };
    assert!(error(wish).contains("did you mean `status_changes.index`?"));
    assert_eq!(error(only("token")), "`token` is a secret: ask with --show-secrets for it");
    assert_eq!(error(Wish { columns: Some(Vec::new()), ..Wish::default() }), "no columns are asked for");
    assert_eq!(
        error(explode("statusChanges")),
        "unknown list `statusChanges`; did you mean `status_changes`?"
    );
    assert_eq!(error(explode("date")), "unknown list `date`; there are status_changes");
    let none = Columns::new(None, &explode("x")).unwrap_err().to_string();
    assert_eq!(none, "unknown list `x`; there are none");
}
