//! Times: facts that stay, moved by whole days if somebody wants that. What says something about a person, when somebody
//! joined say, is moved besides, by days of its own.

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
pub(super) fn fraction(text: &str, days: i64) -> Option<String> {
    millis_of_fraction(text)?;
    match text.split_once('.') {
        Some((whole, fraction)) => moment(whole, days).map(|whole| format!("{whole}.{fraction}")),
        None => moment(text, days),
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
pub(super) fn counted(kind: Kind, number: &str, days: i64) -> Option<String> {
    match kind {
        Kind::Day => day_later(number.parse().ok()?, days).map(|day| day.to_string()),
        _ if number.contains('.') => fraction(number, days),
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
        assert_eq!(fraction("1502199207.7171419", -1).as_deref(), Some("1502112807.7171419"));
        assert_eq!(fraction("x", 1), None);
        assert_eq!(counted(Kind::Day, "20210310", 1).as_deref(), Some("20210311"));
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
