//! Event inspector for Feishu / Lark webhook callbacks: the library behind the `larkspect` command.
//!
//! ```text
//! bytes ─ payload ─ check::segment ─ check::Engine ──┬─ findings ─ render (human, line, json, sarif, ..)
//!         what it    documents of      one document  │
//!         is         a stream          along the     └─ records ── render (card, table, csv, ..)
//!                                      catalogue
//! ```
//!
//! - [`catalog`] is what is documented: tables of event types, fields, choices and labels. Everything else is a
//!   function of it.
//! - [`json`] reads RFC 8259 in place: spans, not values.
//! - [`mod@check`] walks documents along the catalogue, fills [`record`]s and tells a [`finding::Sink`] what the
//!   [`rules`] find.
//! - [`render`] turns findings and records into text; [`export`] turns the catalogue into schemas.
//! - `cli` is the only place with files, the environment, terminals and threads; without the feature `cli` it is not
//!   there, and neither are its dependencies.
//!
//! Each module may use those before it in this order: [`time`], [`json`], [`catalog`]; [`secrets`], [`room`],
//! [`finding`], [`record`]; [`rules`]; [`payload`]; [`mod@check`]; [`render`], [`export`], [`sample`]; [`checked`]; `cli`.
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
//! use larkspect::{check::Engine, finding::Findings, time::Zone};
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
pub mod check;
pub mod checked;
#[cfg(feature = "cli")]
pub mod cli;
pub mod export;
pub mod finding;
pub mod json;
pub mod lang;
pub mod origin;
pub mod payload;
pub mod record;
pub mod render;
pub mod room;
pub mod rules;
pub mod sample;
pub mod secrets;
mod steps;
pub mod time;

pub use checked::{Checked, assert_valid, check};

/// The Rust of the README is compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
