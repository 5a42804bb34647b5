//! Appending to a document: digits in a fixed width, hexadecimal digits, words, ids.

use super::random::Random;

/// Appends `number` in exactly `N` digits.
#[inline]
pub(super) fn digits<const N: usize>(mut number: u64, out: &mut Vec<u8>) {
    let mut text = [0; N];
    for digit in text.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
    out.extend_from_slice(&text);
}

/// Appends `number` in as many digits as it has.
pub(super) fn decimal(number: i64, out: &mut Vec<u8>) {
    out.extend_from_slice(number.to_string().as_bytes());
}

/// Appends `N` random hexadecimal digits, at most 16.
#[inline]
pub(super) fn hex<const N: usize>(random: &mut Random, out: &mut Vec<u8>) {
    let mut number = random.next();
    let mut text = [0; N];
    for digit in &mut text {
        *digit = b"0123456789abcdef"[(number & 15) as usize];
        number >>= 4;
    }
    out.extend_from_slice(&text);
}

/// `length` random letters and digits, as tokens have them.
pub(super) fn word(length: usize, random: &mut Random) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    (0..length).map(|_| char::from(*random.pick(LETTERS))).collect()
}

/// As many digits as the number behind the first letter says: decimal for `d`, hexadecimal for `x` and in upper case for
/// `X`, letters besides for `w`. A decimal number does not begin with 0.
pub(super) fn letters(pattern: &str, random: &mut Random) -> String {
    let (kind, count) = pattern.split_at(pattern.len().min(1));
    let count = count.parse().unwrap_or(0);
    let digit = |letters: &[u8], random: &mut Random| char::from(*random.pick(letters));
    match kind {
        "d" => {
            (0..count).map(|at| digit(if at == 0 { b"123456789" } else { b"0123456789" }, random)).collect()
        }
        "x" => (0..count).map(|_| digit(b"0123456789abcdef", random)).collect(),
        "X" => (0..count).map(|_| digit(b"0123456789ABCDEF", random)).collect(),
        _ => word(count, random),
    }
}

/// A number for a number and a text: FNV-1a.
pub(super) fn fold(seed: u64, text: &str) -> u64 {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    text.as_bytes().iter().fold(seed ^ 0xcbf2_9ce4_8422_2325, mix)
}
