//! Questions about events, asked by name: which are wanted, in which order. What a name leads to is in [`mod@name`], and
//! the columns of tables and exports use the same; what is asked of the values is in [`mod@condition`].

pub mod condition;
mod literal;
pub mod name;
mod near;
#[cfg(test)]
mod properties;
pub mod select;
mod sort;
mod spot;
#[cfg(test)]
mod tests;
mod value;

pub use condition::{Condition, Refused};
pub(crate) use name::{CONTENT, EVENT, Led, PLACE, Way};
pub use name::{Got, Name, Part};
pub use select::{Clock, Select, Times};
pub use sort::{Keys, SortKey};
pub use spot::{Chooser, Spot};
pub use value::Key;
