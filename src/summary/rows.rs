//! Groups as rows: `--by employee_id,day`.

use crate::export::{Datum, Table, span};
use crate::lang::{Label, Lang, label};
use crate::query::Name;
use crate::secrets::Secrets;
use crate::terminal::Look;
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::sanitize::{clean, push_clip, push_spaces, width};
use crate::time::{Clock, Millis};

use super::figures::Figures;
use super::gather::LABELLED;
use super::group::Group;
use super::words;

/// What people read where events have no value.
const ABSENT: Label = label("（无）", "(none)");

/// What each group has: the name of the column for programs, and for people.
const COLUMNS: [(&str, Label); 4] = [
    ("events", label("事件", "events")),
    ("first", label("最早", "first")),
    ("last", label("最晚", "last")),
    ("people", label("人数", "people")),
];

/// What it has besides where there are punches.
const PUNCHES: [(&str, Label); 4] = [
    ("span", label("时长", "span")),
    ("ways", label("方式", "ways")),
    ("risky", label("疑似作弊", "risky")),
    ("field", label("外勤", "field")),
];

/// The groups as a table, in the order of what they have in common. Documented values have their labels beside them; for
/// people, in place of them.
pub fn table(figures: &Figures, secrets: &Secrets, lang: Lang, for_people: bool) -> Table {
    let by = &figures.question.by;
    let groups = figures.groups.all();
    let is_labelled = |at: usize| groups.iter().any(|(keys, _)| keys[at].contains(LABELLED));
    let labelled: Vec<bool> = (0..by.len()).map(is_labelled).collect();
    let mut columns: Vec<(String, String)> = Vec::new();
    for (Name { typed, .. }, labelled) in by.iter().zip(&labelled) {
        columns.push((typed.clone(), typed.clone()));
        if *labelled && !for_people {
            columns.push((format!("{typed}_label"), format!("{typed}_label")));
        }
    }
    let punches = figures.punches > 0;
    let own = COLUMNS.iter().chain(PUNCHES.iter().filter(|_| punches));
    columns.extend(own.map(|(name, title)| ((*name).to_owned(), title.text(lang).to_owned())));
    let rows = groups.iter().map(|(keys, group)| {
        let mut row: Vec<Datum> = Vec::new();
        for (key, labelled) in keys.iter().zip(&labelled) {
            let (value, label) =
                key.split_once(LABELLED).map_or((*key, None), |(value, label)| (value, Some(label)));
            let value = secrets.hide(value).into_owned();
            let label = label.map(str::to_owned);
            if for_people {
                let said = label.unwrap_or(value);
                row.push(Datum::Text(if said.is_empty() { ABSENT.text(lang).to_owned() } else { said }));
            } else {
                row.push(Datum::Text(value));
                row.extend(labelled.then(|| label.map_or(Datum::Nothing, Datum::Text)));
            }
        }
        row.extend(cells(group, punches, lang));
        row
    });
    let name = label("汇总", "summary").text(lang).to_owned();
    Table { columns, rows: rows.collect(), name }
}

fn cells(group: &Group, punches: bool, lang: Lang) -> Vec<Datum> {
    let at = |which: usize| group.times.map_or(Datum::Nothing, |times| Datum::Moment(Millis(times[which].0)));
    let mut cells = vec![Datum::Count(group.events), at(0), at(1), Datum::Count(group.people() as u64)];
    if punches {
        let span =
            group.times.filter(|_| group.events > 1).map(|[first, last]| last.0.abs_diff(first.0) / 1000);
        let ways: Vec<String> =
            group.ways.iter().map(|(said, count)| format!("{} {count}", said.text(lang))).collect();
        cells.push(span.map_or(Datum::Nothing, Datum::Seconds));
        cells.push(Datum::Text(ways.join(", ")));
        cells.extend([Datum::Count(group.risky), Datum::Count(group.field)]);
    }
    cells
}

/// What people read of a cell.
pub(super) fn cell_text(cell: &Datum, clock: &mut Clock) -> String {
    match cell {
        Datum::Text(text) => text.clone(),
        Datum::Moment(at) => words::moment(*at, clock),
        Datum::Count(0) | Datum::Nothing => String::new(),
        Datum::Count(count) => words::number(*count),
        Datum::Seconds(seconds) => span(*seconds),
    }
}

