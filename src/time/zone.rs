//! Time zones by name, and the offset of a zone at an instant.

use std::cell::Cell;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, Local, Offset, TimeZone};

#[cfg(feature = "tz")]
use tz::TimeZoneRef;
#[cfg(feature = "tz")]
use tzdb_data::{TZ_NAMES, find_tz};

use crate::lang::{Label, label};
use crate::suggest::Unknown;

use super::moment::instant;
use super::{Millis, Seconds};
#[cfg(feature = "tz")]
use crate::suggest::nearest;

/// A time zone; parse one with [`FromStr`].
///
/// ```
/// use larkspect::time::Zone;
/// assert_eq!("+0800".parse::<Zone>().unwrap().to_string(), "+08:00");
/// assert_eq!("mars".parse::<Zone>().ok(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// UTC.
    Utc,
    /// Always the same offset from UTC; made by [`Zone::fixed`].
    Fixed(FixedOffset),
    /// The machine's zone. On Unix that is `TZ`, else `/etc/localtime`, as chrono reads them: `TZ` may be a name with
    /// or without a colon (`:Asia/Shanghai`), a path, or a POSIX rule (`CST-8`); empty, it is UTC; where it names
    /// nothing, or is not UTF-8, it is as if it were not set (libc would take UTC). With no zone at all it is UTC.
    /// On Windows it is the system's setting, and `TZ` plays no part.
    Local,
    /// A zone of the IANA database, as it was when this program was built.
    #[cfg(feature = "tz")]
    Named(Named),
}

/// A zone of the IANA database.
#[cfg(feature = "tz")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    name: &'static str,
    rules: &'static TimeZoneRef<'static>,
}

#[cfg(feature = "tz")]
impl Named {
    /// The zone of this name, in whatever case.
    pub(super) fn find(name: &str) -> Option<Named> {
        let rules = find_tz(name.as_bytes())?;
        let name = TZ_NAMES.iter().find(|known| known.eq_ignore_ascii_case(name))?;
        Some(Named { name, rules })
    }

    /// The offset at an instant (seconds since 1970).
    fn offset_at(self, at: i64) -> Option<FixedOffset> {
        FixedOffset::east_opt(self.rules.find_local_time_type(at).ok()?.ut_offset())
    }
}

/// What people mean when they write what is no IANA name: one zone serves all of China.
#[cfg(feature = "tz")]
const MEANT: &[(&str, &str)] = &[
    ("beijing", "Asia/Shanghai"),
    ("peking", "Asia/Shanghai"),
    ("guangzhou", "Asia/Shanghai"),
    ("hangzhou", "Asia/Shanghai"),
    ("shenzhen", "Asia/Shanghai"),
    ("china", "Asia/Shanghai"),
    ("cst", "Asia/Shanghai"),
];

impl Zone {
    /// The zone that is always `seconds` ahead of UTC (behind, if negative); `None` from a whole day on.
    pub fn fixed(seconds: i32) -> Option<Zone> {
        FixedOffset::east_opt(seconds).map(Zone::Fixed)
    }

    /// The names that can be parsed, but for offsets of other hours than +08:00: those of the IANA database last.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let zones = ["local", "utc", "+08:00"].into_iter();
        #[cfg(feature = "tz")]
        let zones = zones.chain(TZ_NAMES.iter().copied());
        zones
    }

    /// What its clocks show at a moment, as if they showed UTC; `None` beyond the calendar.
    pub fn local(self, at: Millis) -> Option<Millis> {
        let offset = match self {
            Zone::Local => local_offset(at.seconds().0)?,
            _ => self.offset_at(at.seconds().0)?.local_minus_utc(),
        };
        Some(Millis(at.0.checked_add(i64::from(offset) * 1000)?))
    }

    /// The moment at which its clocks show `local`, which is counted as if they showed UTC: the reverse of
    /// [`Zone::local`]. What they show twice is taken the first time, what they never show is moved on.
    pub fn instant(self, local: Seconds) -> Option<Seconds> {
        instant(local.0, self).map(Seconds)
    }

    /// What the zone is called where nobody will know on which machine that was: that of the machine by its offset, if it
    /// keeps one in our days.
    pub fn lasting_name(self) -> String {
        /// Thirty years from 2010.
        const MONTHS: i64 = 30 * 12;
        let month = |month| 1_262_304_000 + month * 30 * 86_400;
        let first = self.offset_at(month(0));
        match first {
            Some(offset)
                if self == Zone::Local && (1..MONTHS).all(|at| self.offset_at(month(at)) == first) =>
            {
                offset.to_string()
            }
            _ => self.to_string(),
        }
    }

    /// The offset at an instant (seconds since 1970); `None` beyond the years chrono knows, 262 thousand either way.
    pub(super) fn offset_at(self, at: i64) -> Option<FixedOffset> {
        let utc = DateTime::from_timestamp(at, 0)?.naive_utc();
        Some(match self {
            Zone::Utc => chrono::Utc.fix(),
            Zone::Fixed(offset) => offset,
            Zone::Local => Local.offset_from_utc_datetime(&utc),
            #[cfg(feature = "tz")]
            Zone::Named(zone) => zone.offset_at(at)?,
        })
    }
}

