//! A table of our own as a book of one sheet.

use std::io::{self, Write};
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Workbook, XlsxError};

use crate::terminal::sanitize::width;
use crate::time::Clock;

use super::table::{Datum, Table, TableColumn};
use super::xlsx::{Keeping, LIMITS, failed, fit, serial, sheet_name};

/// A column is as wide as the widest cell of so many rows.
const SHOWN: usize = 1000;

/// Writes a book of one table.
pub(super) fn write(
    table: &Table<'_>,
    clock: &mut Clock,
    folder: Option<&Path>,
    out: impl Write + Send,
) -> io::Result<()> {
    if table.count >= LIMITS.rows as usize {
        let text = format!(
            "a sheet has at most {} rows, and these are {}; CSV holds them",
            LIMITS.rows,
            table.count + 1
        );
        return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    }
    let mut workbook = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2021, 3, 10).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    if let Some(folder) = folder {
        workbook.set_tempdir(folder).map_err(failed)?;
    }
    // Nothing is changed once it stands there, so that no row need be in memory.
    let mut sheet = workbook.new_worksheet_with_constant_memory().map_err(failed)?;
    let first: Vec<_> = table.rows().take(SHOWN).collect();
    let mut written = || -> Result<(), XlsxError> {
        let [head, text, moment, span] = [
            Format::new().set_bold().set_align(FormatAlign::Top),
            Format::new().set_num_format("@"),
            Format::new().set_num_format("yyyy-mm-dd hh:mm:ss").set_align(FormatAlign::Left),
            Format::new().set_num_format("[h]:mm:ss"),
        ];
        sheet.set_name(sheet_name(&table.name, 1))?.set_freeze_panes(1, 0)?;
        for (at, TableColumn { title, .. }) in (0..).zip(&table.columns) {
            let widest = first.iter().map(|row| width(&row[usize::from(at)].text(clock))).max();
            let columns = widest.unwrap_or(0).max(width(title) + 4).min(60);
            sheet.set_column_width(at, columns as f64)?.write_string_with_format(0, at, title, &head)?;
        }
        for (number, row) in (1..).zip(table.rows()) {
            for (at, cell) in (0..).zip(&row) {
                match cell {
                    Datum::Nothing => {}
                    Datum::Text(_) | Datum::Counts(_) => {
                        let value = cell.text(clock);
                        let (value, _) = fit(&value, LIMITS.text);
                        sheet.write_string_with_format(number, at, value, &text)?;
                    }
                    Datum::Count(count) => {
                        sheet.write_number(number, at, *count as f64)?;
                    }
                    Datum::Moment(_) => {
                        let iso = cell.text(clock);
                        match serial(iso.as_bytes()) {
                            Some(days) => sheet.write_number_with_format(number, at, days, &moment)?,
                            None => sheet.write_string(number, at, &*iso)?,
                        };
                    }
                    Datum::Seconds(seconds) => {
                        sheet.write_number_with_format(number, at, *seconds as f64 / 86_400.0, &span)?;
                    }
                }
            }
        }
        let (rows, last) = (table.count as u32, table.columns.len().saturating_sub(1) as u16);
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
