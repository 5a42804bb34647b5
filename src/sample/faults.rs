//! How to break each rule: a valid event is turned into one of which exactly that rule speaks. As a rule this is what
//! the rule's own example says, so a new rule needs nothing here; the table has those that need more.

use std::fmt;

use crate::catalog::{self, Envelope, Event, Field, Json, Kind, PUNCH, Presence, TYPE_V1, Wire};
use crate::container::{Form, classify};
use crate::finding::Rule;
use crate::lang::{Lang, say};
use crate::record::slot;
use crate::rules::{form, garbled, shape, stream, syntax, time, value, wire};
use crate::time::Unit;

use super::envelope::event_id;
use super::mutate::{Draft, OVERLAY, Spot};
use super::text::word;

/// Breaks a draft; `None` when it has no place for that.
type Make = fn(&mut Draft<'_>) -> Option<()>;

/// How to break a rule.
#[derive(Clone, Copy)]
pub(super) struct Fault {
    pub rule: &'static Rule,
    /// `None` for the way of the rule's example.
    make: Option<Make>,
    /// Whether the draft is the event before, told again.
    pub follows: bool,
}

impl Fault {
    /// Breaks the draft; `None` when it has no place for that.
    pub fn make(&self, draft: &mut Draft<'_>) -> Option<()> {
        match self.make {
            Some(make) => make(draft),
            None => draft.follow(self.rule.wrong),
        }
    }
}

const fn fault(rule: &'static Rule, make: Make) -> Fault {
    Fault { rule, make: Some(make), follows: false }
}

const fn again(rule: &'static Rule, make: Make) -> Fault {
    Fault { rule, make: Some(make), follows: true }
}

const fn example(rule: &'static Rule) -> Fault {
    Fault { rule, make: None, follows: false }
}

/// What `--fault-rate` draws from. Another row would change what a seed gives: a new rule gets none, it is broken as
/// its example is.
pub(super) static FAULTS: &[Fault] = &[
    fault(&syntax::JSON_SYNTAX, json_syntax),
    fault(&syntax::TRUNCATED_DOCUMENT, truncated),
    fault(&syntax::INVALID_UTF8, invalid_utf8),
    fault(&syntax::NESTING_TOO_DEEP, too_deep),
    fault(&syntax::DOCUMENT_TOO_LARGE, too_large),
    fault(&syntax::DUPLICATE_KEY, duplicate_key),
    fault(&syntax::LONE_SURROGATE, lone_surrogate),
    fault(&form::NOT_AN_EVENT, not_an_event),
    fault(&form::UNKNOWN_EVENT_TYPE, unknown_event_type),
    fault(&form::ENCRYPTED_WITHOUT_KEY, encrypted),
    fault(&wire::DECRYPTION_FAILED, |draft| {
        encrypted(draft)?;
        // Cut in the middle of a block.
        let end = draft.out.len() - 2;
        draft.out.drain(end - 1..end);
        Some(())
    }),
    fault(&wire::RESHAPED_CAPTURE, compact),
    fault(&wire::UNDOCUMENTED_CHALLENGE, |draft| {
        let head = "{\"schema\":\"2.0\",\"header\":{\"event_type\":\"url_verification\"},";
        draft.replace(format!("{head}\"event\":{{\"challenge\":\"5634b122-c042-4634-bc7f-b07a3c3e77ad\"}}}}"))
    }),
    fault(&shape::MISSING_FIELD, |draft| {
        let event = draft.event;
        let missed = |spot: &Spot| spot.depth == 1 && spot.field.presence == Presence::Required;
        let spot = draft.pick(|spot| missed(spot) && !alters_header(event, spot))?;
        draft.remove(&spot)
    }),
    fault(&shape::ABSENT_FIELD, |draft| {
        let spot = draft.pick_field(|field| field.presence == Presence::Expected)?;
        draft.remove(&spot)
    }),
    fault(&value::EMPTY_VALUE, |draft| {
        let empty = |field: &Field| matches!(field.kind, Kind::Text) && field.presence == Presence::Required;
        // An event of the old form is of no known type without its own.
        let event = draft.event;
        let is_v1 = event.envelope == Envelope::V1;
        let is_type = |spot: &Spot| is_v1 && spot.field.key == TYPE_V1.key || alters_header(event, spot);
        let spot = draft.pick(|spot| spot.depth == 1 && empty(spot.field) && !is_type(spot))?;
        draft.set(&spot, "\"\"")
    }),
    fault(&shape::NULL_VALUE, |draft| {
        let missed = |field: &Field| field.presence != Presence::Required && field.kind.json() != Json::Any;
        let spot = draft.pick_field(missed)?;
        draft.set(&spot, "null")
    }),
    fault(&shape::WRONG_TYPE, wrong_type),
    fault(&shape::UNKNOWN_FIELD, unknown_field),
    fault(&value::UNKNOWN_CHOICE, unknown_choice),
    example(&value::MALFORMED_MAC),
    example(&value::MALFORMED_URL),
    fault(&value::COORDINATES_OUT_OF_RANGE, |draft| {
        // A longitude where the latitude belongs.
        let spot = draft.pick(|spot| matches!(spot.field.kind, Kind::Latitude))?;
        draft.set(&spot, "120.04004357074373")
    }),
    fault(&time::NOT_A_TIMESTAMP, |draft| {
        let times = |kind| matches!(kind, Kind::Time(_, Wire::Text) | Kind::Day);
        let spot = draft.pick(|spot| times(spot.field.kind))?;
        draft.set(
            &spot,
            if matches!(spot.field.kind, Kind::Day) { "20211310" } else { "\"2021-03-10 21:11:56\"" },
        )
    }),
    fault(&time::TIMESTAMP_UNIT, timestamp_unit),
    fault(&time::IMPLAUSIBLE_TIME, |draft| {
        // The other times of other types may be long past.
        let recent = draft.event.name == PUNCH;
        let spot = draft.pick(|spot| {
            (recent || spot.in_header) && matches!(spot.field.kind, Kind::Time(_, Wire::Text))
        })?;
        draft.set(&spot, "\"0\"")
    }),
    fault(&time::PUNCH_AFTER_EVENT, |draft| {
        let happened = draft.event.happened.filter(|_| draft.event.name == PUNCH)?;
        let spot = draft.pick_field(|field| field.key == happened)?;
        let later = draft.created.seconds().0 + 3600;
        draft.set(&spot, format!("\"{later}\""))
    }),
    again(&stream::DUPLICATE_EVENT, |_| Some(())),
    again(&stream::DUPLICATE_RECORD, duplicate_record),
];

/// Rules that came later and need more than their example. They are not drawn, so that a seed gives what it gave.
static LATER: &[Fault] = &[
    fault(&value::MALFORMED_JSON, |draft| {
        let spot = draft.pick(|spot| !spot.in_header && matches!(spot.field.kind, Kind::Json))?;
        draft.set(&spot, r#""{\"text\":""#)
    }),
    fault(&garbled::GARBLED_TEXT, |draft| {
        let spot = draft.pick_field(text)?;
        draft.set(&spot, "\"æµ™æ±Ÿçœ\"")
    }),
];

/// The way to break a rule: that of the tables, or else that of an example with members in place of those of an event.
pub(super) fn of(rule: &'static Rule) -> Option<Fault> {
    let listed = FAULTS.iter().chain(LATER).find(|fault| fault.rule == rule).copied();
    listed.or_else(|| rule.wrong.starts_with(OVERLAY).then(|| example(rule)))
}

/// Whether a fault is small enough to be mixed into a corpus.
pub(super) fn mixes(rule: &Rule) -> bool {
    *rule != syntax::DOCUMENT_TOO_LARGE
}

/// Those that [`super::Sampler::mixed`] draws from, the same in every version.
pub fn mixed_faults() -> impl Iterator<Item = &'static Rule> {
    FAULTS.iter().map(|fault| fault.rule)
}

/// Why there is no event that breaks a rule.
#[derive(Clone, Copy, Debug)]
pub enum NoFault {
    /// Events of this type have no field to which the rule applies.
    NoPlace(&'static Rule, &'static Event),
    /// The rule is about an event among others, and this would be the first.
    First(&'static Rule),
    /// A single body cannot break the rule: it is about requests, say.
    Unknown(&'static Rule),
}

impl NoFault {
    /// Why, in one language.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            NoFault::NoPlace(rule, event) => {
                let (event, code) = (event.name, rule.code);
                let has = super::shows(rule).map(|other| other.name);
                let has = has.map(|other| say!(lang, "；{other} 有", "; {other} has")).unwrap_or_default();
                say!(
                    lang,
                    "{event} 没有能违反 {code} 的字段{has}",
                    "{event} has no field that could show {code}{has}"
                )
            }
            NoFault::First(Rule { code, .. }) => {
                say!(lang, "{code} 需要前面先有一个事件", "{code} needs an event before it")
            }
            NoFault::Unknown(Rule { code, .. }) => {
                say!(lang, "单独一个请求体无法违反 {code}", "no body alone shows {code}")
            }
        }
    }
}

