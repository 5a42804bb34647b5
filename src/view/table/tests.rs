//! Tables of the test payloads, golden, and what holds for any table.

use proptest::prelude::*;

use crate::catalog::event;
use crate::lang::Lang;
use crate::time::Zone;
use crate::view::test_payloads::{self, MIXED, PUNCHES, assert_tame, golden};

use std::collections::BTreeSet;

use crate::catalog::EVENTS;
use crate::query::{Name, Spot};

use super::*;

const LOOK: TableOptions = TableOptions {
    width: Some(100),
    color: false,
    lang: Lang::En,
    zone: Zone::Utc,
    raw: false,
    show_secrets: false,
    places: false,
};

fn flow() -> Option<&'static Event> {
    event("attendance.user_flow.created_v1")
}

fn options(width: Option<usize>, lang: Lang) -> TableOptions {
    TableOptions { width, lang, zone: test_payloads::zone(), ..LOOK }
}

/// Rows of a text, numbered from 1.
fn rows(table: &Table, text: &[u8]) -> Batch {
    let mut batch = Batch::default();
    let mut maker = table.maker();
    let mut number = 0;
    test_payloads::each(text, |seen| {
        number += 1;
        maker.row(seen, &Spot::default(), number, &mut batch);
    });
    assert_eq!(batch.len() as u64, number);
    batch
}

fn shown_with(table: &Table, batches: &[Batch]) -> (String, Vec<String>) {
    let mut writer = table.writer();
    let mut out = Vec::new();
    for batch in batches {
        writer.push(batch, &mut out).unwrap();
    }
    writer.finish(&mut out).unwrap();
    (String::from_utf8(out).unwrap(), writer.hidden().into_iter().map(str::to_owned).collect())
}

fn shown(table: &Table, text: &[u8]) -> (String, Vec<String>) {
    shown_with(table, &[rows(table, text)])
}

#[test]
fn tables_as_expected() {
    let mut out = String::new();
    let mut add = |name: &str, table: Table, text: &[u8]| {
        let (lines, hidden) = shown(&table, text);
        assert_tame(&lines, table.options.width.unwrap_or(usize::MAX));
        out.push_str(&format!("--- {name}, without {hidden:?}\n{lines}\n"));
    };
    for width in [Some(140), Some(117), Some(100), Some(80), Some(60), None] {
        add(&format!("punches in {width:?}"), Table::of(flow(), options(width, Lang::En)), PUNCHES);
    }
    add("punches in Chinese", Table::of(flow(), options(Some(120), Lang::Zh)), PUNCHES);
    add("raw", Table::of(flow(), TableOptions { raw: true, ..options(None, Lang::En) }), PUNCHES);
    for width in [120, 80] {
        add(&format!("any in {width}"), Table::of(None, options(Some(width), Lang::En)), MIXED);
    }
    add("any in Chinese", Table::of(None, options(Some(100), Lang::Zh)), MIXED);
    let task = event("attendance.user_task.updated_v1");
    add("strangers", Table::of(task, options(Some(100), Lang::En)), MIXED);
    let names = ["check_time_iso", "check_time:raw", "type", "type:raw", "token", "date"];
    add("chosen", Table::chosen(names, options(Some(100), Lang::En)).unwrap(), MIXED);
    golden("tables", &out);
}

#[test]
fn events_of_many_areas() {
    let mut out = String::new();
    let mut add = |name: &str, of: Option<&str>, width: Option<usize>, lang: Lang| {
        let table = Table::of(of.and_then(event), options(width, lang));
        let (lines, hidden) = shown(&table, test_payloads::EVENTS);
        assert_tame(&lines, width.unwrap_or(usize::MAX));
        out.push_str(&format!("--- {name}, without {hidden:?}\n{lines}\n"));
    };
    for (width, lang) in
        [(Some(80), Lang::En), (Some(120), Lang::En), (Some(100), Lang::Zh), (None, Lang::En)]
    {
        add(&format!("any in {width:?}"), None, width, lang);
    }
    for width in [Some(80), Some(120)] {
        add(&format!("a change in {width:?}"), Some("contact.user.updated_v3"), width, Lang::En);
        add(&format!("messages in {width:?}"), Some("im.message.receive_v1"), width, Lang::En);
    }
    golden("tables-events", &out);
}

