//! What `convert` writes of captures that are not of one type, and what it says of all that it does not write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use crate::support::program::{Folder, OFFICIAL, Program, Ran, fixture, larkspect, line};

const SHIFT: &str = "fixtures/captures/shift.ndjson";
const MIXED: &str = "fixtures/captures/mixed.ndjson";
const TASK: &str = "fixtures/attendance.user_task.updated_v1/documented.json";
const PUNCH: &str = "attendance.user_flow.created_v1";

fn convert(args: &[&str]) -> Program {
    larkspect([&["convert"], args].concat())
}

/// Of events on standard input.
fn piped(args: &[&str], text: &str) -> Ran {
    convert(args).stdin(text).run()
}

/// An event of a type of nobody's.
fn other(name: &str, id: usize) -> String {
    format!(
        "{{\"schema\":\"2.0\",\"header\":{{\"event_type\":\"{name}\",\"event_id\":\"{id}\",\"token\":\"t\",\"app_id\":\"a\",\
         \"tenant_key\":\"k\",\"create_time\":\"1615381917707\"}},\"event\":{{\"n\":{id}}}}}\n"
    )
}

/// The files of a directory by their names.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect()
}

#[test]
fn columns_have_the_names_that_show_has() {
    let names = "file,line, delay,Risk,打卡时间,type:raw,type.raw,check_time.day,check_time.time,check_time.hour,day,\
                 header.app_id,event.record_id";
    let ran = convert(&["--tz", "+08:00", "--columns", names, SHIFT]).run().exits(0);
    assert_eq!(
        ran.lines()[..2],
        [
            "file,line,delay,risk_result,check_time,type:raw,type.raw,check_time.day,check_time.time,check_time.hour,\
             day,header.app_id,event.record_id",
            "fixtures/captures/shift.ndjson,1,1.707,0,1615422672,0,0,2021-03-11,08:31:12,8,2021-03-11,\
             cli_a0c203e66cf8100c,6938187377362930394",
        ]
    );
    // A title of several fields is each of them.
    let ran = convert(&["--columns", "Employee", OFFICIAL]).run().exits(0);
    assert_eq!(ran.lines(), ["employee_id,employee_no", "2b68933a,"]);
    // What is a number stays one.
    let json =
        convert(&["-t", "ndjson", "--columns", "line,delay,check_time.hour,day", OFFICIAL]).run().exits(0);
    assert_eq!(json.text(), "{\"line\":1,\"delay\":1.707,\"check_time.hour\":13,\"day\":\"2021-03-10\"}\n");
    for threads in ["-j1", "-j3"] {
        let text = line().repeat(9000);
        let lines = piped(&[threads, "--columns", "line", "--window", "0"], &text).exits(0);
        assert!(lines.lines()[1..].iter().enumerate().all(|(at, line)| *line == (at + 1).to_string()));
    }
}

#[test]
fn a_name_that_is_a_slip_has_the_same_hint_as_in_show() {
    for (name, hint) in [
        ("chek_time", "unknown field `chek_time`; did you mean `check_time`?"),
        ("nothing", "unknown field `nothing`; no event type has it; `larkspect schema TYPE` lists fields"),
        ("employee_id_iso", "`employee_id` has no moment"),
    ] {
        let refused = convert(&["--columns", name, SHIFT]).run().exits(2);
        let shown = larkspect(["--columns", name, SHIFT]).run().exits(2);
        assert!(refused.err.contains(hint) && refused.err == shown.err, "{}{}", refused.err, shown.err);
    }
    let twin = convert(&["--columns", "chek_time_iso", SHIFT]).run().exits(2);
    assert!(twin.err.contains("did you mean `check_time_iso`?"), "{}", twin.err);
    for secret in ["token", "header.token", "event.token.raw"] {
        let refused = convert(&["--columns", secret, SHIFT]).run().exits(2);
        assert!(refused.err.contains("is a secret"), "{}", refused.err);
    }
    let known = convert(&["--columns", "header.token", "--show-secrets", OFFICIAL]).run().exits(0);
    assert!(known.text().contains("wz5vVgAqJ0cghdfdjdVuxeyTt8hvYHBg"));
    let none = convert(&["--columns", "employee_id,event.device.id", SHIFT]).run().exits(0);
    assert!(none.err.contains("no event had a field event.device.id"), "{}", none.err);
    let default = convert(&["--event", "drive.file.title_updated_v1", MIXED]).run();
    assert!(!default.err.contains("no event had"), "{}", default.err);
}

