//! Rules about single values of the right type.

use wide::u8x16;

use crate::catalog::{Choice, Kind, Presence, Word};
use crate::finding::{Rule, Severity, Sink, Words};
use crate::json::{
    Cursor, LengthGuess, beyond_ascii, block, characters_end, digit_count, digits_end, embedded_end, find,
    number, plain_end, unescape,
};
use crate::lang::{Lang, label, say};
use crate::suggest::{did_you_mean, nearest};

use super::garbled;
use super::site::{Site, quoted, string_text};

/// A required text is empty.
pub static EMPTY_VALUE: Rule = Rule {
    code: "empty-value",
    severity: Severity::Warning,
    summary: label("应有内容的字段是空字符串", "a field that must say something is an empty string"),
    why: label(
        "ID、类型或键为空，等于没有。有些工具会重新生成事件头（例如平台的命令行工具），原本没有的就写成空\
         字符串。",
        "An id, type or key that is empty says as little as one that is missing. Tools that re-type the header \
         (the command-line client of the platform, for one) write an empty string for what was not there.",
    ),
    wrong: r#"{.., "header": {.., "event_id": ""}}"#,
    right: r#"{.., "header": {.., "event_id": "41fae5c12837ead344eced982fbde395"}}"#,
};

/// A value is not among the documented ones.
pub static UNKNOWN_CHOICE: Rule = Rule {
    code: "unknown-choice",
    severity: Severity::Error,
    summary: label("值不在文档列出的范围内", "a value is not among the documented ones"),
    why: label(
        "文档为这个字段列出了全部取值，而这个值不在其中。要么内容有误，要么平台新增了取值：那么所有使用封\
         闭枚举的处理程序很快也会遇到它。各处都会显示它的原始数字。如果这是新增的值，并且对你来说没有问题，\
         请使用 --warn unknown-choice。",
        "The field has a closed list of values in the documentation, and this is not one of them. Either the \
         payload is wrong, or the platform has added a value: then every handler with a closed enum is about to \
         meet it too. It is shown with its raw number everywhere. If it is new and right for you, use \
         --warn unknown-choice.",
    ),
    wrong: r#"{.., "event": {.., "type": 9}}"#,
    right: r#"{.., "event": {.., "type": 5}}"#,
};

/// Not a MAC address.
pub static MALFORMED_MAC: Rule = Rule {
    code: "malformed-mac",
    severity: Severity::Warning,
    summary: label("MAC 地址不是六组十六进制数字", "a MAC address is not six pairs of hexadecimal digits"),
    why: label(
        "`bssid` 标识接入点，凡是把它与允许列表作比较的规则，遇到其他写法都会失败。空字符串没有问题：说明\
         不是通过 Wi-Fi 打卡。",
        "`bssid` identifies the access point, and rules that compare it with a list of allowed ones fail on any \
         other spelling. An empty string is fine: the punch was not made over Wi-Fi.",
    ),
    wrong: r#"{.., "event": {.., "bssid": "b0:b8:67:62:18"}}"#,
    right: r#"{.., "event": {.., "bssid": "b0:b8:67:62:18:73"}}"#,
};

/// Not JSON.
pub static MALFORMED_JSON: Rule = Rule {
    code: "malformed-json",
    severity: Severity::Warning,
    summary: label("应为 JSON 的文本不是 JSON", "a text that should hold JSON does not"),
    why: label(
        "有些字段以文本形式存放 JSON：消息内容、审批表单。处理程序会再解析一次；如果它在途中被截断，或多\
         还原了一次转义，就会失败。",
        "Some fields hold JSON as text: the content of a message, the form of an approval. A handler parses it a \
         second time, and fails where it was cut, or unescaped once too often, on the way.",
    ),
    wrong: r#"{.., "header": {.., "event_type": "im.message.receive_v1"}, "event": {"message": {"message_id": "om_5ce6d572455d361153b7cb51da133945", "content": "{\"text\":"}}}"#,
    right: r#"{.., "header": {.., "event_type": "im.message.receive_v1"}, "event": {"message": {"message_id": "om_5ce6d572455d361153b7cb51da133945", "content": "{\"text\":\"hello\"}"}}}"#,
};

