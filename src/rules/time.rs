//! Rules about moments. A payload mixes seconds (`check_time`) and milliseconds (`create_time`), both as strings.

use crate::catalog::Kind;
use crate::finding::{Rule, Severity, Sink, Words};
use crate::json::digits_end;
use crate::lang::{Lang, label, say};
use crate::time::{Clock, Millis, Seconds, Unit, Zone, parse_moment};

use super::shape::kind_words;
use super::site::{Site, string_text};
use super::value::{accept_integer, closed};

/// Not a string of digits.
pub static NOT_A_TIMESTAMP: Rule = Rule {
    code: "not-a-timestamp",
    severity: Severity::Error,
    summary: label("时间不是纯数字", "a time is not written in digits alone"),
    why: label(
        "时间在传输时是十进制数字组成的字符串：没有符号、前导零、小数或日期格式（只有 v1 事件的 `ts` 带小\
         数）。像 2021-03-10 21:11:56 这样的文本，是被工具格式化过的。日期则是 yyyymmdd 形式的整数。",
        "Times are strings of decimal digits on the wire: no sign, no leading zero, no fraction, no date (`ts` of a \
         v1 event alone has a fraction). A text such as 2021-03-10 21:11:56 was put there by a tool that formatted \
         it. A day is the integer yyyymmdd.",
    ),
    wrong: r#"{.., "event": {.., "check_time": "2021-03-10 21:11:56"}}"#,
    right: r#"{.., "event": {.., "check_time": "1615381916"}}"#,
};

/// The magnitude is that of another unit.
pub static TIMESTAMP_UNIT: Rule = Rule {
    code: "timestamp-unit",
    severity: Severity::Error,
    summary: label("时间的单位与文档不一致", "a time is in another unit than documented"),
    why: label(
        "`check_time` 以秒为单位（目前是 10 位数字），`create_time` 以毫秒为单位（13 位），卡片回调使用微\
         秒。多除或少除了几个 10，读出来就是 1970 年或 53159 年。",
        "`check_time` is in seconds (10 digits today), `create_time` in milliseconds (13 digits), and card callbacks \
         use microseconds. A reader that divides by the wrong power of ten lands in 1970 or in the year 53159.",
    ),
    wrong: r#"{.., "event": {.., "check_time": "1615381916000"}}"#,
    right: r#"{.., "event": {.., "check_time": "1615381916"}}"#,
};

/// A moment that cannot be meant.
pub static IMPLAUSIBLE_TIME: Rule = Rule {
    code: "implausible-time",
    severity: Severity::Warning,
    summary: label("时间早于 2015 年，或在遥远的将来", "a time is before 2015 or in the far future"),
    why: label(
        "2015 年之前平台还不存在，而事件的时间不可能比事件的创建时间晚一年以上。零和很小的数字，通常是没\
         有赋值的默认值。",
        "The platform did not exist before 2015, and the moment of an event cannot lie more than a year after the \
         event was created. Zero and small numbers are usually a default value that nobody set.",
    ),
    wrong: r#"{.., "event": {.., "check_time": "0"}}"#,
    right: r#"{.., "event": {.., "check_time": "1615381916"}}"#,
};

/// The punch is later than the event that announces it.
pub static PUNCH_AFTER_EVENT: Rule = Rule {
    code: "punch-after-event",
    severity: Severity::Warning,
    summary: label("打卡时间晚于通知它的事件", "the punch is later than the event that announces it"),
    why: label(
        "事件在它所通知的事情发生之后才创建：`header.create_time` 应晚于 `event.check_time`，一般差一两秒。\
         如果不是这样，说明时钟不准，或者内容是手工拼凑的。",
        "An event is created after the thing it tells of: `header.create_time` follows `event.check_time`, by a \
         second or two as a rule. When it does not, a clock is wrong or the payload was put together by hand.",
    ),
    wrong: r#"{.., "header": {.., "create_time": "1615381917707"}, "event": {.., "check_time": "1615385516"}}"#,
    right: r#"{.., "header": {.., "create_time": "1615381917707"}, "event": {.., "check_time": "1615381916"}}"#,
};

/// 2015-01-01T00:00:00Z, before which the platform had no attendance.
const EARLIEST: Seconds = Seconds(1_420_070_400);

/// A year: how far after its event a moment may lie before it is implausible.
const FAR: i64 = 366 * 86_400;

/// Accepts up to fifteen digits, no idle zero before them: one past their quote, and the number that they write.
#[inline(always)]
pub(super) fn accept_digits(text: &[u8], at: usize) -> Option<(usize, i64)> {
    let (end, number) = accept_integer(text, at)?;
    Some((closed(text, end)?, number))
}

