//! Plots as rows of tables: what a row says in numbers stands beside its picture. Pictures are as wide as there is room, by
//! percentages; what has a colour has a class.

use crate::lang::{Label, Lang, label};
use crate::summary::calendar::{Calendar, Cells, Row};
use crate::summary::figures::Figures;
use crate::summary::people::Minutes;
use crate::summary::text::shade;
use crate::summary::words::{self, count_of, length, number, percent};

use super::markup::{Markup, PLAIN};

const P10: f64 = 0.1;
const P50: f64 = 0.5;
const P90: f64 = 0.9;
const P99: f64 = 0.99;

/// Hours by days, as a heat map.
pub(super) fn when(figures: &Figures, page: &mut Markup<'_>) {
    let Some(calendar) = Calendar::of(figures, page.lang) else { return };
    let punches = figures.punches == figures.events;
    let (counted, noun) = match punches {
        true => (words::PUNCHES, words::PUNCH_NOUN),
        false => (words::EVENTS, words::EVENT_NOUN),
    };
    page.section("when", label("时间分布", "When"), |page| {
        let people = calendar.rows.iter().any(|row| row.people > 0);
        let most = calendar.most();
        page.element("table", &[("class", "plot heat")], |page| {
            page.element("thead", PLAIN, |page| {
                page.element("tr", PLAIN, |page| {
                    let name = match calendar.cells {
                        Cells::Hours => label("日期", "day"),
                        Cells::Days => label("月份", "month"),
                        Cells::Months => label("年份", "year"),
                    };
                    column(page, name, "name");
                    ticks(page, &calendar);
                    column(page, counted, "number");
                    if people {
                        column(page, words::EMPLOYEES, "number");
                    }
                });
            });
            page.element("tbody", PLAIN, |page| {
                for row in &calendar.rows {
                    page.element("tr", PLAIN, |page| {
                        page.leaf("th", &[("scope", "row")], &row.label);
                        page.element("td", &[("class", "picture")], |page| {
                            heat(page, &calendar, row, most, noun)
                        });
                        page.number(&number(row.events));
                        if people {
                            page.number(&number(row.people));
                        }
                    });
                }
            });
        });
        page.element("p", &[("class", "legend")], |page| {
            page.text(calendar.legend(page.lang));
            page.say(label("：0 ", ": 0 "));
            page.element("svg", &[("class", "ramp"), ("aria-hidden", "true")], |page| {
                for step in 0..=9 {
                    cell(page, step, 10, step as u64, 9, "");
                }
            });
            page.text(&format!(" {}", count_of(most, noun, page.lang)));
            for (count, noun) in
                [(calendar.elsewhere, words::ELSEWHERE_NOUN), (figures.timeless, words::TIMELESS_NOUN)]
            {
                if count > 0 {
                    page.say(label("；", "; "));
                    page.text(&count_of(count, noun, page.lang));
                }
            }
        });
    });
}

/// A head of a column.
fn column(page: &mut Markup<'_>, title: Label, class: &str) {
    page.leaf("th", &[("scope", "col"), ("class", class)], title.text(page.lang));
}

/// What stands over the cells.
fn ticks(page: &mut Markup<'_>, calendar: &Calendar) {
    page.element("th", &[("scope", "col"), ("class", "picture")], |page| {
        let name = calendar.legend(page.lang);
        page.element("svg", &[("class", "ticks"), ("role", "img"), ("aria-label", name)], |page| {
            for at in 0..calendar.columns {
                let text = calendar.tick(at);
                if !text.is_empty() {
                    page.leaf("text", &[("x", &part(at, calendar.columns)), ("y", "12")], &text);
                }
            }
        });
    });
}

fn heat(page: &mut Markup<'_>, calendar: &Calendar, row: &Row, most: u64, noun: words::Noun) {
    let name = |at: usize| match calendar.cells {
        Cells::Hours => format!("{at:02}:00"),
        Cells::Days | Cells::Months => format!("{}-{:02}", row.label, at + 1),
    };
    let lang = page.lang;
    let colon = label("：", ": ").text(lang);
    let said = |at: usize, count: u64| format!("{}{colon}{}", name(at), count_of(count, noun, lang));
    let busiest = row
        .cells
        .iter()
        .enumerate()
        .max_by_key(|(at, count)| (**count, usize::MAX - at))
        .filter(|(_, count)| **count > 0);
    let alternative = match (busiest, lang) {
        (Some((at, count)), Lang::En) => format!("{}, most in {}", row.label, said(at, *count)),
        (Some((at, count)), Lang::Zh) => format!("{}，最多的是 {}", row.label, said(at, *count)),
        (None, _) => row.label.clone(),
    };
    page.element("svg", &[("role", "img"), ("aria-label", &alternative)], |page| {
        for (at, count) in row.cells.iter().enumerate() {
            let title = if *count > 0 { said(at, *count) } else { String::new() };
            cell(page, at, calendar.columns, *count, most, &title);
        }
    });
}

/// A cell that is as dark as it has events, and what it says when it is pointed at.
fn cell(page: &mut Markup<'_>, at: usize, columns: usize, count: u64, most: u64, title: &str) {
    let class = format!("s{}", shade(count, most));
    let (x, width) = (part(at, columns), part(1, columns));
    let attributes = [("class", &*class), ("x", &x), ("width", &width), ("height", "100%")];
    match title {
        "" => page.void("rect", &attributes),
        _ => page.element("rect", &attributes, |page| page.leaf("title", PLAIN, title)),
    }
}

