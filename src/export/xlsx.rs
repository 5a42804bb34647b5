//! A book of sheets, for Excel, LibreOffice and their like: the cells of the CSV with their types.
//!
//! Ids are text, so that no digit is lost; moments are dates in one zone, which the head names. A sheet holds the events
//! of one type and goes on in a second one where it is full. Rows go to temporary files, so memory does not grow with them.
//!
//! XML cannot hold most control characters: they are escaped as Excel does (`_x0000_`), which reads them back.

use std::io::{self, Write};
use std::path::Path;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError,
};

use crate::catalog::{Choice, Json, Kind};
use crate::json::Decimal;
use crate::lang::{Label, Lang, label};
use crate::record::{Layout, flatten};
use crate::terminal::sanitize::{capital, clean, width};
use crate::time::{Unit, Zone};
use crate::view::table::usual;

use super::columns::{Columns, Source};
use super::left_out::LeftOut;
use super::typed::TypedCell;

/// What a sheet can hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Rows, the head among them.
    pub rows: u32,
    /// Units of UTF-16 of a text.
    pub text: usize,
}

pub(super) const LIMITS: Limits = Limits { rows: 1 << 20, text: 32_767 };
/// Columns of a sheet.
const COLUMNS: usize = 1 << 14;
/// Characters of the name of a sheet.
const NAME: usize = 31;
/// What marks a text that was cut, and a name.
const CUT: char = '…';

/// What XML around a cell takes, roughly.
const AROUND: u64 = 48;
/// Where a part has more bytes of XML the larger form of ZIP is taken, which not every reader knows: without it no part of
/// the book can be 4 GiB.
const LARGE: u64 = 3 << 30;
/// The same of all parts together, as they are compressed: to less than this.
const COMPRESSED: u64 = 4;

const LEFT_OUT: Label = label("未写入", "left out");
const LEFT_OUT_HEAD: [Label; 3] =
    [label("内容", "what"), label("数量", "count"), label("说明", "how to get it")];
const CUT_TEXTS: Label = label("过长而被截断的单元格", "cells that were cut");
const CUT_HINT: Label = label(
    "单元格最多 32767 个字符；CSV 中是完整的",
    "a cell has at most 32,767 characters; CSV has them whole",
);

const FURTHER: Label = label("续表（不是未写入的内容）", "further sheets of a type (nothing is lost)");
const FURTHER_HINT: Label = label(
    "一张表最多 1048576 行；其余的行在名称带 (2)、(3) 等的表中",
    "a sheet has at most 1,048,576 rows; the rest is on those named (2), (3) and so on",
);

/// A book that is being written. Its rows are those that a [`RowWriter`](super::RowWriter) of the format `xlsx` makes.
pub struct Book {
    workbook: Workbook,
    sheets: Vec<Sheet>,
    /// In small letters, as Excel compares them.
    names: Vec<String>,
    lang: Lang,
    zone: Zone,
    limits: Limits,
    formats: Formats,
    cut: u64,
}

struct Formats {
    head: Format,
    text: Format,
    seconds: Format,
    millis: Format,
    alarm: Format,
}

struct Sheet {
    name: String,
    columns: Vec<Column>,
    /// Those that are full, and the last one.
    parts: Vec<Part>,
}

/// What stands on one sheet of the book.
struct Part {
    sheet: Worksheet,
    /// The head among them.
    rows: u32,
    /// Bytes of XML, roughly.
    weight: u64,
}

/// How a column looks.
struct Column {
    head: String,
    /// Lines of the head, the name on one of its own where both do not stand beside one another.
    lines: usize,
    width: usize,
    form: Form,
    /// What is to be seen at once: labels, or numbers as they are written.
    alarms: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// What comes as text is text, and numbers too: ids.
    Text,
    /// A date and a time of day.
    Moment(Unit),
    /// As it comes.
    General,
}

