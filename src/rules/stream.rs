//! Rules about events among other events: the same one twice.

use crate::finding::{Rule, Severity};

/// The same `event_id` again.
pub static DUPLICATE_EVENT: Rule = Rule {
    code: "duplicate-event",
    severity: Severity::Note,
    summary: "an event with the same event_id came before",
    why: "Delivery is at least once: an event that was not answered in three seconds comes again after 15 s, 5 min, \
          1 h and 6 h. The same content again is normal, a note, and a reason for handlers to remember ids. The same \
          id with other content is an error: no retry changes an event.",
    wrong: "{..}\n{..}",
    right: r#"{..}
{.., "header": {.., "event_id": "5e3702a84e847582be8db7fb73283c02"}, "event": {.., "record_id": "6938012269578125317"}}"#,
};

/// The same record in another event.
pub static DUPLICATE_RECORD: Rule = Rule {
    code: "duplicate-record",
    severity: Severity::Note,
    summary: "another event tells of the same record",
    why: "Two events with different ids carry the same `record_id`: the record was changed, or the app is subscribed \
          twice. Whoever counts punches counts this one twice.",
    wrong: r#"{..}
{.., "header": {.., "event_id": "5e3702a84e847582be8db7fb73283c02"}}"#,
    right: r#"{..}
{.., "header": {.., "event_id": "5e3702a84e847582be8db7fb73283c02"}, "event": {.., "record_id": "6938012269578125317"}}"#,
};
