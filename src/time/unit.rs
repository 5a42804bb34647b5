//! Which unit a bare number of a timestamp is in: people put milliseconds where seconds belong, and so on.

use std::ops::RangeInclusive;

use crate::lang::{Label, label};

use super::{Millis, Seconds};

/// A unit of timestamps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 10 digits in our days.
    Seconds,
    /// 13 digits in our days.
    Millis,
    /// 16 digits in our days.
    Micros,
    /// 19 digits in our days.
    Nanos,
}

/// 1990-01-01, the earliest second that counts as a timestamp.
const FIRST: i64 = 631_152_000;
/// 2286-11-20, the first second with 11 digits.
const END: i64 = 10_000_000_000;

impl Unit {
    /// Every unit, the longest first.
    pub const ALL: [Unit; 4] = [Unit::Seconds, Unit::Millis, Unit::Micros, Unit::Nanos];

    /// The unit in which `value` is a moment from 1990 to November 2286 (in nanoseconds to 2262, where `i64` ends).
    ///
    /// `END / FIRST` is 16, far below the 1000 from unit to unit, so at most one fits. The gaps between are wanted:
    /// what people write by hand lies in them, the calendar numbers `yyyymmdd`, `yyyymmddHHMM` and `yyyymmddHHMMSS`
    /// of 8, 12 and 14 digits.
    pub fn guess(value: i64) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| unit.values().contains(&value))
    }

    /// The values that [`Unit::guess`] takes for this unit.
    pub const fn values(self) -> RangeInclusive<i64> {
        let each = self.per_second();
        // The end of nanoseconds is that of `i64`.
        let last = match END.checked_mul(each) {
            Some(end) => end - 1,
            None => i64::MAX,
        };
        FIRST * each..=last
    }

    /// Whether a value is rather a moment of this unit than of another one: in our days, or so far from them that its
    /// magnitude tells nothing.
    pub fn suits(self, value: i64) -> bool {
        Unit::guess(value).is_none_or(|unit| unit == self)
    }

    /// The word people read: `seconds`, `milliseconds`, `microseconds`, `nanoseconds`.
    pub const fn name(self) -> &'static str {
        self.label().en
    }

    /// The same in both languages.
    pub const fn label(self) -> Label {
        match self {
            Unit::Seconds => label("秒", "seconds"),
            Unit::Millis => label("毫秒", "milliseconds"),
            Unit::Micros => label("微秒", "microseconds"),
            Unit::Nanos => label("纳秒", "nanoseconds"),
        }
    }

    /// How many of them are a second.
    pub const fn per_second(self) -> i64 {
        match self {
            Unit::Seconds => 1,
            Unit::Millis => 1_000,
            Unit::Micros => 1_000_000,
            Unit::Nanos => 1_000_000_000,
        }
    }

    /// `value` of this unit in seconds, rounded towards the past.
    ///
    /// ```
    /// use larkspect::time::{Seconds, Unit};
    /// let value = 1615381916000;
    /// let unit = Unit::guess(value).unwrap();
    /// assert_eq!((unit.name(), unit.to_seconds(value)), ("milliseconds", Seconds(1615381916)));
    /// ```
    pub const fn to_seconds(self, value: i64) -> Seconds {
        Seconds(value.div_euclid(self.per_second()))
    }

    /// `value` of this unit in milliseconds, rounded towards the past; `None` where they do not fit.
    pub const fn to_millis(self, value: i64) -> Option<Millis> {
        match self {
            Unit::Seconds => Seconds(value).to_millis(),
            Unit::Millis | Unit::Micros | Unit::Nanos => {
                Some(Millis(value.div_euclid(self.per_second() / 1000)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_magnitude_tells_the_unit() {
        let day = 1_615_381_916;
        for unit in Unit::ALL {
            // 1990 (the first second), 2001 (the first with ten digits), 2021, 2200.
            for seconds in [FIRST, 1_000_000_000, day, 7_258_118_400] {
                let Some(value) = seconds.checked_mul(unit.per_second()) else {
                    assert_eq!(unit, Unit::Nanos);
                    continue;
                };
                assert_eq!(Unit::guess(value), Some(unit), "{value}");
                assert_eq!(unit.to_seconds(value), Seconds(seconds));
                assert_eq!(unit.to_millis(value), Seconds(seconds).to_millis());
            }
            assert_eq!(Unit::guess(FIRST * unit.per_second() - 1), None);
        }
        assert_eq!(Unit::guess(i64::MAX), Some(Unit::Nanos));
        let calendar = [20_210_310, 202_103_102_111, 20_210_310_211_156];
        for value in [0, -1, -day, i64::MIN, 1, END].into_iter().chain(calendar) {
            assert_eq!(Unit::guess(value), None, "{value}");
        }
    }

    #[test]
    fn conversions_round_towards_the_past() {
        for (unit, value, seconds, millis) in [
            (Unit::Millis, -1, -1, Some(-1)),
            (Unit::Micros, 1_999, 0, Some(1)),
            (Unit::Micros, -1, -1, Some(-1)),
            (Unit::Nanos, i64::MIN, -9_223_372_037, Some(-9_223_372_036_855)),
            (Unit::Seconds, i64::MIN, i64::MIN, None),
        ] {
            assert_eq!(unit.to_seconds(value), Seconds(seconds));
            assert_eq!(unit.to_millis(value), millis.map(Millis));
        }
    }
}
