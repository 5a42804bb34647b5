//! The settings of a project: `larkspect.toml`, looked for in the working directory and those above it.
//!
//! ```toml
//! paths = ["fixtures"]        # what `check` reads when nothing is named
//! tz = "Asia/Shanghai"        # for every command, as --tz and --lang
//! lang = "zh"
//! strict = false
//!
//! [severity]
//! absent-field = "ignore"     # error, warning, note or ignore
//!
//! [[override]]                # the last one that fits counts
//! files = ["legacy/**"]       # globs below the directory of this file; without a slash, in any directory
//! events = ["im.*"]
//! severity = { unknown-event-type = "ignore" }
//! ```
//!
//! Zone and language are for every command, so that `show` and `check` of one project say the same; the rest is what
//! `check` judges by. What is typed wins over the environment, and that over this file.

use std::io;
use std::path::{Component, Path, PathBuf};

use globset::GlobSet;

use crate::cli::files::output::say;
use crate::cli::files::small;
use crate::cli::files::source::{name_of, reason};
use crate::lang::Lang;
use crate::report::policy::Policy;
use crate::time::Zone;

use super::config_file::{parse, problems_in};

/// The name that is looked for.
pub const NAME: &str = "larkspect.toml";

/// The settings; by default, none.
#[derive(Debug, Default)]
pub struct Config {
    /// The file, as people would name it from where they are.
    pub name: Option<String>,
    /// The zone of everything shown.
    pub tz: Option<Zone>,
    /// The language of labels.
    pub lang: Option<Lang>,
    /// What `check` reads when nothing is named, seen from the working directory.
    pub paths: Vec<PathBuf>,
    /// What findings weigh.
    pub policy: Policy,
    /// What they weigh in some files or events.
    pub overrides: Vec<Override>,
}

/// What findings weigh in some files or events.
#[derive(Debug)]
pub struct Override {
    /// Paths below [`Override::folder`]; `None` is all, standard input too.
    pub files: Option<GlobSet>,
    /// Event types; `None` is all, and what is no event.
    pub events: Option<GlobSet>,
    /// What they weigh.
    pub policy: Policy,
    /// The directory of the settings, from the root.
    pub folder: PathBuf,
}

impl Override {
    /// Whether it is about this file, or some of its events.
    pub fn covers(&self, path: Option<&Path>) -> bool {
        let Some(files) = &self.files else { return true };
        let whole = path.and_then(|path| std::path::absolute(path).ok()).map(|path| tidy(&path));
        whole.is_some_and(|whole| whole.strip_prefix(&self.folder).is_ok_and(|below| files.is_match(below)))
    }

    /// Whether it is about events of this type.
    pub fn is_about(&self, event: Option<&str>) -> bool {
        self.events.as_ref().is_none_or(|events| event.is_some_and(|event| events.is_match(event)))
    }
}

/// Without `..`, as far as that can be told from the path alone.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(tidy.pop()),
            Component::CurDir => {}
            part => tidy.push(part),
        }
    }
    tidy
}

impl Config {
    /// The settings in `file`; without one, those of the nearest [`NAME`] upwards from the working directory.
    ///
    /// # Errors
    ///
    /// Every problem of the file, a line each, with its place.
    pub fn load(file: Option<&Path>) -> Result<Config, Vec<String>> {
        let found = match file {
            Some(path) => match small::read(path) {
                Ok(text) => Ok(Some((path.to_owned(), text))),
                Err(error) => Err((path.to_owned(), error)),
            },
            None => find(),
        };
        let (path, text) = match found {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(Config::default()),
            // Settings that are there and cannot be read would silently change the verdict.
            Err((path, error)) => return Err(vec![format!("{}: {}", name_of(&path), reason(&error))]),
        };
        Config::read(&path, &text).map_err(|problems| problems_in(&name_of(&path), &text, &problems))
    }

    fn read(path: &Path, text: &[u8]) -> Result<Config, Vec<super::config_file::Problem>> {
        // What comes from a shell's `<(..)` stands in no directory of the project: it is about the working directory.
        let near = match path.is_file() {
            true => path.parent().unwrap_or(Path::new("")),
            false => Path::new(""),
        };
        let folder = std::path::absolute(near.join(".")).map(|path| tidy(&path)).unwrap_or_default();
        let mut config = parse(text, &folder)?;
        config.paths.iter_mut().for_each(|path| *path = near.join(&*path));
        config.name = Some(name_of(path));
        Ok(config)
    }
}

type Found = (PathBuf, Vec<u8>);

/// The nearest settings, named as seen from the working directory: `../larkspect.toml`.
fn find() -> Result<Option<Found>, (PathBuf, io::Error)> {
    let Ok(here) = std::env::current_dir() else { return Ok(None) };
    let mut near = PathBuf::from(NAME);
    for folder in here.ancestors() {
        let path = folder.join(NAME);
        match std::fs::metadata(&path).map(|meta| small::no_file(&meta)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // No settings, whatever it is called; reading it might wait for ever.
            Ok(Some(what)) => {
                say(&format!("larkspect: {}: passed over: it is {what}, not a file", name_of(&near)));
            }
            Ok(None) => match small::read(&path) {
                Ok(text) => return Ok(Some((near, text))),
                Err(error) => return Err((near, error)),
            },
            Err(error) => return Err((near, error)),
        }
        near = Path::new("..").join(near);
    }
    Ok(None)
}