/// Judges the digits between the quotes of a string, and returns the number that they write. Within a list nothing has a
/// slot, so moments are judged here; the others when the document is whole.
pub(super) fn digits(site: &Site<'_>, unit: Unit, sink: &mut impl Sink) -> Option<i64> {
    let number = parse_digits(site.body());
    match number {
        // Where nothing must be there, an empty text is nothing.
        None if site.body().is_empty() && !site.field.presence.is_missed() => {}
        None => not_a_timestamp(site, unit, sink),
        Some(value) => alone(site, value, unit, sink),
    }
    number
}

/// Judges an integer that counts from 1970, and returns it.
pub(super) fn count(site: &Site<'_>, unit: Unit, sink: &mut impl Sink) -> Option<i64> {
    let number = site.integer();
    match number {
        None => not_a_timestamp(site, unit, sink),
        Some(value) => alone(site, value, unit, sink),
    }
    number
}

/// Judges a moment that has no slot.
fn alone(site: &Site<'_>, value: i64, unit: Unit, sink: &mut impl Sink) {
    if !site.slotted
        && let Some(trouble) = moment(value, unit, None, false)
    {
        trouble.report(site, sink);
    }
}

/// Judges a day, or a day and time without a zone. Where nothing must be there, an empty text is nothing.
pub(super) fn written(site: &Site<'_>, sink: &mut impl Sink) {
    let text = string_text(site.raw());
    let text = text.trim();
    let is_date = |date: &str| date.parse::<chrono::NaiveDate>().is_ok() && date.len() == 10;
    let good = match (site.kind, text.split_once([' ', 'T'])) {
        (Kind::DateTime, Some((date, time))) => is_date(date) && time.parse::<chrono::NaiveTime>().is_ok(),
        _ => is_date(text),
    };
    if !good && !text.is_empty() {
        not_written(site, sink);
    }
}

/// Judges a moment by RFC 3339. Returns its milliseconds. Where nothing must be there, an empty text is nothing.
pub(super) fn rfc3339(site: &Site<'_>, sink: &mut impl Sink) -> Option<i64> {
    let text = string_text(site.raw());
    let moment = Millis::of_rfc3339(text.trim());
    if moment.is_none() && !text.trim().is_empty() {
        not_written(site, sink);
    }
    moment.map(|at| at.0)
}

#[cold]
fn not_written(site: &Site<'_>, sink: &mut impl Sink) {
    site.report(&NOT_A_TIMESTAMP, sink, |lang| {
        let (name, found, expected) = (site.name(), site.quoted(lang), kind_words(site.kind, lang));
        let message =
            say!(lang, "{name} 应为{expected}，实际是 {found}", "{name} must be {expected}, not {found}");
        Words::new(message).expected(expected).found(found)
    });
}

/// Judges the digits of a duration or of a time of day.
pub(super) fn amount(site: &Site<'_>, sink: &mut impl Sink) {
    let text = string_text(site.raw());
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.strip_prefix('-').unwrap_or(&text);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let good = text.is_empty() || digits(whole) && digits(fraction);
    if !good {
        site.report(&NOT_A_TIMESTAMP, sink, |lang| {
            let (name, found) = (site.name(), site.quoted(lang));
            Words::new(say!(lang, "{name} 应为数字，实际是 {found}", "{name} must be digits, not {found}"))
                .expected(kind_words(site.kind, lang))
                .found(found)
        });
    }
}

/// The number that these digits write.
fn parse_digits(body: &[u8]) -> Option<i64> {
    if body.is_empty() || body.len() > 19 || (body[0] == b'0' && body.len() > 1) {
        return None;
    }
    let mut number: u64 = 0;
    for byte in body {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        // At most 19 digits fit a u64.
        number = number * 10 + u64::from(digit);
    }
    i64::try_from(number).ok()
}

