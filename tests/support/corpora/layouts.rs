//! The same event by other hands: whoever stored it has parsed it, and written it as their language does.

use super::dice::Dice;
use super::json::{Json, Member, Style, bare, object, text};
use super::types::{self, Moment};
use super::values::hex;

/// As it was sent.
pub const SENT: Style = Style { spaced: false, indent: 0, ascii: false, slashes: false, angles: false };
pub const PRETTY: Style = Style { indent: 2, ..SENT };
const PYTHON: Style = Style { spaced: true, ascii: true, ..SENT };
const PYTHON_UTF8: Style = Style { spaced: true, ..SENT };
const PHP: Style = Style { ascii: true, slashes: true, ..SENT };
const GO: Style = Style { angles: true, ..SENT };

/// What becomes of the order of keys.
#[derive(Clone, Copy)]
enum Order {
    Kept,
    /// As Go writes a map.
    Sorted,
    /// Of one object, as from versions of the platform that laid it out in another way.
    Top,
    Header,
    Event,
    /// Of all of them, as from a hash map.
    Shuffled,
}

const HANDS: &[(usize, (Style, Order))] = &[
    (66, (SENT, Order::Kept)),
    (6, (PYTHON, Order::Kept)),
    (4, (PYTHON_UTF8, Order::Kept)),
    (3, (PHP, Order::Kept)),
    (4, (GO, Order::Sorted)),
    (4, (SENT, Order::Top)),
    (4, (SENT, Order::Header)),
    (6, (SENT, Order::Event)),
    (3, (SENT, Order::Shuffled)),
];

/// What some punches are without.
const OPTIONAL: &[&str] = &["comment", "employee_no", "photo_urls", "ssid", "bssid", "risk_result"];

/// A punch as any of them may have it, on one line.
pub fn varied(at: &mut Moment) -> String {
    let mut document = types::punch(at);
    let dice = &mut at.dice;
    let event = document.members(Some("event"));
    for name in OPTIONAL {
        if dice.chance(6) {
            event.retain(|(key, _)| key != name);
        }
    }
    if dice.chance(3) {
        event.push(("device_id", text(hex(dice, 12))));
    }
    if dice.chance(1) {
        let source = text(dice.pick(&["app", "api"]));
        event.push(("extra", object([("source", source), ("retries", bare(dice.below(100)))])));
    }
    if dice.chance(2) {
        document.members(Some("header")).push(("resource_id", text(hex(dice, 8))));
    }
    let (style, order) = dice.share(HANDS);
    arrange(&mut document, order, dice);
    style.write(&document)
}

fn arrange(document: &mut Json, order: Order, dice: &mut Dice) {
    match order {
        Order::Kept => {}
        Order::Top => dice.shuffle(document.members(None)),
        Order::Header => dice.shuffle(document.members(Some("header"))),
        Order::Event => dice.shuffle(document.members(Some("event"))),
        Order::Sorted => everywhere(document, &mut |members| members.sort_by_key(|(key, _)| *key)),
        Order::Shuffled => everywhere(document, &mut |members| dice.shuffle(members)),
    }
}

/// Does something to the members of every object.
fn everywhere(value: &mut Json, change: &mut impl FnMut(&mut Vec<Member>)) {
    match value {
        Json::Object(members) => {
            change(members);
            members.iter_mut().for_each(|(_, value)| everywhere(value, change));
        }
        Json::List(items) => items.iter_mut().for_each(|item| everywhere(item, change)),
        Json::Text(_) | Json::Bare(_) | Json::Absent => {}
    }
}
