//! Groups as rows: `--by employee_id,day`.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::export::{Datum, Holds, Table, TableColumn, span};
use crate::lang::{Label, Lang, label};
use crate::secrets::Secrets;
use crate::terminal::Look;
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::sanitize::{clean, push_clip, push_spaces, width};
use crate::time::{Clock, Millis};

use super::choices::Said;
use super::figures::Figures;
use super::group::Group;
use super::key::{By, LABELLED};
use super::words::{self, comma};

/// What people read where events have no value.
const ABSENT: Label = label("（无）", "(none)");

/// What each group has: the name of the column for programs, what people call it, and what it holds.
const COLUMNS: [(&str, Label, Holds); 4] = [
    ("events", label("事件", "events"), Holds::Number),
    ("first", label("最早", "first"), Holds::Moment),
    ("last", label("最晚", "last"), Holds::Moment),
    (PEOPLE, label("人数", "people"), Holds::Number),
];
const PEOPLE: &str = "people";

/// What it has besides where there are punches.
const PUNCHES: [(&str, Label, Holds); 4] = [
    ("span", label("时长", "span"), Holds::Number),
    (WAYS, label("方式", "ways"), Holds::Text),
    ("risky", label("疑似作弊", "risky"), Holds::Number),
    ("field", label("外勤", "field"), Holds::Number),
];
const WAYS: &str = "ways";

/// The groups as a table, in the order of what they have in common. Documented values have their labels beside them; for
/// people, in place of them.
pub fn table<'f>(figures: &'f Figures, secrets: &'f Secrets, lang: Lang, for_people: bool) -> Table<'f> {
    let (by, groups) = (&figures.question.by, &figures.groups);
    let order = groups.in_order(by);
    let mut labelled = vec![false; by.len()];
    for number in &order {
        let (keys, _) = groups.get(*number);
        labelled.iter_mut().zip(keys).for_each(|(labelled, key)| *labelled |= key.contains(LABELLED));
    }
    // For people labels stand in the place of values, and of programs some have asked for them by name.
    let is_asked = |name: &str| by.iter().any(|by| by.name.typed == name);
    let beside: Vec<bool> = by
        .iter()
        .zip(labelled)
        .map(|(by, labelled)| labelled && !for_people && !is_asked(&with_label(&by.name.typed)))
        .collect();
    let punches = figures.punches > 0;
    let columns = columns(by.iter().zip(&beside), punches, lang, for_people);
    let count = order.len();
    let row = move |at: usize| {
        let (keys, group) = groups.get(order[at]);
        let mut row: Vec<Datum<'f>> = Vec::new();
        for (key, beside) in keys.zip(&beside) {
            let (value, label) =
                key.split_once(LABELLED).map_or((key, None), |(value, label)| (value, Some(label)));
            let value = secrets.hide(value);
            if for_people {
                let said = label.map_or(value, Cow::Borrowed);
                row.push(Datum::Text(if said.is_empty() { ABSENT.text(lang).into() } else { said }));
            } else {
                row.push(Datum::Text(value));
                row.extend(beside.then(|| label.map_or(Datum::Nothing, |label| Datum::Text(label.into()))));
            }
        }
        let moment = |at: Option<i64>| at.map_or(Datum::Nothing, |at| Datum::Moment(Millis(at)));
        let times = group.times();
        row.extend([
            Datum::Count(group.events),
            moment(times.map(|[first, _]| first)),
            moment(times.map(|[_, last]| last)),
            Datum::Count(group.people().into()),
        ]);
        if punches {
            let span = times.filter(|_| group.events > 1).map(|[first, last]| last.abs_diff(first) / 1000);
            row.push(span.map_or(Datum::Nothing, Datum::Seconds));
            let [values, labels] = ways(figures, group, secrets, lang);
            match for_people {
                true => row.push(Datum::Counts(labels)),
                false => row.extend([Datum::Counts(values), Datum::Text(counted(&labels, lang).into())]),
            }
            row.extend([Datum::Count(group.risky), Datum::Count(group.field)]);
        }
        row
    };
    let name = label("汇总", "summary").text(lang).to_owned();
    Table { columns, count, row: Box::new(row), name }
}

