//! Event types around the people of a company: attendance, core HR, hiring, pay, learning.

pub(super) mod attendance;
pub(super) mod compensation;
pub(super) mod corehr_organization;
pub(super) mod corehr_people;
pub(super) mod corehr_process;
pub(super) mod elearning;
pub(super) mod hire;
pub(super) mod payroll;
pub(super) mod performance;
