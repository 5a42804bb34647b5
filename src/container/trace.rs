//! Traces of events: what stands in the text of every event, and stays there whatever a logger, a database or another
//! language does to the quotes around it.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::memmem::Finder;

use crate::finding::Span;
use crate::steps::took;

use super::undo::encodings::{base64, bytes, indexed, url, wide};
use super::window::{WIDTH, Window, is_digit};

/// What shows that a document of the platform is, or was, in a text. All letters: no escaping changes them.
pub const WORDS: [&str; 4] = ["event_type", "event_callback", "url_verification", "encrypt"];

/// Finds each of them; made once, which takes longer than to look through a line.
static FINDERS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| WORDS.map(Finder::new));

/// Those that may find something in a text: most words of logs have no underscore, which only the last of ours has not.
fn finders(text: &[u8]) -> &'static [Finder<'static>] {
    match memchr::memchr(b'_', text) {
        Some(_) => &FINDERS[..],
        None => &FINDERS[WORDS.len() - 1..],
    }
}

/// The first trace in `text`, from `at` on.
pub fn find(text: &[u8], at: usize) -> Option<Span> {
    let first = |text: &[u8]| {
        let places = finders(text).iter().filter_map(|word| {
            let start = word.find(text)?;
            Some(start..start + word.needle().len())
        });
        places.min_by_key(|place| place.start)
    };
    // All words are sought for in the same stretch before any is in the next: one that is not there is not sought for
    // to the end of the text each time another is found.
    let (mut from, mut length) = (at, 512);
    while from < text.len() {
        let stretch = &text[from..text.len().min(from + length + LONGEST)];
        took(stretch.len());
        if let Some(found) = first(stretch) {
            return Some(from + found.start..from + found.end);
        }
        (from, length) = (from + length, 2 * length);
    }
    None
}

/// How much of a word may stand in a stretch, and end in the next.
const LONGEST: usize = 16;

/// Whether a text shows a trace of an event.
pub fn is_in(text: &[u8]) -> bool {
    took(text.len());
    finders(text).iter().any(|word| word.find(text).is_some())
}

/// Whether a text shows a trace, or may show one once it is decoded.
pub fn shows(text: &[u8]) -> bool {
    is_in(text) || find_encoded(text, 0).is_some()
}

/// The first place in `text`, from `at` on, at which an object begins that is encoded with letters and all, so that its
/// words cannot be seen: `eyJzY2hlbWEi`, `7b22736368`, `123, 34, 115`, `%7B%22%73`. Only the beginning is looked at, so
/// there need not be an event.
///
/// It takes a few steps for each word of a text, and none that grow with what lies behind the place found.
pub fn find_encoded(text: &[u8], at: usize) -> Option<usize> {
    // All kinds are sought for in the same stretch before any is in the next: one that is not there is not sought for
    // to the end of the text each time another is found.
    let (mut from, mut length) = (at, 512);
    while from < text.len() {
        let until = text.len().min(from + length);
        let kinds = [digits(text, from, until), listed(text, from, until), marked(text, from, until)];
        if let Some(first) = kinds.into_iter().flatten().min() {
            return Some(first);
        }
        (from, length) = (until, 2 * length);
    }
    None
}

/// No trace is shown by an encoding that is shorter.
const SHORTEST: usize = 12;
/// Nor is an event in a list of bytes that ends sooner: dates of a log are told by that alone.
const LEAST: usize = 40;
/// So far behind the beginning of a run of digits an object is sought for: `/hooks/eyJzY2hlbWEi`. Each place may be
/// decoded to the end of the run, so there must be few.
const PREFIX: usize = WIDTH;
/// So many bytes show what an encoding holds, also when it is encoded again.
pub(super) const BEGINNING: usize = 256;
/// So many encodings may lie on one another.
const MOST_LAYERS: usize = 4;

