//! Hours and days as rows of cells: hours of each day, or the days of each month where there are many.

use std::collections::BTreeMap;

use crate::lang::{Lang, label};
use crate::time::{Millis, WEEKDAYS};

use super::figures::Figures;

/// So many days have a row each, those without events too.
const DAYS: i32 = 31;

/// So many months are; more are years.
const MONTHS: usize = 48;

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {
    /// An hour of a day.
    Hours,
    /// A day of a month.
    Days,
    /// A month of a year.
    Months,
}

/// A row of cells.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is: `03-10 Wed`, `2021-03`.
    pub label: String,
    /// Events of each cell.
    pub cells: Vec<u64>,
    /// All of them.
    pub events: u64,
    /// How many people punched: of days only.
    pub people: u64,
}

/// Events by time.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// What a cell is.
    pub cells: Cells,
    /// The rows, the first day first.
    pub rows: Vec<Row>,
    /// Cells of a row, at most.
    pub columns: usize,
    /// Columns of text of a cell.
    pub cell: usize,
    /// Events on days so far away that they have no row.
    pub elsewhere: u64,
}

/// A day since 1970 by ISO 8601: `2021-03-10`.
pub fn iso(day: i32) -> String {
    let (year, month, of_month) = date(day);
    format!("{year:04}-{month:02}-{of_month:02}")
}

/// The year, month and day of a day since 1970.
pub fn date(day: i32) -> (i32, u32, u32) {
    Millis(i64::from(day) * 86_400_000).date().unwrap_or_default()
}

/// The day of the week.
pub fn weekday(day: i32, lang: Lang) -> &'static str {
    // The first day was a Thursday.
    WEEKDAYS[(day + 4).rem_euclid(7) as usize].text(lang)
}

impl Calendar {
    /// That of some figures; `None` where no event has a day.
    pub fn of(figures: &Figures, lang: Lang) -> Option<Calendar> {
        figures.hours.keys().next()?;
        let people = figures.people_of_days();
        if let Some((first, last, elsewhere)) = window(&figures.hours) {
            let rows = (first..=last).map(|day| {
                let cells = figures.hours.get(&day).map_or_else(|| vec![0; 24], |hours| hours.to_vec());
                let (_, month, of_month) = date(day);
                Row {
                    label: format!("{month:02}-{of_month:02} {}", weekday(day, lang)),
                    events: cells.iter().sum(),
                    cells,
                    people: people.get(&day).copied().unwrap_or(0),
                }
            });
            return Some(Calendar {
                cells: Cells::Hours,
                rows: rows.collect(),
                columns: 24,
                cell: 2,
                elsewhere,
            });
        }
        let mut months: BTreeMap<(i32, u32), Vec<u64>> = BTreeMap::new();
        for (day, hours) in &figures.hours {
            let (year, month, of_month) = date(*day);
            let days = months.entry((year, month)).or_default();
            days.resize(days.len().max(of_month as usize), 0);
            days[of_month as usize - 1] += hours.iter().sum::<u64>();
        }
        if months.len() <= MONTHS {
            let row =
                |((year, month), cells): ((i32, u32), Vec<u64>)| row(format!("{year:04}-{month:02}"), cells);
            let rows = months.into_iter().map(row).collect();
            return Some(Calendar { cells: Cells::Days, rows, columns: 31, cell: 1, elsewhere: 0 });
        }
        let mut years: BTreeMap<i32, Vec<u64>> = BTreeMap::new();
        for ((year, month), days) in months {
            years.entry(year).or_insert_with(|| vec![0; 12])[month as usize - 1] += days.iter().sum::<u64>();
        }
        let rows = years.into_iter().map(|(year, cells)| row(format!("{year:04}"), cells)).collect();
        Some(Calendar { cells: Cells::Months, rows, columns: 12, cell: 4, elsewhere: 0 })
    }

    /// The most events of a cell.
    pub fn most(&self) -> u64 {
        self.rows.iter().flat_map(|row| &row.cells).copied().max().unwrap_or(0).max(1)
    }

    /// What stands over a cell; nothing over most.
    pub fn tick(&self, at: usize) -> String {
        match self.cells {
            Cells::Hours if at.is_multiple_of(3) => at.to_string(),
            Cells::Days if at == 0 || (at + 1).is_multiple_of(5) => (at + 1).to_string(),
            // Two digits want a blank behind them.
            Cells::Months if self.cell > 2 || at.is_multiple_of(3) => (at + 1).to_string(),
            _ => String::new(),
        }
    }

    /// What a cell is, in words.
    pub fn legend(&self, lang: Lang) -> &'static str {
        match self.cells {
            Cells::Hours => label("一格为一小时", "a cell is an hour"),
            Cells::Days => label("一格为一天", "a cell is a day"),
            Cells::Months => label("一格为一个月", "a cell is a month"),
        }
        .text(lang)
    }
}

