//! The catalogue in forms for other tools and readers: JSON Schema, field lists. Pure functions of its tables.

mod differences;
mod digits;
mod fields;
mod schema;

pub use differences::{DIFFERENCES, Difference, Schemas};
pub use fields::{Row, Value, fields, type_name};
pub use schema::{Schema, any_event_schema, json_schema};
