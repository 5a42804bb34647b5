//! The exported schemas against `check`: valid by schema is what has no error, but for the differences that are
//! written down. The jsonschema crate is the judge of what valid means.

mod differences;
mod spoil;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::support::{Collected, Document, check, read};
use differences::{DIFFERENCES, Difference, Schemas};
use jsonschema::Validator;
use larkspect::container::Form;
use larkspect::finding::Finding;
use larkspect::reference::{Schema, any_event_schema, json_schema};
use larkspect::sample::{START, Sampler};
use larkspect::stream::frame::Limits;
use larkspect::time::Unit;
use larkspect::{
    catalog::{EVENTS, Event, event},
    lang::Lang,
};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use spoil::{apply, pointers, pool, spoil, written};

/// A schema ready to validate. `None` is that of any event.
type Ready = (Option<&'static Event>, Validator);

static READY: LazyLock<Vec<Ready>> = LazyLock::new(|| {
    let ready = |schema: Schema| jsonschema::validator_for(&value_of(&schema)).expect("a schema");
    let each = EVENTS.iter().map(|event| (Some(*event), ready(json_schema(event, Lang::En))));
    each.chain([(None, ready(any_event_schema(Lang::En)))]).collect()
});

fn value_of(schema: &Schema) -> Value {
    serde_json::to_value(schema).expect("a schema is JSON")
}

/// Every JSON file of the fixtures that is one document.
fn fixtures() -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the fixtures are there") {
            let path = entry.expect("readable").path();
            // A schema is of the body itself, not of what a tool made of it.
            if path.is_dir() && path.ends_with("captures/forms") {
                continue;
            } else if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let text = std::fs::read(&path).expect("readable");
                if serde_json::from_slice::<Value>(&text).is_ok_and(|value| value.is_object()) {
                    files.push((path, text));
                }
            }
        }
    }
    files
}

/// A valid event of each type, to be spoiled.
static VALID: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let valid: Vec<Value> = fixtures()
        .iter()
        .filter(|(_, text)| check(text).findings().is_empty())
        .map(|(_, text)| serde_json::from_slice(text).unwrap())
        .filter(|value: &Value| value.get("header").is_some())
        .collect();
    assert!(valid.len() >= 2, "the official examples are valid");
    valid
});

/// The place in [`DIFFERENCES`] that excuses an error which the schema does not see.
fn excuse(text: &[u8], error: &Finding) -> Option<usize> {
    let found = std::str::from_utf8(&text[error.span.clone()]).unwrap_or_default();
    let excused = match error.rule.code {
        "duplicate-key" => true,
        // An integer with a fraction or an exponent.
        "wrong-type" => {
            found.contains(['.', 'e', 'E']) && found.parse::<f64>().is_ok_and(|number| number.fract() == 0.0)
        }
        "not-a-timestamp" => {
            let escaped =
                serde_json::from_str::<String>(found).is_ok_and(|text| found.len() > text.len() + 2);
            let day = found.parse::<i64>().is_ok_and(|day| (19_700_101..=99_991_231).contains(&day));
            let date = found.len() >= 12 && found.as_bytes()[5] == b'-';
            escaped || day || date
        }
        "unknown-event-type" => true,
        _ => false,
    };
    let listed = |difference: &Difference| {
        difference.rule == Some(error.rule) && difference.schemas == Schemas::Accept
    };
    DIFFERENCES.iter().position(listed).filter(|_| excused)
}

/// The type of an event, new or old.
fn type_of(value: &Value) -> &Value {
    match &value["header"]["event_type"] {
        Value::Null => &value["event"]["type"],
        name => name,
    }
}