#[test]
fn what_stands_in_a_list_has_a_column_with_and_without_a_row_for_each_item() {
    let names = "employee_id,status_changes.current_status,status_changes.current_status_label,status_changes[].index";
    let ran = convert(&["--columns", names, TASK]).run().exits(0);
    assert_eq!(ran.lines(), [names, "2b68933a,Late,late in,1"]);
    let two = String::from_utf8(fixture("attendance.user_task.updated_v1/documented.json")).unwrap();
    let (start, end) = (two.find('[').unwrap(), two.find(']').unwrap());
    let items = &two[start + 1..end];
    let two = format!("{},{}{}", &two[..end], items.replace("Late", "Early"), &two[end..]);
    let ran = piped(&["--columns", names], &two).exits(0);
    assert_eq!(ran.lines()[1], "2b68933a,Late Early,late in early out,1 1");
    let json = piped(
        &["-t", "ndjson", "--columns", "status_changes.current_status,status_changes.current_status_label"],
        &two,
    );
    assert_eq!(
        json.exits(0).text(),
        "{\"status_changes.current_status\":[\"Late\",\"Early\"],\
         \"status_changes.current_status_label\":[\"late in\",\"early out\"]}\n"
    );
    let rows = piped(&["--explode", "status_changes", "--columns", names], &two).exits(0);
    assert_eq!(rows.lines()[1..], ["2b68933a,Late,late in,1", "2b68933a,Early,early out,1"]);
}

#[test]
fn repeats_are_counted_and_dedupe_drops_them() {
    let plain = convert(&[SHIFT]).run().exits(0);
    assert_eq!(plain.rows().len(), 12);
    assert_eq!(
        plain.err,
        "larkspect: 12 of 12 events converted; 1 has the event_id of an earlier one (--dedupe drops it if it says the \
         same)\n"
    );
    let without = convert(&["--dedupe", SHIFT]).run().exits(0);
    assert_eq!(without.rows().len(), 11);
    assert_eq!(without.err, "larkspect: 11 of 12 events converted; 1 duplicate delivery left out\n");
    assert_eq!(convert(&["--window", "0", SHIFT]).run().exits(0).err, "");
    // The same id with other content is another row, and dropped by nobody.
    let text = line() + &line().replace("\"comment\":\"\"", "\"comment\":\"x\"");
    assert_eq!(piped(&["--dedupe"], &text).exits(0).lines().len(), 3);
    // The first of all files counts.
    let twice = convert(&["--dedupe", SHIFT, SHIFT]).run().exits(0);
    assert_eq!(twice.out, without.out);
    for format in ["json", "ndjson", "tsv"] {
        let once = convert(&["-t", format, "--dedupe", SHIFT]).run().exits(0);
        assert_eq!(
            convert(&["-t", format, "--dedupe", SHIFT, SHIFT]).run().exits(0).out,
            once.out,
            "{format}"
        );
    }
}

#[test]
fn an_event_that_says_something_else_was_called_a_duplicate_for_dedupe_to_drop() {
    let text = line() + &line().replace("\"comment\":\"\"", "\"comment\":\"x\"");
    let said = "2 of 2 events converted; 1 has the event_id of an earlier one (--dedupe drops it if it says the same)";
    assert!(piped(&[], &text).exits(0).err.contains(said));
    let zh = piped(&["--lang", "zh"], &text).exits(0).err;
    assert!(zh.contains("1 个事件的 event_id 与之前的相同（--dedupe 去掉内容也相同的）"), "{zh}");
    assert_eq!(piped(&["--dedupe"], &text).exits(0).err, "");
}

