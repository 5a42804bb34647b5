//! Spans of time as people type them to choose events: a day, a second, and how long ago.

use std::ops::Range;

use chrono::{DateTime, NaiveDate};

use super::moment::{instant, instants, parse_day, parse_moment};
use super::{Millis, MomentError, Seconds, Zone};

/// The span that a text names: a day (`2021-03-10`, `2021/03/10`, `today`, `yesterday`) from midnight to midnight by the
/// clocks of `zone`, any other moment ([`parse_moment`]) for as long as it is exact: a second, or a millisecond where one
/// is typed. A time of day (`09:00`) is that of today, `-2h` (`w`, `d`, `h`, `m` or `min`, `s`) is so long before `now`, which is a moment too.
///
/// # Errors
///
/// The text names neither.
///
/// ```
/// use larkspect::time::{Millis, Zone, parse_span};
/// let (zone, now) = (Zone::Utc, Millis(1615381916000));
/// assert_eq!(parse_span("-1h", zone, now), Ok(Millis(1615378316000)..Millis(1615378317000)));
/// assert_eq!(parse_span("today", zone, now), Ok(Millis(1615334400000)..Millis(1615420800000)));
/// ```
pub fn parse_span(text: &str, zone: Zone, now: Millis) -> Result<Range<Millis>, MomentError> {
    let text = text.trim();
    if let Some(day) = named_day(text, zone, now) {
        return Ok(day);
    }
    let for_long = |at: Millis, millis| at..Millis(at.0.saturating_add(millis));
    if text == "now" {
        return Ok(for_long(now, 1000));
    }
    // With a unit nobody takes it for a timestamp, so the sign may be left out.
    let length = text.strip_prefix('-').or(Some(text).filter(|text| text.ends_with(char::is_alphabetic)));
    if let Some(ago) = length.and_then(parse_length) {
        return Ok(for_long(Millis(now.0.saturating_sub(ago.0)), 1000));
    }
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let exact = if text.contains(['.', ',']) || text.len() > 11 && is_digits { 1 } else { 1000 };
    if let Some(time) = parse_time_of_day(text) {
        let today = local_day(now, zone).and_then(|day| instant(day + time.start.0 / 1000, zone));
        if let Some(at) = today.and_then(|at| Seconds(at).to_millis()) {
            return Ok(for_long(Millis(at.0 + time.start.0 % 1000), exact));
        }
    }
    parse_moment(text, zone).map(|at| for_long(at, exact)).map_err(MomentError::of_span)
}

/// The second of the spans that a text names, where clocks went back and showed its time twice ([`parse_span`] has the
/// first). A text that says its offset names one, and so does a day, which has both in it.
pub(crate) fn parse_span_again(text: &str, zone: Zone, now: Millis) -> Option<Range<Millis>> {
    let span_in = |zone| parse_span(text, zone, now).ok();
    let (first, local) = (span_in(zone)?, span_in(Zone::Utc)?);
    let is_local = span_in(Zone::fixed(3600)?)? != local && first.end.0 - first.start.0 <= 1000;
    let (_, last) = instants(local.start.seconds().0, zone).filter(|_| is_local)?;
    let start = Millis(Seconds(last).to_millis()?.0 + local.start.0.rem_euclid(1000));
    (start > first.start).then(|| start..Millis(start.0 + first.end.0 - first.start.0))
}

/// The day that a text names as a whole.
fn named_day(text: &str, zone: Zone, now: Millis) -> Option<Range<Millis>> {
    let ago = match text.to_lowercase().as_str() {
        "today" | "今天" => 0,
        "yesterday" | "昨天" => 1,
        text => return parse_day(&text.replace('/', "-"), zone),
    };
    let local = local_day(now, zone)? - ago * 86_400;
    let date: NaiveDate = DateTime::from_timestamp(local, 0)?.date_naive();
    parse_day(&date.to_string(), zone)
}

/// Local midnight before a moment, in seconds as if it were UTC.
fn local_day(at: Millis, zone: Zone) -> Option<i64> {
    let local = zone.local(at)?.seconds().0;
    Some(local - local.rem_euclid(86_400))
}

/// The milliseconds since midnight that a time of day names, for as long as it is exact: `09:00`, `9:00:30`,
/// `21:11:56.707`.
pub fn parse_time_of_day(text: &str) -> Option<Range<Millis>> {
    let (text, millis, exact) = match text.split_once(['.', ',']) {
        Some((text, fraction)) => {
            let is_digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
            (text, is_digits.then(|| format!("{fraction:0<3}")[..3].parse::<i64>().ok())??, 1)
        }
        None => (text, 0, 1000),
    };
    let mut parts = text.split(':');
    let mut part = |most: i64, lengths: &[usize]| {
        let part = parts.next()?;
        let fits = lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse().ok())?.filter(|number| *number <= most)
    };
    let (hour, minute) = (part(23, &[1, 2])?, part(59, &[2])?);
    let second = if text.matches(':').count() > 1 { part(59, &[2])? } else { 0 };
    if parts.next().is_some() || (exact == 1 && text.matches(':').count() < 2) {
        return None;
    }
    let start = ((hour * 60 + minute) * 60 + second) * 1000 + millis;
    Some(Millis(start)..Millis(start + exact))
}

