//! One JSON document: the findings, written as they come, and the totals.

use std::io::{self, Write};
use std::time::Duration;

use serde_json::json;

use crate::report::{Located, Reporter, Totals};
use crate::terminal::sanitize_json;

use super::ndjson::Record;

/// The report `json`. How long it took is left out: the same input gives the same bytes.
#[derive(Debug, Default)]
pub struct Json {
    buffer: Vec<u8>,
    begun: bool,
}

impl Json {
    /// What stands before the next finding, or before the end when there is none.
    fn lead(&mut self, comma: &str) -> io::Result<()> {
        self.buffer.clear();
        if std::mem::replace(&mut self.begun, true) {
            self.buffer.extend_from_slice(comma.as_bytes());
            return Ok(());
        }
        self.buffer.extend_from_slice(b"{\"tool\":");
        let tool = json!({ "name": "larkspect", "version": env!("CARGO_PKG_VERSION") });
        sanitize_json::push(&tool, &mut self.buffer)?;
        self.buffer.extend_from_slice(b",\"findings\":[");
        Ok(())
    }
}

impl Reporter for Json {
    fn finding(&mut self, found: &Located<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.lead(",")?;
        self.buffer.push(b'\n');
        sanitize_json::push(&Record::from(found), &mut self.buffer)?;
        out.write_all(&self.buffer)
    }

    fn finish(&mut self, totals: &Totals, _: Duration, out: &mut dyn Write) -> io::Result<()> {
        self.lead("\n")?;
        self.buffer.extend_from_slice(b"],\"totals\":");
        sanitize_json::push(totals, &mut self.buffer)?;
        self.buffer.extend_from_slice(b"}\n");
        out.write_all(&self.buffer)
    }
}
