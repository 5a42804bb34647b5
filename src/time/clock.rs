//! Moments as people and spreadsheets read them, millions of them a second.

use std::io::Write;

use chrono::{DateTime, Datelike};

use crate::lang::{Label, Lang, label};

use super::{Millis, Seconds, Zone};

/// Writes moments in one zone. Make one per thread; it remembers the days it has seen.
///
/// ```
/// use larkspect::time::{Clock, Millis, Zone};
/// let mut clock = Clock::new(Zone::fixed(8 * 3600).unwrap());
/// let mut cell = Vec::new();
/// assert!(clock.iso_millis(Millis(1615381917707), &mut cell));
/// assert_eq!(cell, b"2021-03-10T21:11:57.707+08:00");
/// ```
///
/// A year from 0 to 9999 has four digits. RFC 3339 ends there; other years are written as ISO 8601 has it, with a
/// sign: `+53159-06-01`, `-0001-12-31`. Beyond the years chrono knows (262 thousand either way) nothing is written.
/// An offset with seconds, as local mean times have, keeps them: `+08:05:43`.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: Zone,
    /// Addressed by the number of the local day, so that days in a row find room side by side.
    days: Box<[Day; SLOTS]>,
    /// When midnight is, as it was on the day last looked up: only a hint at where a day is kept.
    midnight: i64,
}

const SLOTS: usize = 64;
const DAY: i64 = 86_400;

/// Instants that have one local date and one offset, and the texts of both. Fills a cache line.
#[derive(Clone, Copy, Debug)]
struct Day {
    start: i64,
    end: i64,
    /// When this local day begins, or would have begun under this offset.
    midnight: i64,
    date: [u8; 16],
    /// With a space in front.
    offset: [u8; 16],
    date_length: u8,
    offset_length: u8,
    /// From Sunday, 0 to 6.
    weekday: u8,
}

/// No instant at all.
const NEVER: Day = Day {
    start: 0,
    end: 0,
    midnight: 0,
    date: [0; 16],
    offset: [0; 16],
    date_length: 0,
    offset_length: 0,
    weekday: 0,
};

/// The days of the week, Sunday first.
pub(crate) const WEEKDAYS: [Label; 7] = [
    label("周日", "Sun"),
    label("周一", "Mon"),
    label("周二", "Tue"),
    label("周三", "Wed"),
    label("周四", "Thu"),
    label("周五", "Fri"),
    label("周六", "Sat"),
];

/// Room for the longest text of a moment, and to spare.
pub(crate) type MomentText = [u8; 64];

/// What stands between the date and the time, and what after.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Iso,
    Human,
    Table,
}

impl Clock {
    /// A clock of this zone.
    pub fn new(zone: Zone) -> Clock {
        Clock { zone, days: Box::new([NEVER; SLOTS]), midnight: 0 }
    }

    /// The zone.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// Writes `2021-03-10T21:11:56+08:00`. Like its siblings it returns false, and writes nothing, where the moment
    /// is beyond the calendar.
    #[must_use]
    pub fn iso_seconds(&mut self, at: Seconds, out: &mut Vec<u8>) -> bool {
        appended(|text| self.iso_seconds_in(at, text), out)
    }

    /// Writes `2021-03-10T21:11:57.707+08:00`.
    #[must_use]
    pub fn iso_millis(&mut self, at: Millis, out: &mut Vec<u8>) -> bool {
        appended(|text| self.iso_millis_in(at, text), out)
    }

    /// [`Clock::iso_seconds`] in the first bytes of a text: how many, 0 where the moment is beyond the calendar.
    #[inline]
    pub(crate) fn iso_seconds_in(&mut self, at: Seconds, text: &mut MomentText) -> usize {
        self.write(at, None, Style::Iso, text)
    }

    /// [`Clock::iso_millis`] likewise.
    #[inline]
    pub(crate) fn iso_millis_in(&mut self, at: Millis, text: &mut MomentText) -> usize {
        self.write(at.seconds(), Some(at.subsecond()), Style::Iso, text)
    }

