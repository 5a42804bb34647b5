//! JSON Schema 2020-12 of events: what `check` calls an error is what the schema refuses, but for the
//! [differences](super::DIFFERENCES) that a schema cannot help.
//!
//! Only standard keywords: Ajv, in its strict mode, refuses a schema with others. And no `format`: whether it asserts
//! or annotates is for the validator to choose, and a malformed URL or MAC address is a warning, not an error.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::catalog::{
    BODY, ENVELOPE, ENVELOPE_V1, EVENT_CREATE_TIME, EVENTS, Envelope, Event, Field, HEAD, HEADER, Json, Kind,
    Presence, TYPE_V1, Wire, header_extra,
};
use crate::lang::{Label, Lang, label};
use crate::record::slot;
use crate::time::Unit;

use super::digits::{fraction_pattern, moment_pattern};
use super::fields::SDK_ONLY;

/// Members of the header of which the schema says more than the catalogue.
const EVENT_TYPE: &str = slot::key(slot::EVENT_TYPE);
const CREATE_TIME: &str = slot::key(slot::CREATE_TIME);

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A schema with the keywords that we use, in the order in which people read them.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Schema {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    dialect: Option<&'static str>,
    #[serde(rename = "$id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "$comment", skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty", serialize_with = "one_or_many")]
    types: Vec<&'static str>,
    #[serde(rename = "const", skip_serializing_if = "Option::is_none")]
    value: Option<Constant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    one_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    any_of: Vec<Schema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "map")]
    properties: Vec<(&'static str, Schema)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<&'static str>,
    #[serde(rename = "if", skip_serializing_if = "Option::is_none")]
    condition: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    then: Option<Box<Schema>>,
    #[serde(rename = "else", skip_serializing_if = "Option::is_none")]
    otherwise: Option<Box<Schema>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    all_of: Vec<Schema>,
    #[serde(rename = "$defs", skip_serializing_if = "Vec::is_empty", serialize_with = "map")]
    definitions: Vec<(&'static str, Schema)>,
}

/// The only value that a place may have.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
enum Constant {
    Integer(i64),
    Text(&'static str),
}

fn one_or_many<S: Serializer>(types: &[&'static str], to: S) -> Result<S::Ok, S::Error> {
    if let [one] = types {
        return one.serialize(to);
    }
    let mut list = to.serialize_seq(Some(types.len()))?;
    types.iter().try_for_each(|name| list.serialize_element(name))?;
    list.end()
}

fn map<S: Serializer>(members: &[(&'static str, Schema)], to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(members.len()))?;
    members.iter().try_for_each(|(key, schema)| map.serialize_entry(key, schema))?;
    map.end()
}

/// The schema of whole payloads of one event type.
pub fn json_schema(event: &'static Event, lang: Lang) -> Schema {
    let schema = match event.envelope {
        Envelope::V1 => {
            let mut body = body(event, lang);
            let name = body.properties.iter_mut().find(|(key, _)| *key == V1_TYPE);
            if let Some((_, schema)) = name {
                schema.value = Some(Constant::Text(event.name));
            }
            around_v1(body, lang)
        }
        Envelope::V2 => {
            let header = object(header_of(event).map(|field| match field.key {
                EVENT_TYPE => {
                    (field, Schema { value: Some(Constant::Text(event.name)), ..of_field(field, lang) })
                }
                CREATE_TIME => {
                    let Schema { pattern, comment, .. } = of_moment(event.created_in);
                    (field, Schema { pattern, comment, ..of_field(field, lang) })
                }
                EVENT_CREATE_TIME => (field, of_fraction(field, lang)),
                _ if HEADER.iter().any(|usual| usual.key == field.key) => (field, of_field(field, lang)),
                // What some types have besides is not judged.
                _ => {
                    let Schema { title, description, .. } = of_field(field, lang);
                    (field, Schema { title, description, ..Schema::default() })
                }
            }));
            top(header, body(event, lang), lang)
        }
    };
    Schema {
        id: Some(format!("urn:larkspect:{}", event.name)),
        title: Some(event.title.text(lang)),
        description: event.source().or_else(|| event.sdk_only.then(|| SDK_ONLY.text(lang).to_owned())),
        ..schema
    }
}

/// The members that the header of a type has.
fn header_of(event: &Event) -> impl Iterator<Item = &'static Field> {
    let usual = HEADER.iter().filter(|field| !event.without.contains(&field.key));
    usual.chain(event.header)
}

/// The envelope of the old form around a body.
fn around_v1(body: Schema, lang: Lang) -> Schema {
    Schema { dialect: Some(DIALECT), comment: Some(promise()), ..v1_members(body, lang) }
}

fn v1_members(body: Schema, lang: Lang) -> Schema {
    let mut envelope = object(ENVELOPE_V1.iter().map(|field| match field.key {
        TS => (field, of_fraction(field, lang)),
        _ => (field, of_field(field, lang)),
    }));
    envelope.properties.push((BODY, body));
    envelope.required.push(BODY);
    envelope
}

/// What a schema promises.
fn promise() -> String {
    format!("larkspect {}: valid is what `larkspect check` finds no error in", env!("CARGO_PKG_VERSION"))
}

/// The schema of whole payloads of every event type of the catalogue, and of the envelope of the others.
pub fn any_event_schema(lang: Lang) -> Schema {
    let header = object(HEADER.iter().map(|field| {
        let schema = of_field(field, lang);
        // Its unit depends on the type: see `created`.
        match field.key {
            CREATE_TIME => (field, Schema { pattern: None, comment: None, ..schema }),
            _ => (field, schema),
        }
    }));
    // Some types do without.
    let lacked = |key: &&str| EVENTS.iter().any(|event| event.without.contains(key));
    let (lacked, required): (Vec<_>, Vec<_>) = header.required.iter().copied().partition(lacked);
    let mut v2 = bodies(Envelope::V2, of_type);
    v2.push(created());
    v2.extend(lacked.into_iter().map(|key| unless_without(key, lang)));
    let v1 = bodies(Envelope::V1, |name| {
        let event = Schema { required: vec![V1_TYPE], ..members(vec![(V1_TYPE, name)]) };
        Schema { required: vec![BODY], ..members(vec![(BODY, event)]) }
    });
    let v2 = Schema { all_of: v2, ..top(Schema { required, ..header }, typed("object"), lang) };
    Schema {
        dialect: Some(DIALECT),
        comment: Some(promise()),
        id: Some("urn:larkspect:event".to_owned()),
        title: Some(label("任意事件", "any event").text(lang)),
        // The old form has no header.
        condition: Some(Box::new(Schema { required: vec![HEAD], ..Schema::default() })),
        then: Some(Box::new(Schema { dialect: None, comment: None, ..v2 })),
        otherwise: Some(Box::new(Schema {
            all_of: v1,
            ..v1_members(object([(&TYPE_V1, typed("string"))].into_iter()), lang)
        })),
        definitions: EVENTS.iter().map(|event| (event.name, body(event, lang))).collect(),
        ..typed("object")
    }
}

/// A field that holds seconds with a fraction.
fn of_fraction(field: &'static Field, lang: Lang) -> Schema {
    Schema { pattern: Some(fraction_pattern()), ..of_field(field, lang) }
}

/// The key of the time in the envelope of a v1 event.
const TS: &str = "ts";

/// The key of the type in the body of a v1 event.
const V1_TYPE: &str = slot::V1_BODY[0].0;

/// For each type of a form, that its body is as it is defined. `of_type` holds for payloads whose type fits a schema.
fn bodies(envelope: Envelope, of_type: impl Fn(Schema) -> Schema) -> Vec<Schema> {
    let events = EVENTS.iter().filter(|event| event.envelope == envelope);
    let defined = |event: &&Event| {
        let body = Schema { reference: Some(format!("#/$defs/{}", event.name)), ..Schema::default() };
        Schema {
            condition: Some(Box::new(of_type(exactly(Constant::Text(event.name))))),
            then: Some(Box::new(members(vec![(BODY, body)]))),
            ..Schema::default()
        }
    };
    events.map(defined).collect()
}

/// Requires a member of the header, unless the type is documented without it: then what stands in its place.
fn unless_without(key: &'static str, lang: Lang) -> Schema {
    let other = if key == CREATE_TIME { header_extra(EVENT_CREATE_TIME) } else { None };
    let other =
        other.map(|field| members(vec![(HEAD, object([(field, of_fraction(field, lang))].into_iter()))]));
    let without = EVENTS.iter().filter(|event| event.without.contains(&key));
    let names = without.map(|event| exactly(Constant::Text(event.name))).collect();
    let header = Schema { required: vec![key], ..typed("object") };
    Schema {
        condition: Some(Box::new(of_type(Schema { one_of: names, ..Schema::default() }))),
        then: other.map(Box::new),
        otherwise: Some(Box::new(members(vec![(HEAD, header)]))),
        ..Schema::default()
    }
}

/// The envelope around a header and a body.
fn top(header: Schema, body: Schema, lang: Lang) -> Schema {
    let fields = ENVELOPE.iter().map(|field| match field.kind {
        Kind::Object(_) => (field.key, Schema { title: Some(field.title.text(lang)), ..header.clone() }),
        _ => (field.key, of_field(field, lang)),
    });
    Schema {
        dialect: Some(DIALECT),
        comment: Some(promise()),
        required: ENVELOPE.iter().map(|field| field.key).chain([BODY]).collect(),
        ..members(fields.chain([(BODY, body)]).collect())
    }
}

fn body(event: &Event, lang: Lang) -> Schema {
    Schema {
        title: Some(event.title.text(lang)),
        ..object(event.fields.iter().map(|field| (field, of_field(field, lang))))
    }
}

/// An object of documented fields. Others are allowed: the platform adds them without notice.
fn object(fields: impl Iterator<Item = (&'static Field, Schema)>) -> Schema {
    let mut schema = typed("object");
    for (field, inner) in fields {
        if field.presence == Presence::Required {
            schema.required.push(field.key);
        }
        schema.properties.push((field.key, inner));
    }
    schema
}

/// An object with these members.
fn members(properties: Vec<(&'static str, Schema)>) -> Schema {
    Schema { properties, ..typed("object") }
}

/// Any value of a JSON type.
fn typed(name: &'static str) -> Schema {
    Schema { types: vec![name], ..Schema::default() }
}

/// One value alone.
fn exactly(value: Constant) -> Schema {
    Schema { value: Some(value), ..Schema::default() }
}

/// Holds for payloads whose `header.event_type` fits `name`.
fn of_type(name: Schema) -> Schema {
    let header = Schema { required: vec![EVENT_TYPE], ..members(vec![(EVENT_TYPE, name)]) };
    Schema { required: vec![HEAD], ..members(vec![(HEAD, header)]) }
}

/// The unit of `header.create_time`: callbacks have microseconds in the same field.
fn created() -> Schema {
    let unit = |unit| Some(Box::new(members(vec![(HEAD, members(vec![(CREATE_TIME, of_moment(unit))]))])));
    let others = EVENTS.iter().filter(|event| event.created_in != Unit::Millis);
    let names = others.map(|event| exactly(Constant::Text(event.name))).collect();
    Schema {
        condition: Some(Box::new(of_type(Schema { one_of: names, ..Schema::default() }))),
        then: unit(Unit::Micros),
        otherwise: unit(Unit::Millis),
        ..Schema::default()
    }
}

/// A field: its kind, and what the catalogue says of it besides.
fn of_field(field: &'static Field, lang: Lang) -> Schema {
    let mut schema = of_kind(&field.kind, field, lang);
    schema.title = Some(field.title.text(lang));
    schema.description = field.note.map(|note| note.text(lang).to_owned());
    // `null` where nothing is required is a warning at most.
    if field.nullable || field.presence != Presence::Required {
        widen(&mut schema, "null");
    }
    schema
}

/// What a value of this kind looks like. `field` is the field that holds it, or the list that it is an item of.
fn of_kind(kind: &'static Kind, field: &'static Field, lang: Lang) -> Schema {
    let degrees = |limit: i64| Schema { minimum: Some(-limit), maximum: Some(limit), ..typed("number") };
    let listed = |value, label: Label| Schema { title: Some(label.text(lang)), ..exactly(value) };
    let mut schema = match kind {
        // The calendar is beyond a schema, its ends are not.
        Kind::Day => Schema { minimum: Some(19_700_101), maximum: Some(99_991_231), ..typed("integer") },
        Kind::Longitude => degrees(180),
        Kind::Latitude => degrees(90),
        Kind::Time(unit, Wire::Text) => Schema {
            pattern: if field.presence.is_missed() {
                of_moment(*unit).pattern
            } else {
                of_moment(*unit).pattern.map(|pattern| format!("^$|{pattern}"))
            },
            ..of_moment(*unit)
        },
        Kind::Time(unit, _) => of_count(*unit),
        Kind::Choice(choices) => Schema {
            one_of: choices
                .iter()
                .map(|choice| listed(Constant::Integer(choice.value), choice.label))
                .collect(),
            ..typed("integer")
        },
        Kind::Word(words) => Schema {
            one_of: words
                .iter()
                .map(|word| listed(Constant::Text(word.value), word.label))
                // Where nothing must be there, an empty text is nothing.
                .chain((!field.presence.is_missed()).then(|| exactly(Constant::Text(""))))
                .collect(),
            ..typed("string")
        },
        // The calendar and the clock are beyond a schema.
        Kind::Date => written(DATE),
        Kind::DateTime => written(&format!(r"{DATE}([ T]{CLOCK})?")),
        Kind::Rfc3339 => written(&format!(r"{DATE}[Tt ]{CLOCK}([Zz]|[+-][0-9]{{2}}:[0-9]{{2}})")),
        Kind::TimeOfDay | Kind::Duration(_, Wire::Text) => {
            Schema { pattern: Some("^(-?[0-9]+(\\.[0-9]+)?)?$".to_owned()), ..typed("string") }
        }
        Kind::List(item) => Schema { items: Some(Box::new(of_kind(item, field, lang))), ..typed("array") },
        Kind::Object(fields) => object(fields.iter().map(|field| (field, of_field(field, lang)))),
        Kind::Any => Schema::default(),
        // Any sum of them.
        Kind::Bits(bits) => Schema {
            minimum: Some(0),
            maximum: Some(bits.iter().fold(0, |all, bit| all | bit.value)),
            any_of: bits
                .iter()
                .map(|bit| listed(Constant::Integer(bit.value), bit.label))
                .chain([typed("integer")])
                .collect(),
            ..typed("integer")
        },
        kind => typed(json_type(kind)),
    };
    // More values than those that are documented may come.
    if field.open && !schema.one_of.is_empty() {
        schema.any_of = std::mem::take(&mut schema.one_of);
        schema.any_of.extend(schema.types.iter().map(|name| typed(name)));
    }
    // Another documented kind is accepted whatever it holds.
    if let Some(also) = field.also {
        widen(&mut schema, json_type(also));
    }
    schema
}

const DATE: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
const CLOCK: &str = "[0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\\.[0-9]+)?)?";

/// A date or time as people write it, blanks around it, or nothing.
fn written(pattern: &str) -> Schema {
    Schema { pattern: Some(format!(r"^\s*({pattern})?\s*$")), ..typed("string") }
}

/// The digits of a moment.
fn of_moment(unit: Unit) -> Schema {
    Schema {
        comment: Some(format!("digits alone, of no magnitude that says another unit than {}", unit.name())),
        pattern: Some(moment_pattern(unit)),
        ..typed("string")
    }
}

/// An integer that counts from 1970, and is not of a magnitude that says another unit.
fn of_count(unit: Unit) -> Schema {
    let others = Unit::ALL.into_iter().filter(|other| *other != unit);
    let ranges = others.map(|other| {
        let values = other.values();
        // Limits hold for every value that is no number, such as `null`: only its type tells it from one.
        Schema { minimum: Some(*values.start()), maximum: Some(*values.end()), ..typed("integer") }
    });
    Schema {
        not: Some(Box::new(Schema { any_of: ranges.collect(), ..Schema::default() })),
        ..typed("integer")
    }
}

/// Allows another JSON type, unless all are allowed. Keywords such as `pattern` look only at values of their own type;
/// only a list of values looks at all.
fn widen(schema: &mut Schema, name: &'static str) {
    if schema.types.is_empty() || schema.types.contains(&name) {
        return;
    }
    schema.types.push(name);
    for list in [&mut schema.one_of, &mut schema.any_of] {
        if !list.is_empty() {
            list.push(typed(name));
        }
    }
}

/// The JSON type of a kind, as JSON Schema calls it.
pub(crate) fn json_type(kind: &Kind) -> &'static str {
    match kind.json() {
        Json::String => "string",
        Json::Boolean => "boolean",
        Json::Integer => "integer",
        Json::Number => "number",
        Json::Array => "array",
        Json::Object => "object",
        Json::Any => "any",
    }
}
