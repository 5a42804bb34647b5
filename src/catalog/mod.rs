//! What is documented: event types, their fields, choices and labels. Facts only, no behaviour; checks, columns,
//! JSON Schema, `explain` and `docs/fields.md` are functions of these tables.

mod common;
mod entry;
mod header;
mod hr;
mod office;
mod secrets;
mod words;

pub use entry::{
    BODY, Choice, DOCUMENTATION, Envelope, Event, Field, ITEM, Json, Kind, Line, Presence, TimeSpan, Wire,
    Word, event_type, field, visit,
};
pub use header::{
    EDITOR_KEY, ENCRYPT, ENVELOPE, ENVELOPE_V1, EVENT_CREATE_TIME, HEAD, HEADER, UNDOCUMENTED_V1,
    header_extra,
};
pub use secrets::is_secret_key;

use crate::suggest::Unknown;

/// The areas of the catalogue, one file each. What `sample` makes when nothing is named comes first.
const AREAS: &[&[&Event]] = &[
    hr::attendance::EVENTS,
    office::acs::EVENTS,
    office::apaas::EVENTS,
    office::application::EVENTS,
    office::application_version::EVENTS,
    office::approval::EVENTS,
    office::approval_attendance::EVENTS,
    office::auth::EVENTS,
    office::calendar::EVENTS,
    office::callback::EVENTS,
    office::contact::EVENTS,
    office::drive::EVENTS,
    office::helpdesk::EVENTS,
    office::im::EVENTS,
    office::mail::EVENTS,
    office::meeting_room::EVENTS,
    office::moments::EVENTS,
    office::security_and_compliance::EVENTS,
    office::task::EVENTS,
    office::vc::EVENTS,
    hr::compensation::EVENTS,
    hr::corehr_organization::EVENTS,
    hr::corehr_people::EVENTS,
    hr::corehr_process::EVENTS,
    hr::elearning::EVENTS,
    hr::hire::EVENTS,
    hr::payroll::EVENTS,
    hr::performance::EVENTS,
];

/// The punch, of which some rules speak.
pub const PUNCH: &str = EVENTS[0].name;

/// Every event type that the catalogue knows.
pub static EVENTS: &[&Event] = &joined::<{ count(AREAS) }>(AREAS);

/// How many events the areas have.
const fn count(areas: &[&[&Event]]) -> usize {
    match areas {
        [area, rest @ ..] => area.len() + count(rest),
        [] => 0,
    }
}

/// The events of all areas, of which there are `N`.
const fn joined<const N: usize>(areas: &[&[&'static Event]]) -> [&'static Event; N] {
    let mut events = [areas[0][0]; N];
    let (mut area, mut at, mut end) = (0, 0, 0);
    while end < N {
        if at < areas[area].len() {
            events[end] = areas[area][at];
            (at, end) = (at + 1, end + 1);
        } else {
            (area, at) = (area + 1, 0);
        }
    }
    events
}

/// The event type of this exact name.
pub fn event(name: &str) -> Option<&'static Event> {
    EVENTS.iter().copied().find(|event| event.name == name)
}

/// What is said of an event type that the catalogue does not have.
pub fn unknown_event(name: &str) -> Unknown {
    let known = EVENTS.iter().map(|event| event.name);
    Unknown::new("event type", name, known, "`larkspect schema` lists them")
}
