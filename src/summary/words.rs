//! What a summary says in words and numbers.

use crate::finding::Severity;
use crate::lang::{Label, Lang, label, say};
use crate::time::{Clock, Millis};

use super::calendar::{Bulk, iso};
use super::figures::{DELAYS, Figures};
use super::group::Groups;

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
const EMPLOYEE_DAY_NOUN: Noun = ("人天", "employee-day", "employee-days");
const DAY_NOUN: Noun = ("天", "day", "days");
const MORE_DAYS_NOUN: Noun = ("天未列出", "more day", "more days");
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

/// How many days of people have punches, and how many of those a single one: `171 employee-days`, `2 with a single punch`.
pub(super) fn employee_days(figures: &Figures, single: u64, lang: Lang) -> Vec<String> {
    let days = figures.days.len() as u64;
    let more = if figures.days.full { "+" } else { "" };
    let all = count_of(days, EMPLOYEE_DAY_NOUN, lang).replacen(' ', &format!("{more} "), 1);
    let mut said = vec![say!(lang, "共 {all}", "{all}")];
    let count = number(single);
    if single == days {
        said.push(say!(lang, "都只有一次打卡", "each with a single punch"));
    } else if single > 0 {
        said.push(say!(lang, "其中 {count} 人天只有一次打卡", "{count} with a single punch"));
    }
    said
}

/// `and 3 more`
pub(super) fn and_more(count: usize, lang: Lang) -> String {
    say!(lang, "另有 {count} 种", "and {count} more")
}

/// What the types beyond those that are listed are called.
pub(super) fn more_types(count: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("其他 {count} 种类型"),
        Lang::En => format!("{count} other {}", if count == 1 { "type" } else { "types" }),
    }
}

/// `5,980 punches by 1,192 employees, 2021-03-10 to 2021-03-12 (+08:00), 3 days`, as its parts.
pub(super) fn headline(figures: &Figures, lang: Lang) -> Vec<String> {
    let all_punches = is_of_punches(figures);
    let mut line = count_of(figures.events, noun(figures), lang);
    let employees = figures.employees() as u64;
    let more = if figures.crowded { "+" } else { "" };
    let types = figures.types().len() as u64;
    if all_punches && employees > 0 {
        let employees = count_of(employees, EMPLOYEE_NOUN, lang).replacen(' ', &format!("{more} "), 1);
        line = say!(lang, "{employees}的 {line}", "{line} by {employees}");
    } else if types > 1 {
        let types = count_of(types, TYPE_NOUN, lang);
        line = say!(lang, "{line}，{types}", "{line} of {types}");
    } else if let Some(event) = figures.types().first().and_then(|figures| figures.event) {
        let title = event.title.text(lang);
        line = say!(lang, "{line}（{title}）", "{line} ({title})");
    }
    let mut parts = vec![line];
    if let Some(Bulk { ends: (first, last), far }) = Bulk::of(figures) {
        let (from, to, zone) = (iso(first), iso(last), zone(figures));
        if first == last {
            parts.push(say!(lang, "{from}（{zone}）", "{from} ({zone})"));
        } else {
            let days = count_of((figures.hours.len() - far.len()) as u64, DAY_NOUN, lang);
            parts.push(say!(lang, "{from} 至 {to}（{zone}）", "{from} to {to} ({zone})"));
            parts.push(say!(lang, "共 {days}", "{days}"));
        }
    }
    parts
}

/// What is said of events so far from the others that the headline leaves their days out:
/// `1 punch far from the others: 1970-01-01`, as its parts.
pub(super) fn far(figures: &Figures, lang: Lang) -> Vec<String> {
    /// More days are no help.
    const MOST: usize = 3;
    let far = Bulk::of(figures).map(|bulk| bulk.far).unwrap_or_default();
    let mut days: Vec<String> = far.iter().take(MOST).map(|(day, _)| iso(*day)).collect();
    if let Some(first) = days.first_mut() {
        let count = count_of(far.iter().map(|(_, count)| count).sum(), noun(figures), lang);
        *first = say!(lang, "{count}远离其他日期：{first}", "{count} far from the others: {first}");
    }
    if far.len() > MOST {
        days.push(count_of((far.len() - MOST) as u64, MORE_DAYS_NOUN, lang));
    }
    days
}