/// A part of all in percent: `37.5%`.
fn part(of: usize, all: usize) -> String {
    format!("{}%", (of as f64 * 100_000.0 / all.max(1) as f64).round() / 1000.0)
}

/// A bar that is as long as its share of the longest one; the numbers stand beside it.
pub(super) fn bar(page: &mut Markup<'_>, count: u64, largest: u64) {
    page.element("td", &[("class", "picture")], |page| {
        page.element("svg", &[("class", "bar"), ("aria-hidden", "true")], |page| {
            if count > 0 {
                let width = part(count as usize, largest as usize);
                page.void("rect", &[("width", &width), ("height", "100%")]);
            }
        });
    });
}

/// When people come and go: how many at which quarter of an hour.
pub(super) fn first_and_last(figures: &Figures, page: &mut Markup<'_>) {
    if figures.days.len() == 0 {
        return;
    }
    let (first, last, single) = figures.first_and_last();
    page.section("first-last", label("最早与最晚打卡", "First and last punch"), |page| {
        let day = Calendar { cells: Cells::Hours, rows: Vec::new(), columns: 24, cell: 2, elsewhere: 0 };
        page.element("table", &[("class", "plot ends")], |page| {
            page.element("thead", PLAIN, |page| {
                page.element("tr", PLAIN, |page| {
                    column(page, label("", ""), "name");
                    ticks(page, &day);
                    for name in ["p10", "p50", "p90"] {
                        page.leaf("th", &[("scope", "col"), ("class", "number")], name);
                    }
                });
            });
            page.element("tbody", PLAIN, |page| {
                let rows =
                    [(label("最早", "first"), &first, "first"), (label("最晚", "last"), &last, "last")];
                let most = [&first, &last].into_iter().flat_map(Minutes::quarters).max().unwrap_or(1);
                for (name, minutes, class) in rows {
                    page.element("tr", PLAIN, |page| {
                        page.leaf("th", &[("scope", "row")], name.text(page.lang));
                        page.element("td", &[("class", "picture")], |page| {
                            spread(page, minutes, most, class)
                        });
                        for at in [P10, P50, P90] {
                            page.number(&minutes.at(at).map(words::time_of_day).unwrap_or_default());
                        }
                    });
                }
            });
        });
        let more = if figures.days.full { "+" } else { "" };
        let days = format!("{}{more}", number(figures.days.len() as u64));
        let said = match page.lang {
            Lang::Zh => format!("每刻钟的人天数；共 {days} 人天，其中 {} 人天只有一次打卡", number(single)),
            Lang::En => format!(
                "employee-days by quarters of an hour; of {days}, {} {} a single punch",
                number(single),
                if single == 1 { "has" } else { "have" }
            ),
        };
        page.leaf("p", &[("class", "legend")], &said);
    });
}

/// How many of each quarter of an hour, and a line at the median.
fn spread(page: &mut Markup<'_>, minutes: &Minutes, most: u64, class: &str) {
    let quarters = minutes.quarters();
    let class = format!("spread {class}");
    page.element("svg", &[("class", &class), ("aria-hidden", "true")], |page| {
        for (at, count) in quarters.iter().enumerate().filter(|(_, count)| **count > 0) {
            // What is there is seen.
            let height = (*count as usize * 100).div_ceil(most as usize);
            page.void(
                "rect",
                &[
                    ("x", &part(at, quarters.len())),
                    ("width", &part(1, quarters.len())),
                    ("y", &part(100 - height, 100)),
                    ("height", &part(height, 100)),
                ],
            );
        }
        if let Some(median) = minutes.at(P50) {
            let x = part(median as usize, 24 * 60);
            page.void("line", &[("x1", &x), ("x2", &x), ("y1", "0"), ("y2", "100%")]);
        }
    });
}

/// How much later events were made than what they tell of happened.
pub(super) fn delivery(figures: &Figures, page: &mut Markup<'_>) {
    let delays = &figures.delays;
    if delays.count() == 0 {
        return;
    }
    page.section("delivery", label("投递延迟", "Delivery"), |page| {
        let lang = page.lang;
        let said = |millis: Option<i64>| millis.map(|millis| length(millis, lang)).unwrap_or_default();
        page.element("dl", &[("class", "inline")], |page| {
            for (name, millis) in [
                ("p50", delays.at(P50)),
                ("p90", delays.at(P90)),
                ("p99", delays.at(P99)),
                (words::MAX.text(lang), delays.max()),
            ] {
                page.element("div", PLAIN, |page| {
                    page.leaf("dt", PLAIN, name);
                    page.leaf("dd", PLAIN, &said(millis));
                });
            }
        });
        let largest = figures.delay_counts.iter().copied().max().unwrap_or(1);
        let columns = [
            (label("延迟", "delay").text(lang), "name"),
            ("", "picture"),
            (words::EVENTS.text(lang), "number"),
            (words::SHARE.text(lang), "number"),
        ];
        page.table("plot", &columns, |page| {
            for (at, count) in figures.delay_rows() {
                share(page, &|page| page.text(&words::delay(at, lang)), count, largest, delays.count());
            }
        });
    });
}

/// A row with a name, a bar, a count and its share of all.
pub(super) fn share(
    page: &mut Markup<'_>,
    name: &dyn Fn(&mut Markup<'_>),
    count: u64,
    largest: u64,
    all: u64,
) {
    page.element("tr", PLAIN, |page| {
        page.element("th", &[("scope", "row")], name);
        bar(page, count, largest);
        page.number(&number(count));
        page.number(&percent(count, all));
    });
}
