//! What is wrong with one event in a hundred: each is an error, and one that a JSON Schema can tell.

use super::json::{Json, bare, text};
use super::layouts::SENT;

const FAULTS: &[fn(&mut Json)] = &[
    |event| event.set("event", "check_time", text("16x")),
    |event| event.set("event", "check_time", text("1718000000000")),
    |event| event.set("event", "latitude", bare("131.5")),
    |event| event.members(Some("event")).retain(|(key, _)| *key != "employee_id"),
    |event| event.set("event", "type", text("0")),
    |event| event.set("event", "type", bare(9)),
    |event| event.set("event", "is_field", text("false")),
    |event| event.set("event", "record_id", bare(7_031_200_000_000_000_000_u64)),
    |event| event.set("event", "photo_urls", text("https://p3.example.com/img/1.jpg")),
];

/// Whether the event of this number is to be a faulty one.
pub fn is_faulty(number: usize) -> bool {
    number % 100 == 57
}

/// The event as it should not be: in turn each fault, and a line that ends too early.
pub fn spoiled(number: usize, mut document: Json) -> String {
    let Some(fault) = FAULTS.get(number / 100 % (FAULTS.len() + 1)) else {
        let mut line = SENT.write(&document);
        line.truncate(line.len() - "\"risk_result\":0}}".len());
        return line;
    };
    fault(&mut document);
    SENT.write(&document)
}