/// Whether all events are punches.
pub(super) fn is_of_punches(figures: &Figures) -> bool {
    figures.punches == figures.events && figures.events > 0
}

/// What the events of some figures are called.
pub(super) fn noun(figures: &Figures) -> Noun {
    if is_of_punches(figures) { PUNCH_NOUN } else { EVENT_NOUN }
}

/// The zone of days and hours: its offset, where that is the same at all events.
pub(super) fn zone(figures: &Figures) -> String {
    let zone = figures.question.zone;
    let is_same = figures.offsets.is_some_and(|[least, most]| least == most);
    let first = figures.times.filter(|_| is_same).map(|[(first, _), _]| Millis(first).seconds());
    let offset = first.and_then(|first| Clock::new(zone).offset_text(first).map(str::to_owned));
    offset.unwrap_or_else(|| zone.to_string())
}

/// `left out: 60 unreadable documents, 10 URL verifications`; `None` where nothing was.
pub fn left_out(figures: &Figures, lang: Lang) -> Option<String> {
    let parts = left_out_parts(figures, lang);
    (!parts.is_empty()).then(|| parts.join(comma(lang)))
}

/// The same as its parts.
pub(super) fn left_out_parts(figures: &Figures, lang: Lang) -> Vec<String> {
    let counts = [
        (figures.repeats, REPEAT_NOUN),
        (figures.unreadable, UNREADABLE_NOUN),
        (figures.unwanted, UNWANTED_NOUN),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let mut parts: Vec<String> = counts.map(|(count, noun)| count_of(count, noun, lang)).collect();
    parts
        .extend(figures.others().map(|other| format!("{} × {}", number(other.count), other.what.text(lang))));
    if let Some(first) = parts.first_mut() {
        *first = say!(lang, "未计入：{first}", "left out: {first}");
    }
    parts
}

/// What is in no row of the groups, or in fewer than it should be, and fields that no event had.
pub fn not_in_rows(figures: &Figures, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    let Groups { left_out, crowded, .. } = figures.groups;
    let by = &figures.question.by;
    if left_out > 0 {
        let events = count_of(left_out, EVENT_NOUN, lang);
        said.push(say!(
            lang,
            "有 {events}不在任何一行：分组太多，无法一一区分；可用 --where 或 --since 缩小范围",
            "in no row: {events}; there are more groups than can be told apart, --where or --since takes some"
        ));
    }
    if crowded || figures.crowded && !by.is_empty() {
        said.push(say!(
            lang,
            "分组里的人或打卡方式太多，无法一一区分：有些行的人数和方式偏少",
            "groups have more people, or ways, than can be told apart: in some rows there are too few"
        ));
    }
    said.extend(figures.groups.nowhere(by.len()).into_iter().map(|at| by[at].name.nowhere(lang)));
    said
}

/// The largest of all.
pub const MAX: Label = label("最大", "max");

/// What is said of columns for which a terminal has no room.
pub fn no_room_for(titles: &[String], lang: Lang) -> String {
    let titles = titles.join(label("、", ", ").text(lang));
    say!(
        lang,
        "宽度不够，未显示：{titles}（-o FILE.csv 包含全部）",
        "not shown for lack of room: {titles} (-o FILE.csv has all)"
    )
}

/// What a finding weighs, in words.
pub(super) fn severity(severity: Severity) -> Label {
    match severity {
        Severity::Error => label("错误", "error"),
        Severity::Warning => label("警告", "warning"),
        Severity::Note => label("提示", "note"),
    }
}
