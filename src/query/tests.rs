//! Conditions and keys, asked of real events.

use super::name::item;
use super::*;
use crate::catalog::{EVENTS, Kind};
use crate::engine::Engine;
use crate::finding::Findings;
use crate::json::Decimal;
use crate::lang::{Label, Lang};
use crate::record::Layout;
use crate::time::{Millis, Zone};

const PUNCH: &str = include_str!("../../fixtures/attendance.user_flow.created_v1/official.json");
const TASK: &str = include_str!("../../fixtures/attendance.user_task.updated_v1/documented.json");
const UNKNOWN: &str = r#"{"schema": "2.0", "header": {"event_type": "im.message.receive_v1"}, "event": {}}"#;

/// 2021-03-10 21:11:57 in +08:00.
const NOW: Millis = Millis(1_615_381_917_707);

fn asked(condition: &str) -> Result<Condition, String> {
    let times = Times { zone: "+08:00".parse().unwrap(), now: NOW };
    Condition::parse(condition, &[], times).map_err(|refused| refused.to_string())
}

#[track_caller]
fn holds(condition: &str, event: &str) -> bool {
    let mut engine = Engine::new(Zone::Utc);
    let seen = engine.document(event.as_bytes(), 0, &mut Findings::default()).unwrap();
    asked(condition).unwrap_or_else(|why| panic!("{condition}: {why}")).holds(&seen, &Spot::default())
}

/// The official example with another value, or without the field.
fn with(field: &str, value: &str) -> String {
    let at = PUNCH.find(&format!("\"{field}\":")).unwrap_or_else(|| panic!("{field}"));
    let end = at + PUNCH[at..].find(['\n']).unwrap();
    let comma = if PUNCH[at..end].ends_with(',') { "," } else { "" };
    let key = if value.is_empty() { "x_".to_owned() } else { field.to_owned() };
    let value = if value.is_empty() { "1" } else { value };
    format!("{}\"{key}\": {value}{comma}{}", &PUNCH[..at], &PUNCH[end..])
}

/// Integers are compared as such, and never by what they are called.
#[test]
fn no_label_of_a_choice_is_a_number() {
    let is_number =
        |label: Label| [Lang::Zh, Lang::En].iter().any(|lang| Decimal::parse(label.text(*lang)).is_some());
    let mut choices = 0;
    for event in EVENTS {
        for column in &Layout::of(Some(event)).columns {
            if let Kind::Choice(all) = item(&column.field.kind) {
                choices += all.len();
                assert!(!all.iter().any(|choice| is_number(choice.label)), "{}", column.name);
            }
        }
    }
    assert!(choices > 500, "{choices}");
}