#[test]
fn types_of_which_no_row_remained_had_files_without_rows() {
    let folder = Folder::new();
    let mixed = larkspect(["sample", "--mix", "-n", "300", "--seed", "3"]).run().exits(0).out;
    for threads in ["-j1", "-j3"] {
        let into = folder.path().join(threads);
        let args = [threads, "--sort=-create_time", "-n", "3", "--split", into.to_str().unwrap()];
        let ran = convert(&args).stdin(&*mixed).run().exits(0);
        let files = files(&into);
        assert!(files.len() <= 3 && files.values().all(|text| text.lines().count() > 1), "{files:?}");
        assert!(ran.err.contains(&format!("3 of 300 events converted; {} file", files.len())), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1 + files.len(), "{}", ran.err);
    }
    // A table has its head all the same.
    let none = convert(&["--sort=line", "-n", "0", "--columns", "line", SHIFT]).run().exits(0);
    assert_eq!(none.text(), "line\n");
}

#[test]
fn allow_empty_left_the_file_of_the_day_before() {
    let folder = Folder::new();
    for (format, whole) in [("csv", ""), ("tsv", ""), ("ndjson", ""), ("json", "[\n]\n"), ("md", "")] {
        let out = folder.file(format!("day.{format}"), "yesterday");
        let path = out.to_str().unwrap();
        let refused = convert(&["-o", path]).stdin("\n").run().exits(2);
        assert!(refused.err.contains("there was no event to convert"), "{}", refused.err);
        assert_eq!(fs::read_to_string(&out).unwrap(), "yesterday");
        convert(&["--allow-empty", "-o", path]).stdin("\n").run().exits(0);
        assert_eq!(fs::read_to_string(&out).unwrap(), whole, "{format}");
        let piped = convert(&["--allow-empty", "--to", format]).stdin("\n").run().exits(0);
        assert_eq!(piped.text(), whole, "{format}");
    }
    let named = convert(&["--allow-empty", "--event", PUNCH, "--columns", "type"]).stdin("\n").run().exits(0);
    assert_eq!(named.text(), "type\n");
}

#[test]
fn a_hostile_name_of_a_type_ran_in_the_shell_it_was_pasted_into() {
    let marker = "'; touch pwned; echo '";
    let names = [marker, "$(touch pwned)", "\\u001b[31mred", "x\\u202ey", "-rf", "a*"];
    let events: String = names.iter().enumerate().map(|(id, name)| other(name, id)).collect();
    let folder = Folder::new();
    let input = folder.file("mixed.ndjson", line() + &events);
    let ran = convert(&[input.to_str().unwrap()]).run().exits(1);
    assert!(!ran.err.contains(['\u{1b}', '\u{202e}']), "{}", ran.err);
    let flags: Vec<&str> = ran.err.lines().filter_map(|line| Some(&line[line.find("--event")?..])).collect();
    assert_eq!(flags.len(), 3, "{}", ran.err);
    // What is listed beside a count is what chooses it, in a shell too.
    for flag in flags {
        let command = format!("\"$0\" convert --columns event_id {flag} mixed.ndjson");
        let mut shell = std::process::Command::new("sh");
        let ran = shell.args(["-c", &command, env!("CARGO_BIN_EXE_larkspect")]).current_dir(folder.path());
        let ran = ran.output().unwrap();
        assert_eq!(String::from_utf8_lossy(&ran.stdout).lines().count(), 2, "{flag}");
    }
    assert_eq!(folder.names(), ["mixed.ndjson"]);
}

#[test]
fn a_limit_stops_reading() {
    let all = convert(&[SHIFT]).run().exits(0);
    for threads in ["-j1", "-j3"] {
        for most in [0, 1, 5, 12] {
            let ran = convert(&[threads, "-n", &most.to_string(), SHIFT]).run().exits(0);
            assert_eq!(ran.rows(), all.rows()[..most], "{threads} {most}");
            assert_eq!(ran.lines()[0], all.lines()[0]);
            assert!(ran.err.contains("converted; the rest was not read"), "{}", ran.err);
        }
        let more = convert(&[threads, "-n", "99", SHIFT]).run().exits(0);
        assert_eq!(more.out, all.out);
    }
    let json = convert(&["-t", "json", "-n", "2", "--columns", "line", SHIFT]).run().exits(0);
    assert_eq!(json.text(), "[\n{\"line\":1},\n{\"line\":2}\n]\n");
    // What comes behind it is not looked at.
    let broken = format!("{}{{\"schema\":\"2.0\",,}}\n", line());
    piped(&["-n", "1"], &broken).exits(0);
    // A stream need not end.
    let mut program = convert(&["-n", "2", "--columns", "line"]);
    let mut child = program.spawn();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(line().repeat(2).as_bytes()).unwrap();
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert_eq!((child.wait().unwrap().code(), &*out), (Some(0), "line\n1\n2\n"));
    drop(pipe);
}

