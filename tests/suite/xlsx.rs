//! Books as they are read by another program: they say what the CSV says, cell by cell.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Range, Reader, Xlsx};

use crate::support::program::{Folder, OFFICIAL, larkspect, line};

/// The sheets of a book, in order.
fn sheets(book: &[u8]) -> Vec<(String, Range<Data>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let names = book.sheet_names();
    names.into_iter().map(|name| (name.clone(), book.worksheet_range(&name).unwrap())).collect()
}

/// Whether a cell says what a field of CSV says, in a column of this name.
fn says(cell: &Data, column: &str, field: &str) -> bool {
    match cell {
        Data::Empty => field.is_empty(),
        Data::String(text) => text == field,
        Data::Bool(flag) => flag.to_string() == field,
        // No digit may be lost: what is no double is text.
        Data::Float(number) => number.to_string() == field || *number == 0.0 && field == "0",
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
            let shown = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
            column.ends_with("_iso")
                && [format!("{shown}+08:00"), format!("{shown}.{milli:03}+08:00")].contains(&field.to_owned())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_book_says_what_the_csv_says() {
    let folder = Folder::new();
    let mix = larkspect(["sample", "--mix", "--count", "3000", "--seed", "11"]).run().exits(0).out;
    let hostile = line().replace(
        "\"comment\":\"\"",
        "\"comment\":\"=1+1,\\\"x\\\"\\r\\n\\t <b>&amp; _x0041_ \\u0001\\ufffe\\u202e浙😀 \"",
    );
    let input = folder.file("mix.ndjson", [&mix[..], hostile.as_bytes()].concat());
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    for event in String::from_utf8(mix).unwrap().lines() {
        let event: serde_json::Value = serde_json::from_str(event).unwrap();
        if let Some(name) = event["header"]["event_type"].as_str() {
            *types.entry(name.to_owned()).or_default() += 1;
        }
    }
    let mut kinds = [0; 4];
    let mut most: Vec<_> = types.into_iter().collect();
    most.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (name, count) in &most[..12] {
        let args = ["convert", "--tz", "+08:00", "--lang", "zh", "--event", name, input.to_str().unwrap()];
        let csv = larkspect([&args[..], &["--no-guard"]].concat()).run().exits(0);
        let book = larkspect([&args[..], &["--to", "xlsx"]].concat()).run().exits(0);
        assert_eq!(csv.err, book.err);
        let sheets = sheets(&book.out);
        let range = &sheets[0].1;
        let mut reader = csv::Reader::from_reader(&*csv.out);
        let columns = reader.headers().unwrap().clone();
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        let extra = usize::from(name == "attendance.user_flow.created_v1");
        assert_eq!((rows.len(), range.height()), (count + extra, count + extra + 1), "{name}");
        for (at, column) in columns.iter().enumerate() {
            let head = range.get((0, at)).unwrap().to_string();
            let wanted =
                if column.ends_with("_iso") { format!("{column} (+08:00)") } else { column.to_owned() };
            assert!(head.ends_with(&wanted), "{name}: {head}");
            for (number, row) in rows.iter().enumerate() {
                let cell = range.get((number + 1, at)).unwrap_or(&Data::Empty);
                assert!(says(cell, column, &row[at]), "{name} {column}: {cell:?} is not {:?}", &row[at]);
                match cell {
                    Data::Bool(_) => kinds[0] += 1,
                    Data::Float(_) => kinds[1] += 1,
                    Data::DateTime(_) => kinds[2] += 1,
                    Data::String(text) if text.len() == 19 && text.parse::<u64>().is_ok() => kinds[3] += 1,
                    _ => {}
                }
                let is_id = column.ends_with("_id") || column.ends_with("_key");
                assert!(!is_id || matches!(cell, Data::String(_) | Data::Empty), "{name} {column}: {cell:?}");
            }
        }
        // Nobody asked for the others.
        assert_eq!(sheets.len(), 1);
    }
    assert!(kinds.iter().all(|count| *count > 50), "{kinds:?}");
}

#[test]
fn each_type_has_a_sheet_and_the_last_says_what_was_left_out() {
    let folder = Folder::new();
    let mix = larkspect(["sample", "--mix", "--count", "400", "--seed", "11"]).run().exits(0).out;
    let first = mix.split_inclusive(|byte| *byte == b'\n').next().unwrap();
    let broken = b"{\"schema\":\"2.0\",,}\n";
    let input = folder.file("mix.ndjson", [&mix[..], first, broken].concat());
    let args =
        ["convert", "--tz", "+08:00", "--lang", "zh", "--dedupe", "--to", "xlsx", input.to_str().unwrap()];
    let book = larkspect(args).run().exits(1);
    let sheets = sheets(&book.out);
    let (last, types) = sheets.split_last().unwrap();
    assert!(types.len() > 20 && last.0 == "未写入", "{}", types.len());
    let rows: usize = types.iter().map(|(_, range)| range.height() - 1).sum();
    assert_eq!(rows, 400);
    let left_out: Vec<(String, String)> =
        last.1.rows().skip(1).map(|row| (row[0].to_string(), row[1].to_string())).collect();
    let wanted = [("无法读取的文档", "1"), ("重复投递", "1")];
    for (what, count) in wanted {
        assert!(left_out.iter().any(|(a, b)| a == what && b == count), "{left_out:?}");
    }
    let some = larkspect(args).args(&["--event", "im.*,approval_instance"]).run().exits(1);
    let names: Vec<String> = self::sheets(&some.out).into_iter().map(|(name, _)| name).collect();
    assert!(
        names.len() > 2
            && names
                .iter()
                .all(|name| name.contains("im.") || name == "approval_instance" || name == "未写入"),
        "{names:?}"
    );
}

#[test]
fn a_book_goes_to_a_file_or_a_pipe_and_is_always_the_same() {
    let folder = Folder::new();
    let piped = larkspect(["convert", "--to", "xlsx", OFFICIAL]).run().exits(0);
    for name in ["a.xlsx", "b.XLSX"] {
        let out = folder.path().join(name);
        let ran = larkspect(["convert", OFFICIAL, "-o", out.to_str().unwrap()]).run().exits(0);
        assert!(ran.out.is_empty() && ran.err.is_empty(), "{}", ran.err);
        assert!(fs::read(&out).unwrap() == piped.out, "{name}");
    }
    assert_eq!(folder.names(), ["a.xlsx", "b.XLSX"], "no litter");
    let sheets = sheets(&piped.out);
    assert_eq!((sheets.len(), sheets[0].0.as_str()), (1, "attendance.user_flow.created_v1"));
    let ran = larkspect(["convert", OFFICIAL, "-o", "a.xlsx.gz"]).run().exits(2);
    assert!(ran.err.contains("xlsx is compressed already: leave .gz away"), "{}", ran.err);
}

#[test]
fn nothing_selected_is_a_sheet_without_rows() {
    let ran =
        larkspect(["convert", "--to", "xlsx", "--where", "employee_id=nobody", OFFICIAL]).run().exits(0);
    let sheets = sheets(&ran.out);
    assert_eq!((sheets.len(), sheets[0].1.height()), (1, 1));
}

#[test]
fn types_of_which_no_row_remained_had_sheets_without_rows() {
    let mix = larkspect(["sample", "--mix", "--count", "300", "--seed", "3"]).run().exits(0).out;
    let book = |args: &[&str]| {
        let args = [&["convert", "--to", "xlsx", "-n", "3"], args].concat();
        sheets(&larkspect(args).stdin(&*mix).run().exits(0).out)
    };
    let rows = |range: &Range<Data>| range.height() - 1;
    let sorted = book(&["--sort=-create_time"]);
    let (last, types) = sorted.split_last().unwrap();
    assert!(types.len() <= 3 && types.iter().all(|(_, range)| rows(range) > 0), "{sorted:?}");
    assert_eq!(types.iter().map(|(_, range)| rows(range)).sum::<usize>(), 3);
    let cells: Vec<String> = last.1.rows().nth(1).unwrap().iter().map(Data::to_string).collect();
    assert_eq!(cells, ["events beyond --limit", "297", "without --limit"]);
}

#[test]
fn a_book_did_not_say_that_the_rest_was_not_read() {
    let ran =
        larkspect(["convert", "--to", "xlsx", "-n", "3", "fixtures/captures/shift.ndjson"]).run().exits(0);
    let sheets = sheets(&ran.out);
    let (name, last) = sheets.last().unwrap();
    let cells: Vec<String> = last.rows().nth(1).unwrap().iter().map(Data::to_string).collect();
    assert_eq!(
        (name.as_str(), &cells[..]),
        (
            "left out",
            &["what comes after the first 3 events: not read", "", "without --limit"].map(str::to_owned)[..]
        )
    );
}

#[test]
fn a_book_of_nothing_is_whole_where_it_is_wanted() {
    let ran = larkspect(["convert", "--to", "xlsx", "--allow-empty"]).stdin("\n").run().exits(0);
    let sheets = sheets(&ran.out);
    assert_eq!((sheets.len(), sheets[0].1.height()), (1, 0));
}

#[test]
fn the_dates_of_a_book_were_in_a_zone_called_local() {
    let head = |zone: &str| {
        let args = ["convert", "--tz", "local", "--to", "xlsx", "--columns", "check_time_iso", OFFICIAL];
        let ran = larkspect(args).env("TZ", zone).run().exits(0);
        sheets(&ran.out)[0].1.get((0, 0)).unwrap().to_string()
    };
    assert_eq!(head("CST-8"), "Punched check_time_iso (+08:00)");
    // One that changes is none of these.
    assert_eq!(head("EST5EDT,M3.2.0,M11.1.0"), "Punched check_time_iso (local)");
}

#[test]
fn a_book_is_not_replaced_by_a_part() {
    let folder = Folder::new();
    let out = folder.file("old.xlsx", "old");
    let args = ["convert", "-o", out.to_str().unwrap(), OFFICIAL, "no/such/file.json"];
    let ran = larkspect(args).run().exits(2);
    assert!(ran.err.contains("old.xlsx: not written, because"), "{}", ran.err);
    assert_eq!((fs::read_to_string(&out).unwrap().as_str(), folder.names().len()), ("old", 1));
}

#[test]
fn a_text_that_no_cell_can_hold_is_cut_and_told() {
    let long = "长".repeat(40_000);
    let input = line().replace("\"comment\":\"\"", &format!("\"comment\":\"{long}\""));
    let ran = larkspect(["convert", "--to", "xlsx", "--columns", "comment"]).stdin(input).run().exits(1);
    assert!(ran.err.contains("1 text cut: a cell has at most 32,767 characters"), "{}", ran.err);
    let sheets = sheets(&ran.out);
    assert_eq!(sheets[0].1.get((1, 0)).unwrap().to_string().chars().count(), 32_767);
    assert_eq!(sheets[1].1.get((1, 1)), Some(&Data::Float(1.0)));
}

#[test]
fn a_reader_of_a_book_who_has_seen_enough_is_no_failure() {
    let mut program = larkspect(["convert", "--to", "xlsx"]);
    let mut child = program.spawn();
    let input = larkspect(["sample", "--count", "20000"]).run().out;
    let mut pipe = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || pipe.write_all(&input));
    let mut out = child.stdout.take().unwrap();
    let mut first = [0; 2];
    out.read_exact(&mut first).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!((first, output.status.code(), &*err), (*b"PK", Some(0), ""));
}

#[test]
fn a_failed_write_of_a_book_is_said() {
    if fs::metadata("/dev/full").is_err() {
        return;
    }
    let ran = larkspect(["convert", "--to", "xlsx", "-o", "/dev/full", OFFICIAL]).run().exits(2);
    assert!(ran.err.contains("No space left"), "{}", ran.err);
}

/// The library would panic, and that ends the program by a signal.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failed_write() {
    let folder = Folder::new();
    let input = folder.file("many.ndjson", line().repeat(3000));
    let limited = "trap '' XFSZ; ulimit -f 100; exec \"$0\" convert \"$1\" -o \"$2\"";
    let out = folder.path().join("out.xlsx");
    let mut program = std::process::Command::new("bash");
    program.args(["-c", limited, env!("CARGO_BIN_EXE_larkspect")]).args([&input, &out]);
    let ran = program.output().unwrap();
    let err = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{err}");
    assert!(err.contains("could not be written: File too large"), "{err}");
    assert_eq!(folder.names(), ["many.ndjson"], "no litter");
}

#[test]
fn a_book_is_not_for_a_terminal() {
    let mut script = std::process::Command::new("script");
    let command = format!("{} convert --to xlsx {OFFICIAL}", env!("CARGO_BIN_EXE_larkspect"));
    script.args(["-qec", &command, "/dev/null"]).current_dir(crate::support::program::root());
    let Ok(ran) = script.output() else { return };
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(said.contains("a book is not for a terminal; write it to a file, -o FILE.xlsx"), "{said}");
    assert_eq!(ran.status.code(), Some(2), "{said}");
}
