//! Many events as a table: which columns it has, cells made on any thread, pages laid out in order.
//!
//! ```
//! use larkspect::lang::Lang;
//! use larkspect::view::table::{Batch, Table, TableOptions};
//! use larkspect::query::Spot;
//! use larkspect::{engine::Engine, finding::Findings, time::Zone};
//!
//! let options = TableOptions { width: Some(80), color: false, lang: Lang::En, zone: Zone::Utc, raw: false, show_secrets: false, places: false };
//! let table = Table::of(None, options);
//! let (mut maker, mut writer) = (table.maker(), table.writer());
//! let mut batch = Batch::default();
//! let text = br#"{"header": {"event_type": "example.lunch_v1"}, "event": {"name": "lunch"}}"#;
//! let mut engine = Engine::new(Zone::Utc);
//! let seen = engine.document(text, 0, &mut Findings::default()).unwrap();
//! maker.row(&seen, &Spot::default(), 1, &mut batch);
//! let mut out = Vec::new();
//! writer.push(&batch, &mut out).unwrap();
//! writer.finish(&mut out).unwrap();
//! assert!(String::from_utf8(out).unwrap().contains("name lunch"));
//! ```

mod batch;
mod columns;
mod content;
mod fit;
mod rows;
#[cfg(test)]
mod tests;
mod writer;

pub use batch::Batch;
pub use columns::TableOptions;
pub(crate) use columns::alarms;
#[cfg(feature = "xlsx")]
pub(crate) use columns::usual;
pub use rows::RowMaker;
pub use writer::TableWriter;

use std::sync::Arc;

use crate::catalog::Event;
use crate::query::Name;
use crate::record::Layout;
use crate::suggest::Unknown;

use columns::{Column, Source};

/// In fewer columns a table says too little: cards are better.
pub const LEAST_WIDTH: usize = 60;

/// Whether many events should be a table in so many columns, or cards.
pub fn fits(width: Option<usize>) -> bool {
    width.is_none_or(|width| width >= LEAST_WIDTH)
}

/// A kind of table: its columns.
#[derive(Clone, Debug)]
pub struct Table {
    options: TableOptions,
    columns: Arc<[Column]>,
    /// The only type whose events fill the columns; others are said in one cell.
    only: Option<&'static Event>,
}

impl Table {
    /// The table for events of one type. Without a type, one for any mixture of types, known or not.
    pub fn of(event: Option<&'static Event>, options: TableOptions) -> Table {
        Table::of_layout(&Layout::of(event), options)
    }

    /// The same for a layout, which is that of a type or of none.
    pub(crate) fn of_layout(layout: &Layout, options: TableOptions) -> Table {
        let mut columns = match layout.event {
            Some(_) => columns::of_event(layout, options),
            None => columns::of_any(layout, options),
        };
        columns.extend(options.places.then(|| columns::place(options)));
        Table { options, columns: columns.into(), only: layout.event }
    }

    /// A table of the columns of these names ([`Name`](crate::query::Name)): `check_time` shows what the value means,
    /// `check_time.raw` as it stands.
    ///
    /// # Errors
    ///
    /// The first name that no known event type has.
    pub fn chosen<'n>(
        names: impl IntoIterator<Item = &'n str>,
        options: TableOptions,
    ) -> Result<Table, Unknown> {
        Ok(Table { options, columns: columns::named(names, options)?.into(), only: None })
    }

    /// What its columns were asked for by, where somebody chose them.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        self.columns.iter().filter_map(|column| match &column.source {
            Source::Named(name) => Some(&**name),
            _ => None,
        })
    }

    /// Makes rows; one for each thread.
    pub fn maker(&self) -> RowMaker {
        RowMaker::new(self)
    }

    /// Lays rows out.
    pub fn writer(&self) -> TableWriter {
        TableWriter::new(self)
    }
}