#[test]
fn rows_are_sorted_by_any_field_and_equals_stay() {
    let column = |ran: &Ran| ran.lines()[1..].iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    for threads in ["-j1", "-j3"] {
        let sorted = |args: &[&str]| {
            column(&convert(&[&[threads, "--columns", "employee_id", SHIFT], args].concat()).run().exits(0))
        };
        let all = sorted(&["--sort", "employee_id"]);
        assert!(all.len() == 12 && all.is_sorted(), "{all:?}");
        let reversed: Vec<_> = all.iter().rev().cloned().collect();
        assert_eq!(sorted(&["--sort=-employee_id"]), reversed);
        assert_eq!(sorted(&["--sort=-employee_id", "-n", "3"]), reversed[..3]);
        assert_eq!(sorted(&["--sort=event_type"]), sorted(&[]), "all of them are equal");
        assert_eq!(sorted(&["--sort=-line"]), sorted(&[]).into_iter().rev().collect::<Vec<_>>());
        assert_eq!(sorted(&["--sort=employee_id", "--dedupe"]).len(), 11);
    }
    let ran =
        convert(&["-t", "json", "--sort=-delay", "-n", "2", "--columns", "delay", SHIFT]).run().exits(0);
    assert_eq!(ran.text(), "[\n{\"delay\":4.410},\n{\"delay\":3.105}\n]\n");
    assert!(ran.err.contains("2 of 12 events converted"), "{}", ran.err);
    let exploded =
        convert(&["--explode", "status_changes", "--sort", "line", "--columns", "status_changes_item", TASK]);
    assert_eq!(exploded.run().exits(0).lines(), ["status_changes_item", "0"]);
}

#[test]
fn what_cannot_be_said_is_counted_and_named() {
    let with = |from: &str, to: &str| line().replace(from, to);
    for (text, said) in [
        (with("\"1615381916\"", "\"1615381916000\""), "check_time_iso: 1 value is no such moment"),
        (with("\"1615381917707\"", "\"1615381917\""), "create_time_iso: 1 value is no such moment"),
        (with("\"1615381916\"", "\"2021-03-10\""), "check_time_iso: 1 value is no such moment"),
        (with("\"type\":0", "\"type\":99"), "type_label: 1 value is not documented"),
        (
            with("\"comment\":\"\"", "\"comment\":\"\",\"a\":1,\"b\":{\"c\":1}").repeat(2),
            "4 values of 2 undocumented fields are left out (--extra)",
        ),
        (
            with("\"comment\":\"\"", "\"comment\":\"\",\"a\":null"),
            "1 value of 1 undocumented field is left out",
        ),
    ] {
        let ran = piped(&["--window", "0"], &text).exits(0);
        assert!(ran.err.starts_with("larkspect: ") && ran.err.contains(said), "{}", ran.err);
        assert!(!ran.text().contains("53159") && !ran.text().contains("1970"), "{}", ran.text());
    }
    // What is meant is said: a number for a text, a text for a number.
    let meant = with("\"1615381916\"", "1615381916").replace("\"type\":0", "\"type\":\"5\"");
    let ran = piped(&["--columns", "check_time_iso,type_label"], &meant).exits(0);
    assert_eq!((ran.lines()[1], &*ran.err), ("2021-03-10T13:11:56+00:00,attendance machine", ""));
    // Who chose the columns, or took all, misses nothing.
    let odd = with("\"comment\":\"\"", "\"comment\":\"\",\"a\":1");
    for args in [&["--extra"][..], &["--columns", "employee_id"]] {
        assert_eq!(piped(args, &odd).exits(0).err, "");
    }
    // A field that nothing is said of is no loss.
    assert_eq!(piped(&[], &with("\"1615381916\"", "\"\"")).exits(0).err, "");
    let items = String::from_utf8(fixture("attendance.user_task.updated_v1/documented.json")).unwrap();
    let items = items.replace("\"index\"", "\"odd\": 1, \"index\"");
    // Nobody misses what is of an event that was not asked for.
    let text = odd.replace("2b68933a", "e1") + &line();
    assert_eq!(piped(&["--where", "employee_id!=e1"], &text).exits(0).err, "");
    assert_eq!(piped(&[], &items).exits(0).err, "", "the list has a column");
    let ran = piped(&["--explode", "status_changes"], &items).exits(0);
    assert!(ran.err.contains("1 value of 1 undocumented field"), "{}", ran.err);
}

