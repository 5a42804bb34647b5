//! Tables: types and their values, what stands out among punches, who came when, and groups.

use std::collections::BTreeSet;

use crate::export::{Datum, Holds, Table, TableColumn};
use crate::lang::{Label, Lang, label, say};
use crate::summary::calendar::{date, weekday};
use crate::summary::choices::Said;
use crate::summary::figures::{FieldFigures, Figures, TypeFigures};
use crate::summary::rows::cell_text;
use crate::summary::words::{self, count_of, number};
use crate::terminal::sanitize::capital;
use crate::time::Clock;

use super::markup::{Markup, PLAIN};
use super::plots::share;

/// So much of everything is on the page; of the rest it says how much it is.
const MOST_TYPES: usize = 25;
const MOST_DETAILED: usize = 20;
const MOST_FIELDS: usize = 12;
const MOST_VALUES: usize = 12;
const MOST_OFTEN: usize = 5;
const MOST_PEOPLE: usize = 200;
const MOST_DAYS: usize = 31;
const MOST_RISKY: usize = 200;
const MOST_GROUPS: usize = 500;

/// With more days than these, a table is for paper that lies on its side.
const DAYS_OF_A_PAGE: usize = 10;

/// What a value is called.
fn value(page: &mut Markup<'_>, said: &Said) {
    match said.label {
        Some(label) => page.say(label),
        None => page.payload(&said.raw),
    }
}

/// The title of a field or of a type, as it begins a line.
fn title(page: &Markup<'_>, title: Label) -> String {
    capital(title.text(page.lang))
}

/// How much of something is not on the page, if any is.
fn rest(page: &mut Markup<'_>, text: Option<String>) {
    if let Some(text) = text {
        page.leaf("p", &[("class", "legend")], &text);
    }
}

/// Events by type.
pub(super) fn types(figures: &Figures, page: &mut Markup<'_>) {
    let types = figures.types();
    if types.len() < 2 {
        return;
    }
    page.section("types", label("类型", "Types"), |page| {
        let lang = page.lang;
        let columns = [
            (label("类型", "type").text(lang), "name"),
            ("", "picture"),
            (words::EVENTS.text(lang), "number"),
            (words::SHARE.text(lang), "number"),
        ];
        let more: u64 = types.iter().skip(MOST_TYPES).map(|figures| figures.events).sum();
        let more = more + figures.of_more_types;
        let largest = types.first().map_or(1, |figures| figures.events).max(more);
        page.table("plot types", &columns, |page| {
            for of in types.iter().take(MOST_TYPES) {
                share(page, &|page| type_name(page, of), of.events, largest, figures.events);
            }
            if more > 0 {
                let name = words::more_types(types.len().saturating_sub(MOST_TYPES) as u64, lang);
                share(page, &|page| page.text(&name), more, largest, figures.events);
            }
        });
    });
}

/// The title of a type, and its name.
fn type_name(page: &mut Markup<'_>, of: &TypeFigures) {
    match of.event {
        Some(event) => {
            page.text(&title(page, event.title));
            page.element("code", PLAIN, |page| page.payload(&of.name));
        }
        None if of.name.is_empty() => page.say(words::UNTYPED),
        None => page.element("code", PLAIN, |page| page.payload(&of.name)),
    }
}

