//! Numbers as other languages print them.

use crate::json::Cursor;

/// Whether a text is a number of JSON, and nothing else.
pub(super) fn is_number(text: &[u8]) -> bool {
    let number = text.first().is_some_and(|first| first.is_ascii_digit() || *first == b'-');
    let mut cursor = Cursor::new(text, 0);
    number && cursor.token().is_ok() && cursor.at == text.len()
}

/// Writes a number. Go, Java and PHP write a large integer that was read as a float with an exponent
/// (`1.718155021456e+12`): where all its digits are there, it is written as the integer that it is.
pub(super) fn write(number: &[u8], out: &mut Vec<u8>) {
    match integer(number) {
        Some(integer) => out.extend_from_slice(&integer),
        None => out.extend_from_slice(number),
    }
}

/// The digits of an integer with an exponent.
fn integer(number: &[u8]) -> Option<Vec<u8>> {
    let exponent_at = number.iter().position(|byte| matches!(byte, b'e' | b'E'))?;
    let (mantissa, exponent) = (&number[..exponent_at], &number[exponent_at + 1..]);
    let exponent: usize =
        str::from_utf8(exponent.strip_prefix(b"+").unwrap_or(exponent)).ok()?.parse().ok()?;
    let point = mantissa.iter().position(|byte| *byte == b'.').unwrap_or(mantissa.len());
    let fraction = mantissa.get(point + 1..).unwrap_or_default();
    // Beyond this many digits a float does not have them all.
    if exponent < fraction.len() || exponent > 20 {
        return None;
    }
    let mut digits = mantissa[..point].to_vec();
    digits.extend_from_slice(fraction);
    digits.resize(digits.len() + exponent - fraction.len(), b'0');
    is_number(&digits).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_lose_their_exponent_and_nothing_else_changes() {
        for (written, json) in [
            ("1.718155021456e+12", "1718155021456"),
            ("1.7E9", "1700000000"),
            ("-2e+07", "-20000000"),
            ("31.2304", "31.2304"),
            ("1.25e+01", "1.25e+01"),
            ("1e-07", "1e-07"),
            ("1e+300", "1e+300"),
            ("0", "0"),
        ] {
            let mut out = Vec::new();
            write(written.as_bytes(), &mut out);
            assert_eq!(str::from_utf8(&out).unwrap(), json, "{written}");
            assert!(is_number(written.as_bytes()), "{written}");
        }
        for text in ["", "-", "01", "1.", "5d1c", "1 2", "true", "0x10", "1_000", "+1"] {
            assert!(!is_number(text.as_bytes()), "{text}");
        }
    }
}