#[test]
fn values_under_keys_of_credentials_were_dropped_in_silence() {
    let unknown = other("b.c_v1", 1).replace(
        "\"n\":1",
        r#""n":1,"app_ticket":"1","a":{"password":"p"},"b":[{"preview_token":"q"},{"access_token":"z"}],"Authorization":"x""#,
    );
    let punch = line().replace("\"comment\":\"\"", "\"comment\":\"\",\"password\":\"x\"");
    for (text, args, said) in [
        (&unknown, &[][..], "5 values under keys of credentials are left out (--show-secrets)"),
        (&unknown, &["--extra"], "5 values under keys of credentials are left out (--show-secrets)"),
        (&punch, &[], "1 value under keys of credentials is left out (--extra --show-secrets)"),
        (&punch, &["--extra"], "1 value under keys of credentials is left out (--show-secrets)"),
        (&punch, &["--show-secrets"], "1 value under keys of credentials is left out (--extra)"),
    ] {
        let ran = piped(args, text).exits(0);
        assert!(ran.err.ends_with(&format!("           {said}\n")), "{}", ran.err);
        assert!(args.contains(&"--show-secrets") || !ran.text().contains("password"), "{}", ran.text());
    }
    for text in [unknown, punch] {
        assert_eq!(piped(&["--extra", "--show-secrets"], &text).exits(0).err, "");
    }
}

#[test]
fn rows_of_exploded_lists_were_counted_as_events() {
    let twice = fs::read_to_string(TASK).unwrap().repeat(2);
    let ran = piped(&["--explode", "status_changes"], &twice).exits(0);
    let rows = ran.lines().len() - 1;
    assert!(ran.err.contains(&format!("{rows} rows of 2 events converted")), "{}", ran.err);
}

#[test]
fn one_glob_that_nothing_is_called_was_several_types() {
    let refused = convert(&["--event", "nope.*", SHIFT]).run().exits(2);
    assert!(refused.err.contains("no known event type is called nope.*"), "{}", refused.err);
    let refused = convert(&["--event", "attendance.*", SHIFT]).run().exits(2);
    assert!(refused.err.contains("--event names several types"), "{}", refused.err);
}

#[test]
fn types_that_are_written_were_listed_without_end_and_in_no_order() {
    let folder = Folder::new();
    let long = format!("{}.b_v1", "long".repeat(75));
    let names = (0..50).map(|at| format!("a.b{at}_v1")).chain([long.clone(), long]);
    let text: String = names.enumerate().map(|(at, name)| other(&name, at)).collect();
    let ran = piped(&["--split", folder.path().to_str().unwrap()], &text).exits(0);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert!(lines[1].trim_start().starts_with("2  longlong") && lines[1].len() < 160, "{}", ran.err);
    assert_eq!((lines.len(), lines[41].trim()), (42, "and 11 more"), "{}", ran.err);
    let ran = piped(&["--event", "punch record", "--columns", "type"], &text).exits(0);
    assert!(!ran.err.contains("more"), "nobody misses them: {}", ran.err);
    let ran = piped(&["--columns", "type"], &(line() + &text)).exits(1);
    let listed = ran.err.lines().filter(|line| line.contains("  --event a.")).count();
    assert!((9..=10).contains(&listed) && ran.err.contains("        and 41 more\n"), "{}", ran.err);
}

