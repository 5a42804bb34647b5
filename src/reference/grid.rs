//! Small tables of our own words: rules, fields, event types. Tables of payloads have other needs, such as pages.

use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Table};

use crate::terminal::Look;
use crate::terminal::paint::{Ink, Paint};
use crate::terminal::paragraph::push_wrapped;
use crate::terminal::sanitize::{push_spaces, width};

/// Below so many columns rows are shown as paragraphs: a table would be a column of single letters.
const NARROW: usize = 64;

/// A table with a header line. The first `whole` columns are never wrapped. Cells are to be clean.
pub(crate) fn grid(header: &[&str], rows: &[Vec<String>], whole: usize, look: Look) -> String {
    let widest =
        |at: usize| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0).max(width(header[at])) + 2;
    // What is never wrapped must leave room for the rest.
    let wrapped = 12 * (header.len() - whole);
    if look.width < NARROW || (0..whole).map(widest).sum::<usize>() + wrapped > look.width {
        return paragraphs(header, rows, look);
    }
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(look.width).unwrap_or(u16::MAX));
    table.set_header(header.to_vec()).add_rows(rows.iter().cloned());
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if at < whole {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    // The last column needs no space behind it.
    if let Some(last) = table.column_mut(header.len() - 1) {
        last.set_padding((0, 0));
    }
    let mut out = String::new();
    for (at, line) in table.lines().enumerate() {
        match at {
            0 => Paint::new(look.color).push(Ink::Strong, line.trim_end(), &mut out),
            _ => out.push_str(line.trim_end()),
        }
        out.push('\n');
    }
    out
}

/// The same, one row below the other.
fn paragraphs(header: &[&str], rows: &[Vec<String>], look: Look) -> String {
    let mut out = String::new();
    for row in rows {
        let indent = row[0].len() - row[0].trim_start().len();
        push_spaces(indent, &mut out);
        Paint::new(look.color).push(Ink::Strong, row[0].trim_start(), &mut out);
        out.push('\n');
        for (name, cell) in header.iter().zip(row).skip(1).filter(|(_, cell)| !cell.is_empty()) {
            push_wrapped(&format!("{name}: {}", cell.replace('\n', ", ")), look.width, indent + 2, &mut out);
        }
    }
    out
}
