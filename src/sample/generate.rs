//! The body of an event: values that belong together come from the scenes of its type (`scenes.tsv`), all others from
//! their kind.

use crate::catalog::{Choice, Event, Field, Kind, Wire};
use crate::json::tree;
use crate::time::{Millis, Seconds, Unit};

use super::calendar;
use super::envelope::App;
use super::random::Random;
use super::text::{decimal, digits, fold, hex};

/// Values that belong together. A line is a scene: event type, theme, weight and JSON members, between tabs. Each event
/// gets one scene of every theme, drawn by weight; where two of them name a member, that of the earlier theme stands.
const SCENES: &str = include_str!("scenes.tsv");

/// How many people there are, and how many of anything else that has an id.
const PEOPLE: u32 = 1200;
const THINGS: u32 = 8;

/// Texts of fields that no scene names.
const TEXTS: &[&str] = &["OK", "打卡 👍", "网络异常，重试"];

/// Makes the bodies of one event type.
#[derive(Debug)]
pub(super) struct Generator {
    event: &'static Event,
    members: Vec<Member>,
    /// The JSON of members that are the same in all events.
    fixed: Vec<Option<String>>,
    themes: Vec<Theme>,
    seed: u64,
}

/// Scenes with their weights. A scene has the JSON of each member, if it names it.
type Theme = Vec<(Vec<Option<&'static [u8]>>, u32)>;

/// A member of an object.
#[derive(Debug)]
struct Member {
    /// `,"key":`, without the comma for the first member.
    key: Box<[u8]>,
    field: &'static Field,
    /// The members of the object that it holds, or of those in its list.
    inner: Vec<Member>,
}

impl Generator {
    /// A generator whose people and things are the same for a seed, whatever the type.
    pub fn new(event: &'static Event, app: &App) -> Generator {
        let members = members(event.fields);
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
        let scenes: Vec<(&str, _)> = SCENES.lines().filter_map(scene).collect();
        let theme = |scenes: &[(_, (Vec<_>, u32))]| scenes.iter().map(|(_, scene)| scene.clone()).collect();
        let themes = scenes.chunk_by(|a, b| a.0 == b.0).map(theme).collect();
        Generator { event, members, fixed, themes, seed: app.seed }
    }

    /// Appends the body of an event that the platform told of at `created`.
    pub fn body(&self, created: Millis, random: &mut Random, out: &mut Vec<u8>) {
        let second = Millis(created.0 - 500 - i64::from(random.below(4500))).seconds();
        let scenes: Vec<_> = self.themes.iter().map(|theme| random.weighed(theme)).collect();
        let mut values = Values { generator: self, created, second, random, out };
        let fixed = |at: usize| self.fixed[at].as_ref().map(String::as_bytes);
        values.object(&self.members, |at| fixed(at).or_else(|| scenes.iter().find_map(|scene| scene[at])));
    }
}

/// The keys that follow the alphabetical ones.
const LATE: &[&str] = &["type", "risk_result"];

/// The fields of an object in the order of the wire.
fn members(fields: &'static [Field]) -> Vec<Member> {
    let mut fields: Vec<&Field> = fields.iter().collect();
    // The official example is alphabetical, but for the two at its end: risk_result was added later.
    let late = |key: &str| LATE.iter().position(|late| *late == key).map_or(0, |at| at + 1);
    fields.sort_by_key(|field| (late(field.key), field.key));
    let member = |(at, field): (usize, &'static Field)| {
        let comma = if at == 0 { "" } else { "," };
        let key = format!("{comma}\"{}\":", field.key).into_bytes().into_boxed_slice();
        Member { key, field, inner: inner(&field.kind) }
    };
    fields.into_iter().enumerate().map(member).collect()
}

/// The members of the object that a kind is, or is a list of.
fn inner(kind: &'static Kind) -> Vec<Member> {
    match kind {
        Kind::Object(fields) => members(fields),
        Kind::List(item) => inner(item),
        _ => Vec::new(),
    }
}

/// Appends values of something that happened in `second`.
struct Values<'v> {
    generator: &'v Generator,
    created: Millis,
    second: Seconds,
    random: &'v mut Random,
    out: &'v mut Vec<u8>,
}