#[cold]
#[inline(never)]
fn not_a_timestamp(site: &Site<'_>, unit: Unit, sink: &mut impl Sink) {
    site.report(&NOT_A_TIMESTAMP, sink, |lang| {
        let (name, found, zone, body) = (site.name(), site.quoted(lang), site.zone, site.body());
        let digits = body.iter().all(u8::is_ascii_digit);
        let message = match body {
            [b'0', _, ..] if digits => {
                say!(lang, "{name} 不能以零开头：{found}", "{name} must not begin with a zero: {found}")
            }
            [_, ..] if digits => say!(
                lang,
                "{name} 应为 64 位以内的数字，实际是 {found}",
                "{name} must be a number that fits 64 bits, not {found}"
            ),
            _ => say!(lang, "{name} 应为纯数字，实际是 {found}", "{name} must be digits alone, not {found}"),
        };
        let help = match body {
            [] => Some(say!(
                lang,
                "飞书的命令行工具丢失它时会写成空字符串：请抓取请求体本身",
                "the command line of Feishu writes it empty where it lost it: capture the body itself"
            )),
            _ if parse_digits(body.trim_ascii()).is_some() => {
                Some(say!(lang, "去掉空白", "take the white space off"))
            }
            _ if digits => None,
            _ => parse_moment(&string_text(site.raw()), zone).ok().map(|moment| {
                let value = convert(moment.0, Unit::Millis, unit);
                let of = match zone {
                    Zone::Local => "本机时区".to_owned(),
                    zone => format!("时区 {zone} "),
                };
                say!(
                    lang,
                    "如果它是{of}的时间，写 \"{value}\"（--tz 可改用其他时区）",
                    "write \"{value}\", if it is a time in the zone {zone} (--tz takes another)"
                )
            }),
        };
        Words::new(message).expected(kind_words(site.kind, lang)).found(found).maybe_help(help)
    });
}

/// `ts` of a v1 event: seconds with a fraction, `1502199207.7171419`.
pub(crate) fn millis_of_fraction(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let thousandths =
        fraction.bytes().chain(*b"000").take(3).fold(0, |all, digit| all * 10 + i64::from(digit - b'0'));
    whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(thousandths)
}

/// Accepts seconds with a fraction that are a plausible moment: one past their quote, and their milliseconds.
pub(super) fn accept_fraction(text: &[u8], at: usize) -> Option<(usize, i64)> {
    let point = digits_end(text, at);
    let end = if text.get(point) == Some(&b'.') { digits_end(text, point + 1) } else { point };
    let millis = millis_of_fraction(str::from_utf8(&text[at..end]).ok()?)?;
    let trouble = moment(millis / 1000, Unit::Seconds, None, true);
    trouble.is_none().then_some((closed(text, end)?, millis))
}

/// Judges `text`, seconds with a fraction, which is the string at `site`: its milliseconds.
#[cold]
pub fn fraction(text: &str, site: &Site<'_>, sink: &mut impl Sink) -> Option<i64> {
    let millis = millis_of_fraction(text);
    match millis.map(|millis| moment(millis / 1000, Unit::Seconds, None, true)) {
        None => site.report(&NOT_A_TIMESTAMP, sink, |lang| {
            let (name, found) = (site.name(), site.quoted(lang));
            let message = say!(
                lang,
                "{name} 应为带小数的秒数，实际是 {found}",
                "{name} must be seconds with a fraction, not {found}"
            );
            let expected =
                say!(lang, "形如 \"1502199207.7171419\" 的字符串", "a string such as \"1502199207.7171419\"");
            Words::new(message).expected(expected).found(found)
        }),
        Some(trouble) => trouble.into_iter().for_each(|trouble| trouble.report(site, sink)),
    }
    millis
}

/// Judges a day, the integer yyyymmdd, and returns it.
pub(super) fn day(site: &Site<'_>, sink: &mut impl Sink) -> Option<i64> {
    let value = site.integer();
    let plausible = value.is_some_and(|day| {
        let (year, month, day) = (day / 10_000, day / 100 % 100, day % 100);
        (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    });
    if !plausible {
        site.report(&NOT_A_TIMESTAMP, sink, |lang| {
            let (name, found) = (site.name(), site.quoted(lang));
            let message = say!(
                lang,
                "{name} 应为形如 yyyymmdd 的日期，实际是 {found}",
                "{name} must be a day yyyymmdd, not {found}"
            );
            let expected =
                say!(lang, "形如 yyyymmdd 的整数，例如 20210310", "an integer yyyymmdd, such as 20210310");
            Words::new(message).expected(expected).found(found)
        });
    }
    value
}

/// What is the matter with a moment.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    /// Its magnitude is that of another unit, `guess`.
    Unit {
        /// What is written.
        value: i64,
        /// The documented unit.
        unit: Unit,
        /// The unit that it looks like.
        guess: Unit,
    },
    /// It cannot be meant.
    Implausible {
        /// The moment.
        seconds: Seconds,
        /// Whether it is too late, and not too early.
        late: bool,
    },
}

/// Judges a moment written as `value` in what should be `unit`. `created` is when the event was created, unless this
/// is that very field. `recent` says that it is a moment of the event itself: others may be long past (when somebody
/// joined), far off (when a contract ends), or 0 for none.
#[inline]
pub fn moment(value: i64, unit: Unit, created: Option<Millis>, recent: bool) -> Option<Trouble> {
    match Unit::guess(value) {
        Some(guess) if guess == unit => {}
        Some(guess) => return Some(Trouble::Unit { value, unit, guess }),
        // Too small for any unit: implausible in the documented one.
        None => {}
    }
    let seconds = unit.to_seconds(value);
    let late = created.is_some_and(|created| seconds.0 > created.seconds().0.saturating_add(FAR));
    (recent && (seconds < EARLIEST || late)).then_some(Trouble::Implausible { seconds, late })
}