/// The columns of fields, of which some have their labels beside them, and of what each group has.
fn columns<'b>(
    by: impl Iterator<Item = (&'b By, &'b bool)>,
    punches: bool,
    lang: Lang,
    for_people: bool,
) -> Vec<TableColumn> {
    let mut columns = Vec::new();
    let mut add = |name: &str, title: &str, holds, beside: bool| {
        columns.push(TableColumn { name: name.to_owned(), title: title.to_owned(), holds });
        if beside {
            let name = with_label(name);
            columns.push(TableColumn { title: name.clone(), name, holds });
        }
    };
    for (by, beside) in by {
        add(&by.name.typed, &by.name.typed, Holds::Text, *beside);
    }
    for (name, title, holds) in COLUMNS.into_iter().chain(PUNCHES.into_iter().filter(|_| punches)) {
        add(name, title.text(lang), holds, name == WAYS && !for_people);
    }
    columns
}

/// The name of the column of labels beside another.
fn with_label(name: &str) -> String {
    format!("{name}_label")
}

/// How the punches of a group were made, the most frequent way first: by the values, and by what those are called.
fn ways<'f>(
    figures: &'f Figures,
    group: &Group,
    secrets: &Secrets,
    lang: Lang,
) -> [Vec<(Cow<'f, str>, u64)>; 2] {
    let of = figures.punch_type();
    let mut said: Vec<(&Said, u64)> = Vec::new();
    for (way, count) in figures.groups.ways(group) {
        let Some(way) = of.and_then(|of| of.way(way)) else { continue };
        // A number and a text that says the same are one.
        match said.iter_mut().find(|(known, _)| *known == way) {
            Some((_, known)) => *known += count,
            None => said.push((way, count)),
        }
    }
    said.sort_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.raw.cmp(&b.raw)));
    let text = |said: &'f Said, text: &'f str| match said.label {
        // What is documented is no secret.
        Some(_) => Cow::Borrowed(text),
        None => secrets.hide(text),
    };
    let values = said.iter().map(|(said, count)| (text(said, &said.raw), *count));
    let labels = said.iter().map(|(said, count)| (text(said, said.text(lang)), *count));
    [values.collect(), labels.collect()]
}

