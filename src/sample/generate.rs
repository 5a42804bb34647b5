//! The body of an event: values that belong together come from the scenes of its type (`scenes.tsv`), texts from what
//! is usual under a key (`texts.tsv`), all others from their kind.

use crate::catalog::{Event, Field, ITEM, Kind};
use crate::json::tree;
use crate::time::Millis;

use super::calendar::Office;
use super::envelope::App;
use super::random::Random;
use super::text::{fold, hex};
use super::values::Values;

/// Values that belong together. A line is a scene: event type, theme, weight and JSON members, between tabs. Each event
/// gets one scene of every theme, drawn by weight; where two of them name a member, that of the earlier theme stands. An
/// object has the members that the scene names, and all others as without it.
const SCENES: &str = include_str!("scenes.tsv");

/// What texts look like that no scene names.
const TEXTS: &str = include_str!("texts.tsv");

/// Where somebody is, which is nearly always the same place.
const PLACE: &str = "place";

/// The type of which others speak by its message ID.
pub(super) const MESSAGE: &str = "im.message.receive_v1";

/// How many people there are, unless it is said.
const PEOPLE: u32 = 1200;

/// Makes the bodies of one event type.
#[derive(Debug)]
pub(super) struct Generator {
    pub event: &'static Event,
    members: Vec<Member>,
    /// The JSON of members that are the same in all events.
    fixed: Vec<Option<String>>,
    themes: Vec<Theme>,
    pub company: Company,
}

/// What the events of all types have in common.
#[derive(Clone, Debug)]
pub(super) struct Company {
    pub seed: u64,
    pub app_id: String,
    pub tenant_key: String,
    pub office: Office,
    /// How many people there are.
    pub people: u32,
}

/// What is known of an event before its values are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// When the platform told of it.
    pub created: Millis,
    /// Whose it is; `None` where that is drawn.
    pub who: Option<u32>,
    /// How many messages were sent before.
    pub messages: u64,
}

/// The scenes of a theme with their weights. A scene has the JSON of each member, if it names it.
#[derive(Debug)]
struct Theme {
    is_place: bool,
    scenes: Vec<(Vec<Option<&'static [u8]>>, u32)>,
}

/// A member of an object.
#[derive(Debug)]
pub(super) struct Member {
    /// `,"key":`, without the comma for the first member.
    pub key: Box<[u8]>,
    pub field: &'static Field,
    /// What its texts look like, where that is known.
    pub texts: Vec<&'static str>,
    /// Whether it names the record of the event, and so is new in each.
    pub is_record: bool,
    /// Whether it says when the thing happened.
    pub is_happened: bool,
    /// Whether it is somebody else than who the object around it is about.
    pub is_other: bool,
    /// The members of the object that it holds, or of those in its list.
    pub inner: Vec<Member>,
}

impl Generator {
    /// A generator whose people and things are the same for a seed, whatever the type.
    pub fn new(event: &'static Event, app: &App) -> Generator {
        let members = members(event, event.fields, &mut Vec::new());
        let fixed = members.iter().map(|member| app.member(event, member.field.key)).collect();
        let scene = |line: &'static str| {
            let mut cells = line.strip_prefix(event.name)?.strip_prefix('\t')?.splitn(3, '\t');
            let (theme, weight, json) =
                (cells.next()?, cells.next()?.parse().ok()?, cells.next()?.as_bytes());
            let value = |member: &Member| tree::member(json, 0, member.field.key);
            let values =
                members.iter().map(|member| value(member).map(|value| &json[value.start..value.end]));
            Some((theme, (values.collect(), weight)))
        };
        let scenes: Vec<(&str, (Vec<_>, u32))> = SCENES.lines().filter_map(scene).collect();
        let theme = |scenes: &[(&str, (Vec<_>, u32))]| Theme {
            is_place: scenes.iter().all(|(theme, _)| *theme == PLACE),
            scenes: scenes.iter().map(|(_, scene)| scene.clone()).collect(),
        };
        let themes = scenes.chunk_by(|a, b| a.0 == b.0).map(theme).collect();
        let company = Company {
            seed: app.seed,
            app_id: app.app_id.clone(),
            tenant_key: app.tenant_key.clone(),
            office: app.office,
            people: PEOPLE,
        };
        Generator { event, members, fixed, themes, company }
    }

    /// Appends the body of an event.
    pub fn body(&self, known: Known, random: &mut Random, out: &mut Vec<u8>) {
        let second = Millis(known.created.0 - 500 - i64::from(random.below(4500))).seconds();
        let scenes: Vec<_> = self.themes.iter().map(|theme| theme.scene(self, known, random)).collect();
        let mut values = Values::new(self, known, second, random, out);
        let fixed = |at: usize| self.fixed[at].as_ref().map(String::as_bytes);
        let scene = |at: usize| fixed(at).or_else(|| scenes.iter().find_map(|scene| scene[at]));
        values.object(&self.members, &scene);
    }
}

impl Theme {
    /// One of the scenes. Who is known is nearly always where they always are.
    fn scene(&self, generator: &Generator, known: Known, random: &mut Random) -> &Vec<Option<&'static [u8]>> {
        match known.who {
            Some(who) if self.is_place && !random.chance(80) => {
                let seed = fold(generator.company.seed, PLACE) ^ u64::from(who);
                Random::new(seed).weighed(&self.scenes)
            }
            _ => random.weighed(&self.scenes),
        }
    }
}

/// The keys that follow the alphabetical ones.
const LATE: &[&str] = &["type", "risk_result"];

