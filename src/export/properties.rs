//! Whatever an event holds, other programs read back from its row what the record says.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value};

use crate::catalog::{EVENTS, Field, Kind, Wire, is_secret_key};
use crate::engine::Engine;
use crate::finding::Findings;
use crate::record::Record;
use crate::time::{Clock, Millis, Seconds, Unit};

use super::columns::Source;
use super::*;

/// A character of a JSON string, sometimes escaped although it need not be.
fn character() -> impl Strategy<Value = String> {
    let odd =
        "=+-@\t\r\n＝＋－＠\"\\/,;' |\0\u{1b}\u{7f}\u{80}\u{9b}\u{a0}·浙江😀\u{feff}\u{2028}\u{202e}a1.";
    let odd: Vec<char> = odd.chars().collect();
    let any = prop_oneof![6 => select(odd), 3 => proptest::char::range('0', 'z'), 1 => any::<char>()];
    (any, 0..4).prop_map(|(c, escape)| match escape {
        0 => c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect(),
        _ => {
            let quoted = serde_json::to_string(&c).unwrap();
            quoted[1..quoted.len() - 1].to_owned()
        }
    })
}

/// The JSON of a string.
fn string() -> impl Strategy<Value = String> {
    vec(character(), 0..40).prop_map(|text| format!("\"{}\"", text.concat()))
}

fn number() -> impl Strategy<Value = String> {
    "-?(0|[1-9][0-9]{0,12})(\\.[0-9]{1,17})?(e[+-]?[0-9])?"
}

/// Any JSON, with white space.
fn anything() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![string(), number(), select(vec!["true", "false", "null"]).prop_map(str::to_owned)];
    leaf.prop_recursive(2, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(|items| format!("[ {}\n]", items.join(" ,"))),
            vec((string(), inner), 0..4).prop_map(|members| {
                let members: Vec<String> = members
                    .iter()
                    .enumerate()
                    .map(|(at, (_, value))| format!("\"k{at}\" :\t{value}"))
                    .collect();
                format!("{{{}}}", members.join(",\r\n"))
            }),
        ]
    })
}

fn value(kind: Kind) -> BoxedStrategy<String> {
    let right = match kind {
        Kind::Flag => any::<bool>().prop_map(|flag| flag.to_string()).boxed(),
        Kind::Integer | Kind::Day | Kind::Choice(_) | Kind::Bits(_) | Kind::Duration(_, Wire::Integer) => {
            (-2i64..12).prop_map(|n| n.to_string()).boxed()
        }
        Kind::Number | Kind::Longitude | Kind::Latitude | Kind::Duration(_, Wire::Number) => number().boxed(),
        Kind::Time(unit, wire) => {
            let quote = if wire == Wire::Text { "\"" } else { "" };
            (0..4_000_000_000 * unit.per_second()).prop_map(move |n| format!("{quote}{n}{quote}")).boxed()
        }
        Kind::Word(words) => select(words).prop_map(|word| format!("\"{}\"", word.value)).boxed(),
        Kind::List(item) => {
            vec(value(*item), 0..3).prop_map(|items| format!("[{} ]", items.join(", "))).boxed()
        }
        Kind::Object(fields) => object(fields),
        Kind::Map | Kind::Any => anything().boxed(),
        _ => string().boxed(),
    };
    prop_oneof![8 => right, 1 => anything()].boxed()
}

/// Some of the fields in their order, and sometimes one that is unknown.
fn object(fields: &'static [Field]) -> BoxedStrategy<String> {
    let member = |key: &'static str, weight: f64, value: BoxedStrategy<String>| {
        option::weighted(weight, value).prop_map(move |value| Some(format!("\"{key}\": {}", value?))).boxed()
    };
    let known = fields.iter().map(|field| member(field.key, 0.8, value(field.kind)));
    let members: Vec<_> = known.chain([member("unheard_of", 0.2, anything().boxed())]).collect();
    members
        .prop_map(|members| {
            format!("{{ {} }}", members.into_iter().flatten().collect::<Vec<_>>().join(",\n"))
        })
        .boxed()
}

/// What is undocumented in an object and in the documented objects within it.
fn unheard(fields: &'static [Field], value: &Value) -> Option<Value> {
    let mut odd = Map::new();
    for (key, value) in value.as_object()? {
        let found = match fields.iter().find(|field| field.key == key).map(|field| field.kind) {
            None => Some(value.clone()),
            Some(Kind::Object(inner)) => unheard(inner, value),
            Some(_) => None,
        };
        odd.extend(found.map(|found| (key.clone(), found)));
    }
    (!odd.is_empty()).then_some(Value::Object(odd))
}

fn document() -> impl Strategy<Value = String> {
    select(EVENTS).prop_flat_map(|event| (Just(event.name), object(event.fields), string(), string())).prop_map(
        |(name, event, id, app)| {
            format!(
                "{{\"schema\":\"2.0\",\"header\":{{\"event_id\":{id},\"app_id\":{app},\"event_type\":\"{name}\",\
                \"create_time\":\"1615381917707\"}},\"event\":{event}}}"
            )
        },
    )
}