    /// Writes `2021-03-10 21:11:56 +08:00`.
    #[must_use]
    pub fn human_seconds(&mut self, at: Seconds, out: &mut Vec<u8>) -> bool {
        appended(|text| self.write(at, None, Style::Human, text), out)
    }

    /// Writes `2021-03-10 21:11:57.707 +08:00`.
    #[must_use]
    pub fn human_millis(&mut self, at: Millis, out: &mut Vec<u8>) -> bool {
        appended(|text| self.write(at.seconds(), Some(at.subsecond()), Style::Human, text), out)
    }

    /// Writes `2021-03-10 21:11:56`, for a table whose head has the offset.
    #[must_use]
    pub fn time_of_table(&mut self, at: Seconds, out: &mut Vec<u8>) -> bool {
        appended(|text| self.write(at, None, Style::Table, text), out)
    }

    /// The offset at a moment: `+08:00`.
    pub fn offset_text(&mut self, at: Seconds) -> Option<&str> {
        let day = self.day(at.0)?;
        str::from_utf8(&day.offset[1..usize::from(day.offset_length)]).ok()
    }

    /// The day of the week at a moment: `Wed`, `周三`.
    pub fn weekday(&mut self, at: Seconds, lang: Lang) -> Option<&'static str> {
        let day = self.day(at.0)?;
        Some(WEEKDAYS[usize::from(day.weekday)].text(lang))
    }

    /// [`Clock::human_seconds`] for a message.
    pub fn say_seconds(&mut self, at: Seconds) -> Option<String> {
        let mut text = Vec::new();
        self.human_seconds(at, &mut text).then(|| String::from_utf8(text).ok())?
    }

    #[inline]
    fn day(&mut self, at: i64) -> Option<&Day> {
        let slot = &mut self.days[at.wrapping_sub(self.midnight).div_euclid(DAY) as usize % SLOTS];
        if at < slot.start || slot.end <= at {
            *slot = Day::of(self.zone, at)?;
            self.midnight = slot.midnight.rem_euclid(DAY);
        }
        Some(slot)
    }

    #[inline(always)]
    fn write(&mut self, at: Seconds, millis: Option<u16>, style: Style, text: &mut MomentText) -> usize {
        let Some(day) = self.day(at.0) else { return 0 };
        // Of most dates the length is known before the program runs, and so is the place of what follows.
        match usize::from(day.date_length) {
            length @ 10 => day.write(at, millis, style, length, text),
            length => day.write(at, millis, style, length, text),
        }
    }
}

/// Appends what `write` writes; false where that is nothing.
#[inline]
fn appended(write: impl FnOnce(&mut MomentText) -> usize, out: &mut Vec<u8>) -> bool {
    let mut text: MomentText = [0; 64];
    let length = write(&mut text);
    // Copies of a constant length are single instructions; what is too much is cut.
    let end = out.len() + length;
    out.extend_from_slice(&text);
    out.truncate(end);
    length > 0
}

impl Day {
    /// Writes a moment of this day, whose date has so many characters, and says how long that is.
    #[inline(always)]
    fn write(
        &self,
        at: Seconds,
        millis: Option<u16>,
        style: Style,
        date: usize,
        text: &mut MomentText,
    ) -> usize {
        // Within the day, so it fits.
        let second = (at.0 - self.midnight) as u32;
        let mut time = *b" 00:00:00.000   ";
        if style == Style::Iso {
            time[0] = b'T';
        }
        [time[1], time[2]] = TWO_DIGITS[(second / 3600) as usize % 100];
        [time[4], time[5]] = TWO_DIGITS[(second / 60 % 60) as usize];
        [time[7], time[8]] = TWO_DIGITS[(second % 60) as usize];
        let time_length = match millis {
            Some(millis) => {
                time[10] = b'0' + (millis / 100 % 10) as u8;
                [time[11], time[12]] = TWO_DIGITS[usize::from(millis % 100)];
                13
            }
            None => 9,
        };

        // Copies of a constant length are single instructions; what is too much is overwritten or cut.
        text[..16].copy_from_slice(&self.date);
        let mut end = date;
        text[end..end + 16].copy_from_slice(&time);
        end += time_length;
        match style {
            Style::Iso => {
                text[end..end + 15].copy_from_slice(&self.offset[1..]);
                end + usize::from(self.offset_length) - 1
            }
            Style::Human => {
                text[end..end + 16].copy_from_slice(&self.offset);
                end + usize::from(self.offset_length)
            }
            Style::Table => end,
        }
    }

