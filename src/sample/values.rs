//! Values by the kind of their field, and texts with what stands in them.

use crate::catalog::{Choice, Json, Kind, TimeSpan, Wire};
use crate::json::tree;
use crate::time::{Seconds, Unit};

use super::generate::{Generator, Known, MESSAGE, Member, user_id};
use super::people;
use super::random::Random;
use super::text::{decimal, digits, fold, hex, letters};

/// How many there are of anything that has an id, people left out.
const THINGS: u32 = 8;

/// Texts of fields of which nothing is known.
const TEXTS: &[&str] = &["OK", "待确认", "Draft", "示例"];

/// What chats are called.
const CHATS: &[&str] = &[
    "产品周会",
    "Release team",
    "考勤通知",
    "项目 Aurora",
    "Support",
    "华东销售",
    "HR 共享服务",
    "设计评审",
];

/// 2015 and 2100 in seconds: before and after, times are not plausible.
const PLAUSIBLE: (i64, i64) = (1_420_070_400, 4_102_444_799);

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Appends values of something that happened in `second`.
pub(super) struct Values<'v> {
    generator: &'v Generator,
    known: Known,
    second: Seconds,
    random: &'v mut Random,
    out: &'v mut Vec<u8>,
    /// Who the object is about, once that is drawn.
    who: Option<u32>,
    /// The number of the message that the event is about, once that is drawn.
    message: Option<u64>,
    /// The place of an item in its list, from 1 on.
    item: u32,
}