impl Book {
    /// An empty book. Titles and labels are in `lang`, moments in `zone`. Rows wait in `folder` until the book is
    /// written, or in that of the system for temporary files.
    ///
    /// # Errors
    ///
    /// No file can be made there.
    pub fn new(lang: Lang, zone: Zone, folder: Option<&Path>) -> io::Result<Book> {
        let mut workbook = Workbook::new();
        // Equal data are equal bytes.
        let epoch = ExcelDateTime::from_ymd(2021, 3, 10).map_err(failed)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
        if let Some(folder) = folder {
            workbook.set_tempdir(folder).map_err(failed)?;
        }
        let date = |format| Format::new().set_num_format(format).set_align(FormatAlign::Left);
        let formats = Formats {
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            text: Format::new().set_num_format("@"),
            seconds: date("yyyy-mm-dd hh:mm:ss"),
            millis: date("yyyy-mm-dd hh:mm:ss.000"),
            alarm: Format::new()
                .set_background_color(Color::RGB(0xff_c7_ce))
                .set_font_color(Color::RGB(0x9c_00_06)),
        };
        let (sheets, names, limits) = (Vec::new(), Vec::new(), LIMITS);
        Ok(Book { workbook, sheets, names, lang, zone, limits, formats, cut: 0 })
    }