/// The fields of an object in the order of the wire. `steps` leads to the object.
fn members(event: &Event, fields: &'static [Field], steps: &mut Vec<&'static str>) -> Vec<Member> {
    let mut fields: Vec<&Field> = fields.iter().collect();
    // The official example is alphabetical, but for the two at its end: risk_result was added later.
    let late = |key: &str| LATE.iter().position(|late| *late == key).map_or(0, |at| at + 1);
    fields.sort_by_key(|field| (late(field.key), field.key));
    let people = fields.iter().filter(|field| is_person(field)).count();
    let mut member = |(at, field): (usize, &'static Field)| {
        let comma = if at == 0 { "" } else { "," };
        let key = format!("{comma}\"{}\":", field.key).into_bytes().into_boxed_slice();
        let outer = steps.iter().rev().find(|step| **step != ITEM).copied();
        steps.push(field.key);
        let path = steps.join(".");
        let member = Member {
            key,
            field,
            texts: texts(event, outer, field),
            is_record: event.record == Some(&*path),
            is_happened: event.happened == Some(&*path),
            is_other: people > 1 && is_person(field),
            inner: inner(event, &field.kind, steps),
        };
        steps.pop();
        member
    };
    fields.into_iter().enumerate().map(&mut member).collect()
}

/// The members of the object that a kind is, or is a list of.
fn inner(event: &Event, kind: &'static Kind, steps: &mut Vec<&'static str>) -> Vec<Member> {
    match kind {
        Kind::Object(fields) => members(event, fields, steps),
        Kind::List(item) => {
            steps.push(ITEM);
            let inner = inner(event, item, steps);
            steps.pop();
            inner
        }
        _ => Vec::new(),
    }
}

/// Whether a field is a person by several ids, and nothing else.
fn is_person(field: &Field) -> bool {
    let Kind::Object(fields) = field.kind else { return false };
    fields.iter().any(|field| field.key == "open_id") && fields.iter().all(|field| field.key.ends_with("_id"))
}

/// What the texts of a field look like.
fn texts(event: &Event, outer: Option<&str>, field: &Field) -> Vec<&'static str> {
    line(event, outer, field).into_iter().flat_map(|line| line.split('\t').skip(2)).collect()
}

/// The first line of [`TEXTS`] that fits a field.
fn line(event: &Event, outer: Option<&str>, field: &Field) -> Option<&'static str> {
    let mut kind = &field.kind;
    while let Kind::List(item) = kind {
        kind = item;
    }
    let holds: fn(&str) -> bool = match kind {
        Kind::Text | Kind::Json => |_| true,
        Kind::Flag => |text| matches!(text, "true" | "false"),
        Kind::Integer | Kind::Number => |text| text.parse::<f64>().is_ok(),
        Kind::Map | Kind::Any => |text| text.starts_with('{'),
        _ => return None,
    };
    let fits = |line: &&str| {
        let mut cells = line.split('\t');
        let (Some(name), Some(key), Some(value)) = (cells.next(), cells.next(), cells.next()) else {
            return false;
        };
        (name == "*" || event.name.starts_with(name))
            && holds(value)
            && match (key.split_once('.'), key.strip_prefix('*')) {
                (Some((before, key)), _) => outer == Some(before) && field.key == key,
                (_, Some(ending)) => field.key.ends_with(ending),
                _ => field.key == key,
            }
    };
    TEXTS.lines().filter(|line| !line.starts_with('#')).find(fits)
}

/// Appends the user ID of one of the people of a seed, in quotes.
pub(super) fn person(seed: u64, random: &mut Random, out: &mut Vec<u8>) {
    user_id(seed, random.below(PEOPLE), out);
}

/// Appends somebody's user ID, in quotes.
pub(super) fn user_id(seed: u64, who: u32, out: &mut Vec<u8>) {
    out.push(b'"');
    hex::<8>(&mut Random::new(fold(seed, "person") ^ u64::from(who)), out);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::catalog;

    #[test]
    fn scenes_name_documented_fields_of_known_events_alone() {
        for line in SCENES.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [name, _, weight, json] = cells[..] else { panic!("{line}") };
            let event = catalog::event(name).expect(line);
            assert!(weight.parse::<u32>().is_ok_and(|weight| weight > 0), "{line}");
            let scene: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).expect(line);
            for (key, value) in scene {
                let (_, field) = event.field(&key).expect(line);
                if let (Kind::Object(fields), Some(inner)) = (field.kind, value.as_object()) {
                    assert!(inner.keys().all(|key| fields.iter().any(|field| field.key == key)), "{line}");
                }
            }
            assert!(json.bytes().all(|byte| byte >= b' '), "{line}");
        }
    }

    #[test]
    fn lines_of_texts_stand_in_json_and_none_is_dead() {
        let mut used = HashSet::new();
        for event in catalog::EVENTS {
            catalog::visit(event.fields, &mut Vec::new(), &mut |steps, field| {
                let outer = steps[..steps.len() - 1].iter().rev().find(|step| **step != ITEM).copied();
                used.extend(line(event, outer, field));
            });
        }
        let mut dead = Vec::new();
        for line in TEXTS.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() > 2 && cells.iter().all(|cell| !cell.is_empty()), "{line}");
            for text in &cells[2..] {
                let quoted = format!("\"{text}\"");
                let is_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
                assert!(is_json(&quoted) || text.starts_with('{') && is_json(text), "{text}");
            }
            if !used.contains(line) {
                dead.push(line);
            }
        }
        assert!(dead.is_empty(), "no field has these: {dead:#?}");
    }
}
