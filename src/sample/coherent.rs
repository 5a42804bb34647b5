//! One thing that happened: who, where, when and how, chosen together so that the values of an event agree, and the
//! values as JSON.

use crate::time::Millis;

use super::calendar;
use super::company::{Company, Employee, Site, mac};
use super::generate::{Member, Role};
use super::random::Random;
use super::text::{decimal, digits, hex};
use super::words::{CHANGES, RISKS, SOURCES};

/// What the values of an event are about.
pub(super) struct Scene<'c> {
    company: &'c Company,
    employee: &'c Employee,
    site: &'c Site,
    /// How the record was made.
    source: i64,
    risk: i64,
    is_field: bool,
    is_wifi: bool,
    /// Whether the phone saw a Wi-Fi: the official example does, and yet was no Wi-Fi punch.
    sees_wifi: bool,
    access_point: usize,
    /// The second in which it happened.
    second: i64,
    created: Millis,
    /// The changes of a result so far, and what this one is.
    changes: u32,
    change: [&'static str; 4],
}

const BY_USER: i64 = 0;
const BY_MACHINE: i64 = 5;
const EXPRESS: i64 = 6;

impl<'c> Scene<'c> {
    /// Something that happened half a second to five seconds before `created`.
    pub fn new(company: &'c Company, created: Millis, random: &mut Random) -> Scene<'c> {
        let employee = random.pick(&company.employees);
        let source = random.weighed(SOURCES);
        let by_phone = matches!(source, BY_USER | EXPRESS);
        let is_field = source == BY_USER && random.chance(60);
        let site = match is_field {
            true => random.pick(&company.sites),
            false => &company.offices[employee.office],
        };
        let is_wifi = by_phone && !is_field && random.chance(650);
        let sees_wifi = is_wifi || (by_phone && !site.bssids.is_empty() && random.chance(300));
        Scene {
            company,
            employee,
            site,
            source,
            risk: if by_phone { random.weighed(RISKS) } else { 0 },
            is_field,
            is_wifi,
            sees_wifi,
            access_point: random.below(site.bssids.len() as u32) as usize,
            second: Millis(created.0 - 500 - i64::from(random.below(4500))).seconds().0,
            created,
            changes: 0,
            change: CHANGES[0].0,
        }
    }

    /// Appends an object with these members.
    pub fn object(&mut self, members: &[Member], random: &mut Random, out: &mut Vec<u8>) {
        out.push(b'{');
        for Member { key, role } in members {
            out.extend_from_slice(key);
            self.value(role, random, out);
        }
        out.push(b'}');
    }

    #[inline]
    fn value(&mut self, role: &Role, random: &mut Random, out: &mut Vec<u8>) {
        match role {
            Role::EmployeeId => out.extend_from_slice(&self.employee.id),
            Role::EmployeeNo => out.extend_from_slice(&self.employee.number),
            Role::Place => out.extend_from_slice(self.place()),
            Role::Ssid if self.sees_wifi => out.extend_from_slice(&self.site.ssid),
            Role::Bssid if self.sees_wifi => out.extend_from_slice(&self.site.bssids[self.access_point]),
            Role::Ssid | Role::Bssid => out.extend_from_slice(b"\"\""),
            Role::IsField => flag(self.is_field, out),
            Role::IsWifi => flag(self.is_wifi, out),
            Role::Comment => self.comment(random, out),
            Role::Source => decimal_digit(self.source, out),
            Role::Risk => decimal_digit(self.risk, out),
            Role::Group => out.extend_from_slice(&self.employee.group),
            Role::Shift => out.extend_from_slice(&self.employee.shift),
            Role::TimeZone => out.extend_from_slice(b"\"Asia/Shanghai\""),
            Role::Change(part) => string(self.change[*part], out),
            Role::WorkType => string(if self.changes == 1 { "on" } else { "off" }, out),
            Role::Index => decimal(i64::from(self.changes), out),
            Role::Id => self.id(random, out),
            Role::Mac => mac(random, out),
            Role::Url => url(random, out),
            Role::Urls => self.urls(random, out),
            Role::Flag => flag(random.chance(500), out),
            Role::Integer => decimal(i64::from(random.below(100)), out),
            Role::Day => decimal(calendar::date(self.created), out),
            Role::Longitude => self.degrees(self.site.longitude, random, out),
            Role::Latitude => self.degrees(self.site.latitude, random, out),
            Role::Seconds => number::<10>(self.second, out),
            Role::Millis => number::<13>(self.created.0, out),
            Role::Choice(choices) => decimal(random.pick(choices).value, out),
            Role::Word(words) => string(random.pick(words).value, out),
            Role::List(item) => self.list(item, random, out),
            Role::Object(members) => self.object(members, random, out),
        }
    }

    fn by_phone(&self) -> bool {
        matches!(self.source, BY_USER | EXPRESS)
    }

    fn place(&self) -> &'c [u8] {
        match self.source {
            BY_MACHINE => &self.site.machine,
            _ if self.by_phone() => &self.site.name,
            _ => b"\"\"",
        }
    }