    /// Adds a sheet for events of this name with these columns, and says its number.
    ///
    /// # Errors
    ///
    /// A sheet cannot have so many columns, or its rows have nowhere to wait.
    pub fn sheet(&mut self, name: &str, columns: &Columns) -> io::Result<usize> {
        if columns.columns.len() > COLUMNS {
            let text = format!(
                "a sheet has at most {COLUMNS} columns, and these are {}; choose some with --columns, or take CSV",
                columns.columns.len()
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        let columns = looks(columns, self.lang, self.zone);
        // It stands on a tab, where it is to be seen.
        self.sheets.push(Sheet { name: clean(name).into_owned(), columns, parts: Vec::new() });
        self.begin_part(self.sheets.len() - 1)?;
        Ok(self.sheets.len() - 1)
    }

    /// Appends rows to a sheet.
    ///
    /// # Errors
    ///
    /// They cannot be kept, or are no rows of this format.
    pub fn rows(&mut self, sheet: usize, mut rows: &[u8]) -> io::Result<()> {
        while !rows.is_empty() {
            if self.sheets[sheet].parts.last().is_none_or(|part| part.rows >= self.limits.rows) {
                self.begin_part(sheet)?;
            }
            let Sheet { columns, parts, .. } = &mut self.sheets[sheet];
            let Some(part) = parts.last_mut() else { return Ok(()) };
            let before = rows.len();
            for (at, column) in (0..).zip(columns.iter()) {
                let cell = TypedCell::take(&mut rows).ok_or(io::ErrorKind::InvalidData)?;
                let place = (part.rows, at);
                let written = column.write(&mut part.sheet, place, cell, self.limits, &self.formats.alarm);
                self.cut += u64::from(written.map_err(failed)?);
            }
            part.rows += 1;
            part.weight += (before - rows.len()) as u64 + AROUND * columns.len() as u64;
        }
        Ok(())
    }

    /// How many texts were longer than a cell can be: they were cut, and the last sheet says so.
    pub fn cut(&self) -> u64 {
        self.cut
    }

    /// On how many more sheets full ones go on, which the last sheet says.
    pub fn further(&self) -> u64 {
        self.sheets.iter().map(|sheet| sheet.parts.len().saturating_sub(1) as u64).sum()
    }

    /// Writes the book, with a last sheet of what was left out, if anything was.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn finish(mut self, mut left_out: Vec<LeftOut>, out: impl Write + Send) -> io::Result<()> {
        let lang = self.lang;
        if self.cut > 0 {
            let [what, hint] = [CUT_TEXTS, CUT_HINT].map(|label| label.text(lang).to_owned());
            left_out.push(LeftOut { what, count: Some(self.cut), hint });
        }
        let further = self.further();
        if further > 0 {
            let [what, hint] = [FURTHER, FURTHER_HINT].map(|label| label.text(lang).to_owned());
            left_out.push(LeftOut { what, count: Some(further), hint });
        }
        let (mut heaviest, mut all) = (0, 0);
        for Sheet { columns, parts, .. } in std::mem::take(&mut self.sheets) {
            let last = columns.len().saturating_sub(1) as u16;
            for Part { mut sheet, rows, weight } in parts {
                sheet.autofilter(0, 0, rows - 1, last).map_err(failed)?;
                let numbers = IgnoreError::NumberStoredAsText;
                sheet.ignore_error_range(0, 0, rows - 1, last, numbers).map_err(failed)?;
                self.workbook.push_worksheet(sheet);
                (heaviest, all) = (weight.max(heaviest), all + weight);
            }
        }
        if !left_out.is_empty() {
            self.leave_out(&left_out).map_err(failed)?;
        }
        self.workbook.use_zip_large_file(heaviest.max(all / COMPRESSED) > LARGE);
        let mut out = Keeping { out, failed: None };
        let saved = self.workbook.save_to_writer(&mut out).map_err(failed);
        out.failed.map_or(saved, Err)
    }

    fn leave_out(&mut self, lines: &[LeftOut]) -> Result<(), XlsxError> {
        let name = self.name(LEFT_OUT.text(self.lang));
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (at, (title, wide)) in (0..).zip(LEFT_OUT_HEAD.iter().zip([44, 10, 60])) {
            sheet.set_column_width(at, wide)?;
            sheet.write_string_with_format(0, at, title.text(self.lang), &self.formats.head)?;
        }
        for (row, LeftOut { what, count, hint }) in (1..).zip(lines) {
            let (what, _) = fit(what, self.limits.text);
            let (hint, _) = fit(hint, self.limits.text);
            sheet.write_string(row, 0, what)?.write_string(row, 2, hint)?;
            if let Some(count) = count {
                sheet.write_number(row, 1, *count as f64)?;
            }
        }
        sheet.autofilter(0, 0, lines.len() as u32, LEFT_OUT_HEAD.len() as u16 - 1)?;
        self.workbook.push_worksheet(sheet);
        Ok(())
    }

    /// Begins the first or a further part of a sheet: its head.
    fn begin_part(&mut self, sheet: usize) -> io::Result<()> {
        let name = self.name(&self.sheets[sheet].name.clone());
        let mut part = self.workbook.new_worksheet_with_constant_memory().map_err(failed)?;
        let formats = &self.formats;
        let Sheet { columns, parts, .. } = &mut self.sheets[sheet];
        let begun = || -> Result<Worksheet, XlsxError> {
            part.set_name(name)?.set_freeze_panes(1, 0)?;
            let lines = columns.iter().map(|column| column.lines).max().unwrap_or(1);
            part.set_row_height(0, LINE * lines.min(MOST_LINES) as f64)?;
            for (at, column) in (0..).zip(columns.iter()) {
                part.set_column_width(at, column.width as f64)?;
                match column.form {
                    Form::Text => part.set_column_format(at, &formats.text)?,
                    Form::Moment(Unit::Seconds) => part.set_column_format(at, &formats.seconds)?,
                    Form::Moment(_) => part.set_column_format(at, &formats.millis)?,
                    Form::General => &mut part,
                };
                part.write_string_with_format(0, at, &column.head, &formats.head)?;
            }
            Ok(part)
        };
        parts.push(Part { sheet: begun().map_err(failed)?, rows: 1, weight: 0 });
        Ok(())
    }

    /// A name for a sheet that no other has.
    fn name(&mut self, wanted: &str) -> String {
        let mut number = 1u32;
        loop {
            let name = sheet_name(wanted, number);
            let small = name.to_lowercase();
            if !self.names.contains(&small) {
                self.names.push(small);
                return name;
            }
            number += 1;
        }
    }
}

/// Lines of a head.
const MOST_LINES: usize = 4;
/// Points of one.
const LINE: f64 = 15.0;

/// A name as a sheet may have it: the end of one that is too long, which says more than its beginning; with a number
/// where it is not the first.
pub(super) fn sheet_name(wanted: &str, number: u32) -> String {
    let suffix = if number > 1 { format!(" ({number})") } else { String::new() };
    let room = NAME - suffix.len();
    let allowed = |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    // The name may be as long as its event.
    let last: Vec<char> = wanted.chars().rev().take(NAME + 1).collect();
    let (mut units, mut fitting) = (0, Vec::new());
    for c in last.iter().map(|c| if allowed(*c) { *c } else { '_' }) {
        units += c.len_utf16();
        fitting.push(c);
    }
    if units > room {
        while units + CUT.len_utf16() > room {
            units -= fitting.pop().map_or(units, char::len_utf16);
        }
        fitting.push(CUT);
    }
    let name: String = fitting.into_iter().rev().collect();
    // Excel keeps this one for itself.
    let name = if name.trim().is_empty() || name.eq_ignore_ascii_case("history") { name + "_" } else { name };
    name + &suffix
}

/// How the columns look.
fn looks(columns: &Columns, lang: Lang, zone: Zone) -> Vec<Column> {
    let layout = Layout::of(columns.event);
    let items = match &columns.explode {
        Some(explode) => match explode.item {
            Kind::Object(fields) => flatten(fields, &[], false),
            _ => Vec::new(),
        },
        None => Vec::new(),
    };
    // What the catalogue says of a slot: those of an item come after those of the event.
    let described = |slot: usize| match (layout.columns.get(slot), &columns.explode) {
        (Some(column), _) => Some((column.field.title, column.field.kind)),
        (None, Some(explode)) => match (items.get(slot - explode.base), explode.item) {
            (Some(column), _) => Some((column.field.title, column.field.kind)),
            (None, kind) => Some((layout.columns[explode.slot].field.title, kind)),
        },
        (None, None) => None,
    };
    let called = zone.lasting_name();
    let look = |column: &super::columns::Column| {
        let slot = match column.source {
            Source::Value(slot)
            | Source::Scalars(slot)
            | Source::Moment(slot, _)
            | Source::Label(slot, _) => described(slot),
            _ => None,
        };
        let is_label = matches!(column.source, Source::Label(..));
        let form = match (column.source, slot) {
            (Source::Moment(_, unit), _) => Form::Moment(unit),
            (Source::Label(..), _) => Form::General,
            (_, Some((_, kind))) if kind.json() == Json::String => Form::Text,
            _ => Form::General,
        };
        let name = match form {
            Form::Moment(_) => format!("{} ({called})", column.name),
            _ => column.name.clone(),
        };
        let takes = match (form, slot) {
            (Form::Moment(Unit::Seconds), _) => "2021-03-10 21:11:56".len(),
            (Form::Moment(_), _) => "2021-03-10 21:11:57.707".len(),
            (_, Some((_, kind))) => usual(&kind, false, lang, !is_label),
            _ => 0,
        };
        let alarms = match slot {
            Some((_, Kind::Choice(choices))) => alarms(choices, is_label, lang),
            _ => Vec::new(),
        };
        // The button of the filter takes some of it.
        let wide = takes.max(width(&name) + 2).min(MOST_WIDE) + 1;
        let (head, lines) = match slot {
            Some((title, _)) => {
                let title = capital(title.text(lang));
                let head = format!("{title} {name}");
                let lines = if width(&head) < wide { 1 } else { width(&title).div_ceil(wide) + 1 };
                (head, lines)
            }
            None => (name, 1),
        };
        Column { head, lines, width: wide, form, alarms }
    };
    columns.columns.iter().map(look).collect()
}

/// No column is wider at first.
const MOST_WIDE: usize = 60;

fn alarms(choices: &[Choice], labels: bool, lang: Lang) -> Vec<String> {
    let said = |choice: &Choice| match labels {
        true => choice.label.text(lang).to_owned(),
        false => choice.value.to_string(),
    };
    choices.iter().filter(|choice| choice.alarm).map(said).collect()
}

impl Column {
    /// Writes a cell and says whether its text was cut.
    fn write(
        &self,
        part: &mut Worksheet,
        (row, at): (u32, u16),
        cell: TypedCell<'_>,
        limits: Limits,
        alarm: &Format,
    ) -> Result<bool, XlsxError> {
        let alarming =
            |said: &[u8]| self.alarms.iter().any(|alarm| alarm.as_bytes() == said).then_some(alarm);
        match cell {
            TypedCell::Nothing => {}
            TypedCell::Flag(flag) => {
                part.write_boolean(row, at, flag)?;
            }
            TypedCell::Number(digits) => {
                let number = number(digits).filter(|_| self.form != Form::Text);
                match (number, alarming(digits)) {
                    (Some(number), Some(alarm)) => part.write_number_with_format(row, at, number, alarm)?,
                    (Some(number), None) => part.write_number(row, at, number)?,
                    (None, _) => part.write_string(row, at, String::from_utf8_lossy(digits))?,
                };
            }
            TypedCell::Moment(iso) => {
                match serial(iso) {
                    Some(serial) => part.write_number(row, at, serial)?,
                    None => part.write_string(row, at, String::from_utf8_lossy(iso))?,
                };
            }
            TypedCell::Text(text) => {
                let whole = String::from_utf8_lossy(text);
                let (fitting, cut) = fit(&whole, limits.text);
                match alarming(text) {
                    Some(alarm) => part.write_string_with_format(row, at, fitting, alarm)?,
                    None => part.write_string(row, at, fitting)?,
                };
                return Ok(cut);
            }
        }
        Ok(false)
    }
}

/// A number that a spreadsheet keeps as it is written: it has a double that says the same, and of an integer no more
/// digits than are shown.
fn number(digits: &[u8]) -> Option<f64> {
    let text = str::from_utf8(digits).ok()?;
    let number: f64 = text.parse().ok()?;
    let sized = number == 0.0 || (SMALLEST..BEYOND).contains(&number.abs());
    // Fifteen digits survive in any double.
    let same = || text.len() <= 15 || Decimal::parse(text) == Decimal::parse(&number.to_string());
    (sized && same()).then_some(number)
}

/// Sixteen digits, of which only fifteen are shown.
const BEYOND: f64 = 1e15;
/// Spreadsheets take what is much smaller for zero.
const SMALLEST: f64 = 1e-100;

/// The number of a day and a time as spreadsheets count: days since 1899-12-30. Before March 1900 and after 9999 they have
/// none.
pub(super) fn serial(iso: &[u8]) -> Option<f64> {
    let digits = |from: usize, to: usize| str::from_utf8(iso.get(from..to)?).ok()?.parse::<i64>().ok();
    if !iso.first()?.is_ascii_digit() || *iso.get(4)? != b'-' {
        return None;
    }
    let (year, month, day) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let (hour, minute, second) = (digits(11, 13)?, digits(14, 16)?, digits(17, 19)?);
    let millis = if iso.get(19) == Some(&b'.') { digits(20, 23)? } else { 0 };
    // Years from March on, so that a leap day is the last day of one.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - FIRST_DAY;
    let ms = ((hour * 60 + minute) * 60 + second) * 1000 + millis;
    (days > 60).then_some(days as f64 + ms as f64 / 86_400_000.0)
}

/// The number of 1899-12-30 in the count of days from March of the year 0.
const FIRST_DAY: i64 = 693_900;

/// A text as a cell can hold it, and whether it was cut.
pub(super) fn fit(text: &str, most: usize) -> (String, bool) {
    // A character of UTF-8 has no more units of UTF-16 than bytes.
    if text.len() <= most || text.chars().map(char::len_utf16).sum::<usize>() <= most {
        return (text.to_owned(), false);
    }
    let mut room = most - CUT.len_utf16();
    let fits = |c: &char| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    };
    let mut fitting: String = text.chars().take_while(fits).collect();
    fitting.push(CUT);
    (fitting, true)
}

/// What the library says as what a writer says.
pub(super) fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        XlsxError::TempFileError(folder, error) => {
            io::Error::new(error.kind(), format!("{}: rows cannot wait there: {error}", folder.display()))
        }
        other => io::Error::other(other.to_string()),
    }
}

/// A writer that keeps why it failed, and takes what comes then as written: otherwise an archive that cannot be ended says
/// so on standard error.
pub(super) struct Keeping<W> {
    pub out: W,
    pub failed: Option<io::Error>,
}

impl<W: Write> Write for Keeping<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed.is_some() {
            return Ok(bytes.len());
        }
        self.out.write(bytes).map_err(|error| {
            let kind = error.kind();
            if kind != io::ErrorKind::Interrupted {
                self.failed = Some(error);
            }
            kind.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failed.is_some() { Ok(()) } else { self.out.flush() }
    }
}

#[cfg(test)]
#[path = "xlsx_tests.rs"]
pub(crate) mod tests;