/// The most frequent values of the types, but for punches, which have tables of their own.
pub(super) fn choices(figures: &Figures, page: &mut Markup<'_>) {
    let types = figures.types();
    let telling = |of: &&&TypeFigures| !of.is_punch() && of.fields.iter().any(FieldFigures::is_telling);
    let all: Vec<_> = types.iter().filter(telling).collect();
    if all.is_empty() {
        return;
    }
    page.section("choices", label("各类型的取值", "Values by type"), |page| {
        page.element("div", &[("class", "columns")], |page| {
            for of in all.iter().take(MOST_DETAILED) {
                page.element("div", &[("class", "block")], |page| {
                    page.element("h3", PLAIN, |page| {
                        page.text(&of.event.map_or(String::new(), |event| title(page, event.title)));
                        page.element("span", &[("class", "aside")], |page| {
                            page.text(&count_of(of.events, words::EVENT_NOUN, page.lang));
                        });
                    });
                    page.element("dl", &[("class", "choices")], |page| {
                        let telling = of.fields.iter().filter(|field| field.is_telling());
                        let fields: Vec<_> = telling.take(MOST_FIELDS).collect();
                        fields.iter().for_each(|field| choice(page, field, &fields));
                    });
                });
            }
        });
        let more = all.len().saturating_sub(MOST_DETAILED) as u64;
        let text = match page.lang {
            Lang::Zh => format!("另有 {} 种类型未列出", number(more)),
            Lang::En => format!("not listed here: {}", words::more_types(more, Lang::En)),
        };
        rest(page, (more > 0).then_some(text));
    });
}

/// A field of some with its values.
fn choice(page: &mut Markup<'_>, field: &FieldFigures, all: &[&FieldFigures]) {
    let title = field.field.field.title;
    page.element("dt", PLAIN, |page| {
        page.say(title);
        // Before and after a change, fields have one title.
        if all.iter().filter(|other| other.field.field.title == title).count() > 1 {
            page.leaf("code", &[("translate", "no")], &field.field.name);
        }
    });
    page.element("dd", PLAIN, |page| {
        let values = field.frequent();
        for (at, of) in values.iter().take(MOST_VALUES).enumerate() {
            if at > 0 {
                page.text(words::comma(page.lang));
            }
            page.element("span", &[("class", if of.said.alarm { "alarm" } else { "value" })], |page| {
                value(page, &of.said);
                page.leaf("b", PLAIN, &format!(" {}", number(of.events)));
            });
        }
        if values.len() > MOST_VALUES {
            page.text(words::comma(page.lang));
            page.text(&words::and_more(values.len() - MOST_VALUES, page.lang));
        }
    });
}

/// How punches were made, and what stands out among them.
pub(super) fn punches(figures: &Figures, page: &mut Markup<'_>) {
    let Some(of) = figures.punch_type() else { return };
    let (ways, notable): (Vec<_>, Vec<_>) = (of.ways().collect(), of.notable().collect());
    if ways.is_empty() && notable.is_empty() {
        return;
    }
    page.section("punches", label("打卡方式与风险", "Ways and risks"), |page| {
        let lang = page.lang;
        let punches = (words::PUNCHES.text(lang), "number");
        for (field, values) in ways {
            let columns = [
                (field.field.field.title.text(lang), "name"),
                ("", "picture"),
                punches,
                (words::SHARE.text(lang), "number"),
            ];
            let largest = values.first().map_or(1, |value| value.events);
            page.table("plot", &columns, |page| {
                for of_value in values {
                    share(page, &|page| value(page, &of_value.said), of_value.events, largest, of.events);
                }
            });
        }
        if notable.is_empty() {
            return;
        }
        let columns = [
            (label("风险与地点", "risk and place").text(lang), "name"),
            (label("最多的是", "most often").text(lang), "picture"),
            punches,
            (words::PEOPLE.text(lang), "number"),
        ];
        page.table("plot", &columns, |page| {
            for (field, of_value) in notable {
                page.element("tr", PLAIN, |page| {
                    page.element("th", &[("scope", "row")], |page| match of_value.said.alarm {
                        true => {
                            page.element("span", &[("class", "alarm")], |page| value(page, &of_value.said))
                        }
                        false => page.say(field.field.field.title),
                    });
                    page.element("td", &[("class", "picture who")], |page| {
                        // Who has an ordinary thing most often says nothing.
                        let who = of_value.who(if of_value.said.alarm { MOST_OFTEN } else { 0 });
                        for (at, (person, times)) in who.into_iter().enumerate() {
                            page.text(if at > 0 { ", " } else { "" });
                            page.payload(figures.people.get(person).unwrap_or_default());
                            page.text(&if times > 1 { format!(" ×{times}") } else { String::new() });
                        }
                    });
                    page.number(&number(of_value.events));
                    page.number(&number(of_value.people.len() as u64));
                });
            }
        });
    });
}

