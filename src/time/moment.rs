//! Moments as people type them on a command line.

use std::fmt;
use std::ops::{Range, RangeInclusive};

use chrono::NaiveDate;

use crate::lang::{Label, Lang, Sentence, label, say};

use super::zone::parse_offset;
use super::{Millis, Seconds, Unit, Zone};

/// The moment that a text names: RFC 3339 (`2021-03-10T21:11:56.707+08:00`, also with a space for the `T` or before
/// the offset), the same without an offset, without seconds or without a time, in `zone`; or bare digits, whose
/// number tells the unit. What [`Clock`](super::Clock) writes is read back.
///
/// A day stands for its beginning. Local times that occur twice are taken the first time; those that a change of
/// the clocks leaves out are moved on by what was left out, so 02:30 is 03:30. Fractions finer than a millisecond
/// are cut off.
///
/// ```
/// use larkspect::time::{Millis, Zone, parse_moment};
/// let zone = Zone::fixed(8 * 3600).unwrap();
/// for text in ["2021-03-10 21:11:56", "2021-03-10T13:11:56Z", "1615381916"] {
///     assert_eq!(parse_moment(text, zone), Ok(Millis(1615381916000)));
/// }
/// ```
pub fn parse_moment(text: &str, zone: Zone) -> Result<Millis, MomentError> {
    let trimmed = text.trim();
    let digits = !trimmed.is_empty() && trimmed.bytes().all(|byte| byte.is_ascii_digit());
    let moment = if digits { timestamp(trimmed) } else { calendar(trimmed, zone) };
    moment.map_err(|reason| MomentError { text: trimmed.to_owned(), reason })
}

/// The day that a text names, from midnight to midnight by the clocks of `zone`; `None` where it names anything else.
///
/// ```
/// use larkspect::time::{Millis, Zone, parse_day};
/// let zone = Zone::fixed(8 * 3600).unwrap();
/// assert_eq!(parse_day("2021-03-10", zone), Some(Millis(1615305600000)..Millis(1615392000000)));
/// assert_eq!(parse_day("2021-03-10 09:00", zone), None);
/// ```
pub fn parse_day(text: &str, zone: Zone) -> Option<Range<Millis>> {
    let start = parse_moment(text, zone).ok()?;
    let next = text.trim().parse::<NaiveDate>().ok()?.succ_opt()?;
    let end = instant(next.and_hms_opt(0, 0, 0)?.and_utc().timestamp(), zone)?;
    Some(start..Seconds(end).to_millis()?)
}

/// A text that names no moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentError {
    text: String,
    reason: Reason,
}

impl MomentError {
    /// What is wrong, in one language.
    pub fn words(&self, lang: Lang) -> String {
        let (text, reason) = (&self.text, self.reason.text(lang));
        say!(lang, "{text:?} 不是时间：{reason}", "{text:?} is not a time: {reason}")
    }

    /// The same where spans are read, which have more forms.
    pub(super) fn of_span(self) -> MomentError {
        MomentError { reason: if self.reason == FORM { SPAN_FORM } else { self.reason }, ..self }
    }
}

/// What is wrong with it, in words.
type Reason = Label;

const FORM: Reason = label(
    "请写 2021-03-10、\"2021-03-10 21:11\"、2021-03-10T21:11:56+08:00，或 1615381916 这样的时间戳",
    "write 2021-03-10, \"2021-03-10 21:11\", 2021-03-10T21:11:56+08:00, or a timestamp such as 1615381916",
);
const SPAN_FORM: Reason = label(
    "请写 2021-03-10、\"2021-03-10 21:11\"、09:00、今天、昨天、-2h、2021-03-10T21:11:56+08:00，\
     或 1615381916 这样的时间戳",
    "write 2021-03-10, \"2021-03-10 21:11\", 09:00, today, yesterday, -2h, 2021-03-10T21:11:56+08:00, or a timestamp \
     such as 1615381916",
);
const DIGITS: Reason = label(
    "1990 年以来的时间戳，按秒计有 10 位，按毫秒计 13 位，按微秒计 16 位，按纳秒计 19 位；日期写成 2021-03-10",
    "a timestamp from 1990 on has 10 digits in seconds, 13 in milliseconds, 16 in microseconds, 19 in nanoseconds; a date \
     is written 2021-03-10",
);
const NO_SUCH_TIME: Reason = label("日历和时钟上没有这个时间", "no calendar or clock shows it");
const OFFSET: Reason = label(
    "时间后面只能是 +08:00 或 Z 这样的时差",
    "what follows the time must be an offset such as +08:00 or Z",
);
const OUT_OF_RANGE: Reason = label("年份太远了", "the year is too far away");

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl std::error::Error for MomentError {}

