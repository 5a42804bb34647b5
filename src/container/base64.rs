//! Standard base64, strictly, except for line ends.

use std::sync::LazyLock;

use base64::engine::general_purpose::PAD;
use base64::engine::simd::Simd;
use base64::{DecodeError, DecodeSliceError, Engine};

use crate::json::tree;
use crate::steps::took;

static STANDARD: LazyLock<Simd> = LazyLock::new(|| Simd::standard(PAD));

/// Replaces what is in `out` by the bytes that `text` stands for, or says at which byte of `text` it stops being
/// standard base64.
///
/// Carriage returns and line feeds are skipped wherever they stand, as Go's decoder does and as text from mail and
/// `openssl` needs. Nothing else is forgiven: a lenient reader (Python's drops foreign characters) turns a damaged
/// capture into a wrong-key riddle. So the padding must be there (without it the text was cut), the last character
/// must not carry stray bits, and the URL-safe alphabet is refused.
pub(crate) fn decode(text: &[u8], out: &mut Vec<u8>) -> Result<(), usize> {
    took(text.len());
    match decode_line(text, out) {
        Err(_) if memchr::memchr2(b'\r', b'\n', text).is_some() => decode_lines(text, out),
        result => result,
    }
}

fn decode_line(text: &[u8], out: &mut Vec<u8>) -> Result<(), usize> {
    // Not cleared first: what is already long enough need not be filled with zeros again.
    out.resize(text.len().div_ceil(4) * 3, 0);
    let result = STANDARD.decode_slice(text, out);
    out.truncate(*result.as_ref().unwrap_or(&0));
    match result {
        Ok(_) => Ok(()),
        Err(DecodeSliceError::DecodeError(error)) => Err(match error {
            DecodeError::InvalidByte(at, _) => at,
            DecodeError::InvalidLastSymbol { offset, .. } => offset,
            DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => text.len(),
        }),
        Err(DecodeSliceError::OutputSliceTooSmall) => unreachable!("three bytes for each four characters"),
    }
}

#[cold]
fn decode_lines(text: &[u8], out: &mut Vec<u8>) -> Result<(), usize> {
    let kept = |byte: &u8| !matches!(byte, b'\r' | b'\n');
    let line: Vec<u8> = text.iter().copied().filter(kept).collect();
    decode_line(&line, out).map_err(|at| {
        let mut places = text.iter().enumerate().filter(|(_, byte)| kept(byte));
        places.nth(at).map_or(text.len(), |(place, _)| place)
    })
}

/// The text of the JSON object that `text` is in base64; `None` if it is anything else. Queues and logs keep bodies so.
pub fn object(text: &[u8]) -> Option<Vec<u8>> {
    // Two digits say whether the first byte is a brace.
    if !matches!(text, [b'e', b'w'..=b'z' | b'0'..=b'9' | b'+' | b'/', ..]) {
        return None;
    }
    let mut plain = Vec::new();
    decode(text, &mut plain).ok()?;
    let whole = tree::is_json(&plain) && str::from_utf8(&plain).is_ok();
    whole.then_some(plain)
}

/// Whether a line is base64 of an object, of which more may follow on the next ones where it is not padded: as long as
/// tools make them.
pub fn is_first_line(line: &[u8]) -> bool {
    let padding = line.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
    let digits = &line[..line.len() - padding];
    line.len() >= 60
        && matches!(line, [b'e', b'w'..=b'z' | b'0'..=b'9' | b'+' | b'/', ..])
        && digits.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte))
}

/// `bytes` in standard base64 with padding.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Result<Vec<u8>, usize> {
        let mut out = b"left over from before".to_vec();
        decode(text.as_bytes(), &mut out).map(|()| out)
    }

    #[test]
    fn the_first_byte_that_is_wrong_is_named() {
        for (text, at) in [
            ("aGVsbG8", 7),           // no padding: cut
            ("aGVsbG8==", 7),         // too much of it
            ("aGVs*G8=", 4),          // foreign
            ("aGV_bG8=", 3),          // URL-safe
            ("aGVsbG9=", 6),          // stray bits
            ("aG=sbG8=", 2),          // padding in the middle
            ("aGVs bG8=", 4),         // a blank
            ("a", 1),                 // no whole byte
            ("aGVs\r\nbG8\n", 10),    // no padding, over two lines
            ("aGVs\r\nb\u{4e00}", 7), // foreign, on the second line
        ] {
            assert_eq!(decoded(text), Err(at), "{text:?}");
        }
    }

    #[test]
    fn line_ends_are_skipped() {
        for text in ["aGVsbG8=", "aGVs\r\nbG8=\r\n", "\naGVsbG8=", "aGVsbG8=\n", "aG\nVsbG8\n="] {
            assert_eq!(decoded(text).as_deref(), Ok(&b"hello"[..]), "{text:?}");
        }
        assert_eq!(decoded(""), Ok(Vec::new()));
        assert_eq!(decoded("\n"), Ok(Vec::new()));
    }

    #[test]
    fn objects_are_known_by_their_first_digits() {
        for (text, is) in [
            ("{}", true),
            ("{\"a\": 1}\n", true),
            ("{ }", true),
            ("{\"a\": 1", false),
            ("{} {}", false),
            ("[]", false),
            ("", false),
        ] {
            let sealed = encode(text.as_bytes());
            assert_eq!(object(sealed.as_bytes()).is_some(), is, "{text}");
        }
        assert_eq!(object(encode(b"{\"a\":\"\xff\"}").as_bytes()), None);
        assert_eq!(object(b"eyJ*"), None);
        let line = encode(&[b"{\"schema\"".as_slice(), &[b' '; 48]].concat());
        assert_eq!((line.len(), is_first_line(line.as_bytes())), (76, true));
        assert!(is_first_line([&line, "Ig=="].concat().as_bytes()));
        for other in [
            &line[..40],
            &line.replacen('e', "a", 1),
            &line.replace("ICAg", "IC= "),
            &line.replace("ICAg", "IC=="),
            &[&line, "==="].concat(),
        ] {
            assert!(!is_first_line(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn every_length_comes_back() {
        let bytes: Vec<u8> = (0..600u32).map(|i| (i * 7919 % 251) as u8).collect();
        for length in 0..bytes.len() {
            assert_eq!(decoded(&encode(&bytes[..length])).as_deref(), Ok(&bytes[..length]));
        }
    }
}
