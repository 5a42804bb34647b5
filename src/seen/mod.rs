//! What was seen before: deliveries that come again, records told twice, requests replayed. One memory for all of
//! them: the last events, over all input, so that every command counts the same.

pub mod events;
mod ring;
