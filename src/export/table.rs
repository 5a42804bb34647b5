//! A table of our own: the groups of a summary. Its cells are those of no event, and it is small enough to be in memory.

use std::io::{self, Write};

use crate::time::{Clock, Millis, Zone};

use super::format::Format;
use super::style::{Dialect, row_of_names};

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The names of the columns, for programs and for people.
    pub columns: Vec<(String, String)>,
    /// Its rows: as many cells as there are columns.
    pub rows: Vec<Vec<Datum>>,
    /// What it is about: the name of its sheet.
    pub name: String,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// Nothing.
    Nothing,
    /// Text, ids too.
    Text(String),
    /// How many.
    Count(u64),
    /// A moment.
    Moment(Millis),
    /// A length of time in seconds.
    Seconds(u64),
}

impl Datum {
    /// As text: a moment by ISO 8601, a length as `9:31:22`.
    pub fn text(&self, clock: &mut Clock) -> String {
        match self {
            Datum::Nothing => String::new(),
            Datum::Text(text) => text.clone(),
            Datum::Count(count) => count.to_string(),
            Datum::Moment(at) => {
                let mut text = Vec::new();
                let _ = match at.subsecond() {
                    0 => clock.iso_seconds(at.seconds(), &mut text),
                    _ => clock.iso_millis(*at, &mut text),
                };
                String::from_utf8(text).unwrap_or_default()
            }
            Datum::Seconds(seconds) => span(*seconds),
        }
    }
}

/// `9:31:22`; more than a day has more hours.
pub fn span(seconds: u64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

impl Table {
    /// Writes the table.
    ///
    /// # Errors
    ///
    /// It cannot be written, or not be held by this format.
    pub fn write(
        &self,
        format: Format,
        dialect: Dialect,
        zone: Zone,
        mut out: impl Write + Send,
    ) -> io::Result<()> {
        let mut clock = Clock::new(zone);
        if format.book {
            #[cfg(feature = "xlsx")]
            return super::xlsx_table::write(self, &mut clock, out);
            #[cfg(not(feature = "xlsx"))]
            return Err(io::ErrorKind::Unsupported.into());
        }
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| &**name).collect();
        let (style, mut text) = ((format.make)(dialect), Vec::new());
        style.begin(&mut text);
        style.head(&names, &mut text);
        for (number, row) in self.rows.iter().enumerate() {
            match format.name {
                "json" => text.extend_from_slice(if number == 0 { b"\n" } else { b",\n" }),
                "ndjson" => {}
                _ => {
                    let cells: Vec<String> = row.iter().map(|cell| cell.text(&mut clock)).collect();
                    let cells: Vec<&str> = cells.iter().map(|cell| &**cell).collect();
                    row_of_names(&*style, &cells, &mut text);
                    continue;
                }
            }
            for (at, (name, cell)) in names.iter().zip(row).enumerate() {
                text.extend_from_slice(&style.key(name, at == 0));
                match cell {
                    Datum::Nothing => text.extend_from_slice(b"null"),
                    Datum::Count(count) => text.extend_from_slice(count.to_string().as_bytes()),
                    cell => style.text(cell.text(&mut clock).as_bytes(), &mut text),
                }
            }
            text.extend_from_slice(if format.name == "json" { b"}" } else { b"}\n" });
            if text.len() > 1 << 16 {
                out.write_all(&text)?;
                text.clear();
            }
        }
        style.end(&mut text);
        out.write_all(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: &str) -> String {
        let columns = ["employee_id", "n", "first", "span"].map(|name| (name.to_owned(), name.to_owned()));
        let row = |id: &str, n| {
            vec![
                Datum::Text(id.to_owned()),
                Datum::Count(n),
                Datum::Moment(Millis(1_615_381_916_000)),
                if n == 0 { Datum::Nothing } else { Datum::Seconds(34_282) },
            ]
        };
        let table = Table {
            columns: columns.to_vec(),
            rows: vec![row("007", 2), row("=1,\"x\"", 0)],
            name: "x".into(),
        };
        let mut out = Vec::new();
        let zone = Zone::fixed(28_800).unwrap();
        table.write(Format::named(format).unwrap(), Dialect::default(), zone, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_table_is_the_same_in_every_format() {
        assert_eq!(
            written("csv"),
            "employee_id,n,first,span\n007,2,2021-03-10T21:11:56+08:00,9:31:22\n\"'=1,\"\"x\"\"\",0,2021-03-10T21:11:56+08:00,\n"
        );
        assert_eq!(written("tsv").lines().nth(1), Some("007\t2\t2021-03-10T21:11:56+08:00\t9:31:22"));
        assert_eq!(
            written("ndjson").lines().last(),
            Some(r#"{"employee_id":"=1,\"x\"","n":0,"first":"2021-03-10T21:11:56+08:00","span":null}"#)
        );
        let array: serde_json::Value = serde_json::from_str(&written("json")).unwrap();
        assert_eq!((array.as_array().unwrap().len(), array[0]["n"].as_u64()), (2, Some(2)));
        assert!(
            written("md").starts_with("| employee_id | n | first | span |\n| --- |"),
            "{}",
            written("md")
        );
    }
}
