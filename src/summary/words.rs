//! What a summary says in words and numbers.

use crate::finding::Severity;
use crate::lang::{Label, Lang, label, say};
use crate::time::{Clock, Millis};

use super::figures::{DELAYS, Figures};
use super::group::Groups;
use super::text::ends;

pub(super) const EVENTS: Label = label("事件", "events");
pub(super) const PUNCHES: Label = label("打卡", "punches");
pub(super) const EMPLOYEES: Label = label("员工", "employees");
pub(super) const PEOPLE: Label = label("人数", "people");
pub(super) const SHARE: Label = label("占比", "share");
pub(super) const UNTYPED: Label = label("没有类型的事件", "event without a type");

/// What is counted: one, and many.
pub(super) type Noun = (&'static str, &'static str, &'static str);

pub(super) const EVENT_NOUN: Noun = ("个事件", "event", "events");
pub(super) const PUNCH_NOUN: Noun = ("次打卡", "punch", "punches");
const EMPLOYEE_NOUN: Noun = ("名员工", "employee", "employees");
const DAY_NOUN: Noun = ("天", "day", "days");
const TYPE_NOUN: Noun = ("种类型", "type", "types");
const REPEAT_NOUN: Noun = ("次重复投递", "repeated delivery", "repeated deliveries");
const UNREADABLE_NOUN: Noun = ("个无法读取的文档", "unreadable document", "unreadable documents");
const UNWANTED_NOUN: Noun = ("个未选中的事件", "event not selected", "events not selected");
pub(super) const ELSEWHERE_NOUN: Noun = ("个事件在其他日子", "event on other days", "events on other days");
pub(super) const TIMELESS_NOUN: Noun = ("个没有时间的事件", "event without a time", "events without a time");

/// `5,980 punches`, `5,980 次打卡`.
pub(super) fn count_of(count: u64, (zh, one, many): Noun, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} {zh}", number(count)),
        Lang::En => format!("{} {}", number(count), if count == 1 { one } else { many }),
    }
}

/// A number with its thousands apart: `5,980`.
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The share of a part in all: `19.7%`.
pub(super) fn percent(part: u64, all: u64) -> String {
    match all {
        0 => String::new(),
        _ => format!("{:.1}%", part as f64 * 100.0 / all as f64),
    }
}

/// A minute of the day: `09:31`.
pub(super) fn time_of_day(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A moment: `2021-03-10 21:11:56`.
pub(super) fn moment(at: Millis, clock: &mut Clock) -> String {
    let mut text = Vec::new();
    let _ = clock.time_of_table(at.seconds(), &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// A length of time in one unit: `850 ms`, `3.2 s`, `-4.0 min`, `2.5 h`, `12.1 d`.
pub(super) fn length(millis: i64, lang: Lang) -> String {
    let (sign, size) = (if millis < 0 { "-" } else { "" }, millis.unsigned_abs());
    let units = [
        (86_400_000, label("天", "d")),
        (3_600_000, label("小时", "h")),
        (60_000, label("分钟", "min")),
        (1_000, label("秒", "s")),
    ];
    // A minute and a half are more telling as seconds.
    match units.iter().find(|(unit, _)| size >= 2 * unit || (*unit == 1_000 && size >= *unit)) {
        Some((unit, name)) => format!("{sign}{:.1} {}", size as f64 / *unit as f64, name.text(lang)),
        None => format!("{sign}{size} {}", label("毫秒", "ms").text(lang)),
    }
}

/// What a count of delays is of, by its place: `2-5 s`, or what was made before what it tells happened.
pub(super) fn delay(at: usize, lang: Lang) -> String {
    let Some(from) = at.checked_sub(1) else {
        return label("早于发生时间", "before it").text(lang).to_owned();
    };
    match (DELAYS[from], DELAYS.get(from + 1)) {
        (from, Some(to)) => span(from, *to, lang),
        (from, None) => beyond(from, lang),
    }
}

/// From one length to another, whole ones: `2-5 s`, `30 s-1 min`, `under 1 s`.
fn span(from: i64, to: i64, lang: Lang) -> String {
    let (low, high) = (whole(from), whole(to));
    match (from, lang) {
        (0, Lang::En) => format!("under {} {}", high.0, high.1.text(lang)),
        (0, Lang::Zh) => format!("不到 {} {}", high.0, high.1.text(lang)),
        _ if low.1 == high.1 => format!("{}-{} {}", low.0, high.0, high.1.text(lang)),
        _ => format!("{} {}-{} {}", low.0, low.1.text(lang), high.0, high.1.text(lang)),
    }
}

/// From a length on: `over 1 d`.
fn beyond(from: i64, lang: Lang) -> String {
    let (count, unit) = whole(from);
    match lang {
        Lang::En => format!("{count} {} or more", unit.text(lang)),
        Lang::Zh => format!("{count} {}以上", unit.text(lang)),
    }
}

fn whole(millis: i64) -> (i64, Label) {
    match millis {
        86_400_000.. => (millis / 86_400_000, label("天", "d")),
        3_600_000.. => (millis / 3_600_000, label("小时", "h")),
        60_000.. => (millis / 60_000, label("分钟", "min")),
        _ => (millis / 1_000, label("秒", "s")),
    }
}

/// What stands between two things of a list.
pub(super) fn comma(lang: Lang) -> &'static str {
    label("，", ", ").text(lang)
}

/// `, and 3 more`
pub(super) fn and_more(count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("，另有 {count} 种"),
        Lang::En => format!(", and {count} more"),
    }
}

/// What the types beyond those that are listed are called.
pub(super) fn more_types(count: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("其他 {count} 种类型"),
        Lang::En => format!("{count} other {}", if count == 1 { "type" } else { "types" }),
    }
}

