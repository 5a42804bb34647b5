//! Days as they are written in payloads, moved by whole days.

use chrono::{Days, NaiveDate};

/// A text that begins with a day, `2021-03-10T21:11:56+08:00`, so many days later. `None` where it begins with none, or
/// that day cannot be written in the same way.
pub(crate) fn days_later(text: &str, days: i64) -> Option<String> {
    let (day, rest) = text.split_at_checked(10)?;
    let moved = add(day.parse().ok()?, days)?.to_string();
    (moved.len() == day.len()).then(|| moved + rest)
}

/// The day that a number `yyyymmdd` writes, so many days later.
pub(crate) fn day_later(yyyymmdd: i64, days: i64) -> Option<i64> {
    let year = i32::try_from(yyyymmdd / 10_000).ok()?;
    let (month, day) = ((yyyymmdd / 100 % 100) as u32, yyyymmdd % 100);
    // The 31st of a shorter month is one of the next.
    let moved = add(NaiveDate::from_ymd_opt(year, month, 1)?, days.checked_add(day - 1)?)?;
    moved.format("%Y%m%d").to_string().parse().ok()
}

fn add(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_moved_and_times_of_day_stay() {
        for (text, days, moved) in [
            ("2021-03-10", 1, Some("2021-03-11")),
            ("2021-03-10", -10, Some("2021-02-28")),
            ("2020-02-28T21:11:56+08:00", 2, Some("2020-03-01T21:11:56+08:00")),
            ("2021-03-10 21:11", 365, Some("2022-03-10 21:11")),
            ("9999-12-31", 1, None),
            ("2021-13-10", 1, None),
            ("today", 1, None),
            ("浙江省杭州市", 1, None),
        ] {
            assert_eq!(days_later(text, days).as_deref(), moved, "{text}");
        }
        for (day, days, moved) in [
            (20210310, 1, Some(20210311)),
            (20211231, 1, Some(20220101)),
            (20210231, 0, Some(20210303)),
            (20211310, 1, None),
            (i64::MAX, 1, None),
            (-1, i64::MIN, None),
        ] {
            assert_eq!(day_later(day, days), moved, "{day}");
        }
    }
}
