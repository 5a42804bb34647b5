//! The names of fields: which are understood, and what is said of others.

use crate::support::program::{larkspect, line};

const SHIFT: &str = "fixtures/captures/shift.ndjson";
const MESSAGE: &str = "fixtures/im.message.receive_v1/example.json";

#[test]
fn a_slip_of_a_title_is_offered_the_title_by_every_command() {
    for (slip, title) in [("Emploee", "Employee"), ("打卡时", "打卡时间")] {
        for command in ["show", "check", "convert", "redact"] {
            let ran = larkspect([command, "--where", &format!("{slip}=x"), SHIFT]).run().exits(2);
            assert!(ran.err.contains(&format!("did you mean `{title}`?")), "{command}: {}", ran.err);
        }
        for command in ["show", "convert"] {
            for flag in ["--columns", "--sort"] {
                let ran = larkspect([command, flag, slip, SHIFT]).run().exits(2);
                assert!(ran.err.contains(&format!("did you mean `{title}`?")), "{command}: {}", ran.err);
            }
        }
    }
}

#[test]
fn the_titles_of_a_mixed_table_are_names_and_its_content_is_none() {
    let names = "Event,事件,event_type.raw";
    let shown = larkspect(["--columns", names, MESSAGE]).run().exits(0);
    assert_eq!(shown.text().matches("im.message.receive_v1").count(), 3, "{}", shown.text());
    let event = larkspect(["convert", "--columns", "Event,File", MESSAGE]).run().exits(0);
    assert_eq!(event.lines()[0], "event_type,file");
    assert_eq!(event.lines()[1], format!("im.message.receive_v1,{MESSAGE}"));
    for (condition, found) in
        [("Event=message received", true), ("事件=接收消息", true), ("event_type=打卡流水", false)]
    {
        let title = larkspect(["--where", condition, "--table", MESSAGE]).run().exits(0);
        assert_eq!(!title.out.is_empty(), found, "{condition}");
    }
    for command in ["show", "convert"] {
        let content = larkspect([command, "--columns", "内容", MESSAGE]).run().exits(2);
        assert!(content.err.contains("it says in short what an event is about"), "{}", content.err);
    }
}

#[test]
fn the_end_of_a_documented_path_is_offered_the_whole() {
    // The first is a field of other types.
    for (name, hint, code) in [
        ("chat_type", "there is `message.chat_type`", 0),
        ("messages.chat_type", "did you mean `message.chat_type`?", 2),
    ] {
        let wanted = format!("no event had a field {name}; {hint}");
        let asked = larkspect(["--where", &format!("{name}=p2p"), MESSAGE]).run().exits(code);
        assert!(asked.err.contains(&wanted), "{}", asked.err);
        // A table has no word for what only others of its types have.
        let commands = if name.starts_with("messages") { &["show", "convert"][..] } else { &["convert"] };
        for command in commands {
            let ran = larkspect([command, "--columns", name, MESSAGE]).run().exits(0);
            assert!(ran.err.contains(&wanted), "{command}: {}", ran.err);
        }
    }
}

#[test]
fn raw_of_a_list_is_its_json_in_every_command() {
    let event = line().replace("\"photo_urls\":[]", "\"photo_urls\":[\"a b\",  \n\"c\"],\"odd\":[1,\n2]");
    let run = |args: &[&str]| larkspect(args.iter().copied()).stdin(&*event).run().exits(0);
    for (name, list) in
        [("photo_urls", r#"["a b","c"]"#), ("Photos", r#"["a b","c"]"#), ("event.odd", "[1,2]")]
    {
        let raw = format!("{name}.raw");
        let shown = run(&["--columns", &raw, "-"]);
        assert!(shown.lines()[1].ends_with(list), "{}", shown.text());
        let tsv = run(&["convert", "-t", "tsv", "--columns", &raw, "-"]);
        assert_eq!(tsv.lines()[1].replace("\"\"", "\"").trim_matches('"'), list, "{}", tsv.text());
    }
    let plain = run(&["convert", "--columns", "photo_urls,event.odd", "-"]);
    assert_eq!(plain.lines()[1], "a b c,1 2");
}

#[test]
fn a_column_may_be_asked_for_twice() {
    let names = "record_id,打卡记录 ID,record_id";
    let run =
        |args: &[&str]| larkspect(args.iter().chain(&["--columns", names, "-n1", SHIFT])).run().exits(0);
    let id = "6938187377362930394";
    assert_eq!(run(&["show"]).text().matches(id).count(), 3);
    assert_eq!(run(&["convert"]).lines(), [names, &[id; 3].join(",")]);
    // A key stands only once in an object.
    let json = run(&["convert", "-t", "ndjson"]);
    assert_eq!(json.lines(), [format!(r#"{{"record_id":"{id}","打卡记录 ID":"{id}"}}"#)]);
}

#[test]
fn nothing_behind_the_last_comma_is_no_column() {
    for command in ["show", "convert"] {
        let ran = larkspect([command, "--columns", "employee_id, ", SHIFT]).run().exits(0);
        assert!(ran.lines()[0].ends_with("employee_id"), "{}", ran.text());
        let twice = larkspect([command, "--columns", "employee_id,,type", SHIFT]).run().exits(2);
        assert!(twice.err.contains("a name is missing beside a comma"), "{}", twice.err);
        let wide = larkspect([command, "--columns", "employee_id，type", SHIFT]).run().exits(2);
        assert!(wide.err.contains("between names stands , instead of ，"), "{}", wide.err);
    }
}
