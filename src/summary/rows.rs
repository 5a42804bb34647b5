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
                row.push(Datum::Text(label.unwrap_or(value)));
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

/// The same for a terminal: no line is wider than it, if it has room for anything.
pub fn text(table: &Table, figures: &Figures, look: Look, wide: bool) -> String {
    let mut clock = Clock::new(figures.question.zone);
    let mut cell = |cell: &Datum| clean(&cell_text(cell, &mut clock)).into_owned();
    let cells: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(&mut cell).collect()).collect();
    let is_number =
        |at: usize| table.rows.iter().any(|row| matches!(row[at], Datum::Count(_) | Datum::Seconds(_)));
    let numbers: Vec<bool> = (0..table.columns.len()).map(is_number).collect();
    let mut widths: Vec<usize> = table.columns.iter().map(|(_, title)| width(title)).collect();
    for row in &cells {
        for (most, cell) in widths.iter_mut().zip(row) {
            *most = (*most).max(width(cell));
        }
    }
    // What is longest gives way.
    while !wide && widths.iter().sum::<usize>() + 2 * (widths.len() - 1) > look.width {
        let Some(longest) =
            widths.iter_mut().zip(&numbers).filter(|(_, number)| !**number).map(|(width, _)| width).max()
        else {
            break;
        };
        if *longest <= SHORTEST {
            break;
        }
        *longest -= 1;
    }
    let mut out = String::new();
    let line = |cells: &[&str], ink: Option<Ink>, out: &mut String| {
        let mut line = String::new();
        for (at, text) in cells.iter().enumerate() {
            push_spaces(if at == 0 { 0 } else { 2 }, &mut line);
            if numbers[at] {
                push_spaces(widths[at].saturating_sub(width(text)), &mut line);
                line.push_str(text);
            } else {
                let taken = push_clip(text, widths[at], &mut line);
                push_spaces(widths[at] - taken, &mut line);
            }
        }
        match ink {
            Some(ink) => Paint::new(look.color).push(ink, line.trim_end(), out),
            None => out.push_str(line.trim_end()),
        }
        out.push('\n');
    };
    let titles: Vec<&str> = table.columns.iter().map(|(_, title)| &**title).collect();
    line(&titles, Some(Ink::Strong), &mut out);
    for row in &cells {
        line(&row.iter().map(|cell| &**cell).collect::<Vec<_>>(), None, &mut out);
    }
    out
}

/// Columns of text are not made shorter.
const SHORTEST: usize = 8;