/// Who came when on which day.
pub(super) fn people(figures: &Figures, page: &mut Markup<'_>) {
    let (mut people, mut days) = (BTreeSet::new(), BTreeSet::new());
    for (person, day, _) in figures.days.all() {
        people.insert((figures.people.get(person).unwrap_or_default(), person));
        days.insert(day);
    }
    if people.is_empty() {
        return;
    }
    let lang = page.lang;
    let late = figures.first_and_last().0.at(0.9);
    let (people_left, days_left) =
        (people.len().saturating_sub(MOST_PEOPLE), days.len().saturating_sub(MOST_DAYS));
    let days: Vec<i32> = days.into_iter().skip(days_left).collect();
    page.section("people", label("员工与日期", "People by day"), |page| {
        let mut about = label(
            "每人每天最早与最晚打卡的时间；只有一个时间表示当天只打过一次卡。",
            "The first and the last punch of everybody on each day; one time alone is a single punch.",
        )
        .text(lang)
        .to_owned();
        if let Some(late) = late.map(words::time_of_day) {
            about.push_str(&say!(
                lang,
                "加粗的最早打卡晚于 {late}，即晚于全部人天的九成。",
                " Where the first is bold it is after {late}, later than nine in ten of all."
            ));
        }
        page.leaf("p", &[("class", "about")], &about);
        let class = if days.len() > DAYS_OF_A_PAGE { "days many" } else { "days" };
        page.scroll(label("员工与日期", "People by day").text(lang), |page| {
            page.element("table", &[("class", class)], |page| {
                page.element("thead", PLAIN, |page| {
                    page.element("tr", PLAIN, |page| {
                        page.leaf("th", &[("scope", "col")], label("员工", "employee").text(lang));
                        let mut year = None;
                        for day in &days {
                            let (of_day, month, of_month) = date(*day);
                            page.element("th", &[("scope", "col")], |page| {
                                if year.replace(of_day) != Some(of_day) {
                                    page.text(&of_day.to_string());
                                    page.void("br", PLAIN);
                                }
                                page.text(&format!("{month:02}-{of_month:02}"));
                                page.void("br", PLAIN);
                                page.text(weekday(*day, lang));
                            });
                        }
                    });
                });
                page.element("tbody", PLAIN, |page| {
                    for (name, person) in people.into_iter().take(MOST_PEOPLE) {
                        page.element("tr", PLAIN, |page| {
                            page.element("th", &[("scope", "row")], |page| page.payload(name));
                            for day in &days {
                                came(page, figures.days.get(person, *day), late);
                            }
                        });
                    }
                });
            });
        });
        let people = (people_left > 0).then(|| {
            let people = number(people_left as u64);
            say!(lang, "{people} 名员工", "{people} more employees")
        });
        let days = (days_left > 0).then(|| {
            let days = number(days_left as u64);
            say!(lang, "{days} 天更早的记录", "{days} earlier days")
        });
        let left: Vec<String> = people.into_iter().chain(days).collect();
        let left = (!left.is_empty()).then(|| {
            let left = left.join(label("，以及 ", " and ").text(lang));
            say!(
                lang,
                "另有 {left}未列出；larkspect summary --by employee_id,day -o people.xlsx 列出全部",
                "{left} are not listed here; larkspect summary --by employee_id,day -o people.xlsx has all"
            )
        });
        rest(page, left);
    });
}

/// The first and the last punch of a day.
fn came(page: &mut Markup<'_>, did: Option<crate::summary::PersonDay>, late: Option<u32>) {
    page.element("td", PLAIN, |page| {
        let Some(did) = did else { return };
        let (first, last) = (did.first / 60, did.last / 60);
        let tag = if late.is_some_and(|late| first > late) { "b" } else { "span" };
        page.leaf(tag, PLAIN, &words::time_of_day(first));
        if did.punches > 1 {
            page.void("br", PLAIN);
            page.text(&words::time_of_day(last));
        }
    });
}

