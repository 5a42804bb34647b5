//! The summary for a terminal: at most 80 columns, plots of plain characters or of background colours. Block and box
//! characters are two columns wide in many Chinese terminals, and so are in none of it.

use crate::lang::{Label, Lang, label};
use crate::secrets::Secrets;
use crate::terminal::Look;
use crate::terminal::paint::{Ink, Paint, SHADES};
use crate::terminal::sanitize::{capital, clean, pad, push_clip, push_spaces, width};
use crate::terminal::wrap::{HARD_SPACE, wrap_words};
use crate::time::{Clock, Millis};

use super::calendar::{Calendar, Row};
use super::choices::Said;
use super::figures::{FieldFigures, Figures, TypeFigures};
use super::words::{self, count_of, length, number, percent};

/// No line is wider, and those of a plot not narrower.
const WIDEST: usize = 80;
const NARROWEST: usize = 40;

/// From nothing to the most.
const RAMP: &[u8; SHADES] = b" .:-=+*#%@";

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

    /// A line of words, broken between them.
    fn paragraph(&mut self, text: &str, indent: usize) {
        for (at, line) in wrap_words(text, self.width - indent).into_iter().enumerate() {
            push_spaces(if at == 0 { indent } else { indent.max(2) }, &mut self.out);
            self.out.push_str(&line.replace(HARD_SPACE, " "));
            self.out.push('\n');
        }
    }

    /// The head of a section: what it is, and what stands in the columns on the right.
    fn head(&mut self, title: &str, columns: &[(&str, usize)]) {
        self.out.push('\n');
        let right: usize = columns.iter().map(|(_, width)| width).sum();
        let title = pad(title, self.width - right);
        let mut line = title;
        for (column, room) in columns {
            push_right(column, *room, &mut line);
        }
        self.paint.push(Ink::Strong, line.trim_end(), &mut self.out);
        self.out.push('\n');
    }

    fn headline(&mut self) {
        let line = words::headline(self.figures, self.lang);
        let lines: Vec<String> = wrap_words(&line, self.width).into_iter().map(str::to_owned).collect();
        for line in lines {
            self.paint.push(Ink::Strong, &line, &mut self.out);
            self.out.push('\n');
        }
        if let Some(left_out) = words::left_out(self.figures, self.lang) {
            self.paragraph(&left_out, 2);
        }
    }

    fn types(&mut self) {
        let types = self.figures.types();
        if types.len() < 2 {
            return;
        }
        self.head(self.say(label("类型", "Types")), &[(self.say(words::EVENTS), 10), ("", 8)]);
        let (room, all) = (self.width - 18, self.figures.events);
        let names = types
            .iter()
            .take(MOST_TYPES)
            .map(|figures| figures.name.len())
            .max()
            .unwrap_or(0)
            .min(room / 2 + 4);
        let more: u64 = types.iter().skip(MOST_TYPES).map(|figures| figures.events).sum();
        for figures in types.iter().take(MOST_TYPES) {
            let title = match figures.event {
                Some(event) => format!("{}  {}", pad(&figures.name, names), event.title.text(self.lang)),
                None if figures.name.is_empty() => self.say(words::UNTYPED).to_owned(),
                None => self.shown(&figures.name),
            };
            self.row(&title, room, figures.events, all);
        }
        let more = more + self.figures.of_more_types;
        if more > 0 {
            let rest = types.len().saturating_sub(MOST_TYPES) as u64;
            self.row(&words::more_types(rest, self.lang), room, more, all);
        }
    }

    /// A name and its share of all.
    fn row(&mut self, name: &str, room: usize, events: u64, all: u64) {
        let mut line = "  ".to_owned();
        line.push_str(&pad(name, room - 2));
        push_right(&number(events), 10, &mut line);
        push_right(&percent(events, all), 8, &mut line);
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn when(&mut self) {
        let Some(calendar) = Calendar::of(self.figures, self.lang) else { return };
        let counted =
            if self.figures.punches == self.figures.events { words::PUNCHES } else { words::EVENTS };
        let people = calendar.rows.iter().any(|row| row.people > 0);
        let mut calendar = calendar;
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
        let counted = if counted == words::PUNCHES { words::PUNCH_NOUN } else { words::EVENT_NOUN };
        let most = words::count_of(most, counted, self.lang);
        let mut legend = match self.lang {
            Lang::Zh => format!("{}；{} 为 {most}", calendar.legend(self.lang), self.darkest()),
            Lang::En => format!("{}; {} is {most}", calendar.legend(self.lang), self.darkest()),
        };
        for (count, noun) in
            [(calendar.elsewhere, words::ELSEWHERE_NOUN), (self.figures.timeless, words::TIMELESS_NOUN)]
        {
            if count > 0 {
                legend.push_str(if self.lang == Lang::Zh { "；" } else { "; " });
                legend.push_str(&words::count_of(count, noun, self.lang));
            }
        }
        self.paragraph(&legend, start);
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
            format!("p10 {}  p50 {}  p90 {}", at(0.1), at(0.5), at(0.9))
        };
        let more = if self.figures.days.full { "+" } else { "" };
        let days = format!("{}{more}", number(self.figures.days.len() as u64));
        let names =
            [label("最早打卡", "First punch"), label("最晚打卡", "Last punch")].map(|name| self.say(name));
        let room = names.iter().map(|name| width(name)).max().unwrap_or(0) + 2;
        let said = match self.lang {
            Lang::Zh => [format!("共 {days} 人天，"), format!("其中 {} 人天只有一次打卡", number(single))],
            Lang::En => [
                format!("{days} employee-day{},", if days == "1" { "" } else { "s" }),
                format!("{} with a single punch", number(single)),
            ],
        };
        self.out.push('\n');
        for ((name, minutes), said) in names.into_iter().zip([first, last]).zip(said) {
            self.paint.push(Ink::Strong, name, &mut self.out);
            push_spaces(room - width(name), &mut self.out);
            let quantiles = quantiles(&minutes);
            self.out.push_str(&quantiles);
            if room + quantiles.len() + 3 + width(&said) <= self.width {
                self.out.push_str("   ");
                self.out.push_str(&said);
                self.out.push('\n');
            } else {
                self.out.push('\n');
                self.paragraph(&said, room);
            }
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
        let (max, p50, p90, p99) = (self.say(words::MAX), at(0.5), at(0.9), at(0.99));
        let line = format!("  p50 {p50}   p90 {p90}   p99 {p99}   {max} {most}\n");
        self.out.push_str(&line);
        let rows = self.figures.delay_rows();
        let names: Vec<(String, u64)> =
            rows.map(|(at, count)| (words::delay(at, self.lang), count)).collect();
        let room = names.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
        let largest = self.figures.delay_counts.iter().copied().max().unwrap_or(1);
        for (name, count) in names {
            self.bar(&name, room, count, largest, delays.count());
        }
    }

    /// A bar of a histogram, its count, and the share of `all`.
    fn bar(&mut self, name: &str, room: usize, count: u64, largest: u64, all: u64) {
        let columns = self.width.saturating_sub(room + 4 + 10 + 8).max(8);
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
        push_right(&number(count), 10, &mut self.out);
        push_right(&percent(count, all), 8, &mut self.out);
        self.out.push('\n');
    }

    /// How punches were made, and what stands out among them.
    fn punches(&mut self) {
        let Some(figures) = self.figures.punch_type() else { return };
        let people = [(self.say(words::PUNCHES), 10), (self.say(words::SHARE), 8)];
        for (field, values) in figures.ways() {
            self.head(&capital(field.field.field.title.text(self.lang)), &people);
            for value in values {
                let name = self.value(&value.said);
                self.row(&name, self.width - 18, value.events, figures.events);
            }
        }
        let notable: Vec<_> = figures.notable().collect();
        if notable.is_empty() {
            return;
        }
        let columns = [(self.say(words::PUNCHES), 10), (self.say(words::PEOPLE), 8)];
        let most = self.say(label("  最多的是", "  most often"));
        let right = 18 + if self.width >= 70 { 30 } else { 0 };
        let title = self.say(label("风险与地点", "Risk and place"));
        let mut head = pad(title, self.width - right);
        for (column, room) in columns {
            push_right(column, room, &mut head);
        }
        if right > 18 {
            head.push_str(most);
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
            let room = self.width - right - 2;
            let name = pad(&name, room);
            match value.said.alarm {
                true => self.paint.push(Ink::Error, &name, &mut line),
                false => line.push_str(&name),
            }
            push_right(&number(value.events), 10, &mut line);
            push_right(&number(value.people.len() as u64), 8, &mut line);
            if right > 18 && value.said.alarm {
                let who: Vec<String> = value
                    .who(MOST_PEOPLE)
                    .into_iter()
                    .map(|(person, times)| self.person(person, times))
                    .collect();
                line.push_str("  ");
                push_clip(&who.join(", "), 28, &mut line);
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
        let title = capital(title);
        self.out.push('\n');
        self.paint.push(Ink::Strong, &title, &mut self.out);
        self.out.push_str(&format!("  {}\n", count_of(figures.events, words::EVENT_NOUN, self.lang)));
        let room = fields
            .iter()
            .map(|field| width(field.field.field.title.text(self.lang)))
            .max()
            .unwrap_or(0)
            .min(self.width / 3);
        for field in fields {
            let values = field.frequent();
            let said: Vec<String> = values
                .iter()
                .take(MOST_VALUES)
                .map(|value| format!("{}{HARD_SPACE}{}", self.value(&value.said), number(value.events)))
                .collect();
            let mut said = said.join(words::comma(self.lang));
            if values.len() > MOST_VALUES {
                said.push_str(&words::and_more(values.len() - MOST_VALUES, self.lang));
            }
            let mut name = String::new();
            let taken = push_clip(field.field.field.title.text(self.lang), room, &mut name);
            for (at, line) in wrap_words(&said, self.width - room - 4).into_iter().enumerate() {
                push_spaces(2, &mut self.out);
                if at == 0 {
                    self.out.push_str(&name);
                    push_spaces(room - taken + 2, &mut self.out);
                } else {
                    push_spaces(room + 2, &mut self.out);
                }
                self.out.push_str(&line.replace(HARD_SPACE, " "));
                self.out.push('\n');
            }
        }
    }

    fn rules(&mut self) {
        let rules = self.figures.rules();
        if rules.is_empty() {
            return;
        }
        self.head(self.say(label("检查结果", "Findings")), &[]);
        for figures in rules.iter().take(MOST_RULES) {
            let mut line = String::new();
            push_right(&number(figures.count), 9, &mut line);
            self.out.push_str(&line);
            push_spaces(2, &mut self.out);
            let weight = self.say(words::severity(figures.severity));
            self.paint.push(Ink::from(figures.severity), weight, &mut self.out);
            push_spaces(9 - width(weight), &mut self.out);
            self.out.push_str(figures.rule.code);
            self.out.push('\n');
        }
        if rules.len() > MOST_RULES {
            let more = words::and_more(rules.len() - MOST_RULES, self.lang);
            self.paragraph(more.trim_start_matches([',', '，', ' ']), 11);
        }
        self.paragraph(
            self.say(label(
                "larkspect check 列出每一处，larkspect explain 规则 说明原因",
                "larkspect check shows each with its place, larkspect explain RULE says why",
            )),
            2,
        );
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

/// When the first event and the last happened, in the zone of the question.
pub(super) fn ends(figures: &Figures) -> Option<[(String, String); 2]> {
    let mut clock = Clock::new(figures.question.zone);
    Some(figures.times?.map(|(at, _)| {
        let seconds = Millis(at).seconds();
        let offset = clock.offset_text(seconds).unwrap_or_default().to_owned();
        (words::moment(Millis(at), &mut clock), offset)
    }))
}
