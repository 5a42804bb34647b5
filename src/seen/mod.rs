//! What was seen before: deliveries that come again, records told twice, requests replayed.

mod canonical;
pub mod events;
pub mod requests;
mod ring;