/// The offset of the machine's zone in seconds. To ask for it takes as long as all else that is asked of an event, so the
/// last day on which it stayed the same is remembered.
fn local_offset(at: i64) -> Option<i32> {
    const DAY: i64 = 86_400;
    thread_local! {
        static LAST: Cell<Option<(i64, i32)>> = const { Cell::new(None) };
    }
    let day = at.div_euclid(DAY);
    if let Some((last, offset)) = LAST.get()
        && last == day
    {
        return Some(offset);
    }
    let ask = |at| Some(Zone::Local.offset_at(at)?.local_minus_utc());
    let offset = ask(at)?;
    // No zone changes and changes back within a day.
    if ask(day * DAY) == Some(offset) && ask(day * DAY + DAY - 1) == Some(offset) {
        LAST.set(Some((day, offset)));
    }
    Some(offset)
}

impl fmt::Display for Zone {
    /// A text that parses to the same zone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Zone::Utc => f.pad("UTC"),
            Zone::Fixed(offset) => f.pad(&offset.to_string()),
            Zone::Local => f.pad("local"),
            #[cfg(feature = "tz")]
            Zone::Named(zone) => f.pad(zone.name),
        }
    }
}

const ACCEPTED: Label = if cfg!(feature = "tz") {
    label(
        "可以用 local、utc、+08:00 这样的偏移量，以及 Asia/Shanghai 这样的 IANA 名称",
        "accepted are local, utc, an offset such as +08:00, and IANA names such as Asia/Shanghai",
    )
} else {
    label(
        "可以用 local、utc、+08:00 这样的偏移量；IANA 名称需要带有特性 `tz` 的构建",
        "accepted are local, utc, an offset such as +08:00; IANA names need a build with the feature `tz`",
    )
};

impl FromStr for Zone {
    type Err = Unknown;

    /// `local`, `utc`, `Z`; `+08:00`, `+0800`, `+08`, `+8`; with the feature `tz` also IANA names. Letter case counts
    /// for nothing.
    fn from_str(text: &str) -> Result<Zone, Unknown> {
        let name = text.trim();
        if name.eq_ignore_ascii_case("local") {
            return Ok(Zone::Local);
        }
        if name.eq_ignore_ascii_case("utc") || name.eq_ignore_ascii_case("z") {
            return Ok(Zone::Utc);
        }
        if let Some(offset) = parse_offset(name) {
            return Ok(Zone::Fixed(offset));
        }
        #[cfg(feature = "tz")]
        if let Some(zone) = Named::find(name) {
            return Ok(Zone::Named(zone));
        }
        Err(Unknown {
            what: label("时区", "time zone"),
            name: name.to_owned(),
            near: near(name),
            known: ACCEPTED.into(),
        })
    }
}

/// `+08:00`, `+0800`, `+08`, `+8`, `-03:30`, and `+08:05:43` as old local mean times have it.
pub(super) fn parse_offset(text: &str) -> Option<FixedOffset> {
    let (east, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "00"),
    };
    let (minutes, seconds) = rest.split_once(':').unwrap_or((rest, "00"));
    let number = |text: &str, lengths: &[usize], end: i32| {
        let digits = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i32>().ok().filter(|number| digits && *number < end)
    };
    let (hours, minutes, seconds) =
        (number(hours, &[1, 2], 24)?, number(minutes, &[2], 60)?, number(seconds, &[2], 60)?);
    FixedOffset::east_opt(east * (hours * 3600 + minutes * 60 + seconds))
}