impl fmt::Display for NoFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl std::error::Error for NoFault {}

/// Whether the header is right for the type alone that stands here: without it, other times and keys would be wrong.
fn alters_header(event: &Event, spot: &Spot) -> bool {
    let usual = event.created_in == Unit::Millis && event.without.is_empty();
    !usual && spot.in_header && spot.field.key == slot::key(slot::EVENT_TYPE)
}

fn json_syntax(draft: &mut Draft<'_>) -> Option<()> {
    match draft.random.below(3) {
        0 => draft.add(","),
        // Not `True` or `undefined`: what has those may be a dump of Python or Node, and is read.
        1 => {
            let Some(spot) = draft.pick_field(|field| !matches!(field.kind, Kind::Text)) else {
                return draft.add(",");
            };
            let word = *draft.random.pick(&["TRUE", "NaN", "yes"]);
            draft.set(&spot, word)
        }
        _ => {
            let Some(spot) = draft.pick_field(|_| true) else { return draft.add(",") };
            let zeros = [b"00", draft.value(&spot)].concat();
            draft.set(&spot, zeros)
        }
    }
}

/// Cuts the event in the middle of a key. Not anywhere: half of `true` is another fault.
fn truncated(draft: &mut Draft<'_>) -> Option<()> {
    let spot = draft.pick_field(|_| true)?;
    draft.out.truncate(spot.key.start.midpoint(spot.key.end));
    Some(())
}