/// What a row says, as text or as JSON, worked out slowly.
enum Cell {
    Text(Option<String>),
    Json(Value),
    /// A list in which other things than strings stand.
    Mixed(Value),
}

/// JSON without the members that are secrets, unless these columns have them.
fn open(columns: &Columns, value: Value) -> Value {
    match value {
        Value::Object(members) if !columns.secrets => {
            let open = members.into_iter().filter(|(key, _)| !is_secret_key(key.as_bytes()));
            Value::Object(open.map(|(key, value)| (key, self::open(columns, value))).collect())
        }
        Value::Array(items) => items.into_iter().map(|item| open(columns, item)).collect(),
        value => value,
    }
}

fn expected(columns: &Columns, record: &Record<'_>, clock: &mut Clock) -> Vec<Cell> {
    let json = |slot: usize| open(columns, serde_json::from_slice(record.raw(slot).unwrap()).unwrap());
    let is_array = |slot: usize| record.slots[slot].kind == TokenKind::Array;
    let mut cell = |source: Source| match source {
        Source::Scalars(slot) if is_array(slot) => match json(slot) {
            Value::Array(items) if items.iter().all(|item| item.is_string() || item.is_null()) => {
                let items: Vec<&str> =
                    items.iter().filter_map(Value::as_str).filter(|item| !item.is_empty()).collect();
                Cell::Text(Some(items.join(" ")))
            }
            mixed => Cell::Mixed(mixed),
        },
        Source::Value(slot) | Source::Scalars(slot) => match record.slots[slot].kind {
            TokenKind::Object | TokenKind::Array => Cell::Json(json(slot)),
            _ => Cell::Text(record.text(slot).map(String::from)),
        },
        Source::Moment(slot, unit) => {
            let mut out = Vec::new();
            // Also a number for a text, or with a fraction of zeros; but none that is rather of another unit.
            let number = record.meant(slot).filter(|number| match unit {
                Unit::Seconds => ![Unit::Millis, Unit::Micros, Unit::Nanos]
                    .map(Unit::values)
                    .iter()
                    .any(|of| of.contains(number)),
                _ => ![Unit::Seconds, Unit::Micros, Unit::Nanos]
                    .map(Unit::values)
                    .iter()
                    .any(|of| of.contains(number)),
            });
            let done = number.is_some_and(|number| match unit {
                Unit::Seconds => clock.iso_seconds(Seconds(number), &mut out),
                _ => clock.iso_millis(Millis(number), &mut out),
            });
            Cell::Text(done.then(|| String::from_utf8(out).unwrap()))
        }
        Source::Label(slot, Kind::Choice(choices)) => {
            // A number in quotes, or with a fraction of zeros, is the number that was meant.
            let meant = record.text(slot).and_then(|text| text.trim().parse::<f64>().ok());
            let choice = choices.iter().find(|choice| Some(choice.value as f64) == meant);
            Cell::Text(choice.map(|choice| choice.label.zh.to_owned()))
        }
        Source::Label(slot, Kind::Word(words)) => {
            let is = |word: &&crate::catalog::Word| {
                matches!(record.slots[slot].kind, TokenKind::String { .. })
                    && record.text(slot).as_deref() == Some(word.value)
            };
            Cell::Text(words.iter().find(is).map(|word| word.label.zh.to_owned()))
        }
        // These headers have nothing besides.
        Source::Named(_) => Cell::Text(None),
        _ => unreachable!("neither asked for nor in the catalogue"),
    };
    columns.columns.iter().map(|column| cell(column.source)).collect()
}

/// What the guard makes of a text, in other words than the code.
fn guarded(text: &str) -> String {
    let digits = text.strip_prefix(['+', '-']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let number = digits.is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
        && digits.is_some_and(|rest| serde_json::from_str::<Value>(rest).is_ok());
    let alone = matches!(text, "+" | "-");
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) && !number && !alone
    {
        return format!("'{text}");
    }
    text.to_owned()
}

fn compare(cells: &[Cell], read: &[String], guard: bool) {
    assert_eq!(cells.len(), read.len());
    for (cell, read) in cells.iter().zip(read) {
        match cell {
            Cell::Text(text) => {
                let text = text.clone().unwrap_or_default();
                assert_eq!(*read, if guard { guarded(&text) } else { text });
            }
            Cell::Json(json) => assert_eq!(serde_json::from_str::<Value>(read).unwrap(), *json),
            Cell::Mixed(_) => assert_eq!(*read, if guard { guarded(read) } else { read.clone() }),
        }
    }
}