impl Values<'_> {
    /// Appends an object. `scene` has the JSON of the member at a place in `members`; where it has none, the value is
    /// made by the kind of the field.
    fn object<'t>(&mut self, members: &[Member], scene: impl Fn(usize) -> Option<&'t [u8]>) {
        self.out.push(b'{');
        for (at, member) in members.iter().enumerate() {
            self.out.extend_from_slice(&member.key);
            match (scene(at), member.field.kind) {
                (Some(json), Kind::Longitude | Kind::Latitude) => self.degrees(json),
                (Some(json), _) => self.out.extend_from_slice(json),
                (None, kind) => self.value(member, kind),
            }
        }
        self.out.push(b'}');
    }

    fn value(&mut self, member: &Member, kind: Kind) {
        match kind {
            Kind::Text if prefix(member.field.key).is_some() => self.prefixed(member.field),
            Kind::Text if member.field.key.ends_with("_id") => self.id(member.field),
            Kind::Text => string(self.random.pick::<&str>(TEXTS), self.out),
            Kind::Mac => self.mac(),
            Kind::Url => {
                self.out.extend_from_slice(b"\"https://example.com/");
                hex::<16>(self.random, self.out);
                self.out.extend_from_slice(b".jpg\"");
            }
            Kind::Flag => {
                self.out.extend_from_slice(if self.random.chance(500) { b"true" } else { b"false" })
            }
            Kind::Integer => decimal(i64::from(self.random.below(100)), self.out),
            Kind::Day => calendar::day(self.created, self.out),
            Kind::Longitude => self.degrees(b"112.5"),
            Kind::Latitude => self.degrees(b"33.5"),
            Kind::Json => self.out.extend_from_slice(r#""{\"text\":\"OK\"}""#.as_bytes()),
            Kind::Number => decimal(i64::from(self.random.below(100)), self.out),
            Kind::Time(Unit::Seconds, Wire::Text) => number::<10>(self.second.0, self.out),
            Kind::Time(_, Wire::Text) => number::<13>(self.created.0, self.out),
            Kind::Time(Unit::Seconds, _) => decimal(self.second.0, self.out),
            Kind::Time(..) => decimal(self.created.0, self.out),
            Kind::Date => self.written("%Y-%m-%d"),
            Kind::DateTime => self.written("%Y-%m-%d %H:%M:%S"),
            Kind::Rfc3339 => self.written("%Y-%m-%dT%H:%M:%SZ"),
            Kind::TimeOfDay => string("32400", self.out),
            Kind::Duration(_, Wire::Text) => string("3600", self.out),
            Kind::Duration(..) => decimal(i64::from(60 * self.random.below(100)), self.out),
            Kind::Bits(bits) => decimal(self.random.pick(bits).value, self.out),
            Kind::Map | Kind::Any => self.out.extend_from_slice(b"{}"),
            Kind::Choice(choices) => self.choice(choices),
            Kind::Word(words) => string(self.random.pick(words).value, self.out),
            Kind::Object(_) => self.object(&member.inner, |_| None),
            Kind::List(item) => {
                self.out.push(b'[');
                for at in 0..=self.random.below(2) {
                    self.out.extend_from_slice(if at == 0 { b"" } else { b"," });
                    self.value(member, *item);
                }
                self.out.push(b']');
            }
        }
    }

    /// An id that says by its beginning what it is of: `ou_84aad35d084aa403a838cf73ee18467`.
    fn prefixed(&mut self, field: &Field) {
        let prefix = prefix(field.key).unwrap_or_default();
        if self.is_record(field) {
            let words = [self.random.next(), self.random.next()];
            return string(&format!("{prefix}{:016x}{:016x}", words[0], words[1]), self.out);
        }
        let which = self.random.below(if field.personal { PEOPLE } else { THINGS });
        let mut thing = Random::new(fold(self.generator.seed, prefix) ^ u64::from(which));
        self.out.extend_from_slice(format!("\"{prefix}").as_bytes());
        hex::<16>(&mut thing, self.out);
        hex::<16>(&mut thing, self.out);
        self.out.push(b'"');
    }

    /// The record of an event is new: the platform gives its id, whose upper half is a second, up to a minute before
    /// it is done (54 seconds in the official example). People and things are there before, and come again.
    fn id(&mut self, field: &Field) {
        if self.is_record(field) {
            let second = self.second.0 - i64::from(self.random.below(60));
            return snowflake(second, self.random, self.out);
        }
        if field.personal {
            return person(self.generator.seed, self.random, self.out);
        }
        let which = u64::from(self.random.below(THINGS));
        let mut thing = Random::new(fold(self.generator.seed, field.key) ^ which);
        // Early 2021.
        let second = 1_609_459_200 + i64::from(thing.below(5_000_000));
        snowflake(second, &mut thing, self.out);
    }

    /// Whether a field names the record of the event.
    fn is_record(&self, field: &Field) -> bool {
        self.generator.event.record.is_some_and(|path| path.rsplit('.').next() == Some(field.key))
    }

    /// When it happened, in UTC.
    fn written(&mut self, format: &str) {
        let at = chrono::DateTime::from_timestamp_secs(self.second.0).unwrap_or_default();
        string(&at.format(format).to_string(), self.out);
    }

    /// A MAC address. It is a locally administered one, so no vendor's and nobody's device.
    fn mac(&mut self) {
        self.out.push(b'"');
        hex::<1>(self.random, self.out);
        self.out.push(*self.random.pick(b"26ae"));
        for _ in 0..5 {
            self.out.push(b':');
            hex::<2>(self.random, self.out);
        }
        self.out.push(b'"');
    }

    /// A documented value; one that warns a reader in two of a hundred at the most.
    fn choice(&mut self, choices: &[Choice]) {
        let usual = choices.iter().filter(|choice| !choice.alarm).count() as u32;
        let mut choice = self.random.pick(choices);
        if usual > 0 && !self.random.chance(20) {
            let at = self.random.below(usual) as usize;
            choice = choices.iter().filter(|choice| !choice.alarm).nth(at).unwrap_or(choice);
        }
        decimal(choice.value, self.out);
    }

    /// Degrees that begin like these, in 14 to 17 digits; 0, which is what there is without a position, stays. About three in
    /// ten do not survive a 64-bit float, so a reader that keeps digits can be told from one that does not.
    fn degrees(&mut self, start: &[u8]) {
        self.out.extend_from_slice(start);
        if start != b"0" {
            let tail = u64::from(1 + self.random.below(9)) + 10 * u64::from(self.random.below(99_999_999));
            match self.random.chance(60) {
                true => digits::<8>(tail % 100_000_000, self.out),
                false => digits::<10>(tail, self.out),
            }
        }
    }
}

