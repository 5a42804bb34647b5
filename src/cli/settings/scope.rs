//! What `check` reads of what is named or set, and which patterns came to nothing.

use std::path::{Path, PathBuf};

use crate::cli::files::source::name_of;
use crate::cli::talk::{Talk, reason};
use crate::lang::{Sentence, both, say};

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
    /// What was typed to be left out of directories.
    exclude: Option<FileGlobs>,
    /// The directories, seen from the root.
    directories: Vec<PathBuf>,
}

impl<'c> Scope<'c> {
    /// What was typed, else what the settings name, else standard input.
    ///
    /// # Errors
    ///
    /// What is wrong with a pattern that was typed.
    pub fn new(
        typed: &[PathBuf],
        exclude: &[String],
        config: &'c Config,
        talk: &Talk,
    ) -> Result<Scope<'c>, Sentence> {
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
        let globs = |exclude: &[String]| {
            let exclude = exclude.iter().map(|pattern| (pattern.clone(), 0..0)).collect();
            FileGlobs::new(exclude, &from_root(Path::new("."))).map_err(|wrong| {
                let Sentence { zh, en } = &wrong[0].1;
                both!("--exclude：{zh}", "--exclude: {en}")
            })
        };
        let exclude = if exclude.is_empty() { None } else { Some(globs(exclude)?) };
        let directories = paths.iter().filter(|path| path.is_dir()).map(|path| from_root(path)).collect();
        Ok(Scope { paths, missing: missing as u64, config, by_settings, exclude, directories })
    }

    /// Whether something that a directory has is left out.
    pub fn leaves_out(&self, path: &Path) -> bool {
        // Each is asked, so that each knows what fitted it.
        let [typed, set] = [&self.exclude, &self.config.exclude]
            .map(|globs| globs.as_ref().is_some_and(|globs| globs.fit(path)));
        typed || set
    }

    /// Says which patterns nothing fitted, now that all has been read: of files where all was read that they could fit,
    /// of event types where it is all that the settings name and `is_of_all` says that no event was passed by.
    pub fn say_unused(&self, is_of_all: bool, talk: &Talk) {
        let lang = talk.lang;
        let could_fit = |files: &FileGlobs, pattern: &Pattern| {
            self.by_settings || files.is_within(pattern, &self.directories)
        };
        if let Some(exclude) = &self.exclude {
            for pattern in exclude.globs.unused().filter(|pattern| could_fit(exclude, pattern)) {
                let text = &pattern.text;
                talk.say(say!(lang, "--exclude：没有文件符合 `{text}`", "--exclude: no file fits `{text}`"));
            }
        }
        let Some(file) = &self.config.file else { return };
        if let Some(exclude) = &self.config.exclude {
            for pattern in exclude.globs.unused().filter(|pattern| could_fit(exclude, pattern)) {
                let text = &pattern.text;
                file.warn(&pattern.span, &say!(lang, "没有文件符合 `{text}`", "no file fits `{text}`"), talk);
            }
        }
        // What was typed may be why nothing is left that fits.
        let overrides = self.config.overrides.iter().filter(|_| self.exclude.is_none());
        for part in overrides {
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
