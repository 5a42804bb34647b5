//! What the inside of an event, without its header, is the inside of: a type of the catalogue that has these keys.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::catalog::{EVENTS, Envelope, Event, Field, HEADER, Json, Kind, event};
use crate::json::tree;
use crate::json::{Token, TokenKind};
use crate::lang::{Lang, say};
use crate::steps::took;

/// How many keys of a document are looked at, and how deep: enough to tell any two types apart that can be.
const MOST_KEYS: usize = 128;
const DEPTH: usize = 3;
/// How many of them must be those of the type. Fewer are too common: everything has an id, a name and a type.
const LEAST_KEYS: usize = 5;
/// The same where none is missing and none is strange.
const FEWEST_KEYS: usize = 4;

/// What is shorter has too few. A text may be full of small objects, and each type is looked at for each object.
const SHORTEST: usize = 40;

/// Which types have a member of a name at the top of their body.
static BY_KEY: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut types = HashMap::<_, Vec<_>>::new();
    for (number, event) in (0..).zip(EVENTS) {
        for field in event.fields {
            types.entry(field.key).or_default().push(number);
        }
    }
    types
});

/// The event types, one or several that cannot be told apart, whose body the object at `at` is likely to be; also with
/// members of the header among its own. Empty where it is something else. The document is walked once.
pub(crate) fn likely(text: &[u8], at: usize) -> Vec<&'static Event> {
    let end = tree::members(text, at).last().map_or(at, |(_, value)| value.end);
    if end - at < SHORTEST {
        return Vec::new();
    }
    if let Some(event) = of_v1(text, at) {
        return vec![event];
    }
    let Some(keys) = Key::all(text, at) else { return Vec::new() };
    let mut best = 0;
    let mut types = Vec::new();
    for event in candidates(&keys) {
        let Score { known, unknown, missed } = Score::of(event.fields, &keys);
        let whole = missed <= event.fields.iter().filter(|field| field.presence.is_missed()).count() / 2;
        let exact = known >= FEWEST_KEYS && unknown + missed == 0;
        let much = known >= LEAST_KEYS && 4 * unknown <= known && whole;
        if !exact && !much {
            continue;
        }
        // What is missing weighs less than what is strange.
        let score = 4 * known + 4 * MOST_KEYS - 4 * unknown - missed.min(3);
        if score > best {
            best = score;
            types.clear();
        }
        if score == best {
            types.push(event);
        }
    }
    types
}

/// Whether an object that is called `event` may be the body of one: it need not be half of it.
pub(crate) fn may_be(text: &[u8], at: usize) -> bool {
    let (mut count, mut hits) = (0, HashMap::<u16, usize>::new());
    for (key, _) in tree::members(text, at) {
        count += 1;
        for number in BY_KEY.get(&*key).into_iter().flatten() {
            *hits.entry(*number).or_default() += 1;
        }
    }
    hits.into_values().any(|hits| hits >= 2 && 2 * hits >= count)
}

/// Whether a body may have a member of this name, be it from a header. Of what has mostly others, none is [`likely`].
pub(crate) fn may_have(key: &str) -> bool {
    BY_KEY.contains_key(key) || HEADER.iter().any(|field| field.key == key) || key == "schema"
}

/// What a likely type is called in a sentence; `None` where there is none.
pub(crate) fn named(types: &[&Event], lang: Lang) -> Option<String> {
    let names: Vec<&str> = types.iter().map(|event| event.name).collect();
    Some(match &names[..] {
        [] => return None,
        [one] => (*one).to_owned(),
        [first, second] => say!(lang, "{first} 或 {second}", "{first} or {second}"),
        [first, second, third] => {
            say!(lang, "{first}、{second} 或 {third}", "{first}, {second} or {third}")
        }
        [first, second, rest @ ..] => {
            let rest = rest.len();
            say!(
                lang,
                "{first}、{second} 或类似的 {rest} 种类型之一",
                "{first}, {second} or one of {rest} like them"
            )
        }
    })
}

/// A body of the old form has its type in it.
fn of_v1(text: &[u8], at: usize) -> Option<&'static Event> {
    let name = tree::string(text, tree::member(text, at, "type")?)?;
    let event = event(&name).filter(|event| event.envelope == Envelope::V1)?;
    let known = tree::members(text, at).filter(|(key, _)| event.field(key).is_some()).count();
    (known > 1).then_some(event)
}