impl From<&MomentError> for Sentence {
    fn from(error: &MomentError) -> Sentence {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| error.words(lang).into());
        Sentence { zh, en }
    }
}

fn timestamp(digits: &str) -> Result<Millis, Reason> {
    let value = digits.parse().map_err(|_| DIGITS)?;
    Unit::guess(value).and_then(|unit| unit.to_millis(value)).ok_or(DIGITS)
}

fn calendar(text: &str, zone: Zone) -> Result<Millis, Reason> {
    let rest = &mut { text };
    // Years of other than four digits need a sign, as ISO 8601 has it.
    let year_text = match rest.strip_prefix(['+', '-']) {
        Some(unsigned) => {
            *rest = unsigned;
            digits(rest, 4..=6).map(|year| &text[..=year.len()])
        }
        None => digits(rest, 4..=4),
    };
    let year = year_text.and_then(|year| year.parse().ok()).ok_or(FORM)?;
    let month = number_after("-", rest).ok_or(FORM)?;
    let day = number_after("-", rest).ok_or(FORM)?;

    let (mut hour, mut minute, mut second, mut millis) = (0, 0, 0, 0);
    if !rest.is_empty() {
        *rest = rest.strip_prefix([' ', 'T', 't']).ok_or(FORM)?;
        hour = number_after("", rest).ok_or(FORM)?;
        minute = number_after(":", rest).ok_or(FORM)?;
        if rest.starts_with(':') {
            second = number_after(":", rest).ok_or(FORM)?;
            if let Some(fraction) = rest.strip_prefix(['.', ',']) {
                *rest = fraction;
                let fraction = digits(rest, 1..=30).ok_or(FORM)?;
                millis = format!("{fraction:0<3}")[..3].parse().map_err(|_| FORM)?;
            }
        }
    }

    let local = NaiveDate::from_ymd_opt(year, month, day)
        .and_then(|date| date.and_hms_opt(hour, minute, second))
        .ok_or(NO_SUCH_TIME)?
        .and_utc()
        .timestamp();
    let instant = match rest.trim_start() {
        "" => instant(local, zone).ok_or(OUT_OF_RANGE)?,
        "Z" | "z" => local,
        offset => local - i64::from(parse_offset(offset).ok_or(OFFSET)?.local_minus_utc()),
    };
    let whole = Seconds(instant).to_millis().ok_or(OUT_OF_RANGE)?;
    Ok(Millis(whole.0 + millis))
}

/// The instant at which the clocks of a zone show `local` (seconds, as if it were UTC).
///
/// Not by chrono's own search: at the very second of a change its answer for [`Zone::Local`] is not that for the same
/// zone by name, and at a gap it has none.
pub(super) fn instant(local: i64, zone: Zone) -> Option<i64> {
    instants(local, zone).map(|(first, _)| first)
}

/// The first and the last instant at which they do: two, where the clocks went back in between.
pub(super) fn instants(local: i64, zone: Zone) -> Option<(i64, i64)> {
    let offset = |at: i64| zone.offset_at(at).map(|offset| i64::from(offset.local_minus_utc()));
    // No offset is a day or more, so these two are on either side of a change nearby.
    let before = local - offset(local - 86_400)?;
    let after = local - offset(local + 86_400)?;
    let shows = |at: &i64| offset(*at).is_some_and(|offset| *at + offset == local);
    let shown = || [before, after].into_iter().filter(shows);
    Some((shown().min().unwrap_or(before), shown().max().unwrap_or(before)))
}

/// Takes digits off the front.
fn digits<'t>(rest: &mut &'t str, count: RangeInclusive<usize>) -> Option<&'t str> {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !count.contains(&length) {
        return None;
    }
    let (digits, after) = rest.split_at(length);
    *rest = after;
    Some(digits)
}

