//! The program from outside: what goes in, what comes out on which stream, and the exit code.

mod choosing;
mod commands;
mod conditions;
mod converting;
mod first_place;
mod help_in_chinese;
mod input;
mod interrupts;
mod limits;
mod naming;
mod output;
mod paging;
mod passed_over;
mod places;
mod reads;
mod secrets;
mod terminal;
mod widths;
mod wrong_in_chinese;