/// Not a URL.
pub static MALFORMED_URL: Rule = Rule {
    code: "malformed-url",
    severity: Severity::Warning,
    summary: label("地址不是 http 或 https 的 URL", "an address is not an http or https URL"),
    why: label(
        "打卡照片是供下载的地址。没有协议和主机名的值无法下载。",
        "The photos of a punch are addresses to fetch. A value without a scheme and a host cannot be fetched.",
    ),
    wrong: r#"{.., "event": {.., "photo_urls": ["photo.jpg"]}}"#,
    right: r#"{.., "event": {.., "photo_urls": ["https://example.com/photo.jpg"]}}"#,
};

/// Beyond the poles or the antimeridian.
pub static COORDINATES_OUT_OF_RANGE: Rule = Rule {
    code: "coordinates-out-of-range",
    severity: Severity::Error,
    summary: label("坐标不在地球上", "a coordinate is no place on Earth"),
    why: label(
        "经度范围是 -180 到 180，纬度范围是 -90 到 90。纬度大于 90，通常其实是经度：两者写反了。",
        "Longitude runs from -180 to 180, latitude from -90 to 90. A latitude above 90 is usually a longitude: the \
         two were swapped.",
    ),
    wrong: r#"{.., "event": {.., "longitude": 30.29, "latitude": 120.04}}"#,
    right: r#"{.., "event": {.., "longitude": 120.04, "latitude": 30.29}}"#,
};

/// One past the quote that closes a string at `end`.
#[inline(always)]
pub(super) fn closed(text: &[u8], end: usize) -> Option<usize> {
    (text.get(end) == Some(&b'"')).then_some(end + 1)
}

/// Accepts a text of at least `least` bytes: one past its quote, and whether it has escapes.
#[inline(always)]
pub(super) fn accept_text(
    least: usize,
    guess: &mut LengthGuess,
    text: &[u8],
    at: usize,
) -> Option<(usize, bool)> {
    let end = match guess.end(text, at) {
        Some(end) => end,
        None => {
            let end = plain_end(text, at);
            match text.get(end)? {
                b'"' => guess.learn(end - at),
                b'\\' => return accept_escaped(text, at, end),
                _ => return None,
            }
            end
        }
    };
    (end - at >= least && !garbled::may_be(text, at, end)).then_some((end + 1, false))
}

/// By so many bytes a text is told that was read wrongly: four characters.
const FIRST: usize = 16;

/// Accepts a text of which the first escape stands at `escape`, if all of them are characters.
#[cold]
fn accept_escaped(text: &[u8], at: usize, escape: usize) -> Option<(usize, bool)> {
    let end = characters_end(text, escape)?;
    // What was read wrongly may be escaped afterwards, and some of it alone: `\u00c3\u00a4`, `Ã\u00a4`.
    let odd = text[at..].starts_with(b"\\u00") || text[at] > 0x7f && escape < at + FIRST;
    let whole = !odd && !garbled::may_be(text, at, end - 1);
    whole.then_some((end, true))
}

/// Judges a text.
pub(super) fn text(site: &Site<'_>, sink: &mut impl Sink) {
    if site.body().is_empty() && site.field.presence == Presence::Required {
        site.report(&EMPTY_VALUE, sink, |lang| {
            let name = site.name();
            Words::new(say!(lang, "{name} 是空的", "{name} is empty"))
                .expected(say!(lang, "有内容的字符串", "a string that says something"))
                .found(say!(lang, "空字符串", "an empty string"))
        });
    }
    garbled::judge(unescape(site.body()).as_bytes(), site, sink);
}

/// Accepts `true` and `false`, of which there is nothing to judge: one past it, and which it is.
#[inline(always)]
pub(super) fn accept_flag(text: &[u8], at: usize) -> Option<(usize, bool)> {
    match text.get(at..)?.first_chunk()? {
        [b't', b'r', b'u', b'e', _] => Some((at + 4, true)),
        b"false" => Some((at + 5, false)),
        _ => None,
    }
}