impl Trouble {
    /// Says it of the value at `site`.
    #[cold]
    pub fn report(self, site: &Site<'_>, sink: &mut impl Sink) {
        match self {
            Trouble::Unit { value, unit, guess } => wrong_unit(site, value, unit, guess, sink),
            Trouble::Implausible { seconds, late } => implausible(site, seconds, late, sink),
        }
    }
}

fn wrong_unit(site: &Site<'_>, value: i64, unit: Unit, guess: Unit, sink: &mut impl Sink) {
    site.report(&TIMESTAMP_UNIT, sink, |lang| {
        let (name, digits, mended) = (site.name(), value.to_string().len(), convert(value, guess, unit));
        let year = year_words(unit.to_seconds(value), lang);
        let when = said(guess.to_seconds(value), site.zone, lang);
        let [unit, guess] = [unit, guess].map(|unit| unit.label().text(lang));
        let message = say!(
            lang,
            "{name} 应以{unit}为单位；{digits} 位数字看起来是{guess}",
            "{name} must be {unit}; {digits} digits look like {guess}"
        );
        Words::new(message)
            .caret(say!(lang, "按{unit}算是 {year}", "as {unit} this is {year}"))
            .expected(say!(lang, "自 1970 年起的{unit}数", "{unit} since 1970"))
            .found(say!(lang, "{guess}（按数值大小判断）", "{guess} (by its magnitude)"))
            .help(say!(lang, "写 \"{mended}\"（{when}）", "write \"{mended}\" ({when})"))
    });
}

/// A moment in another unit.
fn convert(value: i64, from: Unit, to: Unit) -> i128 {
    i128::from(value) * i128::from(to.per_second()) / i128::from(from.per_second())
}

fn said(at: Seconds, zone: Zone, lang: Lang) -> String {
    Clock::new(zone).say_seconds(at).unwrap_or_else(|| year_words(at, lang))
}

fn year_words(seconds: Seconds, lang: Lang) -> String {
    // A mean year is exact enough for "the year 53159".
    let year = 1970 + seconds.0.div_euclid(31_556_952);
    say!(lang, "{year} 年", "the year {year}")
}

fn implausible(site: &Site<'_>, seconds: Seconds, late: bool, sink: &mut impl Sink) {
    site.report(&IMPLAUSIBLE_TIME, sink, |lang| {
        let (name, when) = (site.name(), said(seconds, site.zone, lang));
        let message = match late {
            true => say!(
                lang,
                "{name} 是 {when}，比事件的创建时间晚一年以上",
                "{name} is {when}, more than a year after the event was created"
            ),
            false => say!(lang, "{name} 是 {when}，早于 2015 年", "{name} is {when}, before 2015"),
        };
        Words::new(message).expected(say!(lang, "事件的时间", "the time of the event")).found(when)
    });
}

/// Whether what happened did so after the event that tells of it. Both are known to be in their units.
#[inline]
pub fn is_after(punched: Seconds, created: Millis) -> bool {
    // The punch is cut to the second, so the comparison is in seconds too.
    punched > created.seconds()
}

/// Says that it did.
#[cold]
pub fn punch_after_event(site: &Site<'_>, punched: Seconds, created: Millis, sink: &mut impl Sink) {
    site.report(&PUNCH_AFTER_EVENT, sink, |lang| {
        let (name, most) = (site.name(), created.seconds().0);
        let after = punched.0 - most;
        let message = say!(
            lang,
            "{name} 比 `header.create_time` 晚 {after} 秒",
            "{name} is {after} s after `header.create_time`"
        );
        let [at, latest] = [punched, created.seconds()].map(|at| said(at, site.zone, lang));
        Words::new(message)
            .caret(at)
            .expected(say!(lang, "不大于 {most}（{latest}）", "at most {most} ({latest})"))
            .found(punched.0.to_string())
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v1_times() {
        for (text, millis) in [
            ("1502199207.7171419", Some(1_502_199_207_717)),
            ("1502199207", Some(1_502_199_207_000)),
            ("1502199207.7", Some(1_502_199_207_700)),
            ("-1.5", None),
            (".5", None),
            ("x", None),
            ("99999999999999999999.1", None),
        ] {
            assert_eq!(millis_of_fraction(text), millis, "{text}");
        }
    }
}
