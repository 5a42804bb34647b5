//! Regular expressions for ranges of whole numbers, so that a JSON Schema can tell seconds from milliseconds.

use std::ops::RangeInclusive;

use crate::time::Unit;

/// A pattern for the digits of a moment in `unit`: no sign, no leading zero, at most 63 bits, and not of a magnitude
/// that belongs to another unit. What belongs to no unit passes: it is implausible, but only that.
pub(crate) fn moment_pattern(unit: Unit) -> String {
    let mut others: Vec<_> = Unit::ALL.into_iter().filter(|other| *other != unit).map(Unit::values).collect();
    others.sort_by_key(|range| *range.start());
    let mut from = 0;
    let mut ranges = Vec::new();
    for other in others {
        ranges.push(from..=*other.start() - 1);
        from = other.end().saturating_add(1);
    }
    // Where another unit ends with `i64`, nothing is left above it.
    if from < i64::MAX {
        ranges.push(from..=i64::MAX);
    }
    pattern(&ranges)
}

/// A pattern for `ts` of a v1 event, seconds with a fraction. Zeros may stand before them.
pub(crate) fn fraction_pattern() -> String {
    let seconds = moment_pattern(Unit::Seconds);
    let seconds = seconds.trim_start_matches('^').trim_end_matches('$');
    format!(r"^0*{seconds}(?:\.[0-9]*)?$")
}

/// An anchored pattern for the decimal digits of the numbers in `ranges`, none of them negative.
fn pattern(ranges: &[RangeInclusive<i64>]) -> String {
    let mut parts = Vec::new();
    for range in ranges {
        let (mut from, last) = (*range.start(), *range.end());
        while from <= last {
            // Up to the last number with as many digits.
            let to = last.min(i64::try_from(10i128.pow(digits(from)) - 1).unwrap_or(i64::MAX));
            alternatives(from.to_string().as_bytes(), to.to_string().as_bytes(), String::new(), &mut parts);
            let Some(next) = to.checked_add(1) else { break };
            from = next;
        }
    }
    format!("^(?:{})$", joined(&parts).join("|"))
}

fn digits(number: i64) -> u32 {
    number.checked_ilog10().map_or(1, |log| log + 1)
}

/// Alternatives for the numbers from `from` to `to`, which have equally many digits: a prefix, and how many digits
/// are free behind it.
fn alternatives(from: &[u8], to: &[u8], prefix: String, parts: &mut Vec<(String, usize)>) {
    let (Some((&low, from)), Some((&high, to))) = (from.split_first(), to.split_first()) else {
        return parts.push((prefix, 0));
    };
    let step = |digit: u8| format!("{prefix}{}", char::from(digit));
    if low == high && !(all(from, b'0') && all(to, b'9')) {
        return alternatives(from, to, step(low), parts);
    }
    // A digit whose rest is not free on either side is taken by itself.
    let first = if all(from, b'0') { low } else { low + 1 };
    let last = if all(to, b'9') { high } else { high - 1 };
    if first > low {
        alternatives(from, &vec![b'9'; from.len()], step(low), parts);
    }
    if first <= last {
        let class = match (first, last) {
            _ if first == last => char::from(first).to_string(),
            _ => format!("[{}-{}]", char::from(first), char::from(last)),
        };
        parts.push((format!("{prefix}{class}"), from.len()));
    }
    if last < high {
        alternatives(&vec![b'0'; to.len()], to, step(high), parts);
    }
}

fn all(digits: &[u8], digit: u8) -> bool {
    digits.iter().all(|other| *other == digit)
}

/// The alternatives as text; neighbours with one prefix and rising numbers of free digits become one.
fn joined(parts: &[(String, usize)]) -> Vec<String> {
    parts
        .chunk_by(|(prefix, free), (other, more)| prefix == other && *more == free + 1)
        .map(|run| match (run[0].1, run[run.len() - 1].1) {
            (0, 0) => run[0].0.clone(),
            (1, 1) => format!("{}[0-9]", run[0].0),
            (low, high) if low == high => format!("{}[0-9]{{{low}}}", run[0].0),
            (low, high) => format!("{}[0-9]{{{low},{high}}}", run[0].0),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_in_regular_expressions() {
        for (ranges, expected) in [
            (&[0..=9][..], "^(?:[0-9])$"),
            (&[0..=99], "^(?:[0-9]|[1-9][0-9])$"),
            (&[0..=9999], "^(?:[0-9]|[1-9][0-9]{1,3})$"),
            (&[0..=120], "^(?:[0-9]|[1-9][0-9]|1[0-1][0-9]|120)$"),
            (&[7..=7], "^(?:7)$"),
            (&[17..=23], "^(?:1[7-9]|2[0-3])$"),
            (&[5..=6, 100..=199], "^(?:[5-6]|1[0-9]{2})$"),
        ] {
            assert_eq!(pattern(ranges), expected, "{ranges:?}");
        }
        assert!(pattern(&[0..=i64::MAX]).ends_with("|922337203685477580[0-7])$"));
        assert_eq!(
            moment_pattern(Unit::Seconds),
            "^(?:[0-9]|[1-9][0-9]{1,10}|[1-5][0-9]{11}|6[0-2][0-9]{10}|630[0-9]{9}|6310[0-9]{8}|6311[0-4][0-9]{7}|\
             63115[0-1][0-9]{6}|[1-9][0-9]{13}|[1-5][0-9]{14}|6[0-2][0-9]{13}|630[0-9]{12}|6310[0-9]{11}|\
             6311[0-4][0-9]{10}|63115[0-1][0-9]{9}|[1-9][0-9]{16}|[1-5][0-9]{17}|6[0-2][0-9]{16}|630[0-9]{15}|\
             6310[0-9]{14}|6311[0-4][0-9]{13}|63115[0-1][0-9]{12})$"
        );
    }
}