/// Accepts a documented value of one digit: those whose bits are set.
#[inline(always)]
pub(super) fn accept_digit(bits: u16, text: &[u8], at: usize) -> Option<i64> {
    let digit = text.get(at)?.wrapping_sub(b'0');
    (digit <= 9 && bits >> digit & 1 == 1).then_some(i64::from(digit))
}

/// Judges an integer against the documented values, and returns it.
pub(super) fn choice(site: &Site<'_>, choices: &'static [Choice], sink: &mut impl Sink) -> Option<i64> {
    let value = site.integer();
    if value.and_then(|value| find_choice(choices, value)).is_none() {
        unlisted(
            site,
            sink,
            |lang| choice_list(choices, lang),
            |lang| {
                say!(
                    lang,
                    "使用列出的值；如果平台新增了这个值，用 --warn unknown-choice",
                    "use a listed value; if the platform has added this one, --warn unknown-choice"
                )
            },
        );
    }
    value
}

/// Says that a value is not among the documented ones: of a list that is known not to be all a note, without `help`.
fn unlisted(
    site: &Site<'_>,
    sink: &mut impl Sink,
    expected: impl Fn(Lang) -> String,
    help: impl Fn(Lang) -> String,
) {
    let severity = if site.field.open { Severity::Note } else { UNKNOWN_CHOICE.severity };
    site.report_as(&UNKNOWN_CHOICE, severity, sink, |lang| {
        let (name, value) = (site.name(), site.quoted(lang));
        let message = say!(
            lang,
            "{name} 的值是 {value}，不在列出的值之中",
            "{name} is {value}, which is not a listed value"
        );
        let help = || help(lang);
        let words = Words::new(message).expected(expected(lang)).found(value);
        words.maybe_help((!site.field.open).then(help))
    });
}

/// Accepts an integer of up to fifteen digits: one past it, and the number.
#[inline(always)]
pub(super) fn accept_integer(text: &[u8], at: usize) -> Option<(usize, i64)> {
    let block = block(text, at)?;
    let count = digit_count(block);
    if !(1..16).contains(&count) || (count > 1 && text[at] == b'0') {
        return None;
    }
    Some((at + count, number(block, count) as i64))
}

/// Judges an integer that is the sum of documented values, and returns it.
pub(super) fn bits(site: &Site<'_>, bits: &'static [Choice], sink: &mut impl Sink) -> Option<i64> {
    let value = site.integer();
    let all = bits.iter().fold(0, |all, bit| all | bit.value);
    if value.is_none_or(|value| value < 0 || value & !all != 0) {
        unlisted(
            site,
            sink,
            |lang| {
                let list = choice_list(bits, lang);
                say!(lang, "这些值的和：{list}", "a sum of {list}")
            },
            |lang| say!(lang, "把列出的值相加", "add up listed values"),
        );
    }
    value
}

/// Accepts a string that holds JSON or nothing: one past its quote, and whether it has escapes.
#[inline(never)]
pub(super) fn accept_json(text: &[u8], at: usize) -> Option<(usize, bool)> {
    let end = closed(text, at).or_else(|| embedded_end(text, at))?;
    let body = &text[at..end - 1];
    let whole = beyond_ascii(body).is_none_or(|first| !garbled::may_be(text, at + first, end - 1));
    whole.then(|| (end, find(body, b'\\').is_some()))
}