/// How the ids that stand under a key begin, where all do.
fn prefix(key: &str) -> Option<&'static str> {
    Some(match key {
        "open_id" => "ou_",
        "union_id" => "on_",
        "chat_id" | "open_chat_id" => "oc_",
        "message_id" | "root_id" | "parent_id" | "open_message_id" => "om_",
        "app_id" => "cli_",
        "department_id" | "open_department_id" => "od-",
        _ => return None,
    })
}

/// Appends the user ID of one of the people of a seed, in quotes.
pub(super) fn person(seed: u64, random: &mut Random, out: &mut Vec<u8>) {
    let which = u64::from(random.below(PEOPLE));
    out.push(b'"');
    hex::<8>(&mut Random::new(fold(seed, "person") ^ which), out);
    out.push(b'"');
}

/// An id as the platform gives it in a second, in quotes.
fn snowflake(second: i64, random: &mut Random, out: &mut Vec<u8>) {
    number::<19>(second << 32 | (random.next() >> 32) as i64, out);
}

/// A text that needs no escapes.
fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// The digits of a number that has `N` of them, in quotes.
fn number<const N: usize>(number: i64, out: &mut Vec<u8>) {
    out.push(b'"');
    digits::<N>(number as u64, out);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog;

    #[test]
    fn scenes_name_documented_fields_of_known_events_alone() {
        for line in SCENES.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [name, _, weight, json] = cells[..] else { panic!("{line}") };
            let event = catalog::event(name).expect(line);
            assert!(weight.parse::<u32>().is_ok_and(|weight| weight > 0), "{line}");
            let keys: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).expect(line);
            assert!(keys.keys().all(|key| event.field(key).is_some()), "{line}");
            assert!(json.bytes().all(|byte| byte >= b' '), "{line}");
        }
    }
}