    /// The day around an instant: up to midnight on both sides, or to where the offset changes.
    #[cold]
    fn of(zone: Zone, at: i64) -> Option<Day> {
        let offset = zone.offset_at(at)?;
        let local = at + i64::from(offset.local_minus_utc());
        let date = DateTime::from_timestamp(local, 0)?.date_naive();
        let midnight = at - local.rem_euclid(DAY);
        let last = midnight + DAY - 1;
        // A change is looked for by halves, which is exact unless a zone changes and changes back within a day; the
        // shortest such span in the IANA database is four days (Freetown, 1939).
        let same = |instant: i64| zone.offset_at(instant) == Some(offset);
        let start = if same(midnight) { midnight } else { edge(at, midnight, same) };
        let end = if same(last) { last + 1 } else { edge(at, last, same) + 1 };

        let mut day =
            Day { start, end, midnight, weekday: date.weekday().num_days_from_sunday() as u8, ..NEVER };
        let mut rest = &mut day.date[..];
        write!(rest, "{date}").ok()?;
        day.date_length = 16 - rest.len() as u8;
        let mut rest = &mut day.offset[..];
        write!(rest, " {offset}").ok()?;
        day.offset_length = 16 - rest.len() as u8;
        Some(day)
    }
}

/// The instant farthest from `inside`, in the direction of `outside`, for which `same` holds.
fn edge(mut inside: i64, mut outside: i64, same: impl Fn(i64) -> bool) -> i64 {
    while inside.abs_diff(outside) > 1 {
        let middle = inside.midpoint(outside);
        if same(middle) { inside = middle } else { outside = middle }
    }
    inside
}

