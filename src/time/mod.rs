//! Moments, their units, zones, and how people read them. The only module that knows chrono.
//!
//! Nothing here asks what time it is, and only [`Zone::Local`] looks at the machine.

mod clock;
mod moment;
mod shift;
mod span;
mod unit;
mod zone;

pub use clock::Clock;
pub(crate) use clock::{MomentText, WEEKDAYS};
pub use moment::{MomentError, parse_day, parse_moment};
pub(crate) use shift::{day_later, days_later};
pub(crate) use span::parse_span_again;
pub use span::{parse_length, parse_span, parse_time_of_day};
pub use unit::Unit;
pub use zone::Zone;

use chrono::Datelike;

use crate::lang::Lang;

/// Seconds since 1970 in UTC, the unit of `check_time`. May be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seconds(pub i64);

/// Milliseconds since 1970 in UTC, the unit of `create_time`. May be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub i64);

impl Seconds {
    /// The same moment in milliseconds; `None` where they do not fit.
    pub const fn to_millis(self) -> Option<Millis> {
        match self.0.checked_mul(1000) {
            Some(millis) => Some(Millis(millis)),
            None => None,
        }
    }
}

impl Millis {
    /// The moment that a text of RFC 3339 names. What is finer than a millisecond is cut off.
    pub(crate) fn of_rfc3339(text: &str) -> Option<Millis> {
        chrono::DateTime::parse_from_rfc3339(text).ok().map(|at| Millis(at.timestamp_millis()))
    }

    /// The second in which the moment lies, rounded towards the past also before 1970.
    pub const fn seconds(self) -> Seconds {
        Seconds(self.0.div_euclid(1000))
    }

    /// Milliseconds since that second began: 0 to 999.
    pub const fn subsecond(self) -> u16 {
        self.0.rem_euclid(1000) as u16
    }

    /// The year, the month and the day in UTC; `None` beyond the calendar.
    pub fn date(self) -> Option<(i32, u32, u32)> {
        let date = chrono::DateTime::from_timestamp_millis(self.0)?.date_naive();
        Some((date.year(), date.month(), date.day()))
    }

    /// How much later this is than `earlier`; `None` where the difference does not fit.
    pub const fn since(self, earlier: Millis) -> Option<Millis> {
        match self.0.checked_sub(earlier.0) {
            Some(difference) => Some(Millis(difference)),
            None => None,
        }
    }
}

/// A difference in words: `1.7 s later`, `2 min 5 s earlier`, `at the same time`; positive is later.
///
/// Two units at most, and what is below them is cut off, not rounded: 59.99 s never reads as a minute.
pub fn lag(difference: Millis, lang: Lang) -> String {
    let millis = difference.0.unsigned_abs();
    let seconds = millis / 1000;
    let names = match lang {
        Lang::En => ["d", "h", "min", "s", "ms"],
        Lang::Zh => ["天", "小时", "分", "秒", "毫秒"],
    };
    let [d, h, min, s, ms] = names;
    let two = |large: u64, of: &str, small: u64, than: &str| match small {
        0 => format!("{large} {of}"),
        _ => format!("{large} {of} {small} {than}"),
    };
    let length = match seconds {
        0 if millis == 0 => {
            return match lang {
                Lang::En => "at the same time",
                Lang::Zh => "同时",
            }
            .to_owned();
        }
        0 => format!("{millis} {ms}"),
        1..10 if millis % 1000 >= 100 => format!("{seconds}.{} {s}", millis % 1000 / 100),
        1..60 => format!("{seconds} {s}"),
        60..3_600 => two(seconds / 60, min, seconds % 60, s),
        3_600..86_400 => two(seconds / 3_600, h, seconds / 60 % 60, min),
        86_400.. => two(seconds / 86_400, d, seconds / 3_600 % 24, h),
    };
    match (lang, difference.0 > 0) {
        (Lang::En, true) => length + " later",
        (Lang::En, false) => length + " earlier",
        (Lang::Zh, true) => length + "后",
        (Lang::Zh, false) => length + "前",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_millis() {
        assert_eq!(Seconds(1_615_381_916).to_millis(), Some(Millis(1_615_381_916_000)));
        assert_eq!(Seconds(i64::MAX).to_millis(), None);
        for (millis, seconds, rest) in
            [(1_999, 1, 999), (0, 0, 0), (-1, -1, 999), (-1_000, -1, 0), (-1_001, -2, 999)]
        {
            assert_eq!((Millis(millis).seconds(), Millis(millis).subsecond()), (Seconds(seconds), rest));
        }
        assert_eq!(Millis(5).since(Millis(7)), Some(Millis(-2)));
        assert_eq!(Millis(i64::MIN).since(Millis(1)), None);
    }

    #[test]
    fn lags_in_words() {
        for (millis, en, zh) in [
            (0, "at the same time", "同时"),
            (707, "707 ms later", "707 毫秒后"),
            (1_000, "1 s later", "1 秒后"),
            (1_707, "1.7 s later", "1.7 秒后"),
            (9_999, "9.9 s later", "9.9 秒后"),
            (-12_345, "12 s earlier", "12 秒前"),
            (59_999, "59 s later", "59 秒后"),
            (60_000, "1 min later", "1 分后"),
            (125_000, "2 min 5 s later", "2 分 5 秒后"),
            (-3_600_000, "1 h earlier", "1 小时前"),
            (11_045_000, "3 h 4 min later", "3 小时 4 分后"),
            (273_600_000, "3 d 4 h later", "3 天 4 小时后"),
            (i64::MAX, "106751991167 d 7 h later", "106751991167 天 7 小时后"),
            (i64::MIN, "106751991167 d 7 h earlier", "106751991167 天 7 小时前"),
        ] {
            assert_eq!(lag(Millis(millis), Lang::En), en);
            assert_eq!(lag(Millis(millis), Lang::Zh), zh);
        }
    }
}