impl<'v> Values<'v> {
    pub fn new(
        generator: &'v Generator,
        known: Known,
        second: Seconds,
        random: &'v mut Random,
        out: &'v mut Vec<u8>,
    ) -> Values<'v> {
        Values { generator, known, second, random, out, who: known.who, message: None, item: 1 }
    }

    /// Appends an object. `scene` has the JSON of the member at a place in `members`; where it has none, the value is
    /// made by the kind of the field.
    pub fn object<'t>(&mut self, members: &[Member], scene: &dyn Fn(usize) -> Option<&'t [u8]>) {
        self.out.push(b'{');
        for (at, member) in members.iter().enumerate() {
            self.out.extend_from_slice(&member.key);
            match (scene(at), member.field.kind) {
                (Some(json), Kind::Longitude | Kind::Latitude) => self.degrees(json),
                (Some(json), Kind::Object(_)) => self.inner(member, Some(json)),
                (Some(json), _) => self.out.extend_from_slice(json),
                (None, kind) => self.value(member, kind),
            }
        }
        self.out.push(b'}');
    }

    /// Appends the object that a member holds, with the members that a scene has.
    fn inner(&mut self, member: &Member, scene: Option<&[u8]>) {
        let outer = self.who;
        if member.is_other {
            self.who = None;
        }
        self.object(&member.inner, &|at| {
            let json = scene?;
            tree::member(json, 0, member.inner[at].field.key).map(|value| &json[value.start..value.end])
        });
        if member.is_other {
            self.who = outer;
        }
    }

    fn list(&mut self, member: &Member, item: Kind) {
        let outer = (self.who, self.item);
        self.out.push(b'[');
        for at in 0..=self.random.below(3) {
            self.out.extend_from_slice(if at == 0 { b"" } else { b"," });
            (self.who, self.item) = (None, at + 1);
            self.value(member, item);
        }
        self.out.push(b']');
        (self.who, self.item) = outer;
    }

    fn value(&mut self, member: &Member, kind: Kind) {
        match kind {
            Kind::Object(_) => self.inner(member, None),
            Kind::List(item) => self.list(member, *item),
            _ if !member.texts.is_empty() => self.usual(member, kind),
            Kind::Text if is_id(member.field.key) => self.id(member),
            Kind::Text => string(self.random.pick::<&str>(TEXTS), self.out),
            Kind::Mac => self.mac(),
            Kind::Url => self.url(member.field.key),
            Kind::Flag => {
                self.out.extend_from_slice(if self.random.chance(300) { b"true" } else { b"false" })
            }
            Kind::Integer | Kind::Number => decimal(i64::from(self.random.below(100)), self.out),
            Kind::Day => self.generator.company.office.day(self.known.created, self.out),
            Kind::Longitude => self.degrees(b"112.5"),
            Kind::Latitude => self.degrees(b"33.5"),
            Kind::Json => self.out.extend_from_slice(r#""{\"text\":\"OK\"}""#.as_bytes()),
            Kind::Time(unit, wire) => self.time(member, unit, wire),
            Kind::Date => self.written(member, "%Y-%m-%d"),
            Kind::DateTime => self.written(member, "%Y-%m-%d %H:%M:%S"),
            Kind::Rfc3339 => {
                let text = self.generator.company.office.with_offset(self.at(member));
                string(&text, self.out);
            }
            Kind::TimeOfDay => string(self.random.pick::<&str>(&["32400", "50400", "64800"]), self.out),
            Kind::Duration(unit, wire) => self.duration(unit, wire),
            Kind::Bits(bits) => decimal(self.random.pick(bits).value, self.out),
            Kind::Map | Kind::Any => self.out.extend_from_slice(b"{}"),
            Kind::Choice(choices) => self.choice(choices),
            Kind::Word(words) => string(self.random.pick(words).value, self.out),
        }
    }

    /// One of the texts that are usual for the field. What stands in angle brackets is filled in.
    fn usual(&mut self, member: &Member, kind: Kind) {
        let is_string = kind.json() == Json::String;
        let text = *self.random.pick(&member.texts);
        let which = u64::from(self.random.below(THINGS));
        let mut thing = match member.is_record {
            true => Random::new(self.random.next()),
            false => Random::new(fold(self.generator.company.seed, member.field.key) ^ which),
        };
        self.out.extend_from_slice(if is_string { b"\"" } else { b"" });
        for (at, part) in text.split('<').enumerate() {
            let (name, rest) = if at == 0 { ("", part) } else { part.split_once('>').unwrap_or(("", part)) };
            self.fill(name, &mut thing);
            self.out.extend_from_slice(rest.as_bytes());
        }
        self.out.extend_from_slice(if is_string { b"\"" } else { b"" });
    }

    /// Appends what a name in angle brackets stands for. `thing` has the digits of ids.
    fn fill(&mut self, name: &str, thing: &mut Random) {
        let generator = self.generator;
        let company = &generator.company;
        let text = match name {
            "" => return,
            "ou" | "on" => {
                let who = self.who();
                return self.long_id(if name == "ou" { "ou_" } else { "on_" }, who.into());
            }
            "boss" => {
                let who = self.who();
                return self.long_id("ou_", (who / 10).into());
            }
            "user" => {
                let who = self.who();
                let mut quoted = Vec::new();
                user_id(company.seed, who, &mut quoted);
                return self.out.extend_from_slice(&quoted[1..quoted.len() - 1]);
            }
            "om" => {
                let message = self.message(self.item - 1);
                return self.long_id("om_", message);
            }
            "parent" => {
                let message = self.message(1);
                return self.long_id("om_", message);
            }
            "oc" => {
                // Chats of a list are different ones.
                let chat = (self.chat() as u64 + u64::from(self.item - 1)) % u64::from(THINGS);
                return self.long_id("oc_", chat);
            }
            "chat" => CHATS[self.chat()].to_owned(),
            "name" => people::name(self.who()),
            "en" => people::english(self.who()),
            "mail" => people::email(self.who()),
            "phone" => people::phone(self.who()),
            "app" => company.app_id.clone(),
            "tenant" => company.tenant_key.clone(),
            "n" => self.item.to_string(),
            "day" => company.office.written(self.second.0, "%Y-%m-%d"),
            _ => letters(name, thing),
        };
        self.out.extend_from_slice(text.as_bytes());
    }

    fn who(&mut self) -> u32 {
        let people = self.generator.company.people;
        *self.who.get_or_insert_with(|| self.random.below(people))
    }

    /// The number of the message that is sent, or else of one of the last, or of one so many before it.
    fn message(&mut self, before: u32) -> u64 {
        // Some were sent before the first that is told of.
        let sent = u64::from(THINGS) + self.known.messages;
        let is_new = self.generator.event.name == MESSAGE;
        let latest = *self.message.get_or_insert_with(|| match is_new {
            true => sent,
            false => sent - 1 - u64::from(self.random.below(THINGS)),
        });
        latest.saturating_sub(before.into())
    }

    /// The number of the chat of the message.
    fn chat(&mut self) -> usize {
        (fold(self.message(0), "chat") % u64::from(THINGS)) as usize
    }

    /// Appends an id that says by its beginning what it is of: `ou_84aad35d084aa403a838cf73ee18467`.
    fn long_id(&mut self, prefix: &str, which: u64) {
        let mut thing = Random::new(fold(self.generator.company.seed, prefix) ^ which);
        self.out.extend_from_slice(prefix.as_bytes());
        hex::<16>(&mut thing, self.out);
        hex::<16>(&mut thing, self.out);
    }

    /// The record of an event is new: the platform gives its id, whose upper half is a second, up to a minute before
    /// it is done (54 seconds in the official example). People and things are there before, and come again.
    fn id(&mut self, member: &Member) {
        let seed = self.generator.company.seed;
        if member.is_record {
            let second = self.second.0 - i64::from(self.random.below(60));
            return snowflake(second, self.random, self.out);
        }
        let key = member.field.key;
        if member.field.personal && ["user", "employee"].iter().any(|part| key.contains(part)) {
            return user_id(seed, self.who(), self.out);
        }
        let which = u64::from(self.random.below(THINGS));
        let mut thing = Random::new(fold(seed, key) ^ which);
        // Early 2021.
        let second = 1_609_459_200 + i64::from(thing.below(5_000_000));
        snowflake(second, &mut thing, self.out);
    }

    /// The second that a field says: that of the event, or one before or after it as the key tells.
    fn at(&mut self, member: &Member) -> i64 {
        let words = |known: &[&str]| member.field.key.split('_').any(|word| known.contains(&word));
        let is_over = OVER.iter().any(|part| self.generator.event.name.contains(part));
        let shift = if member.is_happened {
            0
        } else if words(&["start", "begin"]) {
            -HOUR - i64::from(self.random.below(900))
        } else if words(&["end", "due", "deadline", "expire", "expired"]) && !is_over {
            HOUR * i64::from(1 + self.random.below(8))
        } else if words(&["join", "entry", "birthday"]) {
            -DAY * i64::from(30 + self.random.below(1500))
        } else {
            0
        };
        (self.second.0 + shift).clamp(PLAUSIBLE.0, PLAUSIBLE.1)
    }

    fn time(&mut self, member: &Member, unit: Unit, wire: Wire) {
        let second = self.at(member);
        let value = match unit {
            Unit::Seconds => second,
            Unit::Millis => 1000 * second + i64::from(self.known.created.subsecond()),
            Unit::Micros => 1_000_000 * second,
            Unit::Nanos => 1_000_000_000 * second,
        };
        self.number(value, wire == Wire::Text);
    }

    fn duration(&mut self, unit: TimeSpan, wire: Wire) {
        let half_hours = 1 + i64::from(self.random.below(16));
        let value = match unit {
            TimeSpan::Millis => 1_800_000 * half_hours,
            TimeSpan::Seconds => 1800 * half_hours,
            TimeSpan::Minutes => 30 * half_hours,
            TimeSpan::Hours => half_hours,
            TimeSpan::Days => 1 + half_hours % 5,
        };
        self.number(value, wire == Wire::Text);
    }

    fn number(&mut self, value: i64, is_text: bool) {
        match is_text {
            true => string(&value.to_string(), self.out),
            false => decimal(value, self.out),
        }
    }

    /// When it happened, by the clocks of the company.
    fn written(&mut self, member: &Member, format: &str) {
        let text = self.generator.company.office.written(self.at(member), format);
        string(&text, self.out);
    }

    fn url(&mut self, key: &str) {
        let is_picture =
            ["avatar", "photo", "image", "picture", "icon"].iter().any(|part| key.contains(part));
        self.out.extend_from_slice(b"\"https://example.com/");
        hex::<16>(self.random, self.out);
        self.out.extend_from_slice(if is_picture { b".jpg\"" } else { b"\"" });
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

/// What stands in the names of types that tell of an end: no time of theirs is to come.
const OVER: &[&str] = &["ended", "leave_meeting", "recording_ready"];

/// Whether a key is that of an id, or of a list of them.
fn is_id(key: &str) -> bool {
    matches!(key.rsplit('_').next(), Some("id" | "ids"))
}

/// An id as the platform gives it in a second, in quotes.
fn snowflake(second: i64, random: &mut Random, out: &mut Vec<u8>) {
    out.push(b'"');
    digits::<19>((second << 32 | (random.next() >> 32) as i64) as u64, out);
    out.push(b'"');
}

/// A text that needs no escapes.
fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}