#[test]
fn findings_are_named_up_to_fifty_in_a_file() {
    let ran = piped(&[], &(line() + &"{\"schema\":\"2.0\",,}\n".repeat(80))).exits(1);
    assert_eq!(ran.err.lines().filter(|line| line.contains("error[json-syntax]")).count(), 50);
    assert!(ran.err.contains("-: and 30 more like these"), "{}", ran.err);
}

#[test]
fn a_mixed_capture_says_what_it_leaves_out_and_how_to_come_by_it() {
    let text = [line(), other("b.c_v1", 1), other("a.b_v1", 2), other("b.c_v1", 3), line()].concat();
    for threads in ["-j1", "-j3"] {
        let ran = piped(&[threads, "--window", "0", "--columns", "employee_id"], &text).exits(1);
        assert_eq!(ran.lines(), ["employee_id", "2b68933a", "2b68933a"]);
        assert_eq!(
            ran.err,
            "larkspect: -:2: b.c_v1 begins; only attendance.user_flow.created_v1 is converted\n\
             larkspect: 2 of 5 events converted\n           \
             a table has the columns of one type; not converted:\n                \
             2  --event b.c_v1\n                1  --event a.b_v1\n                   \
             --split DIR writes a file for each type, -o FILE.xlsx a sheet\n"
        );
    }
    // Who asked for a type misses no other.
    let one = piped(&["--event", "b.c_v1", "--columns", "event_id"], &text).exits(0);
    assert_eq!((one.lines(), &*one.err), (vec!["event_id", "1", "3"], ""));
    let challenge = "{\"challenge\":\"c\",\"token\":\"t\",\"type\":\"url_verification\"}\n";
    assert_eq!(piped(&["--event", "b.c_v1", "--columns", "event_id"], &(text + challenge)).exits(0).err, "");
    // It is said as soon as it comes.
    let mut program = convert(&[]);
    let mut child = program.spawn();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all((line() + &other("x.y_v1", 1)).as_bytes()).unwrap();
    let mut said = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(said, format!("larkspect: -:2: x.y_v1 begins; only {PUNCH} is converted\n"));
    drop(pipe);
    child.wait().unwrap();
}

#[test]
fn a_file_for_each_type_has_what_each_type_alone_has() {
    let folder = Folder::new();
    let mixed = larkspect(["sample", "--mix", "-n", "400", "--seed", "3"]).run().exits(0).out;
    let types: Vec<String> = {
        let types = piped(&["-t", "ndjson", "--split", "unused", "--event", "no.such_v1"], "").exits(2);
        assert!(types.err.contains("no event to convert"));
        assert!(!Path::new("unused").exists(), "nothing is made for nothing");
        let name = |line: &str| {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            let name = event["header"]["event_type"].as_str().or(event["event"]["type"].as_str());
            name.unwrap().to_owned()
        };
        std::str::from_utf8(&mixed).unwrap().lines().map(name).collect()
    };
    let mut distinct = types.clone();
    distinct.sort();
    distinct.dedup();
    assert!(distinct.len() > 5, "{distinct:?}");
    for threads in ["-j1", "-j3"] {
        for format in ["csv", "json"] {
            let into = folder.path().join(format!("{format}{threads}/deep"));
            // In some pieces.
            let size = ["--max-document", "64k"];
            let args = ["-t", format, threads, "--window", "0", "--split", into.to_str().unwrap()];
            let ran = convert(&args).args(&size).stdin(&*mixed).run();
            assert!(ran.out.is_empty(), "{ran:?}");
            assert!(
                ran.err.contains(&format!("{} files in {}", distinct.len(), into.display())),
                "{}",
                ran.err
            );
            let files = files(&into);
            assert_eq!(files.len(), distinct.len());
            for name in &distinct {
                let alone = convert(&["-t", format, "--event", name]).stdin(&*mixed).run();
                assert_eq!(files[&format!("{name}.{format}")], alone.text(), "{name}");
                let rows = types.iter().filter(|other| *other == name).count();
                assert!(ran.err.contains(&format!("{rows:>6}  {name}.{format}\n")), "{}", ran.err);
            }
        }
    }
    // Some of them, sorted, and as far as is wanted.
    let into = folder.path().join("some");
    let some = format!("{PUNCH},im.*");
    let args = ["--event", &some, "--sort=-create_time", "--columns", "create_time", "-n", "20", "--split"];
    let ran = convert(&args).args(&[&into]).stdin(&*mixed).run().exits(0);
    let files = files(&into);
    assert!(files.keys().all(|name| name.starts_with("im.") || name.starts_with(PUNCH)), "{ran:?}");
    let rows: Vec<Vec<&str>> = files.values().map(|text| text.lines().skip(1).collect()).collect();
    assert_eq!(rows.iter().map(Vec::len).sum::<usize>(), 20);
    assert!(rows.iter().all(|rows| rows.iter().rev().is_sorted()));
}