/// The place in [`DIFFERENCES`] that excuses the refusal of an event without an error.
fn refusal(of: Option<&'static Event>, value: &Value, judged: &Collected) -> Option<usize> {
    let said = ["unknown-event-type", "empty-value"];
    let unknown = judged.findings().iter().find(|finding| {
        said.contains(&finding.rule.code)
            && (finding.pointer.ends_with("/header/event_type") || finding.pointer == "/event/type")
    });
    let name = type_of(value).as_str().unwrap_or_default();
    let other = of.is_some_and(|of| of.name != name);
    let is_event = matches!(
        &judged.documents[..],
        [Document { form: Form::EventV2 | Form::EventV1, place: Some(_), within: false, .. }]
    );
    let rule = match unknown {
        Some(finding) if other => Some(finding.rule),
        None if !is_event || (other && event(name).is_some()) => None,
        _ => return None,
    };
    DIFFERENCES.iter().position(|listed| listed.rule == rule && listed.schemas == Schemas::Refuse)
}

/// Holds a text against every schema; the differences that were met, or what is wrong.
fn compare(text: &[u8]) -> Result<HashSet<usize>, String> {
    compare_with(text, true)
}

/// The same without the schema of any event, which takes long as it has all types in it.
fn compare_with(text: &[u8], any: bool) -> Result<HashSet<usize>, String> {
    let mut met = HashSet::new();
    let Ok(value) = serde_json::from_slice::<Value>(text) else { return Ok(met) };
    let judged = check(text);
    let errors = judged.errors();
    // The schemas of all other types refuse it alike; two of them do.
    let name = type_of(&value);
    let near =
        |event: &Event| *name == event.name || EVENTS[..2].iter().any(|first| first.name == event.name);
    for (of, schema) in READY.iter().filter(|(of, _)| of.map_or(any, near)) {
        let shown = || {
            let name = of.map_or("any event", |event| event.name);
            let objections: Vec<String> = schema
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            format!("{name}: {} {:#?} {objections:#?}", String::from_utf8_lossy(text), judged.findings())
        };
        match (schema.is_valid(&value), errors.is_empty()) {
            (true, true) | (false, false) => {}
            (true, false) => {
                // What stands under a key that comes again is judged too, but the reader has dropped it.
                let repeated: Vec<_> =
                    errors.iter().filter(|error| error.rule.code == "duplicate-key").collect();
                for error in if repeated.is_empty() { errors.iter().collect() } else { repeated } {
                    met.insert(excuse(text, error).ok_or_else(shown)?);
                }
            }
            (false, true) => {
                met.insert(refusal(*of, &value, &judged).ok_or_else(shown)?);
            }
        }
    }
    Ok(met)
}

#[test]
fn schemas_are_schemas() {
    for lang in [Lang::En, Lang::Zh] {
        for schema in EVENTS.iter().map(|event| json_schema(event, lang)).chain([any_event_schema(lang)]) {
            let schema = value_of(&schema);
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{error}: {schema:#}"));
        }
    }
}

#[test]
fn every_fixture_is_judged_alike() {
    for (path, text) in fixtures() {
        if let Err(wrong) = compare(&text) {
            panic!("{}: {wrong}", path.display());
        }
    }
}

#[test]
fn official_examples_are_valid() {
    for value in VALID.iter() {
        for (of, schema) in READY.iter() {
            let fits = of.is_none_or(|event| value["header"]["event_type"] == event.name);
            assert_eq!(schema.is_valid(value), fits, "{value}");
        }
    }
}

#[test]
fn every_value_in_every_place_is_judged_alike() {
    for value in VALID.iter().filter(|value| type_of(value).as_str().unwrap().starts_with("attendance.")) {
        for pointer in pointers(value) {
            for new in pool() {
                let mut spoilt = value.clone();
                *spoilt.pointer_mut(&pointer).expect("it is there") = new;
                compare(spoilt.to_string().as_bytes()).unwrap_or_else(|wrong| panic!("{wrong}"));
            }
        }
    }
}

/// A sample of each type.
static SAMPLES: LazyLock<Vec<(&'static Event, Value)>> = LazyLock::new(|| {
    let sample = |event: &&'static Event| {
        let mut text = Vec::new();
        Sampler::new(5, event, START).event(&mut text);
        (*event, serde_json::from_slice(&text).expect("samples are JSON"))
    };
    EVENTS.iter().map(sample).collect()
});