/// Takes a number of two digits, and what stands before it, off the front.
fn number_after(mark: &str, rest: &mut &str) -> Option<u32> {
    *rest = rest.strip_prefix(mark)?;
    digits(rest, 2..=2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_in_many_forms() {
        let zone = Zone::fixed(8 * 3600).unwrap();
        for (text, millis) in [
            ("2021-03-10T21:11:56+08:00", 1_615_381_916_000),
            ("2021-03-10t13:11:56z", 1_615_381_916_000),
            ("2021-03-10 21:11:56", 1_615_381_916_000),
            (" 2021-03-10 21:11:56 +08:00 ", 1_615_381_916_000),
            ("2021-03-10 21:11:56.7079", 1_615_381_916_707),
            ("2021-03-10T21:11:56,7+0800", 1_615_381_916_700),
            ("2021-03-10 21:11", 1_615_381_860_000),
            ("2021-03-10 21:11+09", 1_615_378_260_000),
            ("2021-03-10", 1_615_305_600_000),
            ("1615381916", 1_615_381_916_000),
            ("1615381917707", 1_615_381_917_707),
            ("1615381917707123", 1_615_381_917_707),
            ("1615381917707123456", 1_615_381_917_707),
            ("1969-12-31 23:59:59.999 +00:00", -1),
            ("-0001-12-31T23:59:59Z", -62_167_219_201_000),
            ("+10000-01-01T00:00:00Z", 253_402_300_800_000),
            ("1900-12-31T23:59:59+08:05:43", -2_177_481_944_000),
        ] {
            assert_eq!(parse_moment(text, zone), Ok(Millis(millis)), "{text}");
        }
    }

    #[test]
    fn other_texts_say_what_is_wrong() {
        for (text, word) in [
            ("", "write 2021-03-10"),
            ("yesterday", "write 2021-03-10"),
            ("2021-3-1", "write 2021-03-10"),
            ("2021/03/10", "write 2021-03-10"),
            ("2021-03-10 21", "write 2021-03-10"),
            ("2021-03-10 21:1", "write 2021-03-10"),
            ("2021-03-10 21:11:", "write 2021-03-10"),
            ("2021-03-10 21:11:56.", "write 2021-03-10"),
            ("12021-03-10", "write 2021-03-10"),
            ("-1615381916", "write 2021-03-10"),
            ("2021年3月10日", "write 2021-03-10"),
            ("2021-03-10 21:11:56 CST", "offset"),
            ("2021-03-10T21:11:56+8:0", "offset"),
            ("2021-02-29", "no calendar"),
            ("2021-13-01", "no calendar"),
            ("2021-03-10 24:00", "no calendar"),
            ("+999999-03-10", "no calendar"),
            ("+262142-12-31", "too far"),
            ("20210310", "a date is written"),
            ("12", "10 digits"),
            ("99999999999999999999999", "10 digits"),
        ] {
            let refused = parse_moment(text, Zone::Utc).unwrap_err().to_string();
            assert!(refused.contains(word) && refused.contains(&format!("{text:?}")), "{refused}");
        }
    }

    #[test]
    fn only_a_bare_day_is_a_day() {
        for text in [
            "",
            "1615381916",
            "20210310",
            "2021-03-10 21:11",
            "2021-03-10T21:11:56Z",
            "2021-3-1",
            "2021-02-29",
        ] {
            assert_eq!(parse_day(text, Zone::Utc), None, "{text}");
        }
        assert_eq!(parse_day(" 2021-03-10 ", Zone::Utc).map(|day| day.end.0 - day.start.0), Some(86_400_000));
    }

    #[cfg(feature = "tz")]
    #[test]
    fn a_day_on_which_the_clocks_change_is_as_long_as_it_is() {
        let hours = |text: &str| {
            let day = parse_day(text, "America/New_York".parse().unwrap()).unwrap();
            (day.end.0 - day.start.0) / 3_600_000
        };
        assert_eq!(["2021-03-13", "2021-03-14", "2021-11-07"].map(hours), [24, 23, 25]);
    }

    #[cfg(feature = "tz")]
    #[test]
    fn local_times_that_occur_twice_or_never() {
        for (zone, text, same) in [
            ("America/New_York", "2021-11-07 01:00", "2021-11-07T01:00:00-04:00"),
            ("America/New_York", "2021-11-07 01:59:59", "2021-11-07T01:59:59-04:00"),
            ("America/New_York", "2021-11-07 02:00", "2021-11-07T02:00:00-05:00"),
            ("America/New_York", "2021-03-14 02:00", "2021-03-14T03:00:00-04:00"),
            ("America/New_York", "2021-03-14 02:30", "2021-03-14T03:30:00-04:00"),
            ("America/New_York", "2021-03-14 03:00", "2021-03-14T03:00:00-04:00"),
            ("Australia/Lord_Howe", "2021-04-04 01:30", "2021-04-04T01:30:00+11:00"),
            ("America/Sao_Paulo", "2017-10-15", "2017-10-15T01:00:00-02:00"),
            ("Pacific/Apia", "2011-12-30 12:00", "2011-12-31T12:00:00+14:00"),
            ("Asia/Shanghai", "1900-12-31 23:57", "1900-12-31T23:57:00+08:05:43"),
        ] {
            let zone = zone.parse().unwrap();
            assert_eq!(parse_moment(text, zone), parse_moment(same, zone), "{text}");
        }
    }
}