/// The types that have most of the keys at the top.
fn candidates(keys: &[Key<'_>]) -> impl Iterator<Item = &'static Event> {
    took(EVENTS.len());
    let mut hits = vec![0; EVENTS.len()];
    for number in keys.iter().filter_map(|key| BY_KEY.get(&*key.name)).flatten() {
        hits[usize::from(*number)] += 1;
    }
    let most = hits.iter().copied().max().unwrap_or_default().max(1);
    EVENTS.iter().copied().zip(hits).filter(move |(_, hits)| *hits == most).map(|(event, _)| event)
}

/// A member of a document.
struct Key<'t> {
    name: Cow<'t, str>,
    value: TokenKind,
    /// The members of an object, or of the first item of a list.
    inner: Vec<Key<'t>>,
}

impl<'t> Key<'t> {
    /// Those of the object at `at`, without those that may come from a header. `None` where most are in no body.
    fn all(text: &'t [u8], at: usize) -> Option<Vec<Key<'t>>> {
        let mut members = Vec::new();
        let mut known = 0;
        for (name, value) in tree::members(text, at) {
            let named = BY_KEY.contains_key(&*name);
            if HEADER.iter().any(|field| field.key == name) || name == "schema" {
                continue;
            }
            known += usize::from(named);
            members.push((name, value));
            if members.len() > MOST_KEYS || members.len() > 2 * known + 2 {
                return None;
            }
        }
        let mut left = MOST_KEYS;
        (known > 0 && 4 * known >= 3 * members.len())
            .then(|| Key::read(text, members.into_iter(), 1, &mut left))
    }

    fn read(
        text: &'t [u8],
        members: impl Iterator<Item = (Cow<'t, str>, Token)>,
        depth: usize,
        left: &mut usize,
    ) -> Vec<Key<'t>> {
        let mut keys = Vec::new();
        for (name, value) in members {
            let Some(less) = left.checked_sub(1) else { break };
            *left = less;
            let object = match value.kind {
                TokenKind::Array => tree::items(text, value.start).next(),
                _ => Some(value),
            };
            let inner = match object.filter(|object| tree::is_object(*object) && depth < DEPTH) {
                Some(object) => Key::read(text, tree::members(text, object.start), depth + 1, left),
                None => Vec::new(),
            };
            keys.push(Key { name, value: value.kind, inner });
        }
        keys
    }
}

/// How well keys fit fields.
#[derive(Default)]
struct Score {
    known: usize,
    unknown: usize,
    /// Fields at the top that are missed.
    missed: usize,
}

impl Score {
    fn of(fields: &'static [Field], keys: &[Key<'_>]) -> Score {
        let mut score = Score::default();
        for key in keys {
            match fields.iter().find(|field| field.key == key.name) {
                Some(field) if fits(field, key.value) => {
                    score.known += 1;
                    if let Some(fields) = inner(&field.kind) {
                        let inner = Score::of(fields, &key.inner);
                        score.known += inner.known;
                        score.unknown += inner.unknown;
                    }
                }
                _ => score.unknown += 1,
            }
        }
        let missed =
            |field: &&Field| field.presence.is_missed() && !keys.iter().any(|key| key.name == field.key);
        score.missed = fields.iter().filter(missed).count();
        score
    }
}

/// The fields of an object, or of the objects of a list.
fn inner(kind: &Kind) -> Option<&'static [Field]> {
    match kind {
        Kind::Object(fields) => Some(fields),
        Kind::List(item) => inner(item),
        _ => None,
    }
}

