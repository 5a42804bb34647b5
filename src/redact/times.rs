//! Times: facts that stay, moved by whole days if somebody wants that. What says something about a person, when somebody
//! joined say, is moved besides, by days of its own. What is no moment of our days may be a number of another kind, of a
//! telephone say, and is replaced.

use crate::catalog::Kind;
use crate::json::unescape;
use crate::rules::time::millis_of_fraction;
use crate::time::{Unit, day_later, days_later};

use super::keyed::{Keyed, Use};

const DAY: i64 = 86_400;

/// By so many days more a personal time is moved at the most.
const MOST: u32 = 180;

/// Smaller numbers are no moments but say that there is none.
const NONE: u64 = 100_000;

/// 2100-01-01: nothing happens later.
const END: i64 = 4_102_444_800;

/// More digits of a fraction say nothing of when it was.
const FRACTION: usize = 7;

impl Keyed {
    /// By how many days the time that is written like this is moved.
    pub fn days(&self, raw: &[u8], days: i64, personal: bool) -> i64 {
        if !personal {
            return days;
        }
        let mut stream = self.stream(Use::Days, 0, raw);
        let own = i64::from(1 + stream.below(MOST));
        let own = if stream.below(2) == 0 { own } else { -own };
        // The one must not undo the other.
        if days == -own { days - own } else { days + own }
    }
}

impl Keyed {
    /// The stand-in of digits that are no moment of our days in any unit: as many, and as far away. `None` where they are
    /// one, or say that there is none.
    pub fn far(&self, digits: &str) -> Option<String> {
        let value: i64 = digits.parse().ok()?;
        let near = |unit: Unit| value / unit.per_second() < END;
        if value.unsigned_abs() < NONE || Unit::guess(value).is_some_and(near) {
            return None;
        }
        if value < 0 {
            return Some(self.number(0, digits));
        }
        let digits_below = value.ilog10();
        let mut least = 10i64.pow(digits_below);
        let mut most = 10i64.checked_pow(digits_below + 1).map_or(i64::MAX, |above| above - 1);
        for unit in Unit::ALL {
            let values = unit.values();
            let end = END.saturating_mul(unit.per_second());
            for edge in [*values.start(), end, values.end().checked_add(1).unwrap_or(i64::MIN)] {
                if edge <= value { least = least.max(edge) } else { most = most.min(edge - 1) }
            }
        }
        let mut stream = self.stream(Use::Far, 0, digits.as_bytes());
        let number = (0..4).fold(0, |number: u64, _| number << 16 | u64::from(stream.below(1 << 16)));
        let other = least + (number % (most.abs_diff(least) + 1)) as i64;
        let other = if other != value {
            other
        } else if value < most {
            value + 1
        } else {
            least
        };
        Some(other.to_string())
    }
}

/// The digits of a moment, `days` later in the unit that they are in. `None` where they are in none.
pub(super) fn moment(digits: &str, days: i64) -> Option<String> {
    let value: i64 = digits.parse().ok()?;
    if value.unsigned_abs() < NONE {
        return Some(digits.to_owned());
    }
    let unit = Unit::guess(value)?;
    value.checked_add(days * DAY * unit.per_second()).map(|value| value.to_string())
}

/// The same of seconds with a fraction: `1502199207.7171419`.
pub(super) fn fraction(keyed: &Keyed, text: &str, days: i64) -> Option<String> {
    millis_of_fraction(text)?;
    let moment = |whole: &str| keyed.far(whole).or_else(|| moment(whole, days));
    match text.split_once('.') {
        Some((whole, fraction)) => {
            moment(whole).map(|whole| format!("{whole}.{}", &fraction[..fraction.len().min(FRACTION)]))
        }
        None => moment(text),
    }
}

/// What stands between the quotes of a day or time of this kind, `days` later.
pub(super) fn written(kind: Kind, body: &[u8], days: i64) -> Option<String> {
    let text = unescape(body);
    match kind {
        Kind::Time(..) => moment(&text, days),
        _ => days_later(text.trim(), days),
    }
}

/// A number that is a day or a moment, `days` later.
pub(super) fn counted(keyed: &Keyed, kind: Kind, number: &str, days: i64) -> Option<String> {
    match kind {
        Kind::Day => day_later(number.parse().ok()?, days).map(|day| day.to_string()),
        _ if number.contains('.') => fraction(keyed, number, days),
        _ => moment(number, days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_moved_in_their_own_unit() {
        for (text, moved) in [
            ("1615381916", Some("1615468316")),
            ("1615381916000", Some("1615468316000")),
            ("0", Some("0")),
            ("20210310", None),
            ("99999999999999999999", None),
            ("9223372036854775807", None),
        ] {
            assert_eq!(moment(text, 1).as_deref(), moved, "{text}");
        }
        let keyed = Keyed::new(b"a key");
        assert_eq!(fraction(&keyed, "1502199207.7171419", -1).as_deref(), Some("1502112807.7171419"));
        assert_eq!(fraction(&keyed, "1502199207.71714199", 0).as_deref(), Some("1502199207.7171419"));
        assert_ne!(fraction(&keyed, "13748159263.5", 0).as_deref(), Some("13748159263.5"));
        assert_eq!(fraction(&keyed, "x", 1), None);
        assert_eq!(counted(&keyed, Kind::Day, "20210310", 1).as_deref(), Some("20210311"));
    }

    #[test]
    fn the_number_of_a_telephone_in_the_field_of_a_time_stayed() {
        for salt in 0..50u8 {
            let keyed = Keyed::new(&[salt]);
            for digits in [
                "137481",
                "13748159",
                "13748159263",
                "8613748159263",
                "110101199003071234",
                "6938012269578125316",
                "9223372036854775807",
            ] {
                let other = keyed.far(digits).unwrap_or_else(|| panic!("{digits}"));
                let unit = |digits: &str| Unit::guess(digits.parse().unwrap());
                assert_eq!((other.len(), unit(&other)), (digits.len(), unit(digits)), "{digits}: {other}");
                assert!(other != digits && keyed.far(&other).is_some(), "{digits}: {other}");
            }
            for moment in
                ["0", "99999", "1615381916", "1615381917707", "1615381917707000", "1615381917707000000"]
            {
                assert_eq!(keyed.far(moment), None, "{moment}");
            }
        }
    }

    #[test]
    fn a_personal_time_is_moved_by_days_of_its_own() {
        let keyed = Keyed::new(b"a key");
        assert_eq!(keyed.days(b"1615381916", 7, false), 7);
        assert!((0..100u8).all(|at| (-30..30).all(|days| keyed.days(&[at], days, true) != 0)));
        let moved: Vec<i64> = (0..100u8).map(|at| keyed.days(&[at], 7, true) - 7).collect();
        assert!(moved.iter().all(|days| *days != 0 && days.unsigned_abs() <= u64::from(MOST)));
        assert!(moved.iter().any(|days| *days < 0) && moved.iter().any(|days| *days > 0));
    }
}