#[test]
fn conditions_compare_as_people_mean_it() {
    for (condition, yes) in [
        ("type=0", true),
        ("type=用户自己打卡", true),
        ("type=user punch", true),
        ("type=User Punch", true),
        ("type!=0", false),
        ("type!=user punch", false),
        ("type!=9", true),
        ("type=9", false),
        ("type<1", true),
        ("type<=-1", false),
        ("type>99999999999999999999", false),
        ("type~punch", true),
        ("type~自己", true),
        ("type~machine", false),
        ("location_name~余杭", true),
        ("location_name~西湖", false),
        ("location_name!~余杭", false),
        ("location_name!~西湖", true),
        ("location_name!~西湖,余杭", false),
        ("type!~自己", false),
        ("type!~machine", true),
        ("longitude>120.04", true),
        ("longitude>=121", false),
        ("longitude=120.04004357074373", true),
        ("longitude=120.04004357074374", false),
        ("longitude<120.04004357074374", true),
        ("longitude=12004004357074373e-14", true),
        ("is_wifi=false", true),
        ("is_wifi=FALSE", true),
        ("is_wifi!=true", true),
        ("is_wifi=否", true),
        ("is_wifi=No", true),
        ("is_wifi!=是", true),
        ("is_wifi~yes", false),
        ("employee_no=", true),
        ("employee_no!=", false),
        ("employee_no=\"\"", true),
        ("employee_id=", false),
        ("employee_id!=", true),
        ("photo_urls=", true),
        ("check_time=1615381916", true),
        ("check_time=1615381916000", true),
        ("check_time=2021-03-10", true),
        ("check_time=2021-03-09", false),
        ("check_time<=2021-03-10", true),
        ("check_time<2021-03-10", false),
        ("check_time>2021-03-10", false),
        ("check_time>2021-03-09", true),
        ("check_time>=2021-03-10", true),
        ("check_time!=2021-03-10", false),
        ("check_time>=2021-03-10 21:11:56", true),
        ("check_time>2021-03-10 21:11:56", false),
        ("check_time>2021-03-10 21:11", true),
        ("check_time=2021-03-10 21:11", true),
        ("create_time=2021-03-10 21:11:57", true),
        ("create_time=2021-03-10 21:11:57.707", true),
        ("create_time=2021-03-10 21:11:57.7", false),
        ("create_time>2021-03-10 21:11:57", false),
        ("create_time>=2021-03-10 21:11:57", true),
        ("employee_id=2b68933a", true),
        ("event_type=im.message.recieve_v1", false),
        ("event_type!=im.message.receive_v1", true),
        ("event_type~user_flow", true),
        ("event_type~Punch rec", true),
        ("event_type~打卡", true),
        ("event_type!~打卡", false),
        ("event_type~message", false),
        ("event_type.raw~punch record", false),
        ("schema=2.0", true),
    ] {
        assert_eq!(holds(condition, PUNCH), yes, "{condition}");
    }
    for (condition, yes) in [
        ("date=20210310", true),
        ("date=2021-03-10", true),
        ("date>20210309", true),
        ("date>2021-03-09", true),
        ("date<=2021-03-09", false),
        ("date~2021-03", true),
        ("status_changes~Late", true),
        ("status_changes~late in", true),
        ("status_changes~LATE IN", true),
        ("status_changes~迟到", true),
        ("status_changes~on duty", true),
        ("status_changes~seriously", false),
    ] {
        assert_eq!(holds(condition, TASK), yes, "{condition}");
    }
}

#[test]
fn an_id_is_itself_digit_for_digit() {
    for (field, value, condition, yes) in [
        ("record_id", "\"6938012269578125317\"", "record_id=6938012269578125317", true),
        ("record_id", "\"6938012269578125316\"", "record_id=6938012269578125317", false),
        ("record_id", "\"6938012269578125317\"", "record_id>6938012269578125316", true),
        ("record_id", "\"6938012269578125316\"", "record_id<6938012269578125317", true),
        ("record_id", "6938012269578125317", "record_id=6938012269578125316", false),
        ("employee_id", "\"08321852\"", "employee_id=8321852", false),
        ("employee_id", "\"007\"", "employee_id=7", false),
        ("employee_id", "\"7.0\"", "employee_id=7", false),
        ("employee_id", "\"1e5\"", "employee_id=100000", false),
        ("employee_id", "\"1e5\"", "employee_id!=100000", true),
    ] {
        assert_eq!(holds(condition, &with(field, value)), yes, "{value} {condition}");
    }
}

#[test]
fn what_is_absent_is_neither_equal_nor_unequal() {
    for value in ["", "null"] {
        for condition in [
            "risk_result!=0",
            "risk_result=0",
            "risk_result<5",
            "risk_result>=0",
            "risk_result~0",
            "risk_result!~0",
        ] {
            assert!(!holds(condition, &with("risk_result", value)), "{value} {condition}");
        }
        assert!(holds("risk_result=", &with("risk_result", value)));
        assert!(!holds("risk_result!=", &with("risk_result", value)));
    }
    assert!(!holds("risk_result!=0", UNKNOWN) && !holds("risk_result!=0", TASK));
    assert!(holds("risk_result=", UNKNOWN) && !holds("risk_result!=", UNKNOWN));
    for (value, empty) in [
        ("\"\"", true),
        ("[ ]", true),
        ("\"x\"", false),
        ("[\"\", null]", true),
        ("[\"\", \"x\"]", false),
        ("0", false),
    ] {
        assert_eq!(holds("photo_urls=", &with("photo_urls", value)), empty, "{value}");
        assert_eq!(holds("photo_urls!=", &with("photo_urls", value)), !empty, "{value}");
    }
}