/// `5,980 punches by 1,192 employees, 2021-03-10 to 2021-03-12 (+08:00), 3 days`
pub(super) fn headline(figures: &Figures, lang: Lang) -> String {
    let all_punches = figures.punches == figures.events && figures.events > 0;
    let noun = if all_punches { PUNCH_NOUN } else { EVENT_NOUN };
    let mut line = count_of(figures.events, noun, lang);
    let employees = figures.employees() as u64;
    let more = if figures.crowded { "+" } else { "" };
    let types = figures.types().len() as u64;
    if all_punches && employees > 0 {
        let employees = count_of(employees, EMPLOYEE_NOUN, lang).replacen(' ', &format!("{more} "), 1);
        line = match lang {
            Lang::Zh => format!("{employees}的 {line}"),
            Lang::En => format!("{line} by {employees}"),
        };
    } else if types > 1 {
        line = match lang {
            Lang::Zh => format!("{line}，{}", count_of(types, TYPE_NOUN, lang)),
            Lang::En => format!("{line} of {}", count_of(types, TYPE_NOUN, lang)),
        };
    } else if let Some(event) = figures.types().first().and_then(|figures| figures.event) {
        line = match lang {
            Lang::Zh => format!("{line}（{}）", event.title.text(lang)),
            Lang::En => format!("{line} ({})", event.title.text(lang)),
        };
    }
    if let Some([(first, _), (last, _)]) = ends(figures) {
        let zone = zone(figures);
        let day = |text: &str| text.split(' ').next().unwrap_or_default().to_owned();
        let (from, to) = (day(&first), day(&last));
        let days = figures.hours.len() as u64;
        let range = match (from == to, lang) {
            (true, Lang::Zh) => format!("{from}（{zone}）"),
            (true, Lang::En) => format!("{from} ({zone})"),
            (false, Lang::Zh) => format!("{from} 至 {to}（{zone}），共 {}", count_of(days, DAY_NOUN, lang)),
            (false, Lang::En) => format!("{from} to {to} ({zone}), {}", count_of(days, DAY_NOUN, lang)),
        };
        line = format!("{line}{}{range}", comma(lang));
    }
    line
}

/// The zone of days and hours: its offset, where that is the same at the first event and at the last.
pub(super) fn zone(figures: &Figures) -> String {
    match ends(figures) {
        Some([(_, first), (_, last)]) if first == last => first,
        _ => figures.question.zone.to_string(),
    }
}

/// `left out: 60 unreadable documents, 10 URL verifications`; `None` where nothing was.
pub fn left_out(figures: &Figures, lang: Lang) -> Option<String> {
    let counts = [
        (figures.repeats, REPEAT_NOUN),
        (figures.unreadable, UNREADABLE_NOUN),
        (figures.unwanted, UNWANTED_NOUN),
    ];
    let mut parts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| count_of(*count, *noun, lang))
        .collect();
    parts
        .extend(figures.others().map(|other| format!("{} × {}", number(other.count), other.what.text(lang))));
    (!parts.is_empty()).then(|| match lang {
        Lang::Zh => format!("未计入：{}", parts.join("，")),
        Lang::En => format!("left out: {}", parts.join(", ")),
    })
}

/// What is in no row of the groups, or in fewer than it should be, and fields that no event had.
pub fn not_in_rows(figures: &Figures, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    let Groups { left_out, crowded, .. } = figures.groups;
    if left_out > 0 {
        let events = count_of(left_out, EVENT_NOUN, lang);
        said.push(say!(
            lang,
            "有 {events}不在任何一行：分组太多，无法一一区分；可用 --where 或 --since 缩小范围",
            "in no row: {events}; there are more groups than can be told apart, --where or --since takes some"
        ));
    }
    if crowded {
        said.push(say!(
            lang,
            "分组里的人或打卡方式太多，无法一一区分：有些行的人数和方式偏少",
            "groups have more people, or ways, than can be told apart: in some rows there are too few"
        ));
    }
    let nowhere = figures.groups.nowhere(figures.question.by.len());
    said.extend(nowhere.into_iter().map(|at| figures.question.by[at].name.nowhere(lang)));
    said
}

/// The largest of all.
pub const MAX: Label = label("最大", "max");

/// What is said of columns for which a terminal has no room.
pub fn no_room_for(titles: &[String], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("宽度不够，未显示：{}（-o FILE.csv 包含全部）", titles.join("、")),
        Lang::En => format!("not shown for lack of room: {} (-o FILE.csv has all)", titles.join(", ")),
    }
}

/// What a finding weighs, in words.
pub(super) fn severity(severity: Severity) -> Label {
    match severity {
        Severity::Error => label("错误", "error"),
        Severity::Warning => label("警告", "warning"),
        Severity::Note => label("提示", "note"),
    }
}
