//! A table of our own as a book of one sheet.

use std::io::{self, Write};

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError,
};

use crate::terminal::sanitize::width;
use crate::time::Clock;

use super::table::{Datum, Table};
use super::xlsx::{Keeping, LIMITS, failed, fit, serial, sheet_name};

/// Writes a book of one table.
pub(super) fn write(table: &Table, clock: &mut Clock, out: impl Write + Send) -> io::Result<()> {
    if table.rows.len() >= LIMITS.rows as usize {
        let text = format!(
            "a sheet has at most {} rows, and these are {}; CSV holds them",
            LIMITS.rows,
            table.rows.len() + 1
        );
        return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    }
    let mut workbook = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2021, 3, 10).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    let mut sheet = Worksheet::new();
    let mut written = || -> Result<(), XlsxError> {
        let [head, text, moment, span] = [
            Format::new().set_bold().set_align(FormatAlign::Top),
            Format::new().set_num_format("@"),
            Format::new().set_num_format("yyyy-mm-dd hh:mm:ss").set_align(FormatAlign::Left),
            Format::new().set_num_format("[h]:mm:ss"),
        ];
        sheet.set_name(sheet_name(&table.name, 1))?.set_freeze_panes(1, 0)?;
        for (at, (_, title)) in (0..).zip(&table.columns) {
            let widest =
                table.rows.iter().take(1000).map(|row| width(&row[usize::from(at)].text(clock))).max();
            let columns = widest.unwrap_or(0).max(width(title) + 4).min(60);
            sheet.set_column_width(at, columns as f64)?.write_string_with_format(0, at, title, &head)?;
        }
        for (number, row) in (1..).zip(&table.rows) {
            for (at, cell) in (0..).zip(row) {
                match cell {
                    Datum::Nothing => {}
                    Datum::Text(value) => {
                        let (value, _) = fit(value, LIMITS.text);
                        sheet.write_string_with_format(number, at, value, &text)?;
                    }
                    Datum::Count(count) => {
                        sheet.write_number(number, at, *count as f64)?;
                    }
                    Datum::Moment(_) => {
                        let iso = cell.text(clock);
                        match serial(iso.as_bytes()) {
                            Some(days) => sheet.write_number_with_format(number, at, days, &moment)?,
                            None => sheet.write_string(number, at, iso)?,
                        };
                    }
                    Datum::Seconds(seconds) => {
                        sheet.write_number_with_format(number, at, *seconds as f64 / 86_400.0, &span)?;
                    }
                }
            }
        }
        let (rows, last) = (table.rows.len() as u32, table.columns.len().saturating_sub(1) as u16);
        sheet.autofilter(0, 0, rows, last)?;
        sheet.ignore_error_range(0, 0, rows, last, IgnoreError::NumberStoredAsText)?;
        Ok(())
    };
    written().map_err(failed)?;
    workbook.push_worksheet(sheet);
    let mut out = Keeping { out, failed: None };
    let saved = workbook.save_to_writer(&mut out).map_err(failed);
    out.failed.map_or(saved, Err)
}
