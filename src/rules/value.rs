//! Rules about single values of the right type.

use wide::u8x16;

use crate::catalog::{Choice, Kind, Word};
use crate::finding::{Rule, Severity, Sink, Words};
use crate::suggest::nearest;

use super::{Site, quoted, string_text};

/// A value is not among the documented ones.
pub static UNKNOWN_CHOICE: Rule = Rule {
    code: "unknown-choice",
    severity: Severity::Error,
    summary: "a value is not among the documented ones",
    why: "The field has a closed list of values in the documentation, and this is not one of them. Either the \
          payload is wrong, or the platform has added a value: then every handler with a closed enum is about to \
          meet it too. It is shown with its raw number everywhere. If it is new and right for you, use \
          --warn unknown-choice.",
    wrong: r#"{.., "event": {.., "type": 9}}"#,
    right: r#"{.., "event": {.., "type": 5}}"#,
};

/// Not a MAC address.
pub static MALFORMED_MAC: Rule = Rule {
    code: "malformed-mac",
    severity: Severity::Warning,
    summary: "a MAC address is not six pairs of hexadecimal digits",
    why: "`bssid` identifies the access point, and rules that compare it with a list of allowed ones fail on any \
          other spelling. An empty string is fine: the punch was not made over Wi-Fi.",
    wrong: r#"{.., "event": {.., "bssid": "b0:b8:67:62:18"}}"#,
    right: r#"{.., "event": {.., "bssid": "b0:b8:67:62:18:73"}}"#,
};

/// Not a URL.
pub static MALFORMED_URL: Rule = Rule {
    code: "malformed-url",
    severity: Severity::Warning,
    summary: "an address is not an http or https URL",
    why: "The photos of a punch are addresses to fetch. A value without a scheme and a host cannot be fetched.",
    wrong: r#"{.., "event": {.., "photo_urls": ["photo.jpg"]}}"#,
    right: r#"{.., "event": {.., "photo_urls": ["https://example.com/photo.jpg"]}}"#,
};

/// Beyond the poles or the antimeridian.
pub static COORDINATES_OUT_OF_RANGE: Rule = Rule {
    code: "coordinates-out-of-range",
    severity: Severity::Error,
    summary: "a coordinate is no place on Earth",
    why: "Longitude runs from -180 to 180, latitude from -90 to 90. A latitude above 90 is usually a longitude: the \
          two were swapped.",
    wrong: r#"{.., "event": {.., "longitude": 30.29, "latitude": 120.04}}"#,
    right: r#"{.., "event": {.., "longitude": 120.04, "latitude": 30.29}}"#,
};

/// Judges an integer against the documented values.
#[inline(always)]
pub fn choice(site: &Site<'_>, choices: &'static [Choice], value: Option<i64>, sink: &mut impl Sink) {
    if value.and_then(|value| find_choice(choices, value)).is_none() {
        site.report(&UNKNOWN_CHOICE, sink, || {
            Words::new(format!("{} is {}, which is not a listed value", site.name(), site.quoted()))
                .expected(choice_list(choices))
                .found(site.quoted())
                .help("use a listed value; if the platform has added this one, --warn unknown-choice")
        });
    }
}

