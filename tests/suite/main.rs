//! The tests of the whole, one program of them all: it is linked with the library once. `tests/memory.rs` alone stands
//! apart, as it wants a process in which nothing else is. `cargo test --test suite forms` runs those of `forms.rs`.

#[path = "../support/mod.rs"]
mod support;

#[cfg(unix)]
mod action;
mod agreement;
mod captures;
mod catalog;
mod chinese;
mod ci;
mod cli;
mod containers;
mod edges;
mod faults;
mod finder;
mod flags;
mod forms;
#[cfg(unix)]
mod help;
mod interop;
mod json;
mod layout;
mod readme;
mod redact;
mod reports;
mod rule_fixtures;
mod rules;
mod sample;
mod sample_days;
mod schema;
#[cfg(unix)]
#[cfg(unix)]
mod screens;
mod sdk_only;
mod settings;
mod sidecars;
mod snippets;
mod summary;
mod summary_page;
#[cfg(unix)]
mod talk;
mod wire;
#[cfg(feature = "xlsx")]
mod xlsx;
