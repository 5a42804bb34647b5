//! The settings of a project, as they are once `larkspect.toml` has been read: see [`super::config_file`].

use std::path::{Component, Path, PathBuf};

use globset::GlobSet;

use crate::lang::Lang;
use crate::report::policy::Policy;
use crate::time::Zone;

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
pub fn tidy(path: &Path) -> PathBuf {
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