/// The length of time that a text names: `5s`, `1.5 h`, `500ms`, `2d`; a number alone is seconds.
pub fn parse_length(text: &str) -> Option<Millis> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let millis = match unit.trim() {
        "ms" | "毫秒" => 1,
        "" | "s" | "sec" | "秒" => 1000,
        "m" | "min" | "分" | "分钟" => 60_000,
        "h" | "小时" => 3_600_000,
        "d" | "天" => 86_400_000,
        "w" | "周" => 604_800_000,
        _ => return None,
    };
    let (negative, number) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let whole = whole.parse::<i64>().ok()?.checked_mul(millis)?;
    let digits = fraction.len().min(9);
    let is_digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let part =
        is_digits.then(|| fraction[..digits].parse::<i64>().ok())?? * millis / 10_i64.pow(digits as u32);
    let length = whole.checked_add(part)?;
    Some(Millis(if negative { -length } else { length }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_615_381_916_707);

    fn span(text: &str) -> Range<Millis> {
        parse_span(text, "+08:00".parse().unwrap(), NOW).unwrap_or_else(|why| panic!("{why}"))
    }

    #[test]
    fn days_are_whole_and_other_moments_as_exact_as_they_are_typed() {
        for (text, same) in [
            ("2021/03/10", "2021-03-10"),
            ("today", "2021-03-10"),
            ("今天", "2021-03-10"),
            ("Yesterday", "2021-03-09"),
            ("昨天", "2021-03-09"),
            ("09:00", "2021-03-10 09:00"),
            ("9:00:30", "2021-03-10 09:00:30"),
            ("09:00:30.5", "2021-03-10 09:00:30.500"),
            ("1615381916", "2021-03-10 21:11:56"),
        ] {
            assert_eq!(span(text), span(same), "{text}");
        }
        for (text, millis) in
            [("2021-03-10", 86_400_000), ("09:00", 1000), ("2021-03-10 09:00:00.5", 1), ("1615381917707", 1)]
        {
            assert_eq!(span(text).end.0 - span(text).start.0, millis, "{text}");
        }
    }

    #[test]
    fn so_long_ago_counts_from_now() {
        for (text, seconds) in [
            ("-2h", 7200),
            ("-30m", 1800),
            ("-90s", 90),
            ("-1d", 86_400),
            ("-1.5 h", 5400),
            ("-5", 5),
            ("2h", 7200),
            ("-1w", 604_800),
            ("now", 0),
        ] {
            assert_eq!(span(text).start, Millis(NOW.0 - seconds * 1000), "{text}");
        }
    }

    #[cfg(feature = "tz")]
    #[test]
    fn a_time_that_clocks_show_twice_names_both_moments() {
        for (zone, text, second) in [
            ("America/New_York", "2024-11-03 01:00", Some("2024-11-03T01:00-05:00")),
            ("America/New_York", "2024-11-03 01:59:59.250", Some("2024-11-03T01:59:59.250-05:00")),
            ("America/New_York", "2024-11-03 02:00", None),
            ("America/New_York", "2024-11-03T01:00-04:00", None),
            ("America/New_York", "1730610000", None),
            ("America/New_York", "2024-11-03", None),
            ("America/New_York", "2024-03-10 02:30", None),
            ("Atlantic/Azores", "2021-10-31T00:30Z", None),
            ("Atlantic/Azores", "2021-10-31 00:30", Some("2021-10-31T01:30Z")),
            ("Asia/Shanghai", "2021-03-10 09:00", None),
            ("UTC", "2021-03-10 09:00", None),
        ] {
            let zone = zone.parse().unwrap();
            let second = second.map(|text| parse_span(text, zone, NOW).unwrap());
            assert_eq!(parse_span_again(text, zone, NOW), second, "{text}");
        }
    }

    #[test]
    fn what_names_no_time_is_refused() {
        for text in ["", "tomorrow", "24:00", "9", "9:0", "09:00:60", "09:00.5", "-2x", "-", "2021/3/1"] {
            assert!(parse_span(text, Zone::Utc, NOW).is_err(), "{text}");
        }
        for text in ["", "s", "1.s", "x5", "5 weeks", "99999999999999999999"] {
            assert_eq!(parse_length(text), None, "{text}");
        }
    }
}
