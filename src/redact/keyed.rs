//! What stand-ins are made of: bytes that depend on a value and a key, and on nothing else. Who has not the key learns
//! nothing from them, and cannot try values out.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// What bytes are for: the same value gives others for each.
#[derive(Clone, Copy, Debug)]
pub(super) enum Use {
    Digits,
    Round,
    Text,
    Key,
    Place,
    Choice,
    Days,
    Step,
    Far,
}

/// A secret key, ready to be used.
#[derive(Clone)]
pub(super) struct Keyed(Hmac<Sha256>);

/// Never shows the key.
impl std::fmt::Debug for Keyed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyed(..)")
    }
}

impl Keyed {
    pub fn new(key: &[u8]) -> Keyed {
        Keyed(Hmac::new_from_slice(key).expect("an HMAC takes a key of any length"))
    }

    /// The bytes of a value. `turn` is 0, or higher where those of the turns before did not do.
    pub fn stream(&self, of: Use, turn: u8, value: &[u8]) -> Stream {
        let mut mac = self.0.clone();
        mac.update(&[of as u8, turn]);
        mac.update(value);
        Stream { block: mac.finalize().into_bytes().into(), at: 0 }
    }

    /// Replaces digits, each of which is below `base`, by others of which the same holds. With `leads` the first is not 0
    /// before and after. Different digits stay different, however few there are, and none stay the same.
    pub fn permute(&self, turn: u8, digits: &mut [u8], Base { base, leads }: Base) {
        let lead = usize::from(leads && !digits.is_empty());
        let size = |at: usize| if at < lead { base - 1 } else { base };
        digits[..lead].iter_mut().for_each(|digit| *digit -= 1);
        // The seed says of which form they are: 12 as a number is not 12 as hexadecimal.
        let mut seed = vec![base, u8::from(leads)];
        if digits.len() as u32 * u32::from(base).pow(4).ilog2() >= 4 * ENOUGH {
            seed.extend_from_slice(digits);
            let mut stream = self.stream(Use::Digits, turn, &seed);
            digits
                .iter_mut()
                .enumerate()
                .for_each(|(at, digit)| *digit = stream.below(size(at).into()) as u8);
        } else {
            // A network, a step, and the network back: as the step leaves nothing where it was, neither does the whole.
            (0..ROUNDS).for_each(|round| self.round(turn, round, false, digits, &seed, size));
            if let Some(at) = digits.len().checked_sub(1) {
                let mut stream = self.stream(Use::Step, turn, &[base, u8::from(leads), digits_of(at)]);
                let size = u32::from(size(at));
                let step = 1 + stream.below(size.saturating_sub(1));
                digits[at] = ((u32::from(digits[at]) + step) % size.max(1)) as u8;
            }
            (0..ROUNDS).rev().for_each(|round| self.round(turn, round, true, digits, &seed, size));
        }
        digits[..lead].iter_mut().for_each(|digit| *digit += 1);
    }

    /// A round of a Feistel network: each half by turns is added to by what the other makes, which is taken `back` again by
    /// the same round.
    fn round(
        &self,
        turn: u8,
        round: u8,
        back: bool,
        digits: &mut [u8],
        form: &[u8],
        size: impl Fn(usize) -> u8,
    ) {
        let mut seed = form.to_vec();
        seed.extend([round, digits_of(digits.len())]);
        let middle = digits.len() / 2;
        let (left, right) = digits.split_at_mut(middle);
        let (half, other, from) =
            if round.is_multiple_of(2) { (right, &*left, middle) } else { (left, &*right, 0) };
        seed.extend_from_slice(other);
        let mut stream = self.stream(Use::Round, turn, &seed);
        for (at, digit) in half.iter_mut().enumerate() {
            let size = u32::from(size(from + at));
            let much = stream.below(size);
            *digit = ((u32::from(*digit) + if back { size - much } else { much }) % size) as u8;
        }
    }
}

/// The number of the digits as one byte; beyond that many, there is no need for a network.
fn digits_of(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

/// Digits of so many bits are as good as never the same for two values.
const ENOUGH: u32 = 60;

/// As many make a network look like chance (Luby and Rackoff).
const ROUNDS: u8 = 4;

/// What digits are counted in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    pub base: u8,
    /// Whether the first is no 0.
    pub leads: bool,
}

/// Bytes without end.
pub(super) struct Stream {
    block: [u8; 32],
    at: usize,
}

impl Stream {
    fn byte(&mut self) -> u8 {
        if self.at == self.block.len() {
            self.block = Sha256::digest(self.block).into();
            self.at = 0;
        }
        self.at += 1;
        self.block[self.at - 1]
    }

    /// A number below `end`, which is small beside 2^32.
    pub fn below(&mut self, end: u32) -> u32 {
        let number = (0..4).fold(0, |number, _| number << 8 | u32::from(self.byte()));
        number % end.max(1)
    }

    /// Appends so many hexadecimal digits.
    pub fn hex(&mut self, count: usize, out: &mut String) {
        (0..count).for_each(|_| out.push(char::from(b"0123456789abcdef"[usize::from(self.byte() & 15)])));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn different_digits_stay_different_and_within_their_base() {
        let keyed = Keyed::new(b"a key");
        for (base, leads, length) in
            [(10, true, 1), (10, true, 3), (10, false, 2), (16, false, 2), (36, true, 2)]
        {
            let base_of = Base { base, leads };
            let all = u32::from(base).pow(length);
            let digits = |mut number: u32| {
                let mut digits = vec![0; length as usize];
                for digit in digits.iter_mut().rev() {
                    *digit = (number % u32::from(base)) as u8;
                    number /= u32::from(base);
                }
                digits
            };
            let valid =
                |digits: &[u8]| digits.iter().all(|digit| *digit < base) && !(leads && digits[0] == 0);
            let from: Vec<Vec<u8>> = (0..all).map(digits).filter(|digits| valid(digits)).collect();
            let mut to = HashSet::new();
            for digits in &from {
                let mut permuted = digits.clone();
                keyed.permute(0, &mut permuted, base_of);
                assert!(valid(&permuted), "{permuted:?}");
                assert_ne!(&permuted, digits);
                to.insert(permuted);
            }
            assert_eq!(to.len(), from.len());
        }
    }

    #[test]
    fn another_key_turn_or_value_gives_other_digits() {
        let permuted = |key: &[u8], turn, last| {
            let mut digits = vec![1, 6, 1, 5, 3, 8, 1, 9, 1, 6, 2, 7, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, last];
            let mut short = digits[20..].to_vec();
            let base = Base { base: 10, leads: false };
            Keyed::new(key).permute(turn, &mut digits, base);
            Keyed::new(key).permute(turn, &mut short, base);
            (digits, short)
        };
        let one = permuted(b"a", 0, 1);
        assert_eq!(one, permuted(b"a", 0, 1));
        for other in [permuted(b"b", 0, 1), permuted(b"a", 1, 1), permuted(b"a", 0, 2)] {
            assert!(one.0 != other.0 && one.1 != other.1);
        }
    }
}