/// The digits of the numbers to 99.
static TWO_DIGITS: [[u8; 2]; 100] = {
    let mut table = [[0; 2]; 100];
    let mut number = 0;
    while number < table.len() {
        table[number] = [b'0' + number as u8 / 10, b'0' + number as u8 % 10];
        number += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(seconds: i32) -> Clock {
        Clock::new(Zone::fixed(seconds).unwrap())
    }

    fn iso(clock: &mut Clock, at: i64) -> Option<String> {
        let mut out = b"|".to_vec();
        let done = clock.iso_seconds(Seconds(at), &mut out);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(done, text.len() > 1);
        done.then(|| text[1..].to_owned())
    }

    fn say_millis(clock: &mut Clock, at: Millis) -> Option<String> {
        let mut out = Vec::new();
        clock.human_millis(at, &mut out).then(|| String::from_utf8(out).unwrap())
    }

    #[test]
    fn the_forms_of_a_moment() {
        let mut clock = fixed(8 * 3600);
        let (punched, created) = (Seconds(1_615_381_916), Millis(1_615_381_917_707));
        let mut out = Vec::new();
        assert!(clock.iso_seconds(punched, &mut out));
        out.push(b'\n');
        assert!(clock.iso_millis(created, &mut out));
        out.push(b'\n');
        assert!(clock.time_of_table(punched, &mut out));
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "2021-03-10T21:11:56+08:00\n2021-03-10T21:11:57.707+08:00\n2021-03-10 21:11:56"
        );
        assert_eq!(clock.say_seconds(punched).as_deref(), Some("2021-03-10 21:11:56 +08:00"));
        assert_eq!(say_millis(&mut clock, created).as_deref(), Some("2021-03-10 21:11:57.707 +08:00"));
        assert_eq!(clock.offset_text(punched), Some("+08:00"));
        assert_eq!(clock.weekday(punched, Lang::En), Some("Wed"));
        assert_eq!(clock.weekday(punched, Lang::Zh), Some("周三"));
        assert_eq!(clock.weekday(Seconds(0), Lang::En), Some("Thu"));
        assert_eq!(iso(&mut Clock::new(Zone::Utc), 0).unwrap(), "1970-01-01T00:00:00+00:00");
    }

    #[test]
    fn far_and_negative_times() {
        let mut utc = Clock::new(Zone::Utc);
        assert_eq!(say_millis(&mut utc, Millis(-1)).unwrap(), "1969-12-31 23:59:59.999 +00:00");
        for (at, text) in [
            (-1, "1969-12-31T23:59:59+00:00"),
            (-62_135_596_800, "0001-01-01T00:00:00+00:00"),
            (-62_167_219_200, "0000-01-01T00:00:00+00:00"),
            (-62_167_219_201, "-0001-12-31T23:59:59+00:00"),
            (253_402_300_799, "9999-12-31T23:59:59+00:00"),
            (253_402_300_800, "+10000-01-01T00:00:00+00:00"),
            (1_615_381_916_000, "+53159-06-01T22:53:20+00:00"),
        ] {
            assert_eq!(iso(&mut utc, at).as_deref(), Some(text), "{at}");
        }
        let (first, last) =
            (DateTime::<chrono::Utc>::MIN_UTC.timestamp(), DateTime::<chrono::Utc>::MAX_UTC.timestamp());
        assert_eq!(iso(&mut utc, last).unwrap(), "+262142-12-31T23:59:59+00:00");
        assert_eq!(iso(&mut utc, first).unwrap(), "-262143-01-01T00:00:00+00:00");
        for offset in [0, 86_399, -86_399] {
            let mut clock = fixed(offset);
            for at in [i64::MIN, first - 1, last + 1, i64::MAX] {
                assert_eq!(iso(&mut clock, at), None);
                assert_eq!(clock.weekday(Seconds(at), Lang::En), None);
                assert_eq!(clock.offset_text(Seconds(at)), None);
                assert_eq!(clock.say_seconds(Seconds(at)), None);
            }
            assert_eq!(say_millis(&mut clock, Millis(i64::MIN)), None);
            // In the first and last day of all, the local date may or may not exist.
            assert_eq!(iso(&mut clock, first).is_some(), offset >= 0);
            assert_eq!(iso(&mut clock, last).is_some(), offset <= 0);
        }
    }

    #[test]
    fn the_machines_zone_never_panics() {
        let mut clock = Clock::new(Zone::Local);
        for at in [i64::MIN, -9_000_000_000_000, -1, 0, 1_615_381_916, 8_000_000_000_000, i64::MAX] {
            let _ = iso(&mut clock, at);
        }
        assert!(iso(&mut clock, 1_615_381_916).is_some());
    }

    #[cfg(feature = "tz")]
    #[test]
    fn offsets_change_in_the_middle_of_a_day() {
        for (zone, at, before, after) in [
            ("America/New_York", 1_615_705_200, "2021-03-14T01:59:59-05:00", "2021-03-14T03:00:00-04:00"),
            ("America/New_York", 1_636_264_800, "2021-11-07T01:59:59-04:00", "2021-11-07T01:00:00-05:00"),
            ("Australia/Lord_Howe", 1_617_462_000, "2021-04-04T01:59:59+11:00", "2021-04-04T01:30:00+10:30"),
            ("Asia/Shanghai", -2_177_481_943, "1900-12-31T23:59:59+08:05:43", "1900-12-31T23:54:17+08:00"),
            ("Asia/Kathmandu", 504_901_800, "1985-12-31T23:59:59+05:30", "1986-01-01T00:15:00+05:45"),
            ("America/Sao_Paulo", 1_508_036_400, "2017-10-14T23:59:59-03:00", "2017-10-15T01:00:00-02:00"),
            ("Pacific/Apia", 1_325_239_200, "2011-12-29T23:59:59-10:00", "2011-12-31T00:00:00+14:00"),
        ] {
            let zone = zone.parse().unwrap();
            // From both sides: the day that is remembered must end exactly at the change.
            for hours in [0, 1, 12, 23] {
                for far in [-hours * 3600 - 1, hours * 3600] {
                    let mut clock = Clock::new(zone);
                    iso(&mut clock, at + far);
                    assert_eq!(iso(&mut clock, at - 1).as_deref(), Some(before));
                    assert_eq!(iso(&mut clock, at).as_deref(), Some(after));
                    assert_eq!(iso(&mut clock, at - 1).as_deref(), Some(before));
                }
            }
        }
    }

    #[cfg(feature = "tz")]
    mod against_chrono {
        use chrono::{Offset, TimeZone};
        use proptest::prelude::*;

        use super::*;
        use crate::time::parse_moment;

        /// The end of 2099.
        const KNOWN: i64 = 4_102_444_800_000;

        /// Zones of all kinds, whose past does not change from release to release of the database.
        const ZONES: [&str; 14] = [
            "Asia/Shanghai",
            "Asia/Tokyo",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Asia/Tehran",
            "Europe/Berlin",
            "Europe/London",
            "Africa/Lagos",
            "America/New_York",
            "America/St_Johns",
            "America/Sao_Paulo",
            "Australia/Lord_Howe",
            "Pacific/Auckland",
            "Pacific/Kiritimati",
        ];

        fn expected(zone: Zone, at: Millis) -> [String; 5] {
            let utc = DateTime::from_timestamp_millis(at.0).unwrap();
            // As chrono-tz knows it, as far as it knows the rules.
            let offset = match zone.to_string().parse::<chrono_tz::Tz>() {
                Ok(zone) if at.0 < KNOWN => zone.offset_from_utc_datetime(&utc.naive_utc()).fix(),
                _ => zone.offset_at(at.seconds().0).unwrap(),
            };
            let local = utc.with_timezone(&offset);
            // `%:z` rounds seconds away.
            let z = if offset.local_minus_utc() % 60 == 0 { "%:z" } else { "%::z" };
            [
                "%Y-%m-%dT%H:%M:%S",
                "%Y-%m-%dT%H:%M:%S%.3f",
                "%Y-%m-%d %H:%M:%S ",
                "%Y-%m-%d %H:%M:%S%.3f ",
                "%a ",
            ]
            .map(|format| local.format(&format!("{format}{z}")).to_string())
        }

        fn written(clock: &mut Clock, at: Millis) -> [String; 5] {
            let mut iso = [Vec::new(), Vec::new()];
            assert!(clock.iso_seconds(at.seconds(), &mut iso[0]));
            assert!(clock.iso_millis(at, &mut iso[1]));
            let [seconds, millis] = iso.map(|text| String::from_utf8(text).unwrap());
            let weekday = clock.weekday(at.seconds(), Lang::En).unwrap();
            let offset = clock.offset_text(at.seconds()).unwrap().to_owned();
            let human = clock.say_seconds(at.seconds()).unwrap();
            [seconds, millis, human, say_millis(clock, at).unwrap(), format!("{weekday} {offset}")]
        }

        /// Mostly of the years with changes, some from anywhere.
        fn instant() -> impl Strategy<Value = i64> {
            prop_oneof![
                6 => -5_000_000_000_000_i64..5_000_000_000_000,
                1 => -8_000_000_000_000_000_i64..8_000_000_000_000_000,
            ]
        }

        /// From seconds to weeks, so that a clock meets the days it knows, their edges, and slots taken by others.
        fn step() -> impl Strategy<Value = i64> {
            let hour = 3_600_000_i64;
            prop_oneof![
                -hour..hour,
                -30 * hour..30 * hour,
                -2_000 * hour..2_000 * hour,
                Just(SLOTS as i64 * 24 * hour)
            ]
        }

        proptest! {
            #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

            #[test]
            fn the_clock_writes_what_chrono_writes(
                zone in proptest::sample::select(&ZONES[..]),
                first in instant(),
                steps in proptest::collection::vec(step(), 30),
            ) {
                let zone: Zone = zone.parse().unwrap();
                let mut clock = Clock::new(zone);
                let mut at = Millis(first);
                for step in steps {
                    let texts = written(&mut clock, at);
                    prop_assert_eq!(&texts, &expected(zone, at), "{} {}", zone, at.0);
                    let whole = at.seconds().to_millis().unwrap();
                    for (text, moment) in texts.iter().zip([whole, at, whole, at]) {
                        prop_assert_eq!(parse_moment(text, Zone::Utc), Ok(moment));
                    }
                    at = Millis(at.0 + step);
                }
            }
        }
    }
}
