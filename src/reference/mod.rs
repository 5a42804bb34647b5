//! What is known, for readers and other tools: `explain`, lists of fields, JSON Schema. Pure functions of the
//! catalogue and the rules.

mod digits;
#[cfg(feature = "cli")]
pub mod explain;
mod fields;
#[cfg(feature = "cli")]
mod grid;
mod json_schema;
#[cfg(feature = "cli")]
pub mod schema;

pub use fields::{Row, Value, fields, type_name};
pub use json_schema::{Schema, any_event_schema, json_schema};