#[test]
fn a_value_of_the_wrong_type_is_still_a_value() {
    for (field, value, condition, yes) in [
        ("risk_result", "\"2\"", "risk_result=2", true),
        ("risk_result", "\"2\"", "risk_result!=0", true),
        ("risk_result", "\"2\"", "risk_result>1", true),
        ("risk_result", "2.0", "risk_result=someone else's device", true),
        ("risk_result", "true", "risk_result!=0", true),
        ("is_wifi", "\"true\"", "is_wifi=true", true),
        ("check_time", "1615381916", "check_time=2021-03-10", true),
        ("check_time", "1615381916", "check_time>2021-03-09", true),
        ("longitude", "\"120.5\"", "longitude>120.04", true),
        ("check_time", "\"soon\"", "check_time!=2021-03-10", true),
        ("check_time", "\"soon\"", "check_time>2021-03-10", false),
    ] {
        assert_eq!(holds(condition, &with(field, value)), yes, "{value} {condition}");
    }
}

#[test]
fn what_nothing_can_be_is_refused_with_a_hint() {
    for (condition, hints) in [
        ("chek_time=1", &["did you mean `check_time`?"][..]),
        ("type", &["type=5"]),
        ("employee_id==x", &["equal is one sign: employee_id=x"]),
        ("type<>0", &["unequal is written !=: type!=0"]),
        ("comment <> x", &["comment!=x"]),
        ("risk_result!~xyz", &["unknown value `xyz`"]),
        ("comment!~", &["a value is missing"]),
        ("comment！～x", &["write !~ instead of ！～"]),
        ("type>", &["a value is missing"]),
        ("check_time>09:00", &["time of day", "check_time.time>09:00"]),
        ("check_time>=garbage", &["\"garbage\" is not a time", "2021-03-10"]),
        ("check_time!=soon", &["\"soon\" is not a time"]),
        ("create_time<20210310", &["is not a time", "2021-03-10"]),
        ("check_time=20210310", &["is not a time; the day is 2021-03-10"]),
        ("check_time~2021-03", &["check_time>=2021-03-10"]),
        ("risk_result=abc", &["unknown value `abc`", "0 (none)", "1 (cheat software)"]),
        ("risk_result!=abc", &["unknown value `abc`"]),
        ("risk_result=1,x", &["unknown value `x`"]),
        ("risk_result=1,", &["missing beside a comma"]),
        ("risk_result>1,2", &["one value is compared with >"]),
        ("risk_result=1|2", &["unknown value `1|2`", "1 (cheat software)"]),
        ("risk_result=1 or risk_result=2", &["unknown value"]),
        ("risk_result=cheet software", &["did you mean `cheat software`?"]),
        ("risk_result=使用作弊软件", &["疑似使用作弊软件"]),
        ("risk_result~xyz", &["unknown value `xyz`"]),
        ("risk_result>none", &["not a number"]),
        ("schema=3.0", &["2.0"]),
        ("is_field=on", &["true or false", "did you mean true?"]),
        ("is_field=0", &["did you mean false?"]),
        ("is_field=maybe", &["true or false"]),
        ("is_field>true", &["= or !="]),
        ("latitude>abc", &["\"abc\" is not a number"]),
        ("longitude=120,x", &["is not a number"]),
        ("check_time.hour>nine", &["is not a number"]),
        ("check_time.time>9", &["not a time of day", "09:00"]),
        ("check_time.day=soon", &["is not a day"]),
        ("comment.day=2021-03-10", &["`comment` has no day"]),
        ("delay>soon", &["not a length of time", "5s"]),
        ("line=x", &["is not a number"]),
        ("=5", &["a field is missing"]),
        ("colour_of_hat=5", &["event.NAME"]),
        ("status_changes=Late", &["status_changes~Late looks into it"]),
        ("date=2021-03-32", &["is not a day", "2021-03-10"]),
        ("date=soon", &["is not a day"]),
        ("date=10", &["is not a day"]),
        ("date=20210332", &["is not a day"]),
        ("check_time.day=10", &["is not a day", "2021-03-10"]),
        ("check_time.hour=24", &["24 is no hour: there are 0 to 23"]),
        ("check_time.hour!=24", &["there are 0 to 23"]),
        ("check_time.hour=9.5", &["is no hour"]),
        ("check_time.hour<0", &["< 0 holds for no hour"]),
        ("check_time.hour>23", &["> 23 holds for no hour: there are 0 to 23"]),
        ("line<1", &["from 1"]),
        ("line=1.5", &["from 1"]),
        ("risk_result=0.5", &["unknown value `0.5`"]),
        ("risk_result!=0.5", &["unknown value `0.5`"]),
        ("comment=\"x", &["is not closed"]),
        ("comment=a,\"x", &["is not closed"]),
        ("type＝5", &["write = instead of ＝"]),
        ("type！=5", &["write != instead of ！"]),
        ("type！＝5", &["write != instead of ！＝"]),
        ("type>＝5", &["write = instead of ＝"]),
        ("check_time≥2021-03-10", &["write >= instead of ≥"]),
        ("risk_result=0，1", &["between values stands , instead of ，"]),
    ] {
        let why = asked(condition).expect_err(condition);
        for hint in hints {
            assert!(why.contains(hint), "{condition}: {why}");
        }
    }
    // What the platform may send some day can be looked for.
    for condition in [
        "type=9",
        "risk_result!=77",
        "type~9",
        "event_type=im.*",
        "event_type=x",
        "check_time=0",
        "photo_urls!=x",
        "date=yesterday",
        "event.device.id~x",
        "comment=1,2",
        "comment=迟到，抱歉",
        "check_time.hour<24",
        "check_time.hour>=23",
        "risk_result>0.5",
        "line<=1",
    ] {
        assert!(asked(condition).is_ok(), "{condition}");
    }
}

