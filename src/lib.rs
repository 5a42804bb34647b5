//! Event inspector for Feishu / Lark webhook callbacks: the library behind the `larkspect` command.
//!
//! ```text
//! bytes ─ stream ──────────── engine ──────────┬─ findings ─ report (human, line, json, sarif, ..)
//!         documents one by    one document     │
//!         one, taken out of   along the        └─ records ─┬ view   (card, table)
//!         their containers    catalogue                    └ export (csv, json, md, xlsx, ..)
//! ```
//!
//! - `catalog` is what is documented: tables of event types, fields, choices and labels. Everything else is a
//!   function of it.
//! - `json` reads RFC 8259 in place: spans, not values.
//! - `stream` finds documents in a stream, asks the `container`s what stands around them, and lets the `engine` walk
//!   each along the catalogue: it fills `record`s and tells a `finding::Sink` what the `rules` find.
//! - `signature` decrypts bodies and verifies requests, `seen` remembers events and requests to find them again, and
//!   `secrets` knows what must not be shown.
//! - `report` turns findings into text, `view` and `export` records, `reference` the catalogue itself; `summary` sums
//!   records up. What goes to a terminal is cleaned, painted and wrapped by `terminal`.
//! - `redact` puts stand-ins in place of what says who, where or what.
//! - `sample` makes events from the catalogue, valid or broken in one way.
//! - `cli` is the only place with files, the environment, terminals and threads; without the feature `cli` it is not
//!   there, and neither are its dependencies.
//!
//! Each room uses only those before it (`tests/suite/layout.rs` holds it): `steps`, `lang`; `suggest`, `json`, `time`,
//! `catalog`; `secrets`, `origin`, `budget`, `finding`, `record`; `rules`; `container`, `signature`, `engine`; `query`,
//! `stream`, `seen`; `terminal`, `redact`, `report`, `view`, `export`, `summary`, `reference`, `sample`; `checked`;
//! `cli`.
//!
//! What is promised is what these pages show; modules are for the command, the tests and the benches of this
//! repository, and change with any version. For a test suite two functions do, and with `default-features = false`
//! nothing of a terminal comes with them:
//!
//! ```
//! # let payload = include_bytes!("../fixtures/attendance.user_flow.created_v1/official.json");
//! larkspect::assert_valid(payload); // fails with the report that `larkspect check` shows
//! assert_eq!(larkspect::check(b"{\"code\": 0}").codes(), ["not-an-event"]);
//! ```
//!
//! Of an event, its fields can be read: [`CheckedEvent::get`]. The engine below them:
//!
//! ```
//! use larkspect::{Engine, Findings, Zone};
//!
//! let payload = br#"{"schema": "2.0", "header": {"event_type": "attendance.user_flow.created_v1"},
//!                    "event": {"type": 9}}"#;
//! let mut findings = Findings::default();
//! let mut engine = Engine::new(Zone::Utc);
//! let seen = engine.document(payload, 0, &mut findings).expect("this is JSON");
//! assert_eq!(seen.event().map(|event| event.title.en), Some("punch record"));
//! assert!(findings.0.iter().any(|finding| finding.pointer == "/event/type"));
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod budget;
#[doc(hidden)]
pub mod catalog;
mod checked;
#[doc(hidden)]
#[cfg(feature = "cli")]
pub mod cli;
#[doc(hidden)]
pub mod container;
#[doc(hidden)]
pub mod engine;
#[doc(hidden)]
pub mod export;
#[doc(hidden)]
pub mod finding;
#[doc(hidden)]
pub mod json;
#[doc(hidden)]
pub mod lang;
mod origin;
#[doc(hidden)]
pub mod query;
#[doc(hidden)]
pub mod record;
#[doc(hidden)]
pub mod redact;
#[doc(hidden)]
pub mod reference;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod sample;
mod secrets;
#[doc(hidden)]
pub mod seen;
#[doc(hidden)]
pub mod signature;
mod steps;
#[doc(hidden)]
pub mod stream;
#[doc(hidden)]
pub mod suggest;
#[doc(hidden)]
pub mod summary;
#[doc(hidden)]
pub mod terminal;
#[doc(hidden)]
pub mod time;
#[doc(hidden)]
pub mod view;

pub use checked::{Checked, CheckedEvent, Found, Value, assert_valid, check};
pub use engine::Engine;
pub use finding::{Finding, Findings, Severity};
pub use json::Position;
pub use time::{Millis, Zone};

/// The Rust of the documents is compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The same of `docs/library.md`.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
struct Library;