/// The documented meaning of a value.
#[inline(always)]
pub fn find_choice(choices: &'static [Choice], value: i64) -> Option<&'static Choice> {
    // Most lists count up from 0, so the value is its own place.
    let guess = usize::try_from(value).ok().and_then(|at| choices.get(at));
    guess
        .filter(|choice| choice.value == value)
        .or_else(|| choices.iter().find(|choice| choice.value == value))
}

fn choice_list(choices: &'static [Choice]) -> String {
    let list: Vec<String> =
        choices.iter().map(|choice| format!("{} ({})", choice.value, choice.label.en)).collect();
    list.join(", ")
}

/// Whether the bytes between the quotes of a string are a documented value.
#[inline]
pub fn is_word(words: &'static [Word], body: &[u8]) -> bool {
    words.iter().any(|word| word.value.as_bytes() == body)
}

/// Judges a string against the documented values.
pub fn word(site: &Site<'_>, words: &'static [Word], sink: &mut impl Sink) {
    let text = string_text(site.raw());
    // Written with escapes, it is still the same value.
    if words.iter().any(|word| word.value == text) {
        return;
    }
    site.report(&UNKNOWN_CHOICE, sink, || {
        let list: Vec<&str> = words.iter().map(|word| word.value).collect();
        let near = words
            .iter()
            .find(|word| word.label.zh == text || word.label.en == text)
            .map(|word| word.value)
            .or_else(|| nearest(&text, list.iter().copied()));
        let said = Words::new(format!("{} is {}, which is not a listed value", site.name(), site.quoted()))
            .expected(list.join(", "))
            .found(site.quoted());
        match near {
            Some(near) => said.help(format!("did you mean \"{near}\"?")),
            None => said.help("use a listed value"),
        }
    });
}

/// Judges a MAC address.
pub fn mac(site: &Site<'_>, sink: &mut impl Sink) {
    if !is_mac(site.body()) {
        site.report(&MALFORMED_MAC, sink, || {
            Words::new(format!("{} is not a MAC address", site.name()))
                .expected("six pairs of hexadecimal digits: b0:b8:67:62:18:73")
                .found(site.quoted())
        });
    }
}

/// Six pairs of hexadecimal digits with `:` or `-` between them; an empty string is fine.
#[inline]
pub fn is_mac(body: &[u8]) -> bool {
    if body.is_empty() {
        return true;
    }
    let Ok(body) = <&[u8; 17]>::try_from(body) else { return false };
    // The first sixteen bytes at once: this stands in every event.
    let block = u8x16::new(*body.first_chunk().expect("17 bytes"));
    let between = block.simd_eq(u8x16::splat(body[2])).to_bitmask();
    let lower = block | u8x16::splat(0x20);
    let is_within =
        |block: u8x16, first, last| block.max(u8x16::splat(first)).min(u8x16::splat(last)).simd_eq(block);
    let hex = (is_within(block, b'0', b'9') | is_within(lower, b'a', b'f')).to_bitmask();
    const BETWEEN: u32 = 1 << 2 | 1 << 5 | 1 << 8 | 1 << 11 | 1 << 14;
    matches!(body[2], b':' | b'-')
        && between & BETWEEN == BETWEEN
        && hex | BETWEEN == 0xffff
        && body[16].is_ascii_hexdigit()
}

/// The number before the point, its sign left out, of a JSON number of one to three such digits and no exponent.
#[inline]
fn whole_degrees(raw: &[u8]) -> Option<u32> {
    let mut degrees = 0;
    for (at, byte) in raw.strip_prefix(b"-").unwrap_or(raw).iter().enumerate() {
        match byte {
            b'0'..=b'9' if at < 3 => degrees = degrees * 10 + u32::from(byte - b'0'),
            b'.' if !raw.iter().any(|byte| matches!(byte, b'e' | b'E')) => return Some(degrees),
            _ => return None,
        }
    }
    Some(degrees)
}

/// Judges a URL.
pub fn url(site: &Site<'_>, sink: &mut impl Sink) {
    if !is_url(&string_text(site.raw())) {
        site.report(&MALFORMED_URL, sink, || {
            Words::new(format!("{} is not an http or https URL", site.name()))
                .expected("https://host/path")
                .found(site.quoted())
        });
    }
}

/// Whether the bytes between the quotes of a string without escapes are a URL for certain: one of ASCII, as URLs are on
/// the wire.
#[inline]
pub fn is_plain_url(body: &[u8]) -> bool {
    let rest = body.strip_prefix(b"https://").or_else(|| body.strip_prefix(b"http://"));
    rest.and_then(<[u8]>::first).is_some_and(|first| !matches!(first, b'/' | b'?' | b'#'))
        && body.iter().fold(true, |plain, byte| plain & matches!(byte, b'!'..=b'~'))
}

fn is_url(text: &str) -> bool {
    let scheme = |name: &str| text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    let rest = if scheme("https://") {
        &text[8..]
    } else if scheme("http://") {
        &text[7..]
    } else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    !host.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// How far from 0 degrees can be.
pub fn limit(kind: Kind) -> u16 {
    match kind {
        Kind::Latitude => 90,
        _ => 180,
    }
}

/// Whether the degrees that the JSON number `raw` writes are on Earth for certain: whole degrees decide without parsing
/// a float, but for the limit itself and exponents.
#[inline]
pub fn within_limit(kind: Kind, raw: &[u8]) -> bool {
    whole_degrees(raw).is_some_and(|degrees| degrees < u32::from(limit(kind)))
}

/// Judges degrees.
pub fn degrees(site: &Site<'_>, sink: &mut impl Sink) {
    let raw = site.raw();
    let limit = limit(site.kind);
    let value: f64 = std::str::from_utf8(raw).ok().and_then(|text| text.parse().ok()).unwrap_or(f64::NAN);
    if value.abs() <= f64::from(limit) {
        return;
    }
    site.report(&COORDINATES_OUT_OF_RANGE, sink, || {
        let words = Words::new(format!("{} is {}, which is no place on Earth", site.name(), quoted(raw)))
            .expected(format!("-{limit} to {limit}"))
            .found(quoted(raw));
        match site.kind {
            Kind::Latitude if value.abs() <= 180.0 => {
                words.help("it looks like a longitude: were the two swapped?")
            }
            _ => words,
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macs_and_urls() {
        for (text, good) in [
            ("", true),
            ("b0:b8:67:62:18:73", true),
            ("B0-B8-67-62-18-73", true),
            ("b0:b8-67:62:18:73", false),
            ("b0:b8:67:62:18", false),
            ("b0:b8:67:62:18:7g", false),
            ("b0b867621873", false),
        ] {
            assert_eq!(is_mac(text.as_bytes()), good, "{text}");
        }
        for (text, good) in [
            ("https://example.com/a?b#c", true),
            ("HTTP://例子.测试", true),
            ("https://", false),
            ("https:///path", false),
            ("ftp://example.com", false),
            ("https://a b", false),
            ("", false),
        ] {
            assert_eq!(is_url(text), good, "{text}");
            assert!(good || !is_plain_url(text.as_bytes()), "{text}");
        }
    }
}
