//! Decimal numbers compared digit for digit: ids of twenty digits and coordinates of fifteen are more than a double
//! can hold.

use std::cmp::Ordering;

/// The value of a decimal number, as exact as it is written. Equal values are equal however they are written.
///
/// ```
/// use larkspect::json::Decimal;
/// let number = |text| Decimal::parse(text).unwrap();
/// assert!(number("6938012269578125317") > number("6938012269578125316"));
/// assert_eq!(number("120.50"), number("1205e-1"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// How many digits stand before the point; negative where zeros follow it.
    magnitude: i64,
    /// Without zeros at either end; empty for zero.
    digits: String,
}

impl Decimal {
    /// The number that a text writes as JSON does, or with zeros before it; `None` for any other text.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        if !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let written = [whole, fraction].concat();
        let significant = written.trim_start_matches('0');
        let zeros = written.len() - significant.len();
        let digits = significant.trim_end_matches('0');
        if digits.is_empty() {
            return Some(Decimal { negative: false, magnitude: 0, digits: String::new() });
        }
        let magnitude = (whole.len() as i64 - zeros as i64).saturating_add(exponent);
        Some(Decimal { negative, magnitude, digits: digits.to_owned() })
    }

    /// Whether nothing stands behind the point: also of `2.0`.
    pub fn is_whole(&self) -> bool {
        self.digits.len() as i64 <= self.magnitude
    }

    /// The value, if it is an integer of 64 bits: also that of `2.0`.
    pub fn integer(&self) -> Option<i64> {
        let whole = usize::try_from(self.magnitude).ok().filter(|whole| *whole <= 19)?;
        if self.digits.len() > whole {
            return None;
        }
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}{:0<whole$}", self.digits).parse().ok().or(self.digits.is_empty().then_some(0))
    }

    /// What stands before the point, as near as 64 bits come to it; nothing of a negative number.
    pub fn floor(&self) -> u64 {
        let whole = usize::try_from(self.magnitude).unwrap_or_default();
        match self.negative || whole == 0 {
            true => 0,
            false if whole > 20 => u64::MAX,
            false => {
                let digits = &self.digits[..whole.min(self.digits.len())];
                format!("{digits:0<whole$}").parse().unwrap_or(u64::MAX)
            }
        }
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let sign = |of: &Decimal| match (of.digits.is_empty(), of.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = || self.magnitude.cmp(&other.magnitude).then_with(|| self.digits.cmp(&other.digits));
        sign(self).cmp(&sign(other)).then_with(|| if self.negative { size().reverse() } else { size() })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// One that does not fit 32 bits is as good as the largest that does.
fn parse_exponent(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    let size = is_digits(digits).then(|| digits.parse().unwrap_or(u32::MAX))?;
    Some(if negative { -i64::from(size) } else { size.into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn numbers_in_order() {
        let order = [
            "-1e400",
            "-6938012269578125317",
            "-6938012269578125316",
            "-2",
            "-1.5",
            "-0.01",
            "0",
            "1e-400",
            "0.009",
            "0.01",
            "0.1",
            "1",
            "1.5",
            "9",
            "10",
            "120.04004357074372",
            "120.04004357074373",
            "9007199254740992",
            "9007199254740993",
            "123456789012345678901234567890",
            "123456789012345678901234567891",
            "1e400",
        ];
        for (at, a) in order.iter().enumerate() {
            for (other, b) in order.iter().enumerate() {
                assert_eq!(number(a).cmp(&number(b)), at.cmp(&other), "{a} {b}");
            }
        }
    }

    #[test]
    fn floors() {
        for (text, floor) in [
            ("-7.5", 0),
            ("0", 0),
            ("0.5", 0),
            ("9.99", 9),
            ("1205e-1", 120),
            ("12e3", 12_000),
            ("18446744073709551615.9", u64::MAX),
            ("18446744073709551614", u64::MAX - 1),
            ("1e400", u64::MAX),
        ] {
            assert_eq!(number(text).floor(), floor, "{text}");
        }
    }

    #[test]
    fn one_value_in_many_forms() {
        for (a, b) in
            [("1", "1.0"), ("100", "1e2"), ("007", "7"), ("-0", "0.0"), ("1.20", "12E-1"), ("0e9", "0")]
        {
            assert_eq!(number(a), number(b));
        }
        for text in [
            "", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "1 ", "1_000", "NaN", "inf", "--1", "1.2.3",
            "1e5.5",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn whole_numbers_are_integers_however_written() {
        for (text, integer) in [
            ("0", Some(0)),
            ("2", Some(2)),
            ("2.0", Some(2)),
            ("-30", Some(-30)),
            ("1e2", Some(100)),
            ("2.5", None),
            ("0.1", None),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("1e99999999999", None),
        ] {
            assert_eq!(number(text).integer(), integer, "{text}");
        }
    }

    proptest! {
        #[test]
        fn integers_compare_as_integers(a: i64, b: i64, c in -20i64..20) {
            let order = |a: i64, b: i64| number(&a.to_string()).cmp(&number(&b.to_string()));
            prop_assert_eq!(order(a, b), a.cmp(&b));
            prop_assert_eq!(order(c, b % 20), c.cmp(&(b % 20)));
            prop_assert_eq!(number(&a.to_string()).integer(), Some(a));
        }
    }
}