/// The first place in `text[from..until]` at which base64 may begin, or bytes as pairs of digits without anything
/// between them but marks: `7b22`, `\x7b\x22`, `%7B%22`.
fn digits(text: &[u8], from: usize, until: usize) -> Option<usize> {
    let mut at = begun_before(text, from, is_digit);
    while at < until && at + SHORTEST <= text.len() {
        let window = Window::at(text, at);
        took(WIDTH.min(until - at));
        // Of the bytes of the window those are left that were not looked into.
        let mut left = window.digits;
        at = loop {
            let runs = long_runs(left);
            if runs == 0 {
                // What the window ends with may go on.
                break at + WIDTH - left.leading_ones() as usize;
            }
            let first = runs.trailing_zeros() as usize;
            let (run, length) = (at + first, (left >> first).trailing_ones() as usize);
            if run >= until {
                return None;
            }
            let mut end = until.min(run + length);
            if end == at + WIDTH && end < until {
                // All places at which something may begin in a run stand in one window.
                if run > at {
                    break run;
                }
                end = run_end(text, end, until, is_digit);
            }
            let of_run = u64::MAX >> (WIDTH - length) << first;
            // Most words have no escape of a URL, and need not be gone through for one; one that is cut here may.
            let url = end == until
                || window.percents & of_run != 0
                || end > at + WIDTH && memchr::memchr(b'%', &text[at + WIDTH..end]).is_some();
            // What begins does so behind a sign, or behind an escape, which may have begun before the window.
            let behind = !(window.letters << 1) | window.slashes << 2 | 0b11 << first;
            let mut places = of_run & behind;
            places &= u64::MAX.checked_shl(from.saturating_sub(at) as u32).unwrap_or(0);
            let places = std::iter::from_fn(|| {
                let place = at + places.trailing_zeros() as usize;
                places &= places.wrapping_sub(1);
                (place < end.min(run + PREFIX)).then_some(place)
            });
            if let Some(place) = begins(text, run, url, places) {
                return Some(place);
            }
            match u64::MAX.checked_shl((end - at) as u32) {
                Some(behind) => left &= behind,
                None => break end,
            }
        };
    }
    None
}

/// A bit for each that begins a run of [`SHORTEST`] at least.
fn long_runs(bits: u64) -> u64 {
    let two = bits & bits >> 1;
    let four = two & two >> 2;
    let eight = four & four >> 4;
    eight & four >> (SHORTEST - 4)
}

/// The same of bytes as numbers with something between them: `123, 34`, `7b 22`, `0x7b,0x22`.
fn listed(text: &[u8], from: usize, until: usize) -> Option<usize> {
    let mut at = begun_before(text, from, is_listed);
    while at < until {
        // A run is sought for from its end: most are shorter, and are stepped over without a look at each byte.
        let near = &text[at..until.min(at + LEAST)];
        if let Some(other) = near.iter().rposition(|byte| !is_listed(byte)) {
            took(near.len() - other);
            at += other + 1;
            continue;
        }
        // One that is cut here may be any longer.
        if !text.get(at..at + SHORTEST)?.iter().all(is_listed) {
            return None;
        }
        let end = run_end(text, at, until, is_listed);
        let places = at.max(from)..end.min(at + PREFIX);
        if let Some(place) = begins(text, at, end == until, places) {
            return Some(place);
        }
        at = end;
    }
    None
}

/// Whether a byte may stand in a list of bytes as numbers.
fn is_listed(byte: &u8) -> bool {
    byte.is_ascii_hexdigit() || matches!(byte, b'x' | b',' | b':' | b'-' | b' ' | b'\t' | b'\r' | b'\n')
}

/// Where a run began that reaches `from`, as far before it as matters.
fn begun_before(text: &[u8], from: usize, is_of_run: impl Fn(&u8) -> bool) -> usize {
    let mut start = from;
    while from - start < PREFIX && start > 0 && is_of_run(&text[start - 1]) {
        start -= 1;
    }
    start
}

/// Where a run ends that reaches `at`, before `until`.
fn run_end(text: &[u8], at: usize, until: usize, is_of_run: impl Fn(&u8) -> bool) -> usize {
    let end = text[at..until].iter().position(|byte| !is_of_run(byte)).map_or(until, |length| at + length);
    took(end - at);
    end
}

