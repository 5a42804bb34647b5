//! What the project and the user have set: the settings file, keys, severities.

pub(crate) mod config;
pub(crate) mod config_file;
pub(crate) mod globs;
pub(crate) mod keys;
pub(crate) mod scope;
pub(crate) mod severity;