/// The first and the last day with events among as many as can have a row each, if nearly all events are on those, and how
/// many are not: one with a wrong time should not make a map of months.
fn window(hours: &BTreeMap<i32, [u64; 24]>) -> Option<(i32, i32, u64)> {
    let days: Vec<(i32, u64)> = hours.iter().map(|(day, hours)| (*day, hours.iter().sum())).collect();
    let all: u64 = days.iter().map(|(_, count)| count).sum();
    let (mut start, mut within) = (0, 0);
    let mut best = (0, 0, 0);
    for (end, (day, count)) in days.iter().enumerate() {
        within += count;
        while day - days[start].0 >= DAYS {
            within -= days[start].1;
            start += 1;
        }
        if within > best.0 {
            best = (within, days[start].0, *day);
        }
        debug_assert!(start <= end);
    }
    let (within, first, last) = best;
    (all - within <= all / 100).then_some((first, last, all - within))
}

/// The days that nearly all events are on, and those that are farther away than these are from each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// The first day, and the last.
    pub ends: (i32, i32),
    /// The days far away, with their events.
    pub far: Vec<(i32, u64)>,
}

impl Bulk {
    /// That of some figures; `None` where no event has a day.
    pub fn of(figures: &Figures) -> Option<Bulk> {
        let days: Vec<(i32, u64)> =
            figures.hours.iter().map(|(day, hours)| (*day, hours.iter().sum())).collect();
        Bulk::among(&days)
    }

    fn among(days: &[(i32, u64)]) -> Option<Bulk> {
        let all: u64 = days.iter().map(|(_, count)| count).sum();
        // From the median on, always to the nearest day.
        let mut within = 0;
        let middle = days.iter().position(|(_, count)| {
            within += count;
            within * 2 >= all
        })?;
        let (mut start, mut end, mut within) = (middle, middle, days[middle].1);
        let apart = |a: usize, b: usize| i64::from(days[b].0) - i64::from(days[a].0);
        loop {
            let before = start.checked_sub(1).map(|day| (apart(day, start), day));
            let after = (end + 1 < days.len()).then(|| (apart(end, end + 1), end + 1));
            let Some((gap, day)) = before.into_iter().chain(after).min() else { break };
            if all - within <= all / 100 && gap > apart(start, end).max(DAYS.into()) {
                break;
            }
            within += days[day].1;
            (start, end) = (start.min(day), end.max(day));
        }
        let far = days[..start].iter().chain(&days[end + 1..]).copied().collect();
        Some(Bulk { ends: (days[start].0, days[end].0), far })
    }
}

fn row(label: String, cells: Vec<u64>) -> Row {
    Row { label, events: cells.iter().sum(), cells, people: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wrong_time_makes_no_map_of_months() {
        let on = |days: &[(i32, u64)]| {
            let hours = days
                .iter()
                .map(|(day, count)| (*day, std::array::from_fn(|hour| if hour == 9 { *count } else { 0 })));
            window(&hours.collect())
        };
        assert_eq!(on(&[(5, 1)]), Some((5, 5, 0)));
        assert_eq!(on(&[(0, 1), (18_000, 60), (18_030, 60)]), Some((18_000, 18_030, 1)));
        assert_eq!(
            on(&[(0, 2), (18_000, 60), (18_030, 60)]),
            None,
            "two of 122 are more than one in a hundred"
        );
        assert_eq!(on(&[(18_000, 60), (18_031, 60)]), None);
    }

    #[test]
    fn days_far_away_are_apart() {
        let of = |days: &[(i32, u64)]| Bulk::among(days).map(|Bulk { ends, far }| (ends, far));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[(5, 1)]), Some(((5, 5), vec![])));
        let usual = [(18_000, 60), (18_030, 60)];
        assert_eq!(of(&usual), Some(((18_000, 18_030), vec![])));
        assert_eq!(of(&[&[(0, 1)], &usual[..]].concat()), Some(((18_000, 18_030), vec![(0, 1)])));
        assert_eq!(of(&[&usual[..], &[(40_000, 1)]].concat()), Some(((18_000, 18_030), vec![(40_000, 1)])));
        assert_eq!(
            of(&[&usual[..], &[(18_061, 1)]].concat()),
            Some(((18_000, 18_061), vec![])),
            "a month later is not far"
        );
        let both = [(-9_000, 1), (0, 1), (18_000, 900), (18_200, 900), (90_000, 1)];
        assert_eq!(of(&both), Some(((18_000, 18_200), vec![(-9_000, 1), (0, 1), (90_000, 1)])));
        assert_eq!(
            of(&[(0, 2), (18_000, 60), (18_030, 60)]),
            Some(((0, 18_030), vec![])),
            "that is no exception"
        );
    }

    #[test]
    fn days_have_names() {
        assert_eq!((date(0), weekday(0, Lang::En)), ((1970, 1, 1), "Thu"));
        assert_eq!((date(18_696), weekday(18_696, Lang::Zh)), ((2021, 3, 10), "周三"));
        assert_eq!((date(-1), weekday(-1, Lang::En)), ((1969, 12, 31), "Wed"));
    }
}
