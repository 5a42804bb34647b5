//! Books as another program reads them.

use crate::query::Spot;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use crate::catalog::EVENTS;
use crate::engine::Engine;
use crate::export::{Dialect, Format, RowWriter, Wish};
use crate::finding::Findings;
use crate::json::Decimal;

use super::*;

fn east() -> Zone {
    Zone::fixed(8 * 3600).unwrap()
}

/// The sheets of a book, in order.
fn read(book: Book, left_out: Vec<LeftOut>) -> Vec<(String, Range<Data>)> {
    let mut out = Vec::new();
    book.finish(left_out, &mut out).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(out)).unwrap();
    let names = book.sheet_names();
    names.into_iter().map(|name| (name.clone(), book.worksheet_range(&name).unwrap())).collect()
}

/// Columns of the punch.
fn columns(names: &str) -> Columns {
    let names = names.split(',').map(str::to_owned).collect();
    Columns::new(Some(EVENTS[0]), &Wish { columns: Some(names), ..Wish::default() }).unwrap()
}

/// The typed cells of a punch with these members in its `event`.
fn row(columns: &Columns, event: &str) -> Vec<u8> {
    let text = format!(
        r#"{{"schema":"2.0","header":{{"event_id":"e1","create_time":"1615381917707","event_type":"{}"}},
        "event":{{{event}}}}}"#,
        EVENTS[0].name
    );
    let mut engine = Engine::new(east());
    let seen = engine.document(text.as_bytes(), 0, &mut Findings::default()).unwrap();
    let format = Format::named("xlsx").unwrap();
    let mut writer = RowWriter::new(columns.clone(), format, Dialect::default(), Lang::Zh, east());
    let mut out = Vec::new();
    writer.begin(true, &mut out);
    assert_eq!(writer.row(&seen, &Spot::default(), &mut out), Some(1));
    writer.end(&mut out);
    out
}

/// Whether a cell says what a field of CSV says, where the other says nothing of types.
pub(crate) fn says(cell: &Data, field: &str) -> bool {
    match cell {
        Data::Empty => field.is_empty(),
        Data::String(text) => text == field,
        Data::Bool(flag) => flag.to_string() == field,
        Data::Float(number) => Decimal::parse(&number.to_string()) == Decimal::parse(field),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
            let seconds = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
            let rest = field.strip_prefix(&*seconds).unwrap_or("other");
            rest.starts_with(&format!(".{milli:03}")) || milli == 0 && rest.starts_with(['+', '-'])
        }
        other => panic!("{other:?}"),
    }
}

