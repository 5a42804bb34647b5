//! The formats of rows: a new one is one file, and one line here.

use super::cells::Rows;
use super::csv::Csv;
use super::json::Json;
use super::markdown::Markdown;
use super::style::Dialect;
use super::tsv::Tsv;
use super::typed::Typed;

/// A format of rows.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What the user types: `csv`.
    pub name: &'static str,
    /// How the names of its files end; the first is the usual one.
    pub endings: &'static [&'static str],
    /// Whether its rows are typed cells for a book, and no text.
    pub book: bool,
    pub(crate) make: fn(Dialect) -> Box<dyn Rows>,
}

impl Format {
    /// Every format; the first is the default.
    pub const ALL: &'static [Format] = &[
        // RFC 4180.
        format("csv", &["csv"], |dialect| Box::new(Csv::new(dialect))),
        // A row is a line and a TAB is a cell, whatever the text.
        format("tsv", &["tsv", "tab"], |dialect| Box::new(Tsv(dialect))),
        // An object on each line.
        format("ndjson", &["ndjson", "jsonl"], |_| Box::new(Json { array: false })),
        // One array of objects.
        format("json", &["json"], |_| Box::new(Json { array: true })),
        // A table for tickets and pull requests.
        format("md", &["md", "markdown"], |_| Box::new(Markdown)),
        // A book for Excel; the feature `xlsx` makes it.
        Format { book: true, ..format("xlsx", &["xlsx"], |_| Box::new(Typed)) },
    ];

    /// The format of this name.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|format| format.name == name)
    }

    /// A whole file without rows and without columns.
    pub fn nothing(&self, dialect: Dialect) -> Vec<u8> {
        let (format, mut out) = ((self.make)(dialect), Vec::new());
        format.begin(&mut out);
        format.end(&mut out);
        out
    }

    /// The format of a file whose name ends so, in small letters.
    pub fn of_ending(ending: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|format| format.endings.contains(&ending))
    }
}

const fn format(
    name: &'static str,
    endings: &'static [&'static str],
    make: fn(Dialect) -> Box<dyn Rows>,
) -> Format {
    Format { name, endings, book: false, make }
}