    fn comment(&self, random: &mut Random, out: &mut Vec<u8>) {
        let said = if self.is_field { 900 } else { 120 };
        let comments = match self.is_field {
            true => &self.company.field_comments,
            false => &self.company.comments,
        };
        match random.chance(said) {
            true => out.extend_from_slice(random.pick::<Box<[u8]>>(comments)),
            false => out.extend_from_slice(b"\"\""),
        }
    }

    fn urls(&self, random: &mut Random, out: &mut Vec<u8>) {
        out.push(b'[');
        if random.chance(if self.is_field { 600 } else { 30 }) {
            for at in 0..=random.below(3) {
                if at > 0 {
                    out.push(b',');
                }
                url(random, out);
            }
        }
        out.push(b']');
    }

    /// The platform gives an id some time before the record is done: 54 seconds in the official example.
    fn id(&self, random: &mut Random, out: &mut Vec<u8>) {
        let second = self.second - i64::from(random.below(60));
        number::<19>(second << 32 | (random.next() >> 32) as i64, out);
    }

    /// Degrees near those of the site, in 14 to 17 digits. They are chosen digit by digit: about three in ten do not
    /// survive a 64-bit float, so a reader that keeps digits can be told from one that does not.
    fn degrees(&self, around: u32, random: &mut Random, out: &mut Vec<u8>) {
        if !self.by_phone() {
            return out.push(b'0');
        }
        let micros = u64::from(around) + u64::from(random.below(4000));
        let (whole, rest) = (micros / 1_000_000, micros % 1_000_000);
        decimal_small(whole, out);
        out.push(b'.');
        digits::<6>(rest, out);
        match random.below(16) {
            0 => digits::<6>(1 + 10 * u64::from(random.below(99_999)), out),
            1 => digits::<7>(3 + 10 * u64::from(random.below(999_999)), out),
            _ => digits::<8>(u64::from(1 + random.below(9)) + 10 * u64::from(random.below(9_999_999)), out),
        }
    }

    fn list(&mut self, item: &Role, random: &mut Random, out: &mut Vec<u8>) {
        out.push(b'[');
        for at in 0..1 + random.below(2) {
            if at > 0 {
                out.push(b',');
            }
            self.changes = at + 1;
            self.change = random.weighed(CHANGES);
            self.value(item, random, out);
        }
        out.push(b']');
    }
}

#[inline]
fn flag(flag: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(if flag { b"true" } else { b"false" });
}

/// A text that needs no escapes.
fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// The digits of a number that has `N` of them, in quotes.
#[inline]
fn number<const N: usize>(number: i64, out: &mut Vec<u8>) {
    out.push(b'"');
    digits::<N>(number as u64, out);
    out.push(b'"');
}

#[inline]
fn decimal_digit(number: i64, out: &mut Vec<u8>) {
    out.push(b'0' + number as u8);
}

#[inline]
fn decimal_small(number: u64, out: &mut Vec<u8>) {
    if number < 100 { digits::<2>(number, out) } else { digits::<3>(number, out) }
}

fn url(random: &mut Random, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\"https://example.com/punch/");
    hex::<16>(random, out);
    out.extend_from_slice(b".jpg\"");
}
