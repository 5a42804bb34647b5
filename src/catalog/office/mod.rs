//! Event types around working together: messages, documents, meetings, contacts, approvals and more.

pub(super) mod acs;
pub(super) mod apaas;
pub(super) mod application;
pub(super) mod application_version;
pub(super) mod approval;
pub(super) mod approval_attendance;
pub(super) mod auth;
pub(super) mod calendar;
pub(super) mod callback;
pub(super) mod contact;
pub(super) mod drive;
pub(super) mod helpdesk;
pub(super) mod im;
pub(super) mod mail;
pub(super) mod meeting_room;
pub(super) mod moments;
pub(super) mod security_and_compliance;
pub(super) mod task;
pub(super) mod vc;
