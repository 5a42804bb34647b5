//! Event inspector for Feishu / Lark webhook callbacks: the library behind the `larkspect` command.
//!
//! ```text
//! bytes ─ stream ──────────── engine ──────────┬─ findings ─ report (human, line, json, sarif, ..)
//!         documents one by    one document     │
//!         one, taken out of   along the        └─ records ─┬ view   (card, table, summary)
//!         their containers    catalogue                    └ export (csv, tsv, json, ndjson)
//! ```
//!
//! - [`catalog`] is what is documented: tables of event types, fields, choices and labels. Everything else is a
//!   function of it.
//! - [`json`] reads RFC 8259 in place: spans, not values.
//! - [`stream`] finds documents in a stream, asks the [`container`]s what stands around them, and lets the [`engine`]
//!   walk each along the catalogue: it fills [`record`]s and tells a [`finding::Sink`] what the [`rules`] find.
//! - [`report`] turns findings into text, [`view`] and [`export`] records; [`mod@reference`] the catalogue itself.
//! - `cli` is the only place with files, the environment, terminals and threads; without the feature `cli` it is not
//!   there, and neither are its dependencies.
//!
//! Each room uses only those before it (`tests/layout.rs` holds it): [`lang`], [`suggest`], [`json`], [`time`],
//! [`catalog`];
//! [`secrets`], [`origin`], [`room`], [`finding`], [`record`]; [`rules`]; [`container`], [`signature`], [`engine`];
//! [`stream`], [`seen`]; [`terminal`], [`report`], [`view`], [`export`], [`mod@reference`], [`sample`]; [`checked`];
//! `cli`.
//!
//! For a test suite two functions do, and with `default-features = false` nothing of a terminal comes with them:
//!
//! ```
//! # let payload = include_bytes!("../fixtures/attendance.user_flow.created_v1/official.json");
//! larkspect::assert_valid(payload); // fails with the report that `larkspect check` shows
//! assert_eq!(larkspect::check(b"{\"code\": 0}").codes(), ["not-an-event"]);
//! ```
//!
//! The engine below them:
//!
//! ```
//! use larkspect::{engine::Engine, finding::Findings, time::Zone};
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

pub mod catalog;
pub mod checked;
#[cfg(feature = "cli")]
pub mod cli;
pub mod container;
pub mod engine;
pub mod export;
pub mod finding;
pub mod json;
pub mod lang;
pub mod origin;
pub mod record;
pub mod reference;
pub mod report;
pub mod room;
pub mod rules;
pub mod sample;
pub mod secrets;
pub mod seen;
pub mod signature;
mod steps;
pub mod stream;
pub mod suggest;
pub mod terminal;
pub mod time;
pub mod view;

pub use checked::{Checked, assert_valid, check};

/// The Rust of the README is compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