#[test]
fn what_a_summary_leaves_out_is_marked() {
    let field = |n: usize| format!("\"field_{n}\": \"some words {n}\"");
    let fields: Vec<String> = (0..100).map(field).collect();
    let text = format!(r#"{{"header": {{"event_type": "x.y_v1"}}, "event": {{{}}}}}"#, fields.join(","));
    let (lines, _) = shown(&Table::of(None, options(None, Lang::En)), text.as_bytes());
    assert!(lines.contains("field_0 some words 0, ") && lines.trim_end().ends_with(", .."), "{lines}");
}

#[test]
fn an_id_that_is_a_secret_does_not_show_its_end() {
    let token = "v3rificationT0kenXyz81qq";
    let text = format!(
        r#"{{"schema": "2.0", "header": {{"event_id": "e", "event_type": "im.message.receive_v1", "tenant_key": "k",
            "create_time": "1700000000000", "app_id": "a", "token": "{token}"}},
            "event": {{"sender": {{"sender_id": {{"open_id": "{token}"}}}}, "message": {{"message_id": "{token}"}}}}}}"#
    );
    for of in [None, event("im.message.receive_v1")] {
        for width in [Some(80), Some(140), None] {
            let (lines, _) = shown(&Table::of(of, options(width, Lang::En)), text.as_bytes());
            assert!(!lines.contains("81qq"), "{width:?}: {lines}");
        }
    }
}

#[test]
fn an_unknown_column_has_a_neighbour() {
    let said = |name| Table::chosen([name], LOOK).unwrap_err().to_string();
    assert_eq!(said("chek_time"), "unknown field `chek_time`; did you mean `check_time`?");
    let strange = said("\u{1b}x");
    assert!(
        strange.starts_with(r"unknown field `\u{1b}x`; no event type has it") && !strange.contains('\u{1b}')
    );
}