/// The first of these places at which an encoding begins, in a run that begins at `run`; `url`: it may be one of a URL.
fn begins(text: &[u8], run: usize, url: bool, mut places: impl Iterator<Item = usize>) -> Option<usize> {
    let escaped = |at: usize| at > 1 && text[at - 2] == b'\\' && b"nrt".contains(&text[at - 1]);
    let behind_sign = |at: usize| at == run || !text[at - 1].is_ascii_alphanumeric() || escaped(at);
    let holds = |text: &[u8]| is_digits(text, MOST_LAYERS) || url && is_url(text, MOST_LAYERS);
    places.find(|&at| behind_sign(at) && holds(&text[at..]))
}

/// The first place in `text[from..until]` of what is shown by a mark: a line that ends within a trace, and says that it
/// does; an object in UTF-16; bytes that are listed by their indices. Before an object in a line there mostly stands no
/// mark.
fn marked(text: &[u8], from: usize, until: usize) -> Option<usize> {
    let end = text.len().min(until + 1);
    took(end - from);
    memchr::memchr3_iter(b'=', 0, indexed::FIRST[0], &text[from..end]).map(|at| from + at).find_map(|at| {
        match text[at] {
            b'=' => is_broken(text, at).then_some(at),
            0 => (at > from && text[at - 1..].starts_with(wide::FIRST)).then(|| at - 1),
            _ => (at < until && is_indexed(&text[at..])).then_some(at),
        }
    })
}

/// Whether a line ends within a trace with the sign at `at`.
fn is_broken(text: &[u8], at: usize) -> bool {
    // None of the words is longer.
    const LONGEST: usize = 20;
    let rest = &text[at + 1..];
    let Some(rest) = rest.strip_prefix(b"\n").or_else(|| rest.strip_prefix(b"\r\n")) else { return false };
    is_in(&[&text[at.saturating_sub(LONGEST)..at], &rest[..rest.len().min(LONGEST)]].concat())
}

/// Whether bytes are listed by their indices.
fn is_indexed(text: &[u8]) -> bool {
    text.starts_with(indexed::FIRST) && opens(&indexed::beginning(text), MOST_LAYERS - 1)
}

/// Whether an encoding of something begins here that [`opens`].
fn is_encoded(text: &[u8], layers: usize) -> bool {
    is_digits(text, layers) || is_url(text, layers)
}

/// The same, in digits of whatever kind.
fn is_digits(text: &[u8], layers: usize) -> bool {
    let text = &text[..text.len().min(BEGINNING)];
    if layers == MOST_LAYERS && !may_be_digits(text) {
        return false;
    }
    let may = |first: &[u8]| may_open(first, layers);
    is_escaped(text)
        || base64::is_packed(text)
        || base64::may_begin(text, may) && opens(&base64::beginning(text), layers)
        || bytes::beginnings(text, may).any(|beginning| opens(&beginning, layers))
}

/// Whether an object begins here of which every sign is escaped: `\u007b\u0022`.
fn is_escaped(text: &[u8]) -> bool {
    let rest = |text: &'_ [u8], sign: &[u8]| {
        let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
        let escape = text[slashes..].get(..sign.len())?;
        (slashes > 0 && escape.eq_ignore_ascii_case(sign)).then_some(slashes + sign.len())
    };
    rest(text, b"u007b").is_some_and(|brace| rest(&text[brace..], b"u0022").is_some())
}

/// The same, in the encoding of URLs.
fn is_url(text: &[u8], layers: usize) -> bool {
    opens(&url::beginning(&text[..text.len().min(BEGINNING)]), layers)
}

