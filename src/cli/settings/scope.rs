//! What `check` reads of what is named or set, and which patterns came to nothing.

use std::path::PathBuf;

use crate::cli::files::source::name_of;
use crate::cli::talk::{Talk, reason};
use crate::lang::say;

use super::config::Config;
use super::config_file::is_of_known_types;
use super::globs::{FileGlobs, Pattern, from_root};

/// What is read.
pub struct Scope<'c> {
    /// What is to be looked for.
    pub paths: Vec<PathBuf>,
    /// How many more the settings name that are not there, which has been said.
    pub missing: u64,
    config: &'c Config,
    /// Whether it is all that the settings name.
    by_settings: bool,
    /// The directories, seen from the root.
    directories: Vec<PathBuf>,
}

impl<'c> Scope<'c> {
    /// What was typed, else what the settings name, else standard input.
    pub fn new(typed: &[PathBuf], config: &'c Config, talk: &Talk) -> Scope<'c> {
        let by_settings = typed.is_empty() && !config.paths.is_empty();
        let mut paths = match typed {
            [] => vec![PathBuf::from("-")],
            typed => typed.to_vec(),
        };
        if by_settings {
            let known = config.paths.iter().filter(|(path, span)| {
                let Err(error) = std::fs::metadata(path) else { return true };
                let is_stdin = path.as_os_str() == "-";
                if let Some(file) = config.file.as_ref().filter(|_| !is_stdin) {
                    let name = name_of(path);
                    file.say(span, &format!("{name}: {}", reason(&error, talk.lang)), talk);
                }
                is_stdin
            });
            paths = known.map(|(path, _)| path.clone()).collect();
        }
        let missing = if by_settings { config.paths.len() - paths.len() } else { 0 };
        let directories = paths.iter().filter(|path| path.is_dir()).map(|path| from_root(path)).collect();
        Scope { paths, missing: missing as u64, config, by_settings, directories }
    }

    /// Says which patterns nothing fitted, now that all has been read: of files where all was read that they could fit,
    /// of event types where it is all that the settings name and `is_of_all` says that no event was passed by.
    pub fn say_unused(&self, is_of_all: bool, talk: &Talk) {
        let lang = talk.lang;
        let could_fit = |files: &FileGlobs, pattern: &Pattern| {
            self.by_settings || files.is_within(pattern, &self.directories)
        };
        let Some(file) = &self.config.file else { return };
        for part in &self.config.overrides {
            if let Some(files) = &part.files {
                for pattern in files.globs.unused().filter(|pattern| could_fit(files, pattern)) {
                    let text = &pattern.text;
                    let words =
                        say!(lang, "检查的文件都不符合 `{text}`", "no file that was checked fits `{text}`");
                    file.warn(&pattern.span, &words, talk);
                }
            }
            let events = part.events.iter().filter(|_| self.by_settings && is_of_all);
            let is_told =
                |pattern: &Pattern| self.config.remarks.iter().any(|(span, _)| *span == pattern.span);
            let unknown = |pattern: &&Pattern| !is_of_known_types(pattern) && !is_told(pattern);
            for pattern in events.flat_map(|events| events.unused()).filter(unknown) {
                let text = &pattern.text;
                let words = say!(
                    lang,
                    "文档列出的和检查到的事件类型都不符合 `{text}`",
                    "no event type fits `{text}`, neither a documented one nor one that was checked"
                );
                file.warn(&pattern.span, &words, talk);
            }
        }
    }
}