#[test]
fn any_of_several_values_does_and_quotes_hold_one_together() {
    for (condition, yes) in [
        ("type=1,0", true),
        ("event.type=1,0", true),
        ("event.type=auto punch,user punch", true),
        ("event.type=1,2", false),
        ("type=1,2", false),
        ("type!=1,2", true),
        ("type=auto punch,user punch", true),
        ("employee_id=x, 2b68933a", true),
        ("location_name~西湖,余杭", true),
        ("comment=\"a,b\"", false),
    ] {
        assert_eq!(holds(condition, PUNCH), yes, "{condition}");
    }
    let event = with("comment", "\"a,b\"");
    for (condition, yes) in [("comment=\"a,b\"", true), ("comment=a,b", false), ("comment=x,\"a,b\"", true)] {
        assert_eq!(holds(condition, &event), yes, "{condition}");
    }
    let event = with("comment", r#""a \"b\", c""#);
    for (condition, yes) in
        [("comment=\"a \"\"b\"\", c\"", true), ("comment~\"\"\"\"", true), ("comment=\"\"\"\"", false)]
    {
        assert_eq!(holds(condition, &event), yes, "{condition}");
    }
}

#[test]
fn of_a_moment_its_day_its_time_and_its_hour_are_asked_in_the_shown_zone() {
    for (condition, yes) in [
        ("check_time.time>09:00", true),
        ("check_time.time>21:11:56", false),
        ("check_time.time=21:11:56", true),
        ("check_time.time<21:11:56", false),
        ("check_time.hour=21", true),
        ("check_time.hour>=22", false),
        ("check_time.day=2021-03-10", true),
        ("check_time.day=today", true),
        ("check_time.day=yesterday", false),
        ("day=2021-03-10", true),
        ("day<2021-03-10", false),
        ("create_time.time=21:11:57.707", true),
        ("check_time>=today", true),
        ("check_time>-1m", true),
        ("check_time.raw=1615381916", true),
        ("check_time.raw>1615381915", true),
        ("check_time_iso>2021-03-09", true),
        ("type_label=user punch", true),
        ("type.raw=0", true),
        ("type:raw=0", true),
    ] {
        assert_eq!(holds(condition, PUNCH), yes, "{condition}");
    }
}

#[test]
fn a_list_holds_if_an_item_does() {
    for (condition, yes) in [
        ("status_changes.current_status=Late", true),
        ("status_changes[].current_status=Late", true),
        ("status_changes.current_status=late in", true),
        ("status_changes.current_status=Early", false),
        ("status_changes.index>=0", true),
        ("status_changes.nothing=1", false),
    ] {
        assert_eq!(asked(condition).is_ok_and(|_| holds(condition, TASK)), yes, "{condition}");
    }
    let photos = with("photo_urls", r#"["https://a.example/1", "https://b.example/2"]"#);
    for (condition, yes) in [
        ("photo_urls=https://b.example/2", true),
        ("photo_urls~B.EXAMPLE", true),
        ("photo_urls=https://c.example", false),
        ("photo_urls!=https://a.example/1", true),
    ] {
        assert_eq!(holds(condition, &photos), yes, "{condition}");
    }
}

#[test]
fn a_path_leads_into_any_event_and_what_the_event_has_wins_over_a_word_of_ours() {
    let unknown = r#"{"schema": "2.0", "header": {"event_type": "example.lunch_v9", "create_time": "1615381917707"},
        "event": {"dish": {"name": "面", "price": 12.50, "sides": [{"name": "蛋"}, {"name": "豆腐"}]}, "when": "Wed",
        "served": "1615381916"}}"#;
    for (condition, yes) in [
        ("dish.name=面", true),
        ("event.dish.name=面", true),
        ("event.dish.price=12.5", true),
        ("event.dish.price>12", true),
        ("dish.sides.name=豆腐", true),
        ("dish.sides[0].name=豆腐", false),
        ("dish.sides[1].name=豆腐", true),
        ("event.served.time=21:11:56", true),
        ("event.served.day=2021-03-10", true),
        ("event.when=Wed", true),
        ("event_type=example.*", true),
        ("event_type=im.*,example.lunch_v9", true),
        ("event_type=example.dinner*", false),
        ("event_type!=example.*", false),
        ("header.create_time=1615381917707", true),
        ("event.create_time=1615381917707", false),
        ("event.dish.color=", true),
        ("event.dish.color!=", false),
        ("event.dish=", false),
    ] {
        assert_eq!(holds(condition, unknown), yes, "{condition}");
    }
    assert!(asked("when=Wed").is_err(), "only as event.when");
    for (condition, yes) in [("delay>1s", true), ("delay>2", false), ("delay=1707ms", true), ("line=1", true)]
    {
        assert_eq!(holds(condition, PUNCH), yes, "{condition}");
    }
}

#[test]
fn titles_are_names_too() {
    for (condition, yes) in [
        ("打卡时间=2021-03-10", true),
        ("punched=2021-03-10", true),
        ("Employee=2b68933a", true),
        ("employee=x", false),
        ("员工=2b68933a", true),
        ("risk>0", false),
        ("Event=punch record", true),
        ("事件=打卡流水", true),
        ("event_type=message,punch record", true),
        ("event_type!=punch record", false),
        ("event_type.raw=attendance.*", true),
        ("file.raw=x", false),
    ] {
        assert_eq!(holds(condition, PUNCH), yes, "{condition}");
    }
}

#[test]
fn near_names_are_offered_of_titles_and_of_paths_too() {
    for (name, hint) in [
        ("Emploee", "did you mean `Employee`?"),
        ("emploee", "did you mean `employee`?"),
        ("打卡时", "did you mean `打卡时间`?"),
        ("Evnt", "did you mean `Event`?"),
        ("chek_time", "did you mean `check_time`?"),
        ("message_id_list2", "did you mean `message_id_list`?"),
        ("current_supplment", "did you mean `status_changes.current_supplement`?"),
        ("内容", "is no field; name fields"),
        ("check_time.date", "`check_time` is a moment, behind which stands one of _iso, .day, .time, .hour"),
        ("打卡时间.minute", "is a moment"),
        ("check_time.iso", "did you mean `check_time_iso`?"),
        ("message.create_time.date", "`message.create_time` is a moment"),
        ("event", "event.NAME is a field of it"),
        ("a，b", "between names stands ,"),
        ("", "a name is missing"),
        ("colour_of_hat", "`larkspect schema TYPE` lists fields"),
    ] {
        let why = Name::parse(name).expect_err(name).to_string();
        assert!(why.contains(hint), "{why}");
    }
    for (name, hint) in [
        ("status_change.index", "; did you mean `status_changes.index`?"),
        ("sender_id.open_id", "; there is `sender.sender_id.open_id`"),
        ("chat_type", "; there is `message.chat_type`"),
        ("event.chat_type", "; there is `message.chat_type`"),
        ("event.parcel.weight", ""),
    ] {
        let words = Name::parse(name).unwrap().nowhere(Lang::En);
        assert_eq!(words, format!("no event had a field {name}{hint}"));
    }
}

#[test]
fn what_no_event_had_is_known_in_the_end() {
    let condition = asked("event.device.id=5").unwrap();
    let mut engine = Engine::new(Zone::Utc);
    let mut holds = |event: &str| {
        let seen = engine.document(event.as_bytes(), 0, &mut Findings::default()).unwrap();
        condition.holds(&seen, &Spot::default())
    };
    assert!(
        !holds(PUNCH)
            && condition
                .words(Lang::En)
                .is_some_and(|why| why.starts_with("no event had a field event.device.id"))
    );
    let event = PUNCH.replace("\"type\"", "\"device\": {\"id\": 6}, \"type\"");
    assert!(!holds(&event) && condition.words(Lang::En).is_none());
}

#[test]
fn what_only_events_of_other_types_can_be_is_said_in_the_end() {
    let condition = asked("type=abc").unwrap();
    let mut engine = Engine::new(Zone::Utc);
    let mut ask = |event: &str| {
        let seen = engine.document(event.as_bytes(), 0, &mut Findings::default()).unwrap();
        condition.holds(&seen, &Spot::default());
        condition.words(Lang::En)
    };
    assert!(ask(PUNCH).is_some_and(|why| why.contains("0 (user punch)")));
    let reaction =
        r#"{"schema":"2.0","header":{"event_type":"moments.reaction.created_v1"},"event":{"type":"abc"}}"#;
    assert_eq!(ask(reaction), None);
}

#[test]
fn a_moment_of_another_unit_has_no_twin_but_is_compared_as_what_was_meant() {
    let said = |value: &str| {
        let (event, mut said) = (with("check_time", value), None);
        let mut engine = Engine::new(Zone::Utc);
        let seen = engine.document(event.as_bytes(), 0, &mut Findings::default()).unwrap();
        let mut clock = crate::time::Clock::new(Zone::Utc);
        Name::parse("check_time_iso").unwrap().any(&seen, &Spot::default(), |got, part| {
            said = got.said(part, Lang::En, &mut clock);
            true
        });
        said
    };
    for value in ["\"1615381916\"", "1615381916"] {
        assert_eq!(said(value).as_deref(), Some("2021-03-10T13:11:56+00:00"), "{value}");
    }
    assert_eq!(said("\"1615381916000\""), None);
    assert!(holds("check_time=2021-03-10", &with("check_time", "\"1615381916000\"")));
}

#[test]
fn a_value_that_cannot_be_read_is_counted_once_and_only_where_it_met_nothing() {
    let event = with("check_time", "\"soon\"");
    for (condition, counted) in [
        ("check_time>2021-03-09", true),
        ("check_time=2021-03-09,2021-03-10", true),
        ("check_time!=2021-03-09", false),
        ("employee_id=x", false),
    ] {
        let condition = asked(condition).unwrap();
        let mut engine = Engine::new(Zone::Utc);
        let seen = engine.document(event.as_bytes(), 0, &mut Findings::default()).unwrap();
        condition.holds(&seen, &Spot::default());
        let words = condition.words(Lang::En).unwrap_or_default();
        assert_eq!(words.contains("1 value of it could not be read"), counted, "{words}");
    }
}