fn text(field: &Field) -> bool {
    matches!(field.kind, Kind::Text) && field.presence != Presence::Required
}

fn invalid_utf8(draft: &mut Draft<'_>) -> Option<()> {
    let spot = draft.pick_field(text)?;
    // 浙江省 in GBK.
    draft.set(&spot, b"\"\xd5\xe3\xbd\xad\xca\xa1\"")
}

fn too_deep(draft: &mut Draft<'_>) -> Option<()> {
    // As deep as no limit of ours will ever be, and still short.
    const DEPTH: usize = 200;
    let key = unused(draft.event, ["extra", "nested"])?;
    draft.add(format!(",\"{key}\":{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)))
}

fn too_large(draft: &mut Draft<'_>) -> Option<()> {
    let spot = draft.pick_field(text)?;
    let mut long = vec![b'x'; draft.limit + 2];
    *long.first_mut()? = b'"';
    *long.last_mut()? = b'"';
    draft.set(&spot, long)
}

fn duplicate_key(draft: &mut Draft<'_>) -> Option<()> {
    let spot = draft.pick(|spot| !spot.in_header && spot.depth == 1)?;
    let mut again = vec![b','];
    again.extend_from_slice(&draft.out[spot.key.start..spot.value.end]);
    // Written with an escape it is still the same key.
    if draft.random.chance(250) {
        let first = again[2];
        again.splice(2..3, format!("\\u{first:04x}").into_bytes());
    }
    draft.add(again)
}

fn lone_surrogate(draft: &mut Draft<'_>) -> Option<()> {
    let spot = draft.pick_field(text)?;
    draft.set(&spot, r#""打卡 \ud83d""#)
}

fn not_an_event(draft: &mut Draft<'_>) -> Option<()> {
    // What is no event is passed over among events, but for the inside of one. Of some that is not known for it.
    const PUNCH: &[u8] =
        br#"{"employee_id":"2b68933a","check_time":"1615381916","record_id":"6938012269578125316"}"#;
    let body = memchr::memmem::find(&draft.out[draft.start..], b"\"event\":")? + draft.start + 8;
    let inside = draft.out[body..draft.out.len() - 1].to_vec();
    draft.replace(if classify(&inside) == Form::BareBody { &inside } else { PUNCH })
}

fn unknown_event_type(draft: &mut Draft<'_>) -> Option<()> {
    // Of other products, until the catalogue has them.
    const OTHERS: &[&str] =
        &["im.chat.disbanded_v1", "calendar.calendar.changed_v4", "example.parcel.delivered_v1"];
    let event = draft.event;
    let spot = draft.header("event_type").filter(|spot| !alters_header(event, spot))?;
    let name = match draft.random.chance(500) {
        true => OTHERS.iter().find(|name| catalog::event(name).is_none())?.to_string(),
        // The slip of a finger: created, create.
        false => draft.event.name.replacen("ed_v", "e_v", 1),
    };
    let name = if catalog::event(&name).is_some() { name + "x" } else { name };
    draft.set(&spot, format!("\"{name}\""))
}

fn encrypted(draft: &mut Draft<'_>) -> Option<()> {
    // 64 letters of base64 are 48 bytes: three blocks of AES.
    let length = 64 * (10 + draft.random.below(6) as usize);
    let sealed = word(length, draft.random);
    draft.replace(format!("{{\"encrypt\":\"{sealed}\"}}"))
}

/// The event as the command-line client prints it with `--compact`: `type` is gone.
fn compact(draft: &mut Draft<'_>) -> Option<()> {
    let id = draft.header("event_id")?;
    let id = String::from_utf8_lossy(draft.value(&id)).into_owned();
    let (created, name) = (draft.created.0, draft.event.name);
    let own = ["event_id", "timestamp", "type"];
    let employee = draft.pick(|spot| {
        !spot.in_header && matches!(spot.field.kind, Kind::Text) && !own.contains(&spot.field.key)
    })?;
    let key = employee.field.key;
    let value = String::from_utf8_lossy(draft.value(&employee)).into_owned();
    draft.replace(format!(
        "{{\"{key}\":{value},\"event_id\":{id},\"timestamp\":\"{created}\",\"type\":\"{name}\"}}"
    ))
}

/// Quotes for what has none, and none for what has them.
fn wrong_type(draft: &mut Draft<'_>) -> Option<()> {
    let spot = draft.pick_field(|field| field.also.is_none() && field.kind.json() != Json::Any)?;
    let value = String::from_utf8_lossy(draft.value(&spot)).into_owned();
    let wrong = match spot.field.kind {
        kind if kind.json() == Json::String => {
            let bare = value.trim_matches('"');
            let digits = bare.starts_with(|c: char| matches!(c, '1'..='9'));
            if digits && bare.bytes().all(|byte| byte.is_ascii_digit()) {
                bare.to_owned()
            } else {
                "0".to_owned()
            }
        }
        kind if matches!(kind.json(), Json::Array | Json::Object) => "\"\"".to_owned(),
        _ => format!("\"{value}\""),
    };
    draft.set(&spot, wrong)
}

fn unknown_field(draft: &mut Draft<'_>) -> Option<()> {
    let slips = !draft.random.chance(500);
    // A slip beside the right one, so that nothing is missing.
    let slip = |key: &str| format!("{}{}", &key[..2], &key[3..]);
    let event = draft.event;
    let spot = if slips {
        draft.pick_field(|field| field.key.len() > 5 && event.field(&slip(field.key)).is_none())
    } else {
        None
    };
    match spot {
        Some(spot) => draft.add(format!(",\"{}\":\"\"", slip(spot.field.key))),
        None => {
            let key = unused(event, ["device_id", "gadget_id"])?;
            draft.add(format!(",\"{key}\":\"99e0609ee053448596502691a81428654d7ded64\""))
        }
    }
}

/// The first of these that is no field of the event.
fn unused(event: &Event, keys: [&'static str; 2]) -> Option<&'static str> {
    keys.into_iter().find(|key| event.field(key).is_none())
}

fn unknown_choice(draft: &mut Draft<'_>) -> Option<()> {
    let spot = draft.pick(|spot| matches!(spot.field.kind, Kind::Choice(_) | Kind::Word(_)))?;
    match spot.field.kind {
        Kind::Choice(choices) => {
            let most = choices.iter().map(|choice| choice.value).max()?;
            draft.set(&spot, (most + 2).to_string())
        }
        _ => draft.set(&spot, "\"Unheard\""),
    }
}

fn timestamp_unit(draft: &mut Draft<'_>) -> Option<()> {
    let spot = draft.pick(|spot| matches!(spot.field.kind, Kind::Time(_, Wire::Text)))?;
    let value = String::from_utf8_lossy(draft.value(&spot)).into_owned();
    let number = value.trim_matches('"');
    match spot.field.kind {
        Kind::Time(Unit::Seconds, _) => draft.set(&spot, format!("\"{number}000\"")),
        _ => draft.set(&spot, format!("\"{}\"", &number[..number.len().checked_sub(3)?])),
    }
}

/// The record of the event before, in an event of its own.
fn duplicate_record(draft: &mut Draft<'_>) -> Option<()> {
    draft.event.record?;
    let created = draft.created.0 + 60_000 + i64::from(draft.random.below(600_000));
    let (id, time) = (draft.header("event_id")?, draft.header("create_time")?);
    let new_id = event_id(draft.random);
    // As long as what it replaces, so the time stays where it is.
    draft.out[id.value.start + 1..id.value.end - 1].copy_from_slice(new_id.as_bytes());
    draft.set(&time, format!("\"{created}\""))
}