/// Whether a text begins as objects and lists of them do, also as a string, or as an encoding of one.
pub(super) fn opens(text: &[u8], layers: usize) -> bool {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
    match text {
        // After a brace stands a quote, in some notation or other.
        [b'{' | b'[', next, ..] if b"{[\"'\\&%= \t\r\n".contains(next) => true,
        [b'"', b'{' | b'[', next, ..] if b"{[\\ \"".contains(next) => true,
        // A request, whose body follows.
        [b'P', b'O', b'S', b'T', b' ', ..] => true,
        [b'&' | b'%' | b'=', ..] => {
            let beginnings =
                ["&quot;", "&#34;", "&#x22;", "&#123;", "%7B", "%7b", "%5B", "%5b", "%257", "=7B"];
            beginnings.iter().any(|beginning| text.starts_with(beginning.as_bytes()))
        }
        _ if layers == 0 => false,
        // What is encoded again is made of signs alone. Chance makes bytes of most words, and few of those are that.
        [first, second, third, ..] if [*first, *second, *third].into_iter().all(base64::is_printed) => {
            // What stands before the digits, where they have a beginning.
            let openings: [&[u8]; 7] = [b"<Buffer ", b"X'", b"x'", b"[", b"(", b"\"", b"'"];
            let inside = openings.iter().find_map(|opening| text.strip_prefix(*opening));
            is_encoded(inside.unwrap_or(text), layers - 1)
        }
        _ => false,
    }
}

/// Whether a text may be one that [`opens`], as far as its first bytes tell: most words are told from encodings by
/// those, and need not be decoded.
fn may_open(first: &[u8], layers: usize) -> bool {
    match *first {
        [space, ref rest @ ..] if space.is_ascii_whitespace() => may_open(rest, layers),
        [] | [b'{' | b'[' | b'"' | b'P' | b'&' | b'%' | b'=' | 0xef] => true,
        [b'{' | b'[', next, ..] if b"{[\"'\\&%= \t\r\n".contains(&next) => true,
        [b'"', b'{' | b'[', ..]
        | [0xef, 0xbb, ..]
        | [b'P', b'O', ..]
        | [b'&', b'q' | b'#', ..]
        | [b'%', b'7' | b'5' | b'2', ..]
        | [b'=', b'7', ..] => true,
        _ if layers == 0 => false,
        // What is encoded again, and what may stand before it.
        [b'<', ..] => b"<Buffer ".starts_with(&first[..first.len().min(8)]),
        [b'X' | b'x', b'\'', ..] | [b'X' | b'x'] => true,
        [b'[' | b'(' | b'"' | b'\'', ref rest @ ..] => may_encode(rest, layers - 1),
        _ => may_encode(first, layers - 1),
    }
}

/// The same of any number of layers by eight bytes: those are kept that came last and are none, as words of a log come
/// again.
fn may_be_digits(text: &[u8]) -> bool {
    /// Eight bytes that are none, in a place that they tell. Zeros are none, too.
    static NONE: [AtomicU64; 1 << PLACES] = [const { AtomicU64::new(0) }; 1 << PLACES];
    const PLACES: u32 = 10;
    let Some(first) = text.first_chunk::<8>() else { return text.len() > 1 };
    let bytes = u64::from_be_bytes(*first);
    let place = bytes.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - PLACES);
    let known = &NONE[place as usize];
    if known.load(Ordering::Relaxed) == bytes {
        return false;
    }
    let may = may_encode(first, MOST_LAYERS);
    if !may {
        known.store(bytes, Ordering::Relaxed);
    }
    may
}