#[test]
fn what_people_read_above_a_column_names_it() {
    let mut titles = BTreeSet::new();
    for event in EVENTS {
        let layout = Layout::of(Some(event));
        for lang in [Lang::En, Lang::Zh] {
            let titled = columns::of_event(&layout, options(None, lang));
            let titled =
                titled.into_iter().filter(|column| matches!(column.source, columns::Source::Slots { .. }));
            titles.extend(titled.map(|column| column.title));
        }
    }
    let strange: Vec<_> = titles.iter().filter(|title| Name::parse(title).is_err()).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[cfg(feature = "cli")]
#[test]
fn an_alarm_is_red_and_nothing_moves() {
    let mut table = Table::of(flow(), options(Some(117), Lang::En));
    let (plain, _) = shown(&table, PUNCHES);
    table.options.color = true;
    let (painted, _) = shown(&table, PUNCHES);
    assert!(painted.contains("\x1b[1;31m! cheat software\x1b[0m"), "{painted}");
    let mut stripped = String::new();
    for (at, part) in painted.split('\x1b').enumerate() {
        stripped.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain);
}

/// Many punches, of which later ones have longer numbers and another offset.
#[cfg(feature = "tz")]
fn many(count: usize) -> Vec<u8> {
    let one = String::from_utf8_lossy(test_payloads::OFFICIAL);
    let texts = (0..count).map(|n| {
        let second = 1_615_381_916 + 40_000 * n;
        one.replace("\"1615381916\"", &format!("\"{second}\"")).replace("2b68933a", &format!("{n:08x}"))
    });
    texts.collect::<String>().into_bytes()
}

#[cfg(feature = "tz")]
#[test]
fn pages_do_not_depend_on_batches() {
    let text = many(2_345);
    for width in [None, Some(90)] {
        // The clocks change on the way.
        let zone = "America/New_York".parse().unwrap();
        let table = Table::of(flow(), TableOptions { width, zone, ..LOOK });
        let all = rows(&table, &text);
        let (expected, _) = shown_with(&table, std::slice::from_ref(&all));
        assert_tame(&expected, width.unwrap_or(usize::MAX));
        assert_eq!(expected.lines().count(), 2_346);
        for size in [1, 7, 999, 1000, 1001, 2_000] {
            let mut batches = Vec::new();
            for start in (0..all.len()).step_by(size) {
                let mut batch = Batch::default();
                batch.append(&all, start..all.len().min(start + size));
                batches.push(batch);
            }
            let (got, _) = shown_with(&table, &batches);
            assert!(got == expected, "batches of {size}");
        }
    }
}

#[test]
fn one_offset_stands_in_the_head() {
    let table = Table::of(flow(), options(None, Lang::En));
    let (lines, _) = shown(&table, PUNCHES);
    assert!(lines.starts_with("#  Punched (+08:00)  ") && lines.matches("+08:00").count() == 1, "{lines}");
    #[cfg(feature = "tz")]
    {
        let zone = "America/New_York".parse().unwrap();
        let table = Table::of(flow(), TableOptions { width: None, zone, ..LOOK });
        let (lines, _) = shown(&table, &many(100));
        assert!(
            lines.starts_with("  #  Punched  ") && lines.contains(" -04:00 ") && lines.contains(" -05:00 ")
        );
    }
}

/// The official example again and again, with these values of `risk_result` and `comment`.
fn punches(values: &[(u8, &str)]) -> Vec<u8> {
    let one = String::from_utf8_lossy(test_payloads::OFFICIAL);
    let texts = values.iter().map(|(risk, comment)| {
        one.replace("\"risk_result\": 0", &format!("\"risk_result\": {risk}"))
            .replace("\"comment\": \"\"", &format!("\"comment\": \"{comment}\""))
    });
    texts.collect::<String>().into_bytes()
}

/// What is shown of batches between which the input pauses.
fn live(table: &Table, batches: &[Vec<u8>]) -> (String, Vec<String>) {
    let mut writer = table.writer();
    let mut out = Vec::new();
    let mut number = 0;
    for text in batches {
        let mut batch = rows(table, text);
        batch.renumber(number);
        number += batch.len() as u64;
        writer.push(&batch, &mut out).unwrap();
        writer.flush(&mut out).unwrap();
    }
    writer.finish(&mut out).unwrap();
    (String::from_utf8(out).unwrap(), writer.hidden().into_iter().map(str::to_owned).collect())
}

#[test]
fn a_risk_that_comes_late_is_not_cut_to_its_mark() {
    let batches = [punches(&[(0, ""); 12]), punches(&[(3, ""), (2, "")])];
    for (width, lang, risk) in [
        (Some(60), Lang::En, "! device .."),
        (Some(80), Lang::En, "! device sha.."),
        (Some(120), Lang::En, "! device shared.."),
        (Some(200), Lang::En, "! device shared by several"),
        (None, Lang::En, "! device shared by several"),
        (Some(80), Lang::Zh, "! 疑似多人使.."),
        (Some(200), Lang::Zh, "! 疑似多人使用同一设备打卡"),
    ] {
        let (lines, _) = live(&Table::of(flow(), options(width, lang)), &batches);
        assert!(lines.contains(risk), "{width:?}: {lines}");
        assert_tame(&lines, width.unwrap_or(usize::MAX));
    }
}

#[test]
fn comments_that_come_late_have_a_column() {
    let batches = [punches(&[(0, ""); 12]), punches(&[(0, "晚到十分钟"), (0, "late")])];
    for width in [Some(160), Some(200), None] {
        let (lines, hidden) = live(&Table::of(flow(), options(width, Lang::En)), &batches);
        assert!(lines.contains("  晚到十分钟  ") && hidden.is_empty(), "{width:?}: {lines}");
    }
    // Without room they are named, as they are from a file.
    let (lines, hidden) = live(&Table::of(flow(), options(Some(80), Lang::En)), &batches);
    assert!(!lines.contains("late") && hidden.contains(&"Comment".to_owned()), "{hidden:?}");
    // What is known to be whole needs no empty columns.
    let (lines, _) = shown(&Table::of(flow(), options(Some(200), Lang::En)), &batches[0]);
    assert!(!lines.contains("Comment"), "{lines}");
}

#[test]
fn widths_change_only_below_a_head_of_their_own() {
    let long = "很".repeat(25);
    let batches = [
        punches(&[(0, "a"); 9]),
        punches(&[(0, "b"); 100]),
        punches(&[(0, &long), (1, "c")]),
        punches(&[(0, "d"); 1000]),
    ];
    for width in [Some(80), Some(100), Some(160), None] {
        for lang in [Lang::En, Lang::Zh] {
            let (lines, _) = live(&Table::of(flow(), options(width, lang)), &batches);
            let place =
                |line: &str, of: &str| line.find(of).map(|at| crate::terminal::sanitize::width(&line[..at]));
            let (mut who, mut heads) = (None, 0);
            for line in lines.lines() {
                if line.trim_start().starts_with('#') {
                    who = place(line, if lang == Lang::En { "Employee" } else { "员工" });
                    heads += 1;
                } else {
                    assert_eq!(place(line, "2b68933a"), who, "{width:?}: {line}");
                }
            }
            // One for the first thousand, and without a limit one for the long comment.
            assert_eq!(heads, if width.is_none() { 3 } else { 2 }, "{width:?}\n{lines}");
        }
    }
}

#[test]
fn narrow_terminals_get_cards() {
    assert!(fits(None) && fits(Some(60)) && !fits(Some(59)));
}

#[test]
fn a_page_of_long_texts_is_laid_out_early() {
    let long = "很长".repeat(100_000);
    let text = String::from_utf8_lossy(test_payloads::OFFICIAL)
        .replace("ByteDance Inc", "x")
        .replace(r#""comment": """#, &format!(r#""comment": "{long}""#));
    let table = Table::of(flow(), options(None, Lang::En));
    let batch = rows(&table, text.as_bytes());
    let mut writer = table.writer();
    let mut out = Vec::new();
    for _ in 0..20 {
        writer.push(&batch, &mut out).unwrap();
    }
    assert!(!out.is_empty(), "20 rows are 12 MB");
    // With a limit a cell is never longer than the line could be.
    let table = Table::of(flow(), options(Some(100), Lang::En));
    assert!(rows(&table, text.as_bytes()).text.len() < 2_000);
}

proptest! {
    #[test]
    fn tables_of_any_event_stay_within_the_terminal(
        texts in prop::collection::vec(test_payloads::any_event(), 1..4), width in 1usize..160, kind in 0usize..4,
    ) {
        let kinds = ["im.message.receive_v1", "contact.user.updated_v3", "apaas.workspace.record_change_v1"];
        let of = kinds.get(kind).and_then(|kind| event(kind));
        for limit in [Some(width), None] {
            let (lines, _) = shown(&Table::of(of, options(limit, Lang::En)), texts.join("\n").as_bytes());
            assert_tame(&lines, limit.unwrap_or(usize::MAX));
            prop_assert_eq!(lines.lines().count(), texts.len() + 1);
        }
    }

    #[test]
    fn tables_stay_within_the_terminal(
        texts in prop::collection::vec(test_payloads::any_punch(), 1..6), width in 1usize..160, zh: bool, raw: bool, any: bool,
    ) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        let text = texts.join("\n");
        for limit in [Some(width), None] {
            let table = Table::of(if any { None } else { flow() }, TableOptions { raw, ..options(limit, lang) });
            let (lines, _) = shown(&table, text.as_bytes());
            assert_tame(&lines, limit.unwrap_or(usize::MAX));
            prop_assert_eq!(lines.lines().count(), texts.len() + 1);
        }
    }
}