#[test]
fn samples_of_every_type_are_valid() {
    let any = READY.last().expect("the schema of any event");
    for (event, value) in &*SAMPLES {
        assert!(check(value.to_string().as_bytes()).findings().is_empty(), "{value}");
        let own = READY.iter().find(|(of, _)| of.is_some_and(|of| of.name == event.name));
        for (_, schema) in [own.expect("each has one"), any] {
            let objections: Vec<_> = schema.iter_errors(value).map(|error| error.to_string()).collect();
            assert!(objections.is_empty(), "{}: {objections:#?}\n{value}", event.name);
        }
    }
}

/// Values that are wrong in the place of one of this JSON type: of every other, and not documented.
fn wrong_in_place_of(value: &Value) -> Vec<Value> {
    let text = match value {
        Value::String(_) => r#"[null, 7, "", "x", "12", "1615381916", "1615381916000", "2021-13-99", ["x"]]"#,
        Value::Number(_) => r#"[null, "12", -7, 1.5, 1615381916, 1615381916000, 20211399, {}]"#,
        Value::Bool(_) => r#"[null, "x", 1]"#,
        Value::Array(_) => r#"[null, "x", {}, [null], [{}], [["x"]], [7]]"#,
        Value::Object(_) | Value::Null => r#"[null, "x", [], {}]"#,
    };
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn spoilt_samples_of_every_type_are_judged_alike() {
    let mut wrong = Vec::new();
    for (event, value) in &*SAMPLES {
        let usual = event.header.is_empty() && event.without.is_empty() && event.created_in == Unit::Millis;
        for pointer in pointers(value) {
            // The first item of a list stands for all, and one type for those that have the usual header.
            let header = pointer.starts_with("/header") && event.name != EVENTS[2].name;
            if pointer.contains("/1") || header && usual {
                continue;
            }
            let place = value.pointer(&pointer).expect("it is there");
            let mut spoilt: Vec<Value> = Vec::new();
            for new in wrong_in_place_of(place) {
                let mut value = value.clone();
                *value.pointer_mut(&pointer).expect("it is there") = new;
                spoilt.push(value);
            }
            let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
            let mut without = value.clone();
            if let Some(Value::Object(members)) = without.pointer_mut(parent) {
                members.remove(key);
                spoilt.push(without);
            }
            // The schema of any event has the same bodies: the first and the last, which is without the value, show it.
            let last = spoilt.len() - 1;
            for (at, value) in spoilt.iter().enumerate() {
                if let Err(why) = compare_with(value.to_string().as_bytes(), at == 0 || at == last) {
                    wrong.push(format!("{} {pointer}: {why}", event.name));
                }
            }
        }
    }
    let shown: Vec<_> = wrong.iter().take(3).collect();
    assert!(wrong.is_empty(), "{} are judged differently: {shown:#?}", wrong.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spoilt_events_are_judged_alike(
        at in any::<Index>(),
        spoils in prop::collection::vec((any::<Index>(), spoil()), 0..4),
    ) {
        let mut value = VALID[at.index(VALID.len())].clone();
        for (at, spoil) in spoils {
            apply(&mut value, &at, spoil);
        }
        let text = written(&value);
        prop_assert!(serde_json::from_slice::<Value>(&text).is_ok());
        if let Err(wrong) = compare(&text) {
            return Err(TestCaseError::fail(wrong));
        }
    }
}

/// The official example with a text in it replaced.
fn official(what: &str, with: &str) -> Vec<u8> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/attendance.user_flow.created_v1/official.json");
    let text = std::fs::read_to_string(path).expect("the official example is there");
    assert!(text.contains(what), "{what}");
    text.replacen(what, with, 1).into_bytes()
}

fn place(code: Option<&str>, schemas: Schemas) -> usize {
    DIFFERENCES
        .iter()
        .position(|listed| listed.rule.map(|rule| rule.code) == code && listed.schemas == schemas)
        .unwrap_or_else(|| panic!("{code:?} {schemas:?} is not on the list"))
}

#[test]
fn every_difference_is_real() {
    let mut real = HashSet::new();
    let task = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures/attendance.user_task.updated_v1/documented.json"),
    )
    .unwrap();
    let day = String::from_utf8(task).unwrap().replace("20210310", "20211399").into_bytes();
    let flow = "attendance.user_flow.created_v1";
    let v1 = br#"{"uuid": "u", "token": "t", "ts": "1502199207.7", "type": "event_callback",
        "event": {"type": "leave_approval", "approval_code": "i", "app_id": "a", "tenant_key": "k"}}"#;
    use Schemas::{Accept, Refuse};
    for (code, schemas, text) in [
        (Some("duplicate-key"), Accept, official("\"type\": 0", "\"type\": 1, \"type\": 0")),
        (Some("wrong-type"), Accept, official("\"type\": 0", "\"type\": 1.0")),
        (Some("wrong-type"), Accept, official("\"type\": 0", "\"type\": 1e0")),
        (Some("not-a-timestamp"), Accept, official("\"1615381916\"", r#""\u0031615381916""#)),
        (Some("not-a-timestamp"), Accept, day),
        (Some("unknown-event-type"), Accept, official("created_v1", "create_v1")),
        (Some("unknown-event-type"), Refuse, official(flow, "example.parcel.delivered_v1")),
        (Some("empty-value"), Refuse, official(flow, "")),
        (None, Refuse, br#"{"challenge": "c", "token": "t", "type": "url_verification"}"#.to_vec()),
        (None, Refuse, v1.to_vec()),
        (None, Refuse, official("0\n", "0\n")),
    ] {
        let met = compare(&text).unwrap_or_else(|wrong| panic!("{code:?}: {wrong}"));
        let place = place(code, schemas);
        assert!(met.contains(&place), "{code:?} {schemas:?}: {}", String::from_utf8_lossy(&text));
        real.insert(place);
    }

    // What serde_json does not read either, so that no schema is asked.
    let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
    for (code, text) in [
        ("json-syntax", official("\"type\": 0", "\"type\": 0,,")),
        ("truncated-document", official("\"risk_result\": 0\n  }\n}", "")),
        ("invalid-utf8", [b"{\"a\": \"".as_slice(), b"\xd5\xe3", b"\"}"].concat()),
        ("nesting-too-deep", official("\"comment\": \"\"", &format!("\"comment\": {deep}"))),
        ("lone-surrogate", official("\"comment\": \"\"", r#""comment": "\ud83d""#)),
    ] {
        assert!(serde_json::from_slice::<Value>(&text).is_err(), "{code}");
        let judged = check(&text);
        assert!(judged.findings().iter().any(|finding| finding.rule.code == code), "{code}: {judged:?}");
        real.insert(place(Some(code), Schemas::NeverSee));
    }

    // What only a reader of streams can say: the schema looks at the value alone.
    let text = official("0", "0");
    let small = read(&text, Limits { document: 100, ..Limits::default() });
    assert_eq!(small.errors()[0].rule.code, "document-too-large");
    real.insert(place(Some("document-too-large"), Accept));
    let other = official("\"type\": 0", "\"type\": 1");
    for text in [&text, &other] {
        assert!(READY.last().unwrap().1.is_valid(&serde_json::from_slice(text).unwrap()));
    }
    real.insert(place(Some("duplicate-event"), Accept));

    let stale: Vec<_> = (0..DIFFERENCES.len()).filter(|at| !real.contains(at)).collect();
    let stale: Vec<_> = stale.into_iter().map(|at| DIFFERENCES[at].why).collect();
    assert!(stale.is_empty(), "listed, but without an example: {stale:?}");
}

/// Fixtures name their schema in themselves, for editors.
#[test]
fn an_event_that_names_its_schema_is_as_valid_as_without() {
    for value in &*VALID {
        for named in ["./event.schema.json".into(), Value::Null, serde_json::json!({"a": 1})] {
            let mut value = value.clone();
            value["$schema"] = named;
            let text = serde_json::to_vec(&value).unwrap();
            assert!(check(&text).findings().is_empty(), "{value}");
            let name = value["header"]["event_type"].as_str();
            for (of, validator) in READY.iter().filter(|(of, _)| of.is_none_or(|of| Some(of.name) == name)) {
                assert!(validator.is_valid(&value), "{of:?} {value}");
            }
        }
    }
}