/// Whether a text may be an encoding of one that [`opens`], as far as its first bytes tell.
fn may_encode(first: &[u8], layers: usize) -> bool {
    let may = |first: &[u8]| may_open(first, layers);
    match first {
        // Packed bytes are told by what they begin with.
        [] | [b'%', ..] | [b'H'] | [b'H', b'4', ..] => true,
        _ => base64::may_begin(first, may) || bytes::may_begin(first, may),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_trace_is_found_wherever_it_is_escaped() {
        for (text, found) in [
            (r#"{"a":1,"event_type":"x","encrypt":""}"#, Some("event_type")),
            (r#"\\\"encrypt\\\": \\\"event_type"#, Some("encrypt")),
            ("%22url_verification%22", Some("url_verification")),
            ("type=event_callback", Some("event_callback")),
            ("eventType", None),
            ("", None),
        ] {
            assert_eq!(find(text.as_bytes(), 0).map(|place| &text[place]), found, "{text}");
            assert_eq!(is_in(text.as_bytes()), found.is_some(), "{text}");
        }
        assert_eq!(find(b"event_type event_type", 1), Some(11..21));
        let [others @ .., last] = WORDS;
        assert!(others.iter().all(|word| word.contains('_')) && !last.contains('_'));
    }

    #[test]
    fn an_encoded_object_is_found_where_a_word_begins() {
        const DIGITS: &str = "eyJzY2hlbWEiOiIyLjAi";
        for (before, encoded) in [
            ("", DIGITS),
            ("12:00 INFO body=", DIGITS),
            ("{\"body\":\"", DIGITS),
            ("body:\\n", DIGITS),
            ("POST /hooks/", DIGITS),
            ("2024-06-12 09:17:01 ", DIGITS),
            ("", "ewogICJzY2hlbWEiOiAi"),
            ("", "W3sic2NoZW1hIjoiMi4w"),
            ("", "77u/eyJzY2hlbWEiOiIy"),
            ("", "ZXlKelkyaGxiV0VpT2lJeUxqQWk="),
            ("X'", "7b22736368656d61223a"),
            ("", "\\x7b22736368656d61223a"),
            ("\"data\": [", "123, 34, 115, 99, 104"),
            ("[\n  ", "123,\n  34,\n  115,\n  99"),
            ("7 ", "123 34 115 99 104 101"),
            ("<Buffer ", "7b 22 73 63 68 65 6d"),
            ("", "7B-22-73-63-68-65-6D"),
            ("a=", "%7B%22%73%63%68%65%6D"),
            ("a=", "%7B%22schema%22%3A"),
        ] {
            let text = format!("{before}{encoded}");
            assert_eq!(find_encoded(text.as_bytes(), 0), Some(before.len()), "{text}");
            assert_eq!(find_encoded(text.as_bytes(), before.len()), Some(before.len()), "{text}");
            // A sign of base64 may be the last of something else.
            let second = find_encoded(text.as_bytes(), before.len() + 1);
            assert_eq!(second, encoded.find("/ey").map(|sign| before.len() + sign + 1), "{text}");
        }
        let two = format!("a={DIGITS} b={DIGITS}");
        assert_eq!(find_encoded(two.as_bytes(), 3), Some(DIGITS.len() + 5));
        // Also behind the stretch that is looked at first.
        let far = format!("{} {DIGITS}", "word ".repeat(1000));
        assert_eq!(find_encoded(far.as_bytes(), 0), Some(5001));
        for text in [
            &format!("x{DIGITS}"),
            &format!("{}{DIGITS}", "a/".repeat(40)),
            "eyJ eyJ eyJ eyJ eyJ eyJ",
            "AAECAwQFBgcICQoLDA0OD5Bax1wZ9MjLxOQQb0I7E3se6Ons",
            "2024-06-12 09:17:01 INFO Invoke Start RequestId: 1-665 123 users, 34 new",
            "5d1c0f4be2a74c1f9c7a0d6b8e3f2a11",
            "attendance.user_flow.created_v1 https://open.feishu.cn/open-apis/im/v1/messages",
        ] {
            assert_eq!(find_encoded(text.as_bytes(), 0), None, "{text}");
        }
    }

    #[test]
    fn words_of_a_log_are_stepped_over() {
        let line = "2024-06-12T09:17:01.456+08:00 INFO [nio-8080-exec-3] c.example.lark.WebhookController : received \
                    callback from 10.0.0.9, request id 5d1c0f4be2a74c1f9c7a0d6b8e3f2a11 (HTTP/1.1 POST /webhook/event)\n";
        let text = line.repeat(50);
        let steps = crate::steps::of(|| assert_eq!(find_encoded(text.as_bytes(), 0), None));
        assert!(steps < 4 * text.len() as u64, "{steps} steps for {} bytes", text.len());
    }
}