/// The same for a terminal, and the titles of the columns for which it has no room. Of what is the same or nothing in every
/// row there is no column, and where each row is of a day there are times of day.
pub fn text(table: &Table, figures: &Figures, look: Look, wide: bool) -> (String, Vec<String>) {
    let mut clock = Clock::new(figures.question.zone);
    let by = figures.question.by.len();
    let mut cell = |cell: &Datum| clean(&cell_text(cell, &mut clock)).into_owned();
    let mut cells: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(&mut cell).collect()).collect();
    let is_moment = |at: usize| table.rows.iter().any(|row| matches!(row[at], Datum::Moment(_)));
    let is_number =
        |at: usize| table.rows.iter().any(|row| matches!(row[at], Datum::Count(_) | Datum::Seconds(_)));
    let numbers: Vec<bool> = (0..table.columns.len()).map(is_number).collect();
    let moments: Vec<usize> = (0..table.columns.len()).filter(|at| is_moment(*at)).collect();
    let is_of_day = |row: &Vec<String>| {
        moments
            .iter()
            .all(|at| row[*at].split(' ').next().is_some_and(|day| row[..by].iter().any(|key| key == day)))
    };
    if cells.iter().all(is_of_day) {
        for row in &mut cells {
            for at in &moments {
                row[*at] = row[*at].get(DAY.len() + 1..).unwrap_or_default().to_owned();
            }
        }
    }
    let says = |at: usize| match table.columns[at].0.as_str() {
        "people" => table.rows.iter().any(|row| !matches!(row[at], Datum::Count(0 | 1))),
        _ => cells.iter().any(|row| !row[at].is_empty()),
    };
    let mut columns: Vec<usize> = (0..table.columns.len()).filter(|at| *at < by || says(*at)).collect();
    let title = |at: usize| &*table.columns[at].1;
    let mut widths: Vec<usize> = (0..table.columns.len())
        .map(|at| cells.iter().map(|row| width(&row[at])).chain([width(title(at))]).max().unwrap_or(0))
        .collect();
    let mut hidden = Vec::new();
    let is_too_wide = |columns: &[usize], widths: &[usize]| {
        !wide && columns.iter().map(|at| widths[*at] + 2).sum::<usize>() > look.width + 2
    };
    while is_too_wide(&columns, &widths) {
        // The longest of our own texts gives way, then what stands last, and at the end the longest key.
        let is_text = |at: &&usize| !numbers[**at] && !moments.contains(at) && widths[**at] > SHORTEST;
        let own = columns.iter().filter(|at| **at >= by).filter(is_text).max_by_key(|at| widths[**at]);
        let key = columns.iter().filter(|at| **at < by).filter(is_text).max_by_key(|at| widths[**at]);
        match (own.copied(), key.copied()) {
            (Some(own), _) => widths[own] -= 1,
            (None, _) if columns.len() > by + 1 => {
                hidden.extend(columns.pop().map(|at| title(at).to_owned()))
            }
            (None, Some(key)) => widths[key] -= 1,
            (None, None) => break,
        }
    }
    hidden.reverse();
    let mut out = String::new();
    let line = |text: &dyn Fn(usize) -> String, ink: Option<Ink>, out: &mut String| {
        let mut line = String::new();
        for (place, &at) in columns.iter().enumerate() {
            push_spaces(if place == 0 { 0 } else { 2 }, &mut line);
            let text = text(at);
            if numbers[at] {
                push_spaces(widths[at].saturating_sub(width(&text)), &mut line);
                line.push_str(&text);
            } else {
                let taken = push_clip(&text, widths[at], &mut line);
                push_spaces(widths[at] - taken, &mut line);
            }
        }
        match ink {
            Some(ink) => Paint::new(look.color).push(ink, line.trim_end(), out),
            None => out.push_str(line.trim_end()),
        }
        out.push('\n');
    };
    line(&|at| title(at).to_owned(), Some(Ink::Strong), &mut out);
    for row in &cells {
        line(&|at| row[at].clone(), None, &mut out);
    }
    (out, hidden)
}

/// As long as every day, and the blank behind it.
const DAY: &str = "2021-03-10";

/// Columns of text are not made shorter.
const SHORTEST: usize = 12;