#[test]
fn files_for_types_are_whole_or_not_there_and_their_names_safe() {
    let folder = Folder::new();
    let into = folder.path().join("into");
    fs::create_dir(&into).unwrap();
    fs::write(into.join("b.c_v1.csv"), "old").unwrap();
    let split = |text: &str, more: &[&str]| {
        convert(
            &[&["--window", "0", "--columns", "event_id", "--split", into.to_str().unwrap()], more].concat(),
        )
        .stdin(text)
        .run()
    };
    // An input that is cut leaves what was there.
    let failed = split(&other("b.c_v1", 1), &["-", "no/such/file"]).exits(2);
    assert!(failed.err.contains("b.c_v1.csv: not written"), "{}", failed.err);
    assert_eq!(files(&into), BTreeMap::from([("b.c_v1.csv".to_owned(), "old".to_owned())]));
    let text = [other("../x", 1), other("B.c_v1", 2), other("b.c_v1", 3), other("", 4)].concat();
    split(&text, &[]).exits(0);
    let names = files(&into).into_keys().collect::<Vec<_>>();
    assert_eq!(names, ["B.c_v1.csv", "_x.csv", "b.c_v1-2.csv", "b.c_v1.csv", "event_without_a_type.csv"]);
    // A file is no directory, and one output is enough.
    let refused = convert(&["--split", into.join("b.c_v1.csv").to_str().unwrap(), OFFICIAL]).run().exits(2);
    assert!(refused.err.contains("b.c_v1.csv: "), "{}", refused.err);
    convert(&["--split", "x", "-o", "y.csv", OFFICIAL]).run().exits(2);
    // One of the files that are read is not written over.
    let input = into.join(format!("{PUNCH}.csv"));
    fs::write(&input, line()).unwrap();
    let ran = convert(&["--split", into.to_str().unwrap(), input.to_str().unwrap()]).run().exits(2);
    assert!(ran.err.contains("is also the input"), "{}", ran.err);
}