/// The cells of a range as text.
fn text(range: &Range<Data>) -> Vec<Vec<String>> {
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn a_cell_has_the_type_that_keeps_what_it_says() {
    let names =
        "record_id,check_time,check_time_iso,create_time_iso,type,type_label,is_field,longitude,comment";
    let columns = columns(names);
    let mut book = Book::new(Lang::Zh, east(), None).unwrap();
    let sheet = book.sheet(EVENTS[0].name, &columns).unwrap();
    for event in [
        r#""record_id":"6938012269578125316","check_time":"1615381916","type":0,"is_field":true,
            "longitude":120.04004357074373,"comment":"=1+1\r\n浙\u0000 _x000D_""#,
        // Not as it should be: digits are never lost.
        r#""record_id":6938012269578125316,"check_time":1615381916,"type":12345678901234567890,
            "longitude":120.040043570743731,"comment":1.50"#,
        r#""record_id":12,"check_time":"1615381916000","type":-3,"longitude":1e400,"comment":["a",1]"#,
    ] {
        book.rows(sheet, &row(&columns, event)).unwrap();
    }
    let sheets = read(book, Vec::new());
    assert_eq!(sheets.len(), 1);
    assert_eq!(sheets[0].0, EVENTS[0].name);
    let rows: Vec<&[Data]> = sheets[0].1.rows().collect();
    let head = "打卡记录 ID record_id|打卡时间 check_time|打卡时间 check_time_iso (+08:00)|\
        事件创建时间 create_time_iso (+08:00)|记录生成方式 type|记录生成方式 type_label|";
    let said = rows[0].iter().map(|cell| format!("{cell}|")).collect::<String>();
    assert!(said.starts_with(head), "{said}");
    let text = |text: &str| Data::String(text.to_owned());
    let moment = |cell: &Data, iso: &str| matches!(cell, Data::DateTime(_)) && says(cell, iso);
    assert_eq!(rows[1][..2], [text("6938012269578125316"), text("1615381916")]);
    assert!(moment(&rows[1][2], "2021-03-10T21:11:56+08:00"), "{:?}", rows[1]);
    assert!(moment(&rows[1][3], "2021-03-10T21:11:57.707+08:00"), "{:?}", rows[1]);
    let rest = [
        Data::Float(0.0),
        text("用户自己打卡"),
        Data::Bool(true),
        Data::Float(120.04004357074373),
        text("=1+1\r\n浙\0 _x000D_"),
    ];
    assert_eq!(rows[1][4..], rest);
    assert_eq!(rows[2][..2], [text("6938012269578125316"), text("1615381916")]);
    assert_eq!(rows[2][4], text("12345678901234567890"));
    assert_eq!(rows[2][7..], [text("120.040043570743731"), text("1.50")]);
    assert_eq!(rows[3][0], text("12"));
    // Milliseconds are no seconds: far away would be worse than nothing.
    assert_eq!(rows[3][2], Data::Empty);
    assert_eq!(rows[3][4..8], [Data::Float(-3.0), Data::Empty, Data::Empty, text("1e400")]);
}

#[test]
fn a_full_sheet_goes_on_in_the_next() {
    let columns = columns("record_id,type");
    let mut book = Book::new(Lang::En, Zone::Utc, None).unwrap();
    book.limits.rows = 3;
    let [first, other] = ["a.b_v1", "c.d_v1"].map(|name| book.sheet(name, &columns).unwrap());
    let rows: Vec<u8> =
        (0..5).flat_map(|at| row(&columns, &format!(r#""record_id":"{at}","type":{at}"#))).collect();
    book.rows(first, &rows).unwrap();
    book.rows(other, &rows[..0]).unwrap();
    let line = LeftOut { what: "e.f_v1".to_owned(), count: Some(7), hint: "--event e.f_v1".to_owned() };
    let sheets = read(book, vec![line]);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a.b_v1", "a.b_v1 (2)", "a.b_v1 (3)", "c.d_v1", "left out"]);
    let records: Vec<String> = sheets[..3]
        .iter()
        .flat_map(|(_, range)| text(range).into_iter().skip(1))
        .map(|row| row[0].clone())
        .collect();
    assert_eq!(records, ["0", "1", "2", "3", "4"]);
    for (_, range) in &sheets[..4] {
        assert_eq!(text(range)[0], ["Record record_id", "How type"]);
    }
    let last = text(&sheets[4].1);
    assert_eq!(last[..2], [["what", "count", "how to get it"], ["e.f_v1", "7", "--event e.f_v1"]]);
    assert_eq!(last[2][..2], ["further sheets of a type (nothing is lost)", "2"]);
}

#[test]
fn a_text_that_is_too_long_is_cut_and_told() {
    let columns = columns("comment");
    let mut book = Book::new(Lang::En, Zone::Utc, None).unwrap();
    let sheet = book.sheet("x", &columns).unwrap();
    let texts = ["浙".repeat(32_767), "浙".repeat(32_768), "😀".repeat(16_384), "a".repeat(40_000)];
    for text in &texts {
        book.rows(sheet, &row(&columns, &format!(r#""comment":"{text}""#))).unwrap();
    }
    assert_eq!(book.cut(), 3);
    let sheets = read(book, Vec::new());
    let rows = text(&sheets[0].1);
    assert_eq!(rows[1][0], texts[0]);
    assert_eq!(rows[2][0], "浙".repeat(32_766) + "…");
    assert_eq!(rows[3][0], "😀".repeat(16_383) + "…");
    assert_eq!(rows[4][0], "a".repeat(32_766) + "…");
    assert_eq!(text(&sheets[1].1)[1][..2], ["cells that were cut", "3"]);
}

#[test]
fn names_of_sheets_are_allowed_and_different() {
    let mut book = Book::new(Lang::En, Zone::Utc, None).unwrap();
    for (wanted, name) in [
        ("attendance.user_flow.created_v1", "attendance.user_flow.created_v1"),
        ("contact.employee_type_enum.created_v3", "….employee_type_enum.created_v3"),
        ("contact.employee_type_enum.created_v3", "…loyee_type_enum.created_v3 (2)"),
        ("A.b", "A.b"),
        ("a.B", "a.B (2)"),
        ("a[1]:*?/\\'\n", "a_1________"),
        ("", "_"),
        ("History", "History_"),
        ("left out", "left out"),
        ("left out", "left out (2)"),
    ] {
        assert_eq!(book.name(wanted), name);
    }
    // As long as an event can be.
    assert_eq!(book.name(&"😀".repeat(1 << 20)), format!("…{}", "😀".repeat(15)));
    for _ in 0..12 {
        let made = book.name(&"长".repeat(40));
        assert!(made.encode_utf16().count() == 31);
        assert!(Worksheet::new().set_name(&made).is_ok());
    }
}

#[test]
fn too_many_columns_are_refused_by_name() {
    let names: Vec<String> = (0..COLUMNS + 1).map(|at| format!("a.b{at}")).collect();
    let columns = Columns::new(None, &Wish { columns: Some(names), ..Wish::default() }).unwrap();
    let mut book = Book::new(Lang::En, Zone::Utc, None).unwrap();
    let said = book.sheet("x", &columns).unwrap_err().to_string();
    assert!(said.contains("at most 16384 columns, and these are 16385"), "{said}");
}

#[test]
fn days_are_counted_as_spreadsheets_do() {
    for (iso, days) in [
        ("2021-03-10T00:00:00+08:00", Some(44_265.0)),
        ("2021-03-10T12:00:00.000+00:00", Some(44_265.5)),
        ("1900-03-01T00:00:00+00:00", Some(61.0)),
        ("1900-02-28T23:59:59+00:00", None),
        ("2000-02-29T06:00:00-05:00", Some(36_585.25)),
        ("9999-12-31T00:00:00+00:00", Some(2_958_465.0)),
        ("+10000-01-01T00:00:00+00:00", None),
        ("-0001-01-01T00:00:00+00:00", None),
    ] {
        assert_eq!(serial(iso.as_bytes()), days, "{iso}");
    }
}

#[test]
fn numbers_are_numbers_where_no_digit_is_lost() {
    for (digits, kept) in [
        ("0", true),
        ("-12.5", true),
        ("1.50", true),
        ("120.04004357074373", true),
        ("120.040043570743731", false),
        ("999999999999999", true),
        ("1000000000000000", false),
        ("6938012269578125316", false),
        ("1e14", true),
        ("1e400", false),
        ("1e-300", false),
        ("0.1", true),
    ] {
        assert_eq!(number(digits.as_bytes()).is_some(), kept, "{digits}");
    }
}
