//! What a capture says at a glance: counts, hours and days, delays, people, choices, risks. Workers read a few numbers off
//! each event, which are put together in the order of the input; what is kept does not grow with it, but for people and
//! their days, which have a bound.

mod calendar;
mod choices;
mod figures;
mod gather;
mod group;
mod html;
mod json;
mod key;
mod names;
mod people;
pub mod quantiles;
mod rows;
mod text;
mod words;

pub use choices::{ChoiceField, Said};
pub use figures::{FieldFigures, Figures, OtherFigures, RuleFigures, TypeFigures, ValueFigures};
pub use gather::{Gathered, MOST_RISKY, Question, Risky};
pub use group::{Group, Groups};
pub use html::html;
pub use json::json;
pub use key::By;
pub use people::{Minutes, PersonDay};
pub use rows::{table, text as group_text};
pub use text::text;
pub use words::{left_out, no_room_for, not_in_rows};