/// What an unknown name probably stands for.
fn near(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    // `UTC+8` is not taken as it is: to POSIX, and in `Etc/GMT+8`, it is eight hours behind.
    if let Some(offset) = name.strip_prefix("utc").or_else(|| name.strip_prefix("gmt")) {
        return parse_offset(offset.trim()).map(|offset| offset.to_string());
    }
    // `8`, `08:00`.
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        return parse_offset(&format!("+{name}")).map(|offset| offset.to_string());
    }
    #[cfg(feature = "tz")]
    if (3..=64).contains(&name.len()) {
        let name = name.replace(' ', "_");
        let city = name.rsplit('/').next().unwrap_or_default();
        if let Some((_, meant)) = MEANT.iter().find(|(word, _)| *word == city) {
            return Some((*meant).to_owned());
        }
        // Abbreviations differ in a letter and mean other continents: no guess among them.
        if name.len() > 3 {
            let place = |zone: &'static str| zone.rsplit('/').next().unwrap_or_default();
            let known = TZ_NAMES.iter().flat_map(|zone| [*zone, place(zone)]);
            let found = nearest(&name, known)?;
            let zone = TZ_NAMES.iter().find(|zone| **zone == found || place(zone) == found);
            return zone.map(|zone| (*zone).to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_named_in_many_ways() {
        for (text, shown) in [
            ("local", "local"),
            ("Local", "local"),
            ("utc", "UTC"),
            (" UTC ", "UTC"),
            ("Z", "UTC"),
            ("z", "UTC"),
            ("+08:00", "+08:00"),
            ("+8:00", "+08:00"),
            ("+0800", "+08:00"),
            ("+08", "+08:00"),
            ("+8", "+08:00"),
            ("-03:30", "-03:30"),
            ("-0330", "-03:30"),
            ("+05:45", "+05:45"),
            ("-00:00", "+00:00"),
            ("+23:59", "+23:59"),
            ("+08:05:43", "+08:05:43"),
        ] {
            let zone: Zone = text.parse().unwrap();
            assert_eq!(zone.to_string(), shown, "{text}");
            assert_eq!(shown.parse(), Ok(zone));
        }
        assert_eq!(format!("{:>7}", Zone::Utc), "    UTC");
        assert_eq!(Zone::fixed(28_800), "+08:00".parse().ok());
        assert_eq!(Zone::fixed(86_400), None);
    }

    #[test]
    fn the_zone_of_the_machine_is_what_it_says_of_itself_on_any_day() {
        for at in (-100_000..100_000i64).map(|step| step * 17_291).chain([i64::MIN / 1000, i64::MAX / 1000]) {
            let asked = Zone::Local
                .offset_at(at)
                .map(|offset| Millis((at + i64::from(offset.local_minus_utc())) * 1000));
            assert_eq!(Zone::Local.local(Millis(at * 1000)), asked, "{at}");
        }
    }

    #[test]
    fn other_texts_are_refused_with_advice() {
        for text in [
            "",
            "+",
            "-",
            "+24:00",
            "+08:60",
            "+08:0",
            "+080",
            "+08:",
            "+08:00:",
            "+ 8",
            "++8",
            "+08000",
            "8",
            "+八",
            "\u{ff0b}08:00",
            "+1:2:3:4",
            "+08:00:00:00",
            "-+1:00",
            "ZZ",
            "x",
            "mars",
            "æøå/æøå",
            "+0é0",
        ] {
            let refused = text.parse::<Zone>().unwrap_err().to_string();
            assert!(
                refused.contains("+08:00") && refused.contains(&text.escape_debug().to_string()),
                "{refused}"
            );
        }
        let near = |text: &str| text.parse::<Zone>().unwrap_err().near;
        assert_eq!(near("UTC+8").as_deref(), Some("+08:00"));
        assert_eq!(near("gmt-03:30").as_deref(), Some("-03:30"));
        assert_eq!(near("8").as_deref(), Some("+08:00"));
        assert_eq!(near("08:00").as_deref(), Some("+08:00"));
        assert_eq!(near("25"), None);
        assert!(Zone::names().all(|name| name.parse::<Zone>().is_ok()));
        assert_eq!(near(&"x".repeat(1 << 20)), None);
    }

    #[cfg(feature = "tz")]
    #[test]
    fn iana_names_in_any_case_and_nearly() {
        for name in TZ_NAMES {
            let parsed: Zone = name.to_uppercase().parse().unwrap();
            assert!(parsed.to_string().eq_ignore_ascii_case(name));
            assert_eq!(parsed.to_string().parse(), Ok(parsed));
        }
        for (text, near) in [
            ("Asia/Shangai", Some("Asia/Shanghai")),
            ("Asai/Shanghai", Some("Asia/Shanghai")),
            ("shanghai", Some("Asia/Shanghai")),
            ("Asia/Beijing", Some("Asia/Shanghai")),
            ("CST", Some("Asia/Shanghai")),
            ("new york", Some("America/New_York")),
            ("America/New-York", Some("America/New_York")),
            ("BST", None),
            ("Mars/Olympus", None),
        ] {
            let error = text.parse::<Zone>().unwrap_err();
            assert_eq!(error.near.as_deref(), near, "{text}");
        }
        let error = |name: &str| name.parse::<Zone>().unwrap_err().to_string();
        assert_eq!(error("Asia/Shangai"), "unknown time zone `Asia/Shangai`; did you mean `Asia/Shanghai`?");
        let unknown = format!("unknown time zone `Mars/Olympus`; {}", ACCEPTED.en);
        assert_eq!(error("Mars/Olympus"), unknown);
    }

    #[cfg(not(feature = "tz"))]
    #[test]
    fn names_need_the_feature() {
        let refused = "Asia/Shanghai".parse::<Zone>().unwrap_err().to_string();
        assert!(refused.contains("feature `tz`"), "{refused}");
    }
}
