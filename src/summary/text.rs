//! The summary for a terminal: at most 80 columns, plots of plain characters or of background colours. Block and box
//! characters are two columns wide in many Chinese terminals, and so are in none of it.

use crate::lang::{Label, Lang, label, say};
use crate::secrets::Secrets;
use crate::terminal::Look;
use crate::terminal::paint::{Ink, Paint, SHADES};
use crate::terminal::sanitize::{capital, clean, pad, push_clip, push_spaces, width};
use crate::terminal::wrap::{HARD_SPACE, wrap_items};

use super::calendar::{Calendar, Row};
use super::choices::Said;
use super::figures::{FieldFigures, Figures, TypeFigures, ValueFigures};
use super::words::{self, count_of, length, number, percent};

/// No line is wider, and those of a plot not narrower.
const WIDEST: usize = 80;
const NARROWEST: usize = 40;

/// Where there is room for columns as wide as they look well, and where for names of types, and of people.
const ROOMY: usize = 60;
const SPACIOUS: usize = 70;

/// From nothing to the most.
const RAMP: &[u8; SHADES] = b" .:-=+*#%@";

/// Columns of `p10 08:39  p50 08:51  p90 09:04`.
const QUANTILES: usize = 31;

/// Columns of who has something most often, and those that titles of fields have at least.
const WHO: usize = 30;
const LEAST_TITLE: usize = 16;

/// So many types and values are listed.
const MOST_TYPES: usize = 12;
const MOST_DETAILED: usize = 5;
const MOST_VALUES: usize = 6;
const MOST_FIELDS: usize = 8;
const MOST_PEOPLE: usize = 3;
const MOST_RULES: usize = 12;

/// The summary as text.
pub fn text(figures: &Figures, secrets: &Secrets, look: Look) -> String {
    let width = look.width.clamp(NARROWEST, WIDEST);
    let paint = Paint::new(look.color);
    let mut page = Page { figures, secrets, lang: look.lang, width, paint, out: String::new() };
    page.headline();
    page.types();
    page.when();
    page.first_and_last();
    page.delays();
    page.punches();
    for figures in figures.types().into_iter().filter(|figures| !figures.is_punch()).take(MOST_DETAILED) {
        page.choices(figures);
    }
    page.rules();
    page.out
}

struct Page<'f> {
    figures: &'f Figures,
    secrets: &'f Secrets,
    lang: Lang,
    width: usize,
    paint: Paint,
    out: String,
}