/// Punches of which a reader should be warned.
pub(super) fn risky(figures: &Figures, page: &mut Markup<'_>) {
    if figures.risky.is_empty() {
        return;
    }
    page.section("risky", label("有风险的打卡", "Risky punches"), |page| {
        let lang = page.lang;
        let columns = [
            (label("时间", "time"), "name"),
            (label("员工", "employee"), ""),
            (label("风险", "risk"), ""),
            (label("地点", "place"), ""),
            (label("记录", "record"), ""),
            (label("文件与行", "file and line"), ""),
        ]
        .map(|(title, class)| (title.text(lang), class));
        let mut clock = Clock::new(figures.question.zone);
        page.scroll(label("有风险的打卡", "Risky punches").text(lang), |page| {
            page.table("list", &columns, |page| {
                for punch in figures.risky.iter().take(MOST_RISKY) {
                    page.element("tr", PLAIN, |page| {
                        let at = punch.at.map(|at| words::moment(at, &mut clock)).unwrap_or_default();
                        page.leaf("th", &[("scope", "row")], &at);
                        page.element("td", PLAIN, |page| page.payload(&punch.person));
                        page.element("td", &[("class", "alarm")], |page| {
                            for (number, said) in punch.risks.iter().enumerate() {
                                page.text(if number > 0 { ", " } else { "" });
                                value(page, said);
                            }
                        });
                        for text in [&punch.place, &punch.record, &format!("{}:{}", punch.file, punch.line)] {
                            page.element("td", PLAIN, |page| page.payload(text));
                        }
                    });
                }
            });
        });
        let more = figures.risky_punches.saturating_sub(figures.risky.len().min(MOST_RISKY) as u64);
        let text = match lang {
            Lang::Zh => format!("另有 {} 次有风险的打卡未列出", number(more)),
            Lang::En => format!("{} more are not listed here", number(more)),
        };
        rest(page, (more > 0).then_some(text));
    });
}

/// Groups, where they were asked for.
pub(super) fn groups(figures: &Figures, groups: &Table<'_>, page: &mut Markup<'_>) {
    page.section("groups", label("分组", "Groups"), |page| {
        let lang = page.lang;
        let class = |column: &TableColumn| if column.holds == Holds::Number { "number" } else { "" };
        let mut clock = Clock::new(figures.question.zone);
        page.scroll(label("分组", "Groups").text(lang), |page| {
            page.element("table", &[("class", "list")], |page| {
                page.element("thead", PLAIN, |page| {
                    page.element("tr", PLAIN, |page| {
                        for column in &groups.columns {
                            let attributes = [("scope", "col"), ("class", class(column))];
                            page.element("th", &attributes, |page| page.payload(&column.title));
                        }
                    });
                });
                page.element("tbody", PLAIN, |page| {
                    for row in groups.rows().take(MOST_GROUPS) {
                        page.element("tr", PLAIN, |page| {
                            for (cell, column) in row.iter().zip(&groups.columns) {
                                let text = cell_text(cell, &mut clock, lang);
                                let class = if let Datum::Moment(_) = cell { "whole" } else { class(column) };
                                page.element("td", &[("class", class)], |page| match cell {
                                    Datum::Text(_) | Datum::Counts(_) => page.payload(&text),
                                    _ => page.text(&text),
                                });
                            }
                        });
                    }
                });
            });
        });
        let more = groups.count.saturating_sub(MOST_GROUPS) as u64;
        let text = match lang {
            Lang::Zh => format!("另有 {} 行未列出；-o FILE.xlsx 列出全部", number(more)),
            Lang::En => format!("{} more rows are not listed here; -o FILE.xlsx has all", number(more)),
        };
        rest(page, (more > 0).then_some(text));
    });
}