#[test]
fn more_types_than_files_may_be_open_are_left_out_by_name() {
    let text: String = (0..300).map(|at| other(&format!("t.{at}_v1"), at)).collect::<String>().repeat(3);
    for threads in ["-j1", "-j3"] {
        let folder = Folder::new();
        let args =
            [threads, "--window", "0", "--columns", "event_id", "--split", folder.path().to_str().unwrap()];
        let ran = piped(&args, &text).exits(1);
        assert_eq!(files(folder.path()).len(), 256);
        assert_eq!(files(folder.path())["t.7_v1.csv"], "event_id\n7\n7\n7\n");
        assert!(ran.err.contains("768 of 900 events converted"), "{}", ran.err);
        assert!(
            ran.err.contains("no more than 256 types")
                && ran.err.contains("     3  --event t.256_v1")
                && ran.err.ends_with("        and 34 more\n"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn several_types_want_a_file_each() {
    for event in ["im.*", "im.message.receive_v1,attendance.*", "a.b_v1,c.d_v1"] {
        let ran = convert(&["--event", event, SHIFT]).run().exits(2);
        assert!(ran.err.contains("--split DIR"), "{}", ran.err);
    }
    let twice =
        convert(&["--event", PUNCH, "--event", "punch record", "--window", "0", SHIFT]).run().exits(0);
    assert_eq!(twice.rows().len(), 12);
}

#[test]
fn nothing_at_all_is_a_failure_unless_it_is_allowed() {
    let refused = piped(&["--event", PUNCH], "").exits(2);
    assert!(refused.out.is_empty());
    let allowed = piped(&["--event", PUNCH, "--columns", "employee_id", "--allow-empty"], "").exits(0);
    assert_eq!(allowed.text(), "employee_id\n");
    assert_eq!(piped(&["--allow-empty", "-t", "json", "--event", PUNCH], "").exits(0).text(), "[\n]\n");
    assert_eq!(piped(&["--allow-empty"], "").exits(0).text(), "");
    // What could not be read is no nothing.
    piped(&["--allow-empty"], "{\"schema\":\"2.0\",,}\n").exits(1);
}

#[test]
fn rows_without_names_want_their_type_where_they_are_piped() {
    let ran = piped(&["--no-header"], &line()).exits(2);
    assert!(ran.out.is_empty() && ran.err.contains("wants --event TYPE"), "{}", ran.err);
    assert_eq!(piped(&["--no-header", "--event", PUNCH], &line()).exits(0).lines().len(), 1);
    assert_eq!(convert(&["--no-header", OFFICIAL]).run().exits(0).lines().len(), 1);
}

/// Names as long as documents were remembered, for as many types as were told apart.
#[test]
fn a_name_that_is_none_for_its_length_is_counted_and_cut() {
    let long = "x".repeat(100_000);
    let text = [line(), other(&format!("{long}1"), 1), other(&format!("{long}2"), 2)].concat();
    for args in
        [&["--columns", "type"][..], &["--columns", "event_id", "--event", "*", "--split", "/dev/null"]]
    {
        let ran = piped(args, &text);
        assert!(ran.code > 0 && ran.err.len() < 4000, "{}", ran.err.len());
    }
    let ran = piped(&["--columns", "employee_id"], &text).exits(1);
    assert!(ran.err.contains("     2  xxx"), "{}", ran.err);
}

#[test]
fn columns_that_all_types_have_left_all_types_out_but_one() {
    let text =
        larkspect(["sample", "--mix", "--count", "60", "--seed", "3"]).run().exits(0).text().to_owned();
    let columns = "event_type,delay,create_time_iso,header.tenant_key,day,line";
    let ran = piped(&["--columns", columns], &text).exits(0);
    assert_eq!((ran.rows().len(), &*ran.err), (60, ""));
    let lines: Vec<String> = ran.rows().iter().map(|row| row[5].to_owned()).collect();
    assert!(lines.iter().enumerate().all(|(at, line)| *line == (at + 1).to_string()));
    let types: BTreeSet<String> = ran.rows().iter().map(|row| row[0].to_owned()).collect();
    assert!(types.len() > 5, "{types:?}");
    for (event, count) in [("*", 60), ("im.*", 31), ("punch record", 7), ("im.*,punch record", 38)] {
        let ran = piped(&["--columns", columns, "--event", event], &text).exits(0);
        assert_eq!(ran.rows().len(), count, "{event}");
    }
    let slowest = piped(&["--columns", columns, "--sort=-delay", "-n", "5", "--no-header"], &text).exits(0);
    assert_eq!(slowest.lines().len(), 5);
    let objects = piped(&["-t", "ndjson", "--columns", "event_type,event"], &text).exits(0);
    assert_eq!(objects.lines().len(), 60);
    let none = piped(&["--columns", columns, "--where", "type=77"], &text).exits(0);
    assert_eq!(none.text().trim_end(), columns);
    assert_eq!(piped(&["--columns", columns, "--allow-empty"], "").exits(0).text().trim_end(), columns);
    piped(&["--columns", columns], "").exits(2);
    // One of them is of one type, or of what only its type tells.
    for args in [&["--columns", "event_type,employee_id"][..], &["--columns", "event_type", "--extra"]] {
        assert!(piped(args, &text).exits(1).err.contains("a table has the columns of one type"));
    }
}

#[test]
fn a_dash_alone_was_taken_for_a_formula() {
    let comment = line().replace("\"comment\":\"\"", "\"comment\":\"-\"");
    for format in ["csv", "tsv"] {
        let ran = piped(&["-t", format, "--columns", "file,comment,line"], &comment).exits(0);
        let between = if format == "csv" { "," } else { "\t" };
        assert_eq!(ran.lines()[1], ["-", "-", "1"].join(between));
    }
}