fn fits(field: &Field, value: TokenKind) -> bool {
    let fits = |kind: &Kind| match (kind.json(), value) {
        (Json::Any, _)
        | (Json::String, TokenKind::String { .. })
        | (Json::Boolean, TokenKind::Bool(_))
        | (Json::Integer | Json::Number, TokenKind::Number { .. })
        | (Json::Array, TokenKind::Array)
        | (Json::Object, TokenKind::Object) => true,
        _ => value == TokenKind::Null,
    };
    fits(&field.kind) || field.also.is_some_and(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{START, Sampler};
    use proptest::prelude::*;

    /// An event, and where its body is.
    fn sample(event: &'static Event) -> (Vec<u8>, usize) {
        let mut line = Vec::new();
        Sampler::new(1, event, START).event(&mut line);
        let at = tree::member(&line, 0, "event").unwrap().start;
        (line, at)
    }

    #[test]
    fn the_type_is_told_by_the_keys() {
        let mut told = 0;
        for event in EVENTS {
            let (line, at) = sample(event);
            let types = likely(&line, at);
            assert!(
                types.is_empty() || types.iter().any(|other| other.name == event.name),
                "{} is taken for {types:?}",
                event.name
            );
            told += usize::from(!types.is_empty());
        }
        // The others are an id or two, which could be anything.
        assert!(4 * told > 2 * EVENTS.len(), "{told} of {}", EVENTS.len());
    }

    #[test]
    fn what_stands_within_a_body_is_hardly_ever_taken_for_one() {
        let (mut taken, mut all) = (0, 0);
        for event in EVENTS {
            let (line, at) = sample(event);
            for brace in memchr::memchr_iter(b'{', &line).filter(|brace| *brace > at) {
                all += 1;
                taken += usize::from(!likely(&line, brace).is_empty());
            }
        }
        assert!(all > 500 && 50 * taken < all, "{taken} of {all}");
    }

    #[test]
    fn members_of_the_header_beside_those_of_the_body_do_not_matter() {
        let body =
            r#""message":{"message_id":"om","chat_id":"oc","content":"{}"},"sender":{"sender_type":"user"}"#;
        for text in [
            format!("{{{body}}}"),
            format!(r#"{{"event_id":"1","tenant_key":"k",{body}}}"#),
            format!(r#"{{"schema":"2.0",{body},"create_time":"1"}}"#),
        ] {
            assert_eq!(
                named(&likely(text.as_bytes(), 0), Lang::En).as_deref(),
                Some("im.message.receive_v1"),
                "{text}"
            );
        }
        for text in [
            "{}",
            "[]",
            r#"{"level":"info","msg":"hello","time":"t","caller":"main.go:1"}"#,
            r#"{"message":"hello","user_id":"1","status":200,"name":"x"}"#,
            r#"{"open_id":"ou","union_id":"on","user_id":"1"}"#,
            r#"{"message":{"a":1},"sender":{"b":1},"x":1,"y":2,"z":3}"#,
        ] {
            assert_eq!(named(&likely(text.as_bytes(), 0), Lang::En), None, "{text}");
        }
    }

    #[test]
    fn types_that_look_the_same_are_all_named() {
        let types: Vec<_> = EVENTS.iter().copied().take(4).collect();
        let [a, b, c, ..] = &types[..] else { panic!("there are more types") };
        assert_eq!(named(&types[..0], Lang::En), None);
        assert_eq!(named(&types[..1], Lang::En).unwrap(), a.name);
        assert_eq!(named(&types[..2], Lang::En).unwrap(), format!("{} or {}", a.name, b.name));
        assert_eq!(named(&types[..3], Lang::En).unwrap(), format!("{}, {} or {}", a.name, b.name, c.name));
        assert_eq!(named(&types, Lang::En).unwrap(), format!("{}, {} or one of 2 like them", a.name, b.name));
    }

    #[test]
    fn an_old_body_says_its_type() {
        let text = br#"{"type":"leave_approval","app_id":"cli","tenant_key":"k","x":1,"y":2}"#;
        assert_eq!(named(&likely(text, 0), Lang::En).as_deref(), Some("leave_approval"));
        assert!(likely(br#"{"type":"leave_approval","x":1}"#, 0).is_empty());
    }

    #[test]
    fn many_small_objects_are_looked_at_a_bounded_number_of_times() {
        for object in [
            "{}",
            r#"{"id":1}"#,
            r#"{"type":"x"}"#,
            r#"{"message":{"message_id":"1"},"sender":{"sender_type":1}}"#,
        ] {
            let text = object.repeat(2_000);
            let took = crate::steps::of(|| {
                for at in (0..text.len()).step_by(object.len()) {
                    likely(text.as_bytes(), at);
                }
            });
            assert!(took < 20 * text.len() as u64, "{took} for {object}");
        }
    }

    proptest! {
        #[test]
        fn noise_is_looked_at_without_harm(text in "[\\{\\}\\[\\]\",:a-z_]{0,200}", at in 0usize..200) {
            let _ = (likely(text.as_bytes(), at.min(text.len())), may_be(text.as_bytes(), 0));
        }
    }
}
