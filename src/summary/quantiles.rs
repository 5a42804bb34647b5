//! Quantiles of lengths of time in flat memory: counts by powers of a number a little larger than one, so that what is
//! said of any is within half a percent of a value that was there.

/// How far from the value a quantile may be, as a part of it.
pub const ERROR: f64 = 0.005;

/// The bounds of neighbouring counts are in this ratio.
const RATIO: f64 = (1.0 + ERROR) / (1.0 - ERROR);

/// Lengths of time that were counted, in milliseconds.
#[derive(Clone, Debug, Default)]
pub struct Quantiles {
    /// Those of negative lengths, the shortest first.
    below: Vec<u64>,
    zero: u64,
    above: Vec<u64>,
    count: u64,
    /// The shortest and the longest.
    bounds: Option<(i64, i64)>,
}

impl Quantiles {
    /// Counts a length.
    pub fn add(&mut self, millis: i64) {
        self.count += 1;
        let (low, high) = self.bounds.unwrap_or((millis, millis));
        self.bounds = Some((low.min(millis), high.max(millis)));
        let side = match millis {
            0 => return self.zero += 1,
            1.. => &mut self.above,
            _ => &mut self.below,
        };
        let at = place(millis.unsigned_abs());
        if side.len() <= at {
            side.resize(at + 1, 0);
        }
        side[at] += 1;
    }

    /// How many were counted.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The shortest, exactly.
    pub fn min(&self) -> Option<i64> {
        self.bounds.map(|(low, _)| low)
    }

    /// The longest, exactly.
    pub fn max(&self) -> Option<i64> {
        self.bounds.map(|(_, high)| high)
    }

    /// The length that `part` of all are not longer than: 0.5 for the median. By nearest rank, to within [`ERROR`].
    pub fn at(&self, part: f64) -> Option<i64> {
        let (low, high) = self.bounds?;
        let mut left = rank(self.count, part);
        if left == 1 || left == self.count {
            return Some(if left == 1 { low } else { high });
        }
        let below = self.below.iter().enumerate().rev().map(|(at, count)| (-value(at), *count));
        let above = self.above.iter().enumerate().map(|(at, count)| (value(at), *count));
        let all = below.chain([(0, self.zero)]).chain(above);
        for (millis, count) in all {
            if count >= left {
                return Some(millis.clamp(low, high));
            }
            left -= count;
        }
        Some(high)
    }
}

/// The number, counted from 1, of the one of `count` things in order that `part` of them do not come after.
pub(super) fn rank(count: u64, part: f64) -> u64 {
    ((count as f64 * part).ceil() as u64).clamp(1, count.max(1))
}

/// Where a length other than 0 is counted.
fn place(millis: u64) -> usize {
    ((millis as f64).ln() / RATIO.ln()).ceil() as usize
}

/// What is said of those that are counted there.
fn value(place: usize) -> i64 {
    (2.0 * RATIO.powi(i32::try_from(place).unwrap_or(i32::MAX)) / (RATIO + 1.0)).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_has_no_quantiles() {
        let none = Quantiles::default();
        assert_eq!((none.at(0.5), none.min(), none.max(), none.count()), (None, None, None, 0));
    }

    #[test]
    fn the_ends_are_exact() {
        let mut some = Quantiles::default();
        [i64::MIN, -5, 0, 7, 163_217, i64::MAX].into_iter().for_each(|millis| some.add(millis));
        assert_eq!((some.min(), some.max()), (Some(i64::MIN), Some(i64::MAX)));
        assert_eq!((some.at(0.5), some.at(1.0)), (Some(0), Some(i64::MAX)));
    }

    proptest! {
        #[test]
        fn each_is_within_its_error(
            mut all in proptest::collection::vec(prop_oneof![-5_000i64..5_000, any::<i32>().prop_map(i64::from), any::<i64>()], 1..400),
            part in 0.0f64..=1.0,
        ) {
            let mut counted = Quantiles::default();
            all.iter().for_each(|millis| counted.add(*millis));
            all.sort_unstable();
            let exact = all[rank(all.len() as u64, part) as usize - 1];
            let said = counted.at(part).unwrap();
            // Half a millisecond is lost where the answer is a whole number.
            let most = exact.unsigned_abs() as f64 * ERROR * 1.01 + 0.5;
            prop_assert!((said as f64 - exact as f64).abs() <= most, "{said} for {exact}");
        }
    }
}
