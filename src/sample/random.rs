//! Random numbers that are the same on every machine and in every version: a corpus made from a seed can be named by
//! the seed alone. A crate may change its algorithm with a version; these fifteen lines do not.

/// SplitMix64, after Sebastiano Vigna's public-domain `splitmix64.c` (<https://prng.di.unimi.it/splitmix64.c>).
/// Not for secrets.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    #[inline]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `end`, `end` left out. The bias of the multiplication is below 2^-32.
    #[inline]
    pub fn below(&mut self, end: u32) -> u32 {
        (((self.next() >> 32) * u64::from(end)) >> 32) as u32
    }

    /// True in so many of a thousand cases.
    #[inline]
    pub fn chance(&mut self, in_thousand: u32) -> bool {
        self.below(1000) < in_thousand
    }

    /// One of a list that is not empty.
    #[inline]
    pub fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len() as u32) as usize]
    }

    /// One of a list of values with weights.
    #[inline]
    pub fn weighed<'l, T>(&mut self, list: &'l [(T, u32)]) -> &'l T {
        let mut left = self.below(list.iter().map(|(_, weight)| weight).sum());
        for (value, weight) in list {
            if left < *weight {
                return value;
            }
            left -= weight;
        }
        &list[0].0
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_numbers_are_those_of_the_reference() {
        // The values of java.util.SplittableRandom and of splitmix64.c for the seed 1234567.
        let mut random = Random::new(1_234_567);
        for expected in [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423_u64]
        {
            assert_eq!(random.next(), expected);
        }
    }
}