impl Page<'_> {
    fn say(&self, label: Label) -> &'static str {
        label.text(self.lang)
    }

    /// Text of a payload, as it may be shown.
    fn shown(&self, text: &str) -> String {
        clean(&self.secrets.hide(text)).into_owned()
    }

    /// A list behind what takes so many columns of its first line, broken between items. No items are no line.
    fn list(&mut self, items: &[String], between: &str, (taken, indent): (usize, usize)) {
        if items.is_empty() {
            return;
        }
        for (at, line) in wrap_items(items, between, self.width - indent).into_iter().enumerate() {
            push_spaces(if at == 0 { indent - taken } else { indent }, &mut self.out);
            self.out.push_str(&line.replace(HARD_SPACE, " "));
            self.out.push('\n');
        }
    }

    /// How wide the columns for counts, of which none is larger, and for what stands beside them are.
    fn columns(&self, titles: [&str; 2], largest: u64) -> (usize, usize) {
        if self.width >= ROOMY {
            return (10, 8);
        }
        let [counts, beside] = titles.map(width);
        (counts.max(number(largest).len()) + 1, beside.max("100.0%".len()) + 1)
    }

    /// The head of a section: what it is, and what stands in the columns on the right.
    fn head(&mut self, title: &str, columns: &[(&str, usize)]) {
        self.out.push('\n');
        let right: usize = columns.iter().map(|(_, width)| width).sum();
        let mut line = pad(title, self.width - right);
        for (column, room) in columns {
            push_right(column, *room, &mut line);
        }
        self.paint.push(Ink::Strong, line.trim_end(), &mut self.out);
        self.out.push('\n');
    }

    fn headline(&mut self) {
        let parts = words::headline(self.figures, self.lang);
        for line in wrap_items(&parts, words::comma(self.lang), self.width) {
            self.paint.push(Ink::Strong, &line, &mut self.out);
            self.out.push('\n');
        }
        for parts in [words::far(self.figures, self.lang), words::left_out_parts(self.figures, self.lang)] {
            self.list(&parts, words::comma(self.lang), (0, 2));
        }
    }

    fn types(&mut self) {
        let types = self.figures.types();
        if types.len() < 2 {
            return;
        }
        let (events, all) = (self.say(words::EVENTS), self.figures.events);
        let columns = self.columns([events, ""], all);
        self.head(self.say(label("类型", "Types")), &[(events, columns.0), ("", columns.1)]);
        let room = self.width - columns.0 - columns.1 - 2;
        let listed = &types[..types.len().min(MOST_TYPES)];
        let lang = self.lang;
        let title = |figures: &TypeFigures| figures.event.map_or("", |event| event.title.text(lang));
        let titles = listed.iter().map(|figures| width(title(figures))).max().unwrap_or(0);
        let names = listed.iter().map(|figures| figures.name.len()).max().unwrap_or(0);
        let names = names.min(room.saturating_sub(titles + 2));
        let more: u64 = types.iter().skip(MOST_TYPES).map(|figures| figures.events).sum();
        for figures in listed {
            let name = match figures.event {
                // Half a name says less than none.
                Some(_) if self.width < SPACIOUS => title(figures).to_owned(),
                Some(_) => format!("{}  {}", pad(&figures.name, names), title(figures)),
                None if figures.name.is_empty() => self.say(words::UNTYPED).to_owned(),
                None => self.shown(&figures.name),
            };
            self.row(&name, columns, figures.events, all);
        }
        let more = more + self.figures.of_more_types;
        if more > 0 {
            let rest = types.len().saturating_sub(MOST_TYPES) as u64;
            self.row(&words::more_types(rest, self.lang), columns, more, all);
        }
    }

    /// A name and its share of all.
    fn row(&mut self, name: &str, columns: (usize, usize), events: u64, all: u64) {
        let mut line = "  ".to_owned();
        line.push_str(&pad(name, self.width - columns.0 - columns.1 - 2));
        push_right(&number(events), columns.0, &mut line);
        push_right(&percent(events, all), columns.1, &mut line);
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn when(&mut self) {
        let Some(mut calendar) = Calendar::of(self.figures, self.lang) else { return };
        let counted = if words::is_of_punches(self.figures) { words::PUNCHES } else { words::EVENTS };
        let people = calendar.rows.iter().any(|row| row.people > 0);
        let start = label_width(self.lang) + 3;
        let left = |cell: usize| self.width.checked_sub(calendar.columns * cell + start);
        // Where there is no room for the counts too, a cell is narrower; and then there is none of them.
        while calendar.cell > 1 && left(calendar.cell).is_none_or(|left| left < COUNT) {
            calendar.cell -= 1;
        }
        let room = self.width.saturating_sub(calendar.columns * calendar.cell + start);
        let (events, employees) = match room {
            _ if people && room >= 2 * COUNT => (room.min(20) / 2, room.min(20) / 2),
            COUNT.. => (room.min(10), 0),
            _ => (0, 0),
        };
        let mut line = self.axis(&calendar, start);
        if events > 0 {
            push_right(self.say(counted), events, &mut line);
        }
        if employees > 0 {
            push_right(self.say(words::EMPLOYEES), employees, &mut line);
        }
        self.out.push('\n');
        self.paint.push(Ink::Strong, line.trim_end(), &mut self.out);
        self.out.push('\n');
        let most = calendar.most();
        for row in &calendar.rows {
            self.heat(row, &calendar, most, (events, employees));
        }
        let most = words::count_of(most, words::noun(self.figures), self.lang);
        let darkest = self.darkest();
        let mut legend = vec![
            calendar.legend(self.lang).to_owned(),
            say!(self.lang, "{darkest} 为 {most}", "{darkest} is {most}"),
        ];
        for (count, noun) in
            [(calendar.elsewhere, words::ELSEWHERE_NOUN), (self.figures.timeless, words::TIMELESS_NOUN)]
        {
            if count > 0 {
                legend.push(count_of(count, noun, self.lang));
            }
        }
        self.list(&legend, self.say(label("；", "; ")), (0, start));
    }

    /// What stands over the cells, which begin at a column.
    fn axis(&self, calendar: &Calendar, start: usize) -> String {
        let mut line = pad(self.say(label("时间", "When")), start);
        for at in 0..calendar.columns {
            let tick = start + at * calendar.cell;
            // One that is wider than its cell takes the room of the next ones.
            if width(&line) <= tick {
                push_spaces(tick - width(&line), &mut line);
                line.push_str(&calendar.tick(at));
            }
        }
        push_spaces((start + calendar.columns * calendar.cell).saturating_sub(width(&line)), &mut line);
        line
    }

    /// What stands for the most.
    fn darkest(&self) -> String {
        let mut text = String::new();
        match self.paint.is_on() {
            true => self.paint.shade(SHADES - 1, &HARD_SPACE.to_string().repeat(2), &mut text),
            false => text.push(char::from(RAMP[SHADES - 1])),
        }
        text
    }

    fn heat(&mut self, row: &Row, calendar: &Calendar, most: u64, (events, employees): (usize, usize)) {
        let mut line = String::new();
        push_spaces(2, &mut line);
        line.push_str(&pad(&row.label, label_width(self.lang) + 1));
        let last = if self.paint.is_on() { row.cells.len() } else { calendar.columns };
        for count in row.cells.iter().take(last) {
            let shade = shade(*count, most);
            let cell = char::from(RAMP[shade]).to_string().repeat(calendar.cell);
            match self.paint.is_on() {
                true => self.paint.shade(shade, &" ".repeat(calendar.cell), &mut line),
                false => line.push_str(&cell),
            }
        }
        push_spaces((calendar.columns - row.cells.len()) * calendar.cell, &mut line);
        if events > 0 {
            push_right(&number(row.events), events, &mut line);
        }
        if employees > 0 {
            push_right(
                &if row.people > 0 { number(row.people) } else { String::new() },
                employees,
                &mut line,
            );
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn first_and_last(&mut self) {
        if self.figures.days.len() == 0 {
            return;
        }
        let (first, last, single) = self.figures.first_and_last();
        let quantiles = |minutes: &super::people::Minutes| {
            let at = |part| minutes.at(part).map(words::time_of_day).unwrap_or_default();
            [("p10", 0.1), ("p50", 0.5), ("p90", 0.9)].map(|(name, part)| format!("{name} {}", at(part)))
        };
        let names =
            [label("最早打卡", "First punch"), label("最晚打卡", "Last punch")].map(|name| self.say(name));
        let room = names.iter().map(|name| width(name)).max().unwrap_or(0) + 2;
        let said = words::employee_days(self.figures, single, self.lang);
        self.out.push('\n');
        // Beside the figures, where there is room.
        let most = said.iter().map(|said| width(said) + 1).max().unwrap_or(0);
        let beside = room + QUANTILES + 3 + most <= self.width;
        for (at, (name, minutes)) in names.into_iter().zip([first, last]).enumerate() {
            self.paint.push(Ink::Strong, name, &mut self.out);
            let mut items = quantiles(&minutes).to_vec();
            if let Some(part) = said.get(at).filter(|_| beside) {
                let comma = if at + 1 < said.len() { words::comma(self.lang).trim_end() } else { "" };
                items[2].push_str(&format!("   {part}{comma}"));
            }
            self.list(&items, "  ", (width(name), room));
        }
        if !beside {
            self.list(&said, words::comma(self.lang), (0, room));
        }
    }

    fn delays(&mut self) {
        let delays = &self.figures.delays;
        if delays.count() == 0 {
            return;
        }
        let at = |part| delays.at(part).map(|millis| length(millis, self.lang)).unwrap_or_default();
        let most = delays.max().map(|millis| length(millis, self.lang)).unwrap_or_default();
        let title = self.say(label("投递延迟", "Delivery"));
        self.out.push('\n');
        self.paint.push(Ink::Strong, title, &mut self.out);
        let figures = [("p50", at(0.5)), ("p90", at(0.9)), ("p99", at(0.99)), (self.say(words::MAX), most)];
        let figures = figures.map(|(name, length)| format!("{name} {length}"));
        self.list(&figures, "   ", (width(title), width(title) + 2));
        let rows = self.figures.delay_rows();
        let names: Vec<(String, u64)> =
            rows.map(|(at, count)| (words::delay(at, self.lang), count)).collect();
        let room = names.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
        let largest = self.figures.delay_counts.iter().copied().max().unwrap_or(1);
        for (name, count) in names {
            self.bar((&name, room), count, largest, delays.count());
        }
    }

    /// A bar of a histogram, its count, and the share of `all`.
    fn bar(&mut self, (name, room): (&str, usize), count: u64, largest: u64, all: u64) {
        let (counts, shares) = self.columns([""; 2], largest);
        let columns = self.width.saturating_sub(room + 4 + counts + shares).max(1);
        // What is there is seen.
        let filled = (count as f64 / largest as f64 * columns as f64).round() as usize;
        let filled = filled.clamp(usize::from(count > 0), columns);
        push_spaces(2 + room - width(name), &mut self.out);
        self.out.push_str(name);
        push_spaces(2, &mut self.out);
        match self.paint.is_on() {
            true => self.paint.shade(SHADES / 2, &" ".repeat(filled), &mut self.out),
            false => self.out.push_str(&"#".repeat(filled)),
        }
        push_spaces(columns - filled, &mut self.out);
        push_right(&number(count), counts, &mut self.out);
        push_right(&percent(count, all), shares, &mut self.out);
        self.out.push('\n');
    }

    /// How punches were made, and what stands out among them.
    fn punches(&mut self) {
        let Some(figures) = self.figures.punch_type() else { return };
        let (punches, share) = (self.say(words::PUNCHES), self.say(words::SHARE));
        let columns = self.columns([punches, share], figures.events);
        for (field, values) in figures.ways() {
            let title = capital(field.field.field.title.text(self.lang));
            self.head(&title, &[(punches, columns.0), (share, columns.1)]);
            for value in values {
                let name = self.value(&value.said);
                self.row(&name, columns, value.events, figures.events);
            }
        }
        self.notable(figures);
    }

    /// What stands out among punches, and whose.
    fn notable(&mut self, figures: &TypeFigures) {
        let notable: Vec<_> = figures.notable().collect();
        if notable.is_empty() {
            return;
        }
        let titles = [self.say(words::PUNCHES), self.say(words::PEOPLE)];
        let (punches, people) = self.columns(titles, figures.events);
        let who = if self.width >= SPACIOUS { WHO } else { 0 };
        let room = self.width - punches - people - who;
        let mut head = pad(self.say(label("风险与地点", "Risk and place")), room);
        push_right(titles[0], punches, &mut head);
        push_right(titles[1], people, &mut head);
        if who > 0 {
            head.push_str(self.say(label("  最多的是", "  most often")));
        }
        self.out.push('\n');
        self.paint.push(Ink::Strong, head.trim_end(), &mut self.out);
        self.out.push('\n');
        for (field, value) in notable {
            let name = match value.said.alarm {
                true => self.value(&value.said),
                false => field.field.field.title.text(self.lang).to_owned(),
            };
            let mut line = "  ".to_owned();
            let name = pad(&name, room - 2);
            match value.said.alarm {
                true => self.paint.push(Ink::Error, &name, &mut line),
                false => line.push_str(&name),
            }
            push_right(&number(value.events), punches, &mut line);
            push_right(&number(value.people.len() as u64), people, &mut line);
            if who > 0 && value.said.alarm {
                let most =
                    value.who(MOST_PEOPLE).into_iter().map(|(person, times)| self.person(person, times));
                line.push_str("  ");
                push_clip(&most.collect::<Vec<_>>().join(", "), WHO - 2, &mut line);
            }
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    fn person(&self, person: u32, times: u32) -> String {
        let name = self.figures.people.get(person).map(|name| self.shown(name)).unwrap_or_default();
        if times > 1 { format!("{name} x{times}") } else { name }
    }

    /// What a value is called.
    fn value(&self, said: &Said) -> String {
        match said.label {
            Some(label) => label.text(self.lang).to_owned(),
            None => self.shown(&said.raw),
        }
    }

    /// The most frequent values of the fields of a type.
    fn choices(&mut self, figures: &TypeFigures) {
        let fields: Vec<&FieldFigures> =
            figures.fields.iter().filter(|field| field.is_telling()).take(MOST_FIELDS).collect();
        if fields.is_empty() {
            return;
        }
        let title = figures.event.map_or("", |event| event.title.text(self.lang));
        self.out.push('\n');
        self.paint.push(Ink::Strong, &capital(title), &mut self.out);
        self.out.push_str(&format!("  {}\n", count_of(figures.events, words::EVENT_NOUN, self.lang)));
        let room = fields
            .iter()
            .map(|field| width(field.field.field.title.text(self.lang)))
            .max()
            .unwrap_or(0)
            .min((self.width / 3).max(LEAST_TITLE));
        for field in fields {
            let values = field.frequent();
            let counted = |value: &&ValueFigures| {
                format!("{}{HARD_SPACE}{}", self.value(&value.said), number(value.events))
            };
            let mut said: Vec<String> = values.iter().take(MOST_VALUES).map(counted).collect();
            if values.len() > MOST_VALUES {
                said.push(words::and_more(values.len() - MOST_VALUES, self.lang));
            }
            push_spaces(2, &mut self.out);
            let taken = push_clip(field.field.field.title.text(self.lang), room, &mut self.out);
            self.list(&said, words::comma(self.lang), (2 + taken, 2 + room + 2));
        }
    }

    fn rules(&mut self) {
        let rules = self.figures.rules();
        if rules.is_empty() {
            return;
        }
        self.head(self.say(label("检查结果", "Findings")), &[]);
        let most = rules.iter().map(|figures| number(figures.count).len()).max().unwrap_or(0);
        let (count, weight_room) = if self.width >= ROOMY { (9, 9) } else { (2 + most, 8) };
        for figures in rules.iter().take(MOST_RULES) {
            let mut line = String::new();
            push_right(&number(figures.count), count, &mut line);
            self.out.push_str(&line);
            push_spaces(2, &mut self.out);
            let weight = self.say(words::severity(figures.severity));
            self.paint.push(Ink::from(figures.severity), weight, &mut self.out);
            push_spaces(weight_room - width(weight), &mut self.out);
            self.out.push_str(figures.rule.code);
            self.out.push('\n');
        }
        if rules.len() > MOST_RULES {
            self.list(&[words::and_more(rules.len() - MOST_RULES, self.lang)], "", (0, count + 2));
        }
        let hints = [
            label("larkspect check 列出每一处", "larkspect check shows each with its place"),
            label("larkspect explain 规则 说明原因", "larkspect explain RULE says why"),
        ];
        self.list(&hints.map(|hint| self.say(hint).to_owned()), words::comma(self.lang), (0, 2));
    }
}

/// Columns of the name of a row of the heat map: `03-10 Wed`, `03-10 周三`.
fn label_width(lang: Lang) -> usize {
    if lang == Lang::Zh { 10 } else { 9 }
}

/// Columns of a count beside it.
const COUNT: usize = 8;

/// How dark a count is.
pub(super) fn shade(count: u64, most: u64) -> usize {
    match count {
        0 => 0,
        _ => ((count as f64 / most as f64 * (SHADES - 1) as f64).ceil() as usize).clamp(1, SHADES - 1),
    }
}

/// Appends clean text at the right of so many columns, with a blank before it at least.
fn push_right(text: &str, columns: usize, out: &mut String) {
    push_spaces(columns.saturating_sub(width(text)).max(usize::from(!text.is_empty())), out);
    out.push_str(text);
}
