//! The clock of a sample: office hours, weekends, days. Everything happens at +08:00.

use crate::time::Millis;

use super::random::Random;
use super::words::{GAPS, WEEKEND};

const ZONE: i64 = 8 * 3600;
const DAY: i64 = 86_400;

/// When the next thing happens after `now`.
pub(super) fn next(now: Millis, random: &mut Random) -> Millis {
    let local = now.seconds().0 + ZONE;
    let hour = local.rem_euclid(DAY) / 3600;
    // 1970-01-01 was a Thursday.
    let weekday = (local.div_euclid(DAY) + 3).rem_euclid(7);
    let mut gap = GAPS[hour as usize];
    if weekday >= 5 {
        gap *= WEEKEND;
    }
    Millis(now.0 + 1 + i64::from(random.below(2000 * gap)))
}

/// The day of a moment as the number yyyymmdd, after Howard Hinnant's `civil_from_days`.
pub(super) fn date(at: Millis) -> i64 {
    let days = (at.seconds().0 + ZONE).div_euclid(DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Years begin in March here, so that the leap day is their last.
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    year * 10_000 + month * 100 + day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_midnight_in_china() {
        for (millis, day) in [
            (1_615_381_917_707, 20_210_310),
            (1_615_391_999_999, 20_210_310),
            (1_615_392_000_000, 20_210_311),
            (1_582_905_600_000, 20_200_229),
            (1_735_660_799_999, 20_241_231),
            (0, 19_700_101),
        ] {
            assert_eq!(date(Millis(millis)), day, "{millis}");
        }
    }

    #[test]
    fn nights_and_weekends_are_quiet() {
        let mut random = Random::new(1);
        let mut count = |start: i64, hours: i64| {
            let end = Millis(start + hours * 3_600_000);
            let mut now = Millis(start);
            let mut count = 0;
            while now < end {
                now = next(now, &mut random);
                count += 1;
            }
            count
        };
        // Wednesday 2021-03-10 at nine, the same at three, and Saturday at nine.
        assert!(count(1_615_338_000_000, 1) > 400);
        assert!(count(1_615_316_400_000, 1) < 10);
        assert!(count(1_615_597_200_000, 1) < 100);
    }
}
