//! Events for people: cards, tables, values in words, the closing line.

pub mod card;
mod change;
pub mod closing;
mod hidden;
mod layout;
mod lines;
mod members;
mod message;
pub mod table;
#[cfg(test)]
mod test_payloads;
mod text;
mod unknown;
mod value;

pub use value::said;