fn read_csv(text: &[u8]) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn read_tsv(text: &str) -> Vec<Vec<String>> {
    let cell = |cell: &str| {
        let mut text = String::new();
        let mut letters = cell.chars();
        while let Some(c) = letters.next() {
            text.push(match c {
                '\\' => match letters.next().unwrap() {
                    't' => '\t',
                    'n' => '\n',
                    'r' => '\r',
                    c @ ('\\' | '"') => c,
                    c => panic!("\\{c}"),
                },
                c => c,
            });
        }
        text
    };
    text.split_terminator('\n').map(|row| row.split('\t').map(cell).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_are_read_back(text in document(), guard in any::<bool>(), crlf in any::<bool>()) {
        let mut engine = Engine::new(Zone::Utc);
        let seen = engine.document(text.as_bytes(), 0, &mut Findings::default()).unwrap();
        let columns = Columns::new(seen.event(), &Wish::default()).unwrap();
        let cells = expected(&columns, &seen.record, &mut Clock::new(Zone::Utc));
        let names: Vec<String> = columns.names().map(str::to_owned).collect();
        let write = |format: &str| {
            let dialect = Dialect { crlf, bom: false, guard };
            let format = Format::named(format).unwrap();
            let mut writer = RowWriter::new(columns.clone(), format, dialect, Lang::Zh, Zone::Utc);
            let mut out = Vec::new();
            writer.begin(true, &mut out);
            assert_eq!(writer.row(&seen, &Spot::default(), &mut out), Some(1));
            assert_eq!(writer.clone().row(&seen, &Spot::default(), &mut out), Some(1));
            if writer.lead() > 0 {
                out.remove(1);
            }
            writer.end(&mut out);
            out
        };

        let csv = read_csv(&write("csv"));
        let tsv = write("tsv");
        for rows in [csv.clone(), read_tsv(std::str::from_utf8(&tsv).unwrap())] {
            prop_assert_eq!(rows.len(), 3);
            prop_assert_eq!(&rows[0], &names);
            compare(&cells, &rows[1], guard);
            prop_assert_eq!(&rows[1], &rows[2]);
        }

        #[cfg(feature = "xlsx")]
        if !guard {
            let typed = write("xlsx");
            let mut book = Book::new(Lang::Zh, Zone::Utc, None).unwrap();
            let sheet = book.sheet("x", &columns).unwrap();
            book.rows(sheet, &typed).unwrap();
            let mut out = Vec::new();
            book.finish(Vec::new(), &mut out).unwrap();
            let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(out)).unwrap();
            let range = calamine::Reader::worksheet_range(&mut book, "x").unwrap();
            prop_assert_eq!(range.height(), 3);
            for row in [1, 2] {
                for (at, field) in csv[row].iter().enumerate() {
                    let cell = range.get((row, at)).cloned().unwrap_or_default();
                    prop_assert!(xlsx::tests::says(&cell, field), "{cell:?} {field:?}");
                }
            }
        }

        let ndjson = String::from_utf8(write("ndjson")).unwrap();
        prop_assert_eq!(ndjson.lines().count(), 2);
        let array: Vec<Map<String, Value>> = serde_json::from_slice(&write("json")).unwrap();
        prop_assert_eq!(array.len(), 2);
        for (line, object) in ndjson.lines().zip(&array) {
            prop_assert!(!line.contains(|c: char| c.is_control()));
            prop_assert_eq!(&serde_json::from_str::<Map<String, Value>>(line).unwrap(), object);
            prop_assert_eq!(object.len(), names.len());
            for (column, cell) in columns.columns.iter().zip(&cells) {
                let read = &object[&column.name];
                let raw = match column.source {
                    Source::Value(slot) | Source::Scalars(slot) => seen.record.raw(slot),
                    _ => None,
                };
                match (cell, raw) {
                    (_, Some(raw)) => {
                        prop_assert_eq!(read, &open(&columns, serde_json::from_slice(raw).unwrap()));
                    }
                    (Cell::Text(text), None) => prop_assert_eq!(read, &Value::from(text.clone())),
                    (Cell::Json(json) | Cell::Mixed(json), None) => prop_assert_eq!(read, json),
                }
            }
        }
    }

    #[test]
    fn what_is_unknown_is_found_whatever_stands_around_it(text in document()) {
        let mut engine = Engine::new(Zone::Utc);
        let seen = engine.document(text.as_bytes(), 0, &mut Findings::default()).unwrap();
        let wish = Wish { columns: Some(vec!["extra".to_owned()]), ..Wish::default() };
        let columns = Columns::new(seen.event(), &wish).unwrap();
        let mut out = Vec::new();
        RowWriter::new(columns, Format::named("ndjson").unwrap(), Dialect::default(), Lang::En, Zone::Utc).row(&seen, &Spot::default(), &mut out);
        let row: Value = serde_json::from_slice(&out).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        let fields = seen.event().map_or(&[][..], |event| event.fields);
        let expected = unheard(fields, &document["event"]).map(|odd| serde_json::json!({"event": odd}));
        prop_assert_eq!(&row["extra"], &expected.unwrap_or_default());
    }
}