/// Several things, each with how many there are: `user punch 8, express punch 1`.
fn counted(counts: &[(Cow<'_, str>, u64)], lang: Lang) -> String {
    let said: Vec<String> =
        counts.iter().map(|(of, count)| format!("{of} {}", words::number(*count))).collect();
    said.join(comma(lang))
}

/// What people read of a cell.
pub(super) fn cell_text<'c>(cell: &'c Datum<'_>, clock: &mut Clock, lang: Lang) -> Cow<'c, str> {
    match cell {
        Datum::Text(text) => Cow::Borrowed(text),
        Datum::Moment(at) => words::moment(*at, clock).into(),
        Datum::Count(0) | Datum::Nothing => "".into(),
        Datum::Count(count) => words::number(*count).into(),
        Datum::Counts(counts) => counted(counts, lang).into(),
        Datum::Seconds(seconds) => span(*seconds).into(),
    }
}

/// Writes the same for a terminal, and says the titles of the columns for which it has no room. Of what is the same or
/// nothing in every row there is no column, and where each row is of a day there are times of day.
///
/// # Errors
///
/// It cannot be written.
pub fn text(
    table: &Table<'_>,
    figures: &Figures,
    look: Look,
    wide: bool,
    out: &mut dyn Write,
) -> io::Result<Vec<String>> {
    let (by, lang) = (figures.question.by.len(), look.lang);
    let mut clock = Clock::new(figures.question.zone);
    let mut cells = |row: &[Datum<'_>]| -> Vec<String> {
        row.iter().map(|cell| clean(&cell_text(cell, &mut clock, lang)).into_owned()).collect()
    };
    let mut shape = Shape::of(table);
    for row in table.rows() {
        shape.see(&row, &cells(&row), by);
    }
    let (columns, hidden) = shape.columns(table, by, (!wide).then_some(look.width));
    let mut line = |cells: &[String], paint: &dyn Fn(&str, &mut String)| {
        let (mut line, mut text) = (String::new(), String::new());
        for (place, &(at, room)) in columns.iter().enumerate() {
            push_spaces(if place == 0 { 0 } else { 2 }, &mut line);
            let cell = &cells[at];
            if table.columns[at].holds == Holds::Number {
                push_spaces(room.saturating_sub(width(cell)), &mut line);
                line.push_str(cell);
            } else {
                // Where lines may be as long as they will, nothing is cut.
                let taken = push_clip(cell, if wide { usize::MAX } else { room }, &mut line);
                push_spaces(room.saturating_sub(taken), &mut line);
            }
        }
        paint(line.trim_end(), &mut text);
        text.push('\n');
        out.write_all(text.as_bytes())
    };
    let titles: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
    line(&titles, &|text, out| Paint::new(look.color).push(Ink::Strong, text, out))?;
    for row in table.rows() {
        let mut cells = cells(&row);
        if shape.of_day {
            for at in &shape.moments {
                cells[*at] = cells[*at].get(DAY.len()..).unwrap_or_default().to_owned();
            }
        }
        line(&cells, &|text, out| out.push_str(text))?;
    }
    Ok(hidden)
}

/// As long as every day, and the blank behind it.
const DAY: &str = "2021-03-10 ";

/// Columns of text are not made shorter, unless nothing else is left.
const SHORTEST: usize = 12;
const LEAST: usize = 6;

/// Longer cells are not waited for where lines may be as long as they will.
const LONGEST: usize = 60;

/// How wide the columns of a table are, and whether they say anything.
struct Shape {
    widths: Vec<usize>,
    says: Vec<bool>,
    moments: Vec<usize>,
    /// Where people are counted.
    people: Option<usize>,
    /// Whether each row is of a day, so that its moments are times of that.
    of_day: bool,
}

impl Shape {
    /// That of a table without rows.
    fn of(table: &Table<'_>) -> Shape {
        let columns = table.columns.iter().enumerate();
        Shape {
            widths: vec![0; table.columns.len()],
            says: vec![false; table.columns.len()],
            moments: columns.filter(|(_, of)| of.holds == Holds::Moment).map(|(at, _)| at).collect(),
            people: table.columns.iter().rposition(|column| column.name == PEOPLE),
            of_day: true,
        }
    }

    /// Makes room for a row, whose first cells are what its events have in common.
    fn see(&mut self, row: &[Datum<'_>], cells: &[String], by: usize) {
        for (at, cell) in cells.iter().enumerate() {
            self.widths[at] = self.widths[at].max(width(cell));
            // Of a single person nothing is said.
            let is_one = self.people == Some(at) && matches!(row[at], Datum::Count(0 | 1));
            self.says[at] |= !cell.is_empty() && !is_one;
        }
        let day = |at: &usize| cells[*at].split(' ').next().unwrap_or_default();
        self.of_day =
            self.of_day && self.moments.iter().all(|at| cells[..by].iter().any(|key| key == day(at)));
    }

    /// Which columns are shown, and how wide, within so many columns of a terminal; and the titles of those for which there
    /// is no room.
    fn columns(
        &self,
        table: &Table<'_>,
        by: usize,
        limit: Option<usize>,
    ) -> (Vec<(usize, usize)>, Vec<String>) {
        let title = |at: usize| &*table.columns[at].title;
        let room = |at: usize| {
            let is_moment = self.of_day && self.moments.contains(&at);
            let cells = self.widths[at].saturating_sub(if is_moment { DAY.len() } else { 0 });
            cells.min(if limit.is_some() { usize::MAX } else { LONGEST }).max(width(title(at)))
        };
        let shown = (0..table.columns.len()).filter(|at| *at < by || self.says[*at]);
        let mut columns: Vec<(usize, usize)> = shown.map(|at| (at, room(at))).collect();
        let mut hidden = Vec::new();
        let Some(limit) = limit else { return (columns, hidden) };
        let longest = |columns: &[(usize, usize)], of_key: bool, least: usize| {
            let is = |(_, (at, width)): &(usize, &(usize, usize))| {
                (*at < by) == of_key && table.columns[*at].holds == Holds::Text && *width > least
            };
            // What only a title needs is worth less than what cells do.
            let weight = |(_, (at, width)): &(usize, &(usize, usize))| (*width > self.widths[*at], *width);
            columns.iter().enumerate().filter(is).max_by_key(weight).map(|(place, _)| place)
        };
        let taken = |columns: &[(usize, usize)]| columns.iter().map(|(_, width)| width + 2).sum::<usize>();
        while taken(&columns) > limit + 2 {
            // Keys that take too much give way first, then the longest of our own texts, then what stands last, and at the end
            // the longest key.
            let narrower = longest(&columns, true, (limit / 3).max(SHORTEST))
                .or_else(|| longest(&columns, false, SHORTEST));
            match narrower {
                Some(place) => columns[place].1 -= 1,
                None if columns.len() > by + 1 => {
                    hidden.extend(columns.pop().map(|(at, _)| title(at).to_owned()));
                }
                None => match longest(&columns, true, LEAST) {
                    Some(place) => columns[place].1 -= 1,
                    None => break,
                },
            }
        }
        // What was left out may have been wider than it had to be.
        let mut free = (limit + 2).saturating_sub(taken(&columns));
        for (at, width) in &mut columns {
            let more = (room(*at) - *width).min(free);
            *width += more;
            free -= more;
        }
        hidden.reverse();
        (columns, hidden)
    }
}
