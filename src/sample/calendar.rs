//! The clock of a sample: office hours, weekends, days.

use crate::time::{Clock, Millis, Seconds, Zone};

use super::random::Random;

/// A day in seconds.
pub(super) const DAY: i64 = 86_400;

/// Seconds between two events in each hour of a working day, on average.
pub(super) type Pace = [u32; 24];

/// The punches of an office of some hundred people that begins between eight and ten, has lunch, and goes home late.
pub(super) const PUNCHES: &Pace = &[
    1800, 3600, 3600, 3600, 3600, 3600, 600, 90, 9, 6, 25, 60, 30, 30, 90, 120, 120, 40, 8, 9, 14, 25, 60,
    300,
];

/// All else that they do.
pub(super) const WORK: &Pace = &[
    1800, 3600, 3600, 3600, 3600, 3600, 1800, 600, 60, 25, 20, 20, 50, 45, 25, 20, 20, 25, 40, 60, 120, 240,
    600, 1200,
];

/// So many times longer are the gaps at a weekend.
const WEEKEND: u32 = 15;

/// The clocks by which people work. What they show is counted in seconds, as if they showed UTC.
#[derive(Clone, Copy, Debug)]
pub(super) struct Office(pub Zone);

impl Default for Office {
    fn default() -> Office {
        Office(Zone::fixed(8 * 3600).unwrap_or(Zone::Utc))
    }
}

impl Office {
    /// What they show at a moment.
    pub fn local(self, at: Seconds) -> i64 {
        let local = at.to_millis().and_then(|at| self.0.local(at));
        local.map_or(at.0, |local| local.seconds().0)
    }

    /// When they show this.
    pub fn instant(self, local: i64) -> Seconds {
        self.0.instant(Seconds(local)).unwrap_or(Seconds(local))
    }

    /// When the next thing happens after `now`.
    pub fn next(self, now: Millis, pace: &Pace, random: &mut Random) -> Millis {
        let local = self.local(now.seconds());
        let hour = local.rem_euclid(DAY) / 3600;
        let mut gap = pace[hour as usize];
        if is_weekend(local) {
            gap *= WEEKEND;
        }
        Millis(now.0 + 1 + i64::from(random.below(2000 * gap)))
    }

    /// Appends the day of a moment as the number yyyymmdd.
    pub fn day(self, at: Millis, out: &mut Vec<u8>) {
        let mut text = Vec::new();
        if Clock::new(self.0).iso_seconds(at.seconds(), &mut text) {
            out.extend(text.iter().take_while(|byte| **byte != b'T').filter(|byte| **byte != b'-'));
        }
    }

    /// A second as people write it: `2021-03-10 21:11:56`.
    pub fn written(self, second: i64, format: &str) -> String {
        let local = self.local(Seconds(second));
        chrono::DateTime::from_timestamp_secs(local).unwrap_or_default().format(format).to_string()
    }

    /// The same with the offset: `2021-03-10T21:11:56+08:00`.
    pub fn with_offset(self, second: i64) -> String {
        let mut text = Vec::new();
        // Beyond the calendar nothing is written, and no sample is there.
        let _ = Clock::new(self.0).iso_seconds(Seconds(second), &mut text);
        String::from_utf8(text).unwrap_or_default()
    }
}

/// Whether the clocks show a Saturday or a Sunday.
pub(super) fn is_weekend(local: i64) -> bool {
    // 1970-01-01 was a Thursday.
    (local.div_euclid(DAY) + 3).rem_euclid(7) >= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_midnight_in_china() {
        for (millis, day) in [
            (1_615_381_917_707, "20210310"),
            (1_615_391_999_999, "20210310"),
            (1_615_392_000_000, "20210311"),
            (1_582_905_600_000, "20200229"),
            (1_735_660_799_999, "20241231"),
            (0, "19700101"),
        ] {
            let mut text = Vec::new();
            Office::default().day(Millis(millis), &mut text);
            assert_eq!(String::from_utf8(text).unwrap(), day);
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
                now = Office::default().next(now, PUNCHES, &mut random);
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
