//! A table of our own: the groups of a summary. Its cells are those of no event, and it need not be in memory.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use crate::time::{Clock, Millis, Zone};

use super::format::Format;
use super::style::{Dialect, Style, row_of_names};

/// A table.
pub struct Table<'t> {
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// How many rows it has.
    pub count: usize,
    /// The row of a number: as many cells as there are columns.
    pub row: Box<dyn Fn(usize) -> Vec<Datum<'t>> + 't>,
    /// What it is about: the name of its sheet.
    pub name: String,
}

impl fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("columns", &self.columns).field("count", &self.count).finish()
    }
}

/// A column.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// Its name, for programs.
    pub name: String,
    /// What it is called, for people.
    pub title: String,
    /// What its cells hold.
    pub holds: Holds,
}

/// What the cells of a column hold, where they hold anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text, counts of several things too.
    Text,
    /// Numbers, and lengths of time.
    Number,
    /// Moments.
    Moment,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum<'t> {
    /// Nothing.
    Nothing,
    /// Text, ids too.
    Text(Cow<'t, str>),
    /// How many.
    Count(u64),
    /// How many of each of several things.
    Counts(Vec<(Cow<'t, str>, u64)>),
    /// A moment.
    Moment(Millis),
    /// A length of time in seconds.
    Seconds(u64),
}

impl Datum<'_> {
    /// As text: a moment by ISO 8601, a length as `9:31:22`, several counts as `0=8 5=1`.
    pub fn text(&self, clock: &mut Clock) -> Cow<'_, str> {
        let mut text = Vec::new();
        match self {
            Datum::Nothing => return "".into(),
            Datum::Text(text) => return Cow::Borrowed(text),
            Datum::Count(count) => return count.to_string().into(),
            Datum::Counts(counts) => {
                let counts: Vec<String> = counts.iter().map(|(of, count)| format!("{of}={count}")).collect();
                return counts.join(" ").into();
            }
            Datum::Seconds(seconds) => return span(*seconds).into(),
            Datum::Moment(at) => match at.subsecond() {
                0 => clock.iso_seconds(at.seconds(), &mut text),
                _ => clock.iso_millis(*at, &mut text),
            },
        };
        String::from_utf8(text).unwrap_or_default().into()
    }

    /// Appends it as JSON.
    fn push_json(&self, style: &dyn Style, clock: &mut Clock, out: &mut Vec<u8>) {
        match self {
            Datum::Nothing => out.extend_from_slice(b"null"),
            Datum::Count(count) => out.extend_from_slice(count.to_string().as_bytes()),
            Datum::Counts(counts) => {
                for (at, (of, count)) in counts.iter().enumerate() {
                    out.extend_from_slice(&style.key(of, at == 0));
                    out.extend_from_slice(count.to_string().as_bytes());
                }
                out.extend_from_slice(if counts.is_empty() { b"{}" } else { b"}" });
            }
            cell => style.text(cell.text(clock).as_bytes(), out),
        }
    }
}

/// `9:31:22`; more than a day has more hours.
pub fn span(seconds: u64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// So many bytes of rows are written at once.
const HEAVY: usize = 1 << 16;

impl<'t> Table<'t> {
    /// Its rows, one after the other.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Datum<'t>>> {
        (0..self.count).map(&self.row)
    }

    /// Writes the table. The rows of a book wait in `folder` until all of them are there, or where the system has its
    /// temporary files.
    ///
    /// # Errors
    ///
    /// It cannot be written, or not be held by this format.
    #[cfg_attr(not(feature = "xlsx"), allow(unused_variables))] // there is no book then
    pub fn write(
        &self,
        format: Format,
        dialect: Dialect,
        zone: Zone,
        folder: Option<&Path>,
        mut out: impl Write + Send,
    ) -> io::Result<()> {
        let mut clock = Clock::new(zone);
        if format.book {
            #[cfg(feature = "xlsx")]
            return super::xlsx_table::write(self, &mut clock, folder, out);
            #[cfg(not(feature = "xlsx"))]
            return Err(io::ErrorKind::Unsupported.into());
        }
        let names: Vec<&str> = self.columns.iter().map(|column| &*column.name).collect();
        let (style, mut text) = ((format.make)(dialect), Vec::new());
        let keys: Vec<Vec<u8>> =
            names.iter().enumerate().map(|(at, name)| style.key(name, at == 0)).collect();
        let is_array = format.name == "json";
        style.begin(&mut text);
        style.head(&names, &mut text);
        for (number, row) in self.rows().enumerate() {
            if style.is_keyed() {
                text.extend_from_slice(match (is_array, number) {
                    (false, _) => b"",
                    (true, 0) => b"\n",
                    (true, _) => b",\n",
                });
                for (key, cell) in keys.iter().zip(row) {
                    text.extend_from_slice(key);
                    cell.push_json(&*style, &mut clock, &mut text);
                }
                text.extend_from_slice(if is_array { b"}" } else { b"}\n" });
            } else {
                let cells: Vec<Cow<'_, str>> = row.iter().map(|cell| cell.text(&mut clock)).collect();
                let cells: Vec<&str> = cells.iter().map(|cell| &**cell).collect();
                row_of_names(&*style, &cells, &mut text);
            }
            if text.len() > HEAVY {
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
        let columns = ["employee_id", "n", "first", "span", "ways"].map(|name| TableColumn {
            name: name.to_owned(),
            title: name.to_owned(),
            holds: Holds::Text,
        });
        let row = |id: &'static str, n| {
            vec![
                Datum::Text(id.into()),
                Datum::Count(n),
                Datum::Moment(Millis(1_615_381_916_000)),
                if n == 0 { Datum::Nothing } else { Datum::Seconds(34_282) },
                Datum::Counts(
                    [("0", 8), ("x y", 1)].map(|(of, count)| (of.into(), count))[..n as usize].to_vec(),
                ),
            ]
        };
        let table = Table {
            columns: columns.to_vec(),
            count: 2,
            row: Box::new(move |at| if at == 0 { row("007", 2) } else { row("=1,\"x\"", 0) }),
            name: "x".into(),
        };
        let mut out = Vec::new();
        let zone = Zone::fixed(28_800).unwrap();
        table.write(Format::named(format).unwrap(), Dialect::default(), zone, None, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_table_is_the_same_in_every_format() {
        assert_eq!(
            written("csv"),
            "employee_id,n,first,span,ways\n007,2,2021-03-10T21:11:56+08:00,9:31:22,0=8 x y=1\n\"'=1,\"\"x\"\"\",0,2021-03-10T21:11:56+08:00,,\n"
        );
        assert_eq!(
            written("tsv").lines().nth(1),
            Some("007\t2\t2021-03-10T21:11:56+08:00\t9:31:22\t0=8 x y=1")
        );
        assert_eq!(
            written("ndjson").lines().last(),
            Some(
                r#"{"employee_id":"=1,\"x\"","n":0,"first":"2021-03-10T21:11:56+08:00","span":null,"ways":{}}"#
            )
        );
        let array: serde_json::Value = serde_json::from_str(&written("json")).unwrap();
        assert_eq!((array.as_array().unwrap().len(), array[0]["n"].as_u64()), (2, Some(2)));
        assert_eq!(array[0]["ways"], serde_json::json!({"0": 8, "x y": 1}));
        assert!(
            written("md").starts_with("| employee_id | n | first | span | ways |\n| --- |"),
            "{}",
            written("md")
        );
    }
}