/// Judges a string that should hold JSON.
pub(super) fn json(site: &Site<'_>, sink: &mut impl Sink) {
    let text = string_text(site.raw());
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return;
    }
    let mut cursor = Cursor::new(trimmed.as_bytes(), 0);
    if cursor.value(0).is_err() || cursor.at != trimmed.len() {
        site.report(&MALFORMED_JSON, sink, |lang| {
            let name = site.name();
            Words::new(say!(lang, "{name} 不是 JSON", "{name} is not JSON"))
                .expected(say!(lang, "内容为 JSON 的字符串", "a string that holds JSON"))
                .found(site.quoted(lang))
        });
    }
    if let Some(first) = beyond_ascii(trimmed.as_bytes()) {
        garbled::judge(&trimmed.as_bytes()[first..], site, sink);
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

fn choice_list(choices: &'static [Choice], lang: Lang) -> String {
    let say = |Choice { value, label, .. }: &Choice| {
        let label = label.text(lang);
        say!(lang, "{value}（{label}）", "{value} ({label})")
    };
    let list: Vec<String> = choices.iter().map(say).collect();
    list.join(label("、", ", ").text(lang))
}

/// Accepts this string: one past its quote.
#[inline(always)]
pub(super) fn accept_string(string: &str, text: &[u8], at: usize) -> Option<usize> {
    let stands = text.get(at..)?.starts_with(string.as_bytes());
    stands.then(|| closed(text, at + string.len())).flatten()
}

/// Accepts a documented value: one past its quote.
#[inline(always)]
pub(super) fn accept_word(words: &'static [Word], text: &[u8], at: usize) -> Option<usize> {
    words.iter().find_map(|word| accept_string(word.value, text, at))
}

/// Judges a string against the documented values.
pub(super) fn word(site: &Site<'_>, words: &'static [Word], sink: &mut impl Sink) {
    let text = string_text(site.raw());
    // Written with escapes, it is still the same value. Where nothing must be there, an empty text is nothing.
    let nothing = text.is_empty() && !site.field.presence.is_missed();
    if nothing || words.iter().any(|word| word.value == text) {
        return;
    }
    let list = || words.iter().map(|word| word.value);
    unlisted(
        site,
        sink,
        |lang| list().collect::<Vec<_>>().join(label("、", ", ").text(lang)),
        |lang| {
            let near = words
                .iter()
                .find(|word| word.label.zh == text || word.label.en == text)
                .map(|word| word.value)
                .or_else(|| nearest(&text, list()));
            let help = near.map(|near| did_you_mean(format_args!("\"{near}\""), lang));
            help.unwrap_or_else(|| say!(lang, "使用列出的值", "use a listed value"))
        },
    );
}

/// Accepts a MAC address or an empty string: one past its quote.
#[inline(always)]
pub(super) fn accept_mac(text: &[u8], at: usize) -> Option<usize> {
    let length = if text.get(at)? == &b'"' { 0 } else { 17 };
    if !is_mac(text.get(at..at + length)?) {
        return None;
    }
    closed(text, at + length)
}

/// Judges a MAC address.
pub(super) fn mac(site: &Site<'_>, sink: &mut impl Sink) {
    if !is_mac(site.body()) {
        site.report(&MALFORMED_MAC, sink, |lang| {
            let name = site.name();
            let expected = say!(
                lang,
                "六组十六进制数字：b0:b8:67:62:18:73",
                "six pairs of hexadecimal digits: b0:b8:67:62:18:73"
            );
            Words::new(say!(lang, "{name} 不是 MAC 地址", "{name} is not a MAC address"))
                .expected(expected)
                .found(site.quoted(lang))
        });
    }
}

/// Six pairs of hexadecimal digits with `:` or `-` between them; an empty string is fine.
#[inline]
pub(crate) fn is_mac(body: &[u8]) -> bool {
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

/// Accepts a URL of ASCII, as URLs are on the wire: one past its quote.
#[inline(always)]
pub(super) fn accept_url(text: &[u8], at: usize) -> Option<usize> {
    let end = plain_end(text, at);
    if !is_plain_url(&text[at..end]) {
        return None;
    }
    closed(text, end)
}

/// Accepts a list written without white space: empty or, if they may be, of URLs. One past its bracket.
#[inline(always)]
pub(super) fn accept_list(urls: bool, text: &[u8], at: usize) -> Option<usize> {
    match text.get(at..)?.first_chunk()? {
        b"[]" => Some(at + 2),
        b"[\"" if urls => {
            let mut end = accept_url(text, at + 2)?;
            while text.get(end..)?.starts_with(b",\"") {
                end = accept_url(text, end + 2)?;
            }
            (text.get(end) == Some(&b']')).then_some(end + 1)
        }
        _ => None,
    }
}

/// Judges a URL.
pub(super) fn url(site: &Site<'_>, sink: &mut impl Sink) {
    let nothing = site.body().is_empty() && !site.field.presence.is_missed();
    if !nothing && !is_plain_url(site.body()) && !is_url(&string_text(site.raw())) {
        site.report(&MALFORMED_URL, sink, |lang| {
            let name = site.name();
            let message =
                say!(lang, "{name} 不是 http 或 https 的 URL", "{name} is not an http or https URL");
            Words::new(message).expected("https://host/path").found(site.quoted(lang))
        });
    }
}

/// Whether the bytes between the quotes of a string are a URL of ASCII. A backslash, which may begin an escape, is none
/// of its bytes.
#[inline]
fn is_plain_url(body: &[u8]) -> bool {
    let rest = body.strip_prefix(b"https://").or_else(|| body.strip_prefix(b"http://"));
    rest.and_then(<[u8]>::first).is_some_and(|first| !matches!(first, b'/' | b'?' | b'#'))
        && body.iter().fold(true, |plain, byte| plain & matches!(byte, b'!'..=b'~') & (*byte != b'\\'))
}

/// Whether a text is an http or https URL.
pub(crate) fn is_url(text: &str) -> bool {
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
pub(super) fn limit(kind: Kind) -> u16 {
    match kind {
        Kind::Latitude => 90,
        _ => 180,
    }
}

/// Accepts a number of at most three digits before its point, below `limit` without its sign, and without an exponent:
/// one past it, and whether it is an integer. Whole degrees decide without parsing a float, but for the limit itself.
#[inline(always)]
pub(super) fn accept_degrees(limit: u16, text: &[u8], at: usize) -> Option<(usize, bool)> {
    let first = at + usize::from(*text.get(at)? == b'-');
    let block = block(text, first)?;
    let whole = digit_count(block);
    if !(1..=3).contains(&whole)
        || (whole > 1 && text[first] == b'0')
        || number(block, whole) >= u64::from(limit)
    {
        return None;
    }
    let mut end = first + whole;
    let integer = text[end] != b'.';
    if !integer {
        let fraction = end + 1;
        end = digits_end(text, fraction);
        if end == fraction {
            return None;
        }
    }
    Some((end, integer))
}

/// Judges degrees.
pub(super) fn degrees(site: &Site<'_>, sink: &mut impl Sink) {
    let raw = site.raw();
    let limit = limit(site.kind);
    let value: f64 = std::str::from_utf8(raw).ok().and_then(|text| text.parse().ok()).unwrap_or(f64::NAN);
    if value.abs() <= f64::from(limit) {
        return;
    }
    site.report(&COORDINATES_OUT_OF_RANGE, sink, |lang| {
        let (name, found) = (site.name(), quoted(raw));
        let message = say!(
            lang,
            "{name} 的值是 {found}，地球上没有这个位置",
            "{name} is {found}, which is no place on Earth"
        );
        let help = || {
            say!(lang, "看起来像经度：是不是两者写反了？", "it looks like a longitude: were the two swapped?")
        };
        let swapped = matches!(site.kind, Kind::Latitude) && value.abs() <= 180.0;
        Words::new(message)
            .expected(say!(lang, "-{limit} 到 {limit}", "-{limit} to {limit}"))
            .found(found)
            .maybe_help(swapped.then(help))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_which_some_was_escaped_after_it_was_read_wrongly_is_judged() {
        for (text, accepted) in [
            (r#"Ã\u00A9""#, false),
            (r#"\u00c3\u00a9""#, false),
            (r#"caf\u00e9""#, true),
            (r#"\u4f60\u597d""#, true),
            ("今天去上海见客户\\n下午回\"", true),
        ] {
            let accept = accept_text(0, &mut LengthGuess::default(), text.as_bytes(), 0);
            assert_eq!(accept.is_some(), accepted, "{text}");
        }
    }

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
